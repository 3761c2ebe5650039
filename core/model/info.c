/* info.c — the model as the world sees it. */
#include "model/model.h"

#include <stdlib.h>

/* --- publishing ---------------------------------------------------------------------------------------- */

static regime_kind kind_of(const regime_model *m, const rg_variable *v) {
  if (v->is_state) return REGIME_STATE;
  for (size_t k = 0; k < v->family.count; k++)
    if (rg_find_lag(&m->definitions, v->family.first + k, 1) != RG_NO_DEFINITION) return REGIME_STATE;
  for (size_t k = 0; k < v->family.count; k++)
    if (!m->inlined.is_constant[v->family.first + k]) return REGIME_AUXILIARY;
  return REGIME_CONSTANT;
}

static void publish_variables(regime_model *m) {
  size_t output = 0;
  for (size_t k = 0; k < m->equations.variables.count; k++) {
    const rg_variable *v = &m->equations.variables.items[k];
    m->variables[k].kind = kind_of(m, v);
    m->variables[k].output = output;
    output += v->family.count;
  }
  m->identity_output = output;
  m->phase_output = output + m->conditions.n_identities;
  m->matrix_output = m->phase_output + m->conditions.n_phases;
  m->series_output = m->matrix_output + m->matrices.entries.count;
  m->n_outputs = m->series_output + m->observations.entries.count;
  rg_observations_place(&m->observations, m->series_output);
}

/* "Y", "Y(-2)" */
static const char *name_of_past(const regime_model *m, const rg_lag *lag, size_t depth) {
  const char *name = m->definitions.items.items[lag->definition].name;
  return depth == 0 ? name : rg_arena_printf(m->arena, "%s(-%zu)", name, depth);
}

static void publish_states(regime_model *m) {
  const rg_definitions *d = &m->definitions;
  const char **names = RG_NEW_ARRAY(m->arena, const char *, d->n_states);
  const char **starts = RG_NEW_ARRAY(m->arena, const char *, d->n_states);
  for (size_t k = 0; k < d->n_rates; k++)
    starts[k] = names[k] = rg_cell_name(m->arena, &m->sets, &m->equations, k);
  for (size_t k = 0; k < d->lags.count; k++) {
    const rg_lag *lag = &d->lags.items[k];
    names[d->n_rates + k] = name_of_past(m, lag, lag->depth);
    starts[d->n_rates + k] = name_of_past(m, lag, lag->depth - 1);
  }
  m->state_names = names;
  m->start_names = starts;
}

static void publish_blocks(regime_model *m) {
  const rg_simultaneous *s = &m->simultaneous;
  m->simultaneous_blocks = RG_NEW_ARRAY(m->arena, regime_model_block, s->n_blocks);
  for (size_t b = 0; b < s->n_blocks; b++) {
    const char **names = RG_NEW_ARRAY(m->arena, const char *, s->block[b].n);
    for (size_t k = 0; k < s->block[b].n; k++)
      names[k] = m->definitions.items.items[m->inlined.unknowns.items[s->equations[b].first + k]].name;
    m->simultaneous_blocks[b] = (regime_model_block){s->block[b].n, names};
  }
}

/* "oil_price.slope": only the program's listing shows these. */
static void publish_pieces(regime_model *m) {
  static const char *const parts[] = {"start", "level", "slope", "curve", "cube"};
  const char **names = RG_NEW_ARRAY(m->arena, const char *, RG_PIECE_PARTS * m->parameters.n_paths);
  for (size_t k = 0; k < RG_PIECE_PARTS * m->parameters.n_paths; k++)
    names[k] = rg_arena_printf(m->arena, "%s.%s",
                               m->parameters.entry[m->parameters.first_path + k / RG_PIECE_PARTS].name,
                               parts[k % RG_PIECE_PARTS]);
  m->piece_names = names;
}

