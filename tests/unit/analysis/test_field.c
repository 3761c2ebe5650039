#include "support/check.h"
/* cmocka first */
#include "analysis/field.h"

/* x' = p exp(x y) - q x^2,  y' = sin(x) + p y^3 + t: every derivative is known. */
typedef struct numbers {
  double p, q;
} numbers;

static regime_status start(void *self, double t, double *y) {
  (void)self, (void)t;
  y[0] = 0.7, y[1] = -0.4;
  return REGIME_OK;
}

static int rate(void *self, double t, const double *y, double *dy) {
  const numbers *n = self;
  dy[0] = n->p * exp(y[0] * y[1]) - n->q * y[0] * y[0];
  dy[1] = sin(y[0]) + n->p * y[1] * y[1] * y[1] + t;
  return 0;
}

static int jacobian(void *self, double t, const double *y, double *values) {
  const numbers *n = self;
  (void)t;
  const double e = n->p * exp(y[0] * y[1]);
  values[0] = e * y[1] - 2.0 * n->q * y[0];
  values[1] = cos(y[0]);
  values[2] = e * y[0];
  values[3] = 3.0 * n->p * y[1] * y[1];
  return 0;
}

static double parameter(void *self, size_t k) { return k == 0 ? ((numbers *)self)->p : ((numbers *)self)->q; }

static int set_parameter(void *self, size_t k, double value) {
  *(k == 0 ? &((numbers *)self)->p : &((numbers *)self)->q) = value;
  return 0;
}

static regime_status aim(void *self, size_t n, const size_t *parameters) {
  (void)self, (void)n, (void)parameters;
  return REGIME_OK;
}

/* For the two parameters in order, then none. */
static int rate_tangent(void *self, double t, const double *y, const double *dt, const double *dy,
                        double *out) {
  double j[4];
  jacobian(self, t, y, j);
  for (int d = 0; d < 3; d++) {
    out[2 * d] = j[0] * dy[2 * d] + j[2] * dy[2 * d + 1] +
                 (d == 0   ? exp(y[0] * y[1])
                  : d == 1 ? -y[0] * y[0]
                           : 0.0);
    out[2 * d + 1] =
        j[1] * dy[2 * d] + j[3] * dy[2 * d + 1] + (d == 0 ? pow(y[1], 3.0) : 0.0) + (dt ? dt[d] : 0.0);
  }
  return 0;
}

/* By hand, to order 3, with p moved by dp[0]. */
static int taylor(void *self, double t, const double *y, const double *v, size_t n_moved, const size_t *which,
                  const double *dp, size_t order, double *out) {
  const numbers *n = self;
  (void)which, (void)t;
  const double p1 = n_moved > 0 ? dp[0] : 0.0, q1 = n_moved > 1 ? dp[1] : 0.0, x = y[0], z = y[1];
  const double a1 = x * v[1] + z * v[0], a2 = v[0] * v[1], e = exp(x * z);
  const double exponential[] = {e, e * a1, e * (a2 + a1 * a1 / 2), e * (a1 * a2 + a1 * a1 * a1 / 6)};
  const double square[] = {x * x, 2 * x * v[0], v[0] * v[0], 0};
  const double cube[] = {z * z * z, 3 * z * z * v[1], 3 * z * v[1] * v[1], v[1] * v[1] * v[1]};
  const double sine[] = {sin(x), cos(x) * v[0], -sin(x) * v[0] * v[0] / 2, -cos(x) * pow(v[0], 3) / 6};
  for (size_t k = 0; k <= order; k++) {
    out[2 * k] = n->p * exponential[k] - n->q * square[k];
    out[2 * k + 1] = sine[k] + n->p * cube[k] + (k == 0 ? t : 0.0);
    if (k == 0) continue;
    out[2 * k] += p1 * exponential[k - 1] - q1 * square[k - 1];
    out[2 * k + 1] += p1 * cube[k - 1];
  }
  return 0;
}

static const size_t column[] = {0, 2, 4}, row[] = {0, 1, 0, 1}, both[] = {0, 1};

static regime_system by_hand(numbers *self) {
  return (regime_system){.self = self,
                         .n_states = 2,
                         .start = start,
                         .rate = rate,
                         .jacobian = jacobian,
                         .jacobian_column = column,
                         .jacobian_row = row,
                         .n_parameters = 2,
                         .parameter = parameter,
                         .set_parameter = set_parameter};
}

typedef struct setting {
  regime_context *context;
  rg_field *field;
  numbers numbers;
  regime_system system;
} setting;

