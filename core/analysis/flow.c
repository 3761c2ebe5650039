/* flow.c — a field as a system of its own, with halts as its events. */
#include "analysis/flow.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LEAVES, ARRIVES, RETURNS, N_EVENTS };

static const regime_event events[N_EVENTS] = {
    {.name = "leaves", .direction = REGIME_UP, .stop = true},
    {.name = "arrives", .direction = REGIME_DOWN, .stop = true},
    {.name = "returns", .direction = REGIME_UP, .stop = true},
};

struct rg_flow {
  rg_field *field;
  regime_context *context; /* its own: a path that fails is no finding of the caller's */
  size_t n;
  const double *low, *high;
  double margin, tolerance;
  double slow; /* e above */
  size_t n_targets;
  const rg_target *target;
  bool has_section;
  double *section, *normal; /* n each */
  int direction;
  double *value; /* n */
  regime_system system;
  regime_path *path;
  double *points; /* of a leg of a map */
  size_t capacity;
};

static double width(const rg_flow *f, size_t k) { return f->high[k] - f->low[k]; }

static double speed(const rg_flow *f, const double *F) {
  double sum = 0.0;
  for (size_t k = 0; k < f->n; k++) sum += (F[k] / width(f, k)) * (F[k] / width(f, k));
  return sqrt(sum);
}

double rg_flow_distance(const rg_flow *f, const double *a, const double *b) {
  double sum = 0.0;
  for (size_t k = 0; k < f->n; k++) {
    const double part = (a[k] - b[k]) / width(f, k);
    sum += part * part;
  }
  return sqrt(sum);
}

double rg_target_value(const rg_target *target, size_t n, const double *X) {
  double sum = 0.0;
  for (size_t k = 0; k < n; k++) {
    double part = 0.0;
    for (size_t i = 0; i < n; i++) part += target->rows[k * n + i] * (X[i] - target->state[i]);
    sum += part * part;
  }
  return sum;
}

/* ---- halts ---- */

/* How far outside the box, in widths, beyond what is allowed. */
static double outside(const rg_flow *f, const double *X) {
  double most = -INFINITY;
  for (size_t k = 0; k < f->n; k++)
    most = fmax(most, fmax(f->low[k] - X[k], X[k] - f->high[k]) / width(f, k));
  return most - f->margin;
}

static double from_targets(const rg_flow *f, const double *X, size_t *which) {
  double least = INFINITY;
  for (size_t k = 0; k < f->n_targets; k++) {
    if (f->target[k].direction == -f->direction) continue;
    const double value = rg_target_value(&f->target[k], f->n, X) / f->target[k].level - 1.0;
    if (value < least) *which = k;
    least = fmin(least, value);
  }
  return least;
}

static double from_section(const rg_flow *f, const double *X) {
  if (!f->has_section) return 1.0;
  double sum = 0.0;
  for (size_t k = 0; k < f->n; k++) sum += f->normal[k] * (X[k] - f->section[k]);
  return sum;
}

/* ---- the system ---- */

static regime_status start(void *self, double t, double *y) {
  const rg_flow *f = self;
  (void)t;
  memset(y, 0, (f->n + 1) * sizeof *y);
  return REGIME_OK;
}

static int rate(void *self, double t, const double *y, double *dy) {
  rg_flow *f = self;
  (void)t;
  if (rg_field_value(f->field, y, f->value)) return 1;
  const double v = speed(f, f->value), norm = sqrt(v * v + f->slow * f->slow);
  for (size_t k = 0; k < f->n; k++) dy[k] = f->direction * f->value[k] / norm;
  dy[f->n] = 1.0 / norm;
  return 0;
}

static int crossing(void *self, double t, const double *y, double *g) {
  const rg_flow *f = self;
  size_t which = 0;
  (void)t;
  g[LEAVES] = outside(f, y);
  g[ARRIVES] = fmin(1.0, from_targets(f, y, &which));
  g[RETURNS] = from_section(f, y);
  return 0;
}

/* A millionth of the middle speed of the flow over a small design in the box; 1 where it has none. */
static double slow_speed(rg_flow *f, double *X) {
  double sum = 0.0;
  size_t count = 0;
  for (size_t sample = 0; sample < 64; sample++) {
    for (size_t k = 0; k < f->n; k++) { /* an additive recurrence fills the box evenly */
      const double part = fmod(0.5 + (double)sample * sqrt(2.0 + (double)k), 1.0);
      X[k] = f->low[k] + part * width(f, k);
    }
    if (rg_field_value(f->field, X, f->value)) continue;
    sum += log(fmax(speed(f, f->value), 1e-300));
    count++;
  }
  return count > 0 ? 1e-6 * exp(sum / (double)count) : 1e-6;
}

regime_status rg_flow_create(rg_field *field, const double *low, const double *high, double margin,
                             rg_flow **out) {
  *out = NULL;
  rg_flow *f = calloc(1, sizeof *f);
  if (!f) return REGIME_NO_MEMORY;
  *f = (rg_flow){.field = field,
                 .n = rg_field_states(field),
                 .low = low,
                 .high = high,
                 .margin = margin,
                 .tolerance = 1e-7};
  f->section = calloc(3 * f->n + 1, sizeof *f->section);
  if (!f->section || regime_context_create(&f->context) != REGIME_OK) {
    rg_flow_free(f);
    return REGIME_NO_MEMORY;
  }
  f->normal = f->section + f->n;
  f->value = f->normal + f->n;
  f->slow = slow_speed(f, f->section);
  f->system = (regime_system){.self = f,
                              .n_states = f->n + 1,
                              .n_outputs = f->n + 1,
                              .n_events = N_EVENTS,
                              .events = events,
                              .start = start,
                              .rate = rate,
                              .crossing = crossing};
  *out = f;
  return REGIME_OK;
}

