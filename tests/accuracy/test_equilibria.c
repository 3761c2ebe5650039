/* Equilibria of the shelf against published and closed-form values. */
#include "support/check.h"
#include "support/models.h"

typedef struct inquiry {
  shelf shelf;
  regime_instance *instance;
  regime_system *system;
  regime_steady *steady;
} inquiry;

static void open_inquiry(inquiry *q, const char *model, const char *scenario) {
  char path[256];
  snprintf(path, sizeof path, "models/%s.cfg", model);
  open_shelf(&q->shelf, path);
  assert_ok(regime_instance_create(q->shelf.context, q->shelf.model, scenario, &q->instance));
  q->system = regime_instance_system(q->instance);
}

static void set(inquiry *q, const char *name, double value) {
  assert_ok(regime_instance_set(q->shelf.context, q->instance, name, value));
}

static void look(inquiry *q, const double *low, const double *high) {
  regime_steady_options o = regime_steady_defaults();
  o.low = low, o.high = high;
  assert_ok(regime_steady_find(q->shelf.context, q->system, &o, &q->steady));
}

static void close_inquiry(inquiry *q) {
  regime_steady_free(q->steady);
  regime_instance_free(q->instance);
  close_shelf(&q->shelf);
  *q = (inquiry){0};
}

static const regime_equilibrium *at(const inquiry *q, size_t k, const char *type) {
  assert_true(k < regime_steady_count(q->steady));
  const regime_equilibrium *e = regime_steady_at(q->steady, k);
  assert_string_equal(regime_rest_text(e->type), type);
  assert_true(e->residual < 1e-12 && e->step < 1e-12);
  return e;
}

static size_t output_named(const inquiry *q, const char *name) {
  size_t k = 0;
  while (strcmp(regime_model_variable(q->shelf.model, k)->name, name) != 0) k++;
  return regime_model_variable(q->shelf.model, k)->output;
}

static void assert_eigenvalue(const regime_equilibrium *e, size_t k, double re, double im, double within) {
  assert_close(e->eigen_re[k], re, within);
  assert_close(e->eigen_im[k], im, within);
}

static void goodwin(void **state) {
  (void)state;
  inquiry q = {0};
  open_inquiry(&q, "textbook/goodwin/goodwin", NULL);
  look(&q, (double[]){0.0, 0.0}, (double[]){1.5, 1.0});
  assert_int_equal(regime_steady_count(q.steady), 2);
  at(&q, 0, "saddle");
  const regime_equilibrium *e = at(&q, 1, "centre");
  assert_close(e->state[0], 5.0 / 7, 1e-13);
  assert_close(e->state[1], 0.84, 1e-13);
  assert_close(6.283185307179586 / e->eigen_im[0], 61.31761, 1e-7);
  close_inquiry(&q);
}

/* Grasselli and Costa Lima (2012): the good equilibrium, and one without wages or jobs at the edge of the
 * box. */
static void keen(void **state) {
  (void)state;
  inquiry q = {0};
  open_inquiry(&q, "textbook/keen/keen", NULL);
  look(&q, (double[]){0.0, 0.0, -5.0}, (double[]){1.5, 0.9999, 10.0});
  assert_int_equal(regime_steady_count(q.steady), 2);
  const regime_equilibrium *bad = at(&q, 0, "saddle"), *good = at(&q, 1, "stable focus");
  assert_close(bad->state[0], 0.0, 0.0);
  assert_close(bad->state[1], 0.0, 0.0);
  assert_close(good->state[0], 0.836052866873, 1e-12);
  assert_close(good->state[1], 0.968611758971, 1e-12);
  assert_close(good->state[2], 0.0701911248624, 1e-12);
  assert_eigenvalue(good, 0, -0.0352276071, 1.9580805282, 1e-9);
  assert_eigenvalue(good, 2, -0.0450372302, 0.0, 1e-9);
  close_inquiry(&q);
}

static void kaldor_map(void **state) {
  (void)state;
  inquiry q = {0};
  open_inquiry(&q, "textbook/kaldor_map/kaldor_map", NULL);
  look(&q, (double[]){0.0, 0.0}, (double[]){20.0, 40.0});
  assert_int_equal(regime_steady_count(q.steady), 1);
  assert_eigenvalue(at(&q, 0, "unstable focus"), 0, 0.96, 0.3773592, 1e-7);
  close_inquiry(&q);
  open_inquiry(&q, "textbook/kaldor_map/kaldor_map", "poor"); /* below sigma = 1/4 there are three */
  look(&q, (double[]){0.0, 0.0}, (double[]){20.0, 40.0});
  assert_int_equal(regime_steady_count(q.steady), 3);
  assert_close(at(&q, 1, "saddle")->state[0], 10.0, 1e-10);
  close_inquiry(&q);
}

