/* Simultaneous blocks in continuous time against what they come to when solved by hand; and flows against
 * their twins in discrete time. */
#include "solve/reduce.h"
#include "support/models.h"

#define CONTINUOUS "model = { name = \"m\"; time = \"continuous\"; };\n"

static regime_run_options precise(double to) {
  regime_run_options o = REGIME_RUN_DEFAULTS;
  o.to = to;
  o.every = 0.25;
  o.rtol = 1e-11;
  o.atol = 1e-13;
  return o;
}

/* Two models share their variables: their paths agree. */
static void assert_same(const char *implicit, const char *explicit, const char *name, double to,
                        double tolerance) {
  shelf a, b;
  open_written(&a, implicit);
  open_written(&b, explicit);
  assert_true(regime_model_blocks(a.model) > 0);
  assert_int_equal(regime_model_blocks(b.model), 0);
  const regime_run *one = run_with(&a, precise(to)), *other = run_with(&b, precise(to));
  for (double t = 0.0; t <= to; t += 0.25)
    assert_close(value_at(one, name, t), value_at(other, name, t), tolerance);
  close_shelf(&a);
  close_shelf(&b);
}

static void a_nonlinear_block_has_its_solution(void **state) {
  (void)state;
  assert_same(CONTINUOUS "equations = \"init k = 2\nk' = -z\nz = k + k^3 - z^3\";\n",
              CONTINUOUS "equations = \"init k = 2\nk' = -z\nz = k\";\n", "z", 4.0, 1e-8);
}

static void a_linear_block_has_its_solution(void **state) {
  (void)state;
  assert_same(
      CONTINUOUS "equations = \"init K = 1\nY = C + I + 0.2*K\nC = 0.6*(Y - T)\nT = 0.25*Y\nI = 0.1*Y\n"
                 "K' = I - 0.05*K\";\n",
      CONTINUOUS "equations = \"init K = 1\nY = 0.2*K/(1 - 0.45 - 0.1)\nI = 0.1*Y\nK' = I - 0.05*K\";\n", "K",
      20.0, 1e-9);
}

static void rates_may_need_each_other(void **state) {
  (void)state;
  assert_same(CONTINUOUS "equations = \"init x = 1\ninit y = 2\nx' = -x + 0.5*y'\ny' = -y - 0.3*x'\";\n",
              CONTINUOUS
              "equations = \"init x = 1\ninit y = 2\nx' = (-x - 0.5*y)/1.15\ny' = (-y + 0.3*x)/1.15\";\n",
              "y", 6.0, 1e-8);
}

/* z' inside a block: w = z' where z = k + 0.3 u and u = z/2, so z = k/0.85. */
static void a_block_has_rates_of_change(void **state) {
  (void)state;
  assert_same(CONTINUOUS "equations = \"init k = 1\nk' = -k\nz = k + 0.3*u\nu = z/2\nw = z' + u'\";\n",
              CONTINUOUS "equations = \"init k = 1\nk' = -k\nw = -1.5*k/0.85\";\n", "w", 4.0, 1e-9);
}

/* Investment is held back by what can be produced: the switch turns inside the block. */
static void switches_turn_inside_a_block(void **state) {
  (void)state;
  assert_same(
      CONTINUOUS "equations = \"init a = 0\na' = 1\nY = C + a\nC = min(0.5*Y, 2)\ninit s = 0\ns' = Y\";\n",
      CONTINUOUS "equations = \"init a = 0\na' = 1\nY = if(a < 2, 2*a, a + 2)\ninit s = 0\ns' = Y\";\n", "s",
      5.0, 1e-8);
}

/* Blocks, explicit steps between them, and a block that follows another. */
#define TANGLE                                                                                               \
  CONTINUOUS                                                                                                 \
  "equations = \"init k = 1\ninit l = 0.5\ninit m = 2\nz = exp(-z*k) + 0.1*w\nw = 0.3*z + sin(l)*w/4\n"      \
  "f = z*w + m\ng = 0.2*h + f^2\nh = 0.1*g + l\nk' = -k*z + g/10\nl' = -l + w*m'\nm' = f - m + "             \
  "0.1*l'\";\n"

