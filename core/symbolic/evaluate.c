/* evaluate.c — values straight off the graph. */
#include "symbolic/node.h"

#include <math.h>
#include <stdlib.h>

typedef struct pass {
  const rg_graph *graph;
  double (*value_of)(void *self, uint32_t symbol);
  void *self;
  double *values;
  bool *done;
} pass;

/* The k-th operand that is needed: of CHOOSE the condition, and then the side it chooses. */
static rg_node needed(const pass *p, rg_node node, size_t k) {
  if (rg_node_op(p->graph, node) != RG_OP_CHOOSE || k == 0) return rg_node_operand(p->graph, node, k);
  const rg_node condition = rg_node_operand(p->graph, node, 0);
  return rg_node_operand(p->graph, node, p->values[condition] != 0.0 ? 1 : 2);
}

static rg_node missing(void *self, rg_node node) {
  const pass *p = self;
  for (size_t k = 0; k < rg_node_arity(p->graph, node); k++) {
    const rg_node operand = needed(p, node, k);
    if (!p->done[operand]) return operand;
  }
  return RG_NO_NODE;
}

static double value(const pass *p, rg_node node) {
  const rg_op op = rg_node_op(p->graph, node);
  if (op == RG_OP_NUMBER) return rg_node_number(p->graph, node);
  if (op == RG_OP_SYMBOL) return p->value_of(p->self, rg_node_symbol(p->graph, node));
  double operand[3] = {0};
  for (size_t k = 0; k < rg_op_arity(op); k++) operand[k] = p->values[needed(p, node, k)];
  return rg_op_apply(op, operand[0], operand[1], operand[2]);
}

static void compute(void *self, rg_node node) {
  const pass *p = self;
  p->values[node] = value(p, node);
  p->done[node] = true;
}

double rg_evaluate(const rg_graph *graph, rg_node node, double (*value_of)(void *self, uint32_t symbol),
                   void *self, double *values) {
  const size_t room = (size_t)node + 1;
  pass p = {graph, value_of, self, values, calloc(room, sizeof *p.done)};
  rg_node_list pending = {.items = malloc(room * sizeof(rg_node)), .capacity = room};
  double result = NAN;
  if (p.done && pending.items) {
    rg_walk_up((rg_walk){&p, missing, compute}, node, NULL, &pending);
    result = values[node];
  }
  free(p.done);
  free(pending.items);
  return result;
}
