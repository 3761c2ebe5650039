/* manifest_write.c — everything that made a run, in one JSON file. */
#include "base/diagnostic.h"
#include "base/file.h"
#include "cli/files.h"
#include "cli/manifest.h"
#include "cli/say.h"

#include <math.h>
#include <string.h>

const char *const rg_method_names[] = {[REGIME_BDF] = "bdf", [REGIME_ADAMS] = "adams"};
const char *const rg_rule_names[] = {[REGIME_EULER] = "euler", [REGIME_MIDPOINT] = "midpoint"};
const char *const rg_linear_names[] = {
    [REGIME_LINEAR_AUTO] = "auto", [REGIME_LINEAR_DENSE] = "dense", [REGIME_LINEAR_SPARSE] = "sparse"};

const char *rg_manifest_path(const rg_cli *cli, const char *folder) {
  return rg_arena_printf(cli->arena, "%s/manifest.json", folder);
}

/* A name in the folder itself: what a manifest says is not trusted with the rest of the disk. */
static bool is_table_of(const char *name) {
  const char *end = name ? strrchr(name, '.') : NULL;
  return end && strcmp(end, ".csv") == 0 && !strchr(name, '/');
}

void rg_manifest_remove(const rg_cli *cli, const char *folder) {
  const char *path = rg_manifest_path(cli, folder);
  json_t *root = json_load_file(path, 0, NULL), *name;
  size_t k;
  json_array_foreach(json_object_get(root, "results"), k, name) {
    if (is_table_of(json_string_value(name)))
      remove(rg_arena_printf(cli->arena, "%s/%s", folder, json_string_value(name)));
  }
  json_decref(root);
  remove(path);
}

/* How long a beginning of `path`, up to and with a slash, it shares with `other`, at most `length`. */
static size_t shared_folders(const char *path, const char *other, size_t length) {
  size_t shared = 0;
  for (size_t k = 0; k < length && path[k] == other[k]; k++)
    if (path[k] == '/') shared = k + 1;
  return shared;
}

static json_t *describe_file(const rg_cli *cli, const char *path, size_t root, const char *text) {
  json_t *as_text = json_string(text); /* NULL where it is not UTF-8: then the digest must do */
  return json_pack("{s:o, s:o, s:s, s:o}", "name", rg_json_text(path + root), "path", rg_json_text(path),
                   "sha256", rg_digest(cli, text), "text", as_text ? as_text : json_null());
}

/* Every file with its name below the folder they share, so that they can be laid out again elsewhere. */
static json_t *describe_files(const rg_cli *cli, const regime_model *model) {
  const size_t n = regime_model_files(model);
  const char **path = RG_NEW_ARRAY(cli->arena, const char *, n);
  for (size_t k = 0; k < n; k++) path[k] = rg_whole_path(cli, regime_model_file(model, k));
  size_t root = shared_folders(path[0], path[0], strlen(path[0]));
  for (size_t k = 1; k < n; k++) root = shared_folders(path[0], path[k], root);
  json_t *files = json_array();
  for (size_t k = 0; k < n; k++)
    json_array_append_new(files, describe_file(cli, path[k], root, regime_model_file_text(model, k)));
  return files;
}

static json_t *describe_command(const rg_cli *cli) {
  json_t *words = json_pack("[s]", "regime");
  for (int k = 1; k < cli->n_words; k++) json_array_append_new(words, rg_json_text(cli->words[k]));
  return words;
}

static json_t *describe_settings(const regime_run_options *options) {
  json_t *list = json_array();
  for (size_t k = 0; k < options->n_settings; k++)
    json_array_append_new(list, json_pack("{s:o, s:f}", "name", rg_json_text(options->settings[k].name),
                                          "value", options->settings[k].value));
  return list;
}

static json_t *describe_parameters(const regime_run *run) {
  const regime_model *model = regime_run_model(run);
  json_t *object = json_object();
  for (size_t k = 0; k < regime_model_parameters(model); k++)
    json_object_set_new(object, regime_model_parameter(model, k)->name,
                        rg_json_number(regime_run_parameter(run, k)));
  return object;
}

static json_t *describe_results(const regime_run *run) {
  json_t *list = json_array();
  for (size_t k = 0; k < regime_run_tables(run); k++)
    json_array_append_new(list, json_sprintf("%s.csv", regime_table_name(regime_run_table(run, k))));
  return list;
}

/* What made any folder. */
static json_t *describe_origin(const rg_cli *cli, const regime_model *model) {
  json_t *root = json_object();
  json_object_set_new(root, "regime", json_string(regime_version()));
  json_object_set_new(root, "command", describe_command(cli));
  json_object_set_new(root, "model", rg_json_text(regime_model_about(model)->name));
  json_object_set_new(root, "files", describe_files(cli, model));
  return root;
}

