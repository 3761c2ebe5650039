/* cycle.h — the cycle a system settles on.
 *
 *   regime_cycle_options o = regime_cycle_defaults();
 *   regime_cycle *cycle;
 *   if (regime_cycle_find(context, &system, &o, &cycle) != REGIME_OK) ...
 *   if (cycle->verdict == REGIME_CYCLE_FOUND) use(cycle->period);
 *
 * The system is followed until it has settled; a return to the plane through a point of its path, across the
 * flow there, tells the period (Poincare); then the orbit is computed as what it is, the solution of a
 * boundary-value problem, by collocation at Gauss points on an adaptive mesh (Doedel, Keller and Kernevez
 * 1991), which gives its stability too (Floquet). Of a map: its points of period two and more, and the mean
 * period of turning on a closed curve, from weighted averages of the angle (Das, Saiki, Sander and Yorke
 * 2017).
 *
 * What is guaranteed of a cycle found: residual and Newton step below the tolerance, relative to its size; it
 * is stable, or one of a family. Time stands still: the law is that of t, and a law that moves with time
 * is seen as it is then.
 */
#ifndef REGIME_CYCLE_H
#define REGIME_CYCLE_H

#include <regime/context.h>
#include <regime/system.h>

#define REGIME_CYCLE_LIST(X)                                                                                 \
  X(CYCLE_FOUND, "settles on a cycle")                                                                       \
  X(CYCLE_CURVE, "turns on a closed curve without repeating itself")                                         \
  X(CYCLE_RESTS, "comes to rest")                                                                            \
  X(CYCLE_DIVERGES, "diverges or leaves its domain")                                                         \
  X(CYCLE_NONE, "does not come back to where it was")

typedef enum regime_cycle_verdict {
#define REGIME_CYCLE_ENUM(name, text) REGIME_##name,
  REGIME_CYCLE_LIST(REGIME_CYCLE_ENUM)
#undef REGIME_CYCLE_ENUM
} regime_cycle_verdict;
const char *regime_cycle_text(regime_cycle_verdict verdict);

typedef struct regime_cycle_options {
  double t;            /* the instant whose law holds */
  const double *start; /* n_states; NULL: where the system starts */
  double settle;       /* time it is given to settle, 500; up to fifteen times that where it has not; 0: it is
                          on its attractor, or one of a family of cycles, already */
  double longest;      /* the longest period looked for, 200 */
  double tolerance;    /* 1e-10 */
} regime_cycle_options;
regime_cycle_options regime_cycle_defaults(void);

typedef struct regime_cycle {
  regime_cycle_verdict verdict;
  double period; /* of a curve: of one turn, on average; NaN: neither of the two */
  /* Points once round, the first again at the end (not those of a curve: so many periods of a map). Row after
   * row; of a system at rest one point, of one that diverges or does not come back the last. */
  size_t n_points;
  const double *time, *state, *outputs;
  const double *low, *high, *mean; /* n_outputs: extremes and means over the cycle */
  /* n_states, by falling modulus; NULL without a cycle. The trivial one is among them, of a flow. */
  const double *multiplier_re, *multiplier_im;
  bool is_stable;
  bool is_family;        /* one of a family of cycles at the same parameters, as round a centre */
  double error;          /* how far the trivial multiplier is from 1; NaN: there is none */
  double residual, step; /* the last of Newton's method */
  double mesh_error;     /* of the orbit between mesh points, relative; 0 of a map */
} regime_cycle;

/* *out is yours; NULL on failure. Any verdict is an answer. BAD_ARGUMENT (a time that is negative or no
 * number), NO_CONVERGENCE (the integrator gave up), NO_MEMORY, and whatever system->start answers. */
REGIME_MUST_CHECK regime_status regime_cycle_find(regime_context *context, regime_system *system,
                                                  const regime_cycle_options *options, regime_cycle **out);
void regime_cycle_free(regime_cycle *cycle); /* takes NULL */

#endif
