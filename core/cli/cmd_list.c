/* cmd_list.c — regime list: what is on the shelf. */
#include "cli/say.h"
#include "cli/shelf.h"

#include <math.h>

/* The rows as they are, and the number of states as the whole number it is. */
static json_t *rows_of(const regime_table *table) {
  json_t *rows = rg_json_rows(table);
  for (size_t k = 0; k < json_array_size(rows); k++) {
    const double states = regime_table_number(table, k, 3);
    if (!isnan(states))
      json_object_set_new(json_array_get(rows, k), "states", json_integer((json_int_t)states));
  }
  return rows;
}

/* A model that is wrong is still on the shelf; `regime check` says what is wrong with it. */
static void put_model(regime_table *table, const rg_shelf_entry *entry) {
  regime_context *context;
  regime_model *model = NULL;
  if (regime_context_create(&context) != REGIME_OK) return;
  const bool sound = regime_model_load(context, entry->file, &model) == REGIME_OK;
  const regime_model_info *about = sound ? regime_model_about(model) : NULL;
  regime_table_put_word(table, 0, entry->name);
  regime_table_put_word(table, 1, about ? about->title : "(wrong: see regime check)");
  regime_table_put_word(table, 2, about ? about->source : "");
  regime_table_put_number(table, 3, about ? (double)about->n_states : NAN);
  regime_model_free(model);
  regime_context_free(context);
}

regime_status rg_cmd_list(rg_cli *cli) {
  const rg_shelf shelf = rg_shelf_read(cli);
  regime_table *table;
  regime_status status = regime_table_create("models", 1, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_words(table, "name", NULL);
  regime_table_add_words(table, "title", NULL);
  regime_table_add_words(table, "source", NULL);
  regime_table_add_numbers(table, "states", NULL, NULL);
  for (size_t k = 0; k < shelf.count; k++) put_model(table, &shelf.items[k]);
  status = regime_table_status(table);
  if (status == REGIME_OK && rg_wants_json(cli))
    status = rg_answer(cli, json_pack("{s:o}", "models", rows_of(table)));
  else if (status == REGIME_OK)
    rg_print_table(cli, table);
  regime_table_free(table);
  return status;
}
