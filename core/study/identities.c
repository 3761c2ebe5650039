/* identities.c — how far each identity strays from zero along the path. */
#include "study/run.h"

#include <math.h>
#include <stdlib.h>

static regime_identity_check check(const regime_run *run, size_t k) {
  const regime_identity *identity = regime_model_identity(run->model, k);
  const size_t output = regime_model_identity_output(run->model) + k;
  regime_identity_check c = {.name = identity->name, .worst = 0.0, .time = run->options.from};
  for (size_t p = 0; p < regime_path_points(run->path) && !isnan(c.worst); p++) {
    const double amount = fabs(regime_path_values(run->path, p)[output]);
    if (amount <= c.worst || rg_is_open(run, p, amount)) continue;
    c.worst = amount;
    c.time = regime_path_time(run->path, p);
  }
  c.holds = c.worst <= identity->tolerance;
  return c;
}

regime_status rg_identities_check(regime_run *run) {
  const size_t n = regime_model_identities(run->model);
  run->identity = malloc((n + 1) * sizeof *run->identity);
  if (!run->identity) return REGIME_NO_MEMORY;
  for (size_t k = 0; k < n; k++) run->identity[k] = check(run, k);
  return REGIME_OK;
}

bool regime_run_identities_hold(const regime_run *run) {
  bool all = true;
  for (size_t k = 0; k < regime_run_identities(run); k++) all = all && run->identity[k].holds;
  return all;
}
