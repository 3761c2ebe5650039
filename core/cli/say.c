/* say.c — how answers look on a terminal, and in JSON. */
#include "cli/say.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool rg_wants_colour(FILE *stream) {
  const char *no_colour = getenv("NO_COLOR"), *terminal = getenv("TERM");
  if (no_colour && no_colour[0]) return false;
  if (!terminal || strcmp(terminal, "dumb") == 0) return false;
  return isatty(fileno(stream)) == 1;
}

void rg_print_heading(const rg_cli *cli, const char *heading) {
  printf(cli->colour ? "\n\x1b[1m%s\x1b[0m\n" : "\n%s\n", heading);
}

/* The characters of a text in UTF-8. */
static int width(const char *text) {
  int n = 0;
  for (; *text; text++) n += ((unsigned char)*text & 0xC0) != 0x80;
  return n;
}

/* A cell as people read it; numbers are written into buffer. */
static const char *cell(const regime_table *table, size_t row, size_t column, char buffer[32]) {
  if (regime_table_is_words(table, column)) return regime_table_word(table, row, column);
  const double value = regime_table_number(table, row, column);
  if (isnan(value)) return "NA";
  snprintf(buffer, 32, "%.6g", value);
  return buffer;
}

static int column_width(const regime_table *table, size_t column) {
  char buffer[32];
  int widest = width(regime_table_column_name(table, column));
  for (size_t row = 0; row < regime_table_rows(table); row++) {
    const int n = width(cell(table, row, column, buffer));
    if (n > widest) widest = n;
  }
  return widest;
}

/* Words to the left, numbers to the right; nothing after the last word of a line. */
static void print_cell(const char *text, int columns, bool to_left, bool last) {
  const int blanks = columns - width(text);
  if (to_left)
    printf("%s%*s", text, last ? 0 : blanks, "");
  else
    printf("%*s%s", blanks, "", text);
}

void rg_print_table(const rg_cli *cli, const regime_table *table) {
  const size_t columns = regime_table_columns(table), rows = regime_table_rows(table);
  int *widths = rg_arena_take(cli->arena, columns, sizeof *widths);
  for (size_t k = 0; k < columns; k++) widths[k] = column_width(table, k);
  for (size_t line = 0; line <= rows; line++) {
    if (line == 0 && cli->colour) printf("\x1b[2m");
    for (size_t k = 0; k < columns; k++) {
      char buffer[32];
      const char *text = line ? cell(table, line - 1, k, buffer) : regime_table_column_name(table, k);
      printf("  ");
      print_cell(text, widths[k], regime_table_is_words(table, k), k + 1 == columns);
    }
    printf(line == 0 && cli->colour ? "\x1b[0m\n" : "\n");
  }
}

regime_status rg_print_and_free(const rg_cli *cli, const char *heading, regime_table *table) {
  const regime_status status = regime_table_status(table);
  if (status == REGIME_OK && regime_table_rows(table) > 0) {
    rg_print_heading(cli, heading);
    rg_print_table(cli, table);
  }
  regime_table_free(table);
  return status;
}

void rg_print_diagnostics(const rg_cli *cli) {
  const bool colour = rg_wants_colour(stderr);
  for (size_t k = 0; k < regime_diagnostic_count(cli->context); k++) {
    char *text;
    if (regime_diagnostic_text(regime_diagnostic_at(cli->context, k), colour, &text) == REGIME_OK)
      fputs(text, stderr);
    free(text);
  }
}

bool rg_wants_json(const rg_cli *cli) { return rg_option_given(&cli->options, RG_OPTION_JSON); }

json_t *rg_json_number(double value) { return isfinite(value) ? json_real(value) : json_null(); }

json_t *rg_json_text(const char *text) {
  json_t *made = json_string(text);
  if (made) return made;
  char *ascii = malloc(strlen(text) + 1);
  if (!ascii) return NULL;
  strcpy(ascii, text);
  for (char *c = ascii; *c; c++)
    if ((unsigned char)*c >= 0x80) *c = '?';
  made = json_string(ascii);
  free(ascii);
  return made;
}

static json_t *json_row(const regime_table *table, size_t row) {
  json_t *object = json_object();
  for (size_t k = 0; k < regime_table_columns(table); k++)
    json_object_set_new(object, regime_table_column_name(table, k),
                        regime_table_is_words(table, k) ? rg_json_text(regime_table_word(table, row, k))
                                                        : rg_json_number(regime_table_number(table, row, k)));
  return object;
}

json_t *rg_json_rows(const regime_table *table) {
  json_t *rows = json_array();
  for (size_t row = 0; row < regime_table_rows(table); row++)
    json_array_append_new(rows, json_row(table, row));
  return rows;
}

json_t *rg_json_counters(regime_counters c) {
  return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "steps", (json_int_t)c.steps,
                   "rate_calls", (json_int_t)c.rate_calls, "jacobian_calls", (json_int_t)c.jacobian_calls,
                   "crossing_calls", (json_int_t)c.crossing_calls, "newton_iterations",
                   (json_int_t)c.newton_iterations, "newton_failures", (json_int_t)c.newton_failures,
                   "error_failures", (json_int_t)c.error_failures, "restarts", (json_int_t)c.restarts,
                   "turns", (json_int_t)c.turns, "dates", (json_int_t)c.dates);
}

static json_t *json_diagnostic(const regime_diagnostic *d) {
  json_t *object = json_object();
  json_object_set_new(object, "severity", json_string(d->severity == REGIME_ERROR ? "error" : "warning"));
  json_object_set_new(object, "file", d->file ? rg_json_text(d->file) : json_null());
  json_object_set_new(object, "line", d->line ? json_integer(d->line) : json_null());
  json_object_set_new(object, "column", d->column ? json_integer(d->column) : json_null());
  json_object_set_new(object, "message", rg_json_text(d->message ? d->message : ""));
  json_object_set_new(object, "remedy", d->remedy ? rg_json_text(d->remedy) : json_null());
  return object;
}

json_t *rg_json_diagnostics(const regime_context *context) {
  json_t *list = json_array();
  for (size_t k = 0; k < regime_diagnostic_count(context); k++)
    json_array_append_new(list, json_diagnostic(regime_diagnostic_at(context, k)));
  return list;
}

regime_status rg_answer(rg_cli *cli, json_t *document) {
  char *text = json_dumps(document, JSON_INDENT(2) | JSON_REAL_PRECISION(17));
  json_decref(document);
  if (!text) return REGIME_NO_MEMORY;
  puts(text);
  free(text);
  cli->answered = true;
  return REGIME_OK;
}
