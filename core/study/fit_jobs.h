/* fit_jobs.h — the same work on many numbered jobs, by several threads.
 *
 * Every job leaves its result in a place of its own, so that results do not depend on who does what.
 */
#ifndef RG_FIT_JOBS_H
#define RG_FIT_JOBS_H

#include "study/fit_target.h"

/* Does job k with a worker; jobs run at the same time, each once. */
typedef void rg_job(rg_worker *worker, size_t k, void *self);

/* The paths all of them asked for are added to *paths. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_jobs_run(const rg_target *target, size_t n_jobs, size_t n_threads,
                                            rg_job *job, void *self, long *paths);

#endif
