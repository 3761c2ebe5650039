/* collocation.c — Newton's method on the equations of a closed orbit.
 *
 *   1. condense  each piece: what its values do when the first of them, T and p move
 *   2. solve     the chain of the pieces with the conditions
 *   3. unfold    the values within the pieces
 */
#include "analysis/collocation.h"

#include "linalg/dense.h"
#include "linalg/product.h"
#include "linalg/sparse.h"
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
  rg_dense *piece;
  rg_sparse *chain;
  condition condition[CONDITIONS]; /* as many as extras; the last is that of p */
  condition ruler;                 /* for lengths */
  double *memory;
  double *condensed; /* piece j, column by column: inner * wide */
  double *steps;     /* E_j: n*n each */
  double *X, *f, *jacobian, *slope;
  double *scale, *middle;
  double *change; /* unknowns: du_j, then dT, dp */
  double *spread; /* inner: the changes within a piece */
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

/* Column by column: du_j in E_j and before it as -1; each in the conditions; dT and dp everywhere. */
static rg_sparse *make_chain(const rg_collocation *c) {
  const size_t n = c->n, length = c->intervals * n, all = c->unknowns;
  size_t *column = calloc(all + 1, sizeof *column),
         *row = calloc(all * (n + 1 + all - length) + all * all, sizeof *row);
  rg_sparse *chain = NULL;
  if (column && row) {
    size_t count = 0;
    for (size_t k = 0; k < all; k++) {
      const size_t j = k / n, before = (j + c->intervals - 1) % c->intervals * n + k % n;
      if (k < length && j > 0) row[count++] = before;
      for (size_t r = k < length ? j * n : 0; r < (k < length ? (j + 1) * n : length); r++) row[count++] = r;
      if (k < length && j == 0) row[count++] = before;
      for (size_t r = length; r < all; r++) row[count++] = r;
      column[k + 1] = count;
    }
    chain = rg_sparse_create(all, column, row);
  }
  free(column);
  free(row);
  return chain;
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
  c->piece = rg_dense_create(c->inner);
  c->chain = make_chain(c);
  if (c->piece && c->chain && make_vectors(c)) {
    *out = c;
    return REGIME_OK;
  }
  rg_collocation_free(c);
  return REGIME_NO_MEMORY;
}

void rg_collocation_free(rg_collocation *c) {
  if (!c) return;
  rg_dense_free(c->piece);
  rg_sparse_free(c->chain);
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
    if (!c->is_flow)
      for (size_t i = 0; i < n; i++)
        weight[j * row + i] = node(direction, j, 0)[i] / (c->scale[i] * c->scale[i] * (double)c->intervals);
    for (size_t s = 0; s < RG_STAGES && c->is_flow; s++) {
      const double *share = slope ? c->basis.slope[s] : c->basis.value[s];
      const double factor = c->basis.weight[s] * (slope ? 1.0 : width(direction, j));
      for (size_t i = 0; i < n; i++) {
        double d = 0.0;
        for (size_t k = 0; k <= RG_STAGES; k++) d += share[k] * node(direction, j, k)[i];
        for (size_t k = 0; k <= RG_STAGES; k++)
          weight[j * row + k * n + i] += factor * d * c->basis.value[s][k] / (c->scale[i] * c->scale[i]);
      }
    }
  }
}

