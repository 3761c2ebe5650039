/* order.h — in which order can things be computed, and what goes in a circle?
 *
 * Items need other items. Tarjan's algorithm (1972) puts those needed before those that need them and finds
 * the loops: groups in which each needs, in the end, itself.
 */
#ifndef RG_ORDER_H
#define RG_ORDER_H

#include "base/arena.h"
#include <stdbool.h>
#include <stdint.h>

typedef RG_LIST(size_t) rg_numbers;

/* What item k needs: need[start[k] .. start[k+1]-1]. */
typedef struct rg_needs {
  size_t count;
  const size_t *start, *need;
} rg_needs;

/* Group g is item[start[g] .. start[g+1]-1]; what a group needs lies in groups before it. */
typedef struct rg_order {
  size_t n_groups;
  const size_t *start, *item;
  const size_t *position; /* of each item in `item` */
  const bool *is_loop;    /* of each group: several items, or one that needs itself */
} rg_order;

void rg_order_find(rg_arena *arena, const rg_needs *needs, rg_order *out);

/* One circle inside a loop: items, each needing the next and the last the first. Returns how many. */
size_t rg_order_circle(rg_arena *arena, const rg_needs *needs, const rg_order *order, size_t group,
                       const size_t **out);

#endif
