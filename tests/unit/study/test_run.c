/* A run: its settings, names, events, identities and tables. */
#define TEST "study-run"
#include "unit/study/written.h"

static const char line[] =
    "parameters = { slope = 1.0; g = { over = \"c\"; default = 1.0; }; };\n"
    "sets = { c = { members = [\"A\", \"B\"]; index = [\"i\", \"j\"]; }; };\n"
    "equations = \"\n"
    "  init x = 0\n"
    "  x' = slope\n"
    "  init Y[i] = 1\n"
    "  Y[i]' = g[i]           ## output\n"
    "  gap[i,j] = Y[i] - Y[j]\n"
    "\";\n"
    "events = ( { name = \"half\"; when = \"x - 5\"; } );\n"
    "identities = ( { name = \"straight\"; expr = \"x - slope*t\"; tolerance = 1e-9; },\n"
    "               { name = \"bent\"; expr = \"x - min(x, 7)\"; tolerance = 1e-9; } );\n"
    "scenarios = { steep = { set = { slope = 2.0; }; }; };\n";

static double last(const regime_run *run, const char *name) {
  const regime_path *path = regime_run_path(run);
  const long output = regime_run_output(run, name);
  assert_true(output >= 0);
  return regime_path_values(path, regime_path_points(path) - 1)[output];
}

static void the_default_is_the_model_as_written(void **state) {
  (void)state;
  written w;
  run_text(&w, line, REGIME_RUN_DEFAULTS);
  assert_string_equal(regime_run_scenario(w.run), "baseline");
  assert_close(regime_path_end(regime_run_path(w.run)), 10.0, 0.0);
  assert_int_equal(regime_path_points(regime_run_path(w.run)), 101);
  assert_close(last(w.run, "x"), 10.0, 1e-9);
  close_text(&w);
}

static void scenario_settings_and_span(void **state) {
  (void)state;
  written w;
  const regime_setting settings[] = {{"g[B]", 3.0}};
  regime_run_options options = REGIME_RUN_DEFAULTS;
  options.scenario = "steep";
  options.settings = settings;
  options.n_settings = 1;
  options.from = 2.0;
  options.to = 4.0;
  options.every = 0.5;
  run_text(&w, line, options);
  assert_int_equal(regime_path_points(regime_run_path(w.run)), 5);
  assert_close(last(w.run, "x"), 4.0, 1e-9);
  assert_close(last(w.run, "Y[B]"), 7.0, 1e-9);
  assert_close(last(w.run, "gap[B,A]"), 4.0, 1e-9);
  close_text(&w);
}

static void parameters_are_those_in_force(void **state) {
  (void)state;
  written w;
  regime_run_options options = REGIME_RUN_DEFAULTS;
  options.scenario = "steep";
  run_text(&w, line, options);
  for (size_t k = 0; k < regime_model_parameters(w.model); k++)
    if (strcmp(regime_model_parameter(w.model, k)->name, "slope") == 0)
      assert_close(regime_run_parameter(w.run, k), 2.0, 0.0);
  close_text(&w);
}

/* The same finding again adds nothing, least of all a sentence that explains less. */
static void the_same_trouble_is_told_once(void **state) {
  (void)state;
  written w;
  const regime_run_options options = REGIME_RUN_DEFAULTS;
  run_text(&w, "equations = \"\n  init x = 1\n  x' = -1 - 0.1*sqrt(x)\n\";\n", options);
  assert_int_equal(regime_path_outcome(regime_run_path(w.run)), REGIME_LEFT_DOMAIN);
  regime_run_free(w.run);
  assert_ok(regime_run_compute(w.context, w.model, &options, &w.run));
  assert_int_equal(regime_diagnostic_count(w.context), 1);
  close_text(&w);
}

static void a_scenario_that_does_not_exist(void **state) {
  (void)state;
  written w;
  load_text(&w, line);
  regime_run_options options = REGIME_RUN_DEFAULTS;
  options.scenario = "stepe";
  assert_int_equal(regime_run_compute(w.context, w.model, &options, &w.run), REGIME_BAD_ARGUMENT);
  assert_null(w.run);
  assert_int_equal(regime_diagnostic_errors(w.context), 1);
  close_text(&w);
}

static void outputs_are_found_by_name(void **state) {
  (void)state;
  written w;
  run_text(&w, line, REGIME_RUN_DEFAULTS);
  for (size_t k = 0; k < regime_path_outputs(regime_run_path(w.run)); k++)
    assert_int_equal(regime_run_output(w.run, regime_run_output_name(w.run, k)), k);
  assert_int_equal(regime_run_output(w.run, "Y"), -1);
  assert_int_equal(regime_run_output(w.run, "Y[C]"), -1);
  close_text(&w);
}

static void events_have_names_and_times(void **state) {
  (void)state;
  written w;
  run_text(&w, line, REGIME_RUN_DEFAULTS);
  assert_int_equal(regime_run_events(w.run), 1);
  assert_string_equal(regime_run_event(w.run, 0).name, "half");
  assert_close(regime_run_event(w.run, 0).time, 5.0, 1e-9);
  close_text(&w);
}

