/* cycle_facts.c — multipliers, extremes and means of a closed orbit. */
#include "analysis/cycle_facts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PARABOLAS = 20 };

regime_status rg_cycle_facts_make(rg_field *field, rg_cycle_facts *f) {
  *f = (rg_cycle_facts){.field = field, .n = rg_field_states(field), .outputs = rg_field_outputs(field)};
  f->memory = calloc(2 * f->n + 4 * f->outputs + rg_field_columns(field) + 1, sizeof *f->memory);
  f->lowest = calloc(2 * f->outputs + 1, sizeof *f->lowest);
  if (!f->memory || !f->lowest) {
    rg_cycle_facts_drop(f);
    return REGIME_NO_MEMORY;
  }
  f->highest = f->lowest + f->outputs;
  f->re = f->memory;
  f->im = f->re + f->n;
  f->low = f->im + f->n;
  f->high = f->low + f->outputs;
  f->mean = f->high + f->outputs;
  f->shown = f->mean + f->outputs;
  f->X = f->shown + f->outputs;
  return REGIME_OK;
}

void rg_cycle_facts_drop(rg_cycle_facts *f) {
  free(f->memory);
  free(f->lowest);
  *f = (rg_cycle_facts){0};
}

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

size_t rg_cycle_facts_outside(const rg_cycle_facts *f) {
  size_t count = 0;
  for (size_t k = 0; k < f->n; k++) count += k != f->trivial && hypot(f->re[k], f->im[k]) > 1.0 + 1e-6;
  return count;
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

/* A point of the graph of sign times an output. */
typedef struct spot {
  double time, value;
} spot;

static spot spot_at(rg_cycle_facts *f, const rg_orbit *orbit, double time, size_t output, double sign) {
  rg_cycle_facts_look(f, orbit, time);
  return (spot){time, sign * f->shown[output]};
}

/* Where the parabola through three points has its vertex. */
static double vertex(spot a, spot m, spot b) {
  const double left = (m.time - a.time) * (m.value - b.value),
               right = (m.time - b.time) * (m.value - a.value);
  return m.time - 0.5 * ((m.time - a.time) * left - (m.time - b.time) * right) / (left - right);
}

/* The largest of sign times the output about a node, where it is largest among the nodes: by parabolas
 * (Brent 1973, ch. 5), until its error, which is of second order, is below rounding. */
static double refined(rg_cycle_facts *f, const rg_orbit *orbit, size_t node, size_t output, double sign) {
  const size_t last = rg_orbit_nodes(orbit) - 1;
  const double before =
      node > 0 ? rg_orbit_node_time(orbit, node - 1) : rg_orbit_node_time(orbit, last - 1) - 1.0;
  const double after = node < last ? rg_orbit_node_time(orbit, node + 1) : 1.0 + rg_orbit_node_time(orbit, 1);
  spot a = spot_at(f, orbit, before, output, sign), b = spot_at(f, orbit, after, output, sign);
  spot m = spot_at(f, orbit, rg_orbit_node_time(orbit, node), output, sign);
  for (int k = 0; k < MOST_PARABOLAS; k++) {
    const double time = vertex(a, m, b);
    if (!(time > a.time && time < b.time) || fabs(time - m.time) < 1e-7 * (after - before)) break;
    const spot next = spot_at(f, orbit, time, output, sign), old = m;
    if (isnan(next.value)) break;
    if (next.value > m.value) m = next;
    const spot aside = next.value > old.value ? old : next;
    *(aside.time < m.time ? &a : &b) = aside;
  }
  return sign * m.value;
}

static void note_node(double shown, size_t k, double sign, double *value, size_t *node) {
  if (!isnan(*value) && !(sign * shown > sign * *value)) return;
  *value = shown;
  *node = k;
}

/* Extremes among the nodes; NaN: of an output that is none at any. */
static void sweep(rg_cycle_facts *f, const rg_orbit *orbit) {
  for (size_t o = 0; o < f->outputs; o++) f->low[o] = f->high[o] = NAN;
  for (size_t k = 0; k < rg_orbit_nodes(orbit); k++) {
    look_at(f, rg_orbit_node(orbit, k), orbit->parameter);
    for (size_t o = 0; o < f->outputs; o++) {
      note_node(f->shown[o], k, -1.0, &f->low[o], &f->lowest[o]);
      note_node(f->shown[o], k, 1.0, &f->high[o], &f->highest[o]);
    }
  }
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
  sweep(f, orbit);
  for (size_t o = 0; o < f->outputs && orbit->degree > 1; o++) {
    if (isnan(f->low[o])) continue;
    f->low[o] = refined(f, orbit, f->lowest[o], o, -1.0);
    f->high[o] = refined(f, orbit, f->highest[o], o, 1.0);
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
