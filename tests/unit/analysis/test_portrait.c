/* Portraits against known pictures: nullclines on their formulas, separatrices on level lines, cycles of
 * known period, unstable ones backwards, and manifolds of a map on its attractor. */
#include "support/check.h"
#include <regime/portrait.h>

static const double epsilon = 1.5; /* van der Pol's */

static regime_status start_near_nought(void *self, double t, double *y) {
  const size_t n = *(const size_t *)self;
  (void)t;
  for (size_t k = 0; k < n; k++) y[k] = 0.1;
  return REGIME_OK;
}

static int van_der_pol(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = y[1];
  dy[1] = epsilon * (1.0 - y[0] * y[0]) * y[1] - y[0];
  return 0;
}

static int van_der_pol_backwards(void *self, double t, const double *y, double *dy) {
  van_der_pol(self, t, y, dy);
  dy[0] = -dy[0];
  dy[1] = -dy[1];
  return 0;
}

/* Goodwin 1967: u the wage share, v the employment rate. */
static int goodwin(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = y[0] * (0.9 * y[1] - 0.85);
  dy[1] = y[1] * ((1.0 - y[0]) / 3.0 - 0.045);
  return 0;
}

static int duffing(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = y[1];
  dy[1] = y[0] - y[0] * y[0] * y[0];
  return 0;
}

static int competition(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = y[0] * (1.0 - y[0] - 2.0 * y[1]);
  dy[1] = y[1] * (1.0 - y[1] - 2.0 * y[0]);
  return 0;
}

/* The rate of y jumps across zero at x = 0.3 and passes through it at y = 0.2. */
static int jumping(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = -y[0];
  dy[1] = (y[0] < 0.3 ? 1.0 : -1.0) * (0.2 - y[1]);
  return 0;
}

/* z rests where z^3 + z = x; then y changes by z - y. */
static int layered(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = y[1] - 0.5 * y[0];
  dy[1] = y[2] - y[1];
  dy[2] = y[0] - y[2] - y[2] * y[2] * y[2];
  return 0;
}

static int henon(void *self, double t, const double *y, double *left) {
  (void)self, (void)t;
  left[0] = 1.0 - 1.4 * y[0] * y[0] + y[1];
  left[1] = 0.3 * y[0];
  return 0;
}

static int henon_at_one(void *self, double t, const double *y, double *left) {
  (void)self, (void)t;
  left[0] = 1.0 - y[0] * y[0] + y[1];
  left[1] = 0.3 * y[0];
  return 0;
}

static int lorenz(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  dy[0] = 10.0 * (y[1] - y[0]);
  dy[1] = y[0] * (28.0 - y[2]) - y[1];
  dy[2] = y[0] * y[1] - 8.0 / 3.0 * y[2];
  return 0;
}

typedef int (*law)(void *self, double t, const double *y, double *out);

static regime_portrait *draw(law rate, law next, size_t n, regime_portrait_options options) {
  regime_system system = {
      .self = &n, .n_states = n, .start = start_near_nought, .rate = rate, .next = next, .step = 1.0};
  regime_context *context;
  regime_portrait *portrait;
  assert_ok(regime_context_create(&context));
  assert_ok(regime_portrait_draw(context, &system, &options, &portrait));
  assert_int_equal(regime_diagnostic_count(context), 0);
  regime_context_free(context);
  return portrait;
}

static regime_portrait_options over(const double *low, const double *high) {
  regime_portrait_options o = regime_portrait_defaults();
  o.low = low;
  o.high = high;
  return o;
}

/* ---- nullclines ---- */

static void nullclines_lie_on_their_formulas(void **state) {
  (void)state;
  const double low[] = {-3.0, -4.0}, high[] = {3.0, 4.0};
  regime_portrait *p = draw(van_der_pol, NULL, 2, over(low, high));
  size_t of_x = 0, of_y = 0;
  for (size_t k = 0; k < p->n_nullclines; k++)
    for (size_t j = 0; j < p->nullcline[k].curve.n_points; j++) {
      const double x = p->nullcline[k].curve.xy[2 * j], y = p->nullcline[k].curve.xy[2 * j + 1];
      if (p->nullcline[k].state == 0) {
        assert_close(y, 0.0, 1e-9);
        of_x++;
      } else {
        assert_close(epsilon * (1.0 - x * x) * y, x, 1e-9);
        of_y++;
      }
    }
  assert_true(of_x > 500 && of_y > 1000);
  assert_int_equal(p->n_nullclines, 4); /* a line, and three branches of x / (eps (1 - x^2)) */
  regime_portrait_free(p);
}

