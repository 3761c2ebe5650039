#include "unit/symbolic/words.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* What comes back as it went in. */
static void text_has_the_brackets_it_needs_and_no_others(void **state) {
  words *w = *state;
  static const char *const texts[] = {
      "a + b*c",
      "(a + b)*c",
      "a - (b - c)",
      "a - b - c",
      "a/(b*c)",
      "a/b/c",
      "a*(b/c)",
      "(a + b)^2",
      "a^b^c",
      "(a^b)^c",
      "a^(-b)",
      "a^(-2)",
      "(-2)^a",
      "(-a)^2",
      "-a^2",
      "-a*b",
      "-(a + b)*c",
      "-a - b",
      "2*-a^2",
      "a*exp(b + c)",
      "softplus(a - b, c)",
      "a > b",
      "a > 0",
      "a < 0",
      "a <= b",
      "a <= 0",
      "a >= 0",
      "a == b",
      "a == 0",
      "a != b",
      "not (a > b and c > 0)",
      "a > b and c > 0 or b > c",
      "(a > b or b > c) and c > 0",
      "(a > b) + 1",
      "if(a > b, a, c)",
      "max(a, b)",
      "max(a, 0)",
      "max(0, a)",
      "min(a, b)",
      "min(a, 1)",
      "abs(a - b)",
      "max(min(a, b), c)",
      "not not a",
      "not a and b",
      "0.1 + 1e-05*a",
      "Y[US] - Y[GB](-1) + x'",
  };
  for (size_t k = 0; k < COUNT(texts); k++) {
    const char *text = words_text(w, words_node(w, texts[k]));
    if (strcmp(texts[k], "2*-a^2")) assert_string_equal(text, texts[k]);
    assert_int_equal(words_node(w, text), words_node(w, texts[k]));
  }
}

static void needless_brackets_are_left_away(void **state) {
  words *w = *state;
  assert_string_equal(words_text(w, words_node(w, "((a) + ((b)*(c)))")), "a + b*c");
  assert_string_equal(words_text(w, words_node(w, "((a*b)/c) - (d)")), "a*b/c - d");
  assert_string_equal(words_text(w, words_node(w, "2*(-a^2)")), "-2*a^2");
}

static void latex_is_set_as_in_print(void **state) {
  words *w = *state;
  static const struct {
    const char *text, *latex;
  } cases[] = {
      {"a + b*c", "a + b \\, c"},
      {"(a + b)/c", "\\frac{a + b}{c}"},
      {"(a/b)^2", "\\left(\\frac{a}{b}\\right)^{2}"},
      {"a*(b/c)", "a \\, \\frac{b}{c}"},
      {"-a/b", "-\\frac{a}{b}"},
      {"a^(b + 1)", "a^{b + 1}"},
      {"(a + b)*c", "\\left(a + b\\right) \\, c"},
      {"a*2^b", "a \\cdot 2^{b}"},
      {"exp(a/2)", "\\exp\\left(\\frac{a}{2}\\right)"},
      {"log(a)", "\\log\\left(a\\right)"},
      {"sqrt(a + b)", "\\sqrt{a + b}"},
      {"floor(a)", "\\left\\lfloor a \\right\\rfloor"},
      {"abs(a)", "\\left| a \\right|"},
      {"max(a, 0)", "\\max\\left(a, 0\\right)"},
      {"logistic(a)", "\\operatorname{logistic}\\left(a\\right)"},
      {"a >= 0 and b != c", "a \\ge 0 \\land b \\ne c"},
      {"not (a > 0 or b > 0)", "\\lnot \\left(a > 0 \\lor b > 0\\right)"},
      {"if(a > b, a, 2)", "\\begin{cases} a & \\text{if } a > b \\\\ 2 & \\text{otherwise} \\end{cases}"},
      {"a - 1.5e-9", "a - 1.5 \\times 10^{-9}"},
      {"(1e-9)^a", "\\left(1 \\times 10^{-9}\\right)^{a}"},
  };
  for (size_t k = 0; k < COUNT(cases); k++)
    assert_string_equal(words_written(w, words_node(w, cases[k].text), rg_print_latex), cases[k].latex);
}

/* 2^60 terms when written out. */
static void shared_parts_do_not_fill_the_memory(void **state) {
  words *w = *state;
  rg_node node = words_node(w, "a");
  for (int k = 0; k < 60; k++)
    node = rg_add(w->graph, rg_unary(w->graph, RG_OP_EXP, node), rg_unary(w->graph, RG_OP_SIN, node));
  const char *text = words_text(w, node);
  assert_true(strlen(text) < 1000100);
  assert_string_equal(text + strlen(text) - 4, " ...");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      words_test(text_has_the_brackets_it_needs_and_no_others),
      words_test(needless_brackets_are_left_away),
      words_test(latex_is_set_as_in_print),
      words_test(shared_parts_do_not_fill_the_memory),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
