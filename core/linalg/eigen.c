/* eigen.c — find, sort, and give vectors a phase. */
#include "linalg/eigen.h"

#include <lapacke.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* As LAPACK finds them, and in our order. */
typedef struct values {
  double *re, *im, *right, *left;
} values;

struct rg_eigen {
  lapack_int n, work_size;
  double *memory; /* of all that follows */
  double *matrix;
  values found, sorted;
  double *scale, *condition, *condition_of_vectors; /* dgeevx: of balancing; not asked for, but wanted */
  double *work;
  size_t *order;
};

static lapack_int leading(const rg_eigen *e) { return e->n > 0 ? e->n : 1; }

static lapack_int call(rg_eigen *e, double *work, lapack_int work_size) {
  lapack_int low, high;
  double norm;
  return LAPACKE_dgeevx_work(LAPACK_COL_MAJOR, 'B', 'V', 'V', 'N', e->n, e->matrix, leading(e), e->found.re,
                             e->found.im, e->found.left, leading(e), e->found.right, leading(e), &low, &high,
                             e->scale, &norm, e->condition, e->condition_of_vectors, work, work_size, NULL);
}

static bool make_work(rg_eigen *e) {
  double best = 1.0;
  if (e->n > 0) call(e, &best, -1);
  e->work_size = (lapack_int)best;
  e->work = calloc((size_t)e->work_size + 1, sizeof *e->work);
  return e->work != NULL;
}

static bool make_room(rg_eigen *e, size_t n) {
  e->memory = calloc(5 * n * n + 7 * n + 1, sizeof *e->memory);
  e->order = calloc(n + 1, sizeof *e->order);
  if (!e->memory || !e->order) return false;
  double *at = e->memory;
  double **const squares[] = {&e->matrix, &e->found.right, &e->found.left, &e->sorted.right, &e->sorted.left};
  double **const vectors[] = {&e->found.re, &e->found.im,  &e->sorted.re,           &e->sorted.im,
                              &e->scale,    &e->condition, &e->condition_of_vectors};
  for (size_t k = 0; k < sizeof squares / sizeof *squares; k++, at += n * n) *squares[k] = at;
  for (size_t k = 0; k < sizeof vectors / sizeof *vectors; k++, at += n) *vectors[k] = at;
  return make_work(e);
}

rg_eigen *rg_eigen_create(size_t n) {
  rg_eigen *e = calloc(1, sizeof *e);
  if (!e) return NULL;
  e->n = (lapack_int)n;
  if (make_room(e, n)) return e;
  rg_eigen_free(e);
  return NULL;
}

void rg_eigen_free(rg_eigen *e) {
  if (!e) return;
  free(e->memory);
  free(e->work);
  free(e->order);
  free(e);
}

/* --- order --------------------------------------------------------------------------------------------- */

static int falling(double a, double b) { return (a < b) - (a > b); }

/* Conjugates are equal here to the last bit, so that nothing comes between them. */
static int compare(const values *v, size_t a, size_t b, rg_eigen_order order) {
  const bool by_modulus = order == RG_BY_MODULUS;
  const double size_a = by_modulus ? hypot(v->re[a], v->im[a]) : v->re[a];
  const double size_b = by_modulus ? hypot(v->re[b], v->im[b]) : v->re[b];
  if (size_a != size_b) return falling(size_a, size_b);
  if (fabs(v->im[a]) != fabs(v->im[b])) return falling(fabs(v->im[a]), fabs(v->im[b]));
  return falling(v->re[a], v->re[b]);
}

/* By insertion, which leaves equals as they are. */
static void find_order(rg_eigen *e, rg_eigen_order order) {
  for (size_t k = 0; k < (size_t)e->n; k++) {
    size_t place = k;
    for (; place > 0 && compare(&e->found, e->order[place - 1], k, order) > 0; place--)
      e->order[place] = e->order[place - 1];
    e->order[place] = k;
  }
}

static void sort(rg_eigen *e) {
  const size_t n = (size_t)e->n;
  for (size_t k = 0; k < n; k++) {
    const size_t from = e->order[k];
    e->sorted.re[k] = e->found.re[from];
    e->sorted.im[k] = e->found.im[from];
    memcpy(e->sorted.right + k * n, e->found.right + from * n, n * sizeof *e->matrix);
    memcpy(e->sorted.left + k * n, e->found.left + from * n, n * sizeof *e->matrix);
  }
}

/* --- phase --------------------------------------------------------------------------------------------- */

static size_t largest_part(const double *re, const double *im, size_t n) {
  size_t largest = 0;
  double most = 0.0;
  for (size_t i = 0; i < n; i++) {
    const double size = hypot(re[i], im ? im[i] : 0.0);
    if (size > most * (1.0 + 1e-8)) {
      most = size;
      largest = i;
    }
  }
  return largest;
}

static void turn_real(double *v, size_t n) {
  if (v[largest_part(v, NULL, n)] >= 0.0) return;
  for (size_t i = 0; i < n; i++) v[i] = -v[i];
}

static void turn_complex(double *re, double *im, size_t n) {
  const size_t k = largest_part(re, im, n);
  const double size = hypot(re[k], im[k]), c = re[k] / size, s = im[k] / size;
  if (!(size > 0.0)) return;
  for (size_t i = 0; i < n; i++) {
    const double x = re[i], y = im[i];
    re[i] = x * c + y * s;
    im[i] = y * c - x * s;
  }
  im[k] = 0.0;
}

static void turn(rg_eigen *e, double *vectors) {
  const size_t n = (size_t)e->n;
  for (size_t k = 0; k < n; k++) {
    double *v = vectors + k * n;
    if (e->sorted.im[k] == 0.0)
      turn_real(v, n);
    else if (e->sorted.im[k] > 0.0)
      turn_complex(v, v + n, n);
  }
}

/* --- finding ------------------------------------------------------------------------------------------- */

static bool is_finite(const rg_eigen *e) {
  for (size_t k = 0; k < (size_t)e->n * (size_t)e->n; k++)
    if (!isfinite(e->matrix[k])) return false;
  return true;
}

bool rg_eigen_find(rg_eigen *e, rg_eigen_order order) {
  if (e->n == 0) return true;
  if (!is_finite(e) || call(e, e->work, e->work_size) != 0) return false;
  find_order(e, order);
  sort(e);
  turn(e, e->sorted.right);
  turn(e, e->sorted.left);
  return true;
}

double *rg_eigen_matrix(rg_eigen *e) { return e->matrix; }
const double *rg_eigen_re(const rg_eigen *e) { return e->sorted.re; }
const double *rg_eigen_im(const rg_eigen *e) { return e->sorted.im; }
const double *rg_eigen_right(const rg_eigen *e) { return e->sorted.right; }
const double *rg_eigen_left(const rg_eigen *e) { return e->sorted.left; }
