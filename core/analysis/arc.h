/* arc.h — curves of solutions: n - 1 equations G(Z) = 0 in n unknowns of about 1; and points: n equations.
 *
 * Newton's method with the matrix [G'; normal] where a curve is meant (Keller 1977), undamped: whoever
 * follows a curve shortens its step instead. Solved means that step and residual are below the tolerance, the
 * residual against how far the unknowns can move it.
 */
#ifndef RG_ARC_H
#define RG_ARC_H

#include "linalg/dense.h"
#include <regime/status.h>

typedef struct rg_arc {
  size_t n, equations; /* unknowns; n - 1, or n */
  void *self;
  /* Each returns 0, or 1 for "no value here". The derivative of equation i by unknown j goes to
   * matrix[i + j * n]; the matrix is filled with zeros before. */
  int (*value)(void *self, const double *Z, double *G);
  int (*jacobian)(void *self, const double *Z, double *matrix);
  double tolerance;
  double *weight; /* of each unknown in lengths; set to 1 */
  /* of the last call: */
  bool no_value;
  int iterations;
  double step; /* the last of Newton's, its largest part */
  rg_dense *dense;
  double *memory;
} rg_arc;

/* n, equations, self, value, jacobian and tolerance are given. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_arc_make(rg_arc *arc);
void rg_arc_clear(rg_arc *arc); /* also of one made of zeros */

/* Z is moved to a solution; along a curve with normal . Z (n parts) kept as it is. */
bool rg_arc_correct(rg_arc *arc, double *Z, const double *normal);

/* The unit tangent at Z, on the side of `tangent`, which it replaces. False: there is no value, or no single
 * tangent. */
bool rg_arc_tangent(rg_arc *arc, const double *Z, double *tangent);

/* sum weight_j a_j b_j */
double rg_arc_product(const rg_arc *arc, const double *a, const double *b);
double rg_arc_distance(const rg_arc *arc, const double *a, const double *b);

#endif
