/* twin.h — a flow as a map: the same law, one step of a simple rule a period.
 *
 *   euler      y+ = y + h f(t, y)
 *   midpoint   y+ = y + h k,  k = f(t + h/2, y + h/2 k)
 *
 * Euler's rule is of first order, the implicit midpoint of second (Hairer, Lubich and Wanner 2006, ch. II).
 * Switches are held through a step; dates and events act between steps, so that orders hold away from them.
 */
#ifndef RG_TWIN_H
#define RG_TWIN_H

#include <regime/path.h>

typedef struct rg_twin rg_twin;

/* *out is yours; NULL on failure. The flow must outlive it, and have no unknowns. BAD_ARGUMENT (midpoint
 * without a Jacobian; switches without `settle`), NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_twin_create(regime_context *context, const regime_system *flow,
                                               double step, regime_rule rule, rg_twin **out);
void rg_twin_free(rg_twin *twin); /* takes NULL */

const regime_system *rg_twin_system(const rg_twin *twin); /* borrowed */

/* Whether the path ended for want of a solution of the implicit midpoint. */
bool rg_twin_is_unsolved(const rg_twin *twin);

#endif
