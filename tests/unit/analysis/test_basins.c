/* Basins with known boundaries, and attractors over a parameter with known periods. */
#include "support/check.h"
#include <regime/portrait.h>

static regime_status start_small(void *self, double t, double *y) {
  (void)self, (void)t;
  y[0] = 0.1;
  y[1] = 0.1;
  return REGIME_OK;
}

static int two_wells(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = y[0] - y[0] * y[0] * y[0];
  dy[1] = -y[1];
  return 0;
}

static int damped_duffing(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = y[1];
  dy[1] = y[0] - y[0] * y[0] * y[0] - 0.25 * y[1];
  return 0;
}

/* r' = r (1 - r)(2 - r): within 2 to the unit circle, beyond away for ever. */
static int rings(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  const double r = hypot(y[0], y[1]), grow = (1.0 - r) * (2.0 - r);
  dy[0] = grow * y[0] - y[1];
  dy[1] = grow * y[1] + y[0];
  return 0;
}

/* Newton's method for z^3 = 1. */
static int newton_map(void *self, double t, const double *y, double *left) {
  (void)self, (void)t;
  const double a = y[0] * y[0] - y[1] * y[1], b = 2.0 * y[0] * y[1], m = a * a + b * b;
  if (m == 0.0) return 1;
  left[0] = (2.0 * y[0] + a / m) / 3.0; /* z - (z^3 - 1)/(3 z^2) */
  left[1] = (2.0 * y[1] - b / m) / 3.0;
  return 0;
}

typedef int (*law)(void *self, double t, const double *y, double *out);

static regime_basins *find(law rate, law next, double reach, size_t side) {
  regime_system system = {.n_states = 2, .start = start_small, .rate = rate, .next = next, .step = 1.0};
  const double low[] = {-reach, -reach}, high[] = {reach, reach};
  regime_basin_options o = regime_basin_defaults();
  o.low = low;
  o.high = high;
  o.n_x = o.n_y = side;
  regime_context *context;
  regime_basins *basins;
  assert_ok(regime_context_create(&context));
  assert_ok(regime_basins_find(context, &system, &o, &basins));
  regime_context_free(context);
  return basins;
}

static const double *end_of(const regime_basins *b, size_t k) {
  assert_true(b->fate[k].number < b->n_attractors);
  return b->attractor[b->fate[k].number].state;
}

static void the_sign_decides(void **state) {
  (void)state;
  regime_basins *b = find(two_wells, NULL, 2.0, 20);
  assert_int_equal(b->n_attractors, 2);
  for (size_t k = 0; k < 400; k++) assert_close(end_of(b, k)[0], b->at_x[k % 20] > 0.0 ? 1.0 : -1.0, 1e-8);
  assert_int_equal(b->attractor[0].n_starts, 200);
  regime_basins_free(b);
}

static void opposite_starts_have_opposite_ends(void **state) {
  (void)state;
  regime_basins *b = find(damped_duffing, NULL, 2.0, 24);
  for (size_t k = 0; k < 24 * 24; k++) {
    assert_int_equal(b->fate[k].kind, REGIME_FATE_EQUILIBRIUM);
    assert_close(end_of(b, k)[0], -end_of(b, 24 * 24 - 1 - k)[0], 1e-8);
  }
  regime_basins_free(b);
}

static void a_cycle_draws_in_what_is_within_the_other(void **state) {
  (void)state;
  regime_basins *b = find(rings, NULL, 3.0, 20);
  for (size_t k = 0; k < 400; k++) {
    const double r = hypot(b->at_x[k % 20], b->at_y[k / 20]);
    assert_int_equal(b->fate[k].kind, r < 2.0 ? REGIME_FATE_CYCLE : REGIME_FATE_LEAVES);
  }
  assert_int_equal(b->n_attractors, 1);
  assert_close(b->attractor[0].period, 6.283185307179586, 1e-6);
  for (size_t j = 0; j < b->attractor[0].curve.n_points; j++)
    assert_close(hypot(b->attractor[0].curve.xy[2 * j], b->attractor[0].curve.xy[2 * j + 1]), 1.0, 1e-6);
  regime_basins_free(b);
}

