/* box.h — the box in which equilibria and balanced paths are looked for, and the starts in it. */
#ifndef RG_BOX_H
#define RG_BOX_H

#include "analysis/field.h"
#include <regime/steady.h>

/* BAD_ARGUMENT, with a finding: no box, an empty one, a tolerance that is not positive. */
REGIME_MUST_CHECK regime_status rg_box_check(regime_context *context, const regime_system *system,
                                             const regime_steady_options *options);

/* How many starts: the one asked for or the system's own, and as many others as the options say or, as the
 * cost of one grows with the cube of the states, 64 and 16 a state up to 30 states and fewer beyond. */
size_t rg_box_starts(const regime_steady_options *options, size_t n);

/* `count` starts of n states each, the one asked for first, and the widths of the box, none of them zero.
 * NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_box_spread(const rg_field *field, const regime_steady_options *options,
                                              size_t count, double *start, double *width);

#endif
