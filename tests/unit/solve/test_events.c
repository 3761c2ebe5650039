/* Switches and events: found where the closed form says, once each, in both directions, through jumps. */
#include "unit/solve/systems.h"

/* ---- a bouncing ball: height h, velocity v, gravity 10, restitution r ---- */

typedef struct ball {
  double h0, v0, r;
} ball;

static regime_status drop(void *self, double t, double *y) {
  const ball *b = self;
  (void)t;
  y[0] = b->h0;
  y[1] = b->v0;
  return REGIME_OK;
}

static int fall(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = y[1];
  dy[1] = -10.0;
  return 0;
}

static int floor_(void *self, double t, const double *y, double *g) {
  (void)self, (void)t;
  g[0] = y[0];
  return 0;
}

static void bounce(void *self, size_t k, double t, double *y) {
  const ball *b = self;
  (void)k, (void)t;
  y[1] = -b->r * y[1];
}

static regime_system ball_system(ball *b, const regime_event *event) {
  return (regime_system){.self = b,
                         .n_states = 2,
                         .n_events = 1,
                         .events = event,
                         .start = drop,
                         .rate = fall,
                         .crossing = floor_,
                         .happen = bounce};
}

/* From h0 at rest: the first hit at sqrt(2 h0/g), then flights that shrink by r. */
static void assert_bounces(const regime_path *path, const ball *b, size_t n, double tolerance) {
  double t = sqrt(2.0 * b->h0 / 10.0), flight = 2.0 * t;
  assert_int_equal(regime_path_happenings(path), n);
  for (size_t k = 0; k < n; k++) {
    assert_close(regime_path_happening(path, k).time, t, tolerance);
    flight *= b->r;
    t += flight;
  }
}

static void a_ball_bounces_when_it_should(void **state) {
  (void)state;
  ball b = {.h0 = 5.0, .r = 0.8};
  const regime_event down = {.name = "bounce", .direction = REGIME_DOWN};
  regime_system system = ball_system(&b, &down);
  regime_path *path = path_of(&system, tight(0.0, 8.0));
  assert_bounces(path, &b, 10, 1e-10);
  regime_path_free(path);
}

static void a_bounce_counted_in_both_directions_is_one(void **state) {
  (void)state;
  ball b = {.h0 = 5.0, .r = 0.8};
  const regime_event both = {.name = "bounce", .direction = REGIME_BOTH};
  regime_system system = ball_system(&b, &both);
  regime_path *path = path_of(&system, tight(0.0, 8.0));
  assert_bounces(path, &b, 10, 1e-10);
  regime_path_free(path);
}

static void starting_at_zero_is_no_crossing_and_hides_none(void **state) {
  (void)state;
  ball b = {.h0 = 0.0, .v0 = 10.0, .r = 1.0};
  const regime_event both = {.name = "bounce", .direction = REGIME_BOTH};
  regime_system system = ball_system(&b, &both);
  regime_path *path = path_of(&system, tight(0.0, 9.0));
  assert_int_equal(regime_path_happenings(path), 4);
  for (size_t k = 0; k < 4; k++)
    assert_close(regime_path_happening(path, k).time, 2.0 * (double)(k + 1), 1e-10);
  regime_path_free(path);
}

/* ---- an oscillator y = sin t, and events at its zeros ---- */

typedef struct clock {
  size_t count[2];
  double level[2];
} clock_;

static regime_status start_oscillator(void *self, double t, double *y) {
  (void)self;
  y[0] = sin(t);
  y[1] = cos(t);
  return REGIME_OK;
}

static int oscillate(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = y[1];
  dy[1] = -y[0];
  return 0;
}

static int two_levels(void *self, double t, const double *y, double *g) {
  const clock_ *c = self;
  (void)t;
  g[0] = y[0] - c->level[0];
  g[1] = y[0] - c->level[1];
  return 0;
}

static void count_it(void *self, size_t k, double t, double *y) {
  clock_ *c = self;
  (void)t, (void)y;
  c->count[k]++;
}

