/* attractor.c — the brute-force diagram: what is left after the transient, value by value of a parameter.
 *
 * Of a flow the local maxima of the state: zeros of its rate, falling, located as events on the path.
 */
#include "analysis/field.h"
#include "base/arena.h"
#include "base/diagnostic.h"
#include <regime/portrait.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

regime_sweep_options regime_sweep_defaults(void) {
  return (regime_sweep_options){
      .parameter = REGIME_NO_PARAMETER, .n_values = 400, .transient = 500.0, .time = 200.0};
}

static const regime_event maximum = {.name = "maximum", .direction = REGIME_DOWN};

typedef struct walk {
  regime_context *context, *own; /* own: a path that fails is no finding of the caller's */
  const regime_sweep_options *options;
  rg_arena *arena;
  rg_field *field;
  regime_path *path;
  regime_system follower; /* a flow as a system, its maxima events */
  size_t n;
  double parameter;
  double *X, *first, *F; /* X: n states, and the parameter */
  bool shows;            /* the transient is over */
  double *peak; /* maxima on the way: not in the arena, since the integrator must not be jumped out of */
  size_t n_peaks, room;
  bool overflows; /* there was no memory for one */
  size_t lost;
  RG_LIST(double) at, value;
} walk;

static void show(walk *w, double value) {
  RG_APPEND(w->arena, &w->at, w->parameter);
  RG_APPEND(w->arena, &w->value, value);
}

/* ---- of a map ---- */

static bool is_out(const walk *w) {
  for (size_t k = 0; k < w->n; k++)
    if (!(fabs(w->X[k]) < 1e12)) return true;
  return false;
}

/* False: it was lost. */
static bool walk_map(walk *w, double periods) {
  for (double k = 0.0; k < periods; k += 1.0) {
    if (rg_field_value(w->field, w->X, w->F)) return false;
    memcpy(w->X, w->F, w->n * sizeof *w->F);
    if (is_out(w)) return false;
    if (w->shows) show(w, w->X[w->options->state]);
  }
  return true;
}

/* ---- of a flow ---- */

static regime_status start(void *self, double t, double *y) {
  const walk *w = self;
  (void)t;
  memcpy(y, w->X, w->n * sizeof *y);
  return REGIME_OK;
}

static int rate(void *self, double t, const double *y, double *dy) {
  walk *w = self;
  (void)t;
  memcpy(w->F, y, w->n * sizeof *y);
  w->F[w->n] = w->parameter;
  return rg_field_value(w->field, w->F, dy);
}

static int crossing(void *self, double t, const double *y, double *g) {
  walk *w = self;
  double *const dy = w->F + w->n + 1;
  if (rate(self, t, y, dy)) return 1;
  g[0] = dy[w->options->state];
  return 0;
}

static void happen(void *self, size_t k, double t, double *y) {
  walk *w = self;
  (void)k, (void)t;
  if (!w->shows) return;
  if (w->n_peaks == w->room) {
    double *const more = realloc(w->peak, (2 * w->room + 64) * sizeof *more);
    w->overflows = w->overflows || !more;
    if (!more) return;
    w->peak = more;
    w->room = 2 * w->room + 64;
  }
  w->peak[w->n_peaks++] = y[w->options->state];
}

static bool walk_flow(walk *w, double time) {
  regime_path_options o = REGIME_PATH_DEFAULTS;
  o.to = time;
  o.every = time;
  regime_path_free(w->path);
  w->n_peaks = 0;
  const bool arrived = regime_path_compute(w->own, &w->follower, &o, &w->path) == REGIME_OK &&
                       regime_path_outcome(w->path) == REGIME_REACHED_END;
  if (arrived) memcpy(w->X, regime_path_state(w->path), w->n * sizeof *w->X);
  for (size_t k = 0; arrived && k < w->n_peaks; k++) show(w, w->peak[k]);
  regime_diagnostics_clear(w->own);
  return arrived;
}

/* ---- one value of the parameter ---- */

