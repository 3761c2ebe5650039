/* Derivatives of paths against closed forms: through jumps, switches, dates and modes. */
#include "unit/solve/polynomial.h"

#include <complex.h>

/* A closed form as a function of complex parameters: its derivatives by the complex step are exact. */
typedef double complex closed_form(const double complex *p, double t, size_t k);

static double derivative(closed_form *form, const double *p, size_t n, size_t direction, double t, size_t k) {
  double complex moved[8];
  for (size_t j = 0; j < n; j++) moved[j] = p[j] + (j == direction ? 1e-100 * I : 0.0);
  return cimag(form(moved, t, k)) / 1e-100;
}

/* Every point and every parameter. */
static void assert_derivatives(const regime_path *path, const polynomial *p, closed_form *form,
                               double tolerance) {
  const size_t n_directions = regime_path_directions(path), n_outputs = regime_path_outputs(path);
  for (size_t point = 0; point < regime_path_points(path); point++)
    for (size_t k = 0; k < n_outputs; k++)
      for (size_t d = 0; d < n_directions; d++)
        assert_close(regime_path_derivatives(path, point)[k * n_directions + d],
                     derivative(form, p->parameter, p->n_parameters, d, regime_path_time(path, point), k),
                     tolerance);
}

static void assert_form(polynomial *p, closed_form *form, regime_path_options o, double tolerance) {
  regime_system system = system_of(p);
  regime_path *path = path_of(&system, along(o, p->n_parameters));
  assert_derivatives(path, p, form, tolerance);
  regime_path_free(path);
}

/* ---- smooth ---- */

static const polynomial decay = {.n = 1,
                                 .n_parameters = 2,
                                 .parameter = {0.7, 2.0},
                                 .start = {1},
                                 .n_terms = 1,
                                 .term = {{0, -1.0, 0, {0, NONE, NONE}, 0}},
                                 .date = NONE};

static double complex decayed(const double complex *p, double t, size_t k) {
  (void)k;
  return p[1] * cexp(-p[0] * t);
}

static void decay_is_exact(void **state) {
  (void)state;
  polynomial p = decay;
  assert_form(&p, decayed, tight(0.0, 5.0), 1e-9);
}

static void a_start_is_a_direction(void **state) {
  (void)state;
  polynomial p = decay;
  regime_system system = system_of(&p);
  regime_path_options o = along(tight(0.0, 5.0), 3); /* parameters 0 and 1, and the start of state 0 */
  regime_path *path = path_of(&system, o);
  const double *s = regime_path_state_derivatives(path);
  assert_close(s[2], exp(-0.7 * 5.0), 1e-9);
  assert_close(s[1], s[2], 1e-12);
  regime_path_free(path);
  o.start = &(double){3.0}; /* given: parameter 1 says nothing */
  path = path_of(&system, o);
  s = regime_path_state_derivatives(path);
  assert_close(s[0], -15.0 * exp(-0.7 * 5.0), 1e-9);
  assert_close(s[1], 0.0, 1e-15);
  assert_close(s[2], exp(-0.7 * 5.0), 1e-9);
  regime_path_free(path);
}

/* An oscillator at rest, pushed by two forces that cancel: the path alone would be one long step, its
 * derivatives swing. */
static const polynomial stillness = {.n = 2,
                                     .n_parameters = 3,
                                     .parameter = {5.0, 1e6, 1e6},
                                     .start = {NONE, NONE},
                                     .n_terms = 4,
                                     .term = {{0, 1.0, 0, {1, NONE, NONE}, 0},
                                              {1, -1.0, 0, {0, NONE, NONE}, 0},
                                              {0, 1e-6, 1, {NONE, NONE, NONE}, 0},
                                              {0, -1e-6, 2, {NONE, NONE, NONE}, 0}},
                                     .date = NONE};

static double swing_along(size_t direction) {
  polynomial p = stillness;
  regime_system system = system_of(&p);
  regime_path_options o = span(0.0, 10.0);
  o.rtol = 1e-8;
  o.atol = 1e-8;
  o.n_directions = 1;
  o.direction = &direction;
  regime_path *path = path_of(&system, o);
  const double swing = regime_path_state_derivatives(path)[0];
  regime_path_free(path);
  return swing;
}

static void tolerances_hold_for_derivatives(void **state) {
  (void)state;
  assert_close(swing_along(3), cos(50.0), 1e-5);
  assert_close(1e6 * swing_along(1), 0.2 * sin(50.0), 1e-5); /* atol over the size of the parameter */
}

static double complex grown(const double complex *p, double t, size_t k) {
  (void)k;
  const double complex capacity = p[0] / p[1];
  return capacity / (1.0 + (capacity / p[2] - 1.0) * cexp(-p[0] * t));
}

static void logistic_growth_is_exact(void **state) {
  (void)state;
  polynomial p = {.n = 1,
                  .n_parameters = 3,
                  .parameter = {0.9, 0.3, 0.1},
                  .start = {2},
                  .n_terms = 2,
                  .term = {{0, 1.0, 0, {0, NONE, NONE}, 0}, {0, -1.0, 1, {0, 0, NONE}, 0}},
                  .date = NONE};
  assert_form(&p, grown, tight(0.0, 12.0), 1e-8);
}

