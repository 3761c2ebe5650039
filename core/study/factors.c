/* factors.c — which parameters move, and how their values are drawn. */
#include "study/factors.h"
#include "base/diagnostic.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- distributions ------------------------------------------------------------------------------------- */

const char *rg_prior_text(regime_prior_kind kind) {
  static const char *const text[] = {[REGIME_PRIOR_NONE] = "",
                                     [REGIME_PRIOR_NORMAL] = "normal",
                                     [REGIME_PRIOR_LOGNORMAL] = "lognormal",
                                     [REGIME_PRIOR_BETA] = "beta",
                                     [REGIME_PRIOR_UNIFORM] = "uniform"};
  return text[kind];
}

/* Of a normal distribution cut off at low and high. */
static double normal_quantile(double at, double sd, double low, double high, double u) {
  const double below = gsl_cdf_ugaussian_P((low - at) / sd), above = gsl_cdf_ugaussian_Q((high - at) / sd);
  const double part = below + u * (1.0 - below - above);
  return fmin(fmax(at + sd * gsl_cdf_ugaussian_Pinv(part), low), high);
}

/* By halving: the inverse of the beta distribution in closed form there is none, and GSL's may not converge.
 */
static double beta_quantile(double a, double b, double u) {
  double low = 0.0, high = 1.0;
  for (int k = 0; k < 60; k++) {
    const double middle = 0.5 * (low + high);
    if (gsl_cdf_beta_P(middle, a, b) < u)
      low = middle;
    else
      high = middle;
  }
  return 0.5 * (low + high);
}

/* Its mean and standard deviation are those on the bounds. */
static double draw_beta(const rg_factor *f, double u) {
  const double width = f->high - f->low, mean = (f->prior.at - f->low) / width, sd = f->prior.sd / width;
  const double weight = mean * (1.0 - mean) / (sd * sd) - 1.0;
  return f->low + width * beta_quantile(mean * weight, (1.0 - mean) * weight, u);
}

double rg_factor_quantile(const rg_factor *f, double u) {
  static const double tail = 0.005;
  const bool is_normal = f->prior.kind == REGIME_PRIOR_NORMAL,
             is_log = f->prior.kind == REGIME_PRIOR_LOGNORMAL;
  if (is_normal || is_log) {
    if (u <= 0.0 && !(f->low > (is_log ? 0.0 : -INFINITY))) u = tail;
    if (u >= 1.0 && isinf(f->high)) u = 1.0 - tail;
  }
  if (is_normal) return normal_quantile(f->prior.at, f->prior.sd, f->low, f->high, u);
  if (is_log)
    return exp(normal_quantile(log(f->prior.at), f->prior.sd, log(fmax(f->low, 0.0)), log(f->high), u));
  if (f->prior.kind == REGIME_PRIOR_BETA) return draw_beta(f, u);
  return f->low + u * (f->high - f->low);
}

/* --- which --------------------------------------------------------------------------------------------- */

static bool is_movable(const regime_parameter *p) { return !p->is_path && !p->is_mode; }

/* Whether `name` means the parameter: itself, or all members of its family. */
static bool means(const char *name, const char *parameter) {
  const size_t length = strlen(name);
  return strncmp(name, parameter, length) == 0 && (parameter[length] == '\0' || parameter[length] == '[');
}

static regime_prior distribution_of(const regime_parameter *p, const regime_varied *asked) {
  const regime_prior uniform = {.kind = REGIME_PRIOR_UNIFORM};
  if (asked && !isnan(asked->low)) return uniform;
  if (p->prior.kind != REGIME_PRIOR_NONE) return p->prior;
  return isfinite(p->low) && isfinite(p->high) && p->low < p->high ? uniform : p->prior;
}

static size_t count_led(const regime_model *model, size_t leader) {
  size_t n = 0;
  for (size_t k = 0; k < regime_model_parameters(model); k++)
    n += regime_model_parameter(model, k)->leader == leader;
  return n;
}

/* The name of a factor of n parameters: of several it is the family's. */
static char *copy_name(const regime_parameter *p, size_t n) {
  const size_t length = n > 1 ? strcspn(p->name, "[") : strlen(p->name);
  char *copy = malloc(length + 1);
  if (!copy) return NULL;
  memcpy(copy, p->name, length);
  copy[length] = '\0';
  return copy;
}

static regime_status add(const regime_model *model, size_t leader, const double *value,
                         const regime_varied *asked, rg_factors *out) {
  const regime_parameter *p = regime_model_parameter(model, leader);
  const size_t n = count_led(model, leader);
  rg_factor *f = &out->item[out->count++];
  *f = (rg_factor){.n = 0,
                   .value = value[leader],
                   .prior = distribution_of(p, asked),
                   .low = asked && !isnan(asked->low) ? asked->low : p->low,
                   .high = asked && !isnan(asked->low) ? asked->high : p->high};
  f->name = copy_name(p, n);
  f->parameter = malloc((n + 1) * sizeof *f->parameter);
  if (!f->name || !f->parameter) return REGIME_NO_MEMORY;
  for (size_t k = 0; k < regime_model_parameters(model); k++)
    if (regime_model_parameter(model, k)->leader == leader) f->parameter[f->n++] = k;
  return REGIME_OK;
}

