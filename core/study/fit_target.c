/* fit_target.c — one path, and what it says to the facts. */
#include "study/fit_target.h"
#include "base/diagnostic.h"
#include <regime/regime.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- the question -------------------------------------------------------------------------------------- */

static char *copy_text(const char *text) {
  char *copy = malloc(strlen(text) + 1);
  return copy ? strcpy(copy, text) : NULL;
}

static regime_status copy_question(const regime_fit_options *options, rg_target *t) {
  const regime_model_info *about = regime_model_about(t->model);
  t->scenario = copy_text(options->scenario ? options->scenario : about->default_scenario);
  t->setting = calloc(options->n_settings + 1, sizeof *t->setting);
  if (!t->scenario || !t->setting) return REGIME_NO_MEMORY;
  for (size_t k = 0; k < options->n_settings; k++) {
    t->setting[k] = (regime_setting){copy_text(options->settings[k].name), options->settings[k].value};
    if (!t->setting[k].name) return REGIME_NO_MEMORY;
    t->n_settings++;
  }
  t->path = REGIME_PATH_DEFAULTS;
  t->path.from = about->from;
  t->path.to = about->to;
  t->path.every = about->output;
  if (about->limit > 0.0) t->path.limit = about->limit;
  t->path.rtol = isnan(options->rtol) ? t->path.rtol / 10.0 : options->rtol;
  t->path.atol = isnan(options->atol) ? t->path.atol / 10.0 : options->atol;
  return REGIME_OK;
}

static bool counts(const rg_target *t, const regime_fit_options *options, const rg_fact *fact) {
  if (!rg_fact_is_within(fact, t->path.from, t->path.to)) return false;
  if (fact->from < options->facts_from || fact->to > options->facts_to) return false; /* NaN: none is */
  return !options->without || strcmp(fact->member, options->without) != 0;
}

static regime_status read_facts(regime_context *context, const regime_fit_options *options, rg_target *t) {
  regime_status status = rg_facts_read(context, t->model, &t->names, options->data, &t->facts);
  if (status != REGIME_OK) return status;
  size_t n = 0;
  for (size_t k = 0; k < t->facts.count; k++)
    if (counts(t, options, &t->facts.fact[k])) t->facts.fact[n++] = t->facts.fact[k];
  const bool had_facts = t->facts.count > 0;
  t->facts.count = n;
  if (n > 0) return REGIME_OK;
  rg_error(context, (rg_place){.file = regime_model_about(t->model)->file},
           had_facts ? "facts count that lie within the model's span and what the options leave"
                     : "name a table: observations = { file = \"facts.csv\"; }; or --data facts.csv",
           "there are no facts to fit");
  return REGIME_BAD_ARGUMENT;
}

/* The path need not go on after the last fact: up to the recorded point that is not before it. When an event
 * happens is not known. */
static void shorten(rg_target *t) {
  regime_path_options *path = &t->path;
  double last = path->from;
  for (size_t k = 0; k < t->facts.count; k++) {
    if (t->facts.fact[k].kind == RG_FACT_EVENT) return;
    last = fmax(last, t->facts.fact[k].to);
    if (t->facts.fact[k].kind == RG_FACT_RATIO) last = fmax(last, t->facts.fact[k].base_to);
  }
  if (!(path->every > 0.0)) path->every = (path->to - path->from) / 200.0;
  const double steps = fmax(ceil((last - path->from) / path->every), 1.0);
  path->to = fmin(path->to, path->from + steps * path->every);
  if (path->to < last) path->to = last;
}

static regime_status choose_directions(rg_target *t) {
  for (size_t k = 0; k < t->frees.count; k++) t->n_directions += t->frees.items[k].n_members;
  t->direction = malloc(t->n_directions * sizeof *t->direction);
  if (!t->direction) return REGIME_NO_MEMORY;
  for (size_t k = 0, d = 0; k < t->frees.count; k++)
    for (size_t j = 0; j < t->frees.items[k].n_members; j++) t->direction[d++] = t->frees.items[k].member[j];
  return REGIME_OK;
}

