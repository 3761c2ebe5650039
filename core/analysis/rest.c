/* rest.c — Newton with deflation, polish, judgement. */
#include "analysis/rest.h"

#include "linalg/dense.h"
#include "linalg/newton.h"
#include "linalg/svd.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { most_deflated = 40, most_halvings = 8, most_polishing = 8, few_more = 8 };
static const double conserved_below = 1e-11;
static const double longest_step = 0.25;   /* of the box, where what is known pushes away */
static const double region = 1000.0;       /* widths of the box beside it, within which Newton may go */
static const double singular_below = 1e-7; /* the least singular value, in widths and typical sizes */
static const double no_rank_below = 1e-11;
static const double rounding = 1e-13, blurred = 1e-5;

/* --- making ----------------------------------------------------------------------------------------------
 */

regime_status rg_rest_make(rg_rest *r, regime_context *context, rg_field *field, const double *low,
                           const double *high, double tolerance) {
  const size_t n = rg_field_states(field), columns = rg_field_columns(field);
  *r = (rg_rest){.context = context, .field = field, .n = n, .columns = columns, .low = low, .high = high};
  r->tolerance = tolerance;
  r->active = calloc(n + 1, sizeof *r->active);
  r->X = calloc(columns + 7 * n + n * columns + 1, sizeof *r->X);
  if (!r->active || !r->X) return REGIME_NO_MEMORY;
  double *at = r->X + columns;
  double **const vectors[] = {&r->width, &r->typical, &r->F, &r->iterate, &r->step, &r->trial, &r->null};
  for (size_t k = 0; k < sizeof vectors / sizeof *vectors; k++, at += n) *vectors[k] = at;
  r->jacobian = at;
  for (size_t i = 0; i < n; i++) r->width[i] = r->typical[i] = 1.0;
  return REGIME_OK;
}

static void forget(rg_rest *r) {
  for (size_t k = 0; k < r->n_solutions; k++) free(r->solution[k].x);
  r->n_solutions = 0;
}

void rg_rest_drop(rg_rest *r) {
  forget(r);
  free(r->solution);
  free(r->conserved);
  rg_svd_free(r->svd);
  rg_dense_free(r->dense);
  free(r->active);
  free(r->X);
}

regime_status rg_rest_look_for(rg_rest *r, size_t m, const size_t *active, const double *X) {
  forget(r);
  r->n_conserved = 0;
  r->m = m;
  memmove(r->active, active, m * sizeof *active);
  memmove(r->X, X, r->columns * sizeof *X);
  rg_svd_free(r->svd);
  rg_dense_free(r->dense);
  r->svd = rg_svd_create(m, m);
  r->dense = rg_dense_create(m);
  return r->svd && r->dense ? REGIME_OK : REGIME_NO_MEMORY;
}

/* --- weighing --------------------------------------------------------------------------------------------
 */

static int ascending(const void *a, const void *b) {
  const double left = *(const double *)a, right = *(const double *)b;
  return (left > right) - (left < right);
}

/* The median; where most are zero the largest; else 1. */
static double typical_of(double *sizes, size_t count) {
  qsort(sizes, count, sizeof *sizes, ascending);
  const double middle = count > 0 ? sizes[count / 2] : 0.0, largest = count > 0 ? sizes[count - 1] : 0.0;
  return middle > 0.0 ? middle : largest > 0.0 ? largest : 1.0;
}

regime_status rg_rest_weigh(rg_rest *r, size_t count, const double *starts) {
  double *sizes = calloc(count * r->n + 1, sizeof *sizes);
  size_t defined = 0;
  if (!sizes) return REGIME_NO_MEMORY;
  for (size_t s = 0; s < count; s++) {
    memcpy(r->X, starts + s * r->n, r->n * sizeof *starts);
    if (rg_field_residual(r->field, r->X, r->F)) continue;
    for (size_t i = 0; i < r->n; i++) sizes[i * count + defined] = fabs(r->F[i]);
    defined++;
  }
  for (size_t i = 0; i < r->n; i++) r->typical[i] = typical_of(sizes + i * count, defined);
  free(sizes);
  return REGIME_OK;
}

