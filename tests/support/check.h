/* check.h — cmocka, and the assertions it lacks.
 *
 * cmocka 1.1.5 compares doubles as floats (1.0 equals 1.0 + 1e-9 at a tolerance of 1e-12), so numbers are
 * compared here: |actual - expected| <= tolerance * max(1, |expected|), and NaN is close to nothing.
 */
#ifndef RG_TESTS_CHECK_H
#define RG_TESTS_CHECK_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants the five above first */
#include <cmocka.h>

#define assert_close(actual, expected, tolerance)                                                            \
  check_close((actual), (expected), (tolerance), #actual, __FILE__, __LINE__)

static inline void check_close(double actual, double expected, double tolerance, const char *what,
                               const char *file, int line) {
  const double scale = fmax(1.0, fabs(expected));
  if (fabs(actual - expected) <= tolerance * scale) return;
  print_error("%s is %.17g, expected %.17g within %g (off by %g)\n", what, actual, expected, tolerance,
              fabs(actual - expected));
  _fail(file, line);
}

#define assert_ok(call) assert_int_equal((call), REGIME_OK)

#endif
