/* cycle_facts.c — multipliers, extremes and means of a closed orbit. */
#include "analysis/cycle_facts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

regime_status rg_cycle_facts_make(rg_field *field, rg_cycle_facts *f) {
  *f = (rg_cycle_facts){.field = field, .n = rg_field_states(field), .outputs = rg_field_outputs(field)};
  f->memory = calloc(2 * f->n + 4 * f->outputs + rg_field_columns(field) + 1, sizeof *f->memory);
  if (!f->memory) return REGIME_NO_MEMORY;
  f->re = f->memory;
  f->im = f->re + f->n;
  f->low = f->im + f->n;
  f->high = f->low + f->outputs;
  f->mean = f->high + f->outputs;
  f->shown = f->mean + f->outputs;
  f->X = f->shown + f->outputs;
  return REGIME_OK;
}

void rg_cycle_facts_drop(rg_cycle_facts *f) { free(f->memory); }

/* ---- multipliers ---- */

static double from_one(const rg_cycle_facts *f, size_t k) { return hypot(f->re[k] - 1.0, f->im[k]); }

regime_status rg_cycle_facts_multiply(rg_cycle_facts *f, rg_collocation *c) {
  const regime_status status = rg_collocation_multipliers(c, f->re, f->im);
  if (status != REGIME_OK) return status;
  f->trivial = rg_field_is_map(f->field) ? f->n : 0;
  for (size_t k = 1; k < f->n && f->trivial < f->n; k++)
    if (from_one(f, k) < from_one(f, f->trivial)) f->trivial = k;
  const double margin = f->trivial < f->n ? 2.0 * from_one(f, f->trivial) : 0.0;
  f->is_stable = true;
  for (size_t k = 0; k < f->n; k++)
    if (k != f->trivial && hypot(f->re[k], f->im[k]) >= 1.0 - margin) f->is_stable = false;
  return REGIME_OK;
}

double rg_cycle_facts_one(const rg_cycle_facts *f) {
  double product = 1.0;
  for (size_t k = 0; k < f->n; k++)
    if (k != f->trivial && f->im[k] == 0.0) product *= (1.0 - f->re[k]) / (1.0 + fabs(f->re[k]));
  return product;
}

double rg_cycle_facts_doubling(const rg_cycle_facts *f) {
  double product = 1.0;
  for (size_t k = 0; k < f->n; k++)
    if (f->im[k] == 0.0) product *= (1.0 + f->re[k]) / (1.0 + fabs(f->re[k]));
  return product;
}

/* Complex products of different pairs come with their conjugates, so that only real ones change the sign. */
double rg_cycle_facts_torus(const rg_cycle_facts *f) {
  double product = 1.0;
  for (size_t k = 0; k < f->n; k++)
    for (size_t l = k + 1; l < f->n; l++) {
      const bool are_real = f->im[k] == 0.0 && f->im[l] == 0.0;
      const bool are_pair = f->re[k] == f->re[l] && f->im[k] == -f->im[l];
      const double both = f->re[k] * f->re[l] - f->im[k] * f->im[l];
      if (k != f->trivial && l != f->trivial && (are_real || are_pair))
        product *= (1.0 - both) / (1.0 + fabs(both));
    }
  return product;
}

static double from_circle(const rg_cycle_facts *f, size_t k) {
  return k == f->trivial ? INFINITY : fabs(hypot(f->re[k], f->im[k]) - 1.0);
}

bool rg_cycle_facts_is_turning(const rg_cycle_facts *f) {
  size_t nearest = 0;
  for (size_t k = 1; k < f->n; k++)
    if (from_circle(f, k) < from_circle(f, nearest)) nearest = k;
  return f->im[nearest] != 0.0;
}

/* ---- outputs ---- */

static void look_at(rg_cycle_facts *f, const double *x, double parameter) {
  if (x != f->X) memcpy(f->X, x, f->n * sizeof *x);
  if (rg_field_columns(f->field) > f->n) f->X[f->n] = parameter;
  rg_field_observe(f->field, f->X, f->shown);
}

void rg_cycle_facts_look(rg_cycle_facts *f, const rg_orbit *orbit, double time) {
  if (orbit->degree == 1)
    memcpy(f->X, rg_orbit_node(orbit, 0), f->n * sizeof *f->X);
  else
    rg_orbit_at(orbit, time - floor(time), f->X);
  look_at(f, f->X, orbit->parameter);
}

