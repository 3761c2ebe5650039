/* stride.c — predictor, corrector, bounds (Keller 1977; Allgower and Georg 1990, ch. 6). */
#include "analysis/stride.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { EASY_ITERATIONS = 3, HARD_ITERATIONS = 6 };

regime_status rg_stride_make(rg_stride *s, rg_arc *arc, double largest, double smallest) {
  const size_t n = arc->n;
  *s = (rg_stride){.arc = arc, .largest = largest > 0.0 ? largest : 1.0 / 50.0};
  s->smallest = smallest > 0.0 ? smallest : 1e-8 * s->largest;
  s->memory = calloc(4 * n + 1, sizeof *s->memory);
  if (!s->memory) return REGIME_NO_MEMORY;
  s->low = s->memory;
  s->high = s->low + n;
  s->normal = s->high + n;
  s->spare = s->normal + n;
  for (size_t j = 0; j < n; j++) {
    s->low[j] = -INFINITY;
    s->high[j] = INFINITY;
  }
  rg_stride_begin(s);
  return REGIME_OK;
}

void rg_stride_clear(rg_stride *s) {
  free(s->memory);
  *s = (rg_stride){0};
}

void rg_stride_begin(rg_stride *s) {
  s->step = 0.1 * s->largest;
  s->landed = SIZE_MAX;
}

/* --- bounds -------------------------------------------------------------------------------------------- */

double rg_stride_bound(const rg_stride *s, const double *Z, size_t j) {
  const double slack = 1e-12;
  if (Z[j] < s->low[j] - slack * (1.0 + fabs(s->low[j]))) return s->low[j];
  if (Z[j] > s->high[j] + slack * (1.0 + fabs(s->high[j]))) return s->high[j];
  return NAN;
}

/* Of the bounds passed from Z to next the first, and the part of the way to it. */
static bool first_bound(rg_stride *s, const double *Z, const double *next, double *bound, double *part) {
  *part = INFINITY;
  for (size_t j = 0; j < s->arc->n; j++) {
    const double passed = rg_stride_bound(s, next, j);
    if (isnan(passed)) continue;
    const double there = fmax(0.0, (passed - Z[j]) / (next[j] - Z[j]));
    if (!(there < *part)) continue;
    *part = there;
    *bound = passed;
    s->landed = j;
  }
  return isfinite(*part);
}

/* Moves `next` back to the bound it has passed. False: not to be reached from here. */
static bool land(rg_stride *s, const double *Z, double *next) {
  const size_t n = s->arc->n;
  double bound = 0.0, part;
  s->landed = SIZE_MAX;
  for (size_t round = 0; round < n && first_bound(s, Z, next, &bound, &part); round++) {
    for (size_t j = 0; j < n; j++) next[j] = Z[j] + part * (next[j] - Z[j]);
    memset(s->normal, 0, n * sizeof *s->normal);
    next[s->landed] = bound;
    s->normal[s->landed] = 1.0;
    if (!rg_arc_correct(s->arc, next, s->normal)) return false;
    if (rg_arc_distance(s->arc, Z, next) > 2.0 * s->step) return false;
  }
  return true;
}

/* --- the step ------------------------------------------------------------------------------------------ */

/* Newton may lead to another branch: a solution much farther off than the step is long is not this one. */
static bool correct(rg_stride *s, const double *Z, const double *tangent, double *next) {
  for (size_t j = 0; j < s->arc->n; j++) {
    next[j] = Z[j] + s->step * tangent[j];
    s->normal[j] = s->arc->weight[j] * tangent[j];
  }
  return rg_arc_correct(s->arc, next, s->normal) && rg_arc_distance(s->arc, Z, next) < 1.5 * s->step;
}

bool rg_stride_try(rg_stride *s, const double *Z, const double *tangent, double widest, double *next,
                   double *next_tangent) {
  if (!correct(s, Z, tangent, next) || !land(s, Z, next)) return false;
  memcpy(next_tangent, tangent, s->arc->n * sizeof *tangent);
  return rg_arc_tangent(s->arc, next, next_tangent) &&
         rg_arc_product(s->arc, tangent, next_tangent) >= widest;
}

void rg_stride_adapt(rg_stride *s, const double *tangent, const double *next_tangent) {
  const double turn = rg_arc_product(s->arc, tangent, next_tangent);
  if (s->arc->iterations <= EASY_ITERATIONS && turn > 0.98)
    s->step = fmin(1.5 * s->step, s->largest);
  else if (s->arc->iterations >= HARD_ITERATIONS)
    s->step *= 0.7;
}

/* --- closing ------------------------------------------------------------------------------------------- */

bool rg_stride_closes(rg_stride *s, const double *origin, const double *direction, bool is_crossing,
                      const double *Z, double *next) {
  const rg_arc *arc = s->arc;
  double before = 0.0, after = 0.0;
  for (size_t j = 0; j < arc->n; j++) {
    s->normal[j] = arc->weight[j] * direction[j];
    before += s->normal[j] * (Z[j] - origin[j]);
    after += s->normal[j] * (next[j] - origin[j]);
  }
  if (!(before < 0.0 && after >= 0.0)) return false;
  const double chord = rg_arc_distance(arc, next, Z);
  if (rg_arc_distance(arc, next, origin) > 2.0 * chord) return false;
  for (size_t j = 0; j < arc->n; j++) s->spare[j] = Z[j] + (next[j] - Z[j]) * before / (before - after);
  if (is_crossing
          ? rg_arc_distance(arc, s->spare, origin) > 0.1 * chord
          : !rg_arc_correct(s->arc, s->spare, s->normal) || rg_arc_distance(arc, s->spare, origin) > 1e-6)
    return false;
  memcpy(next, is_crossing ? origin : s->spare, arc->n * sizeof *next);
  return true;
}