/* --- what is conserved -----------------------------------------------------------------------------------
 */

/* F_i against what is typical, at as many points as have a value; how many. */
static size_t sample(rg_rest *r, size_t count, size_t wanted, const double *points, double *rows) {
  size_t defined = 0;
  for (size_t s = 0; s < count && defined < wanted; s++) {
    for (size_t k = 0; k < r->m; k++) r->X[r->active[k]] = points[s * r->n + r->active[k]];
    if (rg_field_residual(r->field, r->X, r->F)) continue;
    for (size_t k = 0; k < r->m; k++)
      rows[defined + k * wanted] = r->F[r->active[k]] / r->typical[r->active[k]];
    defined++;
  }
  return defined;
}

regime_status rg_rest_conserve(rg_rest *r, size_t count, const double *points, const double *anchor) {
  const size_t wanted = r->m + few_more;
  rg_svd *svd = rg_svd_create(wanted, r->m);
  double *room = realloc(r->conserved, (r->m * r->m + r->m + 1) * sizeof *room);
  if (room) r->conserved = room;
  if (svd && room) {
    r->anchor = room + r->m * r->m;
    for (size_t k = 0; k < r->m; k++) r->anchor[k] = anchor[r->active[k]];
    if (sample(r, count, wanted, points, rg_svd_matrix(svd)) == wanted && rg_svd_find(svd))
      for (size_t k = rg_svd_rank(svd, conserved_below); k < r->m; k++)
        memcpy(r->conserved + r->m * r->n_conserved++, rg_svd_right(svd, k), r->m * sizeof *room);
  }
  rg_svd_free(svd);
  return svd && room ? REGIME_OK : REGIME_NO_MEMORY;
}

/* How far what row w conserves is from its value at the anchor. */
static double excess(const rg_rest *r, const double *w) {
  double sum = 0.0;
  for (size_t k = 0; k < r->m; k++) {
    const size_t i = r->active[k];
    sum += w[k] * (r->X[i] - r->anchor[k]) / r->typical[i];
  }
  return sum;
}

/* F, and what is conserved in its place. 1: no value. */
static int anchored(rg_rest *r) {
  if (rg_field_residual(r->field, r->X, r->F)) return 1;
  for (size_t c = 0; c < r->n_conserved; c++) {
    const double *w = r->conserved + c * r->m, by = excess(r, w);
    for (size_t k = 0; k < r->m; k++) r->F[r->active[k]] += by * w[k] * r->typical[r->active[k]];
  }
  return 0;
}

/* The derivative of that by state j in equation i, the a-th and b-th of those looked for. */
static double slope(const rg_rest *r, size_t a, size_t b) {
  const size_t i = r->active[a], j = r->active[b];
  double sum = r->jacobian[i + j * r->n];
  for (size_t c = 0; c < r->n_conserved; c++) {
    const double *w = r->conserved + c * r->m;
    sum += w[a] * r->typical[i] * w[b] / r->typical[j];
  }
  return sum;
}

void rg_rest_anchored_jacobian(const rg_rest *r, double *matrix) {
  for (size_t b = 0; b < r->m; b++)
    for (size_t a = 0; a < r->m; a++) matrix[a + b * r->m] = slope(r, a, b);
}

/* --- the problem Newton sees -----------------------------------------------------------------------------
 */

static bool place(rg_rest *r, const double *x) {
  bool is_near = true;
  for (size_t k = 0; k < r->m; k++) {
    const size_t i = r->active[k];
    is_near &= x[k] >= r->low[i] - region * r->width[i] && x[k] <= r->high[i] + region * r->width[i];
    r->X[i] = x[k];
  }
  return is_near;
}

