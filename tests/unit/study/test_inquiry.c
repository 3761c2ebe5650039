/* A model asked by its names: equilibria, regimes, lines, branches, portraits, and what cannot be asked. */
#define TEST "study-inquiry"
#include "unit/study/written.h"
#include <regime/inquiry.h>

/* Bhaduri and Marglin (1990): u* = (g0 + g2*h)/D, D = (sw + (sp - sw)*h)/v - g1. */
static const char kalecki[] =
    "parameters = { h = 0.2; g0 = 0.02; g1 = 0.08; g2 = 0.1; sw = 0.3; sp = 0.9; v = 3.0; unused = 1.0; };\n"
    "modes = { tight = 0.0; };\n"
    "equations = \"\n"
    "  g = g0 + g1*u + g2*h + 0*unused\n"
    "  init u = 0.5\n"
    "  u' = 5*(g - (sw + (sp - sw)*h)*u/v) - tight\n"
    "\";\n"
    "variables = { u = { bounds = [0.0, 2.0]; }; };\n"
    "classify = (\n"
    "  { name = \"demand\"; response = \"du/dh\"; negative = \"wage-led demand\"; positive = \"profit-led "
    "demand\"; },\n"
    "  { name = \"growth\"; response = \"dg/dh\"; negative = \"wage-led growth\"; positive = \"profit-led "
    "growth\"; },\n"
    "  { name = \"none\"; response = \"du/dunused\"; negative = \"less\"; positive = \"more\"; } );\n";

/* Two states whose lines of rest are y = 1 + 0.5*x and x = 2 - y, and a stock that drifts. */
static const char lines[] = "equations = \"\n"
                            "  init x = 0\n  init y = 0\n  init stock = 1\n"
                            "  x' = 3*(2 - y - x)\n"
                            "  y' = 2*(1 + 0.5*x - y)\n"
                            "  stock' = 1 + x\n"
                            "\";\n"
                            "figures = ( { name = \"cross\"; kind = \"lines\"; x = \"x\"; y = \"y\"; } );\n";

/* Pitchfork at a = 0: x' = a*x - x^3, and y falls to zero. */
static const char fork[] = "parameters = { a = 1.0; };\n"
                           "equations = \"\n"
                           "  init x = 0.5\n  init y = 0.5\n"
                           "  x' = a*x - x^3\n"
                           "  y' = -y\n"
                           "\";\n"
                           "variables = { x = { bounds = [-3.0, 3.0]; }; y = { bounds = [-1.0, 1.0]; }; };\n";

/* Two members, each pulled to its own goal. */
static const char pair[] = "sets = { c = { members = [\"A\", \"B\"]; index = [\"i\"]; }; };\n"
                           "parameters = { goal = { over = \"c\"; default = 50.0; }; };\n"
                           "equations = \"\n"
                           "  init y[i] = 1\n"
                           "  y[i]' = goal[i] - y[i]\n"
                           "  world = sum(i, y[i])\n"
                           "\";\n"
                           "classify = ( { name = \"all\"; response = \"dworld/dgoal\"; negative = \"down\"; "
                           "positive = \"up\"; } );\n";

static regime_inquiry *ask_steady(written *w, const regime_law *law, const regime_steady_question *q) {
  regime_inquiry *inquiry = NULL;
  const regime_status status = regime_inquire_steady(w->context, w->model, law, q, &inquiry);
  print_findings(w->context);
  assert_ok(status);
  return inquiry;
}

static void equilibria_have_the_names_that_hold(void **state) {
  (void)state;
  written w;
  load_text(&w, kalecki);
  const regime_law law = REGIME_LAW_DEFAULTS;
  regime_inquiry *inquiry = ask_steady(&w, &law, NULL);
  double value;
  assert_int_equal(regime_steady_count(regime_inquiry_steady(inquiry)), 1);
  assert_string_equal(regime_inquiry_regime(inquiry, 0, 0, &value), "wage-led demand");
  assert_close(value, -5.0 / 9.0, 1e-9);
  assert_string_equal(regime_inquiry_regime(inquiry, 0, 1, &value), "profit-led growth");
  assert_close(value, 0.1 - 0.08 * 5.0 / 9.0, 1e-9);
  assert_string_equal(regime_inquiry_regime(inquiry, 0, 2, NULL), "");
  const regime_table *regimes = regime_inquiry_table_named(inquiry, "regimes");
  assert_int_equal(regime_table_rows(regimes), 3);
  assert_string_equal(regime_table_word(regimes, 1, 4), "profit-led growth");
  assert_null(regime_inquiry_table_named(inquiry, "responses"));
  assert_close(regime_table_number(regime_inquiry_table_named(inquiry, "equilibria"), 0, 5), 2.0 / 3.0, 1e-9);
  regime_inquiry_free(inquiry);
  close_text(&w);
}

