/* context.h — what a caller and the library share: findings about the model, and the wish to stop.
 *
 * Nothing in regime is global. A program makes one context a thread, hands it to every call, and reads from
 * it what there is to say. The library never prints and never exits.
 *
 *   regime_context *context;
 *   if (regime_context_create(&context) != REGIME_OK) return 5;
 *   ...
 *   for (size_t k = 0; k < regime_diagnostic_count(context); k++)
 *     show(regime_diagnostic_at(context, k));
 *   regime_context_free(context);
 */
#ifndef REGIME_CONTEXT_H
#define REGIME_CONTEXT_H

#include <regime/status.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct regime_context regime_context;

/* Makes a context. *out is yours; NULL on failure. NO_MEMORY. */
REGIME_MUST_CHECK regime_status regime_context_create(regime_context **out);

/* Frees a context and every diagnostic borrowed from it. Takes NULL. */
void regime_context_free(regime_context *context);

/* Asks the running call to stop at its next safe point with what it has (outcome `interrupted`),
 * and a writer to leave what was there before. A path that stops has granted the wish: its results can be
 * written. May be called from a signal handler. */
void regime_context_interrupt(regime_context *context);
bool regime_context_interrupted(const regime_context *context);

typedef enum regime_severity { REGIME_ERROR, REGIME_WARNING } regime_severity;

/* One finding. Every text is borrowed and lives as long as the context (or until the diagnostics are
 * cleared). */
typedef struct regime_diagnostic {
  regime_severity severity;
  const char *file;    /* NULL when the finding belongs to no file */
  int line;            /* 1-based; 0 when unknown */
  int column;          /* 1-based, within `source`; 0 when unknown */
  int width;           /* columns the caret underlines, at least 1 where column > 0 */
  const char *source;  /* the line of text the caret points into; NULL when unknown */
  const char *message; /* what is wrong: one sentence without a final stop */
  const char *remedy;  /* what to do about it; NULL when the message says it all */
} regime_diagnostic;

/* The findings, in the order of their places in the files. Borrowed. */
size_t regime_diagnostic_count(const regime_context *context);
const regime_diagnostic *regime_diagnostic_at(const regime_context *context, size_t k);
size_t regime_diagnostic_errors(const regime_context *context);
void regime_diagnostics_clear(regime_context *context);

/* A finding as people read it, several lines ending in a newline:
 *
 *   goodwin.cfg:14:9: error: unknown name `sigm`
 *     v' = v*((1 - u)/sigm - (alpha + beta))
 *                     ^~~~
 *     did you mean `sigma`?
 *
 * `colour` adds terminal escapes. *out is yours, to be freed with free(); NULL on failure. NO_MEMORY. */
REGIME_MUST_CHECK regime_status regime_diagnostic_text(const regime_diagnostic *diagnostic, bool colour,
                                                       char **out);

#endif
