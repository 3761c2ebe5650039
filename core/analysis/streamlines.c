/* streamlines.c — Jobard and Lefer (1997): starts are tried at a distance on both sides of every line there
 * is.
 *
 *   lines = what is on the paper, or nothing
 *   try a coarse grid of starts, then for each line in turn the points beside it:
 *     far enough from every line?   its trajectory, both ways, cut where it comes too near one
 *     long enough to be seen?       draw it: it is a line now
 */
#include "analysis/streamlines.h"

#include <math.h>
#include <string.h>

enum { MOST_LINES = 150, GRID = 4, BESIDE_EVERY = 8 };
static const double most_drawn = 4.0; /* of the box */

/* ---- the paper ---- */

rg_paper rg_paper_make(rg_arena *arena, const double low[2], const double high[2], double apart) {
  return (rg_paper){.arena = arena,
                    .low = {low[0], low[1]},
                    .high = {high[0], high[1]},
                    .apart = apart,
                    .cells = rg_cells_make(arena),
                    .tried = rg_cells_make(arena)};
}

static double distance(const rg_paper *p, const double *a, const double *b) {
  return hypot((a[0] - b[0]) / (p->high[0] - p->low[0]), (a[1] - b[1]) / (p->high[1] - p->low[1]));
}

static bool is_on(const rg_paper *p, const double *at) {
  return at[0] >= p->low[0] && at[0] <= p->high[0] && at[1] >= p->low[1] && at[1] <= p->high[1];
}

static void put(rg_paper *p, const double *at) {
  size_t *const square = rg_cells_at(&p->cells, rg_cell_key(2, at, p->low, p->high, 1.0 / p->apart));
  if (*square == 0) {
    RG_APPEND(p->arena, &p->squares, ((rg_numbers){0}));
    *square = p->squares.count;
  }
  rg_numbers *const points = &p->squares.items[*square - 1];
  RG_APPEND(p->arena, points, at[0]);
  RG_APPEND(p->arena, points, at[1]);
}

void rg_paper_draw(rg_paper *p, regime_curve curve) {
  for (size_t k = 0; k < curve.n_points; k++)
    if (is_on(p, curve.xy + 2 * k)) put(p, curve.xy + 2 * k);
  RG_APPEND(p->arena, &p->lines, curve);
}

/* Whether a line is nearer than `reach`, at most `apart`. */
static bool is_crowded(rg_paper *p, const double *at, double reach) {
  for (int k = 0; k < 9; k++) {
    const double near[2] = {at[0] + (k % 3 - 1) * p->apart * (p->high[0] - p->low[0]),
                            at[1] + (k / 3 - 1) * p->apart * (p->high[1] - p->low[1])};
    const size_t square = *rg_cells_at(&p->cells, rg_cell_key(2, near, p->low, p->high, 1.0 / p->apart));
    const rg_numbers *points = square > 0 ? &p->squares.items[square - 1] : &(rg_numbers){0};
    for (size_t j = 0; j < points->count; j += 2)
      if (distance(p, at, points->items + j) < reach) return true;
  }
  return false;
}

/* ---- one trajectory ---- */

/* The two halves as one, in the order of time: `back` from its end, without the start, which is in both. */
static regime_curve in_order(rg_arena *arena, regime_curve back, regime_curve ahead) {
  const size_t before = back.n_points > 0 ? back.n_points - 1 : 0;
  double *xy = RG_NEW_ARRAY(arena, double, 2 * (before + ahead.n_points));
  for (size_t k = 0; k < before; k++) memcpy(xy + 2 * k, back.xy + 2 * (before - k), 2 * sizeof *xy);
  memcpy(xy + 2 * before, ahead.xy, 2 * ahead.n_points * sizeof *xy);
  return (regime_curve){before + ahead.n_points, xy};
}

typedef struct half {
  regime_curve curve;
  regime_fate fate;
} half;

static regime_status trace_half(rg_chase *c, const rg_plane *plane, int direction, half *out) {
  rg_numbers points = {0};
  const regime_status status = rg_chase_from(c, plane->X, direction, &points, &out->fate);
  double *xy = RG_NEW_ARRAY(c->arena, double, 2 * (points.count / c->n));
  out->curve = (regime_curve){points.count / c->n, xy};
  for (size_t k = 0; k < out->curve.n_points; k++) {
    xy[2 * k] = points.items[k * c->n + plane->x];
    xy[2 * k + 1] = points.items[k * c->n + plane->y];
  }
  return status;
}

/* Both ways where the plane is everything; only ahead where time backwards would leave for anywhere. */
static regime_status trace_halves(rg_chase *c, rg_plane *plane, const double start[2], half both[2]) {
  both[0] = both[1] = (half){.fate = {REGIME_FATE_UNKNOWN, SIZE_MAX}};
  if (rg_plane_place(plane, start[0], start[1])) return REGIME_OK;
  regime_status status = trace_half(c, plane, +1, &both[1]);
  if (status == REGIME_OK && c->n == 2 && !c->is_map) status = trace_half(c, plane, -1, &both[0]);
  return status;
}

static regime_trajectory whole(rg_arena *arena, const double start[2], const half both[2]) {
  return (regime_trajectory){.start = {start[0], start[1]},
                             .curve = in_order(arena, both[0].curve, both[1].curve),
                             .from = both[0].fate,
                             .to = both[1].fate};
}

