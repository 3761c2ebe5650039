/* Families of cycles whose shapes, periods and multipliers are known, and what they meet on their way. */
#include "unit/analysis/oscillators.h"
/* cmocka first */
#include "analysis/cycle.h"
#include "analysis/variational.h"

static const double tau = 6.283185307179586;

/* ---- what can be done with them ---- */

typedef struct bench {
  regime_context *context;
  regime_system system;
  rg_field *field;
  regime_diagram *diagram;
} bench;

static inline void set_up(bench *b, regime_system system, size_t parameter) {
  *b = (bench){.system = system};
  assert_ok(regime_context_create(&b->context));
  assert_ok(rg_field_create(b->context, &b->system, 0.0, &b->field));
  assert_ok(rg_field_set_free(b->field, 1, &parameter));
  assert_ok(rg_diagram_create(system.n_states, rg_field_outputs(b->field), &b->diagram));
}

static inline void tear_down(bench *b) {
  regime_diagram_free(b->diagram);
  rg_field_free(b->field);
  regime_context_free(b->context);
}

/* Follows what is born at a point, which becomes special point 0. */
static inline void follow_from(bench *b, regime_point type, const double *state, double at, double period,
                               const regime_branch_options *options) {
  regime_special special = {.type = type,
                            .parameter = at,
                            .second = NAN,
                            .state = state,
                            .outputs = state,
                            .period = period,
                            .coefficient = NAN};
  assert_ok(rg_diagram_add_special(b->diagram, &special, NULL));
  assert_ok(rg_cycles_follow(b->context, b->field, options, b->diagram, 0));
}

static inline regime_branch_options range(size_t parameter, double from, double to) {
  return (regime_branch_options){.parameter = parameter, .from = from, .to = to, .tolerance = 1e-10};
}

/* The number of the first special point of a kind after `after`; -1: there is none. */
static inline long find_special(const bench *b, regime_point type, size_t after) {
  for (size_t k = after; k < regime_diagram_specials(b->diagram); k++)
    if (regime_diagram_special(b->diagram, k)->type == type) return (long)k;
  return -1;
}

/* ---- known families ---- */

/* Circles of radius sqrt(p), period 2 pi, multiplier exp(-4 pi p). */
static void circles(void **state) {
  (void)state;
  oscillator o = {.n = 2, .law = normal_form, .slopes = normal_form_slopes};
  bench b;
  set_up(&b, system_of(&o), 0);
  const regime_branch_options options = range(0, -1.0, 1.0);
  follow_from(&b, REGIME_POINT_HOPF, o.start, 0.0, tau, &options);
  const regime_cycles *family = regime_diagram_cycle(b.diagram, 0);
  assert_int_equal(family->end, REGIME_END_OF_RANGE);
  assert_int_equal(family->born_at, 0);
  assert_int_equal(regime_diagram_specials(b.diagram), 1);
  assert_true(family->n_points > 10);
  for (size_t k = 0; k < family->n_points; k++) {
    const regime_cycle_point *c = &family->point[k];
    assert_close(c->period, tau, 1e-9);
    assert_close(c->high[0], sqrt(c->parameter), 1e-8);
    assert_close(c->low[1], -sqrt(c->parameter), 1e-8);
    assert_close(c->mean[0], 0.0, 1e-9);
    assert_close(c->multiplier_re[0], 1.0, 1e-9);
    assert_close(c->multiplier_re[1], exp(-2.0 * tau * c->parameter), 1e-8);
    assert_true(c->is_stable && c->error < 1e-9);
  }
  assert_close(family->point[family->n_points - 1].parameter, 1.0, 1e-10);
  tear_down(&b);
}

/* Bautin's: radius^2 = rho with p0 + rho - rho^2 = 0; cycles fold at p0 = -1/4, rho = 1/2. */
static void bautin(const double *p, const double *y, double *dy) {
  const double rho = y[0] * y[0] + y[1] * y[1], s = p[0] + rho - rho * rho;
  dy[0] = y[0] * s - y[1];
  dy[1] = y[1] * s + y[0];
}

static void bautin_slopes(const double *p, const double *y, double *j) {
  const double rho = y[0] * y[0] + y[1] * y[1], s = p[0] + rho - rho * rho, d = 2.0 * (1.0 - 2.0 * rho);
  j[0] = s + d * y[0] * y[0], j[1] = d * y[0] * y[1] + 1.0;
  j[2] = d * y[0] * y[1] - 1.0, j[3] = s + d * y[1] * y[1];
}

