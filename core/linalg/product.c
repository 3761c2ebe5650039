/* product.c — simultaneous iteration round a product.
 *
 *   1. carry    Q round the product, again and again, until it comes back as it was but for blocks
 *   2. split    where Q_0' Q_count has no entry that links what stands above and below
 *   3. multiply each block's triangles, which are of like size, and take the eigenvalues
 */
#include "linalg/product.h"

#include <lapacke.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ROUNDS = 60 };
static const double linked_above = 1e-14;

typedef struct product {
  size_t n, count, stride;
  const double *matrices;
  double *memory;
  double *q, *first; /* carried, and as the round began */
  double *triangle;  /* R_k of the last round, count of them */
  double *turn;      /* first' q */
  double *block, *spare;
  double *work;
} product;

/* c = a b, or a' b; all n*n. */
static void multiply(size_t n, bool transposed, const double *a, const double *b, double *c) {
  memset(c, 0, n * n * sizeof *c);
  for (size_t j = 0; j < n; j++)
    for (size_t l = 0; l < n; l++)
      for (size_t i = 0; i < n; i++)
        c[(transposed ? l : i) + j * n] += a[i + l * n] * b[(transposed ? i : l) + j * n];
}

void rg_orthonormalise(size_t n, size_t k, double *a, double *r, double *work) {
  const lapack_int rows = (lapack_int)n, columns = (lapack_int)k;
  LAPACKE_dgeqrf_work(LAPACK_COL_MAJOR, rows, columns, a, rows, work, work + k, columns);
  for (size_t j = 0; j < k; j++)
    for (size_t i = 0; i < k; i++) r[i + j * k] = i <= j ? a[i + j * n] : 0.0;
  LAPACKE_dorgqr_work(LAPACK_COL_MAJOR, rows, columns, columns, a, rows, work, work + k, columns);
}

static bool make_room(product *p) {
  const size_t n = p->n, square = n * n;
  p->memory = calloc((p->count + 5) * square + 4 * n + 1, sizeof *p->memory);
  if (!p->memory) return false;
  p->q = p->memory;
  p->first = p->q + square;
  p->turn = p->first + square;
  p->block = p->turn + square;
  p->spare = p->block + square;
  p->triangle = p->spare + square;
  p->work = p->triangle + p->count * square;
  return true;
}

static void carry(product *p) {
  const size_t square = p->n * p->n;
  memcpy(p->first, p->q, square * sizeof *p->q);
  for (size_t k = 0; k < p->count; k++) {
    multiply(p->n, false, p->matrices + k * p->stride, p->q, p->spare);
    memcpy(p->q, p->spare, square * sizeof *p->q);
    rg_orthonormalise(p->n, p->n, p->q, p->triangle + k * square, p->work);
  }
  multiply(p->n, true, p->first, p->q, p->turn);
}

/* Whether a block may begin at `row`: below and left of there the turn is zero. */
static bool is_split(const product *p, size_t row) {
  for (size_t j = 0; j < row; j++)
    for (size_t i = row; i < p->n; i++)
      if (fabs(p->turn[i + j * p->n]) > linked_above) return false;
  return true;
}

static size_t block_end(const product *p, size_t begin) {
  size_t end = begin + 1;
  while (end < p->n && !is_split(p, end)) end++;
  return end;
}

static bool has_small_blocks(const product *p) {
  for (size_t begin = 0, end; begin < p->n; begin = end) {
    end = block_end(p, begin);
    if (end - begin > 2) return false;
  }
  return true;
}

/* The rows and columns begin .. begin + size - 1 of an n*n matrix. */
static void cut(const product *p, const double *matrix, size_t begin, size_t size, double *out) {
  for (size_t j = 0; j < size; j++)
    for (size_t i = 0; i < size; i++) out[i + j * size] = matrix[begin + i + (begin + j) * p->n];
}

static bool is_finite(const double *values, size_t count) {
  for (size_t k = 0; k < count; k++)
    if (!isfinite(values[k])) return false;
  return true;
}

static bool block_eigenvalues(product *p, size_t begin, size_t size, double *re, double *im) {
  const size_t bytes = size * size * sizeof *p->block;
  cut(p, p->triangle, begin, size, p->block);
  for (size_t k = 1; k < p->count; k++) {
    cut(p, p->triangle + k * p->n * p->n, begin, size, p->q);
    multiply(size, false, p->q, p->block, p->spare);
    memcpy(p->block, p->spare, bytes);
  }
  cut(p, p->turn, begin, size, p->q);
  multiply(size, false, p->q, p->block, p->spare);
  if (!is_finite(p->spare, size * size)) return false;
  const lapack_int order = (lapack_int)size;
  return LAPACKE_dgeev_work(LAPACK_COL_MAJOR, 'N', 'N', order, p->spare, order, re + begin, im + begin, NULL,
                            1, NULL, 1, p->work, (lapack_int)(4 * p->n)) == 0;
}

/* By insertion: pairs stay together, since their moduli are the same and order is kept. */
static void sort(size_t n, double *re, double *im) {
  for (size_t k = 1; k < n; k++)
    for (size_t i = k; i > 0 && hypot(re[i], im[i]) > hypot(re[i - 1], im[i - 1]); i--) {
      const double r = re[i], m = im[i];
      re[i] = re[i - 1], im[i] = im[i - 1];
      re[i - 1] = r, im[i - 1] = m;
    }
}

static regime_status find(product *p, double *re, double *im) {
  for (size_t i = 0; i < p->n; i++) p->q[i + i * p->n] = 1.0;
  carry(p);
  for (int round = 1; round < MOST_ROUNDS && is_finite(p->turn, p->n * p->n) && !has_small_blocks(p); round++)
    carry(p);
  if (!is_finite(p->turn, p->n * p->n)) return REGIME_NO_CONVERGENCE;
  for (size_t begin = 0, end; begin < p->n; begin = end) {
    end = block_end(p, begin);
    if (!block_eigenvalues(p, begin, end - begin, re, im)) return REGIME_NO_CONVERGENCE;
  }
  sort(p->n, re, im);
  return REGIME_OK;
}

regime_status rg_product_eigenvalues(size_t n, size_t count, const double *matrices, size_t stride,
                                     double *re, double *im) {
  product p = {.n = n, .count = count, .stride = stride, .matrices = matrices};
  const regime_status status = make_room(&p) ? find(&p, re, im) : REGIME_NO_MEMORY;
  free(p.memory);
  return status;
}
