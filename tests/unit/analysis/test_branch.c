/* Branches of equilibria with known answers. */
#include "unit/analysis/diagrams.h"

static regime_branch_options along(double from, double to, const double *start) {
  regime_branch_options o = regime_branch_defaults();
  o.parameter = 0;
  o.from = from;
  o.to = to;
  o.start = start;
  o.n_starts = 1;
  return o;
}

/* x' = p + x^2: fold at 0, coefficient 1. */
static void fold_law(const double *x, const double *p, double *f) { f[0] = p[0] + x[0] * x[0]; }
static void fold_jacobian(const double *x, const double *p, double *J) {
  (void)p;
  J[0] = 2.0 * x[0];
}

static void a_fold_is_passed(void **state) {
  (void)state;
  by_hand h = {.n = 1, .law = fold_law, .jacobian = fold_jacobian};
  regime_system s = by_hand_system(&h, 0.0);
  const regime_branch_options o = along(-1.0, 1.0, (double[]){-1.0});
  regime_diagram *d = diagram_of(&s, &o);
  assert_int_equal(regime_diagram_specials(d), 1);
  assert_int_equal(regime_diagram_branches(d), 1);
  const regime_special *fold = special_of(d, REGIME_POINT_FOLD, 0);
  assert_close(fold->parameter, 0.0, 1e-10);
  assert_close(fold->coefficient, 1.0, 1e-6);
  const regime_branch *b = regime_diagram_branch(d, 0);
  assert_int_equal(b->end[0], REGIME_END_OF_RANGE);
  assert_int_equal(b->end[1], REGIME_END_OF_RANGE);
  assert_close(b->point[b->n_points - 1].state[0], 1.0, 1e-10);
  regime_diagram_free(d);
}

static void transcritical_law(const double *x, const double *p, double *f) { f[0] = x[0] * (p[0] - x[0]); }
static void transcritical_jacobian(const double *x, const double *p, double *J) { J[0] = p[0] - 2.0 * x[0]; }
static void pitchfork_law(const double *x, const double *p, double *f) {
  f[0] = x[0] * (p[0] + p[1] * x[0] * x[0]);
}
static void pitchfork_jacobian(const double *x, const double *p, double *J) {
  J[0] = p[0] + 3.0 * p[1] * x[0] * x[0];
}

static void crossing_branches_are_followed(void **state) {
  (void)state;
  by_hand h = {.n = 1, .law = transcritical_law, .jacobian = transcritical_jacobian};
  regime_system s = by_hand_system(&h, 0.0);
  const regime_branch_options o = along(-1.0, 1.0, (double[]){0.0});
  regime_diagram *d = diagram_of(&s, &o);
  assert_int_equal(regime_diagram_specials(d), 1);
  assert_int_equal(regime_diagram_branches(d), 2);
  assert_close(special_of(d, REGIME_POINT_BRANCH, 0)->parameter, 0.0, 1e-10);
  regime_diagram_free(d);
}

static void pitchforks_are_told_apart(void **state) {
  (void)state;
  for (int sign = -1; sign <= 1; sign += 2) {
    by_hand h = {.n = 1, .law = pitchfork_law, .jacobian = pitchfork_jacobian, .p = {0.0, sign}};
    regime_system s = by_hand_system(&h, 0.0);
    const regime_branch_options o = along(-1.0, 1.0, (double[]){0.0});
    regime_diagram *d = diagram_of(&s, &o);
    assert_int_equal(regime_diagram_specials(d), 1);
    assert_int_equal(regime_diagram_branches(d), 2);
    const regime_special *fork = special_of(d, REGIME_POINT_PITCHFORK, 0);
    assert_close(fork->parameter, 0.0, 1e-10);
    assert_close(fork->coefficient, sign, 1e-6);
    assert_int_equal(fork->criticality, sign < 0 ? REGIME_SUPERCRITICAL : REGIME_SUBCRITICAL);
    regime_diagram_free(d);
  }
}

/* Lorenz: pitchfork at r = 1, subcritical Hopf at s (s + b + 3) / (s - b - 1). */
static void lorenz_law(const double *x, const double *p, double *f) {
  f[0] = 10.0 * (x[1] - x[0]);
  f[1] = x[0] * (p[0] - x[2]) - x[1];
  f[2] = x[0] * x[1] - 8.0 / 3.0 * x[2];
}
static void lorenz_jacobian(const double *x, const double *p, double *J) {
  const double j[] = {-10.0, 10.0, 0.0, p[0] - x[2], -1.0, -x[0], x[1], x[0], -8.0 / 3.0};
  memcpy(J, j, sizeof j);
}