regime_status rg_trajectory_trace(rg_chase *c, rg_plane *plane, const double start[2],
                                  regime_trajectory *out) {
  half both[2];
  const regime_status status = trace_halves(c, plane, start, both);
  *out = whole(c->arena, start, both);
  out->is_given = true;
  return status;
}

/* ---- many ---- */

/* As much of a trajectory as may be drawn. */
static regime_status sketch_halves(rg_chase *c, rg_plane *plane, const double start[2], half both[2]) {
  const double longest = c->longest;
  c->longest = fmin(longest, most_drawn);
  const regime_status status = trace_halves(c, plane, start, both);
  c->longest = longest;
  return status;
}

static regime_status find_fates(rg_chase *c, rg_plane *plane, const double start[2], regime_trajectory *t) {
  regime_status status = REGIME_OK;
  if (rg_plane_place(plane, start[0], start[1])) return status;
  if (t->to.kind == REGIME_FATE_UNKNOWN) status = rg_chase_from(c, plane->X, +1, NULL, &t->to);
  if (status == REGIME_OK && t->from.kind == REGIME_FATE_UNKNOWN && c->n == 2)
    status = rg_chase_from(c, plane->X, -1, NULL, &t->from);
  return status;
}

/* Cuts a half where it leaves the paper, comes near another line, or near its own beginning. */
static void cut(rg_paper *p, regime_curve *curve, const double start[2]) {
  const double reach = 0.5 * p->apart;
  bool was_away = false;
  for (size_t k = 1; k < curve->n_points; k++) {
    const double *at = curve->xy + 2 * k;
    const double home = distance(p, at, start);
    was_away = was_away || home > p->apart;
    if (!is_on(p, at) || is_crowded(p, at, reach) || (was_away && home < 0.25 * p->apart)) {
      curve->n_points = is_on(p, at) ? k + 1 : k;
      return;
    }
  }
}

static double length_of(const rg_paper *p, regime_curve curve) {
  double sum = 0.0;
  for (size_t k = 1; k < curve.n_points; k++) sum += distance(p, curve.xy + 2 * k - 2, curve.xy + 2 * k);
  return sum;
}

/* Whether a start is the first to be tried in its place. */
static bool is_new(rg_paper *p, const double *start) {
  size_t *const tried = rg_cells_at(&p->tried, rg_cell_key(2, start, p->low, p->high, 1.5 / p->apart));
  return (*tried)++ == 0;
}

static regime_status try_start(rg_chase *c, rg_plane *plane, rg_paper *p, const double start[2],
                               rg_trajectories *out) {
  half both[2];
  if (!is_on(p, start) || is_crowded(p, start, p->apart) || !is_new(p, start) || out->count >= MOST_LINES ||
      regime_context_interrupted(c->context))
    return REGIME_OK;
  regime_status status = sketch_halves(c, plane, start, both);
  if (status != REGIME_OK) return status;
  cut(p, &both[0].curve, start);
  cut(p, &both[1].curve, start);
  regime_trajectory t = whole(c->arena, start, both);
  if (length_of(p, t.curve) < 1.5 * p->apart) return REGIME_OK;
  status = find_fates(c, plane, start, &t);
  if (status != REGIME_OK) return status;
  RG_APPEND(c->arena, out, t);
  rg_paper_draw(p, t.curve);
  return REGIME_OK;
}

/* On both sides of point k of a line, across its direction on paper. */
static regime_status try_beside(rg_chase *c, rg_plane *plane, rg_paper *p, regime_curve line, size_t k,
                                rg_trajectories *out) {
  const double w[2] = {p->high[0] - p->low[0], p->high[1] - p->low[1]};
  const double *a = line.xy + 2 * k - 2, *b = line.xy + 2 * k;
  const double dx = (b[0] - a[0]) / w[0], dy = (b[1] - a[1]) / w[1], length = hypot(dx, dy);
  regime_status status = REGIME_OK;
  for (int side = -1; side <= 1 && status == REGIME_OK && length > 0.0; side += 2) {
    const double reach = 1.001 * side * p->apart / length;
    const double start[2] = {b[0] - reach * dy * w[0], b[1] + reach * dx * w[1]};
    status = try_start(c, plane, p, start, out);
  }
  return status;
}

static regime_status try_grid(rg_chase *c, rg_plane *plane, rg_paper *p, rg_trajectories *out) {
  regime_status status = REGIME_OK;
  for (int k = 0; k < GRID * GRID && status == REGIME_OK; k++) {
    const double start[2] = {p->low[0] + (p->high[0] - p->low[0]) * (k % GRID + 0.5) / GRID,
                             p->low[1] + (p->high[1] - p->low[1]) * (k / GRID + 0.5) / GRID};
    status = try_start(c, plane, p, start, out);
  }
  return status;
}

regime_status rg_streamlines_fill(rg_chase *c, rg_plane *plane, rg_paper *p, rg_trajectories *out) {
  regime_status status = p->lines.count == 0 ? try_grid(c, plane, p, out) : REGIME_OK;
  for (size_t line = 0; line < p->lines.count; line++)
    for (size_t k = 1; k < p->lines.items[line].n_points && status == REGIME_OK; k += BESIDE_EVERY)
      status = try_beside(c, plane, p, p->lines.items[line], k, out);
  if (status == REGIME_OK) status = try_grid(c, plane, p, out);
  return status;
}
