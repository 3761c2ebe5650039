/* text.h — a string under construction, on the heap. Failure is kept and told once, at the end. */
#ifndef RG_TEXT_H
#define RG_TEXT_H

#include <regime/status.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct rg_text {
  char *bytes; /* NUL-terminated once anything was added */
  size_t length, capacity;
  bool failed;
} rg_text; /* zero-initialised */

REGIME_PRINTF(2, 3) void rg_text_add(rg_text *text, const char *format, ...);
void rg_text_add_n(rg_text *text, const char *bytes, size_t length);

/* Hands the string over: *out is the caller's, to be freed with free(); NULL on failure. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_text_finish(rg_text *text, char **out);
void rg_text_drop(rg_text *text);

/* The text, or "" for NULL. */
static inline const char *rg_or_empty(const char *text) { return text ? text : ""; }

/* The shortest of %.15g, %.16g, %.17g that reads back as the same double. Writes at most 32 bytes. */
const char *rg_text_number(double value, char buffer[32]);

#endif
