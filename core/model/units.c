/* units.c — the units of expressions, and where they do not fit. */
#include "model/units.h"

#include "model/builtins.h"
#include <string.h>

/* What a function's arguments stand for while its body is looked at. */
typedef struct frame {
  const rg_statement *function;
  const rg_unit *const *argument;
} frame;

typedef struct checker {
  const rg_unit_input *in;
  rg_arena *arena;
  const rg_unit *time; /* NULL: unknown */
  const frame *frame;
} checker;

static const rg_unit dimensionless = {0};

static const rg_unit *unit_of(checker *c, const rg_tree *tree);

/* --- products: unknown as soon as one factor is -------------------------------------------------------- */

static const rg_unit *times(checker *c, const rg_unit *a, const rg_unit *b, double power_of_b) {
  return a && b ? rg_unit_times(c->arena, a, b, power_of_b) : NULL;
}

static const rg_unit *per_time(checker *c, const rg_unit *unit) {
  return c->in->discrete ? unit : times(c, unit, c->time, -1.0);
}

/* 1 is a number without a unit, as in 1/T; other numbers may carry one. */
static const rg_unit *unit_of_factor(checker *c, const rg_tree *tree) {
  if (tree->kind == RG_TREE_NUMBER && tree->number == 1.0) return &dimensionless;
  return unit_of(c, tree);
}

/* --- complaints ---------------------------------------------------------------------------------------- */

/* An expression as it was written; its sign or name when it is spread over lines. */
static const char *source_of(checker *c, const rg_tree *tree) {
  if (tree->begin > 0 && tree->end > tree->begin && tree->place.source)
    return rg_arena_text_n(c->arena, tree->place.source + tree->begin - 1, (size_t)(tree->end - tree->begin));
  return tree->name ? tree->name : "this side";
}

static const char *shown(checker *c, const rg_unit *unit) {
  return unit->count ? rg_arena_printf(c->arena, "in `%s`", rg_unit_text(c->arena, unit)) : "a pure number";
}

static void report(checker *c, rg_place place, const char *a, const rg_unit *unit_a, const char *b,
                   const rg_unit *unit_b) {
  rg_error(c->in->context, place, "change the equation, or a unit that is declared wrongly",
           "units do not fit: `%s` is %s, and `%s` is %s", a, shown(c, unit_a), b, shown(c, unit_b));
}

/* The common unit of two expressions that must agree; the known one when only one is. */
static const rg_unit *agree(checker *c, rg_place place, const rg_tree *a, const rg_unit *unit_a,
                            const rg_tree *b, const rg_unit *unit_b) {
  if (unit_a && unit_b && !rg_unit_equal(unit_a, unit_b)) {
    report(c, place, source_of(c, a), unit_a, source_of(c, b), unit_b);
    return NULL;
  }
  return unit_a ? unit_a : unit_b;
}

/* --- names --------------------------------------------------------------------------------------------- */

static const rg_unit *declared(checker *c, const char *text) {
  const rg_unit *unit = text && text[0] ? rg_unit_parse(c->arena, text) : NULL;
  return unit && c->in->discrete ? rg_unit_timeless(c->arena, unit) : unit;
}

static const rg_unit *unit_of_parameter(checker *c, size_t entry) {
  return entry < c->in->parameters->count ? declared(c, c->in->parameters->entry[entry].unit) : NULL;
}

/* Time itself fits everything: sin(t) and exp(-t) mean periods and delays of 1. */
static const rg_unit *unit_of_quantity(checker *c, const char *name) {
  const rg_meaning meaning = rg_scope_find(c->in->scope, name);
  switch (meaning.kind) {
  case RG_IS_VARIABLE: return declared(c, c->in->variables[meaning.number].unit);
  case RG_IS_PARAMETER: return unit_of_parameter(c, c->in->parameters->family[meaning.number].first);
  case RG_IS_PATH: return unit_of_parameter(c, c->in->parameters->first_path + meaning.number);
  default: return NULL;
  }
}

