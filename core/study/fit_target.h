/* fit_target.h — from a point of the free numbers to what the model says to each fact, with exact
 * derivatives.
 */
#ifndef RG_FIT_TARGET_H
#define RG_FIT_TARGET_H

#include "study/facts.h"
#include "study/fit_free.h"
#include "study/fit_journal.h"
#include "study/names.h"
#include <regime/fit.h>

/* The question, the same for all threads. */
typedef struct rg_target {
  regime_context *context; /* whose wish to stop counts; not for findings of threads */
  const regime_model *model;
  char *scenario;
  regime_setting *setting; /* own copies */
  size_t n_settings;
  regime_path_options path;
  rg_output_names names;
  rg_facts facts; /* those that count, only */
  rg_frees frees;
  /* One path answers for all: along which directions (the members of each free number in turn), and of which
   * outputs. */
  size_t *direction, n_directions;
  size_t *derived, n_derived, *derived_place;
  rg_journal *journal; /* NULL: none */
} rg_target;

/* scenario, settings, data, facts_from, facts_to, without, free, tolerances and journal of the options.
 * Failures of regime_fit_compute. Drop it also after a failure. */
REGIME_MUST_CHECK regime_status rg_target_make(regime_context *context, const regime_model *model,
                                               const regime_fit_options *options, rg_target *out);
void rg_target_drop(rg_target *target);

/* What one thread needs. */
typedef struct rg_worker {
  const rg_target *target;
  regime_context *context;
  regime_instance *instance;
  double *key, *answer, *shift, *slope; /* room */
  long paths;                           /* asked for, also where the journal knew */
} rg_worker;
REGIME_MUST_CHECK regime_status rg_worker_open(const rg_target *target, rg_worker *out);
void rg_worker_close(rg_worker *worker); /* takes a zeroed one */

/* The model's answers at p: value[fact] (NaN: an event that does not
 * happen), and where slope is not NULL slope[fact * n_free + k]. UNDEFINED when
 * there are none: the path diverges, leaves its domain, has no solution or ends before the last fact.
 * NO when the context was interrupted; NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_worker_ask(rg_worker *worker, const double *p, double *value,
                                              double *slope);

#endif
