/* scalings.c — the null space of a law's symmetry conditions. */
#include "analysis/scalings.h"

#include "linalg/svd.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double no_rank_below = 1e-8, zero_below = 1e-9;

typedef struct conditions {
  rg_field *field;
  const double *width;
  size_t n, rows, columns, row; /* of the matrix; rows filled so far */
  double *matrix;
  double *X, *f, *by_time, *jacobian;
  bool needs_time;
} conditions;

/* --- the conditions --------------------------------------------------------------------------------------
 */

static double *entry(const conditions *c, size_t row, size_t column) {
  return &c->matrix[row + column * c->rows];
}

/* J_ij x_j for g, J_ij for h, f_t for q; then what stands on the right. A shift is counted in widths. */
static void fill_row(conditions *c, size_t i) {
  const size_t n = c->n, row = c->row++;
  double largest = 0.0;
  for (size_t j = 0; j < n; j++) {
    const double slope = c->jacobian[i + j * n];
    *entry(c, row, j) = slope * c->X[j] - (i == j ? c->f[i] : 0.0);
    *entry(c, row, n + j) = (slope - (i == j && rg_field_is_map(c->field) ? 1.0 : 0.0)) * c->width[j];
  }
  *entry(c, row, 2 * n) = c->by_time[i];
  for (size_t k = 0; k < c->columns; k++) largest = fmax(largest, fabs(*entry(c, row, k)));
  for (size_t k = 0; largest > 0.0 && k < c->columns; k++) *entry(c, row, k) /= largest;
}

static void add_point(conditions *c, const double *x) {
  memcpy(c->X, x, c->n * sizeof *x);
  if (rg_field_value(c->field, c->X, c->f) || rg_field_jacobian(c->field, c->X, c->jacobian) ||
      rg_field_by_time(c->field, c->X, c->by_time))
    return;
  for (size_t i = 0; i < c->n; i++) {
    c->needs_time |= fabs(c->by_time[i]) > 1e-9 * fabs(c->f[i]) + 1e-13;
    fill_row(c, i);
  }
}

/* Where time does not matter, q is set to zero by a condition of its own. */
static void close_conditions(conditions *c) {
  if (!c->needs_time) *entry(c, c->row++, 2 * c->n) = 1.0;
}

/* --- their null space ------------------------------------------------------------------------------------
 */

/* The largest entry among the columns not yet used as pivots. */
static size_t find_pivot(const double *rows, size_t count, size_t parts, size_t from, size_t *row) {
  size_t at = 0;
  double most = -1.0;
  for (size_t k = from; k < count; k++)
    for (size_t j = 0; j < parts; j++)
      if (fabs(rows[k * parts + j]) > most * (1.0 + 1e-8)) {
        most = fabs(rows[k * parts + j]);
        *row = k;
        at = j;
      }
  return at;
}

static void exchange(double *a, double *b, size_t n) {
  for (size_t j = 0; a != b && j < n; j++) {
    const double kept = a[j];
    a[j] = b[j];
    b[j] = kept;
  }
}

static void subtract(double *from, const double *what, double times, size_t n) {
  for (size_t j = 0; j < n; j++) from[j] -= times * what[j];
}

/* Each vector gets a one where all others have a zero. */
static void reduce(double *rows, size_t count, size_t parts) {
  for (size_t k = 0; k < count; k++) {
    size_t row = k;
    const size_t at = find_pivot(rows, count, parts, k, &row);
    exchange(rows + k * parts, rows + row * parts, parts);
    const double pivot = rows[k * parts + at];
    for (size_t j = 0; j < parts; j++) rows[k * parts + j] /= pivot;
    for (size_t other = 0; other < count; other++)
      if (other != k) subtract(rows + other * parts, rows + k * parts, rows[other * parts + at], parts);
  }
  for (size_t k = 0; k < count * parts; k++)
    if (fabs(rows[k]) < zero_below) rows[k] = 0.0;
}

