/* path.h — time paths: integrate a system, stopping exactly at dates, locating switches and events.
 *
 * The integrator is CVODES (Hindmarsh et al. 2005, ACM TOMS 31): variable-order, variable-step BDF with the
 * exact Jacobian, or Adams. What a path guarantees: each accepted step's local error estimate is below
 * rtol*|y| + atol in the weighted root-mean-square norm; dates are hit to the last bit; an event's time is
 * the zero of its function along the numerical solution to about 1e-14 relative. The same input gives the
 * same bits.
 *
 * When an event happens. Where its function changes sign in the event's direction, or reaches zero: found on
 * the path, or at the very instant when a date, an event or a switch throws the function across. A function
 * that starts at zero and leaves has not crossed. Events at one instant happen in their order, each once;
 * what they change may cause others. One that happens again and again at one instant, and a switch that
 * undoes itself, end the run with NO_CONVERGENCE and words to say so.
 *
 * What is recorded. Points at from + k*every and at `to`, read off the integrator's own polynomial, so that
 * recording costs no steps; and the last point reached when a path ends early. A point on a date or an event
 * shows the state after it.
 */
#ifndef REGIME_PATH_H
#define REGIME_PATH_H

#include <regime/context.h>
#include <regime/system.h>

#define REGIME_OUTCOME_LIST(X)                                                                               \
  X(REACHED_END, "reached end")                                                                              \
  X(STOPPED_BY_EVENT, "stopped by event")                                                                    \
  X(DIVERGED, "diverged")                                                                                    \
  X(LEFT_DOMAIN, "left domain")                                                                              \
  X(NO_SOLUTION, "no solution")                                                                              \
  X(INTERRUPTED, "interrupted")

typedef enum regime_outcome {
#define REGIME_OUTCOME_ENUM(name, text) REGIME_##name,
  REGIME_OUTCOME_LIST(REGIME_OUTCOME_ENUM)
#undef REGIME_OUTCOME_ENUM
} regime_outcome;

const char *regime_outcome_text(regime_outcome outcome);

typedef enum regime_method { REGIME_BDF, REGIME_ADAMS } regime_method;
typedef enum regime_rule { REGIME_EULER, REGIME_MIDPOINT } regime_rule;
typedef enum regime_linear { REGIME_LINEAR_AUTO, REGIME_LINEAR_DENSE, REGIME_LINEAR_SPARSE } regime_linear;

/* Told the time of every recorded point as it comes: for a bar of progress. */
typedef void (*regime_watch)(void *watcher, double t);

/* Start from REGIME_PATH_DEFAULTS and change what matters:
 *   regime_path_options o = REGIME_PATH_DEFAULTS;
 *   o.to = 100.0;
 */
typedef struct regime_path_options {
  double from, to;      /* span; to > from */
  double every;         /* distance of recorded points; 0: (to - from)/200 */
  double rtol, atol;    /* > 0; defaults 1e-8, 1e-10 */
  regime_method method; /* BDF */
  regime_linear linear; /* auto: dense for a few states or without a Jacobian, else sparse (KLU) */
  double limit;         /* |y| beyond which the path has diverged; default 1e12 */
  long max_steps;       /* of the integrator, or periods, in a run; default 10 million */
  double step;          /* > 0: a flow is followed as a map with this step, its twin; 0: as it is */
  regime_rule rule;     /* of the twin: explicit Euler, or the implicit midpoint */
  const double *start;  /* n_states: begin here and not where the system starts; NULL: where it starts */
  regime_watch watch;   /* NULL: nobody watches */
  void *watcher;        /* handed to watch */

  /* Derivatives (sensitivity.h): along so many directions, each a parameter of the system, or n_parameters +
   * i for what state i starts from; and of which outputs, NULL: of all. */
  size_t n_directions;
  const size_t *direction;
  size_t n_derived;
  const size_t *derived;
} regime_path_options;

#define REGIME_PATH_DEFAULTS                                                                                 \
  ((regime_path_options){.from = 0.0,                                                                        \
                         .to = 100.0,                                                                        \
                         .every = 0.0,                                                                       \
                         .rtol = 1e-8,                                                                       \
                         .atol = 1e-10,                                                                      \
                         .method = REGIME_BDF,                                                               \
                         .linear = REGIME_LINEAR_AUTO,                                                       \
                         .limit = 1e12,                                                                      \
                         .max_steps = 10000000,                                                              \
                         .step = 0.0,                                                                        \
                         .rule = REGIME_EULER,                                                               \
                         .start = NULL,                                                                      \
                         .watch = NULL,                                                                      \
                         .watcher = NULL,                                                                    \
                         .n_directions = 0,                                                                  \
                         .direction = NULL,                                                                  \
                         .n_derived = 0,                                                                     \
                         .derived = NULL})

/* Work done, over the whole run: restarts do not start the counting anew. */
typedef struct regime_counters {
  long steps, rate_calls, jacobian_calls, crossing_calls;
  long newton_iterations, newton_failures, error_failures; /* failures: steps tried again */
  long restarts, turns, dates;                             /* new stretches; switches turned; dates passed */
  long tangent_calls;                                      /* of the rates, all directions at once */
} regime_counters;

typedef struct regime_happening {
  size_t event; /* index into the system's events */
  double time;
} regime_happening;

/* An unknown where the search for a solution ended. */
typedef struct regime_unsolved {
  const char *name; /* borrowed from the system */
  double value;
  double residual; /* what its equation is off by; NaN: not in the block without solution, or no value */
} regime_unsolved;

typedef struct regime_path regime_path;

/* Integrates `system` over the span. *out is yours, NULL on failure.
 * BAD_ARGUMENT (an empty span, a tolerance that is not positive, a system without a function it needs, a
 * direction or an output it does not have, directions of a twin),
 * NO_CONVERGENCE (the integrator gave up although every value is defined; the diagnostics say where),
 * UNDEFINED (no value at the start), NO_MEMORY, and whatever system->start answers. An economy that diverges,
 * leaves its domain or is stopped is an outcome with status OK, and so is a run that regime_context_interrupt
 * stopped: the path is kept up to there. Leaving the domain, the system has explained itself in a diagnostic.
 */
REGIME_MUST_CHECK regime_status regime_path_compute(regime_context *context, regime_system *system,
                                                    const regime_path_options *options, regime_path **out);
void regime_path_free(regime_path *path); /* takes NULL */

regime_outcome regime_path_outcome(const regime_path *path);
double regime_path_end(const regime_path *path); /* the time reached */
size_t regime_path_points(const regime_path *path);
size_t regime_path_outputs(const regime_path *path);
double regime_path_time(const regime_path *path, size_t point);
const double *regime_path_values(const regime_path *path, size_t point); /* n_outputs; borrowed */
const double *regime_path_state(const regime_path *path);                /* n_states at the end; borrowed */
size_t regime_path_happenings(const regime_path *path);
regime_happening regime_path_happening(const regime_path *path, size_t k);
size_t regime_path_unsolved(const regime_path *path); /* 0 but for the outcome `no solution` of a system */
regime_unsolved regime_path_unsolved_at(const regime_path *path, size_t k);
regime_counters regime_path_counters(const regime_path *path);

#endif
