/* What the READMEs of the shelf say of stability: types, eigenvalues and thresholds against closed forms, and
 * paths on both sides of each threshold. Kaldor's models have a file of their own. */
#include "support/stability.h"

static const double pi_ = 3.14159265358979323846;
static economy e;

/* --- Goodwin, and Verdoorn
 * ------------------------------------------------------------------------------------- */

static void goodwin_is_a_centre(void **state) {
  (void)state;
  open_economy(&e, "goodwin", "baseline");
  assert_int_equal(ask_steady(&e), 2);
  rest_of(&e, 0, REGIME_SADDLE);
  const regime_equilibrium *rest = rest_of(&e, 1, REGIME_CENTRE);
  assert_close(rest->state[0], 5.0 / 7.0, 1e-12);
  assert_close(rest->state[1], 0.84, 1e-12);
  assert_close(2 * pi_ / rest->eigen_im[0], 2 * pi_ / sqrt(0.05 * 0.21), 1e-10);
  close_economy(&e);
}

/* After one of its own periods, 61.390955 years, the orbit is where it was; two starts keep apart for ever.
 */
static void goodwin_comes_back_and_forgets_nothing(void **state) {
  (void)state;
  double y[2] = {0.8, 0.8}, other[2] = {0.75, 0.84};
  open_economy(&e, "goodwin", "baseline");
  begin(&e);
  assert_true(let_go(&e, y, 61.390955, 0.05));
  assert_close(y[0], 0.8, 1e-7);
  assert_close(y[1], 0.8, 1e-7);
  const double far = reach_of(&e, y, 0, 5.0 / 7.0, 62.0, 0.05),
               near = reach_of(&e, other, 0, 5.0 / 7.0, 62.0, 0.05);
  assert_true(let_go(&e, y, 3000.0, 0.05) && let_go(&e, other, 3000.0, 0.05));
  assert_close(reach_of(&e, y, 0, 5.0 / 7.0, 62.0, 0.05), far, 1e-4);
  assert_close(reach_of(&e, other, 0, 5.0 / 7.0, 62.0, 0.05), near, 1e-4);
  close_economy(&e);
}

/* The trace at rest is u (lambda/sigma - chi): outwards below chi = lambda/sigma = 0.05, inwards above it. */
static void verdoorn_winds_outwards_and_mechanisation_inwards(void **state) {
  (void)state;
  const double chi[] = {0.0, 0.04, 0.05, 0.06, 0.08};
  open_economy(&e, "goodwin_verdoorn", "baseline");
  for (int k = 0; k < 5; k++) {
    put(&e, "chi", chi[k]);
    const size_t last = ask_steady(&e) - 1; /* where the drift is nothing, the origin rests too */
    const regime_equilibrium *rest = regime_steady_at(e.steady, last);
    const double real = 0.4 * (0.05 - chi[k]);
    assert_close(rest->eigen_re[chi[k] > 0.05 ? 1 : 0], real, 1e-10);
    if (k < 2) rest_of(&e, last, REGIME_UNSTABLE_FOCUS);
    if (k > 2) rest_of(&e, last, REGIME_STABLE_FOCUS);
    double y[3] = {6.0 / 7.0 + 0.01, 0.8, 0.0};
    begin(&e);
    const double before = reach_of(&e, y, 0, 6.0 / 7.0, 70.0, 0.05);
    assert_true(let_go(&e, y, 130.0, 0.05));
    const double after = reach_of(&e, y, 0, 6.0 / 7.0, 70.0, 0.05);
    if (chi[k] == 0.05) assert_close(after / before, 1.0, 1e-3);
    if (chi[k] < 0.05) assert_true(after > 1.2 * before);
    if (chi[k] > 0.05) assert_true(after < before / 1.2);
  }
  close_economy(&e);
}

/* --- Keen
 * -------------------------------------------------------------------------------------------------------- */

static void keen_has_a_good_equilibrium(void **state) {
  (void)state;
  open_economy(&e, "keen", "baseline");
  assert_int_equal(ask_steady(&e), 2);
  rest_of(&e, 0, REGIME_SADDLE);
  const regime_equilibrium *good = rest_of(&e, 1, REGIME_STABLE_FOCUS);
  assert_close(good->state[0], 0.836052866873, 1e-11);
  assert_close(good->state[1], 0.968611758971, 1e-11);
  assert_close(good->state[2], 0.0701911248624, 1e-11);
  assert_close(good->eigen_re[0], -0.0352276071, 1e-9);
  assert_close(good->eigen_im[0], 1.9580805282, 1e-9);
  assert_close(good->eigen_re[2], -0.0450372302, 1e-9);
  close_economy(&e);
}

