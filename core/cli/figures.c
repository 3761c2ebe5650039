/* figures.c — writes the scripts of a model's figures, and has them drawn. */
#include "cli/figures.h"
#include "base/file.h"
#include "cli/figure_data.h"
#include "cli/script.h"

#include <math.h>
#include <string.h>

/* --- the head of a script --- */

/* An array of texts or numbers from a column of a table; gnuplot has no empty arrays. */
static void assign_column(rg_text *head, const char *name, const regime_table *table, size_t column) {
  const size_t rows = table && column < regime_table_columns(table) ? regime_table_rows(table) : 0;
  if (rows == 0) return;
  rg_text_add(head, "array %s[%zu] = [", name, rows);
  for (size_t row = 0; row < rows; row++) {
    if (row) rg_text_add(head, ", ");
    if (regime_table_is_words(table, column))
      rg_head_quoted(head, regime_table_word(table, row, column));
    else if (isnan(regime_table_number(table, row, column)))
      rg_text_add(head, "NaN");
    else
      rg_text_add(head, "%.17g", regime_table_number(table, row, column));
  }
  rg_text_add(head, "]\n");
}

/* One text a column of the data, or one every `step` columns. */
static void assign_texts(rg_text *head, const char *name, const rg_figure_data *data, size_t step,
                         bool units) {
  rg_text_add(head, "array %s[%zu] = [", name, data->columns.count / step);
  for (size_t k = 0; k < data->columns.count; k += step) {
    if (k) rg_text_add(head, ", ");
    rg_head_quoted(head, units ? data->columns.items[k].unit : data->columns.items[k].title);
  }
  rg_text_add(head, "]\n");
}

static void assign_groups(rg_text *head, const rg_figure_data *data) {
  rg_text_add(head, "array group[%zu] = [", data->columns.count);
  for (size_t k = 0; k < data->columns.count; k++)
    rg_text_add(head, "%s%d", k ? ", " : "", data->columns.items[k].group);
  rg_text_add(head, "]\narray group_titles[2] = [");
  rg_head_quoted(head, data->figure->groups[0]);
  rg_text_add(head, ", ");
  rg_head_quoted(head, data->figure->groups[1]);
  rg_text_add(head, "]\n");
}

static const char *label_of(const regime_variable *v) { return v->label[0] ? v->label : v->name; }

static void assign_plane(rg_text *head, const rg_figure_data *data) {
  rg_head_text(head, "xlabel", label_of(data->variable));
  rg_head_text(head, "xunit", data->variable->unit);
  rg_head_text(head, "ylabel", label_of(data->y));
  rg_head_text(head, "yunit", data->y->unit);
  assign_texts(head, "titles", data, 2, false);
}

static void assign_time(rg_text *head, const rg_figure_data *data, const regime_model *model,
                        rg_tables tables) {
  const regime_table *phases = rg_tables_find(tables, "phases"), *events = rg_tables_find(tables, "events");
  if (data->variable) rg_head_text(head, "label", label_of(data->variable));
  if (data->variable) rg_head_text(head, "unit", data->variable->unit);
  assign_texts(head, "titles", data, 1, false);
  if (!data->variable) assign_texts(head, "units", data, 1, true);
  if (strcmp(data->figure->kind, "groups") == 0) assign_groups(head, data);
  if (regime_model_about(model)->unit[0]) rg_head_text(head, "time_label", regime_model_about(model)->unit);
  assign_column(head, "phase_names", phases, 0);
  assign_column(head, "phase_from", phases, 1);
  assign_column(head, "phase_to", phases, 2);
  assign_column(head, "event_names", events, 0);
  assign_column(head, "event_times", events, 1);
}

static void add_head(rg_text *head, const rg_figure_data *data, const regime_model *model, rg_tables tables,
                     bool has_facts) {
  rg_head_begin(head, data->figure->kind, data->name, data->figure->title);
  if (strcmp(data->figure->kind, "plane") == 0)
    assign_plane(head, data);
  else
    assign_time(head, data, model, tables);
  if (has_facts) rg_text_add(head, "facts = '%s-facts.csv'\n", data->name);
}

