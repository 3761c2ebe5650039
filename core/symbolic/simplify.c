/* simplify.c — making nodes, simplified.
 *
 * A node is simplified once, when it is made, by looking at its operands, which are simple already. Minus
 * signs move outward (a*(-b) is -(a*b), a + (-b) is a - b): that is exact in floating point, and makes equal
 * expressions the same node more often.
 */
#include "symbolic/node.h"

#include <math.h>

static bool is(const rg_graph *g, rg_node node, rg_op op) { return rg_node_op(g, node) == op; }
static bool is_number(const rg_graph *g, rg_node node, double value) {
  return rg_node_is_number(g, node, value);
}
static rg_node first(const rg_graph *g, rg_node node) { return rg_node_operand(g, node, 0); }

static bool is_truth(const rg_graph *g, rg_node node) {
  const rg_op op = rg_node_op(g, node);
  return op == RG_OP_POSITIVE || op == RG_OP_NOT || op == RG_OP_AND || op == RG_OP_OR ||
         is_number(g, node, 0.0) || is_number(g, node, 1.0);
}

/* Whether the node is -x or a number below 0; *positive is then what it is the negative of. */
static bool is_negative(rg_graph *g, rg_node node, rg_node *positive) {
  if (is(g, node, RG_OP_NEG)) {
    *positive = first(g, node);
    return true;
  }
  if (!is(g, node, RG_OP_NUMBER) || !(rg_node_number(g, node) < 0.0)) return false;
  *positive = rg_number(g, -rg_node_number(g, node));
  return true;
}

/* a + b and b + a are the same to the last bit: the one that was written first stands for both. */
static rg_node either_order(rg_graph *g, rg_op op, rg_node a, rg_node b) {
  const rg_node swapped = rg_find_node(g, op, b, a, 0);
  return swapped != RG_NO_NODE ? swapped : rg_intern(g, op, a, b, 0);
}

static rg_node negative(rg_graph *g, rg_node a) { return rg_unary(g, RG_OP_NEG, a); }

/* The rules of each operation ---------------------------------------------------------------------------- */

static rg_node sum(rg_graph *g, rg_node a, rg_node b) {
  rg_node positive;
  if (is_number(g, a, 0.0)) return b;
  if (is_number(g, b, 0.0)) return a;
  if (is_negative(g, b, &positive)) return rg_sub(g, a, positive);
  if (is_negative(g, a, &positive)) return rg_sub(g, b, positive);
  if (a == b) return rg_mul(g, rg_number(g, 2.0), a);
  return either_order(g, RG_OP_ADD, a, b);
}

static rg_node difference(rg_graph *g, rg_node a, rg_node b) {
  rg_node positive;
  if (a == b) return rg_number(g, 0.0);
  if (is_number(g, a, 0.0)) return negative(g, b);
  if (is_number(g, b, 0.0)) return a;
  if (is_negative(g, b, &positive)) return rg_add(g, a, positive);
  return rg_intern(g, RG_OP_SUB, a, b, 0);
}

static rg_node product(rg_graph *g, rg_node a, rg_node b) {
  rg_node positive;
  if (is_number(g, a, 0.0) || is_number(g, b, 0.0)) return rg_number(g, 0.0);
  if (is_number(g, a, 1.0)) return b;
  if (is_number(g, b, 1.0)) return a;
  if (is_negative(g, a, &positive)) return negative(g, rg_mul(g, positive, b));
  if (is_negative(g, b, &positive)) return negative(g, rg_mul(g, a, positive));
  return either_order(g, RG_OP_MUL, a, b);
}

/* Division by the number 0 has no value and is kept, to be pointed at. */
static rg_node quotient(rg_graph *g, rg_node a, rg_node b) {
  rg_node positive;
  const bool undefined = is_number(g, b, 0.0);
  if (is_negative(g, a, &positive)) return negative(g, rg_div(g, positive, b));
  if (is_negative(g, b, &positive)) return negative(g, rg_div(g, a, positive));
  if (is_number(g, a, 0.0) && !undefined) return a;
  if (is_number(g, b, 1.0)) return a;
  if (a == b && !undefined) return rg_number(g, 1.0);
  return rg_intern(g, RG_OP_DIV, a, b, 0);
}

static rg_node power(rg_graph *g, rg_node a, rg_node b) {
  if (is_number(g, b, 0.0) || is_number(g, a, 1.0)) return rg_number(g, 1.0);
  if (is_number(g, b, 1.0)) return a;
  return rg_intern(g, RG_OP_POW, a, b, 0);
}

static rg_node both(rg_graph *g, rg_node a, rg_node b) {
  if (is_number(g, a, 0.0) || is_number(g, b, 0.0)) return rg_number(g, 0.0);
  if (is_truth(g, b) && (is_number(g, a, 1.0) || a == b)) return b;
  if (is_truth(g, a) && is_number(g, b, 1.0)) return a;
  return either_order(g, RG_OP_AND, a, b);
}