static void identities_tell_the_worst_breach(void **state) {
  (void)state;
  written w;
  run_text(&w, line, REGIME_RUN_DEFAULTS);
  assert_int_equal(regime_run_identities(w.run), 2);
  assert_true(regime_run_identity(w.run, 0).holds);
  assert_false(regime_run_identity(w.run, 1).holds);
  assert_close(regime_run_identity(w.run, 1).worst, 3.0, 1e-9);
  assert_close(regime_run_identity(w.run, 1).time, 10.0, 0.0);
  assert_false(regime_run_identities_hold(w.run));
  close_text(&w);
}

static void an_identity_without_value_does_not_hold(void **state) {
  (void)state;
  written w;
  run_text(&w,
           "equations = \"\n  init x = 1\n  x' = -0.5\n\";\n"
           "identities = ( { name = \"root\"; expr = \"1e-30*sqrt(x)\"; } );\n",
           REGIME_RUN_DEFAULTS);
  assert_false(regime_run_identity(w.run, 0).holds);
  assert_close(regime_run_identity(w.run, 0).time, 2.1, 1e-9);
  close_text(&w);
}

static void a_table_a_shape(void **state) {
  (void)state;
  written w;
  run_text(&w, line, REGIME_RUN_DEFAULTS);
  const regime_table *scalars = regime_run_table_named(w.run, "scalars");
  const regime_table *panel = regime_run_table_named(w.run, "c"),
                     *pairs = regime_run_table_named(w.run, "c_c");
  assert_int_equal(regime_table_keys(scalars), 1);
  assert_int_equal(regime_table_rows(scalars), 101);
  assert_int_equal(regime_table_keys(panel), 2);
  assert_int_equal(regime_table_rows(panel), 202);
  assert_string_equal(regime_table_column_name(panel, 2), "Y");
  assert_string_equal(regime_table_column_label(panel, 2), "output");
  assert_string_equal(regime_table_word(panel, 1, 1), "B");
  assert_int_equal(regime_table_keys(pairs), 3);
  assert_int_equal(regime_table_rows(pairs), 404);
  assert_string_equal(regime_table_column_name(pairs, 2), "c_2");
  assert_string_equal(regime_table_word(pairs, 1, 1), "A");
  assert_string_equal(regime_table_word(pairs, 1, 2), "B");
  assert_null(regime_run_table_named(w.run, "facts"));
  close_text(&w);
}

static void a_set_may_be_called_like_a_table(void **state) {
  (void)state;
  written w;
  run_text(&w,
           "sets = { events = { members = [\"A\"]; index = [\"i\"]; }; };\n"
           "equations = \"\n  init x[i] = 1\n  x[i]' = 0\n\";\n",
           REGIME_RUN_DEFAULTS);
  assert_string_equal(regime_table_column_name(regime_run_table_named(w.run, "events_"), 2), "x");
  assert_string_equal(regime_table_column_name(regime_run_table_named(w.run, "events"), 0), "name");
  close_text(&w);
}

static void every_number_of_the_path_is_in_the_tables(void **state) {
  (void)state;
  written w;
  const regime_setting settings[] = {{"g[B]", 3.0}};
  regime_run_options options = REGIME_RUN_DEFAULTS;
  options.settings = settings;
  options.n_settings = 1;
  run_text(&w, line, options);
  const regime_table *pairs = regime_run_table_named(w.run, "c_c");
  for (size_t row = 0; row < regime_table_rows(pairs); row++) {
    char name[32];
    snprintf(name, sizeof name, "gap[%s,%s]", regime_table_word(pairs, row, 1),
             regime_table_word(pairs, row, 2));
    const size_t output = (size_t)regime_run_output(w.run, name);
    const double t = regime_table_number(pairs, row, 0);
    assert_close(regime_table_number(pairs, row, 3), regime_run_mean(w.run, output, t, t), 0.0);
  }
  close_text(&w);
}

static void count_points(void *watcher, double t) {
  (void)t;
  ++*(size_t *)watcher;
}

static void a_watcher_is_told_of_every_point(void **state) {
  (void)state;
  written w;
  size_t told = 0;
  regime_run_options options = REGIME_RUN_DEFAULTS;
  options.watch = count_points;
  options.watcher = &told;
  run_text(&w, line, options);
  assert_int_equal(told, regime_path_points(regime_run_path(w.run)));
  close_text(&w);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_default_is_the_model_as_written),
      cmocka_unit_test(scenario_settings_and_span),
      cmocka_unit_test(parameters_are_those_in_force),
      cmocka_unit_test(the_same_trouble_is_told_once),
      cmocka_unit_test(a_scenario_that_does_not_exist),
      cmocka_unit_test(outputs_are_found_by_name),
      cmocka_unit_test(events_have_names_and_times),
      cmocka_unit_test(identities_tell_the_worst_breach),
      cmocka_unit_test(an_identity_without_value_does_not_hold),
      cmocka_unit_test(a_table_a_shape),
      cmocka_unit_test(a_set_may_be_called_like_a_table),
      cmocka_unit_test(every_number_of_the_path_is_in_the_tables),
      cmocka_unit_test(a_watcher_is_told_of_every_point),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
