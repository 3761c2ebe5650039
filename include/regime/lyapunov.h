/* lyapunov.h — how fast neighbouring paths part: the spectrum of Lyapunov exponents.
 *
 *   regime_lyapunov_options o = regime_lyapunov_defaults();
 *   regime_lyapunov *l;
 *   if (regime_lyapunov_compute(context, &system, &o, &l) != REGIME_OK) ...
 *   if (l->exponent[0] > 2.0 * l->error[0]) puts("chaos");
 *
 * Tangents are carried along the path by the exact Jacobian and made orthogonal again and again; the mean
 * logarithms of what they have been stretched by, a unit of time, are the exponents (Benettin et al. 1980;
 * Dieci, Russell and Van Vleck 1997). The errors are twice the standard error of the means of twenty blocks
 * of the span: of the sample, not of the integration, which is below. Time stands still: the law is that of
 * t.
 */
#ifndef REGIME_LYAPUNOV_H
#define REGIME_LYAPUNOV_H

#include <regime/context.h>
#include <regime/path.h>
#include <regime/system.h>

typedef struct regime_lyapunov_options {
  double t;            /* the instant whose law holds */
  const double *start; /* n_states; NULL: where the system starts */
  double settle;       /* time before anything is measured, 100; a tenth of the span more for the tangents */
  double span;         /* time over which is measured, 1000 */
  size_t count;        /* how many exponents; 0: all */
} regime_lyapunov_options;
regime_lyapunov_options regime_lyapunov_defaults(void);

typedef struct regime_lyapunov {
  size_t count;
  const double *exponent, *error; /* count, the largest first; NaN when the path ended too early; minus
                                     infinity where the path is superstable: it passes places from which all
                                     neighbours come to the same */
  double dimension;               /* Kaplan and Yorke's, of the attractor; NaN without all that it needs */
  regime_outcome outcome;         /* REACHED_END, DIVERGED, LEFT_DOMAIN, NO_SOLUTION, INTERRUPTED */
} regime_lyapunov;

/* *out is yours; NULL on failure. BAD_ARGUMENT (an empty span, more exponents than states), NO_CONVERGENCE
 * (the integrator gave up), NO_MEMORY, and whatever system->start answers. */
REGIME_MUST_CHECK regime_status regime_lyapunov_compute(regime_context *context, regime_system *system,
                                                        const regime_lyapunov_options *options,
                                                        regime_lyapunov **out);
void regime_lyapunov_free(regime_lyapunov *lyapunov); /* takes NULL */

#endif
