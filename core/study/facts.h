/* facts.h — what was observed: the table a model names under `observations`.
 *
 * Columns: variable, from, to, value; if need be member, sd, source and more. A fact is the mean of a
 * variable over [from, to), or its value at an instant where from = to.
 */
#ifndef RG_FACTS_H
#define RG_FACTS_H

#include "base/csv.h"
#include "study/names.h"
#include <regime/sensitivity.h>

typedef struct rg_fact {
  const char *variable, *member; /* member "" for a variable without index */
  size_t output;
  double from, to, value;
  double sd, weight; /* 1 where the table says nothing */
} rg_fact;

typedef struct rg_facts {
  rg_csv *csv; /* owns the texts */
  rg_fact *fact;
  size_t count;
} rg_facts;

/* Reads the model's facts; none when it names no observations. BAD_MODEL after any wrong row, each with its
 * diagnostic; NO_MEMORY. Free with drop. */
REGIME_MUST_CHECK regime_status rg_facts_read(regime_context *context, const regime_model *model,
                                              const rg_output_names *names, rg_facts *out);
/* The same from another table than the model's. */
REGIME_MUST_CHECK regime_status rg_facts_read_file(regime_context *context, const char *file,
                                                   const rg_output_names *names, rg_facts *out);
void rg_facts_drop(rg_facts *facts); /* takes a zeroed one */

/* The model's answer to a fact; NaN where the path does not cover it. */
double rg_fact_model(const rg_fact *fact, const regime_path *path);

/* Its derivatives, regime_path_directions of them, into out. derived_place[output] is the place of an output
 * among those derived. */
void rg_fact_slope(const rg_fact *fact, const regime_path *path, const size_t *derived_place, double *out);

#endif
