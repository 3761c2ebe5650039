/* paths.c — points to polynomials. */
#include "model/paths.h"

#include <math.h>

static double slope_of(const rg_path_decl *d, size_t k) {
  return (d->value[k + 1] - d->value[k]) / (d->time[k + 1] - d->time[k]);
}

/* Steffen's slope at an inner point: that of the parabola through three points, no steeper than keeps both
 * neighbouring cubics monotone, and 0 at a peak or trough. */
static double inner_slope(const rg_path_decl *d, size_t k) {
  const double before = slope_of(d, k - 1), after = slope_of(d, k);
  const double h = d->time[k] - d->time[k - 1], next_h = d->time[k + 1] - d->time[k];
  const double parabola = (before * next_h + after * h) / (h + next_h);
  const double steepest = 2.0 * fmin(fabs(before), fabs(after));
  if (before * after <= 0.0) return 0.0;
  return copysign(fmin(fabs(parabola), steepest), before);
}

/* At an end: that of the parabola through the last three points, within the same limits. */
static double end_slope(double near, double far, double h_near, double h_far) {
  const double parabola = near * (1.0 + h_near / (h_near + h_far)) - far * h_near / (h_near + h_far);
  if (parabola * near <= 0.0) return 0.0;
  return fabs(parabola) > 2.0 * fabs(near) ? 2.0 * near : parabola;
}

static double smooth_slope(const rg_path_decl *d, size_t k) {
  const size_t last = d->n_points - 1;
  if (last == 1) return slope_of(d, 0);
  const double *t = d->time;
  if (k == 0) return end_slope(slope_of(d, 0), slope_of(d, 1), t[1] - t[0], t[2] - t[1]);
  if (k == last)
    return end_slope(slope_of(d, k - 1), slope_of(d, k - 2), t[k] - t[k - 1], t[k - 1] - t[k - 2]);
  return inner_slope(d, k);
}

/* The cubic with given values and slopes at both ends. */
static void make_cubic(const rg_path_decl *d, size_t k, double piece[RG_PIECE_PARTS]) {
  const double h = d->time[k + 1] - d->time[k], mean = slope_of(d, k);
  const double left = smooth_slope(d, k), right = smooth_slope(d, k + 1);
  piece[RG_PIECE_SLOPE] = left;
  piece[RG_PIECE_CURVE] = (3.0 * mean - 2.0 * left - right) / h;
  piece[RG_PIECE_CUBE] = (left + right - 2.0 * mean) / (h * h);
}

static void make_piece(const rg_path_decl *d, size_t k, double piece[RG_PIECE_PARTS]) {
  piece[RG_PIECE_START] = d->time[k];
  piece[RG_PIECE_LEVEL] = d->value[k];
  if (k + 1 == d->n_points) return;
  if (d->interpolation == RG_LINEAR) piece[RG_PIECE_SLOPE] = slope_of(d, k);
  if (d->interpolation == RG_SMOOTH) make_cubic(d, k, piece);
}

void rg_path_build(rg_arena *arena, const rg_path_decl *declared, rg_path *out) {
  const size_t n = declared->n_points;
  double(*piece)[RG_PIECE_PARTS] = rg_arena_take(arena, n + 1, sizeof *piece);
  piece[0][RG_PIECE_START] = declared->time[0];
  piece[0][RG_PIECE_LEVEL] = declared->value[0];
  for (size_t k = 0; k < n; k++) make_piece(declared, k, piece[k + 1]);
  *out = (rg_path){.n_corners = n, .corner = declared->time, .piece = (const double(*)[RG_PIECE_PARTS])piece};
}

/* How many corners are not after t. */
static size_t corners_until(const rg_path *path, double t) {
  size_t low = 0, high = path->n_corners;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (path->corner[middle] <= t)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

const double *rg_path_piece(const rg_path *path, double t) { return path->piece[corners_until(path, t)]; }

double rg_path_next_corner(const rg_path *path, double t) {
  const size_t next = corners_until(path, t);
  return next < path->n_corners ? path->corner[next] : INFINITY;
}

double rg_piece_value(const double *piece, double t) {
  const double s = t - piece[RG_PIECE_START];
  return piece[RG_PIECE_LEVEL] +
         s * (piece[RG_PIECE_SLOPE] + s * (piece[RG_PIECE_CURVE] + s * piece[RG_PIECE_CUBE]));
}