/* Debt at rest, (investment - profits)/(alpha + beta), does not answer to the rate of interest: wages pay it.
 */
static void interest_is_paid_out_of_wages(void **state) {
  (void)state;
  double w[2], d[2];
  open_economy(&e, "keen", "baseline");
  for (int k = 0; k < 2; k++) {
    put(&e, "r", k == 0 ? 0.03 : 0.06);
    ask_steady(&e);
    const regime_equilibrium *good = regime_steady_at(e.steady, 1);
    assert_true(good->is_stable);
    w[k] = good->state[0], d[k] = good->state[2];
  }
  assert_close(d[1], d[0], 1e-11);
  assert_close(w[0] - w[1], 0.03 * d[0], 1e-11);
  close_economy(&e);
}

/* The largest push along w that comes back. */
static double corridor(double kappa0, const double *rest) {
  double inside = 1e-5, outside = 0.3;
  put(&e, "kappa0", kappa0);
  for (int k = 0; k < 16; k++) {
    const double push = 0.5 * (inside + outside);
    double y[3] = {rest[0] + push, rest[1], rest[2]};
    begin(&e);
    const double first = reach_of(&e, y, 0, rest[0], 10.0, 0.02);
    const bool lives = let_go(&e, y, 800.0, 0.02);
    if (lives && reach_of(&e, y, 0, rest[0], 10.0, 0.02) < first)
      inside = push;
    else
      outside = push;
  }
  return inside;
}

/* Firms that invest whatever profits are lose the corridor: at kappa0 = 0.0903 a subcritical Hopf point. What
 * comes back shrinks as the square root of the distance, and beyond nothing comes back. */
static void euphoria_closes_the_corridor(void **state) {
  (void)state;
  double rest[3][3], critical;
  open_economy(&e, "keen", "baseline");
  assert_int_equal(ask_branch(&e, "kappa0", -0.02, 0.12, true), 1);
  const regime_special *hopf = special_of(&e, REGIME_POINT_HOPF, 0);
  critical = hopf->parameter;
  assert_close(critical, 0.09026, 1e-6);
  assert_close(hopf->period, 4.818246, 1e-6);
  assert_int_equal(hopf->criticality, REGIME_SUBCRITICAL);
  const regime_cycles *family = regime_diagram_cycle(e.diagram, 0);
  for (size_t k = 0; k < family->n_points; k++) assert_false(family->point[k].is_stable);
  const double at[] = {critical - 0.001, critical - 0.004, critical + 0.01};
  for (int k = 0; k < 3; k++) {
    put(&e, "kappa0", at[k]);
    ask_steady(&e);
    memcpy(rest[k], regime_steady_at(e.steady, 1)->state, sizeof rest[k]);
    rest_of(&e, 1, k < 2 ? REGIME_STABLE_FOCUS : REGIME_SADDLE_FOCUS);
  }
  const double near = corridor(at[0], rest[0]), far = corridor(at[1], rest[1]);
  print_message("corridor %.5f and, four times as far from the birth, %.5f\n", near, far);
  assert_true(fabs(far / near - 2.0) < 0.2);
  put(&e, "kappa0", at[2]);
  double y[3] = {rest[2][0] + 1e-3, rest[2][1], rest[2][2]};
  begin(&e);
  assert_true(!let_go(&e, y, 4000.0, 0.02) || reach_of(&e, y, 0, rest[2][0], 10.0, 0.02) > 0.05);
  close_economy(&e);
}

/* --- maps
 * ------------------------------------------------------------------------------------------------------- */

