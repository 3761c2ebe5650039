/* sparse.h — A x = b for a sparse square A whose pattern stays: the wall around KLU (Davis and Palamadai
 * Natarajan 2010, ACM TOMS 37), with threshold pivoting among the rows of a column.
 */
#ifndef RG_SPARSE_H
#define RG_SPARSE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct rg_sparse rg_sparse;

/* The rows of column j are row[column[j] .. column[j+1]-1], ascending; copied. NULL: no memory. */
rg_sparse *rg_sparse_create(size_t n, const size_t *column, const size_t *row);
void rg_sparse_free(rg_sparse *sparse); /* takes NULL */

/* The values in the order of the pattern, to be filled; then factored: false when A is singular, or memory is
 * exhausted. */
double *rg_sparse_values(rg_sparse *sparse);
bool rg_sparse_factor(rg_sparse *sparse);

/* b becomes x. Once factored. */
void rg_sparse_solve(rg_sparse *sparse, double *b);

#endif