/* with: 0 the rate alone; 1 and the Jacobian; 2 and tangents and Taylor coefficients */
static void open_field(setting *s, int with) {
  s->numbers = (numbers){1.3, 0.6};
  s->system = by_hand(&s->numbers);
  if (with == 0) s->system.jacobian = NULL;
  if (with == 2) s->system.aim = aim, s->system.rate_tangent = rate_tangent, s->system.taylor = taylor;
  assert_ok(regime_context_create(&s->context));
  assert_ok(rg_field_create(s->context, &s->system, 0.25, &s->field));
  assert_ok(rg_field_set_free(s->field, 2, both));
}

static void close_field(setting *s) {
  rg_field_free(s->field);
  regime_context_free(s->context);
}

static const double at[] = {0.7, -0.4, 1.3, 0.6};

static void assert_all_close(const double *actual, const double *expected, size_t n, double within) {
  for (size_t i = 0; i < n; i++) assert_close(actual[i], expected[i], within);
}

static void first_derivatives(void **state) {
  (void)state;
  const double e = exp(-0.28);
  const double expected[] = {
      1.3 * e * -0.4 - 0.84, cos(0.7), 1.3 * e * 0.7, 3 * 1.3 * 0.16, e, -0.064, -0.49, 0.0};
  for (int with = 0; with <= 2; with++) {
    setting s;
    double found[8], time[2];
    open_field(&s, with);
    assert_int_equal(rg_field_jacobian(s.field, at, found), 0);
    assert_all_close(found, expected, 8, with == 2 ? 1e-15 : 1e-12);
    assert_int_equal(rg_field_by_time(s.field, at, time), 0);
    assert_all_close(time, (double[]){0.0, 1.0}, 2, 1e-12);
    close_field(&s);
  }
}

/* Of exp(x y) p - q x^2 and sin x + p y^3, written out. */
static void known_second(const double *u, const double *v, double *out) {
  const double x = at[0], y = at[1], p = at[2], e = exp(x * y);
  const double a = y * u[0] + x * u[1], b = y * v[0] + x * v[1];
  out[0] = p * e * (a * b + u[0] * v[1] + u[1] * v[0]) + e * (u[2] * b + v[2] * a) - 2 * at[3] * u[0] * v[0] -
           2 * x * (u[3] * v[0] + v[3] * u[0]);
  out[1] = -sin(x) * u[0] * v[0] + 6 * p * y * u[1] * v[1] + 3 * y * y * (u[2] * v[1] + v[2] * u[1]);
}

static void known_third(const double *u, const double *v, const double *w, double *out) {
  const double x = at[0], y = at[1], p = at[2], e = exp(x * y);
  const double a = y * u[0] + x * u[1], b = y * v[0] + x * v[1], c = y * w[0] + x * w[1];
  const double ab = u[0] * v[1] + u[1] * v[0], bc = v[0] * w[1] + v[1] * w[0], ac = u[0] * w[1] + u[1] * w[0];
  out[0] = p * e * (a * b * c + ab * c + bc * a + ac * b) +
           e * (u[2] * (b * c + bc) + v[2] * (a * c + ac) + w[2] * (a * b + ab)) -
           2 * (u[3] * v[0] * w[0] + v[3] * u[0] * w[0] + w[3] * u[0] * v[0]);
  out[1] = -cos(x) * u[0] * v[0] * w[0] + 6 * p * u[1] * v[1] * w[1] +
           6 * y * (u[2] * v[1] * w[1] + v[2] * u[1] * w[1] + w[2] * u[1] * v[1]);
}

static void higher_derivatives(void **state) {
  (void)state;
  const double within_second[] = {1e-8, 1e-9, 1e-14}, within_third[] = {1e-5, 1e-6, 1e-13};
  for (int with = 0; with <= 2; with++) {
    setting s;
    open_field(&s, with);
    srand(5);
    for (int round = 0; round < 10; round++) {
      double u[4], v[4], w[4], found[2], expected[2];
      for (int j = 0; j < 4; j++)
        u[j] = rand() / (double)RAND_MAX, v[j] = rand() / (double)RAND_MAX, w[j] = u[j] - v[j];
      assert_int_equal(rg_field_second(s.field, at, u, v, found), 0);
      known_second(u, v, expected);
      assert_all_close(found, expected, 2, within_second[with]);
      assert_int_equal(rg_field_third(s.field, at, u, v, w, found), 0);
      known_third(u, v, w, expected);
      assert_all_close(found, expected, 2, within_third[with]);
    }
    close_field(&s);
  }
}

