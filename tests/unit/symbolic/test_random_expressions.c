/* Random expressions, everything two ways: the graph against a tree that is never simplified, derivatives
 * against complex steps, print against parse.
 *
 * REGIME_TEST_SEED chooses another sequence. In a few million expressions one fails for no fault of the
 * graph: where the rounding of the tree as drawn decides a switch, as in if(x - log(exp(x)), ...).
 */
#include "unit/symbolic/words.h"

#include <complex.h>

enum { SYMBOLS = 4, EXPRESSIONS = 20000, DEEPEST = 6 };

/* An expression as it was drawn, in order of operands first; the last is the whole. */
typedef struct drawn {
  rg_op op;
  size_t operand[3];
  double number;
  uint32_t symbol;
} drawn;
typedef RG_LIST(drawn) expression;

static uint64_t random_state;

/* xorshift64*: the same sequence everywhere, from a seed alone. */
static uint32_t draw(uint32_t below) {
  random_state ^= random_state >> 12;
  random_state ^= random_state << 25;
  random_state ^= random_state >> 27;
  return (uint32_t)((random_state * UINT64_C(2685821657736338717)) >> 33) % below;
}

static uint64_t seed(void) {
  const char *given = getenv("REGIME_TEST_SEED");
  random_state = given ? strtoull(given, NULL, 10) : 20240717;
  if (random_state == 0) random_state = 1;
  return random_state;
}

/* Numbers that meet simplification rules often, and others. */
static double draw_number(void) {
  static const double often[] = {0.0, 1.0, -1.0, 2.0, 0.5, -2.0, 3.0};
  if (draw(3) > 0) return often[draw(sizeof often / sizeof *often)];
  return ((double)draw(2000001) - 1e6) / 1e5;
}

static size_t draw_expression(rg_arena *arena, expression *e, int depth) {
  drawn d = {.op = (rg_op)draw(RG_OP_COUNT)};
  if (depth == 0 || draw(5) == 0) d.op = draw(3) ? RG_OP_SYMBOL : RG_OP_NUMBER;
  for (size_t k = 0; k < rg_op_arity(d.op); k++) d.operand[k] = draw_expression(arena, e, depth - 1);
  d.number = d.op == RG_OP_NUMBER ? draw_number() : 0.0;
  d.symbol = draw(SYMBOLS);
  RG_APPEND(arena, e, d);
  return e->count - 1;
}

static rg_node graph_of(words *w, const expression *e, size_t k) {
  const drawn *d = &e->items[k];
  rg_node a[3] = {0};
  for (size_t j = 0; j < rg_op_arity(d->op); j++) a[j] = graph_of(w, e, d->operand[j]);
  if (d->op == RG_OP_NUMBER) return rg_number(w->graph, d->number);
  if (d->op == RG_OP_SYMBOL) return rg_symbol(w->graph, d->symbol);
  switch (rg_op_arity(d->op)) {
  case 1: return rg_unary(w->graph, d->op, a[0]);
  case 2: return rg_binary(w->graph, d->op, a[0], a[1]);
  default: return rg_choose(w->graph, a[0], a[1], a[2]);
  }
}

static bool is_rounded_zero(double a) { return a != 0.0 && fabs(a) < 1e-9; }

/* Where a function has no slope, or has it by a limit or by luck only, or where rounding decides its value.
 */
static bool is_at_an_edge(const expression *e, const drawn *d, const double a[3]) {
  switch (d->op) {
  case RG_OP_SQRT: return fabs(a[0]) < 1e-9;
  case RG_OP_LOG: return fabs(a[0] - 1.0) < 1e-6;
  case RG_OP_POW: return a[0] == 0.0 || (a[0] < 0.0 && e->items[d->operand[1]].op != RG_OP_NUMBER);
  case RG_OP_SOFTPLUS: return fabs(a[1]) < 1e-3;
  case RG_OP_FLOOR: return fabs(a[0] - round(a[0])) < 1e-9;
  case RG_OP_POSITIVE:
  case RG_OP_NOT:
  case RG_OP_CHOOSE: return is_rounded_zero(a[0]);
  case RG_OP_AND:
  case RG_OP_OR: return is_rounded_zero(a[0]) || is_rounded_zero(a[1]);
  default: return false;
  }
}

/* The value as drawn, and whether every part of it has a moderate one and is at no edge. */
static double value_of(const expression *e, size_t k, const double *at, bool *tame) {
  const drawn *d = &e->items[k];
  double a[3] = {0};
  for (size_t j = 0; j < rg_op_arity(d->op); j++) a[j] = value_of(e, d->operand[j], at, tame);
  const double value = d->op == RG_OP_NUMBER   ? d->number
                       : d->op == RG_OP_SYMBOL ? at[d->symbol]
                                               : rg_op_apply(d->op, a[0], a[1], a[2]);
  if (!(fabs(value) < 1e6) || is_at_an_edge(e, d, a)) *tame = false;
  return value;
}

