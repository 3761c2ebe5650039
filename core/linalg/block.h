/* block.h — elimination in small matrices, whose arithmetic takes less time than a call of LAPACK.
 *
 * Matrices are row after row. Gauss's elimination with row interchanges (Golub and Van Loan 2013, alg. 3.4.1)
 * of [A B], A square, is enough to solve A X = B; with more rows below it takes what the first unknowns do
 * out of the other equations.
 */
#ifndef RG_BLOCK_H
#define RG_BLOCK_H

#include <stdbool.h>
#include <stddef.h>

/* Of a rows * columns matrix the first `pivots` columns become zero below the diagonal. Pivots are looked for
 * in the first `candidates` rows, which may change places. False: there is none, or it is not finite. */
bool rg_block_eliminate(double *matrix, size_t rows, size_t candidates, size_t columns, size_t pivots);

/* After that, of the first `pivots` rows: what is behind the triangle becomes the triangle's inverse times
 * it. */
void rg_block_substitute(double *matrix, size_t columns, size_t pivots);

#endif
