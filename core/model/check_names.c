/* check_names.c — names and indices: does each exist, and does it fit where it stands? */
#include "model/check_parts.h"

#include <string.h>

/* --- indices ------------------------------------------------------------------------------------------- */

static void check_letter(rg_checker *c, const rg_tree *index, uint32_t letter, size_t set, const char *of) {
  const size_t own = c->in.sets->letters.items[letter].set;
  if (own != set)
    rg_error(c->in.context, index->place, NULL, "`%s` runs over `%s`, but `%s` is over `%s`", index->name,
             c->in.sets->set[own].name, of, c->in.sets->set[set].name);
  else if (!c->bound[letter])
    rg_error(c->in.context, index->place,
             rg_arena_printf(c->arena,
                             "put it on the left side too, name a member, or sum over it: `sum(%s, ...)`",
                             index->name),
             "nothing says which member `%s` is here", index->name);
}

static void check_index(rg_checker *c, const rg_tree *index, size_t set, const char *of) {
  const rg_meaning meaning = rg_scope_find(c->in.scope, index->name);
  if (meaning.kind == RG_IS_LETTER)
    check_letter(c, index, meaning.number, set, of);
  else if (rg_set_member(c->in.sets, set, index->name) == RG_NO_MEMBER)
    rg_error_no_member(c->in.context, c->in.sets, set, (rg_word){index->name, index->place});
}

static const char *sets_of(rg_checker *c, const rg_family *family) {
  const char *first = c->in.sets->set[family->over[0]].name;
  if (family->n_over == 1) return rg_arena_printf(c->arena, "`%s`", first);
  return rg_arena_printf(c->arena, "`%s` and `%s`", first, c->in.sets->set[family->over[1]].name);
}

/* The letter of a set after the first `skipped`, to show how something over it is written. */
static const char *letter_of(const rg_checker *c, size_t set, size_t skipped) {
  for (size_t k = 0; k < c->in.sets->letters.count; k++)
    if (c->in.sets->letters.items[k].set == set && skipped-- == 0) return c->in.sets->letters.items[k].name;
  return "MEMBER";
}

static const char *how_written(rg_checker *c, const rg_family *family) {
  const char *first = letter_of(c, family->over[0], 0);
  if (family->n_over == 1)
    return rg_arena_printf(c->arena, "write `%s[%s]`, or `sum(%s, %s[%s])` for all", family->name, first,
                           first, family->name, first);
  return rg_arena_printf(c->arena, "write `%s[%s,%s]`", family->name, first,
                         letter_of(c, family->over[1], family->over[0] == family->over[1]));
}

static void check_indices(rg_checker *c, const rg_tree *tree, const rg_family *family) {
  if (family->n_over > 0 && family->count == 0) return; /* its sets are unknown, and that is reported */
  if (tree->n_index == family->n_over) {
    for (size_t k = 0; k < tree->n_index; k++) check_index(c, tree->index[k], family->over[k], tree->name);
  } else if (family->n_over == 0)
    rg_error(c->in.context, tree->place, "write it without brackets", "`%s` has no index", tree->name);
  else
    rg_error(c->in.context, tree->place, how_written(c, family), "`%s` is over %s, and has %s here",
             tree->name, sets_of(c, family), rg_count_indices(tree->n_index));
}

/* --- names --------------------------------------------------------------------------------------------- */

static void report_unknown(rg_checker *c, const rg_tree *tree) {
  char buffer[160];
  const size_t set = rg_sets_with_member(c->in.sets, tree->name);
  if (set != RG_NO_MEMBER)
    rg_error(c->in.context, tree->place,
             rg_arena_printf(c->arena, "members stand in brackets, as in `x[%s]`", tree->name),
             "`%s` is a member of `%s`, not a number", tree->name, c->in.sets->set[set].name);
  else
    rg_error(c->in.context, tree->place,
             rg_scope_suggest(c->in.scope, tree->name, RG_KINDS_OF_VALUES,
                              "declare it as a parameter or give it an equation", buffer),
             "unknown name `%s`", tree->name);
}

static void report_no_value(rg_checker *c, const rg_tree *tree, rg_meaning_kind kind) {
  const bool function = kind == RG_IS_DEFINED || kind == RG_IS_BUILTIN;
  const char *remedy = kind == RG_IS_LETTER ? "letters stand in brackets, as in `x[i]`"
                       : function           ? "write its arguments in brackets behind it"
                                            : "sets are named in declarations and after `in`";
  rg_error(c->in.context, tree->place, remedy, "`%s` is %s, not a number", tree->name, rg_meaning_text(kind));
}

/* x(-1) and x(+1). Models in discrete time may look back. */
void rg_check_lag(rg_checker *c, const rg_tree *tree) {
  if (tree->lag > 0)
    rg_error(c->in.context, tree->place,
             "a model computes the future from the past: write the equation for the later period",
             "`%s(+%d)` looks ahead", tree->name, tree->lag);
  else if (tree->lag < 0 && !c->in.discrete)
    rg_error(c->in.context, tree->place,
             "in continuous time use `x'`, or a state that follows: `m' = (x - m)/delay`",
             "`%s(%d)` looks back a period, and continuous time has none", tree->name, tree->lag);
}

static void check_past(rg_checker *c, const rg_tree *tree, rg_meaning_kind kind) {
  if (tree->lag < 0 &&
      (kind == RG_IS_PARAMETER || kind == RG_IS_MODE || kind == RG_IS_TIME || kind == RG_IS_PI))
    rg_error(c->in.context, tree->place, "a variable or a path has one",
             "`%s` is %s and has no value of last period", tree->name, rg_meaning_text(kind));
}

