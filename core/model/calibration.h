/* calibration.h — what the parameters say of their own calibration. */
#ifndef RG_CALIBRATION_H
#define RG_CALIBRATION_H

#include "model/parameters.h"

/* Fills the calibration of a family's entries: who is free, who moves with whom, priors, transforms, standard
 * errors. `entry` is all entries. Errors: a member that does not exist; a prior or a transform that does not
 * fit the bounds. */
void rg_calibration_build(regime_context *context, const rg_sets *sets, const rg_parameter_decl *declared,
                          const rg_family *family, regime_parameter *entry);

#endif
