/* expand.c — from statements to cells: declare, shape, number, place, and look for what is missing. */
#include "model/expand.h"

#include <string.h>

typedef struct expander {
  regime_context *context;
  rg_arena *arena;
  rg_scope *scope;
  const rg_sets *sets;
  rg_equations *out;
} expander;

static bool is_equation(const rg_statement *s) { return s->kind == RG_RATE || s->kind == RG_LEVEL; }

static rg_word left_word(const rg_statement *s) {
  return (rg_word){.text = s->left->name, .place = s->left->place};
}

/* --- declare ------------------------------------------------------------------------------------------- */

/* min(i, 2) would go over the members where `i` is an argument. */
static void check_argument_names(expander *x, const rg_tree *left) {
  for (size_t k = 0; k < left->n_args; k++)
    if (rg_scope_find(x->scope, left->args[k]->name).kind == RG_IS_LETTER)
      rg_error(x->context, left->args[k]->place, "give the argument another name",
               "the argument `%s` of `%s` has the name of an index letter", left->args[k]->name, left->name);
}

static void declare_function(expander *x, const rg_statement *s) {
  check_argument_names(x, s->left);
  if (rg_scope_declare(x->scope, x->context, left_word(s), RG_IS_DEFINED, x->out->functions.count))
    RG_APPEND(x->arena, &x->out->functions, s);
}

/* Two equations of one variable must agree in kind and in the number of indices. */
static void check_alike(expander *x, const rg_variable *v, const rg_statement *s) {
  if (v->is_state != (s->kind == RG_RATE))
    rg_error(
        x->context, s->left->place,
        v->family.n_over == 0
            ? "keep one of the two"
            : "keep one of the two; members that do not move can have `if(i == US, 0, ...)` as their rate",
        "`%s` has both an equation for its level and one for its rate, the other in line %d", v->family.name,
        v->statement->left->place.line);
  else if (s->left->n_index != v->family.n_over)
    rg_error(x->context, s->left->place, "write it with the same number of indices everywhere",
             "`%s` has %s here, and %s in line %d", v->family.name, rg_count_indices(s->left->n_index),
             rg_count_indices(v->family.n_over), v->statement->left->place.line);
}

static void declare_variable(expander *x, const rg_statement *s) {
  const rg_meaning known = rg_scope_find(x->scope, s->left->name);
  if (known.kind == RG_IS_VARIABLE) {
    check_alike(x, &x->out->variables.items[known.number], s);
    return;
  }
  if (s->left->n_index > 2) {
    rg_error(x->context, s->left->place, "use one or two", "`%s` has %zu indices", s->left->name,
             s->left->n_index);
    return;
  }
  if (!rg_scope_declare(x->scope, x->context, left_word(s), RG_IS_VARIABLE, x->out->variables.count)) return;
  const rg_variable v = {.family = {.name = s->left->name, .n_over = s->left->n_index},
                         .is_state = s->kind == RG_RATE,
                         .statement = s};
  RG_APPEND(x->arena, &x->out->variables, v);
}

static void declare(expander *x, const rg_statements *statements) {
  for (size_t k = 0; k < statements->count; k++) {
    const rg_statement *s = &statements->items[k];
    if (s->kind == RG_FUNCTION)
      declare_function(x, s);
    else if (is_equation(s))
      declare_variable(x, s);
  }
}

/* --- shape --------------------------------------------------------------------------------------------- */

/* The set whose letter stands in place p on some left side of a variable, or RG_NO_MEMBER. */
static size_t set_of_letters(const expander *x, const rg_statements *statements, const char *name, size_t p) {
  for (size_t k = 0; k < statements->count; k++) {
    const rg_tree *left = statements->items[k].left;
    if (strcmp(left->name, name) != 0 || left->n_index <= p) continue;
    const rg_meaning meaning = rg_scope_find(x->scope, left->index[p]->name);
    if (meaning.kind == RG_IS_LETTER) return x->sets->letters.items[meaning.number].set;
  }
  return RG_NO_MEMBER;
}

