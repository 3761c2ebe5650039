/* starts.h — points spread evenly over a box.
 *
 * A Sobol sequence (GSL) up to 40 dimensions, Halton's with digits reversed up to 1229, turned by an offset
 * that the seed decides (Cranley and Patterson 1976). Every second point is drawn towards a centre by the
 * third power, so that a box over several orders of magnitude is not searched at its far end alone. Beyond
 * 1229 dimensions the others are pseudo-random.
 */
#ifndef RG_STARTS_H
#define RG_STARTS_H

#include <stddef.h>

typedef struct rg_starts rg_starts;

rg_starts *rg_starts_create(size_t n, unsigned seed); /* NULL: no memory */
void rg_starts_free(rg_starts *starts);               /* takes NULL */

/* The next point of the box; the centre is moved into it. All have n parts. */
void rg_starts_next(rg_starts *starts, const double *low, const double *high, const double *centre,
                    double *out);

#endif