static void fold_of_cycles(void **state) {
  (void)state;
  oscillator o = {.n = 2, .law = bautin, .slopes = bautin_slopes};
  bench b;
  set_up(&b, system_of(&o), 0);
  const regime_branch_options options = range(0, -1.0, 1.0);
  follow_from(&b, REGIME_POINT_HOPF, o.start, 0.0, tau, &options);
  assert_int_equal(regime_diagram_specials(b.diagram), 2);
  const regime_special *fold = regime_diagram_special(b.diagram, 1);
  assert_int_equal(fold->type, REGIME_POINT_FOLD_OF_CYCLES);
  assert_close(fold->parameter, -0.25, 1e-10);
  assert_close(hypot(fold->state[0], fold->state[1]), sqrt(0.5), 1e-8);
  assert_close(fold->period, tau, 1e-9);
  assert_true(fold->error < 1e-8);
  const regime_cycles *family = regime_diagram_cycle(b.diagram, 0);
  for (size_t k = 0; k < family->n_points; k++) {
    const double rho = family->point[k].high[0] * family->point[k].high[0];
    assert_close(family->point[k].parameter, rho * rho - rho, 1e-8);
    assert_int_equal(family->point[k].is_stable, rho > 0.5);
  }
  tear_down(&b);
}

/* The level H = p0 of H = y^2/2 - x^2/2 + x^3/3 is a cycle, for p0 from -1/6 (Hopf) to 0 (homoclinic). */
static double energy(const double *y) {
  return y[1] * y[1] / 2.0 - y[0] * y[0] / 2.0 + y[0] * y[0] * y[0] / 3.0;
}

static void levels(const double *p, const double *y, double *dy) {
  dy[0] = y[1];
  dy[1] = y[0] - y[0] * y[0] + p[1] * y[1] * (energy(y) - p[0]);
}

static void levels_slopes(const double *p, const double *y, double *j) {
  j[0] = 0.0, j[1] = 1.0 - 2.0 * y[0] + p[1] * y[1] * (y[0] * y[0] - y[0]);
  j[2] = 1.0, j[3] = p[1] * (energy(y) - p[0]) + p[1] * y[1] * y[1];
}

static void homoclinic(void **state) {
  (void)state;
  oscillator o = {.n = 2, .law = levels, .slopes = levels_slopes, .start = {1.0, 0.0}, .p = {0.0, 0.5}};
  bench b;
  set_up(&b, system_of(&o), 0);
  const regime_branch_options options = range(0, -0.3, 0.3);
  follow_from(&b, REGIME_POINT_HOPF, o.start, -1.0 / 6.0, tau, &options);
  const regime_cycles *family = regime_diagram_cycle(b.diagram, 0);
  assert_int_equal(family->end, REGIME_END_LONG_PERIOD);
  for (size_t k = 0; k < family->n_points; k++) {
    const double low[] = {family->point[k].low[0], 0.0}; /* at the extremes of x the flow is upright */
    assert_close(energy(low), family->point[k].parameter, 1e-8);
    assert_true(family->point[k].error < (family->point[k].period < 2.0 * tau ? 1e-6 : 0.05));
  }
  const regime_special *end = regime_diagram_special(b.diagram, regime_diagram_specials(b.diagram) - 1);
  assert_int_equal(end->type, REGIME_POINT_HOMOCLINIC);
  assert_close(end->parameter, 0.0, 1e-8);
  assert_close(end->state[0], 0.0, 1e-10);
  assert_close(end->state[1], 0.0, 1e-10);
  assert_true(isinf(end->period));
  tear_down(&b);
}

/* Subcritical at r = 470/19, the cycles go down to the homoclinic orbit at r = 13.926557407 (Sparrow 1982).
 */