static void check_prime(rg_checker *c, const rg_tree *tree, rg_meaning_kind kind) {
  if (!tree->prime) return;
  if (c->in.discrete)
    rg_error(c->in.context, tree->place, "write `d(x)` for the change on last period",
             "`%s'` is a rate of change, and discrete time has none", tree->name);
  else if (kind == RG_IS_PARAMETER || kind == RG_IS_MODE || kind == RG_IS_PI)
    rg_error(c->in.context, tree->place, "a path, a state or an auxiliary has one",
             "`%s` is %s and has no rate of change", tree->name, rg_meaning_text(kind));
}

static bool is_parameter_of(const rg_signature *inside, const char *name, size_t *which) {
  if (!inside) return false;
  for (*which = 0; *which < inside->statement->left->n_args; ++*which)
    if (!strcmp(inside->statement->left->args[*which]->name, name)) return true;
  return false;
}

/* An argument of the function being defined: its first use says whether it is a number or a truth. */
static rg_sort check_argument_name(rg_checker *c, const rg_tree *tree, size_t which, rg_sort want) {
  rg_sort *sort = &c->inside->parameter[which];
  if (tree->n_index > 0)
    rg_error(c->in.context, tree->place, "hand over `x[i]` itself when calling",
             "`%s` is an argument and has no index", tree->name);
  if (tree->prime) *sort = RG_SORT_NUMBER;
  if (*sort == RG_SORT_ANY) *sort = want;
  return tree->prime ? RG_SORT_NUMBER : *sort;
}

static void check_quantity(rg_checker *c, const rg_tree *tree, rg_meaning meaning) {
  const rg_family scalar = {.name = tree->name};
  if (meaning.kind != RG_IS_NOTHING) c->used[rg_names_find(c->in.scope->names, tree->name)] = true;
  switch (meaning.kind) {
  case RG_IS_VARIABLE:
    check_indices(c, tree, &c->in.equations->variables.items[meaning.number].family);
    break;
  case RG_IS_PARAMETER: check_indices(c, tree, &c->in.parameters->family[meaning.number]); break;
  case RG_IS_PATH:
  case RG_IS_MODE:
  case RG_IS_TIME:
  case RG_IS_PI: check_indices(c, tree, &scalar); break;
  case RG_IS_NOTHING: report_unknown(c, tree); break;
  default: report_no_value(c, tree, meaning.kind);
  }
}

rg_sort rg_check_named(rg_checker *c, const rg_tree *tree, rg_sort want) {
  size_t which;
  rg_check_lag(c, tree);
  if (is_parameter_of(c->inside, tree->name, &which)) return check_argument_name(c, tree, which, want);
  const rg_meaning meaning = rg_scope_find(c->in.scope, tree->name);
  check_quantity(c, tree, meaning);
  check_prime(c, tree, meaning.kind);
  if (c->in.discrete) check_past(c, tree, meaning.kind);
  return RG_SORT_NUMBER;
}

/* --- conditions on letters: i == US, i != j, i in north ------------------------------------------------ */

static size_t set_of_letter(const rg_checker *c, const rg_tree *tree) {
  return c->in.sets->letters.items[rg_scope_find(c->in.scope, tree->name).number].set;
}

static bool is_bare(const rg_tree *tree) {
  return tree->kind == RG_TREE_NAME && tree->n_index == 0 && !tree->prime && tree->lag == 0;
}

void rg_check_side(rg_checker *c, const rg_tree *side, size_t set) {
  if (is_bare(side))
    check_index(c, side, set, "the other side");
  else
    rg_error(c->in.context, side->place, "compare the letter with a letter or a member of its set",
             "an index is compared with a number");
}

static const char *remedy_for_subset(const rg_checker *c, const rg_tree *subset, rg_meaning meaning,
                                     char buffer[160]) {
  const rg_sets *sets = c->in.sets;
  if (!is_bare(subset)) return "write the name of a subset alone, as in `i in north`";
  if (meaning.kind == RG_IS_SUBSET)
    return rg_arena_printf(c->arena, "it is one of `%s`",
                           sets->set[sets->subsets.items[meaning.number].set].name);
  return rg_scope_suggest(c->in.scope, subset->name, RG_KIND(SUBSET), "declare it under `subsets` of the set",
                          buffer);
}

void rg_check_subset(rg_checker *c, const rg_tree *subset, size_t set) {
  const rg_meaning meaning = rg_scope_find(c->in.scope, subset->name ? subset->name : "");
  char buffer[160];
  const bool is_subset = meaning.kind == RG_IS_SUBSET && c->in.sets->subsets.items[meaning.number].set == set;
  const bool is_set = meaning.kind == RG_IS_SET && meaning.number == set;
  if (is_bare(subset) && (is_subset || is_set)) return;
  rg_error(c->in.context, subset->place, remedy_for_subset(c, subset, meaning, buffer),
           "`%s` is not a subset of `%s`", subset->name ? subset->name : "this", c->in.sets->set[set].name);
}

void rg_check_letters(rg_checker *c, const rg_tree *tree) {
  const rg_tree *left = tree->args[0], *right = tree->args[1];
  if (tree->op == RG_IN && !rg_tree_is_letter(c->in.scope, left)) {
    rg_error(c->in.context, left->place, "write an index letter before `in`", "`in` asks about an index");
    return;
  }
  const size_t set = set_of_letter(c, rg_tree_is_letter(c->in.scope, left) ? left : right);
  rg_check_side(c, left, set);
  if (tree->op == RG_IN)
    rg_check_subset(c, tree->args[1], set);
  else
    rg_check_side(c, right, set);
}
