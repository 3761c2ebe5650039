/* Model PC: the book's stationary state, what interest does to income, and the redundant equation. */
#include "support/runs.h"

static shelf s;

static int set_up(void **state) {
  (void)state;
  open_shelf(&s, "models/textbook/pc/pc.cfg");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  close_shelf(&s);
  return 0;
}

typedef struct economy {
  double G, alpha1, lambda0, r;
} economy;

static const economy usual = {20.0, 0.6, 0.635, 0.025};

static double wealth_at_rest(economy e, double *bills) {
  const double alpha3 = (1.0 - e.alpha1) / 0.4;
  *bills = e.lambda0 + 5.0 * e.r - 0.01 / alpha3;
  return alpha3 * e.G / (0.25 - e.r * *bills * alpha3);
}

static const regime_run *long_run(const char *scenario) {
  regime_run_options options = REGIME_RUN_DEFAULTS;
  options.scenario = scenario;
  options.to = 2200.0;
  return run_with(&s, options);
}

/* Rest: V, the bills in it, disposable income and income, from the five parameters alone. */
static void assert_rest(const regime_run *run, double t, economy e) {
  double bills;
  const double V = wealth_at_rest(e, &bills), YD = V * 0.4 / (1.0 - e.alpha1);
  assert_close(value_at(run, "V", t), V, 1e-9);
  assert_close(value_at(run, "Bh", t), bills * V, 1e-9);
  assert_close(value_at(run, "YD", t), YD, 1e-9);
  assert_close(value_at(run, "C", t), YD, 1e-9);
  assert_close(value_at(run, "Y", t), e.G + YD, 1e-9);
  assert_close(value_at(run, "Y_rest", t), e.G + YD, 1e-9);
}

static void the_baseline_rests_where_the_book_does(void **state) {
  (void)state;
  const regime_run *run = run_of(&s, "baseline");
  assert_rest(run, 1946.0, usual);
  assert_rest(run, 2005.0, usual);
  assert_true(fabs(value_at(run, "V", 2005.0) - 86.487) < 1e-3); /* as printed */
  assert_true(fabs(value_at(run, "Bh", 2005.0) - 64.865) < 1e-3);
  assert_true(fabs(value_at(run, "Hh", 2005.0) - 21.622) < 1e-3);
}

static void every_change_ends_at_its_closed_form(void **state) {
  (void)state;
  economy dear = usual, outlay = usual, spend = usual, flight = usual;
  dear.r = 0.035;
  outlay.G = 25.0;
  spend.alpha1 = 0.7;
  flight.lambda0 = 0.535;
  assert_rest(long_run("dear_money"), 2200.0, dear);
  assert_rest(long_run("outlay"), 2200.0, outlay);
  assert_rest(long_run("spend"), 2200.0, spend);
  assert_rest(long_run("flight"), 2200.0, flight);
}

/* Figures 4.3 and 4.4: more bills, less money; income and consumption rise for good, and income jumps a year
 * late. */
static void dear_money_raises_income(void **state) {
  (void)state;
  const regime_run *run = run_of(&s, "dear_money");
  assert_close(value_at(run, "bill_share", 1959.0), 0.75, 1e-9);
  assert_true(value_at(run, "bill_share", 1960.0) > 0.79);
  assert_close(value_at(run, "YD", 1960.0), value_at(run, "YD", 1959.0), 1e-9);
  assert_true(value_at(run, "YD", 1961.0) > value_at(run, "YD", 1960.0) + 0.5);
  assert_true(value_at(run, "Y", 2005.0) > value_at(run, "Y", 1959.0) + 3.0);
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

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_baseline_rests_where_the_book_does),
      cmocka_unit_test(every_change_ends_at_its_closed_form),
      cmocka_unit_test(dear_money_raises_income),
      cmocka_unit_test(the_redundant_equation_and_the_matrices_hold_in_every_scenario),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
