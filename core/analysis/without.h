/* without.h — a system without some of its states: those that move for ever and that nothing looks at.
 *
 * What is left has rest points, branches and cycles of its own. The states left out stay where the system
 * starts; they are seen by `observe` alone.
 */
#ifndef RG_WITHOUT_H
#define RG_WITHOUT_H

#include <regime/system.h>

typedef struct rg_without rg_without;

/* `leaves_out` has a truth for each state; at least one stays. The system must outlive the answer, and nobody
 * else may use it meanwhile. *out is yours; NULL on failure. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_without_create(regime_system *system, const bool *leaves_out,
                                                  rg_without **out);
void rg_without_free(rg_without *without); /* takes NULL */

regime_system *rg_without_system(rg_without *without); /* borrowed */

/* Numbers of the states that stay, n_states of the system without the others; borrowed. */
const size_t *rg_without_kept(const rg_without *without);

#endif
