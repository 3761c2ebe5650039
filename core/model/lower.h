/* lower.h — from trees to the graph: one expression, read with its letters bound to members.
 *
 * What the language has and the graph has not is written with what the graph has: sums are written out,
 * functions put in place, conditions on letters decided, and everything that switches is made of one
 * operation, "is this positive?" (symbolic/graph.h).
 *
 *   a > b    positive(a - b)                 a >= b   not positive(b - a)
 *   max(a,b) a where a > b, else b           abs(x)   x where x > 0, else -x
 *   step(t0) not positive(t0 - t)            so that it is 1 at t0 itself
 *
 * Trees must have passed the check (check.h).
 */
#ifndef RG_LOWER_H
#define RG_LOWER_H

#include "model/definitions.h"

typedef struct rg_call_frame rg_call_frame;

typedef struct rg_lowerer {
  regime_context *context;
  const rg_scope *scope;
  const rg_sets *sets;
  const rg_parameters *parameters;
  rg_definitions *definitions;
  rg_graph *graph;
  size_t *member;             /* what each letter is bound to; RG_NO_MEMBER: nothing */
  const rg_call_frame *frame; /* the function whose body is being lowered */
} rg_lowerer;

rg_lowerer rg_lowerer_create(regime_context *context, const rg_scope *scope, const rg_sets *sets,
                             const rg_parameters *parameters, rg_definitions *definitions);

/* An expression without free letters, or with its letters bound in `member`. */
rg_node rg_lower(rg_lowerer *lowerer, const rg_tree *tree);

/* An expression where the letters of a set stand for one of its members. */
rg_node rg_lower_over(rg_lowerer *lowerer, const rg_tree *tree, size_t set, size_t member);

/* The right side of a cell's statement (its equation or init). */
rg_node rg_lower_cell(rg_lowerer *lowerer, size_t cell, const rg_statement *statement);

/* The right sides of all equations, into the definitions. */
void rg_lower_equations(rg_lowerer *lowerer);

#endif
