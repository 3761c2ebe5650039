/* Matrices along a path: rows, columns, the redundant equation, and where they leak. */
#define TEST "study-matrices"
#include "unit/study/written.h"

/* Money that a state issues (s) and households hold (h), and what happens to the two on the way. */
#define SHEET                                                                                                \
  "matrices = (\n"                                                                                           \
  "  { name = \"transactions\"; kind = \"flows\"; sectors = [\"households\", \"state\"];\n"                  \
  "    rows = ( { name = \"taxes\"; entries = { households = \"-tax\"; state = \"paid\"; }; },\n"            \
  "             { name = \"spending\"; entries = { households = \"g\"; state = \"-g\"; }; },\n"              \
  "             { name = \"money\"; entries = { households = \"-h'\"; state = \"s'\"; }; } );\n"             \
  "    redundant = { name = \"held is issued\"; expr = \"h - s\"; }; },\n"                                   \
  "  { name = \"wealth\"; kind = \"stocks\"; sectors = [\"households\", \"state\"];\n"                       \
  "    rows = ( { name = \"money\"; entries = { households = \"h\"; state = \"-s\"; }; },\n"                 \
  "             { name = \"houses\"; kind = \"real\"; entries = { households = \"t\"; }; },\n"               \
  "             { name = \"net worth\"; kind = \"balance\";\n"                                               \
  "               entries = { households = \"-h - t\"; state = \"s\"; }; } ); } );\n"                        \
  "equations = \"\n  init h = 0\n  init s = 0\n  g = 2\n  tax = 0.2*h\n"

static const char tight[] = SHEET "  paid = tax\n  h' = g - tax\n  s' = g - paid\n\";\n";
/* Half of the taxes never arrive. */
static const char leaking[] = SHEET "  paid = 0.5*tax\n  h' = g - tax\n  s' = g - tax\n\";\n";

static regime_matrix_check check_of(const written *w, const char *matrix, regime_matrix_line line,
                                    const char *name) {
  for (size_t k = 0; k < regime_run_matrix_checks(w->run); k++) {
    const regime_matrix_check c = regime_run_matrix_check(w->run, k);
    if (strcmp(c.matrix, matrix) == 0 && c.line == line && strcmp(c.name, name) == 0) return c;
  }
  fail_msg("%s has no %s %s", matrix, regime_matrix_line_text(line), name);
  return (regime_matrix_check){0};
}

static double value_at(const written *w, const char *name, double t) {
  return regime_run_mean(w->run, (size_t)regime_run_output(w->run, name), t, t);
}

static void accounts_that_close_hold(void **state) {
  (void)state;
  written w;
  run_text(&w, tight, REGIME_RUN_DEFAULTS);
  assert_true(regime_run_matrices_hold(w.run));
  assert_int_equal(regime_run_leaks(w.run), 0);
  assert_int_equal(regime_run_matrix_checks(w.run), 3 + 2 + 1 + 1 + 2); /* no row that is real or a balance */
  const regime_matrix_check money = check_of(&w, "transactions", REGIME_LINE_REDUNDANT, "held is issued");
  assert_true(money.holds && fabs(money.worst) <= 1e-12 && isnan(money.since));
  close_text(&w);
}

static void a_wrong_cell_is_named_by_its_row_and_its_column(void **state) {
  (void)state;
  written w;
  run_text(&w, leaking, REGIME_RUN_DEFAULTS);
  assert_false(regime_run_matrices_hold(w.run));
  assert_int_equal(regime_run_leaks(w.run), 1);
  const regime_leak leak = regime_run_leak(w.run, 0);
  assert_string_equal(leak.matrix, "transactions");
  assert_string_equal(leak.row, "taxes");
  assert_string_equal(leak.column, "state");
  assert_close(leak.time, 10.0, 0.0);
  assert_close(leak.since, 0.1, 1e-12);
  assert_close(leak.amount, -0.5 * value_at(&w, "tax", 10.0), 1e-12);
  assert_true(check_of(&w, "transactions", REGIME_LINE_COLUMN, "households").holds);
  assert_true(check_of(&w, "transactions", REGIME_LINE_REDUNDANT, "held is issued").holds);
  close_text(&w);
}

/* Issued money that nobody holds: the flow leaks in one cell, the stock in its row alone, for its balance is
 * struck with it; and what should follow does not. */
