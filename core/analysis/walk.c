/* walk.c — pseudo-arclength continuation (Keller 1977; Allgower and Georg 1990, ch. 6).
 *
 *   until the branch ends:
 *     predict along the tangent; correct back to the branch at right angles to it
 *     shorten the step where Newton fails, the tangent turns far or more than one thing happens at once
 *     land on the bounds of the range and the box
 *     locate what has happened; append the point
 *     lengthen the step where all was easy
 *
 * A corner, where a switch turns, bends the tangent however short the step is. It is passed: the corrected
 * point beyond it solves the equations, and its tangent is new; where the branch turns back sharply, the
 * tangent beyond is taken from the Jacobian there and tried both ways.
 */
#include "analysis/follow.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { AT = 4, NEXT = 5 };                 /* stations used here; the others are those of locate.c */
static const double widest_turn = 0.9;     /* cosine of the angle between tangents */
static const double first_step = 1e-3;     /* of the largest, from where branches cross */
static const double corner_step = 1e-4;    /* of the largest: an angle that is there still is a corner */
static const double closest_events = 1e-5; /* of the largest: what happens there, happens at once */

typedef struct walk {
  rg_follower *w;
  const double *origin, *direction; /* where the branch was begun, to see it close */
  size_t n_points, n_known;
  double slope[2]; /* of the margins, a unit of arclength, in the last step */
  bool is_from_crossing;
  bool over;
  regime_end end;
} walk;

/* --- stations ------------------------------------------------------------------------------------------ */

void rg_copy_station(const rg_follower *w, rg_station *to, const rg_station *from) {
  const rg_station room = *to;
  if (to == from) return;
  *to = *from;
  to->Z = room.Z;
  to->tangent = room.tangent;
  to->re = room.re;
  to->im = room.im;
  memcpy(to->Z, from->Z, (w->n + 1) * sizeof *to->Z);
  memcpy(to->tangent, from->tangent, (w->n + 1) * sizeof *to->Z);
  memcpy(to->re, from->re, w->n * sizeof *to->re);
  memcpy(to->im, from->im, w->n * sizeof *to->im);
}

bool rg_survey(rg_follower *w, rg_station *station) {
  const rg_spectrum *s = &w->spectrum;
  if (rg_spectrum_find(&w->spectrum, &w->frame, station->Z)) return false;
  memcpy(station->re, s->re, w->n * sizeof *station->re);
  memcpy(station->im, s->im, w->n * sizeof *station->im);
  station->outside = s->n_outside;
  station->above = s->n_above;
  station->below = s->n_below;
  station->is_stable = s->stability > 0.0;
  station->is_surveyed = true;
  return true;
}

/* Eigenvalues as they are, without what holds the conserved (frame.h). */
static void free_conserved(rg_follower *w, double *re, double *im) {
  const bool is_map = w->spectrum.is_map;
  const double held = is_map ? 1.0 - w->frame.rate : -w->frame.rate;
  for (size_t c = 0; c < w->frame.n_conserved; c++) {
    size_t nearest = 0;
    for (size_t k = 1; k < w->n; k++)
      if (hypot(re[k] - held, im[k]) < hypot(re[nearest] - held, im[nearest])) nearest = k;
    re[nearest] = is_map ? 1.0 : 0.0;
    im[nearest] = 0.0;
  }
}

void rg_add_station(rg_follower *w, const rg_station *station) {
  double *re = w->spare, *im = w->spare + w->n;
  memcpy(re, station->re, w->n * sizeof *re);
  memcpy(im, station->im, w->n * sizeof *im);
  free_conserved(w, re, im);
  rg_frame_leave(&w->frame, station->Z, w->X);
  rg_field_observe(w->field, w->X, w->outputs);
  const regime_branch_point point = {.parameter = w->X[w->n],
                                     .second = NAN,
                                     .state = w->X,
                                     .outputs = w->outputs,
                                     .eigen_re = re,
                                     .eigen_im = im,
                                     .n_unstable = station->outside,
                                     .is_stable = station->is_stable};
  if (w->status == REGIME_OK) w->status = rg_diagram_add_point(w->diagram, &point);
}

/* --- branches that are there --------------------------------------------------------------------------- */

static void enter_point(const rg_follower *w, const regime_branch_point *point, double *Z) {
  for (size_t j = 0; j < w->n; j++) Z[j] = point->state[j] / w->frame.scale[j];
  Z[w->n] = point->parameter / w->frame.scale[w->n];
}

/* Whether the branch that runs from a to b passes through a station, in the same direction: the chord's point
 * beside it is corrected within the plane through it, which then leads to it. Spoils a. */
