/* settled_flow.c — the cycle a flow settles on.
 *
 *   1. settle   give it time
 *   2. rest?    it has come to rest where it hardly moves
 *   3. return   follow it on, and look where it crosses the plane through where it was, near there
 *   4. polish   the piece of path between is almost the cycle: collocation makes it one
 *   5. judge    it must be what was seen, and stable; else give it more time
 */
#include "analysis/settled.h"
#include "analysis/variational.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 4, RECORDED = 8000, CANDIDATES = 12, FIRST_PIECES = 80 };
static const double near_enough = 2e-3, still_near = 0.05; /* of the path's own range */

typedef struct returns {
  double time[CANDIDATES], distance[CANDIDATES];
  size_t count;
} returns;

static bool went_on(const regime_path *path) {
  const regime_outcome outcome = regime_path_outcome(path);
  return outcome == REGIME_REACHED_END || outcome == REGIME_STOPPED_BY_EVENT || outcome == REGIME_INTERRUPTED;
}

/* A path that stops has granted the wish to. */
static void note_stop(rg_settled *s, const regime_path *path) {
  if (regime_path_outcome(path) == REGIME_INTERRUPTED) s->is_stopped = true;
}

/* 1. */
static regime_status settle(rg_settled *s, double duration, bool *goes_on) {
  regime_path_options o = REGIME_PATH_DEFAULTS;
  regime_path *path = NULL;
  *goes_on = true;
  if (duration == 0.0) return REGIME_OK;
  o.every = duration;
  const regime_status status = rg_field_follow(s->field, s->x, duration, &o, &path);
  if (status != REGIME_OK) return status;
  *goes_on = went_on(path);
  note_stop(s, path);
  memcpy(s->x, regime_path_state(path), s->facts.n * sizeof *s->x);
  regime_path_free(path);
  return REGIME_OK;
}

/* ---- 3. return ---- */

static void ranges(const rg_settled *s, const regime_path *path, double *range) {
  for (size_t i = 0; i < s->facts.n; i++) {
    double low = s->x[i], high = s->x[i];
    for (size_t k = 0; k < regime_path_points(path); k++) {
      low = fmin(low, regime_path_values(path, k)[i]);
      high = fmax(high, regime_path_values(path, k)[i]);
    }
    range[i] = high - low > 0.0 ? high - low : 1.0;
  }
}

/* How far beyond the plane, along the flow at x. */
static double beyond(const rg_settled *s, const double *y, const double *flow, const double *range) {
  double sum = 0.0;
  for (size_t i = 0; i < s->facts.n; i++) sum += flow[i] * (y[i] - s->x[i]) / (range[i] * range[i]);
  return sum;
}

static void note_crossing(const rg_settled *s, const regime_path *path, size_t k, double share,
                          const double *range, returns *found) {
  const double *a = regime_path_values(path, k - 1), *b = regime_path_values(path, k);
  double distance = 0.0;
  for (size_t i = 0; i < s->facts.n; i++)
    distance = fmax(distance, fabs(a[i] + share * (b[i] - a[i]) - s->x[i]) / range[i]);
  if (distance > still_near || found->count == CANDIDATES) return;
  const double before = regime_path_time(path, k - 1), after = regime_path_time(path, k);
  found->time[found->count] = before + share * (after - before);
  found->distance[found->count++] = distance;
}

static void find_returns(rg_settled *s, const regime_path *path, double *range, returns *found) {
  double *flow = s->facts.X, last = 0.0;
  ranges(s, path, range);
  found->count = 0;
  if (rg_field_value(s->field, s->x, flow)) return;
  for (size_t k = 1; k < regime_path_points(path); k++) {
    const double now = beyond(s, regime_path_values(path, k), flow, range);
    if (last < 0.0 && now >= 0.0) note_crossing(s, path, k, last / (last - now), range, found);
    last = now;
  }
}

/* ---- 4. and 5. polish, judge ---- */

static regime_status take_piece(rg_settled *s, rg_variational *path_of, double period) {
  regime_path_options o = REGIME_PATH_DEFAULTS;
  regime_path *path = NULL;
  rg_orbit_free(s->orbit);
  s->orbit = rg_orbit_create(s->facts.n, FIRST_PIECES, RG_STAGES);
  if (!s->orbit) return REGIME_NO_MEMORY;
  o.rtol = 1e-10;
  o.atol = 1e-12;
  memcpy(rg_variational_start(path_of), s->x, s->facts.n * sizeof *s->x);
  const regime_status status = rg_variational_follow(path_of, s->context, period,
                                                     period / (double)(FIRST_PIECES * RG_STAGES), &o, &path);
  if (status != REGIME_OK) return status;
  for (size_t k = 0; k < rg_orbit_nodes(s->orbit); k++) {
    const size_t last = regime_path_points(path) - 1;
    memcpy(s->orbit->value + k * s->facts.n, regime_path_values(path, k < last ? k : last),
           s->facts.n * sizeof *s->x);
  }
  s->orbit->period = period;
  regime_path_free(path);
  return REGIME_OK;
}

