/* fit_search.c — residuals, their derivatives, and GSL's trust region between bounds. */
#include "study/fit_search.h"

#include <gsl/gsl_multifit_nlinear.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- residuals ----------------------------------------------------------------------------------------- */

size_t rg_fit_rows(const rg_target *t) { return t->facts.count + t->frees.count; }

double rg_half_squares(const double *residual, size_t n) {
  double sum = 0.0;
  for (size_t k = 0; k < n; k++) sum += residual[k] * residual[k];
  return 0.5 * sum;
}

/* sign(e) sqrt(rho(e^2)), whose square is the loss (Triggs et al. 1999), and its derivative by e. */
static double doubt(const rg_aim_of_fit *aim, double e, double *slope) {
  const double c = aim->loss_scale, size = fabs(e);
  double root = size;
  *slope = 1.0;
  if (aim->loss == REGIME_HUBER && size > c) {
    root = sqrt(2.0 * c * size - c * c);
    *slope = c / root;
  } else if (aim->loss == REGIME_CAUCHY && size > 0.0) {
    root = c * sqrt(log1p((size / c) * (size / c)));
    *slope = size / (1.0 + (size / c) * (size / c)) / root;
  }
  return copysign(root, e);
}

/* An event that was observed and does not happen is so many standard deviations off, wherever it nearly does.
 */
static const double missed = 100.0;

static bool put_fact(const rg_target *t, const rg_aim_of_fit *aim, size_t k, double value,
                     const double *slope, double *residual, double *row) {
  const rg_fact *fact = &t->facts.fact[k];
  const bool used = !aim->is_unused || !aim->is_unused[k];
  const bool happens = !isnan(value);
  double by_error = 0.0;
  const double error = happens ? (value - fact->value) / fact->sd : missed;
  *residual = used ? sqrt(fact->weight) * doubt(aim, error, &by_error) : 0.0;
  bool finite = isfinite(*residual) != 0;
  for (size_t j = 0; slope && j < t->frees.count; j++) {
    row[j] = used ? sqrt(fact->weight) * by_error * slope[j] / fact->sd : 0.0;
    finite &= isfinite(row[j]) != 0;
  }
  return finite;
}

static bool put_prior(const rg_target *t, size_t k, double p, double *residual, double *row) {
  const rg_free *f = &t->frees.items[k];
  const bool has = rg_free_has_prior(f);
  *residual = has ? rg_prior_residual(f, p) : 0.0;
  if (!row) return isfinite(*residual) != 0;
  memset(row, 0, t->frees.count * sizeof *row);
  if (has) row[k] = rg_prior_slope(f, p);
  return isfinite(*residual) && isfinite(row[k]);
}

bool rg_fit_residuals(const rg_target *t, const rg_aim_of_fit *aim, const double *p, const double *value,
                      const double *slope, double *residual, double *jacobian) {
  const size_t n_facts = t->facts.count, n = t->frees.count;
  bool finite = true;
  for (size_t k = 0; k < n_facts; k++)
    finite &= put_fact(t, aim, k, value[k], slope ? slope + k * n : NULL, residual + k,
                       slope ? jacobian + k * n : NULL);
  for (size_t k = 0; k < n; k++)
    finite &= put_prior(t, k, p[k], residual + n_facts + k, slope ? jacobian + (n_facts + k) * n : NULL);
  return finite;
}

/* --- where a search ends ------------------------------------------------------------------------------- */

regime_status rg_found_make(const rg_target *t, rg_found *out) {
  const size_t n = t->frees.count, rows = rg_fit_rows(t);
  *out = (rg_found){.p = calloc(n, sizeof(double)),
                    .value = calloc(t->facts.count, sizeof(double)),
                    .residual = calloc(rows, sizeof(double)),
                    .jacobian = calloc(rows * n, sizeof(double)),
                    .at_bound = calloc(n, sizeof(bool)),
                    .beyond = calloc(n, sizeof(double)),
                    .cost = INFINITY,
                    .jump = NAN};
  if (out->p && out->value && out->residual && out->jacobian && out->at_bound && out->beyond)
    return REGIME_OK;
  rg_found_drop(out);
  return REGIME_NO_MEMORY;
}

void rg_found_drop(rg_found *found) {
  free(found->p);
  free(found->value);
  free(found->residual);
  free(found->jacobian);
  free(found->at_bound);
  free(found->beyond);
  *found = (rg_found){0};
}

static void copy_into(const rg_target *t, const rg_found *from, rg_found *to) {
  const size_t n = t->frees.count, rows = rg_fit_rows(t);
  rg_found copy = *from;
  copy.p = memcpy(to->p, from->p, n * sizeof(double));
  copy.value = memcpy(to->value, from->value, t->facts.count * sizeof(double));
  copy.residual = memcpy(to->residual, from->residual, rows * sizeof(double));
  copy.jacobian = memcpy(to->jacobian, from->jacobian, rows * n * sizeof(double));
  copy.at_bound = memcpy(to->at_bound, from->at_bound, n * sizeof(bool));
  copy.beyond = memcpy(to->beyond, from->beyond, n * sizeof(double));
  *to = copy;
}

