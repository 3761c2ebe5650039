/* Fits whose answer is known in closed form: least squares on a straight line, posterior modes, M-estimates.
 */
#define TEST "test_fit"
#include "written.h"

#include <regime/fit.h>

typedef struct fitted {
  written w;
  regime_fit *fit;
} fitted;

static const char line[] =
    "parameters = { a = { value = 0.3; free = true; }; b = { value = 1.0; free = true; }; };\n"
    "equations = \" init x = a\n x' = b \";\n"
    "observations = { file = \"" FACTS_FILE "\"; };\n";

/* x(t) = a. */
#define LEVEL(rest)                                                                                          \
  "parameters = { a = { value = 1.0; free = true; " rest " }; };\n"                                          \
  "equations = \" init x = a\n x' = 0 \";\nobservations = { file = \"" FACTS_FILE "\"; };\n"

static void fit_text(fitted *f, const char *text, const char *facts, regime_fit_options options) {
  write_file(FACTS_FILE, facts);
  load_text(&f->w, text);
  const regime_status status = regime_fit_compute(f->w.context, f->w.model, &options, &f->fit);
  print_findings(f->w.context);
  assert_ok(status);
}

static void close_fit(fitted *f) {
  regime_fit_free(f->fit);
  close_text(&f->w);
}

static double value(const fitted *f, size_t k) { return regime_fit_parameter(f->fit, k)->value; }
static double std_error(const fitted *f, size_t k) { return regime_fit_parameter(f->fit, k)->std_error; }

/* --- a straight line ----------------------------------------------------------------------------------- */

enum { N = 5 };
static const double at[N] = {1.0, 2.0, 4.0, 7.0, 9.5}, seen[N] = {1.4, 1.9, 3.2, 4.4, 6.1},
                    sd[N] = {0.1, 0.2, 0.1, 0.3, 0.2};

static void print_line(char *facts) {
  facts += sprintf(facts, "variable,from,to,value,sd\n");
  for (size_t k = 0; k < N; k++) facts += sprintf(facts, "x,%g,%g,%g,%g\n", at[k], at[k], seen[k], sd[k]);
}

/* Weighted least squares by the normal equations: estimates and their covariance. */
static void solve_line(double estimate[2], double covariance[3]) {
  double w = 0, t = 0, tt = 0, y = 0, ty = 0;
  for (size_t k = 0; k < N; k++) {
    const double weight = 1.0 / (sd[k] * sd[k]);
    w += weight;
    t += weight * at[k];
    tt += weight * at[k] * at[k];
    y += weight * seen[k];
    ty += weight * at[k] * seen[k];
  }
  const double determinant = w * tt - t * t;
  estimate[0] = (tt * y - t * ty) / determinant;
  estimate[1] = (w * ty - t * y) / determinant;
  covariance[0] = tt / determinant;
  covariance[1] = -t / determinant;
  covariance[2] = w / determinant;
}

static void a_line_is_least_squares(void **state) {
  char facts[512];
  double estimate[2], covariance[3];
  fitted f;
  (void)state;
  print_line(facts);
  solve_line(estimate, covariance);
  fit_text(&f, line, facts, REGIME_FIT_DEFAULTS);
  assert_true(regime_fit_converged(f.fit));
  assert_close(value(&f, 0), estimate[0], 1e-7);
  assert_close(value(&f, 1), estimate[1], 1e-7);
  assert_close(std_error(&f, 0), sqrt(covariance[0]), 1e-7);
  assert_close(std_error(&f, 1), sqrt(covariance[2]), 1e-7);
  assert_close(regime_fit_correlation(f.fit, 0, 1), covariance[1] / sqrt(covariance[0] * covariance[2]),
               1e-7);
  double cost = 0.0;
  for (size_t k = 0; k < N; k++)
    cost += 0.5 * pow((estimate[0] + estimate[1] * at[k] - seen[k]) / sd[k], 2.0);
  assert_close(regime_fit_cost(f.fit), cost, 1e-7);
  assert_close(regime_fit_parameter(f.fit, 0)->information, 1.0, 1e-12);
  assert_int_equal(regime_fit_parameter(f.fit, 0)->verdict, REGIME_BOUNDED);
  close_fit(&f);
}