static void the_jacobian_is_that_of_the_implicit_function(void **state) {
  (void)state;
  shelf s;
  regime_instance *instance;
  rg_reduced *reduced;
  open_written(&s, TANGLE);
  assert_ok(regime_instance_create(s.context, s.model, NULL, &instance));
  assert_ok(rg_reduced_create(regime_instance_system(instance), &reduced));
  const regime_system *system = rg_reduced_system(reduced);
  double y[3], values[9], up[3], down[3], matrix[3][3] = {{0}};
  assert_ok(system->start(system->self, 0.0, y));
  assert_int_equal(system->jacobian(system->self, 0.0, y, values), 0);
  for (size_t j = 0; j < 3; j++)
    for (size_t k = system->jacobian_column[j]; k < system->jacobian_column[j + 1]; k++)
      matrix[system->jacobian_row[k]][j] = values[k];
  for (size_t j = 0; j < 3; j++) {
    const double here = y[j], h = 1e-5;
    y[j] = here + h;
    assert_int_equal(system->rate(system->self, 0.0, y, up), 0);
    y[j] = here - h;
    assert_int_equal(system->rate(system->self, 0.0, y, down), 0);
    y[j] = here;
    for (size_t i = 0; i < 3; i++) assert_close(matrix[i][j], (up[i] - down[i]) / (2.0 * h), 1e-8);
  }
  rg_reduced_free(reduced);
  regime_instance_free(instance);
  close_shelf(&s);
}

/* z^2 + z = 1 - t has no solution after t = 5/4, where two meet. */
static void a_flow_ends_where_its_block_does(void **state) {
  (void)state;
  shelf s;
  open_written(&s, CONTINUOUS "equations = \"init a = 1\na' = -1\nz = a - z^2\ninit s = 0\ns' = z\";\n");
  const regime_run *run = run_with(&s, precise(5.0));
  const regime_path *path = regime_run_path(run);
  assert_int_equal(regime_path_outcome(path), REGIME_NO_SOLUTION);
  assert_close(regime_path_end(path), 1.25, 1e-6);
  assert_int_equal(regime_path_unsolved(path), 1);
  assert_close(regime_path_unsolved_at(path, 0).value, -0.5, 1e-3);
  assert_non_null(strstr(regime_diagnostic_at(s.context, 0)->message, "equations around `z`"));
  close_shelf(&s);
}

/* ---- twins ---- */

static double twin(shelf *s, const char *name, double to, regime_rule rule, double step) {
  regime_run_options o = REGIME_RUN_DEFAULTS;
  o.to = to;
  o.every = to;
  o.step = step;
  o.rule = rule;
  const regime_run *run = run_with(s, o);
  return regime_path_values(regime_run_path(run),
                            regime_path_points(regime_run_path(run)) - 1)[output_of(run, name)];
}

/* Errors at two steps against the flow, as an order. */
static double order_of(shelf *s, const char *name, double from, double span, regime_rule rule, double step) {
  regime_run_options o = precise(from + span);
  o.every = span;
  const regime_run *flow = run_with(s, o);
  const double exact = value_at(flow, name, from + span);
  const double coarse = twin(s, name, from + span, rule, step) - exact;
  const double fine = twin(s, name, from + span, rule, step / 2.0) - exact;
  return log2(fabs(coarse / fine));
}

static void goodwin_converges_to_his_cycle(void **state) {
  (void)state;
  shelf s;
  open_shelf(&s, "models/textbook/goodwin/goodwin.cfg");
  assert_close(order_of(&s, "u", 0.0, 20.0, REGIME_EULER, 1.0 / 64.0), 1.0, 0.05);
  assert_close(order_of(&s, "u", 0.0, 20.0, REGIME_MIDPOINT, 1.0 / 4.0), 2.0, 0.05);
  close_shelf(&s);
}

static void the_crisis_converges_to_its_path(void **state) {
  (void)state;
  shelf s;
  open_shelf(&s, "models/crisis/crisis.cfg");
  const double from = regime_model_about(s.model)->from;
  assert_close(order_of(&s, "Y[US]", from, 5.0, REGIME_EULER, 1.0 / 64.0), 1.0, 0.1);
  assert_close(order_of(&s, "Y[US]", from, 5.0, REGIME_MIDPOINT, 1.0 / 8.0), 2.0, 0.1);
  close_shelf(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_nonlinear_block_has_its_solution),
      cmocka_unit_test(a_linear_block_has_its_solution),
      cmocka_unit_test(rates_may_need_each_other),
      cmocka_unit_test(a_block_has_rates_of_change),
      cmocka_unit_test(switches_turn_inside_a_block),
      cmocka_unit_test(the_jacobian_is_that_of_the_implicit_function),
      cmocka_unit_test(a_flow_ends_where_its_block_does),
      cmocka_unit_test(goodwin_converges_to_his_cycle),
      cmocka_unit_test(the_crisis_converges_to_its_path),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
