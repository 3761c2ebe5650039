/* events.h — crossings with consequences. */
#ifndef RG_EVENTS_H
#define RG_EVENTS_H

#include "model/check.h"
#include "model/inline.h"
#include "model/lower.h"

/* A mode, or a state, and what it becomes. */
typedef struct rg_consequence {
  bool is_mode;
  size_t target; /* number of the mode or of the state; discrete, before rg_events_aim: of the variable */
  rg_place place;
  const rg_tree *tree; /* NULL: the number counts */
  double number;
  rg_node value;
} rg_consequence;

typedef struct rg_happening {
  rg_written written;
  const rg_tree *when;
  rg_node function; /* crosses zero when it happens */
  RG_LIST(rg_consequence) consequences;
} rg_happening;

typedef struct rg_events {
  size_t count;
  regime_event *event;     /* as the world sees them */
  rg_happening *happening; /* as many */
} rg_events;

/* Parses and checks `when` and what is set. */
void rg_events_read(rg_checker *checker, const rg_check_input *input, const rg_declarations *declared,
                    rg_events *out);

/* Whether `when` is a condition, as a > b, and not a function that crosses zero. */
bool rg_is_comparison(const rg_tree *when);

/* Discrete time, when all lags are known: what is set is what the next period finds, a lag of one. An error
 * where nothing looks back at it. */
void rg_events_aim(regime_context *context, const rg_definitions *definitions, rg_events *events);

/* Their expressions on the graph: as written, then in terms of inputs. */
void rg_events_lower(rg_lowerer *lowerer, rg_events *events);
void rg_events_inline(rg_inliner *inliner, rg_events *events);

#endif
