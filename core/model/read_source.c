/* read_source.c — joins a model file with its includes and cuts the text into libconfig's tokens. */
#include "model/read_source.h"
#include "base/file.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- text ---------------------------------------------------------------------------------------------- */

/* The bytes of the UTF-8 character at `at`, or 0 when it is none. Controls other than blanks are none either:
 * they are the mark of a file that is no text. */
static size_t character_length(const unsigned char *at) {
  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  if (at[0] < 0x80) return at[0] == 0x7F || (at[0] < ' ' && !strchr("\t\n\f\r", at[0])) ? 0 : 1;
  const size_t length = at[0] >= 0xF0 ? 4 : at[0] >= 0xE0 ? 3 : at[0] >= 0xC0 ? 2 : 0;
  uint32_t code = at[0] & (0x7Fu >> length);
  for (size_t k = 1; k < length; k++) {
    if ((at[k] & 0xC0) != 0x80) return 0;
    code = code << 6 | (at[k] & 0x3F);
  }
  const bool surrogate = code >= 0xD800 && code < 0xE000;
  return length && at[0] < 0xF8 && code >= least[length] && code <= 0x10FFFF && !surrogate ? length : 0;
}

/* Line ends of other systems become "\n", so that no later stage meets them. */
static void unify_line_ends(char *text) {
  char *to = text;
  for (const char *from = text; *from; from++) {
    if (*from == '\r' && from[1] == '\n') continue;
    *to++ = *from == '\r' ? '\n' : *from;
  }
  *to = '\0';
}

static bool is_plain_text(regime_context *context, const char *file, const char *text) {
  int line = 1;
  const unsigned char *at = (const unsigned char *)text;
  for (size_t length; *at; at += length) {
    length = character_length(at);
    if (length == 0) {
      rg_error(context, (rg_place){.file = file, .line = line},
               "save the model as plain text in UTF-8 (an editor calls this the file's encoding)",
               "this file is not text in UTF-8: byte 0x%02X is no character", *at);
      return false;
    }
    line += *at == '\n';
  }
  return true;
}

static regime_status read_text(regime_context *context, rg_arena *arena, const char *file, char **out) {
  const regime_status status = rg_file_read(context, file, out);
  if (status != REGIME_OK) return status;
  rg_arena_owns(arena, free, *out);
  unify_line_ends(*out);
  if (strncmp(*out, "\xEF\xBB\xBF", 3) == 0) *out += 3;
  return is_plain_text(context, file, *out) ? REGIME_OK : REGIME_BAD_MODEL;
}

const char *rg_beside(rg_arena *arena, const char *naming_file, const char *path) {
  const char *slash = strrchr(naming_file, '/');
  if (path[0] == '/' || !slash) return path;
  return rg_arena_printf(arena, "%.*s%s", (int)(slash + 1 - naming_file), naming_file, path);
}

const char *rg_unreadable(const char *path) {
  struct stat found;
  if (stat(path, &found) != 0 || access(path, R_OK) != 0) return strerror(errno);
  return S_ISDIR(found.st_mode) ? "it is a folder" : NULL;
}

/* --- tokens -------------------------------------------------------------------------------------------- */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool starts_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '*'; }
static bool is_blank(char c) { return c != '\0' && strchr(" \t\n\f", c) != NULL; }
#define HEXADECIMAL "0123456789abcdefABCDEF"
static const char *skip_digits(const char *at) { return at + strspn(at, "0123456789"); }

/* `at` is the opening quote. Returns what follows the closing one; NULL when there is none. */
static const char *skip_quoted(const char *at) {
  for (at++; *at && *at != '"'; at++)
    if (*at == '\\' && at[1]) at++;
  return *at ? at + 1 : NULL;
}

static const char *skip_comment(const char *at) {
  if (at[0] == '#' || at[1] == '/') return at + strcspn(at, "\n");
  const char *end = strstr(at + 2, "*/");
  return end ? end + 2 : NULL;
}

/* The L or LL that makes a whole number a long one to libconfig. */
static const char *skip_suffix(const char *at) {
  if (*at == 'L') at++;
  return *at == 'L' ? at + 1 : at;
}

static const char *skip_power(const char *at) {
  if (*at != 'e' && *at != 'E') return at;
  const char *digits = at + 1 + (at[1] == '+' || at[1] == '-');
  return is_digit(*digits) ? skip_digits(digits) : at;
}