static void responses_are_those_asked_for(void **state) {
  (void)state;
  written w;
  load_text(&w, kalecki);
  const regime_law law = REGIME_LAW_DEFAULTS;
  const regime_steady_question question = {.responses = true};
  regime_inquiry *few = ask_steady(&w, &law, NULL), *all = ask_steady(&w, &law, &question);
  assert_true(isnan(regime_inquiry_response(few, 0, 1, 1)));
  assert_close(regime_inquiry_response(all, 0, 1, (size_t)regime_inquiry_output(all, "u")), 1.0 / 0.06,
               1e-7); /* du/dg0 = 1/D */
  assert_int_equal(regime_table_rows(regime_inquiry_table_named(all, "responses")), 8 * 2);
  regime_inquiry_free(few);
  regime_inquiry_free(all);
  close_text(&w);
}

static void lines_cross_in_the_equilibrium(void **state) {
  (void)state;
  written w;
  load_text(&w, lines);
  const regime_law law = REGIME_LAW_DEFAULTS;
  regime_inquiry *inquiry = ask_steady(&w, &law, NULL);
  assert_int_equal(regime_inquiry_figures(inquiry), 1);
  const regime_lines l = regime_inquiry_lines(inquiry, 0, 0);
  assert_close(l.x, 2.0 / 3.0, 1e-10);
  assert_close(l.y, 4.0 / 3.0, 1e-10);
  assert_close(l.y_slope, 0.5, 1e-10);
  assert_close(l.x_slope, -1.0, 1e-10);
  assert_true(regime_steady_looked(regime_inquiry_steady(inquiry))->drifts[2]);
  regime_inquiry_free(inquiry);
  close_text(&w);
}

static void a_family_of_parameters_moves_as_a_whole(void **state) {
  (void)state;
  written w;
  load_text(&w, pair);
  const regime_law law = REGIME_LAW_DEFAULTS;
  regime_inquiry *inquiry = ask_steady(&w, &law, NULL);
  double value;
  assert_string_equal(regime_inquiry_regime(inquiry, 0, 0, &value), "up");
  assert_close(value, 2.0, 1e-9);
  regime_inquiry_free(inquiry);
  close_text(&w);
}

static void a_guessed_box_is_widened_and_a_given_one_is_not(void **state) {
  (void)state;
  written w;
  load_text(&w, pair);
  regime_law law = REGIME_LAW_DEFAULTS;
  regime_inquiry *inquiry = ask_steady(&w, &law, NULL);
  assert_int_equal(regime_steady_count(regime_inquiry_steady(inquiry)), 1);
  assert_true(regime_inquiry_side(inquiry, 0).is_guess);
  assert_close(regime_inquiry_side(inquiry, 0).high, 100.0, 0.0);
  regime_inquiry_free(inquiry);
  const regime_bound bound = {"y", 0.0, 10.0};
  law.bounds = &bound;
  law.n_bounds = 1;
  inquiry = ask_steady(&w, &law, NULL);
  assert_int_equal(regime_steady_count(regime_inquiry_steady(inquiry)), 0);
  assert_false(regime_inquiry_side(inquiry, 1).is_guess);
  assert_true(regime_steady_looked(regime_inquiry_steady(inquiry))->outside > 0);
  regime_inquiry_free(inquiry);
  close_text(&w);
}

static void a_branch_is_asked_by_name(void **state) {
  (void)state;
  written w;
  load_text(&w, fork);
  const regime_law law = REGIME_LAW_DEFAULTS;
  const regime_branch_question question = {.parameter = "a", .from = -1.0, .to = 1.0};
  regime_inquiry *inquiry = NULL;
  assert_ok(regime_inquire_branch(w.context, w.model, &law, &question, &inquiry));
  const regime_table *points = regime_inquiry_table_named(inquiry, "points");
  assert_int_equal(regime_table_rows(points), 1);
  assert_string_equal(regime_table_word(points, 0, 1), "pitchfork");
  assert_string_equal(regime_table_word(points, 0, 2), "equilibrium");
  assert_string_equal(regime_table_column_name(points, 4), "a");
  assert_close(regime_table_number(points, 0, 4), 0.0, 1e-8);
  assert_null(regime_inquiry_table_named(inquiry, "cycles"));
  regime_inquiry_free(inquiry);
  close_text(&w);
}

