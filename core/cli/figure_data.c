/* figure_data.c — from the words of a figure to columns of numbers. */
#include "cli/figure_data.h"
#include "base/diagnostic.h"
#include "cli/files.h"

#include <string.h>

const regime_table *rg_tables_find(rg_tables tables, const char *name) {
  for (size_t k = 0; k < tables.count; k++)
    if (strcmp(regime_table_name(tables.table[k]), name) == 0) return tables.table[k];
  return NULL;
}

/* --- series --- */

static bool is_over_time(const regime_table *t) {
  return !regime_table_is_words(t, 0) && strcmp(regime_table_column_name(t, 0), "time") == 0;
}

static bool is_panel(const regime_table *t) {
  return regime_table_columns(t) > 1 && regime_table_is_words(t, 1);
}

/* Rows of a panel until its first member comes again. */
static size_t members_in(const regime_table *t) {
  size_t n = 1;
  while (n < regime_table_rows(t) && strcmp(regime_table_word(t, n, 1), regime_table_word(t, 0, 1)) != 0) n++;
  return n;
}

static bool find_in_table(const regime_table *t, const char *variable, const char *member, rg_series *out) {
  if (regime_table_rows(t) == 0 || !is_over_time(t) || is_panel(t) != (member[0] != '\0')) return false;
  *out = (rg_series){.table = t, .stride = is_panel(t) ? members_in(t) : 1};
  while (out->column < regime_table_columns(t) &&
         strcmp(regime_table_column_name(t, out->column), variable) != 0)
    out->column++;
  while (is_panel(t) && out->first < out->stride && strcmp(regime_table_word(t, out->first, 1), member) != 0)
    out->first++;
  return out->column < regime_table_columns(t) && !regime_table_is_words(t, out->column) &&
         out->first < out->stride;
}

static bool find_series(rg_tables tables, const char *variable, const char *member, rg_series *out) {
  for (size_t k = 0; k < tables.count; k++)
    if (find_in_table(tables.table[k], variable, member, out)) return true;
  return false;
}

/* --- what a figure names --- */

typedef struct finder {
  const rg_cli *cli;
  const regime_model *model;
  rg_tables tables;
  rg_figure_data *out;
} finder;

static bool warn(const finder *f, const char *name, const char *what) {
  rg_warning(f->cli->context, (rg_place){.file = regime_model_about(f->model)->file},
             "the other figures are drawn; `regime check` shows the names of the model",
             "figure `%s` is left out: `%s` is not %s", f->out->name, name, what);
  return false;
}

static const regime_variable *find_variable(const finder *f, const char *name) {
  for (size_t k = 0; k < regime_model_variables(f->model); k++)
    if (strcmp(regime_model_variable(f->model, k)->name, name) == 0)
      return regime_model_variable(f->model, k);
  warn(f, name, "a variable of the model");
  return NULL;
}

static const char *or_name(const char *text, const char *name) { return text[0] ? text : name; }

static bool add_column(const finder *f, rg_figure_column column) {
  if (!find_series(f->tables, column.variable, column.member, &column.series))
    return warn(f, column.head, "in the tables of the run");
  RG_APPEND(f->cli->arena, &f->out->columns, column);
  return true;
}

typedef RG_LIST(const char *) words;

/* The members a name stands for: itself, or those of a subset. */
static void add_members(const finder *f, const regime_set *set, const char *name, words *out) {
  for (size_t k = 0; k < set->n_members; k++)
    if (strcmp(set->member[k], name) == 0) RG_APPEND(f->cli->arena, out, set->member[k]);
  for (size_t k = 0; k < set->n_subsets; k++)
    for (size_t j = 0; strcmp(set->subset[k], name) == 0 && j < set->subset_size[k]; j++)
      RG_APPEND(f->cli->arena, out, set->member[set->subset_member[k][j]]);
}

static words members_of(const finder *f, const regime_set *set) {
  words out = {0};
  const char *const *name = f->out->figure->members;
  for (; *name; name++) add_members(f, set, *name, &out);
  const bool all = out.count == 0;
  for (size_t k = 0; all && k < set->n_members; k++) RG_APPEND(f->cli->arena, &out, set->member[k]);
  return out;
}

