/* results.h — the folder of a run or of an analysis: its tables as files. */
#ifndef RG_RESULTS_H
#define RG_RESULTS_H

#include "cli/cli.h"

/* Writes every table as FOLDER/NAME.csv. */
REGIME_MUST_CHECK regime_status rg_tables_write_csv(const rg_cli *cli, const regime_table *const *tables,
                                                    size_t n, const char *folder);

/* A model may lie in the folder of its results, with a table called like one of theirs: BAD_ARGUMENT. */
REGIME_MUST_CHECK regime_status rg_tables_spare_model(const rg_cli *cli, const regime_model *model,
                                                      const regime_table *const *tables, size_t n,
                                                      const char *folder);

/* The tables of a run, in the arena; *n is how many. */
const regime_table **rg_tables_of_run(const rg_cli *cli, const regime_run *run, size_t *n);

/* Writes every table of the run as FOLDER/NAME.csv. */
REGIME_MUST_CHECK regime_status rg_results_write_csv(const rg_cli *cli, const regime_run *run,
                                                     const char *folder);

/* Writes the tables over time as FOLDER/MODEL.nc. */
REGIME_MUST_CHECK regime_status rg_results_write_netcdf(const rg_cli *cli, const regime_run *run,
                                                        const char *folder);

#endif
