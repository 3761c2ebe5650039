/* run.c — a run from its options to its results, and the questions it answers. */
#include "study/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static double or_else(double value, double otherwise) { return isnan(value) ? otherwise : value; }

regime_path_options rg_run_path_options(const regime_model_info *about, const regime_run_options *options) {
  regime_path_options p = REGIME_PATH_DEFAULTS;
  p.from = or_else(options->from, about->from);
  p.to = or_else(options->to, about->to);
  p.every = or_else(options->every, about->output);
  p.rtol = or_else(options->rtol, p.rtol);
  p.atol = or_else(options->atol, p.atol);
  p.limit = about->limit > 0.0 ? about->limit : p.limit;
  p.method = options->method;
  p.linear = options->linear;
  p.step = options->step;
  p.rule = options->rule;
  p.watch = options->watch;
  p.watcher = options->watcher;
  return p;
}

regime_status rg_run_instance(regime_context *context, const regime_model *model,
                              const regime_run_options *options, regime_instance **out) {
  const char *scenario = options->scenario ? options->scenario : regime_model_about(model)->default_scenario;
  regime_status status = regime_instance_create(context, model, scenario, out);
  for (size_t k = 0; k < options->n_settings && status == REGIME_OK; k++)
    status = regime_instance_set(context, *out, options->settings[k].name, options->settings[k].value);
  if (status == REGIME_OK) return status;
  regime_instance_free(*out);
  *out = NULL;
  return status;
}

/* Keeps what the run was made from: scenario, options, names, facts. */
static regime_status note_question(regime_context *context, regime_run *run,
                                   const regime_run_options *options) {
  const regime_model_info *about = regime_model_about(run->model);
  const char *scenario = options->scenario ? options->scenario : about->default_scenario;
  run->options = rg_run_path_options(about, options);
  run->scenario = malloc(strlen(scenario) + 1);
  if (!run->scenario) return REGIME_NO_MEMORY;
  strcpy(run->scenario, scenario);
  regime_status status = rg_output_names_make(run->model, &run->names);
  if (status == REGIME_OK) status = rg_facts_read(context, run->model, &run->names, NULL, &run->facts);
  return status;
}

static regime_status note_parameters(regime_run *run, const regime_instance *instance) {
  const size_t n = regime_model_parameters(run->model);
  run->parameter = malloc((n + 1) * sizeof *run->parameter);
  if (!run->parameter) return REGIME_NO_MEMORY;
  regime_instance_parameters(instance, run->parameter);
  return REGIME_OK;
}

static regime_status note_events(regime_run *run, const regime_system *system) {
  const size_t n = regime_path_happenings(run->path);
  run->event = malloc((n + 1) * sizeof *run->event);
  if (!run->event) return REGIME_NO_MEMORY;
  for (size_t k = 0; k < n; k++) {
    const regime_happening happening = regime_path_happening(run->path, k);
    run->event[k] = (regime_event_time){system->events[happening.event].name, happening.time};
  }
  return REGIME_OK;
}

regime_status regime_run_compute(regime_context *context, const regime_model *model,
                                 const regime_run_options *options, regime_run **out) {
  *out = NULL;
  regime_instance *instance = NULL;
  regime_run *run = calloc(1, sizeof *run);
  if (!run) return REGIME_NO_MEMORY;
  run->model = model;
  regime_status status = note_question(context, run, options);
  if (status == REGIME_OK) status = rg_run_instance(context, model, options, &instance);
  if (status == REGIME_OK) status = note_parameters(run, instance);
  if (status == REGIME_OK)
    status = regime_path_compute(context, regime_instance_system(instance), &run->options, &run->path);
  if (status == REGIME_OK) status = rg_facts_check_units(context, &run->facts, run->path);
  if (status == REGIME_OK) status = note_events(run, regime_instance_system(instance));
  if (status == REGIME_OK) status = rg_identities_check(run);
  if (status == REGIME_OK) status = rg_matrices_check(run);
  if (status == REGIME_OK) status = rg_phases_read(run);
  if (status == REGIME_OK) status = rg_tables_make(run);
  regime_instance_free(instance);
  if (status == REGIME_OK)
    *out = run;
  else
    regime_run_free(run);
  return status;
}

void regime_run_free(regime_run *run) {
  if (!run) return;
  for (size_t k = 0; k < run->n_tables; k++) regime_table_free(run->table[k]);
  free(run->table);
  rg_facts_drop(&run->facts);
  rg_output_names_drop(&run->names);
  regime_path_free(run->path);
  free(run->phase);
  free(run->leak);
  free(run->line);
  free(run->identity);
  free(run->event);
  free(run->parameter);
  free(run->scenario);
  free(run);
}

const regime_model *regime_run_model(const regime_run *run) { return run->model; }
const char *regime_run_scenario(const regime_run *run) { return run->scenario; }
const regime_path *regime_run_path(const regime_run *run) { return run->path; }
const regime_path_options *regime_run_path_options(const regime_run *run) { return &run->options; }
double regime_run_parameter(const regime_run *run, size_t k) { return run->parameter[k]; }

size_t regime_run_identities(const regime_run *run) { return regime_model_identities(run->model); }
regime_identity_check regime_run_identity(const regime_run *run, size_t k) { return run->identity[k]; }
size_t regime_run_phases(const regime_run *run) { return run->n_phases; }
regime_phase regime_run_phase(const regime_run *run, size_t k) { return run->phase[k]; }
size_t regime_run_events(const regime_run *run) { return regime_path_happenings(run->path); }
regime_event_time regime_run_event(const regime_run *run, size_t k) { return run->event[k]; }

long regime_run_output(const regime_run *run, const char *name) { return rg_output_find(&run->names, name); }
const char *regime_run_output_name(const regime_run *run, size_t output) { return run->names.name[output]; }

size_t regime_run_tables(const regime_run *run) { return run->n_tables; }
const regime_table *regime_run_table(const regime_run *run, size_t k) { return run->table[k]; }

const regime_table *regime_run_table_named(const regime_run *run, const char *name) {
  for (size_t k = 0; k < run->n_tables; k++)
    if (strcmp(regime_table_name(run->table[k]), name) == 0) return run->table[k];
  return NULL;
}
