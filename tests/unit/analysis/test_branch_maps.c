/* Branches of fixed points with known answers. */
#include "unit/analysis/diagrams.h"

static regime_branch_options along(size_t parameter, double from, double to, const double *start) {
  regime_branch_options o = regime_branch_defaults();
  o.parameter = parameter;
  o.from = from;
  o.to = to;
  o.start = start;
  o.n_starts = 1;
  return o;
}

static const double pi = 3.14159265358979323846;

static void logistic_law(const double *x, const double *p, double *f) { f[0] = p[0] * x[0] * (1.0 - x[0]); }
static void logistic_jacobian(const double *x, const double *p, double *J) {
  J[0] = p[0] * (1.0 - 2.0 * x[0]);
}

/* b = -B (A - 1)^-1 B / 2 = 9 with A = -1 and B = -6. */
static void the_logistic_map_flips_at_three(void **state) {
  (void)state;
  by_hand h = {.n = 1, .law = logistic_law, .jacobian = logistic_jacobian};
  regime_system s = by_hand_system(&h, 1.0);
  const regime_branch_options o = along(0, 0.5, 4.0, (double[]){0.0});
  regime_diagram *d = diagram_of(&s, &o);
  assert_int_equal(regime_diagram_branches(d), 2);
  assert_int_equal(regime_diagram_specials(d), 2);
  assert_close(special_of(d, REGIME_POINT_BRANCH, 0)->parameter, 1.0, 1e-10);
  const regime_special *flip = special_of(d, REGIME_POINT_FLIP, 0);
  assert_close(flip->parameter, 3.0, 1e-10);
  assert_close(flip->state[0], 2.0 / 3.0, 1e-10);
  assert_close(flip->coefficient, 9.0, 1e-6);
  assert_close(flip->period, 2.0, 1e-12);
  assert_int_equal(flip->criticality, REGIME_SUPERCRITICAL);
  regime_diagram_free(d);
}

static void twice_law(const double *x, const double *p, double *f) {
  double once;
  logistic_law(x, p, &once);
  logistic_law(&once, p, f);
}
static void twice_jacobian(const double *x, const double *p, double *J) {
  double once, first, second;
  logistic_law(x, p, &once);
  logistic_jacobian(x, p, &first);
  logistic_jacobian(&once, p, &second);
  J[0] = first * second;
}

static void the_orbit_of_period_two_flips_at_one_and_root_six(void **state) {
  (void)state;
  by_hand h = {.n = 1, .law = twice_law, .jacobian = twice_jacobian};
  regime_system s = by_hand_system(&h, 2.0);
  const regime_branch_options o = along(0, 2.5, 3.6, (double[]){0.6});
  regime_diagram *d = diagram_of(&s, &o);
  assert_close(special_of(d, REGIME_POINT_PITCHFORK, 0)->parameter, 3.0, 1e-9);
  assert_int_equal(special_of(d, REGIME_POINT_PITCHFORK, 0)->criticality, REGIME_SUPERCRITICAL);
  assert_int_equal(count_of(d, REGIME_POINT_FLIP), 2);
  for (size_t k = 0; k < 2; k++)
    assert_close(special_of(d, REGIME_POINT_FLIP, k)->parameter, 1.0 + sqrt(6.0), 1e-9);
  assert_close(special_of(d, REGIME_POINT_FLIP, 0)->period, 4.0, 1e-12);
  regime_diagram_free(d);
}

/* Kaldor: parameters alpha and sigma. */
static double investment(const double *x, double sigma) {
  return 10.0 * sigma + 0.6 * (10.0 * sigma / 0.2 - x[1]) + atan(x[0] - 10.0);
}
static void kaldor_law(const double *x, const double *p, double *f) {
  f[0] = x[0] + p[0] * (investment(x, p[1]) - p[1] * x[0]);
  f[1] = 0.8 * x[1] + investment(x, p[1]);
}
static void kaldor_jacobian(const double *x, const double *p, double *J) {
  const double slope = 1.0 / (1.0 + (x[0] - 10.0) * (x[0] - 10.0));
  J[0] = 1.0 + p[0] * (slope - p[1]);
  J[1] = -0.6 * p[0];
  J[2] = slope;
  J[3] = 0.2;
}

