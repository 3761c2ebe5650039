/* The Jacobian of random models against difference quotients, and its pattern. */
#include "written.h"

enum { MODELS = 40, STATES = 5, AUXILIARIES = 6, MEMBERS = 3 };

static unsigned long long seed;

static unsigned draw(unsigned n) {
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return (unsigned)(seed >> 33) % n;
}

typedef struct text {
  char bytes[32768];
  size_t length;
} text;

static void say(text *t, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  t->length += (size_t)vsnprintf(t->bytes + t->length, sizeof t->bytes - t->length, format, arguments);
  va_end(arguments);
  assert_true(t->length < sizeof t->bytes);
}

/* A smooth expression that is defined everywhere, in states and in auxiliaries before `known`. */
static void say_expression(text *t, unsigned known, int depth) {
  static const char *const functions[] = {"tanh", "sin", "atan", "logistic"};
  if (depth == 0 || draw(5) == 0) {
    const unsigned which = draw(STATES + known + 2);
    if (which < STATES)
      say(t, draw(3) ? "x%u[i]" : "mean(j != i, x%u[j])", which);
    else if (which < STATES + known)
      say(t, draw(2) ? "a%u[i]" : "sum(j, a%u[j])", which - STATES);
    else
      say(t, which == STATES + known ? "t" : "%u.5", draw(3));
    return;
  }
  const unsigned form = draw(6);
  say(t, form < 2 ? "%s(" : "(", functions[draw(4)]);
  say_expression(t, known, depth - 1);
  if (form >= 2) {
    static const char *const between[] = {" + ", " - ", "*", "/(2 + sin("};
    say(t, "%s", between[form - 2]);
    say_expression(t, known, depth - 1);
  }
  say(t, form == 5 ? ")))" : ")");
}

static void say_model(text *t) {
  for (unsigned k = 0; k < AUXILIARIES; k++) {
    say(t, "a%u[i] = ", k);
    say_expression(t, k, 3);
    say(t, "\n");
  }
  for (unsigned k = 0; k < STATES; k++) {
    say(t, "init x%u[i] = 0.%u\nx%u[i]' = ", k, draw(9) + 1, k);
    say_expression(t, AUXILIARIES, 3);
    say(t, k ? " + 0.1*x0[i]'\n" : "\n");
  }
}

/* Entry (i, j) of the Jacobian; zero outside the pattern. */
static double entry(const regime_system *system, const double *values, size_t i, size_t j) {
  for (size_t k = system->jacobian_column[j]; k < system->jacobian_column[j + 1]; k++)
    if (system->jacobian_row[k] == i) return values[k];
  return 0.0;
}

static void assert_columns_ascend(const regime_system *system) {
  for (size_t j = 0; j < system->n_states; j++)
    for (size_t k = system->jacobian_column[j] + 1; k < system->jacobian_column[j + 1]; k++)
      assert_true(system->jacobian_row[k] > system->jacobian_row[k - 1]);
}

static void compare_column(written *w, const double *values, size_t j) {
  const double h = 1e-6, before = w->y[j];
  double up[64], down[64];
  w->y[j] = before + h;
  assert_int_equal(w->system->rate(w->system->self, w->t, w->y, up), 0);
  w->y[j] = before - h;
  assert_int_equal(w->system->rate(w->system->self, w->t, w->y, down), 0);
  w->y[j] = before;
  for (size_t i = 0; i < w->system->n_states; i++)
    assert_close(entry(w->system, values, i, j), (up[i] - down[i]) / (2.0 * h), 1e-6);
}

static void compare(written *w) {
  double values[4096];
  w->t = 0.7;
  assert_columns_ascend(w->system);
  assert_int_equal(w->system->jacobian(w->system->self, w->t, w->y, values), 0);
  for (size_t j = 0; j < w->system->n_states; j++) compare_column(w, values, j);
}

static void jacobians_agree_with_differences(void **state) {
  (void)state;
  for (unsigned k = 0; k < MODELS; k++) {
    text t = {.length = 0};
    seed = 1000 + k;
    say_model(&t);
    print_message("seed %u\n", 1000 + k);
    written w =
        open_text("sets = { c = { members = [\"A\", \"B\", \"C\"]; index = [\"i\", \"j\"]; }; };\n", t.bytes);
    compare(&w);
    drop(&w);
  }
}

/* With switches the derivative is that of the side in force. */
static void held_sides_count(void **state) {
  (void)state;
  written w = open_text("", "init x = 2\ninit y = 1\nm = max(x, 3*y)\n"
                            "x' = m*y + if(t > 5, x^2, x)\ny' = abs(x - 3)*clamp(y, 0, 4)");
  compare(&w);
  w.system->turn(w.system->self, 0, REGIME_UP);
  double values[4];
  assert_int_equal(w.system->jacobian(w.system->self, 0.0, w.y, values), 0);
  compare(&w);
  drop(&w);
}

/* The slope of sqrt(x) at 0 is infinite; a model may rest there all the same. */
static void an_infinite_slope_is_left_out(void **state) {
  (void)state;
  written w = open_text("", "init x = 0\nx' = sqrt(x) - 2*x\ninit y = 1\ny' = -3*y");
  double values[2];
  assert_int_equal(w.system->jacobian(w.system->self, 0.0, w.y, values), 0);
  assert_true(isfinite(values[0]));
  assert_close(values[1], -3.0, 0.0);
  drop(&w);
}

/* A rate that does not depend on a state has no entry for it. */
static void the_pattern_is_sparse(void **state) {
  (void)state;
  written w = open_text("parameters = { p = 2.0; };\n",
                        "k = p^2\nnothing = 0*y + k\ninit x = 1\nx' = nothing*x\ninit y = 1\ny' = x*p");
  assert_int_equal(w.system->jacobian_column[1], 2);
  assert_int_equal(w.system->jacobian_column[2], 2);
  drop(&w);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(jacobians_agree_with_differences),
      cmocka_unit_test(held_sides_count),
      cmocka_unit_test(an_infinite_slope_is_left_out),
      cmocka_unit_test(the_pattern_is_sparse),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
