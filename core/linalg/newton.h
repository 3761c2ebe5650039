/* newton.h — small dense systems of equations F(x) = 0.
 *
 * Newton's method with the exact Jacobian (LAPACK dgesv) and a line search that halves the step while the
 * residual does not fall (Deuflhard 2004, sec. 3.3). Solved means a small residual *and* a small step: one
 * more Newton step is below 1e-12 relative and the residual is at rounding level for its scale.
 */
#ifndef RG_NEWTON_H
#define RG_NEWTON_H

#include <regime/status.h>
#include <stddef.h>

typedef struct rg_newton_problem {
  size_t n;
  void *self;
  /* Each returns 0, or 1 for "no value here". jacobian is dense, column-major n*n. */
  int (*residual)(void *self, const double *x, double *f);
  int (*jacobian)(void *self, const double *x, double *jacobian);
} rg_newton_problem;

typedef struct rg_newton_report {
  int iterations;
  double residual;     /* largest |F_i| at the last iterate */
  double step;         /* largest relative step of the last iteration */
  size_t worst;        /* the equation with the largest residual */
} rg_newton_report;

/* Solves from x, which becomes the last iterate. NO_CONVERGENCE, UNDEFINED (no value at the start), NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_newton(const rg_newton_problem *problem, double *x,
                                          rg_newton_report *report);

#endif
