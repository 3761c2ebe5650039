/* csv.h — a file of comma-separated values as cells: a head of names, then rows of equal length. */
#ifndef RG_CSV_H
#define RG_CSV_H

#include <regime/context.h>

typedef struct rg_csv rg_csv;

/* Reads a whole file (RFC 4180; blank lines do not count). *out is yours; NULL on failure. NO_FILE (also for
 * a file without a head, or with a row longer or shorter than its head: the diagnostic gives the line),
 * NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_csv_read(regime_context *context, const char *path, rg_csv **out);
/* The same where values are set apart by another sign, or lines stand before the head. */
typedef struct rg_csv_form {
  char separator;
  int skip; /* lines */
} rg_csv_form;
REGIME_MUST_CHECK regime_status rg_csv_read_as(regime_context *context, const char *path, rg_csv_form form,
                                               rg_csv **out);
void rg_csv_free(rg_csv *csv); /* takes NULL */

size_t rg_csv_columns(const rg_csv *csv);
size_t rg_csv_rows(const rg_csv *csv); /* without the head */
const char *rg_csv_head(const rg_csv *csv, size_t column);
const char *rg_csv_cell(const rg_csv *csv, size_t row, size_t column);
int rg_csv_line(const rg_csv *csv, size_t row); /* of the file, from 1 */

/* The column headed `name`, or -1. */
long rg_csv_column(const rg_csv *csv, const char *name);

/* A cell as a finite number; an empty cell and NA are NaN. False when it is none. */
bool rg_csv_number(const char *cell, double *out);

#endif
