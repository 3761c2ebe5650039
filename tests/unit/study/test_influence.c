/* Who moves what: closed forms near and far, the same bits for any number of threads, and wrong questions. */
#include "support/models.h"

#define PI 3.14159265358979323846

static void open_model(shelf *w, const char *text) {
  char whole[4096];
  snprintf(whole, sizeof whole, "model = { name = \"m\"; time = \"continuous\"; };\n%s", text);
  open_written(w, whole);
}

static regime_influence *ask(shelf *w, regime_influence_question q) {
  regime_influence *answer = NULL;
  const regime_status status = regime_influence_compute(w->context, w->model, &q, &answer);
  if (status != REGIME_OK) print_findings(w->context);
  assert_ok(status);
  return answer;
}

/* A number of the first table, of `of` and `parameter`, under `column`. */
static double answer_of(const regime_influence *answer, const char *of, const char *parameter,
                        const char *column) {
  const regime_table *t = regime_influence_table(answer, 0);
  size_t c = 0;
  while (strcmp(regime_table_column_name(t, c), column) != 0) c++;
  for (size_t k = 0; k < regime_table_rows(t); k++)
    if (strcmp(regime_table_word(t, k, 0), of) == 0 && strcmp(regime_table_word(t, k, 1), parameter) == 0)
      return regime_table_number(t, k, c);
  fail_msg("no row for %s and %s", of, parameter);
  return NAN;
}

static double output_of_all(const regime_influence *answer, size_t row, size_t column) {
  return regime_table_number(regime_influence_table_named(answer, "outputs"), row, column);
}

static const char still[] = "equations = \"\n  init x = 0\n  x' = 1\n  f = ";
static const char end_of_still[] = "\n\";\nspan = { from = 0.0; to = 1.0; output = 1.0; };\n";

static void open_function(shelf *w, const char *parameters, const char *f) {
  char text[2048];
  snprintf(text, sizeof text, "parameters = { %s };\n%s%s%s", parameters, still, f, end_of_still);
  open_model(w, text);
}

/* --- variance ------------------------------------------------------------------------------------------ */

static regime_influence_question of_variance(size_t n) {
  regime_influence_question q = REGIME_INFLUENCE_DEFAULTS;
  q.kind = REGIME_SOBOL;
  q.of = "f";
  q.n = n;
  return q;
}

/* Ishigami and Homma (1990): f = sin a + 7 sin^2 b + 0.1 c^4 sin a on [-pi, pi]^3. */
static void ishigamis_shares_are_those_of_the_book(void **state) {
  (void)state;
  shelf w;
  const double A = 7.0, B = 0.1, p4 = PI * PI * PI * PI, p8 = p4 * p4;
  const double va = 0.5 * (1.0 + B * p4 / 5.0) * (1.0 + B * p4 / 5.0), vb = A * A / 8.0,
               vac = B * B * p8 * (1.0 / 18.0 - 1.0 / 50.0), v = va + vb + vac;
  const double first[] = {va / v, vb / v, 0.0}, total[] = {(va + vac) / v, vb / v, vac / v};
  const char *const name[] = {"a", "b", "c"};
  open_function(&w,
                "a = { value = 1.0; bounds = [-3.141592653589793, 3.141592653589793]; };"
                "b = { value = 1.0; bounds = [-3.141592653589793, 3.141592653589793]; };"
                "c = { value = 1.0; bounds = [-3.141592653589793, 3.141592653589793]; };",
                "sin(a) + 7*sin(b)^2 + 0.1*c^4*sin(a)");
  regime_influence *answer = ask(&w, of_variance(8192));
  for (size_t k = 0; k < 3; k++) {
    assert_close(answer_of(answer, "f", name[k], "first"), first[k], 0.01);
    assert_close(answer_of(answer, "f", name[k], "total"), total[k], 0.01);
    assert_true(answer_of(answer, "f", name[k], "total_from") < total[k]);
    assert_true(answer_of(answer, "f", name[k], "total_to") > total[k]);
    assert_true(answer_of(answer, "f", name[k], "first_from") < first[k] + 1e-12);
    assert_true(answer_of(answer, "f", name[k], "first_to") > first[k]);
  }
  assert_close(output_of_all(answer, 0, 1), 0.5 * A, 1e-2);
  assert_close(output_of_all(answer, 0, 2), sqrt(v), 1e-2);
  assert_int_equal(regime_influence_runs(answer), 8192 * 5);
  regime_influence_free(answer);
  close_shelf(&w);
}

