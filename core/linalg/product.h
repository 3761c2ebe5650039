/* product.h — orthogonal factors, and the eigenvalues of a product of matrices that is never formed.
 *
 * A = M_(count-1) ... M_1 M_0. Factors are carried round the product, Q_(k+1) R_k = M_k Q_k, until Q_count
 * differs from Q_0 only within blocks of eigenvalues of like modulus: the periodic Schur form (Bojanczyk,
 * Golub and Van Dooren 1992) by simultaneous iteration. An eigenvalue of 1e-30 beside one of 1e10 keeps its
 * digits, which it has lost when the product is multiplied out.
 */
#ifndef RG_PRODUCT_H
#define RG_PRODUCT_H

#include <regime/status.h>
#include <stddef.h>

/* matrix k is matrices[k * stride .. ], column-major n*n; re and im have room for n and come by falling
 * modulus, of a pair the one above the real line first. NO_MEMORY; NO_CONVERGENCE when LAPACK finds no
 * eigenvalues, which numbers that are not finite bring about. */
REGIME_MUST_CHECK regime_status rg_product_eigenvalues(size_t n, size_t count, const double *matrices,
                                                       size_t stride, double *re, double *im);

/* A = Q R by Householder's reflections: Q, n*k with k <= n, takes the place of A; r is k*k, upper triangular,
 * and its diagonal may be negative; all column-major. work: 2k. */
void rg_orthonormalise(size_t n, size_t k, double *a, double *r, double *work);

#endif