/* Of a linear model the profile is a parabola. */
static void a_profile_of_a_line_ends_at_1_96_errors(void **state) {
  char facts[512];
  fitted f;
  (void)state;
  print_line(facts);
  fit_text(&f, line, facts, REGIME_FIT_DEFAULTS);
  assert_ok(regime_fit_profile(f.w.context, f.fit));
  for (size_t k = 0; k < 2; k++) {
    const regime_fitted *p = regime_fit_parameter(f.fit, k);
    assert_close((p->to - p->value) / p->std_error, 1.96, 0.02);
    assert_close((p->value - p->from) / p->std_error, 1.96, 0.02);
    assert_true(p->is_profiled && p->verdict == REGIME_BOUNDED);
  }
  close_fit(&f);
}

static void draws_of_a_line_have_its_moments(void **state) {
  char facts[512];
  fitted f;
  (void)state;
  print_line(facts);
  fit_text(&f, line, facts, REGIME_FIT_DEFAULTS);
  assert_ok(regime_fit_sample(f.w.context, f.fit, (regime_sample_options){4000, 4, 2000}));
  const regime_table *posterior = regime_fit_table_named(f.fit, "posterior");
  for (size_t k = 0; k < 2; k++) {
    const double error = std_error(&f, k), size = regime_table_number(posterior, k, 7);
    assert_true(size > 400.0);
    assert_close((regime_table_number(posterior, k, 1) - value(&f, k)) / error, 0.0, 4.0 / sqrt(size));
    assert_close(regime_table_number(posterior, k, 2) / error, 1.0, 4.0 / sqrt(size));
    assert_true(regime_table_number(posterior, k, 6) < 1.02);
  }
  assert_int_equal(regime_table_rows(regime_fit_table_named(f.fit, "draws")), 16000);
  close_fit(&f);
}

/* --- priors -------------------------------------------------------------------------------------------- */

static const double y = 1.3, s = 0.2;
static const char one_fact[] = "variable,from,to,value,sd\nx,5,5,1.3,0.2\n";

static void a_normal_prior_is_weighed_by_precision(void **state) {
  fitted f;
  (void)state;
  fit_text(&f, LEVEL("prior = { kind = \"normal\"; at = 0.9; sd = 0.1; };"), one_fact, REGIME_FIT_DEFAULTS);
  const double precision = 1.0 / (s * s) + 100.0;
  assert_close(value(&f, 0), (y / (s * s) + 0.9 * 100.0) / precision, 1e-8);
  assert_close(std_error(&f, 0), 1.0 / sqrt(precision), 1e-8);
  assert_close(regime_fit_parameter(f.fit, 0)->information, 1.0 - 100.0 / precision, 1e-7);
  close_fit(&f);
}

/* Derivative of the logarithm of the posterior density is zero at its mode. */
static void a_lognormal_prior_gives_the_mode(void **state) {
  fitted f;
  (void)state;
  fit_text(&f, LEVEL("prior = { kind = \"lognormal\"; at = 0.8; sd = 0.3; };"), one_fact,
           REGIME_FIT_DEFAULTS);
  const double a = value(&f, 0);
  assert_true(regime_fit_converged(f.fit));
  assert_close((a - y) / (s * s) + 1.0 / a + log(a / 0.8) / (0.09 * a), 0.0, 1e-4);
  close_fit(&f);
}

