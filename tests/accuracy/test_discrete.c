/* Models in periods: textbook numbers, calendars, and random linear models two ways. */
#include "linalg/dense.h"
#include "support/models.h"

#include <complex.h>

#define DISCRETE "model = { name = \"m\"; time = \"discrete\"; };\n"

static double value(const regime_run *run, const char *name, size_t period) {
  return regime_path_values(regime_run_path(run), period)[output_of(run, name)];
}

static const regime_run *run_to(shelf *s, const char *scenario, double to) {
  regime_run_options options = REGIME_RUN_DEFAULTS;
  options.scenario = scenario;
  options.to = to;
  return run_with(s, options);
}

/* ---- SIM: Godley and Lavoie, ch. 3 ---- */

static void sim_has_its_published_numbers(void **state) {
  (void)state;
  shelf s;
  open_written(&s, DISCRETE
               "parameters = { a1 = 0.6; a2 = 0.4; theta = 0.2; G = 20.0; };\n"
               "identities = ( { name = \"redundant\"; expr = \"d(H) - d(Hs)\"; tolerance = 1e-12; } );\n"
               "equations = \"init H = 0\ninit Hs = 0\nY = C + G\nT = theta*Y\nYD = Y - T\n"
               "C = a1*YD + a2*H(-1)\nH = H(-1) + YD - C\nHs = Hs(-1) + G - T\";\n");
  const regime_run *run = run_to(&s, NULL, 400.0);
  assert_true(isnan(value(run, "Y", 0))); /* nothing is known of it at the start */
  assert_close(value(run, "Y", 1), 38.4615385, 1e-8);
  assert_close(value(run, "Y", 1), 20.0 / (1.0 - 0.6 * 0.8), 1e-14);
  assert_close(value(run, "Y", 400), 100.0, 1e-12);
  assert_close(value(run, "H", 400), 80.0, 1e-12);
  assert_true(regime_run_identities_hold(run));
  assert_true(regime_run_identity(run, 0).worst < 1e-13 * 100.0);
  assert_int_equal(regime_model_blocks(s.model), 1);
  assert_int_equal(regime_model_block_at(s.model, 0)->n, 4);
  close_shelf(&s);
}

/* ---- Samuelson's accelerator ---- */

/* The roots of x_t = p x_(t-1) + q x_(t-2) from four values of a path about its rest. */
static double complex root_of(const double x[4]) {
  const double det = x[1] * x[1] - x[0] * x[2];
  const double p = (x[1] * x[2] - x[0] * x[3]) / det, q = (x[1] * x[3] - x[2] * x[2]) / det;
  return p / 2.0 + csqrt(p * p / 4.0 + q);
}

static double complex samuelson_root(double c, double b) {
  shelf s;
  char text[512];
  snprintf(text, sizeof text,
           DISCRETE
           "parameters = { c = %.17g; b = %.17g; G = 1.0; };\n"
           "equations = \"init Y = 2\ninit Y(-1) = 1\nC = c*Y(-1)\nI = b*(C - C(-1))\nY = C + I + G\";\n",
           c, b);
  open_written(&s, text);
  const regime_run *run = run_to(&s, NULL, 10.0);
  double x[4];
  for (size_t k = 0; k < 4; k++) x[k] = value(run, "Y", k) - 1.0 / (1.0 - c);
  close_shelf(&s);
  return root_of(x);
}

static void samuelson_has_his_roots(void **state) {
  (void)state;
  const double complex waves = samuelson_root(0.4, 2.0);
  assert_close(creal(waves), 0.6, 1e-9);
  assert_close(fabs(cimag(waves)), 0.663325, 1e-6);
  assert_close(2.0 * acos(-1.0) / fabs(carg(waves)), 7.520433, 1e-6);
  const double complex smooth = samuelson_root(0.8, 0.3);
  assert_close(creal(smooth), 0.694356, 1e-6);
  assert_close(0.8 * 0.3 / creal(smooth), 0.345644, 1e-6);
}

/* ---- Kaldor's trade cycle as a map ---- */

#define KALDOR                                                                                               \
  DISCRETE "parameters = { alpha = 1.2; sigma = 0.4; };\n"                                                   \
           "equations = \"init Y = 10.1\ninit K = 20\n"                                                      \
           "I = 10*sigma + 0.6*(10*sigma/0.2 - K(-1)) + atan(Y(-1) - 10)\n"                                  \
           "Y = Y(-1) + alpha*(I - sigma*Y(-1))\nK = 0.8*K(-1) + I\";\n"

