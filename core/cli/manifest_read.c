/* manifest_read.c — from a manifest back to a model and the options of its run. */
#include "base/diagnostic.h"
#include "cli/files.h"
#include "cli/manifest.h"

#include <string.h>
#include <unistd.h>

static size_t find_word(const char *const *words, size_t count, const char *word) {
  size_t k = 0;
  while (k < count && !(word && strcmp(words[k], word) == 0)) k++;
  return k;
}

static regime_status malformed(const rg_cli *cli, const char *folder, const char *what) {
  rg_error(cli->context, (rg_place){.file = rg_manifest_path(cli, folder)},
           "run the model again: `regime run` writes a new one", "this is not a manifest of regime: %s",
           what);
  return REGIME_NO_FILE;
}

static regime_status read_settings(const rg_cli *cli, json_t *list, regime_run_options *out) {
  if (!json_is_array(list)) return REGIME_NO_FILE;
  regime_setting *settings = RG_NEW_ARRAY(cli->arena, regime_setting, json_array_size(list));
  out->settings = settings;
  size_t k;
  json_t *item;
  json_array_foreach(list, k, item) {
    const char *name;
    if (json_unpack(item, "{s:s, s:F}", "name", &name, "value", &settings[k].value) != 0)
      return REGIME_NO_FILE;
    settings[k].name = name;
    out->n_settings++;
  }
  return REGIME_OK;
}

static regime_status read_options(const rg_cli *cli, json_t *root, regime_run_options *out) {
  const char *method, *linear, *rule = rg_rule_names[REGIME_EULER];
  json_t *settings;
  *out = REGIME_RUN_DEFAULTS;
  if (json_unpack(root, "{s:s, s:o, s:{s:F, s:F, s:F}, s:{s:F, s:F}, s:s, s:s, s?{s:F, s:s}}", "scenario",
                  &out->scenario, "settings", &settings, "span", "from", &out->from, "to", &out->to, "every",
                  &out->every, "tolerances", "rtol", &out->rtol, "atol", &out->atol, "method", &method,
                  "linear", &linear, "twin", "step", &out->step, "rule", &rule) != 0)
    return REGIME_NO_FILE;
  const size_t m = find_word(rg_method_names, REGIME_ADAMS + 1, method);
  const size_t l = find_word(rg_linear_names, REGIME_LINEAR_SPARSE + 1, linear);
  const size_t r = find_word(rg_rule_names, REGIME_MIDPOINT + 1, rule);
  if (r > REGIME_MIDPOINT || m > REGIME_ADAMS || l > REGIME_LINEAR_SPARSE) return REGIME_NO_FILE;
  out->method = (regime_method)m;
  out->linear = (regime_linear)l;
  out->rule = (regime_rule)r;
  return read_settings(cli, settings, out);
}

/* A name that leads out of the folder it is to be laid out in. */
static bool leads_out(const char *name) {
  return name[0] == '/' || name[0] == '\0' || strncmp(name, "../", 3) == 0 || strstr(name, "/../") != NULL;
}

/* The text of a file as it was: from the manifest, or from the file where it is still the same. */
static regime_status recall_text(const rg_cli *cli, const char *folder, json_t *file, const char **out) {
  *out = json_string_value(json_object_get(file, "text"));
  if (*out) return REGIME_OK;
  const char *path = json_string_value(json_object_get(file, "path"));
  const char *sha256 = json_string_value(json_object_get(file, "sha256"));
  if (!path || !sha256) return malformed(cli, folder, "a file has neither text nor digest");
  const regime_status status = rg_file_text(cli, path, out);
  if (status != REGIME_OK || strcmp(rg_digest(cli, *out), sha256) == 0) return status;
  rg_error(cli->context, (rg_place){.file = path}, NULL,
           "this file has changed since the run, and the manifest could not keep its text");
  return REGIME_NO_FILE;
}

static regime_status lay_out_file(const rg_cli *cli, json_t *file, rg_manifest *manifest) {
  const char *name = json_string_value(json_object_get(file, "name")), *text;
  if (!name || leads_out(name)) return malformed(cli, manifest->folder, "a file has no proper name");
  regime_status status = recall_text(cli, manifest->folder, file, &text);
  if (status != REGIME_OK) return status;
  const char *path = rg_arena_printf(cli->arena, "%s/%s", manifest->workshop, name);
  if (!manifest->model_file) manifest->model_file = path;
  return rg_file_put(cli, path, text);
}

static regime_status lay_out_files(const rg_cli *cli, rg_manifest *manifest) {
  json_t *files = json_object_get(manifest->root, "files"), *file;
  if (json_array_size(files) == 0) return malformed(cli, manifest->folder, "it names no model");
  regime_status status = rg_temporary_folder(cli, &manifest->workshop);
  size_t k;
  json_array_foreach(files, k, file) {
    if (status == REGIME_OK) status = lay_out_file(cli, file, manifest);
  }
  return status;
}

regime_status rg_manifest_open(const rg_cli *cli, const char *folder, rg_manifest *out) {
  *out = (rg_manifest){.folder = folder};
  const char *text;
  json_error_t error;
  if (access(rg_manifest_path(cli, folder), F_OK) != 0) {
    rg_error(cli->context, (rg_place){.file = folder}, "`regime run MODEL --out DIR` makes one",
             "this is no folder of a run: there is no manifest.json in it");
    return REGIME_NO_FILE;
  }
  const regime_status status = rg_file_text(cli, rg_manifest_path(cli, folder), &text);
  if (status != REGIME_OK) return status;
  out->root = json_loads(text, 0, &error);
  if (!out->root) return malformed(cli, folder, rg_arena_text(cli->arena, error.text));
  out->analysis = json_string_value(json_object_get(out->root, "analysis"));
  if (!out->analysis && read_options(cli, out->root, &out->options) != REGIME_OK)
    return malformed(cli, folder, "scenario, settings, span or tolerances are missing");
  if (json_array_size(json_object_get(out->root, "results")) == 0)
    return malformed(cli, folder, "it names no results");
  return lay_out_files(cli, out);
}

void rg_manifest_close(rg_manifest *manifest) {
  if (manifest->workshop) rg_remove_tree(manifest->workshop);
  json_decref(manifest->root);
  *manifest = (rg_manifest){0};
}

void rg_manifest_compare_files(const rg_cli *cli, const rg_manifest *manifest) {
  size_t k;
  json_t *file;
  json_array_foreach(json_object_get(manifest->root, "files"), k, file) {
    const char *path = json_string_value(json_object_get(file, "path")), *text;
    const char *sha256 = json_string_value(json_object_get(file, "sha256"));
    if (!path || !sha256 || access(path, R_OK) != 0 || rg_file_text(cli, path, &text) != REGIME_OK) continue;
    if (strcmp(rg_digest(cli, text), sha256) != 0)
      rg_warning(cli->context, (rg_place){.file = path}, "the text kept in the manifest is what is run",
                 "this file has changed since the run");
  }
}
