/* orbit.c — reading off piecewise polynomials, and moving their mesh to where they bend. */
#include "analysis/orbit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

rg_orbit *rg_orbit_create(size_t n, size_t intervals, size_t degree) {
  rg_orbit *orbit = calloc(1, sizeof *orbit);
  if (!orbit) return NULL;
  *orbit = (rg_orbit){.n = n, .intervals = intervals, .degree = degree};
  orbit->mesh = calloc(intervals + 1, sizeof *orbit->mesh);
  orbit->value = calloc(rg_orbit_nodes(orbit) * n + 1, sizeof *orbit->value);
  if (!orbit->mesh || !orbit->value) {
    rg_orbit_free(orbit);
    return NULL;
  }
  for (size_t j = 0; j <= intervals; j++) orbit->mesh[j] = (double)j / (double)intervals;
  return orbit;
}

void rg_orbit_free(rg_orbit *orbit) {
  if (!orbit) return;
  free(orbit->mesh);
  free(orbit->value);
  free(orbit);
}

static size_t values(const rg_orbit *orbit) { return rg_orbit_nodes(orbit) * orbit->n; }

void rg_orbit_set(rg_orbit *to, const rg_orbit *from) {
  memcpy(to->mesh, from->mesh, (from->intervals + 1) * sizeof *to->mesh);
  memcpy(to->value, from->value, values(from) * sizeof *to->value);
  to->period = from->period;
  to->parameter = from->parameter;
}

rg_orbit *rg_orbit_copy(const rg_orbit *orbit) {
  rg_orbit *copy = rg_orbit_create(orbit->n, orbit->intervals, orbit->degree);
  if (copy) rg_orbit_set(copy, orbit);
  return copy;
}

void rg_orbit_move(rg_orbit *to, const rg_orbit *from, double s, const rg_orbit *along) {
  rg_orbit_set(to, from);
  for (size_t k = 0; k < values(to); k++) to->value[k] += s * along->value[k];
  to->period += s * along->period;
  to->parameter += s * along->parameter;
}

rg_orbit *rg_orbit_twice(const rg_orbit *orbit, double sign) {
  const size_t intervals = orbit->intervals, once = intervals * orbit->degree * orbit->n;
  rg_orbit *twice = rg_orbit_create(orbit->n, 2 * intervals, orbit->degree);
  if (!twice) return NULL;
  for (size_t j = 0; j <= 2 * intervals; j++)
    twice->mesh[j] = j < intervals ? orbit->mesh[j] / 2.0 : (1.0 + orbit->mesh[j - intervals]) / 2.0;
  memcpy(twice->value, orbit->value, once * sizeof *twice->value);
  for (size_t k = 0; k < values(orbit); k++) twice->value[once + k] = sign * orbit->value[k];
  twice->period = 2.0 * orbit->period;
  twice->parameter = orbit->parameter;
  return twice;
}

/* ---- reading ---- */

size_t rg_orbit_nodes(const rg_orbit *orbit) { return orbit->intervals * orbit->degree + 1; }
const double *rg_orbit_node(const rg_orbit *orbit, size_t node) { return orbit->value + node * orbit->n; }

double rg_orbit_node_time(const rg_orbit *orbit, size_t node) {
  const size_t j = node / orbit->degree;
  if (j == orbit->intervals) return 1.0;
  const double part = (double)(node % orbit->degree) / (double)orbit->degree;
  return orbit->mesh[j] + part * (orbit->mesh[j + 1] - orbit->mesh[j]);
}

/* Lagrange's polynomials over 0, 1/4, ..., 1, at s. */
static void lagrange(double s, double value[RG_STAGES + 1]) {
  for (int k = 0; k <= RG_STAGES; k++) {
    value[k] = 1.0;
    for (int l = 0; l <= RG_STAGES; l++)
      if (l != k) value[k] *= (RG_STAGES * s - l) / (double)(k - l);
  }
}

static double lagrange_slope(double s, int k) {
  double slope = 0.0;
  for (int left_out = 0; left_out <= RG_STAGES; left_out++) {
    if (left_out == k) continue;
    double part = RG_STAGES / (double)(k - left_out);
    for (int l = 0; l <= RG_STAGES; l++)
      if (l != k && l != left_out) part *= (RG_STAGES * s - l) / (double)(k - l);
    slope += part;
  }
  return slope;
}

rg_basis rg_basis_make(void) {
  static const double point[RG_STAGES] = {-0.86113631159405257522, -0.33998104358485626480,
                                          0.33998104358485626480, 0.86113631159405257522};
  static const double weight[RG_STAGES] = {0.34785484513745385737, 0.65214515486254614263,
                                           0.65214515486254614263, 0.34785484513745385737};
  rg_basis basis;
  for (int i = 0; i < RG_STAGES; i++) {
    const double s = (1.0 + point[i]) / 2.0;
    lagrange(s, basis.value[i]);
    for (int k = 0; k <= RG_STAGES; k++) basis.slope[i][k] = lagrange_slope(s, k);
    basis.weight[i] = weight[i] / 2.0;
  }
  return basis;
}

