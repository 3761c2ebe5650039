/* results.h — what the model says about its results: bounds of variables, figures. */
#ifndef RG_RESULTS_H
#define RG_RESULTS_H

#include "model/expand.h"
#include "model/parameters.h"

/* The variables as the world sees them, without kind and place among the outputs. Errors: bounds or a text
 * for a variable that does not exist. */
void rg_variables_build(regime_context *context, const rg_scope *scope, const rg_equations *equations,
                        const rg_declarations *declared, regime_variable *out);

/* The figures asked for. Errors: a variable, member, subset or parameter that does not exist. */
regime_figure *rg_figures_build(regime_context *context, const rg_scope *scope, const rg_sets *sets,
                                const rg_parameters *parameters, const rg_declarations *declared);

#endif