static double apply(const rg_collocation *c, const condition *on, const rg_orbit *orbit) {
  const size_t row = (c->degree + 1) * c->n;
  double sum = on->period * orbit->period + on->parameter * orbit->parameter;
  for (size_t j = 0; j < c->intervals; j++)
    for (size_t k = 0; k < row; k++) sum += on->weight[j * row + k] * node(orbit, j, 0)[k];
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

/* The rows of Gauss point s of piece j: du/ds - h T F = 0. */
static int collocate(rg_collocation *c, const rg_orbit *orbit, size_t j, size_t s, double *columns) {
  const size_t n = c->n, inner = c->inner;
  const double h = width(orbit, j), stretch = h * orbit->period;
  double *matrix = rg_dense_matrix(c->piece);
  memset(c->X, 0, n * sizeof *c->X);
  memset(c->slope, 0, n * sizeof *c->slope);
  for (size_t k = 0; k <= RG_STAGES; k++)
    for (size_t i = 0; i < n; i++) {
      c->X[i] += c->basis.value[s][k] * node(orbit, j, k)[i];
      c->slope[i] += c->basis.slope[s][k] * node(orbit, j, k)[i];
    }
  if (evaluate(c, orbit->parameter)) return 1;
  for (size_t r = 0; r < n; r++) {
    const size_t row = s * n + r;
    for (size_t i = 0; i < n; i++)
      for (size_t k = 0; k <= RG_STAGES; k++) {
        const double entry =
            (r == i ? c->basis.slope[s][k] : 0.0) - stretch * c->jacobian[r + i * n] * c->basis.value[s][k];
        if (k == 0)
          columns[row + i * inner] = -entry;
        else
          matrix[row + ((k - 1) * n + i) * inner] = entry;
      }
    columns[row + n * inner] = h * c->f[r];
    if (c->freedom != RG_NONE_FREE) columns[row + (n + 1) * inner] = stretch * c->jacobian[r + n * n];
    columns[row + (c->wide - 1) * inner] = stretch * c->f[r] - c->slope[r];
    note_residual(c, stretch * c->f[r] - c->slope[r], c->scale[r]);
  }
  return 0;
}

static int condense_flow(rg_collocation *c, const rg_orbit *orbit, size_t j, double *columns) {
  for (size_t s = 0; s < RG_STAGES; s++)
    if (collocate(c, orbit, j, s, columns)) return 1;
  rg_dense_factor(c->piece);
  for (size_t k = 0; k < c->wide; k++) rg_dense_solve(c->piece, columns + k * c->inner);
  return 0;
}

static int condense_map(rg_collocation *c, const rg_orbit *orbit, size_t j, double *columns) {
  const size_t n = c->n, derivatives = n * (c->wide - 1);
  memcpy(c->X, node(orbit, j, 0), n * sizeof *c->X);
  if (evaluate(c, orbit->parameter)) return 1;
  memcpy(columns, c->jacobian, derivatives * sizeof *columns);
  for (size_t i = 0; i < n; i++) {
    columns[derivatives + i] = c->f[i] - node(orbit, j, 1)[i];
    note_residual(c, columns[derivatives + i], c->scale[i]);
  }
  return 0;
}

static double *piece(const rg_collocation *c, size_t j) { return c->condensed + j * c->inner * c->wide; }

static int condense(rg_collocation *c, const rg_orbit *orbit) {
  const size_t n = c->n;
  c->residual = 0.0;
  for (size_t j = 0; j < c->intervals; j++) {
    double *columns = piece(c, j);
    if (c->is_flow ? condense_flow(c, orbit, j, columns) : condense_map(c, orbit, j, columns)) return 1;
    for (size_t i = 0; i < n; i++)
      memcpy(c->steps + (j * n + i) * n, columns + i * c->inner + c->inner - n, n * sizeof *c->steps);
  }
  return 0;
}

/* ---- the chain ---- */

/* What condition k makes of column `column` of piece j: its own share of the first value is left to the
 * caller. */
static double weighed(const rg_collocation *c, const condition *on, size_t j, size_t column) {
  const double *weight = on->weight + j * (c->degree + 1) * c->n + c->n;
  const double *values = piece(c, j) + column * c->inner;
  double sum = 0.0;
  for (size_t k = 0; k < c->inner; k++) sum += weight[k] * values[k];
  return sum;
}

static void fill_chain(rg_collocation *c) {
  const size_t n = c->n, row = (c->degree + 1) * n;
  double *value = rg_sparse_values(c->chain);
  for (size_t j = 0; j < c->intervals; j++)
    for (size_t i = 0; i < n; i++) {
      if (j > 0) *value++ = -1.0;
      memcpy(value, c->steps + (j * n + i) * n, n * sizeof *value);
      value += n;
      if (j == 0) *value++ = -1.0;
      for (size_t k = 0; k < c->extras; k++)
        *value++ = c->condition[k].weight[j * row + i] + weighed(c, &c->condition[k], j, i);
    }
  for (size_t e = 0; e < c->extras; e++) {
    const bool is_period = c->is_flow && e == 0;
    for (size_t j = 0; j < c->intervals; j++, value += n)
      memcpy(value, piece(c, j) + (n + e) * c->inner + c->inner - n, n * sizeof *value);
    for (size_t k = 0; k < c->extras; k++) {
      *value = is_period ? c->condition[k].period : c->condition[k].parameter;
      for (size_t j = 0; j < c->intervals; j++) *value += weighed(c, &c->condition[k], j, n + e);
      value++;
    }
  }
}

/* Newton's right-hand sides. */
static void fill_change(rg_collocation *c, const rg_orbit *orbit) {
  const size_t n = c->n, last = c->wide - 1;
  double *b = c->change;
  for (size_t j = 0; j < c->intervals; j++)
    for (size_t i = 0; i < n; i++) *b++ = -piece(c, j)[last * c->inner + c->inner - n + i];
  b -= n;
  for (size_t i = 0; i < n; i++)
    *b++ += node(orbit, 0, 0)[i] - rg_orbit_node(orbit, c->intervals * c->degree)[i];
  for (size_t k = 0; k < c->extras; k++, b++) {
    *b = c->condition[k].target - apply(c, &c->condition[k], orbit);
    for (size_t j = 0; j < c->intervals; j++) *b -= weighed(c, &c->condition[k], j, last);
  }
}

/* ---- unfolding ---- */

/* The changes within piece j that follow from those in c->change, with or without the constant. */
static void spread(rg_collocation *c, size_t j, bool constant) {
  const size_t n = c->n, inner = c->inner;
  const double *columns = piece(c, j), *extra = c->change + c->intervals * n;
  for (size_t r = 0; r < inner; r++) {
    double sum = constant ? columns[r + (c->wide - 1) * inner] : 0.0;
    for (size_t i = 0; i < n; i++) sum += columns[r + i * inner] * c->change[j * n + i];
    for (size_t e = 0; e < c->extras; e++) sum += columns[r + (n + e) * inner] * extra[e];
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
    if (condense(c, orbit)) return REGIME_UNDEFINED;
    fill_chain(c);
    fill_change(c, orbit);
    if (!isfinite(c->residual) || !rg_sparse_factor(c->chain)) return REGIME_NO_CONVERGENCE;
    rg_sparse_solve(c->chain, c->change);
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
  rg_sparse_solve(c->chain, c->change);
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

/* Inverse iteration: the chain is all but singular along the doubling. */
void rg_collocation_doubling(rg_collocation *c, rg_orbit *direction) {
  const size_t half = c->intervals / 2 * c->n;
  for (size_t k = 0; k < half; k++) c->change[k] = c->scale[k % c->n] * (1.0 + 0.1 * cos((double)k));
  for (size_t k = 0; k < half; k++) c->change[half + k] = -c->change[k];
  make_antisymmetric(c);
  for (int round = 0; round < 3; round++) {
    rg_sparse_solve(c->chain, c->change);
    make_antisymmetric(c);
  }
  unfold(c, direction, true);
  rg_collocation_normalise(c, direction);
}

regime_status rg_collocation_multipliers(rg_collocation *c, double *re, double *im) {
  return rg_product_eigenvalues(c->n, c->intervals, c->steps, c->n * c->n, re, im);
}
