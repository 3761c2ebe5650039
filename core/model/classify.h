/* classify.h — distinctions of regimes from their declarations. */
#ifndef RG_CLASSIFY_H
#define RG_CLASSIFY_H

#include "model/expand.h"
#include "model/parameters.h"

typedef struct rg_classify_input {
  regime_context *context;
  const rg_scope *scope;
  const rg_sets *sets;
  const rg_equations *equations;
  const rg_parameters *parameters;
} rg_classify_input;

/* Reads each response, "du/dh" or "dy[US]/dgoal[US]". Errors: one that is written otherwise, a variable or a
 * parameter that does not exist, members that are missing or unknown. */
regime_distinction *rg_distinctions_build(const rg_classify_input *input, const rg_declarations *declared);

#endif
