/* results.c — a run's tables into its folder. */
#include "cli/results.h"
#include "base/file.h"
#include "cli/files.h"

regime_status rg_results_write_csv(const rg_cli *cli, const regime_run *run, const char *folder) {
  regime_status status = rg_make_folders(cli->context, folder);
  for (size_t k = 0; k < regime_run_tables(run) && status == REGIME_OK; k++) {
    const regime_table *table = regime_run_table(run, k);
    status = regime_write_csv(cli->context, table,
                              rg_arena_printf(cli->arena, "%s/%s.csv", folder, regime_table_name(table)));
  }
  return status;
}

regime_status rg_results_write_netcdf(const rg_cli *cli, const regime_run *run, const char *folder) {
  const regime_model_info *about = regime_model_about(regime_run_model(run));
  const size_t n = regime_run_tables(run);
  const regime_table **tables = RG_NEW_ARRAY(cli->arena, const regime_table *, n);
  for (size_t k = 0; k < n; k++) tables[k] = regime_run_table(run, k);
  const char *file = rg_arena_printf(cli->arena, "%s/%s.nc", folder, rg_file_name(cli, about->name));
  return regime_write_netcdf(cli->context, tables, n, about->title, file);
}
