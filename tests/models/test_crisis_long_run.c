/* models/crisis/long-run.md: what it says of the long run, each statement as a test.
 *
 * The world of equals is the model without what forbids balance. Productivity then grows at the rate that
 * solves g_a = verdoorn (g_a + n - natural) + learning h + electronics, whatever demand and money do.
 */
#include "support/runs.h"

static const regime_setting equals[] = {
    {"deepening", 0},
    {"fordist_deepening", 0},
    {"opening", 0},
    {"catchup", 0},
    {"strikes", 0},
    {"labour_supply", 0.01},
    {"labour_supply_later", 0.01},
    {"immigration", 0},
    {"own_oil", 0},
    {"late_boom", 0},
    {"deficit_spending", 0},
};
enum { N_EQUALS = sizeof equals / sizeof *equals };

static shelf s;
enum { MOST_ASKED = 4 };
static regime_inquiry *asked[MOST_ASKED];

static int set_up(void **state) {
  (void)state;
  open_shelf(&s, "models/crisis/crisis.cfg");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  for (size_t k = 0; k < MOST_ASKED; k++) regime_inquiry_free(asked[k]);
  close_shelf(&s);
  return 0;
}

static regime_inquiry *ask(const char *scenario, size_t n_settings) {
  regime_inquiry *inquiry = NULL;
  regime_law law = REGIME_LAW_DEFAULTS;
  law.scenario = scenario;
  law.settings = equals;
  law.n_settings = n_settings;
  const regime_steady_question question = {.growth = true};
  assert_ok(regime_inquire_steady(s.context, s.model, &law, &question, &inquiry));
  return inquiry;
}

/* Each world once. */
static const regime_inquiry *world_of(const char *scenario, size_t n_settings) {
  size_t k = 0;
  while (k < MOST_ASKED && asked[k] && strcmp(regime_inquiry_scenario(asked[k]), scenario) != 0) k++;
  assert_true(k < MOST_ASKED);
  if (!asked[k]) asked[k] = ask(scenario, n_settings);
  return asked[k];
}

static double shown(const regime_inquiry *inquiry, const regime_balanced *path, const char *name) {
  const long output = regime_inquiry_output(inquiry, name);
  if (output < 0) fail_msg("the model has no variable %s", name);
  return path->outputs[output];
}

/* The path on which Taylorism is spent, or on which it is not. */
static const regime_balanced *path_of(const regime_inquiry *inquiry, bool is_spent) {
  const regime_growth *growth = regime_inquiry_growth(inquiry);
  for (size_t k = 0; k < regime_growth_count(growth); k++) {
    const regime_balanced *path = regime_growth_at(growth, k);
    if ((shown(inquiry, path, "taylorism") < 0.5) == is_spent) return path;
  }
  fail_msg("there is no path with Taylorism %s", is_spent ? "spent" : "unspent");
  return NULL;
}

/* In percent; 0.02606 is the growth of 1960, 0.1 Verdoorn's coefficient. */
static double productivity_growth(double involvement, double taylorism) {
  const double natural = 0.95 * 0.0169 + 0.01;
  return 100 * (taylorism * 0.0169 + 0.1 * (0.01 - natural) + (0.015 * involvement + 0.0029) * 0.99631) / 0.9;
}

static double leading(const regime_balanced *path) {
  size_t k = 0;
  while (fabs(path->eigen_re[k]) < 1e-6) k++;
  return path->eigen_re[k];
}

static void as_it_stands_nothing_balances_and_deepening_is_why(void **state) {
  (void)state;
  const regime_inquiry *inquiry = world_of("all_fordist", 0);
  const regime_growth *growth = regime_inquiry_growth(inquiry);
  const regime_growth_search *search = regime_growth_looked(growth);
  assert_int_equal(regime_growth_count(growth), 0);
  assert_true(search->is_held && search->has_lone);
  const char *name = regime_inquiry_side(inquiry, search->lone).name;
  print_message("%s leaves the common pace by %g\n", name, search->lone_rate);
  assert_memory_equal(name, "v[", 2);
  assert_close(search->lone_rate, 0.012, 1e-4); /* 2 * 0.6 * fordist_deepening */
}

static void involvement_alone_decides_the_growth_of_equals(void **state) {
  (void)state;
  static const char *const scenarios[] = {"all_kalmarian", "all_neotaylorist", "all_incoherent"};
  for (size_t k = 0; k < 3; k++) {
    const regime_inquiry *inquiry = world_of(scenarios[k], N_EQUALS);
    for (int is_spent = 0; is_spent < 2; is_spent++) {
      const regime_balanced *path = path_of(inquiry, is_spent);
      const double expected =
          1.0 + productivity_growth(shown(inquiry, path, "involvement[US]"), is_spent ? 0.0 : 1.0);
      print_message("%-17s %s %.5f, expected %.5f\n", scenarios[k], is_spent ? "spent" : "unspent",
                    shown(inquiry, path, "north_growth"), expected);
      assert_close(shown(inquiry, path, "north_growth"), expected, 1e-4);
    }
  }
}

/* What wages do not get of productivity, prices that are not wholly indexed must give: both fall. */
static void wages_that_lag_behind_productivity_mean_falling_prices(void **state) {
  (void)state;
  const regime_inquiry *inquiry = world_of("all_neotaylorist", N_EQUALS);
  const regime_balanced *path = path_of(inquiry, true);
  assert_close(shown(inquiry, path, "north_inflation"), -(1 - 0.65) / (1 - 0.75) * productivity_growth(0, 0),
               2e-4);
  inquiry = world_of("all_kalmarian", N_EQUALS);
  assert_close(shown(inquiry, path_of(inquiry, true), "north_inflation"), 0.0, 1e-5);
}

/* The golden age is a path too, and the only one thing that leads away from it is the spreading of refusal.
 */
static void the_golden_age_is_an_unstable_path(void **state) {
  (void)state;
  const regime_inquiry *inquiry = world_of("all_kalmarian", N_EQUALS);
  const regime_balanced *path = path_of(inquiry, false);
  assert_int_equal(path->n_unstable, 1);
  assert_close(leading(path), 0.13, 1e-8);
}

/* Growth above the real rate of interest: debts fade against output. Below it they run away. */
static void debts_decide_whether_the_spent_path_is_stable(void **state) {
  (void)state;
  const regime_inquiry *inquiry = world_of("all_kalmarian", N_EQUALS);
  const regime_balanced *path = path_of(inquiry, true);
  assert_true(path->is_stable);
  assert_true(shown(inquiry, path, "real_rate[US]") < shown(inquiry, path, "north_growth"));
  inquiry = world_of("all_neotaylorist", N_EQUALS);
  path = path_of(inquiry, true);
  const double gap = (shown(inquiry, path, "real_rate[US]") - shown(inquiry, path, "north_growth")) / 100;
  print_message("leading %g, real rate less growth %g, unstable %zu\n", leading(path), gap, path->n_unstable);
  assert_true(path->n_unstable >= 1);
  assert_close(leading(path), gap, 5e-3);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(as_it_stands_nothing_balances_and_deepening_is_why),
      cmocka_unit_test(involvement_alone_decides_the_growth_of_equals),
      cmocka_unit_test(wages_that_lag_behind_productivity_mean_falling_prices),
      cmocka_unit_test(the_golden_age_is_an_unstable_path),
      cmocka_unit_test(debts_decide_whether_the_spent_path_is_stable),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
