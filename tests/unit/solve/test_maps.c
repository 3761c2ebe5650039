/* Maps and blocks written by hand: known values, and a linear system against LAPACK. */
#include "linalg/dense.h"
#include "unit/solve/systems.h"

/* ---- the logistic map ---- */

static regime_status start_at_half(void *self, double t, double *y) {
  (void)self, (void)t;
  y[0] = 0.5;
  return REGIME_OK;
}

static int logistic(void *self, double t, const double *y, double *left) {
  (void)t;
  left[0] = *(double *)self * y[0] * (1.0 - y[0]);
  return 0;
}

static regime_path *logistic_path(double r, double to) {
  regime_system system = {.self = &r, .n_states = 1, .start = start_at_half, .next = logistic, .step = 1.0};
  return path_of(&system, span(0.0, to));
}

static void the_logistic_map_flips_where_it_should(void **state) {
  (void)state;
  regime_path *path = logistic_path(2.9, 4000.0);
  assert_int_equal(regime_path_points(path), 4001);
  assert_close(last_value(path, 0), 1.0 - 1.0 / 2.9, 1e-12);
  regime_path_free(path);
  path = logistic_path(3.2, 4000.0); /* a cycle of two: (r + 1 +- sqrt((r - 3)(r + 1)))/(2 r) */
  const double root = sqrt(0.2 * 4.2);
  const double a = value_at(path, 3999.0, 0), b = value_at(path, 4000.0, 0);
  assert_close(fmin(a, b), (4.2 - root) / 6.4, 1e-12);
  assert_close(fmax(a, b), (4.2 + root) / 6.4, 1e-12);
  regime_path_free(path);
  path = logistic_path(3.5, 4000.0); /* beyond 1 + sqrt 6: a cycle of four */
  assert_close(value_at(path, 3996.0, 0), value_at(path, 4000.0, 0), 1e-12);
  assert_true(fabs(value_at(path, 3998.0, 0) - value_at(path, 4000.0, 0)) > 0.01);
  regime_path_free(path);
}

static void the_logistic_map_is_chaotic_at_3_9(void **state) {
  (void)state;
  regime_path *path = logistic_path(3.9, 20000.0);
  double exponent = 0.0;
  for (size_t k = 1; k < regime_path_points(path); k++) /* at the start the slope is 0 */
    exponent += log(fabs(3.9 * (1.0 - 2.0 * regime_path_values(path, k)[0])));
  assert_close(exponent / 20000.0, 0.4945, 0.02);
  regime_path_free(path);
}

static void points_farther_apart_than_the_span(void **state) {
  (void)state;
  const double distances[] = {1e30, INFINITY};
  for (size_t k = 0; k < 2; k++) {
    double r = 2.9;
    regime_system system = {.self = &r, .n_states = 1, .start = start_at_half, .next = logistic, .step = 1.0};
    regime_path_options o = span(0.0, 10.0);
    o.every = distances[k];
    regime_path *path = path_of(&system, o);
    assert_int_equal(regime_path_points(path), 2);
    assert_close(regime_path_time(path, 1), 10.0, 0.0);
    regime_path_free(path);
  }
}

static void what_explodes_has_diverged(void **state) {
  (void)state;
  regime_path *path = logistic_path(4.5, 100.0);
  assert_outcome(path, REGIME_DIVERGED);
  assert_true(regime_path_end(path) < 100.0);
  regime_path_free(path);
}

static void twelve_months_make_a_year(void **state) {
  (void)state;
  double r = 2.0;
  regime_system system = {
      .self = &r, .n_states = 1, .start = start_at_half, .next = logistic, .step = 1.0 / 12.0};
  regime_path_options o = span(1960.0, 2000.0);
  o.every = 1.0;
  regime_path *path = path_of(&system, o);
  assert_int_equal(regime_path_points(path), 41);
  for (size_t k = 0; k < 41; k++) assert_true(regime_path_time(path, k) == 1960.0 + (double)k);
  assert_int_equal(regime_path_counters(path).steps, 480);
  regime_path_free(path);
}

/* ---- a linear simultaneous map: z = A z + B y, y+ = z ---- */

enum { MOST = 64 };

typedef struct linear {
  size_t n;
  double a[MOST * MOST], b[MOST * MOST]; /* by columns */
  size_t column[MOST + 1], row[MOST * MOST];
  size_t whole_column[2 * MOST + 1], whole_row[4 * MOST * MOST];
  regime_block block;
} linear;

static double uniform(void) { return 2.0 * (double)rand() / RAND_MAX - 1.0; }

static void fill(linear *l, size_t n) {
  l->n = n;
  for (size_t j = 0; j < n; j++)
    for (size_t i = 0; i < n; i++) {
      l->row[j * n + i] = i;
      l->a[j * n + i] = 2.0 * uniform();
      l->b[j * n + i] = 0.5 * uniform();
    }
  for (size_t j = 0; j <= n; j++) l->column[j] = j * n;
  l->block = (regime_block){n, l->column, l->row};
}

static regime_status start_linear(void *self, double t, double *y) {
  (void)t;
  for (size_t k = 0; k < ((linear *)self)->n; k++) y[k] = 1.0 + (double)k;
  return REGIME_OK;
}

