#include "unit/symbolic/words.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A tree with every bracket written: what binds what is seen at a glance. */
static void spell(const rg_tree *tree, rg_text *out) {
  switch (tree->kind) {
  case RG_TREE_NUMBER: rg_text_add(out, "%g", tree->number); return;
  case RG_TREE_NAME:
    rg_text_add(out, "%s", tree->name);
    for (size_t k = 0; k < tree->n_index; k++) rg_text_add(out, "[%s]", tree->index[k]->name);
    if (tree->lag) rg_text_add(out, "{%d}", tree->lag);
    if (tree->prime) rg_text_add(out, "'");
    return;
  case RG_TREE_CALL: rg_text_add(out, "%s", tree->name); break;
  default: break;
  }
  rg_text_add(out, "(");
  for (size_t k = 0; k < tree->n_args; k++) {
    if (tree->kind == RG_TREE_UNARY) rg_text_add(out, "%s ", rg_operator_text(tree->op));
    if (k > 0) rg_text_add(out, tree->kind == RG_TREE_CALL ? ", " : " %s ", rg_operator_text(tree->op));
    spell(tree->args[k], out);
  }
  rg_text_add(out, ")");
}

static const char *spelled(words *w, const rg_tree *tree) {
  rg_text text = {0};
  char *bytes;
  spell(tree, &text);
  assert_ok(rg_text_finish(&text, &bytes));
  const char *kept = rg_arena_text(w->arena, bytes);
  free(bytes);
  return kept;
}

static void operators_bind_as_in_print(void **state) {
  words *w = *state;
  static const struct {
    const char *text, *tree;
  } cases[] = {
      {"a + b*c", "(a + (b * c))"},
      {"a - b - c", "((a - b) - c)"},
      {"a/b/c*d", "(((a / b) / c) * d)"},
      {"a^b^c", "(a ^ (b ^ c))"},
      {"-x^2", "(- (x ^ 2))"},
      {"2^-1", "(2 ^ (- 1))"},
      {"2^-x^2*y", "((2 ^ (- (x ^ 2))) * y)"},
      {"-a*b", "((- a) * b)"},
      {"a*-b", "(a * (- b))"},
      {"- - +a", "(- (- (+ a)))"},
      {"(a + b)*c", "((a + b) * c)"},
      {"not a == b and c or d", "(((not (a == b)) and c) or d)"},
      {"not not a", "(not (not a))"},
      {"a < b + 1 and c >= d", "((a < (b + 1)) and (c >= d))"},
      {"a == not b", "(a == (not b))"},
      {"(a < b) == (c < d)", "((a < b) == (c < d))"},
  };
  for (size_t k = 0; k < COUNT(cases); k++) {
    const rg_tree *tree = rg_parse_expression(w->context, w->arena, NULL, cases[k].text, NULL, 1);
    assert_non_null(tree);
    assert_string_equal(spelled(w, tree), cases[k].tree);
  }
}

static void lags_are_told_from_calls(void **state) {
  words *w = *state;
  static const struct {
    const char *text, *right;
  } cases[] = {
      {"y = x(-1)", "x{-1}"},
      {"y = x( - 12 )", "x{-12}"},
      {"y = x(+1)", "x{1}"},
      {"y = Y[i](-1)", "Y[i]{-1}"},
      {"y = share[i,j]", "share[i][j]"},
      {"y = x' + Y[US]'", "(x' + Y[US]')"},
      {"y = exp(-1)", "exp((- 1))"},
      {"y = min(-1, x)", "min((- 1), x)"},
      {"y = x(1)", "x(1)"},
      {"y = x(-1.5)", "x((- 1.5))"},
      {"y = f(-1)\ndef f(a) = a", "f((- 1))"},
      {"y = sum(j in north, share[i,j]) + sum(j != i, a[j])",
       "(sum((j in north), share[i][j]) + sum((j != i), a[j]))"},
      {"y = if(i in north and not i in small, 1, 2)", "if(((i in north) and (not (i in small))), 1, 2)"},
  };
  for (size_t k = 0; k < COUNT(cases); k++) {
    rg_statements statements = {0};
    assert_true(rg_parse_equations(w->context, w->arena, cases[k].text, NULL, 1, &statements));
    assert_string_equal(spelled(w, statements.items[0].right), cases[k].right);
  }
}

