/* without.c — a system seen through its remaining states. */
#include "analysis/without.h"

#include <stdlib.h>
#include <string.h>

/* The highest order of Taylor coefficients that is handed on. */
enum { MOST_ORDER = 4 };

struct rg_without {
  regime_system system; /* as it is seen */
  regime_system *of;
  size_t n, m, u;       /* states that stay, states of all, unknowns */
  size_t *kept;         /* n */
  double *at;           /* m + u: a point of the whole system */
  double *change;       /* m * (MOST_ORDER + 1) */
  double *along;        /* m + u: a line through it */
  size_t *column, *row; /* the pattern of the Jacobian that is left ... */
  size_t *entry;        /* ... and where its values stand in the whole one */
  double *values;
  size_t n_directions;
  double *in, *out; /* n_directions times m + u, m */
};

/* --- there and back ------------------------------------------------------------------------------------ */

static void spread(const rg_without *w, const double *y, double *whole) {
  for (size_t i = 0; i < w->n; i++) whole[w->kept[i]] = y[i];
  memcpy(whole + w->m, y + w->n, w->u * sizeof *y);
}

static void gather(const rg_without *w, const double *whole, double *y) {
  for (size_t i = 0; i < w->n; i++) y[i] = whole[w->kept[i]];
}

static const double *whole_at(rg_without *w, const double *y) {
  spread(w, y, w->at);
  return w->at;
}

/* --- the law ------------------------------------------------------------------------------------------- */

static regime_status start(void *self, double t, double *y) {
  rg_without *w = self;
  const regime_status status = w->of->start(w->of->self, t, w->at);
  gather(w, w->at, y);
  return status;
}

static int rate(void *self, double t, const double *y, double *dy) {
  rg_without *w = self;
  if (w->of->rate(w->of->self, t, whole_at(w, y), w->change)) return 1;
  gather(w, w->change, dy);
  return 0;
}

static int next(void *self, double t, const double *y, double *left) {
  rg_without *w = self;
  if (w->of->next(w->of->self, t, whole_at(w, y), w->change)) return 1;
  gather(w, w->change, left);
  return 0;
}

static int jacobian(void *self, double t, const double *y, double *values) {
  rg_without *w = self;
  if (w->of->jacobian(w->of->self, t, whole_at(w, y), w->values)) return 1;
  for (size_t e = 0; e < w->column[w->n + w->u]; e++) values[e] = w->values[w->entry[e]];
  return 0;
}

static int crossing(void *self, double t, const double *y, double *g) {
  rg_without *w = self;
  return w->of->crossing(w->of->self, t, whole_at(w, y), g);
}

static void observe(void *self, double t, const double *y, double *out) {
  rg_without *w = self;
  w->of->observe(w->of->self, t, whole_at(w, y), out);
}

static int residual(void *self, size_t block, double t, const double *y, double *r) {
  rg_without *w = self;
  return w->of->residual(w->of->self, block, t, whole_at(w, y), r);
}

static int slope(void *self, size_t block, double t, const double *y, double *values) {
  rg_without *w = self;
  return w->of->slope(w->of->self, block, t, whole_at(w, y), values);
}

/* Before the unknowns are known: only states are handed over. */
static void guess(void *self, double t, const double *y, double *z) {
  rg_without *w = self;
  for (size_t i = 0; i < w->n; i++) w->at[w->kept[i]] = y[i];
  w->of->guess(w->of->self, t, w->at, z);
}

static void unsolved(void *self, double t, const double *y, const regime_search *search,
                     regime_context *context) {
  rg_without *w = self;
  w->of->unsolved(w->of->self, t, whole_at(w, y), search, context);
}

static void explain(void *self, double t, const double *y, regime_context *context) {
  rg_without *w = self;
  w->of->explain(w->of->self, t, y ? whole_at(w, y) : NULL, context);
}

static const char *state_name(void *self, size_t k) {
  const rg_without *w = self;
  return w->of->state_name(w->of->self, w->kept[k]);
}

static const char *switch_name(void *self, size_t k) {
  const rg_without *w = self;
  return w->of->switch_name(w->of->self, k);
}

static const char *unknown_name(void *self, size_t k) {
  const rg_without *w = self;
  return w->of->unknown_name(w->of->self, k);
}

/* --- instants ------------------------------------------------------------------------------------------ */

static double next_date(void *self, double t) {
  rg_without *w = self;
  return w->of->next_date(w->of->self, t);
}

