/* Branches that are hard to follow: many states, points close together, loops, bounds, corners; and the demos
 * of AUTO (Doedel et al. 2007) that are of equilibria. */
#include "unit/analysis/diagrams.h"

static regime_branch_options along(double from, double to, const double *start) {
  regime_branch_options o = regime_branch_defaults();
  o.parameter = 0;
  o.from = from;
  o.to = to;
  o.start = start;
  o.n_starts = 1;
  return o;
}

static const double pi = 3.14159265358979323846;

/* --- many states --------------------------------------------------------------------------------------- */

/* x_1' = -x_1 - tanh(p x_n), x_i' = -x_i + x_i-1: pairs cross at p = cos(k pi / n)^-n, k = 1, 3, ..., with
 * omega = tan(k pi / n). */
enum { CHAIN = 50 };
static void chain_law(const double *x, const double *p, double *f) {
  f[0] = -x[0] - tanh(p[0] * x[CHAIN - 1]);
  for (int i = 1; i < CHAIN; i++) f[i] = x[i - 1] - x[i];
}
static void chain_jacobian(const double *x, const double *p, double *J) {
  const double t = tanh(p[0] * x[CHAIN - 1]);
  J[CHAIN - 1] = -p[0] * (1.0 - t * t);
  for (int i = 0; i < CHAIN; i++) J[i * CHAIN + i] = -1.0;
  for (int i = 1; i < CHAIN; i++) J[i * CHAIN + i - 1] = 1.0;
}

static void a_chain_of_fifty_oscillates(void **state) {
  (void)state;
  by_hand h = {.n = CHAIN, .law = chain_law, .jacobian = chain_jacobian};
  regime_system s = by_hand_system(&h, 0.0);
  const double start[CHAIN] = {0};
  const regime_branch_options o = along(0.5, 3.0, start);
  regime_diagram *d = diagram_of(&s, &o);
  assert_int_equal(regime_diagram_specials(d), 2);
  for (size_t k = 0; k < 2; k++) {
    const double angle = (2.0 * (double)k + 1.0) * pi / CHAIN;
    const regime_special *hopf = special_of(d, REGIME_POINT_HOPF, k);
    assert_close(hopf->parameter, pow(cos(angle), -CHAIN), 1e-9);
    assert_close(hopf->period, 2.0 * pi / tan(angle), 1e-8);
    assert_int_equal(hopf->criticality, REGIME_SUPERCRITICAL);
  }
  regime_diagram_free(d);
}

/* --- AUTO's demos -------------------------------------------------------------------------------------- */

/* ab, A -> B: published are folds at 0.105739 and 0.0889318 and a Hopf point at 0.130900. */
static void ab_law(const double *x, const double *p, double *f) {
  const double rate = p[0] * (1.0 - x[0]) * exp(x[1]);
  f[0] = -x[0] + rate;
  f[1] = -x[1] + 14.0 * rate - 2.0 * x[1];
}
static void ab_jacobian(const double *x, const double *p, double *J) {
  const double e = p[0] * exp(x[1]), rate = e * (1.0 - x[0]);
  J[0] = -1.0 - e;
  J[1] = rate;
  J[2] = -14.0 * e;
  J[3] = -3.0 + 14.0 * rate;
}

static void the_reaction_is_as_published(void **state) {
  (void)state;
  by_hand h = {.n = 2, .law = ab_law, .jacobian = ab_jacobian};
  regime_system s = by_hand_system(&h, 0.0);
  const regime_branch_options o = along(0.0, 0.15, (double[]){0.0, 0.0});
  regime_diagram *d = diagram_of(&s, &o);
  assert_int_equal(regime_diagram_specials(d), 3);
  assert_close(special_of(d, REGIME_POINT_FOLD, 0)->parameter, 1.05739e-1, 5e-7);
  assert_close(special_of(d, REGIME_POINT_FOLD, 0)->state[0], 3.11023e-1, 6e-6);
  assert_close(special_of(d, REGIME_POINT_FOLD, 1)->parameter, 8.89318e-2, 5e-8);
  assert_close(special_of(d, REGIME_POINT_FOLD, 1)->state[0], 6.88982e-1, 6e-6);
  assert_close(special_of(d, REGIME_POINT_HOPF, 0)->parameter, 1.309e-1, 5e-6);
  regime_diagram_free(d);
}

