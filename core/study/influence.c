/* influence.c — a question about influence from its words to its tables. */
#include "study/influence.h"
#include "base/diagnostic.h"
#include "base/text.h"
#include "study/run.h"

#include <stdlib.h>
#include <string.h>

/* --- the question -------------------------------------------------------------------------------------- */

static regime_status note_scenario(regime_influence *i) {
  const char *asked = i->question.run.scenario;
  const char *scenario = asked ? asked : regime_model_about(i->model)->default_scenario;
  i->scenario = malloc(strlen(scenario) + 1);
  if (!i->scenario) return REGIME_NO_MEMORY;
  strcpy(i->scenario, scenario);
  i->question.run.scenario = i->scenario;
  return REGIME_OK;
}

static regime_status note_parameters(regime_influence *i, const regime_instance *instance) {
  i->parameter = malloc((regime_model_parameters(i->model) + 1) * sizeof *i->parameter);
  if (!i->parameter) return REGIME_NO_MEMORY;
  regime_instance_parameters(instance, i->parameter);
  return REGIME_OK;
}

/* "u,v,date(crash)": what moves and has no index, and the events whose names can be written so. */
static regime_status say_what_there_is(const regime_influence *i, const regime_system *system, char **out) {
  rg_text text = {0};
  for (size_t k = 0; k < regime_model_variables(i->model); k++) {
    const regime_variable *v = regime_model_variable(i->model, k);
    if (v->n_over == 0 && v->kind != REGIME_CONSTANT)
      rg_text_add(&text, "%s%s", text.length ? "," : "", v->name);
  }
  for (size_t k = 0; k < system->n_events; k++)
    if (!strpbrk(system->events[k].name, ",()[]"))
      rg_text_add(&text, "%sdate(%s)", text.length ? "," : "", system->events[k].name);
  rg_text_add(&text, "%s", "");
  return rg_text_finish(&text, out);
}

static regime_status read_outputs(regime_context *context, regime_influence *i, const regime_system *system) {
  const rg_readable readable = {&i->names, system, i->options.from, i->options.to};
  char *all = NULL;
  if (i->question.of) return rg_statistics_read(context, &readable, i->question.of, &i->asked);
  regime_status status = say_what_there_is(i, system, &all);
  if (status == REGIME_OK && all[0] == '\0') {
    rg_error(context, (rg_place){.file = regime_model_about(i->model)->file},
             "name some by `--of`, for example `--of \"mean(Y[US])\"`",
             "every variable of `%s` is over a set, and there are too many",
             regime_model_about(i->model)->name);
    status = REGIME_BAD_ARGUMENT;
  }
  if (status == REGIME_OK) status = rg_statistics_read(context, &readable, all, &i->asked);
  free(all);
  return status;
}

static regime_status read_question(regime_context *context, regime_influence *i, regime_instance *instance) {
  const regime_influence_question *q = &i->question;
  regime_status status = note_parameters(i, instance);
  if (status == REGIME_OK) status = rg_output_names_make(i->model, &i->names);
  if (status == REGIME_OK) status = read_outputs(context, i, regime_instance_system(instance));
  if (status == REGIME_NO_MEMORY) return status;
  const regime_status chosen = rg_factors_choose(context, i->model, i->parameter, q->varied, q->n_varied,
                                                 q->kind != REGIME_LOCAL, &i->factors);
  return status == REGIME_OK ? chosen : status;
}

/* --- the answer ---------------------------------------------------------------------------------------- */

static regime_status design(regime_influence *i) {
  enum { TRAJECTORIES = 20, POINTS = 1024 };
  const size_t n = i->question.n, dims = i->factors.count;
  if (i->question.kind == REGIME_MORRIS)
    return rg_morris_make(n ? n : TRAJECTORIES, dims, i->question.seed, &i->morris);
  return rg_sobol_make(n ? n : POINTS, dims, i->question.seed, &i->sobol);
}

static regime_status answer(regime_context *context, regime_influence *i, regime_instance *instance) {
  if (i->question.kind == REGIME_LOCAL) return rg_influence_local(context, instance, i);
  const regime_status status = design(i);
  return status == REGIME_OK ? rg_influence_draw(context, i) : status;
}

regime_status regime_influence_compute(regime_context *context, const regime_model *model,
                                       const regime_influence_question *question, regime_influence **out) {
  *out = NULL;
  regime_instance *instance = NULL;
  regime_influence *i = calloc(1, sizeof *i);
  if (!i) return REGIME_NO_MEMORY;
  i->model = model;
  i->question = *question;
  regime_status status = note_scenario(i);
  if (status == REGIME_OK) status = rg_run_instance(context, model, &i->question.run, &instance);
  i->options = rg_run_path_options(regime_model_about(model), &i->question.run);
  if (status == REGIME_OK) status = read_question(context, i, instance);
  if (status == REGIME_OK) status = answer(context, i, instance);
  if (status == REGIME_OK) status = rg_influence_tables_make(i);
  regime_instance_free(instance);
  if (status == REGIME_OK)
    *out = i;
  else
    regime_influence_free(i);
  return status;
}

void regime_influence_free(regime_influence *i) {
  if (!i) return;
  for (size_t k = 0; k < i->n_tables; k++) regime_table_free(i->table[k]);
  free(i->table);
  free(i->end);
  free(i->fate);
  free(i->drawn);
  rg_sobol_drop(&i->sobol);
  rg_morris_drop(&i->morris);
  free(i->slope);
  free(i->size);
  free(i->value);
  rg_factors_drop(&i->factors);
  rg_statistics_drop(&i->asked);
  rg_output_names_drop(&i->names);
  free(i->parameter);
  free(i->scenario);
  free(i);
}

/* --- looking ------------------------------------------------------------------------------------------- */

const regime_model *regime_influence_model(const regime_influence *i) { return i->model; }
const char *regime_influence_scenario(const regime_influence *i) { return i->scenario; }
regime_influence_kind regime_influence_of(const regime_influence *i) { return i->question.kind; }
double regime_influence_parameter(const regime_influence *i, size_t k) { return i->parameter[k]; }
size_t regime_influence_outputs(const regime_influence *i) { return i->asked.count; }
const char *regime_influence_output(const regime_influence *i, size_t k) { return i->asked.item[k].text; }
size_t regime_influence_factors(const regime_influence *i) { return i->factors.count; }
const char *regime_influence_factor(const regime_influence *i, size_t k) { return i->factors.item[k].name; }
size_t regime_influence_runs(const regime_influence *i) { return i->n_runs; }
size_t regime_influence_lost(const regime_influence *i) { return i->n_lost; }

size_t regime_influence_tables(const regime_influence *i) { return i->n_tables; }
const regime_table *regime_influence_table(const regime_influence *i, size_t k) { return i->table[k]; }

const regime_table *regime_influence_table_named(const regime_influence *i, const char *name) {
  for (size_t k = 0; k < i->n_tables; k++)
    if (strcmp(regime_table_name(i->table[k]), name) == 0) return i->table[k];
  return NULL;
}
