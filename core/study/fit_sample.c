/* fit_sample.c — draws from the posterior, density proportional to exp(-cost) inside the bounds. */
#include "base/diagnostic.h"
#include "study/fit_jobs.h"
#include "study/fit_result.h"
#include "study/mixing.h"

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct sampler {
  const regime_fit *fit;
  regime_sample_options options;
  double *draw; /* chain after chain, draw after draw, n_free */
  double *cost; /* of each draw */
  regime_status *status;
  double *taken; /* share of proposals accepted after the warm-up, a chain */
} sampler;

typedef struct chain {
  const sampler *s;
  rg_worker *worker;
  gsl_rng *rng;
  size_t n;
  double *at, *next, *normal, *value, *residual;
  double cost;
  double *mean, *spread; /* of the warm-up: n, n by n sums of squares */
  double *root;          /* of the covariance proposals are drawn with, n by n */
  size_t seen;
  gsl_matrix *matrix, *vectors;
  gsl_vector *values;
  gsl_eigen_symmv_workspace *eigen;
} chain;

/* --- proposals ----------------------------------------------------------------------------------------- */

/* root root^T = covariance, by its eigenvalues: none is below rounding. */
static void take_root(chain *c, const double *covariance) {
  const size_t n = c->n;
  for (size_t j = 0; j < n * n; j++) gsl_matrix_set(c->matrix, j / n, j % n, covariance[j]);
  gsl_eigen_symmv(c->matrix, c->values, c->vectors, c->eigen);
  for (size_t i = 0; i < n; i++)
    for (size_t k = 0; k < n; k++)
      c->root[i * n + k] = gsl_matrix_get(c->vectors, i, k) * sqrt(fmax(gsl_vector_get(c->values, k), 0.0));
}

/* In units of the scales, so that eigenvalues compare. What the curvature does not tell of moves by a
 * twentieth of its scale. */
static void begin_root(chain *c) {
  const regime_fit *fit = c->s->fit;
  const size_t n = c->n;
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++) {
      const double both = fit->target.frees.items[i].scale * fit->target.frees.items[j].scale;
      const double told = fit->known.covariance[i * n + j] / both;
      c->spread[i * n + j] = isfinite(told) ? told : i == j ? 0.0025 : 0.0;
    }
  take_root(c, c->spread);
  memset(c->spread, 0, n * n * sizeof *c->spread);
}

static void propose(chain *c, double width) {
  const rg_frees *frees = &c->s->fit->target.frees;
  for (size_t k = 0; k < c->n; k++) c->normal[k] = gsl_ran_gaussian_ziggurat(c->rng, 1.0);
  for (size_t i = 0; i < c->n; i++) {
    double step = 0.0;
    for (size_t k = 0; k < c->n; k++) step += c->root[i * c->n + k] * c->normal[k];
    c->next[i] = c->at[i] + width * step * frees->items[i].scale;
  }
}

/* --- the chain ----------------------------------------------------------------------------------------- */

static bool is_inside(const chain *c) {
  const rg_frees *frees = &c->s->fit->target.frees;
  for (size_t k = 0; k < c->n; k++)
    if (!(c->next[k] >= frees->items[k].low && c->next[k] <= frees->items[k].high)) return false;
  return true;
}

/* Cost of next; infinite outside and where there is no path. */
static double cost_of_next(chain *c, regime_status *status) {
  const rg_target *t = &c->s->fit->target;
  if (!is_inside(c)) return INFINITY;
  *status = rg_worker_ask(c->worker, c->next, c->value, NULL);
  if (*status == REGIME_UNDEFINED)
    *status = REGIME_OK;
  else if (*status == REGIME_OK &&
           rg_fit_residuals(t, &c->s->fit->aim, c->next, c->value, NULL, c->residual, NULL))
    return rg_half_squares(c->residual, rg_fit_rows(t));
  return INFINITY;
}

static bool step(chain *c, double width, regime_status *status) {
  propose(c, width);
  const double cost = cost_of_next(c, status);
  const double chance = gsl_rng_uniform_pos(c->rng);
  if (*status != REGIME_OK || !(log(chance) < c->cost - cost)) return false;
  memcpy(c->at, c->next, c->n * sizeof *c->at);
  c->cost = cost;
  return true;
}

/* Sums of the warm-up for its covariance, in units of the scales. */
static void learn(chain *c) {
  const rg_frees *frees = &c->s->fit->target.frees;
  const size_t n = c->n;
  c->seen++;
  for (size_t i = 0; i < n; i++) c->normal[i] = c->at[i] / frees->items[i].scale - c->mean[i];
  for (size_t i = 0; i < n; i++) c->mean[i] += c->normal[i] / (double)c->seen;
  const double weight = ((double)c->seen - 1.0) / (double)c->seen;
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++) c->spread[i * n + j] += weight * c->normal[i] * c->normal[j];
}

