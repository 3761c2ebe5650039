/* svd.c — singular values through LAPACK. */
#include "linalg/svd.h"

#include <lapacke.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct rg_svd {
  lapack_int rows, columns, n, work_size; /* n: the smaller of the two */
  double *memory;                         /* of all that follows but work */
  double *matrix, *values, *left;
  double *right, *transposed; /* V, and as LAPACK gives it */
  double *work;
};

static lapack_int at_least_one(lapack_int n) { return n > 0 ? n : 1; }

static lapack_int call(rg_svd *s, double *work, lapack_int work_size) {
  return LAPACKE_dgesvd_work(LAPACK_COL_MAJOR, 'S', 'A', s->rows, s->columns, s->matrix,
                             at_least_one(s->rows), s->values, s->left, at_least_one(s->rows), s->transposed,
                             at_least_one(s->columns), work, work_size);
}

static bool make_room(rg_svd *s) {
  const size_t rows = (size_t)s->rows, columns = (size_t)s->columns, n = (size_t)s->n;
  double best = 1.0;
  s->memory = calloc(rows * columns + n + rows * n + 2 * columns * columns + 1, sizeof *s->memory);
  if (!s->memory) return false;
  s->matrix = s->memory;
  s->values = s->matrix + rows * columns;
  s->left = s->values + n;
  s->right = s->left + rows * n;
  s->transposed = s->right + columns * columns;
  if (n > 0) call(s, &best, -1);
  s->work_size = (lapack_int)best;
  s->work = calloc((size_t)s->work_size + 1, sizeof *s->work);
  return s->work != NULL;
}

rg_svd *rg_svd_create(size_t rows, size_t columns) {
  rg_svd *s = calloc(1, sizeof *s);
  if (!s) return NULL;
  s->rows = (lapack_int)rows;
  s->columns = (lapack_int)columns;
  s->n = s->rows < s->columns ? s->rows : s->columns;
  if (make_room(s)) return s;
  rg_svd_free(s);
  return NULL;
}

void rg_svd_free(rg_svd *s) {
  if (!s) return;
  free(s->memory);
  free(s->work);
  free(s);
}

/* --- finding ------------------------------------------------------------------------------------------- */

static bool is_finite(const rg_svd *s) {
  for (size_t k = 0; k < (size_t)s->rows * (size_t)s->columns; k++)
    if (!isfinite(s->matrix[k])) return false;
  return true;
}

static void turn_round(double *v, size_t n) {
  for (size_t i = 0; i < n; i++) v[i] = -v[i];
}

static bool points_down(const double *v, size_t n) {
  size_t largest = 0;
  for (size_t i = 1; i < n; i++)
    if (fabs(v[i]) > fabs(v[largest]) * (1.0 + 1e-8)) largest = i;
  return v[largest] < 0.0;
}

static void take_right(rg_svd *s) {
  const size_t columns = (size_t)s->columns, rows = (size_t)s->rows;
  for (size_t k = 0; k < columns; k++) {
    double *v = s->right + k * columns;
    for (size_t i = 0; i < columns; i++) v[i] = s->transposed[k + i * columns];
    if (!points_down(v, columns)) continue;
    turn_round(v, columns);
    if (k < (size_t)s->n) turn_round(s->left + k * rows, rows);
  }
}

/* A matrix without rows sends everything to zero. */
static void take_unit_vectors(rg_svd *s) {
  for (size_t k = 0; k < (size_t)s->columns; k++) s->transposed[k + k * (size_t)s->columns] = 1.0;
}

bool rg_svd_find(rg_svd *s) {
  if (!is_finite(s)) return false;
  if (s->n == 0)
    take_unit_vectors(s);
  else if (call(s, s->work, s->work_size) != 0)
    return false;
  take_right(s);
  return true;
}

/* --- reading ------------------------------------------------------------------------------------------- */

double *rg_svd_matrix(rg_svd *s) { return s->matrix; }
double rg_svd_value(const rg_svd *s, size_t k) { return k < (size_t)s->n ? s->values[k] : 0.0; }
const double *rg_svd_right(const rg_svd *s, size_t k) { return s->right + k * (size_t)s->columns; }
const double *rg_svd_left(const rg_svd *s, size_t k) { return s->left + k * (size_t)s->rows; }

size_t rg_svd_rank(const rg_svd *s, double within) {
  size_t rank = 0;
  while (rank < (size_t)s->n && s->values[rank] > within * s->values[0]) rank++;
  return rank;
}

static double product(const double *a, const double *b, size_t n) {
  double sum = 0.0;
  for (size_t i = 0; i < n; i++) sum += a[i] * b[i];
  return sum;
}

void rg_svd_solve(const rg_svd *s, size_t rank, const double *b, double *x) {
  const size_t rows = (size_t)s->rows, columns = (size_t)s->columns;
  memset(x, 0, columns * sizeof *x);
  for (size_t k = 0; k < rank; k++) {
    const double part = product(rg_svd_left(s, k), b, rows) / s->values[k];
    const double *v = rg_svd_right(s, k);
    for (size_t j = 0; j < columns; j++) x[j] += part * v[j];
  }
}
