#include "study/fit_result.h"
regime_status regime_fit_profile(regime_context *context, regime_fit *fit) {
  (void)context;
  (void)fit;
  return REGIME_OK;
}
regime_status regime_fit_sample(regime_context *context, regime_fit *fit, regime_sample_options o) {
  (void)context;
  (void)fit;
  (void)o;
  return REGIME_OK;
}
regime_status regime_fit_leave_out(regime_context *context, regime_fit *fit, regime_leave o) {
  (void)context;
  (void)fit;
  (void)o;
  return REGIME_OK;
}
