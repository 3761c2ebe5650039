/* matrix_at.h — the stock-flow matrices of a model in the numbers of a date. */
#ifndef RG_MATRIX_AT_H
#define RG_MATRIX_AT_H

#include "cli/cli.h"

/* Runs the model to the date of --at, under --scenario and --set, and prints its matrices there. *out is
 * yours; NULL on failure. NO when the path does not get there. */
REGIME_MUST_CHECK regime_status rg_matrix_at(rg_cli *cli, const regime_model *model, char **out);

#endif
