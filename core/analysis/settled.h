/* settled.h — a search for the cycle a system settles on, as its parts share it. */
#ifndef RG_SETTLED_H
#define RG_SETTLED_H

#include "analysis/cycle_facts.h"
#include <regime/cycle.h>

typedef struct rg_settled {
  regime_context *context;
  const regime_cycle_options *options;
  rg_field *field;
  rg_cycle_facts facts;
  regime_cycle_verdict verdict;
  double *x;       /* n: where the path is */
  rg_orbit *orbit; /* what was found; NULL: nothing */
  rg_correction correction;
  bool is_family;
  bool is_stopped; /* somebody wished so */
  double mesh_error;
  size_t n_curve; /* points of a closed curve of a map, and the mean period of a turn */
  double *curve;
  double turn;
} rg_settled;

/* How a flow, and how a map, settles. They leave a verdict and what belongs to it. */
REGIME_MUST_CHECK regime_status rg_settle_flow(rg_settled *s);
REGIME_MUST_CHECK regime_status rg_settle_map(rg_settled *s);

/* Corrects s->orbit by collocation with the given freedom; false: there is no such cycle near. On an adaptive
 * mesh, of a flow. */
REGIME_MUST_CHECK regime_status rg_settled_polish(rg_settled *s, rg_freedom freedom, bool *is_there);

/* 1 + the largest |x_i| of a state, against which it is at rest; whether F(x) moves by less than `within` of
 * that in so much time (a map in a period). */
bool rg_settled_is_at_rest(const rg_settled *s, double time, double within);

/* Whether it is to stop here; grants the wish. */
bool rg_settled_is_stopped(rg_settled *s);

#endif
