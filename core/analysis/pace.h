/* pace.h — the equations of a balanced path: the flow from x is along a scaling.
 *
 *   f(x) = g o x + h,   (g, h) = (g, h) of time + sum_k c_k (g, h)_k,   of a map next(x) = e^g o x + h (e^g -
 * 1)/g
 *
 * for the n states and the d weights c, with x on a plane across the scalings, so that of all the points of a
 * path one is a solution. In the frame that moves along the scaling the path is a point of rest, and the flow
 * there is x' = f(x) - g o x - h, with c such that x stays on the plane (Beyn and Thuemmler 2004).
 */
#ifndef RG_PACE_H
#define RG_PACE_H

#include "analysis/scalings.h"

typedef struct rg_pace {
  rg_field *field;
  const rg_scalings *scalings;
  size_t n, d;
  const double *width;     /* n: of the box */
  const double *across;    /* d rows of n: the scalings at the reference, against the squares of the widths */
  const double *reference; /* n: a state through which the plane goes */
  double *scaling;         /* 2n: g and h with the present weights */
  double *X, *jacobian;    /* n, n * n: room */
  const bool *held;        /* n: states that stay where they are; NULL: none */
} rg_pace;

/* The scaling with weights c. */
void rg_pace_weigh(const rg_pace *pace, const double *c);
double rg_pace_stretched(const rg_pace *pace, size_t i); /* what it does to state i; of a map in a period */

/* n + d equations in z = (x, c), as linalg/newton.h wants them; self is an rg_pace. */
int rg_pace_residual(void *self, const double *z, double *out);
int rg_pace_jacobian(void *self, const double *z, double *out);

/* What is found on the way: z, how far the last step moved against what things are, whether a leap led there,
 * and whether to go on. */
typedef struct rg_pace_visitor {
  regime_status (*visit)(void *self, const double *z, double moved, bool leapt, bool *goes_on);
  void *self;
} rg_pace_visitor;

/* Follows the flow in the moving frame from z, by implicit Euler steps in which nothing moves by more than a
 * fifth of its size, and longer all the time, so that the last are nearly Newton's (pseudo-transient
 * continuation: Kelley and Keyes 1998). After 10, 30, 90 ... units of time it tries from there by the longest
 * steps alone, which also lead to paths the flow runs away from. Every path it comes to is visited. Leaves z
 * where it got to; worst: the state that leaves the common pace fastest there, against its size, and by how
 * much in a unit of time. NO_MEMORY, and what visit answers. */
REGIME_MUST_CHECK regime_status rg_pace_follow(rg_pace *pace, regime_context *context, double *z,
                                               const rg_pace_visitor *visitor, size_t *worst, double *by);

#endif
