#include "support/check.h"
/* cmocka first */
#include "linalg/newton.h"

typedef int function(void *self, const double *x, double *out);

typedef struct solution {
  regime_status status;
  rg_newton_report report;
} solution;

static solution solve(size_t n, function *residual, function *jacobian, void *self, double *x) {
  const rg_newton_problem problem = {n, self, residual, jacobian};
  solution s;
  s.status = rg_newton(&problem, x, &s.report);
  return s;
}

/* An answer is judged by its own equations. */
static void assert_solved(solution s, size_t n, function *residual, void *self, const double *x,
                          double within) {
  double f[64];
  assert_ok(s.status);
  assert_int_equal(residual(self, x, f), 0);
  for (size_t i = 0; i < n; i++) assert_close(f[i], 0.0, within);
  assert_true(s.report.step <= 1e-8);
}

/* Systems with known solutions ------------------------------------------------------------------------ */

static int rosenbrock(void *self, const double *x, double *f) {
  (void)self;
  f[0] = 10 * (x[1] - x[0] * x[0]);
  f[1] = 1 - x[0];
  return 0;
}

static int rosenbrock_jacobian(void *self, const double *x, double *j) {
  (void)self;
  j[0] = -20 * x[0], j[2] = 10;
  j[1] = -1, j[3] = 0;
  return 0;
}

static void rosenbrock_is_solved_exactly(void **state) {
  (void)state;
  double x[] = {-1.2, 1.0};
  const solution s = solve(2, rosenbrock, rosenbrock_jacobian, NULL, x);
  assert_solved(s, 2, rosenbrock, NULL, x, 1e-14);
  assert_close(x[0], 1.0, 1e-14);
  assert_close(x[1], 1.0, 1e-14);
  assert_true(s.report.iterations <= 25);
}

/* Units of 1e9 and 1e-6 make no difference to what is found, nor to the number of iterations. */
static const double unit[] = {1e9, 1e-6}, weight[] = {1e-7, 1e12};

static int rosenbrock_in_units(void *self, const double *x, double *f) {
  rosenbrock(self, (double[]){x[0] / unit[0], x[1] / unit[1]}, f);
  for (int i = 0; i < 2; i++) f[i] *= weight[i];
  return 0;
}

static int rosenbrock_in_units_jacobian(void *self, const double *x, double *j) {
  rosenbrock_jacobian(self, (double[]){x[0] / unit[0], x[1] / unit[1]}, j);
  for (int k = 0; k < 4; k++) j[k] *= weight[k % 2] / unit[k / 2];
  return 0;
}

static void units_do_not_matter(void **state) {
  (void)state;
  double plain[] = {-1.2, 1.0}, x[] = {-1.2 * unit[0], unit[1]};
  const solution s = solve(2, rosenbrock, rosenbrock_jacobian, NULL, plain);
  const solution scaled = solve(2, rosenbrock_in_units, rosenbrock_in_units_jacobian, NULL, x);
  assert_ok(scaled.status);
  assert_close(x[0] / unit[0], 1.0, 1e-12);
  assert_close(x[1] / unit[1], 1.0, 1e-12);
  assert_int_equal(scaled.report.iterations, s.report.iterations);
}

/* Powell's singular function: a double root at 0, where the Jacobian is singular. */
static int powell(void *self, const double *x, double *f) {
  (void)self;
  f[0] = x[0] + 10 * x[1];
  f[1] = sqrt(5) * (x[2] - x[3]);
  f[2] = (x[1] - 2 * x[2]) * (x[1] - 2 * x[2]);
  f[3] = sqrt(10) * (x[0] - x[3]) * (x[0] - x[3]);
  return 0;
}

static int powell_jacobian(void *self, const double *x, double *j) {
  (void)self;
  const double a = 2 * (x[1] - 2 * x[2]), b = 2 * sqrt(10) * (x[0] - x[3]);
  const double rows[4][4] = {{1, 10, 0, 0}, {0, 0, sqrt(5), -sqrt(5)}, {0, a, -2 * a, 0}, {b, 0, 0, -b}};
  for (int k = 0; k < 16; k++) j[k] = rows[k % 4][k / 4];
  return 0;
}

/* Convergence is slow there, by halves; what counts is that OK is not said before x is near. */
static void powell_gets_an_honest_answer(void **state) {
  (void)state;
  double x[] = {3, -1, 0, 1};
  const solution s = solve(4, powell, powell_jacobian, NULL, x);
  assert_solved(s, 4, powell, NULL, x, 1e-14);
  for (int k = 0; k < 4; k++) assert_close(x[k], 0.0, 1e-7);
  assert_true(s.report.iterations > 20);
}