static double complex swing(const double complex *p, double t, size_t k) {
  return k == 0 ? p[1] * ccos(p[0] * t) : -p[0] * p[1] * csin(p[0] * t);
}

static void an_oscillator_is_exact(void **state) {
  (void)state;
  polynomial p = {.n = 2,
                  .n_parameters = 2,
                  .parameter = {1.3, 0.8},
                  .start = {1, NONE},
                  .n_terms = 2,
                  .term = {{0, 1.0, NONE, {1, NONE, NONE}, 0}, {1, -1.0, 0, {0, NONE, NONE}, 0}},
                  .date = NONE};
  p.parameter[0] = 1.69; /* the square of the frequency */
  regime_system system = system_of(&p);
  regime_path_options o = along(tight(0.0, 10.0), 2);
  o.method = REGIME_ADAMS;
  regime_path *path = path_of(&system, o);
  const double by[] = {1.3, 0.8}, t = 10.0;
  const double *s = regime_path_state_derivatives(path);
  for (size_t k = 0; k < 2; k++) {
    assert_close(s[k * 2], derivative(swing, by, 2, 0, t, k) / 2.6, 1e-8);
    assert_close(s[k * 2 + 1], derivative(swing, by, 2, 1, t, k), 1e-8);
  }
  regime_path_free(path);
}

/* ---- events ---- */

enum { GRAVITY, RESTITUTION, HEIGHT, FLOOR };

static const polynomial ball = {
    .n = 2,
    .n_parameters = 4,
    .parameter = {10.0, -0.8, 5.0, 0.0},
    .start = {HEIGHT, NONE},
    .n_terms = 2,
    .term = {{0, 1.0, NONE, {1, NONE, NONE}, 0}, {1, -1.0, GRAVITY, {NONE, NONE, NONE}, 0}},
    .n_events = 1,
    .surface = {{0, FLOOR}},
    .event = {{.name = "bounce", .direction = REGIME_DOWN}},
    .n_effects = 1,
    .effect = {{0, 1, RESTITUTION, NONE, NONE}},
    .date = NONE};

/* The k-th hit, counted from 0. */
static double complex hit(const double complex *p, double t, size_t k) {
  (void)t;
  double complex first = csqrt(2.0 * (p[HEIGHT] - p[FLOOR]) / p[GRAVITY]), time = first, flight = 2.0 * first;
  for (size_t j = 0; j < k; j++) {
    flight *= -p[RESTITUTION];
    time += flight;
  }
  return time;
}

static double complex flying(const double complex *p, double t, size_t k) {
  size_t hits = 0;
  while (creal(hit(p, t, hits)) <= t) hits++;
  if (hits == 0) return k == 0 ? p[HEIGHT] - 0.5 * p[GRAVITY] * t * t : -p[GRAVITY] * t;
  const double complex since = t - hit(p, t, hits - 1);
  double complex v = p[GRAVITY] * hit(p, t, 0);
  for (size_t j = 0; j < hits; j++) v *= -p[RESTITUTION];
  return k == 0 ? p[FLOOR] + v * since - 0.5 * p[GRAVITY] * since * since : v - p[GRAVITY] * since;
}

static void bounces_move_as_they_should(void **state) {
  (void)state;
  polynomial p = ball;
  regime_system system = system_of(&p);
  regime_path *path = path_of(&system, along(tight(0.0, 7.77), 4));
  assert_int_equal(regime_path_happenings(path), 9);
  for (size_t k = 0; k < 9; k++)
    for (size_t d = 0; d < 4; d++)
      assert_close(regime_path_happening_derivatives(path, k)[d], derivative(hit, p.parameter, 4, d, 0.0, k),
                   1e-7);
  assert_derivatives(path, &p, flying, 1e-7);
  regime_path_free(path);
}

static void a_stop_moves_the_end(void **state) {
  (void)state;
  polynomial p = ball;
  p.event[0].stop = true;
  p.n_effects = 0;
  regime_system system = system_of(&p);
  regime_path *path = path_of(&system, along(tight(0.0, 7.77), 4));
  for (size_t d = 0; d < 4; d++) {
    assert_close(regime_path_end_derivatives(path)[d], derivative(hit, p.parameter, 4, d, 0.0, 0), 1e-9);
    assert_close(regime_path_state_derivatives(path)[d], d == FLOOR ? 1.0 : 0.0, 1e-9);
    const size_t last = regime_path_points(path) - 1;
    assert_close(regime_path_derivatives(path, last)[4 + d], regime_path_state_derivatives(path)[4 + d], 0.0);
  }
  /* it arrives with sqrt(2 g (h - floor)) */
  assert_close(regime_path_state_derivatives(path)[4 + GRAVITY], -0.5, 1e-9);
  assert_close(regime_path_state_derivatives(path)[4 + HEIGHT], -1.0, 1e-9);
  regime_path_free(path);
}

/* y' = a below c, b above: y = c + b (t - c/a). The relay turns by itself. */
static double complex relayed(const double complex *p, double t, size_t k) {
  (void)k;
  const double complex turn = p[2] / p[0];
  return creal(turn) > t ? p[0] * t : p[2] + p[1] * (t - turn);
}