static regime_system oscillator(clock_ *c, const regime_event *events) {
  return (regime_system){.self = c,
                         .n_states = 2,
                         .n_events = 2,
                         .events = events,
                         .start = start_oscillator,
                         .rate = oscillate,
                         .crossing = two_levels,
                         .happen = count_it};
}

static const double pi = 3.14159265358979323846;

static void events_are_located_to_nine_digits(void **state) {
  (void)state;
  clock_ c = {.level = {0.5, -0.25}};
  const regime_event events[] = {{.name = "up", .direction = REGIME_UP},
                                 {.name = "down", .direction = REGIME_DOWN}};
  regime_system system = oscillator(&c, events);
  regime_path *path = path_of(&system, tight(0.0, 20.0 * pi));
  assert_int_equal(regime_path_happenings(path), 20);
  for (size_t k = 0; k < 10; k++) {
    const regime_happening up = regime_path_happening(path, 2 * k),
                           down = regime_path_happening(path, 2 * k + 1);
    assert_int_equal(up.event, 0);
    assert_int_equal(down.event, 1);
    assert_true(fabs(up.time - (pi / 6.0 + 2.0 * pi * (double)k)) < 1e-9);
    assert_true(fabs(down.time - (pi + asin(0.25) + 2.0 * pi * (double)k)) < 1e-9);
  }
  regime_path_free(path);
}

/* Levels at random, both directions: as many crossings as the sine has, when it has them. */
static void random_levels_are_crossed_as_often_as_they_should(void **state) {
  (void)state;
  uint64_t seed = 20;
  print_message("seed %llu\n", (unsigned long long)seed);
  for (int trial = 0; trial < 200; trial++) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    const double level = -0.95 + 1.9 * (double)(seed >> 11) / 9007199254740992.0;
    clock_ c = {.level = {level, level}};
    const regime_event events[] = {{.name = "both", .direction = REGIME_BOTH},
                                   {.name = "down", .direction = REGIME_DOWN}};
    regime_system system = oscillator(&c, events);
    regime_path *path = path_of(&system, span(pi / 2.0, 20.5 * pi)); /* from top to top: down, up, down, up */
    assert_int_equal(c.count[0], 20);
    assert_int_equal(c.count[1], 10);
    for (size_t k = 0, n = 0; k < 30; k++) {
      const regime_happening h = regime_path_happening(path, k);
      if (h.event == 1) continue;
      const double down = pi - asin(level), up = 2.0 * pi + asin(level);
      assert_close(h.time, (n % 2 ? up : down) + 2.0 * pi * (double)(n / 2), 1e-6);
      n++;
    }
    regime_path_free(path);
  }
}

static void directions_and_once(void **state) {
  (void)state;
  clock_ c = {.level = {0.1, 0.1}};
  const regime_event events[] = {{.name = "both", .direction = REGIME_BOTH},
                                 {.name = "down, once", .direction = REGIME_DOWN, .once = true}};
  regime_system system = oscillator(&c, events);
  regime_path *path = path_of(&system, span(0.0, 20.0 * pi));
  assert_int_equal(c.count[0], 20);
  assert_int_equal(c.count[1], 1);
  assert_int_equal(regime_path_happenings(path), 21);
  /* where both cross at one instant they happen in the order of the events, at the same time */
  assert_int_equal(regime_path_happening(path, 1).event, 0);
  assert_int_equal(regime_path_happening(path, 2).event, 1);
  assert_true(regime_path_happening(path, 1).time == regime_path_happening(path, 2).time);
  regime_path_free(path);
}

static void an_event_that_is_over_costs_no_restart(void **state) {
  (void)state;
  clock_ c = {.level = {2.0, 0.5}};
  const regime_event events[] = {{.name = "never"}, {.name = "once", .direction = REGIME_UP, .once = true}};
  regime_system system = oscillator(&c, events);
  regime_path *path = path_of(&system, span(0.0, 100.0));
  assert_int_equal(regime_path_happenings(path), 1);
  assert_int_equal(regime_path_counters(path).restarts, 1);
  regime_path_free(path);
}

