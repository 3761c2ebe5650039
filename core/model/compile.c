/* compile.c — which expressions make up which program. */
#include "model/compile.h"

typedef struct compiler {
  const rg_compile_input *in;
  rg_arena *arena;
  rg_graph *graph;
  uint32_t n_inputs;
} compiler;

static const rg_program *compile(const compiler *c, const rg_node *outputs, size_t n) {
  return rg_program_compile(c->arena, c->graph, outputs, n, c->n_inputs);
}

static const rg_program *compile_list(const compiler *c, rg_node_list outputs) {
  return compile(c, outputs.items, outputs.count);
}

/* --- constants ----------------------------------------------------------------------------------------- */

static const rg_program *compile_dated(const compiler *c, const rg_node *node, size_t n) {
  rg_node_list outputs = {0};
  for (size_t k = 0; k < n; k++) RG_APPEND(c->arena, &outputs, rg_hold_dated(c->in->switches, node[k]));
  return compile_list(c, outputs);
}

static const rg_block_programs *compile_blocks(const compiler *c, const rg_blocks *blocks) {
  rg_block_programs *programs = RG_NEW_ARRAY(c->arena, rg_block_programs, blocks->count);
  for (size_t k = 0; k < blocks->count; k++) {
    const rg_block *block = &blocks->items[k];
    programs[k] = (rg_block_programs){
        .guess = compile_dated(c, block->guess, block->count),
        .residual = compile_dated(c, block->residual, block->count),
        .partials = compile_dated(c, block->partial, block->pattern.column[block->count])};
  }
  return programs;
}

static const rg_program *compile_constants(const compiler *c) {
  const rg_inlined *in = c->in->inlined;
  rg_node_list outputs = {0};
  for (size_t k = 0; k < in->n_constants; k++)
    RG_APPEND(c->arena, &outputs, in->constant_value[in->constant_definition[k]]);
  return compile_list(c, outputs);
}

static const rg_program *compile_dates(const compiler *c) {
  rg_node_list outputs = {0};
  for (size_t k = 0; k < c->in->switches->dated.count; k++) {
    RG_APPEND(c->arena, &outputs, c->in->switches->dated.items[k].at_zero);
    RG_APPEND(c->arena, &outputs, c->in->switches->dated.items[k].slope);
  }
  return compile_list(c, outputs);
}

/* --- flow ---------------------------------------------------------------------------------------------- */

typedef rg_node holding(rg_switches *switches, rg_node node);

static const rg_program *compile_rate(const compiler *c, holding *hold) {
  const rg_definitions *d = c->in->definitions;
  rg_node_list outputs = {0};
  for (size_t k = 0; k < d->n_rates; k++)
    RG_APPEND(c->arena, &outputs, hold(c->in->switches, c->in->inlined->value[k]));
  for (size_t k = 0; k < d->lags.count; k++)
    if (d->lags.items[k].depth == 1)
      RG_APPEND(c->arena, &outputs, c->in->inlined->value[d->lags.items[k].definition]);
  return compile_list(c, outputs);
}

/* --- simultaneous blocks ------------------------------------------------------------------------------- */

static const rg_program *compile_held(const compiler *c, const rg_node *node, size_t n) {
  rg_node_list outputs = {0};
  for (size_t k = 0; k < n; k++) RG_APPEND(c->arena, &outputs, rg_hold_all(c->in->switches, node[k]));
  return compile_list(c, outputs);
}

static const rg_simultaneous_programs *compile_simultaneous(const compiler *c) {
  const rg_simultaneous *s = c->in->simultaneous;
  rg_simultaneous_programs *programs = RG_NEW_ARRAY(c->arena, rg_simultaneous_programs, s->n_blocks);
  for (size_t k = 0; k < s->n_blocks; k++) {
    const regime_block *block = &s->block[k];
    programs[k] = (rg_simultaneous_programs){
        .residual = compile_held(c, s->equations[k].residual, block->n),
        .partials = compile_held(c, s->equations[k].partial, block->column[block->n])};
  }
  return programs;
}

static const rg_program *compile_sides(const compiler *c) {
  rg_node_list outputs = {0};
  for (size_t k = 0; k < c->in->switches->roots.count; k++)
    RG_APPEND(c->arena, &outputs, c->in->switches->roots.items[k].function);
  return compile_list(c, outputs);
}

/* What a root switch asks about, with no switch held: `function` has those around dated ones made anew. */
static rg_node as_written(const compiler *c, size_t root) {
  return rg_node_operand(c->graph, c->in->switches->roots.items[root].node, 0);
}

