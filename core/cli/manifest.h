/* manifest.h — what made a run or an analysis, kept beside its files: enough to do it again, bit for bit. */
#ifndef RG_MANIFEST_H
#define RG_MANIFEST_H

#include "cli/cli.h"
#include <jansson.h>

/* How a manifest spells the integrator's settings. */
extern const char *const rg_method_names[];
extern const char *const rg_linear_names[];
extern const char *const rg_rule_names[];

const char *rg_manifest_path(const rg_cli *cli, const char *folder);

/* Writes FOLDER/manifest.json, last of all: where it is, the folder is whole. */
REGIME_MUST_CHECK regime_status rg_manifest_write(const rg_cli *cli, const regime_run *run,
                                                  const regime_run_options *options, double wall_s,
                                                  const char *folder);
/* The same for an analysis: its command is kept word by word. */
typedef struct rg_analysis {
  const regime_model *model;
  const char *scenario;
  double at;               /* the instant of the law; NaN: of none */
  const double *parameter; /* in force at span.from */
  const regime_table **table;
  size_t n_tables;
} rg_analysis;
REGIME_MUST_CHECK regime_status rg_manifest_write_analysis(const rg_cli *cli, const rg_analysis *analysis,
                                                           const char *folder);
REGIME_MUST_CHECK regime_status rg_manifest_write_fit(const rg_cli *cli, const regime_fit *fit,
                                                      const char *folder);
/* Takes away an older manifest and the tables it lists: a folder holds one run. */
void rg_manifest_remove(const rg_cli *cli, const char *folder);

/* A manifest read back. */
typedef struct rg_manifest {
  json_t *root;
  const char *folder;         /* where it was found */
  const char *analysis;       /* the command that made the folder; NULL: a run */
  regime_run_options options; /* as the run was asked for */
  const char *workshop;       /* a folder with the model's files as they were */
  const char *model_file;     /* in it */
} rg_manifest;

/* Reads FOLDER/manifest.json and lays out the model's files in a temporary folder. NO_FILE when the manifest
 * is missing or is none, and when a file whose text it could not hold has changed. Close it, also after a
 * failure. */
REGIME_MUST_CHECK regime_status rg_manifest_open(const rg_cli *cli, const char *folder, rg_manifest *out);
void rg_manifest_close(rg_manifest *manifest); /* takes a zeroed one */

/* Warns of each file of the model that has changed since the run. */
void rg_manifest_compare_files(const rg_cli *cli, const rg_manifest *manifest);

#endif
