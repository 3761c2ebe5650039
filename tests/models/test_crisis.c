/* The claims of models/crisis/README.md, each as a test on the model's behaviour.
 *
 * Numbers asserted here are what the chapter says and what the facts are; none of them is a parameter. The
 * periods are those of the facts: the sixties are 1961-70, the recession 1980-83, the recovery 1983-88.
 */
#include "support/runs.h"

static const char *const north[] = {"US", "GB", "FR", "DE", "JP", "SE", "IT"};
static const char *const countries[] = {"US", "GB", "FR", "DE", "JP", "SE", "IT", "KR", "BR"};
enum { N_NORTH = 7, N_COUNTRIES = 9 };

static shelf s;

static int set_up(void **state) {
  (void)state;
  open_shelf(&s, "models/crisis/crisis.cfg");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  close_shelf(&s);
  return 0;
}

/* A country's variable, averaged over a period of a scenario. */
static double of(const char *scenario, const char *variable, const char *country, double from, double to) {
  char name[64];
  snprintf(name, sizeof name, "%s[%s]", variable, country);
  return mean_of(run_of(&s, scenario), name, from, to);
}

static double scalar(const char *scenario, const char *variable, double from, double to) {
  return mean_of(run_of(&s, scenario), variable, from, to);
}

/* --- what happens, and when ---------------------------------------------------------------------------- */

static void four_phases_follow_the_golden_age_within_a_year_of_history(void **state) {
  (void)state;
  static const char *const names[] = {"golden age", "cushioned crisis", "competitive recession",
                                      "diverging recovery", "after the crash"};
  static const double begins[] = {1960.0, 1973.75, 1979.75, 1982.65, 1987.8};
  const regime_run *run = run_of(&s, "history");
  assert_int_equal(regime_run_phases(run), 5);
  for (size_t k = 0; k < 5; k++) {
    const regime_phase phase = regime_run_phase(run, k);
    print_message("%-22s %.2f - %.2f\n", phase.name, phase.from, phase.to);
    assert_string_equal(phase.name, names[k]);
    assert_true(fabs(phase.from - begins[k]) <= 1.0);
  }
}

static void turn_rescue_and_crash_happen_within_a_year_of_history(void **state) {
  (void)state;
  static const char *const names[] = {"turn", "rescue", "crash"};
  static const double dates[] = {1979.75, 1982.65, 1987.8};
  for (size_t k = 0; k < 3; k++) {
    const double time = time_of(run_of(&s, "history"), names[k]);
    print_message("%-7s %.3f\n", names[k], time);
    assert_true(fabs(time - dates[k]) <= 1.0);
  }
}

static void every_identity_holds_in_every_scenario(void **state) {
  (void)state;
  for (size_t k = 0; k < regime_model_scenarios(s.model); k++) {
    const regime_run *run = run_of(&s, regime_model_scenario(s.model, k)->name);
    assert_int_equal(regime_path_outcome(regime_run_path(run)), REGIME_REACHED_END);
    assert_true(regime_run_identities(run) >= 4);
    for (size_t j = 0; j < regime_run_identities(run); j++) {
      const regime_identity_check check = regime_run_identity(run, j);
      if (!check.holds) fail_msg("%s: %s is off by %g", regime_run_scenario(run), check.name, check.worst);
    }
  }
}

static void every_row_and_column_of_the_worlds_accounts_sums_to_zero(void **state) {
  (void)state;
  for (size_t k = 0; k < regime_model_scenarios(s.model); k++) {
    const regime_run *run = run_of(&s, regime_model_scenario(s.model, k)->name);
    assert_int_equal(regime_run_matrix_checks(run), 4 + 10 + 1 + 1);
    for (size_t j = 0; j < regime_run_matrix_checks(run); j++) {
      const regime_matrix_check check = regime_run_matrix_check(run, j);
      if (!(fabs(check.worst) <= 1e-9))
        fail_msg("%s: %s is off by %g", regime_run_scenario(run), check.name, check.worst);
    }
  }
}

/* What the table of facts says of the model is the mean of its path, to the bit, and `fit` follows from it.
 */
static void facts_are_means_to_the_bit(void **state) {
  (void)state;
  const regime_run *run = run_of(&s, "history");
  const regime_table *facts = regime_run_table_named(run, "facts");
  assert_int_equal(regime_table_rows(facts), 328);
  for (size_t row = 0; row < regime_table_rows(facts); row++) {
    char name[128];
    snprintf(name, sizeof name, "%s[%s]", regime_table_word(facts, row, 0), regime_table_word(facts, row, 1));
    const long output = regime_run_output(run, name);
    assert_true(output >= 0);
    const double mean = regime_run_mean(run, (size_t)output, regime_table_number(facts, row, 3),
                                        regime_table_number(facts, row, 4));
    assert_true(regime_table_number(facts, row, 7) == mean);
    assert_true(regime_table_number(facts, row, 8) == mean - regime_table_number(facts, row, 5));
  }
}

