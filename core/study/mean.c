/* mean.c — means over a stretch of time, from points that need not be evenly spaced. */
#include <regime/study.h>

#include <math.h>

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

/* Where the path jumps, the value after the jump. */
static double value_at_instant(const regime_path *path, size_t output, double t) {
  size_t k = regime_path_points(path) - 1;
  while (regime_path_time(path, k) > t) k--;
  if (regime_path_time(path, k) == t) return regime_path_values(path, k)[output];
  return value_at(segment_at(path, output, k), t);
}

double regime_run_mean(const regime_run *run, size_t output, double from, double to) {
  const regime_path *path = regime_run_path(run);
  const size_t points = regime_path_points(path);
  if (points == 0 || !(from <= to)) return NAN;
  if (from < regime_path_time(path, 0) || to > regime_path_time(path, points - 1)) return NAN;
  if (from == to) return value_at_instant(path, output, from);
  double sum = 0.0;
  for (size_t k = 0; k + 1 < points; k++) sum += integral(segment_at(path, output, k), from, to);
  return sum / (to - from);
}
