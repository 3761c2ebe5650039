/* blocks.c — constants that go in a circle, as equations to be solved. */
#include "model/blocks.h"

#include "model/pattern.h"

static void add_row(rg_definitions *d, const rg_block *block, size_t row, rg_nonzeros *out) {
  size_t count;
  const uint32_t *symbols = rg_node_symbols(d->graph, block->residual[row], &count);
  for (size_t k = 0; k < count; k++) {
    const size_t column = symbols[k] - block->symbol;
    if (symbols[k] < block->symbol || column >= block->count) continue;
    const rg_node partial = rg_derivative(d->graph, block->residual[row], symbols[k]);
    if (!rg_node_is_number(d->graph, partial, 0.0))
      RG_APPEND(d->arena, out, ((rg_nonzero){row, column, partial}));
  }
}

void rg_block_complete(rg_definitions *d, rg_block *block) {
  block->names = rg_link_names(d->arena, block->equation, block->count, NULL, true);
  rg_nonzeros all = {0};
  for (size_t k = 0; k < block->count; k++) add_row(d, block, k, &all);
  rg_sort_by_column(d->arena, &all, block->count, &block->pattern, &block->partial);
}

static void add_block(rg_definitions *d, const rg_inlined *in, size_t group, rg_blocks *out) {
  const size_t first = in->order.start[group], count = in->order.start[group + 1] - first;
  rg_node *residual = RG_NEW_ARRAY(d->arena, rg_node, count);
  rg_link *equation = RG_NEW_ARRAY(d->arena, rg_link, count);
  rg_node_list cache = {0};
  for (size_t k = 0; k < count; k++) {
    const size_t definition = in->order.item[first + k];
    const rg_definition *of = &d->items.items[definition];
    const rg_node right = rg_put_values(d, in->constant_value, of->written, &cache);
    residual[k] = rg_sub(d->graph, right, rg_symbol(d->graph, in->constant_symbol[definition]));
    equation[k] = (rg_link){of->name, of->place};
  }
  rg_block block = {.count = count,
                    .symbol = in->constant_symbol[in->order.item[first]],
                    .definition = &in->order.item[first],
                    .equation = equation,
                    .residual = residual};
  rg_block_complete(d, &block);
  RG_APPEND(d->arena, out, block);
}

/* May a guess use this input? Parameters, and constants of blocks before. */
static bool is_known_before(const rg_definitions *d, const rg_block *block, uint32_t symbol) {
  return (symbol >= d->layout.parameter && symbol < d->layout.mode) ||
         (symbol >= d->layout.constant && symbol < block->symbol);
}

static bool check_guess(regime_context *context, rg_definitions *d, const rg_block *block, size_t definition,
                        rg_node guess) {
  size_t count;
  const uint32_t *symbols = rg_node_symbols(d->graph, guess, &count);
  for (size_t k = 0; k < count; k++) {
    if (!rg_is_definition(symbols[k]) && is_known_before(d, block, symbols[k])) continue;
    rg_error(context, d->equations->cell[definition].init->left->place,
             "use numbers, parameters and what follows from them alone",
             "the first guess of `%s` depends on what is not known before it is solved for",
             d->items.items[definition].name);
    return false;
  }
  return true;
}

/* A definition that is no explicit constant stands for itself, so that the check finds it. */
static rg_node *values_for_guesses(rg_definitions *d, const rg_inlined *in) {
  rg_node *value = RG_NEW_ARRAY(d->arena, rg_node, d->items.count);
  for (size_t k = 0; k < d->items.count; k++)
    value[k] =
        in->is_constant[k] ? in->constant_value[k] : rg_symbol(d->graph, RG_DEFINITION_SYMBOL + (uint32_t)k);
  return value;
}

static bool add_guesses(regime_context *context, rg_definitions *d, const rg_inlined *in, const rg_node *init,
                        rg_blocks *blocks) {
  rg_node *value = values_for_guesses(d, in);
  rg_node_list cache = {0};
  bool sound = true;
  for (size_t b = 0; b < blocks->count; b++) {
    rg_block *block = &blocks->items[b];
    rg_node *guess = RG_NEW_ARRAY(d->arena, rg_node, block->count);
    for (size_t k = 0; k < block->count; k++) {
      const size_t definition = block->definition[k];
      const bool given = d->equations->cell[definition].init != NULL;
      guess[k] = given ? rg_put_values(d, value, init[definition], &cache) : rg_number(d->graph, 1.0);
      sound &= check_guess(context, d, block, definition, guess[k]);
    }
    block->guess = guess;
  }
  return sound;
}

bool rg_find_blocks(regime_context *context, rg_definitions *d, const rg_inlined *in, const rg_node *init,
                    rg_blocks *out) {
  *out = (rg_blocks){0};
  for (size_t g = 0; g < in->order.n_groups; g++)
    if (in->order.is_loop[g] && in->is_constant[in->order.item[in->order.start[g]]]) add_block(d, in, g, out);
  return add_guesses(context, d, in, init, out);
}
