/* sets.c — sets from their declarations, and entries of what is written over them. */
#include "model/sets.h"

#include "base/text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- building ------------------------------------------------------------------------------------------ */

static void report_twice(regime_context *context, const char *set, rg_word member) {
  rg_error(context, member.place, "keep one of the two", "`%s` stands twice in `%s`", member.text, set);
}

/* The members, each once. */
static void add_members(regime_context *context, rg_arena *arena, const rg_set_decl *declared,
                        rg_names *names, regime_set *set) {
  const char **member = RG_NEW_ARRAY(arena, const char *, declared->members.count);
  for (size_t k = 0; k < declared->members.count; k++) {
    const rg_word word = declared->members.items[k];
    if (rg_names_find(names, word.text) != RG_NO_NAME) {
      report_twice(context, declared->name.text, word);
      continue;
    }
    member[rg_names_add(names, word.text)] = word.text;
  }
  set->member = member;
  set->n_members = rg_names_count(names);
}

static void add_letters(regime_context *context, const rg_set_decl *declared, size_t number, rg_scope *scope,
                        rg_sets *out) {
  for (size_t k = 0; k < declared->letters.count; k++) {
    const rg_word letter = declared->letters.items[k];
    if (rg_scope_declare(scope, context, letter, RG_IS_LETTER, out->letters.count))
      RG_APPEND(scope->arena, &out->letters, ((rg_letter){.name = letter.text, .set = number}));
  }
}

/* In the order of the set, whatever order they are written in. */
static rg_subset read_subset(regime_context *context, rg_arena *arena, const rg_sets *sets, size_t number,
                             const rg_subset_decl *declared) {
  const size_t n_members = sets->set[number].n_members;
  bool *holds = RG_NEW_ARRAY(arena, bool, n_members);
  size_t *member = RG_NEW_ARRAY(arena, size_t, n_members), count = 0;
  for (size_t k = 0; k < declared->members.count; k++) {
    const rg_word word = declared->members.items[k];
    const size_t m = rg_set_member(sets, number, word.text);
    if (m == RG_NO_MEMBER)
      rg_error_no_member(context, sets, number, word);
    else if (holds[m])
      report_twice(context, declared->name.text, word);
    else
      holds[m] = true;
  }
  for (size_t m = 0; m < n_members; m++)
    if (holds[m]) member[count++] = m;
  return (rg_subset){.name = declared->name.text, .set = number, .count = count, .member = member};
}

static void add_subsets(regime_context *context, const rg_set_decl *declared, size_t number, rg_scope *scope,
                        rg_sets *out) {
  for (size_t k = 0; k < declared->subsets.count; k++) {
    const rg_subset_decl *d = &declared->subsets.items[k];
    if (rg_scope_declare(scope, context, d->name, RG_IS_SUBSET, out->subsets.count))
      RG_APPEND(scope->arena, &out->subsets, read_subset(context, scope->arena, out, number, d));
  }
}

static void publish_subsets(rg_arena *arena, const rg_sets *sets, size_t number, regime_set *set) {
  const char **name = RG_NEW_ARRAY(arena, const char *, sets->subsets.count);
  size_t *size = RG_NEW_ARRAY(arena, size_t, sets->subsets.count);
  const size_t **member = RG_NEW_ARRAY(arena, const size_t *, sets->subsets.count);
  for (size_t k = 0; k < sets->subsets.count; k++) {
    const rg_subset *subset = &sets->subsets.items[k];
    if (subset->set != number) continue;
    name[set->n_subsets] = subset->name;
    size[set->n_subsets] = subset->count;
    member[set->n_subsets++] = subset->member;
  }
  set->subset = name;
  set->subset_size = size;
  set->subset_member = member;
}

/* A member named like a letter would make Y[i] ambiguous, one named like a set or subset `to = "north"`. */
static void check_member_names(regime_context *context, const rg_set_decl *declared, const rg_scope *scope) {
  for (size_t k = 0; k < declared->members.count; k++) {
    const rg_word word = declared->members.items[k];
    const rg_meaning taken = rg_scope_find(scope, word.text);
    if (taken.kind == RG_IS_LETTER || taken.kind == RG_IS_SET || taken.kind == RG_IS_SUBSET)
      rg_error(context, word.place, "rename one of the two", "the member `%s` of `%s` has the name of %s",
               word.text, declared->name.text, rg_meaning_text(taken.kind));
  }
}

