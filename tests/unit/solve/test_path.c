/* The recorded path: its grid, its sums, the same bits every time, dense and sparse alike. */
#include "unit/solve/systems.h"

/* ---- the grid ---- */

static int unit_rate(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t, (void)y;
  dy[0] = 1.0;
  return 0;
}

static void assert_grid(double from, double to, double every, size_t points) {
  regime_system system = {.n_states = 1, .start = start_at_zero, .rate = unit_rate};
  regime_path_options o = span(from, to);
  o.every = every;
  regime_path *path = path_of(&system, o);
  const double step = every > 0.0 ? every : (to - from) / 200.0;
  assert_int_equal(regime_path_points(path), points);
  for (size_t k = 0; k + 1 < points; k++)
    assert_true(regime_path_time(path, k) == (k ? from + (double)k * step : from));
  assert_true(regime_path_time(path, points - 1) == to);
  for (size_t k = 0; k < points; k++)
    assert_close(regime_path_values(path, k)[0], regime_path_time(path, k) - from, 1e-12);
  regime_path_free(path);
}

static void the_grid(void **state) {
  (void)state;
  assert_grid(0.0, 100.0, 0.0, 201);
  assert_grid(0.0, 1.0, 0.1, 11);
  assert_grid(1960.0, 1991.0, 1.0 / 12.0, 31 * 12 + 1);
  assert_grid(0.0, 1.0, 0.3, 5); /* 0, .3, .6, .9 and the end */
  assert_grid(0.0, 1.0, 7.0, 2);
  assert_grid(0.0, 1.0, INFINITY, 2);
  assert_grid(0.0, 0.07, 0.01, 8); /* 0.07/0.01 is a little more than 7 */
  assert_grid(-2.0, 0.0, 0.25, 9);
  assert_grid(0.0, 1.0, 1e-5, 100001);
}

static void recording_does_not_shorten_steps(void **state) {
  (void)state;
  regime_system system = {.n_states = 1, .start = start_at_zero, .rate = unit_rate};
  regime_path_options coarse = span(0.0, 100.0), fine = coarse;
  fine.every = 1e-3;
  regime_path *a = path_of(&system, coarse), *b = path_of(&system, fine);
  assert_int_equal(regime_path_counters(a).steps, regime_path_counters(b).steps);
  assert_int_equal(regime_path_counters(a).rate_calls, regime_path_counters(b).rate_calls);
  regime_path_free(a);
  regime_path_free(b);
}

/* ---- what is recorded ---- */

static void observe(void *self, double t, const double *y, double *out) {
  (void)self;
  out[0] = t;
  out[1] = 2.0 * y[0];
  out[2] = NAN;
}

static void outputs(void **state) {
  (void)state;
  regime_system system = {
      .n_states = 1, .n_outputs = 3, .start = start_at_zero, .rate = unit_rate, .observe = observe};
  regime_path *path = path_of(&system, span(0.0, 3.0));
  assert_int_equal(regime_path_outputs(path), 3);
  for (size_t k = 0; k < regime_path_points(path); k++) {
    const double t = regime_path_time(path, k), *out = regime_path_values(path, k);
    assert_true(out[0] == t);
    assert_close(out[1], 2.0 * t, 1e-12);
    assert_true(isnan(out[2]));
  }
  assert_close(regime_path_state(path)[0], 3.0, 1e-12);
  regime_path_free(path);
}

static regime_status start_nothing(void *self, double t, double *y) {
  (void)self, (void)t, (void)y;
  return REGIME_OK;
}

static void observe_time(void *self, double t, const double *y, double *out) {
  (void)self, (void)y;
  out[0] = t * t;
}

static int t_is_four(void *self, double t, const double *y, double *g) {
  (void)self, (void)y;
  g[0] = t - 4.0;
  return 0;
}

static void a_system_without_states(void **state) {
  (void)state;
  const regime_event four = {.name = "four"};
  regime_system system = {.n_outputs = 1,
                          .n_events = 1,
                          .events = &four,
                          .start = start_nothing,
                          .observe = observe_time,
                          .crossing = t_is_four};
  regime_path *path = path_of(&system, span(0.0, 10.0));
  assert_outcome(path, REGIME_REACHED_END);
  for (size_t k = 0; k < regime_path_points(path); k++)
    assert_close(regime_path_values(path, k)[0], pow(regime_path_time(path, k), 2.0), 1e-14);
  assert_int_equal(regime_path_happenings(path), 1);
  assert_close(regime_path_happening(path, 0).time, 4.0, 1e-12);
  regime_path_free(path);
}

/* ---- a random network of n sectors, x_i' = x_i (a_i - sum_j b_ij x_j), with its exact sparse Jacobian ----
 */

typedef struct network {
  size_t n;
  size_t *column, *row; /* of b, by columns; the diagonal is there */
  double *b, *a;
  uint64_t seed;
} network;

