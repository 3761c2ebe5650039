/* syntax.c — the table of operators. */
#include "symbolic/grammar.h"

const rg_operator_rule rg_operator_rules[RG_OPERATORS] = {
    [RG_OR] = {"or", RG_BINDS_OR, RG_FROM_LEFT, RG_BINDS_NEVER},
    [RG_AND] = {"and", RG_BINDS_AND, RG_FROM_LEFT, RG_BINDS_NEVER},
    [RG_NOT] = {"not", RG_BINDS_NEVER, RG_NEVER_CHAINS, RG_BINDS_NOT},
    [RG_LESS] = {"<", RG_BINDS_COMPARISON, RG_NEVER_CHAINS, RG_BINDS_NEVER},
    [RG_LESS_EQUAL] = {"<=", RG_BINDS_COMPARISON, RG_NEVER_CHAINS, RG_BINDS_NEVER},
    [RG_GREATER] = {">", RG_BINDS_COMPARISON, RG_NEVER_CHAINS, RG_BINDS_NEVER},
    [RG_GREATER_EQUAL] = {">=", RG_BINDS_COMPARISON, RG_NEVER_CHAINS, RG_BINDS_NEVER},
    [RG_EQUAL] = {"==", RG_BINDS_COMPARISON, RG_NEVER_CHAINS, RG_BINDS_NEVER},
    [RG_NOT_EQUAL] = {"!=", RG_BINDS_COMPARISON, RG_NEVER_CHAINS, RG_BINDS_NEVER},
    [RG_PLUS] = {"+", RG_BINDS_SUM, RG_FROM_LEFT, RG_BINDS_SIGN},
    [RG_MINUS] = {"-", RG_BINDS_SUM, RG_FROM_LEFT, RG_BINDS_SIGN},
    [RG_TIMES] = {"*", RG_BINDS_PRODUCT, RG_FROM_LEFT, RG_BINDS_NEVER},
    [RG_DIVIDE] = {"/", RG_BINDS_PRODUCT, RG_FROM_LEFT, RG_BINDS_NEVER},
    [RG_POWER] = {"^", RG_BINDS_POWER, RG_FROM_RIGHT, RG_BINDS_NEVER},
    /* stands in the range of a sum only, which the parser reads apart from expressions */
    [RG_IN] = {"in", RG_BINDS_NEVER, RG_NEVER_CHAINS, RG_BINDS_NEVER},
};

const char *rg_operator_text(rg_operator op) { return rg_operator_rules[op].text; }
