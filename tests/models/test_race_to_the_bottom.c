/* A race to the bottom: what each country gets, alone and together, and that it is a prisoner's dilemma. */
#include "support/runs.h"

static const double a = 0.18, cw = 0.9, cp = 0.4, inv = 0.05, depth = 0.0666666666666667, m = 0.3, eps = 1.5;
static shelf s;

static int set_up(void **state) {
  (void)state;
  open_shelf(&s, "models/textbook/race_to_the_bottom/race_to_the_bottom.cfg");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  close_shelf(&s);
  return 0;
}

static double end(const char *scenario, const char *name) {
  return value_at(run_of(&s, scenario), name, 60.0);
}

/* What is spent of a unit of output at home, and what of demand does not depend on it. */
static double spent(double omega) { return inv + cp + (cw - cp) * omega; }
static double given(double omega) { return a + depth * (1.0 - omega); }

/* Output of the country with wage share `own` against one with `other`: two linear equations by Cramer's
 * rule. */
static double output(double own, double other) {
  const double cheap = pow(own / other, eps);
  const double diagonal = 1.0 - spent(own) + m * cheap, off = m / cheap;
  const double diagonal2 = 1.0 - spent(other) + m / cheap, off2 = m * cheap;
  return (given(own) * diagonal2 + off * given(other)) / (diagonal * diagonal2 - off * off2);
}

static void together_output_is_the_closed_form(void **state) {
  (void)state;
  assert_close(end("hold", "y[A]"), given(0.70) / (1.0 - spent(0.70)), 1e-7);
  assert_close(end("both_cut", "y[A]"), given(0.65) / (1.0 - spent(0.65)), 1e-7);
  assert_close(end("standard", "y[B]"), given(0.75) / (1.0 - spent(0.75)), 1e-7);
}

static void apart_output_solves_the_two_equations(void **state) {
  (void)state;
  assert_close(end("A_cuts", "y[A]"), output(0.65, 0.70), 1e-7);
  assert_close(end("A_cuts", "y[B]"), output(0.70, 0.65), 1e-7);
  assert_close(end("B_cuts", "y[B]"), end("A_cuts", "y[A]"), 1e-9);
}

/* Temptation > reward > punishment > the sucker's payoff. */
static void cutting_wages_is_a_prisoners_dilemma(void **state) {
  (void)state;
  const double temptation = end("A_cuts", "y[A]"), reward = end("hold", "y[A]");
  const double punishment = end("both_cut", "y[A]"), sucker = end("A_cuts", "y[B]");
  print_message("temptation %.4f, reward %.4f, punishment %.4f, sucker %.4f\n", temptation, reward,
                punishment, sucker);
  assert_true(temptation > reward + 0.005);
  assert_true(reward > punishment + 0.005);
  assert_true(punishment > sucker + 0.005);
}

/* Demand falls with every cut that both make, and with one that wins no market. */
static void wages_lead_demand_together_and_at_home(void **state) {
  (void)state;
  assert_true(end("standard", "world") > end("hold", "world"));
  assert_true(end("both_cut", "world") < end("A_cuts", "world"));
  assert_true(end("A_cuts", "world") < end("hold", "world"));
  assert_true(end("closed", "y[A]") < end("hold", "y[A]"));
}

/* Each round is worth it for whoever plays it, and after each full round both are worse off. */
static void every_step_of_the_race_pays_and_the_race_does_not(void **state) {
  (void)state;
  const regime_run *run = run_of(&s, "race");
  assert_true(value_at(run, "y[A]", 14.9) > value_at(run, "y[A]", 4.9));
  assert_true(value_at(run, "y[B]", 24.9) > value_at(run, "y[B]", 14.9));
  assert_true(value_at(run, "y[A]", 34.9) > value_at(run, "y[A]", 24.9));
  assert_true(value_at(run, "y[B]", 60.0) > value_at(run, "y[B]", 34.9));
  assert_true(value_at(run, "world", 24.9) < value_at(run, "world", 4.9));
  assert_true(value_at(run, "world", 60.0) < value_at(run, "world", 24.9));
}

static void one_countrys_exports_are_the_others_imports(void **state) {
  (void)state;
  for (size_t k = 0; k < regime_model_scenarios(s.model); k++)
    assert_true(regime_run_identities_hold(run_of(&s, regime_model_scenario(s.model, k)->name)));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(together_output_is_the_closed_form),
      cmocka_unit_test(apart_output_solves_the_two_equations),
      cmocka_unit_test(cutting_wages_is_a_prisoners_dilemma),
      cmocka_unit_test(wages_lead_demand_together_and_at_home),
      cmocka_unit_test(every_step_of_the_race_pays_and_the_race_does_not),
      cmocka_unit_test(one_countrys_exports_are_the_others_imports),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
