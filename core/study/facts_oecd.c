/* facts_oecd.c — a row a number, as the OECD's portals write them (SDMX-CSV and the older tables).
 *
 * The series is INDICATOR, else SUBJECT, else MEASURE; a file holds what one was after, so that other
 * dimensions are not looked at: where they make a series ambiguous, the same fact stands twice.
 */
#include "study/facts_parts.h"

static long area_column(const rg_gathering *g) {
  static const char *const names[] = {"REF_AREA", "LOCATION", NULL};
  return rg_column_of(g, names);
}

static long area_name_column(const rg_gathering *g) {
  static const char *const names[] = {"Reference area", "Country", NULL};
  return rg_column_of(g, names);
}

static long series_column(const rg_gathering *g) {
  static const char *const names[] = {"INDICATOR", "SUBJECT", "MEASURE", NULL};
  return rg_column_of(g, names);
}

static long time_column(const rg_gathering *g) {
  static const char *const names[] = {"TIME_PERIOD", "TIME", NULL};
  return rg_column_of(g, names);
}

static long value_column(const rg_gathering *g) {
  static const char *const names[] = {"OBS_VALUE", "Value", NULL};
  return rg_column_of(g, names);
}

bool rg_fits_oecd(const rg_gathering *g) {
  return area_column(g) >= 0 && series_column(g) >= 0 && time_column(g) >= 0 && value_column(g) >= 0;
}

static void read_row(rg_gathering *g, size_t row) {
  bool sound = true;
  rg_datum datum = rg_no_datum;
  datum.line = rg_csv_line(g->csv, row);
  datum.series = rg_cell(g, row, series_column(g));
  datum.member = rg_cell(g, row, area_column(g));
  datum.country = rg_cell(g, row, area_name_column(g));
  datum.value = rg_cell_number(g, row, value_column(g), &sound);
  const char *time = rg_cell(g, row, time_column(g));
  RG_APPEND(g->arena, &g->series, datum.series);
  if (!rg_cell_period(time, &datum.from, &datum.to)) {
    rg_error(g->context, rg_fact_place(g, datum.line), "write 1960, 1960-Q2 or 1960-05", "`%s` is no date",
             time);
    return;
  }
  if (sound) rg_facts_add(g, &datum);
}

void rg_read_oecd(rg_gathering *g) {
  for (size_t row = 0; row < rg_csv_rows(g->csv); row++) read_row(g, row);
}
