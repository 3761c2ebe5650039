/* builtins.h — the functions of the language, in one table made of two lists. */
#ifndef RG_BUILTINS_H
#define RG_BUILTINS_H

#include "model/scope.h"
#include "symbolic/graph.h"
#include "symbolic/syntax.h"

typedef enum rg_builtin {
#define X(NAME, name, fewest, most, usage) RG_BUILTIN_##NAME,
#include "symbolic/builtins.def"
#undef X
#define X(OP, name, arity) RG_BUILTIN_##OP,
#include "symbolic/functions.def"
#undef X
  RG_BUILTIN_COUNT
} rg_builtin;

typedef struct rg_builtin_row {
  const char *name;
  size_t fewest, most; /* arguments */
  const char *usage;   /* "if(condition, a, b)" */
  rg_op op;            /* of the graph; RG_OP_COUNT when written with others */
} rg_builtin_row;

extern const rg_builtin_row rg_builtins[RG_BUILTIN_COUNT];

/* Whether a call goes over an index: sum, prod and mean always do; min and max when there are two arguments
 * and the first says `i`, `j != i` or `i in north`. */
bool rg_builtin_over_index(const rg_scope *scope, rg_builtin builtin, const rg_tree *call);

/* Whether a comparison is one of letters, decided when the model is built: i == US, i != j, i in north. */
bool rg_compares_letters(const rg_scope *scope, const rg_tree *tree);

/* Whether a tree is a letter standing alone: no index, no prime, no lag. */
bool rg_tree_is_letter(const rg_scope *scope, const rg_tree *tree);

#endif
