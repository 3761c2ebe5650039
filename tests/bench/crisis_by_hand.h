/* The crisis model, scenario `history`, written by hand: what the engine's
 * generated right-hand side and Jacobian are measured against.
 *
 * Same equations and parameter values as models/crisis/crisis.cfg; the states
 * stand in the order in which that file gives their equations, each over its
 * nine countries, 170 in all (`crisis_state_name` spells them). Time in years.
 *
 * What follows from the parameters alone is worked out once, at the first
 * call; make that call, or `crisis_start`, before starting threads. */

#ifndef REGIME_TESTS_CRISIS_BY_HAND_H
#define REGIME_TESTS_CRISIS_BY_HAND_H

#include <stddef.h>

enum { CRISIS_COUNTRIES = 9, CRISIS_STATES = 170 };

/* Constant between events: 0 before, 1 after. */
typedef struct {
  double tight;
  double eased;
  double flooded;
} crisis_modes;

/* States of 1960; y has CRISIS_STATES elements. */
void crisis_start(double *y);

/* ydot[CRISIS_STATES] at time t and states y. */
void crisis_rhs(double t, const double *y, const crisis_modes *m, double *ydot);

/* d ydot / d y, exact, by the chain rule: J[column * CRISIS_STATES + row]. */
void crisis_jacobian(double t, const double *y, const crisis_modes *m, double *J);

/* What the events are found from; each fires where it crosses zero upwards. */
void crisis_events(double t, const double *y, const crisis_modes *m, double *turn, double *rescue,
                   double *crash);

/* "Y[US]", "taylorism" ...: written to name, at most size characters with the end. */
void crisis_state_name(size_t state, char *name, size_t size);

#endif
