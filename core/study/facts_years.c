/* facts_years.c — a row a series and country, a column a year: AMECO and the World Bank.
 *
 * AMECO's codes are COUNTRY.1.0.0.0.SERIES: a series may be called by the whole code, by what follows the
 * country (1.0.0.0.ZUTN), or by its end (ZUTN) where that is enough. The World Bank's may be called by
 * `Indicator Code` or `Indicator Name`.
 */
#include "study/facts_parts.h"

#include <math.h>
#include <string.h>

static long column(const rg_gathering *g, const char *name) { return rg_csv_column(g->csv, name); }

static bool has_year(const rg_gathering *g) {
  double year;
  for (size_t k = 0; k < rg_csv_columns(g->csv); k++)
    if (rg_head_year(rg_csv_head(g->csv, k), &year)) return true;
  return false;
}

bool rg_fits_ameco(const rg_gathering *g) {
  return column(g, "CODE") >= 0 && column(g, "COUNTRY") >= 0 && has_year(g);
}

bool rg_fits_worldbank(const rg_gathering *g) {
  return column(g, "Country Name") >= 0 && column(g, "Country Code") >= 0 &&
         column(g, "Indicator Code") >= 0 && has_year(g);
}

/* The first of several names that the model knows; else the last, which is the shortest. */
static const char *known_among(const rg_gathering *g, const char *const *names, size_t n) {
  rg_subject subject;
  for (size_t k = 0; k < n; k++)
    if (rg_subject_find(g, names[k], &subject)) return names[k];
  return names[n - 1];
}

static void read_years(rg_gathering *g, size_t row, const rg_datum *of) {
  rg_datum datum = *of;
  datum.line = rg_csv_line(g->csv, row);
  RG_APPEND(g->arena, &g->series, datum.series);
  rg_subject subject;
  if (!rg_subject_find(g, datum.series, &subject)) return;
  for (size_t k = 0; k < rg_csv_columns(g->csv); k++) {
    bool sound = true;
    if (!rg_head_year(rg_csv_head(g->csv, k), &datum.from)) continue;
    datum.to = datum.from + 1.0;
    datum.value = rg_cell_number(g, row, (long)k, &sound);
    if (sound) rg_facts_add(g, &datum);
  }
}

/* --- AMECO --------------------------------------------------------------------------------------------- */

static const char *after_last_dot(const char *code) {
  const char *dot = strrchr(code, '.');
  return dot ? dot + 1 : code;
}

void rg_read_ameco(rg_gathering *g) {
  const long code = column(g, "CODE"), country = column(g, "COUNTRY");
  for (size_t row = 0; row < rg_csv_rows(g->csv); row++) {
    const char *whole = rg_cell(g, row, code), *dot = strchr(whole, '.');
    const char *const names[] = {whole, dot ? dot + 1 : whole, after_last_dot(whole)};
    rg_datum datum = rg_no_datum;
    datum.series = known_among(g, names, 3);
    datum.member = rg_arena_text_n(g->arena, whole, dot ? (size_t)(dot - whole) : 0);
    datum.country = rg_cell(g, row, country);
    read_years(g, row, &datum);
  }
}

/* --- World Bank ---------------------------------------------------------------------------------------- */

void rg_read_worldbank(rg_gathering *g) {
  const long name = column(g, "Indicator Name"), code = column(g, "Indicator Code");
  for (size_t row = 0; row < rg_csv_rows(g->csv); row++) {
    const char *const names[] = {rg_cell(g, row, name), rg_cell(g, row, code)};
    rg_datum datum = rg_no_datum;
    datum.series = known_among(g, names, 2);
    datum.member = rg_cell(g, row, column(g, "Country Code"));
    datum.country = rg_cell(g, row, column(g, "Country Name"));
    read_years(g, row, &datum);
  }
}
