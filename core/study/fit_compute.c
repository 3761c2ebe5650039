/* fit_compute.c — a fit: the question, the search, what is known of the answer, and the path at the best
 * point. */
#include "base/diagnostic.h"
#include "study/fit_result.h"

#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- the library's handler of errors ------------------------------------------------------------------- */

rg_gsl_handler *rg_gsl_quiet(void) { return gsl_set_error_handler_off(); }
void rg_gsl_restore(rg_gsl_handler *before) { gsl_set_error_handler(before); }

/* --- the path at the best point ------------------------------------------------------------------------ */

/* The settings of the question, then the members of every free number. */
static regime_setting *settings_at(const rg_target *t, const double *p, size_t *n) {
  regime_setting *setting = calloc(t->n_settings + t->n_directions + 1, sizeof *setting);
  *n = t->n_settings;
  for (size_t k = 0; setting && k < t->n_settings; k++) setting[k] = t->setting[k];
  for (size_t k = 0; setting && k < t->frees.count; k++)
    for (size_t j = 0; j < t->frees.items[k].n_members; j++)
      setting[(*n)++] =
          (regime_setting){regime_model_parameter(t->model, t->frees.items[k].member[j])->name, p[k]};
  return setting;
}

regime_status rg_fit_run_at(regime_context *context, const rg_target *t, const double *p, regime_run **out) {
  regime_run_options options = REGIME_RUN_DEFAULTS;
  regime_setting *settings = settings_at(t, p, &options.n_settings);
  *out = NULL;
  if (!settings) return REGIME_NO_MEMORY;
  options.scenario = t->scenario;
  options.settings = settings;
  options.rtol = t->path.rtol;
  options.atol = t->path.atol;
  const regime_status status = regime_run_compute(context, t->model, &options, out);
  free(settings);
  return status;
}

/* Says why there is no path where the search starts. */
static void explain_start(regime_context *context, const rg_target *t) {
  double *p = calloc(t->frees.count, sizeof *p);
  regime_run *run = NULL;
  for (size_t k = 0; p && k < t->frees.count; k++) p[k] = t->frees.items[k].start;
  const regime_status status = p ? rg_fit_run_at(context, t, p, &run) : REGIME_NO_MEMORY;
  rg_error(context, (rg_place){.file = regime_model_about(t->model)->file},
           "start where the model runs through all facts: change the values, or give --starts more",
           "there is nothing to fit from: at the start the path has %s",
           status == REGIME_OK ? regime_outcome_text(regime_path_outcome(regime_run_path(run)))
                               : regime_status_text(status));
  regime_run_free(run);
  free(p);
}

/* --- what is told of each number ----------------------------------------------------------------------- */

const char *regime_verdict_text(regime_verdict verdict) {
  static const char *const text[] = {[REGIME_BOUNDED] = "bounded",
                                     [REGIME_ONE_SIDED] = "one-sided",
                                     [REGIME_FLAT] = "flat",
                                     [REGIME_AT_BOUND] = "at bound"};
  return text[verdict];
}

/* From the curvature: whether the 95 % range lies inside the bounds. */
static regime_verdict judge(const rg_free *f, const regime_fitted *p, bool at_bound) {
  if (at_bound) return REGIME_AT_BOUND;
  if (isnan(p->std_error)) return REGIME_FLAT;
  const int sides = (p->from > f->low) + (p->to < f->high);
  return sides == 2 ? REGIME_BOUNDED : sides == 1 ? REGIME_ONE_SIDED : REGIME_FLAT;
}

static void describe(const regime_fit *fit, size_t k, regime_fitted *out) {
  const rg_free *f = &fit->target.frees.items[k];
  const double value = fit->best.p[k];
  const double error = sqrt(fit->known.covariance[k * fit->target.frees.count + k]);
  *out = (regime_fitted){.name = f->name,
                         .value = value,
                         .start = f->start,
                         .low = f->low,
                         .high = f->high,
                         .std_error = error,
                         .from = value - 1.96 * error,
                         .to = value + 1.96 * error,
                         .information = fit->known.information[k]};
  out->verdict = judge(f, out, fit->best.at_bound[k]);
}

static regime_status describe_all(regime_fit *fit) {
  const size_t n = fit->target.frees.count;
  fit->parameter = calloc(n, sizeof *fit->parameter);
  if (!fit->parameter) return REGIME_NO_MEMORY;
  for (size_t k = 0; k < n; k++) describe(fit, k, &fit->parameter[k]);
  return REGIME_OK;
}

/* --- the fit ------------------------------------------------------------------------------------------- */

static rg_aim_of_fit aim_of(const regime_fit_options *options) {
  return (rg_aim_of_fit){.loss = options->loss,
                         .loss_scale = options->loss_scale,
                         .tolerance = options->tolerance,
                         .most_iterations = options->most_iterations};
}

