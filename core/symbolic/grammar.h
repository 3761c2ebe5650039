/* grammar.h — the operators of the language, in one table that lexer, parser and printers share.
 *
 *   expression := prefix-operator expression | operand (operator expression)*
 *   operand    := number | variable | name ( arguments ) | ( expression )
 *   variable   := name [index, ...] (lag) '        each part after the name optional
 *
 * Which operator takes an operand that stands between two of them is decided by how tightly each binds.
 */
#ifndef RG_GRAMMAR_H
#define RG_GRAMMAR_H

#include "symbolic/syntax.h"

#define RG_COUNT(array) (sizeof(array) / sizeof *(array))

/* Loosest first. */
typedef enum rg_binding {
  RG_BINDS_NEVER,
  RG_BINDS_OR,
  RG_BINDS_AND,
  RG_BINDS_NOT,
  RG_BINDS_COMPARISON,
  RG_BINDS_SUM,
  RG_BINDS_PRODUCT,
  RG_BINDS_SIGN,
  RG_BINDS_POWER,
  RG_BINDS_OPERAND /* a number, a name, anything in brackets */
} rg_binding;

/* a - b - c is (a - b) - c, a^b^c is a^(b^c), and a < b < c means nothing. */
typedef enum rg_grouping { RG_FROM_LEFT, RG_FROM_RIGHT, RG_NEVER_CHAINS } rg_grouping;

typedef struct rg_operator_rule {
  const char *text;
  rg_binding binds; /* between two operands; RG_BINDS_NEVER when it cannot stand there */
  rg_grouping groups;
  rg_binding prefix; /* before one operand */
} rg_operator_rule;

#define RG_OPERATORS (RG_IN + 1)
extern const rg_operator_rule rg_operator_rules[RG_OPERATORS];

#endif
