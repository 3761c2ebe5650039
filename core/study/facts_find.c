/* facts_find.c — what a series of a file and its members are in the model. */
#include "study/facts_parts.h"

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

const char *rg_series_remedy(const rg_gathering *g, const char *name) {
  rg_labels known = {0};
  for (size_t k = 0; k < regime_model_variables(g->model); k++)
    RG_APPEND(g->arena, &known, regime_model_variable(g->model, k)->name);
  for (size_t k = g->first_group; k < g->end_group; k++)
    for (size_t s = 0; s < regime_model_observed(g->model, k)->n_series; s++)
      RG_APPEND(g->arena, &known, regime_model_observed(g->model, k)->series[s].name);
  const char *map = rg_arena_printf(
      g->arena, "say what it is: observations = { ...; series = { %s = \"EXPRESSION\"; }; };", name);
  return rg_did_you_mean(name, known.items, known.count, map, rg_arena_take(g->arena, 160, 1));
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

bool rg_find_output(rg_gathering *g, const rg_datum *d, const rg_subject *subject, rg_fact *fact) {
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
