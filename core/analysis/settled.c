/* settled.c — the cycle a system settles on: the question, the answer, and what flows and maps share. */
#include "analysis/settled.h"

#include "base/diagnostic.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *regime_cycle_text(regime_cycle_verdict verdict) {
  static const char *const text[] = {
#define CYCLE_TEXT(name, text) text,
      REGIME_CYCLE_LIST(CYCLE_TEXT)
#undef CYCLE_TEXT
  };
  return text[verdict];
}

regime_cycle_options regime_cycle_defaults(void) {
  return (regime_cycle_options){.settle = 500.0, .longest = 200.0, .tolerance = 1e-10};
}

/* ---- polishing ---- */

static const double error_wanted = 1e-9;
enum { MOST_ROUNDS = 8, MOST_PIECES = 600 };

/* What holds a member of a family in its place: its distance from its mean stays as it is. */
static rg_orbit *about_mean(const rg_orbit *orbit) {
  rg_orbit *about = rg_orbit_copy(orbit);
  if (!about) return NULL;
  const size_t nodes = rg_orbit_nodes(orbit) - 1;
  for (size_t i = 0; i < orbit->n; i++) {
    double mean = 0.0;
    for (size_t k = 0; k < nodes; k++) mean += rg_orbit_node(orbit, k)[i] / (double)nodes;
    for (size_t k = 0; k <= nodes; k++) about->value[k * orbit->n + i] -= mean;
  }
  about->period = about->parameter = 0.0;
  return about;
}

static regime_status solve(rg_settled *s, rg_collocation *c, rg_freedom freedom, rg_orbit *reference) {
  rg_orbit *about = NULL;
  double *scale = s->facts.X;
  rg_orbit_scale(reference, scale);
  rg_collocation_measure(c, reference, scale, 1.0 / reference->period);
  rg_collocation_set_phase(c, reference, reference);
  if (freedom != RG_NONE_FREE) {
    about = about_mean(reference);
    if (!about) return REGIME_NO_MEMORY;
    rg_collocation_set_distance(c, reference, about, 0.0);
  }
  regime_status status = rg_collocation_correct(c, s->orbit, s->options->tolerance, &s->correction);
  if (status == REGIME_OK) status = rg_cycle_facts_multiply(&s->facts, c);
  rg_orbit_free(about);
  return status;
}

/* One correction on the mesh there is. */
static regime_status correct(rg_settled *s, rg_freedom freedom) {
  rg_collocation *c = NULL;
  rg_orbit *reference = rg_orbit_copy(s->orbit);
  regime_status status = reference ? REGIME_OK : REGIME_NO_MEMORY;
  if (status == REGIME_OK) status = rg_collocation_create(s->field, s->orbit->intervals, freedom, &c);
  if (status == REGIME_OK) status = solve(s, c, freedom, reference);
  rg_collocation_free(c);
  rg_orbit_free(reference);
  return status;
}

static regime_status remesh(rg_settled *s) {
  const double wanted = 1.1 * (double)s->orbit->intervals * pow(s->mesh_error / error_wanted, 0.2);
  const size_t pieces = (size_t)fmin(fmax(wanted, 20.0), (double)MOST_PIECES);
  double *mesh = calloc(pieces + 1, sizeof *mesh);
  if (!mesh) return REGIME_NO_MEMORY;
  rg_orbit_scale(s->orbit, s->facts.X);
  rg_orbit_spread(s->orbit, s->facts.X, pieces, mesh);
  rg_orbit *orbit = rg_orbit_remeshed(s->orbit, pieces, mesh);
  free(mesh);
  if (!orbit) return REGIME_NO_MEMORY;
  rg_orbit_free(s->orbit);
  s->orbit = orbit;
  return REGIME_OK;
}

static double mesh_error(const rg_settled *s) {
  rg_orbit_scale(s->orbit, s->facts.X);
  return rg_orbit_error(s->orbit, s->facts.X);
}

/* A path does not settle on what repels it: there is no need to know it better. */
static bool repels(const rg_settled *s) {
  for (size_t k = 0; k < s->facts.n; k++)
    if (k != s->facts.trivial && hypot(s->facts.re[k], s->facts.im[k]) > 1.2) return true;
  return false;
}

