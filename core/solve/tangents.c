/* tangents.c — the moves of a point, followed through instants at which the law changes. */
#include "solve/tangents.h"

#include "base/diagnostic.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A crossing that a change of its function this many times what the tolerances mean would undo is not told
 * from one that does not take place. */
static const double margin = 10.0;

/* --- the question -------------------------------------------------------------------------------------- */

static regime_status check_ability(regime_context *context, const regime_system *s) {
  const struct {
    bool met;
    const char *lack;
  } demands[] = {
      {s->aim && s->start_tangent, "`aim` and `start_tangent`"},
      {s->n_states == 0 || s->rate_tangent, "`rate_tangent`, although it has states"},
      {s->n_unknowns == 0 || s->residual_tangent, "`residual_tangent`, although it has unknowns"},
      {s->n_switches + s->n_events == 0 || s->crossing_tangent,
       "`crossing_tangent`, although it has switches or events"},
      {!s->observe || s->observe_tangent, "`observe_tangent`, although it has `observe`"},
      {!s->happen || s->happen_tangent, "`happen_tangent`, although it has `happen`"},
      {!s->pass_date || s->pass_date_tangent, "`pass_date_tangent`, although it has `pass_date`"},
  };
  for (size_t k = 0; k < sizeof demands / sizeof *demands; k++) {
    if (demands[k].met) continue;
    rg_error(context, (rg_place){0}, "give the system its tangents, or compare paths of nearby parameters",
             "derivatives of the path are asked for, and the system is without %s", demands[k].lack);
    return REGIME_BAD_ARGUMENT;
  }
  return REGIME_OK;
}

static regime_status check_number(regime_context *context, size_t number, size_t end, const char *what) {
  if (number < end) return REGIME_OK;
  rg_error(context, (rg_place){0}, NULL, "derivatives are asked for %s %zu, and there are %zu", what, number,
           end);
  return REGIME_BAD_ARGUMENT;
}

regime_status rg_tangents_check(regime_context *context, const regime_system *s,
                                const regime_path_options *o) {
  if (o->n_directions == 0) return REGIME_OK;
  const size_t n_outputs = s->observe ? s->n_outputs : s->n_states;
  if (o->step > 0.0 && !s->next) {
    rg_error(context, (rg_place){0}, "follow the flow as it is, or compare twins of nearby parameters",
             "the twin of a flow has no derivatives");
    return REGIME_BAD_ARGUMENT;
  }
  regime_status status = check_ability(context, s);
  for (size_t k = 0; status == REGIME_OK && k < o->n_directions; k++)
    status = check_number(context, o->direction[k], s->n_parameters + s->n_states, "direction");
  for (size_t k = 0; status == REGIME_OK && o->derived && k < o->n_derived; k++)
    status = check_number(context, o->derived[k], n_outputs, "output");
  return status;
}

/* --- making and freeing -------------------------------------------------------------------------------- */

static regime_status aim(rg_tangents *t) {
  const regime_system *s = t->system;
  size_t *parameter = calloc(t->n_aims, sizeof *parameter);
  if (!parameter) return REGIME_NO_MEMORY;
  for (size_t d = 0; d < t->n_aims; d++) {
    const bool is_parameter = d < t->n_directions && t->direction[d] < s->n_parameters;
    parameter[d] = is_parameter ? t->direction[d] : REGIME_NO_PARAMETER;
  }
  const regime_status status = s->aim(s->self, t->n_aims, parameter);
  free(parameter);
  return status;
}

/* What a direction moves is of the size it has now; a tolerance of y is one of s times that. */
static void measure(rg_tangents *t) {
  const regime_system *s = t->system;
  for (size_t d = 0; d < t->n_directions; d++) {
    const bool is_known = t->direction[d] < s->n_parameters && s->parameter;
    const double size = is_known ? fabs(s->parameter(s->self, t->direction[d])) : 1.0;
    t->scale[d] = isfinite(size) && size > 0.0 ? size : 1.0;
  }
}

static bool make_rooms(rg_tangents *t) {
  const size_t n_outputs = t->system->observe ? t->system->n_outputs : t->n;
  struct {
    double **room;
    size_t n;
  } rooms[] = {{&t->dt, 1},       {&t->next_dt, 1},         {&t->dy, t->n},
               {&t->other, t->n}, {&t->trial, t->n},        {&t->answer, t->n},
               {&t->ahead, t->n}, {&t->dg, t->n_functions}, {&t->g, t->n_functions},
               {&t->scale, 1},    {&t->shown, n_outputs}};
  bool made = true;
  for (size_t k = 0; k < sizeof rooms / sizeof *rooms; k++) {
    *rooms[k].room = calloc(t->n_aims * rooms[k].n + 1, sizeof(double));
    made = made && *rooms[k].room;
  }
  t->found = calloc(t->n_functions + 1, sizeof *t->found);
  t->lost = calloc(t->n_aims, sizeof *t->lost);
  t->bad = calloc(t->n_aims, sizeof *t->bad);
  return made && t->found && t->lost && t->bad;
}

