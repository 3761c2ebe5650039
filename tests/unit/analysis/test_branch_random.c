/* Random polynomial systems with a planted fold: it is found, and whatever else is reported is judged by the
 * equations. */
#include "unit/analysis/diagrams.h"
/* cmocka first */
#include "linalg/eigen.h"

enum { MOST = 6 };

/* z' = T^-1 g(T z): g_1 = p + u_1^2 + cubic, g_i = -l_i u_i + skew, quadratic and cubic terms of u = T z. */
static double mix[MOST * MOST], unmix[MOST * MOST], square[MOST][MOST * MOST], cube[MOST][MOST], decay[MOST],
    skew[MOST][MOST];
static size_t size;

static double uniform(void) { return 2.0 * rand() / RAND_MAX - 1.0; }

static void multiply(const double *A, const double *x, double *out) {
  for (size_t i = 0; i < size; i++) {
    out[i] = 0.0;
    for (size_t j = 0; j < size; j++) out[i] += A[i * size + j] * x[j];
  }
}

/* mix = I + L strictly lower triangular, so that its inverse is a substitution. */
static void plant(unsigned seed, size_t n) {
  srand(seed);
  size = n;
  memset(unmix, 0, sizeof unmix);
  memset(skew, 0, sizeof skew);
  for (size_t i = 0; i < n; i++) {
    for (size_t j = 0; j < n; j++) {
      mix[i * n + j] = j < i ? uniform() : (double)(i == j);
    }
    for (size_t k = 0; k < n * n; k++) square[i][k] = i > 0 ? uniform() : 0.0;
    for (size_t k = 0; k < n; k++) cube[i][k] = 0.5 * uniform();
    for (size_t k = 1; k < i; k++) skew[k][i] = -(skew[i][k] = 2.0 * uniform());
    decay[i] = 0.2 + 1.5 * fabs(uniform());
  }
  square[0][0] = 1.0;
  for (size_t c = 0; c < n; c++)
    for (size_t i = 0; i < n; i++) {
      double sum = i == c;
      for (size_t j = 0; j < i; j++) sum -= mix[i * n + j] * unmix[j * n + c];
      unmix[i * n + c] = sum;
    }
}

static void planted_law(const double *x, const double *p, double *f) {
  double u[MOST], g[MOST];
  multiply(mix, x, u);
  for (size_t i = 0; i < size; i++) {
    g[i] = i == 0 ? p[0] : -decay[i] * u[i];
    for (size_t j = 0; j < size; j++) {
      g[i] += (skew[i][j] + cube[i][j] * u[j] * u[j]) * u[j];
      for (size_t k = 0; k < size; k++) g[i] += square[i][j * size + k] * u[j] * u[k];
    }
  }
  multiply(unmix, g, f);
}

static void planted_jacobian(const double *x, const double *p, double *J) {
  double u[MOST], G[MOST * MOST], column[MOST], out[MOST];
  (void)p;
  multiply(mix, x, u);
  for (size_t i = 0; i < size; i++)
    for (size_t j = 0; j < size; j++) {
      G[i * size + j] = skew[i][j] + 3.0 * cube[i][j] * u[j] * u[j] - (i == j && i > 0 ? decay[i] : 0.0);
      for (size_t k = 0; k < size; k++)
        G[i * size + j] += (square[i][j * size + k] + square[i][k * size + j]) * u[k];
    }
  for (size_t j = 0; j < size; j++) {
    for (size_t i = 0; i < size; i++) {
      column[i] = 0.0;
      for (size_t k = 0; k < size; k++) column[i] += G[i * size + k] * mix[k * size + j];
    }
    multiply(unmix, column, out);
    for (size_t i = 0; i < size; i++) J[i * size + j] = out[i];
  }
}

