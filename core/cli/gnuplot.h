/* gnuplot.h — running gnuplot on a script. */
#ifndef RG_GNUPLOT_H
#define RG_GNUPLOT_H

#include <regime/status.h>

typedef enum rg_drawing { RG_DRAWN, RG_NOT_DRAWN, RG_NO_GNUPLOT } rg_drawing;

/* Runs `gnuplot -e "format='FORMAT'" SCRIPT` in a folder; its words go to standard error. */
REGIME_MUST_CHECK rg_drawing rg_gnuplot_run(const char *folder, const char *script, const char *format);

#endif
