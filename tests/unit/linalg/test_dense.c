#include "support/check.h"
/* cmocka first */
#include "linalg/dense.h"

static rg_dense *factored(size_t n, const double *column_major) {
  rg_dense *dense = rg_dense_create(n);
  assert_non_null(dense);
  memcpy(rg_dense_matrix(dense), column_major, n * n * sizeof *column_major);
  rg_dense_factor(dense);
  return dense;
}

enum { N = 40 };

/* The error of row i of A x = b, against the size of its terms: rounding is in proportion to these. */
static double row_error(const double *a, const double *x, const double *b, int i) {
  double sum = -b[i], size = fabs(b[i]);
  for (int j = 0; j < N; j++) {
    sum += a[i + j * N] * x[j];
    size += fabs(a[i + j * N] * x[j]);
  }
  return fabs(sum) / size;
}

/* Judged by A x = b; one factorisation serves several b. */
static void random_systems_are_solved(void **state) {
  (void)state;
  for (unsigned seed = 1; seed <= 20; seed++) {
    double a[N * N], b[N], x[N];
    srand(seed);
    for (int k = 0; k < N * N; k++) a[k] = (double)rand() / RAND_MAX - 0.5;
    rg_dense *dense = factored(N, a);
    assert_false(rg_dense_is_singular(dense));
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < N; i++) x[i] = b[i] = (double)rand() / RAND_MAX;
      rg_dense_solve(dense, x);
      for (int i = 0; i < N; i++)
        if (row_error(a, x, b, i) > 1e-13) fail_msg("seed %u: row %d, %g", seed, i, row_error(a, x, b, i));
    }
    rg_dense_free(dense);
  }
}

/* Rows (1, 2), (2, 4): x = (1, 2)/5 * s is the shortest of the line x + 2y = s. */
static void a_singular_system_gets_its_shortest_solution(void **state) {
  (void)state;
  rg_dense *dense = factored(2, (double[]){1, 2, 2, 4});
  double b[] = {5, 10}, contradiction[] = {5, 0};
  assert_true(rg_dense_is_singular(dense));
  rg_dense_solve(dense, b);
  assert_close(b[0], 1.0, 1e-14);
  assert_close(b[1], 2.0, 1e-14);
  rg_dense_solve(dense, contradiction); /* nearest: x + 2y = 1 */
  assert_close(contradiction[0], 0.2, 1e-14);
  assert_close(contradiction[1], 0.4, 1e-14);
  rg_dense_free(dense);
}

/* The last row is the sum of the others up to rounding: LU alone would not notice. */
static void singular_up_to_rounding_is_singular(void **state) {
  (void)state;
  rg_dense *dense = factored(3, (double[]){0.1, 0.3, 0.1 + 0.3, 0.2, 0.7, 0.2 + 0.7, 0.6, 0.5, 0.6 + 0.5});
  assert_true(rg_dense_is_singular(dense));
  rg_dense_free(dense);
}

static void nothing_is_a_system_too(void **state) {
  (void)state;
  double none;
  rg_dense *dense = factored(0, &none);
  rg_dense_solve(dense, &none);
  rg_dense_free(dense);
  rg_dense_free(NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(random_systems_are_solved),
      cmocka_unit_test(a_singular_system_gets_its_shortest_solution),
      cmocka_unit_test(singular_up_to_rounding_is_singular),
      cmocka_unit_test(nothing_is_a_system_too),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
