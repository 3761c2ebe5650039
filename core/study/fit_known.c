/* fit_known.c — the singular values of the scaled Jacobian, and what follows from them. */
#include "study/fit_known.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A singular value below this part of the largest is the error of the derivatives. */
static const double open_below = 1e-8;
/* A part of a direction below this is rounding. */
static const double part_above = 1e-4;

typedef struct decomposition {
  gsl_matrix *u, *v;
  gsl_vector *s, *work;
  size_t n; /* columns: numbers taken part */
} decomposition;

static bool make(decomposition *d, size_t rows, size_t n) {
  *d = (decomposition){gsl_matrix_calloc(rows, n), gsl_matrix_calloc(n, n), gsl_vector_calloc(n),
                       gsl_vector_calloc(n), n};
  return d->u && d->v && d->s && d->work;
}

static void drop(decomposition *d) {
  gsl_matrix_free(d->u);
  gsl_matrix_free(d->v);
  gsl_vector_free(d->s);
  gsl_vector_free(d->work);
}

/* Of the columns listed. */
static bool decompose(const rg_target *t, const rg_found *found, const size_t *column, size_t n,
                      decomposition *d) {
  const size_t rows = rg_fit_rows(t), width = t->frees.count;
  if (!make(d, rows, n)) return false;
  for (size_t row = 0; row < rows; row++)
    for (size_t k = 0; k < n; k++)
      gsl_matrix_set(d->u, row, k,
                     found->jacobian[row * width + column[k]] * t->frees.items[column[k]].scale);
  return gsl_linalg_SV_decomp_jacobi(d->u, d->v, d->s) == GSL_SUCCESS;
}

static bool is_open(const decomposition *d, size_t k) {
  return !(gsl_vector_get(d->s, k) > open_below * gsl_vector_get(d->s, 0));
}

/* The sign that makes the largest part positive. */
static double sign_of(const decomposition *d, size_t k) {
  double largest = 0.0;
  for (size_t j = 0; j < d->n; j++)
    if (fabs(gsl_matrix_get(d->v, j, k)) > fabs(largest) * (1.0 + 1e-9)) largest = gsl_matrix_get(d->v, j, k);
  return largest < 0.0 ? -1.0 : 1.0;
}

static void put_directions(const decomposition *d, rg_known *out) {
  for (size_t k = 0; k < d->n; k++) {
    const double sign = sign_of(d, k);
    out->singular[k] = gsl_vector_get(d->s, k);
    out->n_open += is_open(d, k);
    for (size_t j = 0; j < d->n; j++) out->direction[k * d->n + j] = sign * gsl_matrix_get(d->v, j, k);
  }
}

static bool takes_part_in_open(const decomposition *d, size_t j) {
  for (size_t k = 0; k < d->n; k++)
    if (is_open(d, k) && fabs(gsl_matrix_get(d->v, j, k)) > part_above) return true;
  return false;
}

static double covariance(const decomposition *d, size_t i, size_t j) {
  double sum = 0.0;
  for (size_t k = 0; k < d->n; k++)
    if (!is_open(d, k)) {
      const double s = gsl_vector_get(d->s, k);
      sum += gsl_matrix_get(d->v, i, k) * gsl_matrix_get(d->v, j, k) / (s * s);
    }
  return takes_part_in_open(d, i) || takes_part_in_open(d, j) ? NAN : sum;
}

static void put_covariance(const rg_target *t, const decomposition *d, const size_t *column, rg_known *out) {
  const size_t width = t->frees.count;
  for (size_t i = 0; i < d->n; i++)
    for (size_t j = 0; j < d->n; j++)
      out->covariance[column[i] * width + column[j]] =
          covariance(d, i, j) * t->frees.items[column[i]].scale * t->frees.items[column[j]].scale;
}

/* 1 less the share of the prior's variance that is left. */
static void put_information(const rg_target *t, const rg_found *found, rg_known *out) {
  const size_t n = t->frees.count;
  for (size_t k = 0; k < n; k++) {
    const double variance = out->covariance[k * n + k];
    const double prior = found->jacobian[(t->facts.count + k) * n + k];
    out->information[k] = isnan(variance) ? 0.0 : fmin(fmax(1.0 - variance * prior * prior, 0.0), 1.0);
  }
}

static regime_status fill(const rg_target *t, const rg_found *found, size_t *column, rg_known *out) {
  const size_t n = t->frees.count;
  decomposition all = {0}, inside = {0};
  size_t n_inside = 0;
  for (size_t k = 0; k < n; k++) column[k] = k;
  bool done = decompose(t, found, column, n, &all);
  if (done) put_directions(&all, out);
  for (size_t k = 0; k < n; k++)
    if (!found->at_bound[k]) column[n_inside++] = k;
  if (done && n_inside > 0) done = decompose(t, found, column, n_inside, &inside);
  if (done && n_inside > 0) put_covariance(t, &inside, column, out);
  put_information(t, found, out);
  drop(&all);
  drop(&inside);
  return done ? REGIME_OK : REGIME_NO_MEMORY;
}

regime_status rg_known_make(const rg_target *t, const rg_found *found, rg_known *out) {
  const size_t n = t->frees.count;
  size_t *column = calloc(n, sizeof *column);
  *out = (rg_known){.singular = calloc(n, sizeof(double)),
                    .direction = calloc(n * n, sizeof(double)),
                    .covariance = calloc(n * n, sizeof(double)),
                    .information = calloc(n, sizeof(double))};
  regime_status status = REGIME_NO_MEMORY;
  if (column && out->singular && out->direction && out->covariance && out->information) {
    for (size_t k = 0; k < n * n; k++) out->covariance[k] = NAN;
    status = fill(t, found, column, out);
  }
  if (status != REGIME_OK) rg_known_drop(out);
  free(column);
  return status;
}

void rg_known_drop(rg_known *known) {
  free(known->singular);
  free(known->direction);
  free(known->covariance);
  free(known->information);
  *known = (rg_known){0};
}
