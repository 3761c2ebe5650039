/* facts.c — the model's files of facts, one after the other. */
#include "study/facts.h"
#include "study/facts_parts.h"

#include <math.h>

const rg_datum rg_no_datum = {.series = "",
                              .member = "",
                              .country = "",
                              .kind = "",
                              .from = NAN,
                              .to = NAN,
                              .value = NAN,
                              .sd = NAN,
                              .weight = NAN,
                              .base = NAN};

/* A file may be wrong in more than one way; those after it are read all the same. */
static regime_status read_file(rg_gathering *g, const char *file, const char *layout_name) {
  const size_t first = g->facts.count;
  regime_status status;
  g->file = rg_arena_text(g->arena, file);
  const rg_layout *layout = rg_layout_open(g, layout_name, &status);
  if (!layout) return status;
  g->is_download = layout->is_download;
  layout->read(g);
  rg_facts_check_span(g, first);
  return REGIME_OK;
}

static regime_status read_group(rg_gathering *g, size_t number) {
  const regime_observations *group = regime_model_observed(g->model, number);
  regime_status status = REGIME_OK;
  g->first_group = number;
  g->end_group = number + 1;
  g->series.count = g->members.count = 0;
  for (size_t k = 0; k < group->n_files && status != REGIME_NO_MEMORY; k++)
    status = read_file(g, group->file[k], group->layout);
  if (g->is_download) rg_facts_check_met(g);
  return status;
}

static regime_status read_all(rg_gathering *g, const char *file) {
  regime_status status = REGIME_OK;
  if (file) {
    g->end_group = regime_model_observations(g->model);
    status = read_file(g, file, "");
  }
  for (size_t k = 0; !file && k < regime_model_observations(g->model) && status != REGIME_NO_MEMORY; k++)
    status = read_group(g, k);
  rg_facts_check_twice(g);
  return status;
}

static regime_status read_in_arena(rg_gathering *g, const char *file, rg_facts *out) {
  const size_t errors = rg_errors_reported(g->context);
  if (RG_ARENA_TRY(g->arena)) return REGIME_NO_MEMORY;
  const regime_status status = read_all(g, file);
  if (status == REGIME_NO_MEMORY) return status;
  *out = (rg_facts){.arena = g->arena,
                    .fact = g->facts.items,
                    .count = g->facts.count,
                    .missing = g->missing,
                    .outside = g->outside,
                    .without_sd = g->without_sd};
  return rg_errors_reported(g->context) > errors ? REGIME_BAD_MODEL : REGIME_OK;
}

regime_status rg_facts_read(regime_context *context, const regime_model *model, const rg_output_names *names,
                            const char *file, rg_facts *out) {
  *out = (rg_facts){0};
  rg_gathering g = {.context = context, .model = model, .names = names, .arena = rg_arena_create()};
  if (!g.arena) return REGIME_NO_MEMORY;
  const regime_status status = read_in_arena(&g, file, out);
  if (status == REGIME_OK) return REGIME_OK;
  rg_arena_free(g.arena);
  *out = (rg_facts){0};
  return status;
}

void rg_facts_drop(rg_facts *facts) {
  rg_arena_free(facts->arena);
  *facts = (rg_facts){0};
}
