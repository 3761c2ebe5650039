/* sides.c — signs of crossing functions, through roots, jumps, rest and restarts. */
#include "solve/sides.h"

#include <math.h>
#include <stdlib.h>

/* Stands for "at zero, but on this side". Its product with any value that matters does not underflow, as
 * CVODES finds sign changes by the sign of a product. */
static const double barely = 1e-100;

static int sign(double x) { return (x > 0.0) - (x < 0.0); }

regime_status rg_sides_make(const regime_system *system, double rtol, double atol, rg_sides *out) {
  const size_t n = system->n_switches + system->n_events;
  *out = (rg_sides){.system = system,
                    .rtol = rtol,
                    .atol = atol,
                    .n = n,
                    .function = calloc(n + 1, sizeof *out->function),
                    .g = calloc(n + 1, sizeof *out->g),
                    .other_g = calloc(n + 1, sizeof *out->other_g),
                    .other_y = calloc(system->n_states + 1, sizeof *out->other_y),
                    .start = NAN,
                    .free = NAN};
  return out->function && out->g && out->other_g && out->other_y ? REGIME_OK : REGIME_NO_MEMORY;
}

void rg_sides_drop(rg_sides *sides) {
  free(sides->function);
  free(sides->g);
  free(sides->other_g);
  free(sides->other_y);
  *sides = (rg_sides){0};
}

static bool is_switch(const rg_sides *sides, size_t k) { return k < sides->system->n_switches; }

/* A switch is up where its function is positive: zero is down. */
static int side_of_switch(double g) { return g > 0.0 ? 1 : -1; }

/* NaN where a function has no value; false when any has none. */
static bool evaluate(const rg_sides *sides, double t, const double *y, double *g) {
  for (size_t k = 0; k < sides->n; k++) g[k] = NAN;
  return sides->n == 0 || sides->system->crossing(sides->system->self, t, y, g) == 0;
}

/* ---- crossings ---- */

void rg_sides_reach(rg_sides *sides, const int *roots) {
  for (size_t k = 0; k < sides->n; k++) {
    rg_function *f = &sides->function[k];
    f->located = roots[k] != 0;
    if (f->located) f->crossed = f->side = roots[k];
  }
}

/* A function without value, or within its band, is where it was. */
static bool tells(const rg_function *f, double g) {
  return isfinite(g) && !(f->band > 0.0 && fabs(g) <= f->band);
}

/* Whether a crossing asks for anything: an event may look one way only, and one that is over not at all. */
static bool counts(const rg_sides *sides, size_t k, int direction) {
  if (is_switch(sides, k)) return true;
  const int wanted = (int)sides->system->events[k - sides->system->n_switches].direction;
  return !sides->function[k].retired && (wanted == direction || wanted == REGIME_BOTH);
}

static void look_at(rg_sides *sides, size_t k) {
  rg_function *f = &sides->function[k];
  const double g = sides->g[k];
  const int now = is_switch(sides, k) ? side_of_switch(g) : sign(g);
  if (f->crossed || f->open || !tells(f, g)) return;
  if (now != f->side && counts(sides, k, -f->side)) f->crossed = -f->side; /* none for one on zero */
  f->side = now;
}

/* After it settled, the system is told the sides: one so near zero that the two might differ would else stay
 * wrong, as its function never crosses. */
static void agree(const rg_sides *sides, size_t k) {
  const int side = sides->function[k].side;
  if (side) sides->system->turn(sides->system->self, k, side > 0 ? REGIME_UP : REGIME_DOWN);
}

static void settle(rg_sides *sides) {
  for (size_t k = 0; k < sides->system->n_switches; k++) {
    sides->function[k] = (rg_function){.side = sign(sides->g[k]), .open = sides->g[k] == 0.0};
    agree(sides, k);
  }
}

bool rg_sides_look(rg_sides *sides, double t, const double *y, bool settled) {
  const bool defined = evaluate(sides, t, y, sides->g);
  if (settled) settle(sides);
  for (size_t k = 0; k < sides->n; k++) look_at(sides, k);
  return defined;
}

size_t rg_sides_take(rg_sides *sides, regime_direction *direction) {
  size_t k = 0;
  while (k < sides->n && !sides->function[k].crossed) k++;
  if (k == sides->n) return k;
  rg_function *f = &sides->function[k];
  *direction = f->crossed > 0 ? REGIME_UP : REGIME_DOWN;
  f->crossed = 0;
  f->band = 0.0;
  f->residue = f->located ? fabs(sides->g[k]) : 0.0;
  f->open = !is_switch(sides, k); /* what an event does may send its function anywhere */
  return k;
}

/* ---- where the flow goes ---- */

static void look_ahead(rg_sides *sides, const rg_flow *flow) {
  for (size_t i = 0; i < sides->system->n_states; i++)
    sides->other_y[i] = flow->y[i] + flow->ahead * flow->dy[i];
  evaluate(sides, flow->t, flow->y, sides->g);
  evaluate(sides, flow->t + flow->ahead, sides->other_y, sides->other_g);
}

int rg_sides_heading(rg_sides *sides, size_t k, const rg_flow *flow) {
  look_ahead(sides, flow);
  return sign(sides->other_g[k] - sides->g[k]);
}

