/* show_matrix.c — stock-flow matrices as books print them: items down, sectors across, sums at the edges. */
#include "model/show.h"

#include <math.h>
#include <string.h>

/* A matrix being printed, in symbols or in numbers. In symbols a set is one column; in numbers each member
 * is. */
typedef struct page {
  rg_arena *arena;
  const regime_matrix *m;
  const double *entries; /* NULL: in symbols */
  size_t n_columns;
  int decimals;
} page;

/* --- symbols ------------------------------------------------------------------------------------------- */

static const char *with_sign(rg_arena *arena, const char *expression) {
  expression += strspn(expression, " \t\n");
  const bool has_sign = expression[0] == '-' || expression[0] == '+';
  return has_sign ? expression : rg_arena_printf(arena, "+%s", expression);
}

static const char *symbol(const page *p, size_t r, size_t s) {
  const char *expression = p->m->expression[r * p->m->n_sectors + s];
  return expression ? with_sign(p->arena, expression) : "";
}

/* What the sector adds to a sum over all of them. */
static const char *symbol_in_sum(const page *p, size_t r, size_t s) {
  const char *expression = p->m->expression[r * p->m->n_sectors + s];
  const bool is_many = expression && p->m->is_many[s];
  return is_many ? rg_arena_printf(p->arena, "+sum(%s)", expression) : symbol(p, r, s);
}

static const char *join(rg_arena *arena, const char *a, const char *b) {
  return a[0] && b[0] ? rg_arena_printf(arena, "%s %s", a, b) : a[0] ? a : b;
}

/* Without anything real, all net worth is claims on each other. */
static bool has_real_rows(const regime_matrix *m) {
  for (size_t r = 0; r < m->n_rows; r++)
    if (m->row_kind[r] == REGIME_ROW_REAL) return true;
  return false;
}

static const char *row_in_symbols(const page *p, size_t r) {
  const char *text = "";
  if (p->m->row_kind[r] == REGIME_ROW_FINANCIAL || !has_real_rows(p->m)) return "0";
  for (size_t s = 0; s < p->m->n_sectors; s++) text = join(p->arena, text, symbol_in_sum(p, r, s));
  return text;
}

static const char *column_in_symbols(const page *p, size_t s) {
  const char *text = "";
  if (p->m->columns_close) return "0";
  for (size_t r = 0; r < p->m->n_rows; r++) text = join(p->arena, text, symbol(p, r, s));
  return text;
}

/* Claims and debts cancel: what is left is what nobody owes. */
static const char *corner_in_symbols(const page *p) {
  const char *text = "";
  if (p->m->columns_close) return "0";
  for (size_t r = 0; r < p->m->n_rows; r++)
    if (p->m->row_kind[r] == REGIME_ROW_REAL) text = join(p->arena, text, row_in_symbols(p, r));
  return text[0] ? text : "0";
}

/* --- numbers ------------------------------------------------------------------------------------------- */

static double number(const page *p, size_t r, size_t c) {
  const size_t entry = p->m->entry[r * p->m->n_columns + c];
  return entry == REGIME_NO_ENTRY ? 0.0 : p->entries[entry];
}

static double row_sum(const page *p, size_t r) {
  double sum = 0.0;
  for (size_t c = 0; c < p->m->n_columns; c++) sum += number(p, r, c);
  return sum;
}

static double column_sum(const page *p, size_t c) {
  double sum = 0.0;
  for (size_t r = 0; r < p->m->n_rows; r++) sum += number(p, r, c);
  return sum;
}

static double whole_sum(const page *p) {
  double sum = 0.0;
  for (size_t r = 0; r < p->m->n_rows; r++) sum += row_sum(p, r);
  return sum;
}

/* So many that the largest number has five digits. */
static int choose_decimals(const page *p) {
  double largest = 0.0;
  for (size_t r = 0; r < p->m->n_rows; r++)
    for (size_t c = 0; c < p->m->n_columns; c++) largest = fmax(largest, fabs(number(p, r, c)));
  if (!(largest > 0.0) || isinf(largest)) return 0;
  return (int)fmax(0.0, fmin(12.0, 4.0 - floor(log10(largest))));
}

/* What is too small for the decimals is written with an exponent, so that no leak looks like nothing. */
static const char *in_figures(const page *p, double value) {
  if (value == 0.0) return "0";
  if (fabs(value) < 0.5 * pow(10.0, -p->decimals)) return rg_arena_printf(p->arena, "%+.1e", value);
  return rg_arena_printf(p->arena, "%+.*f", p->decimals, value);
}

static const char *sum_in_figures(const page *p, double sum) {
  return in_figures(p, fabs(sum) <= p->m->tolerance ? 0.0 : sum);
}

/* --- the grid: row 0 is the head, the last row and column are sums -------------------------------------- */