static bool walk_on(walk *w, double time) {
  return time <= 0.0 || (rg_field_is_map(w->field) ? walk_map(w, time) : walk_flow(w, time));
}

static void look_at(walk *w, double parameter) {
  w->parameter = w->X[w->n] = parameter;
  if (!w->options->carry) memcpy(w->X, w->first, w->n * sizeof *w->X);
  const size_t before = w->at.count;
  w->shows = false;
  bool is_there = walk_on(w, w->options->transient);
  w->shows = true;
  is_there = is_there && walk_on(w, w->options->time);
  if (is_there && w->at.count == before) show(w, w->X[w->options->state]);
  if (is_there) return;
  w->at.count = w->value.count = before;
  w->lost++;
  memcpy(w->X, w->first, w->n * sizeof *w->X);
}

static void begin(walk *w) {
  w->n = rg_field_states(w->field);
  w->X = RG_NEW_ARRAY(w->arena, double, 4 * (w->n + 1));
  w->first = w->X + w->n + 1;
  w->F = w->first + w->n + 1; /* and as much again for crossing */
  rg_field_start(w->field, w->X);
  if (w->options->start) memcpy(w->X, w->options->start, w->n * sizeof *w->X);
  memcpy(w->first, w->X, (w->n + 1) * sizeof *w->X);
  w->follower = (regime_system){.self = w,
                                .n_states = w->n,
                                .n_outputs = w->n,
                                .n_events = 1,
                                .events = &maximum,
                                .start = start,
                                .rate = rate,
                                .crossing = crossing,
                                .happen = happen};
}

static regime_status sweep(walk *w, regime_sweep **out) {
  if (RG_ARENA_TRY(w->arena)) return REGIME_NO_MEMORY;
  const regime_sweep_options *o = w->options;
  begin(w);
  for (size_t k = 0; k < o->n_values && !w->overflows && !regime_context_interrupted(w->context); k++)
    look_at(w, o->from + (o->to - o->from) * (double)k / fmax(1.0, (double)o->n_values - 1.0));
  if (w->overflows) return REGIME_NO_MEMORY;
  regime_sweep *s = RG_NEW(w->arena, regime_sweep);
  *s = (regime_sweep){.n_points = w->at.count,
                      .parameter = w->at.items,
                      .value = w->value.items,
                      .n_lost = w->lost,
                      .is_interrupted = regime_context_interrupted(w->context),
                      .memory = w->arena};
  if (s->is_interrupted) rg_interruption_granted(w->context);
  *out = s;
  return REGIME_OK;
}

static regime_status check(regime_context *context, const regime_system *system,
                           const regime_sweep_options *o) {
  if (o->state < system->n_states && o->n_values > 0 && isfinite(o->from) && isfinite(o->to) && o->time > 0.0)
    return REGIME_OK;
  rg_error(context, (rg_place){0}, "show a state of the system, for a time, over a range with ends",
           "state %zu of %zu over %zu values from %.10g to %.10g, for a time of %.10g", o->state,
           system->n_states, o->n_values, o->from, o->to, o->time);
  return REGIME_BAD_ARGUMENT;
}

regime_status regime_attractors_sweep(regime_context *context, regime_system *system,
                                      const regime_sweep_options *options, regime_sweep **out) {
  walk w = {.context = context, .options = options};
  *out = NULL;
  regime_status status = check(context, system, options);
  if (status != REGIME_OK) return status;
  w.arena = rg_arena_create();
  status = w.arena ? regime_context_create(&w.own) : REGIME_NO_MEMORY;
  if (status == REGIME_OK) status = rg_field_create(context, system, options->t, &w.field);
  if (status == REGIME_OK) status = rg_field_set_free(w.field, 1, &options->parameter);
  if (status == REGIME_OK) status = sweep(&w, out);
  free(w.peak);
  regime_path_free(w.path);
  rg_field_free(w.field);
  regime_context_free(w.own);
  if (status != REGIME_OK) rg_arena_free(w.arena);
  return status;
}

void regime_sweep_free(regime_sweep *sweep) {
  if (sweep) rg_arena_free(sweep->memory);
}
