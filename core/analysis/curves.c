/* curves.c — fold, Hopf, flip and Neimark-Sacker curves in two parameters.
 *
 *   for each special point found along the first parameter, unless a curve passes through it:
 *     follow the equations of critical eigenvalues (pin.h) with both parameters free, both ways
 *     on the way watch test functions, and locate where one changes its sign:
 *       on fold curves  <p, B(q,q)>: cusp            <p, q>: Bogdanov-Takens
 *       on Hopf curves  l1: generalised Hopf         k, the square of the frequency: Bogdanov-Takens, the end
 *
 * (Kuznetsov 2004, sec. 8.2 to 8.4 and 10.3.)
 */
#include "analysis/follow.h"

#include "analysis/pin.h"
#include "base/diagnostic.h"
#include "linalg/svd.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { N_TESTS = 2 };
static const double widest_turn = 0.9;

/* A point of a curve. */
typedef struct stop {
  double *Z, *tangent;
  double test[N_TESTS]; /* NaN: there is none */
} stop;

typedef struct curve {
  regime_context *context;
  rg_field *field;
  const regime_branch_options *options;
  regime_diagram *diagram;
  bool *is_passed; /* of each special point: a curve goes through it */
  size_t n_specials;
  double second; /* of the special points */
  /* of the curve now followed: */
  const regime_special *from; /* a copy of the special point */
  long parent;
  rg_frame frame;
  rg_pin pin;
  rg_stride stride;
  rg_spectrum spectrum;
  rg_svd *svd;
  size_t n;
  stop at, next, middle, origin;
  double *memory, *X, *outputs, *left, *form, *direction;
  size_t n_points;
  regime_status status;
} curve;

static bool is_fold(const curve *c) { return c->from->type == REGIME_POINT_FOLD; }
static bool is_pair(const curve *c) {
  return c->from->type == REGIME_POINT_HOPF || c->from->type == REGIME_POINT_NEIMARK_SACKER;
}

/* --- test functions ------------------------------------------------------------------------------------ */

/* The left null vector, on the side of the one before. */
static bool find_left(curve *c) {
  const size_t n = c->n;
  memcpy(rg_svd_matrix(c->svd), c->spectrum.jacobian, n * n * sizeof(double));
  if (!rg_svd_find(c->svd)) return false;
  const double *left = rg_svd_left(c->svd, n - 1);
  double along = 0.0;
  for (size_t i = 0; i < n; i++) along += left[i] * c->left[i];
  for (size_t i = 0; i < n; i++) c->left[i] = along < 0.0 ? -left[i] : left[i];
  return true;
}

static bool test_fold(curve *c, stop *s) {
  double *q = c->direction; /* columns, zeros for the parameters */
  memcpy(q, s->Z + c->frame.columns, c->n * sizeof *q);
  memset(q + c->n, 0, 2 * sizeof *q);
  if (!find_left(c) || rg_frame_second(&c->frame, s->Z, q, q, c->form)) return false;
  s->test[0] = s->test[1] = 0.0;
  for (size_t i = 0; i < c->n; i++) {
    s->test[0] += c->left[i] * c->form[i];
    s->test[1] += c->left[i] * q[i];
  }
  if (c->spectrum.is_map) s->test[1] = NAN;
  return true;
}

static bool test_pair(curve *c, stop *s) {
  rg_normal normal = {NAN, 0.0};
  const size_t k = rg_spectrum_pair(&c->spectrum);
  s->test[1] = rg_pin_square(&c->pin, s->Z);
  if (s->test[1] > 0.0 && k != SIZE_MAX && !c->spectrum.is_map &&
      rg_normal_pair(&c->frame, &c->spectrum, s->Z, k, &normal) == REGIME_NO_MEMORY)
    c->status = REGIME_NO_MEMORY;
  s->test[0] = normal.coefficient;
  return true;
}