/* Trace and determinant of the map's Jacobian at its fixed point. */
static void linearise(double alpha, double sigma, double *trace, double *det) {
  shelf s;
  regime_instance *instance;
  open_written(&s, KALDOR);
  assert_ok(regime_instance_create(s.context, s.model, NULL, &instance));
  assert_ok(regime_instance_set(s.context, instance, "alpha", alpha));
  assert_ok(regime_instance_set(s.context, instance, "sigma", sigma));
  regime_system *system = regime_instance_system(instance);
  assert_int_equal(system->n_states, 2);
  double y[2], j[4];
  assert_ok(system->start(system->self, 0.0, y));
  const bool income_first = strcmp(system->state_name(system->self, 0), "Y(-1)") == 0;
  y[income_first ? 0 : 1] = 10.0;
  y[income_first ? 1 : 0] = 50.0 * sigma;
  double left[2];
  assert_int_equal(system->next(system->self, 1.0, y, left), 0);
  assert_close(left[0], y[0], 1e-14);
  assert_close(left[1], y[1], 1e-14);
  assert_int_equal(system->jacobian_column[2], 4);
  assert_int_equal(system->jacobian(system->self, 1.0, y, j), 0);
  *trace = j[0] + j[3];
  *det = j[0] * j[3] - j[1] * j[2];
  regime_instance_free(instance);
  close_shelf(&s);
}

static void kaldor_turns_where_theory_says(void **state) {
  (void)state;
  double trace, det;
  linearise(1.2, 0.4, &trace, &det);
  assert_close(trace / 2.0, 0.96, 1e-12);
  assert_close(sqrt(det - trace * trace / 4.0), 0.3773592, 1e-7);
  linearise(10.0 / 9.0, 0.4, &trace, &det); /* Neimark-Sacker: on the unit circle */
  assert_close(det, 1.0, 1e-12);
  linearise(1.2, 0.25, &trace, &det); /* pitchfork: an eigenvalue of one */
  assert_close(1.0 - trace + det, 0.0, 1e-12);
}

static void kaldor_cycles_with_its_period(void **state) {
  (void)state;
  shelf s;
  open_written(&s, KALDOR);
  const regime_run *run = run_to(&s, NULL, 60000.0);
  double first = NAN, last = NAN, n = -1.0;
  for (size_t k = 10001; k <= 60000; k++) {
    const double before = value(run, "Y", k - 1) - 10.0, now = value(run, "Y", k) - 10.0;
    if (!(before < 0.0 && now >= 0.0)) continue;
    last = (double)k - now / (now - before);
    if (isnan(first)) first = last;
    n += 1.0;
  }
  assert_close((last - first) / n, 15.636, 2e-3 / 15.636);
  close_shelf(&s);
}

/* ---- random linear models, two ways ---- */

enum { MOST = 9 };

typedef struct linear {
  size_t n;
  double a[MOST][MOST], b[MOST][MOST], c[MOST][MOST], d[MOST];
} linear;

static double uniform(void) { return 2.0 * (double)rand() / RAND_MAX - 1.0; }
static double sparse(double density) { return (double)rand() / RAND_MAX < density ? uniform() : 0.0; }

static linear random_linear(size_t n) {
  linear l = {.n = n};
  for (size_t i = 0; i < n; i++) {
    l.d[i] = uniform();
    for (size_t j = 0; j < n; j++) {
      l.a[i][j] = sparse(0.35);
      l.b[i][j] = 0.3 * sparse(0.5);
      l.c[i][j] = 0.2 * sparse(0.4);
    }
  }
  return l;
}

static int write_terms(char *at, const double *row, size_t n, const char *lag) {
  int length = 0;
  for (size_t j = 0; j < n; j++)
    if (row[j] != 0.0) length += sprintf(at + length, " + (%.17g)*x%zu%s", row[j], j, lag);
  return length;
}

static void write_linear(const linear *l, char *at) {
  at += sprintf(at, DISCRETE "equations = \"");
  for (size_t i = l->n; i-- > 0;) {
    at += sprintf(at, "init x%zu = %zu\ninit x%zu(-1) = 0.5\nx%zu = %.17g", i, i, i, i, l->d[i]);
    at += write_terms(at, l->a[i], l->n, "");
    at += write_terms(at, l->b[i], l->n, "(-1)");
    at += write_terms(at, l->c[i], l->n, "(-2)");
    at += sprintf(at, "\n");
  }
  sprintf(at, "\";\n");
}

