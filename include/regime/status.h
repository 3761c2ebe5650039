/* status.h — what a call can answer.
 *
 * Every call that can fail returns a `regime_status` that must be looked at. A status says whether the call
 * did its work, never what the economy did: an exploding debt is the *outcome* of a successful run (path.h).
 * The list below is the only one: the texts, the exit codes of the command and docs/reference/status.md are
 * made from it.
 */
#ifndef REGIME_STATUS_H
#define REGIME_STATUS_H

/* name, exit code of the command, meaning */
#define REGIME_STATUS_LIST(X)                                                                                \
  X(OK, 0, "done")                                                                                           \
  X(NO, 1, "ran, and the answer is no: a check, an identity or a fit failed")                                \
  X(BAD_ARGUMENT, 2, "the call or the command line asks for something that does not exist")                  \
  X(BAD_MODEL, 3, "the model is wrong; the diagnostics say where")                                           \
  X(NO_CONVERGENCE, 4, "the numerics failed: an iteration did not converge")                                 \
  X(UNDEFINED, 4, "the numerics failed: a value is undefined, such as the logarithm of a negative number")   \
  X(NO_MEMORY, 5, "the system failed: memory is exhausted")                                                  \
  X(NO_FILE, 5, "the system failed: a file cannot be read or written")                                       \
  X(BUG, 70, "a bug in regime: please report it")

typedef enum regime_status {
#define REGIME_STATUS_ENUM(name, exit_code, text) REGIME_##name,
  REGIME_STATUS_LIST(REGIME_STATUS_ENUM)
#undef REGIME_STATUS_ENUM
} regime_status;

#if defined(__GNUC__)
#define REGIME_MUST_CHECK          __attribute__((warn_unused_result))
#define REGIME_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define REGIME_MUST_CHECK
#define REGIME_PRINTF(text, first)
#endif

/* The name (`BAD_MODEL`), meaning and exit code of a status; static text, never NULL. */
const char *regime_status_name(regime_status status);
const char *regime_status_text(regime_status status);
int regime_status_exit_code(regime_status status);

#endif
