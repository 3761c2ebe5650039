/* Thirlwall's law: the printed table, and where stop-and-go leads. */
#include "support/runs.h"

static shelf s;

static int set_up(void **state) {
  (void)state;
  open_shelf(&s, "models/textbook/thirlwall_law/thirlwall_law.cfg");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  close_shelf(&s);
  return 0;
}

static double britain(const char *scenario, const char *variable, double from, double to) {
  char name[32];
  snprintf(name, sizeof name, "%s[GB]", variable);
  return mean_of(run_of(&s, scenario), name, from, to);
}

static const regime_run *long_run(const char *scenario) {
  regime_run_options options = REGIME_RUN_DEFAULTS;
  options.scenario = scenario;
  options.to = 2100.0;
  return run_with(&s, options);
}

/* The column x/pi of the table, as printed, in per cent a year. */
static void growth_is_that_of_the_papers_table(void **state) {
  (void)state;
  static const struct {
    const char *growth;
    double printed;
  } rows[] = {{"growth_percent[US]", 3.89}, {"growth_percent[CA]", 5.02}, {"growth_percent[GB]", 2.95},
              {"growth_percent[FR]", 5.42}, {"growth_percent[DE]", 5.29}, {"growth_percent[IT]", 5.37},
              {"growth_percent[JP]", 13.15}};
  for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
    assert_true(fabs(mean_of(run_of(&s, "baseline"), rows[k].growth, 1953, 1976) - rows[k].printed) < 0.006);
}

static void growth_above_the_law_is_paid_for_in_every_scenario(void **state) {
  (void)state;
  for (size_t k = 0; k < regime_model_scenarios(s.model); k++)
    assert_true(regime_run_identities_hold(run_of(&s, regime_model_scenario(s.model, k)->name)));
}

/* Britain alone obeys b'' + pi brake b' + pi learning b = 0 after a dash, b the balance: b(0) = 0, b'(0) =
 * -pi*.02. */
static void a_dash_for_growth_is_stopped_as_the_damped_oscillator_says(void **state) {
  (void)state;
  const double pi_m = 1.51, damping = 0.5 * pi_m * 0.5, omega = sqrt(pi_m * 0.1 - damping * damping);
  for (double t = 0.0; t <= 23.0; t += 1.0) {
    const double b = -pi_m * 0.02 * exp(-damping * t) * sin(omega * t) / omega;
    assert_close(britain("dash", "balance", 1953 + t, 1953 + t), b, 1e-7);
  }
  assert_true(britain("dash", "growth", 1953, 1953) > britain("dash", "growth", 1958, 1958));
}

/* Once: a higher level and the old growth. For ever: growth higher by (eta + psi - 1) q/pi. */
static void devaluing_once_does_not_raise_growth_and_sliding_does(void **state) {
  (void)state;
  const double law = 0.0446 / 1.51;
  const regime_run *once = long_run("devaluation"), *sliding = long_run("sliding");
  assert_close(value_at(once, "growth[GB]", 2100.0), law, 1e-8);
  assert_close(value_at(sliding, "growth[GB]", 2100.0), law + (0.8 + 0.6 - 1.0) * 0.02 / 1.51, 1e-8);
  assert_true(britain("devaluation", "Y", 1976, 1976) > britain("baseline", "Y", 1976, 1976));
}

/* Thirlwall and Hussain: the law weighs exports and capital by their shares; when capital goes, so does its
 * growth. */
static void borrowed_growth_ends_with_the_inflow(void **state) {
  (void)state;
  const double theta = 1.0 / (1.0 + 0.1 * exp((0.0892 - 0.0446) * 12.0));
  assert_close(britain("borrowing", "law", 1965, 1965), (theta * 0.0446 + (1.0 - theta) * 0.0892) / 1.51,
               1e-8);
  assert_true(britain("borrowing", "growth", 1953, 1976) > britain("baseline", "growth", 1953, 1976) + 0.003);
  assert_true(britain("sudden_stop", "growth", 1966, 1972) <
              britain("baseline", "growth", 1966, 1972) - 0.01);
  assert_close(value_at(long_run("sudden_stop"), "growth[GB]", 2100.0), 0.0446 / 1.51, 1e-8);
}

static void when_the_world_slows_each_country_slows_in_proportion(void **state) {
  (void)state;
  const regime_run *run = long_run("slump");
  assert_close(value_at(run, "growth[JP]", 2100.0), 0.5 * 0.1618 / 1.23, 1e-8);
  assert_close(value_at(run, "growth[GB]", 2100.0), 0.5 * 0.0446 / 1.51, 1e-8);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(growth_is_that_of_the_papers_table),
      cmocka_unit_test(growth_above_the_law_is_paid_for_in_every_scenario),
      cmocka_unit_test(a_dash_for_growth_is_stopped_as_the_damped_oscillator_says),
      cmocka_unit_test(devaluing_once_does_not_raise_growth_and_sliding_does),
      cmocka_unit_test(borrowed_growth_ends_with_the_inflow),
      cmocka_unit_test(when_the_world_slows_each_country_slows_in_proportion),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
