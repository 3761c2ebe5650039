/* Tables to comma-separated values, and back to the last bit. */
#include "support/check.h"
#include <regime/output.h>

static const char *const path = "test_output_csv.tmp.csv";

static regime_context *context;
static regime_table *table, *back;

static int open_table(void **state) {
  (void)state;
  back = NULL;
  return regime_context_create(&context) == REGIME_OK && regime_table_create("t", 1, &table) == REGIME_OK
             ? 0
             : -1;
}

static int close_table(void **state) {
  (void)state;
  regime_table_free(table);
  regime_table_free(back);
  regime_context_free(context);
  remove(path);
  return 0;
}

static void assert_text(const char *expected) {
  char text[1024] = {0};
  FILE *file = fopen(path, "rb");
  assert_non_null(file);
  assert_true(fread(text, 1, sizeof text - 1, file) > 0);
  fclose(file);
  assert_string_equal(text, expected);
}

static void heads_words_numbers_and_no_value(void **state) {
  (void)state;
  regime_table_add_numbers(table, "time", "year", NULL);
  regime_table_add_words(table, "who, where", NULL);
  regime_table_add_numbers(table, "Y", NULL, NULL);
  regime_table_put_number(table, 0, 1960.5);
  regime_table_put_word(table, 1, "a \"b\"");
  regime_table_put_number(table, 2, NAN);
  regime_table_put_number(table, 0, 1961.0);
  regime_table_put_word(table, 1, "plain");
  regime_table_put_number(table, 2, 0.1);
  assert_ok(regime_table_status(table));
  assert_ok(regime_write_csv(context, table, path));
  assert_text("time,\"who, where\",Y\n1960.5,\"a \"\"b\"\"\",NA\n1961,plain,0.10000000000000001\n");
}

static void random_doubles_come_back_bit_for_bit(void **state) {
  (void)state;
  const unsigned seed = 7;
  enum { ROWS = 2000 };
  srand(seed);
  regime_table_add_numbers(table, "x", NULL, NULL);
  for (int k = 0; k < ROWS; k++)
    regime_table_put_number(table, 0, ldexp((double)rand() / 3.0 - 1e8, rand() % 600 - 300));
  assert_ok(regime_write_csv(context, table, path));
  assert_ok(regime_read_csv(context, path, 0, &back));
  assert_int_equal(regime_table_rows(back), ROWS);
  for (size_t k = 0; k < ROWS; k++)
    if (regime_table_number(back, k, 0) != regime_table_number(table, k, 0))
      fail_msg("row %zu: %.17g came back as %.17g (seed %u)", k, regime_table_number(table, k, 0),
               regime_table_number(back, k, 0), seed);
}

static void words_and_numbers_are_told_apart(void **state) {
  (void)state;
  regime_table_add_words(table, "country", NULL);
  regime_table_add_numbers(table, "Y", NULL, NULL);
  regime_table_put_word(table, 0, "US");
  regime_table_put_number(table, 1, NAN);
  assert_ok(regime_write_csv(context, table, path));
  assert_ok(regime_read_csv(context, path, 1, &back));
  assert_true(regime_table_is_words(back, 0));
  assert_false(regime_table_is_words(back, 1));
  assert_true(isnan(regime_table_number(back, 0, 1)));
  assert_string_equal(regime_table_name(back), "test_output_csv");
}

static void words_that_look_like_numbers(void **state) {
  (void)state;
  regime_table_add_words(table, "name", NULL);
  regime_table_add_words(table, "beside", NULL);
  regime_table_add_numbers(table, "Y", NULL, NULL);
  regime_table_put_word(table, 0, "1");
  regime_table_put_word(table, 1, "nan");
  regime_table_put_number(table, 2, INFINITY);
  assert_ok(regime_write_csv(context, table, path));
  assert_text("name,beside,Y\n1,nan,NA\n");
  assert_ok(regime_read_csv(context, path, 1, &back));
  assert_string_equal(regime_table_word(back, 0, 0), "1");
  assert_string_equal(regime_table_word(back, 0, 1), "nan");
  assert_false(regime_table_is_words(back, 2));
}

static void an_interrupted_write_leaves_what_was_there(void **state) {
  (void)state;
  regime_table_add_numbers(table, "x", NULL, NULL);
  assert_ok(regime_write_csv(context, table, path));
  regime_table_put_number(table, 0, 1.0);
  regime_context_interrupt(context);
  assert_int_equal(regime_write_csv(context, table, path), REGIME_NO);
  assert_int_equal(regime_diagnostic_errors(context), 1);
  assert_text("x\n");
}

static void a_failed_write_leaves_what_was_there(void **state) {
  (void)state;
  regime_table_add_numbers(table, "x", NULL, NULL);
  assert_int_equal(regime_write_csv(context, table, "no/such/folder/x.csv"), REGIME_NO_FILE);
  assert_int_equal(regime_diagnostic_errors(context), 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(heads_words_numbers_and_no_value, open_table, close_table),
      cmocka_unit_test_setup_teardown(random_doubles_come_back_bit_for_bit, open_table, close_table),
      cmocka_unit_test_setup_teardown(words_and_numbers_are_told_apart, open_table, close_table),
      cmocka_unit_test_setup_teardown(words_that_look_like_numbers, open_table, close_table),
      cmocka_unit_test_setup_teardown(an_interrupted_write_leaves_what_was_there, open_table, close_table),
      cmocka_unit_test_setup_teardown(a_failed_write_leaves_what_was_there, open_table, close_table),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
