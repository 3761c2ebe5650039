/* Systems whose paths are known: closed forms, published tables, invariants. */
#include "unit/solve/systems.h"

/* ---- y' = -y and the logistic curve ---- */

static regime_status start_at_one(void *self, double t, double *y) {
  (void)self, (void)t;
  y[0] = 1.0;
  return REGIME_OK;
}

static int decay(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = -y[0];
  return 0;
}

static double decay_error(double rtol, regime_method method) {
  regime_system system = {.n_states = 1, .start = start_at_one, .rate = decay};
  regime_path_options o = span(0.0, 5.0);
  o.rtol = rtol;
  o.atol = rtol * 1e-2;
  o.method = method;
  regime_path *path = path_of(&system, o);
  double worst = 0.0;
  for (size_t k = 0; k < regime_path_points(path); k++)
    worst = fmax(worst, fabs(regime_path_values(path, k)[0] - exp(-regime_path_time(path, k))));
  regime_path_free(path);
  return worst;
}

static void exponential(void **state) {
  (void)state;
  assert_true(decay_error(1e-8, REGIME_BDF) < 1e-6);
  assert_true(decay_error(1e-12, REGIME_BDF) < 1e-10);
  assert_true(decay_error(1e-12, REGIME_ADAMS) < 1e-10);
}

static void halving_the_tolerance_lowers_the_error(void **state) {
  (void)state;
  const regime_method methods[] = {REGIME_BDF, REGIME_ADAMS};
  for (size_t m = 0; m < 2; m++) {
    double before = decay_error(1e-4, methods[m]);
    for (double rtol = 1e-6; rtol > 1e-13; rtol *= 1e-2) {
      const double error = decay_error(rtol, methods[m]);
      assert_true(error < 0.5 * before);
      before = error;
    }
    assert_true(decay_error(1e-12, methods[m]) < 1e-4 * decay_error(1e-6, methods[m]));
  }
}

static regime_status start_small(void *self, double t, double *y) {
  (void)self, (void)t;
  y[0] = 0.01;
  return REGIME_OK;
}

static int logistic_rate(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = y[0] * (1.0 - y[0]);
  return 0;
}

static void logistic_curve(void **state) {
  (void)state;
  regime_system system = {.n_states = 1, .start = start_small, .rate = logistic_rate};
  regime_path *path = path_of(&system, tight(0.0, 20.0));
  for (size_t k = 0; k < regime_path_points(path); k++)
    assert_close(regime_path_values(path, k)[0], 1.0 / (1.0 + 99.0 * exp(-regime_path_time(path, k))), 1e-10);
  regime_path_free(path);
}

/* ---- Robertson (1966), values of Hairer and Wanner and of the Test Set for IVP Solvers; stiff, and long
 * ---- */

static const size_t full_column_3[] = {0, 3, 6, 9}, full_row_3[] = {0, 1, 2, 0, 1, 2, 0, 1, 2};

static regime_status start_robertson(void *self, double t, double *y) {
  (void)self, (void)t;
  y[0] = 1.0;
  y[1] = y[2] = 0.0;
  return REGIME_OK;
}

static int robertson(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = -0.04 * y[0] + 1e4 * y[1] * y[2];
  dy[2] = 3e7 * y[1] * y[1];
  dy[1] = -dy[0] - dy[2];
  return 0;
}

static int robertson_jacobian(void *self, double t, const double *y, double *j) {
  (void)self, (void)t;
  const double values[] = {-0.04,      0.04,       0.0,         1e4 * y[2], -1e4 * y[2] - 6e7 * y[1],
                           6e7 * y[1], 1e4 * y[1], -1e4 * y[1], 0.0};
  memcpy(j, values, sizeof values);
  return 0;
}

static void robertson_table(void **state) {
  (void)state;
  const double table[][4] = {{0.4, 0.98517211386, 3.3863953790e-5, 0.014794022185},
                             {4.0, 0.90551867858, 2.2404756876e-5, 0.094458916},
                             {40.0, 0.7158270688, 9.185534764e-6, 0.2841637457},
                             {1e11, 0.2083340149701255e-7, 0.8333360770334713e-13, 0.9999999791665050}};
  regime_system system = {.n_states = 3,
                          .start = start_robertson,
                          .rate = robertson,
                          .jacobian = robertson_jacobian,
                          .jacobian_column = full_column_3,
                          .jacobian_row = full_row_3};
  for (size_t k = 0; k < sizeof table / sizeof *table; k++) {
    regime_path_options o = span(0.0, table[k][0]);
    o.rtol = 1e-10;
    o.atol = 1e-18;
    regime_path *path = path_of(&system, o);
    const double *y = regime_path_state(path);
    for (size_t i = 0; i < 3; i++) assert_true(fabs(y[i] / table[k][i + 1] - 1.0) < 1e-7);
    assert_true(regime_path_counters(path).steps < 10000);
    regime_path_free(path);
  }
}