/* --- a script --- */

static regime_status write_script(const rg_cli *cli, const rg_figure_data *data, const regime_model *model,
                                  rg_tables tables, bool has_facts, const char *folder) {
  rg_text head = {0};
  add_head(&head, data, model, tables, has_facts);
  return rg_script_write(cli, &head, data->script, folder, data->name);
}

static regime_status write_figure(const rg_cli *cli, const rg_figure_data *data, const regime_model *model,
                                  rg_tables tables, const char *folder) {
  bool has_facts = false;
  regime_status status = rg_figure_write_data(cli, data, folder);
  if (status == REGIME_OK) status = rg_figure_write_facts(cli, data, tables, folder, &has_facts);
  if (status == REGIME_OK) status = write_script(cli, data, model, tables, has_facts, folder);
  return status;
}

/* --- all of them --- */

typedef RG_LIST(regime_figure) figures;
static const char *const nothing[] = {NULL};

/* The scalar states on one figure, and a panel for each of the first six states over one set. */
static figures default_figures(const rg_cli *cli, const regime_model *model) {
  figures out = {0};
  RG_LIST(const char *) scalars = {0};
  for (size_t k = 0; k < regime_model_variables(model); k++) {
    const regime_variable *v = regime_model_variable(model, k);
    if (v->kind != REGIME_STATE) continue;
    if (v->n_over == 0) RG_APPEND(cli->arena, &scalars, v->name);
    if (v->n_over != 1 || out.count == 6) continue;
    const char **variable = RG_NEW_ARRAY(cli->arena, const char *, 2);
    variable[0] = v->name;
    const regime_figure panel = {.name = v->name,
                                 .kind = "panel",
                                 .title = "",
                                 .x = "",
                                 .y = "",
                                 .variables = variable,
                                 .members = nothing,
                                 .groups = nothing};
    RG_APPEND(cli->arena, &out, panel);
  }
  if (scalars.count == 0) return out;
  RG_APPEND(cli->arena, &scalars, NULL);
  const regime_figure states = {.name = "states",
                                .kind = "time",
                                .title = regime_model_about(model)->title,
                                .x = "",
                                .y = "",
                                .variables = (const char *const *)scalars.items,
                                .members = nothing,
                                .groups = nothing};
  RG_APPEND(cli->arena, &out, states);
  return out;
}

/* Those of an analysis are drawn by its own command. */
static bool is_of_run(const regime_figure *figure) {
  static const char *const others[] = {"portrait", "lines", "branch"};
  for (size_t k = 0; k < sizeof others / sizeof *others; k++)
    if (strcmp(figure->kind, others[k]) == 0) return false;
  return true;
}

static figures find_figures(const rg_cli *cli, const regime_model *model) {
  figures out = {0};
  for (size_t k = 0; k < regime_model_figures(model); k++)
    if (is_of_run(regime_model_figure(model, k))) RG_APPEND(cli->arena, &out, *regime_model_figure(model, k));
  return out.count ? out : default_figures(cli, model);
}

regime_status rg_figures_draw(const rg_cli *cli, const regime_model *model, const regime_table *const *table,
                              size_t n_tables, const char *folder, size_t *drawn) {
  const rg_tables tables = {table, n_tables};
  const figures wanted = find_figures(cli, model);
  const char *plots = rg_arena_printf(cli->arena, "%s/plots", folder);
  regime_status status = rg_make_folders(cli->context, plots);
  bool go_on = true;
  *drawn = 0;
  for (size_t k = 0; k < wanted.count && status == REGIME_OK; k++) {
    rg_figure_data data;
    if (!rg_figure_find(cli, model, tables, &wanted.items[k], &data)) continue;
    status = write_figure(cli, &data, model, tables, plots);
    if (status == REGIME_OK && go_on) go_on = rg_script_draw(cli, plots, data.name, drawn);
  }
  return status;
}
