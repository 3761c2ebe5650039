/* jacobian.h — the exact Jacobian by the chain rule, definition by definition.
 *
 * The gradient of a definition is made from its partial derivatives by what stands in it and their gradients:
 *
 *   da/dy = sum over states s in a of  da/ds e_s  +  sum over definitions b in a of  da/db * db/dy
 *
 * The partials are expressions, found once; the sums are done in numbers, along patterns known before the
 * run. Writing the whole derivative out as one expression would repeat, for each state, every step between:
 * in a world in which everybody trades with everybody that grows beyond all bounds, and this does not.
 */
#ifndef RG_JACOBIAN_H
#define RG_JACOBIAN_H

#include "model/inline.h"
#include "model/switches.h"

/* Entries lie in one array of numbers, the work; a row is the gradient of one definition. */
typedef struct rg_direct {
  uint32_t partial, entry; /* work[entry] += partial */
} rg_direct;

typedef struct rg_through {
  uint32_t partial, source, count; /* the gradient of b: work[source .. source + count - 1] ... */
  const uint32_t *entry;           /* ... goes to work[entry[k]], times the partial */
} rg_through;

typedef struct rg_jacobian {
  size_t n, n_work;          /* rows and columns: states, then unknowns */
  RG_LIST(rg_node) partials; /* in terms of inputs */
  RG_LIST(rg_direct) directs;
  RG_LIST(rg_through) throughs;
  /* Rows in order: definitions before those that need them. Row r ends at these. */
  RG_LIST(size_t) direct_end;
  RG_LIST(size_t) through_end;
  const size_t *column, *row; /* the pattern by columns, as regime_system wants it */
  const uint32_t *entry;      /* of each nonzero in the work */
  /* For printing: the partials as written, which definition they are of, and by which symbol. */
  RG_LIST(rg_node) written;
  RG_LIST(size_t) of;
  RG_LIST(uint32_t) by;
} rg_jacobian;

void rg_jacobian_plan(rg_definitions *definitions, rg_inliner *inliner, rg_switches *switches,
                      rg_jacobian *out);

/* The nonzeros in the order of the pattern, from the values of the partials. `work` has room for n_work. */
void rg_jacobian_compute(const rg_jacobian *jacobian, const double *partials, double *work, double *values);

#endif
