/* pattern.c — a counting sort by columns. */
#include "model/pattern.h"

void rg_sort_by_column(rg_arena *arena, const rg_nonzeros *all, size_t n, regime_block *pattern,
                       const rg_node **partial) {
  size_t *column = RG_NEW_ARRAY(arena, size_t, n + 2), *row = RG_NEW_ARRAY(arena, size_t, all->count);
  rg_node *sorted = RG_NEW_ARRAY(arena, rg_node, all->count);
  for (size_t k = 0; k < all->count; k++) column[all->items[k].column + 2]++;
  for (size_t j = 0; j < n; j++) column[j + 2] += column[j + 1];
  for (size_t k = 0; k < all->count; k++) {
    const size_t at = column[all->items[k].column + 1]++;
    row[at] = all->items[k].row;
    sorted[at] = all->items[k].partial;
  }
  *pattern = (regime_block){.n = n, .column = column, .row = row};
  *partial = sorted;
}
