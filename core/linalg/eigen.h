/* eigen.h — all eigenvalues and vectors of a real dense matrix.
 *
 *   A v = lambda v,   u^H A = lambda u^H
 *
 * LAPACK's dgeevx with balancing. Vectors have length 1, and their largest part (the first, where several are
 * as large up to rounding) is real and positive, so that the same matrix has the same vectors. A complex pair
 * stands together, the positive imaginary part first; in the matrices of vectors column k is then the real
 * and k + 1 the imaginary part of the vector of the first, and its conjugate is that of the second.
 */
#ifndef RG_EIGEN_H
#define RG_EIGEN_H

#include <stdbool.h>
#include <stddef.h>

typedef struct rg_eigen rg_eigen;

/* What decides comes first: the largest real part, for a flow; the largest modulus, for a map. */
typedef enum rg_eigen_order { RG_BY_REAL_PART, RG_BY_MODULUS } rg_eigen_order;

rg_eigen *rg_eigen_create(size_t n); /* room for an n*n matrix; NULL: no memory */
void rg_eigen_free(rg_eigen *eigen); /* takes NULL */

/* The matrix to be filled, column-major n*n; finding spoils it. */
double *rg_eigen_matrix(rg_eigen *eigen);
/* False: an entry is no number, or the iteration did not converge. */
bool rg_eigen_find(rg_eigen *eigen, rg_eigen_order order);

/* Of the last matrix: n values, column-major n*n vectors. Borrowed until the next. */
const double *rg_eigen_re(const rg_eigen *eigen);
const double *rg_eigen_im(const rg_eigen *eigen);
const double *rg_eigen_right(const rg_eigen *eigen);
const double *rg_eigen_left(const rg_eigen *eigen);

#endif
