/* syntax.h — the text of equations as trees: what was written, and where.
 *
 * Lexing and parsing know the grammar of docs/model-language.md and nothing of models: names are not looked
 * up, indices not bound. Every tree remembers its place, so that any later stage can point at it. All trees
 * live in the arena given; names in them are arena text.
 */
#ifndef RG_SYNTAX_H
#define RG_SYNTAX_H

#include "base/arena.h"
#include "base/diagnostic.h"
#include <stdbool.h>

typedef enum rg_tree_kind {
  RG_TREE_NUMBER, /* number */
  RG_TREE_NAME,   /* name, index[n_index], lag, prime:  Y[i](-1), x', sum's bound letters are names too */
  RG_TREE_CALL,   /* name(args): functions, sums, user functions */
  RG_TREE_UNARY,  /* operator, args[0]:  RG_MINUS, RG_PLUS, RG_NOT */
  RG_TREE_BINARY  /* operator, args[0..1] */
} rg_tree_kind;

typedef enum rg_operator {
  RG_PLUS,
  RG_MINUS,
  RG_TIMES,
  RG_DIVIDE,
  RG_POWER,
  RG_LESS,
  RG_LESS_EQUAL,
  RG_GREATER,
  RG_GREATER_EQUAL,
  RG_EQUAL,
  RG_NOT_EQUAL,
  RG_AND,
  RG_OR,
  RG_NOT,
  RG_IN /* `i in north`: a condition on an index letter */
} rg_operator;

const char *rg_operator_text(rg_operator op);

typedef struct rg_tree rg_tree;
struct rg_tree {
  rg_tree_kind kind;
  rg_operator op;
  double number;
  const char *name;
  size_t n_index;
  const rg_tree **index; /* each a RG_TREE_NAME without index: a letter or a member */
  int lag;               /* 0, or -k for x(-k); k > 0 in x(+k) is kept and refused later */
  bool prime;            /* x' */
  size_t n_args;
  const rg_tree **args;
  rg_place place; /* of the name, the operator or the number */
  int begin, end; /* columns of the whole expression in place.source: [begin, end); 0, 0 over several lines */
  int height;     /* 1 for a leaf; bounded, so that passes over trees may recurse */
};

typedef enum rg_statement_kind {
  RG_RATE,    /* x' = right */
  RG_LEVEL,   /* x  = right */
  RG_INIT,    /* init x = right, init x(-2) = right */
  RG_FUNCTION /* def f(a, b) = right */
} rg_statement_kind;

typedef struct rg_statement {
  rg_statement_kind kind;
  const rg_tree *left; /* RG_TREE_NAME; for RG_FUNCTION a RG_TREE_CALL whose args are the parameters' names */
  const rg_tree *right;
  const char *label; /* from `## label | unit`; NULL when absent */
  const char *unit;
  const char *text; /* the statement as written, without comment, trimmed, one line */
} rg_statement;

typedef RG_LIST(rg_statement) rg_statements;

/* Parses a block of equations. `file` and `first_line` say where `text` starts. Errors go to the context, one
 * a statement at most, and parsing goes on with the next statement; of a wrong one what it defines is kept,
 * with an empty text and 0 on its right, where that can be told. Returns false when there was any. */
bool rg_parse_equations(regime_context *context, rg_arena *arena, const char *text, const char *file,
                        int first_line, rg_statements *out);

/* Parses one expression (an event's `when`, an identity's `expr`); it may call the functions that `equations`
 * define (NULL: none). NULL after an error. */
const rg_tree *rg_parse_expression(regime_context *context, rg_arena *arena, const rg_statements *equations,
                                   const char *text, const char *file, int first_line);

#endif