static void the_logistic_map_doubles(void **state) {
  (void)state;
  open_economy(&e, "logistic_map", "baseline");
  ask_branch(&e, "r", 2.5, 3.6, true);
  const regime_special *flip = special_of(&e, REGIME_POINT_FLIP, 0);
  assert_close(flip->parameter, 3.0, 1e-9);
  assert_int_equal(flip->criticality, REGIME_SUPERCRITICAL);
  assert_close(special_of(&e, REGIME_POINT_PERIOD_DOUBLING, 0)->parameter, 1 + sqrt(6.0), 1e-7);
  const regime_cycles *two = regime_diagram_cycle(e.diagram, 0);
  for (size_t k = 1; k < two->n_points; k++) {
    const double r = two->point[k].parameter, root = sqrt((r - 3) * (r + 1));
    assert_close(output_at(&e, two->point[k].high, "x"), (r + 1 + root) / (2 * r), 1e-8);
    assert_close(output_at(&e, two->point[k].low, "x"), (r + 1 - root) / (2 * r), 1e-8);
    assert_close(two->point[k].multiplier_re[0], 4 + 2 * r - r * r, 1e-7);
    assert_int_equal(two->point[k].is_stable, r < 1 + sqrt(6.0));
  }
  close_economy(&e);
}

/* How much x differs from what it was `lag` periods ago, when all has settled. */
static double change_over(double r, double start, int lag) {
  double y[3] = {start, 0.0, 0.0}, later[3];
  put(&e, "r", r);
  begin(&e);
  assert_true(let_go(&e, y, 20000.0, 1.0));
  memcpy(later, y, sizeof y);
  assert_true(let_go(&e, later, lag, 1.0));
  return fabs(later[0] - y[0]);
}

static void paths_of_the_logistic_map_double_with_it(void **state) {
  (void)state;
  open_economy(&e, "logistic_map", "baseline");
  assert_true(change_over(2.98, 0.4, 1) < 1e-9);
  const double near = change_over(3.005, 0.4, 1), far = change_over(3.02, 0.4, 1);
  assert_close(near, sqrt(0.005 * 4.005) / 3.005, 1e-6);
  assert_true(fabs(far / near - 2.0) < 0.02);
  assert_true(change_over(3.02, 0.4, 2) < 1e-9);
  assert_true(change_over(3.44, 0.4, 2) < 1e-9);
  assert_true(change_over(3.46, 0.4, 2) > 0.01);
  assert_true(change_over(3.46, 0.4, 4) < 1e-9);
  close_economy(&e);
}

/* The distance of income from rest after `time` years, from a push. */
static double income_after(double b, double c, double time) {
  put(&e, "b", b);
  put(&e, "c", c);
  ask_steady(&e);
  double y[2];
  const double *rest = regime_steady_at(e.steady, 0)->state;
  memcpy(y, rest, sizeof y);
  const double middle = y[0];
  y[0] += 0.1;
  begin(&e);
  assert_true(let_go(&e, y, time, 1.0));
  return reach_of(&e, y, 0, middle, 40.0, 1.0);
}

/* Multiplier and accelerator: the border is c b = 1, and it is linear, so that on it every cycle goes on. */
static void samuelson_stands_on_a_border(void **state) {
  (void)state;
  open_economy(&e, "samuelson", "baseline");
  assert_int_equal(ask_branch(&e, "b", 0.0, 3.0, false), 1);
  const regime_special *point = special_of(&e, REGIME_POINT_NEIMARK_SACKER, 0);
  assert_close(point->parameter, 2.0, 1e-9);
  assert_int_equal(point->criticality, REGIME_DEGENERATE);
  forget(&e);
  const regime_law law = law_of(&e);
  const regime_branch_question q = {"b", 0.5, 4.0, "c", 0.3, 0.9, false};
  assert_ok(regime_inquire_branch(e.shelf.context, e.shelf.model, &law, &q, &e.inquiry));
  const regime_branch *curve = regime_diagram_curve(regime_inquiry_diagram(e.inquiry), 0);
  assert_true(curve->n_points > 20);
  for (size_t k = 0; k < curve->n_points; k++)
    assert_close(curve->point[k].parameter * curve->point[k].second, 1.0, 1e-8);
  const double still = income_after(2.0, 0.5, 0.0);
  assert_close(income_after(2.0, 0.5, 4000.0), still, 0.02 * still);
  assert_true(income_after(1.9, 0.5, 400.0) < 1e-3 * still);
  assert_true(income_after(2.1, 0.5, 400.0) > 1e3 * still);
  close_economy(&e);
}