/* (1 - a) x = d + b x(-1) + c x(-2), by LAPACK. */
static void next_by_hand(const linear *l, const double *one_ago, const double *two_ago, double *x) {
  rg_dense *dense = rg_dense_create(l->n);
  assert_non_null(dense);
  for (size_t i = 0; i < l->n; i++) {
    x[i] = l->d[i];
    for (size_t j = 0; j < l->n; j++) {
      rg_dense_matrix(dense)[j * l->n + i] = (double)(i == j) - l->a[i][j];
      x[i] += l->b[i][j] * one_ago[j] + l->c[i][j] * two_ago[j];
    }
  }
  rg_dense_factor(dense);
  rg_dense_solve(dense, x);
  rg_dense_free(dense);
}

static void compare_linear(const linear *l) {
  static char text[65536];
  shelf s;
  double past[3][MOST];
  write_linear(l, text);
  open_written(&s, text);
  const regime_run *run = run_to(&s, NULL, 6.0);
  for (size_t j = 0; j < l->n; j++) {
    past[1][j] = (double)j;
    past[2][j] = 0.5;
  }
  for (size_t k = 1; k <= 6; k++) {
    next_by_hand(l, past[1], past[2], past[0]);
    for (size_t j = 0; j < l->n; j++) {
      char name[32];
      snprintf(name, sizeof name, "x%zu", j);
      assert_close(value(run, name, k), past[0][j], 1e-8);
    }
    memcpy(past[2], past[1], sizeof past[1]);
    memcpy(past[1], past[0], sizeof past[0]);
  }
  close_shelf(&s);
}

static void random_linear_models_agree_with_lapack(void **state) {
  (void)state;
  const unsigned seed = 7;
  print_message("seed %u\n", seed);
  srand(seed);
  for (int k = 0; k < 40; k++) {
    const linear l = random_linear(2 + (size_t)k % (MOST - 1));
    compare_linear(&l);
  }
}

/* ---- lags, changes, calendars ---- */

static void lags_go_as_deep_as_they_are_written(void **state) {
  (void)state;
  shelf s;
  open_written(&s, DISCRETE
               "sets = { land = { members = [\"A\", \"B\"]; index = [\"i\", \"j\"]; }; };\n"
               "equations = \"def growth(q) = q/q(-1) - 1\n"
               "init x[i] = if(i == A, 1, 10)\ninit x[i](-1) = 2*x[i]\ninit x[i](-2) = x[i](-1) + 1\n"
               "x[i] = 2*x[i](-3) + x[i](-1)\n"
               "change[i] = d(x[i])\nlogs[i] = dlog(x[i])\nshare[i] = pch(x[i])\n"
               "same[i] = growth(x[i])\nboth = d(sum(i, x[i]))\nolder = x[A](-3)\";\n");
  const regime_run *run = run_to(&s, NULL, 6.0);
  double x[9] = {3.0, 2.0, 1.0}; /* at -2, -1, 0 */
  for (size_t k = 3; k < 9; k++) x[k] = 2.0 * x[k - 3] + x[k - 1];
  for (size_t k = 1; k <= 6; k++) {
    assert_close(value(run, "x[A]", k), x[k + 2], 1e-15);
    assert_close(value(run, "change[A]", k), x[k + 2] - x[k + 1], 1e-15);
    assert_close(value(run, "logs[A]", k), log(x[k + 2] / x[k + 1]), 1e-14);
    assert_close(value(run, "share[A]", k), x[k + 2] / x[k + 1] - 1.0, 1e-14);
    assert_close(value(run, "same[A]", k), x[k + 2] / x[k + 1] - 1.0, 1e-14);
    assert_close(value(run, "older", k), x[k - 1], 0.0);
  }
  close_shelf(&s);
}