/* Against iterating by hand. */
static void newtons_basins_are_those_of_newtons_method(void **state) {
  (void)state;
  regime_basins *b = find(NULL, newton_map, 2.0, 40);
  assert_int_equal(b->n_attractors, 3);
  for (size_t k = 0; k < 1600; k++) {
    double z[2] = {b->at_x[k % 40], b->at_y[k / 40]}, next[2];
    for (int j = 0; j < 200; j++) {
      assert_int_equal(newton_map(NULL, 0.0, z, next), 0);
      memcpy(z, next, sizeof z);
    }
    if (b->fate[k].kind == REGIME_FATE_LEAVES) continue; /* thrown further than the margin on its way */
    assert_close(end_of(b, k)[0], z[0], 1e-8);
    assert_close(end_of(b, k)[1], z[1], 1e-8);
  }
  size_t reached = 0;
  for (size_t k = 0; k < 3; k++) reached += b->attractor[k].n_starts;
  assert_true(reached > 1550);
  regime_basins_free(b);
}

/* ---- over a parameter ---- */

static double rate_of_growth;

static int logistic(void *self, double t, const double *y, double *left) {
  (void)self, (void)t;
  left[0] = rate_of_growth * y[0] * (1.0 - y[0]);
  return 0;
}

/* A cycle of radius sqrt(p), or rest at nought. */
static int hopf(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  const double grow = rate_of_growth - y[0] * y[0] - y[1] * y[1];
  dy[0] = grow * y[0] - y[1];
  dy[1] = grow * y[1] + y[0];
  return 0;
}

static const char *name(void *self, size_t k) {
  (void)self, (void)k;
  return "r";
}

static double parameter(void *self, size_t k) {
  (void)self, (void)k;
  return rate_of_growth;
}

static int set_parameter(void *self, size_t k, double value) {
  (void)self, (void)k;
  rate_of_growth = value;
  return 0;
}

static regime_status start_logistic(void *self, double t, double *y) {
  (void)self, (void)t;
  y[0] = 0.1;
  return REGIME_OK;
}

static regime_sweep *sweep(regime_system system, double from, double to, size_t n) {
  regime_sweep_options o = regime_sweep_defaults();
  system.n_parameters = 1;
  system.parameter_name = name;
  system.parameter = parameter;
  system.set_parameter = set_parameter;
  o.parameter = 0;
  o.from = from;
  o.to = to;
  o.n_values = n;
  regime_context *context;
  regime_sweep *found;
  assert_ok(regime_context_create(&context));
  assert_ok(regime_attractors_sweep(context, &system, &o, &found));
  regime_context_free(context);
  return found;
}

static size_t period_at(double r) {
  const regime_system system = {.n_states = 1, .start = start_logistic, .next = logistic, .step = 1.0};
  regime_sweep *s = sweep(system, r, r + 1e-9, 1);
  size_t different = 0;
  assert_int_equal(s->n_points, 200);
  for (size_t k = 0; k < s->n_points; k++) {
    bool is_new = true;
    for (size_t j = 0; j < k; j++) is_new = is_new && fabs(s->value[j] - s->value[k]) > 1e-6;
    different += is_new;
  }
  regime_sweep_free(s);
  return different;
}

static void the_logistic_map_doubles_and_has_a_window_of_three(void **state) {
  (void)state;
  assert_int_equal(period_at(2.9), 1);
  assert_int_equal(period_at(3.2), 2);
  assert_int_equal(period_at(3.5), 4);
  assert_int_equal(period_at(3.83), 3);
}

static void maxima_of_a_flow_are_those_of_its_cycle(void **state) {
  (void)state;
  const regime_system system = {.n_states = 2, .start = start_small, .rate = hopf};
  regime_sweep *s = sweep(system, -0.5, 1.0, 7);
  double last = -1.0;
  for (size_t k = 0; k < s->n_points; k++) {
    const double p = s->parameter[k];
    /* the largest x on a circle round which x' = (p - r^2) x - y: where y = 0 */
    if (p > 0.1) assert_close(s->value[k], sqrt(p), 1e-5);
    if (p < -0.1) assert_close(s->value[k], 0.0, 1e-6);
    assert_true(p >= last);
    last = p;
  }
  assert_int_equal(s->n_lost, 0);
  regime_sweep_free(s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_sign_decides),
      cmocka_unit_test(opposite_starts_have_opposite_ends),
      cmocka_unit_test(a_cycle_draws_in_what_is_within_the_other),
      cmocka_unit_test(newtons_basins_are_those_of_newtons_method),
      cmocka_unit_test(the_logistic_map_doubles_and_has_a_window_of_three),
      cmocka_unit_test(maxima_of_a_flow_are_those_of_its_cycle),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
