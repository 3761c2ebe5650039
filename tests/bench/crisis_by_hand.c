/* See crisis_by_hand.h. One country after the other; what they share (world
 * trade, oil, the United States' interest) is computed once, before.
 *
 * The Jacobian follows the same path. A country's equations know its own
 * states, what the world hands it (a dozen numbers: see the second half of
 * `enum input`), and nothing else; so each country carries short gradients
 * over those, and the gradients of what the world hands it over the states
 * that move it are put in at the end. */

#include "crisis_by_hand.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { NC = CRISIS_COUNTRIES, NORTH = 7 };
enum { US, GB, FR, DE, JP, SE, IT, KR, BR };

/* States in the order of the model file: first of each. */
enum {
  S_KAPPA = 0,
  S_SECURITY = S_KAPPA + NC,
  S_INVOLVEMENT = S_SECURITY + NC,
  S_TAYLORISM = S_INVOLVEMENT + NC,
  S_A = S_TAYLORISM + 1,
  S_V = S_A + NC,
  S_K = S_V + NC,
  S_EXPECTED = S_K + NC,
  S_Y = S_EXPECTED + NC,
  S_L = S_Y + NC,
  S_N = S_L + NC,
  S_NORM = S_N + NC,
  S_USUAL = S_NORM + NC,
  S_W = S_USUAL + NC,
  S_P = S_W + NC,
  S_PE = S_P + NC,
  S_SQUEEZE = S_PE + NC,
  S_EASING = S_SQUEEZE + 1,
  S_LIQUIDITY = S_EASING + 1,
  S_ABSORBED = S_LIQUIDITY + 1,
  S_RATE = S_ABSORBED + 1,
  S_RX = S_RATE + NC,
  S_OIL_USE = S_RX + NC,
  S_OIL_FUND = S_OIL_USE + 1,
  S_F = S_OIL_FUND + 1,
  S_DISCONTENT = S_F + NC,
  S_END = S_DISCONTENT + 1
};

_Static_assert((int)S_END == (int)CRISIS_STATES, "the list of states and their number agree");

static const struct {
  const char *name;
  int first;
  bool over_country;
} states[] = {{"kappa", S_KAPPA, true},
              {"security", S_SECURITY, true},
              {"involvement", S_INVOLVEMENT, true},
              {"taylorism", S_TAYLORISM, false},
              {"a", S_A, true},
              {"v", S_V, true},
              {"K", S_K, true},
              {"expected", S_EXPECTED, true},
              {"Y", S_Y, true},
              {"L", S_L, true},
              {"N", S_N, true},
              {"norm", S_NORM, true},
              {"usual", S_USUAL, true},
              {"w", S_W, true},
              {"p", S_P, true},
              {"pe", S_PE, true},
              {"squeeze", S_SQUEEZE, false},
              {"easing", S_EASING, false},
              {"liquidity", S_LIQUIDITY, false},
              {"absorbed", S_ABSORBED, false},
              {"rate", S_RATE, true},
              {"rx", S_RX, true},
              {"oil_use", S_OIL_USE, false},
              {"oil_fund", S_OIL_FUND, false},
              {"F", S_F, true},
              {"discontent", S_DISCONTENT, false}};

static const char *const members[NC] = {"US", "GB", "FR", "DE", "JP", "SE", "IT", "KR", "BR"};

/* ---- Parameters: the values of crisis.cfg, overlays of `history` applied ---- */

static const double Y60[NC] = {1.0, 0.20, 0.18, 0.24, 0.19, 0.033, 0.16, 0.017, 0.08};
static const double a60[NC] = {1.0, 0.58, 0.52, 0.55, 0.26, 0.62, 0.45, 0.14, 0.24};
static const double e60[NC] = {0.945, 0.984, 0.983, 0.991, 0.985, 0.981, 0.95, 0.94, 0.96};
static const double v60[NC] = {2.76, 2.44, 2.5, 2.6, 2.0, 2.87, 2.4, 2.0, 2.2};
static const double wage_share60[NC] = {0.67, 0.66, 0.73, 0.68, 0.68, 0.67, 0.71, 0.72, 0.60};
static const double pe60[NC] = {0.015, 0.03, 0.035, 0.035, 0.06, 0.03, 0.025, 0.14, 0.04};
static const double accumulation60[NC] = {0.0242, 0.0238, 0.0379, 0.0514, 0.045, 0.0441, 0.0514, 0.03, 0.05};
static const double import_share[NC] = {0.035, 0.175, 0.105, 0.15, 0.075, 0.19, 0.11, 0.14, 0.06};
static const double oil_share[NC] = {0.009, 0.015, 0.016, 0.015, 0.020, 0.020, 0.020, 0.022, 0.012};
static const double labour_supply[NC] = {0.0183, 0.0038, 0.0062, 0.0036, 0.0143, 0.0069, -0.0017, 0.04, 0.03};
static const double labour_later[NC] = {0.0208, 0.0071, 0.0078, 0.0076, 0.0077,
                                        0.0075, 0.0118, 0.0305, 0.0333};
static const double own_oil[NC] = {[GB] = 1.2};
static const double catchup[NC] = {0.0, 0.038, 0.0897, 0.076, 0.0571, 0.0676, 0.0752, 0.0239, 0.0312};
static const double strikes[NC] = {0.0119, 0.0202, -0.0005, -0.0065, -0.0274, 0.0048, 0.0122, 0.0, 0.0};
static const double opening[NC] = {0.0798, 0.0721, 0.0651, 0.0646, 0.0379, 0.0657, 0.0603, 0.0373, 0.0436};
static const double strength[NC] = {0.4, 0.496, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1};
static const double borrower[NC] = {[KR] = 1.0, [BR] = 1.0};
static const double deficit_spending[NC] = {[US] = 0.02};
static const double late_boom[NC] = {[GB] = 0.02};

static const double involvement_offered[NC] = {0.0, 0.0, 0.0, 0.9, 0.9, 0.9, 0.45, 0.45, 0.0};
static const double collective[NC] = {0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0};
static const double rigidity[NC] = {0.15, 0.15, 0.15, 0.9, 0.9, 0.9, 0.25, 0.9, 0.9};
static const double share_of_gains[NC] = {0.65, 0.65, 0.65, 1.0, 1.0, 1.0, 0.8, 0.9, 1.0};
static const double phillips_slope[NC] = {1.8, 1.8, 1.8, 0.9, 0.9, 0.9, 1.5, 1.0, 1.0};
static const double indexation[NC] = {0.75, 0.75, 0.75, 0.95, 0.95, 0.95, 0.85, 1.0, 1.0};
static const double deepening[NC] = {0.010, 0.010, 0.010, -0.002, -0.002, -0.002, 0.004, 0.004, 0.010};
static const double adoption_year[NC] = {1980.0, 1979.0, 1982.0, 1976.0, 1976.0,
                                         1976.0, 1980.0, 1980.0, 1980.0};

