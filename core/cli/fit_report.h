/* fit_report.h — what there is to say of a fit, for people and for programs. */
#ifndef RG_FIT_REPORT_H
#define RG_FIT_REPORT_H

#include "cli/cli.h"
#include <jansson.h>

/* Parameters, what the facts cannot tell apart, the fit by variable, and where the files are. */
REGIME_MUST_CHECK regime_status rg_fit_report_print(const rg_cli *cli, const regime_fit *fit, double wall_s,
                                                    const char *folder);

/* The document of `regime fit --json`. */
json_t *rg_fit_report_json(const regime_fit *fit);

#endif
