/* observations.c — series of observations from their declarations. */
#include "model/observations.h"
#include "model/builtins.h"

#include <string.h>

typedef struct builder {
  rg_checker *checker;
  const rg_check_input *in;
  rg_arena *arena;
  rg_observations *out;
} builder;

/* --- the free letter ----------------------------------------------------------------------------------- */

typedef struct search {
  const rg_check_input *in;
  bool *hidden;                 /* by letter: bound by a sum around */
  const rg_tree *found, *other; /* the first letter met, and the first that is not the same */
} search;

static void meet(search *s, const rg_tree *letter) {
  if (s->hidden[rg_scope_find(s->in->scope, letter->name).number]) return;
  if (!s->found) s->found = letter;
  if (!s->other && strcmp(s->found->name, letter->name) != 0) s->other = letter;
}

static void look(search *s, const rg_tree *tree);

/* sum(i, ...), sum(j != i, ...): the first letter is bound in the second argument; the other side is not. */
static void look_over_index(search *s, const rg_tree *call) {
  const rg_tree *range = call->args[0];
  const bool restricted = range->kind == RG_TREE_BINARY;
  const rg_tree *letter = restricted ? range->args[0] : range;
  if (restricted && range->op != RG_IN) look(s, range->args[1]);
  if (!rg_tree_is_letter(s->in->scope, letter) || call->n_args < 2) return;
  bool *hidden = &s->hidden[rg_scope_find(s->in->scope, letter->name).number], before = *hidden;
  *hidden = true;
  look(s, call->args[1]);
  *hidden = before;
}

static bool goes_over_index(const search *s, const rg_tree *tree) {
  const rg_meaning meaning = rg_scope_find_called(s->in->scope, tree->name);
  return meaning.kind == RG_IS_BUILTIN && tree->n_args > 0 &&
         rg_builtin_over_index(s->in->scope, (rg_builtin)meaning.number, tree);
}

static void look(search *s, const rg_tree *tree) {
  if (tree->kind == RG_TREE_NAME && rg_tree_is_letter(s->in->scope, tree)) meet(s, tree);
  for (size_t k = 0; k < tree->n_index; k++) look(s, tree->index[k]);
  if (tree->kind == RG_TREE_CALL && goes_over_index(s, tree))
    look_over_index(s, tree);
  else
    for (size_t k = 0; k < tree->n_args; k++) look(s, tree->args[k]);
}

/* The set whose letter is free in a tree, or RG_NO_MEMBER. */
static size_t free_set(const builder *b, const rg_tree *tree) {
  search s = {.in = b->in, .hidden = RG_NEW_ARRAY(b->arena, bool, b->in->sets->letters.count)};
  look(&s, tree);
  if (s.other)
    rg_error(b->in->context, s.other->place, "sum over one of them, or name a member",
             "a series runs over one index, and here are `%s` and `%s`", s.found->name, s.other->name);
  if (!s.found) return RG_NO_MEMBER;
  return b->in->sets->letters.items[rg_scope_find(b->in->scope, s.found->name).number].set;
}

/* --- series -------------------------------------------------------------------------------------------- */

static void read_series(const builder *b, const rg_series_decl *d, regime_series *out) {
  const rg_written w = d->expression;
  *out = (regime_series){.name = d->name.text,
                         .expression = w.text,
                         .kind = d->kind,
                         .base = d->base,
                         .sd = d->sd,
                         .set = RG_NO_MEMBER,
                         .output = b->out->entries.count,
                         .n_outputs = 1};
  const rg_tree *tree =
      rg_parse_expression(b->in->context, b->arena, b->in->statements, w.text, w.file, w.line);
  if (!tree) return;
  out->set = free_set(b, tree);
  if (out->set == RG_NO_MEMBER) {
    rg_check_expression(b->checker, tree, RG_SORT_NUMBER);
  } else {
    rg_check_over(b->checker, tree, out->set, RG_SORT_NUMBER);
    out->n_outputs = b->in->sets->set[out->set].n_members;
  }
  for (size_t k = 0; k < out->n_outputs; k++) {
    const rg_observed entry = {tree, out->set, out->set == RG_NO_MEMBER ? RG_NO_MEMBER : k, RG_NO_NODE};
    RG_APPEND(b->arena, &b->out->entries, entry);
  }
}

