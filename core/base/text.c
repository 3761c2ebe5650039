/* text.c — strings under construction. */
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool reserve(rg_text *text, size_t more) {
  if (text->failed) return false;
  const size_t need = text->length + more + 1;
  if (need <= text->capacity) return true;
  size_t capacity = text->capacity ? 2 * text->capacity : 256;
  if (capacity < need) capacity = need;
  char *bytes = realloc(text->bytes, capacity);
  if (!bytes) {
    text->failed = true;
    return false;
  }
  text->bytes = bytes;
  text->capacity = capacity;
  return true;
}

void rg_text_add_n(rg_text *text, const char *bytes, size_t length) {
  if (!reserve(text, length)) return;
  memcpy(text->bytes + text->length, bytes, length);
  text->length += length;
  text->bytes[text->length] = '\0';
}

void rg_text_add(rg_text *text, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int length = vsnprintf(NULL, 0, format, arguments);
  va_end(arguments);
  if (length < 0 || !reserve(text, (size_t)length)) {
    text->failed = true;
    return;
  }
  va_start(arguments, format);
  vsnprintf(text->bytes + text->length, (size_t)length + 1, format, arguments);
  va_end(arguments);
  text->length += (size_t)length;
}

regime_status rg_text_finish(rg_text *text, char **out) {
  *out = NULL;
  if (!text->bytes) rg_text_add_n(text, "", 0);
  if (text->failed) {
    rg_text_drop(text);
    return REGIME_NO_MEMORY;
  }
  *out = text->bytes;
  *text = (rg_text){0};
  return REGIME_OK;
}

void rg_text_drop(rg_text *text) {
  free(text->bytes);
  *text = (rg_text){0};
}

const char *rg_text_number(double value, char buffer[32]) {
  for (int digits = 15; digits <= 17; digits++) {
    snprintf(buffer, 32, "%.*g", digits, value);
    if (strtod(buffer, NULL) == value) break;
  }
  return buffer;
}
