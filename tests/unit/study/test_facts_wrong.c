/* What is wrong with facts is said with its place and what to do, word for word. */
#define TEST "study-wrong"
#include "unit/study/written.h"

#include <math.h>

#define DATA REGIME_TESTS "/data/"

static written w;

/* Country A has share 0.05, B 0.1; from 0 to 10. */
static void load_world(const char *observations) {
  char text[2048];
  snprintf(text, sizeof text,
           "sets = { c = { members = [\"Austria\", \"Brazil\"]; index = [\"i\"]; }; };\n"
           "equations = \"\n"
           "  init share[i] = if(i == Austria, 0.05, 0.1)\n"
           "  share[i]' = 0\n"
           "  total = sum(i, share[i])\n"
           "\";\n"
           "events = ( { name = \"crash\"; when = \"total - 9\"; } );\n"
           "observations = %s;\n",
           observations);
  load_text(&w, text);
}

typedef struct finding {
  int line;
  const char *message, *remedy;
} finding;

static void assert_findings(const finding *f, size_t n) {
  print_findings(w.context);
  assert_int_equal(regime_diagnostic_count(w.context), n);
  for (size_t k = 0; k < n; k++) {
    const regime_diagnostic *d = regime_diagnostic_at(w.context, k);
    assert_int_equal(d->line, f[k].line);
    assert_string_equal(d->message, f[k].message);
    assert_string_equal(d->remedy, f[k].remedy);
  }
  close_text(&w);
}
#define ASSERT_FINDINGS(...)                                                                                 \
  assert_findings((const finding[]){__VA_ARGS__}, sizeof((const finding[]){__VA_ARGS__}) / sizeof(finding))

static void check_facts(const char *observations, const char *facts, regime_status expected) {
  write_file(FACTS_FILE, facts);
  load_world(observations);
  assert_int_equal(regime_study_check(w.context, w.model), expected);
}

#define FILE_ONLY "{ file = \"" FACTS_FILE "\"; }"

static void names(void **state) {
  (void)state;
  check_facts(FILE_ONLY,
              "variable,member,from,to,value\nshares,Austria,0,1,1\nZUTN,Austria,0,1,1\nshare,Austia,0,1,1\n"
              "share,Peru,0,1,1\nshare,,0,1,1\ntotal,Brazil,0,1,1\n",
              REGIME_BAD_MODEL);
  ASSERT_FINDINGS({2, "the model has no variable `shares`", "did you mean `share`?"},
                  {3, "the model has no variable `ZUTN`",
                   "say what it is: observations = { ...; series = { ZUTN = \"EXPRESSION\"; }; };"},
                  {4, "`c` has no member `Austia`", "did you mean `Austria`?"},
                  {5, "`c` has no member `Peru`",
                   "say who it is: observations = { ...; members = { Austria = \"Peru\"; }; };"},
                  {6, "`share` is one for each of `c`, and this fact names none",
                   "write whom it is about under `member`"},
                  {7, "`total` has no members, and this fact is about `Brazil`",
                   "leave `member` empty, or name a series that has members"});
}

static void dates(void **state) {
  (void)state;
  check_facts(FILE_ONLY,
              "variable,member,from,to,value,kind\ntotal,,4,3,1,\ntotal,,4,4,1,change\ntotal,,,,1,\n"
              "total,,3,4,1,ratio\ntotal,,3,4,1,mid\ncrush,,,,3,event\n",
              REGIME_BAD_MODEL);
  ASSERT_FINDINGS(
      {2, "this fact ends at 3, before it begins at 4", "write the earlier date under `from`"},
      {3, "a change is from one date to another, and here both are 4", "write a later date under `to`"},
      {4, "this fact has no date", "write both `from` and `to`; an instant has both the same"},
      {5, "a ratio is to a base year, and this one has none",
       "add a column `base`, or write base = 1960.0; under `observations`"},
      {6, "there is no kind of fact `mid`", "the kinds are mean, at, change, growth, ratio and event"},
      {7, "the model has no event `crush`", "did you mean `crash`?"});
}

static void beyond_the_span(void **state) {
  (void)state;
  check_facts(FILE_ONLY, "variable,member,from,to,value\ntotal,,1,2,1\ntotal,,9,11,1\ntotal,,-1,2,1\n",
              REGIME_OK);
  ASSERT_FINDINGS({3, "2 facts lie beyond the span from 0 to 10, this first",
                   "they do not count; widen `span`, or take them away"});
}