static void samuelson(void **state) {
  (void)state;
  const double c[] = {0.4, 0.8}, b[] = {2.0, 0.3};
  for (int k = 0; k < 2; k++) {
    inquiry q = {0};
    open_inquiry(&q, "textbook/samuelson/samuelson", NULL);
    set(&q, "c", c[k]);
    set(&q, "b", b[k]);
    look(&q, (double[]){-1e4, -1e4}, (double[]){1e4, 1e4});
    const regime_equilibrium *e = at(&q, 0, k == 0 ? "stable focus" : "stable node");
    assert_int_equal(regime_steady_count(q.steady), 1);
    assert_eigenvalue(e, 0, k == 0 ? 0.6 : 0.694356, k == 0 ? 0.663325 : 0.0, 1e-6);
    assert_eigenvalue(e, 1, k == 0 ? 0.6 : 0.345644, k == 0 ? -0.663325 : 0.0, 1e-6);
    close_inquiry(&q);
  }
}

/* Money is conserved: of the line of steady states that of the start is found, Y 100 and H 80. */
static void sim(void **state) {
  (void)state;
  inquiry q = {0};
  open_inquiry(&q, "textbook/sim/sim", NULL);
  look(&q, (double[]){0.0, 0.0, 0.0}, (double[]){200.0, 200.0, 200.0});
  const regime_equilibrium *e = at(&q, 0, "stable node");
  assert_int_equal(regime_steady_looked(q.steady)->n_conserved, 1);
  assert_close(e->state[1], 80.0, 1e-12);
  assert_close(e->state[2], 80.0, 1e-12);
  assert_close(e->outputs[output_named(&q, "Y")], 100.0, 1e-12);
  close_inquiry(&q);
}

/* The table of the known results: utilisation, and how it answers to the profit share. */
static void post_kaleckian(void **state) {
  (void)state;
  const double g0[] = {0.02, 0.02, -0.01}, g1[] = {0.10, 0.08, 0.10}, u[] = {1.0, 2.0 / 3, 0.25};
  const double answer[] = {-2.5, -0.5555555555555556, 1.25};
  for (int k = 0; k < 3; k++) {
    inquiry q = {0};
    open_inquiry(&q, "textbook/post_kaleckian/post_kaleckian", NULL);
    set(&q, "g0", g0[k]);
    set(&q, "g1", g1[k]);
    size_t h = 0;
    while (h < q.system->n_parameters && strcmp(q.system->parameter_name(q.system->self, h), "h") != 0) h++;
    regime_steady_options o = regime_steady_defaults();
    o.low = (double[]){0.0}, o.high = (double[]){2.0};
    assert_true(h < q.system->n_parameters);
    o.n_responses = 1, o.response = &h;
    assert_ok(regime_steady_find(q.shelf.context, q.system, &o, &q.steady));
    const regime_equilibrium *e = at(&q, 0, "stable node");
    assert_close(e->state[0], u[k], 1e-12);
    assert_non_null(e->response);
    assert_close(e->response[output_named(&q, "u")], answer[k], 1e-9);
    close_inquiry(&q);
  }
}

static void logistic_map(void **state) {
  (void)state;
  inquiry q = {0};
  open_inquiry(&q, "textbook/logistic_map/logistic_map", NULL);
  set(&q, "r", 2.5);
  look(&q, (double[]){0.0, -1.0, -1.0}, (double[]){1.0, 1.0, 1.0});
  assert_int_equal(regime_steady_looked(q.steady)->n_drifts, 2); /* two counters that only count */
  assert_int_equal(regime_steady_count(q.steady), 2);
  assert_eigenvalue(at(&q, 0, "unstable node"), 0, 2.5, 0.0, 1e-12);
  assert_close(at(&q, 1, "stable node")->state[0], 0.6, 1e-12);
  close_inquiry(&q);
}

