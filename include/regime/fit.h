/* fit.h — calibration: parameters from facts, and what the facts cannot tell.
 *
 *   regime_fit_options o = REGIME_FIT_DEFAULTS;
 *   o.threads = 2; o.starts = 8;
 *   regime_fit *fit;
 *   if (regime_fit_compute(context, model, &o, &fit) != REGIME_OK) ...
 *   for (size_t k = 0; k < regime_fit_parameters(fit); k++) use(regime_fit_parameter(fit, k));
 *
 * Minimises
 *
 *   cost(p) = 1/2 sum_k w_k rho(((model_k(p) - fact_k)/sd_k)^2)  -  sum_j (log prior_j(p_j) - its maximum)
 *
 * over the box of the bounds, by a trust-region Gauss-Newton method (GSL's, Levenberg-Marquardt in smoothly
 * transformed parameters) with exact derivatives: forward sensitivities of the path through dates, switches
 * and events (sensitivity.h). Priors enter as residuals, so that one method serves least squares and the
 * posterior mode. A trial point at which the economy diverges, leaves its domain or has no solution costs
 * more than any that was reached, and the search steps back from it.
 *
 * What a fit guarantees: `converged` means that the last step was small *and* that no parameter off its
 * bounds, moved alone, is further than 1e-4 (the root of the tolerance) of a standard error from its best, or
 * 1e-3 where the error of the path hides the rest; and that those at a bound want through it. That there is
 * no better minimum is made likely by several starts, not proved. The answer is the same, bit for bit, for
 * any number of threads and for any instant at which it was killed and resumed. Where the cost jumps, as an
 * event happens or does not, a search can end against the jump: it has not converged then, and a warning says
 * which event and which fact jump. docs/method/calibration.md has the mathematics.
 */
#ifndef REGIME_FIT_H
#define REGIME_FIT_H

#include <regime/study.h>

typedef enum regime_loss { REGIME_SQUARES, REGIME_HUBER, REGIME_CAUCHY } regime_loss;

/* Told of every improvement: which start, how many paths its thread has asked for, the best cost. Calls come
 * one at a time, from any thread. */
typedef void (*regime_fit_watch)(void *watcher, size_t start, long evaluations, double cost);

typedef struct regime_fit_options {
  const char *scenario; /* NULL: the model's default */
  const regime_setting *settings;
  size_t n_settings;
  const char *const
      *free; /* names: "rho", "norm[US]", "norm" for each of its members; NULL: as the model says */
  size_t n_free;
  const char *data;            /* a table of facts instead of the model's; NULL: the model's */
  double facts_from, facts_to; /* facts outside are left out; NaN: none */
  const char *without;         /* facts of this member are left out; NULL: none */
  double rtol, atol;           /* of the paths; NaN: a tenth of those of path.h, since the search compares
                                * points that are near each other */
  size_t starts;               /* 1: from the model's values; more: Sobol points of the bounds besides */
  bool global;                 /* a global search (controlled random search of NLopt) before the first */
  regime_loss loss;
  double loss_scale;      /* beyond so many standard deviations a fact is doubted; 2 */
  size_t most_iterations; /* of a start; 200 */
  double tolerance;       /* 1e-8 */
  unsigned seed;
  size_t threads;      /* 1 */
  const char *journal; /* file that makes the fit resumable; overwritten unless `resume`; NULL: none */
  bool resume;         /* go on from that file */
  regime_fit_watch watch;
  void *watcher;
} regime_fit_options;

#define REGIME_FIT_DEFAULTS                                                                                  \
  ((regime_fit_options){.facts_from = NAN,                                                                   \
                        .facts_to = NAN,                                                                     \
                        .rtol = NAN,                                                                         \
                        .atol = NAN,                                                                         \
                        .starts = 1,                                                                         \
                        .loss_scale = 2.0,                                                                   \
                        .most_iterations = 200,                                                              \
                        .tolerance = 1e-8,                                                                   \
                        .threads = 1})

/* What the facts tell about a parameter, from its profile or, without one, from the curvature: both sides
 * bounded; one side only; none; or the best value is the bound itself. */
typedef enum regime_verdict { REGIME_BOUNDED, REGIME_ONE_SIDED, REGIME_FLAT, REGIME_AT_BOUND } regime_verdict;
const char *regime_verdict_text(regime_verdict verdict);

