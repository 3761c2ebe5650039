/* branch.c — branches of equilibria and fixed points, from the starts and from where they cross.
 *
 *   for each start: polish it; follow the branch through it, unless it is there
 *   for each place where branches cross: follow the other one, unless it is there
 *   for each special point where cycles are born: follow these
 *   through the special points: follow the curves in two parameters
 */
#include "analysis/follow.h"

#include "analysis/cycle.h"
#include "base/diagnostic.h"
#include "linalg/newton.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double most_decades = 1e6; /* of a parameter's size, that one scale sees */

regime_branch_options regime_branch_defaults(void) {
  return (regime_branch_options){.parameter = REGIME_NO_PARAMETER,
                                 .second = REGIME_NO_PARAMETER,
                                 .most_points = 500,
                                 .tolerance = 1e-10};
}

/* --- checking ------------------------------------------------------------------------------------------ */

static regime_status refuse(regime_context *context, const char *what, const char *remedy) {
  rg_error(context, (rg_place){0}, remedy, "%s", what);
  return REGIME_BAD_ARGUMENT;
}

static bool is_range(double from, double to) { return isfinite(from) && isfinite(to) && from != to; }

static regime_status check(regime_context *context, const regime_system *s, const regime_branch_options *o) {
  const bool two = o->second != REGIME_NO_PARAMETER;
  if (o->parameter >= s->n_parameters || !s->set_parameter)
    return refuse(context, "the system has no such parameter to follow a branch along",
                  "name one of its parameters");
  if (two && (o->second >= s->n_parameters || o->second == o->parameter))
    return refuse(context, "the second parameter of the curves is none of the system, or is the first",
                  "name another of its parameters");
  if (!is_range(o->from, o->to) || (two && !is_range(o->second_from, o->second_to)))
    return refuse(context, "the range of a parameter is empty",
                  "let from and to be different, finite numbers");
  if (o->n_starts == 0 || !o->start)
    return refuse(context, "a branch needs an equilibrium to start from", "look for equilibria first");
  return REGIME_OK;
}

/* --- making and freeing -------------------------------------------------------------------------------- */

static int value(void *self, const double *Z, double *G) {
  rg_follower *w = self;
  return rg_frame_residual(&w->frame, Z, G);
}

static int jacobian(void *self, const double *Z, double *matrix) {
  rg_follower *w = self;
  const size_t n = w->n;
  if (rg_frame_jacobian(&w->frame, Z, w->spectrum.jacobian)) return 1;
  for (size_t j = 0; j <= n; j++)
    memcpy(matrix + j * (n + 1), w->spectrum.jacobian + j * n, n * sizeof *matrix);
  return 0;
}

static regime_status make_room(rg_follower *w) {
  const size_t n = w->n, c = n + 1, outputs = rg_field_outputs(w->field);
  w->memory = calloc(RG_STATIONS * (2 * c + 2 * n) + 5 * c + n + outputs + 1, sizeof *w->memory);
  if (!w->memory) return REGIME_NO_MEMORY;
  double *next = w->memory;
  for (size_t k = 0; k < RG_STATIONS; k++, next += 2 * c + 2 * n)
    w->station[k] = (rg_station){.Z = next, .tangent = next + c, .re = next + 2 * c, .im = next + 2 * c + n};
  w->X = next;
  w->normal = w->X + c;
  w->back = w->normal + c;
  w->spare = w->back + c; /* 2c */
  w->seen = w->spare + 2 * c;
  w->outputs = w->seen + n;
  return REGIME_OK;
}

static regime_status make(rg_follower *w) {
  w->n = rg_field_states(w->field);
  regime_status status = rg_field_set_free(w->field, 1, &w->options->parameter);
  if (status == REGIME_OK) status = rg_frame_make(&w->frame, w->field);
  if (status == REGIME_OK) status = rg_spectrum_make(&w->spectrum, &w->frame);
  w->arc = (rg_arc){.n = w->n + 1,
                    .equations = w->n,
                    .self = w,
                    .value = value,
                    .jacobian = jacobian,
                    .tolerance = w->options->tolerance};
  if (status == REGIME_OK) status = rg_arc_make(&w->arc);
  if (status == REGIME_OK)
    status = rg_stride_make(&w->stride, &w->arc, w->options->largest_step, w->options->smallest_step);
  if (status == REGIME_OK) status = make_room(w);
  if (status == REGIME_OK) status = rg_diagram_create(w->n, rg_field_outputs(w->field), &w->diagram);
  for (size_t j = 0; status == REGIME_OK && j < w->n; j++) w->arc.weight[j] = 1.0 / (double)w->n;
  return status;
}

