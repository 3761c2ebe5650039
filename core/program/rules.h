/* rules.h — the value and the slopes of every operation as functions, made of opcodes.def. */
#ifndef RG_RULES_H
#define RG_RULES_H

#include "program/instructions.h"
#include "symbolic/functions.h"

/* Squares are what models are full of; x^0 is 1 at 0 too. */
static inline double rg_power_by_base(double base, double exponent) {
  if (exponent == 0.0) return 0.0;
  return exponent == 2.0 ? 2.0 * base : exponent * pow(base, exponent - 1.0);
}

/* 0^b is 0 whatever b > 0 is. */
static inline double rg_power_by_exponent(double base, double power) {
  return power == 0.0 ? 0.0 : power * log(base);
}

static inline double rg_softplus_by_width(double x, double width, double softplus) {
  return (softplus - x * rg_logistic(x / width)) / width;
}

/* As opcodes.def calls them. */
#define power             rg_power
#define logistic          rg_logistic
#define softplus          rg_softplus
#define power_by_base     rg_power_by_base
#define power_by_exponent rg_power_by_exponent
#define softplus_by_width rg_softplus_by_width

#define SINGLE(OP, arity, meaning, by_a, by_b, by_c)                                                         \
  static inline double rg_value_##OP(double a, double b, double c) {                                         \
    (void)a, (void)b, (void)c;                                                                               \
    return (meaning);                                                                                        \
  }                                                                                                          \
  static inline void rg_slopes_##OP(double a, double b, double c, double r,                                  \
                                    double slope[RG_MOST_OPERANDS]) {                                        \
    (void)a, (void)b, (void)c, (void)r;                                                                      \
    slope[0] = (by_a);                                                                                       \
    slope[1] = (by_b);                                                                                       \
    slope[2] = (by_c);                                                                                       \
  }
#include "program/opcodes.def"

#undef power
#undef logistic
#undef softplus
#undef power_by_base
#undef power_by_exponent
#undef softplus_by_width

#endif