static void a_beta_prior_gives_the_mode(void **state) {
  fitted f;
  (void)state;
  fit_text(&f, LEVEL("bounds = [0.5, 2.5]; prior = { kind = \"beta\"; at = 1.0; sd = 0.3; };"), one_fact,
           REGIME_FIT_DEFAULTS);
  const double a = value(&f, 0), mean = 0.25, size = mean * (1.0 - mean) / (0.15 * 0.15) - 1.0;
  assert_true(regime_fit_converged(f.fit));
  assert_close((a - y) / (s * s) - (size * mean - 1.0) / (a - 0.5) + (size * (1.0 - mean) - 1.0) / (2.5 - a),
               0.0, 1e-3);
  close_fit(&f);
}

static void a_uniform_prior_costs_nothing(void **state) {
  fitted f;
  (void)state;
  fit_text(&f, LEVEL("bounds = [0.5, 2.5]; prior = { kind = \"uniform\"; };"), one_fact, REGIME_FIT_DEFAULTS);
  assert_close(value(&f, 0), y, 1e-7);
  assert_close(regime_fit_cost(f.fit), 0.0, 1e-10);
  close_fit(&f);
}

/* --- bounds, transforms, numbers that move as one ------------------------------------------------------ */

/* The slope wants above its bound; the level is then the best for that slope. */
static void a_bound_is_reached_exactly(void **state) {
  char facts[512];
  fitted f;
  (void)state;
  print_line(facts);
  fit_text(&f,
           "parameters = { a = { value = 0.3; free = true; bounds = [-5.0, 5.0]; };\n"
           "  b = { value = 0.2; free = true; bounds = [0.0, 0.4]; }; };\n"
           "equations = \" init x = a\n x' = b \";\nobservations = { file = \"" FACTS_FILE "\"; };\n",
           facts, REGIME_FIT_DEFAULTS);
  double w = 0.0, sum = 0.0;
  for (size_t k = 0; k < N; k++) {
    w += 1.0 / (sd[k] * sd[k]);
    sum += (seen[k] - 0.4 * at[k]) / (sd[k] * sd[k]);
  }
  assert_true(regime_fit_converged(f.fit));
  assert_true(value(&f, 1) == 0.4);
  assert_int_equal(regime_fit_parameter(f.fit, 1)->verdict, REGIME_AT_BOUND);
  assert_close(value(&f, 0), sum / w, 1e-6);
  assert_close(std_error(&f, 0), 1.0 / sqrt(w), 1e-6);
  close_fit(&f);
}

static void a_logarithm_changes_nothing(void **state) {
  fitted f;
  (void)state;
  fit_text(&f, LEVEL("transform = \"log\"; bounds = [0.01, 100.0];"), one_fact, REGIME_FIT_DEFAULTS);
  assert_close(value(&f, 0), y, 1e-7);
  assert_close(std_error(&f, 0), s, 1e-7);
  close_fit(&f);
}

static void shared_members_are_one_number(void **state) {
  fitted f;
  (void)state;
  fit_text(&f,
           "sets = { c = { members = [\"A\", \"B\"]; index = [\"i\"]; }; };\n"
           "parameters = { a = { over = \"c\"; default = 1.0; free = \"shared\"; }; };\n"
           "equations = \" init x[i] = a[i]\n x[i]' = 0 \";\nobservations = { file = \"" FACTS_FILE
           "\"; };\n",
           "variable,member,from,to,value,sd\nx,A,1,2,1.0,0.1\nx,B,1,2,2.0,0.2\n", REGIME_FIT_DEFAULTS);
  assert_int_equal(regime_fit_parameters(f.fit), 1);
  assert_string_equal(regime_fit_parameter(f.fit, 0)->name, "a");
  assert_close(value(&f, 0), (100.0 * 1.0 + 25.0 * 2.0) / 125.0, 1e-6);
  assert_close(std_error(&f, 0), 1.0 / sqrt(125.0), 1e-8);
  close_fit(&f);
}

/* --- doubt --------------------------------------------------------------------------------------------- */

