#include "support/check.h"
/* cmocka first */
#include <regime/steady.h>
#include <regime/system.h>

/* --- asking ----------------------------------------------------------------------------------------------
 */

typedef struct hunt {
  regime_context *context;
  regime_steady *found;
  regime_steady_options options;
} hunt;

static void find(hunt *h, regime_system *system, const double *low, const double *high) {
  h->options.low = low, h->options.high = high;
  if (h->options.tolerance == 0.0) h->options.tolerance = 1e-10;
  assert_ok(regime_context_create(&h->context));
  assert_ok(regime_steady_find(h->context, system, &h->options, &h->found));
}

static void drop(hunt *h) {
  regime_steady_free(h->found);
  regime_context_free(h->context);
  *h = (hunt){0};
}

static void assert_at(const hunt *h, size_t k, size_t n, const double *state, regime_rest type) {
  assert_true(k < regime_steady_count(h->found));
  const regime_equilibrium *e = regime_steady_at(h->found, k);
  for (size_t i = 0; i < n; i++) assert_close(e->state[i], state[i], 1e-10);
  assert_string_equal(regime_rest_text(e->type), regime_rest_text(type));
  assert_true(e->residual < 1e-10 && e->step < 1e-10);
}

/* Starts in the middle of nothing: at (0.5, 0.5, ...). */
static regime_status start_anywhere(void *self, double t, double *y) {
  (void)t;
  for (size_t i = 0; i < *(const size_t *)self; i++) y[i] = 0.5;
  return REGIME_OK;
}

static regime_system plain(const size_t *n, int (*rate)(void *, double, const double *, double *)) {
  return (regime_system){.self = (void *)(uintptr_t)n, .n_states = *n, .start = start_anywhere, .rate = rate};
}

static const size_t one = 1, two = 2, three = 3;

/* --- known economies -------------------------------------------------------------------------------------
 */

static int goodwin(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = y[0] * ((1 - y[1]) / 4 - 0.04);
  dy[1] = y[1] * (0.07 * y[0] - 0.05);
  return 0;
}

/* Its own orbits tell that the pair on the axis is a centre. */
static void goodwin_has_a_centre_and_a_saddle(void **state) {
  (void)state;
  hunt h = {0};
  regime_system s = plain(&two, goodwin);
  find(&h, &s, (double[]){0, 0}, (double[]){1.5, 1});
  assert_int_equal(regime_steady_count(h.found), 2);
  assert_at(&h, 0, 2, (double[]){0, 0}, REGIME_SADDLE);
  assert_at(&h, 1, 2, (double[]){5.0 / 7, 0.84}, REGIME_CENTRE);
  const regime_equilibrium *e = regime_steady_at(h.found, 1);
  assert_close(6.283185307179586 / e->eigen_im[0], 61.31761, 1e-6);
  assert_false(e->is_stable);
  drop(&h);
}

/* The pair is on the axis, but a cubic term drives away from it: no centre. */
static int weak_focus(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  const double r = 1e-3 * (y[0] * y[0] + y[1] * y[1]);
  dy[0] = -y[1] + r * y[0];
  dy[1] = y[0] + r * y[1];
  return 0;
}

static void a_weak_focus_is_no_centre(void **state) {
  (void)state;
  hunt h = {0};
  regime_system s = plain(&two, weak_focus);
  find(&h, &s, (double[]){-1, -1}, (double[]){1, 1});
  assert_int_equal(regime_steady_count(h.found), 1);
  assert_at(&h, 0, 2, (double[]){0, 0}, REGIME_NON_HYPERBOLIC);
  drop(&h);
}

static int logistic(void *self, double t, const double *y, double *left) {
  (void)self, (void)t;
  left[0] = 3.2 * y[0] * (1 - y[0]);
  return 0;
}

