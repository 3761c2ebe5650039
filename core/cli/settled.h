/* settled.h — what the path from a model's start comes to, said by `regime steady`: its cycle, its exponents.
 */
#ifndef RG_CLI_SETTLED_H
#define RG_CLI_SETTLED_H

#include "cli/inquiry.h"

/* For people: what was asked for, after the equilibria; nothing where nothing was. */
REGIME_MUST_CHECK regime_status rg_settled_print(const rg_cli *cli, const regime_inquiry *inquiry);

/* Adds "cycle" and "lyapunov" to the answer, as asked for. */
void rg_settled_json(const regime_inquiry *inquiry, json_t *root);

/* Whether one of the two is an answer by itself: a cycle, a curve, exponents. */
bool rg_settled_is_answer(const regime_inquiry *inquiry);

#endif
