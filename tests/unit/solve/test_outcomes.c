/* Why a path ends: what the economy did, and what the numerics could not. */
#include "unit/solve/systems.h"

#include <unistd.h>

typedef struct law {
  double y0;
  regime_context *context;
  long calls, explained;
  double explained_t, explained_y;
} law;

static regime_status start(void *self, double t, double *y) {
  (void)t;
  y[0] = ((law *)self)->y0;
  return REGIME_OK;
}

static void explain(void *self, double t, const double *y, regime_context *context) {
  law *l = self;
  (void)context;
  l->explained++;
  l->explained_t = t;
  l->explained_y = y[0];
}

static regime_system system_of(law *l, int (*rate)(void *, double, const double *, double *)) {
  return (regime_system){.self = l, .n_states = 1, .start = start, .rate = rate, .explain = explain};
}

/* ---- divergence ---- */

static int grow(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = y[0];
  return 0;
}

static void beyond_the_limit(void **state) {
  (void)state;
  law l = {.y0 = 1.0};
  regime_system system = system_of(&l, grow);
  regime_path_options o = span(0.0, 100.0);
  o.limit = 1e6;
  regime_path *path = path_of(&system, o);
  assert_outcome(path, REGIME_DIVERGED);
  assert_close(regime_path_end(path), log(1e6), 1e-5); /* not where the step ends */
  assert_true(last_value(path, 0) > 1e6);
  assert_true(regime_path_time(path, regime_path_points(path) - 1) == regime_path_end(path));
  regime_path_free(path);
}

static int square(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = y[0] * y[0];
  return 0;
}

static int exponential(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = exp(y[0]);
  return 0;
}

static int minus_square(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = -y[0] * y[0];
  return 0;
}

static void blow_up_in_finite_time(void **state) {
  (void)state;
  /* y = 1/(1 - t), y = -ln(1 - t), y = -1/(1 - t): each ends at t = 1, whatever the limit */
  const struct {
    double y0;
    int (*rate)(void *, double, const double *, double *);
  } cases[] = {{1.0, square}, {0.0, exponential}, {-1.0, minus_square}};
  const double limits[] = {1e3, 1e12, 1e300, INFINITY};
  for (size_t k = 0; k < 3; k++)
    for (size_t m = 0; m < 4; m++) {
      law l = {.y0 = cases[k].y0};
      regime_system system = system_of(&l, cases[k].rate);
      regime_path_options o = tight(0.0, 2.0);
      o.limit = limits[m];
      regime_path *path = path_of(&system, o);
      assert_outcome(path, REGIME_DIVERGED);
      assert_close(regime_path_end(path), 1.0, 2e-3);
      regime_path_free(path);
    }
}

/* ---- leaving the domain ---- */

/* y' = -1/(2 sqrt y): y = sqrt(1 - t) would be y' = -1/(2y); this one, y' = -sqrt(y) - 1, reaches zero with
 * speed one and has no value below. From y0 = 1: t = 2 (1 - ln 2). */
static int root_below_zero(void *self, double t, const double *y, double *dy) {
  law *l = self;
  (void)t;
  l->calls++;
  if (y[0] < 0.0) return 1;
  dy[0] = -sqrt(y[0]) - 1.0;
  return 0;
}

static int root_below_zero_as_nan(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = -sqrt(y[0]) - 1.0;
  return 0;
}

static void leaves_the_domain(void **state) {
  (void)state;
  int (*const rates[])(void *, double, const double *, double *) = {root_below_zero, root_below_zero_as_nan};
  for (size_t k = 0; k < 2; k++) {
    law l = {.y0 = 1.0};
    regime_system system = system_of(&l, rates[k]);
    regime_path *path = path_of(&system, tight(0.0, 5.0));
    assert_outcome(path, REGIME_LEFT_DOMAIN);
    assert_close(regime_path_end(path), 2.0 * (1.0 - log(2.0)), 1e-6);
    assert_true(regime_path_points(path) > 20);
    assert_int_equal(l.explained, 1);
    assert_true(l.explained_y < 0.0);
    assert_true(fabs(l.explained_t - regime_path_end(path)) < 1e-3);
    regime_path_free(path);
  }
}

static int fall(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t, (void)y;
  dy[0] = -1.0;
  return 0;
}

/* The rate has values everywhere, the event's function only where y >= 0; it is zero at y = level. */
static int root_minus_level(void *self, double t, const double *y, double *g) {
  (void)self, (void)t;
  g[0] = sqrt(y[0]) - 0.1;
  return !(y[0] >= 0.0);
}

