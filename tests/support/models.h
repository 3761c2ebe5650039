/* models.h — models written in a test, run as a whole. */
#ifndef RG_TESTS_MODELS_H
#define RG_TESTS_MODELS_H

#include "support/runs.h"
#include <unistd.h>

/* A model from its text; it must be right. */
static inline regime_model *model_of(regime_context *context, const char *text) {
  char path[] = "/tmp/regime-test-XXXXXX";
  regime_model *model = NULL;
  const int descriptor = mkstemp(path);
  assert_true(descriptor >= 0);
  FILE *file = fdopen(descriptor, "w");
  fputs(text, file);
  fclose(file);
  const regime_status status = regime_model_load(context, path, &model);
  unlink(path);
  if (status != REGIME_OK) print_findings(context);
  assert_ok(status);
  return model;
}

/* Opens a shelf with one model, written here. */
static inline void open_written(shelf *s, const char *text) {
  *s = (shelf){0};
  assert_ok(regime_context_create(&s->context));
  s->model = model_of(s->context, text);
}

#endif
