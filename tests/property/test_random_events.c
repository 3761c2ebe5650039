/* Thousands of random systems with straight flows and events that throw states about: what happens, and when,
 * is known without an integrator. */
#include "support/check.h"
#include <regime/path.h>

enum { STATES = 3, EVENTS = 5, SYSTEMS = 3000, MOST = 200 };

typedef struct thrower {
  int watched, thrown; /* states */
  double level, to;
} thrower;

typedef struct world {
  double start[STATES], speed[STATES];
  thrower throws[EVENTS];
  regime_event event[EVENTS];
  double date, date_to; /* then state 0 is thrown */
} world;

static uint64_t seed;

static double between(double low, double high) {
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return low + (high - low) * (double)(seed >> 11) / 9007199254740992.0;
}

static int below(int n) { return (int)between(0.0, n - 1e-9); }

static world random_world(void) {
  world w = {.date = between(0.0, 10.0), .date_to = between(-2.0, 2.0)};
  for (int i = 0; i < STATES; i++) w.start[i] = between(-2.0, 2.0), w.speed[i] = between(-1.0, 1.0);
  for (int k = 0; k < EVENTS; k++) {
    w.throws[k] = (thrower){below(STATES), below(STATES), between(-1.0, 1.0), between(-2.0, 2.0)};
    w.event[k] =
        (regime_event){.name = "throw", .direction = (regime_direction)(below(3) - 1), .once = below(8) == 0};
  }
  return w;
}

/* ---- as a system ---- */

static regime_status start(void *self, double t, double *y) {
  (void)t;
  memcpy(y, ((world *)self)->start, STATES * sizeof *y);
  return REGIME_OK;
}

static int rate(void *self, double t, const double *y, double *dy) {
  (void)t, (void)y;
  memcpy(dy, ((world *)self)->speed, STATES * sizeof *dy);
  return 0;
}

static int crossing(void *self, double t, const double *y, double *g) {
  const world *w = self;
  (void)t;
  for (int k = 0; k < EVENTS; k++) g[k] = y[w->throws[k].watched] - w->throws[k].level;
  return 0;
}

static void happen(void *self, size_t k, double t, double *y) {
  const thrower *e = &((world *)self)->throws[k];
  (void)t;
  y[e->thrown] = e->to;
}

static double next_date(void *self, double t) {
  const world *w = self;
  return t < w->date ? w->date : INFINITY;
}

static void pass_date(void *self, double t, double *y) {
  (void)t;
  y[0] = ((world *)self)->date_to;
}

/* ---- by hand ---- */

typedef struct history {
  const world *world;
  double t, y[STATES];
  int side[EVENTS];
  bool retired[EVENTS], date_passed, endless;
  size_t n;
  regime_happening happening[MOST];
} history;

static int side_of(const history *h, int k) {
  const double g = h->y[h->world->throws[k].watched] - h->world->throws[k].level;
  return (g > 0.0) - (g < 0.0);
}

/* Everything at one instant: `pending` are the crossings nobody has acted on. */
static void settle(history *h, int pending[EVENTS]) {
  bool done[EVENTS] = {false};
  for (;;) {
    for (int k = 0; k < EVENTS; k++) {
      const int now = side_of(h, k), wanted = (int)h->world->event[k].direction;
      if (done[k] || pending[k] || now == h->side[k]) continue;
      if (!h->retired[k] && (wanted == 0 || wanted == now)) pending[k] = now;
      h->side[k] = now;
    }
    int k = 0;
    while (k < EVENTS && !pending[k]) k++;
    if (k == EVENTS) break;
    pending[k] = 0;
    done[k] = true;
    h->retired[k] = h->world->event[k].once;
    h->y[h->world->throws[k].thrown] = h->world->throws[k].to;
    h->happening[h->n++] = (regime_happening){(size_t)k, h->t};
    if ((h->endless = h->n == MOST)) return;
  }
  for (int k = 0; k < EVENTS; k++) h->side[k] = side_of(h, k);
}

/* The first crossing ahead, in either direction; EVENTS when the date or the end comes before. */
static int find_next(const history *h, double *t) {
  int first = EVENTS;
  *t = h->date_passed ? 10.0 : h->world->date;
  for (int k = 0; k < EVENTS; k++) {
    const thrower *e = &h->world->throws[k];
    const double after = (e->level - h->y[e->watched]) / h->world->speed[e->watched];
    if (after > 1e-12 && h->t + after < *t) *t = h->t + after, first = k;
  }
  return first;
}

static history follow(const world *w) {
  history h = {.world = w};
  memcpy(h.y, w->start, sizeof h.y);
  for (int k = 0; k < EVENTS; k++) h.side[k] = side_of(&h, k);
  while (!h.endless) {
    double t;
    int pending[EVENTS] = {0};
    const int k = find_next(&h, &t);
    if (k == EVENTS && h.date_passed) break;
    for (int i = 0; i < STATES; i++) h.y[i] += w->speed[i] * (t - h.t);
    h.t = t;
    if (k == EVENTS) {
      h.date_passed = true;
      h.y[0] = w->date_to;
    } else { /* a hair beyond, so that it is on its new side */
      const thrower *e = &w->throws[k];
      h.y[e->watched] = e->level + copysign(1e-13, w->speed[e->watched]);
    }
    settle(&h, pending);
  }
  return h;
}

/* ---- the two side by side ---- */

static void assert_same(const history *h, const regime_path *path, int number) {
  bool same = regime_path_happenings(path) == h->n;
  for (size_t k = 0; k < h->n && same; k++) {
    const regime_happening found = regime_path_happening(path, k);
    same = found.event == h->happening[k].event && fabs(found.time - h->happening[k].time) < 1e-8;
  }
  if (!same) fail_msg("system %d: %zu events, expected %zu", number, regime_path_happenings(path), h->n);
}

static void what_happens_is_what_should(void **state) {
  (void)state;
  int compared = 0;
  for (int number = 0; number < SYSTEMS; number++) {
    seed = (uint64_t)number;
    world w = random_world();
    regime_system system = {.self = &w,
                            .n_states = STATES,
                            .n_events = EVENTS,
                            .events = w.event,
                            .start = start,
                            .rate = rate,
                            .crossing = crossing,
                            .happen = happen,
                            .next_date = next_date,
                            .pass_date = pass_date};
    regime_path_options options = REGIME_PATH_DEFAULTS;
    options.to = 10.0;
    regime_context *context;
    regime_path *path;
    assert_ok(regime_context_create(&context));
    const history expected = follow(&w);
    if (regime_path_compute(context, &system, &options, &path) == REGIME_OK && !expected.endless) {
      assert_same(&expected, path, number);
      compared++;
    }
    regime_path_free(path);
    regime_context_free(context);
  }
  assert_true(compared > SYSTEMS * 9 / 10);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(what_happens_is_what_should)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