static void statements_are_of_four_kinds(void **state) {
  words *w = *state;
  rg_statements s = {0};
  assert_true(rg_parse_equations(w->context, w->arena,
                                 "v' = v*(1 - u)   ## employment rate | 1  # equation (3)\n"
                                 "p = (1 -\n\n"
                                 "     u)/sigma    # profit\n"
                                 "init v(-2) = 0.8  ##   \n"
                                 "def f(a, b) = a*b ## | per year\n"
                                 "init = 3",
                                 NULL, 1, &s));
  assert_int_equal(s.count, 5);
  assert_int_equal(s.items[0].kind, RG_RATE);
  assert_string_equal(s.items[0].text, "v' = v*(1 - u)");
  assert_string_equal(s.items[0].label, "employment rate");
  assert_string_equal(s.items[0].unit, "1");
  assert_int_equal(s.items[1].kind, RG_LEVEL);
  assert_string_equal(s.items[1].text, "p = (1 - u)/sigma");
  assert_null(s.items[1].label);
  assert_int_equal(s.items[2].kind, RG_INIT);
  assert_string_equal(spelled(w, s.items[2].left), "v{-2}");
  assert_null(s.items[2].label);
  assert_int_equal(s.items[3].kind, RG_FUNCTION);
  assert_string_equal(spelled(w, s.items[3].left), "f(a, b)");
  assert_null(s.items[3].label);
  assert_string_equal(s.items[3].unit, "per year");
  assert_int_equal(s.items[4].kind, RG_LEVEL);
  assert_string_equal(s.items[4].left->name, "init");
}

static void trees_remember_their_places(void **state) {
  words *w = *state;
  rg_statements s = {0};
  assert_true(rg_parse_equations(w->context, w->arena, "\n x = a*(b + cd) +\n  e", "m.cfg", 10, &s));
  const rg_tree *sum = s.items[0].right, *product = sum->args[0], *inner = product->args[1];
  assert_string_equal(sum->place.file, "m.cfg");
  assert_int_equal(sum->place.line, 11);
  assert_int_equal(sum->place.column, 17);
  assert_int_equal(sum->begin, 0); /* on two lines */
  assert_int_equal(product->place.column, 7);
  assert_int_equal(product->begin, 6);
  assert_int_equal(product->end, 16);
  assert_int_equal(inner->begin, 8); /* with its brackets */
  assert_int_equal(inner->end, 16);
  assert_int_equal(sum->args[1]->place.line, 12);
  assert_memory_equal(sum->args[1]->place.source, "  e", 4);
}

