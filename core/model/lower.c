/* lower.c — trees to nodes. */
#include "model/lower.h"

#include "model/builtins.h"
#include <math.h>
#include <string.h>

struct rg_call_frame {
  const rg_statement *function;
  const rg_node *argument;
};

rg_lowerer rg_lowerer_create(regime_context *context, const rg_scope *scope, const rg_sets *sets,
                             const rg_parameters *parameters, rg_definitions *definitions) {
  rg_lowerer l = {.context = context,
                  .scope = scope,
                  .sets = sets,
                  .parameters = parameters,
                  .definitions = definitions,
                  .graph = definitions->graph,
                  .member = RG_NEW_ARRAY(scope->arena, size_t, sets->letters.count)};
  for (size_t k = 0; k < sets->letters.count; k++) l.member[k] = RG_NO_MEMBER;
  return l;
}

/* --- truths -------------------------------------------------------------------------------------------- */

static rg_node truth(rg_lowerer *l, bool value) { return rg_number(l->graph, value ? 1.0 : 0.0); }
static rg_node positive(rg_lowerer *l, rg_node a) { return rg_unary(l->graph, RG_OP_POSITIVE, a); }
static rg_node not(rg_lowerer * l, rg_node a) { return rg_unary(l->graph, RG_OP_NOT, a); }
static rg_node greater(rg_lowerer *l, rg_node a, rg_node b) { return positive(l, rg_sub(l->graph, a, b)); }

static rg_node equal(rg_lowerer *l, rg_node a, rg_node b) {
  return rg_binary(l->graph, RG_OP_AND, not(l, greater(l, a, b)), not(l, greater(l, b, a)));
}

static rg_node compare(rg_lowerer *l, rg_operator op, rg_node a, rg_node b) {
  switch (op) {
  case RG_GREATER: return greater(l, a, b);
  case RG_LESS: return greater(l, b, a);
  case RG_GREATER_EQUAL: return not(l, greater(l, b, a));
  case RG_LESS_EQUAL: return not(l, greater(l, a, b));
  case RG_EQUAL: return equal(l, a, b);
  default: return not(l, equal(l, a, b));
  }
}

/* --- indices ------------------------------------------------------------------------------------------- */

static size_t member_of(const rg_lowerer *l, const rg_tree *index, size_t set) {
  const rg_meaning meaning = rg_scope_find(l->scope, index->name);
  return meaning.kind == RG_IS_LETTER ? l->member[meaning.number] : rg_set_member(l->sets, set, index->name);
}

static size_t entry_of(const rg_lowerer *l, const rg_tree *tree, const rg_family *family) {
  size_t member[2] = {0, 0};
  for (size_t k = 0; k < family->n_over; k++) member[k] = member_of(l, tree->index[k], family->over[k]);
  return family->first + rg_family_offset(l->sets, family, member);
}

static size_t set_of(const rg_lowerer *l, const rg_tree *letter) {
  return l->sets->letters.items[rg_scope_find(l->scope, letter->name).number].set;
}

static bool is_in(const rg_lowerer *l, size_t member, const rg_tree *name) {
  const rg_meaning meaning = rg_scope_find(l->scope, name->name);
  return meaning.kind == RG_IS_SET || rg_subset_holds(&l->sets->subsets.items[meaning.number], member);
}

/* i == US, i != j, i in north */
static bool holds_for_letters(const rg_lowerer *l, const rg_tree *tree) {
  const rg_tree *left = tree->args[0], *right = tree->args[1];
  const size_t set = set_of(l, rg_tree_is_letter(l->scope, left) ? left : right);
  const size_t a = member_of(l, left, set);
  if (tree->op == RG_IN) return is_in(l, a, right);
  return (a == member_of(l, right, set)) == (tree->op == RG_EQUAL);
}

/* --- names --------------------------------------------------------------------------------------------- */

static bool find_argument(const rg_lowerer *l, const char *name, rg_node *out) {
  if (!l->frame) return false;
  const rg_tree *left = l->frame->function->left;
  for (size_t k = 0; k < left->n_args; k++)
    if (!strcmp(left->args[k]->name, name)) {
      *out = l->frame->argument[k];
      return true;
    }
  return false;
}