static void kaldors_economy_cycles(void **state) {
  (void)state;
  by_hand h = {.n = 2, .law = kaldor_law, .jacobian = kaldor_jacobian, .p = {0.5, 0.4}};
  regime_system s = by_hand_system(&h, 1.0);
  regime_branch_options o = along(0, 0.5, 1.5, (double[]){10.0, 20.0});
  regime_diagram *d = diagram_of(&s, &o);
  const regime_special *cycle = special_of(d, REGIME_POINT_NEIMARK_SACKER, 0);
  assert_int_equal(regime_diagram_specials(d), 1);
  assert_close(cycle->parameter, 10.0 / 9.0, 1e-10);
  /* trace 1.2 + .6 alpha, determinant 1 */
  assert_close(cycle->period, 2.0 * pi / acos(0.5 * (1.2 + 0.6 * 10.0 / 9.0)), 1e-9);
  regime_diagram_free(d);
}

static void kaldors_economy_has_three_states(void **state) {
  (void)state;
  by_hand h = {.n = 2, .law = kaldor_law, .jacobian = kaldor_jacobian, .p = {0.9, 0.4}};
  regime_system s = by_hand_system(&h, 1.0);
  const regime_branch_options o = along(1, 0.4, 0.1, (double[]){10.0, 20.0});
  regime_diagram *d = diagram_of(&s, &o);
  const regime_special *fork = special_of(d, REGIME_POINT_PITCHFORK, 0);
  assert_close(fork->parameter, 0.25, 1e-10);
  assert_int_equal(fork->criticality, REGIME_SUPERCRITICAL);
  assert_int_equal(regime_diagram_branches(d), 2);
  assert_int_equal(regime_diagram_branch(d, 1)->end[0], REGIME_END_OF_RANGE);
  regime_diagram_free(d);
}

/* Hénon: x+ = 1 - a x^2 + y, y+ = b x: fold at -(1-b)^2/4, flip at 3 (1-b)^2/4; as curves in a and b. */
static void henon_law(const double *x, const double *p, double *f) {
  f[0] = 1.0 - p[0] * x[0] * x[0] + x[1];
  f[1] = p[1] * x[0];
}
static void henon_jacobian(const double *x, const double *p, double *J) {
  J[0] = -2.0 * p[0] * x[0];
  J[1] = 1.0;
  J[2] = p[1];
  J[3] = 0.0;
}

static void henons_map_folds_and_flips(void **state) {
  (void)state;
  const double b = 0.3;
  by_hand h = {.n = 2, .law = henon_law, .jacobian = henon_jacobian, .p = {1.0, b}};
  regime_system s = by_hand_system(&h, 1.0);
  const double x = (-(1.0 - b) + sqrt((1.0 - b) * (1.0 - b) + 4.0)) / 2.0;
  regime_branch_options o = along(0, 1.0, -0.5, (double[]){x, b * x});
  o.second = 1;
  o.second_from = -0.5;
  o.second_to = 0.5;
  o.low = (double[]){-20.0, -20.0};
  o.high = (double[]){20.0, 20.0};
  regime_diagram *d = diagram_of(&s, &o);
  assert_close(special_of(d, REGIME_POINT_FOLD, 0)->parameter, -(1.0 - b) * (1.0 - b) / 4.0, 1e-10);
  assert_close(special_of(d, REGIME_POINT_FLIP, 0)->parameter, 0.75 * (1.0 - b) * (1.0 - b), 1e-10);
  assert_int_equal(regime_diagram_curves(d), 2);
  for (size_t c = 0; c < 2; c++) {
    const regime_branch *curve = regime_diagram_curve(d, c);
    const double factor = curve->kind == REGIME_POINT_FOLD ? -0.25 : 0.75;
    for (size_t k = 0; k < curve->n_points; k++) {
      const double rest = 1.0 - curve->point[k].second;
      assert_close(curve->point[k].parameter, factor * rest * rest, 1e-8);
    }
  }
  regime_diagram_free(d);
}

