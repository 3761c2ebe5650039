/* blocks.c — KINSOL behind one verb, and the judgement of what it finds. */
#include "solve/blocks.h"

#include "solve/linear.h"
#include "solve/sundials.h"
#include <kinsol/kinsol.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Newton's method aims at the first and is content with the second, where rounding keeps it from more. */
static const double aimed_at = 1e-11, accepted = 1e-8;

enum { most_iterations = 100, most_substitutions = 60, most_chords = 4 };

struct rg_block_solver {
  const regime_system *system;
  size_t block, first, n;
  SUNContext context;
  void *kinsol;
  N_Vector z, scale, step, minus; /* scale: the inverse size of each unknown */
  rg_linear linear;
  double t, *y;     /* where it is being solved */
  double *residual; /* at z */
  double *begin;    /* where the search began */
  double *floor;    /* the least size of each unknown */
  double *best;     /* the iterate with the smallest residual of all attempts, ... */
  double least;     /* ... and that; INFINITY: none had a value */
  bool is_factored; /* the matrix of the last solution is at hand */
  int iterations;   /* of this search */
  regime_counters counts;
};

/* --- the block as KINSOL calls it ---------------------------------------------------------------------- */

static bool all_finite(const double *x, size_t n) {
  for (size_t k = 0; k < n; k++)
    if (!isfinite(x[k])) return false;
  return true;
}

static int residual_at(rg_block_solver *s, const double *z, double *r) {
  const regime_system *system = s->system;
  memcpy(s->y + system->n_states + s->first, z, s->n * sizeof *z);
  s->counts.rate_calls++;
  return system->residual(system->self, s->block, s->t, s->y, r) || !all_finite(r, s->n);
}

static int residual(N_Vector z, N_Vector r, void *user) {
  return residual_at(user, N_VGetArrayPointer(z), N_VGetArrayPointer(r));
}

static int slope_at(rg_block_solver *s, const double *z) {
  const regime_system *system = s->system;
  memcpy(s->y + system->n_states + s->first, z, s->n * sizeof *z);
  s->counts.jacobian_calls++;
  if (system->slope(system->self, s->block, s->t, s->y, s->linear.trial) ||
      !all_finite(s->linear.trial, s->linear.n_nonzeros))
    return 1;
  rg_linear_keep(&s->linear);
  return 0;
}

static int slope(N_Vector z, N_Vector r, SUNMatrix matrix, void *user, N_Vector a, N_Vector b) {
  (void)r, (void)a, (void)b;
  rg_block_solver *s = user;
  if (slope_at(s, N_VGetArrayPointer(z))) return 1;
  rg_linear_fill(&s->linear, matrix);
  return 0;
}

/* --- making and freeing -------------------------------------------------------------------------------- */

static bool make_vectors(rg_block_solver *s) {
  s->z = N_VNew_Serial((sunindextype)s->n, s->context);
  if (!s->z) return false;
  s->scale = N_VClone(s->z);
  s->step = N_VClone(s->z);
  s->minus = N_VClone(s->z);
  s->residual = calloc(4 * s->n, sizeof *s->residual);
  if (!s->residual) return false;
  s->begin = s->residual + s->n;
  s->best = s->begin + s->n;
  s->floor = s->best + s->n;
  return s->scale && s->step && s->minus;
}

static bool make_kinsol(rg_block_solver *s) {
  s->kinsol = KINCreate(s->context);
  return s->kinsol && rg_sundials_silence_kinsol(s->kinsol) == KIN_SUCCESS &&
         KINInit(s->kinsol, residual, s->z) == KIN_SUCCESS && KINSetUserData(s->kinsol, s) == KIN_SUCCESS &&
         KINSetLinearSolver(s->kinsol, s->linear.solver, s->linear.matrix) == KIN_SUCCESS &&
         KINSetJacFn(s->kinsol, slope) == KIN_SUCCESS && KINSetMaxSetupCalls(s->kinsol, 1) == KIN_SUCCESS &&
         KINSetNumMaxIters(s->kinsol, most_iterations) == KIN_SUCCESS &&
         KINSetFuncNormTol(s->kinsol, aimed_at) == KIN_SUCCESS &&
         KINSetScaledStepTol(s->kinsol, 1e-14) == KIN_SUCCESS &&
         KINSetMaxNewtonStep(s->kinsol, 1e10) == KIN_SUCCESS;
}

static regime_status make(rg_block_solver *s) {
  const regime_block *b = &s->system->block[s->block];
  const rg_pattern pattern = {b->n, b->column, b->row};
  s->context = rg_sundials_open();
  if (!s->context || !make_vectors(s)) return REGIME_NO_MEMORY;
  const regime_status status = rg_linear_make(pattern, REGIME_LINEAR_AUTO, s->z, s->context, &s->linear);
  if (status != REGIME_OK) return status;
  return make_kinsol(s) ? REGIME_OK : REGIME_NO_MEMORY;
}

