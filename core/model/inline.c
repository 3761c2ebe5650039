/* inline.c — order, constants, blocks, and substitution. */
#include "model/inline.h"

#include <string.h>

typedef RG_LIST(size_t) numbers;

/* --- needs --------------------------------------------------------------------------------------------- */

/* The definitions whose symbols stand in a definition's expression. */
static rg_needs find_needs(rg_definitions *d) {
  const size_t n = d->items.count;
  size_t *start = RG_NEW_ARRAY(d->arena, size_t, n + 1);
  numbers need = {0};
  for (size_t k = 0; k < n; k++) {
    size_t count;
    const uint32_t *symbols = rg_node_symbols(d->graph, d->items.items[k].written, &count);
    for (size_t j = 0; j < count; j++)
      if (rg_is_definition(symbols[j])) RG_APPEND(d->arena, &need, rg_definition_of(symbols[j]));
    start[k + 1] = need.count;
  }
  return (rg_needs){.count = n, .start = start, .need = need.items};
}

/* --- circles ------------------------------------------------------------------------------------------- */

typedef struct link {
  const char *name;
  rg_place place;
} link;

/* "`a` needs `b` (line 4), `b` needs `c` (line 7), `c` needs `a`" */
static const char *circle_text(rg_arena *arena, const link *links, size_t n) {
  enum { SHOWN = 8 };
  const char *text = "";
  for (size_t k = 0; k < n && k < SHOWN; k++) {
    const link *next = &links[(k + 1) % n];
    const char *where = k + 1 < n ? rg_arena_printf(arena, " (line %d)", next->place.line) : "";
    text = rg_arena_printf(arena, "%s%s`%s` needs `%s`%s", text, k ? ", " : "", links[k].name, next->name, where);
  }
  return n > SHOWN ? rg_arena_printf(arena, "%s ... and back after %zu steps", text, n) : text;
}

static void report_circle(regime_context *context, rg_arena *arena, const link *links, size_t n,
                          const char *remedy) {
  if (n == 1)
    rg_error(context, links[0].place, remedy, "`%s` needs itself", links[0].name);
  else
    rg_error(context, links[0].place, remedy, "a circle: %s", circle_text(arena, links, n));
}

static void report_definitions(regime_context *context, const rg_definitions *d, const rg_inlined *in,
                               size_t group) {
  const size_t *items;
  const size_t n = rg_order_circle(d->arena, &in->needs, &in->order, group, &items);
  link *links = RG_NEW_ARRAY(d->arena, link, n);
  for (size_t k = 0; k < n; k++)
    links[k] = (link){d->items.items[items[k]].name, d->items.items[items[k]].place};
  report_circle(context, d->arena, links, n,
                "break it: let one of them follow as a state with an equation for its rate `x' = ...`, or solve "
                "for one of them by hand");
}

/* --- constants ----------------------------------------------------------------------------------------- */

/* Does a definition use parameters and constants only? In a loop its own group counts as constant for the time
 * being. */
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

static bool is_level(const rg_definitions *d, size_t k) { return k >= d->n_states && k < d->n_cells; }

static bool group_is_constant(rg_definitions *d, const rg_order *order, size_t group, bool *is_constant) {
  bool all = true;
  for (size_t k = order->start[group]; k < order->start[group + 1]; k++) is_constant[order->item[k]] = true;
  for (size_t k = order->start[group]; k < order->start[group + 1]; k++)
    all &= is_level(d, order->item[k]) && uses_constants_only(d, is_constant, order->item[k]);
  for (size_t k = order->start[group]; k < order->start[group + 1]; k++) is_constant[order->item[k]] = all;
  return all;
}

/* Finds the constants and numbers them; reports circles of anything else. */
static bool find_constants(regime_context *context, rg_definitions *d, rg_inlined *in) {
  bool *is_constant = RG_NEW_ARRAY(d->arena, bool, d->items.count), sound = true;
  size_t *constant_definition = RG_NEW_ARRAY(d->arena, size_t, d->n_cells);
  uint32_t *constant_symbol = RG_NEW_ARRAY(d->arena, uint32_t, d->items.count);
  for (size_t g = 0; g < in->order.n_groups; g++) {
    const bool constant = group_is_constant(d, &in->order, g, is_constant);
    if (in->order.is_loop[g] && !constant) {
      report_definitions(context, d, in, g);
      sound = false;
    }
    for (size_t k = in->order.start[g]; constant && k < in->order.start[g + 1]; k++) {
      constant_symbol[in->order.item[k]] = d->layout.constant + (uint32_t)in->n_constants;
      constant_definition[in->n_constants++] = in->order.item[k];
    }
  }
  in->is_constant = is_constant;
  in->constant_definition = constant_definition;
  in->constant_symbol = constant_symbol;
  d->layout.dated = d->layout.side = d->layout.end = d->layout.constant + (uint32_t)in->n_constants;
  return sound;
}