static void quarters_make_years(void **state) {
  (void)state;
  shelf s;
  open_written(
      &s,
      "model = { name = \"q\"; time = \"discrete\"; unit = \"quarter\"; };\n"
      "span = { from = 1970.0; to = 1976.0; };\nparameters = { a = 1.0; };\n"
      "paths = { oil = { points = ( [1973.7, 1.0], [1974.2, 3.0] ); interpolate = \"step\"; }; };\n"
      "scenarios = { reform = { changes = ( { at = 1975.0; set = { a = 2.0; }; } ); }; };\n"
      "equations = \"init n = 0\nn = n(-1) + 1\nprice = oil\nlast = oil(-1)\nb = a*(1 + step(1972))\";\n");
  const regime_run *run = run_of(&s, "reform");
  assert_int_equal(regime_path_points(regime_run_path(run)), 25);
  assert_close(value_at(run, "n", 1976.0), 24.0, 0.0);
  assert_close(value_at(run, "price", 1974.0), 1.0, 0.0);
  assert_close(value_at(run, "price", 1974.25), 3.0, 0.0);
  assert_close(value_at(run, "last", 1974.25), 1.0, 0.0);
  assert_close(value_at(run, "last", 1974.5), 3.0, 0.0);
  assert_close(value_at(run, "b", 1971.75), 1.0, 0.0);
  assert_close(value_at(run, "b", 1972.0), 2.0, 0.0);
  assert_close(value_at(run, "b", 1974.75), 2.0, 0.0);
  assert_close(value_at(run, "b", 1975.0), 4.0, 0.0);
  close_shelf(&s);
}

/* ---- events and phases between periods ---- */

static void events_act_from_the_next_period(void **state) {
  (void)state;
  shelf s;
  open_written(&s, DISCRETE
               "modes = { tight = 0.0; };\n"
               "events = ( { name = \"turn\"; when = \"x > 2.5\"; once = true; set = { tight = \"x\"; }; },\n"
               "           { name = \"end\"; when = \"x - 20\"; stop = true; } );\n"
               "phases = ( { name = \"high\"; when = \"x > 4.5\"; } );\n"
               "equations = \"init x = 0\nx = x(-1) + 1 + tight\";\n");
  const regime_run *run = run_to(&s, NULL, 100.0);
  assert_close(time_of(run, "turn"), 3.0, 0.0);
  assert_close(value(run, "x", 3), 3.0, 0.0);
  assert_close(value(run, "x", 4), 7.0, 0.0); /* tight is 3 from here on */
  assert_close(value(run, "x", 5), 11.0, 0.0);
  assert_close(time_of(run, "end"), 8.0, 0.0);
  assert_int_equal(regime_path_outcome(regime_run_path(run)), REGIME_STOPPED_BY_EVENT);
  assert_int_equal(regime_run_phases(run), 1);
  assert_close(regime_run_phase(run, 0).from, 4.0, 0.0);
  close_shelf(&s);
}

/* A loan of 100 at 10 % is forgiven when it has grown beyond 150, and taken up again: the period that crosses
 * keeps its value, the next one starts from 100. */
static void events_set_what_the_next_period_finds(void **state) {
  (void)state;
  shelf s;
  open_written(
      &s, DISCRETE
      "modes = { forgiven = 0.0; };\n"
      "events = ( { name = \"default\"; when = \"L > 150\";\n"
      "             set = { L = 100.0; forgiven = \"forgiven + L - 100\"; }; } );\n"
      "equations = \"init L = 100\nL = 1.1*L(-1)\nbefore = L(-2)\nowed = L + forgiven\ninit L(-1) = 0\";\n");
  const regime_run *run = run_to(&s, NULL, 20.0);
  assert_int_equal(regime_run_events(run), 4); /* 1.1^5 = 1.61: every fifth period */
  for (size_t k = 0; k < 4; k++) assert_close(regime_run_event(run, k).time, 5.0 * (double)(k + 1), 0.0);
  assert_close(value(run, "L", 5), 161.051, 1e-12);
  assert_close(value(run, "L", 6), 110.0, 1e-12);
  assert_close(value(run, "before", 6), 146.41, 1e-12); /* what was two periods ago is not rewritten ... */
  assert_close(value(run, "before", 7), 100.0, 1e-12);  /* ... what the next period found is */
  assert_close(value(run, "owed", 20), 3.0 * 61.051 + 161.051, 1e-11);
  close_shelf(&s);
}

