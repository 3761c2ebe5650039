/* cmd_fit.c — regime fit: parameters from facts, what they are known to, and the files. */
#include "base/diagnostic.h"
#include "base/file.h"
#include "cli/compute.h"
#include "cli/files.h"
#include "cli/fit_report.h"
#include "cli/manifest.h"
#include "cli/results.h"
#include "cli/say.h"
#include "cli/shelf.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* --- the question -------------------------------------------------------------------------------------- */

static size_t whole_or(const rg_options *given, rg_option option, size_t otherwise) {
  return rg_option_given(given, option) ? (size_t)given->number[option] : otherwise;
}

/* "a,norm[US],share[US,GB]" at the commas outside brackets. */
static const char **cut_names(const rg_cli *cli, const char *text, size_t *n) {
  char *copy = rg_arena_text(cli->arena, text);
  const char **names = RG_NEW_ARRAY(cli->arena, const char *, strlen(text) + 1);
  int depth = 0;
  names[(*n)++] = copy;
  for (char *at = copy; *at; at++) {
    depth += (*at == '[') - (*at == ']');
    if (*at != ',' || depth > 0) continue;
    *at = '\0';
    names[(*n)++] = at + 1;
  }
  return names;
}

static regime_fit_options fit_options(const rg_cli *cli, const char *folder) {
  const rg_options *given = &cli->options;
  regime_fit_options o = REGIME_FIT_DEFAULTS;
  o.scenario = given->text[RG_OPTION_SCENARIO];
  o.settings = given->settings;
  o.n_settings = given->n_settings;
  if (given->text[RG_OPTION_FREE]) o.free = cut_names(cli, given->text[RG_OPTION_FREE], &o.n_free);
  o.data = given->text[RG_OPTION_DATA];
  o.facts_to = given->number[RG_OPTION_FACTS_TO];
  o.without = given->text[RG_OPTION_WITHOUT];
  o.rtol = given->number[RG_OPTION_RTOL];
  o.atol = given->number[RG_OPTION_ATOL];
  o.starts = whole_or(given, RG_OPTION_FIT_STARTS, 1);
  o.global = rg_option_given(given, RG_OPTION_GLOBAL);
  o.loss = (regime_loss)given->choice[RG_OPTION_LOSS];
  o.seed = (unsigned)whole_or(given, RG_OPTION_DRAW_SEED, 0);
  o.threads = whole_or(given, RG_OPTION_THREADS, 1);
  o.journal = rg_arena_printf(cli->arena, "%s/fit.journal", folder);
  o.resume = rg_option_given(given, RG_OPTION_RESUME);
  return o;
}

/* --out, or out/MODEL-fit. */
static const char *choose_folder(const rg_cli *cli, const regime_model *model) {
  if (cli->options.text[RG_OPTION_OUT]) return cli->options.text[RG_OPTION_OUT];
  return rg_arena_printf(cli->arena, "out/%s-%s", rg_file_name(cli, regime_model_about(model)->name),
                         cli->command->name);
}

/* --- progress ------------------------------------------------------------------------------------------ */

typedef struct progress {
  double started_s, shown_s;
} progress;

