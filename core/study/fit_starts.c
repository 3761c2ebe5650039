/* fit_starts.c — several searches from points spread over the bounds, and the best of where they end. */
#include "analysis/starts.h"
#include "study/fit_jobs.h"
#include "study/fit_result.h"

#include <math.h>
#include <nlopt.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* --- improvements, told one at a time ------------------------------------------------------------------ */

typedef struct herald {
  pthread_mutex_t lock;
  regime_fit_watch watch;
  void *watcher;
  double best;
} herald;

static void tell(void *self, size_t start, long evaluations, double cost) {
  herald *h = self;
  pthread_mutex_lock(&h->lock);
  if (cost < h->best) {
    h->best = cost;
    h->watch(h->watcher, start, evaluations, cost);
  }
  pthread_mutex_unlock(&h->lock);
}

/* --- where to start ------------------------------------------------------------------------------------ */

static void start_from_model(const rg_frees *frees, double *p) {
  for (size_t k = 0; k < frees->count; k++) p[k] = frees->items[k].start;
}

/* The points of all jobs but the first, which starts from the model's values. */
static regime_status spread(const rg_frees *frees, unsigned seed, rg_found *found, size_t first,
                            size_t n_jobs) {
  const size_t n = frees->count;
  rg_starts *starts = rg_starts_create(n, seed);
  double *room = calloc(4 * n, sizeof *room), *low = room, *high = room + n, *centre = room + 2 * n,
         *point = room + 3 * n;
  const bool enough = starts && room;
  for (size_t k = 0; enough && k < n; k++) {
    rg_free_box(&frees->items[k], &low[k], &high[k]);
    centre[k] = rg_free_upright(&frees->items[k], frees->items[k].start);
  }
  for (size_t job = first; enough && job < n_jobs; job++) {
    rg_starts_next(starts, low, high, centre, point);
    for (size_t k = 0; k < n; k++) found[job].p[k] = rg_free_from_upright(&frees->items[k], point[k]);
  }
  rg_starts_free(starts);
  free(room);
  return enough ? REGIME_OK : REGIME_NO_MEMORY;
}

/* --- the global search --------------------------------------------------------------------------------- */

typedef struct wide {
  rg_worker *worker;
  const rg_aim_of_fit *aim;
  nlopt_opt search;
  double *p, *value, *residual;
  regime_status status;
} wide;

static double cost_at(unsigned n, const double *z, double *gradient, void *self) {
  wide *w = self;
  const rg_target *t = w->worker->target;
  (void)gradient;
  for (size_t k = 0; k < n; k++) w->p[k] = rg_free_from_upright(&t->frees.items[k], z[k]);
  const regime_status status = rg_worker_ask(w->worker, w->p, w->value, NULL);
  if (status != REGIME_OK && status != REGIME_UNDEFINED) {
    w->status = status;
    nlopt_force_stop(w->search);
  }
  const bool finite =
      status == REGIME_OK && rg_fit_residuals(t, w->aim, w->p, w->value, NULL, w->residual, NULL);
  return finite ? rg_half_squares(w->residual, rg_fit_rows(t)) : 1e100;
}

/* NLopt's controlled random search with local mutation (Kaelo and Ali 2006). */
static void search_widely(wide *w, unsigned seed, double *low, double *high, double *z) {
  const rg_frees *frees = &w->worker->target->frees;
  const unsigned n = (unsigned)frees->count;
  double least;
  w->search = nlopt_create(NLOPT_GN_CRS2_LM, n);
  if (!w->search) {
    w->status = REGIME_NO_MEMORY;
    return;
  }
  for (size_t k = 0; k < n; k++) {
    rg_free_box(&frees->items[k], &low[k], &high[k]);
    z[k] = fmin(fmax(rg_free_upright(&frees->items[k], frees->items[k].start), low[k]), high[k]);
  }
  nlopt_srand(seed + 1); /* of this thread */
  nlopt_set_lower_bounds(w->search, low);
  nlopt_set_upper_bounds(w->search, high);
  nlopt_set_min_objective(w->search, cost_at, w);
  nlopt_set_maxeval(w->search, (int)(200 * (n + 1)));
  nlopt_set_ftol_rel(w->search, 1e-4);
  if (nlopt_optimize(w->search, z, &least) == NLOPT_OUT_OF_MEMORY) w->status = REGIME_NO_MEMORY;
  nlopt_destroy(w->search);
}