static const polynomial relay = {
    .n = 1,
    .n_parameters = 3,
    .parameter = {2.0, 0.5, 3.1},
    .start = {NONE},
    .n_terms = 2,
    .term = {{0, 1.0, 0, {NONE, NONE, NONE}, -1}, {0, 1.0, 1, {NONE, NONE, NONE}, 1}},
    .n_switches = 1,
    .surface = {{0, 2}},
    .date = NONE};

static void a_relay_moves_what_comes_after(void **state) {
  (void)state;
  polynomial p = relay;
  assert_form(&p, relayed, tight(0.0, 4.0), 1e-9);
}

/* An event on the surface of a switch, whose function it pushes further: one instant. */
static double complex pushed(const double complex *p, double t, size_t k) {
  (void)k;
  const double complex turn = p[2] / p[0];
  return creal(turn) > t ? p[0] * t : p[2] + p[3] + p[1] * (t - turn);
}

static void what_falls_together_moves_together(void **state) {
  (void)state;
  polynomial p = relay;
  p.n_parameters = 4;
  p.parameter[3] = 0.7;
  p.n_events = 1;
  p.surface[1] = (surface){0, 2};
  p.event[0] = (regime_event){.name = "push", .direction = REGIME_UP};
  p.n_effects = 1;
  p.effect[0] = (effect){0, 0, NONE, 3, NONE};
  assert_form(&p, pushed, tight(0.0, 4.0), 1e-9);
}

/* y' = a until y = c at c/a; from then on y' is the time at which that was. */
static double complex remembered(const double complex *p, double t, size_t k) {
  (void)k;
  const double complex then = p[1] / p[0];
  return creal(then) > t ? p[0] * t : p[1] + then * (t - then);
}

static void a_mode_remembers_when(void **state) {
  (void)state;
  polynomial p = {.n = 1,
                  .n_parameters = 2,
                  .parameter = {0.8, 1.0},
                  .start = {NONE},
                  .n_terms = 2,
                  .term = {{0, 1.0, 0, {NONE, NONE, NONE}, -1}, {0, 1.0, 2, {NONE, NONE, NONE}, 1}},
                  .n_switches = 1,
                  .n_events = 1,
                  .surface = {{0, 1}, {0, 1}},
                  .event = {{.name = "pass", .direction = REGIME_UP, .once = true}},
                  .n_effects = 1,
                  .effect = {{0, NONE, NONE, NONE, 2}},
                  .date = NONE};
  assert_form(&p, remembered, tight(0.0, 3.0), 1e-9);
}

/* An event throws another's function across: both happen when the first does. y' = a to c, then on by q, past
 * the second's surface, which multiplies it by r. */
static double complex thrown(const double complex *p, double t, size_t k) {
  (void)k;
  const double complex then = p[1] / p[0];
  return creal(then) > t ? p[0] * t : p[4] * (p[1] + p[2]) + p[0] * (t - then);
}

static void what_is_thrown_moves_with_what_threw_it(void **state) {
  (void)state;
  polynomial p = {.n = 1,
                  .n_parameters = 5,
                  .parameter = {0.8, 1.0, 2.0, 1.7, 3.0},
                  .start = {NONE},
                  .n_terms = 1,
                  .term = {{0, 1.0, 0, {NONE, NONE, NONE}, 0}},
                  .n_events = 2,
                  .surface = {{0, 1}, {0, 3}},
                  .event = {{.name = "first", .direction = REGIME_UP, .once = true},
                            {.name = "second", .direction = REGIME_UP, .once = true}},
                  .n_effects = 2,
                  .effect = {{0, 0, NONE, 2, NONE}, {1, 0, 4, NONE, NONE}},
                  .date = NONE};
  regime_system system = system_of(&p);
  regime_path *path = path_of(&system, along(tight(0.0, 3.0), 5));
  assert_int_equal(regime_path_happenings(path), 2);
  for (size_t d = 0; d < 5; d++)
    assert_close(regime_path_happening_derivatives(path, 1)[d], regime_path_happening_derivatives(path, 0)[d],
                 0.0);
  assert_derivatives(path, &p, thrown, 1e-9);
  regime_path_free(path);
}

/* Two clocks that ring together by chance: each moves by its own speed and level alone. */
static const polynomial clocks = {
    .n = 2,
    .n_parameters = 4,
    .parameter = {0.5, 0.5, 1.0, 1.0},
    .start = {NONE, NONE},
    .n_terms = 2,
    .term = {{0, 1.0, 0, {NONE, NONE, NONE}, 0}, {1, 1.0, 1, {NONE, NONE, NONE}, 0}},
    .n_events = 2,
    .surface = {{0, 2}, {1, 3}},
    .event = {{.name = "first", .direction = REGIME_UP, .once = true},
              {.name = "second", .direction = REGIME_UP, .once = true}},
    .date = NONE};

static void what_falls_together_by_chance_parts(void **state) {
  (void)state;
  polynomial p = clocks;
  regime_system system = system_of(&p);
  regime_path *path = path_of(&system, along(tight(0.0, 3.0), 4));
  assert_int_equal(regime_path_happenings(path), 2);
  for (size_t k = 0; k < 2; k++)
    for (size_t d = 0; d < 4; d++)
      assert_close(regime_path_happening_derivatives(path, k)[d],
                   d == k       ? -4.0
                   : d == 2 + k ? 2.0
                                : 0.0,
                   1e-9);
  regime_path_free(path);
}

