/* What a scenario sets, in which order, and when. */
#include "written.h"

static const char *const groups =
    "sets = { c = { members = [\"SE\", \"GB\", \"US\"]; index = [\"i\", \"j\"]; subsets = { small = [\"SE\", "
    "\"GB\"]; }; }; };\n"
    "parameters = { h = { over = \"c\"; default = 0.1; values = { US = 0.3; }; }; r = { over = \"c\"; "
    "default = 0.9; };\n"
    "  z = { over = [\"c\", \"c\"]; default = 0.0; }; a = { value = 1.0; bounds = [0.0, 5.0]; }; };\n"
    "paths = { oil = { points = ([0.0, 1.0], [10.0, 3.0]); }; };\nmodes = { tight = 0.0; };\n"
    "overlays = { k = { set = { h = 0.8; r = 0.7; }; }; n = { set = { h = 0.2; }; };\n"
    "  plain = { set = { a = 3.0; oil = 5.0; }; }; };\n"
    "scenarios = {\n"
    "  one = { apply = ({ overlay = \"k\"; to = \"SE\"; }); };\n"
    "  nobody = { apply = ({ overlay = \"plain\"; }, { overlay = \"n\"; to = \"GB\"; }); };\n"
    "  most = { apply = ({ overlay = \"k\"; to = \"c\"; }, { overlay = \"n\"; to = \"small\"; }); set = { h "
    "= { GB = 0.5; }; }; };\n"
    "  based = { base = \"most\"; apply = ({ overlay = \"k\"; to = \"GB\"; }); set = { a = 4.0; z = { US = { "
    "GB = 2.0; }; }; }; };\n"
    "  late = { changes = ({ at = 5.0; set = { a = 2.0; tight = 1.0; }; }, { at = 2.0; set = { oil = 9.0; h "
    "= 0.6; }; }); };\n"
    "  later = { base = \"late\"; set = { a = 3.0; oil = 7.0; }; changes = ({ at = 5.0; set = { a = 2.5; }; "
    "}); };\n"
    "};\n";

static const char *const equations =
    "init x = a\nx' = a + tight*100\nderived = a^2\n"
    "seen_h[i] = h[i] + 0*x\nseen_r[i] = r[i] + 0*x\nseen_z[i,j] = z[i,j] + 0*x\nprice = oil + 0*x";

static written open_scenario(const char *scenario) {
  written w;
  assert_ok(load_text(&w, groups, equations));
  start(&w, scenario, 0.0);
  return w;
}

static void assert_h(written *w, double se, double gb, double us) {
  assert_close(entry_of(w, "seen_h", 0), se, 0.0);
  assert_close(entry_of(w, "seen_h", 1), gb, 0.0);
  assert_close(entry_of(w, "seen_h", 2), us, 0.0);
}

static void the_baseline_is_the_model_as_written(void **state) {
  (void)state;
  written w = open_scenario("baseline");
  assert_h(&w, 0.1, 0.1, 0.3);
  assert_close(value_of(&w, "price"), 1.0, 0.0);
  drop(&w);
}

static void overlays_go_to_members_subsets_and_sets(void **state) {
  (void)state;
  written one = open_scenario("one");
  assert_h(&one, 0.8, 0.1, 0.3);
  assert_close(entry_of(&one, "seen_r", 0), 0.7, 0.0);
  drop(&one);
  written most = open_scenario("most"); /* k to all, then n to the small, then GB by itself */
  assert_h(&most, 0.2, 0.5, 0.8);
  drop(&most);
}

static void an_overlay_without_sets_goes_to_nobody(void **state) {
  (void)state;
  written w = open_scenario("nobody");
  assert_h(&w, 0.1, 0.2, 0.3);
  assert_close(value_of(&w, "derived"), 9.0, 0.0);
  assert_close(value_of(&w, "price"), 5.0, 0.0);
  drop(&w);
}

