/* influence_tables.c — the answers as tables, the strongest first. */
#include "study/influence.h"

#include <math.h>
#include <stdlib.h>

/* --- order --------------------------------------------------------------------------------------------- */

typedef struct place {
  double size;
  size_t factor;
} place;

/* Falling; of equals in the order of the model. */
static int compare_sizes(const void *a, const void *b) {
  const place *x = a, *y = b;
  if (x->size != y->size) return x->size > y->size ? -1 : 1;
  return (x->factor > y->factor) - (x->factor < y->factor);
}

/* What has no size comes last. */
static void sort(place *order, size_t n) {
  for (size_t k = 0; k < n; k++)
    if (isnan(order[k].size)) order[k].size = -1.0;
  qsort(order, n, sizeof *order, compare_sizes);
}

/* --- elasticities -------------------------------------------------------------------------------------- */

typedef struct measure {
  const char *text;
  double effect;
  bool is_by_log; /* of the parameter */
} measure;

static measure measure_of(const regime_influence *i, size_t number, size_t factor) {
  const rg_factor *f = &i->factors.item[factor];
  const double y = i->value[number], slope = i->slope[number * i->factors.count + factor], p = f->value;
  const double width = f->high - f->low;
  const bool y_by_log =
      !rg_statistic_is_date(&i->asked.item[number]) && y != 0.0 && fabs(y) >= 1e-3 * i->size[number];
  const bool p_by_log = p != 0.0 && (!isfinite(width) || fabs(p) >= 1e-6 * width);
  static const char *const text[] = {"dy/dp", "dy/dlog p", "dlog y/dp", "dlog y/dlog p"};
  return (measure){text[2 * y_by_log + p_by_log], slope * (p_by_log ? p : 1.0) / (y_by_log ? y : 1.0),
                   p_by_log};
}

static void put_elasticity(regime_table *t, const regime_influence *i, size_t number, size_t factor) {
  const measure m = measure_of(i, number, factor);
  regime_table_put_word(t, 0, i->asked.item[number].text);
  regime_table_put_word(t, 1, i->factors.item[factor].name);
  regime_table_put_word(t, 2, m.text);
  regime_table_put_number(t, 3, m.effect);
  regime_table_put_number(t, 4, i->slope[number * i->factors.count + factor]);
  regime_table_put_number(t, 5, i->value[number]);
  regime_table_put_number(t, 6, i->factors.item[factor].value);
}

/* First those whose parameters move by their logarithm: others have other units. */
static void put_elasticities_of(regime_table *t, const regime_influence *i, size_t number, place *order) {
  const size_t n = i->factors.count;
  for (int by_log = 1; by_log >= 0; by_log--) {
    size_t count = 0;
    for (size_t k = 0; k < n; k++) {
      const measure m = measure_of(i, number, k);
      if (m.is_by_log == by_log) order[count++] = (place){fabs(m.effect), k};
    }
    sort(order, count);
    for (size_t k = 0; k < count; k++) put_elasticity(t, i, number, order[k].factor);
  }
}

static void fill_elasticities(regime_table *t, const regime_influence *i, place *order) {
  regime_table_add_words(t, "of", "what moves: y");
  regime_table_add_words(t, "parameter", "what moves it: p");
  regime_table_add_words(t, "measure", "what the effect is");
  regime_table_add_numbers(t, "effect", NULL, "the elasticity, or what stands for it");
  regime_table_add_numbers(t, "derivative", NULL, "dy/dp");
  regime_table_add_numbers(t, "value", NULL, "y");
  regime_table_add_numbers(t, "at", NULL, "p");
  for (size_t k = 0; k < i->asked.count; k++)
    if (!isnan(i->value[k])) put_elasticities_of(t, i, k, order);
}

/* --- effects and indices ------------------------------------------------------------------------------- */