/* Returns `at` when no number begins there. */
static const char *skip_number(const char *at) {
  const size_t hexadecimal = at[0] == '0' && (at[1] == 'x' || at[1] == 'X') ? strspn(at + 2, HEXADECIMAL) : 0;
  if (hexadecimal > 0) return skip_suffix(at + 2 + hexadecimal);
  const char *digits = at + (*at == '+' || *at == '-'), *end = skip_digits(digits);
  if (*end == '.') return skip_power(skip_digits(end + 1));
  if (end == digits) return at;
  const char *power = skip_power(end);
  return power > end ? power : skip_suffix(end);
}

static bool is_truth(const char *text, size_t length) {
  static const char *const spelling[] = {"tTrRuUeE", "fFaAlLsSeE"};
  const char *pattern = length == 4 ? spelling[0] : length == 5 ? spelling[1] : "";
  for (size_t k = 0; *pattern && k < length; k++)
    if (text[k] != pattern[2 * k] && text[k] != pattern[2 * k + 1]) return false;
  return *pattern != '\0';
}

/* The kind of token at `at`, which is not the end; *end is where it ends. */
static rg_source_token_kind scan(const char *at, const char **end) {
  const bool comment = at[0] == '#' || (at[0] == '/' && (at[1] == '/' || at[1] == '*'));
  if (*at == '"' || comment) {
    *end = comment ? skip_comment(at) : skip_quoted(at);
    if (*end) return comment ? RG_SOURCE_SPACE : RG_SOURCE_TEXT;
    *end = at + strlen(at);
    return RG_SOURCE_UNCLOSED;
  }
  *end = at + 1;
  if (is_blank(*at)) return RG_SOURCE_SPACE;
  if (strchr("=:;,{}[]()", *at)) return RG_SOURCE_MARK;
  if (starts_name(*at)) {
    while (starts_name(**end) || is_digit(**end) || **end == '_' || **end == '-') ++*end;
    return is_truth(at, (size_t)(*end - at)) ? RG_SOURCE_TRUTH : RG_SOURCE_NAME;
  }
  const char *number_end = skip_number(at);
  if (number_end > at) *end = number_end;
  while (number_end == at && ((unsigned char)**end & 0xC0) == 0x80) ++*end;
  return number_end > at ? RG_SOURCE_NUMBER : RG_SOURCE_STRANGE;
}

static size_t count_lines(const char *from, const char *to) {
  size_t lines = 0;
  for (; from < to; from++) lines += *from == '\n';
  return lines;
}

static void tokenise(rg_arena *arena, rg_source *source) {
  size_t line = 0;
  const char *end;
  for (const char *at = source->text; *at; line += count_lines(at, end), at = end) {
    const rg_source_token_kind kind = scan(at, &end);
    if (kind == RG_SOURCE_SPACE) continue;
    const rg_source_token token = {kind, at, (size_t)(end - at), line};
    RG_APPEND(arena, &source->tokens, token);
  }
  const rg_source_token last = {RG_SOURCE_END, source->text + strlen(source->text), 0, line};
  RG_APPEND(arena, &source->tokens, last);
}

bool rg_source_token_is(const rg_source_token *token, const char *text) {
  return strncmp(token->text, text, token->length) == 0 && text[token->length] == '\0';
}

/* The caret stands under the part of a token that is on its first line. */
rg_place rg_source_place(const rg_source *source, const rg_source_token *token) {
  const rg_source_line *line = &source->lines.items[token->line];
  size_t width = 0;
  while (width < token->length && token->text[width] != '\n') width++;
  return (rg_place){.file = line->file,
                    .line = line->number,
                    .column = (int)(token->text - line->text) + 1,
                    .width = (int)width,
                    .source = line->text};
}

/* --- includes ------------------------------------------------------------------------------------------ */

enum { MOST_INCLUDES = 256 };

typedef struct piece { /* lines of one file, up to an include or the end */
  const char *file, *text;
  size_t length;
  int line;
} piece;

typedef struct joining {
  regime_context *context;
  rg_arena *arena;
  rg_source *out;
  RG_LIST(piece) pieces;
  size_t n_includes;
  bool failed;
} joining;

typedef struct including { /* a file being read, and the one that includes it */
  const char *file, *text;
  const struct including *by;
} including;

static const char *line_start(const char *text, const char *at) {
  while (at > text && at[-1] != '\n') at--;
  return at;
}