static int residual(void *self, size_t block, double t, const double *y, double *r) {
  const linear *l = self;
  const double *z = y + l->n;
  (void)block, (void)t;
  for (size_t i = 0; i < l->n; i++) r[i] = -z[i];
  for (size_t j = 0; j < l->n; j++)
    for (size_t i = 0; i < l->n; i++) r[i] += l->a[j * l->n + i] * z[j] + l->b[j * l->n + i] * y[j];
  return 0;
}

static int slope(void *self, size_t block, double t, const double *y, double *values) {
  const linear *l = self;
  (void)block, (void)t, (void)y;
  memcpy(values, l->a, l->n * l->n * sizeof *values);
  for (size_t j = 0; j < l->n; j++) values[j * l->n + j] -= 1.0;
  return 0;
}

static int leave(void *self, double t, const double *y, double *left) {
  const linear *l = self;
  (void)t;
  memcpy(left, y + l->n, l->n * sizeof *left);
  return 0;
}

static regime_system linear_system(linear *l) {
  return (regime_system){.self = l,
                         .n_states = l->n,
                         .n_unknowns = l->n,
                         .n_blocks = 1,
                         .block = &l->block,
                         .start = start_linear,
                         .next = leave,
                         .step = 1.0,
                         .residual = residual,
                         .slope = slope};
}

/* (1 - A) z = B y by LAPACK. */
static void next_by_lapack(const linear *l, double *y) {
  const size_t n = l->n;
  rg_dense *d = rg_dense_create(n);
  double z[MOST] = {0};
  assert_non_null(d);
  double *matrix = rg_dense_matrix(d);
  for (size_t j = 0; j < n; j++)
    for (size_t i = 0; i < n; i++) {
      matrix[j * n + i] = (double)(i == j) - l->a[j * n + i];
      z[i] += l->b[j * n + i] * y[j];
    }
  rg_dense_factor(d);
  rg_dense_solve(d, z);
  memcpy(y, z, n * sizeof *y);
  rg_dense_free(d);
}

/* Sizes on both sides of where the solver turns from dense to sparse. */
static void linear_blocks_agree_with_lapack(void **state) {
  (void)state;
  static linear l;
  const unsigned seed = 20260720;
  print_message("seed %u\n", seed);
  srand(seed);
  for (size_t n = 1; n < MOST; n += 7) {
    fill(&l, n);
    double y[MOST];
    start_linear(&l, 0.0, y);
    regime_system system = linear_system(&l);
    regime_path *path = path_of(&system, span(0.0, 3.0));
    for (size_t k = 1; k <= 3; k++) {
      next_by_lapack(&l, y);
      for (size_t i = 0; i < n; i++) assert_close(regime_path_values(path, k)[i], y[i], 1e-9);
    }
    regime_path_free(path);
  }
}

/* ---- a block whose solution is hard to find, and one that has none ---- */

static const size_t one_column[] = {0, 1}, one_row[] = {0};
static const regime_block one = {1, one_column, one_row};

static int square_residual(void *self, size_t block, double t, const double *y, double *r) {
  (void)block, (void)t;
  r[0] = *(double *)self - y[1] * y[1];
  return 0;
}

static int square_slope(void *self, size_t block, double t, const double *y, double *values) {
  (void)self, (void)block, (void)t;
  values[0] = -2.0 * y[1];
  return 0;
}

static int leave_unknown(void *self, double t, const double *y, double *left) {
  (void)self, (void)t;
  left[0] = y[1];
  return 0;
}

static regime_path *square_path(double of) {
  regime_system system = {.self = &of,
                          .n_states = 1,
                          .n_unknowns = 1,
                          .n_blocks = 1,
                          .block = &one,
                          .start = start_at_half,
                          .next = leave_unknown,
                          .step = 1.0,
                          .residual = square_residual,
                          .slope = square_slope};
  return path_of(&system, span(0.0, 3.0));
}

static void a_square_has_its_root(void **state) {
  (void)state;
  regime_path *path = square_path(2e12);
  assert_close(last_value(path, 0), sqrt(2e12), 1e-14);
  regime_path_free(path);
}

static void a_block_without_solution_ends_the_path(void **state) {
  (void)state;
  regime_path *path = square_path(-1.0);
  assert_outcome(path, REGIME_NO_SOLUTION);
  assert_true(regime_path_end(path) == 0.0);
  assert_int_equal(regime_path_unsolved(path), 1);
  const regime_unsolved u = regime_path_unsolved_at(path, 0);
  assert_close(u.residual, -1.0 - u.value * u.value, 1e-15);
  assert_true(fabs(u.residual) < 1.5);
  regime_path_free(path);
}

/* ---- a block in continuous time: y' = -z, z^3 + z = 2 y^3 + ..., chosen so that z = y ---- */

static int cubic_residual(void *self, size_t block, double t, const double *y, double *r) {
  (void)self, (void)block, (void)t;
  r[0] = y[0] * y[0] * y[0] + y[0] - (y[1] * y[1] * y[1] + y[1]);
  return 0;
}

