/* print.c — expressions as text in the model's own notation, and the engine that both printers share. */
#include "symbolic/print.h"
#include "symbolic/node.h"

#include <stdlib.h>
#include <string.h>

/* Reading ------------------------------------------------------------------------------------------------ */

typedef struct reading {
  unsigned as; /* an operation or one of RG_READ_... */
  rg_node operand[3];
} reading;

/* Stands for the number 0, which need not be in the graph. */
#define ZERO RG_NO_NODE

static bool is(const rg_graph *g, rg_node node, rg_op op) { return rg_node_op(g, node) == op; }
static rg_node operand(const rg_graph *g, rg_node node, size_t k) { return rg_node_operand(g, node, k); }

/* Whether the node is a - b as it was simplified when it was made. */
static bool is_difference(const rg_graph *g, rg_node node, rg_node a, rg_node b) {
  if (is(g, node, RG_OP_SUB)) return operand(g, node, 0) == a && operand(g, node, 1) == b;
  if (rg_node_is_number(g, a, 0.0)) return is(g, node, RG_OP_NEG) && operand(g, node, 0) == b;
  return rg_node_is_number(g, b, 0.0) && node == a;
}

/* The truth of d > 0, or its opposite: a comparison of a with b where d is a - b. */
static reading read_sign(const rg_graph *g, rg_node d, bool opposite) {
  switch (rg_node_op(g, d)) {
  case RG_OP_SUB:
    return (reading){opposite ? RG_READ_AT_MOST : RG_READ_GREATER, {operand(g, d, 0), operand(g, d, 1)}};
  case RG_OP_NEG: return (reading){opposite ? RG_READ_AT_LEAST : RG_READ_LESS, {operand(g, d, 0), ZERO}};
  default: return (reading){opposite ? RG_READ_AT_MOST : RG_READ_GREATER, {d, ZERO}};
  }
}

/* The d of "not d > 0", or RG_NO_NODE. */
static rg_node denied_sign(const rg_graph *g, rg_node node) {
  if (!is(g, node, RG_OP_NOT) || !is(g, operand(g, node, 0), RG_OP_POSITIVE)) return RG_NO_NODE;
  return operand(g, operand(g, node, 0), 0);
}

/* a == b is made as: neither a - b > 0 nor b - a > 0. */
static bool read_equality(const rg_graph *g, rg_node node, reading *out) {
  if (!is(g, node, RG_OP_AND)) return false;
  const rg_node d = denied_sign(g, operand(g, node, 0)), e = denied_sign(g, operand(g, node, 1));
  if (d == RG_NO_NODE || e == RG_NO_NODE) return false;
  if (is(g, d, RG_OP_SUB) && is_difference(g, e, operand(g, d, 1), operand(g, d, 0)))
    *out = (reading){RG_READ_EQUAL, {operand(g, d, 0), operand(g, d, 1)}};
  else if (is(g, e, RG_OP_NEG) && operand(g, e, 0) == d)
    *out = (reading){RG_READ_EQUAL, {d, ZERO}};
  else
    return false;
  return true;
}

static bool read_not(const rg_graph *g, rg_node node, reading *out) {
  const rg_node inner = operand(g, node, 0);
  if (is(g, inner, RG_OP_POSITIVE)) {
    *out = read_sign(g, operand(g, inner, 0), true);
    return true;
  }
  if (!read_equality(g, inner, out)) return false;
  out->as = RG_READ_DIFFERENT;
  return true;
}

static bool read_choice(const rg_graph *g, rg_node node, reading *out) {
  const rg_node condition = operand(g, node, 0), yes = operand(g, node, 1), no = operand(g, node, 2);
  if (!is(g, condition, RG_OP_POSITIVE)) return false;
  const rg_node d = operand(g, condition, 0);
  if (d == yes && is(g, no, RG_OP_NEG) && operand(g, no, 0) == yes)
    *out = (reading){RG_READ_ABS, {yes}};
  else if (is_difference(g, d, yes, no))
    *out = (reading){RG_READ_MAX, {yes, no}};
  else if (is_difference(g, d, no, yes))
    *out = (reading){RG_READ_MIN, {no, yes}};
  else
    return false;
  return true;
}