static void a_base_comes_first(void **state) {
  (void)state;
  written w = open_scenario("based");
  assert_h(&w, 0.2, 0.8, 0.8);
  assert_close(entry_of(&w, "seen_z", 7), 2.0, 0.0); /* [US,GB] */
  assert_close(value_of(&w, "derived"), 16.0, 0.0);
  drop(&w);
}

static void changes_come_at_their_dates(void **state) {
  (void)state;
  written w = open_scenario("late");
  w.t = 1.0;
  assert_close(value_of(&w, "price"), 1.2, 1e-15);
  assert_true(w.system->next_date(w.system->self, 0.0) == 2.0);
  w.system->pass_date(w.system->self, 2.0, w.y);
  w.t = 3.0;
  assert_close(value_of(&w, "price"), 9.0, 0.0);
  assert_h(&w, 0.6, 0.6, 0.6);
  assert_close(value_of(&w, "derived"), 1.0, 0.0);
  assert_true(w.system->next_date(w.system->self, 3.0) == 5.0);
  w.system->pass_date(w.system->self, 5.0, w.y);
  assert_close(rate_of(&w, "x", 0), 102.0, 0.0);
  assert_close(value_of(&w, "derived"), 4.0, 0.0);
  assert_true(w.system->next_date(w.system->self, 5.0) == INFINITY);
  drop(&w);
}

static void inherited_changes_come_before_own_ones(void **state) {
  (void)state;
  written w = open_scenario("later");
  assert_close(value_of(&w, "derived"), 9.0, 0.0);
  assert_close(value_of(&w, "price"), 7.0, 0.0);
  w.system->pass_date(w.system->self, 2.0, w.y);
  w.system->pass_date(w.system->self, 5.0, w.y);
  assert_close(value_of(&w, "derived"), 6.25, 0.0);
  assert_close(value_of(&w, "price"), 9.0, 0.0);
  drop(&w);
}

/* A run that starts after a change has it; starting again rewinds everything. */
static void starting_again_rewinds(void **state) {
  (void)state;
  written w = open_scenario("late");
  assert_ok(w.system->start(w.system->self, 7.0, w.y));
  assert_close(w.y[0], 2.0, 0.0);
  assert_close(rate_of(&w, "x", 0), 102.0, 0.0);
  assert_ok(w.system->start(w.system->self, 0.0, w.y));
  assert_close(rate_of(&w, "x", 0), 1.0, 0.0);
  assert_close(value_of(&w, "price"), 1.0, 0.0);
  drop(&w);
}

static void the_caller_has_the_last_word(void **state) {
  (void)state;
  written w;
  assert_ok(load_text(&w, groups, equations));
  assert_ok(regime_instance_create(w.context, w.model, "most", &w.instance));
  assert_ok(regime_instance_set(w.context, w.instance, "h", 0.4));
  assert_ok(regime_instance_set(w.context, w.instance, "h[SE]", 0.45));
  assert_ok(regime_instance_set(w.context, w.instance, "z[US, GB]", 3.0));
  assert_ok(regime_instance_set(w.context, w.instance, "oil", 2.0));
  assert_ok(regime_instance_set(w.context, w.instance, "tight", 1.0));
  w.system = regime_instance_system(w.instance);
  assert_ok(w.system->start(w.system->self, 0.0, w.y));
  assert_h(&w, 0.45, 0.4, 0.4);
  assert_close(entry_of(&w, "seen_z", 7), 3.0, 0.0);
  assert_close(value_of(&w, "price"), 2.0, 0.0);
  assert_close(rate_of(&w, "x", 0), 101.0, 0.0);
  drop(&w);
}

static size_t parameter_named(const written *w, const char *name) {
  for (size_t k = 0; k < regime_model_parameters(w->model); k++)
    if (!strcmp(regime_model_parameter(w->model, k)->name, name)) return k;
  fail_msg("no parameter %s", name);
  return 0;
}

static double in_force(const written *w, const char *name) {
  double values[64];
  assert_true(regime_model_parameters(w->model) <= 64);
  regime_instance_parameters(w->instance, values);
  return values[parameter_named(w, name)];
}