static void renew_root(chain *c) {
  const size_t n = c->n;
  double *covariance = c->residual; /* not both at once: see room_of */
  for (size_t j = 0; j < n * n; j++) covariance[j] = c->spread[j] / ((double)c->seen - 1.0);
  for (size_t j = 0; j < n; j++) covariance[j * n + j] += 1e-12;
  take_root(c, covariance);
}

enum { renew_every = 100 };

/* Adapts while it warms up and no more: the draws are of one Markov chain. */
static void warm_up(chain *c, double width, regime_status *status) {
  const size_t first = c->s->options.warmup / 4;
  for (size_t k = 0; k < c->s->options.warmup && *status == REGIME_OK; k++) {
    step(c, width, status);
    if (k < first) continue; /* the way in is forgotten */
    learn(c);
    if (c->seen > 10 * c->n && c->seen % renew_every == 0) renew_root(c);
  }
}

static void draw(chain *c, size_t number, double width, regime_status *status) {
  const size_t draws = c->s->options.draws;
  size_t taken = 0;
  for (size_t k = 0; k < draws && *status == REGIME_OK; k++) {
    taken += step(c, width, status);
    memcpy(c->s->draw + (number * draws + k) * c->n, c->at, c->n * sizeof *c->at);
    c->s->cost[number * draws + k] = c->cost;
  }
  c->s->taken[number] = (double)taken / (double)draws;
}

/* Begins a spread of the curvature away from the best point, or at it where there is no path. */
static void run_chain(chain *c, size_t number, regime_status *status) {
  const regime_fit *fit = c->s->fit;
  const double width = 2.38 / sqrt((double)c->n); /* Gelman, Roberts and Gilks 1996 */
  begin_root(c);
  memcpy(c->at, fit->best.p, c->n * sizeof *c->at);
  c->cost = INFINITY;
  for (size_t k = 0; k < 20 && *status == REGIME_OK && !isfinite(c->cost); k++) step(c, 1.0, status);
  if (!isfinite(c->cost)) c->cost = fit->best.cost;
  warm_up(c, width, status);
  draw(c, number, width, status);
}

static size_t larger(size_t a, size_t b) { return a > b ? a : b; }

static void do_chain(rg_worker *worker, size_t number, void *self) {
  const sampler *s = self;
  const rg_target *t = &s->fit->target;
  const size_t n = t->frees.count, room_of = larger(rg_fit_rows(t), n * n);
  double *room = calloc(4 * n + 2 * n * n + t->facts.count + room_of, sizeof *room);
  chain c = {.s = s,
             .worker = worker,
             .n = n,
             .rng = gsl_rng_alloc(gsl_rng_mt19937),
             .matrix = gsl_matrix_alloc(n, n),
             .vectors = gsl_matrix_alloc(n, n),
             .values = gsl_vector_alloc(n),
             .eigen = gsl_eigen_symmv_alloc(n)};
  s->status[number] = REGIME_NO_MEMORY;
  if (room && c.rng && c.matrix && c.vectors && c.values && c.eigen) {
    c.at = room;
    c.next = room + n;
    c.normal = room + 2 * n;
    c.mean = room + 3 * n;
    c.spread = room + 4 * n;
    c.root = c.spread + n * n;
    c.value = c.root + n * n;
    c.residual = c.value + t->facts.count;
    gsl_rng_set(c.rng, 1u + (unsigned long)s->fit->seed * 1000003u + (unsigned long)number);
    s->status[number] = REGIME_OK;
    run_chain(&c, number, &s->status[number]);
  }
  if (c.rng) gsl_rng_free(c.rng);
  gsl_matrix_free(c.matrix);
  gsl_matrix_free(c.vectors);
  gsl_vector_free(c.values);
  if (c.eigen) gsl_eigen_symmv_free(c.eigen);
  free(room);
}

/* --- what the draws tell ------------------------------------------------------------------------------- */

static regime_status put_summary(regime_table *table, const sampler *s, size_t k) {
  const size_t n = s->fit->target.frees.count, total = s->options.chains * s->options.draws;
  double *x = calloc(total, sizeof *x);
  if (!x) return REGIME_NO_MEMORY;
  for (size_t j = 0; j < total; j++) x[j] = s->draw[j * n + k];
  const rg_mixing mixing = rg_mixing_of(x, s->options.chains, s->options.draws);
  regime_table_put_word(table, 0, s->fit->target.frees.items[k].name);
  regime_table_put_number(table, 1, gsl_stats_mean(x, 1, total));
  regime_table_put_number(table, 2, gsl_stats_sd(x, 1, total));
  gsl_sort(x, 1, total);
  regime_table_put_number(table, 3, gsl_stats_quantile_from_sorted_data(x, 1, total, 0.025));
  regime_table_put_number(table, 4, gsl_stats_quantile_from_sorted_data(x, 1, total, 0.5));
  regime_table_put_number(table, 5, gsl_stats_quantile_from_sorted_data(x, 1, total, 0.975));
  regime_table_put_number(table, 6, mixing.r_hat);
  regime_table_put_number(table, 7, mixing.size);
  free(x);
  return REGIME_OK;
}