static rg_node value_of(rg_lowerer *l, const rg_tree *tree) {
  const rg_definitions *d = l->definitions;
  const rg_meaning meaning = rg_scope_find(l->scope, tree->name);
  rg_node argument;
  if (find_argument(l, tree->name, &argument)) return argument;
  switch (meaning.kind) {
  case RG_IS_VARIABLE:
    return rg_cell_node(d, entry_of(l, tree, &d->equations->variables.items[meaning.number].family));
  case RG_IS_PARAMETER: {
    const size_t entry = entry_of(l, tree, &l->parameters->family[meaning.number]);
    return rg_symbol(l->graph, d->layout.parameter + (uint32_t)entry);
  }
  case RG_IS_MODE: return rg_symbol(l->graph, d->layout.mode + meaning.number);
  case RG_IS_PATH: return rg_path_node(d, meaning.number);
  case RG_IS_TIME: return rg_symbol(l->graph, RG_TIME_SYMBOL);
  default: return rg_number(l->graph, acos(-1.0));
  }
}

static rg_node lower_name(rg_lowerer *l, const rg_tree *tree) {
  const rg_node value = value_of(l, tree);
  if (tree->lag < 0) return rg_lag_of(l->definitions, value, (size_t)-tree->lag, tree->place);
  return tree->prime ? rg_rate_of(l->definitions, value, tree->place) : value;
}

/* --- over an index ------------------------------------------------------------------------------------- */

typedef struct fold {
  rg_builtin builtin;
  size_t count;
  rg_node value;
} fold;

static void fold_in(rg_lowerer *l, fold *f, rg_node term) {
  rg_graph *g = l->graph;
  if (f->count++ == 0)
    f->value = term;
  else if (f->builtin == RG_BUILTIN_PROD)
    f->value = rg_mul(g, f->value, term);
  else if (f->builtin == RG_BUILTIN_MIN)
    f->value = rg_min(g, f->value, term);
  else if (f->builtin == RG_BUILTIN_MAX)
    f->value = rg_max(g, f->value, term);
  else
    f->value = rg_add(g, f->value, term);
}

static rg_node fold_end(rg_lowerer *l, const fold *f, const rg_tree *call) {
  const bool needs_one = f->builtin != RG_BUILTIN_SUM && f->builtin != RG_BUILTIN_PROD;
  if (f->count == 0 && needs_one)
    rg_error(l->context, call->place, "give it at least one member to go over",
             "the `%s` of nothing has no value", call->name);
  if (f->count == 0) return rg_number(l->graph, f->builtin == RG_BUILTIN_PROD ? 1.0 : 0.0);
  if (f->builtin != RG_BUILTIN_MEAN) return f->value;
  return rg_div(l->graph, f->value, rg_number(l->graph, (double)f->count));
}

/* sum(i, ...), mean(j != i, ...), max(i in north, ...): the letter takes each member in turn. The member it
 * must differ from is found first, so that sum(i != i, ...) speaks of the i outside. */
static rg_node lower_over_index(rg_lowerer *l, rg_builtin builtin, const rg_tree *call) {
  const rg_tree *range = call->args[0];
  const bool restricted = range->kind == RG_TREE_BINARY;
  const rg_tree *letter = restricted ? range->args[0] : range;
  const uint32_t number = rg_scope_find(l->scope, letter->name).number;
  const size_t set = set_of(l, letter), outer = l->member[number];
  const bool differs = restricted && range->op == RG_NOT_EQUAL;
  const size_t except = differs ? member_of(l, range->args[1], set) : RG_NO_MEMBER;
  fold f = {.builtin = builtin};
  for (size_t m = 0; m < l->sets->set[set].n_members; m++) {
    if (m == except || (restricted && !differs && !is_in(l, m, range->args[1]))) continue;
    l->member[number] = m;
    fold_in(l, &f, rg_lower(l, call->args[1]));
  }
  l->member[number] = outer;
  return fold_end(l, &f, call);
}

/* --- functions ----------------------------------------------------------------------------------------- */

static rg_node time_node(rg_lowerer *l) { return rg_symbol(l->graph, RG_TIME_SYMBOL); }

