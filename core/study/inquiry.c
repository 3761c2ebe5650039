/* inquiry.c — what questions about a model share: the law, the names, the tables. */
#include "study/inquiry.h"

#include <stdlib.h>
#include <string.h>

regime_status rg_inquiry_open(regime_context *context, const regime_model *model, const regime_law *law,
                              regime_inquiry **out) {
  *out = calloc(1, sizeof **out);
  if (!*out) return REGIME_NO_MEMORY;
  const regime_status status = rg_law_open(context, model, law, &(*out)->law);
  if (status == REGIME_OK) return REGIME_OK;
  regime_inquiry_free(*out);
  *out = NULL;
  return status;
}

void regime_inquiry_free(regime_inquiry *inquiry) {
  if (!inquiry) return;
  for (size_t k = 0; k < inquiry->n_tables; k++) regime_table_free(inquiry->table[k]);
  free(inquiry->table);
  free(inquiry->line);
  free(inquiry->asked);
  regime_basins_free(inquiry->basins);
  regime_portrait_free(inquiry->portrait);
  regime_sweep_free(inquiry->sweep);
  regime_diagram_free(inquiry->diagram);
  rg_without_free(inquiry->moving);
  regime_growth_free(inquiry->growth);
  regime_steady_free(inquiry->steady);
  rg_law_drop(&inquiry->law);
  free(inquiry);
}

regime_steady_options rg_inquiry_options(const regime_inquiry *inquiry, const regime_law *law) {
  regime_steady_options o = regime_steady_defaults();
  o.t = inquiry->law.at;
  o.low = inquiry->law.low;
  o.high = inquiry->law.high;
  o.starts = law->starts;
  o.seed = law->seed;
  return o;
}

/* --- tables -------------------------------------------------------------------------------------------- */

static regime_status keep(regime_inquiry *inquiry, regime_table *table) {
  regime_status status = regime_table_status(table);
  regime_table **grown =
      status == REGIME_OK ? realloc(inquiry->table, (inquiry->n_tables + 1) * sizeof(regime_table *)) : NULL;
  if (!grown) {
    regime_table_free(table);
    return status == REGIME_OK ? REGIME_NO_MEMORY : status;
  }
  inquiry->table = grown;
  inquiry->table[inquiry->n_tables++] = table;
  return REGIME_OK;
}

regime_status rg_inquiry_add(regime_inquiry *inquiry, const char *name, size_t keys, rg_fill *fill) {
  regime_table *table;
  const regime_status status = regime_table_create(name, keys, &table);
  if (status != REGIME_OK) return status;
  fill(inquiry, table);
  return keep(inquiry, table);
}

void rg_add_variables(const regime_inquiry *inquiry, regime_table *table) {
  for (size_t k = 0; k < regime_model_variables(inquiry->law.model); k++) {
    const regime_variable *v = regime_model_variable(inquiry->law.model, k);
    for (size_t j = 0; j < v->n_outputs; j++)
      regime_table_add_numbers(table, inquiry->law.names.name[v->output + j], v->unit, v->label);
  }
}

void rg_put_variables(const regime_inquiry *inquiry, regime_table *table, size_t first_column,
                      const double *values) {
  for (size_t k = 0; k < regime_inquiry_variables(inquiry); k++)
    regime_table_put_number(table, first_column + k, values[k]);
}

void rg_add_eigenvalues(regime_table *table) {
  regime_table_add_numbers(table, "number", NULL, "those that decide first");
  regime_table_add_numbers(table, "re", NULL, "real part");
  regime_table_add_numbers(table, "im", NULL, "imaginary part");
}

void rg_put_eigenvalue(regime_table *table, size_t first_column, size_t number, double re, double im) {
  regime_table_put_number(table, first_column, (double)number);
  regime_table_put_number(table, first_column + 1, re);
  regime_table_put_number(table, first_column + 2, im);
}

/* --- looking ------------------------------------------------------------------------------------------- */

const regime_model *regime_inquiry_model(const regime_inquiry *inquiry) { return inquiry->law.model; }
const char *regime_inquiry_scenario(const regime_inquiry *inquiry) { return inquiry->law.scenario; }
double regime_inquiry_at(const regime_inquiry *inquiry) { return inquiry->law.at; }
double regime_inquiry_parameter(const regime_inquiry *inquiry, size_t k) { return inquiry->law.parameter[k]; }

size_t regime_inquiry_sides(const regime_inquiry *inquiry) { return inquiry->law.system->n_states; }
regime_side regime_inquiry_side(const regime_inquiry *inquiry, size_t k) { return inquiry->law.side[k]; }

long regime_inquiry_output(const regime_inquiry *inquiry, const char *name) {
  return rg_output_find(&inquiry->law.names, name);
}
const char *regime_inquiry_output_name(const regime_inquiry *inquiry, size_t output) {
  return inquiry->law.names.name[output];
}
size_t regime_inquiry_variables(const regime_inquiry *inquiry) {
  return regime_model_identity_output(inquiry->law.model);
}

size_t regime_inquiry_tables(const regime_inquiry *inquiry) { return inquiry->n_tables; }
const regime_table *regime_inquiry_table(const regime_inquiry *inquiry, size_t k) {
  return inquiry->table[k];
}
const regime_table *regime_inquiry_table_named(const regime_inquiry *inquiry, const char *name) {
  for (size_t k = 0; k < inquiry->n_tables; k++)
    if (strcmp(regime_table_name(inquiry->table[k]), name) == 0) return inquiry->table[k];
  return NULL;
}

const regime_steady *regime_inquiry_steady(const regime_inquiry *inquiry) { return inquiry->steady; }
const regime_growth *regime_inquiry_growth(const regime_inquiry *inquiry) { return inquiry->growth; }
const regime_diagram *regime_inquiry_diagram(const regime_inquiry *inquiry) { return inquiry->diagram; }
size_t regime_inquiry_at_other_end(const regime_inquiry *inquiry) { return inquiry->at_other_end; }
const regime_sweep *regime_inquiry_sweep(const regime_inquiry *inquiry) { return inquiry->sweep; }
const regime_portrait *regime_inquiry_portrait(const regime_inquiry *inquiry) { return inquiry->portrait; }
const regime_basins *regime_inquiry_basins(const regime_inquiry *inquiry) { return inquiry->basins; }
