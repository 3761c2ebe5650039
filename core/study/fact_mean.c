/* fact_mean.c — what the model says to a fact: a mean over the recorded points, and its derivatives.
 *
 * The mean by the trapezium rule is a sum of recorded values with weights that depend on times alone, so that
 * the same weights give its derivatives exactly.
 */
#include "study/facts.h"

#include <math.h>
#include <string.h>

typedef void adder(double weight, size_t point, void *into);

/* Weight of the line from point k to k + 1 at time t. */
static void add_value(const regime_path *path, size_t k, double t, double weight, adder *add, void *into) {
  const double t0 = regime_path_time(path, k), t1 = regime_path_time(path, k + 1);
  const double share = t == t1 ? 1.0 : (t - t0) / (t1 - t0);
  if (share < 1.0) add(weight * (1.0 - share), k, into);
  if (share > 0.0) add(weight * share, k + 1, into);
}

static void add_instant(const regime_path *path, double t, adder *add, void *into) {
  size_t k = regime_path_points(path) - 1;
  while (regime_path_time(path, k) > t) k--;
  if (regime_path_time(path, k) == t)
    add(1.0, k, into); /* where the path jumps, after the jump */
  else
    add_value(path, k, t, 1.0, add, into);
}

/* Hands over the points and weights of which the fact is the sum; false where the path does not cover it. */
static bool for_each_point(const rg_fact *fact, const regime_path *path, adder *add, void *into) {
  const size_t points = regime_path_points(path);
  if (points == 0 || fact->from < regime_path_time(path, 0) || fact->to > regime_path_time(path, points - 1))
    return false;
  if (fact->from == fact->to) {
    add_instant(path, fact->from, add, into);
    return true;
  }
  for (size_t k = 0; k + 1 < points; k++) {
    const double a = fmax(regime_path_time(path, k), fact->from);
    const double b = fmin(regime_path_time(path, k + 1), fact->to);
    if (!(a < b)) continue;
    const double weight = 0.5 * (b - a) / (fact->to - fact->from);
    add_value(path, k, a, weight, add, into);
    add_value(path, k, b, weight, add, into);
  }
  return true;
}

typedef struct sum {
  const regime_path *path;
  size_t place, n; /* column of values; of derivatives: row, and how many */
  double *total;
} sum;

static void add_point(double weight, size_t point, void *into) {
  const sum *s = into;
  *s->total += weight * regime_path_values(s->path, point)[s->place];
}

static void add_derivatives(double weight, size_t point, void *into) {
  const sum *s = into;
  const double *row = regime_path_derivatives(s->path, point) + s->place * s->n;
  for (size_t d = 0; d < s->n; d++) s->total[d] += weight * row[d];
}

double rg_fact_model(const rg_fact *fact, const regime_path *path) {
  double total = 0.0;
  sum s = {path, fact->output, 1, &total};
  return for_each_point(fact, path, add_point, &s) ? total : NAN;
}

void rg_fact_slope(const rg_fact *fact, const regime_path *path, const size_t *derived_place, double *out) {
  const size_t n = regime_path_directions(path);
  sum s = {path, derived_place[fact->output], n, out};
  memset(out, 0, n * sizeof *out);
  for_each_point(fact, path, add_derivatives, &s);
}
