/* twin.c — one step a period, and what happens between steps. */
#include "solve/twin.h"

#include "base/diagnostic.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct rg_twin {
  const regime_system *flow;
  regime_system map;
  double h, t;      /* t: of the last period done */
  double *f, *at;   /* a rate, a point */
  double *left;     /* what the last period left */
  double *g;        /* crossing functions of the flow */
  double *values;   /* of the flow's Jacobian */
  bool is_unsolved; /* the last thing explained was a step without solution */
  regime_block block;
  size_t *column, *row;     /* the flow's pattern with the whole diagonal */
  size_t *place, *diagonal; /* of its nonzeros, and of the diagonal, in that */
};

/* --- a step -------------------------------------------------------------------------------------------- */

static int euler(rg_twin *w, const double *y, double *left) {
  if (w->map.n_states > 0 && w->flow->rate(w->flow->self, w->t, y, w->f)) return 1;
  for (size_t k = 0; k < w->map.n_states; k++) left[k] = y[k] + w->h * w->f[k];
  return 0;
}

/* y + h/2 k */
static const double *middle(rg_twin *w, const double *y) {
  const double *k = y + w->map.n_states;
  for (size_t i = 0; i < w->map.n_states; i++) w->at[i] = y[i] + 0.5 * w->h * k[i];
  return w->at;
}

static int midpoint(const rg_twin *w, const double *y, double *left) {
  const double *k = y + w->map.n_states;
  for (size_t i = 0; i < w->map.n_states; i++) left[i] = y[i] + w->h * k[i];
  return 0;
}

static int residual(void *self, size_t block, double t, const double *y, double *r) {
  rg_twin *w = self;
  (void)block, (void)t;
  if (w->flow->rate(w->flow->self, w->t + 0.5 * w->h, middle(w, y), r)) return 1;
  for (size_t k = 0; k < w->map.n_states; k++) r[k] -= y[w->map.n_states + k];
  return 0;
}

/* h/2 J - 1 */
static int slope(void *self, size_t block, double t, const double *y, double *values) {
  rg_twin *w = self;
  const size_t n = w->map.n_states;
  (void)block, (void)t;
  if (w->flow->jacobian(w->flow->self, w->t + 0.5 * w->h, middle(w, y), w->values)) return 1;
  memset(values, 0, w->column[n] * sizeof *values);
  for (size_t k = 0; k < w->flow->jacobian_column[n]; k++) values[w->place[k]] = 0.5 * w->h * w->values[k];
  for (size_t j = 0; j < n; j++) values[w->diagonal[j]] -= 1.0;
  return 0;
}

static void guess(void *self, double t, const double *y, double *z) {
  rg_twin *w = self;
  if (!w->flow->rate(w->flow->self, t, y, w->f)) memcpy(z, w->f, w->map.n_states * sizeof *z);
}

/* --- between steps ------------------------------------------------------------------------------------- */

static void settle(const rg_twin *w, double t, const double *y) {
  if (w->flow->settle) w->flow->settle(w->flow->self, t, y);
}

/* The law of the next step is that of where this one ends. */
static void arrive(rg_twin *w, double t, double *left) {
  const regime_system *flow = w->flow;
  const double now = t + 1e-9 * w->h;
  if (flow->next_date && flow->pass_date && flow->next_date(flow->self, w->t + 1e-9 * w->h) <= now)
    flow->pass_date(flow->self, now, left);
  settle(w, t, left);
  w->t = t;
  memcpy(w->left, left, w->map.n_states * sizeof *left);
}

static int next(void *self, double t, const double *y, double *left) {
  rg_twin *w = self;
  if (w->map.n_unknowns ? midpoint(w, y, left) : euler(w, y, left)) return 1;
  for (size_t k = 0; k < w->map.n_states; k++)
    if (!isfinite(left[k])) return 1;
  arrive(w, t, left);
  return 0;
}

static regime_status start(void *self, double t, double *y) {
  rg_twin *w = self;
  const regime_status status = w->flow->start(w->flow->self, t, y);
  if (status != REGIME_OK) return status;
  w->t = t;
  w->is_unsolved = false;
  memcpy(w->left, y, w->map.n_states * sizeof *y);
  settle(w, t, y);
  return status;
}

/* What a period shows is where it arrived. */
static void observe(void *self, double t, const double *y, double *out) {
  rg_twin *w = self;
  (void)y;
  if (w->flow->observe)
    w->flow->observe(w->flow->self, t, w->left, out);
  else
    memcpy(out, w->left, w->map.n_states * sizeof *out);
}

static int crossing(void *self, double t, const double *y, double *g) {
  rg_twin *w = self;
  (void)y;
  const int undefined = w->flow->crossing(w->flow->self, t, w->left, w->g);
  memcpy(g, w->g + w->flow->n_switches, w->map.n_events * sizeof *g);
  return undefined;
}

static void explain(void *self, double t, const double *y, regime_context *context) {
  rg_twin *w = self;
  (void)t;
  if (w->flow->explain) w->flow->explain(w->flow->self, w->t, w->map.n_unknowns ? middle(w, y) : y, context);
}

