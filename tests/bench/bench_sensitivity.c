/* bench_sensitivity.c — the crisis path with derivatives along k directions, as a ratio to the path alone and
 * to the 2 k paths of central differences, which go on in proportion. */
#define BENCH_TURNS 3 /* they are long */
#include "bench/bench.h"
#include "support/runs.h"

enum { MOST = 80 };

typedef struct contest {
  shelf shelf;
  regime_system *system;
  size_t n_directions, direction[MOST];
} contest;

static regime_path *path_along(contest *c, size_t n_directions) {
  regime_path_options options = REGIME_PATH_DEFAULTS;
  regime_path *path = NULL;
  options.from = 1960.0;
  options.to = 1991.0;
  options.every = 0.25;
  options.n_directions = n_directions;
  options.direction = c->direction;
  if (regime_path_compute(c->shelf.context, c->system, &options, &path) == REGIME_OK) return path;
  print_findings(c->shelf.context);
  exit(1);
}

static void with_derivatives(void *self) {
  contest *c = self;
  regime_path_free(path_along(c, c->n_directions));
}

static void alone(void *self) { regime_path_free(path_along(self, 0)); }

static void with_differences(void *self) {
  const contest *c = self;
  for (size_t k = 0; k < 2 * c->n_directions; k++) alone(self);
}

static void find_directions(contest *c) {
  size_t n = 0;
  for (size_t k = 0; k < regime_model_parameters(c->shelf.model) && n < MOST; k++) {
    const regime_parameter *p = regime_model_parameter(c->shelf.model, k);
    if (!p->is_path && !p->is_mode) c->direction[n++] = k;
  }
}

static void print_counters(contest *c, size_t n_directions) {
  regime_path *path = path_along(c, n_directions);
  const regime_counters n = regime_path_counters(path);
  printf("%3zu directions: %ld steps, %ld rates, %ld Jacobians, %ld tangents\n", n_directions, n.steps,
         n.rate_calls, n.jacobian_calls, n.tangent_calls);
  regime_path_free(path);
}

int main(void) {
  static contest c;
  const size_t counts[] = {1, 10, 40, 80};
  regime_instance *instance = NULL;
  open_shelf(&c.shelf, "models/crisis/crisis.cfg");
  if (regime_instance_create(c.shelf.context, c.shelf.model, "history", &instance) != REGIME_OK) return 1;
  c.system = regime_instance_system(instance);
  find_directions(&c);
  print_counters(&c, 0);
  for (size_t k = 0; k < sizeof counts / sizeof *counts; k++) {
    char name[64];
    c.n_directions = counts[k];
    print_counters(&c, counts[k]);
    snprintf(name, sizeof name, "%zu directions to the path alone", counts[k]);
    bench_ratio(name, with_derivatives, &c, alone, &c);
    snprintf(name, sizeof name, "%zu directions to differences", counts[k]);
    if (counts[k] <= 10) bench_ratio(name, with_derivatives, &c, with_differences, &c);
  }
  regime_instance_free(instance);
  close_shelf(&c.shelf);
  return 0;
}