static const double immigration = 0.15, oil_saving = 0.018, household_oil = 0.5;
static const double exporters_spend = 0.55, exporters_draw = 0.12;
static const double taylorist_gains = 0.0169, taylorism60 = 0.95, exhaustion = 0.13;
static const double verdoorn = 0.1, learning = 0.015, electronics = 0.0029, deepening_pivot = 0.6;
static const double delta = 0.05, gr = 0.54, gi = 0.25, caution = 0.5, T_expect = 15.0, by = 2.5;
static const double chi_rigid = 1.5, chi_flexible = 3.0;
static const double T_norm = 2.5, phillips_above = 1.59, phillips_below = 0.05, hysteresis = 0.35;
static const double restraint = 0.01, bp = 0.412, pu = 0.0136, T_inflation = 1.72;
static const double rate_floor = 0.02, easy = 0.94, hard = 1.12, phi = 0.3, debt_premium = 0.02;
static const double rivalry = 14.0, austerity = 0.12, relief = 0.342;
static const double T_tighten = 1.0, T_ease = 0.5, T_flood = 0.25, T_absorb = 2.0, flood = 0.02;
static const double bx = 0.25, bt = 2.0, b0 = 0.376, lending = 3.47;
static const double eta = 2.5, epsm = 1.6, quality = 0.55, quality_home = 0.4, size = 0.5;
static const double cw = 0.60, cp = 0.20, benefit = 0.45, benefit_cut = 0.3, keynes = 0.25;
static const double inflation_borne = 0.06, loss_borne = 0.01, T_forget = 6.0;
static const double patience = 0.0839, alarm_limit = 0.1257, alarm_debt = 0.5;
static const double loan_spread = 0.119, debtor_spread = 0.02, T_adopt = 4.0;
static const double fordist_rigidity = 0.9, fordist_deepening = 0.010, individual_trust = 0.9, fear = 6.0;

/* ---- Functions of the language ---- */

static double logistic(double x) { return 1.0 / (1.0 + exp(-x)); }

static double on(double t, double t0, double width) { return logistic((t - t0) / width); }

/* width*log(1 + exp(x/width)), safe on both sides; its slope is logistic(x/width). */
static double softplus(double x, double width) {
  return x > 0.0 ? x + width * log1p(exp(-x / width)) : width * log1p(exp(x / width));
}

static double softfloor(double x) { return softplus(x + 0.03, 0.01) - 0.03; }

static double oil_price(double t) {
  static const double year[] = {1960.0, 1970.0, 1973.7, 1974.2, 1978.8, 1980.2,
                                1981.5, 1985.8, 1986.5, 1990.5, 1992.0};
  static const double price[] = {1.0, 0.9, 1.05, 3.0, 2.6, 5.2, 5.2, 3.6, 1.7, 2.0, 2.0};
  size_t k = 0;
  while (k + 2 < sizeof year / sizeof year[0] && t >= year[k + 1]) k++;
  return price[k] + (price[k + 1] - price[k]) * (t - year[k]) / (year[k + 1] - year[k]);
}

/* ---- 1960: what follows from the parameters alone ---- */

typedef struct {
  double north_weight, world60, fund60, r60_north, no_slack, no_credit;
  double r60[NC], natural60[NC], gain60[NC], expected60[NC], G60[NC], markup[NC], A[NC];
} balance_of_1960;

/* Weights with which exports pay for imports and oil: A_i depends on the
 * others' A. The map contracts slowly but surely when halved. */
static void export_weights(double *A, double oil60) {
  double total = 0.0;
  for (int i = 0; i < NC; i++) total += A[i] = (import_share[i] + oil_share[i]) * Y60[i];
  for (int i = 0; i < NC; i++) A[i] /= total;
  for (int round = 0; round < 200; round++) {
    double market = 0.0;
    for (int j = 0; j < NC; j++) market += import_share[j] * Y60[j] / (1.0 - A[j]);
    for (int i = 0; i < NC; i++) {
      const double others = market - import_share[i] * Y60[i] / (1.0 - A[i]);
      A[i] = 0.5 * (A[i] + (import_share[i] + oil_share[i]) * Y60[i] / (others + oil60));
    }
  }
}

static void balance_country(balance_of_1960 *b, int i, double deepening60) {
  const double firm_oil = (1.0 - household_oil) * oil_share[i];
  const double profit_share = 1.0 - wage_share60[i] - firm_oil;
  const double L = Y60[i] / a60[i], N = L / e60[i];
  const double interest = gi * (rate_floor + easy * pe60[i] - pe60[i] - 0.02);
  b->r60[i] = profit_share / v60[i] - delta;
  b->gain60[i] = taylorism60 * (taylorist_gains + catchup[i] * log(a60[US] / a60[i]));
  b->natural60[i] = b->gain60[i] + labour_supply[i];
  b->expected60[i] =
      caution * (accumulation60[i] - deepening60 + interest) + (1.0 - caution) * b->natural60[i];
  const double gK = softfloor(b->expected60[i] + deepening60 - interest);
  const double C = cw * wage_share60[i] * Y60[i] * (1.0 + benefit * (N - L) / L) + cp * profit_share * Y60[i];
  b->G60[i] = (Y60[i] * (1.0 - firm_oil) - C - (gK + delta) * v60[i] * Y60[i]) / (a60[i] * N * e60[i]) -
              keynes * softplus(0.0, 0.003);
  b->markup[i] = 1.0 / (wage_share60[i] + firm_oil);
}

static const balance_of_1960 *balance(void) {
  static balance_of_1960 b;
  static bool ready = false;
  if (ready) return &b;
  double oil60 = 0.0;
  const double deepening60 = fordist_deepening * (deepening_pivot - taylorism60) / 0.5;
  for (int i = 0; i < NC; i++) {
    balance_country(&b, i, deepening60);
    b.world60 += Y60[i];
    oil60 += oil_share[i] * Y60[i];
  }
  for (int i = 0; i < NORTH; i++) {
    b.north_weight += Y60[i];
    b.r60_north += Y60[i] * b.r60[i];
  }
  b.r60_north /= b.north_weight;
  b.fund60 = (1.0 - exporters_spend) * oil60 / exporters_draw;
  b.no_slack = 0.004 * log(2.0);
  b.no_credit = 0.001 * log(2.0);
  export_weights(b.A, oil60);
  ready = true;
  return &b;
}

