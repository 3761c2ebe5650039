/* Tangents and Taylor coefficients of programs against symbolic derivatives, on random expressions. */
#include "unit/program/programs.h"
/* cmocka first */
#include "program/tangent.h"
#include "program/taylor.h"

enum { SYMBOLS = 4, EXPRESSIONS = 3000, DEEPEST = 5, ORDER = 4 };

static uint64_t random_state;

static uint32_t draw(uint32_t below) {
  random_state ^= random_state >> 12;
  random_state ^= random_state << 25;
  random_state ^= random_state >> 27;
  return (uint32_t)((random_state * UINT64_C(2685821657736338717)) >> 33) % below;
}

static double draw_between(double low, double high) {
  return low + (high - low) * draw(1u << 30) / (1u << 30);
}

static void sow(void) {
  const char *given = getenv("REGIME_TEST_SEED");
  random_state = given ? strtoull(given, NULL, 10) : 20261120;
  if (random_state == 0) random_state = 1;
  print_message("seed %llu\n", (unsigned long long)random_state);
}

static rg_node draw_node(words *w, int depth) {
  const rg_op op = (rg_op)(RG_OP_ADD + draw(RG_OP_COUNT - RG_OP_ADD));
  if (depth == 0 || draw(6) == 0) {
    if (draw(4)) return rg_symbol(w->graph, draw(SYMBOLS));
    return rg_number(w->graph, draw(2) ? (double)draw(4) : draw_between(-3.0, 3.0));
  }
  const rg_node a = draw_node(w, depth - 1);
  if (rg_op_arity(op) == 1) return rg_unary(w->graph, op, a);
  const rg_node b = draw_node(w, depth - 1);
  if (rg_op_arity(op) == 2) return rg_binary(w->graph, op, a, b);
  return rg_choose(w->graph, a, b, draw_node(w, depth - 1));
}

static void name_symbols(words *w) {
  static const char *const names[SYMBOLS] = {"x", "y", "z", "w"};
  for (size_t k = 0; k < SYMBOLS; k++) words_symbol(w, names[k]);
}

/* All nodes under a node and their derivatives have moderate values: rounding is then small. */
static bool is_tame(double value) { return fabs(value) < 1e6 && (value == 0.0 || fabs(value) > 1e-6); }

static double along(words *w, rg_node node, const double *at, const double *direction, bool *tame) {
  double sum = 0.0;
  for (uint32_t k = 0; k < SYMBOLS; k++) {
    const double partial = words_value(w, rg_derivative(w->graph, node, k), at);
    *tame &= is_tame(partial);
    sum += partial * direction[k];
  }
  return sum;
}

static void push(words *w, const rg_program *program, const double *at, size_t lanes, const double *inputs,
                 double *out) {
  double *registers = registers_for(w, program, at), value;
  double *slopes = RG_NEW_ARRAY(w->arena, double, rg_program_slopes(program));
  double *tangents = RG_NEW_ARRAY(w->arena, double, rg_program_registers(program) * lanes);
  rg_program_run(program, registers, &value);
  rg_program_linearise(program, registers, slopes);
  memcpy(tangents, inputs, SYMBOLS * lanes * sizeof *inputs);
  const int undefined = rg_program_push(program, slopes, lanes, tangents, out);
  bool finite = true;
  for (size_t d = 0; d < lanes; d++) finite &= isfinite(out[d]);
  assert_int_equal(undefined, !finite);
}

/* A softplus that is nearly a corner has huge derivatives, and one of width -0 turns over with its sign. */
static bool is_sharp(words *w, rg_node node, const double *values) {
  return rg_node_op(w->graph, node) == RG_OP_SOFTPLUS &&
         fabs(values[rg_node_operand(w->graph, node, 1)]) < 1e-2;
}

/* No part that is needed is without value, or so large that rounding is. */
static bool is_sound(words *w, rg_node node, const double *at) {
  double *values = RG_NEW_ARRAY(w->arena, double, (size_t)node + 1);
  rg_evaluate(w->graph, node, words_value_of, (void *)at, values);
  for (size_t k = 0; k <= node; k++)
    if (!(fabs(values[k]) < 1e6) || is_sharp(w, (rg_node)k, values)) return false;
  return true;
}

