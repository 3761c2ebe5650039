/* Random communities of Lotka and Volterra: x_i' = x_i (b_i p - c_i - sum A_ij x_j). Each set of species has
 * one equilibrium, a straight line in p, and lines of sets that differ by one species cross where that one is
 * zero: how many branches and crossings are reached is known. */
#include "unit/analysis/diagrams.h"

enum { SPECIES = 3, SETS = 1 << SPECIES };

static double A[SPECIES][SPECIES], b[SPECIES], c[SPECIES];

static double uniform(void) { return (double)rand() / RAND_MAX; }

static void settle_community(unsigned seed) {
  srand(seed);
  for (int i = 0; i < SPECIES; i++) {
    for (int j = 0; j < SPECIES; j++) A[i][j] = i == j ? 1.0 + uniform() : uniform() - 0.5;
    b[i] = 0.5 + uniform();
    c[i] = uniform();
  }
}

static void community_law(const double *x, const double *p, double *f) {
  for (int i = 0; i < SPECIES; i++) {
    double growth = b[i] * p[0] - c[i];
    for (int j = 0; j < SPECIES; j++) growth -= A[i][j] * x[j];
    f[i] = x[i] * growth;
  }
}

static void community_jacobian(const double *x, const double *p, double *J) {
  for (int i = 0; i < SPECIES; i++) {
    double growth = b[i] * p[0] - c[i];
    for (int j = 0; j < SPECIES; j++) {
      growth -= A[i][j] * x[j];
      J[i * SPECIES + j] = -x[i] * A[i][j];
    }
    J[i * SPECIES + i] += growth;
  }
}

/* The equilibrium of a set: Gauss and Jordan, the diagonal being largest. */
static void equilibrium(int set, double p, double *x) {
  double M[SPECIES][SPECIES + 1];
  for (int i = 0; i < SPECIES; i++)
    for (int j = 0; j <= SPECIES; j++) {
      const double entry = j < SPECIES ? A[i][j] : b[i] * p - c[i];
      M[i][j] = set >> i & 1 ? entry : (double)(i == j);
    }
  for (int i = 0; i < SPECIES; i++)
    for (int k = 0; k < SPECIES; k++)
      for (int j = SPECIES; k != i && j >= i; j--) M[k][j] -= M[k][i] / M[i][i] * M[i][j];
  for (int i = 0; i < SPECIES; i++) x[i] = M[i][SPECIES] / M[i][i];
}

/* Where species i of a set is zero. */
static double crossing(int set, int i) {
  double at_zero[SPECIES], at_one[SPECIES];
  equilibrium(set, 0.0, at_zero);
  equilibrium(set, 1.0, at_one);
  return -at_zero[i] / (at_one[i] - at_zero[i]);
}

/* Sets and crossings reached from nobody. */
static void expect(double from, double to, size_t *sets, size_t *crossings) {
  bool reached[SETS] = {true};
  for (int round = 0; round < SETS; round++)
    for (int set = 0; set < SETS; set++)
      for (int i = 0; i < SPECIES; i++) {
        if (!(set >> i & 1)) continue;
        const double at = crossing(set, i);
        if (at < from || at > to) continue;
        if (reached[set] || reached[set ^ 1 << i]) reached[set] = reached[set ^ 1 << i] = true;
      }
  *sets = *crossings = 0;
  for (int set = 0; set < SETS; set++) {
    *sets += reached[set];
    for (int i = 0; i < SPECIES; i++) {
      const double at = set >> i & 1 ? crossing(set, i) : NAN;
      *crossings += reached[set] && at >= from && at <= to;
    }
  }
}

static void webs_are_followed_to_their_ends(void **state) {
  (void)state;
  for (unsigned seed = 1; seed <= 40; seed++) {
    settle_community(seed);
    by_hand h = {.n = SPECIES, .law = community_law, .jacobian = community_jacobian};
    regime_system s = by_hand_system(&h, 0.0);
    regime_branch_options o = regime_branch_defaults();
    const double start[SPECIES] = {0};
    o.parameter = 0;
    o.from = -2.0;
    o.to = 3.0;
    o.start = start;
    o.n_starts = 1;
    size_t sets, crossings;
    expect(o.from, o.to, &sets, &crossings);
    regime_diagram *d = diagram_of(&s, &o);
    if (regime_diagram_branches(d) != sets || count_of(d, REGIME_POINT_BRANCH) != crossings)
      fail_msg("seed %u: %zu branches for %zu sets, %zu crossings for %zu", seed, regime_diagram_branches(d),
               sets, count_of(d, REGIME_POINT_BRANCH), crossings);
    for (size_t k = 0; k < sets; k++) {
      const regime_branch *branch = regime_diagram_branch(d, k);
      assert_int_equal(branch->end[0], REGIME_END_OF_RANGE);
      assert_int_equal(branch->end[1], REGIME_END_OF_RANGE);
    }
    regime_diagram_free(d);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(webs_are_followed_to_their_ends)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
