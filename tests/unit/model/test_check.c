/* What is wrong with a model, said in one pass. */
#include "written.h"

typedef struct mistake {
  const char *equations, *part;
} mistake;

static const char *const groups =
    "sets = { c = { members = [\"US\", \"GB\"]; index = [\"i\", \"j\"]; subsets = { north = [\"US\"]; }; };\n"
    "         s = { members = [\"X\", \"Y2\"]; index = [\"m\"]; }; };\n"
    "parameters = { sigma = 4.0; p = { over = \"c\"; default = 1.0; }; };\nmodes = { mode = 0.0; };\n"
    "paths = { oil = { points = ([0.0, 1.0]); }; };\n";

/* All stand after: init x = 1, x' = sigma*p[US] + mode. The full wording is judged in tests/diagnostics; here
 * each mistake must be found, and the message speak of it. */
static const mistake mistakes[] = {
    {"y = sigm*x", "`sigm`"},
    {"y = expp(x)", "`expp`"},
    {"y = US*x", "`US`"},
    {"y = i*x", "`i`"},
    {"y = exp*x", "`exp`"},
    {"y = p*x", "no index"},
    {"y = p[US,GB]", "indices"},
    {"y = x[US]", "`x` has no index"},
    {"y = oil[US]", "`oil` has no index"},
    {"y = p[FR]", "`FR`"},
    {"y = p[i]", "`i`"},
    {"y = p[m]", "`m` runs over `s`"},
    {"y[m] = p[m]", "`m` runs over `s`"},
    {"y[i] = p[i] + sum(j, q[j])", "`q`"},
    {"y = sum(x, p[i])", "`sum`"},
    {"y = sum(i in south, p[i])", "`south`"},
    {"y = sum(m, p[m])", "`m` runs over"},
    {"y = sum(m != US, 1)", "`US`"},
    {"y = mean(j != j, 1)", "`j`"},
    {"y = exp(x, 2)", "`exp` takes 1 argument"},
    {"y = clamp(x, 1)", "`clamp` takes 3 arguments"},
    {"def f(a) = a\ny = f(x, x)", "`f` takes 1 argument"},
    {"y = sigma(x)", "`sigma`"},
    {"def f(a) = f(a) + 1\ny = f(x)", "calls itself"},
    {"def f(a) = g(a)\ndef g(a) = f(a)\ny = f(x)", "calls itself"},
    {"def f(a) = a + i\ny[i] = f(x)", "`i`"},
    {"def f(a) = p[i]*a\ny[i] = f(x)", "`i`"},
    {"def f(a, a) = a\ny = f(x, x)", "`a`"},
    {"y = if(x, 1, 2)", "condition"},
    {"y = (x > 1) + 1", "condition"},
    {"y = x > 1", "condition"},
    {"def f(a) = if(a, 1, 2)\ny = f(x)", "condition"},
    {"y = not x", "condition"},
    {"y[i] = if(i == 2, 1, 0)", "index"},
    {"y[i] = if(i == X, 1, 0)", "`X`"},
    {"y = x(-1)", "`x(-1)`"},
    {"y = x(+1)", "`x(+1)`"},
    {"y = sigma'", "`sigma`"},
    {"y = x\ny = 2*x", "`y` has an equation twice"},
    {"y[i] = x\ny[US] = 2", "`y[US]` has an equation twice"},
    {"y[US] = x", "`y[GB]`"},
    {"y[i,i] = x", "both indices of `y`"},
    {"y[q] = x", "`q`"},
    {"y[US]' = x\ninit y[US] = 1\ny[GB] = 2", "`y`"},
    {"y' = x", "no first value for `y`"},
    {"y[i]' = x\ninit y[US] = 1", "no first value for `y[GB]`"},
    {"init y = 2", "`y`"},
    {"init x = 3", "`x`"},
    {"init sigma = 3", "`sigma`"},
    {"sigma = 3", "`sigma`"},
    {"oil = 3", "`oil`"},
    {"mode' = 3", "`mode`"},
    {"i = 3", "`i`"},
    {"exp = 3", "`exp`"},
    {"t = 3", "`t`"},
    {"pi = 3", "`pi`"},
};

static void each_mistake_has_its_message(void **state) {
  (void)state;
  for (size_t k = 0; k < sizeof mistakes / sizeof *mistakes; k++) {
    char equations[512];
    snprintf(equations, sizeof equations, "init x = 1\nx' = sigma*p[US] + mode\n%s", mistakes[k].equations);
    assert_refused(groups, equations, mistakes[k].part);
  }
}

