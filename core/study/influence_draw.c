/* influence_draw.c — the runs of a design, by several threads. */
#include "base/diagnostic.h"
#include "study/crew.h"
#include "study/influence.h"
#include "study/run.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>

/* What threads share. */
typedef struct work {
  regime_influence *influence;
  const regime_context *asker; /* whom the user interrupts */
  pthread_mutex_t lock;
  size_t n_done;
} work;

/* What each has for itself. */
typedef struct worker {
  work *work;
  regime_context *context;
  double *point;
  regime_status status; /* a failure that ends all */
} worker;

void rg_influence_point(const regime_influence *i, size_t k, double *out) {
  if (i->question.kind == REGIME_MORRIS)
    rg_morris_point(&i->morris, k, out);
  else
    rg_sobol_point(&i->sobol, k, out);
  for (size_t j = 0; j < i->factors.count; j++) out[j] = rg_factor_quantile(&i->factors.item[j], out[j]);
}

/* --- one run ------------------------------------------------------------------------------------------- */

static bool put_point(const rg_factors *factors, regime_system *system, const double *point) {
  for (size_t k = 0; k < factors->count; k++)
    for (size_t j = 0; j < factors->item[k].n; j++)
      if (system->set_parameter(system->self, factors->item[k].parameter[j], point[k]) != 0) return false;
  return true;
}

static void lose(regime_influence *i, size_t k, const char *fate, double end) {
  i->fate[k] = fate;
  i->end[k] = end;
}

static void read_run(regime_influence *i, size_t k, const regime_path *path) {
  const regime_outcome outcome = regime_path_outcome(path);
  if (outcome != REGIME_REACHED_END && outcome != REGIME_STOPPED_BY_EVENT)
    lose(i, k, regime_outcome_text(outcome), regime_path_end(path));
  for (size_t j = 0; j < i->asked.count && !i->fate[k]; j++)
    i->drawn[k * i->asked.count + j] = rg_statistic_value(&i->asked.item[j], path);
}

/* A new instance, which remembers nothing of earlier runs: the bits of a run depend on its point alone. */
static regime_status follow(worker *w, const regime_path_options *options, regime_path **out) {
  const regime_influence *i = w->work->influence;
  regime_instance *instance = NULL;
  regime_status status = rg_run_instance(w->context, i->model, &i->question.run, &instance);
  if (status == REGIME_OK && !put_point(&i->factors, regime_instance_system(instance), w->point))
    status = REGIME_UNDEFINED;
  if (status == REGIME_OK)
    status = regime_path_compute(w->context, regime_instance_system(instance), options, out);
  regime_instance_free(instance);
  return status;
}

/* The wish of the user reaches a path at its next recorded point. */
static void relay(void *self, double t) {
  const worker *w = self;
  (void)t;
  if (regime_context_interrupted(w->work->asker)) regime_context_interrupt(w->context);
}

static void run(worker *w, size_t k) {
  regime_influence *i = w->work->influence;
  regime_path_options options = i->options;
  regime_path *path = NULL;
  options.watch = relay;
  options.watcher = w;
  rg_influence_point(i, k, w->point);
  const regime_status status = follow(w, &options, &path);
  if (status == REGIME_OK)
    read_run(i, k, path);
  else if (status == REGIME_NO_MEMORY)
    w->status = status;
  else
    lose(i, k, status == REGIME_NO_CONVERGENCE ? "no convergence" : "no start", NAN);
  regime_path_free(path);
  regime_diagnostics_clear(w->context);
}

static void tell(work *shared) {
  const regime_influence *i = shared->influence;
  pthread_mutex_lock(&shared->lock);
  shared->n_done++;
  if (i->question.watch) i->question.watch(i->question.watcher, (double)shared->n_done / (double)i->n_runs);
  pthread_mutex_unlock(&shared->lock);
}

static void do_job(void *tools, size_t k) {
  worker *w = tools;
  if (w->status != REGIME_OK || regime_context_interrupted(w->work->asker)) return;
  run(w, k);
  tell(w->work);
}

/* --- all of them --------------------------------------------------------------------------------------- */

static regime_status open_worker(work *shared, worker *w) {
  const regime_influence *i = shared->influence;
  w->work = shared;
  regime_status status = regime_context_create(&w->context);
  w->point = calloc(i->factors.count + 1, sizeof *w->point);
  if (status == REGIME_OK && !w->point) status = REGIME_NO_MEMORY;
  return status;
}

static void close_worker(worker *w) {
  regime_context_free(w->context);
  free(w->point);
}

static regime_status work_all(work *shared, size_t n_workers) {
  worker *workers = calloc(n_workers, sizeof *workers);
  void **tools = calloc(n_workers, sizeof *tools);
  regime_status status = workers && tools ? REGIME_OK : REGIME_NO_MEMORY;
  for (size_t k = 0; k < n_workers && status == REGIME_OK; k++) {
    status = open_worker(shared, &workers[k]);
    tools[k] = &workers[k];
  }
  if (status == REGIME_OK) status = rg_crew_work(shared->influence->n_runs, tools, n_workers, do_job);
  for (size_t k = 0; workers && k < n_workers; k++) {
    if (status == REGIME_OK) status = workers[k].status;
    close_worker(&workers[k]);
  }
  free(workers);
  free(tools);
  return status;
}

static regime_status make_room(regime_influence *i) {
  const size_t n = i->n_runs, n_numbers = n * i->asked.count;
  i->drawn = malloc((n_numbers + 1) * sizeof *i->drawn);
  i->fate = calloc(n + 1, sizeof *i->fate);
  i->end = calloc(n + 1, sizeof *i->end);
  if (!i->drawn || !i->fate || !i->end) return REGIME_NO_MEMORY;
  for (size_t k = 0; k < n_numbers; k++) i->drawn[k] = NAN;
  return REGIME_OK;
}

static regime_status judge(regime_context *context, regime_influence *i) {
  size_t first = i->n_runs;
  for (size_t k = i->n_runs; k-- > 0;)
    if (i->fate[k]) {
      i->n_lost++;
      first = k;
    }
  if (i->n_lost == 0) return REGIME_OK;
  const rg_place place = {.file = regime_model_about(i->model)->file};
  if (i->n_lost == i->n_runs) {
    rg_error(context, place, "move parameters less far: `--vary NAME=LO:HI`",
             "none of %zu runs reaches its end; the first: %s", i->n_runs, i->fate[first]);
    return REGIME_UNDEFINED;
  }
  rg_warning(context, place,
             "the answer speaks of the others; the table `lost` lists these with their parameters",
             "%zu of %zu runs do not reach their end and are left out; the first: %s", i->n_lost, i->n_runs,
             i->fate[first]);
  return REGIME_OK;
}

regime_status rg_influence_draw(regime_context *context, regime_influence *i) {
  const size_t threads = i->question.threads > 0 ? i->question.threads : 1;
  work shared = {.influence = i, .asker = context};
  i->n_runs = i->question.kind == REGIME_MORRIS ? rg_morris_points(&i->morris) : rg_sobol_points(&i->sobol);
  regime_status status = make_room(i);
  if (status != REGIME_OK) return status;
  if (pthread_mutex_init(&shared.lock, NULL) != 0) return REGIME_NO_MEMORY;
  status = work_all(&shared, threads < i->n_runs ? threads : i->n_runs);
  pthread_mutex_destroy(&shared.lock);
  if (status == REGIME_OK && regime_context_interrupted(context)) status = REGIME_NO;
  return status == REGIME_OK ? judge(context, i) : status;
}
