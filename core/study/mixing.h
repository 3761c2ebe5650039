/* mixing.h — whether chains of draws agree, and how many independent draws they are worth. */
#ifndef RG_MIXING_H
#define RG_MIXING_H

#include <stddef.h>

/* Of one number, chain after chain. Each chain is cut in halves (Gelman et al. 2013, section 11.4; Vehtari et
 * al. 2021, equations 3 and 4, without ranks); the effective size sums autocorrelations in pairs as long as
 * these are positive and fall (Geyer 1992). NaN where nothing moves. */
typedef struct rg_mixing {
  double r_hat, size;
} rg_mixing;
rg_mixing rg_mixing_of(const double *x, size_t n_chains, size_t n_draws);

#endif
