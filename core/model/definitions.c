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
  l.lag = l.constant = l.unknown = l.initial = l.dated = l.side = l.end =
      l.piece + (uint32_t)(RG_PIECE_PARTS * parameters->n_paths);
  return l;
}

static rg_node symbol_of(const rg_definitions *d, size_t definition) {
  return rg_symbol(d->graph, RG_DEFINITION_SYMBOL + (uint32_t)definition);
}

rg_node rg_cell_node(const rg_definitions *d, size_t cell) {
  return cell < d->n_rates ? rg_symbol(d->graph, RG_FIRST_STATE + (uint32_t)cell) : symbol_of(d, cell);
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
  if (cell < d->n_rates) name = rg_arena_printf(d->arena, "%s'", name);
  add(d, RG_NO_DEFINITION,
      (rg_definition){.name = name, .statement = s, .place = s->left->place, .order = cell < d->n_rates});
}

void rg_definitions_create(rg_arena *arena, rg_graph *graph, const rg_sets *sets,
                           const rg_equations *equations, const rg_parameters *parameters,
                           const rg_declarations *declared, rg_definitions *out) {
  *out = (rg_definitions){.arena = arena,
                          .graph = graph,
                          .equations = equations,
                          .n_rates = equations->n_states,
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

/* --- lags ---------------------------------------------------------------------------------------------- */

size_t rg_find_lag(const rg_definitions *d, size_t definition, size_t depth) {
  for (size_t k = d->first_lag.count > definition ? d->first_lag.items[definition] : RG_NO_DEFINITION;
       k != RG_NO_DEFINITION; k = d->lags.items[k].deeper)
    if (d->lags.items[k].depth == depth) return k;
  return RG_NO_DEFINITION;
}

static size_t last_lag(const rg_definitions *d, size_t definition) {
  size_t last = RG_NO_DEFINITION;
  for (size_t depth = 1, k; (k = rg_find_lag(d, definition, depth)) != RG_NO_DEFINITION; depth++) last = k;
  return last;
}

static void add_lag(rg_definitions *d, size_t definition) {
  while (d->first_lag.count <= definition) RG_APPEND(d->arena, &d->first_lag, RG_NO_DEFINITION);
  const size_t last = last_lag(d, definition);
  const size_t depth = last == RG_NO_DEFINITION ? 1 : d->lags.items[last].depth + 1;
  if (last == RG_NO_DEFINITION)
    d->first_lag.items[definition] = d->lags.count;
  else
    d->lags.items[last].deeper = d->lags.count;
  RG_APPEND(d->arena, &d->lags, ((rg_lag){definition, depth, RG_NO_DEFINITION}));
}

static rg_node lag_of_definition(rg_definitions *d, size_t definition, size_t depth) {
  while (rg_find_lag(d, definition, depth) == RG_NO_DEFINITION) add_lag(d, definition);
  return rg_symbol(d->graph, d->layout.lag + (uint32_t)rg_find_lag(d, definition, depth));
}

static rg_node lag_of_symbol(rg_definitions *d, rg_node node, size_t depth) {
  const uint32_t symbol = rg_node_symbol(d->graph, node);
  if (rg_is_definition(symbol)) return lag_of_definition(d, rg_definition_of(symbol), depth);
  if (!rg_is_lag(d, symbol)) return node; /* a parameter or a mode */
  const rg_lag lag = d->lags.items[symbol - d->layout.lag];
  return lag_of_definition(d, lag.definition, lag.depth + depth);
}

/* An expression without a name gets a definition of its own. */
rg_node rg_lag_of(rg_definitions *d, rg_node node, size_t depth, rg_place place) {
  const bool is_symbol = rg_node_op(d->graph, node) == RG_OP_SYMBOL;
  if (rg_node_op(d->graph, node) == RG_OP_NUMBER) return node;
  if (is_symbol && rg_node_symbol(d->graph, node) != RG_TIME_SYMBOL) return lag_of_symbol(d, node, depth);
  for (size_t k = d->n_cells + d->n_paths; k < d->items.count; k++)
    if (d->items.items[k].written == node) return lag_of_definition(d, k, depth);
  add(d, RG_NO_DEFINITION, (rg_definition){.name = "(...)", .place = place, .written = node});
  return lag_of_definition(d, d->items.count - 1, depth);
}

void rg_close_lags(rg_definitions *d) {
  rg_layout *l = &d->layout;
  d->n_states = d->n_rates + d->lags.count;
  l->constant = l->unknown = l->initial = l->dated = l->side = l->end = l->lag + (uint32_t)d->lags.count;
}

/* --- rates of change ----------------------------------------------------------------------------------- */

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
