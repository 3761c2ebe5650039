/* matrices.h — stock-flow matrices: what every cell holds, as expressions to be recorded along a path.
 *
 * After Godley and Lavoie (2007, ch. 2): a column for each sector, a row for each item. Whether rows and
 * columns sum to zero is found on the numbers, point by point (study/matrices.c); here cells get their
 * expressions.
 */
#ifndef RG_MATRICES_H
#define RG_MATRICES_H

#include "model/check.h"
#include "model/inline.h"
#include "model/lower.h"

/* What stands in a cell, or a redundant equation. */
typedef struct rg_matrix_entry {
  const rg_tree *tree; /* NULL after an error */
  size_t set, member;  /* whom the letters of a set stand for; set RG_NO_MEMBER: the column is none's */
  rg_node node;
} rg_matrix_entry;

typedef struct rg_matrices {
  size_t count;
  regime_matrix *matrix;     /* as the world sees them */
  const rg_place *redundant; /* where each one's redundant equation stands */
  RG_LIST(rg_matrix_entry) entries;
} rg_matrices;

/* Parses and checks them. Errors: a sector that is not there, two balances, a flow that is real. */
void rg_matrices_read(rg_checker *checker, const rg_check_input *input, const rg_declarations *declared,
                      rg_matrices *out);

/* On the graph: as written, then in terms of inputs. The second warns of a redundant equation that is zero as
 * it stands, so that holding it verifies nothing. */
void rg_matrices_lower(rg_lowerer *lowerer, rg_matrices *matrices);
void rg_matrices_inline(regime_context *context, rg_inliner *inliner, rg_matrices *matrices);

#endif