static void two_crossings_in_one_step_are_two(void **state) {
  (void)state;
  for (double gap = 1e-3; gap > 1e-13; gap *= 0.1) {
    clock_ c = {.level = {0.5 + gap, 0.5}};
    const regime_event events[] = {{.name = "second", .direction = REGIME_UP},
                                   {.name = "first", .direction = REGIME_UP}};
    regime_system system = oscillator(&c, events);
    regime_path *path = path_of(&system, tight(0.0, 3.0));
    assert_int_equal(regime_path_happenings(path), 2);
    assert_int_equal(c.count[0], 1);
    assert_int_equal(c.count[1], 1);
    if (gap > 1e-12) assert_int_equal(regime_path_happening(path, 0).event, 1);
    regime_path_free(path);
  }
}

static void a_stop_event_ends_the_run(void **state) {
  (void)state;
  clock_ c = {.level = {2.0, 0.5}};
  const regime_event events[] = {{.name = "never"}, {.name = "stop", .direction = REGIME_DOWN, .stop = true}};
  regime_system system = oscillator(&c, events);
  regime_path *path = path_of(&system, tight(0.0, 20.0));
  assert_outcome(path, REGIME_STOPPED_BY_EVENT);
  assert_close(regime_path_end(path), 5.0 * pi / 6.0, 1e-10);
  assert_true(regime_path_time(path, regime_path_points(path) - 1) == regime_path_end(path));
  assert_close(last_value(path, 0), 0.5, 1e-10);
  assert_int_equal(regime_path_happenings(path), 1);
  regime_path_free(path);
}

/* ---- a rising threshold: x' = 1, the mark moves up each time x reaches it ---- */

typedef struct ladder {
  double mark;
} ladder;

static regime_status start_ladder(void *self, double t, double *y) {
  ladder *l = self;
  (void)t;
  l->mark = 1.0;
  y[0] = 0.0;
  return REGIME_OK;
}

static int climb(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t, (void)y;
  dy[0] = 1.0;
  return 0;
}

static int rung(void *self, double t, const double *y, double *g) {
  const ladder *l = self;
  (void)t;
  g[0] = y[0] - l->mark;
  return 0;
}

static void next_rung(void *self, size_t k, double t, double *y) {
  ladder *l = self;
  (void)k, (void)t, (void)y;
  l->mark += 1.0;
}

static void a_threshold_that_moves(void **state) {
  (void)state;
  ladder l;
  const regime_event up = {.name = "rung", .direction = REGIME_BOTH};
  regime_system system = {.self = &l,
                          .n_states = 1,
                          .n_events = 1,
                          .events = &up,
                          .start = start_ladder,
                          .rate = climb,
                          .crossing = rung,
                          .happen = next_rung};
  regime_path *path = path_of(&system, span(0.0, 10.5));
  assert_int_equal(regime_path_happenings(path), 10);
  for (size_t k = 0; k < 10; k++) assert_close(regime_path_happening(path, k).time, (double)(k + 1), 1e-11);
  regime_path_free(path);
}

/* ---- jumps across zero: a date throws y over the first mark, the first event throws it over the second ----
 */

typedef struct chain {
  double thrown_to;
  size_t n_happened;
  size_t happened[4];
} chain;

static regime_status start_chain(void *self, double t, double *y) {
  ((chain *)self)->n_happened = 0;
  (void)t;
  y[0] = 0.0;
  return REGIME_OK;
}

static int sink_after_five(void *self, double t, const double *y, double *dy) {
  (void)self, (void)y;
  dy[0] = t < 5.0 ? 0.0 : -1.0;
  return 0;
}

static int rest(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t, (void)y;
  dy[0] = 0.0;
  return 0;
}

static double at_five(void *self, double t) {
  (void)self;
  return t < 5.0 ? 5.0 : INFINITY;
}

static void throw_over_the_first(void *self, double t, double *y) {
  (void)t;
  y[0] = ((chain *)self)->thrown_to;
}

static int three_marks(void *self, double t, const double *y, double *g) {
  (void)self, (void)t;
  g[0] = y[0] - 10.0;
  g[1] = y[0] - 1.0;
  g[2] = y[0] - 20.0;
  return 0;
}

static void throw_on(void *self, size_t k, double t, double *y) {
  chain *c = self;
  c->happened[c->n_happened++] = k;
  if (k == 1 && t == 5.0) y[0] = 15.0;
}

