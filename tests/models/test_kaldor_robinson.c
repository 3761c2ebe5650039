/* The Cambridge equation, with Kaldor's workers and with Pasinetti's; thrift and animal spirits in the long
 * run. */
#include "support/runs.h"

static const double sc = 0.4, sw = 0.05, v = 3.0, gamma0 = 0.03, gamma1 = 0.1;
static shelf s;

static int set_up(void **state) {
  (void)state;
  open_shelf(&s, "models/textbook/kaldor_robinson/kaldor_robinson.cfg");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  close_shelf(&s);
  return 0;
}

static double end(const char *scenario, const char *name) {
  return value_at(run_of(&s, scenario), name, 800.0);
}

static void the_rate_of_profit_is_growth_over_capitalists_saving(void **state) {
  (void)state;
  assert_close(end("cambridge", "r"), end("cambridge", "accumulation") / sc, 1e-7);
  assert_close(end("cambridge", "r"), gamma0 / (sc - gamma1), 1e-7);
  assert_close(end("baseline", "r"), end("baseline", "accumulation") / sc, 1e-6);
}

/* Pasinetti: workers' saving decides who owns capital, and nothing else. */
static void workers_saving_changes_ownership_alone(void **state) {
  (void)state;
  const double g = sc * gamma0 / (sc - gamma1);
  static const struct {
    const char *scenario;
    double sw;
  } cases[] = {{"baseline", 0.05}, {"workers_save", 0.08}};
  for (size_t k = 0; k < 2; k++) {
    const double owned = (g - cases[k].sw / v) / (g * (1.0 - cases[k].sw / sc));
    assert_close(end(cases[k].scenario, "r"), 0.1, 1e-6);
    assert_close(end(cases[k].scenario, "accumulation"), g, 1e-6);
    assert_close(end(cases[k].scenario, "z"), owned, 1e-6);
    assert_close(end(cases[k].scenario, "r_rest"), 0.1, 1e-12);
    assert_close(end(cases[k].scenario, "g_rest"), g, 1e-12);
    assert_close(end(cases[k].scenario, "z_rest"), owned, 1e-12);
  }
}

/* Kaldor: P/Y = (I/Y)/(sp - sw) - sw/(sp - sw). */
static void without_property_for_workers_kaldors_formula_holds(void **state) {
  (void)state;
  const double investment = v * end("kaldor", "accumulation");
  assert_close(end("kaldor", "profit_share"), (investment - sw) / (sc - sw), 1e-7);
  assert_close(end("kaldor", "r"), end("kaldor", "r_kaldor"), 1e-7);
  assert_close(end("kaldor", "r"), (gamma0 - sw / v) / (sc - sw - gamma1), 1e-7);
}

static double before(const char *scenario, const char *name) {
  return value_at(run_of(&s, scenario), name, 299.0);
}

/* sc from .4 to .45: r* = gamma0/(sc - gamma1) from .1 to .0857, g* = sc r* from .04 to .0386. */
static void thrift_lowers_growth_and_profit_for_good(void **state) {
  (void)state;
  assert_close(before("thrift", "accumulation"), 0.04, 1e-5);
  assert_close(end("thrift", "r"), gamma0 / (0.45 - gamma1), 1e-6);
  assert_close(end("thrift", "accumulation"), 0.45 * gamma0 / (0.45 - gamma1), 1e-6);
  assert_true(end("thrift", "accumulation") < before("thrift", "accumulation"));
}

static void capitalists_earn_what_they_spend(void **state) {
  (void)state;
  assert_close(end("spirits", "r"), 0.033 / (sc - gamma1), 1e-6);
  assert_true(end("spirits", "profit_share") > before("spirits", "profit_share") + 0.02);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_rate_of_profit_is_growth_over_capitalists_saving),
      cmocka_unit_test(workers_saving_changes_ownership_alone),
      cmocka_unit_test(without_property_for_workers_kaldors_formula_holds),
      cmocka_unit_test(thrift_lowers_growth_and_profit_for_good),
      cmocka_unit_test(capitalists_earn_what_they_spend),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
