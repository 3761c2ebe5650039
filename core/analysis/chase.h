/* chase.h — where a path ends: what portraits and basins ask of every start.
 *
 * A path is followed leg by leg until it enters the neighbourhood of a resting point, leaves, loses its
 * values, or keeps to cells it has seen before. Then its returns to a section are followed to the cycle it
 * has come to (in the plane by the secant method on the return map, so that slow ones cost little more).
 *
 * Sources: Datseris and Wagemakers 2022 (attractors by recurrence in cells), Nusse and Yorke 1998.
 */
#ifndef RG_CHASE_H
#define RG_CHASE_H

#include "analysis/cells.h"
#include "analysis/flow.h"
#include "base/arena.h"
#include <regime/portrait.h>

typedef RG_LIST(double) rg_numbers;

/* A cycle or another bounded set that paths come to. */
typedef struct rg_loop {
  regime_fate_kind kind;
  double period, multiplier;
  bool is_stable;
  size_t n_points;
  const double *points; /* n_points * n, in the order of time; of a flow's cycle the first again at the end */
} rg_loop;

typedef struct rg_chase {
  regime_context *context;
  rg_arena *arena;
  rg_field *field;
  rg_flow *flow;
  const regime_steady *steady;
  size_t n;
  bool is_map;
  const double *low, *high;
  double longest;
  RG_LIST(rg_target) targets;
  RG_LIST(rg_loop) loops;
  rg_cells seen, known; /* by this path; to belong to a loop, its number + 1 */
  double *X, *Y;        /* n each: where the path is, and room */
  double *by_width;     /* rows of a target that is a ball by the widths of the box */
} rg_chase;

/* Room, and the neighbourhoods of the resting points; everything in the arena, which may jump. */
void rg_chase_begin(rg_chase *chase);

/* Follows X in a direction of time. trace, where not NULL, gets the points, n numbers each, X first. A fate's
 * number is that of the equilibrium or of the loop. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_chase_from(rg_chase *chase, const double *X, int direction,
                                              rg_numbers *trace, regime_fate *fate);

/* The cycle near the present state chase->X, if there is one: *found its number; SIZE_MAX none. *closed: the
 * path is one of a family of closed ones. */
REGIME_MUST_CHECK regime_status rg_loop_close(rg_chase *chase, int direction, size_t *found, bool *closed);

/* Adds a loop, or finds it among those there are; marks its cells. Its number. */
size_t rg_loop_add(rg_chase *chase, rg_loop loop);

/* What is nearer to an equilibrium than a radius, in both directions of time. */
rg_target rg_target_ball(const rg_chase *chase, size_t number, double radius);

/* The largest neighbourhood of an equilibrium in which paths, in a direction of time, are seen to come
 * nearer; false: none was found. */
bool rg_target_find(rg_chase *chase, size_t number, int direction, rg_target *target);

#endif