/* Widths that have loops of their own, and one that has not. */
static void tangents_are_derivatives(void **state) {
  words *w = *state;
  static const size_t widths[] = {1, 3, RG_LANES};
  size_t compared = 0;
  sow();
  name_symbols(w);
  for (size_t e = 0; e < EXPRESSIONS; e++) {
    const rg_node node = draw_node(w, DEEPEST);
    const size_t lanes = widths[e % 3];
    double at[SYMBOLS], inputs[SYMBOLS * RG_LANES], out[RG_LANES];
    for (size_t k = 0; k < SYMBOLS; k++) at[k] = draw_between(-2.0, 3.0);
    for (size_t k = 0; k < SYMBOLS * lanes; k++) inputs[k] = draw_between(-1.0, 1.0);
    if (!is_sound(w, node, at)) continue;
    push(w, compile(w, &node, 1), at, lanes, inputs, out);
    for (size_t d = 0; d < lanes; d++) {
      double direction[SYMBOLS];
      bool tame = true;
      for (size_t k = 0; k < SYMBOLS; k++) direction[k] = inputs[k * lanes + d];
      const double expected = along(w, node, at, direction, &tame);
      if (!tame || !isfinite(expected)) continue;
      compared++;
      if (!(fabs(out[d] - expected) <= 1e-9 * (1.0 + fabs(expected))))
        fail_msg("%s at %g %g %g %g: %.17g, symbolic %.17g", words_text(w, node), at[0], at[1], at[2], at[3],
                 out[d], expected);
    }
  }
  print_message("%zu tangents compared\n", compared);
  assert_true(compared > EXPRESSIONS / 3);
}

/* f(at + s direction), differentiated k times by s and divided by k!: symbol SYMBOLS is s. */
typedef struct line {
  const double *at, *direction;
  uint32_t s;
} line;

static bool by_line(void *self, rg_graph *graph, rg_node node, rg_node *by) {
  const line *l = self;
  if (rg_node_op(graph, node) != RG_OP_SYMBOL || rg_node_symbol(graph, node) >= SYMBOLS) return false;
  const uint32_t k = rg_node_symbol(graph, node);
  *by = rg_add(graph, rg_number(graph, l->at[k]),
               rg_mul(graph, rg_number(graph, l->direction[k]), rg_symbol(graph, l->s)));
  return true;
}

static int series(words *w, const rg_program *program, const double *at, const double *direction,
                  double *out) {
  double *s = RG_NEW_ARRAY(w->arena, double, rg_taylor_room(program, ORDER));
  for (size_t k = 0; k < SYMBOLS; k++) {
    s[k * (ORDER + 1)] = at[k];
    s[k * (ORDER + 1) + 1] = direction[k];
  }
  return rg_taylor_run(program, ORDER, s, out);
}

static void taylor_coefficients_are_derivatives(void **state) {
  words *w = *state;
  size_t compared = 0;
  sow();
  name_symbols(w);
  const uint32_t s = words_symbol(w, "s");
  for (size_t e = 0; e < EXPRESSIONS; e++) {
    const rg_node node = draw_node(w, DEEPEST - 1);
    double at[SYMBOLS + 1] = {0}, direction[SYMBOLS], out[ORDER + 1], factorial = 1.0;
    for (size_t k = 0; k < SYMBOLS; k++) {
      at[k] = draw_between(-2.0, 3.0);
      direction[k] = draw(4) ? draw_between(-1.0, 1.0) : 0.0;
    }
    if (!is_sound(w, node, at)) continue;
    line l = {at, direction, s};
    rg_node_list cache = {0};
    rg_node derivative = rg_substitute(w->graph, node, by_line, &l, &cache);
    bool tame = true;
    series(w, compile(w, &node, 1), at, direction, out);
    for (size_t k = 0; k <= ORDER && tame; k++) {
      const double expected = words_value(w, derivative, at) / factorial;
      tame = is_tame(expected);
      if (!tame) break;
      compared++;
      if (!(fabs(out[k] - expected) <= 1e-7 * (1.0 + fabs(expected))))
        fail_msg("coefficient %zu of %s at %g %g %g %g along %g %g %g %g: %.17g, symbolic %.17g", k,
                 words_text(w, node), at[0], at[1], at[2], at[3], direction[0], direction[1], direction[2],
                 direction[3], out[k], expected);
      derivative = rg_derivative(w->graph, derivative, s);
      factorial *= (double)(k + 1);
    }
  }
  print_message("%zu coefficients compared\n", compared);
  assert_true(compared > EXPRESSIONS / 2);
}

