/* The logistic map: its rest point and cycles, where they give way, and chaos that is known in closed form.
 */
#include "support/runs.h"

static shelf s;

static int set_up(void **state) {
  (void)state;
  open_shelf(&s, "models/textbook/logistic_map/logistic_map.cfg");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  close_shelf(&s);
  return 0;
}

static const regime_run *with(double r, double x0, double to) {
  regime_run_options options = REGIME_RUN_DEFAULTS;
  const regime_setting settings[] = {{"r", r}, {"x0", x0}};
  options.settings = settings;
  options.n_settings = 2;
  options.to = to;
  return run_with(&s, options);
}

static double x(const regime_run *run, double t) { return value_at(run, "x", t); }

static void below_three_it_rests(void **state) {
  (void)state;
  assert_close(x(run_of(&s, "settled"), 400.0), 1.0 - 1.0 / 2.9, 1e-9);
}

static void then_it_has_two_values_and_then_four(void **state) {
  (void)state;
  const double r = 3.2, root = sqrt((r - 3.0) * (r + 1.0));
  const double a = x(run_of(&s, "two"), 399.0), b = x(run_of(&s, "two"), 400.0);
  assert_close(fmax(a, b), (r + 1.0 + root) / (2.0 * r), 1e-9);
  assert_close(fmin(a, b), (r + 1.0 - root) / (2.0 * r), 1e-9);
  const regime_run *four = run_of(&s, "four"), *three = run_of(&s, "three");
  assert_close(x(four, 400.0), x(four, 396.0), 1e-9);
  assert_true(fabs(x(four, 400.0) - x(four, 398.0)) > 0.05);
  assert_close(x(three, 400.0), x(three, 397.0), 1e-9);
}

/* How much a small distance from the cycle that is known has changed after one period of it. */
static double multiplier(double r, double at, int period) {
  const double step = 1e-6;
  return (x(with(r, at + step, 4.0), period) - x(with(r, at - step, 4.0), period)) / (2.0 * step);
}

/* A flip where the multiplier is -1: of the rest point at r = 3, of the two values at 1 + sqrt(6). */
static void it_flips_at_three_and_at_one_plus_root_six(void **state) {
  (void)state;
  const double second = 1.0 + sqrt(6.0);
  assert_close(multiplier(3.0, 1.0 - 1.0 / 3.0, 1), -1.0, 1e-8);
  assert_close(multiplier(second, (second + 1.0 + sqrt((second - 3.0) * (second + 1.0))) / (2.0 * second), 2),
               -1.0, 1e-8);
}

static void neighbours_part_at_3_9(void **state) {
  (void)state;
  const regime_run *run = with(3.9, 0.4, 20000.0), *nearly = run_of(&s, "nearly");
  const double exponent = value_at(run, "lyapunov", 20000.0);
  print_message("Lyapunov exponent at 3.9: %.4f\n", exponent);
  assert_true(exponent > 0.45 && exponent < 0.55);
  assert_true(value_at(run_of(&s, "four"), "lyapunov", 400.0) < 0.0);
  double apart = 0.0;
  for (double t = 60.0; t <= 100.0; t += 1.0) apart = fmax(apart, fabs(x(nearly, t) - x(run, t)));
  assert_true(apart > 0.1); /* a billionth, sixty periods on */
}

/* r = 4: x = sin(phi)^2, and phi doubles; the exponent is log 2. */
static void chaos_at_four_is_the_doubling_of_an_angle(void **state) {
  (void)state;
  const double phi = asin(sqrt(0.4));
  for (int t = 0; t <= 20; t++) assert_close(x(run_of(&s, "known"), t), pow(sin(ldexp(phi, t)), 2.0), 1e-8);
  assert_true(fabs(value_at(with(4.0, 0.4, 20000.0), "lyapunov", 20000.0) - log(2.0)) < 0.01);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(below_three_it_rests),
      cmocka_unit_test(then_it_has_two_values_and_then_four),
      cmocka_unit_test(it_flips_at_three_and_at_one_plus_root_six),
      cmocka_unit_test(neighbours_part_at_3_9),
      cmocka_unit_test(chaos_at_four_is_the_doubling_of_an_angle),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
