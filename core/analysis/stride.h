/* stride.h — one step of pseudo-arclength continuation, along any curve that arc.h solves for.
 *
 * Predict along the tangent, correct at right angles to it, stop at the bounds of the unknowns. Whether the
 * step was good enough is told; shortening it is the caller's.
 */
#ifndef RG_STRIDE_H
#define RG_STRIDE_H

#include "analysis/arc.h"

typedef struct rg_stride {
  rg_arc *arc;
  double *low, *high; /* of each unknown, in the arc's coordinates; set to -+infinity */
  double step, largest, smallest;
  size_t landed; /* the unknown at whose bound the last step ended; SIZE_MAX: none */
  double *memory, *normal, *spare;
} rg_stride;

/* `largest` of 0 stands for a 50th, `smallest` of 0 for 1e-8 of the largest. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_stride_make(rg_stride *stride, rg_arc *arc, double largest,
                                               double smallest);
void rg_stride_clear(rg_stride *stride); /* also of one made of zeros */

/* From Z along the tangent to `next` with its own tangent. False: Newton failed, or went elsewhere, or the
 * tangent turned further than `widest`, a cosine. */
bool rg_stride_try(rg_stride *stride, const double *Z, const double *tangent, double widest, double *next,
                   double *next_tangent);

/* A tenth of the largest step to begin with; then longer where all was easy, shorter where it was not. */
void rg_stride_begin(rg_stride *stride);
void rg_stride_adapt(rg_stride *stride, const double *tangent, const double *next_tangent);

/* The bound of unknown j that Z is beyond; NaN: none. */
double rg_stride_bound(const rg_stride *stride, const double *Z, size_t j);

/* Whether the curve, begun at `origin` in `direction`, has come back to it between Z and next, which is then
 * put there. Where the origin is a crossing, no Newton can tell, and the chord decides. */
bool rg_stride_closes(rg_stride *stride, const double *origin, const double *direction, bool is_crossing,
                      const double *Z, double *next);

#endif
