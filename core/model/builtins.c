/* builtins.c — the table of functions. */
#include "model/builtins.h"

#define USAGE_1(name) name "(x)"
#define USAGE_2(name) name "(x, width)"

const rg_builtin_row rg_builtins[RG_BUILTIN_COUNT] = {
#define X(NAME, name, fewest, most, usage) {name, fewest, most, usage, RG_OP_COUNT},
#include "symbolic/builtins.def"
#undef X
#define X(OP, name, arity) {name, arity, arity, USAGE_##arity(name), RG_OP_##OP},
#include "symbolic/functions.def"
#undef X
};

bool rg_tree_is_letter(const rg_scope *scope, const rg_tree *tree) {
  return tree->kind == RG_TREE_NAME && tree->n_index == 0 && !tree->prime && tree->lag == 0 &&
         rg_scope_find(scope, tree->name).kind == RG_IS_LETTER;
}

static bool names_an_index(const rg_scope *scope, const rg_tree *first) {
  const bool restricted = first->kind == RG_TREE_BINARY && (first->op == RG_NOT_EQUAL || first->op == RG_IN);
  return rg_tree_is_letter(scope, restricted ? first->args[0] : first);
}

bool rg_builtin_over_index(const rg_scope *scope, rg_builtin builtin, const rg_tree *call) {
  switch (builtin) {
  case RG_BUILTIN_SUM:
  case RG_BUILTIN_PROD:
  case RG_BUILTIN_MEAN: return true;
  case RG_BUILTIN_MIN:
  case RG_BUILTIN_MAX: return call->n_args == 2 && names_an_index(scope, call->args[0]);
  default: return false;
  }
}

bool rg_compares_letters(const rg_scope *scope, const rg_tree *tree) {
  if (tree->op == RG_IN) return true;
  return (tree->op == RG_EQUAL || tree->op == RG_NOT_EQUAL) &&
         (rg_tree_is_letter(scope, tree->args[0]) || rg_tree_is_letter(scope, tree->args[1]));
}
