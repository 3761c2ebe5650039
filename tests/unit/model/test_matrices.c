/* Matrices: what their cells hold, over sets too, and how they are printed. */
#include "unit/model/written.h"

static const char groups[] =
    "sets = { country = { members = [\"A\", \"B\", \"C\"]; index = [\"i\", \"j\"];\n"
    "                     subsets = { ends = [\"A\", \"C\"]; }; }; };\n"
    "matrices = (\n"
    "  { name = \"trade\"; kind = \"flows\"; sectors = [\"country\", \"ships\"];\n"
    "    rows = ( { name = \"goods\"; entries = { ships = \"-sum(i, x[i])\"; country = \"x[i]\"; }; },\n"
    "             { name = \"gifts\"; entries = { country = \"sum(j != i, x[j]) - 2*x[i]\"; }; } );\n"
    "    redundant = { name = \"nothing is lost\"; expr = \"x[A] - x[B]\"; }; tolerance = 1e-6; },\n"
    "  { name = \"wealth\"; kind = \"stocks\"; sectors = [\"bank\", \"ends\"];\n"
    "    rows = ( { name = \"loans\"; entries = { bank = \"  x[B]\"; ends = \"-x[B]/2\"; }; },\n"
    "             { name = \"houses\"; kind = \"real\"; entries = { ends = \"10*x[j]\"; }; } ); } );\n";
static const char equations[] = "init x[i] = if(i == A, 1, if(i == B, 2, 4))\nx[i]' = 0\n";

static double cell(written *w, size_t matrix, size_t row, size_t column) {
  const regime_matrix *m = regime_model_matrix(w->model, matrix);
  w->system->observe(w->system->self, w->t, w->y, w->out);
  return w->out[regime_model_matrix_output(w->model) + m->entry[row * m->n_columns + column]];
}

static void a_set_has_a_column_for_each_member(void **state) {
  (void)state;
  written w = open_text(groups, equations);
  assert_int_equal(regime_model_matrices(w.model), 2);
  const regime_matrix *trade = regime_model_matrix(w.model, 0), *wealth = regime_model_matrix(w.model, 1);
  assert_int_equal(trade->n_columns, 4);
  assert_string_equal(trade->column[1], "B");
  assert_string_equal(trade->column[3], "ships");
  assert_int_equal(trade->sector_of[2], 0);
  assert_int_equal(wealth->n_columns, 3);
  assert_string_equal(wealth->column[2], "C");
  assert_close(trade->tolerance, 1e-6, 0.0);
  assert_close(wealth->tolerance, 1e-9, 0.0);
  drop(&w);
}

static void letters_stand_for_the_member_of_the_column(void **state) {
  (void)state;
  written w = open_text(groups, equations);
  for (size_t c = 0; c < 3; c++) assert_close(cell(&w, 0, 0, c), w.y[c], 0.0);
  assert_close(cell(&w, 0, 0, 3), -7.0, 0.0);
  assert_close(cell(&w, 0, 1, 0), 2.0 + 4.0 - 2.0, 0.0);
  assert_close(cell(&w, 0, 1, 2), 1.0 + 2.0 - 8.0, 0.0);
  assert_close(cell(&w, 1, 1, 1), 10.0, 0.0); /* any letter of the set, and of its subsets */
  assert_close(cell(&w, 1, 1, 2), 40.0, 0.0);
  drop(&w);
}

static void a_sector_may_be_there_in_each_member_of_a_set(void **state) {
  (void)state;
  written w = open_text(
      "sets = { country = { members = [\"A\", \"B\", \"C\"]; index = [\"i\", \"j\"];\n"
      "                     subsets = { ends = [\"A\", \"C\"]; }; }; };\n"
      "matrices = ( { name = \"m\"; kind = \"flows\"; sectors = [\"firms[country]\", \"banks[ends]\"];\n"
      "  rows = ( { name = \"r\"; entries = { banks = \"-x[i]\"; firms = \"if(i == B, 0, x[i])\"; }; } ); } "
      ");\n",
      equations);
  const regime_matrix *m = regime_model_matrix(w.model, 0);
  assert_int_equal(m->n_columns, 5);
  assert_string_equal(m->sector[0], "firms[country]");
  assert_string_equal(m->column[1], "firms[B]");
  assert_string_equal(m->column[4], "banks[C]");
  static const double expected[] = {1.0, 0.0, 4.0, -1.0, -4.0};
  for (size_t c = 0; c < 5; c++) assert_close(cell(&w, 0, 0, c), expected[c], 0.0);
  drop(&w);
}

static void a_cell_may_be_empty(void **state) {
  (void)state;
  written w = open_text(groups, equations);
  const regime_matrix *trade = regime_model_matrix(w.model, 0), *wealth = regime_model_matrix(w.model, 1);
  assert_true(trade->entry[1 * 4 + 3] == REGIME_NO_ENTRY);
  assert_null(trade->expression[1 * 2 + 1]);
  assert_true(wealth->entry[1 * 3 + 0] == REGIME_NO_ENTRY);
  assert_true(wealth->redundant_entry == REGIME_NO_ENTRY);
  assert_int_equal(regime_model_matrix_entries(w.model), 7 + 1 + 5);
  assert_int_equal(w.system->n_outputs, regime_model_matrix_output(w.model) + 13);
  drop(&w);
}

