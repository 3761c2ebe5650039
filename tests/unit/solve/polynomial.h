/* polynomial.h — hybrid systems whose law is a list of terms, with exact tangents: so that a system in a test
 * is a table.
 *
 *   dy[row]   += factor * held[h] * y[a] * y[b] * y[c]            (each of h, a, b, c may be NONE)
 *   crossing   = y[state] - held[level]
 *   an effect  : y[j] = held[times] * y[j] + held[plus], or held[mode] = t
 *
 * What is held are the parameters and, behind them, the modes. Terms may belong to one side of a switch.
 */
#ifndef RG_TESTS_POLYNOMIAL_H
#define RG_TESTS_POLYNOMIAL_H

#include "unit/solve/systems.h"
#include <regime/sensitivity.h>

enum { NONE = -1, MOST = 24, MOST_TERMS = 160, MOST_AIMS = 64 };

typedef struct term {
  int row;
  double factor;
  int held, y[3];
  int side; /* +k or -k: only while switch k - 1 is up, or down; 0: always */
} term;

typedef struct surface {
  int state, level;
} surface;

typedef struct effect {
  int when;               /* event, or MOST: the date */
  int state, times, plus; /* NONE: no jump */
  int mode;               /* becomes t; NONE: none */
} effect;

typedef struct polynomial {
  size_t n, n_parameters, n_held, n_terms, n_switches, n_events, n_effects;
  double parameter[MOST_TERMS], held[MOST_TERMS];
  int start[MOST]; /* held, or NONE: zero */
  term term[MOST_TERMS];
  surface surface[MOST]; /* of switches, then of events */
  effect effect[MOST];
  regime_event event[MOST];
  int date; /* held; NONE: no date */
  bool date_is_past, up[MOST];
  size_t n_aims, aim[MOST_AIMS];
  double dheld[MOST_AIMS][MOST_TERMS];
} polynomial;

/* ---- values ---- */

static inline regime_status p_start(void *self, double t, double *y) {
  polynomial *p = self;
  (void)t;
  memset(p->held, 0, sizeof p->held);
  memset(p->dheld, 0, sizeof p->dheld);
  memcpy(p->held, p->parameter, p->n_parameters * sizeof *p->held);
  for (size_t d = 0; d < p->n_aims; d++)
    if (p->aim[d] != REGIME_NO_PARAMETER) p->dheld[d][p->aim[d]] = 1.0;
  for (size_t i = 0; i < p->n; i++) y[i] = p->start[i] == NONE ? 0.0 : p->held[p->start[i]];
  p->date_is_past = false;
  return REGIME_OK;
}

static inline bool is_in_force(const polynomial *p, const term *m) {
  return m->side == 0 || p->up[(m->side > 0 ? m->side : -m->side) - 1] == (m->side > 0);
}

static inline double value_of(const polynomial *p, const term *m, const double *y) {
  double value = m->held == NONE ? m->factor : m->factor * p->held[m->held];
  for (int k = 0; k < 3; k++)
    if (m->y[k] != NONE) value *= y[m->y[k]];
  return value;
}

static inline int p_rate(void *self, double t, const double *y, double *dy) {
  const polynomial *p = self;
  (void)t;
  memset(dy, 0, p->n * sizeof *dy);
  for (size_t k = 0; k < p->n_terms; k++)
    if (is_in_force(p, &p->term[k])) dy[p->term[k].row] += value_of(p, &p->term[k], y);
  return 0;
}

static inline int p_crossing(void *self, double t, const double *y, double *g) {
  const polynomial *p = self;
  (void)t;
  for (size_t k = 0; k < p->n_switches + p->n_events; k++)
    g[k] = y[p->surface[k].state] - p->held[p->surface[k].level];
  return 0;
}

static inline void p_turn(void *self, size_t k, regime_direction direction) {
  ((polynomial *)self)->up[k] = direction == REGIME_UP;
}

static inline void p_settle(void *self, double t, const double *y) {
  polynomial *p = self;
  double g[2 * MOST];
  p_crossing(p, t, y, g);
  for (size_t k = 0; k < p->n_switches; k++) p->up[k] = g[k] > 0.0;
}

