/* inline.c — order, constants, and substitution. */
#include "model/inline.h"

/* --- needs --------------------------------------------------------------------------------------------- */

/* The definitions whose symbols stand in a definition's expression. */
static rg_needs find_needs(rg_definitions *d) {
  const size_t n = d->items.count;
  size_t *start = RG_NEW_ARRAY(d->arena, size_t, n + 1);
  rg_numbers need = {0};
  for (size_t k = 0; k < n; k++) {
    size_t count;
    const uint32_t *symbols = rg_node_symbols(d->graph, d->items.items[k].written, &count);
    for (size_t j = 0; j < count; j++)
      if (rg_is_definition(symbols[j])) RG_APPEND(d->arena, &need, rg_definition_of(symbols[j]));
    start[k + 1] = need.count;
  }
  return (rg_needs){.count = n, .start = start, .need = need.items};
}

/* --- constants ----------------------------------------------------------------------------------------- */

/* Does a definition use parameters and constants only? In a loop its own group counts as constant for the
 * time being. */
static bool uses_constants_only(rg_definitions *d, const bool *is_constant, size_t k) {
  size_t count;
  const uint32_t *symbols = rg_node_symbols(d->graph, d->items.items[k].written, &count);
  for (size_t j = 0; j < count; j++) {
    const uint32_t s = symbols[j];
    const bool parameter = s >= d->layout.parameter && s < d->layout.mode;
    if (rg_is_definition(s) ? !is_constant[rg_definition_of(s)] : !parameter) return false;
  }
  return true;
}

static bool is_level(const rg_definitions *d, size_t k) { return k >= d->n_rates && k < d->n_cells; }

static bool group_is_constant(rg_definitions *d, const rg_order *order, size_t group, bool *is_constant) {
  bool all = true;
  for (size_t k = order->start[group]; k < order->start[group + 1]; k++) is_constant[order->item[k]] = true;
  for (size_t k = order->start[group]; k < order->start[group + 1]; k++)
    all &= is_level(d, order->item[k]) && uses_constants_only(d, is_constant, order->item[k]);
  for (size_t k = order->start[group]; k < order->start[group + 1]; k++) is_constant[order->item[k]] = all;
  return all;
}

/* Finds the constants and numbers them. */
static void find_constants(rg_definitions *d, rg_inlined *in) {
  bool *is_constant = RG_NEW_ARRAY(d->arena, bool, d->items.count);
  size_t *constant_definition = RG_NEW_ARRAY(d->arena, size_t, d->n_cells);
  uint32_t *constant_symbol = RG_NEW_ARRAY(d->arena, uint32_t, d->items.count);
  for (size_t g = 0; g < in->order.n_groups; g++) {
    const bool constant = group_is_constant(d, &in->order, g, is_constant);
    for (size_t k = in->order.start[g]; constant && k < in->order.start[g + 1]; k++) {
      constant_symbol[in->order.item[k]] = d->layout.constant + (uint32_t)in->n_constants;
      constant_definition[in->n_constants++] = in->order.item[k];
    }
  }
  in->is_constant = is_constant;
  in->constant_definition = constant_definition;
  in->constant_symbol = constant_symbol;
  d->layout.unknown = d->layout.constant + (uint32_t)in->n_constants;
}

/* Circles of anything else. */
static void find_unknowns(rg_definitions *d, rg_inlined *in) {
  size_t *unknown = RG_NEW_ARRAY(d->arena, size_t, d->items.count);
  for (size_t k = 0; k < d->items.count; k++) unknown[k] = RG_NO_DEFINITION;
  for (size_t g = 0; g < in->order.n_groups; g++)
    for (size_t j = in->order.start[g]; in->order.is_loop[g] && j < in->order.start[g + 1]; j++) {
      const size_t k = in->order.item[j];
      if (in->is_constant[k]) continue;
      unknown[k] = in->unknowns.count;
      RG_APPEND(d->arena, &in->unknowns, k);
    }
  in->unknown = unknown;
  rg_layout *l = &d->layout;
  l->initial = l->dated = l->side = l->end = l->unknown + (uint32_t)in->unknowns.count;
}

/* --- substitution --------------------------------------------------------------------------------------- */

static bool by_value(void *self, rg_graph *graph, rg_node node, rg_node *by) {
  const rg_node *value = self;
  if (rg_node_op(graph, node) != RG_OP_SYMBOL) return false;
  const uint32_t symbol = rg_node_symbol(graph, node);
  if (!rg_is_definition(symbol)) return false;
  *by = value[rg_definition_of(symbol)];
  return true;
}

rg_node rg_put_values(const rg_definitions *d, rg_node *value, rg_node node, rg_node_list *cache) {
  return rg_substitute(d->graph, node, by_value, value, cache);
}

rg_node rg_inline_node(rg_inliner *inliner, rg_node node) {
  return rg_put_values(inliner->definitions, inliner->inlined->value, node, &inliner->cache);
}

/* Constants among each other: explicit ones are put in place, those of blocks stay symbols. */
static void inline_constants(rg_definitions *d, rg_inlined *in) {
  rg_node *value = RG_NEW_ARRAY(d->arena, rg_node, d->items.count);
  rg_node_list cache = {0};
  for (size_t g = 0; g < in->order.n_groups; g++)
    for (size_t j = in->order.start[g]; j < in->order.start[g + 1]; j++) {
      const size_t k = in->order.item[j];
      if (!in->is_constant[k]) continue;
      value[k] = in->order.is_loop[g] ? rg_symbol(d->graph, in->constant_symbol[k])
                                      : rg_put_values(d, value, d->items.items[k].written, &cache);
    }
  in->constant_value = value;
}

/* A constant is an input, unless it turns out to be a plain number. */
static rg_node value_of_constant(const rg_definitions *d, const rg_inlined *in, size_t k) {
  if (rg_node_op(d->graph, in->constant_value[k]) == RG_OP_NUMBER) return in->constant_value[k];
  return rg_symbol(d->graph, in->constant_symbol[k]);
}

static rg_node value_of(const rg_definitions *d, const rg_inlined *in, size_t k, rg_node_list *cache) {
  if (in->is_constant[k]) return value_of_constant(d, in, k);
  if (in->unknown[k] != RG_NO_DEFINITION)
    return rg_symbol(d->graph, d->layout.unknown + (uint32_t)in->unknown[k]);
  return rg_put_values(d, in->value, d->items.items[k].written, cache);
}

static void inline_all(rg_definitions *d, rg_inlined *in) {
  rg_node_list cache = {0};
  in->value = RG_NEW_ARRAY(d->arena, rg_node, d->items.count);
  for (size_t j = 0; j < d->items.count; j++) {
    const size_t k = in->order.item[j];
    in->value[k] = value_of(d, in, k, &cache);
  }
}

void rg_inline(rg_definitions *d, rg_inlined *out) {
  *out = (rg_inlined){.needs = find_needs(d)};
  rg_order_find(d->arena, &out->needs, &out->order);
  find_constants(d, out);
  find_unknowns(d, out);
  inline_constants(d, out);
  inline_all(d, out);
}