regime_status rg_block_solver_create(const regime_system *system, size_t block, size_t first,
                                     rg_block_solver **out) {
  rg_block_solver *s = *out = calloc(1, sizeof *s);
  if (!s) return REGIME_NO_MEMORY;
  s->system = system;
  s->block = block;
  s->first = first;
  s->n = system->block[block].n;
  const regime_status status = make(s);
  if (status == REGIME_OK) return status;
  rg_block_solver_free(s);
  *out = NULL;
  return status;
}

void rg_block_solver_free(rg_block_solver *s) {
  if (!s) return;
  if (s->kinsol) KINFree(&s->kinsol);
  rg_linear_drop(&s->linear);
  N_Vector vectors[] = {s->z, s->scale, s->step, s->minus};
  for (size_t k = 0; k < sizeof vectors / sizeof *vectors; k++)
    if (vectors[k]) N_VDestroy(vectors[k]);
  free(s->residual);
  rg_sundials_close(s->context);
  free(s);
}

/* --- the judgement ------------------------------------------------------------------------------------- */

/* An unknown on its way to zero keeps a part of the size it had, and beside large ones the smallest has some.
 */
static void set_floors(rg_block_solver *s) {
  double largest = 0.0;
  for (size_t k = 0; k < s->n; k++) largest = fmax(largest, fabs(s->begin[k]));
  for (size_t k = 0; k < s->n; k++)
    s->floor[k] = largest == 0.0 ? 1.0 : fmax(1e-3 * fabs(s->begin[k]), 1e-9 * largest);
}

static double size_of(const rg_block_solver *s, size_t k, double z) { return fmax(fabs(z), s->floor[k]); }

static void measure(rg_block_solver *s, const double *z) {
  double *scale = N_VGetArrayPointer(s->scale);
  for (size_t k = 0; k < s->n; k++) scale[k] = 1.0 / size_of(s, k, z[k]);
}

/* A dense factorisation leaves what it filled in beside the pattern. */
static bool factor_at(rg_block_solver *s, const double *z) {
  if (slope_at(s, z)) return false;
  SUNMatZero(s->linear.matrix);
  rg_linear_fill(&s->linear, s->linear.matrix);
  return SUNLinSolSetup(s->linear.solver, s->linear.matrix) == 0;
}

/* The Newton step from z, by the last factorisation if there is one from so near. */
static bool find_step(rg_block_solver *s, bool is_factored) {
  const double *z = N_VGetArrayPointer(s->z);
  double *minus = N_VGetArrayPointer(s->minus);
  if (!is_factored && !factor_at(s, z)) return false;
  for (size_t k = 0; k < s->n; k++) minus[k] = -s->residual[k];
  return SUNLinSolSolve(s->linear.solver, s->linear.matrix, s->step, s->minus, 0.0) == 0 &&
         all_finite(N_VGetArrayPointer(s->step), s->n);
}

/* How far the unknowns, each by its own size, can move an equation: what its residual is to be small against.
 */
static void find_reach(const rg_block_solver *s, const double *z, double *reach) {
  const regime_block *b = &s->system->block[s->block];
  memset(reach, 0, s->n * sizeof *reach);
  for (size_t j = 0; j < s->n; j++)
    for (size_t k = b->column[j]; k < b->column[j + 1]; k++)
      reach[b->row[k]] += fabs(s->linear.nonzeros[k]) * size_of(s, j, z[j]);
}

static bool is_small(rg_block_solver *s, double tolerance) {
  const double *z = N_VGetArrayPointer(s->z), *step = N_VGetArrayPointer(s->step);
  double *reach = N_VGetArrayPointer(s->minus);
  find_reach(s, z, reach);
  for (size_t k = 0; k < s->n; k++)
    if (!(fabs(step[k]) <= tolerance * size_of(s, k, z[k]) && fabs(s->residual[k]) <= tolerance * reach[k]))
      return false;
  return true;
}

/* The step is known: it is taken where the residual does not grow by it. */
static void polish(rg_block_solver *s) {
  double *z = N_VGetArrayPointer(s->z), *step = N_VGetArrayPointer(s->step);
  double *trial = N_VGetArrayPointer(s->minus), before = 0.0, after = 0.0;
  for (size_t k = 0; k < s->n; k++) {
    before = fmax(before, fabs(s->residual[k]));
    step[k] += z[k];
  }
  if (before == 0.0 || residual_at(s, step, trial)) return;
  for (size_t k = 0; k < s->n; k++) after = fmax(after, fabs(trial[k]));
  if (after < before) memcpy(z, step, s->n * sizeof *z);
}

static double worst_residual(const rg_block_solver *s, const double *z) {
  double worst = 0.0;
  for (size_t k = 0; k < s->n; k++) worst = fmax(worst, fabs(s->residual[k]) / size_of(s, k, z[k]));
  return worst;
}

