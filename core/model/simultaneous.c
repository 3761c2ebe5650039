/* simultaneous.c — residuals, their derivatives, and whether they can determine their unknowns at all. */
#include "model/simultaneous.h"

#include "model/circle.h"
#include "model/matching.h"
#include "model/pattern.h"

typedef struct builder {
  rg_definitions *definitions;
  rg_inliner *inliner;
  rg_graph *graph;
  size_t first, count; /* unknowns of the block at hand */
} builder;

/* --- residuals and derivatives ------------------------------------------------------------------------- */

static rg_node written_residual(const builder *b, size_t definition) {
  const rg_node left = rg_symbol(b->graph, RG_DEFINITION_SYMBOL + (uint32_t)definition);
  return rg_sub(b->graph, b->definitions->items.items[definition].written, left);
}

static bool is_member(const builder *b, uint32_t symbol, size_t *member) {
  if (!rg_is_definition(symbol)) return false;
  const size_t unknown = b->inliner->inlined->unknown[rg_definition_of(symbol)];
  *member = unknown - b->first;
  return unknown != RG_NO_DEFINITION && *member < b->count;
}

static void add_row(builder *b, size_t row, rg_node residual, rg_nonzeros *out) {
  size_t count, member;
  const uint32_t *symbols = rg_node_symbols(b->graph, residual, &count);
  for (size_t k = 0; k < count; k++) {
    if (!is_member(b, symbols[k], &member)) continue;
    const rg_node partial = rg_derivative(b->graph, residual, symbols[k]);
    if (rg_node_is_number(b->graph, partial, 0.0)) continue;
    RG_APPEND(b->definitions->arena, out, ((rg_nonzero){row, member, rg_inline_node(b->inliner, partial)}));
  }
}

static void build(builder *b, regime_block *block, rg_equations_of_block *equations) {
  rg_node *residual = RG_NEW_ARRAY(b->definitions->arena, rg_node, b->count);
  rg_nonzeros all = {0};
  for (size_t k = 0; k < b->count; k++) {
    const rg_node written = written_residual(b, b->inliner->inlined->unknowns.items[b->first + k]);
    add_row(b, k, written, &all);
    residual[k] = rg_inline_node(b->inliner, written);
  }
  *equations = (rg_equations_of_block){.first = b->first, .residual = residual};
  rg_sort_by_column(b->definitions->arena, &all, b->count, block, &equations->partial);
}

/* --- equations that fight ------------------------------------------------------------------------------ */

static const rg_link *links_of(const builder *b) {
  rg_link *links = RG_NEW_ARRAY(b->definitions->arena, rg_link, b->count);
  for (size_t k = 0; k < b->count; k++) {
    const rg_definition *d = &b->definitions->items.items[b->inliner->inlined->unknowns.items[b->first + k]];
    links[k] = (rg_link){d->name, d->place};
  }
  return links;
}

static bool check_determined(regime_context *context, const builder *b, const regime_block *block) {
  rg_matching m;
  if (rg_match(b->definitions->arena, block, &m)) return true;
  rg_report_fight(context, b->definitions->arena, links_of(b), b->count, &m);
  return false;
}

/* --- guesses ------------------------------------------------------------------------------------------- */

static rg_node guess_of(const builder *b, size_t definition, const rg_node *init) {
  const rg_definitions *d = b->definitions;
  const bool is_level = definition >= d->n_rates && definition < d->n_cells;
  if (is_level && d->equations->cell[definition].init) return rg_inline_node(b->inliner, init[definition]);
  return rg_number(b->graph, is_level ? 1.0 : 0.0);
}

static rg_node *find_guesses(const builder *b, const rg_node *init) {
  const rg_inlined *in = b->inliner->inlined;
  rg_node *guess = RG_NEW_ARRAY(b->definitions->arena, rg_node, in->unknowns.count);
  for (size_t k = 0; k < in->unknowns.count; k++) guess[k] = guess_of(b, in->unknowns.items[k], init);
  return guess;
}

bool rg_find_simultaneous(regime_context *context, rg_inliner *inliner, rg_definitions *d,
                          const rg_node *init, rg_simultaneous *out) {
  const rg_inlined *in = inliner->inlined;
  regime_block *block = RG_NEW_ARRAY(d->arena, regime_block, in->order.n_groups);
  rg_equations_of_block *equations = RG_NEW_ARRAY(d->arena, rg_equations_of_block, in->order.n_groups);
  builder b = {.definitions = d, .inliner = inliner, .graph = d->graph};
  bool sound = true;
  *out = (rg_simultaneous){.block = block, .equations = equations, .guess = find_guesses(&b, init)};
  for (size_t g = 0; g < in->order.n_groups; g++) {
    const size_t first = in->order.start[g];
    if (in->unknown[in->order.item[first]] == RG_NO_DEFINITION) continue;
    b.first = in->unknown[in->order.item[first]];
    b.count = in->order.start[g + 1] - first;
    build(&b, &block[out->n_blocks], &equations[out->n_blocks]);
    sound &= check_determined(context, &b, &block[out->n_blocks++]);
  }
  return sound;
}

void rg_begin_from_initial(const rg_definitions *d, const rg_inlined *in, const size_t *in_blocks,
                           rg_simultaneous *s) {
  for (size_t k = 0; k < in->unknowns.count; k++) {
    const size_t initial = in_blocks[in->unknowns.items[k]];
    if (initial != RG_NO_DEFINITION) s->guess[k] = rg_symbol(d->graph, d->layout.initial + (uint32_t)initial);
  }
}
