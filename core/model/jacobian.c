/* jacobian.c — plan the chain rule, and carry it out. */
#include "model/jacobian.h"

#include <stdlib.h>
#include <string.h>

/* A row that is done: the columns of its entries, ascending, and where they lie. */
typedef struct row {
  uint32_t first, count;
  const uint32_t *column;
} row;

typedef struct planner {
  rg_definitions *definitions;
  rg_inliner *inliner;
  rg_switches *switches;
  rg_arena *arena;
  rg_graph *graph;
  rg_node_list cache; /* of hold_written */
  row *rows;          /* by definition; empty for constants and unknowns */
  row *whole;         /* of the Jacobian: states, then unknowns */
  uint32_t *seen;     /* by column: the definition + 1 that last had it */
  uint32_t *place;    /* by column: its entry in the row at hand */
  uint32_t *columns;  /* of the row at hand, before they are sorted */
  rg_jacobian *out;
} planner;

/* --- what rates need ----------------------------------------------------------------------------------- */

static const bool *find_needed(const planner *p) {
  const rg_inlined *in = p->inliner->inlined;
  bool *needed = RG_NEW_ARRAY(p->arena, bool, in->needs.count);
  for (size_t k = 0; k < p->definitions->n_rates; k++) needed[k] = true;
  for (size_t k = 0; k < p->definitions->lags.count; k++)
    needed[p->definitions->lags.items[k].definition] = true;
  for (size_t k = 0; k < in->unknowns.count; k++) needed[in->unknowns.items[k]] = true;
  for (size_t j = in->needs.count; j-- > 0;) {
    const size_t item = in->order.item[j];
    for (size_t k = in->needs.start[item]; needed[item] && k < in->needs.start[item + 1]; k++)
      needed[in->needs.need[k]] = true;
  }
  return needed;
}

/* --- partials ------------------------------------------------------------------------------------------ */

/* A switch in an expression as written is the one its inlined form became. */
static bool by_side(void *self, rg_graph *graph, rg_node node, rg_node *by) {
  planner *p = self;
  if (rg_node_op(graph, node) != RG_OP_POSITIVE) return false;
  *by = rg_hold_all(p->switches, rg_inline_node(p->inliner, node));
  return true;
}

static uint32_t add_partial(planner *p, size_t definition, uint32_t symbol, rg_node partial) {
  RG_APPEND(p->arena, &p->out->written, partial);
  RG_APPEND(p->arena, &p->out->of, definition);
  RG_APPEND(p->arena, &p->out->by, symbol);
  RG_APPEND(p->arena, &p->out->partials, rg_hold_all(p->switches, rg_inline_node(p->inliner, partial)));
  return (uint32_t)p->out->partials.count - 1;
}

/* --- rows ---------------------------------------------------------------------------------------------- */

/* What stands in a definition and moves with states: a state, or a definition whose row is not empty. */
typedef struct term {
  uint32_t symbol, partial;
} term;
typedef RG_LIST(term) terms;

#define NO_COLUMN UINT32_MAX

static uint32_t column_of_unknown(const planner *p, size_t definition) {
  const size_t unknown = p->inliner->inlined->unknown[definition];
  return unknown == RG_NO_DEFINITION ? NO_COLUMN : (uint32_t)(p->definitions->n_states + unknown);
}

/* The column of a state or of an unknown. */
static uint32_t column_of(const planner *p, uint32_t symbol) {
  if (rg_is_definition(symbol)) return column_of_unknown(p, rg_definition_of(symbol));
  return rg_is_state(p->definitions, symbol) ? (uint32_t)rg_state_of(p->definitions, symbol) : NO_COLUMN;
}

static bool moves(const planner *p, uint32_t symbol) {
  if (column_of(p, symbol) != NO_COLUMN) return true;
  return rg_is_definition(symbol) && p->rows[rg_definition_of(symbol)].count > 0;
}