static void a_stock_that_is_not_held_breaks_its_row_and_the_redundant_equation(void **state) {
  (void)state;
  written w;
  run_text(&w, SHEET "  paid = tax\n  h' = g - tax\n  s' = g - 0.5*tax\n\";\n", REGIME_RUN_DEFAULTS);
  assert_int_equal(regime_run_leaks(w.run), 2);
  assert_string_equal(regime_run_leak(w.run, 0).row, "money");
  assert_string_equal(regime_run_leak(w.run, 0).column, "state");
  assert_string_equal(regime_run_leak(w.run, 1).matrix, "wealth");
  assert_string_equal(regime_run_leak(w.run, 1).row, "money");
  assert_string_equal(regime_run_leak(w.run, 1).column, "");
  assert_close(regime_run_leak(w.run, 1).amount, value_at(&w, "h", 10.0) - value_at(&w, "s", 10.0), 1e-12);
  assert_false(check_of(&w, "transactions", REGIME_LINE_REDUNDANT, "held is issued").holds);
  close_text(&w);
}

static void where_columns_leak_alike_none_is_blamed_for_the_row(void **state) {
  (void)state;
  written w;
  run_text(&w,
           "matrices = ( { name = \"m\"; kind = \"flows\"; sectors = [\"a\", \"b\", \"c\"]; rows = (\n"
           "  { name = \"r\"; entries = { a = \"x\"; b = \"x\"; c = \"-x\"; }; },\n"
           "  { name = \"s\"; entries = { a = \"0*t\"; c = \"x\"; }; } ); } );\n"
           "equations = \"\n  init x = 1\n  x' = 0\n\";\n",
           REGIME_RUN_DEFAULTS);
  assert_int_equal(regime_run_leaks(w.run), 4);
  for (size_t k = 0; k < 4; k++) {
    const regime_leak leak = regime_run_leak(w.run, k);
    assert_true(k < 2 ? leak.row[0] && !leak.column[0] : !leak.row[0] && leak.column[0]);
  }
  close_text(&w);
}

static void a_cell_without_value_does_not_hold(void **state) {
  (void)state;
  written w;
  run_text(&w,
           "matrices = ( { name = \"m\"; kind = \"flows\"; sectors = [\"a\", \"b\"];\n"
           "  rows = ( { name = \"r\"; entries = { a = \"sqrt(x)\"; b = \"-sqrt(x)\"; }; },\n"
           "           { name = \"s\"; entries = { a = \"-sqrt(x)\"; b = \"sqrt(x)\"; }; } ); } );\n"
           "equations = \"\n  init x = 1\n  x' = -0.5\n\";\n",
           REGIME_RUN_DEFAULTS);
  assert_false(regime_run_matrices_hold(w.run));
  assert_true(isnan(check_of(&w, "m", REGIME_LINE_ROW, "r").worst));
  assert_close(check_of(&w, "m", REGIME_LINE_ROW, "r").since, 2.1, 1e-9);
  close_text(&w);
}

static void cells_have_names_and_checks_a_table(void **state) {
  (void)state;
  written w;
  run_text(&w, leaking, REGIME_RUN_DEFAULTS);
  assert_close(value_at(&w, "transactions[taxes,state]", 5.0), 0.5 * value_at(&w, "tax", 5.0), 1e-15);
  assert_true(regime_run_output(w.run, "wealth[houses,state]") < 0);
  assert_close(value_at(&w, "wealth[net worth,state]", 5.0), value_at(&w, "s", 5.0), 0.0);
  for (size_t k = 0; k < regime_path_outputs(regime_run_path(w.run)); k++)
    assert_int_equal(regime_run_output(w.run, regime_run_output_name(w.run, k)), k);
  const regime_table *table = regime_run_table_named(w.run, "matrices");
  assert_int_equal(regime_table_rows(table), 9);
  assert_string_equal(regime_table_word(table, 0, 2), "taxes");
  assert_close(regime_table_number(table, 0, 6), 0.0, 0.0);
  assert_close(regime_table_number(table, 1, 6), 1.0, 0.0);
  close_text(&w);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(accounts_that_close_hold),
      cmocka_unit_test(a_wrong_cell_is_named_by_its_row_and_its_column),
      cmocka_unit_test(a_stock_that_is_not_held_breaks_its_row_and_the_redundant_equation),
      cmocka_unit_test(where_columns_leak_alike_none_is_blamed_for_the_row),
      cmocka_unit_test(a_cell_without_value_does_not_hold),
      cmocka_unit_test(cells_have_names_and_checks_a_table),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
