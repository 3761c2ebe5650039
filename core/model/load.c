/* load.c — from a file to a frozen model. */
#include "model/model.h"

#include <stdlib.h>
#include <string.h>

static bool has_errors(const regime_context *context, size_t before) {
  return rg_errors_reported(context) > before;
}

/* --- words: what the names mean ------------------------------------------------------------------------ */

static void name_everything(regime_context *context, regime_model *m) {
  rg_scope_open(m->arena, &m->scope);
  rg_sets_build(context, &m->declared, &m->scope, &m->sets);
  rg_parameters_build(context, &m->declared, &m->scope, &m->sets, &m->parameters);
}

static void parse(regime_context *context, regime_model *m) {
  const rg_written *w = &m->declared.equations;
  if (w->text) rg_parse_equations(context, m->arena, w->text, w->file, w->line, &m->statements);
}

/* A period is one unit of time; spans and dates are in years where that is a quarter or a month. */
static void read_time(regime_model *m) {
  const char *time = m->declared.time.text, *unit = m->declared.unit ? m->declared.unit : "";
  m->is_discrete = time && !strcmp(time, "discrete");
  m->step = !m->is_discrete            ? 0.0
            : !strcmp(unit, "quarter") ? 0.25
            : !strcmp(unit, "month")   ? 1.0 / 12.0
                                       : 1.0;
}

static void check(regime_context *context, regime_model *m, size_t errors) {
  const rg_check_input input = {.context = context,
                                .scope = &m->scope,
                                .sets = &m->sets,
                                .equations = &m->equations,
                                .statements = &m->statements,
                                .parameters = &m->parameters,
                                .discrete = m->is_discrete};
  rg_checker *checker = rg_checker_create(&input);
  rg_check_statements(checker, &m->statements);
  rg_events_read(checker, &input, &m->declared, &m->events);
  rg_conditions_read(checker, &input, &m->declared, &m->conditions);
  rg_matrices_read(checker, &input, &m->declared, &m->matrices);
  rg_observations_read(checker, &input, &m->declared, &m->observations);
  if (!has_errors(context, errors)) rg_check_unused(checker, &m->declared); /* a wrong line may use them */
}

static void plan_scenarios(regime_context *context, regime_model *m) {
  const rg_assigner assigner = {context, m->arena, &m->scope, &m->sets, &m->parameters, false};
  rg_scenarios_build(&assigner, &m->declared, &m->scenarios);
}

static void read_results(regime_context *context, regime_model *m) {
  m->variables = RG_NEW_ARRAY(m->arena, regime_variable, m->equations.variables.count);
  rg_variables_build(context, &m->scope, &m->equations, &m->declared, m->variables);
  m->figures = rg_figures_build(context, &m->scope, &m->sets, &m->parameters, &m->declared);
  const rg_classify_input input = {context, &m->scope, &m->sets, &m->equations, &m->parameters};
  m->distinctions = rg_distinctions_build(&input, &m->declared);
}

/* Units are looked at when everything else makes sense. */
static void check_units(regime_context *context, regime_model *m) {
  const rg_unit_input input = {context,      &m->scope,        &m->equations, &m->parameters,
                               m->variables, m->declared.unit, m->is_discrete};
  rg_units_check(&input, &m->statements, &m->events, &m->conditions, &m->matrices, &m->observations);
}

/* --- graph: what follows from what --------------------------------------------------------------------- */

static const rg_node *lower_inits(rg_lowerer *l) {
  const rg_equations *e = l->definitions->equations;
  rg_node *init = RG_NEW_ARRAY(l->scope->arena, rg_node, e->n_cells);
  for (size_t k = 0; k < e->n_cells; k++)
    if (e->cell[k].init) init[k] = rg_lower_cell(l, k, e->cell[k].init);
  return init;
}

static const rg_node *lower_deep_inits(rg_lowerer *l) {
  const rg_equations *e = l->definitions->equations;
  rg_node *deep = RG_NEW_ARRAY(l->scope->arena, rg_node, e->deep.count);
  for (size_t k = 0; k < e->deep.count; k++)
    deep[k] = rg_lower_cell(l, e->deep.items[k].cell, e->deep.items[k].statement);
  return deep;
}

