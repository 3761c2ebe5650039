/* csv.c — libcsv's events gathered into cells. */
#include "base/csv.h"
#include "base/diagnostic.h"
#include "base/file.h"

#include <csv.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct rg_csv {
  size_t n_columns, n_rows, n_cells;
  char **cell; /* row by row, the head first */
  int *line;   /* of each row, the head's first */
  char *bytes; /* the texts of all cells */
};

typedef struct reading {
  rg_csv *csv;
  regime_context *context;
  const char *path;
  rg_csv_form form;
  int line;      /* being read */
  char *free;    /* the next free byte of csv->bytes */
  size_t fields; /* of the row so far */
  regime_status status;
} reading;

void rg_csv_free(rg_csv *csv) {
  if (!csv) return;
  free(csv->cell);
  free(csv->line);
  free(csv->bytes);
  free(csv);
}

/* Room for everything the text can hold: a cell ends at a separator or a line's end. */
static rg_csv *make(const char *text, char separator) {
  size_t lines = 1, cells = 1;
  for (const char *c = text; *c; c++) {
    lines += *c == '\n' || *c == '\r';
    cells += *c == '\n' || *c == '\r' || *c == separator;
  }
  rg_csv *csv = calloc(1, sizeof *csv);
  if (!csv) return NULL;
  csv->cell = calloc(cells, sizeof *csv->cell);
  csv->line = calloc(lines, sizeof *csv->line);
  csv->bytes = malloc(strlen(text) + cells);
  if (csv->cell && csv->line && csv->bytes) return csv;
  rg_csv_free(csv);
  return NULL;
}

static void take_field(void *field, size_t length, void *self) {
  reading *r = self;
  if (length) memcpy(r->free, field, length);
  r->free[length] = '\0';
  r->csv->cell[r->csv->n_cells++] = r->free;
  r->free += length + 1;
  r->fields++;
}

static void take_row(int end, void *self) {
  (void)end;
  reading *r = self;
  rg_csv *csv = r->csv;
  if (csv->n_rows == 0) csv->n_columns = r->fields;
  if (r->fields != csv->n_columns && r->status == REGIME_OK) {
    rg_error(r->context, (rg_place){.file = r->path, .line = r->line},
             r->form.separator == ',' ? "a text that contains a comma must stand in double quotes"
                                      : "a text that contains the separator must stand in double quotes",
             "this row has %zu values and the head of the table has %zu", r->fields, csv->n_columns);
    r->status = REGIME_NO_FILE;
  }
  csv->line[csv->n_rows++] = r->line;
  r->fields = 0;
}

/* Feeds the parser a line at a time, so that each row knows where it stands. */
static void parse(reading *r, const char *text) {
  struct csv_parser parser;
  csv_init(&parser, 0);
  csv_set_delim(&parser, (unsigned char)r->form.separator);
  bool whole = true;
  for (const char *at = text; *at && whole; r->line++) {
    const char *newline = strchr(at, '\n');
    const size_t length = newline ? (size_t)(newline - at) + 1 : strlen(at);
    if (r->line > r->form.skip) whole = csv_parse(&parser, at, length, take_field, take_row, r) == length;
    at += length;
  }
  whole = whole && csv_fini(&parser, take_field, take_row, r) == 0;
  csv_free(&parser);
  if (!whole) r->status = REGIME_NO_MEMORY;
}

static const char *after_byte_order_mark(const char *text) {
  return strncmp(text, "\xEF\xBB\xBF", 3) == 0 ? text + 3 : text;
}

static regime_status read_cells(regime_context *context, const char *path, rg_csv_form form, const char *text,
                                rg_csv *csv) {
  reading r = {.csv = csv, .context = context, .path = path, .form = form, .line = 1, .free = csv->bytes};
  parse(&r, after_byte_order_mark(text));
  if (r.status != REGIME_OK || csv->n_rows > 0) return r.status;
  rg_error(context, (rg_place){.file = path}, "its first line names the columns", "the table is empty");
  return REGIME_NO_FILE;
}

regime_status rg_csv_read_as(regime_context *context, const char *path, rg_csv_form form, rg_csv **out) {
  *out = NULL;
  char *text;
  regime_status status = rg_file_read(context, path, &text);
  if (status != REGIME_OK) return status;
  *out = make(text, form.separator);
  status = *out ? read_cells(context, path, form, text, *out) : REGIME_NO_MEMORY;
  free(text);
  if (status == REGIME_OK) return REGIME_OK;
  rg_csv_free(*out);
  *out = NULL;
  return status;
}

regime_status rg_csv_read(regime_context *context, const char *path, rg_csv **out) {
  return rg_csv_read_as(context, path, (rg_csv_form){.separator = ','}, out);
}

size_t rg_csv_columns(const rg_csv *csv) { return csv->n_columns; }
size_t rg_csv_rows(const rg_csv *csv) { return csv->n_rows - 1; }
const char *rg_csv_head(const rg_csv *csv, size_t column) { return csv->cell[column]; }
int rg_csv_line(const rg_csv *csv, size_t row) { return csv->line[row + 1]; }
const char *rg_csv_cell(const rg_csv *csv, size_t row, size_t column) {
  return csv->cell[(row + 1) * csv->n_columns + column];
}

long rg_csv_column(const rg_csv *csv, const char *name) {
  for (size_t k = 0; k < csv->n_columns; k++)
    if (strcmp(csv->cell[k], name) == 0) return (long)k;
  return -1;
}

bool rg_csv_number(const char *cell, double *out) {
  *out = NAN;
  if (cell[0] == '\0' || strcmp(cell, "NA") == 0) return true;
  char *end;
  *out = strtod(cell, &end);
  return end != cell && *end == '\0' && isfinite(*out); /* `nan` and `inf` are names like others */
}