static int cubic_slope(void *self, size_t block, double t, const double *y, double *values) {
  (void)self, (void)block, (void)t;
  values[0] = -3.0 * y[1] * y[1] - 1.0;
  return 0;
}

static int minus_unknown(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = -y[1];
  return 0;
}

/* Columns y, z; rows f, g. */
static const size_t both_columns[] = {0, 1, 3}, both_rows[] = {1, 0, 1};

static int both_jacobian(void *self, double t, const double *y, double *values) {
  (void)self, (void)t;
  values[0] = 3.0 * y[0] * y[0] + 1.0;
  values[1] = -1.0;
  values[2] = -3.0 * y[1] * y[1] - 1.0;
  return 0;
}

static void a_block_is_solved_inside_the_flow(void **state) {
  (void)state;
  for (int exact = 0; exact < 2; exact++) {
    regime_system system = {.n_states = 1,
                            .n_unknowns = 1,
                            .n_blocks = 1,
                            .block = &one,
                            .start = start_at_half,
                            .rate = minus_unknown,
                            .residual = cubic_residual,
                            .slope = cubic_slope,
                            .jacobian = exact ? both_jacobian : NULL,
                            .jacobian_column = both_columns,
                            .jacobian_row = both_rows};
    regime_path *path = path_of(&system, tight(0.0, 5.0));
    assert_close(last_value(path, 0), 0.5 * exp(-5.0), 1e-10);
    assert_true(regime_path_counters(path).newton_failures == 0);
    regime_path_free(path);
  }
}

/* ---- twins ---- */

static int turn_round(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = y[1];
  dy[1] = -y[0];
  return 0;
}

static const size_t round_columns[] = {0, 1, 2}, round_rows[] = {1, 0};

static int round_jacobian(void *self, double t, const double *y, double *values) {
  (void)self, (void)t, (void)y;
  values[0] = -1.0;
  values[1] = 1.0;
  return 0;
}

static regime_status start_round(void *self, double t, double *y) {
  (void)self, (void)t;
  y[0] = 1.0;
  y[1] = 0.0;
  return REGIME_OK;
}

static double twin_error(regime_rule rule, double step) {
  regime_system system = {.n_states = 2,
                          .start = start_round,
                          .rate = turn_round,
                          .jacobian = round_jacobian,
                          .jacobian_column = round_columns,
                          .jacobian_row = round_rows};
  regime_path_options o = span(0.0, 2.0);
  o.step = step;
  o.rule = rule;
  regime_path *path = path_of(&system, o);
  assert_close(regime_path_end(path), 2.0, 1e-12);
  const double error = fabs(last_value(path, 0) - cos(2.0));
  regime_path_free(path);
  return error;
}

static regime_status start_nowhere(void *self, double t, double *y) {
  (void)self, (void)t, (void)y;
  return REGIME_OK;
}

static int grow_by_one(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t, (void)y;
  dy[0] = 1.0;
  return 0;
}

static int opposite(void *self, double t, const double *y, double *g) {
  (void)self, (void)t;
  g[0] = -y[0];
  return 0;
}

static void ignore_turn(void *self, size_t k, regime_direction direction) {
  (void)self, (void)k, (void)direction;
}

static void a_twin_without_what_it_needs(void **state) {
  (void)state;
  regime_context *context;
  regime_path *path;
  regime_system nothing = {.start = start_nowhere};
  regime_system blind = {.n_states = 1,
                         .n_switches = 1,
                         .start = start_at_half,
                         .rate = grow_by_one,
                         .crossing = opposite,
                         .turn = ignore_turn};
  regime_path_options o = span(0.0, 1.0);
  o.step = 0.1;
  assert_ok(regime_context_create(&context));
  assert_ok(regime_path_compute(context, &nothing, &o, &path));
  assert_int_equal(regime_path_points(path), 11);
  regime_path_free(path);
  assert_int_equal(regime_path_compute(context, &blind, &o, &path), REGIME_BAD_ARGUMENT);
  assert_null(path);
  regime_context_free(context);
}

static void twins_converge_at_their_order(void **state) {
  (void)state;
  assert_close(twin_error(REGIME_EULER, 1e-3) / twin_error(REGIME_EULER, 5e-4), 2.0, 0.01);
  assert_close(twin_error(REGIME_MIDPOINT, 1e-2) / twin_error(REGIME_MIDPOINT, 5e-3), 4.0, 0.01);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_logistic_map_flips_where_it_should),
      cmocka_unit_test(the_logistic_map_is_chaotic_at_3_9),
      cmocka_unit_test(points_farther_apart_than_the_span),
      cmocka_unit_test(what_explodes_has_diverged),
      cmocka_unit_test(twelve_months_make_a_year),
      cmocka_unit_test(linear_blocks_agree_with_lapack),
      cmocka_unit_test(a_square_has_its_root),
      cmocka_unit_test(a_block_without_solution_ends_the_path),
      cmocka_unit_test(a_block_is_solved_inside_the_flow),
      cmocka_unit_test(a_twin_without_what_it_needs),
      cmocka_unit_test(twins_converge_at_their_order),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
