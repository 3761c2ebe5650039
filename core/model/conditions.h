/* conditions.h — identities and phases: what is watched along a path besides the variables. */
#ifndef RG_CONDITIONS_H
#define RG_CONDITIONS_H

#include "model/check.h"
#include "model/inline.h"
#include "model/lower.h"

/* Expressions: the identities, then the phases. */
typedef struct rg_conditions {
  size_t n_identities, n_phases;
  regime_identity *identity; /* as the world sees them */
  const char **phase;
  const rg_tree **tree;
  rg_node *node;
} rg_conditions;

/* Parses and checks them: an identity is a number, a phase a condition. */
void rg_conditions_read(rg_checker *checker, const rg_check_input *input, const rg_declarations *declared,
                        rg_conditions *out);

/* On the graph: as written, then in terms of inputs. */
void rg_conditions_lower(rg_lowerer *lowerer, rg_conditions *conditions);
void rg_conditions_inline(rg_inliner *inliner, rg_conditions *conditions);

#endif
