/* inits.h — first values of states.
 *
 * At the start a state is what its `init` says, and everything else what its equation says: as many equations
 * as quantities. Those that need each other, as K and Y do where capital starts at three times an output that
 * depends on it, are a block, solved by Newton's method when a run starts; everything else is put in place.
 */
#ifndef RG_INITS_H
#define RG_INITS_H

#include "model/blocks.h"

typedef struct rg_initial {
  rg_blocks blocks;        /* in an order in which they can be solved */
  const rg_node *state;    /* first value of each state in terms of t, parameters, modes, paths, constants and
                              initial values */
  const size_t *in_blocks; /* of each definition: input layout.initial + this, or RG_NO_DEFINITION */
} rg_initial;

/* init[k] is as lowered. Gives initial values their inputs in the layout. False after an error: a circle of
 * inits alone, or equations that cannot determine their unknowns. */
bool rg_find_initial(regime_context *context, rg_definitions *definitions, const rg_inlined *inlined,
                     const rg_node *init, rg_initial *out);

/* Warns of first values that nothing asks for: an auxiliary outside all circles follows from its equation. */
void rg_warn_of_idle_inits(regime_context *context, const rg_definitions *definitions,
                           const rg_inlined *inlined, const rg_initial *initial);

#endif