/* Huber's estimate of a level: the one fact far off pulls with 2 and no more. */
static void huber_doubts_what_is_far_off(void **state) {
  fitted f;
  (void)state;
  regime_fit_options options = REGIME_FIT_DEFAULTS;
  options.loss = REGIME_HUBER;
  fit_text(&f, LEVEL(""), "variable,from,to,value,sd\nx,1,1,1.1,1\nx,2,2,0.9,1\nx,3,3,1.0,1\nx,4,4,50,1\n",
           options);
  assert_true(regime_fit_converged(f.fit));
  assert_close(value(&f, 0), 1.0 + 2.0 / 3.0, 1e-4);
  close_fit(&f);
}

static void cauchy_doubts_it_more(void **state) {
  fitted f;
  (void)state;
  regime_fit_options options = REGIME_FIT_DEFAULTS;
  options.loss = REGIME_CAUCHY;
  fit_text(&f, LEVEL(""), "variable,from,to,value,sd\nx,1,1,1.1,1\nx,2,2,0.9,1\nx,3,3,1.0,1\nx,4,4,50,1\n",
           options);
  double slope = 0.0;
  const double fact[] = {1.1, 0.9, 1.0, 50.0};
  for (size_t k = 0; k < 4; k++) {
    const double e = value(&f, 0) - fact[k];
    slope += e / (1.0 + e * e / 4.0);
  }
  assert_close(slope, 0.0, 1e-3);
  assert_true(value(&f, 0) < 1.2);
  close_fit(&f);
}

/* --- what the facts cannot tell ------------------------------------------------------------------------ */

static void a_product_alone_is_flat(void **state) {
  fitted f;
  (void)state;
  fit_text(&f,
           "parameters = { a = { value = 0.5; free = true; bounds = [0.1, 2.0]; };\n"
           "  b = { value = 0.4; free = true; bounds = [0.1, 2.0]; }; };\n"
           "equations = \" init x = 1\n x' = -a*b*x \";\nobservations = { file = \"" FACTS_FILE "\"; };\n",
           "variable,from,to,value,sd\nx,1,2,0.7,0.02\nx,3,4,0.5,0.02\n", REGIME_FIT_DEFAULTS);
  const double *open = regime_fit_direction(f.fit, 1);
  assert_true(regime_fit_singular_values(f.fit)[1] < 1e-8 * regime_fit_singular_values(f.fit)[0]);
  assert_close(open[0] / open[1], -value(&f, 0) / value(&f, 1), 1e-5);
  for (size_t k = 0; k < 2; k++) {
    assert_int_equal(regime_fit_parameter(f.fit, k)->verdict, REGIME_FLAT);
    assert_true(isnan(std_error(&f, k)));
  }
  close_fit(&f);
}

/* A trial step far to the right explodes before the last fact: the search steps back from it. */
static void a_step_into_an_explosion_is_taken_back(void **state) {
  fitted f;
  (void)state;
  fit_text(&f,
           "parameters = { a = { value = 0.001; free = true; }; };\n"
           "equations = \" init x = 1\n x' = a*x^2 \";\nobservations = { file = \"" FACTS_FILE "\"; };\n",
           "variable,from,to,value,sd\nx,9,9,10,0.01\n", REGIME_FIT_DEFAULTS);
  assert_true(regime_fit_converged(f.fit));
  assert_close(value(&f, 0), 0.1, 1e-6); /* x = 1/(1 - 9 a) */
  close_fit(&f);
}

/* --- several minima ------------------------------------------------------------------------------------- */

