#include "support/check.h"
#include <regime/table.h>

static void a_table_gives_back_what_was_put(void **state) {
  (void)state;
  regime_table *t;
  assert_ok(regime_table_create("country", 2, &t));
  regime_table_add_numbers(t, "time", "year", NULL);
  regime_table_add_words(t, "country", NULL);
  regime_table_add_numbers(t, "Y", "1960 US = 1", "output");
  for (int k = 0; k < 500; k++) {
    regime_table_put_number(t, 0, 1960.0 + k);
    regime_table_put_word(t, 1, k % 2 ? "US" : "GB");
    regime_table_put_number(t, 2, k / 3.0);
  }
  assert_ok(regime_table_status(t));
  assert_int_equal(regime_table_rows(t), 500);
  assert_int_equal(regime_table_keys(t), 2);
  assert_string_equal(regime_table_column_unit(t, 0), "year");
  assert_string_equal(regime_table_column_label(t, 1), "");
  assert_string_equal(regime_table_word(t, 499, 1), "US");
  assert_true(regime_table_number(t, 100, 2) == 100 / 3.0);
  regime_table_free(t);
}

static void words_in_any_order(void **state) {
  (void)state;
  enum { ROWS = 5000, SEED = 11 };
  int drawn[ROWS];
  char word[16];
  regime_table *t;
  srand(SEED);
  assert_ok(regime_table_create("words", 1, &t));
  regime_table_add_words(t, "word", NULL);
  for (int k = 0; k < ROWS; k++) { /* in turn, then many at random, then each its own */
    drawn[k] = k < 1000 ? k % 7 : k < 3000 ? rand() % 200 : k;
    snprintf(word, sizeof word, "w%d", drawn[k]);
    regime_table_put_word(t, 0, word);
  }
  assert_ok(regime_table_status(t));
  for (int k = 0; k < ROWS; k++) {
    snprintf(word, sizeof word, "w%d", drawn[k]);
    assert_string_equal(regime_table_word(t, (size_t)k, 0), word);
  }
  assert_ptr_equal(regime_table_word(t, 0, 0),
                   regime_table_word(t, 994, 0)); /* of a panel, each is kept once */
  regime_table_free(t);
}

static void ragged_columns_are_a_bug(void **state) {
  (void)state;
  regime_table *t;
  assert_ok(regime_table_create("ragged", 1, &t));
  regime_table_add_numbers(t, "a", NULL, NULL);
  regime_table_add_numbers(t, "b", NULL, NULL);
  regime_table_put_number(t, 0, 1.0);
  assert_int_equal(regime_table_status(t), REGIME_BUG);
  regime_table_free(t);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_table_gives_back_what_was_put),
      cmocka_unit_test(words_in_any_order),
      cmocka_unit_test(ragged_columns_are_a_bug),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
