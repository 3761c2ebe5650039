/* portrait.c — a phase portrait, part by part.
 *
 *   equilibria    all in the box (steady.h)
 *   field         on a grid
 *   nullclines    by contouring
 *   manifolds     of saddles: first, since trajectories keep away from them
 *   cycles        those that manifolds, paths next to equilibria, and a coarse grid of paths come to
 *   trajectories  as given, then evenly between all that
 */
#include <regime/portrait.h>

#include "analysis/manifold.h"
#include "analysis/nullcline.h"
#include "analysis/seat.h"
#include "analysis/streamlines.h"
#include "base/diagnostic.h"
#include <math.h>
#include <string.h>

enum { SEARCHES = 4 }; /* paths a side in search of cycles */

regime_portrait_options regime_portrait_defaults(void) {
  return (regime_portrait_options){.y = 1,
                                   .arrows = 20,
                                   .nullclines = true,
                                   .manifolds = true,
                                   .automatic = true,
                                   .apart = 0.07,
                                   .margin = 1.0,
                                   .longest = 60.0};
}

const char *regime_fate_text(regime_fate_kind kind) {
  static const char *const text[] = {
#define TEXT(name, words) words,
      REGIME_FATE_LIST(TEXT)
#undef TEXT
  };
  return text[kind];
}

typedef struct sketch {
  rg_seat seat;
  const regime_portrait_options *options;
  rg_plane plane;
  regime_portrait *portrait;
} sketch;

static rg_window window_of(const regime_portrait_options *o) {
  return (rg_window){{o->low[o->x], o->low[o->y]}, {o->high[o->x], o->high[o->y]}};
}

/* ---- what stands still ---- */

static void list_equilibria(sketch *s) {
  regime_portrait *p = s->portrait;
  p->n_equilibria = regime_steady_count(s->seat.steady);
  const regime_equilibrium **list = RG_NEW_ARRAY(s->seat.arena, const regime_equilibrium *, p->n_equilibria);
  for (size_t k = 0; k < p->n_equilibria; k++) list[k] = regime_steady_at(s->seat.steady, k);
  p->equilibrium = list;
}

/* Row by row, back and forth, so that the others are solved for from neighbour to neighbour. */
static void draw_field(sketch *s) {
  const size_t side = s->options->arrows;
  const rg_window w = window_of(s->options);
  double *at_x = RG_NEW_ARRAY(s->seat.arena, double, 2 * side + 2 * side * side);
  double *at_y = at_x + side, *dx = at_y + side, *dy = dx + side * side;
  for (size_t k = 0; k < side; k++) {
    at_x[k] = w.low[0] + (w.high[0] - w.low[0]) * ((double)k + 0.5) / (double)side;
    at_y[k] = w.low[1] + (w.high[1] - w.low[1]) * ((double)k + 0.5) / (double)side;
  }
  for (size_t k = 0; k < side * side; k++) {
    const size_t j = k / side, i = j % 2 == 0 ? k % side : side - 1 - k % side;
    double change[2] = {NAN, NAN};
    if (rg_plane_change(&s->plane, at_x[i], at_y[j], change)) change[0] = change[1] = NAN;
    dx[j * side + i] = change[0];
    dy[j * side + i] = change[1];
  }
  regime_portrait *p = s->portrait;
  p->arrows = side;
  p->at_x = at_x;
  p->at_y = at_y;
  p->dx = dx;
  p->dy = dy;
}

static int change_of_x(void *self, double x, double y, double *value) {
  double change[2];
  if (rg_plane_change(self, x, y, change)) return 1;
  *value = change[0];
  return 0;
}

static int change_of_y(void *self, double x, double y, double *value) {
  double change[2];
  if (rg_plane_change(self, x, y, change)) return 1;
  *value = change[1];
  return 0;
}

static void draw_nullclines(sketch *s) {
  rg_arena *arena = s->seat.arena;
  const rg_window w = window_of(s->options);
  rg_contours lines = {0};
  if (!s->options->nullclines) return;
  rg_nullclines(arena, &w, change_of_x, &s->plane, &lines);
  const size_t of_x = lines.count;
  rg_nullclines(arena, &w, change_of_y, &s->plane, &lines);
  regime_nullcline *list = RG_NEW_ARRAY(arena, regime_nullcline, lines.count);
  for (size_t k = 0; k < lines.count; k++)
    list[k] = (regime_nullcline){.state = k < of_x ? s->options->x : s->options->y,
                                 .curve = lines.items[k].curve,
                                 .is_closed = lines.items[k].is_closed};
  s->portrait->n_nullclines = lines.count;
  s->portrait->nullcline = list;
}

/* ---- what moves ---- */

static regime_status draw_manifolds(sketch *s) {
  rg_manifolds list = {0};
  if (!s->options->manifolds) return REGIME_OK;
  const regime_status status = rg_manifolds_trace(&s->seat.chase, s->options->x, s->options->y, &list);
  s->portrait->n_manifolds = list.count;
  s->portrait->manifold = list.items;
  return status;
}

/* A path from (x, y), for the cycle it may come to: ahead, and in the plane also back. */
static regime_status search_from(sketch *s, double x, double y) {
  rg_chase *c = &s->seat.chase;
  regime_fate fate;
  if (rg_plane_place(&s->plane, x, y) || regime_context_interrupted(c->context)) return REGIME_OK;
  regime_status status = rg_chase_from(c, s->plane.X, +1, NULL, &fate);
  if (status == REGIME_OK && c->n == 2 && !c->is_map) status = rg_chase_from(c, s->plane.X, -1, NULL, &fate);
  return status;
}

