/* facts_cell.c — cells of files of facts: numbers, missing ones, years and quarters. */
#include "study/facts_parts.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

rg_place rg_fact_place(const rg_gathering *g, int line) { return (rg_place){.file = g->file, .line = line}; }

long rg_column_of(const rg_gathering *g, const char *const *names) {
  for (; *names; names++) {
    const long column = rg_csv_column(g->csv, *names);
    if (column >= 0) return column;
  }
  return -1;
}

const char *rg_cell(const rg_gathering *g, size_t row, long column) {
  return column < 0 ? "" : rg_csv_cell(g->csv, row, (size_t)column);
}

static bool is_missing(const char *cell) { return strcmp(cell, "..") == 0 || strcmp(cell, ":") == 0; }

double rg_cell_number(rg_gathering *g, size_t row, long column, bool *sound) {
  const char *cell = rg_cell(g, row, column);
  double number;
  if (is_missing(cell)) return NAN;
  if (rg_csv_number(cell, &number)) return number;
  rg_error(g->context, rg_fact_place(g, rg_csv_line(g->csv, row)),
           "leave the cell empty where there is no figure", "`%s` in the column `%s` is not a number", cell,
           rg_csv_head(g->csv, (size_t)column));
  *sound = false;
  return NAN;
}

/* What follows the year: "-Q2", "Q2", "-05", "M05"; as a share of the year. */
static bool part_of_year(const char *rest, double *begin, double *length) {
  const bool dash = *rest == '-';
  rest += dash;
  const bool quarter = *rest == 'Q', month = *rest == 'M' || (dash && isdigit((unsigned char)*rest));
  if (!quarter && !month) return false;
  rest += *rest == 'Q' || *rest == 'M';
  char *end;
  const long number = strtol(rest, &end, 10), n = quarter ? 4 : 12;
  *begin = (double)(number - 1) / (double)n;
  *length = 1.0 / (double)n;
  return isdigit((unsigned char)*rest) && *end == '\0' && number >= 1 && number <= n;
}

bool rg_cell_period(const char *cell, double *from, double *to) {
  char *rest;
  double begin = 0.0, length = 1.0;
  const double year = strtod(cell, &rest);
  if (rest == cell || !isfinite(year)) return false;
  if (*rest && !part_of_year(rest, &begin, &length)) return false;
  *from = year + begin;
  *to = year + begin + length;
  return true;
}

bool rg_head_year(const char *head, double *year) {
  for (int k = 0; k < 4; k++)
    if (!isdigit((unsigned char)head[k])) return false;
  *year = strtod(head, NULL);
  return head[4] == '\0' || strncmp(head + 4, " [YR", 4) == 0;
}
