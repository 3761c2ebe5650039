/* tangent.h — how the outputs of a program move when its inputs do: forward mode, several directions at once.
 *
 * After a run, *linearise* finds the slope of every instruction by each of its operands; *push* then carries
 * directions through them, as many as there are lanes:
 *
 *   result'[d] = slope_a a'[d] + slope_b b'[d] + slope_c c'[d]          (Griewank and Walther 2008, ch. 3)
 *
 * Tangents lie register by register, the lanes of one register side by side: tangents[register * lanes + d].
 * Whoever has more than RG_LANES directions pushes them by as many.
 *
 * Switches are held, as in rg_derivative: CHOOSE passes on the tangent of the side it takes, and what the
 * other one is does no harm. A direction in which an operand does not move has no part in it, even where the
 * slope is infinite, as that of sqrt(x) is at 0.
 */
#ifndef RG_TANGENT_H
#define RG_TANGENT_H

#include "program/program.h"

enum { RG_LANES = 32 };

/* How many doubles the slopes of a program are. */
size_t rg_program_slopes(const rg_program *program);

/* The slopes at the registers that rg_program_run has left. */
void rg_program_linearise(const rg_program *program, const double *registers, double *slopes);

/* Carries `lanes` directions from the inputs' tangents, tangents[0 .. n_inputs * lanes), to outputs[k * lanes
 * + d]. `tangents` has room for rg_program_registers * lanes. Returns 0 when all are finite, else 1. */
int rg_program_push(const rg_program *program, const double *slopes, size_t lanes, double *tangents,
                    double *outputs);

#endif