static void a_jump_across_zero_is_a_crossing(void **state) {
  (void)state;
  chain c = {.thrown_to = 2.0};
  const regime_event events[] = {{.name = "ten", .direction = REGIME_BOTH},
                                 {.name = "one", .direction = REGIME_BOTH},
                                 {.name = "twenty", .direction = REGIME_BOTH}};
  const size_t expected[] = {1, 0, 0,
                             1}; /* thrown over one, thrown on over ten; sinking past ten, past one */
  const double when[] = {5.0, 5.0, 10.0, 19.0};
  regime_system system = {.self = &c,
                          .n_states = 1,
                          .n_events = 3,
                          .events = events,
                          .start = start_chain,
                          .rate = sink_after_five,
                          .next_date = at_five,
                          .pass_date = throw_over_the_first,
                          .crossing = three_marks,
                          .happen = throw_on};
  regime_path *path = path_of(&system, span(0.0, 25.0));
  assert_int_equal(c.n_happened, 4);
  for (size_t k = 0; k < 4; k++) {
    assert_int_equal(c.happened[k], expected[k]);
    assert_int_equal(regime_path_happening(path, k).event, expected[k]);
    assert_close(regime_path_happening(path, k).time, when[k], k < 2 ? 0.0 : 1e-10);
  }
  regime_path_free(path);
  c.thrown_to = -2.0; /* away from the marks: nothing happens */
  path = path_of(&system, span(0.0, 25.0));
  assert_int_equal(c.n_happened, 0);
  regime_path_free(path);
}

/* An event's function that rests on zero before a date, and after it crosses in the very first step. */
typedef struct waking {
  bool awake;
} waking;

static regime_status start_waking(void *self, double t, double *y) {
  (void)t;
  ((waking *)self)->awake = false;
  y[0] = 1.0;
  return REGIME_OK;
}

static int asleep_then_rising(void *self, double t, const double *y, double *g) {
  (void)y;
  g[0] = ((waking *)self)->awake ? t - (5.0 + 1e-9) : 0.0;
  return 0;
}

static void wake(void *self, double t, double *y) {
  (void)t, (void)y;
  ((waking *)self)->awake = true;
}

static void a_function_that_rested_on_zero_is_watched_at_once(void **state) {
  (void)state;
  waking w;
  const regime_event up = {.name = "risen", .direction = REGIME_UP, .once = true};
  regime_system system = {.self = &w,
                          .n_states = 1,
                          .n_events = 1,
                          .events = &up,
                          .start = start_waking,
                          .rate = rest,
                          .next_date = at_five,
                          .pass_date = wake,
                          .crossing = asleep_then_rising};
  regime_path *path = path_of(&system, span(0.0, 10.0));
  assert_int_equal(regime_path_happenings(path), 1);
  assert_close(regime_path_happening(path, 0).time, 5.0 + 1e-9, 1e-13);
  regime_path_free(path);
}

/* y leaves zero, where it started at rest, for the negative numbers, and is thrown above zero by a date. */
static int sink_slowly(void *self, double t, const double *y, double *dy) {
  (void)self, (void)y;
  dy[0] = -t;
  return 0;
}

static int height(void *self, double t, const double *y, double *g) {
  (void)self, (void)t;
  g[0] = y[0];
  return 0;
}

static void throw_up(void *self, double t, double *y) {
  (void)self, (void)t;
  y[0] = 100.0;
}

static void a_jump_counts_after_a_start_on_zero(void **state) {
  (void)state;
  const regime_event both = {.name = "zero", .direction = REGIME_BOTH};
  regime_system system = {.n_states = 1,
                          .n_events = 1,
                          .events = &both,
                          .start = start_at_zero,
                          .rate = sink_slowly,
                          .next_date = at_five,
                          .pass_date = throw_up,
                          .crossing = height};
  regime_path *path = path_of(&system, span(0.0, 10.0));
  assert_int_equal(regime_path_happenings(path), 1);
  assert_true(regime_path_happening(path, 0).time == 5.0);
  regime_path_free(path);
}

/* ---- held switches ---- */

