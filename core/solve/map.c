/* map.c — from period to period.
 *
 *   the start is given; on which side of zero the events' functions are there is noted
 *   for each period until the outcome is known:
 *     take the dates that have come
 *     compute what the period leaves
 *     record it
 *     let the events happen whose functions have crossed: what they change holds from the next period on
 */
#include "solve/map.h"

#include "base/diagnostic.h"
#include "solve/tangents.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct walk {
  regime_context *context;
  const regime_system *system;
  const regime_path_options *options;
  regime_path *path;
  double t;
  size_t period, n_periods, every; /* periods done, in all, from one recorded to the next */
  double *y, *left;                /* what the period finds and leaves */
  double *g;                       /* crossing functions */
  rg_tangents *tangents;           /* dy of y, other of left; NULL: no derivatives are asked for */
  int *side;                       /* of each event: -1 or +1; 0: not yet known */
  bool *retired;
  bool over;
} walk;

/* Period k after the start. Of a step that is a whole part of one, so many make exactly one. */
static double time_of(const walk *w, size_t k) {
  const double parts = round(1.0 / w->system->step), step = w->system->step;
  const bool is_part = parts >= 1.0 && fabs(parts * step - 1.0) < 1e-12;
  return w->options->from + (is_part ? (double)k / parts : (double)k * step);
}

static void end(walk *w, regime_outcome outcome) {
  w->over = true;
  w->path->outcome = outcome;
}

/* --- recording ----------------------------------------------------------------------------------------- */

static regime_status record(walk *w) {
  const bool shows_found = w->system->observe || w->period == 0;
  const double *shown = shows_found ? w->y : w->left;
  if (w->options->watch) w->options->watch(w->options->watcher, w->t);
  const regime_status status = rg_path_add_point(w->path, w->system, w->t, shown);
  rg_tangents *t = w->tangents;
  if (status == REGIME_OK && t) rg_tangents_record(t, w->path, w->t, shown, shows_found ? t->dy : t->other);
  return status;
}

static bool is_recorded(const walk *w) {
  return w->over || w->period % w->every == 0 || w->period == w->n_periods;
}

/* --- one period ---------------------------------------------------------------------------------------- */

/* A date within a millionth of a period belongs to it. */
static void take_dates(walk *w, double t) {
  const regime_system *s = w->system;
  const double now = t + 1e-6 * s->step;
  if (!s->next_date || s->next_date(s->self, w->t + 1e-6 * s->step) > now) return;
  rg_tangents_pass_date(w->tangents, now, w->y);
  if (s->pass_date) s->pass_date(s->self, now, w->y);
  w->path->counters.dates++;
}

static bool is_out_of_bounds(const walk *w) {
  for (size_t k = 0; k < w->system->n_states; k++)
    if (!(fabs(w->left[k]) <= w->options->limit)) return true;
  return false;
}

static bool counts(const walk *w, size_t k, int side) {
  const regime_event *event = &w->system->events[k];
  const bool crossed = w->side[k] != 0 && side != w->side[k];
  return crossed && !w->retired[k] &&
         (event->direction == REGIME_BOTH || (int)event->direction == -w->side[k]);
}

static regime_status happen(walk *w, size_t k) {
  const regime_system *s = w->system;
  w->retired[k] = s->events[k].once;
  if (w->tangents) rg_tangents_happen(w->tangents, k, w->t, w->left, w->tangents->other);
  if (s->happen) s->happen(s->self, k, w->t, w->left);
  if (s->events[k].stop) end(w, REGIME_STOPPED_BY_EVENT);
  const regime_status status = rg_path_add_happening(w->path, k, w->t);
  if (status == REGIME_OK) rg_tangents_record_happening(w->tangents, w->path);
  return status;
}

/* A function that reaches zero has crossed; one that leaves it has not. */
static regime_status look_at_events(walk *w) {
  const regime_system *s = w->system;
  regime_status status = REGIME_OK;
  if (s->n_events == 0 || !s->crossing) return status;
  w->path->counters.crossing_calls++;
  if (s->crossing(s->self, w->t, w->y, w->g) != 0) return status;
  for (size_t k = 0; k < s->n_events && status == REGIME_OK; k++) {
    const int side = (w->g[k] > 0.0) - (w->g[k] < 0.0);
    if (counts(w, k, side)) status = happen(w, k);
    w->side[k] = side;
  }
  return status;
}

