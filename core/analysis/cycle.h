/* cycle.h — families of closed orbits, followed from where they are born.
 *
 * Of a flow: the cycles born at a Hopf point; of a map: the orbits of period two born at a flip. Points are
 * found by collocation (collocation.h) and pseudo-arclength continuation (Keller 1977). On the way folds of
 * cycles, branch points, period doublings and tori are located as sign changes of their test functions,
 * where the orbit itself is computed (regula falsi; Kuznetsov 2004, sec. 10.3). At a period doubling the
 * doubled family is followed too: of a flow once, of a map again and again up to orbits of period sixteen.
 *
 * The mesh is fine enough for an error of 1e-7 of the orbit's size between its points; at its points, and so
 * of periods and multipliers, it is of twice the order (de Boor and Swartz 1973). A step is shortened until
 * sign changes account for the multipliers that have crossed the unit circle.
 *
 * A step is a change of the orbit relative to its own size, of the period relative to itself, and of the
 * parameter relative to its range; options->largest_step 0 stands for a tenth.
 */
#ifndef RG_CYCLE_H
#define RG_CYCLE_H

#include "analysis/diagram.h"
#include "analysis/field.h"

/* Appends the family of cycles born at special point `born_at` of the diagram, a POINT_HOPF or POINT_FLIP:
 * its points and special points. The field has one free parameter, options->parameter. A Hopf point where a
 * family of the diagram has shrunk to a point gives nothing new, and nothing is appended. That no cycle is
 * found near the point is no failure: the family is then without points, END_STEP. NO_MEMORY, and
 * NO_CONVERGENCE where LAPACK fails. */
REGIME_MUST_CHECK regime_status rg_cycles_follow(regime_context *context, rg_field *field,
                                                 const regime_branch_options *options,
                                                 regime_diagram *diagram, size_t born_at);

#endif
