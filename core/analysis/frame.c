/* frame.c — multiply on the way in, divide on the way out. */
#include "analysis/frame.h"

#include "linalg/svd.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Singular values below this, against the first, are zero. */
static const double conserved_below = 1e-9;
enum { MORE_POINTS = 8 };

regime_status rg_frame_make(rg_frame *f, rg_field *field) {
  const size_t n = rg_field_states(field), columns = rg_field_columns(field);
  *f = (rg_frame){.field = field, .n = n, .columns = columns};
  f->memory = calloc(6 * columns + n * columns + 2 * n * n + n + 1, sizeof *f->memory);
  f->scale = f->memory;
  f->raw = f->memory ? f->memory + 6 * columns + n * columns : NULL;
  f->conserved = f->memory ? f->raw + n * n : NULL;
  f->anchor = f->memory ? f->conserved + n * n : NULL;
  for (size_t j = 0; f->memory && j < columns; j++) f->scale[j] = 1.0;
  return f->memory ? REGIME_OK : REGIME_NO_MEMORY;
}

void rg_frame_clear(rg_frame *f) {
  free(f->memory);
  *f = (rg_frame){0};
}

/* Vector k of the room behind the scales; the one behind the last is the matrix of `bend`. */
static double *room(const rg_frame *f, size_t k) { return f->memory + k * f->columns; }

void rg_frame_enter(const rg_frame *f, const double *X, double *Z) {
  for (size_t j = 0; j < f->columns; j++) Z[j] = X[j] / f->scale[j];
}

void rg_frame_leave(const rg_frame *f, const double *Z, double *X) {
  for (size_t j = 0; j < f->columns; j++) X[j] = Z[j] * f->scale[j];
}

static const double *left(const rg_frame *f, const double *Z, size_t k) {
  rg_frame_leave(f, Z, room(f, k));
  return room(f, k);
}

static int scaled(const rg_frame *f, int no_value, double *out) {
  for (size_t i = 0; i < f->n && !no_value; i++) out[i] /= f->scale[i];
  return no_value;
}

/* --- what is conserved --------------------------------------------------------------------------------- */

static double dot(const double *a, const double *b, size_t n) {
  double sum = 0.0;
  for (size_t k = 0; k < n; k++) sum += a[k] * b[k];
  return sum;
}

/* v.F = 0 in the states' units is (v scale).F = 0 in the frame; made orthonormal (Gram and Schmidt). */
void rg_frame_rescaled(rg_frame *f) {
  const size_t n = f->n;
  for (size_t k = 0; k < f->n_conserved; k++) {
    double *v = f->conserved + k * n;
    for (size_t i = 0; i < n; i++) v[i] = f->raw[k * n + i] * f->scale[i];
    for (size_t l = 0; l < k; l++) {
      const double *other = f->conserved + l * n, along = dot(v, other, n);
      for (size_t i = 0; i < n; i++) v[i] -= along * other[i];
    }
    const double length = sqrt(dot(v, v, n));
    for (size_t i = 0; i < n; i++) v[i] /= length;
  }
}

void rg_frame_anchor(rg_frame *f, const double *X) { memcpy(f->anchor, X, f->n * sizeof *X); }

static int plain_jacobian(rg_frame *f, const double *Z, double *jacobian) {
  if (rg_field_residual_jacobian(f->field, left(f, Z, 1), jacobian)) return 1;
  for (size_t j = 0; j < f->columns; j++)
    for (size_t i = 0; i < f->n; i++) jacobian[i + j * f->n] *= f->scale[j] / f->scale[i];
  return 0;
}

/* The rate is that of the largest entry; of a map 1. False: no singular value is zero, or no value. */
static bool is_singular(rg_frame *f, const double *Z, rg_svd *svd) {
  double *jacobian = room(f, 6);
  if (plain_jacobian(f, Z, jacobian)) return false;
  f->rate = 0.0;
  for (size_t k = 0; k < f->n * f->n; k++) f->rate = fmax(f->rate, fabs(jacobian[k]));
  if (rg_field_is_map(f->field)) f->rate = 1.0;
  memset(rg_svd_matrix(svd), 0, (f->n + MORE_POINTS) * f->n * sizeof *jacobian);
  for (size_t j = 0; j < f->n; j++)
    memcpy(rg_svd_matrix(svd) + j * (f->n + MORE_POINTS), jacobian + j * f->n, f->n * sizeof *jacobian);
  return f->rate > 0.0 && rg_svd_find(svd) && rg_svd_rank(svd, conserved_below) < f->n;
}

