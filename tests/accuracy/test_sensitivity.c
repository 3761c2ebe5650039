/* Derivatives of the paths of models: against closed forms, and against differences of paths of nearby
 * parameters, extrapolated. Of the large model they are carried along every seventh of its directions, or
 * along all where REGIME_TEST_ALL is set. */
#include "support/runs.h"

enum { MOST_DIRECTIONS = 128 };

typedef struct subject {
  shelf shelf;
  regime_instance *instance;
  regime_system *system;
  regime_path_options options;
  size_t direction[MOST_DIRECTIONS];
  double value[MOST_DIRECTIONS]; /* of each, before anything moves */
} subject;

/* Parameters a path may be asked about: not other paths, nor what only events change; a switch, which is
 * either 0 or 1, has no derivative to speak of. */
static bool is_direction(const regime_parameter *p, bool only_bounded) {
  const bool is_bounded = isfinite(p->low) && isfinite(p->high);
  return !p->is_path && !p->is_mode && (is_bounded || !only_bounded);
}

static void open_subject(subject *s, const char *file, const char *scenario, regime_path_options options,
                         bool only_bounded, size_t every) {
  size_t seen = 0;
  open_shelf(&s->shelf, file);
  assert_ok(regime_instance_create(s->shelf.context, s->shelf.model, scenario, &s->instance));
  s->system = regime_instance_system(s->instance);
  s->options = options;
  s->options.n_directions = 0;
  s->options.direction = s->direction;
  for (size_t k = 0; k < regime_model_parameters(s->shelf.model); k++) {
    if (!is_direction(regime_model_parameter(s->shelf.model, k), only_bounded) || seen++ % every != 0)
      continue;
    assert_true(s->options.n_directions < MOST_DIRECTIONS);
    s->value[s->options.n_directions] = s->system->parameter(s->system->self, k);
    s->direction[s->options.n_directions++] = k;
  }
}

static void close_subject(subject *s) {
  regime_instance_free(s->instance);
  close_shelf(&s->shelf);
}

static regime_path *path_of(subject *s, regime_path_options options) {
  regime_path *path = NULL;
  const regime_status status = regime_path_compute(s->shelf.context, s->system, &options, &path);
  if (status != REGIME_OK) print_findings(s->shelf.context);
  assert_ok(status);
  return path;
}

static regime_path *path_near(subject *s, size_t d, double step) {
  regime_path_options plain = s->options;
  plain.n_directions = 0;
  assert_int_equal(s->system->set_parameter(s->system->self, s->direction[d], s->value[d] + step), 0);
  regime_path *path = path_of(s, plain);
  assert_int_equal(s->system->set_parameter(s->system->self, s->direction[d], s->value[d]), 0);
  return path;
}

/* Everything a path says in numbers, one after the other: outputs, then event times. */
static double reading(const regime_path *path, size_t k) {
  const size_t n_outputs = regime_path_outputs(path), n = regime_path_points(path) * n_outputs;
  return k < n ? regime_path_values(path, k / n_outputs)[k % n_outputs]
               : regime_path_happening(path, k - n).time;
}

static double slope(const regime_path *path, size_t k, size_t d) {
  const size_t n_outputs = regime_path_outputs(path), n = regime_path_points(path) * n_outputs;
  const size_t n_directions = regime_path_directions(path);
  return k < n ? regime_path_derivatives(path, k / n_outputs)[k % n_outputs * n_directions + d]
               : regime_path_happening_derivatives(path, k - n)[d];
}

/* Each against the largest of its kind. */
static double size_of(const regime_path *path, size_t k, size_t d) {
  const size_t n_outputs = regime_path_outputs(path), n = regime_path_points(path) * n_outputs;
  double largest = k < n ? 0.0 : 1.0;
  for (size_t j = k % n_outputs; k < n && j < n; j += n_outputs)
    if (isfinite(slope(path, j, d))) largest = fmax(largest, fabs(slope(path, j, d)));
  return largest;
}

typedef struct verdict {
  double worst;
  size_t direction, reading;
  size_t compared, doubtful; /* doubtful: whose two differences differ by more than 1e-4 */
} verdict;