void crisis_start(double *y) {
  const balance_of_1960 *b = balance();
  memset(y, 0, CRISIS_STATES * sizeof *y);
  for (int i = 0; i < NC; i++) {
    y[S_SECURITY + i] = fordist_rigidity;
    y[S_A + i] = a60[i];
    y[S_V + i] = v60[i];
    y[S_K + i] = v60[i] * Y60[i];
    y[S_EXPECTED + i] = b->expected60[i];
    y[S_Y + i] = Y60[i];
    y[S_L + i] = Y60[i] / a60[i];
    y[S_N + i] = y[S_L + i] / e60[i];
    y[S_NORM + i] = b->gain60[i];
    y[S_USUAL + i] = e60[i];
    y[S_W + i] = wage_share60[i] * a60[i];
    y[S_P + i] = 1.0;
    y[S_PE + i] = pe60[i];
    y[S_RATE + i] = rate_floor + easy * pe60[i];
    y[S_F + i] = -b->fund60 * Y60[i] / b->world60;
  }
  y[S_TAYLORISM] = taylorism60;
  y[S_OIL_USE] = 1.0;
  y[S_OIL_FUND] = b->fund60;
}

void crisis_state_name(size_t state, char *name, size_t room) {
  const size_t kinds = sizeof states / sizeof states[0];
  size_t k = 0;
  while (k + 1 < kinds && (size_t)states[k + 1].first <= state) k++;
  if (states[k].over_country)
    (void)snprintf(name, room, "%s[%s]", states[k].name, members[state - (size_t)states[k].first]);
  else
    (void)snprintf(name, room, "%s", states[k].name);
}

/* ---- What the countries share ---- */

typedef struct {
  double price, log_price, micro, floating, strike_wave, later, boom; /* of time alone */
  double oil_need[NC]; /* oil bill over output at oil_use = price = 1 */
  double cheap[NC];    /* exp(rx) = 1/rp */
  double weight[NC], imports[NC], exports[NC], bill[NC], tb[NC], tb_share[NC];
  double rp_world, world_output, weights, market; /* market: imports over the rivals' weights, summed */
  double oil_revenue, oil_spending, recycled, real_us;
} world;

static void the_time(double t, world *o) {
  o->price = oil_price(t);
  o->log_price = log(o->price);
  o->micro = on(t, 1977.0, 2.5);
  o->floating = on(t, 1972.5, 0.2);
  o->strike_wave = on(t, 1968.0, 0.5) - on(t, 1975.0, 0.5);
  o->later = on(t, 1973.0, 1.0);
  o->boom = on(t, 1986.0, 0.25);
  const double wells = on(t, 1979.0, 1.2);
  for (int i = 0; i < NC; i++) o->oil_need[i] = oil_share[i] * (1.0 - own_oil[i] * wells);
}

static void the_oil(const double *y, const balance_of_1960 *b, world *o) {
  o->oil_revenue = 0.0;
  o->world_output = 0.0;
  for (int i = 0; i < NC; i++) {
    o->bill[i] = o->oil_need[i] * o->price * y[S_OIL_USE] * y[S_Y + i];
    o->oil_revenue += o->bill[i];
    o->world_output += y[S_Y + i];
  }
  o->oil_spending = exporters_spend * o->oil_revenue + exporters_draw * y[S_OIL_FUND];
  o->recycled = softplus((o->oil_revenue - o->oil_spending) / o->world_output, 0.001) - b->no_credit;
}

static void the_trade(double t, const double *y, const balance_of_1960 *b, world *o) {
  double involvement = 0.0;
  o->rp_world = 0.0;
  for (int i = 0; i < NC; i++) {
    o->cheap[i] = exp(y[S_RX + i]);
    o->rp_world += Y60[i] / o->cheap[i];
    involvement += Y60[i] * y[S_INVOLVEMENT + i];
  }
  o->rp_world /= b->world60;
  involvement /= b->world60;
  const double log_rp_world = log(o->rp_world), growth_of_world = o->world_output / b->world60;
  o->weights = 0.0;
  for (int i = 0; i < NC; i++) {
    const double Y = y[S_Y + i], rx = y[S_RX + i], edge = quality * (y[S_INVOLVEMENT + i] - involvement);
    o->weight[i] = b->A[i] * exp(eta * rx + edge) * pow(Y / Y60[i] / growth_of_world, size);
    o->weights += o->weight[i];
    o->imports[i] =
        import_share[i] * Y *
        exp(opening[i] * (t - 1960.0) - quality_home * edge - (1.0 + epsm) * rx - epsm * log_rp_world);
  }
  o->market = 0.0;
  for (int j = 0; j < NC; j++) o->market += o->imports[j] / (o->weights - o->weight[j]);
  for (int i = 0; i < NC; i++) {
    const double others = o->market - o->imports[i] / (o->weights - o->weight[i]);
    o->exports[i] = o->weight[i] * (others + o->oil_spending / o->weights);
    o->tb[i] = o->exports[i] - o->imports[i] - o->bill[i];
    o->tb_share[i] = o->tb[i] * o->cheap[i] / y[S_Y + i];
  }
}

static void the_world(double t, const double *y, const balance_of_1960 *b, world *o) {
  the_time(t, o);
  the_oil(y, b, o);
  the_trade(t, y, b, o);
  o->real_us = y[S_RATE + US] - y[S_PE + US];
}

/* ---- One country: everything its equations and their derivatives need ---- */

typedef struct {
  double rigid, offered, bargained, share, slope, indexed, deep; /* institutions */
  double oil_cost, firm_oil, omega, profit_share, r, gv, credit, reach, gK;
  double e, wages, benefit_rate, benefits, jobless, support, resolve, potential, G_rate, D;
  double labour, trend, gain, gY, ga, chi, gap, gL;
  double balance, wealth, harder, stance, slack, gw, unit_cost, gp, heat, hard_now;
} country;

static void its_institutions(const double *y, int i, country *c) {
  const double kappa = y[S_KAPPA + i];
  c->rigid = fordist_rigidity + kappa * (rigidity[i] - fordist_rigidity);
  c->offered = kappa * involvement_offered[i];
  c->bargained = kappa * collective[i];
  c->share = 1.0 + kappa * (share_of_gains[i] - 1.0);
  c->slope = 1.0 + kappa * (phillips_slope[i] - 1.0);
  c->indexed = 1.0 + kappa * (indexation[i] - 1.0);
  c->deep = fordist_deepening + kappa * (deepening[i] - fordist_deepening);
}

static void its_accumulation(const double *y, const balance_of_1960 *b, const world *o, int i, country *c) {
  const double Y = y[S_Y + i], K = y[S_K + i], v = y[S_V + i];
  c->oil_cost = o->oil_need[i] * o->price * y[S_OIL_USE] * o->cheap[i];
  c->firm_oil = (1.0 - household_oil) * c->oil_cost;
  c->omega = y[S_W + i] * y[S_L + i] / (y[S_P + i] * Y);
  c->profit_share = 1.0 - c->omega - c->firm_oil;
  c->r = c->profit_share * Y / K - delta;
  c->gv = c->deep * (deepening_pivot - y[S_TAYLORISM]) / 0.5;
  c->credit = borrower[i] * lending * o->recycled;
  const double real = y[S_RATE + i] - y[S_PE + i];
  c->reach = y[S_EXPECTED + i] + c->gv + gr * (c->r - b->r60[i]) - gi * (real - 0.02);
  c->gK = softfloor(c->reach) + c->credit / v;
}

