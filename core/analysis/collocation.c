/* collocation.c — Newton's method on the equations of a closed orbit.
 *
 *   1. condense  each piece: what its values do when the first of them, T and p move
 *   2. solve     the ring of the pieces with the conditions
 *   3. unfold    the values within the pieces
 */
#include "analysis/collocation.h"

#include "linalg/block.h"
#include "linalg/product.h"
#include "linalg/ring.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ITERATIONS = 12, CONDITIONS = 2 };
static const double accepted_within = 1e-8; /* when rounding allows no step to be any shorter */

/* apply(weight, u) + period T + parameter p = target */
typedef struct condition {
  double *weight; /* of the values of each piece, intervals * (degree + 1) * n */
  double period, parameter, target;
} condition;

struct rg_collocation {
  rg_field *field;
  rg_freedom freedom;
  bool is_flow;
  size_t n, intervals, degree;
  size_t inner;  /* degree * n: values of a piece but for its first */
  size_t extras; /* T of a flow; p */
  size_t wide;   /* n + extras + 1: columns of a condensed piece, the last the constant */
  size_t unknowns;
  rg_basis basis;
  rg_ring *ring;
  condition condition[CONDITIONS]; /* as many as extras; the last is that of p */
  condition ruler;                 /* for lengths */
  double *memory;
  double *stack;     /* the equations of a piece, row by row: inner * (inner + wide) */
  double *condensed; /* piece j, row by row: inner * wide */
  double *steps;     /* E_j, column by column: n*n each */
  double *X, *f, *jacobian, *slope;
  double *scale, *middle;
  double *change;  /* unknowns: du_j, then dT, dp */
  double *spread;  /* inner: the changes within a piece */
  double *weighed; /* wide: what a condition makes of a piece */
  double period_scale, parameter_scale;
  double residual; /* of the last assembly, by the scales */
};

/* ---- room ---- */

static bool make_vectors(rg_collocation *c) {
  const size_t n = c->n, weights = c->intervals * (c->degree + 1) * n,
               condensed = c->intervals * c->inner * c->wide;
  const size_t jacobian = n * rg_field_columns(c->field);
  const struct {
    double **vector;
    size_t length;
  } parts[] = {
      {&c->condition[0].weight, weights},
      {&c->condition[1].weight, weights},
      {&c->ruler.weight, weights},
      {&c->stack, c->inner * (c->inner + c->wide)},
      {&c->condensed, condensed},
      {&c->steps, c->intervals * n * n},
      {&c->X, n + 1},
      {&c->f, 2 * n},
      {&c->jacobian, jacobian + n},
      {&c->slope, n},
      {&c->scale, n},
      {&c->middle, n},
      {&c->change, c->unknowns},
      {&c->spread, c->inner},
      {&c->weighed, c->wide},
  };
  size_t room = 1, used = 0;
  for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) room += parts[k].length;
  c->memory = calloc(room, sizeof *c->memory);
  for (size_t k = 0; k < sizeof parts / sizeof *parts && c->memory; k++) {
    *parts[k].vector = c->memory + used;
    used += parts[k].length;
  }
  return c->memory != NULL;
}

regime_status rg_collocation_create(rg_field *field, size_t intervals, rg_freedom freedom,
                                    rg_collocation **out) {
  *out = NULL;
  rg_collocation *c = calloc(1, sizeof *c);
  if (!c) return REGIME_NO_MEMORY;
  c->field = field;
  c->freedom = freedom;
  c->is_flow = !rg_field_is_map(field);
  c->n = rg_field_states(field);
  c->intervals = intervals;
  c->degree = c->is_flow ? RG_STAGES : 1;
  c->inner = c->degree * c->n;
  c->extras = (c->is_flow ? 1u : 0u) + (freedom != RG_NONE_FREE ? 1u : 0u);
  c->wide = c->n + c->extras + 1;
  c->unknowns = intervals * c->n + c->extras;
  c->basis = rg_basis_make();
  c->period_scale = c->parameter_scale = 1.0;
  c->ring = rg_ring_create(c->n, intervals, c->extras);
  if (c->ring && make_vectors(c)) {
    *out = c;
    return REGIME_OK;
  }
  rg_collocation_free(c);
  return REGIME_NO_MEMORY;
}

void rg_collocation_free(rg_collocation *c) {
  if (!c) return;
  rg_ring_free(c->ring);
  free(c->memory);
  free(c);
}

/* ---- measures and conditions ---- */

