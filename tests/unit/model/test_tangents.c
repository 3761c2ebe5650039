/* Parameters, tangents and Taylor coefficients of small models, against what they are by hand and against
 * differences. */
#include "written.h"
/* cmocka first */
#include "support/moving.h"

static size_t number_of(const written *w, const char *name) {
  for (size_t k = 0; k < w->system->n_parameters; k++)
    if (!strcmp(w->system->parameter_name(w->system->self, k), name)) return k;
  fail_msg("no parameter %s", name);
  return 0;
}

static void aim(written *w, size_t n, const char *const *name) {
  size_t parameter[8];
  for (size_t k = 0; k < n; k++) parameter[k] = name[k] ? number_of(w, name[k]) : REGIME_NO_PARAMETER;
  assert_ok(w->system->aim(w->system->self, n, parameter));
}

static void check_by_differences(written *w, double tolerance) {
  moving m = {.system = w->system, .t = w->t, .y = w->y};
  moving_check_all(&m, w->system->rate != NULL, tolerance);
  size_t *all = calloc(w->system->n_parameters + 1, sizeof *all);
  for (size_t k = 0; k < w->system->n_parameters; k++) all[k] = k;
  m.function = MOVING_START;
  moving_check(&m, w->system->n_parameters, all, false, tolerance);
  free(all);
  assert_true(m.compared > m.left_out);
}

/* --- parameters ---------------------------------------------------------------------------------------- */

static const char *const changing =
    "parameters = { p = 2.0; q = 3.0; };\nmodes = { m = 1.0; };\n"
    "paths = { oil = { points = ([0.0, 1.0], [4.0, 3.0]); }; };\n"
    "scenarios = { s = { changes = ( { at = 5.0; set = { p = 4.0; }; } ); }; };\n";

static written open_changing(void) {
  written w;
  assert_ok(load_text(&w, changing, "k = p^2\ninit x = k\nx' = p*x + q + m*oil"));
  start(&w, "s", 0.0);
  return w;
}

static void parameters_take_effect_at_once_and_stay(void **state) {
  (void)state;
  written w = open_changing();
  regime_system *s = w.system;
  const size_t p = number_of(&w, "p");
  assert_int_equal(s->n_parameters, 4);
  assert_close(rate_of(&w, "x", 0), 2.0 * 4.0 + 3.0 + 1.0, 0.0);
  assert_int_equal(s->set_parameter(s->self, p, 5.0), 0);
  assert_close(s->parameter(s->self, p), 5.0, 0.0);
  assert_close(rate_of(&w, "x", 0), 5.0 * 4.0 + 3.0 + 1.0, 0.0);
  assert_close(value_of(&w, "k"), 25.0, 0.0);
  s->pass_date(s->self, 5.0, w.y); /* the change would set it to 4 */
  assert_close(s->parameter(s->self, p), 5.0, 0.0);
  assert_ok(s->start(s->self, 0.0, w.y));
  assert_close(w.y[0], 25.0, 0.0);
  drop(&w);
}

static void modes_and_paths_are_parameters_too(void **state) {
  (void)state;
  written w = open_changing();
  regime_system *s = w.system;
  const size_t oil = number_of(&w, "oil"), m = number_of(&w, "m");
  assert_close(s->parameter(s->self, oil), 1.0, 0.0);
  assert_int_equal(s->set_parameter(s->self, oil, 7.0), 0);
  assert_int_equal(s->set_parameter(s->self, m, 2.0), 0);
  w.t = 3.0;
  assert_close(rate_of(&w, "x", 0), 2.0 * 4.0 + 3.0 + 2.0 * 7.0, 0.0);
  assert_true(s->next_date(s->self, 0.0) == 5.0);
  drop(&w);
}

static void a_value_from_which_nothing_follows_is_not_taken(void **state) {
  (void)state;
  written w = open_text("parameters = { p = 6.0; };\n",
                        "x = p/y\ny = x - 1\nlower = log(p)\ninit s = x + lower\ns' = -s*x");
  regime_system *s = w.system;
  double dy[1];
  assert_int_equal(s->set_parameter(s->self, 0, -6.0), 1); /* x^2 - x + 6 = 0 */
  assert_close(s->parameter(s->self, 0), 6.0, 0.0);
  assert_close(value_of(&w, "x"), 3.0, 1e-12);
  assert_int_equal(s->set_parameter(s->self, 0, NAN), 1);
  assert_int_equal(s->rate(s->self, 0.0, w.y, dy), 0);
  assert_int_equal(s->set_parameter(s->self, 0, -0.1), 1); /* the circle has a solution, the logarithm none */
  assert_close(value_of(&w, "lower"), log(6.0), 1e-15);
  assert_int_equal(s->set_parameter(s->self, 0, 20.0), 0);
  assert_close(value_of(&w, "x"), 5.0, 1e-12);
  drop(&w);
}

