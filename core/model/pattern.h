/* pattern.h — the nonzeros of a Jacobian, from a list to columns. */
#ifndef RG_PATTERN_H
#define RG_PATTERN_H

#include "symbolic/graph.h"
#include <regime/system.h>

typedef struct rg_nonzero {
  size_t row, column;
  rg_node partial;
} rg_nonzero;
typedef RG_LIST(rg_nonzero) rg_nonzeros;

/* The pattern by columns of an n*n Jacobian, and its nonzeros in that order. They are given row by row, so
 * that the rows of each column are ascending. */
void rg_sort_by_column(rg_arena *arena, const rg_nonzeros *all, size_t n, regime_block *pattern,
                       const rg_node **partial);

#endif