/* x = sin t drives y' = |x| (mode 0) or y' = max(x, 0) (mode 1): the side of the switch is held. */
typedef struct rectifier {
  bool half;
  regime_direction side;
  long turns;
} rectifier;

static regime_status start_rectifier(void *self, double t, double *y) {
  (void)self;
  y[0] = sin(t);
  y[1] = cos(t);
  y[2] = 0.0;
  return REGIME_OK;
}

static int rectify(void *self, double t, const double *y, double *dy) {
  const rectifier *r = self;
  (void)t;
  dy[0] = y[1];
  dy[1] = -y[0];
  dy[2] = r->side == REGIME_UP ? y[0] : r->half ? 0.0 : -y[0];
  return 0;
}

static int sign_of_x(void *self, double t, const double *y, double *g) {
  (void)self, (void)t;
  g[0] = y[0];
  return 0;
}

static void turn_rectifier(void *self, size_t k, regime_direction direction) {
  rectifier *r = self;
  assert_int_equal(k, 0);
  r->turns += r->side != direction;
  r->side = direction;
}

static void settle_rectifier(void *self, double t, const double *y) {
  (void)t;
  ((rectifier *)self)->side = y[0] > 0.0 || (y[0] == 0.0 && y[1] > 0.0) ? REGIME_UP : REGIME_DOWN;
}

static void abs_and_max_in_closed_form(void **state) {
  (void)state;
  for (int half = 0; half < 2; half++) {
    rectifier r = {.half = half == 1};
    regime_system system = {.self = &r,
                            .n_states = 3,
                            .n_switches = 1,
                            .start = start_rectifier,
                            .rate = rectify,
                            .crossing = sign_of_x,
                            .turn = turn_rectifier,
                            .settle = settle_rectifier};
    regime_path *path = path_of(&system, tight(0.0, 10.0 * pi));
    assert_close(last_value(path, 2), half ? 10.0 : 20.0, 1e-9);
    assert_int_equal(regime_path_counters(path).turns, r.turns);
    assert_true(r.turns == 9 ||
                r.turns == 10); /* whether the last zero falls before the end, rounding says */
    for (size_t k = 0; k < regime_path_points(path); k++) {
      const double t = regime_path_time(path, k), n = floor(t / pi), rest_ = t - n * pi;
      const double full = 2.0 * n + 1.0 - cos(rest_);
      const double up = 2.0 * ceil(n / 2.0) + (fmod(n, 2.0) == 0.0 ? 1.0 - cos(rest_) : 0.0);
      assert_close(regime_path_values(path, k)[2], half ? up : full, 1e-9);
    }
    regime_path_free(path);
  }
}

/* x' = 1; a = if(x > 1, 5, 0); y' = max(a, 3): turning the first switch throws the second one's function. */
typedef struct relay {
  bool above, larger;
} relay;

static regime_status start_relay(void *self, double t, double *y) {
  (void)self, (void)t;
  y[0] = y[1] = 0.0;
  return REGIME_OK;
}

static double relay_a(const relay *r) { return r->above ? 5.0 : 0.0; }

static int relay_rate(void *self, double t, const double *y, double *dy) {
  const relay *r = self;
  (void)t, (void)y;
  dy[0] = 1.0;
  dy[1] = r->larger ? relay_a(r) : 3.0;
  return 0;
}

static int relay_crossing(void *self, double t, const double *y, double *g) {
  (void)t;
  g[0] = y[0] - 1.0;
  g[1] = relay_a(self) - 3.0;
  return 0;
}

static void relay_turn(void *self, size_t k, regime_direction direction) {
  relay *r = self;
  *(k == 0 ? &r->above : &r->larger) = direction == REGIME_UP;
}

static void relay_settle(void *self, double t, const double *y) {
  relay *r = self;
  (void)t;
  r->above = y[0] > 1.0;
  r->larger = relay_a(r) > 3.0;
}