/* --- substitution -------------------------------------------------------------------------------------- */

typedef struct substitution {
  const rg_node *value; /* of each definition */
  rg_node_list cache;
} substitution;

static bool by_value(void *self, rg_graph *graph, rg_node node, rg_node *by) {
  if (rg_node_op(graph, node) != RG_OP_SYMBOL) return false;
  const uint32_t symbol = rg_node_symbol(graph, node);
  if (!rg_is_definition(symbol)) return false;
  *by = ((const substitution *)self)->value[rg_definition_of(symbol)];
  return true;
}

static rg_node substitute(const rg_definitions *d, substitution *s, rg_node node) {
  return rg_substitute(d->graph, node, by_value, s, &s->cache);
}

rg_node rg_inline_node(rg_inliner *inliner, rg_node node) {
  substitution s = {.value = inliner->inlined->value, .cache = inliner->cache};
  const rg_node result = substitute(inliner->definitions, &s, node);
  inliner->cache = s.cache;
  return result;
}

/* Constants among each other: explicit ones are put in place, those of blocks stay symbols. */
static void inline_constants(rg_definitions *d, rg_inlined *in) {
  rg_node *value = RG_NEW_ARRAY(d->arena, rg_node, d->items.count);
  substitution s = {.value = value};
  for (size_t g = 0; g < in->order.n_groups; g++)
    for (size_t j = in->order.start[g]; j < in->order.start[g + 1]; j++) {
      const size_t k = in->order.item[j];
      if (!in->is_constant[k]) continue;
      value[k] = in->order.is_loop[g] ? rg_symbol(d->graph, in->constant_symbol[k])
                                      : substitute(d, &s, d->items.items[k].written);
    }
  in->constant_value = value;
}

/* A constant is an input, unless it turns out to be a plain number. */
static rg_node value_of_constant(const rg_definitions *d, const rg_inlined *in, size_t k) {
  if (rg_node_op(d->graph, in->constant_value[k]) == RG_OP_NUMBER) return in->constant_value[k];
  return rg_symbol(d->graph, in->constant_symbol[k]);
}

static void inline_all(rg_definitions *d, rg_inlined *in) {
  rg_node *value = RG_NEW_ARRAY(d->arena, rg_node, d->items.count);
  substitution s = {.value = value};
  in->value = value;
  for (size_t j = 0; j < d->items.count; j++) {
    const size_t k = in->order.item[j];
    value[k] = in->is_constant[k] ? value_of_constant(d, in, k) : substitute(d, &s, d->items.items[k].written);
  }
}

/* --- blocks -------------------------------------------------------------------------------------------- */

static void add_block(rg_definitions *d, rg_inlined *in, size_t group) {
  const size_t first = in->order.start[group], count = in->order.start[group + 1] - first;
  rg_node *residual = RG_NEW_ARRAY(d->arena, rg_node, count);
  substitution s = {.value = in->constant_value};
  for (size_t k = 0; k < count; k++) {
    const size_t definition = in->order.item[first + k];
    const rg_node right = substitute(d, &s, d->items.items[definition].written);
    residual[k] = rg_sub(d->graph, right, rg_symbol(d->graph, in->constant_symbol[definition]));
  }
  RG_APPEND(d->arena, &in->blocks,
            ((rg_block){.count = count, .definition = &in->order.item[first], .residual = residual}));
}

bool rg_inline(regime_context *context, rg_definitions *d, rg_inlined *out) {
  *out = (rg_inlined){.needs = find_needs(d)};
  rg_order_find(d->arena, &out->needs, &out->order);
  if (!find_constants(context, d, out)) return false;
  inline_constants(d, out);
  for (size_t g = 0; g < out->order.n_groups; g++)
    if (out->order.is_loop[g]) add_block(d, out, g);
  inline_all(d, out);
  return true;
}

/* --- first guesses ------------------------------------------------------------------------------------- */

