/* say.h — answers: tables for people, documents for programs, findings on standard error. */
#ifndef RG_SAY_H
#define RG_SAY_H

#include "cli/cli.h"
#include <jansson.h>

/* Colour is for terminals whose user has not said otherwise (NO_COLOR, TERM=dumb). */
bool rg_wants_colour(FILE *stream);

/* A heading, and a table with aligned columns under it. */
void rg_print_heading(const rg_cli *cli, const char *heading);
void rg_print_table(const rg_cli *cli, const regime_table *table);

/* A table for people made on the spot: printed under its heading, unless it is empty, and freed. */
REGIME_MUST_CHECK regime_status rg_print_and_free(const rg_cli *cli, const char *heading,
                                                  regime_table *table);

/* Every finding so far, on standard error. */
void rg_print_diagnostics(const rg_cli *cli);

/* Whether the command was asked for a JSON document. */
bool rg_wants_json(const rg_cli *cli);

/* Numbers at full precision; no value, and infinity, are null. Texts that are not UTF-8 are mended. */
json_t *rg_json_number(double value);
json_t *rg_json_text(const char *text);
/* A list of objects, one a row, keyed by the names of the columns. */
json_t *rg_json_rows(const regime_table *table);
json_t *rg_json_counters(regime_counters counters);
json_t *rg_json_diagnostics(const regime_context *context);

/* Prints the document and frees it. NO_MEMORY when it could not be made. */
REGIME_MUST_CHECK regime_status rg_answer(rg_cli *cli, json_t *document);

#endif
