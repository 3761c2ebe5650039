/* cmd_run.c — regime run: one path, its files, its figures, and what there is to say of it. */
#include "base/diagnostic.h"
#include "cli/compute.h"
#include "cli/figures.h"
#include "cli/files.h"
#include "cli/manifest.h"
#include "cli/report.h"
#include "cli/results.h"
#include "cli/say.h"
#include "cli/shelf.h"

#include <math.h>

static regime_run_options run_options(const rg_options *given) {
  const bool precise = rg_option_given(given, RG_OPTION_PRECISE);
  const double rtol = given->number[RG_OPTION_RTOL], atol = given->number[RG_OPTION_ATOL];
  regime_run_options o = REGIME_RUN_DEFAULTS;
  o.scenario = given->text[RG_OPTION_SCENARIO];
  o.settings = given->settings;
  o.n_settings = given->n_settings;
  o.from = given->number[RG_OPTION_FROM];
  o.to = given->number[RG_OPTION_TO];
  o.every = given->number[RG_OPTION_OUTPUT];
  o.rtol = precise && isnan(rtol) ? 1e-12 : rtol;
  o.atol = precise && isnan(atol) ? 1e-14 : atol;
  o.method = (regime_method)given->choice[RG_OPTION_METHOD];
  o.linear = (regime_linear)given->choice[RG_OPTION_LINEAR];
  o.step = rg_option_given(given, RG_OPTION_AS) ? given->number[RG_OPTION_STEP] : 0.0;
  o.rule = (regime_rule)given->choice[RG_OPTION_RULE];
  return o;
}

/* --as discrete and --step go together; a model in periods has its step. */
static regime_status check_twin(const rg_cli *cli, const regime_model *model) {
  const bool as = rg_option_given(&cli->options, RG_OPTION_AS);
  const bool step = rg_option_given(&cli->options, RG_OPTION_STEP);
  const bool rule = rg_option_given(&cli->options, RG_OPTION_RULE);
  if (as && regime_model_about(model)->step > 0.0)
    rg_error(cli->context, (rg_place){0}, "run it as it is", "`%s` is in discrete time already",
             regime_model_about(model)->name);
  else if (as != step || (rule && !as))
    rg_error(cli->context, (rg_place){0},
             "write `--as discrete --step 0.1`, and `--rule midpoint` if you like",
             "`--as`, `--step` and `--rule` belong together");
  else
    return REGIME_OK;
  return REGIME_BAD_ARGUMENT;
}

/* --out, or out/MODEL-SCENARIO. */
static const char *choose_folder(const rg_cli *cli, const regime_run *run) {
  if (cli->options.text[RG_OPTION_OUT]) return cli->options.text[RG_OPTION_OUT];
  const char *model = regime_model_about(regime_run_model(run))->name;
  return rg_arena_printf(cli->arena, "out/%s-%s", rg_file_name(cli, model),
                         rg_file_name(cli, regime_run_scenario(run)));
}

static regime_status write_files(const rg_cli *cli, const regime_run *run, const regime_run_options *options,
                                 double wall_s, const char *folder) {
  size_t n;
  const regime_table **tables = rg_tables_of_run(cli, run, &n);
  regime_status status = rg_tables_spare_model(cli, regime_run_model(run), tables, n, folder);
  if (status != REGIME_OK) return status;
  rg_manifest_remove(cli, folder);
  status = rg_results_write_csv(cli, run, folder);
  if (status == REGIME_OK && rg_option_given(&cli->options, RG_OPTION_NETCDF))
    status = rg_results_write_netcdf(cli, run, folder);
  if (status == REGIME_OK) status = rg_manifest_write(cli, run, options, wall_s, folder);
  return status;
}

static regime_status draw(const rg_cli *cli, const regime_run *run, const char *folder, size_t *drawn) {
  size_t n;
  const regime_table **tables = rg_tables_of_run(cli, run, &n);
  return rg_figures_draw(cli, regime_run_model(run), tables, n, folder, drawn);
}

static bool wants_figures(const rg_options *given) {
  return rg_option_given(given, RG_OPTION_PLOT) || rg_option_given(given, RG_OPTION_FORMAT);
}

