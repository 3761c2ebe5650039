/* Derived parameters, explicit and in circles, and first values. */
#include "written.h"

static void constants_follow_parameters(void **state) {
  (void)state;
  written w = open_text("parameters = { p = 3.0; };\n",
                        "b = a + 1\na = p^2\nliteral = 2*3\ninit x = b\nx' = -b*x + literal\nc = x");
  assert_int_equal(variable_named(&w, "a")->kind, REGIME_CONSTANT);
  assert_int_equal(variable_named(&w, "c")->kind, REGIME_AUXILIARY);
  assert_int_equal(variable_named(&w, "x")->kind, REGIME_STATE);
  assert_int_equal(regime_model_about(w.model)->n_constants, 3);
  assert_close(w.y[0], 10.0, 0.0);
  assert_ok(regime_instance_set(w.context, w.instance, "p", 4.0));
  assert_ok(w.system->start(w.system->self, 0.0, w.y));
  assert_close(w.y[0], 17.0, 0.0);
  drop(&w);
}

/* x*y = p, x - y = 1: x = (1 + sqrt(1 + 4p))/2. */
static void a_circle_of_constants_is_solved(void **state) {
  (void)state;
  written w = open_text(
      "parameters = { p = 6.0; };\n",
      "before = p/2\nx = p/y\ny = x - 1\nafter = x + y + before\ninit x = before\ninit s = after\ns' = -s*x");
  assert_close(value_of(&w, "x"), 3.0, 1e-12);
  assert_close(value_of(&w, "y"), 2.0, 1e-12);
  assert_close(w.y[0], 8.0, 1e-12);
  assert_ok(regime_instance_set(w.context, w.instance, "p", 20.0));
  assert_ok(w.system->start(w.system->self, 0.0, w.y));
  assert_close(value_of(&w, "x"), 5.0, 1e-12);
  drop(&w);
}

/* Which of two solutions is found is the guess's affair; a second block may use the first. */
static void guesses_choose_and_blocks_follow_each_other(void **state) {
  (void)state;
  written w = open_text(
      "sets = { c = { members = [\"A\", \"B\"]; index = [\"i\"]; }; };\n"
      "parameters = { g = { over = \"c\"; values = { A = 1.0; B = -1.0; }; }; };\n",
      "init r[i] = g[i]\nr[i] = (r[i] + 4/r[i])/2\n"
      "init q = r[A] + 1\nq = q - (q^2 - 9 + 0*r[B])/6 + 0*sum(i, r[i])\ninit x = 1\nx' = q*r[A]*r[B]*x");
  assert_close(entry_of(&w, "r", 0), 2.0, 1e-12);
  assert_close(entry_of(&w, "r", 1), -2.0, 1e-12);
  assert_close(value_of(&w, "q"), 3.0, 1e-12);
  drop(&w);
}

static void a_circle_without_solution_says_which(void **state) {
  (void)state;
  written w;
  assert_ok(load_text(&w, "parameters = { p = -1.0; };\n", "a = a^2 + a - p\ninit x = a\nx' = x"));
  assert_ok(regime_instance_create(w.context, w.model, NULL, &w.instance));
  w.system = regime_instance_system(w.instance);
  assert_int_not_equal(w.system->start(w.system->self, 0.0, w.y), REGIME_OK);
  assert_non_null(strstr(regime_diagnostic_at(w.context, 0)->message, "around `a`"));
  drop(&w);
}

static void a_circle_that_holds_everywhere_is_refused(void **state) {
  (void)state;
  written w;
  assert_ok(load_text(&w, "", "a = b + 1\nb = a - 1\ninit x = a\nx' = x"));
  assert_ok(regime_instance_create(w.context, w.model, NULL, &w.instance));
  w.system = regime_instance_system(w.instance);
  assert_int_equal(w.system->start(w.system->self, 0.0, w.y), REGIME_NO_CONVERGENCE);
  assert_non_null(strstr(regime_diagnostic_at(w.context, 0)->message, "does not determine them"));
  drop(&w);
}

