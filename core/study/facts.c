/* facts.c — reads the table of facts and finds what each row speaks of. */
#include "study/facts.h"
#include "base/diagnostic.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VARIABLE, FROM, TO, VALUE, N_COLUMNS };
static const char *const column_name[N_COLUMNS] = {"variable", "from", "to", "value"};

typedef struct reader {
  regime_context *context;
  const char *file;
  const rg_csv *csv;
  const rg_output_names *names;
  long column[N_COLUMNS], member, sd, weight; /* the last three -1: the table has no such column */
} reader;

static rg_place place_of(const reader *r, size_t row) {
  return (rg_place){.file = r->file, .line = rg_csv_line(r->csv, row)};
}

static bool find_columns(reader *r) {
  bool whole = true;
  for (int k = 0; k < N_COLUMNS; k++) {
    r->column[k] = rg_csv_column(r->csv, column_name[k]);
    if (r->column[k] >= 0) continue;
    rg_error(r->context, (rg_place){.file = r->file, .line = 1},
             "a table of facts has the columns variable, member, from, to, value, sd, source",
             "the table of facts has no column `%s`", column_name[k]);
    whole = false;
  }
  r->member = rg_csv_column(r->csv, "member");
  r->sd = rg_csv_column(r->csv, "sd");
  r->weight = rg_csv_column(r->csv, "weight");
  return whole;
}

static bool read_number(const reader *r, size_t row, int column, double *out) {
  const char *cell = rg_csv_cell(r->csv, row, (size_t)r->column[column]);
  if (rg_csv_number(cell, out) && isfinite(*out)) return true;
  rg_error(r->context, place_of(r, row), "leave the row out where there is no figure",
           "`%s` in the column `%s` is not a number", cell, column_name[column]);
  return false;
}

/* A positive number, or 1 where there is none. */
static bool read_positive(const reader *r, size_t row, long column, double *out) {
  *out = 1.0;
  if (column < 0) return true;
  const char *cell = rg_csv_cell(r->csv, row, (size_t)column);
  const bool is_number = rg_csv_number(cell, out);
  if (is_number && isnan(*out)) *out = 1.0;
  if (is_number && *out > 0.0) return true;
  rg_error(r->context, place_of(r, row), "leave the cell empty where nothing is known",
           "`%s` in the column `%s` is not above zero", cell, rg_csv_head(r->csv, (size_t)column));
  return false;
}

static bool find_output(const reader *r, size_t row, rg_fact *fact) {
  char name[512], remedy[160];
  const bool indexed = fact->member[0] != '\0';
  snprintf(name, sizeof name, indexed ? "%s[%s]" : "%s", fact->variable, fact->member);
  const long output = rg_output_find(r->names, name);
  if (output < 0)
    rg_error(r->context, place_of(r, row),
             rg_did_you_mean(name, r->names->name, r->names->count, "facts speak of variables of the model",
                             remedy),
             "the model has no variable `%s`", name);
  fact->output = (size_t)output;
  return output >= 0;
}

static bool read_fact(const reader *r, size_t row, rg_fact *fact) {
  fact->variable = rg_csv_cell(r->csv, row, (size_t)r->column[VARIABLE]);
  fact->member = r->member < 0 ? "" : rg_csv_cell(r->csv, row, (size_t)r->member);
  const bool from = read_number(r, row, FROM, &fact->from);
  const bool to = read_number(r, row, TO, &fact->to);
  const bool value = read_number(r, row, VALUE, &fact->value);
  const bool measured =
      read_positive(r, row, r->sd, &fact->sd) & read_positive(r, row, r->weight, &fact->weight);
  const bool known = find_output(r, row, fact);
  if (from && to && fact->from > fact->to) {
    rg_error(r->context, place_of(r, row), "write the earlier date under `from`",
             "this fact ends at %g, before it begins at %g", fact->to, fact->from);
    return false;
  }
  return from && to && value && measured && known;
}

static regime_status read_rows(reader *r, rg_facts *out) {
  if (!find_columns(r)) return REGIME_BAD_MODEL;
  const size_t rows = rg_csv_rows(r->csv);
  out->fact = calloc(rows + 1, sizeof *out->fact);
  if (!out->fact) return REGIME_NO_MEMORY;
  for (size_t row = 0; row < rows; row++) out->count += read_fact(r, row, &out->fact[out->count]);
  return out->count == rows ? REGIME_OK : REGIME_BAD_MODEL;
}

regime_status rg_facts_read_file(regime_context *context, const char *file, const rg_output_names *names,
                                 rg_facts *out) {
  *out = (rg_facts){0};
  regime_status status = rg_csv_read(context, file, &out->csv);
  if (status != REGIME_OK) return status;
  reader r = {.context = context, .file = file, .csv = out->csv, .names = names};
  status = read_rows(&r, out);
  if (status != REGIME_OK) rg_facts_drop(out);
  return status;
}

regime_status rg_facts_read(regime_context *context, const regime_model *model, const rg_output_names *names,
                            rg_facts *out) {
  *out = (rg_facts){0};
  const char *file = regime_model_about(model)->observations;
  if (file[0] == '\0') return REGIME_OK;
  const regime_status status = rg_facts_read_file(context, file, names, out);
  return status == REGIME_NO_FILE ? REGIME_BAD_MODEL : status;
}

void rg_facts_drop(rg_facts *facts) {
  rg_csv_free(facts->csv);
  free(facts->fact);
  *facts = (rg_facts){0};
}