/* A statement that is wrong, and all that must be said about it. */
static void mistakes_earn_their_messages(void **state) {
  words *w = *state;
  static const struct {
    const char *text;
    int column;
    const char *message, *remedy;
  } cases[] = {
      {"x == 3", 3, "`==` compares two values", "an equation is written with one `=`"},
      {"x + 3", 1, "this statement has no `=`", "write `name = expression`; a comment begins with `#`"},
      {"x =", 3, "the right side is empty", "write an expression after `=`"},
      {"x = (a + b*(c + 1)", 5, "this `(` is never closed", "add the `)` it needs"},
      {"x = Y[i - 1]", 9, "indices are not calculated with: `-`",
       "write `Y[i]` or `Y[US]`; the last period's value is `Y[i](-1)`"},
      {"x = Y[i", 6, "this `[` is never closed", "add the `]` it needs"},
      {"x = Y[", 6, "this `[` is never closed", "add the `]` it needs"},
      {"def f(a, = 3", 10, "an argument of `def` is a name, not `=`", "write `def f(a, b) = ...`"},
      {"x = (a]", 7, "`]` closes a `(`", "add the `)` it needs"},
      {"x = a)", 6, "`)` closes no bracket", "take it away, or open a bracket before it"},
      {"x = a +", 7, "an operand is missing after `+`",
       "write a number, a name or an expression in brackets there"},
      {"x = a + * b", 9, "an operand is missing before `*`",
       "write a number, a name or an expression in brackets there"},
      {"x = ()", 6, "an operand is missing before `)`",
       "write a number, a name or an expression in brackets there"},
      {"x = f()", 5, "`f` has no argument", "write what it is a function of between the brackets"},
      {"x = a b", 7, "an operator is missing between `a` and `b`",
       "write `*` for a product, and each statement on a line of its own"},
      {"x = 2(a + b)", 6, "an operator is missing between `2` and `(`",
       "write `*` for a product, and each statement on a line of its own"},
      {"x = 2a", 5, "`2a` is not a number", "write `2*a` for a product"},
      {"x = 1.2.3", 5, "`1.2.3` is not a number", "numbers are written like 12, 0.5 or 1e-3"},
      {"x = 1,5", 6, "`,` cannot stand here", "write numbers with a point, as in `0.5`"},
      {"x = a**2", 6, "`**` is not part of the language", "write `^` for a power"},
      {"x = a && b", 7, "`&&` is not part of the language", "write `and`"},
      {"x = a < b < c + 1", 11, "comparisons do not chain", "write `a < b and b < c + 1`"},
      {"x = 0 <= f(a) <= 1 and d", 15, "comparisons do not chain", "write `0 <= f(a) and f(a) <= 1`"},
      {"x = a = b", 7, "`=` cannot stand inside an expression",
       "write `==` to compare, and each equation on a line of its own"},
      {"x = if(i in north == j, 1, 0)", 19, "comparisons do not chain", "write `i in north and north == j`"},
      {"x = sum(i in 3, y[i])", 11, "after `in` comes the name of a subset",
       "write `sum(i in north, x[i])`, or `if(i in north, a, b)`"},
      {"x = y[-1]", 7, "an index is a letter or a member's name, not `-`",
       "write `Y[i]` or `Y[US]`; the last period's value is `x(-1)`"},
      {"x = y''", 6, "`y''` is a second derivative", "write two equations: `x' = v` and `v' = ...`"},
      {"x = y'[i]", 6, "the prime stands before the index", "write the index first: `x[i]'`"},
      {"x = 3'", 6, "`'` follows no variable", "only a variable has a rate: `x'`"},
      {"dx/dt = 3", 1, "a rate of change is written with a prime", "write `x' = ...`"},
      {"dY[i]/dt = 3", 1, "a rate of change is written with a prime", "write `Y[i]' = ...`"},
      {"d(x)/dt = 3", 1, "a rate of change is written with a prime", "write `x' = ...`"},
      {"a + b = c", 1, "the left side of an equation is one variable",
       "solve it for a variable, and write `x = ...` or `x' = ...`"},
      {"3 = c", 1, "the left side of an equation is one variable",
       "solve it for a variable, and write `x = ...` or `x' = ...`"},
      {"x(0) = 3", 1, "`x(...)` is not a left side",
       "a start is written `init x = ...`, a function `def f(a) = ...`"},
      {"x(-1) = 3", 1, "the left side of an equation has no lag",
       "write `x = ...` with `x(-1)` on the right side, or `init x(-1) = ...`"},
      {"int x = 3", 1, "`int x` is not the beginning of a statement", "did you mean `init`?"},
      {"parameter x = 3", 1, "`parameter x` is not the beginning of a statement",
       "a statement begins with a variable's name, with `init` or with `def`"},
      {"init x' = 3", 6, "`init` gives a value, not a rate", "leave the prime away"},
      {"init x(+1) = 3", 6, "a start lies in the past", "write `init x(-1) = ...`"},
      {"def f = 3", 5, "the function `f` has no arguments",
       "write `def f(a) = ...`, or `f = ...` without `def`"},
      {"def f(a, a) = 3", 10, "there are two arguments `a`", "give each argument its own name"},
      {"def f(2) = 3", 7, "an argument of `def` is a name, not `2`", "write `def f(a, b) = ...`"},
      {"x = y(-99999999999)", 8, "a lag of `99999999999` is too long", "lags count periods"},
      {"x = a not b", 7, "`not` cannot stand between two operands", "write `and not`, `or not`, or `!=`"},
      {"x = Y[i](2)", 9, "an operator is missing between `]` and `(`",
       "write `*` for a product, and each statement on a line of its own"},
  };
  for (size_t k = 0; k < COUNT(cases); k++) {
    rg_statements s = {0};
    assert_false(rg_parse_equations(w->context, w->arena, cases[k].text, NULL, 1, &s));
    assert_true(s.count == 0 || s.items[0].text[0] == '\0');
    assert_int_equal(regime_diagnostic_count(w->context), 1);
    const regime_diagnostic *d = regime_diagnostic_at(w->context, 0);
    assert_string_equal(d->message, cases[k].message);
    assert_string_equal(d->remedy, cases[k].remedy);
    assert_int_equal(d->column, cases[k].column);
    regime_diagnostics_clear(w->context);
  }
}

static void parsing_goes_on_after_a_mistake(void **state) {
  words *w = *state;
  rg_statements s = {0};
  const char *text = "a = (1 + \n"
                     "b = 2\n"
                     "c = 1 2 3 $ %\n"
                     "d = 4\n"
                     "e = 5 +";
  assert_false(rg_parse_equations(w->context, w->arena, text, "m.cfg", 100, &s));
  static const char *const texts[] = {"", "b = 2", "", "d = 4", ""};
  assert_int_equal(s.count, 5);
  for (size_t k = 0; k < 5; k++) assert_string_equal(s.items[k].text, texts[k]);
  static const int lines[] = {100, 102, 104};
  assert_int_equal(regime_diagnostic_count(w->context), 3);
  for (size_t k = 0; k < 3; k++) assert_int_equal(regime_diagnostic_at(w->context, k)->line, lines[k]);
}