static complex double whole_power(complex double base, double exponent) {
  complex double power = 1.0;
  for (int k = 0; k < fabs(exponent); k++) power *= base;
  return exponent < 0.0 ? 1.0 / power : power;
}

/* A negative base has a derivative where the exponent is a whole number that does not move. */
static complex double complex_power(complex double a, complex double b) {
  if (cimag(b) == 0.0 && creal(b) == round(creal(b)) && fabs(creal(b)) < 50) return whole_power(a, creal(b));
  return cpow(a, b);
}

static complex double log_of_one_plus(complex double u) {
  return cabs(u) < 1e-4 ? u - u * u / 2.0 + u * u * u / 3.0 : clog(1.0 + u);
}

static complex double complex_softplus(complex double x, complex double w) {
  const complex double z = x / w;
  return creal(z) > 0.0 ? x + w * log_of_one_plus(cexp(-z)) : w * log_of_one_plus(cexp(z));
}

static complex double complex_apply(rg_op op, const complex double a[3]) {
  switch (op) {
  case RG_OP_ADD: return a[0] + a[1];
  case RG_OP_SUB: return a[0] - a[1];
  case RG_OP_MUL: return a[0] * a[1];
  case RG_OP_DIV: return a[0] / a[1];
  case RG_OP_POW: return complex_power(a[0], a[1]);
  case RG_OP_NEG: return -a[0];
  case RG_OP_CHOOSE: return creal(a[0]) != 0.0 ? a[1] : a[2];
  case RG_OP_EXP: return cexp(a[0]);
  case RG_OP_LOG: return clog(a[0]);
  case RG_OP_SQRT: return csqrt(a[0]);
  case RG_OP_SIN: return csin(a[0]);
  case RG_OP_COS: return ccos(a[0]);
  case RG_OP_TAN: return ctan(a[0]);
  case RG_OP_TANH: return ctanh(a[0]);
  case RG_OP_ATAN: return catan(a[0]);
  case RG_OP_LOGISTIC: return 1.0 / (1.0 + cexp(-a[0]));
  case RG_OP_SOFTPLUS: return complex_softplus(a[0], a[1]);
  default: return rg_op_apply(op, creal(a[0]), creal(a[1]), creal(a[2])); /* flat between switches */
  }
}

static complex double complex_value(const expression *e, size_t k, const complex double *at) {
  const drawn *d = &e->items[k];
  complex double a[3] = {0};
  for (size_t j = 0; j < rg_op_arity(d->op); j++) a[j] = complex_value(e, d->operand[j], at);
  if (d->op == RG_OP_NUMBER) return d->number;
  return d->op == RG_OP_SYMBOL ? at[d->symbol] : complex_apply(d->op, a);
}

/* f'(x) = Im f(x + ih)/h, without cancellation, so that h can be tiny. */
static double complex_step(const expression *e, const double *at, uint32_t symbol, double shift) {
  const double h = 1e-30;
  complex double z[SYMBOLS];
  for (size_t k = 0; k < SYMBOLS; k++) z[k] = at[k] * (1.0 + shift);
  z[symbol] += h * I;
  return cimag(complex_value(e, e->count - 1, z)) / h;
}

/* At a kink, or where rounding decides, two neighbouring points disagree and nothing can be compared. */
static bool is_well_conditioned(double a, double b) {
  return fabs(a) < 1e8 && fabs(a - b) <= 1e-6 * (1.0 + fabs(a));
}

static void draw_point(double *at) {
  for (size_t k = 0; k < SYMBOLS; k++) at[k] = (draw(4) ? 0.1 : -2.0) + draw(1000000) / 4e5;
}

static void name_symbols(words *w) {
  static const char *const names[SYMBOLS] = {"x", "Y[US]", "k(-1)", "wage_share'"};
  for (size_t k = 0; k < SYMBOLS; k++) words_symbol(w, names[k]);
}

static int check_value(words *w, const expression *e, rg_node node, const double *at) {
  bool tame = true;
  double nearby[SYMBOLS];
  for (size_t k = 0; k < SYMBOLS; k++) nearby[k] = at[k] * (1.0 + 1e-9);
  const double expected = value_of(e, e->count - 1, at, &tame);
  if (!tame || !is_well_conditioned(expected, value_of(e, e->count - 1, nearby, &tame))) return 0;
  const double value = words_value(w, node, at);
  if (!(fabs(value - expected) <= 1e-7 * (1.0 + fabs(expected))))
    fail_msg("%s is %.17g, as drawn %.17g", words_text(w, node), value, expected);
  return 1;
}

