/* inquiry.h — what the commands steady, branch and portrait share: the law, the folder, words and numbers. */
#ifndef RG_CLI_INQUIRY_H
#define RG_CLI_INQUIRY_H

#include "cli/cli.h"
#include <jansson.h>

/* The law the options ask for. */
regime_law rg_inquiry_law(const rg_cli *cli);

/* A whole number given as an option; 0 when it is not. */
size_t rg_inquiry_whole(const rg_cli *cli, rg_option option);

/* The figure of a kind that the model declares first, or NULL. */
const regime_figure *rg_inquiry_figure(const regime_model *model, const char *kind);

/* --out, or out/MODEL-COMMAND. */
const char *rg_inquiry_folder(const rg_cli *cli, const regime_inquiry *inquiry);

/* Every table as FOLDER/NAME.csv, then the manifest, unless a part of the answer is missing. What an older
 * manifest lists goes first. */
REGIME_MUST_CHECK regime_status rg_inquiry_write(const rg_cli *cli, const regime_inquiry *inquiry,
                                                 bool is_whole, const char *folder);

/* NO, with an error, when a part of the answer is missing. */
REGIME_MUST_CHECK regime_status rg_inquiry_see_whole(const rg_cli *cli, bool is_whole);

/* "goodwin, scenario baseline: WHAT", then law and box in a line each. */
void rg_inquiry_print_head(const rg_cli *cli, const regime_inquiry *inquiry, const char *what);
void rg_inquiry_print_end(const char *folder, size_t drawn);

/* Values of the variables at several points, a column each under its number, a row a variable; no more than a
 * page of them, states first. `values[k]` has n_outputs. */
REGIME_MUST_CHECK regime_status rg_inquiry_print_values(const rg_cli *cli, const regime_inquiry *inquiry,
                                                        const char *heading, const double *const *values,
                                                        size_t n_points);

/* What every answer begins with: model, scenario, the instant of the law, the box. */
json_t *rg_json_inquiry(const regime_inquiry *inquiry);
/* {"v": 0.7, ...}: every variable. */
json_t *rg_json_variables(const regime_inquiry *inquiry, const double *values);
/* [[re, im], ...] */
json_t *rg_json_complex(const double *re, const double *im, size_t n);

/* "1 equilibrium", "2 equilibria" */
const char *rg_count(const rg_cli *cli, size_t n, const char *one, const char *many);

/* Zero where a number is the rounding of one beside `scale`. */
double rg_tidy(double value, double scale);

#endif