static void judge(const regime_special *s, unsigned seed) {
  double f[MOST], J[MOST * MOST] = {0}, worst = 0.0, zero = INFINITY, axis = INFINITY;
  planted_law(s->state, &s->parameter, f);
  for (size_t i = 0; i < size; i++) worst = fmax(worst, fabs(f[i]));
  planted_jacobian(s->state, &s->parameter, J);
  rg_eigen *eigen = rg_eigen_create(size);
  for (size_t i = 0; i < size; i++)
    for (size_t j = 0; j < size; j++) rg_eigen_matrix(eigen)[j * size + i] = J[i * size + j];
  assert_true(rg_eigen_find(eigen, RG_BY_REAL_PART));
  for (size_t k = 0; k < size; k++) {
    const double re = rg_eigen_re(eigen)[k], im = rg_eigen_im(eigen)[k];
    if (im == 0.0) zero = fmin(zero, fabs(re));
    if (im > 0.0 && fabs(im * s->period - 2.0 * acos(-1.0)) < 1e-6) axis = fmin(axis, fabs(re));
  }
  rg_eigen_free(eigen);
  const double critical = s->type == REGIME_POINT_HOPF ? axis : zero;
  if (worst > 1e-9 || critical > 1e-7)
    fail_msg("seed %u: %s at %.12g: residual %g, critical eigenvalue %g", seed, regime_point_text(s->type),
             s->parameter, worst, critical);
}

/* The number of unstable eigenvalues changes at special points only. */
static bool is_special(const regime_diagram *d, const regime_branch_point *p) {
  for (size_t k = 0; k < regime_diagram_specials(d); k++) {
    const regime_special *s = regime_diagram_special(d, k);
    double most = fabs(s->parameter - p->parameter);
    for (size_t i = 0; i < size; i++) most = fmax(most, fabs(s->state[i] - p->state[i]));
    if (most < 1e-7) return true;
  }
  return false;
}

static void judge_stability(const regime_diagram *d, unsigned seed) {
  for (size_t b = 0; b < regime_diagram_branches(d); b++) {
    const regime_branch *branch = regime_diagram_branch(d, b);
    for (size_t k = 0; k + 1 < branch->n_points; k++) {
      const regime_branch_point *one = &branch->point[k], *other = one + 1;
      if (one->n_unstable != other->n_unstable && !is_special(d, one) && !is_special(d, other))
        fail_msg("seed %u: stability changes unnoticed at %.12g", seed, one->parameter);
    }
  }
}

static const double low[MOST] = {-5, -5, -5, -5, -5, -5}, high[MOST] = {5, 5, 5, 5, 5, 5};

static regime_diagram *planted_diagram(by_hand *h, double to) {
  double u[2][MOST] = {{-0.0316}, {0.0316}}, start[2 * MOST];
  for (size_t k = 0; k < 2; k++) multiply(unmix, u[k], start + k * size);
  regime_system s = by_hand_system(h, 0.0);
  regime_branch_options o = regime_branch_defaults();
  o.parameter = 0;
  o.from = -0.001;
  o.to = to;
  o.low = low;
  o.high = high;
  o.start = start;
  o.n_starts = 2;
  return diagram_of(&s, &o);
}

static void judge_all(const regime_diagram *d, unsigned seed) {
  for (size_t k = 0; k < regime_diagram_specials(d); k++) judge(regime_diagram_special(d, k), seed);
  judge_stability(d, seed);
}

static bool has_planted(const regime_diagram *d) {
  for (size_t k = 0; k < regime_diagram_specials(d); k++) {
    const regime_special *special = regime_diagram_special(d, k);
    if (special->type == REGIME_POINT_FOLD && fabs(special->parameter) < 1e-10) return true;
  }
  return false;
}

static void planted_folds_are_found(void **state) {
  (void)state;
  size_t specials = 0;
  for (unsigned seed = 1; seed <= 300; seed++) {
    plant(seed, 1 + seed % MOST);
    by_hand h = {.n = size, .law = planted_law, .jacobian = planted_jacobian};
    regime_diagram *d = planted_diagram(&h, 1.0);
    if (!has_planted(d)) fail_msg("seed %u: no fold at 0", seed);
    assert_int_equal(regime_diagram_branches(d), 1); /* both starts lie on one branch */
    judge_all(d, seed);
    specials += regime_diagram_specials(d);
    regime_diagram_free(d);
    d = planted_diagram(&h, -2.0);
    judge_all(d, seed);
    specials += regime_diagram_specials(d);
    regime_diagram_free(d);
  }
  print_message("%zu special points judged\n", specials);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(planted_folds_are_found)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