/* x = sin(a t) seen at a = 2: the cost is a row of valleys, and the start lies in a wrong one. */
static void a_global_search_leaves_a_wrong_valley(void **state) {
  fitted f;
  char facts_of_sine[512], *end = facts_of_sine;
  (void)state;
  end += sprintf(end, "variable,from,to,value,sd\n");
  for (int t = 1; t <= 9; t++) end += sprintf(end, "x,%d,%d,%.17g,0.1\n", t, t, sin(2.0 * t));
  const char *text = "parameters = { a = { value = 0.8; free = true; bounds = [0.1, 2.9]; }; };\n"
                     "equations = \" init x = 0\n x' = a*cos(a*t) \";\n"
                     "observations = { file = \"" FACTS_FILE "\"; };\n";
  regime_fit_options options = REGIME_FIT_DEFAULTS;
  fit_text(&f, text, facts_of_sine, options);
  assert_true(regime_fit_cost(f.fit) > 10.0);
  close_fit(&f);
  options.global = true;
  fit_text(&f, text, facts_of_sine, options);
  assert_true(regime_fit_converged(f.fit));
  assert_close(value(&f, 0), 2.0, 1e-6);
  close_fit(&f);
}

/* --- jumps of the cost ---------------------------------------------------------------------------------- */

static bool says(const regime_context *context, const char *words) {
  for (size_t k = 0; k < regime_diagnostic_count(context); k++)
    if (strstr(regime_diagnostic_at(context, k)->message, words)) return true;
  return false;
}

/* x reaches 1 at a = 0.1, and is then doubled; the fact wants more than 0.97, and less than 2. */
static void a_jump_is_told_with_its_event_and_fact(void **state) {
  fitted f;
  (void)state;
  fit_text(&f,
           "parameters = { a = { value = 0.05; free = true; bounds = [0.0, 1.0]; }; };\n"
           "equations = \" init x = 0\n x' = a \";\n"
           "events = ( { name = \"crisis\"; when = \"x - 0.97\"; direction = \"up\"; once = true;\n"
           "             set = { x = \"x + 1\"; }; } );\n"
           "observations = { file = \"" FACTS_FILE "\"; };\n",
           "variable,from,to,value,sd\nx,10,10,1.2,0.1\n", REGIME_FIT_DEFAULTS);
  assert_false(regime_fit_converged(f.fit));
  assert_close(value(&f, 0), 0.097, 1e-4);
  assert_true(says(f.w.context, "the event `crisis` happens here not at all, there once"));
  assert_true(says(f.w.context, "the fact that jumps farthest is `x`, 10"));
  close_fit(&f);
}

/* Beyond a = 1 the rate has no value, and the fact wants 1.2. */
static void a_brink_is_told(void **state) {
  fitted f;
  (void)state;
  fit_text(&f,
           "parameters = { a = { value = 0.5; free = true; bounds = [0.0, 2.0]; }; };\n"
           "equations = \" init x = 0\n x' = a + 0.001*(1 - a)^1.5 \";\n"
           "observations = { file = \"" FACTS_FILE "\"; };\n",
           "variable,from,to,value,sd\nx,10,10,12,0.1\n", REGIME_FIT_DEFAULTS);
  assert_false(regime_fit_converged(f.fit));
  assert_close(value(&f, 0), 1.0, 1e-3);
  assert_true(says(f.w.context, "no path reaches the last fact"));
  close_fit(&f);
}

/* --- leaving out --------------------------------------------------------------------------------------- */

static void what_is_left_out_is_predicted_by_the_rest(void **state) {
  fitted f;
  (void)state;
  fit_text(&f, LEVEL(""), "variable,from,to,value,sd\nx,1,2,1.0,1\nx,3,4,2.0,1\nx,5,6,6.0,1\n",
           REGIME_FIT_DEFAULTS);
  assert_ok(regime_fit_leave_out(f.w.context, f.fit, REGIME_LEAVE_PERIOD));
  const regime_table *table = regime_fit_table_named(f.fit, "left-out");
  const double predicted[] = {3.0, 1.5, 4.5};
  for (size_t k = 0; k < 3; k++) assert_close(regime_table_number(table, k, 3), predicted[k], 1e-7);
  assert_string_equal(regime_table_word(table, 1, 0), "3 to 4");
  close_fit(&f);
}

/* --- questions that have no answer --------------------------------------------------------------------- */

