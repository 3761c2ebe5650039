/* figures.c — writes the scripts of a model's figures, and has them drawn. */
#include "cli/figures.h"
#include "base/diagnostic.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/figure_data.h"
#include "cli/files.h"
#include "cli/gnuplot.h"
#include "cli/shelf.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- the head of a script --- */

/* Single quotes: between double ones gnuplot would run what stands in backquotes. */
static void add_quoted(rg_text *head, const char *text) {
  rg_text_add(head, "'");
  for (; *text; text++) {
    rg_text_add(head, "%s%c", *text == '\'' ? "'" : "", *text == '\n' ? ' ' : *text);
  }
  rg_text_add(head, "'");
}

static void assign(rg_text *head, const char *name, const char *text) {
  rg_text_add(head, "%s = ", name);
  add_quoted(head, text);
  rg_text_add(head, "\n");
}

/* An array of texts or numbers from a column of a table; gnuplot has no empty arrays. */
static void assign_column(rg_text *head, const char *name, const regime_table *table, size_t column) {
  const size_t rows = table && column < regime_table_columns(table) ? regime_table_rows(table) : 0;
  if (rows == 0) return;
  rg_text_add(head, "array %s[%zu] = [", name, rows);
  for (size_t row = 0; row < rows; row++) {
    if (row) rg_text_add(head, ", ");
    if (regime_table_is_words(table, column))
      add_quoted(head, regime_table_word(table, row, column));
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
    add_quoted(head, units ? data->columns.items[k].unit : data->columns.items[k].title);
  }
  rg_text_add(head, "]\n");
}

static void assign_groups(rg_text *head, const rg_figure_data *data) {
  rg_text_add(head, "array group[%zu] = [", data->columns.count);
  for (size_t k = 0; k < data->columns.count; k++)
    rg_text_add(head, "%s%d", k ? ", " : "", data->columns.items[k].group);
  rg_text_add(head, "]\narray group_titles[2] = [");
  add_quoted(head, data->figure->groups[0]);
  rg_text_add(head, ", ");
  add_quoted(head, data->figure->groups[1]);
  rg_text_add(head, "]\n");
}

static const char *label_of(const regime_variable *v) { return v->label[0] ? v->label : v->name; }

static void assign_plane(rg_text *head, const rg_figure_data *data) {
  assign(head, "xlabel", label_of(data->variable));
  assign(head, "xunit", data->variable->unit);
  assign(head, "ylabel", label_of(data->y));
  assign(head, "yunit", data->y->unit);
  assign_texts(head, "titles", data, 2, false);
}

static void assign_time(rg_text *head, const rg_figure_data *data, const regime_model *model,
                        rg_tables tables) {
  const regime_table *phases = rg_tables_find(tables, "phases"), *events = rg_tables_find(tables, "events");
  if (data->variable) assign(head, "label", label_of(data->variable));
  if (data->variable) assign(head, "unit", data->variable->unit);
  assign_texts(head, "titles", data, 1, false);
  if (!data->variable) assign_texts(head, "units", data, 1, true);
  if (strcmp(data->figure->kind, "groups") == 0) assign_groups(head, data);
  if (regime_model_about(model)->unit[0]) assign(head, "time_label", regime_model_about(model)->unit);
  assign_column(head, "phase_names", phases, 0);
  assign_column(head, "phase_from", phases, 1);
  assign_column(head, "phase_to", phases, 2);
  assign_column(head, "event_names", events, 0);
  assign_column(head, "event_times", events, 1);
}

static void add_head(rg_text *head, const rg_figure_data *data, const regime_model *model, rg_tables tables,
                     bool has_facts) {
  rg_text_add(head, "# Made by regime %s. Draw again:  gnuplot %s.gp\n\n", regime_version(), data->name);
  assign(head, "kind", data->figure->kind);
  assign(head, "name", data->name);
  assign(head, "title", data->figure->title);
  if (strcmp(data->figure->kind, "plane") == 0)
    assign_plane(head, data);
  else
    assign_time(head, data, model, tables);
  if (has_facts) rg_text_add(head, "facts = '%s-facts.csv'\n", data->name);
  rg_text_add(head, "\n");
}

/* --- a script --- */

static regime_status add_script(const rg_cli *cli, rg_text *text, const char *name) {
  const char *file = rg_data_file(cli, rg_arena_printf(cli->arena, "plots/%s", name)), *body;
  if (!file) {
    rg_error(cli->context, (rg_place){0}, "install regime again, or keep its source tree where it was",
             "the script `plots/%s` of regime is missing", name);
    return REGIME_NO_FILE;
  }
  const regime_status status = rg_file_text(cli, file, &body);
  if (status == REGIME_OK) rg_text_add(text, "%s\n", body);
  return status;
}

static regime_status write_script(const rg_cli *cli, const rg_figure_data *data, const regime_model *model,
                                  rg_tables tables, bool has_facts, const char *folder) {
  rg_text text = {0};
  char *script = NULL;
  add_head(&text, data, model, tables, has_facts);
  regime_status status = add_script(cli, &text, "style.gp");
  if (status == REGIME_OK) status = add_script(cli, &text, data->script);
  if (status == REGIME_OK) status = rg_text_finish(&text, &script);
  if (status == REGIME_OK)
    status = rg_file_put(cli, rg_arena_printf(cli->arena, "%s/%s.gp", folder, data->name), script);
  rg_text_drop(&text);
  free(script);
  return status;
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
    const regime_figure panel = {v->name, "panel", "", "", "", variable, nothing, nothing};
    RG_APPEND(cli->arena, &out, panel);
  }
  if (scalars.count == 0) return out;
  RG_APPEND(cli->arena, &scalars, NULL);
  const regime_figure states = {"states", "time", regime_model_about(model)->title,
                                "",       "",     (const char *const *)scalars.items,
                                nothing,  nothing};
  RG_APPEND(cli->arena, &out, states);
  return out;
}

static figures find_figures(const rg_cli *cli, const regime_model *model) {
  figures out = {0};
  for (size_t k = 0; k < regime_model_figures(model); k++)
    RG_APPEND(cli->arena, &out, *regime_model_figure(model, k));
  return out.count ? out : default_figures(cli, model);
}

static void warn_of_gnuplot(const rg_cli *cli, const char *folder) {
  rg_warning(cli->context, (rg_place){.file = folder},
             "install it (Debian: gnuplot-nox), then `regime plot DIR` draws the figures",
             "gnuplot is missing: scripts and data are written, pictures are not");
}

/* False when it is no use to go on. */
static bool draw(const rg_cli *cli, const rg_figure_data *data, const char *folder, size_t *drawn) {
  const char *format = cli->options.text[RG_OPTION_FORMAT];
  const char *script = rg_arena_printf(cli->arena, "%s.gp", data->name);
  const rg_drawing drawing = rg_gnuplot_run(folder, script, format ? format : "png");
  if (drawing == RG_NO_GNUPLOT) warn_of_gnuplot(cli, folder);
  if (drawing == RG_NOT_DRAWN)
    rg_warning(cli->context, (rg_place){.file = folder}, "its complaint stands above",
               "gnuplot could not draw `%s`", script);
  *drawn += drawing == RG_DRAWN;
  return drawing != RG_NO_GNUPLOT;
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
    if (status == REGIME_OK && go_on) go_on = draw(cli, &data, plots, drawn);
  }
  return status;
}
