/* knot.c — Newton's method for branch points, and the algebraic branching equation. */
#include "analysis/knot.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* v becomes the solution of [J b; C^T 0] or its transpose; n + 2 parts. */
static int solve_bordered(rg_knot *k, const double *Z, bool transposed) {
  const size_t n = k->frame->n, m = n + 2;
  double *matrix = rg_dense_matrix(k->bordered);
  if (rg_frame_jacobian(k->frame, Z, k->jacobian)) return 1;
  memset(matrix, 0, m * m * sizeof *matrix);
  for (size_t j = 0; j <= n; j++) {
    for (size_t i = 0; i < n; i++) matrix[transposed ? j + i * m : i + j * m] = k->jacobian[i + j * n];
    for (size_t i = 0; i < 2; i++)
      matrix[transposed ? j + (n + i) * m : n + i + j * m] = k->C[j + i * (n + 1)];
  }
  for (size_t i = 0; i < n; i++) matrix[transposed ? n + 1 + i * m : i + (n + 1) * m] = k->b[i];
  rg_dense_factor(k->bordered);
  rg_dense_solve(k->bordered, k->v);
  return 0;
}

/* w, g_1, g_2 */
static int find_left(rg_knot *k, const double *Z) {
  const size_t n = k->frame->n;
  memset(k->v, 0, (n + 2) * sizeof *k->v);
  k->v[n + 1] = 1.0;
  if (solve_bordered(k, Z, true)) return 1;
  memcpy(k->w, k->v, (n + 2) * sizeof *k->w);
  return 0;
}

static int value(void *self, const double *Z, double *G) {
  rg_knot *k = self;
  const size_t n = k->frame->n;
  if (rg_frame_residual(k->frame, Z, G) || find_left(k, Z)) return 1;
  for (size_t i = 0; i < n; i++) G[i] += Z[n + 1] * k->b[i];
  G[n] = k->w[n];
  G[n + 1] = k->w[n + 1];
  return 0;
}

/* dg_i = -w . dJ V_i, V_i being the solution of [J b; C^T 0] (V_i, .) = (0, e_i) */
static int put_slope(rg_knot *k, const double *Z, size_t which, double *matrix) {
  const size_t n = k->frame->n, m = n + 2;
  memset(k->v, 0, m * sizeof *k->v);
  k->v[n + which] = 1.0;
  if (solve_bordered(k, Z, false) || rg_frame_bend(k->frame, Z, k->v, n + 1, k->bend)) return 1;
  for (size_t j = 0; j <= n; j++)
    for (size_t i = 0; i < n; i++) matrix[n + which + j * m] -= k->w[i] * k->bend[i + j * n];
  return 0;
}

static int jacobian(void *self, const double *Z, double *matrix) {
  rg_knot *k = self;
  const size_t n = k->frame->n, m = n + 2;
  if (find_left(k, Z) || put_slope(k, Z, 0, matrix) || put_slope(k, Z, 1, matrix)) return 1;
  for (size_t j = 0; j <= n; j++)
    for (size_t i = 0; i < n; i++) matrix[i + j * m] = k->jacobian[i + j * n];
  for (size_t i = 0; i < n; i++) matrix[i + (n + 1) * m] = k->b[i];
  return 0;
}

regime_status rg_knot_make(rg_knot *k, rg_frame *frame, double tolerance) {
  const size_t n = frame->n, m = n + 2;
  *k = (rg_knot){.frame = frame};
  k->arc = (rg_arc){
      .n = m, .equations = m, .self = k, .value = value, .jacobian = jacobian, .tolerance = tolerance};
  k->svd = rg_svd_create(n, n + 1);
  k->bordered = rg_dense_create(m);
  k->b = calloc(n + 2 * (n + 1) + 2 * n * (n + 1) + 2 * m, sizeof *k->b);
  if (!k->svd || !k->bordered || !k->b || rg_arc_make(&k->arc) != REGIME_OK) {
    rg_knot_clear(k);
    return REGIME_NO_MEMORY;
  }
  k->C = k->b + n;
  k->jacobian = k->C + 2 * (n + 1);
  k->bend = k->jacobian + n * (n + 1);
  k->w = k->bend + n * (n + 1);
  k->v = k->w + m;
  return REGIME_OK;
}

void rg_knot_clear(rg_knot *k) {
  rg_arc_clear(&k->arc);
  rg_svd_free(k->svd);
  rg_dense_free(k->bordered);
  free(k->b);
  *k = (rg_knot){0};
}

static bool decompose(rg_knot *k, const double *Z) {
  return !rg_frame_jacobian(k->frame, Z, rg_svd_matrix(k->svd)) && rg_svd_find(k->svd);
}

bool rg_knot_find(rg_knot *k, double *Z) {
  const size_t n = k->frame->n;
  if (!decompose(k, Z)) return false;
  memcpy(k->b, rg_svd_left(k->svd, n - 1), n * sizeof *k->b);
  for (size_t i = 0; i < 2; i++)
    memcpy(k->C + i * (n + 1), rg_svd_right(k->svd, n - 1 + i), (n + 1) * sizeof *k->C);
  Z[n + 1] = 0.0;
  return rg_arc_correct(&k->arc, Z, NULL);
}

static double form(rg_knot *k, const double *Z, const double *u, const double *v, bool *undefined) {
  const double *w = rg_svd_left(k->svd, k->frame->n - 1);
  double sum = 0.0;
  if (rg_frame_second(k->frame, Z, u, v, k->v)) *undefined = true;
  for (size_t i = 0; i < k->frame->n; i++) sum += w[i] * k->v[i];
  return sum;
}

bool rg_knot_directions(rg_knot *k, const double *Z, double *first, double *second) {
  const size_t n = k->frame->n;
  bool undefined = false;
  if (!decompose(k, Z)) return false;
  const double *N1 = rg_svd_right(k->svd, n - 1), *N2 = rg_svd_right(k->svd, n);
  const double a = form(k, Z, N1, N1, &undefined), b = form(k, Z, N1, N2, &undefined),
               c = form(k, Z, N2, N2, &undefined);
  /* along (cos phi, sin phi) the equation reads (a + c)/2 + r cos(2 phi - psi) = 0 */
  const double middle = 0.5 * (a + c), r = hypot(0.5 * (a - c), b), psi = atan2(b, 0.5 * (a - c));
  if (undefined || !(fabs(middle) < r * (1.0 - 1e-12))) return false;
  const double open = acos(-middle / r);
  for (size_t j = 0; j <= n; j++) {
    first[j] = cos(0.5 * (psi + open)) * N1[j] + sin(0.5 * (psi + open)) * N2[j];
    second[j] = cos(0.5 * (psi - open)) * N1[j] + sin(0.5 * (psi - open)) * N2[j];
  }
  return true;
}
