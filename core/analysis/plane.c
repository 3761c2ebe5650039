/* plane.c — two states free, the others held or at rest. */
#include "analysis/plane.h"

#include "linalg/newton.h"
#include <string.h>

rg_plane rg_plane_make(rg_arena *arena, rg_field *field, size_t x, size_t y, const double *held, bool solve) {
  const size_t n = rg_field_states(field);
  rg_plane plane = {.field = field, .n = n, .x = x, .y = y, .held = held, .solve = solve && n > 2};
  plane.X = RG_NEW_ARRAY(arena, double, 3 * n + n * n);
  plane.F = plane.X + n;
  plane.z = plane.F + n;
  plane.jacobian = plane.z + n;
  plane.other = RG_NEW_ARRAY(arena, size_t, n);
  size_t count = 0;
  for (size_t k = 0; k < n; k++)
    if (k != x && k != y) plane.other[count++] = k;
  memcpy(plane.X, held, n * sizeof *held);
  return plane;
}

static void put_others(rg_plane *p, const double *z) {
  for (size_t k = 0; k + 2 < p->n; k++) p->X[p->other[k]] = z[k];
}

static int others_residual(void *self, const double *z, double *f) {
  rg_plane *p = self;
  put_others(p, z);
  if (rg_field_residual(p->field, p->X, p->F)) return 1;
  for (size_t k = 0; k + 2 < p->n; k++) f[k] = p->F[p->other[k]];
  return 0;
}

static int others_jacobian(void *self, const double *z, double *jacobian) {
  rg_plane *p = self;
  const size_t m = p->n - 2;
  put_others(p, z);
  if (rg_field_residual_jacobian(p->field, p->X, p->jacobian)) return 1;
  for (size_t j = 0; j < m; j++)
    for (size_t i = 0; i < m; i++) jacobian[j * m + i] = p->jacobian[p->other[j] * p->n + p->other[i]];
  return 0;
}

static int solve_others(rg_plane *p, const double *from) {
  const rg_newton_problem problem = {
      .n = p->n - 2, .self = p, .residual = others_residual, .jacobian = others_jacobian};
  rg_newton_report report;
  for (size_t k = 0; k + 2 < p->n; k++) p->z[k] = from[p->other[k]];
  if (rg_newton(&problem, p->z, &report) != REGIME_OK) return 1;
  put_others(p, p->z);
  return 0;
}

int rg_plane_place(rg_plane *p, double x, double y) {
  p->X[p->x] = x;
  p->X[p->y] = y;
  if (!p->solve) return 0;
  return solve_others(p, p->X) && solve_others(p, p->held);
}

int rg_plane_change(rg_plane *p, double x, double y, double change[2]) {
  if (rg_plane_place(p, x, y) || rg_field_residual(p->field, p->X, p->F)) return 1;
  change[0] = p->F[p->x];
  change[1] = p->F[p->y];
  return 0;
}