regime_status rg_fit_global(rg_worker *worker, const rg_aim_of_fit *aim, unsigned seed, double *p) {
  const rg_target *t = worker->target;
  const size_t n = t->frees.count, n_facts = t->facts.count;
  double *room = calloc(4 * n + n_facts + rg_fit_rows(t), sizeof *room);
  if (!room) return REGIME_NO_MEMORY;
  double *low = room, *high = room + n, *z = room + 2 * n;
  wide w = {.worker = worker,
            .aim = aim,
            .p = room + 3 * n,
            .value = room + 4 * n,
            .residual = room + 4 * n + n_facts};
  search_widely(&w, seed, low, high, z);
  for (size_t k = 0; k < n && w.status == REGIME_OK; k++)
    p[k] = rg_free_from_upright(&t->frees.items[k], z[k]);
  free(room);
  return w.status;
}

/* --- all of them --------------------------------------------------------------------------------------- */

typedef struct starts {
  const rg_aim_of_fit *aim;
  rg_found *found;
  bool global; /* job 1 begins with a global search */
  unsigned seed;
} starts;

static void search_from(rg_worker *worker, size_t k, void *self) {
  starts *s = self;
  rg_aim_of_fit aim = *s->aim;
  aim.start = k;
  regime_status status = REGIME_OK;
  if (s->global && k == 1) status = rg_fit_global(worker, &aim, s->seed, s->found[k].p);
  if (status == REGIME_OK)
    rg_fit_search(worker, &aim, &s->found[k]);
  else
    s->found[k].status = status;
}

/* The lowest, and of equals the first. */
static size_t choose(const rg_found *found, size_t n) {
  size_t best = 0;
  for (size_t k = 1; k < n; k++)
    if (found[k].cost < found[best].cost) best = k;
  return best;
}

static regime_status run(regime_fit *fit, const regime_fit_options *options, starts *s, size_t n_jobs) {
  regime_status status = REGIME_OK;
  for (size_t k = 0; k < n_jobs && status == REGIME_OK; k++) {
    status = rg_found_make(&fit->target, &s->found[k]);
    if (status == REGIME_OK) start_from_model(&fit->target.frees, s->found[k].p);
  }
  if (status == REGIME_OK)
    status = spread(&fit->target.frees, options->seed, s->found, options->global ? 2 : 1, n_jobs);
  if (status == REGIME_OK)
    status = rg_jobs_run(&fit->target, n_jobs, options->threads, search_from, s, &fit->paths);
  for (size_t k = 0; k < n_jobs && status == REGIME_OK; k++)
    if (s->found[k].status == REGIME_NO_MEMORY) status = REGIME_NO_MEMORY;
  return status;
}

regime_status rg_fit_from_starts(regime_fit *fit, const regime_fit_options *options) {
  const size_t n_jobs = (options->starts > 0 ? options->starts : 1) + (options->global ? 1 : 0);
  herald h = {.watch = options->watch, .watcher = options->watcher, .best = INFINITY};
  rg_aim_of_fit aim = fit->aim;
  starts s = {.aim = &aim,
              .found = calloc(n_jobs, sizeof *s.found),
              .global = options->global,
              .seed = options->seed};
  if (!s.found) return REGIME_NO_MEMORY;
  if (pthread_mutex_init(&h.lock, NULL) != 0) {
    free(s.found);
    return REGIME_NO_MEMORY;
  }
  if (options->watch) {
    aim.watch = tell;
    aim.watcher = &h;
  }
  regime_status status = run(fit, options, &s, n_jobs);
  const size_t best = choose(s.found, n_jobs);
  if (status == REGIME_OK && !isfinite(s.found[best].cost)) status = REGIME_UNDEFINED;
  if (status == REGIME_OK) status = rg_found_copy(&fit->target, &s.found[best], &fit->best);
  for (size_t k = 0; k < n_jobs; k++) rg_found_drop(&s.found[k]);
  free(s.found);
  pthread_mutex_destroy(&h.lock);
  return status;
}
