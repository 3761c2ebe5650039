/* locate.c — special points between two stations of a branch.
 *
 *   1. halve the piece of branch until Newton's method on the equations of the point ends within it
 *   2. compute the coefficient of the normal form, and from it what is born
 *   3. where branches cross, note the other's direction
 *
 * Which kind it is follows from counting: of a flow the sign of det A is that of (-1)^(number unstable), and
 * det A = dp/ds det[A F_p; tangent]. A fold changes the signs of det A and dp/ds; where branches cross
 * det[A F_p; tangent] changes, and so just one of them.
 */
#include "analysis/follow.h"

#include "analysis/knot.h"
#include "analysis/pin.h"
#include "base/diagnostic.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LOW, HIGH, MIDDLE, FOUND, PEAK = 6 }; /* stations of the follower used here */
enum { MOST_HALVINGS = 48 };
static const double same_point = 1e-6; /* in the frame */

typedef enum kind { FOLD, BRANCH, FLIP, PAIR } kind;

/* --- counting ------------------------------------------------------------------------------------------ */

static size_t difference(size_t a, size_t b) { return a > b ? a - b : b - a; }

static double excess(const rg_follower *w, const rg_station *s, size_t k) {
  return w->spectrum.is_map ? hypot(s->re[k], s->im[k]) - 1.0 : s->re[k];
}

static size_t pairs_outside(const rg_follower *w, const rg_station *s) {
  size_t count = 0;
  for (size_t k = 0; k < w->n; k++) count += s->im[k] > 0.0 && excess(w, s, k) > 0.0;
  return count;
}

/* Two more unstable eigenvalues may be two real ones, of which each is an event: only where there is one more
 * pair, it is one. */
rg_events rg_events_between(const rg_follower *w, const rg_station *a, const rg_station *b) {
  if (!a->is_surveyed) return (rg_events){.is_plain = true};
  const bool zero = difference(a->above, b->above) % 2, flip = difference(a->below, b->below) % 2;
  const bool turn = (a->tangent[w->n] < 0.0) != (b->tangent[w->n] < 0.0);
  const size_t change = difference(a->outside, b->outside), real = (size_t)zero + (size_t)flip;
  const size_t rest = change > real ? change - real : 0;
  rg_events e = {.fold = zero && turn, .branch = zero != turn, .flip = flip, .pair = rest >= 2};
  const bool is_pair = difference(pairs_outside(w, a), pairs_outside(w, b)) == 1;
  e.is_plain = (zero || turn) + flip + e.pair <= 1 && (rest == 0 || (rest == 2 && is_pair)) && change >= real;
  return e;
}

static bool has(const rg_events *e, kind what) {
  return what == FOLD ? e->fold : what == BRANCH ? e->branch : what == FLIP ? e->flip : e->pair;
}

/* --- out and back -------------------------------------------------------------------------------------- */

void rg_margins(const rg_follower *w, const rg_station *s, double margin[2]) {
  margin[0] = margin[1] = INFINITY;
  for (size_t k = 0; k < w->n; k++) {
    const int side = excess(w, s, k) > 0.0;
    margin[side] = fmin(margin[side], fabs(excess(w, s, k)));
  }
}

/* PEAK becomes the station a part of the way between two. */
static bool stop_between(rg_follower *w, const rg_station *from, const rg_station *to, double part) {
  rg_station *peak = &w->station[PEAK];
  rg_copy_station(w, peak, from);
  for (size_t j = 0; j <= w->n; j++) {
    const double chord = to->Z[j] - from->Z[j];
    peak->Z[j] += part * chord;
    w->normal[j] = w->arc.weight[j] * chord;
  }
  return rg_arc_correct(&w->arc, peak->Z, w->normal) && rg_arc_tangent(&w->arc, peak->Z, peak->tangent) &&
         rg_survey(w, peak);
}