static int check_derivative(words *w, const expression *e, rg_node node, const double *at) {
  bool tame = true;
  value_of(e, e->count - 1, at, &tame);
  const uint32_t symbol = draw(SYMBOLS);
  const double expected = complex_step(e, at, symbol, 0.0);
  if (!tame || !is_well_conditioned(expected, complex_step(e, at, symbol, 1e-9))) return 0;
  const rg_node derivative = rg_derivative(w->graph, node, symbol);
  const double value = words_value(w, derivative, at);
  if (!(fabs(value - expected) <= 1e-7 * (1.0 + fabs(expected))))
    fail_msg("d/d%s of %s\nis %s\n= %.17g, by complex step %.17g at %.17g %.17g %.17g %.17g",
             words_name_of(w, symbol), words_text(w, node), words_text(w, derivative), value, expected, at[0],
             at[1], at[2], at[3]);
  return 1;
}

/* The negative of 0/0 reads back as 0/0: neither has a value. */
static void check_print(words *w, rg_node node) {
  const char *text = words_text(w, node);
  if (strstr(text, "-0/0")) return;
  const rg_node again = words_node(w, text);
  if (again != node) fail_msg("%s\nreads back as\n%s", text, words_text(w, again));
}

static void everything_two_ways(void **state) {
  words *w = *state;
  print_message("seed %llu\n", (unsigned long long)seed());
  name_symbols(w);
  int values = 0, derivatives = 0;
  for (int k = 0; k < EXPRESSIONS; k++) {
    expression e = {0};
    double at[SYMBOLS];
    draw_expression(w->arena, &e, DEEPEST);
    draw_point(at);
    const rg_node node = graph_of(w, &e, e.count - 1);
    check_print(w, node);
    values += check_value(w, &e, node, at);
    derivatives += check_derivative(w, &e, node, at);
  }
  print_message("%d values and %d derivatives compared\n", values, derivatives);
  assert_true(values > EXPRESSIONS / 4 && derivatives > EXPRESSIONS / 4);
}

/* Derivatives print and read back too: they meet forms that nobody writes. */
static void derivatives_read_back(void **state) {
  words *w = *state;
  print_message("seed %llu\n", (unsigned long long)seed());
  name_symbols(w);
  for (int k = 0; k < EXPRESSIONS / 10; k++) {
    expression e = {0};
    draw_expression(w->arena, &e, DEEPEST - 2);
    const rg_node node = graph_of(w, &e, e.count - 1);
    check_print(w, rg_derivative(w->graph, node, draw(SYMBOLS)));
  }
}

/* Whatever is handed on can be read by those who come after. */
static void check_tree(const rg_tree *tree) {
  assert_non_null(tree);
  if (tree->kind == RG_TREE_NAME || tree->kind == RG_TREE_CALL) assert_non_null(tree->name);
  for (size_t k = 0; k < tree->n_index; k++) check_tree(tree->index[k]);
  for (size_t k = 0; k < tree->n_args; k++) check_tree(tree->args[k]);
  for (size_t k = 0; k < tree->n_index; k++) assert_int_equal(tree->index[k]->kind, RG_TREE_NAME);
}

/* Noise made of the language's own pieces: no crash, and an error wherever nothing was read. */
static void noise_is_refused_politely(void **state) {
  words *w = *state;
  print_message("seed %llu\n", (unsigned long long)seed());
  static const char *const pieces[] = {"x",        " = ",   "'",    "(",    ")",    "[",  "]",        ",",
                                       "-1",       "+",     "*",    "^",    "<",    "==", "not ",     " and ",
                                       " in ",     "init ", "def ", "sum(", "\n",   "#",  "## a | b", "2.5",
                                       "\xc2\xb7", "&&",    "d",    "/dt",  "\xff", " "};
  for (int k = 0; k < EXPRESSIONS; k++) {
    char text[256] = "";
    for (uint32_t n = draw(24); n > 0; n--) strcat(text, pieces[draw(sizeof pieces / sizeof *pieces)]);
    rg_statements s = {0};
    const bool all_right = rg_parse_equations(w->context, w->arena, text, NULL, 1, &s);
    assert_int_equal(all_right, regime_diagnostic_errors(w->context) == 0);
    for (size_t j = 0; j < s.count; j++) {
      check_tree(s.items[j].left);
      check_tree(s.items[j].right);
      assert_non_null(s.items[j].text);
    }
    rg_parse_expression(w->context, w->arena, NULL, text, NULL, 1);
    regime_diagnostics_clear(w->context);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      words_test(everything_two_ways),
      words_test(derivatives_read_back),
      words_test(noise_is_refused_politely),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