/* A crossing so slow that the tolerances cannot tell when it is. */
static void a_crawl_has_none(void **state) {
  (void)state;
  polynomial p = clocks;
  p.n_events = 1;
  p.parameter[0] = 1e-12;
  p.parameter[2] = 1e-12;
  regime_system system = system_of(&p);
  regime_context *context;
  regime_path *path = NULL;
  assert_int_equal(regime_context_create(&context), REGIME_OK);
  const regime_path_options o = along(span(0.0, 3.0), 4);
  assert_int_equal(regime_path_compute(context, &system, &o, &path), REGIME_OK);
  assert_int_equal(regime_path_happenings(path), 1);
  assert_true(isnan(regime_path_happening_derivatives(path, 0)[0]));
  assert_true(isnan(regime_path_happening_derivatives(path, 0)[2]));
  assert_close(regime_path_happening_derivatives(path, 0)[1], 0.0, 0.0);
  regime_path_free(path);
  regime_context_free(context);
}

/* ---- dates ---- */

enum { DECAY, BEGIN, PULSE, DATE };

static double complex pulsed(const double complex *p, double t, size_t k) {
  (void)k;
  const double complex base = p[BEGIN] * cexp(-p[DECAY] * t);
  return t < creal(p[DATE]) ? base : base + p[PULSE] * cexp(-p[DECAY] * (t - p[DATE]));
}

static polynomial make_pulse(void) {
  polynomial p = decay;
  p.n_parameters = 4;
  p.parameter[PULSE] = 1.5;
  p.parameter[DATE] = 1.234;
  p.date = DATE;
  p.n_effects = 1;
  p.effect[0] = (effect){MOST, 0, NONE, PULSE, NONE};
  return p;
}

static void a_dated_pulse_moves_with_its_date(void **state) {
  (void)state;
  polynomial p = make_pulse();
  assert_form(&p, pulsed, tight(0.0, 5.0), 1e-9);
}

/* The end of the path stays where it is when a date upon it moves. */
static void a_date_at_the_end_moves_the_state_alone(void **state) {
  (void)state;
  polynomial p = make_pulse();
  p.parameter[DATE] = 4.0;
  regime_system system = system_of(&p);
  regime_path *path = path_of(&system, along(tight(0.0, 4.0), 4));
  for (size_t d = 0; d < 4; d++) {
    assert_close(regime_path_state_derivatives(path)[d], derivative(pulsed, p.parameter, 4, d, 4.0, 0), 1e-9);
    assert_close(regime_path_end_derivatives(path)[d], 0.0, 0.0);
  }
  regime_path_free(path);
}

/* As of dates that fall together, which moving the pulse would part. */
static int parted_by_the_pulse(void *self, double t, double *dt) {
  const int undefined = p_date_tangent(self, t, dt);
  dt[PULSE] = NAN;
  return undefined;
}

static void a_date_without_tangent_costs_its_direction_alone(void **state) {
  (void)state;
  polynomial p = make_pulse();
  regime_system system = system_of(&p);
  system.date_tangent = parted_by_the_pulse;
  regime_path *path = path_of(&system, along(tight(0.0, 4.0), 4));
  const double *last = regime_path_state_derivatives(path);
  assert_close(regime_path_derivatives(path, 0)[PULSE], 0.0, 0.0);
  assert_true(isnan(last[PULSE]));
  for (size_t d = 0; d < 4; d++)
    if (d != PULSE) assert_close(last[d], derivative(pulsed, p.parameter, 4, d, 4.0, 0), 1e-9);
  regime_path_free(path);
}

/* ---- where there is no derivative ---- */

static void a_touch_has_none(void **state) {
  (void)state;
  polynomial p = ball; /* thrown up at 10 it comes to 5 at 1, where the path is made to look */
  p.n_parameters = 6;
  p.parameter[5] = 1.0;
  p.date = 5;
  p.parameter[HEIGHT] = 0.0;
  p.parameter[FLOOR] = 5.0 - 1e-13;
  p.parameter[4] = 10.0;
  p.start[1] = 4;
  p.event[0].direction = REGIME_UP;
  p.n_effects = 1;
  p.effect[0] = (effect){0, 1, RESTITUTION, NONE, NONE};
  regime_system system = system_of(&p);
  regime_context *context = NULL;
  regime_path *path = NULL;
  regime_path_options o = along(tight(0.0, 1.5), 5);
  assert_ok(regime_context_create(&context));
  assert_ok(regime_path_compute(context, &system, &o, &path));
  assert_int_equal(regime_path_happenings(path), 1);
  assert_int_equal(regime_diagnostic_count(context), 1);
  assert_non_null(strstr(regime_diagnostic_at(context, 0)->message, "touches"));
  assert_true(isnan(regime_path_happening_derivatives(path, 0)[GRAVITY]));
  assert_true(isnan(regime_path_state_derivatives(path)[GRAVITY]));
  assert_close(regime_path_state_derivatives(path)[RESTITUTION], 0.0,
               1e-4); /* what does not move the touch has one still: speed is nil there */
  assert_true(isfinite(regime_path_derivatives(path, 10)[GRAVITY])); /* and before, all have */
  regime_path_free(path);
  regime_context_free(context);
}