static bool has_all(const expander *x, const rg_statements *statements, const char *name, size_t p,
                    size_t set) {
  for (size_t k = 0; k < statements->count; k++) {
    const rg_tree *left = statements->items[k].left;
    if (strcmp(left->name, name) == 0 && left->n_index > p &&
        rg_set_member(x->sets, set, left->index[p]->name) == RG_NO_MEMBER)
      return false;
  }
  return true;
}

/* The set that place p of a variable goes over. Letters decide before members, because two sets may share a
 * member; without any letter it is the first set that has all members named, or at least the first. */
static size_t set_of_place(const expander *x, const rg_statements *statements, const rg_tree *left,
                           size_t p) {
  const size_t of_letters = set_of_letters(x, statements, left->name, p);
  if (of_letters != RG_NO_MEMBER) return of_letters;
  for (size_t set = 0; set < x->sets->count; set++)
    if (has_all(x, statements, left->name, p, set)) return set;
  return rg_sets_with_member(x->sets, left->index[p]->name);
}

static void report_index(expander *x, const rg_tree *index) {
  char buffer[160];
  rg_error(x->context, index->place,
           rg_scope_suggest(x->scope, index->name, RG_KIND(LETTER),
                            "an index is a letter of a set, as in `index = [\"i\", \"j\"]`, or a member",
                            buffer),
           "`%s` is neither an index letter nor a member of a set", index->name);
}

static void find_shape(expander *x, const rg_statements *statements, rg_variable *v) {
  const rg_tree *left = v->statement->left;
  v->family.count = 1;
  for (size_t p = 0; p < v->family.n_over; p++) {
    v->family.over[p] = set_of_place(x, statements, left, p);
    if (v->family.over[p] == RG_NO_MEMBER) {
      report_index(x, left->index[p]);
      v->family.count = 0;
    }
  }
  if (v->family.count) v->family.count = rg_family_size(x->sets, &v->family);
}

/* --- number -------------------------------------------------------------------------------------------- */

static void number_cells(expander *x, bool states) {
  for (size_t k = 0; k < x->out->variables.count; k++) {
    rg_variable *v = &x->out->variables.items[k];
    if (v->is_state != states) continue;
    v->family.first = x->out->n_cells;
    x->out->n_cells += v->family.count;
  }
}

static void number(expander *x) {
  number_cells(x, true);
  x->out->n_states = x->out->n_cells;
  number_cells(x, false);
  x->out->cell = RG_NEW_ARRAY(x->arena, rg_cell, x->out->n_cells);
  for (size_t k = 0; k < x->out->variables.count; k++) {
    const rg_family *family = &x->out->variables.items[k].family;
    for (size_t offset = 0; offset < family->count; offset++)
      x->out->cell[family->first + offset] = (rg_cell){.variable = k, .offset = offset};
  }
}

/* --- place --------------------------------------------------------------------------------------------- */

/* The members a left index allows: all of the set for a letter, one for a member. False after an error. */
static bool allowed(expander *x, const rg_tree *index, size_t set, size_t *from, size_t *to) {
  const rg_meaning meaning = rg_scope_find(x->scope, index->name);
  if (meaning.kind == RG_IS_LETTER) {
    const size_t own = x->sets->letters.items[meaning.number].set;
    *from = 0;
    *to = x->sets->set[set].n_members;
    if (own == set) return true;
    rg_error(x->context, index->place, NULL, "`%s` runs over `%s`, and this index is one of `%s`",
             index->name, x->sets->set[own].name, x->sets->set[set].name);
    return false;
  }
  *from = rg_set_member(x->sets, set, index->name);
  *to = *from + 1;
  if (*from != RG_NO_MEMBER) return true;
  if (rg_sets_with_member(x->sets, index->name) == RG_NO_MEMBER && meaning.kind == RG_IS_NOTHING &&
      strlen(index->name) == 1)
    report_index(x, index);
  else
    rg_error_no_member(x->context, x->sets, set, (rg_word){index->name, index->place});
  return false;
}

