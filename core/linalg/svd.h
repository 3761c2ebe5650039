/* svd.h — the singular values of a dense matrix: its rank, what it sends to zero, least squares.
 *
 *   A = U S V^T,   s_1 >= s_2 >= ... >= 0
 *
 * LAPACK's dgesvd. A vector of V is given the sign that makes its largest part positive, and that of U
 * follows.
 */
#ifndef RG_SVD_H
#define RG_SVD_H

#include <stdbool.h>
#include <stddef.h>

typedef struct rg_svd rg_svd;

rg_svd *rg_svd_create(size_t rows, size_t columns); /* NULL: no memory */
void rg_svd_free(rg_svd *svd);                      /* takes NULL */

/* The matrix to be filled, column-major rows*columns; finding spoils it. */
double *rg_svd_matrix(rg_svd *svd);
/* False: an entry is no number, or the iteration did not converge. */
bool rg_svd_find(rg_svd *svd);

/* Of the last matrix. Singular value k, zero behind the last; vector k of V (`columns` parts, k < columns)
 * and of U (`rows` parts, k < the smaller of rows and columns). Borrowed until the next. */
double rg_svd_value(const rg_svd *svd, size_t k);
const double *rg_svd_right(const rg_svd *svd, size_t k);
const double *rg_svd_left(const rg_svd *svd, size_t k);

/* How many singular values are larger than `within` times the first. */
size_t rg_svd_rank(const rg_svd *svd, double within);

/* The shortest x among those that bring A x nearest to b, with A taken to have `rank`. */
void rg_svd_solve(const rg_svd *svd, size_t rank, const double *b, double *x);

#endif
