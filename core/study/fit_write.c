/* fit_write.c — the model's file with the fitted values put in place. */
#include "base/diagnostic.h"
#include "base/settings_text.h"
#include "base/text.h"
#include "model/model.h"
#include "study/fit_result.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- numbers as libconfig reads them ------------------------------------------------------------------- */

/* With a decimal point: without one, it is a whole number or none. */
static void with_point(const char *digits, char out[40]) {
  const size_t mantissa = strcspn(digits, "e");
  const bool has_point = memchr(digits, '.', mantissa) != NULL;
  snprintf(out, 40, "%.*s%s%s", (int)mantissa, digits, has_point ? "" : ".0", digits + mantissa);
}

static void print_value(double value, char out[40]) {
  char digits[32];
  with_point(rg_text_number(value, digits), out);
}

static void print_error(double error, char out[40]) {
  char digits[32];
  snprintf(digits, sizeof digits, "%.3g", error);
  with_point(digits, out);
}

/* --- the text under change ----------------------------------------------------------------------------- */

typedef struct draft {
  char *text;
  regime_status status;
} draft;

static rg_span whole(const draft *d) { return (rg_span){0, strlen(d->text)}; }

static void replace(draft *d, rg_span span, const char *with) {
  rg_text text = {0};
  char *changed;
  rg_text_add_n(&text, d->text, span.from);
  rg_text_add(&text, "%s%s", with, d->text + span.to);
  d->status = rg_text_finish(&text, &changed);
  if (d->status != REGIME_OK) return;
  free(d->text);
  d->text = changed;
}

static void insert(draft *d, size_t at, const char *text) { replace(d, (rg_span){at, at}, text); }

/* --- one parameter ------------------------------------------------------------------------------------- */

/* "share[US,GB]" in parts. */
typedef struct name {
  char base[256], member[2][256];
  int n_members;
} name;

static name cut(const char *whole_name) {
  name n = {0};
  n.n_members = sscanf(whole_name, "%255[^[][%255[^],],%255[^]]", n.base, n.member[0], n.member[1]) - 1;
  return n;
}

/* The value of parameters.BASE. */
static bool find(const draft *d, const name *n, rg_span *value) {
  rg_span parameters, body;
  return rg_setting_find(d->text, whole(d), "parameters", &parameters) &&
         rg_setting_body(d->text, parameters, &body) && rg_setting_find(d->text, body, n->base, value);
}

/* A setting more, after the anchor. */
static void add_after(draft *d, rg_span body, rg_span anchor, const char *key, const char *value) {
  char text[600];
  const size_t end = rg_setting_end(d->text, body, anchor);
  const bool is_ended = end > anchor.to;
  snprintf(text, sizeof text, "%s %s = %s%s", is_ended ? "" : ";", key, value, is_ended ? ";" : "");
  insert(d, end, text);
}

/* The body of parameters.BASE; false where it is not in the long form. */
static bool find_body(const draft *d, const name *n, rg_span *body) {
  rg_span value;
  return find(d, n, &value) && rg_setting_body(d->text, value, body);
}

/* parameters.BASE.key becomes this, put after the setting `anchor` where there is none. */
static bool put_key(draft *d, const name *n, const char *anchor, const char *key, const char *value) {
  rg_span body, found;
  if (!find_body(d, n, &body)) return false;
  if (rg_setting_find(d->text, body, key, &found))
    replace(d, found, value);
  else if (rg_setting_find(d->text, body, anchor, &found))
    add_after(d, body, found, key, value);
  else
    return false;
  return true;
}

/* A number alone grows into the long form. */
static bool put_single(draft *d, const name *n, const char *number, const char *error) {
  rg_span value, body;
  char both[128];
  if (!find(d, n, &value)) return false;
  if (rg_setting_body(d->text, value, &body))
    return put_key(d, n, "value", "value", number) &&
           (!error[0] || put_key(d, n, "value", "std_error", error));
  snprintf(both, sizeof both, error[0] ? "{ value = %s; std_error = %s; }" : "%s", number, error);
  replace(d, value, both);
  return true;
}

/* In a group: the number of a member, put first where there is none. */
static void put_in(draft *d, rg_span inside, const char *member, const char *value) {
  rg_span found;
  char text[900];
  snprintf(text, sizeof text, " %s = %s;", member, value);
  if (rg_setting_find(d->text, inside, member, &found))
    replace(d, found, value);
  else
    insert(d, inside.from, text);
}