static double now_s(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Told of every improvement: at most ten times a second, once a second has passed. */
static void show_progress(void *watcher, size_t start, long evaluations, double cost) {
  progress *p = watcher;
  const double now = now_s();
  if (now - p->started_s < 1.0 || now - p->shown_s < 0.1) return;
  fprintf(stderr, "\r\x1b[Kcost %.6g  (start %zu, path %ld)", cost, start + 1, evaluations);
  p->shown_s = now;
}

static void watch(const rg_cli *cli, regime_fit_options *options, progress *p) {
  p->started_s = now_s();
  if (rg_option_given(&cli->options, RG_OPTION_QUIET) || !isatty(STDERR_FILENO)) return;
  options->watch = show_progress;
  options->watcher = p;
}

/* --- the work ------------------------------------------------------------------------------------------ */

/* What was asked beyond the fit; an interrupted one is not asked. */
static regime_status ask_more(const rg_cli *cli, regime_fit *fit) {
  const rg_options *given = &cli->options;
  regime_status status = REGIME_OK;
  if (rg_option_given(given, RG_OPTION_PROFILES)) status = regime_fit_profile(cli->context, fit);
  if (status == REGIME_OK && rg_option_given(given, RG_OPTION_SAMPLE)) {
    const size_t draws = whole_or(given, RG_OPTION_SAMPLE, 1000);
    status = regime_fit_sample(cli->context, fit,
                               (regime_sample_options){.draws = draws, .chains = 4, .warmup = draws});
  }
  if (status == REGIME_OK && rg_option_given(given, RG_OPTION_LEAVE_OUT))
    status = regime_fit_leave_out(cli->context, fit, (regime_leave)given->choice[RG_OPTION_LEAVE_OUT]);
  return status;
}

static regime_status compute(const rg_cli *cli, const regime_model *model, const char *folder,
                             regime_fit **out, double *wall_s) {
  regime_fit_options options = fit_options(cli, folder);
  progress p = {0};
  watch(cli, &options, &p);
  regime_status status = rg_make_folders(cli->context, folder);
  rg_catch_signals(cli->context);
  if (status == REGIME_OK) status = regime_fit_compute(cli->context, model, &options, out);
  if (status == REGIME_OK && regime_fit_converged(*out)) status = ask_more(cli, *out);
  if (p.shown_s > 0.0) fputs("\r\x1b[K", stderr);
  rg_catch_signals(cli->context);
  *wall_s = now_s() - p.started_s;
  return status;
}

static regime_status write_files(const rg_cli *cli, const regime_fit *fit, const char *folder) {
  const size_t n = regime_fit_tables(fit);
  const regime_model *model = regime_run_model(regime_fit_run(fit));
  const regime_table **tables = RG_NEW_ARRAY(cli->arena, const regime_table *, n);
  for (size_t k = 0; k < n; k++) tables[k] = regime_fit_table(fit, k);
  regime_status status = rg_tables_spare_model(cli, model, tables, n, folder);
  if (status != REGIME_OK) return status;
  rg_manifest_remove(cli, folder);
  status = rg_tables_write_csv(cli, tables, n, folder);
  return status == REGIME_OK ? rg_manifest_write_fit(cli, fit, folder) : status;
}

/* --write FILE: the model's own file too, if it is that. */
static regime_status write_model(const rg_cli *cli, const regime_fit *fit) {
  const char *path = cli->options.text[RG_OPTION_WRITE];
  char *text = NULL;
  if (!path) return REGIME_OK;
  regime_status status = regime_fit_write(cli->context, fit, &text);
  if (status == REGIME_OK) status = rg_file_put(cli, path, text);
  free(text);
  return status;
}

static regime_status judge(const rg_cli *cli, const regime_fit *fit) {
  if (regime_fit_converged(fit)) return REGIME_OK;
  rg_error(
      cli->context, (rg_place){.file = regime_model_about(regime_run_model(regime_fit_run(fit)))->file},
      "the files hold the best point so far; --resume goes on, --starts looks elsewhere, and a parameter "
      "the facts do not tell of is better given",
      "the fit did not converge");
  return REGIME_NO;
}

static regime_status answer(rg_cli *cli, const regime_fit *fit, double wall_s, const char *folder) {
  if (rg_wants_json(cli)) return rg_answer(cli, rg_fit_report_json(fit));
  if (!rg_option_given(&cli->options, RG_OPTION_QUIET)) return rg_fit_report_print(cli, fit, wall_s, folder);
  return REGIME_OK;
}

regime_status rg_cmd_fit(rg_cli *cli) {
  regime_model *model = NULL;
  regime_fit *fit = NULL;
  const char *folder = NULL;
  double wall_s = 0.0;
  regime_status status = rg_shelf_load(cli, cli->options.argument, &model);
  if (status == REGIME_OK) {
    folder = choose_folder(cli, model);
    status = compute(cli, model, folder, &fit, &wall_s);
  }
  if (status == REGIME_OK) status = write_files(cli, fit, folder);
  if (status == REGIME_OK) status = write_model(cli, fit);
  if (status == REGIME_OK) status = answer(cli, fit, wall_s, folder);
  if (status == REGIME_OK) status = judge(cli, fit);
  regime_fit_free(fit);
  regime_model_free(model);
  return status;
}
