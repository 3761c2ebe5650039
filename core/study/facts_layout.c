/* facts_layout.c — how files of facts are laid out, told by their heads. */
#include "base/file.h"
#include "study/facts_parts.h"

#include <stdlib.h>
#include <string.h>

/* In the order in which a head is tried. */
static const rg_layout layouts[] = {
    {"ameco", "CODE;COUNTRY;SUB-CHAPTER;TITLE;UNIT;1960;1961", true, rg_fits_ameco, rg_read_ameco},
    {"worldbank", "Country Name,Country Code,Indicator Name,Indicator Code,1960,1961", true,
     rg_fits_worldbank, rg_read_worldbank},
    {"oecd", "LOCATION,INDICATOR,TIME,Value or REF_AREA,MEASURE,TIME_PERIOD,OBS_VALUE", true, rg_fits_oecd,
     rg_read_oecd},
    {"pwt", "countrycode,year,rgdpe", true, rg_fits_pwt, rg_read_pwt},
    {"long", "variable,member,from,to,value", false, rg_fits_long, rg_read_long},
    {"wide", "year,NAME,NAME", false, rg_fits_wide, rg_read_wide},
};
enum { N_LAYOUTS = sizeof layouts / sizeof *layouts };

/* --- the form of the file ------------------------------------------------------------------------------ */

static bool begins(const char *line, const char *word) {
  if (*line == '"') line++;
  return strncmp(line, word, strlen(word)) == 0;
}

static const char *next_line(const char *line) {
  const char *newline = strchr(line, '\n');
  return newline ? newline + 1 : line + strlen(line);
}

/* The World Bank's files say first where and when they were made. */
static int lines_before_head(const char **text) {
  int n = 0;
  if (strncmp(*text, "\xEF\xBB\xBF", 3) == 0) *text += 3;
  if (!begins(*text, "Data Source")) return 0;
  const char *line = *text;
  for (; *line && !begins(line, "Country Name"); line = next_line(line)) n++;
  if (*line == '\0') return 0;
  *text = line;
  return n;
}

static char separator_of(const char *head) {
  const char *end = next_line(head);
  long semicolons = 0;
  for (const char *c = head; c < end; c++) semicolons += *c == ';' ? 1 : *c == ',' ? -1 : 0;
  return semicolons > 0 ? ';' : ',';
}

static regime_status find_form(const rg_gathering *g, rg_csv_form *out) {
  char *text;
  const regime_status status = rg_file_read(g->context, g->file, &text);
  if (status != REGIME_OK) return status;
  const char *head = text;
  out->skip = lines_before_head(&head);
  out->separator = separator_of(head);
  free(text);
  return REGIME_OK;
}

static void release_csv(void *csv) { rg_csv_free(csv); }

static regime_status read_cells(rg_gathering *g) {
  rg_csv_form form;
  rg_csv *csv;
  regime_status status = find_form(g, &form);
  if (status == REGIME_OK) status = rg_csv_read_as(g->context, g->file, form, &csv);
  if (status != REGIME_OK) return status == REGIME_NO_FILE ? REGIME_BAD_MODEL : status;
  rg_arena_owns(g->arena, release_csv, csv);
  g->csv = csv;
  return REGIME_OK;
}

/* --- the layout ---------------------------------------------------------------------------------------- */

static const rg_layout *named(const char *name) {
  const rg_layout *layout = layouts;
  while (strcmp(layout->name, name) != 0) layout++;
  return layout;
}

static void report_unknown(const rg_gathering *g) {
  const char *heads = "a head is one of these:";
  for (size_t k = 0; k < N_LAYOUTS; k++)
    heads = rg_arena_printf(g->arena, "%s %s (%s)%s", heads, layouts[k].head, layouts[k].name,
                            k + 1 < N_LAYOUTS ? ";" : "");
  rg_error(g->context, rg_fact_place(g, 1), heads, "no layout of facts has a head like this");
}

static const rg_layout *find_layout(const rg_gathering *g, const char *name) {
  const rg_layout *layout = name[0] ? named(name) : layouts;
  if (name[0] && (layout->fits(g) || !layout->is_download)) return layout;
  if (name[0]) {
    rg_error(g->context, rg_fact_place(g, 1),
             rg_arena_printf(g->arena, "its head would be like %s; or leave `layout` out", layout->head),
             "this file is not laid out as `%s`", name);
    return NULL;
  }
  for (; layout < layouts + N_LAYOUTS; layout++)
    if (layout->fits(g)) return layout;
  report_unknown(g);
  return NULL;
}

const rg_layout *rg_layout_open(rg_gathering *g, const char *name, regime_status *status) {
  *status = read_cells(g);
  if (*status != REGIME_OK) return NULL;
  const rg_layout *layout = find_layout(g, name);
  *status = layout ? REGIME_OK : REGIME_BAD_MODEL;
  if (layout && rg_csv_rows(g->csv) == 0)
    rg_error(g->context, rg_fact_place(g, 1), "write a row a fact below its head, or take the file away",
             "the table of facts has no rows");
  return layout;
}
