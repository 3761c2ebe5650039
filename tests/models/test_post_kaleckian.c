/* Bhaduri and Marglin: the three regimes by their numbers, and the two paradoxes.
 *
 * At rest u = (g0 + g2 h)/D, and the expected numbers below are those of the table
 *   g0 =  .02, g1 = .10: u 1,        g .14,      du/dh -2.5
 *   g0 =  .02, g1 = .08: u .6666667, g .0933333, du/dh -.555556
 *   g0 = -.01, g1 = .10: u .25,      g .035,     du/dh +1.25
 */
#include "support/runs.h"

static shelf s;

static int set_up(void **state) {
  (void)state;
  open_shelf(&s, "models/textbook/post_kaleckian/post_kaleckian.cfg");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  close_shelf(&s);
  return 0;
}

/* Where the economy settles when the profit share is h throughout. */
static const regime_run *settled(double g0, double g1, double h) {
  regime_run_options options = REGIME_RUN_DEFAULTS;
  const regime_setting settings[] = {{"g0", g0}, {"g1", g1}, {"h", h}};
  options.settings = settings;
  options.n_settings = 3;
  options.rtol = 1e-12;
  options.atol = 1e-14;
  return run_with(&s, options);
}

static double slope_of(const char *name, double g0, double g1) {
  const double step = 1e-3;
  const double above = value_at(settled(g0, g1, 0.2 + step), name, 200.0);
  const double below = value_at(settled(g0, g1, 0.2 - step), name, 200.0);
  return (above - below) / (2.0 * step);
}

static void assert_regime(double g0, double g1, double u, double g, double slope) {
  const regime_run *run = settled(g0, g1, 0.2);
  assert_close(value_at(run, "u", 200.0), u, 1e-6);
  assert_close(value_at(run, "accumulation", 200.0), g, 1e-6);
  assert_close(value_at(run, "u_rest", 200.0), u, 1e-9);
  assert_close(value_at(run, "g_rest", 200.0), g, 1e-9);
  assert_close(value_at(run, "demand_slope", 200.0), slope, 1e-6);
  assert_close(slope_of("u", g0, g1), slope, 1e-3); /* measured on paths */
  assert_close(slope_of("accumulation", g0, g1), value_at(run, "growth_slope", 200.0), 1e-3);
}

static void the_three_regimes_are_those_of_the_table(void **state) {
  (void)state;
  assert_regime(0.02, 0.10, 1.0, 0.14, -2.5);
  assert_regime(0.02, 0.08, 2.0 / 3.0, 0.28 / 3.0, -5.0 / 9.0);
  assert_regime(-0.01, 0.10, 0.25, 0.035, 1.25);
}

static double rise(const char *scenario, const char *name) {
  return value_at(run_of(&s, scenario), name, 200.0) - value_at(run_of(&s, scenario), name, 99.5);
}

static void a_higher_wage_share_does_what_the_regime_says(void **state) {
  (void)state;
  assert_true(rise("stagnationist", "u") > 0.0 && rise("stagnationist", "accumulation") > 0.0);
  assert_true(rise("conflicting", "u") > 0.0 && rise("conflicting", "accumulation") < 0.0);
  assert_true(rise("exhilarationist", "u") < 0.0 && rise("exhilarationist", "accumulation") < 0.0);
}

/* Higher wages, higher profits: r = g0 h/(sp h - g1 v) falls with h. */
static void paradox_of_costs_where_investment_follows_utilisation_alone(void **state) {
  (void)state;
  const regime_run *run = run_of(&s, "kaleckian");
  assert_close(value_at(run, "profit_rate", 99.5), 0.02 * 0.20 / (0.9 * 0.20 - 0.03 * 3.0), 1e-6);
  assert_close(value_at(run, "profit_rate", 200.0), 0.02 * 0.19 / (0.9 * 0.19 - 0.03 * 3.0), 1e-6);
  assert_true(rise("kaleckian", "profit_rate") > 0.0);
  assert_true(rise("stagnationist", "profit_rate") < 0.0); /* not where workers save and profits attract */
}

static void paradox_of_thrift(void **state) {
  (void)state;
  assert_true(rise("thrift", "u") < 0.0);
  assert_true(rise("thrift", "accumulation") < 0.0);
  assert_true(rise("thrift", "profit_rate") < 0.0);
}

static void without_keynesian_stability_there_is_no_rest(void **state) {
  (void)state;
  const regime_run *run = run_of(&s, "unstable");
  assert_true(value_at(run, "keynes", 0.0) < 0.0);
  assert_int_equal(regime_path_outcome(regime_run_path(run)), REGIME_DIVERGED);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_three_regimes_are_those_of_the_table),
      cmocka_unit_test(a_higher_wage_share_does_what_the_regime_says),
      cmocka_unit_test(paradox_of_costs_where_investment_follows_utilisation_alone),
      cmocka_unit_test(paradox_of_thrift),
      cmocka_unit_test(without_keynesian_stability_there_is_no_rest),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