static const char *head(const page *p, size_t c) {
  if (c == p->n_columns) return "sum";
  return p->entries ? p->m->column[c] : p->m->sector[c];
}

static const char *body(const page *p, size_t r, size_t c) {
  if (!p->entries) return c == p->n_columns ? row_in_symbols(p, r) : symbol(p, r, c);
  if (c == p->n_columns) return sum_in_figures(p, row_sum(p, r));
  return p->m->entry[r * p->m->n_columns + c] == REGIME_NO_ENTRY ? "" : in_figures(p, number(p, r, c));
}

static const char *foot(const page *p, size_t c) {
  if (!p->entries) return c == p->n_columns ? corner_in_symbols(p) : column_in_symbols(p, c);
  return sum_in_figures(p, c == p->n_columns ? whole_sum(p) : column_sum(p, c));
}

static const char *cell(const page *p, size_t line, size_t c) {
  if (line == 0) return head(p, c);
  return line <= p->m->n_rows ? body(p, line - 1, c) : foot(p, c);
}

static const char *label(const page *p, size_t line) {
  if (line == 0) return "";
  if (line <= p->m->n_rows) return p->m->row[line - 1];
  return p->m->columns_close ? "sum" : "net worth";
}

/* Letters, not bytes: a byte that continues a letter of UTF-8 takes no room. */
static size_t width_of(const char *text) {
  size_t width = 0;
  for (; *text; text++) width += ((unsigned char)*text & 0xc0) != 0x80;
  return width;
}

static void add_blanks(rg_text *out, size_t n) {
  while (n-- > 0) rg_text_add(out, " ");
}

static void print_line(const page *p, size_t line, const size_t *width, rg_text *out) {
  rg_text_add(out, "  %s", label(p, line));
  size_t blanks = width[p->n_columns + 1] - width_of(label(p, line));
  for (size_t c = 0; c <= p->n_columns; c++) {
    const char *text = cell(p, line, c);
    blanks += 2 + width[c] - width_of(text);
    if (!text[0]) continue; /* no blanks at the end of a line */
    add_blanks(out, blanks);
    rg_text_add(out, "%s", text);
    blanks = 0;
  }
  rg_text_add(out, "\n");
}

/* The width of each column, and after them that of the labels. */
static const size_t *measure(const page *p) {
  size_t *width = RG_NEW_ARRAY(p->arena, size_t, p->n_columns + 2);
  for (size_t line = 0; line < p->m->n_rows + 2; line++) {
    const size_t of_label = width_of(label(p, line));
    if (of_label > width[p->n_columns + 1]) width[p->n_columns + 1] = of_label;
    for (size_t c = 0; c <= p->n_columns; c++) {
      const size_t w = width_of(cell(p, line, c));
      if (w > width[c]) width[c] = w;
    }
  }
  return width;
}

static void print_redundant(const page *p, rg_text *out) {
  const regime_matrix *m = p->m;
  if (m->redundant_entry == REGIME_NO_ENTRY) return;
  rg_text_add(out, "  follows from the others: %s, %s = ", m->redundant.name, m->redundant.expression);
  if (p->entries)
    rg_text_add(out, "%.2g\n", p->entries[m->redundant_entry]);
  else
    rg_text_add(out, "0\n");
}

static void print_page(page *p, rg_text *out) {
  p->n_columns = p->entries ? p->m->n_columns : p->m->n_sectors;
  p->decimals = p->entries ? choose_decimals(p) : 0;
  const size_t *width = measure(p);
  rg_text_add(out, "%s (%s)\n", p->m->name, p->m->kind == REGIME_FLOWS ? "flows" : "stocks");
  for (size_t line = 0; line < p->m->n_rows + 2; line++) print_line(p, line, width, out);
  print_redundant(p, out);
}

static void print_in_arena(rg_arena *arena, const regime_matrix *m, const double *entries, rg_text *out) {
  if (RG_ARENA_TRY(arena))
    out->failed = true;
  else
    print_page(&(page){.arena = arena, .m = m, .entries = entries}, out);
}

static void print_matrix(const regime_matrix *m, const double *entries, rg_text *out) {
  rg_arena *arena = rg_arena_create();
  if (arena)
    print_in_arena(arena, m, entries, out);
  else
    out->failed = true;
  rg_arena_free(arena);
}

regime_status regime_matrix_print(const regime_matrix *matrix, const double *entries, char **out) {
  rg_text text = {0};
  print_matrix(matrix, entries, &text);
  return rg_text_finish(&text, out);
}

void rg_show_matrices(const regime_model *m, rg_text *out) {
  if (m->matrices.count == 0) rg_text_add(out, "the model `%s` declares no matrices\n", m->info.name);
  for (size_t k = 0; k < m->matrices.count; k++) {
    if (k > 0) rg_text_add(out, "\n");
    print_matrix(&m->matrices.matrix[k], NULL, out);
  }
}