/* The outputs that facts speak of, each once. */
static regime_status choose_outputs(rg_target *t) {
  t->derived = malloc(t->facts.count * sizeof *t->derived);
  t->derived_place = malloc((t->names.count + 1) * sizeof *t->derived_place);
  if (!t->derived || !t->derived_place) return REGIME_NO_MEMORY;
  for (size_t k = 0; k < t->names.count; k++) t->derived_place[k] = SIZE_MAX;
  for (size_t k = 0; k < t->facts.count; k++) {
    const size_t output = t->facts.fact[k].output;
    if (t->facts.fact[k].kind == RG_FACT_EVENT) continue; /* its derivative is of a time, not of an output */
    if (t->derived_place[output] != SIZE_MAX) continue;
    t->derived_place[output] = t->n_derived;
    t->derived[t->n_derived++] = output;
  }
  return REGIME_OK;
}

static regime_status make_instance(regime_context *context, const rg_target *t, regime_instance **out) {
  regime_status status = regime_instance_create(context, t->model, t->scenario, out);
  for (size_t k = 0; k < t->n_settings && status == REGIME_OK; k++)
    status = regime_instance_set(context, *out, t->setting[k].name, t->setting[k].value);
  return status;
}

static regime_status choose_frees(regime_context *context, const regime_fit_options *options, rg_target *t) {
  regime_instance *instance = NULL;
  double *start = calloc(regime_model_parameters(t->model) + 1, sizeof *start);
  regime_status status = start ? make_instance(context, t, &instance) : REGIME_NO_MEMORY;
  if (status == REGIME_OK) {
    regime_instance_parameters(instance, start);
    status = rg_frees_choose(context, t->model, options->free, options->n_free, start, &t->frees);
  }
  regime_instance_free(instance);
  free(start);
  return status;
}

/* --- what the question is, for the journal ------------------------------------------------------------- */

static uint64_t add_text(uint64_t hash, const char *text) { return rg_hash(hash, text, strlen(text) + 1); }
static uint64_t add_number(uint64_t hash, double number) { return rg_hash(hash, &number, sizeof number); }

static uint64_t digest_facts(uint64_t hash, const rg_target *t) {
  for (size_t k = 0; k < t->facts.count; k++) {
    const rg_fact *fact = &t->facts.fact[k];
    hash = add_number(add_number(add_number(hash, (double)fact->output), fact->from), fact->to);
    hash = add_number(add_number(add_number(hash, (double)fact->kind), fact->base_from), fact->base_to);
  }
  return hash;
}

/* All that decides what an answer is: not the facts' values, nor where the search starts. */
static uint64_t digest(const rg_target *t) {
  uint64_t hash = add_text(RG_HASH_EMPTY, regime_version());
  for (size_t k = 0; k < regime_model_files(t->model); k++)
    hash = add_text(hash, regime_model_file_text(t->model, k));
  hash = add_text(hash, t->scenario);
  for (size_t k = 0; k < t->n_settings; k++)
    hash = add_number(add_text(hash, t->setting[k].name), t->setting[k].value);
  for (size_t k = 0; k < t->n_directions; k++) hash = add_number(hash, (double)t->direction[k]);
  hash = add_number(add_number(hash, t->path.rtol), t->path.atol);
  return digest_facts(hash, t);
}

static regime_status open_journal(regime_context *context, const regime_fit_options *options, rg_target *t) {
  if (!options->journal) return REGIME_OK;
  return rg_journal_open(context, options->journal, digest(t), options->resume, &t->journal);
}

regime_status rg_target_make(regime_context *context, const regime_model *model,
                             const regime_fit_options *options, rg_target *out) {
  *out = (rg_target){.context = context, .model = model};
  regime_status status = copy_question(options, out);
  if (status == REGIME_OK) status = rg_output_names_make(model, &out->names);
  if (status == REGIME_OK) status = choose_frees(context, options, out);
  if (status == REGIME_OK) status = read_facts(context, options, out);
  if (status == REGIME_OK) shorten(out);
  if (status == REGIME_OK) status = choose_directions(out);
  if (status == REGIME_OK) status = choose_outputs(out);
  if (status == REGIME_OK) status = open_journal(context, options, out);
  return status;
}

