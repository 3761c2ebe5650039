/* nullcline.h — where a function on a window is zero: lines. */
#ifndef RG_NULLCLINE_H
#define RG_NULLCLINE_H

#include "base/arena.h"
#include <regime/portrait.h>

typedef struct rg_window {
  double low[2], high[2];
} rg_window;

typedef struct rg_contour {
  regime_curve curve;
  bool is_closed;
} rg_contour;

typedef RG_LIST(rg_contour) rg_contours;

/* Adds the lines of f(x, y) = 0. Marching squares on the cells of a fine grid (512 a side), looked at only
 * where the coarse one (64) sees a change of sign, and onwards from there along the line. Each crossing of an
 * edge is refined to 2^-48 of the edge on the exact function; where f jumps across zero instead of passing
 * it there is no line. f answers 0, or 1 for "no value". */
void rg_nullclines(rg_arena *arena, const rg_window *window,
                   int (*f)(void *self, double x, double y, double *value), void *self, rg_contours *lines);

#endif