static void what_a_wrong_statement_defines_is_kept(void **state) {
  words *w = *state;
  static const struct {
    const char *text, *name;
    rg_statement_kind kind;
  } cases[] = {
      {"x = 2 3", "x", RG_LEVEL},
      {"x' = a**2", "x", RG_RATE},
      {"x[i]' =", "x", RG_RATE},
      {"init x = (", "x", RG_INIT},
      {"x'' = 1", "x", RG_RATE},
      {"dx/dt = 1", "x", RG_RATE},
      {"d(x)/dt = 1", "x", RG_RATE},
      {"x(-1) = 1", "x", RG_LEVEL},
      {"def f(a) = a +", "f", RG_FUNCTION},
      {"def f(a, a) = 1", "f", RG_FUNCTION},
      {"a + b = c", NULL, RG_INIT},
      {"x + 3", NULL, RG_INIT},
      {"2 = x", NULL, RG_INIT},
      {"x[i = 1", "x", RG_LEVEL},
      {"x[ = 1", NULL, RG_INIT},
      {"init x[2] = 1", NULL, RG_INIT},
      {"def f(2) = 1", NULL, RG_INIT},
  };
  for (size_t k = 0; k < COUNT(cases); k++) {
    rg_statements s = {0};
    assert_false(rg_parse_equations(w->context, w->arena, cases[k].text, NULL, 1, &s));
    assert_int_equal(s.count, cases[k].name != NULL);
    if (s.count == 0) continue;
    assert_string_equal(s.items[0].left->name, cases[k].name);
    assert_int_equal(s.items[0].kind, cases[k].kind);
    assert_int_equal(s.items[0].left->lag, 0);
  }
}

static void an_expression_is_all_of_its_text(void **state) {
  words *w = *state;
  assert_string_equal(spelled(w, rg_parse_expression(w->context, w->arena, NULL, "a\n - b # c\n", NULL, 1)),
                      "(a - b)");
  assert_null(rg_parse_expression(w->context, w->arena, NULL, "a b", NULL, 1));
  assert_null(rg_parse_expression(w->context, w->arena, NULL, " # nothing", NULL, 1));
  assert_null(rg_parse_expression(w->context, w->arena, NULL, "a = b", NULL, 1));
  assert_null(rg_parse_expression(w->context, w->arena, NULL, "\xff", NULL, 1));
  assert_null(rg_parse_expression(w->context, w->arena, NULL, ")", NULL, 1));
  assert_int_equal(regime_diagnostic_count(w->context), 5);
}

static char *repeated(words *w, const char *head, const char *piece, size_t times) {
  const size_t head_length = strlen(head), length = strlen(piece);
  char *text = rg_arena_take(w->arena, head_length + times * length + 2, 1);
  memcpy(text, head, head_length);
  for (size_t k = 0; k < times; k++) memcpy(text + head_length + k * length, piece, length);
  text[head_length + times * length] = 'a';
  return text;
}

static void hostile_depth_is_refused_not_suffered(void **state) {
  words *w = *state;
  static const char *const pieces[] = {"(",     "-",     "f(", "a^",  "not ", "a+",
                                       "a*b-(", "if(a,", "-(", "a<(", "[",    "'"};
  for (size_t k = 0; k < COUNT(pieces); k++) {
    rg_statements s = {0};
    assert_false(
        rg_parse_equations(w->context, w->arena, repeated(w, "x = ", pieces[k], 100000), NULL, 1, &s));
    assert_int_equal(regime_diagnostic_count(w->context), 1);
    regime_diagnostics_clear(w->context);
  }
}

static void long_and_deep_texts_within_reason_are_read(void **state) {
  words *w = *state;
  rg_statements s = {0};
  assert_true(rg_parse_equations(w->context, w->arena, repeated(w, "x = ", "a + ", 1500), NULL, 1, &s));
  assert_true(rg_parse_equations(w->context, w->arena, repeated(w, "x = ", "-", 400), NULL, 1, &s));
  assert_int_equal(s.items[0].right->height, 1501);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      words_test(operators_bind_as_in_print),
      words_test(lags_are_told_from_calls),
      words_test(statements_are_of_four_kinds),
      words_test(trees_remember_their_places),
      words_test(mistakes_earn_their_messages),
      words_test(parsing_goes_on_after_a_mistake),
      words_test(what_a_wrong_statement_defines_is_kept),
      words_test(an_expression_is_all_of_its_text),
      words_test(hostile_depth_is_refused_not_suffered),
      words_test(long_and_deep_texts_within_reason_are_read),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
