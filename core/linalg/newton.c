/* newton.c — damped Newton with the natural monotonicity test (Deuflhard 2004, sec. 3.3).
 *
 *   1. linearise   J at x, in relative units: unknowns by their size, equations by what these move them
 *   2. find step   s = -J^-1 F(x); where J is singular, the shortest that comes nearest
 *   3. solved?     s and F small
 *   4. advance     x + l*s, l = 1, 1/2, 1/4, ..., until the simplified step J^-1 F(x + l*s) is shorter than s
 *
 * The test in 4 measures errors, not residuals: it does not depend on how equations are scaled or combined.
 */
#include "linalg/newton.h"
#include "linalg/dense.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ITERATIONS = 100, MOST_HALVINGS = 30 };
static const double solved_within = 1e-12;
static const double accepted_within = 1e-8; /* when rounding in F allows no step to be any shorter */

typedef struct newton {
  const rg_newton_problem *problem;
  rg_newton_report *report;
  size_t n;
  double *x; /* the iterate, which is the caller's vector */
  rg_dense *jacobian;
  double *memory; /* of the vectors below */
  double *f;      /* F(x) */
  double *scale;  /* of x_j: the largest it has been; 1 where it began at 0 */
  double *reach;  /* of F_i: how far it moves when every x_j moves by its scale */
  double *step;   /* x_j moves by scale_j * step_j */
  double length;  /* the largest |step_j| */
  double *trial, *trial_f, *trial_step;
} newton;

static bool make_room(newton *w) {
  const size_t n = w->n;
  w->jacobian = rg_dense_create(n);
  w->memory = calloc(7 * n + 1, sizeof *w->memory);
  if (!w->jacobian || !w->memory) return false;
  double **const vectors[] = {&w->f, &w->scale, &w->reach, &w->step, &w->trial, &w->trial_f, &w->trial_step};
  for (size_t k = 0; k < sizeof vectors / sizeof *vectors; k++) *vectors[k] = w->memory + k * n;
  return true;
}

/* The largest |v_j|; infinite where one is no number. */
static double largest(const double *v, size_t n) {
  double most = 0.0;
  for (size_t k = 0; k < n; k++) most = isnan(v[k]) ? INFINITY : fmax(most, fabs(v[k]));
  return most;
}

static void report_residual(newton *w) {
  w->report->residual = 0.0;
  for (size_t i = 0; i < w->n; i++)
    if (fabs(w->f[i]) > w->report->residual) {
      w->report->residual = fabs(w->f[i]);
      w->report->worst = i;
    }
}

static void grow_scales(newton *w) {
  for (size_t j = 0; j < w->n; j++) w->scale[j] = fmax(w->scale[j], fabs(w->x[j]));
}

static void set_scales(newton *w) {
  for (size_t j = 0; j < w->n; j++) w->scale[j] = w->x[j] == 0.0 ? 1.0 : fabs(w->x[j]);
}

static bool linearise(newton *w) {
  const size_t n = w->n;
  double *matrix = rg_dense_matrix(w->jacobian);
  if (w->problem->jacobian(w->problem->self, w->x, matrix)) return false;
  for (size_t i = 0; i < n; i++) {
    w->reach[i] = 0.0;
    for (size_t j = 0; j < n; j++) {
      matrix[i + j * n] *= w->scale[j];
      w->reach[i] += fabs(matrix[i + j * n]);
    }
    if (w->reach[i] == 0.0) w->reach[i] = 1.0;
    for (size_t j = 0; j < n; j++) matrix[i + j * n] /= w->reach[i];
  }
  rg_dense_factor(w->jacobian);
  return true;
}

/* The Newton step for the residual f, in scales. */
static void find_step(newton *w, const double *f, double *step) {
  for (size_t i = 0; i < w->n; i++) step[i] = -f[i] / w->reach[i];
  rg_dense_solve(w->jacobian, step);
}

/* Against x_j as it is now, not as large as it once was; but 0 has no relative step. */
static double relative_step(const newton *w) {
  double most = 0.0;
  for (size_t j = 0; j < w->n; j++)
    most = fmax(most, fabs(w->step[j]) * w->scale[j] / fmax(fabs(w->x[j]), 1e-3 * w->scale[j]));
  return most;
}

static bool is_within(const newton *w, double tolerance) {
  for (size_t i = 0; i < w->n; i++)
    if (!(fabs(w->f[i]) <= tolerance * w->reach[i])) return false;
  return w->report->step <= tolerance;
}

static bool try_fraction(newton *w, double fraction) {
  for (size_t j = 0; j < w->n; j++) w->trial[j] = w->x[j] + fraction * w->scale[j] * w->step[j];
  if (w->problem->residual(w->problem->self, w->trial, w->trial_f)) return false;
  find_step(w, w->trial_f, w->trial_step);
  return largest(w->trial_step, w->n) <= (1.0 - fraction / 4.0) * w->length;
}

static void accept_trial(newton *w) {
  memcpy(w->x, w->trial, w->n * sizeof *w->x);
  memcpy(w->f, w->trial_f, w->n * sizeof *w->f);
  report_residual(w);
  w->report->iterations++;
}

static bool advance(newton *w) {
  double fraction = 1.0;
  for (int k = 0; !try_fraction(w, fraction); k++) {
    if (k == MOST_HALVINGS) return false;
    fraction /= 2.0;
  }
  accept_trial(w);
  return true;
}

/* The last step is known and small: it is taken where it makes things better still. */
static regime_status polish(newton *w) {
  if (w->length > 0.0 && try_fraction(w, 1.0)) accept_trial(w);
  return REGIME_OK;
}

static regime_status iterate(newton *w) {
  if (w->problem->residual(w->problem->self, w->x, w->f)) return REGIME_UNDEFINED;
  report_residual(w);
  set_scales(w);
  do {
    grow_scales(w);
    if (!linearise(w)) return REGIME_UNDEFINED;
    find_step(w, w->f, w->step);
    w->length = largest(w->step, w->n);
    w->report->singular = rg_dense_is_singular(w->jacobian);
    if (isinf(w->length)) return REGIME_NO_CONVERGENCE;
    w->report->step = relative_step(w);
    if (is_within(w, solved_within)) return polish(w);
  } while (w->report->iterations < MOST_ITERATIONS && advance(w));
  return is_within(w, accepted_within) ? REGIME_OK : REGIME_NO_CONVERGENCE;
}

regime_status rg_newton(const rg_newton_problem *problem, double *x, rg_newton_report *report) {
  newton w = {.problem = problem, .report = report, .n = problem->n, .x = x};
  *report = (rg_newton_report){0};
  const regime_status status = make_room(&w) ? iterate(&w) : REGIME_NO_MEMORY;
  rg_dense_free(w.jacobian);
  free(w.memory);
  return status;
}
