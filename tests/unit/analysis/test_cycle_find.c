/* The cycles systems settle on: published periods, closed forms, and what is none. */
#include "unit/analysis/oscillators.h"
#include <regime/cycle.h>
#include <regime/path.h>

static const double tau = 6.283185307179586;

static regime_cycle *find(regime_system system, double settle, double longest) {
  regime_context *context = NULL;
  regime_cycle *cycle = NULL;
  regime_cycle_options o = regime_cycle_defaults();
  o.settle = settle;
  o.longest = longest;
  assert_ok(regime_context_create(&context));
  assert_ok(regime_cycle_find(context, &system, &o, &cycle));
  regime_context_free(context);
  return cycle;
}

static void assert_verdict(const regime_cycle *cycle, regime_cycle_verdict verdict) {
  assert_string_equal(regime_cycle_text(cycle->verdict), regime_cycle_text(verdict));
}

static void van_der_pol(const double *p, const double *y, double *dy) {
  dy[0] = y[1];
  dy[1] = p[0] * (1.0 - y[0] * y[0]) * y[1] - y[0];
}

static void van_der_pol_slopes(const double *p, const double *y, double *j) {
  j[0] = 0.0, j[1] = -2.0 * p[0] * y[0] * y[1] - 1.0;
  j[2] = 1.0, j[3] = p[0] * (1.0 - y[0] * y[0]);
}

static void goodwin(const double *p, const double *y, double *dy) {
  (void)p;
  dy[0] = y[0] * ((1.0 - y[1]) / 4.0 - 0.04);
  dy[1] = y[1] * (0.07 * y[0] - 0.05);
}

static void goodwin_slopes(const double *p, const double *y, double *j) {
  (void)p;
  j[0] = (1.0 - y[1]) / 4.0 - 0.04, j[1] = 0.07 * y[1];
  j[2] = -y[0] / 4.0, j[3] = 0.07 * y[0] - 0.05;
}

/* p0 = a, p1 = b, p2 = c */
static void rossler(const double *p, const double *y, double *dy) {
  dy[0] = -y[1] - y[2];
  dy[1] = y[0] + p[0] * y[1];
  dy[2] = p[1] + y[2] * (y[0] - p[2]);
}

static void rossler_slopes(const double *p, const double *y, double *j) {
  j[0] = 0.0, j[1] = 1.0, j[2] = y[2];
  j[3] = -1.0, j[4] = p[0], j[5] = 0.0;
  j[6] = -1.0, j[7] = 0.0, j[8] = y[0] - p[2];
}

/* ---- by its own equations: a period later the path is where it was ---- */

static void state_after(regime_system *system, const double *from, double duration, double *to) {
  regime_context *context = NULL;
  regime_path *path = NULL;
  regime_path_options o = REGIME_PATH_DEFAULTS;
  o.to = duration;
  o.rtol = 1e-12;
  o.atol = 1e-14;
  o.method = REGIME_ADAMS;
  o.start = from;
  assert_ok(regime_context_create(&context));
  assert_ok(regime_path_compute(context, system, &o, &path));
  memcpy(to, regime_path_state(path), system->n_states * sizeof *to);
  regime_path_free(path);
  regime_context_free(context);
}

static void assert_closes(regime_system *system, const regime_cycle *cycle, double tolerance) {
  double there[MOST_STATES];
  state_after(system, cycle->state, cycle->period, there);
  for (size_t i = 0; i < system->n_states; i++) assert_close(there[i], cycle->state[i], tolerance);
  const size_t middle = cycle->n_points / 2;
  state_after(system, cycle->state, cycle->time[middle], there);
  for (size_t i = 0; i < system->n_states; i++)
    assert_close(there[i], cycle->state[middle * system->n_states + i], tolerance);
}

static void assert_is_cycle(const regime_cycle *cycle) {
  assert_verdict(cycle, REGIME_CYCLE_FOUND);
  assert_true(cycle->is_stable);
  assert_false(cycle->is_family);
  assert_true(cycle->residual <= 1e-10 && cycle->step <= 1e-10);
  assert_true(cycle->error < 1e-6);
  assert_true(cycle->mesh_error <= 1e-9);
}

static void a_circle(void **state) {
  (void)state;
  oscillator o = {.n = 2, .law = normal_form, .slopes = normal_form_slopes, .start = {0.1, 0.0}, .p = {0.25}};
  regime_system system = system_of(&o);
  regime_cycle *c = find(system, 200.0, 20.0);
  assert_is_cycle(c);
  assert_close(c->period, tau, 1e-10);
  assert_close(c->multiplier_re[1], exp(-4.0 * tau / 2.0 * 0.25), 1e-9);
  for (size_t k = 0; k < c->n_points; k++)
    assert_close(hypot(c->state[2 * k], c->state[2 * k + 1]), 0.5, 1e-9);
  assert_close(c->low[0], -0.5, 1e-9);
  assert_close(c->high[1], 0.5, 1e-9);
  assert_close(c->mean[0], 0.0, 1e-9);
  assert_closes(&system, c, 1e-9);
  regime_cycle_free(c);
}

