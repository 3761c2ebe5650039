/* scalings.h — after which stretchings and shifts a law looks the same.
 *
 * x_i is stretched by exp(g_i s) and shifted by h_i s while time goes on by q s. To first order in s a flow
 * and a map (a period being the unit of time) look the same when, at all x,
 *
 *   J (g o x + h) + q f_t = g o f          J (g o x + h) + q f_t = g o next + h.
 *
 * That is linear in (g, h, q): what it sends to zero at many points of the box, each equation against its
 * largest coefficient, is found by singular values; those below 1e-8 of the first count as zero. Where time
 * does not matter q is left out.
 */
#ifndef RG_SCALINGS_H
#define RG_SCALINGS_H

#include "analysis/field.h"

typedef struct rg_scalings {
  size_t n, d;        /* states, dimension of the space of scalings with q = 0 */
  double *basis;      /* d columns of 2n parts: g, then h; in reduced echelon form, exact zeros where zero */
  double *particular; /* 2n: a scaling with q = 1; zero where time does not matter */
  bool needs_time;    /* the law moves with time ... */
  bool has_time;      /* ... in a way that a scaling with q = 1 makes good */
} rg_scalings;

/* From `count` points of n states. Drop it in any case. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_scalings_find(rg_field *field, size_t count, const double *points,
                                                 const double *width, rg_scalings *out);
void rg_scalings_drop(rg_scalings *scalings);

/* g o x + h of scaling k, for n states. */
void rg_scaling_along(const rg_scalings *scalings, const double *scaling, const double *x, double *out);

#endif
