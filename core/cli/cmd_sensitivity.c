/* cmd_sensitivity.c — regime sensitivity: who moves what, near the model's values and over whole ranges. */
#include "base/diagnostic.h"
#include "cli/compute.h"
#include "cli/inquiry.h"
#include "cli/inquiry_figures.h"
#include "cli/say.h"
#include "cli/shelf.h"

#include <string.h>

/* More than a page is for the files. */
enum { MOST_NUMBERS = 12, MOST_ROWS = 8 };

/* --- the question -------------------------------------------------------------------------------------- */

static regime_influence_question read_question(const rg_cli *cli) {
  const rg_options *given = &cli->options;
  const bool morris = rg_option_given(given, RG_OPTION_MORRIS),
             sobol = rg_option_given(given, RG_OPTION_SOBOL);
  regime_influence_question q = REGIME_INFLUENCE_DEFAULTS;
  q.run = rg_run_options(given);
  q.kind = morris ? REGIME_MORRIS : sobol ? REGIME_SOBOL : REGIME_LOCAL;
  q.n = rg_inquiry_whole(cli, morris ? RG_OPTION_MORRIS : RG_OPTION_SOBOL);
  q.of = given->text[RG_OPTION_OF];
  q.varied = given->varied;
  q.n_varied = given->n_varied;
  q.seed = (unsigned)rg_inquiry_whole(cli, RG_OPTION_DRAW_SEED);
  q.threads = rg_option_given(given, RG_OPTION_THREADS) ? rg_inquiry_whole(cli, RG_OPTION_THREADS) : 1;
  return q;
}

static regime_status see_question(const rg_cli *cli) {
  const rg_options *given = &cli->options;
  const bool morris = rg_option_given(given, RG_OPTION_MORRIS),
             sobol = rg_option_given(given, RG_OPTION_SOBOL);
  const rg_option counted = morris ? RG_OPTION_MORRIS : RG_OPTION_SOBOL;
  const char *spelling = rg_option_rows[counted].spelling;
  if (morris && sobol)
    rg_error(cli->context, (rg_place){0}, "ask for one of them",
             "`--morris` and `--sobol` are two questions");
  else if ((morris || sobol) && given->number[counted] < 2.0)
    rg_error(cli->context, (rg_place){0}, morris ? "twenty are usual" : "a thousand are usual",
             "`%s` needs at least two", spelling);
  else
    return REGIME_OK;
  return REGIME_BAD_ARGUMENT;
}

static regime_status ask(rg_cli *cli, const regime_model *model, regime_influence **out, double *wall_s) {
  regime_influence_question q = read_question(cli);
  rg_progress progress = rg_progress_begin(cli, 0.0, 1.0);
  if (progress.is_shown) {
    q.watch = rg_progress_show;
    q.watcher = &progress;
  }
  rg_catch_signals(cli->context);
  const regime_status status = regime_influence_compute(cli->context, model, &q, out);
  *wall_s = rg_progress_end(&progress);
  if (status == REGIME_NO)
    rg_error(cli->context, (rg_place){0}, "let it come to its end: nothing was written",
             "`regime sensitivity` was interrupted");
  rg_catch_signals(cli->context);
  return status;
}

/* --- files --------------------------------------------------------------------------------------------- */

static regime_status write_files(const rg_cli *cli, const regime_influence *influence, const char *folder) {
  const regime_model *model = regime_influence_model(influence);
  const size_t n = regime_influence_tables(influence), n_parameters = regime_model_parameters(model);
  const regime_table **tables = RG_NEW_ARRAY(cli->arena, const regime_table *, n);
  double *parameter = RG_NEW_ARRAY(cli->arena, double, n_parameters);
  for (size_t k = 0; k < n; k++) tables[k] = regime_influence_table(influence, k);
  for (size_t k = 0; k < n_parameters; k++) parameter[k] = regime_influence_parameter(influence, k);
  const rg_analysis analysis = {model, regime_influence_scenario(influence), NAN, parameter, tables, n};
  return rg_analysis_write(cli, &analysis, true, folder);
}

/* --- for people ---------------------------------------------------------------------------------------- */

static void copy_cell(const regime_table *from, size_t row, size_t column, regime_table *to, size_t at) {
  if (regime_table_is_words(from, column))
    regime_table_put_word(to, at, regime_table_word(from, row, column));
  else
    regime_table_put_number(to, at, regime_table_number(from, row, column));
}

/* The first column of numbers is what rows are sorted by. */
static bool is_moved(const regime_table *rows, size_t row) {
  size_t column = 0;
  while (regime_table_is_words(rows, column)) column++;
  return regime_table_number(rows, row, column) != 0.0;
}