static bool begins_with_digit(const rg_graph *g, rg_node node) {
  while (is(g, node, RG_OP_POW)) node = operand(g, node, 0);
  return is(g, node, RG_OP_NUMBER);
}

static reading as_it_is(const rg_graph *g, rg_node node) {
  reading plain = {.as = rg_node_op(g, node)};
  for (size_t k = 0; k < rg_node_arity(g, node); k++) plain.operand[k] = operand(g, node, k);
  return plain;
}

static reading read_node(const rg_graph *g, rg_node node) {
  reading found = as_it_is(g, node), better;
  switch (rg_node_op(g, node)) {
  case RG_OP_POSITIVE: return read_sign(g, operand(g, node, 0), false);
  case RG_OP_AND: return read_equality(g, node, &better) ? better : found;
  case RG_OP_NOT: return read_not(g, node, &better) ? better : found;
  case RG_OP_CHOOSE: return read_choice(g, node, &better) ? better : found;
  case RG_OP_MUL:
    if (begins_with_digit(g, operand(g, node, 1))) found.as = RG_READ_TIMES_DIGITS;
    return found;
  default: return found;
  }
}

/* Setting ------------------------------------------------------------------------------------------------ */

/* An operation that is half written. */
typedef struct frame {
  reading what;
  const rg_form *form;
  const char *rest; /* of its pattern */
  bool bracketed;
} frame;

typedef struct printer {
  const rg_style *style;
  const rg_graph *graph;
  rg_symbol_name *name_of;
  void *self;
  rg_text *out;
  frame *frames;
  size_t count, capacity;
} printer;

static bool make_room(printer *p) {
  if (p->count < p->capacity) return true;
  const size_t capacity = p->capacity ? 2 * p->capacity : 32;
  frame *frames = realloc(p->frames, capacity * sizeof *frames);
  if (!frames) return false;
  p->frames = frames;
  p->capacity = capacity;
  return true;
}

static void begin_operation(printer *p, rg_node node, rg_binding need) {
  if (!make_room(p)) {
    p->out->failed = true;
    return;
  }
  const reading what = read_node(p->graph, node);
  const rg_form *form = &p->style->forms[what.as];
  const bool bracketed = form->binds < need;
  if (bracketed) rg_text_add(p->out, "%s", p->style->open);
  p->frames[p->count++] = (frame){what, form, form->pattern, bracketed};
}

static void put_number(const printer *p, double value, rg_binding need) {
  char buffer[64];
  const bool bracketed = p->style->number(value, buffer) < need;
  rg_text_add(p->out, "%s%s%s", bracketed ? p->style->open : "", buffer, bracketed ? p->style->close : "");
}

static void begin(printer *p, rg_node node, rg_binding need) {
  if (node == ZERO)
    put_number(p, 0.0, need);
  else if (is(p->graph, node, RG_OP_NUMBER))
    put_number(p, rg_node_number(p->graph, node), need);
  else if (is(p->graph, node, RG_OP_SYMBOL))
    rg_text_add(p->out, "%s", p->name_of(p->self, rg_node_symbol(p->graph, node)));
  else
    begin_operation(p, node, need);
}

/* Writes the innermost operation up to its next operand, or to its end. */
static void go_on(printer *p) {
  frame *top = &p->frames[p->count - 1];
  const size_t length = strcspn(top->rest, "@");
  rg_text_add_n(p->out, top->rest, length);
  const char *hole = top->rest + length;
  if (*hole) {
    const size_t k = (size_t)(hole[1] - '0');
    top->rest = hole + 2;
    begin(p, top->what.operand[k], top->form->needs[k]);
  } else {
    if (top->bracketed) rg_text_add(p->out, "%s", p->style->close);
    p->count--;
  }
}

void rg_print_in_style(const rg_style *style, const rg_graph *graph, rg_node node, rg_symbol_name *name_of,
                       void *self, rg_text *out) {
  printer p = {.style = style, .graph = graph, .name_of = name_of, .self = self, .out = out};
  const size_t longest = out->length + style->longest;
  begin(&p, node, RG_BINDS_NEVER);
  while (p.count > 0 && out->length < longest && !out->failed) go_on(&p);
  if (p.count > 0) rg_text_add(out, " ...");
  free(p.frames);
}