/* A function no further from zero than its root was located goes with the flow, and is given the time the
 * flow needs to take it out. */
static void decide(rg_sides *sides, size_t k, const rg_flow *flow) {
  rg_function *f = &sides->function[k];
  const double here = sides->g[k], change = sides->other_g[k] - here;
  const bool is_zero = fabs(here) <= 4.0 * f->residue;
  if (!isfinite(change)) return;
  f->side = sign(is_zero ? change : here);
  f->at_zero = is_zero && f->side;
  if (f->at_zero) {
    const double needed = 2.0 * flow->fuzz + 4.0 * fabs(here / change) * flow->ahead;
    sides->free = fmax(sides->free, flow->t + fmin(needed, 1000.0 * flow->fuzz));
  }
  if (!is_switch(sides, k)) return;
  if (!f->side) f->side = side_of_switch(0.0);
  agree(sides, k);
}

/* ---- rest ---- */

/* The state moved by its tolerances, each component up or down as a hash of its number says. */
static void move_within_tolerance(rg_sides *sides, const double *y, size_t pattern) {
  for (size_t i = 0; i < sides->system->n_states; i++) {
    const size_t hash = (i + 1 + 7919 * pattern) * 2654435761u;
    const double tolerance = sides->rtol * fabs(y[i]) + sides->atol;
    sides->other_y[i] = y[i] + (hash >> 15 & 1 ? tolerance : -tolerance);
  }
}

/* A function that has just crossed, and in a while would not change by more than the tolerances mean, is at
 * rest on zero: its band is what they mean. */
static void find_rest(rg_sides *sides, const rg_flow *flow) {
  for (size_t pattern = 0; pattern < 2; pattern++) {
    move_within_tolerance(sides, flow->y, pattern);
    evaluate(sides, flow->t, sides->other_y, sides->other_g);
    for (size_t k = 0; k < sides->n; k++) {
      rg_function *f = &sides->function[k];
      const double band = fabs(sides->other_g[k] - sides->g[k]);
      if (f->located && fabs(f->change) <= band && fabs(sides->g[k]) <= band) f->band = fmax(f->band, band);
    }
  }
}

double rg_sides_tolerance(rg_sides *sides, size_t k, double t, const double *y) {
  double most = 0.0;
  evaluate(sides, t, y, sides->g);
  for (size_t pattern = 0; pattern < 2; pattern++) {
    move_within_tolerance(sides, y, pattern);
    evaluate(sides, t, sides->other_y, sides->other_g);
    most = fmax(most, fabs(sides->other_g[k] - sides->g[k]));
  }
  return most;
}

/* ---- stretches ---- */

static bool any(const rg_sides *sides, bool (*is)(const rg_function *)) {
  for (size_t k = 0; k < sides->n; k++)
    if (is(&sides->function[k])) return true;
  return false;
}

static bool is_open(const rg_function *f) { return f->open || !f->side; }
static bool is_located(const rg_function *f) { return f->located; }

static void open_functions_decide(rg_sides *sides, const rg_flow *flow) {
  for (size_t k = 0; k < sides->n; k++) {
    rg_function *f = &sides->function[k];
    f->change = (sides->other_g[k] - sides->g[k]) / flow->ahead * flow->horizon;
    if (is_open(f)) decide(sides, k, flow);
  }
}

void rg_sides_begin(rg_sides *sides, const rg_flow *flow) {
  sides->start = sides->free = flow->t;
  for (size_t k = 0; k < sides->n; k++) sides->function[k].at_zero = false;
  const bool located = any(sides, is_located);
  if (located || any(sides, is_open)) {
    look_ahead(sides, flow);
    open_functions_decide(sides, flow);
    if (located) find_rest(sides, flow);
  }
  for (size_t k = 0; k < sides->n; k++) sides->function[k].located = sides->function[k].open = false;
}

/* The value of a function as the root finder is to see it. */
static double seen(const rg_sides *sides, size_t k, double t, double g) {
  const rg_function *f = &sides->function[k];
  if (f->retired) return 1.0;
  if (!tells(f, g) || (f->at_zero && t <= sides->free)) return f->side * barely;
  return g == 0.0 && is_switch(sides, k) ? side_of_switch(g) * barely : g;
}

/* The side of an event whose function is where no root would be reported; else 0. */
static int passing(const rg_sides *sides, size_t k, double g) {
  if (is_switch(sides, k)) return 0;
  const int against = -(int)sides->system->events[k - sides->system->n_switches].direction;
  return sign(g) == against ? against : 0;
}

bool rg_sides_values(rg_sides *sides, double t, const double *y, double *g) {
  const bool defined = evaluate(sides, t, y, g);
  for (size_t k = 0; k < sides->n; k++) {
    const bool told = isfinite(g[k]);
    g[k] = seen(sides, k, t, g[k]);
    sides->function[k].passing = told ? passing(sides, k, g[k]) : 0;
  }
  return defined;
}

void rg_sides_step(rg_sides *sides) {
  for (size_t k = 0; k < sides->n; k++) {
    rg_function *f = &sides->function[k];
    if (f->passing) f->side = f->passing;
  }
}