static const rg_program *compile_crossing(const compiler *c) {
  rg_node_list outputs = {0};
  for (size_t k = 0; k < c->in->switches->roots.count; k++)
    RG_APPEND(c->arena, &outputs, rg_hold_all(c->in->switches, as_written(c, k)));
  for (size_t k = 0; k < c->in->events->count; k++)
    RG_APPEND(c->arena, &outputs, rg_hold_all(c->in->switches, c->in->events->happening[k].function));
  return compile_list(c, outputs);
}

static const rg_program *const *compile_events(const compiler *c) {
  const rg_program **programs = RG_NEW_ARRAY(c->arena, const rg_program *, c->in->events->count);
  for (size_t k = 0; k < c->in->events->count; k++) {
    const rg_happening *h = &c->in->events->happening[k];
    rg_node_list outputs = {0};
    for (size_t j = 0; j < h->consequences.count; j++)
      RG_APPEND(c->arena, &outputs, rg_hold_dated(c->in->switches, h->consequences.items[j].value));
    programs[k] = compile_list(c, outputs);
  }
  return programs;
}

/* --- outputs ------------------------------------------------------------------------------------------- */

static rg_node value_of_cell(const compiler *c, size_t cell) {
  const rg_definitions *d = c->in->definitions;
  return cell < d->n_rates ? rg_cell_node(d, cell) : c->in->inlined->value[cell];
}

static const rg_program *compile_observe(const compiler *c) {
  const rg_equations *equations = c->in->definitions->equations;
  const rg_conditions *conditions = c->in->conditions;
  rg_node_list outputs = {0};
  for (size_t k = 0; k < equations->variables.count; k++) {
    const rg_family *family = &equations->variables.items[k].family;
    for (size_t j = 0; j < family->count; j++)
      RG_APPEND(c->arena, &outputs, rg_hold_all(c->in->switches, value_of_cell(c, family->first + j)));
  }
  for (size_t k = 0; k < conditions->n_identities + conditions->n_phases; k++)
    RG_APPEND(c->arena, &outputs, rg_hold_all(c->in->switches, conditions->node[k]));
  for (size_t k = 0; k < c->in->matrices->entries.count; k++)
    RG_APPEND(c->arena, &outputs, rg_hold_all(c->in->switches, c->in->matrices->entries.items[k].node));
  for (size_t k = 0; k < c->in->observations->entries.count; k++)
    RG_APPEND(c->arena, &outputs, rg_hold_all(c->in->switches, c->in->observations->entries.items[k].node));
  return compile_list(c, outputs);
}

/* Outputs as those of observe. */
static const rg_program *compile_first(const compiler *c) {
  const rg_definitions *d = c->in->definitions;
  const rg_conditions *conditions = c->in->conditions;
  const size_t n_watched = conditions->n_identities + conditions->n_phases + c->in->matrices->entries.count +
                           c->in->observations->entries.count + c->in->events->count;
  rg_node_list outputs = {0};
  for (size_t k = 0; k < d->n_cells; k++) RG_APPEND(c->arena, &outputs, c->in->starts->cell[k]);
  for (size_t k = 0; k < n_watched; k++) RG_APPEND(c->arena, &outputs, c->in->starts->watched[k]);
  return compile_list(c, outputs);
}

void rg_compile(const rg_compile_input *input, rg_programs *out) {
  const rg_definitions *d = input->definitions;
  const compiler c = {.in = input, .arena = d->arena, .graph = d->graph, .n_inputs = d->layout.end};
  *out =
      (rg_programs){.block = compile_blocks(&c, input->blocks),
                    .initial = compile_blocks(&c, input->initial),
                    .constants = compile_constants(&c),
                    .dates = compile_dates(&c),
                    .init = compile(&c, input->init, d->n_states),
                    .rate = compile_rate(&c, rg_hold_all),
                    .live = compile_rate(&c, rg_hold_dated),
                    .partials = compile(&c, input->jacobian->partials.items, input->jacobian->partials.count),
                    .crossing = compile_crossing(&c),
                    .sides = compile_sides(&c),
                    .observe = compile_observe(&c),
                    .simultaneous = compile_simultaneous(&c),
                    .guess = compile_held(&c, input->simultaneous->guess, input->inlined->unknowns.count),
                    .first = input->starts ? compile_first(&c) : compile(&c, NULL, 0),
                    .event = compile_events(&c)};
}
