/* Kaldor's cycle and Kaldor's map: where the cycle is born, where rest splits in two, and what paths do on
 * both sides.
 */
#include "support/stability.h"

static const double pi_ = 3.14159265358979323846;
static const double mu = 10.0;
static economy e;

static double normal_capital(double sigma) { return sigma * mu / 0.2; }

/* --- the cycle in continuous time --------------------------------------------------------------------------
 */

/* At alpha = (gamma + delta)/(1 - sigma) = 4/3; the frequency is sqrt(alpha (sigma (gamma + delta) - delta)).
 */
static void the_cycle_is_born_at_four_thirds(void **state) {
  (void)state;
  open_economy(&e, "kaldor_cycle", "baseline");
  assert_int_equal(ask_branch(&e, "alpha", 1.0, 3.0, true), 1);
  const regime_special *hopf = special_of(&e, REGIME_POINT_HOPF, 0);
  assert_close(hopf->parameter, 4.0 / 3.0, 1e-9);
  assert_close(hopf->period, 2 * pi_ / sqrt(4.0 / 3.0 * 0.12), 1e-8);
  assert_int_equal(hopf->criticality, REGIME_SUPERCRITICAL);
  assert_true(hopf->coefficient < 0.0);
  const regime_cycles *family = regime_diagram_cycle(e.diagram, 0);
  assert_int_equal(family->born_at, 0);
  for (size_t k = 1; k < family->n_points; k++) {
    assert_true(family->point[k].is_stable);
    assert_true(family->point[k].error < 1e-5);
  }
  close_economy(&e);
}

/* The swing that is left, `by` beyond the birth, of a start `push` from rest. */
static double swing_beyond(double by, double push) {
  put(&e, "alpha", 4.0 / 3.0 + by);
  return swing_after(&e, mu, 20.0, push, 12.0 / (0.3 * fabs(by)), 20.0, 0.02);
}

static void before_it_swings_die_and_after_it_they_come_to_one_size(void **state) {
  (void)state;
  open_economy(&e, "kaldor_cycle", "baseline");
  assert_true(swing_beyond(-0.02, 0.3) < 1e-3);
  const double near = swing_beyond(0.005, 0.02), far = swing_beyond(0.02, 0.02);
  assert_close(swing_beyond(0.005, 0.3) / near, 1.0, 5e-3); /* from outside to the same */
  assert_close(swing_beyond(0.02, 1.0) / far, 1.0, 5e-3);
  print_message("swing %.5f and, four times as far beyond the birth, %.5f\n", near, far);
  assert_close(far / near, 2.0, 0.02); /* as the square root of the distance */
  assert_close(near, 2 * sqrt(1 - 0.4 - 0.8 / (4.0 / 3.0 + 0.005)), 5e-3);
  close_economy(&e);
}

/* Followed as a boundary-value problem and by Runge and Kutta: one cycle, one period. */
static void the_family_of_cycles_is_what_paths_come_to(void **state) {
  (void)state;
  open_economy(&e, "kaldor_cycle", "baseline");
  ask_branch(&e, "alpha", 1.0, 3.0, true);
  const regime_cycles *family = regime_diagram_cycle(e.diagram, 0);
  const regime_cycle_point *last = &family->point[family->n_points - 1];
  const double high = output_at(&e, last->high, "Y") - mu, period = last->period;
  assert_close(last->parameter, 3.0, 1e-12);
  put(&e, "alpha", 3.0);
  double y[2] = {10.5, 20.0}, again[2];
  begin(&e);
  assert_true(let_go(&e, y, 200.0, 0.005));
  memcpy(again, y, sizeof y);
  assert_true(let_go(&e, again, period, 0.005));
  assert_close(again[0], y[0], 1e-6);
  assert_close(again[1], y[1], 1e-6);
  assert_close(reach_of(&e, y, 0, mu, period, 0.005), high, 1e-4);
  close_economy(&e);
}

/* Thrift damps: at sigma = 1 - (gamma + delta)/alpha = 0.6 the cycle is gone. Below sigma = 1/4 there are a
 * poor and a rich rest point, y atan-wise from normal, which become stable where alpha (1/(1 + y^2) - sigma)
 * = gamma + delta. */
