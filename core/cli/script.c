/* script.c — scripts of figures: written, and drawn. */
#include "cli/script.h"
#include "base/diagnostic.h"
#include "cli/files.h"
#include "cli/gnuplot.h"
#include "cli/shelf.h"

#include <stdlib.h>

/* --- the head ------------------------------------------------------------------------------------------ */

/* Single quotes: between double ones gnuplot would run what stands in backquotes. */
void rg_head_quoted(rg_text *head, const char *text) {
  rg_text_add(head, "'");
  for (; *text; text++) {
    rg_text_add(head, "%s%c", *text == '\'' ? "'" : "", *text == '\n' ? ' ' : *text);
  }
  rg_text_add(head, "'");
}

void rg_head_text(rg_text *head, const char *name, const char *text) {
  rg_text_add(head, "%s = ", name);
  rg_head_quoted(head, text);
  rg_text_add(head, "\n");
}

void rg_head_number(rg_text *head, const char *name, double value) {
  rg_text_add(head, "%s = %#.17g\n", name, value); /* a point: gnuplot divides whole numbers as such */
}

void rg_head_begin(rg_text *head, const char *kind, const char *name, const char *title) {
  rg_text_add(head, "# Made by regime %s. Draw again:  gnuplot %s.gp\n\n", regime_version(), name);
  rg_head_text(head, "kind", kind);
  rg_head_text(head, "name", name);
  rg_head_text(head, "title", title);
}

/* --- the whole ----------------------------------------------------------------------------------------- */

static regime_status add_script(const rg_cli *cli, rg_text *text, const char *name) {
  const char *file = rg_data_file(cli, rg_arena_printf(cli->arena, "plots/%s", name)), *body;
  if (!file) {
    rg_error(cli->context, (rg_place){0}, "install regime again, or keep its source tree where it was",
             "the script `plots/%s` of regime is missing", name);
    return REGIME_NO_FILE;
  }
  const regime_status status = rg_file_text(cli, file, &body);
  if (status == REGIME_OK) rg_text_add(text, "%s\n", body);
  return status;
}

regime_status rg_script_write(const rg_cli *cli, rg_text *head, const char *script, const char *folder,
                              const char *name) {
  char *text = NULL;
  rg_text_add(head, "\n");
  regime_status status = add_script(cli, head, "style.gp");
  if (status == REGIME_OK) status = add_script(cli, head, script);
  if (status == REGIME_OK) status = rg_text_finish(head, &text);
  if (status == REGIME_OK)
    status = rg_file_put(cli, rg_arena_printf(cli->arena, "%s/%s.gp", folder, name), text);
  rg_text_drop(head);
  free(text);
  return status;
}

/* --- drawing ------------------------------------------------------------------------------------------- */

static void warn_of_gnuplot(const rg_cli *cli, const char *folder) {
  rg_warning(cli->context, (rg_place){.file = folder},
             "install it (Debian: gnuplot-nox), then `regime plot DIR` draws the figures",
             "gnuplot is missing: scripts and data are written, pictures are not");
}

bool rg_script_draw(const rg_cli *cli, const char *folder, const char *name, size_t *drawn) {
  const char *format = cli->options.text[RG_OPTION_FORMAT];
  const char *script = rg_arena_printf(cli->arena, "%s.gp", name);
  const rg_drawing drawing = rg_gnuplot_run(folder, script, format ? format : "png");
  if (drawing == RG_NO_GNUPLOT) warn_of_gnuplot(cli, folder);
  if (drawing == RG_NOT_DRAWN)
    rg_warning(cli->context, (rg_place){.file = folder}, "its complaint stands above",
               "gnuplot could not draw `%s`", script);
  *drawn += drawing == RG_DRAWN;
  return drawing != RG_NO_GNUPLOT;
}