static void of_lorenz(void **state) {
  (void)state;
  const double r = 470.0 / 19.0, s = sqrt(8.0 / 3.0 * (r - 1.0));
  oscillator o = {.n = 3, .law = lorenz, .slopes = lorenz_slopes, .start = {s, s, r - 1.0}};
  bench b;
  set_up(&b, system_of(&o), 0);
  const regime_branch_options options = range(0, 5.0, 30.0);
  follow_from(&b, REGIME_POINT_HOPF, o.start, r, tau / sqrt(8.0 / 3.0 * (10.0 + r)), &options);
  const regime_cycles *family = regime_diagram_cycle(b.diagram, 0);
  assert_int_equal(family->end, REGIME_END_LONG_PERIOD);
  for (size_t k = 0; k < family->n_points; k++) {
    const regime_cycle_point *c = &family->point[k];
    assert_false(c->is_stable);
    assert_true(c->parameter < r && c->error < (c->period < 3.0 ? 1e-6 : 0.05));
    if (c->period > 3.0) continue;
    /* the divergence is -41/3 everywhere, so that the product of the multipliers is known */
    const double product = c->multiplier_re[0] * c->multiplier_re[1] * c->multiplier_re[2];
    assert_close(log(fabs(product)) / c->period, -41.0 / 3.0, 1e-5);
  }
  const regime_special *end = regime_diagram_special(b.diagram, regime_diagram_specials(b.diagram) - 1);
  assert_int_equal(end->type, REGIME_POINT_HOMOCLINIC);
  assert_close(end->parameter, 13.926557407, 1e-9);
  for (size_t i = 0; i < 3; i++) assert_close(end->state[i], 0.0, 1e-9);
  tear_down(&b);
}

/* Van der Pol's oscillator in units of sqrt(p): born at 0 as a circle of radius 2 sqrt(p); at 1 and 10 the
 * periods are 6.6632868593 and 19.0783695669, and the cycle is a relaxation. */
static void van_der_pol(const double *p, const double *y, double *dy) {
  dy[0] = y[1];
  dy[1] = (p[0] - y[0] * y[0]) * y[1] - y[0];
}

static void van_der_pol_slopes(const double *p, const double *y, double *j) {
  j[0] = 0.0, j[1] = -2.0 * y[0] * y[1] - 1.0;
  j[2] = 1.0, j[3] = p[0] - y[0] * y[0];
}

static void period_of_van_der_pol(double to, double period) {
  oscillator o = {.n = 2, .law = van_der_pol, .slopes = van_der_pol_slopes};
  bench b;
  set_up(&b, system_of(&o), 0);
  const regime_branch_options options = range(0, -1.0, to);
  follow_from(&b, REGIME_POINT_HOPF, o.start, 0.0, tau, &options);
  const regime_cycles *family = regime_diagram_cycle(b.diagram, 0);
  assert_int_equal(family->end, REGIME_END_OF_RANGE);
  for (size_t k = 0; k < family->n_points; k++)
    assert_true(family->point[k].is_stable && family->point[k].error < 1e-6);
  const regime_cycle_point *last = &family->point[family->n_points - 1];
  assert_close(last->parameter, to, 1e-9);
  assert_close(last->period, period, 1e-8);
  assert_int_equal(regime_diagram_specials(b.diagram), 1);
  tear_down(&b);
}

static void of_van_der_pol(void **state) {
  (void)state;
  period_of_van_der_pol(1.0, 6.6632868593231301897);
  period_of_van_der_pol(10.0, 19.0783695669);
}

/* Goodwin's with a feedback that leaves the centre only where it is 0: all cycles stand above one value. */
static void damped_goodwin(const double *p, const double *y, double *dy) {
  dy[0] = y[0] * ((1.0 - y[1]) / 4.0 - 0.04 - p[0] * (y[0] - 5.0 / 7.0));
  dy[1] = y[1] * (0.07 * y[0] - 0.05);
}

static void damped_goodwin_slopes(const double *p, const double *y, double *j) {
  j[0] = (1.0 - y[1]) / 4.0 - 0.04 - p[0] * (2.0 * y[0] - 5.0 / 7.0), j[1] = 0.07 * y[1];
  j[2] = -y[0] / 4.0, j[3] = 0.07 * y[0] - 0.05;
}

static void above_one_value(void **state) {
  (void)state;
  oscillator o = {.n = 2, .law = damped_goodwin, .slopes = damped_goodwin_slopes, .start = {5.0 / 7.0, 0.84}};
  const double low[] = {0.3, 0.3}, high[] = {1.2, 1.4};
  bench b;
  set_up(&b, system_of(&o), 0);
  regime_branch_options options = range(0, -1.0, 1.0);
  options.low = low, options.high = high;
  follow_from(&b, REGIME_POINT_HOPF, o.start, 0.0, 61.31761, &options);
  const regime_cycles *family = regime_diagram_cycle(b.diagram, 0);
  assert_int_equal(family->end, REGIME_END_OF_BOX);
  assert_int_equal(regime_diagram_specials(b.diagram), 1);
  assert_close(family->point[0].period, 61.31761, 1e-4);
  for (size_t k = 0; k < family->n_points; k++) {
    const regime_cycle_point *c = &family->point[k];
    assert_close(c->parameter, 0.0, 1e-8);
    assert_close(c->mean[0], 5.0 / 7.0, 1e-7); /* the means are the equilibrium's values */
    assert_close(c->mean[1], 0.84, 1e-7);
    assert_true(k == 0 || c->period > family->point[k - 1].period);
    assert_false(c->is_stable);
  }
  tear_down(&b);
}

