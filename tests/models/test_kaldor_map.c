/* Kaldor's map: its eigenvalues, where its curve is born, the mean period of its cycle, and its two rest
 * points. */
#include "support/runs.h"

static shelf s;

static int set_up(void **state) {
  (void)state;
  open_shelf(&s, "models/textbook/kaldor_map/kaldor_map.cfg");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  close_shelf(&s);
  return 0;
}

static const regime_run *with(double alpha, double sigma, double Y0, double K0, double to) {
  regime_run_options options = REGIME_RUN_DEFAULTS;
  const regime_setting settings[] = {{"alpha", alpha}, {"sigma", sigma}, {"Y0", Y0}, {"K0", K0}};
  options.settings = settings;
  options.n_settings = 4;
  options.to = to;
  return run_with(&s, options);
}

/* Close to rest the map is its Jacobian, with eigenvalues .96 +- .3773592 i at alpha = 1.2. Two steps give
 * its trace and determinant: y2 = trace y1 - determinant y0 (Cayley and Hamilton). */
static void the_eigenvalues_are_those_of_theory(void **state) {
  (void)state;
  const double step = 1e-5;
  const regime_run *run = with(1.2, 0.4, 10.0 + step, 20.0, 10.0);
  double y[4];
  for (int t = 0; t < 4; t++) y[t] = value_at(run, "Y", t) - 10.0;
  const double scale = y[1] * y[1] - y[0] * y[2];
  const double trace = (y[1] * y[2] - y[0] * y[3]) / scale, determinant = (y[2] * y[2] - y[1] * y[3]) / scale;
  assert_close(0.5 * trace, 0.96, 1e-6);
  assert_close(sqrt(determinant - 0.25 * trace * trace), 0.3773592, 1e-6);
}

/* The largest distance of output from normal over the last hundred years. */
static double swing_of(const regime_run *run) {
  const double end = regime_path_end(regime_run_path(run));
  double swing = 0.0;
  for (double t = end - 100.0; t <= end; t += 1.0) swing = fmax(swing, fabs(value_at(run, "Y", t) - 10.0));
  return swing;
}

static void the_curve_is_born_at_ten_ninths(void **state) {
  (void)state;
  assert_true(swing_of(with(10.0 / 9.0 - 0.01, 0.4, 10.01, 20.0, 2000.0)) < 1e-3);
  assert_true(swing_of(with(10.0 / 9.0 + 0.01, 0.4, 10.01, 20.0, 2000.0)) > 0.1);
}

/* Between the first and the last upward passage of normal output, as if it went straight from year to year.
 */
static void the_mean_period_is_that_of_the_cycle(void **state) {
  (void)state;
  regime_run_options options = REGIME_RUN_DEFAULTS;
  options.to = 10000.0;
  const regime_run *run = run_with(&s, options);
  double first = NAN, last = NAN;
  int turns = -1;
  for (double t = 201.0; t <= 10000.0; t += 1.0) {
    const double before = value_at(run, "Y", t - 1.0) - 10.0, now = value_at(run, "Y", t) - 10.0;
    if (!(before < 0.0 && now >= 0.0)) continue;
    last = t - now / (now - before);
    if (++turns == 0) first = last;
  }
  print_message("mean period %.4f, swing of output %.4f\n", (last - first) / turns, swing_of(run));
  assert_true(fabs((last - first) / turns - 15.636) < 2e-3);
}

static void two_starts_reach_one_curve(void **state) {
  (void)state;
  assert_close(swing_of(with(1.2, 0.4, 10.1, 20.0, 2000.0)), swing_of(with(1.2, 0.4, 13.0, 18.0, 2000.0)),
               1e-2);
}

/* Below sigma = 1/4 the rest points off normal solve sigma y = delta/(gamma + delta) atan(y). */
static void little_saving_makes_a_poor_and_a_rich_rest_point(void **state) {
  (void)state;
  const double poor = value_at(run_of(&s, "poor"), "Y", 200.0) - 10.0;
  const double rich = value_at(run_of(&s, "rich"), "Y", 200.0) - 10.0;
  assert_close(0.2 * rich, 0.25 * atan(rich), 1e-9);
  assert_close(poor, -rich, 1e-9);
  assert_true(rich > 0.9);
  assert_close(value_at(with(1.0, 0.26, 10.1, 13.0, 5000.0), "Y", 5000.0), 10.0, 1e-6); /* above it, one */
}

/* The map is Kaldor's cycle in steps of a year: Euler's twin of the model in continuous time goes the same
 * way. */
static void it_is_the_twin_of_the_cycle_in_continuous_time(void **state) {
  (void)state;
  shelf flow;
  open_shelf(&flow, "models/textbook/kaldor_cycle/kaldor_cycle.cfg");
  regime_run_options options = REGIME_RUN_DEFAULTS;
  const regime_setting speed = {"alpha", 1.2};
  options.settings = &speed;
  options.n_settings = 1;
  options.every = options.step = 1.0;
  const regime_run *twin = run_with(&flow, options), *map = with(1.2, 0.4, 10.1, 20.0, 200.0);
  for (double t = 0.0; t <= 200.0; t += 1.0) {
    assert_close(value_at(twin, "Y", t), value_at(map, "Y", t), 1e-9);
    assert_close(value_at(twin, "K", t), value_at(map, "K", t), 1e-9);
  }
  close_shelf(&flow);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_eigenvalues_are_those_of_theory),
      cmocka_unit_test(the_curve_is_born_at_ten_ninths),
      cmocka_unit_test(the_mean_period_is_that_of_the_cycle),
      cmocka_unit_test(two_starts_reach_one_curve),
      cmocka_unit_test(it_is_the_twin_of_the_cycle_in_continuous_time),
      cmocka_unit_test(little_saving_makes_a_poor_and_a_rich_rest_point),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
