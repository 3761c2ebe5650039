/* options.h — the command line after the command's name: options from one table, and arguments. */
#ifndef RG_OPTIONS_H
#define RG_OPTIONS_H

#include <regime/context.h>
#include <regime/inquiry.h>
#include <stdint.h>

typedef enum rg_option {
#define OPTION(id, spelling, kind, value, text) RG_OPTION_##id,
#include "cli/options.def"
#undef OPTION
  RG_OPTION_COUNT
} rg_option;

typedef enum rg_option_kind {
  RG_OPTION_FLAG,
  RG_OPTION_TEXT,
  RG_OPTION_NUMBER,
  RG_OPTION_POSITIVE,
  RG_OPTION_WHOLE,
  RG_OPTION_CHOICE,
  RG_OPTION_SETTING,
  RG_OPTION_RANGE,
  RG_OPTION_PAIR
} rg_option_kind;

typedef struct rg_option_row {
  const char *spelling; /* with its dashes */
  rg_option_kind kind;
  const char *value, *text; /* value "" for a flag */
} rg_option_row;
extern const rg_option_row rg_option_rows[RG_OPTION_COUNT];

/* A set of options, as a command allows them. */
typedef uint64_t rg_option_set;
#define RG_OPTIONS(id) ((rg_option_set)1 << RG_OPTION_##id)

typedef struct rg_options {
  const char *argument;              /* MODEL, NAME or DIR; NULL: not given */
  const char *text[RG_OPTION_COUNT]; /* as given last; NULL: not given */
  double number[RG_OPTION_COUNT];    /* NaN: not given, or not a number */
  size_t choice[RG_OPTION_COUNT];    /* which of the words; 0, the first, when not given */
  regime_setting *settings, *held;   /* --set and --hold; the names point into `names` */
  size_t n_settings, n_held;
  regime_bound *bounds;
  size_t n_bounds;
  double *starts; /* x, y */
  size_t n_starts;
  char *names;
} rg_options;

/* Reads `count` words. Everything wrong is reported at once. BAD_ARGUMENT, NO_MEMORY. Free with drop, also
 * after a failure. */
REGIME_MUST_CHECK regime_status rg_options_read(regime_context *context, const char *command,
                                                rg_option_set allowed, int count, char **words,
                                                rg_options *out);
void rg_options_drop(rg_options *options); /* takes a zeroed one */

bool rg_option_given(const rg_options *options, rg_option option);

#endif
