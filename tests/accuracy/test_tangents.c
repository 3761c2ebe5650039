/* The tangents of models, against differences and against closed forms. */
#include "support/models.h"
#include "support/moving.h"

/* --- the shelf: every function along every parameter --------------------------------------------------- */

typedef struct opened {
  shelf shelf;
  regime_instance *instance;
  regime_system *system;
  double t, *y;
} opened;

/* After a path to t: the law is then that of t. */
static opened open_at(const char *file, const char *scenario, double t) {
  opened o = {.t = t};
  open_shelf(&o.shelf, file);
  assert_ok(regime_instance_create(o.shelf.context, o.shelf.model, scenario, &o.instance));
  o.system = regime_instance_system(o.instance);
  o.y = calloc(o.system->n_states + o.system->n_unknowns + 1, sizeof *o.y);
  const double from = regime_model_about(o.shelf.model)->from;
  if (t <= from) {
    o.t = from;
    assert_ok(o.system->start(o.system->self, from, o.y));
    if (o.system->settle) o.system->settle(o.system->self, from, o.y);
  } else {
    regime_path_options options = REGIME_PATH_DEFAULTS;
    regime_path *path = NULL;
    options.from = from;
    options.to = t;
    options.every = t - from;
    assert_ok(regime_path_compute(o.shelf.context, o.system, &options, &path));
    memcpy(o.y, regime_path_state(path), o.system->n_states * sizeof *o.y);
    regime_path_free(path);
  }
  if (o.system->n_unknowns) o.system->guess(o.system->self, o.t, o.y, o.y + o.system->n_states);
  return o;
}

static void drop_opened(opened *o) {
  free(o->y);
  regime_instance_free(o->instance);
  close_shelf(&o->shelf);
}

static void check_at(const char *file, const char *scenario, double t, double least) {
  opened o = open_at(file, scenario, t);
  moving m = {.system = o.system, .t = o.t, .y = o.y};
  moving_check_all(&m, o.system->rate != NULL, 1e-7);
  print_message("%-50s at %6g: %zu compared, %zu left out\n", file, o.t, m.compared, m.left_out);
  assert_true((double)m.compared >= least * (double)(m.compared + m.left_out));
  drop_opened(&o);
}

static void textbooks_move_as_differences_say(void **state) {
  (void)state;
  static const char *const names[] = {"boyer_regimes",
                                      "conflict_inflation",
                                      "dixon_thirlwall",
                                      "goodwin",
                                      "goodwin_verdoorn",
                                      "harrod_domar",
                                      "hicks",
                                      "kaldor_cycle",
                                      "kaldor_map",
                                      "kaldor_robinson",
                                      "keen",
                                      "logistic_map",
                                      "open",
                                      "pc",
                                      "post_kaleckian",
                                      "race_to_the_bottom",
                                      "samuelson",
                                      "sim",
                                      "solow",
                                      "supermultiplier",
                                      "thirlwall_law"};
  moving_sow();
  for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
    char file[256];
    snprintf(file, sizeof file, "models/textbook/%s/%s.cfg", names[k], names[k]);
    check_at(file, NULL, -INFINITY, 0.0);
    check_at(file, NULL, 7.0, 0.0);
  }
}

static void the_crisis_moves_as_differences_say(void **state) {
  (void)state;
  moving_sow();
  check_at("models/crisis/crisis.cfg", "history", -INFINITY, 0.9);
  check_at("models/crisis/crisis.cfg", "history", 1975.3, 0.9);
  check_at("models/crisis/crisis.cfg", "history", 1988.1, 0.9);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(textbooks_move_as_differences_say),
      cmocka_unit_test(the_crisis_moves_as_differences_say),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
