/* taylor.h — Taylor coefficients of a program's outputs along a line, by the classical recurrences (Griewank
 * and Walther 2008, ch. 13).
 *
 * Every input is a series in s, input(s) = c_0 + c_1 s + c_2 s^2 + ...; so is then every register, and the
 * coefficients of order 0 .. K of an operation follow from those of its operands in O(K^2) steps: of a
 * product by convolution, of r = f(a) from an equation for its derivative, as r' = r a' for exp.
 *
 * Switches are held: CHOOSE passes on the series of the side it takes, FLOOR and the like are constant.
 *
 * Series lie register by register, series[register * (K + 1) + k] is the coefficient of s^k.
 */
#ifndef RG_TAYLOR_H
#define RG_TAYLOR_H

#include "program/program.h"

/* How many doubles a run of this order needs. */
size_t rg_taylor_room(const rg_program *program, size_t order);

/* From the inputs' series, the first n_inputs * (order + 1), to outputs[j * (order + 1) + k]. Returns 0 when
 * all are finite, else 1. */
int rg_taylor_run(const rg_program *program, size_t order, double *series, double *outputs);

#endif