regime_status rg_tangents_create(regime_context *context, const regime_system *system,
                                 const regime_path_options *options, rg_tangents **out) {
  *out = NULL;
  if (options->n_directions == 0) return REGIME_OK;
  rg_tangents *t = calloc(1, sizeof *t);
  if (!t) return REGIME_NO_MEMORY;
  t->context = context;
  t->system = system;
  t->n = system->n_states;
  t->n_functions = system->n_switches + system->n_events;
  t->n_directions = options->n_directions;
  t->n_aims = t->n_directions + 1;
  t->direction = options->direction;
  const regime_status status = make_rooms(t) ? aim(t) : REGIME_NO_MEMORY;
  if (status == REGIME_OK) {
    measure(t);
    *out = t;
  } else {
    rg_tangents_free(t);
  }
  return status;
}

void rg_tangents_free(rg_tangents *t) {
  if (!t) return;
  double *rooms[] = {t->dt,    t->next_dt, t->dy, t->other, t->trial, t->answer,
                     t->ahead, t->dg,      t->g,  t->scale, t->shown};
  for (size_t k = 0; k < sizeof rooms / sizeof *rooms; k++) free(rooms[k]);
  free(t->found);
  free(t->lost);
  free(t->bad);
  free(t);
}

/* --- losing -------------------------------------------------------------------------------------------- */

static void lose(rg_tangents *t, size_t d) {
  t->lost[d] = true;
  t->dt[d] = 0.0;
  memset(t->dy + d * t->n, 0, t->n * sizeof *t->dy);
  memset(t->other + d * t->n, 0, t->n * sizeof *t->other);
}

static void warn(rg_tangents *t, double at, const char *why) {
  if (t->warned) return;
  t->warned = true;
  rg_warning(t->context, (rg_place){0}, "derivatives of what comes later are left empty",
             "from t = %.10g on the path has no derivative along some parameter: %s", at, why);
}

static void lose_all(rg_tangents *t, double at, const char *why) {
  for (size_t d = 0; d < t->n_directions; d++) lose(t, d);
  warn(t, at, why);
}

static bool is_finite(const double *x, size_t n) {
  for (size_t k = 0; k < n; k++)
    if (!isfinite(x[k])) return false;
  return true;
}

/* After a function was differentiated: what came out without value is lost. */
static void judge(rg_tangents *t, double *dy, int undefined, double at, const char *why) {
  if (undefined) lose_all(t, at, why);
  for (size_t d = 0; d < t->n_directions; d++) {
    if (t->lost[d]) memset(dy + d * t->n, 0, t->n * sizeof *dy);
    if (is_finite(dy + d * t->n, t->n)) continue;
    lose(t, d);
    warn(t, at, why);
  }
}

static const char *const no_slope = "a function has a value there but no slope";

void rg_tangents_lose_bad(rg_tangents *t, double at) {
  bool any = false;
  t->lacking = false;
  for (size_t d = 0; d < t->n_directions; d++) {
    any = any || (t->bad[d] && !t->lost[d]);
    if (t->bad[d]) lose(t, d);
  }
  if (any)
    warn(t, at, no_slope);
  else
    lose_all(t, at, no_slope);
}

/* --- along the flow ------------------------------------------------------------------------------------ */

static bool moves_start(const rg_tangents *t, size_t d, size_t *state) {
  const size_t n_parameters = t->system->n_parameters;
  if (t->direction[d] < n_parameters) return false;
  *state = t->direction[d] - n_parameters;
  return true;
}

void rg_tangents_start(rg_tangents *t, double at, bool is_given) {
  if (!t) return;
  const int undefined = t->system->start_tangent(t->system->self, at, t->dy);
  if (is_given) memset(t->dy, 0, t->n_aims * t->n * sizeof *t->dy);
  for (size_t d = 0, state; d < t->n_directions; d++) {
    if (!moves_start(t, d, &state)) continue;
    memset(t->dy + d * t->n, 0, t->n * sizeof *t->dy);
    t->dy[d * t->n + state] = 1.0;
  }
  judge(t, t->dy, undefined, at, no_slope);
  t->current = true;
}

