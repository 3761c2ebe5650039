/* flow.c — rates, their Jacobian, crossings and outputs between dates; turns and events. */
#include "model/instance.h"

#include <math.h>
#include <string.h>

/* The rates with switches held. Where they have no value beyond a switch that is about to turn, as
 * `if(x > 0, sqrt(x), 0)` has none for a trial point below zero, the side the point is on counts. */
int rg_flow_rate(void *self, double t, const double *y, double *dy) {
  regime_instance *i = self;
  if (rg_machine_run(i, &i->rate, t, y, dy) == 0) return 0;
  return rg_machine_run(i, &i->live, t, y, dy);
}

/* What a period leaves: its values, and of those it found all but the oldest. */
int rg_flow_next(void *self, double t, const double *y, double *left) {
  regime_instance *i = self;
  const rg_definitions *d = &i->model->definitions;
  if (rg_machine_run(i, &i->rate, t, y, i->outputs)) return 1;
  memcpy(i->ahead, y, (d->n_states + i->model->inlined.unknowns.count) * sizeof *y);
  size_t n = 0;
  for (size_t k = 0; k < d->lags.count; k++) {
    if (d->lags.items[k].depth == 1) left[k] = i->outputs[n++];
    if (d->lags.items[k].deeper != RG_NO_DEFINITION) left[d->lags.items[k].deeper] = y[k];
  }
  return 0;
}

int rg_flow_residual(void *self, size_t block, double t, const double *y, double *r) {
  regime_instance *i = self;
  return rg_machine_run(i, &i->simultaneous[block].residual, t, y, r);
}

int rg_flow_slope(void *self, size_t block, double t, const double *y, double *values) {
  regime_instance *i = self;
  return rg_machine_run(i, &i->simultaneous[block].partials, t, y, values);
}

/* In discrete time a quantity is near where it was last period. */
void rg_flow_guess(void *self, double t, const double *y, double *z) {
  regime_instance *i = self;
  const regime_model *m = i->model;
  rg_machine_run(i, &i->guess, t, y, z);
  for (size_t k = 0; m->is_discrete && k < m->inlined.unknowns.count; k++) {
    const size_t lag = rg_find_lag(&m->definitions, m->inlined.unknowns.items[k], 1);
    if (lag != RG_NO_DEFINITION && isfinite(y[lag])) z[k] = y[lag];
    if (!isfinite(z[k])) z[k] = 1.0;
  }
}

/* A derivative without value, as that of sqrt(x) at 0, counts as 0: the Jacobian only steers Newton's
 * iteration, and where it ends is decided by the rates, which may well have a value there. */
int rg_flow_jacobian(void *self, double t, const double *y, double *values) {
  regime_instance *i = self;
  const rg_jacobian *j = &i->model->jacobian;
  if (rg_machine_run(i, &i->partials, t, y, i->outputs))
    for (size_t k = 0; k < j->partials.count; k++)
      if (!isfinite(i->outputs[k])) i->outputs[k] = 0.0;
  rg_jacobian_compute(j, i->outputs, i->work, values);
  return 0;
}

/* At the start of a discrete model: everything as far as it has a value there. */
static const double *look_at_start(regime_instance *i, double t) {
  const regime_model *m = i->model;
  const size_t n_cells = m->definitions.n_cells;
  rg_machine_run(i, &i->first, t, NULL, i->outputs);
  for (size_t k = 0; k < m->n_outputs + m->events.count; k++)
    if (k < n_cells ? !m->starts.has_cell[k] : !m->starts.has_watched[k - n_cells]) i->outputs[k] = NAN;
  return i->outputs;
}

static bool is_at_start(const regime_instance *i, double t) { return i->model->is_discrete && t <= i->start; }

int rg_flow_crossing(void *self, double t, const double *y, double *g) {
  regime_instance *i = self;
  if (!is_at_start(i, t)) return rg_machine_run(i, &i->crossing, t, y, g);
  memcpy(g, look_at_start(i, t) + i->model->n_outputs, i->model->events.count * sizeof *g);
  return 0;
}

void rg_flow_observe(void *self, double t, const double *y, double *out) {
  regime_instance *i = self;
  if (is_at_start(i, t))
    memcpy(out, look_at_start(i, t), i->model->n_outputs * sizeof *out);
  else
    rg_machine_run(i, &i->observe, t, y, out);
}

/* --- changes of law ------------------------------------------------------------------------------------ */

void rg_flow_turn(void *self, size_t k, regime_direction direction) {
  regime_instance *i = self;
  i->inputs[i->model->definitions.layout.side + k] = direction == REGIME_UP;
  i->law++;
}

/* For whoever asks later why there is no value. */
static void note_spoiler(regime_instance *i, size_t event, double t, const double *seen) {
  i->spoiler = event;
  i->spoilt_at = t;
  memcpy(i->before, seen, (i->model->definitions.n_states + i->model->inlined.unknowns.count) * sizeof *seen);
}

/* All values are those before the event; modes may move dated switches. */
void rg_flow_happen(void *self, size_t k, double t, double *y) {
  regime_instance *i = self;
  const rg_happening *h = &i->model->events.happening[k];
  const double *seen = i->model->is_discrete ? i->ahead : y;
  i->now = t;
  if (rg_machine_run(i, &i->event[k], t, seen, i->outputs)) note_spoiler(i, k, t, seen);
  for (size_t j = 0; j < h->consequences.count; j++) {
    const rg_consequence *c = &h->consequences.items[j];
    if (c->is_mode)
      i->inputs[i->model->definitions.layout.mode + c->target] = i->outputs[j];
    else
      y[c->target] = i->outputs[j];
  }
  i->law++;
  rg_law_put_dated(i, t);
}

/* A point a little along the flow: where a switch that is at zero now will be. Without a rate, the point
 * itself. */
static double look_ahead(regime_instance *i, double t, const double *y) {
  const size_t n = i->model->definitions.n_states;
  const double h = 1e-10 * fmax(1.0, fabs(t));
  memcpy(i->ahead, y, (n + i->model->inlined.unknowns.count) * sizeof *y);
  if (rg_machine_run(i, &i->live, t, y, i->dy)) return t;
  for (size_t k = 0; k < n; k++) i->ahead[k] += h * i->dy[k];
  return t + h;
}

/* A function at zero has the sign of where it goes; so has one so near to it that it gets there in 1e-10 of
 * the clock. Any other has the sign it has now. */
void rg_flow_settle(void *self, double t, const double *y) {
  regime_instance *i = self;
  const size_t n = i->model->switches.roots.count;
  if (n == 0) return;
  const double soon = look_ahead(i, t, y);
  rg_machine_run(i, &i->sides, soon, i->ahead, i->outputs);
  for (size_t k = 0; k < n; k++) i->inputs[i->model->definitions.layout.side + k] = i->outputs[k] > 0.0;
  i->law++;
}