static void before_the_start_they_are_what_they_will_be(void **state) {
  (void)state;
  written w;
  assert_ok(load_text(&w, changing, "k = p^2\ninit x = k\nx' = p*x + q + m*oil"));
  assert_ok(regime_instance_create(w.context, w.model, "s", &w.instance));
  regime_system *s = w.system = regime_instance_system(w.instance);
  assert_close(s->parameter(s->self, number_of(&w, "q")), 3.0, 0.0);
  assert_int_equal(s->set_parameter(s->self, number_of(&w, "p"), 3.0), 0);
  assert_ok(s->start(s->self, 0.0, w.y));
  assert_close(w.y[0], 9.0, 0.0);
  drop(&w);
}

/* --- tangents by hand ---------------------------------------------------------------------------------- */

/* Goodwin: u' = u((1 - u)/s - g), v' = v(r u - a). */
static void goodwin_moves_as_by_hand(void **state) {
  (void)state;
  written w = open_text("parameters = { s = 3.0; g = 0.04; r = 0.5; a = 0.4; };\n",
                        "init u = 0.8\nu' = u*((1 - v)/s - g)\ninit v = 0.7\nv' = v*(r*u - a)");
  const double u = 0.8, v = 0.7;
  double out[8], dy[8] = {0};
  aim(&w, 4, (const char *const[]){"s", "g", "r", NULL});
  dy[6] = 1.0;
  dy[7] = 2.0;
  assert_int_equal(w.system->rate_tangent(w.system->self, 0.0, w.y, NULL, dy, out), 0);
  const double expected[] = {
      -u * (1 - v) / 9, 0, -u, 0, 0, v * u, (1 - v) / 3 - 0.04 - 2 * u / 3, 0.5 * v + 2 * (0.5 * u - 0.4)};
  for (size_t k = 0; k < 8; k++) assert_close(out[k], expected[k], 1e-15);
  check_by_differences(&w, 1e-7);
  drop(&w);
}

/* x = (1 + sqrt(1 + 4p))/2 solves x(x - 1) = p: dx/dp = 1/sqrt(1 + 4p). */
static void constants_in_circles_answer_by_the_implicit_function(void **state) {
  (void)state;
  written w = open_text("parameters = { p = 6.0; q = 2.0; };\n",
                        "x = p/y\ny = x - 1\ninit a = q\na = a - (a^2 - q*x)/5\ninit s = a*q\ns' = -s*x");
  double dy[2], out[2];
  aim(&w, 2, (const char *const[]){"p", "q"});
  assert_int_equal(w.system->start_tangent(w.system->self, 0.0, dy), 0);
  const double a = sqrt(6.0);
  assert_close(dy[0], 2.0 * 2.0 * 0.2 / (2.0 * a), 1e-12); /* a^2 = q x */
  assert_close(dy[1], a + 2.0 * 3.0 / (2.0 * a), 1e-12);
  assert_int_equal(w.system->rate_tangent(w.system->self, 0.0, w.y, NULL, dy, out), 0);
  assert_close(out[0], -dy[0] * 3.0 - w.y[0] * 0.2, 1e-12);
  assert_int_equal(w.system->set_parameter(w.system->self, number_of(&w, "p"), 6.0), 0); /* found anew */
  assert_int_equal(w.system->rate_tangent(w.system->self, 0.0, w.y, NULL, dy, out), 0);
  assert_close(out[0], -dy[0] * 3.0 - w.y[0] * 0.2, 1e-12);
  check_by_differences(&w, 1e-7);
  drop(&w);
}