static bool look(curve *c, stop *s) {
  s->test[0] = s->test[1] = NAN;
  if (rg_spectrum_find(&c->spectrum, &c->frame, s->Z)) return false;
  return is_fold(c) ? test_fold(c, s) : !is_pair(c) || test_pair(c, s);
}

/* --- appending ----------------------------------------------------------------------------------------- */

/* Unstable eigenvalues beside the critical ones, which are on the border but for rounding. */
static size_t count_unstable(const curve *c) {
  const rg_spectrum *s = &c->spectrum;
  const double at = c->from->type == REGIME_POINT_FLIP ? -1.0 : s->is_map ? 1.0 : 0.0;
  const size_t k = is_pair(c) ? rg_spectrum_pair(s) : rg_spectrum_real(s, at);
  if (k == SIZE_MAX) return s->n_outside;
  const bool is_outside = (s->is_map ? hypot(s->re[k], s->im[k]) - 1.0 : s->re[k]) > 0.0;
  const size_t critical = is_outside ? (is_pair(c) ? 2 : 1) : 0;
  return s->n_outside > critical ? s->n_outside - critical : 0;
}

static void take_X(curve *c, const stop *s) {
  rg_frame_leave(&c->frame, s->Z, c->X);
  rg_field_observe(c->field, c->X, c->outputs);
}

static void add_point(curve *c, const stop *s) {
  if (c->status != REGIME_OK || rg_spectrum_find(&c->spectrum, &c->frame, s->Z)) return;
  take_X(c, s);
  const regime_branch_point point = {.parameter = c->X[c->n],
                                     .second = c->X[c->n + 1],
                                     .state = c->X,
                                     .outputs = c->outputs,
                                     .eigen_re = c->spectrum.re,
                                     .eigen_im = c->spectrum.im,
                                     .n_unstable = count_unstable(c)};
  c->status = rg_diagram_add_curve_point(c->diagram, &point);
  c->n_points++;
}

static bool is_reported(const curve *c, regime_point type) {
  for (size_t k = c->n_specials; k < regime_diagram_specials(c->diagram); k++) {
    const regime_special *s = regime_diagram_special(c->diagram, k);
    double most = fmax(fabs(s->parameter - c->X[c->n]) / c->frame.scale[c->n],
                       fabs(s->second - c->X[c->n + 1]) / c->frame.scale[c->n + 1]);
    for (size_t i = 0; i < c->n; i++) most = fmax(most, fabs(s->state[i] - c->X[i]) / c->frame.scale[i]);
    if (s->type == type && most < 1e-6) return true;
  }
  return false;
}

/* At c->middle, whose spectrum was just found. */
static void report(curve *c, regime_point type, double error) {
  take_X(c, &c->middle);
  if (c->status != REGIME_OK || is_reported(c, type)) return;
  regime_special special = {.type = type,
                            .period = NAN,
                            .coefficient = NAN,
                            .branch = regime_diagram_curves(c->diagram) - 1,
                            .error = error};
  rg_normal normal = {NAN, 0.0};
  const size_t k = rg_spectrum_real(&c->spectrum, c->spectrum.is_map ? 1.0 : 0.0);
  if (type == REGIME_POINT_CUSP && k != SIZE_MAX &&
      rg_normal_cubic(&c->frame, &c->spectrum, c->middle.Z, k, &normal) == REGIME_OK)
    special.coefficient = normal.coefficient;
  if (type == REGIME_POINT_GENERALISED_HOPF)
    special.period = 2.0 * acos(-1.0) / rg_pin_frequency(&c->pin, c->middle.Z);
  take_X(c, &c->middle);
  special.parameter = c->X[c->n];
  special.second = c->X[c->n + 1];
  special.state = c->X;
  special.outputs = c->outputs;
  c->status = rg_diagram_add_special(c->diagram, &special, NULL);
}

/* --- locating ------------------------------------------------------------------------------------------ */

