/* The gradient of the whole cost, by which a search moves, against differences of the cost: facts of all
 * kinds, an event that throws the state, a dated change, priors of every kind, every loss. */
#define TEST "study-gradient"
#include "study/fit_search.h"
#include "unit/study/written.h"

enum { FREE = 6 };

static const char world[] =
    "parameters = {\n"
    "  pull  = { value = 0.30; bounds = [0.05, 1.0]; free = true;\n"
    "            prior = { kind = \"normal\"; at = 0.4; sd = 0.1; }; };\n"
    "  goal  = { value = 2.0; bounds = [1.0, 4.0]; free = true;\n"
    "            prior = { kind = \"lognormal\"; at = 2.5; sd = 0.3; }; };\n"
    "  blow  = { value = 0.4; bounds = [0.0, 1.0]; free = true;\n"
    "            prior = { kind = \"beta\"; at = 0.3; sd = 0.15; }; };\n"
    "  limit = { value = 1.4; bounds = [1.1, 1.9]; free = true; prior = { kind = \"uniform\"; }; };\n"
    "  g     = { value = 0.03; free = true; transform = \"log\"; };\n"
    "  first = { value = 0.5; bounds = [0.1, 1.0]; free = true; };\n"
    "  trend = 0.2; };\n"
    "scenarios = { shift = { changes = ( { at = 6.0; set = { trend = 0.5; }; } ); }; };\n"
    "equations = \"\n"
    "  init x = first\n"
    "  x' = pull*(goal - x) + 0.1*trend\n"
    "  init y = 3\n"
    "  y' = g*y*x\n"
    "\";\n"
    "events = ( { name = \"break\"; when = \"x - limit\"; direction = \"up\"; once = true;\n"
    "             set = { x = \"x*(1 - blow)\"; }; } );\n"
    "observations = { file = \"" FACTS_FILE "\"; };\n";

static const char facts[] = "variable,from,to,value,kind,base,sd,weight\n"
                            "x,1,3,1.2,,,0.1,\nx,5,7,1.1,,,0.1,2\nx,8,,1.7,at,,0.1,\nx,2,9,0.4,change,,0.2,\n"
                            "y,1,9,4.5,growth,,0.5,\ny,6,7,1.4,ratio,1,0.05,\nbreak,,,4.2,event,,0.3,\n";

typedef struct slope {
  written w;
  rg_target target;
  rg_worker worker;
  rg_aim_of_fit aim;
  double *value, *by, *residual, *jacobian;
} slope;

static void open_slope(slope *s, regime_loss loss) {
  regime_fit_options options = REGIME_FIT_DEFAULTS;
  options.scenario = "shift";
  options.rtol = 1e-11;
  options.atol = 1e-13;
  write_file(FACTS_FILE, facts);
  load_text(&s->w, world);
  const regime_status status = rg_target_make(s->w.context, s->w.model, &options, &s->target);
  print_findings(s->w.context);
  assert_ok(status);
  assert_ok(rg_worker_open(&s->target, &s->worker));
  assert_int_equal(s->target.frees.count, FREE);
  s->aim = (rg_aim_of_fit){.loss = loss, .loss_scale = 1.0};
  const size_t rows = rg_fit_rows(&s->target), n_facts = s->target.facts.count;
  s->value = calloc(n_facts, sizeof(double));
  s->by = calloc(n_facts * FREE, sizeof(double));
  s->residual = calloc(rows, sizeof(double));
  s->jacobian = calloc(rows * FREE, sizeof(double));
  assert_true(s->value && s->by && s->residual && s->jacobian);
}

static void close_slope(slope *s) {
  free(s->value);
  free(s->by);
  free(s->residual);
  free(s->jacobian);
  rg_worker_close(&s->worker);
  rg_target_drop(&s->target);
  close_text(&s->w);
}