static void report_breach(const rg_cli *cli, const regime_run *run, size_t k) {
  const regime_identity_check check = regime_run_identity(run, k);
  const rg_place place = {.file = regime_model_about(regime_run_model(run))->file};
  if (isnan(check.worst)) {
    rg_error(cli->context, place, "something in it is undefined there, as the logarithm of a negative number",
             "the identity `%s` has no value at time %.10g", check.name, check.time);
    return;
  }
  rg_error(cli->context, place, "an equation leaves something out of the accounts, or counts it twice",
           "the identity `%s` is off by %.3g at time %.10g; its tolerance is %g", check.name, check.worst,
           check.time, regime_model_identity(regime_run_model(run), k)->tolerance);
}

static void report_leak(const rg_cli *cli, regime_leak leak, rg_place place) {
  static const char remedy[] = "what one pays another receives: look for a wrong sign or a missing entry";
  const bool is_cell = leak.row[0] && leak.column[0];
  if (is_cell)
    rg_error(cli->context, place, remedy,
             "the matrix `%s` leaks %.6g at time %.10g, where row `%s` meets column `%s` (first at %.10g)",
             leak.matrix, leak.amount, leak.time, leak.row, leak.column, leak.since);
  else
    rg_error(cli->context, place, remedy,
             "%s `%s` of the matrix `%s` sums to %.6g at time %.10g (first at %.10g)",
             leak.row[0] ? "row" : "column", leak.row[0] ? leak.row : leak.column, leak.matrix, leak.amount,
             leak.time, leak.since);
}

static void report_matrices(const rg_cli *cli, const regime_run *run) {
  const rg_place place = {.file = regime_model_about(regime_run_model(run))->file};
  for (size_t k = 0; k < regime_run_leaks(run); k++) report_leak(cli, regime_run_leak(run, k), place);
  for (size_t k = 0; k < regime_run_matrix_checks(run); k++) {
    const regime_matrix_check check = regime_run_matrix_check(run, k);
    if (check.line != REGIME_LINE_REDUNDANT || check.holds) continue;
    rg_error(
        cli->context, place,
        "it follows only where the accounts are complete: an equation leaves something out",
        "the redundant equation `%s` of the matrix `%s` is off by %.3g at time %.10g; its tolerance is %g",
        check.name, check.matrix, check.worst, check.time, check.tolerance);
  }
}

/* What the run amounts to for the exit code. */
static regime_status judge(const rg_cli *cli, const regime_run *run) {
  const regime_path *path = regime_run_path(run);
  for (size_t k = 0; k < regime_run_identities(run); k++)
    if (!regime_run_identity(run, k).holds) report_breach(cli, run, k);
  report_matrices(cli, run);
  if (regime_path_outcome(path) == REGIME_LEFT_DOMAIN) return REGIME_UNDEFINED;
  if (regime_path_outcome(path) == REGIME_NO_SOLUTION) return REGIME_NO_CONVERGENCE;
  if (regime_path_outcome(path) == REGIME_INTERRUPTED) {
    rg_error(cli->context, (rg_place){0}, "the files hold the path up to there",
             "the run was interrupted at time %.10g", regime_path_end(path));
    return REGIME_NO;
  }
  return regime_run_identities_hold(run) && regime_run_matrices_hold(run) ? REGIME_OK : REGIME_NO;
}

static regime_status answer(rg_cli *cli, const regime_run *run, double wall_s, const char *folder,
                            size_t drawn) {
  if (rg_wants_json(cli)) return rg_answer(cli, rg_report_json(run));
  if (!rg_option_given(&cli->options, RG_OPTION_QUIET))
    return rg_report_print(cli, run, wall_s, folder, drawn);
  return REGIME_OK;
}

regime_status rg_cmd_run(rg_cli *cli) {
  regime_model *model = NULL;
  regime_run *run = NULL;
  const char *folder = NULL;
  double wall_s = 0.0;
  size_t drawn = 0;
  const regime_run_options options = run_options(&cli->options);
  regime_status status = rg_shelf_load(cli, cli->options.argument, &model);
  if (status == REGIME_OK) status = check_twin(cli, model);
  if (status == REGIME_OK) status = rg_compute(cli, model, options, &run, &wall_s);
  if (status == REGIME_OK) folder = choose_folder(cli, run);
  if (status == REGIME_OK) status = write_files(cli, run, &options, wall_s, folder);
  if (status == REGIME_OK && wants_figures(&cli->options)) status = draw(cli, run, folder, &drawn);
  if (status == REGIME_OK) status = answer(cli, run, wall_s, folder, drawn);
  if (status == REGIME_OK) status = judge(cli, run);
  regime_run_free(run);
  regime_model_free(model);
  return status;
}
