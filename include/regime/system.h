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
 * A *map* goes from period to period instead: it has `next` and `step` and no `rate`. Period t finds a state
 * y and leaves the next one another:
 *
 *   static int next(void *self, double t, const double *y, double *left) {
 *     left[0] = 3.2 * y[0] * (1.0 - y[0]);
 *     return 0;
 *   }
 *   regime_system logistic = {.n_states = 1, .next = next, .step = 1.0, .start = start};
 *
 * *Unknowns* z are quantities that need each other at one instant or in one period: they solve g(t, y, z) =
 * 0, block by block. A system only says how far off a z is, and the solver finds it: wherever a function is
 * handed y, the unknowns stand behind the states, y[n_states] being the first.
 *
 * *Parameters* are the numbers an analysis moves: along a branch of equilibria, or to see how a path answers.
 * A system that can say how its functions answer to first order has *tangents*, and derivatives are then
 * exact; one that can say more has *Taylor coefficients*.
 *
 * `start` and, where there are states, `rate` or `next` are required; `crossing` where there are switches or
 * events, `turn` where there are switches. Other functions left NULL mean "there is none": no Jacobian
 * (difference quotients are used), no dates, outputs equal to the states.
 */
#ifndef REGIME_SYSTEM_H
#define REGIME_SYSTEM_H

#include <regime/context.h>
#include <regime/status.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum regime_direction { REGIME_DOWN = -1, REGIME_BOTH = 0, REGIME_UP = 1 } regime_direction;

typedef struct regime_event {
  const char *name;
  regime_direction direction; /* of the crossing that counts */
  bool once;                  /* happens at the first crossing only */
  bool stop;                  /* ends the run: outcome `stopped by event` */
} regime_event;

/* Equations that need each other: as many as unknowns. Column j of the pattern of dg/dz has the rows
 * row[column[j] .. column[j+1]-1], ascending, counted within the block. */
typedef struct regime_block {
  size_t n;
  const size_t *column; /* n + 1 */
  const size_t *row;    /* column[n] */
} regime_block;

#define REGIME_NO_PARAMETER SIZE_MAX

/* Where the search for a block's solution ended: the last z tried is in y. */
typedef struct regime_search {
  size_t block, first;    /* the block, and its first unknown: y[n_states + first] */
  const double *residual; /* of each of its equations, NULL when they have no value there */
  int iterations;
} regime_search;