/* pp2, predator and prey: prey dies out at p = 3/5, predators come at u1 = 1/3. */
static void pp2_law(const double *x, const double *p, double *f) {
  f[0] = 3.0 * x[0] * (1.0 - x[0]) - x[0] * x[1] - p[0] * (1.0 - exp(-5.0 * x[0]));
  f[1] = -x[1] + 3.0 * x[0] * x[1];
}
static void pp2_jacobian(const double *x, const double *p, double *J) {
  J[0] = 3.0 - 6.0 * x[0] - x[1] - 5.0 * p[0] * exp(-5.0 * x[0]);
  J[1] = -x[0];
  J[2] = 3.0 * x[1];
  J[3] = -1.0 + 3.0 * x[0];
}

static void predators_come_and_go(void **state) {
  (void)state;
  by_hand h = {.n = 2, .law = pp2_law, .jacobian = pp2_jacobian};
  regime_system s = by_hand_system(&h, 0.0);
  const regime_branch_options o = along(0.0, 1.0, (double[]){1.0, 0.0});
  regime_diagram *d = diagram_of(&s, &o);
  const double third = (2.0 / 3.0) / (1.0 - exp(-5.0 / 3.0));
  bool has_third = false, has_origin = false;
  for (size_t k = 0; k < count_of(d, REGIME_POINT_BRANCH); k++) {
    const double at = special_of(d, REGIME_POINT_BRANCH, k)->parameter;
    has_third |= fabs(at - third) < 1e-9;
    has_origin |= fabs(at - 0.6) < 1e-9;
  }
  assert_true(has_third && has_origin);
  const regime_special *hopf = special_of(d, REGIME_POINT_HOPF, 0),
                       *fold = special_of(d, REGIME_POINT_FOLD, 0);
  double J[4];
  pp2_jacobian(hopf->state, &hopf->parameter, J);
  assert_close(J[0] + J[3], 0.0, 1e-9);
  assert_close(hopf->period, 2.0 * pi / sqrt(J[0] * J[3] - J[1] * J[2]), 1e-8);
  pp2_jacobian(fold->state, &fold->parameter, J);
  assert_close(J[0] * J[3] - J[1] * J[2], 0.0, 1e-9);
  regime_diagram_free(d);
}

/* --- points close together ----------------------------------------------------------------------------- */

/* x' = p + e x - x^3, folds at -+ 2 (e/3)^1.5. */
static void thin_law(const double *x, const double *p, double *f) {
  f[0] = p[0] + p[1] * x[0] - x[0] * x[0] * x[0];
}
static void thin_jacobian(const double *x, const double *p, double *J) { J[0] = p[1] - 3.0 * x[0] * x[0]; }

static void close_folds_are_both_found(void **state) {
  (void)state;
  for (double e = 1e-1; e > 5e-5; e /= 10.0) {
    by_hand h = {.n = 1, .law = thin_law, .jacobian = thin_jacobian, .p = {0.0, e}};
    regime_system s = by_hand_system(&h, 0.0);
    const regime_branch_options o = along(-1.0, 1.0, (double[]){-1.0});
    regime_diagram *d = diagram_of(&s, &o);
    assert_int_equal(regime_diagram_specials(d), 2);
    assert_close(special_of(d, REGIME_POINT_FOLD, 0)->parameter, 2.0 * pow(e / 3.0, 1.5), 1e-9);
    assert_close(special_of(d, REGIME_POINT_FOLD, 1)->parameter, -2.0 * pow(e / 3.0, 1.5), 1e-9);
    regime_diagram_free(d);
  }
}

/* Two oscillators, the pairs of which cross at 0.3 and 0.3 + 1e-6; and a pair that goes out and comes back
 * within 2e-3. */
