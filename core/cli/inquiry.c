/* inquiry.c — what the commands steady, branch and portrait share. */
#include "cli/inquiry.h"
#include "base/diagnostic.h"
#include "base/file.h"
#include "cli/files.h"
#include "cli/manifest.h"
#include "cli/results.h"
#include "cli/say.h"

#include <math.h>
#include <string.h>

/* More than a page is for the files. */
enum { MOST_ROWS = 24, MOST_POINTS = 8, MOST_SIDES = 8 };

/* --- the question -------------------------------------------------------------------------------------- */

size_t rg_inquiry_whole(const rg_cli *cli, rg_option option) {
  const double number = cli->options.number[option];
  return isnan(number) ? 0 : (size_t)number;
}

regime_law rg_inquiry_law(const rg_cli *cli) {
  const rg_options *given = &cli->options;
  regime_law law = REGIME_LAW_DEFAULTS;
  law.scenario = given->text[RG_OPTION_SCENARIO];
  law.settings = given->settings;
  law.n_settings = given->n_settings;
  law.at = given->number[RG_OPTION_LAW_AT];
  law.bounds = given->bounds;
  law.n_bounds = given->n_bounds;
  law.starts = rg_inquiry_whole(cli, RG_OPTION_STARTS);
  law.seed = (unsigned)rg_inquiry_whole(cli, RG_OPTION_SEED);
  return law;
}

const regime_figure *rg_inquiry_figure(const regime_model *model, const char *kind) {
  for (size_t k = 0; k < regime_model_figures(model); k++)
    if (strcmp(regime_model_figure(model, k)->kind, kind) == 0) return regime_model_figure(model, k);
  return NULL;
}

/* --- the folder ---------------------------------------------------------------------------------------- */

const char *rg_inquiry_folder(const rg_cli *cli, const regime_inquiry *inquiry) {
  if (cli->options.text[RG_OPTION_OUT]) return cli->options.text[RG_OPTION_OUT];
  const char *model = regime_model_about(regime_inquiry_model(inquiry))->name;
  return rg_arena_printf(cli->arena, "out/%s-%s", rg_file_name(cli, model), cli->command->name);
}

regime_status rg_inquiry_see_whole(const rg_cli *cli, bool is_whole) {
  if (is_whole) return REGIME_OK;
  rg_error(cli->context, (rg_place){0}, "let it come to its end: the files hold what was found until then",
           "`regime %s` was interrupted", cli->command->name);
  return REGIME_NO;
}

regime_status rg_inquiry_write(const rg_cli *cli, const regime_inquiry *inquiry, bool is_whole,
                               const char *folder) {
  const size_t n = regime_inquiry_tables(inquiry);
  const regime_table **tables = RG_NEW_ARRAY(cli->arena, const regime_table *, n);
  for (size_t k = 0; k < n; k++) tables[k] = regime_inquiry_table(inquiry, k);
  regime_status status = rg_tables_spare_model(cli, regime_inquiry_model(inquiry), tables, n, folder);
  if (status != REGIME_OK) return status;
  rg_manifest_remove(cli, folder);
  status = rg_tables_write_csv(cli, tables, n, folder);
  return status == REGIME_OK && is_whole ? rg_manifest_write_inquiry(cli, inquiry, folder) : status;
}

/* --- for people ---------------------------------------------------------------------------------------- */

const char *rg_count(const rg_cli *cli, size_t n, const char *one, const char *many) {
  return rg_arena_printf(cli->arena, "%zu %s", n, n == 1 ? one : many);
}

double rg_tidy(double value, double scale) { return fabs(value) < 1e-12 * scale ? 0.0 : value; }

/* What moves for ever is not looked for. */
static bool is_looked_for(const regime_inquiry *inquiry, size_t state) {
  const regime_steady *steady = regime_inquiry_steady(inquiry);
  return !steady || regime_steady_looked(steady)->n_drifts == 0 ||
         !regime_steady_looked(steady)->drifts[state];
}

/* "v from 0 to 1.5, u from 0 to 1" */
static const char *describe_sides(const rg_cli *cli, const regime_inquiry *inquiry, bool guessed) {
  const char *text = "";
  size_t shown = 0;
  for (size_t k = 0; k < regime_inquiry_sides(inquiry); k++) {
    const regime_side side = regime_inquiry_side(inquiry, k);
    if (side.is_guess != guessed || !is_looked_for(inquiry, k) || ++shown > MOST_SIDES) continue;
    text = rg_arena_printf(cli->arena, "%s%s%s from %g to %g", text, shown > 1 ? ", " : "", side.name,
                           side.low, side.high);
  }
  if (shown <= MOST_SIDES) return text;
  return rg_arena_printf(cli->arena, "%s and %zu more", text, shown - MOST_SIDES);
}