static void lorenz_has_a_pitchfork_and_two_hopf_points(void **state) {
  (void)state;
  by_hand h = {.n = 3, .law = lorenz_law, .jacobian = lorenz_jacobian};
  regime_system s = by_hand_system(&h, 0.0);
  const regime_branch_options o = along(0.0, 30.0, (double[]){0.0, 0.0, 0.0});
  regime_diagram *d = diagram_of(&s, &o);
  assert_int_equal(regime_diagram_specials(d), 3);
  assert_int_equal(regime_diagram_branches(d), 2);
  assert_close(special_of(d, REGIME_POINT_PITCHFORK, 0)->parameter, 1.0, 1e-10);
  for (size_t k = 0; k < 2; k++) {
    const regime_special *hopf = special_of(d, REGIME_POINT_HOPF, k);
    const double r = 470.0 / 19.0, omega = sqrt(8.0 / 3.0 * (10.0 + r));
    assert_close(hopf->parameter, r, 1e-9);
    assert_close(hopf->period, 2.0 * acos(-1.0) / omega, 1e-8);
    assert_int_equal(hopf->criticality, REGIME_SUBCRITICAL);
  }
  regime_diagram_free(d);
}

/* Brusselator x' = a - (b + 1) x + x^2 y, y' = b x - x^2 y: Hopf at b = 1 + a^2, omega = a, and with
 * the critical vector of length 1, l1 = -(2 + a^2) / (2 a (1 + 2 a^2)). */
static void brusselator_law(const double *x, const double *p, double *f) {
  f[0] = p[1] - (p[0] + 1.0) * x[0] + x[0] * x[0] * x[1];
  f[1] = p[0] * x[0] - x[0] * x[0] * x[1];
}
static void brusselator_jacobian(const double *x, const double *p, double *J) {
  J[0] = -(p[0] + 1.0) + 2.0 * x[0] * x[1];
  J[1] = x[0] * x[0];
  J[2] = p[0] - 2.0 * x[0] * x[1];
  J[3] = -x[0] * x[0];
}

static void the_brusselator_oscillates(void **state) {
  (void)state;
  for (double a = 0.5; a <= 2.0; a += 0.5) {
    by_hand h = {.n = 2, .law = brusselator_law, .jacobian = brusselator_jacobian, .p = {0.0, a}};
    regime_system s = by_hand_system(&h, 0.0);
    const regime_branch_options o = along(0.5, 7.0, (double[]){a, 0.5 / a});
    regime_diagram *d = diagram_of(&s, &o);
    assert_int_equal(regime_diagram_specials(d), 1);
    const regime_special *hopf = special_of(d, REGIME_POINT_HOPF, 0);
    assert_close(hopf->parameter, 1.0 + a * a, 1e-10);
    assert_close(hopf->period, 2.0 * acos(-1.0) / a, 1e-10);
    assert_close(hopf->coefficient, -(2.0 + a * a) / (2.0 * a * (1.0 + 2.0 * a * a)), 1e-6);
    assert_int_equal(hopf->criticality, REGIME_SUPERCRITICAL);
    regime_diagram_free(d);
  }
}

/* The branch, what is born on it, and the curve in the second parameter, all in one diagram. */
static void everything_at_once(void **state) {
  (void)state;
  by_hand h = {.n = 2, .law = brusselator_law, .jacobian = brusselator_jacobian, .p = {0.0, 1.0}};
  regime_system s = by_hand_system(&h, 0.0);
  regime_branch_options o = along(1.5, 2.5, (double[]){1.0, 1.5});
  o.cycles = true;
  o.second = 1;
  o.second_from = 0.8;
  o.second_to = 1.2;
  regime_diagram *d = diagram_of(&s, &o);
  assert_int_equal(regime_diagram_cycles(d), 1);
  assert_in_range(regime_diagram_cycle(d, 0)->n_points, 5, 1000);
  assert_int_equal(regime_diagram_curves(d), 1);
  const regime_branch *curve = regime_diagram_curve(d, 0);
  for (size_t k = 0; k < curve->n_points; k++)
    assert_close(curve->point[k].parameter, 1.0 + curve->point[k].second * curve->point[k].second, 1e-9);
  regime_diagram_free(d);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_fold_is_passed),
      cmocka_unit_test(crossing_branches_are_followed),
      cmocka_unit_test(pitchforks_are_told_apart),
      cmocka_unit_test(lorenz_has_a_pitchfork_and_two_hopf_points),
      cmocka_unit_test(the_brusselator_oscillates),
      cmocka_unit_test(everything_at_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
