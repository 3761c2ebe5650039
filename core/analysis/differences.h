/* differences.h — derivatives along a line where there is nothing better.
 *
 * Central differences of sixth order, with steps that shrink from coarse to fine; of each component that
 * value is kept which differs least from the one before (the idea of Ridders 1982). Truncation falls with h^6
 * and rounding grows with 1/h or 1/h^2, so that first derivatives come out right to about 1e-12 and second to
 * about 1e-9 where the function is right to rounding and varies over lengths not far from `reach`.
 */
#ifndef RG_DIFFERENCES_H
#define RG_DIFFERENCES_H

#include <stddef.h>

typedef struct rg_line {
  void *self;
  int (*at)(void *self, double s, double *out); /* m values; 1: no value */
  size_t m;
  double reach; /* the s over which the function changes by something like itself; > 0 */
} rg_line;

/* How many numbers of room the two need. */
size_t rg_difference_room(size_t m);

/* The first, or second, derivative by s at 0. Components without value are NaN. 1: the function has no value
 * on either side of 0, however near. */
int rg_first_difference(const rg_line *line, double *room, double *out);
int rg_second_difference(const rg_line *line, double *room, double *out);

#endif