static bool runs_through(rg_follower *w, double *a, const double *b, const rg_station *at) {
  const rg_arc *arc = &w->arc;
  const double length = rg_arc_distance(arc, a, b);
  if (!(length > 0.0) || rg_arc_distance(arc, a, at->Z) > 1.2 * length) return false;
  double along = 0.0, same = 0.0;
  for (size_t j = 0; j <= w->n; j++) {
    w->normal[j] = arc->weight[j] * (b[j] - a[j]) / length;
    along += w->normal[j] * (at->Z[j] - a[j]);
    same += w->normal[j] * at->tangent[j];
  }
  if (along < -1e-9 || along > length + 1e-9 || fabs(same) < widest_turn) return false;
  for (size_t j = 0; j <= w->n; j++) a[j] += (b[j] - a[j]) * along / length;
  if (rg_arc_distance(arc, a, at->Z) > 0.3 * length + 1e-6) return false;
  return rg_arc_correct(&w->arc, a, w->normal) && rg_arc_distance(arc, a, at->Z) < 1e-6;
}

/* Close to where branches cross Newton may lead from one to the other, but there they differ in stability. */
static bool is_on(rg_follower *w, const regime_branch *branch, const rg_station *at) {
  double *a = w->spare, *b = w->spare + w->n + 1;
  const double scale = w->frame.scale[w->n], reach = 2.5 * w->stride.largest;
  for (size_t k = 0; k + 1 < branch->n_points; k++) {
    const regime_branch_point *one = &branch->point[k], *other = &branch->point[k + 1];
    if (fabs(one->parameter / scale - at->Z[w->n]) > reach) continue;
    if (one->n_unstable != at->outside && other->n_unstable != at->outside) continue;
    enter_point(w, one, a);
    enter_point(w, other, b);
    if (runs_through(w, a, b, at)) return true;
  }
  return false;
}

/* Whether a station lies on one of the first `count` branches. */
static bool is_on_known(rg_follower *w, const rg_station *at, size_t count) {
  for (size_t k = 0; k < count; k++)
    if (is_on(w, regime_diagram_branch(w->diagram, k), at)) return true;
  return false;
}

/* --- ends ---------------------------------------------------------------------------------------------- */

static void end(walk *k, regime_end why) {
  k->over = true;
  k->end = why;
}

/* Bounds in the frame, whose scales may have changed. */
static void set_bounds(rg_follower *w) {
  const regime_branch_options *o = w->options;
  for (size_t j = 0; j < w->n; j++) {
    if (o->low) w->stride.low[j] = o->low[j] / w->frame.scale[j];
    if (o->high) w->stride.high[j] = o->high[j] / w->frame.scale[j];
  }
  w->stride.low[w->n] = fmin(o->from, o->to) / w->frame.scale[w->n];
  w->stride.high[w->n] = fmax(o->from, o->to) / w->frame.scale[w->n];
}

/* --- one step ------------------------------------------------------------------------------------------ */

static bool is_at_corner(const rg_stride *s) { return s->step <= corner_step * s->largest; }

static bool try_step(walk *k, const rg_station *at, rg_station *next, rg_events *events) {
  rg_follower *w = k->w;
  rg_stride *s = &w->stride;
  const double widest = is_at_corner(s) ? -1.0 : widest_turn;
  next->is_surveyed = false;
  if (!rg_stride_try(s, at->Z, at->tangent, widest, next->Z, next->tangent) || !rg_survey(w, next))
    return false;
  *events = rg_events_between(w, at, next);
  return events->is_plain || s->step <= closest_events * s->largest;
}

/* Beyond a corner at which the branch turns back. The tangent there is that of the Jacobian a little further
 * on; of its two signs the one that leads away from the branch so far is right. */
static bool try_beyond(walk *k, const rg_station *at, rg_station *next, double sign) {
  rg_follower *w = k->w;
  rg_station *beyond = &w->station[0];
  rg_copy_station(w, beyond, at);
  const double reach = 10.0 * w->stride.step;
  for (size_t j = 0; j <= w->n; j++) beyond->Z[j] += reach * at->tangent[j];
  if (!rg_arc_tangent(&w->arc, beyond->Z, beyond->tangent)) return false;
  for (size_t j = 0; j <= w->n; j++) beyond->tangent[j] *= sign;
  rg_copy_station(w, next, at);
  for (size_t j = 0; j <= w->n; j++) {
    next->Z[j] += reach * beyond->tangent[j];
    w->normal[j] = w->arc.weight[j] * beyond->tangent[j];
  }
  memcpy(next->tangent, beyond->tangent, (w->n + 1) * sizeof *next->tangent);
  if (!rg_arc_correct(&w->arc, next->Z, w->normal) || !rg_arc_tangent(&w->arc, next->Z, next->tangent))
    return false;
  return rg_arc_product(&w->arc, next->tangent, beyond->tangent) > widest_turn &&
         fabs(rg_arc_product(&w->arc, next->tangent, at->tangent)) < 1.0 - 1e-9 && rg_survey(w, next);
}