/* p + s through x(x - 1) = p: (1 + sqrt(25 + 4 s))/2 = 3 + s/5 - s^2/125 + 2 s^3/3125 ... */
static void taylor_coefficients_go_through_circles(void **state) {
  (void)state;
  written w = open_text("parameters = { p = 6.0; };\n", "x = p/y\ny = x - 1\ninit s = 1\ns' = x*s");
  const double y = 1.0, v = 1.0, dp = 1.0;
  const size_t parameter = 0;
  const double c[] = {3.0, 0.2, -1.0 / 125, 2.0 / 3125};
  double out[4];
  assert_int_equal(w.system->taylor(w.system->self, 0.0, &y, &v, 1, &parameter, &dp, 3, out), 0);
  assert_close(out[0], c[0], 1e-12);
  for (size_t k = 1; k < 4; k++) assert_close(out[k], c[k] + c[k - 1], 1e-12);
  assert_int_equal(w.system->taylor(w.system->self, 0.0, &y, &v, 0, NULL, NULL, 2, out), 0);
  assert_close(out[1], 3.0, 1e-12);
  assert_true(out[2] == 0.0);
  drop(&w);
}

/* --- dates --------------------------------------------------------------------------------------------- */

static void dates_move_with_what_they_are_made_of(void **state) {
  (void)state;
  written w;
  assert_ok(
      load_text(&w,
                "parameters = { t0 = 1.0; t1 = 3.0; c = 2.0; };\n"
                "paths = { oil = { points = ([0.5, 1.0], [4.0, 3.0]); }; };\n"
                "scenarios = { s = { changes = ( { at = 2.0; set = { c = 4.0; }; } ); }; };\n",
                "late = 2*t0 + 3\ninit x = 1\nx' = c*step(t0) + ramp(t1, t1 + 3) + oil + step(late)*x"));
  start(&w, "s", 0.0);
  regime_system *s = w.system;
  aim(&w, 3, (const char *const[]){"t0", "t1", "c"});
  const double expected[][4] = {{0.5, 0, 0, 0}, {1.0, 1, 0, 0}, {2.0, 0, 0, 0}, {3.0, 0, 1, 0},
                                {4.0, 0, 0, 0}, {5.0, 2, 0, 0}, {6.0, 0, 1, 0}};
  double t = 0.0, dt[3];
  for (size_t k = 0; k < 7; k++) {
    t = s->next_date(s->self, t);
    assert_close(t, expected[k][0], 1e-15);
    assert_int_equal(s->date_tangent(s->self, t, dt), 0);
    for (size_t d = 0; d < 3; d++) assert_close(dt[d], expected[k][d + 1], 1e-14);
    double dy[3] = {1.0, 2.0, 3.0};
    assert_int_equal(s->pass_date_tangent(s->self, t, w.y, dt, dy), 0);
    assert_true(dy[0] == 1.0 && dy[1] == 2.0 && dy[2] == 3.0);
    s->pass_date(s->self, t, w.y);
  }
  assert_true(isinf(s->next_date(s->self, t)));
  drop(&w);
}

static void dates_that_part_have_no_tangent(void **state) {
  (void)state;
  written w = open_text("parameters = { a = 1.0; b = 1.0; };\n", "init x = 1\nx' = step(a) + step(b)");
  double dt[3];
  aim(&w, 3, (const char *const[]){"a", NULL, "b"});
  assert_int_equal(w.system->date_tangent(w.system->self, 1.0, dt), 0);
  assert_true(isnan(dt[0]) && dt[1] == 0.0 && isnan(dt[2])); /* only those that would part them */
  drop(&w);
}

/* The corner of a path stays where it is. */
static void a_date_that_leaves_a_corner_has_no_tangent(void **state) {
  (void)state;
  written w =
      open_text("parameters = { a = 1.0; };\npaths = { oil = { points = ([1.0, 1.0], [4.0, 3.0]); }; };\n",
                "init x = 1\nx' = step(a)*oil");
  double dt[2];
  aim(&w, 2, (const char *const[]){"a", NULL});
  assert_int_equal(w.system->date_tangent(w.system->self, 1.0, dt), 0);
  assert_true(isnan(dt[0]) && dt[1] == 0.0);
  assert_int_equal(w.system->set_parameter(w.system->self, number_of(&w, "a"), 2.0), 0);
  assert_close(w.system->next_date(w.system->self, 1.0), 2.0, 0.0); /* at once */
  assert_int_equal(w.system->date_tangent(w.system->self, 2.0, dt), 0);
  assert_true(dt[0] == 1.0 && dt[1] == 0.0);
  drop(&w);
}

