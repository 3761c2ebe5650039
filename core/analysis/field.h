/* field.h — what every analysis looks at: a vector field, or a map, frozen at an instant.
 *
 *   F : R^(n + k) -> R^n,   X = (x, p)     x the states, p the k parameters set free
 *
 * of a flow F = f(t, x; p), whose zeros are its equilibria; of a map F = next(t, x; p), whose fixed points
 * are those of F(X) - x. Time stands still: the system was started at t, so that the law is that of t, and t
 * is what it sees. Switches are put on the side of each x before anything is evaluated; unknowns are solved
 * for inside.
 *
 * Derivatives by x are exact. Those by p, and the second and third, are exact where the system has tangents
 * and Taylor coefficients; else they are extrapolated differences, right to about 1e-9, 1e-9 and 1e-6
 * relative.
 */
#ifndef RG_FIELD_H
#define RG_FIELD_H

#include <regime/context.h>
#include <regime/path.h>
#include <regime/system.h>

typedef struct rg_field rg_field;

/* The field of a system at t. *out is yours; NULL on failure. The system must outlive it, and nobody else may
 * use it meanwhile. NO_MEMORY, and whatever system->start answers. */
REGIME_MUST_CHECK regime_status rg_field_create(regime_context *context, const regime_system *system,
                                                double t, rg_field **out);
/* Takes NULL. Parameters that were moved get their first values back. */
void rg_field_free(rg_field *field);

/* Sets k parameters of the system free, by their numbers; none are at first. BAD_ARGUMENT when the system has
 * no such parameter or cannot move any. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_field_set_free(rg_field *field, size_t k, const size_t *parameter);

size_t rg_field_states(const rg_field *field);  /* n */
size_t rg_field_columns(const rg_field *field); /* n + k */
size_t rg_field_outputs(const rg_field *field); /* what rg_field_observe writes */
bool rg_field_is_map(const rg_field *field);
double rg_field_time(const rg_field *field);
const regime_system *rg_field_system(const rg_field *field); /* without unknowns; borrowed */
/* The state the system starts in, and the present values of the free parameters behind it: n + k. */
void rg_field_start(const rg_field *field, double *X);

/* F(X); its derivatives, column-major n*(n+k); 0, or 1 for "no value here". */
int rg_field_value(rg_field *field, const double *X, double *F);
int rg_field_jacobian(rg_field *field, const double *X, double *jacobian);

/* F - x of a map, F of a flow: what is zero at rest; its derivatives, by x and by p as above. */
int rg_field_residual(rg_field *field, const double *X, double *F);
int rg_field_residual_jacobian(rg_field *field, const double *X, double *jacobian);

/* The second and third derivatives of F as forms: B(U, V) = sum F_jk U_j V_k, C(U, V, W) likewise; U, V, W
 * have n + k parts. */
int rg_field_second(rg_field *field, const double *X, const double *U, const double *V, double *out);
int rg_field_third(rg_field *field, const double *X, const double *U, const double *V, const double *W,
                   double *out);

/* dF/dt: how the law itself moves, with the state at rest. Between dates: a date is not passed. */
int rg_field_by_time(rg_field *field, const double *X, double *out);

/* Where switches and events change: the n_switches + n_events crossing functions at X; 1: no value. */
int rg_field_crossing(rg_field *field, const double *X, double *g);

/* What the system shows of itself at X: as many values as rg_field_outputs says, those without value NaN. */
void rg_field_observe(rg_field *field, const double *X, double *out);
/* The derivative of that along a direction of n + k parts. */
void rg_field_observe_along(rg_field *field, const double *X, const double *direction, double *out);

/* The path of the system from X at t, for as long as `duration`, recording every options->every; from, to and
 * start of the options are not looked at. Failures of regime_path_compute. */
REGIME_MUST_CHECK regime_status rg_field_follow(rg_field *field, const double *X, double duration,
                                                const regime_path_options *options, regime_path **out);

#endif