/* Known ones, one for each function, about 0 or where it is best known. */
static void taylor_coefficients_are_those_of_the_books(void **state) {
  words *w = *state;
  static const struct {
    const char *text;
    double at, expected[ORDER + 1];
  } known[] = {
      {"exp(x)", 0.0, {1.0, 1.0, 1.0 / 2, 1.0 / 6, 1.0 / 24}},
      {"log(x)", 1.0, {0.0, 1.0, -1.0 / 2, 1.0 / 3, -1.0 / 4}},
      {"sqrt(x)", 1.0, {1.0, 1.0 / 2, -1.0 / 8, 1.0 / 16, -5.0 / 128}},
      {"sin(x)", 0.0, {0.0, 1.0, 0.0, -1.0 / 6, 0.0}},
      {"cos(x)", 0.0, {1.0, 0.0, -1.0 / 2, 0.0, 1.0 / 24}},
      {"tan(x)", 0.0, {0.0, 1.0, 0.0, 1.0 / 3, 0.0}},
      {"tanh(x)", 0.0, {0.0, 1.0, 0.0, -1.0 / 3, 0.0}},
      {"atan(x)", 0.0, {0.0, 1.0, 0.0, -1.0 / 3, 0.0}},
      {"logistic(x)", 0.0, {0.5, 0.25, 0.0, -1.0 / 48, 0.0}},
      {"softplus(x, 2)", 0.0, {1.3862943611198906, 0.5, 1.0 / 16, 0.0, -1.0 / 1536}},
      {"1/(1 - x)", 0.0, {1.0, 1.0, 1.0, 1.0, 1.0}},
      {"x^3", 0.0, {0.0, 0.0, 0.0, 1.0, 0.0}},
      {"(2*x + x*x)^2", 0.0, {0.0, 0.0, 4.0, 4.0, 1.0}},
      {"x^2", 0.0, {0.0, 0.0, 1.0, 0.0, 0.0}},
      {"(1 + x)^0.5", 0.0, {1.0, 1.0 / 2, -1.0 / 8, 1.0 / 16, -5.0 / 128}},
      {"2^x", 0.0, {1.0, 0.6931471805599453, 0.2402265069591007, 0.0555041086648216, 0.00961812910762848}},
      {"x^x", 1.0, {1.0, 1.0, 1.0, 1.0 / 2, 1.0 / 3}},
      {"floor(x) + (if(x > 0, x*x, log(x)))", 2.5, {8.25, 5.0, 1.0, 0.0, 0.0}},
  };
  for (size_t e = 0; e < sizeof known / sizeof *known; e++) {
    words_symbol(w, "x");
    const rg_program *program = compile_text(w, known[e].text);
    double *s = RG_NEW_ARRAY(w->arena, double, rg_taylor_room(program, ORDER)), out[ORDER + 1];
    s[0] = known[e].at;
    s[1] = 1.0;
    assert_int_equal(rg_taylor_run(program, ORDER, s, out), 0);
    for (size_t k = 0; k <= ORDER; k++)
      if (!(fabs(out[k] - known[e].expected[k]) <= 1e-15))
        fail_msg("coefficient %zu of %s: %.17g instead of %.17g", k, known[e].text, out[k],
                 known[e].expected[k]);
  }
}

