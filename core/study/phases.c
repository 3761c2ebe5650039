/* phases.c — the phases a path goes through: what holds first, with short stretches merged away. */
#include "study/run.h"

#include <stdlib.h>
#include <string.h>

/* A stretch of time in one phase, or in none. */
typedef struct stretch {
  size_t phase; /* regime_model_phases(): none holds */
  double from, to;
} stretch;

static size_t phase_at(const regime_run *run, size_t point) {
  const size_t n = regime_model_phases(run->model);
  const double *holds = regime_path_values(run->path, point) + regime_model_phase_output(run->model);
  size_t k = 0;
  while (k < n && holds[k] == 0.0) k++;
  return k < n && holds[k] == 1.0 ? k : n; /* an open question is followed by no answer */
}

/* The stretches as recorded: each begins at the first point where its phase is found. */
static size_t find_stretches(const regime_run *run, stretch *s) {
  const size_t points = regime_path_points(run->path);
  size_t n = 0;
  for (size_t p = 0; p < points; p++) {
    const size_t phase = phase_at(run, p);
    const double t = regime_path_time(run->path, p);
    if (n > 0) s[n - 1].to = t;
    if (n == 0 || s[n - 1].phase != phase) s[n++] = (stretch){phase, t, t};
  }
  return n;
}

static double length(stretch s) { return s.to - s.from; }

static size_t shortest(const stretch *s, size_t n) {
  size_t k = 0;
  for (size_t j = 1; j < n; j++)
    if (length(s[j]) < length(s[k])) k = j;
  return k;
}

/* Gives stretch k to its longer neighbour, which may thereby meet one of its own kind beyond. */
static size_t merge(stretch *s, size_t n, size_t k) {
  const bool into_next = k == 0 || (k + 1 < n && length(s[k + 1]) > length(s[k - 1]));
  const size_t neighbour = into_next ? k + 1 : k - 1;
  s[k].phase = s[neighbour].phase;
  size_t kept = 0;
  for (size_t j = 1; j < n; j++)
    if (s[j].phase == s[kept].phase)
      s[kept].to = s[j].to;
    else
      s[++kept] = s[j];
  return kept + 1;
}

static size_t merge_short(stretch *s, size_t n, double min_length) {
  while (n > 1) {
    const size_t k = shortest(s, n);
    if (length(s[k]) > 0.0 && length(s[k]) >= min_length) break;
    n = merge(s, n, k);
  }
  return n;
}

static void keep_phases(regime_run *run, const stretch *s, size_t n) {
  for (size_t k = 0; k < n; k++)
    if (s[k].phase < regime_model_phases(run->model))
      run->phase[run->n_phases++] =
          (regime_phase){regime_model_phase(run->model, s[k].phase), s[k].from, s[k].to};
}

regime_status rg_phases_read(regime_run *run) {
  const size_t points = regime_path_points(run->path);
  stretch *s = malloc((points + 1) * sizeof *s);
  if (!s) return REGIME_NO_MEMORY;
  const size_t found = find_stretches(run, s);
  const size_t n = merge_short(s, found, regime_model_about(run->model)->phases_min_length);
  run->phase = malloc((n + 1) * sizeof *run->phase);
  if (run->phase) keep_phases(run, s, n);
  free(s);
  return run->phase ? REGIME_OK : REGIME_NO_MEMORY;
}
