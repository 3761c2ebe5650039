/* report.h — what there is to say of a run, for people and for programs. */
#ifndef RG_REPORT_H
#define RG_REPORT_H

#include "cli/cli.h"
#include <jansson.h>

/* Outcome, events, phases, identities, final values, fit, counters, and where the files are. */
REGIME_MUST_CHECK regime_status rg_report_print(const rg_cli *cli, const regime_run *run, double wall_s,
                                                const char *folder, size_t drawn);

/* The document of `regime run --json`. */
json_t *rg_report_json(const regime_run *run);

#endif