/* Born at p = 0 and dead at p = 1: the radius is sqrt(p (1 - p)). Found from one end, not again from the
 * other. */
static void island(const double *p, const double *y, double *dy) {
  const double q[] = {p[0] * (1.0 - p[0])};
  normal_form(q, y, dy);
}

static void shrinks(void **state) {
  (void)state;
  oscillator o = {.n = 2, .law = island};
  bench b;
  set_up(&b, system_of(&o), 0);
  const regime_branch_options options = range(0, -1.0, 2.0);
  follow_from(&b, REGIME_POINT_HOPF, o.start, 0.0, tau, &options);
  const regime_cycles *family = regime_diagram_cycle(b.diagram, 0);
  assert_int_equal(family->end, REGIME_END_SHRINKS);
  assert_close(family->point[family->n_points - 1].parameter, 1.0, 2e-3);
  for (size_t k = 0; k < family->n_points; k++) {
    const double p = family->point[k].parameter;
    assert_close(family->point[k].high[0], sqrt(p * (1.0 - p)), 1e-8);
  }
  const regime_special other = {
      .type = REGIME_POINT_HOPF, .parameter = 1.0, .state = o.start, .outputs = o.start, .period = tau};
  assert_ok(rg_diagram_add_special(b.diagram, &other, NULL));
  assert_ok(rg_cycles_follow(b.context, b.field, &options, b.diagram, 1));
  assert_int_equal(regime_diagram_cycles(b.diagram), 1);
  tear_down(&b);
}

static void brusselator(const double *p, const double *y, double *dy) {
  dy[0] = p[1] - (p[0] + 1.0) * y[0] + y[0] * y[0] * y[1];
  dy[1] = p[0] * y[0] - y[0] * y[0] * y[1];
}

static void brusselator_slopes(const double *p, const double *y, double *j) {
  j[0] = -(p[0] + 1.0) + 2.0 * y[0] * y[1], j[1] = p[0] - 2.0 * y[0] * y[1];
  j[2] = y[0] * y[0], j[3] = -y[0] * y[0];
}

/* The multiplier again, from integrating the variational equation round the cycle that a point describes. */
static double integrated_multiplier(bench *b, const double *x, double parameter, double period) {
  rg_variational *v = NULL;
  regime_path *path = NULL;
  regime_path_options o = REGIME_PATH_DEFAULTS;
  o.rtol = 1e-12;
  o.atol = 1e-14;
  o.method = REGIME_ADAMS;
  assert_ok(rg_variational_create(b->field, 2, &v));
  const double start[] = {x[0], x[1], 1.0, 0.0, 0.0, 1.0};
  memcpy(rg_variational_start(v), start, sizeof start);
  rg_variational_parameters(v)[0] = parameter;
  assert_ok(rg_variational_follow(v, b->context, period, period, &o, &path));
  const double *m = regime_path_state(path) + 2;
  assert_close(regime_path_state(path)[0], x[0], 1e-8);
  assert_close(regime_path_state(path)[1], x[1], 1e-8);
  const double determinant = m[0] * m[3] - m[1] * m[2];
  regime_path_free(path);
  rg_variational_free(v);
  return determinant; /* the other multiplier is 1 */
}

static void two_ways(void **state) {
  (void)state;
  oscillator o = {
      .n = 2, .law = brusselator, .slopes = brusselator_slopes, .start = {1.0, 2.0}, .p = {0.0, 1.0}};
  bench b;
  set_up(&b, system_of(&o), 0);
  regime_branch_options options = range(0, 1.0, 2.5);
  follow_from(&b, REGIME_POINT_HOPF, o.start, 2.0, tau, &options);
  const regime_cycles *family = regime_diagram_cycle(b.diagram, 0);
  const regime_cycle_point *last = &family->point[family->n_points - 1];
  assert_close(last->parameter, 2.5, 1e-10);
  assert_close(last->mean[0], 1.0, 1e-8); /* as y' + x' integrates to nothing */
  /* settle on the cycle from outside, then compare */
  rg_variational *v = NULL;
  regime_path *path = NULL;
  regime_path_options to_rest = REGIME_PATH_DEFAULTS;
  to_rest.rtol = 1e-12;
  to_rest.atol = 1e-14;
  assert_ok(rg_variational_create(b.field, 0, &v));
  rg_variational_start(v)[0] = 1.5;
  rg_variational_parameters(v)[0] = 2.5;
  assert_ok(rg_variational_follow(v, b.context, 200.0, 200.0, &to_rest, &path));
  assert_close(integrated_multiplier(&b, regime_path_state(path), 2.5, last->period), last->multiplier_re[1],
               1e-8);
  regime_path_free(path);
  rg_variational_free(v);
  tear_down(&b);
}

