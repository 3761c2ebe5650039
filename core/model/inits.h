/* inits.h — first values of states. */
#ifndef RG_INITS_H
#define RG_INITS_H

#include "model/inline.h"

/* First values of states in terms of t, parameters, modes, paths and constants: an init may need other inits
 * and auxiliaries as they are at the start. init[k] is as lowered. False after an error: a circle. */
bool rg_inline_inits(regime_context *context, rg_definitions *definitions, const rg_inlined *inlined,
                     const rg_node *init, rg_node *out);

#endif
