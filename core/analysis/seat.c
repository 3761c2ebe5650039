/* seat.c — before a portrait, and after. */
#include "analysis/seat.h"

#include "base/diagnostic.h"
#include <math.h>
#include <string.h>

static regime_status refuse_lengths(regime_context *context, const rg_seat_question *q) {
  if (q->margin >= 0.0 && q->longest > 0.0) return REGIME_OK;
  rg_error(context, (rg_place){0},
           "use a margin of 0 or more and a positive length, both in widths of the box",
           "the margin is %.10g and the longest path %.10g", q->margin, q->longest);
  return REGIME_BAD_ARGUMENT;
}

static regime_status check(regime_context *context, const regime_system *system, const rg_seat_question *q) {
  const size_t n = system->n_states;
  if (n < 2 || q->x >= n || q->y >= n || q->x == q->y) {
    rg_error(context, (rg_place){0}, "a portrait shows two different states, numbered from 0",
             "states %zu and %zu of a system of %zu make no plane", q->x, q->y, n);
    return REGIME_BAD_ARGUMENT;
  }
  for (size_t k = 0; k < n; k++) {
    const double low = q->low ? q->low[k] : NAN, high = q->high ? q->high[k] : NAN;
    if (isfinite(low) && isfinite(high) && low < high) continue;
    rg_error(context, (rg_place){0}, "give every state a lowest and a larger highest value",
             "the box is empty in state %zu: from %.10g to %.10g", k, low, high);
    return REGIME_BAD_ARGUMENT;
  }
  return refuse_lengths(context, q);
}

static regime_status find_equilibria(rg_seat *s, regime_system *system, const rg_seat_question *q) {
  regime_steady_options o = regime_steady_defaults();
  o.t = q->t;
  o.low = q->low;
  o.high = q->high;
  return regime_steady_find(s->context, system, &o, &s->steady);
}

static void free_steady(void *held) { regime_steady_free(held); }

static void begin_chase(rg_seat *s, const rg_seat_question *q) {
  rg_chase *c = &s->chase;
  c->context = s->context;
  c->arena = s->arena;
  c->field = s->field;
  c->steady = s->steady;
  c->n = rg_field_states(s->field);
  c->is_map = rg_field_is_map(s->field);
  c->low = q->low;
  c->high = q->high;
  c->longest = q->longest;
  rg_chase_begin(c);
}

/* The one place to which an exhausted arena jumps; nothing here changes between. */
static regime_status work_in_arena(rg_seat *s, const rg_seat_question *q, regime_status (*work)(void *self),
                                   void *self) {
  if (RG_ARENA_TRY(s->arena)) return REGIME_NO_MEMORY;
  rg_arena_owns(s->arena, free_steady, s->steady);
  s->is_owned = true;
  begin_chase(s, q);
  return work(self);
}

static void stand_up(rg_seat *s) {
  rg_flow_free(s->chase.flow);
  rg_field_free(s->field);
}

regime_status rg_seat_take(rg_seat *s, regime_context *context, regime_system *system,
                           const rg_seat_question *q, regime_status (*work)(void *self), void *self) {
  *s = (rg_seat){.context = context};
  regime_status status = check(context, system, q);
  if (status == REGIME_OK) status = (s->arena = rg_arena_create()) ? REGIME_OK : REGIME_NO_MEMORY;
  if (status == REGIME_OK) status = find_equilibria(s, system, q);
  if (status == REGIME_OK) status = rg_field_create(context, system, q->t, &s->field);
  if (status == REGIME_OK) status = rg_flow_create(s->field, q->low, q->high, q->margin, &s->chase.flow);
  if (status == REGIME_OK) status = work_in_arena(s, q, work, self);
  if (status == REGIME_OK && regime_context_interrupted(context)) rg_interruption_granted(context);
  if (status == REGIME_OK) return status;
  stand_up(s);
  if (!s->is_owned) regime_steady_free(s->steady);
  rg_arena_free(s->arena);
  return status;
}

rg_arena *rg_seat_leave(rg_seat *s) {
  stand_up(s);
  return s->arena;
}

const double *rg_seat_held(const rg_seat *s, const double *held) {
  double *X = RG_NEW_ARRAY(s->arena, double, rg_field_columns(s->field));
  if (held)
    memcpy(X, held, s->chase.n * sizeof *X);
  else
    rg_field_start(s->field, X);
  return X;
}
