/* Derivatives of paths against extrapolated differences: known hard systems, and random polynomial ones with
 * random events. REGIME_SEED=N repeats a run. */
#include "unit/solve/polynomial.h"

#include <time.h>

static void assert_agrees(polynomial *p, regime_path_options o, double relative_step, double tolerance) {
  regime_system system = system_of(p);
  regime_path *path = path_of(&system, along(o, p->n_parameters));
  for (size_t k = 0; k < p->n_parameters; k++)
    assert_true(
        agrees_with_differences(&system, o, path, k, relative_step * fabs(p->parameter[k]), tolerance));
  regime_path_free(path);
}

static void robertson_agrees(void **state) {
  (void)state;
  polynomial p = {.n = 3,
                  .n_parameters = 4,
                  .parameter = {0.04, 1e4, 3e7, 1.0},
                  .start = {3, NONE, NONE},
                  .n_terms = 6,
                  .term = {{0, -1.0, 0, {0, NONE, NONE}, 0},
                           {1, 1.0, 0, {0, NONE, NONE}, 0},
                           {0, 1.0, 1, {1, 2, NONE}, 0},
                           {1, -1.0, 1, {1, 2, NONE}, 0},
                           {1, -1.0, 2, {1, 1, NONE}, 0},
                           {2, 1.0, 2, {1, 1, NONE}, 0}},
                  .date = NONE};
  regime_path_options o = tight(0.0, 4000.0);
  o.atol = 1e-18;
  assert_agrees(&p, o, 1e-3, 1e-7);
}

static void van_der_pol_agrees(void **state) {
  (void)state;
  polynomial p = {.n = 2,
                  .n_parameters = 3,
                  .parameter = {5.0, 2.0, 0.1},
                  .start = {1, 2},
                  .n_terms = 4,
                  .term = {{0, 1.0, NONE, {1, NONE, NONE}, 0},
                           {1, 1.0, 0, {1, NONE, NONE}, 0},
                           {1, -1.0, 0, {0, 0, 1}, 0},
                           {1, -1.0, NONE, {0, NONE, NONE}, 0}},
                  .date = NONE};
  assert_agrees(&p, tight(0.0, 14.0), 1e-3, 1e-5);
}

static void lorenz_agrees_for_a_while(void **state) {
  (void)state;
  polynomial p = {.n = 3,
                  .n_parameters = 6,
                  .parameter = {10.0, 28.0, 8.0 / 3.0, 1.0, 1.0, 20.0},
                  .start = {3, 4, 5},
                  .n_terms = 7,
                  .term = {{0, 1.0, 0, {1, NONE, NONE}, 0},
                           {0, -1.0, 0, {0, NONE, NONE}, 0},
                           {1, 1.0, 1, {0, NONE, NONE}, 0},
                           {1, -1.0, NONE, {0, 2, NONE}, 0},
                           {1, -1.0, NONE, {1, NONE, NONE}, 0},
                           {2, 1.0, NONE, {0, 1, NONE}, 0},
                           {2, -1.0, 2, {2, NONE, NONE}, 0}},
                  .date = NONE};
  assert_agrees(&p, tight(0.0, 2.0), 1e-4, 1e-6);
}

/* ---- random ---- */

static unsigned long long seed;

static double between(double low, double high) {
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return low + (high - low) * (double)(seed >> 11) / 9007199254740992.0;
}

static int choose(size_t n) { return (int)between(0.0, (double)n); }

static int new_parameter(polynomial *p, double low, double high) {
  p->parameter[p->n_parameters] = between(low, high);
  return (int)p->n_parameters++;
}

static void add_term(polynomial *p, term m) { p->term[p->n_terms++] = m; }

/* Oscillators with cubic damping, coupled; a switch and two events push another than they look at, so that
 * none undoes itself; and a date does. */
static polynomial random_polynomial(void) {
  polynomial p = {.n = 4, .date = NONE};
  for (size_t i = 0; i < p.n; i++) {
    const int own = (int)i, twin = own ^ 1;
    p.start[i] = new_parameter(&p, -1.0, 1.0);
    add_term(&p, (term){own, i % 2 ? -1.0 : 1.0, new_parameter(&p, 0.8, 2.0), {twin, NONE, NONE}, 0});
    add_term(&p, (term){own, -1.0, new_parameter(&p, 0.05, 0.3), {own, own, own}, 0});
    add_term(&p, (term){own, 1.0, new_parameter(&p, -0.3, 0.3), {choose(4), choose(4), NONE}, 0});
  }
  p.n_switches = 1;
  p.surface[0] = (surface){choose(4), new_parameter(&p, -0.4, 0.4)};
  add_term(&p,
           (term){(p.surface[0].state + 1) % 4, 1.0, new_parameter(&p, -0.6, 0.6), {NONE, NONE, NONE}, 1});
  p.n_events = 2;
  for (size_t k = 0; k < 2; k++) {
    p.surface[1 + k] = (surface){choose(4), new_parameter(&p, -0.3, 0.3)};
    p.event[k] = (regime_event){
        .name = "kick", .direction = k == 0 ? REGIME_UP : REGIME_DOWN, .once = between(0.0, 1.0) < 0.5};
    p.effect[p.n_effects++] = (effect){(int)k, (p.surface[1 + k].state + 1) % 4, new_parameter(&p, 0.6, 1.2),
                                       new_parameter(&p, -0.3, 0.3), NONE};
  }
  p.date = new_parameter(&p, 0.5, 3.5);
  p.effect[p.n_effects++] = (effect){MOST, choose(4), NONE, new_parameter(&p, -0.5, 0.5), NONE};
  p.n_held = p.n_parameters + 1; /* one mode: when the first event last was */
  p.effect[p.n_effects++] = (effect){0, NONE, NONE, NONE, (int)p.n_parameters};
  add_term(&p, (term){choose(4), 0.1, (int)p.n_parameters, {choose(4), NONE, NONE}, 0});
  return p;
}

static void random_systems_agree(void **state) {
  (void)state;
  size_t compared = 0, asked = 0, happenings = 0;
  const char *given = getenv("REGIME_SEED");
  seed = given ? strtoull(given, NULL, 10) : (unsigned long long)time(NULL);
  print_message("REGIME_SEED=%llu\n", seed);
  for (int round = 0; round < 40; round++) {
    polynomial p = random_polynomial();
    regime_system system = system_of(&p);
    const regime_path_options o = tight(0.0, 4.0);
    regime_path *path = path_of(&system, along(o, p.n_parameters));
    happenings += regime_path_happenings(path);
    for (size_t k = 0; k < p.n_parameters; k++, asked++)
      if (isfinite(derivative_of(path, 0, 4, k)))
        compared += agrees_with_differences(&system, o, path, k, 1e-4, 1e-5);
    regime_path_free(path);
  }
  print_message("%zu of %zu derivatives compared, through %zu events\n", compared, asked, happenings);
  assert_true(compared > asked * 9 / 10 && happenings > 20);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(robertson_agrees),
      cmocka_unit_test(van_der_pol_agrees),
      cmocka_unit_test(lorenz_agrees_for_a_while),
      cmocka_unit_test(random_systems_agree),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
