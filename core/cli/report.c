/* report.c — the answer of `regime run`. */
#include "cli/report.h"
#include "cli/say.h"

#include <math.h>
#include <string.h>

/* More than a page of final values is for the files. */
enum { MOST_SCALARS = 12, MOST_MEMBERS = 12, MOST_COLUMNS = 10 };

/* --- for people --- */

static void print_outcome(const rg_cli *cli, const regime_run *run) {
  const regime_model_info *about = regime_model_about(regime_run_model(run));
  const regime_path *path = regime_run_path(run);
  printf(cli->colour ? "\x1b[1m%s\x1b[0m, scenario %s: %s\n" : "%s, scenario %s: %s\n", about->name,
         regime_run_scenario(run), regime_outcome_text(regime_path_outcome(path)));
  const size_t points = regime_path_points(path);
  printf("time %.10g to %.10g%s%s, %zu point%s\n", regime_run_path_options(run)->from, regime_path_end(path),
         about->unit[0] ? " " : "", about->unit, points, points == 1 ? "" : "s");
}

static void print_part(const rg_cli *cli, const regime_run *run, const char *name, const char *heading) {
  const regime_table *table = regime_run_table_named(run, name);
  if (!table || regime_table_rows(table) == 0) return;
  rg_print_heading(cli, heading);
  rg_print_table(cli, table);
}