static void weights(void **state) {
  (void)state;
  check_facts(FILE_ONLY,
              "variable,from,to,value,sd,weight\ntotal,1,2,1,0,1\ntotal,2,3,1,1,-1\ntotal,3,4,1,1,0\n",
              REGIME_BAD_MODEL);
  ASSERT_FINDINGS(
      {2, "a standard deviation is positive, and this one is 0", "leave it empty where it is not known"},
      {3, "a weight cannot be negative, and this one is -1", "a weight of 0 leaves the fact out of a fit"});
}

static void cells(void **state) {
  (void)state;
  check_facts(FILE_ONLY,
              "variable,from,to,value\ntotal,1,2,much\ntotal,2,3,NA\ntotal,3,4,..\ntotal,4,5,:\ntotal,5,6,\n",
              REGIME_BAD_MODEL);
  ASSERT_FINDINGS(
      {2, "`much` in the column `value` is not a number", "leave the cell empty where there is no figure"});
}

static void twice(void **state) {
  (void)state;
  check_facts(FILE_ONLY,
              "variable,member,from,to,value\nshare,Brazil,1,2,1\ntotal,,1,2,1\nshare,Brazil,1,2,3\n",
              REGIME_BAD_MODEL);
  ASSERT_FINDINGS({4, "this fact about `share[Brazil]` stands on line 2 already",
                   "take one of the two away, or give their mean"});
}

static void a_series_that_is_several(void **state) {
  (void)state;
  load_world("{ file = \"" DATA
             "ameco.csv\"; series = { OVGD = \"share[i]\"; }; members = { Brazil = \"USA\"; }; }");
  assert_int_equal(regime_study_check(w.context, w.model), REGIME_OK); /* 1960 is not within 0 to 10 */
  close_text(&w);
  write_file(FACTS_FILE, "CODE;COUNTRY;0001\nBRA.1.0.0.0.X;Brazil;1\nBRA.1.1.0.0.X;Brazil;2\n");
  load_world("{ file = \"" FACTS_FILE "\"; series = { X = \"share[i]\"; }; }");
  assert_int_equal(regime_study_check(w.context, w.model), REGIME_BAD_MODEL);
  ASSERT_FINDINGS(
      {3, "this fact about `X[Brazil]` stands on line 2 already",
       "several series of the file are called so: name the one meant by its whole code, or leave one in "
       "the file"});
}

static void layouts(void **state) {
  (void)state;
  check_facts(FILE_ONLY, "variable,member,from,to,value\n", REGIME_BAD_MODEL);
  ASSERT_FINDINGS(
      {1, "the table of facts has no rows", "write a row a fact below its head, or take the file away"});
  check_facts(FILE_ONLY, "a,b\n1,2\n", REGIME_BAD_MODEL);
  ASSERT_FINDINGS(
      {1, "no layout of facts has a head like this",
       "a head is one of these: CODE;COUNTRY;SUB-CHAPTER;TITLE;UNIT;1960;1961 (ameco); Country "
       "Name,Country Code,Indicator Name,Indicator Code,1960,1961 (worldbank); "
       "LOCATION,INDICATOR,TIME,Value or REF_AREA,MEASURE,TIME_PERIOD,OBS_VALUE (oecd); "
       "countrycode,year,rgdpe (pwt); variable,member,from,to,value (long); year,NAME,NAME (wide)"});
  check_facts("{ file = \"" FACTS_FILE "\"; layout = \"pwt\"; }", "a,b\n1,2\n", REGIME_BAD_MODEL);
  ASSERT_FINDINGS({1, "this file is not laid out as `pwt`",
                   "its head would be like countrycode,year,rgdpe; or leave `layout` out"});
  check_facts(FILE_ONLY, "year,total\nlast,2\n", REGIME_BAD_MODEL);
  ASSERT_FINDINGS({2, "`last` is no date", "write 1960, 1960-Q2 or 1960-05"});
}

static void names_a_file_does_not_have(void **state) {
  (void)state;
  load_world("{ file = \"" DATA "oecd.csv\"; series = { HUT = \"share[i]\"; }; }");
  assert_int_equal(regime_study_check(w.context, w.model), REGIME_BAD_MODEL);
  ASSERT_FINDINGS({0, "the file has no series `HUT`", "did you mean `HUR`?"});
  load_world("{ file = \"" DATA "oecd.csv\"; series = { HUR = \"share[i]\"; };\n"
             "  members = { Austria = \"DEUX\"; Brazil = \"USA\"; }; }");
  assert_int_equal(regime_study_check(w.context, w.model), REGIME_BAD_MODEL);
  ASSERT_FINDINGS({0, "the file has no member `DEUX`", "did you mean `DEU`?"});
  load_world("{ file = \"" DATA "oecd.csv\"; }");
  assert_int_equal(regime_study_check(w.context, w.model), REGIME_BAD_MODEL);
  ASSERT_FINDINGS({0, "the model knows none of the file's series",
                   "say what they are: series = ( { name = \"CPI\"; expr = \"EXPRESSION\"; } );"});
}

