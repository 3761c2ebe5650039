/* simultaneous.h — equations that need each other, as blocks for the solver.
 *
 * A circle of equations x = e(x, ...) is a block with the residuals e(x, ...) - x. Its Jacobian is sparse: an
 * equation moves with those members of the circle that stand in it.
 */
#ifndef RG_SIMULTANEOUS_H
#define RG_SIMULTANEOUS_H

#include "model/inline.h"
#include <regime/system.h>

typedef struct rg_equations_of_block {
  size_t first;            /* of its unknowns */
  const rg_node *residual; /* of each member */
  const rg_node *partial;  /* nonzeros of the Jacobian in the order of the pattern */
} rg_equations_of_block;

typedef struct rg_simultaneous {
  size_t n_blocks;
  const regime_block *block;
  const rg_equations_of_block *equations;
  rg_node *guess; /* of each unknown: its `init`, 1 where there is none, 0 for a rate of change */
} rg_simultaneous;

/* The blocks, in an order in which they can be solved. init[k] is as lowered, by cell. False after an error:
 * equations that cannot determine their unknowns. */
bool rg_find_simultaneous(regime_context *context, rg_inliner *inliner, rg_definitions *definitions,
                          const rg_node *init, rg_simultaneous *out);

/* An unknown that is solved for to find first values begins where that has found it: of several solutions
 * both then have the same. in_blocks is as in inits.h. */
void rg_begin_from_initial(const rg_definitions *definitions, const rg_inlined *inlined,
                           const size_t *in_blocks, rg_simultaneous *simultaneous);

#endif