/* The path goes on to its end, the derivative along the first parameter only to 1. */
static int no_tangent_after_one(void *self, double t, const double *y, const double *dt, const double *dy,
                                double *out) {
  const int defined = p_rate_tangent(self, t, y, dt, dy, out);
  if (t > 1.0) out[0] = NAN;
  return defined;
}

static void without_slope_the_path_goes_on(void **state) {
  (void)state;
  polynomial p = decay;
  regime_system system = system_of(&p);
  system.rate_tangent = no_tangent_after_one;
  regime_path *path = path_of(&system, along(tight(0.0, 5.0), 2));
  assert_outcome(path, REGIME_REACHED_END);
  assert_close(last_value(path, 0), 2.0 * exp(-3.5), 1e-10);
  assert_true(isnan(regime_path_state_derivatives(path)[0]));
  assert_close(regime_path_state_derivatives(path)[1], exp(-3.5), 1e-9);
  assert_close(regime_path_derivatives(path, 20)[0], -0.5 * 2.0 * exp(-0.35), 1e-9);
  regime_path_free(path);
}

/* The floor has no tangent along gravity: what comes of a bounce has none, along gravity alone. */
static int no_tangent_along_gravity(void *self, double t, const double *y, const double *dt, const double *dy,
                                    double *out) {
  const int undefined = p_crossing_tangent(self, t, y, dt, dy, out);
  out[GRAVITY] = NAN; /* one function a direction */
  return undefined || 1;
}

static void a_crossing_without_tangent_costs_its_direction_alone(void **state) {
  (void)state;
  polynomial p = ball;
  regime_system system = system_of(&p);
  regime_path *sound = path_of(&system, along(tight(0.0, 2.5), 4));
  system.crossing_tangent = no_tangent_along_gravity;
  regime_path *path = path_of(&system, along(tight(0.0, 2.5), 4));
  assert_true(regime_path_happenings(path) > 0);
  for (size_t d = 0; d < 4; d++) {
    const double derivative = regime_path_state_derivatives(path)[d];
    if (d == GRAVITY)
      assert_true(isnan(derivative));
    else
      assert_close(derivative, regime_path_state_derivatives(sound)[d], 1e-6);
  }
  regime_path_free(sound);
  regime_path_free(path);
}

/* ---- questions that cannot be answered ---- */

static void unanswerable_questions_are_refused(void **state) {
  (void)state;
  polynomial p = decay;
  regime_system system = system_of(&p);
  char message[1024];
  regime_path_options o = along(span(0.0, 5.0), 4);
  assert_int_equal(failure_of(&system, o, message), REGIME_BAD_ARGUMENT);
  assert_string_equal(message, "derivatives are asked for direction 3, and there are 3");
  o = along(span(0.0, 5.0), 2);
  o.step = 0.1;
  assert_int_equal(failure_of(&system, o, message), REGIME_BAD_ARGUMENT);
  assert_non_null(strstr(message, "twin"));
  o.step = 0.0;
  o.n_derived = 1;
  o.derived = &(size_t){1};
  assert_int_equal(failure_of(&system, o, message), REGIME_BAD_ARGUMENT);
  o.n_derived = 0;
  o.derived = NULL;
  system.aim = NULL;
  assert_int_equal(failure_of(&system, o, message), REGIME_BAD_ARGUMENT);
  assert_non_null(strstr(message, "`aim`"));
}

static void chosen_outputs_are_derived(void **state) {
  (void)state;
  polynomial p = ball;
  regime_system system = system_of(&p);
  regime_path_options o = along(tight(0.0, 2.5), 4);
  regime_path *all = path_of(&system, o);
  o.n_derived = 1;
  o.derived = &(size_t){1};
  regime_path *one = path_of(&system, o);
  assert_int_equal(regime_path_derived(one), 1);
  for (size_t k = 0; k < regime_path_points(all); k++)
    assert_memory_equal(regime_path_derivatives(one, k), regime_path_derivatives(all, k) + 4,
                        4 * sizeof(double));
  regime_path_free(all);
  regime_path_free(one);
}

/* ---- maps and unknowns ---- */

/* x_t = a x_{t-1} + b x_{t-2} + c, from x = 1 and -1. */
static int lagged(void *self, double t, const double *y, double *left) {
  const polynomial *p = self;
  (void)t;
  left[0] = p->held[0] * y[0] + p->held[1] * y[1];
  left[1] = y[0];
  return 0;
}

static int lagged_tangent(void *self, double t, const double *y, const double *dt, const double *dy,
                          double *out) {
  const polynomial *p = self;
  (void)t, (void)dt;
  for (size_t d = 0; d < p->n_aims; d++) {
    const double *m = dy + 2 * d;
    out[2 * d] = p->dheld[d][0] * y[0] + p->held[0] * m[0] + p->dheld[d][1] * y[1] + p->held[1] * m[1];
    out[2 * d + 1] = m[0];
  }
  return 0;
}

static double complex whole_power(double complex x, size_t n) {
  double complex power = 1.0;
  while (n-- > 0) power *= x;
  return power;
}

