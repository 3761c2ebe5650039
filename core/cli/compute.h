/* compute.h — one run for the command: progress on the terminal, Ctrl-C, and the time it took. */
#ifndef RG_COMPUTE_H
#define RG_COMPUTE_H

#include "cli/cli.h"

/* The run the options ask for: scenario, settings, span and numerics. */
regime_run_options rg_run_options(const rg_options *given);

/* regime_run_compute with a bar of progress once a second has passed (on a terminal, unless --quiet). Ctrl-C
 * ends the path where it is, and its files are written still; a second one ends the program. */
REGIME_MUST_CHECK regime_status rg_compute(rg_cli *cli, const regime_model *model, regime_run_options options,
                                           regime_run **out, double *wall_s);

/* How far a long work is, on standard error: shown once a second has passed, on a terminal, unless --quiet.
 */
typedef struct rg_progress {
  double from, to, started_s;
  int percent; /* last shown; -1: none yet */
  bool is_shown;
} rg_progress;
rg_progress rg_progress_begin(const rg_cli *cli, double from, double to);
void rg_progress_show(void *progress, double at);    /* where is_shown */
double rg_progress_end(const rg_progress *progress); /* takes it away; the seconds since it began */

/* Ctrl-C, once, tells the context to stop; and whether it has, since then. */
void rg_catch_signals(regime_context *context);
bool rg_was_interrupted(void);

/* Gives the signals back, before the context they would interrupt goes away. */
void rg_release_signals(void);

#endif
