/* check_calls.c — functions: does each exist, and does it have its arguments? */
#include "model/check_parts.h"

#include <string.h>

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
  rg_check_tree(c, body, RG_SORT_NUMBER);
  c->bound[letter] = outer;
  c->size = before + (c->size - before) * (double)n_members;
}

/* sum(i, ...), sum(j != i, ...), sum(i in north, ...) */
static void check_over_index(rg_checker *c, const rg_tree *call) {
  if (!check_count(c, call, 2, 2, rg_arena_printf(c->arena, "%s(i, x[i])", call->name))) return;
  const rg_tree *range = call->args[0];
  const bool restricted = range->kind == RG_TREE_BINARY && (range->op == RG_NOT_EQUAL || range->op == RG_IN);
  const rg_tree *letter = restricted ? range->args[0] : range;
  if (!rg_tree_is_letter(c->in.scope, letter)) {
    rg_error(c->in.context, letter->place, "write `i`, `j != i` or `i in subset` as its first argument",
             "`%s` goes over an index, and this is none", call->name);
    rg_check_tree(c, call->args[1], RG_SORT_NUMBER);
    return;
  }
  const uint32_t number = rg_scope_find(c->in.scope, letter->name).number;
  const size_t set = c->in.sets->letters.items[number].set;
  if (restricted && range->op == RG_IN) rg_check_subset(c, range->args[1], set);
  if (restricted && range->op == RG_NOT_EQUAL) rg_check_side(c, range->args[1], set);
  check_body(c, call->args[1], number, c->in.sets->set[set].n_members);
}

static rg_sort check_if(rg_checker *c, const rg_tree *call, rg_sort want) {
  rg_check_tree(c, call->args[0], RG_SORT_TRUTH);
  const rg_sort yes = rg_check_tree(c, call->args[1], want);
  const rg_sort no = rg_check_tree(c, call->args[2], want == RG_SORT_ANY ? yes : want);
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
  for (size_t k = 0; k < call->n_args; k++) rg_check_tree(c, call->args[k], RG_SORT_NUMBER);
  if ((builtin == RG_BUILTIN_D || builtin == RG_BUILTIN_DLOG || builtin == RG_BUILTIN_PCH) &&
      call->n_args == 1)
    check_change(c, call);
  return RG_SORT_NUMBER;
}

/* "f(a, b)" */
static const char *usage_of(rg_checker *c, const rg_tree *left) {
  const char *text = rg_arena_printf(c->arena, "%s(%s", left->name, left->args[0]->name);
  for (size_t k = 1; k < left->n_args; k++)
    text = rg_arena_printf(c->arena, "%s, %s", text, left->args[k]->name);
  return rg_arena_printf(c->arena, "%s)", text);
}

static rg_sort check_defined(rg_checker *c, const rg_tree *call, rg_signature *f) {
  const size_t n = f->statement->left->n_args;
  if (f->progress == RG_OPEN) {
    rg_error(c->in.context, call->place, "a function cannot be made of itself; use a state or an auxiliary",
             "`%s` calls itself", call->name);
    return RG_SORT_ANY;
  }
  rg_check_function(c, f);
  if (!check_count(c, call, n, n, usage_of(c, f->statement->left))) return f->result;
  for (size_t k = 0; k < n; k++) rg_check_tree(c, call->args[k], f->parameter[k]);
  c->size += f->size;
  if (c->depth + f->height > c->deepest) c->deepest = c->depth + f->height;
  return f->result;
}

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

rg_sort rg_check_call(rg_checker *c, const rg_tree *call, rg_sort want) {
  const rg_meaning meaning = rg_scope_find_called(c->in.scope, call->name);
  switch (meaning.kind) {
  case RG_IS_BUILTIN: return check_builtin(c, call, (rg_builtin)meaning.number, want);
  case RG_IS_DEFINED: return check_defined(c, call, &c->functions[meaning.number]);
  case RG_IS_NOTHING: report_unknown_function(c, call); break;
  default:
    rg_error(c->in.context, call->place, "write `*` to multiply, brackets `[i]` for an index",
             "`%s` is %s, not a function", call->name, rg_meaning_text(meaning.kind));
  }
  for (size_t k = 0; k < call->n_args; k++) rg_check_tree(c, call->args[k], RG_SORT_ANY);
  return RG_SORT_ANY;
}
