/* facts.h — what was observed: the files a model names under `observations`, as facts.
 *
 * A file is laid out in one of the ways of facts_layout.c; its numbers become facts in facts_add.c, by what
 * its series and members are in the model (facts_find.c); facts_check.c looks at the whole.
 */
#ifndef RG_FACTS_H
#define RG_FACTS_H

#include "base/arena.h"
#include "study/fact.h"
#include "study/names.h"
#include <regime/table.h>

typedef struct rg_facts {
  rg_arena *arena; /* holds everything */
  rg_fact *fact;
  size_t count;
  size_t missing;    /* cells without a number: empty, NA, .. or : */
  size_t outside;    /* numbers of downloaded files for years outside the model's span: no facts */
  size_t without_sd; /* facts about which no sd was given */
} rg_facts;

/* Reads the model's facts; none when it names no observations. `file` is read instead of the model's files,
 * with all that the model says of series and members; NULL: the model's. BAD_MODEL after anything wrong, each
 * with its diagnostic; NO_MEMORY. The model must outlive the facts. Free with drop. */
REGIME_MUST_CHECK regime_status rg_facts_read(regime_context *context, const regime_model *model,
                                              const rg_output_names *names, const char *file, rg_facts *out);
void rg_facts_drop(rg_facts *facts); /* takes a zeroed one */

/* Warns of every series that is about a hundred times what the path says, or a hundredth. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_facts_check_units(regime_context *context, const rg_facts *facts,
                                                     const regime_path *path);

/* Columns of a table of facts, the first RG_FACT_KEYS of them keys, and a row: variable, member, kind, from,
 * to, fact, sd, model, difference. */
enum { RG_FACT_KEYS = 5, RG_FACT_COLUMNS = 9 };
void rg_facts_add_columns(regime_table *table, const char *unit);
void rg_facts_put(regime_table *table, const rg_fact *fact, double model);

#endif