static double uniform(uint64_t *seed) {
  *seed ^= *seed << 13;
  *seed ^= *seed >> 7;
  *seed ^= *seed << 17;
  return (double)(*seed >> 11) / 9007199254740992.0;
}

static network make_network(size_t n, double density, uint64_t seed) {
  network w = {.n = n,
               .column = calloc(n + 1, sizeof(size_t)),
               .row = calloc(n * n, sizeof(size_t)),
               .b = calloc(n * n, sizeof(double)),
               .a = calloc(n, sizeof(double)),
               .seed = seed};
  assert_true(w.column && w.row && w.b && w.a);
  size_t end = 0;
  for (size_t j = 0; j < n; j++) {
    for (size_t i = 0; i < n; i++) {
      if (i != j && uniform(&w.seed) > density) continue;
      w.row[end] = i;
      w.b[end++] = i == j ? 1.0 : uniform(&w.seed) / (2.0 * density * (double)n);
    }
    w.column[j + 1] = end;
    w.a[j] = 0.5 + uniform(&w.seed) * (j % 7 == 0 ? 100.0 : 1.0); /* some sectors are fast: a stiff system */
  }
  return w;
}

static void drop_network(network *w) {
  free(w->column);
  free(w->row);
  free(w->b);
  free(w->a);
}

static regime_status start_network(void *self, double t, double *y) {
  const network *w = self;
  (void)t;
  for (size_t i = 0; i < w->n; i++) y[i] = 0.1 + 0.01 * (double)(i % 5);
  return REGIME_OK;
}

static void multiply(const network *w, const double *y, double *by) {
  for (size_t i = 0; i < w->n; i++) by[i] = 0.0;
  for (size_t j = 0; j < w->n; j++)
    for (size_t k = w->column[j]; k < w->column[j + 1]; k++) by[w->row[k]] += w->b[k] * y[j];
}

static int network_rate(void *self, double t, const double *y, double *dy) {
  const network *w = self;
  multiply(w, y, dy);
  for (size_t i = 0; i < w->n; i++) dy[i] = y[i] * (w->a[i] * (1.0 + 0.1 * sin(t)) - dy[i]);
  return 0;
}

static int network_jacobian(void *self, double t, const double *y, double *values) {
  const network *w = self;
  double by[1024];
  multiply(w, y, by);
  for (size_t j = 0; j < w->n; j++)
    for (size_t k = w->column[j]; k < w->column[j + 1]; k++) {
      const size_t i = w->row[k];
      values[k] = -y[i] * w->b[k] + (i == j ? w->a[i] * (1.0 + 0.1 * sin(t)) - by[i] : 0.0);
    }
  return 0;
}

static regime_system network_system(network *w) {
  return (regime_system){.self = w,
                         .n_states = w->n,
                         .start = start_network,
                         .rate = network_rate,
                         .jacobian = network_jacobian,
                         .jacobian_column = w->column,
                         .jacobian_row = w->row};
}

static void assert_close_paths(const regime_path *a, const regime_path *b, double tolerance) {
  assert_int_equal(regime_path_points(a), regime_path_points(b));
  for (size_t k = 0; k < regime_path_points(a); k++)
    for (size_t i = 0; i < regime_path_outputs(a); i++)
      assert_close(regime_path_values(a, k)[i], regime_path_values(b, k)[i], tolerance);
}

static void dense_sparse_and_difference_quotients_agree(void **state) {
  (void)state;
  for (uint64_t seed = 1; seed <= 5; seed++) {
    print_message("seed %llu\n", (unsigned long long)seed);
    network w = make_network(20 + 15 * (size_t)seed, 0.2, seed);
    regime_system system = network_system(&w), bare = system;
    bare.jacobian = NULL;
    regime_path_options dense = tight(0.0, 20.0), sparse = dense;
    dense.linear = REGIME_LINEAR_DENSE;
    sparse.linear = REGIME_LINEAR_SPARSE;
    regime_path *a = path_of(&system, dense), *b = path_of(&system, sparse),
                *c = path_of(&bare, tight(0.0, 20.0));
    assert_close_paths(a, b, 1e-9);
    assert_close_paths(a, c, 1e-9);
    regime_path_free(a);
    regime_path_free(b);
    regime_path_free(c);
    drop_network(&w);
  }
}

/* A pattern in which most of the diagonal is missing: y' moves around a ring. */
static int ring_rate(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  for (size_t i = 0; i < 8; i++) dy[i] = y[(i + 1) % 8];
  return 0;
}

static int ring_jacobian(void *self, double t, const double *y, double *values) {
  (void)self, (void)t, (void)y;
  for (size_t j = 0; j < 8; j++) values[j] = 1.0;
  return 0;
}

static regime_status start_ring(void *self, double t, double *y) {
  (void)self, (void)t;
  for (size_t i = 0; i < 8; i++) y[i] = (double)i;
  return REGIME_OK;
}

