/* newton.h — small dense systems of equations F(x) = 0.
 *
 * Newton's method with the exact Jacobian (LAPACK) and a line search that halves the step until the error
 * falls (Deuflhard 2004, sec. 3.3). Unknowns are measured by their own size and equations by how far the
 * unknowns can move them, so that units do not matter. Solved means a small step *and* a small residual, both
 * below 1e-12 of these measures; where rounding in F puts an end to progress before, 1e-8 is accepted, and
 * the report says so.
 *
 * A singular Jacobian is no end: the shortest step that comes nearest is taken. A system with a whole line of
 * solutions thus leads to one near the start, and a system that contradicts itself to NO_CONVERGENCE.
 */
#ifndef RG_NEWTON_H
#define RG_NEWTON_H

#include <regime/status.h>
#include <stdbool.h>
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
  double residual; /* largest |F_i| at the last iterate */
  double step;     /* the last Newton step found, relative to x; the largest of its parts */
  size_t worst;    /* the equation with the largest residual */
  bool singular;   /* the last Jacobian: two solutions meet there, or a whole line of them passes */
} rg_newton_report;

/* Solves from x, which becomes the last iterate. NO_CONVERGENCE, UNDEFINED (no value at the start, or no
 * derivative at an iterate), NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_newton(const rg_newton_problem *problem, double *x,
                                          rg_newton_report *report);

#endif