static void goodwins_nullclines_cross_at_the_centre(void **state) {
  (void)state;
  const double low[] = {0.7, 0.8}, high[] = {1.0, 1.1};
  regime_portrait *p = draw(goodwin, NULL, 2, over(low, high));
  assert_int_equal(p->n_nullclines, 2);
  for (size_t k = 0; k < 2; k++)
    for (size_t j = 0; j < p->nullcline[k].curve.n_points; j++)
      assert_close(p->nullcline[k].curve.xy[2 * j + (p->nullcline[k].state == 0)],
                   p->nullcline[k].state == 0 ? 0.85 / 0.9 : 0.865, 1e-9);
  assert_int_equal(p->n_equilibria, 1);
  assert_int_equal(p->equilibrium[0]->type, REGIME_CENTRE);
  assert_true(p->n_trajectories > 5);
  for (size_t k = 0; k < p->n_trajectories; k++)
    assert_true(p->trajectory[k].to.kind == REGIME_FATE_CLOSED ||
                p->trajectory[k].to.kind == REGIME_FATE_LEAVES);
  assert_int_equal(p->n_cycles, 0);
  regime_portrait_free(p);
}

static void a_jump_is_no_nullcline(void **state) {
  (void)state;
  const double low[] = {-1.0, -1.0}, high[] = {1.0, 1.0};
  regime_portrait *p = draw(jumping, NULL, 2, over(low, high));
  for (size_t k = 0; k < p->n_nullclines; k++)
    for (size_t j = 0; p->nullcline[k].state == 1 && j < p->nullcline[k].curve.n_points; j++)
      assert_close(p->nullcline[k].curve.xy[2 * j + 1], 0.2, 1e-9);
  regime_portrait_free(p);
}

static void other_states_rest_where_asked(void **state) {
  (void)state;
  const double low[] = {-2.0, -2.0, -2.0}, high[] = {2.0, 2.0, 2.0};
  regime_portrait_options o = over(low, high);
  o.solve_others = true;
  o.automatic = false;
  regime_portrait *p = draw(layered, NULL, 3, o);
  assert_int_equal(p->others, REGIME_OTHERS_SOLVED);
  size_t count = 0;
  for (size_t k = 0; k < p->n_nullclines; k++)
    for (size_t j = 0; p->nullcline[k].state == 1 && j < p->nullcline[k].curve.n_points; j++, count++) {
      const double x = p->nullcline[k].curve.xy[2 * j], y = p->nullcline[k].curve.xy[2 * j + 1];
      assert_close(y * y * y + y, x, 1e-9);
    }
  assert_true(count > 100);
  regime_portrait_free(p);
}

/* ---- manifolds ---- */

static double energy(const double *xy) {
  return 0.5 * xy[1] * xy[1] - 0.5 * xy[0] * xy[0] + 0.25 * pow(xy[0], 4.0);
}

static void energy_is_kept_along_the_separatrix(void **state) {
  (void)state;
  const double low[] = {-2.0, -1.5}, high[] = {2.0, 1.5};
  regime_portrait_options o = over(low, high);
  o.automatic = false;
  regime_portrait *p = draw(duffing, NULL, 2, o);
  assert_int_equal(p->n_manifolds, 4);
  for (size_t k = 0; k < 4; k++) {
    const regime_manifold *m = &p->manifold[k];
    double farthest = 0.0;
    for (size_t j = 0; j < m->curve.n_points; j++) {
      assert_close(energy(m->curve.xy + 2 * j), 0.0, 1e-6);
      farthest = fmax(farthest, fabs(m->curve.xy[2 * j]));
    }
    assert_close(farthest, sqrt(2.0), 1e-4);
    assert_int_equal(m->fate.kind, REGIME_FATE_EQUILIBRIUM); /* homoclinic: back to the saddle */
    assert_int_equal(m->fate.number, m->equilibrium);
  }
  regime_portrait_free(p);
}

static void competitors_are_parted_by_the_diagonal(void **state) {
  (void)state;
  const double low[] = {-0.05, -0.05}, high[] = {1.5, 1.5};
  regime_portrait_options o = over(low, high);
  o.automatic = false;
  regime_portrait *p = draw(competition, NULL, 2, o);
  size_t found = 0;
  for (size_t k = 0; k < p->n_manifolds; k++) {
    const regime_manifold *m = &p->manifold[k];
    const double *saddle = p->equilibrium[m->equilibrium]->state;
    if (!m->is_stable || fabs(saddle[0] - 1.0 / 3.0) > 1e-9) continue;
    for (size_t j = 0; j < m->curve.n_points; j++)
      assert_close(m->curve.xy[2 * j], m->curve.xy[2 * j + 1], 1e-6);
    found++;
  }
  assert_int_equal(found, 2);
  regime_portrait_free(p);
}

