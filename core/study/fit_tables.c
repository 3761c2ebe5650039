/* fit_tables.c — a fit as tables. */
#include "study/fit_result.h"
#include "study/run.h"

#include <math.h>
#include <string.h>

regime_status rg_fit_keep_table(regime_fit *fit, regime_table *table) {
  const regime_status status = regime_table_status(table);
  if (status != REGIME_OK) {
    regime_table_free(table);
    return status;
  }
  for (size_t k = 0; k < fit->n_tables; k++) {
    if (strcmp(regime_table_name(fit->table[k]), regime_table_name(table)) != 0) continue;
    regime_table_free(fit->table[k]);
    fit->table[k] = table;
    return REGIME_OK;
  }
  fit->table[fit->n_tables++] = table;
  return REGIME_OK;
}

static void put_parameter(regime_table *table, const regime_fitted *p, const regime_parameter *declared) {
  const double number[] = {p->value, p->std_error, p->from, p->to, p->information, p->start, p->low, p->high};
  regime_table_put_word(table, 0, p->name);
  for (size_t k = 0; k < 4; k++) regime_table_put_number(table, 1 + k, number[k]);
  regime_table_put_word(table, 5, regime_verdict_text(p->verdict));
  for (size_t k = 4; k < 8; k++) regime_table_put_number(table, 2 + k, number[k]);
  regime_table_put_word(table, 10, declared->about);
}

regime_status rg_fit_parameters_table(regime_fit *fit) {
  const rg_target *t = &fit->target;
  regime_table *table;
  const regime_status status = regime_table_create("parameters", 1, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_words(table, "parameter", NULL);
  regime_table_add_numbers(table, "value", NULL, "at the least cost");
  regime_table_add_numbers(table, "std_error", NULL, "from the curvature, priors included");
  regime_table_add_numbers(table, "from", NULL, "95 %, lower end");
  regime_table_add_numbers(table, "to", NULL, "95 %, upper end");
  regime_table_add_words(table, "verdict", NULL);
  regime_table_add_numbers(table, "information", NULL, "share of it that comes from the facts");
  regime_table_add_numbers(table, "start", NULL, "in the model");
  regime_table_add_numbers(table, "low", NULL, "lower bound");
  regime_table_add_numbers(table, "high", NULL, "upper bound");
  regime_table_add_words(table, "about", NULL);
  for (size_t k = 0; k < t->frees.count; k++)
    put_parameter(table, &fit->parameter[k], regime_model_parameter(t->model, t->frees.items[k].member[0]));
  return rg_fit_keep_table(fit, table);
}

/* Its first columns are those of a run's table of facts, from which rg_fit_table reads. */
static regime_status make_facts(regime_fit *fit) {
  const rg_target *t = &fit->target;
  regime_table *table, *summary = NULL;
  regime_status status = regime_table_create("facts", RG_FACT_KEYS, &table);
  if (status != REGIME_OK) return status;
  rg_facts_add_columns(table, regime_model_about(t->model)->unit);
  regime_table_add_numbers(table, "residual", NULL, "as it counts: difference over sd, weighted, doubted");
  for (size_t k = 0; k < t->facts.count; k++) {
    rg_facts_put(table, &t->facts.fact[k], fit->best.value[k]);
    regime_table_put_number(table, RG_FACT_COLUMNS, fit->best.residual[k]);
  }
  status = rg_fit_keep_table(fit, table);
  if (status == REGIME_OK) status = rg_fit_table(table, &summary);
  return status == REGIME_OK ? rg_fit_keep_table(fit, summary) : status;
}

static void add_column_each(const regime_fit *fit, regime_table *table) {
  for (size_t k = 0; k < fit->target.frees.count; k++)
    regime_table_add_numbers(table, fit->target.frees.items[k].name, NULL, NULL);
}

static regime_status make_correlation(regime_fit *fit) {
  const size_t n = fit->target.frees.count;
  regime_table *table;
  const regime_status status = regime_table_create("correlation", 1, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_words(table, "parameter", NULL);
  add_column_each(fit, table);
  for (size_t j = 0; j < n; j++) {
    regime_table_put_word(table, 0, fit->target.frees.items[j].name);
    for (size_t k = 0; k < n; k++) regime_table_put_number(table, 1 + k, regime_fit_correlation(fit, j, k));
  }
  return rg_fit_keep_table(fit, table);
}

static regime_status make_singular(regime_fit *fit) {
  const size_t n = fit->target.frees.count;
  regime_table *table;
  const regime_status status = regime_table_create("singular", 1, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_numbers(table, "number", NULL, NULL);
  regime_table_add_numbers(table, "value", NULL, "singular value of the Jacobian in units of scale");
  add_column_each(fit, table);
  for (size_t k = 0; k < n; k++) {
    regime_table_put_number(table, 0, (double)(k + 1));
    regime_table_put_number(table, 1, fit->known.singular[k]);
    for (size_t j = 0; j < n; j++) regime_table_put_number(table, 2 + j, regime_fit_direction(fit, k)[j]);
  }
  return rg_fit_keep_table(fit, table);
}

regime_status rg_fit_tables_make(regime_fit *fit) {
  regime_status status = rg_fit_parameters_table(fit);
  if (status == REGIME_OK) status = make_facts(fit);
  if (status == REGIME_OK) status = make_correlation(fit);
  if (status == REGIME_OK) status = make_singular(fit);
  return status;
}