regime_status rg_found_copy(const rg_target *t, const rg_found *from, rg_found *out) {
  const regime_status status = rg_found_make(t, out);
  if (status == REGIME_OK) copy_into(t, from, out);
  return status;
}

/* --- one round: some numbers move, the others are fixed ------------------------------------------------ */

typedef struct search {
  rg_worker *worker;
  const rg_target *target;
  const rg_aim_of_fit *aim;
  rg_found *best; /* the last point the trust region accepted */
  rg_found trial; /* the last point asked about */
  double *slope;  /* n_facts * n_free */
  size_t *moving; /* numbers of those that move */
  size_t n_moving;
  unsigned char *let_go; /* how often a number was let go from a bound */
  rg_found reached;      /* where the last round ended */
  regime_status status;  /* of the worker where it could not go on */
  int idle;              /* iterations in a row that gained nothing */
} search;

/* Residuals at trial.p. False where there is no path or no derivative. */
static bool try_point(search *s) {
  rg_found *trial = &s->trial;
  const regime_status status = rg_worker_ask(s->worker, trial->p, trial->value, s->slope);
  if (status != REGIME_OK && status != REGIME_UNDEFINED) s->status = status;
  trial->cost = INFINITY;
  if (status != REGIME_OK || !rg_fit_residuals(s->target, s->aim, trial->p, trial->value, s->slope,
                                               trial->residual, trial->jacobian))
    return false;
  trial->cost = rg_half_squares(trial->residual, rg_fit_rows(s->target));
  return isfinite(trial->cost) != 0;
}

static void place_trial(search *s, const gsl_vector *x) {
  memcpy(s->trial.p, s->best->p, s->target->frees.count * sizeof(double));
  for (size_t k = 0; k < s->n_moving; k++)
    s->trial.p[s->moving[k]] =
        rg_free_from_search(&s->target->frees.items[s->moving[k]], gsl_vector_get(x, k));
}

/* Costs more than any point that was reached: the trust region shrinks. */
static const double forbidden = 1e100;

/* Whether the trial lies beside the best point and yet costs much more: the cost jumps there. */
static bool is_beyond_a_jump(const search *s) {
  double distance = 0.0;
  for (size_t k = 0; k < s->target->frees.count; k++)
    distance = fmax(distance, fabs(s->trial.p[k] - s->best->p[k]) / s->target->frees.items[k].scale);
  return distance < 1e-6 && s->trial.cost - s->best->cost > 1e-3 * (1.0 + s->best->cost);
}

/* The fact whose residual is farthest from what it is at the best point. */
static size_t find_jumping(const search *s) {
  const size_t n = s->target->facts.count;
  size_t farthest = n;
  double most = 0.0;
  for (size_t k = 0; k < n && isfinite(s->trial.cost); k++) {
    const double distance = fabs(s->trial.residual[k] - s->best->residual[k]);
    if (!(distance > most)) continue;
    most = distance;
    farthest = k;
  }
  return farthest;
}

static void keep_jump(search *s) {
  s->best->jump = s->trial.cost;
  s->best->jumping = find_jumping(s);
  memcpy(s->best->beyond, s->trial.p, s->target->frees.count * sizeof(double));
}

static int residuals_at(const gsl_vector *x, void *self, gsl_vector *out) {
  search *s = self;
  place_trial(s, x);
  const bool exists = try_point(s);
  if (s->status != REGIME_OK) return GSL_FAILURE;
  if (is_beyond_a_jump(s)) {
    keep_jump(s);
    return GSL_FAILURE;
  }
  for (size_t row = 0; row < out->size; row++)
    gsl_vector_set(out, row, exists ? s->trial.residual[row] : forbidden);
  return GSL_SUCCESS;
}

/* GSL asks for it at the point whose residuals it has just accepted. */
static int jacobian_at(const gsl_vector *x, void *self, gsl_matrix *out) {
  search *s = self;
  const size_t n = s->target->frees.count;
  for (size_t k = 0; k < s->n_moving; k++) {
    const size_t j = s->moving[k];
    const double by_x = rg_free_search_slope(&s->target->frees.items[j], gsl_vector_get(x, k));
    for (size_t row = 0; row < out->size1; row++)
      gsl_matrix_set(out, row, k, s->trial.jacobian[row * n + j] * by_x);
  }
  return GSL_SUCCESS;
}

/* --- when to stop -------------------------------------------------------------------------------------- */