/* ---- van der Pol, mu = 1000: the relaxation oscillation at t = 2000 (Hairer and Wanner 1996, ch. IV.10)
 * ---- */

static regime_status start_van_der_pol(void *self, double t, double *y) {
  (void)self, (void)t;
  y[0] = 2.0;
  y[1] = 0.0;
  return REGIME_OK;
}

static int van_der_pol(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = y[1];
  dy[1] = 1000.0 * (1.0 - y[0] * y[0]) * y[1] - y[0];
  return 0;
}

static void van_der_pol_relaxation(void **state) {
  (void)state;
  regime_system system = {.n_states = 2, .start = start_van_der_pol, .rate = van_der_pol};
  regime_path_options o = tight(0.0, 2000.0);
  o.rtol = 1e-10;
  regime_path *path = path_of(&system, o);
  assert_close(regime_path_state(path)[0], 0.1706167732170469e1, 1e-7);
  assert_close(regime_path_state(path)[1], -0.8928097010248125e-3, 1e-9);
  regime_path_free(path);
}

/* ---- Lorenz, over a span short enough for chaos not to matter ---- */

static regime_status start_lorenz(void *self, double t, double *y) {
  (void)self, (void)t;
  y[0] = y[1] = y[2] = 1.0;
  return REGIME_OK;
}

static int lorenz(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = 10.0 * (y[1] - y[0]);
  dy[1] = y[0] * (28.0 - y[2]) - y[1];
  dy[2] = y[0] * y[1] - 8.0 / 3.0 * y[2];
  return 0;
}

/* Fourth-order Runge-Kutta with a tiny fixed step: another way to the same point. */
static void runge_kutta(regime_system *s, double t, long n, double h, double *y) {
  double k[4][3], z[3];
  const double at[] = {0.0, 0.5, 0.5, 1.0}, weight[] = {1.0 / 6.0, 1.0 / 3.0, 1.0 / 3.0, 1.0 / 6.0};
  for (long step = 0; step < n; step++) {
    for (int a = 0; a < 4; a++) {
      for (size_t i = 0; i < 3; i++) z[i] = y[i] + (a ? h * at[a] * k[a - 1][i] : 0.0);
      s->rate(s->self, t, z, k[a]);
    }
    for (size_t i = 0; i < 3; i++)
      for (int a = 0; a < 4; a++) y[i] += h * weight[a] * k[a][i];
  }
}

static void lorenz_two_ways(void **state) {
  (void)state;
  regime_system system = {.n_states = 3, .start = start_lorenz, .rate = lorenz};
  const regime_method methods[] = {REGIME_BDF, REGIME_ADAMS};
  double y[3] = {1.0, 1.0, 1.0};
  runge_kutta(&system, 0.0, 200000, 1e-5, y);
  for (size_t m = 0; m < 2; m++) {
    regime_path_options o = tight(0.0, 2.0);
    o.method = methods[m];
    regime_path *path = path_of(&system, o);
    for (size_t i = 0; i < 3; i++) assert_close(regime_path_state(path)[i], y[i], 1e-8);
    regime_path_free(path);
  }
}

/* ---- Goodwin (1967): a centre, so that whatever the integrator adds or takes away shows ---- */

enum { V, U };
static const double sigma = 4.0, alpha = 0.02, beta = 0.02, gamma_ = 0.03, rho = 0.07;

static regime_status start_goodwin(void *self, double t, double *y) {
  (void)self, (void)t;
  y[V] = y[U] = 0.8;
  return REGIME_OK;
}

static int goodwin(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[V] = y[V] * ((1.0 - y[U]) / sigma - (alpha + beta));
  dy[U] = y[U] * (rho * y[V] - (alpha + gamma_));
  return 0;
}

static int goodwin_jacobian(void *self, double t, const double *y, double *j) {
  (void)self, (void)t;
  j[0] = (1.0 - y[U]) / sigma - (alpha + beta);
  j[1] = y[U] * rho;
  j[2] = -y[V] / sigma;
  j[3] = rho * y[V] - (alpha + gamma_);
  return 0;
}

static const size_t full_column_2[] = {0, 2, 4}, full_row_2[] = {0, 1, 0, 1};