static json_t *describe_run(const rg_cli *cli, const regime_run *run, const regime_run_options *options,
                            double wall_s) {
  const regime_path_options *path = regime_run_path_options(run);
  const regime_path *reached = regime_run_path(run);
  json_t *root = describe_origin(cli, regime_run_model(run));
  json_object_set_new(root, "scenario", rg_json_text(regime_run_scenario(run)));
  json_object_set_new(root, "settings", describe_settings(options));
  json_object_set_new(root, "parameters", describe_parameters(run));
  json_object_set_new(root, "span",
                      json_pack("{s:f, s:f, s:f}", "from", path->from, "to", path->to, "every", path->every));
  json_object_set_new(root, "tolerances", json_pack("{s:f, s:f}", "rtol", path->rtol, "atol", path->atol));
  json_object_set_new(root, "method", json_string(rg_method_names[path->method]));
  json_object_set_new(root, "linear", json_string(rg_linear_names[path->linear]));
  if (path->step > 0.0)
    json_object_set_new(root, "twin",
                        json_pack("{s:f, s:s}", "step", path->step, "rule", rg_rule_names[path->rule]));
  json_object_set_new(root, "outcome", json_string(regime_outcome_text(regime_path_outcome(reached))));
  json_object_set_new(root, "end", rg_json_number(regime_path_end(reached)));
  json_object_set_new(root, "counters", rg_json_counters(regime_path_counters(reached)));
  json_object_set_new(root, "wall_s", rg_json_number(wall_s));
  json_object_set_new(root, "results", describe_results(run));
  return root;
}

/* Which word of the command line names the model: it is another file when the analysis is done again. */
static json_int_t model_word(const rg_cli *cli) {
  int k = 1;
  while (k < cli->n_words && cli->words[k] != cli->options.argument) k++;
  return k;
}

static json_t *describe_analysis(const rg_cli *cli, const rg_analysis *analysis) {
  const regime_model *model = analysis->model;
  json_t *root = describe_origin(cli, model), *parameters = json_object(), *results = json_array();
  for (size_t k = 0; k < regime_model_parameters(model); k++)
    json_object_set_new(parameters, regime_model_parameter(model, k)->name,
                        rg_json_number(analysis->parameter[k]));
  for (size_t k = 0; k < analysis->n_tables; k++)
    json_array_append_new(results, json_sprintf("%s.csv", regime_table_name(analysis->table[k])));
  json_object_set_new(root, "analysis", json_string(cli->command->name));
  json_object_set_new(root, "model_word", json_integer(model_word(cli)));
  json_object_set_new(root, "scenario", rg_json_text(analysis->scenario));
  if (!isnan(analysis->at)) json_object_set_new(root, "at", rg_json_number(analysis->at));
  json_object_set_new(root, "parameters", parameters);
  json_object_set_new(root, "results", results);
  return root;
}

/* The parameters are those of the best point. */
static json_t *describe_fit(const rg_cli *cli, const regime_fit *fit) {
  const regime_run *run = regime_fit_run(fit);
  json_t *root = describe_origin(cli, regime_run_model(run)), *results = json_array();
  for (size_t k = 0; k < regime_fit_tables(fit); k++)
    json_array_append_new(results, json_sprintf("%s.csv", regime_table_name(regime_fit_table(fit, k))));
  json_object_set_new(root, "analysis", json_string(cli->command->name));
  json_object_set_new(root, "model_word", json_integer(model_word(cli)));
  json_object_set_new(root, "scenario", rg_json_text(regime_run_scenario(run)));
  json_object_set_new(root, "parameters", describe_parameters(run));
  json_object_set_new(root, "results", results);
  return root;
}

/* Frees the document. */
static regime_status put(const rg_cli *cli, json_t *root, const char *folder) {
  rg_draft draft = {0};
  regime_status status = rg_draft_open(cli->context, rg_manifest_path(cli, folder), &draft);
  if (status == REGIME_OK && json_dumpf(root, draft.stream, JSON_INDENT(2) | JSON_REAL_PRECISION(17)) != 0)
    status = REGIME_NO_MEMORY;
  if (status == REGIME_OK) status = rg_draft_commit(cli->context, &draft);
  rg_draft_drop(&draft);
  json_decref(root);
  return status;
}

regime_status rg_manifest_write(const rg_cli *cli, const regime_run *run, const regime_run_options *options,
                                double wall_s, const char *folder) {
  return put(cli, describe_run(cli, run, options, wall_s), folder);
}

regime_status rg_manifest_write_analysis(const rg_cli *cli, const rg_analysis *analysis, const char *folder) {
  return put(cli, describe_analysis(cli, analysis), folder);
}

regime_status rg_manifest_write_fit(const rg_cli *cli, const regime_fit *fit, const char *folder) {
  return put(cli, describe_fit(cli, fit), folder);
}