void rg_target_drop(rg_target *t) {
  rg_journal_close(t->journal);
  for (size_t k = 0; k < t->n_settings; k++) free((char *)t->setting[k].name);
  free(t->setting);
  free(t->scenario);
  free(t->direction);
  free(t->derived);
  free(t->derived_place);
  rg_frees_drop(&t->frees);
  rg_facts_drop(&t->facts);
  rg_output_names_drop(&t->names);
  *t = (rg_target){0};
}

/* --- a worker ------------------------------------------------------------------------------------------ */

static size_t answer_size(const rg_target *t, bool slopes) {
  return 1 + t->facts.count * (1 + (slopes ? t->frees.count : 0));
}

regime_status rg_worker_open(const rg_target *t, rg_worker *out) {
  const size_t n = t->frees.count;
  *out = (rg_worker){.target = t,
                     .key = calloc(n + 1, sizeof(double)),
                     .answer = calloc(answer_size(t, true), sizeof(double)),
                     .shift = calloc(n, sizeof(double)),
                     .slope = calloc(t->n_directions, sizeof(double))};
  regime_status status = out->key && out->answer && out->shift && out->slope
                             ? regime_context_create(&out->context)
                             : REGIME_NO_MEMORY;
  if (status != REGIME_OK) rg_worker_close(out);
  return status;
}

void rg_worker_close(rg_worker *w) {
  regime_instance_free(w->instance);
  regime_context_free(w->context);
  free(w->key);
  free(w->answer);
  free(w->shift);
  free(w->slope);
  *w = (rg_worker){0};
}

/* An instance of its own for each point: what an answer is does not depend on what was asked before. */
static regime_status set(rg_worker *w, const double *p) {
  const rg_frees *frees = &w->target->frees;
  regime_instance_free(w->instance);
  regime_status status = make_instance(w->context, w->target, &w->instance);
  for (size_t k = 0; k < frees->count; k++)
    for (size_t j = 0; j < frees->items[k].n_members && status == REGIME_OK; j++) {
      const char *name = regime_model_parameter(w->target->model, frees->items[k].member[j])->name;
      status = regime_instance_set(w->context, w->instance, name, p[k]);
    }
  return status;
}

/* The path stops where its caller wants to. */
static void look_up(void *watcher, double t) {
  const rg_worker *w = watcher;
  (void)t;
  if (regime_context_interrupted(w->target->context)) regime_context_interrupt(w->context);
}

static regime_status follow(rg_worker *w, bool slopes, regime_path **out) {
  const rg_target *t = w->target;
  regime_path_options options = t->path;
  options.watch = look_up;
  options.watcher = w;
  if (slopes) {
    options.n_directions = t->n_directions;
    options.direction = t->direction;
    options.n_derived = t->n_derived;
    options.derived = t->derived;
  }
  return regime_path_compute(w->context, regime_instance_system(w->instance), &options, out);
}

/* Numbers that move as one: the sum of what each of their members does. */
static void gather(const rg_frees *frees, const double *along, double *out) {
  for (size_t k = 0, d = 0; k < frees->count; k++) {
    out[k] = 0.0;
    for (size_t j = 0; j < frees->items[k].n_members; j++) out[k] += along[d++];
  }
}

/* answer: 1 and the values, then the slopes; or 0 where there are none. */
static bool read_off(rg_worker *w, const regime_path *path, bool slopes) {
  const rg_target *t = w->target;
  const size_t n = t->facts.count;
  bool whole = true;
  for (size_t k = 0; k < n; k++) {
    w->answer[1 + k] = rg_fact_model(&t->facts.fact[k], path);
    whole &= isfinite(w->answer[1 + k]) || t->facts.fact[k].kind == RG_FACT_EVENT;
  }
  for (size_t k = 0; k < n && slopes && whole; k++) {
    if (isnan(w->answer[1 + k])) /* an event that does not happen */
      memset(w->slope, 0, t->n_directions * sizeof *w->slope);
    else
      rg_fact_slope(&t->facts.fact[k], path, t->derived_place, w->slope);
    gather(&t->frees, w->slope, w->answer + 1 + n + k * t->frees.count);
  }
  return whole;
}