static void the_fit_to_the_facts_is_no_worse_than_it_was(void **state) {
  (void)state;
  static const struct {
    const char *variable;
    double most;
    bool about_mean;
  } marks[] = {{"growth", 1.2, false},         {"productivity_growth", 1.2, false},
               {"unemployment", 1.0, false},   {"inflation", 2.0, false},
               {"short_rate", 2.0, false},     {"current_account", 1.3, false},
               {"capital_growth", 0.7, false}, {"wage_share", 2.1, true}};
  const regime_table *facts = regime_run_table_named(run_of(&s, "history"), "facts");
  assert_non_null(facts);
  for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) {
    double squares = 0.0;
    size_t n = 0;
    for (size_t c = 0; c < N_NORTH; c++) {
      double sum = 0.0, own = 0.0;
      size_t count = 0;
      for (size_t row = 0; row < regime_table_rows(facts); row++) {
        if (strcmp(regime_table_word(facts, row, 0), marks[m].variable) != 0) continue;
        if (strcmp(regime_table_word(facts, row, 1), north[c]) != 0) continue;
        const double difference = regime_table_number(facts, row, 8);
        sum += difference;
        own += difference * difference;
        count++;
      }
      assert_true(count > 0);
      squares += marks[m].about_mean ? own - sum * sum / (double)count : own;
      n += count;
    }
    const double rms = sqrt(squares / (double)n);
    print_message("%-20s rms %.2f (at most %.1f)\n", marks[m].variable, rms, marks[m].most);
    assert_true(rms <= marks[m].most);
  }
}

/* --- the claims ------------------------------------------------------------------------------------------
 */

static void taylorist_gains_run_out_and_profits_fall(void **state) {
  (void)state;
  const double sixties = scalar("history", "north_profit_rate", 1961, 1970);
  assert_true(scalar("history", "north_profit_rate", 1980, 1983) < sixties);
  for (size_t c = 0; c < N_NORTH; c++) {
    const double before = of("history", "productivity_growth", north[c], 1961, 1970);
    assert_true(of("history", "productivity_growth", north[c], 1974, 1980) < before);
    const double r_before = of("history", "profit_rate", north[c], 1961, 1970);
    const double r_trough = of("history", "profit_rate", north[c], 1980, 1983);
    assert_true(r_trough < r_before);
    assert_true(of("history", "profit_rate", north[c], 1983, 1988) > r_trough);
  }
}

static void wages_go_on_investment_and_employment_follow_profits_down(void **state) {
  (void)state;
  const double accumulation = scalar("history", "north_capital_growth", 1961, 1970);
  assert_true(scalar("history", "north_capital_growth", 1980, 1983) < accumulation);
  assert_true(scalar("history", "north_unemployment", 1974, 1980) >
              scalar("history", "north_unemployment", 1961, 1970));
  /* Wages follow the norm that productivity has left: their share rises, weighted by output. */
  double rise = 0.0;
  for (size_t c = 0; c < N_NORTH; c++)
    rise += of("history", "Y", north[c], 1960, 1960) * (of("history", "wage_share", north[c], 1969, 1974) -
                                                        of("history", "wage_share", north[c], 1961, 1966));
  assert_true(rise > 0.0);
}

static void money_is_cheap_and_inflation_high_from_1973_to_1979(void **state) {
  (void)state;
  assert_true(scalar("history", "north_inflation", 1974, 1980) >
              scalar("history", "north_inflation", 1961, 1970));
  assert_true(scalar("history", "north_real_rate", 1974, 1979) <
              scalar("history", "north_real_rate", 1981, 1984));
}

static void without_the_oil_shocks_profits_still_fall(void **state) {
  (void)state;
  assert_true(scalar("no_oil", "north_profit_rate", 1980, 1983) <
              scalar("no_oil", "north_profit_rate", 1961, 1970));
}

static void without_the_turn_inflation_is_higher(void **state) {
  (void)state;
  assert_true(isnan(time_of(run_of(&s, "no_turn"), "turn")));
  assert_true(scalar("no_turn", "north_inflation", 1981, 1985) >
              scalar("history", "north_inflation", 1981, 1985));
}

static void without_the_rescue_unemployment_is_higher(void **state) {
  (void)state;
  assert_true(isnan(time_of(run_of(&s, "no_rescue"), "rescue")));
  assert_true(scalar("no_rescue", "north_unemployment", 1984, 1988) >
              scalar("history", "north_unemployment", 1984, 1988) + 0.5);
}

