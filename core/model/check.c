/* check.c — names, indices, arguments, and the difference between a number and a truth. */
#include "model/check.h"

#include "model/builtins.h"
#include <string.h>

/* What is known of a function `def f(a, b)`. */
typedef enum progress { UNSEEN, OPEN, DONE } progress;
typedef struct signature {
  const rg_statement *statement;
  progress progress;
  rg_sort *parameter; /* learnt from how the body uses each */
  rg_sort result;
  double size; /* terms, with functions and sums written out */
} signature;

enum { MOST_TERMS = 1000000 };

struct rg_checker {
  rg_check_input in;
  rg_arena *arena;
  signature *functions;
  signature *inside; /* the function whose body is being checked; NULL in equations */
  bool *bound;       /* by letter */
  bool *used;        /* by family of parameters */
  double size;       /* terms seen, with functions and sums written out */
};

rg_checker *rg_checker_create(const rg_check_input *input) {
  rg_arena *arena = input->scope->arena;
  rg_checker *c = RG_NEW(arena, rg_checker);
  const size_t n = input->equations->functions.count;
  *c = (rg_checker){.in = *input,
                    .arena = arena,
                    .functions = RG_NEW_ARRAY(arena, signature, n),
                    .bound = RG_NEW_ARRAY(arena, bool, input->sets->letters.count),
                    .used = RG_NEW_ARRAY(arena, bool, input->parameters->n_families)};
  for (size_t k = 0; k < n; k++) {
    const rg_statement *s = input->equations->functions.items[k];
    c->functions[k] = (signature){.statement = s, .parameter = RG_NEW_ARRAY(arena, rg_sort, s->left->n_args)};
  }
  return c;
}

static rg_sort check(rg_checker *c, const rg_tree *tree, rg_sort want);

/* --- number or truth ----------------------------------------------------------------------------------- */

/* Answers `got`, complaining when it is not what is wanted. */
static rg_sort expect(rg_checker *c, const rg_tree *tree, rg_sort got, rg_sort want) {
  if (want == RG_SORT_NUMBER && got == RG_SORT_TRUTH)
    rg_error(c->in.context, tree->place, "turn it into a number with `if(..., 1, 0)`",
             "a condition stands where a number is needed");
  else if (want == RG_SORT_TRUTH && got == RG_SORT_NUMBER)
    rg_error(c->in.context, tree->place, "compare it with something, as in `x > 0`",
             "a number stands where a condition is needed");
  return got;
}

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

/* Functions of other programs, and how they are written here. */
static const char *foreign_function(const char *name) {
  static const char *const known[][2] = {{"ln", "write `log(x)`, the natural logarithm"},
                                         {"log10", "write `log(x)/log(10)`"},
                                         {"pow", "write `a^b`"},
                                         {"ifelse", "write `if(condition, a, b)`"},
                                         {"heaviside", "write `step(t0)`, or `if(x > 0, 1, 0)`"},
                                         {"sigmoid", "write `logistic(x)`"},
                                         {"arctan", "write `atan(x)`"},
                                         {"sgn", "write `sign(x)`"},
                                         {"fabs", "write `abs(x)`"},
                                         {"average", "write `mean(i, x[i])`"},
                                         {"avg", "write `mean(i, x[i])`"},
                                         {"diff", "write `d(x)`"}};
  for (size_t k = 0; k < sizeof known / sizeof *known; k++)
    if (!strcmp(known[k][0], name)) return known[k][1];
  return NULL;
}