static void an_event_is_found_before_its_function_ends(void **state) {
  (void)state;
  law l = {.y0 = 1.0};
  const regime_event down = {.name = "low", .direction = REGIME_DOWN};
  regime_system system = system_of(&l, fall);
  system.n_events = 1;
  system.events = &down;
  system.crossing = root_minus_level;
  regime_path *path = path_of(&system, tight(0.0, 5.0));
  assert_outcome(path, REGIME_LEFT_DOMAIN);
  assert_int_equal(regime_path_happenings(path), 1);
  assert_close(regime_path_happening(path, 0).time, 0.99, 1e-9);
  assert_close(regime_path_end(path), 1.0, 1e-9);
  assert_int_equal(l.explained, 1);
  regime_path_free(path);
}

static void undefined_at_the_start(void **state) {
  (void)state;
  law l = {.y0 = -1.0};
  char message[1024];
  regime_system system = system_of(&l, root_below_zero);
  assert_int_equal(failure_of(&system, span(0.0, 1.0), message), REGIME_UNDEFINED);
  assert_int_equal(l.explained, 1);
  l.y0 = NAN;
  assert_int_equal(failure_of(&system, span(0.0, 1.0), message), REGIME_UNDEFINED);
}

static double at_two(void *self, double t) {
  (void)self;
  return t < 2.0 ? 2.0 : INFINITY;
}

static void below_zero(void *self, double t, double *y) {
  (void)self, (void)t;
  y[0] = -1.0;
}

static void a_date_can_lead_out_of_the_domain(void **state) {
  (void)state;
  law l = {.y0 = 1e6};
  regime_system system = system_of(&l, root_below_zero);
  system.next_date = at_two;
  system.pass_date = below_zero;
  regime_path *path = path_of(&system, span(0.0, 5.0));
  assert_outcome(path, REGIME_LEFT_DOMAIN);
  assert_true(regime_path_end(path) == 2.0);
  assert_close(last_value(path, 0), -1.0, 0.0);
  assert_true(l.explained_t == 2.0);
  regime_path_free(path);
}

/* ---- interruption ---- */

static int interrupt_after_a_while(void *self, double t, const double *y, double *dy) {
  law *l = self;
  dy[0] = cos(t) - 0.0 * y[0];
  if (++l->calls == 200) regime_context_interrupt(l->context);
  return 0;
}

static void interrupted(void **state) {
  (void)state;
  law l = {.y0 = 0.0};
  regime_system system = system_of(&l, interrupt_after_a_while);
  regime_path *path = NULL;
  regime_path_options o = span(0.0, 1000.0);
  assert_ok(regime_context_create(&l.context));
  assert_ok(regime_path_compute(l.context, &system, &o, &path));
  assert_outcome(path, REGIME_INTERRUPTED);
  assert_false(regime_context_interrupted(l.context)); /* granted: the path can be written */
  assert_true(l.calls < 300);
  assert_true(regime_path_end(path) > 1.0 && regime_path_end(path) < 1000.0);
  for (size_t k = 0; k < regime_path_points(path); k++)
    assert_close(regime_path_values(path, k)[0], sin(regime_path_time(path, k)), 1e-5);
  regime_path_free(path);
  regime_context_free(l.context);
}

/* ---- numerics that fail, and say so ---- */

static const char *name_of(void *self, size_t k) {
  (void)self, (void)k;
  return "debt";
}

static int hidden_jump(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = y[0] > 0.5 ? -1.0 : 1.0; /* a law that pushes back on both sides, unknown to the integrator */
  return 0;
}

static void a_hidden_jump_is_named(void **state) {
  (void)state;
  law l = {.y0 = 0.0};
  char message[1024];
  regime_system system = system_of(&l, hidden_jump);
  system.state_name = name_of;
  regime_path_options o = span(0.0, 10.0);
  o.max_steps = 100000;
  assert_int_equal(failure_of(&system, o, message), REGIME_NO_CONVERGENCE);
  assert_non_null(strstr(message, "t = 0.5"));
  assert_non_null(strstr(message, "`debt`"));
}

static void tolerances_below_rounding(void **state) {
  (void)state;
  law l = {.y0 = 1.0};
  char message[1024];
  regime_system system = system_of(&l, grow);
  regime_path_options o = span(0.0, 1.0);
  o.rtol = 1e-18;
  o.atol = 1e-18;
  assert_int_equal(failure_of(&system, o, message), REGIME_NO_CONVERGENCE);
  assert_non_null(strstr(message, "more digits than numbers have"));
}

static void too_many_steps(void **state) {
  (void)state;
  law l = {.y0 = 1.0};
  char message[1024];
  regime_system system = system_of(&l, grow);
  regime_path_options o = span(0.0, 20.0);
  o.max_steps = 10;
  assert_int_equal(failure_of(&system, o, message), REGIME_NO_CONVERGENCE);
  assert_non_null(strstr(message, "10 steps"));
}

