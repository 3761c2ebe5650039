/* target.c — neighbourhoods from which there is no way out.
 *
 * V(d) = sum |l_k . d|^2 with the left eigenvectors l_k falls along the linear flow at the rates of the
 * eigenvalues; where that fails (vectors nearly parallel) V(d) = |d|^2 by the widths of the box is tried. The
 * level is lowered until V is seen to fall on every point of shells within it.
 */
#include "analysis/chase.h"

#include <math.h>
#include <string.h>

enum { DIRECTIONS = 48, SHELLS = 6, MOST_LOWERINGS = 40 };

/* Direction number j, one of an additive recurrence on the cube, of length 1 by the widths of the box. */
static void aim(const rg_chase *c, size_t j, double *d) {
  double sum = 0.0;
  for (size_t k = 0; k < c->n; k++) {
    d[k] = c->n == 2 ? cos(6.283185307179586 * (double)j / DIRECTIONS - (double)k * 1.5707963267948966)
                     : fmod(0.5 + (double)(j + 1) * sqrt(2.0 + (double)k), 1.0) - 0.5;
    sum += d[k] * d[k];
  }
  for (size_t k = 0; k < c->n; k++) d[k] *= (c->high[k] - c->low[k]) / sqrt(sum);
}

static double value_at(const rg_chase *c, const rg_target *target, const double *d, double scale, double *X) {
  for (size_t k = 0; k < c->n; k++) X[k] = target->state[k] + scale * d[k];
  return rg_target_value(target, c->n, X);
}

/* Whether V falls at X = state + d: along the flow in the target's direction, or from period to period. */
static bool falls(rg_chase *c, const rg_target *target, double *F) {
  const size_t n = c->n;
  if (rg_field_value(c->field, c->X, F)) return false;
  if (c->is_map) return rg_target_value(target, n, F) < 0.9999 * rg_target_value(target, n, c->X);
  double slope = 0.0;
  for (size_t k = 0; k < n; k++) {
    double along = 0.0, part = 0.0;
    for (size_t i = 0; i < n; i++) {
      along += target->rows[k * n + i] * F[i];
      part += target->rows[k * n + i] * (c->X[i] - target->state[i]);
    }
    slope += target->direction * along * part;
  }
  return slope < 0.0;
}

static bool falls_everywhere(rg_chase *c, const rg_target *target, double *d, double *F) {
  for (size_t j = 0; j < DIRECTIONS; j++) {
    aim(c, j, d);
    const double reach = sqrt(target->level / value_at(c, target, d, 1.0, c->X));
    for (int shell = SHELLS; shell >= 1; shell--) {
      value_at(c, target, d, reach * shell / SHELLS, c->X);
      if (!falls(c, target, F)) return false;
    }
  }
  return true;
}

/* The level within which everything is nearer than a fifth of the box; 0: V is too flat to say. */
static double first_level(rg_chase *c, const rg_target *target, double *d) {
  double least = INFINITY, most = 0.0;
  for (size_t j = 0; j < DIRECTIONS; j++) {
    aim(c, j, d);
    const double value = value_at(c, target, d, 1.0, c->X);
    least = fmin(least, value);
    most = fmax(most, value);
  }
  return least > 1e-8 * most ? 0.04 * least : 0.0;
}

static bool lower(rg_chase *c, rg_target *target, double *d, double *F) {
  target->level = first_level(c, target, d);
  for (int k = 0; k < MOST_LOWERINGS && target->level > 0.0; k++) {
    if (falls_everywhere(c, target, d, F)) return true;
    target->level *= 0.5;
  }
  return false;
}

bool rg_target_find(rg_chase *c, size_t number, int direction, rg_target *target) {
  const size_t n = c->n;
  const regime_equilibrium *e = regime_steady_at(c->steady, number);
  double *rows = RG_NEW_ARRAY(c->arena, double, n *n + 2 * n), *d = rows + n * n, *F = d + n;
  *target = (rg_target){.state = e->state, .rows = rows, .number = number, .direction = direction};
  if (e->n_eigen == n) { /* else some states drift, and its vectors do not span */
    memcpy(rows, e->left, n * n * sizeof *rows);
    if (lower(c, target, d, F)) return true;
  }
  memcpy(rows, c->by_width, n * n * sizeof *rows);
  return lower(c, target, d, F);
}
