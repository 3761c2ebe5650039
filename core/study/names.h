/* names.h — what the outputs of a model's system are called: "u", "Y[US]", "share[US,GB]". */
#ifndef RG_STUDY_NAMES_H
#define RG_STUDY_NAMES_H

#include <regime/model.h>

typedef struct rg_output_names {
  size_t count;
  const char **name;
  char *bytes;
} rg_output_names;

/* Names every output in order: variables member by member, then identities, phases, entries of matrices and
 * observed series. Free with drop. */
REGIME_MUST_CHECK regime_status rg_output_names_make(const regime_model *model, rg_output_names *out);
void rg_output_names_drop(rg_output_names *names); /* takes a zeroed one */

/* The number of the output called `name`, or -1. */
long rg_output_find(const rg_output_names *names, const char *name);

#endif
