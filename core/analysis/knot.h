/* knot.h — where two branches cross: simple branch points.
 *
 * With J the Jacobian by states and parameter, n * (n + 1), b and C fixed, a point where J has rank n - 1
 * solves (Kuznetsov 2004, sec. 10.2; Govaerts 2000, ch. 4)
 *
 *   F(Z) + beta b = 0,   g_1(Z) = g_2(Z) = 0,   [J b; C^T 0]^T (w, g_1, g_2) = (0, 1)
 *
 * which is regular, and a branch point where beta = 0; elsewhere two branches nearly cross. The branches'
 * directions a N_1 + b N_2 in the kernel of J are the roots of the algebraic branching equation
 * w.B(N_1,N_1) a^2 + 2 w.B(N_1,N_2) a b + w.B(N_2,N_2) b^2 = 0.
 */
#ifndef RG_KNOT_H
#define RG_KNOT_H

#include "analysis/arc.h"
#include "analysis/frame.h"
#include "linalg/svd.h"

typedef struct rg_knot {
  rg_frame *frame;
  rg_arc arc; /* n + 2 unknowns: Z, beta */
  rg_svd *svd;
  rg_dense *bordered;
  double *b, *C, *jacobian, *bend, *w, *v;
} rg_knot;

REGIME_MUST_CHECK regime_status rg_knot_make(rg_knot *knot, rg_frame *frame, double tolerance);
void rg_knot_clear(rg_knot *knot); /* also of one made of zeros */

/* From Z nearby to the branch point; Z has n + 2 parts, the last of which is answered with beta. */
bool rg_knot_find(rg_knot *knot, double *Z);

/* Writes the two directions (n + 1 parts each, of length 1) at a branch point. False: no two branches cross
 * there, as far as second derivatives tell. */
bool rg_knot_directions(rg_knot *knot, const double *Z, double *first, double *second);

#endif
