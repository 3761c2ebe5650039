/* Dates: hit exactly, never stepped over, and the law after them in force from that instant. */
#include "unit/solve/systems.h"

/* y' = level - leak*y, where each date sets the level and adds to y. */
typedef struct calendar {
  size_t n;
  const double *date, *level, *jump; /* n each */
  double y0, first_level, leak;
  /* while running */
  double now;
  size_t passed;
  double passed_at[8];
} calendar;

static regime_status start(void *self, double t, double *y) {
  calendar *c = self;
  (void)t;
  c->now = c->first_level;
  c->passed = 0;
  y[0] = c->y0;
  return REGIME_OK;
}

static int rate(void *self, double t, const double *y, double *dy) {
  const calendar *c = self;
  (void)t;
  dy[0] = c->now - c->leak * y[0];
  return 0;
}

static double next_date(void *self, double t) {
  const calendar *c = self;
  for (size_t k = 0; k < c->n; k++)
    if (c->date[k] > t) return c->date[k];
  return INFINITY;
}

static void pass_date(void *self, double t, double *y) {
  calendar *c = self;
  for (size_t k = 0; k < c->n; k++) {
    if (c->date[k] != t) continue;
    c->passed_at[c->passed++] = t;
    c->now = c->level[k];
    y[0] += c->jump[k];
  }
}

static regime_system system_of(calendar *c) {
  return (regime_system){
      .self = c, .n_states = 1, .start = start, .rate = rate, .next_date = next_date, .pass_date = pass_date};
}

static void a_pulse_hits_a_system_at_rest(void **state) {
  (void)state;
  const double dates[] = {500.0, 500.125}, levels[] = {1.0, 0.0}, jumps[] = {0.0, 0.0};
  calendar c = {.n = 2, .date = dates, .level = levels, .jump = jumps, .leak = 1.0};
  regime_system system = system_of(&c);
  regime_path_options o = tight(0.0, 510.0);
  o.every = 0.25;
  regime_path *path = path_of(&system, o);
  assert_close(value_at(path, 500.0, 0), 0.0, 0.0);
  for (double t = 500.25; t <= 510.0; t += 0.25)
    assert_close(value_at(path, t, 0), exp(500.125 - t) - exp(500.0 - t), 1e-11);
  assert_int_equal(regime_path_counters(path).dates, 2);
  assert_int_equal(regime_path_counters(path).restarts, 2);
  regime_path_free(path);
}

static void a_slope_breaks_at_a_date(void **state) {
  (void)state;
  const double dates[] = {1.0 / 3.0, 2.0}, levels[] = {-2.0, 5.0}, jumps[] = {0.0, 0.0};
  calendar c = {.n = 2, .date = dates, .level = levels, .jump = jumps, .first_level = 1.0};
  regime_system system = system_of(&c);
  regime_path *path = path_of(&system, span(0.0, 3.0));
  for (size_t k = 0; k < regime_path_points(path); k++) {
    const double t = regime_path_time(path, k);
    const double y = t < dates[0]   ? t
                     : t < dates[1] ? dates[0] - 2.0 * (t - dates[0])
                                    : dates[0] - 2.0 * (2.0 - dates[0]) + 5.0 * (t - 2.0);
    assert_close(regime_path_values(path, k)[0], y, 1e-13);
  }
  regime_path_free(path);
}

static void dates_are_hit_to_the_last_bit(void **state) {
  (void)state;
  /* awkward numbers, two of them next to each other, and one at the very end */
  const double first = 1973.7, second = nextafter(1973.7, 2000.0), third = 1979.0 + 1.0 / 7.0, end = 1991.3;
  const double dates[] = {first, second, third, end}, levels[] = {0.1, 0.2, 0.3, 0.4},
               jumps[] = {1.0, 1.0, 1.0, 1.0};
  calendar c = {.n = 4, .date = dates, .level = levels, .jump = jumps, .leak = 0.5, .y0 = 3.0};
  regime_system system = system_of(&c);
  regime_path *path = path_of(&system, span(1960.0, end));
  assert_int_equal(c.passed, 4);
  for (size_t k = 0; k < 4; k++) assert_true(c.passed_at[k] == dates[k]);
  assert_true(regime_path_end(path) == end);
  regime_path_free(path);
}

static void a_point_on_a_date_is_recorded_after_it(void **state) {
  (void)state;
  /* 3*0.3 is a little less than 0.9, and belongs to it all the same */
  const double dates[] = {0.0, 0.9, 1.5}, levels[] = {0.0, 0.0, 0.0}, jumps[] = {100.0, 1.0, 1.0};
  calendar c = {.n = 3, .date = dates, .level = levels, .jump = jumps};
  regime_system system = system_of(&c);
  regime_path_options o = span(0.0, 1.5);
  o.every = 0.3;
  regime_path *path = path_of(&system, o);
  assert_true(regime_path_time(path, 3) < 0.9);
  const double expected[] = {0.0, 0.0, 0.0, 1.0, 1.0, 2.0}; /* a date at the start is part of the start */
  assert_int_equal(regime_path_points(path), 6);
  for (size_t k = 0; k < 6; k++) assert_close(regime_path_values(path, k)[0], expected[k], 0.0);
  regime_path_free(path);
}

static void many_dates_do_not_add_up_errors(void **state) {
  (void)state;
  enum { n = 1000 };
  static double dates[n], levels[n], jumps[n];
  for (size_t k = 0; k < n; k++) {
    dates[k] = (double)(k + 1) / 10.0;
    levels[k] = k % 2 ? 1.0 : -1.0;
  }
  calendar c = {.n = n, .date = dates, .level = levels, .jump = jumps, .first_level = 1.0};
  regime_system system = system_of(&c);
  c.passed = 0;
  system.pass_date = NULL; /* the law stays: dates alone must change nothing */
  regime_path *path = path_of(&system, span(0.0, 100.05));
  assert_close(last_value(path, 0), 100.05, 1e-13);
  assert_int_equal(regime_path_counters(path).dates, n);
  regime_path_free(path);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_pulse_hits_a_system_at_rest),
      cmocka_unit_test(a_slope_breaks_at_a_date),
      cmocka_unit_test(dates_are_hit_to_the_last_bit),
      cmocka_unit_test(a_point_on_a_date_is_recorded_after_it),
      cmocka_unit_test(many_dates_do_not_add_up_errors),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
