/* dense.c — LU with a look at the condition, and complete orthogonal factorisation where LU is of no use. */
#include "linalg/dense.h"

#include <float.h>
#include <lapacke.h>
#include <stdlib.h>
#include <string.h>

struct rg_dense {
  lapack_int n, work_size;
  bool singular;
  double *matrix; /* as given */
  double *lu;     /* its factors, or a copy for dgelsy to spoil */
  lapack_int *pivots;
  double *work;
  lapack_int *integer_work;
};

rg_dense *rg_dense_create(size_t n) {
  rg_dense *d = calloc(1, sizeof *d);
  if (!d) return NULL;
  d->n = (lapack_int)n;
  d->work_size = (lapack_int)(4 * n + 1); /* dgecon needs 4n, dgelsy 4n + 1 */
  d->matrix = calloc(n * n + 1, sizeof *d->matrix);
  d->lu = calloc(n * n + 1, sizeof *d->lu);
  d->pivots = calloc(n + 1, sizeof *d->pivots);
  d->work = calloc(4 * n + 1, sizeof *d->work);
  d->integer_work = calloc(n + 1, sizeof *d->integer_work);
  if (d->matrix && d->lu && d->pivots && d->work && d->integer_work) return d;
  rg_dense_free(d);
  return NULL;
}

void rg_dense_free(rg_dense *d) {
  if (!d) return;
  free(d->matrix);
  free(d->lu);
  free(d->pivots);
  free(d->work);
  free(d->integer_work);
  free(d);
}

double *rg_dense_matrix(rg_dense *d) { return d->matrix; }
bool rg_dense_is_singular(const rg_dense *d) { return d->singular; }

static lapack_int leading(const rg_dense *d) { return d->n > 0 ? d->n : 1; }

static void copy_matrix(rg_dense *d) {
  memcpy(d->lu, d->matrix, (size_t)d->n * (size_t)d->n * sizeof *d->lu);
}

void rg_dense_factor(rg_dense *d) {
  double reciprocal_condition = 0.0;
  copy_matrix(d);
  const double norm = LAPACKE_dlange_work(LAPACK_COL_MAJOR, '1', d->n, d->n, d->matrix, leading(d), d->work);
  if (LAPACKE_dgetrf_work(LAPACK_COL_MAJOR, d->n, d->n, d->lu, leading(d), d->pivots) == 0)
    LAPACKE_dgecon_work(LAPACK_COL_MAJOR, '1', d->n, d->lu, leading(d), norm, &reciprocal_condition, d->work,
                        d->integer_work);
  d->singular = !(reciprocal_condition > DBL_EPSILON);
}

static void solve_nearest(rg_dense *d, double *b) {
  lapack_int rank;
  copy_matrix(d);
  memset(d->pivots, 0, (size_t)d->n * sizeof *d->pivots); /* any column may be exchanged */
  LAPACKE_dgelsy_work(LAPACK_COL_MAJOR, d->n, d->n, 1, d->lu, leading(d), b, leading(d), d->pivots,
                      DBL_EPSILON * (double)d->n, &rank, d->work, d->work_size);
}

void rg_dense_solve(rg_dense *d, double *b) {
  if (d->singular)
    solve_nearest(d, b);
  else
    LAPACKE_dgetrs_work(LAPACK_COL_MAJOR, 'N', d->n, 1, d->lu, leading(d), d->pivots, b, leading(d));
}
