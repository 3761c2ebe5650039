/* map.h — a map walked from period to period. */
#ifndef RG_MAP_H
#define RG_MAP_H

#include "solve/recorder.h"

/* Follows the map over the span; fills the path. A period without values ends it, the system having explained
 * itself; a block without solution does so too. BAD_ARGUMENT, NO_MEMORY, and whatever start answers. */
REGIME_MUST_CHECK regime_status rg_map_follow(regime_context *context, const regime_system *system,
                                              const regime_path_options *options, regime_path *path);

#endif
