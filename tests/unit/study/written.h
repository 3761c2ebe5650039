/* written.h — a model written for one test: its text to a file, loaded and run. Tests run side by side, so
 * that each defines TEST, the beginning of its files' names, before it includes this. */
#ifndef RG_TESTS_WRITTEN_H
#define RG_TESTS_WRITTEN_H

#include "support/check.h"
#include <regime/study.h>

#define MODEL_FILE TEST ".tmp.cfg"
#define FACTS_FILE TEST ".tmp.csv"

typedef struct written {
  regime_context *context;
  regime_model *model;
  regime_run *run;
} written;

static inline void write_file(const char *path, const char *text) {
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  fputs(text, file);
  fclose(file);
}

static inline void print_findings(const regime_context *context) {
  for (size_t k = 0; k < regime_diagnostic_count(context); k++)
    print_message("%s\n", regime_diagnostic_at(context, k)->message);
}

/* A model of continuous time from 0 to 10, recorded every tenth, with this after its head. */
static inline void load_text(written *w, const char *text) {
  char whole[4096];
  snprintf(whole, sizeof whole,
           "model = { name = \"m\"; time = \"continuous\"; unit = \"year\"; };\n"
           "span = { from = 0.0; to = 10.0; output = 0.1; };\n%s",
           text);
  write_file(MODEL_FILE, whole);
  *w = (written){0};
  assert_ok(regime_context_create(&w->context));
  const regime_status status = regime_model_load(w->context, MODEL_FILE, &w->model);
  print_findings(w->context);
  assert_ok(status);
}

static inline void run_text(written *w, const char *text, regime_run_options options) {
  load_text(w, text);
  const regime_status status = regime_run_compute(w->context, w->model, &options, &w->run);
  print_findings(w->context);
  assert_ok(status);
}

static inline void close_text(written *w) {
  regime_run_free(w->run);
  regime_model_free(w->model);
  regime_context_free(w->context);
  remove(MODEL_FILE);
  remove(FACTS_FILE);
}

#endif
