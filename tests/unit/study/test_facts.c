/* The model beside the facts: means, root mean squares, and rows that are wrong. */
#define TEST "study-facts"
#include "unit/study/written.h"

static const char world[] = "sets = { c = { members = [\"A\", \"B\"]; index = [\"i\"]; }; };\n"
                            "equations = \"\n"
                            "  init x[i] = 0\n"
                            "  x[i]' = if(i == A, 1, 2)\n"
                            "  total = sum(i, x[i])\n"
                            "\";\n"
                            "observations = { file = \"" FACTS_FILE "\"; };\n";

static written w;

static void run_with_facts(const char *facts) {
  write_file(FACTS_FILE, facts);
  run_text(&w, world, REGIME_RUN_DEFAULTS);
}

static void the_model_answers_each_fact(void **state) {
  (void)state;
  run_with_facts("variable,member,from,to,value,sd,source\n"
                 "x,A,0,4,1.5,,\nx,B,2,4,6,,\ntotal,,10,10,30,,\nx,A,8,12,1,,\n");
  const regime_table *facts = regime_run_table_named(w.run, "facts");
  assert_int_equal(regime_table_rows(facts), 4);
  assert_close(regime_table_number(facts, 0, 7), 2.0, 1e-9);
  assert_close(regime_table_number(facts, 0, 8), 0.5, 1e-9);
  assert_close(regime_table_number(facts, 1, 7), 6.0, 1e-9);
  assert_close(regime_table_number(facts, 2, 7), 30.0, 1e-9);
  assert_true(isnan(regime_table_number(facts, 3, 7)));
  close_text(&w);
}

static void root_mean_squares_by_variable(void **state) {
  (void)state;
  /* x: differences of A 1 and 3, of B -2: about their means -1, 1 and 0. */
  run_with_facts("variable,member,from,to,value\n"
                 "x,A,1,1,0\ntotal,,1,1,3\nx,A,4,4,1\nx,B,1,1,4\nx,B,9,20,0\n");
  const regime_table *fit = regime_run_table_named(w.run, "fit");
  assert_int_equal(regime_table_rows(fit), 2);
  assert_string_equal(regime_table_word(fit, 0, 0), "x");
  assert_close(regime_table_number(fit, 0, 1), 3.0, 0.0);
  assert_close(regime_table_number(fit, 0, 2), sqrt(14.0 / 3.0), 1e-9);
  assert_close(regime_table_number(fit, 0, 3), sqrt(2.0 / 3.0), 1e-9);
  assert_string_equal(regime_table_word(fit, 1, 0), "total");
  assert_close(regime_table_number(fit, 1, 2), 0.0, 1e-9);
  close_text(&w);
}

static void the_member_column_may_be_absent(void **state) {
  (void)state;
  run_with_facts("from,to,variable,value\n5,5,total,14\n");
  assert_close(regime_table_number(regime_run_table_named(w.run, "facts"), 0, 8), 1.0, 1e-9);
  close_text(&w);
}

/* Runs with wrong facts; answers how many errors there are. */
static size_t errors_of(const char *facts) {
  write_file(FACTS_FILE, facts);
  load_text(&w, world);
  assert_int_equal(regime_study_check(w.context, w.model), REGIME_BAD_MODEL);
  const size_t errors = regime_diagnostic_errors(w.context);
  const regime_run_options options = REGIME_RUN_DEFAULTS;
  assert_int_equal(regime_run_compute(w.context, w.model, &options, &w.run), REGIME_BAD_MODEL);
  assert_null(w.run);
  return errors;
}

static void every_wrong_row_is_told(void **state) {
  (void)state;
  assert_int_equal(errors_of("variable,member,from,to,value\n"
                             "y,A,0,1,1\nx,C,0,1,1\nx,A,2,1,1\nx,A,0,1,much\nx,A,0,1,1\nx,,0,1,1\n"),
                   5);
  assert_int_equal(regime_diagnostic_at(w.context, 0)->line, 2);
  close_text(&w);
}

static void a_column_that_is_missing(void **state) {
  (void)state;
  assert_int_equal(errors_of("variable,member,since,to,value\nx,A,0,1,1\n"), 1);
  close_text(&w);
}

static void a_model_without_observations_has_no_facts(void **state) {
  (void)state;
  run_text(&w, "equations = \"\n  init x = 0\n  x' = 1\n\";\n", REGIME_RUN_DEFAULTS);
  assert_null(regime_run_table_named(w.run, "facts"));
  assert_ok(regime_study_check(w.context, w.model));
  close_text(&w);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_model_answers_each_fact),
      cmocka_unit_test(root_mean_squares_by_variable),
      cmocka_unit_test(the_member_column_may_be_absent),
      cmocka_unit_test(every_wrong_row_is_told),
      cmocka_unit_test(a_column_that_is_missing),
      cmocka_unit_test(a_model_without_observations_has_no_facts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
