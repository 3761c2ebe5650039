/* shelf.h — where models are: files, and names on the shelf.
 *
 * The shelf is the folders in REGIME_PATH, then `models` of the source tree the program was built from, then
 * the installed one. The model NAME is the file NAME.cfg in a folder called NAME, at most two levels down, or
 * a file NAME.cfg that lies directly in the shelf's folder; parts of models that are included lie deeper
 * unseen.
 */
#ifndef RG_SHELF_H
#define RG_SHELF_H

#include "cli/cli.h"

typedef struct rg_shelf_entry {
  const char *name, *file;
} rg_shelf_entry;
typedef RG_LIST(rg_shelf_entry) rg_shelf;

/* Every model on the shelf by name; of two with one name, the one found first. */
rg_shelf rg_shelf_read(const rg_cli *cli);

/* Loads MODEL, a file or a name. *out is yours; NULL on failure. BAD_ARGUMENT when there is no such model
 * (with the nearest name), and what regime_model_load may answer. */
REGIME_MUST_CHECK regime_status rg_shelf_load(const rg_cli *cli, const char *model, regime_model **out);

/* A file that comes with regime, such as plots/style.gp: in the source tree or installed. NULL: it is in
 * neither. */
const char *rg_data_file(const rg_cli *cli, const char *name);

#endif
