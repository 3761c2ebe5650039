/* Units: how they are read and multiplied, what does not fit, and above all what raises no alarm. */
#include "model/units.h"
#include "written.h"

static const char *reading(rg_arena *arena, const char *text) {
  const rg_unit *unit = rg_unit_parse(arena, text);
  return unit ? rg_unit_text(arena, unit) : "unknown";
}

static void units_are_products_of_powers(void **state) {
  (void)state;
  rg_arena *arena = rg_arena_create();
  static const char *const readings[][2] = {
      {"1/year", "1/year"},
      {"years", "year"},
      {"", "unknown"},
      {"share", "1"},
      {"%", "1"},
      {"%/year", "1/year"},
      {"percent per year", "1/year"},
      {"US dollars of 1960", "US dollars of 1960"},
      {"USD/person/year", "USD/person/year"},
      {"m^2*kg/m", "kg*m"},
      {"m^0.5 * m^0.5", "m"},
      {"kg/kg", "1"},
      {"1960 US = 1", "unknown"},
      {"1000", "unknown"},
      {"a^b", "unknown"},
      {"(a", "unknown"},
      {"a//b", "unknown"},
  };
  for (size_t k = 0; k < sizeof readings / sizeof *readings; k++)
    assert_string_equal(reading(arena, readings[k][0]), readings[k][1]);
  rg_arena_free(arena);
}

static const char *const groups =
    "parameters = { money = { value = 1.0; unit = \"USD\"; }; people = { value = 1.0; unit = \"person\"; };\n"
    "  rate = { value = 1.0; unit = \"1/year\"; }; ratio = { value = 1.0; unit = \"share\"; }; free = 1.0;\n"
    "  span_ = { value = 1.0; unit = \"year\"; }; area = { value = 1.0; unit = \"m^2\"; };\n"
    "  each = { over = \"c\"; default = 1.0; unit = \"USD/person\"; }; };\n"
    "sets = { c = { members = [\"A\"]; index = [\"i\"]; }; };\n"
    "paths = { price = { points = ([0.0, 1.0]); unit = \"USD\"; }; };\n";

static void what_fits_is_accepted(void **state) {
  (void)state;
  static const char *const right[] = {
      "y = money + price ## y | USD",
      "y = money + 3 ## y | USD",
      "y = money*rate ## y | USD/year",
      "y = money*free ## y | person",   /* free may be anything */
      "y = 0.05*money ## y | USD/year", /* and so may a number */
      "y = money/6 ## y | USD/year",
      "y = 1/rate ## y | year",
      "y = ratio*rate + 1/span_ ## y | 1/year",
      "y = exp(rate*span_) + log(money/price) ## y | share",
      "y = exp(free) ## y | 1/year",
      "y = sum(i, each[i]*people) ## y | USD",
      "y = max(0, money) + min(money, price) + abs(-money) ## y | USD",
      "y = if(money > price, money, 0) ## y | USD",
      "y = sqrt(area) ## y | m",
      "y = area^1.5 ## y | m^3",
      "y = money^ratio ## y | m^3",
      "y = price' ## y | USD/year",
      "y = dlog(x) + d(ratio*free) ## y | 1/year",
      "y = sin(t) + exp(-t) + tanh(t - 1960) + money",
      "def f(a, b) = a/b + a/b\ny = f(money, people) ## y | USD/person",
      "y = clamp(money, 0, price) + softplus(money, price) ## y | USD",
      "y = step(1960)*money + ramp(1960, 1970)*price ## y | USD",
      "y = if(money > 3, ratio, 1 - ratio) ## y | %",
      "y = prod(i, each[i]) ## y | m",
  };
  for (size_t k = 0; k < sizeof right / sizeof *right; k++) {
    char equations[512];
    snprintf(equations, sizeof equations, "init x = money*ratio\nx' = rate*x + money/span_ ## x | USD\n%s",
             right[k]);
    written w;
    const regime_status status = load_text(&w, groups, equations);
    if (status != REGIME_OK) print_findings(&w);
    assert_ok(status);
    drop(&w);
  }
}

static void what_does_not_fit_is_refused(void **state) {
  (void)state;
  static const char *const wrong[][2] = {
      {"y = money + people", "`money` is in `USD`, and `people` is in `person`"},
      {"y = money + ratio", "`ratio` is a pure number"},
      {"y = money*rate + price", "`money*rate` is in `USD/year`"},
      {"y = if(money > people, 1, 2)", "`people` is in `person`"},
      {"y = if(1 > 0 and money < people, 1, 2)", "`people` is in `person`"},
      {"y = if(free > 1, money, people)", "`people` is in `person`"},
      {"y = max(money, people)", "`people` is in `person`"},
      {"y = money ## y | person", "`y` is in `person`, and `money` is in `USD`"},
      {"y = exp(money)", "`exp` is taken of `money`"},
      {"y = log(money*people)", "`USD*person`"},
      {"def f(a) = a + money\ny = f(people)", "`people`"},
      {"y = sum(i, each[i]) + money", "USD/person"},
      {"init z = people\nz' = money*free ## z | USD", "`z` is in `USD`, and `people` is in `person`"},
      {"init z = money\nz' = money ## z | USD", "`z'` is in `USD/year`"},
      {"y = price' + price", "`price'` is in `USD/year`"},
  };
  for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
    char equations[512];
    snprintf(equations, sizeof equations, "init x = 1\nx' = x\n%s", wrong[k][0]);
    const char *part = strstr(wrong[k][0], "def") ? "`a`" : wrong[k][1];
    assert_refused(groups, equations, part);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(units_are_products_of_powers),
      cmocka_unit_test(what_fits_is_accepted),
      cmocka_unit_test(what_does_not_fit_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