/* The one variable of a panel, which must be over one set. */
static const regime_set *find_panel(const finder *f) {
  const char *name = f->out->figure->variables[0];
  if (!name) {
    warn(f, "variable", "given");
    return NULL;
  }
  f->out->variable = find_variable(f, name);
  if (!f->out->variable) return NULL;
  if (f->out->variable->n_over == 1) return regime_model_set(f->model, f->out->variable->over[0]);
  warn(f, name, "over one set");
  return NULL;
}

static bool add_member(const finder *f, const char *member, int group) {
  const regime_variable *v = f->out->variable;
  return add_column(f, (rg_figure_column){.head = member,
                                          .variable = v->name,
                                          .member = member,
                                          .title = member,
                                          .unit = v->unit,
                                          .group = group});
}

static bool find_panels(const finder *f) {
  const regime_set *set = find_panel(f);
  if (!set) return false;
  const words members = members_of(f, set);
  bool found = true;
  for (size_t k = 0; k < members.count && found; k++) found = add_member(f, members.items[k], 0);
  return found;
}

static bool find_groups(const finder *f) {
  const regime_set *set = find_panel(f);
  if (!set) return false;
  bool found = true;
  for (int group = 0; group < 2 && found; group++) {
    const char *name = f->out->figure->groups[group];
    if (!name) return warn(f, "groups", "a list of two subsets");
    words members = {0};
    add_members(f, set, name, &members);
    if (members.count == 0) return warn(f, name, "a subset of the set the variable is over");
    for (size_t k = 0; k < members.count && found; k++) found = add_member(f, members.items[k], group + 1);
  }
  return found;
}

static bool find_scalars(const finder *f) {
  bool found = true;
  for (const char *const *name = f->out->figure->variables; *name && found; name++) {
    const regime_variable *v = find_variable(f, *name);
    found = v && add_column(f, (rg_figure_column){.head = v->name,
                                                  .variable = v->name,
                                                  .member = "",
                                                  .title = or_name(v->label, v->name),
                                                  .unit = v->unit});
  }
  return found && (f->out->columns.count > 0 || warn(f, "variables", "given"));
}

static bool add_plane(const finder *f, const char *member) {
  const regime_variable *axes[2] = {f->out->variable, f->out->y};
  bool found = true;
  for (int k = 0; k < 2 && found; k++) {
    const char *head =
        member[0] ? rg_arena_printf(f->cli->arena, "%s_%c", member, k ? 'y' : 'x') : axes[k]->name;
    found = add_column(f, (rg_figure_column){.head = head,
                                             .variable = axes[k]->name,
                                             .member = member,
                                             .title = member,
                                             .unit = axes[k]->unit});
  }
  return found;
}

static bool find_plane(const finder *f) {
  const regime_variable *x = f->out->variable = find_variable(f, f->out->figure->x);
  const regime_variable *y = f->out->y = find_variable(f, f->out->figure->y);
  if (!x || !y) return false;
  if (x->n_over == 0 && y->n_over == 0) return add_plane(f, "");
  if (x->n_over != 1 || y->n_over != 1 || x->over[0] != y->over[0])
    return warn(f, y->name, "over the same set as the other axis");
  const words members = members_of(f, regime_model_set(f->model, x->over[0]));
  bool found = true;
  for (size_t k = 0; k < members.count && found; k++) found = add_plane(f, members.items[k]);
  return found;
}

static const struct {
  const char *kind, *script;
  bool (*find)(const finder *f);
} kinds[] = {
    {"panel", "panel.gp", find_panels},      {"groups", "groups.gp", find_groups},
    {"aggregates", "time.gp", find_scalars}, {"time", "time.gp", find_scalars},
    {"plane", "plane.gp", find_plane},
};

bool rg_figure_find(const rg_cli *cli, const regime_model *model, rg_tables tables,
                    const regime_figure *figure, rg_figure_data *out) {
  *out = (rg_figure_data){.figure = figure, .name = rg_file_name(cli, figure->name)};
  const finder f = {cli, model, tables, out};
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
    if (strcmp(kinds[k].kind, figure->kind) != 0) continue;
    out->script = kinds[k].script;
    return kinds[k].find(&f);
  }
  return warn(&f, figure->kind, "a kind of figure: panel, groups, aggregates, time or plane");
}

