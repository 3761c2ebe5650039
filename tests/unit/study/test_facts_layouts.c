/* Files of facts in every layout: what is read from where, and what is passed over. */
#define TEST "study-layouts"
#include "unit/study/written.h"

#include <math.h>

#define DATA REGIME_TESTS "/data/"

static written w;

/* A world of two countries, 1960 to 1964. */
static void run_world(const char *observations) {
  char text[4096];
  snprintf(text, sizeof text,
           "model = { name = \"m\"; time = \"continuous\"; unit = \"year\"; };\n"
           "span = { from = 1960.0; to = 1964.0; output = 0.25; };\n"
           "sets = { country = { members = [\"US\", \"DE\"]; index = [\"i\"]; }; };\n"
           "equations = \"\n"
           "  init e[i] = 0.95\n"
           "  e[i]' = if(i == US, 0.01, 0)\n"
           "  u[i] = 100*(1 - e[i])\n"
           "  total = sum(i, u[i])\n"
           "\";\n"
           "observations = %s;\n",
           observations);
  write_file(MODEL_FILE, text);
  w = (written){0};
  assert_ok(regime_context_create(&w.context));
  const regime_status loaded = regime_model_load(w.context, MODEL_FILE, &w.model);
  print_findings(w.context);
  assert_ok(loaded);
  const regime_run_options options = REGIME_RUN_DEFAULTS;
  const regime_status status = regime_run_compute(w.context, w.model, &options, &w.run);
  print_findings(w.context);
  assert_ok(status);
}

typedef struct expected {
  const char *variable, *member;
  double from, to, fact;
} expected;

static void assert_facts(const expected *e, size_t n) {
  const regime_table *facts = regime_run_table_named(w.run, "facts");
  assert_non_null(facts);
  assert_int_equal(regime_table_rows(facts), n);
  for (size_t k = 0; k < n; k++) {
    assert_string_equal(regime_table_word(facts, k, 0), e[k].variable);
    assert_string_equal(regime_table_word(facts, k, 1), e[k].member);
    assert_string_equal(regime_table_word(facts, k, 2), "mean");
    assert_close(regime_table_number(facts, k, 3), e[k].from, 1e-12);
    assert_close(regime_table_number(facts, k, 4), e[k].to, 1e-12);
    assert_close(regime_table_number(facts, k, 5), e[k].fact, 0.0);
  }
  close_text(&w);
}
#define ASSERT_FACTS(...)                                                                                    \
  assert_facts((const expected[]){__VA_ARGS__}, sizeof((const expected[]){__VA_ARGS__}) / sizeof(expected))

/* The trailing separator, NA and an empty cell; a code by its end, by all of it but the country, whole. */
static void ameco(void **state) {
  (void)state;
  run_world("{ file = \"" DATA "ameco.csv\"; series = { ZUTN = \"100*(1 - e[i])\"; };\n"
            "  members = { US = \"USA\"; DE = \"West Germany\"; }; }");
  ASSERT_FACTS({"ZUTN", "DE", 1960, 1961, 1.1}, {"ZUTN", "DE", 1961, 1962, 0.6},
               {"ZUTN", "DE", 1962, 1963, 0.5}, {"ZUTN", "US", 1960, 1961, 5.5},
               {"ZUTN", "US", 1961, 1962, 6.7}, {"ZUTN", "US", 1962, 1963, 5.5},
               {"ZUTN", "US", 1963, 1964, 5.7});
}

static void ameco_by_the_whole_code(void **state) {
  (void)state;
  run_world("{ file = \"" DATA
            "ameco.csv\"; series = ( { name = \"1.0.0.0.OVGD\"; expr = \"e[i]\"; sd = 0.5; },\n"
            "  { name = \"D_W.1.0.0.0.ZUTN\"; expr = \"u[DE]\"; } ); members = { US = \"USA\"; }; }");
  const regime_table *facts = regime_run_table_named(w.run, "facts");
  assert_close(regime_table_number(facts, 3, 6), 0.5, 0.0);
  assert_close(regime_table_number(facts, 0, 7), 5.0, 1e-9);
  ASSERT_FACTS({"D_W.1.0.0.0.ZUTN", "", 1960, 1961, 1.1}, {"D_W.1.0.0.0.ZUTN", "", 1961, 1962, 0.6},
               {"D_W.1.0.0.0.ZUTN", "", 1962, 1963, 0.5}, {"1.0.0.0.OVGD", "US", 1960, 1961, 3.5},
               {"1.0.0.0.OVGD", "US", 1961, 1962, 3.6}, {"1.0.0.0.OVGD", "US", 1962, 1963, 3.8},
               {"1.0.0.0.OVGD", "US", 1963, 1964, 4.0});
}

/* Lines before the head; `..`; countries and series the model does not have. */
static void world_bank(void **state) {
  (void)state;
  run_world("{ file = \"" DATA
            "worldbank.csv\"; series = ( { name = \"SL.UEM.TOTL.ZS\"; expr = \"u[i]\"; } );\n"
            "  members = { US = \"United States\"; DE = \"DEU\"; }; }");
  ASSERT_FACTS({"SL.UEM.TOTL.ZS", "DE", 1960, 1961, 1.0}, {"SL.UEM.TOTL.ZS", "DE", 1961, 1962, 0.5},
               {"SL.UEM.TOTL.ZS", "DE", 1963, 1964, 0.7}, {"SL.UEM.TOTL.ZS", "US", 1960, 1961, 5.5},
               {"SL.UEM.TOTL.ZS", "US", 1961, 1962, 6.7}, {"SL.UEM.TOTL.ZS", "US", 1962, 1963, 5.5},
               {"SL.UEM.TOTL.ZS", "US", 1963, 1964, 5.7});
}

