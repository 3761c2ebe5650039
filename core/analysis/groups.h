/* groups.h — which states nobody else looks at.
 *
 * State j is read by equation i when the Jacobian may be other than zero there. States that read each other,
 * straight or through others, are a group; a group that no state outside it reads can be left out without a
 * difference to the rest.
 */
#ifndef RG_GROUPS_H
#define RG_GROUPS_H

#include <stdbool.h>
#include <stddef.h>

/* reads[i + j * n]: whether equation i reads state j. Numbers the unread groups among the states that are not
 * left out, from 1; 0: of none. How many there are. stack: n numbers of room, seen: 2n. */
size_t rg_unread_groups(size_t n, const bool *reads, const bool *left_out, size_t *group, size_t *stack,
                        bool *seen);

#endif