/* May a guess use this input? Parameters, and constants of blocks before. */
static bool is_known_before(const rg_definitions *d, const rg_inlined *in, const rg_block *block, uint32_t symbol) {
  const uint32_t first = in->constant_symbol[block->definition[0]];
  return (symbol >= d->layout.parameter && symbol < d->layout.mode) ||
         (symbol >= d->layout.constant && symbol < first);
}

static bool check_guess(regime_context *context, rg_definitions *d, const rg_inlined *in, const rg_block *block,
                        size_t definition, rg_node guess) {
  size_t count;
  const uint32_t *symbols = rg_node_symbols(d->graph, guess, &count);
  for (size_t k = 0; k < count; k++) {
    if (!rg_is_definition(symbols[k]) && is_known_before(d, in, block, symbols[k])) continue;
    rg_error(context, d->equations->cell[definition].init->left->place,
             "use numbers, parameters and what follows from them alone",
             "the first guess of `%s` depends on what is not known before it is solved for",
             d->items.items[definition].name);
    return false;
  }
  return true;
}

/* A definition that is no explicit constant stands for itself, so that the check finds it. */
static substitution guess_substitution(rg_definitions *d, const rg_inlined *in) {
  rg_node *value = RG_NEW_ARRAY(d->arena, rg_node, d->items.count);
  for (size_t k = 0; k < d->items.count; k++)
    value[k] =
        in->is_constant[k] ? in->constant_value[k] : rg_symbol(d->graph, RG_DEFINITION_SYMBOL + (uint32_t)k);
  return (substitution){.value = value};
}

bool rg_inline_guesses(regime_context *context, rg_definitions *d, rg_inlined *in, const rg_node *init) {
  substitution s = guess_substitution(d, in);
  bool sound = true;
  for (size_t b = 0; b < in->blocks.count; b++) {
    rg_block *block = &in->blocks.items[b];
    rg_node *guess = RG_NEW_ARRAY(d->arena, rg_node, block->count);
    for (size_t k = 0; k < block->count; k++) {
      const size_t definition = block->definition[k];
      const bool given = d->equations->cell[definition].init != NULL;
      guess[k] = given ? substitute(d, &s, init[definition]) : rg_number(d->graph, 1.0);
      sound &= check_guess(context, d, in, block, definition, guess[k]);
    }
    block->guess = guess;
  }
  return sound;
}

/* --- first values -------------------------------------------------------------------------------------- */

/* At the start, item k < n_states is the init of state k, and item n_states + k is definition k. */
typedef struct start {
  rg_definitions *definitions;
  const rg_inlined *inlined;
  const rg_node *init;
  rg_node *value; /* of each item */
  rg_node_list cache;
} start;

static size_t item_of(const rg_definitions *d, uint32_t symbol) {
  if (rg_is_state(d, symbol)) return symbol - RG_FIRST_STATE;
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
  numbers need = {0};
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

static link link_at_start(const rg_definitions *d, size_t item) {
  if (item >= d->n_states) {
    const rg_definition *definition = &d->items.items[item - d->n_states];
    return (link){definition->name, definition->place};
  }
  const rg_statement *init = d->equations->cell[item].init;
  const char *rate = d->items.items[item].name; /* "Y[US]'" */
  return (link){rg_arena_printf(d->arena, "init %.*s", (int)strlen(rate) - 1, rate), init->left->place};
}

/* Every circle here has an init in it: the definitions alone have been ordered before. */
static void report_inits(regime_context *context, const rg_definitions *d, const rg_needs *needs,
                         const rg_order *order, size_t group) {
  const size_t *items;
  const size_t n = rg_order_circle(d->arena, needs, order, group, &items);
  link *links = RG_NEW_ARRAY(d->arena, link, n);
  for (size_t k = 0; k < n; k++) links[k] = link_at_start(d, items[k]);
  report_circle(context, d->arena, links, n, "give one of them a first value that does not need the others");
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

bool rg_inline_inits(regime_context *context, rg_definitions *d, const rg_inlined *inlined, const rg_node *init,
                     rg_node *out) {
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
    if (order.is_loop[g]) report_inits(context, d, &needs, &order, g);
    else s.value[item] = value_at_start(&s, item);
    sound &= !order.is_loop[g];
  }
  for (size_t k = 0; k < d->n_states; k++) out[k] = s.value[k];
  return sound;
}
