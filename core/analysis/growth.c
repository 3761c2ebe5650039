/* growth.c — balanced paths.
 *
 *   find the scalings of the law
 *   from many starts: Newton for a state x and the weights c of the scalings, with
 *       f(x) = g o x + h,   (g, h) = (g, h) of time + sum_k c_k (g, h)_k,
 *     and x on a plane across the scalings, so that of all the points of one path one is a solution
 *   of each: eigenvalues of the flow in the coordinates that rest along it, across the scalings
 *
 * Of a map, f is next and the right side is where the scaling leads in a period.
 */
#include <regime/steady.h>

#include "analysis/box.h"
#include "analysis/kind.h"
#include "analysis/scalings.h"
#include "base/diagnostic.h"
#include "linalg/eigen.h"
#include "linalg/newton.h"
#include "linalg/svd.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { points_of_scalings = 12, few_states = 30, tries_of_many = 4 };

struct regime_growth {
  size_t count, scalings;
  regime_balanced *balanced;
  double **memory;
};

typedef struct hunt {
  regime_context *context;
  const regime_steady_options *options;
  regime_growth *growth;
  rg_field *field;
  rg_scalings scalings;
  size_t n, d, columns, n_starts;
  double *width, *reference; /* of the box; a state through which the plane across the scalings goes */
  double *across;            /* d rows of n: the scalings there, against the squares of the widths */
  double *scaling;           /* 2n: g and h with the present weights */
  double *X, *F, *along, *jacobian;
  double *z;       /* n + d: state and weights */
  double *start;   /* n_starts * n */
  rg_svd *gauge;   /* n * d */
  bool has_family; /* balanced paths that are not isolated: one is shown */
} hunt;

/* --- the equations ---------------------------------------------------------------------------------------
 */

static void weigh(hunt *h, const double *c) {
  memcpy(h->scaling, h->scalings.particular, 2 * h->n * sizeof *h->scaling);
  for (size_t k = 0; k < h->d; k++)
    for (size_t i = 0; i < 2 * h->n; i++) h->scaling[i] += c[k] * h->scalings.basis[2 * h->n * k + i];
}

/* (exp(g) - 1)/g, and its derivative by g */
static double shift_in_period(double g) {
  return fabs(g) < 1e-5 ? 1.0 + g / 2.0 + g * g / 6.0 : expm1(g) / g;
}
static double slope_of_shift(double g) {
  return fabs(g) < 1e-4 ? 0.5 + g / 3.0 + g * g / 8.0 : (exp(g) - shift_in_period(g)) / g;
}

/* What state i would do along the scaling: its rate, or where a period leads it. */
static double led_to(const hunt *h, size_t i, double x) {
  const double g = h->scaling[i], shift = h->scaling[h->n + i];
  return rg_field_is_map(h->field) ? exp(g) * x + shift * shift_in_period(g) : g * x + shift;
}

static double stretched(const hunt *h, size_t i) {
  return rg_field_is_map(h->field) ? exp(h->scaling[i]) : h->scaling[i];
}

/* The derivative of that by the weight of scaling k. */
static double led_by_weight(const hunt *h, size_t i, size_t k, double x) {
  const double by_g = h->scalings.basis[2 * h->n * k + i], by_h = h->scalings.basis[2 * h->n * k + h->n + i];
  const double g = h->scaling[i], shift = h->scaling[h->n + i];
  if (!rg_field_is_map(h->field)) return by_g * x + by_h;
  return by_g * (exp(g) * x + shift * slope_of_shift(g)) + by_h * shift_in_period(g);
}

static int residual(void *self, const double *z, double *out) {
  hunt *h = self;
  memcpy(h->X, z, h->n * sizeof *z);
  if (rg_field_value(h->field, h->X, out)) return 1;
  weigh(h, z + h->n);
  for (size_t i = 0; i < h->n; i++) out[i] -= led_to(h, i, z[i]);
  for (size_t k = 0; k < h->d; k++) {
    double *gauge = &out[h->n + k];
    *gauge = 0.0;
    for (size_t i = 0; i < h->n; i++) *gauge += h->across[k * h->n + i] * (z[i] - h->reference[i]);
  }
  for (size_t i = 0; i < h->n + h->d; i++)
    if (!isfinite(out[i])) return 1;
  return 0;
}

