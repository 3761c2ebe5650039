/* crew.c — a few threads that take the next job until there is none. */
#include "study/crew.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

typedef struct crew {
  size_t n_jobs, next;
  pthread_mutex_t lock;
  rg_crew_job *job;
} crew;

typedef struct hand {
  crew *crew;
  void *tools;
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
  for (size_t k; take(h->crew, &k);) h->crew->job(h->tools, k);
  return NULL;
}

/* The caller works too; of threads that cannot be had the others do the work. */
static void work_together(hand *hands, size_t n) {
  for (size_t k = 1; k < n; k++)
    hands[k].is_started = pthread_create(&hands[k].thread, NULL, work, &hands[k]) == 0;
  work(&hands[0]);
  for (size_t k = 1; k < n; k++)
    if (hands[k].is_started) pthread_join(hands[k].thread, NULL);
}

regime_status rg_crew_work(size_t n_jobs, void *const *tools, size_t n_tools, rg_crew_job *job) {
  crew c = {.n_jobs = n_jobs, .job = job};
  hand *hands = calloc(n_tools + 1, sizeof *hands);
  if (!hands || pthread_mutex_init(&c.lock, NULL) != 0) {
    free(hands);
    return REGIME_NO_MEMORY;
  }
  for (size_t k = 0; k < n_tools; k++) hands[k] = (hand){.crew = &c, .tools = tools[k]};
  work_together(hands, n_tools);
  pthread_mutex_destroy(&c.lock);
  free(hands);
  return REGIME_OK;
}
