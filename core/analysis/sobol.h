/* sobol.h — whose variance it is: first-order and total indices of Sobol'.
 *
 * Two samples A and B of the unit cube, n points each, from one sequence of twice as many dimensions; and for
 * each factor j the points AB_j: A with factor j from B. With f of mean zero,
 *
 *   S_j = mean of f(B) (f(AB_j) - f(A)) / V        the part of the variance factor j explains alone
 *   T_j = mean of (f(A) - f(AB_j))^2 / 2V          the part that is left while only j moves
 *
 * (Saltelli et al. 2010, Comput. Phys. Commun. 181, table 2: b and, by Jansen 1999, f). Intervals: 95 % of a
 * bootstrap over the points, each with its answers (Archer, Saltelli and Sobol' 1997, J. Stat. Comput. Simul.
 * 58).
 */
#ifndef RG_SOBOL_H
#define RG_SOBOL_H

#include <regime/status.h>
#include <stddef.h>

typedef struct rg_sobol {
  size_t n, dims;
  double *a, *b; /* [n * dims] */
} rg_sobol;

/* NO_MEMORY. Free with drop, also after a failure. */
REGIME_MUST_CHECK regime_status rg_sobol_make(size_t n, size_t dims, unsigned seed, rg_sobol *out);
void rg_sobol_drop(rg_sobol *sobol); /* takes a zeroed one */

/* Point k of n * (dims + 2): `dims` numbers in [0, 1). */
size_t rg_sobol_points(const rg_sobol *sobol);
void rg_sobol_point(const rg_sobol *sobol, size_t k, double *out);

typedef struct rg_index {
  double first, first_from, first_to, total, total_from, total_to; /* NaN: the answer does not move */
  size_t n; /* points of A whose answer, and that of B and AB_j, is a number */
} rg_index;

/* The indices of a factor for the answers value[k * stride], one a point, NaN where there is none.
 * `resamples` of 0: no intervals. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_sobol_index(const rg_sobol *sobol, size_t factor, const double *value,
                                               size_t stride, size_t resamples, unsigned seed, rg_index *out);

#endif