/* The square of the distance from a solution, against the box. */
static double distance(const rg_rest *r, const rg_solution *from) {
  double sum = 0.0;
  for (size_t k = 0; k < r->m; k++) {
    const size_t i = r->active[k];
    const double d = (r->X[i] - from->x[i]) / r->width[i];
    sum += d * d;
  }
  return sum;
}

static int residual(void *self, const double *x, double *f) {
  rg_rest *r = self;
  if (!place(r, x) || anchored(r)) return 1;
  for (size_t k = 0; k < r->m; k++) f[k] = r->F[r->active[k]];
  return 0;
}

static int jacobian(void *self, const double *x, double *out) {
  rg_rest *r = self;
  if (!place(r, x) || rg_field_residual_jacobian(r->field, r->X, r->jacobian)) return 1;
  rg_rest_anchored_jacobian(r, out);
  return 0;
}

/* --- deflation -------------------------------------------------------------------------------------------
 */

/* d log M / dx times a step; what is next to a solution is pushed away without end. */
static double push(const rg_rest *r, const double *step) {
  double sum = 0.0;
  for (size_t k = 0; k < r->n_solutions; k++) {
    const double d = distance(r, &r->solution[k]);
    for (size_t a = 0; a < r->m; a++) {
      const size_t i = r->active[a];
      const double away = (r->X[i] - r->solution[k].x[i]) / r->width[i];
      sum -= 2.0 * away / (d * (d + 1.0)) * (step[a] / r->width[i]);
    }
  }
  return sum;
}

/* The plain Newton step from the iterate, at which F is known already. */
static bool find_plain_step(rg_rest *r) {
  double *matrix = rg_dense_matrix(r->dense);
  if (rg_field_residual_jacobian(r->field, r->X, r->jacobian)) return false;
  for (size_t b = 0; b < r->m; b++)
    for (size_t a = 0; a < r->m; a++) {
      const size_t i = r->active[a], j = r->active[b];
      matrix[a + b * r->m] = slope(r, a, b) * r->width[j] / r->typical[i];
    }
  rg_dense_factor(r->dense);
  for (size_t a = 0; a < r->m; a++) r->step[a] = -r->F[r->active[a]] / r->typical[r->active[a]];
  rg_dense_solve(r->dense, r->step);
  for (size_t b = 0; b < r->m; b++) r->step[b] *= r->width[r->active[b]];
  return true;
}

static double longest(const rg_rest *r) {
  double most = 0.0;
  for (size_t k = 0; k < r->m; k++) most = fmax(most, fabs(r->step[k]) / r->width[r->active[k]]);
  return most;
}

/* Newton's step for M F is that for F, stretched (Sherman and Morrison). */
static void stretch(rg_rest *r) {
  const double times = 1.0 / (1.0 - push(r, r->step)), length = longest(r) * fabs(times);
  const double by = isfinite(times) ? times * fmin(1.0, longest_step / length) : 1.0;
  for (size_t k = 0; k < r->m; k++) r->step[k] *= by;
}

/* Shorter where there is no value. */
static bool go(rg_rest *r) {
  double fraction = 1.0;
  for (int k = 0; k < most_halvings; k++, fraction /= 2.0) {
    for (size_t a = 0; a < r->m; a++) r->trial[a] = r->iterate[a] + fraction * r->step[a];
    if (!place(r, r->trial) || anchored(r)) continue;
    memcpy(r->iterate, r->trial, r->m * sizeof *r->trial);
    return true;
  }
  return false;
}

/* Whether it came near a zero of F, which is then next to the iterate. */
static bool run_deflated(rg_rest *r) {
  if (!place(r, r->iterate) || anchored(r)) return false;
  for (int k = 0; k < most_deflated; k++) {
    if (!find_plain_step(r)) return false;
    if (longest(r) < 1e-5 && !rg_dense_is_singular(r->dense)) return true;
    stretch(r);
    if (!(longest(r) > 0.0) || !go(r)) return false;
  }
  return false;
}

