/* Dated switches, root switches, and on which side they are. */
#include "written.h"

static double next(written *w, double t) { return w->system->next_date(w->system->self, t); }
static void pass(written *w, double t) {
  w->system->pass_date(w->system->self, t, w->y);
  w->t = t;
}

/* Time against parameters is a date, to the last bit; states are roots; parameters alone neither. */
static void switches_are_sorted_by_what_moves_them(void **state) {
  (void)state;
  written w =
      open_text("parameters = { when = 3.7; high = 2.0; };\nmodes = { on = 0.0; };\n",
                "init x = 1\nx' = step(when) + if(high > 1, 1, 0) + max(0, x - 2) + if(on > 0.5, 3, 0)\n"
                "only_seen = abs(x - 1)");
  assert_int_equal(regime_model_about(w.model)->n_dates, 3);
  assert_int_equal(w.system->n_switches, 1);
  assert_true(next(&w, 0.0) == 3.7);
  assert_true(next(&w, 3.7) == INFINITY);
  assert_close(rate_of(&w, "x", 0), 1.0, 0.0);
  pass(&w, 3.7);
  assert_close(rate_of(&w, "x", 0), 2.0, 0.0);
  drop(&w);
}

/* Held until its date, even where the integrator asks beyond it. */
static void a_dated_switch_is_held_until_its_date(void **state) {
  (void)state;
  written w = open_text("", "init x = 0\nx' = if(t >= 2, 1, 0) + 10*ramp(2, 4)");
  w.t = 3.0;
  assert_close(rate_of(&w, "x", 0), 0.0, 0.0);
  pass(&w, 2.0);
  assert_close(rate_of(&w, "x", 0), 1.0, 0.0);
  w.t = 3.0;
  assert_close(rate_of(&w, "x", 0), 6.0, 1e-15);
  assert_true(next(&w, 2.0) == 4.0);
  pass(&w, 4.0);
  w.t = 7.0;
  assert_close(rate_of(&w, "x", 0), 11.0, 0.0);
  drop(&w);
}

/* From the date on the side after it holds, also when the run starts there. */
static void a_run_may_start_at_a_date_or_after(void **state) {
  (void)state;
  written w;
  assert_ok(load_text(&w, "", "init x = step(2)\nx' = step(2)"));
  start(&w, NULL, 2.0);
  assert_close(rate_of(&w, "x", 0), 1.0, 0.0);
  assert_close(w.y[0], 1.0, 0.0);
  assert_true(next(&w, 2.0) == INFINITY);
  drop(&w);
}

/* At a date an auxiliary is on the side after it, and so is an init that needs it. */
static void an_init_is_on_the_side_of_its_date(void **state) {
  (void)state;
  written w = open_text("", "a = if(t > 0, 1, 2)\ninit x = a\nx' = -a*x");
  assert_close(value_of(&w, "a"), 1.0, 0.0);
  assert_close(w.y[0], 1.0, 0.0);
  drop(&w);
}

/* max(t - 3, 0) is itself made of a date; what is compared with it has a date that depends on that one. */
static void dates_may_depend_on_dates(void **state) {
  (void)state;
  written w =
      open_text("parameters = { late = 1.0; };\n", "init x = 0\nx' = if(max(t - 3, 0)*2 > late, 1, 0)");
  assert_int_equal(w.system->n_switches, 0);
  assert_true(next(&w, 0.0) == 3.0);
  pass(&w, 3.0);
  assert_close(next(&w, 3.0), 3.5, 1e-15);
  assert_close(rate_of(&w, "x", 0), 0.0, 0.0);
  pass(&w, next(&w, 3.0));
  assert_close(rate_of(&w, "x", 0), 1.0, 0.0);
  drop(&w);
}

