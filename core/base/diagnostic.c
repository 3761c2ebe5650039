/* diagnostic.c — a finding as people read it: place, sentence, the line with a caret, the remedy. */
#include "base/diagnostic.h"
#include "base/text.h"

#include <string.h>

typedef struct palette {
  const char *bold, *error, *warning, *caret, *plain;
} palette;

static const palette no_colours = {"", "", "", "", ""};
static const palette colours = {"\x1b[1m", "\x1b[1;31m", "\x1b[1;35m", "\x1b[1;32m", "\x1b[0m"};

static void add_place(rg_text *text, const regime_diagnostic *d) {
  if (!d->file) return;
  rg_text_add(text, "%s:", d->file);
  if (d->line > 0) rg_text_add(text, "%d:", d->line);
  if (d->line > 0 && d->column > 0) rg_text_add(text, "%d:", d->column);
  rg_text_add(text, " ");
}

static void add_sentence(rg_text *text, const regime_diagnostic *d, const palette *p) {
  const bool error = d->severity == REGIME_ERROR;
  rg_text_add(text, "%s", p->bold);
  add_place(text, d);
  rg_text_add(text, "%s%s%s: ", error ? p->error : p->warning, error ? "error" : "warning", p->plain);
  rg_text_add(text, "%s%s%s\n", p->bold, d->message ? d->message : "(no memory for the message)", p->plain);
}

/* A column counts bytes; the caret must count characters, and stand under a tab where the line has one. */
static void add_caret(rg_text *text, const regime_diagnostic *d, const palette *p) {
  const int length = (int)strlen(d->source);
  rg_text_add(text, "  ");
  for (int k = 0; k < d->column - 1 && k < length; k++) {
    const unsigned char byte = (unsigned char)d->source[k];
    if ((byte & 0xC0) != 0x80) rg_text_add(text, "%c", byte == '\t' ? '\t' : ' ');
  }
  rg_text_add(text, "%s^", p->caret);
  for (int k = d->column; k < d->column + d->width - 1 && k < length; k++)
    if (((unsigned char)d->source[k] & 0xC0) != 0x80) rg_text_add(text, "~");
  rg_text_add(text, "%s\n", p->plain);
}

regime_status regime_diagnostic_text(const regime_diagnostic *d, bool colour, char **out) {
  const palette *p = colour ? &colours : &no_colours;
  rg_text text = {0};
  add_sentence(&text, d, p);
  if (d->source) rg_text_add(&text, "  %s\n", d->source);
  if (d->source && d->column > 0) add_caret(&text, d, p);
  if (d->remedy) rg_text_add(&text, "  %s\n", d->remedy);
  return rg_text_finish(&text, out);
}