static void the_recession_is_competitive_and_the_recovery_brings_inflation_down(void **state) {
  (void)state;
  assert_true(scalar("history", "north_growth", 1980, 1983) < scalar("history", "north_growth", 1974, 1980));
  assert_true(scalar("history", "north_growth", 1983, 1988) > scalar("history", "north_growth", 1980, 1983));
  assert_true(scalar("history", "north_inflation", 1983, 1988) <
              scalar("history", "north_inflation", 1980, 1983) - 1.0);
}

static void two_ways_out_give_surpluses_and_a_deficit(void **state) {
  (void)state;
  assert_true(of("history", "current_account", "DE", 1983, 1988) > 0.0);
  assert_true(of("history", "current_account", "JP", 1983, 1988) > 0.0);
  assert_true(of("history", "current_account", "US", 1983, 1988) < 0.0);
}

static void after_the_crash_rates_fall_and_growth_goes_on(void **state) {
  (void)state;
  const regime_run *run = run_of(&s, "history");
  const double crash = time_of(run, "crash");
  assert_true(mean_of(run, "north_short_rate", crash + 0.5, crash + 1.5) <
              value_at(run, "north_short_rate", crash));
  assert_true(mean_of(run, "north_growth", crash, crash + 2.0) > 1.5);
}

/* Alone, a country that negotiates gains markets; when all do, nobody gains: a quasi-rent. */
static void the_kalmarian_advantage_is_relative(void **state) {
  (void)state;
  const double gb = of("gb_kalmarian", "trade_balance", "GB", 1985, 1990) -
                    of("history", "trade_balance", "GB", 1985, 1990);
  const double us = of("us_kalmarian", "trade_balance", "US", 1985, 1990) -
                    of("history", "trade_balance", "US", 1985, 1990);
  const double alone = of("gb_alone", "trade_balance", "GB", 1985, 1990) -
                       of("all_fordist", "trade_balance", "GB", 1985, 1990);
  const double together = of("all_kalmarian", "trade_balance", "GB", 1985, 1990) -
                          of("all_fordist", "trade_balance", "GB", 1985, 1990);
  print_message("gains of trade balance: GB %.2f, US %.2f; from Fordism GB alone %.2f, all together %.2f\n",
                gb, us, alone, together);
  assert_true(gb > 0.1);
  assert_true(us > 0.1);
  assert_true(alone > 0.1);
  assert_true(fabs(together) < 0.5 * alone);
}

static void collective_involvement_without_security_decays(void **state) {
  (void)state;
  for (size_t c = 0; c < N_COUNTRIES; c++) {
    const double coherent = of("all_kalmarian", "involvement", countries[c], 1990, 1990);
    const double incoherent = of("all_incoherent", "involvement", countries[c], 1990, 1990);
    assert_true(coherent > 0.4);
    assert_true(incoherent < 0.6 * coherent);
  }
}

static void nobody_wins_a_competitive_recession(void **state) {
  (void)state;
  const double output = 1983.0;
  double lost = 0.0;
  for (size_t c = 0; c < N_COUNTRIES; c++)
    lost +=
        of("history", "Y", countries[c], output, output) - of("all_tight", "Y", countries[c], output, output);
  assert_true(lost > 0.0);
  for (size_t c = 0; c < N_NORTH; c++) {
    const double moved = of("all_tight", "trade_balance", north[c], 1981, 1986) -
                         of("history", "trade_balance", north[c], 1981, 1986);
    assert_true(fabs(moved) < 0.5); /* per cent of output */
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(four_phases_follow_the_golden_age_within_a_year_of_history),
      cmocka_unit_test(turn_rescue_and_crash_happen_within_a_year_of_history),
      cmocka_unit_test(every_identity_holds_in_every_scenario),
      cmocka_unit_test(every_row_and_column_of_the_worlds_accounts_sums_to_zero),
      cmocka_unit_test(facts_are_means_to_the_bit),
      cmocka_unit_test(the_fit_to_the_facts_is_no_worse_than_it_was),
      cmocka_unit_test(taylorist_gains_run_out_and_profits_fall),
      cmocka_unit_test(wages_go_on_investment_and_employment_follow_profits_down),
      cmocka_unit_test(money_is_cheap_and_inflation_high_from_1973_to_1979),
      cmocka_unit_test(without_the_oil_shocks_profits_still_fall),
      cmocka_unit_test(without_the_turn_inflation_is_higher),
      cmocka_unit_test(without_the_rescue_unemployment_is_higher),
      cmocka_unit_test(the_recession_is_competitive_and_the_recovery_brings_inflation_down),
      cmocka_unit_test(two_ways_out_give_surpluses_and_a_deficit),
      cmocka_unit_test(after_the_crash_rates_fall_and_growth_goes_on),
      cmocka_unit_test(the_kalmarian_advantage_is_relative),
      cmocka_unit_test(collective_involvement_without_security_decays),
      cmocka_unit_test(nobody_wins_a_competitive_recession),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
