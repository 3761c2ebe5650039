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
  double t, now;   /* the time to speak of, and to look at: a moment after it where a date has just passed */
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
  if (symbol == RG_TIME_SYMBOL) return q->now;
  const rg_layout *l = &q->model->definitions.layout;
  if (symbol >= l->unknown && symbol < l->initial)
    return q->y ? q->y[q->model->definitions.n_states + (symbol - l->unknown)] : NAN;
  if (!rg_is_state(&q->model->definitions, symbol)) return q->instance->inputs[symbol];
  return q->y ? q->y[rg_state_of(&q->model->definitions, symbol)] : NAN;
}

static double evaluate(const inquiry *q, rg_node node) {
  return rg_evaluate(q->graph, node, value_of_symbol, (void *)q, q->values);
}

/* --- the smallest undefined term ----------------------------------------------------------------------- */

/* Does the k-th operand bear on the node? Of a choice only the side taken does. An undefined term under a
 * node that has a value is no harm, as in 1/exp(1000); but a question about one, as log(x) > 5, has no
 * answer. */
static bool counts(const inquiry *q, rg_node node, size_t k) {
  const rg_op op = rg_node_op(q->graph, node);
  const bool taken =
      op != RG_OP_CHOOSE || k == 0 || (q->values[rg_node_operand(q->graph, node, 0)] != 0.0) == (k == 1);
  return taken && (op == RG_OP_POSITIVE || !isfinite(q->values[node]) ||
                   isfinite(q->values[rg_node_operand(q->graph, node, k)]));
}

/* Operands have smaller numbers, so the last undefined term of a sweep from above holds no other.
 * RG_NO_NODE: there is none. */
static rg_node smallest_undefined(const inquiry *q, rg_node top) {
  bool *reached = calloc((size_t)top + 1, sizeof *reached);
  rg_node smallest = RG_NO_NODE;
  if (reached) reached[top] = true;
  for (rg_node node = top + 1; reached && node-- > 0;) {
    if (!reached[node]) continue;
    if (!isfinite(q->values[node])) smallest = node;
    for (size_t k = 0; k < rg_node_arity(q->graph, node); k++)
      if (counts(q, node, k)) reached[rg_node_operand(q->graph, node, k)] = true;
  }
  free(reached);
  return smallest;
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
                rg_text_number(symbol == RG_TIME_SYMBOL ? q->t : value_of_symbol((void *)q, symbol), number));
  }
  free(in_term);
}