static void two_law(const double *x, const double *p, double *f) {
  const double a = p[0] - 0.3, b = p[1] > 0.0 ? 1e-6 - (p[0] - 0.3) * (p[0] - 0.3) : p[0] - 0.3 - 1e-6;
  f[0] = (p[1] > 0.0 ? -1.0 : a) * x[0] - x[1] - x[0] * x[0] * x[0];
  f[1] = x[0] + (p[1] > 0.0 ? -1.0 : a) * x[1];
  f[2] = b * x[2] - 2.0 * x[3];
  f[3] = 2.0 * x[2] + b * x[3] - x[3] * x[3] * x[3];
}
static void two_jacobian(const double *x, const double *p, double *J) {
  const double a = p[0] - 0.3, b = p[1] > 0.0 ? 1e-6 - (p[0] - 0.3) * (p[0] - 0.3) : p[0] - 0.3 - 1e-6;
  J[0] = (p[1] > 0.0 ? -1.0 : a) - 3.0 * x[0] * x[0];
  J[1] = -1.0;
  J[4] = 1.0;
  J[5] = p[1] > 0.0 ? -1.0 : a;
  J[10] = b;
  J[11] = -2.0;
  J[14] = 2.0;
  J[15] = b - 3.0 * x[3] * x[3];
}

static void close_hopf_points_are_both_found(void **state) {
  (void)state;
  for (int k = 0; k < 2; k++) {
    by_hand h = {.n = 4, .law = two_law, .jacobian = two_jacobian, .p = {0.0, k}};
    regime_system s = by_hand_system(&h, 0.0);
    const regime_branch_options o = along(0.0, 1.0, (double[]){0.0, 0.0, 0.0, 0.0});
    regime_diagram *d = diagram_of(&s, &o);
    assert_int_equal(regime_diagram_specials(d), 2);
    const double first = special_of(d, REGIME_POINT_HOPF, 0)->parameter,
                 second = special_of(d, REGIME_POINT_HOPF, 1)->parameter;
    assert_close(fmin(first, second), k ? 0.299 : 0.3, 1e-9);
    assert_close(fmax(first, second), k ? 0.301 : 0.3 + 1e-6, 1e-9);
    regime_diagram_free(d);
  }
}

/* A saddle whose eigenvalues +a and -a pass each other is no Hopf point. */
static void neutral_law(const double *x, const double *p, double *f) {
  f[0] = x[0] + p[0] * x[0];
  f[1] = -x[1];
}
static void neutral_jacobian(const double *x, const double *p, double *J) {
  (void)x;
  J[0] = 1.0 + p[0];
  J[3] = -1.0;
}

static void neutral_saddles_are_nothing(void **state) {
  (void)state;
  by_hand h = {.n = 2, .law = neutral_law, .jacobian = neutral_jacobian};
  regime_system s = by_hand_system(&h, 0.0);
  const regime_branch_options o = along(-0.5, 0.5, (double[]){0.0, 0.0});
  regime_diagram *d = diagram_of(&s, &o);
  assert_int_equal(regime_diagram_specials(d), 0);
  regime_diagram_free(d);
}

/* Two equal eigenvalues cross zero at once: one report, and no branch can be told from the others. */
static void twin_law(const double *x, const double *p, double *f) {
  for (int i = 0; i < 2; i++) f[i] = p[0] * x[i] - x[i] * x[i];
}
static void twin_jacobian(const double *x, const double *p, double *J) {
  for (int i = 0; i < 2; i++) J[3 * i] = p[0] - 2.0 * x[i];
}

static void a_double_zero_is_reported_without_coefficient(void **state) {
  (void)state;
  by_hand h = {.n = 2, .law = twin_law, .jacobian = twin_jacobian};
  regime_system s = by_hand_system(&h, 0.0);
  const regime_branch_options o = along(-0.5, 0.5, (double[]){0.0, 0.0});
  regime_diagram *d = diagram_of(&s, &o);
  assert_int_equal(regime_diagram_specials(d), 1);
  assert_close(special_of(d, REGIME_POINT_BRANCH, 0)->parameter, 0.0, 1e-9);
  assert_true(isnan(special_of(d, REGIME_POINT_BRANCH, 0)->coefficient));
  regime_diagram_free(d);
}