static int jacobian(void *self, const double *z, double *out) {
  hunt *h = self;
  const size_t n = h->n, size = n + h->d;
  memcpy(h->X, z, n * sizeof *z);
  if (rg_field_jacobian(h->field, h->X, h->jacobian)) return 1;
  weigh(h, z + n);
  memset(out, 0, size * size * sizeof *out);
  for (size_t j = 0; j < n; j++) {
    memcpy(out + j * size, h->jacobian + j * n, n * sizeof *out);
    out[j + j * size] -= stretched(h, j);
    for (size_t k = 0; k < h->d; k++) out[n + k + j * size] = h->across[k * n + j];
  }
  for (size_t k = 0; k < h->d; k++)
    for (size_t i = 0; i < n; i++) out[i + (n + k) * size] = -led_by_weight(h, i, k, z[i]);
  return 0;
}

/* --- the plane across the scalings -----------------------------------------------------------------------
 */

/* The scalings at x in widths, as columns; whether they are independent there. */
static bool find_gauge(hunt *h, const double *x) {
  double *matrix = rg_svd_matrix(h->gauge);
  for (size_t k = 0; k < h->d; k++) {
    rg_scaling_along(&h->scalings, h->scalings.basis + 2 * h->n * k, x, matrix + k * h->n);
    for (size_t i = 0; i < h->n; i++) matrix[k * h->n + i] /= h->width[i];
  }
  return rg_svd_find(h->gauge) && rg_svd_rank(h->gauge, 1e-6) == h->d;
}

/* Takes what is along v out of w, in widths. */
static void take_out(const hunt *h, const double *v, double *w) {
  double both = 0.0, own = 0.0;
  for (size_t i = 0; i < h->n; i++) {
    both += v[i] * w[i] / (h->width[i] * h->width[i]);
    own += v[i] * v[i] / (h->width[i] * h->width[i]);
  }
  for (size_t i = 0; i < h->n; i++) w[i] -= both / own * v[i];
}

static double length(const hunt *h, const double *v) {
  double sum = 0.0;
  for (size_t i = 0; i < h->n; i++) sum += v[i] * v[i] / (h->width[i] * h->width[i]);
  return sqrt(sum);
}

/* A state that nothing moves is stretched and shifted to the same effect: of scalings that lead the same way
 * at x, the first are kept. rows: d*n. */
static void thin(hunt *h, const double *x, double *rows) {
  rg_scalings *s = &h->scalings;
  const size_t n = h->n;
  size_t kept = 0;
  for (size_t k = 0; k < s->d; k++) {
    double *row = rows + kept * n;
    rg_scaling_along(s, s->basis + 2 * n * k, x, row);
    const double whole = length(h, row);
    for (size_t j = 0; j < kept; j++) take_out(h, rows + j * n, row);
    if (!(length(h, row) > 1e-6 * whole)) continue;
    memmove(s->basis + 2 * n * kept++, s->basis + 2 * n * k, 2 * n * sizeof *s->basis);
  }
  s->d = kept;
}

/* Through the first start where the scalings lead in different directions. */
static bool choose_plane(hunt *h) {
  size_t s = 0;
  while (s < h->n_starts && !find_gauge(h, h->start + s * h->n)) s++;
  if (s == h->n_starts) return false;
  memcpy(h->reference, h->start + s * h->n, h->n * sizeof *h->reference);
  for (size_t k = 0; k < h->d; k++)
    for (size_t i = 0; i < h->n; i++) h->across[k * h->n + i] = rg_svd_left(h->gauge, k)[i] / h->width[i];
  return true;
}

