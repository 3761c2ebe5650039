/* fit_leave.c — the fit without some of its facts, and how well it says what they were. */
#include "base/diagnostic.h"
#include "study/fit_jobs.h"
#include "study/fit_result.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct leaving {
  const regime_fit *fit;
  regime_leave what;
  size_t *first; /* the first fact of each group */
  size_t n_groups;
  rg_found *found; /* one a group */
} leaving;

static bool same_group(const leaving *l, size_t a, size_t b) {
  const rg_fact *fact = l->fit->target.facts.fact;
  if (l->what == REGIME_LEAVE_MEMBER) return strcmp(fact[a].member, fact[b].member) == 0;
  return fact[a].from == fact[b].from && fact[a].to == fact[b].to;
}

static void find_groups(leaving *l) {
  for (size_t k = 0; k < l->fit->target.facts.count; k++) {
    bool is_new = true;
    for (size_t g = 0; is_new && g < l->n_groups; g++) is_new = !same_group(l, l->first[g], k);
    if (is_new) l->first[l->n_groups++] = k;
  }
}

static void fit_without(rg_worker *worker, size_t group, void *self) {
  leaving *l = self;
  const rg_target *t = &l->fit->target;
  rg_aim_of_fit aim = l->fit->aim;
  bool *unused = calloc(t->facts.count, sizeof *unused);
  l->found[group].status = REGIME_NO_MEMORY;
  if (!unused) return;
  for (size_t k = 0; k < t->facts.count; k++) unused[k] = same_group(l, l->first[group], k);
  aim.is_unused = unused;
  rg_fit_search(worker, &aim, &l->found[group]);
  free(unused);
}

/* Root mean square of (model - fact)/sd over the facts of a group. */
static double rms_of(const leaving *l, size_t group, const double *value, size_t *n) {
  const rg_facts *facts = &l->fit->target.facts;
  double sum = 0.0;
  *n = 0;
  for (size_t k = 0; k < facts->count; k++) {
    const double error = (value[k] - facts->fact[k].value) / facts->fact[k].sd;
    if (!same_group(l, l->first[group], k) || isnan(error)) continue;
    sum += error * error;
    ++*n;
  }
  return sqrt(sum / (double)*n);
}

static void put_group(regime_table *table, const leaving *l, size_t group) {
  const rg_fact *fact = &l->fit->target.facts.fact[l->first[group]];
  const rg_found *found = &l->found[group];
  char period[64];
  size_t n;
  snprintf(period, sizeof period, fact->from == fact->to ? "%g" : "%g to %g", fact->from, fact->to);
  regime_table_put_word(table, 0, l->what == REGIME_LEAVE_MEMBER ? fact->member : period);
  const double within = rms_of(l, group, l->fit->best.value, &n);
  regime_table_put_number(table, 1, (double)n);
  regime_table_put_number(table, 2, within);
  regime_table_put_number(table, 3, rms_of(l, group, found->value, &n));
  regime_table_put_word(table, 4, found->converged ? "yes" : "NO");
  for (size_t k = 0; k < l->fit->target.frees.count; k++) regime_table_put_number(table, 5 + k, found->p[k]);
}

static bool is_done(const rg_found *found) {
  return found->status == REGIME_OK || found->status == REGIME_UNDEFINED;
}

static regime_status make_table(regime_fit *fit, const leaving *l) {
  regime_table *table;
  const regime_status status = regime_table_create("left-out", 1, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_words(table, "left_out", NULL);
  regime_table_add_numbers(table, "n", NULL, "facts left out");
  regime_table_add_numbers(table, "fitted", NULL, "root mean square of (model - fact)/sd when they are in");
  regime_table_add_numbers(table, "predicted", NULL, "the same when they are left out");
  regime_table_add_words(table, "converged", NULL);
  for (size_t k = 0; k < fit->target.frees.count; k++)
    regime_table_add_numbers(table, fit->target.frees.items[k].name, NULL, "fitted without them");
  for (size_t group = 0; group < l->n_groups; group++)
    if (is_done(&l->found[group])) put_group(table, l, group);
  return rg_fit_keep_table(fit, table);
}

static regime_status compute(regime_context *context, regime_fit *fit, leaving *l) {
  find_groups(l);
  if (l->n_groups < 2) {
    rg_error(context, (rg_place){0}, NULL, "all facts are of one %s: nothing is left without them",
             l->what == REGIME_LEAVE_MEMBER ? "member" : "period");
    return REGIME_BAD_ARGUMENT;
  }
  regime_status status = REGIME_OK;
  for (size_t g = 0; g < l->n_groups && status == REGIME_OK; g++)
    status = rg_found_copy(&fit->target, &fit->best, &l->found[g]);
  if (status == REGIME_OK)
    status = rg_jobs_run(&fit->target, l->n_groups, fit->threads, fit_without, l, &fit->paths);
  size_t done = 0;
  for (size_t g = 0; g < l->n_groups && status == REGIME_OK; g++) {
    done += is_done(&l->found[g]);
    if (l->found[g].status == REGIME_NO_MEMORY) status = REGIME_NO_MEMORY;
  }
  if (status == REGIME_OK && done < l->n_groups) {
    rg_interruption_granted(context);
    rg_warning(context, (rg_place){0}, "--resume goes on",
               "leaving out was interrupted: the table has %zu of %zu rows", done, l->n_groups);
  }
  return status == REGIME_OK ? make_table(fit, l) : status;
}

regime_status regime_fit_leave_out(regime_context *context, regime_fit *fit, regime_leave what) {
  const size_t most = fit->target.facts.count;
  leaving l = {.fit = fit,
               .what = what,
               .first = calloc(most, sizeof *l.first),
               .found = calloc(most, sizeof *l.found)};
  fit->target.context = context;
  rg_gsl_handler *before = rg_gsl_quiet();
  regime_status status = l.first && l.found ? compute(context, fit, &l) : REGIME_NO_MEMORY;
  rg_gsl_restore(before);
  for (size_t k = 0; l.found && k < most; k++) rg_found_drop(&l.found[k]);
  free(l.found);
  free(l.first);
  return status == REGIME_OK ? rg_journal_check(context, fit->target.journal) : status;
}
