/* inquiry_figures.h — figures of an analysis: portraits, diagrams, lines. */
#ifndef RG_INQUIRY_FIGURES_H
#define RG_INQUIRY_FIGURES_H

#include "cli/cli.h"

/* Each writes scripts and data into FOLDER/plots and has them drawn; what cannot be drawn is warned of, and
 * *drawn is the number of pictures. NO, NO_FILE, NO_MEMORY. */

/* The plane of two states: plots/portrait.gp. */
REGIME_MUST_CHECK regime_status rg_draw_portrait(const rg_cli *cli, const regime_inquiry *inquiry,
                                                 const char *folder, size_t *drawn);

/* A variable, or NULL for the first state, against the parameter, and what else there is: plots/branch.gp,
 * eigenvalues.gp, curves.gp; or attractor.gp. */
REGIME_MUST_CHECK regime_status rg_draw_diagram(const rg_cli *cli, const regime_inquiry *inquiry,
                                                const regime_branch_question *question, const char *variable,
                                                const char *folder, size_t *drawn);

/* The model's figures of kind `lines`: plots/lines.gp. */
REGIME_MUST_CHECK regime_status rg_draw_lines(const rg_cli *cli, const regime_inquiry *inquiry,
                                              const char *folder, size_t *drawn);

#endif