static bool all_lost(const rg_tangents *t) {
  for (size_t d = 0; d < t->n_directions; d++)
    if (!t->lost[d]) return false;
  return true;
}

bool rg_tangents_rate(rg_tangents *t, double at, const double *y) {
  const regime_system *s = t->system;
  if (all_lost(t)) {
    memset(t->answer, 0, t->n_aims * t->n * sizeof *t->answer);
    return true;
  }
  const int undefined = s->rate_tangent(s->self, at, y, NULL, t->trial, t->answer);
  t->calls++;
  for (size_t d = 0; d < t->n_directions; d++)
    if (t->lost[d]) memset(t->answer + d * t->n, 0, t->n * sizeof *t->answer);
  if (!undefined && is_finite(t->answer, t->n_directions * t->n)) return true;
  for (size_t d = 0; d < t->n_directions; d++)
    t->bad[d] = !is_finite(t->answer + d * t->n, t->n) && is_finite(t->trial + d * t->n, t->n);
  t->lacking = true;
  return false;
}

void rg_tangents_next(rg_tangents *t, double at, const double *y) {
  if (!t) return;
  t->calls++;
  const int undefined = t->system->rate_tangent(t->system->self, at, y, t->dt, t->dy, t->other);
  judge(t, t->other, undefined, at, no_slope);
}

void rg_tangents_take(rg_tangents *t) {
  if (t) memcpy(t->dy, t->other, t->n_aims * t->n * sizeof *t->dy);
}

/* --- instants ------------------------------------------------------------------------------------------ */

void rg_tangents_arrive(rg_tangents *t, const int *roots) {
  if (!t) return;
  t->acted = false;
  for (size_t k = 0; k < t->n_functions; k++) t->found[k] = roots && roots[k] != 0;
}

/* By the flow to where next_dt says. */
static void move(rg_tangents *t, const rg_flow *flow) {
  for (size_t d = 0; d < t->n_directions; d++) {
    if (t->lost[d]) continue;
    if (!isfinite(t->next_dt[d])) {
      lose(t, d);
      warn(t, flow->t, "the instant at which the law changes there has none");
      continue;
    }
    const double by = t->next_dt[d] - t->dt[d];
    for (size_t i = 0; i < t->n && by != 0.0; i++) t->dy[d * t->n + i] += by * flow->dy[i];
    t->dt[d] = t->next_dt[d];
  }
}

bool rg_tangents_is_own(const rg_tangents *t, size_t k) { return t && (t->found[k] || !t->acted); }

void rg_tangents_acted(rg_tangents *t, size_t k) {
  if (!t) return;
  t->acted = true;
  t->found[k] = false;
}

/* How the crossing functions change along the directions and, in the last row, along the flow with time: NaN
 * where they have no tangent. False: nobody can say where. */
static bool differentiate_crossings(rg_tangents *t, double at, const double *y, const double *f) {
  const regime_system *s = t->system;
  double *flow = t->dy + t->n_directions * t->n;
  memcpy(flow, f, t->n * sizeof *flow);
  t->dt[t->n_directions] = 1.0;
  const size_t n = t->n_aims * t->n_functions;
  for (size_t k = 0; k < n; k++) t->dg[k] = NAN;
  const int undefined = s->crossing_tangent(s->self, at, y, t->dt, t->dy, t->dg);
  memset(flow, 0, t->n * sizeof *flow);
  t->dt[t->n_directions] = 0.0;
  return !undefined || !is_finite(t->dg, n);
}

static double *along_flow(const rg_tangents *t) { return t->dg + t->n_directions * t->n_functions; }

/* d2g/dt2 along the flow, by a difference; infinite where it has no value. */
static double bend(rg_tangents *t, size_t k, const rg_flow *flow, double slope) {
  const regime_system *s = t->system;
  const double later = flow->t + flow->ahead;
  for (size_t i = 0; i < t->n; i++) t->ahead[i] = flow->y[i] + flow->ahead * flow->dy[i];
  if (t->n > 0 && s->rate(s->self, later, t->ahead, t->answer)) return INFINITY;
  if (!differentiate_crossings(t, later, t->ahead, t->answer)) return INFINITY;
  return (along_flow(t)[k] - slope) / flow->ahead;
}

/* Whether a change of the function by what the tolerances mean would undo the crossing: near a touching point
 * g = slope t + bend t^2/2 comes no further than slope^2/(2 bend) beyond zero. */
static bool only_touches(rg_tangents *t, rg_sides *sides, size_t k, const rg_flow *flow, double slope) {
  const double depth = margin * rg_sides_tolerance(sides, k, flow->t, flow->y);
  if (!(fabs(slope) * flow->horizon > depth)) return true;
  return !(slope * slope > 2.0 * fabs(bend(t, k, flow, slope)) * depth);
}

