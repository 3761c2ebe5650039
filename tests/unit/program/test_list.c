#include "unit/program/programs.h"

static const char *listing(words *w, const rg_program *program) {
  rg_text text = {0};
  char *bytes;
  rg_program_list(program, words_name_of, w, &text);
  assert_ok(rg_text_finish(&text, &bytes));
  const char *kept = rg_arena_text(w->arena, bytes);
  free(bytes);
  return kept;
}

static void a_program_reads_like_algebra(void **state) {
  words *w = *state;
  const rg_node outputs[] = {words_node(w, "Y[US]*0.5 + tan(K)"), words_node(w, "exp(K) - tan(K)*Y[US]"),
                             words_node(w, "K"), words_node(w, "if(K > 0, exp(K), 2)")};
  /* symbols 0 and 1, literals 2 and 3 */
  assert_string_equal(listing(w, compile(w, outputs, 4)), "r4 = K > 0 ? 1 : 0\n"
                                                          "\n"
                                                          "r5 = exp(K)\n"
                                                          "\n"
                                                          "r6 = tan(K)\n"
                                                          "\n"
                                                          "r7 = r4 != 0 ? r5 : 2\n"
                                                          "\n"
                                                          "r8 = (Y[US] * 0.5) + r6\n"
                                                          "\n"
                                                          "r9 = r5 - (r6 * Y[US])\n"
                                                          "\n"
                                                          "output 0 = r8\n"
                                                          "output 1 = r9\n"
                                                          "output 2 = K\n"
                                                          "output 3 = r7\n");
}

static void a_run_stands_together(void **state) {
  words *w = *state;
  const rg_node outputs[] = {words_node(w, "log(a)"), words_node(w, "log(b)")};
  assert_string_equal(listing(w, compile(w, outputs, 2)), "r2 = log(a)\n"
                                                          "r3 = log(b)\n"
                                                          "\n"
                                                          "output 0 = r2\n"
                                                          "output 1 = r3\n");
}

/* Names of functions contain the letters a, b, c, which must stay. */
static void function_names_stay_whole(void **state) {
  words *w = *state;
  const char *text = listing(w, compile_text(w, "softplus(logistic(cos(x)), tanh(y)) + atan(x)^y"));
  static const char *const expected[] = {"= cos(x)",  "= logistic(r", "= tanh(y)",
                                         "= atan(x)", "= softplus(r", "= power(r"};
  for (size_t k = 0; k < sizeof expected / sizeof *expected; k++)
    if (!strstr(text, expected[k])) fail_msg("`%s` is missing in\n%s", expected[k], text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      words_test(a_program_reads_like_algebra),
      words_test(a_run_stands_together),
      words_test(function_names_stay_whole),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
