/* rest.h — the zeros of a field's residual in a box, one after the other.
 *
 * Some of the states are looked for, the others stay where they are. Newton's method (linalg/newton.h) from a
 * start; what was found is deflated away (Farrell, Birkisson and Funke 2015): the residual is multiplied by
 *
 *   M(x) = prod_k (1 + 1/d_k^2),   d_k the distance of x from solution k, against the width of the box,
 *
 * which has no zero there any longer, and the same start is tried again, without line search: the way to
 * another solution leads uphill. What converges is polished by plain
 * Newton steps as long as they bring it nearer, and then judged, for which x_j is measured by its own size
 * or a thousandth of the box, and equation i by what is typical of it in the box:
 *
 *   regular    residual and Newton step are within the tolerance
 *   singular   the Jacobian is singular: solutions meet, and rounding in F blurs x by its root. The residual
 *              is rounding, and the step within 1e-5.
 */
#ifndef RG_REST_H
#define RG_REST_H

#include "analysis/field.h"
#include <regime/steady.h>

typedef struct rg_solution {
  double *x; /* of all states */
  bool is_inside, is_singular;
} rg_solution;

typedef struct rg_rest {
  regime_context *context;
  rg_field *field;
  size_t n, columns, m; /* states, these and free parameters, states looked for */
  size_t *active;       /* m: which */
  double *X;            /* columns: where it is; the states not looked for stay there */
  const double *low, *high;
  double *width, *typical; /* n: of the box; of |F_i| in it, the median */
  double *F, *jacobian;    /* n, n * columns */
  double *iterate, *step;  /* m */
  double *trial;           /* m */
  double *null;            /* m: at the last solution judged, what the Jacobian sends nearly to zero */
  double tolerance;
  double largest, error; /* residual and step of the last one judged */
  size_t worst;          /* the state whose equation is farthest from rest there */
  bool is_singular;      /* its Jacobian is */
  double *conserved; /* n_conserved rows of m: combinations of the F_i/typical_i that are zero everywhere */
  size_t n_conserved;
  double *anchor; /* m: what is conserved has the value it has here */
  struct rg_svd *svd;
  struct rg_dense *dense;
  rg_solution *solution;
  size_t n_solutions, room;
} rg_rest;

typedef enum rg_attempt {
  RG_FOUND,   /* a new solution, the last of the list */
  RG_KNOWN,   /* one of those there are: `which` */
  RG_STALLED, /* Newton came to its end and this is none */
  RG_NO_VALUE,
  RG_NO_ROOM
} rg_attempt;

/* For all n states of a field in the box, whose widths the caller writes; drop it in any case. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_rest_make(rg_rest *rest, regime_context *context, rg_field *field,
                                             const double *low, const double *high, double tolerance);
void rg_rest_drop(rg_rest *rest);

/* From now on the m states are looked for, the others stay as in X (n + k). Forgets all solutions. NO_MEMORY.
 */
REGIME_MUST_CHECK regime_status rg_rest_look_for(rg_rest *rest, size_t m, const size_t *active,
                                                 const double *X);

/* What is typical of each equation, from `count` starts of n states each. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_rest_weigh(rg_rest *rest, size_t count, const double *starts);

/* Looks for what the law conserves: combinations of the states looked for that never change, as a closed set
 * of accounts has them. `count` points of n states each; fewer than the states and some more tell nothing.
 * From then on solutions are those with the value at `anchor` (n states): F + W (W^T (x - anchor)) is zero
 * just there, W^T F being zero. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_rest_conserve(rg_rest *rest, size_t count, const double *points,
                                                 const double *anchor);

/* m*m: the derivative of that, from the field's Jacobian where it is. */
void rg_rest_anchored_jacobian(const rg_rest *rest, double *matrix);

/* From a start of n states. which: the solution, where there is one. */
rg_attempt rg_rest_try(rg_rest *rest, const double *start, bool deflated, size_t *which);

void rg_rest_forget_last(rg_rest *rest); /* the last solution of the list */

/* Goes back to a solution: X, F, the Jacobian and the step are those there. False: no value. */
bool rg_rest_settle_at(rg_rest *rest, const rg_solution *solution);

/* Whether a whole line of solutions passes through solution k. */
bool rg_rest_is_line(rg_rest *rest, size_t k);

#endif