/* --- closed accounts ----------------------------------------------------------------------------------- */

/* Three stocks of which the sum is conserved: x' = z - x^2 + p, and what goes comes back. With x + y + z
 * = 3 and y = x the equilibria are a fold: p = x^2 + 2 x - 3 turns at x = -1, p = -4. */
static void closed_law(const double *x, const double *p, double *f) {
  const double one = x[2] - x[0] * x[0] + p[0], two = 2.0 * (x[0] - x[1]);
  f[0] = one;
  f[1] = two;
  f[2] = -one - two;
}
static void closed_jacobian(const double *x, const double *p, double *J) {
  (void)p;
  const double j[] = {-2.0 * x[0], 0.0, 1.0, 2.0, -2.0, 0.0, 2.0 * x[0] - 2.0, 2.0, -1.0};
  memcpy(J, j, sizeof j);
}

static void what_is_conserved_is_held(void **state) {
  (void)state;
  by_hand h = {.n = 3, .law = closed_law, .jacobian = closed_jacobian};
  regime_system s = by_hand_system(&h, 0.0);
  const regime_branch_options o = along(0.0, -5.0, (double[]){1.0, 1.0, 1.0});
  regime_diagram *d = diagram_of(&s, &o);
  assert_int_equal(regime_diagram_branches(d), 1);
  const regime_branch *b = regime_diagram_branch(d, 0);
  for (size_t k = 0; k < b->n_points; k++) {
    const double *x = b->point[k].state;
    double least = INFINITY;
    assert_close(x[0] + x[1] + x[2], 3.0, 1e-9);
    assert_close(x[0] * x[0] + 2.0 * x[0] - 3.0, b->point[k].parameter, 1e-8);
    for (size_t i = 0; i < 3; i++)
      least = fmin(least, hypot(b->point[k].eigen_re[i], b->point[k].eigen_im[i]));
    assert_close(least, 0.0, 1e-12);
  }
  assert_close(special_of(d, REGIME_POINT_FOLD, 0)->parameter, -4.0, 1e-9);
  assert_int_equal(special_of(d, REGIME_POINT_FOLD, 0)->criticality, REGIME_NOT_CRITICAL);
  regime_diagram_free(d);
}

/* --- loops, ends, starts ------------------------------------------------------------------------------- */

/* x' = x (x^2 + (p - 1)^2 - 1/4): a circle crosses the line x = 0 twice. */
static void circle_law(const double *x, const double *p, double *f) {
  f[0] = x[0] * (x[0] * x[0] + (p[0] - 1.0) * (p[0] - 1.0) - 0.25);
}
static void circle_jacobian(const double *x, const double *p, double *J) {
  J[0] = 3.0 * x[0] * x[0] + (p[0] - 1.0) * (p[0] - 1.0) - 0.25;
}

static void a_loop_is_followed_once(void **state) {
  (void)state;
  by_hand h = {.n = 1, .law = circle_law, .jacobian = circle_jacobian};
  regime_system s = by_hand_system(&h, 0.0);
  const regime_branch_options o = along(0.0, 2.0, (double[]){0.0});
  regime_diagram *d = diagram_of(&s, &o);
  assert_int_equal(regime_diagram_branches(d), 2);
  assert_int_equal(regime_diagram_specials(d), 2);
  for (size_t k = 0; k < 2; k++)
    assert_close(special_of(d, REGIME_POINT_PITCHFORK, k)->parameter, k ? 1.5 : 0.5, 1e-9);
  const regime_branch *loop = regime_diagram_branch(d, 1);
  assert_int_equal(loop->end[0], REGIME_END_CLOSED);
  assert_int_equal(loop->end[1], REGIME_END_CLOSED);
  for (size_t k = 0; k < loop->n_points; k++)
    assert_close(hypot(loop->point[k].state[0], loop->point[k].parameter - 1.0), 0.5, 1e-9);
  regime_diagram_free(d);
}

