/* figure_data.h — what a figure shows: columns found in the tables of a run. */
#ifndef RG_FIGURE_DATA_H
#define RG_FIGURE_DATA_H

#include "cli/cli.h"

typedef struct rg_tables {
  const regime_table *const *table;
  size_t count;
} rg_tables;
const regime_table *rg_tables_find(rg_tables tables, const char *name); /* NULL: there is none */

/* One variable of one member along time: rows first, first + stride, ... of a column. */
typedef struct rg_series {
  const regime_table *table;
  size_t column, first, stride;
} rg_series;

typedef struct rg_figure_column {
  const char *head;              /* in the data file */
  const char *variable, *member; /* member "" for a variable without index */
  const char *title, *unit;      /* for people */
  int group;                     /* groups: 1 or 2 */
  rg_series series;
} rg_figure_column;

/* A figure with everything it needs found. */
typedef struct rg_figure_data {
  const regime_figure *figure;
  const char *name;                    /* of its files */
  const char *script;                  /* of plots/ */
  const regime_variable *variable, *y; /* what it is about; y for a plane only */
  RG_LIST(rg_figure_column) columns;
} rg_figure_data;

/* Finds what the figure shows. False, with a warning, when a name in it is not known or the run has no such
 * table. */
bool rg_figure_find(const rg_cli *cli, const regime_model *model, rg_tables tables,
                    const regime_figure *figure, rg_figure_data *out);

/* Writes FOLDER/NAME.csv; and FOLDER/NAME-facts.csv where the run has facts of what is shown (*has_facts). */
REGIME_MUST_CHECK regime_status rg_figure_write_data(const rg_cli *cli, const rg_figure_data *data,
                                                     const char *folder);
REGIME_MUST_CHECK regime_status rg_figure_write_facts(const rg_cli *cli, const rg_figure_data *data,
                                                      rg_tables tables, const char *folder, bool *has_facts);

#endif