/* Members of a set one by one, and several events in one period: each sees the values computed. */
static void events_set_members(void **state) {
  (void)state;
  shelf s;
  open_written(&s, DISCRETE
               "sets = { c = { members = [\"A\", \"B\"]; index = [\"i\"]; }; };\n"
               "events = ( { name = \"one\"; when = \"x[A] > 3.5\"; set = { x = { B = \"x[A]\"; }; }; },\n"
               "           { name = \"all\"; when = \"x[A] > 3.5\"; set = { y = \"x[B]\"; }; } );\n"
               "equations = \"init x[i] = 0\nx[i] = x[i](-1) + 1\ninit y[i] = 0\ny[i] = y[i](-1)\";\n");
  const regime_run *run = run_to(&s, NULL, 6.0);
  assert_close(value(run, "x[B]", 5), 5.0, 0.0);
  assert_close(value(run, "y[A]", 5), 4.0, 0.0);
  assert_close(value(run, "y[B]", 4), 0.0, 0.0);
  assert_close(value(run, "y[B]", 6), 4.0, 0.0);
  close_shelf(&s);
}

/* From 100 at the start to 110 in the first period. What has no value at the start, as a growth that looks
 * further back, has not crossed; nor has what was zero there. */
static void events_happen_in_the_first_period(void **state) {
  (void)state;
  shelf s;
  open_written(&s, DISCRETE "modes = { seen = 0.0; };\n"
                            "events = ( { name = \"first\"; when = \"L > 105\"; set = { seen = 1.0; }; },\n"
                            "           { name = \"down\"; when = \"L > 105\"; direction = \"down\"; },\n"
                            "           { name = \"unknown\"; when = \"pch(L) - 0.05\"; },\n"
                            "           { name = \"leaves\"; when = \"L - 100\"; } );\n"
                            "equations = \"init L = 100\nL = (1.1 - 0.1*seen)*L(-1)\";\n");
  const regime_run *run = run_to(&s, NULL, 4.0);
  assert_close(time_of(run, "first"), 1.0, 0.0);
  assert_true(isnan(time_of(run, "down")));
  assert_true(isnan(time_of(run, "leaves")));
  assert_close(time_of(run, "unknown"), 2.0, 0.0); /* the mode ends growth */
  assert_close(value(run, "L", 4), 110.0, 1e-12);
  close_shelf(&s);
}

static void a_block_stands_by_while_events_look_at_the_start(void **state) {
  (void)state;
  shelf s;
  open_written(&s, DISCRETE
               "events = ( { name = \"up\"; when = \"Y - 30\"; }, { name = \"open\"; when = \"T - 5\"; } );\n"
               "equations = \"init H = 0\ninit Y = 20\nY = C + 20\nC = 0.6*(Y - T) + 0.4*H(-1)\nT = 0.2*Y\n"
               "H = H(-1) + Y - T - C\";\n");
  const regime_run *run = run_to(&s, NULL, 4.0);
  assert_close(time_of(run, "up"), 1.0, 0.0);
  assert_close(time_of(run, "open"), 1.0, 0.0); /* T is 0.2*20 at the start, by its equation */
  close_shelf(&s);
}

/* ---- what is looked at from the start on ---- */

static void assert_breach(const char *expression, double since, double worst) {
  shelf s;
  char text[512];
  snprintf(text, sizeof text,
           DISCRETE "identities = ( { name = \"it\"; expr = \"%s\"; } );\n"
                    "equations = \"init a = 1\na = 0.5*a(-1)\ninit b = 3\nb = a\";\n",
           expression);
  open_written(&s, text);
  const regime_run *run = run_to(&s, NULL, 5.0);
  assert_int_equal(regime_run_identities_hold(run), worst == 0.0);
  assert_close(regime_run_identity(run, 0).worst, worst, 1e-12);
  if (worst > 0.0) assert_close(regime_run_identity(run, 0).time, since, 0.0);
  close_shelf(&s);
}

/* b is a from the first period on, but 3 at the start, where a is 1. */
static void identities_hold_from_the_start(void **state) {
  (void)state;
  assert_breach("a - b", 0.0, 2.0);
  assert_breach("a - 0.5*a(-1)", 0.0, 0.0);       /* open at the start */
  assert_breach("a - b + a(-1)", 1.0, 1.0);       /* the same, and a breach afterwards */
  assert_breach("a - if(t > 0, b, 1)", 0.0, 0.0); /* t is known */
  assert_breach("a - b(-1)/6", 2.0, 0.25 - 0.5 / 6.0);
}