static void a_sparse_pattern_without_a_diagonal(void **state) {
  (void)state;
  const size_t column[] = {0, 1, 2, 3, 4, 5, 6, 7, 8}, row[] = {7, 0, 1, 2, 3, 4, 5, 6};
  regime_system system = {.n_states = 8,
                          .start = start_ring,
                          .rate = ring_rate,
                          .jacobian = ring_jacobian,
                          .jacobian_column = column,
                          .jacobian_row = row};
  regime_path_options dense = tight(0.0, 3.0), sparse = dense;
  dense.linear = REGIME_LINEAR_DENSE;
  sparse.linear = REGIME_LINEAR_SPARSE;
  regime_path *a = path_of(&system, dense), *b = path_of(&system, sparse);
  assert_close_paths(a, b, 1e-9);
  double sum = 0.0;
  for (size_t i = 0; i < 8; i++) sum += regime_path_state(b)[i];
  assert_close(sum, 28.0 * exp(3.0), 1e-9); /* the sum of the ring grows at rate one */
  regime_path_free(a);
  regime_path_free(b);
}

/* y' = -1 - y, whose derivative is not told below zero. */
static int sink(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = -1.0 - y[0];
  return 0;
}

static int sink_jacobian(void *self, double t, const double *y, double *values) {
  (void)self, (void)t;
  values[0] = -1.0;
  return y[0] < 0.0 ? 1 : 0;
}

static regime_status start_sink(void *self, double t, double *y) {
  (void)self, (void)t;
  y[0] = 1.0;
  return REGIME_OK;
}

static void the_last_jacobian_serves_where_there_is_none(void **state) {
  (void)state;
  const size_t column[] = {0, 1}, row[] = {0};
  regime_system system = {.n_states = 1,
                          .start = start_sink,
                          .rate = sink,
                          .jacobian = sink_jacobian,
                          .jacobian_column = column,
                          .jacobian_row = row};
  regime_path *path = path_of(&system, tight(0.0, 5.0));
  assert_outcome(path, REGIME_REACHED_END);
  assert_close(last_value(path, 0), 2.0 * exp(-5.0) - 1.0, 1e-10);
  assert_int_equal(regime_path_counters(path).newton_failures, 0);
  regime_path_free(path);
}

static void two_runs_give_the_same_bits(void **state) {
  (void)state;
  network w = make_network(60, 0.2, 7);
  regime_system system = network_system(&w);
  const regime_linear linears[] = {REGIME_LINEAR_DENSE, REGIME_LINEAR_SPARSE};
  for (size_t m = 0; m < 2; m++) {
    regime_path_options o = span(0.0, 20.0);
    o.linear = linears[m];
    regime_path *a = path_of(&system, o), *b = path_of(&system, o);
    const size_t n = regime_path_points(a) * regime_path_outputs(a);
    assert_memory_equal(regime_path_values(a, 0), regime_path_values(b, 0), n * sizeof(double));
    const regime_counters ca = regime_path_counters(a), cb = regime_path_counters(b);
    assert_memory_equal(&ca, &cb, sizeof ca);
    regime_path_free(a);
    regime_path_free(b);
  }
  drop_network(&w);
}

/* ---- counters ---- */

static double every_ten(void *self, double t) {
  (void)self;
  return 10.0 * (floor(t / 10.0) + 1.0);
}

static int tally_rate(void *self, double t, const double *y, double *dy) {
  ++*(long *)self;
  dy[0] = cos(t) - 0.1 * y[0];
  return 0;
}

static void counters_are_sums_over_restarts(void **state) {
  (void)state;
  long calls = 0;
  regime_system system = {
      .self = &calls, .n_states = 1, .start = start_at_zero, .rate = tally_rate, .next_date = every_ten};
  regime_path *path = path_of(&system, span(0.0, 95.0));
  const regime_counters c = regime_path_counters(path);
  assert_int_equal(c.dates, 9);
  assert_int_equal(c.restarts, 9);
  assert_int_equal(c.rate_calls, calls);
  assert_true(c.steps > 9 * 20 && c.newton_iterations >= c.steps);
  regime_path_free(path);
  calls = 0;
  system.next_date = NULL;
  path = path_of(&system, span(0.0, 95.0));
  assert_true(regime_path_counters(path).steps < c.steps);
  regime_path_free(path);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_grid),
      cmocka_unit_test(recording_does_not_shorten_steps),
      cmocka_unit_test(outputs),
      cmocka_unit_test(a_system_without_states),
      cmocka_unit_test(dense_sparse_and_difference_quotients_agree),
      cmocka_unit_test(a_sparse_pattern_without_a_diagonal),
      cmocka_unit_test(the_last_jacobian_serves_where_there_is_none),
      cmocka_unit_test(two_runs_give_the_same_bits),
      cmocka_unit_test(counters_are_sums_over_restarts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
