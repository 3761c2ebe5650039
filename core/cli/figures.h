/* figures.h — the figures a model asks for, as gnuplot scripts with their data, drawn.
 *
 * plots/README.md says what a script is made of: a head of assignments written here, then the text of
 * style.gp and of the kind's script. A model that asks for none gets its scalar states over time, and a panel
 * for each of its first states over a set.
 */
#ifndef RG_FIGURES_H
#define RG_FIGURES_H

#include "cli/cli.h"

/* Writes FOLDER/plots/NAME.gp with its data and draws it, for each figure. `tables` are those of a run, or
 * the same read back. What cannot be drawn is warned of; *drawn is the number of pictures made. NO_FILE,
 * NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_figures_draw(const rg_cli *cli, const regime_model *model,
                                                const regime_table *const *tables, size_t n_tables,
                                                const char *folder, size_t *drawn);

#endif