/* FitzHugh's and Nagumo's model of a nerve looks the same at p and at 1.75 - p. Both Hopf points are
 * subcritical, and one family joins them by way of two folds, each among canards, where no multiplier can be
 * told. */
static void nerve(const double *p, const double *y, double *dy) {
  dy[0] = y[0] - y[0] * y[0] * y[0] / 3.0 - y[1] + p[0];
  dy[1] = 0.08 * (y[0] + 0.7 - 0.8 * y[1]);
}

static void nerve_slopes(const double *p, const double *y, double *j) {
  (void)p;
  j[0] = 1.0 - y[0] * y[0], j[1] = 0.08;
  j[2] = -1.0, j[3] = -0.064;
}

static void of_a_nerve(void **state) {
  (void)state;
  const double v = -sqrt(1.0 - 0.064), w = (v + 0.7) / 0.8, at = w - v + v * v * v / 3.0;
  oscillator o = {.n = 2, .law = nerve, .slopes = nerve_slopes, .start = {v, w}};
  bench b;
  set_up(&b, system_of(&o), 0);
  const regime_branch_options options = range(0, 0.0, 2.0);
  follow_from(&b, REGIME_POINT_HOPF, o.start, at, tau / sqrt(0.08 - 0.064 * 0.064), &options);
  const regime_cycles *family = regime_diagram_cycle(b.diagram, 0);
  assert_int_equal(family->end, REGIME_END_SHRINKS);
  assert_close(family->point[family->n_points - 1].parameter, 1.75 - at, 1e-3);
  assert_int_equal(regime_diagram_specials(b.diagram), 3);
  const regime_special *first = regime_diagram_special(b.diagram, 1),
                       *last = regime_diagram_special(b.diagram, 2);
  assert_int_equal(first->type, REGIME_POINT_FOLD_OF_CYCLES);
  assert_int_equal(last->type, REGIME_POINT_FOLD_OF_CYCLES);
  assert_close(first->parameter + last->parameter, 1.75, 1e-7);
  assert_true(first->parameter < at && first->error < 1e-7 && last->error < 1e-7);
  tear_down(&b);
}

/* ---- known changes of kind: a circle of radius sqrt(p) carries others along ---- */

/* z' = (rho - 1) z - z^3: another family crosses at p = 1. */
static void pitchfork(const double *p, const double *y, double *dy) {
  normal_form(p, y, dy);
  dy[2] = (y[0] * y[0] + y[1] * y[1] - 1.0) * y[2] - y[2] * y[2] * y[2];
}

/* w' = (rho - 1 + i sqrt 2) w - |w|^2 w: the multipliers exp(2 pi (p - 1 +- i sqrt 2)) leave the circle. */
static void torus(const double *p, const double *y, double *dy) {
  const double growth = y[0] * y[0] + y[1] * y[1] - 1.0 - y[2] * y[2] - y[3] * y[3];
  normal_form(p, y, dy);
  dy[2] = growth * y[2] - sqrt(2.0) * y[3];
  dy[3] = growth * y[3] + sqrt(2.0) * y[2];
}

/* In axes that turn half as fast as the circle, w' = (c + (a r, -a r)) w - |w|^2 w, with c = rho - 1 - a: the
 * multipliers are -exp(2 pi (c +- a r)), and beyond p = 1 there is w^2 = a sqrt(p) + p - 1 - a. */
static const double a = 0.3;
static void moebius(const double *p, const double *y, double *dy) {
  const double c = y[0] * y[0] + y[1] * y[1] - 1.0 - a - y[2] * y[2] - y[3] * y[3];
  normal_form(p, y, dy);
  dy[2] = (c + a * y[0]) * y[2] + (a * y[1] - 0.5) * y[3];
  dy[3] = (a * y[1] + 0.5) * y[2] + (c - a * y[0]) * y[3];
}

