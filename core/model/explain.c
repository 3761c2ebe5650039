/* explain.c — which term of which equation has no value, and why.
 *
 * From a rate that is undefined down to its smallest undefined term; where that is the name of another
 * quantity, into the equation of that one. The graph is only read: several threads may be explaining at once.
 */
#include "model/instance.h"

#include "base/text.h"
#include <math.h>
#include <stdlib.h>

typedef struct inquiry {
  const regime_instance *instance;
  const regime_model *model;
  const rg_graph *graph;
  double t;
  const double *y; /* NULL: the first values themselves are undefined */
  double *values;  /* by node */
} inquiry;

/* --- values -------------------------------------------------------------------------------------------- */

static double value_of_symbol(void *self, uint32_t symbol);

/* A quantity by its inlined expression, in room of its own: an evaluation may be under way in the inquiry's.
 */
static double value_of_definition(const inquiry *q, size_t definition) {
  const rg_node node = q->model->inlined.value[definition];
  double *values = malloc(((size_t)node + 1) * sizeof *values);
  if (!values) return NAN;
  const double value = rg_evaluate(q->graph, node, value_of_symbol, (void *)q, values);
  free(values);
  return value;
}

static double value_of_symbol(void *self, uint32_t symbol) {
  const inquiry *q = self;
  if (rg_is_definition(symbol)) return value_of_definition(q, rg_definition_of(symbol));
  if (symbol == RG_TIME_SYMBOL) return q->t;
  const rg_layout *l = &q->model->definitions.layout;
  if (symbol >= l->unknown && symbol < l->dated)
    return q->y ? q->y[q->model->definitions.n_states + (symbol - l->unknown)] : NAN;
  if (!rg_is_state(&q->model->definitions, symbol)) return q->instance->inputs[symbol];
  return q->y ? q->y[rg_state_of(&q->model->definitions, symbol)] : NAN;
}

static double evaluate(const inquiry *q, rg_node node) {
  return rg_evaluate(q->graph, node, value_of_symbol, (void *)q, q->values);
}

/* --- the smallest undefined term ----------------------------------------------------------------------- */

/* An operand that counts and has no value; the node itself when there is none. */
static rg_node undefined_operand(const inquiry *q, rg_node node) {
  const bool chooses = rg_node_op(q->graph, node) == RG_OP_CHOOSE;
  for (size_t k = 0; k < rg_node_arity(q->graph, node); k++) {
    const rg_node operand = rg_node_operand(q->graph, node, k);
    if (chooses && k > 0 && (q->values[rg_node_operand(q->graph, node, 0)] != 0.0) != (k == 1)) continue;
    if (!isfinite(q->values[operand])) return operand;
  }
  return node;
}

static rg_node smallest_undefined(const inquiry *q, rg_node node) {
  for (rg_node inner; (inner = undefined_operand(q, node)) != node;) node = inner;
  return node;
}

/* --- the report ---------------------------------------------------------------------------------------- */

static const char *reason(rg_op op) {
  switch (op) {
  case RG_OP_LOG: return "a logarithm needs a positive number";
  case RG_OP_SQRT: return "a square root needs a number that is not negative";
  case RG_OP_DIV: return "a division by zero, or by next to nothing";
  case RG_OP_POW: return "a power of a negative number needs a whole exponent, and zero a positive one";
  case RG_OP_EXP: return "the exponential is larger than any number here";
  case RG_OP_SYMBOL: return "it has no value itself";
  default: return "the number is larger than any here";
  }
}

/* ", K[US] = -0.25" for each name in the term, up to a handful. */
static void add_values(const inquiry *q, rg_node term, rg_text *text) {
  enum { SHOWN = 6 };
  bool *in_term = calloc((size_t)term + 1, sizeof *in_term);
  size_t shown = 0;
  char number[32];
  if (in_term) in_term[term] = true;
  for (rg_node node = term + 1; in_term && node-- > 0;) {
    if (!in_term[node]) continue;
    for (size_t k = 0; k < rg_node_arity(q->graph, node); k++)
      in_term[rg_node_operand(q->graph, node, k)] = true;
    if (rg_node_op(q->graph, node) != RG_OP_SYMBOL || shown++ >= SHOWN) continue;
    const uint32_t symbol = rg_node_symbol(q->graph, node);
    rg_text_add(text, "%s%s = %s", shown > 1 ? ", " : "", rg_model_symbol_name((void *)q->model, symbol),
                rg_text_number(value_of_symbol((void *)q, symbol), number));
  }
  free(in_term);
}