static const double *node(const rg_orbit *orbit, size_t j, size_t k) {
  return rg_orbit_node(orbit, j * orbit->degree + k);
}

static double width(const rg_orbit *orbit, size_t j) { return orbit->mesh[j + 1] - orbit->mesh[j]; }

/* The integral of u over time, state by state. */
static void mean(const rg_collocation *c, const rg_orbit *orbit, double *out) {
  memset(out, 0, c->n * sizeof *out);
  for (size_t j = 0; j < c->intervals; j++)
    for (size_t s = 0; s < RG_STAGES && c->is_flow; s++)
      for (size_t k = 0; k <= c->degree; k++)
        for (size_t i = 0; i < c->n; i++)
          out[i] += width(orbit, j) * c->basis.weight[s] * c->basis.value[s][k] * node(orbit, j, k)[i];
}

void rg_collocation_measure(rg_collocation *c, const rg_orbit *orbit, const double *scale,
                            double parameter_scale) {
  memcpy(c->scale, scale, c->n * sizeof *scale);
  c->period_scale = orbit->period;
  c->parameter_scale = parameter_scale;
  if (c->freedom == RG_DRAG) mean(c, orbit, c->middle);
}

/* Weights of the integral of d . u, states measured by their scales; with d the direction or its slope. Of a
 * map the mean over its points. */
static void weigh(rg_collocation *c, const rg_orbit *direction, bool slope, double *weight) {
  const size_t n = c->n, row = (c->degree + 1) * n;
  memset(weight, 0, c->intervals * row * sizeof *weight);
  for (size_t j = 0; j < c->intervals; j++) {
    const double *u = node(direction, j, 0);
    double *out = weight + j * row;
    for (size_t i = 0; i < n && !c->is_flow; i++)
      out[i] = u[i] / (c->scale[i] * c->scale[i] * (double)c->intervals);
    for (size_t s = 0; s < RG_STAGES && c->is_flow; s++) {
      const double *share = slope ? c->basis.slope[s] : c->basis.value[s];
      const double factor = c->basis.weight[s] * (slope ? 1.0 : width(direction, j));
      for (size_t i = 0; i < n; i++) {
        double d = 0.0;
        for (size_t k = 0; k <= RG_STAGES; k++) d += share[k] * u[k * n + i];
        d *= factor / (c->scale[i] * c->scale[i]);
        for (size_t k = 0; k <= RG_STAGES; k++) out[k * n + i] += d * c->basis.value[s][k];
      }
    }
  }
}

static double apply(const rg_collocation *c, const condition *on, const rg_orbit *orbit) {
  const size_t row = (c->degree + 1) * c->n;
  double sum = on->period * orbit->period + on->parameter * orbit->parameter;
  for (size_t j = 0; j < c->intervals; j++) {
    const double *weight = on->weight + j * row, *u = node(orbit, j, 0);
    for (size_t k = 0; k < row; k++) sum += weight[k] * u[k];
  }
  return sum;
}

static condition *last_condition(rg_collocation *c) { return &c->condition[c->extras - 1]; }

void rg_collocation_set_phase(rg_collocation *c, const rg_orbit *reference, const rg_orbit *slope_of) {
  if (!c->is_flow) return;
  condition *phase = &c->condition[0];
  weigh(c, slope_of, true, phase->weight);
  phase->period = phase->parameter = 0.0;
  phase->target = apply(c, phase, reference);
}

static void along(rg_collocation *c, const rg_orbit *direction, condition *on) {
  weigh(c, direction, false, on->weight);
  on->period = c->is_flow ? direction->period / (c->period_scale * c->period_scale) : 0.0;
  on->parameter = direction->parameter / (c->parameter_scale * c->parameter_scale);
}

void rg_collocation_set_distance(rg_collocation *c, const rg_orbit *base, const rg_orbit *direction,
                                 double s) {
  condition *on = last_condition(c);
  along(c, direction, on);
  on->target = apply(c, on, base) + s;
}

void rg_collocation_set_parameter(rg_collocation *c, double parameter) {
  condition *on = last_condition(c);
  memset(on->weight, 0, c->intervals * (c->degree + 1) * c->n * sizeof *on->weight);
  on->period = 0.0;
  on->parameter = 1.0;
  on->target = parameter;
}

double rg_collocation_length(rg_collocation *c, const rg_orbit *direction) {
  along(c, direction, &c->ruler);
  return sqrt(apply(c, &c->ruler, direction));
}

