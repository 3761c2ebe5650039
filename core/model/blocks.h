/* blocks.h — circles that are solved when a run starts, by Newton's method: constants that need each other,
 * as a calibration makes them, and first values (inits.h). */
#ifndef RG_BLOCKS_H
#define RG_BLOCKS_H

#include "model/circle.h"
#include "model/inline.h"

typedef struct rg_block {
  size_t count;
  uint32_t symbol;          /* of the first unknown; the others follow it */
  const size_t *definition; /* constants: of each */
  const rg_link *equation;  /* of each: what it is called, and where it is written */
  const char *names;        /* of all: "`a` (line 4), `b` (line 7)" */
  const rg_node
      *residual;        /* right side minus left side of each, in terms of what is known before, and of all */
  regime_block pattern; /* of its Jacobian, ... */
  const rg_node *partial; /* ... and the nonzeros */
  const rg_node *guess;   /* first guess of each, in terms of what is known before */
} rg_block;
typedef RG_LIST(rg_block) rg_blocks; /* in order */

/* What follows from its equations and residuals: names, derivatives and their pattern. */
void rg_block_complete(rg_definitions *definitions, rg_block *block);

/* The blocks among the constants, with first guesses from `init x = ...` (as lowered, by cell), 1 where there
 * is none. False after an error: a guess that needs what is not known. */
bool rg_find_blocks(regime_context *context, rg_definitions *definitions, const rg_inlined *inlined,
                    const rg_node *init, rg_blocks *out);

#endif