/* Broyden's tridiagonal function: (3 - 2x)x - left - 2*right + 1 = 0. */
enum { CHAIN = 60 };
static int broyden(void *self, const double *x, double *f) {
  (void)self;
  for (int i = 0; i < CHAIN; i++)
    f[i] = (3 - 2 * x[i]) * x[i] - (i ? x[i - 1] : 0) - (i + 1 < CHAIN ? 2 * x[i + 1] : 0) + 1;
  return 0;
}

static int broyden_jacobian(void *self, const double *x, double *j) {
  (void)self;
  memset(j, 0, CHAIN * CHAIN * sizeof *j);
  for (int i = 0; i < CHAIN; i++) {
    j[i + i * CHAIN] = 3 - 4 * x[i];
    if (i) j[i + (i - 1) * CHAIN] = -1;
    if (i + 1 < CHAIN) j[i + (i + 1) * CHAIN] = -2;
  }
  return 0;
}

static void a_chain_of_sixty_converges_fast(void **state) {
  (void)state;
  double x[CHAIN];
  for (int i = 0; i < CHAIN; i++) x[i] = -1;
  const solution s = solve(CHAIN, broyden, broyden_jacobian, NULL, x);
  assert_solved(s, CHAIN, broyden, NULL, x, 1e-14);
  assert_true(s.report.iterations <= 8);
}

/* One unknown, one formula ---------------------------------------------------------------------------- */

typedef struct scalar {
  double (*f)(double x);
  double (*slope)(double x);
  int calls;
} scalar;

static int scalar_residual(void *self, const double *x, double *f) {
  ((scalar *)self)->calls++;
  *f = ((scalar *)self)->f(*x);
  return !isfinite(*f);
}

static int scalar_jacobian(void *self, const double *x, double *j) {
  *j = ((scalar *)self)->slope(*x);
  return !isfinite(*j);
}

static solution solve_scalar(double (*f)(double), double (*slope)(double), double *x) {
  scalar s = {f, slope, 0};
  return solve(1, scalar_residual, scalar_jacobian, &s, x);
}

static double square_minus_two(double x) { return x * x - 2; }
static double twice(double x) { return 2 * x; }
static double arctangent(double x) { return atan(x); }
static double arctangent_slope(double x) { return 1 / (1 + x * x); }

/* Undamped Newton overshoots further and further from |x| > 1.39. */
static void damping_tames_the_arctangent(void **state) {
  (void)state;
  double x = 20.0;
  assert_ok(solve_scalar(arctangent, arctangent_slope, &x).status);
  assert_close(x, 0.0, 1e-12);
}

/* The size of x is what it is at the end: a start a million times as large buys no tolerance. */
static void a_far_start_costs_no_accuracy(void **state) {
  (void)state;
  double x = 1e6;
  assert_ok(solve_scalar(square_minus_two, twice, &x).status);
  assert_close(x, sqrt(2), 1e-15);
}

static double log_minus_one(double x) { return log(x) - 1; }
static double reciprocal(double x) { return 1 / x; }

/* The full step from 10 leads to a negative number. */
static void an_undefined_trial_shortens_the_step(void **state) {
  (void)state;
  double x = 10.0;
  assert_ok(solve_scalar(log_minus_one, reciprocal, &x).status);
  assert_close(x, exp(1), 1e-13);
}

static void an_undefined_start_is_told(void **state) {
  (void)state;
  double x = -1.0;
  assert_int_equal(solve_scalar(log_minus_one, reciprocal, &x).status, REGIME_UNDEFINED);
  assert_true(x == -1.0);
}

static double square(double x) { return x * x; }
static double square_root(double x) { return sqrt(x); }
static double square_root_slope(double x) { return 0.5 / sqrt(x); }

static void an_undefined_derivative_is_told(void **state) {
  (void)state;
  double x = 0.0;
  assert_int_equal(solve_scalar(square_root, square_root_slope, &x).status, REGIME_UNDEFINED);
}

static double square_plus_one(double x) { return x * x + 1; }
static double cubic(double x) { return x * x * x - 2 * x + 2; }
static double cubic_slope(double x) { return 3 * x * x - 2; }
static double reciprocal_slope(double x) { return -1 / (x * x); }

static void no_solution_is_no_convergence(void **state) {
  (void)state;
  double x = 3.0;
  const solution s = solve_scalar(square_plus_one, twice, &x);
  assert_int_equal(s.status, REGIME_NO_CONVERGENCE);
  assert_true(s.report.residual >= 1.0);
}