/* dg + (g_y f + g_t)(dtau - dt) = 0. A direction that leaves the function alone has dtau = dt. */
static void find_instant(rg_tangents *t, size_t k, double slope) {
  for (size_t d = 0; d < t->n_directions; d++) {
    const double dg = t->dg[d * t->n_functions + k];
    t->next_dt[d] = dg == 0.0 ? t->dt[d] : t->dt[d] - dg / slope;
  }
}

static void touch(rg_tangents *t, size_t k, const rg_flow *flow) {
  const size_t n_switches = t->system->n_switches;
  char why[200];
  if (k >= n_switches)
    snprintf(why, sizeof why, "event `%s` touches its threshold there rather than crosses it",
             t->system->events[k - n_switches].name);
  else
    snprintf(why, sizeof why,
             "an `if`, `min`, `max`, `abs` or `clamp` turns there where it only touches zero");
  for (size_t d = 0; d < t->n_directions; d++)
    if (t->next_dt[d] != t->dt[d] && !t->lost[d]) {
      lose(t, d);
      warn(t, flow->t, why);
      t->next_dt[d] = 0.0;
    }
}

void rg_tangents_cross(rg_tangents *t, rg_sides *sides, size_t k, const rg_flow *flow) {
  if (!differentiate_crossings(t, flow->t, flow->y, flow->dy)) {
    lose_all(t, flow->t, "the function of what happens there has no slope");
    return;
  }
  const double slope = along_flow(t)[k];
  find_instant(t, k, slope);
  if (only_touches(t, sides, k, flow, slope)) touch(t, k, flow);
  move(t, flow);
}

void rg_tangents_date(rg_tangents *t, const rg_flow *flow) {
  const regime_system *s = t->system;
  t->acted = true;
  memset(t->next_dt, 0, t->n_aims * sizeof *t->next_dt);
  const int undefined = s->date_tangent ? s->date_tangent(s->self, flow->t, t->next_dt) : 0;
  for (size_t d = 0; d < t->n_directions; d++) {
    if (t->lost[d] || (!undefined && isfinite(t->next_dt[d]))) continue;
    lose(t, d);
    warn(t, flow->t, "dates fall together there that part when it moves");
  }
  move(t, flow);
}

void rg_tangents_rest(rg_tangents *t, const rg_flow *flow) {
  memset(t->next_dt, 0, t->n_aims * sizeof *t->next_dt);
  move(t, flow);
}

void rg_tangents_happen(rg_tangents *t, size_t event, double at, const double *y, double *dy) {
  if (!t) return;
  const regime_system *s = t->system;
  if (s->happen_tangent) judge(t, dy, s->happen_tangent(s->self, event, at, y, t->dt, dy), at, no_slope);
}

void rg_tangents_pass_date(rg_tangents *t, double at, const double *y) {
  if (!t) return;
  const regime_system *s = t->system;
  if (s->pass_date_tangent) judge(t, t->dy, s->pass_date_tangent(s->self, at, y, t->dt, t->dy), at, no_slope);
}

/* --- recording ----------------------------------------------------------------------------------------- */

static double told(const rg_tangents *t, size_t d, double value) { return t->lost[d] ? NAN : value; }

void rg_tangents_record(rg_tangents *t, regime_path *path, double at, const double *y, const double *dy) {
  if (!t) return;
  const regime_system *s = t->system;
  double *out = rg_path_last_derivatives(path);
  const bool defined = !s->observe_tangent || s->observe_tangent(s->self, at, y, t->dt, dy, t->shown) == 0;
  const double *shown = s->observe ? t->shown : dy;
  for (size_t k = 0; k < path->n_derived; k++)
    for (size_t d = 0; d < t->n_directions; d++)
      *out++ = defined ? told(t, d, shown[d * path->n_outputs + path->derived[k]]) : NAN;
}

void rg_tangents_record_happening(const rg_tangents *t, regime_path *path) {
  if (!t) return;
  double *out = rg_path_last_happening_derivatives(path);
  for (size_t d = 0; d < t->n_directions; d++) out[d] = told(t, d, t->dt[d]);
}

void rg_tangents_record_end(const rg_tangents *t, regime_path *path) {
  if (!t) return;
  for (size_t d = 0; d < t->n_directions; d++) {
    path->end_derivatives[d] = told(t, d, t->dt[d]);
    for (size_t i = 0; i < t->n; i++)
      path->state_derivatives[i * t->n_directions + d] = told(t, d, t->dy[d * t->n + i]);
  }
}
