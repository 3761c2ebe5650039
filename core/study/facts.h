/* facts.h — what was observed: the table a model names under `observations`.
 *
 * Columns: variable, from, to, value; if need be member, sd, source and more. A fact is the mean of a
 * variable over [from, to), or its value at an instant where from = to.
 */
#ifndef RG_FACTS_H
#define RG_FACTS_H

#include "base/csv.h"
#include "study/fact.h"
#include "study/names.h"

typedef struct rg_facts {
  rg_csv *csv; /* owns the texts */
  rg_fact *fact;
  size_t count;
} rg_facts;

/* Reads the model's facts; none when it names no observations. BAD_MODEL after any wrong row, each with its
 * diagnostic; NO_MEMORY. Free with drop. */
REGIME_MUST_CHECK regime_status rg_facts_read(regime_context *context, const regime_model *model,
                                              const rg_output_names *names, rg_facts *out);
void rg_facts_drop(rg_facts *facts); /* takes a zeroed one */

#endif