/* Shares beside per cent, told once a run; not where two facts could be chance, nor at forty times. */
static void units(void **state) {
  (void)state;
  const regime_run_options options = REGIME_RUN_DEFAULTS;
  const char *in_per_cent = "variable,member,from,to,value\nshare,Austria,1,2,5.5\nshare,Austria,2,3,4\n"
                            "share,Brazil,2,3,9\ntotal,,2,3,15\ntotal,,3,4,15\n";
  write_file(FACTS_FILE, in_per_cent);
  load_world(FILE_ONLY);
  assert_ok(regime_run_compute(w.context, w.model, &options, &w.run));
  ASSERT_FINDINGS({0, "the facts about `share` are about 90 times what the model says",
                   "is one in per cent and the other a share? Say so: series = { share = \"100*...\"; };"});
  write_file(FACTS_FILE, in_per_cent);
  load_world("{ file = \"" FACTS_FILE "\"; series = { share = \"100*share[i]\"; }; }");
  assert_ok(regime_run_compute(w.context, w.model, &options, &w.run));
  assert_int_equal(regime_diagnostic_count(w.context), 0);
  close_text(&w);
  write_file(FACTS_FILE, in_per_cent);
  load_world("{ file = \"" FACTS_FILE "\"; series = { share = \"10000*share[i]\"; }; }");
  assert_ok(regime_run_compute(w.context, w.model, &options, &w.run));
  ASSERT_FINDINGS({0, "the facts about `share` are about 0.009 times what the model says",
                   "is one in per cent and the other a share? Say so: series = { share = \"0.01*...\"; };"});
}

/* Any cells at all below a head: facts or words, never a crash. */
static void random_cells_do_no_harm(void **state) {
  (void)state;
  static const char *const heads[] = {
      "variable,member,from,to,value,sd,weight,kind,base",
      "year,share[Brazil],total,member",
      "CODE;COUNTRY;0001;0002",
      "Data Source,x\n\nCountry Name,Country Code,Indicator Name,Indicator Code,0001",
      "countrycode,country,year,total",
      "LOCATION,INDICATOR,TIME,Value"};
  static const char *const cells[] = {"",      "..",    ":",      "NA",        "1",     "2-Q3",   "3-07",
                                      "4-Q9",  "-1",    "x",      "Brazil",    "share", "total",  "crash",
                                      "event", "ratio", "growth", "1.0.total", ".",     "share[", "1e99"};
  const unsigned seed = 20250611;
  srand(seed);
  for (int k = 0; k < 600; k++) {
    const char *head = heads[k % 6];
    char facts[2048], separator = strchr(head, ';') ? ';' : ',';
    size_t n = (size_t)snprintf(facts, sizeof facts, "%s\n", head);
    const char *last = strrchr(head, '\n') ? strrchr(head, '\n') : head;
    size_t columns = 1;
    for (const char *c = last; *c; c++) columns += *c == separator;
    for (int row = 0; row < 5; row++)
      for (size_t c = 0; c < columns; c++)
        n += (size_t)snprintf(facts + n, sizeof facts - n, "%s%c",
                              cells[(size_t)rand() % (sizeof cells / sizeof *cells)],
                              c + 1 < columns ? separator : '\n');
    write_file(FACTS_FILE, facts);
    load_world("{ file = \"" FACTS_FILE "\"; series = { x = \"share[i] + total\"; }; }");
    const regime_status status = regime_study_check(w.context, w.model);
    if (status != REGIME_OK && status != REGIME_BAD_MODEL)
      fail_msg("status %d (seed %u, try %d) for\n%s", (int)status, seed, k, facts);
    if ((status == REGIME_BAD_MODEL) != (regime_diagnostic_errors(w.context) > 0))
      fail_msg("status %d without its words (seed %u, try %d) for\n%s", (int)status, seed, k, facts);
    close_text(&w);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(names),
      cmocka_unit_test(dates),
      cmocka_unit_test(beyond_the_span),
      cmocka_unit_test(weights),
      cmocka_unit_test(cells),
      cmocka_unit_test(twice),
      cmocka_unit_test(a_series_that_is_several),
      cmocka_unit_test(layouts),
      cmocka_unit_test(names_a_file_does_not_have),
      cmocka_unit_test(units),
      cmocka_unit_test(random_cells_do_no_harm),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
