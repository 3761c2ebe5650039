/* run.h — one run: where it is, and what it has to hand. Shared by hybrid.c, which goes on, and failure.c,
 * which says why it cannot. */
#ifndef RG_SOLVE_RUN_H
#define RG_SOLVE_RUN_H

#include "solve/integrator.h"
#include "solve/recorder.h"
#include "solve/sides.h"
#include "solve/tangents.h"

typedef struct rg_run {
  regime_context *context;
  const regime_system *system;
  const regime_path_options *options;
  rg_sides sides;
  rg_integrator *integrator;
  rg_tangents *tangents; /* NULL: no derivatives are asked for */
  regime_path *path;
  rg_grid grid;
  double t;    /* where the run is: time ... */
  double *y;   /* ... and state, in the integrator's memory */
  double date; /* the system's next; INFINITY when none is left */
  bool over;   /* the outcome is known */
  long restarts, turns, dates;
  double last_change; /* when a crossing last changed the law, ... */
  long crowd;         /* ... and how many times in a row that was one instant after another */
} rg_run;

/* Follows the system from the start of the span until the outcome is known; fills run->path. Failures are
 * those of regime_path_compute. */
REGIME_MUST_CHECK regime_status rg_run_follow(rg_run *run);

#endif