static void the_logistic_map_has_two_fixed_points(void **state) {
  (void)state;
  hunt h = {0};
  regime_system s = {
      .self = (void *)(uintptr_t)&one, .n_states = 1, .start = start_anywhere, .next = logistic, .step = 1};
  find(&h, &s, (double[]){0}, (double[]){1});
  assert_int_equal(regime_steady_count(h.found), 2);
  assert_at(&h, 0, 1, (double[]){0}, REGIME_UNSTABLE_NODE);
  assert_at(&h, 1, 1, (double[]){1 - 1 / 3.2}, REGIME_UNSTABLE_NODE);
  assert_close(regime_steady_at(h.found, 1)->eigen_re[0], 2 - 3.2, 1e-9);
  drop(&h);
}

/* --- what is known by construction ------------------------------------------------------------------------
 */

enum { MOST = 6, FACTORS = 3 };

/* Equation i is a product of factors (z_i - root), z = A (x - shift): equilibria are all choices of roots.
 * Behind it an invertible mix of the equations. */
typedef struct product {
  size_t n;
  int factors[MOST];
  double root[MOST][FACTORS], turn[MOST][MOST], mix[MOST][MOST];
} product;

static int product_rate(void *self, double t, const double *x, double *dy) {
  const product *p = self;
  double f[MOST];
  (void)t;
  for (size_t i = 0; i < p->n; i++) {
    double z = 0.0;
    f[i] = 1.0;
    for (size_t j = 0; j < p->n; j++) z += p->turn[i][j] * x[j];
    for (int k = 0; k < p->factors[i]; k++) f[i] *= z - p->root[i][k];
  }
  for (size_t i = 0; i < p->n; i++) {
    dy[i] = 0.0;
    for (size_t j = 0; j < p->n; j++) dy[i] += p->mix[i][j] * f[j];
  }
  return 0;
}

static regime_status product_start(void *self, double t, double *y) {
  (void)t;
  for (size_t i = 0; i < ((product *)self)->n; i++) y[i] = 0.1;
  return REGIME_OK;
}

static double uniform(void) { return 2.0 * rand() / RAND_MAX - 1.0; }

static void draw(product *p, size_t n, unsigned seed) {
  srand(seed);
  p->n = n;
  for (size_t i = 0; i < n; i++) {
    p->factors[i] = n <= 2 ? 2 + rand() % 2 : 1 + (int)((i + seed) % 2);
    double at = -1.0 + 0.2 * uniform();
    for (int k = 0; k < p->factors[i]; k++, at += 0.5 + 0.2 * uniform()) p->root[i][k] = at;
    for (size_t j = 0; j < n; j++) {
      p->turn[i][j] = (i == j) + 0.5 / (double)n * uniform();
      p->mix[i][j] = (i == j) + 0.5 / (double)n * uniform();
    }
  }
}

static void random_products_give_all_and_none_else(void **state) {
  (void)state;
  double low[MOST], high[MOST];
  for (int i = 0; i < MOST; i++) low[i] = -3.0, high[i] = 3.0;
  for (unsigned seed = 1; seed <= 30; seed++) {
    product p = {0};
    hunt h = {0};
    draw(&p, seed <= 15 ? 2 : 3 + seed % 4, seed);
    regime_system s = {.self = &p, .n_states = p.n, .start = product_start, .rate = product_rate};
    size_t expected = 1;
    for (size_t i = 0; i < p.n; i++) expected *= (size_t)p.factors[i];
    h.options.seed = seed;
    find(&h, &s, low, high);
    if (regime_steady_count(h.found) != expected)
      fail_msg("seed %u, %zu states: %zu of %zu", seed, p.n, regime_steady_count(h.found), expected);
    for (size_t k = 0; k < expected; k++) {
      const regime_equilibrium *e = regime_steady_at(h.found, k);
      if (!(e->residual < 1e-12 && e->step < 1e-12))
        fail_msg("seed %u: residual %g, step %g", seed, e->residual, e->step);
    }
    drop(&h);
  }
}