static size_t interval_of(const rg_orbit *orbit, double time) {
  size_t low = 0, high = orbit->intervals;
  while (high - low > 1) {
    const size_t middle = (low + high) / 2;
    if (orbit->mesh[middle] <= time)
      low = middle;
    else
      high = middle;
  }
  return low;
}

void rg_orbit_at(const rg_orbit *orbit, double time, double *x) {
  const size_t j = interval_of(orbit, time), n = orbit->n;
  const double width = orbit->mesh[j + 1] - orbit->mesh[j];
  double share[RG_STAGES + 1];
  lagrange((time - orbit->mesh[j]) / width, share);
  memset(x, 0, n * sizeof *x);
  for (size_t k = 0; k <= RG_STAGES; k++)
    for (size_t i = 0; i < n; i++) x[i] += share[k] * orbit->value[(j * RG_STAGES + k) * n + i];
}

void rg_orbit_scale(const rg_orbit *orbit, double *scale) {
  for (size_t i = 0; i < orbit->n; i++) {
    scale[i] = 0.0;
    for (size_t k = 0; k < rg_orbit_nodes(orbit); k++)
      scale[i] = fmax(scale[i], fabs(rg_orbit_node(orbit, k)[i]));
    if (scale[i] == 0.0) scale[i] = 1.0;
  }
}

/* ---- the mesh ---- */

static double width(const rg_orbit *orbit, size_t j) { return orbit->mesh[j + 1] - orbit->mesh[j]; }

/* The fourth derivative of state i on piece j, where it is constant. */
static double fourth(const rg_orbit *orbit, size_t j, size_t i) {
  static const double difference[RG_STAGES + 1] = {256.0, -1024.0, 1536.0, -1024.0, 256.0};
  double sum = 0.0;
  for (size_t k = 0; k <= RG_STAGES; k++)
    sum += difference[k] * orbit->value[(j * RG_STAGES + k) * orbit->n + i];
  return sum / pow(width(orbit, j), RG_STAGES);
}

/* The fifth derivative at the mesh point where piece j begins: how much the fourth changes there. */
static double fifth(const rg_orbit *orbit, size_t j, const double *scale) {
  const size_t before = (j + orbit->intervals - 1) % orbit->intervals, after = j % orbit->intervals;
  const double apart = (width(orbit, before) + width(orbit, after)) / 2.0;
  double most = 0.0;
  for (size_t i = 0; i < orbit->n; i++)
    most = fmax(most, fabs(fourth(orbit, after, i) - fourth(orbit, before, i)) / apart / scale[i]);
  return most;
}

static double bend(const rg_orbit *orbit, size_t j, const double *scale) {
  return (fifth(orbit, j, scale) + fifth(orbit, j + 1, scale)) / 2.0;
}

/* The local error of collocation is u^(5) h^5 / 4! times the integral of (s - c_1) ... (s - c_4), which is at
 * most 5.9e-4. */
double rg_orbit_error(const rg_orbit *orbit, const double *scale) {
  if (orbit->degree != RG_STAGES) return 0.0;
  double most = 0.0;
  for (size_t j = 0; j < orbit->intervals; j++)
    most = fmax(most, 5.9e-4 / 24.0 * pow(width(orbit, j), 5.0) * bend(orbit, j, scale));
  return most;
}

/* The errors' fifth root a unit of time; a tenth of its mean is added, so that no piece becomes very long. */
void rg_orbit_spread(const rg_orbit *orbit, const double *scale, size_t intervals, double *mesh) {
  double mean = 0.0;
  for (size_t j = 0; j < orbit->intervals; j++) mean += width(orbit, j) * pow(bend(orbit, j, scale), 0.2);
  const double share = 1.1 * mean / (double)intervals;
  double sum = 0.0;
  size_t next = 1;
  mesh[0] = 0.0;
  for (size_t j = 0; j < orbit->intervals && mean > 0.0; j++) {
    const double density = pow(bend(orbit, j, scale), 0.2) + 0.1 * mean;
    for (; next < intervals && (double)next * share <= sum + density * width(orbit, j); next++)
      mesh[next] = orbit->mesh[j] + ((double)next * share - sum) / density;
    sum += density * width(orbit, j);
  }
  for (; next <= intervals; next++) mesh[next] = (double)next / (double)intervals;
}

rg_orbit *rg_orbit_remeshed(const rg_orbit *orbit, size_t intervals, const double *mesh) {
  rg_orbit *new = rg_orbit_create(orbit->n, intervals, orbit->degree);
  if (!new) return NULL;
  memcpy(new->mesh, mesh, (intervals + 1) * sizeof *mesh);
  for (size_t k = 0; k < rg_orbit_nodes(new); k++)
    rg_orbit_at(orbit, rg_orbit_node_time(new, k), new->value + k *new->n);
  new->period = orbit->period;
  new->parameter = orbit->parameter;
  return new;
}