/* Everything that may ask for a rate of change or a lag is lowered before these are made. */
static void lower(regime_context *context, regime_model *m) {
  m->graph = rg_graph_create(m->arena);
  rg_definitions_create(m->arena, m->graph, &m->sets, &m->equations, &m->parameters, &m->declared,
                        &m->definitions);
  m->definitions.is_discrete = m->is_discrete;
  rg_lowerer l = rg_lowerer_create(context, &m->scope, &m->sets, &m->parameters, &m->definitions);
  rg_lower_equations(&l);
  rg_events_lower(&l, &m->events);
  rg_conditions_lower(&l, &m->conditions);
  rg_matrices_lower(&l, &m->matrices);
  rg_observations_lower(&l, &m->observations);
  m->n_needed_lags = m->definitions.lags.count;
  m->init = lower_inits(&l);
  m->deep_init = lower_deep_inits(&l);
  rg_close_lags(&m->definitions);
  if (m->is_discrete) rg_events_aim(context, &m->definitions, &m->events);
  rg_derive_rates(&m->definitions, context);
}

/* What is looked at besides the variables, in the order of the outputs; then what events look at. */
static rg_node_list find_watched(const regime_model *m) {
  const rg_conditions *c = &m->conditions;
  rg_node_list watched = {0};
  for (size_t k = 0; k < c->n_identities + c->n_phases; k++) RG_APPEND(m->arena, &watched, c->node[k]);
  for (size_t k = 0; k < m->matrices.entries.count; k++)
    RG_APPEND(m->arena, &watched, m->matrices.entries.items[k].node);
  for (size_t k = 0; k < m->observations.entries.count; k++)
    RG_APPEND(m->arena, &watched, m->observations.entries.items[k].node);
  for (size_t k = 0; k < m->events.count; k++) RG_APPEND(m->arena, &watched, m->events.happening[k].function);
  return watched;
}

/* What a run begins with. */
static bool find_first_values(regime_context *context, regime_model *m) {
  rg_definitions *d = &m->definitions;
  const rg_node *init = m->init;
  if (m->is_discrete) {
    const bool sound = rg_find_starts(context, d, &m->inlined, init, m->deep_init, find_watched(m),
                                      m->n_needed_lags, &m->starts);
    m->init = m->starts.state;
    return sound;
  }
  const bool sound = rg_find_initial(context, d, &m->inlined, init, &m->initial);
  m->init = m->initial.state;
  rg_warn_of_idle_inits(context, d, &m->inlined, &m->initial);
  if (sound) rg_begin_from_initial(d, &m->inlined, m->initial.in_blocks, &m->simultaneous);
  return sound;
}

static bool inline_everything(regime_context *context, regime_model *m, rg_inliner *inliner) {
  const rg_node *init = m->init;
  rg_inline(&m->definitions, &m->inlined);
  *inliner = (rg_inliner){.definitions = &m->definitions, .inlined = &m->inlined};
  bool sound = rg_find_blocks(context, &m->definitions, &m->inlined, init, &m->blocks);
  sound &= rg_find_simultaneous(context, inliner, &m->definitions, init, &m->simultaneous);
  sound &= find_first_values(context, m);
  rg_events_inline(inliner, &m->events);
  rg_conditions_inline(inliner, &m->conditions);
  rg_matrices_inline(context, inliner, &m->matrices);
  rg_observations_inline(inliner, &m->observations);
  return sound;
}

/* Switches that matter are those under the rates, the blocks and the events. From period to period none needs
 * to be held. */
static void find_switches(regime_model *m) {
  const rg_definitions *d = &m->definitions;
  rg_node_list under = {0};
  for (size_t k = 0; k < d->n_rates; k++) RG_APPEND(m->arena, &under, m->inlined.value[k]);
  for (size_t b = 0; b < m->simultaneous.n_blocks && !m->is_discrete; b++)
    for (size_t k = 0; k < m->simultaneous.block[b].n; k++)
      RG_APPEND(m->arena, &under, m->simultaneous.equations[b].residual[k]);
  for (size_t k = 0; k < m->events.count && !m->is_discrete; k++)
    RG_APPEND(m->arena, &under, m->events.happening[k].function);
  rg_switches_find(&m->definitions, under.items, under.count, &m->switches);
}

