/* lyapunov.c — the spectrum by orthogonal factors.
 *
 *   1. settle    the path alone, then with its tangents
 *   2. carry     x and Q for a short while: V = Y(x) Q
 *   3. factor    V = Q R; log |R_jj| is what direction j has been stretched by
 *   4. average   block by block
 */
#include <regime/lyapunov.h>

#include "analysis/variational.h"
#include "base/diagnostic.h"
#include "linalg/product.h"
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCKS = 20 };

typedef struct spectrum {
  regime_context *context;
  const regime_lyapunov_options *options;
  rg_field *field;
  rg_variational *along; /* of a flow */
  size_t n, k;
  double pause; /* from one factoring to the next */
  regime_outcome outcome;
  double *memory;
  double *x, *q;    /* n, n * k: the path and its directions */
  double *next;     /* n * (1 + k) */
  double *jacobian; /* n * n */
  double *r, *work; /* k * k, 2k */
  double *block;    /* BLOCKS * k: stretching, a unit of time */
} spectrum;

/* The answer, and the memory behind it. */
typedef struct answer {
  regime_lyapunov shown; /* first, so that the two have one address */
  double numbers[];
} answer;

regime_lyapunov_options regime_lyapunov_defaults(void) {
  return (regime_lyapunov_options){.settle = 100.0, .span = 1000.0};
}

void regime_lyapunov_free(regime_lyapunov *l) { free(l); }

/* ---- 2. carry ---- */

static regime_status carry_map(spectrum *s) {
  const size_t n = s->n;
  if (rg_field_jacobian(s->field, s->x, s->jacobian) || rg_field_value(s->field, s->x, s->next)) {
    s->outcome = REGIME_LEFT_DOMAIN;
    return REGIME_OK;
  }
  memset(s->next + n, 0, n * s->k * sizeof *s->next);
  for (size_t c = 0; c < s->k; c++)
    for (size_t j = 0; j < n; j++)
      for (size_t i = 0; i < n; i++) s->next[n * (1 + c) + i] += s->jacobian[i + j * n] * s->q[c * n + j];
  for (size_t i = 0; i < n; i++)
    if (!(fabs(s->next[i]) < 1e12)) s->outcome = REGIME_DIVERGED;
  return REGIME_OK;
}

static regime_status carry_flow(spectrum *s) {
  regime_path_options o = REGIME_PATH_DEFAULTS;
  regime_path *path = NULL;
  o.rtol = 1e-9;
  o.atol = 1e-12;
  o.method = REGIME_ADAMS;
  memcpy(rg_variational_start(s->along), s->x, s->n * (1 + s->k) * sizeof *s->x);
  const regime_status status = rg_variational_follow(s->along, s->context, s->pause, s->pause, &o, &path);
  if (status != REGIME_OK) return status;
  s->outcome = regime_path_outcome(path);
  memcpy(s->next, regime_path_state(path), s->n * (1 + s->k) * sizeof *s->next);
  regime_path_free(path);
  return REGIME_OK;
}

/* ---- 3. factor ---- */

/* A direction that has no length left but rounding's has been stretched to nothing: minus infinity, for good.
 */
static double stretched(const spectrum *s, size_t j, double size) {
  const double by = fabs(s->r[j + j * s->k]);
  return by > 4.0 * DBL_EPSILON * size ? log(by) : -INFINITY;
}

static double size_of(const double *v, size_t count) {
  double sum = 0.0;
  for (size_t i = 0; i < count; i++) sum = hypot(sum, v[i]);
  return sum;
}

static regime_status go_on(spectrum *s, double *sum) {
  const regime_status status = s->along ? carry_flow(s) : carry_map(s);
  if (status != REGIME_OK || s->outcome != REGIME_REACHED_END) return status;
  memcpy(s->x, s->next, s->n * (1 + s->k) * sizeof *s->x);
  const double size = size_of(s->q, s->n * s->k);
  rg_orthonormalise(s->n, s->k, s->q, s->r, s->work);
  for (size_t j = 0; j < s->k; j++) sum[j] += stretched(s, j, size);
  return REGIME_OK;
}

static void look_for_stop(spectrum *s) {
  if (!regime_context_interrupted(s->context)) return;
  rg_interruption_granted(s->context);
  s->outcome = REGIME_INTERRUPTED;
}

static regime_status measure(spectrum *s, double span, double *rates) {
  const size_t count = (size_t)fmax(1.0, round(span / s->pause));
  memset(rates, 0, s->k * sizeof *rates);
  for (size_t step = 0; step < count && s->outcome == REGIME_REACHED_END; step++) {
    const regime_status status = go_on(s, rates);
    if (status != REGIME_OK) return status;
    look_for_stop(s);
  }
  for (size_t j = 0; j < s->k; j++) rates[j] /= (double)count * s->pause;
  return REGIME_OK;
}

/* ---- 1. settle ---- */

static regime_status settle(spectrum *s) {
  const double span = s->options->settle;
  regime_path_options o = REGIME_PATH_DEFAULTS;
  regime_path *path = NULL;
  if (!(span > 0.0)) return REGIME_OK;
  o.every = span;
  const regime_status status = rg_field_follow(s->field, s->x, span, &o, &path);
  if (status != REGIME_OK) return status;
  s->outcome =
      regime_path_outcome(path) == REGIME_STOPPED_BY_EVENT ? REGIME_REACHED_END : regime_path_outcome(path);
  memcpy(s->x, regime_path_state(path), s->n * sizeof *s->x);
  regime_path_free(path);
  return REGIME_OK;
}

