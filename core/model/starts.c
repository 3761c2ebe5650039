/* starts.c — values at the start and before it, whatever order they are written in. */
#include "model/starts.h"

#include "model/circle.h"

/* Item k < n is definition k at the start; item n + k is lag k: its definition as many periods before. */
typedef struct starter {
  regime_context *context;
  rg_definitions *definitions;
  const rg_inlined *inlined;
  size_t n, n_items;
  rg_node *written; /* of each item */
  bool *is_given;   /* by an `init` */
  bool *has_value;  /* at first: anything is written at all */
  rg_node *value;
  rg_node_list cache;
} starter;

static size_t item_of(const starter *s, uint32_t symbol) {
  if (rg_is_definition(symbol)) return rg_definition_of(symbol);
  return rg_is_lag(s->definitions, symbol) ? s->n + (symbol - s->definitions->layout.lag) : RG_NO_DEFINITION;
}

/* --- what is written ----------------------------------------------------------------------------------- */

static void write(starter *s, size_t item, rg_node node, bool is_given) {
  s->written[item] = node;
  s->has_value[item] = true;
  s->is_given[item] = is_given;
}

static void write_definitions(starter *s, const rg_node *init) {
  const rg_definitions *d = s->definitions;
  for (size_t k = 0; k < s->n; k++) {
    const bool is_given = k < d->n_cells && d->equations->cell[k].init;
    const rg_node own = s->inlined->is_constant[k] ? s->inlined->value[k] : d->items.items[k].written;
    write(s, k, is_given ? init[k] : own, is_given);
  }
}

static void write_deep(starter *s, const rg_node *deep) {
  const rg_definitions *d = s->definitions;
  for (size_t k = 0; k < d->equations->deep.count; k++) {
    const rg_deep_init *init = &d->equations->deep.items[k];
    const size_t lag = rg_find_lag(d, init->cell, init->depth);
    if (lag != RG_NO_DEFINITION)
      write(s, s->n + lag, deep[k], true);
    else
      rg_warning(s->context, init->statement->left->place, "drop it, or look further back",
                 "nothing looks back as far as `%s(-%zu)`", d->items.items[init->cell].name, init->depth);
  }
}

/* --- in order ------------------------------------------------------------------------------------------ */

static rg_needs find_needs(const starter *s) {
  rg_arena *arena = s->definitions->arena;
  size_t *first = RG_NEW_ARRAY(arena, size_t, s->n_items + 1);
  rg_numbers need = {0};
  for (size_t k = 0; k < s->n_items; k++) {
    size_t count = 0;
    const uint32_t *symbols =
        s->has_value[k] ? rg_node_symbols(s->definitions->graph, s->written[k], &count) : NULL;
    for (size_t j = 0; j < count; j++) {
      const size_t item = item_of(s, symbols[j]);
      if (item != RG_NO_DEFINITION) RG_APPEND(arena, &need, item);
    }
    first[k + 1] = need.count;
  }
  return (rg_needs){.count = s->n_items, .start = first, .need = need.items};
}

static bool by_value_at_start(void *self, rg_graph *graph, rg_node node, rg_node *by) {
  const starter *s = self;
  if (rg_node_op(graph, node) != RG_OP_SYMBOL) return false;
  const size_t item = item_of(s, rg_node_symbol(graph, node));
  if (item == RG_NO_DEFINITION) return false;
  *by = s->value[item];
  return true;
}

/* An item has a value if all that it needs has. */
static void evaluate(starter *s, const rg_needs *needs, size_t item) {
  for (size_t k = needs->start[item]; k < needs->start[item + 1]; k++)
    s->has_value[item] &= s->has_value[needs->need[k]];
  if (s->has_value[item])
    s->value[item] = rg_substitute(s->definitions->graph, s->written[item], by_value_at_start, s, &s->cache);
}

static rg_link link_of(const starter *s, size_t item) {
  const rg_definitions *d = s->definitions;
  const size_t k = item < s->n ? item : d->lags.items[item - s->n].definition;
  const rg_definition *of = &d->items.items[k];
  if (item >= s->n || !s->is_given[item]) return (rg_link){of->name, of->place};
  return (rg_link){rg_arena_printf(d->arena, "init %s", of->name), d->equations->cell[k].init->left->place};
}

/* Equations that need each other have no value at the start; an `init` among them was meant to give one. */
static bool open_circle(starter *s, const rg_needs *needs, const rg_order *order, size_t group) {
  const size_t *items;
  bool is_given = false;
  for (size_t k = order->start[group]; k < order->start[group + 1]; k++) {
    s->has_value[order->item[k]] = false;
    is_given |= s->is_given[order->item[k]];
  }
  if (!is_given) return true;
  const size_t n = rg_order_circle(s->definitions->arena, needs, order, group, &items);
  rg_link *links = RG_NEW_ARRAY(s->definitions->arena, rg_link, n);
  for (size_t k = 0; k < n; k++) links[k] = link_of(s, items[k]);
  rg_report_circle(s->context, s->definitions->arena, links, n,
                   "give one of them a first value that does not need the others");
  return false;
}

static bool evaluate_all(starter *s) {
  const rg_needs needs = find_needs(s);
  rg_order order;
  bool sound = true;
  rg_order_find(s->definitions->arena, &needs, &order);
  for (size_t g = 0; g < order.n_groups; g++) {
    if (order.is_loop[g])
      sound &= open_circle(s, &needs, &order, g);
    else
      evaluate(s, &needs, order.item[order.start[g]]);
  }
  return sound;
}

