/* functions.h — operations that take more than one step, here for rg_op_apply and for the loops of programs
 * alike. */
#ifndef RG_FUNCTIONS_H
#define RG_FUNCTIONS_H

#include <math.h>

/* Squares are what models are full of, and a product is ten times faster than a general power. */
static inline double rg_power(double base, double exponent) {
  return exponent == 2.0 ? base * base : pow(base, exponent);
}

/* exp(-x) overflows to infinity where the result is 0 within rounding: nothing is lost. */
static inline double rg_logistic(double x) { return 1.0 / (1.0 + exp(-x)); }

/* exp is taken of the negative side only. */
static inline double rg_softplus(double x, double width) {
  const double z = x / width;
  return z > 0.0 ? x + width * log1p(exp(-z)) : width * log1p(exp(z));
}

#endif
