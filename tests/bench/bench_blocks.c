/* bench_blocks.c — many countries of model SIM linked by trade: one simultaneous block of 2,000 equations,
 * 400 periods, from a model file against a hand-written Gauss-Seidel in C (-O2) that stops at the same
 * accuracy. */
#include "bench/bench.h"
#include "support/models.h"

enum { COUNTRIES = 400, PARTNERS = 4, PERIODS = 400 };

static const double a1 = 0.6, a2 = 0.4, theta = 0.2, spending = 20.0;

/* Partner p of country i, and the share of i's exports in p's imports. */
static size_t partner(size_t i, size_t p) { return (i + 1 + p * p * 17) % COUNTRIES; }
static double propensity(size_t i) { return 0.1 + 0.2 * (double)(i % 7) / 7.0; }

/* ---- the model as text: C and YD are solved with Y, exports and imports ---- */

static void write_country(size_t i, char **at) {
  *at += sprintf(*at, "init H%zu = 0\nY%zu = C%zu + %g + X%zu - M%zu\nYD%zu = %g*Y%zu\n", i, i, i, spending,
                 i, i, i, 1.0 - theta, i);
  *at += sprintf(*at,
                 "C%zu = %g*YD%zu + %g*H%zu(-1)\nM%zu = %.17g*Y%zu\nH%zu = H%zu(-1) + YD%zu - C%zu\nX%zu = 0",
                 i, a1, i, a2, i, i, propensity(i), i, i, i, i, i, i);
  for (size_t p = 0; p < PARTNERS; p++) *at += sprintf(*at, " + %g*M%zu", 1.0 / PARTNERS, partner(i, p));
  *at += sprintf(*at, "\n");
}

static char *write_model(void) {
  char *text = malloc(COUNTRIES * 512 + 1024), *at = text;
  if (!text) exit(1);
  at += sprintf(at, "model = { name = \"world\"; time = \"discrete\"; };\nequations = \"\n");
  for (size_t i = 0; i < COUNTRIES; i++) write_country(i, &at);
  sprintf(at, "\";\n");
  return text;
}

/* ---- by hand ---- */

typedef struct world {
  double y[COUNTRIES], m[COUNTRIES], h[COUNTRIES];
  long sweeps;
} world;

static double sweep(world *w) {
  double change = 0.0;
  for (size_t i = 0; i < COUNTRIES; i++) {
    double exports = 0.0;
    for (size_t p = 0; p < PARTNERS; p++) exports += w->m[partner(i, p)] / PARTNERS;
    const double consumption = a1 * (1.0 - theta) * w->y[i] + a2 * w->h[i];
    const double income = consumption + spending + exports - w->m[i];
    change = fmax(change, fabs(income - w->y[i]) / fmax(1.0, fabs(income)));
    w->y[i] = income;
    w->m[i] = propensity(i) * income;
  }
  w->sweeps++;
  return change;
}

static void by_hand(void *self) {
  world *w = self;
  *w = (world){0};
  for (int t = 0; t < PERIODS; t++) {
    while (sweep(w) > 1e-12) {
    }
    for (size_t i = 0; i < COUNTRIES; i++) {
      const double disposable = (1.0 - theta) * w->y[i];
      w->h[i] += disposable - (a1 * disposable + a2 * w->h[i]);
    }
  }
}

/* ---- both ---- */

typedef struct contest {
  regime_context *context;
  regime_system *system;
  regime_path *path;
} contest;

static void by_regime(void *self) {
  contest *c = self;
  regime_path_options o = REGIME_PATH_DEFAULTS;
  o.to = PERIODS;
  o.every = PERIODS;
  regime_path_free(c->path);
  if (regime_path_compute(c->context, c->system, &o, &c->path) != REGIME_OK) exit(1);
}

int main(void) {
  static world w;
  contest c = {0};
  regime_model *model;
  regime_instance *instance;
  char *text = write_model();
  if (regime_context_create(&c.context) != REGIME_OK) return 1;
  model = model_of(c.context, text);
  if (regime_instance_create(c.context, model, NULL, &instance) != REGIME_OK) return 1;
  c.system = regime_instance_system(instance);
  by_regime(&c);
  by_hand(&w);
  const double *last = regime_path_values(c.path, regime_path_points(c.path) - 1);
  double worst = 0.0;
  for (size_t i = 0; i < COUNTRIES; i++) {
    const double y = last[regime_model_variable(model, 6 * i)->output];
    worst = fmax(worst, fabs(y - w.y[i]) / w.y[i]);
  }
  const regime_counters counters = regime_path_counters(c.path);
  printf("%zu blocks, the largest of %zu equations; %ld Newton iterations against %ld sweeps; paths differ "
         "by %.1e\n",
         regime_model_blocks(model), regime_model_block_at(model, 0)->n, counters.newton_iterations, w.sweeps,
         worst);
  bench_ratio("400 periods, model file / Gauss-Seidel", by_regime, &c, by_hand, &w);
  regime_path_free(c.path);
  regime_instance_free(instance);
  regime_model_free(model);
  regime_context_free(c.context);
  free(text);
  return 0;
}