static const rg_unit *unit_of_name(checker *c, const rg_tree *tree) {
  const rg_tree *left = c->frame ? c->frame->function->left : NULL;
  const rg_unit *unit = NULL;
  bool is_argument = false;
  for (size_t k = 0; left && k < left->n_args && !is_argument; k++) {
    is_argument = !strcmp(left->args[k]->name, tree->name);
    if (is_argument) unit = c->frame->argument[k];
  }
  if (!is_argument) unit = unit_of_quantity(c, tree->name);
  return tree->prime ? per_time(c, unit) : unit;
}

/* --- calls --------------------------------------------------------------------------------------------- */

/* All arguments from the first on must agree. */
static const rg_unit *agree_all(checker *c, const rg_tree *call, size_t first) {
  const rg_unit *common = unit_of(c, call->args[first]);
  for (size_t k = first + 1; k < call->n_args; k++)
    common = agree(c, call->place, call->args[first], common, call->args[k], unit_of(c, call->args[k]));
  return common;
}

/* exp, log, sin ...: of a pure number, and one themselves. */
static const rg_unit *pure_function(checker *c, const rg_tree *call) {
  const rg_unit *unit = unit_of(c, call->args[0]);
  if (unit && unit->count)
    rg_error(c->in->context, call->place, "divide by something of the same unit first",
             "`%s` is taken of `%s`, which is %s", call->name, source_of(c, call->args[0]), shown(c, unit));
  return unit ? &dimensionless : NULL;
}

static const rg_unit *unit_over_index(checker *c, rg_builtin builtin, const rg_tree *call) {
  const rg_unit *unit = unit_of(c, call->args[1]);
  return builtin == RG_BUILTIN_PROD && unit && unit->count ? NULL : unit;
}

static const rg_unit *unit_of_builtin(checker *c, rg_builtin builtin, const rg_tree *call) {
  if (rg_builtin_over_index(c->in->scope, builtin, call)) return unit_over_index(c, builtin, call);
  switch (builtin) {
  case RG_BUILTIN_ABS:
  case RG_BUILTIN_FLOOR:
  case RG_BUILTIN_MIN:
  case RG_BUILTIN_MAX:
  case RG_BUILTIN_CLAMP:
  case RG_BUILTIN_SOFTPLUS: return agree_all(c, call, 0);
  case RG_BUILTIN_IF: unit_of(c, call->args[0]); return agree_all(c, call, 1);
  case RG_BUILTIN_SQRT: return times(c, &dimensionless, unit_of(c, call->args[0]), 0.5);
  case RG_BUILTIN_SIGN: unit_of(c, call->args[0]); return &dimensionless;
  case RG_BUILTIN_STEP:
  case RG_BUILTIN_RAMP:
  case RG_BUILTIN_SMOOTHSTEP: agree_all(c, call, 0); return &dimensionless;
  case RG_BUILTIN_D: return per_time(c, unit_of(c, call->args[0]));
  case RG_BUILTIN_DLOG:
  case RG_BUILTIN_PCH: unit_of(c, call->args[0]); return per_time(c, &dimensionless);
  default: return pure_function(c, call);
  }
}

static const rg_unit *unit_of_defined(checker *c, const rg_statement *function, const rg_tree *call) {
  const rg_unit **argument = RG_NEW_ARRAY(c->arena, const rg_unit *, call->n_args);
  for (size_t k = 0; k < call->n_args; k++) argument[k] = unit_of(c, call->args[k]);
  const frame inner = {function, argument}, *outer = c->frame;
  c->frame = &inner;
  const rg_unit *unit = unit_of(c, function->right);
  c->frame = outer;
  return unit;
}

static const rg_unit *unit_of_call(checker *c, const rg_tree *call) {
  const rg_meaning meaning = rg_scope_find_called(c->in->scope, call->name);
  if (meaning.kind == RG_IS_BUILTIN) return unit_of_builtin(c, (rg_builtin)meaning.number, call);
  return unit_of_defined(c, c->in->equations->functions.items[meaning.number], call);
}

/* --- operators ----------------------------------------------------------------------------------------- */