static double shown_at(rg_cycle_facts *f, const rg_orbit *orbit, double time, size_t output, double sign) {
  rg_cycle_facts_look(f, orbit, time);
  return sign * f->shown[output];
}

/* The largest of sign times the output between two times about a node: by golden section, until its error,
 * which is of second order, is below rounding. */
static double refined(rg_cycle_facts *f, const rg_orbit *orbit, size_t node, size_t output, double sign) {
  const double golden = 0.6180339887498949;
  const size_t last = rg_orbit_nodes(orbit) - 1;
  double a = node > 0 ? rg_orbit_node_time(orbit, node - 1) : rg_orbit_node_time(orbit, last - 1) - 1.0;
  double b = node < last ? rg_orbit_node_time(orbit, node + 1) : 1.0 + rg_orbit_node_time(orbit, 1);
  double x = b - golden * (b - a), y = a + golden * (b - a);
  double at_x = shown_at(f, orbit, x, output, sign), at_y = shown_at(f, orbit, y, output, sign);
  for (int k = 0; k < 34; k++) {
    if (at_x > at_y) {
      b = y, y = x, at_y = at_x;
      x = b - golden * (b - a), at_x = shown_at(f, orbit, x, output, sign);
    } else {
      a = x, x = y, at_x = at_y;
      y = a + golden * (b - a), at_y = shown_at(f, orbit, y, output, sign);
    }
  }
  return sign * fmax(at_x, at_y);
}

/* The node where sign times the output is largest; its value there in *value, NaN: nowhere. */
static size_t largest_node(rg_cycle_facts *f, const rg_orbit *orbit, size_t output, double sign,
                           double *value) {
  size_t best = 0;
  *value = NAN;
  for (size_t k = 0; k < rg_orbit_nodes(orbit); k++) {
    look_at(f, rg_orbit_node(orbit, k), orbit->parameter);
    if (!(sign * f->shown[output] > sign * *value) && !isnan(*value)) continue;
    best = k;
    *value = f->shown[output];
  }
  return best;
}

static double extreme(rg_cycle_facts *f, const rg_orbit *orbit, size_t output, double sign) {
  double value;
  const size_t node = largest_node(f, orbit, output, sign, &value);
  if (orbit->degree == 1 || isnan(value)) return value;
  const double fine = refined(f, orbit, node, output, sign);
  return sign * fine > sign * value ? fine : value;
}

static void average(rg_cycle_facts *f, const rg_orbit *orbit) {
  const rg_basis basis = rg_basis_make();
  const size_t stages = orbit->degree == 1 ? 1 : RG_STAGES;
  memset(f->mean, 0, f->outputs * sizeof *f->mean);
  for (size_t j = 0; j < orbit->intervals; j++)
    for (size_t s = 0; s < stages; s++) {
      const double width = orbit->mesh[j + 1] - orbit->mesh[j];
      memset(f->X, 0, f->n * sizeof *f->X);
      for (size_t k = 0; k <= orbit->degree; k++)
        for (size_t i = 0; i < f->n; i++) {
          const double share = orbit->degree == 1 ? (k == 0 ? 1.0 : 0.0) : basis.value[s][k];
          f->X[i] += share * rg_orbit_node(orbit, j * orbit->degree + k)[i];
        }
      look_at(f, f->X, orbit->parameter);
      for (size_t o = 0; o < f->outputs; o++)
        f->mean[o] += width * (orbit->degree == 1 ? 1.0 : basis.weight[s]) * f->shown[o];
    }
}

void rg_cycle_facts_observe(rg_cycle_facts *f, const rg_orbit *orbit) {
  for (size_t o = 0; o < f->outputs; o++) {
    f->low[o] = extreme(f, orbit, o, -1.0);
    f->high[o] = extreme(f, orbit, o, 1.0);
  }
  average(f, orbit);
}

regime_cycle_point rg_cycle_facts_point(const rg_cycle_facts *f, const rg_orbit *orbit) {
  return (regime_cycle_point){.parameter = orbit->parameter,
                              .period = orbit->period,
                              .multiplier_re = f->re,
                              .multiplier_im = f->im,
                              .low = f->low,
                              .high = f->high,
                              .mean = f->mean,
                              .is_stable = f->is_stable,
                              .error = f->trivial < f->n ? from_one(f, f->trivial) : NAN};
}
