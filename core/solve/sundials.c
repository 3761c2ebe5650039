/* sundials.c — contexts and messages, which SUNDIALS 7 moved from the integrator to the context. */
#include "solve/sundials.h"

#if SUNDIALS_VERSION_MAJOR >= 7

static void ignore(int line, const char *function, const char *file, const char *message, SUNErrCode code,
                   void *data, SUNContext context) {
  (void)line, (void)function, (void)file, (void)message, (void)code, (void)data, (void)context;
}

SUNContext rg_sundials_open(void) {
  SUNContext context = NULL;
  if (SUNContext_Create(SUN_COMM_NULL, &context) != 0) return NULL;
  SUNContext_ClearErrHandlers(context);
  SUNContext_PushErrHandler(context, ignore, NULL);
  return context;
}

int rg_sundials_silence(void *cvode) {
  (void)cvode;
  return CV_SUCCESS;
}

int rg_sundials_silence_kinsol(void *kinsol) {
  (void)kinsol;
  return KIN_SUCCESS;
}

#else

static void ignore(int code, const char *module, const char *function, char *message, void *data) {
  (void)code, (void)module, (void)function, (void)message, (void)data;
}

SUNContext rg_sundials_open(void) {
  SUNContext context = NULL;
  return SUNContext_Create(NULL, &context) == 0 ? context : NULL;
}

int rg_sundials_silence(void *cvode) { return CVodeSetErrHandlerFn(cvode, ignore, NULL); }
int rg_sundials_silence_kinsol(void *kinsol) { return KINSetErrHandlerFn(kinsol, ignore, NULL); }

#endif

void rg_sundials_close(SUNContext context) {
  if (context) SUNContext_Free(&context);
}
