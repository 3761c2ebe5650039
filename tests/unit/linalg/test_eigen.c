#include "support/check.h"
/* cmocka first */
#include "linalg/eigen.h"

enum { LARGEST = 12 };

static double uniform(void) { return 2.0 * rand() / RAND_MAX - 1.0; }

/* |A v - lambda v| of the right vector k; the conjugate's too. With A turned over, of the left ones. */
static double defect(size_t n, const double *a, bool turned, const rg_eigen *e, const double *vectors,
                     size_t k) {
  const double re = rg_eigen_re(e)[k], im = rg_eigen_im(e)[k] * (turned ? -1.0 : 1.0);
  const size_t first = rg_eigen_im(e)[k] < 0.0 ? k - 1 : k;
  const double of_im = rg_eigen_im(e)[k] < 0.0 ? -1.0 : rg_eigen_im(e)[k] > 0.0 ? 1.0 : 0.0;
  const double *x = vectors + first * n, *y = x + n;
  double worst = 0.0;
  for (size_t i = 0; i < n; i++) {
    const double y_i = of_im != 0.0 ? of_im * y[i] : 0.0;
    double real = -(re * x[i] - im * y_i), imaginary = -(re * y_i + im * x[i]);
    for (size_t j = 0; j < n; j++) {
      const double a_ij = turned ? a[j + i * n] : a[i + j * n];
      real += a_ij * x[j];
      if (of_im != 0.0) imaginary += a_ij * of_im * y[j];
    }
    worst = fmax(worst, hypot(real, imaginary));
  }
  return worst;
}

static double length_of(size_t n, const rg_eigen *e, const double *vectors, size_t k) {
  double sum = 0.0;
  for (size_t i = 0; i < n; i++) {
    sum += vectors[k * n + i] * vectors[k * n + i];
    if (rg_eigen_im(e)[k] > 0.0) sum += vectors[(k + 1) * n + i] * vectors[(k + 1) * n + i];
  }
  return sqrt(sum);
}

static void assert_in_order(size_t n, const rg_eigen *e, rg_eigen_order order) {
  const double *re = rg_eigen_re(e), *im = rg_eigen_im(e);
  for (size_t k = 0; k < n; k++) {
    if (im[k] > 0.0) assert_true(k + 1 < n && re[k + 1] == re[k] && im[k + 1] == -im[k]);
    if (k == 0) continue;
    if (order == RG_BY_REAL_PART)
      assert_true(re[k] <= re[k - 1]);
    else
      assert_true(hypot(re[k], im[k]) <= hypot(re[k - 1], im[k - 1]));
  }
}

static void judge(size_t n, const double *a, rg_eigen *e, rg_eigen_order order, unsigned seed) {
  memcpy(rg_eigen_matrix(e), a, n * n * sizeof *a);
  assert_true(rg_eigen_find(e, order));
  assert_in_order(n, e, order);
  for (size_t k = 0; k < n; k++) {
    const double right = defect(n, a, false, e, rg_eigen_right(e), k);
    const double left = defect(n, a, true, e, rg_eigen_left(e), k);
    if (!(right < 1e-13) || !(left < 1e-13)) fail_msg("seed %u: vector %zu, %g and %g", seed, k, right, left);
    if (rg_eigen_im(e)[k] < 0.0) continue;
    assert_close(length_of(n, e, rg_eigen_right(e), k), 1.0, 1e-14);
    assert_close(length_of(n, e, rg_eigen_left(e), k), 1.0, 1e-14);
  }
}

static void random_matrices_give_vectors_that_fit(void **state) {
  (void)state;
  for (unsigned seed = 1; seed <= 40; seed++) {
    double a[LARGEST * LARGEST];
    const size_t n = 1 + seed % LARGEST;
    srand(seed);
    for (size_t k = 0; k < n * n; k++) a[k] = uniform();
    rg_eigen *e = rg_eigen_create(n);
    assert_non_null(e);
    judge(n, a, e, RG_BY_REAL_PART, seed);
    judge(n, a, e, RG_BY_MODULUS, seed);
    rg_eigen_free(e);
  }
}

/* (-3, 1 and 1 +- 2i) in blocks, once by real part and once by modulus. */
static void the_order_is_the_one_asked_for(void **state) {
  (void)state;
  const double a[] = {-3, 0, 0, 0, 0, 1.5, 0, 0, 0, 0, 1, 2, 0, 0, -2, 1};
  rg_eigen *e = rg_eigen_create(4);
  judge(4, a, e, RG_BY_REAL_PART, 0);
  assert_close(rg_eigen_re(e)[0], 1.5, 1e-15);
  assert_close(rg_eigen_im(e)[1], 2.0, 1e-15);
  assert_close(rg_eigen_re(e)[3], -3.0, 1e-15);
  judge(4, a, e, RG_BY_MODULUS, 0);
  assert_close(rg_eigen_re(e)[0], -3.0, 1e-15);
  assert_close(rg_eigen_im(e)[1], 2.0, 1e-15);
  assert_close(rg_eigen_re(e)[3], 1.5, 1e-15);
  rg_eigen_free(e);
}

static void the_largest_part_is_real_and_positive(void **state) {
  (void)state;
  const double a[] = {0, -4, 1, 0}; /* x' = y, y' = -4 x: (1, 2i)/sqrt 5 */
  rg_eigen *e = rg_eigen_create(2);
  judge(2, a, e, RG_BY_REAL_PART, 0);
  const double *v = rg_eigen_right(e);
  assert_close(rg_eigen_im(e)[0], 2.0, 1e-15);
  assert_close(v[1], 2.0 / sqrt(5.0), 1e-15);
  assert_close(v[2], -1.0 / sqrt(5.0), 1e-15);
  assert_close(v[3], 0.0, 1e-15);
  rg_eigen_free(e);
}

static void what_is_no_number_is_refused(void **state) {
  (void)state;
  rg_eigen *e = rg_eigen_create(1);
  rg_eigen_matrix(e)[0] = NAN;
  assert_false(rg_eigen_find(e, RG_BY_REAL_PART));
  rg_eigen_free(e);
  rg_eigen_free(NULL);
  e = rg_eigen_create(0);
  assert_true(rg_eigen_find(e, RG_BY_REAL_PART));
  rg_eigen_free(e);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(random_matrices_give_vectors_that_fit),
      cmocka_unit_test(the_order_is_the_one_asked_for),
      cmocka_unit_test(the_largest_part_is_real_and_positive),
      cmocka_unit_test(what_is_no_number_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
