/* operations.c — what each operation is called, how many operands it has, and what it means. */
#include "symbolic/functions.h"
#include "symbolic/graph.h"

#include <math.h>

static const struct {
  const char *name;
  size_t arity;
} operations[RG_OP_COUNT] = {
    [RG_OP_NUMBER] = {"number", 0}, [RG_OP_SYMBOL] = {"symbol", 0}, [RG_OP_ADD] = {"+", 2},
    [RG_OP_SUB] = {"-", 2},         [RG_OP_MUL] = {"*", 2},         [RG_OP_DIV] = {"/", 2},
    [RG_OP_POW] = {"^", 2},         [RG_OP_NEG] = {"-", 1},         [RG_OP_POSITIVE] = {"positive", 1},
    [RG_OP_NOT] = {"not", 1},       [RG_OP_AND] = {"and", 2},       [RG_OP_OR] = {"or", 2},
    [RG_OP_CHOOSE] = {"if", 3},
#define X(OP, name, arity) [RG_OP_##OP] = {name, arity},
#include "symbolic/functions.def"
#undef X
};

size_t rg_op_arity(rg_op op) { return operations[op].arity; }
const char *rg_op_name(rg_op op) { return operations[op].name; }

double rg_op_apply(rg_op op, double a, double b, double c) {
  switch (op) {
  case RG_OP_ADD: return a + b;
  case RG_OP_SUB: return a - b;
  case RG_OP_MUL: return a * b;
  case RG_OP_DIV: return a / b;
  case RG_OP_POW: return rg_power(a, b);
  case RG_OP_NEG: return -a;
  case RG_OP_POSITIVE: return a > 0.0;
  case RG_OP_NOT: return a == 0.0;
  case RG_OP_AND: return a != 0.0 && b != 0.0;
  case RG_OP_OR: return a != 0.0 || b != 0.0;
  case RG_OP_CHOOSE: return a != 0.0 ? b : c;
  case RG_OP_EXP: return exp(a);
  case RG_OP_LOG: return log(a);
  case RG_OP_SQRT: return sqrt(a);
  case RG_OP_SIN: return sin(a);
  case RG_OP_COS: return cos(a);
  case RG_OP_TAN: return tan(a);
  case RG_OP_TANH: return tanh(a);
  case RG_OP_ATAN: return atan(a);
  case RG_OP_LOGISTIC: return rg_logistic(a);
  case RG_OP_SOFTPLUS: return rg_softplus(a, b);
  case RG_OP_FLOOR: return floor(a);
  case RG_OP_NUMBER:
  case RG_OP_SYMBOL:
  case RG_OP_COUNT: break;
  }
  return NAN;
}
