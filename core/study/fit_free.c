/* fit_free.c — chooses what is free, and turns bounds into coordinates without bounds. */
#include "study/fit_free.h"
#include "base/diagnostic.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const rg_place nowhere = {0};

/* --- by name ------------------------------------------------------------------------------------------- */

static size_t base_length(const char *name) { return strcspn(name, "["); }

/* "norm" means each of its members. */
static bool is_meant(const char *asked, const char *name) {
  const size_t n = base_length(name);
  return strcmp(asked, name) == 0 || (strlen(asked) == n && strncmp(asked, name, n) == 0);
}

static char *copy_n(const char *text, size_t length) {
  char *copy = calloc(length + 1, 1);
  return copy ? memcpy(copy, text, length) : NULL;
}

/* The nearest of the names, or where no member was asked for of the families'. */
static regime_status report_unknown(regime_context *context, const regime_model *model, const char *asked) {
  const size_t n = regime_model_parameters(model);
  const bool member = strchr(asked, '[') != NULL;
  char **names = calloc(n + 1, sizeof *names), remedy[160];
  size_t count = 0;
  for (size_t k = 0; names && k < n; k++) {
    const char *name = regime_model_parameter(model, k)->name;
    names[count] = copy_n(name, member ? strlen(name) : base_length(name));
    count += names[count] != NULL;
  }
  rg_error(context, nowhere,
           rg_did_you_mean(asked, (const char *const *)names, count, "`regime show` lists them", remedy),
           "there is no parameter `%s` to fit", asked);
  for (size_t k = 0; k < count; k++) free(names[k]);
  free(names);
  return REGIME_BAD_ARGUMENT;
}

static regime_status choose_named(regime_context *context, const regime_model *model, const char *asked,
                                  bool *chosen) {
  bool found = false;
  for (size_t k = 0; k < regime_model_parameters(model); k++) {
    const regime_parameter *p = regime_model_parameter(model, k);
    if (!is_meant(asked, p->name)) continue;
    found = true;
    chosen[k] = true;
    if (!p->is_path && !p->is_mode) continue;
    rg_error(context, nowhere, "give it parameters, and free those", "`%s` is a %s: it has no one value",
             asked, p->is_path ? "path over time" : "mode");
    return REGIME_BAD_ARGUMENT;
  }
  return found ? REGIME_OK : report_unknown(context, model, asked);
}

static regime_status choose(regime_context *context, const regime_model *model, const char *const *names,
                            size_t n_names, bool *chosen) {
  regime_status status = REGIME_OK;
  for (size_t k = 0; k < n_names; k++) {
    const regime_status one = choose_named(context, model, names[k], chosen);
    if (one != REGIME_OK) status = one;
  }
  for (size_t k = 0; !names && k < regime_model_parameters(model); k++)
    chosen[k] = regime_model_parameter(model, k)->is_free;
  return status;
}

/* --- one free number ----------------------------------------------------------------------------------- */

static double scale_of(const rg_free *f) {
  if (isfinite(f->low) && isfinite(f->high)) return f->high - f->low;
  if (f->prior.kind == REGIME_PRIOR_NORMAL) return 6.0 * f->prior.sd;
  return f->start != 0.0 ? fabs(f->start) : 1.0;
}

/* The parameters that move as one with `first`, of those chosen. */
static bool collect(const regime_model *model, const bool *chosen, size_t first, rg_free *f) {
  const size_t n = regime_model_parameters(model), leader = regime_model_parameter(model, first)->leader;
  f->member = malloc(n * sizeof *f->member);
  if (!f->member) return false;
  for (size_t k = first; k < n; k++)
    if (chosen[k] && regime_model_parameter(model, k)->leader == leader) f->member[f->n_members++] = k;
  return true;
}

static bool describe(const regime_model *model, const double *start, size_t first, rg_free *f) {
  const regime_parameter *p = regime_model_parameter(model, first);
  const size_t length = f->n_members > 1 ? base_length(p->name) : strlen(p->name);
  f->name = copy_n(p->name, length);
  if (!f->name) return false;
  f->low = p->low;
  f->high = p->high;
  f->prior = p->prior;
  f->transform = p->transform;
  for (size_t k = 0; k < f->n_members; k++) f->start += start[f->member[k]] / (double)f->n_members;
  f->scale = scale_of(f);
  return true;
}

/* Shapes a and b of the beta distribution with the prior's mean and standard deviation. */
static void beta_shapes(const rg_free *f, double *a, double *b) {
  const double width = f->high - f->low, mean = (f->prior.at - f->low) / width, sd = f->prior.sd / width;
  const double size = mean * (1.0 - mean) / (sd * sd) - 1.0;
  *a = size * mean;
  *b = size * (1.0 - mean);
}

