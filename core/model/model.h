/* model.h — the frozen model: what loading leaves behind, read-only from then on and shared by threads. */
#ifndef RG_MODEL_H
#define RG_MODEL_H

#include "model/classify.h"
#include "model/compile.h"
#include "model/inits.h"
#include "model/paths.h"
#include "model/results.h"
#include "model/scenario.h"
#include "model/units.h"

struct regime_model {
  rg_arena *arena; /* holds everything, this struct included */
  rg_declarations declared;
  rg_scope scope;
  rg_sets sets;
  rg_parameters parameters;
  rg_statements statements;
  rg_equations equations;
  rg_events events;
  rg_conditions conditions;
  rg_matrices matrices;
  rg_observations observations;
  rg_scenarios scenarios;

  rg_graph *graph;
  rg_definitions definitions;
  rg_inlined inlined;
  rg_blocks blocks;
  rg_switches switches;
  rg_jacobian jacobian;
  rg_programs programs;
  const rg_path *paths;
  rg_simultaneous simultaneous;
  rg_initial initial; /* continuous time */
  rg_starts starts;   /* discrete time */
  size_t n_needed_lags;
  const rg_node *deep_init; /* as lowered */
  const rg_node *init;      /* first value of each state, in terms of inputs */
  const rg_node *held_init; /* the same with dated switches held, so that it agrees with the rates */

  /* As the world sees it. */
  regime_model_info info;
  regime_variable *variables;
  regime_figure *figures;
  regime_distinction *distinctions;
  const char *const *state_names, *const *piece_names, *const *switch_names;
  const char *const *start_names; /* what `init` calls the first value of each state */
  regime_model_block *simultaneous_blocks;
  bool is_discrete;
  double step; /* of a period, in units of the span */
  size_t n_outputs, identity_output, phase_output, matrix_output, series_output;
};

/* Fills what the world sees from the rest. */
void rg_model_publish(regime_model *model);

/* What a symbol is called in print: "t", "Y[US]", "rho", "[t > 1975]"; a rg_symbol_name, `self` is the model.
 */
const char *rg_model_symbol_name(void *self, uint32_t symbol);

#endif
