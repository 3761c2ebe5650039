/* ring.h — linear equations linked in a ring, with a border: what Newton's method asks for a closed orbit.
 *
 *   E_j x_j - x_(j+1) + B_j y = b_j     j = 0 .. count - 1, x_count being x_0; n unknowns each
 *   sum W_j x_j + D y = d               as many conditions as there are y
 *
 * Unknown after unknown is taken out of its two neighbours and of the conditions, with row interchanges
 * (Doedel, Keller and Kernevez 1991, part II, sec. 2.4), so that the ring is at last one link: an elimination
 * as stable as that of the whole matrix, in time that grows with count only.
 */
#ifndef RG_RING_H
#define RG_RING_H

#include <stdbool.h>
#include <stddef.h>

typedef struct rg_ring rg_ring;

/* Of at least two links. NULL: no memory. */
rg_ring *rg_ring_create(size_t n, size_t count, size_t extras);
void rg_ring_free(rg_ring *ring); /* takes NULL */

/* To be filled in, row after row: [E_j B_j], n * (n + extras); W_j, extras * n; D, extras * extras. */
double *rg_ring_link(rg_ring *ring, size_t j);
double *rg_ring_weight(rg_ring *ring, size_t j);
double *rg_ring_corner(rg_ring *ring);
/* The size of each unknown, n of x and those of y: pivots are compared in these units. 1 at first. */
double *rg_ring_scale(rg_ring *ring);

/* b, all b_j and then d, becomes all x_j and then y. False: the equations are singular. */
bool rg_ring_solve(rg_ring *ring, double *b);

#endif
