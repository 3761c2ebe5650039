/* symbols.c — what each node depends on.
 *
 * Most nodes depend on the same symbols as one of their operands, and then share its set.
 */
#include "symbolic/node.h"

#include <stdlib.h>
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

/* --- long sums ----------------------------------------------------------------------------------------- */

static bool adds(const rg_graph *graph, rg_node node) {
  return rg_node_op(graph, node) == RG_OP_ADD || rg_node_op(graph, node) == RG_OP_SUB;
}

rg_node rg_sum_beginning(rg_graph *graph, rg_node node) {
  if (!adds(graph, node)) return RG_NO_NODE;
  const rg_node first = rg_node_operand(graph, node, 0);
  return adds(graph, first) && !rg_facts(graph, first)->symbols ? first : RG_NO_NODE;
}

bool rg_is_long_sum(rg_graph *graph, rg_node node) {
  enum { LONG = 8 };
  for (int k = 0; k < LONG && node != RG_NO_NODE; k++) node = rg_sum_beginning(graph, node);
  return node != RG_NO_NODE;
}

size_t rg_sum_terms(rg_graph *graph, rg_node node, rg_term *terms) {
  size_t count = 0;
  for (rg_node next = node; next != RG_NO_NODE; count++) {
    node = next;
    if (terms)
      terms[count] = (rg_term){rg_node_operand(graph, node, 1), rg_node_op(graph, node) == RG_OP_SUB};
    next = rg_sum_beginning(graph, node);
  }
  if (terms) terms[count] = (rg_term){rg_node_operand(graph, node, 0), false};
  return count + 1;
}

static rg_term *terms_of(rg_graph *graph, rg_node node, size_t *count) {
  rg_term *terms = RG_NEW_ARRAY(graph->arena, rg_term, rg_sum_terms(graph, node, NULL));
  *count = rg_sum_terms(graph, node, terms);
  return terms;
}

/* All terms that are to be done go on the stack at once. */
static rg_node missing_term(rg_graph *graph, rg_node node) {
  size_t count;
  rg_node last = RG_NO_NODE;
  const rg_term *term = terms_of(graph, node, &count);
  for (size_t k = 0; k < count; k++) {
    if (rg_facts(graph, term[k].node)->symbols) continue;
    if (last != RG_NO_NODE) RG_APPEND(graph->arena, &graph->walk, last);
    last = term[k].node;
  }
  return last;
}

static int ascending(const void *a, const void *b) {
  const uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
  return (left > right) - (left < right);
}

static const rg_symbol_set *symbols_of_terms(rg_graph *graph, rg_node node) {
  size_t n_terms, count = 0, n = 0;
  const rg_term *term = terms_of(graph, node, &n_terms);
  for (size_t k = 0; k < n_terms; k++) count += rg_facts(graph, term[k].node)->symbols->count;
  rg_symbol_set *set = new_set(graph->arena, count);
  for (size_t k = 0; k < n_terms; k++) {
    const rg_symbol_set *of = rg_facts(graph, term[k].node)->symbols;
    memcpy(set->items + n, of->items, of->count * sizeof *of->items);
    n += of->count;
  }
  qsort(set->items, count, sizeof *set->items, ascending);
  set->count = 0;
  for (size_t k = 0; k < count; k++)
    if (set->count == 0 || set->items[set->count - 1] != set->items[k])
      set->items[set->count++] = set->items[k];
  return set;
}

/* --- any node ------------------------------------------------------------------------------------------ */

static rg_node missing(void *self, rg_node node) {
  rg_graph *graph = self;
  if (rg_is_long_sum(graph, node)) return missing_term(graph, node);
  for (size_t k = 0; k < rg_node_arity(graph, node); k++) {
    const rg_node operand = rg_node_operand(graph, node, k);
    if (!rg_facts(graph, operand)->symbols) return operand;
  }
  return RG_NO_NODE;
}

static void compute(void *self, rg_node node) {
  rg_graph *graph = self;
  const rg_symbol_set *set = &no_symbols;
  if (rg_facts(graph, node)->symbols) return;
  if (rg_sum_beginning(graph, node) != RG_NO_NODE) {
    const rg_symbol_set *all = symbols_of_terms(graph, node);
    rg_facts(graph, node)->symbols = all;
    return;
  }
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
