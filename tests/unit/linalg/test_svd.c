#include "support/check.h"
/* cmocka first */
#include "linalg/svd.h"

static double uniform(void) { return 2.0 * rand() / RAND_MAX - 1.0; }

/* A V = U S column by column, and U and V have lengths 1. */
static void judge(size_t rows, size_t columns, unsigned seed) {
  double a[100];
  srand(seed);
  for (size_t k = 0; k < rows * columns; k++) a[k] = uniform();
  rg_svd *s = rg_svd_create(rows, columns);
  assert_non_null(s);
  memcpy(rg_svd_matrix(s), a, rows * columns * sizeof *a);
  assert_true(rg_svd_find(s));
  for (size_t k = 0; k < columns; k++)
    for (size_t i = 0; i < rows; i++) {
      double sum = 0.0;
      for (size_t j = 0; j < columns; j++) sum += a[i + j * rows] * rg_svd_right(s, k)[j];
      assert_close(sum, rg_svd_value(s, k) == 0.0 ? 0.0 : rg_svd_value(s, k) * rg_svd_left(s, k)[i], 1e-14);
    }
  rg_svd_free(s);
}

static void random_matrices_are_taken_apart(void **state) {
  (void)state;
  for (unsigned seed = 1; seed <= 20; seed++) judge(1 + seed % 9, 1 + seed % 7, seed);
}

/* Rows (1, 2, 3), (2, 4, 6): of rank 1; what is sent to zero is at right angles to (1, 2, 3). */
static void rank_and_null_vectors(void **state) {
  (void)state;
  const double row[] = {1, 2, 3};
  rg_svd *s = rg_svd_create(2, 3);
  memcpy(rg_svd_matrix(s), (double[]){1, 2, 2, 4, 3, 6}, 6 * sizeof(double));
  assert_true(rg_svd_find(s));
  assert_int_equal(rg_svd_rank(s, 1e-12), 1);
  assert_close(rg_svd_value(s, 0), sqrt(70.0), 1e-14);
  for (size_t k = 1; k < 3; k++) {
    double sum = 0.0;
    for (size_t j = 0; j < 3; j++) sum += row[j] * rg_svd_right(s, k)[j];
    assert_close(sum, 0.0, 1e-14);
  }
  double x[3]; /* x + 2y + 3z = 14 twice: (1, 2, 3) is the shortest */
  rg_svd_solve(s, 1, (double[]){14, 28}, x);
  for (size_t j = 0; j < 3; j++) assert_close(x[j], row[j], 1e-14);
  rg_svd_free(s);
}

/* The line through (0, 1), (1, 3), (2, 4) by least squares: 7/6 + 3/2 x. */
static void least_squares(void **state) {
  (void)state;
  double x[2];
  rg_svd *s = rg_svd_create(3, 2);
  memcpy(rg_svd_matrix(s), (double[]){1, 1, 1, 0, 1, 2}, 6 * sizeof(double));
  assert_true(rg_svd_find(s));
  rg_svd_solve(s, rg_svd_rank(s, 1e-12), (double[]){1, 3, 4}, x);
  assert_close(x[0], 7.0 / 6.0, 1e-14);
  assert_close(x[1], 1.5, 1e-14);
  rg_svd_free(s);
}

static void a_matrix_without_rows_sends_everything_to_zero(void **state) {
  (void)state;
  rg_svd *s = rg_svd_create(0, 2);
  assert_true(rg_svd_find(s));
  assert_int_equal(rg_svd_rank(s, 1e-12), 0);
  assert_close(rg_svd_right(s, 1)[1], 1.0, 0.0);
  rg_svd_free(s);
  rg_svd_free(NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(random_matrices_are_taken_apart),
      cmocka_unit_test(rank_and_null_vectors),
      cmocka_unit_test(least_squares),
      cmocka_unit_test(a_matrix_without_rows_sends_everything_to_zero),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
