/* stability.h — a model of the shelf under one law: asked where it rests and where that changes, and followed
 * from any start by a plain method of its own, Runge and Kutta's of order four or the map itself, which
 * shares nothing with the solvers it judges.
 *
 *   economy e;
 *   open_economy(&e, "kaldor_cycle", "baseline");
 *   put(&e, "alpha", 1.4);
 *   ask_steady(&e);             e.steady
 *   ask_branch(&e, "alpha", 1.0, 3.0);       e.diagram
 *   let_go(&e, y, 200.0, 0.02); y is where it is 200 years later
 *   close_economy(&e);
 */
#ifndef RG_TESTS_STABILITY_H
#define RG_TESTS_STABILITY_H

#include "support/runs.h"
#include <float.h>

enum { MOST_SETTINGS = 8, MOST_STATES = 16 };

typedef struct economy {
  shelf shelf;
  const char *scenario;
  regime_setting setting[MOST_SETTINGS];
  size_t n_settings;
  regime_inquiry *inquiry;
  const regime_steady *steady;
  const regime_diagram *diagram;
  regime_instance *instance; /* that is followed */
  regime_system *system;
} economy;

static inline void open_economy(economy *e, const char *model, const char *scenario) {
  char file[256];
  snprintf(file, sizeof file, "models/textbook/%s/%s.cfg", model, model);
  *e = (economy){.scenario = scenario};
  open_shelf(&e->shelf, file);
}

/* What was found and what is followed belong to the law they were made under. */
static inline void forget(economy *e) {
  regime_inquiry_free(e->inquiry);
  regime_instance_free(e->instance);
  e->inquiry = NULL;
  e->instance = NULL;
}

static inline void close_economy(economy *e) {
  forget(e);
  close_shelf(&e->shelf);
}

static inline void put(economy *e, const char *name, double value) {
  size_t k = 0;
  while (k < e->n_settings && strcmp(e->setting[k].name, name) != 0) k++;
  assert_true(k < MOST_SETTINGS);
  e->setting[k] = (regime_setting){name, value};
  if (k == e->n_settings) e->n_settings++;
  forget(e);
}

static inline regime_law law_of(const economy *e) {
  regime_law law = REGIME_LAW_DEFAULTS;
  law.scenario = e->scenario;
  law.settings = e->setting;
  law.n_settings = e->n_settings;
  return law;
}

static inline size_t ask_steady(economy *e) {
  const regime_law law = law_of(e);
  forget(e);
  assert_ok(regime_inquire_steady(e->shelf.context, e->shelf.model, &law, NULL, &e->inquiry));
  e->steady = regime_inquiry_steady(e->inquiry);
  return regime_steady_count(e->steady);
}

static inline size_t ask_branch(economy *e, const char *parameter, double from, double to, bool cycles) {
  const regime_law law = law_of(e);
  const regime_branch_question q = {.parameter = parameter, .from = from, .to = to, .cycles = cycles};
  forget(e);
  const regime_status status = regime_inquire_branch(e->shelf.context, e->shelf.model, &law, &q, &e->inquiry);
  if (status != REGIME_OK) print_findings(e->shelf.context);
  assert_ok(status);
  e->diagram = regime_inquiry_diagram(e->inquiry);
  assert_non_null(e->diagram);
  return regime_diagram_specials(e->diagram);
}

/* The k-th of the special points of a type. */
static inline const regime_special *special_of(const economy *e, regime_point type, size_t k) {
  for (size_t s = 0; s < regime_diagram_specials(e->diagram); s++)
    if (regime_diagram_special(e->diagram, s)->type == type && k-- == 0)
      return regime_diagram_special(e->diagram, s);
  fail_msg("no %s was found", regime_point_text(type));
  return NULL;
}

static inline double output_at(const economy *e, const double *outputs, const char *name) {
  const long k = regime_inquiry_output(e->inquiry, name);
  assert_true(k >= 0);
  return outputs[k];
}