/* Sobol's g: the product of (|4u - 2| + a)/(1 + a); V_i = 1/3(1 + a)^2. */
static void the_g_function_has_its_shares(void **state) {
  (void)state;
  shelf w;
  const double a[] = {0.0, 1.0, 4.5, 9.0};
  const char *const name[] = {"p", "q", "r", "s"};
  double whole = 1.0;
  for (size_t k = 0; k < 4; k++) whole *= 1.0 + 1.0 / (3.0 * (1.0 + a[k]) * (1.0 + a[k]));
  open_function(&w,
                "p = { value = 0.2; bounds = [0.0, 1.0]; }; q = { value = 0.2; bounds = [0.0, 1.0]; };"
                "r = { value = 0.2; bounds = [0.0, 1.0]; }; s = { value = 0.2; bounds = [0.0, 1.0]; };",
                "abs(4*p - 2)*(abs(4*q - 2) + 1)/2*(abs(4*r - 2) + 4.5)/5.5*(abs(4*s - 2) + 9)/10");
  regime_influence *answer = ask(&w, of_variance(4096));
  for (size_t k = 0; k < 4; k++) {
    const double v = 1.0 / (3.0 * (1.0 + a[k]) * (1.0 + a[k]));
    assert_close(answer_of(answer, "f", name[k], "first"), v / (whole - 1.0), 0.02);
    assert_close(answer_of(answer, "f", name[k], "total"), v * whole / (1.0 + v) / (whole - 1.0), 0.02);
  }
  regime_influence_free(answer);
  close_shelf(&w);
}

static void priors_are_what_is_drawn(void **state) {
  (void)state;
  shelf w;
  open_model(
      &w, "parameters = {\n"
          "  n = { value = 1.0; prior = { kind = \"normal\"; at = 3.0; sd = 0.5; }; };\n"
          "  l = { value = 1.0; prior = { kind = \"lognormal\"; at = 2.0; sd = 0.4; }; };\n"
          "  b = { value = 1.0; bounds = [-1.0, 3.0]; prior = { kind = \"beta\"; at = 0.5; sd = 0.6; }; };\n"
          "  h = { value = 1.0; bounds = [0.0, 9.0]; prior = { kind = \"normal\"; at = 0.0; sd = 1.0; }; };\n"
          "};\nspan = { from = 0.0; to = 1.0; output = 1.0; };\n"
          "equations = \"\n init x = 0\n x' = 1\n fn = n\n fl = l\n fb = b\n fh = h\n f = n + 2*b/0.6*0.5 "
          "\n\";\n");
  regime_influence_question q = of_variance(4096);
  q.of = "fn, fl, fb, fh, f";
  regime_influence *answer = ask(&w, q);
  const double wide = exp(0.16);
  const double mean[] = {3.0, 2.0 * exp(0.08), 0.5, sqrt(2.0 / PI)};
  const double sd[] = {0.5, 2.0 * sqrt(wide * (wide - 1.0)), 0.6, sqrt(1.0 - 2.0 / PI)};
  for (size_t k = 0; k < 4; k++) {
    assert_close(output_of_all(answer, k, 1), mean[k], 2e-3);
    assert_close(output_of_all(answer, k, 2), sd[k], 5e-3);
  }
  assert_close(answer_of(answer, "f", "n", "first"), 0.2, 0.02);
  assert_close(answer_of(answer, "f", "b", "total"), 0.8, 0.02);
  assert_true(answer_of(answer, "fn", "n", "total") >= 0.0); /* and not NaN */
  assert_close(answer_of(answer, "fn", "b", "total"), 0.0, 1e-12);
  regime_influence_free(answer);
  close_shelf(&w);
}

