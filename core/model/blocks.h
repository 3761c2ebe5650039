/* blocks.h — constants that need each other, as a calibration makes them: to be solved by Newton's method. */
#ifndef RG_BLOCKS_H
#define RG_BLOCKS_H

#include "model/inline.h"

typedef struct rg_block {
  size_t count;
  const size_t *definition;
  const rg_node *residual; /* right side minus left side of each, in parameters, blocks before and this one */
  const rg_node *guess;    /* first guess of each, in parameters and blocks before */
} rg_block;
typedef RG_LIST(rg_block) rg_blocks; /* in order */

/* The blocks among the constants, with first guesses from `init x = ...` (as lowered, by cell), 1 where there
 * is none. False after an error: a guess that needs what is not known. */
bool rg_find_blocks(regime_context *context, rg_definitions *definitions, const rg_inlined *inlined,
                    const rg_node *init, rg_blocks *out);

#endif
