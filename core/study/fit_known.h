/* fit_known.h — what the curvature at the best point tells: standard errors, correlations, and which
 * combinations the facts leave open.
 */
#ifndef RG_FIT_KNOWN_H
#define RG_FIT_KNOWN_H

#include "study/fit_search.h"

typedef struct rg_known {
  double *singular;    /* n_free, falling: of the Jacobian in units of each number's scale */
  double *direction;   /* row k: of singular value k, in the same units, its largest part positive */
  double *covariance;  /* n_free by n_free; NaN where it is not bounded or the number is at its bound */
  double *information; /* n_free */
  size_t n_open;       /* how many singular values are zero: the last ones */
} rg_known;

REGIME_MUST_CHECK regime_status rg_known_make(const rg_target *target, const rg_found *found, rg_known *out);
void rg_known_drop(rg_known *known); /* takes a zeroed one */

#endif
