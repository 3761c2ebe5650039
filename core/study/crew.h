/* crew.h — the same work on many numbered jobs, by several threads.
 *
 * Every job leaves its result in a place of its own, so that results do not depend on who does what.
 */
#ifndef RG_CREW_H
#define RG_CREW_H

#include <regime/status.h>
#include <stddef.h>

/* Does job k with tools that no other thread uses meanwhile. Jobs begin in their order, each once. */
typedef void rg_crew_job(void *tools, size_t k);

/* As many threads as there are tools, of which the caller's is one. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_crew_work(size_t n_jobs, void *const *tools, size_t n_tools,
                                             rg_crew_job *job);

#endif
