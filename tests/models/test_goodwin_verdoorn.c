/* Goodwin with Verdoorn's law: what winds the spiral, far from rest and near it.
 *
 * Along every path energy' = stiffness*(lambda/sigma - chi)*(u - u*)^2 (the head of the model), so the sign
 * of lambda/sigma - chi alone decides between growing, closed and dying cycles.
 */
#include "support/runs.h"

static const double alpha0 = 0.02, lambda = 0.2, beta = 0.02, gamma_ = 0.03, rho = 0.07, sigma = 4.0;
static const double v_rest = 6.0 / 7.0, u_rest = 0.8;
static shelf s;

static int set_up(void **state) {
  (void)state;
  open_shelf(&s, "models/textbook/goodwin_verdoorn/goodwin_verdoorn.cfg");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  close_shelf(&s);
  return 0;
}

static double energy_gained(const char *scenario) {
  const regime_run *run = run_of(&s, scenario);
  const double end = regime_path_end(regime_run_path(run));
  return value_at(run, "energy", end) - value_at(run, "energy", 0.0);
}

static void the_drift_decides_whether_the_cycle_grows_or_dies(void **state) {
  (void)state;
  assert_true(energy_gained("baseline") > 1e-4);
  assert_true(energy_gained("induced") < -1e-4);
  assert_close(energy_gained("balanced"), 0.0, 1e-7);
  assert_close(energy_gained("goodwin"), 0.0, 1e-7);
}

static void the_distance_from_rest_grows_by_the_drift_in_every_scenario(void **state) {
  (void)state;
  for (size_t k = 0; k < regime_model_scenarios(s.model); k++) {
    const regime_run *run = run_of(&s, regime_model_scenario(s.model, k)->name);
    assert_int_equal(regime_run_identities(run), 1);
    assert_true(regime_run_identities_hold(run));
  }
}

static void the_rest_point_is_the_closed_form(void **state) {
  (void)state;
  const double g = (alpha0 + beta) / (1.0 - lambda);
  assert_close(u_rest, 1.0 - sigma * g, 1e-15);
  assert_close(v_rest, (gamma_ + alpha0 + lambda * g) / rho, 1e-15);
  const regime_run *run = run_of(&s, "at_rest");
  assert_close(value_at(run, "v_rest", 150.0), v_rest, 1e-12);
  assert_close(value_at(run, "u_rest", 150.0), u_rest, 1e-12);
  assert_close(value_at(run, "v", 150.0), v_rest, 1e-12);
  assert_close(value_at(run, "u", 150.0), u_rest, 1e-12);
}

/* A path from (v, u) - rest = (0, step), by the matrix exponential of the Jacobian at rest
 * [0, -v*stiffness; u*rho, u*drift]: a focus whose real part is half the trace. */
static void assert_linear(double chi) {
  const double step = 1e-6, t = 60.0;
  regime_run_options options = REGIME_RUN_DEFAULTS;
  const regime_setting close[] = {{"v0", v_rest}, {"u0", u_rest + step}, {"chi", chi}};
  options.settings = close;
  options.n_settings = 3;
  options.rtol = 1e-12;
  options.atol = 1e-14;
  const regime_run *run = run_with(&s, options);

  const double j_vu = -v_rest * ((1.0 - lambda) / sigma + chi), j_uv = u_rest * rho;
  const double half = 0.5 * u_rest * (lambda / sigma - chi);
  const double omega = sqrt(-j_vu * j_uv - half * half), grown = step * exp(half * t);
  const double v = grown * j_vu * sin(omega * t) / omega;
  const double u = grown * (cos(omega * t) + half * sin(omega * t) / omega);
  assert_true(fabs(value_at(run, "v", t) - v_rest - v) < 1e-4 * grown);
  assert_true(fabs(value_at(run, "u", t) - u_rest - u) < 1e-4 * grown);
}

static void near_rest_the_path_is_that_of_the_focus(void **state) {
  (void)state;
  assert_linear(0.0);  /* unstable */
  assert_linear(0.05); /* centre */
  assert_linear(0.08); /* stable */
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_drift_decides_whether_the_cycle_grows_or_dies),
      cmocka_unit_test(the_distance_from_rest_grows_by_the_drift_in_every_scenario),
      cmocka_unit_test(the_rest_point_is_the_closed_form),
      cmocka_unit_test(near_rest_the_path_is_that_of_the_focus),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
