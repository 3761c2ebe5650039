/* morris.c — trajectories through a grid, and what the answer does along them. */
#include "analysis/morris.h"
#include "analysis/random.h"

#include <math.h>
#include <stdlib.h>

static const double leap = 2.0 / 3.0; /* of four levels: as far to the one side as to the other */

/* A random order of 0 .. n - 1 (Fisher and Yates). */
static void shuffle(uint64_t *state, size_t *order, size_t n) {
  for (size_t i = 0; i < n; i++) order[i] = i;
  for (size_t i = n; i > 1; i--) {
    const size_t j = rg_random_below(state, i), last = order[i - 1];
    order[i - 1] = order[j];
    order[j] = last;
  }
}

static void draw_trajectory(uint64_t *state, size_t dims, double *start, double *step, size_t *rank) {
  for (size_t i = 0; i < dims; i++) {
    const double low = (double)rg_random_below(state, 2) / 3.0;
    const bool upwards = rg_random(state) < 0.5;
    start[i] = upwards ? low : low + leap;
    step[i] = upwards ? leap : -leap;
  }
  shuffle(state, rank, dims);
}

regime_status rg_morris_make(size_t n, size_t dims, unsigned seed, rg_morris *out) {
  uint64_t state = seed;
  *out = (rg_morris){.n = n, .dims = dims};
  out->start = calloc(n * dims + 1, sizeof *out->start);
  out->step = calloc(n * dims + 1, sizeof *out->step);
  out->rank = calloc(n * dims + 1, sizeof *out->rank);
  if (!out->start || !out->step || !out->rank) return REGIME_NO_MEMORY;
  for (size_t k = 0; k < n * dims; k += dims)
    draw_trajectory(&state, dims, out->start + k, out->step + k, out->rank + k);
  return REGIME_OK;
}

void rg_morris_drop(rg_morris *morris) {
  free(morris->start);
  free(morris->step);
  free(morris->rank);
  *morris = (rg_morris){0};
}

size_t rg_morris_points(const rg_morris *m) { return m->n * (m->dims + 1); }

void rg_morris_point(const rg_morris *m, size_t k, double *out) {
  const size_t first = k / (m->dims + 1) * m->dims, moved = k % (m->dims + 1);
  for (size_t i = 0; i < m->dims; i++) {
    const double there = m->start[first + i] + (m->rank[first + i] < moved ? m->step[first + i] : 0.0);
    out[i] = fmin(fmax(there, 0.0), 1.0); /* what is left of rounding */
  }
}

/* Of trajectory t; NaN where an end of it has no value. */
static double effect_in(const rg_morris *m, size_t t, size_t factor, const double *value, size_t stride) {
  const size_t at = t * m->dims + factor, point = t * (m->dims + 1) + m->rank[at];
  return (value[(point + 1) * stride] - value[point * stride]) / m->step[at];
}

rg_effect rg_morris_effect(const rg_morris *m, size_t factor, const double *value, size_t stride) {
  double sum = 0.0, sizes = 0.0, squares = 0.0;
  rg_effect e = {NAN, NAN, NAN, 0};
  for (size_t t = 0; t < m->n; t++) {
    const double effect = effect_in(m, t, factor, value, stride);
    if (!isfinite(effect)) continue;
    sum += effect;
    sizes += fabs(effect);
    e.n++;
  }
  if (e.n == 0) return e;
  e.mu = sum / (double)e.n;
  e.mu_star = sizes / (double)e.n;
  for (size_t t = 0; t < m->n; t++) {
    const double off = effect_in(m, t, factor, value, stride) - e.mu;
    if (isfinite(off)) squares += off * off;
  }
  if (e.n > 1) e.sigma = sqrt(squares / (double)(e.n - 1));
  return e;
}
