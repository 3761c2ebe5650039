/* The kinds of facts on paths that are known in closed form, and how they answer to the parameters. */
#define TEST "study-kinds"
#include "study/facts.h"
#include "unit/study/written.h"
#include <regime/sensitivity.h>

#include <math.h>

/* line(t) = 1 + 2t; grown(t) = 3 exp(g t), g = 0.02; `half` happens at 5, when line is 11. */
static const char world[] = "parameters = { g = 0.02; v = 2.0; level = 11.0; };\n"
                            "equations = \"\n"
                            "  init line = 1\n"
                            "  line' = v\n"
                            "  init grown = 3\n"
                            "  grown' = g*grown\n"
                            "  rate = 100*(if(line > 9, 2, 1))\n"
                            "\";\n"
                            "events = ( { name = \"half\"; when = \"line - level\"; %s },\n"
                            "           { name = \"never\"; when = \"line - 100*level\"; } );\n"
                            "observations = { file = \"" FACTS_FILE "\"; base = 2.0;\n"
                            "  series = { squared = \"line^2\"; }; };\n";

static written w;

static void load_world(const char *event, const char *facts) {
  char text[2048];
  snprintf(text, sizeof text, world, event);
  write_file(FACTS_FILE, facts);
  load_text(&w, text);
}

/* --- answers ------------------------------------------------------------------------------------------- */

static void every_kind_in_closed_form(void **state) {
  (void)state;
  load_world("", "variable,from,to,value,kind,base,sd,weight\n"
                 "line,2,4,0,,,,\nline,2,2,0,,,,\nline,3,,0,at,,,\nline,1,7,0,change,,,\n"
                 "grown,1,9,0,growth,,,\ngrown,5,6,0,ratio,0,,\ngrown,5,5,0,ratio,,,\n"
                 "half,,,6.5,event,,0.5,2\nnever,,,8,event,,,\nline,0,0,0,growth,,,\n");
  /* The last is no growth: it has no stretch. */
  const regime_run_options options = REGIME_RUN_DEFAULTS;
  assert_int_equal(regime_run_compute(w.context, w.model, &options, &w.run), REGIME_BAD_MODEL);
  assert_string_equal(regime_diagnostic_at(w.context, 0)->message,
                      "a growth is from one date to another, and here both are 0");
  close_text(&w);

  static const double answers[] = {7.0, 5.0, 7.0, 12.0, 2.0, 1.10517091807564762, 1.06183654654535962,
                                   5.0, NAN};
  load_world("", "variable,from,to,value,kind,base,sd,weight\n"
                 "line,2,4,0,,,,\nline,2,2,0,,,,\nline,3,,0,at,,,\nline,1,7,0,change,,,\n"
                 "grown,1,9,0,growth,,,\ngrown,5,6,0,ratio,0,,\ngrown,5,5,0,ratio,,,\n"
                 "half,,,6.5,event,,0.5,2\nnever,,,8,event,,,\n");
  assert_ok(regime_run_compute(w.context, w.model, &options, &w.run));
  const regime_table *facts = regime_run_table_named(w.run, "facts");
  assert_int_equal(regime_table_rows(facts), 9);
  for (size_t k = 0; k < 8; k++) assert_close(regime_table_number(facts, k, 7), answers[k], 1e-5);
  assert_true(isnan(regime_table_number(facts, 8, 7)));
  assert_string_equal(regime_table_word(facts, 4, 2), "growth");
  assert_close(regime_table_number(facts, 7, 3), 6.5, 0.0); /* an event is when it was */
  assert_close(regime_table_number(facts, 7, 6), 0.5, 0.0);
  close_text(&w);
}

/* Differences of different kinds are not of one size. */
static void the_fit_keeps_kinds_apart(void **state) {
  (void)state;
  load_world("", "variable,from,to,value,kind\nline,2,2,4,\nline,3,,8,at\nline,1,7,10,change\n");
  const regime_run_options options = REGIME_RUN_DEFAULTS;
  assert_ok(regime_run_compute(w.context, w.model, &options, &w.run));
  const regime_table *fit = regime_run_table_named(w.run, "fit");
  assert_int_equal(regime_table_rows(fit), 2);
  assert_string_equal(regime_table_word(fit, 0, 0), "line");
  assert_close(regime_table_number(fit, 0, 1), 2.0, 0.0);
  assert_close(regime_table_number(fit, 0, 2), 1.0, 1e-9);
  assert_string_equal(regime_table_word(fit, 1, 0), "change of line");
  assert_close(regime_table_number(fit, 1, 2), 2.0, 1e-9);
  close_text(&w);
}

/* --- derivatives --------------------------------------------------------------------------------------- */

typedef struct sensed {
  regime_instance *instance;
  regime_system *system;
  rg_output_names names;
  rg_facts facts;
  size_t direction[3], place[64];
  regime_path_options options;
} sensed;

