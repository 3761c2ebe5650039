/* fit_jobs.c — a few threads that take the next job until there is none. */
#include "study/fit_jobs.h"

#include <pthread.h>
#include <stdlib.h>

typedef struct crew {
  size_t n_jobs, next;
  pthread_mutex_t lock;
  rg_job *job;
  void *self;
} crew;

typedef struct hand {
  crew *crew;
  rg_worker worker;
  pthread_t thread;
  bool is_started;
} hand;

static bool take(crew *c, size_t *k) {
  pthread_mutex_lock(&c->lock);
  *k = c->next;
  if (c->next < c->n_jobs) c->next++;
  pthread_mutex_unlock(&c->lock);
  return *k < c->n_jobs;
}

static void *work(void *self) {
  hand *h = self;
  for (size_t k; take(h->crew, &k);) h->crew->job(&h->worker, k, h->crew->self);
  return NULL;
}

/* The caller's thread works too, as the first hand. */
static void work_together(hand *hands, size_t n) {
  for (size_t k = 1; k < n; k++)
    hands[k].is_started = pthread_create(&hands[k].thread, NULL, work, &hands[k]) == 0;
  work(&hands[0]);
  for (size_t k = 1; k < n; k++)
    if (hands[k].is_started) pthread_join(hands[k].thread, NULL);
}

regime_status rg_jobs_run(const rg_target *t, size_t n_jobs, size_t n_threads, rg_job *job, void *self,
                          long *paths) {
  const size_t n = n_threads < 1 ? 1 : n_threads < n_jobs ? n_threads : n_jobs > 0 ? n_jobs : 1;
  crew c = {.n_jobs = n_jobs, .job = job, .self = self};
  hand *hands = calloc(n, sizeof *hands);
  if (!hands) return REGIME_NO_MEMORY;
  if (pthread_mutex_init(&c.lock, NULL) != 0) {
    free(hands);
    return REGIME_NO_MEMORY;
  }
  regime_status status = REGIME_OK;
  for (size_t k = 0; k < n && status == REGIME_OK; k++) {
    hands[k].crew = &c;
    status = rg_worker_open(t, &hands[k].worker);
  }
  if (status == REGIME_OK) work_together(hands, n);
  for (size_t k = 0; k < n; k++) {
    *paths += hands[k].worker.paths;
    rg_worker_close(&hands[k].worker);
  }
  pthread_mutex_destroy(&c.lock);
  free(hands);
  return status;
}