static bool check(regime_context *context, const rg_free *f) {
  double a = 2.0, b = 2.0;
  if (f->prior.kind == REGIME_PRIOR_BETA) beta_shapes(f, &a, &b);
  if (!(a > 1.0 && b > 1.0))
    rg_error(context, nowhere, "choose a smaller `sd`, or kind = \"uniform\"",
             "the prior of `%s` is highest at a bound: it has no mode a fit could start from", f->name);
  else if (!(f->start >= f->low && f->start <= f->high))
    rg_error(context, nowhere, "move the value or the bounds", "`%s` is %g, outside its bounds", f->name,
             f->start);
  else if (f->transform == REGIME_LOGARITHM && !(f->start > 0.0))
    rg_error(context, nowhere, "begin from a positive value",
             "`%s` is moved by its logarithm, and begins at %g", f->name, f->start);
  else
    return true;
  return false;
}

static regime_status describe_all(regime_context *context, const regime_model *model, const bool *chosen,
                                  const double *start, rg_frees *out) {
  bool right = true;
  for (size_t k = 0; k < regime_model_parameters(model); k++) {
    bool is_first = chosen[k];
    for (size_t j = 0; is_first && j < k; j++)
      is_first = !(chosen[j] &&
                   regime_model_parameter(model, j)->leader == regime_model_parameter(model, k)->leader);
    if (!is_first) continue;
    rg_free *f = &out->items[out->count++];
    if (!collect(model, chosen, k, f) || !describe(model, start, k, f)) return REGIME_NO_MEMORY;
    right &= check(context, f);
  }
  if (!right) return REGIME_BAD_ARGUMENT;
  if (out->count > 0) return REGIME_OK;
  rg_error(context, (rg_place){.file = regime_model_about(model)->file},
           "write `free = true;` with parameters in the model, or name them with --free", "nothing is free");
  return REGIME_BAD_ARGUMENT;
}

regime_status rg_frees_choose(regime_context *context, const regime_model *model, const char *const *names,
                              size_t n_names, const double *start, rg_frees *out) {
  const size_t n = regime_model_parameters(model);
  bool *chosen = calloc(n + 1, sizeof *chosen);
  *out = (rg_frees){.items = calloc(n + 1, sizeof *out->items)};
  regime_status status = REGIME_NO_MEMORY;
  if (chosen && out->items) status = choose(context, model, names, n_names, chosen);
  if (status == REGIME_OK) status = describe_all(context, model, chosen, start, out);
  if (status != REGIME_OK) rg_frees_drop(out);
  free(chosen);
  return status;
}

void rg_frees_drop(rg_frees *frees) {
  for (size_t k = 0; k < frees->count; k++) {
    free(frees->items[k].name);
    free(frees->items[k].member);
  }
  free(frees->items);
  *frees = (rg_frees){0};
}

/* --- coordinates --------------------------------------------------------------------------------------- */

static bool is_log(const rg_free *f) { return f->transform == REGIME_LOGARITHM; }
double rg_free_upright(const rg_free *f, double p) { return is_log(f) ? log(p) : p; }
double rg_free_from_upright(const rg_free *f, double z) {
  return fmin(fmax(is_log(f) ? exp(z) : z, f->low), f->high); /* rounding does not leave them either */
}
static double low_of(const rg_free *f) {
  return is_log(f) ? (f->low > 0.0 ? log(f->low) : -INFINITY) : f->low;
}
static double high_of(const rg_free *f) { return is_log(f) ? log(f->high) : f->high; }
static double scale_in(const rg_free *f) { return is_log(f) ? 1.0 : f->scale; }

typedef enum shape { OPEN, ABOVE, BELOW, BETWEEN } shape;

static shape shape_of(double low, double high) {
  return isfinite(low) ? (isfinite(high) ? BETWEEN : ABOVE) : isfinite(high) ? BELOW : OPEN;
}

/* No start is nearer to a bound than this, as the map has no slope there. */
static const double nearest = 1e-3;

double rg_free_to_search(const rg_free *f, double p) {
  const double low = low_of(f), high = high_of(f), z = rg_free_upright(f, p), scale = scale_in(f);
  switch (shape_of(low, high)) {
  case BETWEEN: return asin(2.0 * fmin(fmax((z - low) / (high - low), nearest), 1.0 - nearest) - 1.0);
  case ABOVE: return sqrt(pow(1.0 + fmax((z - low) / scale, nearest), 2.0) - 1.0);
  case BELOW: return sqrt(pow(1.0 + fmax((high - z) / scale, nearest), 2.0) - 1.0);
  case OPEN: break;
  }
  return z / scale;
}

double rg_free_from_search(const rg_free *f, double x) {
  const double low = low_of(f), high = high_of(f), scale = scale_in(f);
  double z = scale * x;
  switch (shape_of(low, high)) {
  case BETWEEN: z = low + (high - low) * 0.5 * (1.0 + sin(x)); break;
  case ABOVE: z = low + scale * (sqrt(1.0 + x * x) - 1.0); break;
  case BELOW: z = high - scale * (sqrt(1.0 + x * x) - 1.0); break;
  case OPEN: break;
  }
  return rg_free_from_upright(f, z);
}

double rg_free_search_slope(const rg_free *f, double x) {
  const double low = low_of(f), high = high_of(f), scale = scale_in(f);
  double slope = scale;
  switch (shape_of(low, high)) {
  case BETWEEN: slope = (high - low) * 0.5 * cos(x); break;
  case ABOVE: slope = scale * x / sqrt(1.0 + x * x); break;
  case BELOW: slope = -scale * x / sqrt(1.0 + x * x); break;
  case OPEN: break;
  }
  return is_log(f) ? slope * rg_free_from_search(f, x) : slope;
}