static void a_moved_parameter_goes_back(void **state) {
  (void)state;
  setting s;
  double F[2], X[4];
  open_field(&s, 1);
  rg_field_start(s.field, X);
  assert_all_close(X, at, 4, 0.0);
  X[2] = 2.0;
  assert_int_equal(rg_field_value(s.field, X, F), 0);
  assert_close(F[0], 2.0 * exp(-0.28) - 0.6 * 0.49, 1e-15);
  assert_ok(rg_field_set_free(s.field, 1, &both[1]));
  assert_close(s.numbers.p, 2.0, 0.0);
  assert_int_equal(rg_field_columns(s.field), 3);
  const size_t none = 7;
  assert_int_equal(rg_field_set_free(s.field, 1, &none), REGIME_BAD_ARGUMENT);
  rg_field_free(s.field);
  assert_close(s.numbers.p, 1.3, 0.0);
  regime_context_free(s.context);
}

/* Moved parameters hold along a path, which begins at X. */
static void a_path_is_followed_from_anywhere(void **state) {
  (void)state;
  setting s;
  open_field(&s, 1);
  regime_path_options o = REGIME_PATH_DEFAULTS;
  o.rtol = 1e-11, o.atol = 1e-13, o.every = 0.1;
  regime_path *path;
  const double X[] = {0.5, 0.0, 0.0, 2.0}; /* x' = -2 x^2 */
  assert_ok(rg_field_follow(s.field, X, 1.0, &o, &path));
  assert_int_equal(regime_path_outcome(path), REGIME_REACHED_END);
  assert_close(regime_path_end(path), 1.25, 1e-15);
  assert_close(regime_path_state(path)[0], 0.25, 1e-9);
  regime_path_free(path);
  close_field(&s);
}

/* No Jacobian, no value left of zero: differences find their way. */
static int root_rate(void *self, double t, const double *y, double *dy) {
  (void)self, (void)t;
  if (y[0] < 0.0) return 1;
  dy[0] = sqrt(y[0]) * 1e6;
  return 0;
}

static regime_status root_start(void *self, double t, double *y) {
  (void)self, (void)t;
  y[0] = 1e-8;
  return REGIME_OK;
}

static void differences_keep_to_where_there_is_a_value(void **state) {
  (void)state;
  regime_context *context;
  rg_field *field;
  const regime_system system = {.n_states = 1, .start = root_start, .rate = root_rate};
  double slope;
  assert_ok(regime_context_create(&context));
  assert_ok(rg_field_create(context, &system, 0.0, &field));
  assert_int_equal(rg_field_jacobian(field, (double[]){1e-8}, &slope), 0);
  assert_close(slope, 5e9, 1e-9);
  assert_int_equal(rg_field_jacobian(field, (double[]){-1.0}, &slope), 1);
  rg_field_free(field);
  regime_context_free(context);
}

/* Left of 1 the slope is 1, right of it 2; without `settle` the crossing tells the side. */
typedef struct kinked {
  bool is_up;
} kinked;

static int kinked_rate(void *self, double t, const double *y, double *dy) {
  (void)t;
  dy[0] = ((kinked *)self)->is_up ? 2.0 * y[0] - 1.0 : y[0];
  return 0;
}
static int kinked_crossing(void *self, double t, const double *y, double *g) {
  (void)self, (void)t;
  g[0] = y[0] - 1.0;
  return 0;
}
static void kinked_turn(void *self, size_t k, regime_direction direction) {
  (void)k;
  ((kinked *)self)->is_up = direction == REGIME_UP;
}

static void switches_are_on_their_side(void **state) {
  (void)state;
  kinked self = {false};
  regime_context *context;
  rg_field *field;
  const regime_system system = {.self = &self,
                                .n_states = 1,
                                .n_switches = 1,
                                .start = root_start,
                                .rate = kinked_rate,
                                .crossing = kinked_crossing,
                                .turn = kinked_turn};
  double slope;
  assert_ok(regime_context_create(&context));
  assert_ok(rg_field_create(context, &system, 0.0, &field));
  for (int round = 0; round < 2; round++) {
    assert_int_equal(rg_field_jacobian(field, (double[]){1.01}, &slope), 0);
    assert_close(slope, 2.0, 1e-11);
    assert_int_equal(rg_field_jacobian(field, (double[]){0.99}, &slope), 0);
    assert_close(slope, 1.0, 1e-11);
  }
  rg_field_free(field);
  regime_context_free(context);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(first_derivatives),
      cmocka_unit_test(higher_derivatives),
      cmocka_unit_test(a_moved_parameter_goes_back),
      cmocka_unit_test(a_path_is_followed_from_anywhere),
      cmocka_unit_test(differences_keep_to_where_there_is_a_value),
      cmocka_unit_test(switches_are_on_their_side),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
