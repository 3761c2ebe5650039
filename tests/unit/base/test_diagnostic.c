#include "base/diagnostic.h"
#include "support/check.h"

static regime_context *context;

static int set_up(void **state) {
  (void)state;
  return regime_context_create(&context) == REGIME_OK ? 0 : -1;
}

static int tear_down(void **state) {
  (void)state;
  regime_context_free(context);
  return 0;
}

static void reads_as_in_the_manual(void **state) {
  (void)state;
  const char *candidates[] = {"alpha", "sigma"};
  char remedy[160];
  const rg_place place = {"goodwin.cfg", 14, 17, 4, "v' = v*((1 - u)/sigm - (alpha + beta))\nnext line"};
  rg_error(context, place, rg_did_you_mean("sigm", candidates, 2, NULL, remedy), "unknown name `%s`", "sigm");
  char *text;
  assert_ok(regime_diagnostic_text(regime_diagnostic_at(context, 0), false, &text));
  assert_string_equal(text, "goodwin.cfg:14:17: error: unknown name `sigm`\n"
                            "  v' = v*((1 - u)/sigm - (alpha + beta))\n"
                            "                  ^~~~\n"
                            "  did you mean `sigma`?\n");
  free(text);
}

static void carets_count_characters_and_keep_tabs(void **state) {
  (void)state;
  rg_error(context, (rg_place){"a.cfg", 1, 6, 2, "\t\xc3\xa9t\xc3\xa9 xy"}, NULL, "odd");
  char *text;
  assert_ok(regime_diagnostic_text(regime_diagnostic_at(context, 0), false, &text));
  assert_non_null(strstr(text, "\n  \t   ^"));
  free(text);
}

static void findings_come_in_order_of_place(void **state) {
  (void)state;
  rg_warning(context, (rg_place){0}, NULL, "without a file, last");
  rg_error(context, (rg_place){.file = "m.cfg", .line = 9}, NULL, "later");
  rg_error(context, (rg_place){.file = "m.cfg", .line = 2, .column = 5}, NULL, "early");
  rg_error(context, (rg_place){.file = "m.cfg", .line = 9}, NULL, "later"); /* said once */
  assert_int_equal(regime_diagnostic_count(context), 3);
  assert_int_equal(regime_diagnostic_errors(context), 2);
  assert_string_equal(regime_diagnostic_at(context, 0)->message, "early");
  assert_string_equal(regime_diagnostic_at(context, 1)->message, "later");
  regime_diagnostics_clear(context);
  assert_int_equal(regime_diagnostic_count(context), 0);
}

static void interruption_is_remembered(void **state) {
  (void)state;
  assert_false(regime_context_interrupted(context));
  regime_context_interrupt(context);
  assert_true(regime_context_interrupted(context));
}

static void statuses_have_texts_and_exit_codes(void **state) {
  (void)state;
  assert_string_equal(regime_status_name(REGIME_BAD_MODEL), "BAD_MODEL");
  assert_int_equal(regime_status_exit_code(REGIME_OK), 0);
  assert_int_equal(regime_status_exit_code(REGIME_NO), 1);
  assert_int_equal(regime_status_exit_code(REGIME_BAD_ARGUMENT), 2);
  assert_int_equal(regime_status_exit_code(REGIME_BAD_MODEL), 3);
  assert_int_equal(regime_status_exit_code(REGIME_NO_CONVERGENCE), 4);
  assert_int_equal(regime_status_exit_code(REGIME_NO_FILE), 5);
  assert_int_equal(regime_status_exit_code(REGIME_BUG), 70);
}

int main(void) {
#define with_context(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      with_context(reads_as_in_the_manual),
      with_context(carets_count_characters_and_keep_tabs),
      with_context(findings_come_in_order_of_place),
      with_context(interruption_is_remembered),
      cmocka_unit_test(statuses_have_texts_and_exit_codes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
