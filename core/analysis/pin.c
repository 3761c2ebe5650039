/* pin.c — the equations of critical eigenvalues, and their derivatives. */
#include "analysis/pin.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static double *first_vector(const rg_pin *p, double *Z) { return Z + p->frame->columns; }

static double dot(const double *a, const double *b, size_t n) {
  double sum = 0.0;
  for (size_t k = 0; k < n; k++) sum += a[k] * b[k];
  return sum;
}

/* out = A v - a v */
static void shifted(const rg_pin *p, const double *v, double a, double *out) {
  const size_t n = p->frame->n;
  for (size_t i = 0; i < n; i++) out[i] = -a * v[i];
  for (size_t j = 0; j < n; j++)
    for (size_t i = 0; i < n; i++) out[i] += p->matrix[i + j * n] * v[j];
}

/* Of a pair: a and k/w as they are in the equations, and how they move with u. */
typedef struct pair_terms {
  double a, k, da, dk;
} pair_terms;

static pair_terms terms(const rg_pin *p, double u) {
  if (!rg_field_is_map(p->frame->field)) return (pair_terms){0.0, p->unit * u, 0.0, p->unit};
  return (pair_terms){u, -u * (2.0 + u) / p->unit, 1.0, -(2.0 + 2.0 * u) / p->unit};
}

static int value(void *self, const double *Z, double *G) {
  rg_pin *p = self;
  const size_t n = p->frame->n;
  const double *q = Z + p->frame->columns, *s = q + n;
  if (rg_frame_residual(p->frame, Z, G) || rg_frame_jacobian(p->frame, Z, p->matrix)) return 1;
  if (!p->is_pair) {
    shifted(p, q, p->lambda, G + n);
    G[2 * n] = dot(p->c, q, n) - 1.0;
    return 0;
  }
  const pair_terms t = terms(p, s[n]);
  shifted(p, s, t.a, G + n);
  shifted(p, q, t.a, G + 2 * n);
  for (size_t i = 0; i < n; i++) {
    G[n + i] -= p->unit * q[i];
    G[2 * n + i] += t.k * s[i];
  }
  G[3 * n] = dot(p->c, q, n) - 1.0;
  G[3 * n + 1] = dot(p->c, s, n);
  return 0;
}

/* Puts a block of `columns` columns of n rows at (row, column). */
static void put(const rg_pin *p, double *matrix, size_t row, size_t column, const double *block,
                size_t columns) {
  const size_t n = p->frame->n;
  for (size_t j = 0; j < columns; j++)
    memcpy(matrix + row + (column + j) * p->arc.n, block + j * n, n * sizeof *block);
}

static void add_diagonal(const rg_pin *p, double *matrix, size_t row, size_t column, double term) {
  for (size_t i = 0; i < p->frame->n; i++) matrix[row + i + (column + i) * p->arc.n] += term;
}

/* The rows of A v - a v: by (x, p) how A bends along v, by v A itself. */
static int put_vector_rows(rg_pin *p, const double *Z, double *matrix, size_t row, size_t column, double a) {
  if (rg_frame_bend(p->frame, Z, Z + column, p->frame->n, p->bend)) return 1;
  put(p, matrix, row, 0, p->bend, p->frame->columns);
  put(p, matrix, row, column, p->matrix, p->frame->n);
  add_diagonal(p, matrix, row, column, -a);
  return 0;
}

static void put_norm(const rg_pin *p, double *matrix, size_t row, size_t column) {
  for (size_t j = 0; j < p->frame->n; j++) matrix[row + (column + j) * p->arc.n] = p->c[j];
}

static int jacobian(void *self, const double *Z, double *matrix) {
  rg_pin *p = self;
  const size_t n = p->frame->n, q = p->frame->columns, s = q + n, u = s + n;
  if (rg_frame_jacobian(p->frame, Z, p->matrix)) return 1;
  put(p, matrix, 0, 0, p->matrix, p->frame->columns);
  if (!p->is_pair) {
    put_norm(p, matrix, 2 * n, q);
    return put_vector_rows(p, Z, matrix, n, q, p->lambda);
  }
  const pair_terms t = terms(p, Z[u]);
  if (put_vector_rows(p, Z, matrix, n, s, t.a) || put_vector_rows(p, Z, matrix, 2 * n, q, t.a)) return 1;
  add_diagonal(p, matrix, n, q, -p->unit);
  add_diagonal(p, matrix, 2 * n, s, t.k);
  for (size_t i = 0; i < n; i++) {
    matrix[n + i + u * p->arc.n] = -t.da * Z[s + i];
    matrix[2 * n + i + u * p->arc.n] = -t.da * Z[q + i] + t.dk * Z[s + i];
  }
  put_norm(p, matrix, 3 * n, q);
  put_norm(p, matrix, 3 * n + 1, s);
  return 0;
}