static void constants_are_solved_again_when_a_change_comes(void **state) {
  (void)state;
  written w;
  assert_ok(load_text(&w,
                      "parameters = { p = 4.0; };\nscenarios = { s = { changes = ({ at = 3.0; set = { p = "
                      "9.0; }; }); }; };\n",
                      "r = (r + p/r)/2\ninit x = r\nx' = r + 0*x"));
  start(&w, "s", 0.0);
  assert_close(rate_of(&w, "x", 0), 2.0, 1e-12);
  w.system->pass_date(w.system->self, 3.0, w.y);
  assert_close(rate_of(&w, "x", 0), 3.0, 1e-12);
  drop(&w);
}

/* A change after which a circle has no solution leaves no value to go on with; why is said once. */
static void a_change_may_leave_no_solution(void **state) {
  (void)state;
  written w;
  double dy[1];
  assert_ok(load_text(
      &w,
      "parameters = { p = 4.0; };\nscenarios = { s = { changes = ({ at = 3.0; set = { p = -9.0; }; }); "
      "}; };\n",
      "r = (r + p/r)/2\ninit x = r\nx' = r + 0*x"));
  start(&w, "s", 0.0);
  w.system->pass_date(w.system->self, 3.0, w.y);
  assert_int_equal(w.system->rate(w.system->self, 3.0, w.y, dy), 1);
  w.system->explain(w.system->self, 3.0, w.y, w.context);
  assert_int_equal(regime_diagnostic_count(w.context), 1);
  assert_non_null(strstr(regime_diagnostic_at(w.context, 0)->message, "around `r`"));
  drop(&w);
}

/* Inits may stand in any order and speak of auxiliaries, rates, paths and time as they are at the start. */
static void inits_need_no_order(void **state) {
  (void)state;
  written w;
  assert_ok(load_text(
      &w, "parameters = { p = 2.0; };\npaths = { oil = { points = ([0.0, 1.0], [10.0, 11.0]); }; };\n",
      "init z = y + ratio + oil + t + x'\ninit y = 3*x\ninit x = p\nratio = y/x\nx' = y\ny' = 0*z\nz' = "
      "oil'"));
  start(&w, NULL, 1.0);
  assert_close(w.y[0], 2.0, 0.0);
  assert_close(w.y[1], 6.0, 0.0);
  assert_close(w.y[2], 6.0 + 3.0 + 2.0 + 1.0 + 6.0, 0.0);
  assert_close(rate_of(&w, "z", 0), 1.0, 1e-15);
  drop(&w);
}

static void an_idle_init_is_a_warning(void **state) {
  (void)state;
  written w;
  assert_ok(load_text(&w, "", "init x = 1\nx' = a\na = 2*x\ninit a = 5"));
  assert_int_equal(regime_diagnostic_count(w.context), 1);
  assert_non_null(strstr(regime_diagnostic_at(w.context, 0)->message, "`a`"));
  drop(&w);
}

static void circles_are_refused_by_name(void **state) {
  (void)state;
  assert_refused("", "init x = 1\nx' = a\na = b'\nb = a*x", "rates of change of rates of change without end");
  assert_refused("", "init x = y\nx' = 1\ninit y = x - 1\ny' = 1\n", "`init x` needs `init y`");
  assert_refused("", "a = a/2 + 1\ninit a = x\ninit x = 1\nx' = a",
                 "the first guess of `a` depends on what is not known");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(constants_follow_parameters),
      cmocka_unit_test(a_circle_of_constants_is_solved),
      cmocka_unit_test(guesses_choose_and_blocks_follow_each_other),
      cmocka_unit_test(a_circle_without_solution_says_which),
      cmocka_unit_test(a_circle_that_holds_everywhere_is_refused),
      cmocka_unit_test(constants_are_solved_again_when_a_change_comes),
      cmocka_unit_test(a_change_may_leave_no_solution),
      cmocka_unit_test(inits_need_no_order),
      cmocka_unit_test(an_idle_init_is_a_warning),
      cmocka_unit_test(circles_are_refused_by_name),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
