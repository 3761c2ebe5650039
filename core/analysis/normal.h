/* normal.h — spectra of an equilibrium or fixed point, and the coefficients of its normal forms.
 *
 * Kuznetsov (2004), sections 5.4 (flows: eq. 5.34 for the first Lyapunov coefficient) and 5.4.2 (maps), with
 * <q, q> = 1 in the units of the states and <p, q> = 1:
 *
 *   fold, branch      a = <p, B(q,q)> / 2
 *   pitchfork         c = <p, C(q,q,q) - 3 B(q, A^INV B(q,q))> / 6           negative: supercritical
 *   flip              b = the same with the inverse of A - 1                 positive: supercritical
 *   hopf              l1 = Re <p, H> / (2 omega),                            negative: supercritical
 *   neimark-sacker    d = Re exp(-i theta) <p, H> / 2,                       negative: supercritical
 *     H = C(q,q,q*) - 2 B(q, A^-1 B(q,q*)) + B(q*, (2 i omega - A)^-1 B(q,q))
 *
 * where of a map A stands for A - 1 and 2 i omega for exp(2 i theta) - 1.
 */
#ifndef RG_NORMAL_H
#define RG_NORMAL_H

#include "analysis/frame.h"
#include "linalg/eigen.h"
#include <regime/branch.h>

typedef struct rg_spectrum {
  size_t n;
  bool is_map;
  rg_eigen *eigen;
  double *jacobian; /* n * columns: of the residual, in the frame */
  const double *re, *im;
  size_t n_outside; /* unstable ones: right of the axis, outside the circle */
  size_t n_above;   /* real ones above 1 (maps); of a flow n_outside, of which it has the parity */
  size_t n_below;   /* real ones below -1 (maps) */
  double stability; /* how far the first is inside; negative: outside */
} rg_spectrum;

REGIME_MUST_CHECK regime_status rg_spectrum_make(rg_spectrum *spectrum, const rg_frame *frame);
void rg_spectrum_clear(rg_spectrum *spectrum); /* also of one made of zeros */
/* 1: no value, or no eigenvalues. */
int rg_spectrum_find(rg_spectrum *spectrum, rg_frame *frame, const double *Z);

/* The eigenvalue nearest to where it is critical: a real one to `at`, or of the pairs the one nearest to the
 * axis or the circle. SIZE_MAX: there is none. */
size_t rg_spectrum_real(const rg_spectrum *spectrum, double at);
size_t rg_spectrum_pair(const rg_spectrum *spectrum);

typedef struct rg_normal {
  double coefficient; /* NaN: it has none here (a strong resonance) */
  double noise;       /* how much of it may be rounding and differences */
} rg_normal;

/* At Z, whose spectrum was just found, with eigenvalue k (of a pair, the first). NO_MEMORY, or UNDEFINED. */
REGIME_MUST_CHECK regime_status rg_normal_quadratic(rg_frame *frame, const rg_spectrum *spectrum,
                                                    const double *Z, size_t k, rg_normal *out);
REGIME_MUST_CHECK regime_status rg_normal_cubic(rg_frame *frame, const rg_spectrum *spectrum, const double *Z,
                                                size_t k, rg_normal *out);
REGIME_MUST_CHECK regime_status rg_normal_pair(rg_frame *frame, const rg_spectrum *spectrum, const double *Z,
                                               size_t k, rg_normal *out);

#endif
