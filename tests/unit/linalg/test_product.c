/* Eigenvalues of products, against products whose eigenvalues are known and against LAPACK's of the whole. */
#include "support/check.h"
/* cmocka first */
#include "linalg/eigen.h"
#include "linalg/product.h"

enum { N = 3, COUNT = 30, SQUARE = N * N };

static double random_number(unsigned *seed) {
  *seed = *seed * 1664525u + 1013904223u;
  return (double)(*seed >> 8) / (double)(1u << 24) - 0.5;
}

static void multiply(const double *a, const double *b, double *c) {
  double out[SQUARE] = {0};
  for (int j = 0; j < N; j++)
    for (int l = 0; l < N; l++)
      for (int i = 0; i < N; i++) out[i + j * N] += a[i + l * N] * b[l + j * N];
  memcpy(c, out, sizeof out);
}

static void random_rotation(unsigned *seed, double *q) {
  double r[SQUARE], work[2 * N];
  for (int k = 0; k < SQUARE; k++) q[k] = random_number(seed);
  rg_orthonormalise(N, N, q, r, work);
}

static void transpose(const double *a, double *out) {
  for (int j = 0; j < N; j++)
    for (int i = 0; i < N; i++) out[i + j * N] = a[j + i * N];
}

/* M_k = Q_(k+1) D Q_k', with Q_COUNT = Q_0: the eigenvalues are those of D's entries multiplied up. */
static void wide_apart(void **state) {
  (void)state;
  static double matrices[COUNT * SQUARE];
  const double d[N] = {1e1, 1.0, 1e-3};
  double first[SQUARE], q[SQUARE], next[SQUARE], middle[SQUARE], back[SQUARE], re[N], im[N];
  unsigned seed = 7;
  random_rotation(&seed, first);
  memcpy(q, first, sizeof q);
  for (int k = 0; k < COUNT; k++) {
    random_rotation(&seed, next);
    if (k == COUNT - 1) memcpy(next, first, sizeof next);
    for (int j = 0; j < N; j++)
      for (int i = 0; i < N; i++) middle[i + j * N] = next[i + j * N] * d[j];
    transpose(q, back);
    multiply(middle, back, matrices + k * SQUARE);
    memcpy(q, next, sizeof q);
  }
  assert_ok(rg_product_eigenvalues(N, COUNT, matrices, SQUARE, re, im));
  assert_close(re[0] / 1e30, 1.0, 1e-11);
  assert_close(re[1], 1.0, 1e-10);
  assert_close(re[2] / 1e-90, 1.0, 1e-10);
  for (int i = 0; i < N; i++) assert_close(im[i], 0.0, 0.0);
}

/* Of like size, complex or real, the product itself tells as well. */
static void two_ways(void **state) {
  (void)state;
  for (unsigned trial = 1; trial <= 50; trial++) {
    unsigned seed = trial;
    double matrices[3 * SQUARE], whole[SQUARE], re[N], im[N];
    for (int k = 0; k < 3 * SQUARE; k++) matrices[k] = random_number(&seed);
    multiply(matrices + SQUARE, matrices, whole);
    multiply(matrices + 2 * SQUARE, whole, whole);
    rg_eigen *eigen = rg_eigen_create(N);
    assert_non_null(eigen);
    memcpy(rg_eigen_matrix(eigen), whole, sizeof whole);
    assert_true(rg_eigen_find(eigen, RG_BY_MODULUS));
    assert_ok(rg_product_eigenvalues(N, 3, matrices, SQUARE, re, im));
    for (int i = 0; i < N; i++) {
      if (hypot(re[i] - rg_eigen_re(eigen)[i], im[i] - rg_eigen_im(eigen)[i]) < 1e-12) continue;
      print_error("seed %u\n", trial);
      assert_close(re[i], rg_eigen_re(eigen)[i], 1e-12);
      assert_close(im[i], rg_eigen_im(eigen)[i], 1e-12);
    }
    rg_eigen_free(eigen);
  }
}

static void nilpotent_and_no_number(void **state) {
  (void)state;
  double matrices[SQUARE] = {0}, re[N], im[N];
  matrices[N] = matrices[2 * N + 1] = 1.0;
  assert_ok(rg_product_eigenvalues(N, 1, matrices, SQUARE, re, im));
  for (int i = 0; i < N; i++) assert_close(hypot(re[i], im[i]), 0.0, 1e-5); /* a triple zero: eps^(1/3) */
  matrices[0] = NAN;
  assert_int_equal(rg_product_eigenvalues(N, 1, matrices, SQUARE, re, im), REGIME_NO_CONVERGENCE);
}

static void orthonormal(void **state) {
  (void)state;
  unsigned seed = 3;
  double a[N * 2], q[N * 2], r[4], work[4];
  for (int k = 0; k < N * 2; k++) q[k] = a[k] = random_number(&seed);
  rg_orthonormalise(N, 2, q, r, work);
  for (int i = 0; i < 2; i++)
    for (int j = 0; j < 2; j++) {
      double dot = 0.0;
      for (int k = 0; k < N; k++) dot += q[k + i * N] * q[k + j * N];
      assert_close(dot, i == j ? 1.0 : 0.0, 1e-15);
    }
  for (int j = 0; j < 2; j++)
    for (int i = 0; i < N; i++) assert_close(q[i] * r[2 * j] + q[i + N] * r[2 * j + 1], a[i + j * N], 1e-15);
  assert_close(r[1], 0.0, 0.0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(wide_apart), cmocka_unit_test(two_ways),
                                     cmocka_unit_test(nilpotent_and_no_number),
                                     cmocka_unit_test(orthonormal)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