static void columns_close_but_for_stocks_without_a_balance(void **state) {
  (void)state;
  written w = open_text(groups, equations);
  assert_true(regime_model_matrix(w.model, 0)->columns_close);
  assert_false(regime_model_matrix(w.model, 1)->columns_close);
  drop(&w);
}

static void assert_printed(const regime_matrix *m, const double *entries, const char *expected) {
  char *text;
  assert_ok(regime_matrix_print(m, entries, &text));
  assert_string_equal(text, expected);
  free(text);
}

static void printed_in_symbols_a_set_is_one_column(void **state) {
  (void)state;
  written w = open_text(groups, equations);
  assert_printed(regime_model_matrix(w.model, 0), NULL,
                 "trade (flows)\n"
                 "                             country          ships  sum\n"
                 "  goods                        +x[i]  -sum(i, x[i])    0\n"
                 "  gifts  +sum(j != i, x[j]) - 2*x[i]                   0\n"
                 "  sum                              0              0    0\n"
                 "  follows from the others: nothing is lost, x[A] - x[B] = 0\n");
  assert_printed(regime_model_matrix(w.model, 1), NULL,
                 "wealth (stocks)\n"
                 "              bank              ends            sum\n"
                 "  loans      +x[B]           -x[B]/2              0\n"
                 "  houses                    +10*x[j]  +sum(10*x[j])\n"
                 "  net worth  +x[B]  -x[B]/2 +10*x[j]  +sum(10*x[j])\n");
  drop(&w);
}

static void printed_in_numbers_sums_show_what_leaks(void **state) {
  (void)state;
  written w = open_text(groups, equations);
  cell(&w, 0, 0, 0);
  const double *entries = w.out + regime_model_matrix_output(w.model);
  assert_printed(regime_model_matrix(w.model, 0), entries,
                 "trade (flows)\n"
                 "               A        B        C    ships  sum\n"
                 "  goods  +1.0000  +2.0000  +4.0000  -7.0000    0\n"
                 "  gifts  +4.0000  +1.0000  -5.0000             0\n"
                 "  sum    +5.0000  +3.0000  -1.0000  -7.0000    0\n"
                 "  follows from the others: nothing is lost, x[A] - x[B] = -1\n");
  assert_printed(regime_model_matrix(w.model, 1), entries,
                 "wealth (stocks)\n"
                 "               bank        A        C      sum\n"
                 "  loans      +2.000   -1.000   -1.000        0\n"
                 "  houses             +10.000  +40.000  +50.000\n"
                 "  net worth  +2.000   +9.000  +39.000  +50.000\n");
  drop(&w);
}

static void a_number_too_small_for_the_decimals_is_not_shown_as_nothing(void **state) {
  (void)state;
  written w =
      open_text("matrices = ( { name = \"m\"; kind = \"flows\"; sectors = [\"a\", \"b\"];\n"
                "  rows = ( { name = \"r\"; entries = { a = \"x\"; b = \"1e-7 - x\"; }; },\n"
                "           { name = \"é\"; entries = { a = \"-x\"; b = \"x*0 + 1e-7\"; }; } ); } );\n",
                "init x = 1000\nx' = 0\n");
  cell(&w, 0, 0, 0);
  assert_printed(regime_model_matrix(w.model, 0), w.out + regime_model_matrix_output(w.model),
                 "m (flows)\n"
                 "             a         b       sum\n"
                 "  r    +1000.0   -1000.0  +1.0e-07\n"
                 "  é    -1000.0  +1.0e-07   -1000.0\n"
                 "  sum        0   -1000.0   -1000.0\n");
  drop(&w);
}

static void what_makes_no_sense_is_refused(void **state) {
  (void)state;
  assert_refused("matrices = ( { name = \"m\"; kind = \"flows\"; sectors = \"a\";\n"
                 "  rows = ( { name = \"r\"; entries = { b = \"x\"; }; } ); } );",
                 "init x = 1\nx' = x", "the matrix `m` has no sector `b`");
  assert_refused("matrices = ( { name = \"m\"; kind = \"flows\"; sectors = \"a\";\n"
                 "  rows = ( { name = \"r\"; kind = \"balance\"; entries = { a = \"x\"; }; } ); } );",
                 "init x = 1\nx' = x", "the row `r` is a balance, and the matrix `m` holds flows");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_set_has_a_column_for_each_member),
      cmocka_unit_test(letters_stand_for_the_member_of_the_column),
      cmocka_unit_test(a_sector_may_be_there_in_each_member_of_a_set),
      cmocka_unit_test(a_cell_may_be_empty),
      cmocka_unit_test(columns_close_but_for_stocks_without_a_balance),
      cmocka_unit_test(printed_in_symbols_a_set_is_one_column),
      cmocka_unit_test(printed_in_numbers_sums_show_what_leaks),
      cmocka_unit_test(a_number_too_small_for_the_decimals_is_not_shown_as_nothing),
      cmocka_unit_test(what_makes_no_sense_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
