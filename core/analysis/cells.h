/* cells.h — which cells of a box have been seen: a table of numbers by cell. */
#ifndef RG_CELLS_H
#define RG_CELLS_H

#include "base/arena.h"
#include <stdint.h>

typedef struct rg_cell {
  uint64_t key;
  size_t value;
  unsigned stamp; /* of the clearing since which it counts */
} rg_cell;

typedef struct rg_cells {
  rg_arena *arena;
  rg_cell *cell;
  size_t capacity, count;
  unsigned stamp;
} rg_cells;

rg_cells rg_cells_make(rg_arena *arena);
void rg_cells_clear(rg_cells *cells);

/* The value of a cell, 0 when it is new; valid until the next call. */
size_t *rg_cells_at(rg_cells *cells, uint64_t key);

/* The cell of a point, `fineness` to a width of the box. Different cells get different keys but for one
 * chance in 2^64. */
uint64_t rg_cell_key(size_t n, const double *X, const double *low, const double *high, double fineness);

#endif
