/* scenario.h — scenarios as plans: what holds at the start, and what changes when.
 *
 * A scenario starts from its base, then lays overlays over sets, subsets or members in order, then sets
 * values; dated changes, its own and its base's, come in order of time. All of it is worked out when the
 * model is loaded.
 */
#ifndef RG_SCENARIO_H
#define RG_SCENARIO_H

#include "model/parameters.h"

typedef struct rg_dated_setting {
  double at;
  rg_setting setting;
} rg_dated_setting;
typedef RG_LIST(rg_dated_setting) rg_dated_settings;

typedef struct rg_plan {
  rg_settings start;         /* later ones win */
  rg_dated_settings changes; /* ascending in time */
} rg_plan;

typedef struct rg_scenarios {
  size_t count;
  regime_scenario *scenario; /* as the world sees them */
  rg_plan *plan;
} rg_scenarios;

void rg_scenarios_build(const rg_assigner *assigner, const rg_declarations *declared, rg_scenarios *out);

/* The number of a scenario, or SIZE_MAX: no such name. */
size_t rg_scenario_find(const rg_scenarios *scenarios, const char *name);

#endif
