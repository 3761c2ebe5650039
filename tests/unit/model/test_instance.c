/* A model as a whole: what it tells about itself, its outputs, and several instances at once. */
#include "written.h"
#include <pthread.h>

static const char *const groups =
    "sets = { c = { members = [\"A\", \"B\"]; index = [\"i\", \"j\"]; subsets = { last = [\"B\"]; }; }; };\n"
    "parameters = { p = { value = 2.0; about = \"a slope\"; unit = \"1/year\"; bounds = [0.0, 9.0]; };\n"
    "  q = { over = [\"c\", \"c\"]; default = 1.0; }; };\n"
    "identities = ({ name = \"zero\"; expr = \"y - x - x\"; tolerance = 1e-7; });\n"
    "phases = ({ name = \"high\"; when = \"x > 1\"; }, { name = \"low\"; when = \"x <= 1 and t >= 0\"; });\n"
    "phases_min_length = 0.5;\n"
    "variables = { x = { bounds = [-1.0, 4.0]; about = \"height\"; unit = \"share\"; }; };\n"
    "figures = ({ name = \"f\"; kind = \"panel\"; variable = \"z\"; members = [\"A\", \"last\"]; title = "
    "\"T\"; });\n"
    "scenarios = { s = { about = \"other\"; set = { p = 3.0; }; }; };\n";

static const char *const equations = "y = 2*x    ## double | ratio\nz[i,j] = q[i,j]*x\ninit x = 1.5\nx' = "
                                     "-p*x    ## level\nk = p^2\nw[i] = log(x - 1)*sum(j, z[i,j])";

static void a_model_tells_about_itself(void **state) {
  (void)state;
  written w = open_text(groups, equations);
  const regime_model_info *info = regime_model_about(w.model);
  assert_string_equal(info->name, "written");
  assert_string_equal(info->time, "continuous");
  assert_string_equal(info->default_scenario, "baseline");
  assert_int_equal(info->n_states, 1);
  assert_int_equal(info->n_constants, 1);
  assert_int_equal(info->n_auxiliaries, 7);
  assert_close(info->phases_min_length, 0.5, 0.0);
  assert_int_equal(regime_model_sets(w.model), 1);
  assert_int_equal(regime_model_set(w.model, 0)->n_subsets, 1);
  assert_int_equal(regime_model_set(w.model, 0)->subset_member[0][0], 1);
  assert_int_equal(regime_model_scenarios(w.model), 1);
  assert_int_equal(regime_model_figures(w.model), 1);
  assert_string_equal(regime_model_figure(w.model, 0)->members[1], "last");
  assert_null(regime_model_figure(w.model, 0)->members[2]);
  drop(&w);
}

static void variables_come_in_order_of_their_equations(void **state) {
  (void)state;
  static const char *const names[] = {"y", "z", "x", "k", "w"};
  static const size_t outputs[] = {0, 1, 5, 6, 7};
  written w = open_text(groups, equations);
  for (size_t k = 0; k < 5; k++) {
    const regime_variable *v = regime_model_variable(w.model, k);
    assert_string_equal(v->name, names[k]);
    assert_int_equal(v->output, outputs[k]);
  }
  assert_int_equal(variable_named(&w, "z")->n_over, 2);
  assert_int_equal(variable_named(&w, "z")->n_outputs, 4);
  assert_string_equal(variable_named(&w, "y")->label, "double");
  assert_string_equal(variable_named(&w, "y")->unit, "ratio");
  assert_string_equal(variable_named(&w, "x")->label, "height");
  assert_string_equal(variable_named(&w, "x")->equation, "x' = -p*x");
  assert_close(variable_named(&w, "x")->high, 4.0, 0.0);
  assert_true(variable_named(&w, "y")->high == INFINITY);
  drop(&w);
}

static void identities_and_phases_follow_the_variables(void **state) {
  (void)state;
  written w = open_text(groups, equations);
  const size_t identity = regime_model_identity_output(w.model), phase = regime_model_phase_output(w.model);
  assert_int_equal(identity, 9);
  assert_int_equal(phase, 10);
  assert_int_equal(w.system->n_outputs, 12);
  value_of(&w, "y");
  assert_close(w.out[identity], 0.0, 0.0);
  assert_close(w.out[phase], 1.0, 0.0);
  assert_close(w.out[phase + 1], 0.0, 0.0);
  w.y[0] = 0.5;
  value_of(&w, "y");
  assert_close(w.out[phase], 0.0, 0.0);
  assert_close(w.out[phase + 1], 1.0, 0.0);
  assert_true(isnan(entry_of(&w, "w", 0))); /* no value here, and no harm elsewhere */
  assert_close(value_of(&w, "y"), 1.0, 0.0);
  assert_close(regime_model_identity(w.model, 0)->tolerance, 1e-7, 0.0);
  assert_string_equal(regime_model_phase(w.model, 1), "low");
  drop(&w);
}