/* 1/x comes as near to 0 as one likes, and has no root: a small residual alone proves nothing. */
static void a_small_residual_is_not_enough(void **state) {
  (void)state;
  double x = 1.0;
  const solution s = solve_scalar(reciprocal, reciprocal_slope, &x);
  assert_int_equal(s.status, REGIME_NO_CONVERGENCE);
  assert_true(s.report.residual < 1e-8);
}

/* Undamped Newton from 0 goes 0, 1, 0, 1 for ever. A root or an honest no. */
static void a_cycle_is_not_a_solution(void **state) {
  (void)state;
  double x = 0.0;
  const solution s = solve_scalar(cubic, cubic_slope, &x);
  if (s.status == REGIME_OK)
    assert_close(cubic(x), 0.0, 1e-12);
  else
    assert_int_equal(s.status, REGIME_NO_CONVERGENCE);
}

static void a_solution_is_recognised_at_once(void **state) {
  (void)state;
  double x = 0.0;
  const solution s = solve_scalar(square, twice, &x);
  assert_ok(s.status); /* although the slope is 0 there */
  assert_int_equal(s.report.iterations, 0);
  assert_true(s.report.residual == 0.0);
}

/* 1e6 comes in and goes out again, and leaves its rounding: the residual falls to 1e-10 and no further. */
static double noisy(double x) { return (3 * x - 1 + 1e6) - 1e6; }
static double noisy_slope(double x) { return 3 + 0 * x; }

static void rounding_in_the_residual_is_lived_with(void **state) {
  (void)state;
  double x = 7.0;
  const solution s = solve_scalar(noisy, noisy_slope, &x);
  assert_ok(s.status);
  assert_close(x, 1.0 / 3.0, 1e-9);
}

/* Singular systems ------------------------------------------------------------------------------------ */

/* x - y = 0, written twice, and with a constant that may contradict it. */
static int twice_the_same(void *self, const double *x, double *f) {
  f[0] = x[0] - x[1];
  f[1] = 2 * (x[0] - x[1]) - *(const double *)self;
  return 0;
}

static int twice_the_same_jacobian(void *self, const double *x, double *j) {
  (void)self, (void)x;
  memcpy(j, ((double[]){1, 2, -1, -2}), 4 * sizeof *j);
  return 0;
}

static void of_a_line_of_solutions_the_nearest_is_found(void **state) {
  (void)state;
  double x[] = {3.0, 3.5}, constant = 0.0;
  const solution s = solve(2, twice_the_same, twice_the_same_jacobian, &constant, x);
  assert_solved(s, 2, twice_the_same, &constant, x, 1e-14);
  assert_true(x[0] > 3.0 && x[0] < 3.5);
}

static void a_contradiction_is_no_convergence(void **state) {
  (void)state;
  double x[] = {3.0, 4.0}, constant = 1.0;
  const solution s = solve(2, twice_the_same, twice_the_same_jacobian, &constant, x);
  assert_int_equal(s.status, REGIME_NO_CONVERGENCE);
  assert_true(s.report.residual > 0.1);
  assert_in_range(s.report.worst, 0, 1);
}

/* Derivatives beyond the range of numbers end the search, not the program. */
static double steep(double x) { return x * 1e300 - 1e300; }
static double steep_slope(double x) { return x * 0 + 1e300; }

static void numbers_out_of_range_are_survived(void **state) {
  (void)state;
  double x = 1e200;
  assert_int_equal(solve_scalar(steep, steep_slope, &x).status, REGIME_UNDEFINED);
  x = 1e8; /* 1e8 * 1e300 is the last that fits */
  assert_ok(solve_scalar(steep, steep_slope, &x).status);
  assert_close(x, 1.0, 1e-15);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rosenbrock_is_solved_exactly),
      cmocka_unit_test(units_do_not_matter),
      cmocka_unit_test(powell_gets_an_honest_answer),
      cmocka_unit_test(a_chain_of_sixty_converges_fast),
      cmocka_unit_test(damping_tames_the_arctangent),
      cmocka_unit_test(a_far_start_costs_no_accuracy),
      cmocka_unit_test(an_undefined_trial_shortens_the_step),
      cmocka_unit_test(an_undefined_start_is_told),
      cmocka_unit_test(an_undefined_derivative_is_told),
      cmocka_unit_test(no_solution_is_no_convergence),
      cmocka_unit_test(a_small_residual_is_not_enough),
      cmocka_unit_test(a_cycle_is_not_a_solution),
      cmocka_unit_test(a_solution_is_recognised_at_once),
      cmocka_unit_test(rounding_in_the_residual_is_lived_with),
      cmocka_unit_test(of_a_line_of_solutions_the_nearest_is_found),
      cmocka_unit_test(a_contradiction_is_no_convergence),
      cmocka_unit_test(numbers_out_of_range_are_survived),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
