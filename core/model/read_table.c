/* read_table.c — tables that a model names: found beside it, read once, their columns and numbers checked. */
#include "base/csv.h"
#include "model/read.h"

#include <math.h>
#include <string.h>

static void free_csv(void *csv) { rg_csv_free(csv); }

rg_place rg_table_place(const rg_table *table, size_t row) {
  return (rg_place){.file = table->file, .line = rg_csv_line(table->csv, row)};
}

static const rg_csv *open_csv(rg_reader *reader, const char *file, rg_word written) {
  const char *reason = rg_unreadable(file);
  if (reason) {
    rg_error(reader->context, written.place, "a table is looked for beside the file that names it",
             "cannot read `%s`: %s", file, reason);
    return NULL;
  }
  rg_csv *csv;
  const regime_status status = rg_csv_read(reader->context, file, &csv);
  if (status == REGIME_NO_MEMORY) longjmp(*rg_arena_exhausted(reader->arena), 1);
  if (status != REGIME_OK) return NULL;
  rg_arena_owns(reader->arena, free_csv, csv);
  if (rg_csv_rows(csv) > 0) return csv;
  rg_error(reader->context, (rg_place){.file = file}, "write a row under the names of the columns",
           "the table has no rows");
  return NULL;
}

const rg_table *rg_table_read(rg_reader *reader, rg_word written) {
  const char *file = rg_beside(reader->arena, written.place.file, written.text);
  for (size_t k = 0; k < reader->tables.count; k++)
    if (strcmp(reader->tables.items[k]->file, file) == 0) return reader->tables.items[k];
  rg_table *table = RG_NEW(reader->arena, rg_table);
  *table = (rg_table){file, open_csv(reader, file, written)};
  RG_APPEND(reader->arena, &reader->tables, table);
  return table;
}

static const char *names_of_columns(rg_reader *reader, const rg_csv *csv) {
  const char *text = "";
  for (size_t k = 0; k < rg_csv_columns(csv); k++)
    text = rg_arena_printf(reader->arena, "%s%s`%s`", text, k ? ", " : "", rg_csv_head(csv, k));
  return text;
}

/* A table with one column is most often one whose separator is not the comma. */
static const char *column_remedy(rg_reader *reader, const rg_csv *csv, const char *name) {
  const size_t count = rg_csv_columns(csv);
  if (count == 1 && strpbrk(rg_csv_head(csv, 0), ";\t"))
    return "save the table with commas between its columns";
  const char **head = RG_NEW_ARRAY(reader->arena, const char *, count);
  for (size_t k = 0; k < count; k++) head[k] = rg_csv_head(csv, k);
  char remedy[160];
  const char *meant = rg_did_you_mean(name, head, count, NULL, remedy);
  if (meant) return rg_arena_text(reader->arena, meant);
  return rg_arena_printf(reader->arena, "its columns are %s", names_of_columns(reader, csv));
}

long rg_table_column(rg_reader *reader, const rg_table *table, rg_word name) {
  const long column = rg_csv_column(table->csv, name.text);
  if (column < 0)
    rg_error(reader->context, name.place, column_remedy(reader, table->csv, name.text),
             "`%s` has no column `%s`", table->file, name.text);
  return column;
}

bool rg_table_number(rg_reader *reader, const rg_table *table, size_t row, long column, double *out) {
  const char *cell = rg_csv_cell(table->csv, row, (size_t)column);
  const bool digits = cell[0] && strspn(cell, "+-.0123456789eE") == strlen(cell);
  if (digits && rg_csv_number(cell, out) && isfinite(*out)) return true;
  const char *name = rg_csv_head(table->csv, (size_t)column);
  rg_error(reader->context, rg_table_place(table, row),
           "write digits with a decimal point, or leave the row out where there is no figure",
           cell[0] ? "`%s` in the column `%s` is not a number" : "%sthe column `%s` has an empty cell here",
           cell, name);
  return false;
}
