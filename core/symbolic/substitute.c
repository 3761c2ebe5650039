/* substitute.c — expressions with some of their nodes replaced. */
#include "symbolic/node.h"

/* What the cache holds for a node: nothing yet, "asked and not replaced", or its result plus this offset. */
enum { UNKNOWN = 0, NOT_REPLACED = 1, OFFSET = 2 };

typedef struct pass {
  rg_graph *graph;
  rg_replacement *replacement;
  void *self;
  rg_node_list *cache;
} pass;

static uint32_t cached(const pass *p, rg_node node) {
  return node < p->cache->count ? p->cache->items[node] : UNKNOWN;
}

static bool is_done(const pass *p, rg_node node) { return cached(p, node) >= OFFSET; }

static void keep(const pass *p, rg_node node, uint32_t value) {
  while (p->cache->count <= node) RG_APPEND(p->graph->arena, p->cache, UNKNOWN);
  p->cache->items[node] = value;
}

/* Asks once whether the node is replaced. */
static void ask(const pass *p, rg_node node) {
  rg_node by;
  if (cached(p, node) == UNKNOWN)
    keep(p, node, p->replacement(p->self, p->graph, node, &by) ? by + OFFSET : NOT_REPLACED);
}

static rg_node missing(void *self, rg_node node) {
  const pass *p = self;
  ask(p, node);
  if (is_done(p, node)) return RG_NO_NODE;
  for (size_t k = 0; k < rg_node_arity(p->graph, node); k++) {
    const rg_node operand = rg_node_operand(p->graph, node, k);
    if (!is_done(p, operand)) return operand;
  }
  return RG_NO_NODE;
}

static void compute(void *self, rg_node node) {
  const pass *p = self;
  if (is_done(p, node)) return;
  const size_t arity = rg_node_arity(p->graph, node);
  rg_node operand[3] = {0};
  for (size_t k = 0; k < arity; k++) operand[k] = cached(p, rg_node_operand(p->graph, node, k)) - OFFSET;
  const rg_node result = arity == 0 ? node : rg_make(p->graph, rg_node_op(p->graph, node), operand);
  keep(p, node, result + OFFSET);
}

rg_node rg_substitute(rg_graph *graph, rg_node node, rg_replacement *replacement, void *self,
                      rg_node_list *cache) {
  pass p = {graph, replacement, self, cache};
  if (!is_done(&p, node)) rg_walk_up((rg_walk){&p, missing, compute}, node, graph->arena, &graph->walk);
  return cached(&p, node) - OFFSET;
}
