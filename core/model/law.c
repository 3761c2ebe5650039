/* law.c — what is held between instants: values, pieces of paths, constants, dated switches. */
#include "model/instance.h"

#include <math.h>
#include <string.h>

/* --- entries ------------------------------------------------------------------------------------------- */

static void set_entry(const regime_model *m, rg_setting setting, double *entry, bool *is_fixed) {
  entry[setting.entry] = setting.value;
  if (is_fixed && m->parameters.entry[setting.entry].is_path)
    is_fixed[setting.entry - m->parameters.first_path] = true;
}

/* The model's values, then the scenario's, then the caller's, then the dated changes that have come, then
 * what was set through the bridge. */
size_t rg_law_entries(const regime_instance *i, double t, double *entry, bool *is_fixed) {
  const regime_model *m = i->model;
  size_t n_changes = 0;
  if (is_fixed) memset(is_fixed, 0, m->parameters.n_paths * sizeof *is_fixed);
  for (size_t k = 0; k < m->parameters.count; k++) entry[k] = m->parameters.entry[k].value;
  for (size_t k = 0; i->plan && k < i->plan->start.count; k++)
    set_entry(m, i->plan->start.items[k], entry, is_fixed);
  for (size_t k = 0; k < m->parameters.count; k++)
    if (i->is_given[k]) set_entry(m, (rg_setting){k, i->given[k]}, entry, is_fixed);
  while (i->plan && n_changes < i->plan->changes.count && i->plan->changes.items[n_changes].at <= t)
    set_entry(m, i->plan->changes.items[n_changes++].setting, entry, is_fixed);
  for (size_t k = 0; k < m->parameters.count; k++)
    if (i->is_set[k]) set_entry(m, (rg_setting){k, i->set[k]}, entry, is_fixed);
  return n_changes;
}

/* --- inputs -------------------------------------------------------------------------------------------- */

static void put_parameters(regime_instance *i) {
  const regime_model *m = i->model;
  const rg_layout *layout = &m->definitions.layout;
  memcpy(i->inputs + layout->parameter, i->entry, m->parameters.first_path * sizeof(double));
}

static void put_modes(regime_instance *i) {
  const regime_model *m = i->model;
  memcpy(i->inputs + m->definitions.layout.mode, i->entry + m->parameters.first_mode,
         m->parameters.n_modes * sizeof(double));
}

static void put_piece(regime_instance *i, size_t path, double t) {
  const regime_model *m = i->model;
  double *piece = i->inputs + m->definitions.layout.piece + RG_PIECE_PARTS * path;
  const double constant[RG_PIECE_PARTS] = {[RG_PIECE_LEVEL] = i->entry[m->parameters.first_path + path]};
  memcpy(piece, i->is_fixed[path] ? constant : rg_path_piece(&m->paths[path], t), sizeof constant);
}

static void put_pieces(regime_instance *i, double t) {
  for (size_t k = 0; k < i->model->parameters.n_paths; k++) put_piece(i, k, t);
}

static void put_mode(regime_instance *i, size_t entry) {
  const regime_model *m = i->model;
  i->inputs[m->definitions.layout.mode + (entry - m->parameters.first_mode)] = i->entry[entry];
}

void rg_law_put_entry(regime_instance *i, size_t entry, double t) {
  const rg_parameters *p = &i->model->parameters;
  if (p->entry[entry].is_mode)
    put_mode(i, entry);
  else if (p->entry[entry].is_path)
    put_piece(i, entry - p->first_path, t);
  else
    i->inputs[i->model->definitions.layout.parameter + entry] = i->entry[entry];
  i->law++;
}

/* A straight line g(0) + g' t: where it is zero, and its side at t; the side after the zero holds from it on.
 */
static double put_side(double at_zero, double slope, double t, double *side) {
  if (slope == 0.0) {
    *side = at_zero > 0.0;
    return INFINITY;
  }
  const double turning = -at_zero / slope;
  *side = (t >= turning) == (slope > 0.0);
  return turning;
}