/* Is `at` an `@include "` as libconfig knows it: first on its line? Returns the opening quote or NULL. */
static const char *include_quote(const char *text, const char *at) {
  if (strncmp(at, "@include", 8) != 0) return NULL;
  const char *start = line_start(text, at);
  const char *quote = at + 8 + strspn(at + 8, " \t");
  if (start + strspn(start, " \t") != at || quote == at + 8 || *quote != '"') return NULL;
  return quote[1 + strcspn(quote + 1, "\"\n")] == '"' ? quote : NULL;
}

static void add_piece(joining *j, const char *file, const char *from, const char *to, int line) {
  const piece p = {file, from, (size_t)(to - from), line};
  if (p.length) RG_APPEND(j->arena, &j->pieces, p);
}

static bool includes_itself(const including *in, const char *file) {
  for (; in; in = in->by)
    if (strcmp(in->file, file) == 0) return true;
  return false;
}

static void join_file(joining *j, const including *in);

/* The text of an included file; NULL after an error. */
static char *read_included(joining *j, const including *in, const char *file, rg_place place) {
  const char *reason = rg_unreadable(file);
  regime_status status = REGIME_BAD_MODEL;
  char *text = NULL;
  if (reason)
    rg_error(j->context, place, "an included file is looked for beside the file that includes it",
             "cannot read `%s`: %s", file, reason);
  else if (includes_itself(in, file) || ++j->n_includes > MOST_INCLUDES)
    rg_error(j->context, place, "a file can be included by others, but not by itself or by what it includes",
             "`%s` ends up including itself", file);
  else
    status = read_text(j->context, j->arena, file, &text);
  if (status == REGIME_NO_MEMORY) longjmp(*rg_arena_exhausted(j->arena), 1);
  j->failed |= status != REGIME_OK;
  return status == REGIME_OK ? text : NULL;
}

static void include(joining *j, const including *in, const char *quote, int line) {
  const char *end = strchr(quote + 1, '"'), *start = line_start(in->text, quote);
  const rg_place place = {in->file, line, (int)(quote - start) + 1, (int)(end - quote) + 1, start};
  const char *written = rg_arena_text_n(j->arena, quote + 1, (size_t)(end - quote) - 1);
  const char *file = rg_beside(j->arena, in->file, written);
  const char *text = read_included(j, in, file, place);
  if (text) join_file(j, &(including){file, text, in});
}

/* An include is looked for where a token may stand: not in a text, not in a comment. */
static void join_file(joining *j, const including *in) {
  const char *from = in->text, *end;
  int line = 1, from_line = 1;
  RG_APPEND(j->arena, &j->out->files, in->file);
  for (const char *at = in->text; *at; at = end) {
    const char *quote = include_quote(in->text, at);
    if (!quote) {
      scan(at, &end);
      line += (int)count_lines(at, end);
      continue;
    }
    add_piece(j, in->file, from, line_start(in->text, at), from_line);
    include(j, in, quote, line);
    from = end = strchr(quote + 1, '"') + 1;
    from_line = line;
  }
  add_piece(j, in->file, from, in->text + strlen(in->text), from_line);
}

static void add_lines(rg_arena *arena, rg_source *source, const piece *p, const char *text) {
  int number = p->line;
  for (const char *at = text; at < text + p->length; at += strcspn(at, "\n") + 1) {
    const rg_source_line line = {p->file, number++, at};
    RG_APPEND(arena, &source->lines, line);
  }
}

/* Every piece begins a line of the joined text, so the last lines of files are ended where they are not. */
static void paste(joining *j, const char *file, rg_source *out) {
  size_t length = 0;
  for (size_t k = 0; k < j->pieces.count; k++) length += j->pieces.items[k].length + 1;
  char *text = out->text = rg_arena_take(j->arena, length + 1, 1);
  for (size_t k = 0; k < j->pieces.count; k++) {
    const piece *p = &j->pieces.items[k];
    memcpy(text, p->text, p->length);
    if (text[p->length - 1] != '\n') text[p->length] = '\n';
    add_lines(j->arena, out, p, text);
    text += strlen(text);
  }
  const rg_source_line end = {file, 0, text};
  RG_APPEND(j->arena, &out->lines, end);
}

regime_status rg_source_read(regime_context *context, rg_arena *arena, const char *file, rg_source *out) {
  *out = (rg_source){0};
  char *text;
  const regime_status status = read_text(context, arena, file, &text);
  if (status != REGIME_OK) return status;
  joining j = {.context = context, .arena = arena, .out = out};
  join_file(&j, &(including){file, text, NULL});
  if (j.failed) return REGIME_BAD_MODEL;
  paste(&j, file, out);
  tokenise(arena, out);
  return REGIME_OK;
}
