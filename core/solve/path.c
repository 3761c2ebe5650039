/* path.c — a path from the question to the answer, and the reading of it. */
#include "base/diagnostic.h"
#include "solve/map.h"
#include "solve/reduce.h"
#include "solve/run.h"
#include "solve/tangents.h"
#include "solve/twin.h"
#include <regime/sensitivity.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- the question ---- */

typedef struct demand {
  bool met;
  const char *name;
  double value;
  const char *remedy;
} demand;

static regime_status check(regime_context *context, const regime_system *system,
                           const regime_path_options *o) {
  const bool has_span = isfinite(o->from) && isfinite(o->to);
  const bool can_be_sparse = o->linear != REGIME_LINEAR_SPARSE || system->jacobian;
  char after_start[64];
  snprintf(after_start, sizeof after_start, "a path must end after it starts, here at %.10g", o->from);
  const demand demands[] = {
      {isfinite(o->from), "the start of the path", o->from, "a path needs a start"},
      {has_span && o->to > o->from, "the end of the path", o->to, after_start},
      {o->every >= 0.0, "the distance of recorded points", o->every,
       "use a positive distance, or 0 for 200 points"},
      {!(o->every > 0.0 && (o->to - o->from) / o->every > 1e8), "the distance of recorded points", o->every,
       "that is more than a hundred million points: take a larger one"},
      {o->rtol > 0.0, "the relative tolerance", o->rtol, "a tolerance is positive, such as 1e-8"},
      {o->atol > 0.0, "the absolute tolerance", o->atol, "a tolerance is positive, such as 1e-10"},
      {o->limit > 0.0, "the limit of what has not diverged", o->limit, "use a positive bound, such as 1e12"},
      {isfinite(o->step) && o->step >= 0.0, "the step of the twin", o->step,
       "use a positive length, or 0 for a flow as it is"},
      {o->max_steps > 0, "the most steps allowed", (double)o->max_steps, "allow at least one step"},
      {can_be_sparse, "the number of Jacobian functions", 0.0,
       "a sparse solver needs one, with its pattern: add it, or leave the choice of solver to regime"},
  };
  for (size_t k = 0; k < sizeof demands / sizeof *demands; k++) {
    if (demands[k].met) continue;
    rg_error(context, (rg_place){0}, demands[k].remedy, "%s is %.10g", demands[k].name, demands[k].value);
    return REGIME_BAD_ARGUMENT;
  }
  return REGIME_OK;
}

/* A system without a function that its numbers call for. */
static regime_status check_system(regime_context *context, const regime_system *s) {
  const struct {
    bool met;
    const char *lack;
  } demands[] = {
      {s->start != NULL, "`start`, the state at the start"},
      {s->n_states == 0 || s->rate || s->next, "`rate` or `next`, although it has states"},
      {!s->next || s->step > 0.0, "`step`, although it is a map"},
      {s->n_unknowns == 0 || (s->residual && s->slope), "`residual` or `slope`, although it has unknowns"},
      {s->n_switches + s->n_events == 0 || s->crossing, "`crossing`, although it has switches or events"},
      {s->n_switches == 0 || s->turn, "`turn`, although it has switches"},
      {s->n_events == 0 || s->events, "`events`, although their number is given"},
      {!s->jacobian || (s->jacobian_column && s->jacobian_row), "the pattern of its Jacobian"},
  };
  for (size_t k = 0; k < sizeof demands / sizeof *demands; k++) {
    if (demands[k].met) continue;
    rg_error(context, (rg_place){0}, NULL, "the system is without %s", demands[k].lack);
    return REGIME_BAD_ARGUMENT;
  }
  return REGIME_OK;
}

static regime_status make(rg_run *run) {
  const regime_path_options *o = run->options;
  run->grid = rg_grid_make(o);
  run->last_change = -INFINITY;
  regime_status status = rg_sides_make(run->system, o->rtol, o->atol, &run->sides);
  if (status == REGIME_OK) status = rg_tangents_create(run->context, run->system, o, &run->tangents);
  if (status == REGIME_OK)
    status = rg_integrator_create(run->system, o, &run->sides, run->tangents, &run->integrator);
  return status;
}

/* What stands between the system as given and the one that is followed. */
typedef struct layers {
  rg_reduced *reduced;      /* its unknowns solved for */
  rg_twin *twin;            /* the flow as a map */
  rg_reduced *reduced_twin; /* the unknowns of that */
  const regime_system *system;
} layers;

static regime_status reduce(layers *l, rg_reduced **by) {
  if (l->system->n_unknowns == 0) return REGIME_OK;
  const regime_status status = rg_reduced_create(l->system, by);
  if (status == REGIME_OK) l->system = rg_reduced_system(*by);
  return status;
}

static regime_status lay(regime_context *context, const regime_path_options *o, layers *l) {
  regime_status status = reduce(l, &l->reduced);
  if (status != REGIME_OK || o->step == 0.0 || l->system->next) return status;
  status = rg_twin_create(context, l->system, o->step, o->rule, &l->twin);
  if (status != REGIME_OK) return status;
  l->system = rg_twin_system(l->twin);
  return reduce(l, &l->reduced_twin);
}