/* The point a part of the way from c->at to c->next. */
static bool go_between(curve *c, double part) {
  const size_t n = c->pin.arc.n;
  for (size_t j = 0; j < n; j++) {
    const double chord = c->next.Z[j] - c->at.Z[j];
    c->middle.Z[j] = c->at.Z[j] + part * chord;
    c->stride.normal[j] = c->pin.arc.weight[j] * chord;
  }
  return rg_arc_correct(&c->pin.arc, c->middle.Z, c->stride.normal) && look(c, &c->middle);
}

/* Illinois' rule for the zero of a test function: regula falsi that halves the value of an end that stays. */
static bool locate(curve *c, int which, double *error) {
  double low = 0.0, high = 1.0, f = c->at.test[which], g = c->next.test[which];
  const double length = rg_arc_distance(&c->pin.arc, c->at.Z, c->next.Z);
  enum { NEITHER, LOW, HIGH } stays = NEITHER;
  *error = length;
  for (int k = 0; k < 60; k++) {
    const double part = (low * g - high * f) / (g - f);
    if (!go_between(c, part) || isnan(c->middle.test[which])) return false;
    const double h = c->middle.test[which], width = high - low;
    if (h == 0.0 || width * length < 1e-12) {
      *error = c->pin.arc.step;
      return true;
    }
    const bool is_low = (h < 0.0) == (f < 0.0);
    const double moved = is_low ? part - low : high - part;
    if (is_low) {
      low = part;
      f = h;
      if (stays == HIGH) g *= 0.5;
    } else {
      high = part;
      g = h;
      if (stays == LOW) f *= 0.5;
    }
    stays = is_low ? HIGH : LOW;
    *error = fmin(moved, width) * length;
    if (*error < 1e-12) return true;
  }
  return *error < 1e-8;
}

static bool changes(const curve *c, int which) {
  const double f = c->at.test[which], g = c->next.test[which];
  return (f < 0.0 && g > 0.0) || (f > 0.0 && g < 0.0);
}

/* What the curve passes on its way from c->at to c->next. True: it ends there, in c->middle. */
static bool find_points(curve *c) {
  double error;
  if (is_fold(c)) {
    if (changes(c, 0) && locate(c, 0, &error)) report(c, REGIME_POINT_CUSP, error);
    if (changes(c, 1) && locate(c, 1, &error)) report(c, REGIME_POINT_BOGDANOV_TAKENS, error);
    return false;
  }
  if (!is_pair(c)) return false;
  if (changes(c, 0) && locate(c, 0, &error)) report(c, REGIME_POINT_GENERALISED_HOPF, error);
  if (!changes(c, 1) || !locate(c, 1, &error)) return c->next.test[1] <= 0.0;
  if (!c->spectrum.is_map) report(c, REGIME_POINT_BOGDANOV_TAKENS, error);
  add_point(c, &c->middle);
  return true;
}

/* --- special points on the way ------------------------------------------------------------------------- */

static bool is_at(const curve *c, const regime_special *s, const double *Z) {
  double most = fabs(s->parameter / c->frame.scale[c->n] - Z[c->n]);
  for (size_t i = 0; i < c->n; i++) most = fmax(most, fabs(s->state[i] / c->frame.scale[i] - Z[i]));
  return most < 1e-6;
}

/* Special points of the same kind that lie on the curve need none of their own: they are where the second
 * parameter is as it was. */
static void mark_passed(curve *c) {
  const size_t j = c->n + 1;
  const double bound = c->second / c->frame.scale[j], a = c->at.Z[j] - bound, b = c->next.Z[j] - bound;
  if ((a < 0.0) == (b < 0.0) || a == b) return;
  for (size_t k = 0; k < c->pin.arc.n; k++) {
    c->middle.Z[k] = c->at.Z[k] + (c->next.Z[k] - c->at.Z[k]) * a / (a - b);
    c->stride.normal[k] = 0.0;
  }
  c->stride.normal[j] = 1.0;
  c->middle.Z[j] = bound;
  if (!rg_arc_correct(&c->pin.arc, c->middle.Z, c->stride.normal)) return;
  for (size_t k = 0; k < c->n_specials; k++) {
    const regime_special *s = regime_diagram_special(c->diagram, k);
    if (s->type == c->from->type && is_at(c, s, c->middle.Z)) c->is_passed[k] = true;
  }
}

