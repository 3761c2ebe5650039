/* table.h — every result becomes a table: named columns with units, filled a row at a time.
 *
 * Analyses make tables and writers read them; neither knows the other. The first `keys` columns say which
 * case a row is (`time`, or `time` and `country`); the rest are its values. A number may be NaN: no value.
 *
 *   regime_table *t;
 *   if (regime_table_create("country", 2, &t) != REGIME_OK) return ...;
 *   regime_table_add_numbers(t, "time", "year", "time");
 *   regime_table_add_words(t, "country", "country");
 *   regime_table_add_numbers(t, "Y", "1960 US = 1", "output");
 *   regime_table_put_number(t, 0, 1960.0);
 *   regime_table_put_word(t, 1, "US");
 *   regime_table_put_number(t, 2, 1.0);                    // one row
 *   if (regime_table_status(t) != REGIME_OK) ...           // one look at the end is enough
 *   regime_table_free(t);
 */
#ifndef REGIME_TABLE_H
#define REGIME_TABLE_H

#include <regime/status.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct regime_table regime_table;

/* An empty table; `keys` is the number of its leading key columns. *out is yours; NULL on failure. NO_MEMORY.
 */
REGIME_MUST_CHECK regime_status regime_table_create(const char *name, size_t keys, regime_table **out);
void regime_table_free(regime_table *table); /* takes NULL */

/* Adds a column; all columns are added before the first value is put. Texts are copied; unit and label may be
 * NULL. A failure is kept and told by regime_table_status. */
void regime_table_add_numbers(regime_table *table, const char *name, const char *unit, const char *label);
void regime_table_add_words(regime_table *table, const char *name, const char *label);

/* Appends one value to a column. Rows are complete when every column has had its value. Words are copied. */
void regime_table_put_number(regime_table *table, size_t column, double value);
void regime_table_put_word(regime_table *table, size_t column, const char *word);

/* NO_MEMORY when any earlier call failed, BUG when columns differ in length, else OK. */
REGIME_MUST_CHECK regime_status regime_table_status(const regime_table *table);

const char *regime_table_name(const regime_table *table);
size_t regime_table_keys(const regime_table *table);
size_t regime_table_columns(const regime_table *table);
size_t regime_table_rows(const regime_table *table);
const char *regime_table_column_name(const regime_table *table, size_t column);
const char *regime_table_column_unit(const regime_table *table, size_t column);  /* "" when none */
const char *regime_table_column_label(const regime_table *table, size_t column); /* "" when none */
bool regime_table_is_words(const regime_table *table, size_t column);
double regime_table_number(const regime_table *table, size_t row, size_t column);
const char *regime_table_word(const regime_table *table, size_t row, size_t column);

#endif