/* By the roots of x^2 = a x + b; k periods back. */
static double complex wandered(const double complex *p, double t, size_t k) {
  const double complex half = 0.5 * p[0], apart = csqrt(half * half + p[1]);
  const double complex r = half + apart, s = half - apart;
  const double complex of_r = (p[2] - s * p[3]) / (r - s), of_s = p[3] - of_r; /* x_{-1} = of_r + of_s */
  const size_t n = (size_t)t + 1 - k;
  return of_r * whole_power(r, n) + of_s * whole_power(s, n);
}

static void a_map_with_lags_is_exact(void **state) {
  (void)state;
  polynomial p = {
      .n = 2, .n_parameters = 4, .parameter = {0.6, 0.3, 1.0, -1.0}, .start = {2, 3}, .date = NONE};
  regime_system system = system_of(&p);
  system.rate = NULL;
  system.next = lagged;
  system.rate_tangent = lagged_tangent;
  system.step = 1.0;
  regime_path_options o = along(span(0.0, 30.0), 4);
  o.every = 1.0;
  regime_path *path = path_of(&system, o);
  assert_derivatives(path, &p, wandered, 1e-12);
  for (size_t d = 0; d < 4; d++)
    assert_close(regime_path_state_derivatives(path)[d], regime_path_derivatives(path, 30)[d], 0.0);
  regime_path_free(path);
}

/* y' = -z with z^3 = a y in one block, and w = b z in the next, which is shown. */
static const size_t one_column[] = {0, 1}, one_row[] = {0};
static const regime_block two_blocks[] = {{1, one_column, one_row}, {1, one_column, one_row}};

static int cube_rate(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = -y[1];
  return 0;
}

static int cube_residual(void *self, size_t block, double t, const double *y, double *r) {
  const polynomial *p = self;
  (void)t;
  r[0] = block == 0 ? p->held[0] * y[0] - y[1] * y[1] * y[1] : p->held[1] * y[1] - y[2];
  return 0;
}

static int cube_slope(void *self, size_t block, double t, const double *y, double *values) {
  (void)self, (void)t;
  values[0] = block == 0 ? -3.0 * y[1] * y[1] : -1.0;
  return 0;
}

static void cube_observe(void *self, double t, const double *y, double *out) {
  (void)self, (void)t;
  memcpy(out, y, 3 * sizeof *y);
}

static int cube_rate_tangent(void *self, double t, const double *y, const double *dt, const double *dy,
                             double *out) {
  (void)t, (void)y, (void)dt;
  for (size_t d = 0; d < ((polynomial *)self)->n_aims; d++) out[d] = -dy[3 * d + 1];
  return 0;
}

static int cube_residual_tangent(void *self, size_t block, double t, const double *y, const double *dt,
                                 const double *dy, double *out) {
  const polynomial *p = self;
  (void)t, (void)dt;
  for (size_t d = 0; d < p->n_aims; d++) {
    const double *m = dy + 3 * d;
    out[d] = block == 0 ? p->dheld[d][0] * y[0] + p->held[0] * m[0] - 3.0 * y[1] * y[1] * m[1]
                        : p->dheld[d][1] * y[1] + p->held[1] * m[1] - m[2];
  }
  return 0;
}

static int cube_observe_tangent(void *self, double t, const double *y, const double *dt, const double *dy,
                                double *out) {
  (void)t, (void)y, (void)dt;
  memcpy(out, dy, 3 * ((polynomial *)self)->n_aims * sizeof *dy);
  return 0;
}

static double complex cubed(const double complex *p, double t, size_t k) {
  const double complex power = cpow(p[2], 2.0 / 3.0) - 2.0 / 3.0 * cpow(p[0], 1.0 / 3.0) * t;
  const double complex y = cpow(power, 1.5), z = cpow(p[0] * y, 1.0 / 3.0);
  return k == 0 ? y : k == 1 ? z : p[1] * z;
}

static regime_system system_of_cube(polynomial *p) {
  regime_system system = system_of(p);
  system.n_unknowns = system.n_blocks = 2;
  system.block = two_blocks;
  system.n_outputs = 3;
  system.rate = cube_rate;
  system.residual = cube_residual;
  system.slope = cube_slope;
  system.observe = cube_observe;
  system.rate_tangent = cube_rate_tangent;
  system.residual_tangent = cube_residual_tangent;
  system.observe_tangent = cube_observe_tangent;
  return system;
}

static void unknowns_move_by_the_implicit_function(void **state) {
  (void)state;
  polynomial p = {.n = 1, .n_parameters = 3, .parameter = {2.0, 5.0, 8.0}, .start = {2}, .date = NONE};
  regime_system system = system_of_cube(&p);
  regime_path *path = path_of(&system, along(tight(0.0, 3.0), 3));
  assert_derivatives(path, &p, cubed, 1e-8);
  regime_path_free(path);
}

static int no_residual_tangent_after_one(void *self, size_t block, double t, const double *y,
                                         const double *dt, const double *dy, double *out) {
  const int undefined = cube_residual_tangent(self, block, t, y, dt, dy, out);
  if (t > 1.0) out[0] = NAN;
  return undefined || t > 1.0;
}