/* --- elementary effects -------------------------------------------------------------------------------- */

static void a_line_has_its_slopes_for_effects(void **state) {
  (void)state;
  shelf w;
  open_function(&w,
                "a = { value = 1.0; bounds = [0.0, 1.0]; }; b = { value = 1.0; bounds = [0.0, 2.0]; };"
                "c = { value = 0.0; bounds = [-1.0, 1.0]; }; free_of_bounds = 1.0;",
                "2*a - 3*b + 0.5*c + 0*free_of_bounds");
  regime_influence_question q = of_variance(7);
  q.kind = REGIME_MORRIS;
  regime_influence *answer = ask(&w, q);
  const char *const name[] = {"b", "a", "c"};
  const double mu[] = {-6.0, 2.0, 1.0};
  for (size_t k = 0; k < 3; k++) {
    assert_close(answer_of(answer, "f", name[k], "mu"), mu[k], 1e-12);
    assert_close(answer_of(answer, "f", name[k], "mu_star"), fabs(mu[k]), 1e-12);
    assert_close(answer_of(answer, "f", name[k], "sigma"), 0.0, 1e-12);
    assert_string_equal(regime_table_word(regime_influence_table(answer, 0), k, 1), name[k]);
  }
  assert_int_equal(regime_influence_factors(answer), 3);
  assert_int_equal(regime_influence_runs(answer), 28);
  regime_influence_free(answer);
  q.varied = (const regime_varied[]){{"free_of_bounds", -1.0, 1.0}, {"a", 0.25, 0.5}};
  q.n_varied = 2;
  answer = ask(&w, q);
  assert_close(answer_of(answer, "f", "a", "mu"), 0.5, 1e-12);
  assert_close(answer_of(answer, "f", "free_of_bounds", "mu_star"), 0.0, 1e-12);
  regime_influence_free(answer);
  close_shelf(&w);
}

/* x' = x^2 from a diverges before 1 where a > 1; the logarithm of b has no value below zero. */
static void runs_that_are_lost_are_named_and_left_out(void **state) {
  (void)state;
  shelf w;
  open_model(&w, "parameters = { a = { value = 0.5; bounds = [0.0, 1.5]; }; b = { value = 0.5; bounds = "
                 "[-0.2, 1.0]; }; };\n"
                 "span = { from = 0.0; to = 1.0; output = 0.1; };\n"
                 "equations = \"\n init x = a\n x' = x^2 + 0*log(b + x)\n f = x\n\";\n");
  regime_influence_question q = of_variance(64);
  regime_influence *answer = ask(&w, q);
  const regime_table *lost = regime_influence_table_named(answer, "lost");
  assert_int_equal(regime_table_rows(lost), regime_influence_lost(answer));
  assert_true(regime_table_rows(lost) > 20 && regime_table_rows(lost) < regime_influence_runs(answer));
  size_t diverged = 0;
  for (size_t k = 0; k < regime_table_rows(lost); k++) {
    const double a = regime_table_number(lost, k, 3), b = regime_table_number(lost, k, 4);
    assert_true(a > 0.99 || a + b < 0.01);
    diverged += strcmp(regime_table_word(lost, k, 1), "diverged") == 0;
  }
  assert_true(diverged > 10);
  assert_close(output_of_all(answer, 0, 3),
               (double)(regime_influence_runs(answer) - regime_influence_lost(answer)), 0);
  assert_true(answer_of(answer, "f", "a", "n") < 64.0);
  assert_int_equal(regime_diagnostic_errors(w.context), 0);
  assert_int_equal(regime_diagnostic_count(w.context), 1);
  regime_influence_free(answer);
  close_shelf(&w);
}

/* --- elasticities -------------------------------------------------------------------------------------- */

/* x = x0 exp(r t); it is 2 at log(2/x0)/r; m is its mean. */
static const char growing[] =
    "parameters = { r = 0.1; x0 = 0.5; nothing = 0.0; tied = 2.0; };\n"
    "span = { from = 0.0; to = 20.0; output = 0.01; };\n"
    "events = ( { name = \"twice as much\"; when = \"x - 2\"; direction = \"up\"; } );\n"
    "equations = \"\n init x = x0\n x' = r*x + nothing\n"
    " flat = 0*x + tied\n zero = (20 - t)*x\n\";\n";

