/* Model SIM: the first periods of the book's table, the whole path in closed form, and the redundant
 * equation. */
#include "support/runs.h"

static shelf s;

static int set_up(void **state) {
  (void)state;
  open_shelf(&s, "models/textbook/sim/sim.cfg");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  close_shelf(&s);
  return 0;
}

static double end(const char *scenario, const char *name) {
  return value_at(run_of(&s, scenario), name, 120.0);
}

static void the_first_periods_are_those_of_the_book(void **state) {
  (void)state;
  const regime_run *run = run_of(&s, "baseline");
  assert_close(value_at(run, "Y", 1.0), 38.4615385, 1e-7);
  assert_close(value_at(run, "T", 1.0), 7.7, 0.01);
  assert_close(value_at(run, "YD", 1.0), 30.8, 0.01);
  assert_close(value_at(run, "C", 1.0), 18.5, 0.01);
  assert_close(value_at(run, "Hh", 1.0), 12.3, 0.01);
  assert_close(value_at(run, "Y", 2.0), 47.9, 0.01);
  assert_close(value_at(run, "C", 2.0), 27.9, 0.01);
}

/* Y = (G + alpha2 H(-1))/(1 - alpha1 (1 - theta)), and the gap of money to its rest shrinks by a constant
 * factor. */
static void the_path_is_the_closed_form(void **state) {
  (void)state;
  const double factor = 1.0 - 0.2 * 0.4 / (1.0 - 0.6 * 0.8);
  const regime_run *run = run_of(&s, "baseline");
  for (double t = 0.0; t <= 120.0; t += 1.0) {
    assert_close(value_at(run, "Hh", t), 80.0 * (1.0 - pow(factor, t)), 1e-10);
    if (t > 0.0)
      assert_close(value_at(run, "Y", t), (20.0 + 0.4 * value_at(run, "Hh", t - 1.0)) / 0.52, 1e-10);
  }
  assert_close(end("baseline", "Y_rest"), 100.0, 1e-12);
  assert_close(end("baseline", "H_rest"), 80.0, 1e-12);
  assert_close(end("baseline", "Y"), 100.0, 1e-6);
  assert_close(end("baseline", "C"), 80.0, 1e-6);
}

static void the_redundant_equation_and_the_matrices_hold_in_every_scenario(void **state) {
  (void)state;
  for (size_t k = 0; k < regime_model_scenarios(s.model); k++) {
    const regime_run *run = run_of(&s, regime_model_scenario(s.model, k)->name);
    const regime_identity_check check = regime_run_identity(run, 0);
    if (!check.holds) fail_msg("%s: %s is off by %g", regime_run_scenario(run), check.name, check.worst);
    assert_true(regime_run_matrix_checks(run) > 0);
    assert_true(regime_run_matrices_hold(run));
  }
}

/* Income at rest is outlay over the rate of tax, whatever households do. */
static void outlay_and_taxes_decide_income_and_habits_decide_wealth(void **state) {
  (void)state;
  assert_close(end("outlay", "Y"), 125.0, 1e-3);
  assert_close(end("austerity", "Y"), 80.0, 1e-3);
  assert_close(end("spend", "Y"), 100.0, 1e-3);
  assert_close(end("spend", "Hh"), 0.75 * 80.0, 1e-3);
}

/* Expecting last year's income comes to the same rest: money makes good what was not foreseen. */
static void mistaken_expectations_change_the_way_and_not_the_end(void **state) {
  (void)state;
  assert_close(end("simex", "Y"), 100.0, 1e-3);
  assert_close(end("simex", "Hh"), 80.0, 1e-3);
  assert_close(value_at(run_of(&s, "simex"), "Y", 1.0), 20.0, 1e-12);
  assert_true(value_at(run_of(&s, "simex"), "Y", 5.0) < value_at(run_of(&s, "baseline"), "Y", 5.0));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_first_periods_are_those_of_the_book),
      cmocka_unit_test(the_path_is_the_closed_form),
      cmocka_unit_test(the_redundant_equation_and_the_matrices_hold_in_every_scenario),
      cmocka_unit_test(outlay_and_taxes_decide_income_and_habits_decide_wealth),
      cmocka_unit_test(mistaken_expectations_change_the_way_and_not_the_end),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
