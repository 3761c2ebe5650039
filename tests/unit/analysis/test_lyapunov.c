/* Lyapunov exponents that are known. */
#include "unit/analysis/oscillators.h"
#include <regime/lyapunov.h>

static regime_lyapunov *exponents_of(regime_system system, double settle, double span) {
  regime_context *context = NULL;
  regime_lyapunov *l = NULL;
  regime_lyapunov_options o = regime_lyapunov_defaults();
  o.settle = settle;
  o.span = span;
  assert_ok(regime_context_create(&context));
  assert_ok(regime_lyapunov_compute(context, &system, &o, &l));
  regime_context_free(context);
  return l;
}

/* Wolf et al. 1985; Sprott 2003: 0.9056, 0, -14.5723. Their sum is the trace, -41/3, at every point. */
static void of_lorenz(void **state) {
  (void)state;
  oscillator o = {.n = 3, .law = lorenz, .slopes = lorenz_slopes, .start = {1.0, 1.0, 1.0}, .p = {28.0}};
  regime_lyapunov *l = exponents_of(system_of(&o), 50.0, 1000.0);
  assert_close(l->exponent[0], 0.9056, 0.01);
  assert_true(fabs(l->exponent[0] - 0.9056) < 2.0 * l->error[0]);
  assert_close(l->exponent[1], 0.0, 1e-3);
  assert_close(l->exponent[2], -14.5723, 1e-3);
  assert_close(l->exponent[0] + l->exponent[1] + l->exponent[2], -41.0 / 3.0, 1e-7);
  assert_close(l->dimension, 2.062, 1e-3);
  regime_lyapunov_free(l);
}

/* The cycle of Hopf's normal form at 1: nothing along it, -2 across it, to the integration's own accuracy. */
static void of_a_cycle(void **state) {
  (void)state;
  oscillator o = {.n = 2, .law = normal_form, .slopes = normal_form_slopes, .start = {1.0, 0.0}, .p = {1.0}};
  regime_lyapunov *l = exponents_of(system_of(&o), 30.0, 100.0);
  assert_close(l->exponent[0], 0.0, 1e-8);
  assert_close(l->exponent[1], -2.0, 1e-8);
  assert_close(l->error[1], 0.0, 1e-8);
  regime_lyapunov_free(l);
}

static void logistic(const double *p, const double *y, double *next) { next[0] = p[0] * y[0] * (1.0 - y[0]); }
static void logistic_slopes(const double *p, const double *y, double *j) { j[0] = p[0] * (1.0 - 2.0 * y[0]); }

static double of_logistic_at(double r) {
  oscillator o = {.n = 1, .law = logistic, .slopes = logistic_slopes, .start = {0.3}, .p = {r}};
  regime_lyapunov *l = exponents_of(map_of(&o), 1000.0, 200000.0);
  const double exponent = l->exponent[0];
  assert_string_equal(regime_outcome_text(l->outcome), "reached end");
  regime_lyapunov_free(l);
  return exponent;
}

static void of_the_logistic_map(void **state) {
  (void)state;
  assert_close(of_logistic_at(4.0), log(2.0), 1e-4);
  assert_close(of_logistic_at(3.9), 0.4945, 0.01);
  assert_close(of_logistic_at(2.5), log(0.5), 1e-12);
  /* at 3.2 it has period two, with multiplier r^2 (1 - 2x)(1 - 2y) = 4 + 2r - r^2 */
  assert_close(of_logistic_at(3.2), log(fabs(4.0 + 2.0 * 3.2 - 3.2 * 3.2)) / 2.0, 1e-10);
}

static void henon(const double *p, const double *y, double *next) {
  next[0] = 1.0 - p[0] * y[0] * y[0] + y[1];
  next[1] = p[1] * y[0];
}

static void henon_slopes(const double *p, const double *y, double *j) {
  j[0] = -2.0 * p[0] * y[0], j[1] = p[1];
  j[2] = 1.0, j[3] = 0.0;
}

/* Sprott 2003: .41922, -1.62319, and log .3 together. */
static void of_henon(void **state) {
  (void)state;
  oscillator o = {.n = 2, .law = henon, .slopes = henon_slopes, .p = {1.4, 0.3}};
  regime_lyapunov *l = exponents_of(map_of(&o), 1000.0, 500000.0);
  assert_close(l->exponent[0], 0.41922, 2e-3);
  assert_true(fabs(l->exponent[0] - 0.41922) < 2.0 * l->error[0]);
  assert_close(l->exponent[1], -1.62319, 2e-3);
  assert_close(l->exponent[0] + l->exponent[1], log(0.3), 1e-12);
  assert_close(l->dimension, 1.258, 1e-3);
  regime_lyapunov_free(l);
}

static void ceiling(const double *p, const double *y, double *next) {
  next[0] = fmin(p[0], 2.0 * y[0]);
  next[1] = 0.5 * y[1];
}
static void ceiling_slopes(const double *p, const double *y, double *j) {
  memset(j, 0, 4 * sizeof *j);
  j[0] = 2.0 * y[0] < p[0] ? 2.0 : 0.0;
  j[3] = 0.5;
}

/* At a ceiling all neighbours come to the same at once, and what does not meet it is not touched. */
static void of_a_ceiling(void **state) {
  (void)state;
  oscillator o = {.n = 2, .law = ceiling, .slopes = ceiling_slopes, .start = {1.0, 1.0}, .p = {5.0}};
  regime_lyapunov *l = exponents_of(map_of(&o), 10.0, 200.0);
  assert_close(l->exponent[0], log(0.5), 1e-12);
  assert_true(isinf(l->exponent[1]) && l->exponent[1] < 0.0);
  assert_close(l->error[1], 0.0, 0.0);
  assert_close(l->dimension, 0.0, 0.0);
  regime_lyapunov_free(l);
}

static void explosion(const double *p, const double *y, double *dy) { dy[0] = p[0] + y[0] * y[0]; }
static void explosion_slopes(const double *p, const double *y, double *j) { (void)p, j[0] = 2.0 * y[0]; }

static void of_nothing(void **state) {
  (void)state;
  oscillator o = {.n = 1, .law = explosion, .slopes = explosion_slopes, .p = {1.0}};
  regime_lyapunov *l = exponents_of(map_of(&o), 100.0, 100.0);
  assert_string_equal(regime_outcome_text(l->outcome), "diverged");
  assert_true(isnan(l->exponent[0]));
  regime_lyapunov_free(l);
}

static void bad_questions(void **state) {
  (void)state;
  oscillator o = {.n = 2, .law = henon, .slopes = henon_slopes, .p = {1.4, 0.3}};
  regime_system system = map_of(&o);
  regime_context *context = NULL;
  regime_lyapunov *l = NULL;
  assert_ok(regime_context_create(&context));
  regime_lyapunov_options options = regime_lyapunov_defaults();
  options.count = 3;
  assert_int_equal(regime_lyapunov_compute(context, &system, &options, &l), REGIME_BAD_ARGUMENT);
  options.count = 1;
  options.span = -1.0;
  assert_int_equal(regime_lyapunov_compute(context, &system, &options, &l), REGIME_BAD_ARGUMENT);
  assert_null(l);
  assert_int_equal(regime_diagnostic_errors(context), 2);
  regime_context_free(context);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(of_lorenz),           cmocka_unit_test(of_a_cycle),
                                     cmocka_unit_test(of_the_logistic_map), cmocka_unit_test(of_henon),
                                     cmocka_unit_test(of_a_ceiling),        cmocka_unit_test(of_nothing),
                                     cmocka_unit_test(bad_questions)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
