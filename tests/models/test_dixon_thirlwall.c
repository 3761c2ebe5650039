/* Regional growth on Kaldorian lines: the formula for growth at rest, one region and n; where returns become
 * explosive. */
#include "support/runs.h"

static const char *const regions[] = {"leading", "middle", "lagging"};
static const double epsilon[] = {1.05, 1.0, 0.95};
static const double eta = -1.5, delta = 1.5, w = 0.05, z = 0.04, rivals = 0.014;
static shelf s;

static int set_up(void **state) {
  (void)state;
  open_shelf(&s, "models/textbook/dixon_thirlwall/dixon_thirlwall.cfg");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  close_shelf(&s);
  return 0;
}

static const regime_run *long_run(const char *scenario) {
  regime_run_options options = REGIME_RUN_DEFAULTS;
  options.scenario = scenario;
  options.to = 600.0;
  return run_with(&s, options);
}

static double growth(const regime_run *run, size_t region, double t) {
  char name[32];
  snprintf(name, sizeof name, "g[%s]", regions[region]);
  return value_at(run, name, t);
}

/* gamma = 1: g = (eta (w - ra + tau) + delta pf + epsilon z)/(1 + eta lambda). */
static double alone(double e, double own, double ra, double tau, double lambda) {
  return (own * (w - ra + tau) + delta * rivals + e * z) / (1.0 + own * lambda);
}

static void each_region_grows_as_the_paper_says(void **state) {
  (void)state;
  const regime_run *base = long_run("baseline"), *none = long_run("no_verdoorn");
  for (size_t k = 0; k < 3; k++) {
    assert_close(growth(base, k, 600.0), alone(epsilon[k], eta, 0.02, 0.0, 0.4), 1e-8);
    assert_close(growth(none, k, 600.0), alone(epsilon[k], eta, 0.036, 0.0, 0.0), 1e-8);
  }
}

static void a_wage_subsidy_works_through_exports(void **state) {
  (void)state;
  const regime_run *run = long_run("policy");
  assert_close(growth(run, 2, 600.0), alone(0.95, eta, 0.02, -0.003, 0.4), 1e-8);
  assert_close(growth(run, 0, 600.0), alone(1.05, eta, 0.02, 0.0, 0.4), 1e-8);
  assert_close(growth(run, 2, 600.0), value_at(run, "g_rest[lagging]", 600.0), 1e-8);
}

/* Rivals: the distance of a region from the mean follows the same formula with eta - delta/(n - 1) for eta.
 */
static void rivalry_multiplies_the_differences(void **state) {
  (void)state;
  const double together = eta - delta / 2.0;
  const regime_run *run = long_run("linked");
  for (size_t k = 0; k < 3; k++)
    assert_close(growth(run, k, 600.0), 0.04 + (epsilon[k] - 1.0) * z / (1.0 + together * 0.4), 1e-7);
  assert_close(value_at(run, "spread", 600.0) / value_at(long_run("baseline"), "spread", 600.0), 4.0, 1e-6);
}

/* -eta lambda = .75 is stable alone; with rivals the feedback is 1.125, and the spread obeys
 * spread' = ((1.125 - 1) spread + .1 z)/T. */
static void strong_returns_are_stable_alone_and_explosive_together(void **state) {
  (void)state;
  const double rate = 0.125 / 2.0, push = 0.1 * z / 2.0;
  assert_close(growth(long_run("stable_alone"), 0, 600.0), alone(1.05, eta, 0.016, 0.0, 0.5), 1e-8);
  const regime_run *run = run_of(&s, "explosive");
  assert_close(value_at(run, "spread", 60.0), push / rate * expm1(rate * 60.0), 1e-5);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_region_grows_as_the_paper_says),
      cmocka_unit_test(a_wage_subsidy_works_through_exports),
      cmocka_unit_test(rivalry_multiplies_the_differences),
      cmocka_unit_test(strong_returns_are_stable_alone_and_explosive_together),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
