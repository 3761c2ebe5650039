/* read_syntax.c — is the text one that libconfig can read, and if not, why?
 *
 * libconfig says "syntax error" and a line, and loses memory over a text it refuses. So its grammar is
 * checked first, and the usual causes (a quote or a bracket left open, a word without quotes, 0 among
 * decimals) are told by their names:
 *
 *   settings = { name ("=" | ":") value [";" | ","] }
 *   value    = number | true | false | text {text} | "{" settings "}" | "[" values "]" | "(" values ")"
 */
#include "base/names.h"
#include "model/read_source.h"

#include <string.h>

enum { DEEPEST = 32 };

typedef enum expectation {
  NAME,   /* in a group */
  EQUALS, /* after a name */
  VALUE,  /* after `=`, or after `,` in a list */
  FIRST,  /* after `[` or `(`: a value or the end */
  NEXT    /* after a value */
} expectation;

typedef struct level {
  const rg_source_token *bracket;
  const rg_source_token *first; /* value of an array, which the others must be like */
} level;

typedef struct review {
  regime_context *context;
  rg_arena *arena;
  const rg_source *source;
  const rg_source_token *at, *name; /* name: the last one met */
  expectation expected;
  RG_LIST(level) open;
  rg_names *met; /* "bracket/name", to find a name written twice */
  RG_LIST(const rg_source_token *) met_at;
  bool reported;
} review;

/* A finding at a token; what is said of it is over with that. Always false: "go no further". */
#define REFUSE(r, token, remedy, ...)                                                                        \
  ((r)->reported = true, rg_error((r)->context, rg_source_place((r)->source, token), remedy, __VA_ARGS__),   \
   false)

#define QUOTED(token) (int)(token)->length, (token)->text

static level *innermost(const review *r) { return r->open.count ? &r->open.items[r->open.count - 1] : NULL; }
static bool in_group(const review *r) { return !innermost(r) || innermost(r)->bracket->text[0] == '{'; }
static bool is_mark(const rg_source_token *token, const char *marks) {
  return token->kind == RG_SOURCE_MARK && strchr(marks, token->text[0]);
}
static bool is_scalar(const rg_source_token *token) {
  return token->kind == RG_SOURCE_NUMBER || token->kind == RG_SOURCE_TEXT || token->kind == RG_SOURCE_TRUTH;
}
static int line_of(const review *r, const rg_source_token *token) {
  return r->source->lines.items[token->line].number;
}

/* --- names --------------------------------------------------------------------------------------------- */

static bool take_name(review *r) {
  const size_t group = r->open.count ? (size_t)(innermost(r)->bracket - r->source->tokens.items) : 0;
  const char *key = rg_arena_printf(r->arena, "%zu/%.*s", group, QUOTED(r->at));
  const uint32_t before = rg_names_find(r->met, key);
  if (before != RG_NO_NAME)
    (void)REFUSE(r, r->at, "a name stands once in its group: take one of the two away",
                 "`%.*s` is already on line %d of this group", QUOTED(r->at),
                 line_of(r, r->met_at.items[before]));
  else {
    rg_names_add(r->met, key);
    RG_APPEND(r->arena, &r->met_at, r->at);
  }
  r->name = r->at;
  r->expected = EQUALS;
  return true;
}

/* A text that ended before its time: on the line of its last quote a word follows. Returns it or NULL. */
static const rg_source_token *broken_text(const review *r) {
  for (const rg_source_token *t = r->at; t > r->source->tokens.items && r->at - t < 2; t--) {
    const char *end = t[-1].text + t[-1].length;
    const bool same_line = !memchr(end, '\n', (size_t)(t->text - end));
    if (t[-1].kind == RG_SOURCE_TEXT && t->kind != RG_SOURCE_MARK && same_line) return t - 1;
  }
  return NULL;
}

static bool refuse_broken_text(review *r, const rg_source_token *text) {
  rg_source_token quote = {RG_SOURCE_MARK, text->text + text->length - 1, 1, text->line};
  for (const char *c = text->text; c < quote.text; c++) quote.line += *c == '\n';
  return REFUSE(r, &quote, "inside a text write ' for a quote; or was an earlier text left without its \"?",
                "the text that begins on line %d ends at this quote", line_of(r, text));
}

