/* words.h — texts to nodes and back, for the tests of this layer: every variable is a symbol of its own.
 *
 * Lowering is the model layer's work; this one knows expressions of plain variables and nothing of models.
 */
#ifndef RG_TESTS_WORDS_H
#define RG_TESTS_WORDS_H

#include "support/check.h"
/* cmocka first */
#include "base/names.h"
#include "symbolic/graph.h"
#include "symbolic/syntax.h"

typedef struct words {
  regime_context *context;
  rg_arena *arena;
  rg_graph *graph;
  rg_names *names; /* of the symbols, by their numbers */
} words;

static inline int words_setup(void **state) {
  words *w = calloc(1, sizeof *w);
  if (!w || regime_context_create(&w->context) != REGIME_OK) return -1;
  w->arena = rg_arena_create();
  if (!w->arena || RG_ARENA_TRY(w->arena)) return -1;
  w->graph = rg_graph_create(w->arena);
  w->names = rg_names_create(w->arena);
  *state = w;
  return 0;
}

static inline int words_teardown(void **state) {
  words *w = *state;
  rg_arena_free(w->arena);
  regime_context_free(w->context);
  free(w);
  return 0;
}

#define words_test(f) cmocka_unit_test_setup_teardown(f, words_setup, words_teardown)

static inline rg_node words_lower(words *w, const rg_tree *tree);

static inline rg_node words_greater(words *w, rg_node a, rg_node b) {
  return rg_unary(w->graph, RG_OP_POSITIVE, rg_sub(w->graph, a, b));
}

static inline rg_node words_not(words *w, rg_node a) { return rg_unary(w->graph, RG_OP_NOT, a); }

static inline rg_node words_equal(words *w, rg_node a, rg_node b) {
  return rg_binary(w->graph, RG_OP_AND, words_not(w, words_greater(w, a, b)),
                   words_not(w, words_greater(w, b, a)));
}

static inline rg_node words_binary(words *w, rg_operator op, rg_node a, rg_node b) {
  switch (op) {
  case RG_PLUS: return rg_add(w->graph, a, b);
  case RG_MINUS: return rg_sub(w->graph, a, b);
  case RG_TIMES: return rg_mul(w->graph, a, b);
  case RG_DIVIDE: return rg_div(w->graph, a, b);
  case RG_POWER: return rg_binary(w->graph, RG_OP_POW, a, b);
  case RG_AND: return rg_binary(w->graph, RG_OP_AND, a, b);
  case RG_OR: return rg_binary(w->graph, RG_OP_OR, a, b);
  case RG_GREATER: return words_greater(w, a, b);
  case RG_LESS: return words_greater(w, b, a);
  case RG_GREATER_EQUAL: return words_not(w, words_greater(w, b, a));
  case RG_LESS_EQUAL: return words_not(w, words_greater(w, a, b));
  case RG_EQUAL: return words_equal(w, a, b);
  case RG_NOT_EQUAL: return words_not(w, words_equal(w, a, b));
  default: fail_msg("`%s` is not for this helper", rg_operator_text(op)); return 0;
  }
}

static inline rg_node words_unary(words *w, rg_operator op, rg_node a) {
  if (op == RG_NOT) return words_not(w, a);
  return op == RG_MINUS ? rg_unary(w->graph, RG_OP_NEG, a) : a;
}

static inline rg_node words_call(words *w, const char *name, const rg_node *a) {
  if (!strcmp(name, "if")) return rg_choose(w->graph, a[0], a[1], a[2]);
  if (!strcmp(name, "max")) return rg_max(w->graph, a[0], a[1]);
  if (!strcmp(name, "min")) return rg_min(w->graph, a[0], a[1]);
  if (!strcmp(name, "abs"))
    return rg_choose(w->graph, rg_unary(w->graph, RG_OP_POSITIVE, a[0]), a[0],
                     rg_unary(w->graph, RG_OP_NEG, a[0]));
  for (rg_op op = RG_OP_CHOOSE + 1; op < RG_OP_COUNT; op++)
    if (!strcmp(name, rg_op_name(op)))
      return rg_op_arity(op) == 1 ? rg_unary(w->graph, op, a[0]) : rg_binary(w->graph, op, a[0], a[1]);
  fail_msg("`%s` is not for this helper", name);
  return 0;
}

/* A variable is called what was written, index, lag and prime included. */
static inline rg_node words_variable(words *w, const rg_tree *tree) {
  const char *name = tree->name;
  for (size_t k = 0; k < tree->n_index; k++)
    name = rg_arena_printf(w->arena, "%s%s%s", name, k ? "," : "[", tree->index[k]->name);
  if (tree->n_index) name = rg_arena_printf(w->arena, "%s]", name);
  if (tree->lag) name = rg_arena_printf(w->arena, "%s(%+d)", name, tree->lag);
  if (tree->prime) name = rg_arena_printf(w->arena, "%s'", name);
  return rg_symbol(w->graph, rg_names_add(w->names, name));
}

static inline rg_node words_lower(words *w, const rg_tree *tree) {
  rg_node a[3] = {0};
  assert_true(tree->n_args <= 3);
  for (size_t k = 0; k < tree->n_args; k++) a[k] = words_lower(w, tree->args[k]);
  switch (tree->kind) {
  case RG_TREE_NUMBER: return rg_number(w->graph, tree->number);
  case RG_TREE_NAME: return words_variable(w, tree);
  case RG_TREE_CALL: return words_call(w, tree->name, a);
  case RG_TREE_UNARY: return words_unary(w, tree->op, a[0]);
  default: return words_binary(w, tree->op, a[0], a[1]);
  }
}

/* The node of an expression as a user writes it. */
static inline rg_node words_node(words *w, const char *text) {
  const rg_tree *tree = rg_parse_expression(w->context, w->arena, NULL, text, NULL, 1);
  if (!tree) fail_msg("`%s`: %s", text, regime_diagnostic_at(w->context, 0)->message);
  return words_lower(w, tree);
}

static inline uint32_t words_symbol(words *w, const char *name) { return rg_names_add(w->names, name); }

static inline const char *words_name_of(void *self, uint32_t symbol) {
  return rg_names_text(((words *)self)->names, symbol);
}

typedef void words_printer(const rg_graph *, rg_node, rg_symbol_name *, void *, rg_text *);

/* The node written out; in the arena. */
static inline const char *words_written(words *w, rg_node node, words_printer *print) {
  rg_text text = {0};
  char *bytes;
  print(w->graph, node, words_name_of, w, &text);
  assert_ok(rg_text_finish(&text, &bytes));
  const char *kept = rg_arena_text(w->arena, bytes);
  free(bytes);
  return kept;
}

static inline const char *words_text(words *w, rg_node node) { return words_written(w, node, rg_print); }

static inline double words_value_of(void *self, uint32_t symbol) { return ((const double *)self)[symbol]; }

/* The node's value where the symbols, in order of their first appearance, have these values. */
static inline double words_value(words *w, rg_node node, const double *symbols) {
  double *values = calloc((size_t)node + 1, sizeof *values);
  assert_non_null(values);
  const double value = rg_evaluate(w->graph, node, words_value_of, (void *)symbols, values);
  free(values);
  return value;
}

#endif
