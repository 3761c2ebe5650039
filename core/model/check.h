/* check.h — does every expression make sense? Asked of the trees, once a statement, before anything is built.
 *
 * After a check without errors, lowering has no way to fail: every name is known, every index fits its set
 * and is bound, every function has its arguments, and truths and numbers stand where they belong.
 */
#ifndef RG_CHECK_H
#define RG_CHECK_H

#include "model/expand.h"
#include "model/parameters.h"

typedef enum rg_sort { RG_SORT_ANY, RG_SORT_NUMBER, RG_SORT_TRUTH } rg_sort;

typedef struct rg_checker rg_checker;

typedef struct rg_check_input {
  regime_context *context;
  const rg_scope *scope;
  const rg_sets *sets;
  const rg_equations *equations;
  const rg_statements *statements;
  const rg_parameters *parameters;
  bool discrete;
} rg_check_input;

rg_checker *rg_checker_create(const rg_check_input *input);

/* The functions and all equations. */
void rg_check_statements(rg_checker *checker, const rg_statements *statements);

/* An expression outside the equations: no letter is bound. Returns whether it is a truth or a number; `want`
 * RG_SORT_ANY takes both. */
rg_sort rg_check_expression(rg_checker *checker, const rg_tree *tree, rg_sort want);

/* The same where the letters of a set stand for a member: in a column of a matrix. */
rg_sort rg_check_over(rg_checker *checker, const rg_tree *tree, size_t set, rg_sort want);

/* Warnings about parameters, paths and modes that no checked expression has used. */
void rg_check_unused(rg_checker *checker, const rg_declarations *declared);

#endif
