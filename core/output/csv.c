/* csv.c — tables to comma-separated values, and back. */
#include "base/csv.h"
#include "base/file.h"
#include <regime/output.h>

#include <csv.h>
#include <math.h>
#include <string.h>

static void write_word(FILE *stream, const char *word) {
  if (strpbrk(word, ",\"\r\n") || word[0] == ' ')
    csv_fwrite(stream, word, strlen(word));
  else
    fputs(word, stream);
}

static void write_number(FILE *stream, double value) {
  if (isfinite(value))
    fprintf(stream, "%.17g", value);
  else
    fputs("NA", stream);
}

static void write_head(FILE *stream, const regime_table *table) {
  for (size_t k = 0; k < regime_table_columns(table); k++) {
    if (k > 0) fputc(',', stream);
    write_word(stream, regime_table_column_name(table, k));
  }
  fputc('\n', stream);
}

static void write_row(FILE *stream, const regime_table *table, size_t row) {
  for (size_t k = 0; k < regime_table_columns(table); k++) {
    if (k > 0) fputc(',', stream);
    if (regime_table_is_words(table, k))
      write_word(stream, regime_table_word(table, row, k));
    else
      write_number(stream, regime_table_number(table, row, k));
  }
  fputc('\n', stream);
}

regime_status regime_write_csv(regime_context *context, const regime_table *table, const char *file) {
  rg_draft draft;
  const regime_status status = rg_draft_open(context, file, &draft);
  if (status != REGIME_OK) return status;
  write_head(draft.stream, table);
  for (size_t row = 0; row < regime_table_rows(table) && !regime_context_interrupted(context); row++)
    write_row(draft.stream, table, row);
  return rg_draft_commit(context, &draft);
}

/* A key may be a word that looks like a number: a phase called `1`. */
static bool holds_numbers(const rg_csv *csv, size_t column, size_t keys) {
  bool numbers = column >= keys || strcmp(rg_csv_head(csv, column), "time") == 0;
  double ignored;
  for (size_t row = 0; row < rg_csv_rows(csv) && numbers; row++)
    numbers = rg_csv_number(rg_csv_cell(csv, row, column), &ignored);
  return numbers;
}

static void copy_column(regime_table *table, const rg_csv *csv, size_t column) {
  for (size_t row = 0; row < rg_csv_rows(csv); row++) {
    const char *cell = rg_csv_cell(csv, row, column);
    double value;
    if (regime_table_is_words(table, column))
      regime_table_put_word(table, column, cell);
    else if (rg_csv_number(cell, &value))
      regime_table_put_number(table, column, value);
  }
}

static regime_status create_named_after(const char *file, size_t keys, regime_table **out) {
  const char *slash = strrchr(file, '/');
  const char *base = slash ? slash + 1 : file;
  char name[256];
  snprintf(name, sizeof name, "%.*s", (int)strcspn(base, "."), base);
  return regime_table_create(name, keys, out);
}

regime_status regime_read_csv(regime_context *context, const char *file, size_t keys, regime_table **out) {
  *out = NULL;
  rg_csv *csv;
  regime_status status = rg_csv_read(context, file, &csv);
  if (status != REGIME_OK) return status;
  status = create_named_after(file, keys, out);
  if (status == REGIME_OK) {
    for (size_t k = 0; k < rg_csv_columns(csv); k++)
      if (holds_numbers(csv, k, keys))
        regime_table_add_numbers(*out, rg_csv_head(csv, k), NULL, NULL);
      else
        regime_table_add_words(*out, rg_csv_head(csv, k), NULL);
    for (size_t k = 0; k < rg_csv_columns(csv); k++) copy_column(*out, csv, k);
    status = regime_table_status(*out);
  }
  rg_csv_free(csv);
  if (status == REGIME_OK) return REGIME_OK;
  regime_table_free(*out);
  *out = NULL;
  return status;
}
