/* matrices.c — whether the rows and columns of stock-flow matrices sum to zero along the path, and where not.
 */
#include "study/run.h"

#include <math.h>
#include <stdlib.h>

/* --- sums at a point ----------------------------------------------------------------------------------- */

static double value(const regime_run *run, size_t point, size_t entry) {
  if (entry == REGIME_NO_ENTRY) return 0.0;
  return regime_path_values(run->path, point)[regime_model_matrix_output(run->model) + entry];
}

static double sum_at(const regime_run *run, const rg_matrix_line *line, size_t point) {
  const regime_matrix *m = line->matrix;
  double sum = 0.0;
  if (line->kind == REGIME_LINE_REDUNDANT) return value(run, point, m->redundant_entry);
  if (line->kind == REGIME_LINE_ROW)
    for (size_t c = 0; c < m->n_columns; c++)
      sum += value(run, point, m->entry[line->number * m->n_columns + c]);
  else
    for (size_t r = 0; r < m->n_rows; r++)
      sum += value(run, point, m->entry[r * m->n_columns + line->number]);
  return sum;
}

/* --- lines along the path ------------------------------------------------------------------------------ */

static const char *name_of(const rg_matrix_line *line) {
  const regime_matrix *m = line->matrix;
  if (line->kind == REGIME_LINE_REDUNDANT) return m->redundant.name;
  return line->kind == REGIME_LINE_ROW ? m->row[line->number] : m->column[line->number];
}

static void check(const regime_run *run, rg_matrix_line *line) {
  const bool redundant = line->kind == REGIME_LINE_REDUNDANT;
  const double tolerance = redundant ? line->matrix->redundant.tolerance : line->matrix->tolerance;
  regime_matrix_check c = {.matrix = line->matrix->name,
                           .line = line->kind,
                           .name = name_of(line),
                           .time = run->options.from,
                           .since = NAN,
                           .tolerance = tolerance};
  for (size_t p = 0; p < regime_path_points(run->path) && !isnan(c.worst); p++) {
    const double sum = sum_at(run, line, p);
    if (rg_is_open(run, p, sum)) continue;
    if (!(fabs(sum) <= tolerance) && isnan(c.since)) c.since = regime_path_time(run->path, p);
    if (fabs(sum) <= fabs(c.worst)) continue;
    c.worst = sum;
    c.time = regime_path_time(run->path, p);
    line->point = p;
  }
  c.holds = isnan(c.since);
  line->check = c;
}

static void add_line(regime_run *run, const regime_matrix *m, regime_matrix_line kind, size_t number) {
  rg_matrix_line *line = &run->line[run->n_lines++];
  *line = (rg_matrix_line){.matrix = m, .kind = kind, .number = number};
  check(run, line);
}

static void add_lines(regime_run *run, const regime_matrix *m) {
  for (size_t r = 0; r < m->n_rows; r++)
    if (m->row_kind[r] == REGIME_ROW_FINANCIAL) add_line(run, m, REGIME_LINE_ROW, r);
  for (size_t c = 0; c < m->n_columns && m->columns_close; c++) add_line(run, m, REGIME_LINE_COLUMN, c);
  if (m->redundant_entry != REGIME_NO_ENTRY) add_line(run, m, REGIME_LINE_REDUNDANT, 0);
}

/* --- leaks --------------------------------------------------------------------------------------------- */

static bool is_broken(const rg_matrix_line *line, const regime_matrix *m, regime_matrix_line kind) {
  return line->matrix == m && line->kind == kind && !line->check.holds;
}

/* A cell that is wrong puts its row and its column off by the same amount. NULL when no column is, or several
 * are, so that nothing tells which. */
static rg_matrix_line *crossing(const regime_run *run, const rg_matrix_line *row) {
  rg_matrix_line *met = NULL;
  for (size_t k = 0; k < run->n_lines; k++) {
    rg_matrix_line *column = &run->line[k];
    if (!is_broken(column, row->matrix, REGIME_LINE_COLUMN)) continue;
    const double difference = fabs(sum_at(run, column, row->point) - row->check.worst);
    if (!(difference <= row->check.tolerance + 1e-9 * fabs(row->check.worst))) continue;
    if (met) return NULL;
    met = column;
  }
  return met;
}

static void add_leak(regime_run *run, const rg_matrix_line *line, const char *row, const char *column) {
  run->leak[run->n_leaks++] = (regime_leak){.matrix = line->check.matrix,
                                            .row = row,
                                            .column = column,
                                            .amount = line->check.worst,
                                            .time = line->check.time,
                                            .since = line->check.since};
}

/* Rows first, each with the column it meets; then the columns that no row has explained. */
static void find_leaks(regime_run *run, const regime_matrix *m) {
  for (size_t k = 0; k < run->n_lines; k++) {
    if (!is_broken(&run->line[k], m, REGIME_LINE_ROW)) continue;
    rg_matrix_line *column = crossing(run, &run->line[k]);
    add_leak(run, &run->line[k], run->line[k].check.name, column ? column->check.name : "");
    if (column) column->is_explained = true;
  }
  for (size_t k = 0; k < run->n_lines; k++)
    if (is_broken(&run->line[k], m, REGIME_LINE_COLUMN) && !run->line[k].is_explained)
      add_leak(run, &run->line[k], "", run->line[k].check.name);
}

/* --- the whole ----------------------------------------------------------------------------------------- */

static size_t most_lines(const regime_model *model) {
  size_t n = 0;
  for (size_t k = 0; k < regime_model_matrices(model); k++)
    n += regime_model_matrix(model, k)->n_rows + regime_model_matrix(model, k)->n_columns + 1;
  return n;
}

regime_status rg_matrices_check(regime_run *run) {
  const size_t n = most_lines(run->model);
  run->line = malloc((n + 1) * sizeof *run->line);
  run->leak = malloc((n + 1) * sizeof *run->leak);
  if (!run->line || !run->leak) return REGIME_NO_MEMORY;
  for (size_t k = 0; k < regime_model_matrices(run->model); k++) {
    add_lines(run, regime_model_matrix(run->model, k));
    find_leaks(run, regime_model_matrix(run->model, k));
  }
  return REGIME_OK;
}

size_t regime_run_matrix_checks(const regime_run *run) { return run->n_lines; }
regime_matrix_check regime_run_matrix_check(const regime_run *run, size_t k) { return run->line[k].check; }
size_t regime_run_leaks(const regime_run *run) { return run->n_leaks; }
regime_leak regime_run_leak(const regime_run *run, size_t k) { return run->leak[k]; }

bool regime_run_matrices_hold(const regime_run *run) {
  for (size_t k = 0; k < run->n_lines; k++)
    if (!run->line[k].check.holds) return false;
  return true;
}

const char *regime_matrix_line_text(regime_matrix_line line) {
  static const char *const texts[] = {"row", "column", "redundant equation"};
  return texts[line];
}