static void samuelsons_four_regions(void **state) {
  (void)state;
  const char *scenario[] = {"multiplier", "creeping", "damped", "widening", "explosive"};
  const regime_rest type[] = {REGIME_STABLE_NODE, REGIME_STABLE_NODE, REGIME_STABLE_FOCUS,
                              REGIME_UNSTABLE_FOCUS, REGIME_UNSTABLE_NODE};
  for (int k = 0; k < 5; k++) {
    open_economy(&e, "samuelson", scenario[k]);
    assert_int_equal(ask_steady(&e), 1);
    const regime_equilibrium *rest = rest_of(&e, 0, type[k]);
    if (k == 2) assert_close(2 * pi_ / atan2(rest->eigen_im[0], rest->eigen_re[0]), 7.520433, 1e-6);
    close_economy(&e);
  }
  open_economy(&e, "samuelson", "baseline");
  put(&e, "c", 0.8);
  put(&e, "b", 0.3);
  ask_steady(&e);
  assert_close(rest_of(&e, 0, REGIME_STABLE_NODE)->eigen_re[0], 0.694356, 1e-6);
  assert_close(regime_steady_at(e.steady, 0)->eigen_re[1], 0.345644, 1e-6);
  close_economy(&e);
}

/* Without growth: output over ten, of fifty at rest; the accelerator undamps at v = 1, and what holds the
 * swing then is no curvature but the ceiling: it is reached at once. */
static double hicks_swing(double v, double push) {
  put(&e, "v", v);
  double y[2] = {50.0 + push, 50.0};
  begin(&e);
  assert_true(let_go(&e, y, 4000.0, 1.0));
  return reach_of(&e, y, 0, 50.0, 100.0, 1.0);
}

static void hicks_jumps_to_the_ceiling(void **state) {
  (void)state;
  open_economy(&e, "hicks", "baseline");
  put(&e, "g", 0.0);
  assert_int_equal(ask_branch(&e, "v", 0.5, 1.5, false), 1);
  const regime_special *point = special_of(&e, REGIME_POINT_NEIMARK_SACKER, 0);
  assert_close(point->parameter, 1.0, 1e-9);
  assert_int_equal(point->criticality, REGIME_DEGENERATE);
  assert_true(hicks_swing(0.98, 0.5) < 1e-6);
  put(&e, "v", 1.5);
  ask_steady(&e);
  assert_close(rest_of(&e, 0, REGIME_UNSTABLE_FOCUS)->eigen_re[0], 1.15,
               1e-10); /* (c + v)/2, and modulus sqrt(v) */
  assert_close(regime_steady_at(e.steady, 0)->eigen_im[0], sqrt(1.5 - 1.15 * 1.15), 1e-10);
  assert_close(hicks_swing(1.0, 0.5), 0.5 * hicks_swing(1.0, 1.0),
               1e-6); /* on the border every cycle goes on */
  for (double push = 0.01; push < 2.0; push *= 10)
    assert_true(hicks_swing(1.02, push) >= 5.0); /* the ceiling is ten per cent above */
  close_economy(&e);
}

/* Twelve years, without growth, whatever the start. */
static void hicks_repeats_itself(void **state) {
  (void)state;
  open_economy(&e, "hicks", "baseline");
  put(&e, "g", 0.0);
  put(&e, "v", 1.5);
  for (double push = -10.0; push < 4.0; push += 3.0) {
    double y[2] = {50.0 + push, 50.0}, later[2];
    begin(&e);
    assert_true(let_go(&e, y, 1000.0, 1.0));
    memcpy(later, y, sizeof y);
    for (int k = 1; k < 12; k++) {
      assert_true(let_go(&e, later, 1.0, 1.0));
      assert_true(fabs(later[0] - y[0]) + fabs(later[1] - y[1]) > 1e-6);
    }
    assert_true(let_go(&e, later, 1.0, 1.0));
    assert_close(later[0], y[0], 1e-9);
    assert_close(later[1], y[1], 1e-9);
  }
  close_economy(&e);
}

/* --- demand and distribution
 * ---------------------------------------------------------------------------------- */

/* Stable where saving answers to utilisation more than investment does, with speed times the difference;
 * beyond g1 = 0.14 a start above rest runs away, and one below it falls. */
