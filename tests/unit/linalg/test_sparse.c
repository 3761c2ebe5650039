/* Sparse systems against the dense solver. */
#include "support/check.h"
/* cmocka first */
#include "linalg/dense.h"
#include "linalg/sparse.h"

enum { SIZE = 40 };

static double random_number(unsigned *seed) {
  *seed = *seed * 1664525u + 1013904223u;
  return (double)(*seed >> 8) / (double)(1u << 24) - 0.5;
}

typedef struct pattern {
  size_t column[SIZE + 1], row[SIZE * SIZE];
} pattern;

/* The diagonal, about a tenth of the rest, and a full last row. */
static void make_pattern(pattern *p, unsigned *seed) {
  size_t count = 0;
  for (size_t j = 0; j < SIZE; j++) {
    for (size_t i = 0; i < SIZE; i++)
      if (i == j || i == SIZE - 1 || random_number(seed) > 0.4) p->row[count++] = i;
    p->column[j + 1] = count;
  }
}

static void two_ways(void **state) {
  (void)state;
  static pattern p;
  double b[SIZE], x[SIZE];
  for (unsigned trial = 1; trial <= 20; trial++) {
    unsigned seed = trial;
    make_pattern(&p, &seed);
    rg_sparse *sparse = rg_sparse_create(SIZE, p.column, p.row);
    rg_dense *dense = rg_dense_create(SIZE);
    assert_non_null(sparse);
    assert_non_null(dense);
    for (int again = 0; again < 2; again++) { /* the pattern stays, the values do not */
      for (size_t j = 0; j < SIZE; j++)
        for (size_t k = p.column[j]; k < p.column[j + 1]; k++)
          rg_dense_matrix(dense)[p.row[k] + j * SIZE] = rg_sparse_values(sparse)[k] = random_number(&seed);
      for (size_t i = 0; i < SIZE; i++) b[i] = x[i] = random_number(&seed);
      rg_dense_factor(dense);
      assert_true(rg_sparse_factor(sparse));
      rg_dense_solve(dense, b);
      rg_sparse_solve(sparse, x);
      for (size_t i = 0; i < SIZE; i++)
        if (fabs(x[i] - b[i]) > 1e-9 * (1.0 + fabs(b[i]))) {
          print_error("seed %u\n", trial);
          assert_close(x[i], b[i], 1e-9);
        }
    }
    rg_sparse_free(sparse);
    rg_dense_free(dense);
  }
}

static void singular(void **state) {
  (void)state;
  const size_t column[] = {0, 2, 4}, row[] = {0, 1, 0, 1};
  rg_sparse *sparse = rg_sparse_create(2, column, row);
  assert_non_null(sparse);
  const double values[] = {1.0, 2.0, 2.0, 4.0};
  memcpy(rg_sparse_values(sparse), values, sizeof values);
  assert_false(rg_sparse_factor(sparse));
  rg_sparse_values(sparse)[3] = 5.0;
  assert_true(rg_sparse_factor(sparse));
  double b[] = {5.0, 12.0};
  rg_sparse_solve(sparse, b);
  assert_close(b[0], 1.0, 1e-14);
  assert_close(b[1], 2.0, 1e-14);
  rg_sparse_free(sparse);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(two_ways), cmocka_unit_test(singular)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
