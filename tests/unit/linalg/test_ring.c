/* Rings of equations, and eliminations, against the dense solver. */
#include "support/check.h"
/* cmocka first */
#include "linalg/block.h"
#include "linalg/dense.h"
#include "linalg/ring.h"

enum { MOST = 40 };

static double random_number(unsigned *seed) {
  *seed = *seed * 1664525u + 1013904223u;
  return (double)(*seed >> 8) / (double)(1u << 24) - 0.5;
}

/* The ring and, column by column, the matrix it stands for; `uneven` makes one unknown a million times as
 * large as the others, equation and all. */
static void fill_both(rg_ring *ring, double *matrix, size_t n, size_t count, size_t extras, double uneven,
                      unsigned *seed) {
  const size_t all = count * n + extras;
  memset(matrix, 0, all * all * sizeof *matrix);
  for (size_t j = 0; j < count; j++) {
    for (size_t i = 0; i < n; i++) {
      for (size_t k = 0; k < n + extras; k++) {
        const double unit = (i == 0 ? uneven : 1.0) / (k == 0 ? uneven : 1.0),
                     entry = 3.0 * unit * random_number(seed);
        rg_ring_link(ring, j)[i * (n + extras) + k] = entry;
        matrix[j * n + i + (k < n ? j * n + k : count * n + k - n) * all] += entry;
      }
      matrix[j * n + i + ((j + 1) % count * n + i) * all] -= 1.0;
    }
    for (size_t e = 0; e < extras; e++)
      for (size_t k = 0; k < n; k++)
        matrix[count * n + e + (j * n + k) * all] = rg_ring_weight(ring, j)[e * n + k] =
            random_number(seed) / (k == 0 ? uneven : 1.0);
  }
  for (size_t e = 0; e < extras; e++)
    for (size_t k = 0; k < extras; k++)
      matrix[count * n + e + (count * n + k) * all] = rg_ring_corner(ring)[e * extras + k] =
          random_number(seed);
  rg_ring_scale(ring)[0] = uneven;
}

static void compare(size_t n, size_t count, size_t extras, double uneven, unsigned seed) {
  const size_t all = count * n + extras;
  double b[MOST], x[MOST];
  const unsigned shown = seed;
  rg_ring *ring = rg_ring_create(n, count, extras);
  rg_dense *dense = rg_dense_create(all);
  assert_non_null(ring);
  assert_non_null(dense);
  fill_both(ring, rg_dense_matrix(dense), n, count, extras, uneven, &seed);
  for (size_t k = 0; k < all; k++) b[k] = x[k] = random_number(&seed);
  rg_dense_factor(dense);
  rg_dense_solve(dense, b);
  for (int again = 0; again < 2; again++) { /* the ring keeps its values */
    double y[MOST];
    memcpy(y, x, all * sizeof *y);
    assert_true(rg_ring_solve(ring, y));
    for (size_t k = 0; k < all; k++) {
      if (fabs(y[k] - b[k]) > 1e-8 * (1.0 + fabs(b[k]))) print_error("seed %u, unknown %zu\n", shown, k);
      assert_close(y[k], b[k], 1e-8 * (1.0 + fabs(b[k])));
    }
  }
  rg_dense_free(dense);
  rg_ring_free(ring);
}

static void two_ways(void **state) {
  (void)state;
  for (unsigned seed = 1; seed <= 20; seed++) {
    compare(1, 2, 0, 1.0, seed);
    compare(2, 2, 1, 1.0, seed);
    compare(3, 12, 2, 1.0, seed);
    compare(2, 10, 2, 1e6, seed);
  }
}

/* x_(j+1) = x_j all the way round says nothing about x. */
static void singular(void **state) {
  (void)state;
  double b[] = {0.0, 0.0, 0.0};
  rg_ring *ring = rg_ring_create(1, 3, 0);
  assert_non_null(ring);
  for (size_t j = 0; j < 3; j++) *rg_ring_link(ring, j) = 1.0;
  assert_false(rg_ring_solve(ring, b));
  rg_ring_free(ring);
}

/* 2 x + y = 5, 4 x - y = 1: x = 1, y = 3; the third row says x + y = 4 and is left with nothing. */
static void by_hand(void **state) {
  (void)state;
  double a[] = {2.0, 1.0, 5.0, 4.0, -1.0, 1.0, 1.0, 1.0, 4.0};
  assert_true(rg_block_eliminate(a, 3, 2, 3, 2));
  assert_close(a[8], 0.0, 1e-15);
  rg_block_substitute(a, 3, 2);
  assert_close(a[2], 1.0, 1e-15);
  assert_close(a[5], 3.0, 1e-15);
  double none[] = {1.0, 2.0, 3.0, 2.0, 4.0, 6.0}, no_number[] = {NAN, 1.0};
  assert_false(rg_block_eliminate(none, 2, 2, 3, 2));
  assert_false(rg_block_eliminate(no_number, 1, 1, 2, 1));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(two_ways), cmocka_unit_test(singular),
                                     cmocka_unit_test(by_hand)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
