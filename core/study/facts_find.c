/* facts_find.c — from a number of a file to a fact of the model: what its series is, of whom, when. */
#include "study/facts_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* --- series -------------------------------------------------------------------------------------------- */

static bool find_mapped(const rg_gathering *g, const char *name, rg_subject *out) {
  for (size_t k = g->first_group; k < g->end_group; k++) {
    const regime_observations *group = regime_model_observed(g->model, k);
    for (size_t s = 0; s < group->n_series; s++) {
      if (strcmp(group->series[s].name, name) != 0) continue;
      *out = (rg_subject){
          .name = group->series[s].name, .series = &group->series[s], .set = group->series[s].set};
      return true;
    }
  }
  return false;
}

static bool find_variable(const rg_gathering *g, const char *name, rg_subject *out) {
  for (size_t k = 0; k < regime_model_variables(g->model); k++) {
    const regime_variable *v = regime_model_variable(g->model, k);
    if (strcmp(v->name, name) != 0) continue;
    *out = (rg_subject){.name = v->name, .variable = v, .set = v->n_over == 1 ? v->over[0] : REGIME_NO_SET};
    return true;
  }
  return false;
}

bool rg_subject_find(const rg_gathering *g, const char *name, rg_subject *out) {
  return find_mapped(g, name, out) || find_variable(g, name, out);
}

static void report_no_series(const rg_gathering *g, const rg_datum *d) {
  char buffer[160];
  rg_error(g->context, rg_fact_place(g, d->line),
           rg_did_you_mean(
               d->series, g->names->name, g->names->count,
               rg_arena_printf(g->arena,
                               "say what it is: observations = { ...; series = { %s = \"EXPRESSION\"; }; };",
                               d->series),
               buffer),
           "the model has no variable `%s`", d->series);
}

/* --- members ------------------------------------------------------------------------------------------- */

static const char *member_of_set(const regime_set *set, const char *name) {
  for (size_t k = 0; k < set->n_members; k++)
    if (strcmp(set->member[k], name) == 0) return set->member[k];
  return NULL;
}

/* A member that the files call otherwise is not called by its own name. */
const char *rg_member_called(const rg_gathering *g, size_t number, const char *label) {
  const regime_set *set = regime_model_set(g->model, number);
  bool renamed = false;
  for (size_t k = g->first_group; k < g->end_group; k++) {
    const regime_observations *group = regime_model_observed(g->model, k);
    for (size_t m = 0; m < group->n_members; m++) {
      const char *member = member_of_set(set, group->member[m]);
      if (member && strcmp(group->called[m], label) == 0) return member;
      renamed |= member && strcmp(member, label) == 0;
    }
  }
  return renamed ? NULL : member_of_set(set, label);
}

static void report_no_member(const rg_gathering *g, const rg_datum *d, const rg_subject *subject) {
  const regime_set *set = regime_model_set(g->model, subject->set);
  char buffer[160];
  if (d->member[0])
    rg_error(
        g->context, rg_fact_place(g, d->line),
        rg_did_you_mean(d->member, set->member, set->n_members,
                        rg_arena_printf(g->arena,
                                        "say who it is: observations = { ...; members = { %s = \"%s\"; }; };",
                                        set->n_members ? set->member[0] : "MEMBER", d->member),
                        buffer),
        "`%s` has no member `%s`", set->name, d->member);
  else
    rg_error(g->context, rg_fact_place(g, d->line), "write whom it is about under `member`",
             "`%s` is one for each of `%s`, and this fact names none", subject->name, set->name);
}

static const char *find_member(rg_gathering *g, const rg_datum *d, const rg_subject *subject) {
  const char *member = rg_member_called(g, subject->set, d->member);
  if (!member && d->country[0]) member = rg_member_called(g, subject->set, d->country);
  if (g->is_download) {
    RG_APPEND(g->arena, &g->members, d->member);
    RG_APPEND(g->arena, &g->members, d->country);
  } else if (!member) {
    report_no_member(g, d, subject);
  }
  return member;
}

/* --- outputs ------------------------------------------------------------------------------------------- */

static size_t number_in_set(const regime_set *set, const char *member) {
  size_t k = 0;
  while (set->member[k] != member) k++;
  return k;
}

/* A variable over two sets is called by its pair, "share" of "US,GB". */
static bool find_pair(const rg_gathering *g, const rg_datum *d, const rg_subject *subject, rg_fact *fact) {
  char name[512];
  snprintf(name, sizeof name, "%s[%s]", subject->name, d->member);
  const long output = rg_output_find(g->names, name);
  char buffer[160];
  if (output < 0)
    rg_error(g->context, rg_fact_place(g, d->line),
             rg_did_you_mean(name, g->names->name, g->names->count, "write \"US,GB\" under `member`", buffer),
             "the model has no variable `%s`", name);
  fact->member = d->member;
  fact->output = (size_t)output;
  return output >= 0;
}

static bool find_output(rg_gathering *g, const rg_datum *d, const rg_subject *subject, rg_fact *fact) {
  const size_t first = subject->series ? subject->series->output : subject->variable->output;
  fact->member = "";
  fact->output = first;
  if (subject->variable && subject->variable->n_over == 2) return find_pair(g, d, subject, fact);
  if (subject->set != REGIME_NO_SET) {
    fact->member = find_member(g, d, subject);
    if (fact->member) fact->output += number_in_set(regime_model_set(g->model, subject->set), fact->member);
    return fact->member;
  }
  if (d->member[0] == '\0' || g->is_download) return true;
  rg_error(g->context, rg_fact_place(g, d->line), "leave `member` empty, or name a series that has members",
           "`%s` has no members, and this fact is about `%s`", subject->name, d->member);
  return false;
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
  return find_output(g, d, subject, fact);
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
