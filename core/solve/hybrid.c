/* hybrid.c — smooth flow between instants at which the law changes.
 *
 *   begin at (from, y0)
 *   until the outcome is known:
 *     flow to the next step's end, date or crossing
 *     record the grid points passed
 *     at a date or a crossing: change the law - turn switches, let events happen - and begin a new stretch
 *     record a grid point that falls on this very instant, under the new law
 *
 * docs/method/time-paths.md has the mathematics.
 */
#include "base/diagnostic.h"
#include "solve/failure.h"
#include "solve/run.h"

#include <math.h>
#include <string.h>

/* Crossings in a row, each one instant after the other, that are taken for endless. */
enum { most_in_a_crowd = 500 };

/* ---- recording ---- */

static regime_status record(rg_run *run, double t, const double *y) {
  if (run->options->watch) run->options->watch(run->options->watcher, t);
  return rg_path_add_point(run->path, run->system, t, y);
}

static regime_status record_between(rg_run *run, double t) {
  rg_tangents *tangents = run->tangents;
  const double *y = rg_integrator_interpolate(run->integrator, t);
  if (!y || (tangents && !rg_integrator_tangents(run->integrator, t, tangents->other))) return REGIME_BUG;
  const regime_status status = record(run, t, y);
  if (status == REGIME_OK && tangents) rg_tangents_record(tangents, run->path, t, y, tangents->other);
  return status;
}

/* The tangents at the present point, where the integrator has moved on since they were last looked at. */
static regime_status fetch_tangents(rg_run *run) {
  rg_tangents *tangents = run->tangents;
  if (!tangents || tangents->current) return REGIME_OK;
  tangents->current = rg_integrator_tangents(run->integrator, run->t, tangents->dy);
  return tangents->current ? REGIME_OK : REGIME_BUG;
}

static regime_status record_present(rg_run *run, double t) {
  regime_status status = fetch_tangents(run);
  if (status == REGIME_OK) status = record(run, t, run->y);
  if (status == REGIME_OK && run->tangents)
    rg_tangents_record(run->tangents, run->path, t, run->y, run->tangents->dy);
  return status;
}

/* A grid point that rounding alone keeps from an instant belongs to it. */
static regime_status record_passed(rg_run *run) {
  const double limit = run->t - rg_instant(fmax(fabs(run->t), fabs(run->options->from)));
  regime_status status = REGIME_OK;
  for (double t; status == REGIME_OK && (t = rg_grid_next(&run->grid)) < limit; run->grid.next++)
    status = record_between(run, t);
  return status;
}

static regime_status record_here(rg_run *run) {
  regime_status status = REGIME_OK;
  for (double t; status == REGIME_OK && (t = rg_grid_next(&run->grid)) <= run->t; run->grid.next++)
    status = record_present(run, t);
  return status;
}

/* ---- tangents at an instant ---- */

static regime_status arrive(rg_run *run, const int *roots) {
  const regime_status status = fetch_tangents(run);
  rg_tangents_arrive(run->tangents, roots);
  return status;
}

/* The flow of the law in force, which takes tangents from one instant to another. Where it has no value the
 * run ends, and nobody looks at them. */
static bool find_flow(rg_run *run, rg_flow *flow) {
  return run->tangents && rg_integrator_flow(run->integrator, run->t, flow);
}

static void follow_crossing(rg_run *run, size_t k) {
  rg_flow flow;
  if (rg_tangents_is_own(run->tangents, k) && find_flow(run, &flow))
    rg_tangents_cross(run->tangents, &run->sides, k, &flow);
  rg_tangents_acted(run->tangents, k);
}

static void follow_date(rg_run *run) {
  rg_flow flow;
  if (find_flow(run, &flow)) rg_tangents_date(run->tangents, &flow);
  rg_tangents_pass_date(run->tangents, run->t, run->y);
}

static void follow_to_rest(rg_run *run) {
  rg_flow flow;
  if (find_flow(run, &flow)) rg_tangents_rest(run->tangents, &flow);
}

/* ---- what changes the law ---- */

static void settle(rg_run *run) {
  if (run->system->settle) run->system->settle(run->system->self, run->t, run->y);
}

static regime_status find_date(rg_run *run) {
  const regime_system *system = run->system;
  run->date = system->next_date ? system->next_date(system->self, run->t) : INFINITY;
  if (run->date > run->t) return REGIME_OK;
  rg_error(run->context, (rg_place){0}, "next_date must answer the first date after t, or INFINITY",
           "the system's date after t = %.17g is %.17g", run->t, run->date);
  return REGIME_BAD_ARGUMENT;
}

