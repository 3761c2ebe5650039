/* sundials.h — the one place that knows which SUNDIALS this is compiled against (6.x or 7.x).
 *
 * The library never prints, so a context made here hands SUNDIALS' messages to nobody: what they say is told
 * better by failure.c, in the words of the model.
 */
#ifndef RG_SUNDIALS_H
#define RG_SUNDIALS_H

#include <cvodes/cvodes.h>
#include <kinsol/kinsol.h>
#include <nvector/nvector_serial.h>
#include <sundials/sundials_context.h>
#include <sundials/sundials_types.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunlinsol/sunlinsol_klu.h>
#include <sunmatrix/sunmatrix_dense.h>
#include <sunmatrix/sunmatrix_sparse.h>

/* A context for one run; NULL: no memory. */
SUNContext rg_sundials_open(void);
void rg_sundials_close(SUNContext context); /* takes NULL */

/* Keeps an integrator made in that context from printing. Returns CV_SUCCESS or an error flag. */
int rg_sundials_silence(void *cvode);
int rg_sundials_silence_kinsol(void *kinsol); /* KIN_SUCCESS */

#endif
