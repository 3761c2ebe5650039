/* cycle_facts.h — what is read off a closed orbit. */
#ifndef RG_CYCLE_FACTS_H
#define RG_CYCLE_FACTS_H

#include "analysis/collocation.h"
#include <regime/branch.h>

typedef struct rg_cycle_facts {
  rg_field *field;
  size_t n, outputs;
  double *memory;
  double *re, *im;           /* multipliers, by falling modulus */
  double *low, *high, *mean; /* of the outputs */
  double *X, *shown;
  size_t trivial; /* number of the multiplier that is 1, of a flow; n of a map */
  bool is_stable; /* all others are within the unit circle, by twice what the trivial one is off */
} rg_cycle_facts;

REGIME_MUST_CHECK regime_status rg_cycle_facts_make(rg_field *field, rg_cycle_facts *facts);
void rg_cycle_facts_drop(rg_cycle_facts *facts);

/* The multipliers, of the orbit the collocation has just been solved for; NO_CONVERGENCE, NO_MEMORY. The
 * outputs: extremes along the polynomials, and means. */
REGIME_MUST_CHECK regime_status rg_cycle_facts_multiply(rg_cycle_facts *facts, rg_collocation *c);
void rg_cycle_facts_observe(rg_cycle_facts *facts, const rg_orbit *orbit);
/* At a time, of a map at the first point, into facts->X and facts->shown. */
void rg_cycle_facts_look(rg_cycle_facts *facts, const rg_orbit *orbit, double time);

/* Borrows from facts. */
regime_cycle_point rg_cycle_facts_point(const rg_cycle_facts *facts, const rg_orbit *orbit);

/* Sign changes along a family. In order: a real multiplier other than the trivial passes 1; one passes -1;
 * the product of two passes 1, which is a torus when they are a complex pair. All between -1 and 1. */
double rg_cycle_facts_one(const rg_cycle_facts *facts);
double rg_cycle_facts_doubling(const rg_cycle_facts *facts);
double rg_cycle_facts_torus(const rg_cycle_facts *facts);
/* Whether the multipliers nearest the unit circle are a complex pair. */
bool rg_cycle_facts_is_turning(const rg_cycle_facts *facts);

#endif
