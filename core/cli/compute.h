/* compute.h — one run for the command: progress on the terminal, Ctrl-C, and the time it took. */
#ifndef RG_COMPUTE_H
#define RG_COMPUTE_H

#include "cli/cli.h"

/* regime_run_compute with a bar of progress once a second has passed (on a terminal, unless --quiet). Ctrl-C
 * ends the path where it is, and its files are written still; a second one ends the program. */
REGIME_MUST_CHECK regime_status rg_compute(rg_cli *cli, const regime_model *model, regime_run_options options,
                                           regime_run **out, double *wall_s);

/* Ctrl-C, once, tells the context to stop; and whether it has, since then. */
void rg_catch_signals(regime_context *context);
bool rg_was_interrupted(void);

/* Gives the signals back, before the context they would interrupt goes away. */
void rg_release_signals(void);

#endif
