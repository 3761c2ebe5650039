#include "unit/symbolic/words.h"

#include <time.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* By x; the results as a person would write them, which shows that they are simplified too. */
static void rules_are_those_of_the_book(void **state) {
  words *w = *state;
  static const struct {
    const char *of, *is;
  } cases[] = {
      {"x", "1"},
      {"y", "0"},
      {"3*x + y", "3"},
      {"x^2", "2*x"},
      {"x^3", "3*x^2"},
      {"x*y", "y"},
      {"x/y", "1/y"},
      {"y/x", "-y/x/x"},
      {"y - x", "-1"},
      {"-x^2", "-2*x"},
      {"exp(2*x)", "exp(2*x)*2"},
      {"log(x*y)", "y/(x*y)"},
      {"sqrt(x)", "1/(2*sqrt(x))"},
      {"sin(x)", "cos(x)"},
      {"cos(x)", "-sin(x)"},
      {"tan(x)", "1 + tan(x)*tan(x)"},
      {"tanh(x)", "1 - tanh(x)*tanh(x)"},
      {"atan(x)", "1/(1 + x*x)"},
      {"logistic(x)", "logistic(x)*(1 - logistic(x))"},
      {"softplus(x, y)", "logistic(x/y)"},
      {"floor(x)", "0"},
      {"x > y", "0"},
      {"x > y and y > 0 or not x > 0", "0"},
      {"if(x > y, x^2, y)", "if(x > y, 2*x, 0)"},
      {"max(x, y)", "if(x > y, 1, 0)"},
      {"abs(x)", "if(x > 0, 1, -1)"},
      {"y^x", "y^x*log(y)"},
  };
  for (size_t k = 0; k < COUNT(cases); k++) {
    const rg_node derivative = rg_derivative(w->graph, words_node(w, cases[k].of), words_symbol(w, "x"));
    assert_string_equal(words_text(w, derivative), cases[k].is);
  }
}

static void softplus_and_powers_by_both_arguments(void **state) {
  words *w = *state;
  const uint32_t x = words_symbol(w, "x"), y = words_symbol(w, "y");
  const double at[] = {0.7, 0.4}, z = 0.7 / 0.4, s = 1 / (1 + exp(-z));
  (void)x;
  assert_close(words_value(w, rg_derivative(w->graph, words_node(w, "softplus(x, y)"), y), at),
               log(1 + exp(z)) - z * s, 1e-14);
  assert_close(words_value(w, rg_derivative(w->graph, words_node(w, "x^y"), y), at), pow(0.7, 0.4) * log(0.7),
               1e-15);
  assert_close(words_value(w, rg_derivative(w->graph, words_node(w, "x^x"), x), at),
               pow(0.7, 0.7) * (log(0.7) + 1), 1e-15);
}

/* Far out, where a careless formula has inf/inf. */
static void derivatives_are_safe_where_the_functions_are(void **state) {
  words *w = *state;
  static const char *const texts[] = {"logistic(x)", "softplus(x, 0.01)", "tanh(x)", "x^2 + 1/(1 + x^2)"};
  for (size_t k = 0; k < COUNT(texts); k++) {
    const rg_node derivative = rg_derivative(w->graph, words_node(w, texts[k]), words_symbol(w, "x"));
    assert_true(isfinite(words_value(w, derivative, (double[]){1e5})));
    assert_true(isfinite(words_value(w, derivative, (double[]){-1e5})));
  }
  const rg_node square = rg_derivative(w->graph, words_node(w, "x^2"), words_symbol(w, "x"));
  assert_true(words_value(w, square, (double[]){0.0}) == 0.0);
}

static void derivatives_are_made_once(void **state) {
  words *w = *state;
  const rg_node node = words_node(w, "exp(x*y)/(1 + x^2*log(y))");
  const rg_node once = rg_derivative(w->graph, node, words_symbol(w, "x"));
  const uint32_t size = rg_graph_size(w->graph);
  assert_int_equal(rg_derivative(w->graph, node, words_symbol(w, "x")), once);
  assert_int_equal(rg_graph_size(w->graph), size);
}

static void second_derivatives_commute(void **state) {
  words *w = *state;
  const rg_node node = words_node(w, "x^3*exp(y)/(1 + x*y)");
  const uint32_t x = words_symbol(w, "x"), y = words_symbol(w, "y");
  const rg_node xy = rg_derivative(w->graph, rg_derivative(w->graph, node, x), y);
  const rg_node yx = rg_derivative(w->graph, rg_derivative(w->graph, node, y), x);
  const double at[] = {1.3, 0.6};
  assert_close(words_value(w, xy, at), words_value(w, yx, at), 1e-13);
}

