/* status.c — the texts behind the one list of statuses. */
#include <regime/regime.h>

#ifndef REGIME_VERSION
#define REGIME_VERSION "0.1.0"
#endif

static const struct {
  const char *name, *text;
  int exit_code;
} statuses[] = {
#define X(status_name, code, status_text) [REGIME_##status_name] = {#status_name, status_text, code},
    REGIME_STATUS_LIST(X)
#undef X
};

const char *regime_status_name(regime_status status) { return statuses[status].name; }
const char *regime_status_text(regime_status status) { return statuses[status].text; }
int regime_status_exit_code(regime_status status) { return statuses[status].exit_code; }
const char *regime_version(void) { return REGIME_VERSION; }