static void a_switch_thrown_by_a_switch(void **state) {
  (void)state;
  relay r;
  regime_system system = {.self = &r,
                          .n_states = 2,
                          .n_switches = 2,
                          .start = start_relay,
                          .rate = relay_rate,
                          .crossing = relay_crossing,
                          .turn = relay_turn,
                          .settle = relay_settle};
  regime_path *path = path_of(&system, span(0.0, 2.0));
  assert_close(last_value(path, 1), 3.0 + 5.0, 1e-11);
  assert_int_equal(regime_path_counters(path).turns, 2);
  regime_path_free(path);
}

/* y' = y > 0 ? 1 : -1 from just above zero, with a settle that looks too far ahead and errs. */
static regime_status start_just_above(void *self, double t, double *y) {
  (void)self, (void)t;
  y[0] = 1e-12;
  return REGIME_OK;
}

static int away_from_zero(void *self, double t, const double *y, double *dy) {
  (void)t, (void)y;
  dy[0] = *(regime_direction *)self == REGIME_UP ? 1.0 : -1.0;
  return 0;
}

static void turn_it(void *self, size_t k, regime_direction direction) {
  (void)k;
  *(regime_direction *)self = direction;
}

static void settle_wrongly(void *self, double t, const double *y) {
  (void)t;
  *(regime_direction *)self = y[0] > 1e-9 ? REGIME_UP : REGIME_DOWN;
}

static void a_switch_is_where_its_function_is(void **state) {
  (void)state;
  regime_direction side = REGIME_DOWN;
  regime_system system = {.self = &side,
                          .n_states = 1,
                          .n_switches = 1,
                          .start = start_just_above,
                          .rate = away_from_zero,
                          .crossing = sign_of_x,
                          .turn = turn_it,
                          .settle = settle_wrongly};
  regime_path *path = path_of(&system, span(0.0, 2.0));
  assert_close(last_value(path, 0), 2.0, 1e-10);
  regime_path_free(path);
}

/* x = 1 - t, y' = if(max(x, 0) > 0, 1, -1): the second switch's function is zero, not negative, after t = 1.
 */
static regime_status start_floor(void *self, double t, double *y) {
  (void)self, (void)t;
  y[0] = 1.0;
  y[1] = 0.0;
  return REGIME_OK;
}

static int floor_rate(void *self, double t, const double *y, double *dy) {
  (void)t, (void)y;
  dy[0] = -1.0;
  dy[1] = ((relay *)self)->larger ? 1.0 : -1.0;
  return 0;
}

static int floor_crossing(void *self, double t, const double *y, double *g) {
  (void)t;
  g[0] = y[0];
  g[1] = ((relay *)self)->above ? y[0] : 0.0;
  return 0;
}

static void settle_floor(void *self, double t, const double *y) {
  (void)t;
  *(relay *)self = (relay){y[0] > 0.0, y[0] > 0.0};
}

static void to_a_switch_zero_is_below(void **state) {
  (void)state;
  relay r;
  regime_system system = {.self = &r,
                          .n_states = 2,
                          .n_switches = 2,
                          .start = start_floor,
                          .rate = floor_rate,
                          .crossing = floor_crossing,
                          .turn = relay_turn,
                          .settle = settle_floor};
  regime_path *path = path_of(&system, span(0.0, 3.0));
  assert_close(last_value(path, 1), -1.0, 1e-10);
  assert_int_equal(regime_path_counters(path).turns, 2);
  regime_path_free(path);
}

/* y rests on zero, z' = if(y > 0, 1, 0): whatever settle says, y is not above. */
static int count_above(void *self, double t, const double *y, double *dy) {
  (void)t, (void)y;
  dy[0] = 0.0;
  dy[1] = *(regime_direction *)self == REGIME_UP ? 1.0 : 0.0;
  return 0;
}

static void settle_upwards(void *self, double t, const double *y) {
  (void)t, (void)y;
  *(regime_direction *)self = REGIME_UP;
}

static regime_status start_both_at_zero(void *self, double t, double *y) {
  (void)self, (void)t;
  y[0] = y[1] = 0.0;
  return REGIME_OK;
}

