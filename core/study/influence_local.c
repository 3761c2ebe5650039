/* influence_local.c — one path with its derivatives along every parameter. */
#include "base/diagnostic.h"
#include "study/influence.h"

#include <math.h>
#include <stdlib.h>

/* The directions of all factors, one after the other, and which outputs are derived. */
typedef struct aim {
  size_t *direction, n_directions;
  size_t *derived, n_derived;
  size_t *place; /* [number]: among the derived */
} aim;

static void choose_directions(const rg_factors *factors, aim *a) {
  for (size_t k = 0; k < factors->count; k++)
    for (size_t j = 0; j < factors->item[k].n; j++)
      a->direction[a->n_directions++] = factors->item[k].parameter[j];
}

static void choose_derived(const rg_statistics *asked, aim *a) {
  for (size_t k = 0; k < asked->count; k++) {
    if (rg_statistic_is_date(&asked->item[k])) continue;
    size_t place = 0;
    while (place < a->n_derived && a->derived[place] != asked->item[k].output) place++;
    if (place == a->n_derived) a->derived[a->n_derived++] = asked->item[k].output;
    a->place[k] = place;
  }
}

static regime_status make_aim(const regime_influence *i, aim *a) {
  size_t n = 0;
  for (size_t k = 0; k < i->factors.count; k++) n += i->factors.item[k].n;
  a->direction = calloc(n + 1, sizeof *a->direction);
  a->derived = calloc(i->asked.count + 1, sizeof *a->derived);
  a->place = calloc(i->asked.count + 1, sizeof *a->place);
  if (!a->direction || !a->derived || !a->place) return REGIME_NO_MEMORY;
  choose_directions(&i->factors, a);
  choose_derived(&i->asked, a);
  return REGIME_OK;
}

static void drop_aim(aim *a) {
  free(a->direction);
  free(a->derived);
  free(a->place);
}

/* --- reading the path ---------------------------------------------------------------------------------- */

/* The largest value of a variable on the path. */
static double size_on(const regime_path *path, const rg_statistic *s) {
  double largest = 0.0;
  for (size_t k = 0; !rg_statistic_is_date(s) && k < regime_path_points(path); k++) {
    const double value = fabs(regime_path_values(path, k)[s->output]);
    if (value > largest) largest = value;
  }
  return largest;
}

/* Of a factor of several parameters, all move: their derivatives add up. */
static void add_up(const rg_factors *factors, const double *along, double *slope) {
  for (size_t k = 0, d = 0; k < factors->count; k++) {
    slope[k] = 0.0;
    for (size_t j = 0; j < factors->item[k].n; j++) slope[k] += along[d++];
  }
}

static regime_status read_path(const regime_path *path, const aim *a, regime_influence *i) {
  const size_t n = i->asked.count, n_factors = i->factors.count;
  double *along = calloc(a->n_directions + 1, sizeof *along);
  i->value = calloc(n + 1, sizeof *i->value);
  i->size = calloc(n + 1, sizeof *i->size);
  i->slope = calloc(n * n_factors + 1, sizeof *i->slope);
  const bool enough = along && i->value && i->size && i->slope;
  for (size_t k = 0; enough && k < n; k++) {
    const rg_statistic *s = &i->asked.item[k];
    i->value[k] = rg_statistic_value(s, path);
    i->size[k] = size_on(path, s);
    rg_statistic_slopes(s, path, a->place[k], along);
    add_up(&i->factors, along, i->slope + k * n_factors);
  }
  free(along);
  return enough ? REGIME_OK : REGIME_NO_MEMORY;
}

static regime_status see_path(regime_context *context, const regime_influence *i, const regime_path *path) {
  const regime_outcome outcome = regime_path_outcome(path);
  const rg_place place = {.file = regime_model_about(i->model)->file};
  if (outcome == REGIME_INTERRUPTED) return REGIME_NO;
  for (size_t k = 0; k < i->asked.count && i->question.of; k++)
    if (isnan(rg_statistic_value(&i->asked.item[k], path)))
      rg_warning(context, place, "an event may not happen, and a path may end before a window does",
                 "`%s` has no value on this path", i->asked.item[k].text);
  if (outcome == REGIME_REACHED_END || outcome == REGIME_STOPPED_BY_EVENT) return REGIME_OK;
  rg_error(context, place, "`--to` ends it earlier, `--set` moves it",
           "the path from which influence is counted does not reach its end: %s at time %.10g",
           regime_outcome_text(outcome), regime_path_end(path));
  return REGIME_UNDEFINED;
}

/* --- progress ------------------------------------------------------------------------------------------ */

static void tell(void *self, double t) {
  const regime_influence *i = self;
  i->question.watch(i->question.watcher, (t - i->options.from) / (i->options.to - i->options.from));
}

regime_status rg_influence_local(regime_context *context, regime_instance *instance, regime_influence *i) {
  regime_path_options options = i->options;
  regime_path *path = NULL;
  aim a = {0};
  regime_status status = make_aim(i, &a);
  options.n_directions = a.n_directions;
  options.direction = a.direction;
  options.n_derived = a.n_derived;
  options.derived = a.derived;
  options.watch = i->question.watch ? tell : NULL;
  options.watcher = i;
  if (status == REGIME_OK)
    status = regime_path_compute(context, regime_instance_system(instance), &options, &path);
  if (status == REGIME_OK) status = see_path(context, i, path);
  if (status == REGIME_OK) status = read_path(path, &a, i);
  i->n_runs = 1;
  regime_path_free(path);
  drop_aim(&a);
  return status;
}
