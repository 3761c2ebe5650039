/* definitions.c — the list of definitions, and rates of change by the chain rule. */
#include "model/definitions.h"

#include <string.h>

/* An equation may need the rate of a rate, as `inflation'` does where inflation = p'/p; hardly more. */
enum { HIGHEST_ORDER = 8 };

static rg_layout lay_out(const rg_equations *equations, const rg_parameters *parameters) {
  rg_layout l;
  l.parameter = RG_FIRST_STATE + (uint32_t)equations->n_states;
  l.mode = l.parameter + (uint32_t)parameters->first_path;
  l.piece = l.mode + (uint32_t)parameters->n_modes;
  l.constant = l.dated = l.side = l.end = l.piece + (uint32_t)(RG_PIECE_PARTS * parameters->n_paths);
  return l;
}

static rg_node symbol_of(const rg_definitions *d, size_t definition) {
  return rg_symbol(d->graph, RG_DEFINITION_SYMBOL + (uint32_t)definition);
}

rg_node rg_cell_node(const rg_definitions *d, size_t cell) {
  return cell < d->n_states ? rg_symbol(d->graph, RG_FIRST_STATE + (uint32_t)cell) : symbol_of(d, cell);
}

rg_node rg_path_node(const rg_definitions *d, size_t path) { return symbol_of(d, d->n_cells + path); }

static rg_node part(const rg_definitions *d, size_t path, rg_piece which) {
  return rg_symbol(d->graph, d->layout.piece + (uint32_t)(RG_PIECE_PARTS * path + which));
}

/* Written no further than its interpolation reaches, so that a linear path is seen to be linear. */
static rg_node path_expression(const rg_definitions *d, size_t path, rg_interpolation interpolation) {
  static const rg_piece highest[] = {
      [RG_STEP] = RG_PIECE_LEVEL, [RG_LINEAR] = RG_PIECE_SLOPE, [RG_SMOOTH] = RG_PIECE_CUBE};
  rg_graph *g = d->graph;
  const rg_node s = rg_sub(g, rg_symbol(g, RG_TIME_SYMBOL), part(d, path, RG_PIECE_START));
  rg_node value = part(d, path, highest[interpolation]);
  for (int k = (int)highest[interpolation] - 1; k >= (int)RG_PIECE_LEVEL; k--)
    value = rg_add(g, part(d, path, (rg_piece)k), rg_mul(g, s, value));
  return value;
}

static void add(rg_definitions *d, size_t base, rg_definition definition) {
  definition.rate = RG_NO_DEFINITION;
  definition.base = base;
  RG_APPEND(d->arena, &d->items, definition);
}

static void add_cell(rg_definitions *d, const rg_sets *sets, size_t cell) {
  const rg_statement *s = d->equations->cell[cell].equation;
  const char *name = rg_cell_name(d->arena, sets, d->equations, cell);
  if (cell < d->n_states) name = rg_arena_printf(d->arena, "%s'", name);
  add(d, RG_NO_DEFINITION,
      (rg_definition){.name = name, .statement = s, .place = s->left->place, .order = cell < d->n_states});
}

void rg_definitions_create(rg_arena *arena, rg_graph *graph, const rg_sets *sets,
                           const rg_equations *equations, const rg_parameters *parameters,
                           const rg_declarations *declared, rg_definitions *out) {
  *out = (rg_definitions){.arena = arena,
                          .graph = graph,
                          .equations = equations,
                          .n_states = equations->n_states,
                          .n_cells = equations->n_cells,
                          .n_paths = parameters->n_paths,
                          .layout = lay_out(equations, parameters)};
  for (size_t k = 0; k < out->n_cells; k++) add_cell(out, sets, k);
  for (size_t k = 0; k < out->n_paths; k++) {
    const rg_path_decl *path = &declared->paths.items[k];
    add(out, RG_NO_DEFINITION,
        (rg_definition){.name = path->name.text,
                        .place = path->name.place,
                        .written = path_expression(out, k, path->interpolation)});
  }
  out->n_derived = out->items.count;
}

/* The symbol of a definition's rate of change, to be written by rg_derive_rates. */
static rg_node rate_of_definition(rg_definitions *d, size_t k) {
  if (d->items.items[k].rate == RG_NO_DEFINITION) {
    const rg_definition base = d->items.items[k];
    d->items.items[k].rate = d->items.count;
    add(d, k,
        (rg_definition){.name = rg_arena_printf(d->arena, "%s'", base.name),
                        .place = base.place,
                        .order = base.order + 1});
  }
  return symbol_of(d, d->items.items[k].rate);
}

static rg_node rate_of_symbol(rg_definitions *d, uint32_t symbol) {
  if (symbol == RG_TIME_SYMBOL) return rg_number(d->graph, 1.0);
  if (rg_is_state(d, symbol)) return symbol_of(d, symbol - RG_FIRST_STATE);
  if (rg_is_definition(symbol)) return rate_of_definition(d, rg_definition_of(symbol));
  return rg_number(d->graph, 0.0);
}

rg_node rg_rate_of(rg_definitions *d, rg_node node, rg_place place) {
  if (rg_node_op(d->graph, node) == RG_OP_NUMBER) return rg_number(d->graph, 0.0);
  if (rg_node_op(d->graph, node) == RG_OP_SYMBOL) return rate_of_symbol(d, rg_node_symbol(d->graph, node));
  add(d, RG_NO_DEFINITION, (rg_definition){.name = "d(...)", .place = place, .written = node});
  return rate_of_definition(d, d->items.count - 1);
}

/* d node / dt = sum over its symbols s of d node / ds * s'. */
static rg_node chain_rule(rg_definitions *d, rg_node node) {
  size_t count;
  const uint32_t *symbols = rg_node_symbols(d->graph, node, &count);
  rg_node sum = rg_number(d->graph, 0.0);
  for (size_t k = 0; k < count; k++) {
    const rg_node rate = rate_of_symbol(d, symbols[k]);
    sum = rg_add(d->graph, sum, rg_mul(d->graph, rg_derivative(d->graph, node, symbols[k]), rate));
  }
  return sum;
}

void rg_derive_rates(rg_definitions *d, regime_context *context) {
  for (; d->n_derived < d->items.count; d->n_derived++) {
    const rg_definition derived = d->items.items[d->n_derived];
    if (derived.base == RG_NO_DEFINITION) continue; /* the expression of a d(...), written already */
    if (derived.order > HIGHEST_ORDER) {
      rg_error(context, derived.place, "its equation goes in a circle through rates of change: break it",
               "`%.*s` needs rates of change of rates of change without end", (int)strcspn(derived.name, "'"),
               derived.name);
      return;
    }
    const rg_node rate = chain_rule(d, d->items.items[derived.base].written);
    d->items.items[d->n_derived].written = rate; /* the list may have moved meanwhile */
  }
}
