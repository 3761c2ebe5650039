/* inits.c — first values, whatever order they are written in. */
#include "model/inits.h"

#include "model/circle.h"
#include <string.h>

/* At the start, item k < n_states is the init of state k, and item n_states + k is definition k. */
typedef struct start {
  rg_definitions *definitions;
  const rg_inlined *inlined;
  const rg_node *init;
  rg_node *value; /* of each item */
  rg_node_list cache;
} start;

static size_t item_of(const rg_definitions *d, uint32_t symbol) {
  if (rg_is_state(d, symbol)) return rg_state_of(d, symbol);
  return rg_is_definition(symbol) ? d->n_states + rg_definition_of(symbol) : RG_NO_DEFINITION;
}

static rg_node written_at_start(const start *s, size_t item) {
  const size_t n = s->definitions->n_states;
  return item < n ? s->init[item] : s->definitions->items.items[item - n].written;
}

static bool is_constant_item(const start *s, size_t item) {
  const size_t n = s->definitions->n_states;
  return item >= n && s->inlined->is_constant[item - n];
}

static rg_needs find_needs_at_start(start *s) {
  rg_definitions *d = s->definitions;
  const size_t n = d->n_states + d->items.count;
  size_t *first = RG_NEW_ARRAY(d->arena, size_t, n + 1);
  rg_numbers need = {0};
  for (size_t k = 0; k < n; k++) {
    size_t count;
    const uint32_t *symbols = rg_node_symbols(d->graph, written_at_start(s, k), &count);
    for (size_t j = 0; j < count && !is_constant_item(s, k); j++) {
      const size_t item = item_of(d, symbols[j]);
      if (item != RG_NO_DEFINITION) RG_APPEND(d->arena, &need, item);
    }
    first[k + 1] = need.count;
  }
  return (rg_needs){.count = n, .start = first, .need = need.items};
}

static bool by_value_at_start(void *self, rg_graph *graph, rg_node node, rg_node *by) {
  const start *s = self;
  if (rg_node_op(graph, node) != RG_OP_SYMBOL) return false;
  const size_t item = item_of(s->definitions, rg_node_symbol(graph, node));
  if (item == RG_NO_DEFINITION) return false;
  *by = s->value[item];
  return true;
}

static rg_link link_at_start(const rg_definitions *d, size_t item) {
  if (item >= d->n_states) {
    const rg_definition *definition = &d->items.items[item - d->n_states];
    return (rg_link){definition->name, definition->place};
  }
  const rg_statement *init = d->equations->cell[item].init;
  const char *rate = d->items.items[item].name; /* "Y[US]'" */
  return (rg_link){rg_arena_printf(d->arena, "init %.*s", (int)strlen(rate) - 1, rate), init->left->place};
}

/* A circle through an init, or a simultaneous block that an init needs. */
static void report_inits(regime_context *context, const rg_definitions *d, const rg_needs *needs,
                         const rg_order *order, size_t group) {
  const size_t *items;
  const size_t n = rg_order_circle(d->arena, needs, order, group, &items);
  rg_link *links = RG_NEW_ARRAY(d->arena, rg_link, n);
  for (size_t k = 0; k < n; k++) links[k] = link_at_start(d, items[k]);
  rg_report_circle(context, d->arena, links, n,
                   "give one of them a first value that does not need the others");
}

/* Most definitions are no init's affair. */
static const bool *find_needed(const start *s, const rg_needs *needs, const rg_order *order) {
  bool *needed = RG_NEW_ARRAY(s->definitions->arena, bool, needs->count);
  for (size_t j = needs->count; j-- > 0;) {
    const size_t item = order->item[j];
    needed[item] |= item < s->definitions->n_states;
    for (size_t k = needs->start[item]; needed[item] && k < needs->start[item + 1]; k++)
      needed[needs->need[k]] = true;
  }
  return needed;
}

static rg_node value_at_start(start *s, size_t item) {
  if (is_constant_item(s, item)) return s->inlined->value[item - s->definitions->n_states];
  return rg_substitute(s->definitions->graph, written_at_start(s, item), by_value_at_start, s, &s->cache);
}

bool rg_inline_inits(regime_context *context, rg_definitions *d, const rg_inlined *inlined,
                     const rg_node *init, rg_node *out) {
  const size_t n = d->n_states + d->items.count;
  start s = {.definitions = d, .inlined = inlined, .init = init, .value = RG_NEW_ARRAY(d->arena, rg_node, n)};
  const rg_needs needs = find_needs_at_start(&s);
  rg_order order;
  bool sound = true;
  rg_order_find(d->arena, &needs, &order);
  const bool *needed = find_needed(&s, &needs, &order);
  for (size_t g = 0; g < order.n_groups; g++) {
    const size_t item = order.item[order.start[g]];
    if (!needed[item]) continue;
    if (order.is_loop[g])
      report_inits(context, d, &needs, &order, g);
    else
      s.value[item] = value_at_start(&s, item);
    sound &= !order.is_loop[g];
  }
  for (size_t k = 0; k < d->n_states; k++) out[k] = s.value[k];
  return sound;
}
