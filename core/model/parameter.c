/* parameter.c — one number given another value while everything else stays: what an analysis does. */
#include "model/instance.h"

#include <math.h>
#include <string.h>

const char *rg_parameter_name(void *self, size_t k) {
  return ((const regime_instance *)self)->model->parameters.entry[k].name;
}

/* Before the first start: what it will be. Modes are where events have left them, a path in force has the
 * value of the last instant at which anything changed. */
double rg_parameter(void *self, size_t k) {
  regime_instance *i = self;
  const regime_model *m = i->model;
  const rg_parameters *p = &m->parameters;
  const size_t path = k - p->first_path;
  if (!i->is_started) {
    rg_law_entries(i, m->info.from, i->entry, i->is_fixed);
    return i->entry[k];
  }
  if (p->entry[k].is_mode) return i->inputs[m->definitions.layout.mode + (k - p->first_mode)];
  if (!p->entry[k].is_path || i->is_fixed[path]) return i->entry[k];
  return rg_piece_value(i->inputs + m->definitions.layout.piece + RG_PIECE_PARTS * path, i->now);
}

/* Whether a constant that had a value has lost it. */
static bool has_lost(const regime_instance *i) {
  const size_t first = i->model->definitions.layout.constant, n = i->model->inlined.n_constants;
  for (size_t k = first; k < first + n; k++)
    if (isfinite(i->saved[k]) && !isfinite(i->inputs[k])) return true;
  return false;
}

/* What follows at once: constants, and dates. False, with the inputs as they were, where it has no value. */
static bool follow(regime_instance *i, size_t k) {
  const rg_parameters *p = &i->model->parameters;
  const size_t n_inputs = i->model->definitions.layout.end;
  memcpy(i->saved, i->inputs, n_inputs * sizeof *i->inputs);
  rg_law_put_entry(i, k, i->now);
  const bool moves_constants = k < p->first_path;
  if (moves_constants && (rg_constants_compute(i, true, NULL) != REGIME_OK || has_lost(i))) {
    memcpy(i->inputs, i->saved, n_inputs * sizeof *i->inputs);
    i->law++;
    return false;
  }
  if (moves_constants) i->is_unsolved = false;
  rg_law_put_dated(i, i->now);
  return true;
}

int rg_set_parameter(void *self, size_t k, double value) {
  regime_instance *i = self;
  const rg_parameters *p = &i->model->parameters;
  const double before = i->entry[k];
  if (!isfinite(value)) return 1;
  i->entry[k] = value;
  if (p->entry[k].is_path) i->is_fixed[k - p->first_path] = true; /* its value always has one: no way back */
  if (i->is_started && !follow(i, k)) {
    i->entry[k] = before;
    return 1;
  }
  i->is_set[k] = true;
  i->set[k] = value;
  rg_aim_entry(i, k, true);
  return 0;
}
