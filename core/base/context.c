/* context.c — the context, and the findings kept in it. */
#include "base/diagnostic.h"
#include "base/names.h"
#include "base/text.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct regime_context {
  regime_diagnostic *found; /* kept in the order of their places */
  size_t count, capacity, errors;
  size_t reported; /* errors, repeats included; never goes down */
  volatile sig_atomic_t interrupted;
};

regime_status regime_context_create(regime_context **out) {
  *out = calloc(1, sizeof **out);
  return *out ? REGIME_OK : REGIME_NO_MEMORY;
}

static void drop(regime_diagnostic *d) {
  free((char *)d->file);
  free((char *)d->source);
  free((char *)d->message);
  free((char *)d->remedy);
}

void regime_diagnostics_clear(regime_context *context) {
  for (size_t k = 0; k < context->count; k++) drop(&context->found[k]);
  context->count = context->errors = 0;
}

void regime_context_free(regime_context *context) {
  if (!context) return;
  regime_diagnostics_clear(context);
  free(context->found);
  free(context);
}

void regime_context_interrupt(regime_context *context) { context->interrupted = 1; }
void rg_interruption_granted(regime_context *context) { context->interrupted = 0; }
bool regime_context_interrupted(const regime_context *context) { return context->interrupted != 0; }

size_t regime_diagnostic_count(const regime_context *context) { return context->count; }
size_t regime_diagnostic_errors(const regime_context *context) { return context->errors; }
const regime_diagnostic *regime_diagnostic_at(const regime_context *context, size_t k) {
  return &context->found[k];
}

static char *copy_n(const char *text, size_t length) {
  char *copy = malloc(length + 1);
  if (!copy) return NULL;
  memcpy(copy, text, length);
  copy[length] = '\0';
  return copy;
}

static char *copy(const char *text) { return text ? copy_n(text, strlen(text)) : NULL; }

static int compare_files(const char *a, const char *b) {
  if (a && b) return strcmp(a, b);
  return (a == NULL) - (b == NULL); /* findings without a file come last */
}

static int compare_places(const regime_diagnostic *a, const regime_diagnostic *b) {
  const int files = compare_files(a->file, b->file);
  if (files) return files;
  if (a->line != b->line) return a->line < b->line ? -1 : 1;
  return (a->column > b->column) - (a->column < b->column);
}

static bool same_finding(const regime_diagnostic *a, const regime_diagnostic *b) {
  return compare_places(a, b) == 0 && a->message && b->message && strcmp(a->message, b->message) == 0;
}

static bool make_room(regime_context *context) {
  if (context->count < context->capacity) return true;
  const size_t capacity = context->capacity ? 2 * context->capacity : 16;
  regime_diagnostic *found = realloc(context->found, capacity * sizeof *found);
  if (!found) return false;
  context->found = found;
  context->capacity = capacity;
  return true;
}

/* Inserts behind all findings that do not come later in the files; repeats are dropped. */
static void insert(regime_context *context, regime_diagnostic d) {
  size_t k = context->count;
  while (k > 0 && compare_places(&context->found[k - 1], &d) > 0) k--;
  for (size_t j = k; j > 0 && compare_places(&context->found[j - 1], &d) == 0; j--)
    if (same_finding(&context->found[j - 1], &d)) {
      drop(&d);
      return;
    }
  if (d.severity == REGIME_ERROR) context->errors++;
  if (!make_room(context)) {
    drop(&d);
    return;
  }
  memmove(&context->found[k + 1], &context->found[k], (context->count - k) * sizeof d);
  context->found[k] = d;
  context->count++;
}

static void report(regime_context *context, regime_severity severity, rg_place place, const char *remedy,
                   const char *format, va_list arguments) {
  char message[2048];
  vsnprintf(message, sizeof message, format, arguments);
  const size_t source_length = place.source ? strcspn(place.source, "\r\n") : 0;
  insert(context, (regime_diagnostic){.severity = severity,
                                      .file = copy(place.file),
                                      .line = place.line,
                                      .column = place.column,
                                      .width = place.column > 0 && place.width < 1 ? 1 : place.width,
                                      .source = place.source ? copy_n(place.source, source_length) : NULL,
                                      .message = copy(message),
                                      .remedy = copy(remedy)});
}

void rg_error(regime_context *context, rg_place place, const char *remedy, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  context->reported++;
  report(context, REGIME_ERROR, place, remedy, format, arguments);
  va_end(arguments);
}

size_t rg_errors_reported(const regime_context *context) { return context->reported; }

void rg_warning(regime_context *context, rg_place place, const char *remedy, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  report(context, REGIME_WARNING, place, remedy, format, arguments);
  va_end(arguments);
}

const char *rg_did_you_mean(const char *text, const char *const *candidates, size_t count,
                            const char *otherwise, char buffer[160]) {
  const char *nearest = rg_nearest(text, candidates, count);
  if (!nearest) return otherwise;
  snprintf(buffer, 160, "did you mean `%s`?", nearest);
  return buffer;
}