typedef struct regime_fitted {
  const char *name; /* "rho", "norm[US]", or "norm" where its members move as one; borrowed */
  double value, start;
  double low, high;   /* bounds */
  double std_error;   /* from the curvature at the best point, priors included; NaN: singular */
  double from, to;    /* 95 %: of the profile where there is one, else value -+ 1.96 std_error */
  double information; /* share of the curvature that comes from the facts, not from the prior: 0 to 1 */
  regime_verdict verdict;
  bool is_profiled;
} regime_fitted;

typedef struct regime_fit regime_fit;

/* *out is yours; NULL on failure. The model must outlive it. BAD_ARGUMENT (nothing is free, no such
 * parameter, no facts, a journal of another fit), BAD_MODEL (wrong facts), UNDEFINED (no path at the start),
 * NO_FILE, NO_MEMORY. A fit that does not converge is not a failure, nor is one that was interrupted: the
 * best point so far is kept. */
REGIME_MUST_CHECK regime_status regime_fit_compute(regime_context *context, const regime_model *model,
                                                   const regime_fit_options *options, regime_fit **out);
void regime_fit_free(regime_fit *fit); /* takes NULL */

bool regime_fit_converged(const regime_fit *fit);
double regime_fit_cost(const regime_fit *fit);
long regime_fit_evaluations(const regime_fit *fit); /* paths asked for, also where the journal knew them */
size_t regime_fit_observations(const regime_fit *fit);
size_t regime_fit_parameters(const regime_fit *fit);
const regime_fitted *regime_fit_parameter(const regime_fit *fit, size_t k);
const regime_run *regime_fit_run(const regime_fit *fit); /* the path at the best point; borrowed */
/* Correlation of two parameters; NaN where the curvature is singular. */
double regime_fit_correlation(const regime_fit *fit, size_t j, size_t k);
/* Singular values of the Jacobian in units of the parameters' ranges, falling; and direction k, one number a
 * parameter: those of small singular values are the combinations the facts cannot tell. Borrowed. */
const double *regime_fit_singular_values(const regime_fit *fit);
const double *regime_fit_direction(const regime_fit *fit, size_t k);

/* --- what is known, on request ------------------------------------------------------------------------- */

/* Profile likelihoods (Raue et al. 2009, Bioinformatics 25): each parameter is moved away from its best value
 * and the others are fitted again, until the cost has risen by 1.92 (95 %) or a bound is reached. Updates
 * from, to and verdict, where an open side ends at the bound. Interrupted, it warns and keeps the parameters
 * that are done. NO_MEMORY, NO_FILE (the journal). */
REGIME_MUST_CHECK regime_status regime_fit_profile(regime_context *context, regime_fit *fit);

/* Draws from the posterior by a Metropolis sampler that adapts while it warms up (Haario, Saksman and
 * Tamminen 2001, Bernoulli 7), in several chains, with split R-hat and effective sample size for each
 * parameter (Vehtari et al. 2021). Interrupted, it warns and leaves no draws. NO_MEMORY, BAD_ARGUMENT. */
typedef struct regime_sample_options {
  size_t draws, chains, warmup; /* of each chain; 1000, 4, 1000 */
} regime_sample_options;
REGIME_MUST_CHECK regime_status regime_fit_sample(regime_context *context, regime_fit *fit,
                                                  regime_sample_options options);

/* Fits again without each member in turn, or without each period of the facts in turn, and predicts what was
 * left out. Adds the table `left-out`; interrupted, it warns, and the table has the rows that are done. */
typedef enum regime_leave { REGIME_LEAVE_MEMBER, REGIME_LEAVE_PERIOD } regime_leave;
REGIME_MUST_CHECK regime_status regime_fit_leave_out(regime_context *context, regime_fit *fit,
                                                     regime_leave what);

/* The text of the model's file with the fitted values in place and `std_error` beside them, all else to the
 * byte. A value that does not stand in this file but in one it includes is named in a warning and left; a
 * parameter that the scenario of the fit sets is named too, as the scenario's value wins. *out is yours
 * (free); NULL on failure. NO_MEMORY. */
REGIME_MUST_CHECK regime_status regime_fit_write(regime_context *context, const regime_fit *fit, char **out);

/* The result as tables: `parameters`, `fit`, `facts`, `correlation`, `singular`; after the calls above also
 * `profiles`, `posterior` and `draws`, `left-out`. Borrowed. */
size_t regime_fit_tables(const regime_fit *fit);
const regime_table *regime_fit_table(const regime_fit *fit, size_t k);
const regime_table *regime_fit_table_named(const regime_fit *fit, const char *name); /* NULL: there is none */

#endif