static void the_mean_of_nothing_is_refused(void **state) {
  (void)state;
  assert_refused("sets = { c = { members = [\"US\"]; index = [\"i\", \"j\"]; }; };\n",
                 "init x = 1\nx' = mean(i != US, x)", "of nothing");
}

static void nested_functions_do_not_explode(void **state) {
  (void)state;
  char equations[4096] = "init x = 1\ndef f0(a) = a + 1\n";
  for (int k = 1; k < 60; k++)
    snprintf(equations + strlen(equations), 64, "def f%d(a) = f%d(a) + f%d(-a)\n", k, k - 1, k - 1);
  strcat(equations, "x' = f59(x)");
  assert_refused("", equations, "million terms");
}

/* Each calls the next: deeper than a stack, whichever end the check begins at. */
static void long_chains_of_functions_are_refused(void **state) {
  (void)state;
  enum { LONG = 20000 };
  char *equations = malloc(64 * LONG), *at = equations;
  assert_non_null(equations);
  at += sprintf(at, "init x = 1\nx' = f0(x)\n");
  for (int k = 0; k < LONG; k++) at += sprintf(at, "def f%d(a) = 1 + f%d(a)\n", k, k + 1);
  sprintf(at, "def f%d(a) = a", LONG);
  assert_refused("", equations, "levels deep");
  free(equations);
}

static void everything_is_said_at_once(void **state) {
  (void)state;
  written w;
  assert_int_equal(load_text(&w, "", "x' = a*sigm\ny = exp(1, 2)\ny = x(+1)\nz' = if(x, 1, 0)"),
                   REGIME_BAD_MODEL);
  assert_true(regime_diagnostic_errors(w.context) >= 7);
  drop(&w);
}

static void places_and_remedies_are_given(void **state) {
  (void)state;
  written w;
  assert_int_equal(load_text(&w, "parameters = { sigma = 1.0; };\n", "init x = 1\nx' = x*sigm"),
                   REGIME_BAD_MODEL);
  const regime_diagnostic *d = regime_diagnostic_at(w.context, 0);
  for (size_t k = 0; k < regime_diagnostic_count(w.context); k++)
    if (strstr(regime_diagnostic_at(w.context, k)->message, "sigm`")) d = regime_diagnostic_at(w.context, k);
  assert_int_equal(d->line, 7);
  assert_int_equal(d->column, 8);
  assert_int_equal(d->width, 4);
  assert_string_equal(d->remedy, "did you mean `sigma`?");
  assert_string_equal(d->source, "x' = x*sigm");
  drop(&w);
}

static void discrete_time_is_declared_unsolved(void **state) {
  (void)state;
  char path[] = "/tmp/regime-test-XXXXXX";
  written w = {0};
  assert_ok(regime_context_create(&w.context));
  FILE *file = fdopen(mkstemp(path), "w");
  fputs("model = { name = \"m\"; time = \"discrete\"; };\nequations = \"\ninit Y = 1\nY = 0.5*Y(-1) + "
        "d(Y(-1)) + q\n\";\n",
        file);
  fclose(file);
  assert_int_equal(regime_model_load(w.context, path, &w.model), REGIME_BAD_MODEL);
  unlink(path);
  assert_int_equal(regime_diagnostic_errors(w.context), 2); /* that, and q */
  assert_non_null(strstr(regime_diagnostic_at(w.context, 0)->message, "continuous time only"));
  drop(&w);
}

static void a_parameter_nobody_uses_is_a_warning(void **state) {
  (void)state;
  written w;
  assert_ok(load_text(&w, "parameters = { p = 1.0; q = 2.0; };\n", "init x = p\nx' = 1"));
  assert_int_equal(regime_diagnostic_count(w.context), 1);
  assert_non_null(strstr(regime_diagnostic_at(w.context, 0)->message, "`q`"));
  assert_int_equal(regime_diagnostic_at(w.context, 0)->severity, REGIME_WARNING);
  drop(&w);
}

/* Debt is called d in many papers. */
static void d_may_be_a_quantity(void **state) {
  (void)state;
  written w = open_text("", "init d = 2\nd' = 3*d\ny = d(d)/d");
  assert_close(value_of(&w, "y"), 3.0, 1e-15);
  drop(&w);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_mistake_has_its_message),
      cmocka_unit_test(the_mean_of_nothing_is_refused),
      cmocka_unit_test(nested_functions_do_not_explode),
      cmocka_unit_test(long_chains_of_functions_are_refused),
      cmocka_unit_test(everything_is_said_at_once),
      cmocka_unit_test(places_and_remedies_are_given),
      cmocka_unit_test(discrete_time_is_declared_unsolved),
      cmocka_unit_test(a_parameter_nobody_uses_is_a_warning),
      cmocka_unit_test(d_may_be_a_quantity),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
