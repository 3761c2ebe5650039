/* cycle.c — a family of closed orbits, point by point.
 *
 *   1. begin     at a Hopf point: with the wave of the eigenvectors; at a doubling: with the orbit twice
 *   2. step      along the tangent, and correct; shorter where that fails or turns too far
 *   3. look      multipliers, stability; locate what has changed its sign on the way
 *   4. record    the point, and whether the family ends here
 *   5. settle    the mesh where the orbit bends, and go on with 2
 */
#include "analysis/cycle.h"

#include "analysis/cycle_facts.h"
#include "linalg/eigen.h"
#include "linalg/newton.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
  FEWEST_PIECES = 20,
  MOST_PIECES = 400,
  QUICK = 4, /* Newton steps of a correction that allow a longer step */
  REMESH_EVERY = 4,
  MOST_TRIALS = 60, /* of locating one point */
  MOST_DOUBLED = 8, /* families of doubled period */
  LONGEST = 16      /* period of an orbit of a map that is followed */
};
static const double tau = 6.283185307179586;
static const double error_wanted = 1e-7; /* of the polynomials between mesh points */
static const double error_endured = 1e-4;
static const double birth_size = 1e-3;     /* the first step away from a point */
static const double closest_events = 1e-2; /* of the largest step: what happens there, happens at once */

typedef enum test { BOUNDS, FOLD, ONE, DOUBLING, TORUS, TESTS } test;

typedef struct family {
  regime_context *context;
  rg_field *field;
  const regime_branch_options *options;
  regime_diagram *diagram;
  rg_collocation *c;
  rg_orbit *base, *direction, *orbit, *tangent, *spare;
  rg_orbit *past, *past_direction; /* base and direction of the step before, once there was one */
  bool has_past;
  double way;        /* from the past to the base, along the direction */
  double past_share; /* of the past's direction along the direction */
  rg_cycle_facts facts;
  double *memory;
  double *scale, *floor; /* of the states, now and at birth */
  double *work;          /* 4n */
  double *jacobian;      /* n * (n + 1) */
  double span, step, largest, smallest, tolerance;
  double first_period, first_size;
  double last_slope, last_period; /* dp/dT of the point before */
  double before[TESTS], now[TESTS];
  bool trusted, was_doubtful;              /* the multipliers, here and at the base */
  double trusted_parameter, trusted_slope; /* where they last were to be trusted */
  size_t outside;                          /* multipliers outside the unit circle, at the base */
  rg_correction report;
  bool is_wave; /* base is a point, and moves along itself as the direction does */
  bool is_doubled;
  size_t number, n_points;
  bool over;
  regime_end end;
  rg_orbit *doubling[MOST_DOUBLED]; /* where doubled families begin */
  size_t doubling_number[MOST_DOUBLED], n_doublings;
} family;

static void end(family *f, regime_end why) {
  f->over = true;
  f->end = why;
}

/* ---- room ---- */

static void drop_orbits(family *f) {
  rg_collocation_free(f->c);
  rg_orbit **const all[] = {&f->base,  &f->direction, &f->orbit,         &f->tangent,
                            &f->spare, &f->past,      &f->past_direction};
  for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
    rg_orbit_free(*all[k]);
    *all[k] = NULL;
  }
  f->c = NULL;
  f->has_past = false;
}

/* Takes base and direction over; they are freed on failure too. */
static regime_status take_orbits(family *f, rg_orbit *base, rg_orbit *direction) {
  drop_orbits(f);
  f->base = base;
  f->direction = direction;
  if (!base || !direction) return REGIME_NO_MEMORY;
  f->orbit = rg_orbit_copy(base);
  f->tangent = rg_orbit_copy(direction);
  f->spare = rg_orbit_copy(base);
  f->past = rg_orbit_copy(base);
  f->past_direction = rg_orbit_copy(base);
  if (!f->orbit || !f->tangent || !f->spare || !f->past || !f->past_direction) return REGIME_NO_MEMORY;
  return rg_collocation_create(f->field, base->intervals, RG_PARAMETER, &f->c);
}

static void measure(family *f) {
  rg_orbit_scale(f->base, f->scale);
  for (size_t i = 0; i < rg_field_states(f->field); i++) f->scale[i] = fmax(f->scale[i], f->floor[i]);
  rg_collocation_measure(f->c, f->base, f->scale, f->span);
}

static void set_floor(family *f, const double *state) {
  for (size_t i = 0; i < rg_field_states(f->field); i++)
    f->floor[i] = fabs(state[i]) > 1e-6 ? fabs(state[i]) : 1.0;
}