static void fill_effects(regime_table *t, const regime_influence *i, place *order) {
  const size_t n = i->factors.count, stride = i->asked.count;
  regime_table_add_words(t, "of", NULL);
  regime_table_add_words(t, "parameter", NULL);
  regime_table_add_numbers(t, "mu_star", NULL, "mean size of its effects, over the whole of its range");
  regime_table_add_numbers(t, "mu", NULL, "their mean");
  regime_table_add_numbers(t, "sigma", NULL, "their standard deviation");
  regime_table_add_numbers(t, "n", NULL, "effects");
  for (size_t number = 0; number < stride; number++) {
    for (size_t k = 0; k < n; k++)
      order[k] = (place){rg_morris_effect(&i->morris, k, i->drawn + number, stride).mu_star, k};
    sort(order, n);
    for (size_t k = 0; k < n; k++) {
      const rg_effect e = rg_morris_effect(&i->morris, order[k].factor, i->drawn + number, stride);
      regime_table_put_word(t, 0, i->asked.item[number].text);
      regime_table_put_word(t, 1, i->factors.item[order[k].factor].name);
      regime_table_put_number(t, 2, e.mu_star);
      regime_table_put_number(t, 3, e.mu);
      regime_table_put_number(t, 4, e.sigma);
      regime_table_put_number(t, 5, (double)e.n);
    }
  }
}

static void add_index_columns(regime_table *t) {
  regime_table_add_words(t, "of", NULL);
  regime_table_add_words(t, "parameter", NULL);
  regime_table_add_numbers(t, "total", NULL, "share of the variance it has a part in");
  regime_table_add_numbers(t, "total_from", NULL, "95 %");
  regime_table_add_numbers(t, "total_to", NULL, "95 %");
  regime_table_add_numbers(t, "first", NULL, "share it has alone");
  regime_table_add_numbers(t, "first_from", NULL, "95 %");
  regime_table_add_numbers(t, "first_to", NULL, "95 %");
  regime_table_add_numbers(t, "n", NULL, "points");
}

static void put_index(regime_table *t, const regime_influence *i, size_t number, size_t factor,
                      const rg_index *index) {
  const double numbers[] = {index->total,      index->total_from, index->total_to, index->first,
                            index->first_from, index->first_to,   (double)index->n};
  regime_table_put_word(t, 0, i->asked.item[number].text);
  regime_table_put_word(t, 1, i->factors.item[factor].name);
  for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) regime_table_put_number(t, 2 + k, numbers[k]);
}

static regime_status put_indices_of(regime_table *t, const regime_influence *i, size_t number, place *order,
                                    rg_index *index) {
  const size_t n = i->factors.count;
  const regime_influence_question *q = &i->question;
  regime_status status = REGIME_OK;
  for (size_t k = 0; k < n && status == REGIME_OK; k++) {
    status =
        rg_sobol_index(&i->sobol, k, i->drawn + number, i->asked.count, q->resamples, q->seed, &index[k]);
    order[k] = (place){index[k].total, k};
  }
  sort(order, n);
  for (size_t k = 0; k < n && status == REGIME_OK; k++)
    put_index(t, i, number, order[k].factor, &index[order[k].factor]);
  return status;
}

static regime_status fill_indices(regime_table *t, const regime_influence *i, place *order) {
  rg_index *index = calloc(i->factors.count + 1, sizeof *index);
  regime_status status = index ? REGIME_OK : REGIME_NO_MEMORY;
  add_index_columns(t);
  for (size_t k = 0; k < i->asked.count && status == REGIME_OK; k++)
    status = put_indices_of(t, i, k, order, index);
  free(index);
  return status;
}

/* --- what was drawn ------------------------------------------------------------------------------------ */

static void put_output(regime_table *t, const regime_influence *i, size_t number) {
  double sum = 0.0, squares = 0.0;
  size_t n = 0;
  for (size_t k = 0; k < i->n_runs; k++) {
    const double y = i->drawn[k * i->asked.count + number];
    if (!isfinite(y)) continue;
    sum += y;
    n++;
  }
  for (size_t k = 0; k < i->n_runs; k++) {
    const double off = i->drawn[k * i->asked.count + number] - sum / (double)n;
    if (isfinite(off)) squares += off * off;
  }
  regime_table_put_word(t, 0, i->asked.item[number].text);
  regime_table_put_number(t, 1, n > 0 ? sum / (double)n : NAN);
  regime_table_put_number(t, 2, n > 1 ? sqrt(squares / (double)(n - 1)) : NAN);
  regime_table_put_number(t, 3, (double)n);
}

static void fill_outputs(regime_table *t, const regime_influence *i) {
  regime_table_add_words(t, "of", NULL);
  regime_table_add_numbers(t, "mean", NULL, NULL);
  regime_table_add_numbers(t, "sd", NULL, "standard deviation");
  regime_table_add_numbers(t, "n", NULL, "runs with a value");
  for (size_t k = 0; k < i->asked.count; k++) put_output(t, i, k);
}

