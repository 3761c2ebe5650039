/* Goodwin (1967): the conserved quantity and the period of the exact cycle from (0.8, 0.8). */
#include "support/runs.h"

static const double alpha = 0.02, beta = 0.02, gamma_ = 0.03, rho = 0.07, sigma = 4.0;
static const double period = 61.390955, conserved = 0.3140173233416945;
static shelf s;

static int set_up(void **state) {
  (void)state;
  open_shelf(&s, "tests/accuracy/goodwin_upswings.cfg");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  close_shelf(&s);
  return 0;
}

static const regime_run *ten_periods(void) {
  regime_run_options options = REGIME_RUN_DEFAULTS;
  options.to = 10.0 * period;
  options.rtol = 1e-12; /* the tightest preset, `--precise` */
  options.atol = 1e-14;
  return run_with(&s, options);
}

static double invariant(double v, double u) {
  return rho * v - (alpha + gamma_) * log(v) + u / sigma - (1.0 / sigma - alpha - beta) * log(u);
}

static void the_invariant_drifts_by_less_than_1e_6(void **state) {
  (void)state;
  const regime_run *run = ten_periods();
  const regime_path *path = regime_run_path(run);
  const size_t v = output_of(run, "v"), u = output_of(run, "u");
  for (size_t k = 0; k < regime_path_points(path); k++) {
    const double *values = regime_path_values(path, k);
    assert_close(invariant(values[v], values[u]), conserved, 1e-6);
  }
}

static void the_period_is_right_to_1e_6(void **state) {
  (void)state;
  const regime_run *run = ten_periods();
  const size_t n = regime_run_events(run);
  assert_true(n >= 9);
  const double first = regime_run_event(run, 0).time, last = regime_run_event(run, n - 1).time;
  assert_close((last - first) / (double)(n - 1), period, 1e-6 / period);
}

/* Near the rest point (5/7, 0.84) the period tends to the linear one. */
static void small_cycles_have_the_linear_period(void **state) {
  (void)state;
  regime_run_options options = REGIME_RUN_DEFAULTS;
  const regime_setting close[] = {{"v0", 5.0 / 7.0 + 1e-4}, {"u0", 0.84}};
  options.settings = close;
  options.n_settings = 2;
  options.to = 700.0;
  options.rtol = 1e-12;
  options.atol = 1e-14;
  const regime_run *run = run_with(&s, options);
  const size_t n = regime_run_events(run);
  assert_true(n >= 9);
  assert_close((regime_run_event(run, n - 1).time - regime_run_event(run, 0).time) / (double)(n - 1),
               61.31761, 1e-6);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_invariant_drifts_by_less_than_1e_6),
      cmocka_unit_test(the_period_is_right_to_1e_6),
      cmocka_unit_test(small_cycles_have_the_linear_period),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