static void compare(subject *s, const regime_path *path, size_t d, double h, double *sizes, verdict *v) {
  regime_path *near[4];
  for (int j = 0; j < 4; j++) near[j] = path_near(s, d, (double[]){h, -h, 0.5 * h, -0.5 * h}[j]);
  const size_t n_outputs = regime_path_outputs(path);
  const size_t n = regime_path_points(path) * n_outputs + regime_path_happenings(path);
  for (int j = 0; j < 4; j++) assert_int_equal(regime_path_happenings(near[j]), regime_path_happenings(path));
  for (size_t k = 0; k < n_outputs; k++) sizes[k] = size_of(path, k, d);
  for (size_t k = 0; k < n; k++) {
    const bool is_time = k >= regime_path_points(path) * n_outputs;
    const double wide = (reading(near[0], k) - reading(near[1], k)) / (2.0 * h);
    const double close = (reading(near[2], k) - reading(near[3], k)) / h;
    const double expected = close + (close - wide) / 3.0, size = is_time ? 1.0 : sizes[k % n_outputs];
    if (!isfinite(expected) && !isfinite(slope(path, k, d))) continue;
    const double scale = fmax(size, 1e-3 * fmax(1.0, fabs(reading(path, k))) / fmax(fabs(s->value[d]), 1e-3));
    const double doubt = fabs(close - wide) / scale; /* differences know no better */
    const double error = fabs(slope(path, k, d) - expected) / scale - doubt;
    v->compared++;
    if (doubt > 1e-4) v->doubtful++;
    if (error <= v->worst) continue;
    v->worst = isnan(error) ? INFINITY : error;
    v->direction = d;
    v->reading = k;
  }
  for (int j = 0; j < 4; j++) regime_path_free(near[j]);
}

static void report(const subject *s, const regime_path *path, const verdict *v) {
  const regime_parameter *p = regime_model_parameter(s->shelf.model, s->direction[v->direction]);
  print_message("%zu numbers, %zu of them doubtful, %zu directions: the furthest off by %.3g of its size, "
                "along %s, output %zu of point %zu\n",
                v->compared, v->doubtful, regime_path_directions(path), v->worst, p->name,
                v->reading % regime_path_outputs(path), v->reading / regime_path_outputs(path));
}

static void assert_agreement(subject *s, double step, double tolerance, size_t n_happenings) {
  regime_path *path = path_of(s, s->options);
  double *sizes = calloc(regime_path_outputs(path), sizeof *sizes);
  verdict v = {0};
  assert_non_null(sizes);
  assert_int_equal(regime_path_happenings(path), n_happenings);
  for (size_t d = 0; d < s->options.n_directions; d++)
    compare(s, path, d, step * fmax(fabs(s->value[d]), 0.1), sizes, &v);
  report(s, path, &v);
  free(sizes);
  regime_path_free(path);
  assert_true(v.worst <= tolerance);
  assert_true(v.doubtful <= v.compared / 5);
}

static regime_path_options tight(double from, double to, double every) {
  regime_path_options o = REGIME_PATH_DEFAULTS;
  o.from = from;
  o.to = to;
  o.every = every;
  o.rtol = 1e-12;
  o.atol = 1e-14;
  return o;
}

static void goodwin_agrees_with_differences(void **state) {
  (void)state;
  subject s;
  open_subject(&s, "models/textbook/goodwin/goodwin.cfg", NULL, tight(0.0, 60.0, 5.0), false, 1);
  assert_agreement(&s, 1e-4, 1e-6, 0);
  close_subject(&s);
}

static void keen_agrees_with_differences(void **state) {
  (void)state;
  subject s;
  open_subject(&s, "models/textbook/keen/keen.cfg", NULL, tight(0.0, 30.0, 5.0), false, 1);
  assert_agreement(&s, 1e-3, 1e-5, 0);
  close_subject(&s);
}

static void open_agrees_with_differences(void **state) {
  (void)state;
  subject s;
  open_subject(&s, "models/textbook/open/open.cfg", NULL, tight(1945.0, 2005.0, 5.0), false, 1);
  assert_agreement(&s, 1e-3, 1e-6, 0);
  close_subject(&s);
}

static void the_crisis_agrees_with_differences(void **state) {
  (void)state;
  subject s;
  open_subject(&s, "models/crisis/crisis.cfg", "history", tight(1960.0, 1991.0, 1.7), true,
               getenv("REGIME_TEST_ALL") ? 1 : 7);
  assert_agreement(&s, 1e-3, 2e-5, 3);
  close_subject(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(goodwin_agrees_with_differences),
      cmocka_unit_test(keen_agrees_with_differences),
      cmocka_unit_test(open_agrees_with_differences),
      cmocka_unit_test(the_crisis_agrees_with_differences),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