static void growth_has_its_elasticities(void **state) {
  (void)state;
  shelf w;
  open_model(&w, growing);
  regime_influence_question q = REGIME_INFLUENCE_DEFAULTS;
  q.run.rtol = 1e-11;
  q.run.atol = 1e-13;
  q.of = " x , at( x, 5 ), mean(x, 3, 7), max(x), min(x,4,6), date( twice as  much ), mean(x)";
  regime_influence *answer = ask(&w, q);
  const double moved = 10.0 * log(4.0);
  assert_close(answer_of(answer, "x", "r", "effect"), 2.0, 1e-8);
  assert_close(answer_of(answer, "x", "x0", "effect"), 1.0, 1e-8);
  assert_close(answer_of(answer, "x", "nothing", "effect"), (exp(2.0) - 1.0) / 0.1 / (0.5 * exp(2.0)), 1e-8);
  assert_close(answer_of(answer, "at(x,5)", "r", "effect"), 0.5, 1e-8);
  assert_close(answer_of(answer, "max(x)", "r", "effect"), 2.0, 1e-8);
  assert_close(answer_of(answer, "min(x,4,6)", "r", "effect"), 0.4, 1e-8);
  assert_close(answer_of(answer, "date(twice as much)", "r", "effect"), -moved, 1e-7);
  assert_close(answer_of(answer, "date(twice as much)", "x0", "effect"), -10.0, 1e-7);
  const double mean = (exp(0.7) - exp(0.3)) / 0.4,
               slope = (7.0 * exp(0.7) - 3.0 * exp(0.3)) / 0.4 - mean / 0.1;
  assert_close(answer_of(answer, "mean(x,3,7)", "r", "effect"), 0.1 * slope / mean, 1e-6);
  assert_close(answer_of(answer, "mean(x)", "x0", "effect"), 1.0, 1e-8);
  regime_influence_free(answer);
  close_shelf(&w);
}

static void what_is_nought_has_no_logarithm(void **state) {
  (void)state;
  shelf w;
  open_model(&w, growing);
  regime_influence_question q = REGIME_INFLUENCE_DEFAULTS;
  regime_influence *answer = ask(&w, q);
  const regime_table *t = regime_influence_table(answer, 0);
  for (size_t k = 0; k < regime_table_rows(t); k++) {
    const char *of = regime_table_word(t, k, 0), *p = regime_table_word(t, k, 1),
               *m = regime_table_word(t, k, 2);
    const bool by_log = strncmp(of, "date", 4) != 0 && strcmp(of, "zero") != 0;
    if (strcmp(p, "nothing") == 0)
      assert_string_equal(m, by_log ? "dlog y/dp" : "dy/dp");
    else if (strcmp(of, "x") == 0)
      assert_string_equal(m, "dlog y/dlog p");
    else if (strncmp(of, "date", 4) == 0)
      assert_string_equal(m, "dy/dlog p");
  }
  regime_influence_free(answer);
  close_shelf(&w);
}

