/* facts_add.c — from a number of a file to a fact: of what, of which kind, when, how sure. */
#include "study/facts_parts.h"

#include <math.h>
#include <string.h>

/* --- of what ------------------------------------------------------------------------------------------- */

static void report_no_series(const rg_gathering *g, const rg_datum *d) {
  rg_error(g->context, rg_fact_place(g, d->line), rg_series_remedy(g, d->series),
           "the model has no variable `%s`", d->series);
}

static bool find_event(const rg_gathering *g, const rg_datum *d, rg_fact *fact) {
  const size_t n = regime_model_events(g->model);
  const char **name = RG_NEW_ARRAY(g->arena, const char *, n);
  char buffer[160];
  for (size_t k = 0; k < n; k++) {
    name[k] = regime_model_event(g->model, k);
    if (strcmp(name[k], d->series) != 0) continue;
    fact->variable = name[k];
    fact->member = "";
    fact->output = k;
    return true;
  }
  rg_error(g->context, rg_fact_place(g, d->line),
           rg_did_you_mean(d->series, name, n, "a fact of kind `event` names an event of the model", buffer),
           "the model has no event `%s`", d->series);
  return false;
}

/* --- kind and time ------------------------------------------------------------------------------------- */

static const char *first_of(const char *a, const char *b, const char *c) { return a[0] ? a : b[0] ? b : c; }
static double first_number(double a, double b, double c) { return !isnan(a) ? a : !isnan(b) ? b : c; }

static bool find_kind(const rg_gathering *g, const rg_datum *d, const rg_subject *subject,
                      rg_fact_kind *out) {
  const char *group =
      g->end_group > g->first_group ? regime_model_observed(g->model, g->first_group)->kind : "";
  const char *text =
      first_of(d->kind, subject && subject->series ? subject->series->kind : "", first_of(group, "mean", ""));
  char buffer[160];
  for (int k = 0; k < RG_N_FACT_KINDS; k++)
    if (strcmp(rg_fact_kinds[k], text) == 0) {
      *out = (rg_fact_kind)k;
      return true;
    }
  rg_error(g->context, rg_fact_place(g, d->line),
           rg_did_you_mean(text, rg_fact_kinds, RG_N_FACT_KINDS,
                           "the kinds are mean, at, change, growth, ratio and event", buffer),
           "there is no kind of fact `%s`", text);
  return false;
}

static bool has_stretch(rg_fact_kind kind) { return kind == RG_FACT_CHANGE || kind == RG_FACT_GROWTH; }

/* An instant is `at` either date, and an event is at its own. */
static bool find_time(const rg_gathering *g, const rg_datum *d, rg_fact *fact) {
  const bool event = fact->kind == RG_FACT_EVENT;
  fact->from = event ? d->value : d->from;
  fact->to = event ? d->value : fact->kind == RG_FACT_AT ? d->from : d->to;
  if (isnan(fact->from) || isnan(fact->to))
    rg_error(g->context, rg_fact_place(g, d->line),
             "write both `from` and `to`; an instant has both the same", "this fact has no date");
  else if (fact->from > fact->to)
    rg_error(g->context, rg_fact_place(g, d->line), "write the earlier date under `from`",
             "this fact ends at %g, before it begins at %g", fact->to, fact->from);
  else if (has_stretch(fact->kind) && fact->from == fact->to)
    rg_error(g->context, rg_fact_place(g, d->line), "write a later date under `to`",
             "a %s is from one date to another, and here both are %g", rg_fact_kind_text(fact->kind),
             fact->from);
  else
    return true;
  return false;
}

static bool find_base(const rg_gathering *g, const rg_datum *d, const rg_subject *subject, rg_fact *fact) {
  if (fact->kind != RG_FACT_RATIO) return true;
  const double group =
      g->end_group > g->first_group ? regime_model_observed(g->model, g->first_group)->base : NAN;
  fact->base_from = first_number(d->base, subject->series ? subject->series->base : NAN, group);
  fact->base_to = fact->base_from + (fact->from < fact->to ? 1.0 : 0.0);
  if (!isnan(fact->base_from)) return true;
  rg_error(g->context, rg_fact_place(g, d->line),
           "add a column `base`, or write base = 1960.0; under `observations`",
           "a ratio is to a base year, and this one has none");
  return false;
}

/* --- weight -------------------------------------------------------------------------------------------- */

static bool find_weight(const rg_gathering *g, const rg_datum *d, const rg_subject *subject, rg_fact *fact) {
  const double sd = first_number(d->sd, subject && subject->series ? subject->series->sd : NAN, NAN);
  fact->has_sd = !isnan(sd);
  fact->sd = fact->has_sd ? sd : 1.0;
  fact->weight = first_number(d->weight, 1.0, 1.0);
  if (fact->sd <= 0.0)
    rg_error(g->context, rg_fact_place(g, d->line), "leave it empty where it is not known",
             "a standard deviation is positive, and this one is %g", fact->sd);
  if (fact->weight < 0.0)
    rg_error(g->context, rg_fact_place(g, d->line), "a weight of 0 leaves the fact out of a fit",
             "a weight cannot be negative, and this one is %g", fact->weight);
  return fact->sd > 0.0 && fact->weight >= 0.0;
}

/* --- the fact ------------------------------------------------------------------------------------------ */

static bool is_outside(const rg_gathering *g, const rg_fact *fact) {
  const regime_model_info *about = regime_model_about(g->model);
  return fact->from < about->from || fact->to > about->to;
}

static void keep(rg_gathering *g, const rg_fact *fact) {
  if (g->is_download && is_outside(g, fact)) {
    g->outside++;
  } else {
    if (!fact->has_sd) g->without_sd++;
    RG_APPEND(g->arena, &g->facts, *fact);
  }
}

static bool find_thing(rg_gathering *g, const rg_datum *d, const rg_subject *subject, rg_fact *fact) {
  if (fact->kind == RG_FACT_EVENT) return find_event(g, d, fact);
  if (!subject->name) {
    if (!g->is_download) report_no_series(g, d);
    return false;
  }
  fact->variable = subject->name;
  return rg_find_output(g, d, subject, fact);
}

void rg_facts_add(rg_gathering *g, const rg_datum *d) {
  rg_subject subject = {.name = NULL};
  rg_fact fact = {.variable = d->series};
  (void)rg_subject_find(g, d->series, &subject);
  if (!find_kind(g, d, &subject, &fact.kind) || !find_thing(g, d, &subject, &fact)) return;
  fact.file = g->file;
  fact.line = d->line;
  if (isnan(d->value)) {
    g->missing++;
    return;
  }
  fact.value = d->value;
  if (find_time(g, d, &fact) && find_base(g, d, &subject, &fact) && find_weight(g, d, &subject, &fact))
    keep(g, &fact);
}