static void henons_attractor_lies_on_the_unstable_manifold(void **state) {
  (void)state;
  const double low[] = {-1.5, -0.5}, high[] = {1.5, 0.5}, start[] = {0.1, 0.1};
  regime_portrait_options o = over(low, high);
  o.start = start;
  o.n_starts = 1;
  regime_portrait *p = draw(NULL, henon, 2, o);
  const regime_curve orbit = p->trajectory[0].curve;
  assert_int_equal(p->trajectory[0].to.kind, REGIME_FATE_BOUNDED);
  for (size_t j = 100; j < 300; j++) {
    double nearest = INFINITY;
    for (size_t k = 0; k < p->n_manifolds; k++)
      for (size_t i = 0; i < p->manifold[k].curve.n_points; i++)
        nearest = fmin(nearest, hypot(p->manifold[k].curve.xy[2 * i] - orbit.xy[2 * j],
                                      p->manifold[k].curve.xy[2 * i + 1] - orbit.xy[2 * j + 1]));
    assert_true(nearest < 0.01);
  }
  regime_portrait_free(p);
}

/* ---- cycles and trajectories ---- */

/* van der Pol at 1.5: the period 7.0964 by integration at 1e-12; both ways the same. */
static void a_cycle_is_found_from_both_directions_of_time(void **state) {
  (void)state;
  const double low[] = {-3.0, -4.0}, high[] = {3.0, 4.0};
  regime_portrait *ahead = draw(van_der_pol, NULL, 2, over(low, high));
  regime_portrait *back = draw(van_der_pol_backwards, NULL, 2, over(low, high));
  assert_int_equal(ahead->n_cycles, 1);
  assert_int_equal(back->n_cycles, 1);
  assert_true(ahead->cycle[0].is_stable && !back->cycle[0].is_stable);
  assert_close(ahead->cycle[0].period, 7.0963736, 1e-6);
  assert_close(back->cycle[0].period, ahead->cycle[0].period, 1e-6);
  assert_true(ahead->cycle[0].multiplier < 1.0 && back->cycle[0].multiplier > 1.0);
  for (size_t k = 0; k < ahead->n_trajectories; k++) {
    assert_int_equal(ahead->trajectory[k].to.kind, REGIME_FATE_CYCLE);
    assert_int_equal(ahead->trajectory[k].to.number, 0);
  }
  regime_portrait_free(ahead);
  regime_portrait_free(back);
}

static double distance(const double *a, const double *b) {
  return hypot((a[0] - b[0]) / 6.0, (a[1] - b[1]) / 8.0);
}

static void trajectories_keep_their_distance(void **state) {
  (void)state;
  const double low[] = {-3.0, -4.0}, high[] = {3.0, 4.0};
  regime_portrait_options o = over(low, high);
  regime_portrait *p = draw(van_der_pol, NULL, 2, o);
  assert_true(p->n_trajectories > 15);
  for (size_t a = 0; a < p->n_trajectories; a++)
    for (size_t b = 0; b < a; b++) /* a start is as far from every line drawn before it as was asked */
      for (size_t j = 0; j < p->trajectory[b].curve.n_points; j++)
        assert_true(distance(p->trajectory[a].start, p->trajectory[b].curve.xy + 2 * j) >= o.apart);
  regime_portrait_free(p);
}

static void the_same_question_has_the_same_answer(void **state) {
  (void)state;
  const double low[] = {-3.0, -4.0}, high[] = {3.0, 4.0};
  regime_portrait *a = draw(van_der_pol, NULL, 2, over(low, high));
  regime_portrait *b = draw(van_der_pol, NULL, 2, over(low, high));
  assert_int_equal(a->n_trajectories, b->n_trajectories);
  for (size_t k = 0; k < a->n_trajectories; k++) {
    const regime_curve ca = a->trajectory[k].curve, cb = b->trajectory[k].curve;
    assert_int_equal(ca.n_points, cb.n_points);
    assert_memory_equal(ca.xy, cb.xy, 2 * ca.n_points * sizeof *ca.xy);
  }
  regime_portrait_free(a);
  regime_portrait_free(b);
}

/* Lorenz 1963 in the plane of x and z, y held: chaos is bounded and does not settle; the origin's unstable
 * manifold and the stable ones of the two others are curves, and are followed. */
