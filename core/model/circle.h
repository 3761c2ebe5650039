/* circle.h — telling about things that need each other. */
#ifndef RG_CIRCLE_H
#define RG_CIRCLE_H

#include "base/arena.h"
#include "base/diagnostic.h"
#include "model/matching.h"

typedef struct rg_link {
  const char *name;
  rg_place place;
} rg_link;

/* "a circle: `a` needs `b` (line 4), `b` needs `a`", at the first link. Each needs the next, the last the
 * first. */
void rg_report_circle(regime_context *context, rg_arena *arena, const rg_link *links, size_t count,
                      const char *remedy);

/* "`a` (line 4), `b` (line 7)", up to a handful. `is_in` says which are meant; NULL: all. */
const char *rg_link_names(rg_arena *arena, const rg_link *links, size_t count, const bool *is_in,
                          bool with_lines);

/* Equations that no matching gives an unknown each: link k names equation and unknown k. */
void rg_report_fight(regime_context *context, rg_arena *arena, const rg_link *links, size_t count,
                     const rg_matching *matching);

#endif