static void saving_decides_between_one_cycle_and_two_ends(void **state) {
  (void)state;
  open_economy(&e, "kaldor_cycle", "baseline");
  ask_branch(&e, "sigma", 0.7, 0.15, true);
  assert_close(special_of(&e, REGIME_POINT_HOPF, 0)->parameter, 0.6, 1e-9);
  assert_int_equal(special_of(&e, REGIME_POINT_HOPF, 0)->criticality, REGIME_SUPERCRITICAL);
  assert_close(special_of(&e, REGIME_POINT_PITCHFORK, 0)->parameter, 0.25, 1e-9);
  for (size_t k = 1; k <= 2; k++) {
    const regime_special *hopf = special_of(&e, REGIME_POINT_HOPF, k);
    const double y = output_at(&e, hopf->outputs, "Y") - mu, sigma = hopf->parameter;
    assert_close(sigma * y, 0.25 * atan(y), 1e-8);
    assert_close(2.0 * (1 / (1 + y * y) - sigma), 0.8, 1e-8);
    assert_int_equal(hopf->criticality, REGIME_SUBCRITICAL);
  }
  assert_close(special_of(&e, REGIME_POINT_HOPF, 1)->parameter, 0.21101, 1e-5);
  assert_close(special_of(&e, REGIME_POINT_FOLD_OF_CYCLES, 0)->parameter, 0.201693, 1e-6);
  assert_close(special_of(&e, REGIME_POINT_HOMOCLINIC, 0)->parameter, 0.203225, 1e-5);
  close_economy(&e);
}

/* Off-normal rest, the rich one: sigma y = atan(y)/4. */
static double rich(double sigma) {
  double y = 2.0;
  for (int k = 0; k < 50; k++) y -= (sigma * y - 0.25 * atan(y)) / (sigma - 0.25 / (1 + y * y));
  return y;
}

/* How far from the rich rest point a start may be, on one side, that still comes back: bisection on paths. */
static double edge_on(double sigma, double side) {
  const double y = rich(sigma), K = sigma * (mu + y) / 0.2;
  double inside = 1e-4, outside = 0.6;
  for (int k = 0; k < 22; k++) {
    const double push = 0.5 * (inside + outside);
    if (swing_after(&e, mu + y, K, side * push, 3000.0, 30.0, 0.05) < push)
      inside = push;
    else
      outside = push;
  }
  return inside;
}

/* On average of both sides, which are not quite alike. */
static double edge_at(double sigma) {
  put(&e, "sigma", sigma);
  return 0.5 * (edge_on(sigma, 1.0) + edge_on(sigma, -1.0));
}

/* Subcritical: where rest is stable, an unstable cycle is its edge and shrinks as the square root; beyond,
 * nothing small is left. */
static void the_rich_rest_point_has_an_edge(void **state) {
  (void)state;
  open_economy(&e, "kaldor_cycle", "baseline");
  ask_branch(&e, "sigma", 0.3, 0.2, false);
  const double critical = special_of(&e, REGIME_POINT_HOPF, 0)->parameter;
  const double near = edge_at(critical - 0.0001), far = edge_at(critical - 0.0004);
  print_message("edge %.5f and, four times as far from the birth, %.5f\n", near, far);
  assert_true(fabs(far / near - 2.0) < 0.15);
  const double y = rich(critical + 0.002), K = (critical + 0.002) * (mu + y) / 0.2;
  put(&e, "sigma", critical + 0.002);
  assert_true(swing_after(&e, mu + y, K, 0.01, 4000.0, 30.0, 0.05) > 0.5);
  close_economy(&e);
}

/* At sigma = 0.2025, between the fold and the loop, three ends live side by side: poor, rich, and the cycle
 * round both. */
static void three_ends_side_by_side(void **state) {
  (void)state;
  open_economy(&e, "kaldor_cycle", "baseline");
  put(&e, "sigma", 0.2025);
  const double y = rich(0.2025), K = 0.2025 * (mu + y) / 0.2;
  assert_true(swing_after(&e, mu + y, K, 0.01, 4000.0, 30.0, 0.05) < 1e-4);
  assert_true(swing_after(&e, mu - y, 0.2025 * (mu - y) / 0.2, 0.01, 4000.0, 30.0, 0.05) < 1e-4);
  assert_true(swing_after(&e, mu, normal_capital(0.2025), 5.0, 4000.0, 60.0, 0.05) > 1.5);
  put(&e, "sigma", 0.2005); /* before the fold the large cycle is gone */
  assert_true(swing_after(&e, mu, normal_capital(0.2005), 5.0, 8000.0, 60.0, 0.05) < 1.9);
  double end[2] = {mu + 5.0, normal_capital(0.2005)};
  begin(&e);
  assert_true(let_go(&e, end, 8000.0, 0.05));
  assert_close(fabs(end[0] - mu), rich(0.2005), 1e-6);
  close_economy(&e);
}

/* --- the map
 * ------------------------------------------------------------------------------------------------- */

/* Eigenvalues of the map at normal output: trace 1 + alpha (1 - sigma) + 1 - delta - gamma, and so on. */
static void eigenvalues_are_those_of_theory(void **state) {
  (void)state;
  open_economy(&e, "kaldor_map", "baseline");
  assert_int_equal(ask_steady(&e), 1);
  const regime_equilibrium *rest = rest_of(&e, 0, REGIME_UNSTABLE_FOCUS);
  assert_close(rest->eigen_re[0], 0.96, 1e-12);
  assert_close(rest->eigen_im[0], 0.3773592, 1e-7);
  close_economy(&e);
}