static double conserved(const double *y) {
  return rho * y[V] - (alpha + gamma_) * log(y[V]) + y[U] / sigma - (1.0 / sigma - alpha - beta) * log(y[U]);
}

static int through_the_start(void *self, double t, const double *y, double *g) {
  (void)self, (void)t;
  g[0] = y[U] - 0.8;
  return 0;
}

static void goodwin_cycle(void **state) {
  (void)state;
  const regime_event at_u = {.name = "u passes 0.8", .direction = REGIME_UP};
  regime_system system = {.n_states = 2,
                          .n_events = 1,
                          .events = &at_u,
                          .start = start_goodwin,
                          .rate = goodwin,
                          .jacobian = goodwin_jacobian,
                          .jacobian_column = full_column_2,
                          .jacobian_row = full_row_2,
                          .crossing = through_the_start};
  regime_path *path = path_of(&system, tight(0.0, 615.0));
  for (size_t k = 0; k < regime_path_points(path); k++)
    assert_close(conserved(regime_path_values(path, k)), 0.3140173233416945, 1e-8);
  assert_int_equal(regime_path_happenings(path), 10);
  for (size_t k = 0; k < 10; k++)
    assert_close(regime_path_happening(path, k).time, 61.390955 * (double)(k + 1), 1e-7);
  regime_path_free(path);
}

/* ---- Keen, as in Grasselli and Costa Lima (2012) ---- */

typedef struct keen_start {
  double w, l, d;
} keen_start;

static regime_status start_keen(void *self, double t, double *y) {
  (void)t;
  memcpy(y, self, sizeof(keen_start));
  return REGIME_OK;
}

static int keen(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  const double nu = 3.0, growth = 0.025, labour = 0.02, delta = 0.01, r = 0.03;
  const double phi0 = 0.04 / (1.0 - 0.04 * 0.04), phi1 = 0.04 * 0.04 * 0.04 / (1.0 - 0.04 * 0.04);
  const double phillips = phi1 / ((1.0 - y[1]) * (1.0 - y[1])) - phi0;
  const double kappa = -0.0065 + exp(-5.0 + 20.0 * (1.0 - y[0] - r * y[2]));
  dy[0] = y[0] * (phillips - growth);
  dy[1] = y[1] * (kappa / nu - growth - labour - delta);
  dy[2] = y[2] * (r - kappa / nu + delta) + kappa - (1.0 - y[0]);
  return 0;
}

static int debt_above_ten_thousand(void *self, double t, const double *y, double *g) {
  (void)self, (void)t;
  g[0] = y[2] - 1e4;
  return 0;
}

static void keen_good_equilibrium(void **state) {
  (void)state;
  keen_start starts[] = {{0.75, 0.75, 0.1}, {0.95, 0.90, 0.0}};
  for (size_t k = 0; k < 2; k++) {
    regime_system system = {.self = &starts[k], .n_states = 3, .start = start_keen, .rate = keen};
    regime_path *path = path_of(&system, span(0.0, 1000.0));
    assert_outcome(path, REGIME_REACHED_END);
    assert_close(regime_path_state(path)[0], 0.836052866873, 1e-7);
    assert_close(regime_path_state(path)[1], 0.968611758971, 1e-7);
    assert_close(regime_path_state(path)[2], 0.0701911248624, 1e-7);
    regime_path_free(path);
  }
}

static void keen_debt_explodes(void **state) {
  (void)state;
  keen_start s = {0.75, 0.70, 0.5};
  const regime_event marker = {.name = "debt above ten thousand", .direction = REGIME_UP, .once = true};
  regime_system system = {.self = &s,
                          .n_states = 3,
                          .n_events = 1,
                          .events = &marker,
                          .start = start_keen,
                          .rate = keen,
                          .crossing = debt_above_ten_thousand};
  regime_path *path = path_of(&system, span(0.0, 1000.0));
  assert_outcome(path, REGIME_DIVERGED);
  assert_int_equal(regime_path_happenings(path), 1);
  assert_true(fabs(regime_path_happening(path, 0).time - 274.0) < 1.0);
  assert_true(regime_path_end(path) > 274.0);
  regime_path_free(path);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(exponential),
      cmocka_unit_test(halving_the_tolerance_lowers_the_error),
      cmocka_unit_test(logistic_curve),
      cmocka_unit_test(robertson_table),
      cmocka_unit_test(van_der_pol_relaxation),
      cmocka_unit_test(lorenz_two_ways),
      cmocka_unit_test(goodwin_cycle),
      cmocka_unit_test(keen_good_equilibrium),
      cmocka_unit_test(keen_debt_explodes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
