/* system.h — the bridge between words and numbers: a hybrid dynamical system.
 *
 * A system is a smooth flow between instants at which it may change its law:
 *
 *   dy/dt = f(t, y)          while no date is passed, no switch turns and no event happens.
 *
 * *Dates* (the corner of an exogenous path, a reform in 1975) are known beforehand and the integrator stops
 * exactly there. *Switches* (the sides of `if`, `min`, `max`, `abs`, `clamp`) turn where their function
 * crosses zero; between crossings each is held on its side, so that the integrator only ever sees a smooth
 * right-hand side. *Events* are crossings with consequences: modes change, states jump.
 *
 * A model file becomes a system (model.h), and so do twenty lines of C:
 *
 *   static int rate(void *self, double t, const double *y, double *dy) {
 *     dy[0] = y[0] * (1.0 - y[1]);
 *     dy[1] = y[1] * (y[0] - 1.0);
 *     return 0;
 *   }
 *   static regime_status start(void *self, double t, double *y) { y[0] = 2.0; y[1] = 1.0; return REGIME_OK; }
 *   regime_system lotka_volterra = {.n_states = 2, .rate = rate, .start = start};
 *
 * `start` and, where there are states, `rate` are required; `crossing` where there are switches or events,
 * `turn` where there are switches. Other functions left NULL mean "there is none": no Jacobian (difference
 * quotients are used), no dates, outputs equal to the states.
 */
#ifndef REGIME_SYSTEM_H
#define REGIME_SYSTEM_H

#include <regime/context.h>
#include <regime/status.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum regime_direction { REGIME_DOWN = -1, REGIME_BOTH = 0, REGIME_UP = 1 } regime_direction;

typedef struct regime_event {
  const char *name;
  regime_direction direction; /* of the crossing that counts */
  bool once;                  /* happens at the first crossing only */
  bool stop;                  /* ends the run: outcome `stopped by event` */
} regime_event;

typedef struct regime_system {
  void *self; /* handed to every function below; one run at a time may use it */
  size_t n_states;
  size_t n_switches;
  size_t n_events;
  size_t n_outputs;           /* values recorded at each point; with observe NULL: the states */
  const regime_event *events; /* n_events */

  /* Pattern of the Jacobian by columns (CSC): the rows of column j are
   * jacobian_row[jacobian_column[j] .. jacobian_column[j+1]-1], ascending. */
  const size_t *jacobian_column; /* n_states + 1 */
  const size_t *jacobian_row;    /* jacobian_column[n_states] */

  /* The state at the start of a run, and everything held constant afterwards. Called once a run, first;
   * calling it again rewinds the system. */
  regime_status (*start)(void *self, double t, double *y);

  /* f, the values of its Jacobian in the order of the pattern, the n_switches + n_events crossing functions,
   * and the outputs. All with switches held on their sides. Return 0, or 1 for "no value here": the
   * integrator then tries a shorter step. observe may leave NaN where there is no value. */
  int (*rate)(void *self, double t, const double *y, double *dy);
  int (*jacobian)(void *self, double t, const double *y, double *values);
  int (*crossing)(void *self, double t, const double *y, double *g);
  void (*observe)(void *self, double t, const double *y, double *out);

  /* The first date after t, or INFINITY. */
  double (*next_date)(void *self, double t);

  /* Changes of law, each at an instant; the solver restarts the integration after them.
   *   pass_date  date t has come: new parameter values, the next piece of a path. y may jump.
   *   turn       switch k crosses zero; direction says which way.
   *   happen     event k happens: modes are set, y may jump.
   *   settle     puts every switch on the side (t, y) is on; a switch at zero goes where the flow takes it.
   *              Called after start, pass_date and happen; turn may follow for any of them. */
  void (*pass_date)(void *self, double t, double *y);
  void (*turn)(void *self, size_t k, regime_direction direction);
  void (*happen)(void *self, size_t k, double t, double *y);
  void (*settle)(void *self, double t, const double *y);

  /* Says in a diagnostic which term of which equation has no value at (t, y), with the values in it. */
  void (*explain)(void *self, double t, const double *y, regime_context *context);
  /* The name of state k, for counters and messages; borrowed. */
  const char *(*state_name)(void *self, size_t k);
} regime_system;

#endif
