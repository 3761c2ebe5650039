/* netcdf.c — tables over time to one netCDF-4 file: rows become points of a labelled grid.
 *
 * The axes are gathered from all tables first: every time, and every word of a key column in order of first
 * appearance. Each value column is then spread over the axes of its table's keys. netCDF's answers are kept
 * in the writer, the first failure of all, and looked at once at the end.
 *
 * The library is loaded when a file is written and not before: some forty others come with it, which a
 * command that writes none need not wait for (docs/decisions/0010). Where the build names no library to
 * load, it is linked.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include "base/diagnostic.h"
#include "base/file.h"
#include <regime/output.h>
#include <regime/regime.h>

#ifdef REGIME_NETCDF_LIBRARY
#include <dlfcn.h>
#endif
#include <math.h>
#include <netcdf.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_KEYS = 8 };

/* --- the library --------------------------------------------------------------------------------------- */

/* What is used of it: X(answer, name, parameters), as in its header, which the compiler makes sure of. */
#define NETCDF_LIST(X)                                                                                       \
  X(int, nc_create, (const char *, int, int *))                                                              \
  X(int, nc_close, (int))                                                                                    \
  X(int, nc_def_dim, (int, const char *, size_t, int *))                                                     \
  X(int, nc_def_var, (int, const char *, nc_type, int, const int *, int *))                                  \
  X(int, nc_def_var_fill, (int, int, int, const void *))                                                     \
  X(int, nc_put_att_text, (int, int, const char *, size_t, const char *))                                    \
  X(int, nc_put_var_double, (int, int, const double *))                                                      \
  X(int, nc_put_var_string, (int, int, const char **))                                                       \
  X(const char *, nc_strerror, (int))

typedef struct netcdf {
#define NETCDF_MEMBER(answer, name, parameters) answer(*name) parameters;
  NETCDF_LIST(NETCDF_MEMBER)
#undef NETCDF_MEMBER
} netcdf;

