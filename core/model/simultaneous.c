/* simultaneous.c — residuals, their derivatives, and whether they can determine their unknowns at all. */
#include "model/simultaneous.h"

#include "model/matching.h"

/* A nonzero of a block's Jacobian. */
typedef struct entry {
  size_t row, column;
  rg_node partial;
} entry;
typedef RG_LIST(entry) entries;

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

static void add_row(builder *b, size_t row, rg_node residual, entries *out) {
  size_t count, member;
  const uint32_t *symbols = rg_node_symbols(b->graph, residual, &count);
  for (size_t k = 0; k < count; k++) {
    if (!is_member(b, symbols[k], &member)) continue;
    const rg_node partial = rg_derivative(b->graph, residual, symbols[k]);
    if (rg_node_is_number(b->graph, partial, 0.0)) continue;
    RG_APPEND(b->definitions->arena, out, ((entry){row, member, rg_inline_node(b->inliner, partial)}));
  }
}

/* Entries come row by row, so that the rows of each column are ascending. */
static void sort_by_column(builder *b, const entries *all, regime_block *block,
                           rg_equations_of_block *equations) {
  rg_arena *arena = b->definitions->arena;
  size_t *column = RG_NEW_ARRAY(arena, size_t, b->count + 2), *row = RG_NEW_ARRAY(arena, size_t, all->count);
  rg_node *partial = RG_NEW_ARRAY(arena, rg_node, all->count);
  for (size_t k = 0; k < all->count; k++) column[all->items[k].column + 2]++;
  for (size_t j = 0; j < b->count; j++) column[j + 2] += column[j + 1];
  for (size_t k = 0; k < all->count; k++) {
    const size_t at = column[all->items[k].column + 1]++;
    row[at] = all->items[k].row;
    partial[at] = all->items[k].partial;
  }
  *block = (regime_block){.n = b->count, .column = column, .row = row};
  equations->partial = partial;
}

static void build(builder *b, regime_block *block, rg_equations_of_block *equations) {
  rg_node *residual = RG_NEW_ARRAY(b->definitions->arena, rg_node, b->count);
  entries all = {0};
  for (size_t k = 0; k < b->count; k++) {
    const rg_node written = written_residual(b, b->inliner->inlined->unknowns.items[b->first + k]);
    add_row(b, k, written, &all);
    residual[k] = rg_inline_node(b->inliner, written);
  }
  *equations = (rg_equations_of_block){.first = b->first, .residual = residual};
  sort_by_column(b, &all, block, equations);
}

/* --- equations that fight ------------------------------------------------------------------------------ */

static const char *names_of(const builder *b, const bool *is_in, bool with_lines) {
  enum { SHOWN = 8 };
  rg_arena *arena = b->definitions->arena;
  const char *text = "";
  size_t n = 0;
  for (size_t k = 0; k < b->count; k++) {
    if (!is_in[k] || n++ >= SHOWN) continue;
    const rg_definition *d = &b->definitions->items.items[b->inliner->inlined->unknowns.items[b->first + k]];
    text = rg_arena_printf(arena, "%s%s`%s`", text, n > 1 ? ", " : "", d->name);
    if (with_lines) text = rg_arena_printf(arena, "%s (line %d)", text, d->place.line);
  }
  return n > SHOWN ? rg_arena_printf(arena, "%s and %zu more", text, n - SHOWN) : text;
}

static void report_singular(regime_context *context, const builder *b, const rg_matching *m) {
  const rg_definition *left =
      &b->definitions->items.items[b->inliner->inlined->unknowns.items[b->first + m->unmatched]];
  size_t n = 0;
  for (size_t k = 0; k < b->count; k++) n += m->columns[k];
  if (n == 0)
    rg_error(context, left->place, "write an equation that says what it is, or drop the variable",
             "this equation holds whatever `%s` is: it cancels out", left->name);
  else
    rg_error(context, left->place,
             "let one of them speak of another unknown, or give its variable an equation of its own",
             "the equations for %s fight over %s: %zu equations for %zu unknown%s",
             names_of(b, m->rows, true), names_of(b, m->columns, false), n + 1, n, n == 1 ? "" : "s");
}

static bool check_determined(regime_context *context, const builder *b, const regime_block *block) {
  rg_matching m;
  if (rg_match(b->definitions->arena, block, &m)) return true;
  report_singular(context, b, &m);
  return false;
}

/* --- guesses ------------------------------------------------------------------------------------------- */

static rg_node guess_of(const builder *b, size_t definition, const rg_node *init) {
  const rg_definitions *d = b->definitions;
  const bool is_level = definition >= d->n_rates && definition < d->n_cells;
  if (is_level && d->equations->cell[definition].init) return rg_inline_node(b->inliner, init[definition]);
  return rg_number(b->graph, is_level ? 1.0 : 0.0);
}

static const rg_node *find_guesses(const builder *b, const rg_node *init) {
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