void rg_flow_free(rg_flow *flow) {
  if (!flow) return;
  regime_path_free(flow->path);
  regime_context_free(flow->context);
  free(flow->points);
  free(flow->section);
  free(flow);
}

void rg_flow_set_targets(rg_flow *flow, size_t n, const rg_target *target) {
  flow->n_targets = n;
  flow->target = target;
}

double rg_flow_set_tolerance(rg_flow *flow, double tolerance) {
  const double before = flow->tolerance;
  flow->tolerance = tolerance;
  return before;
}

void rg_flow_set_section(rg_flow *flow, const double *point, int direction) {
  flow->has_section = point && !rg_field_value(flow->field, point, flow->value);
  if (!flow->has_section) return;
  memcpy(flow->section, point, flow->n * sizeof *point);
  const double v = fmax(speed(flow, flow->value), 1e-300);
  for (size_t k = 0; k < flow->n; k++)
    flow->normal[k] = direction * flow->value[k] / v / (width(flow, k) * width(flow, k));
}

/* ---- a leg of a flow ---- */

static rg_halt halt_of(rg_flow *f, size_t *target) {
  static const rg_halt halts[N_EVENTS] = {RG_LEFT, RG_ARRIVED, RG_RETURNED};
  switch (regime_path_outcome(f->path)) {
  case REGIME_REACHED_END: return RG_WENT_ON;
  case REGIME_DIVERGED: return RG_DIVERGED;
  case REGIME_STOPPED_BY_EVENT: break;
  default: return RG_NO_VALUE_HERE;
  }
  from_targets(f, regime_path_state(f->path), target);
  return halts[regime_path_happening(f->path, regime_path_happenings(f->path) - 1).event];
}

/* A start without value, or from which no step can be taken, is a leg of its own. */
static regime_status read_path(rg_flow *f, regime_status status, const double *start_state, rg_leg *leg) {
  if (status == REGIME_NO_MEMORY) return status;
  *leg = (rg_leg){.halt = RG_NO_VALUE_HERE, .n_points = 1, .points = start_state};
  if (status != REGIME_OK) {
    regime_diagnostics_clear(f->context);
    return REGIME_OK;
  }
  leg->n_points = regime_path_points(f->path);
  leg->points = regime_path_values(f->path, 0);
  leg->halt = halt_of(f, &leg->target);
  return REGIME_OK;
}

static bool make_room(rg_flow *f, size_t n_points) {
  if (n_points <= f->capacity) return true;
  double *const points = realloc(f->points, n_points * (f->n + 1) * sizeof *points);
  if (!points) return false;
  f->points = points;
  f->capacity = n_points;
  return true;
}

static regime_status flow_leg(rg_flow *f, double length, double every, rg_leg *leg) {
  regime_path_options o = REGIME_PATH_DEFAULTS;
  o.to = length;
  o.every = every;
  o.start = f->points;
  o.rtol = f->tolerance;
  o.atol = 1e-2 * f->tolerance;
  o.max_steps = 100000;
  regime_path_free(f->path);
  const regime_status status = regime_path_compute(f->context, &f->system, &o, &f->path);
  return read_path(f, status, f->points, leg);
}

/* ---- a leg of a map ---- */

static rg_halt halt_at(rg_flow *f, const double *X, size_t *target) {
  for (size_t k = 0; k < f->n; k++)
    if (!(fabs(X[k]) <= 1e12)) return RG_DIVERGED;
  if (outside(f, X) > 0.0) return RG_LEFT;
  return from_targets(f, X, target) < 0.0 ? RG_ARRIVED : RG_WENT_ON;
}

static void map_leg(rg_flow *f, size_t periods, rg_leg *leg) {
  const size_t row = f->n + 1;
  *leg = (rg_leg){.n_points = 1, .points = f->points};
  for (double *X = f->points; leg->n_points <= periods && leg->halt == RG_WENT_ON; X += row) {
    if (rg_field_value(f->field, X, X + row)) {
      leg->halt = RG_NO_VALUE_HERE;
      return;
    }
    X[row + f->n] = X[f->n] + 1.0;
    leg->n_points++;
    leg->halt = halt_at(f, X + row, &leg->target);
  }
}

regime_status rg_flow_go(rg_flow *f, const double *X, int direction, double length, double every,
                         rg_leg *leg) {
  const bool is_map = rg_field_is_map(f->field);
  if (!make_room(f, is_map ? (size_t)length + 1 : 1)) return REGIME_NO_MEMORY;
  memmove(f->points, X, f->n * sizeof *X);
  f->points[f->n] = 0.0;
  f->direction = direction;
  if (!is_map) return flow_leg(f, length, every, leg);
  map_leg(f, (size_t)length, leg);
  return REGIME_OK;
}