static void follow_circle(bench *b, oscillator *o) {
  set_up(b, system_of(o), 0);
  const regime_branch_options options = range(0, -0.5, 1.5);
  follow_from(b, REGIME_POINT_HOPF, o->start, 0.0, tau, &options);
}

static void branch_point(void **state) {
  (void)state;
  oscillator o = {.n = 3, .law = pitchfork};
  bench b;
  follow_circle(&b, &o);
  assert_int_equal(regime_diagram_specials(b.diagram), 2);
  assert_int_equal(regime_diagram_special(b.diagram, 1)->type, REGIME_POINT_BRANCH);
  assert_close(regime_diagram_special(b.diagram, 1)->parameter, 1.0, 1e-8);
  tear_down(&b);
}

static void torus_point(void **state) {
  (void)state;
  oscillator o = {.n = 4, .law = torus};
  bench b;
  follow_circle(&b, &o);
  assert_int_equal(regime_diagram_specials(b.diagram), 2);
  assert_int_equal(regime_diagram_special(b.diagram, 1)->type, REGIME_POINT_TORUS);
  assert_close(regime_diagram_special(b.diagram, 1)->parameter, 1.0, 1e-8);
  const regime_cycles *family = regime_diagram_cycle(b.diagram, 0);
  for (size_t k = 0; k < family->n_points; k++)
    assert_int_equal(family->point[k].is_stable, family->point[k].parameter < 1.0);
  tear_down(&b);
}

static void period_doubling(void **state) {
  (void)state;
  oscillator o = {.n = 4, .law = moebius};
  bench b;
  follow_circle(&b, &o);
  const long number = find_special(&b, REGIME_POINT_PERIOD_DOUBLING, 0);
  assert_int_equal(number, 1);
  assert_close(regime_diagram_special(b.diagram, 1)->parameter, 1.0, 1e-8);
  assert_close(regime_diagram_special(b.diagram, 1)->period, 2.0 * tau, 1e-8);
  assert_int_equal(regime_diagram_cycles(b.diagram), 2);
  const regime_cycles *doubled = regime_diagram_cycle(b.diagram, 1);
  assert_int_equal(doubled->born_at, 1);
  assert_int_equal(doubled->end, REGIME_END_OF_RANGE);
  assert_true(doubled->n_points > 5);
  for (size_t k = 0; k < doubled->n_points; k++) {
    const regime_cycle_point *c = &doubled->point[k];
    const double square = a * sqrt(c->parameter) + c->parameter - 1.0 - a;
    assert_close(c->period, 2.0 * tau, 1e-8);
    assert_close(c->high[2], sqrt(square), 1e-7);
    assert_true(c->is_stable && c->error < 1e-6);
  }
  tear_down(&b);
}

/* Rossler's with a = b = .2 doubles its period at c = 2.832: here c is given, and a moves. */
static void rossler(const double *p, const double *y, double *dy) {
  dy[0] = -y[1] - y[2];
  dy[1] = y[0] + p[0] * y[1];
  dy[2] = p[1] + y[2] * (y[0] - p[2]);
}

static void rossler_slopes(const double *p, const double *y, double *j) {
  j[0] = 0.0, j[1] = 1.0, j[2] = y[2];
  j[3] = -1.0, j[4] = p[0], j[5] = 0.0;
  j[6] = -1.0, j[7] = 0.0, j[8] = y[0] - p[2];
}

static int rossler_hopf_value(const double *p, double a_now, double state[3], double *frequency) {
  const double q[] = {a_now, p[1], p[2]};
  state[0] = (q[2] - sqrt(q[2] * q[2] - 4.0 * q[0] * q[1])) / 2.0;
  state[1] = -state[0] / q[0];
  state[2] = state[0] / q[0];
  /* s^3 + c2 s^2 + c1 s + c0: a pair is imaginary where c1 c2 = c0 */
  const double u = state[0] - q[2], c2 = -(q[0] + u), c1 = q[0] * u + 1.0 + state[2],
               c0 = -(u + q[0] * state[2]);
  *frequency = sqrt(fabs(c1));
  return c1 * c2 > c0 ? 1 : -1;
}

