/* observations.h — what was observed, in terms of the model: series of files as expressions to be recorded
 * along a path.
 *
 * The files themselves are read by study/facts*.c; here their series get their expressions. One with a free
 * letter of a set has an output for each member.
 */
#ifndef RG_OBSERVATIONS_H
#define RG_OBSERVATIONS_H

#include "model/check.h"
#include "model/inline.h"
#include "model/lower.h"

/* A series for one member, or for none (set and member RG_NO_MEMBER). */
typedef struct rg_observed {
  const rg_tree *tree; /* NULL after an error */
  size_t set, member;
  rg_node node;
} rg_observed;

typedef struct rg_observations {
  size_t count;
  regime_observations *group; /* as the world sees them; outputs are counted from the first entry */
  regime_series **series;     /* those of each group */
  RG_LIST(rg_observed) entries;
} rg_observations;

/* Parses and checks them. Errors: two letters that are free, a member that no set has. */
void rg_observations_read(rg_checker *checker, const rg_check_input *input, const rg_declarations *declared,
                          rg_observations *out);

/* On the graph: as written, then in terms of inputs. */
void rg_observations_lower(rg_lowerer *lowerer, rg_observations *observations);
void rg_observations_inline(rg_inliner *inliner, rg_observations *observations);

/* Their outputs stand after all others, from this one on. */
void rg_observations_place(rg_observations *observations, size_t first_output);

#endif
