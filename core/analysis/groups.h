/* groups.h — which states nobody else looks at.
 *
 * State j is read by equation i when the Jacobian may be other than zero there. States that read each other,
 * straight or through others, are a group; a group that no state outside it reads can be left out without a
 * difference to the rest.
 */
#ifndef RG_GROUPS_H
#define RG_GROUPS_H

#include "analysis/field.h"

/* reads[i + j * n]: whether equation i reads state j. Numbers the unread groups among the states that are not
 * left out, from 1; 0: of none. How many there are. stack: n numbers of room, seen: 2n. */
size_t rg_unread_groups(size_t n, const bool *reads, const bool *left_out, size_t *group, size_t *stack,
                        bool *seen);

/* reads[i + j*n]: whether equation i looks at state j. From the pattern; of a system without one, from what
 * is not zero at some of `count` points of n states. X: as the field wants it, room; jacobian: n * (n + k),
 * room. */
void rg_readers(rg_field *field, size_t count, const double *points, double *X, double *jacobian,
                bool *reads);

/* All states that have an influence on state `on`, itself too, as seen[n]. stack: n, room. */
void rg_those_that_move(size_t n, const bool *reads, size_t on, size_t *stack, bool *seen);

#endif
