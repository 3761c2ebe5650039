/* A system without the states that drift: the rest of it, as if they had never been written down. */
#include "analysis/without.h"
#include "support/check.h"
#include <regime/branch.h>
#include <regime/steady.h>

/* x' = a*x - x^3 between two clocks: c' = 1, and e' = x, which nothing looks at. */
static double a = 1.0;

static regime_status start(void *self, double t, double *y) {
  (void)self;
  (void)t;
  y[0] = 0.0;
  y[1] = 0.5;
  y[2] = 7.0;
  return REGIME_OK;
}

static int rate(void *self, double t, const double *y, double *dy) {
  (void)self;
  (void)t;
  dy[0] = 1.0;
  dy[1] = a * y[1] - y[1] * y[1] * y[1];
  dy[2] = y[1];
  return 0;
}

static const size_t column[] = {0, 0, 2, 2}, row[] = {1, 2};

static int jacobian(void *self, double t, const double *y, double *values) {
  (void)self;
  (void)t;
  values[0] = a - 3.0 * y[1] * y[1];
  values[1] = 1.0;
  return 0;
}

static void observe(void *self, double t, const double *y, double *out) {
  (void)self;
  (void)t;
  out[0] = y[1] + 100.0 * y[2];
}

static double parameter(void *self, size_t k) {
  (void)self;
  (void)k;
  return a;
}

static int set_parameter(void *self, size_t k, double value) {
  (void)self;
  (void)k;
  a = value;
  return 0;
}

static regime_system clocks(void) {
  a = 1.0;
  return (regime_system){.n_states = 3,
                         .n_outputs = 1,
                         .n_parameters = 1,
                         .jacobian_column = column,
                         .jacobian_row = row,
                         .start = start,
                         .rate = rate,
                         .jacobian = jacobian,
                         .observe = observe,
                         .parameter = parameter,
                         .set_parameter = set_parameter};
}

static const bool leaves_out[] = {true, false, true};

static void what_is_left_is_one_equation(void **state) {
  (void)state;
  regime_system whole = clocks();
  rg_without *without;
  assert_ok(rg_without_create(&whole, leaves_out, &without));
  regime_system *s = rg_without_system(without);
  double y, dy, value, out;
  assert_int_equal(s->n_states, 1);
  assert_int_equal(rg_without_kept(without)[0], 1);
  assert_int_equal(s->jacobian_column[1], 1);
  assert_int_equal(s->jacobian_row[0], 0);
  assert_ok(s->start(s->self, 0.0, &y));
  assert_close(y, 0.5, 0.0);
  assert_int_equal(s->rate(s->self, 0.0, &y, &dy), 0);
  assert_close(dy, 0.375, 1e-15);
  assert_int_equal(s->jacobian(s->self, 0.0, &y, &value), 0);
  assert_close(value, 0.25, 1e-15);
  y = 2.0;
  s->observe(s->self, 0.0, &y, &out);
  assert_close(out, 702.0, 1e-12); /* the clock stays where the system starts */
  assert_null(s->crossing);
  assert_null(s->taylor);
  rg_without_free(without);
}

static void it_has_branches(void **state) {
  (void)state;
  regime_system whole = clocks();
  regime_context *context;
  rg_without *without;
  regime_diagram *diagram = NULL;
  assert_ok(regime_context_create(&context));
  assert_ok(rg_without_create(&whole, leaves_out, &without));
  const double at = 0.0, low = -3.0, high = 3.0;
  regime_branch_options o = regime_branch_defaults();
  o.parameter = 0;
  o.from = -1.0;
  o.to = 1.0;
  o.start = &at;
  o.n_starts = 1;
  o.low = &low;
  o.high = &high;
  assert_ok(regime_branch_follow(context, rg_without_system(without), &o, &diagram));
  assert_int_equal(regime_diagram_specials(diagram), 1);
  assert_int_equal(regime_diagram_special(diagram, 0)->type, REGIME_POINT_PITCHFORK);
  assert_close(regime_diagram_special(diagram, 0)->parameter, 0.0, 1e-8);
  regime_diagram_free(diagram);
  rg_without_free(without);
  regime_context_free(context);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_left_is_one_equation),
      cmocka_unit_test(it_has_branches),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