static void turn(rg_run *run, size_t k, regime_direction direction) {
  run->system->turn(run->system->self, k, direction);
  run->turns++;
}

/* Whether event k, which began this stretch, is found to cross against the flow. Then what it did is smaller
 * than the tolerance, as with a ball whose bounces have become too low to see: to go on would be to let it
 * fall through the floor. */
static bool is_undone_unseen(rg_run *run, size_t k, regime_direction direction) {
  const regime_path *path = run->path;
  if (path->n_happenings == 0) return false;
  const regime_happening last = path->happening[path->n_happenings - 1];
  if (last.event != k - run->system->n_switches || last.time != run->sides.start) return false;
  rg_flow flow;
  return rg_integrator_flow(run->integrator, run->t, &flow) &&
         rg_sides_heading(&run->sides, k, &flow) == -(int)direction;
}

static regime_status happen(rg_run *run, size_t k, regime_direction direction) {
  const size_t number = k - run->system->n_switches;
  const regime_event *event = &run->system->events[number];
  if (is_undone_unseen(run, k, direction)) return rg_run_chatters(run, k);
  run->sides.function[k].retired = event->once;
  if (run->tangents) rg_tangents_happen(run->tangents, number, run->t, run->y, run->tangents->dy);
  if (run->system->happen) run->system->happen(run->system->self, number, run->t, run->y);
  settle(run);
  if (event->stop) rg_run_end(run, REGIME_STOPPED_BY_EVENT);
  const regime_status status = rg_path_add_happening(run->path, number, run->t);
  if (status == REGIME_OK) rg_tangents_record_happening(run->tangents, run->path);
  const bool date_is_due = run->t >= run->date; /* pass_date comes next, and looks for the one after */
  return status == REGIME_OK && !date_is_due ? find_date(run) : status;
}

/* Acts on every crossing at this instant, in the order of the functions, and on those that follow from it. */
static regime_status act_on_crossings(rg_run *run, bool settled) {
  const size_t n = run->sides.n;
  regime_status status = REGIME_OK;
  for (size_t round = 0; status == REGIME_OK; round++) {
    regime_direction direction;
    const bool defined = rg_sides_look(&run->sides, run->t, run->y, settled);
    const size_t k = rg_sides_take(&run->sides, &direction);
    if (k == n) return defined ? REGIME_OK : rg_run_leaves_domain(run, run->t, run->y);
    if (round > 10 * n) return rg_run_chatters(run, k);
    follow_crossing(run, k);
    settled = k >= run->system->n_switches;
    if (settled)
      status = happen(run, k, direction);
    else
      turn(run, k, direction);
  }
  return status;
}

static regime_status pass_date(rg_run *run) {
  follow_date(run);
  if (run->system->pass_date) run->system->pass_date(run->system->self, run->t, run->y);
  run->dates++;
  settle(run);
  const regime_status status = find_date(run);
  return status == REGIME_OK ? act_on_crossings(run, true) : status;
}

/* ---- stretches ---- */

static regime_status begin_stretch(rg_run *run) {
  const double stop = fmin(run->date, run->options->to);
  rg_flow flow;
  if (!rg_integrator_flow(run->integrator, run->t, &flow)) return rg_run_leaves_domain(run, run->t, run->y);
  rg_sides_begin(&run->sides, &flow);
  follow_to_rest(run);
  return rg_integrator_restart(run->integrator, run->t, stop);
}

/* Crossings one right after the other: a law that undoes itself. A few may come of rounding. */
static bool is_crowded(rg_run *run) {
  const double moment = 2000.0 * rg_integrator_fuzz(run->integrator, run->t);
  run->crowd = run->t - run->last_change <= moment ? run->crowd + 1 : 0;
  run->last_change = run->t;
  return run->crowd > most_in_a_crowd;
}

/* Rates that do not look at a state go on where it has no value. */
static bool has_value(const rg_run *run) {
  for (size_t i = 0; i < run->system->n_states; i++)
    if (isnan(run->y[i])) return false;
  return true;
}