static void just_as_many_steps_as_it_takes(void **state) {
  (void)state;
  law l = {.y0 = 1.0};
  char message[1024];
  regime_system system = system_of(&l, grow);
  regime_path_options o = span(0.0, 20.0);
  regime_path *path = path_of(&system, o);
  o.max_steps = regime_path_counters(path).steps;
  regime_path_free(path);
  regime_path_free(path_of(&system, o));
  o.max_steps--;
  assert_int_equal(failure_of(&system, o, message), REGIME_NO_CONVERGENCE);
}

static void the_library_does_not_print(void **state) {
  (void)state;
  char message[1024];
  law l = {.y0 = 1.0};
  regime_system growing = system_of(&l, grow), exploding = system_of(&l, square);
  regime_path_options below_rounding = span(0.0, 1.0), limitless = tight(0.0, 2.0);
  below_rounding.rtol = below_rounding.atol = 1e-18;
  limitless.limit = INFINITY;
  FILE *caught = tmpfile();
  assert_non_null(caught);
  fflush(NULL);
  const int out = dup(STDOUT_FILENO), err = dup(STDERR_FILENO);
  dup2(fileno(caught), STDOUT_FILENO);
  dup2(fileno(caught), STDERR_FILENO);
  const regime_status status = failure_of(&growing, below_rounding, message);
  regime_path_free(path_of(&exploding, limitless));
  fflush(NULL);
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  close(out);
  close(err);
  assert_int_equal(status, REGIME_NO_CONVERGENCE);
  assert_int_equal(lseek(fileno(caught), 0, SEEK_END), 0);
  fclose(caught);
}

/* ---- endless changes at one instant ---- */

static regime_status drop(void *self, double t, double *y) {
  (void)self, (void)t;
  y[0] = 5.0;
  y[1] = 0.0;
  return REGIME_OK;
}

static int gravity(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = y[1];
  dy[1] = -10.0;
  return 0;
}

static int height(void *self, double t, const double *y, double *g) {
  (void)self, (void)t;
  g[0] = y[0];
  return 0;
}

static void bounce(void *self, size_t k, double t, double *y) {
  (void)k, (void)t;
  y[1] = -*(double *)self * y[1];
}

static void a_ball_come_to_rest_does_not_hang(void **state) {
  (void)state;
  const double restitutions[] = {0.9, 0.5, 0.1, 0.001};
  const regime_direction directions[] = {REGIME_DOWN, REGIME_BOTH};
  char message[1024];
  for (size_t k = 0; k < 8; k++) {
    double r = restitutions[k / 2];
    const regime_event event = {.name = "bounce", .direction = directions[k % 2]};
    regime_system system = {.self = &r,
                            .n_states = 2,
                            .n_events = 1,
                            .events = &event,
                            .start = drop,
                            .rate = gravity,
                            .crossing = height,
                            .happen = bounce};
    assert_int_equal(failure_of(&system, span(0.0, 1000.0), message), REGIME_NO_CONVERGENCE);
    assert_non_null(strstr(message, "event `bounce`"));
    assert_non_null(strstr(message, "without end"));
  }
}

/* x' = -1 above zero, +1 below: nowhere to go once there. */
typedef struct thermostat {
  regime_direction side;
  double x0;
} thermostat;

static regime_status start_thermostat(void *self, double t, double *y) {
  (void)t;
  y[0] = ((thermostat *)self)->x0;
  return REGIME_OK;
}

static int push_back(void *self, double t, const double *y, double *dy) {
  (void)t, (void)y;
  dy[0] = ((thermostat *)self)->side == REGIME_UP ? -1.0 : 1.0;
  return 0;
}

static void turn_thermostat(void *self, size_t k, regime_direction direction) {
  (void)k;
  ((thermostat *)self)->side = direction;
}

static void settle_thermostat(void *self, double t, const double *y) {
  (void)t;
  ((thermostat *)self)->side = y[0] > 0.0 ? REGIME_UP : REGIME_DOWN;
}

static void a_switch_that_undoes_itself_does_not_hang(void **state) {
  (void)state;
  const double starts[] = {1.0, -1.0, 1.0 / 3.0, 0.0, 1e-20};
  char message[1024];
  for (size_t k = 0; k < sizeof starts / sizeof *starts; k++) {
    thermostat s = {.x0 = starts[k]};
    regime_system system = {.self = &s,
                            .n_states = 1,
                            .n_switches = 1,
                            .start = start_thermostat,
                            .rate = push_back,
                            .crossing = height,
                            .turn = turn_thermostat,
                            .settle = settle_thermostat};
    assert_int_equal(failure_of(&system, span(0.0, 10.0), message), REGIME_NO_CONVERGENCE);
    assert_non_null(strstr(message, "without end"));
  }
}

/* Two switches, each of which throws the other. */
typedef struct seesaw {
  bool a, b;
} seesaw;

