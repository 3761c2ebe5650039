/* cells.c — open addressing; the table doubles when it is half full. */
#include "analysis/cells.h"

#include <math.h>

enum { FIRST_CAPACITY = 4096 };

rg_cells rg_cells_make(rg_arena *arena) {
  return (rg_cells){.arena = arena,
                    .cell = RG_NEW_ARRAY(arena, rg_cell, FIRST_CAPACITY),
                    .capacity = FIRST_CAPACITY,
                    .stamp = 1};
}

void rg_cells_clear(rg_cells *cells) {
  cells->stamp++;
  cells->count = 0;
}

static rg_cell *place_of(const rg_cells *cells, uint64_t key) {
  size_t k = (size_t)key & (cells->capacity - 1);
  while (cells->cell[k].stamp == cells->stamp && cells->cell[k].key != key)
    k = (k + 1) & (cells->capacity - 1);
  return &cells->cell[k];
}

static void grow(rg_cells *cells) {
  rg_cells larger = *cells;
  larger.capacity *= 2;
  larger.cell = RG_NEW_ARRAY(cells->arena, rg_cell, larger.capacity);
  for (size_t k = 0; k < cells->capacity; k++)
    if (cells->cell[k].stamp == cells->stamp) *place_of(&larger, cells->cell[k].key) = cells->cell[k];
  *cells = larger;
}

size_t *rg_cells_at(rg_cells *cells, uint64_t key) {
  if (2 * cells->count >= cells->capacity) grow(cells);
  rg_cell *const cell = place_of(cells, key);
  if (cell->stamp != cells->stamp) {
    *cell = (rg_cell){.key = key, .stamp = cells->stamp};
    cells->count++;
  }
  return &cell->value;
}

/* The finaliser of splitmix64 (Steele, Lea and Flood 2014), over and over. */
static uint64_t mix(uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31);
}

uint64_t rg_cell_key(size_t n, const double *X, const double *low, const double *high, double fineness) {
  uint64_t key = 0;
  for (size_t k = 0; k < n; k++) {
    const double place = floor(fineness * (X[k] - low[k]) / (high[k] - low[k]));
    key = mix(key + 0x9e3779b97f4a7c15U + (uint64_t)(int64_t)fmax(-1e15, fmin(1e15, place)));
  }
  return key;
}