/* Derivative of the cost by free number k, and how much its residuals answer to it. */
static double gradient(const rg_target *t, const rg_found *at, size_t k, double *size) {
  const size_t n = t->frees.count;
  double sum = 0.0, squares = 0.0;
  for (size_t row = 0; row < rg_fit_rows(t); row++) {
    const double slope = at->jacobian[row * n + k];
    sum += slope * at->residual[row];
    squares += slope * slope;
  }
  *size = sqrt(squares);
  return sum;
}

/* No number could lower the cost by more than allowed^2/2 if it moved alone: in units of the standard error
 * it would have alone, each is that near to its best. */
static bool is_flat(const search *s, double allowed) {
  for (size_t k = 0; k < s->n_moving; k++) {
    double size;
    const double slope = gradient(s->target, s->best, s->moving[k], &size);
    if (fabs(slope) > allowed * size) return false;
  }
  return true;
}

/* Where the error of the path hides what is left to gain, so near is near enough. */
static const double hidden = 10.0;

static bool is_small(const search *s, const gsl_vector *x, const gsl_vector *step) {
  for (size_t k = 0; k < s->n_moving; k++)
    if (fabs(gsl_vector_get(step, k)) > sqrt(s->aim->tolerance) * (1.0 + fabs(gsl_vector_get(x, k))))
      return false;
  return true;
}

/* --- bounds -------------------------------------------------------------------------------------------- */

static const double near_bound = 2e-3;
enum { most_let_go = 3 };

/* -1: it wants through the lower bound, 1: through the upper, 0: neither. */
static int wants_out(const rg_target *t, const rg_found *at, size_t k, double margin) {
  double size;
  const double position = rg_free_position(&t->frees.items[k], at->p[k]);
  const double slope = gradient(t, at, k, &size);
  if (position < margin && slope > 0.0) return -1;
  return position > 1.0 - margin && slope < 0.0 ? 1 : 0;
}

/* Fixes at their bounds those that come near while they want through; true when there is one. */
static bool fix_some(search *s) {
  bool fixed = false;
  for (size_t k = 0; k < s->n_moving; k++) {
    const size_t j = s->moving[k];
    const int side = s->let_go[j] >= most_let_go ? 0 : wants_out(s->target, s->best, j, near_bound);
    if (side == 0) continue;
    s->best->at_bound[j] = fixed = true;
  }
  return fixed;
}

static void move_to_bounds(search *s) {
  for (size_t k = 0; k < s->target->frees.count; k++) {
    const rg_free *f = &s->target->frees.items[k];
    if (!s->best->at_bound[k]) continue;
    s->best->p[k] = rg_free_position(f, s->best->p[k]) < 0.5 ? f->low : f->high;
  }
}

/* Lets go, a little inside, of those that do not want through any more; true when there is one. */
static bool let_go_some(search *s) {
  const rg_frees *frees = &s->target->frees;
  bool any = false;
  for (size_t k = 0; k < frees->count; k++) {
    double size;
    const rg_free *f = &frees->items[k];
    const double slope = s->best->at_bound[k] ? gradient(s->target, s->best, k, &size) : 0.0;
    if (!s->best->at_bound[k] || fabs(slope) <= sqrt(s->aim->tolerance) * size) continue;
    if ((slope > 0.0) == (s->best->p[k] == f->low)) continue;
    s->best->at_bound[k] = false;
    s->let_go[k]++;
    any = true;
  }
  return any;
}

static void choose_moving(search *s) {
  s->n_moving = 0;
  for (size_t k = 0; k < s->target->frees.count; k++)
    if (!s->best->at_bound[k] && !(s->aim->is_held && s->aim->is_held[k])) s->moving[s->n_moving++] = k;
}

/* --- rounds -------------------------------------------------------------------------------------------- */

static void accept(search *s) {
  rg_found *trial = &s->trial;
  const bool better = trial->cost < s->best->cost;
  memcpy(trial->at_bound, s->best->at_bound, s->target->frees.count * sizeof(bool));
  trial->iterations = s->best->iterations;
  trial->jump = NAN;
  copy_into(s->target, trial, s->best);
  if (better && s->aim->watch) s->aim->watch(s->aim->watcher, s->aim->start, s->worker->paths, s->best->cost);
}

/* Whether the last iteration moved: GSL leaves x as it was where every trial was worse. */
static bool has_moved(const search *s) { return s->trial.cost < s->best->cost; }

/* Gains so small are rounding: after some iterations of them there is no use in more. */
enum { most_idle = 4 };
static void count_idle(search *s, double before) {
  s->idle = before - s->best->cost > 1e-10 * (1.0 + s->best->cost) ? 0 : s->idle + 1;
}

typedef enum ending { GO_ON, SETTLED, AT_BOUND, STUCK } ending;