static void unsolved(void *self, double t, const double *y, const regime_search *search,
                     regime_context *context) {
  rg_twin *w = self;
  const size_t before = regime_diagnostic_errors(context);
  if (!search->residual) explain(self, t, y, context);
  w->is_unsolved = regime_diagnostic_errors(context) == before;
  if (w->is_unsolved)
    rg_error(context, (rg_place){0}, "take a smaller step",
             "the implicit midpoint of the step from t = %.10g has no solution near by, after %d iterations",
             w->t, search->iterations);
}

/* An event may make the state jump: the next period finds it there. */
static void happen(void *self, size_t k, double t, double *y) {
  rg_twin *w = self;
  if (w->flow->happen) w->flow->happen(w->flow->self, k, t, y);
  settle(w, t, y);
  memcpy(w->left, y, w->map.n_states * sizeof *y);
}

static const char *state_name(void *self, size_t k) {
  const rg_twin *w = self;
  return w->flow->state_name ? w->flow->state_name(w->flow->self, k) : "";
}

/* --- making and freeing -------------------------------------------------------------------------------- */

static size_t merge_column(rg_twin *w, size_t j, size_t at) {
  const regime_system *flow = w->flow;
  bool has_diagonal = false;
  for (size_t k = flow->jacobian_column[j]; k < flow->jacobian_column[j + 1]; k++) {
    const size_t row = flow->jacobian_row[k];
    if (!has_diagonal && row > j) w->row[at++] = j;
    if (!has_diagonal && row >= j) w->diagonal[j] = row > j ? at - 1 : at;
    has_diagonal = has_diagonal || row >= j;
    w->place[k] = at;
    w->row[at++] = row;
  }
  if (!has_diagonal) {
    w->diagonal[j] = at;
    w->row[at++] = j;
  }
  return at;
}

static regime_status make_block(rg_twin *w) {
  const size_t n = w->flow->n_states, n_nonzeros = w->flow->jacobian_column[n];
  w->values = calloc(n_nonzeros + 1, sizeof *w->values);
  w->column = calloc(n + 1, sizeof *w->column);
  w->row = calloc(n_nonzeros + n + 1, sizeof *w->row);
  w->place = calloc(n_nonzeros + 1, sizeof *w->place);
  w->diagonal = calloc(n + 1, sizeof *w->diagonal);
  if (!w->values || !w->column || !w->row || !w->place || !w->diagonal) return REGIME_NO_MEMORY;
  for (size_t j = 0; j < n; j++) w->column[j + 1] = merge_column(w, j, w->column[j]);
  w->block = (regime_block){.n = n, .column = w->column, .row = w->row};
  w->map.n_unknowns = n;
  w->map.n_blocks = 1;
  w->map.block = &w->block;
  return REGIME_OK;
}

static regime_status make(rg_twin *w, regime_rule rule) {
  const regime_system *flow = w->flow;
  const size_t n = flow->n_states;
  w->f = calloc(3 * n + flow->n_switches + flow->n_events + 1, sizeof *w->f);
  if (!w->f) return REGIME_NO_MEMORY;
  w->at = w->f + n;
  w->left = w->at + n;
  w->g = w->left + n;
  w->map = (regime_system){.self = w,
                           .n_states = n,
                           .n_events = flow->n_events,
                           .n_outputs = flow->observe ? flow->n_outputs : n,
                           .events = flow->events,
                           .step = w->h,
                           .start = start,
                           .next = next,
                           .residual = residual,
                           .slope = slope,
                           .guess = guess,
                           .unsolved = unsolved,
                           .crossing = flow->crossing ? crossing : NULL,
                           .observe = observe,
                           .happen = happen,
                           .explain = explain,
                           .state_name = state_name};
  return rule == REGIME_MIDPOINT && n > 0 ? make_block(w) : REGIME_OK;
}

regime_status rg_twin_create(regime_context *context, const regime_system *flow, double step,
                             regime_rule rule, rg_twin **out) {
  *out = NULL;
  if (rule == REGIME_MIDPOINT && !flow->jacobian) {
    rg_error(context, (rg_place){0}, "give the system its Jacobian, or take Euler's rule",
             "the implicit midpoint needs derivatives");
    return REGIME_BAD_ARGUMENT;
  }
  if (flow->n_switches > 0 && !flow->settle) {
    rg_error(context, (rg_place){0}, "give the system `settle`, which puts them on their sides",
             "a system with switches is followed step by step without knowing where they turn");
    return REGIME_BAD_ARGUMENT;
  }
  rg_twin *w = *out = calloc(1, sizeof *w);
  if (!w) return REGIME_NO_MEMORY;
  w->flow = flow;
  w->h = step;
  const regime_status status = make(w, rule);
  if (status == REGIME_OK) return status;
  rg_twin_free(w);
  *out = NULL;
  return status;
}

void rg_twin_free(rg_twin *w) {
  if (!w) return;
  free(w->f);
  free(w->values);
  free(w->column);
  free(w->row);
  free(w->place);
  free(w->diagonal);
  free(w);
}

const regime_system *rg_twin_system(const rg_twin *w) { return &w->map; }
bool rg_twin_is_unsolved(const rg_twin *w) { return w->is_unsolved; }