static inline void take_effect(polynomial *p, int when, double t, double *y) {
  for (size_t k = 0; k < p->n_effects; k++) {
    const effect *e = &p->effect[k];
    if (e->when != when) continue;
    if (e->mode != NONE) p->held[e->mode] = t;
    if (e->state == NONE) continue;
    const double times = e->times == NONE ? 1.0 : p->held[e->times];
    y[e->state] = times * y[e->state] + (e->plus == NONE ? 0.0 : p->held[e->plus]);
  }
}

static inline void p_happen(void *self, size_t k, double t, double *y) { take_effect(self, (int)k, t, y); }
static inline double p_next_date(void *self, double t) {
  const polynomial *p = self;
  return p->date != NONE && !p->date_is_past && p->held[p->date] > t ? p->held[p->date] : INFINITY;
}
static inline void p_pass_date(void *self, double t, double *y) {
  polynomial *p = self;
  p->date_is_past = true;
  take_effect(p, MOST, t, y);
}

static inline const char *p_name(void *self, size_t k) { return (void)self, (void)k, "p"; }
static inline double p_parameter(void *self, size_t k) { return ((polynomial *)self)->parameter[k]; }
static inline int p_set(void *self, size_t k, double value) {
  ((polynomial *)self)->parameter[k] = value;
  return 0;
}

/* ---- tangents ---- */

static inline regime_status p_aim(void *self, size_t n, const size_t *parameter) {
  polynomial *p = self;
  assert_true(n <= MOST_AIMS);
  p->n_aims = n;
  memcpy(p->aim, parameter, n * sizeof *parameter);
  return REGIME_OK;
}

static inline int p_start_tangent(void *self, double t, double *dy) {
  const polynomial *p = self;
  (void)t;
  for (size_t d = 0; d < p->n_aims; d++)
    for (size_t i = 0; i < p->n; i++) dy[d * p->n + i] = p->start[i] == NONE ? 0.0 : p->dheld[d][p->start[i]];
  return 0;
}

static inline double tangent_of(const polynomial *p, const term *m, size_t d, const double *y,
                                const double *dy) {
  term rest = *m;
  rest.held = NONE;
  double sum = m->held == NONE ? 0.0 : p->dheld[d][m->held] * value_of(p, &rest, y);
  for (int k = 0; k < 3; k++) {
    if (m->y[k] == NONE) continue;
    rest = *m;
    rest.y[k] = NONE;
    sum += dy[m->y[k]] * value_of(p, &rest, y);
  }
  return sum;
}

static inline int p_rate_tangent(void *self, double t, const double *y, const double *dt, const double *dy,
                                 double *out) {
  const polynomial *p = self;
  (void)t, (void)dt;
  memset(out, 0, p->n_aims * p->n * sizeof *out);
  for (size_t d = 0; d < p->n_aims; d++)
    for (size_t k = 0; k < p->n_terms; k++)
      if (is_in_force(p, &p->term[k]))
        out[d * p->n + (size_t)p->term[k].row] += tangent_of(p, &p->term[k], d, y, dy + d * p->n);
  return 0;
}

static inline int p_crossing_tangent(void *self, double t, const double *y, const double *dt,
                                     const double *dy, double *out) {
  const polynomial *p = self;
  const size_t n = p->n_switches + p->n_events;
  (void)t, (void)y, (void)dt;
  for (size_t d = 0; d < p->n_aims; d++)
    for (size_t k = 0; k < n; k++)
      out[d * n + k] = dy[d * p->n + (size_t)p->surface[k].state] - p->dheld[d][p->surface[k].level];
  return 0;
}

static inline void effect_tangent(polynomial *p, int when, size_t d, const double *y, double dt, double *dy) {
  for (size_t k = 0; k < p->n_effects; k++) {
    const effect *e = &p->effect[k];
    if (e->when != when) continue;
    if (e->mode != NONE) p->dheld[d][e->mode] = dt;
    if (e->state == NONE) continue;
    if (e->times != NONE)
      dy[e->state] = p->held[e->times] * dy[e->state] + p->dheld[d][e->times] * y[e->state];
    if (e->plus != NONE) dy[e->state] += p->dheld[d][e->plus];
  }
}

static inline int p_happen_tangent(void *self, size_t k, double t, const double *y, const double *dt,
                                   double *dy) {
  polynomial *p = self;
  (void)t;
  for (size_t d = 0; d < p->n_aims; d++) effect_tangent(p, (int)k, d, y, dt[d], dy + d * p->n);
  return 0;
}