double rg_collocation_along(rg_collocation *c, const rg_orbit *direction, const rg_orbit *from,
                            const rg_orbit *to) {
  along(c, direction, &c->ruler);
  return apply(c, &c->ruler, to) - apply(c, &c->ruler, from);
}

/* ---- condensing ---- */

/* F and its derivatives by states and by the one parameter, at c->X. */
static int evaluate(rg_collocation *c, double parameter) {
  const size_t n = c->n;
  double *by_parameter = c->jacobian + n * n;
  if (c->freedom == RG_PARAMETER) c->X[n] = parameter;
  if (rg_field_value(c->field, c->X, c->f) || rg_field_jacobian(c->field, c->X, c->jacobian)) return 1;
  if (c->freedom != RG_DRAG) return 0;
  for (size_t i = 0; i < n; i++) {
    by_parameter[i] = c->X[i] - c->middle[i];
    c->f[i] += parameter * by_parameter[i];
    c->jacobian[i + i * n] += parameter;
  }
  return 0;
}

static void note_residual(rg_collocation *c, double residual, double scale) {
  c->residual = isnan(residual) ? INFINITY : fmax(c->residual, fabs(residual) / scale);
}

/* The orbit and its slope at Gauss point s of piece j. */
static void interpolate(rg_collocation *c, const rg_orbit *orbit, size_t j, size_t s) {
  const size_t n = c->n;
  memset(c->X, 0, n * sizeof *c->X);
  memset(c->slope, 0, n * sizeof *c->slope);
  for (size_t k = 0; k <= RG_STAGES; k++) {
    const double *u = node(orbit, j, k), value = c->basis.value[s][k], slope = c->basis.slope[s][k];
    for (size_t i = 0; i < n; i++) {
      c->X[i] += value * u[i];
      c->slope[i] += slope * u[i];
    }
  }
}

/* The rows of Gauss point s of piece j, du/ds - h T F = 0: the values within the piece, then on the other
 * side its first, T, p and the constant. */
static int collocate(rg_collocation *c, const rg_orbit *orbit, size_t j, size_t s) {
  const size_t n = c->n, inner = c->inner;
  const double h = width(orbit, j), stretch = h * orbit->period;
  const double *value = c->basis.value[s], *slope = c->basis.slope[s];
  interpolate(c, orbit, j, s);
  if (evaluate(c, orbit->parameter)) return 1;
  for (size_t r = 0; r < n; r++) {
    double *row = c->stack + (s * n + r) * (inner + c->wide), *extra = row + inner + n;
    for (size_t i = 0; i < n; i++) {
      const double by_state = stretch * c->jacobian[r + i * n];
      for (size_t k = 1; k <= RG_STAGES; k++) row[(k - 1) * n + i] = -by_state * value[k];
      row[inner + i] = by_state * value[0];
    }
    for (size_t k = 1; k <= RG_STAGES; k++) row[(k - 1) * n + r] += slope[k];
    row[inner + r] -= slope[0];
    *extra++ = h * c->f[r];
    if (c->freedom != RG_NONE_FREE) *extra++ = stretch * c->jacobian[r + n * n];
    *extra = stretch * c->f[r] - c->slope[r];
    note_residual(c, *extra, c->scale[r]);
  }
  return 0;
}

static regime_status condense_flow(rg_collocation *c, const rg_orbit *orbit, size_t j, double *rows) {
  const size_t inner = c->inner, all = inner + c->wide;
  for (size_t s = 0; s < RG_STAGES; s++)
    if (collocate(c, orbit, j, s)) return REGIME_UNDEFINED;
  if (!rg_block_eliminate(c->stack, inner, inner, all, inner)) return REGIME_NO_CONVERGENCE;
  rg_block_substitute(c->stack, all, inner);
  for (size_t r = 0; r < inner; r++)
    memcpy(rows + r * c->wide, c->stack + r * all + inner, c->wide * sizeof *rows);
  return REGIME_OK;
}

static regime_status condense_map(rg_collocation *c, const rg_orbit *orbit, size_t j, double *rows) {
  const size_t n = c->n, last = c->wide - 1;
  memcpy(c->X, node(orbit, j, 0), n * sizeof *c->X);
  if (evaluate(c, orbit->parameter)) return REGIME_UNDEFINED;
  for (size_t i = 0; i < n; i++, rows += c->wide) {
    for (size_t k = 0; k < last; k++) rows[k] = c->jacobian[i + k * n];
    rows[last] = c->f[i] - node(orbit, j, 1)[i];
    note_residual(c, rows[last], c->scale[i]);
  }
  return REGIME_OK;
}

