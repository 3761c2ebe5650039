/* results.h — the folder of a run: its tables as files. */
#ifndef RG_RESULTS_H
#define RG_RESULTS_H

#include "cli/cli.h"

/* Writes every table of the run as FOLDER/NAME.csv. */
REGIME_MUST_CHECK regime_status rg_results_write_csv(const rg_cli *cli, const regime_run *run,
                                                     const char *folder);

/* Writes the tables over time as FOLDER/MODEL.nc. */
REGIME_MUST_CHECK regime_status rg_results_write_netcdf(const rg_cli *cli, const regime_run *run,
                                                        const char *folder);

#endif
