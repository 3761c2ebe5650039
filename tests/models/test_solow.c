/* Solow with Cobb-Douglas: the whole path in closed form, the speed measured on it, the golden rule. */
#include "support/runs.h"

static const double a = 1.0 / 3.0, n = 0.01, g = 0.02, delta = 0.05, b = 0.08;
static shelf s;

static int set_up(void **state) {
  (void)state;
  open_shelf(&s, "models/textbook/solow/solow.cfg");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  close_shelf(&s);
  return 0;
}

static double k_star(double saving) { return pow(saving / b, 1.0 / (1.0 - a)); }

/* Capital over output obeys a linear equation: x(t) = s/b + (x(0) - s/b) exp(-(1 - a) b t). */
static void assert_path(const char *scenario, double saving, double k0) {
  const regime_run *run = run_of(&s, scenario);
  const double x0 = pow(k0, 1.0 - a), rest = saving / b;
  for (double t = 0.0; t <= 200.0; t += 5.0) {
    const double x = rest + (x0 - rest) * exp(-(1.0 - a) * b * t);
    assert_close(value_at(run, "ratio", t), x, 1e-6);
    assert_close(value_at(run, "k", t), pow(x, 1.0 / (1.0 - a)), 1e-6);
  }
}

static void the_path_is_the_closed_form(void **state) {
  (void)state;
  assert_path("baseline", 0.2, 1.0);
  assert_path("rich", 0.2, 12.0);
  assert_path("golden", a, 1.0);
  assert_path("wasteful", 0.5, 1.0);
}

/* How fast ln k closes on ln k*, from two points of the path near rest. */
static void convergence_has_the_speed_of_theory(void **state) {
  (void)state;
  const regime_run *run = run_of(&s, "rich");
  const double rest = log(k_star(0.2));
  const double early = log(value_at(run, "k", 90.0)) - rest, late = log(value_at(run, "k", 110.0)) - rest;
  const double speed = log(early / late) / 20.0;
  print_message("speed of convergence %.5f (theory %.5f)\n", speed, (1.0 - a) * (n + g + delta));
  assert_close(value_at(run, "speed", 0.0), (1.0 - a) * b, 1e-12);
  assert_close(value_at(run, "k_star", 0.0), k_star(0.2), 1e-12);
  assert_close(value_at(run, "k_gold", 0.0), k_star(a), 1e-12);
  assert_true(fabs(speed / ((1.0 - a) * (n + g + delta)) - 1.0) < 0.01);
}

static void saving_moves_the_level_for_good_and_growth_for_a_while(void **state) {
  (void)state;
  const regime_run *run = run_of(&s, "thrift");
  const double later = value_at(run, "y", 200.0) / value_at(run, "y", 50.0);
  assert_close(value_at(run, "growth", 49.0), g, 1e-7);
  assert_true(value_at(run, "growth", 51.0) > g + 0.005);
  assert_true(fabs(value_at(run, "growth", 200.0) - g) < 2e-5);
  assert_close(later, pow(0.25 / 0.2, a / (1.0 - a)), 1e-3);
}

static double consumption_at_rest(double saving) { return (1.0 - saving) * pow(k_star(saving), a); }

static void consumption_is_highest_where_saving_is_profits(void **state) {
  (void)state;
  const double golden = value_at(run_of(&s, "golden"), "c", 200.0);
  assert_close(golden, consumption_at_rest(a), 1e-4);
  assert_true(golden > value_at(run_of(&s, "baseline"), "c", 200.0));
  assert_true(golden > value_at(run_of(&s, "wasteful"), "c", 200.0));
  assert_true(consumption_at_rest(a) > consumption_at_rest(a + 0.01));
  assert_true(consumption_at_rest(a) > consumption_at_rest(a - 0.01));
  assert_close(value_at(run_of(&s, "golden"), "profit", 200.0), n + g, 1e-5); /* Phelps: r = n + g */
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_path_is_the_closed_form),
      cmocka_unit_test(convergence_has_the_speed_of_theory),
      cmocka_unit_test(saving_moves_the_level_for_good_and_growth_for_a_while),
      cmocka_unit_test(consumption_is_highest_where_saving_is_profits),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