static void open_sensed(sensed *s) {
  *s = (sensed){.direction = {0, 1, 2}, .options = REGIME_PATH_DEFAULTS};
  assert_ok(rg_output_names_make(w.model, &s->names));
  assert_ok(rg_facts_read(w.context, w.model, &s->names, NULL, &s->facts));
  assert_ok(regime_instance_create(w.context, w.model, NULL, &s->instance));
  s->system = regime_instance_system(s->instance);
  s->options.to = 10.0;
  s->options.every = 0.3; /* so that the last segment is another */
  s->options.rtol = 1e-11;
  s->options.atol = 1e-13;
  s->options.direction = s->direction;
  for (size_t k = 0; k < 64; k++) s->place[k] = k;
}

static regime_path *path_of(sensed *s, size_t n_directions) {
  regime_path *path;
  s->options.n_directions = n_directions;
  assert_ok(regime_path_compute(w.context, s->system, &s->options, &path));
  return path;
}

static void answers_at(sensed *s, size_t parameter, double value, double *out) {
  assert_int_equal(s->system->set_parameter(s->system->self, parameter, value), 0);
  regime_path *path = path_of(s, 0);
  for (size_t k = 0; k < s->facts.count; k++) out[k] = rg_fact_model(&s->facts.fact[k], path);
  regime_path_free(path);
}

static void close_sensed(sensed *s) {
  regime_instance_free(s->instance);
  rg_facts_drop(&s->facts);
  rg_output_names_drop(&s->names);
  close_text(&w);
}

enum { MOST = 16 };

/* Central differences with a step of 1e-4 are good to about 1e-7 of what they are taken of. */
static void compare_with_differences(sensed *s, bool stops) {
  double slope[MOST][3], up[MOST], down[MOST];
  const double value[] = {0.02, 2.0, 11.0};
  regime_path *path = path_of(s, 3);
  assert_int_equal(regime_path_outcome(path) == REGIME_STOPPED_BY_EVENT, stops);
  for (size_t k = 0; k < s->facts.count; k++) rg_fact_slope(&s->facts.fact[k], path, s->place, slope[k]);
  regime_path_free(path);
  for (size_t d = 0; d < 3; d++) {
    const double h = 1e-4 * value[d];
    answers_at(s, d, value[d] + h, up);
    answers_at(s, d, value[d] - h, down);
    assert_int_equal(s->system->set_parameter(s->system->self, d, value[d]), 0);
    for (size_t k = 0; k < s->facts.count; k++) {
      const double difference = (up[k] - down[k]) / (2.0 * h);
      if (isnan(difference))
        assert_true(isnan(slope[k][d]));
      else if (!(fabs(slope[k][d] - difference) <= 2e-6 * (1.0 + fabs(difference))))
        fail_msg("fact %zu along %zu: slope %.10g, difference %.10g", k, d, slope[k][d], difference);
    }
  }
}

static const char all_kinds[] =
    "variable,from,to,value,kind,base\n"
    "grown,1.1,4.05,0,,\ngrown,3.33,3.33,0,,\ngrown,3,3,0,at,\nsquared,1,4.2,0,change,\n"
    "grown,1,4.5,0,growth,\nline,1.5,4,0,growth,\nsquared,3,4.3,0,ratio,0.7\n"
    "grown,2.2,2.2,0,ratio,0.1\nhalf,,,6,event,\nnever,,,6,event,\nsquared,0,4.97,0,,\n"
    "squared,4.95,4.95,0,at,\n";

static void slopes_are_those_of_the_answers(void **state) {
  (void)state;
  sensed s;
  load_world("", all_kinds);
  open_sensed(&s);
  compare_with_differences(&s, false);
  close_sensed(&s);
}

/* The path ends with the event: its last point moves, and with it the line towards it. */
static void slopes_up_to_an_end_that_moves(void **state) {
  (void)state;
  sensed s;
  load_world("stop = true;", all_kinds);
  open_sensed(&s);
  compare_with_differences(&s, true);
  close_sensed(&s);
}

/* d/dg of 100 (log y(9) - log y(1))/8 is 100; of the date of an event, (level - 1)/v: 1/v by the level. */
static void slopes_in_closed_form(void **state) {
  (void)state;
  sensed s;
  double slope[3];
  load_world("", "variable,from,to,value,kind\ngrown,1,9,0,growth\nhalf,,,6,event\nline,2,4,0,mean\n");
  open_sensed(&s);
  s.options.every = 0.5;
  regime_path *path = path_of(&s, 3);
  rg_fact_slope(&s.facts.fact[0], path, s.place, slope);
  assert_close(slope[0], 100.0, 1e-6);
  assert_close(slope[1], 0.0, 1e-12);
  rg_fact_slope(&s.facts.fact[1], path, s.place, slope);
  assert_close(slope[1], -2.5, 1e-8);
  assert_close(slope[2], 0.5, 1e-8);
  rg_fact_slope(&s.facts.fact[2], path, s.place, slope);
  assert_close(slope[1], 3.0, 1e-8);
  regime_path_free(path);
  close_sensed(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_kind_in_closed_form),       cmocka_unit_test(the_fit_keeps_kinds_apart),
      cmocka_unit_test(slopes_are_those_of_the_answers), cmocka_unit_test(slopes_up_to_an_end_that_moves),
      cmocka_unit_test(slopes_in_closed_form),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
