/* inits.c — first values, whatever order they are written in. */
#include "model/inits.h"

#include "linalg/dense.h"
#include <math.h>
#include <string.h>

/* At the start, item k < n_states is the init of state k, and item n_states + k is definition k. */
typedef struct start {
  rg_definitions *definitions;
  const rg_inlined *inlined;
  const rg_node *init;
  rg_needs needs;
  rg_order order;
  const bool *needed;
  rg_node *value; /* of each item; RG_NO_NODE: not yet known */
  rg_node_list cache;
  size_t *in_blocks;
  rg_initial *out;
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

/* --- circles ------------------------------------------------------------------------------------------- */

static rg_link link_at_start(const rg_definitions *d, size_t item) {
  if (item >= d->n_states) {
    const rg_definition *definition = &d->items.items[item - d->n_states];
    return (rg_link){definition->name, definition->place};
  }
  const rg_statement *init = d->equations->cell[item].init;
  const char *rate = d->items.items[item].name; /* "Y[US]'" */
  return (rg_link){rg_arena_printf(d->arena, "init %.*s", (int)strlen(rate) - 1, rate), init->left->place};
}

static void report_circle(regime_context *context, const start *s, size_t group) {
  const rg_definitions *d = s->definitions;
  const size_t *items;
  const size_t n = rg_order_circle(d->arena, &s->needs, &s->order, group, &items);
  rg_link *links = RG_NEW_ARRAY(d->arena, rg_link, n);
  for (size_t k = 0; k < n; k++) links[k] = link_at_start(d, items[k]);
  rg_report_circle(context, d->arena, links, n,
                   "give one of them a first value that does not need the others");
}

/* --- blocks -------------------------------------------------------------------------------------------- */

static bool is_init(const start *s, size_t item) { return item < s->definitions->n_states; }

/* What is not known before counts as 1. */
static bool by_guess(void *self, rg_graph *graph, rg_node node, rg_node *by) {
  const start *s = self;
  if (rg_node_op(graph, node) != RG_OP_SYMBOL) return false;
  const uint32_t symbol = rg_node_symbol(graph, node);
  const size_t item = item_of(s->definitions, symbol);
  if (item == RG_NO_DEFINITION) return false;
  *by = s->value[item] != RG_NO_NODE ? s->value[item] : rg_number(graph, 1.0);
  return true;
}

/* The first guess of an auxiliary is its `init`; of anything else 1, and 0 of a rate of change. */
static rg_node guess_of(start *s, size_t item) {
  const rg_definitions *d = s->definitions;
  const size_t definition = item - d->n_states;
  rg_node_list cache = {0};
  if (is_init(s, item)) return rg_number(d->graph, 1.0);
  if (definition < d->n_rates || definition >= d->n_cells) return rg_number(d->graph, 0.0);
  if (!d->equations->cell[definition].init) return rg_number(d->graph, 1.0);
  return rg_substitute(d->graph, s->init[definition], by_guess, s, &cache);
}

static void give_input(start *s, size_t item) {
  rg_layout *l = &s->definitions->layout;
  s->value[item] = rg_symbol(s->definitions->graph, l->dated);
  if (!is_init(s, item)) s->in_blocks[item - s->definitions->n_states] = l->dated - l->initial;
  l->dated = l->side = l->end = l->dated + 1;
}

static rg_block make_block(start *s, const size_t *items, size_t count) {
  rg_definitions *d = s->definitions;
  rg_node *residual = RG_NEW_ARRAY(d->arena, rg_node, count);
  rg_node *guess = RG_NEW_ARRAY(d->arena, rg_node, count);
  rg_link *equation = RG_NEW_ARRAY(d->arena, rg_link, count);
  rg_block block = {
      .count = count, .symbol = d->layout.dated, .equation = equation, .residual = residual, .guess = guess};
  for (size_t k = 0; k < count; k++) guess[k] = guess_of(s, items[k]);
  for (size_t k = 0; k < count; k++) give_input(s, items[k]);
  for (size_t k = 0; k < count; k++) {
    const rg_node right =
        rg_substitute(d->graph, written_at_start(s, items[k]), by_value_at_start, s, &s->cache);
    residual[k] = rg_sub(d->graph, right, s->value[items[k]]);
    equation[k] = link_at_start(d, items[k]);
  }
  rg_block_complete(d, &block);
  return block;
}

/* Each row and then each column brought to size one. */
static void scale(double *matrix, size_t n) {
  for (size_t line = 0; line < 2 * n; line++) {
    const size_t first = line < n ? line : (line - n) * n, stride = line < n ? n : 1;
    double most = 0.0;
    for (size_t k = 0; k < n; k++) most = fmax(most, fabs(matrix[first + k * stride]));
    for (size_t k = 0; k < n && most > 0.0; k++) matrix[first + k * stride] /= most;
  }
}

/* Is the Jacobian one of plain numbers, and singular? Then no run can have a solution, or but one. */
static bool is_singular(const start *s, const rg_block *block) {
  const rg_graph *graph = s->definitions->graph;
  const size_t n = block->count, n_nonzeros = block->pattern.column[n];
  for (size_t k = 0; k < n_nonzeros; k++)
    if (rg_node_op(graph, block->partial[k]) != RG_OP_NUMBER) return false;
  rg_dense *dense = rg_dense_create(n);
  if (!dense) return false;
  double *matrix = rg_dense_matrix(dense);
  memset(matrix, 0, n * n * sizeof *matrix);
  for (size_t j = 0; j < n; j++)
    for (size_t k = block->pattern.column[j]; k < block->pattern.column[j + 1]; k++)
      matrix[block->pattern.row[k] + j * n] = rg_node_number(graph, block->partial[k]);
  scale(matrix, n);
  rg_dense_factor(dense);
  const bool singular = rg_dense_is_singular(dense);
  rg_dense_free(dense);
  return singular;
}

/* Equations that need each other without any first value are a block of every instant, and judged as such. */
static bool check_block(regime_context *context, const start *s, const rg_block *block, size_t group) {
  rg_matching m;
  bool has_init = false;
  for (size_t k = s->order.start[group]; k < s->order.start[group + 1]; k++)
    has_init |= is_init(s, s->order.item[k]);
  if (!has_init) return true;
  if (!rg_match(s->definitions->arena, &block->pattern, &m)) {
    rg_report_fight(context, s->definitions->arena, block->equation, block->count, &m);
    return false;
  }
  if (is_singular(s, block)) report_circle(context, s, group);
  return !is_singular(s, block);
}

static bool add_block(regime_context *context, start *s, size_t group) {
  const size_t first = s->order.start[group], count = s->order.start[group + 1] - first;
  bool inits_only = true;
  for (size_t k = 0; k < count; k++) inits_only &= is_init(s, s->order.item[first + k]);
  if (inits_only) {
    report_circle(context, s, group);
    return false;
  }
  const rg_block block = make_block(s, &s->order.item[first], count);
  RG_APPEND(s->definitions->arena, &s->out->blocks, block);
  return check_block(context, s, &block, group);
}

/* --- the whole ----------------------------------------------------------------------------------------- */

/* Most definitions are no init's affair. */
static const bool *find_needed(const start *s) {
  const rg_needs *needs = &s->needs;
  bool *needed = RG_NEW_ARRAY(s->definitions->arena, bool, needs->count);
  for (size_t j = needs->count; j-- > 0;) {
    const size_t item = s->order.item[j];
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

static start make(rg_definitions *d, const rg_inlined *inlined, const rg_node *init, rg_initial *out) {
  const size_t n = d->n_states + d->items.count;
  start s = {.definitions = d,
             .inlined = inlined,
             .init = init,
             .value = RG_NEW_ARRAY(d->arena, rg_node, n),
             .in_blocks = RG_NEW_ARRAY(d->arena, size_t, d->items.count),
             .out = out};
  for (size_t k = 0; k < n; k++) s.value[k] = RG_NO_NODE;
  for (size_t k = 0; k < d->items.count; k++) s.in_blocks[k] = RG_NO_DEFINITION;
  s.needs = find_needs_at_start(&s);
  rg_order_find(d->arena, &s.needs, &s.order);
  s.needed = find_needed(&s);
  return s;
}

bool rg_find_initial(regime_context *context, rg_definitions *d, const rg_inlined *inlined,
                     const rg_node *init, rg_initial *out) {
  start s = make(d, inlined, init, out);
  bool sound = true;
  *out = (rg_initial){.state = s.value, .in_blocks = s.in_blocks};
  for (size_t g = 0; g < s.order.n_groups; g++) {
    const size_t item = s.order.item[s.order.start[g]];
    if (!s.needed[item]) continue;
    if (s.order.is_loop[g])
      sound &= add_block(context, &s, g);
    else
      s.value[item] = value_at_start(&s, item);
  }
  return sound;
}

void rg_warn_of_idle_inits(regime_context *context, const rg_definitions *d, const rg_inlined *in,
                           const rg_initial *initial) {
  for (size_t g = 0; g < in->order.n_groups; g++)
    for (size_t k = in->order.start[g]; !in->order.is_loop[g] && k < in->order.start[g + 1]; k++) {
      const size_t cell = in->order.item[k];
      if (cell < d->n_rates || cell >= d->n_cells || !d->equations->cell[cell].init) continue;
      if (initial->in_blocks[cell] != RG_NO_DEFINITION) continue;
      rg_warning(context, d->equations->cell[cell].init->left->place, "drop it",
                 "`%s` follows from its equation, and its `init` has no effect",
                 d->equations->cell[cell].init->left->name);
    }
}