static bool turn_corner(walk *k, const rg_station *at, rg_station *next) {
  const regime_system *system = rg_field_system(k->w->field);
  k->w->stride.landed = SIZE_MAX;
  return system->n_switches > 0 && (try_beyond(k, at, next, 1.0) || try_beyond(k, at, next, -1.0));
}

static bool take_step(walk *k, const rg_station *at, rg_station *next, rg_events *events) {
  rg_stride *s = &k->w->stride;
  bool tried_corner = false;
  while (!try_step(k, at, next, events)) {
    const bool no_value = s->arc->no_value;
    s->step *= 0.5;
    if (is_at_corner(s) && !tried_corner) {
      tried_corner = true;
      if (turn_corner(k, at, next)) {
        *events = rg_events_between(k->w, at, next);
        return true;
      }
    }
    if (s->step < s->smallest || k->w->status != REGIME_OK) {
      end(k, no_value ? REGIME_END_UNDEFINED : REGIME_END_STEP);
      return false;
    }
  }
  return true;
}

/* --- between steps ------------------------------------------------------------------------------------- */

static bool closes(walk *k, const rg_station *at, rg_station *next) {
  rg_follower *w = k->w;
  double *origin = w->spare, *direction = w->spare + w->n + 1;
  rg_frame_enter(&w->frame, k->origin, origin);
  rg_frame_enter(&w->frame, k->direction, direction);
  return k->n_points >= 4 &&
         rg_stride_closes(&w->stride, origin, direction, k->is_from_crossing, at->Z, next->Z);
}

static void grow_scale(rg_follower *w, rg_station *at, size_t j, double growth) {
  w->frame.scale[j] *= growth;
  at->Z[j] /= growth;
  at->tangent[j] /= growth;
}

/* States that have outgrown their scale get a larger one, and so does a parameter on its way through a huge
 * range. */
static void rescale(rg_follower *w, rg_station *at) {
  for (size_t j = 0; j < w->n; j++) {
    if (!(fabs(at->Z[j]) > 2.0)) continue;
    grow_scale(w, at, j, fabs(at->Z[j]));
    w->seen[j] = w->frame.scale[j];
  }
  const double wanted = rg_parameter_scale(w, at->Z[w->n] * w->frame.scale[w->n]) / w->frame.scale[w->n];
  if (wanted > 1.0) grow_scale(w, at, w->n, wanted);
  const double length = sqrt(rg_arc_product(&w->arc, at->tangent, at->tangent));
  for (size_t j = 0; j <= w->n; j++) at->tangent[j] /= length;
  rg_frame_rescaled(&w->frame);
}

/* An eigenvalue may go out and come back within one step: the margins tell where that could be. */
static const rg_station *look_for_peak(walk *k, const rg_station *at, const rg_station *next) {
  rg_follower *w = k->w;
  double before[2], after[2];
  const double length = rg_arc_distance(&w->arc, at->Z, next->Z);
  const rg_station *peak = NULL;
  rg_margins(w, at, before);
  rg_margins(w, next, after);
  for (int side = 0; side < 2; side++) {
    const double slope = k->slope[side];
    if (!peak && at->is_surveyed && slope < 0.0 && before[side] < -2.0 * slope * length)
      peak = rg_find_peak(w, at, next, side, slope * length);
    k->slope[side] = isfinite(after[side]) && isfinite(before[side]) && at->is_surveyed
                         ? (after[side] - before[side]) / length
                         : 0.0;
  }
  return peak;
}

static void locate(walk *k, const rg_events *events, const rg_station *at, const rg_station *next) {
  rg_follower *w = k->w;
  const bool none = !(events->fold || events->branch || events->flip || events->pair);
  const rg_station *peak = look_for_peak(k, at, next);
  if (!none || !peak) {
    rg_locate(w, events, at, next);
    return;
  }
  const rg_events out = rg_events_between(w, at, peak), back = rg_events_between(w, peak, next);
  rg_locate(w, &out, at, peak);
  rg_add_station(w, peak);
  rg_locate(w, &back, peak, next);
}