/* --- members ------------------------------------------------------------------------------------------- */

static void check_member(const builder *b, rg_word member) {
  const rg_sets *sets = b->in->sets;
  if (rg_sets_with_member(sets, member.text) != RG_NO_MEMBER) return;
  RG_LIST(const char *) known = {0};
  for (size_t s = 0; s < sets->count; s++)
    for (size_t k = 0; k < sets->set[s].n_members; k++) RG_APPEND(b->arena, &known, sets->set[s].member[k]);
  char buffer[160];
  rg_error(b->in->context, member.place,
           rg_did_you_mean(member.text, known.items, known.count,
                           "write MEMBER = \"AS THE FILE CALLS IT\"; with a member of the model", buffer),
           "no set has a member `%s`", member.text);
}

static void read_members(const builder *b, const rg_observations_decl *d, regime_observations *out) {
  const size_t n = d->members.count;
  const char **member = RG_NEW_ARRAY(b->arena, const char *, n);
  const char **called = RG_NEW_ARRAY(b->arena, const char *, n);
  for (size_t k = 0; k < n; k++) {
    check_member(b, d->members.items[k].member);
    member[k] = d->members.items[k].member.text;
    called[k] = d->members.items[k].called;
  }
  out->n_members = n;
  out->member = member;
  out->called = called;
}

/* --- the whole ----------------------------------------------------------------------------------------- */

static void read_group(const builder *b, const rg_observations_decl *d, size_t number) {
  regime_observations *out = &b->out->group[number];
  const size_t n = d->series.count;
  const char **file = RG_NEW_ARRAY(b->arena, const char *, d->files.count);
  for (size_t k = 0; k < d->files.count; k++) file[k] = d->files.items[k].text;
  regime_series *series = b->out->series[number] = RG_NEW_ARRAY(b->arena, regime_series, n);
  for (size_t k = 0; k < n; k++) read_series(b, &d->series.items[k], &series[k]);
  *out = (regime_observations){.n_files = d->files.count,
                               .file = file,
                               .layout = d->layout,
                               .kind = d->kind,
                               .base = d->base,
                               .n_series = n,
                               .series = series};
  read_members(b, d, out);
}

void rg_observations_read(rg_checker *checker, const rg_check_input *in, const rg_declarations *declared,
                          rg_observations *out) {
  rg_arena *arena = in->scope->arena;
  const size_t n = declared->observations.count;
  *out = (rg_observations){.count = n,
                           .group = RG_NEW_ARRAY(arena, regime_observations, n),
                           .series = RG_NEW_ARRAY(arena, regime_series *, n)};
  const builder b = {checker, in, arena, out};
  for (size_t k = 0; k < n; k++) read_group(&b, &declared->observations.items[k], k);
}

void rg_observations_lower(rg_lowerer *l, rg_observations *o) {
  for (size_t k = 0; k < o->entries.count; k++) {
    rg_observed *entry = &o->entries.items[k];
    entry->node = rg_lower_over(l, entry->tree, entry->set, entry->member);
  }
}

void rg_observations_inline(rg_inliner *inliner, rg_observations *o) {
  for (size_t k = 0; k < o->entries.count; k++)
    o->entries.items[k].node = rg_inline_node(inliner, o->entries.items[k].node);
}

void rg_observations_place(rg_observations *o, size_t first_output) {
  for (size_t g = 0; g < o->count; g++)
    for (size_t k = 0; k < o->group[g].n_series; k++) o->series[g][k].output += first_output;
}