static void find_terms(planner *p, size_t definition, terms *out) {
  const rg_node written =
      rg_substitute(p->graph, p->definitions->items.items[definition].written, by_side, p, &p->cache);
  size_t count;
  const uint32_t *symbols = rg_node_symbols(p->graph, written, &count);
  for (size_t k = 0; k < count; k++) {
    const uint32_t symbol = symbols[k];
    if (!moves(p, symbol)) continue;
    const rg_node partial = rg_derivative(p->graph, written, symbol);
    if (rg_node_is_number(p->graph, partial, 0.0)) continue;
    RG_APPEND(p->arena, out, ((term){symbol, add_partial(p, definition, symbol, partial)}));
  }
}

static void touch(planner *p, size_t definition, uint32_t column, uint32_t *n) {
  if (p->seen[column] == definition + 1) return;
  p->seen[column] = (uint32_t)definition + 1;
  p->columns[(*n)++] = column;
}

static int compare_columns(const void *a, const void *b) {
  const uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
  return (left > right) - (left < right);
}

/* The union of the patterns of all that stands in it. */
static row make_row(planner *p, size_t definition, const terms *in_it) {
  uint32_t n = 0;
  const uint32_t own = column_of_unknown(p, definition);
  if (own != NO_COLUMN) touch(p, definition, own, &n);
  for (size_t k = 0; k < in_it->count; k++) {
    const uint32_t symbol = in_it->items[k].symbol, direct = column_of(p, symbol);
    const row *source = direct == NO_COLUMN ? &p->rows[rg_definition_of(symbol)] : NULL;
    if (!source) touch(p, definition, direct, &n);
    for (uint32_t c = 0; source && c < source->count; c++) touch(p, definition, source->column[c], &n);
  }
  qsort(p->columns, n, sizeof *p->columns, compare_columns);
  uint32_t *column = RG_NEW_ARRAY(p->arena, uint32_t, n);
  if (n > 0) memcpy(column, p->columns, n * sizeof *column);
  const row made = {.first = (uint32_t)p->out->n_work, .count = n, .column = column};
  for (uint32_t k = 0; k < n; k++) p->place[column[k]] = made.first + k;
  p->out->n_work += n;
  return made;
}

static void add_direct(planner *p, uint32_t partial, uint32_t column) {
  RG_APPEND(p->arena, &p->out->directs, ((rg_direct){partial, p->place[column]}));
}

static void add_through(planner *p, term of) {
  const row *source = &p->rows[rg_definition_of(of.symbol)];
  uint32_t *entry = RG_NEW_ARRAY(p->arena, uint32_t, source->count);
  for (uint32_t k = 0; k < source->count; k++) entry[k] = p->place[source->column[k]];
  RG_APPEND(p->arena, &p->out->throughs, ((rg_through){of.partial, source->first, source->count, entry}));
}

static void end_row(planner *p) {
  RG_APPEND(p->arena, &p->out->direct_end, p->out->directs.count);
  RG_APPEND(p->arena, &p->out->through_end, p->out->throughs.count);
}

/* The gradient of a definition; of an unknown that of its residual, right side minus left side. */
static void plan_row(planner *p, size_t definition) {
  terms in_it = {0};
  find_terms(p, definition, &in_it);
  const row made = make_row(p, definition, &in_it);
  for (size_t k = 0; k < in_it.count; k++) {
    const term of = in_it.items[k];
    if (column_of(p, of.symbol) == NO_COLUMN)
      add_through(p, of);
    else
      add_direct(p, of.partial, column_of(p, of.symbol));
  }
  const uint32_t own = column_of_unknown(p, definition);
  if (own == NO_COLUMN)
    p->rows[definition] = made;
  else {
    add_direct(
        p, add_partial(p, definition, RG_DEFINITION_SYMBOL + (uint32_t)definition, rg_number(p->graph, -1.0)),
        own);
    p->whole[own] = made;
  }
  end_row(p);
}

/* A row with a one. */
static row plan_unit(planner *p, size_t definition, uint32_t column) {
  uint32_t *only = RG_NEW_ARRAY(p->arena, uint32_t, 1);
  only[0] = column;
  const row made = {.first = (uint32_t)p->out->n_work++, .count = 1, .column = only};
  p->place[column] = made.first;
  const uint32_t symbol = column < p->definitions->n_states ? rg_state_symbol(p->definitions, column)
                                                            : RG_DEFINITION_SYMBOL + (uint32_t)definition;
  add_direct(p, add_partial(p, definition, symbol, rg_number(p->graph, 1.0)), column);
  end_row(p);
  return made;
}

