#include "base/text.h"
#include "support/check.h"

static void texts_grow(void **state) {
  (void)state;
  rg_text text = {0};
  for (int k = 0; k < 1000; k++) rg_text_add(&text, "%d,", k % 10);
  char *out;
  assert_ok(rg_text_finish(&text, &out));
  assert_int_equal(strlen(out), 2000);
  assert_memory_equal(out, "0,1,2,", 6);
  free(out);
}

static void an_empty_text_is_a_text(void **state) {
  (void)state;
  rg_text text = {0};
  char *out;
  assert_ok(rg_text_finish(&text, &out));
  assert_string_equal(out, "");
  free(out);
}

static void numbers_are_short_and_read_back(void **state) {
  (void)state;
  char buffer[32];
  assert_string_equal(rg_text_number(0.1, buffer), "0.1");
  assert_string_equal(rg_text_number(1.0 / 3.0, buffer), "0.3333333333333333");
  uint64_t random = 20261120;
  for (int k = 0; k < 10000; k++) {
    random = random * 6364136223846793005u + 1442695040888963407u;
    const double value = ldexp((double)(random >> 11), (int)(random % 200) - 100);
    assert_true(strtod(rg_text_number(value, buffer), NULL) == value);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(texts_grow),
      cmocka_unit_test(an_empty_text_is_a_text),
      cmocka_unit_test(numbers_are_short_and_read_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
