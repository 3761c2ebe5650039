/* alone.h — why there is no balanced path: a state that, with the few that move it, has none of its own.
 *
 * What an equation does not look at cannot save it. For each state the set of all those that have an
 * influence on it is closed: it moves by itself. The sets are taken by size, and the moving frame is followed
 * in each, all others held; the first that comes to no path tells why the whole has none.
 */
#ifndef RG_ALONE_H
#define RG_ALONE_H

#include "analysis/pace.h"
#include <regime/steady.h>

/* Of sets up to half of all states. `points`: count times n states, the first where the frame starts; z: n +
 * d, room. Writes has_lone, lone and lone_rate. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_find_lone(rg_pace *pace, regime_context *context, size_t count,
                                             const double *points, double *z, regime_growth_search *out);

#endif
