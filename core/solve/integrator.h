/* integrator.h — one run's session with CVODES: smooth stretches, one after the other.
 *
 *   rg_integrator_restart(in, t, stop);             // from rg_integrator_state, under the law now in force
 *   while (rg_integrator_advance(in, &t) == RG_STEPPED) ...
 *
 * A stretch ends at `stop` exactly, where a crossing function reaches zero, or where the integrator gives up.
 * Between two calls of advance the path can be read anywhere in the last step.
 */
#ifndef RG_INTEGRATOR_H
#define RG_INTEGRATOR_H

#include "solve/sides.h"
#include "solve/tangents.h"
#include <regime/path.h>

typedef struct rg_integrator rg_integrator;

/* Times of magnitude up to t no further apart than this are one instant: CVODES stops to within it. */
double rg_instant(double t);

typedef enum rg_arrival {
  RG_STEPPED, /* one step further */
  RG_AT_STOP, /* at the stop, to the last bit */
  RG_CROSSED, /* where crossing functions reach zero: see rg_integrator_roots */
  RG_GAVE_UP  /* no step could be taken: see rg_integrator_trouble */
} rg_arrival;

/* The sides are borrowed: the integrator asks them for the crossing functions. So are the tangents, which are
 * carried along unless NULL. *out is yours; NULL on failure. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_integrator_create(const regime_system *system,
                                                     const regime_path_options *options, rg_sides *sides,
                                                     rg_tangents *tangents, rg_integrator **out);
void rg_integrator_free(rg_integrator *integrator); /* takes NULL */

/* The state at the time last returned; n_states, at least one. It may be written to before a restart. */
double *rg_integrator_state(rg_integrator *integrator);

/* The flow at t and the present state; what it points to is borrowed until the next call of anything here.
 * False: it has no value. */
REGIME_MUST_CHECK bool rg_integrator_flow(rg_integrator *integrator, double t, rg_flow *out);

/* Starts a stretch at t from the present state, and from the tangents' dy; stop > t. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_integrator_restart(rg_integrator *integrator, double t, double stop);

/* Goes on until something is to be looked at, one step at most. *t is the time of the last return, and of
 * this. */
rg_arrival rg_integrator_advance(rg_integrator *integrator, double *t);

/* After RG_CROSSED: the direction in which each function crossed, or 0, and the error in the time t of that.
 */
const int *rg_integrator_roots(const rg_integrator *integrator);
double rg_integrator_fuzz(const rg_integrator *integrator, double t);

/* The state at a time within the last step, by the integrator's own polynomial; borrowed until the next call.
 * NULL: the time is not within it. */
const double *rg_integrator_interpolate(rg_integrator *integrator, double t);

/* The moves of the state at such a time, all directions, into dy. False: it is not within the last step. */
REGIME_MUST_CHECK bool rg_integrator_tangents(rg_integrator *integrator, double t, double *dy);

/* Work done so far, over all stretches. */
regime_counters rg_integrator_counters(const rg_integrator *integrator);

typedef enum rg_reason {
  RG_NO_VALUE,     /* the rate, its derivatives or a crossing function has no value */
  RG_ERROR_TEST,   /* the error stays too large however short the step */
  RG_NEWTON,       /* Newton's iteration does not converge however short the step */
  RG_TOO_ACCURATE, /* the tolerances are below rounding */
  RG_STANDSTILL,   /* steps are so short that time does not pass */
  RG_NO_MEMORY
} rg_reason;

typedef struct rg_trouble {
  rg_reason reason;
  double t;        /* RG_NO_VALUE: where there was none, ... */
  const double *y; /* ... borrowed */
  double step;     /* the last step size */
  size_t worst;    /* the state whose error is largest against its tolerance */
} rg_trouble;

/* After RG_GAVE_UP. */
rg_trouble rg_integrator_trouble(rg_integrator *integrator);

#endif
