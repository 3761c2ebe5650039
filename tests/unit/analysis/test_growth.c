#include "support/check.h"
/* cmocka first */
#include <regime/steady.h>

typedef struct hunt {
  regime_context *context;
  regime_growth *found;
} hunt;

static void find(hunt *h, regime_system *system, const double *low, const double *high) {
  regime_steady_options o = regime_steady_defaults();
  o.low = low, o.high = high;
  assert_ok(regime_context_create(&h->context));
  assert_ok(regime_growth_find(h->context, system, &o, &h->found));
}

static void drop(hunt *h) {
  regime_growth_free(h->found);
  regime_context_free(h->context);
}

static regime_status start_at_one(void *self, double t, double *y) {
  (void)t;
  for (size_t i = 0; i < *(const size_t *)self; i++) y[i] = 1.0;
  return REGIME_OK;
}

static const size_t one = 1, two = 2, three = 3;

static regime_system plain(const size_t *n, int (*rate)(void *, double, const double *, double *)) {
  return (regime_system){.self = (void *)(uintptr_t)n, .n_states = *n, .start = start_at_one, .rate = rate};
}

static void assert_all_close(const double *actual, const double *expected, size_t n, double within) {
  for (size_t i = 0; i < n; i++) assert_close(actual[i], expected[i], within);
}

/* Solow in levels: K' = s K^a (A L)^(1-a) - delta K, A' = g A, L' = n L. */
enum { K, A, L };
static const double s = 0.2, a = 1.0 / 3, delta = 0.05, g = 0.02, n = 0.01;

static int solow(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  if (y[K] <= 0 || y[A] <= 0 || y[L] <= 0) return 1;
  dy[K] = s * pow(y[K], a) * pow(y[A] * y[L], 1 - a) - delta * y[K];
  dy[A] = g * y[A];
  dy[L] = n * y[L];
  return 0;
}

/* Income per head grows with the efficiency of labour, and what convergence there is has Solow's speed. */
static void solow_grows_with_labour_and_its_efficiency(void **state) {
  (void)state;
  hunt h;
  regime_system system = plain(&three, solow);
  find(&h, &system, (double[]){0, 0, 0}, (double[]){20, 3, 3});
  assert_int_equal(regime_growth_scalings(h.found), 2);
  assert_int_equal(regime_growth_count(h.found), 1);
  const regime_balanced *b = regime_growth_at(h.found, 0);
  assert_all_close(b->growth, (double[]){g + n, g, n}, 3, 1e-10);
  assert_all_close(b->drift, (double[]){0, 0, 0}, 3, 1e-10);
  assert_close(b->state[K] / (b->state[A] * b->state[L]), pow(s / (n + g + delta), 1.5), 1e-9);
  assert_int_equal(b->n_eigen, 1);
  assert_close(b->eigen_re[0], -(1 - a) * (n + g + delta), 1e-9);
  assert_string_equal(regime_rest_text(b->type), "stable node");
  drop(&h);
}

/* The same, efficiency growing by the calendar: the scaling holds with time going on. */
static int solow_by_calendar(void *self, double t, const double *y, double *dy) {
  (void)self;
  if (y[0] <= 0) return 1;
  dy[0] = s * pow(y[0], a) * exp((1 - a) * (g + n) * t) - delta * y[0];
  return 0;
}

static void time_may_carry_the_growth(void **state) {
  (void)state;
  hunt h;
  regime_system system = plain(&one, solow_by_calendar);
  find(&h, &system, (double[]){0}, (double[]){20});
  assert_int_equal(regime_growth_scalings(h.found), 1);
  assert_int_equal(regime_growth_count(h.found), 1);
  const regime_balanced *b = regime_growth_at(h.found, 0);
  assert_close(b->growth[0], g + n, 1e-9);
  assert_close(b->state[0], pow(s / (n + g + delta), 1.5), 1e-8);
  assert_close(b->eigen_re[0], -(1 - a) * (n + g + delta), 1e-8);
  drop(&h);
}

/* The knife edge: wanted growth g' = 0.5 (g - s/v), capital and labour: off s/v it runs away. */
static int harrod(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = 0.5 * (y[0] - 0.05);
  dy[1] = y[0] * y[1];
  return 0;
}

static void harrod_balances_on_a_knife_edge(void **state) {
  (void)state;
  hunt h;
  regime_system system = plain(&two, harrod);
  find(&h, &system, (double[]){-1, 0}, (double[]){1, 10});
  assert_int_equal(regime_growth_scalings(h.found), 1);
  assert_int_equal(regime_growth_count(h.found), 1);
  const regime_balanced *b = regime_growth_at(h.found, 0);
  assert_all_close(b->state, (double[]){0.05, b->state[1]}, 2, 1e-10);
  assert_all_close(b->growth, (double[]){0, 0.05}, 2, 1e-10);
  assert_close(b->eigen_re[0], 0.5, 1e-9);
  assert_string_equal(regime_rest_text(b->type), "unstable node");
  drop(&h);
}

