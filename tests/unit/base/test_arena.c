#include "base/arena.h"
#include "support/check.h"

static void takes_zeroed_and_aligned(void **state) {
  (void)state;
  rg_arena *arena = rg_arena_create();
  for (size_t size = 1; size < 5000; size += 37) {
    unsigned char *bytes = rg_arena_take(arena, size, 1);
    assert_int_equal((uintptr_t)bytes % _Alignof(max_align_t), 0);
    for (size_t k = 0; k < size; k++) assert_int_equal(bytes[k], 0);
    memset(bytes, 0xff, size);
  }
  rg_arena_free(arena);
}

static void texts_are_copies(void **state) {
  (void)state;
  rg_arena *arena = rg_arena_create();
  assert_string_equal(rg_arena_text_n(arena, "wages and profits", 5), "wages");
  assert_string_equal(rg_arena_printf(arena, "%s[%d]", "Y", 3), "Y[3]");
  rg_arena_free(arena);
}

static void lists_grow(void **state) {
  (void)state;
  rg_arena *arena = rg_arena_create();
  RG_LIST(int) list = {0};
  for (int k = 0; k < 1000; k++) RG_APPEND(arena, &list, k);
  for (int k = 0; k < 1000; k++) assert_int_equal(list.items[k], k);
  rg_arena_free(arena);
}

static void exhaustion_returns_to_the_owner(void **state) {
  (void)state;
  rg_arena *arena = rg_arena_create();
  if (RG_ARENA_TRY(arena) == 0) {
    rg_arena_take(arena, SIZE_MAX / 2, 8);
    fail_msg("an impossible request was granted");
  }
  rg_arena_free(arena);
}

static void count(void *held) { ++*(int *)held; }

static void what_it_owns_is_released_with_it(void **state) {
  (void)state;
  int first = 0, second = 0;
  rg_arena *arena = rg_arena_create();
  rg_arena_owns(arena, count, &first);
  rg_arena_owns(arena, count, &second);
  assert_int_equal(first + second, 0);
  rg_arena_free(arena);
  assert_int_equal(first, 1);
  assert_int_equal(second, 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(takes_zeroed_and_aligned),
      cmocka_unit_test(texts_are_copies),
      cmocka_unit_test(lists_grow),
      cmocka_unit_test(exhaustion_returns_to_the_owner),
      cmocka_unit_test(what_it_owns_is_released_with_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