double rg_free_position(const rg_free *f, double p) {
  const double low = low_of(f), high = high_of(f), z = rg_free_upright(f, p), scale = scale_in(f);
  switch (shape_of(low, high)) {
  case BETWEEN: return (z - low) / (high - low);
  case ABOVE: return fmin((z - low) / scale, 0.5);
  case BELOW: return fmax(1.0 - (high - z) / scale, 0.5);
  case OPEN: break;
  }
  return 0.5;
}

/* The middle and half the width of three standard deviations of a prior, in the coordinate z. */
static bool prior_box(const rg_free *f, double *middle, double *half) {
  const regime_prior prior = f->prior;
  *middle = rg_free_upright(f, prior.at);
  *half = 3.0 * prior.sd;
  if (prior.kind == REGIME_PRIOR_NORMAL) *half /= is_log(f) ? prior.at : 1.0;
  if (prior.kind == REGIME_PRIOR_LOGNORMAL) *half *= is_log(f) ? 1.0 : prior.at;
  return prior.kind == REGIME_PRIOR_NORMAL || prior.kind == REGIME_PRIOR_LOGNORMAL;
}

void rg_free_box(const rg_free *f, double *low, double *high) {
  double middle, half;
  if (!prior_box(f, &middle, &half)) {
    middle = rg_free_upright(f, f->start);
    half = scale_in(f);
  }
  *low = isfinite(low_of(f)) ? low_of(f) : fmin(middle - fabs(half), high_of(f) - fabs(half));
  *high = isfinite(high_of(f)) ? high_of(f) : fmax(middle + fabs(half), *low + fabs(half));
}

/* --- priors -------------------------------------------------------------------------------------------- */

bool rg_free_has_prior(const rg_free *f) {
  return f->prior.kind != REGIME_PRIOR_NONE && f->prior.kind != REGIME_PRIOR_UNIFORM;
}

/* A beta distribution on [0, 1] with its mode inside, seen from the mode: the logarithm of its density there
 * less that at t, h away. */
typedef struct beta {
  double a, b, mode, width;
} beta;

static beta beta_of(const rg_free *f) {
  beta d = {.width = f->high - f->low};
  beta_shapes(f, &d.a, &d.b);
  d.mode = (d.a - 1.0) / (d.a + d.b - 2.0);
  return d;
}

static double beta_fall(beta d, double h) {
  return -(d.a - 1.0) * log1p(h / d.mode) - (d.b - 1.0) * log1p(-h / (1.0 - d.mode));
}

/* So near to the mode its fall is lost in rounding, and the second derivative says what it is. */
static bool is_at_mode(double h) { return fabs(h) < 1e-6; }
static double beta_bend(beta d) {
  return (d.a - 1.0) / (d.mode * d.mode) + (d.b - 1.0) / ((1.0 - d.mode) * (1.0 - d.mode));
}

/* At a bound itself the density is zero: as just inside. */
static double beta_step(beta d, const rg_free *f, double p) {
  return fmin(fmax((p - f->low) / d.width, 1e-12), 1.0 - 1e-12) - d.mode;
}

static double beta_residual(const rg_free *f, double p) {
  const beta d = beta_of(f);
  const double h = beta_step(d, f, p);
  return is_at_mode(h) ? h * sqrt(beta_bend(d)) : copysign(sqrt(2.0 * beta_fall(d, h)), h);
}

static double beta_slope(const rg_free *f, double p) {
  const beta d = beta_of(f);
  const double h = beta_step(d, f, p), t = d.mode + h;
  if (is_at_mode(h)) return sqrt(beta_bend(d)) / d.width;
  return ((d.b - 1.0) / (1.0 - t) - (d.a - 1.0) / t) / beta_residual(f, p) / d.width;
}

double rg_prior_residual(const rg_free *f, double p) {
  const regime_prior prior = f->prior;
  switch (prior.kind) {
  case REGIME_PRIOR_NORMAL: return (p - prior.at) / prior.sd;
  case REGIME_PRIOR_LOGNORMAL: return log(p / prior.at) / prior.sd + prior.sd; /* the mode is at exp(-sd^2) */
  case REGIME_PRIOR_BETA: return beta_residual(f, p);
  case REGIME_PRIOR_NONE:
  case REGIME_PRIOR_UNIFORM: break;
  }
  return 0.0;
}

double rg_prior_slope(const rg_free *f, double p) {
  const regime_prior prior = f->prior;
  switch (prior.kind) {
  case REGIME_PRIOR_NORMAL: return 1.0 / prior.sd;
  case REGIME_PRIOR_LOGNORMAL: return 1.0 / (p * prior.sd);
  case REGIME_PRIOR_BETA: return beta_slope(f, p);
  case REGIME_PRIOR_NONE:
  case REGIME_PRIOR_UNIFORM: break;
  }
  return 0.0;
}
