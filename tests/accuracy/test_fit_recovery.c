/* Facts made by a model with known parameters and noise: a fit finds the parameters again, within its
 * standard errors as often as these promise. Of the crisis, whose paths are long, three tries, and twelve
 * where REGIME_TEST_ALL is set. */
#include "support/check.h"
#include "support/runs.h"

#include <regime/fit.h>

enum { SEEDS = 40, YEARS = 30 };

/* --- noise --------------------------------------------------------------------------------------------- */

/* splitmix64 (Steele, Lea and Flood 2014), in (0, 1). */
static double uniform(uint64_t *seed) {
  uint64_t z = *seed += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return ((double)((z ^ (z >> 31)) >> 11) + 0.5) * 0x1p-53;
}

static double normal(uint64_t *seed) {
  const double radius = sqrt(-2.0 * log(uniform(seed)));
  return radius * cos(2.0 * acos(-1.0) * uniform(seed));
}

/* --- facts --------------------------------------------------------------------------------------------- */

typedef struct question {
  const char *model, *file;
  const char *variable[3], *free[4];
  size_t n_variables, n_free;
  double sd;
} question;

static const question goodwin = {"models/textbook/goodwin/goodwin.cfg",
                                 "recovery-goodwin.tmp.csv",
                                 {"v", "u"},
                                 {"rho", "sigma", "v0", "u0"},
                                 2,
                                 4,
                                 0.01};
static const question keen = {"models/textbook/keen/keen.cfg",
                              "recovery-keen.tmp.csv",
                              {"w", "l", "d"},
                              {"nu", "rest", "w0", "l0"},
                              3,
                              4,
                              0.005};

static void write_facts(const question *q, const regime_run *truth, uint64_t seed) {
  FILE *file = fopen(q->file, "w");
  assert_non_null(file);
  fprintf(file, "variable,from,to,value,sd\n");
  for (int year = 1; year <= YEARS; year++)
    for (size_t k = 0; k < q->n_variables; k++) {
      const size_t output = (size_t)regime_run_output(truth, q->variable[k]);
      const double mean = regime_run_mean(truth, output, year, year + 1.0);
      fprintf(file, "%s,%d,%d,%.17g,%g\n", q->variable[k], year, year + 1, mean + q->sd * normal(&seed),
              q->sd);
    }
  fclose(file);
}

static double true_value(const regime_model *model, const char *name) {
  for (size_t k = 0; k < regime_model_parameters(model); k++)
    if (strcmp(regime_model_parameter(model, k)->name, name) == 0)
      return regime_model_parameter(model, k)->value;
  fail_msg("no parameter %s", name);
  return NAN;
}

/* --- recovery ------------------------------------------------------------------------------------------ */

/* Of 40 independent tries with chance 0.95 fewer than 32 happen once in ten thousand; with chance 0.683
 * fewer than 17 or more than 37 do as rarely. */
static void check_rates(const int *within_two, const int *within_one, const question *q) {
  for (size_t k = 0; k < q->n_free; k++) {
    print_message("%s: %d of %d within 1.96 errors, %d within one\n", q->free[k], within_two[k], SEEDS,
                  within_one[k]);
    assert_in_range(within_two[k], 32, SEEDS);
    assert_in_range(within_one[k], 17, 37);
  }
}