/* What the statement's left side covers: cells [row[0], row[1]) x [column[0], column[1]). */
typedef struct coverage {
  size_t from[2], to[2];
} coverage;

static bool find_coverage(expander *x, const rg_variable *v, const rg_tree *left, coverage *out) {
  *out = (coverage){.to = {1, 1}};
  if (left->n_index != v->family.n_over) return false;
  for (size_t p = 0; p < left->n_index; p++)
    if (!allowed(x, left->index[p], v->family.over[p], &out->from[p], &out->to[p])) return false;
  if (left->n_index == 2 && !strcmp(left->index[0]->name, left->index[1]->name) &&
      rg_scope_find(x->scope, left->index[0]->name).kind == RG_IS_LETTER) {
    rg_error(x->context, left->index[1]->place, "use two letters of the set, as `i` and `j`",
             "both indices of `%s` are `%s`", left->name, left->index[0]->name);
    return false;
  }
  return true;
}

static const rg_statement **slot(expander *x, size_t cell, const rg_statement *s) {
  const size_t depth = s->kind == RG_INIT && s->left->lag < 0 ? (size_t)-s->left->lag : 0;
  if (depth == 0) return s->kind == RG_INIT ? &x->out->cell[cell].init : &x->out->cell[cell].equation;
  for (size_t k = 0; k < x->out->deep.count; k++)
    if (x->out->deep.items[k].cell == cell && x->out->deep.items[k].depth == depth)
      return &x->out->deep.items[k].statement;
  RG_APPEND(x->arena, &x->out->deep, ((rg_deep_init){.cell = cell, .depth = depth}));
  return &x->out->deep.items[x->out->deep.count - 1].statement;
}

static void report_twice(expander *x, const rg_variable *v, const rg_statement *s, const bool *twice,
                         const rg_statement *first) {
  rg_error(x->context, s->left->place, "keep one of the two", "%s %s twice, first in line %d",
           rg_entry_names(x->arena, x->sets, &v->family, twice),
           s->kind == RG_INIT ? "is given a first value" : "has an equation", first->left->place.line);
}

static void place_statement(expander *x, const rg_statement *s) {
  const rg_meaning meaning = rg_scope_find(x->scope, s->left->name);
  if (meaning.kind != RG_IS_VARIABLE || (s->kind == RG_INIT && s->left->lag > 0)) return;
  rg_variable *v = &x->out->variables.items[meaning.number];
  coverage c;
  const bool of_other_kind = is_equation(s) && (s->kind == RG_RATE) != v->is_state; /* reported */
  if (v->family.count == 0 || of_other_kind || !find_coverage(x, v, s->left, &c)) {
    v->is_wrong = true;
    return;
  }
  bool *twice = RG_NEW_ARRAY(x->arena, bool, v->family.count);
  const rg_statement *first = NULL;
  for (size_t a = c.from[0]; a < c.to[0]; a++)
    for (size_t b = c.from[1]; b < c.to[1]; b++) {
      const size_t offset = rg_family_offset(x->sets, &v->family, (size_t[]){a, b});
      const rg_statement **place = slot(x, v->family.first + offset, s);
      if (*place) first = *place;
      twice[offset] = *place != NULL;
      if (!*place) *place = s;
    }
  if (first) report_twice(x, v, s, twice, first);
}

/* An init whose name is no variable, or whose indices are not those of the equation. */
static void check_init(expander *x, const rg_statement *s) {
  const rg_meaning meaning = rg_scope_find(x->scope, s->left->name);
  char buffer[160];
  if (meaning.kind == RG_IS_NOTHING)
    rg_error(x->context, s->left->place,
             rg_scope_suggest(x->scope, s->left->name, RG_KIND(VARIABLE),
                              "write its equation, or drop the init", buffer),
             "`%s` has a first value but no equation", s->left->name);
  else if (meaning.kind != RG_IS_VARIABLE)
    rg_error(x->context, s->left->place, "only variables have an `init`", "`%s` is %s", s->left->name,
             rg_meaning_text(meaning.kind));
  else if (s->left->n_index != x->out->variables.items[meaning.number].family.n_over)
    check_alike(x, &x->out->variables.items[meaning.number],
                &(rg_statement){.kind = x->out->variables.items[meaning.number].is_state ? RG_RATE : RG_LEVEL,
                                .left = s->left});
}