/* Switches inside others are put first; each round puts one layer more. */
void rg_law_put_dated(regime_instance *i, double t) {
  const rg_switches *switches = &i->model->switches;
  double *side = i->inputs + i->model->definitions.layout.dated;
  for (size_t round = 0; round < switches->dated_depth; round++) {
    i->law++;
    rg_machine_run(i, &i->dates, t, NULL, i->outputs);
    for (size_t k = 0; k < switches->dated.count; k++)
      i->turning[k] = put_side(i->outputs[2 * k], i->outputs[2 * k + 1], t, &side[k]);
  }
  i->law++;
}

/* --- instants ------------------------------------------------------------------------------------------ */

static regime_status compute_first_values(regime_instance *i, double t, double *y) {
  const regime_model *m = i->model;
  i->start = t;
  const int undefined = rg_machine_run(i, &i->init, t, NULL, y);
  for (size_t k = 0; m->is_discrete && k < m->definitions.n_states; k++)
    if (!m->starts.has_state[k]) y[k] = NAN;
  if (!undefined) return REGIME_OK;
  rg_explain(i, t, NULL, i->context);
  return REGIME_UNDEFINED;
}

regime_status rg_law_start(void *self, double t, double *y) {
  regime_instance *i = self;
  i->n_changes = rg_law_entries(i, t, i->entry, i->is_fixed);
  i->spoiler = RG_NO_EVENT;
  i->is_unsolved = false;
  i->is_started = true;
  i->now = t;
  put_parameters(i);
  put_modes(i);
  put_pieces(i, t);
  rg_aim_reset(i);
  i->law++;
  regime_status status = rg_constants_compute(i, false, i->context);
  if (status != REGIME_OK) return status;
  rg_law_put_dated(i, t);
  status = rg_initial_compute(i, t);
  return status == REGIME_OK ? compute_first_values(i, t, y) : status;
}

double rg_law_next_date(void *self, double t) {
  const regime_instance *i = self;
  const regime_model *m = i->model;
  double next = INFINITY;
  for (size_t k = 0; k < m->parameters.n_paths; k++)
    if (!i->is_fixed[k]) next = fmin(next, rg_path_next_corner(&m->paths[k], t));
  if (i->plan && i->n_changes < i->plan->changes.count)
    next = fmin(next, i->plan->changes.items[i->n_changes].at);
  for (size_t k = 0; k < m->switches.dated.count; k++)
    if (i->turning[k] > t) next = fmin(next, i->turning[k]);
  return next;
}

/* Modes are where events have left them; a change moves only those it names, and none that was set through
 * the bridge. */
static void take_change(regime_instance *i, rg_setting setting) {
  const regime_model *m = i->model;
  if (i->is_set[setting.entry]) return;
  set_entry(m, setting, i->entry, i->is_fixed);
  rg_aim_entry(i, setting.entry, false);
  if (m->parameters.entry[setting.entry].is_mode) put_mode(i, setting.entry);
}

/* Changes whose date has come; false when there is none. */
static bool take_changes(regime_instance *i, double t) {
  const size_t before = i->n_changes;
  while (i->plan && i->n_changes < i->plan->changes.count && i->plan->changes.items[i->n_changes].at <= t)
    take_change(i, i->plan->changes.items[i->n_changes++].setting);
  return i->n_changes > before;
}

/* Constants without a solution have no value, and whatever uses them asks why. */
void rg_law_pass_date(void *self, double t, double *y) {
  regime_instance *i = self;
  (void)y;
  i->now = t;
  if (take_changes(i, t)) {
    put_parameters(i);
    i->law++;
    i->is_unsolved = rg_constants_compute(i, true, NULL) != REGIME_OK;
  }
  put_pieces(i, t);
  rg_law_put_dated(i, t);
}