/* Equilibrium k is of the type, and solves its equations. */
static inline const regime_equilibrium *rest_of(const economy *e, size_t k, regime_rest type) {
  assert_true(k < regime_steady_count(e->steady));
  const regime_equilibrium *rest = regime_steady_at(e->steady, k);
  if (rest->type != type)
    fail_msg("equilibrium %zu is a %s, not a %s", k, regime_rest_text(rest->type), regime_rest_text(type));
  assert_true(rest->residual < 1e-9 && rest->step < 1e-9);
  return rest;
}

/* --- following ----------------------------------------------------------------------------------------- */

static inline size_t begin(economy *e) {
  double y[64];
  if (!e->instance) {
    assert_ok(regime_instance_create(e->shelf.context, e->shelf.model, e->scenario, &e->instance));
    for (size_t k = 0; k < e->n_settings; k++)
      assert_ok(regime_instance_set(e->shelf.context, e->instance, e->setting[k].name, e->setting[k].value));
    e->system = regime_instance_system(e->instance);
    assert_true(e->system->n_states <= MOST_STATES && e->system->n_unknowns == 0);
    assert_ok(e->system->start(e->system->self, 0.0, y));
  }
  return e->system->n_states;
}

static inline void put_sides(economy *e, const double *y) {
  if (e->system->settle) e->system->settle(e->system->self, 0.0, y);
}

static inline bool slopes(economy *e, const double *y, double *dy) {
  put_sides(e, y);
  return e->system->rate(e->system->self, 0.0, y, dy) == 0;
}

static inline bool stride_of_flow(economy *e, double *y, double dt) {
  const size_t n = e->system->n_states;
  const double share[4] = {0.0, 0.5, 0.5, 1.0}, weight[4] = {1.0 / 6, 1.0 / 3, 1.0 / 3, 1.0 / 6};
  double k[4][MOST_STATES], at[MOST_STATES];
  for (int stage = 0; stage < 4; stage++) {
    for (size_t i = 0; i < n; i++) at[i] = y[i] + (stage > 0 ? share[stage] * dt * k[stage - 1][i] : 0.0);
    if (!slopes(e, at, k[stage])) return false;
  }
  for (size_t i = 0; i < n; i++)
    for (int stage = 0; stage < 4; stage++) y[i] += dt * weight[stage] * k[stage][i];
  return true;
}

static inline bool stride(economy *e, double *y, double dt) {
  double left[MOST_STATES];
  if (!e->system->next) return stride_of_flow(e, y, dt);
  if (e->system->next(e->system->self, 0.0, y, left)) return false;
  memcpy(y, left, e->system->n_states * sizeof *y);
  return true;
}

/* Follows y for a time, or so many periods of a map; false where it loses its values or all bounds. */
static inline bool let_go(economy *e, double *y, double time, double dt) {
  const size_t n = begin(e);
  const double step = e->system->next ? 1.0 : dt;
  for (double t = 0.0; t < time - 1e-9 * step; t += step) {
    if (!stride(e, y, fmin(step, time - t))) return false;
    for (size_t i = 0; i < n; i++)
      if (!(fabs(y[i]) < 1e9)) return false;
  }
  return true;
}

/* The largest distance of state i from `rest` in the next `time`. */
static inline double reach_of(economy *e, double *y, size_t i, double rest, double time, double dt) {
  double far = 0.0;
  for (double t = 0.0; t < time; t += e->system->next ? 1.0 : dt) {
    if (!stride(e, y, dt)) return INFINITY;
    far = fmax(far, fabs(y[i] - rest));
  }
  return far;
}

/* Started `push` from (a, b) along the first state: how far that state still swings after `time`. */
static inline double swing_after(economy *e, double a, double b, double push, double time, double round,
                                 double dt) {
  double y[2] = {a + push, b};
  assert_int_equal(begin(e), 2);
  return let_go(e, y, time, dt) ? reach_of(e, y, 0, a, round, dt) : INFINITY;
}

#endif