static void a_residual_without_tangent_costs_its_direction_alone(void **state) {
  (void)state;
  polynomial p = {.n = 1, .n_parameters = 3, .parameter = {2.0, 5.0, 8.0}, .start = {2}, .date = NONE};
  regime_system system = system_of_cube(&p);
  system.residual_tangent = no_residual_tangent_after_one;
  regime_path *path = path_of(&system, along(tight(0.0, 3.0), 3));
  assert_true(isnan(regime_path_state_derivatives(path)[0]));
  assert_close(regime_path_state_derivatives(path)[2], derivative(cubed, p.parameter, 3, 2, 3.0, 0), 1e-8);
  assert_close(regime_path_derivatives(path, regime_path_points(path) - 1)[2 * 3 + 1],
               derivative(cubed, p.parameter, 3, 1, 3.0, 2), 1e-8);
  regime_path_free(path);
}

/* x = r x(-1) - c z with z = x(-1) + z/2, that is z = 2 x(-1): x = (r - 2c) x(-1). */
static int block_next(void *self, double t, const double *y, double *left) {
  const polynomial *p = self;
  (void)t;
  left[0] = p->held[0] * y[0] - p->held[1] * y[1];
  return 0;
}

static int block_residual(void *self, size_t block, double t, const double *y, double *r) {
  (void)self, (void)block, (void)t;
  r[0] = y[0] - 0.5 * y[1];
  return 0;
}

static int block_slope(void *self, size_t block, double t, const double *y, double *values) {
  (void)self, (void)block, (void)t, (void)y;
  values[0] = -0.5;
  return 0;
}

static int block_next_tangent(void *self, double t, const double *y, const double *dt, const double *dy,
                              double *out) {
  const polynomial *p = self;
  (void)t, (void)dt;
  for (size_t d = 0; d < p->n_aims; d++)
    out[d] =
        p->dheld[d][0] * y[0] + p->held[0] * dy[2 * d] - p->dheld[d][1] * y[1] - p->held[1] * dy[2 * d + 1];
  return 0;
}

static int block_residual_tangent(void *self, size_t block, double t, const double *y, const double *dt,
                                  const double *dy, double *out) {
  (void)block, (void)t, (void)y, (void)dt;
  for (size_t d = 0; d < ((polynomial *)self)->n_aims; d++) out[d] = dy[2 * d] - 0.5 * dy[2 * d + 1];
  return 0;
}

static double complex compounded(const double complex *p, double t, size_t k) {
  (void)k;
  return p[2] * cpow(p[0] - 2.0 * p[1], t);
}

static regime_system system_of_block(polynomial *p) {
  regime_system system = system_of(p);
  system.n_unknowns = system.n_blocks = 1;
  system.block = two_blocks;
  system.rate = NULL;
  system.next = block_next;
  system.step = 1.0;
  system.residual = block_residual;
  system.slope = block_slope;
  system.rate_tangent = block_next_tangent;
  system.residual_tangent = block_residual_tangent;
  return system;
}

static void a_map_with_a_block_is_exact(void **state) {
  (void)state;
  polynomial p = {.n = 1, .n_parameters = 3, .parameter = {1.5, 0.2, 3.0}, .start = {2}, .date = NONE};
  regime_system system = system_of_block(&p);
  regime_path_options o = along(span(0.0, 12.0), 3);
  o.every = 1.0;
  regime_path *path = path_of(&system, o);
  assert_derivatives(path, &p, compounded, 1e-12);
  regime_path_free(path);
}

/* The first guess at z, r x, is no value of it: at the start nothing is solved yet. */
static void block_guess(void *self, double t, const double *y, double *z) {
  (void)t;
  z[0] = ((polynomial *)self)->held[0] * y[0];
}

static void block_observe(void *self, double t, const double *y, double *out) {
  (void)self, (void)t;
  memcpy(out, y, 2 * sizeof *y);
}

static int block_observe_tangent(void *self, double t, const double *y, const double *dt, const double *dy,
                                 double *out) {
  (void)t, (void)y, (void)dt;
  memcpy(out, dy, 2 * ((polynomial *)self)->n_aims * sizeof *dy);
  return 0;
}

static void unknowns_have_no_value_at_a_given_start(void **state) {
  (void)state;
  polynomial p = {.n = 1, .n_parameters = 3, .parameter = {1.5, 0.2, 3.0}, .start = {2}, .date = NONE};
  regime_system system = system_of_block(&p);
  system.guess = block_guess;
  system.n_outputs = 2;
  system.observe = block_observe;
  system.observe_tangent = block_observe_tangent;
  regime_path_options o = along(span(0.0, 2.0), 4);
  o.every = 1.0;
  o.start = &(double){4.0};
  regime_path *path = path_of(&system, o);
  const double *first = regime_path_derivatives(path, 0), *second = regime_path_derivatives(path, 1);
  assert_close(regime_path_values(path, 0)[0], 4.0, 0.0);
  assert_true(isnan(regime_path_values(path, 0)[1]));
  assert_close(regime_path_values(path, 1)[1], 8.0, 1e-14); /* z = 2 x(-1) */
  for (size_t d = 0; d < 4; d++) {
    assert_close(first[d], d == 3 ? 1.0 : 0.0, 0.0);
    assert_true(isnan(first[4 + d]));
    assert_close(second[4 + d], d == 3 ? 2.0 : 0.0, 1e-14);
  }
  regime_path_free(path);
}