static rg_node either(rg_graph *g, rg_node a, rg_node b) {
  if (is_number(g, a, 1.0) || is_number(g, b, 1.0)) return rg_number(g, 1.0);
  if (is_truth(g, b) && (is_number(g, a, 0.0) || a == b)) return b;
  if (is_truth(g, a) && is_number(g, b, 0.0)) return a;
  return either_order(g, RG_OP_OR, a, b);
}

static rg_node change_of_sign(rg_graph *g, rg_node a) {
  return is(g, a, RG_OP_NEG) ? first(g, a) : rg_intern(g, RG_OP_NEG, a, 0, 0);
}

static rg_node opposite(rg_graph *g, rg_node a) {
  if (is(g, a, RG_OP_NOT) && is_truth(g, first(g, a))) return first(g, a);
  return rg_intern(g, RG_OP_NOT, a, 0, 0);
}

/* The node of f(a), or of a alone where f undoes what was done to it last. */
static rg_node undo(rg_graph *g, rg_op f, rg_node a, rg_op inverse) {
  return is(g, a, inverse) ? first(g, a) : rg_intern(g, f, a, 0, 0);
}

/* Making nodes ------------------------------------------------------------------------------------------- */

/* The operation done at once, where all operands are numbers and the result is one. */
static bool fold(rg_graph *g, rg_op op, const rg_node operand[3], rg_node *out) {
  double value[3] = {0};
  for (size_t k = 0; k < rg_op_arity(op); k++) {
    if (!is(g, operand[k], RG_OP_NUMBER)) return false;
    value[k] = rg_node_number(g, operand[k]);
  }
  const double result = rg_op_apply(op, value[0], value[1], value[2]);
  if (!isfinite(result)) return false;
  *out = rg_number(g, result);
  return true;
}

rg_node rg_unary(rg_graph *graph, rg_op op, rg_node a) {
  rg_node folded;
  if (fold(graph, op, (rg_node[3]){a}, &folded)) return folded;
  switch (op) {
  case RG_OP_NEG: return change_of_sign(graph, a);
  case RG_OP_NOT: return opposite(graph, a);
  case RG_OP_LOG: return undo(graph, RG_OP_LOG, a, RG_OP_EXP);
  case RG_OP_EXP: return undo(graph, RG_OP_EXP, a, RG_OP_LOG);
  default: return rg_intern(graph, op, a, 0, 0);
  }
}

rg_node rg_binary(rg_graph *graph, rg_op op, rg_node a, rg_node b) {
  rg_node folded;
  if (fold(graph, op, (rg_node[3]){a, b}, &folded)) return folded;
  switch (op) {
  case RG_OP_ADD: return sum(graph, a, b);
  case RG_OP_SUB: return difference(graph, a, b);
  case RG_OP_MUL: return product(graph, a, b);
  case RG_OP_DIV: return quotient(graph, a, b);
  case RG_OP_POW: return power(graph, a, b);
  case RG_OP_AND: return both(graph, a, b);
  case RG_OP_OR: return either(graph, a, b);
  default: return rg_intern(graph, op, a, b, 0);
  }
}

rg_node rg_choose(rg_graph *graph, rg_node condition, rg_node yes, rg_node no) {
  if (yes == no) return yes;
  if (is(graph, condition, RG_OP_NUMBER)) return rg_node_number(graph, condition) != 0.0 ? yes : no;
  if (is(graph, condition, RG_OP_NOT)) return rg_choose(graph, first(graph, condition), no, yes);
  return rg_intern(graph, RG_OP_CHOOSE, condition, yes, no);
}

rg_node rg_make(rg_graph *graph, rg_op op, const rg_node operand[3]) {
  switch (rg_op_arity(op)) {
  case 1: return rg_unary(graph, op, operand[0]);
  case 2: return rg_binary(graph, op, operand[0], operand[1]);
  default: return rg_choose(graph, operand[0], operand[1], operand[2]);
  }
}

rg_node rg_add(rg_graph *graph, rg_node a, rg_node b) { return rg_binary(graph, RG_OP_ADD, a, b); }
rg_node rg_sub(rg_graph *graph, rg_node a, rg_node b) { return rg_binary(graph, RG_OP_SUB, a, b); }
rg_node rg_mul(rg_graph *graph, rg_node a, rg_node b) { return rg_binary(graph, RG_OP_MUL, a, b); }
rg_node rg_div(rg_graph *graph, rg_node a, rg_node b) { return rg_binary(graph, RG_OP_DIV, a, b); }

rg_node rg_max(rg_graph *graph, rg_node a, rg_node b) {
  return rg_choose(graph, rg_unary(graph, RG_OP_POSITIVE, rg_sub(graph, a, b)), a, b);
}

rg_node rg_min(rg_graph *graph, rg_node a, rg_node b) {
  return rg_choose(graph, rg_unary(graph, RG_OP_POSITIVE, rg_sub(graph, a, b)), b, a);
}