static void report_unknown_function(rg_checker *c, const rg_tree *call) {
  char buffer[160];
  const char *here = foreign_function(call->name);
  if (!here)
    here = rg_scope_suggest(c->in.scope, call->name, RG_KINDS_OF_FUNCTIONS, "define it with `def`", buffer);
  rg_error(c->in.context, call->place, here, "unknown function `%s`", call->name);
}

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
static void check_lag(rg_checker *c, const rg_tree *tree) {
  if (tree->lag > 0)
    rg_error(c->in.context, tree->place,
             "a model computes the future from the past: write the equation for the later period",
             "`%s(+%d)` looks ahead", tree->name, tree->lag);
  else if (tree->lag < 0 && !c->in.discrete)
    rg_error(c->in.context, tree->place,
             "in continuous time use `x'`, or a state that follows: `m' = (x - m)/delay`",
             "`%s(%d)` looks back a period, and continuous time has none", tree->name, tree->lag);
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

static bool is_parameter_of(const signature *inside, const char *name, size_t *which) {
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
  switch (meaning.kind) {
  case RG_IS_VARIABLE:
    check_indices(c, tree, &c->in.equations->variables.items[meaning.number].family);
    break;
  case RG_IS_PARAMETER:
    c->used[meaning.number] = true;
    check_indices(c, tree, &c->in.parameters->family[meaning.number]);
    break;
  case RG_IS_PATH:
  case RG_IS_MODE:
  case RG_IS_TIME:
  case RG_IS_PI: check_indices(c, tree, &scalar); break;
  case RG_IS_NOTHING: report_unknown(c, tree); break;
  default: report_no_value(c, tree, meaning.kind);
  }
}

static rg_sort check_name(rg_checker *c, const rg_tree *tree, rg_sort want) {
  size_t which;
  check_lag(c, tree);
  if (is_parameter_of(c->inside, tree->name, &which)) return check_argument_name(c, tree, which, want);
  const rg_meaning meaning = rg_scope_find(c->in.scope, tree->name);
  check_quantity(c, tree, meaning);
  check_prime(c, tree, meaning.kind);
  return RG_SORT_NUMBER;
}

/* --- conditions on letters: i == US, i != j, i in north ------------------------------------------------ */

static bool is_letter(const rg_checker *c, const rg_tree *tree) {
  return rg_tree_is_letter(c->in.scope, tree);
}

static size_t set_of_letter(const rg_checker *c, const rg_tree *tree) {
  return c->in.sets->letters.items[rg_scope_find(c->in.scope, tree->name).number].set;
}

static void check_side(rg_checker *c, const rg_tree *side, size_t set) {
  if (side->kind == RG_TREE_NAME && side->n_index == 0 && !side->prime && side->lag == 0)
    check_index(c, side, set, "the other side");
  else
    rg_error(c->in.context, side->place, "compare the letter with a letter or a member of its set",
             "an index is compared with a number");
}

static void check_in(rg_checker *c, const rg_tree *tree, size_t set) {
  const rg_tree *subset = tree->args[1];
  const rg_meaning meaning = rg_scope_find(c->in.scope, subset->name ? subset->name : "");
  char buffer[160];
  if (meaning.kind == RG_IS_SUBSET && c->in.sets->subsets.items[meaning.number].set == set) return;
  if (meaning.kind == RG_IS_SET && meaning.number == set) return;
  rg_error(c->in.context, subset->place,
           rg_scope_suggest(c->in.scope, subset->name ? subset->name : "", RG_KIND(SUBSET),
                            "declare it under `subsets` of the set", buffer),
           "`%s` is not a subset of `%s`", subset->name ? subset->name : "this", c->in.sets->set[set].name);
}

static bool compares_letters(const rg_checker *c, const rg_tree *tree) {
  if (tree->op == RG_IN) return true;
  return (tree->op == RG_EQUAL || tree->op == RG_NOT_EQUAL) &&
         (is_letter(c, tree->args[0]) || is_letter(c, tree->args[1]));
}

static void check_letters(rg_checker *c, const rg_tree *tree) {
  const rg_tree *left = tree->args[0], *right = tree->args[1];
  if (tree->op == RG_IN && !is_letter(c, left)) {
    rg_error(c->in.context, left->place, "write an index letter before `in`", "`in` asks about an index");
    return;
  }
  const size_t set = set_of_letter(c, is_letter(c, left) ? left : right);
  check_side(c, left, set);
  if (tree->op == RG_IN)
    check_in(c, tree, set);
  else
    check_side(c, right, set);
}

/* --- calls --------------------------------------------------------------------------------------------- */

/* False, with an error, when a call has too few arguments or too many. */
static bool check_count(rg_checker *c, const rg_tree *call, size_t fewest, size_t most, const char *usage) {
  if (call->n_args >= fewest && call->n_args <= most) return true;
  const char *needs = fewest == most ? rg_arena_printf(c->arena, "%zu", fewest)
                                     : rg_arena_printf(c->arena, "%zu to %zu", fewest, most);
  rg_error(c->in.context, call->place, rg_arena_printf(c->arena, "write `%s`", usage),
           "`%s` takes %s %s, and here %s %zu", call->name, needs, most == 1 ? "argument" : "arguments",
           call->n_args == 1 ? "is" : "are", call->n_args);
  return false;
}

/* The body of a sum, with its letter bound there only; it may hide an outer one of the same name. */
static void check_body(rg_checker *c, const rg_tree *body, uint32_t letter, size_t n_members) {
  const bool outer = c->bound[letter];
  const double before = c->size;
  c->bound[letter] = true;
  check(c, body, RG_SORT_NUMBER);
  c->bound[letter] = outer;
  c->size = before + (c->size - before) * (double)n_members;
}

/* sum(i, ...), sum(j != i, ...), sum(i in north, ...) */
static void check_over_index(rg_checker *c, const rg_tree *call) {
  if (!check_count(c, call, 2, 2, rg_arena_printf(c->arena, "%s(i, x[i])", call->name))) return;
  const rg_tree *range = call->args[0];
  const bool restricted = range->kind == RG_TREE_BINARY && (range->op == RG_NOT_EQUAL || range->op == RG_IN);
  const rg_tree *letter = restricted ? range->args[0] : range;
  if (!is_letter(c, letter)) {
    rg_error(c->in.context, letter->place, "write `i`, `j != i` or `i in subset` as its first argument",
             "`%s` goes over an index, and this is none", call->name);
    check(c, call->args[1], RG_SORT_NUMBER);
    return;
  }
  const uint32_t number = rg_scope_find(c->in.scope, letter->name).number;
  const size_t set = c->in.sets->letters.items[number].set;
  if (restricted && range->op == RG_IN) check_in(c, range, set);
  if (restricted && range->op == RG_NOT_EQUAL) check_side(c, range->args[1], set);
  check_body(c, call->args[1], number, c->in.sets->set[set].n_members);
}

static rg_sort check_if(rg_checker *c, const rg_tree *call, rg_sort want) {
  check(c, call->args[0], RG_SORT_TRUTH);
  const rg_sort yes = check(c, call->args[1], want);
  const rg_sort no = check(c, call->args[2], want == RG_SORT_ANY ? yes : want);
  return yes == RG_SORT_ANY ? no : yes;
}

static void check_change(rg_checker *c, const rg_tree *call) {
  if (c->in.discrete && call->args[0]->kind != RG_TREE_NAME)
    rg_error(c->in.context, call->args[0]->place, "give the expression a name of its own first",
             "`%s` takes the name of a variable", call->name);
}

static rg_sort check_builtin(rg_checker *c, const rg_tree *call, rg_builtin builtin, rg_sort want) {
  const rg_builtin_row *row = &rg_builtins[builtin];
  if (rg_builtin_over_index(c->in.scope, builtin, call)) {
    check_over_index(c, call);
    return RG_SORT_NUMBER;
  }
  if (!check_count(c, call, row->fewest, row->most, row->usage)) return RG_SORT_ANY;
  if (builtin == RG_BUILTIN_IF) return check_if(c, call, want);
  for (size_t k = 0; k < call->n_args; k++) check(c, call->args[k], RG_SORT_NUMBER);
  if ((builtin == RG_BUILTIN_D || builtin == RG_BUILTIN_DLOG || builtin == RG_BUILTIN_PCH) &&
      call->n_args == 1)
    check_change(c, call);
  return RG_SORT_NUMBER;
}

static void check_function(rg_checker *c, signature *f);

/* "f(a, b)" */
static const char *usage_of(rg_checker *c, const rg_tree *left) {
  const char *text = rg_arena_printf(c->arena, "%s(%s", left->name, left->args[0]->name);
  for (size_t k = 1; k < left->n_args; k++)
    text = rg_arena_printf(c->arena, "%s, %s", text, left->args[k]->name);
  return rg_arena_printf(c->arena, "%s)", text);
}

static rg_sort check_defined(rg_checker *c, const rg_tree *call, signature *f) {
  const size_t n = f->statement->left->n_args;
  if (f->progress == OPEN) {
    rg_error(c->in.context, call->place, "a function cannot be made of itself; use a state or an auxiliary",
             "`%s` calls itself", call->name);
    return RG_SORT_ANY;
  }
  check_function(c, f);
  if (!check_count(c, call, n, n, usage_of(c, f->statement->left))) return f->result;
  for (size_t k = 0; k < n; k++) check(c, call->args[k], f->parameter[k]);
  c->size += f->size;
  return f->result;
}

static rg_sort check_call(rg_checker *c, const rg_tree *call, rg_sort want) {
  const rg_meaning meaning = rg_scope_find_called(c->in.scope, call->name);
  switch (meaning.kind) {
  case RG_IS_BUILTIN: return check_builtin(c, call, (rg_builtin)meaning.number, want);
  case RG_IS_DEFINED: return check_defined(c, call, &c->functions[meaning.number]);
  case RG_IS_NOTHING: report_unknown_function(c, call); break;
  default:
    rg_error(c->in.context, call->place, "write `*` to multiply, brackets `[i]` for an index",
             "`%s` is %s, not a function", call->name, rg_meaning_text(meaning.kind));
  }
  for (size_t k = 0; k < call->n_args; k++) check(c, call->args[k], RG_SORT_ANY);
  return RG_SORT_ANY;
}

/* --- expressions --------------------------------------------------------------------------------------- */

static rg_sort check_binary(rg_checker *c, const rg_tree *tree) {
  switch (tree->op) {
  case RG_AND:
  case RG_OR:
    for (size_t k = 0; k < 2; k++) check(c, tree->args[k], RG_SORT_TRUTH);
    return RG_SORT_TRUTH;
  case RG_PLUS:
  case RG_MINUS:
  case RG_TIMES:
  case RG_DIVIDE:
  case RG_POWER:
    for (size_t k = 0; k < 2; k++) check(c, tree->args[k], RG_SORT_NUMBER);
    return RG_SORT_NUMBER;
  default:
    if (compares_letters(c, tree))
      check_letters(c, tree);
    else
      for (size_t k = 0; k < 2; k++) check(c, tree->args[k], RG_SORT_NUMBER);
    return RG_SORT_TRUTH;
  }
}

static rg_sort check_unary(rg_checker *c, const rg_tree *tree) {
  const rg_sort sort = tree->op == RG_NOT ? RG_SORT_TRUTH : RG_SORT_NUMBER;
  check(c, tree->args[0], sort);
  return sort;
}

static rg_sort check(rg_checker *c, const rg_tree *tree, rg_sort want) {
  c->size += 1;
  switch (tree->kind) {
  case RG_TREE_NUMBER: return expect(c, tree, RG_SORT_NUMBER, want);
  case RG_TREE_NAME: return expect(c, tree, check_name(c, tree, want), want);
  case RG_TREE_CALL: return expect(c, tree, check_call(c, tree, want), want);
  case RG_TREE_UNARY: return expect(c, tree, check_unary(c, tree), want);
  default: return expect(c, tree, check_binary(c, tree), want);
  }
}

rg_sort rg_check_expression(rg_checker *c, const rg_tree *tree, rg_sort want) {
  c->size = 0;
  const rg_sort sort = check(c, tree, want);
  if (c->size > MOST_TERMS)
    rg_error(c->in.context, tree->place, "give parts of it names of their own",
             "this grows to more than a million terms when its functions and sums are written out");
  return sort;
}

static void bind_set(rg_checker *c, size_t set, bool bound) {
  for (size_t k = 0; k < c->in.sets->letters.count; k++)
    if (c->in.sets->letters.items[k].set == set) c->bound[k] = bound;
}

rg_sort rg_check_over(rg_checker *c, const rg_tree *tree, size_t set, rg_sort want) {
  bind_set(c, set, true);
  const rg_sort sort = rg_check_expression(c, tree, want);
  bind_set(c, set, false);
  return sort;
}

/* --- statements ---------------------------------------------------------------------------------------- */

/* A body is checked once, with no letter bound and its arguments' sorts still open. */
static void check_function(rg_checker *c, signature *f) {
  if (f->progress != UNSEEN) return;
  signature *outside = c->inside;
  bool *bound = c->bound;
  const double size = c->size;
  f->progress = OPEN;
  c->inside = f;
  c->bound = RG_NEW_ARRAY(c->arena, bool, c->in.sets->letters.count);
  f->result = rg_check_expression(c, f->statement->right, RG_SORT_ANY);
  f->size = c->size;
  f->progress = DONE;
  c->inside = outside;
  c->bound = bound;
  c->size = size;
}

static void bind_left(rg_checker *c, const rg_tree *left, bool bound) {
  for (size_t k = 0; k < left->n_index; k++) {
    const rg_meaning meaning = rg_scope_find(c->in.scope, left->index[k]->name);
    if (meaning.kind == RG_IS_LETTER) c->bound[meaning.number] = bound;
  }
}

static void check_left(rg_checker *c, const rg_statement *s) {
  if (s->kind != RG_INIT && s->left->lag != 0)
    rg_error(c->in.context, s->left->place, "the left side is the present; put lags on the right",
             "an equation for `%s(%d)`", s->left->name, s->left->lag);
  else
    check_lag(c, s->left);
  if (s->kind == RG_RATE && c->in.discrete)
    rg_error(c->in.context, s->left->place, "write `x = x(-1) + ...`",
             "`%s'` is a rate of change, and discrete time has none", s->left->name);
}

static void check_statement(rg_checker *c, const rg_statement *s) {
  check_left(c, s);
  bind_left(c, s->left, true);
  rg_check_expression(c, s->right, RG_SORT_NUMBER);
  bind_left(c, s->left, false);
}

void rg_check_statements(rg_checker *c, const rg_statements *statements) {
  for (size_t k = 0; k < c->in.equations->functions.count; k++) check_function(c, &c->functions[k]);
  for (size_t k = 0; k < statements->count; k++)
    if (statements->items[k].kind != RG_FUNCTION) check_statement(c, &statements->items[k]);
}

void rg_check_unused(rg_checker *c, const rg_declarations *declared) {
  for (size_t k = 0; k < c->in.parameters->n_families; k++)
    if (!c->used[k])
      rg_warning(c->in.context, declared->parameters.items[k].name.place, "drop it, or use it in an equation",
                 "no equation uses the parameter `%s`", declared->parameters.items[k].name.text);
}