static int by_size(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* A state that is small where a cycle is born may be large along it. The wave that moves the second most
 * responsive state by its own size is a measure for all of them. */
static void raise_floor(family *f) {
  const size_t n = f->direction->n;
  double *ratio = f->work, *reach = f->work + n, most = 0.0;
  size_t moving = 0;
  for (size_t i = 0; i < n; i++) {
    reach[i] = 0.0;
    for (size_t k = 0; k < rg_orbit_nodes(f->direction); k++)
      reach[i] = fmax(reach[i], fabs(rg_orbit_node(f->direction, k)[i]));
    most = fmax(most, reach[i] / f->floor[i]);
  }
  for (size_t i = 0; i < n; i++)
    if (reach[i] / f->floor[i] > 1e-8 * most) ratio[moving++] = f->floor[i] / reach[i];
  qsort(ratio, moving, sizeof *ratio, by_size);
  const double measure_of_wave = ratio[moving > 1 ? 1 : 0];
  for (size_t i = 0; i < n; i++) f->floor[i] = fmax(f->floor[i], measure_of_wave * reach[i]);
}

/* ---- how an orbit looks ---- */

/* The node, or of a doubled orbit how it differs from half a period later: what is zero where the family is
 * born. */
static void shape(const family *f, const rg_orbit *orbit, size_t node, double *out) {
  const size_t n = orbit->n;
  const double *x = rg_orbit_node(orbit, node);
  const double later = rg_orbit_node_time(orbit, node) + 0.5;
  memset(out, 0, n * sizeof *out);
  if (f->is_doubled && orbit->degree == 1)
    memcpy(out, rg_orbit_node(orbit, (node + orbit->intervals / 2) % orbit->intervals), n * sizeof *out);
  else if (f->is_doubled)
    rg_orbit_at(orbit, later - floor(later), out);
  for (size_t i = 0; i < n; i++) out[i] = x[i] - out[i];
}

/* Half the distance of the extremes of its shape. */
static double size_of(const family *f, const rg_orbit *orbit) {
  const size_t n = orbit->n;
  double *now = f->work, *low = now + n, *high = low + n, size = 0.0;
  for (size_t k = 0; k < rg_orbit_nodes(orbit); k++) {
    shape(f, orbit, k, now);
    for (size_t i = 0; i < n; i++) {
      low[i] = k == 0 ? now[i] : fmin(low[i], now[i]);
      high[i] = k == 0 ? now[i] : fmax(high[i], now[i]);
      if (k + 1 == rg_orbit_nodes(orbit)) size = fmax(size, (high[i] - low[i]) / 2.0 / f->scale[i]);
    }
  }
  return size;
}

/* The product of the shapes of base and orbit about their means: negative when the family has passed through
 * the point where it shrinks to nothing. */
static double likeness(const family *f) {
  const size_t n = f->orbit->n, nodes = rg_orbit_nodes(f->orbit);
  double *x = f->work, *y = x + n, *sum_x = y + n, *sum_y = sum_x + n, sum = 0.0;
  memset(sum_x, 0, 2 * n * sizeof *sum_x);
  for (size_t k = 0; k < nodes; k++) {
    shape(f, f->base, k, x);
    shape(f, f->orbit, k, y);
    for (size_t i = 0; i < n; i++) {
      sum_x[i] += x[i], sum_y[i] += y[i];
      sum += x[i] * y[i] / (f->scale[i] * f->scale[i]);
    }
  }
  for (size_t i = 0; i < n; i++) sum -= sum_x[i] * sum_y[i] / (double)nodes / (f->scale[i] * f->scale[i]);
  return sum;
}

/* ---- 2. step ---- */

/* How far the past lies behind the base, as the family is measured now. */
static void look_back(family *f) {
  f->way = -rg_collocation_along(f->c, f->direction, f->base, f->past);
  rg_orbit_move(f->spare, f->base, 1.0, f->past_direction);
  f->past_share = rg_collocation_along(f->c, f->direction, f->base, f->spare);
}

/* Hermite's cubic through the past and the base, or where it reaches too far the tangent. */
static void predict(family *f, double s) {
  const double part = s / f->way, square = part * part;
  rg_orbit_move(f->orbit, f->base, s, f->direction);
  if (!f->has_past || !(f->way > 0.0 && f->past_share > 0.5) || !(fabs(part) < 2.0)) return;
  const double by_value = square * (3.0 + 2.0 * part), by_slope = square * (1.0 + part) * f->way;
  rg_orbit_move(f->orbit, f->orbit, by_value, f->past);
  rg_orbit_move(f->orbit, f->orbit, -by_value, f->base);
  rg_orbit_move(f->orbit, f->orbit, by_value * f->way - by_slope, f->direction);
  rg_orbit_move(f->orbit, f->orbit, by_slope / f->past_share, f->past_direction);
}

/* The orbit at distance s from the base; its tangent and multipliers. */
static regime_status reach(family *f, double s) {
  predict(f, s);
  rg_collocation_set_phase(f->c, f->base, f->is_wave ? f->direction : f->base);
  rg_collocation_set_distance(f->c, f->base, f->direction, s);
  const regime_status status = rg_collocation_correct(f->c, f->orbit, f->tolerance, &f->report);
  if (status != REGIME_OK) return status;
  rg_collocation_tangent(f->c, f->tangent);
  return rg_cycle_facts_multiply(&f->facts, f->c);
}

static bool has_turned(const family *f) {
  rg_orbit_move(f->spare, f->tangent, -1.0, f->direction);
  return rg_collocation_length(f->c, f->spare) > 0.5;
}

static bool is_next(const family *f) {
  return f->is_wave || (!has_turned(f) && (f->n_points == 0 || likeness(f) > 0.0));
}

/* Shortened until it succeeds; *taken is the step that did. Steps that keep going through a point show that
 * one is there. */
static regime_status step(family *f, double *taken) {
  for (; !f->over; f->step = *taken / 4.0) {
    *taken = f->step;
    const regime_status status = reach(f, *taken);
    if (status == REGIME_NO_MEMORY) return status;
    if (status == REGIME_OK && is_next(f)) return REGIME_OK;
    if (*taken < 10.0 * birth_size && f->n_points > 2 && size_of(f, f->base) < 20.0 * birth_size)
      end(f, f->is_doubled ? REGIME_END_KNOWN : REGIME_END_SHRINKS);
    else if (*taken < f->smallest)
      end(f, REGIME_END_STEP);
  }
  return REGIME_OK;
}

/* ---- 3. look ---- */

static double range_left(const family *f) {
  const double low = fmin(f->options->from, f->options->to), high = fmax(f->options->from, f->options->to);
  return fmin(f->orbit->parameter - low, high - f->orbit->parameter) / f->span;
}

static double box_left(const family *f) {
  const regime_branch_options *o = f->options;
  double least = INFINITY;
  for (size_t k = 0; k < rg_orbit_nodes(f->orbit); k++)
    for (size_t i = 0; i < f->facts.n; i++) {
      const double x = rg_orbit_node(f->orbit, k)[i];
      if (o->low) least = fmin(least, (x - o->low[i]) / f->scale[i]);
      if (o->high) least = fmin(least, (o->high[i] - x) / f->scale[i]);
    }
  return least;
}

static void test_all(const family *f, double value[TESTS]) {
  value[BOUNDS] = fmin(range_left(f), box_left(f));
  value[FOLD] = f->tangent->parameter / f->span;
  value[ONE] = rg_cycle_facts_one(&f->facts);
  value[DOUBLING] = rg_cycle_facts_doubling(&f->facts);
  value[TORUS] = rg_cycle_facts_torus(&f->facts);
}

static const double rounding[TESTS] = {[FOLD] = 1e-9, [ONE] = 1e-6};

/* Multipliers are judged by the trivial one; a map has none to doubt. */
static bool are_trusted(const family *f) {
  const double error = rg_cycle_facts_point(&f->facts, f->orbit).error;
  return isnan(error) || error < 1e-2;
}

/* What is zero but for rounding has no sign. */
static bool has_changed(const family *f, test which) {
  return f->before[which] * f->now[which] < 0.0 && fabs(f->before[which]) > rounding[which] &&
         fabs(f->now[which]) > rounding[which] && (which == FOLD || f->trusted);
}

/* Regula falsi (Illinois) for the step at which a test is zero; the orbit is left there. *error: how far the
 * parameter moved at last. */
static regime_status locate(family *f, test which, double taken, double *root, double *error) {
  double a = 0.0, b = taken, at_a = f->before[which], at_b = f->now[which], value[TESTS];
  double parameter = f->orbit->parameter;
  *error = INFINITY;
  for (int k = 0; k < MOST_TRIALS && fabs(b - a) > 1e-12 * taken && at_b != 0.0; k++) {
    *root = b - at_b * (b - a) / (at_b - at_a);
    const regime_status status = reach(f, *root);
    if (status != REGIME_OK) return status;
    test_all(f, value);
    *error = fabs(f->orbit->parameter - parameter);
    parameter = f->orbit->parameter;
    const bool is_there = fabs(*root - b) <= 1e-10 * taken;
    if (value[which] * at_b < 0.0)
      a = b, at_a = at_b;
    else
      at_a /= 2.0;
    b = *root, at_b = value[which];
    if (is_there) break;
  }
  return REGIME_OK;
}

static regime_status add_special(family *f, regime_special special) {
  rg_cycle_facts_look(&f->facts, f->orbit, 0.0);
  special.parameter = f->orbit->parameter;
  special.second = special.coefficient = NAN;
  special.state = f->facts.X;
  special.outputs = f->facts.shown;
  special.branch = f->number;
  return rg_diagram_add_special(f->diagram, &special, NULL);
}

/* Of a flow the doubled family is followed, of which no further ones are: their meshes would be as fine
 * again. An orbit of a map is as long as its period. */
static bool can_double(const family *f) {
  const bool is_short = f->orbit->degree == 1 ? 2 * f->orbit->intervals <= LONGEST : !f->is_doubled;
  return is_short && f->n_doublings < MOST_DOUBLED;
}

static regime_status note_doubling(family *f, double error) {
  const size_t number = regime_diagram_specials(f->diagram);
  if (can_double(f)) {
    f->doubling[f->n_doublings] = rg_orbit_copy(f->orbit);
    if (!f->doubling[f->n_doublings]) return REGIME_NO_MEMORY;
    f->doubling_number[f->n_doublings++] = number;
  }
  return add_special(f, (regime_special){.type = REGIME_POINT_PERIOD_DOUBLING,
                                         .period = 2.0 * f->orbit->period,
                                         .error = error});
}

/* A family folds where two multipliers are 1, though its parameter may turn in digits that are not there;
 * where it goes on, another one crosses it. */
static regime_status note(family *f, test which, double error) {
  static const regime_point type[TESTS] = {
      [FOLD] = REGIME_POINT_FOLD_OF_CYCLES, [ONE] = REGIME_POINT_BRANCH, [TORUS] = REGIME_POINT_TORUS};
  const bool stands_still = fabs(f->tangent->parameter / f->span) <= rounding[FOLD] ||
                            (f->was_doubtful && f->trusted_slope * f->now[FOLD] < 0.0);
  if (which == DOUBLING) return note_doubling(f, error);
  if (which == ONE && stands_still) which = FOLD;
  if (which == TORUS && !rg_cycle_facts_is_turning(&f->facts)) return REGIME_OK;
  return add_special(f, (regime_special){.type = type[which], .period = f->orbit->period, .error = error});
}

/* Between points where the multipliers can be told something has happened: here, as far as one can tell. */
static regime_status locate_roughly(const family *f, double *error) {
  *error = fabs(f->orbit->parameter - f->trusted_parameter);
  return REGIME_OK;
}

/* Whether the changes of sign account for the multipliers that have crossed the unit circle. Where two of one
 * kind have, there is no change. A product that passes 1 counts when a pair is at the circle. */
static bool is_plain(const family *f) {
  if (f->n_points == 0 || f->was_doubtful || !f->trusted) return true;
  const size_t now = rg_cycle_facts_outside(&f->facts);
  const size_t crossed = now > f->outside ? now - f->outside : f->outside - now;
  const size_t single = (has_changed(f, FOLD) || has_changed(f, ONE) ? 1u : 0u) + has_changed(f, DOUBLING);
  const bool is_torus = has_changed(f, TORUS) && rg_cycle_facts_is_turning(&f->facts);
  return crossed % 2 == single % 2 && crossed <= single + (is_torus ? 2u : 0u);
}

/* A step, shortened until what happens on it can be told apart. */
static regime_status plain_step(family *f, double *taken) {
  for (;; f->step = *taken / 4.0) {
    const regime_status status = step(f, taken);
    if (status != REGIME_OK || f->over) return status;
    test_all(f, f->now);
    f->trusted = are_trusted(f);
    if (is_plain(f) || *taken < closest_events * f->largest) return REGIME_OK;
  }
}

/* Everything that has happened within the step; the orbit is at its end again afterwards. */
static regime_status look(family *f, double taken) {
  bool moved = false;
  for (test which = FOLD; which < TESTS; which++) {
    double root, error;
    if (!has_changed(f, which) || (which == ONE && has_changed(f, FOLD))) continue;
    const bool is_rough = which != FOLD && f->was_doubtful;
    moved = moved || !is_rough;
    regime_status status = is_rough ? locate_roughly(f, &error) : locate(f, which, taken, &root, &error);
    if (status == REGIME_OK) status = note(f, which, error);
    if (status == REGIME_NO_MEMORY) return status;
  }
  return moved ? reach(f, taken) : REGIME_OK;
}

/* ---- 4. record ---- */

static regime_status stop_at_bounds(family *f, double *taken) {
  double error;
  if (f->now[BOUNDS] >= 0.0) return REGIME_OK;
  const regime_status status = locate(f, BOUNDS, *taken, taken, &error);
  if (status == REGIME_OK) test_all(f, f->now);
  end(f, range_left(f) <= box_left(f) ? REGIME_END_OF_RANGE : REGIME_END_OF_BOX);
  return status;
}

/* The node where the flow is slowest; what is left of its speed, in sizes of the orbit a period. */
static size_t slowest(family *f, double *speed) {
  const size_t n = f->facts.n;
  size_t best = 0;
  *speed = INFINITY;
  for (size_t k = 0; k < rg_orbit_nodes(f->orbit); k++) {
    double most = 0.0;
    memcpy(f->facts.X, rg_orbit_node(f->orbit, k), n * sizeof *f->facts.X);
    f->facts.X[n] = f->orbit->parameter;
    if (rg_field_value(f->field, f->facts.X, f->work)) continue;
    for (size_t i = 0; i < n; i++) most = fmax(most, fabs(f->work[i]) / f->scale[i] * f->orbit->period);
    if (most < *speed) best = k;
    *speed = fmin(*speed, most);
  }
  return best;
}

static int rest_value(void *self, const double *x, double *value) {
  family *f = self;
  memcpy(f->facts.X, x, f->facts.n * sizeof *x);
  return rg_field_residual(f->field, f->facts.X, value);
}

static int rest_jacobian(void *self, const double *x, double *jacobian) {
  family *f = self;
  memcpy(f->facts.X, x, f->facts.n * sizeof *x);
  if (rg_field_residual_jacobian(f->field, f->facts.X, f->jacobian)) return 1;
  memcpy(jacobian, f->jacobian, f->facts.n * f->facts.n * sizeof *jacobian);
  return 0;
}

/* The saddle the orbit rests near. As p - p0 falls with exp(-lambda T), two slopes dp/dT tell lambda, and
 * lambda how far p still is from p0; there the point is put. */
static regime_status note_homoclinic(family *f, size_t node) {
  const size_t n = f->facts.n;
  const double slope = f->tangent->parameter / f->tangent->period;
  const double lambda = log(fabs(f->last_slope / slope)) / (f->orbit->period - f->last_period);
  const double still_to_go = lambda > 0.0 ? slope / lambda : 0.0;
  const rg_newton_problem rest = {.n = n, .self = f, .residual = rest_value, .jacobian = rest_jacobian};
  rg_newton_report report;
  memcpy(f->work, rg_orbit_node(f->orbit, node), n * sizeof *f->work);
  f->facts.X[n] = f->orbit->parameter + still_to_go;
  const regime_status status = rg_newton(&rest, f->work, &report);
  if (status != REGIME_OK) return status == REGIME_NO_MEMORY ? status : REGIME_OK;
  memcpy(f->facts.X, f->work, n * sizeof *f->work);
  rg_field_observe(f->field, f->facts.X, f->facts.shown);
  const regime_special special = {.type = REGIME_POINT_HOMOCLINIC,
                                  .parameter = f->orbit->parameter + still_to_go,
                                  .second = NAN,
                                  .state = f->facts.X,
                                  .outputs = f->facts.shown,
                                  .period = INFINITY,
                                  .coefficient = NAN,
                                  .branch = f->number,
                                  .error = lambda > 0.0 ? fabs(still_to_go) : NAN};
  return rg_diagram_add_special(f->diagram, &special, NULL);
}

/* A family that comes near a homoclinic orbit grows in period alone, while the orbit all but rests
 * somewhere. */
static regime_status look_for_saddle(family *f) {
  double speed;
  if (f->over || rg_field_is_map(f->field)) return REGIME_OK;
  const double rise = fabs(f->tangent->period) / f->orbit->period,
               move = fabs(f->tangent->parameter) / f->span;
  const bool is_upward = f->tangent->period > 0.0 && f->orbit->period > 2.0 * f->first_period;
  if (f->orbit->period > 1000.0 * f->first_period) end(f, REGIME_END_LONG_PERIOD);
  if (!is_upward || !(move < 1e-6 * rise)) return REGIME_OK;
  const size_t node = slowest(f, &speed);
  if (!(speed < 1e-2)) return REGIME_OK;
  end(f, REGIME_END_LONG_PERIOD);
  return note_homoclinic(f, node);
}

static regime_status record(family *f) {
  rg_cycle_facts_observe(&f->facts, f->orbit);
  const regime_cycle_point point = rg_cycle_facts_point(&f->facts, f->orbit);
  const double size = size_of(f, f->orbit);
  const size_t most = f->options->most_points > 0 ? f->options->most_points : 500;
  if (f->n_points++ == 0) {
    f->first_size = size;
    f->first_period = f->orbit->period;
  }
  if (f->n_points > 2 && size < f->first_size / 2.0)
    end(f, f->is_doubled ? REGIME_END_KNOWN : REGIME_END_SHRINKS);
  else if (!f->over && regime_context_interrupted(f->context))
    end(f, REGIME_END_INTERRUPTED);
  else if (!f->over && f->n_points >= most)
    end(f, REGIME_END_POINTS);
  return rg_diagram_add_cycle(f->diagram, &point);
}

/* ---- 5. settle ---- */

/* What cannot be trusted is not compared with later: the last that could is. */
static void remember(family *f) {
  for (test which = 0; which < TESTS; which++)
    if (which <= FOLD || f->trusted) f->before[which] = f->now[which];
  if (f->trusted) {
    f->trusted_parameter = f->orbit->parameter;
    f->trusted_slope = f->now[FOLD];
  }
  f->was_doubtful = !f->trusted;
  f->outside = rg_cycle_facts_outside(&f->facts);
}

static void accept(family *f, double taken) {
  f->last_slope = f->tangent->parameter / f->tangent->period;
  f->last_period = f->orbit->period;
  if (f->is_wave) f->step = f->largest / 4.0;
  if (f->report.iterations <= QUICK && taken == f->step) f->step = fmin(1.5 * f->step, f->largest);
  rg_orbit_set(f->past, f->base);
  rg_orbit_set(f->past_direction, f->direction);
  f->has_past = true;
  rg_orbit_set(f->base, f->orbit);
  rg_orbit_set(f->direction, f->tangent);
  remember(f);
  f->is_wave = false;
  measure(f);
  rg_collocation_normalise(f->c, f->direction);
  look_back(f);
}

static size_t pieces_wanted(const family *f, double error) {
  const double wanted = 1.1 * (double)f->base->intervals * pow(error / error_wanted, 0.2);
  const size_t pieces = (size_t)fmin(fmax(wanted, (double)FEWEST_PIECES), (double)MOST_PIECES);
  return pieces > f->base->intervals || 2 * pieces < f->base->intervals ? pieces : f->base->intervals;
}

static regime_status remesh(family *f, size_t pieces) {
  double *mesh = calloc(pieces + 1, sizeof *mesh);
  if (!mesh) return REGIME_NO_MEMORY;
  rg_orbit_spread(f->base, f->scale, pieces, mesh);
  rg_orbit *base = rg_orbit_remeshed(f->base, pieces, mesh);
  rg_orbit *direction = rg_orbit_remeshed(f->direction, pieces, mesh);
  rg_orbit *past = rg_orbit_remeshed(f->past, pieces, mesh);
  rg_orbit *past_direction = rg_orbit_remeshed(f->past_direction, pieces, mesh);
  free(mesh);
  regime_status status = take_orbits(f, base, direction);
  if (status == REGIME_OK && (!past || !past_direction)) status = REGIME_NO_MEMORY;
  if (status == REGIME_OK) {
    rg_orbit_set(f->past, past);
    rg_orbit_set(f->past_direction, past_direction);
    f->has_past = true;
  }
  rg_orbit_free(past);
  rg_orbit_free(past_direction);
  return status;
}

/* On its new mesh the base is corrected once more. */
static regime_status settle(family *f) {
  const double error = rg_orbit_error(f->base, f->scale);
  if (f->over || (error <= error_wanted && f->n_points % REMESH_EVERY != 0) || f->base->degree == 1)
    return REGIME_OK;
  if (error > error_endured && f->base->intervals == MOST_PIECES) end(f, REGIME_END_STEP);
  regime_status status = remesh(f, pieces_wanted(f, error));
  if (status != REGIME_OK) return status;
  measure(f);
  rg_collocation_normalise(f->c, f->direction);
  status = reach(f, 0.0);
  if (status == REGIME_NO_MEMORY) return status;
  if (status != REGIME_OK) {
    end(f, REGIME_END_STEP);
    return REGIME_OK;
  }
  rg_orbit_set(f->base, f->orbit);
  rg_orbit_set(f->direction, f->tangent);
  look_back(f);
  return REGIME_OK;
}

/* ---- the family ---- */

static regime_status advance(family *f) {
  double taken;
  regime_status status = plain_step(f, &taken);
  if (status != REGIME_OK || f->over) return status;
  status = stop_at_bounds(f, &taken);
  if (status == REGIME_OK) status = look(f, taken);
  if (status == REGIME_OK) status = record(f);
  if (status == REGIME_OK) status = look_for_saddle(f);
  if (status != REGIME_OK) return status;
  accept(f, taken);
  return settle(f);
}

static regime_status follow(family *f, size_t born_at) {
  regime_status status = rg_diagram_begin_cycles(f->diagram, (long)born_at);
  if (status != REGIME_OK) return status;
  f->number = regime_diagram_cycles(f->diagram) - 1;
  f->n_points = 0;
  f->over = false;
  memset(f->before, 0, sizeof f->before);
  f->before[BOUNDS] = 1.0;
  f->was_doubtful = false;
  while (status == REGIME_OK && !f->over) status = advance(f);
  if (status == REGIME_NO_CONVERGENCE || status == REGIME_UNDEFINED) {
    end(f, REGIME_END_STEP);
    status = REGIME_OK;
  }
  if (status == REGIME_OK) rg_diagram_end_cycles(f->diagram, f->end);
  return status;
}

/* ---- 1. begin ---- */

/* Re(q exp(2 pi i t)), with q the vector of the eigenvalue nearest to i 2 pi / T. */
static void make_wave(const rg_eigen *eigen, double period, rg_orbit *wave, double *frequency) {
  const size_t n = wave->n;
  const double *re = rg_eigen_re(eigen), *im = rg_eigen_im(eigen), wanted = tau / period;
  size_t best = 0;
  for (size_t k = 1; k < n; k++)
    if (hypot(re[k], im[k] - wanted) < hypot(re[best], im[best] - wanted)) best = k;
  *frequency = im[best];
  const double *q = rg_eigen_right(eigen) + best * n;
  for (size_t k = 0; k < rg_orbit_nodes(wave); k++) {
    const double angle = tau * rg_orbit_node_time(wave, k);
    for (size_t i = 0; i<n && * frequency> 0.0; i++)
      wave->value[k * n + i] = cos(angle) * q[i] - sin(angle) * q[i + n];
  }
}

static regime_status find_wave(family *f, double *X, double period, rg_orbit *wave, double *frequency) {
  const size_t n = wave->n;
  rg_eigen *eigen = rg_eigen_create(n);
  if (!eigen) return REGIME_NO_MEMORY;
  regime_status status = rg_field_jacobian(f->field, X, f->jacobian) ? REGIME_UNDEFINED : REGIME_OK;
  if (status == REGIME_OK) memcpy(rg_eigen_matrix(eigen), f->jacobian, n * n * sizeof *f->jacobian);
  if (status == REGIME_OK && !rg_eigen_find(eigen, RG_BY_REAL_PART)) status = REGIME_NO_CONVERGENCE;
  if (status == REGIME_OK) make_wave(eigen, period, wave, frequency);
  rg_eigen_free(eigen);
  if (status == REGIME_OK && !(*frequency > 0.0)) status = REGIME_NO_CONVERGENCE;
  return status;
}

static rg_orbit *still(const family *f, const regime_special *special, size_t pieces, size_t degree) {
  rg_orbit *orbit = rg_orbit_create(f->facts.n, pieces, degree);
  if (!orbit) return NULL;
  for (size_t k = 0; k < rg_orbit_nodes(orbit); k++)
    memcpy(orbit->value + k * orbit->n, special->state, orbit->n * sizeof *orbit->value);
  orbit->parameter = special->parameter;
  return orbit;
}

static regime_status begin_at_hopf(family *f, const regime_special *special) {
  double frequency = 0.0;
  regime_status status = take_orbits(f, still(f, special, FEWEST_PIECES, RG_STAGES),
                                     rg_orbit_create(f->facts.n, FEWEST_PIECES, RG_STAGES));
  if (status != REGIME_OK) return status;
  memcpy(f->facts.X, special->state, f->facts.n * sizeof *f->facts.X);
  f->facts.X[f->facts.n] = special->parameter;
  status = find_wave(f, f->facts.X, special->period, f->direction, &frequency);
  if (status != REGIME_OK) return status;
  raise_floor(f);
  f->base->period = tau / frequency;
  f->step = birth_size;
  f->is_wave = true;
  measure(f);
  rg_collocation_normalise(f->c, f->direction);
  return REGIME_OK;
}

static regime_status begin_at_doubling(family *f, const rg_orbit *orbit) {
  regime_status status = take_orbits(f, rg_orbit_twice(orbit, 1.0), rg_orbit_twice(orbit, -1.0));
  if (status != REGIME_OK) return status;
  f->is_doubled = true;
  f->is_wave = false;
  f->step = 10.0 * birth_size;
  measure(f);
  rg_collocation_set_phase(f->c, f->base, f->base);
  rg_collocation_set_parameter(f->c, f->base->parameter);
  rg_orbit_set(f->orbit, f->base);
  status = rg_collocation_correct(f->c, f->orbit, 1e-4, &f->report);
  if (status == REGIME_OK) rg_collocation_doubling(f->c, f->direction);
  return status;
}

static regime_status begin_at_flip(family *f, const regime_special *special) {
  rg_orbit *orbit = still(f, special, 1, 1);
  if (!orbit) return REGIME_NO_MEMORY;
  orbit->period = rg_field_system(f->field)->step;
  const regime_status status = begin_at_doubling(f, orbit);
  rg_orbit_free(orbit);
  return status;
}

/* A family that cannot be begun is one without points. */
static regime_status follow_from(family *f, regime_status begun, size_t born_at) {
  if (begun == REGIME_OK) return follow(f, born_at);
  if (begun == REGIME_NO_MEMORY) return begun;
  const regime_status status = rg_diagram_begin_cycles(f->diagram, (long)born_at);
  if (status == REGIME_OK) rg_diagram_end_cycles(f->diagram, REGIME_END_STEP);
  return status;
}

static regime_status make(family *f) {
  const regime_branch_options *o = f->options;
  const size_t n = rg_field_states(f->field);
  f->span = fabs(o->to - o->from);
  f->largest = o->largest_step > 0.0 ? o->largest_step : 0.1;
  f->smallest = o->smallest_step > 0.0 ? o->smallest_step : 1e-8 * f->largest;
  f->tolerance = o->tolerance > 0.0 ? o->tolerance : 1e-10;
  f->memory = calloc(6 * n + n * (n + 1) + 1, sizeof *f->memory);
  if (!f->memory) return REGIME_NO_MEMORY;
  f->scale = f->memory;
  f->floor = f->scale + n;
  f->work = f->floor + n;
  f->jacobian = f->work + 4 * n;
  return rg_cycle_facts_make(f->field, &f->facts);
}

/* Whether a family that is there has come to its end at this point. */
static bool is_known(const family *f, const regime_special *special) {
  for (size_t k = 0; k < regime_diagram_cycles(f->diagram); k++) {
    const regime_cycles *other = regime_diagram_cycle(f->diagram, k);
    if (other->end != REGIME_END_SHRINKS || other->n_points == 0) continue;
    const regime_cycle_point *last = &other->point[other->n_points - 1];
    if (fabs(last->parameter - special->parameter) < 1e-3 * f->span &&
        fabs(last->period - special->period) < 0.01 * special->period)
      return true;
  }
  return false;
}

static regime_status follow_all(family *f, size_t born_at) {
  const regime_special special = *regime_diagram_special(f->diagram, born_at);
  if (is_known(f, &special)) return REGIME_OK;
  set_floor(f, special.state);
  regime_status status = follow_from(
      f, special.type == REGIME_POINT_FLIP ? begin_at_flip(f, &special) : begin_at_hopf(f, &special),
      born_at);
  for (size_t k = 0; k < f->n_doublings && status == REGIME_OK; k++)
    status = follow_from(f, begin_at_doubling(f, f->doubling[k]), f->doubling_number[k]);
  return status;
}

regime_status rg_cycles_follow(regime_context *context, rg_field *field, const regime_branch_options *options,
                               regime_diagram *diagram, size_t born_at) {
  family f = {.context = context, .field = field, .options = options, .diagram = diagram};
  regime_status status = make(&f);
  if (status == REGIME_OK) status = follow_all(&f, born_at);
  for (size_t k = 0; k < f.n_doublings; k++) rg_orbit_free(f.doubling[k]);
  drop_orbits(&f);
  rg_cycle_facts_drop(&f.facts);
  free(f.memory);
  return status;
}