/* Lengths are of states and parameters: vectors are renewed along a curve. */
static void weigh(rg_pin *p) {
  const size_t n = p->frame->n;
  for (size_t j = 0; j < p->arc.n; j++)
    p->arc.weight[j] = j < n ? 1.0 / (double)n : j < p->frame->columns ? 1.0 : 0.0;
}

regime_status rg_pin_make(rg_pin *p, rg_frame *frame, bool is_pair, double lambda, double tolerance) {
  const size_t n = frame->n, columns = frame->columns;
  *p = (rg_pin){.frame = frame, .is_pair = is_pair, .lambda = lambda, .unit = 1.0};
  p->arc = (rg_arc){.n = columns + (is_pair ? 2 * n + 1 : n),
                    .equations = is_pair ? 3 * n + 2 : 2 * n + 1,
                    .self = p,
                    .value = value,
                    .jacobian = jacobian,
                    .tolerance = tolerance};
  p->c = calloc(n + 2 * n * columns + 1, sizeof *p->c);
  if (!p->c || rg_arc_make(&p->arc) != REGIME_OK) {
    rg_pin_clear(p);
    return REGIME_NO_MEMORY;
  }
  p->matrix = p->c + n;
  p->bend = p->matrix + n * columns;
  weigh(p);
  return REGIME_OK;
}

void rg_pin_clear(rg_pin *p) {
  rg_arc_clear(&p->arc);
  free(p->c);
  *p = (rg_pin){0};
}

/* Multiplies re + i im by a phase, so that the two are at right angles and re the longer. */
static void turn_upright(double *re, double *im, size_t n) {
  const double phase = -0.5 * atan2(2.0 * dot(re, im, n), dot(re, re, n) - dot(im, im, n));
  for (size_t i = 0; i < n; i++) {
    const double x = re[i], y = im[i];
    re[i] = x * cos(phase) - y * sin(phase);
    im[i] = x * sin(phase) + y * cos(phase);
  }
}

static void take_c(rg_pin *p, const double *q) {
  const double square = dot(q, q, p->frame->n);
  for (size_t i = 0; i < p->frame->n; i++) p->c[i] = q[i] / square;
}

void rg_pin_begin(rg_pin *p, double *Z, const double *re, const double *im, double cosine, double w) {
  const size_t n = p->frame->n;
  double *q = first_vector(p, Z), *s = q + n;
  memcpy(q, re, n * sizeof *q);
  if (p->is_pair) {
    memcpy(s, im, n * sizeof *s);
    turn_upright(q, s, n);
    p->unit = w;
    s[n] = rg_field_is_map(p->frame->field) ? cosine - 1.0 : 1.0;
  }
  const double length = sqrt(dot(q, q, n));
  for (size_t i = 0; i < (p->is_pair ? 2 * n : n); i++) q[i] /= length;
  take_c(p, q);
}

/* r' = m (r + g (k/w^2) s), s' = m (s - g r) solve the equations too: g makes c.s' zero, m makes c.r' one. */
void rg_pin_renew(rg_pin *p, double *Z) {
  const size_t n = p->frame->n;
  double *q = first_vector(p, Z), *s = q + n;
  take_c(p, q);
  if (!p->is_pair) return;
  const double g = dot(p->c, s, n), k = terms(p, s[n]).k / p->unit, m = 1.0 / (1.0 + g * g * k);
  for (size_t i = 0; i < n; i++) {
    const double r = q[i];
    q[i] = m * (r + g * k * s[i]);
    s[i] = m * (s[i] - g * r);
  }
}

double rg_pin_square(const rg_pin *p, const double *Z) {
  return terms(p, Z[p->frame->columns + 2 * p->frame->n]).k / p->unit;
}

double rg_pin_frequency(const rg_pin *p, const double *Z) {
  const double square = rg_pin_square(p, Z), u = Z[p->frame->columns + 2 * p->frame->n];
  if (!(square > 0.0)) return NAN;
  return rg_field_is_map(p->frame->field) ? acos(1.0 + u) : p->unit * sqrt(square);
}