/* sin x = 0 and sin y = 0, ten by ten. */
static int hundred(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = sin(y[0]);
  dy[1] = sin(y[1]) + 0.1 * sin(y[0]);
  return 0;
}

static void a_hundred_equilibria_are_found(void **state) {
  (void)state;
  hunt h = {0};
  const double pi = 3.141592653589793;
  regime_system s = plain(&two, hundred);
  find(&h, &s, (double[]){-0.5 * pi, -0.5 * pi}, (double[]){9.5 * pi, 9.5 * pi});
  assert_int_equal(regime_steady_count(h.found), 100);
  for (size_t k = 0; k < 100; k++) {
    const double *x = regime_steady_at(h.found, k)->state;
    assert_close(x[0], pi * (double)(k / 10), 1e-12);
    assert_close(x[1], pi * (double)(k % 10), 1e-12);
  }
  drop(&h);
}

/* --- none, and others than points --------------------------------------------------------------------------
 */

static int never(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = y[0] - y[1];
  dy[1] = y[1] * y[1] + 1e-3;
  return 0;
}

/* It comes nearest to rest where y is zero, and it is the second equation that does not rest. */
static void none_is_said_with_the_worst_equation(void **state) {
  (void)state;
  hunt h = {0};
  regime_system s = plain(&two, never);
  find(&h, &s, (double[]){-2, -2}, (double[]){2, 2});
  const regime_steady_search *search = regime_steady_looked(h.found);
  assert_int_equal(regime_steady_count(h.found), 0);
  assert_int_equal(search->converged, 0);
  assert_int_equal(search->worst, 1);
  assert_close(search->smallest, 1e-3, 1e-4);
  assert_int_equal(search->n_drifts, 0);
  drop(&h);
}

/* It falls to nothing, but never is nothing. */
static int fading(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = exp(-y[0]);
  return 0;
}

static void what_only_fades_is_no_equilibrium(void **state) {
  (void)state;
  hunt h = {0};
  regime_system s = plain(&one, fading);
  find(&h, &s, (double[]){0}, (double[]){100});
  assert_int_equal(regime_steady_count(h.found), 0);
  drop(&h);
}

static int nearly(void *self, double t, const double *y, double *dy) {
  (void)t;
  dy[0] = y[0] * y[0] + *(const double *)self;
  return 0;
}

static regime_status nearly_start(void *self, double t, double *y) {
  (void)self, (void)t;
  y[0] = 0.7;
  return REGIME_OK;
}

/* A double root is an equilibrium; a parabola that misses zero by 1e-12 has none. */
static void a_double_root_is_told_from_a_near_miss(void **state) {
  (void)state;
  double above = 0.0;
  hunt h = {0};
  regime_system s = {.self = &above, .n_states = 1, .start = nearly_start, .rate = nearly};
  find(&h, &s, (double[]){-1}, (double[]){1.3});
  assert_int_equal(regime_steady_count(h.found), 1);
  assert_close(regime_steady_at(h.found, 0)->state[0], 0.0, 1e-6);
  assert_string_equal(regime_rest_text(regime_steady_at(h.found, 0)->type), "non-hyperbolic");
  assert_false(regime_steady_looked(h.found)->is_line);
  drop(&h);
  above = 1e-12;
  find(&h, &s, (double[]){-1}, (double[]){1.3});
  assert_int_equal(regime_steady_count(h.found), 0);
  drop(&h);
}

static int circle(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  const double r = 1 - y[0] * y[0] - y[1] * y[1];
  dy[0] = y[0] * r;
  dy[1] = y[1] * r;
  return 0;
}

static void a_line_is_shown_by_one_point(void **state) {
  (void)state;
  hunt h = {0};
  regime_system s = plain(&two, circle);
  find(&h, &s, (double[]){-2, -2}, (double[]){2, 2});
  assert_true(regime_steady_looked(h.found)->is_line);
  size_t on_line = 0;
  for (size_t k = 0; k < regime_steady_count(h.found); k++) {
    const double *x = regime_steady_at(h.found, k)->state;
    on_line += fabs(hypot(x[0], x[1]) - 1) < 1e-9;
  }
  assert_int_equal(on_line, 1);
  drop(&h);
}

