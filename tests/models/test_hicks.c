/* Hicks: explosive when free, a cycle when held, and the same cycle from every start. */
#include "support/runs.h"

static shelf s;

static int set_up(void **state) {
  (void)state;
  open_shelf(&s, "models/textbook/hicks/hicks.cfg");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  close_shelf(&s);
  return 0;
}

static const double c = 0.8, v = 1.5, g = 0.02;

static double gap(const regime_run *run, double t) { return value_at(run, "gap", t); }

/* Free of its limits, the distance from trend solves y = (c + v)/(1 + g) y(-1) - v/(1 + g)^2 y(-2). */
static void the_free_accelerator_explodes_as_its_roots_say(void **state) {
  (void)state;
  const double rho = sqrt(v) / (1.0 + g), w = acos((c + v) / (2.0 * sqrt(v)));
  const regime_run *run = run_of(&s, "free");
  assert_true(rho > 1.0);
  for (double t = 0.0; t <= 80.0; t += 1.0) { /* y(-1) = 0, y(0) = .01 */
    const double y = 0.01 * pow(rho, t) * sin(w * (t + 1.0)) / sin(w);
    assert_true(fabs(gap(run, t) - y) < 1e-9 * pow(rho, t));
  }
}

static void output_stays_between_ceiling_and_floor(void **state) {
  (void)state;
  const regime_run *run = run_of(&s, "baseline");
  double low = 0.0, high = 0.0;
  for (double t = 1.0; t <= 80.0; t += 1.0) {
    low = fmin(low, gap(run, t));
    high = fmax(high, gap(run, t));
    assert_true(value_at(run, "I", t) >= -3.0 * pow(1.0 + g, t) - 1e-9);
  }
  print_message("output between %.3f below and %.3f above trend\n", -low, high);
  assert_close(high, 0.1, 1e-12);
  assert_true(low > -0.5);
}

/* The distance in years after which the path repeats itself, found where it has twice been at the ceiling in
 * a row: from there on the past is the same every time, so the cycle is exact. */
static size_t period_of(const regime_run *run) {
  size_t first = 0;
  for (size_t t = 30; t <= 80; t++) {
    if (gap(run, (double)t) < 0.1 - 1e-9 || gap(run, (double)t - 1.0) < 0.1 - 1e-9) continue;
    if (first > 0) return t - first;
    first = t;
  }
  return 0;
}

static void the_cycle_is_exact_and_the_same_from_every_start(void **state) {
  (void)state;
  regime_run_options options = REGIME_RUN_DEFAULTS;
  options.to = 200.0;
  const regime_run *up = run_with(&s, options);
  options.scenario = "low";
  const regime_run *down = run_with(&s, options);
  const size_t period = period_of(up);
  print_message("the cycle repeats every %zu years\n", period);
  assert_true(period > 0);
  assert_int_equal(period_of(down), period);
  for (size_t t = 100; t + period <= 200; t++)
    assert_close(gap(up, (double)(t + period)), gap(up, (double)t), 1e-9);
}

static void a_weak_accelerator_settles(void **state) {
  (void)state;
  assert_close(gap(run_of(&s, "mild"), 80.0), 0.0, 1e-3);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_free_accelerator_explodes_as_its_roots_say),
      cmocka_unit_test(output_stays_between_ceiling_and_floor),
      cmocka_unit_test(the_cycle_is_exact_and_the_same_from_every_start),
      cmocka_unit_test(a_weak_accelerator_settles),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