/* Periods of van der Pol's oscillator: 6.6632868593 at 1, 19.07837 at 10. */
static void of_van_der_pol(void **state) {
  (void)state;
  oscillator o = {.n = 2, .law = van_der_pol, .slopes = van_der_pol_slopes, .start = {1.0, 0.0}, .p = {1.0}};
  regime_system system = system_of(&o);
  regime_cycle *c = find(system, 100.0, 20.0);
  assert_is_cycle(c);
  assert_close(c->period, 6.6632868593231301897, 1e-9);
  assert_close(c->high[0], 2.00861986087484313650, 1e-9);
  assert_closes(&system, c, 1e-8);
  regime_cycle_free(c);
  o.p[0] = 10.0;
  c = find(system, 100.0, 40.0);
  assert_is_cycle(c);
  assert_close(c->period, 19.0783695667, 1e-7);
  regime_cycle_free(c);
}

/* Goodwin's centre: from (.8, .8) the exact period is 61.390955. */
static void one_of_a_family(void **state) {
  (void)state;
  oscillator o = {.n = 2, .law = goodwin, .slopes = goodwin_slopes, .start = {0.8, 0.8}};
  regime_system system = system_of(&o);
  regime_cycle *c = find(system, 0.0, 100.0);
  assert_verdict(c, REGIME_CYCLE_FOUND);
  assert_true(c->is_family);
  assert_false(c->is_stable);
  assert_close(c->period, 61.390955, 1e-7);
  assert_close(c->mean[0], 5.0 / 7.0, 1e-8); /* the means are the equilibrium's values */
  assert_close(c->mean[1], 0.84, 1e-8);
  assert_closes(&system, c, 1e-8);
  regime_cycle_free(c);
}

static void of_rossler(void **state) {
  (void)state;
  oscillator o = {
      .n = 3, .law = rossler, .slopes = rossler_slopes, .start = {1.0, 1.0, 1.0}, .p = {0.2, 0.2, 2.5}};
  regime_system system = system_of(&o);
  regime_cycle *once = find(system, 500.0, 30.0);
  assert_is_cycle(once);
  assert_closes(&system, once, 1e-7);
  o.p[2] = 3.5; /* between the first doubling, at 2.832, and the second, at 3.837 */
  regime_cycle *twice = find(system, 500.0, 30.0);
  assert_is_cycle(twice);
  assert_closes(&system, twice, 1e-7);
  assert_true(twice->period > 1.9 * once->period && twice->period < 2.1 * once->period);
  regime_cycle_free(once);
  regime_cycle_free(twice);
  o.p[2] = 5.7;
  regime_cycle *none = find(system, 500.0, 30.0);
  assert_verdict(none, REGIME_CYCLE_NONE);
  regime_cycle_free(none);
}

static void of_lorenz(void **state) {
  (void)state;
  oscillator o = {.n = 3, .law = lorenz, .slopes = lorenz_slopes, .start = {1.0, 1.0, 1.0}, .p = {28.0}};
  regime_cycle *c = find(system_of(&o), 50.0, 20.0);
  assert_verdict(c, REGIME_CYCLE_NONE);
  assert_null(c->multiplier_re);
  regime_cycle_free(c);
  o.p[0] = 10.0;
  c = find(system_of(&o), 50.0, 20.0);
  assert_verdict(c, REGIME_CYCLE_RESTS);
  assert_close(fabs(c->state[0]), sqrt(24.0), 1e-6);
  regime_cycle_free(c);
  o.p[0] = 160.0; /* a symmetric cycle: Sparrow 1982 */
  c = find(system_of(&o), 50.0, 10.0);
  assert_is_cycle(c);
  regime_cycle_free(c);
}

static void explosion(const double *p, const double *y, double *dy) { dy[0] = p[0] + y[0] * y[0]; }
static void explosion_slopes(const double *p, const double *y, double *j) { (void)p, j[0] = 2.0 * y[0]; }

static void of_nothing(void **state) {
  (void)state;
  oscillator o = {.n = 1, .law = explosion, .slopes = explosion_slopes, .p = {1.0}};
  regime_cycle *c = find(system_of(&o), 50.0, 20.0);
  assert_verdict(c, REGIME_CYCLE_DIVERGES);
  regime_cycle_free(c);
  c = find(map_of(&o), 50.0, 20.0);
  assert_verdict(c, REGIME_CYCLE_DIVERGES);
  regime_cycle_free(c);
}