static inline int p_date_tangent(void *self, double t, double *dt) {
  const polynomial *p = self;
  (void)t;
  for (size_t d = 0; d < p->n_aims; d++) dt[d] = p->dheld[d][p->date];
  return 0;
}

static inline int p_pass_date_tangent(void *self, double t, const double *y, const double *dt, double *dy) {
  polynomial *p = self;
  (void)t;
  for (size_t d = 0; d < p->n_aims; d++) effect_tangent(p, MOST, d, y, dt[d], dy + d * p->n);
  return 0;
}

static inline regime_system system_of(polynomial *p) {
  return (regime_system){.self = p,
                         .n_states = p->n,
                         .n_switches = p->n_switches,
                         .n_events = p->n_events,
                         .events = p->event,
                         .start = p_start,
                         .rate = p_rate,
                         .crossing = p_crossing,
                         .next_date = p_next_date,
                         .pass_date = p_pass_date,
                         .turn = p_turn,
                         .happen = p_happen,
                         .settle = p_settle,
                         .n_parameters = p->n_parameters,
                         .parameter_name = p_name,
                         .parameter = p_parameter,
                         .set_parameter = p_set,
                         .aim = p_aim,
                         .start_tangent = p_start_tangent,
                         .rate_tangent = p_rate_tangent,
                         .crossing_tangent = p_crossing_tangent,
                         .date_tangent = p_date_tangent,
                         .pass_date_tangent = p_pass_date_tangent,
                         .happen_tangent = p_happen_tangent};
}

/* ---- two ways ---- */

static const size_t count_up[] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                                  16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
                                  32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47};

/* Along every parameter, then, if wished, along every start. */
static inline regime_path_options along(regime_path_options o, size_t n_directions) {
  o.n_directions = n_directions;
  o.direction = count_up;
  return o;
}

static inline bool alike(const regime_path *a, const regime_path *b) {
  bool same = regime_path_happenings(a) == regime_path_happenings(b) &&
              regime_path_points(a) == regime_path_points(b);
  for (size_t k = 0; same && k < regime_path_happenings(a); k++)
    same = regime_path_happening(a, k).event == regime_path_happening(b, k).event;
  return same;
}

/* What a path says in one number: output j of the last point or, from n on, the time of a happening. */
static inline double reading(const regime_path *path, size_t j, size_t n) {
  return j < n ? last_value(path, j) : regime_path_happening(path, j - n).time;
}

static inline double derivative_of(const regime_path *path, size_t j, size_t n, size_t d) {
  const size_t n_directions = regime_path_directions(path);
  return j < n ? regime_path_derivatives(path, regime_path_points(path) - 1)[j * n_directions + d]
               : regime_path_happening_derivatives(path, j - n)[d];
}

static inline regime_path *path_with(regime_system *system, regime_path_options o, size_t k, double value) {
  const double before = system->parameter(system->self, k);
  o.n_directions = 0;
  system->set_parameter(system->self, k, value);
  regime_path *path = path_of(system, o);
  system->set_parameter(system->self, k, before);
  return path;
}

/* Central differences at h and h/2, extrapolated, against the derivatives along parameter k. False: a path
 * nearby has other events, and nothing was compared. */
static inline bool agrees_with_differences(regime_system *system, regime_path_options o,
                                           const regime_path *path, size_t k, double h, double tolerance) {
  const double at = system->parameter(system->self, k);
  const size_t n = regime_path_outputs(path), n_readings = n + regime_path_happenings(path);
  regime_path *near[4];
  bool same = true;
  for (int j = 0; j < 4; j++) {
    near[j] = path_with(system, o, k, at + (double[]){h, -h, 0.5 * h, -0.5 * h}[j]);
    same = same && alike(path, near[j]);
  }
  for (size_t j = 0; same && j < n_readings; j++) {
    const double wide = (reading(near[0], j, n) - reading(near[1], j, n)) / (2.0 * h);
    const double close = (reading(near[2], j, n) - reading(near[3], j, n)) / h;
    const double expected = close + (close - wide) / 3.0;
    assert_close(derivative_of(path, j, n, k), expected, tolerance);
  }
  for (int j = 0; j < 4; j++) regime_path_free(near[j]);
  return same;
}

#endif