static void keynesian_stability(void **state) {
  (void)state;
  const double g1[] = {0.05, 0.1, 0.135, 0.145, 0.15};
  open_economy(&e, "post_kaleckian", "baseline");
  for (int k = 0; k < 5; k++) {
    put(&e, "g1", g1[k]);
    put(&e, "g0", g1[k] > 0.14 ? -0.03 : 0.02); /* rest above zero on both sides */
    regime_law law = law_of(&e);
    const regime_bound wide = {"u", 0.0, 100.0};
    law.bounds = &wide, law.n_bounds = 1;
    assert_ok(regime_inquire_steady(e.shelf.context, e.shelf.model, &law, NULL, &e.inquiry));
    e.steady = regime_inquiry_steady(e.inquiry);
    const regime_equilibrium *rest = rest_of(&e, 0, g1[k] < 0.14 ? REGIME_STABLE_NODE : REGIME_UNSTABLE_NODE);
    assert_close(rest->eigen_re[0], 5 * (g1[k] - 0.14), 1e-10);
    double y[1] = {rest->state[0] + 0.01};
    const double at = rest->state[0], years = 20.0;
    begin(&e);
    assert_true(let_go(&e, y, years, 0.01));
    assert_close((y[0] - at) / 0.01, exp(5 * (g1[k] - 0.14) * years), 1e-6);
  }
  close_economy(&e);
}

static void three_regimes_of_demand(void **state) {
  (void)state;
  const char *scenario[] = {"stagnationist", "conflicting", "exhilarationist"};
  const double u[] = {1.0, 2.0 / 3, 0.25}, slope[] = {-2.5, -5.0 / 9, 1.25};
  const char *demand[] = {"wage-led demand", "wage-led demand", "profit-led demand"};
  const char *growth[] = {"wage-led growth", "profit-led growth", "profit-led growth"};
  for (int k = 0; k < 3; k++) {
    double value;
    open_economy(&e, "post_kaleckian", scenario[k]);
    regime_law law = law_of(&e);
    law.at = 0.0; /* before the wage share rises */
    assert_ok(regime_inquire_steady(e.shelf.context, e.shelf.model, &law, NULL, &e.inquiry));
    e.steady = regime_inquiry_steady(e.inquiry);
    assert_close(rest_of(&e, 0, REGIME_STABLE_NODE)->state[0], u[k], 1e-12);
    assert_string_equal(regime_inquiry_regime(e.inquiry, 0, 0, &value), demand[k]);
    assert_close(value, slope[k], 1e-9);
    assert_string_equal(regime_inquiry_regime(e.inquiry, 0, 1, NULL), growth[k]);
    close_economy(&e);
  }
}

/* Along the profit share: (0.02 + 0.1 h)/(0.02 + 0.2 h) led by wages, (0.1 h - 0.01)/(0.2 h) led by profits.
 */
static void utilisation_along_the_profit_share(void **state) {
  (void)state;
  open_economy(&e, "post_kaleckian", "conflicting");
  assert_int_equal(ask_branch(&e, "h", 0.6, 0.1, false), 0);
  const regime_branch *branch = regime_diagram_branch(e.diagram, 0);
  for (size_t k = 0; k < branch->n_points; k++) {
    const double h = branch->point[k].parameter;
    assert_true(branch->point[k].is_stable);
    assert_close(output_at(&e, branch->point[k].outputs, "u"), (0.02 + 0.1 * h) / (0.02 + 0.2 * h), 1e-9);
  }
  close_economy(&e);
  open_economy(&e, "post_kaleckian", "exhilarationist");
  assert_int_equal(ask_branch(&e, "h", 0.6, 0.1, false), 0);
  branch = regime_diagram_branch(e.diagram, 0);
  for (size_t k = 0; k < branch->n_points; k++) {
    const double h = branch->point[k].parameter;
    assert_true(branch->point[k].is_stable);
    assert_close(output_at(&e, branch->point[k].outputs, "u"), (0.1 * h - 0.01) / (0.2 * h), 1e-9);
  }
  close_economy(&e);
}