static regime_status change_law(rg_run *run, rg_arrival arrival) {
  const int *roots = arrival == RG_CROSSED ? rg_integrator_roots(run->integrator) : NULL;
  regime_status status = arrive(run, roots);
  if (status != REGIME_OK) return status;
  if (roots) {
    rg_sides_reach(&run->sides, roots);
    size_t k = 0;
    while (!roots[k]) k++;
    if (is_crowded(run)) return rg_run_chatters(run, k);
  }
  status = act_on_crossings(run, false);
  if (status == REGIME_OK && run->t >= run->date && !run->over) status = pass_date(run);
  if (status == REGIME_OK && !run->over && !has_value(run)) return rg_run_leaves_domain(run, run->t, run->y);
  if (status == REGIME_OK && !run->over && run->t >= run->options->to) follow_to_rest(run);
  if (status != REGIME_OK || run->over || run->t >= run->options->to) return status;
  run->restarts++;
  return begin_stretch(run);
}

static regime_status begin(rg_run *run) {
  const regime_system *system = run->system;
  run->t = run->options->from;
  run->y = rg_integrator_state(run->integrator);
  regime_status status = system->start(system->self, run->t, run->y);
  if (status != REGIME_OK) return status;
  if (run->options->start) memcpy(run->y, run->options->start, system->n_states * sizeof *run->y);
  rg_tangents_start(run->tangents, run->t, run->options->start != NULL);
  settle(run);
  rg_flow flow;
  if (!has_value(run) || !rg_integrator_flow(run->integrator, run->t, &flow) ||
      !rg_sides_look(&run->sides, run->t, run->y, true))
    return rg_run_undefined(run);
  status = find_date(run);
  if (status == REGIME_OK) status = begin_stretch(run);
  return status == REGIME_OK ? record_here(run) : status;
}

/* ---- the path ---- */

static bool is_out_of_bounds(const rg_run *run, const double *y) {
  for (size_t i = 0; i < run->system->n_states; i++)
    if (!(fabs(y[i]) <= run->options->limit)) return true;
  return false;
}

/* A step that led out of bounds is cut where it left them: an explosion has long steps. */
static regime_status diverge(rg_run *run, double within) {
  const double instant = rg_instant(fmax(fabs(within), fabs(run->t))), *y;
  double beyond = run->t;
  while (beyond - within > instant) {
    const double t = 0.5 * (within + beyond);
    y = rg_integrator_interpolate(run->integrator, t);
    if (!y) return REGIME_BUG;
    *(is_out_of_bounds(run, y) ? &beyond : &within) = t;
  }
  y = rg_integrator_interpolate(run->integrator, beyond);
  if (!y) return REGIME_BUG;
  memcpy(run->y, y, run->system->n_states * sizeof *y);
  run->t = beyond;
  rg_run_end(run, REGIME_DIVERGED);
  return record_passed(run);
}

static bool is_over(rg_run *run) {
  if (is_out_of_bounds(run, run->y)) rg_run_end(run, REGIME_DIVERGED);
  if (run->t >= run->options->to) rg_run_end(run, REGIME_REACHED_END);
  if (regime_context_interrupted(run->context)) rg_run_end(run, REGIME_INTERRUPTED);
  return run->over;
}

static regime_status go_on(rg_run *run) {
  if (rg_integrator_counters(run->integrator).steps >= run->options->max_steps) return rg_run_too_long(run);
  const double before = run->t;
  const rg_arrival arrival = rg_integrator_advance(run->integrator, &run->t);
  if (arrival == RG_GAVE_UP) return rg_run_gave_up(run);
  if (arrival != RG_CROSSED && is_out_of_bounds(run, run->y)) return diverge(run, before);
  regime_status status = record_passed(run);
  if (arrival == RG_STEPPED) rg_sides_step(&run->sides);
  if (status == REGIME_OK && arrival != RG_STEPPED) status = change_law(run, arrival);
  return status == REGIME_OK ? record_here(run) : status;
}

static regime_status finish(rg_run *run) {
  regime_path *path = run->path;
  const regime_status status = fetch_tangents(run);
  if (status != REGIME_OK) return status;
  rg_tangents_record_end(run->tangents, path);
  path->end = run->t;
  memcpy(path->state, run->y, path->n_states * sizeof *path->state);
  path->counters = rg_integrator_counters(run->integrator);
  path->counters.restarts = run->restarts;
  path->counters.turns = run->turns;
  path->counters.dates = run->dates;
  if (path->n_points > 0 && path->time[path->n_points - 1] >= run->t) return REGIME_OK;
  return record_present(run, run->t);
}

regime_status rg_run_follow(rg_run *run) {
  regime_status status = begin(run);
  while (status == REGIME_OK && !is_over(run)) status = go_on(run);
  return status == REGIME_OK ? finish(run) : status;
}