/* x = u with u = x(-1) - w, v = u^2, w = b v: eliminating u fills a place in v's row that the pattern leaves
 * free, so that factors of two periods meet there. */
static const size_t filling_column[] = {0, 2, 4, 6}, filling_row[] = {0, 1, 1, 2, 0, 2};
static const regime_block filling_block = {3, filling_column, filling_row};

static int filling_next(void *self, double t, const double *y, double *left) {
  (void)self, (void)t;
  left[0] = y[1];
  return 0;
}

static int filling_residual(void *self, size_t block, double t, const double *y, double *r) {
  const double b = ((polynomial *)self)->held[0], *z = y + 1;
  (void)block, (void)t;
  r[0] = y[0] - z[2] - z[0];
  r[1] = z[0] * z[0] - z[1];
  r[2] = b * z[1] - z[2];
  return 0;
}

static int filling_slope(void *self, size_t block, double t, const double *y, double *values) {
  const double b = ((polynomial *)self)->held[0];
  (void)block, (void)t;
  memcpy(values, (double[]){-1.0, 2.0 * y[1], -1.0, b, -1.0, -1.0}, 6 * sizeof *values);
  return 0;
}

static int filling_next_tangent(void *self, double t, const double *y, const double *dt, const double *dy,
                                double *out) {
  (void)t, (void)y, (void)dt;
  for (size_t d = 0; d < ((polynomial *)self)->n_aims; d++) out[d] = dy[4 * d + 1];
  return 0;
}

static int filling_residual_tangent(void *self, size_t block, double t, const double *y, const double *dt,
                                    const double *dy, double *out) {
  const polynomial *p = self;
  (void)block, (void)t, (void)dt;
  for (size_t d = 0; d < p->n_aims; d++) {
    const double *m = dy + 4 * d;
    out[3 * d] = m[0] - m[3] - m[1];
    out[3 * d + 1] = 2.0 * y[1] * m[1] - m[2];
    out[3 * d + 2] = p->dheld[d][0] * y[2] + p->held[0] * m[2] - m[3];
  }
  return 0;
}

static double complex filled(const double complex *p, double t, size_t k) {
  double complex x = p[1];
  (void)k;
  for (double passed = 0.0; passed < t; passed++) x = (csqrt(1.0 + 4.0 * p[0] * x) - 1.0) / (2.0 * p[0]);
  return x;
}

static void factors_of_one_period_are_not_those_of_another(void **state) {
  (void)state;
  polynomial p = {.n = 1, .n_parameters = 2, .parameter = {0.3, 0.45}, .start = {1}, .date = NONE};
  regime_system system = system_of(&p);
  system.n_unknowns = 3;
  system.n_blocks = 1;
  system.block = &filling_block;
  system.rate = NULL;
  system.next = filling_next;
  system.step = 1.0;
  system.residual = filling_residual;
  system.slope = filling_slope;
  system.rate_tangent = filling_next_tangent;
  system.residual_tangent = filling_residual_tangent;
  regime_path_options o = along(span(0.0, 8.0), 2);
  o.every = 1.0;
  regime_path *path = path_of(&system, o);
  assert_derivatives(path, &p, filled, 1e-12);
  regime_path_free(path);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(decay_is_exact),
      cmocka_unit_test(a_start_is_a_direction),
      cmocka_unit_test(tolerances_hold_for_derivatives),
      cmocka_unit_test(logistic_growth_is_exact),
      cmocka_unit_test(an_oscillator_is_exact),
      cmocka_unit_test(bounces_move_as_they_should),
      cmocka_unit_test(a_stop_moves_the_end),
      cmocka_unit_test(a_relay_moves_what_comes_after),
      cmocka_unit_test(what_falls_together_moves_together),
      cmocka_unit_test(a_mode_remembers_when),
      cmocka_unit_test(what_is_thrown_moves_with_what_threw_it),
      cmocka_unit_test(what_falls_together_by_chance_parts),
      cmocka_unit_test(a_crawl_has_none),
      cmocka_unit_test(a_dated_pulse_moves_with_its_date),
      cmocka_unit_test(a_date_at_the_end_moves_the_state_alone),
      cmocka_unit_test(a_date_without_tangent_costs_its_direction_alone),
      cmocka_unit_test(a_touch_has_none),
      cmocka_unit_test(without_slope_the_path_goes_on),
      cmocka_unit_test(a_crossing_without_tangent_costs_its_direction_alone),
      cmocka_unit_test(unanswerable_questions_are_refused),
      cmocka_unit_test(chosen_outputs_are_derived),
      cmocka_unit_test(a_map_with_lags_is_exact),
      cmocka_unit_test(unknowns_move_by_the_implicit_function),
      cmocka_unit_test(a_residual_without_tangent_costs_its_direction_alone),
      cmocka_unit_test(a_map_with_a_block_is_exact),
      cmocka_unit_test(unknowns_have_no_value_at_a_given_start),
      cmocka_unit_test(factors_of_one_period_are_not_those_of_another),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