/* A held switch is called by its question: "[x - 1 > 0]". Those inside it have their names by then. */
static void publish_switches(regime_model *m) {
  const size_t n_dated = m->switches.dated.count, n = n_dated + m->switches.roots.count;
  const char **names = RG_NEW_ARRAY(m->arena, const char *, n);
  m->switch_names = names;
  for (size_t k = 0; k < n; k++) {
    const rg_switch *s = k < n_dated ? &m->switches.dated.items[k] : &m->switches.roots.items[k - n_dated];
    rg_text text = {0};
    char *name;
    rg_text_add(&text, "[");
    rg_print_briefly(m->graph, s->function, rg_model_symbol_name, m, &text);
    rg_text_add(&text, " > 0]");
    names[k] = "[switch]";
    if (rg_text_finish(&text, &name) != REGIME_OK) continue;
    rg_arena_owns(m->arena, free, name);
    names[k] = name;
  }
}

/* A path's value as written is that at the start of the span. */
static void publish_paths(regime_model *m) {
  for (size_t k = 0; k < m->parameters.n_paths; k++)
    m->parameters.entry[m->parameters.first_path + k].value =
        rg_piece_value(rg_path_piece(&m->paths[k], m->declared.from), m->declared.from);
}

static void publish_sizes(regime_model *m, regime_model_info *info) {
  const rg_program *programs[] = {m->programs.rate, m->programs.partials, m->programs.observe};
  info->n_states = m->definitions.n_states;
  info->n_constants = m->inlined.n_constants;
  info->n_auxiliaries = m->equations.n_cells - m->definitions.n_rates - info->n_constants;
  info->n_switches = m->switches.roots.count;
  info->n_dates = m->switches.dated.count;
  info->n_nonzeros = m->jacobian.column[m->jacobian.n];
  info->n_nodes = rg_graph_size(m->graph);
  for (size_t k = 0; k < sizeof programs / sizeof *programs; k++)
    info->n_instructions += rg_program_instructions(programs[k]);
}

static const char *first_observed(const rg_declarations *d) {
  if (d->observations.count == 0 || d->observations.items[0].files.count == 0) return "";
  return d->observations.items[0].files.items[0].text;
}

void rg_model_publish(regime_model *m) {
  const rg_declarations *d = &m->declared;
  m->info = (regime_model_info){.name = rg_or_empty(d->name.text),
                                .title = rg_or_empty(d->title),
                                .source = rg_or_empty(d->source),
                                .about = rg_or_empty(d->about),
                                .time = m->is_discrete ? "discrete" : "continuous",
                                .unit = rg_or_empty(d->unit),
                                .file = d->file,
                                .text = d->text,
                                .observations = first_observed(d),
                                .default_scenario =
                                    d->default_scenario.text ? d->default_scenario.text : "baseline",
                                .from = d->has_span ? d->from : 0.0,
                                .to = d->has_span ? d->to : 100.0,
                                .output = d->output,
                                .step = m->step,
                                .limit = d->limit,
                                .phases_min_length = d->phases_min_length};
  publish_variables(m);
  publish_states(m);
  publish_blocks(m);
  publish_pieces(m);
  publish_switches(m);
  publish_paths(m);
  publish_sizes(m, &m->info);
}

/* --- names of symbols ---------------------------------------------------------------------------------- */

/* "init K", "Y": as the block that finds it says. */
static const char *initial_name(const regime_model *m, uint32_t symbol) {
  size_t b = 0;
  while (symbol >= m->initial.blocks.items[b].symbol + m->initial.blocks.items[b].count) b++;
  return m->initial.blocks.items[b].equation[symbol - m->initial.blocks.items[b].symbol].name;
}