/* parameters.BASE.key.MEMBER, or .MEMBER.MEMBER; groups that are not there are put in. A number for all
 * members, as std_error may be, becomes a group. */
static bool put_member(draft *d, const name *n, const char *key, const char *number) {
  rg_span body, group, inside, first;
  char of_second[300], of_first[600];
  const bool is_pair = n->n_members == 2;
  snprintf(of_second, sizeof of_second, is_pair ? "{ %s = %s; }" : "%.0s%s", n->member[1], number);
  snprintf(of_first, sizeof of_first, "{ %s = %s; }", n->member[0], of_second);
  if (!find_body(d, n, &body)) return false;
  if (!rg_setting_find(d->text, body, key, &group) || !rg_setting_body(d->text, group, &inside))
    return put_key(d, n, "over", key, of_first);
  if (is_pair && rg_setting_find(d->text, inside, n->member[0], &first) &&
      rg_setting_body(d->text, first, &inside))
    put_in(d, inside, n->member[1], number);
  else
    put_in(d, inside, n->member[0], of_second);
  return true;
}

static bool put(draft *d, const char *whole_name, double value, double std_error) {
  const name n = cut(whole_name);
  char number[40], error[40] = "";
  print_value(value, number);
  if (isfinite(std_error)) print_error(std_error, error);
  if (n.n_members == 0) return put_single(d, &n, number, error);
  return put_member(d, &n, "values", number) && (!error[0] || put_member(d, &n, "std_error", error));
}

/* --- what a scenario says of it ------------------------------------------------------------------------ */

/* When the scenario of the fit sets an entry: the start of the span, or the first of its dates; NaN: it does
 * not. */
static double set_from(const rg_target *t, size_t entry) {
  const rg_scenarios *scenarios = &t->model->scenarios;
  const size_t number = rg_scenario_find(scenarios, t->scenario);
  if (number >= scenarios->count) return NAN;
  const rg_plan *plan = &scenarios->plan[number];
  for (size_t k = 0; k < plan->start.count; k++)
    if (plan->start.items[k].entry == entry) return t->path.from;
  for (size_t k = 0; k < plan->changes.count; k++)
    if (plan->changes.items[k].setting.entry == entry) return plan->changes.items[k].at;
  return NAN;
}

static void warn_of_scenario(regime_context *context, const rg_target *t, size_t entry) {
  const double from = set_from(t, entry);
  const rg_place place = {.file = regime_model_file(t->model, 0)};
  const char *called = regime_model_parameter(t->model, entry)->name;
  char remedy[400];
  snprintf(remedy, sizeof remedy, "put the fitted value into the scenario, or take `%.200s` out of it",
           called);
  if (from > t->path.from)
    rg_warning(context, place, NULL, "from %g the scenario `%s` sets `%s`: the fitted value holds until then",
               from, t->scenario, called);
  else if (!isnan(from))
    rg_warning(context, place, remedy,
               "the scenario `%s` sets `%s`: its value wins over the one written under `parameters`",
               t->scenario, called);
}

/* --- all of them --------------------------------------------------------------------------------------- */

regime_status regime_fit_write(regime_context *context, const regime_fit *fit, char **out) {
  const rg_target *t = &fit->target;
  const char *text = regime_model_file_text(t->model, 0);
  draft d = {.text = malloc(strlen(text) + 1), .status = REGIME_OK};
  *out = NULL;
  if (!d.text) return REGIME_NO_MEMORY;
  strcpy(d.text, text);
  for (size_t k = 0; k < t->frees.count; k++)
    for (size_t j = 0; j < t->frees.items[k].n_members && d.status == REGIME_OK; j++) {
      const size_t entry = t->frees.items[k].member[j];
      const char *whole_name = regime_model_parameter(t->model, entry)->name;
      warn_of_scenario(context, t, entry);
      if (!put(&d, whole_name, fit->best.p[k], fit->parameter[k].std_error))
        rg_warning(context, (rg_place){.file = regime_model_file(t->model, 0)},
                   "change it in the file that is included, or with --set",
                   "`%s` does not stand in this file", whole_name);
    }
  if (d.status == REGIME_OK)
    *out = d.text;
  else
    free(d.text);
  return d.status;
}