static regime_status search_cycles(sketch *s) {
  const rg_window w = window_of(s->options);
  const double width = w.high[0] - w.low[0], height = w.high[1] - w.low[1];
  regime_status status = REGIME_OK;
  for (size_t k = 0; k < s->portrait->n_equilibria && status == REGIME_OK; k++) {
    const double *rest = s->portrait->equilibrium[k]->state;
    status = search_from(s, rest[s->options->x] + 0.01 * width, rest[s->options->y] + 0.01 * height);
  }
  for (int k = 0; k < SEARCHES * SEARCHES && status == REGIME_OK; k++)
    status = search_from(s, w.low[0] + width * (k % SEARCHES + 0.5) / SEARCHES,
                         w.low[1] + height * (k / SEARCHES + 0.5) / SEARCHES);
  return status;
}

static regime_curve reversed(rg_arena *arena, regime_curve curve) {
  double *xy = RG_NEW_ARRAY(arena, double, 2 * curve.n_points);
  for (size_t k = 0; k < curve.n_points; k++)
    memcpy(xy + 2 * k, curve.xy + 2 * (curve.n_points - 1 - k), 2 * sizeof *xy);
  return (regime_curve){curve.n_points, xy};
}

/* What paths were found to come to; an unstable cycle was gone round against time. */
static void list_cycles(sketch *s) {
  rg_chase *c = &s->seat.chase;
  regime_loop *list = RG_NEW_ARRAY(c->arena, regime_loop, c->loops.count);
  for (size_t k = 0; k < c->loops.count; k++) {
    const rg_loop *loop = &c->loops.items[k];
    regime_curve curve =
        rg_shadow(c->arena, loop->points, loop->n_points, c->n, s->options->x, s->options->y);
    list[k] = (regime_loop){.curve = loop->is_stable ? curve : reversed(c->arena, curve),
                            .state = loop->points,
                            .period = loop->period,
                            .is_stable = loop->is_stable,
                            .kind = loop->kind,
                            .multiplier = loop->multiplier};
  }
  s->portrait->n_cycles = c->loops.count;
  s->portrait->cycle = list;
}

static rg_paper lay_paper(sketch *s) {
  const rg_window w = window_of(s->options);
  rg_paper paper = rg_paper_make(s->seat.arena, w.low, w.high, s->options->apart);
  const regime_portrait *p = s->portrait;
  if (p->is_map) return paper;
  for (size_t k = 0; k < p->n_manifolds; k++) rg_paper_draw(&paper, p->manifold[k].curve);
  for (size_t k = 0; k < p->n_cycles; k++)
    if (p->cycle[k].kind == REGIME_FATE_CYCLE) rg_paper_draw(&paper, p->cycle[k].curve);
  return paper;
}

static regime_status draw_trajectories(sketch *s) {
  rg_trajectories list = {0};
  rg_paper paper = lay_paper(s);
  regime_status status = REGIME_OK;
  for (size_t k = 0; k < s->options->n_starts && status == REGIME_OK; k++) {
    regime_trajectory t;
    status = rg_trajectory_trace(&s->seat.chase, &s->plane, s->options->start + 2 * k, &t);
    RG_APPEND(s->seat.arena, &list, t);
    rg_paper_draw(&paper, t.curve);
  }
  if (status == REGIME_OK && s->options->automatic && !s->portrait->is_map)
    status = rg_streamlines_fill(&s->seat.chase, &s->plane, &paper, &list);
  s->portrait->n_trajectories = list.count;
  s->portrait->trajectory = list.items;
  return status;
}

/* ---- the portrait ---- */

static void begin(sketch *s) {
  const regime_portrait_options *o = s->options;
  regime_portrait *p = RG_NEW(s->seat.arena, regime_portrait);
  p->x = o->x;
  p->y = o->y;
  p->is_map = s->seat.chase.is_map;
  p->held = rg_seat_held(&s->seat, o->held);
  p->others = s->seat.chase.n == 2 ? REGIME_OTHERS_NONE
              : o->solve_others    ? REGIME_OTHERS_SOLVED
                                   : REGIME_OTHERS_HELD;
  s->plane = rg_plane_make(s->seat.arena, s->seat.field, o->x, o->y, p->held, o->solve_others);
  s->portrait = p;
}

static regime_status draw(void *self) {
  sketch *s = self;
  begin(s);
  list_equilibria(s);
  draw_field(s);
  draw_nullclines(s);
  regime_status status = draw_manifolds(s);
  if (status == REGIME_OK) status = search_cycles(s);
  list_cycles(s);
  if (status == REGIME_OK) status = draw_trajectories(s);
  list_cycles(s);
  s->portrait->is_interrupted = regime_context_interrupted(s->seat.context);
  return status;
}

regime_status regime_portrait_draw(regime_context *context, regime_system *system,
                                   const regime_portrait_options *options, regime_portrait **out) {
  sketch s = {.options = options};
  *out = NULL;
  if (options->automatic && !(options->apart >= 0.01)) {
    rg_error(context, (rg_place){0}, "use 0.01 or more", "trajectories are to be %.10g of the box apart",
             options->apart);
    return REGIME_BAD_ARGUMENT;
  }
  const rg_seat_question question = {.t = options->t,
                                     .x = options->x,
                                     .y = options->y,
                                     .low = options->low,
                                     .high = options->high,
                                     .margin = options->margin,
                                     .longest = options->longest};
  const regime_status status = rg_seat_take(&s.seat, context, system, &question, draw, &s);
  if (status != REGIME_OK) return status;
  *out = s.portrait;
  (*out)->memory = rg_seat_leave(&s.seat);
  return REGIME_OK;
}

void regime_portrait_free(regime_portrait *portrait) {
  if (portrait) rg_arena_free(portrait->memory);
}