/* Those that have a value there can be crossed in the first period. */
static void note_sides(walk *w) {
  const regime_system *s = w->system;
  if (s->n_events == 0 || !s->crossing) return;
  w->path->counters.crossing_calls++;
  if (s->crossing(s->self, w->t, w->y, w->g) != 0) return;
  for (size_t k = 0; k < s->n_events; k++) w->side[k] = (w->g[k] > 0.0) - (w->g[k] < 0.0);
}

static void leave_domain(walk *w, double t) {
  if (w->system->explain) w->system->explain(w->system->self, t, w->y, w->context);
  end(w, REGIME_LEFT_DOMAIN);
}

static regime_status go_on(walk *w) {
  const regime_system *s = w->system;
  const double t = time_of(w, w->period + 1);
  take_dates(w, t);
  w->path->counters.rate_calls++;
  if (s->next(s->self, t, w->y, w->left) != 0) {
    leave_domain(w, t);
    return REGIME_OK;
  }
  rg_tangents_next(w->tangents, t, w->y);
  w->t = t;
  w->period++;
  if (is_out_of_bounds(w))
    end(w, REGIME_DIVERGED);
  else if (w->period == w->n_periods)
    end(w, REGIME_REACHED_END);
  else if (regime_context_interrupted(w->context))
    end(w, REGIME_INTERRUPTED);
  const bool recorded = is_recorded(w);
  regime_status status = recorded ? record(w) : REGIME_OK;
  if (status == REGIME_OK) status = look_at_events(w);
  if (status == REGIME_OK && w->over && !recorded) status = record(w); /* an event stops here */
  memcpy(w->y, w->left, s->n_states * sizeof *w->y);
  rg_tangents_take(w->tangents);
  return status;
}

/* --- the walk ------------------------------------------------------------------------------------------ */

static regime_status make(walk *w) {
  const regime_system *s = w->system;
  const size_t n = s->n_states, n_events = s->n_events;
  w->y = calloc(2 * n + n_events + s->n_switches + 1, sizeof *w->y);
  w->side = calloc(n_events + 1, sizeof *w->side);
  w->retired = calloc(n_events + 1, sizeof *w->retired);
  if (!w->y || !w->side || !w->retired) return REGIME_NO_MEMORY;
  w->left = w->y + n;
  w->g = w->left + n;
  return REGIME_OK;
}

static regime_status plan(walk *w) {
  const regime_path_options *o = w->options;
  const double step = w->system->step, n = floor((o->to - o->from) / step * (1.0 + 1e-12) + 1e-9);
  if (!(step > 0.0) || !(n >= 1.0) || n > (double)o->max_steps) {
    rg_error(w->context, (rg_place){0}, "let the span hold at least one period, and at most max_steps",
             "periods are %.10g apart, and the span from %.10g to %.10g holds %.10g", step, o->from, o->to,
             n);
    return REGIME_BAD_ARGUMENT;
  }
  w->n_periods = (size_t)n;
  w->every = (size_t)fmax(1.0, fmin(round(o->every / step), n));
  return REGIME_OK;
}

static regime_status begin(walk *w) {
  w->t = w->options->from;
  regime_status status = w->system->start(w->system->self, w->t, w->y);
  if (status == REGIME_OK && w->options->start)
    memcpy(w->y, w->options->start, w->system->n_states * sizeof *w->y);
  if (status == REGIME_OK) note_sides(w);
  if (status == REGIME_OK) rg_tangents_start(w->tangents, w->t, w->options->start != NULL);
  return status == REGIME_OK ? record(w) : status;
}

/* A path that left its domain between two recorded periods shows the first of them. */
static void finish(walk *w) {
  regime_path *path = w->path;
  path->end = w->t;
  path->counters.steps = (long)w->period;
  path->counters.tangent_calls = w->tangents ? w->tangents->calls : 0;
  rg_tangents_record_end(w->tangents, path);
  memcpy(path->state, w->y, path->n_states * sizeof *path->state);
}

regime_status rg_map_follow(regime_context *context, const regime_system *system,
                            const regime_path_options *options, regime_path *path) {
  walk w = {.context = context, .system = system, .options = options, .path = path};
  regime_status status = plan(&w);
  if (status == REGIME_OK) status = make(&w);
  if (status == REGIME_OK) status = rg_tangents_create(context, system, options, &w.tangents);
  if (status == REGIME_OK) status = begin(&w);
  while (status == REGIME_OK && !w.over) status = go_on(&w);
  if (status == REGIME_OK) finish(&w);
  free(w.y);
  free(w.side);
  free(w.retired);
  rg_tangents_free(w.tangents);
  return status;
}