/* --- files --- */

static size_t points(rg_series s) { return regime_table_rows(s.table) / s.stride; }
static double at(rg_series s, size_t column, size_t k) {
  return regime_table_number(s.table, s.first + k * s.stride, column);
}

static regime_status write_table(const rg_cli *cli, const char *folder, const char *name,
                                 regime_table *table) {
  regime_status status = regime_table_status(table);
  if (status == REGIME_OK)
    status = regime_write_csv(cli->context, table, rg_arena_printf(cli->arena, "%s/%s.csv", folder, name));
  regime_table_free(table);
  return status;
}

regime_status rg_figure_write_data(const rg_cli *cli, const rg_figure_data *data, const char *folder) {
  regime_table *table;
  const regime_status status = regime_table_create(data->name, 1, &table);
  if (status != REGIME_OK) return status;
  const rg_figure_column *c = data->columns.items;
  regime_table_add_numbers(table, "time", NULL, NULL);
  for (size_t j = 0; j < data->columns.count; j++) regime_table_add_numbers(table, c[j].head, NULL, NULL);
  for (size_t k = 0; k < points(c[0].series); k++) {
    regime_table_put_number(table, 0, at(c[0].series, 0, k));
    for (size_t j = 0; j < data->columns.count; j++)
      regime_table_put_number(table, j + 1, at(c[j].series, c[j].series.column, k));
  }
  return write_table(cli, folder, data->name, table);
}

static bool shows(const rg_figure_data *data, const char *variable, const char *member) {
  for (size_t k = 0; k < data->columns.count; k++)
    if (strcmp(data->columns.items[k].variable, variable) == 0 &&
        strcmp(data->columns.items[k].member, member) == 0)
      return true;
  return false;
}

/* Columns of the table of facts, as study makes it. */
enum { VARIABLE, MEMBER, KIND, FROM, TO, FACT };

/* A table read back may have been edited. */
static bool is_facts(const regime_table *t) {
  bool is = t && regime_table_columns(t) > FACT && regime_table_is_words(t, VARIABLE) &&
            regime_table_is_words(t, KIND);
  for (size_t k = FROM; is && k <= FACT; k++) is = !regime_table_is_words(t, k);
  return is;
}

/* A growth or a ratio is not on the scale of what is drawn. */
static bool is_level(const regime_table *facts, size_t row) {
  const char *kind = regime_table_word(facts, row, KIND);
  return strcmp(kind, "mean") == 0 || strcmp(kind, "at") == 0;
}

static void copy_facts(const rg_figure_data *data, const regime_table *facts, regime_table *out) {
  for (size_t row = 0; row < regime_table_rows(facts); row++) {
    const char *variable = regime_table_word(facts, row, VARIABLE);
    const char *member = regime_table_is_words(facts, MEMBER) ? regime_table_word(facts, row, MEMBER) : "";
    if (!shows(data, variable, member) || !is_level(facts, row)) continue;
    regime_table_put_word(out, 0, variable);
    regime_table_put_word(out, 1, member);
    for (size_t k = FROM; k <= FACT; k++)
      regime_table_put_number(out, 2 + k - FROM, regime_table_number(facts, row, k));
  }
}

regime_status rg_figure_write_facts(const rg_cli *cli, const rg_figure_data *data, rg_tables tables,
                                    const char *folder, bool *has_facts) {
  *has_facts = false;
  const regime_table *facts = rg_tables_find(tables, "facts");
  if (!is_facts(facts) || strcmp(data->figure->kind, "plane") == 0) return REGIME_OK;
  regime_table *table;
  const regime_status status = regime_table_create(data->name, 4, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_words(table, "variable", NULL);
  regime_table_add_words(table, "member", NULL);
  regime_table_add_numbers(table, "from", NULL, NULL);
  regime_table_add_numbers(table, "to", NULL, NULL);
  regime_table_add_numbers(table, "value", NULL, NULL);
  copy_facts(data, facts, table);
  *has_facts = regime_table_rows(table) > 0;
  if (*has_facts) return write_table(cli, folder, rg_arena_printf(cli->arena, "%s-facts", data->name), table);
  regime_table_free(table);
  return REGIME_OK;
}
