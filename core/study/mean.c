/* mean.c — means over a stretch of time, and how they answer to the parameters. */
#include "study/mean.h"
#include <regime/sensitivity.h>
#include <regime/study.h>

#include <math.h>

/* --- the mean ------------------------------------------------------------------------------------------ */

/* One output between two neighbouring points of the path. */
typedef struct segment {
  double t0, t1, y0, y1;
} segment;

static segment segment_at(const regime_path *path, size_t output, size_t k) {
  return (segment){regime_path_time(path, k), regime_path_time(path, k + 1),
                   regime_path_values(path, k)[output], regime_path_values(path, k + 1)[output]};
}

static double value_at(segment s, double t) {
  return t == s.t1 ? s.y1 : s.y0 + (s.y1 - s.y0) * ((t - s.t0) / (s.t1 - s.t0));
}

static double integral(segment s, double from, double to) {
  const double a = fmax(s.t0, from), b = fmin(s.t1, to);
  return a < b ? (b - a) * 0.5 * (value_at(s, a) + value_at(s, b)) : 0.0;
}

static size_t last_point_until(const regime_path *path, double t) {
  size_t k = regime_path_points(path) - 1;
  while (regime_path_time(path, k) > t) k--;
  return k;
}

/* Where the path jumps, the value after the jump. */
static double value_at_instant(const regime_path *path, size_t output, double t) {
  const size_t k = last_point_until(path, t);
  if (regime_path_time(path, k) == t) return regime_path_values(path, k)[output];
  return value_at(segment_at(path, output, k), t);
}

double rg_path_mean(const regime_path *path, size_t output, double from, double to) {
  const size_t points = regime_path_points(path);
  if (points == 0 || !(from <= to)) return NAN;
  if (from < regime_path_time(path, 0) || to > regime_path_time(path, points - 1)) return NAN;
  if (from == to) return value_at_instant(path, output, from);
  double sum = 0.0;
  for (size_t k = 0; k + 1 < points; k++) sum += integral(segment_at(path, output, k), from, to);
  return sum / (to - from);
}

double regime_run_mean(const regime_run *run, size_t output, double from, double to) {
  return rg_path_mean(regime_run_path(run), output, from, to);
}

/* --- its derivatives ----------------------------------------------------------------------------------- */

typedef struct slopes {
  const regime_path *path;
  size_t output, place, n;
  double *out;
} slopes;

static const double *derivatives_at(const slopes *s, size_t point) {
  return regime_path_derivatives(s->path, point) + s->place * s->n;
}

/* Adds (1 - w) dy0 + w dy1 of segment k, with w = (t - t0)/(t1 - t0): the derivatives of its value at t. Only
 * the last point can move in time, with the event that ends the path. */
static void add_interpolated(const slopes *s, size_t k, double t, double scale) {
  const segment line = segment_at(s->path, s->output, k);
  const double *first = derivatives_at(s, k), *second = derivatives_at(s, k + 1);
  const double *end = k + 2 == regime_path_points(s->path) ? regime_path_end_derivatives(s->path) : NULL;
  const double w = (t - line.t0) / (line.t1 - line.t0), rise = (line.y1 - line.y0) / (line.t1 - line.t0);
  for (size_t d = 0; d < s->n; d++) {
    if (w < 1.0) s->out[d] += scale * (1.0 - w) * first[d];
    if (w > 0.0) s->out[d] += scale * w * second[d];
    if (w > 0.0 && end) s->out[d] -= scale * w * rise * end[d];
  }
}

static void add_integral(const slopes *s, size_t k, double from, double to, double scale) {
  const double a = fmax(regime_path_time(s->path, k), from), b = fmin(regime_path_time(s->path, k + 1), to);
  if (!(a < b)) return;
  add_interpolated(s, k, a, scale * (b - a) * 0.5);
  add_interpolated(s, k, b, scale * (b - a) * 0.5);
}

/* At the end of a path the last segment tells, though it be the end that moves. */
static void add_instant(const slopes *s, double t, double scale) {
  const size_t k = last_point_until(s->path, t), last = regime_path_points(s->path) - 1;
  if (k == last && k > 0 && regime_path_time(s->path, k - 1) < t) {
    add_interpolated(s, k - 1, t, scale);
  } else if (regime_path_time(s->path, k) < t) {
    add_interpolated(s, k, t, scale);
  } else {
    for (size_t d = 0; d < s->n; d++) s->out[d] += scale * derivatives_at(s, k)[d];
  }
}

void rg_path_add_mean_slope(const regime_path *path, size_t output, size_t place, double from, double to,
                            double scale, double *out) {
  const slopes s = {path, output, place, regime_path_directions(path), out};
  if (from == to) {
    add_instant(&s, from, scale);
    return;
  }
  for (size_t k = 0; k + 1 < regime_path_points(path); k++)
    add_integral(&s, k, from, to, scale / (to - from));
}