/* The weights with which the scalings come nearest to the flow from x. */
static bool first_weights(hunt *h, const double *x, double *c) {
  memcpy(h->X, x, h->n * sizeof *x);
  if (rg_field_residual(h->field, h->X, h->F)) return false;
  memset(c, 0, h->d * sizeof *c);
  weigh(h, c);
  for (size_t i = 0; i < h->n; i++)
    h->F[i] = (h->F[i] - h->scaling[i] * x[i] - h->scaling[h->n + i]) / h->width[i];
  if (!find_gauge(h, x)) return true;
  rg_svd_solve(h->gauge, h->d, h->F, c);
  return true;
}

/* --- eigenvalues -----------------------------------------------------------------------------------------
 */

/* Across the scalings: with Q the directions at right angles to them, Q^T A Q in widths. */
static void project(hunt *h, const rg_svd *directions, double *out) {
  const size_t n = h->n, m = n - h->d;
  for (size_t b = 0; b < m; b++)
    for (size_t a = 0; a < m; a++) {
      const double *left = rg_svd_right(directions, h->d + a), *right = rg_svd_right(directions, h->d + b);
      out[a + b * m] = 0.0;
      for (size_t j = 0; j < n; j++)
        for (size_t i = 0; i < n; i++)
          out[a + b * m] += left[i] * h->jacobian[i + j * n] * right[j] * h->width[j] / h->width[i];
    }
}

/* The Jacobian in the coordinates that rest along the path: J - diag g; of a map exp(-g) o J. */
static void put_to_rest(hunt *h) {
  for (size_t j = 0; j < h->n; j++)
    for (size_t i = 0; i < h->n; i++) {
      double *a = &h->jacobian[i + j * h->n];
      if (rg_field_is_map(h->field))
        *a *= exp(-h->scaling[i]);
      else if (i == j)
        *a -= h->scaling[i];
    }
}

static bool has_directions(hunt *h, rg_svd *directions) {
  double *matrix = rg_svd_matrix(directions);
  for (size_t k = 0; k < h->d; k++) {
    rg_scaling_along(&h->scalings, h->scalings.basis + 2 * h->n * k, h->z, h->along);
    for (size_t i = 0; i < h->n; i++) matrix[k + i * h->d] = h->along[i] / h->width[i];
  }
  return rg_svd_find(directions);
}

static void name(hunt *h, regime_balanced *b, const rg_eigen *eigen, double *re, double *im) {
  memcpy(re, rg_eigen_re(eigen), b->n_eigen * sizeof *re);
  memcpy(im, rg_eigen_im(eigen), b->n_eigen * sizeof *im);
  const rg_kind kind = rg_kind_of(b->n_eigen, re, im, rg_field_is_map(h->field), 1e-9, 0);
  b->type = kind.type;
  b->is_stable = kind.is_stable;
}

static regime_status find_eigenvalues(hunt *h, regime_balanced *b, double *re, double *im) {
  rg_svd *directions = rg_svd_create(h->d, h->n);
  rg_eigen *eigen = rg_eigen_create(b->n_eigen);
  const bool fits = directions && eigen;
  b->type = REGIME_NON_HYPERBOLIC;
  for (size_t k = 0; k < b->n_eigen; k++) re[k] = im[k] = NAN;
  memcpy(h->X, h->z, h->n * sizeof *h->z);
  if (fits && has_directions(h, directions) && !rg_field_jacobian(h->field, h->X, h->jacobian)) {
    weigh(h, h->z + h->n);
    put_to_rest(h);
    project(h, directions, rg_eigen_matrix(eigen));
    if (rg_eigen_find(eigen, rg_field_is_map(h->field) ? RG_BY_MODULUS : RG_BY_REAL_PART))
      name(h, b, eigen, re, im);
  }
  rg_svd_free(directions);
  rg_eigen_free(eigen);
  return fits ? REGIME_OK : REGIME_NO_MEMORY;
}

/* --- what was found --------------------------------------------------------------------------------------
 */

