/* fit_report.c — the answer of `regime fit`. */
#include "cli/fit_report.h"
#include "cli/inquiry.h"
#include "cli/say.h"

#include <math.h>
#include <string.h>

/* --- for people ---------------------------------------------------------------------------------------- */

/* "0.05 to 0.07", open where the facts say nothing. */
static const char *range_of(const rg_cli *cli, const regime_fitted *p) {
  if (isnan(p->from) && isnan(p->to)) return "any";
  return rg_arena_printf(cli->arena, "%.4g to %.4g", p->from, p->to);
}

static regime_status print_parameters(const rg_cli *cli, const regime_fit *fit) {
  regime_table *table;
  const regime_status status = regime_table_create("parameters", 1, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_words(table, "parameter", NULL);
  regime_table_add_numbers(table, "value", NULL, NULL);
  regime_table_add_numbers(table, "+-", NULL, NULL);
  regime_table_add_words(table, "95 %", NULL);
  regime_table_add_words(table, "verdict", NULL);
  regime_table_add_numbers(table, "information", NULL, NULL);
  for (size_t k = 0; k < regime_fit_parameters(fit); k++) {
    const regime_fitted *p = regime_fit_parameter(fit, k);
    regime_table_put_word(table, 0, p->name);
    regime_table_put_number(table, 1, p->value);
    regime_table_put_number(table, 2, p->std_error);
    regime_table_put_word(table, 3, range_of(cli, p));
    regime_table_put_word(table, 4, regime_verdict_text(p->verdict));
    regime_table_put_number(table, 5, p->information);
  }
  return rg_print_and_free(cli, "parameters", table);
}

/* A combination is sloppy where its singular value is below this part of the largest, or a change of it over
 * the whole of the ranges moves no fact by a standard deviation. */
static bool is_sloppy(const double *singular, size_t k) {
  return singular[k] < 1e-3 * singular[0] || singular[k] < 1.0;
}

enum { MOST_NAMED = 4, MOST_COMBINATIONS = 5 };

/* The largest parts of a direction, falling; those below a tenth of the largest are left out. */
static size_t largest_parts(const double *direction, size_t n, size_t part[MOST_NAMED]) {
  size_t count = 0;
  while (count < MOST_NAMED && count < n) {
    size_t best = n;
    for (size_t k = 0; k < n; k++) {
      bool taken = false;
      for (size_t j = 0; j < count; j++) taken |= part[j] == k;
      if (!taken && (best == n || fabs(direction[k]) > fabs(direction[best]))) best = k;
    }
    if (count > 0 && fabs(direction[best]) < 0.1 * fabs(direction[part[0]])) break;
    part[count++] = best;
  }
  return count;
}

/* "`a` and `b`", "`a`, `b` and `c`" of those parts whose sign is as asked; all of them with sign 0. */
static const char *list_parts(const rg_cli *cli, const regime_fit *fit, const double *direction,
                              const size_t *part, size_t count, int sign) {
  const char *text = "";
  size_t left = 0, put = 0;
  for (size_t k = 0; k < count; k++) left += sign == 0 || (direction[part[k]] > 0.0) == (sign > 0);
  for (size_t k = 0; k < count; k++) {
    if (sign != 0 && (direction[part[k]] > 0.0) != (sign > 0)) continue;
    const char *between = put == 0 ? "" : put + 1 == left ? " and " : ", ";
    text = rg_arena_printf(cli->arena, "%s%s`%s`", text, between, regime_fit_parameter(fit, part[k])->name);
    put++;
  }
  return text;
}

static void print_combination(const rg_cli *cli, const regime_fit *fit, size_t k) {
  size_t part[MOST_NAMED];
  const double *direction = regime_fit_direction(fit, k);
  const size_t count = largest_parts(direction, regime_fit_parameters(fit), part);
  const char *up = list_parts(cli, fit, direction, part, count, 1);
  const char *down = list_parts(cli, fit, direction, part, count, -1);
  if (count == 1)
    printf("  the facts hardly tell of %s\n", up);
  else
    printf("  %s can hardly be told apart: what raises %s%s%s leaves the facts alone\n",
           list_parts(cli, fit, direction, part, count, 0), up, down[0] ? " and lowers " : "", down);
}

static void print_sloppy(const rg_cli *cli, const regime_fit *fit) {
  const double *singular = regime_fit_singular_values(fit);
  size_t shown = 0;
  for (size_t k = regime_fit_parameters(fit); k-- > 0 && shown < MOST_COMBINATIONS;) {
    if (!is_sloppy(singular, k)) continue;
    if (shown++ == 0) rg_print_heading(cli, "what the facts cannot tell");
    print_combination(cli, fit, k);
  }
}

static void print_part(const rg_cli *cli, const regime_fit *fit, const char *name, const char *heading) {
  const regime_table *table = regime_fit_table_named(fit, name);
  if (!table || regime_table_rows(table) == 0) return;
  rg_print_heading(cli, heading);
  rg_print_table(cli, table);
}

regime_status rg_fit_report_print(const rg_cli *cli, const regime_fit *fit, double wall_s,
                                  const char *folder) {
  const regime_run *run = regime_fit_run(fit);
  const char *name = regime_model_about(regime_run_model(run))->name;
  printf(cli->colour ? "\x1b[1m%s\x1b[0m, scenario %s: %s\n" : "%s, scenario %s: %s\n", name,
         regime_run_scenario(run),
         regime_fit_converged(fit) ? "the fit converged" : "the fit did not converge");
  printf("%s, %s, cost %.8g\n", rg_count(cli, regime_fit_observations(fit), "fact", "facts"),
         rg_count(cli, regime_fit_parameters(fit), "free parameter", "free parameters"),
         regime_fit_cost(fit));
  const regime_status status = print_parameters(cli, fit);
  print_sloppy(cli, fit);
  print_part(cli, fit, "fit", "model against facts");
  print_part(cli, fit, "posterior", "posterior");
  print_part(cli, fit, "left-out", "what was left out, predicted");
  printf("\n%ld paths; %.3g s\nfiles in %s\n", regime_fit_evaluations(fit), wall_s, folder);
  return status;
}

/* --- for programs -------------------------------------------------------------------------------------- */

static json_t *parameters(const regime_fit *fit) {
  json_t *object = json_object();
  for (size_t k = 0; k < regime_fit_parameters(fit); k++) {
    const regime_fitted *p = regime_fit_parameter(fit, k);
    json_object_set_new(object, p->name,
                        json_pack("{s:o, s:o, s:o, s:o, s:s, s:o}", "value", rg_json_number(p->value),
                                  "std_error", rg_json_number(p->std_error), "low", rg_json_number(p->from),
                                  "high", rg_json_number(p->to), "verdict", regime_verdict_text(p->verdict),
                                  "information", rg_json_number(p->information)));
  }
  return object;
}

static json_t *rms(const regime_fit *fit) {
  const regime_table *table = regime_fit_table_named(fit, "fit");
  const size_t column = 2; /* variable, n, rms */
  json_t *object = json_object();
  for (size_t k = 0; k < regime_table_rows(table); k++)
    json_object_set_new(object, regime_table_word(table, k, 0),
                        rg_json_number(regime_table_number(table, k, column)));
  return object;
}

static void add_part(json_t *root, const regime_fit *fit, const char *table, const char *key) {
  const regime_table *part = regime_fit_table_named(fit, table);
  if (part) json_object_set_new(root, key, rg_json_rows(part));
}

json_t *rg_fit_report_json(const regime_fit *fit) {
  const regime_run *run = regime_fit_run(fit);
  json_t *root = json_object();
  json_object_set_new(root, "model", rg_json_text(regime_model_about(regime_run_model(run))->name));
  json_object_set_new(root, "scenario", rg_json_text(regime_run_scenario(run)));
  json_object_set_new(root, "converged", json_boolean(regime_fit_converged(fit)));
  json_object_set_new(root, "parameters", parameters(fit));
  json_object_set_new(root, "rms", rms(fit));
  json_object_set_new(root, "cost", rg_json_number(regime_fit_cost(fit)));
  json_object_set_new(root, "evaluations", json_integer(regime_fit_evaluations(fit)));
  json_object_set_new(root, "free_parameters", json_integer((json_int_t)regime_fit_parameters(fit)));
  json_object_set_new(root, "observations", json_integer((json_int_t)regime_fit_observations(fit)));
  add_part(root, fit, "profiles", "profiles");
  add_part(root, fit, "posterior", "posterior");
  add_part(root, fit, "left-out", "left_out");
  return root;
}
