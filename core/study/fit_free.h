/* fit_free.h — what is free in a fit: the numbers, what is believed of them, and how a search moves them. */
#ifndef RG_FIT_FREE_H
#define RG_FIT_FREE_H

#include <regime/context.h>
#include <regime/model.h>

/* One free number: a parameter, or several that move as one. */
typedef struct rg_free {
  char *name;
  size_t *member; /* numbers of parameters */
  size_t n_members;
  double start, low, high;
  double scale; /* how far it may move: the width of its bounds, the spread of its prior, or its own size */
  regime_prior prior;
  regime_transform transform;
} rg_free;

typedef struct rg_frees {
  rg_free *items;
  size_t count;
} rg_frees;

/* The parameters called so ("rho", "norm[US]", "norm" for each of its members), or those the model frees when
 * `names` is NULL. start[k] is the value of parameter k to begin with. BAD_ARGUMENT after words: nothing is
 * free, no such parameter, a prior that has no mode; NO_MEMORY. Free with drop. */
REGIME_MUST_CHECK regime_status rg_frees_choose(regime_context *context, const regime_model *model,
                                                const char *const *names, size_t n_names, const double *start,
                                                rg_frees *out);
void rg_frees_drop(rg_frees *frees); /* takes a zeroed one */

/* --- coordinates without bounds -------------------------------------------------------------------------
 *
 * z = p or log p; between two bounds z = low + (high - low)*(1 + sin x)/2, above or below one bound
 * z = bound +- scale*(sqrt(1 + x^2) - 1), else z = scale*x. A search in x never leaves the bounds. At a bound
 * dp/dx = 0: the search fixes a parameter there (fit_search.h). */
double rg_free_to_search(const rg_free *f, double p);
double rg_free_from_search(const rg_free *f, double x);
double rg_free_search_slope(const rg_free *f, double x); /* dp/dx */

/* Where p is between the bounds: 0 at the lower, 1 at the upper, never near either where there is none. */
double rg_free_position(const rg_free *f, double p);

/* A box to begin searches in, of p or log p: the bounds, within three standard deviations of the prior where
 * there are none, else as far as the number is large; and back to p. */
void rg_free_box(const rg_free *f, double *low, double *high);
double rg_free_upright(const rg_free *f, double p);
double rg_free_from_upright(const rg_free *f, double z);

/* --- priors ---------------------------------------------------------------------------------------------
 *
 * As residuals: sign(p - mode) sqrt(2 (log density at the mode - log density at p)), so that half its square
 * is what the prior costs. Linear in p for a normal prior, in log p for a lognormal one. */
bool rg_free_has_prior(const rg_free *f); /* a uniform prior costs nothing */
double rg_prior_residual(const rg_free *f, double p);
double rg_prior_slope(const rg_free *f, double p);

#endif
