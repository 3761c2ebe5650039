/* Growth regimes: the crossing of the two lines, the sign of their slopes, and the border of stability. */
#include "support/runs.h"

static const char *const regimes[] = {"extensive", "taylorist", "fordist", "post_fordist"};
enum { N_REGIMES = 4 };

static shelf s;

static int set_up(void **state) {
  (void)state;
  open_shelf(&s, "models/textbook/boyer_regimes/boyer_regimes.cfg");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  close_shelf(&s);
  return 0;
}

static double end(const char *scenario, const char *name) {
  return value_at(run_of(&s, scenario), name, 60.0);
}

static double parameter(const regime_run *run, const char *name) {
  for (size_t k = 0; k < regime_model_parameters(s.model); k++)
    if (strcmp(regime_model_parameter(s.model, k)->name, name) == 0) return regime_run_parameter(run, k);
  fail_msg("the model has no parameter %s", name);
  return NAN;
}

static void every_regime_settles_where_its_lines_cross(void **state) {
  (void)state;
  for (size_t k = 0; k < N_REGIMES; k++) {
    const double A = end(regimes[k], "A"), B = end(regimes[k], "B");
    const double C = end(regimes[k], "C"), D = end(regimes[k], "D");
    const double q = (C + A * D) / (1.0 - B * D);
    print_message("%-13s p = %.4f + %.3f q, q = %.4f %+.3f p: q %.4f, p %.4f\n", regimes[k], A, B, C, D, q,
                  A + B * q);
    assert_true(B * D < 1.0);
    assert_close(end(regimes[k], "q_rest"), q, 1e-12);
    assert_close(end(regimes[k], "p_rest"), A + B * q, 1e-12);
    assert_close(end(regimes[k], "q"), q, 1e-6);
    assert_close(end(regimes[k], "p"), A + B * q, 1e-6);
  }
}

/* The crossing solves the six equations as printed, not only the two lines made from them. */
static void the_crossing_solves_the_six_equations(void **state) {
  (void)state;
  for (size_t k = 0; k < N_REGIMES; k++) {
    const regime_run *run = run_of(&s, regimes[k]);
    const double q = end(regimes[k], "q"), p = end(regimes[k], "p");
    const double w = parameter(run, "k") * p + parameter(run, "l") * (q - p) + parameter(run, "h");
    const double c = parameter(run, "cw") * (q - p + w) + parameter(run, "g");
    const double i = parameter(run, "f") + parameter(run, "v") * c + parameter(run, "u") * (p - w);
    const double alpha = parameter(run, "alpha");
    assert_close(p, parameter(run, "a") + parameter(run, "b") * i + parameter(run, "d") * q, 1e-6);
    assert_close(q, alpha * c + (1.0 - alpha) * i, 1e-6);
  }
}

/* What is done with productivity: profits invest it, nobody buys it, wages buy it, nobody buys it again. */
static void the_demand_regime_slopes_as_the_regime_says(void **state) {
  (void)state;
  assert_true(end("extensive", "D") > 0.0);
  assert_true(end("taylorist", "D") < 0.0);
  assert_true(end("fordist", "D") > 0.0);
  assert_true(end("post_fordist", "D") < 0.0);
}

static void fordism_grows_fastest_and_taylorism_destroys_jobs(void **state) {
  (void)state;
  for (size_t k = 0; k < N_REGIMES; k++) {
    assert_true(end(regimes[k], "q") <= end("fordist", "q"));
    assert_true(end(regimes[k], "p") <= end("fordist", "p"));
  }
  assert_true(end("taylorist", "p") > end("extensive", "p"));
  assert_true(end("taylorist", "N") < 1.0);
  assert_true(end("fordist", "N") > 1.5);
}

static void indexation_finds_an_outlet_and_its_end_closes_it(void **state) {
  (void)state;
  const double before = value_at(run_of(&s, "new_deal"), "q", 19.0);
  assert_true(end("new_deal", "q") > before + 0.01);
  const double spent = value_at(run_of(&s, "exhaustion"), "q", 29.0);
  assert_true(spent < value_at(run_of(&s, "exhaustion"), "q", 19.0));
  assert_true(end("exhaustion", "q") < spent - 0.01); /* wages cut loose do not bring growth back */
}

/* How far growth is from the crossing after 30 years, over how far it began. */
static double departure(double k, double d) {
  regime_run_options options = REGIME_RUN_DEFAULTS;
  const regime_setting settings[] = {{"k", k}, {"d", d}};
  options.settings = settings;
  options.n_settings = 2;
  options.to = 30.0;
  const regime_run *run = run_with(&s, options);
  const double rest = value_at(run, "q_rest", 0.0);
  return fabs(value_at(run, "q", 30.0) - rest) / fabs(value_at(run, "q", 0.0) - rest);
}

/* The Fordist set with indexation k has, by the formulas at the head of the model, i = .96 q + ip p, D as
 * below and B = (d + .096)/(1 - .1 ip): B*D passes one at a known d. */
static void the_crossing_is_stable_where_the_product_of_slopes_is_below_one(void **state) {
  (void)state;
  const double k = 1.4, ip = (0.1 - 1.2 * 0.8) * (1.0 - k);
  const double D = (0.25 * ip + 0.75 * 0.8 * (k - 1.0)) / (1.0 - 0.75 * 0.8 - 0.25 * 0.96);
  const double border = (1.0 - 0.1 * ip) / D - 0.096;
  print_message("border of stability at d = %.4f\n", border);
  assert_true(departure(k, border - 0.1) < 0.9);
  assert_true(departure(k, border + 0.1) > 1.1);
}

static void too_strong_returns_and_indexation_run_away(void **state) {
  (void)state;
  const regime_run *run = run_of(&s, "runaway");
  assert_true(value_at(run, "B", 0.0) * value_at(run, "D", 0.0) > 1.0);
  assert_int_equal(regime_path_outcome(regime_run_path(run)), REGIME_DIVERGED);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_regime_settles_where_its_lines_cross),
      cmocka_unit_test(the_crossing_solves_the_six_equations),
      cmocka_unit_test(the_demand_regime_slopes_as_the_regime_says),
      cmocka_unit_test(fordism_grows_fastest_and_taylorism_destroys_jobs),
      cmocka_unit_test(indexation_finds_an_outlet_and_its_end_closes_it),
      cmocka_unit_test(the_crossing_is_stable_where_the_product_of_slopes_is_below_one),
      cmocka_unit_test(too_strong_returns_and_indexation_run_away),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
