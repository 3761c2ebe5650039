/* morris.h — elementary effects: which of many factors matter, from few runs.
 *
 * Morris (1991), Technometrics 33: a trajectory starts at a random point of a grid of four levels in the unit
 * cube and moves its factors one after the other, in random order, by 2/3 of the cube. The effect of a factor
 * is the change of the answer over the change of the factor. Their mean is mu; the mean of their sizes, which
 * does not cancel, mu* (Campolongo, Cariboni and Saltelli 2007, Environ. Model. Softw. 22); their standard
 * deviation sigma is large where the factor acts with others, or not along a line.
 */
#ifndef RG_MORRIS_H
#define RG_MORRIS_H

#include <regime/status.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct rg_morris {
  size_t n, dims; /* trajectories and factors */
  double *start;  /* [n * dims] */
  double *step;   /* [n * dims]: 2/3, upwards or downwards */
  size_t *rank;   /* [n * dims]: as the how many-th a factor moves, from 0 */
} rg_morris;

/* NO_MEMORY. Free with drop, also after a failure. */
REGIME_MUST_CHECK regime_status rg_morris_make(size_t n, size_t dims, unsigned seed, rg_morris *out);
void rg_morris_drop(rg_morris *morris); /* takes a zeroed one */

/* Point k of n * (dims + 1): `dims` numbers in [0, 1]. */
size_t rg_morris_points(const rg_morris *morris);
void rg_morris_point(const rg_morris *morris, size_t k, double *out);

typedef struct rg_effect {
  double mu, mu_star, sigma; /* NaN: too few */
  size_t n;                  /* effects both of whose ends have a value */
} rg_effect;

/* The effect of a factor on the answers value[k * stride], one a point, NaN where there is none. */
rg_effect rg_morris_effect(const rg_morris *morris, size_t factor, const double *value, size_t stride);

#endif
