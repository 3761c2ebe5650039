/* scope.c — one table of names. */
#include "model/scope.h"

#include "model/builtins.h"

#include <string.h>

const char *rg_meaning_text(rg_meaning_kind kind) {
  static const char *const texts[] = {
#define RG_MEANING_TEXT(kind, text) text,
      RG_MEANING_LIST(RG_MEANING_TEXT)
#undef RG_MEANING_TEXT
  };
  return texts[kind];
}

static void give(rg_scope *scope, const char *name, rg_meaning meaning) {
  rg_names_add(scope->names, name);
  RG_APPEND(scope->arena, &scope->meanings, meaning);
}

void rg_scope_open(rg_arena *arena, rg_scope *out) {
  *out = (rg_scope){.arena = arena, .names = rg_names_create(arena)};
  give(out, "t", (rg_meaning){.kind = RG_IS_TIME});
  give(out, "pi", (rg_meaning){.kind = RG_IS_PI});
  for (uint32_t k = 0; k < RG_BUILTIN_COUNT; k++)
    give(out, rg_builtins[k].name, (rg_meaning){.kind = RG_IS_BUILTIN, .number = k});
}

rg_meaning rg_scope_find(const rg_scope *scope, const char *name) {
  const uint32_t number = rg_names_find(scope->names, name);
  return number == RG_NO_NAME ? (rg_meaning){.kind = RG_IS_NOTHING} : scope->meanings.items[number];
}

rg_meaning rg_scope_find_called(const rg_scope *scope, const char *name) {
  if (!strcmp(name, rg_builtins[RG_BUILTIN_D].name))
    return (rg_meaning){.kind = RG_IS_BUILTIN, .number = RG_BUILTIN_D};
  return rg_scope_find(scope, name);
}

/* Is this `d`, and what it is to become no function? */
static bool may_be_shared(rg_meaning_kind kind, rg_meaning taken) {
  const bool is_quantity = RG_KINDS_OF_VALUES >> kind & 1u;
  return is_quantity && taken.kind == RG_IS_BUILTIN && taken.number == RG_BUILTIN_D;
}

static void report_reserved(regime_context *context, rg_word word, rg_meaning_kind kind,
                            const char *already) {
  rg_error(context, word.place, "choose another name", "`%s` cannot be %s: it is %s", word.text,
           rg_meaning_text(kind), already);
}

static void report_clash(regime_context *context, rg_word word, rg_meaning_kind kind, rg_meaning taken) {
  const char *what = rg_meaning_text(kind), *already = rg_meaning_text(taken.kind);
  if (taken.kind == kind && taken.place.line > 0)
    rg_error(context, word.place, "keep one of the two", "`%s` is declared twice as %s, first in line %d",
             word.text, what, taken.place.line);
  else if (taken.place.line > 0)
    rg_error(context, word.place, "rename one of the two", "`%s` cannot be %s: it is %s, declared in line %d",
             word.text, what, already, taken.place.line);
  else
    report_reserved(context, word, kind, already);
}

/* What a name is that nothing of this kind may have, or NULL. */
static const char *reserved(const char *name, rg_meaning_kind kind) {
  static const char *const words[] = {"in", "and", "or", "not"};
  for (size_t k = 0; k < sizeof words / sizeof *words; k++)
    if (!strcmp(name, words[k])) return "a word of the language";
  const bool is_column = kind == RG_IS_SET || kind == RG_IS_VARIABLE;
  return is_column && !strcmp(name, "time") ? "the first column of every table of results" : NULL;
}

bool rg_scope_declare(rg_scope *scope, regime_context *context, rg_word word, rg_meaning_kind kind,
                      size_t number) {
  const rg_meaning taken = rg_scope_find(scope, word.text);
  const rg_meaning meaning = {.kind = kind, .number = (uint32_t)number, .place = word.place};
  const char *already = reserved(word.text, kind);
  if (already) {
    report_reserved(context, word, kind, already);
    return false;
  }
  if (may_be_shared(kind, taken))
    scope->meanings.items[rg_names_find(scope->names, word.text)] = meaning;
  else if (taken.kind == RG_IS_NOTHING)
    give(scope, word.text, meaning);
  else {
    report_clash(context, word, kind, taken);
    return false;
  }
  return true;
}

const char *rg_scope_suggest(const rg_scope *scope, const char *name, unsigned kinds, const char *otherwise,
                             char buffer[160]) {
  const size_t count = scope->meanings.count;
  const char **candidates = RG_NEW_ARRAY(scope->arena, const char *, count);
  size_t n = 0;
  for (uint32_t k = 0; k < count; k++)
    if (kinds >> scope->meanings.items[k].kind & 1u) candidates[n++] = rg_names_text(scope->names, k);
  return rg_did_you_mean(name, candidates, n, otherwise, buffer);
}
