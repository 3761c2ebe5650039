/* check.c — statements and expressions, and the difference between a number and a truth. */
#include "model/check_parts.h"

/* What an expression may grow to when everything it calls is written out. Passes over trees recurse. */
enum { MOST_TERMS = 1000000, MOST_LEVELS = 4000 };

rg_checker *rg_checker_create(const rg_check_input *input) {
  rg_arena *arena = input->scope->arena;
  rg_checker *c = RG_NEW(arena, rg_checker);
  const size_t n = input->equations->functions.count;
  *c = (rg_checker){.in = *input,
                    .arena = arena,
                    .functions = RG_NEW_ARRAY(arena, rg_signature, n),
                    .bound = RG_NEW_ARRAY(arena, bool, input->sets->letters.count),
                    .used = RG_NEW_ARRAY(arena, bool, input->scope->meanings.count)};
  for (size_t k = 0; k < n; k++) {
    const rg_statement *s = input->equations->functions.items[k];
    c->functions[k] =
        (rg_signature){.statement = s, .parameter = RG_NEW_ARRAY(arena, rg_sort, s->left->n_args)};
  }
  return c;
}

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

/* --- expressions --------------------------------------------------------------------------------------- */

static rg_sort check_binary(rg_checker *c, const rg_tree *tree) {
  switch (tree->op) {
  case RG_AND:
  case RG_OR:
    for (size_t k = 0; k < 2; k++) rg_check_tree(c, tree->args[k], RG_SORT_TRUTH);
    return RG_SORT_TRUTH;
  case RG_PLUS:
  case RG_MINUS:
  case RG_TIMES:
  case RG_DIVIDE:
  case RG_POWER:
    for (size_t k = 0; k < 2; k++) rg_check_tree(c, tree->args[k], RG_SORT_NUMBER);
    return RG_SORT_NUMBER;
  default:
    if (rg_compares_letters(c->in.scope, tree))
      rg_check_letters(c, tree);
    else
      for (size_t k = 0; k < 2; k++) rg_check_tree(c, tree->args[k], RG_SORT_NUMBER);
    return RG_SORT_TRUTH;
  }
}

static rg_sort check_unary(rg_checker *c, const rg_tree *tree) {
  const rg_sort sort = tree->op == RG_NOT ? RG_SORT_TRUTH : RG_SORT_NUMBER;
  rg_check_tree(c, tree->args[0], sort);
  return sort;
}

static rg_sort sort_of(rg_checker *c, const rg_tree *tree, rg_sort want) {
  switch (tree->kind) {
  case RG_TREE_NUMBER: return RG_SORT_NUMBER;
  case RG_TREE_NAME: return rg_check_named(c, tree, want);
  case RG_TREE_CALL: return rg_check_call(c, tree, want);
  case RG_TREE_UNARY: return check_unary(c, tree);
  default: return check_binary(c, tree);
  }
}

/* Functions that call each other may lead deeper than any stack: what lies beyond is not looked at. */
rg_sort rg_check_tree(rg_checker *c, const rg_tree *tree, rg_sort want) {
  if (c->depth >= MOST_LEVELS) return RG_SORT_ANY;
  c->size += 1;
  c->depth += 1;
  if (c->depth > c->deepest) c->deepest = c->depth;
  const rg_sort sort = sort_of(c, tree, want);
  c->depth -= 1;
  return expect(c, tree, sort, want);
}

/* Told of the expression that calls too much, not of every function on the way. */
static void check_extent(rg_checker *c, const rg_tree *tree) {
  if (c->inside) return;
  if (c->size > MOST_TERMS)
    rg_error(c->in.context, tree->place, "give parts of it names of their own",
             "this grows to more than a million terms when its functions and sums are written out");
  else if (c->deepest >= MOST_LEVELS)
    rg_error(c->in.context, tree->place, "give parts of it names of their own",
             "this is more than %d levels deep when its functions are written out", MOST_LEVELS);
}

rg_sort rg_check_expression(rg_checker *c, const rg_tree *tree, rg_sort want) {
  c->size = 0;
  c->deepest = c->depth;
  const rg_sort sort = rg_check_tree(c, tree, want);
  check_extent(c, tree);
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

/* A body is checked once, with no letter bound and its arguments' sorts still open. A call counts for several
 * levels, because it takes as much of the stack. */
void rg_check_function(rg_checker *c, rg_signature *f) {
  enum { LEVELS_OF_A_CALL = 8 };
  if (f->progress != RG_UNSEEN) return;
  const rg_checker outside = *c;
  f->progress = RG_OPEN;
  c->inside = f;
  c->depth += LEVELS_OF_A_CALL;
  c->bound = RG_NEW_ARRAY(c->arena, bool, c->in.sets->letters.count);
  f->result = rg_check_expression(c, f->statement->right, RG_SORT_ANY);
  f->size = c->size;
  f->height = c->deepest - outside.depth;
  f->progress = RG_DONE;
  *c = outside;
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
    rg_check_lag(c, s->left);
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
  for (size_t k = 0; k < c->in.equations->functions.count; k++) rg_check_function(c, &c->functions[k]);
  for (size_t k = 0; k < statements->count; k++)
    if (statements->items[k].kind != RG_FUNCTION) check_statement(c, &statements->items[k]);
}

static void warn_if_unused(const rg_checker *c, rg_word name, const char *what) {
  if (!c->used[rg_names_find(c->in.scope->names, name.text)])
    rg_warning(c->in.context, name.place, "drop it, or use it in an equation", "no equation uses the %s `%s`",
               what, name.text);
}

void rg_check_unused(rg_checker *c, const rg_declarations *declared) {
  for (size_t k = 0; k < declared->parameters.count; k++)
    warn_if_unused(c, declared->parameters.items[k].name, "parameter");
  for (size_t k = 0; k < declared->paths.count; k++) warn_if_unused(c, declared->paths.items[k].name, "path");
  for (size_t k = 0; k < declared->modes.count; k++) warn_if_unused(c, declared->modes.items[k].name, "mode");
}