/* An account of what has happened rests where the others do, at any level: its line is no obstacle. */
static void an_account_that_nobody_reads_is_left_out(void **state) {
  (void)state;
  static const char text[] =
      "parameters = { a = 1.0; };\n"
      "equations = \"\n"
      "  init x = 0.5\n  init added = 0\n"
      "  x' = a - x^2\n"
      "  added' = (a - x^2)^2\n"
      "\";\n"
      "variables = { x = { bounds = [-3.0, 3.0]; }; added = { bounds = [-1.0, 1.0]; }; };\n";
  written w;
  load_text(&w, text);
  const regime_law law = REGIME_LAW_DEFAULTS;
  const regime_branch_question question = {.parameter = "a", .from = 1.0, .to = -1.0};
  regime_inquiry *inquiry = NULL;
  assert_ok(regime_inquire_branch(w.context, w.model, &law, &question, &inquiry));
  assert_true(regime_steady_looked(regime_inquiry_steady(inquiry))->is_line);
  assert_int_equal(regime_inquiry_eigenvalues(inquiry), 1);
  const regime_table *points = regime_inquiry_table_named(inquiry, "points");
  assert_int_equal(regime_table_rows(points), 1);
  assert_string_equal(regime_table_word(points, 0, 1), "fold");
  assert_close(regime_table_number(points, 0, 4), 0.0, 1e-8);
  regime_inquiry_free(inquiry);
  close_text(&w);
}

/* r = 1 - x^2 - y^2, on a circle with a period of 2 pi; a counter that only counts is left out. */
static void what_a_path_settles_on_is_asked(void **state) {
  (void)state;
  written w;
  load_text(&w, "parameters = { w = 1.0; };\nequations = \"\n  init x = 0.5\n  init y = 0\n  init n = 0\n"
                "  x' = x*(1 - x^2 - y^2) - w*y\n  y' = y*(1 - x^2 - y^2) + w*x\n  n' = 1\n\";\n");
  const regime_law law = REGIME_LAW_DEFAULTS;
  const regime_steady_question question = {.cycle = true, .exponents = true, .settle = 50.0, .span = 200.0};
  regime_inquiry *inquiry = NULL;
  assert_ok(regime_inquire_steady(w.context, w.model, &law, &question, &inquiry));
  const regime_cycle *cycle = regime_inquiry_cycle(inquiry);
  const regime_lyapunov *lyapunov = regime_inquiry_lyapunov(inquiry);
  assert_int_equal(cycle->verdict, REGIME_CYCLE_FOUND);
  assert_close(cycle->period, 2.0 * acos(-1.0), 1e-8);
  assert_int_equal(regime_inquiry_eigenvalues(inquiry), 2);
  assert_int_equal(lyapunov->count, 2);
  assert_close(lyapunov->exponent[1], -2.0, 1e-3);
  assert_close(regime_table_number(regime_inquiry_table_named(inquiry, "extremes"), 0, 2), 1.0, 1e-6);
  assert_int_equal(regime_table_rows(regime_inquiry_table_named(inquiry, "multipliers")), 2);
  regime_inquiry_free(inquiry);
  close_text(&w);
}

static void nothing_to_follow_is_an_answer(void **state) {
  (void)state;
  written w;
  load_text(&w, "parameters = { a = 1.0; };\nequations = \"\n  init x = 1\n  x' = a - x^2\n\";\n");
  const regime_law law = REGIME_LAW_DEFAULTS;
  const regime_branch_question question = {.parameter = "a", .from = -1.0, .to = 1.0};
  regime_inquiry *inquiry = NULL;
  assert_ok(regime_inquire_branch(w.context, w.model, &law, &question, &inquiry));
  assert_null(regime_inquiry_diagram(inquiry));
  assert_int_equal(regime_inquiry_at_other_end(inquiry), 2);
  assert_int_equal(regime_inquiry_tables(inquiry), 0);
  regime_inquiry_free(inquiry);
  close_text(&w);
}

