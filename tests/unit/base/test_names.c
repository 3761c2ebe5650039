#include "base/names.h"
#include "support/check.h"

static void numbers_follow_first_appearance(void **state) {
  (void)state;
  rg_arena *arena = rg_arena_create();
  rg_names *names = rg_names_create(arena);
  char text[16];
  for (uint32_t k = 0; k < 5000; k++) {
    snprintf(text, sizeof text, "x%u", k);
    assert_int_equal(rg_names_add(names, text), k);
  }
  assert_int_equal(rg_names_add(names, "x42"), 42);
  assert_int_equal(rg_names_find(names, "x4999"), 4999);
  assert_int_equal(rg_names_find(names, "x5000"), RG_NO_NAME);
  assert_string_equal(rg_names_text(names, 7), "x7");
  assert_int_equal(rg_names_count(names), 5000);
  rg_arena_free(arena);
}

static void nearest_finds_slips_and_refuses_strangers(void **state) {
  (void)state;
  const char *known[] = {"alpha", "sigma", "wage_share", "u"};
  assert_string_equal(rg_nearest("sigm", known, 4), "sigma");
  assert_string_equal(rg_nearest("wage_shrae", known, 4), "wage_share"); /* a transposition counts one */
  assert_string_equal(rg_nearest("aplha", known, 4), "alpha");
  assert_null(rg_nearest("productivity", known, 4));
  assert_null(rg_nearest("sigma", known, 0));
}

static void nearest_of_short_names(void **state) {
  (void)state;
  const char *known[] = {"t", "V", "US", "GB"};
  assert_string_equal(rg_nearest("v", known, 4), "V"); /* another case is the least of slips */
  assert_null(rg_nearest("w", known, 4));              /* any letter is one slip from any other */
  assert_string_equal(rg_nearest("us", known, 4), "US");
  assert_null(rg_nearest("UK", known, 4));
  assert_null(rg_nearest("KR", known, 4));
}

static void very_long_names_are_not_compared(void **state) {
  (void)state;
  char long_name[500];
  memset(long_name, 'a', sizeof long_name - 1);
  long_name[sizeof long_name - 1] = '\0';
  const char *known[] = {long_name, "sigma"};
  assert_null(rg_nearest(long_name, known, 1));
  assert_string_equal(rg_nearest("sigmas", known, 2), "sigma");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(numbers_follow_first_appearance),
      cmocka_unit_test(nearest_finds_slips_and_refuses_strangers),
      cmocka_unit_test(nearest_of_short_names),
      cmocka_unit_test(very_long_names_are_not_compared),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