static void penn_world_table(void **state) {
  (void)state;
  run_world("{ file = \"" DATA "pwt.csv\"; series = { avh = \"2000*e[i]\"; };\n"
            "  members = { US = \"USA\"; DE = \"Germany\"; }; }");
  ASSERT_FACTS({"avh", "DE", 1960, 1961, 2100}, {"avh", "US", 1960, 1961, 1950},
               {"avh", "US", 1961, 1962, 1940});
  run_world("{ file = \"" DATA "pwt9.csv\"; series = { avh = \"2000*e[i]\"; };\n"
            "  members = { US = \"USA\"; DE = \"DEU\"; }; }");
  ASSERT_FACTS({"avh", "DE", 1960, 1961, 2100}, {"avh", "US", 1960, 1961, 1950});
}

/* Both of the OECD's; quarters and months; a missing number. */
static void oecd(void **state) {
  (void)state;
  run_world("{ file = \"" DATA "oecd.csv\"; series = { HUR = \"u[i]\"; };\n"
            "  members = { US = \"USA\"; DE = \"DEU\"; }; }");
  ASSERT_FACTS({"HUR", "DE", 1960, 1961, 1.0}, {"HUR", "US", 1960, 1961, 5.5},
               {"HUR", "US", 1961.25, 1961.5, 7.0});
  run_world("{ file = \"" DATA "sdmx.csv\"; series = { UNE_LF_M = \"u[i]\"; };\n"
            "  members = { US = \"USA\"; DE = \"Germany\"; }; }");
  ASSERT_FACTS({"UNE_LF_M", "DE", 1960, 1961, 1.0}, {"UNE_LF_M", "US", 1961.0 + 2.0 / 12.0, 1961.25, 6.9});
}

static void wide(void **state) {
  (void)state;
  run_world("{ file = \"" DATA "wide.csv\"; }");
  assert_int_equal(regime_diagnostic_count(w.context), 1);
  assert_string_equal(regime_diagnostic_at(w.context, 0)->message,
                      "the model has no variable `remark`: the column is left out");
  ASSERT_FACTS({"total", "", 1960, 1961, 6.0}, {"u", "US", 1960, 1961, 5.5}, {"u", "DE", 1960, 1961, 1.0},
               {"u", "US", 1961, 1962, 6.7}, {"u", "DE", 1961, 1962, 0.5}, {"total", "", 1962, 1962.25, 6.5},
               {"u", "US", 1962, 1962.25, 5.6});
}

static void wide_with_members_as_columns(void **state) {
  (void)state;
  run_world("{ file = \"" DATA "wide_members.csv\"; series = { rate = \"u[i]\"; };\n"
            "  members = { DE = \"West Germany\"; }; }");
  ASSERT_FACTS({"rate", "US", 1960, 1961, 5.5}, {"rate", "DE", 1960, 1961, 1.0},
               {"rate", "US", 1961, 1962, 6.7}, {"rate", "DE", 1961, 1962, 0.5});
}

static void wide_with_a_column_of_members(void **state) {
  (void)state;
  run_world("{ file = \"" DATA "wide_panel.csv\"; layout = \"wide\"; }");
  ASSERT_FACTS({"u", "US", 1960, 1961, 5.5}, {"u", "DE", 1960, 1961, 1.0});
}

/* Several groups, each with its own words; several files of one. */
static void groups_and_files(void **state) {
  (void)state;
  write_file(FACTS_FILE, "country,year,u\nUS,1962,5.5\n");
  run_world("( { files = [\"" DATA "wide_panel.csv\", \"" FACTS_FILE "\"]; },\n"
            "  { file = \"" DATA "oecd.csv\"; series = { HUR = \"u[i]\"; };\n"
            "    members = { DE = \"DEU\"; US = \"USA\"; }; } )");
  ASSERT_FACTS({"u", "US", 1960, 1961, 5.5}, {"u", "DE", 1960, 1961, 1.0}, {"u", "US", 1962, 1963, 5.5},
               {"HUR", "DE", 1960, 1961, 1.0}, {"HUR", "US", 1960, 1961, 5.5},
               {"HUR", "US", 1961.25, 1961.5, 7.0});
}

/* An expression of the model, over a set and without index, is what it says. */
static void the_model_answers_by_the_expression(void **state) {
  (void)state;
  write_file(FACTS_FILE, "variable,member,from,to,value\nrate,US,1962,1962,3\nall,,1960,1960,10\n"
                         "spread,US,1964,1964,1\n");
  run_world("{ file = \"" FACTS_FILE "\"; series = { rate = \"100*(1 - e[i])\"; all = \"sum(i, u[i])\";\n"
            "  spread = \"u[i] - mean(i, u[i])\"; }; }");
  const regime_table *facts = regime_run_table_named(w.run, "facts");
  assert_close(regime_table_number(facts, 0, 7), 3.0, 1e-7);
  assert_close(regime_table_number(facts, 1, 7), 10.0, 1e-7);
  assert_close(regime_table_number(facts, 2, 7), -2.0, 1e-7);
  assert_true(regime_run_output(w.run, "observed rate[US]") >= 0);
  close_text(&w);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(ameco),
      cmocka_unit_test(ameco_by_the_whole_code),
      cmocka_unit_test(world_bank),
      cmocka_unit_test(penn_world_table),
      cmocka_unit_test(oecd),
      cmocka_unit_test(wide),
      cmocka_unit_test(wide_with_members_as_columns),
      cmocka_unit_test(wide_with_a_column_of_members),
      cmocka_unit_test(groups_and_files),
      cmocka_unit_test(the_model_answers_by_the_expression),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
