/* `i in north` inside `if` was refused by the parser. */
#include "support/models.h"

static void a_condition_may_ask_for_a_subset(void **state) {
  (void)state;
  shelf s;
  open_written(
      &s, "model = { name = \"m\"; time = \"continuous\"; };\n"
          "sets = { c = { members = [\"US\", \"GB\", \"JP\"]; index = [\"i\", \"j\"];\n"
          "               subsets = { north = [\"US\", \"GB\"]; }; }; };\n"
          "equations = \"init Y[i] = if(i in north and not i == US, 10, 20)\nY[i]' = if(i in north, 1, -1)\n"
          "n = sum(i, if(i in c, 1, 0))\nm[i] = sum(j in north, if(i in north, Y[j], 0))\";\n");
  const regime_run *run = run_of(&s, "baseline");
  assert_close(value_at(run, "Y[US]", 0.0), 20.0, 0.0);
  assert_close(value_at(run, "Y[GB]", 0.0), 10.0, 0.0);
  assert_close(value_at(run, "Y[JP]", 100.0), -80.0, 1e-9);
  assert_close(value_at(run, "Y[GB]", 100.0), 110.0, 1e-9);
  assert_close(value_at(run, "n", 0.0), 3.0, 0.0);
  assert_close(value_at(run, "m[JP]", 0.0), 0.0, 0.0);
  assert_close(value_at(run, "m[US]", 0.0), 30.0, 0.0);
  assert_int_equal(regime_model_about(s.model)->n_switches, 0);
  close_shelf(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_condition_may_ask_for_a_subset)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