static void a_dated_change_ends_what_its_direction_moves(void **state) {
  (void)state;
  written w = open_changing();
  double out[2], dy[2] = {0};
  regime_system *s = w.system;
  aim(&w, 2, (const char *const[]){"p", "q"});
  assert_int_equal(s->rate_tangent(s->self, 0.0, w.y, NULL, dy, out), 0);
  assert_close(out[0], w.y[0], 0.0);
  s->pass_date(s->self, 5.0, w.y);
  assert_int_equal(s->rate_tangent(s->self, 5.0, w.y, NULL, dy, out), 0);
  assert_true(out[0] == 0.0 && out[1] == 1.0);
  assert_ok(s->start(s->self, 0.0, w.y)); /* a start begins anew */
  assert_int_equal(s->start_tangent(s->self, 0.0, dy), 0);
  assert_close(dy[0], 4.0, 0.0);
  assert_int_equal(s->set_parameter(s->self, number_of(&w, "p"), 2.0), 0); /* set, it stays over dates */
  s->pass_date(s->self, 5.0, w.y);
  dy[0] = 0.0;
  assert_int_equal(s->rate_tangent(s->self, 5.0, w.y, NULL, dy, out), 0);
  assert_close(out[0], w.y[0], 0.0);
  drop(&w);
}

/* --- events -------------------------------------------------------------------------------------------- */

static void events_leave_tangents_in_modes_and_states(void **state) {
  (void)state;
  written w = open_text("parameters = { p = 2.0; };\nmodes = { since = 1000.0; level = 0.0; };\n"
                        "events = ({ name = \"e\"; when = \"x > 3\"; set = { since = \"t\"; level = \"p*x\"; "
                        "x = \"x/p + level\"; }; });\n",
                        "init x = 1\nx' = p + step(since + 2)*level");
  regime_system *s = w.system;
  const double dt[2] = {0.5, 0.25};
  double dy[2] = {4.0, 7.0}, out[2], date[2];
  aim(&w, 2, (const char *const[]){"p", NULL});
  w.y[0] = 3.0;
  assert_int_equal(s->happen_tangent(s->self, 0, 1.0, w.y, dt, dy), 0);
  s->happen(s->self, 0, 1.0, w.y);
  assert_close(w.y[0], 1.5, 0.0);
  assert_close(dy[0], 4.0 / 2.0 - 3.0 / 4.0, 1e-15);
  assert_close(dy[1], 3.5, 1e-15);
  assert_close(s->next_date(s->self, 1.0), 3.0, 1e-15);
  assert_int_equal(s->date_tangent(s->self, s->next_date(s->self, 1.0), date), 0);
  assert_close(date[0], 0.5, 1e-15); /* since = t */
  assert_close(date[1], 0.25, 1e-15);
  s->pass_date(s->self, s->next_date(s->self, 1.0), w.y);
  assert_int_equal(s->rate_tangent(s->self, 4.0, w.y, NULL, dy, out), 0);
  assert_close(out[0], 1.0 + 3.0 + 2.0 * 4.0, 1e-14); /* p + level, level = p x */
  assert_close(out[1], 2.0 * 7.0, 1e-14);
  assert_ok(s->start(s->self, 0.0, w.y)); /* and a start forgets them */
  assert_int_equal(s->rate_tangent(s->self, 0.0, w.y, NULL, dy, out), 0);
  assert_true(out[0] == 1.0 && out[1] == 0.0);
  drop(&w);
}

/* --- unknowns and periods ------------------------------------------------------------------------------ */