static void clear(rg_follower *w) {
  for (size_t k = 0; k < w->n_crossings; k++) free(w->crossing[k].X);
  free(w->crossing);
  free(w->memory);
  rg_stride_clear(&w->stride);
  rg_arc_clear(&w->arc);
  rg_spectrum_clear(&w->spectrum);
  rg_frame_clear(&w->frame);
}

/* --- scales -------------------------------------------------------------------------------------------- */

static double range(const rg_follower *w) { return fabs(w->options->to - w->options->from); }

double rg_parameter_scale(const rg_follower *w, double parameter) {
  const double met = most_decades * fmax(fabs(parameter), fabs(w->options->from));
  return met > 0.0 ? fmin(range(w), met) : range(w);
}

/* A state is measured by the largest it has been; one that was never but zero by how far the parameter's
 * range moves it along `direction` (X's units; NULL: not known), or by the box, or by 1. */
static void set_scales(rg_follower *w, const double *X, const double *direction) {
  const regime_branch_options *o = w->options;
  w->frame.scale[w->n] = rg_parameter_scale(w, X[w->n]);
  for (size_t j = 0; j < w->n; j++) {
    const double box = o->low && o->high ? o->high[j] - o->low[j] : INFINITY;
    double moved = 0.0;
    if (direction && direction[w->n] != 0.0) moved = fabs(direction[j] / direction[w->n]) * range(w);
    w->seen[j] = fmax(w->seen[j], fabs(X[j]));
    w->frame.scale[j] = w->seen[j];
    if (w->seen[j] < 1e-14) w->frame.scale[j] = fmin(moved, box);
    if (!(w->frame.scale[j] > 1e-14)) w->frame.scale[j] = isfinite(box) ? box : 1.0;
  }
  rg_frame_anchor(&w->frame, X);
  rg_frame_rescaled(&w->frame);
}

/* --- starts -------------------------------------------------------------------------------------------- */

static void keep_parameter(rg_follower *w) {
  memset(w->normal, 0, (w->n + 1) * sizeof *w->normal);
  w->normal[w->n] = 1.0;
}

static int residual_of_states(void *self, const double *x, double *f) {
  rg_follower *w = self;
  memcpy(w->X, x, w->n * sizeof *x);
  return rg_field_residual(w->field, w->X, f);
}

static int jacobian_of_states(void *self, const double *x, double *matrix) {
  rg_follower *w = self;
  memcpy(w->X, x, w->n * sizeof *x);
  if (rg_field_residual_jacobian(w->field, w->X, w->spectrum.jacobian)) return 1;
  memcpy(matrix, w->spectrum.jacobian, w->n * w->n * sizeof *matrix);
  return 0;
}

/* X becomes the equilibrium near it, with the parameter as it is. */
static bool polish(rg_follower *w, double *X) {
  double *Z = w->station[0].Z;
  rg_newton_report report;
  const rg_newton_problem problem = {
      .n = w->n, .self = w, .residual = residual_of_states, .jacobian = jacobian_of_states};
  w->X[w->n] = X[w->n];
  const regime_status status = rg_newton(&problem, X, &report);
  if (status == REGIME_NO_MEMORY) w->status = status;
  set_scales(w, X, NULL);
  rg_frame_enter(&w->frame, X, Z);
  keep_parameter(w);
  if (!rg_arc_correct(&w->arc, Z, w->normal)) return false;
  rg_frame_leave(&w->frame, Z, X);
  X[w->n] = w->options->from; /* to the bit */
  return true;
}

/* The tangent in X's units, towards `to`; at a fold, where the parameter does not move, any. */
static bool find_direction(rg_follower *w, const double *X, double *direction) {
  double *Z = w->station[0].Z;
  rg_frame_enter(&w->frame, X, Z);
  for (size_t k = 0; k <= w->n; k++) {
    const size_t j = w->n - k;
    memset(direction, 0, (w->n + 1) * sizeof *direction);
    direction[j] = j == w->n && w->options->to < w->options->from ? -1.0 : 1.0;
    if (rg_arc_tangent(&w->arc, Z, direction)) {
      rg_frame_leave(&w->frame, direction, direction);
      return true;
    }
  }
  return false;
}