/* Two countries with AK technology that learn from each other: linear, growth rates are eigenvalues 0.05 and
 * 0.02, capital 1 to 1 and 1 to -2. */
static int two_countries(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = 0.04 * y[0] + 0.01 * y[1];
  dy[1] = 0.02 * y[0] + 0.03 * y[1];
  return 0;
}

static void linear_growth_rates_are_eigenvalues(void **state) {
  (void)state;
  hunt h;
  regime_system system = plain(&two, two_countries);
  find(&h, &system, (double[]){-10, -10}, (double[]){10, 10});
  assert_int_equal(regime_growth_scalings(h.found), 1);
  assert_int_equal(regime_growth_count(h.found), 2);
  for (size_t k = 0; k < 2; k++) {
    const regime_balanced *b = regime_growth_at(h.found, k);
    const bool is_fast = b->state[0] * b->state[1] > 0;
    assert_close(b->state[1] / b->state[0], is_fast ? 1.0 : -2.0, 1e-9);
    assert_close(b->growth[0], is_fast ? 0.05 : 0.02, 1e-10);
    assert_close(b->eigen_re[0], is_fast ? -0.03 : 0.03, 1e-9);
    assert_int_equal(b->is_stable, is_fast);
  }
  drop(&h);
}

/* Log prices drift where wages are above target: the level is nothing, the rate everything. */
static int price_level(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  const double gap = y[0] - y[1];
  dy[0] = 0.04 - 0.5 * gap;
  dy[1] = 0.02 + 0.3 * gap;
  return 0;
}

static void a_price_level_drifts(void **state) {
  (void)state;
  hunt h;
  regime_system system = plain(&two, price_level);
  find(&h, &system, (double[]){-2, -2}, (double[]){2, 2});
  assert_int_equal(regime_growth_count(h.found), 1);
  const regime_balanced *b = regime_growth_at(h.found, 0);
  assert_close(b->state[0] - b->state[1], 0.025, 1e-10);
  const double rate = 0.02 + 0.3 * 0.025; /* of both: 0.8 gap = 0.02 */
  assert_all_close(b->drift, (double[]){rate, rate}, 2, 1e-10);
  assert_all_close(b->growth, (double[]){0, 0}, 2, 1e-10);
  assert_close(b->eigen_re[0], -0.8, 1e-9);
  drop(&h);
}

/* A map: Y = 1.02 Y(-1), B = 0.5 B(-1) + 0.1 Y(-1) with a period of half a year. */
static int map(void *self, double t, const double *y, double *left) {
  (void)self, (void)t;
  left[0] = 1.02 * y[0];
  left[1] = 0.5 * y[1] + 0.1 * y[0];
  return 0;
}

static void maps_grow_too(void **state) {
  (void)state;
  hunt h;
  regime_system system = {
      .self = (void *)(uintptr_t)&two, .n_states = 2, .start = start_at_one, .next = map, .step = 0.5};
  find(&h, &system, (double[]){0.1, 0}, (double[]){10, 10});
  assert_int_equal(regime_growth_count(h.found), 1);
  const regime_balanced *b = regime_growth_at(h.found, 0);
  assert_all_close(b->growth, (double[]){2 * log(1.02), 2 * log(1.02)}, 2, 1e-10);
  assert_close(b->state[1] / b->state[0], 0.1 / 0.52, 1e-9);
  assert_close(b->eigen_re[0], 0.5 / 1.02, 1e-9);
  drop(&h);
}

static int logistic(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = y[0] * (1 - y[0]);
  return 0;
}

static void what_is_bounded_has_no_scaling(void **state) {
  (void)state;
  hunt h;
  regime_system system = plain(&one, logistic);
  find(&h, &system, (double[]){0}, (double[]){2});
  assert_int_equal(regime_growth_scalings(h.found), 0);
  assert_int_equal(regime_growth_count(h.found), 0);
  drop(&h);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(solow_grows_with_labour_and_its_efficiency),
      cmocka_unit_test(time_may_carry_the_growth),
      cmocka_unit_test(harrod_balances_on_a_knife_edge),
      cmocka_unit_test(linear_growth_rates_are_eigenvalues),
      cmocka_unit_test(a_price_level_drifts),
      cmocka_unit_test(maps_grow_too),
      cmocka_unit_test(what_is_bounded_has_no_scaling),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