static void fill_factors(regime_table *t, const regime_influence *i) {
  regime_table_add_words(t, "parameter", NULL);
  regime_table_add_words(t, "distribution", NULL);
  regime_table_add_numbers(t, "low", NULL, NULL);
  regime_table_add_numbers(t, "high", NULL, NULL);
  regime_table_add_numbers(t, "at", NULL, "centre of the prior");
  regime_table_add_numbers(t, "sd", NULL, "its standard deviation");
  regime_table_add_numbers(t, "value", NULL, "in force without being moved");
  for (size_t k = 0; k < i->factors.count; k++) {
    const rg_factor *f = &i->factors.item[k];
    const bool is_uniform = f->prior.kind == REGIME_PRIOR_UNIFORM;
    regime_table_put_word(t, 0, f->name);
    regime_table_put_word(t, 1, rg_prior_text(f->prior.kind));
    regime_table_put_number(t, 2, f->low);
    regime_table_put_number(t, 3, f->high);
    regime_table_put_number(t, 4, is_uniform ? NAN : f->prior.at);
    regime_table_put_number(t, 5, is_uniform ? NAN : f->prior.sd);
    regime_table_put_number(t, 6, f->value);
  }
}

static regime_status fill_lost(regime_table *t, const regime_influence *i) {
  double *point = calloc(i->factors.count + 1, sizeof *point);
  if (!point) return REGIME_NO_MEMORY;
  regime_table_add_numbers(t, "run", NULL, NULL);
  regime_table_add_words(t, "outcome", NULL);
  regime_table_add_numbers(t, "time", regime_model_about(i->model)->unit, "when it was lost");
  for (size_t j = 0; j < i->factors.count; j++)
    regime_table_add_numbers(t, i->factors.item[j].name, NULL, NULL);
  for (size_t k = 0; k < i->n_runs; k++) {
    if (!i->fate[k]) continue;
    rg_influence_point(i, k, point);
    regime_table_put_number(t, 0, (double)(k + 1));
    regime_table_put_word(t, 1, i->fate[k]);
    regime_table_put_number(t, 2, i->end[k]);
    for (size_t j = 0; j < i->factors.count; j++) regime_table_put_number(t, 3 + j, point[j]);
  }
  free(point);
  return REGIME_OK;
}

/* --- the whole ----------------------------------------------------------------------------------------- */

static regime_status fill(regime_table *t, const regime_influence *i, size_t which, place *order) {
  switch (which) {
  case 0:
    if (i->question.kind == REGIME_SOBOL) return fill_indices(t, i, order);
    if (i->question.kind == REGIME_MORRIS)
      fill_effects(t, i, order);
    else
      fill_elasticities(t, i, order);
    return REGIME_OK;
  case 1: fill_outputs(t, i); return REGIME_OK;
  case 2: fill_factors(t, i); return REGIME_OK;
  default: return fill_lost(t, i);
  }
}

static regime_status make(regime_influence *i, const char *name, size_t keys, size_t which, place *order) {
  regime_table *table;
  regime_status status = regime_table_create(name, keys, &table);
  if (status != REGIME_OK) return status;
  i->table[i->n_tables++] = table;
  status = fill(table, i, which, order);
  return status == REGIME_OK ? regime_table_status(table) : status;
}

regime_status rg_influence_tables_make(regime_influence *i) {
  static const char *const answers[] = {
      [REGIME_LOCAL] = "elasticities", [REGIME_MORRIS] = "effects", [REGIME_SOBOL] = "indices"};
  static const char *const others[] = {"outputs", "factors", "lost"};
  enum { OTHERS = 3 };
  place *order = calloc(i->factors.count + 1, sizeof *order);
  i->table = calloc(1 + OTHERS, sizeof *i->table);
  regime_status status = order && i->table ? REGIME_OK : REGIME_NO_MEMORY;
  if (status == REGIME_OK)
    status = make(i, answers[i->question.kind], i->question.kind == REGIME_LOCAL ? 3 : 2, 0, order);
  for (size_t k = 0; i->question.kind != REGIME_LOCAL && k < OTHERS && status == REGIME_OK; k++)
    status = make(i, others[k], 1, k + 1, order);
  free(order);
  return status;
}
