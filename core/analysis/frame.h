/* frame.h — a field in coordinates of about 1, so that units do not matter.
 *
 *   Z_j = X_j / scale_j,   the residual of state i divided by scale_i
 *
 * Eigenvalues by the states are those of the field. Everything is of the residual: F of a flow, F - x of a
 * map. Functions return 0, or 1 for "no value here".
 *
 * What the law conserves (combinations v.x that never change, v.F = 0 everywhere, as closed accounts have
 * them) makes the Jacobian singular at every equilibrium, of which there is one for each value. Once known,
 * the residual is F - rate V V^T (Z - anchor) with orthonormal V: zero where F is and V^T Z has its value at
 * the anchor. Of a flow the zero eigenvalues become -rate, of a map those of 1 become 0; the others, and the
 * coefficients of normal forms within the level, stay.
 */
#ifndef RG_FRAME_H
#define RG_FRAME_H

#include "analysis/field.h"

typedef struct rg_frame {
  rg_field *field;
  size_t n, columns; /* states; states and free parameters */
  double *scale;     /* columns; to be set, positive */
  size_t n_conserved;
  double *raw, *conserved; /* n_conserved rows of n: for F, and V in the frame as it is */
  double *anchor;          /* n, in the states' units */
  double rate;
  double *memory;
} rg_frame;

/* Room for as many free parameters as the field has now. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_frame_make(rg_frame *frame, rg_field *field);
void rg_frame_clear(rg_frame *frame); /* also of one made of zeros */

/* Looks for what is conserved around X, if the Jacobian there is singular; X becomes the anchor. NO_MEMORY.
 */
REGIME_MUST_CHECK regime_status rg_frame_conserve(rg_frame *frame, const double *X);
void rg_frame_anchor(rg_frame *frame, const double *X);
void rg_frame_rescaled(rg_frame *frame); /* to be told when scales have changed */

void rg_frame_enter(const rg_frame *frame, const double *X, double *Z);
void rg_frame_leave(const rg_frame *frame, const double *Z, double *X);

int rg_frame_residual(rg_frame *frame, const double *Z, double *F);        /* n */
int rg_frame_jacobian(rg_frame *frame, const double *Z, double *jacobian); /* n * columns */
int rg_frame_second(rg_frame *frame, const double *Z, const double *U, const double *V, double *out);
int rg_frame_third(rg_frame *frame, const double *Z, const double *U, const double *V, const double *W,
                   double *out);

/* How the Jacobian changes along U, of which the first `parts` are given and the others 0: column j is
 * B(U, e_j). Central differences of the exact Jacobian, right to about 1e-9: for Newton's matrices, not for
 * coefficients. */
int rg_frame_bend(rg_frame *frame, const double *Z, const double *U, size_t parts, double *out);

#endif
