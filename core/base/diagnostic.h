/* diagnostic.h — how the layers report findings into the caller's context. */
#ifndef RG_DIAGNOSTIC_H
#define RG_DIAGNOSTIC_H

#include <regime/context.h>

/* Where something stands in a file. Texts are borrowed and must outlive the report call only. */
typedef struct rg_place {
  const char *file;   /* NULL: none */
  int line;           /* 1-based; 0: unknown */
  int column, width;  /* 1-based within source; 0: unknown */
  const char *source; /* start of the line of text; it ends at the first newline or NUL; NULL: unknown */
} rg_place;

/* Adds a finding. `remedy` may be NULL. Running out of memory here loses the text, not the count of errors.
 * Of findings with the same place and message, the first is kept. */
REGIME_PRINTF(4, 5)
void rg_error(regime_context *context, rg_place place, const char *remedy, const char *format, ...);
REGIME_PRINTF(4, 5)
void rg_warning(regime_context *context, rg_place place, const char *remedy, const char *format, ...);

/* How many errors were ever reported, repeats and those cleared away included: it goes up while a call runs
 * just where the call has found an error, also one that an earlier call has found before. */
size_t rg_errors_reported(const regime_context *context);

/* The wish to stop is granted: it does not stop what the caller does with the part there is. */
void rg_interruption_granted(regime_context *context);

/* The remedy "did you mean `x`?" for a misspelt name, or `otherwise` where nothing is near. The text is in
 * buffer or is `otherwise`. */
const char *rg_did_you_mean(const char *text, const char *const *candidates, size_t count,
                            const char *otherwise, char buffer[160]);

#endif