#define NETCDF_CHECK(answer, name, parameters)                                                               \
  _Static_assert(_Generic(&name, answer(*) parameters : 1, default : 0), #name " is not as in netcdf.h");
NETCDF_LIST(NETCDF_CHECK)
#undef NETCDF_CHECK

#ifdef REGIME_NETCDF_LIBRARY
/* POSIX lets a function's address be a void *; ISO C has it copied. */
static bool find(void *library, const char *name, void *function) {
  void *const address = dlsym(library, name);
  memcpy(function, &address, sizeof address);
  return address != NULL;
}

static regime_status refuse(regime_context *context, const char *file) {
  const char *why = dlerror();
  rg_error(context, (rg_place){.file = file}, "install it, or write CSV only",
           "the netCDF library cannot be loaded: %s", why ? why : REGIME_NETCDF_LIBRARY);
  return REGIME_NO_FILE;
}

/* It stays once it is there: what it leaves to be done at the end of the program is part of it. */
static regime_status load(regime_context *context, const char *file, netcdf *nc) {
  void *library = dlopen(REGIME_NETCDF_LIBRARY, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  bool found = library != NULL;
#define NETCDF_FIND(answer, name, parameters) found = found && find(library, #name, &nc->name);
  NETCDF_LIST(NETCDF_FIND)
#undef NETCDF_FIND
  const regime_status status = found ? REGIME_OK : refuse(context, file);
  if (library) dlclose(library);
  return status;
}
#else
static regime_status load(regime_context *context, const char *file, netcdf *nc) {
  (void)context, (void)file;
#define NETCDF_TAKE(answer, name, parameters) nc->name = name;
  NETCDF_LIST(NETCDF_TAKE)
#undef NETCDF_TAKE
  return REGIME_OK;
}
#endif

/* --- the grid ------------------------------------------------------------------------------------------ */

/* The words of one key, by name; `next` is where the search for a row's word begins: rows go round. */
typedef struct axis {
  const char *name;
  const char **label;
  size_t count, next;
  int dimension;
} axis;

typedef struct writer {
  netcdf nc;
  int file;
  int answer; /* of netCDF: the first that was not NC_NOERR */
  const char *time_unit;
  double *time; /* ascending, each once */
  size_t n_times;
  int time_dimension;
  axis *axes;
  size_t n_axes;
} writer;

static void note(writer *w, int answer) {
  if (w->answer == NC_NOERR) w->answer = answer;
}

static bool is_over_time(const regime_table *table) {
  return regime_table_keys(table) >= 1 && regime_table_keys(table) <= MAX_KEYS &&
         !regime_table_is_words(table, 0) && strcmp(regime_table_column_name(table, 0), "time") == 0;
}

static int compare_numbers(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void gather_times(writer *w, const regime_table *const *tables, size_t n_tables) {
  size_t count = 0, kept = 0;
  for (size_t k = 0; k < n_tables; k++)
    if (is_over_time(tables[k])) count += regime_table_rows(tables[k]);
  w->time = malloc((count + 1) * sizeof *w->time);
  if (!w->time) {
    note(w, NC_ENOMEM);
    return;
  }
  for (size_t k = 0; k < n_tables; k++)
    for (size_t row = 0; is_over_time(tables[k]) && row < regime_table_rows(tables[k]); row++)
      w->time[w->n_times++] = regime_table_number(tables[k], row, 0);
  qsort(w->time, w->n_times, sizeof *w->time, compare_numbers);
  for (size_t k = 0; k < w->n_times; k++)
    if (kept == 0 || w->time[k] > w->time[kept - 1]) w->time[kept++] = w->time[k];
  w->n_times = kept;
}

static axis *find_axis(writer *w, const char *name) {
  for (size_t k = 0; k < w->n_axes; k++)
    if (strcmp(w->axes[k].name, name) == 0) return &w->axes[k];
  return NULL;
}

static size_t find_label(axis *a, const char *word) {
  for (size_t tried = 0; tried < a->count; tried++) {
    const size_t k = (a->next + tried) % a->count;
    if (strcmp(a->label[k], word) != 0) continue;
    a->next = k;
    return k;
  }
  return a->count;
}

static void gather_labels(writer *w, axis *a, const regime_table *table, size_t column) {
  const char **grown = realloc(a->label, (a->count + regime_table_rows(table) + 1) * sizeof *grown);
  if (!grown) {
    note(w, NC_ENOMEM);
    return;
  }
  a->label = grown;
  for (size_t row = 0; row < regime_table_rows(table); row++) {
    const char *word = regime_table_word(table, row, column);
    if (find_label(a, word) == a->count) a->label[a->count++] = word;
  }
}

static void gather_axes(writer *w, const regime_table *const *tables, size_t n_tables) {
  w->axes = calloc(n_tables * MAX_KEYS + 1, sizeof *w->axes);
  if (!w->axes) {
    note(w, NC_ENOMEM);
    return;
  }
  for (size_t k = 0; k < n_tables; k++)
    for (size_t key = 1; is_over_time(tables[k]) && key < regime_table_keys(tables[k]); key++) {
      const char *name = regime_table_column_name(tables[k], key);
      axis *a = find_axis(w, name);
      if (!a) {
        a = &w->axes[w->n_axes++];
        a->name = name;
      }
      gather_labels(w, a, tables[k], key);
    }
}

static void put_text(writer *w, int variable, const char *name, const char *text) {
  if (text[0]) note(w, w->nc.nc_put_att_text(w->file, variable, name, strlen(text), text));
}

static void put_time(writer *w) {
  int variable = -1;
  note(w, w->nc.nc_def_dim(w->file, "time", w->n_times, &w->time_dimension));
  note(w, w->nc.nc_def_var(w->file, "time", NC_DOUBLE, 1, &w->time_dimension, &variable));
  put_text(w, variable, "units", w->time_unit);
  put_text(w, variable, "long_name", "time");
  put_text(w, variable, "axis", "T");
  note(w, w->nc.nc_put_var_double(w->file, variable, w->time));
}

static void put_axis(writer *w, axis *a) {
  int variable = -1;
  note(w, w->nc.nc_def_dim(w->file, a->name, a->count, &a->dimension));
  note(w, w->nc.nc_def_var(w->file, a->name, NC_STRING, 1, &a->dimension, &variable));
  note(w, w->nc.nc_put_var_string(w->file, variable, a->label));
}

static size_t time_index(const writer *w, double t) {
  const double *found = bsearch(&t, w->time, w->n_times, sizeof t, compare_numbers);
  return (size_t)(found - w->time);
}

/* The place of a row in the grid of its table's keys, the last key fastest. */
static size_t place_of(writer *w, const regime_table *table, size_t row) {
  size_t place = time_index(w, regime_table_number(table, row, 0));
  for (size_t key = 1; key < regime_table_keys(table); key++) {
    axis *a = find_axis(w, regime_table_column_name(table, key));
    place = place * a->count + find_label(a, regime_table_word(table, row, key));
  }
  return place;
}

static int define_variable(writer *w, const regime_table *table, size_t column) {
  int dimensions[MAX_KEYS] = {w->time_dimension};
  for (size_t key = 1; key < regime_table_keys(table); key++)
    dimensions[key] = find_axis(w, regime_table_column_name(table, key))->dimension;
  int variable = -1;
  const double none = NAN;
  note(w, w->nc.nc_def_var(w->file, regime_table_column_name(table, column), NC_DOUBLE,
                           (int)regime_table_keys(table), dimensions, &variable));
  note(w, w->nc.nc_def_var_fill(w->file, variable, NC_FILL, &none));
  put_text(w, variable, "units", regime_table_column_unit(table, column));
  put_text(w, variable, "long_name", regime_table_column_label(table, column));
  return variable;
}

static void put_columns(writer *w, const regime_table *table, const size_t *place, double *grid,
                        size_t size) {
  for (size_t column = regime_table_keys(table); column < regime_table_columns(table); column++) {
    if (regime_table_is_words(table, column)) continue;
    for (size_t k = 0; k < size; k++) grid[k] = NAN;
    for (size_t row = 0; row < regime_table_rows(table); row++)
      grid[place[row]] = regime_table_number(table, row, column);
    note(w, w->nc.nc_put_var_double(w->file, define_variable(w, table, column), grid));
  }
}

static void put_table(writer *w, const regime_table *table) {
  size_t size = w->n_times;
  for (size_t key = 1; key < regime_table_keys(table); key++)
    size *= find_axis(w, regime_table_column_name(table, key))->count;
  double *grid = malloc((size + 1) * sizeof *grid);
  size_t *place = malloc((regime_table_rows(table) + 1) * sizeof *place);
  if (grid && place) {
    for (size_t row = 0; row < regime_table_rows(table); row++) place[row] = place_of(w, table, row);
    put_columns(w, table, place, grid, size);
  } else {
    note(w, NC_ENOMEM);
  }
  free(grid);
  free(place);
}

static void put_head(writer *w, const char *title) {
  char source[64];
  snprintf(source, sizeof source, "regime %s", regime_version());
  put_text(w, NC_GLOBAL, "Conventions", "CF-1.10");
  put_text(w, NC_GLOBAL, "title", title);
  put_text(w, NC_GLOBAL, "source", source);
}

static void write_file(writer *w, const regime_table *const *tables, size_t n_tables, const char *title,
                       const char *path) {
  note(w, w->nc.nc_create(path, NC_NETCDF4 | NC_CLOBBER, &w->file));
  if (w->answer != NC_NOERR) return;
  put_head(w, title);
  put_time(w);
  for (size_t k = 0; k < w->n_axes; k++) put_axis(w, &w->axes[k]);
  for (size_t k = 0; k < n_tables; k++)
    if (is_over_time(tables[k])) put_table(w, tables[k]);
  note(w, w->nc.nc_close(w->file));
}

static void drop(writer *w) {
  for (size_t k = 0; k < w->n_axes; k++) free(w->axes[k].label);
  free(w->axes);
  free(w->time);
}

static const char *unit_of_time(const regime_table *const *tables, size_t n_tables) {
  for (size_t k = 0; k < n_tables; k++)
    if (is_over_time(tables[k])) return regime_table_column_unit(tables[k], 0);
  return "";
}

/* A path with `://` in it would be taken for an address of the web, unless it begins at the root. */
static void write_draft(writer *w, const regime_table *const *tables, size_t n_tables, const char *title,
                        const rg_draft *draft) {
  char *whole = realpath(draft->unfinished, NULL);
  gather_times(w, tables, n_tables);
  gather_axes(w, tables, n_tables);
  if (!whole) note(w, NC_ENOMEM);
  if (w->answer == NC_NOERR) write_file(w, tables, n_tables, title, whole);
  free(whole);
  drop(w);
}

regime_status regime_write_netcdf(regime_context *context, const regime_table *const *tables, size_t n_tables,
                                  const char *title, const char *file) {
  writer w = {.time_unit = unit_of_time(tables, n_tables)};
  rg_draft draft;
  regime_status status = load(context, file, &w.nc);
  if (status == REGIME_OK) status = rg_draft_open(context, file, &draft);
  if (status != REGIME_OK) return status;
  write_draft(&w, tables, n_tables, title, &draft);
  if (w.answer == NC_NOERR) return rg_draft_commit(context, &draft);
  rg_draft_drop(&draft);
  if (w.answer == NC_ENOMEM) return REGIME_NO_MEMORY;
  rg_error(context, (rg_place){.file = file}, NULL, "cannot write netCDF: %s", w.nc.nc_strerror(w.answer));
  return REGIME_NO_FILE;
}
