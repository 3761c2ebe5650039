/* What an equilibrium is called, judged by paths: from random starts next to each equilibrium of the shelf
 * those that are stable attract, the others lose what is near; and along each eigenvector a path does what
 * the eigenvalue says. Paths are those of Runge and Kutta, or of the map itself. */
#include "support/stability.h"
#include <complex.h>
#include <time.h>

static const double near = 1e-5; /* of the box */
enum { STARTS = 6, MOST_STEPS = 400000 };

static const struct {
  const char *model, *scenario, *parameter;
  double value;
} law[] = {
    {"goodwin", "baseline", NULL, 0},
    {"goodwin", "steep", NULL, 0},
    {"keen", "baseline", NULL, 0},
    {"keen", "baseline", "kappa0", 0.1},
    {"kaldor_cycle", "baseline", NULL, 0},
    {"kaldor_cycle", "cautious", NULL, 0},
    {"kaldor_cycle", "baseline", "sigma", 0.2},
    {"kaldor_cycle", "baseline", "sigma", 0.23},
    {"kaldor_map", "baseline", NULL, 0},
    {"kaldor_map", "slow", NULL, 0},
    {"kaldor_map", "poor", NULL, 0},
    {"logistic_map", "settled", NULL, 0},
    {"logistic_map", "two", NULL, 0},
    {"samuelson", "baseline", NULL, 0},
    {"samuelson", "creeping", NULL, 0},
    {"samuelson", "damped", NULL, 0},
    {"samuelson", "widening", NULL, 0},
    {"samuelson", "explosive", NULL, 0},
    {"hicks", "baseline", "g", 0.0},
    {"hicks", "mild", "g", 0.0},
    {"post_kaleckian", "baseline", NULL, 0},
    {"post_kaleckian", "baseline", "g1", 0.08},
    {"boyer_regimes", "extensive", NULL, 0},
    {"boyer_regimes", "taylorist", NULL, 0},
    {"boyer_regimes", "fordist", NULL, 0},
    {"boyer_regimes", "post_fordist", NULL, 0},
    {"boyer_regimes", "runaway", NULL, 0},
    {"race_to_the_bottom", "hold", NULL, 0},
    {"kaldor_robinson", "baseline", NULL, 0},
    {"harrod_domar", "baseline", NULL, 0},
    {"dixon_thirlwall", "baseline", NULL, 0},
    {"dixon_thirlwall", "linked", NULL, 0},
};

typedef struct spot {
  economy *e;
  const regime_equilibrium *rest;
  double width[MOST_STATES]; /* of the box; 0 of a state that drifts, which does not count */
  double dt, slowest;        /* rate, of those that count for what it is called */
  double fastest_out;        /* rate at which errors of a path are blown up */
} spot;

static double draw(void) { return 2.0 * rand() / RAND_MAX - 1.0; }

static bool is_map(const spot *s) { return s->e->system->next != NULL; }

/* Growth a unit of time along eigenvalue k; infinite shrinkage of a map is as good as any. */
static double rate_of(const spot *s, size_t k) {
  const double re = s->rest->eigen_re[k], im = s->rest->eigen_im[k];
  return is_map(s) ? log(fmax(hypot(re, im), 1e-6)) : re;
}

static double distance(const spot *s, const double *y) {
  double sum = 0.0;
  for (size_t i = 0; i < s->e->system->n_states; i++)
    if (s->width[i] > 0.0) sum += pow((y[i] - s->rest->state[i]) / s->width[i], 2);
  return sqrt(sum);
}

static bool is_short(const spot *s, double time) { return is_map(s) || time / s->dt < MOST_STEPS; }

static bool stand(spot *s, economy *e, size_t k) {
  const bool *drifts = regime_steady_looked(e->steady)->drifts;
  double fastest = 1e-3;
  *s = (spot){.e = e, .rest = regime_steady_at(e->steady, k), .slowest = INFINITY, .fastest_out = 0.03};
  for (size_t i = 0; i < begin(e); i++) {
    const regime_side side = regime_inquiry_side(e->inquiry, i);
    s->width[i] = drifts[i] ? 0.0 : side.high - side.low;
  }
  for (size_t j = 0; j < s->rest->n_eigen; j++) {
    if (isnan(s->rest->eigen_re[j])) return false;
    const double rate = rate_of(s, j);
    s->fastest_out = fmax(s->fastest_out, rate);
    fastest = fmax(fastest, hypot(s->rest->eigen_re[j], s->rest->eigen_im[j]));
    if (s->rest->is_stable || rate > 0.0) s->slowest = fmin(s->slowest, fabs(rate));
  }
  s->dt = 0.02 / fastest;
  return !s->rest->is_on_kink;
}

