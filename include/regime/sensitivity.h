/* sensitivity.h — how a path answers to first order: the derivatives of everything it shows.
 *
 * A path computed with `n_directions` options (path.h) carries beside y(t) its derivatives s = dy/dp along
 * each direction, by the equations differentiated,
 *
 *   s' = f_y s + f_p,
 *
 * and where the law changes at a time tau that itself moves with p, by what that does (the saltation of
 * Hiskens and Pai 2000, IEEE Trans. Circuits Syst. I 47; Galan, Feehery and Barton 1999, Appl. Numer. Math.
 * 31). The tolerances of the path bound the error of p s as they bound that of y.
 * docs/method/sensitivities.md has the mathematics.
 *
 *   size_t wage = ..., start_of_debt = system->n_parameters + 3;
 *   const size_t direction[] = {wage, start_of_debt};
 *   options.n_directions = 2;
 *   options.direction = direction;
 *   ... regime_path_compute(context, system, &options, &path)
 *   double d_output_d_wage = regime_path_derivatives(path, point)[output * 2 + 0];
 *
 * NaN means: no derivative. A path has none from where an event only touches its threshold, or where a
 * function has a value but no finite slope; a warning in the context says so. Where the law changes at a
 * recorded time exactly, and that instant moves, the derivative is the one-sided one of a change that comes
 * earlier: as the point itself shows the state after it.
 *
 * Of a map, an event falls into a period: its time does not move.
 */
#ifndef REGIME_SENSITIVITY_H
#define REGIME_SENSITIVITY_H

#include <regime/path.h>

/* Along how many directions, and of how many outputs. */
size_t regime_path_directions(const regime_path *path);
size_t regime_path_derived(const regime_path *path);

/* All borrowed. Row after row, each of n_directions:
 *   derivatives             of the outputs derived at a point, the time of the point being fixed - but at the
 *                           last point of a path stopped by an event, along with its end
 *   state_derivatives       of the states at the end, n_states rows, likewise
 *   happening_derivatives   of the time of a happening, one row
 *   end_derivatives         of the end of the path, one row: zero where no event stopped it
 */
const double *regime_path_derivatives(const regime_path *path, size_t point);
const double *regime_path_state_derivatives(const regime_path *path);
const double *regime_path_happening_derivatives(const regime_path *path, size_t k);
const double *regime_path_end_derivatives(const regime_path *path);

#endif