/* x rests; a debt that nobody looks at grows with it for ever. What is derived from that drifts too; what
 * only follows x comes to rest. */
static int debt(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = 0.3 - y[0];
  dy[1] = 0.1 * y[0] * y[0] + 0.2;
  dy[2] = y[0] - y[2];
  return 0;
}

static void what_nobody_reads_may_drift(void **state) {
  (void)state;
  hunt h = {0};
  regime_system s = plain(&three, debt);
  find(&h, &s, (double[]){0, 0, 0}, (double[]){1, 1, 1});
  const regime_steady_search *search = regime_steady_looked(h.found);
  assert_int_equal(search->n_drifts, 1);
  assert_true(search->drifts[1] && !search->drifts[0] && !search->drifts[2]);
  assert_int_equal(regime_steady_count(h.found), 1);
  assert_at(&h, 0, 3, (double[]){0.3, 0.5, 0.3}, REGIME_STABLE_NODE);
  assert_int_equal(regime_steady_at(h.found, 0)->n_eigen, 2);
  drop(&h);
}

static int moved_by_time(void *self, double t, const double *y, double *dy) {
  (void)self;
  dy[0] = 0.01 * t - y[0];
  return 0;
}

static void a_law_that_moves_is_noticed(void **state) {
  (void)state;
  hunt h = {0};
  regime_system s = plain(&one, moved_by_time), still = plain(&two, goodwin);
  h.options.t = 20.0;
  find(&h, &s, (double[]){0}, (double[]){1});
  assert_true(regime_steady_looked(h.found)->depends_on_time);
  assert_at(&h, 0, 1, (double[]){0.2}, REGIME_STABLE_NODE);
  drop(&h);
  find(&h, &still, (double[]){0, 0}, (double[]){1, 1});
  assert_false(regime_steady_looked(h.found)->depends_on_time);
  drop(&h);
}

static void a_wrong_box_is_refused(void **state) {
  (void)state;
  hunt h = {0};
  regime_system s = plain(&one, fading);
  regime_steady_options o = regime_steady_defaults();
  assert_ok(regime_context_create(&h.context));
  assert_int_equal(regime_steady_find(h.context, &s, &o, &h.found), REGIME_BAD_ARGUMENT);
  o.low = (double[]){1}, o.high = (double[]){0};
  assert_int_equal(regime_steady_find(h.context, &s, &o, &h.found), REGIME_BAD_ARGUMENT);
  assert_null(h.found);
  drop(&h);
}

/* --- responses
 * ----------------------------------------------------------------------------------------------- */

/* x' = p - x^3 + q x; shown: x and p x. By hand: dx/dp = 1/(3 x^2 - q), dx/dq = x/(3 x^2 - q). */
static double cubic[2];
static int cubic_rate(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = cubic[0] - y[0] * y[0] * y[0] + cubic[1] * y[0];
  return 0;
}
static void cubic_observe(void *self, double t, const double *y, double *out) {
  (void)self, (void)t;
  out[0] = y[0];
  out[1] = cubic[0] * y[0];
}
static double cubic_parameter(void *self, size_t k) { return (void)self, cubic[k]; }
static int cubic_set(void *self, size_t k, double value) {
  (void)self;
  cubic[k] = value;
  return 0;
}