/* The first rows of a number, under its name; without those that do nothing. */
static regime_status print_number(const rg_cli *cli, const regime_table *rows, const char *of) {
  const size_t columns = regime_table_columns(rows);
  regime_table *table;
  size_t count = 0;
  const regime_status status = regime_table_create("strongest", 1, &table);
  if (status != REGIME_OK) return status;
  for (size_t c = 1; c < columns; c++)
    if (regime_table_is_words(rows, c))
      regime_table_add_words(table, regime_table_column_name(rows, c), NULL);
    else
      regime_table_add_numbers(table, regime_table_column_name(rows, c), NULL, NULL);
  for (size_t k = 0; k < regime_table_rows(rows); k++) {
    if (strcmp(regime_table_word(rows, k, 0), of) != 0 || !is_moved(rows, k)) continue;
    if (count++ >= MOST_ROWS) continue;
    for (size_t c = 1; c < columns; c++) copy_cell(rows, k, c, table, c - 1);
  }
  const char *more =
      count > MOST_ROWS ? rg_arena_printf(cli->arena, " (the first %d of %zu)", MOST_ROWS, count) : "";
  return rg_print_and_free(cli, rg_arena_printf(cli->arena, "%s%s", of, more), table);
}

static void print_head(const rg_cli *cli, const regime_influence *influence, double wall_s) {
  static const char *const kinds[] = {[REGIME_LOCAL] = "elasticities along one path",
                                      [REGIME_MORRIS] = "elementary effects over whole ranges",
                                      [REGIME_SOBOL] = "shares of the variance over whole ranges"};
  printf(cli->colour ? "\x1b[1m%s\x1b[0m, scenario %s: %s\n" : "%s, scenario %s: %s\n",
         regime_model_about(regime_influence_model(influence))->name, regime_influence_scenario(influence),
         kinds[regime_influence_of(influence)]);
  printf("%s, %s, %s", rg_count(cli, regime_influence_outputs(influence), "number", "numbers"),
         rg_count(cli, regime_influence_factors(influence), "parameter", "parameters"),
         rg_count(cli, regime_influence_runs(influence), "run", "runs"));
  if (regime_influence_lost(influence) > 0) printf(", %zu of them lost", regime_influence_lost(influence));
  printf(", %.3g s\n", wall_s);
}

static regime_status print_answer(const rg_cli *cli, const regime_influence *influence, double wall_s,
                                  const char *folder, size_t drawn) {
  const size_t n = regime_influence_outputs(influence);
  regime_status status = REGIME_OK;
  print_head(cli, influence, wall_s);
  for (size_t k = 0; k < n && k < MOST_NUMBERS && status == REGIME_OK; k++)
    status = print_number(cli, regime_influence_table(influence, 0), regime_influence_output(influence, k));
  if (n > MOST_NUMBERS) printf("\n%zu more in the files; `--of` chooses\n", n - MOST_NUMBERS);
  rg_inquiry_print_end(folder, drawn);
  return status;
}

/* --- for programs -------------------------------------------------------------------------------------- */

static json_t *describe(const regime_influence *influence, const char *folder) {
  json_t *root = json_object();
  const char *model = regime_model_about(regime_influence_model(influence))->name;
  json_object_set_new(root, "model", rg_json_text(model));
  json_object_set_new(root, "scenario", rg_json_text(regime_influence_scenario(influence)));
  json_object_set_new(root, "runs", json_integer((json_int_t)regime_influence_runs(influence)));
  for (size_t k = 0; k < regime_influence_tables(influence); k++) {
    const regime_table *table = regime_influence_table(influence, k);
    json_object_set_new(root, regime_table_name(table), rg_json_rows(table));
  }
  json_object_set_new(root, "folder", rg_json_text(folder));
  return root;
}

/* --- the whole ----------------------------------------------------------------------------------------- */

static bool wants_figures(const rg_cli *cli) {
  return !cli->is_again &&
         (rg_option_given(&cli->options, RG_OPTION_PLOT) || rg_option_given(&cli->options, RG_OPTION_FORMAT));
}

static regime_status answer(rg_cli *cli, const regime_influence *influence, double wall_s, const char *folder,
                            size_t drawn) {
  if (rg_wants_json(cli)) return rg_answer(cli, describe(influence, folder));
  if (rg_option_given(&cli->options, RG_OPTION_QUIET)) return REGIME_OK;
  return print_answer(cli, influence, wall_s, folder, drawn);
}

regime_status rg_cmd_sensitivity(rg_cli *cli) {
  regime_model *model = NULL;
  regime_influence *influence = NULL;
  const char *folder = NULL;
  double wall_s = 0.0;
  size_t drawn = 0;
  regime_status status = rg_shelf_load(cli, cli->options.argument, &model);
  if (status == REGIME_OK) status = see_question(cli);
  if (status == REGIME_OK) status = ask(cli, model, &influence, &wall_s);
  if (status == REGIME_OK) folder = rg_analysis_folder(cli, model);
  if (status == REGIME_OK) status = write_files(cli, influence, folder);
  if (status == REGIME_OK && wants_figures(cli)) status = rg_draw_tornadoes(cli, influence, folder, &drawn);
  if (status == REGIME_OK) status = answer(cli, influence, wall_s, folder, drawn);
  regime_influence_free(influence);
  regime_model_free(model);
  return status;
}
