/* fact.c — the model's answer to a fact. */
#include "study/fact.h"
#include "study/mean.h"
#include <regime/sensitivity.h>

#include <math.h>

const char *const rg_fact_kinds[RG_N_FACT_KINDS] = {"mean", "at", "change", "growth", "ratio", "event"};

const char *rg_fact_kind_text(rg_fact_kind kind) { return rg_fact_kinds[kind]; }

bool rg_fact_is_within(const rg_fact *fact, double from, double to) {
  if (fact->kind == RG_FACT_RATIO && (fact->base_from < from || fact->base_to > to)) return false;
  return fact->from >= from && fact->to <= to;
}

static double at(const rg_fact *fact, const regime_path *path, double t) {
  return rg_path_mean(path, fact->output, t, t);
}

static double log_of(double y) { return y > 0.0 ? log(y) : NAN; }

static long first_happening(const rg_fact *fact, const regime_path *path) {
  for (size_t k = 0; k < regime_path_happenings(path); k++)
    if (regime_path_happening(path, k).event == fact->output) return (long)k;
  return -1;
}

static double event_time(const rg_fact *fact, const regime_path *path) {
  const long k = first_happening(fact, path);
  return k < 0 ? NAN : regime_path_happening(path, (size_t)k).time;
}

/* Nothing is a multiple of zero. */
static double ratio(const rg_fact *fact, const regime_path *path) {
  const double base = rg_path_mean(path, fact->output, fact->base_from, fact->base_to);
  return base == 0.0 ? NAN : rg_path_mean(path, fact->output, fact->from, fact->to) / base;
}

double rg_fact_model(const rg_fact *fact, const regime_path *path) {
  switch (fact->kind) {
  case RG_FACT_MEAN: return rg_path_mean(path, fact->output, fact->from, fact->to);
  case RG_FACT_AT: return at(fact, path, fact->from);
  case RG_FACT_CHANGE: return at(fact, path, fact->to) - at(fact, path, fact->from);
  case RG_FACT_GROWTH:
    return 100.0 * (log_of(at(fact, path, fact->to)) - log_of(at(fact, path, fact->from))) /
           (fact->to - fact->from);
  case RG_FACT_RATIO: return ratio(fact, path);
  case RG_FACT_EVENT: return event_time(fact, path);
  }
  return NAN;
}

/* --- derivatives --------------------------------------------------------------------------------------- */

typedef struct answer {
  const rg_fact *fact;
  const regime_path *path;
  size_t place;
  double *out;
} answer;

static void add(const answer *a, double from, double to, double scale) {
  rg_path_add_mean_slope(a->path, a->fact->output, a->place, from, to, scale, a->out);
}

static void add_growth(const answer *a) {
  const rg_fact *f = a->fact;
  const double scale = 100.0 / (f->to - f->from);
  add(a, f->to, f->to, scale / at(f, a->path, f->to));
  add(a, f->from, f->from, -scale / at(f, a->path, f->from));
}

static void add_ratio(const answer *a, double model) {
  const rg_fact *f = a->fact;
  const double base = rg_path_mean(a->path, f->output, f->base_from, f->base_to);
  add(a, f->from, f->to, 1.0 / base);
  add(a, f->base_from, f->base_to, -model / base);
}

static void add_event(const answer *a) {
  const size_t k = (size_t)first_happening(a->fact, a->path);
  const double *row = regime_path_happening_derivatives(a->path, k);
  for (size_t d = 0; d < regime_path_directions(a->path); d++) a->out[d] = row[d];
}

void rg_fact_slope(const rg_fact *fact, const regime_path *path, const size_t *derived_place, double *out) {
  const double model = rg_fact_model(fact, path);
  for (size_t d = 0; d < regime_path_directions(path); d++) out[d] = isnan(model) ? NAN : 0.0;
  if (isnan(model)) return;
  const answer a = {fact, path, fact->kind == RG_FACT_EVENT ? 0 : derived_place[fact->output], out};
  switch (fact->kind) {
  case RG_FACT_MEAN: add(&a, fact->from, fact->to, 1.0); break;
  case RG_FACT_AT: add(&a, fact->from, fact->from, 1.0); break;
  case RG_FACT_CHANGE:
    add(&a, fact->to, fact->to, 1.0);
    add(&a, fact->from, fact->from, -1.0);
    break;
  case RG_FACT_GROWTH: add_growth(&a); break;
  case RG_FACT_RATIO: add_ratio(&a, model); break;
  case RG_FACT_EVENT: add_event(&a); break;
  }
}
