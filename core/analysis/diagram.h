/* diagram.h — the diagram under construction: special points, branches, families of cycles and curves are
 * appended as they are found, copies of what is handed in, and freed as a whole.
 *
 * Numbers are given in the order of appending and stay; pointers into a diagram hold until the next thing is
 * appended. Every call that appends can answer NO_MEMORY, and nothing else.
 */
#ifndef RG_DIAGRAM_H
#define RG_DIAGRAM_H

#include <regime/branch.h>

/* *out is freed with regime_diagram_free; NULL on failure. */
REGIME_MUST_CHECK regime_status rg_diagram_create(size_t n_states, size_t n_outputs, regime_diagram **out);

/* A special point; state and outputs are copied. *number, unless NULL, becomes its number. */
REGIME_MUST_CHECK regime_status rg_diagram_add_special(regime_diagram *diagram, const regime_special *special,
                                                       size_t *number);

/* A branch, or a curve in two parameters, is begun, then has points, copied with all their arrays (those that
 * are NULL stay so). Points go to the one begun last. `turn` reverses the points there are, and its two ends,
 * so that the next ones go to the other side. `end` says why it ends after its last point. */
REGIME_MUST_CHECK regime_status rg_diagram_begin_branch(regime_diagram *diagram, long parent);
REGIME_MUST_CHECK regime_status rg_diagram_add_point(regime_diagram *diagram,
                                                     const regime_branch_point *point);
void rg_diagram_turn(regime_diagram *diagram);
void rg_diagram_end(regime_diagram *diagram, regime_end end);

REGIME_MUST_CHECK regime_status rg_diagram_begin_curve(regime_diagram *diagram, regime_point kind,
                                                       long parent);
REGIME_MUST_CHECK regime_status rg_diagram_add_curve_point(regime_diagram *diagram,
                                                           const regime_branch_point *point);
void rg_diagram_turn_curve(regime_diagram *diagram);
void rg_diagram_end_curve(regime_diagram *diagram, regime_end end);

/* A family of cycles, likewise. */
REGIME_MUST_CHECK regime_status rg_diagram_begin_cycles(regime_diagram *diagram, long born_at);
REGIME_MUST_CHECK regime_status rg_diagram_add_cycle(regime_diagram *diagram,
                                                     const regime_cycle_point *point);
void rg_diagram_end_cycles(regime_diagram *diagram, regime_end end);

#endif
