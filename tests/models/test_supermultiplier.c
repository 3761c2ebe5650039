/* The Sraffian supermultiplier: normal utilisation in the long run, growth that saving does not touch, and
 * the border of stability h* + gamma*v = s. */
#include "support/runs.h"

static const double gZ = 0.03, v = 1.2, mu = 0.8, delta = 0.05, saving = 0.4;
static shelf s;

static int set_up(void **state) {
  (void)state;
  open_shelf(&s, "models/textbook/supermultiplier/supermultiplier.cfg");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  close_shelf(&s);
  return 0;
}

static double h_rest(double growth) { return v / mu * (growth + delta); }

static const regime_run *long_run(const char *scenario) {
  regime_run_options options = REGIME_RUN_DEFAULTS;
  options.scenario = scenario;
  options.to = 600.0;
  return run_with(&s, options);
}

static void autonomous_demand_leads_and_capacity_follows(void **state) {
  (void)state;
  const regime_run *run = long_run("faster");
  assert_close(value_at(run, "u", 600.0), mu, 1e-6);
  assert_close(value_at(run, "h", 600.0), h_rest(0.04), 1e-6);
  assert_close(value_at(run, "growth", 600.0), 0.04, 1e-6);
  assert_close(value_at(run, "accumulation", 600.0), 0.04, 1e-6);
}

static void thrift_lowers_the_level_and_not_growth(void **state) {
  (void)state;
  const regime_run *run = long_run("thrift"), *base = long_run("baseline");
  const double level = (saving - h_rest(gZ)) / (0.44 - h_rest(gZ));
  assert_close(value_at(run, "u", 20.0), mu * level, 1e-7); /* capacity is idle at once */
  assert_close(value_at(run, "growth", 600.0), gZ, 1e-6);
  assert_close(value_at(run, "u", 600.0), mu, 1e-6);
  assert_close(value_at(run, "Y", 600.0) / value_at(base, "Y", 600.0), level, 1e-6);
}

static void output_is_the_supermultiplier_times_autonomous_demand(void **state) {
  (void)state;
  const regime_run *run = long_run("baseline");
  assert_close(value_at(run, "h", 600.0), value_at(run, "h_rest", 600.0), 1e-7);
  assert_close(value_at(run, "multiplier", 600.0), 1.0 / (saving - h_rest(gZ)), 1e-12);
  assert_close(value_at(run, "room", 600.0), saving - h_rest(gZ) - 0.05 * v, 1e-12);
  assert_close(value_at(run, "Y", 600.0) / value_at(run, "Z", 600.0), 1.0 / (saving - h_rest(gZ)), 1e-7);
}

static void output_and_utilisation_move_as_the_paper_says(void **state) {
  (void)state;
  for (size_t k = 0; k < regime_model_scenarios(s.model); k++)
    assert_true(regime_run_identities_hold(run_of(&s, regime_model_scenario(s.model, k)->name)));
}

/* How far a small disturbance of utilisation has grown or shrunk after 200 years, in logarithms. */
static double growth_of_disturbance(double gamma) {
  regime_run_options options = REGIME_RUN_DEFAULTS;
  const double step = 1e-5;
  const regime_setting settings[] = {{"gamma", gamma}, {"u0", mu + step}};
  options.scenario = "baseline";
  options.settings = settings;
  options.n_settings = 2;
  options.rtol = 1e-12;
  options.atol = 1e-14;
  const regime_run *run = run_with(&s, options);
  const regime_path *path = regime_run_path(run);
  const size_t u = output_of(run, "u");
  double late = 0.0;
  for (size_t k = 0; k < regime_path_points(path); k++)
    if (regime_path_time(path, k) > 150.0) late = fmax(late, fabs(regime_path_values(path, k)[u] - mu));
  return log(late / step);
}

static void it_is_stable_where_demand_leaves_room_for_the_accelerator(void **state) {
  (void)state;
  const double border = (saving - h_rest(gZ)) / v; /* h* + gamma v = s */
  assert_true(growth_of_disturbance(border - 0.02) < -0.5);
  assert_true(growth_of_disturbance(border + 0.02) > 0.5);
  assert_true(fabs(growth_of_disturbance(border)) < 0.01); /* a centre, to first order */
}

static void a_nervous_economy_swings_wider_and_wider(void **state) {
  (void)state;
  const regime_run *run = run_of(&s, "nervous");
  double early = 0.0, late = 0.0;
  for (double t = 0.0; t < 60.0; t += 0.25) early = fmax(early, fabs(value_at(run, "u", t) - mu));
  for (double t = 140.0; t <= 200.0; t += 0.25) late = fmax(late, fabs(value_at(run, "u", t) - mu));
  assert_true(late > 1.5 * early);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(autonomous_demand_leads_and_capacity_follows),
      cmocka_unit_test(thrift_lowers_the_level_and_not_growth),
      cmocka_unit_test(output_is_the_supermultiplier_times_autonomous_demand),
      cmocka_unit_test(output_and_utilisation_move_as_the_paper_says),
      cmocka_unit_test(it_is_stable_where_demand_leaves_room_for_the_accelerator),
      cmocka_unit_test(a_nervous_economy_swings_wider_and_wider),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
