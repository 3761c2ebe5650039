/* systems.h — helpers for tests of paths: run a system written by hand, look at what came out. */
#ifndef RG_TESTS_SYSTEMS_H
#define RG_TESTS_SYSTEMS_H

#include "support/check.h"
#include <regime/path.h>

/* The start of a system with one state. */
static inline regime_status start_at_zero(void *self, double t, double *y) {
  (void)self, (void)t;
  y[0] = 0.0;
  return REGIME_OK;
}

static inline regime_path_options span(double from, double to) {
  regime_path_options o = REGIME_PATH_DEFAULTS;
  o.from = from;
  o.to = to;
  return o;
}

static inline regime_path_options tight(double from, double to) {
  regime_path_options o = span(from, to);
  o.rtol = 1e-12;
  o.atol = 1e-14;
  return o;
}

static inline void print_findings(const regime_context *context) {
  for (size_t k = 0; k < regime_diagnostic_count(context); k++) {
    char *text = NULL;
    if (regime_diagnostic_text(regime_diagnostic_at(context, k), false, &text) == REGIME_OK)
      print_message("%s", text);
    free(text);
  }
}

/* The path of a system, which must exist. */
static inline regime_path *path_of(regime_system *system, regime_path_options options) {
  regime_context *context = NULL;
  regime_path *path = NULL;
  assert_ok(regime_context_create(&context));
  const regime_status status = regime_path_compute(context, system, &options, &path);
  if (status != REGIME_OK) print_findings(context);
  regime_context_free(context);
  assert_int_equal(status, REGIME_OK);
  return path;
}

/* The status and the first finding of a system that has no path. */
static inline regime_status failure_of(regime_system *system, regime_path_options options,
                                       char message[1024]) {
  regime_context *context = NULL;
  regime_path *path = NULL;
  assert_ok(regime_context_create(&context));
  const regime_status status = regime_path_compute(context, system, &options, &path);
  if (path)
    print_error("%s at t = %.17g\n", regime_outcome_text(regime_path_outcome(path)), regime_path_end(path));
  assert_null(path);
  message[0] = '\0';
  if (regime_diagnostic_count(context) > 0)
    snprintf(message, 1024, "%s", regime_diagnostic_at(context, 0)->message);
  regime_context_free(context);
  return status;
}

static inline double value_at(const regime_path *path, double t, size_t output) {
  for (size_t k = 0; k < regime_path_points(path); k++)
    if (regime_path_time(path, k) == t) return regime_path_values(path, k)[output];
  print_error("no point is recorded at t = %.17g\n", t);
  return NAN;
}

static inline double last_value(const regime_path *path, size_t output) {
  return regime_path_values(path, regime_path_points(path) - 1)[output];
}

static inline void assert_outcome(const regime_path *path, regime_outcome outcome) {
  assert_string_equal(regime_outcome_text(regime_path_outcome(path)), regime_outcome_text(outcome));
}

#endif
