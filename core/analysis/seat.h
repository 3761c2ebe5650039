/* seat.h — what portraits and basins both begin with: the equilibria of a box, the field, and the chase. */
#ifndef RG_SEAT_H
#define RG_SEAT_H

#include "analysis/chase.h"

typedef struct rg_seat_question {
  double t;
  size_t x, y;
  const double *low, *high; /* n */
  double margin, longest;
} rg_seat_question;

typedef struct rg_seat {
  regime_context *context;
  rg_arena *arena; /* of the result, and of the work */
  regime_steady *steady;
  bool is_owned; /* steady, by the arena */
  rg_field *field;
  rg_chase chase;
} rg_seat;

/* Takes the seat and calls work(self), in which the seat's arena may be used freely: when memory is exhausted
 * it comes back from there. On failure nothing is left; else rg_seat_leave frees what was needed for the work
 * and gives the arena, which owns the equilibria too. BAD_ARGUMENT, NO_MEMORY, what regime_steady_find
 * answers, and what work does. */
REGIME_MUST_CHECK regime_status rg_seat_take(rg_seat *seat, regime_context *context, regime_system *system,
                                             const rg_seat_question *question,
                                             regime_status (*work)(void *self), void *self);
rg_arena *rg_seat_leave(rg_seat *seat);

/* n_states in the arena: `held`, or where that is NULL the state the system starts in. */
const double *rg_seat_held(const rg_seat *seat, const double *held);

#endif
