/* Model OPEN: 120 years at rest, the endless loss of gold, and the redundant equation to rounding. */
#include "support/runs.h"

static shelf s;

static int set_up(void **state) {
  (void)state;
  open_shelf(&s, "models/textbook/open/open.cfg");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  close_shelf(&s);
  return 0;
}

typedef struct country {
  double G, alpha1, alpha2, lambda0, lambda1, lambda2, mu;
} country;

static const country north = {20.0, 0.6, 0.4, 0.635, 5.0, 0.01, 0.18781};
static const country south = {20.0, 0.7, 0.3, 0.67, 6.0, 0.07, 0.18781};

static double value(const char *scenario, const char *name, double t) {
  return value_at(run_of(&s, scenario), name, t);
}

/* Where wealth is constant, consumption is disposable income and that is a share of income:
 * YD = (1 - theta)(Y + r Bh), Bh = bills alpha3 YD. */
static double spent(country c) {
  const double alpha3 = (1.0 - c.alpha1) / c.alpha2;
  const double bills = c.lambda0 + c.lambda1 * 0.025 - c.lambda2 / alpha3;
  return 0.8 / (1.0 - 0.8 * 0.025 * bills * alpha3);
}

/* Y = spent Y + G + trade in both countries, the South's trade being mu_N Y_N - mu_S Y_S: what the model
 * settles into while gold flows at a constant rate. */
static void assert_settles(const char *scenario, country n, country so, double t) {
  const double a = 1.0 - spent(n) + n.mu, b = 1.0 - spent(so) + so.mu;
  const double det = a * b - n.mu * so.mu;
  const double Yn = (n.G * b + so.mu * so.G) / det, Ys = (so.G * a + n.mu * n.G) / det;
  const double trade = n.mu * Yn - so.mu * Ys;
  print_message("%-9s income %.3f in the North, %.3f in the South; the South's trade %.3f a year\n", scenario,
                Yn, Ys, trade);
  assert_close(value(scenario, "Y[N]", t), Yn, 1e-5);
  assert_close(value(scenario, "Y[S]", t), Ys, 1e-5);
  assert_close(value(scenario, "gold[S]", t) - value(scenario, "gold[S]", t - 1.0), trade, 1e-5);
  assert_close(value(scenario, "deficit[S]", t), -trade, 1e-5); /* the state's deficit is the country's */
}

static void at_rest_nothing_moves_in_120_years(void **state) {
  (void)state;
  for (double t = 1945.0; t <= 2065.0; t += 1.0) {
    assert_close(value("baseline", "gold[S]", t), 10.0, 1e-9);
    assert_close(value("baseline", "V[N]", t), 20.0 / 0.23125, 1e-9);
    assert_close(value("baseline", "V[S]", t), 20.0 / 0.23125, 1e-9);
  }
}

static void the_two_countries_settle_while_gold_flows(void **state) {
  (void)state;
  country importing = south, thrifty = south, austere = south, generous = north;
  importing.mu = austere.mu = 0.20781;
  thrifty.alpha1 = 0.6;
  austere.G = 18.0;
  generous.G = 22.0;
  assert_settles("imports", north, importing, 2065.0);
  assert_settles("thrift", north, thrifty, 2065.0);
  assert_settles("austerity", north, austere, 2065.0);
  assert_settles("stimulus", generous, importing, 2065.0);
}

/* Figures 6.8 to 6.10: the South's income falls, the North's rises; gold leaves every year, bills replace it
 * at the central bank, and the stock of money comes to rest: compensation. */
static void nothing_stops_the_loss_of_gold(void **state) {
  (void)state;
  assert_true(value("imports", "Y[S]", 2000.0) < value("imports", "Y[S]", 1959.0) - 1.0);
  assert_true(value("imports", "Y[N]", 2000.0) > value("imports", "Y[N]", 1959.0) + 1.0);
  for (double t = 1961.0; t <= 2065.0; t += 1.0)
    assert_true(value("imports", "gold[S]", t) < value("imports", "gold[S]", t - 1.0));
  const double bills = value("imports", "Bcb[S]", 2065.0) - value("imports", "Bcb[S]", 2064.0);
  const double gold = value("imports", "gold[S]", 2065.0) - value("imports", "gold[S]", 2064.0);
  assert_close(bills, -gold, 1e-5);
  assert_close(value("imports", "Hs[S]", 2065.0), value("imports", "Hs[S]", 2064.0), 1e-5);
}

/* Figure 6.11: saving more at first brings gold in. */
static void thrift_brings_gold_for_a_while(void **state) {
  (void)state;
  assert_true(value("thrift", "gold[S]", 1961.0) > 10.0);
  assert_true(value("thrift", "Y[S]", 1960.0) < value("thrift", "Y[S]", 1959.0));
}

static void the_redundant_equation_and_the_matrices_hold_to_rounding(void **state) {
  (void)state;
  for (size_t k = 0; k < regime_model_scenarios(s.model); k++) {
    const regime_run *run = run_of(&s, regime_model_scenario(s.model, k)->name);
    assert_true(regime_run_identities_hold(run));
    assert_true(regime_run_matrix_checks(run) > 0);
    assert_true(regime_run_matrices_hold(run));
    const regime_identity_check gold = regime_run_identity(run, 0);
    assert_true(gold.worst < 1e-10);
    print_message("%-9s %s to %.1e\n", regime_run_scenario(run), gold.name, gold.worst);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(at_rest_nothing_moves_in_120_years),
      cmocka_unit_test(the_two_countries_settle_while_gold_flows),
      cmocka_unit_test(nothing_stops_the_loss_of_gold),
      cmocka_unit_test(thrift_brings_gold_for_a_while),
      cmocka_unit_test(the_redundant_equation_and_the_matrices_hold_to_rounding),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