/* `where` says what it stands in: "the equation for". */
static void report(const inquiry *q, regime_context *context, rg_place place, const char *where,
                   const char *name, rg_node term) {
  rg_text printed = {0}, values = {0};
  char time[32];
  if (term == RG_NO_NODE) return; /* no memory to find it */
  char *shown = NULL, *with = NULL;
  rg_print(q->graph, term, rg_model_symbol_name, (void *)q->model, &printed);
  add_values(q, term, &values);
  if (rg_text_finish(&printed, &shown) == REGIME_OK && rg_text_finish(&values, &with) == REGIME_OK)
    rg_error(context, place, reason(rg_node_op(q->graph, term)),
             "in %s `%s`, `%s` has no value at t = %s%s%s", where, name, shown, rg_text_number(q->t, time),
             with[0] ? ", where " : "", with);
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

/* Follows names into their own equations. False when there is nothing without value. */
static bool descend(const inquiry *q, regime_context *context, size_t definition) {
  const rg_definitions *d = &q->model->definitions;
  for (;;) {
    const rg_definition *at = &d->items.items[definition];
    evaluate(q, at->written);
    const rg_node term = smallest_undefined(q, at->written);
    if (term == RG_NO_NODE) return false;
    if (leads_on(q, term, &definition)) continue;
    report(q, context, at->place, "the equation for", at->name, term);
    return true;
  }
}

/* --- what to ask --------------------------------------------------------------------------------------- */

static bool explain_rates(const inquiry *q, regime_context *context) {
  const rg_definitions *d = &q->model->definitions;
  for (size_t k = 0; k < d->n_states; k++) {
    const size_t of = k < d->n_rates ? k : d->lags.items[k - d->n_rates].definition;
    if (!isfinite(evaluate(q, d->items.items[of].written))) return descend(q, context, of);
  }
  return false;
}

/* Rates with a value may ask questions that have no answer, or quantities they use may. */
static bool explain_questions(const inquiry *q, regime_context *context) {
  for (size_t k = 0; k < q->model->definitions.n_cells; k++)
    if (descend(q, context, k)) return true;
  return false;
}

static bool explain_events(const inquiry *q, regime_context *context) {
  for (size_t k = 0; k < q->model->events.count; k++) {
    const rg_happening *h = &q->model->events.happening[k];
    if (isfinite(evaluate(q, h->function))) continue;
    report(q, context, h->when->place, "`when` of the event", q->model->events.event[k].name,
           smallest_undefined(q, h->function));
    return true;
  }
  return false;
}

/* Has the event that set something to no value left it so? */
static bool is_spoilt(const inquiry *q, const rg_consequence *c) {
  const double now =
      c->is_mode ? q->instance->inputs[q->model->definitions.layout.mode + c->target] : q->y[c->target];
  return !isfinite(now);
}

/* What follows from an event is looked at where it happened. */
static bool explain_consequences(const inquiry *q, regime_context *context) {
  const regime_instance *i = q->instance;
  if (i->spoiler == RG_NO_EVENT) return false;
  const rg_happening *h = &q->model->events.happening[i->spoiler];
  const inquiry then = {i, q->model, q->graph, i->spoilt_at, i->spoilt_at, i->before, q->values};
  for (size_t k = 0; k < h->consequences.count; k++) {
    const rg_consequence *c = &h->consequences.items[k];
    if (!is_spoilt(q, c) || isfinite(evaluate(&then, c->value))) continue;
    report(&then, context, c->tree->place, "what is set by the event",
           q->model->events.event[i->spoiler].name, smallest_undefined(&then, c->value));
    return true;
  }
  return false;
}

/* In discrete time what is not given by an `init` may follow from the equation. */
static void report_start(const inquiry *q, regime_context *context, size_t state) {
  const rg_definitions *d = &q->model->definitions;
  const size_t k = state < d->n_rates ? state : d->lags.items[state - d->n_rates].definition;
  const rg_statement *init = k < d->n_cells ? d->equations->cell[k].init : NULL;
  report(q, context, init ? init->left->place : d->items.items[k].place,
         init ? "the `init` of" : "the equation for", q->model->start_names[state],
         smallest_undefined(q, q->model->held_init[state]));
}

static void explain_inits(const inquiry *q, regime_context *context) {
  for (size_t k = 0; k < q->model->definitions.n_states; k++) {
    if (isfinite(evaluate(q, q->model->held_init[k]))) continue;
    report_start(q, context, k);
    return;
  }
}

static bool explain_moment(const inquiry *q, regime_context *context) {
  return explain_rates(q, context) || explain_events(q, context) || explain_questions(q, context);
}

/* At a date the sides after it hold already, which `t > 1975` shows only a moment later. */
static void explain_point(const inquiry *q, regime_context *context) {
  inquiry soon = *q;
  soon.now = nextafter(q->t, INFINITY);
  if (!explain_consequences(q, context) && !explain_moment(q, context)) explain_moment(&soon, context);
}

void rg_explain(void *self, double t, const double *y, regime_context *context) {
  regime_instance *i = self;
  if (i->is_unsolved && rg_constants_compute(i, false, context) != REGIME_OK) return;
  inquiry q = {.instance = i, .model = i->model, .graph = i->model->graph, .t = t, .now = t, .y = y};
  q.values = malloc(rg_graph_size(q.graph) * sizeof *q.values);
  if (!q.values) return;
  if (y)
    explain_point(&q, context);
  else
    explain_inits(&q, context);
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
  inquiry q = {.instance = i, .model = i->model, .graph = i->model->graph, .t = t, .now = t, .y = y};
  q.values = malloc(rg_graph_size(q.graph) * sizeof *q.values);
  if (!q.values) return;
  if (!explain_block(&q, search, n, context) && search->residual) report_unsolved(&q, search, n, context);
  free(q.values);
}
