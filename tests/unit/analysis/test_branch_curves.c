/* Curves of special points in two parameters, known in closed form. */
#include "unit/analysis/diagrams.h"

static regime_branch_options plane(double from, double to, double second_from, double second_to,
                                   const double *start) {
  regime_branch_options o = regime_branch_defaults();
  o.parameter = 0;
  o.from = from;
  o.to = to;
  o.second = 1;
  o.second_from = second_from;
  o.second_to = second_to;
  o.start = start;
  o.n_starts = 1;
  return o;
}

/* x' = p + q x - x^3: folds where 4 q^3 = 27 p^2, a cusp at 0. */
static void cusp_law(const double *x, const double *p, double *f) {
  f[0] = p[0] + p[1] * x[0] - x[0] * x[0] * x[0];
}
static void cusp_jacobian(const double *x, const double *p, double *J) { J[0] = p[1] - 3.0 * x[0] * x[0]; }

static void the_cusp_is_found(void **state) {
  (void)state;
  by_hand h = {.n = 1, .law = cusp_law, .jacobian = cusp_jacobian, .p = {0.0, 1.0}};
  regime_system s = by_hand_system(&h, 0.0);
  const regime_branch_options o = plane(-1.0, 1.0, -1.0, 2.0, (double[]){-1.3247179572447460});
  regime_diagram *d = diagram_of(&s, &o);
  assert_int_equal(count_of(d, REGIME_POINT_FOLD), 2);
  assert_int_equal(regime_diagram_curves(d), 1);
  const regime_branch *curve = regime_diagram_curve(d, 0);
  for (size_t k = 0; k < curve->n_points; k++) {
    const regime_branch_point *at = &curve->point[k];
    assert_close(4.0 * pow(at->second, 3.0), 27.0 * at->parameter * at->parameter, 1e-8);
  }
  const regime_special *cusp = special_of(d, REGIME_POINT_CUSP, 0);
  assert_int_equal(count_of(d, REGIME_POINT_CUSP), 1);
  assert_close(cusp->parameter, 0.0, 1e-8);
  assert_close(cusp->second, 0.0, 1e-8);
  assert_close(cusp->coefficient, -1.0, 1e-5);
  regime_diagram_free(d);
}

/* x' = y, y' = p + q y + x^2 + x y (Kuznetsov 2004, sec. 8.4): folds at p = 0, Hopf points at p = -q^2 with
 * q > 0, both through Bogdanov and Takens' point 0. */
static void takens_law(const double *x, const double *p, double *f) {
  f[0] = x[1];
  f[1] = p[0] + p[1] * x[1] + x[0] * x[0] + x[0] * x[1];
}
static void takens_jacobian(const double *x, const double *p, double *J) {
  J[0] = 0.0;
  J[1] = 1.0;
  J[2] = 2.0 * x[0] + x[1];
  J[3] = p[1] + x[0];
}

static void hopf_and_fold_curves_meet(void **state) {
  (void)state;
  by_hand h = {.n = 2, .law = takens_law, .jacobian = takens_jacobian, .p = {0.0, 0.5}};
  regime_system s = by_hand_system(&h, 0.0);
  const regime_branch_options o = plane(-1.0, 0.5, -1.0, 1.0, (double[]){-1.0, 0.0});
  regime_diagram *d = diagram_of(&s, &o);
  assert_int_equal(regime_diagram_curves(d), 2);
  for (size_t c = 0; c < 2; c++) {
    const regime_branch *curve = regime_diagram_curve(d, c);
    for (size_t k = 0; k < curve->n_points; k++) {
      const double p = curve->point[k].parameter, q = curve->point[k].second;
      assert_close(p, curve->kind == REGIME_POINT_FOLD ? 0.0 : -q * q, 1e-8);
      if (curve->kind == REGIME_POINT_HOPF) assert_true(q > -1e-8);
    }
    if (curve->kind == REGIME_POINT_HOPF)
      assert_true(curve->end[0] == REGIME_END_REAL_PAIR || curve->end[1] == REGIME_END_REAL_PAIR);
  }
  assert_int_equal(count_of(d, REGIME_POINT_BOGDANOV_TAKENS), 1);
  const regime_special *point = special_of(d, REGIME_POINT_BOGDANOV_TAKENS, 0);
  assert_close(point->parameter, 0.0, 1e-8);
  assert_close(point->second, 0.0, 1e-8);
  regime_diagram_free(d);
}

/* z' = (p + i) z + q z |z|^2 - z |z|^4: Hopf points at p = 0, with l1 = 2 q. */
static void bautin_law(const double *x, const double *p, double *f) {
  const double r = x[0] * x[0] + x[1] * x[1], a = p[0] + p[1] * r - r * r;
  f[0] = a * x[0] - x[1];
  f[1] = x[0] + a * x[1];
}
static void bautin_jacobian(const double *x, const double *p, double *J) {
  const double r = x[0] * x[0] + x[1] * x[1], a = p[0] + p[1] * r - r * r, b = p[1] - 2.0 * r;
  J[0] = a + b * 2.0 * x[0] * x[0];
  J[1] = -1.0 + b * 2.0 * x[0] * x[1];
  J[2] = 1.0 + b * 2.0 * x[0] * x[1];
  J[3] = a + b * 2.0 * x[1] * x[1];
}

static void hopf_points_degenerate(void **state) {
  (void)state;
  for (int k = -1; k <= 1; k++) {
    by_hand h = {.n = 2, .law = bautin_law, .jacobian = bautin_jacobian, .p = {0.0, 0.75 * k}};
    regime_system s = by_hand_system(&h, 0.0);
    const regime_branch_options o = plane(-1.0, 1.0, -1.0, 1.0, (double[]){0.0, 0.0});
    regime_diagram *d = diagram_of(&s, &o);
    const regime_special *hopf = special_of(d, REGIME_POINT_HOPF, 0);
    assert_close(hopf->coefficient, 1.5 * k, 1e-6);
    assert_int_equal(hopf->criticality, k < 0   ? REGIME_SUPERCRITICAL
                                        : k > 0 ? REGIME_SUBCRITICAL
                                                : REGIME_DEGENERATE);
    assert_int_equal(regime_diagram_curves(d), 1);
    const regime_branch *curve = regime_diagram_curve(d, 0);
    for (size_t i = 0; i < curve->n_points; i++) assert_close(curve->point[i].parameter, 0.0, 1e-9);
    if (k != 0) {
      const regime_special *bautin = special_of(d, REGIME_POINT_GENERALISED_HOPF, 0);
      assert_close(bautin->second, 0.0, 1e-6);
      assert_close(bautin->period, 2.0 * acos(-1.0), 1e-8);
    }
    regime_diagram_free(d);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_cusp_is_found),
      cmocka_unit_test(hopf_and_fold_curves_meet),
      cmocka_unit_test(hopf_points_degenerate),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