/* --- polish ----------------------------------------------------------------------------------------------
 */

static double size_of(const rg_rest *r, size_t i) { return fmax(fabs(r->X[i]), 1e-3 * r->width[i]); }

/* The largest |F_i| against what is typical, at x; infinite where there is no value. */
static double measure(rg_rest *r, const double *x) {
  double most = 0.0;
  if (!place(r, x) || anchored(r)) return INFINITY;
  r->worst = r->m > 0 ? r->active[0] : 0;
  for (size_t k = 0; k < r->m; k++) {
    const size_t i = r->active[k];
    if (fabs(r->F[i]) / r->typical[i] <= most) continue;
    most = fabs(r->F[i]) / r->typical[i];
    r->worst = i;
  }
  return most;
}

/* The plain Newton step at x, whose F is there already. */
static bool find_step(rg_rest *r) {
  double *matrix = rg_svd_matrix(r->svd);
  if (rg_field_residual_jacobian(r->field, r->X, r->jacobian)) return false;
  for (size_t b = 0; b < r->m; b++)
    for (size_t a = 0; a < r->m; a++) {
      const size_t i = r->active[a], j = r->active[b];
      matrix[a + b * r->m] = slope(r, a, b) * r->width[j] / r->typical[i];
    }
  if (!rg_svd_find(r->svd)) return false;
  for (size_t a = 0; a < r->m; a++) r->trial[a] = -r->F[r->active[a]] / r->typical[r->active[a]];
  rg_svd_solve(r->svd, rg_svd_rank(r->svd, no_rank_below), r->trial, r->step);
  for (size_t b = 0; b < r->m; b++) r->step[b] *= r->width[r->active[b]];
  return true;
}

static bool take_step(rg_rest *r) {
  for (size_t k = 0; k < r->m; k++) r->trial[k] = r->iterate[k] + r->step[k];
  if (!(measure(r, r->trial) < r->largest)) return false;
  memcpy(r->iterate, r->trial, r->m * sizeof *r->trial);
  return true;
}

/* A state next to zero is put there, unless that makes things worse. */
static void snap(rg_rest *r) {
  memcpy(r->trial, r->iterate, r->m * sizeof *r->trial);
  for (size_t k = 0; k < r->m; k++)
    if (fabs(r->trial[k]) < 1e-10 * r->width[r->active[k]]) r->trial[k] = 0.0;
  if (measure(r, r->trial) <= fmax(r->largest, rounding))
    memcpy(r->iterate, r->trial, r->m * sizeof *r->trial);
}

static void take_null_vector(rg_rest *r) {
  const double least = r->m > 0 ? rg_svd_value(r->svd, r->m - 1) : 1.0;
  r->is_singular = r->m > 0 && least < singular_below * fmax(1.0, rg_svd_value(r->svd, 0));
  for (size_t k = 0; k < r->m; k++) r->null[k] = rg_svd_right(r->svd, r->m - 1)[k] * r->width[r->active[k]];
}

/* Leaves X at the iterate, with residual and step. */
static bool polish(rg_rest *r) {
  r->largest = measure(r, r->iterate);
  for (int k = 0; k < most_polishing && isfinite(r->largest); k++) {
    if (!find_step(r) || !take_step(r)) break;
    r->largest = measure(r, r->iterate);
  }
  snap(r);
  r->largest = measure(r, r->iterate);
  if (!isfinite(r->largest) || !find_step(r)) return false;
  take_null_vector(r);
  r->error = 0.0;
  for (size_t k = 0; k < r->m; k++) r->error = fmax(r->error, fabs(r->step[k]) / size_of(r, r->active[k]));
  return true;
}

static bool is_solution(const rg_rest *r) {
  return r->is_singular ? r->largest <= rounding && r->error <= blurred
                        : r->largest <= r->tolerance && r->error <= r->tolerance;
}

/* --- solutions -------------------------------------------------------------------------------------------
 */