/* x+ = r x (1 - y), y+ = x: an invariant circle is born at r = 2, sixth roots of one. */
static void delayed_law(const double *x, const double *p, double *f) {
  f[0] = p[0] * x[0] * (1.0 - x[1]);
  f[1] = x[0];
}
static void delayed_jacobian(const double *x, const double *p, double *J) {
  J[0] = p[0] * (1.0 - x[1]);
  J[1] = -p[0] * x[0];
  J[2] = 1.0;
  J[3] = 0.0;
}

static void the_delayed_logistic_map_turns(void **state) {
  (void)state;
  by_hand h = {.n = 2, .law = delayed_law, .jacobian = delayed_jacobian};
  regime_system s = by_hand_system(&h, 1.0);
  const regime_branch_options o = along(0, 1.5, 2.5, (double[]){1.0 / 3.0, 1.0 / 3.0});
  regime_diagram *d = diagram_of(&s, &o);
  const regime_special *circle = special_of(d, REGIME_POINT_NEIMARK_SACKER, 0);
  assert_close(circle->parameter, 2.0, 1e-10);
  assert_close(circle->period, 6.0, 1e-10);
  assert_int_equal(circle->criticality, REGIME_SUPERCRITICAL);
  regime_diagram_free(d);
}

/* z+ = (1 + p) e^(i theta) z (1 + c |z|^2): with q of length 1, d = 2 c; at a third of a turn there is none.
 */
static void turning_law(const double *x, const double *p, double *f) {
  const double r = (1.0 + p[0]) * (1.0 + p[2] * (x[0] * x[0] + x[1] * x[1]));
  f[0] = r * (cos(p[1]) * x[0] - sin(p[1]) * x[1]);
  f[1] = r * (sin(p[1]) * x[0] + cos(p[1]) * x[1]);
}
static void turning_jacobian(const double *x, const double *p, double *J) {
  const double r = (1.0 + p[0]) * (1.0 + p[2] * (x[0] * x[0] + x[1] * x[1])),
               u = cos(p[1]) * x[0] - sin(p[1]) * x[1], v = sin(p[1]) * x[0] + cos(p[1]) * x[1],
               by_x = 2.0 * (1.0 + p[0]) * p[2] * x[0], by_y = 2.0 * (1.0 + p[0]) * p[2] * x[1];
  J[0] = r * cos(p[1]) + by_x * u;
  J[1] = -r * sin(p[1]) + by_y * u;
  J[2] = r * sin(p[1]) + by_x * v;
  J[3] = r * cos(p[1]) + by_y * v;
}

static void circles_have_a_criticality_but_at_strong_resonances(void **state) {
  (void)state;
  for (int k = -1; k <= 1; k++) {
    by_hand h = {.n = 2,
                 .law = turning_law,
                 .jacobian = turning_jacobian,
                 .p = {0.0, k ? 1.0 : 2.0 * pi / 3.0, k ? k : 1}};
    regime_system s = by_hand_system(&h, 1.0);
    const regime_branch_options o = along(0, -0.5, 0.5, (double[]){0.0, 0.0});
    regime_diagram *d = diagram_of(&s, &o);
    const regime_special *circle = special_of(d, REGIME_POINT_NEIMARK_SACKER, 0);
    assert_close(circle->parameter, 0.0, 1e-10);
    if (k == 0) {
      assert_true(isnan(circle->coefficient));
      assert_int_equal(circle->criticality, REGIME_NOT_CRITICAL);
    } else {
      assert_close(circle->coefficient, 2.0 * k, 1e-5);
      assert_int_equal(circle->criticality, k < 0 ? REGIME_SUPERCRITICAL : REGIME_SUBCRITICAL);
    }
    regime_diagram_free(d);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_logistic_map_flips_at_three),
      cmocka_unit_test(the_orbit_of_period_two_flips_at_one_and_root_six),
      cmocka_unit_test(kaldors_economy_cycles),
      cmocka_unit_test(kaldors_economy_has_three_states),
      cmocka_unit_test(henons_map_folds_and_flips),
      cmocka_unit_test(the_delayed_logistic_map_turns),
      cmocka_unit_test(circles_have_a_criticality_but_at_strong_resonances),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