static const rg_unit *unit_of_power(checker *c, const rg_tree *tree) {
  const rg_unit *base = unit_of(c, tree->args[0]), *exponent = unit_of(c, tree->args[1]);
  if (tree->args[1]->kind == RG_TREE_NUMBER) return times(c, &dimensionless, base, tree->args[1]->number);
  return base && exponent && base->count == 0 ? &dimensionless : NULL;
}

static bool is_about_letters(const checker *c, const rg_tree *tree) {
  return tree->op == RG_IN || rg_tree_is_letter(c->in->scope, tree->args[0]) ||
         rg_tree_is_letter(c->in->scope, tree->args[1]);
}

static const rg_unit *unit_of_binary(checker *c, const rg_tree *tree) {
  const rg_tree *a = tree->args[0], *b = tree->args[1];
  switch (tree->op) {
  case RG_TIMES: return times(c, unit_of_factor(c, a), unit_of_factor(c, b), 1.0);
  case RG_DIVIDE: return times(c, unit_of_factor(c, a), unit_of_factor(c, b), -1.0);
  case RG_POWER: return unit_of_power(c, tree);
  case RG_AND:
  case RG_OR:
    unit_of(c, a);
    unit_of(c, b);
    return NULL;
  default: break;
  }
  if (is_about_letters(c, tree)) return NULL;
  return agree(c, tree->place, a, unit_of(c, a), b, unit_of(c, b));
}

static const rg_unit *unit_of(checker *c, const rg_tree *tree) {
  switch (tree->kind) {
  case RG_TREE_NUMBER: return NULL;
  case RG_TREE_NAME: return unit_of_name(c, tree);
  case RG_TREE_CALL: return unit_of_call(c, tree);
  case RG_TREE_UNARY: return unit_of(c, tree->args[0]);
  default: return unit_of_binary(c, tree);
  }
}

/* --- statements ---------------------------------------------------------------------------------------- */

static void check_statement(checker *c, const rg_statement *s) {
  if (s->kind == RG_FUNCTION) return; /* looked at where it is called */
  const rg_unit *right = unit_of(c, s->right), *left = unit_of_quantity(c, s->left->name);
  const char *name = source_of(c, s->left);
  if (s->kind == RG_RATE) {
    left = per_time(c, left);
    name = rg_arena_printf(c->arena, "%s'", s->left->name);
  }
  if (left && right && !rg_unit_equal(left, right))
    report(c, s->left->place, name, left, source_of(c, s->right), right);
}

/* All cells are summed up, so that all must agree: a stock among flows is found here. */
static void check_matrix(checker *c, const rg_matrices *matrices, const regime_matrix *m) {
  const rg_tree *first = NULL;
  const rg_unit *unit = NULL;
  for (size_t k = 0; k < m->n_rows * m->n_columns; k++) {
    if (m->entry[k] == REGIME_NO_ENTRY) continue;
    const rg_tree *tree = matrices->entries.items[m->entry[k]].tree;
    const rg_unit *own = unit_of(c, tree);
    if (unit) {
      agree(c, tree->place, first, unit, tree, own);
    } else {
      first = tree;
      unit = own;
    }
  }
  if (m->redundant_entry != REGIME_NO_ENTRY) unit_of(c, matrices->entries.items[m->redundant_entry].tree);
}

void rg_units_check(const rg_unit_input *input, const rg_statements *statements, const rg_events *events,
                    const rg_conditions *conditions, const rg_matrices *matrices,
                    const rg_observations *observations) {
  checker c = {.in = input, .arena = input->scope->arena};
  c.time = declared(&c, input->time);
  for (size_t k = 0; k < statements->count; k++) check_statement(&c, &statements->items[k]);
  for (size_t k = 0; k < events->count; k++) unit_of(&c, events->happening[k].when);
  for (size_t k = 0; k < conditions->n_identities + conditions->n_phases; k++)
    unit_of(&c, conditions->tree[k]);
  for (size_t k = 0; k < matrices->count; k++) check_matrix(&c, matrices, &matrices->matrix[k]);
  for (size_t k = 0; k < observations->entries.count; k++)
    if (k == 0 || observations->entries.items[k].tree != observations->entries.items[k - 1].tree)
      unit_of(&c, observations->entries.items[k].tree);
}
