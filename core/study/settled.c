/* settled.c — what the path from the model's start comes to: its cycle, and how fast its neighbours part. */
#include "study/inquiry.h"

/* --- tables -------------------------------------------------------------------------------------------- */

static void fill_orbit(const regime_inquiry *inquiry, regime_table *table) {
  const regime_cycle *cycle = inquiry->cycle;
  regime_table_add_numbers(table, "point", NULL, NULL);
  regime_table_add_numbers(table, "time", regime_model_about(inquiry->law.model)->unit,
                           "since its first point");
  rg_add_variables(inquiry, table);
  for (size_t k = 0; k < cycle->n_points; k++) {
    regime_table_put_number(table, 0, (double)(k + 1));
    regime_table_put_number(table, 1, cycle->time[k]);
    rg_put_variables(inquiry, table, 2, cycle->outputs + k * inquiry->law.system->n_outputs);
  }
}

static void fill_extremes(const regime_inquiry *inquiry, regime_table *table) {
  const regime_cycle *cycle = inquiry->cycle;
  regime_table_add_words(table, "variable", NULL);
  regime_table_add_numbers(table, "min", NULL, NULL);
  regime_table_add_numbers(table, "max", NULL, NULL);
  regime_table_add_numbers(table, "mean", NULL, NULL);
  for (size_t i = 0; i < regime_inquiry_variables(inquiry); i++) {
    regime_table_put_word(table, 0, inquiry->law.names.name[i]);
    regime_table_put_number(table, 1, cycle->low[i]);
    regime_table_put_number(table, 2, cycle->high[i]);
    regime_table_put_number(table, 3, cycle->mean[i]);
  }
}

static void fill_multipliers(const regime_inquiry *inquiry, regime_table *table) {
  rg_add_eigenvalues(table);
  for (size_t j = 0; j < regime_inquiry_eigenvalues(inquiry); j++)
    rg_put_eigenvalue(table, 0, j + 1, inquiry->cycle->multiplier_re[j], inquiry->cycle->multiplier_im[j]);
}

static void fill_exponents(const regime_inquiry *inquiry, regime_table *table) {
  regime_table_add_numbers(table, "number", NULL, "the largest first");
  regime_table_add_numbers(table, "exponent", NULL, "per unit of time");
  regime_table_add_numbers(table, "error", NULL, "twice the standard error");
  for (size_t j = 0; j < inquiry->lyapunov->count; j++) {
    regime_table_put_number(table, 0, (double)(j + 1));
    regime_table_put_number(table, 1, inquiry->lyapunov->exponent[j]);
    regime_table_put_number(table, 2, inquiry->lyapunov->error[j]);
  }
}

/* --- the questions ------------------------------------------------------------------------------------- */

static regime_status find_cycle(regime_context *context, regime_inquiry *inquiry, regime_system *system,
                                const regime_steady_question *question) {
  regime_cycle_options o = regime_cycle_defaults();
  o.t = inquiry->law.at;
  if (question->settle > 0.0) o.settle = question->settle;
  regime_status status = regime_cycle_find(context, system, &o, &inquiry->cycle);
  if (status == REGIME_OK) status = rg_inquiry_add(inquiry, "orbit", 1, fill_orbit);
  if (status == REGIME_OK) status = rg_inquiry_add(inquiry, "extremes", 1, fill_extremes);
  if (status == REGIME_OK && inquiry->cycle->multiplier_re)
    status = rg_inquiry_add(inquiry, "multipliers", 1, fill_multipliers);
  return status;
}

static regime_status measure_exponents(regime_context *context, regime_inquiry *inquiry,
                                       regime_system *system, const regime_steady_question *question) {
  regime_lyapunov_options o = regime_lyapunov_defaults();
  o.t = inquiry->law.at;
  if (question->settle > 0.0) o.settle = question->settle;
  if (question->span > 0.0) o.span = question->span;
  const regime_status status = regime_lyapunov_compute(context, system, &o, &inquiry->lyapunov);
  return status == REGIME_OK ? rg_inquiry_add(inquiry, "exponents", 1, fill_exponents) : status;
}

regime_status rg_inquiry_settle(regime_context *context, regime_inquiry *inquiry,
                                const regime_steady_question *question) {
  regime_system *system;
  if (!question->cycle && !question->exponents) return REGIME_OK;
  regime_status status = rg_inquiry_moving(inquiry, &system);
  if (status == REGIME_OK && question->cycle) status = find_cycle(context, inquiry, system, question);
  if (status == REGIME_OK && question->exponents)
    status = measure_exponents(context, inquiry, system, question);
  return status;
}