static void recover(const question *q) {
  shelf s;
  open_shelf(&s, q->model);
  int within_one[4] = {0}, within_two[4] = {0};
  const regime_run_options as_written = REGIME_RUN_DEFAULTS;
  regime_run *truth;
  assert_ok(regime_run_compute(s.context, s.model, &as_written, &truth));
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    regime_fit_options options = REGIME_FIT_DEFAULTS;
    regime_fit *fit;
    write_facts(q, truth, seed * 1000);
    options.data = q->file;
    options.free = q->free;
    options.n_free = q->n_free;
    assert_ok(regime_fit_compute(s.context, s.model, &options, &fit));
    assert_true(regime_fit_converged(fit));
    for (size_t k = 0; k < q->n_free; k++) {
      const regime_fitted *p = regime_fit_parameter(fit, k);
      const double off = fabs(p->value - true_value(s.model, p->name)) / p->std_error;
      for (size_t j = 0; j < q->n_free; j++) /* in the model's order, not that of the names */
        if (strcmp(q->free[j], p->name) == 0) {
          within_one[j] += off < 1.0;
          within_two[j] += off < 1.96;
        }
    }
    regime_fit_free(fit);
  }
  check_rates(within_two, within_one, q);
  regime_run_free(truth);
  close_shelf(&s);
  remove(q->file);
}

/* --- the crisis, where the facts are those of the shelf --------------------------------------------------
 */

#define CRISIS_FACTS "recovery-crisis.tmp.csv"
enum { CRISIS_FREE = 3 };
static const char *const crisis_free[CRISIS_FREE] = {"gr", "bp", "eta"};

/* The model's own answers with noise in place of what was observed. */
static void write_crisis(const regime_table *facts, uint64_t seed) {
  FILE *file = fopen(CRISIS_FACTS, "w");
  assert_non_null(file);
  fprintf(file, "variable,member,kind,from,to,value,sd\n");
  for (size_t k = 0; k < regime_table_rows(facts); k++) {
    const double sd = 0.5;
    fprintf(file, "%s,%s,%s,%.17g,%.17g,%.17g,%g\n", regime_table_word(facts, k, 0),
            regime_table_word(facts, k, 1), regime_table_word(facts, k, 2), regime_table_number(facts, k, 3),
            regime_table_number(facts, k, 4), regime_table_number(facts, k, 7) + sd * normal(&seed), sd);
  }
  fclose(file);
}

/* How many of the parameters lie within 1.96 standard errors; none is four of them off. */
static int recover_crisis(shelf *s) {
  int within = 0;
  regime_fit *fit;
  regime_fit_options options = REGIME_FIT_DEFAULTS;
  options.scenario = "dated";
  options.data = CRISIS_FACTS;
  options.free = crisis_free;
  options.n_free = CRISIS_FREE;
  const regime_status status = regime_fit_compute(s->context, s->model, &options, &fit);
  print_findings(s->context);
  assert_ok(status);
  assert_true(regime_fit_converged(fit));
  for (size_t k = 0; k < CRISIS_FREE; k++) {
    const regime_fitted *p = regime_fit_parameter(fit, k);
    const double off = fabs(p->value - true_value(s->model, p->name)) / p->std_error;
    print_message("%s: %.4g, %.2f errors off\n", p->name, p->value, off);
    assert_true(off < 4.0);
    within += off < 1.96;
  }
  regime_fit_free(fit);
  return within;
}

/* Of 9 with chance 0.95 fewer than 6 happen once in a thousand; of 36, fewer than 29. */
static void crisis_is_recovered(void **state) {
  (void)state;
  const bool all = getenv("REGIME_TEST_ALL") != NULL;
  int within = 0;
  shelf s;
  open_shelf(&s, "models/crisis/crisis.cfg");
  const regime_table *facts = regime_run_table_named(run_of(&s, "dated"), "facts");
  for (uint64_t seed = 1; seed <= (all ? 12 : 3); seed++) {
    write_crisis(facts, seed * 1000);
    within += recover_crisis(&s);
  }
  assert_in_range(within, all ? 29 : 6, all ? 36 : 9);
  close_shelf(&s);
  remove(CRISIS_FACTS);
}

static void goodwin_is_recovered(void **state) {
  (void)state;
  recover(&goodwin);
}

static void keen_is_recovered(void **state) {
  (void)state;
  recover(&keen);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(goodwin_is_recovered),
      cmocka_unit_test(keen_is_recovered),
      cmocka_unit_test(crisis_is_recovered),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
