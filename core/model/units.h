/* units.h — do the declared units fit together?
 *
 * A unit is a product of powers of words: "1/year", "USD/person", "US dollars of 1960", "m^2". `1`, `share`,
 * `ratio`, `fraction`, `%` and nothing at all are dimensionless. The check raises no false alarms: whatever
 * has no declared unit fits everything, and so does a number, which may carry any unit (the 6 in `x/6` may be
 * years). It complains where both sides of + - < > = are fully known and differ, and where exp, log and their
 * kin are taken of something that has a unit.
 */
#ifndef RG_UNITS_H
#define RG_UNITS_H

#include "model/conditions.h"
#include "model/events.h"
#include "model/matrices.h"
#include "model/observations.h"

typedef struct rg_unit_power {
  const char *word;
  double power;
} rg_unit_power;

/* Words ascending, powers not zero. */
typedef struct rg_unit {
  size_t count;
  const rg_unit_power *factor;
} rg_unit;

/* A unit from its text; NULL: unknown, because it is no product of powers of words. */
const rg_unit *rg_unit_parse(rg_arena *arena, const char *text);

/* Without years, quarters, months and periods: from period to period a flow is an amount. */
const rg_unit *rg_unit_timeless(rg_arena *arena, const rg_unit *unit);
const rg_unit *rg_unit_times(rg_arena *arena, const rg_unit *a, const rg_unit *b, double power_of_b);
bool rg_unit_equal(const rg_unit *a, const rg_unit *b);
const char *rg_unit_text(rg_arena *arena, const rg_unit *unit);

typedef struct rg_unit_input {
  regime_context *context;
  const rg_scope *scope;
  const rg_equations *equations;
  const rg_parameters *parameters;
  const regime_variable *variables; /* with their units */
  const char *time;                 /* the unit of time; NULL or "": none */
  bool discrete;
} rg_unit_input;

void rg_units_check(const rg_unit_input *input, const rg_statements *statements, const rg_events *events,
                    const rg_conditions *conditions, const rg_matrices *matrices,
                    const rg_observations *observations);

#endif
