/* facts_wide.c — a row a year, a column a series: wide tables, and the Penn World Table.
 *
 * A wide table has a column `time` or `year`. Its other columns are series (u), series of a member (Y[US]),
 * or, where the model maps one series only, members; a column `member`, or called like a set, says whom a row
 * is about. The Penn World Table's rows are about `countrycode` (in R's package pwt9: `isocode`).
 */
#include "study/facts_parts.h"

#include <string.h>

typedef struct columns {
  long time, member, country;
} columns;

/* What a column holds. */
typedef struct heading {
  const char *series, *member; /* series NULL: nothing of the model's; member "": as the row says */
} heading;

/* --- columns ------------------------------------------------------------------------------------------- */

static long time_column(const rg_gathering *g) {
  static const char *const names[] = {"time", "year", NULL};
  return rg_column_of(g, names);
}

static long code_column(const rg_gathering *g) {
  static const char *const names[] = {"countrycode", "isocode", NULL};
  return rg_column_of(g, names);
}

static long member_column(const rg_gathering *g) {
  long column = rg_csv_column(g->csv, "member");
  for (size_t k = 0; k < regime_model_sets(g->model) && column < 0; k++)
    column = rg_csv_column(g->csv, regime_model_set(g->model, k)->name);
  return column;
}

bool rg_fits_wide(const rg_gathering *g) { return time_column(g) >= 0; }
bool rg_fits_pwt(const rg_gathering *g) { return rg_csv_column(g->csv, "year") >= 0 && code_column(g) >= 0; }

/* The one series the model maps, for tables whose columns are members. */
static const regime_series *only_series(const rg_gathering *g) {
  if (g->end_group != g->first_group + 1) return NULL;
  const regime_observations *group = regime_model_observed(g->model, g->first_group);
  return group->n_series == 1 && group->series[0].set != REGIME_NO_SET ? &group->series[0] : NULL;
}

/* "Y[US]" */
static bool split(const rg_gathering *g, const char *head, heading *out) {
  const char *bracket = strchr(head, '[');
  const size_t length = strlen(head);
  if (!bracket || head[length - 1] != ']') return false;
  out->series = rg_arena_text_n(g->arena, head, (size_t)(bracket - head));
  out->member = rg_arena_text_n(g->arena, bracket + 1, length - (size_t)(bracket - head) - 2);
  return true;
}

static heading read_head(const rg_gathering *g, const char *head) {
  heading h = {NULL, ""};
  rg_subject subject;
  const regime_series *only = only_series(g);
  if (rg_subject_find(g, head, &subject))
    h.series = head;
  else if (split(g, head, &h) && !rg_subject_find(g, h.series, &subject))
    h.series = NULL;
  else if (!h.series && only && rg_member_called(g, only->set, head))
    h = (heading){only->name, head};
  return h;
}

static void warn_of_column(const rg_gathering *g, const char *head) {
  rg_warning(g->context, rg_fact_place(g, 1), rg_series_remedy(g, head),
             "the model has no variable `%s`: the column is left out", head);
}

/* --- rows ---------------------------------------------------------------------------------------------- */

static void read_cell(rg_gathering *g, const columns *c, size_t row, size_t column, heading h) {
  bool sound = true;
  rg_datum datum = rg_no_datum;
  datum.line = rg_csv_line(g->csv, row);
  datum.series = h.series;
  datum.member = h.member[0] ? h.member : rg_cell(g, row, c->member);
  datum.country = h.member[0] ? "" : rg_cell(g, row, c->country);
  rg_cell_period(rg_cell(g, row, c->time), &datum.from, &datum.to);
  datum.value = rg_cell_number(g, row, (long)column, &sound);
  if (sound) rg_facts_add(g, &datum);
}

/* False, with an error, where a row has no date. */
static bool is_dated(const rg_gathering *g, const columns *c, size_t row) {
  double from, to;
  const char *cell = rg_cell(g, row, c->time);
  if (rg_cell_period(cell, &from, &to)) return true;
  rg_error(g->context, rg_fact_place(g, rg_csv_line(g->csv, row)), "write 1960, 1960-Q2 or 1960-05",
           "`%s` is no date", cell);
  return false;
}

static void read_row(rg_gathering *g, const columns *c, size_t row, const heading *head) {
  for (size_t k = 0; k < rg_csv_columns(g->csv); k++)
    if (head[k].series) read_cell(g, c, row, k, head[k]);
}

static bool is_key(const columns *c, size_t column) {
  return (long)column == c->time || (long)column == c->member || (long)column == c->country;
}

static void read_columns(rg_gathering *g, const columns *c) {
  const size_t n = rg_csv_columns(g->csv);
  heading *head = RG_NEW_ARRAY(g->arena, heading, n);
  for (size_t k = 0; k < n; k++) {
    if (is_key(c, k)) continue;
    head[k] = read_head(g, rg_csv_head(g->csv, k));
    if (!head[k].series && !g->is_download) warn_of_column(g, rg_csv_head(g->csv, k));
    if (g->is_download) RG_APPEND(g->arena, &g->series, rg_csv_head(g->csv, k));
  }
  for (size_t row = 0; row < rg_csv_rows(g->csv); row++)
    if (is_dated(g, c, row)) read_row(g, c, row, head);
}

void rg_read_wide(rg_gathering *g) {
  const columns c = {time_column(g), member_column(g), -1};
  if (c.time >= 0)
    read_columns(g, &c);
  else
    rg_error(g->context, rg_fact_place(g, 1), "call the column of dates `time` or `year`",
             "this wide table has no column `time`");
}

void rg_read_pwt(rg_gathering *g) {
  const columns c = {time_column(g), code_column(g), rg_csv_column(g->csv, "country")};
  read_columns(g, &c);
}
