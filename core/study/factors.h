/* factors.h — what is moved: parameters, alone or several as one, and over which values. */
#ifndef RG_FACTORS_H
#define RG_FACTORS_H

#include <regime/influence.h>

typedef struct rg_factor {
  char *name;        /* "rho", "norm[US]", or "norm" where its members move as one */
  size_t *parameter; /* numbers, n of them */
  size_t n;
  double value;       /* in force */
  regime_prior prior; /* kind UNIFORM: on low .. high; NONE: it has no distribution */
  double low, high;   /* -INFINITY, INFINITY when none */
} rg_factor;

typedef struct rg_factors {
  size_t count;
  rg_factor *item;
} rg_factors;

/* The factors a question names, or all there are: of those that are drawn, `drawn`, all with bounds or a
 * prior. `value` is what parameters are in force, in the order of the model's. BAD_ARGUMENT, with words;
 * NO_MEMORY. Free with drop, also after a failure. */
REGIME_MUST_CHECK regime_status rg_factors_choose(regime_context *context, const regime_model *model,
                                                  const double *value, const regime_varied *varied,
                                                  size_t n_varied, bool drawn, rg_factors *out);
void rg_factors_drop(rg_factors *factors); /* takes a zeroed one */

/* The value below which a part u of the distribution lies. Where the distribution has no end, 0 and 1 are its
 * quantiles 0.005 and 0.995. */
double rg_factor_quantile(const rg_factor *factor, double u);

/* "uniform", "normal", "lognormal", "beta", or "" */
const char *rg_prior_text(regime_prior_kind kind);

#endif