static void report(const inquiry *q, regime_context *context, rg_place place, const char *name,
                   rg_node term) {
  rg_text printed = {0}, values = {0};
  char time[32];
  char *shown = NULL, *with = NULL;
  rg_print(q->graph, term, rg_model_symbol_name, (void *)q->model, &printed);
  add_values(q, term, &values);
  if (rg_text_finish(&printed, &shown) == REGIME_OK && rg_text_finish(&values, &with) == REGIME_OK)
    rg_error(context, place, reason(rg_node_op(q->graph, term)),
             "in the equation for `%s`, `%s` has no value at t = %s%s%s", name, shown,
             rg_text_number(q->t, time), with[0] ? ", where " : "", with);
  rg_text_drop(&values);
  free(shown);
  free(with);
}

/* Is this one of constants that go in a circle? Then it has no value because the circle has no solution. */
static bool is_solved_for(const inquiry *q, size_t definition) {
  const rg_blocks *blocks = &q->model->blocks;
  for (size_t b = 0; b < blocks->count; b++)
    for (size_t k = 0; k < blocks->items[b].count; k++)
      if (blocks->items[b].definition[k] == definition) return true;
  return false;
}

/* The definition a term is the name of, when that can be looked into. */
static bool leads_on(const inquiry *q, rg_node term, size_t *definition) {
  if (rg_node_op(q->graph, term) != RG_OP_SYMBOL) return false;
  const uint32_t symbol = rg_node_symbol(q->graph, term);
  if (!rg_is_definition(symbol) || is_solved_for(q, rg_definition_of(symbol))) return false;
  *definition = rg_definition_of(symbol);
  return true;
}

/* Follows names into their own equations. */
static void descend(const inquiry *q, regime_context *context, size_t definition) {
  const rg_definitions *d = &q->model->definitions;
  for (;;) {
    const rg_definition *at = &d->items.items[definition];
    evaluate(q, at->written);
    const rg_node term = smallest_undefined(q, at->written);
    if (leads_on(q, term, &definition)) continue;
    report(q, context, at->place, at->name, term);
    return;
  }
}

/* --- what to ask --------------------------------------------------------------------------------------- */

static bool explain_rates(const inquiry *q, regime_context *context) {
  const rg_definitions *d = &q->model->definitions;
  for (size_t k = 0; k < d->n_states; k++) {
    const size_t of = k < d->n_rates ? k : d->lags.items[k - d->n_rates].definition;
    if (isfinite(evaluate(q, d->items.items[of].written))) continue;
    descend(q, context, of);
    return true;
  }
  return false;
}

static void explain_events(const inquiry *q, regime_context *context) {
  for (size_t k = 0; k < q->model->events.count; k++) {
    const rg_happening *h = &q->model->events.happening[k];
    if (isfinite(evaluate(q, h->function))) continue;
    report(q, context, h->when->place, q->model->events.event[k].name, smallest_undefined(q, h->function));
    return;
  }
}

static rg_place place_of_start(const inquiry *q, size_t state) {
  const rg_definitions *d = &q->model->definitions;
  const size_t k = state < d->n_rates ? state : d->lags.items[state - d->n_rates].definition;
  const rg_statement *init = k < d->n_cells ? d->equations->cell[k].init : NULL;
  return init ? init->left->place : d->items.items[k].place;
}

static void explain_inits(const inquiry *q, regime_context *context) {
  for (size_t k = 0; k < q->model->definitions.n_states; k++) {
    const rg_node init = q->model->held_init[k];
    if (isfinite(evaluate(q, init))) continue;
    report(q, context, place_of_start(q, k), q->model->start_names[k], smallest_undefined(q, init));
    return;
  }
}