/* --- following ----------------------------------------------------------------------------------------- */

/* False: the curve has no single tangent there. */
static bool advance(curve *c) {
  const stop keep = c->at;
  c->at = c->next;
  c->next = keep;
  const size_t columns = c->frame.columns;
  rg_pin_renew(&c->pin, c->at.Z);
  memset(c->at.tangent + columns, 0, (c->pin.arc.n - columns) * sizeof(double));
  return rg_arc_tangent(&c->pin.arc, c->at.Z, c->at.tangent);
}

static bool take_step(curve *c, regime_end *why) {
  rg_stride *s = &c->stride;
  while (!rg_stride_try(s, c->at.Z, c->at.tangent, widest_turn, c->next.Z, c->next.tangent) ||
         !look(c, &c->next)) {
    *why = s->arc->no_value ? REGIME_END_UNDEFINED : REGIME_END_STEP;
    s->step *= 0.5;
    if (s->step < s->smallest) return false;
  }
  rg_stride_adapt(s, c->at.tangent, c->next.tangent);
  return true;
}

static bool has_landed(const curve *c, regime_end *why) {
  if (c->stride.landed == SIZE_MAX) return false;
  *why = c->stride.landed < c->n ? REGIME_END_OF_BOX : REGIME_END_OF_RANGE;
  return true;
}

/* One way from c->at. */
static regime_end walk(curve *c) {
  regime_end why = REGIME_END_POINTS;
  rg_stride_begin(&c->stride);
  c->n_points = 0;
  while (c->status == REGIME_OK && !regime_context_interrupted(c->context)) {
    if (!take_step(c, &why)) return why;
    const bool landed = has_landed(c, &why);
    if (rg_arc_distance(&c->pin.arc, c->at.Z, c->next.Z) < 1e-11) return why;
    const bool closed = c->n_points >= 4 && rg_stride_closes(&c->stride, c->origin.Z, c->origin.tangent,
                                                             false, c->at.Z, c->next.Z);
    mark_passed(c);
    if (find_points(c)) return REGIME_END_REAL_PAIR;
    add_point(c, &c->next);
    if (closed) return REGIME_END_CLOSED;
    if (landed) return why;
    if (c->n_points >= c->options->most_points) return REGIME_END_POINTS;
    if (!advance(c)) return REGIME_END_STEP;
  }
  return REGIME_END_POINTS;
}

/* --- beginning ----------------------------------------------------------------------------------------- */

static double largest_on_branches(const curve *c, size_t j) {
  double most = 0.0;
  for (size_t b = 0; b < regime_diagram_branches(c->diagram); b++) {
    const regime_branch *branch = regime_diagram_branch(c->diagram, b);
    for (size_t k = 0; k < branch->n_points; k++) most = fmax(most, fabs(branch->point[k].state[j]));
  }
  return most;
}

static void set_scales(curve *c) {
  const regime_branch_options *o = c->options;
  for (size_t j = 0; j < c->n; j++) {
    const double box = o->low && o->high ? o->high[j] - o->low[j] : 1.0, most = largest_on_branches(c, j);
    c->frame.scale[j] = most > 1e-14 ? most : box;
    if (o->low) c->stride.low[j] = o->low[j] / c->frame.scale[j];
    if (o->high) c->stride.high[j] = o->high[j] / c->frame.scale[j];
  }
  const double from[2] = {o->from, o->second_from}, to[2] = {o->to, o->second_to};
  for (size_t k = 0; k < 2; k++) {
    const double scale = fabs(to[k] - from[k]);
    c->frame.scale[c->n + k] = scale;
    c->stride.low[c->n + k] = fmin(from[k], to[k]) / scale;
    c->stride.high[c->n + k] = fmax(from[k], to[k]) / scale;
  }
}

