/* implicit.h — how solutions of a block, of constants or of first values, answer: F_x x' = -r, for many r.
 *
 * F_x is taken at the solution, its columns in the size of the unknowns and its rows by their largest entry,
 * so that "singular" means something.
 */
#ifndef RG_IMPLICIT_H
#define RG_IMPLICIT_H

#include "linalg/dense.h"
#include "model/blocks.h"

typedef struct regime_instance regime_instance;

typedef struct rg_implicit {
  rg_dense **block;            /* of each block: F_x */
  double *column, *row, *step; /* the scales, and a right-hand side: room for the largest block */
} rg_implicit;

/* Block `number` of its kind, with what runs it, at time t. */
typedef struct rg_solved_block {
  const rg_block *block;
  struct rg_block_machines *machines;
  size_t number;
  double t;
} rg_solved_block;

/* False: no memory. */
bool rg_implicit_create(const rg_blocks *blocks, rg_implicit *out);
void rg_implicit_free(const rg_blocks *blocks, rg_implicit *implicit);

/* F_x of a block, factored for what follows; false when it is singular, or has no value. */
bool rg_implicit_factor(const regime_instance *instance, const rg_implicit *implicit, rg_solved_block solved);
/* step, which holds r, becomes x'. For the block factored last. */
void rg_implicit_solve(const rg_implicit *implicit, size_t number, size_t n);

#endif
