#include "unit/symbolic/words.h"

typedef struct swap {
  rg_node from, to;
  int asked;
} swap;

static bool replace_one(void *self, rg_graph *graph, rg_node node, rg_node *by) {
  (void)graph;
  swap *s = self;
  s->asked++;
  *by = s->to;
  return node == s->from;
}

static rg_node substituted(words *w, const char *in, const char *from, const char *to) {
  swap s = {words_node(w, from), words_node(w, to), 0};
  rg_node_list cache = {0};
  return rg_substitute(w->graph, words_node(w, in), replace_one, &s, &cache);
}

static void nodes_are_replaced_everywhere(void **state) {
  words *w = *state;
  assert_int_equal(substituted(w, "a*exp(a) + b", "a", "c - 1"), words_node(w, "(c - 1)*exp(c - 1) + b"));
  assert_int_equal(substituted(w, "if(a > b, a, b)", "a > b", "c > 0"), words_node(w, "if(c > 0, a, b)"));
  assert_int_equal(substituted(w, "a + b", "c", "7"), words_node(w, "a + b"));
  assert_int_equal(substituted(w, "a", "a", "b"), words_node(w, "b"));
}

static void results_are_simplified_anew(void **state) {
  words *w = *state;
  assert_int_equal(substituted(w, "a*exp(b) + c*a", "a", "0"), words_node(w, "0"));
  assert_int_equal(substituted(w, "if(a > 2, b, c)", "a", "3"), words_node(w, "b"));
  assert_int_equal(substituted(w, "log(a)", "a", "exp(b)"), words_node(w, "b"));
}

static void what_is_put_in_is_not_searched(void **state) {
  words *w = *state;
  assert_int_equal(substituted(w, "a^2", "a", "a + 1"), words_node(w, "(a + 1)^2"));
}

static void a_cache_shares_work_between_calls(void **state) {
  words *w = *state;
  swap s = {words_node(w, "a"), words_node(w, "b"), 0};
  rg_node_list cache = {0};
  rg_substitute(w->graph, words_node(w, "exp(a)*log(c)"), replace_one, &s, &cache);
  const int asked = s.asked;
  assert_int_equal(asked, 5); /* a, exp(a), c, log(c), the product: once each */
  assert_int_equal(rg_substitute(w->graph, words_node(w, "exp(a) + 1"), replace_one, &s, &cache),
                   words_node(w, "exp(b) + 1"));
  assert_int_equal(s.asked, asked + 2); /* the sum and the 1 */
}

/* Replacing while walking: the replacement may itself differentiate and substitute. */
static bool replace_by_slope(void *self, rg_graph *graph, rg_node node, rg_node *by) {
  if (rg_node_op(graph, node) != RG_OP_EXP) return false;
  *by = rg_derivative(graph, node, words_symbol(self, "a"));
  return true;
}

static void walks_may_nest(void **state) {
  words *w = *state;
  rg_node_list cache = {0};
  assert_int_equal(rg_substitute(w->graph, words_node(w, "1 + exp(a^2)*b"), replace_by_slope, w, &cache),
                   words_node(w, "1 + exp(a^2)*(2*a)*b"));
}

static void depth_is_no_danger(void **state) {
  words *w = *state;
  rg_node node = words_node(w, "a");
  for (int k = 0; k < 200000; k++) node = rg_unary(w->graph, RG_OP_SIN, node);
  swap s = {words_node(w, "a"), words_node(w, "0"), 0};
  rg_node_list cache = {0};
  assert_int_equal(rg_substitute(w->graph, node, replace_one, &s, &cache), words_node(w, "0"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      words_test(nodes_are_replaced_everywhere),
      words_test(results_are_simplified_anew),
      words_test(what_is_put_in_is_not_searched),
      words_test(a_cache_shares_work_between_calls),
      words_test(walks_may_nest),
      words_test(depth_is_no_danger),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
