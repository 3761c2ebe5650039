/* recorder.h — the path as it grows: points on a fixed grid of times, and what happened.
 *
 * The grid is from + k*every, each point computed like that so that nothing accumulates, and always ends with
 * `to`. Recording reads the integrator's polynomial and so never shortens its steps.
 */
#ifndef RG_RECORDER_H
#define RG_RECORDER_H

#include "solve/reduce.h"
#include <regime/path.h>

struct regime_path {
  regime_outcome outcome;
  size_t n_states, n_outputs;
  double *time, *values; /* n_points; n_points * n_outputs */
  size_t n_points, capacity;
  regime_happening *happening;
  size_t n_happenings, happening_capacity;
  double end, *state;
  size_t n_directions, n_derived, *derived; /* derived: outputs with derivatives */
  double *derivatives;                      /* n_points * n_derived * n_directions */
  double *happening_derivatives;            /* n_happenings * n_directions */
  double *state_derivatives;                /* n_states * n_directions */
  double *end_derivatives;                  /* n_directions */
  regime_unsolved *iterate;                 /* after NO_SOLUTION */
  size_t n_iterate;
  regime_counters counters;
};

REGIME_MUST_CHECK regime_status rg_path_create(const regime_system *system,
                                               const regime_path_options *options, regime_path **out);

/* Appends a point: what the system shows of itself at (t, y). NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_path_add_point(regime_path *path, const regime_system *system, double t,
                                                  const double *y);
REGIME_MUST_CHECK regime_status rg_path_add_happening(regime_path *path, size_t event, double t);

/* Rooms for the derivatives of the last point and of the last happening; borrowed until the next is added. */
double *rg_path_last_derivatives(regime_path *path);
double *rg_path_last_happening_derivatives(regime_path *path);

/* Keeps where the search for the system's unknowns ended. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_path_keep_iterate(regime_path *path, const regime_system *system,
                                                     const rg_reduced *reduced);

typedef struct rg_grid {
  double from, to, every;
  size_t points; /* the last of them is `to` */
  size_t next;   /* the first not yet recorded */
} rg_grid;

rg_grid rg_grid_make(const regime_path_options *options);
double rg_grid_next(const rg_grid *grid); /* INFINITY when all are recorded */

#endif
