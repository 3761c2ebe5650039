/* normal.c — coefficients of normal forms, computed in the frame; they do not depend on coordinates once q
 * is of length 1 in the units of the states. */
#include "analysis/normal.h"

#include "linalg/dense.h"
#include <complex.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Vectors are complex, as a real part of `columns` numbers (zeros for the parameters) and an imaginary one
 * behind it. */
enum { Q, P, FIRST, SECOND, THIRD, PART, N_VECTORS };

typedef struct forms {
  rg_frame *frame;
  const double *Z, *A; /* A: n * n, of the residual */
  size_t n, columns;
  double *vector[N_VECTORS];
  rg_dense *dense; /* 2n */
  double *b;       /* 2n */
  double size;     /* of the terms added so far */
  bool undefined;
} forms;

static double *im(const forms *f, double *v) { return v + f->columns; }

static regime_status open_forms(forms *f, rg_frame *frame, const rg_spectrum *s, const double *Z) {
  *f = (forms){.frame = frame, .Z = Z, .A = s->jacobian, .n = frame->n, .columns = frame->columns};
  const size_t length = 2 * f->columns;
  f->b = calloc((N_VECTORS + 1) * length + 1, sizeof *f->b);
  f->dense = rg_dense_create(2 * f->n);
  for (size_t k = 0; f->b && k < N_VECTORS; k++) f->vector[k] = f->b + (k + 1) * length;
  return f->b && f->dense ? REGIME_OK : REGIME_NO_MEMORY;
}

static regime_status close_forms(forms *f, regime_status status) {
  rg_dense_free(f->dense);
  free(f->b);
  return status == REGIME_OK && f->undefined ? REGIME_UNDEFINED : status;
}

/* <u, v> */
static double complex product(const forms *f, double *u, double *v) {
  double complex sum = 0.0;
  for (size_t i = 0; i < f->n; i++) sum += conj(u[i] + I * im(f, u)[i]) * (v[i] + I * im(f, v)[i]);
  return sum;
}

static void stretch(const forms *f, double *v, double complex by) {
  for (size_t i = 0; i < f->n; i++) {
    const double complex z = by * (v[i] + I * im(f, v)[i]);
    v[i] = creal(z);
    im(f, v)[i] = cimag(z);
  }
}

static double length_outside(const forms *f, double *v) {
  double sum = 0.0;
  for (size_t i = 0; i < f->n; i++) {
    const double scale = f->frame->scale[i];
    sum += scale * scale * (v[i] * v[i] + im(f, v)[i] * im(f, v)[i]);
  }
  return sqrt(sum);
}

static void take_vectors(forms *f, const rg_spectrum *s, size_t k) {
  const size_t bytes = f->n * sizeof(double), n = f->n;
  const double *right = rg_eigen_right(s->eigen), *left = rg_eigen_left(s->eigen);
  double *q = f->vector[Q], *p = f->vector[P];
  memcpy(q, right + k * n, bytes);
  memcpy(p, left + k * n, bytes);
  if (s->im[k] != 0.0) {
    memcpy(im(f, q), right + (k + 1) * n, bytes);
    memcpy(im(f, p), left + (k + 1) * n, bytes);
  }
  stretch(f, q, 1.0 / length_outside(f, q));
  stretch(f, p, 1.0 / conj(product(f, p, q)));
}

/* out = B(u, v) */
static void second(forms *f, double *u, double *v, double *out) {
  double *const parts[2][2] = {{u, im(f, u)}, {v, im(f, v)}};
  memset(out, 0, 2 * f->columns * sizeof *out);
  for (int a = 0; a < 2; a++)
    for (int b = 0; b < 2; b++) {
      double *part = f->vector[PART], *to = (a + b) % 2 ? im(f, out) : out;
      if (rg_frame_second(f->frame, f->Z, parts[0][a], parts[1][b], part)) f->undefined = true;
      for (size_t i = 0; i < f->n; i++) to[i] += a + b == 2 ? -part[i] : part[i];
    }
}

/* out = C(q, q, q*) = C(r,r,r) + C(r,i,i) + i (C(r,r,i) + C(i,i,i)) with q = r + i i */
static void third(forms *f, double *out) {
  double *r = f->vector[Q], *i = im(f, r), *part = f->vector[PART];
  double *const terms[4][3] = {{r, r, r}, {r, i, i}, {r, r, i}, {i, i, i}};
  memset(out, 0, 2 * f->columns * sizeof *out);
  for (int k = 0; k < 4; k++) {
    double *to = k < 2 ? out : im(f, out);
    if (rg_frame_third(f->frame, f->Z, terms[k][0], terms[k][1], terms[k][2], part)) f->undefined = true;
    for (size_t j = 0; j < f->n; j++) to[j] += part[j];
  }
}

/* v becomes (zeta - A)^-1 v; in real numbers [x - A, -y; y, x - A] for zeta = x + i y. */
static void solve(forms *f, double complex zeta, double *v) {
  const size_t n = f->n;
  double *matrix = rg_dense_matrix(f->dense);
  memset(matrix, 0, 4 * n * n * sizeof *matrix);
  for (size_t j = 0; j < n; j++) {
    for (size_t i = 0; i < n; i++)
      matrix[i + 2 * n * j] = matrix[n + i + 2 * n * (n + j)] =
          (i == j ? creal(zeta) : 0.0) - f->A[i + j * n];
    matrix[n + j + 2 * n * j] = cimag(zeta);
    matrix[j + 2 * n * (n + j)] = -cimag(zeta);
  }
  rg_dense_factor(f->dense);
  memcpy(f->b, v, n * sizeof *v);
  memcpy(f->b + n, im(f, v), n * sizeof *v);
  rg_dense_solve(f->dense, f->b);
  memcpy(v, f->b, n * sizeof *v);
  memcpy(im(f, v), f->b + n, n * sizeof *v);
}

