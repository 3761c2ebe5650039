/* switches.c — find, sort and hold switches. */
#include "model/switches.h"

/* What an expression changes with, while no law changes. */
enum { WITH_TIME = 1, WITH_STATE = 2, WITH_SIDE = 4 };

typedef struct finder {
  rg_switches *out;
  rg_definitions *definitions;
  rg_graph *graph;
  RG_LIST(unsigned char) moves; /* of each node, as far as looked at */
  RG_LIST(uint32_t) depth;      /* of each dated switch: 1 + that of those it depends on */
} finder;

/* --- what moves ---------------------------------------------------------------------------------------- */

static unsigned char moves_with(const finder *f, rg_node node) {
  if (rg_node_op(f->graph, node) == RG_OP_SYMBOL) {
    const uint32_t symbol = rg_node_symbol(f->graph, node);
    const rg_layout *l = &f->definitions->layout;
    const bool is_unknown = symbol >= l->unknown && symbol < l->initial;
    if (symbol == RG_TIME_SYMBOL) return WITH_TIME;
    return is_unknown || rg_is_state(f->definitions, symbol) ? WITH_STATE : 0;
  }
  unsigned char all = rg_node_op(f->graph, node) == RG_OP_POSITIVE ? WITH_SIDE : 0;
  for (size_t k = 0; k < rg_node_arity(f->graph, node); k++)
    all |= f->moves.items[rg_node_operand(f->graph, node, k)];
  return all;
}

static unsigned char moves(finder *f, rg_node node) {
  while (f->moves.count <= node) {
    const unsigned char next = moves_with(f, (rg_node)f->moves.count);
    RG_APPEND(f->definitions->arena, &f->moves, next);
  }
  return f->moves.items[node];
}

/* --- holding ------------------------------------------------------------------------------------------- */

static uint32_t switch_of(const rg_switches *s, rg_node node) {
  return node < s->of.count ? s->of.items[node] : 0;
}

static const rg_switch *find_switch(const rg_switches *s, rg_node node) {
  const uint32_t number = switch_of(s, node);
  if (number == 0) return NULL;
  return number <= s->dated.count ? &s->dated.items[number - 1]
                                  : &s->roots.items[number - 1 - s->dated.count];
}

static bool by_dated(void *self, rg_graph *graph, rg_node node, rg_node *by) {
  const rg_switches *s = self;
  const rg_switch *found = rg_node_op(graph, node) == RG_OP_POSITIVE ? find_switch(s, node) : NULL;
  if (!found || switch_of(s, node) > s->dated.count) return false;
  *by = rg_symbol(graph, found->symbol);
  return true;
}

static bool by_any(void *self, rg_graph *graph, rg_node node, rg_node *by) {
  const rg_switch *found = rg_node_op(graph, node) == RG_OP_POSITIVE ? find_switch(self, node) : NULL;
  if (!found) return false;
  *by = rg_symbol(graph, found->symbol);
  return true;
}

rg_node rg_hold_dated(rg_switches *s, rg_node node) {
  return rg_substitute(s->definitions->graph, node, by_dated, s, &s->hold_dated);
}

rg_node rg_hold_all(rg_switches *s, rg_node node) {
  return rg_substitute(s->definitions->graph, node, by_any, s, &s->hold_all);
}

/* --- finding ------------------------------------------------------------------------------------------- */

/* Every node that stands under the given ones, by one sweep from above: operands have smaller numbers. */
static const bool *find_reached(const finder *f, const rg_node *under, size_t n_under) {
  const rg_node size = rg_graph_size(f->graph);
  bool *reached = RG_NEW_ARRAY(f->definitions->arena, bool, size);
  for (size_t k = 0; k < n_under; k++) reached[under[k]] = true;
  for (rg_node node = size; node-- > 0;)
    for (size_t k = 0; reached[node] && k < rg_node_arity(f->graph, node); k++)
      reached[rg_node_operand(f->graph, node, k)] = true;
  return reached;
}

