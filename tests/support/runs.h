/* runs.h — models of the shelf, run for a test: each scenario once, kept until the program ends. */
#ifndef RG_TESTS_RUNS_H
#define RG_TESTS_RUNS_H

#include "support/check.h"
#include <regime/regime.h>

enum { MOST_RUNS = 32 };

typedef struct shelf {
  regime_context *context;
  regime_model *model;
  regime_run *runs[MOST_RUNS];
  bool plain[MOST_RUNS]; /* made by run_of: with every option at its default */
  size_t n_runs;
} shelf;

/* Whatever the library found to say, for the log of a failing test. */
static inline void print_findings(regime_context *context) {
  for (size_t k = 0; k < regime_diagnostic_count(context); k++) {
    char *text = NULL;
    if (regime_diagnostic_text(regime_diagnostic_at(context, k), false, &text) == REGIME_OK)
      print_message("%s", text);
    free(text);
  }
}

/* `file` is relative to the folder of the sources: "models/crisis/crisis.cfg". */
static inline void open_shelf(shelf *s, const char *file) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", REGIME_SOURCE, file);
  *s = (shelf){0};
  assert_ok(regime_context_create(&s->context));
  const regime_status status = regime_model_load(s->context, path, &s->model);
  print_findings(s->context);
  assert_ok(status);
}

static inline void close_shelf(shelf *s) {
  for (size_t k = 0; k < s->n_runs; k++) regime_run_free(s->runs[k]);
  regime_model_free(s->model);
  regime_context_free(s->context);
}

static inline const regime_run *run_with(shelf *s, regime_run_options options) {
  assert_true(s->n_runs < MOST_RUNS);
  regime_run *run = NULL;
  const regime_status status = regime_run_compute(s->context, s->model, &options, &run);
  if (status != REGIME_OK) print_findings(s->context);
  assert_ok(status);
  s->runs[s->n_runs++] = run;
  return run;
}

/* The path of a scenario with everything else at its default; computed at the first call. */
static inline const regime_run *run_of(shelf *s, const char *scenario) {
  for (size_t k = 0; k < s->n_runs; k++)
    if (s->plain[k] && strcmp(regime_run_scenario(s->runs[k]), scenario) == 0) return s->runs[k];
  regime_run_options options = REGIME_RUN_DEFAULTS;
  options.scenario = scenario;
  s->plain[s->n_runs] = true;
  return run_with(s, options);
}

static inline size_t output_of(const regime_run *run, const char *name) {
  const long output = regime_run_output(run, name);
  if (output < 0) fail_msg("the model has no variable %s", name);
  return (size_t)output;
}

static inline double mean_of(const regime_run *run, const char *name, double from, double to) {
  return regime_run_mean(run, output_of(run, name), from, to);
}

static inline double value_at(const regime_run *run, const char *name, double time) {
  return mean_of(run, name, time, time);
}

/* When the event first happened; NaN when it did not. */
static inline double time_of(const regime_run *run, const char *event) {
  for (size_t k = 0; k < regime_run_events(run); k++)
    if (strcmp(regime_run_event(run, k).name, event) == 0) return regime_run_event(run, k).time;
  return NAN;
}

#endif