static void place(expander *x, const rg_statements *statements) {
  for (size_t k = 0; k < statements->count; k++) {
    const rg_statement *s = &statements->items[k];
    if (s->kind == RG_INIT) check_init(x, s);
    if (s->kind != RG_FUNCTION) place_statement(x, s);
  }
}

/* --- missing ------------------------------------------------------------------------------------------- */

/* Which entries of a variable lack an equation (or an init); false when none does. */
static bool find_missing(const expander *x, const rg_variable *v, bool init, bool *missing) {
  bool any = false;
  for (size_t k = 0; k < v->family.count; k++) {
    const rg_cell *cell = &x->out->cell[v->family.first + k];
    missing[k] = init ? v->is_state && !cell->init : !cell->equation;
    any |= missing[k];
  }
  return any;
}

/* "Y[i]" where all members lack a first value, else the first that does. */
static const char *first_value_of(const expander *x, const rg_variable *v, const bool *missing) {
  const rg_tree *left = v->statement->left;
  size_t n = 0, first = v->family.count;
  for (size_t k = v->family.count; k-- > 0;) {
    n += missing[k];
    if (missing[k]) first = k;
  }
  if (n < v->family.count || v->family.n_over == 0)
    return rg_family_entry(x->arena, x->sets, &v->family, first);
  if (left->n_index == 1) return rg_arena_printf(x->arena, "%s[%s]", left->name, left->index[0]->name);
  return rg_arena_printf(x->arena, "%s[%s,%s]", left->name, left->index[0]->name, left->index[1]->name);
}

static void report_missing(expander *x) {
  for (size_t k = 0; k < x->out->variables.count; k++) {
    const rg_variable *v = &x->out->variables.items[k];
    if (v->is_wrong) continue;
    bool *missing = RG_NEW_ARRAY(x->arena, bool, v->family.count);
    if (find_missing(x, v, false, missing))
      rg_error(x->context, v->statement->left->place, "give one to every member, or use a letter on the left",
               "no equation for %s", rg_entry_names(x->arena, x->sets, &v->family, missing));
    if (find_missing(x, v, true, missing))
      rg_error(x->context, v->statement->left->place,
               rg_arena_printf(x->arena, "add `init %s = ...`", first_value_of(x, v, missing)),
               "no first value for %s", rg_entry_names(x->arena, x->sets, &v->family, missing));
  }
}

void rg_expand(regime_context *context, rg_scope *scope, const rg_sets *sets, const rg_statements *statements,
               rg_equations *out) {
  expander x = {.context = context, .arena = scope->arena, .scope = scope, .sets = sets, .out = out};
  *out = (rg_equations){0};
  declare(&x, statements);
  for (size_t k = 0; k < out->variables.count; k++) find_shape(&x, statements, &out->variables.items[k]);
  number(&x);
  place(&x, statements);
  report_missing(&x);
}

/* --- reading ------------------------------------------------------------------------------------------- */

const char *rg_cell_name(rg_arena *arena, const rg_sets *sets, const rg_equations *equations, size_t cell) {
  const rg_cell *c = &equations->cell[cell];
  return rg_family_entry(arena, sets, &equations->variables.items[c->variable].family, c->offset);
}

void rg_bind_cell(const rg_scope *scope, const rg_sets *sets, const rg_equations *equations, size_t cell,
                  const rg_statement *statement, size_t *member) {
  const rg_cell *c = &equations->cell[cell];
  size_t own[2];
  rg_family_members(sets, &equations->variables.items[c->variable].family, c->offset, own);
  for (size_t p = 0; p < statement->left->n_index; p++) {
    const rg_meaning meaning = rg_scope_find(scope, statement->left->index[p]->name);
    if (meaning.kind == RG_IS_LETTER) member[meaning.number] = own[p];
  }
}