/* Of searches without success the best iterate is kept, to be shown. */
static bool look(rg_block_solver *s, bool is_factored) {
  double *z = N_VGetArrayPointer(s->z);
  if (!all_finite(z, s->n) || residual_at(s, z, s->residual)) return false;
  const double worst = worst_residual(s, z);
  if (worst < s->least) {
    s->least = worst;
    memcpy(s->best, z, s->n * sizeof *z);
  }
  const bool small = (is_factored && find_step(s, true) && is_small(s, accepted)) ||
                     (find_step(s, false) && is_small(s, accepted));
  if (small) polish(s);
  return small;
}

/* --- the search ---------------------------------------------------------------------------------------- */

/* With the matrix of last time, as long as that does almost as well as Newton's own: each step must lower the
 * residual tenfold. Where little has changed since, as in a linear block, nothing is factorised. */
static bool chord(rg_block_solver *s) {
  double *z = N_VGetArrayPointer(s->z), *step = N_VGetArrayPointer(s->step), before = INFINITY;
  for (int k = 0; s->is_factored && k < most_chords; k++, s->iterations++) {
    if (residual_at(s, z, s->residual) || !find_step(s, true)) return false;
    if (is_small(s, aimed_at)) {
      polish(s);
      return true;
    }
    const double worst = worst_residual(s, z);
    if (!(worst < 0.1 * before)) return false;
    before = worst;
    for (size_t i = 0; i < s->n; i++) z[i] += step[i];
  }
  return false;
}

static bool newton(rg_block_solver *s) {
  long iterations = 0;
  s->is_factored = false;
  measure(s, N_VGetArrayPointer(s->z));
  const int flag = KINSol(s->kinsol, s->z, KIN_LINESEARCH, s->scale, s->scale);
  KINGetNumNonlinSolvIters(s->kinsol, &iterations);
  s->iterations += (int)iterations;
  s->is_factored = look(s, flag >= 0 && iterations > 0);
  return s->is_factored;
}

/* z <- z + r/2, as long as it has a value and comes nearer or at least does not run away. */
static bool substitute(rg_block_solver *s) {
  double *z = N_VGetArrayPointer(s->z);
  if (residual_at(s, z, s->residual)) return false;
  const double limit = 1e3 * (1.0 + worst_residual(s, z));
  for (int k = 0; k < most_substitutions; k++, s->iterations++) {
    for (size_t i = 0; i < s->n; i++) z[i] += 0.5 * s->residual[i];
    if (residual_at(s, z, s->residual) || !(worst_residual(s, z) < limit)) return false;
  }
  return true;
}

static bool try_from(rg_block_solver *s, const double *z) {
  memcpy(N_VGetArrayPointer(s->z), z, s->n * sizeof *z);
  if (chord(s)) return true;
  memcpy(N_VGetArrayPointer(s->z), z, s->n * sizeof *z);
  if (newton(s)) return true;
  memcpy(N_VGetArrayPointer(s->z), z, s->n * sizeof *z);
  return substitute(s) && newton(s);
}

static void keep(rg_block_solver *s, const double *z) {
  memcpy(s->y + s->system->n_states + s->first, z, s->n * sizeof *z);
}

bool rg_block_solve(rg_block_solver *s, double t, double *y, const double *guess) {
  s->t = t;
  s->y = y;
  s->least = INFINITY;
  s->iterations = 0;
  memcpy(s->begin, y + s->system->n_states + s->first, s->n * sizeof *y);
  set_floors(s);
  const bool solved = try_from(s, s->begin) || try_from(s, guess + s->first);
  s->counts.newton_iterations += s->iterations;
  s->counts.newton_failures += !solved;
  if (solved)
    keep(s, N_VGetArrayPointer(s->z));
  else
    keep(s, s->least < INFINITY ? s->best : s->begin);
  if (!solved) residual_at(s, s->least < INFINITY ? s->best : s->begin, s->residual);
  return solved;
}

/* --- the solution's derivatives ------------------------------------------------------------------------ */

bool rg_block_factor(rg_block_solver *s, double t, double *y) {
  s->t = t;
  s->y = y;
  double *z = N_VGetArrayPointer(s->z);
  memcpy(z, y + s->system->n_states + s->first, s->n * sizeof *z);
  s->is_factored = factor_at(s, z);
  return s->is_factored;
}

bool rg_block_divide(rg_block_solver *s, double *r) {
  memcpy(N_VGetArrayPointer(s->minus), r, s->n * sizeof *r);
  if (SUNLinSolSolve(s->linear.solver, s->linear.matrix, s->step, s->minus, 0.0) != 0) return false;
  memcpy(r, N_VGetArrayPointer(s->step), s->n * sizeof *r);
  return true;
}

regime_search rg_block_search(const rg_block_solver *s) {
  return (regime_search){.block = s->block,
                         .first = s->first,
                         .residual = s->least < INFINITY ? s->residual : NULL,
                         .iterations = s->iterations};
}

regime_counters rg_block_counters(const rg_block_solver *s) { return s->counts; }