/* ---- maps ---- */

static void logistic(const double *p, const double *y, double *next) { next[0] = p[0] * y[0] * (1.0 - y[0]); }
static void logistic_slopes(const double *p, const double *y, double *j) { j[0] = p[0] * (1.0 - 2.0 * y[0]); }

static void of_the_logistic_map(void **state) {
  (void)state;
  oscillator o = {.n = 1, .law = logistic, .slopes = logistic_slopes, .start = {0.3}, .p = {3.2}};
  regime_cycle *c = find(map_of(&o), 1000.0, 64.0);
  assert_verdict(c, REGIME_CYCLE_FOUND);
  assert_close(c->period, 2.0, 0.0);
  assert_int_equal(c->n_points, 3);
  const double root = sqrt((3.2 - 3.0) * (3.2 + 1.0)); /* x = (r + 1 +- sqrt((r - 3)(r + 1))) / 2r */
  assert_close(c->low[0], (4.2 - root) / 6.4, 1e-12);
  assert_close(c->high[0], (4.2 + root) / 6.4, 1e-12);
  assert_close(c->multiplier_re[0], 4.0 + 2.0 * 3.2 - 3.2 * 3.2, 1e-12);
  assert_true(isnan(c->error));
  regime_cycle_free(c);
  o.p[0] = 3.5;
  c = find(map_of(&o), 1000.0, 64.0);
  assert_close(c->period, 4.0, 0.0);
  assert_true(c->is_stable);
  regime_cycle_free(c);
  o.p[0] = 3.9;
  c = find(map_of(&o), 1000.0, 64.0);
  assert_verdict(c, REGIME_CYCLE_NONE);
  regime_cycle_free(c);
  o.p[0] = 2.5;
  c = find(map_of(&o), 1000.0, 64.0);
  assert_verdict(c, REGIME_CYCLE_RESTS);
  assert_close(c->state[0], 0.6, 1e-9);
  regime_cycle_free(c);
}

/* Kaldor's map: beyond the Neimark-Sacker point at 10/9 it turns, at 1.2 in 15.636 periods on average,
 * while the eigenvalues say 16.776. */
static void kaldor(const double *p, const double *y, double *next) {
  const double invest = 4.0 + 0.6 * (20.0 - y[1]) + atan(y[0] - 10.0);
  next[0] = y[0] + p[0] * (invest - 0.4 * y[0]);
  next[1] = 0.8 * y[1] + invest;
}

static void kaldor_slopes(const double *p, const double *y, double *j) {
  const double slope = 1.0 / (1.0 + (y[0] - 10.0) * (y[0] - 10.0));
  j[0] = 1.0 + p[0] * (slope - 0.4), j[1] = slope;
  j[2] = -0.6 * p[0], j[3] = 0.2;
}

static void of_kaldor(void **state) {
  (void)state;
  oscillator o = {.n = 2, .law = kaldor, .slopes = kaldor_slopes, .start = {11.0, 20.0}, .p = {1.2}};
  regime_cycle *c = find(map_of(&o), 1000.0, 64.0);
  assert_verdict(c, REGIME_CYCLE_CURVE);
  assert_close(c->period, 15.636, 5e-5);
  assert_close((c->low[0] + c->high[0]) / 2.0, 10.0, 1e-6); /* the map is symmetric about (10, 20) */
  assert_true(c->high[0] > 10.5);
  regime_cycle_free(c);
}

static void bad_questions(void **state) {
  (void)state;
  oscillator o = {.n = 2, .law = goodwin, .slopes = goodwin_slopes, .start = {0.8, 0.8}};
  regime_system system = system_of(&o);
  regime_context *context = NULL;
  regime_cycle *cycle = NULL;
  assert_ok(regime_context_create(&context));
  regime_cycle_options options = regime_cycle_defaults();
  options.longest = 0.0;
  assert_int_equal(regime_cycle_find(context, &system, &options, &cycle), REGIME_BAD_ARGUMENT);
  assert_null(cycle);
  assert_int_equal(regime_diagnostic_errors(context), 1);
  regime_context_free(context);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_circle),   cmocka_unit_test(of_van_der_pol),      cmocka_unit_test(one_of_a_family),
      cmocka_unit_test(of_rossler), cmocka_unit_test(of_lorenz),           cmocka_unit_test(of_nothing),
      cmocka_unit_test(of_kaldor),  cmocka_unit_test(of_the_logistic_map), cmocka_unit_test(bad_questions)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
