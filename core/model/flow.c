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

int rg_flow_crossing(void *self, double t, const double *y, double *g) {
  regime_instance *i = self;
  return rg_machine_run(i, &i->crossing, t, y, g);
}

void rg_flow_observe(void *self, double t, const double *y, double *out) {
  regime_instance *i = self;
  rg_machine_run(i, &i->observe, t, y, out);
}

/* --- changes of law ------------------------------------------------------------------------------------ */

void rg_flow_turn(void *self, size_t k, regime_direction direction) {
  regime_instance *i = self;
  i->inputs[i->model->definitions.layout.side + k] = direction == REGIME_UP;
  i->law++;
}

/* All values are those before the event; modes may move dated switches. */
void rg_flow_happen(void *self, size_t k, double t, double *y) {
  regime_instance *i = self;
  const rg_happening *h = &i->model->events.happening[k];
  rg_machine_run(i, &i->event[k], t, y, i->outputs);
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
  memcpy(i->ahead, y, n * sizeof *y);
  if (rg_machine_run(i, &i->live, t, y, i->dy)) return t;
  for (size_t k = 0; k < n; k++) i->ahead[k] += h * i->dy[k];
  return t + h;
}

/* A function away from zero has the same sign a little ahead; one at zero has the sign of where it goes. */
void rg_flow_settle(void *self, double t, const double *y) {
  regime_instance *i = self;
  const size_t n = i->model->switches.roots.count;
  if (n == 0) return;
  const double soon = look_ahead(i, t, y);
  rg_machine_run(i, &i->sides, soon, i->ahead, i->outputs);
  for (size_t k = 0; k < n; k++) i->inputs[i->model->definitions.layout.side + k] = i->outputs[k] > 0.0;
  i->law++;
}