static regime_status make_posterior(regime_fit *fit, const sampler *s) {
  regime_table *table;
  regime_status status = regime_table_create("posterior", 1, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_words(table, "parameter", NULL);
  regime_table_add_numbers(table, "mean", NULL, NULL);
  regime_table_add_numbers(table, "sd", NULL, NULL);
  regime_table_add_numbers(table, "from", NULL, "2.5 % quantile");
  regime_table_add_numbers(table, "median", NULL, NULL);
  regime_table_add_numbers(table, "to", NULL, "97.5 % quantile");
  regime_table_add_numbers(table, "r_hat", NULL, "near 1 where the chains agree");
  regime_table_add_numbers(table, "effective", NULL, "independent draws they are worth");
  for (size_t k = 0; k < fit->target.frees.count && status == REGIME_OK; k++)
    status = put_summary(table, s, k);
  if (status == REGIME_OK) return rg_fit_keep_table(fit, table);
  regime_table_free(table);
  return status;
}

static regime_status make_draws(regime_fit *fit, const sampler *s) {
  const size_t n = fit->target.frees.count;
  regime_table *table;
  const regime_status status = regime_table_create("draws", 2, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_numbers(table, "chain", NULL, NULL);
  regime_table_add_numbers(table, "draw", NULL, NULL);
  regime_table_add_numbers(table, "cost", NULL, NULL);
  for (size_t k = 0; k < n; k++) regime_table_add_numbers(table, fit->target.frees.items[k].name, NULL, NULL);
  for (size_t j = 0; j < s->options.chains * s->options.draws; j++) {
    regime_table_put_number(table, 0, (double)(j / s->options.draws + 1));
    regime_table_put_number(table, 1, (double)(j % s->options.draws + 1));
    regime_table_put_number(table, 2, s->cost[j]);
    for (size_t k = 0; k < n; k++) regime_table_put_number(table, 3 + k, s->draw[j * n + k]);
  }
  return rg_fit_keep_table(fit, table);
}

static void warn(regime_context *context, const regime_fit *fit, const sampler *s) {
  for (size_t k = 0; k < s->options.chains; k++)
    if (s->taken[k] < 0.02)
      rg_warning(context, (rg_place){0}, "sample longer: the warm-up is as long as the draws",
                 "chain %zu hardly moved: %.1f %% of its proposals were taken", k + 1, 100.0 * s->taken[k]);
  const regime_table *table = regime_fit_table_named(fit, "posterior");
  for (size_t k = 0; k < fit->target.frees.count; k++)
    if (!(regime_table_number(table, k, 6) < 1.05))
      rg_warning(context, (rg_place){0}, "sample longer, with a larger N",
                 "the chains do not agree on `%s` yet: R-hat is %.3f", regime_table_word(table, k, 0),
                 regime_table_number(table, k, 6));
}

/* --- the call ------------------------------------------------------------------------------------------ */

static regime_status compute(regime_context *context, regime_fit *fit, sampler *s) {
  regime_status status = rg_jobs_run(&fit->target, s->options.chains, fit->threads, do_chain, s, &fit->paths);
  for (size_t k = 0; k < s->options.chains && status == REGIME_OK; k++) status = s->status[k];
  if (status == REGIME_NO) {
    rg_interruption_granted(context);
    rg_warning(context, (rg_place){0}, "--resume goes on",
               "the sampling was interrupted: there are no draws");
    return REGIME_OK;
  }
  if (status == REGIME_OK) status = make_posterior(fit, s);
  if (status == REGIME_OK) status = make_draws(fit, s);
  if (status == REGIME_OK) warn(context, fit, s);
  return status;
}

regime_status regime_fit_sample(regime_context *context, regime_fit *fit, regime_sample_options options) {
  if (options.draws < 8 || options.chains < 1) {
    rg_error(context, (rg_place){0}, "a thousand is a beginning", "%zu draws in %zu chains tell nothing",
             options.draws, options.chains);
    return REGIME_BAD_ARGUMENT;
  }
  const size_t total = options.draws * options.chains;
  sampler s = {.fit = fit,
               .options = options,
               .draw = calloc(total * fit->target.frees.count, sizeof(double)),
               .cost = calloc(total, sizeof(double)),
               .status = calloc(options.chains, sizeof(regime_status)),
               .taken = calloc(options.chains, sizeof(double))};
  fit->target.context = context;
  rg_gsl_handler *before = rg_gsl_quiet();
  regime_status status =
      s.draw && s.cost && s.status && s.taken ? compute(context, fit, &s) : REGIME_NO_MEMORY;
  rg_gsl_restore(before);
  free(s.draw);
  free(s.cost);
  free(s.status);
  free(s.taken);
  return status == REGIME_OK ? rg_journal_check(context, fit->target.journal) : status;
}