/* Golden section for the least margin, until an eigenvalue is across or none can get there. */
const rg_station *rg_find_peak(rg_follower *w, const rg_station *from, const rg_station *to, int side,
                               double slope) {
  const double golden = 0.5 * (sqrt(5.0) - 1.0);
  double low = 0.0, high = 1.0, f[2], margin[2];
  for (int k = 0; k < 40; k++) {
    const double part[2] = {high - golden * (high - low), low + golden * (high - low)};
    for (int i = 0; i < 2; i++) {
      if (!stop_between(w, from, to, part[i])) return NULL;
      if (w->station[PEAK].outside != from->outside) return &w->station[PEAK];
      rg_margins(w, &w->station[PEAK], margin);
      f[i] = margin[side];
    }
    if (fmin(f[0], f[1]) > 2.0 * fabs(slope) * (high - low)) return NULL;
    if (f[0] < f[1])
      high = part[1];
    else
      low = part[0];
  }
  return NULL;
}

/* --- Newton on the equations of the point -------------------------------------------------------------- */

typedef struct search {
  rg_follower *w;
  kind what;
  rg_pin pin;
  rg_knot knot;
  double *Z; /* of the extended system */
  double error, frequency;
} search;

static regime_status open_search(search *s, rg_follower *w, kind what) {
  *s = (search){.w = w, .what = what};
  const double tolerance = w->options->tolerance;
  const regime_status status =
      what == BRANCH ? rg_knot_make(&s->knot, &w->frame, tolerance)
                     : rg_pin_make(&s->pin, &w->frame, what == PAIR, what == FLIP ? -2.0 : 0.0, tolerance);
  if (status != REGIME_OK) return status;
  s->Z = calloc(what == BRANCH ? w->n + 2 : s->pin.arc.n, sizeof *s->Z);
  return s->Z ? REGIME_OK : REGIME_NO_MEMORY;
}

static void close_search(search *s) {
  rg_pin_clear(&s->pin);
  rg_knot_clear(&s->knot);
  free(s->Z);
}

static bool find_knot(search *s) {
  if (!rg_knot_find(&s->knot, s->Z)) return false;
  s->error = s->knot.arc.step;
  double most = 0.0;
  for (size_t k = 0; k < s->w->n * (s->w->n + 1); k++) most = fmax(most, fabs(s->knot.jacobian[k]));
  return fabs(s->Z[s->w->n + 1]) <= same_point * most;
}

static bool find_pin(search *s) {
  const rg_spectrum *e = &s->w->spectrum;
  const size_t n = s->w->n;
  const double at = s->what == FLIP ? -1.0 : e->is_map ? 1.0 : 0.0;
  const size_t k = s->what == PAIR ? rg_spectrum_pair(e) : rg_spectrum_real(e, at);
  if (k == SIZE_MAX) return false;
  const double *vector = rg_eigen_right(e->eigen) + k * n;
  const double modulus = e->is_map ? hypot(e->re[k], e->im[k]) : 1.0;
  rg_pin_begin(&s->pin, s->Z, vector, vector + n, e->re[k] / modulus, e->im[k] / modulus);
  if (!rg_arc_correct(&s->pin.arc, s->Z, NULL)) return false;
  s->error = s->pin.arc.step;
  s->frequency = s->what == PAIR ? rg_pin_frequency(&s->pin, s->Z) : NAN;
  return s->what != PAIR || isfinite(s->frequency);
}

/* From a station whose spectrum was just found. */
static bool try_newton(search *s, const rg_station *from) {
  memcpy(s->Z, from->Z, (s->w->n + 1) * sizeof *s->Z);
  return s->what == BRANCH ? find_knot(s) : find_pin(s);
}

/* Whether Z lies beside the chord from a to b. */
static bool is_between(const rg_follower *w, const double *Z, const rg_station *a, const rg_station *b) {
  const rg_arc *arc = &w->arc;
  const double length = rg_arc_distance(arc, a->Z, b->Z), slack = 0.01 * length + 1e-7;
  double along = 0.0;
  for (size_t j = 0; j <= w->n; j++)
    along += arc->weight[j] * (Z[j] - a->Z[j]) * (b->Z[j] - a->Z[j]) / fmax(length, 1e-300);
  const double far = fmax(rg_arc_distance(arc, Z, a->Z), rg_arc_distance(arc, Z, b->Z));
  return along >= -slack && along <= length + slack && far <= 1.5 * length + slack;
}

