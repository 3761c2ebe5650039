/* fit_result.h — a fit from its question to its tables. */
#ifndef RG_FIT_RESULT_H
#define RG_FIT_RESULT_H

#include "study/fit_known.h"

enum { RG_FIT_MOST_TABLES = 12 };

struct regime_fit {
  rg_target target;
  rg_aim_of_fit aim;
  size_t threads;
  unsigned seed;
  rg_found best;
  rg_known known;
  regime_fitted *parameter;
  regime_run *run;
  long paths;
  regime_table *table[RG_FIT_MOST_TABLES];
  size_t n_tables;
};

/* GSL ends the program on an error unless it is told not to; answers are looked at instead. Its handler is
 * one for all threads: set before they start and given back after they end. */
typedef void rg_gsl_handler(const char *, const char *, int, int);
rg_gsl_handler *rg_gsl_quiet(void);
void rg_gsl_restore(rg_gsl_handler *before);

/* The path at a point, over the whole span. Failures of regime_run_compute. */
REGIME_MUST_CHECK regime_status rg_fit_run_at(regime_context *context, const rg_target *target,
                                              const double *p, regime_run **out);

/* Warns of the jump of the cost at the best point: which fact and which event jump, and what to do. */
void rg_fit_explain_jump(regime_context *context, const regime_fit *fit);

/* Searches from the model's values, from where a global search ends, and from points spread over the bounds;
 * the best is left in `best`. NO_MEMORY, UNDEFINED when there is no path at any start. */
REGIME_MUST_CHECK regime_status rg_fit_from_starts(regime_fit *fit, const regime_fit_options *options);

/* The least cost a global search finds, into p. The search's status is that of the worker. */
regime_status rg_fit_global(rg_worker *worker, const rg_aim_of_fit *aim, unsigned seed, double *p);

/* Adds a finished table, which is the fit's from here on, in place of one with its name. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_fit_keep_table(regime_fit *fit, regime_table *table);

/* The tables parameters, facts, fit, correlation and singular, made anew. */
REGIME_MUST_CHECK regime_status rg_fit_tables_make(regime_fit *fit);
/* The table parameters alone: after a profile. */
REGIME_MUST_CHECK regime_status rg_fit_parameters_table(regime_fit *fit);

#endif