/* What the best point is not: a minimum with a slope on all sides, or one at which all events happen. */
static void warn(regime_context *context, const regime_fit *fit) {
  const rg_target *t = &fit->target;
  const rg_place place = {.file = regime_model_about(t->model)->file};
  if (!fit->best.converged && !isnan(fit->best.jump)) rg_fit_explain_jump(context, fit);
  for (size_t k = 0; k < t->facts.count; k++)
    if (isnan(fit->best.value[k]))
      rg_warning(context, (rg_place){.file = t->facts.fact[k].file, .line = t->facts.fact[k].line}, NULL,
                 "the event `%s` was observed and does not happen in the model", t->facts.fact[k].variable);
  if (t->facts.without_sd > 0)
    rg_warning(context, place, "a column `sd` says how sure each fact is",
               "%zu facts have no standard deviation: 1 was taken, in the unit of each", t->facts.without_sd);
}

static regime_status compute(regime_context *context, const regime_model *model,
                             const regime_fit_options *options, regime_fit *fit) {
  regime_status status = rg_target_make(context, model, options, &fit->target);
  if (status == REGIME_OK) status = rg_fit_from_starts(fit, options);
  const bool interrupted = regime_context_interrupted(context);
  if (status == REGIME_UNDEFINED && interrupted)
    rg_error(context, (rg_place){0}, NULL, "the fit was interrupted before its first path");
  else if (status == REGIME_UNDEFINED)
    explain_start(context, &fit->target);
  if (interrupted) rg_interruption_granted(context);
  if (status == REGIME_OK) status = rg_known_make(&fit->target, &fit->best, &fit->known);
  if (status == REGIME_OK) status = describe_all(fit);
  if (status == REGIME_OK) status = rg_fit_run_at(context, &fit->target, fit->best.p, &fit->run);
  if (status == REGIME_OK) warn(context, fit);
  if (status == REGIME_OK) status = rg_fit_tables_make(fit);
  if (status == REGIME_OK) status = rg_journal_check(context, fit->target.journal);
  return status;
}

regime_status regime_fit_compute(regime_context *context, const regime_model *model,
                                 const regime_fit_options *options, regime_fit **out) {
  *out = NULL;
  regime_fit *fit = calloc(1, sizeof *fit);
  if (!fit) return REGIME_NO_MEMORY;
  fit->aim = aim_of(options);
  fit->threads = options->threads;
  fit->seed = options->seed;
  rg_gsl_handler *before = rg_gsl_quiet();
  const regime_status status = compute(context, model, options, fit);
  rg_gsl_restore(before);
  if (status == REGIME_OK)
    *out = fit;
  else
    regime_fit_free(fit);
  return status;
}

void regime_fit_free(regime_fit *fit) {
  if (!fit) return;
  for (size_t k = 0; k < fit->n_tables; k++) regime_table_free(fit->table[k]);
  regime_run_free(fit->run);
  free(fit->parameter);
  rg_known_drop(&fit->known);
  rg_found_drop(&fit->best);
  rg_target_drop(&fit->target);
  free(fit);
}

/* --- looking ------------------------------------------------------------------------------------------- */

bool regime_fit_converged(const regime_fit *fit) { return fit->best.converged; }
double regime_fit_cost(const regime_fit *fit) { return fit->best.cost; }
long regime_fit_evaluations(const regime_fit *fit) { return fit->paths; }
size_t regime_fit_observations(const regime_fit *fit) { return fit->target.facts.count; }
size_t regime_fit_parameters(const regime_fit *fit) { return fit->target.frees.count; }
const regime_fitted *regime_fit_parameter(const regime_fit *fit, size_t k) { return &fit->parameter[k]; }
const regime_run *regime_fit_run(const regime_fit *fit) { return fit->run; }
const double *regime_fit_singular_values(const regime_fit *fit) { return fit->known.singular; }
const double *regime_fit_direction(const regime_fit *fit, size_t k) {
  return fit->known.direction + k * fit->target.frees.count;
}

double regime_fit_correlation(const regime_fit *fit, size_t j, size_t k) {
  const size_t n = fit->target.frees.count;
  const double *covariance = fit->known.covariance;
  if (j == k) return isnan(covariance[j * n + j]) ? NAN : 1.0;
  return covariance[j * n + k] / sqrt(covariance[j * n + j] * covariance[k * n + k]);
}

size_t regime_fit_tables(const regime_fit *fit) { return fit->n_tables; }
const regime_table *regime_fit_table(const regime_fit *fit, size_t k) { return fit->table[k]; }

const regime_table *regime_fit_table_named(const regime_fit *fit, const char *name) {
  for (size_t k = 0; k < fit->n_tables; k++)
    if (strcmp(regime_table_name(fit->table[k]), name) == 0) return fit->table[k];
  return NULL;
}