static void its_demand(const double *y, const balance_of_1960 *b, const world *o, int i, country *c) {
  const double Y = y[S_Y + i], L = y[S_L + i], N = y[S_N + i], real_wage = y[S_W + i] / y[S_P + i];
  c->e = L / N;
  c->wages = real_wage * L;
  c->benefit_rate = benefit * (1.0 - benefit_cut * (1.0 - c->rigid / fordist_rigidity));
  c->benefits = c->benefit_rate * (N - L) * real_wage;
  c->jobless = e60[i] - c->e;
  c->support = keynes * softplus(c->jobless, 0.003);
  c->resolve = strength[i] * y[S_SQUEEZE] * (1.0 - relief * y[S_EASING]);
  c->potential = y[S_A + i] * N * e60[i];
  c->G_rate = b->G60[i] + (1.0 - y[S_SQUEEZE]) * c->support - austerity * c->resolve +
              deficit_spending[i] * y[S_EASING] + late_boom[i] * o->boom;
  c->D = cw * (c->wages + c->benefits) + cp * c->profit_share * Y - household_oil * c->oil_cost * Y +
         c->G_rate * c->potential + (c->gK + delta) * y[S_K + i] +
         (o->exports[i] - o->imports[i]) * o->cheap[i];
}

static void its_output(const double *y, const balance_of_1960 *b, const world *o, int i, country *c) {
  const double Y = y[S_Y + i], a = y[S_A + i];
  c->labour = labour_supply[i] + (labour_later[i] - labour_supply[i]) * o->later;
  c->trend = y[S_NORM + i] + c->labour;
  c->gain = taylorist_gains + catchup[i] * log(y[S_A + US] / a);
  c->gY = by * (c->D / Y - 1.0) + c->trend - 15.0 * softplus(c->e - 0.995, 0.004);
  c->ga = y[S_TAYLORISM] * c->gain + verdoorn * (c->gY - b->natural60[i]) +
          (learning * y[S_INVOLVEMENT + i] + electronics) * o->micro;
  c->chi = chi_rigid * c->rigid + chi_flexible * (1.0 - c->rigid);
  c->gap = log(Y / (a * y[S_L + i]));
  c->gL = c->chi * c->gap + c->trend - c->ga;
}

static void its_wages_and_prices(const double *y, const balance_of_1960 *b, const world *o, int i,
                                 country *c) {
  const double Y = y[S_Y + i], F = y[S_F + i], pe = y[S_PE + i], p = y[S_P + i];
  c->balance = (o->tb[i] + o->real_us * F) * o->cheap[i] / Y;
  c->wealth = F * o->cheap[i] / Y;
  c->harder = 1.0 + rivalry * softplus(-c->balance, 0.003);
  c->stance = c->resolve * c->harder;
  c->slack = log(c->e / y[S_USUAL + i]);
  const double steep = phillips_above - phillips_below;
  const double phillips =
      c->slope * (phillips_below * c->slack + steep * (softplus(c->slack, 0.004) - b->no_slack));
  c->gw = c->indexed * pe + c->share * y[S_NORM + i] + phillips - restraint * c->stance +
          strikes[i] * o->strike_wave;
  c->unit_cost = b->markup[i] * (y[S_W + i] / y[S_A + i] + p * c->firm_oil);
  c->gp = pe + bp * log(c->unit_cost / p) + pu * (Y * y[S_V + i] / y[S_K + i] - 1.0);
  c->heat = softplus(c->gp - 0.03, 0.004);
  c->hard_now = easy + (hard - easy) * y[S_SQUEEZE];
}

static void the_country(const double *y, const balance_of_1960 *b, const world *o, int i, country *c) {
  its_institutions(y, i, c);
  its_accumulation(y, b, o, i, c);
  its_demand(y, b, o, i, c);
  its_output(y, b, o, i, c);
  its_wages_and_prices(y, b, o, i, c);
}

/* ---- Right-hand side ---- */

static double rate_target(const double *y, int i, const country *c) {
  return rate_floor + c->hard_now * y[S_PE + i] + phi * c->stance * c->heat +
         debt_premium * softplus(-c->wealth, 0.02) - flood * (y[S_LIQUIDITY] - y[S_ABSORBED]);
}

static double depreciation(const double *y, const world *o, int i, const country *c) {
  if (i == US) return 0.0;
  const double real = y[S_RATE + i] - y[S_PE + i];
  return -o->floating *
         (bx * (real - o->real_us) + bt * (o->tb_share[i] + c->credit - o->tb_share[US]) + b0 * y[S_RX + i]);
}

static void country_rhs(double t, const double *y, const world *o, int i, const country *c, double *f) {
  const double trust = c->bargained * y[S_SECURITY + i] + (1.0 - c->bargained) * individual_trust;
  f[S_KAPPA + i] = (on(t, adoption_year[i], 2.0) - y[S_KAPPA + i]) / T_adopt;
  f[S_SECURITY + i] = (c->rigid - fear * softplus(-c->gL, 0.004) - y[S_SECURITY + i]) / 3.0;
  f[S_INVOLVEMENT + i] = (c->offered * trust - y[S_INVOLVEMENT + i]) / 4.0;
  f[S_A + i] = y[S_A + i] * c->ga;
  f[S_V + i] = y[S_V + i] * c->gv;
  f[S_K + i] = y[S_K + i] * c->gK;
  f[S_EXPECTED + i] = (c->ga + c->labour - y[S_EXPECTED + i]) / T_expect;
  f[S_Y + i] = y[S_Y + i] * c->gY;
  f[S_L + i] = y[S_L + i] * c->gL;
  f[S_N + i] = y[S_N + i] * (c->labour + immigration * (c->e - e60[i]));
  f[S_NORM + i] = (c->ga - y[S_NORM + i]) / T_norm;
  f[S_USUAL + i] = hysteresis * (c->e - y[S_USUAL + i]);
  f[S_W + i] = y[S_W + i] * c->gw;
  f[S_P + i] = y[S_P + i] * c->gp;
  f[S_PE + i] = (c->gp - y[S_PE + i]) / T_inflation;
  f[S_RATE + i] = 2.0 * (rate_target(y, i, c) - y[S_RATE + i]);
  f[S_RX + i] = depreciation(y, o, i, c);
  f[S_F + i] = o->tb[i] + o->real_us * y[S_F + i];
}

