/* graph.c — nodes and their numbers: hash-consing, access, and walks without recursion. */
#include "symbolic/node.h"

#include <math.h>
#include <string.h>

enum { FIRST_SLOTS = 256 };

/* The hash table ---------------------------------------------------------------------------------------- */

static size_t hash(rg_op op, const uint32_t word[3]) {
  uint64_t h = (uint64_t)op + 1;
  for (size_t k = 0; k < 3; k++) {
    h = (h ^ word[k]) * UINT64_C(0x9E3779B97F4A7C15);
    h ^= h >> 29;
  }
  return (size_t)h;
}

static bool same(const rg_node_data *node, rg_op op, const uint32_t word[3]) {
  return node->op == op && memcmp(node->word, word, sizeof node->word) == 0;
}

/* The slot where the node is, or where it belongs. */
static rg_node *find_slot(const rg_graph *graph, rg_op op, const uint32_t word[3]) {
  const size_t mask = graph->n_slots - 1;
  size_t k = hash(op, word) & mask;
  while (graph->slots[k] != RG_NO_NODE && !same(rg_at(graph, graph->slots[k]), op, word)) k = (k + 1) & mask;
  return &graph->slots[k];
}

static void make_slots(rg_graph *graph, size_t count) {
  graph->n_slots = count;
  graph->slots = RG_NEW_ARRAY(graph->arena, rg_node, count);
  for (size_t k = 0; k < count; k++) graph->slots[k] = RG_NO_NODE;
  for (rg_node node = 0; node < graph->nodes.count; node++)
    *find_slot(graph, rg_at(graph, node)->op, rg_at(graph, node)->word) = node;
}

rg_graph *rg_graph_create(rg_arena *arena) {
  rg_graph *graph = RG_NEW(arena, rg_graph);
  graph->arena = arena;
  make_slots(graph, FIRST_SLOTS);
  return graph;
}

rg_node rg_find_node(const rg_graph *graph, rg_op op, uint32_t first, uint32_t second, uint32_t third) {
  return *find_slot(graph, op, (uint32_t[3]){first, second, third});
}

rg_node rg_intern(rg_graph *graph, rg_op op, uint32_t first, uint32_t second, uint32_t third) {
  const rg_node_data data = {.op = op, .word = {first, second, third}};
  rg_node *slot = find_slot(graph, op, data.word);
  if (*slot != RG_NO_NODE) return *slot;
  const rg_node node = *slot = (rg_node)graph->nodes.count;
  RG_APPEND(graph->arena, &graph->nodes, data);
  if (2 * graph->nodes.count > graph->n_slots) make_slots(graph, 2 * graph->n_slots);
  return node;
}

/* Leaves and access ------------------------------------------------------------------------------------- */

/* One zero and one NaN: their signs and payloads make no difference to a model. */
rg_node rg_number(rg_graph *graph, double value) {
  const double canonical = value == 0.0 ? 0.0 : isnan(value) ? (double)NAN : value;
  uint32_t bits[2];
  memcpy(bits, &canonical, sizeof bits);
  return rg_intern(graph, RG_OP_NUMBER, bits[0], bits[1], 0);
}

rg_node rg_symbol(rg_graph *graph, uint32_t symbol) { return rg_intern(graph, RG_OP_SYMBOL, symbol, 0, 0); }

uint32_t rg_graph_size(const rg_graph *graph) { return (uint32_t)graph->nodes.count; }
rg_op rg_node_op(const rg_graph *graph, rg_node node) { return rg_at(graph, node)->op; }
size_t rg_node_arity(const rg_graph *graph, rg_node node) { return rg_op_arity(rg_at(graph, node)->op); }
rg_node rg_node_operand(const rg_graph *graph, rg_node node, size_t k) { return rg_at(graph, node)->word[k]; }
uint32_t rg_node_symbol(const rg_graph *graph, rg_node node) { return rg_at(graph, node)->word[0]; }

double rg_node_number(const rg_graph *graph, rg_node node) {
  double value;
  memcpy(&value, rg_at(graph, node)->word, sizeof value);
  return value;
}

bool rg_node_is_number(const rg_graph *graph, rg_node node, double value) {
  return rg_at(graph, node)->op == RG_OP_NUMBER && rg_node_number(graph, node) == value;
}

rg_node_facts *rg_facts(rg_graph *graph, rg_node node) {
  while (graph->facts.count <= node) RG_APPEND(graph->arena, &graph->facts, (rg_node_facts){0});
  return &graph->facts.items[node];
}

/* Walks ------------------------------------------------------------------------------------------------- */

void rg_walk_up(rg_walk walk, rg_node root, rg_arena *arena, rg_node_list *pending) {
  const size_t floor = pending->count;
  RG_APPEND(arena, pending, root);
  while (pending->count > floor) {
    const rg_node node = pending->items[pending->count - 1], below = walk.missing(walk.self, node);
    if (below != RG_NO_NODE) {
      RG_APPEND(arena, pending, below);
    } else {
      walk.compute(walk.self, node);
      pending->count--;
    }
  }
}
