#include "unit/symbolic/words.h"

static void equal_expressions_are_one_node(void **state) {
  words *w = *state;
  assert_int_equal(words_node(w, "a*(b + c)"), words_node(w, "a*(b + c)"));
  assert_int_equal(words_node(w, "a*(b + c)"), words_node(w, "(c + b)*a"));
  assert_int_not_equal(words_node(w, "a - b"), words_node(w, "b - a"));
  assert_int_not_equal(words_node(w, "a/b"), words_node(w, "b/a"));
  assert_int_not_equal(words_node(w, "(a + b) + c"), words_node(w, "a + (b + c)")); /* rounding differs */
  assert_int_equal(rg_number(w->graph, -0.0), rg_number(w->graph, 0.0));
  assert_int_equal(rg_number(w->graph, NAN), rg_number(w->graph, -NAN));
}

static void operands_come_before_their_users(void **state) {
  words *w = *state;
  words_node(w, "if(a > b, exp(a*b - 3), max(a, b)^2) + a/b");
  for (rg_node node = 0; node < rg_graph_size(w->graph); node++)
    for (size_t k = 0; k < rg_node_arity(w->graph, node); k++)
      assert_true(rg_node_operand(w->graph, node, k) < node);
}

static void many_nodes_keep_their_numbers(void **state) {
  words *w = *state;
  enum { COUNT = 50000 };
  static rg_node node[COUNT];
  for (uint32_t k = 0; k < COUNT; k++)
    node[k] = rg_mul(w->graph, rg_symbol(w->graph, k), rg_number(w->graph, k + 2));
  for (uint32_t k = 0; k < COUNT; k++) {
    assert_int_equal(rg_mul(w->graph, rg_symbol(w->graph, k), rg_number(w->graph, k + 2)), node[k]);
    assert_int_equal(rg_node_symbol(w->graph, rg_node_operand(w->graph, node[k], 0)), k);
    assert_true(rg_node_number(w->graph, rg_node_operand(w->graph, node[k], 1)) == k + 2.0);
  }
  assert_int_equal(rg_graph_size(w->graph), 3 * COUNT);
}

static void dependencies_are_ascending_and_complete(void **state) {
  words *w = *state;
  static const char *const names[] = {"a", "b", "c", "d"};
  for (size_t k = 0; k < 4; k++) words_symbol(w, names[k]);
  const rg_node node = words_node(w, "d*exp(b) + if(b > 0, a, d)");
  size_t count;
  const uint32_t *symbols = rg_node_symbols(w->graph, node, &count);
  assert_int_equal(count, 3);
  assert_memory_equal(symbols, ((uint32_t[]){0, 1, 3}), sizeof(uint32_t[3]));
  assert_true(rg_node_depends(w->graph, node, 3));
  assert_false(rg_node_depends(w->graph, node, 2));
  rg_node_symbols(w->graph, rg_number(w->graph, 1.0), &count);
  assert_int_equal(count, 0);
}

/* What was forgotten by simplification is no dependency. */
static void dependencies_are_those_that_are_left(void **state) {
  words *w = *state;
  const rg_node node = words_node(w, "a*0 + (b - b) + c");
  assert_false(rg_node_depends(w->graph, node, words_symbol(w, "a")));
  assert_false(rg_node_depends(w->graph, node, words_symbol(w, "b")));
  assert_true(rg_node_depends(w->graph, node, words_symbol(w, "c")));
}

static void logistic_and_softplus_are_safe(void **state) {
  (void)state;
  assert_close(rg_op_apply(RG_OP_LOGISTIC, 0.3, 0, 0), 1 / (1 + exp(-0.3)), 1e-15);
  assert_true(rg_op_apply(RG_OP_LOGISTIC, 1e4, 0, 0) == 1.0);
  assert_true(rg_op_apply(RG_OP_LOGISTIC, -1e4, 0, 0) == 0.0);
  assert_close(rg_op_apply(RG_OP_SOFTPLUS, 0.3, 0.5, 0), 0.5 * log(1 + exp(0.6)), 1e-15);
  assert_close(rg_op_apply(RG_OP_SOFTPLUS, -0.3, 0.5, 0), 0.5 * log(1 + exp(-0.6)), 1e-15);
  assert_true(rg_op_apply(RG_OP_SOFTPLUS, 1e4, 0.01, 0) == 1e4);
  assert_true(rg_op_apply(RG_OP_SOFTPLUS, -1e4, 0.01, 0) == 0.0);
}

static void truths_are_one_or_zero(void **state) {
  (void)state;
  assert_true(rg_op_apply(RG_OP_POSITIVE, 1e-300, 0, 0) == 1.0);
  assert_true(rg_op_apply(RG_OP_POSITIVE, 0.0, 0, 0) == 0.0);
  assert_true(rg_op_apply(RG_OP_POSITIVE, NAN, 0, 0) == 0.0);
  assert_true(rg_op_apply(RG_OP_NOT, 1.0, 0, 0) == 0.0);
  assert_true(rg_op_apply(RG_OP_AND, 1.0, 0.0, 0) == 0.0);
  assert_true(rg_op_apply(RG_OP_OR, 1.0, 0.0, 0) == 1.0);
  assert_true(rg_op_apply(RG_OP_CHOOSE, 0.0, 2.0, 3.0) == 3.0);
  assert_true(isnan(rg_op_apply(RG_OP_LOG, -1.0, 0, 0)));
}

static void values_come_off_the_graph(void **state) {
  words *w = *state;
  const rg_node node = words_node(w, "a^2*exp(-b) + if(a >= b, a, log(b)) - 3");
  assert_close(words_value(w, node, (double[]){2.0, 0.5}), 4 * exp(-0.5) + 2 - 3, 1e-15);
  assert_close(words_value(w, node, (double[]){2.0, 4.0}), 4 * exp(-4.0) + log(4.0) - 3, 1e-15);
}

/* The side that is not chosen is not computed, and its symbols are not asked for. */
static double only_a(void *self, uint32_t symbol) {
  assert_int_equal(symbol, 0);
  return *(double *)self;
}

static void only_the_chosen_side_is_evaluated(void **state) {
  words *w = *state;
  const rg_node node = words_node(w, "if(a > 0, exp(a), log(b))"), untaken = words_node(w, "log(b)");
  double values[64], a = 1.0;
  assert_true(rg_graph_size(w->graph) <= 64);
  values[untaken] = 42.0;
  assert_close(rg_evaluate(w->graph, node, only_a, &a, values), exp(1.0), 1e-15);
  assert_true(values[untaken] == 42.0);
}

static void depth_is_no_danger(void **state) {
  words *w = *state;
  rg_node node = rg_symbol(w->graph, words_symbol(w, "a"));
  for (int k = 0; k < 300000; k++) node = rg_unary(w->graph, RG_OP_TANH, rg_unary(w->graph, RG_OP_SIN, node));
  assert_true(rg_node_depends(w->graph, node, 0));
  assert_true(words_value(w, node, (double[]){0.1}) > 0.0);
  assert_true(strlen(words_text(w, node)) < 1000100);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      words_test(equal_expressions_are_one_node),
      words_test(operands_come_before_their_users),
      words_test(many_nodes_keep_their_numbers),
      words_test(dependencies_are_ascending_and_complete),
      words_test(dependencies_are_those_that_are_left),
      words_test(logistic_and_softplus_are_safe),
      words_test(truths_are_one_or_zero),
      words_test(values_come_off_the_graph),
      words_test(only_the_chosen_side_is_evaluated),
      words_test(depth_is_no_danger),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