static void shared_rhs(const double *y, const crisis_modes *m, const world *o, double *f) {
  f[S_TAYLORISM] = -exhaustion * y[S_TAYLORISM] * (1.0 - y[S_TAYLORISM]);
  f[S_SQUEEZE] = (m->tight - y[S_SQUEEZE]) / T_tighten;
  f[S_EASING] = (m->eased - y[S_EASING]) / T_ease;
  f[S_LIQUIDITY] = (m->flooded - y[S_LIQUIDITY]) / T_flood;
  f[S_ABSORBED] = (y[S_LIQUIDITY] - y[S_ABSORBED]) / T_absorb;
  f[S_OIL_USE] = -oil_saving * y[S_OIL_USE] * o->log_price;
  f[S_OIL_FUND] = o->oil_revenue - o->oil_spending + o->real_us * y[S_OIL_FUND];
}

void crisis_rhs(double t, const double *y, const crisis_modes *m, double *ydot) {
  const balance_of_1960 *b = balance();
  world o;
  country c;
  double inflation = 0.0, profit = 0.0;
  the_world(t, y, b, &o);
  for (int i = 0; i < NC; i++) {
    the_country(y, b, &o, i, &c);
    country_rhs(t, y, &o, i, &c, ydot);
    if (i < NORTH) {
      inflation += Y60[i] * c.gp / b->north_weight;
      profit += Y60[i] * c.r / b->north_weight;
    }
  }
  shared_rhs(y, m, &o, ydot);
  ydot[S_DISCONTENT] = softplus(inflation - inflation_borne, 0.004) +
                       softplus(b->r60_north - profit - loss_borne, 0.004) - y[S_DISCONTENT] / T_forget;
}

/* ---- Events ---- */

void crisis_events(double t, const double *y, const crisis_modes *m, double *turn, double *rescue,
                   double *crash) {
  const balance_of_1960 *b = balance();
  world o;
  country c;
  double employed = 0.0, service = 0.0;
  the_world(t, y, b, &o);
  for (int i = 0; i < NORTH; i++) employed += Y60[i] * y[S_L + i] / y[S_N + i] / b->north_weight;
  for (int i = KR; i <= BR; i++)
    service += 0.5 * softplus(-y[S_F + i], 0.0005) * (o.real_us + debtor_spread) / o.exports[i];
  the_country(y, b, &o, US, &c);
  const double alarm = 1.0 - employed + alarm_debt * service;
  const double loan = o.real_us + loan_spread * softplus(-y[S_F + US] / y[S_Y + US], 0.02);
  *turn = y[S_DISCONTENT] - patience;
  *rescue = m->tight * (alarm - alarm_limit) - (1.0 - m->tight);
  *crash = loan - c.r - 0.05 * (1.0 - y[S_EASING]);
}

/* ---- Jacobian ---- */

/* What a country's equations depend on: its own eighteen states first, then
 * what the world hands it. */
enum input {
  X_KAPPA,
  X_SECURITY,
  X_INVOLVEMENT,
  X_A,
  X_V,
  X_K,
  X_EXPECTED,
  X_Y,
  X_L,
  X_N,
  X_NORM,
  X_USUAL,
  X_W,
  X_P,
  X_PE,
  X_RATE,
  X_RX,
  X_F,
  X_TAYLORISM,
  X_SQUEEZE,
  X_EASING,
  X_LIQUIDITY,
  X_ABSORBED,
  X_OIL_USE, /* shared states */
  X_REAL_US,
  X_A_US, /* the United States */
  X_EXPORTS,
  X_IMPORTS,
  X_TB_US,
  X_RECYCLED, /* world trade and oil */
  INPUTS
};
enum { OWN = X_F + 1 };

static const int own_state[OWN] = {S_KAPPA, S_SECURITY, S_INVOLVEMENT, S_A, S_V, S_K,  S_EXPECTED, S_Y,  S_L,
                                   S_N,     S_NORM,     S_USUAL,       S_W, S_P, S_PE, S_RATE,     S_RX, S_F};

/* World trade moves with output, real exchange rate and involvement of every
 * country, and with the oil bill. */
enum { Z_Y = 0, Z_RX = NC, Z_INVOLVEMENT = 2 * NC, Z_OIL_USE = 3 * NC, Z_OIL_FUND, TRADED };

typedef struct {
  double exports[NC][TRADED], imports[NC][TRADED], tb_us[TRADED], recycled[TRADED], rest[TRADED];
} trade_gradient; /* rest: oil revenue less spending */

static int traded_state(int z) {
  if (z < Z_RX) return S_Y + z;
  if (z < Z_INVOLVEMENT) return S_RX + z - Z_RX;
  if (z < Z_OIL_USE) return S_INVOLVEMENT + z - Z_INVOLVEMENT;
  return z == Z_OIL_USE ? S_OIL_USE : S_OIL_FUND;
}

static void add(double *to, double factor, const double *from, int n) {
  for (int k = 0; k < n; k++) to[k] += factor * from[k];
}

static void grad_oil(const double *y, const world *o, double *spending, trade_gradient *g) {
  const double saved = (1.0 - exporters_spend), saving = o->oil_revenue - o->oil_spending;
  const double slope = logistic(saving / o->world_output / 0.001);
  memset(spending, 0, TRADED * sizeof *spending);
  memset(g->rest, 0, sizeof g->rest);
  for (int j = 0; j < NC; j++) {
    spending[Z_Y + j] = exporters_spend * o->bill[j] / y[S_Y + j];
    g->rest[Z_Y + j] = saved * o->bill[j] / y[S_Y + j];
  }
  spending[Z_OIL_USE] = exporters_spend * o->oil_revenue / y[S_OIL_USE];
  spending[Z_OIL_FUND] = exporters_draw;
  g->rest[Z_OIL_USE] = saved * o->oil_revenue / y[S_OIL_USE];
  g->rest[Z_OIL_FUND] = -exporters_draw;
  for (int z = 0; z < TRADED; z++) g->recycled[z] = slope * g->rest[z] / o->world_output;
  for (int j = 0; j < NC; j++) g->recycled[Z_Y + j] -= slope * saving / (o->world_output * o->world_output);
}

/* Weights and imports; what only scales with the world's mean is spread over
 * its members. */
static void grad_weights(const double *y, const balance_of_1960 *b, const world *o, double weight[NC][TRADED],
                         trade_gradient *g) {
  memset(weight, 0, NC * sizeof weight[0]);
  memset(g->imports, 0, sizeof g->imports);
  for (int i = 0; i < NC; i++) {
    const double w = o->weight[i], m = o->imports[i];
    for (int j = 0; j < NC; j++) {
      const double part = Y60[j] / b->world60, edge = quality * ((i == j ? 1.0 : 0.0) - part);
      weight[i][Z_Y + j] = -size * w / o->world_output;
      weight[i][Z_INVOLVEMENT + j] = w * edge;
      g->imports[i][Z_INVOLVEMENT + j] = -quality_home * m * edge;
      g->imports[i][Z_RX + j] = epsm * m * part / (o->cheap[j] * o->rp_world);
    }
    weight[i][Z_Y + i] += size * w / y[S_Y + i];
    weight[i][Z_RX + i] = eta * w;
    g->imports[i][Z_Y + i] = m / y[S_Y + i];
    g->imports[i][Z_RX + i] -= (1.0 + epsm) * m;
  }
}

