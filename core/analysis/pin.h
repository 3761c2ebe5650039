/* pin.h — an equilibrium, or fixed point, held where one of its eigenvalues is critical.
 *
 * With A the Jacobian of the residual by the states, and c a fixed vector, for a real eigenvalue lambda
 * (Moore and Spence 1980):
 *
 *   F(x, p) = 0,   A q = lambda q,   c.q = 1                                    2n + 1 equations
 *
 * and for a pair on the imaginary axis, or of a map on the unit circle, written such that nothing is singular
 * where the pair becomes real (after Griewank and Reddien 1983; Kuznetsov 2004, sec. 10.3):
 *
 *   F(x, p) = 0,   A s = a s + w r,   A r = a r - (k/w) s,   c.r = 1,   c.s = 0     3n + 2 equations
 *
 * of a flow a = 0 and the unknown is u = k/w^2, k being the frequency squared; of a map a = u, u + 1 the
 * cosine of the angle and k = -a (2 + a) its sine squared. w is a unit: frequency or sine where it began.
 *
 * Unknowns: Z = (x, p, q) or (x, p, r, s, u), scaled. With one parameter a point is pinned down, with two a
 * curve.
 */
#ifndef RG_PIN_H
#define RG_PIN_H

#include "analysis/arc.h"
#include "analysis/frame.h"

typedef struct rg_pin {
  rg_frame *frame;
  bool is_pair;
  double lambda, unit;
  double *c, *matrix, *bend;
  rg_arc arc; /* arc.n unknowns */
} rg_pin;

/* For as many parameters as the frame has. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_pin_make(rg_pin *pin, rg_frame *frame, bool is_pair, double lambda,
                                            double tolerance);
void rg_pin_clear(rg_pin *pin); /* also of one made of zeros */

/* Fills Z behind (x, p) from a vector, re and im (NULL for a real one), of the eigenvalue i w (a flow) or
 * cos + i w (a map), and takes c from it. */
void rg_pin_begin(rg_pin *pin, double *Z, const double *re, const double *im, double cosine, double w);
/* Takes c anew from the vectors in Z, which are turned to fit: along a curve. */
void rg_pin_renew(rg_pin *pin, double *Z);

/* The frequency, or angle a period; NaN where the pair is real. */
double rg_pin_frequency(const rg_pin *pin, const double *Z);
/* Positive: a pair; negative: two real ones. (Frequency, or sine, in units of w, squared.) */
double rg_pin_square(const rg_pin *pin, const double *Z);

#endif