/* The station in the middle between LOW and HIGH. */
static bool bisect(rg_follower *w) {
  rg_station *low = &w->station[LOW], *high = &w->station[HIGH], *middle = &w->station[MIDDLE];
  for (size_t j = 0; j <= w->n; j++) {
    middle->Z[j] = 0.5 * (low->Z[j] + high->Z[j]);
    middle->tangent[j] = low->tangent[j];
    w->normal[j] = w->arc.weight[j] * (high->Z[j] - low->Z[j]);
  }
  return rg_arc_correct(&w->arc, middle->Z, w->normal) &&
         rg_arc_tangent(&w->arc, middle->Z, middle->tangent) && rg_survey(w, middle);
}

static bool search_between(search *s, const rg_station *from, const rg_station *to) {
  rg_follower *w = s->w;
  rg_copy_station(w, &w->station[LOW], from);
  rg_copy_station(w, &w->station[HIGH], to);
  for (int k = 0; k < MOST_HALVINGS; k++) {
    if (rg_arc_distance(&w->arc, w->station[LOW].Z, w->station[HIGH].Z) < 1e-12 || !bisect(w)) return false;
    if (try_newton(s, &w->station[MIDDLE]) && is_between(w, s->Z, &w->station[LOW], &w->station[HIGH]))
      return true;
    const rg_events e = rg_events_between(w, &w->station[LOW], &w->station[MIDDLE]);
    rg_copy_station(w, &w->station[has(&e, s->what) ? HIGH : LOW], &w->station[MIDDLE]);
  }
  return false;
}

/* --- what was found ------------------------------------------------------------------------------------ */

void rg_name_criticality(regime_special *special, const rg_normal *normal) {
  special->coefficient = normal->coefficient;
  const bool has_one = special->type == REGIME_POINT_HOPF || special->type == REGIME_POINT_NEIMARK_SACKER ||
                       special->type == REGIME_POINT_PITCHFORK || special->type == REGIME_POINT_FLIP;
  special->criticality = REGIME_NOT_CRITICAL;
  if (fabs(normal->coefficient) <= normal->noise)
    special->criticality = REGIME_DEGENERATE;
  else if (has_one && isfinite(normal->coefficient))
    special->criticality = (normal->coefficient < 0.0) != (special->type == REGIME_POINT_FLIP)
                               ? REGIME_SUPERCRITICAL
                               : REGIME_SUBCRITICAL;
}

static double period_of(const search *s) {
  const double step = rg_field_is_map(s->w->field) ? rg_field_system(s->w->field)->step : 1.0;
  return s->what == PAIR ? 2.0 * acos(-1.0) / s->frequency * step : s->what == FLIP ? 2.0 * step : NAN;
}

static void warn_of_resonance(const search *s, const regime_special *special) {
  rg_warning(
      s->w->context, (rg_place){0}, "look at longer orbits there: simulate",
      "the neimark-sacker point at %.10g is a strong resonance (period %.6g): what is born is not told "
      "by one coefficient",
      special->parameter, special->period);
}

static regime_status find_coefficient(const search *s, regime_special *special) {
  rg_follower *w = s->w;
  const bool is_map = w->spectrum.is_map;
  const double *Z = w->station[FOUND].Z;
  rg_normal normal = {NAN, 0.0};
  regime_status status;
  if (s->what == PAIR)
    status = rg_normal_pair(&w->frame, &w->spectrum, Z, rg_spectrum_pair(&w->spectrum), &normal);
  else {
    const size_t k = rg_spectrum_real(&w->spectrum, s->what == FLIP ? -1.0 : is_map ? 1.0 : 0.0);
    status = s->what == FLIP || special->type == REGIME_POINT_PITCHFORK
                 ? rg_normal_cubic(&w->frame, &w->spectrum, Z, k, &normal)
                 : rg_normal_quadratic(&w->frame, &w->spectrum, Z, k, &normal);
  }
  if (status == REGIME_UNDEFINED) normal = (rg_normal){NAN, 0.0};
  rg_name_criticality(special, &normal);
  if (s->what == PAIR && is_map && status == REGIME_OK && isnan(normal.coefficient))
    warn_of_resonance(s, special);
  return status == REGIME_UNDEFINED ? REGIME_OK : status;
}

