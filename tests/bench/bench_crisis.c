/* bench_crisis.c — the crisis model from its file against the same equations written by hand in C (-O2): the
 * right-hand side, the exact Jacobian, and the whole path, both on the same integrator. */
#include "bench/bench.h"
#include "bench/crisis_by_hand.h"
#include "support/runs.h"

enum { N = CRISIS_STATES };

typedef struct contest {
  regime_system *model;   /* from models/crisis/crisis.cfg */
  regime_system *by_hand; /* crisis_by_hand.c behind the same bridge */
  regime_context *context;
  double t, y[N], dy[N];
  double jacobian[N * N];
} contest;

/* ---- the hand-written model as a system ---- */

typedef struct hand {
  crisis_modes modes;
  const regime_system *model; /* whose pattern it shares */
  double dense[N * N];
} hand;

static regime_status hand_start(void *self, double t, double *y) {
  hand *h = self;
  (void)t;
  h->modes = (crisis_modes){0};
  crisis_start(y);
  return REGIME_OK;
}

static int hand_rate(void *self, double t, const double *y, double *dy) {
  crisis_rhs(t, y, &((hand *)self)->modes, dy);
  return 0;
}

/* Gathered into the pattern of the model, so that both paths use the same linear solver. */
static int hand_jacobian(void *self, double t, const double *y, double *values) {
  hand *h = self;
  const size_t *column = h->model->jacobian_column, *row = h->model->jacobian_row;
  crisis_jacobian(t, y, &h->modes, h->dense);
  for (size_t j = 0; j < N; j++)
    for (size_t k = column[j]; k < column[j + 1]; k++) values[k] = h->dense[j * N + row[k]];
  return 0;
}

static int hand_crossing(void *self, double t, const double *y, double *g) {
  crisis_events(t, y, &((hand *)self)->modes, &g[0], &g[1], &g[2]);
  return 0;
}

static void hand_happen(void *self, size_t k, double t, double *y) {
  hand *h = self;
  (void)t;
  (void)y;
  double *modes[] = {&h->modes.tight, &h->modes.eased, &h->modes.flooded};
  *modes[k] = 1.0;
}

static const regime_event hand_events[] = {
    {"turn", REGIME_UP, true, false}, {"rescue", REGIME_UP, true, false}, {"crash", REGIME_UP, true, false}};

/* The dates of the model (corners of the oil price, 1972 and the like) are those of its file. */
static regime_system *dates_from;
static double hand_next_date(void *self, double t) {
  (void)self;
  return dates_from->next_date(dates_from->self, t);
}
static void hand_pass_date(void *self, double t, double *y) {
  (void)self;
  dates_from->pass_date(dates_from->self, t, y);
}

static regime_system *by_hand(hand *h, const regime_system *model) {
  static regime_system system;
  h->model = model;
  system = (regime_system){.self = h,
                           .n_states = N,
                           .n_events = 3,
                           .n_outputs = N,
                           .events = hand_events,
                           .jacobian_column = model->jacobian_column,
                           .jacobian_row = model->jacobian_row,
                           .start = hand_start,
                           .rate = hand_rate,
                           .jacobian = hand_jacobian,
                           .crossing = hand_crossing,
                           .next_date = hand_next_date,
                           .pass_date = hand_pass_date,
                           .happen = hand_happen};
  return &system;
}

/* ---- what is timed ---- */

static void rate_of(regime_system *system, contest *c) { system->rate(system->self, c->t, c->y, c->dy); }
static void jacobian_of(regime_system *system, contest *c) {
  system->jacobian(system->self, c->t, c->y, c->jacobian);
}

static regime_path *path_of(regime_system *system, contest *c) {
  regime_path_options options = REGIME_PATH_DEFAULTS;
  regime_path *path = NULL;
  options.from = 1960.0;
  options.to = 1991.0;
  options.every = 1.0;
  if (regime_path_compute(c->context, system, &options, &path) != REGIME_OK) {
    print_findings(c->context);
    exit(1);
  }
  return path;
}

static void model_rate(void *self) { rate_of(((contest *)self)->model, self); }
static void hand_rate_again(void *self) { rate_of(((contest *)self)->by_hand, self); }
static void model_jacobian(void *self) { jacobian_of(((contest *)self)->model, self); }
static void hand_jacobian_again(void *self) { jacobian_of(((contest *)self)->by_hand, self); }
static void model_path(void *self) { regime_path_free(path_of(((contest *)self)->model, self)); }
static void hand_path(void *self) { regime_path_free(path_of(((contest *)self)->by_hand, self)); }

static void print_counters(const char *name, regime_system *system, contest *c) {
  regime_path *path = path_of(system, c);
  const regime_counters n = regime_path_counters(path);
  printf("%-10s %ld steps, %ld rates, %ld Jacobians, %ld crossings, %ld restarts\n", name, n.steps,
         n.rate_calls, n.jacobian_calls, n.crossing_calls, n.restarts);
  regime_path_free(path);
}

int main(void) {
  static contest c;
  static hand h;
  shelf s;
  regime_instance *dates = NULL, *instance = NULL;
  open_shelf(&s, "models/crisis/crisis.cfg");
  if (regime_instance_create(s.context, s.model, "history", &instance) != REGIME_OK) return 1;
  if (regime_instance_create(s.context, s.model, "history", &dates) != REGIME_OK) return 1;
  double unused[N];
  dates_from = regime_instance_system(dates);
  if (dates_from->start(dates_from->self, 1960.0, unused) != REGIME_OK) return 1;
  c.model = regime_instance_system(instance);
  c.by_hand = by_hand(&h, c.model);
  c.context = s.context;
  c.t = 1960.0;
  if (c.model->start(c.model->self, c.t, c.y) != REGIME_OK) return 1;
  c.model->settle(c.model->self, c.t, c.y);
  bench_ratio("crisis, rates: file to hand", model_rate, &c, hand_rate_again, &c);
  bench_ratio("crisis, Jacobian: file to hand", model_jacobian, &c, hand_jacobian_again, &c);
  bench_ratio("crisis, whole path: file to hand", model_path, &c, hand_path, &c);
  print_counters("file", c.model, &c);
  print_counters("by hand", c.by_hand, &c);
  regime_instance_free(dates);
  regime_instance_free(instance);
  close_shelf(&s);
  return 0;
}