/* A vector with q: it is divided by it, and taken out of the others. */
static void take_particular(rg_scalings *s, double *rows, size_t *count, size_t parts) {
  size_t with = *count;
  for (size_t k = 0; k < *count; k++)
    if (fabs(rows[k * parts + parts - 1]) > 1e-6 &&
        (with == *count || fabs(rows[k * parts + parts - 1]) > fabs(rows[with * parts + parts - 1])))
      with = k;
  if (with == *count) return;
  const double q = rows[with * parts + parts - 1];
  for (size_t j = 0; j < parts; j++) rows[with * parts + j] /= q;
  for (size_t k = 0; k < *count; k++)
    if (k != with) subtract(rows + k * parts, rows + with * parts, rows[k * parts + parts - 1], parts);
  memcpy(s->particular, rows + with * parts, (parts - 1) * sizeof *rows);
  s->has_time = true;
  exchange(rows + with * parts, rows + (*count - 1) * parts, parts);
  --*count;
}

static regime_status take_null_space(const conditions *c, const rg_svd *svd, rg_scalings *s) {
  const size_t parts = c->columns, rank = rg_svd_rank(svd, no_rank_below), n = c->n;
  size_t count = parts - rank;
  double *rows = calloc(count * parts + 1, sizeof *rows);
  s->basis = calloc(2 * n * count + 1, sizeof *s->basis);
  s->particular = calloc(2 * n + 1, sizeof *s->particular);
  if (rows && s->basis && s->particular) {
    for (size_t k = 0; k < count; k++)
      memcpy(rows + k * parts, rg_svd_right(svd, rank + k), parts * sizeof *rows);
    take_particular(s, rows, &count, parts);
    reduce(rows, count, parts);
    s->d = count;
    for (size_t k = 0; k < count; k++) memcpy(s->basis + 2 * n * k, rows + k * parts, 2 * n * sizeof *rows);
  }
  free(rows);
  return rows && s->basis && s->particular ? REGIME_OK : REGIME_NO_MEMORY;
}

/* Shifts were counted in widths. */
static void unscale(rg_scalings *s, const double *width) {
  for (size_t i = 0; i < s->n; i++) {
    s->particular[s->n + i] *= width[i];
    for (size_t k = 0; k < s->d; k++) s->basis[2 * s->n * k + s->n + i] *= width[i];
  }
}

/* --- finding ---------------------------------------------------------------------------------------------
 */

static regime_status solve(conditions *c, rg_svd *svd, size_t count, const double *points, rg_scalings *out) {
  for (size_t k = 0; k < count; k++) add_point(c, points + k * c->n);
  if (c->row == 0) return REGIME_OK; /* no value anywhere: nothing is known to grow */
  close_conditions(c);
  out->needs_time = c->needs_time;
  if (!rg_svd_find(svd)) return REGIME_OK;
  const regime_status status = take_null_space(c, svd, out);
  if (status == REGIME_OK) unscale(out, c->width);
  return status;
}

regime_status rg_scalings_find(rg_field *field, size_t count, const double *points, const double *width,
                               rg_scalings *out) {
  const size_t n = rg_field_states(field), columns = rg_field_columns(field);
  conditions c = {.field = field, .width = width, .n = n, .rows = count * n + 1, .columns = 2 * n + 1};
  rg_svd *svd = rg_svd_create(c.rows, c.columns);
  double *room = calloc(columns + 2 * n + n * columns + 1, sizeof *room);
  *out = (rg_scalings){.n = n};
  regime_status status = REGIME_NO_MEMORY;
  if (svd && room) {
    c.matrix = rg_svd_matrix(svd);
    memset(c.matrix, 0, c.rows * c.columns * sizeof *c.matrix);
    c.X = room;
    c.f = c.X + columns;
    c.by_time = c.f + n;
    c.jacobian = c.by_time + n;
    rg_field_start(field, c.X);
    status = solve(&c, svd, count, points, out);
  }
  rg_svd_free(svd);
  free(room);
  return status;
}

void rg_scalings_drop(rg_scalings *s) {
  free(s->basis);
  free(s->particular);
}

void rg_scaling_along(const rg_scalings *s, const double *scaling, const double *x, double *out) {
  for (size_t i = 0; i < s->n; i++) out[i] = scaling[i] * x[i] + scaling[s->n + i];
}