static void pass_date(void *self, double t, double *y) {
  rg_without *w = self;
  spread(w, y, w->at);
  w->of->pass_date(w->of->self, t, w->at);
  gather(w, w->at, y);
}

static void turn(void *self, size_t k, regime_direction direction) {
  rg_without *w = self;
  w->of->turn(w->of->self, k, direction);
}

static void happen(void *self, size_t k, double t, double *y) {
  rg_without *w = self;
  spread(w, y, w->at);
  w->of->happen(w->of->self, k, t, w->at);
  gather(w, w->at, y);
}

static void settle(void *self, double t, const double *y) {
  rg_without *w = self;
  w->of->settle(w->of->self, t, whole_at(w, y));
}

/* --- parameters ---------------------------------------------------------------------------------------- */

static const char *parameter_name(void *self, size_t k) {
  rg_without *w = self;
  return w->of->parameter_name(w->of->self, k);
}

static double parameter(void *self, size_t k) {
  rg_without *w = self;
  return w->of->parameter(w->of->self, k);
}

static int set_parameter(void *self, size_t k, double value) {
  rg_without *w = self;
  return w->of->set_parameter(w->of->self, k, value);
}

/* --- derivatives --------------------------------------------------------------------------------------- */

static regime_status aim(void *self, size_t n_directions, const size_t *moved) {
  rg_without *w = self;
  double *in = calloc(n_directions * (w->m + w->u) + 1, sizeof *in);
  double *out = calloc(n_directions * w->m + 1, sizeof *out);
  free(w->in);
  free(w->out);
  w->in = in;
  w->out = out;
  w->n_directions = n_directions;
  return in && out ? w->of->aim(w->of->self, n_directions, moved) : REGIME_NO_MEMORY;
}

static const double *directions(rg_without *w, const double *dy) {
  for (size_t d = 0; d < w->n_directions; d++) spread(w, dy + d * (w->n + w->u), w->in + d * (w->m + w->u));
  return w->in;
}

static int rate_tangent(void *self, double t, const double *y, const double *dt, const double *dy,
                        double *out) {
  rg_without *w = self;
  if (w->of->rate_tangent(w->of->self, t, whole_at(w, y), dt, directions(w, dy), w->out)) return 1;
  for (size_t d = 0; d < w->n_directions; d++) gather(w, w->out + d * w->m, out + d * w->n);
  return 0;
}

static int residual_tangent(void *self, size_t block, double t, const double *y, const double *dt,
                            const double *dy, double *out) {
  rg_without *w = self;
  return w->of->residual_tangent(w->of->self, block, t, whole_at(w, y), dt, directions(w, dy), out);
}

static int crossing_tangent(void *self, double t, const double *y, const double *dt, const double *dy,
                            double *out) {
  rg_without *w = self;
  return w->of->crossing_tangent(w->of->self, t, whole_at(w, y), dt, directions(w, dy), out);
}

static int observe_tangent(void *self, double t, const double *y, const double *dt, const double *dy,
                           double *out) {
  rg_without *w = self;
  return w->of->observe_tangent(w->of->self, t, whole_at(w, y), dt, directions(w, dy), out);
}

static int taylor(void *self, double t, const double *y, const double *v, size_t n_moved, const size_t *moved,
                  const double *dp, size_t order, double *out) {
  rg_without *w = self;
  if (order > MOST_ORDER) return 1;
  memset(w->along, 0, (w->m + w->u) * sizeof *w->along);
  spread(w, v, w->along);
  if (w->of->taylor(w->of->self, t, whole_at(w, y), w->along, n_moved, moved, dp, order, w->change)) return 1;
  for (size_t k = 0; k <= order; k++) gather(w, w->change + k * w->m, out + k * w->n);
  return 0;
}

/* --- making -------------------------------------------------------------------------------------------- */

/* The number of a row or column of the whole among those that stay; SIZE_MAX where it does not. */
static void number_rest(const rg_without *w, size_t *rest) {
  for (size_t i = 0; i < w->m; i++) rest[i] = SIZE_MAX;
  for (size_t i = 0; i < w->n; i++) rest[w->kept[i]] = i;
  for (size_t k = 0; k < w->u; k++) rest[w->m + k] = w->n + k;
}