/* The orbit still fills the range it was seen to fill. */
static bool is_as_large(const rg_settled *s, const double *range) {
  for (size_t i = 0; i < s->facts.n; i++) {
    double low = INFINITY, high = -INFINITY;
    for (size_t k = 0; k < rg_orbit_nodes(s->orbit); k++) {
      low = fmin(low, rg_orbit_node(s->orbit, k)[i]);
      high = fmax(high, rg_orbit_node(s->orbit, k)[i]);
    }
    if (range[i] > 1e-6 * (1.0 + fabs(s->x[i])) && fabs(high - low - range[i]) > 0.1 * range[i]) return false;
  }
  return true;
}

static bool is_what_was_seen(const rg_settled *s, double period, const double *range) {
  return fabs(s->orbit->period - period) <= 0.02 * period && is_as_large(s, range);
}

/* A second multiplier is 1: what is solved for is not alone. */
static bool may_be_family(const rg_settled *s) { return fabs(rg_cycle_facts_one(&s->facts)) < 1e-5; }

/* A force it does not need holds a member of a family. */
static regime_status polish_family(rg_settled *s, rg_variational *path_of, double period, const double *range,
                                   bool *is_there) {
  regime_status status = take_piece(s, path_of, period);
  if (status == REGIME_OK) status = rg_settled_polish(s, RG_DRAG, is_there);
  if (status != REGIME_OK || !*is_there) return status;
  s->is_family = fabs(s->orbit->parameter) * s->orbit->period < 1e-6;
  *is_there = s->is_family && is_what_was_seen(s, period, range);
  return status;
}

static regime_status polish(rg_settled *s, rg_variational *path_of, double period, const double *range,
                            bool *is_there) {
  regime_status status = take_piece(s, path_of, period);
  if (status == REGIME_OK) status = rg_settled_polish(s, RG_NONE_FREE, is_there);
  if (status != REGIME_OK) return status;
  if (!*is_there || may_be_family(s)) return polish_family(s, path_of, period, range, is_there);
  *is_there = is_what_was_seen(s, period, range) && s->facts.is_stable;
  return status;
}

/* The nearest returns first where none is very near: the earliest that is as near as any. */
static bool is_worth_trying(const returns *found, size_t k) {
  double nearest = INFINITY;
  for (size_t j = 0; j < found->count; j++) nearest = fmin(nearest, found->distance[j]);
  return found->distance[k] <= fmax(near_enough, 2.0 * nearest);
}

static regime_status look(rg_settled *s, rg_variational *path_of, double *range, bool *is_there) {
  regime_path_options o = REGIME_PATH_DEFAULTS;
  regime_path *path = NULL;
  returns found;
  const double duration = 1.05 * s->options->longest;
  *is_there = false;
  memcpy(rg_variational_start(path_of), s->x, s->facts.n * sizeof *s->x);
  regime_status status = rg_variational_follow(path_of, s->context, duration, duration / RECORDED, &o, &path);
  if (status != REGIME_OK) return status;
  find_returns(s, path, range, &found);
  note_stop(s, path);
  regime_path_free(path);
  for (size_t k = 0; k < found.count && !s->is_stopped && status == REGIME_OK && !*is_there; k++)
    if (is_worth_trying(&found, k)) status = polish(s, path_of, found.time[k], range, is_there);
  return status;
}

static regime_status try_rounds(rg_settled *s, rg_variational *path_of, double *range) {
  bool goes_on = true, is_there = false;
  double duration = s->options->settle;
  for (int round = 0; round < ROUNDS && !rg_settled_is_stopped(s); round++, duration *= 2.0) {
    regime_status status = settle(s, duration, &goes_on);
    if (status != REGIME_OK) return status;
    s->verdict = !goes_on                                              ? REGIME_CYCLE_DIVERGES
                 : rg_settled_is_at_rest(s, s->options->longest, 1e-6) ? REGIME_CYCLE_RESTS
                                                                       : REGIME_CYCLE_NONE;
    if (s->verdict != REGIME_CYCLE_NONE) return REGIME_OK;
    status = look(s, path_of, range, &is_there);
    if (status != REGIME_OK) return status;
    if (is_there) s->verdict = REGIME_CYCLE_FOUND;
    if (is_there || duration == 0.0) return REGIME_OK;
  }
  return REGIME_OK;
}

regime_status rg_settle_flow(rg_settled *s) {
  rg_variational *path_of = NULL;
  double *range = calloc(s->facts.n + 1, sizeof *range);
  if (!range) return REGIME_NO_MEMORY;
  regime_status status = rg_variational_create(s->field, 0, &path_of);
  if (status == REGIME_OK) status = try_rounds(s, path_of, range);
  rg_variational_free(path_of);
  free(range);
  return status;
}
