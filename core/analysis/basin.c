/* basin.c — every start of a grid, and what it comes to. */
#include "analysis/manifold.h"
#include "analysis/plane.h"
#include "analysis/seat.h"
#include <regime/portrait.h>

#include <math.h>

regime_basin_options regime_basin_defaults(void) {
  return (regime_basin_options){.y = 1, .n_x = 100, .n_y = 100, .margin = 10.0, .longest = 200.0};
}

typedef struct survey {
  rg_seat seat;
  const regime_basin_options *options;
  rg_plane plane;
  regime_basins *basins;
  regime_fate *fate;
  RG_LIST(regime_attractor) attractors;
  size_t *of_equilibrium, *of_loop; /* number of the attractor + 1 */
} survey;

static double *centres(const survey *s, size_t state, size_t count) {
  const double low = s->options->low[state], high = s->options->high[state];
  double *at = RG_NEW_ARRAY(s->seat.arena, double, count);
  for (size_t k = 0; k < count; k++) at[k] = low + (high - low) * ((double)k + 0.5) / (double)count;
  return at;
}

static void begin(survey *s) {
  const regime_basin_options *o = s->options;
  regime_basins *b = RG_NEW(s->seat.arena, regime_basins);
  *b = (regime_basins){.x = o->x, .y = o->y, .n_x = o->n_x, .n_y = o->n_y};
  b->at_x = centres(s, o->x, o->n_x);
  b->at_y = centres(s, o->y, o->n_y);
  b->fate = s->fate = RG_NEW_ARRAY(s->seat.arena, regime_fate, o->n_x * o->n_y);
  s->plane = rg_plane_make(s->seat.arena, s->seat.field, o->x, o->y, rg_seat_held(&s->seat, o->held), false);
  s->of_equilibrium = RG_NEW_ARRAY(s->seat.arena, size_t, regime_steady_count(s->seat.steady) + 1);
  s->of_loop = RG_NEW_ARRAY(s->seat.arena, size_t, o->n_x * o->n_y + 1);
  s->basins = b;
}

static regime_attractor at_rest(const survey *s, size_t number) {
  const regime_equilibrium *e = regime_steady_at(s->seat.steady, number);
  const regime_curve point =
      rg_shadow(s->seat.arena, e->state, 1, s->seat.chase.n, s->options->x, s->options->y);
  return (regime_attractor){
      .kind = REGIME_FATE_EQUILIBRIUM, .state = e->state, .period = NAN, .curve = point};
}

static regime_attractor on_loop(const survey *s, size_t number) {
  const rg_loop *loop = &s->seat.chase.loops.items[number];
  const regime_curve curve =
      rg_shadow(s->seat.arena, loop->points, loop->n_points, s->seat.chase.n, s->options->x, s->options->y);
  return (regime_attractor){
      .kind = loop->kind, .state = loop->points, .period = loop->period, .curve = curve};
}

/* The fate of one start, with the number of the attractor for that of the equilibrium or loop. */
static regime_fate number_attractor(survey *s, regime_fate fate) {
  if (fate.number == SIZE_MAX) return fate;
  const bool rests = fate.kind == REGIME_FATE_EQUILIBRIUM;
  size_t *const number = &(rests ? s->of_equilibrium : s->of_loop)[fate.number];
  if (*number == 0) {
    const regime_attractor new = rests ? at_rest(s, fate.number) : on_loop(s, fate.number);
    RG_APPEND(s->seat.arena, &s->attractors, new);
    *number = s->attractors.count;
  }
  s->attractors.items[*number - 1].n_starts++;
  return (regime_fate){fate.kind, *number - 1};
}

static regime_status look_at(survey *s, size_t k) {
  const regime_basins *b = s->basins;
  regime_fate fate = {REGIME_FATE_UNKNOWN, SIZE_MAX};
  s->fate[k] = fate;
  if (regime_context_interrupted(s->seat.context)) return REGIME_OK;
  rg_plane_place(&s->plane, b->at_x[k % b->n_x], b->at_y[k / b->n_x]);
  const regime_status status = rg_chase_from(&s->seat.chase, s->plane.X, +1, NULL, &fate);
  s->fate[k] = number_attractor(s, fate);
  return status;
}

static regime_status find(void *self) {
  survey *s = self;
  regime_status status = REGIME_OK;
  begin(s);
  for (size_t k = 0; k < s->options->n_x * s->options->n_y && status == REGIME_OK; k++)
    status = look_at(s, k);
  s->basins->n_attractors = s->attractors.count;
  s->basins->attractor = s->attractors.items;
  s->basins->is_interrupted = regime_context_interrupted(s->seat.context);
  return status;
}

regime_status regime_basins_find(regime_context *context, regime_system *system,
                                 const regime_basin_options *options, regime_basins **out) {
  survey s = {.options = options};
  *out = NULL;
  const rg_seat_question question = {.t = options->t,
                                     .x = options->x,
                                     .y = options->y,
                                     .low = options->low,
                                     .high = options->high,
                                     .margin = options->margin,
                                     .longest = options->longest};
  const regime_status status = rg_seat_take(&s.seat, context, system, &question, find, &s);
  if (status != REGIME_OK) return status;
  *out = s.basins;
  (*out)->memory = rg_seat_leave(&s.seat);
  return REGIME_OK;
}

void regime_basins_free(regime_basins *basins) {
  if (basins) rg_arena_free(basins->memory);
}