static bool is_near(const rg_follower *w, const double *X, const double *Z, double within) {
  double most = 0.0;
  for (size_t j = 0; j <= w->n; j++) most = fmax(most, fabs(X[j] / w->frame.scale[j] - Z[j]));
  return most < within;
}

static bool is_known(rg_follower *w, const regime_special *special, const double *Z) {
  for (size_t k = 0; k < regime_diagram_specials(w->diagram); k++) {
    const regime_special *other = regime_diagram_special(w->diagram, k);
    memcpy(w->spare, other->state, w->n * sizeof *w->spare);
    w->spare[w->n] = other->parameter;
    if (other->type == special->type && is_near(w, w->spare, Z, 1e-8)) return true;
  }
  return false;
}

/* --- crossings ----------------------------------------------------------------------------------------- */

/* The branch now followed may be the one that was to be followed from there. */
static void cross_off(rg_follower *w, const rg_station *at, const double *tangent) {
  for (size_t k = 0; k < w->n_crossings; k++) {
    rg_crossing *c = &w->crossing[k];
    if (!is_near(w, c->X, at->Z, same_point)) continue;
    rg_frame_enter(&w->frame, c->other, w->spare);
    const double length = sqrt(rg_arc_product(&w->arc, w->spare, w->spare));
    if (fabs(rg_arc_product(&w->arc, w->spare, tangent)) > 0.9 * length) c->is_followed = true;
  }
}

static bool make_room(rg_follower *w) {
  if (w->n_crossings < w->crossing_capacity) return true;
  const size_t capacity = w->crossing_capacity ? 2 * w->crossing_capacity : 8;
  rg_crossing *grown = realloc(w->crossing, capacity * sizeof *grown);
  if (!grown) return false;
  w->crossing = grown;
  w->crossing_capacity = capacity;
  return true;
}

static void note_crossing(rg_follower *w, size_t special, const double *other) {
  const size_t columns = w->n + 1;
  double *room = calloc(2 * columns, sizeof *room);
  if (!room || !make_room(w)) {
    free(room);
    w->status = REGIME_NO_MEMORY;
    return;
  }
  rg_frame_leave(&w->frame, w->station[FOUND].Z, room);
  rg_frame_leave(&w->frame, other, room + columns);
  w->crossing[w->n_crossings++] = (rg_crossing){.special = special, .X = room, .other = room + columns};
}

/* Which of the two directions is not that of the branch now followed comes to stand in `other`. */
static bool tell_apart(search *s, double *own, double *other) {
  rg_follower *w = s->w;
  const double *tangent = w->station[MIDDLE].tangent;
  if (!rg_knot_directions(&s->knot, w->station[FOUND].Z, own, other)) return false;
  const double a = fabs(rg_arc_product(&w->arc, own, tangent)) / sqrt(rg_arc_product(&w->arc, own, own)),
               b = fabs(rg_arc_product(&w->arc, other, tangent)) /
                   sqrt(rg_arc_product(&w->arc, other, other));
  for (size_t j = 0; j <= w->n && b > a; j++) {
    const double keep = own[j];
    own[j] = other[j];
    other[j] = keep;
  }
  return true;
}

/* --- reporting ----------------------------------------------------------------------------------------- */

static regime_point type_of(const search *s) {
  const bool is_map = s->w->spectrum.is_map;
  return s->what == FOLD     ? REGIME_POINT_FOLD
         : s->what == FLIP   ? REGIME_POINT_FLIP
         : s->what == BRANCH ? REGIME_POINT_BRANCH
         : is_map            ? REGIME_POINT_NEIMARK_SACKER
                             : REGIME_POINT_HOPF;
}

/* The point belongs to the branch as well; critical eigenvalues count as not unstable. */
static void add_found(rg_follower *w, const rg_station *from, const rg_station *to) {
  rg_station *found = &w->station[FOUND];
  found->outside = from->outside < to->outside ? from->outside : to->outside;
  found->is_stable = false;
  rg_add_station(w, found);
}

