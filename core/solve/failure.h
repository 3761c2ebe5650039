/* failure.h — what it means that a run cannot go on: an outcome of the economy, or a failure of the numerics.
 */
#ifndef RG_FAILURE_H
#define RG_FAILURE_H

#include "solve/run.h"

/* Ends the run with an outcome; the first one stands. */
void rg_run_end(rg_run *run, regime_outcome outcome);

/* The system has no value at (t, y): the system explains, and the run ends there. OK. */
REGIME_MUST_CHECK regime_status rg_run_leaves_domain(rg_run *run, double t, const double *y);

/* The same at the very start, where there is no path to keep: UNDEFINED. */
REGIME_MUST_CHECK regime_status rg_run_undefined(rg_run *run);

/* The integrator gave up. OK with an outcome (diverged, left domain) where that is why; else NO_CONVERGENCE
 * or NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_run_gave_up(rg_run *run);

/* The law changes without end at one instant; function k was the last to cross. NO_CONVERGENCE. */
REGIME_MUST_CHECK regime_status rg_run_chatters(rg_run *run, size_t k);

/* max_steps are used up. NO_CONVERGENCE. */
REGIME_MUST_CHECK regime_status rg_run_too_long(rg_run *run);

#endif
