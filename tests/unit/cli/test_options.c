/* Options and arguments of a command line. */
#include "cli/options.h"
#include "support/check.h"

static regime_context *context;
static rg_options options;

static int open_context(void **state) {
  (void)state;
  return regime_context_create(&context) == REGIME_OK ? 0 : -1;
}

static int close_context(void **state) {
  (void)state;
  rg_options_drop(&options);
  regime_context_free(context);
  return 0;
}

enum { MOST_WORDS = 16 };

/* Reads words ended by NULL, every option but --latex being allowed. */
static regime_status read_words(const char *const *words) {
  char *copy[MOST_WORDS];
  int count = 0;
  for (; words[count]; count++) copy[count] = (char *)words[count];
  return rg_options_read(context, "run", ~RG_OPTIONS(LATEX), count, copy, &options);
}
#define READ(...) read_words((const char *const[]){__VA_ARGS__, NULL})

static void values_stand_apart_or_behind_an_equals_sign(void **state) {
  (void)state;
  assert_ok(READ("goodwin", "--out", "there", "--scenario=late", "--rtol", "1e-6", "--from", "-5"));
  assert_string_equal(options.argument, "goodwin");
  assert_string_equal(options.text[RG_OPTION_OUT], "there");
  assert_string_equal(options.text[RG_OPTION_SCENARIO], "late");
  assert_close(options.number[RG_OPTION_RTOL], 1e-6, 0.0);
  assert_close(options.number[RG_OPTION_FROM], -5.0, 0.0);
  assert_true(isnan(options.number[RG_OPTION_TO]));
}

static void settings_gather(void **state) {
  (void)state;
  assert_ok(READ("--set", "rho=0.08", "--set", "involvement[SE]=-1e-3"));
  assert_int_equal(options.n_settings, 2);
  assert_string_equal(options.settings[0].name, "rho");
  assert_close(options.settings[0].value, 0.08, 0.0);
  assert_string_equal(options.settings[1].name, "involvement[SE]");
  assert_close(options.settings[1].value, -1e-3, 0.0);
}

static regime_status read_as(const char *command, rg_option_set allowed, const char *const *words) {
  char *copy[MOST_WORDS];
  int count = 0;
  for (; words[count]; count++) copy[count] = (char *)words[count];
  return rg_options_read(context, command, allowed, count, copy, &options);
}

static void ranges_and_pairs_gather(void **state) {
  (void)state;
  assert_ok(READ("--bounds", "u=-1e-3:0.5", "--bounds=y[SE]=0:1", "--start", "-1,2", "--hold", "d=0.1"));
  assert_int_equal(options.n_bounds, 2);
  assert_string_equal(options.bounds[1].name, "y[SE]");
  assert_close(options.bounds[0].low, -1e-3, 0.0);
  assert_close(options.bounds[0].high, 0.5, 0.0);
  assert_int_equal(options.n_starts, 1);
  assert_close(options.starts[0], -1.0, 0.0);
  assert_close(options.starts[1], 2.0, 0.0);
  assert_int_equal(options.n_held, 1);
  assert_int_equal(options.n_settings, 0);
}

/* `--from` is a time in a run, and a value of the parameter along a branch. */
static void a_spelling_means_what_the_command_allows(void **state) {
  (void)state;
  const char *const words[] = {"--from", "2", NULL};
  assert_ok(read_as("branch", RG_OPTIONS(PARAMETER_FROM), words));
  assert_close(options.number[RG_OPTION_PARAMETER_FROM], 2.0, 0.0);
  assert_true(isnan(options.number[RG_OPTION_FROM]));
}

static void choices_are_numbered(void **state) {
  (void)state;
  assert_ok(READ("--linear", "sparse"));
  assert_int_equal(options.choice[RG_OPTION_LINEAR], 2);
  assert_int_equal(options.choice[RG_OPTION_METHOD], 0);
}

static void assert_one_error(regime_status status, const char *message, const char *remedy) {
  assert_int_equal(status, REGIME_BAD_ARGUMENT);
  assert_int_equal(regime_diagnostic_errors(context), 1);
  assert_string_equal(regime_diagnostic_at(context, 0)->message, message);
  if (remedy) assert_string_equal(regime_diagnostic_at(context, 0)->remedy, remedy);
}

static void an_unknown_option_gets_the_nearest(void **state) {
  (void)state;
  assert_one_error(READ("goodwin", "--scenaro", "x"), "`regime run` has no option `--scenaro`",
                   "did you mean `--scenario`?");
}

static void an_option_of_another_command(void **state) {
  (void)state;
  assert_one_error(READ("--latex"), "`regime run` has no option `--latex`", NULL);
}

static void a_value_that_is_missing(void **state) {
  (void)state;
  assert_one_error(READ("--out", "--json"), "`--out` needs a value: --out DIR", NULL);
}

static void a_number_that_is_none(void **state) {
  (void)state;
  assert_one_error(READ("--to", "soon"), "`--to` needs a number, and `soon` is none", NULL);
}

static void a_tolerance_below_zero(void **state) {
  (void)state;
  assert_one_error(READ("--rtol", "-1"), "`--rtol` must be above zero, not -1", NULL);
}

static void a_setting_without_value(void **state) {
  (void)state;
  assert_one_error(READ("--set", "rho"), "`--set` needs NAME=VALUE with a number, not `rho`", NULL);
}

static void a_choice_that_is_none(void **state) {
  (void)state;
  assert_one_error(READ("--method", "euler"), "`--method` is one of bdf|adams, not `euler`", NULL);
}

static void a_second_argument(void **state) {
  (void)state;
  assert_one_error(READ("goodwin", "keen"), "`keen` is one argument too many", NULL);
}

static void everything_wrong_is_said_at_once(void **state) {
  (void)state;
  assert_int_equal(READ("--to", "soon", "--metod", "bdf", "--quiet=1"), REGIME_BAD_ARGUMENT);
  assert_int_equal(regime_diagnostic_errors(context), 3);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_context, close_context)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(values_stand_apart_or_behind_an_equals_sign),
      TEST(settings_gather),
      TEST(ranges_and_pairs_gather),
      TEST(a_spelling_means_what_the_command_allows),
      TEST(choices_are_numbered),
      TEST(an_unknown_option_gets_the_nearest),
      TEST(an_option_of_another_command),
      TEST(a_value_that_is_missing),
      TEST(a_number_that_is_none),
      TEST(a_tolerance_below_zero),
      TEST(a_setting_without_value),
      TEST(a_choice_that_is_none),
      TEST(a_second_argument),
      TEST(everything_wrong_is_said_at_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
