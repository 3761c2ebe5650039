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
  row *rows;          /* by definition */
  uint32_t *seen;     /* by column: the definition + 1 that last had it */
  uint32_t *place;    /* by column: its entry in the row at hand */
  uint32_t *columns;  /* of the row at hand, before they are sorted */
  rg_jacobian *out;
} planner;

/* --- what rates need ----------------------------------------------------------------------------------- */

static const bool *find_needed(const planner *p) {
  const rg_inlined *in = p->inliner->inlined;
  bool *needed = RG_NEW_ARRAY(p->arena, bool, in->needs.count);
  for (size_t k = 0; k < p->definitions->n_states; k++) needed[k] = true;
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

static bool moves(const planner *p, uint32_t symbol) {
  if (rg_is_state(p->definitions, symbol)) return true;
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
  for (size_t k = 0; k < in_it->count; k++) {
    const uint32_t symbol = in_it->items[k].symbol;
    if (rg_is_definition(symbol)) {
      const row *source = &p->rows[rg_definition_of(symbol)];
      for (uint32_t c = 0; c < source->count; c++) touch(p, definition, source->column[c], &n);
    } else
      touch(p, definition, symbol - RG_FIRST_STATE, &n);
  }
  qsort(p->columns, n, sizeof *p->columns, compare_columns);
  uint32_t *column = RG_NEW_ARRAY(p->arena, uint32_t, n);
  if (n > 0) memcpy(column, p->columns, n * sizeof *column);
  const row made = {.first = (uint32_t)p->out->n_work, .count = n, .column = column};
  for (uint32_t k = 0; k < n; k++) p->place[column[k]] = made.first + k;
  p->out->n_work += n;
  return made;
}

static void add_through(planner *p, term of) {
  const row *source = &p->rows[rg_definition_of(of.symbol)];
  uint32_t *entry = RG_NEW_ARRAY(p->arena, uint32_t, source->count);
  for (uint32_t k = 0; k < source->count; k++) entry[k] = p->place[source->column[k]];
  RG_APPEND(p->arena, &p->out->throughs, ((rg_through){of.partial, source->first, source->count, entry}));
}

static void plan_row(planner *p, size_t definition) {
  terms in_it = {0};
  find_terms(p, definition, &in_it);
  p->rows[definition] = make_row(p, definition, &in_it);
  for (size_t k = 0; k < in_it.count; k++) {
    const term of = in_it.items[k];
    if (rg_is_definition(of.symbol))
      add_through(p, of);
    else
      RG_APPEND(p->arena, &p->out->directs, ((rg_direct){of.partial, p->place[of.symbol - RG_FIRST_STATE]}));
  }
  RG_APPEND(p->arena, &p->out->direct_end, p->out->directs.count);
  RG_APPEND(p->arena, &p->out->through_end, p->out->throughs.count);
}

/* --- pattern ------------------------------------------------------------------------------------------- */

/* From the rows of the rates to columns: rows are gone through in order, so they are ascending in each
 * column. */
static void make_pattern(planner *p) {
  const size_t n = p->definitions->n_states;
  size_t *column = RG_NEW_ARRAY(p->arena, size_t, n + 2), n_nonzeros = 0;
  for (size_t i = 0; i < n; i++)
    for (uint32_t k = 0; k < p->rows[i].count; k++, n_nonzeros++) column[p->rows[i].column[k] + 2]++;
  for (size_t j = 0; j < n; j++) column[j + 2] += column[j + 1];
  size_t *row_of = RG_NEW_ARRAY(p->arena, size_t, n_nonzeros);
  uint32_t *entry = RG_NEW_ARRAY(p->arena, uint32_t, n_nonzeros);
  for (size_t i = 0; i < n; i++)
    for (uint32_t k = 0; k < p->rows[i].count; k++) {
      const size_t at = column[p->rows[i].column[k] + 1]++;
      row_of[at] = i;
      entry[at] = p->rows[i].first + k;
    }
  p->out->column = column;
  p->out->row = row_of;
  p->out->entry = entry;
}

void rg_jacobian_plan(rg_definitions *definitions, rg_inliner *inliner, rg_switches *switches,
                      rg_jacobian *out) {
  const size_t n = definitions->n_states;
  planner p = {.definitions = definitions,
               .inliner = inliner,
               .switches = switches,
               .arena = definitions->arena,
               .graph = definitions->graph,
               .rows = RG_NEW_ARRAY(definitions->arena, row, definitions->items.count),
               .seen = RG_NEW_ARRAY(definitions->arena, uint32_t, n),
               .place = RG_NEW_ARRAY(definitions->arena, uint32_t, n),
               .columns = RG_NEW_ARRAY(definitions->arena, uint32_t, n),
               .out = out};
  *out = (rg_jacobian){.n_states = n};
  const bool *needed = find_needed(&p);
  for (size_t k = 0; k < definitions->items.count; k++) {
    const size_t definition = inliner->inlined->order.item[k];
    if (needed[definition] && !inliner->inlined->is_constant[definition]) plan_row(&p, definition);
  }
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
  for (size_t k = 0; k < j->column[j->n_states]; k++) values[k] = work[j->entry[k]];
}