regime_status rg_settled_polish(rg_settled *s, rg_freedom freedom, bool *is_there) {
  regime_status status = correct(s, freedom);
  for (int round = 0; round < MOST_ROUNDS && status == REGIME_OK && !repels(s); round++) {
    s->mesh_error = mesh_error(s);
    if (s->mesh_error <= error_wanted) break;
    status = remesh(s);
    if (status == REGIME_OK) status = correct(s, freedom);
  }
  *is_there = status == REGIME_OK && !repels(s);
  return status == REGIME_NO_MEMORY ? status : REGIME_OK;
}

bool rg_settled_is_at_rest(const rg_settled *s, double time, double within) {
  const size_t n = s->facts.n;
  double *f = s->facts.X;
  if (rg_field_residual(s->field, s->x, f)) return false;
  for (size_t i = 0; i < n; i++)
    if (!(fabs(f[i]) * time <= within * (1.0 + fabs(s->x[i])))) return false;
  return true;
}

bool rg_settled_is_stopped(rg_settled *s) {
  if (!regime_context_interrupted(s->context)) return s->is_stopped;
  rg_interruption_granted(s->context);
  return s->is_stopped = true;
}

/* ---- the answer ---- */

typedef struct answer {
  regime_cycle shown; /* first, so that the two have one address */
  double *memory;
  double *time, *state, *outputs, *low, *high, *mean, *re, *im;
} answer;

static answer *make_answer(size_t points, size_t n, size_t m) {
  answer *a = calloc(1, sizeof *a);
  if (!a) return NULL;
  a->memory = calloc(points * (1 + n + m) + 3 * m + 2 * n + 1, sizeof *a->memory);
  if (!a->memory) {
    free(a);
    return NULL;
  }
  a->time = a->memory;
  a->state = a->time + points;
  a->outputs = a->state + points * n;
  a->low = a->outputs + points * m;
  a->high = a->low + m;
  a->mean = a->high + m;
  a->re = a->mean + m;
  a->im = a->re + n;
  a->shown = (regime_cycle){.n_points = points,
                            .time = a->time,
                            .state = a->state,
                            .outputs = a->outputs,
                            .low = a->low,
                            .high = a->high,
                            .mean = a->mean,
                            .period = NAN,
                            .error = NAN};
  return a;
}

void regime_cycle_free(regime_cycle *cycle) {
  answer *a = (answer *)cycle;
  if (!a) return;
  free(a->memory);
  free(a);
}

static void show_point(rg_settled *s, answer *a, size_t k, double time, const double *x) {
  const size_t n = s->facts.n, m = s->facts.outputs;
  a->time[k] = time;
  memcpy(a->state + k * n, x, n * sizeof *x);
  rg_field_observe(s->field, x, a->outputs + k * m);
}

/* Extremes and means of the points themselves. */
static void show_range(const rg_settled *s, answer *a) {
  const size_t m = s->facts.outputs, points = a->shown.n_points;
  for (size_t o = 0; o < m; o++) {
    a->low[o] = a->high[o] = NAN;
    for (size_t k = 0; k < points; k++) {
      const double value = a->outputs[k * m + o];
      a->low[o] = fmin(a->low[o], value);
      a->high[o] = fmax(a->high[o], value);
      a->mean[o] += value / (double)points;
    }
  }
}

static answer *show_still(rg_settled *s) {
  answer *a = make_answer(1, s->facts.n, s->facts.outputs);
  if (!a) return NULL;
  show_point(s, a, 0, 0.0, s->x);
  show_range(s, a);
  return a;
}

static answer *show_curve(rg_settled *s) {
  answer *a = make_answer(s->n_curve, s->facts.n, s->facts.outputs);
  if (!a) return NULL;
  for (size_t k = 0; k < s->n_curve; k++)
    show_point(s, a, k, (double)k * rg_field_system(s->field)->step, s->curve + k * s->facts.n);
  show_range(s, a);
  a->shown.period = s->turn;
  return a;
}

