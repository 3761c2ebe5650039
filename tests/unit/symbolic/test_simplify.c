#include "unit/symbolic/words.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Two texts that must be one node. */
static void identities_of_real_numbers_hold_by_construction(void **state) {
  words *w = *state;
  static const struct {
    const char *left, *right;
  } same[] = {
      {"a + 0", "a"},
      {"0 + a", "a"},
      {"a - 0", "a"},
      {"0 - a", "-a"},
      {"a - a", "0"},
      {"a + a", "2*a"},
      {"0*a", "0"},
      {"a*0", "0"},
      {"1*a", "a"},
      {"a/1", "a"},
      {"a/a", "1"},
      {"0/a", "0"},
      {"a^1", "a"},
      {"a^0", "1"},
      {"1^a", "1"},
      {"-(-a)", "a"},
      {"log(exp(a))", "a"},
      {"exp(log(a))", "a"},
      {"a + (-b)", "a - b"},
      {"(-a) + b", "b - a"},
      {"a - (-b)", "a + b"},
      {"a + (-2)", "a - 2"},
      {"a*(-b)", "-(a*b)"},
      {"(-a)*(-b)", "a*b"},
      {"(-2)*a", "-(2*a)"},
      {"(-a)/b", "-(a/b)"},
      {"a/(-2)", "-(a/2)"},
      {"2 + 3*4", "14"},
      {"exp(0) + sqrt(4)", "3"},
      {"if(1, a, b)", "a"},
      {"if(0, a, b)", "b"},
      {"if(a > 0, b, b)", "b"},
      {"if(not a > 0, b, c)", "if(a > 0, c, b)"},
      {"not not (a > b)", "a > b"},
      {"a > b and 1", "a > b"},
      {"0 or a > b", "a > b"},
      {"a > b and 0", "0"},
      {"1 or a > b", "1"},
      {"a > b and a > b", "a > b"},
      {"2 > 1", "1"},
      {"max(3, 5)", "5"},
      {"max(a, a)", "a"},
  };
  for (size_t k = 0; k < COUNT(same); k++)
    assert_string_equal(words_text(w, words_node(w, same[k].left)),
                        words_text(w, words_node(w, same[k].right)));
  for (size_t k = 0; k < COUNT(same); k++)
    assert_int_equal(words_node(w, same[k].left), words_node(w, same[k].right));
}

static void what_has_no_value_is_kept_to_be_pointed_at(void **state) {
  words *w = *state;
  static const char *const texts[] = {"log(-1)", "1/0", "sqrt(-2)", "exp(1000)", "0^(-1)"};
  for (size_t k = 0; k < COUNT(texts); k++) {
    const rg_node node = words_node(w, texts[k]);
    assert_int_not_equal(rg_node_op(w->graph, node), RG_OP_NUMBER);
    assert_string_equal(words_text(w, node), texts[k]);
  }
}

/* Not truths, so that `and` and `not` do change them. */
static void numbers_that_are_not_truths_stay_under_truth_operations(void **state) {
  words *w = *state;
  assert_int_not_equal(words_node(w, "not not a"), words_node(w, "a"));
  assert_int_not_equal(words_node(w, "a and 1"), words_node(w, "a"));
  assert_true(words_value(w, words_node(w, "not not a"), (double[]){3.0}) == 1.0);
}

static void sums_are_rounded_as_written(void **state) {
  words *w = *state;
  assert_true(words_value(w, words_node(w, "(a + b) + c"), (double[]){1e16, 1.0, -1e16}) == 0.0);
  assert_true(words_value(w, words_node(w, "(a + c) + b"), (double[]){1e16, 1.0, -1e16}) == 1.0);
}

static void maxima_are_choices(void **state) {
  words *w = *state;
  const rg_node node = words_node(w, "max(a, b)");
  assert_int_equal(rg_node_op(w->graph, node), RG_OP_CHOOSE);
  assert_true(words_value(w, node, (double[]){1.0, 2.0}) == 2.0);
  assert_true(words_value(w, words_node(w, "min(a, b)"), (double[]){1.0, 2.0}) == 1.0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      words_test(identities_of_real_numbers_hold_by_construction),
      words_test(what_has_no_value_is_kept_to_be_pointed_at),
      words_test(numbers_that_are_not_truths_stay_under_truth_operations),
      words_test(sums_are_rounded_as_written),
      words_test(maxima_are_choices),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
