/* settled_map.c — the orbit a map settles on.
 *
 *   1. settle   give it time
 *   2. return   the first period after which it is where it was: a fixed point, or an orbit to be polished
 *   3. turn     else the angle it turns by: where its average is the same early and late, it turns on a curve
 */
#include "analysis/settled.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 4, CURVE = 20000, SHOWN = 2000 };
static const double limit = 1e12, returned_within = 1e-6, same_within = 1e-6;

static bool go_on(rg_settled *s) {
  double *next = s->facts.X;
  if (rg_field_value(s->field, s->x, next)) return false;
  for (size_t i = 0; i < s->facts.n; i++)
    if (!(fabs(next[i]) <= limit)) return false;
  memcpy(s->x, next, s->facts.n * sizeof *next);
  return true;
}

static size_t periods(const rg_settled *s, double time) {
  return (size_t)(time / rg_field_system(s->field)->step);
}

static bool settle(rg_settled *s, size_t count) {
  for (size_t k = 0; k < count; k++)
    if (!go_on(s)) return false;
  return true;
}

/* Fills `points` with where it goes from here, here first. */
static bool record(rg_settled *s, size_t count, double *points) {
  const size_t n = s->facts.n;
  for (size_t k = 0; k < count; k++) {
    memcpy(points + k * n, s->x, n * sizeof *points);
    if (!go_on(s)) return false;
  }
  return true;
}

/* ---- 2. return ---- */

static bool is_near(const double *a, const double *b, size_t n, double within) {
  for (size_t i = 0; i < n; i++)
    if (!(fabs(a[i] - b[i]) <= within * (1.0 + fabs(a[i])))) return false;
  return true;
}

/* 0: it does not come back. */
static size_t first_return(const double *points, size_t count, size_t n) {
  for (size_t k = 1; k < count; k++)
    if (is_near(points, points + k * n, n, returned_within)) return k;
  return 0;
}

static regime_status polish(rg_settled *s, const double *points, size_t period, bool *is_there) {
  const size_t n = s->facts.n;
  rg_orbit_free(s->orbit);
  s->orbit = rg_orbit_create(n, period, 1);
  if (!s->orbit) return REGIME_NO_MEMORY;
  memcpy(s->orbit->value, points, period * n * sizeof *points);
  memcpy(s->orbit->value + period * n, points, n * sizeof *points);
  s->orbit->period = (double)period * rg_field_system(s->field)->step;
  const regime_status status = rg_settled_polish(s, RG_NONE_FREE, is_there);
  *is_there = *is_there && s->facts.is_stable;
  return status;
}

/* ---- 3. turn ---- */

static double mean_of(const double *points, size_t count, size_t n, size_t state) {
  double sum = 0.0;
  for (size_t k = 0; k < count; k++) sum += points[k * n + state];
  return sum / (double)count;
}

static size_t widest(const double *points, size_t count, size_t n) {
  size_t best = 0;
  double most = -1.0;
  for (size_t i = 0; i < n; i++) {
    double low = INFINITY, high = -INFINITY;
    for (size_t k = 0; k < count; k++) {
      low = fmin(low, points[k * n + i]);
      high = fmax(high, points[k * n + i]);
    }
    const double width = (high - low) / (1.0 + fmax(fabs(low), fabs(high)));
    if (width > most) best = i;
    most = fmax(most, width);
  }
  return best;
}

/* The average turn a period of one state against the same a period later, about their mean, with weights that
 * fall smoothly to nothing at both ends: of motion on a curve it converges faster than any power. */
static double turning(const double *points, size_t count, size_t n, size_t state) {
  const double pi = 3.141592653589793, mean = mean_of(points, count, n, state);
  double sum = 0.0, weights = 0.0;
  for (size_t k = 0; k + 2 < count; k++) {
    const double *x = points + k * n + state;
    const double place = ((double)k + 1.0) / (double)count, weight = exp(-1.0 / (place * (1.0 - place)));
    double turn = atan2(x[2 * n] - mean, x[n] - mean) - atan2(x[n] - mean, x[0] - mean);
    turn -= 2.0 * pi * round(turn / (2.0 * pi));
    sum += weight * turn;
    weights += weight;
  }
  return fabs(sum / weights / (2.0 * pi));
}

static bool turns(rg_settled *s, const double *points) {
  const size_t n = s->facts.n, half = CURVE / 2, state = widest(points, CURVE, n);
  const double early = turning(points, half, n, state), late = turning(points + half * n, half, n, state);
  const double turn = turning(points, CURVE, n, state);
  s->turn = rg_field_system(s->field)->step / turn;
  return n > 1 && turn > 0.0 && fabs(early - late) < same_within * turn;
}

/* ---- the search ---- */

/* The points were recorded as long as it went on. */
static regime_status judge(rg_settled *s, const double *points, size_t longest) {
  const size_t n = s->facts.n, period = first_return(points, longest + 1, n);
  bool is_there = false;
  if (period == 1) {
    s->verdict = rg_settled_is_at_rest(s, 1.0, returned_within) ? REGIME_CYCLE_RESTS : REGIME_CYCLE_NONE;
    return REGIME_OK;
  }
  if (period > 1) {
    const regime_status status = polish(s, points, period, &is_there);
    if (is_there) s->verdict = REGIME_CYCLE_FOUND;
    return status;
  }
  s->n_curve = SHOWN;
  if (turns(s, points)) s->verdict = REGIME_CYCLE_CURVE;
  return REGIME_OK;
}

static regime_status try_rounds(rg_settled *s, size_t longest) {
  size_t count = periods(s, s->options->settle);
  for (int round = 0; round < ROUNDS && !rg_settled_is_stopped(s); round++, count *= 2) {
    if (!settle(s, count) || !record(s, longest + CURVE, s->curve)) {
      s->verdict = REGIME_CYCLE_DIVERGES;
      return REGIME_OK;
    }
    const regime_status status = judge(s, s->curve, longest);
    if (status != REGIME_OK || s->verdict != REGIME_CYCLE_NONE) return status;
  }
  return REGIME_OK;
}

regime_status rg_settle_map(rg_settled *s) {
  const size_t longest = periods(s, s->options->longest) + 1;
  s->curve = calloc((longest + CURVE) * s->facts.n + 1, sizeof *s->curve);
  return s->curve ? try_rounds(s, longest) : REGIME_NO_MEMORY;
}