/* An event ends the path, and its end moves: the mean up to there moves with it. x = x0 + r t stops at 1. */
static void an_end_that_moves_is_followed(void **state) {
  (void)state;
  shelf w;
  open_model(&w, "parameters = { r = 0.1; x0 = 0.2; };\nspan = { from = 0.0; to = 20.0; output = 0.3; };\n"
                 "events = ( { name = \"full\"; when = \"x - 1\"; direction = \"up\"; stop = true; } );\n"
                 "equations = \"\n init x = x0\n init y = 0\n x' = r\n y' = 1 + 0*x\n\";\n");
  regime_influence_question q = REGIME_INFLUENCE_DEFAULTS;
  q.of = "x, y, mean(x), mean(y), mean(y,2,12)";
  regime_influence *answer = ask(&w, q);
  assert_close(answer_of(answer, "x", "r", "derivative"), 0.0, 1e-7);
  assert_close(answer_of(answer, "y", "r", "derivative"), -80.0, 1e-7);
  assert_close(answer_of(answer, "mean(x)", "x0", "derivative"), 0.5, 1e-7);
  assert_close(answer_of(answer, "mean(x)", "r", "derivative"), 0.0, 1e-6);
  assert_close(answer_of(answer, "mean(y)", "r", "derivative"), -40.0, 1e-6);
  const regime_table *t = regime_influence_table(answer, 0); /* the path ends at 8: no such mean */
  for (size_t k = 0; k < regime_table_rows(t); k++)
    assert_string_not_equal(regime_table_word(t, k, 0), "mean(y,2,12)");
  assert_int_equal(regime_diagnostic_count(w.context), 1);
  regime_influence_free(answer);
  close_shelf(&w);
}

/* Members that move as one add up; others are one each. */
static void families_are_taken_apart_or_together(void **state) {
  (void)state;
  shelf w;
  open_model(&w, "sets = { c = { members = [\"A\", \"B\"]; index = [\"i\"]; }; };\n"
                 "parameters = { goal = { over = \"c\"; default = 2.0; };\n"
                 "  drift = { over = \"c\"; default = 0.5; bounds = [0.0, 1.0]; free = \"shared\"; }; };\n"
                 "span = { from = 0.0; to = 1.0; };\n"
                 "equations = \"\n init y[i] = 1\n y[i]' = goal[i] + drift[i]\n world = sum(i, y[i])\n\";\n");
  regime_influence_question q = REGIME_INFLUENCE_DEFAULTS;
  q.of = "y, world";
  regime_influence *answer = ask(&w, q);
  assert_close(answer_of(answer, "world", "drift", "derivative"), 2.0, 1e-8);
  assert_close(answer_of(answer, "world", "goal[A]", "derivative"), 1.0, 1e-8);
  assert_close(answer_of(answer, "y[B]", "goal[A]", "derivative"), 0.0, 1e-12);
  assert_close(answer_of(answer, "y[B]", "drift", "effect"), 0.5 / 3.5, 1e-8);
  regime_influence_free(answer);
  q.kind = REGIME_MORRIS;
  q.n = 3;
  answer = ask(&w, q);
  assert_int_equal(regime_influence_factors(answer), 1);
  assert_close(answer_of(answer, "world", "drift", "mu"), 2.0, 1e-7);
  regime_influence_free(answer);
  close_shelf(&w);
}

/* --- threads ------------------------------------------------------------------------------------------- */

static void assert_same(const regime_influence *a, const regime_influence *b) {
  assert_int_equal(regime_influence_tables(a), regime_influence_tables(b));
  for (size_t k = 0; k < regime_influence_tables(a); k++) {
    const regime_table *s = regime_influence_table(a, k), *t = regime_influence_table(b, k);
    assert_int_equal(regime_table_rows(s), regime_table_rows(t));
    for (size_t row = 0; row < regime_table_rows(s); row++)
      for (size_t c = 0; c < regime_table_columns(s); c++) {
        if (regime_table_is_words(s, c)) {
          assert_string_equal(regime_table_word(s, row, c), regime_table_word(t, row, c));
          continue;
        }
        const double x = regime_table_number(s, row, c), y = regime_table_number(t, row, c);
        assert_memory_equal(&x, &y, sizeof x);
      }
  }
}

/* Paths with events, modes and blocks; the second question is asked by three threads. */
static void threads_change_no_bit(void **state) {
  (void)state;
  static const char *const models[] = {"models/textbook/kaldor_cycle/kaldor_cycle.cfg",
                                       "models/textbook/harrod_domar/harrod_domar.cfg",
                                       "models/textbook/sim/sim.cfg"};
  for (size_t k = 0; k < sizeof models / sizeof *models; k++)
    for (int kind = REGIME_MORRIS; kind <= REGIME_SOBOL; kind++) {
      shelf w;
      open_shelf(&w, models[k]);
      regime_influence_question q = REGIME_INFLUENCE_DEFAULTS;
      q.kind = (regime_influence_kind)kind;
      q.n = 6;
      q.seed = 3;
      regime_influence *one = ask(&w, q);
      q.threads = 3;
      regime_influence *three = ask(&w, q);
      assert_same(one, three);
      regime_influence_free(one);
      regime_influence_free(three);
      close_shelf(&w);
    }
}