static rg_node lower_sign(rg_lowerer *l, rg_node x) {
  return rg_sub(l->graph, positive(l, x), positive(l, rg_unary(l->graph, RG_OP_NEG, x)));
}

static rg_node lower_step(rg_lowerer *l, rg_node t0) { return not(l, greater(l, t0, time_node(l))); }

/* 0 until t0, 1 from t1 on, a straight line between. */
static rg_node lower_ramp(rg_lowerer *l, rg_node t0, rg_node t1) {
  rg_graph *g = l->graph;
  const rg_node line = rg_div(g, rg_sub(g, time_node(l), t0), rg_sub(g, t1, t0));
  const rg_node begun = rg_choose(g, greater(l, t1, time_node(l)), line, rg_number(g, 1.0));
  return rg_choose(g, lower_step(l, t0), begun, rg_number(g, 0.0));
}

/* The step made smooth: 1/2 at t0, 0.73 at t0 + width. */
static rg_node lower_smoothstep(rg_lowerer *l, rg_node t0, rg_node width) {
  const rg_node s = rg_div(l->graph, rg_sub(l->graph, time_node(l), t0), width);
  return rg_unary(l->graph, RG_OP_LOGISTIC, s);
}

static rg_node lower_clamp(rg_lowerer *l, rg_node x, rg_node low, rg_node high) {
  const rg_node above = rg_choose(l->graph, greater(l, low, x), low, x);
  return rg_choose(l->graph, greater(l, x, high), high, above);
}

/* d(x), dlog(x) and pch(x): rates of change, or changes on last period. */
static rg_node lower_change(rg_lowerer *l, rg_builtin builtin, rg_node x, rg_place place) {
  rg_graph *g = l->graph;
  if (!l->definitions->is_discrete) {
    const rg_node rate = rg_rate_of(l->definitions, x, place);
    return builtin == RG_BUILTIN_D ? rate : rg_div(g, rate, x);
  }
  const rg_node last = rg_lag_of(l->definitions, x, 1, place);
  if (builtin == RG_BUILTIN_D) return rg_sub(g, x, last);
  if (builtin == RG_BUILTIN_PCH) return rg_sub(g, rg_div(g, x, last), rg_number(g, 1.0));
  return rg_sub(g, rg_unary(g, RG_OP_LOG, x), rg_unary(g, RG_OP_LOG, last));
}

static rg_node lower_builtin(rg_lowerer *l, rg_builtin builtin, const rg_node *a, const rg_tree *call) {
  rg_graph *g = l->graph;
  fold f = {.builtin = builtin};
  switch (builtin) {
  case RG_BUILTIN_ABS: return rg_choose(g, positive(l, a[0]), a[0], rg_unary(g, RG_OP_NEG, a[0]));
  case RG_BUILTIN_MIN:
  case RG_BUILTIN_MAX:
    for (size_t k = 0; k < call->n_args; k++) fold_in(l, &f, a[k]);
    return f.value;
  case RG_BUILTIN_SIGN: return lower_sign(l, a[0]);
  case RG_BUILTIN_CLAMP: return lower_clamp(l, a[0], a[1], a[2]);
  case RG_BUILTIN_STEP: return lower_step(l, a[0]);
  case RG_BUILTIN_RAMP: return lower_ramp(l, a[0], a[1]);
  case RG_BUILTIN_SMOOTHSTEP: return lower_smoothstep(l, a[0], a[1]);
  case RG_BUILTIN_D:
  case RG_BUILTIN_DLOG:
  case RG_BUILTIN_PCH: return lower_change(l, builtin, a[0], call->place);
  default: break;
  }
  const rg_op op = rg_builtins[builtin].op;
  return rg_op_arity(op) == 2 ? rg_binary(g, op, a[0], a[1]) : rg_unary(g, op, a[0]);
}

/* Of a condition that is decided already, only the side that counts is looked at. */
static rg_node lower_if(rg_lowerer *l, const rg_tree *call) {
  const rg_node condition = rg_lower(l, call->args[0]);
  if (rg_node_op(l->graph, condition) == RG_OP_NUMBER)
    return rg_lower(l, call->args[rg_node_number(l->graph, condition) != 0.0 ? 1 : 2]);
  const rg_node yes = rg_lower(l, call->args[1]);
  return rg_choose(l->graph, condition, yes, rg_lower(l, call->args[2]));
}