static double *piece(const rg_collocation *c, size_t j) { return c->condensed + j * c->inner * c->wide; }

/* What happens to the last value of piece j: the rows E_j, e_T, e_p, r_j. */
static const double *last_rows(const rg_collocation *c, size_t j) {
  return piece(c, j) + (c->inner - c->n) * c->wide;
}

static regime_status condense(rg_collocation *c, const rg_orbit *orbit) {
  const size_t n = c->n;
  c->residual = 0.0;
  for (size_t j = 0; j < c->intervals; j++) {
    double *rows = piece(c, j);
    const regime_status status =
        c->is_flow ? condense_flow(c, orbit, j, rows) : condense_map(c, orbit, j, rows);
    if (status != REGIME_OK) return status;
    for (size_t i = 0; i < n; i++)
      for (size_t r = 0; r < n; r++) c->steps[j * n * n + i * n + r] = last_rows(c, j)[r * c->wide + i];
  }
  return isfinite(c->residual) ? REGIME_OK : REGIME_NO_CONVERGENCE;
}

/* ---- the ring ---- */

/* What condition k makes of the columns of piece j, n + extras + 1: du_j, dT, dp, the constant. */
static void weigh_piece(const rg_collocation *c, size_t k, size_t j, double *out) {
  const double *weight = c->condition[k].weight + j * (c->degree + 1) * c->n, *row = piece(c, j);
  memset(out, 0, c->wide * sizeof *out);
  memcpy(out, weight, c->n * sizeof *out);
  weight += c->n;
  for (size_t r = 0; r < c->inner; r++, row += c->wide)
    for (size_t column = 0; column < c->wide; column++) out[column] += weight[r] * row[column];
}

/* The conditions and their right-hand sides. */
static void fill_conditions(rg_collocation *c, const rg_orbit *orbit) {
  double *corner = rg_ring_corner(c->ring), *d = c->change + c->intervals * c->n;
  for (size_t k = 0; k < c->extras; k++, corner += c->extras) {
    const condition *on = &c->condition[k];
    d[k] = on->target - apply(c, on, orbit);
    if (c->is_flow) corner[0] = on->period;
    if (c->freedom != RG_NONE_FREE) corner[c->extras - 1] = on->parameter;
    for (size_t j = 0; j < c->intervals; j++) {
      weigh_piece(c, k, j, c->weighed);
      memcpy(rg_ring_weight(c->ring, j) + k * c->n, c->weighed, c->n * sizeof *c->weighed);
      for (size_t e = 0; e < c->extras; e++) corner[e] += c->weighed[c->n + e];
      d[k] -= c->weighed[c->wide - 1];
    }
  }
}

static void set_units(rg_collocation *c) {
  double *scale = rg_ring_scale(c->ring);
  memcpy(scale, c->scale, c->n * sizeof *scale);
  if (c->is_flow) scale[c->n] = c->period_scale;
  if (c->freedom != RG_NONE_FREE) scale[c->n + c->extras - 1] = c->parameter_scale;
}

/* Newton's equations. */
static void fill(rg_collocation *c, const rg_orbit *orbit) {
  const size_t n = c->n, all = n + c->extras;
  double *b = c->change;
  set_units(c);
  for (size_t j = 0; j < c->intervals; j++)
    for (size_t i = 0; i < n; i++) {
      const double *row = last_rows(c, j) + i * c->wide;
      memcpy(rg_ring_link(c->ring, j) + i * all, row, all * sizeof *row);
      *b++ = -row[all];
    }
  b -= n;
  for (size_t i = 0; i < n; i++)
    *b++ += node(orbit, 0, 0)[i] - rg_orbit_node(orbit, c->intervals * c->degree)[i];
  fill_conditions(c, orbit);
}

/* ---- unfolding ---- */

/* The changes within piece j that follow from those in c->change, with or without the constant. */
static void spread(rg_collocation *c, size_t j, bool constant) {
  const size_t n = c->n;
  const double *row = piece(c, j), *extra = c->change + c->intervals * n;
  for (size_t r = 0; r < c->inner; r++, row += c->wide) {
    double sum = constant ? row[c->wide - 1] : 0.0;
    for (size_t i = 0; i < n; i++) sum += row[i] * c->change[j * n + i];
    for (size_t e = 0; e < c->extras; e++) sum += row[n + e] * extra[e];
    c->spread[r] = sum;
  }
}