void rg_explain(void *self, double t, const double *y, regime_context *context) {
  const regime_instance *i = self;
  inquiry q = {.instance = i, .model = i->model, .graph = i->model->graph, .t = t, .y = y};
  q.values = malloc(rg_graph_size(q.graph) * sizeof *q.values);
  if (!q.values) return;
  if (!y)
    explain_inits(&q, context);
  else if (!explain_rates(&q, context))
    explain_events(&q, context);
  free(q.values);
}

/* --- blocks without a solution ------------------------------------------------------------------------- */

/* The equation furthest from holding among those not yet named. */
static size_t next_worst(const regime_search *search, size_t n, const bool *named) {
  size_t worst = n;
  for (size_t k = 0; k < n; k++)
    if (!named[k] && (worst == n || fabs(search->residual[k]) > fabs(search->residual[worst]))) worst = k;
  return worst;
}

/* "`Y` (line 7) is off by 2 at Y = 1, ..." */
static void add_worst(const inquiry *q, const regime_search *search, size_t n, rg_text *text) {
  enum { SHOWN = 3 };
  const size_t *unknown = &q->model->inlined.unknowns.items[search->first];
  const double *z = q->y + q->model->definitions.n_states + search->first;
  bool *named = calloc(n, sizeof *named);
  char off[32], value[32];
  for (size_t shown = 0; named && shown < SHOWN && shown < n; shown++) {
    const size_t k = next_worst(search, n, named);
    const rg_definition *d = &q->model->definitions.items.items[unknown[k]];
    named[k] = true;
    rg_text_add(text, "%s`%s` (line %d) is off by %s at %s", shown ? ", " : "", d->name, d->place.line,
                rg_text_number(fabs(search->residual[k]), off), rg_text_number(z[k], value));
  }
  free(named);
}

static void report_unsolved(const inquiry *q, const regime_search *search, size_t n,
                            regime_context *context) {
  rg_text text = {0};
  char *worst = NULL, time[32];
  size_t first = 0; /* the equation furthest from holding */
  for (size_t k = 1; k < n; k++)
    if (fabs(search->residual[k]) > fabs(search->residual[first])) first = k;
  const size_t definition = q->model->inlined.unknowns.items[search->first + first];
  const rg_definition *d = &q->model->definitions.items.items[definition];
  if (fabs(search->residual[first]) <=
      1e-8 * (1.0 + fabs(q->y[q->model->definitions.n_states + search->first + first]))) {
    rg_error(context, d->place,
             "two solutions meet there, or a whole line of them: see what the equations say",
             "the equations around `%s` hold at t = %s, but do not determine it: their Jacobian is singular",
             d->name, rg_text_number(q->t, time));
    return;
  }
  add_worst(q, search, n, &text);
  if (rg_text_finish(&text, &worst) == REGIME_OK)
    rg_error(
        context, d->place,
        "see whether these equations have a solution there; where they have, a better first guess helps: "
        "`init x = ...`",
        "no solution of the block of %zu equation%s around `%s` at t = %s: after %d steps %s", n,
        n == 1 ? "" : "s", d->name, rg_text_number(q->t, time), search->iterations, worst);
  free(worst);
}

/* The first equation of a block that has no value, if any has none. */
static bool explain_block(const inquiry *q, const regime_search *search, size_t n, regime_context *context) {
  for (size_t k = 0; k < n; k++) {
    const size_t definition = q->model->inlined.unknowns.items[search->first + k];
    if (isfinite(evaluate(q, q->model->definitions.items.items[definition].written))) continue;
    descend(q, context, definition);
    return true;
  }
  return false;
}

void rg_explain_unsolved(void *self, double t, const double *y, const regime_search *search,
                         regime_context *context) {
  const regime_instance *i = self;
  const size_t n = i->model->simultaneous.block[search->block].n;
  inquiry q = {.instance = i, .model = i->model, .graph = i->model->graph, .t = t, .y = y};
  q.values = malloc(rg_graph_size(q.graph) * sizeof *q.values);
  if (!q.values) return;
  if (!explain_block(&q, search, n, context) && search->residual) report_unsolved(&q, search, n, context);
  free(q.values);
}
