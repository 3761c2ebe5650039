/* loop.c — the cycle a path has come to, from its returns to a section.
 *
 *   through X the section across the flow; P(s) where a path that starts s along it comes back
 *   in the plane:  P(s) = s by the secant method; its slope is the cycle's multiplier
 *   else:          X, P(X), P(P(X)), ... until a return is one of the last eight
 */
#include "analysis/chase.h"

#include <math.h>
#include <string.h>

enum { MOST_SECANTS = 30, MOST_RETURNS = 60, MOST_TURNS = 8, MOST_PERIOD = 64 };
static const double first_bit = 0.01, spacing = 0.005, farthest = 40.0;

/* ---- what is known ---- */

static double *keep(rg_chase *c, const double *points, size_t count) {
  double *copy = RG_NEW_ARRAY(c->arena, double, count);
  memcpy(copy, points, count * sizeof *copy);
  return copy;
}

/* Whether most of a bounded set lies in cells of loop number k. */
static bool is_covered(rg_chase *c, const rg_loop *set, size_t number) {
  size_t inside = 0;
  for (size_t k = 0; k < set->n_points; k++) {
    const uint64_t key = rg_cell_key(c->n, set->points + k * c->n, c->low, c->high, 100.0);
    inside += *rg_cells_at(&c->known, key) == number + 1;
  }
  return 2 * inside > set->n_points;
}

static bool is_near(const rg_chase *c, const rg_loop *loop, const double *X) {
  const double near = c->is_map ? 1e-6 : 1.2 * spacing;
  for (size_t k = 0; k < loop->n_points; k++)
    if (rg_flow_distance(c->flow, loop->points + k * c->n, X) < near) return true;
  return false;
}

static void mark(rg_chase *c, size_t number) {
  const rg_loop *loop = &c->loops.items[number];
  for (size_t k = 0; loop->is_stable && k < loop->n_points; k++)
    *rg_cells_at(&c->known, rg_cell_key(c->n, loop->points + k * c->n, c->low, c->high, 100.0)) = number + 1;
}

size_t rg_loop_add(rg_chase *c, rg_loop loop) {
  for (size_t k = 0; k < c->loops.count; k++)
    if (c->loops.items[k].kind == loop.kind && c->loops.items[k].is_stable == loop.is_stable &&
        (loop.kind == REGIME_FATE_BOUNDED ? is_covered(c, &loop, k)
                                          : is_near(c, &c->loops.items[k], loop.points)))
      return k;
  RG_APPEND(c->arena, &c->loops, loop);
  mark(c, c->loops.count - 1);
  return c->loops.count - 1;
}

/* ---- returns of a flow ---- */

typedef struct lap {
  bool came_back;
  double time;
  rg_numbers *points; /* of the lap; NULL: not asked for */
} lap;

/* One leg of a lap: Y becomes its end. */
static regime_status go(rg_chase *c, double *Y, int direction, double length, lap *l) {
  rg_leg leg;
  const regime_status status = rg_flow_go(c->flow, Y, direction, length, spacing, &leg);
  if (status != REGIME_OK) return status;
  const size_t row = c->n + 1;
  for (size_t p = 1; l->points && p < leg.n_points; p++)
    for (size_t k = 0; k < c->n; k++) RG_APPEND(c->arena, l->points, leg.points[p * row + k]);
  memcpy(Y, leg.points + (leg.n_points - 1) * row, c->n * sizeof *Y);
  l->time += leg.points[(leg.n_points - 1) * row + c->n];
  l->came_back = leg.halt == RG_RETURNED;
  return REGIME_OK;
}

/* From Y until it passes the section through base again: first a bit away from it, where it may start. */
static regime_status come_back(rg_chase *c, const double *base, double *Y, int direction, lap *l) {
  rg_flow_set_section(c->flow, NULL, direction);
  regime_status status = go(c, Y, direction, first_bit, l);
  rg_flow_set_section(c->flow, base, direction);
  if (status == REGIME_OK) status = go(c, Y, direction, farthest, l);
  rg_flow_set_section(c->flow, NULL, direction);
  return status;
}

/* Goes round from `base`, `turns` times past the section there, and adds what it sees. */
static regime_status go_round(rg_chase *c, const double *base, int direction, size_t turns, rg_loop loop,
                              size_t *found) {
  rg_numbers points = {0};
  lap l = {.came_back = true, .points = &points};
  memcpy(c->Y, base, c->n * sizeof *base);
  for (size_t k = 0; k < c->n; k++) RG_APPEND(c->arena, &points, base[k]);
  regime_status status = REGIME_OK;
  for (size_t k = 0; k < turns && l.came_back && status == REGIME_OK; k++)
    status = come_back(c, base, c->Y, direction, &l);
  if (status != REGIME_OK || !l.came_back) return status;
  loop.period = l.time;
  loop.is_stable = direction > 0;
  loop.n_points = points.count / c->n;
  loop.points = points.items;
  *found = rg_loop_add(c, loop);
  return REGIME_OK;
}

/* ---- in the plane ---- */

typedef struct section {
  double base[2], along[2]; /* a point of it, and its direction, of length 1 by the widths of the box */
  int direction;
} section;

static bool cut(rg_chase *c, const double *X, int direction, section *s) {
  double F[2];
  if (rg_field_value(c->field, X, F)) return false;
  const double wx = c->high[0] - c->low[0], wy = c->high[1] - c->low[1];
  const double fx = F[0] / wx, fy = F[1] / wy, v = hypot(fx, fy);
  *s = (section){.base = {X[0], X[1]}, .along = {-fy / v * wx, fx / v * wy}, .direction = direction};
  return v > 0.0;
}

