/* What events watch and what they set. */
#include "written.h"

static const char *const events =
    "modes = { m = 1.0; n = 2.0; };\n"
    "sets = { c = { members = [\"A\", \"B\"]; index = [\"i\"]; }; };\n"
    "events = (\n"
    "  { name = \"level\"; when = \"x - 3\"; set = { m = \"n\"; n = \"m\"; x = \"-0.9*x\"; }; },\n"
    "  { name = \"above\"; when = \"x > 5\"; once = true; set = { z = 7.0; }; },\n"
    "  { name = \"below\"; when = \"5 < z[B]\"; direction = \"down\"; stop = true; set = { z = { B = \"t + "
    "z[A]\"; }; }; } );\n";

static written open_events(void) {
  return open_text(events, "init x = 1\nx' = m + 10*n + step(4)\ninit z[i] = 0\nz[i]' = 0*x");
}

static void functions_cross_zero(void **state) {
  (void)state;
  double g[3];
  written w = open_events();
  assert_int_equal(w.system->n_events, 3);
  assert_int_equal(w.system->crossing(w.system->self, 0.0, w.y, g), 0);
  assert_close(g[0], -2.0, 0.0);
  assert_close(g[1], -4.0, 0.0);
  assert_close(g[2], -5.0, 0.0);
  drop(&w);
}

static void events_are_as_declared(void **state) {
  (void)state;
  written w = open_events();
  const regime_event *e = w.system->events;
  assert_string_equal(e[0].name, "level");
  assert_int_equal(e[0].direction, REGIME_BOTH);
  assert_int_equal(e[1].direction, REGIME_UP); /* a comparison happens when it becomes true */
  assert_int_equal(e[2].direction, REGIME_DOWN);
  assert_true(!e[0].once && e[1].once && !e[2].once);
  assert_true(!e[0].stop && !e[1].stop && e[2].stop);
  drop(&w);
}

/* All that is set is set from the values before the event. */
static void modes_and_states_change_at_once(void **state) {
  (void)state;
  written w = open_events();
  assert_close(rate_of(&w, "x", 0), 21.0, 0.0);
  w.y[0] = 3.0;
  w.system->happen(w.system->self, 0, 1.0, w.y);
  assert_close(w.y[0], -2.7, 1e-15);
  assert_close(rate_of(&w, "x", 0), 12.0, 0.0);
  w.system->happen(w.system->self, 1, 1.0, w.y);
  assert_close(w.y[1], 7.0, 0.0);
  assert_close(w.y[2], 7.0, 0.0);
  w.system->happen(w.system->self, 2, 1.5, w.y);
  assert_close(w.y[1], 7.0, 0.0);
  assert_close(w.y[2], 8.5, 0.0);
  drop(&w);
}

/* A date that passes leaves modes where events have put them; a new start does not. */
static void modes_last(void **state) {
  (void)state;
  written w = open_events();
  w.system->happen(w.system->self, 0, 1.0, w.y);
  w.system->pass_date(w.system->self, 4.0, w.y);
  assert_close(rate_of(&w, "x", 0), 13.0, 0.0);
  assert_ok(w.system->start(w.system->self, 0.0, w.y));
  assert_close(rate_of(&w, "x", 0), 21.0, 0.0);
  drop(&w);
}

/* A mode that holds the hour of an event moves the dates that depend on it. */
static void an_event_can_make_a_date(void **state) {
  (void)state;
  written w = open_text("modes = { since = 1e9; };\n"
                        "events = ({ name = \"e\"; when = \"x - 2\"; set = { since = \"t\"; }; });\n",
                        "init x = 1\nx' = 1 + step(since + 3)");
  assert_true(w.system->next_date(w.system->self, 0.0) == 1e9 + 3.0);
  w.system->happen(w.system->self, 0, 1.25, w.y);
  assert_true(w.system->next_date(w.system->self, 1.25) == 4.25);
  w.system->pass_date(w.system->self, 4.25, w.y);
  assert_close(rate_of(&w, "x", 0), 2.0, 0.0);
  drop(&w);
}

static void refuse(const char *event, const char *part) {
  char groups[512];
  snprintf(groups, sizeof groups, "parameters = { p = 1.0; };\nmodes = { m = 1.0; };\nevents = (%s);\n",
           event);
  assert_refused(groups, "init x = 1\nx' = p*m\ny = 2*x", part);
}

static void events_that_are_wrong_are_refused(void **state) {
  (void)state;
  refuse("{ name = \"e\"; when = \"x > 1 and y > 1\"; set = { m = 0.0; }; }", "condition");
  refuse("{ name = \"e\"; when = \"x - q\"; set = { m = 0.0; }; }", "`q`");
  refuse("{ name = \"e\"; when = \"x\"; set = { p = 0.0; }; }", "`p`");
  refuse("{ name = \"e\"; when = \"x\"; set = { y = 0.0; }; }", "`y`");
  refuse("{ name = \"e\"; when = \"x\"; set = { mm = 0.0; }; }", "`mm`");
  refuse("{ name = \"e\"; when = \"x\"; set = { m = \"x > 1\"; }; }", "condition");
  refuse("{ name = \"e\"; when = \"x\"; set = { x = { A = 1.0; }; }; }", "`x`");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(functions_cross_zero),
      cmocka_unit_test(events_are_as_declared),
      cmocka_unit_test(modes_and_states_change_at_once),
      cmocka_unit_test(modes_last),
      cmocka_unit_test(an_event_can_make_a_date),
      cmocka_unit_test(events_that_are_wrong_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