static ending iterate(search *s, gsl_multifit_nlinear_workspace *gsl) {
  const double before = s->best->cost;
  const int answer = gsl_multifit_nlinear_iterate(gsl);
  s->best->iterations++;
  if (s->status != REGIME_OK) return STUCK;
  if (answer == GSL_SUCCESS && has_moved(s)) accept(s);
  count_idle(s, before);
  if (fix_some(s)) return AT_BOUND;
  const double allowed = sqrt(s->aim->tolerance);
  const bool goes_on = answer == GSL_SUCCESS && s->idle < most_idle;
  if (!goes_on) return is_flat(s, hidden * allowed) ? SETTLED : STUCK;
  return is_small(s, gsl->x, gsl->dx) && is_flat(s, allowed) ? SETTLED : GO_ON;
}

static ending run_round(search *s, gsl_multifit_nlinear_workspace *gsl, gsl_vector *x) {
  const size_t rows = rg_fit_rows(s->target);
  gsl_multifit_nlinear_fdf problem = {
      .f = residuals_at, .df = jacobian_at, .n = rows, .p = s->n_moving, .params = s};
  for (size_t k = 0; k < s->n_moving; k++)
    gsl_vector_set(x, k, rg_free_to_search(&s->target->frees.items[s->moving[k]], s->best->p[s->moving[k]]));
  if (gsl_multifit_nlinear_init(x, &problem, gsl) != GSL_SUCCESS || !isfinite(s->trial.cost)) return STUCK;
  accept(s);
  ending end = GO_ON;
  while (end == GO_ON && s->best->iterations < s->aim->most_iterations) end = iterate(s, gsl);
  return end;
}

static ending make_round(search *s) {
  choose_moving(s);
  if (s->n_moving == 0) {
    memcpy(s->trial.p, s->best->p, s->target->frees.count * sizeof(double));
    if (!try_point(s)) return STUCK;
    accept(s);
    return SETTLED;
  }
  const gsl_multifit_nlinear_parameters how = gsl_multifit_nlinear_default_parameters();
  gsl_multifit_nlinear_workspace *gsl =
      gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &how, rg_fit_rows(s->target), s->n_moving);
  gsl_vector *x = gsl_vector_alloc(s->n_moving);
  ending end = STUCK;
  if (gsl && x)
    end = run_round(s, gsl, x);
  else
    s->status = REGIME_NO_MEMORY;
  gsl_vector_free(x);
  gsl_multifit_nlinear_free(gsl);
  return end;
}

/* At a bound there may be no path: back to where the last round ended, and inside from there. */
static ending step_back(search *s) {
  const bool first = !isfinite(s->reached.cost);
  if (!first) copy_into(s->target, &s->reached, s->best);
  for (size_t k = 0; k < s->target->frees.count; k++) {
    if (s->best->at_bound[k]) s->let_go[k] = most_let_go;
    s->best->at_bound[k] = false;
  }
  return first || s->status != REGIME_OK ? STUCK : AT_BOUND;
}

/* Rounds until nothing wants through a bound and nothing fixed wants back. */
static void search_all(search *s) {
  ending end = AT_BOUND;
  while (end == AT_BOUND && s->best->iterations <= s->aim->most_iterations) {
    s->best->cost = INFINITY; /* of this round: what was fixed has moved a little */
    end = make_round(s);
    if (!isfinite(s->best->cost)) {
      end = step_back(s);
      continue;
    }
    copy_into(s->target, s->best, &s->reached);
    if (end == AT_BOUND) move_to_bounds(s);
    if (end == SETTLED && let_go_some(s)) end = AT_BOUND;
  }
  s->best->converged = end == SETTLED;
}

void rg_fit_search(rg_worker *worker, const rg_aim_of_fit *aim, rg_found *found) {
  const rg_target *t = worker->target;
  const size_t n = t->frees.count;
  const long before = worker->paths;
  search s = {.worker = worker,
              .target = t,
              .aim = aim,
              .best = found,
              .slope = calloc(t->facts.count * n, sizeof(double)),
              .moving = calloc(n, sizeof(size_t)),
              .let_go = calloc(n, sizeof(unsigned char))};
  found->iterations = 0;
  found->jump = NAN;
  memset(found->at_bound, 0, n * sizeof(bool));
  s.status = s.slope && s.moving && s.let_go ? rg_found_make(t, &s.trial) : REGIME_NO_MEMORY;
  if (s.status == REGIME_OK) s.status = rg_found_make(t, &s.reached);
  found->converged = false;
  if (s.status == REGIME_OK) search_all(&s);
  found->status = s.status != REGIME_OK ? s.status : isfinite(found->cost) ? REGIME_OK : REGIME_UNDEFINED;
  found->paths = worker->paths - before;
  rg_found_drop(&s.trial);
  rg_found_drop(&s.reached);
  free(s.slope);
  free(s.moving);
  free(s.let_go);
}
