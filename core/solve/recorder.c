/* recorder.c — storage for a path, and the grid of its times. */
#include "solve/recorder.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Which outputs have derivatives, and rooms for those that do not grow. */
static bool make_derivatives(regime_path *path, const regime_path_options *o) {
  path->n_directions = o->n_directions;
  if (path->n_directions == 0) return true;
  path->n_derived = o->derived ? o->n_derived : path->n_outputs;
  path->derived = calloc(path->n_derived + 1, sizeof *path->derived);
  path->state_derivatives = calloc(path->n_states * path->n_directions + 1, sizeof *path->state_derivatives);
  path->end_derivatives = calloc(path->n_directions, sizeof *path->end_derivatives);
  if (!path->derived || !path->state_derivatives || !path->end_derivatives) return false;
  for (size_t k = 0; k < path->n_derived; k++) path->derived[k] = o->derived ? o->derived[k] : k;
  return true;
}

regime_status rg_path_create(const regime_system *system, const regime_path_options *options,
                             regime_path **out) {
  regime_path *path = *out = calloc(1, sizeof *path);
  if (!path) return REGIME_NO_MEMORY;
  path->n_states = system->n_states;
  path->n_outputs = system->observe ? system->n_outputs : system->n_states;
  path->state = calloc(path->n_states + 1, sizeof *path->state);
  if (path->state && make_derivatives(path, options)) return REGIME_OK;
  regime_path_free(path);
  *out = NULL;
  return REGIME_NO_MEMORY;
}

/* Makes *room hold `capacity` rows; false: no memory, and it is as it was. */
static bool grow(double **room, size_t capacity, size_t row) {
  if (row > 0 && capacity > SIZE_MAX / sizeof(double) / row) return false;
  double *grown = realloc(*room, (capacity * row + 1) * sizeof *grown);
  if (grown) *room = grown;
  return grown != NULL;
}

static bool make_room(regime_path *path) {
  if (path->n_points < path->capacity) return true;
  const size_t capacity = path->capacity ? 2 * path->capacity : 256;
  if (!grow(&path->time, capacity, 1) || !grow(&path->values, capacity, path->n_outputs) ||
      !grow(&path->derivatives, capacity, path->n_derived * path->n_directions))
    return false;
  path->capacity = capacity;
  return true;
}

regime_status rg_path_add_point(regime_path *path, const regime_system *system, double t, const double *y) {
  if (!make_room(path)) return REGIME_NO_MEMORY;
  double *values = path->values + path->n_points * path->n_outputs;
  if (system->observe)
    system->observe(system->self, t, y, values);
  else
    memcpy(values, y, path->n_outputs * sizeof *y);
  path->time[path->n_points++] = t;
  return REGIME_OK;
}

regime_status rg_path_add_happening(regime_path *path, size_t event, double t) {
  if (path->n_happenings == path->happening_capacity) {
    const size_t capacity = path->happening_capacity ? 2 * path->happening_capacity : 16;
    regime_happening *happening = realloc(path->happening, capacity * sizeof *happening);
    if (!happening) return REGIME_NO_MEMORY;
    path->happening = happening;
    if (!grow(&path->happening_derivatives, capacity, path->n_directions)) return REGIME_NO_MEMORY;
    path->happening_capacity = capacity;
  }
  path->happening[path->n_happenings++] = (regime_happening){event, t};
  return REGIME_OK;
}

double *rg_path_last_derivatives(regime_path *path) {
  return path->derivatives + (path->n_points - 1) * path->n_derived * path->n_directions;
}

double *rg_path_last_happening_derivatives(regime_path *path) {
  return path->happening_derivatives + (path->n_happenings - 1) * path->n_directions;
}

regime_status rg_path_keep_iterate(regime_path *path, const regime_system *system,
                                   const rg_reduced *reduced) {
  const size_t n = system->n_unknowns;
  double *values = calloc(2 * n + 1, sizeof *values);
  path->iterate = calloc(n + 1, sizeof *path->iterate);
  if (values && path->iterate) {
    rg_reduced_iterate(reduced, values, values + n);
    path->n_iterate = n;
  }
  for (size_t k = 0; k < path->n_iterate; k++)
    path->iterate[k] =
        (regime_unsolved){.name = system->unknown_name ? system->unknown_name(system->self, k) : "",
                          .value = values[k],
                          .residual = values[n + k]};
  free(values);
  return path->n_iterate == n ? REGIME_OK : REGIME_NO_MEMORY;
}

rg_grid rg_grid_make(const regime_path_options *o) {
  const double span = o->to - o->from, every = o->every > 0.0 ? fmin(o->every, span) : span / 200.0;
  /* A last interval that rounding alone makes too long is no reason for one more point. */
  const double intervals = ceil(span / every * (1.0 - 1e-12));
  return (rg_grid){.from = o->from, .to = o->to, .every = every, .points = (size_t)intervals + 1};
}

double rg_grid_next(const rg_grid *grid) {
  if (grid->next >= grid->points) return INFINITY;
  return grid->next + 1 == grid->points ? grid->to : grid->from + (double)grid->next * grid->every;
}
