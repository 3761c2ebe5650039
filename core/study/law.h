/* law.h — a model under the law of one instant: an instance, the names of its states, the box they live in.
 */
#ifndef RG_LAW_H
#define RG_LAW_H

#include "study/names.h"
#include <regime/inquiry.h>

typedef struct rg_law {
  const regime_model *model;
  regime_instance *instance;
  regime_system *system; /* the instance's */
  char *scenario;
  double at;
  double *parameter; /* in force at span.from */
  rg_output_names names;
  regime_side *side;  /* a state each */
  double *low, *high; /* the same as the solvers take it */
} rg_law;

/* Makes the instance, sets what the question sets, and draws the box. BAD_ARGUMENT, NO_MEMORY, and what the
 * start of the system answers. Drop it, also after a failure. */
REGIME_MUST_CHECK regime_status rg_law_open(regime_context *context, const regime_model *model,
                                            const regime_law *asked, rg_law *out);
void rg_law_drop(rg_law *law); /* takes a zeroed one */

/* Makes the guessed sides of the box ten times as wide; false when none is guessed. */
bool rg_law_widen(rg_law *law);

/* The output a state is a value of, also of the past: "Y" for "Y(-1)"; -1: none. */
long rg_law_output_of_state(const rg_law *law, size_t state);
/* The state called so, or the first that is a past value of it; -1, with an error that says what the name
 * stands for in the question ("`--x`" or "x"), when there is none. */
long rg_law_state(regime_context *context, const rg_law *law, const char *name, const char *role);
/* The parameter called so; -1, with an error, when there is none, or it is a path or a mode. */
long rg_law_parameter(regime_context *context, const rg_law *law, const char *name);

#endif
