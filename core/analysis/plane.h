/* plane.h — a field seen in the plane of two states, the others held, or where they rest given these two. */
#ifndef RG_PLANE_H
#define RG_PLANE_H

#include "analysis/field.h"
#include "base/arena.h"

typedef struct rg_plane {
  rg_field *field;
  size_t n, x, y;
  const double *held; /* n */
  bool solve;
  double *X, *F, *z, *jacobian; /* n, n, n, n*n: room; X keeps the others where they last rested */
  size_t *other;                /* n - 2 */
} rg_plane;

/* Room is in the arena; held is borrowed. */
rg_plane rg_plane_make(rg_arena *arena, rg_field *field, size_t x, size_t y, const double *held, bool solve);

/* The whole state at (x, y), in plane->X: the others are solved for by Newton's method from where they last
 * rested, and failing that from where they are held. 0, or 1: they rest nowhere. */
int rg_plane_place(rg_plane *plane, double x, double y);

/* The change of x and y there: a flow's F, a map's F - x. 0, or 1 for "no value". */
int rg_plane_change(rg_plane *plane, double x, double y, double change[2]);

#endif