/* Short enough that directions do not run together: the fastest stretches by no more than about e^5. */
static double time_to_factor(spectrum *s) {
  double norm = 0.0;
  if (rg_field_is_map(s->field)) return rg_field_system(s->field)->step;
  if (rg_field_jacobian(s->field, s->x, s->jacobian)) return s->options->span / 1000.0;
  for (size_t k = 0; k < s->n * s->n; k++) norm += s->jacobian[k] * s->jacobian[k];
  return fmin(norm > 0.0 ? 5.0 / sqrt(norm) : INFINITY, s->options->span / 100.0);
}

/* ---- 4. average ---- */

static double dimension(const double *exponent, size_t count, size_t n) {
  double sum = 0.0;
  for (size_t j = 0; j < count; j++) {
    if (sum + exponent[j] < 0.0) return (double)j + sum / fabs(exponent[j]);
    sum += exponent[j];
  }
  return count == n ? (double)n : NAN;
}

static void average(const spectrum *s, double *exponent, double *error) {
  for (size_t j = 0; j < s->k; j++) {
    double mean = 0.0, square = 0.0;
    for (size_t b = 0; b < BLOCKS; b++) mean += s->block[b * s->k + j] / BLOCKS;
    for (size_t b = 0; b < BLOCKS; b++) square += pow(s->block[b * s->k + j] - mean, 2.0);
    exponent[j] = mean;
    error[j] = isinf(mean) ? 0.0 : 2.0 * sqrt(square / (BLOCKS * (BLOCKS - 1.0)));
  }
}

/* The largest first; with their errors. */
static void sort(size_t count, double *exponent, double *error) {
  for (size_t k = 1; k < count; k++)
    for (size_t i = k; i > 0 && exponent[i] > exponent[i - 1]; i--) {
      const double e = exponent[i], r = error[i];
      exponent[i] = exponent[i - 1], error[i] = error[i - 1];
      exponent[i - 1] = e, error[i - 1] = r;
    }
}

static regime_status show(const spectrum *s, regime_lyapunov **out) {
  answer *a = calloc(1, sizeof *a + 2 * s->k * sizeof *a->numbers);
  if (!a) return REGIME_NO_MEMORY;
  double *exponent = a->numbers, *error = exponent + s->k;
  average(s, exponent, error);
  sort(s->k, exponent, error);
  for (size_t j = 0; j < 2 * s->k && s->outcome != REGIME_REACHED_END; j++) a->numbers[j] = NAN;
  a->shown = (regime_lyapunov){.count = s->k,
                               .exponent = exponent,
                               .error = error,
                               .dimension = dimension(exponent, s->k, s->n),
                               .outcome = s->outcome};
  *out = &a->shown;
  return REGIME_OK;
}

/* ---- the whole ---- */

static regime_status check(regime_context *context, const regime_lyapunov_options *o, size_t n) {
  const char *wrong = !isfinite(o->t)                              ? "the instant is no number"
                      : !(isfinite(o->span) && o->span > 0.0)      ? "the span is not positive"
                      : !(isfinite(o->settle) && o->settle >= 0.0) ? "the time to settle in is negative"
                      : o->count > n                               ? "there are fewer states than exponents"
                                                                   : NULL;
  if (!wrong) return REGIME_OK;
  rg_error(context, (rg_place){0}, "ask for a positive span, and for as many exponents as states at most",
           "no Lyapunov exponents: %s", wrong);
  return REGIME_BAD_ARGUMENT;
}

static bool make_room(spectrum *s) {
  const size_t n = s->n, k = s->k;
  s->memory = calloc(2 * n * (1 + k) + n * n + k * k + 2 * k + BLOCKS * k + 1, sizeof *s->memory);
  if (!s->memory) return false;
  s->x = s->memory;
  s->q = s->x + n;
  s->next = s->q + n * k;
  s->jacobian = s->next + n * (1 + k);
  s->r = s->jacobian + n * n;
  s->work = s->r + k * k;
  s->block = s->work + 2 * k;
  return true;
}

static regime_status begin(spectrum *s) {
  if (!make_room(s)) return REGIME_NO_MEMORY;
  rg_field_start(s->field, s->x);
  if (s->options->start) memcpy(s->x, s->options->start, s->n * sizeof *s->x);
  for (size_t j = 0; j < s->k; j++) s->q[j * s->n + j] = 1.0;
  regime_status status = settle(s);
  if (status != REGIME_OK) return status;
  s->pause = time_to_factor(s);
  return rg_field_is_map(s->field) ? REGIME_OK : rg_variational_create(s->field, s->k, &s->along);
}

static regime_status compute(spectrum *s) {
  regime_status status = measure(s, s->options->span / 10.0, s->block);
  for (size_t b = 0; b < BLOCKS && status == REGIME_OK; b++)
    status = measure(s, s->options->span / BLOCKS, s->block + b * s->k);
  return status;
}

regime_status regime_lyapunov_compute(regime_context *context, regime_system *system,
                                      const regime_lyapunov_options *options, regime_lyapunov **out) {
  spectrum s = {.context = context, .options = options, .outcome = REGIME_REACHED_END};
  *out = NULL;
  regime_status status = check(context, options, system->n_states);
  if (status == REGIME_OK) status = rg_field_create(context, system, options->t, &s.field);
  if (status == REGIME_OK) {
    s.n = rg_field_states(s.field);
    s.k = options->count > 0 ? options->count : s.n;
    status = begin(&s);
  }
  if (status == REGIME_OK) status = compute(&s);
  if (status == REGIME_OK) status = show(&s, out);
  rg_variational_free(s.along);
  rg_field_free(s.field);
  free(s.memory);
  return status;
}