static void grad_exports(const world *o, double weight[NC][TRADED], const double *spending,
                         trade_gradient *g) {
  double weights[TRADED] = {0.0}, market[TRADED] = {0.0}, its_market[NC][TRADED];
  for (int i = 0; i < NC; i++) add(weights, 1.0, weight[i], TRADED);
  for (int i = 0; i < NC; i++) {
    const double rivals = o->weights - o->weight[i], per = o->imports[i] / (rivals * rivals);
    for (int z = 0; z < TRADED; z++)
      its_market[i][z] = g->imports[i][z] / rivals - per * (weights[z] - weight[i][z]);
    add(market, 1.0, its_market[i], TRADED);
  }
  for (int i = 0; i < NC; i++) {
    const double w = o->weight[i], each = o->exports[i] / w, of_oil = o->oil_spending / o->weights;
    for (int z = 0; z < TRADED; z++)
      g->exports[i][z] = each * weight[i][z] + w * (market[z] - its_market[i][z]) +
                         w * (spending[z] - of_oil * weights[z]) / o->weights;
  }
}

static void grad_trade(const double *y, const balance_of_1960 *b, const world *o, trade_gradient *g) {
  double weight[NC][TRADED], spending[TRADED];
  grad_oil(y, o, spending, g);
  grad_weights(y, b, o, weight, g);
  grad_exports(o, weight, spending, g);
  const double per = o->cheap[US] / y[S_Y + US];
  for (int z = 0; z < TRADED; z++) g->tb_us[z] = per * (g->exports[US][z] - g->imports[US][z]);
  g->tb_us[Z_Y + US] -= per * o->bill[US] / y[S_Y + US] + o->tb_share[US] / y[S_Y + US];
  g->tb_us[Z_OIL_USE] -= per * o->bill[US] / y[S_OIL_USE];
  g->tb_us[Z_RX + US] += o->tb_share[US];
}

/* Gradients of one country's intermediates over `enum input`. */
typedef struct {
  double r[INPUTS], gK[INPUTS], D[INPUTS], gY[INPUTS], ga[INPUTS], gL[INPUTS], tb[INPUTS], balance[INPUTS],
      wealth[INPUTS], stance[INPUTS], gw[INPUTS], gp[INPUTS];
} country_gradient;

static void grad_accumulation(const double *y, int i, const country *c, country_gradient *g) {
  const double Y = y[S_Y + i], K = y[S_K + i], v = y[S_V + i], slope = logistic((c->reach + 0.03) / 0.01);
  const double of_wages = c->omega * Y / K, of_oil = c->firm_oil * Y / K;
  g->r[X_Y] = (c->profit_share + c->omega) / K;
  g->r[X_K] = -c->profit_share * Y / (K * K);
  g->r[X_W] = -of_wages / y[S_W + i];
  g->r[X_L] = -of_wages / y[S_L + i];
  g->r[X_P] = of_wages / y[S_P + i];
  g->r[X_RX] = -of_oil;
  g->r[X_OIL_USE] = -of_oil / y[S_OIL_USE];
  add(g->gK, slope * gr, g->r, INPUTS);
  g->gK[X_EXPECTED] += slope;
  g->gK[X_KAPPA] += slope * (deepening[i] - fordist_deepening) * (deepening_pivot - y[S_TAYLORISM]) / 0.5;
  g->gK[X_TAYLORISM] -= slope * c->deep / 0.5;
  g->gK[X_RATE] -= slope * gi;
  g->gK[X_PE] += slope * gi;
  g->gK[X_V] -= c->credit / (v * v);
  g->gK[X_RECYCLED] += borrower[i] * lending / v;
}

static void grad_consumption(const double *y, int i, const country *c, double *D) {
  const double Y = y[S_Y + i], L = y[S_L + i], w = y[S_W + i], p = y[S_P + i], paid = c->wages + c->benefits;
  const double fuel = household_oil * c->oil_cost * Y, oil = cp * c->firm_oil * Y + fuel;
  D[X_W] += (cw * paid - cp * c->wages) / w;
  D[X_P] -= (cw * paid - cp * c->wages) / p;
  D[X_L] += cw * (c->wages / L - c->benefit_rate * w / p) - cp * c->wages / L;
  D[X_N] += cw * c->benefit_rate * w / p;
  D[X_KAPPA] += cw * benefit * benefit_cut * (rigidity[i] - fordist_rigidity) / fordist_rigidity *
                (y[S_N + i] - L) * w / p;
  D[X_Y] += cp * (1.0 - c->firm_oil) - fuel / Y;
  D[X_RX] -= oil;
  D[X_OIL_USE] -= oil / y[S_OIL_USE];
}

static void grad_public_spending(const double *y, int i, const country *c, double *D) {
  const double N = y[S_N + i], tight = y[S_SQUEEZE], G = c->G_rate * c->potential;
  const double per_job = -c->potential * (1.0 - tight) * keynes * logistic(c->jobless / 0.003);
  D[X_A] += G / y[S_A + i];
  D[X_N] += G / N - per_job * c->e / N;
  D[X_L] += per_job / N;
  D[X_SQUEEZE] -= c->potential * (c->support + austerity * strength[i] * (1.0 - relief * y[S_EASING]));
  D[X_EASING] += c->potential * (austerity * strength[i] * tight * relief + deficit_spending[i]);
}

static void grad_demand(const double *y, const world *o, int i, const country *c, country_gradient *g) {
  grad_consumption(y, i, c, g->D);
  grad_public_spending(y, i, c, g->D);
  add(g->D, y[S_K + i], g->gK, INPUTS);
  g->D[X_K] += c->gK + delta;
  g->D[X_EXPORTS] += o->cheap[i];
  g->D[X_IMPORTS] -= o->cheap[i];
  g->D[X_RX] += (o->exports[i] - o->imports[i]) * o->cheap[i];
}

static void grad_output(const double *y, const world *o, int i, const country *c, country_gradient *g) {
  const double Y = y[S_Y + i], N = y[S_N + i], brake = 15.0 * logistic((c->e - 0.995) / 0.004);
  add(g->gY, by / Y, g->D, INPUTS);
  g->gY[X_Y] -= by * c->D / (Y * Y);
  g->gY[X_NORM] += 1.0;
  g->gY[X_L] -= brake / N;
  g->gY[X_N] += brake * c->e / N;
  add(g->ga, verdoorn, g->gY, INPUTS);
  g->ga[X_TAYLORISM] += c->gain;
  g->ga[X_A] -= y[S_TAYLORISM] * catchup[i] / y[S_A + i];
  g->ga[X_A_US] += y[S_TAYLORISM] * catchup[i] / y[S_A + US];
  g->ga[X_INVOLVEMENT] += learning * o->micro;
  add(g->gL, -1.0, g->ga, INPUTS);
  g->gL[X_KAPPA] += (chi_rigid - chi_flexible) * (rigidity[i] - fordist_rigidity) * c->gap;
  g->gL[X_Y] += c->chi / Y;
  g->gL[X_A] -= c->chi / y[S_A + i];
  g->gL[X_L] -= c->chi / y[S_L + i];
  g->gL[X_NORM] += 1.0;
}