/* Labour and its efficiency grow; capital per head of efficiency converges at (1 - a)(n + g + delta). */
static void solow(void **state) {
  (void)state;
  inquiry q = {0};
  regime_growth *growth;
  regime_steady_options o = regime_steady_defaults();
  open_inquiry(&q, "textbook/solow/solow", NULL);
  o.low = (double[]){0.1, 0.1, 0.1}, o.high = (double[]){20.0, 10.0, 10.0};
  assert_ok(regime_growth_find(q.shelf.context, q.system, &o, &growth));
  assert_int_equal(regime_growth_count(growth), 1);
  const regime_balanced *b = regime_growth_at(growth, 0);
  assert_close(b->state[0], pow(0.2 / 0.08, 1.5), 1e-11);
  assert_close(b->growth[1], 0.02, 1e-12);
  assert_close(b->growth[2], 0.01, 1e-12);
  assert_close(b->eigen_re[0], -0.08 * 2 / 3, 1e-11);
  regime_growth_free(growth);
  close_inquiry(&q);
}

/* Growth rates rest while what is exported in logarithms drifts, each at its own rate. */
static void dixon_thirlwall(void **state) {
  (void)state;
  inquiry q = {0};
  const double low[] = {-1, -1, -1, -1, -1, -1}, high[] = {1, 1, 1, 1, 1, 1}, g[] = {0.045, 0.04, 0.035};
  open_inquiry(&q, "textbook/dixon_thirlwall/dixon_thirlwall", NULL);
  look(&q, low, high);
  assert_int_equal(regime_steady_looked(q.steady)->n_drifts, 3);
  for (int i = 0; i < 3; i++) assert_close(at(&q, 0, "stable node")->state[i], g[i], 1e-12);
  close_inquiry(&q);
}

static size_t state_named(const inquiry *q, const char *name) {
  size_t k = 0;
  while (strcmp(q->system->state_name(q->system->self, k), name) != 0) k++;
  return k;
}

/* In logarithms everything drifts: output as fast as Thirlwall's law allows, x over pi. Relative prices and
 * inflows, which nothing moves, are no hindrance. */
static void thirlwall(void **state) {
  (void)state;
  inquiry q = {0};
  regime_growth *growth;
  double low[35], high[35];
  for (int i = 0; i < 35; i++) low[i] = -1.0, high[i] = 1.0;
  regime_steady_options o = regime_steady_defaults();
  o.low = low, o.high = high;
  open_inquiry(&q, "textbook/thirlwall_law/thirlwall_law", NULL);
  assert_int_equal(q.system->n_states, 35);
  assert_ok(regime_growth_find(q.shelf.context, q.system, &o, &growth));
  assert_int_equal(regime_growth_count(growth), 1);
  const regime_balanced *b = regime_growth_at(growth, 0);
  assert_close(b->drift[state_named(&q, "y[US]")], 0.0588 / 1.51, 1e-10);
  assert_close(b->drift[state_named(&q, "y[JP]")], 0.1618 / 1.23, 1e-10);
  assert_close(b->drift[state_named(&q, "exports[DE]")], 0.0999, 1e-10);
  assert_close(b->state[state_named(&q, "trend[US]")], 0.0588 / 1.51, 1e-10);
  assert_true(b->is_stable);
  regime_growth_free(growth);
  close_inquiry(&q);
}

/* A hundred and seventy states that go on for ever: the answer none comes with where it was nearest. */
static void the_crisis_does_not_rest(void **state) {
  (void)state;
  inquiry q = {0};
  double low[170], high[170], y[170];
  open_inquiry(&q, "crisis/crisis", NULL);
  assert_int_equal(q.system->n_states, 170);
  assert_ok(q.system->start(q.system->self, 0.0, y));
  for (int i = 0; i < 170; i++) low[i] = fmin(0.0, 2 * y[i]), high[i] = fmax(1.0, 2 * y[i]);
  look(&q, low, high);
  const regime_steady_search *search = regime_steady_looked(q.steady);
  assert_int_equal(search->starts, search->converged + search->outside + search->stalled + search->undefined);
  for (size_t k = 0; k < regime_steady_count(q.steady); k++)
    assert_true(regime_steady_at(q.steady, k)->residual < 1e-8);
  close_inquiry(&q);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(goodwin),
      cmocka_unit_test(keen),
      cmocka_unit_test(kaldor_map),
      cmocka_unit_test(samuelson),
      cmocka_unit_test(sim),
      cmocka_unit_test(post_kaleckian),
      cmocka_unit_test(logistic_map),
      cmocka_unit_test(solow),
      cmocka_unit_test(dixon_thirlwall),
      cmocka_unit_test(thirlwall),
      cmocka_unit_test(the_crisis_does_not_rest),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
