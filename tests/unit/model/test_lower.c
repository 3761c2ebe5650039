/* What the functions and operators of the language mean, as values. */
#include "written.h"

typedef struct example {
  const char *expression;
  double value; /* where x = 0.3, y = -2, t = 1.5 */
} example;

static const example examples[] = {
    {"x + y*2 - 1", 0.3 - 4.0 - 1.0},
    {"-x^2", -0.09},
    {"2^3^2", 512.0},
    {"exp(x)", 1.3498588075760032},
    {"log(x)", -1.2039728043259361},
    {"sqrt(x)", 0.54772255750516607},
    {"abs(y)", 2.0},
    {"abs(x)", 0.3},
    {"min(x, y)", -2.0},
    {"max(x, y, 7, 1)", 7.0},
    {"sign(y)", -1.0},
    {"sign(x - x)", 0.0},
    {"floor(y + 0.5)", -2.0},
    {"clamp(y, -1, 1)", -1.0},
    {"clamp(x, -1, 1)", 0.3},
    {"clamp(5*x, -1, 1)", 1.0},
    {"if(x > y, 10, 20)", 10.0},
    {"if(x <= y, 10, 20)", 20.0},
    {"if(x >= x, 10, 20)", 10.0},
    {"if(x < x, 10, 20)", 20.0},
    {"if(x == 0.3, 10, 20)", 10.0},
    {"if(x != 0.3 or y > 0, 10, 20)", 20.0},
    {"if(not (x > 0 and y > 0), 10, 20)", 10.0},
    {"step(1)", 1.0},
    {"step(1.5)", 1.0},
    {"step(1.6)", 0.0},
    {"ramp(1, 2)", 0.5},
    {"ramp(2, 3)", 0.0},
    {"ramp(0, 1)", 1.0},
    {"smoothstep(1.5, 2)", 0.5},
    {"smoothstep(1, 0.5)", 0.7310585786300049},
    {"logistic(0)", 0.5},
    {"softplus(0, 2)", 1.3862943611198906},
    {"sin(x)^2 + cos(x)^2", 1.0},
    {"tan(x) - sin(x)/cos(x)", 0.0},
    {"tan(atan(x))", 0.3},
    {"tanh(x) - (1 - exp(-2*x))/(1 + exp(-2*x))", 0.0},
    {"pi", 3.14159265358979323846},
    {"t", 1.5},
    {"twice(x) + twice(twice(1))", 4.6},
    {"if(which(x > 0), 1, 0)", 1.0},
};

static void expressions_have_their_values(void **state) {
  (void)state;
  for (size_t k = 0; k < sizeof examples / sizeof *examples; k++) {
    char equations[512];
    snprintf(
        equations, sizeof equations,
        "def twice(a) = 2*a\ndef which(c) = not not c\ninit x = 0.3\nx' = 0\ninit y = -2\ny' = 0\nv = %s",
        examples[k].expression);
    written w = open_text("", equations);
    w.t = 1.5;
    if (!(fabs(value_of(&w, "v") - examples[k].value) < 1e-9)) print_message("%s\n", examples[k].expression);
    assert_close(value_of(&w, "v"), examples[k].value, 1e-9);
    drop(&w);
  }
}

static const char *const three =
    "sets = { c = { members = [\"A\", \"B\", \"C\"]; index = [\"i\", \"j\", \"k\"]; subsets = { ends = "
    "[\"A\", \"C\"]; }; };\n"
    "         s = { members = [\"A\", \"X\"]; index = [\"m\"]; }; };\n"
    "parameters = { p = { over = \"c\"; values = { A = 1.0; B = 20.0; C = 300.0; }; };\n"
    "  q = { over = [\"c\", \"s\"]; default = 0.0; values = { A = { X = 5.0; }; C = { A = 7.0; }; }; }; };\n";

