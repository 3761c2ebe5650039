/* arc.c — the corrector and the tangent of pseudo-arclength continuation. */
#include "analysis/arc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ITERATIONS = 10 };

regime_status rg_arc_make(rg_arc *a) {
  a->dense = rg_dense_create(a->n);
  a->memory = calloc(4 * a->n + 1, sizeof *a->memory);
  if (!a->dense || !a->memory) {
    rg_arc_clear(a);
    return REGIME_NO_MEMORY;
  }
  a->weight = a->memory;
  for (size_t j = 0; j < a->n; j++) a->weight[j] = 1.0;
  return REGIME_OK;
}

void rg_arc_clear(rg_arc *a) {
  rg_dense_free(a->dense);
  free(a->memory);
  *a = (rg_arc){0};
}

static double *room(const rg_arc *a, size_t k) { return a->memory + k * a->n; }

double rg_arc_product(const rg_arc *a, const double *u, const double *v) {
  double sum = 0.0;
  for (size_t j = 0; j < a->n; j++) sum += a->weight[j] * u[j] * v[j];
  return sum;
}

double rg_arc_distance(const rg_arc *a, const double *u, const double *v) {
  double sum = 0.0;
  for (size_t j = 0; j < a->n; j++) sum += a->weight[j] * (u[j] - v[j]) * (u[j] - v[j]);
  return sqrt(sum);
}

static bool is_finite(const double *v, size_t n) {
  for (size_t k = 0; k < n; k++)
    if (!isfinite(v[k])) return false;
  return true;
}

/* G' and the normal below it, each row divided by its sum, which is kept as the reach of the equation. */
static bool linearise(rg_arc *a, const double *Z, const double *normal) {
  const size_t n = a->n;
  double *matrix = rg_dense_matrix(a->dense), *reach = room(a, 3);
  memset(matrix, 0, n * n * sizeof *matrix);
  if (a->jacobian(a->self, Z, matrix)) return false;
  for (size_t j = 0; j < n && a->equations < n; j++) matrix[n - 1 + j * n] = normal[j];
  if (!is_finite(matrix, n * n)) return false;
  for (size_t i = 0; i < n; i++) {
    reach[i] = 0.0;
    for (size_t j = 0; j < n; j++) reach[i] += fabs(matrix[i + j * n]);
    if (reach[i] == 0.0) reach[i] = 1.0;
    for (size_t j = 0; j < n; j++) matrix[i + j * n] /= reach[i];
  }
  rg_dense_factor(a->dense);
  return true;
}

static bool take_value(rg_arc *a, const double *Z) {
  double *g = room(a, 1);
  a->no_value = a->value(a->self, Z, g) || !is_finite(g, a->equations);
  return !a->no_value;
}

/* The Newton step from Z in room 2, its largest part, and whether the residual is small. */
static bool find_step(rg_arc *a, const double *Z, const double *normal, bool *small) {
  const double *g = room(a, 1), *reach = room(a, 3);
  double *step = room(a, 2);
  a->no_value = !linearise(a, Z, normal);
  if (a->no_value) return false;
  *small = true;
  step[a->n - 1] = 0.0;
  for (size_t i = 0; i < a->equations; i++) {
    step[i] = -g[i] / reach[i];
    if (!(fabs(step[i]) <= a->tolerance)) *small = false;
  }
  rg_dense_solve(a->dense, step);
  a->step = 0.0;
  for (size_t j = 0; j < a->n; j++) a->step = isnan(step[j]) ? INFINITY : fmax(a->step, fabs(step[j]));
  return isfinite(a->step);
}

/* An iteration that has begun to converge goes on doing so; one whose steps grow is given up. */
bool rg_arc_correct(rg_arc *a, double *Z, const double *normal) {
  double last = INFINITY;
  bool small;
  a->iterations = 0;
  if (!take_value(a, Z)) return false;
  for (int k = 0; k < MOST_ITERATIONS; k++) {
    if (!find_step(a, Z, normal, &small)) return false;
    if (k > 0 && a->step > 2.0 * last && !(small && a->step <= a->tolerance)) return false;
    for (size_t j = 0; j < a->n; j++) Z[j] += room(a, 2)[j];
    a->iterations++;
    if (!take_value(a, Z)) return false;
    if (small && a->step <= a->tolerance) return true;
    last = a->step;
  }
  return false;
}

bool rg_arc_tangent(rg_arc *a, const double *Z, double *tangent) {
  double *normal = room(a, 1), *found = room(a, 2);
  for (size_t j = 0; j < a->n; j++) normal[j] = a->weight[j] * tangent[j];
  a->no_value = !linearise(a, Z, normal);
  if (a->no_value || rg_dense_is_singular(a->dense)) return false;
  memset(found, 0, a->n * sizeof *found);
  found[a->n - 1] = 1.0;
  rg_dense_solve(a->dense, found);
  const double length = sqrt(rg_arc_product(a, found, found));
  if (!(length > 0.0) || !isfinite(length)) return false;
  for (size_t j = 0; j < a->n; j++) tangent[j] = found[j] / length;
  return true;
}