static void residuals_move_as_by_hand(void **state) {
  (void)state;
  written w = open_text("parameters = { c = 0.6; };\n", "Y = C + k\nC = c*Y\ninit k = 2\nk' = Y - k*t");
  regime_system *s = w.system;
  double dy[6] = {0.0, 0.0, 0.0, 1.0, 2.0, 3.0}, out[4];
  const double dt[2] = {0.0, 1.0};
  assert_int_equal(s->n_unknowns, 2);
  assert_null(s->taylor);
  s->guess(s->self, 0.0, w.y, w.y + 1);
  const size_t Y = strcmp(s->unknown_name(s->self, 0), "Y") == 0 ? 0 : 1, C = 1 - Y;
  w.y[1 + Y] = 5.0;
  w.y[1 + C] = 3.0;
  dy[4 + Y] = 2.0;
  dy[4 + C] = 3.0;
  aim(&w, 2, (const char *const[]){"c", NULL});
  assert_int_equal(s->residual_tangent(s->self, 0, 0.0, w.y, NULL, dy, out), 0);
  assert_close(out[Y], 0.0, 0.0);
  assert_close(out[C], 5.0, 0.0); /* C = c Y */
  assert_close(out[2 + Y], 3.0 + 1.0 - 2.0, 1e-15);
  assert_close(out[2 + C], 0.6 * 2.0 - 3.0, 1e-15);
  double rate[2];
  assert_int_equal(s->rate_tangent(s->self, 1.5, w.y, dt, dy, rate), 0);
  assert_close(rate[1], 2.0 - 1.0 * 1.5 - 2.0, 1e-15);
  check_by_differences(&w, 1e-7);
  drop(&w);
}

static const char *const accelerator =
    "model = { name = \"m\"; time = \"discrete\"; };\nspan = { from = 0.0; to = 9.0; };\n"
    "parameters = { c = 0.6; v = 0.9; };\nmodes = { m = 0.0; };\n"
    "events = ({ name = \"e\"; when = \"Y(-1) > 1\"; set = { m = \"c*Y(-1)\"; }; });\n"
    "equations = \"init Y = 2*c\\ninit Y(-1) = 1\\nY = 1 + c*Y(-1) + v*(Y(-1) - Y(-2)) + m\";\n";

static written open_periods(const char *text) {
  char path[] = "/tmp/regime-test-XXXXXX";
  written w = {0};
  assert_ok(regime_context_create(&w.context));
  const int descriptor = mkstemp(path);
  assert_true(descriptor >= 0);
  FILE *file = fdopen(descriptor, "w");
  fputs(text, file);
  fclose(file);
  const regime_status status = regime_model_load(w.context, path, &w.model);
  unlink(path);
  if (status != REGIME_OK) print_findings(&w);
  assert_ok(status);
  start(&w, NULL, 0.0);
  return w;
}

static void periods_hand_their_tangents_on(void **state) {
  (void)state;
  written w = open_periods(accelerator);
  regime_system *s = w.system;
  double found[4], left[4], y[2];
  aim(&w, 2, (const char *const[]){"c", NULL});
  assert_int_equal(s->start_tangent(s->self, 0.0, found), 0);
  assert_close(found[0], 2.0, 0.0); /* Y(-1) */
  assert_close(found[1], 0.0, 0.0); /* Y(-2) */
  found[2] = 1.0;
  found[3] = 10.0;
  assert_int_equal(s->rate_tangent(s->self, 1.0, w.y, NULL, found, left), 0);
  assert_close(left[0], w.y[0] + (0.6 + 0.9) * 2.0, 1e-15);
  assert_close(left[1], 2.0, 0.0);
  assert_close(left[2], 1.5 - 9.0, 1e-15);
  assert_close(left[3], 1.0, 0.0);
  assert_int_equal(s->next(s->self, 1.0, w.y, y), 0);
  assert_int_equal(s->happen_tangent(s->self, 0, 1.0, y, NULL, left), 0);
  s->happen(s->self, 0, 1.0, y); /* sees what the period found */
  const double still[4] = {0};
  assert_int_equal(s->rate_tangent(s->self, 2.0, y, NULL, still, left), 0);
  assert_close(left[0], y[0] + (1.2 + 0.6 * 2.0), 1e-14); /* c Y(-1) + m, m = c Y(-1) */
  assert_close(left[2], 0.6, 1e-15);
  drop(&w);
}

