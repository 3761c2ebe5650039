/* facts_check.c — what is odd about facts taken together: twins, dates beyond the span, names never met, and
 * numbers in another unit than the model's. */
#include "study/facts_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- twice --------------------------------------------------------------------------------------------- */

static int compare(double a, double b) { return (a > b) - (a < b); }

static int by_what_they_say(const void *left, const void *right) {
  const rg_fact *a = *(const rg_fact *const *)left, *b = *(const rg_fact *const *)right;
  if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
  if (a->output != b->output) return a->output < b->output ? -1 : 1;
  if (compare(a->from, b->from)) return compare(a->from, b->from);
  if (compare(a->to, b->to)) return compare(a->to, b->to);
  return compare(a->base_from, b->base_from);
}

static int by_place(const void *left, const void *right) {
  const rg_fact *a = *(const rg_fact *const *)left, *b = *(const rg_fact *const *)right;
  const int order = by_what_they_say(left, right);
  return order ? order : (a > b) - (a < b);
}

static void report_twin(const rg_gathering *g, const rg_fact *first, const rg_fact *second) {
  rg_error(g->context, (rg_place){.file = second->file, .line = second->line},
           g->is_download
               ? "several series of the file are called so: name the one meant by its whole code, or "
                 "leave one in the file"
               : "take one of the two away, or give their mean",
           "this fact about `%s%s%s%s` stands on line %d%s%s already", second->variable,
           second->member[0] ? "[" : "", second->member, second->member[0] ? "]" : "", first->line,
           strcmp(first->file, second->file) == 0 ? "" : " of ",
           strcmp(first->file, second->file) == 0 ? "" : first->file);
}

void rg_facts_check_twice(rg_gathering *g) {
  const size_t n = g->facts.count;
  const rg_fact **fact = RG_NEW_ARRAY(g->arena, const rg_fact *, n);
  for (size_t k = 0; k < n; k++) fact[k] = &g->facts.items[k];
  qsort(fact, n, sizeof *fact, by_place);
  for (size_t k = 1; k < n; k++)
    if (by_what_they_say(&fact[k - 1], &fact[k]) == 0) report_twin(g, fact[k - 1], fact[k]);
}

/* --- the span ------------------------------------------------------------------------------------------ */

void rg_facts_check_span(rg_gathering *g, size_t first) {
  const regime_model_info *about = regime_model_about(g->model);
  const rg_fact *beyond = NULL;
  size_t n = 0;
  for (size_t k = first; k < g->facts.count; k++) {
    if (rg_fact_is_within(&g->facts.items[k], about->from, about->to)) continue;
    if (!beyond) beyond = &g->facts.items[k];
    n++;
  }
  if (n)
    rg_warning(g->context, (rg_place){.file = beyond->file, .line = beyond->line},
               "they do not count; widen `span`, or take them away",
               "%zu %s beyond the span from %g to %g, this first", n, n == 1 ? "fact lies" : "facts lie",
               about->from, about->to);
}

/* --- names never met ----------------------------------------------------------------------------------- */

static bool is_among(const rg_labels *labels, const char *name) {
  for (size_t k = 0; k < labels->count; k++)
    if (strcmp(labels->items[k], name) == 0) return true;
  return false;
}

static void check_label(const rg_gathering *g, const rg_labels *met, const char *what, const char *name) {
  char buffer[160];
  if (is_among(met, name)) return;
  rg_error(g->context, (rg_place){.file = g->file},
           rg_did_you_mean(name, met->items, met->count, "look up how the file calls it", buffer),
           "the file has no %s `%s`", what, name);
}

void rg_facts_check_met(rg_gathering *g) {
  const regime_observations *group = regime_model_observed(g->model, g->first_group);
  for (size_t k = 0; k < group->n_series; k++) check_label(g, &g->series, "series", group->series[k].name);
  for (size_t k = 0; k < group->n_members && g->members.count > 0; k++)
    check_label(g, &g->members, "member", group->called[k]);
  if (g->facts.count > 0 || g->missing > 0 || g->outside > 0 || group->n_series > 0) return;
  rg_error(g->context, (rg_place){.file = g->file},
           rg_arena_printf(g->arena,
                           "say what they are: series = ( { name = \"%s\"; expr = \"EXPRESSION\"; } );",
                           g->series.count ? g->series.items[g->series.count - 1] : "NAME"),
           "the model knows none of the file's series");
}

/* --- units --------------------------------------------------------------------------------------------- */

static int ascending(const void *left, const void *right) {
  return compare(*(const double *)left, *(const double *)right);
}

static bool is_first(const rg_facts *facts, size_t k) {
  for (size_t j = 0; j < k; j++)
    if (strcmp(facts->fact[j].variable, facts->fact[k].variable) == 0 &&
        facts->fact[j].kind == facts->fact[k].kind)
      return false;
  return true;
}

/* The median of fact to model over all members; NaN where there are fewer than three. */
static double median_ratio(const rg_facts *facts, size_t first, const regime_path *path, double *ratio) {
  const rg_fact *like = &facts->fact[first];
  size_t n = 0;
  for (size_t k = first; k < facts->count; k++) {
    const rg_fact *fact = &facts->fact[k];
    if (fact->kind != like->kind || strcmp(fact->variable, like->variable) != 0) continue;
    ratio[n] = fact->value / rg_fact_model(fact, path);
    n += isfinite(ratio[n]) && ratio[n] != 0.0;
  }
  if (n < 3) return NAN;
  qsort(ratio, n, sizeof *ratio, ascending);
  return n % 2 ? ratio[n / 2] : 0.5 * (ratio[n / 2 - 1] + ratio[n / 2]);
}

static void warn_if_off(regime_context *context, const rg_fact *fact, double ratio) {
  const bool larger = ratio >= 50.0 && ratio <= 200.0, smaller = ratio >= 1.0 / 200.0 && ratio <= 1.0 / 50.0;
  if (!larger && !smaller) return;
  char remedy[160];
  snprintf(remedy, sizeof remedy,
           "is one in per cent and the other a share? Say so: series = { %s = \"%s\"; };", fact->variable,
           larger ? "100*..." : "0.01*...");
  rg_warning(context, (rg_place){.file = fact->file}, remedy,
             "the facts about `%s` are about %.3g times what the model says", fact->variable, ratio);
}

regime_status rg_facts_check_units(regime_context *context, const rg_facts *facts, const regime_path *path) {
  double *ratio = malloc((facts->count + 1) * sizeof *ratio);
  if (!ratio) return REGIME_NO_MEMORY;
  for (size_t k = 0; k < facts->count; k++) {
    const rg_fact *fact = &facts->fact[k];
    const bool level = fact->kind != RG_FACT_RATIO && fact->kind != RG_FACT_EVENT;
    if (level && is_first(facts, k)) warn_if_off(context, fact, median_ratio(facts, k, path, ratio));
  }
  free(ratio);
  return REGIME_OK;
}
