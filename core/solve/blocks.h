/* blocks.h — the solution of one block of simultaneous equations.
 *
 * Newton's method with line search (KINSOL) and the exact sparse Jacobian (KLU; dense for a few unknowns).
 * Residual i is measured by the size of unknown i, as in x = e(x) both sides are. Whatever the search
 * answers, solved means: the Newton step *and* the residual are small there.
 *
 * From where it was last, the search is tried; then after damped substitution z <- z + r/2, which goes the
 * way an economy would go by itself; then both from the first guess. docs/method/blocks.md has the
 * mathematics.
 */
#ifndef RG_SOLVE_BLOCKS_H
#define RG_SOLVE_BLOCKS_H

#include <regime/path.h>

typedef struct rg_block_solver rg_block_solver;

/* Of block number `block` of the system, whose first unknown is `first`. *out is yours; NULL on failure.
 * NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_block_solver_create(const regime_system *system, size_t block,
                                                       size_t first, rg_block_solver **out);
void rg_block_solver_free(rg_block_solver *solver); /* takes NULL */

/* Solves at t for the block's unknowns in y (states, then unknowns), which are where it starts. False: no
 * solution was found, and they are the last tried. */
REGIME_MUST_CHECK bool rg_block_solve(rg_block_solver *solver, double t, double *y, const double *guess);

/* The derivatives of the block at its solution: factorised, then divided by, r becoming the solution x of
 * (dg/dz) x = r. False: they have no value, or are singular. */
REGIME_MUST_CHECK bool rg_block_factor(rg_block_solver *solver, double t, double *y);
REGIME_MUST_CHECK bool rg_block_divide(rg_block_solver *solver, double *r);

/* After a search that found none; borrowed until the next. */
regime_search rg_block_search(const rg_block_solver *solver);
regime_counters rg_block_counters(const rg_block_solver *solver);

#endif