static void grad_stance(const double *y, const world *o, int i, const country *c, country_gradient *g) {
  const double Y = y[S_Y + i], per = o->cheap[i] / Y;
  g->tb[X_EXPORTS] = 1.0;
  g->tb[X_IMPORTS] = -1.0;
  g->tb[X_Y] = -o->bill[i] / Y;
  g->tb[X_OIL_USE] = -o->bill[i] / y[S_OIL_USE];
  add(g->balance, per, g->tb, INPUTS);
  g->balance[X_REAL_US] += per * y[S_F + i];
  g->balance[X_F] += per * o->real_us;
  g->balance[X_RX] += c->balance;
  g->balance[X_Y] -= c->balance / Y;
  g->wealth[X_F] = per;
  g->wealth[X_RX] = c->wealth;
  g->wealth[X_Y] = -c->wealth / Y;
  add(g->stance, -c->resolve * rivalry * logistic(-c->balance / 0.003), g->balance, INPUTS);
  g->stance[X_SQUEEZE] += strength[i] * (1.0 - relief * y[S_EASING]) * c->harder;
  g->stance[X_EASING] -= strength[i] * y[S_SQUEEZE] * relief * c->harder;
}

static void grad_wages(const double *y, const balance_of_1960 *b, int i, const country *c,
                       country_gradient *g) {
  const double steep = phillips_above - phillips_below;
  const double bend = softplus(c->slack, 0.004) - b->no_slack;
  const double pull = c->slope * (phillips_below + steep * logistic(c->slack / 0.004));
  add(g->gw, -restraint, g->stance, INPUTS);
  g->gw[X_KAPPA] += (indexation[i] - 1.0) * y[S_PE + i] + (share_of_gains[i] - 1.0) * y[S_NORM + i] +
                    (phillips_slope[i] - 1.0) * (phillips_below * c->slack + steep * bend);
  g->gw[X_PE] += c->indexed;
  g->gw[X_NORM] += c->share;
  g->gw[X_L] += pull / y[S_L + i];
  g->gw[X_N] -= pull / y[S_N + i];
  g->gw[X_USUAL] -= pull / y[S_USUAL + i];
}

static void grad_prices(const double *y, const balance_of_1960 *b, int i, const country *c,
                        country_gradient *g) {
  const double Y = y[S_Y + i], K = y[S_K + i], v = y[S_V + i], a = y[S_A + i], p = y[S_P + i];
  const double per = bp * b->markup[i] / c->unit_cost;
  g->gp[X_PE] = 1.0;
  g->gp[X_W] = per / a;
  g->gp[X_A] = -per * y[S_W + i] / (a * a);
  g->gp[X_P] = per * c->firm_oil - bp / p;
  g->gp[X_RX] = per * p * c->firm_oil;
  g->gp[X_OIL_USE] = per * p * c->firm_oil / y[S_OIL_USE];
  g->gp[X_Y] = pu * v / K;
  g->gp[X_V] = pu * Y / K;
  g->gp[X_K] = -pu * Y * v / (K * K);
}

static void grad_country(const double *y, const balance_of_1960 *b, const world *o, int i, const country *c,
                         country_gradient *g) {
  memset(g, 0, sizeof *g);
  grad_accumulation(y, i, c, g);
  grad_demand(y, o, i, c, g);
  grad_output(y, o, i, c, g);
  grad_stance(y, o, i, c, g);
  grad_wages(y, b, i, c, g);
  grad_prices(y, b, i, c, g);
}

/* The country's eighteen rows over `enum input`: institutions, technique ... */
static void rows_of_work(const double *y, int i, const country *c, const country_gradient *g,
                         double row[OWN][INPUTS]) {
  const double trust = c->bargained * y[S_SECURITY + i] + (1.0 - c->bargained) * individual_trust;
  row[X_KAPPA][X_KAPPA] = -1.0 / T_adopt;
  add(row[X_SECURITY], fear * logistic(-c->gL / 0.004) / 3.0, g->gL, INPUTS);
  row[X_SECURITY][X_KAPPA] += (rigidity[i] - fordist_rigidity) / 3.0;
  row[X_SECURITY][X_SECURITY] -= 1.0 / 3.0;
  row[X_INVOLVEMENT][X_KAPPA] =
      (involvement_offered[i] * trust + c->offered * collective[i] * (y[S_SECURITY + i] - individual_trust)) /
      4.0;
  row[X_INVOLVEMENT][X_SECURITY] = c->offered * c->bargained / 4.0;
  row[X_INVOLVEMENT][X_INVOLVEMENT] = -0.25;
  add(row[X_A], y[S_A + i], g->ga, INPUTS);
  row[X_A][X_A] += c->ga;
  row[X_V][X_V] = c->gv;
  row[X_V][X_KAPPA] =
      y[S_V + i] * (deepening[i] - fordist_deepening) * (deepening_pivot - y[S_TAYLORISM]) / 0.5;
  row[X_V][X_TAYLORISM] = -y[S_V + i] * c->deep / 0.5;
  add(row[X_K], y[S_K + i], g->gK, INPUTS);
  row[X_K][X_K] += c->gK;
  add(row[X_EXPECTED], 1.0 / T_expect, g->ga, INPUTS);
  row[X_EXPECTED][X_EXPECTED] -= 1.0 / T_expect;
  add(row[X_Y], y[S_Y + i], g->gY, INPUTS);
  row[X_Y][X_Y] += c->gY;
  add(row[X_L], y[S_L + i], g->gL, INPUTS);
  row[X_L][X_L] += c->gL;
  row[X_N][X_N] = c->labour - immigration * e60[i];
  row[X_N][X_L] = immigration;
}

