/* linear.h — the matrix and linear solver behind Newton's iteration, dense or sparse.
 *
 * CVODES solves (I - gamma J) x = b. The system gives the nonzeros of J in the order of its own pattern; here
 * is kept where each of them goes, so that filling the matrix is one pass.
 */
#ifndef RG_LINEAR_H
#define RG_LINEAR_H

#include "solve/sundials.h"
#include <regime/path.h>
#include <stdbool.h>

/* A square pattern by columns, as in regime_system; column NULL: unknown. */
typedef struct rg_pattern {
  size_t n;
  const size_t *column, *row;
} rg_pattern;

typedef struct rg_linear {
  SUNMatrix matrix;
  SUNLinearSolver solver;
  bool sparse;
  size_t n_nonzeros; /* of the system's pattern */
  double *trial;     /* the values as the system writes them */
  double *nonzeros;  /* the last that were kept */
  bool filled;       /* any were */
  size_t *place;     /* of nonzero k in the matrix's data */
  /* sparse only: the pattern of the matrix by columns, the system's with the whole diagonal added */
  sunindextype *column, *row;
} rg_linear;

/* Makes matrix and solver for a system's Jacobian; a system without one gets a dense matrix, filled by
 * CVODES. NO_MEMORY. What was made before a failure is for rg_linear_drop as well. */
REGIME_MUST_CHECK regime_status rg_linear_make(rg_pattern pattern, regime_linear wish, N_Vector y,
                                               SUNContext context, rg_linear *out);
void rg_linear_drop(rg_linear *linear);

/* Keeps the trial values; puts the kept ones into a matrix of the kind made. */
void rg_linear_keep(rg_linear *linear);
void rg_linear_fill(const rg_linear *linear, SUNMatrix matrix);

#endif