/* A loan is an asset of the bank; the start has it wrong by 1, and flows, which look back, are open there. */
static void matrices_close_from_the_start(void **state) {
  (void)state;
  shelf s;
  open_written(
      &s, DISCRETE
      "parameters = { error = 0.0; };\nscenarios = { wrong = { set = { error = 1.0; }; }; };\n"
      "matrices = ( { name = \"balance\"; kind = \"stocks\"; sectors = [\"firms\", \"bank\"];\n"
      "  rows = ( { name = \"loans\"; entries = { firms = \"-L\"; bank = \"A\"; }; } ); },\n"
      "  { name = \"flows\"; kind = \"flows\"; sectors = [\"firms\", \"bank\"];\n"
      "  rows = ( { name = \"interest\"; entries = { firms = \"-0.05*L(-1)\"; bank = \"0.05*L(-1)\"; }; },\n"
      "           { name = \"loans\"; entries = { firms = \"0.05*L(-1)\"; bank = \"-0.05*L(-1)\"; }; } ); } "
      ");\n"
      "phases = ( { name = \"small\"; when = \"L < 115\"; }, { name = \"large\"; when = \"L >= 115\"; } );\n"
      "equations = \"init L = 100\nL = 1.05*L(-1)\ninit A = 100 + error\nA = L\";\n");
  const regime_run *run = run_to(&s, NULL, 5.0);
  assert_true(regime_run_matrices_hold(run));
  assert_close(regime_run_phase(run, 0).from, 0.0, 0.0);
  assert_close(regime_run_phase(run, 1).from, 3.0, 0.0);
  run = run_to(&s, "wrong", 5.0);
  assert_int_equal(regime_run_leaks(run), 1);
  assert_close(regime_run_leak(run, 0).time, 0.0, 0.0);
  assert_close(regime_run_leak(run, 0).amount, 1.0, 1e-12);
  close_shelf(&s);
}

/* ---- blocks without solution, values without meaning ---- */

static void a_block_without_solution_is_told(void **state) {
  (void)state;
  shelf s;
  open_written(&s, DISCRETE "equations = \"init x = 1\ninit a = 4\na = a(-1) - 1\nx = a - y^2\ny = x\";\n");
  const regime_run *run = run_to(&s, NULL, 20.0); /* x^2 + x = a has no solution below a = -1/4 */
  const regime_path *path = regime_run_path(run);
  assert_int_equal(regime_path_outcome(path), REGIME_NO_SOLUTION);
  assert_close(regime_path_end(path), 4.0, 0.0);
  assert_close(value(run, "x", 3), (sqrt(5.0) - 1.0) / 2.0, 1e-12);
  assert_int_equal(regime_path_unsolved(path), 2);
  assert_non_null(regime_run_table_named(run, "last-iterate"));
  const char *message = regime_diagnostic_at(s.context, 0)->message;
  assert_non_null(strstr(message, "no solution of the block of 2 equations"));
  assert_non_null(strstr(message, "at t = 5: after"));
  assert_non_null(strstr(message, "`x` (line 5) is off by"));
  close_shelf(&s);
}

static void a_value_without_meaning_is_told(void **state) {
  (void)state;
  shelf s;
  open_written(&s, DISCRETE "equations = \"init a = 4.5\na = a(-1) - 1\nb = log(a)\nc = b(-1)\";\n");
  const regime_run *run = run_to(&s, NULL, 20.0);
  assert_int_equal(regime_path_outcome(regime_run_path(run)), REGIME_LEFT_DOMAIN);
  assert_close(regime_path_end(regime_run_path(run)), 4.0, 0.0);
  assert_non_null(strstr(regime_diagnostic_at(s.context, 0)->message, "`log(a)` has no value at t = 5"));
  close_shelf(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sim_has_its_published_numbers),
      cmocka_unit_test(samuelson_has_his_roots),
      cmocka_unit_test(kaldor_turns_where_theory_says),
      cmocka_unit_test(kaldor_cycles_with_its_period),
      cmocka_unit_test(random_linear_models_agree_with_lapack),
      cmocka_unit_test(lags_go_as_deep_as_they_are_written),
      cmocka_unit_test(quarters_make_years),
      cmocka_unit_test(events_act_from_the_next_period),
      cmocka_unit_test(events_set_what_the_next_period_finds),
      cmocka_unit_test(events_set_members),
      cmocka_unit_test(events_happen_in_the_first_period),
      cmocka_unit_test(a_block_stands_by_while_events_look_at_the_start),
      cmocka_unit_test(identities_hold_from_the_start),
      cmocka_unit_test(matrices_close_from_the_start),
      cmocka_unit_test(a_block_without_solution_is_told),
      cmocka_unit_test(a_value_without_meaning_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
