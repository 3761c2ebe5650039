/* table.c — named columns of numbers or words. */
#include <regime/table.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Texts looked at, from the last one put on, before one is kept as new. Keys repeat the last or go round. */
enum { most_looks = 64 };

typedef struct column {
  char *name, *unit, *label;
  bool words;
  size_t count, capacity;
  double *number;    /* where words is false */
  const char **word; /* where words is true: of texts */
  char **text;
  size_t n_texts, text_capacity, last;
} column;

struct regime_table {
  char *name;
  size_t keys, n_columns;
  column *columns;
  bool failed;
};

static char *copy(const char *text) {
  const size_t size = text ? strlen(text) + 1 : 1;
  char *made = malloc(size);
  if (made) memcpy(made, text ? text : "", size);
  return made;
}

regime_status regime_table_create(const char *name, size_t keys, regime_table **out) {
  *out = calloc(1, sizeof **out);
  if (!*out) return REGIME_NO_MEMORY;
  (*out)->keys = keys;
  (*out)->name = copy(name);
  if ((*out)->name) return REGIME_OK;
  regime_table_free(*out);
  *out = NULL;
  return REGIME_NO_MEMORY;
}

static void drop_column(column *c) {
  for (size_t k = 0; k < c->n_texts; k++) free(c->text[k]);
  free(c->text);
  free(c->word);
  free(c->number);
  free(c->name);
  free(c->unit);
  free(c->label);
}

void regime_table_free(regime_table *table) {
  if (!table) return;
  for (size_t k = 0; k < table->n_columns; k++) drop_column(&table->columns[k]);
  free(table->columns);
  free(table->name);
  free(table);
}

static void add_column(regime_table *table, const char *name, const char *unit, const char *label,
                       bool words) {
  if (table->failed) return;
  column *columns = realloc(table->columns, (table->n_columns + 1) * sizeof *columns);
  if (!columns) {
    table->failed = true;
    return;
  }
  table->columns = columns;
  column *c = &columns[table->n_columns++];
  *c = (column){.name = copy(name), .unit = copy(unit), .label = copy(label), .words = words};
  if (!c->name || !c->unit || !c->label) table->failed = true;
}

void regime_table_add_numbers(regime_table *table, const char *name, const char *unit, const char *label) {
  add_column(table, name, unit, label, false);
}

void regime_table_add_words(regime_table *table, const char *name, const char *label) {
  add_column(table, name, NULL, label, true);
}

/* Room for one more value, or a table marked as failed. */
static bool grow(regime_table *table, column *c) {
  if (table->failed) return false;
  if (c->count < c->capacity) return true;
  const size_t capacity = c->capacity ? 2 * c->capacity : 64;
  void *grown = c->words ? realloc(c->word, capacity * sizeof *c->word)
                         : realloc(c->number, capacity * sizeof *c->number);
  if (!grown) {
    table->failed = true;
    return false;
  }
  if (c->words)
    c->word = grown;
  else
    c->number = grown;
  c->capacity = capacity;
  return true;
}

void regime_table_put_number(regime_table *table, size_t column_number, double value) {
  if (table->failed) return;
  column *c = &table->columns[column_number];
  if (grow(table, c)) c->number[c->count++] = value;
}

static const char *add_text(column *c, const char *word) {
  if (c->n_texts == c->text_capacity) {
    const size_t capacity = c->text_capacity ? 2 * c->text_capacity : 16;
    char **grown = realloc(c->text, capacity * sizeof *grown);
    if (!grown) return NULL;
    c->text = grown;
    c->text_capacity = capacity;
  }
  char *made = c->text[c->n_texts] = copy(word);
  if (made) c->last = c->n_texts++;
  return made;
}

/* The word as the column keeps it: a panel repeats its keys in every period. NULL: no memory. */
static const char *keep_text(column *c, const char *word) {
  for (size_t looks = 0; looks < c->n_texts && looks < most_looks; looks++) {
    const size_t k = (c->last + looks) % c->n_texts;
    if (strcmp(c->text[k], word) != 0) continue;
    c->last = k;
    return c->text[k];
  }
  return add_text(c, word);
}

void regime_table_put_word(regime_table *table, size_t column_number, const char *word) {
  if (table->failed) return;
  column *c = &table->columns[column_number];
  if (!grow(table, c)) return;
  c->word[c->count] = keep_text(c, word ? word : "");
  if (c->word[c->count])
    c->count++;
  else
    table->failed = true;
}

regime_status regime_table_status(const regime_table *table) {
  if (table->failed) return REGIME_NO_MEMORY;
  for (size_t k = 1; k < table->n_columns; k++)
    if (table->columns[k].count != table->columns[0].count) return REGIME_BUG;
  return REGIME_OK;
}

const char *regime_table_name(const regime_table *table) { return table->name; }
size_t regime_table_keys(const regime_table *table) { return table->keys; }
size_t regime_table_columns(const regime_table *table) { return table->n_columns; }
size_t regime_table_rows(const regime_table *table) { return table->n_columns ? table->columns[0].count : 0; }
const char *regime_table_column_name(const regime_table *table, size_t k) { return table->columns[k].name; }
const char *regime_table_column_unit(const regime_table *table, size_t k) { return table->columns[k].unit; }
const char *regime_table_column_label(const regime_table *table, size_t k) { return table->columns[k].label; }
bool regime_table_is_words(const regime_table *table, size_t k) { return table->columns[k].words; }
double regime_table_number(const regime_table *table, size_t row, size_t k) {
  return table->columns[k].number[row];
}
const char *regime_table_word(const regime_table *table, size_t row, size_t k) {
  return table->columns[k].word[row];
}
