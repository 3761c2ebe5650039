/* Harrod and Domar: the closed form of the knife edge. */
#include "support/runs.h"

static const double s_ = 0.1, v = 4.0, theta = 0.004, n = 0.025;
static shelf s;

static int set_up(void **state) {
  (void)state;
  open_shelf(&s, "models/textbook/harrod_domar/harrod_domar.cfg");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  close_shelf(&s);
  return 0;
}

/* The edge multiplies every error by exp(theta v t/s): the integrator is held tightly. */
static const regime_run *precise(const char *scenario) {
  regime_run_options options = REGIME_RUN_DEFAULTS;
  options.scenario = scenario;
  options.rtol = 1e-12;
  options.atol = 1e-14;
  return run_with(&s, options);
}

static double end_of(const regime_run *run) { return regime_path_end(regime_run_path(run)); }

/* g(t) and ln K(t) of a path that begins `gap` off the warranted rate. */
static void assert_closed_form(const regime_run *run, double gap) {
  const double speed = theta * v / s_, warranted = s_ / v;
  for (double t = 0.0; t <= end_of(run); t += 1.0) {
    assert_close(value_at(run, "g", t), warranted + gap * exp(speed * t), 1e-8);
    assert_close(log(value_at(run, "K", t) / v), warranted * t + gap * expm1(speed * t) / speed, 1e-6);
  }
}

static void on_the_edge_growth_stays_warranted(void **state) {
  (void)state;
  const regime_run *run = run_of(&s, "baseline");
  assert_closed_form(run, 0.0);
  assert_close(value_at(run, "e", 40.0), 0.95, 1e-9); /* n happens to be the warranted rate */
  assert_close(value_at(run, "utilisation", 40.0), 1.0, 1e-9);
}

static void off_the_edge_the_gap_grows_as_in_the_closed_form(void **state) {
  (void)state;
  assert_closed_form(precise("above"), 0.0001);
  assert_closed_form(precise("below"), -0.0001);
}

/* u = 1 + (v/s) gap exp(theta v t/s) = 1/2, solved for t. */
static void the_slump_comes_when_it_must(void **state) {
  (void)state;
  const regime_run *run = precise("below");
  assert_int_equal(regime_path_outcome(regime_run_path(run)), REGIME_STOPPED_BY_EVENT);
  assert_close(time_of(run, "slump"), s_ / (theta * v) * log(0.5 * s_ / (v * 0.0001)), 1e-6);
}

/* Above it labour runs out where e0*(Y/Y0)*exp(-n t) passes one. */
static void the_boom_ends_at_full_employment(void **state) {
  (void)state;
  const regime_run *run = run_of(&s, "above");
  const double t = time_of(run, "full employment");
  assert_int_equal(regime_path_outcome(regime_run_path(run)), REGIME_STOPPED_BY_EVENT);
  assert_close(0.95 * value_at(run, "Y", t) / value_at(run, "Y", 0.0) * exp(-n * t), 1.0, 1e-6);
}

/* Warranted growth above natural growth: e = e0 exp((s/v - n) t). */
static void scarce_labour_runs_out_on_the_warranted_path(void **state) {
  (void)state;
  assert_close(time_of(precise("scarce"), "full employment"), log(1.0 / 0.95) / 0.005, 1e-6);
}

static void more_thrift_means_a_slump(void **state) {
  (void)state;
  const regime_run *run = run_of(&s, "thrift");
  assert_close(value_at(run, "utilisation", 9.0), 1.0, 1e-9);
  assert_close(value_at(run, "warranted", 11.0), 0.0255, 1e-12);
  assert_true(time_of(run, "slump") > 10.0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(on_the_edge_growth_stays_warranted),
      cmocka_unit_test(off_the_edge_the_gap_grows_as_in_the_closed_form),
      cmocka_unit_test(the_slump_comes_when_it_must),
      cmocka_unit_test(the_boom_ends_at_full_employment),
      cmocka_unit_test(scarce_labour_runs_out_on_the_warranted_path),
      cmocka_unit_test(more_thrift_means_a_slump),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
