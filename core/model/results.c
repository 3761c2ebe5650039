/* results.c — `variables` and `figures` from their declarations. */
#include "model/results.h"

#include "base/text.h"
#include <math.h>
#include <string.h>

/* The number of a variable, or UINT32_MAX after an error. */
static uint32_t find_variable(regime_context *context, const rg_scope *scope, rg_word word) {
  const rg_meaning meaning = rg_scope_find(scope, word.text);
  char buffer[160];
  if (meaning.kind == RG_IS_VARIABLE) return meaning.number;
  rg_error(
      context, word.place,
      rg_scope_suggest(scope, word.text, RG_KIND(VARIABLE), "variables are what equations define", buffer),
      meaning.kind == RG_IS_NOTHING ? "unknown variable `%s`" : "`%s` is not a variable", word.text);
  return UINT32_MAX;
}

void rg_variables_build(regime_context *context, const rg_scope *scope, const rg_equations *equations,
                        const rg_declarations *declared, regime_variable *out) {
  for (size_t k = 0; k < equations->variables.count; k++) {
    const rg_variable *v = &equations->variables.items[k];
    out[k] = (regime_variable){.name = v->family.name,
                               .label = rg_or_empty(v->statement->label),
                               .unit = rg_or_empty(v->statement->unit),
                               .equation = v->statement->text,
                               .n_over = v->family.n_over,
                               .over = {v->family.over[0], v->family.over[1]},
                               .n_outputs = v->family.count,
                               .low = -INFINITY,
                               .high = INFINITY};
  }
  for (size_t k = 0; k < declared->variables.count; k++) {
    const rg_variable_decl *d = &declared->variables.items[k];
    const uint32_t number = find_variable(context, scope, d->name);
    if (number == UINT32_MAX) continue;
    if (d->has_bounds) {
      out[number].low = d->low;
      out[number].high = d->high;
    }
    if (d->about) out[number].label = d->about;
    if (d->unit) out[number].unit = d->unit;
  }
}

/* --- figures ------------------------------------------------------------------------------------------- */

/* The texts of words, ending in NULL. */
static const char *const *texts_of(rg_arena *arena, const rg_words *words) {
  const char **texts = RG_NEW_ARRAY(arena, const char *, words->count + 1);
  for (size_t k = 0; k < words->count; k++) texts[k] = words->items[k].text;
  return texts;
}

static void check_group(regime_context *context, const rg_scope *scope, const rg_sets *sets, rg_word word) {
  const rg_meaning_kind kind = rg_scope_find(scope, word.text).kind;
  char buffer[160];
  if (kind == RG_IS_SUBSET || kind == RG_IS_SET || rg_sets_with_member(sets, word.text) != RG_NO_MEMBER)
    return;
  rg_error(context, word.place,
           rg_scope_suggest(scope, word.text, RG_KIND(SET) | RG_KIND(SUBSET),
                            "figures go over sets, subsets or members", buffer),
           "`%s` is neither a set nor a subset nor a member", word.text);
}

/* A parameter by the name of one entry: "alpha", "goal[A]". */
static void check_parameter(regime_context *context, const rg_scope *scope, const rg_parameters *parameters,
                            rg_word word) {
  size_t k = 0;
  char buffer[160];
  while (k < parameters->count && strcmp(parameters->entry[k].name, word.text) != 0) k++;
  if (k < parameters->first_path) return;
  if (k < parameters->count)
    rg_error(context, word.place, "make it a parameter", "`%s` is a %s, and a diagram moves a parameter",
             word.text, parameters->entry[k].is_mode ? "mode" : "path");
  else
    rg_error(context, word.place,
             rg_scope_suggest(scope, word.text, RG_KIND(PARAMETER),
                              "a parameter over a set is named with its member, as `goal[US]`", buffer),
             "there is no parameter `%s` to move", word.text);
}

static void check_figure(regime_context *context, const rg_scope *scope, const rg_sets *sets,
                         const rg_parameters *parameters, const rg_figure_decl *d) {
  if (d->parameter.text) check_parameter(context, scope, parameters, d->parameter);
  for (size_t k = 0; k < d->variables.count; k++) find_variable(context, scope, d->variables.items[k]);
  if (d->x.text) find_variable(context, scope, d->x);
  if (d->y.text) find_variable(context, scope, d->y);
  for (size_t k = 0; k < d->members.count; k++) check_group(context, scope, sets, d->members.items[k]);
  for (size_t k = 0; k < d->groups.count; k++) check_group(context, scope, sets, d->groups.items[k]);
}

regime_figure *rg_figures_build(regime_context *context, const rg_scope *scope, const rg_sets *sets,
                                const rg_parameters *parameters, const rg_declarations *declared) {
  rg_arena *arena = scope->arena;
  regime_figure *figures = RG_NEW_ARRAY(arena, regime_figure, declared->figures.count);
  for (size_t k = 0; k < declared->figures.count; k++) {
    const rg_figure_decl *d = &declared->figures.items[k];
    check_figure(context, scope, sets, parameters, d);
    figures[k] = (regime_figure){.name = d->name.text,
                                 .kind = rg_or_empty(d->kind.text),
                                 .title = rg_or_empty(d->title),
                                 .x = rg_or_empty(d->x.text),
                                 .y = rg_or_empty(d->y.text),
                                 .variables = texts_of(arena, &d->variables),
                                 .members = texts_of(arena, &d->members),
                                 .groups = texts_of(arena, &d->groups),
                                 .parameter = rg_or_empty(d->parameter.text),
                                 .from = d->from,
                                 .to = d->to,
                                 .cycles = d->cycles};
  }
  return figures;
}
