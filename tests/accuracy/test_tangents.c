/* The tangents of models, against differences and against closed forms. */
#include "support/models.h"
#include "support/moving.h"

/* --- the shelf: every function along every parameter --------------------------------------------------- */

typedef struct opened {
  shelf shelf;
  regime_instance *instance;
  regime_system *system;
  double t, *y;
} opened;

/* After a path to so much later than the start: the law is then that of then. */
static opened open_at(const char *file, const char *scenario, double later) {
  opened o = {0};
  open_shelf(&o.shelf, file);
  assert_ok(regime_instance_create(o.shelf.context, o.shelf.model, scenario, &o.instance));
  o.system = regime_instance_system(o.instance);
  o.y = calloc(o.system->n_states + o.system->n_unknowns + 1, sizeof *o.y);
  const double from = regime_model_about(o.shelf.model)->from;
  o.t = from + later;
  if (later == 0.0) {
    assert_ok(o.system->start(o.system->self, from, o.y));
    if (o.system->settle) o.system->settle(o.system->self, from, o.y);
  } else {
    regime_path_options options = REGIME_PATH_DEFAULTS;
    regime_path *path = NULL;
    options.from = from;
    options.to = o.t;
    options.every = later;
    assert_ok(regime_path_compute(o.shelf.context, o.system, &options, &path));
    memcpy(o.y, regime_path_state(path), o.system->n_states * sizeof *o.y);
    regime_path_free(path);
  }
  if (o.system->n_unknowns) o.system->guess(o.system->self, o.t, o.y, o.y + o.system->n_states);
  return o;
}

static void drop_opened(opened *o) {
  free(o->y);
  regime_instance_free(o->instance);
  close_shelf(&o->shelf);
}

static void check_start(moving *m) {
  const size_t n = m->system->n_parameters;
  size_t *all = calloc(n + 1, sizeof *all);
  for (size_t k = 0; k < n; k++) all[k] = k;
  m->function = MOVING_START;
  moving_check(m, n, all, false, 1e-7);
  free(all);
}

static void check_at(const char *file, const char *scenario, double later, double least) {
  opened o = open_at(file, scenario, later);
  moving m = {.system = o.system, .t = o.t, .y = o.y};
  moving_check_all(&m, o.system->rate != NULL, 1e-7);
  if (later == 0.0) check_start(&m);
  print_message("%-50s at %6g: %zu compared, %zu left out\n", file, o.t, m.compared, m.left_out);
  assert_true((double)m.compared >= least * (double)(m.compared + m.left_out));
  drop_opened(&o);
}

static void textbooks_move_as_differences_say(void **state) {
  (void)state;
  static const char *const names[] = {"boyer_regimes",
                                      "conflict_inflation",
                                      "dixon_thirlwall",
                                      "goodwin",
                                      "goodwin_verdoorn",
                                      "harrod_domar",
                                      "hicks",
                                      "kaldor_cycle",
                                      "kaldor_map",
                                      "kaldor_robinson",
                                      "keen",
                                      "logistic_map",
                                      "open",
                                      "pc",
                                      "post_kaleckian",
                                      "race_to_the_bottom",
                                      "samuelson",
                                      "sim",
                                      "solow",
                                      "supermultiplier",
                                      "thirlwall_law"};
  moving_sow();
  for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
    char file[256];
    snprintf(file, sizeof file, "models/textbook/%s/%s.cfg", names[k], names[k]);
    check_at(file, NULL, 0.0, 0.7);
    check_at(file, NULL, 7.0, 0.7);
  }
}

static void the_crisis_moves_as_differences_say(void **state) {
  (void)state;
  moving_sow();
  check_at("models/crisis/crisis.cfg", "history", 0.0, 0.9);
  check_at("models/crisis/crisis.cfg", "history", 15.3, 0.9);
  check_at("models/crisis/crisis.cfg", "history", 28.1, 0.9);
}

/* --- two derivatives of one model ---------------------------------------------------------------------- */

static double jacobian_entry(const regime_system *s, const double *values, size_t row, size_t column) {
  for (size_t k = s->jacobian_column[column]; k < s->jacobian_column[column + 1]; k++)
    if (s->jacobian_row[k] == row) return values[k];
  return 0.0;
}

/* Along the unit vectors of states the tangent of the rates is their Jacobian, which is found symbolically.
 */
static void states_of_the_crisis_move_as_its_jacobian_says(void **state) {
  (void)state;
  for (double later = 0.0; later < 32.0; later += 15.5) {
    opened o = open_at("models/crisis/crisis.cfg", "history", later);
    const size_t n = o.system->n_states;
    double *unit = calloc(n * n, sizeof *unit), *out = calloc(n * n, sizeof *out);
    double *values = calloc(o.system->jacobian_column[n], sizeof *values);
    size_t *none = calloc(n, sizeof *none);
    for (size_t k = 0; k < n; k++) {
      unit[k * n + k] = 1.0;
      none[k] = REGIME_NO_PARAMETER;
    }
    assert_ok(o.system->aim(o.system->self, n, none));
    assert_int_equal(o.system->rate_tangent(o.system->self, o.t, o.y, NULL, unit, out), 0);
    assert_int_equal(o.system->jacobian(o.system->self, o.t, o.y, values), 0);
    for (size_t j = 0; j < n; j++)
      for (size_t k = 0; k < n; k++)
        assert_close(out[j * n + k], jacobian_entry(o.system, values, k, j), 1e-11);
    free(unit);
    free(out);
    free(values);
    free(none);
    drop_opened(&o);
  }
}