static void go_on(walk *k, rg_station *at, rg_station *next) {
  rg_follower *w = k->w;
  rg_events events;
  if (!take_step(k, at, next, &events)) return;
  rg_stride_adapt(&w->stride, at->tangent, next->tangent);
  if (w->stride.landed != SIZE_MAX)
    end(k, w->stride.landed == w->n ? REGIME_END_OF_RANGE : REGIME_END_OF_BOX);
  if (rg_arc_distance(&w->arc, at->Z, next->Z) < 1e-11) return; /* it lay on its bound already */
  if (closes(k, at, next)) end(k, REGIME_END_CLOSED);
  locate(k, &events, at, next);
  if (w->status != REGIME_OK) return;
  rg_add_station(w, next);
  k->n_points++;
  k->n_known =
      k->n_points > 2 && is_on_known(w, next, regime_diagram_branches(w->diagram) - 1) ? k->n_known + 1 : 0;
  if (k->n_known >= 3)
    end(k, REGIME_END_KNOWN);
  else if (k->n_points >= w->options->most_points && !k->over)
    end(k, REGIME_END_POINTS);
  rg_copy_station(w, at, next);
  rescale(w, at);
  set_bounds(w);
}

/* It begins at an end of the range and goes out of it. */
static bool leaves_at_once(const rg_follower *w, const rg_station *at) {
  const size_t j = w->n;
  w->spare[j] = at->Z[j] + copysign(1e-9, at->tangent[j]) * (1.0 + fabs(at->Z[j]));
  return fabs(at->tangent[j]) > 1e-9 && !isnan(rg_stride_bound(&w->stride, w->spare, j));
}

/* One way; `at` is where it begins. */
static regime_end walk_to_the_end(rg_follower *w, const double *origin, const double *direction,
                                  bool is_from_crossing) {
  rg_station *at = &w->station[AT];
  walk k = {.w = w, .origin = origin, .direction = direction, .is_from_crossing = is_from_crossing};
  rg_stride_begin(&w->stride);
  /* A crossing itself tells nothing of what happens next: a short step is taken to see. */
  if (is_from_crossing) w->stride.step = fmax(first_step * w->stride.largest, w->stride.smallest);
  set_bounds(w);
  if (leaves_at_once(w, at)) end(&k, REGIME_END_OF_RANGE);
  while (!k.over && w->status == REGIME_OK && !regime_context_interrupted(w->context))
    go_on(&k, at, &w->station[NEXT]);
  return k.over ? k.end : REGIME_END_INTERRUPTED;
}

/* --- both ways ----------------------------------------------------------------------------------------- */

static void begin_at(rg_follower *w, const double *origin, const double *direction, bool is_crossing) {
  rg_station *at = &w->station[AT];
  rg_frame_enter(&w->frame, origin, at->Z);
  rg_frame_enter(&w->frame, direction, at->tangent);
  const double length = sqrt(rg_arc_product(&w->arc, at->tangent, at->tangent));
  for (size_t j = 0; j <= w->n; j++) at->tangent[j] /= length;
  at->is_surveyed = rg_survey(w, at) && !is_crossing;
}

/* A short step each way from a crossing leads to a branch that is there: it was passed unnoticed. */
bool rg_is_followed(rg_follower *w, const double *origin, const double *direction) {
  const rg_station *at = &w->station[AT];
  rg_station *next = &w->station[NEXT];
  const size_t count = regime_diagram_branches(w->diagram);
  for (int side = 0; side < 2; side++) {
    for (size_t j = 0; j <= w->n; j++) w->back[j] = side ? -direction[j] : direction[j];
    begin_at(w, origin, w->back, true);
    set_bounds(w);
    rg_stride_begin(&w->stride);
    if (!rg_stride_try(&w->stride, at->Z, at->tangent, widest_turn, next->Z, next->tangent) ||
        !rg_survey(w, next) || !is_on_known(w, next, count))
      return false;
  }
  return true;
}

void rg_walk(rg_follower *w, const double *origin, const double *direction, long parent) {
  double *back = w->back;
  for (size_t j = 0; j <= w->n; j++) back[j] = -direction[j];
  begin_at(w, origin, back, parent >= 0);
  w->status = rg_diagram_begin_branch(w->diagram, parent);
  rg_add_station(w, &w->station[AT]);
  if (w->status != REGIME_OK) return;
  const regime_end first = walk_to_the_end(w, origin, back, parent >= 0);
  if (w->status != REGIME_OK) return;
  rg_diagram_end(w->diagram, first);
  rg_diagram_turn(w->diagram);
  rg_diagram_end(w->diagram, first);
  if (first == REGIME_END_CLOSED) return;
  begin_at(w, origin, direction, parent >= 0);
  const regime_end last = walk_to_the_end(w, origin, direction, parent >= 0);
  if (w->status == REGIME_OK) rg_diagram_end(w->diagram, last);
}
