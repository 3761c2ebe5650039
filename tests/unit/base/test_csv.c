/* Files of comma-separated values as cells. */
#include "base/csv.h"
#include "support/check.h"

static const char *const path = "test_csv.tmp.csv";

static regime_context *context;
static rg_csv *csv;

static regime_status read_text(const char *text) {
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  fputs(text, file);
  fclose(file);
  return rg_csv_read(context, path, &csv);
}

static int open_context(void **state) {
  (void)state;
  csv = NULL;
  return regime_context_create(&context) == REGIME_OK ? 0 : -1;
}

static int close_context(void **state) {
  (void)state;
  rg_csv_free(csv);
  regime_context_free(context);
  remove(path);
  return 0;
}

static void quotes_commas_and_line_ends(void **state) {
  (void)state;
  assert_ok(read_text("\xEF\xBB\xBFname,value\r\n\"a, \"\"b\"\"\",1\r\n\r\n plain , 2 \r\nlast,3"));
  assert_int_equal(rg_csv_columns(csv), 2);
  assert_int_equal(rg_csv_rows(csv), 3);
  assert_string_equal(rg_csv_head(csv, 0), "name");
  assert_string_equal(rg_csv_cell(csv, 0, 0), "a, \"b\"");
  assert_string_equal(rg_csv_cell(csv, 1, 0), "plain");
  assert_string_equal(rg_csv_cell(csv, 1, 1), "2");
  assert_string_equal(rg_csv_cell(csv, 2, 1), "3");
}

static void rows_know_their_lines(void **state) {
  (void)state;
  assert_ok(read_text("a\n1\n\n2\n"));
  assert_int_equal(rg_csv_line(csv, 0), 2);
  assert_int_equal(rg_csv_line(csv, 1), 4);
}

/* Another separator; lines before the head, which still count as lines; a separator at the end of each. */
static void other_forms(void **state) {
  (void)state;
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  fputs("made on Monday\n\na;\"b;c\";\n1,5;2;\n", file);
  fclose(file);
  assert_ok(rg_csv_read_as(context, path, (rg_csv_form){.separator = ';', .skip = 2}, &csv));
  assert_int_equal(rg_csv_columns(csv), 3);
  assert_string_equal(rg_csv_head(csv, 1), "b;c");
  assert_string_equal(rg_csv_cell(csv, 0, 0), "1,5");
  assert_string_equal(rg_csv_cell(csv, 0, 2), "");
  assert_int_equal(rg_csv_line(csv, 0), 4);
}

static void columns_are_found_by_name(void **state) {
  (void)state;
  assert_ok(read_text("a,b,c\n1,2,3\n"));
  assert_int_equal(rg_csv_column(csv, "c"), 2);
  assert_int_equal(rg_csv_column(csv, "d"), -1);
}

static void empty_cells_are_kept(void **state) {
  (void)state;
  assert_ok(read_text("a,b,c\n,,\n"));
  assert_int_equal(rg_csv_rows(csv), 1);
  assert_string_equal(rg_csv_cell(csv, 0, 2), "");
}

static void a_ragged_row_is_an_error_with_its_line(void **state) {
  (void)state;
  assert_int_equal(read_text("a,b\n1,2\n1,2,3\n"), REGIME_NO_FILE);
  assert_null(csv);
  assert_int_equal(regime_diagnostic_errors(context), 1);
  assert_int_equal(regime_diagnostic_at(context, 0)->line, 3);
}

static void an_empty_file_is_an_error(void **state) {
  (void)state;
  assert_int_equal(read_text(""), REGIME_NO_FILE);
  assert_int_equal(regime_diagnostic_errors(context), 1);
}

static void a_missing_file_is_an_error(void **state) {
  (void)state;
  assert_int_equal(rg_csv_read(context, "no/such/file.csv", &csv), REGIME_NO_FILE);
  assert_null(csv);
}

static void numbers_and_no_value(void **state) {
  (void)state;
  double x;
  assert_true(rg_csv_number("-1.5e3", &x));
  assert_close(x, -1500.0, 0.0);
  assert_true(rg_csv_number("NA", &x) && isnan(x));
  assert_true(rg_csv_number("", &x) && isnan(x));
  assert_false(rg_csv_number("1.5 percent", &x));
  assert_false(rg_csv_number("n/a", &x));
}

/* Any bytes at all: an answer, never a crash. */
static void random_bytes_do_no_harm(void **state) {
  (void)state;
  static const char alphabet[] = "ab1,,\"\"\n\r \t\xC3";
  const unsigned seed = 20240807;
  srand(seed);
  for (int k = 0; k < 2000; k++) {
    char text[41] = {0};
    const int length = rand() % 40;
    for (int j = 0; j < length; j++) text[j] = alphabet[(size_t)rand() % (sizeof alphabet - 1)];
    const regime_status status = read_text(text);
    if (status != REGIME_OK && status != REGIME_NO_FILE)
      fail_msg("status %d for `%s` (seed %u, try %d)", (int)status, text, seed, k);
    rg_csv_free(csv);
    csv = NULL;
    regime_diagnostics_clear(context);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(quotes_commas_and_line_ends, open_context, close_context),
      cmocka_unit_test_setup_teardown(rows_know_their_lines, open_context, close_context),
      cmocka_unit_test_setup_teardown(other_forms, open_context, close_context),
      cmocka_unit_test_setup_teardown(columns_are_found_by_name, open_context, close_context),
      cmocka_unit_test_setup_teardown(empty_cells_are_kept, open_context, close_context),
      cmocka_unit_test_setup_teardown(a_ragged_row_is_an_error_with_its_line, open_context, close_context),
      cmocka_unit_test_setup_teardown(an_empty_file_is_an_error, open_context, close_context),
      cmocka_unit_test_setup_teardown(a_missing_file_is_an_error, open_context, close_context),
      cmocka_unit_test_setup_teardown(numbers_and_no_value, open_context, close_context),
      cmocka_unit_test_setup_teardown(random_bytes_do_no_harm, open_context, close_context),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