/* A condition on a path made of straight lines is dated, piece by piece. */
static void a_path_crosses_a_level_at_a_date(void **state) {
  (void)state;
  written w = open_text("paths = { oil = { points = ([2.0, 1.0], [4.0, 3.0], [6.0, 1.0]); }; };\n",
                        "init x = 0\nx' = if(oil > 2.5, 1, 0)");
  assert_int_equal(w.system->n_switches, 0);
  double dates[8], t = 0.0;
  size_t n = 0;
  for (; n < 8 && (t = next(&w, t)) < INFINITY; n++) {
    dates[n] = t;
    pass(&w, t);
  }
  const double expected[] = {2.0, 3.5, 4.0, 4.5, 6.0};
  assert_int_equal(n, 5);
  for (size_t k = 0; k < n; k++) assert_close(dates[k], expected[k], 1e-14);
  drop(&w);
}

/* At zero a switch is where the flow takes it. */
static void a_switch_at_zero_goes_with_the_flow(void **state) {
  (void)state;
  written up = open_text("", "init x = 1\nx' = 1\ninit y = 0\ny' = if(x > 1, 5, 7)");
  assert_close(rate_of(&up, "y", 0), 5.0, 0.0);
  drop(&up);
  written down = open_text("", "init x = 1\nx' = -1\ninit y = 0\ny' = if(x >= 1, 5, 7)");
  assert_close(rate_of(&down, "y", 0), 7.0, 0.0);
  drop(&down);
}

static void turning_changes_the_side_and_nothing_else(void **state) {
  (void)state;
  written w = open_text("", "init x = 1\nx' = if(x > 2, 10, 20) + if(x > 3, 100, 200)");
  double g[2];
  assert_int_equal(w.system->n_switches, 2);
  assert_int_equal(w.system->crossing(w.system->self, 0.0, w.y, g), 0);
  const size_t low = g[0] > g[1] ? 0 : 1;
  assert_close(g[low], -1.0, 0.0);
  assert_close(g[1 - low], -2.0, 0.0);
  assert_close(rate_of(&w, "x", 0), 220.0, 0.0);
  w.system->turn(w.system->self, low, REGIME_UP);
  assert_close(rate_of(&w, "x", 0), 210.0, 0.0);
  w.system->turn(w.system->self, low, REGIME_DOWN);
  assert_close(rate_of(&w, "x", 0), 220.0, 0.0);
  drop(&w);
}

/* The date inside the inner switch must not keep it from being held in the function of the outer one. */
static void a_switch_within_a_switch_is_held(void **state) {
  (void)state;
  written w = open_text("", "init x = 0\ninit z = 0\nx' = 1\nz' = if(z > if(x > 3 + step(20), 5, 1), 1, 0)");
  double g[2];
  assert_int_equal(w.system->n_switches, 2);
  w.y[0] = 3.5; /* beyond the inner one, which has not turned yet */
  assert_int_equal(w.system->crossing(w.system->self, 0.0, w.y, g), 0);
  assert_close(fmax(g[0], g[1]), 0.5, 0.0);
  assert_close(fmin(g[0], g[1]), -1.0, 0.0);
  drop(&w);
}

/* Beyond its own root a guard still guards. */
static void a_guard_protects_trial_points(void **state) {
  (void)state;
  written w = open_text("", "init x = 0.1\nx' = -if(x > 0, sqrt(x), 0)");
  double dy, y = -1e-3;
  assert_int_equal(w.system->rate(w.system->self, 0.0, &y, &dy), 0);
  assert_close(dy, 0.0, 0.0);
  drop(&w);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(switches_are_sorted_by_what_moves_them),
      cmocka_unit_test(a_dated_switch_is_held_until_its_date),
      cmocka_unit_test(a_run_may_start_at_a_date_or_after),
      cmocka_unit_test(an_init_is_on_the_side_of_its_date),
      cmocka_unit_test(dates_may_depend_on_dates),
      cmocka_unit_test(a_path_crosses_a_level_at_a_date),
      cmocka_unit_test(a_switch_at_zero_goes_with_the_flow),
      cmocka_unit_test(turning_changes_the_side_and_nothing_else),
      cmocka_unit_test(a_switch_within_a_switch_is_held),
      cmocka_unit_test(a_guard_protects_trial_points),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
