/* bench_tangents.c — what one direction costs, in evaluations of the rates: the crisis model, 1, 8 and 80
 * directions at once, half of which move a parameter. */
#include "bench/bench.h"
#include "support/runs.h"

enum { MOST = 80 };

typedef struct job {
  regime_system *system;
  double t, y[256], rate[256], *dy, *out;
} job;

static void rates(void *self) {
  job *j = self;
  j->system->rate(j->system->self, j->t, j->y, j->rate);
}

static void tangents(void *self) {
  job *j = self;
  j->system->rate_tangent(j->system->self, j->t, j->y, NULL, j->dy, j->out);
}

/* One direction: a call is for all of them. */
static void measure(job *j, size_t n) {
  size_t parameter[MOST];
  char name[64];
  for (size_t k = 0; k < n; k++) parameter[k] = k % 2 ? k : REGIME_NO_PARAMETER;
  if (j->system->aim(j->system->self, n, parameter) != REGIME_OK) exit(1);
  snprintf(name, sizeof name, "crisis, %zu directions: all to one rate", n);
  bench_ratio(name, tangents, j, rates, j);
}

int main(void) {
  static job j;
  shelf s;
  regime_instance *instance = NULL;
  open_shelf(&s, "models/crisis/crisis.cfg");
  if (regime_instance_create(s.context, s.model, "history", &instance) != REGIME_OK) return 1;
  j.system = regime_instance_system(instance);
  j.t = 1960.0;
  j.dy = calloc(MOST * j.system->n_states, sizeof *j.dy);
  j.out = calloc(MOST * j.system->n_states, sizeof *j.out);
  if (!j.dy || !j.out || j.system->start(j.system->self, j.t, j.y) != REGIME_OK) return 1;
  j.system->settle(j.system->self, j.t, j.y);
  for (size_t k = 0; k < MOST * j.system->n_states; k++) j.dy[k] = 1.0 / (double)(k + 1);
  measure(&j, 1);
  measure(&j, 8);
  measure(&j, MOST);
  free(j.dy);
  free(j.out);
  regime_instance_free(instance);
  close_shelf(&s);
  return 0;
}
