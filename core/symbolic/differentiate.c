/* differentiate.c — exact derivatives, made of nodes of the same graph.
 *
 * The chain rule from the leaves up. A node is differentiated by a symbol once, and only if it depends on it:
 * the result is kept beside the node, at the symbol's place in the set of its dependencies.
 */
#include "symbolic/node.h"

typedef struct pass {
  rg_graph *graph;
  uint32_t symbol;
} pass;

/* The rules --------------------------------------------------------------------------------------------- */

static rg_node number(rg_graph *g, double value) { return rg_number(g, value); }
static rg_node square(rg_graph *g, rg_node a) { return rg_mul(g, a, a); }

/* (a/b)' = (a' - (a/b) b')/b */
static rg_node quotient_rule(rg_graph *g, rg_node quotient, rg_node b, rg_node da, rg_node db) {
  return rg_div(g, rg_sub(g, da, rg_mul(g, quotient, db)), b);
}

/* (a^b)' = b a^(b-1) a' + a^b log(a) b' */
static rg_node power_rule(rg_graph *g, rg_node power, rg_node a, rg_node b, rg_node da, rg_node db) {
  const rg_node lower = rg_binary(g, RG_OP_POW, a, rg_sub(g, b, number(g, 1.0)));
  const rg_node by_base = rg_mul(g, rg_mul(g, b, lower), da);
  if (rg_node_is_number(g, db, 0.0)) return by_base;
  return rg_add(g, by_base, rg_mul(g, rg_mul(g, power, rg_unary(g, RG_OP_LOG, a)), db));
}

/* With s = w log(1 + exp(x/w)):  ds/dx = logistic(x/w),  ds/dw = (s - x ds/dx)/w */
static rg_node softplus_rule(rg_graph *g, rg_node s, rg_node x, rg_node w, rg_node dx, rg_node dw) {
  const rg_node by_x = rg_unary(g, RG_OP_LOGISTIC, rg_div(g, x, w));
  const rg_node by_w = rg_div(g, rg_sub(g, s, rg_mul(g, x, by_x)), w);
  return rg_add(g, rg_mul(g, by_x, dx), rg_mul(g, by_w, dw));
}

/* f'(a) where it is no quotient; `f` is the node f(a) itself. */
static rg_node slope(rg_graph *g, rg_op op, rg_node f, rg_node a) {
  const rg_node one = number(g, 1.0);
  switch (op) {
  case RG_OP_EXP: return f;
  case RG_OP_SIN: return rg_unary(g, RG_OP_COS, a);
  case RG_OP_COS: return rg_unary(g, RG_OP_NEG, rg_unary(g, RG_OP_SIN, a));
  case RG_OP_TAN: return rg_add(g, one, square(g, f));
  case RG_OP_TANH: return rg_sub(g, one, square(g, f));
  case RG_OP_LOGISTIC: return rg_mul(g, f, rg_sub(g, one, f));
  default: return number(g, 0.0); /* flat between switches: POSITIVE, NOT, FLOOR */
  }
}

/* The derivative of a node whose operands are o and their derivatives d. */
static rg_node rule(rg_graph *g, rg_node node, const rg_node o[3], const rg_node d[3]) {
  const rg_op op = rg_node_op(g, node);
  switch (op) {
  case RG_OP_SYMBOL: return number(g, 1.0);
  case RG_OP_ADD: return rg_add(g, d[0], d[1]);
  case RG_OP_SUB: return rg_sub(g, d[0], d[1]);
  case RG_OP_NEG: return rg_unary(g, RG_OP_NEG, d[0]);
  case RG_OP_MUL: return rg_add(g, rg_mul(g, d[0], o[1]), rg_mul(g, o[0], d[1]));
  case RG_OP_DIV: return quotient_rule(g, node, o[1], d[0], d[1]);
  case RG_OP_POW: return power_rule(g, node, o[0], o[1], d[0], d[1]);
  case RG_OP_LOG: return rg_div(g, d[0], o[0]);
  case RG_OP_SQRT: return rg_div(g, d[0], rg_mul(g, number(g, 2.0), node));
  case RG_OP_ATAN: return rg_div(g, d[0], rg_add(g, number(g, 1.0), square(g, o[0])));
  case RG_OP_SOFTPLUS: return softplus_rule(g, node, o[0], o[1], d[0], d[1]);
  case RG_OP_CHOOSE: return rg_choose(g, o[0], d[1], d[2]);
  case RG_OP_AND:
  case RG_OP_OR: return number(g, 0.0);
  default: return rg_mul(g, slope(g, op, node, o[0]), d[0]);
  }
}

/* The walk ---------------------------------------------------------------------------------------------- */

static rg_node *new_partials(rg_arena *arena, size_t count) {
  rg_node *partials = RG_NEW_ARRAY(arena, rg_node, count);
  for (size_t k = 0; k < count; k++) partials[k] = RG_NO_NODE;
  return partials;
}

/* Where d node / d symbol is kept; NULL when the node does not depend on the symbol. */
static rg_node *slot(const pass *p, rg_node node) {
  const rg_symbol_set *symbols = rg_symbols_of(p->graph, node);
  const size_t k = rg_symbol_position(symbols, p->symbol);
  if (k == symbols->count) return NULL;
  rg_node_facts *facts = rg_facts(p->graph, node);
  if (!facts->partials) facts->partials = new_partials(p->graph->arena, symbols->count);
  return &facts->partials[k];
}