const char *rg_model_symbol_name(void *self, uint32_t symbol) {
  const regime_model *m = self;
  const rg_layout *l = &m->definitions.layout;
  if (rg_is_definition(symbol)) return m->definitions.items.items[rg_definition_of(symbol)].name;
  if (symbol == RG_TIME_SYMBOL) return "t";
  if (symbol < l->parameter) return m->state_names[symbol - RG_FIRST_STATE];
  if (symbol < l->mode) return m->parameters.entry[symbol - l->parameter].name;
  if (symbol < l->piece) return m->parameters.entry[m->parameters.first_mode + (symbol - l->mode)].name;
  if (symbol < l->lag) return m->piece_names[symbol - l->piece];
  if (symbol < l->constant) return m->state_names[m->definitions.n_rates + (symbol - l->lag)];
  if (symbol >= l->unknown && symbol < l->initial)
    return m->definitions.items.items[m->inlined.unknowns.items[symbol - l->unknown]].name;
  if (symbol < l->unknown)
    return m->definitions.items.items[m->inlined.constant_definition[symbol - l->constant]].name;
  if (symbol >= l->initial && symbol < l->dated) return initial_name(m, symbol);
  return m->switch_names[symbol - l->dated];
}

/* --- looking ------------------------------------------------------------------------------------------- */

const regime_model_info *regime_model_about(const regime_model *m) { return &m->info; }

size_t regime_model_files(const regime_model *m) { return m->declared.files.count; }
const char *regime_model_file(const regime_model *m, size_t k) { return m->declared.files.items[k]; }
const char *regime_model_file_text(const regime_model *m, size_t k) { return m->declared.file_text[k]; }

size_t regime_model_sets(const regime_model *m) { return m->sets.count; }
const regime_set *regime_model_set(const regime_model *m, size_t k) { return &m->sets.set[k]; }

size_t regime_model_variables(const regime_model *m) { return m->equations.variables.count; }
const regime_variable *regime_model_variable(const regime_model *m, size_t k) { return &m->variables[k]; }

size_t regime_model_parameters(const regime_model *m) { return m->parameters.count; }
const regime_parameter *regime_model_parameter(const regime_model *m, size_t k) {
  return &m->parameters.entry[k];
}

size_t regime_model_scenarios(const regime_model *m) { return m->scenarios.count; }
const regime_scenario *regime_model_scenario(const regime_model *m, size_t k) {
  return &m->scenarios.scenario[k];
}

size_t regime_model_identities(const regime_model *m) { return m->conditions.n_identities; }
const regime_identity *regime_model_identity(const regime_model *m, size_t k) {
  return &m->conditions.identity[k];
}
size_t regime_model_phases(const regime_model *m) { return m->conditions.n_phases; }
const char *regime_model_phase(const regime_model *m, size_t k) { return m->conditions.phase[k]; }
size_t regime_model_identity_output(const regime_model *m) { return m->identity_output; }
size_t regime_model_phase_output(const regime_model *m) { return m->phase_output; }

size_t regime_model_blocks(const regime_model *m) { return m->simultaneous.n_blocks; }
const regime_model_block *regime_model_block_at(const regime_model *m, size_t k) {
  return &m->simultaneous_blocks[k];
}
size_t regime_model_matrices(const regime_model *m) { return m->matrices.count; }
const regime_matrix *regime_model_matrix(const regime_model *m, size_t k) { return &m->matrices.matrix[k]; }
size_t regime_model_matrix_output(const regime_model *m) { return m->matrix_output; }
size_t regime_model_matrix_entries(const regime_model *m) { return m->matrices.entries.count; }

size_t regime_model_observations(const regime_model *m) { return m->observations.count; }
const regime_observations *regime_model_observed(const regime_model *m, size_t k) {
  return &m->observations.group[k];
}
size_t regime_model_series_output(const regime_model *m) { return m->series_output; }
size_t regime_model_series_outputs(const regime_model *m) { return m->observations.entries.count; }

size_t regime_model_events(const regime_model *m) { return m->events.count; }
const char *regime_model_event(const regime_model *m, size_t k) { return m->events.event[k].name; }

size_t regime_model_distinctions(const regime_model *m) { return m->declared.distinctions.count; }
const regime_distinction *regime_model_distinction(const regime_model *m, size_t k) {
  return &m->distinctions[k];
}

size_t regime_model_figures(const regime_model *m) { return m->declared.figures.count; }
const regime_figure *regime_model_figure(const regime_model *m, size_t k) { return &m->figures[k]; }
