/* cmd_plot.c — regime plot: the figures of a run once more, from its files. */
#include "base/diagnostic.h"
#include "cli/figures.h"
#include "cli/manifest.h"
#include "cli/say.h"

/* Reads every table the manifest names. The tables are the caller's, as many as *n, also after a failure. */
static regime_status read_tables(const rg_cli *cli, const rg_manifest *manifest, regime_table **tables,
                                 size_t *n) {
  regime_status status = REGIME_OK;
  size_t k;
  json_t *name;
  json_array_foreach(json_object_get(manifest->root, "results"), k, name) {
    const char *file = rg_arena_printf(cli->arena, "%s/%s", manifest->folder,
                                       json_is_string(name) ? json_string_value(name) : "");
    if (status == REGIME_OK) status = regime_read_csv(cli->context, file, 1, &tables[k]);
    if (status == REGIME_OK) ++*n;
  }
  return status;
}

static regime_status answer(rg_cli *cli, const char *folder, size_t drawn) {
  if (rg_wants_json(cli))
    return rg_answer(cli, json_pack("{s:o, s:I}", "folder",
                                    rg_json_text(rg_arena_printf(cli->arena, "%s/plots", folder)), "figures",
                                    (json_int_t)drawn));
  if (!rg_option_given(&cli->options, RG_OPTION_QUIET))
    printf("%zu figure%s in %s/plots\n", drawn, drawn == 1 ? "" : "s", folder);
  return REGIME_OK;
}

/* The figures of an analysis stand beside their data already. */
static regime_status refuse_analysis(const rg_cli *cli, const rg_manifest *manifest) {
  if (!manifest->analysis) return REGIME_OK;
  rg_error(cli->context, (rg_place){.file = manifest->folder},
           "in its folder `plots`, `gnuplot NAME.gp` draws a figure again",
           "this folder holds the answer of `regime %s`, not a run", manifest->analysis);
  return REGIME_BAD_ARGUMENT;
}

regime_status rg_cmd_plot(rg_cli *cli) {
  rg_manifest manifest;
  regime_model *model = NULL;
  size_t n = 0, drawn = 0;
  regime_status status = rg_manifest_open(cli, cli->options.argument, &manifest);
  const size_t most = json_array_size(json_object_get(manifest.root, "results"));
  regime_table **tables = RG_NEW_ARRAY(cli->arena, regime_table *, most);
  if (status == REGIME_OK) status = refuse_analysis(cli, &manifest);
  if (status == REGIME_OK) status = regime_model_load(cli->context, manifest.model_file, &model);
  if (status == REGIME_OK) status = read_tables(cli, &manifest, tables, &n);
  if (status == REGIME_OK)
    status = rg_figures_draw(cli, model, (const regime_table *const *)tables, n, manifest.folder, &drawn);
  if (status == REGIME_OK) status = answer(cli, manifest.folder, drawn);
  if (status == REGIME_OK && drawn == 0) status = REGIME_NO_FILE;
  for (size_t k = 0; k < n; k++) regime_table_free(tables[k]);
  regime_model_free(model);
  rg_manifest_close(&manifest);
  return status;
}