static double cost(slope *s, const double *p, bool with_slopes) {
  double *by = with_slopes ? s->by : NULL;
  assert_ok(rg_worker_ask(&s->worker, p, s->value, by));
  assert_true(rg_fit_residuals(&s->target, &s->aim, p, s->value, by, s->residual, s->jacobian));
  return rg_half_squares(s->residual, rg_fit_rows(&s->target));
}

static void gradient(slope *s, const double *p, double *out) {
  cost(s, p, true);
  for (size_t k = 0; k < FREE; k++) {
    out[k] = 0.0;
    for (size_t row = 0; row < rg_fit_rows(&s->target); row++)
      out[k] += s->jacobian[row * FREE + k] * s->residual[row];
  }
}

/* Central, of fourth order. */
static double difference(slope *s, const double *at, size_t k) {
  const double h = 1e-3 * at[k], weight[] = {1.0, -8.0, 8.0, -1.0}, step[] = {-2.0, -1.0, 1.0, 2.0};
  double sum = 0.0, p[FREE];
  for (size_t j = 0; j < 4; j++) {
    memcpy(p, at, sizeof p);
    p[k] += step[j] * h;
    sum += weight[j] * cost(s, p, false);
  }
  return sum / (12.0 * h);
}

static void check_gradient(regime_loss loss) {
  slope s = {0};
  double p[FREE], exact[FREE];
  open_slope(&s, loss);
  for (size_t k = 0; k < FREE; k++) p[k] = s.target.frees.items[k].start;
  gradient(&s, p, exact);
  assert_true(isfinite(s.value[6])); /* the event happens */
  for (size_t k = 0; k < FREE; k++) {
    print_message("%s: %.12g\n", s.target.frees.items[k].name, exact[k]);
    assert_true(exact[k] != 0.0);
    assert_close(difference(&s, p, k) / exact[k], 1.0, 1e-6);
  }
  close_slope(&s);
}

static void of_squares(void **state) {
  (void)state;
  check_gradient(REGIME_SQUARES);
}

static void of_hubers_loss(void **state) {
  (void)state;
  check_gradient(REGIME_HUBER);
}

static void of_cauchys_loss(void **state) {
  (void)state;
  check_gradient(REGIME_CAUCHY);
}

/* --- priors alone --------------------------------------------------------------------------------------- */

static rg_free believed(regime_prior_kind kind, double at, double sd) {
  return (rg_free){.low = 0.5, .high = 2.5, .scale = 2.0, .prior = {.kind = kind, .at = at, .sd = sd}};
}

/* Residual and slope across the range, the mode among them: there the residual is the root of a difference
 * of nothing. */
static void check_prior(rg_free f, double mode) {
  const double h = 1e-4;
  assert_close(rg_prior_residual(&f, mode), 0.0, 1e-7);
  for (double p = 0.6; p < 2.4; p += 0.1) {
    const double a = rg_prior_residual(&f, p - h), b = rg_prior_residual(&f, p + h);
    const double c = rg_prior_residual(&f, p - 2.0 * h), d = rg_prior_residual(&f, p + 2.0 * h);
    assert_close(rg_prior_slope(&f, p), (8.0 * (b - a) - (d - c)) / (12.0 * h), 1e-6);
  }
  assert_close(rg_prior_slope(&f, mode),
               (rg_prior_residual(&f, mode + h) - rg_prior_residual(&f, mode - h)) / (2.0 * h), 1e-5);
}

static void of_each_prior(void **state) {
  (void)state;
  const double mean = 0.25, size = mean * (1.0 - mean) / (0.15 * 0.15) - 1.0;
  check_prior(believed(REGIME_PRIOR_NORMAL, 1.1, 0.3), 1.1);
  check_prior(believed(REGIME_PRIOR_LOGNORMAL, 1.1, 0.3), 1.1 * exp(-0.09));
  check_prior(believed(REGIME_PRIOR_BETA, 1.0, 0.3), 0.5 + 2.0 * (size * mean - 1.0) / (size - 2.0));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(of_squares),
      cmocka_unit_test(of_hubers_loss),
      cmocka_unit_test(of_cauchys_loss),
      cmocka_unit_test(of_each_prior),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