void rg_sets_build(regime_context *context, const rg_declarations *declared, rg_scope *scope, rg_sets *out) {
  const size_t count = declared->sets.count;
  *out = (rg_sets){.count = count,
                   .set = RG_NEW_ARRAY(scope->arena, regime_set, count),
                   .member_names = RG_NEW_ARRAY(scope->arena, rg_names *, count)};
  for (size_t k = 0; k < count; k++) {
    const rg_set_decl *set = &declared->sets.items[k];
    rg_scope_declare(scope, context, set->name, RG_IS_SET, k);
    out->set[k].name = set->name.text;
    out->member_names[k] = rg_names_create(scope->arena);
    add_members(context, scope->arena, set, out->member_names[k], &out->set[k]);
    add_letters(context, set, k, scope, out);
    add_subsets(context, set, k, scope, out);
    publish_subsets(scope->arena, out, k, &out->set[k]);
  }
  for (size_t k = 0; k < count; k++) check_member_names(context, &declared->sets.items[k], scope);
}

/* --- members ------------------------------------------------------------------------------------------- */

size_t rg_set_member(const rg_sets *sets, size_t set, const char *name) {
  const uint32_t number = rg_names_find(sets->member_names[set], name);
  return number == RG_NO_NAME ? RG_NO_MEMBER : number;
}

size_t rg_sets_with_member(const rg_sets *sets, const char *name) {
  for (size_t k = 0; k < sets->count; k++)
    if (rg_set_member(sets, k, name) != RG_NO_MEMBER) return k;
  return RG_NO_MEMBER;
}

static int compare_members(const void *a, const void *b) {
  const size_t left = *(const size_t *)a, right = *(const size_t *)b;
  return (left > right) - (left < right);
}

bool rg_subset_holds(const rg_subset *subset, size_t member) {
  return bsearch(&member, subset->member, subset->count, sizeof member, compare_members) != NULL;
}

/* "its members are `US`, `GB`, ...", as far as they fit. */
static const char *list_members(const regime_set *set, char buffer[160]) {
  int length = snprintf(buffer, 160, "its members are ");
  for (size_t k = 0; k < set->n_members; k++) {
    const int more = snprintf(NULL, 0, "`%s`, ", set->member[k]);
    if (length + more > 150) {
      snprintf(&buffer[length], 160 - (size_t)length, "...");
      break;
    }
    length += snprintf(&buffer[length], 160 - (size_t)length, k ? ", `%s`" : "`%s`", set->member[k]);
  }
  return buffer;
}

void rg_error_no_member(regime_context *context, const rg_sets *sets, size_t set, rg_word word) {
  char meant[160], all[160];
  const regime_set *s = &sets->set[set];
  rg_error(context, word.place,
           rg_did_you_mean(word.text, s->member, s->n_members, list_members(s, all), meant),
           "`%s` is not a member of `%s`", word.text, s->name);
}

/* --- families ------------------------------------------------------------------------------------------ */

size_t rg_family_size(const rg_sets *sets, const rg_family *family) {
  size_t size = 1;
  for (size_t k = 0; k < family->n_over; k++) size *= sets->set[family->over[k]].n_members;
  return size;
}

size_t rg_family_offset(const rg_sets *sets, const rg_family *family, const size_t member[2]) {
  switch (family->n_over) {
  case 0: return 0;
  case 1: return member[0];
  default: return member[0] * sets->set[family->over[1]].n_members + member[1];
  }
}

void rg_family_members(const rg_sets *sets, const rg_family *family, size_t offset, size_t member[2]) {
  const size_t columns = family->n_over == 2 ? sets->set[family->over[1]].n_members : 1;
  member[0] = offset / columns;
  member[1] = offset % columns;
}

const char *rg_count_indices(size_t count) {
  static const char *const texts[] = {"no index", "one index", "two indices", "more than two indices"};
  return texts[count < 3 ? count : 3];
}

/* "US" or "US,GB". */
static const char *member_text(rg_arena *arena, const rg_sets *sets, const rg_family *family, size_t offset) {
  size_t member[2];
  rg_family_members(sets, family, offset, member);
  const char *first = sets->set[family->over[0]].member[member[0]];
  if (family->n_over == 1) return first;
  return rg_arena_printf(arena, "%s,%s", first, sets->set[family->over[1]].member[member[1]]);
}

const char *rg_family_entry(rg_arena *arena, const rg_sets *sets, const rg_family *family, size_t offset) {
  if (family->n_over == 0) return family->name;
  return rg_arena_printf(arena, "%s[%s]", family->name, member_text(arena, sets, family, offset));
}

const char *rg_entry_names(rg_arena *arena, const rg_sets *sets, const rg_family *family,
                           const bool *chosen) {
  enum { LISTED = 6 };
  const char *list = "";
  size_t n = 0;
  for (size_t k = 0; k < family->count; k++) {
    if (!chosen[k]) continue;
    if (n < LISTED)
      list = rg_arena_printf(arena, "%s%s`%s`", list, n ? ", " : "", rg_family_entry(arena, sets, family, k));
    n++;
  }
  return n > LISTED ? rg_arena_printf(arena, "%s and %zu more", list, n - LISTED) : list;
}