/* P(s) - s; NaN where the path does not come back. */
static regime_status miss(rg_chase *c, const section *s, double place, double *out) {
  const double w[2] = {c->high[0] - c->low[0], c->high[1] - c->low[1]};
  lap l = {0};
  for (size_t k = 0; k < 2; k++) c->Y[k] = s->base[k] + place * s->along[k];
  const regime_status status = come_back(c, s->base, c->Y, s->direction, &l);
  double back = 0.0;
  for (size_t k = 0; k < 2; k++) back += (c->Y[k] - s->base[k]) / w[k] * s->along[k] / w[k];
  *out = l.came_back ? back - place : NAN;
  return status;
}

/* The zero of P(s) - s near 0, and the slope of P there. NaN: there is none. */
static regime_status solve_return(rg_chase *c, const section *s, double *place, double *multiplier) {
  double a = 0.0, at_a = NAN, at_b = NAN;
  regime_status status = miss(c, s, a, &at_a);
  double b = fabs(at_a) < 1e-6 ? 1e-3 : at_a;
  *place = NAN;
  for (int k = 0; k < MOST_SECANTS && status == REGIME_OK && fabs(b) < 0.3; k++) {
    status = miss(c, s, b, &at_b);
    const double slope = (at_b - at_a) / (b - a);
    if (fabs(b - a) > 1e-6 || k == 0) *multiplier = 1.0 + slope;
    if (fabs(*multiplier - 1.0) < 1e-4 && fabs(at_b) < 1e-6) *place = 0.0;
    if (fabs(at_b) < 1e-9) *place = b;
    if (!isnan(*place)) break;
    a = b;
    at_a = at_b;
    b -= at_b / slope;
  }
  return status;
}

static regime_status close_in_plane(rg_chase *c, int direction, size_t *found, bool *closed) {
  section s;
  double place = NAN, multiplier = NAN;
  if (!cut(c, c->X, direction, &s)) return REGIME_OK;
  const regime_status status = solve_return(c, &s, &place, &multiplier);
  if (status != REGIME_OK || isnan(place)) return status;
  *closed = fabs(multiplier - 1.0) < 1e-4;
  if (*closed) return REGIME_OK;
  for (size_t k = 0; k < 2; k++) s.base[k] += place * s.along[k];
  const double forward = direction > 0 ? multiplier : 1.0 / multiplier;
  return go_round(c, s.base, direction, 1, (rg_loop){.kind = REGIME_FATE_CYCLE, .multiplier = forward},
                  found);
}

/* ---- in space ---- */

static size_t turns_since(const rg_chase *c, const double *ring, size_t returns) {
  const double *now = ring + (returns % (MOST_TURNS + 1)) * c->n;
  for (size_t turns = 1; turns <= MOST_TURNS && turns <= returns; turns++)
    if (rg_flow_distance(c->flow, now, ring + ((returns - turns) % (MOST_TURNS + 1)) * c->n) < 1e-7)
      return turns;
  return 0;
}

static regime_status close_in_space(rg_chase *c, int direction, size_t *found) {
  double *ring = RG_NEW_ARRAY(c->arena, double, (MOST_TURNS + 2) * c->n),
         *base = ring + (MOST_TURNS + 1) * c->n;
  lap l = {.came_back = true};
  memcpy(base, c->X, c->n * sizeof *base);
  memcpy(ring, base, c->n * sizeof *base);
  memcpy(c->Y, base, c->n * sizeof *base);
  for (size_t returns = 1; returns <= MOST_RETURNS; returns++) {
    const regime_status status = come_back(c, base, c->Y, direction, &l);
    if (status != REGIME_OK || !l.came_back) return status;
    double *now = ring + (returns % (MOST_TURNS + 1)) * c->n;
    memcpy(now, c->Y, c->n * sizeof *now);
    const size_t turns = turns_since(c, ring, returns);
    if (turns > 0) {
      memcpy(c->X, now, c->n * sizeof *now);
      return go_round(c, keep(c, now, c->n), direction, turns,
                      (rg_loop){.kind = REGIME_FATE_CYCLE, .multiplier = NAN}, found);
    }
  }
  return REGIME_OK;
}

/* ---- of a map ---- */

static regime_status close_map(rg_chase *c, size_t *found) {
  rg_leg leg;
  const regime_status status = rg_flow_go(c->flow, c->X, +1, MOST_PERIOD, 1.0, &leg);
  if (status != REGIME_OK || leg.n_points <= MOST_PERIOD) return status;
  size_t period = 1;
  while (period <= MOST_PERIOD &&
         rg_flow_distance(c->flow, leg.points, leg.points + period * (c->n + 1)) > 1e-9)
    period++;
  if (period > MOST_PERIOD) return status;
  double *points = RG_NEW_ARRAY(c->arena, double, period * c->n);
  for (size_t p = 0; p < period; p++)
    memcpy(points + p * c->n, leg.points + p * (c->n + 1), c->n * sizeof *points);
  *found = rg_loop_add(c, (rg_loop){.kind = REGIME_FATE_CYCLE,
                                    .period = (double)period,
                                    .multiplier = NAN,
                                    .is_stable = true,
                                    .n_points = period,
                                    .points = points});
  return status;
}

regime_status rg_loop_close(rg_chase *c, int direction, size_t *found, bool *closed) {
  *found = SIZE_MAX;
  *closed = false;
  if (c->is_map) return close_map(c, found);
  const double before = rg_flow_set_tolerance(c->flow, 1e-10);
  const regime_status status =
      c->n == 2 ? close_in_plane(c, direction, found, closed) : close_in_space(c, direction, found);
  rg_flow_set_tolerance(c->flow, before);
  return status;
}