static void at_rest_on_zero_is_not_above(void **state) {
  (void)state;
  regime_direction side = REGIME_DOWN;
  regime_system system = {.self = &side,
                          .n_states = 2,
                          .n_switches = 1,
                          .start = start_both_at_zero,
                          .rate = count_above,
                          .crossing = sign_of_x,
                          .turn = turn_it,
                          .settle = settle_upwards};
  regime_path *path = path_of(&system, span(0.0, 2.0));
  assert_close(last_value(path, 1), 0.0, 0.0);
  regime_path_free(path);
}

/* ---- an event and a date at one instant: both take effect, each once ---- */

static int passes_five(void *self, double t, const double *y, double *g) {
  (void)self, (void)y;
  g[0] = t - 5.0;
  return 0;
}

static void add_one_at_event(void *self, size_t k, double t, double *y) {
  (void)self, (void)k, (void)t;
  y[0] += 1.0;
}

static void add_ten_at_date(void *self, double t, double *y) {
  (void)self;
  assert_true(t == 5.0);
  y[0] += 10.0;
}

static void an_event_on_a_date(void **state) {
  (void)state;
  const regime_event up = {.name = "five", .direction = REGIME_UP};
  regime_system system = {.n_states = 1,
                          .n_events = 1,
                          .events = &up,
                          .start = start_at_zero,
                          .rate = rest,
                          .next_date = at_five,
                          .pass_date = add_ten_at_date,
                          .crossing = passes_five,
                          .happen = add_one_at_event};
  regime_path *path = path_of(&system, span(0.0, 10.0));
  assert_int_equal(regime_path_happenings(path), 1);
  assert_close(value_at(path, 5.0, 0), 11.0, 0.0);
  assert_close(last_value(path, 0), 11.0, 0.0);
  regime_path_free(path);
}

/* ---- rest on zero: x and y meet, and z' = max(x - y, 0) - z has its kink where they rest ---- */

typedef struct meeting {
  regime_direction side;
  long happened;
} meeting;

static regime_status start_meeting(void *self, double t, double *y) {
  (void)t;
  ((meeting *)self)->happened = 0;
  y[0] = 1.0;
  y[1] = y[2] = 0.0;
  return REGIME_OK;
}

static int meet(void *self, double t, const double *y, double *dy) {
  const meeting *m = self;
  (void)t;
  dy[0] = y[1] - y[0];
  dy[1] = y[0] - y[1];
  dy[2] = (m->side == REGIME_UP ? y[0] - y[1] : 0.0) - y[2];
  return 0;
}

static int distance(void *self, double t, const double *y, double *g) {
  (void)self, (void)t;
  g[0] = y[0] - y[1];
  g[1] = y[0] - y[1];
  return 0;
}

static void turn_meeting(void *self, size_t k, regime_direction direction) {
  (void)k;
  ((meeting *)self)->side = direction;
}

static void settle_meeting(void *self, double t, const double *y) {
  (void)t;
  ((meeting *)self)->side = y[0] > y[1] ? REGIME_UP : REGIME_DOWN;
}

static void count_meeting(void *self, size_t k, double t, double *y) {
  (void)k, (void)t, (void)y;
  ((meeting *)self)->happened++;
}

static void rounding_at_rest_is_no_crossing(void **state) {
  (void)state;
  for (double rtol = 1e-4; rtol > 1e-13; rtol *= 0.1) {
    meeting m;
    const regime_event met = {.name = "met", .direction = REGIME_BOTH};
    regime_system system = {.self = &m,
                            .n_states = 3,
                            .n_switches = 1,
                            .n_events = 1,
                            .events = &met,
                            .start = start_meeting,
                            .rate = meet,
                            .crossing = distance,
                            .turn = turn_meeting,
                            .settle = settle_meeting,
                            .happen = count_meeting};
    regime_path_options o = span(0.0, 1000.0);
    o.rtol = rtol;
    o.atol = 1e-2 * rtol;
    regime_path *path = path_of(&system, o);
    assert_true(regime_path_counters(path).turns < 20);
    assert_true(m.happened < 10);
    assert_close(value_at(path, 5.0, 2), exp(-5.0) - exp(-10.0), 1e2 * rtol);
    assert_close(last_value(path, 2), 0.0, rtol);
    regime_path_free(path);
  }
}

/* ---- a guard: z' = if(x > 0, sqrt(x), 0) with x = 1 - t, held on its side a little beyond the zero of x
 * ---- */

