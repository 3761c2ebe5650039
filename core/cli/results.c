/* results.c — tables into their folder. */
#include "cli/results.h"
#include "base/diagnostic.h"
#include "base/file.h"
#include "cli/files.h"

#include <string.h>

static const char *file_of(const rg_cli *cli, const regime_table *table, const char *folder) {
  return rg_arena_printf(cli->arena, "%s/%s.csv", folder, regime_table_name(table));
}

regime_status rg_tables_write_csv(const rg_cli *cli, const regime_table *const *tables, size_t n,
                                  const char *folder) {
  regime_status status = rg_make_folders(cli->context, folder);
  for (size_t k = 0; k < n && status == REGIME_OK; k++)
    status = regime_write_csv(cli->context, tables[k], file_of(cli, tables[k], folder));
  return status;
}

static bool is_source(const rg_cli *cli, const regime_model *model, const char *file) {
  const char *path = rg_whole_path(cli, file);
  for (size_t k = 0; k < regime_model_files(model); k++)
    if (strcmp(path, rg_whole_path(cli, regime_model_file(model, k))) == 0) return true;
  return false;
}

regime_status rg_tables_spare_model(const rg_cli *cli, const regime_model *model,
                                    const regime_table *const *tables, size_t n, const char *folder) {
  for (size_t k = 0; k < n; k++) {
    const char *file = file_of(cli, tables[k], folder);
    if (!is_source(cli, model, file)) continue;
    rg_error(cli->context, (rg_place){.file = file}, "choose another folder with --out",
             "the results of the run would overwrite this file, which the model reads");
    return REGIME_BAD_ARGUMENT;
  }
  return REGIME_OK;
}

const regime_table **rg_tables_of_run(const rg_cli *cli, const regime_run *run, size_t *n) {
  *n = regime_run_tables(run);
  const regime_table **tables = RG_NEW_ARRAY(cli->arena, const regime_table *, *n);
  for (size_t k = 0; k < *n; k++) tables[k] = regime_run_table(run, k);
  return tables;
}

regime_status rg_results_write_csv(const rg_cli *cli, const regime_run *run, const char *folder) {
  size_t n;
  const regime_table **tables = rg_tables_of_run(cli, run, &n);
  return rg_tables_write_csv(cli, tables, n, folder);
}

regime_status rg_results_write_netcdf(const rg_cli *cli, const regime_run *run, const char *folder) {
  const regime_model_info *about = regime_model_about(regime_run_model(run));
  size_t n;
  const regime_table **tables = rg_tables_of_run(cli, run, &n);
  const char *file = rg_arena_printf(cli->arena, "%s/%s.nc", folder, rg_file_name(cli, about->name));
  return regime_write_netcdf(cli->context, tables, n, about->title, file);
}