static void cut_pattern(rg_without *w, const size_t *rest) {
  size_t count = 0;
  for (size_t j = 0; j < w->m + w->u; j++) {
    if (rest[j] == SIZE_MAX) continue;
    w->column[rest[j]] = count;
    for (size_t e = w->of->jacobian_column[j]; e < w->of->jacobian_column[j + 1]; e++) {
      if (rest[w->of->jacobian_row[e]] == SIZE_MAX) continue;
      w->row[count] = rest[w->of->jacobian_row[e]];
      w->entry[count++] = e;
    }
  }
  w->column[w->n + w->u] = count;
}

static regime_status make_jacobian(rg_without *w) {
  if (!w->of->jacobian) return REGIME_OK;
  const size_t nonzeros = w->of->jacobian_column[w->m + w->u];
  size_t *rest = calloc(w->m + w->u + 1, sizeof *rest);
  w->column = calloc(w->n + w->u + 1, sizeof *w->column);
  w->row = calloc(nonzeros + 1, sizeof *w->row);
  w->entry = calloc(nonzeros + 1, sizeof *w->entry);
  w->values = calloc(nonzeros + 1, sizeof *w->values);
  const bool made = rest && w->column && w->row && w->entry && w->values;
  if (made) {
    number_rest(w, rest);
    cut_pattern(w, rest);
  }
  free(rest);
  return made ? REGIME_OK : REGIME_NO_MEMORY;
}

/* A function the whole has, and none where it has none. */
#define SEEN(name) .name = w->of->name ? name : NULL

static regime_system see(rg_without *w) {
  const regime_system *of = w->of;
  return (regime_system){.self = w,
                         .n_states = w->n,
                         .n_unknowns = of->n_unknowns,
                         .n_blocks = of->n_blocks,
                         .block = of->block,
                         .n_switches = of->n_switches,
                         .n_events = of->n_events,
                         .n_outputs = of->n_outputs,
                         .events = of->events,
                         .jacobian_column = w->column,
                         .jacobian_row = w->row,
                         .step = of->step,
                         .n_parameters = of->n_parameters,
                         .start = start,
                         SEEN(rate),
                         SEEN(next),
                         SEEN(jacobian),
                         SEEN(crossing),
                         SEEN(observe),
                         SEEN(residual),
                         SEEN(slope),
                         SEEN(guess),
                         SEEN(unsolved),
                         SEEN(unknown_name),
                         SEEN(next_date),
                         SEEN(pass_date),
                         SEEN(turn),
                         SEEN(happen),
                         SEEN(settle),
                         SEEN(parameter_name),
                         SEEN(parameter),
                         SEEN(set_parameter),
                         SEEN(aim),
                         SEEN(rate_tangent),
                         SEEN(residual_tangent),
                         SEEN(crossing_tangent),
                         SEEN(observe_tangent),
                         SEEN(taylor),
                         SEEN(explain),
                         SEEN(state_name),
                         SEEN(switch_name)};
}

static regime_status make(rg_without *w, const bool *leaves_out) {
  w->kept = calloc(w->m + 1, sizeof *w->kept);
  w->at = calloc(w->m + w->u + 1, sizeof *w->at);
  w->along = calloc(w->m + w->u + 1, sizeof *w->along);
  w->change = calloc(w->m * (MOST_ORDER + 1) + w->u + 1, sizeof *w->change);
  if (!w->kept || !w->at || !w->along || !w->change) return REGIME_NO_MEMORY;
  for (size_t i = 0; i < w->m; i++)
    if (!leaves_out[i]) w->kept[w->n++] = i;
  return make_jacobian(w);
}

regime_status rg_without_create(regime_system *system, const bool *leaves_out, rg_without **out) {
  rg_without *w = *out = calloc(1, sizeof *w);
  if (!w) return REGIME_NO_MEMORY;
  w->of = system;
  w->m = system->n_states;
  w->u = system->n_unknowns;
  if (make(w, leaves_out) != REGIME_OK) {
    rg_without_free(w);
    *out = NULL;
    return REGIME_NO_MEMORY;
  }
  w->system = see(w);
  return REGIME_OK;
}

void rg_without_free(rg_without *w) {
  if (!w) return;
  free(w->in);
  free(w->out);
  free(w->values);
  free(w->entry);
  free(w->row);
  free(w->column);
  free(w->change);
  free(w->along);
  free(w->at);
  free(w->kept);
  free(w);
}

regime_system *rg_without_system(rg_without *w) { return &w->system; }
const size_t *rg_without_kept(const rg_without *w) { return w->kept; }
