/* matching.h — can each equation of a block have an unknown of its own?
 *
 * If not, no values make it regular, whatever the numbers: some equations speak of fewer unknowns than they
 * are. A maximum matching of equations and unknowns, by augmenting paths, finds these (Duff, Erisman and Reid
 * 2017, ch. 6).
 */
#ifndef RG_MATCHING_H
#define RG_MATCHING_H

#include "base/arena.h"
#include <regime/system.h>

typedef struct rg_matching {
  size_t unmatched;           /* an equation that is left over ... */
  const bool *rows, *columns; /* ... and the equations and unknowns it fights with: one equation too many */
} rg_matching;

/* True when all equations find an unknown. */
bool rg_match(rg_arena *arena, const regime_block *block, rg_matching *out);

#endif
