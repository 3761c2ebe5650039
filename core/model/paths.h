/* paths.h — exogenous paths as pieces of polynomials.
 *
 * A path is constant before its first point and after its last. Between, it is a step that holds its left
 * value, a straight line, or a cubic that is smooth and goes up and down only where the points do (Steffen
 * 1990, Astronomy and Astrophysics 239). Each piece holds from its point on, so that a date belongs to what
 * begins there.
 */
#ifndef RG_PATHS_H
#define RG_PATHS_H

#include "model/definitions.h"

typedef struct rg_path {
  size_t n_corners;
  const double *corner;                  /* times of the points, ascending */
  const double (*piece)[RG_PIECE_PARTS]; /* n_corners + 1: before the first corner, then from each on */
} rg_path;

void rg_path_build(rg_arena *arena, const rg_path_decl *declared, rg_path *out);

/* The piece in force at t. */
const double *rg_path_piece(const rg_path *path, double t);
/* The first corner after t, or INFINITY. */
double rg_path_next_corner(const rg_path *path, double t);
double rg_piece_value(const double *piece, double t);

#endif