/* A model of a hundred thousand operations in which everything depends on 160 states in the end. */
static void large_models_are_differentiated_in_a_moment(void **state) {
  words *w = *state;
  enum { STATES = 160, NODES = 100000 };
  rg_graph *g = w->graph;
  rg_node recent[STATES];
  for (uint32_t k = 0; k < STATES; k++) recent[k] = rg_symbol(g, k);
  const clock_t start = clock();
  for (uint32_t k = 0; rg_graph_size(g) < NODES; k++) {
    const rg_node a = recent[k % STATES], b = recent[(k + 1 + k / STATES % 3) % STATES];
    recent[k % STATES] =
        k / STATES < 10 ? rg_mul(g, a, rg_unary(g, RG_OP_EXP, b)) : rg_unary(g, RG_OP_TANH, a);
  }
  size_t dense = 0;
  for (uint32_t row = 0; row < STATES; row++)
    for (uint32_t column = 0; column < STATES; column++)
      dense += !rg_node_is_number(g, rg_derivative(g, recent[row], column), 0.0);
  const double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
  print_message("%zu entries, %u nodes, %zu MiB, %.2f s\n", dense, rg_graph_size(g),
                rg_arena_bytes(w->arena) >> 20, seconds);
  assert_true(dense > STATES * 15);
}

/* A term: a product of two symbols, a symbol, or a sum of its own; by symbol s its derivative. */
static rg_node term_of(rg_graph *g, uint32_t k) {
  const rg_node a = rg_symbol(g, k % 7), b = rg_symbol(g, (k + 3) % 11);
  if (k % 5 == 0) return a;
  return k % 5 == 1 ? rg_mul(g, a, rg_add(g, b, rg_number(g, (double)k))) : rg_mul(g, a, b);
}

static rg_node step_of(rg_graph *g, uint32_t k, rg_node sum, rg_node term) {
  return k % 3 == 1 ? rg_sub(g, sum, term) : rg_add(g, sum, term);
}

/* The derivative of a long sum is that of its terms, added up: the same node, whether or not its beginnings
 * were asked about before, and of sums within sums. */
static void long_sums_are_sums_of_derivatives(void **state) {
  words *w = *state;
  rg_graph *g = w->graph;
  for (uint32_t asked = 0; asked < 60; asked += 7) {
    rg_node sum = rg_symbol(g, asked % 7), derivative[11];
    for (uint32_t s = 0; s < 11; s++) derivative[s] = rg_number(g, s == asked % 7 ? 1.0 : 0.0);
    for (uint32_t k = 1; k < 60; k++) {
      const rg_node term = term_of(g, k + asked);
      sum = step_of(g, k, sum, term);
      for (uint32_t s = 0; s < 11; s++)
        derivative[s] = step_of(g, k, derivative[s], rg_derivative(g, term, s));
      if (asked > 0 && k == asked) assert_true(rg_derivative(g, sum, 2) == derivative[2]);
    }
    for (uint32_t s = 0; s < 11; s++) assert_true(rg_derivative(g, sum, s) == derivative[s]);
    const rg_node twice = rg_mul(g, sum, sum), by = rg_mul(g, derivative[1], sum);
    assert_true(rg_derivative(g, twice, 1) == rg_add(g, by, rg_mul(g, sum, derivative[1])));
    size_t count;
    rg_node_symbols(g, sum, &count);
    assert_int_equal(count, 11);
    assert_true(rg_node_is_number(g, rg_derivative(g, sum, 12), 0.0));
  }
}

static void depth_is_no_danger(void **state) {
  words *w = *state;
  rg_node node = words_node(w, "x");
  for (int k = 0; k < 200000; k++) node = rg_unary(w->graph, RG_OP_SIN, node);
  const rg_node derivative = rg_derivative(w->graph, node, words_symbol(w, "x"));
  assert_true(words_value(w, derivative, (double[]){0.0}) == 1.0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      words_test(rules_are_those_of_the_book),
      words_test(softplus_and_powers_by_both_arguments),
      words_test(derivatives_are_safe_where_the_functions_are),
      words_test(derivatives_are_made_once),
      words_test(second_derivatives_commute),
      words_test(large_models_are_differentiated_in_a_moment),
      words_test(long_sums_are_sums_of_derivatives),
      words_test(depth_is_no_danger),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
