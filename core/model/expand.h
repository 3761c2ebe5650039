/* expand.h — statements over sets become scalar equations.
 *
 * A variable is what stands on the left of an equation; its letters say over which sets it is. Every member
 * (or pair) is a *cell* with one equation. Cells of states come first, so that cell k is state k; cells of
 * auxiliaries follow. A cell does not copy its equation: it is the statement, read with the letters of its
 * left side bound to the cell's members.
 */
#ifndef RG_EXPAND_H
#define RG_EXPAND_H

#include "model/sets.h"
#include "symbolic/syntax.h"

typedef struct rg_variable {
  rg_family family; /* family.first is a cell */
  bool is_state;
  bool is_wrong;                 /* a line of it is: what it lacks is not told */
  const rg_statement *statement; /* its first equation */
} rg_variable;

typedef struct rg_cell {
  size_t variable, offset;
  const rg_statement *equation, *init; /* NULL: none */
} rg_cell;

/* init x(-2) = ... */
typedef struct rg_deep_init {
  size_t cell, depth;
  const rg_statement *statement;
} rg_deep_init;

typedef struct rg_equations {
  RG_LIST(rg_variable) variables; /* in order of their equations */
  RG_LIST(const rg_statement *) functions;
  size_t n_states, n_cells;
  rg_cell *cell;
  RG_LIST(rg_deep_init) deep;
} rg_equations;

/* Declares functions and variables, and gives every cell its equation and its init. Errors: a name that is
 * taken, two equations or none, two inits, an init without equation, a state without init. */
void rg_expand(regime_context *context, rg_scope *scope, const rg_sets *sets, const rg_statements *statements,
               rg_equations *out);

/* "Y[US]". */
const char *rg_cell_name(rg_arena *arena, const rg_sets *sets, const rg_equations *equations, size_t cell);

/* Binds the letters of a statement's left side to the members of a cell: member[letter]. */
void rg_bind_cell(const rg_scope *scope, const rg_sets *sets, const rg_equations *equations, size_t cell,
                  const rg_statement *statement, size_t *member);

#endif