/* --- wrong questions ----------------------------------------------------------------------------------- */

static void refuses(shelf *w, regime_influence_question q, const char *words) {
  regime_influence *answer = NULL;
  bool said = false;
  regime_diagnostics_clear(w->context);
  assert_int_equal(regime_influence_compute(w->context, w->model, &q, &answer), REGIME_BAD_ARGUMENT);
  assert_null(answer);
  for (size_t k = 0; k < regime_diagnostic_count(w->context); k++)
    said = said || strstr(regime_diagnostic_at(w->context, k)->message, words);
  if (!said) print_findings(w->context);
  assert_true(said);
}

static void wrong_questions_are_answered_in_words(void **state) {
  (void)state;
  shelf w;
  open_model(&w, growing);
  static const struct {
    const char *of, *words;
  } wrong[] = {
      {"y", "no variable `y`"},
      {"x,,flat", "there is nothing"},
      {"mean(x,1,40)", "1 to 40 lies outside the span, 0 to 20"},
      {"at(x,-1)", "-1 to -1 lies outside"},
      {"mean(x,5,4)", "holds nothing"},
      {"mean(x,5)", "`mean` is not written so"},
      {"mean(x,one,two)", "`one` is no time"},
      {"mode(x)", "`mode` is nothing"},
      {"date(crash)", "no event `crash`"},
      {"max(x", "left open"},
  };
  for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
    regime_influence_question q = REGIME_INFLUENCE_DEFAULTS;
    q.of = wrong[k].of;
    refuses(&w, q, wrong[k].words);
  }
  regime_influence_question q = REGIME_INFLUENCE_DEFAULTS;
  q.kind = REGIME_SOBOL;
  refuses(&w, q, "has bounds or a prior");
  q.n_varied = 1;
  q.varied = &(const regime_varied){"r", NAN, NAN};
  refuses(&w, q, "`r` has neither bounds nor a prior");
  q.varied = &(const regime_varied){"r", 2.0, 1.0};
  refuses(&w, q, "cannot move between 2 and 1");
  q.varied = &(const regime_varied){"rr", 1.0, 2.0};
  refuses(&w, q, "no parameter `rr`");
  q.run.scenario = "none";
  refuses(&w, q, "unknown scenario");
  close_shelf(&w);
}

static void an_interrupted_question_has_no_answer(void **state) {
  (void)state;
  shelf w;
  open_model(&w, growing);
  regime_influence_question q = REGIME_INFLUENCE_DEFAULTS;
  regime_influence *answer = NULL;
  q.kind = REGIME_MORRIS;
  q.varied = &(const regime_varied){"r", 0.0, 0.1};
  q.n_varied = 1;
  regime_context_interrupt(w.context);
  assert_int_equal(regime_influence_compute(w.context, w.model, &q, &answer), REGIME_NO);
  assert_null(answer);
  close_shelf(&w);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(ishigamis_shares_are_those_of_the_book),
      cmocka_unit_test(the_g_function_has_its_shares),
      cmocka_unit_test(priors_are_what_is_drawn),
      cmocka_unit_test(a_line_has_its_slopes_for_effects),
      cmocka_unit_test(runs_that_are_lost_are_named_and_left_out),
      cmocka_unit_test(growth_has_its_elasticities),
      cmocka_unit_test(what_is_nought_has_no_logarithm),
      cmocka_unit_test(an_end_that_moves_is_followed),
      cmocka_unit_test(families_are_taken_apart_or_together),
      cmocka_unit_test(threads_change_no_bit),
      cmocka_unit_test(wrong_questions_are_answered_in_words),
      cmocka_unit_test(an_interrupted_question_has_no_answer),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