static void parameters_are_listed_entry_by_entry(void **state) {
  (void)state;
  written w = open_text(groups, equations);
  assert_int_equal(regime_model_parameters(w.model), 5);
  assert_string_equal(regime_model_parameter(w.model, 0)->about, "a slope");
  assert_close(regime_model_parameter(w.model, 0)->high, 9.0, 0.0);
  assert_string_equal(regime_model_parameter(w.model, 3)->name, "q[B,A]");
  drop(&w);
}

typedef struct worker {
  const regime_model *model;
  double p, sum;
} worker;

/* Euler steps: not accurate, but the same in every thread that has the same p. */
static void *work(void *self) {
  worker *job = self;
  regime_context *context;
  regime_instance *instance;
  double y[1], dy[1];
  if (regime_context_create(&context) != REGIME_OK) return NULL;
  if (regime_instance_create(context, job->model, "s", &instance) != REGIME_OK) return NULL;
  if (regime_instance_set(context, instance, "p", job->p) != REGIME_OK) return NULL;
  regime_system *system = regime_instance_system(instance);
  for (int run = 0; run < 200; run++) {
    if (system->start(system->self, 0.0, y) != REGIME_OK) return NULL;
    system->settle(system->self, 0.0, y);
    for (int step = 0; step < 50; step++) {
      system->rate(system->self, 0.01 * step, y, dy);
      y[0] += 0.01 * dy[0];
    }
    y[0] -= 10.0;
    system->explain(system->self, 0.0, y, context);
    job->sum += y[0];
  }
  regime_instance_free(instance);
  regime_context_free(context);
  return NULL;
}

static void instances_of_one_model_do_not_meet(void **state) {
  (void)state;
  enum { THREADS = 4 };
  written w = open_text(groups, equations);
  worker jobs[THREADS];
  pthread_t threads[THREADS];
  for (size_t k = 0; k < THREADS; k++) {
    jobs[k] = (worker){.model = w.model, .p = (double)(k % 2 + 1)};
    assert_int_equal(pthread_create(&threads[k], NULL, work, &jobs[k]), 0);
  }
  for (size_t k = 0; k < THREADS; k++) pthread_join(threads[k], NULL);
  assert_true(jobs[0].sum == jobs[2].sum && jobs[1].sum == jobs[3].sum);
  assert_close(jobs[0].sum, 200.0 * (1.5 * pow(0.99, 50) - 10.0), 1e-12);
  drop(&w);
}

static void assert_view(const written *w, regime_view view, const char *part) {
  char *text = NULL;
  assert_ok(regime_model_print(w->model, view, &text));
  if (!strstr(text, part)) print_message("%s\n", text);
  assert_non_null(strstr(text, part));
  free(text);
}

static void a_model_is_printed_at_its_stages(void **state) {
  (void)state;
  written w = open_text(groups, equations);
  assert_view(&w, REGIME_VIEW_TEXT, "x' = -p*x    ## level");
  assert_view(&w, REGIME_VIEW_TEXT, "q = A,A 1, A,B 1, B,A 1, B,B 1");
  assert_view(&w, REGIME_VIEW_LATEX, "\\dot{x} &= -p \\, x");
  assert_view(&w, REGIME_VIEW_LATEX, "\\log\\left(x - 1\\right) \\, \\left(\\sum_{j} z_{i,j}\\right)");
  assert_view(&w, REGIME_VIEW_GRAPH, "\"z\" -> \"w\";");
  assert_view(&w, REGIME_VIEW_EXPANDED, "z[B,A] = q[B,A]*x");
  assert_view(&w, REGIME_VIEW_DERIVATIVES, "d(x')/d(x) = -p");
  assert_view(&w, REGIME_VIEW_PROGRAM, "output 0");
  drop(&w);
}

static void a_file_that_is_not_there_is_no_file(void **state) {
  (void)state;
  written w = {0};
  assert_ok(regime_context_create(&w.context));
  assert_int_equal(regime_model_load(w.context, "/nowhere/at/all.cfg", &w.model), REGIME_NO_FILE);
  assert_null(w.model);
  drop(&w);
}

/* What a model was made from is kept as it was, whatever becomes of the file. */
static void texts_of_files_are_kept(void **state) {
  (void)state;
  written w = open_text("", "init x = 1\nx' = 1"); /* from a file that is gone by now */
  assert_int_equal(regime_model_files(w.model), 1);
  assert_non_null(strstr(regime_model_file_text(w.model, 0), "init x = 1\nx' = 1\n\";\n"));
  drop(&w);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_model_tells_about_itself),
      cmocka_unit_test(variables_come_in_order_of_their_equations),
      cmocka_unit_test(identities_and_phases_follow_the_variables),
      cmocka_unit_test(parameters_are_listed_entry_by_entry),
      cmocka_unit_test(instances_of_one_model_do_not_meet),
      cmocka_unit_test(a_model_is_printed_at_its_stages),
      cmocka_unit_test(a_file_that_is_not_there_is_no_file),
      cmocka_unit_test(texts_of_files_are_kept),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