static regime_status print_identities(const rg_cli *cli, const regime_run *run) {
  regime_table *table;
  const regime_status status = regime_table_create("identities", 1, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_words(table, "name", NULL);
  regime_table_add_words(table, "holds", NULL);
  regime_table_add_numbers(table, "worst", NULL, NULL);
  regime_table_add_numbers(table, "at", NULL, NULL);
  for (size_t k = 0; k < regime_run_identities(run); k++) {
    const regime_identity_check check = regime_run_identity(run, k);
    regime_table_put_word(table, 0, check.name);
    regime_table_put_word(table, 1, check.holds ? "yes" : "NO");
    regime_table_put_number(table, 2, check.worst);
    regime_table_put_number(table, 3, check.time);
  }
  return rg_print_and_free(cli, "identities", table);
}

/* The worst of the lines of a kind; false when the matrix has none that are checked. */
static bool worst_line(const regime_run *run, const regime_matrix *m, regime_matrix_line line,
                       regime_matrix_check *out) {
  bool found = false;
  for (size_t k = 0; k < regime_run_matrix_checks(run); k++) {
    const regime_matrix_check check = regime_run_matrix_check(run, k);
    if (strcmp(check.matrix, m->name) != 0 || check.line != line) continue;
    if (!found || !(fabs(check.worst) <= fabs(out->worst))) *out = check;
    found = true;
  }
  return found;
}

static void put_matrix_line(const rg_cli *cli, regime_table *table, const regime_run *run,
                            const regime_matrix *m, regime_matrix_line line) {
  regime_matrix_check check;
  if (!worst_line(run, m, line, &check)) return;
  const char *meaning = line == REGIME_LINE_ROW ? "every row" : "every column";
  if (line == REGIME_LINE_REDUNDANT)
    meaning = rg_arena_printf(cli->arena, "%s (follows from the others)", check.name);
  regime_table_put_word(table, 0, m->name);
  regime_table_put_word(table, 1, meaning);
  regime_table_put_word(table, 2, check.holds ? "yes" : "NO");
  regime_table_put_number(table, 3, check.worst);
  regime_table_put_number(table, 4, check.time);
}

static regime_status print_matrices(const rg_cli *cli, const regime_run *run) {
  regime_table *table;
  const regime_status status = regime_table_create("matrices", 2, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_words(table, "matrix", NULL);
  regime_table_add_words(table, "sums to zero", NULL);
  regime_table_add_words(table, "holds", NULL);
  regime_table_add_numbers(table, "worst", NULL, NULL);
  regime_table_add_numbers(table, "at", NULL, NULL);
  for (size_t k = 0; k < regime_model_matrices(regime_run_model(run)); k++)
    for (int line = REGIME_LINE_ROW; line <= REGIME_LINE_REDUNDANT; line++)
      put_matrix_line(cli, table, run, regime_model_matrix(regime_run_model(run), k),
                      (regime_matrix_line)line);
  return rg_print_and_free(cli, "matrices", table);
}

static regime_status print_final_scalars(const rg_cli *cli, const regime_run *run) {
  const regime_model *model = regime_run_model(run);
  const double *last = regime_path_values(regime_run_path(run), regime_path_points(regime_run_path(run)) - 1);
  regime_table *table;
  const regime_status status = regime_table_create("final", 1, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_words(table, "variable", NULL);
  regime_table_add_numbers(table, "value", NULL, NULL);
  regime_table_add_words(table, "label", NULL);
  for (size_t k = 0; k < regime_model_variables(model) && regime_table_rows(table) < MOST_SCALARS; k++) {
    const regime_variable *v = regime_model_variable(model, k);
    if (v->n_over > 0 || v->kind == REGIME_CONSTANT) continue;
    regime_table_put_word(table, 0, v->name);
    regime_table_put_number(table, 1, last[v->output]);
    regime_table_put_word(table, 2, v->label);
  }
  return rg_print_and_free(cli, "final values", table);
}

/* Whether a variable is among those to show for each member: the ones with facts where the model has facts.
 */
static bool is_shown(const regime_run *run, const regime_variable *v, size_t set) {
  if (v->n_over != 1 || v->over[0] != set || v->kind == REGIME_CONSTANT) return false;
  const regime_table *fit = regime_run_table_named(run, "fit");
  for (size_t k = 0; fit && k < regime_table_rows(fit); k++)
    if (strcmp(regime_table_word(fit, k, 0), v->name) == 0) return true;
  return fit == NULL;
}

static regime_status print_final_set(const rg_cli *cli, const regime_run *run, size_t number) {
  const regime_model *model = regime_run_model(run);
  const regime_set *set = regime_model_set(model, number);
  const double *last = regime_path_values(regime_run_path(run), regime_path_points(regime_run_path(run)) - 1);
  regime_table *table;
  const regime_status status = regime_table_create("final", 1, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_words(table, set->name, NULL);
  for (size_t i = 0; i < set->n_members; i++) regime_table_put_word(table, 0, set->member[i]);
  for (size_t k = 0; k < regime_model_variables(model) && regime_table_columns(table) <= MOST_COLUMNS; k++) {
    const regime_variable *v = regime_model_variable(model, k);
    if (!is_shown(run, v, number)) continue;
    const size_t column = regime_table_columns(table);
    regime_table_add_numbers(table, v->name, NULL, NULL);
    for (size_t i = 0; i < set->n_members; i++) regime_table_put_number(table, column, last[v->output + i]);
  }
  if (regime_table_columns(table) > 1)
    return rg_print_and_free(cli, rg_arena_printf(cli->arena, "final values by %s", set->name), table);
  regime_table_free(table);
  return REGIME_OK;
}

static regime_status print_final(const rg_cli *cli, const regime_run *run) {
  if (regime_path_points(regime_run_path(run)) == 0) return REGIME_OK;
  regime_status status = print_final_scalars(cli, run);
  for (size_t k = 0; k < regime_model_sets(regime_run_model(run)) && status == REGIME_OK; k++)
    if (regime_model_set(regime_run_model(run), k)->n_members <= MOST_MEMBERS)
      status = print_final_set(cli, run, k);
  return status;
}

static void print_effort(const regime_run *run, double wall_s) {
  const regime_counters c = regime_path_counters(regime_run_path(run));
  printf("\n%ld steps, %ld evaluations, %ld Jacobians, %ld restarts; %.3g s\n", c.steps, c.rate_calls,
         c.jacobian_calls, c.restarts, wall_s);
}

regime_status rg_report_print(const rg_cli *cli, const regime_run *run, double wall_s, const char *folder,
                              size_t drawn) {
  print_outcome(cli, run);
  print_part(cli, run, "events", "events");
  print_part(cli, run, "phases", "phases");
  regime_status status = print_identities(cli, run);
  if (status == REGIME_OK) status = print_matrices(cli, run);
  if (status == REGIME_OK) status = print_final(cli, run);
  print_part(cli, run, "fit", "model against facts");
  print_effort(run, wall_s);
  printf("files in %s\n", folder);
  if (drawn) printf("%zu figure%s in %s/plots\n", drawn, drawn == 1 ? "" : "s", folder);
  return status;
}

/* --- for programs --- */

static json_t *final_values(const regime_run *run) {
  const regime_path *path = regime_run_path(run);
  const size_t points = regime_path_points(path);
  json_t *object = json_object();
  for (size_t k = 0; points > 0 && k < regime_model_identity_output(regime_run_model(run)); k++)
    json_object_set_new(object, regime_run_output_name(run, k),
                        rg_json_number(regime_path_values(path, points - 1)[k]));
  return object;
}

static json_t *identities(const regime_run *run) {
  json_t *list = json_array();
  for (size_t k = 0; k < regime_run_identities(run); k++) {
    const regime_identity_check check = regime_run_identity(run, k);
    json_array_append_new(list, json_pack("{s:o, s:o, s:o, s:b}", "name", rg_json_text(check.name), "worst",
                                          rg_json_number(check.worst), "time", rg_json_number(check.time),
                                          "holds", check.holds));
  }
  return list;
}

static json_t *matrices(const regime_run *run) {
  json_t *list = json_array();
  for (size_t k = 0; k < regime_run_matrix_checks(run); k++) {
    const regime_matrix_check check = regime_run_matrix_check(run, k);
    json_array_append_new(list,
                          json_pack("{s:o, s:s, s:o, s:o, s:o, s:b}", "matrix", rg_json_text(check.matrix),
                                    "line", regime_matrix_line_text(check.line), "name",
                                    rg_json_text(check.name), "worst", rg_json_number(check.worst), "time",
                                    rg_json_number(check.time), "holds", check.holds));
  }
  return list;
}

static json_t *rows_of(const regime_run *run, const char *name) {
  return rg_json_rows(regime_run_table_named(run, name));
}

json_t *rg_report_json(const regime_run *run) {
  const regime_path *path = regime_run_path(run);
  json_t *root = json_object();
  json_object_set_new(root, "model", rg_json_text(regime_model_about(regime_run_model(run))->name));
  json_object_set_new(root, "scenario", rg_json_text(regime_run_scenario(run)));
  json_object_set_new(root, "outcome", json_string(regime_outcome_text(regime_path_outcome(path))));
  json_object_set_new(root, "time", rg_json_number(regime_path_end(path)));
  json_object_set_new(root, "final", final_values(run));
  json_object_set_new(root, "events", rows_of(run, "events"));
  json_object_set_new(root, "phases", rows_of(run, "phases"));
  json_object_set_new(root, "identities", identities(run));
  if (regime_run_matrix_checks(run) > 0) json_object_set_new(root, "matrices", matrices(run));
  json_object_set_new(root, "counters", rg_json_counters(regime_path_counters(path)));
  if (regime_run_table_named(run, "fit")) json_object_set_new(root, "fit", rows_of(run, "fit"));
  return root;
}
