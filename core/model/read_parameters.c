/* read_parameters.c — parameters, single or over sets; modes; bounds and labels of variables. */
#include "base/csv.h"
#include "model/read.h"

#include <math.h>

/* --- parameters ---------------------------------------------------------------------------------------- */

typedef struct form { /* the long form as written */
  rg_parameter_decl parameter;
  double value, otherwise; /* NaN: not written */
  const config_setting_t *values, *std_error;
  rg_word table, column;
} form;

static void keep_values(rg_reader *reader, const config_setting_t *setting, void *into) {
  (void)reader;
  *(const config_setting_t **)into = setting;
}

static void read_bounds(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_parameter_decl *parameter = into;
  parameter->has_bounds = rg_read_bounds(reader, setting, &parameter->low, &parameter->high);
}

static const rg_key parameter_key[] = {
    {"value", rg_read_number, offsetof(form, value), NULL},
    {"over", rg_read_names, offsetof(form, parameter.over), NULL},
    {"default", rg_read_number, offsetof(form, otherwise), NULL},
    {"values", keep_values, offsetof(form, values), NULL},
    {"table", rg_read_word, offsetof(form, table), NULL},
    {"column", rg_read_word, offsetof(form, column), NULL},
    {"bounds", read_bounds, offsetof(form, parameter), NULL},
    {"about", rg_read_text, offsetof(form, parameter.about), NULL},
    {"unit", rg_read_text, offsetof(form, parameter.unit), NULL},
    {"free", rg_read_free, offsetof(form, parameter.free), NULL},
    {"prior", rg_read_prior, offsetof(form, parameter.prior), NULL},
    {"transform", rg_read_transform, offsetof(form, parameter.transform), NULL},
    {"std_error", keep_values, offsetof(form, std_error), NULL},
};

static rg_assignment row_values(rg_reader *reader, const form *f, const rg_table *table, size_t row) {
  rg_assignment a = {.name = f->parameter.name};
  for (size_t k = 0; k < f->parameter.over.count; k++)
    a.member[k] =
        (rg_word){rg_arena_text(reader->arena, rg_csv_cell(table->csv, row, k)), rg_table_place(table, row)};
  return a;
}

/* One row a member or pair: "`US` stands twice". */
static void check_rows(rg_reader *reader, const form *f) {
  rg_words rows = {0};
  for (size_t k = 0; k < f->parameter.values.count; k++) {
    const rg_word *m = f->parameter.values.items[k].member;
    const char *both = m[1].text ? rg_arena_printf(reader->arena, "%s, %s", m[0].text, m[1].text) : m[0].text;
    const rg_word row = {both, m[0].place};
    RG_APPEND(reader->arena, &rows, row);
  }
  rg_check_twice(reader, &rows, "the table");
}

static void read_rows(rg_reader *reader, form *f, const rg_table *table, long column) {
  for (size_t row = 0; row < rg_csv_rows(table->csv); row++) {
    rg_assignment a = row_values(reader, f, table, row);
    if (rg_table_number(reader, table, row, column, &a.number))
      RG_APPEND(reader->arena, &f->parameter.values, a);
  }
  check_rows(reader, f);
}

static void read_table(rg_reader *reader, form *f) {
  const rg_table *table = rg_table_read(reader, f->table);
  if (!table->csv || !f->column.text) return;
  const long column = rg_table_column(reader, table, f->column);
  if (column >= 0 && (size_t)column >= f->parameter.over.count)
    read_rows(reader, f, table, column);
  else if (column >= 0)
    rg_error(reader->context, f->column.place, "the values stand in a later column",
             "the column `%s` names the members of `%s`", f->column.text, f->parameter.name.text);
}

/* Keeps the values that have as many members as the parameter has sets. */
static void check_depth(rg_reader *reader, rg_parameter_decl *p) {
  const bool pairs = p->over.count == 2;
  size_t kept = 0;
  for (size_t k = 0; k < p->values.count; k++) {
    const rg_assignment a = p->values.items[k];
    if (rg_members_given(&a) == p->over.count)
      p->values.items[kept++] = a;
    else
      rg_error(reader->context, a.member[rg_members_given(&a) - 1].place,
               pairs ? "write values = { US = { GB = 0.1; }; };" : "write values = { US = 0.1; };",
               pairs ? "`%s` is over two sets, and here is one member"
                     : "`%s` is over one set, and here are two members",
               p->name.text);
  }
  p->values.count = kept;
}

static bool has_key(rg_reader *reader, const config_setting_t *group, const char *key) {
  return rg_has_key(reader, group, RG_KEYS("a parameter", parameter_key), key);
}

/* Reports a key that the other kind of parameter has. */
static bool misplaced(rg_reader *reader, const config_setting_t *group, const char *key, const char *remedy,
                      const char *why) {
  const config_setting_t *setting = config_setting_get_member(group, key);
  if (setting) rg_error(reader->context, rg_place_of(setting), remedy, "`%s` %s", key, why);
  return setting != NULL;
}