static void values_in_force_are_told(void **state) {
  (void)state;
  written w = open_scenario("most");
  assert_close(in_force(&w, "h[GB]"), 0.5, 0.0);
  assert_close(in_force(&w, "oil"), 1.0, 0.0);
  assert_ok(regime_instance_set(w.context, w.instance, "h[GB]", 0.25));
  assert_close(in_force(&w, "h[GB]"), 0.25, 0.0);
  assert_true(regime_model_parameter(w.model, parameter_named(&w, "oil"))->is_path);
  assert_true(regime_model_parameter(w.model, parameter_named(&w, "tight"))->is_mode);
  drop(&w);
}

static void assert_not_set(written *w, const char *name, double value, const char *part) {
  regime_diagnostics_clear(w->context);
  assert_int_equal(regime_instance_set(w->context, w->instance, name, value), REGIME_BAD_ARGUMENT);
  if (!strstr(regime_diagnostic_at(w->context, 0)->message, part)) print_findings(w);
  assert_non_null(strstr(regime_diagnostic_at(w->context, 0)->message, part));
}

static void what_cannot_be_set_is_refused(void **state) {
  (void)state;
  written w = open_scenario(NULL);
  assert_not_set(&w, "aa", 1.0, "`aa`");
  assert_not_set(&w, "x", 1.0, "`x`");
  assert_not_set(&w, "h[FR]", 1.0, "`FR`");
  assert_not_set(&w, "h[SE,GB]", 1.0, "`h`");
  assert_not_set(&w, "a[SE]", 1.0, "`a`");
  assert_not_set(&w, "h[SE", 1.0, "`h[SE`");
  assert_not_set(&w, "a", 7.0, "the value 7 of `a` is outside its bounds [0, 5]");
  assert_not_set(&w, "a", NAN, "outside its bounds");
  assert_int_equal(regime_instance_create(w.context, w.model, "lat", &(regime_instance *){NULL}),
                   REGIME_BAD_ARGUMENT);
  drop(&w);
}

static void scenarios_that_are_wrong_are_refused(void **state) {
  (void)state;
  static const struct {
    const char *scenario, *part;
  } wrong[] = {
      {"s = { base = \"tt\"; };", "`tt`"},
      {"s = { base = \"u\"; }; u = { base = \"s\"; };", "base"},
      {"s = { apply = ({ overlay = \"o\"; to = \"c\"; }); };", "`o`"},
      {"s = { set = { q = 1.0; }; };", "`q`"},
      {"s = { set = { x = 1.0; }; };", "`x`"},
      {"s = { changes = ({ at = 50.0; set = { p = 1.0; }; }); };", "50"},
      {"baseline = { set = { p = 1.0; }; };", "`baseline`"},
  };
  for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
    char text[512];
    snprintf(text, sizeof text, "parameters = { p = 1.0; };\nscenarios = { %s };\n", wrong[k].scenario);
    assert_refused(text, "init x = 1\nx' = p", wrong[k].part);
  }
  assert_refused("parameters = { p = 1.0; };\noverlays = { o = { set = { q = 1.0; }; }; };\n",
                 "init x = 1\nx' = p", "`q`");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_baseline_is_the_model_as_written),
      cmocka_unit_test(overlays_go_to_members_subsets_and_sets),
      cmocka_unit_test(an_overlay_without_sets_goes_to_nobody),
      cmocka_unit_test(a_base_comes_first),
      cmocka_unit_test(changes_come_at_their_dates),
      cmocka_unit_test(inherited_changes_come_before_own_ones),
      cmocka_unit_test(starting_again_rewinds),
      cmocka_unit_test(the_caller_has_the_last_word),
      cmocka_unit_test(values_in_force_are_told),
      cmocka_unit_test(what_cannot_be_set_is_refused),
      cmocka_unit_test(scenarios_that_are_wrong_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
