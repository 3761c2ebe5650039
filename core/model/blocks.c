/* blocks.c — constants that go in a circle, as equations to be solved. */
#include "model/blocks.h"

static void add_block(rg_definitions *d, const rg_inlined *in, size_t group, rg_blocks *out) {
  const size_t first = in->order.start[group], count = in->order.start[group + 1] - first;
  rg_node *residual = RG_NEW_ARRAY(d->arena, rg_node, count);
  rg_node_list cache = {0};
  for (size_t k = 0; k < count; k++) {
    const size_t definition = in->order.item[first + k];
    const rg_node right = rg_put_values(d, in->constant_value, d->items.items[definition].written, &cache);
    residual[k] = rg_sub(d->graph, right, rg_symbol(d->graph, in->constant_symbol[definition]));
  }
  RG_APPEND(d->arena, out,
            ((rg_block){.count = count, .definition = &in->order.item[first], .residual = residual}));
}

/* May a guess use this input? Parameters, and constants of blocks before. */
static bool is_known_before(const rg_definitions *d, const rg_inlined *in, const rg_block *block,
                            uint32_t symbol) {
  const uint32_t first = in->constant_symbol[block->definition[0]];
  return (symbol >= d->layout.parameter && symbol < d->layout.mode) ||
         (symbol >= d->layout.constant && symbol < first);
}

static bool check_guess(regime_context *context, rg_definitions *d, const rg_inlined *in,
                        const rg_block *block, size_t definition, rg_node guess) {
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
      sound &= check_guess(context, d, in, block, definition, guess[k]);
    }
    block->guess = guess;
  }
  return sound;
}

/* Elsewhere an auxiliary is at the start what its equation says. */
static void warn_of_idle_inits(regime_context *context, const rg_definitions *d, const rg_inlined *in) {
  for (size_t g = 0; g < in->order.n_groups; g++)
    for (size_t k = in->order.start[g]; !in->order.is_loop[g] && k < in->order.start[g + 1]; k++) {
      const size_t cell = in->order.item[k];
      if (cell < d->n_states || cell >= d->n_cells || !d->equations->cell[cell].init) continue;
      rg_warning(context, d->equations->cell[cell].init->left->place, "drop it",
                 "`%s` follows from its equation, and its `init` has no effect",
                 d->equations->cell[cell].init->left->name);
    }
}

bool rg_find_blocks(regime_context *context, rg_definitions *d, const rg_inlined *in, const rg_node *init,
                    rg_blocks *out) {
  *out = (rg_blocks){0};
  for (size_t g = 0; g < in->order.n_groups; g++)
    if (in->order.is_loop[g]) add_block(d, in, g, out);
  warn_of_idle_inits(context, d, in);
  return add_guesses(context, d, in, init, out);
}
