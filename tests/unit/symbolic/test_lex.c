#include "support/check.h"

#include "symbolic/lex.h"

/* The kinds of the tokens as a line of signs, one a token; `.` ends a statement, `?` is wrong. */
static const char *shape(rg_arena *arena, const char *text, bool one_statement) {
  static const char signs[] = "1aO='()[],?.";
  rg_tokens tokens = {0};
  rg_lex(arena, text, NULL, 1, one_statement, &tokens);
  char *shape = rg_arena_take(arena, tokens.count + 1, 1);
  for (size_t k = 0; k < tokens.count; k++) shape[k] = signs[tokens.items[k].kind];
  return shape;
}

static rg_token only_token(rg_arena *arena, const char *text) {
  rg_tokens tokens = {0};
  rg_lex(arena, text, "file", 7, false, &tokens);
  assert_int_equal(tokens.count, 2); /* itself and the end */
  return tokens.items[0];
}

static void statements_end_with_their_lines(void **state) {
  rg_arena *arena = *state;
  assert_string_equal(shape(arena, "", false), "");
  assert_string_equal(shape(arena, "\n  \t\r\n# words\n## a heading\n", false), "");
  assert_string_equal(shape(arena, "x' = y\nz = 1", false), "a'=a.a=1.");
  assert_string_equal(shape(arena, "x = f(a,\n  b) # more\n\ny = 2\n", false), "a=a(a,a).a=1.");
  assert_string_equal(shape(arena, "x = a +\n\n  # aside\n  b\n", false), "a=aOa.");
  assert_string_equal(shape(arena, "x =\n  a or\n b\n c", false), "a=aOa.a.");
  assert_string_equal(shape(arena, "a\n+ b", true), "aOa.");
}

static void an_open_bracket_does_not_swallow_the_next_statement(void **state) {
  rg_arena *arena = *state;
  assert_string_equal(shape(arena, "x = (a\ny = 2", false), "a=(a.a=1.");
  assert_string_equal(shape(arena, "x = (a\nY[i,j] ' = 2", false), "a=(a.a[a,a]'=1.");
  assert_string_equal(shape(arena, "x = (a\n  init y(-1) = 2", false), "a=(a.aa(O1)=1.");
  assert_string_equal(shape(arena, "x = a *\ndef f(b) = 2", false), "a=aO.aa(a)=1.");
  assert_string_equal(shape(arena, "x = if(a\n == b, 1,\n c == d)", false), "a=a(aOa,1,aOa).");
}

static void numbers_are_decimal(void **state) {
  rg_arena *arena = *state;
  static const struct {
    const char *text;
    double value;
  } cases[] = {{"1", 1.0},     {"1.5", 1.5},     {".5", 0.5},
               {"1e-3", 1e-3}, {"2.E+2", 200.0}, {"007", 7.0},
               {"0.1", 0.1},   {"1e-400", 0.0},  {"1.7976931348623157e308", 1.7976931348623157e308}};
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
    const rg_token token = only_token(arena, cases[k].text);
    assert_int_equal(token.kind, RG_TOKEN_NUMBER);
    assert_true(token.number == cases[k].value);
    assert_int_equal(token.place.width, strlen(cases[k].text));
  }
}

static void what_is_no_number_is_wrong_as_a_whole(void **state) {
  rg_arena *arena = *state;
  static const char *const texts[] = {"1.2.3", "0x10", "1e",    "2x", "1e5.5", "1..2",
                                      "1e999", "3nan", "0infx", "5_", "1e5e5"};
  for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
    const rg_token token = only_token(arena, texts[k]);
    assert_int_equal(token.kind, RG_TOKEN_WRONG);
    assert_int_equal(token.place.width, strlen(texts[k]));
    assert_non_null(strstr(token.message, texts[k]));
  }
  assert_int_equal(only_token(arena, "inf").kind, RG_TOKEN_NAME);
  assert_int_equal(only_token(arena, "nan").kind, RG_TOKEN_NAME);
}