static void fork_law(const double *x, const double *p, double *f) { f[0] = p[0] * x[0] - x[0] * x[0] * x[0]; }
static void fork_jacobian(const double *x, const double *p, double *J) { J[0] = p[0] - 3.0 * x[0] * x[0]; }

static void several_starts_give_each_branch_once(void **state) {
  (void)state;
  by_hand h = {.n = 1, .law = fork_law, .jacobian = fork_jacobian};
  regime_system s = by_hand_system(&h, 0.0);
  regime_branch_options o = along(1.0, -1.0, (double[]){-1.01, 0.01, 0.99});
  o.n_starts = 3;
  regime_diagram *d = diagram_of(&s, &o);
  assert_int_equal(regime_diagram_branches(d), 2);
  assert_int_equal(regime_diagram_specials(d), 1);
  special_of(d, REGIME_POINT_PITCHFORK, 0);
  regime_diagram_free(d);
}

static void root_law(const double *x, const double *p, double *f) { f[0] = x[0] - sqrt(p[0]); }
static void line_law(const double *x, const double *p, double *f) { f[0] = p[0] - x[0]; }
static void unit_jacobian(const double *x, const double *p, double *J) {
  (void)x;
  (void)p;
  J[0] = 1.0;
}
static void minus_jacobian(const double *x, const double *p, double *J) {
  (void)x;
  (void)p;
  J[0] = -1.0;
}

static void ends_have_reasons(void **state) {
  (void)state;
  by_hand h = {.n = 1, .law = root_law, .jacobian = unit_jacobian, .p = {1.0}};
  regime_system s = by_hand_system(&h, 0.0);
  regime_branch_options o = along(1.0, -1.0, (double[]){1.0});
  regime_diagram *d = diagram_of(&s, &o);
  const regime_branch *b = regime_diagram_branch(d, 0);
  assert_int_equal(b->end[1], REGIME_END_UNDEFINED);
  assert_close(b->point[b->n_points - 1].parameter, 0.0, 1e-4);
  regime_diagram_free(d);
  by_hand line = {.n = 1, .law = line_law, .jacobian = minus_jacobian};
  s = by_hand_system(&line, 0.0);
  o = along(0.0, 1.0, (double[]){0.0});
  o.low = (double[]){-0.3};
  o.high = (double[]){0.7};
  d = diagram_of(&s, &o);
  b = regime_diagram_branch(d, 0);
  assert_int_equal(b->end[1], REGIME_END_OF_BOX);
  assert_close(b->point[b->n_points - 1].parameter, 0.7, 1e-12);
  regime_diagram_free(d);
  o.most_points = 5;
  d = diagram_of(&s, &o);
  assert_int_equal(regime_diagram_branch(d, 0)->end[1], REGIME_END_POINTS);
  regime_diagram_free(d);
}

/* Asks for an end where the branch has gone half its way. */
typedef struct impatient {
  by_hand h; /* first: it is a system itself */
  regime_context *context;
} impatient;

static int impatient_set(void *self, size_t k, double value) {
  impatient *i = self;
  if (value > 0.5) regime_context_interrupt(i->context);
  return by_hand_set(&i->h, k, value);
}

static void an_interrupted_branch_is_kept_in_part(void **state) {
  (void)state;
  impatient i = {.h = {.n = 1, .law = line_law, .jacobian = minus_jacobian}};
  regime_system s = by_hand_system(&i.h, 0.0);
  regime_branch_options o = along(0.0, 1.0, (double[]){0.0});
  regime_diagram *d;
  s.set_parameter = impatient_set;
  assert_ok(regime_context_create(&i.context));
  assert_ok(regime_branch_follow(i.context, &s, &o, &d));
  const regime_branch *b = regime_diagram_branch(d, 0);
  assert_int_equal(b->end[1], REGIME_END_INTERRUPTED);
  assert_true(b->n_points > 1 && b->point[b->n_points - 1].parameter < 0.7);
  regime_diagram_free(d);
  regime_context_free(i.context);
}