/* B D = 1 where returns d reach 0.378 with k = 1.4: eigenvalue zero; rest goes through infinity there. */
static void growth_regimes_explode_beyond_bd_one(void **state) {
  (void)state;
  const double d[] = {0.37, 0.385};
  open_economy(&e, "boyer_regimes", "fordist");
  put(&e, "k", 1.4);
  for (int k = 0; k < 2; k++) {
    put(&e, "d", d[k]);
    regime_law law = law_of(&e);
    const regime_bound wide[] = {{"p", -20.0, 20.0}, {"q", -20.0, 20.0}};
    law.bounds = wide, law.n_bounds = 2;
    assert_ok(regime_inquire_steady(e.shelf.context, e.shelf.model, &law, NULL, &e.inquiry));
    e.steady = regime_inquiry_steady(e.inquiry);
    const regime_equilibrium *rest = rest_of(&e, 0, k == 0 ? REGIME_STABLE_NODE : REGIME_SADDLE);
    const double B = output_at(&e, rest->outputs, "B"), D = output_at(&e, rest->outputs, "D");
    assert_true(k == 0 ? B * D < 1 : B * D > 1);
    double y[4], at[4];
    memcpy(at, rest->state, sizeof at);
    memcpy(y, at, sizeof y);
    y[1] += 0.01, y[0] += 0.01;
    begin(&e);
    assert_true(let_go(&e, y, 300.0, 0.02));
    assert_true(k == 0 ? fabs(y[1] - at[1]) < 0.01 : fabs(y[1] - at[1]) > 0.02);
  }
  close_economy(&e);
}

static void regimes_of_growth_by_name(void **state) {
  (void)state;
  const char *scenario[] = {"extensive", "taylorist", "fordist", "post_fordist"};
  const double q[] = {0.0184, 0.0134, 0.0541, 0.0114};
  const char *outlet[] = {"gains become demand", "gains find no outlet", "gains become demand",
                          "gains find no outlet"};
  for (int k = 0; k < 4; k++) {
    open_economy(&e, "boyer_regimes", scenario[k]);
    assert_int_equal(ask_steady(&e), 1);
    const regime_equilibrium *rest = regime_steady_at(e.steady, 0);
    assert_true(rest->is_stable);
    assert_close(output_at(&e, rest->outputs, "q"), q[k], 6e-5);
    assert_string_equal(regime_inquiry_regime(e.inquiry, 0, 0, NULL), outlet[k]);
    assert_string_equal(regime_inquiry_regime(e.inquiry, 0, 1, NULL),
                        k == 0 ? "profit-led growth" : "wage-led growth");
    close_economy(&e);
  }
}

/* The sign of D, at k = 1 + l; growth along indexation is that of the crossing, (C + A D)/(1 - B D). */
static void indexation_opens_the_outlet(void **state) {
  (void)state;
  open_economy(&e, "boyer_regimes", "fordist");
  for (int k = 0; k < 2; k++) {
    put(&e, "k", k == 0 ? 0.999 : 1.001);
    ask_steady(&e);
    assert_string_equal(regime_inquiry_regime(e.inquiry, 0, 0, NULL),
                        k == 0 ? "gains find no outlet" : "gains become demand");
  }
  assert_int_equal(ask_branch(&e, "k", 0.5, 1.5, false), 0);
  const regime_branch *branch = regime_diagram_branch(e.diagram, 0);
  for (size_t k = 0; k < branch->n_points; k++) {
    const double *at = branch->point[k].outputs;
    assert_true(branch->point[k].is_stable);
    assert_close(output_at(&e, at, "q"), output_at(&e, at, "q_rest"), 1e-9);
  }
  assert_int_equal(branch->end[1], REGIME_END_OF_BOX);
  assert_close(branch->point[branch->n_points - 1].parameter, 1.3124, 1e-4);
  close_economy(&e);
}

/* Each by its own wage share, the other at 0.7: A's output is highest at 0.573, that of both rises all the
 * way. */
static void below_the_top_a_cut_pays(void **state) {
  (void)state;
  open_economy(&e, "race_to_the_bottom", "hold");
  assert_int_equal(ask_branch(&e, "goal[A]", 0.5, 0.9, false), 0);
  const regime_branch *branch = regime_diagram_branch(e.diagram, 0);
  double best = 0.0, highest = 0.0;
  for (size_t k = 0; k < branch->n_points; k++) {
    const double *at = branch->point[k].outputs, A = output_at(&e, at, "y[A]");
    assert_true(branch->point[k].is_stable);
    if (A > highest) highest = A, best = branch->point[k].parameter;
    if (k > 0) assert_true(output_at(&e, at, "world") > output_at(&e, branch->point[k - 1].outputs, "world"));
  }
  assert_true(fabs(best - 0.573) < 0.01);
  close_economy(&e);
}

