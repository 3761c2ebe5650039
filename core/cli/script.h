/* script.h — the script of a figure: a head of assignments, the style, the text of its kind; and drawing it.
 */
#ifndef RG_SCRIPT_H
#define RG_SCRIPT_H

#include "base/text.h"
#include "cli/cli.h"

/* A text in single quotes; NAME = 'TEXT' in a line of its own; the same for a number. */
void rg_head_quoted(rg_text *head, const char *text);
void rg_head_text(rg_text *head, const char *name, const char *text);
void rg_head_number(rg_text *head, const char *name, double value);
/* What every head begins with. */
void rg_head_begin(rg_text *head, const char *kind, const char *name, const char *title);

/* Writes FOLDER/NAME.gp: the head, which is spent, then plots/style.gp and plots/SCRIPT. NO_FILE, NO_MEMORY.
 */
REGIME_MUST_CHECK regime_status rg_script_write(const rg_cli *cli, rg_text *head, const char *script,
                                                const char *folder, const char *name);

/* Has FOLDER/NAME.gp drawn in the format the options ask for; what goes wrong is warned of. *drawn counts the
 * pictures. False when gnuplot is missing and it is no use to go on. */
bool rg_script_draw(const rg_cli *cli, const char *folder, const char *name, size_t *drawn);

#endif
