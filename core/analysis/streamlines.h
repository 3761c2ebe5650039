/* streamlines.h — trajectories that fill a window evenly. */
#ifndef RG_STREAMLINES_H
#define RG_STREAMLINES_H

#include "analysis/chase.h"
#include "analysis/plane.h"

typedef RG_LIST(regime_trajectory) rg_trajectories;

/* Lines already on the paper, which trajectories keep away from. */
typedef struct rg_paper {
  rg_arena *arena;
  double low[2], high[2], apart;
  rg_cells cells; /* number of a list of points + 1 by square of side `apart` */
  RG_LIST(rg_numbers) squares;
  rg_cells tried; /* squares, of a third of that side, with a start that led to nothing worth drawing */
  RG_LIST(regime_curve) lines;
} rg_paper;

rg_paper rg_paper_make(rg_arena *arena, const double low[2], const double high[2], double apart);
void rg_paper_draw(rg_paper *paper, regime_curve curve);

/* The trajectory through (x, y); whole. Of a map, the points of an orbit. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_trajectory_trace(rg_chase *chase, rg_plane *plane, const double start[2],
                                                    regime_trajectory *out);

/* Adds trajectories until no start is left that is `apart` from all lines on the paper (Jobard and Lefer
 * 1997); each is cut where it comes nearer than half of that to one, and drawn itself. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_streamlines_fill(rg_chase *chase, rg_plane *plane, rg_paper *paper,
                                                    rg_trajectories *out);

#endif
