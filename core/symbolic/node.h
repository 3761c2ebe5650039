/* node.h — the inside of a graph, for the passes of this layer alone. */
#ifndef RG_NODE_H
#define RG_NODE_H

#include "symbolic/graph.h"

/* Ascending symbols. Nodes with the same dependencies mostly share one set. */
typedef struct rg_symbol_set {
  size_t count;
  uint32_t items[];
} rg_symbol_set;

typedef struct rg_node_data {
  rg_op op;
  uint32_t word[3]; /* operands; or the symbol; or the bits of the number in the first two */
} rg_node_data;

typedef struct rg_term {
  rg_node node;
  bool is_subtracted;
} rg_term;

/* A long sum a + b - c ... as what it adds up, so that nothing need be kept of its beginnings: those of n
 * terms, each with what it depends on, would take n^2. */
typedef struct rg_sum {
  size_t count;
  const rg_term *term;
  const size_t *first; /* the terms that depend on symbol k of the sum: of[first[k] .. first[k+1]-1] */
  const uint32_t *of;
} rg_sum;

/* What was found out about a node. */
typedef struct rg_node_facts {
  const rg_symbol_set *symbols; /* it depends on; NULL: not asked yet */
  rg_node *partials; /* derivatives by these symbols, RG_NO_NODE: not asked yet; NULL: none asked */
  const rg_sum *sum; /* once a derivative was asked for; NULL: no long one */
} rg_node_facts;

struct rg_graph {
  rg_arena *arena;
  RG_LIST(rg_node_data) nodes;
  RG_LIST(rg_node_facts)
  facts;          /* up to the last node asked about: derivatives, which come later, seldom are */
  rg_node *slots; /* the hash table: numbers of nodes, RG_NO_NODE where empty; linear probing */
  size_t n_slots; /* a power of two, at least twice the nodes */
  rg_node_list walk;
};

static inline const rg_node_data *rg_at(const rg_graph *graph, rg_node node) {
  return &graph->nodes.items[node];
}

/* Valid until facts about another node are asked for. */
rg_node_facts *rg_facts(rg_graph *graph, rg_node node);

/* The node of an operation exactly as given, old or new. Simplification is above this. */
rg_node rg_intern(rg_graph *graph, rg_op op, uint32_t first, uint32_t second, uint32_t third);
/* The same, or RG_NO_NODE when there is none yet. */
rg_node rg_find_node(const rg_graph *graph, rg_op op, uint32_t first, uint32_t second, uint32_t third);

/* The simplified node of an operation on as many operands as it has. */
rg_node rg_make(rg_graph *graph, rg_op op, const rg_node operand[3]);

/* A computation from the leaves up, without recursion: `missing` names an operand that must be done before
 * `node`, or RG_NO_NODE; then `compute` does it. Walks may nest. `pending` is their common stack. With no
 * arena it must have room for root + 1 nodes, which is as deep as operands of smaller numbers can go. */
typedef struct rg_walk {
  void *self;
  rg_node (*missing)(void *self, rg_node node);
  void (*compute)(void *self, rg_node node);
} rg_walk;
void rg_walk_up(rg_walk walk, rg_node root, rg_arena *arena, rg_node_list *pending);

/* Dependencies as the graph keeps them, and the place of a symbol among them, or their count. */
const rg_symbol_set *rg_symbols_of(rg_graph *graph, rg_node node);
size_t rg_symbol_position(const rg_symbol_set *set, uint32_t symbol);

/* The beginning of a sum, a + b of a + b - c, as long as nobody has asked what it depends on; else
 * RG_NO_NODE. */
rg_node rg_sum_beginning(rg_graph *graph, rg_node node);
/* Whether so many of these follow each other that the sum is looked at as one. */
bool rg_is_long_sum(rg_graph *graph, rg_node node);
/* The terms down to the last such beginning, last one first. Returns how many; `terms` NULL: only that. */
size_t rg_sum_terms(rg_graph *graph, rg_node node, rg_term *terms);

#endif