/* Follows the path; NO where it was interrupted. */
static regime_status compute(rg_worker *w, const double *p, bool slopes) {
  regime_path *path = NULL;
  bool whole = false;
  regime_status status = set(w, p);
  if (status == REGIME_OK) status = follow(w, slopes, &path);
  if (status == REGIME_NO_MEMORY) return status;
  if (status == REGIME_OK && regime_path_outcome(path) == REGIME_INTERRUPTED) {
    regime_path_free(path);
    return REGIME_NO;
  }
  if (status == REGIME_OK) whole = read_off(w, path, slopes);
  if (!whole) memset(w->answer, 0, answer_size(w->target, slopes) * sizeof *w->answer);
  w->answer[0] = whole ? 1.0 : 0.0;
  regime_path_free(path);
  regime_diagnostics_clear(w->context); /* of a trial point: nobody wants to know */
  return REGIME_OK;
}

/* Fills w->answer from the journal or a path. */
static regime_status answer(rg_worker *w, const double *p, bool slopes) {
  const rg_target *t = w->target;
  const size_t n = t->frees.count, size = answer_size(t, slopes);
  if (regime_context_interrupted(t->context)) return REGIME_NO;
  w->paths++;
  memcpy(w->key, p, n * sizeof *p);
  w->key[n] = slopes ? 1.0 : 0.0;
  if (t->journal && rg_journal_find(t->journal, w->key, n + 1, w->answer, size)) return REGIME_OK;
  const regime_status status = compute(w, p, slopes);
  if (status == REGIME_OK && t->journal) rg_journal_add(t->journal, w->key, n + 1, w->answer, size);
  return status;
}

/* --- where the path has a value but no derivative ------------------------------------------------------ */

static bool lacks(const rg_worker *w, const double *slope, size_t k) {
  const size_t n = w->target->frees.count;
  for (size_t i = 0; i < w->target->facts.count; i++)
    if (!isfinite(slope[i * n + k])) return true;
  return false;
}

/* Column k by a difference quotient, into the inside of the bounds. */
static regime_status differ(rg_worker *w, const double *p, const double *value, double *slope, size_t k) {
  const rg_free *f = &w->target->frees.items[k];
  const size_t n = w->target->frees.count;
  const double step = 1e-5 * fmin(f->scale, fmax(fabs(p[k]), 1e-3 * f->scale));
  const double end = p[k] + step <= f->high ? p[k] + step : p[k] - step;
  memcpy(w->shift, p, n * sizeof *p);
  w->shift[k] = end;
  regime_status status = answer(w, w->shift, false);
  if (status == REGIME_OK && w->answer[0] == 0.0) status = REGIME_UNDEFINED;
  for (size_t i = 0; i < w->target->facts.count && status == REGIME_OK; i++)
    slope[i * n + k] = (w->answer[1 + i] - value[i]) / (end - p[k]);
  return status;
}

regime_status rg_worker_ask(rg_worker *w, const double *p, double *value, double *slope) {
  const size_t n_facts = w->target->facts.count, n = w->target->frees.count;
  regime_status status = answer(w, p, slope != NULL);
  if (status != REGIME_OK) return status;
  if (w->answer[0] == 0.0) return REGIME_UNDEFINED;
  memcpy(value, w->answer + 1, n_facts * sizeof *value);
  if (slope) memcpy(slope, w->answer + 1 + n_facts, n_facts * n * sizeof *slope);
  for (size_t k = 0; slope && k < n && status == REGIME_OK; k++)
    if (lacks(w, slope, k)) status = differ(w, p, value, slope, k);
  return status;
}