static bool is_known(const hunt *h) {
  for (size_t p = 0; p < h->growth->count; p++) {
    const double *x = h->growth->balanced[p].state;
    bool same = true;
    for (size_t i = 0; i < h->n && same; i++)
      same = fabs(h->z[i] - x[i]) <= 1e-7 * fmax(fabs(x[i]), 1e-3 * h->width[i]);
    if (same) return true;
  }
  return false;
}

/* In the box, and on the move: what rests is an equilibrium. */
static bool is_wanted(hunt *h) {
  bool moves = false;
  weigh(h, h->z + h->n);
  for (size_t i = 0; i < h->n; i++) {
    const double edge = 1e-9 * h->width[i];
    if (h->z[i] < h->options->low[i] - edge || h->z[i] > h->options->high[i] + edge) return false;
    moves |= fabs(h->scaling[i] * h->z[i]) + fabs(h->scaling[h->n + i]) > 1e-10 * h->width[i];
  }
  return moves && !is_known(h);
}

/* A period of a map is `step` units of time. */
static void take_rates(const hunt *h, double *growth, double *drift) {
  const regime_system *s = rg_field_system(h->field);
  const double period = s->next && s->step > 0.0 ? s->step : 1.0;
  double largest = 0.0;
  for (size_t i = 0; i < h->n; i++) largest = fmax(largest, fabs(h->scaling[i]));
  for (size_t i = 0; i < h->n; i++) {
    growth[i] = fabs(h->scaling[i]) > 1e-11 * largest ? h->scaling[i] / period : 0.0;
    drift[i] = fabs(h->scaling[h->n + i]) > 1e-11 * h->width[i] ? h->scaling[h->n + i] / period : 0.0;
  }
}

static regime_status grow_list(regime_growth *g) {
  regime_balanced *balanced = realloc(g->balanced, (g->count + 1) * sizeof *balanced);
  if (balanced) g->balanced = balanced;
  double **memory = realloc(g->memory, (g->count + 1) * sizeof *memory);
  if (memory) g->memory = memory;
  return balanced && memory ? REGIME_OK : REGIME_NO_MEMORY;
}

static regime_status add(hunt *h, const rg_newton_report *report) {
  const size_t n = h->n, m = n - h->d, outputs = rg_field_outputs(h->field);
  regime_growth *all = h->growth;
  double *at = calloc(3 * n + outputs + 2 * m + 1, sizeof *at);
  if (!at || grow_list(all) != REGIME_OK) {
    free(at);
    return REGIME_NO_MEMORY;
  }
  double *growth = at + n, *drift = growth + n, *shown = drift + n, *re = shown + outputs, *im = re + m;
  all->memory[all->count] = at;
  all->balanced[all->count] = (regime_balanced){.state = at,
                                                .outputs = shown,
                                                .growth = growth,
                                                .drift = drift,
                                                .eigen_re = re,
                                                .eigen_im = im,
                                                .n_eigen = m,
                                                .residual = report->residual,
                                                .step = report->step};
  memcpy(at, h->z, n * sizeof *at);
  take_rates(h, growth, drift);
  memcpy(h->X, h->z, n * sizeof *h->z);
  rg_field_observe(h->field, h->X, shown);
  return find_eigenvalues(h, &all->balanced[all->count++], re, im);
}

/* --- looking ---------------------------------------------------------------------------------------------
 */

static regime_status look_from(hunt *h, const double *x) {
  const rg_newton_problem problem = {.n = h->n + h->d, .self = h, .residual = residual, .jacobian = jacobian};
  rg_newton_report report;
  memcpy(h->z, x, h->n * sizeof *x);
  if (!first_weights(h, x, h->z + h->n)) return REGIME_OK;
  const regime_status status = rg_newton(&problem, h->z, &report);
  if (status == REGIME_NO_MEMORY) return status;
  const bool solved = status == REGIME_OK && report.step <= 1e-9 && !(report.singular && h->has_family);
  if (!solved || !is_wanted(h)) return REGIME_OK;
  h->has_family |= report.singular;
  return add(h, &report);
}