static void unsolvable_law(const double *x, const double *p, double *f) { f[0] = 1.0 + p[0] + x[0] * x[0]; }
static void unsolvable_jacobian(const double *x, const double *p, double *J) {
  (void)p;
  J[0] = 2.0 * x[0];
}

static void what_cannot_be_is_refused(void **state) {
  (void)state;
  by_hand h = {.n = 1, .law = line_law, .jacobian = minus_jacobian};
  regime_system s = by_hand_system(&h, 0.0);
  regime_context *context;
  assert_ok(regime_context_create(&context));
  const regime_branch_options good = along(0.0, 1.0, (double[]){0.0});
  regime_branch_options bad[4] = {good, good, good, good};
  bad[0].parameter = MOST_PARAMETERS;
  bad[1].to = bad[1].from;
  bad[2].n_starts = 0;
  bad[3].second = bad[3].parameter;
  for (size_t k = 0; k < 4; k++) {
    regime_diagram *d;
    assert_int_equal(regime_branch_follow(context, &s, &bad[k], &d), REGIME_BAD_ARGUMENT);
    assert_null(d);
    assert_int_equal(regime_diagnostic_errors(context), k + 1);
  }
  by_hand none = {.n = 1, .law = unsolvable_law, .jacobian = unsolvable_jacobian};
  s = by_hand_system(&none, 0.0);
  regime_diagram *d;
  assert_int_equal(regime_branch_follow(context, &s, &good, &d), REGIME_NO_CONVERGENCE);
  assert_int_equal(regime_diagnostic_errors(context), 5);
  regime_context_free(context);
}

/* The same in other units: the same points. */
static void unit_law(const double *x, const double *p, double *f) {
  const double z = x[0] / 1e9, q = p[0] / 1e-6;
  f[0] = 1e9 * (q - 1.0 + z * z);
}
static void scaled_jacobian(const double *x, const double *p, double *J) {
  (void)p;
  J[0] = 2.0 * x[0] / 1e9;
}

static void units_do_not_matter(void **state) {
  (void)state;
  by_hand h = {.n = 1, .law = unit_law, .jacobian = scaled_jacobian};
  regime_system s = by_hand_system(&h, 0.0);
  const regime_branch_options o = along(0.0, 2e-6, (double[]){1e9});
  regime_diagram *d = diagram_of(&s, &o);
  const regime_special *fold = special_of(d, REGIME_POINT_FOLD, 0);
  assert_close(fold->parameter / 1e-6, 1.0, 1e-10);
  assert_close(fold->coefficient * 1e9, 1.0, 1e-5);
  assert_in_range(regime_diagram_branch(d, 0)->n_points, 20, 200);
  regime_diagram_free(d);
}

/* --- corners ------------------------------------------------------------------------------------------- */

static int zero_crossing(void *self, double t, const double *y, double *g) {
  (void)self;
  (void)t;
  g[0] = y[0];
  return 0;
}
static void no_turn(void *self, size_t k, regime_direction direction) {
  (void)self;
  (void)k;
  (void)direction;
}
static void no_settle(void *self, double t, const double *y) {
  (void)self;
  (void)t;
  (void)y;
}

static regime_system with_switch(by_hand *h) {
  regime_system s = by_hand_system(h, 0.0);
  s.n_switches = 1;
  s.crossing = zero_crossing;
  s.turn = no_turn;
  s.settle = no_settle;
  return s;
}

/* x' = p - x - 4 max(0, x): a bend at 0. */
static void bend_law(const double *x, const double *p, double *f) {
  f[0] = p[0] - x[0] - 4.0 * fmax(0.0, x[0]);
}
static void bend_jacobian(const double *x, const double *p, double *J) {
  (void)p;
  J[0] = x[0] > 0.0 ? -5.0 : -1.0;
}
/* x' = |x| - p: the branch turns back. */
static void edge_law(const double *x, const double *p, double *f) { f[0] = fabs(x[0]) - p[0]; }
static void edge_jacobian(const double *x, const double *p, double *J) {
  (void)p;
  J[0] = x[0] > 0.0 ? 1.0 : -1.0;
}