typedef struct regime_system {
  void *self; /* handed to every function below; one run at a time may use it */
  size_t n_states;
  size_t n_unknowns, n_blocks; /* blocks in an order in which they can be solved, the first unknowns first */
  const regime_block *block;   /* n_blocks */
  size_t n_switches;
  size_t n_events;
  size_t n_outputs;           /* values recorded at each point; with observe NULL: the states */
  const regime_event *events; /* n_events */

  /* Pattern of the Jacobian by columns (CSC): the rows of column j are
   * jacobian_row[jacobian_column[j] .. jacobian_column[j+1]-1], ascending. Rows and columns are the states,
   * then the unknowns: of f (or next) and g by y and z, n = n_states + n_unknowns. */
  const size_t *jacobian_column; /* n + 1 */
  const size_t *jacobian_row;    /* jacobian_column[n] */

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

  /* A map: what period t leaves, from what it finds; 1 for "no value". Periods are `step` apart. What is
   * recorded of a period is observe(t, y) with the y it found, or without observe what it leaves; crossing
   * functions too are seen with the y it found. start gives what the first period finds, and of the start
   * itself is recorded what observe makes of that, with unknowns that are NaN: nothing is solved there;
   * crossing functions are seen there too, and those that are not NaN can be crossed in the first period.
   * Switches need not be held: n_switches is 0. */
  int (*next)(void *self, double t, const double *y, double *left);
  double step;

  /* Unknowns: the residuals of one block, and their derivatives by its unknowns in the order of its pattern.
   * Unknowns of earlier blocks have their values. guess gives a first z from the states, after start. */
  int (*residual)(void *self, size_t block, double t, const double *y, double *r);
  int (*slope)(void *self, size_t block, double t, const double *y, double *values);
  void (*guess)(void *self, double t, const double *y, double *z);
  /* Says in a diagnostic which equations of a block have no solution at (t, y), or which term no value. */
  void (*unsolved)(void *self, double t, const double *y, const regime_search *search,
                   regime_context *context);
  /* The name of unknown k; borrowed. */
  const char *(*unknown_name)(void *self, size_t k);

  /* The first date after t, or INFINITY. */
  double (*next_date)(void *self, double t);

  /* Changes of law, each at an instant; the solver restarts the integration after them.
   *   pass_date  date t has come: new parameter values, the next piece of a path. y may jump.
   *   turn       switch k crosses zero; direction says which way.
   *   happen     event k happens: modes are set, y may jump (of a map, y is what the period left).
   *   settle     puts every switch on the side (t, y) is on; a switch at zero goes where the flow takes it.
   *              Called after start, pass_date and happen; turn may follow for any of them. A flow
   *              followed as a map is told of no turns, and needs it where there are switches. */
  void (*pass_date)(void *self, double t, double *y);
  void (*turn)(void *self, size_t k, regime_direction direction);
  void (*happen)(void *self, size_t k, double t, double *y);
  void (*settle)(void *self, double t, const double *y);

  /* Parameters: what a number is now, and giving it another value, which takes effect at once on all that
   * follows from it and stays in force, over what dates and `start` say, until it is given another. An event
   * that sets it does give it another; the next start then begins with the value given here again. 1: what
   * follows from it has no value there, and the parameter is as it was. Before the first start, a parameter
   * is what it will be then. */
  size_t n_parameters;
  const char *(*parameter_name)(void *self, size_t k); /* borrowed */
  double (*parameter)(void *self, size_t k);
  int (*set_parameter)(void *self, size_t k, double value);

  /* Tangents: the functions above differentiated along several directions at once, with switches held. `aim`
   * chooses them: direction d moves parameter[d] at unit rate, or where that is REGIME_NO_PARAMETER none, and
   * all that follows from it: what is held constant between instants has tangents of its own, which the
   * system keeps. Several directions may move one parameter. aim is called at any time; a parameter then
   * moves from the value it has now. It holds until the next, over starts too: `start` begins all tangents
   * anew. aim may fail with NO_MEMORY; there are no directions then.
   *
   * What the states and unknowns do is handed over, direction after direction, dy[d * (n_states + n_unknowns)
   * + i]; dt[d] is what a direction does to time, and dt NULL: nothing. Answers lie direction after direction
   * too. All return 0, or 1 for "no value here": the function has none, or no derivative that is finite. A
   * direction in which nothing moves passes by a derivative that is infinite.
   *
   *   start_tangent      of the states that start has just given: dy is written, n_states a direction; 0
   *                      for a state that is open (NaN)
   *   rate_tangent       of rate or, of a map, of next: n_states a direction
   *   residual_tangent   of the residuals of a block: as many a direction as it has
   *   crossing_tangent   of the n_switches + n_events crossing functions
   *   observe_tangent    of the n_outputs outputs: NaN, and 0 returned, where one has no value
   *   date_tangent       of the time t, given by next_date and not passed yet: dt is written, NaN where dates
   *                      fall together in t and a direction would part them. Corners of paths and dates of
   *                      scenarios do not move
   *   pass_date_tangent, happen_tangent
   *                      of the law and the states that pass_date and happen leave: called just before them,
   *                      with the y they will be given; dt and dy are of that y, all that time does to it
   *                      included, and dy (n_states + n_unknowns a direction) becomes that of the y they
   *                      will leave. An event of a map looks at what the period found: its tangents are
   *                      those of the last rate_tangent
   *
   * A dated change that gives a parameter a value ends what directions have moved it by, unless set_parameter
   * has put it out of reach of dates; set_parameter itself lets directions move it again.
   *
   * With `aim` NULL there are none, and differences are used. */
  regime_status (*aim)(void *self, size_t n_directions, const size_t *parameter);
  int (*start_tangent)(void *self, double t, double *dy);
  int (*rate_tangent)(void *self, double t, const double *y, const double *dt, const double *dy, double *out);
  int (*residual_tangent)(void *self, size_t block, double t, const double *y, const double *dt,
                          const double *dy, double *out);
  int (*crossing_tangent)(void *self, double t, const double *y, const double *dt, const double *dy,
                          double *out);
  int (*observe_tangent)(void *self, double t, const double *y, const double *dt, const double *dy,
                         double *out);
  int (*date_tangent)(void *self, double t, double *dt);
  int (*pass_date_tangent)(void *self, double t, const double *y, const double *dt, double *dy);
  int (*happen_tangent)(void *self, size_t k, double t, const double *y, const double *dt, double *dy);

  /* Taylor coefficients of rate (or next) along a line: y + s v, and parameter[j] + s dp[j] for n_moved of
   * them, switches held. out[k * n_states + i] is the coefficient of s^k of component i, k from 0 to order:
   * the k-th directional derivative over k!. For systems without unknowns. 1 also when a higher order than
   * before finds no memory. NULL: differences of the Jacobian are used. */
  int (*taylor)(void *self, double t, const double *y, const double *v, size_t n_moved,
                const size_t *parameter, const double *dp, size_t order, double *out);

  /* Says in a diagnostic which term of which equation has no value at (t, y), with the values in it. */
  void (*explain)(void *self, double t, const double *y, regime_context *context);
  /* The names of state k and of switch k, for counters and messages; borrowed. */
  const char *(*state_name)(void *self, size_t k);
  const char *(*switch_name)(void *self, size_t k);
} regime_system;

#endif