static void show_facts(rg_settled *s, answer *a) {
  const size_t n = s->facts.n, m = s->facts.outputs;
  rg_cycle_facts_observe(&s->facts, s->orbit);
  memcpy(a->low, s->facts.low, m * sizeof *a->low);
  memcpy(a->high, s->facts.high, m * sizeof *a->high);
  memcpy(a->mean, s->facts.mean, m * sizeof *a->mean);
  memcpy(a->re, s->facts.re, n * sizeof *a->re);
  memcpy(a->im, s->facts.im, n * sizeof *a->im);
}

static answer *show_orbit(rg_settled *s) {
  const size_t points = rg_orbit_nodes(s->orbit);
  answer *a = make_answer(points, s->facts.n, s->facts.outputs);
  if (!a) return NULL;
  for (size_t k = 0; k < points; k++)
    show_point(s, a, k, rg_orbit_node_time(s->orbit, k) * s->orbit->period, rg_orbit_node(s->orbit, k));
  show_facts(s, a);
  a->shown.period = s->orbit->period;
  a->shown.multiplier_re = a->re;
  a->shown.multiplier_im = a->im;
  a->shown.is_stable = s->facts.is_stable && !s->is_family;
  a->shown.is_family = s->is_family;
  a->shown.error = rg_cycle_facts_point(&s->facts, s->orbit).error;
  a->shown.residual = s->correction.residual;
  a->shown.step = s->correction.step;
  a->shown.mesh_error = s->mesh_error;
  return a;
}

static regime_status show(rg_settled *s, regime_cycle **out) {
  answer *a = s->verdict == REGIME_CYCLE_FOUND   ? show_orbit(s)
              : s->verdict == REGIME_CYCLE_CURVE ? show_curve(s)
                                                 : show_still(s);
  if (!a) return REGIME_NO_MEMORY;
  a->shown.verdict = s->verdict;
  *out = &a->shown;
  return REGIME_OK;
}

/* ---- the question ---- */

static regime_status check(regime_context *context, const regime_cycle_options *o) {
  const struct {
    bool met;
    const char *name, *remedy;
    double value;
  } demands[] = {
      {isfinite(o->t), "the instant whose law is looked at", "give a time", o->t},
      {isfinite(o->settle) && o->settle >= 0.0, "the time to settle in", "give a time, or 0", o->settle},
      {isfinite(o->longest) && o->longest > 0.0, "the longest period", "give a positive time", o->longest},
      {o->tolerance > 0.0, "the tolerance", "a tolerance is positive, such as 1e-10", o->tolerance},
  };
  for (size_t k = 0; k < sizeof demands / sizeof *demands; k++) {
    if (demands[k].met) continue;
    rg_error(context, (rg_place){0}, demands[k].remedy, "%s is %.10g", demands[k].name, demands[k].value);
    return REGIME_BAD_ARGUMENT;
  }
  return REGIME_OK;
}

static regime_status begin(rg_settled *s, const regime_system *system) {
  regime_status status = rg_field_create(s->context, system, s->options->t, &s->field);
  if (status == REGIME_OK) status = rg_cycle_facts_make(s->field, &s->facts);
  if (status != REGIME_OK) return status;
  s->x = calloc(s->facts.n + 1, sizeof *s->x);
  if (!s->x) return REGIME_NO_MEMORY;
  rg_field_start(s->field, s->x);
  if (s->options->start) memcpy(s->x, s->options->start, s->facts.n * sizeof *s->x);
  return REGIME_OK;
}

regime_status regime_cycle_find(regime_context *context, regime_system *system,
                                const regime_cycle_options *options, regime_cycle **out) {
  rg_settled s = {.context = context, .options = options, .verdict = REGIME_CYCLE_NONE};
  *out = NULL;
  regime_status status = check(context, options);
  if (status == REGIME_OK) status = begin(&s, system);
  if (status == REGIME_OK) status = rg_field_is_map(s.field) ? rg_settle_map(&s) : rg_settle_flow(&s);
  if (status == REGIME_OK) status = show(&s, out);
  rg_orbit_free(s.orbit);
  rg_cycle_facts_drop(&s.facts);
  rg_field_free(s.field);
  free(s.x);
  free(s.curve);
  return status;
}