/* Of a pitchfork one of the two branches does not move with the parameter. */
static bool is_pitchfork(const rg_follower *w, const double *one, const double *other) {
  return fabs(one[w->n]) < 1e-5 || fabs(other[w->n]) < 1e-5;
}

static void report(search *s, const rg_station *from, const rg_station *to) {
  rg_follower *w = s->w;
  rg_station *found = &w->station[FOUND];
  double *own = w->station[LOW].Z, *other = w->station[HIGH].Z; /* not needed any more */
  rg_copy_station(w, found, &w->station[MIDDLE]);
  memcpy(found->Z, s->Z, (w->n + 1) * sizeof *found->Z);
  regime_special special = {.type = type_of(s), .second = NAN, .error = s->error, .period = period_of(s)};
  const bool cross = s->what == BRANCH && tell_apart(s, own, other);
  if (cross && is_pitchfork(w, own, other)) special.type = REGIME_POINT_PITCHFORK;
  if (!rg_survey(w, found)) return;
  add_found(w, from, to);
  if (cross) cross_off(w, found, w->station[MIDDLE].tangent);
  if (w->status != REGIME_OK || is_known(w, &special, found->Z)) return;
  rg_frame_leave(&w->frame, found->Z, w->X);
  rg_field_observe(w->field, w->X, w->outputs);
  special.parameter = w->X[w->n];
  special.state = w->X;
  special.outputs = w->outputs;
  special.branch = regime_diagram_branches(w->diagram) - 1;
  size_t number;
  w->status = find_coefficient(s, &special);
  rg_frame_leave(&w->frame, found->Z, w->X);
  if (w->status == REGIME_OK) w->status = rg_diagram_add_special(w->diagram, &special, &number);
  if (w->status == REGIME_OK && cross) note_crossing(w, number, other);
}

/* The place where the number of unstable eigenvalues jumps and no equations of a point are solved: a switch
 * turns there, or several eigenvalues are zero at once. */
static void report_jump(rg_follower *w, const rg_station *from, const rg_station *to) {
  rg_station *low = &w->station[LOW], *high = &w->station[HIGH], *middle = &w->station[MIDDLE];
  rg_copy_station(w, low, from);
  rg_copy_station(w, high, to);
  double length = INFINITY;
  for (int k = 0; k < MOST_HALVINGS && length > 1e-12 && bisect(w); k++) {
    rg_copy_station(w, middle->outside == from->outside ? low : high, middle);
    length = rg_arc_distance(&w->arc, low->Z, high->Z);
  }
  if (!(length < 1e-8)) return;
  rg_copy_station(w, &w->station[FOUND], low);
  add_found(w, from, to);
  rg_frame_leave(&w->frame, low->Z, w->X);
  rg_field_observe(w->field, w->X, w->outputs);
  const bool has_switches = rg_field_system(w->field)->n_switches > 0;
  const regime_special special = {.type = has_switches ? REGIME_POINT_CORNER : REGIME_POINT_BRANCH,
                                  .parameter = w->X[w->n],
                                  .second = NAN,
                                  .state = w->X,
                                  .outputs = w->outputs,
                                  .period = NAN,
                                  .coefficient = NAN,
                                  .branch = regime_diagram_branches(w->diagram) - 1,
                                  .error = length};
  if (w->status == REGIME_OK && !is_known(w, &special, low->Z))
    w->status = rg_diagram_add_special(w->diagram, &special, NULL);
}

static void locate_one(rg_follower *w, kind what, const rg_station *from, const rg_station *to) {
  search s;
  w->status = open_search(&s, w, what);
  const bool found = w->status == REGIME_OK && search_between(&s, from, to);
  if (found)
    report(&s, from, to);
  else if (w->status == REGIME_OK && from->outside != to->outside)
    report_jump(w, from, to);
  close_search(&s);
}

void rg_locate(rg_follower *w, const rg_events *e, const rg_station *from, const rg_station *to) {
  for (kind what = FOLD; what <= PAIR; what++)
    if (has(e, what) && w->status == REGIME_OK) locate_one(w, what, from, to);
}