/* The model's notation ----------------------------------------------------------------------------------- */

/* A minus sign binds like a product here: -a*b is the same node either way, and a^(-b) reads better
 * bracketed. */
#define LOOSE RG_BINDS_NEVER
#define FUNCTION_1(name)                                                                                     \
  {                                                                                                          \
    name "(@0)", RG_BINDS_OPERAND, { LOOSE }                                                                 \
  }
#define FUNCTION_2(name)                                                                                     \
  {                                                                                                          \
    name "(@0, @1)", RG_BINDS_OPERAND, { LOOSE, LOOSE }                                                      \
  }
#define COMPARISON(sign)                                                                                     \
  {                                                                                                          \
    "@0 " sign " @1", RG_BINDS_COMPARISON, { RG_BINDS_SUM, RG_BINDS_SUM }                                    \
  }

static const rg_form forms[RG_READINGS] = {
    [RG_OP_ADD] = {"@0 + @1", RG_BINDS_SUM, {RG_BINDS_SUM, RG_BINDS_PRODUCT}},
    [RG_OP_SUB] = {"@0 - @1", RG_BINDS_SUM, {RG_BINDS_SUM, RG_BINDS_PRODUCT}},
    [RG_OP_MUL] = {"@0*@1", RG_BINDS_PRODUCT, {RG_BINDS_PRODUCT, RG_BINDS_SIGN}},
    [RG_READ_TIMES_DIGITS] = {"@0*@1", RG_BINDS_PRODUCT, {RG_BINDS_PRODUCT, RG_BINDS_SIGN}},
    [RG_OP_DIV] = {"@0/@1", RG_BINDS_PRODUCT, {RG_BINDS_PRODUCT, RG_BINDS_SIGN}},
    [RG_OP_POW] = {"@0^@1", RG_BINDS_POWER, {RG_BINDS_OPERAND, RG_BINDS_POWER}},
    [RG_OP_NEG] = {"-@0", RG_BINDS_PRODUCT, {RG_BINDS_PRODUCT}},
    [RG_OP_NOT] = {"not @0", RG_BINDS_NOT, {RG_BINDS_NOT}},
    [RG_OP_AND] = {"@0 and @1", RG_BINDS_AND, {RG_BINDS_AND, RG_BINDS_NOT}},
    [RG_OP_OR] = {"@0 or @1", RG_BINDS_OR, {RG_BINDS_OR, RG_BINDS_AND}},
    [RG_OP_CHOOSE] = {"if(@0, @1, @2)", RG_BINDS_OPERAND, {LOOSE, LOOSE, LOOSE}},
    [RG_READ_MAX] = FUNCTION_2("max"),
    [RG_READ_MIN] = FUNCTION_2("min"),
    [RG_READ_ABS] = FUNCTION_1("abs"),
    [RG_READ_GREATER] = COMPARISON(">"),
    [RG_READ_LESS] = COMPARISON("<"),
    [RG_READ_AT_MOST] = COMPARISON("<="),
    [RG_READ_AT_LEAST] = COMPARISON(">="),
    [RG_READ_EQUAL] = COMPARISON("=="),
    [RG_READ_DIFFERENT] = COMPARISON("!="),
#define X(OP, name, arity) [RG_OP_##OP] = FUNCTION_##arity(name),
#include "symbolic/functions.def"
#undef X
};

static rg_binding put_plain_number(double value, char buffer[64]) {
  rg_text_number(value, buffer);
  return value < 0.0 ? RG_BINDS_PRODUCT : RG_BINDS_OPERAND;
}

void rg_print(const rg_graph *graph, rg_node node, rg_symbol_name *name_of, void *self, rg_text *out) {
  static const rg_style plain = {forms, "(", ")", put_plain_number, RG_LONGEST_TEXT};
  rg_print_in_style(&plain, graph, node, name_of, self, out);
}

void rg_print_briefly(const rg_graph *graph, rg_node node, rg_symbol_name *name_of, void *self,
                      rg_text *out) {
  static const rg_style brief = {forms, "(", ")", put_plain_number, RG_LONGEST_NAME};
  rg_print_in_style(&brief, graph, node, name_of, self, out);
}