static regime_status make_room(curve *c) {
  const size_t m = c->pin.arc.n, columns = c->frame.columns, outputs = rg_field_outputs(c->field);
  c->memory = calloc(8 * m + 4 * columns + outputs + 1, sizeof *c->memory);
  c->svd = rg_svd_create(c->n, c->n);
  if (!c->memory || !c->svd) return REGIME_NO_MEMORY;
  stop *const stops[] = {&c->at, &c->next, &c->middle, &c->origin};
  for (size_t k = 0; k < 4; k++)
    *stops[k] = (stop){.Z = c->memory + 2 * k * m, .tangent = c->memory + (2 * k + 1) * m};
  c->X = c->memory + 8 * m;
  c->left = c->X + columns;
  c->form = c->left + columns;
  c->direction = c->form + columns;
  c->outputs = c->direction + columns;
  return REGIME_OK;
}

static regime_status open_curve(curve *c) {
  regime_status status = rg_frame_make(&c->frame, c->field);
  if (status == REGIME_OK) status = rg_spectrum_make(&c->spectrum, &c->frame);
  if (status == REGIME_OK)
    status = rg_pin_make(&c->pin, &c->frame, is_pair(c), c->from->type == REGIME_POINT_FLIP ? -2.0 : 0.0,
                         c->options->tolerance);
  if (status == REGIME_OK)
    status = rg_stride_make(&c->stride, &c->pin.arc, c->options->largest_step, c->options->smallest_step);
  return status == REGIME_OK ? make_room(c) : status;
}

static void close_curve(curve *c) {
  rg_stride_clear(&c->stride);
  rg_pin_clear(&c->pin);
  rg_spectrum_clear(&c->spectrum);
  rg_frame_clear(&c->frame);
  rg_svd_free(c->svd);
  free(c->memory);
  c->svd = NULL;
  c->memory = NULL;
}

/* The special point as a solution of the extended equations, with the second parameter held. */
static bool begin(curve *c) {
  const rg_spectrum *e = &c->spectrum;
  const double at = c->from->type == REGIME_POINT_FLIP ? -1.0 : e->is_map ? 1.0 : 0.0;
  memcpy(c->X, c->from->state, c->n * sizeof *c->X);
  c->X[c->n] = c->from->parameter;
  c->X[c->n + 1] = c->second;
  set_scales(c);
  c->status = rg_frame_conserve(&c->frame, c->X);
  rg_frame_enter(&c->frame, c->X, c->at.Z);
  if (c->status != REGIME_OK || rg_spectrum_find(&c->spectrum, &c->frame, c->at.Z)) return false;
  const size_t k = is_pair(c) ? rg_spectrum_pair(e) : rg_spectrum_real(e, at);
  if (k == SIZE_MAX) return false;
  const double *vector = rg_eigen_right(e->eigen) + k * c->n;
  const double modulus = e->is_map ? hypot(e->re[k], e->im[k]) : 1.0;
  rg_pin_begin(&c->pin, c->at.Z, vector, vector + c->n, e->re[k] / modulus, e->im[k] / modulus);
  memset(c->stride.normal, 0, c->pin.arc.n * sizeof *c->stride.normal);
  c->stride.normal[c->n + 1] = 1.0;
  if (!rg_arc_correct(&c->pin.arc, c->at.Z, c->stride.normal)) return false;
  memset(c->at.tangent, 0, c->pin.arc.n * sizeof *c->at.tangent);
  for (size_t j = 2; j > 0; j--) {
    c->at.tangent[c->n + j - 1] = 1.0;
    if (rg_arc_tangent(&c->pin.arc, c->at.Z, c->at.tangent)) return look(c, &c->at);
    c->at.tangent[c->n + j - 1] = 0.0;
  }
  return false;
}