static void the_curve_is_born_at_ten_ninths(void **state) {
  (void)state;
  open_economy(&e, "kaldor_map", "baseline");
  assert_int_equal(ask_branch(&e, "alpha", 1.0, 1.3, false), 1);
  const regime_special *point = special_of(&e, REGIME_POINT_NEIMARK_SACKER, 0);
  assert_close(point->parameter, 10.0 / 9.0, 1e-10);
  assert_int_equal(point->criticality, REGIME_SUPERCRITICAL);
  assert_true(point->coefficient < 0.0);
  const double cosine = 0.5 * (2 + 10.0 / 9.0 * 0.6 - 0.8); /* of a turn: half the trace, on the circle */
  assert_close(point->period, 2 * pi_ / acos(cosine), 1e-8);
  close_economy(&e);
}

static double map_swing(double by, double push) {
  put(&e, "alpha", 10.0 / 9.0 + by);
  return swing_after(&e, mu, 20.0, push, 40.0 / fabs(by), 400.0, 1.0);
}

static void before_it_dies_and_after_it_grows_as_the_root(void **state) {
  (void)state;
  open_economy(&e, "kaldor_map", "baseline");
  assert_true(map_swing(-0.01, 0.2) < 1e-3);
  const double near = map_swing(0.0025, 0.01), far = map_swing(0.01, 0.01);
  print_message("swing %.5f and, four times as far beyond the birth, %.5f\n", near, far);
  assert_true(fabs(far / near - 2.0) < 0.05);
  assert_true(fabs(map_swing(0.0025, 0.5) / near - 1.0) < 0.03);
  close_economy(&e);
}

static double map_end(double sigma, double push) {
  double y[2] = {mu + push, normal_capital(sigma)};
  put(&e, "sigma", sigma);
  begin(&e);
  assert_true(let_go(&e, y, 40000.0, 1.0));
  return y[0] - mu;
}

/* At sigma = delta/(gamma + delta) = 1/4; next to it y^2 = 3 (1 - 4 sigma). */
static void little_saving_splits_rest_in_two(void **state) {
  (void)state;
  open_economy(&e, "kaldor_map", "baseline");
  put(&e, "alpha", 1.0);
  assert_int_equal(ask_branch(&e, "sigma", 0.4, 0.1, false), 1);
  const regime_special *fork = special_of(&e, REGIME_POINT_PITCHFORK, 0);
  assert_close(fork->parameter, 0.25, 1e-10);
  assert_int_equal(fork->criticality, REGIME_SUPERCRITICAL);
  assert_int_equal(regime_diagram_branches(e.diagram), 2);
  const double near = map_end(0.249, 0.01), far = map_end(0.246, 0.01);
  assert_close(near, sqrt(3 * 0.004), 1e-3);
  assert_true(fabs(far / near - 2.0) < 0.03);
  assert_close(map_end(0.249, -0.01), -near, 1e-9);
  assert_true(fabs(map_end(0.252, 0.2)) < 1e-6);
  assert_close(0.249 * near, 0.25 * atan(near), 1e-9);
  close_economy(&e);
}

/* alpha = (gamma + delta)/(delta (1 - sigma) + gamma): the determinant is one. */
static void the_border_in_both_parameters(void **state) {
  (void)state;
  open_economy(&e, "kaldor_map", "baseline");
  const regime_law law = law_of(&e);
  const regime_branch_question q = {"alpha", 1.0, 1.3, "sigma", 0.2, 0.6, false};
  assert_ok(regime_inquire_branch(e.shelf.context, e.shelf.model, &law, &q, &e.inquiry));
  const regime_branch *curve = regime_diagram_curve(regime_inquiry_diagram(e.inquiry), 0);
  assert_true(curve->n_points > 20);
  for (size_t k = 0; k < curve->n_points; k++)
    assert_close(curve->point[k].parameter, 0.8 / (0.2 * (1 - curve->point[k].second) + 0.6), 1e-9);
  close_economy(&e);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_cycle_is_born_at_four_thirds),
      cmocka_unit_test(before_it_swings_die_and_after_it_they_come_to_one_size),
      cmocka_unit_test(the_family_of_cycles_is_what_paths_come_to),
      cmocka_unit_test(saving_decides_between_one_cycle_and_two_ends),
      cmocka_unit_test(the_rich_rest_point_has_an_edge),
      cmocka_unit_test(three_ends_side_by_side),
      cmocka_unit_test(eigenvalues_are_those_of_theory),
      cmocka_unit_test(the_curve_is_born_at_ten_ninths),
      cmocka_unit_test(before_it_dies_and_after_it_grows_as_the_root),
      cmocka_unit_test(little_saving_splits_rest_in_two),
      cmocka_unit_test(the_border_in_both_parameters),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
