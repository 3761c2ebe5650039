/* written.h — small models written in a test: loaded from a file of the moment, and one instance of each. */
#ifndef RG_TESTS_WRITTEN_H
#define RG_TESTS_WRITTEN_H

#include "support/check.h"
#include <regime/model.h>
#include <unistd.h>

typedef struct written {
  regime_context *context;
  regime_model *model;       /* NULL: it did not load */
  regime_instance *instance; /* of the scenario asked for; NULL: none */
  regime_system *system;
  double t, y[64], out[512];
} written;

static inline void print_findings(const written *w) {
  for (size_t k = 0; k < regime_diagnostic_count(w->context); k++) {
    char *text = NULL;
    if (regime_diagnostic_text(regime_diagnostic_at(w->context, k), false, &text) == REGIME_OK)
      print_message("%s", text);
    free(text);
  }
}

/* Loads `groups` (parameters, sets, ...) and `equations` as a continuous model, whether it is right or wrong.
 */
static inline regime_status load_text(written *w, const char *groups, const char *equations) {
  char path[] = "/tmp/regime-test-XXXXXX";
  *w = (written){0};
  assert_ok(regime_context_create(&w->context));
  const int descriptor = mkstemp(path);
  assert_true(descriptor >= 0);
  FILE *file = fdopen(descriptor, "w");
  fprintf(file,
          "model = { name = \"written\"; time = \"continuous\"; unit = \"year\"; };\n"
          "span = { from = 0.0; to = 10.0; };\n%s\nequations = \"\n%s\n\";\n",
          groups, equations);
  fclose(file);
  const regime_status status = regime_model_load(w->context, path, &w->model);
  unlink(path);
  return status;
}

static inline void drop(written *w) {
  regime_instance_free(w->instance);
  regime_model_free(w->model);
  regime_context_free(w->context);
}

/* An instance under a scenario, started at t. */
static inline void start(written *w, const char *scenario, double t) {
  assert_ok(regime_instance_create(w->context, w->model, scenario, &w->instance));
  w->system = regime_instance_system(w->instance);
  w->t = t;
  const regime_status status = w->system->start(w->system->self, t, w->y);
  if (status != REGIME_OK) print_findings(w);
  assert_ok(status);
  w->system->settle(w->system->self, t, w->y);
}

/* A model that is right, started at 0 as written. */
static inline written open_text(const char *groups, const char *equations) {
  written w;
  if (load_text(&w, groups, equations) != REGIME_OK) print_findings(&w);
  assert_non_null(w.model);
  start(&w, NULL, 0.0);
  return w;
}

static inline const regime_variable *variable_named(const written *w, const char *name) {
  for (size_t k = 0; k < regime_model_variables(w->model); k++)
    if (!strcmp(regime_model_variable(w->model, k)->name, name)) return regime_model_variable(w->model, k);
  fail_msg("the model has no variable %s", name);
  return NULL;
}

/* The value of a variable's k-th entry at (w->t, w->y). */
static inline double entry_of(written *w, const char *name, size_t k) {
  w->system->observe(w->system->self, w->t, w->y, w->out);
  return w->out[variable_named(w, name)->output + k];
}
static inline double value_of(written *w, const char *name) { return entry_of(w, name, 0); }

/* The rate of a state's k-th entry at (w->t, w->y); states are numbered in order of their equations. */
static inline double rate_of(written *w, const char *name, size_t k) {
  double dy[64];
  assert_int_equal(w->system->rate(w->system->self, w->t, w->y, dy), 0);
  size_t state = 0;
  for (size_t v = 0; v < regime_model_variables(w->model); v++) {
    const regime_variable *variable = regime_model_variable(w->model, v);
    if (variable->kind != REGIME_STATE) continue;
    if (!strcmp(variable->name, name)) return dy[state + k];
    state += variable->n_outputs;
  }
  fail_msg("the model has no state %s", name);
  return NAN;
}

/* Expects the model to be refused with a message that holds `part`; prints what was said instead. */
static inline void assert_refused(const char *groups, const char *equations, const char *part) {
  written w;
  const regime_status status = load_text(&w, groups, equations);
  bool said = false;
  for (size_t k = 0; k < regime_diagnostic_count(w.context); k++)
    said |= strstr(regime_diagnostic_at(w.context, k)->message, part) != NULL;
  if (!said) {
    print_message("expected: %s\n", part);
    print_findings(&w);
  }
  assert_true(said);
  assert_int_equal(status, REGIME_BAD_MODEL);
  assert_null(w.model);
  drop(&w);
}

#endif
