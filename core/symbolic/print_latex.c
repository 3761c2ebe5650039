/* print_latex.c — expressions as LaTeX. */
#include "symbolic/print.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOOSE RG_BINDS_NEVER
#define FUNCTION(name)                                                                                       \
  {                                                                                                          \
    name "\\left(@0\\right)", RG_BINDS_OPERAND, { LOOSE }                                                    \
  }
#define FUNCTION_2(name)                                                                                     \
  {                                                                                                          \
    name "\\left(@0, @1\\right)", RG_BINDS_OPERAND, { LOOSE, LOOSE }                                         \
  }
#define BETWEEN(left, right)                                                                                 \
  {                                                                                                          \
    left " @0 " right, RG_BINDS_OPERAND, { LOOSE }                                                           \
  }
#define COMPARISON(sign)                                                                                     \
  {                                                                                                          \
    "@0 " sign " @1", RG_BINDS_COMPARISON, { RG_BINDS_SUM, RG_BINDS_SUM }                                    \
  }

/* A fraction needs no brackets in a product, only as the base of a power. */
static const rg_form forms[RG_READINGS] = {
    [RG_OP_ADD] = {"@0 + @1", RG_BINDS_SUM, {RG_BINDS_SUM, RG_BINDS_PRODUCT}},
    [RG_OP_SUB] = {"@0 - @1", RG_BINDS_SUM, {RG_BINDS_SUM, RG_BINDS_PRODUCT}},
    [RG_OP_MUL] = {"@0 \\, @1", RG_BINDS_PRODUCT, {RG_BINDS_PRODUCT, RG_BINDS_SIGN}},
    [RG_READ_TIMES_DIGITS] = {"@0 \\cdot @1", RG_BINDS_PRODUCT, {RG_BINDS_PRODUCT, RG_BINDS_SIGN}},
    [RG_OP_DIV] = {"\\frac{@0}{@1}", RG_BINDS_POWER, {LOOSE, LOOSE}},
    [RG_OP_POW] = {"@0^{@1}", RG_BINDS_POWER, {RG_BINDS_OPERAND, LOOSE}},
    [RG_OP_NEG] = {"-@0", RG_BINDS_PRODUCT, {RG_BINDS_PRODUCT}},
    [RG_OP_NOT] = {"\\lnot @0", RG_BINDS_NOT, {RG_BINDS_SIGN}},
    [RG_OP_AND] = {"@0 \\land @1", RG_BINDS_AND, {RG_BINDS_AND, RG_BINDS_NOT}},
    [RG_OP_OR] = {"@0 \\lor @1", RG_BINDS_OR, {RG_BINDS_OR, RG_BINDS_AND}},
    [RG_OP_CHOOSE] = {"\\begin{cases} @1 & \\text{if } @0 \\\\ @2 & \\text{otherwise} \\end{cases}",
                      RG_BINDS_SUM,
                      {LOOSE, LOOSE, LOOSE}},
    [RG_READ_MAX] = FUNCTION_2("\\max"),
    [RG_READ_MIN] = FUNCTION_2("\\min"),
    [RG_READ_ABS] = BETWEEN("\\left|", "\\right|"),
    [RG_READ_GREATER] = COMPARISON(">"),
    [RG_READ_LESS] = COMPARISON("<"),
    [RG_READ_AT_MOST] = COMPARISON("\\le"),
    [RG_READ_AT_LEAST] = COMPARISON("\\ge"),
    [RG_READ_EQUAL] = COMPARISON("="),
    [RG_READ_DIFFERENT] = COMPARISON("\\ne"),
    [RG_OP_EXP] = FUNCTION("\\exp"),
    [RG_OP_LOG] = FUNCTION("\\log"),
    [RG_OP_SQRT] = {"\\sqrt{@0}", RG_BINDS_OPERAND, {LOOSE}},
    [RG_OP_SIN] = FUNCTION("\\sin"),
    [RG_OP_COS] = FUNCTION("\\cos"),
    [RG_OP_TAN] = FUNCTION("\\tan"),
    [RG_OP_TANH] = FUNCTION("\\tanh"),
    [RG_OP_ATAN] = FUNCTION("\\arctan"),
    [RG_OP_LOGISTIC] = FUNCTION("\\operatorname{logistic}"),
    [RG_OP_SOFTPLUS] = FUNCTION_2("\\operatorname{softplus}"),
    [RG_OP_FLOOR] = BETWEEN("\\left\\lfloor", "\\right\\rfloor"),
};

/* 1.5e-05 becomes 1.5 \times 10^{-5}. */
static rg_binding put_number(double value, char buffer[64]) {
  char plain[32];
  rg_text_number(value, plain);
  char *exponent = strchr(plain, 'e');
  if (!exponent) {
    strcpy(buffer, plain);
    return value < 0.0 ? RG_BINDS_PRODUCT : RG_BINDS_OPERAND;
  }
  *exponent = '\0';
  snprintf(buffer, 64, "%s \\times 10^{%ld}", plain, strtol(exponent + 1, NULL, 10));
  return RG_BINDS_PRODUCT;
}

void rg_print_latex(const rg_graph *graph, rg_node node, rg_symbol_name *name_of, void *self, rg_text *out) {
  static const rg_style latex = {forms, "\\left(", "\\right)", put_number, RG_LONGEST_TEXT};
  rg_print_in_style(&latex, graph, node, name_of, self, out);
}