/* ... wages, prices, money, exchange. */
static void rows_of_money(const double *y, const world *o, int i, const country *c, const country_gradient *g,
                          double row[OWN][INPUTS]) {
  add(row[X_NORM], 1.0 / T_norm, g->ga, INPUTS);
  row[X_NORM][X_NORM] -= 1.0 / T_norm;
  row[X_USUAL][X_L] = hysteresis / y[S_N + i];
  row[X_USUAL][X_N] = -hysteresis * c->e / y[S_N + i];
  row[X_USUAL][X_USUAL] = -hysteresis;
  add(row[X_W], y[S_W + i], g->gw, INPUTS);
  row[X_W][X_W] += c->gw;
  add(row[X_P], y[S_P + i], g->gp, INPUTS);
  row[X_P][X_P] += c->gp;
  add(row[X_PE], 1.0 / T_inflation, g->gp, INPUTS);
  row[X_PE][X_PE] -= 1.0 / T_inflation;
  add(row[X_RATE], 2.0 * phi * c->heat, g->stance, INPUTS);
  add(row[X_RATE], 2.0 * phi * c->stance * logistic((c->gp - 0.03) / 0.004), g->gp, INPUTS);
  add(row[X_RATE], -2.0 * debt_premium * logistic(-c->wealth / 0.02), g->wealth, INPUTS);
  row[X_RATE][X_PE] += 2.0 * c->hard_now;
  row[X_RATE][X_SQUEEZE] += 2.0 * (hard - easy) * y[S_PE + i];
  row[X_RATE][X_LIQUIDITY] -= 2.0 * flood;
  row[X_RATE][X_ABSORBED] += 2.0 * flood;
  row[X_RATE][X_RATE] -= 2.0;
  add(row[X_F], 1.0, g->tb, INPUTS);
  row[X_F][X_REAL_US] += y[S_F + i];
  row[X_F][X_F] += o->real_us;
}

static void row_of_exchange(const double *y, const world *o, int i, const country_gradient *g, double *row) {
  if (i == US) return;
  const double Y = y[S_Y + i], f = o->floating;
  add(row, -f * bt * o->cheap[i] / Y, g->tb, INPUTS);
  row[X_RX] -= f * (b0 + bt * o->tb_share[i]);
  row[X_Y] += f * bt * o->tb_share[i] / Y;
  row[X_RATE] -= f * bx;
  row[X_PE] += f * bx;
  row[X_REAL_US] += f * bx;
  row[X_RECYCLED] -= f * bt * borrower[i] * lending;
  row[X_TB_US] += f * bt;
}

/* Adds one row over `enum input` of country i to row r of J. */
static void put_row(double *J, int r, int i, const double *row, const trade_gradient *g) {
  static const int shared[] = {S_TAYLORISM, S_SQUEEZE, S_EASING, S_LIQUIDITY, S_ABSORBED, S_OIL_USE};
  double *at = J + r;
  for (int k = 0; k < OWN; k++) at[(own_state[k] + i) * CRISIS_STATES] += row[k];
  for (int k = 0; k < 6; k++) at[shared[k] * CRISIS_STATES] += row[X_TAYLORISM + k];
  at[(S_RATE + US) * CRISIS_STATES] += row[X_REAL_US];
  at[(S_PE + US) * CRISIS_STATES] -= row[X_REAL_US];
  at[(S_A + US) * CRISIS_STATES] += row[X_A_US];
  const double x = row[X_EXPORTS], m = row[X_IMPORTS], b = row[X_TB_US], c = row[X_RECYCLED];
  if (x == 0.0 && m == 0.0 && b == 0.0 && c == 0.0) return;
  for (int z = 0; z < TRADED; z++)
    at[traded_state(z) * CRISIS_STATES] +=
        x * g->exports[i][z] + m * g->imports[i][z] + b * g->tb_us[z] + c * g->recycled[z];
}

static void put_shared(double *J, const double *y, const world *o, const trade_gradient *g) {
  const int n = CRISIS_STATES;
  J[S_TAYLORISM * n + S_TAYLORISM] = -exhaustion * (1.0 - 2.0 * y[S_TAYLORISM]);
  J[S_SQUEEZE * n + S_SQUEEZE] = -1.0 / T_tighten;
  J[S_EASING * n + S_EASING] = -1.0 / T_ease;
  J[S_LIQUIDITY * n + S_LIQUIDITY] = -1.0 / T_flood;
  J[S_LIQUIDITY * n + S_ABSORBED] = 1.0 / T_absorb;
  J[S_ABSORBED * n + S_ABSORBED] = -1.0 / T_absorb;
  J[S_OIL_USE * n + S_OIL_USE] = -oil_saving * o->log_price;
  for (int z = 0; z < TRADED; z++) J[traded_state(z) * n + S_OIL_FUND] += g->rest[z];
  J[S_OIL_FUND * n + S_OIL_FUND] += o->real_us;
  J[(S_RATE + US) * n + S_OIL_FUND] += y[S_OIL_FUND];
  J[(S_PE + US) * n + S_OIL_FUND] -= y[S_OIL_FUND];
}

/* Discontent adds up the north's prices and profits, so its slopes are known
 * only when all countries are; their gradients are kept until then. */
static void put_discontent(double *J, const balance_of_1960 *b, const trade_gradient *trade, double inflation,
                           double profit, double north_gp[NORTH][INPUTS], double north_r[NORTH][INPUTS]) {
  const double hurt = logistic((inflation - inflation_borne) / 0.004);
  const double loss = logistic((b->r60_north - profit - loss_borne) / 0.004);
  for (int i = 0; i < NORTH; i++) {
    double row[INPUTS] = {0.0};
    add(row, hurt * Y60[i] / b->north_weight, north_gp[i], INPUTS);
    add(row, -loss * Y60[i] / b->north_weight, north_r[i], INPUTS);
    put_row(J, S_DISCONTENT, i, row, trade);
  }
  J[S_DISCONTENT * CRISIS_STATES + S_DISCONTENT] -= 1.0 / T_forget;
}

void crisis_jacobian(double t, const double *y, const crisis_modes *m, double *J) {
  const balance_of_1960 *b = balance();
  world o;
  country c;
  country_gradient g;
  trade_gradient trade;
  double north_gp[NORTH][INPUTS], north_r[NORTH][INPUTS], inflation = 0.0, profit = 0.0;
  (void)m; /* modes enter additively */
  memset(J, 0, sizeof *J * CRISIS_STATES * CRISIS_STATES);
  the_world(t, y, b, &o);
  grad_trade(y, b, &o, &trade);
  for (int i = 0; i < NC; i++) {
    double row[OWN][INPUTS] = {{0.0}};
    the_country(y, b, &o, i, &c);
    grad_country(y, b, &o, i, &c, &g);
    rows_of_work(y, i, &c, &g, row);
    rows_of_money(y, &o, i, &c, &g, row);
    row_of_exchange(y, &o, i, &g, row[X_RX]);
    for (int k = 0; k < OWN; k++) put_row(J, own_state[k] + i, i, row[k], &trade);
    if (i < NORTH) {
      memcpy(north_gp[i], g.gp, sizeof g.gp);
      memcpy(north_r[i], g.r, sizeof g.r);
      inflation += Y60[i] * c.gp / b->north_weight;
      profit += Y60[i] * c.r / b->north_weight;
    }
  }
  put_shared(J, y, &o, &trade);
  put_discontent(J, b, &trade, inflation, profit, north_gp, north_r);
}
