/* fit.c — the model beside the facts: each fact with the model's answer, and the root mean square by
 * variable. */
#include "study/run.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { VARIABLE, MEMBER, KIND, FROM, TO, FACT, SD, MODEL, DIFFERENCE };

void rg_facts_add_columns(regime_table *table, const char *unit) {
  regime_table_add_words(table, "variable", NULL);
  regime_table_add_words(table, "member", NULL);
  regime_table_add_words(table, "kind", NULL);
  regime_table_add_numbers(table, "from", unit, NULL);
  regime_table_add_numbers(table, "to", unit, NULL);
  regime_table_add_numbers(table, "fact", NULL, "observed");
  regime_table_add_numbers(table, "sd", NULL, "standard deviation of the fact");
  regime_table_add_numbers(table, "model", NULL, "the model's answer");
  regime_table_add_numbers(table, "difference", NULL, "model less fact");
}

void rg_facts_put(regime_table *table, const rg_fact *fact, double model) {
  regime_table_put_word(table, VARIABLE, fact->variable);
  regime_table_put_word(table, MEMBER, fact->member);
  regime_table_put_word(table, KIND, rg_fact_kind_text(fact->kind));
  regime_table_put_number(table, FROM, fact->from);
  regime_table_put_number(table, TO, fact->to);
  regime_table_put_number(table, FACT, fact->value);
  regime_table_put_number(table, SD, fact->has_sd ? fact->sd : NAN);
  regime_table_put_number(table, MODEL, model);
  regime_table_put_number(table, DIFFERENCE, model - fact->value);
}

regime_status rg_facts_table(const regime_run *run, regime_table **out) {
  const regime_status status = regime_table_create("facts", RG_FACT_KEYS, out);
  if (status != REGIME_OK) return status;
  rg_facts_add_columns(*out, regime_model_about(run->model)->unit);
  for (size_t k = 0; k < run->facts.count; k++)
    rg_facts_put(*out, &run->facts.fact[k], rg_fact_model(&run->facts.fact[k], run->path));
  return REGIME_OK;
}

static bool same_word(const regime_table *t, size_t column, size_t a, size_t b) {
  return strcmp(regime_table_word(t, a, column), regime_table_word(t, b, column)) == 0;
}

/* Facts of different kinds are in different units. Means and values at an instant are not. */
static bool is_level(const regime_table *facts, size_t row) {
  const char *kind = regime_table_word(facts, row, KIND);
  return strcmp(kind, rg_fact_kinds[RG_FACT_MEAN]) == 0 || strcmp(kind, rg_fact_kinds[RG_FACT_AT]) == 0;
}

static bool same_series(const regime_table *facts, size_t a, size_t b) {
  return same_word(facts, VARIABLE, a, b) &&
         (same_word(facts, KIND, a, b) || (is_level(facts, a) && is_level(facts, b)));
}

/* The first row with the variable of `row`, and like it. */
static bool is_first(const regime_table *facts, size_t row) {
  for (size_t k = 0; k < row; k++)
    if (same_series(facts, k, row)) return false;
  return true;
}

/* Mean difference of one variable and member over the facts the path covers. */
static double mean_difference(const regime_table *facts, size_t row) {
  double sum = 0.0;
  size_t n = 0;
  for (size_t k = 0; k < regime_table_rows(facts); k++) {
    const double difference = regime_table_number(facts, k, DIFFERENCE);
    if (isnan(difference) || !same_series(facts, k, row) || !same_word(facts, MEMBER, k, row)) continue;
    sum += difference;
    n++;
  }
  return sum / (double)n;
}

static void put_fit(regime_table *fit, const regime_table *facts, size_t first) {
  double squares = 0.0, squares_about_mean = 0.0;
  size_t n = 0;
  for (size_t k = first; k < regime_table_rows(facts); k++) {
    const double difference = regime_table_number(facts, k, DIFFERENCE);
    if (isnan(difference) || !same_series(facts, k, first)) continue;
    const double about_mean = difference - mean_difference(facts, k);
    squares += difference * difference;
    squares_about_mean += about_mean * about_mean;
    n++;
  }
  char name[256];
  snprintf(name, sizeof name, "%s%s%s", is_level(facts, first) ? "" : regime_table_word(facts, first, KIND),
           is_level(facts, first) ? "" : " of ", regime_table_word(facts, first, VARIABLE));
  regime_table_put_word(fit, 0, name);
  regime_table_put_number(fit, 1, (double)n);
  regime_table_put_number(fit, 2, n ? sqrt(squares / (double)n) : NAN);
  regime_table_put_number(fit, 3, n ? sqrt(squares_about_mean / (double)n) : NAN);
}

regime_status rg_fit_table(const regime_table *facts, regime_table **out) {
  const regime_status status = regime_table_create("fit", 1, out);
  if (status != REGIME_OK) return status;
  regime_table_add_words(*out, "variable", NULL);
  regime_table_add_numbers(*out, "n", NULL, "facts the path covers");
  regime_table_add_numbers(*out, "rms", NULL, "root mean square of model less fact");
  regime_table_add_numbers(*out, "rms_about_mean", NULL, "the same, each member's mean difference taken out");
  for (size_t k = 0; k < regime_table_rows(facts); k++)
    if (is_first(facts, k)) put_fit(*out, facts, k);
  return REGIME_OK;
}
