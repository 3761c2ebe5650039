/* collocation.h — the equations of a closed orbit, and their solution.
 *
 * Of a flow (Doedel, Keller and Kernevez 1991; Ascher, Mattheij and Russell 1995), with time scaled to run
 * from 0 to 1,
 *
 *   u' = T F(u; p) at four Gauss points a piece,   u(1) = u(0),   int (u - v) . v' = 0
 *
 * where v is a reference orbit: of all shifts in time the one next to it. Of a map
 *
 *   u_(j+1) = F(u_j; p),   u_N = u_0.
 *
 * One parameter set free brings one condition more. On each piece everything is expressed by its first value
 * and by T and p (the condensation of parameters); what is left, the changes du_j at the mesh points,
 *
 *   E_j du_j - du_(j+1) + e_T dT + e_p dp = -r_j
 *
 * with the conditions as last rows, is sparse. The product of the E_j is the monodromy matrix.
 *
 * A centre has an orbit for every amplitude, and the conditions do not tell them apart. `RG_DRAG` takes as
 * parameter the strength of a force p (u - c) away from the middle, which an orbit of such a family must not
 * need: p = 0 (Munoz-Almaraz et al. 2003).
 */
#ifndef RG_COLLOCATION_H
#define RG_COLLOCATION_H

#include "analysis/field.h"
#include "analysis/orbit.h"

typedef enum rg_freedom { RG_NONE_FREE, RG_PARAMETER, RG_DRAG } rg_freedom;

typedef struct rg_collocation rg_collocation;

/* For orbits of so many pieces; of a map so many points, at least 2. *out is yours; NULL on failure.
 * NO_MEMORY. With RG_PARAMETER the field has one free parameter. */
REGIME_MUST_CHECK regime_status rg_collocation_create(rg_field *field, size_t intervals, rg_freedom freedom,
                                                      rg_collocation **out);
void rg_collocation_free(rg_collocation *c); /* takes NULL */

/* How changes are measured: each state against `scale`, the period against itself, the parameter against its
 * own scale. Copied. For RG_DRAG: the middle c is the mean of the orbit. */
void rg_collocation_measure(rg_collocation *c, const rg_orbit *orbit, const double *scale,
                            double parameter_scale);
/* The length of a direction, thus measured. */
double rg_collocation_length(rg_collocation *c, const rg_orbit *direction);
void rg_collocation_normalise(rg_collocation *c, rg_orbit *direction); /* to length 1 */

/* The conditions. Phase: next to `reference`, which moves along itself as `slope_of` does (mostly the same).
 * Then one of: at distance s from `base` along `direction`; or the parameter is given. */
void rg_collocation_set_phase(rg_collocation *c, const rg_orbit *reference, const rg_orbit *slope_of);
void rg_collocation_set_distance(rg_collocation *c, const rg_orbit *base, const rg_orbit *direction,
                                 double s);
void rg_collocation_set_parameter(rg_collocation *c, double parameter);

typedef struct rg_correction {
  int iterations;
  double step, residual; /* the last, by the measure above */
} rg_correction;

/* Newton's method from `orbit`, which becomes the solution: residual and step are below the tolerance, or
 * where rounding puts an end to progress before, below 1e-8. NO_CONVERGENCE, UNDEFINED. */
REGIME_MUST_CHECK regime_status rg_collocation_correct(rg_collocation *c, rg_orbit *orbit, double tolerance,
                                                       rg_correction *report);

/* After a correction, at its solution: the direction in which the orbit moves when only the last condition is
 * given up, of length 1; the direction of a doubling, which changes its sign half way round (the orbit going
 * round twice); the multipliers (n of each), by falling modulus. */
void rg_collocation_tangent(rg_collocation *c, rg_orbit *direction);
void rg_collocation_doubling(rg_collocation *c, rg_orbit *direction);
REGIME_MUST_CHECK regime_status rg_collocation_multipliers(rg_collocation *c, double *re, double *im);

#endif