static bool is_chosen(const rg_factors *factors, size_t leader) {
  for (size_t k = 0; k < factors->count; k++)
    if (factors->item[k].parameter[0] == leader) return true;
  return false;
}

/* --- what is named ------------------------------------------------------------------------------------- */

static rg_place place_of(const regime_model *model) {
  return (rg_place){.file = regime_model_about(model)->file};
}

static regime_status refuse_unknown(regime_context *context, const regime_model *model, const char *name) {
  const size_t n = regime_model_parameters(model);
  const char **names = calloc(n + 1, sizeof *names);
  char buffer[160];
  size_t count = 0;
  for (size_t k = 0; names && k < n; k++)
    if (is_movable(regime_model_parameter(model, k))) names[count++] = regime_model_parameter(model, k)->name;
  rg_error(context, place_of(model),
           rg_did_you_mean(name, names, count, "`regime show` lists the parameters", buffer),
           "the model has no parameter `%s`", name);
  free(names);
  return REGIME_BAD_ARGUMENT;
}

static regime_status refuse_unmovable(regime_context *context, const regime_model *model,
                                      const regime_parameter *p) {
  rg_error(context, place_of(model),
           p->is_mode ? "a mode is changed by events only; `--set` gives it another first value"
                      : "a path is a function of time; `--set` makes it a constant",
           "`%s` is a %s, and only a parameter can be moved", p->name, p->is_mode ? "mode" : "path");
  return REGIME_BAD_ARGUMENT;
}

static regime_status see_bounds(regime_context *context, const regime_model *model, const regime_parameter *p,
                                const regime_varied *asked, bool drawn) {
  char remedy[200];
  if (isnan(asked->low)) {
    if (!drawn || distribution_of(p, asked).kind != REGIME_PRIOR_NONE) return REGIME_OK;
    snprintf(remedy, sizeof remedy, "say between what it moves: `--vary %.60s=%g:%g`", asked->name,
             0.8 * p->value, p->value != 0.0 ? 1.2 * p->value : 1.0);
    rg_error(context, place_of(model), remedy, "`%s` has neither bounds nor a prior", p->name);
  } else if (!(asked->low < asked->high)) {
    rg_error(context, (rg_place){0}, "write the lower one first", "`%s` cannot move between %g and %g",
             asked->name, asked->low, asked->high);
  } else if (asked->low < p->low || asked->high > p->high) {
    snprintf(remedy, sizeof remedy, "its bounds are %g and %g", p->low, p->high);
    rg_error(context, place_of(model), remedy, "`%s` cannot move between %g and %g: its bounds are narrower",
             p->name, asked->low, asked->high);
  } else {
    return REGIME_OK;
  }
  return REGIME_BAD_ARGUMENT;
}

static regime_status add_named(regime_context *context, const regime_model *model, const double *value,
                               const regime_varied *asked, bool drawn, rg_factors *out) {
  bool found = false;
  for (size_t k = 0; k < regime_model_parameters(model); k++) {
    const regime_parameter *p = regime_model_parameter(model, k);
    if (!means(asked->name, p->name)) continue;
    found = true;
    if (!is_movable(p)) return refuse_unmovable(context, model, p);
    if (is_chosen(out, p->leader)) continue;
    regime_status status = see_bounds(context, model, p, asked, drawn);
    if (status == REGIME_OK) status = add(model, p->leader, value, asked, out);
    if (status != REGIME_OK) return status;
  }
  return found ? REGIME_OK : refuse_unknown(context, model, asked->name);
}

static regime_status add_all(regime_context *context, const regime_model *model, const double *value,
                             bool drawn, rg_factors *out) {
  regime_status status = REGIME_OK;
  for (size_t k = 0; k < regime_model_parameters(model) && status == REGIME_OK; k++) {
    const regime_parameter *p = regime_model_parameter(model, k);
    if (!is_movable(p) || p->leader != k) continue;
    if (drawn && distribution_of(p, NULL).kind == REGIME_PRIOR_NONE) continue;
    status = add(model, k, value, NULL, out);
  }
  if (status != REGIME_OK || out->count > 0) return status;
  rg_error(context, place_of(model),
           drawn ? "say what moves, and between what: `--vary NAME=LO:HI`"
                 : "give it some under `parameters`",
           drawn ? "no parameter of `%s` has bounds or a prior" : "`%s` has no parameters",
           regime_model_about(model)->name);
  return REGIME_BAD_ARGUMENT;
}

regime_status rg_factors_choose(regime_context *context, const regime_model *model, const double *value,
                                const regime_varied *varied, size_t n_varied, bool drawn, rg_factors *out) {
  *out = (rg_factors){0};
  out->item = calloc(regime_model_parameters(model) + 1, sizeof *out->item);
  if (!out->item) return REGIME_NO_MEMORY;
  if (n_varied == 0) return add_all(context, model, value, drawn, out);
  regime_status status = REGIME_OK;
  for (size_t k = 0; k < n_varied && status == REGIME_OK; k++)
    status = add_named(context, model, value, &varied[k], drawn, out);
  return status;
}

void rg_factors_drop(rg_factors *factors) {
  for (size_t k = 0; k < factors->count; k++) {
    free(factors->item[k].name);
    free(factors->item[k].parameter);
  }
  free(factors->item);
  *factors = (rg_factors){0};
}