static void operators_are_the_longest_that_fit(void **state) {
  rg_arena *arena = *state;
  for (rg_operator op = RG_PLUS; op <= RG_IN; op++) {
    const rg_token token = only_token(arena, rg_operator_text(op));
    assert_int_equal(token.kind, RG_TOKEN_OPERATOR);
    assert_int_equal(token.op, op);
  }
  assert_string_equal(shape(arena, "a<=b==c<d!=e", true), "aOaOaOaOa.");
  assert_string_equal(shape(arena, "nota inb android", true), "aaa.");
}

static void habits_from_elsewhere_have_remedies(void **state) {
  rg_arena *arena = *state;
  static const struct {
    const char *text, *remedy;
  } cases[] = {{"**", "write `^` for a power"},
               {"&&", "write `and`"},
               {"||", "write `or`"},
               {"=>", "write `>=`"},
               {"<>", "write `!=`"},
               {":=", "write `=`"},
               {"\xc2\xb7", "write `*`"},
               {"\xc3\x97", "write `*`"},
               {"\xe2\x88\x92", "write a plain minus, `-`"},
               {"\xe2\x80\x99", "write a plain apostrophe, `'`"},
               {"\xe2\x89\xa4", "write `<=`"},
               {"\xce\xb1", "write Greek letters out, as in `alpha`"},
               {"\xc3\xa9", "names are made of the letters a to z, digits and `_`"},
               {"\xff", "save the file as plain UTF-8 text"},
               {"\xe2\x82", NULL},
               {"\x01", "save the file as plain UTF-8 text"}};
  for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
    rg_tokens tokens = {0};
    rg_lex(arena, cases[k].text, NULL, 1, false, &tokens);
    assert_int_equal(tokens.items[0].kind, RG_TOKEN_WRONG);
    if (cases[k].remedy) assert_string_equal(tokens.items[0].remedy, cases[k].remedy);
  }
  assert_string_equal(shape(arena, "a = !b", false), "a=?a.");
}

static void labels_belong_to_statements(void **state) {
  rg_arena *arena = *state;
  rg_tokens tokens = {0};
  rg_lex(arena, "## heading\nx = 1 ## label | unit\ny = 2 ### no label\nz = (1 ## early\n)", NULL, 1, false,
         &tokens);
  assert_int_equal(tokens.count, 4 + 4 + 6);
  assert_string_equal(tokens.items[3].label, " label | unit");
  assert_null(tokens.items[7].label);
  assert_string_equal(tokens.items[13].label, " early");
}

static void places_are_lines_of_the_file_and_columns_of_the_line(void **state) {
  rg_arena *arena = *state;
  rg_tokens tokens = {0};
  rg_lex(arena, "x = (a\n  + beta)", "goodwin.cfg", 12, false, &tokens);
  const rg_place beta = tokens.items[5].place;
  assert_string_equal(beta.file, "goodwin.cfg");
  assert_int_equal(beta.line, 13);
  assert_int_equal(beta.column, 5);
  assert_int_equal(beta.width, 4);
  assert_string_equal(beta.source, "  + beta)");
}

static int setup(void **state) { return (*state = rg_arena_create()) ? 0 : -1; }
static int teardown(void **state) {
  rg_arena_free(*state);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(statements_end_with_their_lines, setup, teardown),
      cmocka_unit_test_setup_teardown(an_open_bracket_does_not_swallow_the_next_statement, setup, teardown),
      cmocka_unit_test_setup_teardown(numbers_are_decimal, setup, teardown),
      cmocka_unit_test_setup_teardown(what_is_no_number_is_wrong_as_a_whole, setup, teardown),
      cmocka_unit_test_setup_teardown(operators_are_the_longest_that_fit, setup, teardown),
      cmocka_unit_test_setup_teardown(habits_from_elsewhere_have_remedies, setup, teardown),
      cmocka_unit_test_setup_teardown(labels_belong_to_statements, setup, teardown),
      cmocka_unit_test_setup_teardown(places_are_lines_of_the_file_and_columns_of_the_line, setup, teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
