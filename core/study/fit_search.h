/* fit_search.h — from a start to the nearest minimum: Levenberg and Marquardt's method (GSL's) between
 * bounds.
 *
 * The search moves in the coordinates of fit_free.h, in which there are no bounds. As these have no slope at
 * a bound, a number that comes near one while its gradient points out is fixed there, and let go again if in
 * the end the gradient points inside.
 */
#ifndef RG_FIT_SEARCH_H
#define RG_FIT_SEARCH_H

#include "study/fit_target.h"

/* What is minimised: half the sum of the squares of the residuals. There is one a fact, then one a free
 * number (of its prior; zero where there is none). */
typedef struct rg_aim_of_fit {
  regime_loss loss;
  double loss_scale, tolerance;
  size_t most_iterations;
  const bool *is_unused; /* facts left out, n_facts; NULL: none */
  const bool *is_held;   /* free numbers that stay where they are, n_free; NULL: none */
  regime_fit_watch watch;
  void *watcher;
  size_t start; /* told to watch */
} rg_aim_of_fit;

size_t rg_fit_rows(const rg_target *target);

/* Residuals from the model's answers, and with slope not NULL their derivatives jacobian[row * n_free + k] by
 * the free numbers themselves. False where one is not finite. */
bool rg_fit_residuals(const rg_target *target, const rg_aim_of_fit *aim, const double *p, const double *value,
                      const double *slope, double *residual, double *jacobian);
double rg_half_squares(const double *residual, size_t n);

/* Where a search ended. */
typedef struct rg_found {
  double *p;                   /* n_free */
  double *value;               /* the model's answers, n_facts */
  double *residual, *jacobian; /* rows; rows * n_free */
  bool *at_bound;              /* n_free */
  double cost;                 /* infinite: there was no path at the start */
  double jump;    /* what it costs just beside, where the cost jumps there; infinite where there is no path
                   * beside it; NaN: it does not jump */
  double *beyond; /* where that is, n_free */
  size_t jumping; /* the fact that jumps farthest; n_facts: none does, or there is no path */
  bool converged;
  size_t iterations;
  long paths;
  regime_status status; /* OK; NO: interrupted; NO_MEMORY; UNDEFINED: no path at the start */
} rg_found;

REGIME_MUST_CHECK regime_status rg_found_make(const rg_target *target, rg_found *out);
void rg_found_drop(rg_found *found); /* takes a zeroed one */
REGIME_MUST_CHECK regime_status rg_found_copy(const rg_target *target, const rg_found *from, rg_found *out);

/* Searches from found->p and leaves the result there; the status is found->status. */
void rg_fit_search(rg_worker *worker, const rg_aim_of_fit *aim, rg_found *found);

#endif