/* Expressions that are no item: they have a value where all that they need has. */
static void evaluate_watched(starter *s, rg_node_list watched, rg_starts *out) {
  rg_graph *graph = s->definitions->graph;
  rg_node *value = RG_NEW_ARRAY(s->definitions->arena, rg_node, watched.count);
  bool *has_value = RG_NEW_ARRAY(s->definitions->arena, bool, watched.count);
  for (size_t k = 0; k < watched.count; k++) {
    size_t count;
    const uint32_t *symbols = rg_node_symbols(graph, watched.items[k], &count);
    has_value[k] = true;
    for (size_t j = 0; j < count; j++) {
      const size_t item = item_of(s, symbols[j]);
      has_value[k] &= item == RG_NO_DEFINITION || s->has_value[item];
    }
    value[k] = has_value[k] ? rg_substitute(graph, watched.items[k], by_value_at_start, s, &s->cache)
                            : rg_number(graph, 0.0);
  }
  out->watched = value;
  out->has_watched = has_value;
}

/* --- what is missing ----------------------------------------------------------------------------------- */

/* "Y", "Y(-1)" */
static const char *name_before(const rg_definitions *d, const rg_lag *lag) {
  const char *name = d->items.items[lag->definition].name;
  return lag->depth == 1 ? name : rg_arena_printf(d->arena, "%s(-%zu)", name, lag->depth - 1);
}

/* "Y[i](-1)": as its equation writes it. */
static const char *written_before(const rg_definitions *d, const rg_lag *lag) {
  const rg_tree *left = d->equations->cell[lag->definition].equation->left;
  const char *text = left->name;
  for (size_t k = 0; k < left->n_index; k++)
    text = rg_arena_printf(d->arena, "%s%s%s%s", text, k ? "," : "[", left->index[k]->name,
                           k + 1 == left->n_index ? "]" : "");
  return lag->depth == 1 ? text : rg_arena_printf(d->arena, "%s(-%zu)", text, lag->depth - 1);
}

static void report_missing(const starter *s, const rg_lag *lag) {
  const rg_definitions *d = s->definitions;
  const rg_definition *of = &d->items.items[lag->definition];
  const char *name = name_before(d, lag);
  const bool is_cell = lag->definition < d->n_cells;
  const char *remedy = is_cell ? rg_arena_printf(d->arena, "add `init %s = ...`", written_before(d, lag))
                               : "give it an equation of its own, `x = ...`, and `init x(-1) = ...`";
  if (lag->depth == 1)
    rg_error(s->context, of->place, remedy,
             "no first value for `%s`: the first period looks back at it, and at the start its equation "
             "needs what "
             "is not known",
             name);
  else
    rg_error(s->context, of->place, remedy,
             "no first value for `%s`: the first period looks back %zu periods", name, lag->depth);
}

/* Once for each variable and depth. */
static bool is_reported(const rg_definitions *d, const rg_lag *a, const rg_lag *b) {
  return a->depth == b->depth && a->definition < d->n_cells && b->definition < d->n_cells &&
         d->equations->cell[a->definition].variable == d->equations->cell[b->definition].variable;
}

/* The item whose value is the state a lag begins with. */
static size_t item_before(const starter *s, const rg_lag *lag) {
  return lag->depth == 1 ? lag->definition
                         : s->n + rg_find_lag(s->definitions, lag->definition, lag->depth - 1);
}

static bool check_missing(const starter *s, size_t n_needed) {
  const rg_definitions *d = s->definitions;
  const rg_lag *last = NULL;
  for (size_t k = 0; k < n_needed; k++) {
    const rg_lag *lag = &d->lags.items[k];
    if (s->has_value[item_before(s, lag)]) continue;
    if (!last || !is_reported(d, last, lag)) report_missing(s, lag);
    last = lag;
  }
  return !last;
}

/* --- the whole ----------------------------------------------------------------------------------------- */

static void hand_over(const starter *s, rg_starts *out) {
  const rg_definitions *d = s->definitions;
  bool *has_state = RG_NEW_ARRAY(d->arena, bool, d->lags.count);
  out->state = RG_NEW_ARRAY(d->arena, rg_node, d->lags.count);
  for (size_t k = 0; k < d->lags.count; k++) {
    const size_t item = item_before(s, &d->lags.items[k]);
    has_state[k] = s->has_value[item];
    out->state[k] = has_state[k] ? s->value[item] : rg_number(d->graph, 0.0);
  }
  out->has_state = has_state;
  for (size_t k = 0; k < d->n_cells; k++)
    if (!s->has_value[k]) s->value[k] = rg_number(d->graph, 0.0);
  out->cell = s->value;
  out->has_cell = s->has_value;
}

bool rg_find_starts(regime_context *context, rg_definitions *d, const rg_inlined *inlined,
                    const rg_node *init, const rg_node *deep, rg_node_list watched, size_t n_needed,
                    rg_starts *out) {
  const size_t n = d->items.count, n_items = n + d->lags.count;
  starter s = {.context = context,
               .definitions = d,
               .inlined = inlined,
               .n = n,
               .n_items = n_items,
               .written = RG_NEW_ARRAY(d->arena, rg_node, n_items),
               .is_given = RG_NEW_ARRAY(d->arena, bool, n_items),
               .has_value = RG_NEW_ARRAY(d->arena, bool, n_items),
               .value = RG_NEW_ARRAY(d->arena, rg_node, n_items)};
  write_definitions(&s, init);
  write_deep(&s, deep);
  const bool sound = evaluate_all(&s);
  if (!sound || !check_missing(&s, n_needed)) return false;
  evaluate_watched(&s, watched, out);
  hand_over(&s, out);
  return true;
}