static regime_status look(hunt *h) {
  regime_status status = REGIME_OK;
  const bool can_be = !h->scalings.needs_time || h->scalings.has_time;
  h->growth->scalings = h->scalings.d + (h->scalings.needs_time && h->scalings.has_time);
  if (!can_be || h->growth->scalings == 0) return REGIME_OK;
  h->across = calloc(h->scalings.d * h->n + 1, sizeof *h->across);
  if (!h->across) return REGIME_NO_MEMORY;
  thin(h, h->start + (h->n_starts - 1) * h->n, h->across);
  h->d = h->scalings.d;
  h->z = calloc(h->n + h->d + 1, sizeof *h->z);
  h->gauge = rg_svd_create(h->n, h->d);
  if (!h->z || !h->gauge) return REGIME_NO_MEMORY;
  if (!choose_plane(h)) return REGIME_OK;
  const size_t few = h->n_starts < tries_of_many ? h->n_starts : tries_of_many;
  const size_t tries = h->n > few_states ? few : h->n_starts;
  for (size_t s = 0; s < tries && status == REGIME_OK && !regime_context_interrupted(h->context); s++)
    status = look_from(h, h->start + s * h->n);
  return status;
}

static int by_state(const void *a, const void *b) {
  const double left = ((const regime_balanced *)a)->state[0], right = ((const regime_balanced *)b)->state[0];
  return (left > right) - (left < right);
}

/* --- the question ----------------------------------------------------------------------------------------
 */

static regime_status prepare(hunt *h, const regime_system *system) {
  regime_status status = rg_field_create(h->context, system, h->options->t, &h->field);
  if (status != REGIME_OK) return status;
  const size_t n = h->n = rg_field_states(h->field);
  h->n_starts = rg_box_starts(h->options, n);
  h->width = calloc(7 * n + n * n + h->n_starts * n + 1, sizeof *h->width);
  if (!h->width) return REGIME_NO_MEMORY;
  h->reference = h->width + n;
  h->scaling = h->reference + n;
  h->X = h->scaling + 2 * n;
  h->F = h->X + n;
  h->along = h->F + n;
  h->jacobian = h->along + n;
  h->start = h->jacobian + n * n;
  return rg_box_spread(h->field, h->options, h->n_starts, h->start, h->width);
}

regime_status regime_growth_find(regime_context *context, regime_system *system,
                                 const regime_steady_options *options, regime_growth **out) {
  *out = NULL;
  regime_growth *growth = calloc(1, sizeof *growth);
  hunt h = {.context = context, .options = options, .growth = growth};
  regime_status status = growth ? rg_box_check(context, system, options) : REGIME_NO_MEMORY;
  if (status == REGIME_OK) status = prepare(&h, system);
  const size_t points = h.n_starts < points_of_scalings ? h.n_starts : points_of_scalings;
  if (status == REGIME_OK) status = rg_scalings_find(h.field, points, h.start, h.width, &h.scalings);
  if (status == REGIME_OK) status = look(&h);
  if (status == REGIME_OK && growth->count > 1)
    qsort(growth->balanced, growth->count, sizeof *growth->balanced, by_state);
  if (status == REGIME_OK && regime_context_interrupted(context)) rg_interruption_granted(context);
  rg_scalings_drop(&h.scalings);
  rg_svd_free(h.gauge);
  rg_field_free(h.field);
  free(h.width);
  free(h.across);
  free(h.z);
  if (status == REGIME_OK)
    *out = growth;
  else
    regime_growth_free(growth);
  return status;
}

void regime_growth_free(regime_growth *g) {
  if (!g) return;
  for (size_t k = 0; k < g->count; k++) free(g->memory[k]);
  free(g->memory);
  free(g->balanced);
  free(g);
}

size_t regime_growth_scalings(const regime_growth *g) { return g->scalings; }
size_t regime_growth_count(const regime_growth *g) { return g->count; }
const regime_balanced *regime_growth_at(const regime_growth *g, size_t k) { return &g->balanced[k]; }
