/* A finding told before is not told again, and used not to be counted: a wrong model loaded a second time
 * with the same context passed for a right one, its unknown names for pi. */
#include "support/check.h"
#include <regime/model.h>

static void a_wrong_model_is_refused_each_time(void **state) {
  (void)state;
  static const char file[] = REGIME_TESTS "/diagnostics/name_unknown.cfg";
  regime_context *context;
  assert_ok(regime_context_create(&context));
  for (int k = 0; k < 3; k++) {
    regime_model *model;
    assert_int_equal(regime_model_load(context, file, &model), REGIME_BAD_MODEL);
    assert_null(model);
    assert_int_equal(regime_diagnostic_errors(context), 1);
    if (k == 1) regime_diagnostics_clear(context);
  }
  regime_context_free(context);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_wrong_model_is_refused_each_time),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