static void check_single(rg_reader *reader, const config_setting_t *group) {
  static const char *const of_families[] = {"default", "values", "table", "column"};
  bool any = has_key(reader, group, "value");
  for (size_t k = 0; k < sizeof of_families / sizeof *of_families; k++)
    any |= misplaced(reader, group, of_families[k], "say which set: over = \"country\";",
                     "is for a parameter over a set");
  if (!any)
    rg_error(reader->context, rg_place_of(group), "write value = 0.02;", "`%s` has no `value`", group->name);
}

static void check_family(rg_reader *reader, const config_setting_t *group, const form *f) {
  rg_refuse_empty(reader, group, "over");
  bool any = misplaced(reader, group, "value", "over a set write `default`, `values` or `table`",
                       "is for a parameter without a set");
  const bool table = has_key(reader, group, "table"), column = has_key(reader, group, "column");
  if (table != column)
    rg_error(reader->context, rg_place_of(group), "write table = \"file.csv\"; column = \"name\";",
             "`%s` has a `%s` without a `%s`", group->name, table ? "table" : "column",
             table ? "column" : "table");
  any |= has_key(reader, group, "default") || has_key(reader, group, "values") || table || column;
  if (!any)
    rg_error(reader->context, rg_place_of(group), "write `default`, `values` or `table`",
             "`%s` has no values", group->name);
  if (f->parameter.over.count > 2)
    rg_error(reader->context, f->parameter.over.items[2].place, "split it into several parameters",
             "`%s` is over more than two sets", group->name);
}

static void read_family(rg_reader *reader, const config_setting_t *group, form *f) {
  rg_parameter_decl *p = &f->parameter;
  check_family(reader, group, f);
  if (p->over.count == 0) return; /* reported */
  if (p->over.count > 2) p->over.count = 2;
  if (f->table.text) read_table(reader, f);
  if (f->values) rg_read_members(reader, f->values, p->name, &p->values);
  check_depth(reader, p);
}

static void read_long_form(rg_reader *reader, const config_setting_t *setting, rg_parameter_decl *out) {
  form f = {.parameter = *out, .value = NAN, .otherwise = NAN};
  rg_read_keys(reader, setting, RG_KEYS("a parameter", parameter_key), &f);
  const bool family = config_setting_get_member(setting, "over") != NULL;
  if (family)
    read_family(reader, setting, &f);
  else
    check_single(reader, setting);
  if (f.std_error) rg_read_value_of(reader, f.std_error, f.parameter.name, &f.parameter.std_errors);
  *out = f.parameter;
  out->value = family ? f.otherwise : f.value;
  out->has_value = !isnan(out->value);
}

/* One that is wrong is kept, with a value that nothing more can be said against. */
static void read_parameter(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_declarations *out = into;
  rg_parameter_decl parameter = {
      .name = rg_word_of(setting), .has_value = true, .value = NAN, .prior.source = ""};
  const size_t errors = rg_errors_reported(reader->context);
  if (config_setting_is_group(setting))
    read_long_form(reader, setting, &parameter);
  else
    rg_read_number(reader, setting, &parameter.value);
  if (rg_errors_reported(reader->context) > errors) {
    parameter.has_value = true;
    parameter.value = 0.0;
    parameter.has_bounds = false;
    parameter.free = (rg_free_decl){0};
    parameter.prior = (regime_prior){.source = ""};
    parameter.transform = REGIME_AS_IT_IS;
    parameter.std_errors.count = 0;
  }
  RG_APPEND(reader->arena, &out->parameters, parameter);
}

void rg_read_parameters(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_read_group(reader, setting, read_parameter, into);
}

/* --- modes --------------------------------------------------------------------------------------------- */

static const rg_key mode_key[] = {
    {"value", rg_read_number, offsetof(rg_mode_decl, value), "value = 0.0;"},
    {"about", rg_read_text, offsetof(rg_mode_decl, about), NULL},
};

static void read_mode(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_declarations *out = into;
  rg_mode_decl mode = {.name = rg_word_of(setting)};
  if (config_setting_is_group(setting))
    rg_read_keys(reader, setting, RG_KEYS("a mode", mode_key), &mode);
  else
    rg_read_number(reader, setting, &mode.value);
  RG_APPEND(reader->arena, &out->modes, mode);
}

void rg_read_modes(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_read_group(reader, setting, read_mode, into);
}

/* --- variables ----------------------------------------------------------------------------------------- */

static void read_variable_bounds(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_variable_decl *variable = into;
  variable->has_bounds = rg_read_bounds(reader, setting, &variable->low, &variable->high);
}

static const rg_key variable_key[] = {
    {"bounds", read_variable_bounds, 0, NULL},
    {"about", rg_read_text, offsetof(rg_variable_decl, about), NULL},
    {"unit", rg_read_text, offsetof(rg_variable_decl, unit), NULL},
};

static void read_variable(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_declarations *out = into;
  rg_variable_decl variable = {.name = rg_word_of(setting)};
  rg_read_keys(reader, setting, RG_KEYS("a variable", variable_key), &variable);
  RG_APPEND(reader->arena, &out->variables, variable);
}

void rg_read_variables(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_read_group(reader, setting, read_variable, into);
}