static void of_rossler(void **state) {
  (void)state;
  oscillator o = {.n = 3, .law = rossler, .slopes = rossler_slopes, .p = {0.2, 0.2, 2.832}};
  double low = 1e-4, high = 0.2, frequency;
  const int sign = rossler_hopf_value(o.p, low, o.start, &frequency);
  for (int k = 0; k < 60; k++) {
    const double middle = (low + high) / 2.0;
    *(rossler_hopf_value(o.p, middle, o.start, &frequency) == sign ? &low : &high) = middle;
  }
  bench b;
  set_up(&b, system_of(&o), 0);
  const regime_branch_options options = range(0, 0.0, 0.3);
  follow_from(&b, REGIME_POINT_HOPF, o.start, low, tau / frequency, &options);
  const long number = find_special(&b, REGIME_POINT_PERIOD_DOUBLING, 0);
  assert_true(number > 0);
  assert_close(regime_diagram_special(b.diagram, (size_t)number)->parameter, 0.2, 1e-4);
  assert_true(regime_diagram_special(b.diagram, (size_t)number)->error < 1e-8);
  assert_true(regime_diagram_cycles(b.diagram) > 1);
  assert_true(regime_diagram_cycle(b.diagram, 1)->n_points > 5);
  tear_down(&b);
}

/* ---- maps ---- */

static void logistic(const double *p, const double *y, double *next) { next[0] = p[0] * y[0] * (1.0 - y[0]); }
static void logistic_slopes(const double *p, const double *y, double *j) { j[0] = p[0] * (1.0 - 2.0 * y[0]); }

/* Flips at 3 and 1 + sqrt 6; between, x = (r + 1 +- sqrt((r - 3)(r + 1))) / 2r with multiplier 4 + 2r - r^2.
 */
static void of_the_logistic_map(void **state) {
  (void)state;
  oscillator o = {.n = 1, .law = logistic, .slopes = logistic_slopes, .start = {2.0 / 3.0}};
  bench b;
  set_up(&b, map_of(&o), 0);
  const regime_branch_options options = range(0, 2.0, 4.0);
  follow_from(&b, REGIME_POINT_FLIP, o.start, 3.0, 2.0, &options);
  const regime_cycles *twice = regime_diagram_cycle(b.diagram, 0);
  assert_int_equal(twice->end, REGIME_END_OF_RANGE);
  for (size_t k = 0; k < twice->n_points; k++) {
    const regime_cycle_point *c = &twice->point[k];
    const double r = c->parameter, root = sqrt((r - 3.0) * (r + 1.0));
    assert_close(c->period, 2.0, 0.0);
    assert_close(c->low[0], (r + 1.0 - root) / (2.0 * r), 1e-9);
    assert_close(c->high[0], (r + 1.0 + root) / (2.0 * r), 1e-9);
    assert_close(c->mean[0], (r + 1.0) / (2.0 * r), 1e-9);
    assert_close(c->multiplier_re[0], 4.0 + 2.0 * r - r * r, 1e-9);
    assert_int_equal(c->is_stable, r < 1.0 + sqrt(6.0));
    assert_true(isnan(c->error));
  }
  const long second = find_special(&b, REGIME_POINT_PERIOD_DOUBLING, 1);
  assert_int_equal(second, 1);
  assert_close(regime_diagram_special(b.diagram, 1)->parameter, 1.0 + sqrt(6.0), 1e-9);
  tear_down(&b);
}

/* The cascade (Feigenbaum 1978), followed up to orbits of sixteen. */
static void of_the_cascade(void **state) {
  (void)state;
  static const double flip[] = {3.4494897428, 3.5440903596, 3.5644072661, 3.5687594195};
  oscillator o = {.n = 1, .law = logistic, .slopes = logistic_slopes, .start = {2.0 / 3.0}};
  bench b;
  set_up(&b, map_of(&o), 0);
  const regime_branch_options options = range(0, 2.5, 3.9);
  follow_from(&b, REGIME_POINT_FLIP, o.start, 3.0, 2.0, &options);
  assert_int_equal(regime_diagram_cycles(b.diagram), 4);
  long at = 0;
  for (size_t k = 0; k < 4; k++) {
    const regime_cycles *family = regime_diagram_cycle(b.diagram, k);
    assert_int_equal(family->born_at, at);
    assert_int_equal(family->end, REGIME_END_OF_RANGE);
    assert_close(family->point[0].period, ldexp(2.0, (int)k), 1e-12);
    at = find_special(&b, REGIME_POINT_PERIOD_DOUBLING, (size_t)at + 1);
    assert_close(regime_diagram_special(b.diagram, (size_t)at)->parameter, flip[k], 1e-8);
  }
  tear_down(&b);
}

/* ---- where nothing is ---- */

