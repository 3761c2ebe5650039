/* graph.h — every expression once.
 *
 * A graph holds scalar expressions as numbered nodes; equal expressions are the same node (hash-consing), and
 * are simplified as they are made, so that sharing, constants and identities cost nothing later. Operands
 * always have smaller numbers than the node that uses them: a loop over numbers is a topological order.
 * Passes (differentiate, substitute, print, compile) are functions over the graph.
 *
 * Simplification is by the rules of the real numbers where every operand has a value: 0*x is 0, x - x is 0,
 * x/x is 1, log(exp(x)) is x. It never reorders a sum of more than two terms, so rounding is what was
 * written. Operations on numbers are done at once where the result is finite; log(-1) stays, to be pointed
 * at.
 *
 * Truth is a number, 1.0 or 0.0. RG_OP_POSITIVE is the only place where a real number becomes a truth: it is
 * 1 where its argument is > 0. Whatever switches (if, min, max, abs, clamp, comparisons) is made from it, so
 * the model layer finds all switches of a model by looking for this one operation.
 */
#ifndef RG_GRAPH_H
#define RG_GRAPH_H

#include "base/arena.h"
#include "base/text.h"
#include <stdbool.h>
#include <stdint.h>

typedef enum rg_op {
  RG_OP_NUMBER, /* a constant */
  RG_OP_SYMBOL, /* an input: t, a state, a parameter ... numbered by the model */
  RG_OP_ADD,
  RG_OP_SUB,
  RG_OP_MUL,
  RG_OP_DIV,
  RG_OP_POW,
  RG_OP_NEG,
  RG_OP_POSITIVE, /* 1 where a > 0, else 0 */
  RG_OP_NOT,      /* of truths */
  RG_OP_AND,
  RG_OP_OR,
  RG_OP_CHOOSE, /* a != 0 ? b : c; only the chosen side need have a value */
#define X(OP, name, arity) RG_OP_##OP,
#include "symbolic/functions.def"
#undef X
  RG_OP_COUNT
} rg_op;

typedef uint32_t rg_node;
#define RG_NO_NODE UINT32_MAX
typedef struct rg_graph rg_graph;

rg_graph *rg_graph_create(rg_arena *arena);
uint32_t rg_graph_size(const rg_graph *graph); /* nodes 0 .. size-1 */

rg_node rg_number(rg_graph *graph, double value);
rg_node rg_symbol(rg_graph *graph, uint32_t symbol);
rg_node rg_unary(rg_graph *graph, rg_op op, rg_node a);
rg_node rg_binary(rg_graph *graph, rg_op op, rg_node a, rg_node b);
rg_node rg_choose(rg_graph *graph, rg_node condition, rg_node yes, rg_node no);

/* Conveniences, all made of the above. */
rg_node rg_add(rg_graph *graph, rg_node a, rg_node b);
rg_node rg_sub(rg_graph *graph, rg_node a, rg_node b);
rg_node rg_mul(rg_graph *graph, rg_node a, rg_node b);
rg_node rg_div(rg_graph *graph, rg_node a, rg_node b);
rg_node rg_max(rg_graph *graph, rg_node a, rg_node b);
rg_node rg_min(rg_graph *graph, rg_node a, rg_node b);

rg_op rg_node_op(const rg_graph *graph, rg_node node);
size_t rg_node_arity(const rg_graph *graph, rg_node node); /* 0 for numbers and symbols */
rg_node rg_node_operand(const rg_graph *graph, rg_node node, size_t k);
double rg_node_number(const rg_graph *graph, rg_node node);   /* of RG_OP_NUMBER */
uint32_t rg_node_symbol(const rg_graph *graph, rg_node node); /* of RG_OP_SYMBOL */
bool rg_node_is_number(const rg_graph *graph, rg_node node, double value);

/* The number of operands of an operation, and its name in print ("+", "exp"). */
size_t rg_op_arity(rg_op op);
const char *rg_op_name(rg_op op);

/* The value of an operation on numbers: the one definition of what each means; programs and constant folding
 * agree with it to the last bit. NaN or infinite where there is no value. */
double rg_op_apply(rg_op op, double a, double b, double c);

/* Symbols a node depends on, ascending; *count of them. Borrowed from the graph, cached. */
const uint32_t *rg_node_symbols(rg_graph *graph, rg_node node, size_t *count);
bool rg_node_depends(rg_graph *graph, rg_node node, uint32_t symbol);

/* d node / d symbol, made of graph nodes and cached. Switches are held: the derivative of POSITIVE is 0, that
 * of CHOOSE chooses between derivatives. FLOOR has derivative 0. */
rg_node rg_derivative(rg_graph *graph, rg_node node, uint32_t symbol);

/* The node with every node n for which replacement(self, n, &by) is true replaced by `by`, simplified anew.
 * `cache` makes repeated calls share work: start with an empty one, and use it with one replacement only. */
typedef RG_LIST(rg_node) rg_node_list;
typedef bool rg_replacement(void *self, rg_graph *graph, rg_node node, rg_node *by);
rg_node rg_substitute(rg_graph *graph, rg_node node, rg_replacement *replacement, void *self,
                      rg_node_list *cache);

/* Values of all nodes needed for `node`, straight off the graph: slow, for explaining and tests.
 * `value_of` gives the symbols' values. `values` has room for node + 1 numbers. CHOOSE computes only the
 * chosen side; nodes not needed are left alone. Changes nothing in the graph, so threads may share it.
 * Returns the value; NaN also when there is no memory. */
double rg_evaluate(const rg_graph *graph, rg_node node, double (*value_of)(void *self, uint32_t symbol),
                   void *self, double *values);

/* As text in the model's own notation, with as few brackets as its precedence needs, or as LaTeX.
 * `name_of` gives the symbols' names ("Y[US]"; for LaTeX the name already set, "Y_{US}"). What a graph shares
 * is written out each time: beyond RG_LONGEST_TEXT characters (print.h) the text breaks off with dots. */
typedef const char *rg_symbol_name(void *self, uint32_t symbol);
void rg_print(const rg_graph *graph, rg_node node, rg_symbol_name *name_of, void *self, rg_text *out);
/* The same, broken off after a thousand characters: for a name, not to be read back. */
void rg_print_briefly(const rg_graph *graph, rg_node node, rg_symbol_name *name_of, void *self, rg_text *out);
void rg_print_latex(const rg_graph *graph, rg_node node, rg_symbol_name *name_of, void *self, rg_text *out);

#endif