static void nothing_to_fit_is_told(void **state) {
  (void)state;
  written w;
  regime_fit *fit;
  write_file(FACTS_FILE, one_fact);
  load_text(&w, line);
  regime_fit_options options = REGIME_FIT_DEFAULTS;
  const char *const names[] = {"c"};
  options.free = names;
  options.n_free = 1;
  assert_int_equal(regime_fit_compute(w.context, w.model, &options, &fit), REGIME_BAD_ARGUMENT);
  assert_null(fit);
  options = REGIME_FIT_DEFAULTS;
  options.facts_to = 1.0;
  assert_int_equal(regime_fit_compute(w.context, w.model, &options, &fit), REGIME_BAD_ARGUMENT);
  close_text(&w);
}

static void interrupted_it_keeps_nothing_it_has_not(void **state) {
  (void)state;
  written w;
  regime_fit *fit;
  write_file(FACTS_FILE, one_fact);
  load_text(&w, line);
  regime_context_interrupt(w.context);
  const regime_fit_options options = REGIME_FIT_DEFAULTS;
  assert_int_equal(regime_fit_compute(w.context, w.model, &options, &fit), REGIME_UNDEFINED);
  assert_null(fit);
  close_text(&w);
}

/* What was known before stays, and the wish to stop is granted once. */
static void interrupted_after_the_fit_it_keeps_what_it_has(void **state) {
  char facts[512];
  fitted f;
  (void)state;
  print_line(facts);
  fit_text(&f, line, facts, REGIME_FIT_DEFAULTS);
  const regime_fitted before = *regime_fit_parameter(f.fit, 0);
  regime_context_interrupt(f.w.context);
  assert_ok(regime_fit_profile(f.w.context, f.fit));
  assert_true(says(f.w.context, "the profiles were interrupted: 0 of 2 are whole"));
  assert_false(regime_context_interrupted(f.w.context));
  assert_false(regime_fit_parameter(f.fit, 0)->is_profiled);
  assert_true(regime_fit_parameter(f.fit, 0)->from == before.from);
  regime_context_interrupt(f.w.context);
  assert_ok(regime_fit_leave_out(f.w.context, f.fit, REGIME_LEAVE_PERIOD));
  assert_int_equal(regime_table_rows(regime_fit_table_named(f.fit, "left-out")), 0);
  assert_ok(regime_fit_leave_out(f.w.context, f.fit, REGIME_LEAVE_PERIOD));
  assert_int_equal(regime_table_rows(regime_fit_table_named(f.fit, "left-out")), N);
  close_fit(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_line_is_least_squares),
      cmocka_unit_test(a_profile_of_a_line_ends_at_1_96_errors),
      cmocka_unit_test(draws_of_a_line_have_its_moments),
      cmocka_unit_test(a_normal_prior_is_weighed_by_precision),
      cmocka_unit_test(a_lognormal_prior_gives_the_mode),
      cmocka_unit_test(a_beta_prior_gives_the_mode),
      cmocka_unit_test(a_uniform_prior_costs_nothing),
      cmocka_unit_test(a_bound_is_reached_exactly),
      cmocka_unit_test(a_logarithm_changes_nothing),
      cmocka_unit_test(shared_members_are_one_number),
      cmocka_unit_test(huber_doubts_what_is_far_off),
      cmocka_unit_test(cauchy_doubts_it_more),
      cmocka_unit_test(a_product_alone_is_flat),
      cmocka_unit_test(a_step_into_an_explosion_is_taken_back),
      cmocka_unit_test(a_global_search_leaves_a_wrong_valley),
      cmocka_unit_test(a_jump_is_told_with_its_event_and_fact),
      cmocka_unit_test(a_brink_is_told),
      cmocka_unit_test(what_is_left_out_is_predicted_by_the_rest),
      cmocka_unit_test(nothing_to_fit_is_told),
      cmocka_unit_test(interrupted_it_keeps_nothing_it_has_not),
      cmocka_unit_test(interrupted_after_the_fit_it_keeps_what_it_has),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
