/* Kaldor's trade cycle: Liénard's theorem says that there is one cycle, where it is born and how it begins.
 */
#include "support/runs.h"

static const double sigma = 0.4, gamma_ = 0.6, delta = 0.2, mu = 10.0;
static shelf s;

static int set_up(void **state) {
  (void)state;
  open_shelf(&s, "models/textbook/kaldor_cycle/kaldor_cycle.cfg");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  close_shelf(&s);
  return 0;
}

/* From the peak of a small cycle: output `swing` above normal and, with it at rest, gamma*(K - 20) = (1 -
 * sigma)*swing. */
static const regime_run *from_peak(double alpha, double swing, double to) {
  regime_run_options options = REGIME_RUN_DEFAULTS;
  const regime_setting settings[] = {
      {"alpha", alpha}, {"Y0", mu + swing}, {"K0", sigma * mu / delta + (1.0 - sigma) * swing / gamma_}};
  options.settings = settings;
  options.n_settings = 3;
  options.to = to;
  options.rtol = 1e-10;
  options.atol = 1e-12;
  return run_with(&s, options);
}

/* The mean distance of the last `n` upswings. */
static double period_of(const regime_run *run, size_t n) {
  const size_t last = regime_run_events(run) - 1;
  assert_true(last >= n);
  return (regime_run_event(run, last).time - regime_run_event(run, last - n).time) / (double)n;
}

/* Half the swing of a variable over the last `span` years. */
static double swing_of(const regime_run *run, const char *name, double span) {
  const regime_path *path = regime_run_path(run);
  const size_t output = output_of(run, name);
  double low = INFINITY, high = -INFINITY;
  for (size_t k = 0; k < regime_path_points(path); k++) {
    if (regime_path_time(path, k) < regime_path_end(path) - span) continue;
    low = fmin(low, regime_path_values(path, k)[output]);
    high = fmax(high, regime_path_values(path, k)[output]);
  }
  return 0.5 * (high - low);
}

static void two_starts_reach_one_cycle(void **state) {
  (void)state;
  const regime_run *inside = run_of(&s, "baseline"), *outside = run_of(&s, "outside");
  print_message("period %.6f, swing of output %.4f, of capital %.4f\n", period_of(inside, 5),
                swing_of(inside, "Y", 20.0), swing_of(inside, "K", 20.0));
  assert_close(period_of(inside, 5), period_of(outside, 5), 1e-6);
  assert_close(swing_of(inside, "Y", 20.0), swing_of(outside, "Y", 20.0), 1e-3);
  assert_close(swing_of(inside, "K", 20.0), swing_of(outside, "K", 20.0), 1e-3);
}

/* Liénard's equation of the model, in his plane: y' = x - F(y), x' = -h(y). */
static void lienard(double alpha, const double at[2], double rate[2]) {
  const double y = at[0], x = at[1];
  rate[0] = x - ((alpha * sigma + gamma_ + delta) * y - alpha * atan(y));
  rate[1] = -alpha * ((gamma_ + delta) * sigma * y - delta * atan(y));
}

static void step_lienard(double alpha, double at[2], double h) {
  double k1[2], k2[2], k3[2], k4[2];
  lienard(alpha, at, k1);
  lienard(alpha, (double[]){at[0] + 0.5 * h * k1[0], at[1] + 0.5 * h * k1[1]}, k2);
  lienard(alpha, (double[]){at[0] + 0.5 * h * k2[0], at[1] + 0.5 * h * k2[1]}, k3);
  lienard(alpha, (double[]){at[0] + h * k3[0], at[1] + h * k3[1]}, k4);
  for (int k = 0; k < 2; k++) at[k] += h * (k1[k] + 2.0 * k2[k] + 2.0 * k3[k] + k4[k]) / 6.0;
}

/* The same cycle computed another way: the classical Runge-Kutta method on Liénard's equation. */
static void the_cycle_is_that_of_lienards_equation(void **state) {
  (void)state;
  const double alpha = 2.0, h = 1e-3;
  double at[2] = {0.1, 0.0}, swing = 0.0, first = NAN, last = NAN;
  int turns = -1;
  for (double t = 0.0; turns < 5; t += h) {
    const double before = at[0];
    step_lienard(alpha, at, h);
    if (t < 200.0) continue;
    swing = fmax(swing, at[0]);
    if (!(before < 0.0 && at[0] >= 0.0)) continue;
    last = t - h * before / (at[0] - before);
    if (++turns == 0) first = last;
  }
  assert_close(period_of(run_of(&s, "baseline"), 5), (last - first) / 5.0, 1e-6);
  assert_close(swing_of(run_of(&s, "baseline"), "Y", 20.0), swing, 1e-3);
}

static void the_cycle_is_born_where_the_trace_is_zero(void **state) {
  (void)state;
  const double birth = (gamma_ + delta) / (1.0 - sigma);
  const regime_run *below = from_peak(birth - 0.05, 0.01, 200.0);
  const regime_run *above = from_peak(birth + 0.05, 0.01, 200.0);
  assert_true(swing_of(below, "Y", 20.0) < 0.002);
  assert_true(swing_of(above, "Y", 20.0) > 0.05);
}

/* Averaging: just above birth the amplitude is 2 sqrt(1 - sigma - (gamma + delta)/alpha), and the period that
 * of the linear oscillator. */
static void a_newborn_cycle_has_the_amplitude_and_period_of_theory(void **state) {
  (void)state;
  const double alpha = 4.0 / 3.0 + 0.005;
  const double drive = 1.0 - sigma - (gamma_ + delta) / alpha;
  const double amplitude = 2.0 * sqrt(drive), period = 2.0 * acos(-1.0) / sqrt(alpha * 0.12);
  const regime_run *run = from_peak(alpha, amplitude, 3000.0);
  print_message("amplitude %.5f (theory %.5f), period %.5f (theory %.5f)\n", swing_of(run, "Y", 20.0),
                amplitude, period_of(run, 5), period);
  assert_close(value_at(run, "amplitude", 0.0), amplitude, 1e-12);
  assert_close(value_at(run, "period", 0.0), period, 1e-12);
  assert_close(value_at(run, "birth", 0.0), 4.0 / 3.0, 1e-12);
  assert_true(fabs(swing_of(run, "Y", 20.0) / amplitude - 1.0) < 0.01);
  assert_true(fabs(period_of(run, 5) / period - 1.0) < 0.005);
}

static void caution_and_thrift_end_the_cycle(void **state) {
  (void)state;
  assert_close(value_at(run_of(&s, "cautious"), "Y", 200.0), mu, 1e-6);
  assert_close(value_at(run_of(&s, "thrifty"), "Y", 200.0), mu, 1e-4);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(two_starts_reach_one_cycle),
      cmocka_unit_test(the_cycle_is_that_of_lienards_equation),
      cmocka_unit_test(the_cycle_is_born_where_the_trace_is_zero),
      cmocka_unit_test(a_newborn_cycle_has_the_amplitude_and_period_of_theory),
      cmocka_unit_test(caution_and_thrift_end_the_cycle),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