static void hold_inits(regime_model *m) {
  rg_node *held = RG_NEW_ARRAY(m->arena, rg_node, m->definitions.n_states);
  for (size_t k = 0; k < m->definitions.n_states; k++) held[k] = rg_hold_dated(&m->switches, m->init[k]);
  m->held_init = held;
}

static void compile(regime_model *m, rg_inliner *inliner) {
  rg_jacobian_plan(&m->definitions, inliner, &m->switches, &m->jacobian);
  const rg_compile_input input = {.definitions = &m->definitions,
                                  .inlined = &m->inlined,
                                  .blocks = &m->blocks,
                                  .initial = &m->initial.blocks,
                                  .switches = &m->switches,
                                  .jacobian = &m->jacobian,
                                  .events = &m->events,
                                  .conditions = &m->conditions,
                                  .init = m->held_init,
                                  .matrices = &m->matrices,
                                  .observations = &m->observations,
                                  .simultaneous = &m->simultaneous,
                                  .starts = m->is_discrete ? &m->starts : NULL};
  rg_compile(&input, &m->programs);
}

static void build_paths(regime_model *m) {
  rg_path *paths = RG_NEW_ARRAY(m->arena, rg_path, m->declared.paths.count);
  for (size_t k = 0; k < m->declared.paths.count; k++)
    rg_path_build(m->arena, &m->declared.paths.items[k], &paths[k]);
  m->paths = paths;
}

/* --- the whole ----------------------------------------------------------------------------------------- */

/* What the words mean; every error that words alone can show. *makes_sense: the equations, and what is looked
 * at besides, have none. */
static void understand(regime_context *context, regime_model *m, size_t errors, bool *makes_sense) {
  read_time(m);
  name_everything(context, m);
  parse(context, m);
  rg_expand(context, &m->scope, &m->sets, &m->statements, &m->equations);
  check(context, m, errors);
  *makes_sense = !has_errors(context, errors);
  plan_scenarios(context, m);
  read_results(context, m);
  if (!has_errors(context, errors)) check_units(context, m);
}

/* Circles and blocks are looked at where the equations make sense, whatever may be wrong elsewhere in the
 * file. */
static regime_status assemble(regime_context *context, regime_model *m, size_t errors) {
  const size_t before = rg_errors_reported(context);
  rg_inliner inliner;
  build_paths(m);
  lower(context, m);
  if (has_errors(context, before) || !inline_everything(context, m, &inliner) || has_errors(context, errors))
    return REGIME_BAD_MODEL;
  find_switches(m);
  hold_inits(m);
  compile(m, &inliner);
  rg_model_publish(m);
  return REGIME_OK;
}

static regime_status load(regime_context *context, const char *file, regime_model *m) {
  const size_t errors = rg_errors_reported(context);
  bool makes_sense = false;
  const regime_status status = rg_read_model(context, m->arena, file, &m->declared);
  if (status == REGIME_OK || status == REGIME_BAD_MODEL) understand(context, m, errors, &makes_sense);
  if (makes_sense) return assemble(context, m, errors);
  return status == REGIME_OK ? REGIME_BAD_MODEL : status;
}

regime_status regime_model_load(regime_context *context, const char *file, regime_model **out) {
  rg_arena *arena = rg_arena_create();
  *out = NULL;
  if (!arena) return REGIME_NO_MEMORY;
  if (RG_ARENA_TRY(arena)) {
    rg_arena_free(arena);
    return REGIME_NO_MEMORY;
  }
  regime_model *model = RG_NEW(arena, regime_model);
  model->arena = arena;
  const regime_status status = load(context, file, model);
  if (status == REGIME_OK)
    *out = model;
  else
    rg_arena_free(arena);
  return status;
}

void regime_model_free(regime_model *model) {
  if (model) rg_arena_free(model->arena);
}