static void responses_are_those_of_the_implicit_function(void **state) {
  (void)state;
  hunt h = {0};
  const size_t both[] = {0, 1};
  regime_system s = plain(&one, cubic_rate);
  s.observe = cubic_observe, s.n_outputs = 2;
  s.n_parameters = 2, s.parameter = cubic_parameter, s.set_parameter = cubic_set;
  cubic[0] = 0.1, cubic[1] = 1.0;
  h.options.n_responses = 2, h.options.response = both;
  find(&h, &s, (double[]){-3}, (double[]){3});
  assert_int_equal(regime_steady_count(h.found), 3);
  for (size_t k = 0; k < 3; k++) {
    const regime_equilibrium *e = regime_steady_at(h.found, k);
    const double x = e->state[0], by_p = 1 / (3 * x * x - 1), by_q = x * by_p;
    assert_close(e->outputs[1], 0.1 * x, 1e-14);
    assert_close(e->response[0], by_p, 1e-9);
    assert_close(e->response[1], x + 0.1 * by_p, 1e-9);
    assert_close(e->response[2], by_q, 1e-9);
    assert_close(e->response[3], 0.1 * by_q, 1e-9);
  }
  assert_close(cubic[0], 0.1, 0.0);
  drop(&h);
}

/* --- the same answer
 * ----------------------------------------------------------------------------------------- */

/* H - M never changes, whatever happens; M comes to rest at p. */
static int accounts(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = cubic[0] - y[0];
  dy[1] = dy[0];
  return 0;
}

static regime_status accounts_start(void *self, double t, double *y) {
  (void)self, (void)t;
  y[0] = 0.1, y[1] = 0.3;
  return REGIME_OK;
}

static void what_is_conserved_stays_as_at_the_start(void **state) {
  (void)state;
  hunt h = {0};
  const size_t first = 0;
  regime_system system = plain(&two, accounts);
  system.start = accounts_start;
  system.n_parameters = 2, system.parameter = cubic_parameter, system.set_parameter = cubic_set;
  cubic[0] = 0.7;
  h.options.n_responses = 1, h.options.response = &first;
  find(&h, &system, (double[]){0, 0}, (double[]){1, 1});
  assert_int_equal(regime_steady_count(h.found), 1);
  assert_int_equal(regime_steady_looked(h.found)->n_conserved, 1);
  assert_false(regime_steady_looked(h.found)->is_line);
  assert_at(&h, 0, 2, (double[]){0.7, 0.9}, REGIME_STABLE_NODE);
  const regime_equilibrium *e = regime_steady_at(h.found, 0);
  assert_true(e->is_stable);
  assert_close(e->response[0], 1.0, 1e-10);
  assert_close(e->response[1], 1.0, 1e-10);
  drop(&h);
}

static void the_same_question_has_the_same_answer(void **state) {
  (void)state;
  hunt a = {0}, b = {0};
  regime_system s = plain(&two, hundred);
  find(&a, &s, (double[]){-1, -1}, (double[]){8, 8});
  find(&b, &s, (double[]){-1, -1}, (double[]){8, 8});
  assert_int_equal(regime_steady_count(a.found), regime_steady_count(b.found));
  for (size_t k = 0; k < regime_steady_count(a.found); k++)
    assert_memory_equal(regime_steady_at(a.found, k)->state, regime_steady_at(b.found, k)->state,
                        2 * sizeof(double));
  drop(&a);
  drop(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(goodwin_has_a_centre_and_a_saddle),
      cmocka_unit_test(a_weak_focus_is_no_centre),
      cmocka_unit_test(the_logistic_map_has_two_fixed_points),
      cmocka_unit_test(random_products_give_all_and_none_else),
      cmocka_unit_test(a_hundred_equilibria_are_found),
      cmocka_unit_test(none_is_said_with_the_worst_equation),
      cmocka_unit_test(what_only_fades_is_no_equilibrium),
      cmocka_unit_test(a_double_root_is_told_from_a_near_miss),
      cmocka_unit_test(a_line_is_shown_by_one_point),
      cmocka_unit_test(what_nobody_reads_may_drift),
      cmocka_unit_test(a_law_that_moves_is_noticed),
      cmocka_unit_test(a_wrong_box_is_refused),
      cmocka_unit_test(responses_are_those_of_the_implicit_function),
      cmocka_unit_test(what_is_conserved_stays_as_at_the_start),
      cmocka_unit_test(the_same_question_has_the_same_answer),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
