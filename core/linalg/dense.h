/* dense.h — A x = b for one dense square A and many b: the wall around LAPACK. */
#ifndef RG_DENSE_H
#define RG_DENSE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct rg_dense rg_dense;

rg_dense *rg_dense_create(size_t n); /* NULL: no memory */
void rg_dense_free(rg_dense *dense); /* takes NULL */

/* The matrix to be filled, column-major n*n; then factored, which is what solve needs. */
double *rg_dense_matrix(rg_dense *dense);
void rg_dense_factor(rg_dense *dense);

/* Whether the matrix is singular to working precision: 1/condition is below its rounding. Scale rows and
 * columns to about 1 for this to mean something. */
bool rg_dense_is_singular(const rg_dense *dense);

/* b becomes x: the solution, or where the matrix is singular the shortest x among those that come nearest. */
void rg_dense_solve(rg_dense *dense, double *b);

#endif
