/* Model files with dates, switches and events whose paths are known in closed form. */
#include "support/runs.h"
#include <unistd.h>

static regime_context *context;

static regime_model *load(const char *text) {
  char path[] = "/tmp/regime-test-XXXXXX";
  regime_model *model = NULL;
  const int descriptor = mkstemp(path);
  assert_true(descriptor >= 0);
  FILE *file = fdopen(descriptor, "w");
  fputs("model = { name = \"hybrid\"; time = \"continuous\"; };\n", file);
  fputs(text, file);
  fclose(file);
  const regime_status status = regime_model_load(context, path, &model);
  unlink(path);
  print_findings(context);
  assert_ok(status);
  return model;
}

static regime_run *run(const regime_model *model, const char *scenario, double to) {
  regime_run_options options = REGIME_RUN_DEFAULTS;
  options.scenario = scenario;
  options.from = 0.0;
  options.to = to;
  options.every = 0.125;
  options.rtol = 1e-10;
  options.atol = 1e-13;
  regime_run *made = NULL;
  const regime_status status = regime_run_compute(context, model, &options, &made);
  print_findings(context);
  assert_ok(status);
  return made;
}

/* Falls from 10 under gravity 2, comes back with 0.5 of its speed: hits at sqrt(10), then after
 * 2*0.5^n*sqrt(10). */
static void a_ball_bounces_at_known_times(void **state) {
  (void)state;
  regime_model *model =
      load("modes = { hits = 0.0; };\n"
           "events = ({ name = \"hit\"; when = \"h\"; direction = \"down\"; set = { v = \"-0.5*v\"; h = 0.0; "
           "hits = \"hits + 1\"; }; });\n"
           "equations = \"init h = 10\ninit v = 0\nh' = v\nv' = -2\ncount = hits + 0*h\";\n");
  regime_run *path = run(model, NULL, 9.0);
  double expected = sqrt(10.0), flight = 2.0 * 0.5 * sqrt(10.0);
  assert_true(regime_run_events(path) >= 4);
  for (size_t k = 0; k < 4; k++) {
    assert_close(regime_run_event(path, k).time, expected, 1e-9);
    expected += flight;
    flight *= 0.5;
  }
  assert_close(value_at(path, "count", 7.0), 2.0, 0.0);
  regime_run_free(path);
  regime_model_free(model);
}

/* At rest until a pulse between 2 and 2.01 pushes it; then it decays. */
static void a_pulse_is_felt_at_rest(void **state) {
  (void)state;
  regime_model *model = load("equations = \"init x = 0\nx' = -x + 100*(step(2) - step(2.01))\";\n");
  regime_run *path = run(model, NULL, 10.0);
  const double peak = 100.0 * (1.0 - exp(-0.01));
  assert_close(value_at(path, "x", 1.875), 0.0, 0.0);
  assert_close(value_at(path, "x", 10.0), peak * exp(-(10.0 - 2.01)), 1e-10);
  regime_run_free(path);
  regime_model_free(model);
}

/* A slope that breaks at a date, by a change of scenario, by a ramp and by a path: three times the same. */
static void a_slope_breaks_at_its_date(void **state) {
  (void)state;
  regime_model *model = load(
      "parameters = { a = 0.5; };\npaths = { p = { points = ([0.0, 0.0], [3.0, 0.0], [5.0, 2.0]); }; };\n"
      "scenarios = { broken = { changes = ({ at = 3.3; set = { a = -1.0; }; }); }; };\n"
      "equations = \"init x = 1\nx' = a*x\ninit y = 0\ny' = 2*ramp(3, 5)\ninit z = 0\nz' = p\";\n");
  regime_run *path = run(model, "broken", 8.0);
  assert_close(value_at(path, "x", 8.0), exp(0.5 * 3.3 - (8.0 - 3.3)), 1e-9);
  assert_close(value_at(path, "y", 4.0), 0.5, 1e-10);
  assert_close(value_at(path, "y", 8.0), 2.0 + 2.0 * 3.0, 1e-10);
  assert_close(value_at(path, "z", 8.0), 8.0, 1e-10);
  regime_run_free(path);
  regime_model_free(model);
}

/* x' = 1 - max(x, 1)...: up a line to 1, then towards 2 exponentially. */
static void a_switch_turns_where_it_should(void **state) {
  (void)state;
  regime_model *model = load("equations = \"init x = 0\nx' = 2 - max(x, 1)\nside = if(x > 1, 1, 0)\";\n");
  regime_run *path = run(model, NULL, 4.0);
  assert_close(value_at(path, "x", 0.5), 0.5, 1e-11);
  assert_close(value_at(path, "x", 4.0), 2.0 - exp(-3.0), 1e-9);
  assert_int_equal(regime_path_counters(regime_run_path(path)).turns, 1);
  regime_run_free(path);
  regime_model_free(model);
}

/* An event remembers its hour in a mode; two years later, to the day, something follows. */
static void an_event_sets_a_later_date(void **state) {
  (void)state;
  regime_model *model = load("modes = { since = 1e9; };\nevents = ({ name = \"turn\"; when = \"x > 1.5\"; "
                             "once = true; set = { since = \"t\"; }; });\n"
                             "equations = \"init x = 0\nx' = 1\ninit y = 0\ny' = 3*step(since + 2)\";\n");
  regime_run *path = run(model, NULL, 5.0);
  assert_close(time_of(path, "turn"), 1.5, 1e-12);
  assert_close(value_at(path, "y", 5.0), 3.0 * 1.5, 1e-10);
  regime_run_free(path);
  regime_model_free(model);
}

/* Tank of Torricelli: h' = -sqrt(h) empties at t = 2, and a guard keeps it empty. */
static void a_guarded_root_empties_in_time(void **state) {
  (void)state;
  regime_model *model = load("equations = \"init h = 1\nh' = -if(h > 0, sqrt(h), 0)\";\n");
  regime_run *path = run(model, NULL, 4.0);
  assert_int_equal(regime_path_outcome(regime_run_path(path)), REGIME_REACHED_END);
  assert_close(value_at(path, "h", 1.0), 0.25, 1e-8);
  assert_close(value_at(path, "h", 4.0), 0.0, 1e-6);
  regime_run_free(path);
  regime_model_free(model);
}

static int set_up(void **state) {
  (void)state;
  return regime_context_create(&context) == REGIME_OK ? 0 : -1;
}

static int tear_down(void **state) {
  (void)state;
  regime_context_free(context);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_ball_bounces_at_known_times), cmocka_unit_test(a_pulse_is_felt_at_rest),
      cmocka_unit_test(a_slope_breaks_at_its_date),    cmocka_unit_test(a_switch_turns_where_it_should),
      cmocka_unit_test(an_event_sets_a_later_date),    cmocka_unit_test(a_guarded_root_empties_in_time),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
