/* Phases: the first that holds wins, short ones are merged, boundaries are recorded points. */
#define TEST "study-phases"
#include "unit/study/written.h"

#define CLOCK "equations = \"\n  init x = 0\n  x' = 1\n\";\n"

static written w;

static void expect(size_t k, const char *name, double from, double to) {
  const regime_phase phase = regime_run_phase(w.run, k);
  assert_string_equal(phase.name, name);
  assert_close(phase.from, from, 1e-9);
  assert_close(phase.to, to, 1e-9);
}

static void the_first_that_holds_wins(void **state) {
  (void)state;
  run_text(&w,
           CLOCK
           "phases = ( { name = \"a\"; when = \"x < 4.05\"; }, { name = \"b\"; when = \"x < 7.05\"; } );",
           REGIME_RUN_DEFAULTS);
  assert_int_equal(regime_run_phases(w.run), 2);
  expect(0, "a", 0.0, 4.1);
  expect(1, "b", 4.1, 7.1);
  close_text(&w);
}

static void a_phase_may_come_again(void **state) {
  (void)state;
  run_text(
      &w,
      CLOCK
      "phases = ( { name = \"a\"; when = \"x < 2.05 or x > 6.05\"; }, { name = \"b\"; when = \"x > 0\"; } );",
      REGIME_RUN_DEFAULTS);
  assert_int_equal(regime_run_phases(w.run), 3);
  expect(0, "a", 0.0, 2.1);
  expect(1, "b", 2.1, 6.1);
  expect(2, "a", 6.1, 10.0);
  close_text(&w);
}

static void where_none_holds_is_no_phase(void **state) {
  (void)state;
  run_text(&w, CLOCK "phases = ( { name = \"late\"; when = \"x > 8.05\"; } );", REGIME_RUN_DEFAULTS);
  assert_int_equal(regime_run_phases(w.run), 1);
  expect(0, "late", 8.1, 10.0);
  close_text(&w);
}

static void a_short_one_goes_to_its_longer_neighbour(void **state) {
  (void)state;
  run_text(&w,
           CLOCK
           "phases_min_length = 0.5;\n"
           "phases = ( { name = \"blip\"; when = \"x > 6.05 and x < 6.35\"; },\n"
           "           { name = \"a\"; when = \"x < 6.2\"; }, { name = \"b\"; when = \"x >= 6.2\"; } );",
           REGIME_RUN_DEFAULTS);
  assert_int_equal(regime_run_phases(w.run), 2);
  expect(0, "a", 0.0, 6.4);
  expect(1, "b", 6.4, 10.0);
  close_text(&w);
}

static void a_merged_gap_joins_what_it_parted(void **state) {
  (void)state;
  run_text(&w,
           CLOCK "phases_min_length = 0.5;\n"
                 "phases = ( { name = \"a\"; when = \"x < 3.05 or x > 3.25\"; } );",
           REGIME_RUN_DEFAULTS);
  assert_int_equal(regime_run_phases(w.run), 1);
  expect(0, "a", 0.0, 10.0);
  close_text(&w);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_first_that_holds_wins),
      cmocka_unit_test(a_phase_may_come_again),
      cmocka_unit_test(where_none_holds_is_no_phase),
      cmocka_unit_test(a_short_one_goes_to_its_longer_neighbour),
      cmocka_unit_test(a_merged_gap_joins_what_it_parted),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