/* F at points spread around Z along irrational multiples, parameters too: a row each. False: too few values.
 */
static bool sample(rg_frame *f, const double *Z, rg_svd *svd) {
  const size_t wanted = f->n + MORE_POINTS;
  double *at = room(f, 5), *F = room(f, 6), *matrix = rg_svd_matrix(svd);
  size_t rows = 0;
  for (size_t k = 1; k <= 4 * wanted && rows < wanted; k++) {
    for (size_t j = 0; j < f->columns; j++) {
      const double turn = (double)k * sqrt((double)(2 + 3 * j));
      at[j] = Z[j] + 0.2 * (turn - floor(turn) - 0.5);
    }
    if (rg_field_residual(f->field, left(f, at, 1), F)) continue;
    for (size_t i = 0; i < f->n; i++) matrix[rows + i * wanted] = F[i] / f->scale[i];
    rows++;
  }
  return rows == wanted && rg_svd_find(svd);
}

regime_status rg_frame_conserve(rg_frame *f, const double *X) {
  double *Z = room(f, 4);
  rg_svd *svd = rg_svd_create(f->n + MORE_POINTS, f->n);
  if (!svd) return REGIME_NO_MEMORY;
  f->n_conserved = 0;
  rg_frame_enter(f, X, Z);
  rg_frame_anchor(f, X);
  if (is_singular(f, Z, svd) && sample(f, Z, svd))
    for (size_t k = rg_svd_rank(svd, conserved_below); k < f->n; k++, f->n_conserved++)
      for (size_t i = 0; i < f->n; i++)
        f->raw[f->n_conserved * f->n + i] = rg_svd_right(svd, k)[i] / f->scale[i];
  rg_frame_rescaled(f);
  rg_svd_free(svd);
  return REGIME_OK;
}

/* --- the residual and its derivatives ------------------------------------------------------------------ */

static void hold_level(const rg_frame *f, const double *Z, double *F) {
  for (size_t k = 0; k < f->n_conserved; k++) {
    const double *v = f->conserved + k * f->n;
    double off = 0.0;
    for (size_t i = 0; i < f->n; i++) off += v[i] * (Z[i] - f->anchor[i] / f->scale[i]);
    for (size_t i = 0; i < f->n; i++) F[i] -= f->rate * off * v[i];
  }
}

int rg_frame_residual(rg_frame *f, const double *Z, double *F) {
  if (scaled(f, rg_field_residual(f->field, left(f, Z, 1), F), F)) return 1;
  hold_level(f, Z, F);
  return 0;
}

int rg_frame_jacobian(rg_frame *f, const double *Z, double *jacobian) {
  if (plain_jacobian(f, Z, jacobian)) return 1;
  for (size_t k = 0; k < f->n_conserved; k++)
    for (size_t j = 0; j < f->n; j++)
      for (size_t i = 0; i < f->n; i++)
        jacobian[i + j * f->n] -= f->rate * f->conserved[k * f->n + i] * f->conserved[k * f->n + j];
  return 0;
}

int rg_frame_second(rg_frame *f, const double *Z, const double *U, const double *V, double *out) {
  return scaled(f, rg_field_second(f->field, left(f, Z, 1), left(f, U, 2), left(f, V, 3), out), out);
}

int rg_frame_third(rg_frame *f, const double *Z, const double *U, const double *V, const double *W,
                   double *out) {
  return scaled(f, rg_field_third(f->field, left(f, Z, 1), left(f, U, 2), left(f, V, 3), left(f, W, 4), out),
                out);
}

static int jacobian_along(rg_frame *f, const double *Z, const double *U, size_t parts, double h,
                          double *out) {
  double *moved = room(f, 5);
  for (size_t j = 0; j < f->columns; j++) moved[j] = Z[j] + (j < parts ? h * U[j] : 0.0);
  return rg_frame_jacobian(f, moved, out);
}

int rg_frame_bend(rg_frame *f, const double *Z, const double *U, size_t parts, double *out) {
  double *back = room(f, 6), most = 0.0;
  for (size_t j = 0; j < parts; j++) most = fmax(most, fabs(U[j]));
  const double h = 1e-5 / (most > 0.0 ? most : 1.0);
  if (jacobian_along(f, Z, U, parts, h, out) || jacobian_along(f, Z, U, parts, -h, back)) return 1;
  for (size_t k = 0; k < f->n * f->columns; k++) out[k] = (out[k] - back[k]) / (2.0 * h);
  return 0;
}
