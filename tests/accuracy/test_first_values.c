/* First values that need simultaneous blocks, against what they are when solved by hand. */
#include "support/models.h"

#define CONTINUOUS "model = { name = \"m\"; time = \"continuous\"; };\n"

/* The value of a variable at the start. */
static double first(shelf *s, const char *name) { return value_at(run_of(s, "baseline"), name, 0.0); }

static void assert_first(const char *text, const char *name, double expected) {
  shelf s;
  open_written(&s, text);
  assert_close(first(&s, name), expected, 1e-12);
  assert_int_equal(regime_diagnostic_count(s.context), 0);
  close_shelf(&s);
}

/* C = 0.6 Y and Y = C + 20: Y = 50. */
static void a_block_may_come_before_the_first_value(void **state) {
  (void)state;
  assert_first(CONTINUOUS "equations = \"Y = C + 20*cos(t)\nC = 0.6*Y\ninit K = 3*Y\nK' = -0.1*K\";\n", "K",
               150.0);
}

/* 0.4 Y = 0.1*3*Y + 10: Y = 100. */
static void a_block_may_need_the_first_value_that_needs_it(void **state) {
  (void)state;
  const char *text = CONTINUOUS "parameters = { G = 10.0; };\n"
                                "equations = \"Y = C + 0.1*K + G\nC = 0.6*Y\ninit K = 3*Y\nK' = -0.1*K\";\n";
  assert_first(text, "K", 300.0);
  assert_first(text, "Y", 100.0);
}

/* No circle at any later instant: Y = 0.1 K + 14, and K = 3 Y at the start. */
static void an_equation_may_make_a_circle_at_the_start_only(void **state) {
  (void)state;
  assert_first(CONTINUOUS "equations = \"Y = 0.1*K + 14\ninit K = 3*Y\nK' = -0.1*K\";\n", "K", 60.0);
}

/* Growth is steady from the start: K' = 0.03 K. With K' = 0.2 Y - 0.05 K and Y = 4 L^0.5 K^0.5, L = 1:
 * K = (0.8/0.08)^2 = 100. */
static void a_rate_may_be_demanded_at_the_start(void **state) {
  (void)state;
  const char *text =
      CONTINUOUS "equations = \"Y = 4*sqrt(K)\ninit K = 0.2*Y/(growth + 0.05)\ngrowth = (K' + 0.03*K)/(2*K)\n"
                 "K' = 0.2*Y - 0.05*K\";\n";
  assert_first(text, "K", 100.0);
  assert_first(text, "growth", 0.03);
}

/* z^2 - 3 z + 2 = 0 has the roots 1 and 2: the first value and the path begin on the same one. */
static void the_first_guess_decides_between_solutions(void **state) {
  (void)state;
#define ROOTS(guess)                                                                                         \
  CONTINUOUS "equations = \"init z = " guess "\nz = (z^2 + a)/3\ninit a = 2\na' = 0*a\ninit k = z + 1\n"     \
             "k' = z - k\";\n"
  assert_first(ROOTS("5"), "k", 3.0);
  assert_first(ROOTS("5"), "z", 2.0);
  assert_first(ROOTS("0"), "k", 2.0);
  assert_first(ROOTS("0"), "z", 1.0);
#undef ROOTS
}

/* Blocks follow each other, each over the members of a set; the sum of shares is what the last one needs. */
static void blocks_at_the_start_follow_each_other(void **state) {
  (void)state;
  assert_first(CONTINUOUS "sets = { c = { members = [\"A\", \"B\"]; index = [\"i\", \"j\"]; }; };\n"
                          "equations = \"Y[i] = 0.5*Y[i] + 0.25*sum(j != i, Y[j]) + W[i]/10 + 1\n"
                          "init W[i] = 2*Y[i]\nW[i]' = -W[i]\n"
                          "total = sum(i, W[i])\nX = 0.5*X + D/4 + total\ninit D = X\nD' = -D\";\n",
               "D", 320.0);
}

/* In every run anew, from the parameters in force. */
static void each_run_solves_for_its_own(void **state) {
  (void)state;
  shelf s;
  open_written(&s, CONTINUOUS "parameters = { G = 10.0; };\n"
                              "scenarios = { more = { set = { G = 20.0; }; }; };\n"
                              "equations = \"Y = C + 0.1*K + G\nC = 0.6*Y\ninit K = 3*Y\nK' = -0.1*K\";\n");
  assert_close(value_at(run_of(&s, "more"), "K", 0.0), 600.0, 1e-12);
  assert_close(value_at(run_of(&s, "baseline"), "K", 0.0), 300.0, 1e-12);
  close_shelf(&s);
}

/* K = 30 G at the start, so dK/dG is 30. */
static void first_values_answer_to_parameters(void **state) {
  (void)state;
  shelf s;
  regime_instance *instance;
  open_written(&s, CONTINUOUS "parameters = { G = 10.0; };\n"
                              "equations = \"Y = C + 0.1*K + G\nC = 0.6*Y\ninit K = 3*Y\nK' = -0.1*K\";\n");
  assert_ok(regime_instance_create(s.context, s.model, NULL, &instance));
  const regime_system *system = regime_instance_system(instance);
  double y[8], dy[8];
  assert_ok(system->aim(system->self, 1, (size_t[]){0}));
  assert_ok(system->start(system->self, 0.0, y));
  assert_int_equal(system->start_tangent(system->self, 0.0, dy), 0);
  assert_close(dy[0], 30.0, 1e-12);
  regime_instance_free(instance);
  close_shelf(&s);
}

/* ---- what has none ---- */

static void assert_fails(const char *text, regime_status expected, const char *message) {
  shelf s;
  regime_run *run = NULL;
  const regime_run_options options = REGIME_RUN_DEFAULTS;
  open_written(&s, text);
  assert_int_equal(regime_run_compute(s.context, s.model, &options, &run), expected);
  assert_int_equal(regime_diagnostic_count(s.context), 1);
  assert_string_equal(regime_diagnostic_at(s.context, 0)->message, message);
  close_shelf(&s);
}

/* Singular for every a, which only a run knows. */
static void a_circle_that_determines_nothing_is_refused(void **state) {
  (void)state;
  assert_fails(CONTINUOUS "parameters = { a = 3.0; };\nequations = \"init K = a*Y\nK' = -K\nY = K/a\";\n",
               REGIME_NO_CONVERGENCE,
               "the equations of `Y` (line 5), `init K` (line 3) go in a circle that holds, but does not "
               "determine them: their Jacobian is singular");
}

static void a_circle_without_solution_says_where_it_is_off(void **state) {
  (void)state;
  assert_fails(CONTINUOUS "equations = \"init K = exp(Y)\nK' = -K\nY = K\";\n", REGIME_NO_CONVERGENCE,
               "no solution of the circle of 2 equations around `init K`: after 9 steps it is off by "
               "0.5321807565097434 at 0.46781605238742974");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_block_may_come_before_the_first_value),
      cmocka_unit_test(a_block_may_need_the_first_value_that_needs_it),
      cmocka_unit_test(an_equation_may_make_a_circle_at_the_start_only),
      cmocka_unit_test(a_rate_may_be_demanded_at_the_start),
      cmocka_unit_test(the_first_guess_decides_between_solutions),
      cmocka_unit_test(blocks_at_the_start_follow_each_other),
      cmocka_unit_test(each_run_solves_for_its_own),
      cmocka_unit_test(first_values_answer_to_parameters),
      cmocka_unit_test(a_circle_that_determines_nothing_is_refused),
      cmocka_unit_test(a_circle_without_solution_says_where_it_is_off),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