static row row_of(planner *p, size_t definition) {
  const uint32_t own = column_of_unknown(p, definition);
  return own == NO_COLUMN ? p->rows[definition] : plan_unit(p, definition, own);
}

/* What a period leaves to the next: today's value becomes yesterday's, and yesterday's that of the day
 * before. */
static void plan_states(planner *p) {
  const rg_definitions *d = p->definitions;
  for (size_t k = 0; k < d->n_rates; k++) p->whole[k] = row_of(p, k);
  for (size_t k = 0; k < d->lags.count; k++) {
    const rg_lag *lag = &d->lags.items[k];
    const size_t newer = rg_find_lag(d, lag->definition, lag->depth - 1);
    p->whole[d->n_rates + k] = lag->depth == 1
                                   ? row_of(p, lag->definition)
                                   : plan_unit(p, lag->definition, (uint32_t)(d->n_rates + newer));
  }
}

/* --- pattern ------------------------------------------------------------------------------------------- */

/* From the rows of the rates to columns: rows are gone through in order, so they are ascending in each
 * column. */
static void make_pattern(planner *p) {
  const size_t n = p->out->n;
  size_t *column = RG_NEW_ARRAY(p->arena, size_t, n + 2), n_nonzeros = 0;
  for (size_t i = 0; i < n; i++)
    for (uint32_t k = 0; k < p->whole[i].count; k++, n_nonzeros++) column[p->whole[i].column[k] + 2]++;
  for (size_t j = 0; j < n; j++) column[j + 2] += column[j + 1];
  size_t *row_of = RG_NEW_ARRAY(p->arena, size_t, n_nonzeros);
  uint32_t *entry = RG_NEW_ARRAY(p->arena, uint32_t, n_nonzeros);
  for (size_t i = 0; i < n; i++)
    for (uint32_t k = 0; k < p->whole[i].count; k++) {
      const size_t at = column[p->whole[i].column[k] + 1]++;
      row_of[at] = i;
      entry[at] = p->whole[i].first + k;
    }
  p->out->column = column;
  p->out->row = row_of;
  p->out->entry = entry;
}

void rg_jacobian_plan(rg_definitions *definitions, rg_inliner *inliner, rg_switches *switches,
                      rg_jacobian *out) {
  const size_t n = definitions->n_states + inliner->inlined->unknowns.count;
  planner p = {.definitions = definitions,
               .inliner = inliner,
               .switches = switches,
               .arena = definitions->arena,
               .graph = definitions->graph,
               .rows = RG_NEW_ARRAY(definitions->arena, row, definitions->items.count),
               .whole = RG_NEW_ARRAY(definitions->arena, row, n),
               .seen = RG_NEW_ARRAY(definitions->arena, uint32_t, n),
               .place = RG_NEW_ARRAY(definitions->arena, uint32_t, n),
               .columns = RG_NEW_ARRAY(definitions->arena, uint32_t, n),
               .out = out};
  *out = (rg_jacobian){.n = n};
  const bool *needed = find_needed(&p);
  for (size_t k = 0; k < definitions->items.count; k++) {
    const size_t definition = inliner->inlined->order.item[k];
    if (needed[definition] && !inliner->inlined->is_constant[definition]) plan_row(&p, definition);
  }
  plan_states(&p);
  make_pattern(&p);
}

/* --- carrying out -------------------------------------------------------------------------------------- */

void rg_jacobian_compute(const rg_jacobian *j, const double *partials, double *work, double *values) {
  memset(work, 0, j->n_work * sizeof *work);
  size_t d = 0, e = 0;
  for (size_t r = 0; r < j->direct_end.count; r++) {
    for (; d < j->direct_end.items[r]; d++)
      work[j->directs.items[d].entry] += partials[j->directs.items[d].partial];
    for (; e < j->through_end.items[r]; e++) {
      const rg_through *t = &j->throughs.items[e];
      for (uint32_t k = 0; k < t->count; k++) work[t->entry[k]] += partials[t->partial] * work[t->source + k];
    }
  }
  for (size_t k = 0; k < j->column[j->n]; k++) values[k] = work[j->entry[k]];
}
