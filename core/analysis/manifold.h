/* manifold.h — the curves along which a saddle draws in and sends away. */
#ifndef RG_MANIFOLD_H
#define RG_MANIFOLD_H

#include "analysis/chase.h"

typedef RG_LIST(regime_manifold) rg_manifolds;

/* Adds the manifolds of dimension one of all equilibria: of a flow stable and unstable ones, each side by
 * itself, started where the flow departs from the eigenvector by no more than 1e-9 of the box; of a map the
 * unstable ones, by iterating a fundamental segment until neighbours are a 400th of the box apart. One that
 * comes to something bounded that does not settle is followed for eight widths. Shadows on the plane of
 * states x and y. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_manifolds_trace(rg_chase *chase, size_t x, size_t y, rg_manifolds *out);

/* The shadow of `count` points of n numbers each. */
regime_curve rg_shadow(rg_arena *arena, const double *points, size_t count, size_t n, size_t x, size_t y);

#endif
