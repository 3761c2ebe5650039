/* read_paths.c — exogenous paths: points in the model, or two columns of a table. */
#include "base/csv.h"
#include "model/read.h"

typedef struct form { /* a path as written */
  rg_path_decl path;
  const config_setting_t *points;
  rg_word file, time, column;
} form;

typedef struct points {
  RG_LIST(double) time, value;
} points;

static void keep_points(rg_reader *reader, const config_setting_t *setting, void *into) {
  (void)reader;
  *(const config_setting_t **)into = setting;
}

static void read_interpolation(rg_reader *reader, const config_setting_t *setting, void *into) {
  static const char *const choices[] = {[RG_LINEAR] = "linear", [RG_STEP] = "step", [RG_SMOOTH] = "smooth"};
  *(rg_interpolation *)into = (rg_interpolation)rg_read_choice(reader, setting, choices, 3, RG_LINEAR);
}

static const rg_key path_key[] = {
    {"points", keep_points, offsetof(form, points), NULL},
    {"file", rg_read_word, offsetof(form, file), NULL},
    {"time", rg_read_word, offsetof(form, time), NULL},
    {"column", rg_read_word, offsetof(form, column), NULL},
    {"interpolate", read_interpolation, offsetof(form, path.interpolation), NULL},
    {"about", rg_read_text, offsetof(form, path.about), NULL},
    {"unit", rg_read_text, offsetof(form, path.unit), NULL},
};

static void add_point(rg_reader *reader, points *p, const double point[2], rg_place place) {
  const bool later = p->time.count == 0 || point[0] > p->time.items[p->time.count - 1];
  if (!later) {
    rg_error(reader->context, place, "write the points in the order of time, each time once",
             "the point at %.15g does not come after the one at %.15g", point[0],
             p->time.items[p->time.count - 1]);
    return;
  }
  RG_APPEND(reader->arena, &p->time, point[0]);
  RG_APPEND(reader->arena, &p->value, point[1]);
}

static void read_points(rg_reader *reader, const config_setting_t *list, points *out) {
  const char *remedy = "write points = ( [1973.7, 1.05], [1974.2, 3.0] );";
  if (!config_setting_is_list(list)) {
    rg_wrong_type(reader, list, "a list of points", remedy);
    return;
  }
  if (config_setting_length(list) == 0)
    rg_error(reader->context, rg_place_value(list), remedy, "`points` is empty");
  for (int k = 0; k < config_setting_length(list); k++) {
    const config_setting_t *pair = config_setting_get_elem(list, (unsigned)k);
    double point[2];
    if (rg_read_pair(reader, pair, "a time and a value, [1973.7, 1.05]", point))
      add_point(reader, out, point, rg_place_value(pair));
  }
}

static void read_rows(rg_reader *reader, const form *f, points *out) {
  const rg_table *table = rg_table_read(reader, f->file);
  if (!table->csv) return;
  const long time = rg_table_column(reader, table, f->time),
             value = rg_table_column(reader, table, f->column);
  if (time < 0 || value < 0) return;
  for (size_t row = 0; row < rg_csv_rows(table->csv); row++) {
    double point[2];
    const bool has_time = rg_table_number(reader, table, row, time, &point[0]);
    const bool has_value = rg_table_number(reader, table, row, value, &point[1]);
    if (has_time && has_value) add_point(reader, out, point, rg_table_place(table, row));
  }
}

/* Points or a file, and with a file its two columns. */
static bool is_complete(rg_reader *reader, const config_setting_t *group, const form *f) {
  const bool file = config_setting_get_member(group, "file");
  const char *remedy =
      "write points = ( [1973.7, 1.05] ); or file = \"f.csv\"; time = \"year\"; column = \"x\";";
  const char *fault = NULL;
  if (f->points && file)
    fault = "has `points` and a `file`: one of them must go";
  else if (!f->points && !file)
    fault = "has no points";
  else if (file && (!config_setting_get_member(group, "time") || !config_setting_get_member(group, "column")))
    fault = "has a `file`, but not the names of its `time` and its `column`";
  if (fault) rg_error(reader->context, rg_place_of(group), remedy, "`%s` %s", group->name, fault);
  return !fault;
}

static void read_path(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_declarations *out = into;
  form f = {.path.name = rg_word_of(setting)};
  points p = {0};
  rg_read_keys(reader, setting, RG_KEYS("a path", path_key), &f);
  if (config_setting_is_group(setting) && is_complete(reader, setting, &f)) {
    if (f.points)
      read_points(reader, f.points, &p);
    else if (f.file.text && f.time.text && f.column.text)
      read_rows(reader, &f, &p);
  }
  if (p.time.count == 0) { /* reported; equations may go on naming it */
    RG_APPEND(reader->arena, &p.time, 0.0);
    RG_APPEND(reader->arena, &p.value, 0.0);
  }
  f.path.n_points = p.time.count;
  f.path.time = p.time.items;
  f.path.value = p.value.items;
  RG_APPEND(reader->arena, &out->paths, f.path);
}

void rg_read_paths(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_read_group(reader, setting, read_path, into);
}