static void alone_and_together(void **state) {
  (void)state;
  double value;
  open_economy(&e, "race_to_the_bottom", "hold");
  assert_int_equal(ask_steady(&e), 1);
  rest_of(&e, 0, REGIME_STABLE_NODE);
  assert_string_equal(regime_inquiry_regime(e.inquiry, 0, 0, &value), "profit-led alone");
  assert_close(value, -0.25, 5e-3);
  assert_string_equal(regime_inquiry_regime(e.inquiry, 0, 1, &value), "wage-led together");
  assert_close(value, 13.0 / 3, 5e-3);
  close_economy(&e);
}

/* Under tight money: share concession + (1 - psi2) m/psi1, activity 0.95, a focus of eighteen years. */
static void unemployment_disciplines(void **state) {
  (void)state;
  open_economy(&e, "conflict_inflation", "tight");
  assert_int_equal(ask_steady(&e), 2);
  rest_of(&e, 0, REGIME_SADDLE);
  const regime_equilibrium *rest = rest_of(&e, 1, REGIME_STABLE_FOCUS);
  assert_close(output_at(&e, rest->outputs, "share"), 0.68, 1e-10);
  assert_close(output_at(&e, rest->outputs, "e"), 0.95, 1e-10);
  assert_close(output_at(&e, rest->outputs, "inflation"), 0.02, 1e-10);
  assert_close(rest->eigen_re[0], -0.493333, 1e-6);
  assert_close(2 * pi_ / rest->eigen_im[0], 18.192, 1e-3);
  close_economy(&e);
}

/* Pasinetti: r = gamma0/(sc - gamma1), whatever workers save; a focus that takes two centuries round. */
static void the_cambridge_equation_is_stable(void **state) {
  (void)state;
  const double sw[] = {0.02, 0.04, 0.06};
  open_economy(&e, "kaldor_robinson", "baseline");
  for (int k = 0; k < 3; k++) {
    put(&e, "sw", sw[k]);
    ask_steady(&e);
    const regime_equilibrium *rest = regime_steady_at(e.steady, regime_steady_count(e.steady) - 1);
    assert_true(rest->is_stable);
    assert_close(output_at(&e, rest->outputs, "r"), 0.1, 1e-10);
  }
  close_economy(&e);
  open_economy(&e, "kaldor_robinson", "baseline");
  assert_int_equal(ask_steady(&e), 2);
  rest_of(&e, 0, REGIME_SADDLE);
  const regime_equilibrium *focus = rest_of(&e, 1, REGIME_STABLE_FOCUS);
  assert_close(output_at(&e, focus->outputs, "z"), 2.0 / 3.0, 1e-10);
  assert_close(focus->eigen_re[0], -0.0783333, 1e-7);
  assert_close(2 * pi_ / focus->eigen_im[0], 213.772, 1e-3);
  close_economy(&e);
}

/* --- growth
 * ------------------------------------------------------------------------------------------------------- */

static const regime_balanced *growth_of(const char *rests, double where) {
  const regime_law law = law_of(&e);
  const regime_steady_question q = {.growth = true};
  forget(&e);
  assert_ok(regime_inquire_steady(e.shelf.context, e.shelf.model, &law, &q, &e.inquiry));
  const regime_growth *growth = regime_inquiry_growth(e.inquiry);
  for (size_t k = 0; k < regime_growth_count(growth); k++) {
    const regime_balanced *path = regime_growth_at(growth, k);
    for (size_t i = 0; i < regime_inquiry_sides(e.inquiry); i++)
      if (strcmp(regime_inquiry_side(e.inquiry, i).name, rests) == 0 && fabs(path->state[i] - where) < 1e-8)
        return path;
  }
  fail_msg("no balanced growth at %s = %g", rests, where);
  return NULL;
}

/* h* = (v/mu)(gZ + delta) = 0.12; stable where gamma v < s - h*, that is gamma < 0.2333. */
static void the_supermultiplier_has_room(void **state) {
  (void)state;
  const double gamma[] = {0.05, 0.2, 0.23, 0.237, 0.25};
  open_economy(&e, "supermultiplier", "baseline");
  for (int k = 0; k < 5; k++) {
    put(&e, "gamma", gamma[k]);
    const regime_balanced *path = growth_of("h", 0.12);
    assert_close(path->growth[0], 0.03, 1e-9);
    assert_int_equal(path->is_stable, gamma[k] < 0.28 / 1.2);
    /* the sum, in closed form: mu h* (gamma v/(s - h*) - 1)/v */
    assert_close(path->eigen_re[0] + path->eigen_re[1], 0.8 * 0.12 / 1.2 * (gamma[k] * 1.2 / 0.28 - 1.0),
                 1e-7);
  }
  close_economy(&e);
}

