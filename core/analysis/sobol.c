/* sobol.c — the two samples, the estimators, and the bootstrap. */
#include "analysis/sobol.h"
#include "analysis/random.h"
#include "analysis/starts.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* --- the design ---------------------------------------------------------------------------------------- */

regime_status rg_sobol_make(size_t n, size_t dims, unsigned seed, rg_sobol *out) {
  *out = (rg_sobol){.n = n, .dims = dims};
  rg_starts *sequence = rg_starts_create(2 * dims, seed);
  double *both = malloc((2 * dims + 1) * sizeof *both);
  out->a = malloc((n * dims + 1) * sizeof *out->a);
  out->b = malloc((n * dims + 1) * sizeof *out->b);
  const bool enough = sequence && both && out->a && out->b;
  for (size_t k = 0; enough && k < n; k++) {
    rg_starts_even(sequence, both);
    memcpy(out->a + k * dims, both, dims * sizeof *both);
    memcpy(out->b + k * dims, both + dims, dims * sizeof *both);
  }
  rg_starts_free(sequence);
  free(both);
  return enough ? REGIME_OK : REGIME_NO_MEMORY;
}

void rg_sobol_drop(rg_sobol *sobol) {
  free(sobol->a);
  free(sobol->b);
  *sobol = (rg_sobol){0};
}

size_t rg_sobol_points(const rg_sobol *s) { return s->n * (s->dims + 2); }

/* In groups of dims + 2: A, B, AB_0, AB_1, ... */
void rg_sobol_point(const rg_sobol *s, size_t k, double *out) {
  const size_t at = k / (s->dims + 2) * s->dims, which = k % (s->dims + 2);
  memcpy(out, (which == 1 ? s->b : s->a) + at, s->dims * sizeof *out);
  if (which >= 2) out[which - 2] = s->b[at + which - 2];
}

/* --- the estimators ------------------------------------------------------------------------------------ */

/* The answers at A, B and AB_j of the points where all three are numbers. */
typedef struct triples {
  size_t n;
  double *a, *b, *ab;
  size_t *chosen; /* a sample of them */
} triples;

static void gather(const rg_sobol *s, size_t factor, const double *value, size_t stride, triples *t) {
  t->n = 0;
  for (size_t k = 0; k < s->n; k++) {
    const double *at = value + k * (s->dims + 2) * stride;
    const double a = at[0], b = at[stride], ab = at[(factor + 2) * stride];
    if (!isfinite(a) || !isfinite(b) || !isfinite(ab)) continue;
    t->a[t->n] = a;
    t->b[t->n] = b;
    t->ab[t->n] = ab;
    t->chosen[t->n] = t->n;
    t->n++;
  }
}

static double mean_of(const triples *t) {
  double sum = 0.0;
  for (size_t k = 0; k < t->n; k++) sum += t->a[t->chosen[k]] + t->b[t->chosen[k]];
  return sum / (double)(2 * t->n);
}

static void estimate(const triples *t, double *first, double *total) {
  const double mean = mean_of(t);
  double variance = 0.0, alone = 0.0, left = 0.0;
  for (size_t k = 0; k < t->n; k++) {
    const size_t i = t->chosen[k];
    const double a = t->a[i] - mean, b = t->b[i] - mean, ab = t->ab[i] - mean;
    variance += 0.5 * (a * a + b * b);
    alone += b * (ab - a);
    left += 0.5 * (a - ab) * (a - ab);
  }
  const bool moves = variance > 1e-28 * (double)t->n * mean * mean;
  *first = moves ? alone / variance : NAN;
  *total = moves ? left / variance : NAN;
}

/* --- the bootstrap ------------------------------------------------------------------------------------- */

static int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* The quantile `part` of n sorted numbers, between neighbours. */
static double quantile(const double *sorted, size_t n, double part) {
  const double at = part * (double)(n - 1);
  const size_t k = (size_t)at;
  return k + 1 < n ? sorted[k] + (at - (double)k) * (sorted[k + 1] - sorted[k]) : sorted[n - 1];
}

static void interval(double *estimates, size_t n, double *from, double *to) {
  size_t numbers = 0;
  for (size_t k = 0; k < n; k++)
    if (isfinite(estimates[k])) estimates[numbers++] = estimates[k];
  if (numbers == 0) return;
  qsort(estimates, numbers, sizeof *estimates, ascending);
  *from = quantile(estimates, numbers, 0.025);
  *to = quantile(estimates, numbers, 0.975);
}

/* Every factor and every answer sees the same samples. */
static void resample(triples *t, size_t resamples, unsigned seed, double *first, double *total,
                     rg_index *out) {
  uint64_t state = seed;
  for (size_t r = 0; r < resamples; r++) {
    for (size_t k = 0; k < t->n; k++) t->chosen[k] = rg_random_below(&state, t->n);
    estimate(t, &first[r], &total[r]);
  }
  interval(first, resamples, &out->first_from, &out->first_to);
  interval(total, resamples, &out->total_from, &out->total_to);
}

regime_status rg_sobol_index(const rg_sobol *s, size_t factor, const double *value, size_t stride,
                             size_t resamples, unsigned seed, rg_index *out) {
  *out = (rg_index){NAN, NAN, NAN, NAN, NAN, NAN, 0};
  double *room = malloc((3 * s->n + 2 * resamples + 1) * sizeof *room);
  size_t *chosen = malloc((s->n + 1) * sizeof *chosen);
  if (room && chosen) {
    triples t = {0, room, room + s->n, room + 2 * s->n, chosen};
    double *estimates = room + 3 * s->n;
    gather(s, factor, value, stride, &t);
    out->n = t.n;
    if (t.n > 1) estimate(&t, &out->first, &out->total);
    if (t.n > 1 && isfinite(out->total)) resample(&t, resamples, seed, estimates, estimates + resamples, out);
  }
  const bool enough = room && chosen;
  free(room);
  free(chosen);
  return enough ? REGIME_OK : REGIME_NO_MEMORY;
}