/* Y = C + C(-1), C = c Y + 1 through a block, by hand. */
static void periods_with_unknowns_move_as_by_hand(void **state) {
  (void)state;
  written w = open_periods("model = { name = \"m\"; time = \"discrete\"; };\n"
                           "span = { from = 0.0; to = 9.0; };\nparameters = { c = 0.6; };\n"
                           "equations = \"init C = 2*c\\nY = C + C(-1)\\nC = c*Y + 1\";\n");
  regime_system *s = w.system;
  double found[2], out[4];
  assert_int_equal(s->n_unknowns, 2);
  assert_int_equal(s->n_states, 1);
  aim(&w, 2, (const char *const[]){"c", NULL});
  assert_int_equal(s->start_tangent(s->self, 0.0, found), 0);
  assert_close(found[0], 2.0, 0.0);
  const size_t Y = strcmp(s->unknown_name(s->self, 0), "Y") == 0 ? 0 : 1, C = 1 - Y;
  w.y[1 + Y] = 5.0;
  w.y[1 + C] = 4.0;
  double dy[6] = {2.0, 0.0, 0.0, 1.0, 0.0, 0.0};
  dy[1 + Y] = 7.0;
  dy[1 + C] = 11.0;
  dy[4 + C] = 3.0;
  assert_int_equal(s->residual_tangent(s->self, 0, 1.0, w.y, NULL, dy, out), 0);
  assert_close(out[Y], 11.0 + 2.0 - 7.0, 1e-14);
  assert_close(out[C], 5.0 + 0.6 * 7.0 - 11.0, 1e-14);
  assert_close(out[2 + Y], 3.0 + 1.0, 1e-14);
  assert_close(out[2 + C], -3.0, 1e-14);
  assert_int_equal(s->rate_tangent(s->self, 1.0, w.y, NULL, dy, out), 0);
  assert_close(out[0], 11.0, 0.0); /* what is left is C */
  assert_close(out[1], 3.0, 0.0);
  drop(&w);
}

static void maps_have_taylor_coefficients(void **state) {
  (void)state;
  written w =
      open_periods("model = { name = \"m\"; time = \"discrete\"; };\nspan = { from = 0.0; to = 9.0; };\n"
                   "parameters = { r = 3.0; };\n"
                   "equations = \"init x = 0.4\\nx = r*x(-1)*(1 - x(-1))\";\n");
  const double y = 0.4, v = 2.0, dp = 1.0;
  const size_t parameter = 0;
  double out[4];
  assert_int_equal(w.system->taylor(w.system->self, 1.0, &y, &v, 1, &parameter, &dp, 3, out), 0);
  const double f[] = {0.24, 2.0 * 0.2, -4.0, 0.0}; /* x(1 - x) along 2 */
  assert_close(out[0], 3.0 * f[0], 1e-15);
  for (size_t k = 1; k < 4; k++) assert_close(out[k], 3.0 * f[k] + f[k - 1], 1e-14);
  drop(&w);
}

static void aiming_at_nothing_and_again(void **state) {
  (void)state;
  enum { MANY = 100 };
  written w = open_changing();
  double out[MANY], dy[MANY] = {0};
  size_t parameter[MANY];
  for (size_t n = 0; n <= MANY; n += MANY / 2) {
    for (size_t k = 0; k < n; k++) parameter[k] = k % 4 == 3 ? REGIME_NO_PARAMETER : k % 4;
    assert_ok(w.system->aim(w.system->self, n, parameter));
    assert_int_equal(w.system->rate_tangent(w.system->self, 0.0, w.y, NULL, dy, out), 0);
    for (size_t k = 0; k < n; k++) assert_close(out[k], k % 4 == 0 ? w.y[0] : k % 4 == 1 ? 1.0 : 0.0, 0.0);
  }
  drop(&w);
}

int main(void) {
  moving_sow();
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(parameters_take_effect_at_once_and_stay),
      cmocka_unit_test(modes_and_paths_are_parameters_too),
      cmocka_unit_test(a_value_from_which_nothing_follows_is_not_taken),
      cmocka_unit_test(before_the_start_they_are_what_they_will_be),
      cmocka_unit_test(goodwin_moves_as_by_hand),
      cmocka_unit_test(constants_in_circles_answer_by_the_implicit_function),
      cmocka_unit_test(taylor_coefficients_go_through_circles),
      cmocka_unit_test(dates_move_with_what_they_are_made_of),
      cmocka_unit_test(dates_that_part_have_no_tangent),
      cmocka_unit_test(a_date_that_leaves_a_corner_has_no_tangent),
      cmocka_unit_test(a_dated_change_ends_what_its_direction_moves),
      cmocka_unit_test(events_leave_tangents_in_modes_and_states),
      cmocka_unit_test(residuals_move_as_by_hand),
      cmocka_unit_test(periods_hand_their_tangents_on),
      cmocka_unit_test(periods_with_unknowns_move_as_by_hand),
      cmocka_unit_test(maps_have_taylor_coefficients),
      cmocka_unit_test(aiming_at_nothing_and_again),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