/* def f(a, b): its body, with the arguments for a and b and no letter of the caller's. */
static rg_node lower_defined(rg_lowerer *l, const rg_statement *function, const rg_node *arguments) {
  const rg_call_frame frame = {.function = function, .argument = arguments};
  const rg_call_frame *outer = l->frame;
  l->frame = &frame;
  const rg_node value = rg_lower(l, function->right);
  l->frame = outer;
  return value;
}

static rg_node lower_call(rg_lowerer *l, const rg_tree *call) {
  const rg_meaning meaning = rg_scope_find_called(l->scope, call->name);
  const rg_builtin builtin = (rg_builtin)meaning.number;
  const bool defined = meaning.kind == RG_IS_DEFINED;
  if (!defined && builtin == RG_BUILTIN_IF) return lower_if(l, call);
  if (!defined && rg_builtin_over_index(l->scope, builtin, call)) return lower_over_index(l, builtin, call);
  rg_node *arguments = RG_NEW_ARRAY(l->scope->arena, rg_node, call->n_args);
  for (size_t k = 0; k < call->n_args; k++) arguments[k] = rg_lower(l, call->args[k]);
  if (!defined) return lower_builtin(l, builtin, arguments, call);
  return lower_defined(l, l->definitions->equations->functions.items[meaning.number], arguments);
}

/* --- expressions --------------------------------------------------------------------------------------- */

static rg_node lower_unary(rg_lowerer *l, const rg_tree *tree) {
  const rg_node a = rg_lower(l, tree->args[0]);
  if (tree->op == RG_PLUS) return a;
  return rg_unary(l->graph, tree->op == RG_NOT ? RG_OP_NOT : RG_OP_NEG, a);
}

static rg_node lower_binary(rg_lowerer *l, const rg_tree *tree) {
  static const rg_op ops[] = {
      [RG_PLUS] = RG_OP_ADD,  [RG_MINUS] = RG_OP_SUB, [RG_TIMES] = RG_OP_MUL, [RG_DIVIDE] = RG_OP_DIV,
      [RG_POWER] = RG_OP_POW, [RG_AND] = RG_OP_AND,   [RG_OR] = RG_OP_OR};
  if (rg_compares_letters(l->scope, tree)) return truth(l, holds_for_letters(l, tree));
  const rg_node a = rg_lower(l, tree->args[0]), b = rg_lower(l, tree->args[1]);
  if (tree->op >= RG_LESS && tree->op <= RG_NOT_EQUAL) return compare(l, tree->op, a, b);
  return rg_binary(l->graph, ops[tree->op], a, b);
}

rg_node rg_lower(rg_lowerer *l, const rg_tree *tree) {
  switch (tree->kind) {
  case RG_TREE_NUMBER: return rg_number(l->graph, tree->number);
  case RG_TREE_NAME: return lower_name(l, tree);
  case RG_TREE_CALL: return lower_call(l, tree);
  case RG_TREE_UNARY: return lower_unary(l, tree);
  default: return lower_binary(l, tree);
  }
}

rg_node rg_lower_over(rg_lowerer *l, const rg_tree *tree, size_t set, size_t member) {
  for (size_t k = 0; k < l->sets->letters.count; k++)
    if (l->sets->letters.items[k].set == set) l->member[k] = member;
  return rg_lower(l, tree);
}

rg_node rg_lower_cell(rg_lowerer *l, size_t cell, const rg_statement *statement) {
  rg_bind_cell(l->scope, l->sets, l->definitions->equations, cell, statement, l->member);
  return rg_lower(l, statement->right);
}

void rg_lower_equations(rg_lowerer *l) {
  for (size_t k = 0; k < l->definitions->n_cells; k++) {
    const rg_node written = rg_lower_cell(l, k, l->definitions->equations->cell[k].equation);
    l->definitions->items.items[k].written = written; /* the list may have moved meanwhile */
  }
}