static void more_states_than_two_are_seen_by_their_shadows(void **state) {
  (void)state;
  const double low[] = {-22.0, -28.0, 0.0}, high[] = {22.0, 28.0, 50.0}, start[] = {1.0, 20.0};
  regime_portrait_options o = over(low, high);
  o.y = 2;
  o.start = start;
  o.n_starts = 1;
  o.automatic = false;
  regime_portrait *p = draw(lorenz, NULL, 3, o);
  assert_int_equal(p->others, REGIME_OTHERS_HELD);
  assert_int_equal(p->n_equilibria, 3);
  assert_int_equal(p->trajectory[0].to.kind, REGIME_FATE_BOUNDED);
  assert_int_equal(p->n_manifolds, 6);
  for (size_t k = 0; k < 6; k++) {
    const regime_manifold *m = &p->manifold[k];
    assert_int_equal(m->is_stable, p->equilibrium[m->equilibrium]->type == REGIME_SADDLE_FOCUS);
    assert_close(m->curve.xy[0], p->equilibrium[m->equilibrium]->state[0], 1e-12);
  }
  regime_portrait_free(p);
}

/* At a = 1 Henon's map has an attracting orbit of period four. */
static void a_map_has_an_orbit_of_period_four(void **state) {
  (void)state;
  const double low[] = {-1.5, -0.5}, high[] = {1.5, 0.5}, start[] = {0.1, 0.1};
  regime_portrait_options o = over(low, high);
  o.start = start;
  o.n_starts = 1;
  regime_portrait *p = draw(NULL, henon_at_one, 2, o);
  assert_int_equal(p->trajectory[0].to.kind, REGIME_FATE_CYCLE);
  const regime_loop *cycle = &p->cycle[p->trajectory[0].to.number];
  assert_close(cycle->period, 4.0, 0.0);
  double y[2] = {cycle->state[0], cycle->state[1]}, left[2];
  for (int k = 0; k < 4; k++) {
    henon_at_one(NULL, 0.0, y, left);
    memcpy(y, left, sizeof y);
  }
  assert_close(y[0], cycle->state[0], 1e-8);
  regime_portrait_free(p);
}

static int interrupting(void *self, double t, const double *y, double *dy) {
  regime_context *const context = *(regime_context **)self;
  if (hypot(y[0] - 1.0, y[1] - 1.0) < 0.5) regime_context_interrupt(context);
  return van_der_pol(self, t, y, dy);
}

static regime_status start_at_nought(void *self, double t, double *y) {
  (void)self, (void)t;
  y[0] = y[1] = 0.0;
  return REGIME_OK;
}

static void an_interrupted_portrait_is_kept_in_part(void **state) {
  (void)state;
  const double low[] = {-3.0, -4.0}, high[] = {3.0, 4.0};
  regime_context *context;
  assert_ok(regime_context_create(&context));
  regime_system system = {.self = &context, .n_states = 2, .start = start_at_nought, .rate = interrupting};
  const regime_portrait_options o = over(low, high);
  regime_portrait *p;
  assert_ok(regime_portrait_draw(context, &system, &o, &p));
  assert_true(p->is_interrupted);
  assert_false(regime_context_interrupted(context));
  regime_portrait_free(p);
  regime_context_free(context);
}

static void what_makes_no_plane_is_refused(void **state) {
  (void)state;
  size_t n = 2;
  regime_system system = {.self = &n, .n_states = 2, .start = start_near_nought, .rate = duffing};
  const double low[] = {-1.0, 1.0}, high[] = {1.0, 1.0};
  regime_portrait_options o = over(low, high);
  regime_context *context;
  regime_portrait *p;
  assert_ok(regime_context_create(&context));
  assert_int_equal(regime_portrait_draw(context, &system, &o, &p), REGIME_BAD_ARGUMENT);
  assert_null(p);
  assert_non_null(strstr(regime_diagnostic_at(context, 0)->message, "empty in state 1"));
  o.low = NULL;
  assert_int_equal(regime_portrait_draw(context, &system, &o, &p), REGIME_BAD_ARGUMENT);
  o.x = 1;
  assert_int_equal(regime_portrait_draw(context, &system, &o, &p), REGIME_BAD_ARGUMENT);
  regime_context_free(context);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(nullclines_lie_on_their_formulas),
      cmocka_unit_test(goodwins_nullclines_cross_at_the_centre),
      cmocka_unit_test(a_jump_is_no_nullcline),
      cmocka_unit_test(other_states_rest_where_asked),
      cmocka_unit_test(energy_is_kept_along_the_separatrix),
      cmocka_unit_test(competitors_are_parted_by_the_diagonal),
      cmocka_unit_test(henons_attractor_lies_on_the_unstable_manifold),
      cmocka_unit_test(a_cycle_is_found_from_both_directions_of_time),
      cmocka_unit_test(trajectories_keep_their_distance),
      cmocka_unit_test(the_same_question_has_the_same_answer),
      cmocka_unit_test(more_states_than_two_are_seen_by_their_shadows),
      cmocka_unit_test(a_map_has_an_orbit_of_period_four),
      cmocka_unit_test(an_interrupted_portrait_is_kept_in_part),
      cmocka_unit_test(what_makes_no_plane_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