static bool at_start_of_time(void *self, rg_graph *graph, rg_node node, rg_node *by) {
  (void)self;
  if (rg_node_op(graph, node) != RG_OP_SYMBOL || rg_node_symbol(graph, node) != RG_TIME_SYMBOL) return false;
  *by = rg_number(graph, 0.0);
  return true;
}

static void note(finder *f, rg_node node, size_t number) {
  while (f->out->of.count <= node) RG_APPEND(f->definitions->arena, &f->out->of, 0);
  f->out->of.items[node] = (uint32_t)number;
}

/* A straight line in t whose switches, if any, are dated themselves. */
static bool is_dated(finder *f, rg_node g, rg_node *slope) {
  if (moves(f, g) & (WITH_STATE | WITH_SIDE)) return false;
  *slope = rg_derivative(f->graph, g, RG_TIME_SYMBOL);
  return moves(f, *slope) == 0;
}

static uint32_t depth_of(finder *f, rg_node g) {
  size_t count;
  const uint32_t *symbols = rg_node_symbols(f->graph, g, &count);
  uint32_t depth = 1;
  for (size_t k = 0; k < count; k++)
    if (symbols[k] >= f->definitions->layout.dated && !rg_is_definition(symbols[k])) {
      const uint32_t inner = f->depth.items[symbols[k] - f->definitions->layout.dated];
      if (inner >= depth) depth = inner + 1;
    }
  return depth;
}

static void add_dated(finder *f, rg_node node, rg_node g, rg_node slope) {
  rg_arena *arena = f->definitions->arena;
  rg_node_list cache = {0};
  const rg_node at_zero = rg_substitute(f->graph, g, at_start_of_time, NULL, &cache);
  const uint32_t symbol = f->definitions->layout.dated + (uint32_t)f->out->dated.count;
  const uint32_t depth = depth_of(f, g);
  RG_APPEND(arena, &f->depth, depth);
  if (depth > f->out->dated_depth) f->out->dated_depth = depth;
  RG_APPEND(arena, &f->out->dated, ((rg_switch){node, g, at_zero, slope, symbol}));
  note(f, node, f->out->dated.count);
}

/* Dated switches first and in ascending order, so that those inside another are held already. */
static void find_dated(finder *f, const bool *reached, rg_node size) {
  for (rg_node node = 0; node < size; node++) {
    if (!reached[node] || rg_node_op(f->graph, node) != RG_OP_POSITIVE) continue;
    const rg_node g = rg_hold_dated(f->out, rg_node_operand(f->graph, node, 0));
    rg_node slope;
    if (is_dated(f, g, &slope)) add_dated(f, node, g, slope);
  }
}

static void find_roots(finder *f, const bool *reached, rg_node size) {
  rg_layout *layout = &f->definitions->layout;
  layout->side = layout->dated + (uint32_t)f->out->dated.count;
  for (rg_node node = 0; node < size; node++) {
    if (!reached[node] || rg_node_op(f->graph, node) != RG_OP_POSITIVE || switch_of(f->out, node)) continue;
    const rg_switch root = {.node = node,
                            .function = rg_hold_dated(f->out, rg_node_operand(f->graph, node, 0)),
                            .symbol = layout->side + (uint32_t)f->out->roots.count};
    RG_APPEND(f->definitions->arena, &f->out->roots, root);
    note(f, node, f->out->dated.count + f->out->roots.count);
  }
  layout->end = layout->side + (uint32_t)f->out->roots.count;
}

void rg_switches_find(rg_definitions *definitions, const rg_node *under, size_t n_under, rg_switches *out) {
  *out = (rg_switches){.definitions = definitions};
  finder f = {.out = out, .definitions = definitions, .graph = definitions->graph};
  const rg_node size = rg_graph_size(f.graph);
  const bool *reached = find_reached(&f, under, n_under);
  find_dated(&f, reached, size);
  find_roots(&f, reached, size);
}
