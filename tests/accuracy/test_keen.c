/* Keen's model as in Grasselli and Costa Lima (2012): where it goes from three starts. */
#include "support/runs.h"

static shelf s;

static int set_up(void **state) {
  (void)state;
  open_shelf(&s, "models/textbook/keen/keen.cfg");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  close_shelf(&s);
  return 0;
}

static const regime_run *from(double w, double l, double d, double to) {
  regime_run_options options = REGIME_RUN_DEFAULTS;
  const regime_setting start[] = {{"w0", w}, {"l0", l}, {"d0", d}};
  options.settings = start;
  options.n_settings = 3;
  options.to = to;
  return run_with(&s, options);
}

static void assert_good_equilibrium(const regime_run *run) {
  const double end = regime_path_end(regime_run_path(run));
  assert_int_equal(regime_path_outcome(regime_run_path(run)), REGIME_REACHED_END);
  assert_close(value_at(run, "w", end), 0.836052866873, 1e-7);
  assert_close(value_at(run, "l", end), 0.968611758971, 1e-7);
  assert_close(value_at(run, "d", end), 0.0701911248624, 1e-7);
}

static void two_starts_reach_the_good_equilibrium(void **state) {
  (void)state;
  assert_good_equilibrium(from(0.75, 0.75, 0.1, 1000.0));
  assert_good_equilibrium(from(0.95, 0.90, 0.0, 1000.0));
}

static void from_the_third_debt_explodes(void **state) {
  (void)state;
  const regime_run *run = from(0.75, 0.70, 0.5, 400.0);
  assert_int_equal(regime_path_outcome(regime_run_path(run)), REGIME_DIVERGED);
  assert_true(fabs(regime_path_end(regime_run_path(run)) - 274.0) < 1.0); /* where d passes 1e4 */
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(two_starts_reach_the_good_equilibrium),
      cmocka_unit_test(from_the_third_debt_explodes),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