/* orbit += the changes; or with `fresh` becomes them. */
static double unfold(rg_collocation *c, rg_orbit *orbit, bool fresh) {
  const size_t n = c->n;
  const double *extra = c->change + c->intervals * n;
  double most = 0.0;
  if (fresh) memset(orbit->value, 0, rg_orbit_nodes(orbit) * n * sizeof *orbit->value);
  if (fresh) orbit->period = orbit->parameter = 0.0;
  for (size_t i = 0; i < n; i++) orbit->value[i] += c->change[i];
  for (size_t j = 0; j < c->intervals; j++) {
    spread(c, j, !fresh);
    for (size_t r = 0; r < c->inner; r++) {
      orbit->value[j * c->inner + n + r] += c->spread[r];
      most = fmax(most, isnan(c->spread[r]) ? INFINITY : fabs(c->spread[r]) / c->scale[r % n]);
    }
  }
  if (c->is_flow) orbit->period += extra[0];
  if (c->is_flow) most = fmax(most, fabs(extra[0]) / c->period_scale);
  if (c->freedom == RG_NONE_FREE) return most;
  orbit->parameter += extra[c->extras - 1];
  return fmax(most, fabs(extra[c->extras - 1]) / c->parameter_scale);
}

regime_status rg_collocation_correct(rg_collocation *c, rg_orbit *orbit, double tolerance,
                                     rg_correction *report) {
  double before = INFINITY;
  for (report->iterations = 1; report->iterations <= MOST_ITERATIONS; report->iterations++) {
    const regime_status status = condense(c, orbit);
    if (status != REGIME_OK) return status;
    fill(c, orbit);
    if (!rg_ring_solve(c->ring, c->change)) return REGIME_NO_CONVERGENCE;
    report->step = unfold(c, orbit, false);
    report->residual = c->residual;
    const double left = fmax(report->step, report->residual);
    if (left <= tolerance || (left <= accepted_within && report->step > before / 2.0)) return REGIME_OK;
    if (!(report->step <= 2.0 * before) || (c->is_flow && orbit->period <= 0.0)) break;
    before = report->step;
  }
  return REGIME_NO_CONVERGENCE;
}

/* ---- at a solution ---- */

void rg_collocation_normalise(rg_collocation *c, rg_orbit *direction) {
  const double length = rg_collocation_length(c, direction);
  for (size_t k = 0; k < rg_orbit_nodes(direction) * c->n; k++) direction->value[k] /= length;
  direction->period /= length;
  direction->parameter /= length;
}

void rg_collocation_tangent(rg_collocation *c, rg_orbit *direction) {
  memset(c->change, 0, c->unknowns * sizeof *c->change);
  c->change[c->unknowns - 1] = 1.0;
  rg_ring_solve(c->ring, c->change); /* as regular as in the last correction: it is the same */
  unfold(c, direction, true);
  rg_collocation_normalise(c, direction);
}

/* What a map or flow undoes within half the time is taken away: the doubling is what is left. */
static void make_antisymmetric(rg_collocation *c) {
  const size_t half = c->intervals / 2 * c->n;
  double most = 0.0;
  for (size_t k = 0; k < half; k++) {
    c->change[k] = (c->change[k] - c->change[half + k]) / 2.0;
    most = fmax(most, fabs(c->change[k]));
  }
  for (size_t k = 0; k < half; k++) {
    c->change[k] /= most;
    c->change[half + k] = -c->change[k];
  }
  memset(c->change + 2 * half, 0, c->extras * sizeof *c->change);
}

/* Inverse iteration: the ring is all but singular along the doubling. */
void rg_collocation_doubling(rg_collocation *c, rg_orbit *direction) {
  const size_t half = c->intervals / 2 * c->n;
  for (size_t k = 0; k < half; k++) c->change[k] = c->scale[k % c->n] * (1.0 + 0.1 * cos((double)k));
  for (size_t k = 0; k < half; k++) c->change[half + k] = -c->change[k];
  make_antisymmetric(c);
  for (int round = 0; round < 3; round++) {
    rg_ring_solve(c->ring, c->change);
    make_antisymmetric(c);
  }
  unfold(c, direction, true);
  rg_collocation_normalise(c, direction);
}

regime_status rg_collocation_multipliers(rg_collocation *c, double *re, double *im) {
  return rg_product_eigenvalues(c->n, c->intervals, c->steps, c->n * c->n, re, im);
}