static void no_cycle_there(void **state) {
  (void)state;
  oscillator o = {.n = 3, .law = lorenz, .slopes = lorenz_slopes};
  bench b;
  set_up(&b, system_of(&o), 0);
  const regime_branch_options options = range(0, 0.0, 2.0);
  follow_from(&b, REGIME_POINT_HOPF, o.start, 0.5, tau, &options); /* a node */
  assert_int_equal(regime_diagram_cycle(b.diagram, 0)->n_points, 0);
  assert_int_equal(regime_diagram_cycle(b.diagram, 0)->end, REGIME_END_STEP);
  tear_down(&b);
}

static void out_of_the_box(void **state) {
  (void)state;
  const double low[] = {-0.5, -0.5}, high[] = {0.5, 0.5};
  oscillator o = {.n = 2, .law = normal_form, .slopes = normal_form_slopes};
  bench b;
  set_up(&b, system_of(&o), 0);
  regime_branch_options options = range(0, -1.0, 1.0);
  options.low = low, options.high = high;
  follow_from(&b, REGIME_POINT_HOPF, o.start, 0.0, tau, &options);
  const regime_cycles *family = regime_diagram_cycle(b.diagram, 0);
  assert_int_equal(family->end, REGIME_END_OF_BOX);
  assert_close(family->point[family->n_points - 1].parameter, 0.25, 1e-3); /* nodes miss the extreme */
  tear_down(&b);
}

/* Hopf's circles, and two directions across them that lose their stability one close after the other. */
static void two_ways_off(const double *p, const double *y, double *dy) {
  normal_form(p, y, dy);
  dy[2] = (p[0] - 0.5) * y[2];
  dy[3] = (p[0] - 0.51) * y[3];
}

static void two_within_a_step(void **state) {
  (void)state;
  oscillator o = {.n = 4, .law = two_ways_off};
  bench b;
  set_up(&b, system_of(&o), 0);
  const regime_branch_options options = range(0, -1.0, 1.0);
  follow_from(&b, REGIME_POINT_HOPF, o.start, 0.0, tau, &options);
  const long first = find_special(&b, REGIME_POINT_BRANCH, 0);
  assert_true(first > 0);
  const long second = find_special(&b, REGIME_POINT_BRANCH, (size_t)first + 1);
  assert_true(second > 0);
  assert_close(regime_diagram_special(b.diagram, (size_t)first)->parameter, 0.5, 1e-8);
  assert_close(regime_diagram_special(b.diagram, (size_t)second)->parameter, 0.51, 1e-8);
  tear_down(&b);
}

/* Asks for an end once it has been looked at so often. */
typedef struct impatient {
  oscillator o; /* first: it is a system itself */
  regime_context *context;
  long calls;
} impatient;

static int impatient_rate(void *self, double t, const double *y, double *dy) {
  impatient *i = self;
  if (--i->calls == 0) regime_context_interrupt(i->context);
  return oscillator_rate(&i->o, t, y, dy);
}

static void interrupted(void **state) {
  (void)state;
  impatient i = {.o = {.n = 2, .law = normal_form, .slopes = normal_form_slopes}, .calls = 3000};
  bench b;
  regime_system system = system_of(&i.o);
  system.self = &i;
  system.rate = impatient_rate;
  set_up(&b, system, 0);
  i.context = b.context;
  const regime_branch_options options = range(0, -1.0, 1.0);
  follow_from(&b, REGIME_POINT_HOPF, i.o.start, 0.0, tau, &options);
  const regime_cycles *family = regime_diagram_cycle(b.diagram, 0);
  assert_int_equal(family->end, REGIME_END_INTERRUPTED);
  assert_true(family->n_points >= 1);
  assert_true(family->point[family->n_points - 1].parameter < 1.0);
  tear_down(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(circles),          cmocka_unit_test(fold_of_cycles),
      cmocka_unit_test(homoclinic),       cmocka_unit_test(of_lorenz),
      cmocka_unit_test(of_van_der_pol),   cmocka_unit_test(above_one_value),
      cmocka_unit_test(of_a_nerve),       cmocka_unit_test(shrinks),
      cmocka_unit_test(two_ways),         cmocka_unit_test(branch_point),
      cmocka_unit_test(torus_point),      cmocka_unit_test(period_doubling),
      cmocka_unit_test(of_rossler),       cmocka_unit_test(of_the_logistic_map),
      cmocka_unit_test(of_the_cascade),   cmocka_unit_test(no_cycle_there),
      cmocka_unit_test(out_of_the_box),   cmocka_unit_test(interrupted),
      cmocka_unit_test(two_within_a_step)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
