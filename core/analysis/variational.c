/* variational.c — tangents along a path. */
#include "analysis/variational.h"

#include <stdlib.h>
#include <string.h>

struct rg_variational {
  rg_field *field;
  regime_system system;
  size_t n, k, parameters;
  size_t *column, *row; /* of the Jacobian: full blocks along the diagonal */
  double *memory;
  double *start; /* n * (1 + k), then the parameters */
  double *X;
  double *jacobian;
};

/* --- what the path sees -------------------------------------------------------------------------------- */

static void look_at(rg_variational *v, const double *y) { memcpy(v->X, y, v->n * sizeof *y); }

static regime_status start(void *self, double t, double *y) {
  const rg_variational *v = self;
  (void)t;
  memcpy(y, v->start, v->n * (1 + v->k) * sizeof *y);
  return REGIME_OK;
}

static int rate(void *self, double t, const double *y, double *dy) {
  rg_variational *v = self;
  const size_t n = v->n;
  (void)t;
  look_at(v, y);
  if (rg_field_value(v->field, v->X, dy)) return 1;
  if (v->k == 0) return 0;
  if (rg_field_jacobian(v->field, v->X, v->jacobian)) return 1;
  memset(dy + n, 0, n * v->k * sizeof *dy);
  for (size_t c = n; c < n * (1 + v->k); c += n)
    for (size_t j = 0; j < n; j++)
      for (size_t i = 0; i < n; i++) dy[c + i] += v->jacobian[i + j * n] * y[c + j];
  return 0;
}

/* F_x for x and for each tangent. How these answer to x is left out: Newton's method in the integrator finds
 * x without it, and then the tangents. */
static int jacobian(void *self, double t, const double *y, double *values) {
  rg_variational *v = self;
  const size_t square = v->n * v->n;
  (void)t;
  look_at(v, y);
  if (rg_field_jacobian(v->field, v->X, v->jacobian)) return 1;
  for (size_t block = 0; block <= v->k; block++)
    memcpy(values + block * square, v->jacobian, square * sizeof *values);
  return 0;
}

/* --- making -------------------------------------------------------------------------------------------- */

static void fill_pattern(rg_variational *v) {
  const size_t n = v->n;
  for (size_t j = 0; j < n * (1 + v->k); j++) {
    v->column[j + 1] = (j + 1) * n;
    for (size_t i = 0; i < n; i++) v->row[j * n + i] = j / n * n + i;
  }
}

static bool make_room(rg_variational *v) {
  const size_t n = v->n, states = n * (1 + v->k), columns = rg_field_columns(v->field);
  v->column = calloc(states + 1, sizeof *v->column);
  v->row = calloc(states * n + 1, sizeof *v->row);
  v->memory = calloc(states + 2 * columns + n * columns + 1, sizeof *v->memory);
  if (!v->column || !v->row || !v->memory) return false;
  v->start = v->memory;
  v->X = v->start + states + v->parameters;
  v->jacobian = v->X + columns;
  return true;
}

regime_status rg_variational_create(rg_field *field, size_t columns, rg_variational **out) {
  *out = NULL;
  rg_variational *v = calloc(1, sizeof *v);
  if (!v) return REGIME_NO_MEMORY;
  *v = (rg_variational){.field = field, .n = rg_field_states(field), .k = columns};
  v->parameters = rg_field_columns(field) - v->n;
  if (!make_room(v)) {
    rg_variational_free(v);
    return REGIME_NO_MEMORY;
  }
  fill_pattern(v);
  rg_field_start(field, v->X);
  memcpy(v->start, v->X, v->n * sizeof *v->X);
  memcpy(rg_variational_parameters(v), v->X + v->n, v->parameters * sizeof *v->X);
  const bool is_map = rg_field_is_map(field);
  v->system = (regime_system){.self = v,
                              .n_states = v->n * (1 + columns),
                              .jacobian_column = v->column,
                              .jacobian_row = v->row,
                              .start = start,
                              .rate = is_map ? NULL : rate,
                              .jacobian = jacobian,
                              .next = is_map ? rate : NULL,
                              .step = rg_field_system(field)->step};
  *out = v;
  return REGIME_OK;
}

void rg_variational_free(rg_variational *v) {
  if (!v) return;
  free(v->column);
  free(v->row);
  free(v->memory);
  free(v);
}

double *rg_variational_start(rg_variational *v) { return v->start; }
double *rg_variational_parameters(rg_variational *v) { return v->start + v->n * (1 + v->k); }

regime_status rg_variational_follow(rg_variational *v, regime_context *context, double duration, double every,
                                    const regime_path_options *options, regime_path **out) {
  regime_path_options o = *options;
  o.from = 0.0;
  o.to = duration;
  o.every = every;
  o.start = NULL;
  memcpy(v->X + v->n, rg_variational_parameters(v), v->parameters * sizeof *v->X);
  return regime_path_compute(context, &v->system, &o, out);
}
