/* flow.h — a field as something to move along: forwards or backwards, at unit speed.
 *
 * Of a flow the path x' = F(x) is followed by length, dx/ds = F/N, N = sqrt(|F|^2 + e^2), with |.| measured
 * by the widths of the box: the same curves, with points evenly spaced on paper, slow or fast as the flow may
 * be. e is far below any speed worth drawing; it lets a path rest where the flow does. Of a map a leg is
 * so many periods.
 */
#ifndef RG_FLOW_H
#define RG_FLOW_H

#include "analysis/field.h"

typedef struct rg_flow rg_flow;

/* V(x) = sum (row_k . (x - x0))^2 <= level: within, a path has arrived at equilibrium `number`. Borrowed. */
typedef struct rg_target {
  const double *state, *rows; /* n, n*n: row_k at rows + k*n */
  double level;
  size_t number;
  int direction; /* of time in which it is one: +1, -1, or 0: both */
} rg_target;

typedef enum rg_halt { RG_WENT_ON, RG_LEFT, RG_ARRIVED, RG_RETURNED, RG_DIVERGED, RG_NO_VALUE_HERE } rg_halt;

typedef struct rg_leg {
  rg_halt halt;
  size_t n_points;      /* the start among them */
  const double *points; /* n_points * (n + 1): the states and the time since the start; until the next leg */
  size_t target;        /* RG_ARRIVED: which of the targets */
} rg_leg;

/* The box is n lows and highs, borrowed; further away than margin widths a path has left. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_flow_create(rg_field *field, const double *low, const double *high,
                                               double margin, rg_flow **out);
void rg_flow_free(rg_flow *flow); /* takes NULL */

/* That of a step, relative, and a hundredth of it absolute; 1e-7 at first. The one before. */
double rg_flow_set_tolerance(rg_flow *flow, double tolerance);

void rg_flow_set_targets(rg_flow *flow, size_t n, const rg_target *target);
/* Halts legs when they pass the plane through `point` as the flow does there (direction +1 or -1); NULL:
 * none. */
void rg_flow_set_section(rg_flow *flow, const double *point, int direction);

/* From X for `length`, a point every `every`; of a map for `length` periods. NO_MEMORY. What goes wrong on
 * the way is the leg's halt. */
REGIME_MUST_CHECK regime_status rg_flow_go(rg_flow *flow, const double *X, int direction, double length,
                                           double every, rg_leg *leg);

/* |x| by the widths of the box; V of a target at X. */
double rg_flow_distance(const rg_flow *flow, const double *a, const double *b);
double rg_target_value(const rg_target *target, size_t n, const double *X);

#endif
