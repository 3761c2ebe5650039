/* reduce.h — a system with unknowns as one without: blocks are solved inside its functions.
 *
 * z(t, y) solves g(t, y, z) = 0, and the Jacobian follows by the implicit function theorem,
 *
 *   df/dy  =  f_y - f_z g_z^-1 g_y,
 *
 * exact, with a pattern known beforehand. So do tangents: g_z dz = -(g_y dy + g_p dp + g_t dt), block after
 * block. The search for z starts from where it was found last.
 */
#ifndef RG_REDUCE_H
#define RG_REDUCE_H

#include <regime/path.h>

typedef struct rg_reduced rg_reduced;

/* *out is yours; NULL on failure. The system must outlive it. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_reduced_create(const regime_system *system, rg_reduced **out);
void rg_reduced_free(rg_reduced *reduced); /* takes NULL */

/* The system without unknowns; borrowed. */
const regime_system *rg_reduced_system(const rg_reduced *reduced);

/* Whether the last evaluation failed for want of a solution; then the last z tried, each with what its
 * equation was off by (NaN: no value). */
bool rg_reduced_is_unsolved(const rg_reduced *reduced);
void rg_reduced_iterate(const rg_reduced *reduced, double *z, double *residual);

void rg_reduced_count(const rg_reduced *reduced, regime_counters *counters);

#endif
