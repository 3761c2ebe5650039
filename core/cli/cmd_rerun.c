/* cmd_rerun.c — regime rerun: the same run again from its manifest, compared to the last bit. */
#include "base/diagnostic.h"
#include "base/file.h"
#include "cli/compute.h"
#include "cli/files.h"
#include "cli/manifest.h"
#include "cli/results.h"
#include "cli/say.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The first difference between two files of results. */
typedef struct difference {
  const char *file, *column, *row; /* column and row "": the files differ in their form */
  const char *before, *after;
} difference;

/* A cell as text at full precision. */
static const char *cell(const rg_cli *cli, const regime_table *table, size_t row, size_t column) {
  if (regime_table_is_words(table, column)) return regime_table_word(table, row, column);
  return rg_arena_printf(cli->arena, "%.17g", regime_table_number(table, row, column));
}

/* "time 1973.5, country US": the keys of a row are what stands before the first value. */
static const char *describe_row(const rg_cli *cli, const regime_table *table, size_t row) {
  const char *text =
      rg_arena_printf(cli->arena, "%s %s", regime_table_column_name(table, 0), cell(cli, table, row, 0));
  for (size_t k = 1; k < regime_table_columns(table) && regime_table_is_words(table, k); k++)
    text = rg_arena_printf(cli->arena, "%s, %s %s", text, regime_table_column_name(table, k),
                           cell(cli, table, row, k));
  return text;
}

/* The same words, or numbers of the same value; no value equals no value. */
static bool same_cell(const regime_table *a, const regime_table *b, size_t row, size_t column) {
  if (regime_table_is_words(a, column) != regime_table_is_words(b, column)) return false;
  if (regime_table_is_words(a, column))
    return strcmp(regime_table_word(a, row, column), regime_table_word(b, row, column)) == 0;
  const double x = regime_table_number(a, row, column), y = regime_table_number(b, row, column);
  return x == y || (isnan(x) && isnan(y));
}

/* Leaves column and row "" when no cell differs. */
static void find_cell(const rg_cli *cli, const regime_table *a, const regime_table *b, difference *out) {
  if (regime_table_columns(a) != regime_table_columns(b)) return;
  for (size_t row = 0; row < regime_table_rows(a) && row < regime_table_rows(b); row++)
    for (size_t k = 0; k < regime_table_columns(a); k++) {
      if (same_cell(a, b, row, k)) continue;
      out->column = rg_arena_text(cli->arena, regime_table_column_name(a, k));
      out->row = describe_row(cli, a, row);
      out->before = rg_arena_text(cli->arena, cell(cli, a, row, k));
      out->after = rg_arena_text(cli->arena, cell(cli, b, row, k));
      return;
    }
}

static regime_status compare_cells(const rg_cli *cli, const char *before, const char *after,
                                   difference *out) {
  regime_table *a = NULL, *b = NULL;
  regime_status status = regime_read_csv(cli->context, before, 1, &a);
  if (status == REGIME_OK) status = regime_read_csv(cli->context, after, 1, &b);
  if (status == REGIME_OK) find_cell(cli, a, b, out);
  regime_table_free(a);
  regime_table_free(b);
  return status;
}

/* Compares one file with its new twin byte by byte; where they differ, looks for the cell. */
static regime_status compare_file(const rg_cli *cli, const char *before, const char *after, difference *out) {
  char *a = NULL, *b = NULL;
  regime_status status = rg_file_read(cli->context, before, &a);
  if (status == REGIME_OK) status = rg_file_read(cli->context, after, &b);
  const bool differs = status == REGIME_OK && strcmp(a, b) != 0;
  free(a);
  free(b);
  if (!differs) return status;
  *out = (difference){.file = before, .column = "", .row = ""};
  return compare_cells(cli, before, after, out);
}

static regime_status compare_files(const rg_cli *cli, const rg_manifest *manifest, const char *again,
                                   difference *out) {
  regime_status status = REGIME_OK;
  size_t k;
  json_t *item;
  json_array_foreach(json_object_get(manifest->root, "results"), k, item) {
    const char *name = json_is_string(item) ? json_string_value(item) : "";
    if (status == REGIME_OK && !out->file)
      status = compare_file(cli, rg_arena_printf(cli->arena, "%s/%s", manifest->folder, name),
                            rg_arena_printf(cli->arena, "%s/%s", again, name), out);
  }
  return status;
}

static json_t *document(const rg_manifest *manifest, const difference *found) {
  json_t *root = json_object();
  json_object_set_new(root, "folder", rg_json_text(manifest->folder));
  json_object_set_new(root, "identical", json_boolean(!found->file));
  if (!found->file) return root;
  json_object_set_new(root, "file", rg_json_text(found->file));
  json_object_set_new(root, "column", rg_json_text(found->column));
  json_object_set_new(root, "row", rg_json_text(found->row));
  return root;
}

static void report_difference(const rg_cli *cli, const difference *found) {
  const rg_place place = {.file = found->file};
  if (found->row[0])
    rg_error(cli->context, place, "the library, the compiler or the file is not the same as then",
             "`%s` at %s was %s and is %s now", found->column, found->row, found->before, found->after);
  else
    rg_error(cli->context, place, "the file was cut, lengthened or edited", "it differs in its form");
}

