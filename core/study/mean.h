/* mean.h — an output of a path over a stretch of time, from points that need not be evenly spaced.
 *
 * Between recorded points the path is a straight line: the mean over [from, to) is the trapezium rule with
 * interpolation at the ends; from == to is the value at that instant, after the jump where the path jumps.
 */
#ifndef RG_MEAN_H
#define RG_MEAN_H

#include <regime/path.h>

/* NaN where the path does not cover [from, to]. */
double rg_path_mean(const regime_path *path, size_t output, double from, double to);

/* Adds `scale` times the derivatives of that mean to out (regime_path_directions of them): exactly those of
 * the number above, for an output that is `place` among the derived ones. The path covers [from, to]. */
void rg_path_add_mean_slope(const regime_path *path, size_t output, size_t place, double from, double to,
                            double scale, double *out);

#endif