/* A start on the sphere of size `near` round it. */
static void put_near(const spot *s, double *y) {
  const size_t n = s->e->system->n_states;
  double size = 0.0;
  for (size_t i = 0; i < n; i++) {
    y[i] = draw() * s->width[i];
    if (s->width[i] > 0.0) size += pow(y[i] / s->width[i], 2);
  }
  for (size_t i = 0; i < n; i++) y[i] = s->rest->state[i] + near * y[i] / sqrt(size);
}

/* Whether the path is ever ten times as far as it began. */
static bool leaves(const spot *s, double *y, double time) {
  for (double t = 0.0; t < time; t += is_map(s) ? 1.0 : s->dt)
    if (!stride(s->e, y, s->dt) || distance(s, y) > 10 * near) return true;
  return false;
}

static size_t judge_type(const spot *s) {
  const double time = 14.0 / s->slowest;
  if (s->rest->type == REGIME_CENTRE || s->rest->type == REGIME_NON_HYPERBOLIC || !is_short(s, time))
    return 0;
  for (int k = 0; k < STARTS; k++) {
    double y[MOST_STATES];
    put_near(s, y);
    if (!s->rest->is_stable)
      assert_true(leaves(s, y, time));
    else {
      assert_true(let_go(s->e, y, time, s->dt));
      if (!(distance(s, y) < 0.01 * near)) fail_msg("%g of the box away, after %g", distance(s, y), time);
    }
  }
  return STARTS;
}

/* From rest along the vector of eigenvalue k the displacement is Re v exp(lambda t), or Re v lambda^t. */
static size_t judge_eigenvalue(const spot *s, size_t k) {
  const size_t n = s->e->system->n_states;
  const double re = s->rest->eigen_re[k], im = s->rest->eigen_im[k];
  const double time = is_map(s) ? 3.0 : fmin(1.0 / fmax(hypot(re, im), 1e-3), 3.0 / s->fastest_out);
  const double complex lambda = re + im * I, grown = is_map(s) ? cpow(lambda, 3) : cexp(lambda * time);
  const double *v = s->rest->right + k * n;
  double y[MOST_STATES], size = 0.0, off = 0.0, scale = 0.0;
  if (im < 0.0 || cabs(lambda) == 0.0 || !is_short(s, time)) return 0;
  for (size_t i = 0; i < n; i++)
    if (s->width[i] > 0.0) size = fmax(size, fmax(fabs(v[i]), im > 0.0 ? fabs(v[n + i]) : 0.0) / s->width[i]);
  for (size_t i = 0; i < n; i++) y[i] = s->rest->state[i] + (s->width[i] > 0.0 ? near / size * v[i] : 0.0);
  assert_true(let_go(s->e, y, time, s->dt));
  for (size_t i = 0; i < n; i++) {
    if (s->width[i] == 0.0) continue;
    const double complex from = near / size * (v[i] + (im > 0.0 ? v[n + i] : 0.0) * I);
    const double expected = creal(from * grown);
    off = fmax(off, fabs(y[i] - s->rest->state[i] - expected) / s->width[i]);
    scale = fmax(scale, cabs(from * grown) / s->width[i]);
  }
  if (!(off < 2e-3 * scale * fmin(1.0, hypot(re, im) * time) + 1e-10))
    fail_msg("along %g%+gi: off by %g of %g", re, im, off, scale);
  return 1;
}

static void paths_do_what_the_type_says(void **state) {
  (void)state;
  const unsigned seed = (unsigned)time(NULL);
  size_t rests = 0, starts = 0, values = 0;
  print_message("seed %u\n", seed);
  srand(seed);
  for (size_t l = 0; l < sizeof law / sizeof *law; l++) {
    economy e;
    open_economy(&e, law[l].model, law[l].scenario);
    if (law[l].parameter) put(&e, law[l].parameter, law[l].value);
    const size_t count = ask_steady(&e);
    assert_true(count > 0);
    for (size_t k = 0; k < count; k++) {
      spot s;
      if (!stand(&s, &e, k)) continue;
      print_message("%s, %s: %s\n", law[l].model, law[l].scenario, regime_rest_text(s.rest->type));
      rests++;
      starts += judge_type(&s);
      for (size_t j = 0; j < s.rest->n_eigen; j++) values += judge_eigenvalue(&s, j);
    }
    close_economy(&e);
  }
  print_message("%zu equilibria, %zu random starts, %zu eigenvalues\n", rests, starts, values);
  assert_true(rests >= 35 && starts >= 180 && values >= 40);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(paths_do_what_the_type_says)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