static bool is_same(const rg_rest *r, const rg_solution *as) {
  const double within = r->is_singular || as->is_singular ? 10.0 * blurred : 1e-8;
  for (size_t k = 0; k < r->m; k++) {
    const size_t i = r->active[k];
    if (fabs(r->X[i] - as->x[i]) > within * size_of(r, i)) return false;
  }
  return true;
}

static bool is_inside(const rg_rest *r) {
  for (size_t k = 0; k < r->m; k++) {
    const size_t i = r->active[k];
    const double edge = 1e-9 * r->width[i];
    if (r->X[i] < r->low[i] - edge || r->X[i] > r->high[i] + edge) return false;
  }
  return true;
}

static rg_attempt add(rg_rest *r) {
  if (r->n_solutions == r->room) {
    rg_solution *more = realloc(r->solution, (2 * r->room + 8) * sizeof *more);
    if (!more) return RG_NO_ROOM;
    r->solution = more;
    r->room = 2 * r->room + 8;
  }
  double *x = malloc((r->n + 1) * sizeof *x);
  if (!x) return RG_NO_ROOM;
  memcpy(x, r->X, r->n * sizeof *x);
  r->solution[r->n_solutions++] = (rg_solution){x, is_inside(r), r->is_singular};
  return RG_FOUND;
}

void rg_rest_forget_last(rg_rest *r) { free(r->solution[--r->n_solutions].x); }

static rg_attempt judge(rg_rest *r, size_t *which) {
  if (!polish(r) || !is_solution(r)) return RG_STALLED;
  for (*which = 0; *which < r->n_solutions; (*which)++)
    if (is_same(r, &r->solution[*which])) return RG_KNOWN;
  return add(r);
}

static regime_status run_plain(rg_rest *r) {
  const rg_newton_problem problem = {.n = r->m, .self = r, .residual = residual, .jacobian = jacobian};
  rg_newton_report report;
  return rg_newton(&problem, r->iterate, &report);
}

rg_attempt rg_rest_try(rg_rest *r, const double *start, bool deflated, size_t *which) {
  for (size_t k = 0; k < r->m; k++) r->iterate[k] = start[r->active[k]];
  if (deflated) return run_deflated(r) ? judge(r, which) : RG_STALLED;
  const regime_status status = run_plain(r);
  if (status == REGIME_NO_MEMORY) return RG_NO_ROOM;
  return status == REGIME_UNDEFINED ? RG_NO_VALUE : judge(r, which);
}

bool rg_rest_settle_at(rg_rest *r, const rg_solution *solution) {
  memcpy(r->X, solution->x, r->n * sizeof *solution->x);
  for (size_t k = 0; k < r->m; k++) r->iterate[k] = solution->x[r->active[k]];
  r->largest = measure(r, r->iterate);
  if (!isfinite(r->largest) || !find_step(r)) return false;
  take_null_vector(r);
  return true;
}

/* --- lines -------------------------------------------------------------------------------------------------
 */

/* From beside the solution, along the null vector: Newton's shortest step leads back to the line, not to it.
 */
static bool passes(rg_rest *r, const rg_solution *through, const double *along, double distance_along) {
  for (size_t k = 0; k < r->m; k++) r->iterate[k] = through->x[r->active[k]] + distance_along * along[k];
  if (run_plain(r) == REGIME_NO_MEMORY || !polish(r) || !is_solution(r) || !r->is_singular) return false;
  return sqrt(distance(r, through)) > 0.3 * fabs(distance_along);
}

bool rg_rest_is_line(rg_rest *r, size_t k) {
  const rg_solution *s = &r->solution[k];
  double *along = calloc(r->m + 1, sizeof *along);
  if (!along || !s->is_singular) {
    free(along);
    return false;
  }
  bool is_line = rg_rest_settle_at(r, s);
  memcpy(along, r->null, r->m * sizeof *along);
  is_line = is_line && passes(r, s, along, 0.01) && passes(r, s, along, -0.01);
  free(along);
  return is_line;
}
