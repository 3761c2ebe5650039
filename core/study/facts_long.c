/* facts_long.c — a row a fact: variable, member, from, to, value, and if need be sd, weight, kind, base. */
#include "study/facts_parts.h"

#include <math.h>

enum { VARIABLE, FROM, TO, VALUE, N_NEEDED, MEMBER = N_NEEDED, SD, WEIGHT, KIND, BASE, N_COLUMNS };
static const char *const column_name[N_COLUMNS] = {"variable", "from",   "to",   "value", "member",
                                                   "sd",       "weight", "kind", "base"};

bool rg_fits_long(const rg_gathering *g) {
  const bool dated = rg_csv_column(g->csv, "from") >= 0 || rg_csv_column(g->csv, "to") >= 0;
  return rg_csv_column(g->csv, "variable") >= 0 || (dated && rg_csv_column(g->csv, "value") >= 0);
}

static bool find_columns(const rg_gathering *g, long column[N_COLUMNS]) {
  bool whole = true;
  for (int k = 0; k < N_COLUMNS; k++) {
    column[k] = rg_csv_column(g->csv, column_name[k]);
    if (column[k] >= 0 || k >= N_NEEDED) continue;
    rg_error(g->context, rg_fact_place(g, 1),
             "a table of facts has the columns variable, member, from, to, value, sd, source",
             "the table of facts has no column `%s`", column_name[k]);
    whole = false;
  }
  return whole;
}

static void read_row(rg_gathering *g, size_t row, const long column[N_COLUMNS]) {
  bool sound = true;
  rg_datum datum = rg_no_datum;
  datum.line = rg_csv_line(g->csv, row);
  datum.series = rg_cell(g, row, column[VARIABLE]);
  datum.member = rg_cell(g, row, column[MEMBER]);
  datum.kind = rg_cell(g, row, column[KIND]);
  datum.from = rg_cell_number(g, row, column[FROM], &sound);
  datum.to = rg_cell_number(g, row, column[TO], &sound);
  datum.value = rg_cell_number(g, row, column[VALUE], &sound);
  datum.sd = rg_cell_number(g, row, column[SD], &sound);
  datum.weight = rg_cell_number(g, row, column[WEIGHT], &sound);
  datum.base = rg_cell_number(g, row, column[BASE], &sound);
  if (sound) rg_facts_add(g, &datum);
}

void rg_read_long(rg_gathering *g) {
  long column[N_COLUMNS];
  if (!find_columns(g, column)) return;
  for (size_t row = 0; row < rg_csv_rows(g->csv); row++) read_row(g, row, column);
}