static void set_out(curve *c, double sign) {
  const size_t m = c->pin.arc.n;
  memcpy(c->at.Z, c->origin.Z, m * sizeof(double));
  for (size_t j = 0; j < m; j++) c->at.tangent[j] = sign * c->origin.tangent[j];
  for (size_t j = 0; j < N_TESTS; j++) c->at.test[j] = c->origin.test[j];
}

/* Closing is looked for on the first way only, whose direction is then that of the origin. */
static void follow_both_ways(curve *c) {
  stop *origin = &c->origin;
  memcpy(origin->Z, c->at.Z, c->pin.arc.n * sizeof(double));
  memcpy(origin->tangent, c->at.tangent, c->pin.arc.n * sizeof(double));
  for (size_t j = 0; j < N_TESTS; j++) origin->test[j] = c->at.test[j];
  c->status = rg_diagram_begin_curve(c->diagram, c->from->type, c->parent);
  add_point(c, origin);
  const regime_end first = c->status == REGIME_OK ? walk(c) : REGIME_END_POINTS;
  if (c->status != REGIME_OK) return;
  rg_diagram_end_curve(c->diagram, first);
  rg_diagram_turn_curve(c->diagram);
  rg_diagram_end_curve(c->diagram, first);
  if (first == REGIME_END_CLOSED) return;
  set_out(c, -1.0);
  const regime_end last = walk(c);
  rg_diagram_end_curve(c->diagram, last);
}

static void follow_from(curve *c, size_t k) {
  const regime_special special = *regime_diagram_special(c->diagram, k);
  c->from = &special;
  c->parent = (long)k;
  c->n = rg_field_states(c->field);
  c->is_passed[k] = true;
  c->status = open_curve(c);
  if (c->status == REGIME_OK && begin(c)) follow_both_ways(c);
  close_curve(c);
}

static bool has_curve(regime_point type) {
  return type == REGIME_POINT_FOLD || type == REGIME_POINT_HOPF || type == REGIME_POINT_FLIP ||
         type == REGIME_POINT_NEIMARK_SACKER;
}

static regime_status find_second(curve *c) {
  const size_t n = rg_field_states(c->field);
  double *X = calloc(n + 2, sizeof *X);
  if (!X) return REGIME_NO_MEMORY;
  rg_field_start(c->field, X);
  c->second = X[n + 1];
  free(X);
  const double low = fmin(c->options->second_from, c->options->second_to),
               high = fmax(c->options->second_from, c->options->second_to);
  if (c->second >= low && c->second <= high) return REGIME_OK;
  rg_error(c->context, (rg_place){0}, "let the range hold its value, from where the curves set out",
           "the second parameter is %.10g, outside its range from %.10g to %.10g", c->second, low, high);
  return REGIME_BAD_ARGUMENT;
}

regime_status rg_follow_curves(regime_context *context, rg_field *field, const regime_branch_options *options,
                               regime_diagram *diagram) {
  curve c = {.context = context, .field = field, .options = options, .diagram = diagram};
  c.n_specials = regime_diagram_specials(diagram);
  regime_status status = rg_field_set_free(field, 2, (size_t[]){options->parameter, options->second});
  if (status == REGIME_OK) status = find_second(&c);
  if (status != REGIME_OK) return status;
  c.is_passed = calloc(c.n_specials + 1, sizeof *c.is_passed);
  c.status = c.is_passed ? REGIME_OK : REGIME_NO_MEMORY;
  for (size_t k = 0; k < c.n_specials && c.status == REGIME_OK; k++)
    if (has_curve(regime_diagram_special(diagram, k)->type) && !c.is_passed[k] &&
        !regime_context_interrupted(context))
      follow_from(&c, k);
  free(c.is_passed);
  return c.status;
}
