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

static regime_status ask_profiles(const rg_cli *cli, regime_fit *fit) {
  return regime_fit_profile(cli->context, fit);
}

static regime_status ask_sample(const rg_cli *cli, regime_fit *fit) {
  const size_t draws = whole_or(&cli->options, RG_OPTION_SAMPLE, 1000);
  return regime_fit_sample(cli->context, fit,
                           (regime_sample_options){.draws = draws, .chains = 4, .warmup = draws});
}

static regime_status ask_leave_out(const rg_cli *cli, regime_fit *fit) {
  return regime_fit_leave_out(cli->context, fit, (regime_leave)cli->options.choice[RG_OPTION_LEAVE_OUT]);
}

/* What may be asked beyond the fit, in this order. */
static const struct {
  rg_option option;
  const char *spelling;
  regime_status (*ask)(const rg_cli *cli, regime_fit *fit);
} further[] = {{RG_OPTION_PROFILES, "--profiles", ask_profiles},
               {RG_OPTION_SAMPLE, "--sample", ask_sample},
               {RG_OPTION_LEAVE_OUT, "--leave-out", ask_leave_out}};
enum { N_FURTHER = sizeof further / sizeof further[0] };

/* It is about a minimum: where there is none, or no time, it is not done and that is told. */
static regime_status ask_more(const rg_cli *cli, regime_fit *fit) {
  regime_status status = REGIME_OK;
  for (size_t k = 0; k < N_FURTHER && status == REGIME_OK; k++) {
    if (!rg_option_given(&cli->options, further[k].option)) continue;
    if (rg_was_interrupted())
      rg_warning(cli->context, (rg_place){0}, "--resume goes on",
                 "`%s` was not done: the fit was interrupted before it", further[k].spelling);
    else if (!regime_fit_converged(fit))
      rg_warning(cli->context, (rg_place){0}, "it asks about a minimum: find one first",
                 "`%s` was not done: the fit did not converge", further[k].spelling);
    else
      status = further[k].ask(cli, fit);
  }
  return status;
}

static regime_status compute(const rg_cli *cli, const regime_model *model, const char *folder,
                             regime_fit **out, double *wall_s, bool *is_whole) {
  regime_fit_options options = fit_options(cli, folder);
  progress p = {0};
  watch(cli, &options, &p);
  regime_status status = rg_make_folders(cli->context, folder);
  rg_catch_signals(cli->context);
  if (status == REGIME_OK) status = regime_fit_compute(cli->context, model, &options, out);
  if (status == REGIME_OK) status = ask_more(cli, *out);
  if (p.shown_s > 0.0) fputs("\r\x1b[K", stderr);
  *is_whole = !rg_was_interrupted();
  if (!*is_whole) rg_interruption_granted(cli->context);
  rg_catch_signals(cli->context); /* the files can be interrupted too */
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

static regime_status judge(const rg_cli *cli, const regime_fit *fit, bool is_whole) {
  if (!is_whole) {
    rg_error(cli->context, (rg_place){0}, "the files hold what was found until then; --resume goes on",
             "`regime fit` was interrupted");
    return REGIME_NO;
  }
  if (regime_fit_converged(fit)) return REGIME_OK;
  rg_error(cli->context, (rg_place){.file = regime_model_about(regime_run_model(regime_fit_run(fit)))->file},
           "the files hold the best point so far; --starts looks elsewhere, and a parameter "
           "the facts do not tell of is better given",
           "the fit did not converge");
  return REGIME_NO;
}

static regime_status answer(rg_cli *cli, const regime_fit *fit, double wall_s, const char *folder,
                            bool is_whole) {
  if (rg_wants_json(cli)) {
    json_t *document = rg_fit_report_json(fit);
    if (!is_whole) json_object_set_new(document, "interrupted", json_true());
    return rg_answer(cli, document);
  }
  if (!rg_option_given(&cli->options, RG_OPTION_QUIET)) return rg_fit_report_print(cli, fit, wall_s, folder);
  return REGIME_OK;
}

regime_status rg_cmd_fit(rg_cli *cli) {
  regime_model *model = NULL;
  regime_fit *fit = NULL;
  const char *folder = NULL;
  double wall_s = 0.0;
  bool is_whole = true;
  regime_status status = rg_shelf_load(cli, cli->options.argument, &model);
  if (status == REGIME_OK) {
    folder = choose_folder(cli, model);
    status = compute(cli, model, folder, &fit, &wall_s, &is_whole);
  }
  if (status == REGIME_OK) status = write_files(cli, fit, folder);
  if (status == REGIME_OK) status = write_model(cli, fit);
  if (status == REGIME_OK) status = answer(cli, fit, wall_s, folder, is_whole);
  if (status == REGIME_OK) status = judge(cli, fit, is_whole);
  regime_fit_free(fit);
  regime_model_free(model);
  return status;
}
