/* symbols.c — what each node depends on.
 *
 * Most nodes depend on the same symbols as one of their operands, and then share its set.
 */
#include "symbolic/node.h"

#include <string.h>

static const rg_symbol_set no_symbols = {.count = 0};

static size_t count_union(const rg_symbol_set *a, const rg_symbol_set *b) {
  size_t count = 0;
  for (size_t i = 0, j = 0; i < a->count || j < b->count; count++) {
    const bool from_a = j == b->count || (i < a->count && a->items[i] <= b->items[j]);
    const bool from_b = i == a->count || (j < b->count && b->items[j] <= a->items[i]);
    i += from_a;
    j += from_b;
  }
  return count;
}

static rg_symbol_set *new_set(rg_arena *arena, size_t count) {
  rg_symbol_set *set = rg_arena_take(arena, 1, sizeof *set + count * sizeof *set->items);
  set->count = count;
  return set;
}

static const rg_symbol_set *merge(rg_arena *arena, const rg_symbol_set *a, const rg_symbol_set *b,
                                  size_t count) {
  rg_symbol_set *set = new_set(arena, count);
  for (size_t k = 0, i = 0, j = 0; k < count; k++) {
    const bool from_a = j == b->count || (i < a->count && a->items[i] <= b->items[j]);
    set->items[k] = from_a ? a->items[i] : b->items[j];
    i += i < a->count && a->items[i] == set->items[k];
    j += j < b->count && b->items[j] == set->items[k];
  }
  return set;
}

static const rg_symbol_set *unite(rg_arena *arena, const rg_symbol_set *a, const rg_symbol_set *b) {
  if (a == b || b->count == 0) return a;
  const size_t count = count_union(a, b);
  if (count == a->count) return a;
  if (count == b->count) return b;
  return merge(arena, a, b, count);
}

static const rg_symbol_set *singleton(rg_arena *arena, uint32_t symbol) {
  rg_symbol_set *set = new_set(arena, 1);
  set->items[0] = symbol;
  return set;
}

static rg_node missing(void *self, rg_node node) {
  rg_graph *graph = self;
  for (size_t k = 0; k < rg_node_arity(graph, node); k++) {
    const rg_node operand = rg_node_operand(graph, node, k);
    if (!rg_facts(graph, operand)->symbols) return operand;
  }
  return RG_NO_NODE;
}

static void compute(void *self, rg_node node) {
  rg_graph *graph = self;
  const rg_symbol_set *set = &no_symbols;
  if (rg_node_op(graph, node) == RG_OP_SYMBOL) set = singleton(graph->arena, rg_node_symbol(graph, node));
  for (size_t k = 0; k < rg_node_arity(graph, node); k++)
    set = unite(graph->arena, set, rg_facts(graph, rg_node_operand(graph, node, k))->symbols);
  rg_facts(graph, node)->symbols = set;
}

const rg_symbol_set *rg_symbols_of(rg_graph *graph, rg_node node) {
  if (!rg_facts(graph, node)->symbols)
    rg_walk_up((rg_walk){graph, missing, compute}, node, graph->arena, &graph->walk);
  return rg_facts(graph, node)->symbols;
}

size_t rg_symbol_position(const rg_symbol_set *set, uint32_t symbol) {
  size_t low = 0, high = set->count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (set->items[middle] < symbol)
      low = middle + 1;
    else
      high = middle;
  }
  return low < set->count && set->items[low] == symbol ? low : set->count;
}

const uint32_t *rg_node_symbols(rg_graph *graph, rg_node node, size_t *count) {
  const rg_symbol_set *set = rg_symbols_of(graph, node);
  *count = set->count;
  return set->items;
}

bool rg_node_depends(rg_graph *graph, rg_node node, uint32_t symbol) {
  const rg_symbol_set *set = rg_symbols_of(graph, node);
  return rg_symbol_position(set, symbol) < set->count;
}
