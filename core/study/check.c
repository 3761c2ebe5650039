/* check.c — what loading a model does not look at: its scenarios as instances, its facts row by row. */
#include "study/facts.h"
#include <regime/study.h>

static regime_status try_scenario(regime_context *context, const regime_model *model, const char *name) {
  regime_instance *instance;
  const regime_status status = regime_instance_create(context, model, name, &instance);
  regime_instance_free(instance);
  return status;
}

static regime_status try_facts(regime_context *context, const regime_model *model) {
  rg_output_names names;
  rg_facts facts = {0};
  regime_status status = rg_output_names_make(model, &names);
  if (status == REGIME_OK) status = rg_facts_read(context, model, &names, NULL, &facts);
  rg_facts_drop(&facts);
  rg_output_names_drop(&names);
  return status;
}

regime_status regime_study_check(regime_context *context, const regime_model *model) {
  bool sound = try_scenario(context, model, NULL) == REGIME_OK;
  for (size_t k = 0; k < regime_model_scenarios(model); k++)
    sound &= try_scenario(context, model, regime_model_scenario(model, k)->name) == REGIME_OK;
  sound &= try_facts(context, model) == REGIME_OK;
  return sound ? REGIME_OK : REGIME_BAD_MODEL;
}
