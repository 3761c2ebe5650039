/* Means over a stretch of time, against integrals in closed form. */
#define TEST "study-mean"
#include "unit/study/written.h"

static const char line[] = "equations = \"\n  init x = 0\n  x' = 1\n  square = x^2\n\";\n";

static written w;

static int open_run(void **state) {
  (void)state;
  run_text(&w, line, REGIME_RUN_DEFAULTS);
  return 0;
}

static int close_run(void **state) {
  (void)state;
  close_text(&w);
  return 0;
}

static double mean(const char *name, double from, double to) {
  return regime_run_mean(w.run, (size_t)regime_run_output(w.run, name), from, to);
}

static void a_line_is_exact_wherever_the_ends_fall(void **state) {
  (void)state;
  const unsigned seed = 11;
  srand(seed);
  for (int k = 0; k < 200; k++) {
    const double from = 10.0 * rand() / RAND_MAX, to = from + (10.0 - from) * rand() / RAND_MAX;
    if (fabs(mean("x", from, to) - 0.5 * (from + to)) > 1e-9)
      fail_msg("mean over [%.17g, %.17g) is %.17g (seed %u)", from, to, mean("x", from, to), seed);
  }
}

static void a_parabola_is_near(void **state) {
  (void)state;
  /* The trapezium rule errs by h^2/6 at second derivative 2. */
  assert_close(mean("square", 2.0, 5.0), 13.0 + 0.01 / 6.0, 1e-9);
}

static void an_instant(void **state) {
  (void)state;
  assert_close(mean("x", 0.0, 0.0), 0.0, 1e-12);
  assert_close(mean("x", 3.14, 3.14), 3.14, 1e-9);
  assert_close(mean("x", 10.0, 10.0), 10.0, 1e-9);
}

static void what_the_path_does_not_cover(void **state) {
  (void)state;
  assert_true(isnan(mean("x", -1.0, 1.0)));
  assert_true(isnan(mean("x", 9.0, 10.5)));
  assert_true(isnan(mean("x", 5.0, 4.0)));
  assert_true(isnan(mean("x", NAN, 4.0)));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_line_is_exact_wherever_the_ends_fall),
      cmocka_unit_test(a_parabola_is_near),
      cmocka_unit_test(an_instant),
      cmocka_unit_test(what_the_path_does_not_cover),
  };
  return cmocka_run_group_tests(tests, open_run, close_run);
}
