/* names.c — names for outputs, laid end to end in one block. */
#include "study/names.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static const char *member(const regime_model *model, size_t set, size_t k) {
  return regime_model_set(model, set)->member[k];
}

static void end_name(rg_text *bytes) { rg_text_add_n(bytes, "", 1); }

static void add_variable(rg_text *bytes, const regime_model *model, const regime_variable *v) {
  const size_t inner = v->n_over == 2 ? regime_model_set(model, v->over[1])->n_members : 1;
  for (size_t k = 0; k < v->n_outputs; k++) {
    rg_text_add(bytes, "%s", v->name);
    if (v->n_over > 0) rg_text_add(bytes, "[%s", member(model, v->over[0], k / inner));
    if (v->n_over > 1) rg_text_add(bytes, ",%s", member(model, v->over[1], k % inner));
    if (v->n_over > 0) rg_text_add(bytes, "]");
    end_name(bytes);
  }
}

/* "transactions[consumption,households]": in the order in which entries are numbered. */
static void add_entries(rg_text *bytes, const regime_matrix *m) {
  for (size_t k = 0; k < m->n_rows * m->n_columns; k++) {
    if (m->entry[k] == REGIME_NO_ENTRY) continue;
    rg_text_add(bytes, "%s[%s,%s]", m->name, m->row[k / m->n_columns], m->column[k % m->n_columns]);
    end_name(bytes);
  }
  if (m->redundant_entry == REGIME_NO_ENTRY) return;
  rg_text_add(bytes, "%s", m->redundant.name);
  end_name(bytes);
}

/* "observed ZUTN[DE]": no name of the model's has a blank. */
static void add_series(rg_text *bytes, const regime_model *model, const regime_observations *group) {
  for (size_t s = 0; s < group->n_series; s++)
    for (size_t k = 0; k < group->series[s].n_outputs; k++) {
      const regime_series *series = &group->series[s];
      rg_text_add(bytes, "observed %s", series->name);
      if (series->set != REGIME_NO_SET) rg_text_add(bytes, "[%s]", member(model, series->set, k));
      end_name(bytes);
    }
}

static void add_all(rg_text *bytes, const regime_model *model) {
  for (size_t k = 0; k < regime_model_variables(model); k++)
    add_variable(bytes, model, regime_model_variable(model, k));
  for (size_t k = 0; k < regime_model_identities(model); k++) {
    rg_text_add(bytes, "%s", regime_model_identity(model, k)->name);
    end_name(bytes);
  }
  for (size_t k = 0; k < regime_model_phases(model); k++) {
    rg_text_add(bytes, "%s", regime_model_phase(model, k));
    end_name(bytes);
  }
  for (size_t k = 0; k < regime_model_matrices(model); k++) add_entries(bytes, regime_model_matrix(model, k));
  for (size_t k = 0; k < regime_model_observations(model); k++)
    add_series(bytes, model, regime_model_observed(model, k));
}

regime_status rg_output_names_make(const regime_model *model, rg_output_names *out) {
  *out = (rg_output_names){0};
  rg_text bytes = {0};
  add_all(&bytes, model);
  if (rg_text_finish(&bytes, &out->bytes) != REGIME_OK) return REGIME_NO_MEMORY;
  out->count = regime_model_series_output(model) + regime_model_series_outputs(model);
  out->name = malloc((out->count + 1) * sizeof *out->name);
  if (!out->name) {
    rg_output_names_drop(out);
    return REGIME_NO_MEMORY;
  }
  const char *at = out->bytes;
  for (size_t k = 0; k < out->count; k++, at += strlen(at) + 1) out->name[k] = at;
  return REGIME_OK;
}

void rg_output_names_drop(rg_output_names *names) {
  free(names->name);
  free(names->bytes);
  *names = (rg_output_names){0};
}

long rg_output_find(const rg_output_names *names, const char *name) {
  for (size_t k = 0; k < names->count; k++)
    if (strcmp(names->name[k], name) == 0) return (long)k;
  return -1;
}