static void drop(layers *l) {
  rg_reduced_free(l->reduced_twin);
  rg_twin_free(l->twin);
  rg_reduced_free(l->reduced);
}

static regime_status follow_flow(regime_context *context, const regime_system *system,
                                 const regime_path_options *options, regime_path *path) {
  rg_run run = {.context = context, .system = system, .options = options, .path = path};
  regime_status status = make(&run);
  if (status == REGIME_OK) status = rg_run_follow(&run);
  rg_integrator_free(run.integrator);
  rg_tangents_free(run.tangents);
  rg_sides_drop(&run.sides);
  return status;
}

/* A path that ended for want of a solution keeps where the search for it did; the rates of a twin are no
 * unknowns of the system's. */
static regime_status note_unsolved(const regime_system *system, const layers *l, regime_path *path) {
  if (path->outcome != REGIME_LEFT_DOMAIN) return REGIME_OK;
  if (l->twin && rg_twin_is_unsolved(l->twin)) path->outcome = REGIME_NO_SOLUTION;
  if (!l->reduced || !rg_reduced_is_unsolved(l->reduced)) return REGIME_OK;
  path->outcome = REGIME_NO_SOLUTION;
  return rg_path_keep_iterate(path, system, l->reduced);
}

regime_status regime_path_compute(regime_context *context, regime_system *system,
                                  const regime_path_options *options, regime_path **out) {
  *out = NULL;
  regime_path *path = NULL;
  layers l = {.system = system};
  regime_status status = check(context, system, options);
  if (status == REGIME_OK) status = check_system(context, system);
  if (status == REGIME_OK) status = rg_tangents_check(context, system, options);
  if (status == REGIME_OK) status = lay(context, options, &l);
  if (status == REGIME_OK) status = rg_path_create(l.system, options, &path);
  if (status == REGIME_OK)
    status = l.system->next ? rg_map_follow(context, l.system, options, path)
                            : follow_flow(context, l.system, options, path);
  if (status == REGIME_OK) status = note_unsolved(system, &l, path);
  if (status == REGIME_OK && l.reduced) rg_reduced_count(l.reduced, &path->counters);
  if (status == REGIME_OK && l.reduced_twin) rg_reduced_count(l.reduced_twin, &path->counters);
  if (status == REGIME_OK && path->outcome == REGIME_INTERRUPTED) rg_interruption_granted(context);
  if (status == REGIME_OK)
    *out = path;
  else
    regime_path_free(path);
  drop(&l);
  return status;
}

/* ---- the answer ---- */

const char *regime_outcome_text(regime_outcome outcome) {
  switch (outcome) {
#define OUTCOME_TEXT(name, text)                                                                             \
  case REGIME_##name: return text;
    REGIME_OUTCOME_LIST(OUTCOME_TEXT)
#undef OUTCOME_TEXT
  }
  return "unknown outcome";
}

void regime_path_free(regime_path *path) {
  if (!path) return;
  free(path->time);
  free(path->values);
  free(path->happening);
  free(path->state);
  free(path->derived);
  free(path->derivatives);
  free(path->happening_derivatives);
  free(path->state_derivatives);
  free(path->end_derivatives);
  free(path->iterate);
  free(path);
}

regime_outcome regime_path_outcome(const regime_path *path) { return path->outcome; }
double regime_path_end(const regime_path *path) { return path->end; }
size_t regime_path_points(const regime_path *path) { return path->n_points; }
size_t regime_path_outputs(const regime_path *path) { return path->n_outputs; }
double regime_path_time(const regime_path *path, size_t point) { return path->time[point]; }
const double *regime_path_values(const regime_path *path, size_t point) {
  return path->values + point * path->n_outputs;
}
const double *regime_path_state(const regime_path *path) { return path->state; }
size_t regime_path_happenings(const regime_path *path) { return path->n_happenings; }
regime_happening regime_path_happening(const regime_path *path, size_t k) { return path->happening[k]; }
regime_counters regime_path_counters(const regime_path *path) { return path->counters; }

size_t regime_path_unsolved(const regime_path *path) { return path->n_iterate; }
regime_unsolved regime_path_unsolved_at(const regime_path *path, size_t k) { return path->iterate[k]; }

size_t regime_path_directions(const regime_path *path) { return path->n_directions; }
size_t regime_path_derived(const regime_path *path) { return path->n_derived; }
const double *regime_path_derivatives(const regime_path *path, size_t point) {
  return path->derivatives + point * path->n_derived * path->n_directions;
}
const double *regime_path_state_derivatives(const regime_path *path) { return path->state_derivatives; }
const double *regime_path_happening_derivatives(const regime_path *path, size_t k) {
  return path->happening_derivatives + k * path->n_directions;
}
const double *regime_path_end_derivatives(const regime_path *path) { return path->end_derivatives; }