static bool refuse_name(review *r) {
  const rg_source_token *text = broken_text(r);
  if (text) return refuse_broken_text(r, text);
  const rg_source_token *t = r->at;
  const bool after_number = t > r->source->tokens.items && t[-1].kind == RG_SOURCE_NUMBER;
  if (after_number && r->expected == NEXT && (t->kind == RG_SOURCE_NUMBER || t->kind == RG_SOURCE_STRANGE))
    return REFUSE(r, t, "work the number out, or write an equation for it",
                  "a value is one number, not a calculation");
  if (t->kind == RG_SOURCE_NUMBER || t->kind == RG_SOURCE_STRANGE)
    return REFUSE(r, t, "a name is letters, digits and `_`, and begins with a letter",
                  "no name begins with `%.*s`", QUOTED(t));
  if (is_mark(t, ";,"))
    return REFUSE(r, t, "take it away: one `;` ends a setting", "nothing stands before this `%.*s`",
                  QUOTED(t));
  return REFUSE(r, t, "a group holds settings: NAME = VALUE;", "`%.*s` stands where a name is expected",
                QUOTED(t));
}

static bool refuse_equals(review *r) {
  const rg_source_token *text = broken_text(r), *before = r->name - 1;
  if (text) return refuse_broken_text(r, text);
  if (r->name->text[0] == '*' && r->name > r->source->tokens.items && before->kind == RG_SOURCE_NUMBER)
    return REFUSE(r, r->name, "work the number out, or write an equation for it",
                  "a value is one number, not a calculation");
  if (r->at->kind == RG_SOURCE_STRANGE && r->name->text + r->name->length == r->at->text)
    return REFUSE(r, r->at, "a name is letters, digits and `_`", "`%.*s` cannot stand in a name",
                  QUOTED(r->at));
  return REFUSE(r, r->name, rg_arena_printf(r->arena, "write `%.*s = VALUE;`", QUOTED(r->name)),
                "`%.*s` is followed by no `=`", QUOTED(r->name));
}

/* --- values -------------------------------------------------------------------------------------------- */

static const char *kind_of(const rg_source_token *token) {
  if (token->kind == RG_SOURCE_TEXT) return "texts";
  if (token->kind == RG_SOURCE_TRUTH) return "truths";
  const bool hexadecimal = token->length > 1 && (token->text[1] == 'x' || token->text[1] == 'X');
  for (size_t k = 0; k < token->length && !hexadecimal; k++)
    if (strchr(".eE", token->text[k])) return "decimal numbers";
  return "whole numbers";
}

/* libconfig's arrays hold one type, and a whole number is not a decimal one to it. */
static bool fits_array(review *r) {
  const rg_source_token *first = innermost(r)->first;
  if (!first) innermost(r)->first = first = r->at;
  if (strcmp(kind_of(first), kind_of(r->at)) == 0) return true;
  if (first->kind != RG_SOURCE_NUMBER || r->at->kind != RG_SOURCE_NUMBER)
    return REFUSE(r, r->at, "write ( ) instead of [ ] around values of different kinds",
                  "this [ ] holds %s, and `%.*s` is none", kind_of(first), QUOTED(r->at));
  const rg_source_token *whole = strcmp(kind_of(first), "whole numbers") == 0 ? first : r->at;
  return REFUSE(r, whole, rg_arena_printf(r->arena, "write `%.*s.0`", QUOTED(whole)),
                "`%.*s` is a whole number among decimal ones, and a [ ] holds one kind", QUOTED(whole));
}

static bool open_bracket(review *r) {
  const bool in_array = innermost(r) && innermost(r)->bracket->text[0] == '[';
  if (in_array)
    return REFUSE(r, r->at, "write ( ) around groups and lists",
                  "a [ ] holds single values, and here is a `%.*s`", QUOTED(r->at));
  if (r->open.count == DEEPEST)
    return REFUSE(r, r->at, "a model needs five or six", "brackets are nested more than %d deep", DEEPEST);
  const level opened = {.bracket = r->at};
  RG_APPEND(r->arena, &r->open, opened);
  r->expected = r->at->text[0] == '{' ? NAME : FIRST;
  return true;
}

static bool close_bracket(review *r) {
  const level *opened = innermost(r);
  if (!opened)
    return REFUSE(r, r->at, "take it away, or add the bracket that opens it", "this `%.*s` closes nothing",
                  QUOTED(r->at));
  const char opening = opened->bracket->text[0];
  if (r->at->text[0] != (opening == '{' ? '}' : opening == '[' ? ']' : ')'))
    return REFUSE(r, r->at, "brackets close in the opposite order of their opening",
                  "`%.*s` cannot close the `%c` of line %d", QUOTED(r->at), opening,
                  line_of(r, opened->bracket));
  r->open.count--;
  r->expected = NEXT;
  return true;
}

