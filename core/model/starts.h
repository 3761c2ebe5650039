/* starts.h — what the first period of a discrete model finds.
 *
 * `init x = ...` is the value at span.from, `init x(-2) = ...` that of two periods before. Where nothing is
 * given, the equation gives the value at span.from, if it needs nothing that is missing. What the first
 * period looks back at must be known; the rest may stay open.
 */
#ifndef RG_STARTS_H
#define RG_STARTS_H

#include "model/inline.h"

typedef struct rg_starts {
  rg_node *state;        /* of each lag, in terms of t, parameters, modes, paths and constants */
  const bool *has_state; /* false: open */
  const rg_node *cell;   /* of each cell at span.from */
  const bool *has_cell;
  const rg_node *watched; /* of what is watched besides, at span.from */
  const bool *has_watched;
} rg_starts;

/* init[k] and deep[k] are as lowered: by cell, and by equations->deep; so is what is watched. The first
 * n_needed lags are looked back at. False after an error: a circle, or nothing to start from. */
bool rg_find_starts(regime_context *context, rg_definitions *definitions, const rg_inlined *inlined,
                    const rg_node *init, const rg_node *deep, rg_node_list watched, size_t n_needed,
                    rg_starts *out);

#endif