static void solow_converges_and_harrod_does_not(void **state) {
  (void)state;
  open_economy(&e, "solow", "baseline");
  const regime_balanced *path = growth_of("k", pow(2.5, 1.5));
  assert_true(path->is_stable);
  assert_close(path->eigen_re[0], -0.08 * 2 / 3, 1e-9);
  close_economy(&e);
  open_economy(&e, "harrod_domar", "baseline");
  assert_int_equal(ask_steady(&e), 1);
  const regime_equilibrium *edge = rest_of(&e, 0, REGIME_UNSTABLE_NODE);
  assert_close(edge->eigen_re[0], 0.004 * 4.0 / 0.1, 1e-12);
  assert_close(log(2.0) / edge->eigen_re[0], 4.332, 1e-3); /* the gap doubles */
  close_economy(&e);
}

/* Feedback -gamma eta lambda for each alone, with eta - delta/(n - 1) where they are rivals: the gap between
 * regions closes or opens at (1 - feedback)/T. */
static void regions_drift_apart_when_rivals(void **state) {
  (void)state;
  const char *scenario[] = {"baseline", "linked", "stable_alone", "explosive"};
  const double feedback[] = {0.6, 0.9, 0.75, 1.125};
  for (int k = 0; k < 4; k++) {
    open_economy(&e, "dixon_thirlwall", scenario[k]);
    assert_int_equal(ask_steady(&e), 1);
    const regime_equilibrium *rest = regime_steady_at(e.steady, 0);
    assert_close(rest->eigen_re[0], (feedback[k] - 1) / 2, 1e-10);
    assert_int_equal(rest->is_stable, feedback[k] < 1);
    close_economy(&e);
  }
}

/* Money comes to rest at 80, income at 100, by the factor 1 - theta alpha2/(1 - alpha1 (1 - theta)). */
static void money_comes_to_rest(void **state) {
  (void)state;
  open_economy(&e, "sim", "baseline");
  ask_steady(&e);
  const regime_equilibrium *rest = rest_of(&e, 0, REGIME_STABLE_NODE);
  assert_close(output_at(&e, rest->outputs, "Y"), 100.0, 1e-10);
  assert_close(output_at(&e, rest->outputs, "Hh"), 80.0, 1e-10);
  bool found = false;
  for (size_t k = 0; k < rest->n_eigen; k++) found |= fabs(rest->eigen_re[k] - (1 - 0.08 / 0.52)) < 1e-10;
  assert_true(found);
  close_economy(&e);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(goodwin_is_a_centre),
      cmocka_unit_test(goodwin_comes_back_and_forgets_nothing),
      cmocka_unit_test(verdoorn_winds_outwards_and_mechanisation_inwards),
      cmocka_unit_test(keen_has_a_good_equilibrium),
      cmocka_unit_test(interest_is_paid_out_of_wages),
      cmocka_unit_test(euphoria_closes_the_corridor),
      cmocka_unit_test(the_logistic_map_doubles),
      cmocka_unit_test(paths_of_the_logistic_map_double_with_it),
      cmocka_unit_test(samuelson_stands_on_a_border),
      cmocka_unit_test(samuelsons_four_regions),
      cmocka_unit_test(hicks_jumps_to_the_ceiling),
      cmocka_unit_test(hicks_repeats_itself),
      cmocka_unit_test(keynesian_stability),
      cmocka_unit_test(three_regimes_of_demand),
      cmocka_unit_test(utilisation_along_the_profit_share),
      cmocka_unit_test(growth_regimes_explode_beyond_bd_one),
      cmocka_unit_test(regimes_of_growth_by_name),
      cmocka_unit_test(indexation_opens_the_outlet),
      cmocka_unit_test(below_the_top_a_cut_pays),
      cmocka_unit_test(alone_and_together),
      cmocka_unit_test(unemployment_disciplines),
      cmocka_unit_test(the_cambridge_equation_is_stable),
      cmocka_unit_test(the_supermultiplier_has_room),
      cmocka_unit_test(solow_converges_and_harrod_does_not),
      cmocka_unit_test(regions_drift_apart_when_rivals),
      cmocka_unit_test(money_comes_to_rest),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