/* The branch through a start is there when one of those there begins or ends in it: they all end at `from`.*/
static bool is_end_of_known(const rg_follower *w, const double *X) {
  for (size_t k = 0; k < regime_diagram_branches(w->diagram); k++) {
    const regime_branch *branch = regime_diagram_branch(w->diagram, k);
    for (int side = 0; side < 2 && branch->n_points > 0; side++) {
      const regime_branch_point *p = &branch->point[side ? branch->n_points - 1 : 0];
      double most = fabs(p->parameter - X[w->n]) / w->frame.scale[w->n];
      for (size_t j = 0; j < w->n; j++) most = fmax(most, fabs(p->state[j] - X[j]) / w->frame.scale[j]);
      if (most < 1e-6) return true;
    }
  }
  return false;
}

static bool follow_start(rg_follower *w, size_t k) {
  double *X = w->station[1].Z, *direction = w->station[1].tangent;
  memcpy(X, w->options->start + k * w->n, w->n * sizeof *X);
  X[w->n] = w->options->from;
  if (!polish(w, X)) return false;
  if (regime_diagram_branches(w->diagram) == 0) w->status = rg_frame_conserve(&w->frame, X);
  if (is_end_of_known(w, X)) return true;
  if (!find_direction(w, X, direction)) return false;
  set_scales(w, X, direction);
  double *kept = calloc(2 * (w->n + 1), sizeof *kept);
  if (!kept) {
    w->status = REGIME_NO_MEMORY;
    return false;
  }
  memcpy(kept, X, (w->n + 1) * sizeof *kept);
  memcpy(kept + w->n + 1, direction, (w->n + 1) * sizeof *kept);
  rg_walk(w, kept, kept + w->n + 1, -1);
  free(kept);
  return true;
}

static void follow_starts(rg_follower *w) {
  size_t followed = 0;
  for (size_t k = 0; k < w->options->n_starts && w->status == REGIME_OK; k++) followed += follow_start(w, k);
  if (w->status != REGIME_OK || followed > 0) return;
  rg_error(w->context, (rg_place){0}, "look for equilibria at that value first",
           "no start is near an equilibrium where the parameter is %.10g", w->options->from);
  w->status = REGIME_NO_CONVERGENCE;
}

/* --- where branches cross ------------------------------------------------------------------------------ */

static void follow_crossings(rg_follower *w) {
  for (size_t k = 0; k < w->n_crossings && w->status == REGIME_OK; k++) {
    const rg_crossing c = w->crossing[k];
    if (c.is_followed || regime_context_interrupted(w->context)) continue;
    w->crossing[k].is_followed = true;
    const bool is_vertical = regime_diagram_special(w->diagram, c.special)->type == REGIME_POINT_PITCHFORK;
    set_scales(w, c.X, is_vertical ? NULL : c.other);
    if (!rg_is_followed(w, c.X, c.other)) rg_walk(w, c.X, c.other, (long)c.special);
  }
}

/* --- what is born -------------------------------------------------------------------------------------- */

static void follow_cycles(rg_follower *w) {
  const size_t n = regime_diagram_specials(w->diagram);
  for (size_t k = 0; k < n && w->status == REGIME_OK; k++) {
    const regime_point type = regime_diagram_special(w->diagram, k)->type;
    if (type == REGIME_POINT_HOPF || type == REGIME_POINT_FLIP)
      w->status = rg_cycles_follow(w->context, w->field, w->options, w->diagram, k);
  }
}

static regime_status follow(rg_follower *w) {
  w->status = make(w);
  if (w->status == REGIME_OK) follow_starts(w);
  if (w->status == REGIME_OK) follow_crossings(w);
  if (w->status == REGIME_OK && w->options->cycles) follow_cycles(w);
  if (w->status == REGIME_OK && w->options->second != REGIME_NO_PARAMETER)
    w->status = rg_follow_curves(w->context, w->field, w->options, w->diagram);
  return w->status;
}

regime_status regime_branch_follow(regime_context *context, regime_system *system,
                                   const regime_branch_options *options, regime_diagram **out) {
  rg_follower w = {.context = context, .options = options};
  *out = NULL;
  regime_status status = check(context, system, options);
  if (status == REGIME_OK) status = rg_field_create(context, system, options->t, &w.field);
  if (status != REGIME_OK) return status;
  status = follow(&w);
  clear(&w);
  rg_field_free(w.field);
  if (status == REGIME_OK)
    *out = w.diagram;
  else
    regime_diagram_free(w.diagram);
  return status;
}
