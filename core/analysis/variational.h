/* variational.h — a field as a system of its own, with tangents carried along its paths:
 *
 *   x' = F(x),   v_j' = F_x(x) v_j       of a map: next values likewise
 *
 * Its states are x and then the k columns v_j; they are what its paths record.
 */
#ifndef RG_VARIATIONAL_H
#define RG_VARIATIONAL_H

#include "analysis/field.h"

typedef struct rg_variational rg_variational;

/* With k columns; 0: x alone. The field, which must outlive it, keeps its parameters. *out is yours; NULL on
 * failure. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_variational_create(rg_field *field, size_t columns, rg_variational **out);
void rg_variational_free(rg_variational *v); /* takes NULL */

/* Where the next path starts: n states and n * k tangents, to be filled. Behind them the free parameters
 * stand as rg_field_start has given them. */
double *rg_variational_start(rg_variational *v);
double *rg_variational_parameters(rg_variational *v);

/* The path from there for as long as `duration`; failures of regime_path_compute. */
REGIME_MUST_CHECK regime_status rg_variational_follow(rg_variational *v, regime_context *context,
                                                      double duration, double every,
                                                      const regime_path_options *options, regime_path **out);

#endif