/* x^2.5 has two derivatives at 0, and no third. */
static void a_power_that_is_no_series_says_so(void **state) {
  words *w = *state;
  words_symbol(w, "x");
  const rg_program *program = compile_text(w, "x^2.5");
  double *s = RG_NEW_ARRAY(w->arena, double, rg_taylor_room(program, 3)), out[4];
  s[0 * 3 + 1] = 1.0;
  assert_int_equal(rg_taylor_run(program, 2, s, out), 0);
  assert_true(out[0] == 0.0 && out[1] == 0.0 && out[2] == 0.0);
  memset(s, 0, rg_taylor_room(program, 3) * sizeof *s);
  s[1] = 1.0;
  assert_int_equal(rg_taylor_run(program, 3, s, out), 1);
}

/* At the edge, what rests has its value and no other coefficient; a corner of no width is a straight line. */
static void series_rest_where_their_slopes_are_infinite(void **state) {
  words *w = *state;
  words_symbol(w, "x");
  words_symbol(w, "y");
  const char *const text[] = {"sqrt(x) + y", "y*softplus(1 + y, x)", "y^x"};
  const double expected[][3] = {{0.0, 1.0, 0.0}, {0.0, 1.0, 1.0}, {1.0, 0.0, 0.0}};
  for (size_t k = 0; k < 3; k++) {
    const rg_program *program = compile_text(w, text[k]);
    double *s = RG_NEW_ARRAY(w->arena, double, rg_taylor_room(program, 2)), out[3];
    s[1 * 3 + 1] = 1.0;
    assert_int_equal(rg_taylor_run(program, 2, s, out), 0);
    for (size_t j = 0; j < 3; j++) assert_close(out[j], expected[k][j], 1e-15);
  }
}

static void the_side_not_taken_does_no_harm(void **state) {
  words *w = *state;
  double out;
  words_symbol(w, "x");
  words_symbol(w, "y");
  words_symbol(w, "z");
  words_symbol(w, "w");
  const rg_node node = words_node(w, "if(x > 0, x*y, log(x)/(x - x*x*x))");
  push(w, compile(w, &node, 1), (double[]){1.0, 3.0, 0.0, 0.0}, 1, (double[]){1.0, 0.5, 0.0, 0.0}, &out);
  assert_true(out == 3.5);
  const rg_node other = words_node(w, "if(x > 0, log(x), x*y)");
  push(w, compile(w, &other, 1), (double[]){-1.0, 3.0, 0.0, 0.0}, 1, (double[]){1.0, 0.5, 0.0, 0.0}, &out);
  assert_true(out == 2.5);
}

/* sqrt(x) at 0 has no slope; along y that does not matter. */
static void what_does_not_move_does_no_harm(void **state) {
  words *w = *state;
  double out[2];
  words_symbol(w, "x");
  words_symbol(w, "y");
  words_symbol(w, "z");
  words_symbol(w, "w");
  const rg_node node = words_node(w, "sqrt(x) + y");
  push(w, compile(w, &node, 1), (double[]){0.0, 1.0, 0.0, 0.0}, 2,
       (double[]){0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0}, out);
  assert_true(out[0] == 1.0);
  assert_true(!isfinite(out[1]));
}

/* x^y with y = 0 is 1 at x = 0 as elsewhere. */
static void a_power_of_zero_rests(void **state) {
  words *w = *state;
  double out;
  words_symbol(w, "x");
  words_symbol(w, "y");
  words_symbol(w, "z");
  words_symbol(w, "w");
  const rg_node node = words_node(w, "x^y + z");
  push(w, compile(w, &node, 1), (double[]){0.0, 0.0, 0.0, 0.0}, 1, (double[]){1.0, 0.0, 2.0, 0.0}, &out);
  assert_true(out == 2.0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      words_test(tangents_are_derivatives),
      words_test(taylor_coefficients_are_derivatives),
      words_test(taylor_coefficients_are_those_of_the_books),
      words_test(a_power_that_is_no_series_says_so),
      words_test(series_rest_where_their_slopes_are_infinite),
      words_test(the_side_not_taken_does_no_harm),
      words_test(what_does_not_move_does_no_harm),
      words_test(a_power_of_zero_rests),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