static void sums_go_over_their_members(void **state) {
  (void)state;
  written w =
      open_text(three, "init x = 0\nx' = 0\n"
                       "all = sum(i, p[i])\nother[i] = sum(j != i, p[j])\nsome = sum(i in ends, p[i])\n"
                       "times = prod(i, p[i])\naverage = mean(i != B, p[i])\n"
                       "least = min(i, p[i])\nmost = max(i in ends, p[i])\n"
                       "table = sum(i, sum(m, q[i,m]))\nrow[i] = sum(m, q[i,m])\n"
                       "pairs[i,j] = p[i] - p[j]\nsame = sum(i, sum(j, if(i == j, p[i]*p[j], 0)))\n"
                       "chosen[i] = if(i == B, 1, if(i != C, 2, 3))\nlone = p[B] + q[A,X] + q[C,A]\n");
  assert_close(value_of(&w, "all"), 321.0, 0.0);
  assert_close(entry_of(&w, "other", 1), 301.0, 0.0);
  assert_close(value_of(&w, "some"), 301.0, 0.0);
  assert_close(value_of(&w, "times"), 6000.0, 0.0);
  assert_close(value_of(&w, "average"), 150.5, 0.0);
  assert_close(value_of(&w, "least"), 1.0, 0.0);
  assert_close(value_of(&w, "most"), 300.0, 0.0);
  assert_close(value_of(&w, "table"), 12.0, 0.0);
  assert_close(entry_of(&w, "row", 2), 7.0, 0.0);
  assert_close(entry_of(&w, "pairs", 5), 20.0 - 300.0, 0.0); /* [B,C] */
  assert_close(value_of(&w, "same"), 1.0 + 400.0 + 90000.0, 0.0);
  assert_close(entry_of(&w, "chosen", 0), 2.0, 0.0);
  assert_close(entry_of(&w, "chosen", 1), 1.0, 0.0);
  assert_close(entry_of(&w, "chosen", 2), 3.0, 0.0);
  assert_close(value_of(&w, "lone"), 32.0, 0.0);
  drop(&w);
}

/* An argument is looked at where it is given, with the letters of that place, not those of the function's
 * sums. */
static void functions_do_not_catch_letters(void **state) {
  (void)state;
  written w = open_text(three, "def weigh(a) = sum(i, a*p[i])\ninit x = 0\nx' = 0\nv[i] = weigh(p[i])\n"
                               "nested = sum(i, weigh(p[i]))");
  assert_close(entry_of(&w, "v", 1), 20.0 * 321.0, 0.0);
  assert_close(value_of(&w, "nested"), 321.0 * 321.0, 0.0);
  drop(&w);
}

/* x' on a right side: of a state its equation, of anything else the chain rule, of a path its slope. */
static void rates_of_change_are_exact(void **state) {
  (void)state;
  written w =
      open_text("paths = { oil = { points = ([0.0, 1.0], [2.0, 5.0]); }; };\n",
                "def growth(a) = a'/a\n"
                "init x = 2\nx' = 3*y\ninit y = 5\ny' = -x + t\n"
                "square = x^2*y\nspeed = square'\nof_x = x' + 1\nrelative = dlog(square) - pch(square)\n"
                "sum_of = d(x*y + t)\nby_function = growth(x)\ntwice = of_x'\n"
                "flow = oil' + t'\nthrice = twice'");
  w.t = 1.0;
  const double x = 2.0, y = 5.0, dx = 15.0, dy = -1.0;
  assert_close(value_of(&w, "speed"), 2.0 * x * dx * y + x * x * dy, 1e-14);
  assert_close(value_of(&w, "of_x"), 16.0, 0.0);
  assert_close(value_of(&w, "relative"), 0.0, 0.0);
  assert_close(value_of(&w, "sum_of"), dx * y + x * dy + 1.0, 1e-14);
  assert_close(value_of(&w, "by_function"), 7.5, 1e-15);
  assert_close(value_of(&w, "twice"), 3.0 * dy, 1e-14);
  assert_close(value_of(&w, "thrice"), 3.0 * (-dx + 1.0), 1e-14);
  assert_close(value_of(&w, "flow"), 3.0, 1e-15);
  drop(&w);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(expressions_have_their_values),
      cmocka_unit_test(sums_go_over_their_members),
      cmocka_unit_test(functions_do_not_catch_letters),
      cmocka_unit_test(rates_of_change_are_exact),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