static void corners_are_passed(void **state) {
  (void)state;
  by_hand bend = {.n = 1, .law = bend_law, .jacobian = bend_jacobian};
  regime_system s = with_switch(&bend);
  regime_branch_options o = along(-1.0, 1.0, (double[]){-1.0});
  regime_diagram *d = diagram_of(&s, &o);
  const regime_branch *b = regime_diagram_branch(d, 0);
  assert_int_equal(b->end[1], REGIME_END_OF_RANGE);
  assert_close(b->point[b->n_points - 1].state[0], 0.2, 1e-10);
  assert_int_equal(regime_diagram_specials(d), 0);
  regime_diagram_free(d);
  by_hand edge = {.n = 1, .law = edge_law, .jacobian = edge_jacobian};
  s = with_switch(&edge);
  o = along(1.0, -1.0, (double[]){-1.0});
  d = diagram_of(&s, &o);
  b = regime_diagram_branch(d, 0);
  assert_int_equal(b->end[1], REGIME_END_OF_RANGE);
  assert_close(b->point[b->n_points - 1].state[0], 1.0, 1e-10);
  assert_int_equal(regime_diagram_specials(d), 1);
  assert_close(special_of(d, REGIME_POINT_CORNER, 0)->parameter, 0.0, 1e-9);
  regime_diagram_free(d);
}

/* --- a huge range --------------------------------------------------------------------------------------- */

/* x' = x*(p/(1 + p) - x), at rest at zero and at p/(1 + p). */
static void slow_law(const double *x, const double *p, double *f) {
  f[0] = x[0] * (p[0] / (1.0 + p[0]) - x[0]);
}
static void slow_jacobian(const double *x, const double *p, double *J) {
  J[0] = p[0] / (1.0 + p[0]) - 2.0 * x[0];
}

static void a_huge_range_is_kept_to(void **state) {
  (void)state;
  by_hand h = {.n = 1, .law = slow_law, .jacobian = slow_jacobian};
  regime_system s = by_hand_system(&h, 0.0);
  const double starts[] = {0.0, 0.1 / 1.1};
  regime_branch_options o = along(0.1, 1e300, starts);
  o.n_starts = 2;
  regime_diagram *d = diagram_of(&s, &o);
  assert_int_equal(regime_diagram_branches(d), 2);
  for (size_t b = 0; b < 2; b++) {
    const regime_branch *branch = regime_diagram_branch(d, b);
    assert_close(branch->point[0].parameter, 0.1, 1e-15);
    assert_close(branch->point[branch->n_points - 1].parameter, 1e300, 1e-15);
    for (size_t k = 0; k < branch->n_points; k++) {
      const double p = branch->point[k].parameter;
      assert_true(p >= 0.1 * (1.0 - 1e-15) && p <= 1e300 * (1.0 + 1e-15));
      assert_close(branch->point[k].state[0], b ? p / (1.0 + p) : 0.0, 1e-9);
    }
  }
  regime_diagram_free(d);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_interrupted_branch_is_kept_in_part),
      cmocka_unit_test(a_chain_of_fifty_oscillates),
      cmocka_unit_test(the_reaction_is_as_published),
      cmocka_unit_test(predators_come_and_go),
      cmocka_unit_test(close_folds_are_both_found),
      cmocka_unit_test(close_hopf_points_are_both_found),
      cmocka_unit_test(neutral_saddles_are_nothing),
      cmocka_unit_test(a_double_zero_is_reported_without_coefficient),
      cmocka_unit_test(what_is_conserved_is_held),
      cmocka_unit_test(a_loop_is_followed_once),
      cmocka_unit_test(several_starts_give_each_branch_once),
      cmocka_unit_test(ends_have_reasons),
      cmocka_unit_test(what_cannot_be_is_refused),
      cmocka_unit_test(units_do_not_matter),
      cmocka_unit_test(corners_are_passed),
      cmocka_unit_test(a_huge_range_is_kept_to),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