/* --- long sums ------------------------------------------------------------------------------------------ */

/* Which terms depend on each symbol of the sum. */
static void sort_terms(rg_graph *g, const rg_symbol_set *symbols, rg_sum *sum) {
  size_t *first = RG_NEW_ARRAY(g->arena, size_t, symbols->count + 2);
  for (size_t k = 0; k < sum->count; k++) {
    const rg_symbol_set *of = rg_symbols_of(g, sum->term[k].node);
    for (size_t j = 0; j < of->count; j++) first[rg_symbol_position(symbols, of->items[j]) + 2]++;
  }
  for (size_t j = 0; j < symbols->count; j++) first[j + 2] += first[j + 1];
  uint32_t *which = RG_NEW_ARRAY(g->arena, uint32_t, first[symbols->count + 1]);
  for (size_t k = 0; k < sum->count; k++) {
    const rg_symbol_set *of = rg_symbols_of(g, sum->term[k].node);
    for (size_t j = 0; j < of->count; j++)
      which[first[rg_symbol_position(symbols, of->items[j]) + 1]++] = (uint32_t)k;
  }
  sum->first = first;
  sum->of = which;
}

static void reverse(rg_term *term, size_t count) {
  for (size_t k = 0; k < count / 2; k++) {
    const rg_term moved = term[k];
    term[k] = term[count - 1 - k];
    term[count - 1 - k] = moved;
  }
}

/* Found at the first derivative, when what the node depends on is known and nothing is yet of its beginnings.
 */
static const rg_sum *sum_of(rg_graph *g, rg_node node) {
  const rg_symbol_set *symbols = rg_symbols_of(g, node);
  if (rg_facts(g, node)->sum || !rg_is_long_sum(g, node)) return rg_facts(g, node)->sum;
  rg_sum *sum = RG_NEW(g->arena, rg_sum);
  rg_term *term = RG_NEW_ARRAY(g->arena, rg_term, rg_sum_terms(g, node, NULL));
  sum->count = rg_sum_terms(g, node, term);
  reverse(term, sum->count);
  sum->term = term;
  sort_terms(g, symbols, sum);
  rg_facts(g, node)->sum = sum;
  return sum;
}

/* All terms whose derivatives are to be found go on the stack at once. */
static rg_node missing_term(const pass *p, rg_node node, const rg_sum *sum) {
  const size_t k = rg_symbol_position(rg_symbols_of(p->graph, node), p->symbol);
  rg_node last = RG_NO_NODE;
  for (size_t j = sum->first[k]; j < sum->first[k + 1]; j++) {
    const rg_node term = sum->term[sum->of[j]].node;
    if (*slot(p, term) != RG_NO_NODE) continue;
    if (last != RG_NO_NODE) RG_APPEND(p->graph->arena, &p->graph->walk, last);
    last = term;
  }
  return last;
}

/* In the order in which the sum itself is made. */
static rg_node add_up(const pass *p, rg_node node, const rg_sum *sum) {
  const size_t k = rg_symbol_position(rg_symbols_of(p->graph, node), p->symbol);
  rg_node total = number(p->graph, 0.0);
  for (size_t j = sum->first[k]; j < sum->first[k + 1]; j++) {
    const rg_term *term = &sum->term[sum->of[j]];
    const rg_node derivative = *slot(p, term->node);
    total = term->is_subtracted ? rg_sub(p->graph, total, derivative) : rg_add(p->graph, total, derivative);
  }
  return total;
}

/* --- any node ------------------------------------------------------------------------------------------- */

static rg_node missing(void *self, rg_node node) {
  const pass *p = self;
  const rg_sum *sum = sum_of(p->graph, node);
  if (sum) return missing_term(p, node, sum);
  for (size_t k = 0; k < rg_node_arity(p->graph, node); k++) {
    const rg_node operand = rg_node_operand(p->graph, node, k), *kept = slot(p, operand);
    if (kept && *kept == RG_NO_NODE) return operand;
  }
  return RG_NO_NODE;
}

static void compute(void *self, rg_node node) {
  const pass *p = self;
  rg_node operand[3] = {0}, derivative[3] = {0};
  const rg_sum *sum = sum_of(p->graph, node);
  if (*slot(p, node) != RG_NO_NODE) return;
  if (sum) {
    const rg_node total = add_up(p, node, sum);
    *slot(p, node) = total;
    return;
  }
  for (size_t k = 0; k < rg_node_arity(p->graph, node); k++) {
    operand[k] = rg_node_operand(p->graph, node, k);
    const rg_node *kept = slot(p, operand[k]);
    derivative[k] = kept ? *kept : rg_number(p->graph, 0.0);
  }
  const rg_node result = rule(p->graph, node, operand, derivative);
  *slot(p, node) = result;
}

rg_node rg_derivative(rg_graph *graph, rg_node node, uint32_t symbol) {
  pass p = {graph, symbol};
  const rg_node *kept = slot(&p, node);
  if (!kept) return rg_number(graph, 0.0);
  if (*kept == RG_NO_NODE) rg_walk_up((rg_walk){&p, missing, compute}, node, graph->arena, &graph->walk);
  return *kept;
}