static int seesaw_crossing(void *self, double t, const double *y, double *g) {
  const seesaw *s = self;
  (void)y;
  g[0] = t < 1.0 ? -1.0 + 0.0 * t : s->b ? 1.0 : -1.0;
  g[1] = t < 1.0 ? t - 1.0 : s->a ? -1.0 : 1.0;
  return 0;
}

static int seesaw_rate(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t, (void)y;
  dy[0] = 1.0;
  return 0;
}

static void turn_seesaw(void *self, size_t k, regime_direction direction) {
  seesaw *s = self;
  *(k == 0 ? &s->a : &s->b) = direction == REGIME_UP;
}

static void settle_seesaw(void *self, double t, const double *y) {
  (void)t, (void)y;
  *(seesaw *)self = (seesaw){false, false};
}

static void switches_that_throw_each_other_do_not_hang(void **state) {
  (void)state;
  seesaw s;
  char message[1024];
  regime_system system = {.self = &s,
                          .n_states = 1,
                          .n_switches = 2,
                          .start = start_at_zero,
                          .rate = seesaw_rate,
                          .crossing = seesaw_crossing,
                          .turn = turn_seesaw,
                          .settle = settle_seesaw};
  assert_int_equal(failure_of(&system, span(0.0, 10.0), message), REGIME_NO_CONVERGENCE);
  assert_non_null(strstr(message, "without end at t = 1"));
}

/* ---- questions that cannot be answered ---- */

static double yesterday(void *self, double t) {
  (void)self;
  return t - 1.0;
}

static void bad_arguments(void **state) {
  (void)state;
  law l = {.y0 = 1.0};
  char message[1024];
  regime_system system = system_of(&l, grow);
  const regime_path_options good = span(0.0, 1.0);
  regime_path_options bad[12];
  for (size_t k = 0; k < 12; k++) bad[k] = good;
  bad[0].to = 0.0;
  bad[1].to = NAN;
  bad[2].to = INFINITY;
  bad[3].from = -INFINITY;
  bad[4].rtol = 0.0;
  bad[5].atol = -1.0;
  bad[6].every = -0.1;
  bad[7].every = 1e-12;
  bad[8].limit = NAN;
  bad[9].max_steps = 0;
  bad[10].linear = REGIME_LINEAR_SPARSE; /* without a Jacobian */
  bad[11].every = NAN;
  for (size_t k = 0; k < 12; k++) {
    assert_int_equal(failure_of(&system, bad[k], message), REGIME_BAD_ARGUMENT);
    assert_true(strlen(message) > 0);
  }
  system.next_date = yesterday;
  assert_int_equal(failure_of(&system, good, message), REGIME_BAD_ARGUMENT);
}

static int jacobian_without_pattern(void *self, double t, const double *y, double *values) {
  (void)self, (void)t, (void)y, (void)values;
  return 0;
}

/* A function that the numbers of a system call for and that is not there is an answer, not a crash. */
static void systems_that_lack_a_function(void **state) {
  (void)state;
  static const regime_event event = {.name = "never"};
  law l = {.y0 = 1.0};
  char message[1024];
  regime_system bad[6];
  for (size_t k = 0; k < 6; k++) bad[k] = system_of(&l, grow);
  bad[0].start = NULL;
  bad[1].rate = NULL;
  bad[2].n_events = 1, bad[2].events = &event, bad[2].crossing = NULL;
  bad[3].n_switches = 1, bad[3].crossing = seesaw_crossing, bad[3].turn = NULL;
  bad[4].n_events = 1, bad[4].crossing = seesaw_crossing, bad[4].events = NULL;
  bad[5].jacobian = jacobian_without_pattern, bad[5].jacobian_column = NULL;
  for (size_t k = 0; k < 6; k++) {
    assert_int_equal(failure_of(&bad[k], span(0.0, 1.0), message), REGIME_BAD_ARGUMENT);
    assert_non_null(strstr(message, "the system is without"));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(beyond_the_limit),
      cmocka_unit_test(blow_up_in_finite_time),
      cmocka_unit_test(leaves_the_domain),
      cmocka_unit_test(an_event_is_found_before_its_function_ends),
      cmocka_unit_test(undefined_at_the_start),
      cmocka_unit_test(a_date_can_lead_out_of_the_domain),
      cmocka_unit_test(interrupted),
      cmocka_unit_test(a_hidden_jump_is_named),
      cmocka_unit_test(tolerances_below_rounding),
      cmocka_unit_test(too_many_steps),
      cmocka_unit_test(just_as_many_steps_as_it_takes),
      cmocka_unit_test(the_library_does_not_print),
      cmocka_unit_test(a_ball_come_to_rest_does_not_hang),
      cmocka_unit_test(a_switch_that_undoes_itself_does_not_hang),
      cmocka_unit_test(switches_that_throw_each_other_do_not_hang),
      cmocka_unit_test(bad_arguments),
      cmocka_unit_test(systems_that_lack_a_function),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