void rg_inquiry_print_head(const rg_cli *cli, const regime_inquiry *inquiry, const char *what) {
  const regime_model_info *about = regime_model_about(regime_inquiry_model(inquiry));
  printf(cli->colour ? "\x1b[1m%s\x1b[0m, scenario %s: %s\n" : "%s, scenario %s: %s\n", about->name,
         regime_inquiry_scenario(inquiry), what);
  const char *known = describe_sides(cli, inquiry, false), *guessed = describe_sides(cli, inquiry, true);
  printf("law of %s %.10g", about->unit[0] ? about->unit : "time", regime_inquiry_at(inquiry));
  if (known[0]) printf("; %s", known);
  fputs("\n", stdout);
  if (guessed[0])
    printf("no bounds are given for these, and the search guessed: %s\n"
           "(`--bounds NAME=LO:HI`, or `variables` in the model, says where a state can live)\n",
           guessed);
}

void rg_inquiry_print_end(const char *folder, size_t drawn) {
  printf("\nfiles in %s\n", folder);
  if (drawn) printf("%zu figure%s in %s/plots\n", drawn, drawn == 1 ? "" : "s", folder);
}

/* What a page has room for: states, then what else moves, then constants. */
static size_t choose_rows(const regime_inquiry *inquiry, size_t output[MOST_ROWS]) {
  const regime_model *model = regime_inquiry_model(inquiry);
  size_t count = 0;
  for (int kind = REGIME_STATE; kind <= REGIME_AUXILIARY; kind++)
    for (size_t k = 0; k < regime_model_variables(model); k++) {
      const regime_variable *v = regime_model_variable(model, k);
      for (size_t j = 0; (int)v->kind == kind && j < v->n_outputs && count < MOST_ROWS; j++)
        output[count++] = v->output + j;
    }
  return count;
}

static const char *label_of(const regime_inquiry *inquiry, size_t output) {
  const regime_model *model = regime_inquiry_model(inquiry);
  for (size_t k = 0; k < regime_model_variables(model); k++) {
    const regime_variable *v = regime_model_variable(model, k);
    if (output >= v->output && output < v->output + v->n_outputs) return v->label;
  }
  return "";
}

regime_status rg_inquiry_print_values(const rg_cli *cli, const regime_inquiry *inquiry, const char *heading,
                                      const double *const *values, size_t n_points) {
  size_t output[MOST_ROWS];
  const size_t rows = choose_rows(inquiry, output), shown = n_points < MOST_POINTS ? n_points : MOST_POINTS;
  regime_table *table;
  const regime_status status = regime_table_create("values", 1, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_words(table, "variable", NULL);
  for (size_t k = 0; k < shown; k++)
    regime_table_add_numbers(table, rg_arena_printf(cli->arena, "%zu", k + 1), NULL, NULL);
  regime_table_add_words(table, "label", NULL);
  for (size_t i = 0; i < rows; i++) {
    regime_table_put_word(table, 0, regime_inquiry_output_name(inquiry, output[i]));
    for (size_t k = 0; k < shown; k++)
      regime_table_put_number(table, k + 1, rg_tidy(values[k][output[i]], 1.0));
    regime_table_put_word(table, shown + 1, label_of(inquiry, output[i]));
  }
  return rg_print_and_free(cli, heading, table);
}

/* --- for programs -------------------------------------------------------------------------------------- */

json_t *rg_json_variables(const regime_inquiry *inquiry, const double *values) {
  json_t *object = json_object();
  for (size_t k = 0; k < regime_inquiry_variables(inquiry); k++)
    json_object_set_new(object, regime_inquiry_output_name(inquiry, k), rg_json_number(values[k]));
  return object;
}

json_t *rg_json_complex(const double *re, const double *im, size_t n) {
  json_t *list = json_array();
  for (size_t k = 0; k < n; k++)
    json_array_append_new(list, json_pack("[o, o]", rg_json_number(re[k]), rg_json_number(im[k])));
  return list;
}

static json_t *json_box(const regime_inquiry *inquiry) {
  json_t *object = json_object();
  for (size_t k = 0; k < regime_inquiry_sides(inquiry); k++) {
    const regime_side side = regime_inquiry_side(inquiry, k);
    json_object_set_new(object, side.name, json_pack("[f, f]", side.low, side.high));
  }
  return object;
}

json_t *rg_json_inquiry(const regime_inquiry *inquiry) {
  json_t *root = json_object();
  json_object_set_new(root, "model", rg_json_text(regime_model_about(regime_inquiry_model(inquiry))->name));
  json_object_set_new(root, "scenario", rg_json_text(regime_inquiry_scenario(inquiry)));
  json_object_set_new(root, "at", rg_json_number(regime_inquiry_at(inquiry)));
  json_object_set_new(root, "box", json_box(inquiry));
  return root;
}
