/* Which term of which equation has no value: told with the time and the values in it. */
#include "written.h"

static void assert_explained(written *w, double t, const double *y, const char *const parts[3]) {
  regime_diagnostics_clear(w->context);
  w->system->explain(w->system->self, t, y, w->context);
  assert_int_equal(regime_diagnostic_count(w->context), 1);
  const regime_diagnostic *d = regime_diagnostic_at(w->context, 0);
  for (size_t k = 0; k < 3; k++) {
    if (!strstr(d->message, parts[k])) print_findings(w);
    assert_non_null(strstr(d->message, parts[k]));
  }
  assert_non_null(d->remedy);
}

static void the_smallest_term_is_named(void **state) {
  (void)state;
  written w = open_text("", "init K = 1\nK' = 2 + 3*log(K - 1.5)*K\ninit z = 1\nz' = K");
  const double y[] = {0.25, 1.0};
  assert_explained(&w, 2.5, y,
                   (const char *const[]){"`K'`", "`log(K - 1.5)` has no value at t = 2.5", "K = 0.25"});
  drop(&w);
}

/* The equation that fails is the auxiliary's, not that of the rate which uses it. */
static void names_are_followed(void **state) {
  (void)state;
  written w = open_text("sets = { c = { members = [\"US\", \"GB\"]; index = [\"i\"]; }; };\n",
                        "init K[i] = 1\nK[i]' = total\ntotal = sum(i, part[i])\npart[i] = sqrt(K[i])");
  const double y[] = {1.0, -4.0};
  assert_explained(&w, 0.0, y, (const char *const[]){"`part[GB]`", "`sqrt(K[GB])`", "K[GB] = -4"});
  drop(&w);
}

static void a_side_that_is_not_taken_is_not_blamed(void **state) {
  (void)state;
  written w = open_text("", "init x = 1\nx' = if(x > 0, sqrt(x), 0) + 1/(x + 1)");
  const double y[] = {-1.0};
  assert_explained(&w, 0.0, y, (const char *const[]){"`x'`", "`1/(x + 1)`", "x = -1"});
  drop(&w);
}

static void events_are_explained_too(void **state) {
  (void)state;
  written w = open_text("events = ({ name = \"stop\"; when = \"log(x) - 1\"; });\n", "init x = 1\nx' = -1");
  const double y[] = {-1.0};
  assert_explained(&w, 0.0, y, (const char *const[]){"`stop`", "`log(x)`", "x = -1"});
  drop(&w);
}

static void a_start_without_value_says_so(void **state) {
  (void)state;
  written w;
  assert_ok(load_text(&w, "parameters = { p = -2.0; };\n", "init x = sqrt(p)\nx' = 1"));
  assert_ok(regime_instance_create(w.context, w.model, NULL, &w.instance));
  w.system = regime_instance_system(w.instance);
  assert_int_equal(w.system->start(w.system->self, 0.0, w.y), REGIME_UNDEFINED);
  const regime_diagnostic *d = regime_diagnostic_at(w.context, 0);
  assert_non_null(strstr(d->message, "in the `init` of `x`, `sqrt(p)` has no value"));
  assert_non_null(strstr(d->message, "p = -2"));
  assert_int_equal(d->line, 6);
  drop(&w);
}

/* Not a rate but a question it asks has no answer. */
static void questions_are_looked_into(void **state) {
  (void)state;
  written w = open_text("", "init x = 1\nx' = -1 + pushed\npushed = if(log(x) > 5, 1, 0)");
  const double y[] = {-1.0};
  assert_explained(&w, 0.5, y, (const char *const[]){"`pushed`", "`log(x)`", "x = -1"});
  drop(&w);
}

/* An infinite term under a node that has a value is no harm. */
static void what_does_no_harm_is_not_blamed(void **state) {
  (void)state;
  written w = open_text("", "init x = 1\nx' = 1/exp(1000*x) + log(x - 3)");
  const double y[] = {1.0};
  assert_explained(&w, 0.5, y, (const char *const[]){"`x'`", "`log(x - 3)`", "x = 1"});
  drop(&w);
}

static void at_a_date_the_law_after_it_is_explained(void **state) {
  (void)state;
  written w = open_text("", "init x = 1\nx' = if(t > 5, log(t - 5 - x), 1)");
  const double y[] = {6.0};
  assert_explained(&w, 5.0, y,
                   (const char *const[]){"`x'`", "`log(t - 5 - x)`", "at t = 5, where x = 6, t = 5"});
  drop(&w);
}

static void what_an_event_sets_is_explained_where_it_happened(void **state) {
  (void)state;
  written w = open_text("modes = { m = 1.0; };\n"
                        "events = ({ name = \"shock\"; when = \"x < 0\"; set = { m = \"sqrt(x)\"; }; });\n",
                        "init x = 1\nx' = -m");
  double y[] = {-0.25};
  w.system->happen(w.system->self, 0, 1.25, y);
  y[0] = 7.0;
  assert_explained(&w, 2.0, y,
                   (const char *const[]){"event `shock`", "`sqrt(x)`", "t = 1.25, where x = -0.25"});
  drop(&w);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_smallest_term_is_named),
      cmocka_unit_test(names_are_followed),
      cmocka_unit_test(a_side_that_is_not_taken_is_not_blamed),
      cmocka_unit_test(events_are_explained_too),
      cmocka_unit_test(a_start_without_value_says_so),
      cmocka_unit_test(questions_are_looked_into),
      cmocka_unit_test(what_does_no_harm_is_not_blamed),
      cmocka_unit_test(at_a_date_the_law_after_it_is_explained),
      cmocka_unit_test(what_an_event_sets_is_explained_where_it_happened),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