static double complex term(forms *f, double weight, double *v) {
  const double complex value = weight * product(f, f->vector[P], v);
  f->size += cabs(value);
  return value;
}

/* Differences are less exact than Taylor coefficients; and where all terms are near zero, what differences
 * leave of nothing is judged by the Jacobian. */
static double noise(const forms *f) {
  const bool exact = rg_field_system(f->frame->field)->taylor != NULL;
  double most = 0.0, q = 0.0, p = 0.0;
  for (size_t k = 0; k < f->n * f->n; k++) most = fmax(most, fabs(f->A[k]));
  for (size_t k = 0; k < 2 * f->columns; k++) {
    q = fmax(q, fabs(f->vector[Q][k]));
    p = fmax(p, fabs(f->vector[P][k]));
  }
  return (exact ? 1e-9 : 1e-5) * f->size + (exact ? 1e-13 : 1e-6) * most * p * q * q * q;
}

regime_status rg_normal_quadratic(rg_frame *frame, const rg_spectrum *s, const double *Z, size_t k,
                                  rg_normal *out) {
  forms f;
  const regime_status status = open_forms(&f, frame, s, Z);
  if (status != REGIME_OK) return close_forms(&f, status);
  take_vectors(&f, s, k);
  second(&f, f.vector[Q], f.vector[Q], f.vector[FIRST]);
  out->coefficient = creal(term(&f, 0.5, f.vector[FIRST]));
  out->noise = noise(&f);
  return close_forms(&f, status);
}

/* The part of v along q would be stretched without bounds where A is singular: it is taken out, and has no
 * business there; that is the inverse A^INV on the other directions. */
static void solve_beside(forms *f, double *v, bool is_singular) {
  double *q = f->vector[Q];
  const size_t n = f->n;
  const double along = is_singular ? creal(product(f, f->vector[P], v)) : 0.0;
  for (size_t i = 0; i < n; i++) v[i] -= along * q[i];
  solve(f, 0.0, v);
  const double left = is_singular ? creal(product(f, f->vector[P], v)) : 0.0;
  for (size_t i = 0; i < n; i++) v[i] = -(v[i] - left * q[i]);
}

regime_status rg_normal_cubic(rg_frame *frame, const rg_spectrum *s, const double *Z, size_t k,
                              rg_normal *out) {
  forms f;
  const regime_status status = open_forms(&f, frame, s, Z);
  if (status != REGIME_OK) return close_forms(&f, status);
  take_vectors(&f, s, k);
  double *q = f.vector[Q], *h = f.vector[FIRST], *v = f.vector[SECOND];
  third(&f, v);
  double complex sum = term(&f, 1.0 / 6.0, v);
  second(&f, q, q, h);
  solve_beside(&f, h, !(s->is_map && s->re[k] < 0.0));
  second(&f, q, h, v);
  sum += term(&f, -0.5, v);
  out->coefficient = creal(sum);
  out->noise = noise(&f);
  return close_forms(&f, status);
}

static double complex hopf_form(forms *f, double complex twice) {
  double *q = f->vector[Q], *other = f->vector[THIRD], *h = f->vector[FIRST], *v = f->vector[SECOND];
  memcpy(other, q, 2 * f->columns * sizeof *q);
  for (size_t i = 0; i < f->n; i++) im(f, other)[i] = -im(f, q)[i];
  third(f, v);
  double complex sum = term(f, 1.0, v);
  second(f, q, other, h);
  solve(f, 0.0, h); /* -A^-1 */
  second(f, q, h, v);
  sum += term(f, 2.0, v);
  second(f, q, q, h);
  solve(f, twice, h);
  second(f, other, h, v);
  return sum + term(f, 1.0, v);
}

/* exp(i k theta) = 1 for k up to 4. */
static bool is_resonant(double complex mu) {
  for (int k = 1; k <= 4; k++)
    if (cabs(cpow(mu, k) - 1.0) < 1e-6) return true;
  return false;
}

regime_status rg_normal_pair(rg_frame *frame, const rg_spectrum *s, const double *Z, size_t k,
                             rg_normal *out) {
  forms f;
  const double complex mu = s->re[k] + I * s->im[k];
  *out = (rg_normal){NAN, 0.0};
  if (s->is_map && is_resonant(mu)) return REGIME_OK;
  const regime_status status = open_forms(&f, frame, s, Z);
  if (status != REGIME_OK) return close_forms(&f, status);
  take_vectors(&f, s, k);
  const double complex form = hopf_form(&f, s->is_map ? mu * mu - 1.0 : 2.0 * I * s->im[k]);
  const double complex factor = s->is_map ? 0.5 * conj(mu) : 0.5 / s->im[k];
  out->coefficient = creal(factor * form);
  out->noise = cabs(factor) * noise(&f);
  return close_forms(&f, status);
}