typedef struct guard {
  bool positive;
} guard;

static regime_status start_guard(void *self, double t, double *y) {
  (void)self, (void)t;
  y[0] = 1.0;
  y[1] = 0.0;
  return REGIME_OK;
}

static double guarded(const guard *s, double x) { return s->positive ? sqrt(x) : 0.0; }

static int guard_rate(void *self, double t, const double *y, double *dy) {
  (void)t;
  dy[0] = -1.0;
  dy[1] = guarded(self, y[0]);
  if (isnan(dy[1])) dy[1] = 0.0; /* as a model does: the side the point is on counts */
  return 0;
}

static int guard_jacobian(void *self, double t, const double *y, double *values) {
  (void)t;
  values[0] = ((guard *)self)->positive ? 0.5 / sqrt(y[0]) : 0.0;
  return isfinite(values[0]) ? 0 : 1;
}

static int guard_crossing(void *self, double t, const double *y, double *g) {
  (void)t;
  g[0] = y[0];
  g[1] = guarded(self, y[0]) - 0.2;
  return isnan(g[1]) ? 1 : 0;
}

static void guard_turn(void *self, size_t k, regime_direction direction) {
  (void)k;
  ((guard *)self)->positive = direction == REGIME_UP;
}

static void guard_settle(void *self, double t, const double *y) {
  (void)t;
  ((guard *)self)->positive = y[0] > 0.0;
}

static void a_guard_is_passed(void **state) {
  (void)state;
  guard s;
  const size_t column[] = {0, 1, 1}, row[] = {1};
  const regime_event low = {.name = "low", .direction = REGIME_BOTH};
  regime_system system = {.self = &s,
                          .n_states = 2,
                          .n_switches = 1,
                          .n_events = 1,
                          .events = &low,
                          .jacobian_column = column,
                          .jacobian_row = row,
                          .start = start_guard,
                          .rate = guard_rate,
                          .jacobian = guard_jacobian,
                          .crossing = guard_crossing,
                          .turn = guard_turn,
                          .settle = guard_settle};
  regime_path *path = path_of(&system, tight(0.0, 3.0));
  assert_outcome(path, REGIME_REACHED_END);
  assert_int_equal(regime_path_counters(path).turns, 1);
  assert_int_equal(regime_path_counters(path).newton_failures, 0); /* the last Jacobian served */
  assert_int_equal(regime_path_happenings(path), 1);
  assert_close(regime_path_happening(path, 0).time, 0.96, 1e-9);
  assert_close(last_value(path, 0), -2.0, 1e-10);
  assert_close(last_value(path, 1), 2.0 / 3.0, 1e-9);
  regime_path_free(path);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_ball_bounces_when_it_should),
      cmocka_unit_test(a_bounce_counted_in_both_directions_is_one),
      cmocka_unit_test(starting_at_zero_is_no_crossing_and_hides_none),
      cmocka_unit_test(events_are_located_to_nine_digits),
      cmocka_unit_test(random_levels_are_crossed_as_often_as_they_should),
      cmocka_unit_test(directions_and_once),
      cmocka_unit_test(an_event_that_is_over_costs_no_restart),
      cmocka_unit_test(two_crossings_in_one_step_are_two),
      cmocka_unit_test(a_stop_event_ends_the_run),
      cmocka_unit_test(a_threshold_that_moves),
      cmocka_unit_test(a_jump_across_zero_is_a_crossing),
      cmocka_unit_test(a_jump_counts_after_a_start_on_zero),
      cmocka_unit_test(a_function_that_rested_on_zero_is_watched_at_once),
      cmocka_unit_test(abs_and_max_in_closed_form),
      cmocka_unit_test(a_switch_thrown_by_a_switch),
      cmocka_unit_test(a_switch_is_where_its_function_is),
      cmocka_unit_test(to_a_switch_zero_is_below),
      cmocka_unit_test(at_rest_on_zero_is_not_above),
      cmocka_unit_test(an_event_on_a_date),
      cmocka_unit_test(rounding_at_rest_is_no_crossing),
      cmocka_unit_test(a_guard_is_passed),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