static bool refuse_value(review *r) {
  const rg_source_token *t = r->at;
  if (t->kind == RG_SOURCE_NAME && !in_group(r) && is_mark(t + 1, "=:"))
    return REFUSE(r, t, "settings stand in { }", "`%.*s` is a setting, and this bracket holds values",
                  QUOTED(t));
  if (t->kind == RG_SOURCE_NAME)
    return REFUSE(r, t, rg_arena_printf(r->arena, "a text stands in quotes: \"%.*s\"", QUOTED(t)),
                  "`%.*s` is no value", QUOTED(t));
  if (!in_group(r))
    return REFUSE(r, t, "no comma stands before the bracket that closes", "a value is missing before `%.*s`",
                  QUOTED(t));
  if (t->kind == RG_SOURCE_STRANGE)
    return REFUSE(r, t, "a value is a number, true, false, a text in quotes, or stands in brackets",
                  "no value begins with `%.*s`", QUOTED(t));
  return REFUSE(r, r->name, "write it after the `=`", "`%.*s` has no value", QUOTED(r->name));
}

static bool take_value(review *r) {
  if (is_mark(r->at, "{[(")) return open_bracket(r);
  if (r->expected == FIRST && is_mark(r->at, "])}")) return close_bracket(r);
  if (!is_scalar(r->at)) return refuse_value(r);
  if (!in_group(r) && innermost(r)->bracket->text[0] == '[' && !fits_array(r)) return false;
  r->expected = NEXT;
  return true;
}

/* --- the walk ------------------------------------------------------------------------------------------ */

static bool take_next(review *r) {
  if (r->at->kind == RG_SOURCE_TEXT && r->at[-1].kind == RG_SOURCE_TEXT) return true; /* "one" "two" is one */
  if (is_mark(r->at, "}])")) return close_bracket(r);
  if (is_mark(r->at, in_group(r) ? ";," : ",")) {
    r->expected = in_group(r) ? NAME : VALUE;
    return true;
  }
  if (in_group(r)) return r->at->kind == RG_SOURCE_NAME ? take_name(r) : refuse_name(r);
  const rg_source_token *text = broken_text(r);
  if (text) return refuse_broken_text(r, text);
  return REFUSE(r, r->at, "values in brackets are set apart by commas", "a comma is missing before `%.*s`",
                QUOTED(r->at));
}

static bool take(review *r) {
  switch (r->expected) {
  case NAME:
    if (is_mark(r->at, "}])")) return close_bracket(r);
    return r->at->kind == RG_SOURCE_NAME ? take_name(r) : refuse_name(r);
  case EQUALS: r->expected = VALUE; return is_mark(r->at, "=:") ? true : refuse_equals(r);
  case VALUE:
  case FIRST: return take_value(r);
  case NEXT: return take_next(r);
  }
  return false;
}

static bool refuse_unclosed(review *r) {
  const bool text = r->at->text[0] == '"';
  const rg_source_token *broken = text ? broken_text(r) : NULL;
  if (broken) return refuse_broken_text(r, broken);
  return REFUSE(r, r->at, text ? "end it with a \"" : "end it with */",
                text ? "the text that begins here is never closed" : "this comment is never closed");
}

static bool refuse_end(review *r) {
  if (r->expected == EQUALS) return refuse_equals(r);
  if (r->expected == VALUE && in_group(r)) return refuse_value(r);
  const level *opened = innermost(r);
  if (!opened) return false;
  const char *closing = opened->bracket->text[0] == '{'   ? "close it with `};`"
                        : opened->bracket->text[0] == '[' ? "close it with `]`"
                                                          : "close it with `)`";
  return REFUSE(r, opened->bracket, closing, "this `%.*s` is never closed", QUOTED(opened->bracket));
}

bool rg_check_syntax(regime_context *context, rg_arena *arena, const rg_source *source) {
  review r = {.context = context, .arena = arena, .source = source, .met = rg_names_create(arena)};
  r.at = source->tokens.items;
  while (r.at->kind != RG_SOURCE_END && r.at->kind != RG_SOURCE_UNCLOSED && take(&r)) r.at++;
  if (r.at->kind == RG_SOURCE_UNCLOSED) (void)refuse_unclosed(&r);
  if (r.at->kind == RG_SOURCE_END) (void)refuse_end(&r);
  return !r.reported;
}
