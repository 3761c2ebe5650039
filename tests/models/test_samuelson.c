/* Multiplier and accelerator: Samuelson's tables, the roots, and the four regions. */
#include "support/runs.h"

static shelf s;

static int set_up(void **state) {
  (void)state;
  open_shelf(&s, "models/textbook/samuelson/samuelson.cfg");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  close_shelf(&s);
  return 0;
}

static void the_baseline_is_table_one(void **state) {
  (void)state;
  static const double income[] = {1.0, 2.0, 2.5, 2.5, 2.25, 2.0, 1.875, 1.875, 1.9375};
  const regime_run *run = run_of(&s, "baseline");
  for (size_t t = 1; t <= 9; t++) assert_close(value_at(run, "Y", (double)t), income[t - 1], 1e-12);
  assert_close(value_at(run, "I", 2.0), 0.5, 1e-12);
  assert_close(value_at(run, "C", 4.0), 1.25, 1e-12);
}

/* The first years of the four columns of Table 2, but for the misprint 169.84 in the last. */
static void the_other_columns_are_table_two(void **state) {
  (void)state;
  static const struct {
    const char *scenario;
    double income[5];
  } columns[] = {{"multiplier", {1.0, 1.5, 1.75, 1.875, 1.9375}},
                 {"endless", {1.0, 2.5, 3.75, 4.125, 3.4375}},
                 {"widening", {1.0, 2.8, 4.84, 6.352, 6.6256}},
                 {"explosive", {1.0, 5.0, 17.8, 56.2, 168.84}}};
  for (size_t k = 0; k < 4; k++)
    for (size_t t = 0; t < 5; t++)
      assert_close(value_at(run_of(&s, columns[k].scenario), "Y", (double)t + 1.0), columns[k].income[t],
                   1e-12);
}

/* c = .4, b = 2: roots .6 +- .663325 i, so Y - Y* = rho^t (A cos wt + B sin wt) with period 7.520433. */
static void a_damped_cycle_is_its_closed_form(void **state) {
  (void)state;
  const double rho = sqrt(0.8), w = atan2(sqrt(0.44), 0.6), rest = 1.0 / 0.6;
  assert_close(2.0 * acos(-1.0) / w, 7.520433, 1e-6);
  const regime_run *run = run_of(&s, "damped");
  const double y1 = 1.0 - rest, y2 = 1.0 + 0.4 * 3.0 - rest; /* the first two years */
  const double b = (y2 * cos(w) / rho - y1 * cos(2.0 * w)) / (rho * sin(w));
  const double a = (y1 / rho - b * sin(w)) / cos(w);
  for (double t = 1.0; t <= 40.0; t += 1.0)
    assert_close(value_at(run, "Y", t), rest + pow(rho, t) * (a * cos(w * t) + b * sin(w * t)), 1e-12);
}

/* c = .8, b = .3: roots .694356 and .345644; the larger decides how fast income comes to rest. */
static void two_real_roots_creep_at_the_larger(void **state) {
  (void)state;
  regime_run_options options = REGIME_RUN_DEFAULTS;
  const regime_setting settings[] = {{"c", 0.8}, {"b", 0.3}};
  options.settings = settings;
  options.n_settings = 2;
  const regime_run *run = run_with(&s, options);
  assert_close(value_at(run, "rest", 30.0), 5.0, 1e-12);
  const double now = value_at(run, "Y", 30.0) - 5.0, before = value_at(run, "Y", 29.0) - 5.0;
  assert_close(now / before, 0.694356, 1e-6);
  assert_close(value_at(run, "modulus", 30.0), 0.694356, 1e-6);
}

static void a_pulse_dies_or_lives_by_the_modulus(void **state) {
  (void)state;
  assert_close(value_at(run_of(&s, "pulse"), "Y", 20.0), value_at(run_of(&s, "baseline"), "Y", 20.0) + 1.0,
               1e-12);
  assert_close(value_at(run_of(&s, "pulse"), "Y", 40.0), 2.0, 2e-3);
  assert_close(value_at(run_of(&s, "endless"), "modulus", 1.0), 1.0, 1e-12);
  assert_true(value_at(run_of(&s, "widening"), "modulus", 1.0) > 1.0);
  assert_true(value_at(run_of(&s, "creeping"), "modulus", 1.0) < 1.0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_baseline_is_table_one),
      cmocka_unit_test(the_other_columns_are_table_two),
      cmocka_unit_test(a_damped_cycle_is_its_closed_form),
      cmocka_unit_test(two_real_roots_creep_at_the_larger),
      cmocka_unit_test(a_pulse_dies_or_lives_by_the_modulus),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