typedef struct line {
  opened at;
  size_t n, moved[3];
  double *y, *v, dp[3];
} line;
enum { MOVED = 3 };

static line draw_line(void) {
  line l = {.at = open_at("models/crisis/crisis.cfg", "history", 10.5), .moved = {0, 40, 100}};
  regime_system *s = l.at.system;
  l.n = s->n_states;
  l.v = calloc(l.n, sizeof *l.v);
  l.y = calloc(l.n, sizeof *l.y);
  moving_sow();
  for (size_t k = 0; k < l.n; k++) l.v[k] = moving_draw() * fabs(l.at.y[k]);
  for (size_t k = 0; k < MOVED; k++) l.dp[k] = moving_draw() * fabs(s->parameter(s->self, l.moved[k]));
  return l;
}

static void drop_line(line *l) {
  free(l->v);
  free(l->y);
  drop_opened(&l->at);
}

/* The coefficients a step along the line: out[order * n + state]. */
static void coefficients(line *l, double step, size_t order, double *out) {
  regime_system *s = l->at.system;
  double before[MOVED];
  for (size_t k = 0; k < l->n; k++) l->y[k] = l->at.y[k] + step * l->v[k];
  for (size_t k = 0; k < MOVED; k++) {
    before[k] = s->parameter(s->self, l->moved[k]);
    assert_int_equal(s->set_parameter(s->self, l->moved[k], before[k] + step * l->dp[k]), 0);
  }
  assert_int_equal(s->taylor(s->self, l->at.t, l->y, l->v, MOVED, l->moved, l->dp, order, out), 0);
  for (size_t k = 0; k < MOVED; k++) assert_int_equal(s->set_parameter(s->self, l->moved[k], before[k]), 0);
}

/* Those of order 0 and 1 are rates and tangents. */
static void first_coefficients_are_rates_and_tangents(void **state) {
  (void)state;
  line l = draw_line();
  regime_system *s = l.at.system;
  const size_t n = l.n;
  double *out = calloc(2 * n, sizeof *out), *rate = calloc(n, sizeof *rate);
  double *dy = calloc(MOVED * n, sizeof *dy), *tangent = calloc(MOVED * n, sizeof *tangent);
  for (size_t k = 0; k < n; k++) dy[k] = l.v[k] / l.dp[0]; /* v goes with the first parameter */
  coefficients(&l, 0.0, 1, out);
  assert_int_equal(s->rate(s->self, l.at.t, l.at.y, rate), 0);
  assert_ok(s->aim(s->self, MOVED, l.moved));
  assert_int_equal(s->rate_tangent(s->self, l.at.t, l.at.y, NULL, dy, tangent), 0);
  for (size_t k = 0; k < n; k++) {
    double sum = 0.0;
    for (size_t d = 0; d < MOVED; d++) sum += l.dp[d] * tangent[d * n + k];
    assert_close(out[k], rate[k], 1e-13);
    assert_close(out[n + k], sum, 1e-11);
  }
  free(out);
  free(rate);
  free(dy);
  free(tangent);
  drop_line(&l);
}

/* With c_k(s) those a step s along the line, c_(k+1)(0) = c_k'(0)/(k + 1). */
static void each_coefficient_is_the_slope_of_the_one_before(void **state) {
  (void)state;
  enum { ORDER = 4 };
  line l = draw_line();
  const size_t n = l.n, count = (ORDER + 1) * n;
  double *out = calloc(count, sizeof *out), *up = calloc(count, sizeof *up),
         *down = calloc(count, sizeof *down);
  moving_level *level = calloc(count * MOVING_LEVELS, sizeof *level);
  double h = 0.02, error;
  size_t compared = 0;
  coefficients(&l, 0.0, ORDER, out);
  for (size_t j = 0; j < MOVING_LEVELS; j++, h /= 2.0) {
    coefficients(&l, h, ORDER, up);
    coefficients(&l, -h, ORDER, down);
    for (size_t k = 0; k < count; k++)
      level[k * MOVING_LEVELS + j] =
          (moving_level){(up[k] - down[k]) / (2.0 * h), 1e-14 * (1.0 + fabs(up[k])) / h};
  }
  for (size_t k = 0; k + n < count; k++) {
    const double next = moving_extrapolate(level + k * MOVING_LEVELS, &error) / (double)(k / n + 1);
    if (!(error < 1e-8 * fmax(1.0, fabs(next)))) continue;
    assert_close(out[k + n], next, 1e-7);
    compared++;
  }
  assert_true(compared > count / 2);
  free(out);
  free(up);
  free(down);
  free(level);
  drop_line(&l);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(textbooks_move_as_differences_say),
      cmocka_unit_test(the_crisis_moves_as_differences_say),
      cmocka_unit_test(states_of_the_crisis_move_as_its_jacobian_says),
      cmocka_unit_test(first_coefficients_are_rates_and_tangents),
      cmocka_unit_test(each_coefficient_is_the_slope_of_the_one_before),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