static void attractors_are_asked_by_name(void **state) {
  (void)state;
  written w;
  load_text(&w, fork);
  const regime_law law = REGIME_LAW_DEFAULTS;
  const regime_attractor_question question = {"a", 0.5, 1.0, 5, "x"};
  regime_inquiry *inquiry = NULL;
  assert_ok(regime_inquire_attractors(w.context, w.model, &law, &question, &inquiry));
  const regime_table *table = regime_inquiry_table_named(inquiry, "attractors");
  assert_int_equal(regime_table_rows(table), 5);
  for (size_t k = 0; k < 5; k++)
    assert_close(regime_table_number(table, k, 1), sqrt(regime_table_number(table, k, 0)), 1e-6);
  regime_inquiry_free(inquiry);
  close_text(&w);
}

static void a_portrait_is_asked_by_name(void **state) {
  (void)state;
  written w;
  load_text(&w, fork);
  const regime_law law = REGIME_LAW_DEFAULTS;
  const regime_portrait_question question = {.x = "y", .y = "x", .basins = 10};
  regime_inquiry *inquiry = NULL;
  assert_ok(regime_inquire_portrait(w.context, w.model, &law, &question, &inquiry));
  assert_int_equal(regime_table_rows(regime_inquiry_table_named(inquiry, "equilibria")), 3);
  assert_int_equal(regime_table_rows(regime_inquiry_table_named(inquiry, "basins")), 100);
  assert_int_equal(regime_table_rows(regime_inquiry_table_named(inquiry, "basin_attractors")), 2);
  assert_string_equal(regime_table_column_name(regime_inquiry_table_named(inquiry, "field"), 0), "y");
  regime_inquiry_free(inquiry);
  close_text(&w);
}

/* The question is refused with one error. */
static void assert_refused(written *w, regime_status status, regime_inquiry *inquiry, const char *message) {
  assert_int_equal(status, REGIME_BAD_ARGUMENT);
  assert_null(inquiry);
  assert_int_equal(regime_diagnostic_errors(w->context), 1);
  assert_string_equal(regime_diagnostic_at(w->context, 0)->message, message);
  regime_diagnostics_clear(w->context);
}

static void what_cannot_be_asked_is_told(void **state) {
  (void)state;
  written w;
  load_text(&w, kalecki);
  regime_law law = REGIME_LAW_DEFAULTS;
  regime_inquiry *inquiry = NULL;
  regime_branch_question q = {.parameter = "tight", .from = 0.0, .to = 1.0};
  regime_status status = regime_inquire_branch(w.context, w.model, &law, &q, &inquiry);
  assert_refused(&w, status, inquiry, "`tight` is a mode, and only a parameter can be moved");
  q.parameter = "g3";
  status = regime_inquire_branch(w.context, w.model, &law, &q, &inquiry);
  assert_refused(&w, status, inquiry, "the model has no parameter `g3`");
  const regime_portrait_question p = {.x = "u", .y = "g"};
  status = regime_inquire_portrait(w.context, w.model, &law, &p, &inquiry);
  assert_refused(&w, status, inquiry, "`m` has one state, and a portrait shows two");
  const regime_bound bound = {"g", 0.0, 1.0};
  law.bounds = &bound;
  law.n_bounds = 1;
  status = regime_inquire_steady(w.context, w.model, &law, NULL, &inquiry);
  assert_refused(&w, status, inquiry, "what has bounds must be a state, and `g` follows from the states");
  close_text(&w);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(equilibria_have_the_names_that_hold),
      cmocka_unit_test(responses_are_those_asked_for),
      cmocka_unit_test(lines_cross_in_the_equilibrium),
      cmocka_unit_test(a_family_of_parameters_moves_as_a_whole),
      cmocka_unit_test(a_guessed_box_is_widened_and_a_given_one_is_not),
      cmocka_unit_test(a_branch_is_asked_by_name),
      cmocka_unit_test(an_account_that_nobody_reads_is_left_out),
      cmocka_unit_test(what_a_path_settles_on_is_asked),
      cmocka_unit_test(nothing_to_follow_is_an_answer),
      cmocka_unit_test(attractors_are_asked_by_name),
      cmocka_unit_test(a_portrait_is_asked_by_name),
      cmocka_unit_test(what_cannot_be_asked_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