static regime_status answer(rg_cli *cli, const rg_manifest *manifest, const difference *found) {
  if (rg_wants_json(cli)) {
    const regime_status status = rg_answer(cli, document(manifest, found));
    if (status != REGIME_OK) return status;
  } else if (!found->file && !rg_option_given(&cli->options, RG_OPTION_QUIET)) {
    puts("identical");
  }
  if (found->file) report_difference(cli, found);
  return found->file ? REGIME_NO : REGIME_OK;
}

static regime_status refuse_interrupted(const rg_cli *cli, const rg_manifest *manifest) {
  const char *outcome = json_string_value(json_object_get(manifest->root, "outcome"));
  if (!outcome || strcmp(outcome, regime_outcome_text(REGIME_INTERRUPTED)) != 0) return REGIME_OK;
  rg_error(cli->context, (rg_place){.file = manifest->folder}, "run the model again to its end",
           "this run was interrupted, and nobody can interrupt it again at the same moment");
  return REGIME_NO;
}

static regime_status see_it_ended(const rg_cli *cli, const regime_run *run) {
  const regime_path *path = regime_run_path(run);
  if (regime_path_outcome(path) != REGIME_INTERRUPTED) return REGIME_OK;
  rg_error(cli->context, (rg_place){0}, "let it come to its end: only then can it be compared",
           "the run was interrupted at time %.10g", regime_path_end(path));
  return REGIME_NO;
}

/* --- a run, or an analysis, once more ------------------------------------------------------------------ */

static regime_status repeat_run(rg_cli *cli, const rg_manifest *manifest, const char *again) {
  regime_model *model = NULL;
  regime_run *run = NULL;
  double wall_s;
  regime_status status = refuse_interrupted(cli, manifest);
  if (status == REGIME_OK) status = regime_model_load(cli->context, manifest->model_file, &model);
  if (status == REGIME_OK) status = rg_compute(cli, model, manifest->options, &run, &wall_s);
  if (status == REGIME_OK) { /* what the first run said once is not said again, of files in a workshop */
    regime_diagnostics_clear(cli->context);
    rg_manifest_compare_files(cli, manifest);
  }
  if (status == REGIME_OK) status = see_it_ended(cli, run);
  if (status == REGIME_OK) status = rg_results_write_csv(cli, run, again);
  regime_run_free(run);
  regime_model_free(model);
  return status;
}

/* The words of the command, on the model in the workshop, quietly into another folder. *n is 0 when the
 * manifest has no such words. */
static char **words_again(const rg_cli *cli, const rg_manifest *manifest, const char *again, int *n) {
  json_t *command = json_object_get(manifest->root, "command"), *word;
  const json_int_t model = json_integer_value(json_object_get(manifest->root, "model_word"));
  char **words = RG_NEW_ARRAY(cli->arena, char *, json_array_size(command) + 2);
  size_t k;
  *n = 0;
  json_array_foreach(command, k, word) {
    const char *text = (json_int_t)k == model ? manifest->model_file : json_string_value(word);
    if (text && strcmp(text, "--json") != 0) words[(*n)++] = rg_arena_text(cli->arena, text);
  }
  if (*n < 3 || strcmp(words[1], manifest->analysis) != 0) *n = 0;
  if (*n) words[(*n)++] = rg_arena_printf(cli->arena, "--out=%s", again);
  if (*n) words[(*n)++] = rg_arena_text(cli->arena, "--quiet");
  return words;
}

/* An answer that none was found is an answer still. */
static regime_status repeat_analysis(rg_cli *cli, const rg_manifest *manifest, const char *again) {
  rg_cli other = {.context = cli->context, .arena = cli->arena, .is_again = true};
  other.words = words_again(cli, manifest, again, &other.n_words);
  if (other.n_words == 0) {
    rg_error(cli->context, (rg_place){.file = manifest->folder}, "ask the question again",
             "the manifest does not hold the words of its command");
    return REGIME_NO_FILE;
  }
  regime_status status = rg_cli_command(&other, other.n_words - 1, other.words + 1);
  rg_options_drop(&other.options);
  if (status == REGIME_NO && !regime_context_interrupted(cli->context)) status = REGIME_OK;
  if (status != REGIME_OK) return status;
  regime_diagnostics_clear(cli->context);
  rg_manifest_compare_files(cli, manifest);
  return REGIME_OK;
}

regime_status rg_cmd_rerun(rg_cli *cli) {
  rg_manifest manifest;
  difference found = {0};
  const char *again = NULL;
  regime_status status = rg_manifest_open(cli, cli->options.argument, &manifest);
  if (status == REGIME_OK) again = rg_arena_printf(cli->arena, "%s/results", manifest.workshop);
  if (status == REGIME_OK)
    status = manifest.analysis ? repeat_analysis(cli, &manifest, again) : repeat_run(cli, &manifest, again);
  if (status == REGIME_OK) status = compare_files(cli, &manifest, again, &found);
  if (status == REGIME_OK) status = answer(cli, &manifest, &found);
  rg_manifest_close(&manifest);
  return status;
}
