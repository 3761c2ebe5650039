/* statistics.h — numbers read off a path, as they are asked for:
 *
 *   u, last(u)           the value at the end of the path
 *   at(u, 1973)          at an instant
 *   mean(u), mean(u, 1974, 1980)      the mean over the path, or over a window
 *   max(u), min(u, 1974, 1980)        the extremes of the recorded points
 *   date(crash)          when an event first happened
 *
 * A variable over sets without its index stands for all its members, one number each.
 */
#ifndef RG_STATISTICS_H
#define RG_STATISTICS_H

#include "study/names.h"
#include <regime/context.h>
#include <regime/path.h>

typedef enum rg_statistic_kind { RG_LAST, RG_MEAN, RG_MAX, RG_MIN, RG_DATE } rg_statistic_kind;

typedef struct rg_statistic {
  char *text; /* "mean(u,1974,1980)": without idle blanks */
  rg_statistic_kind kind;
  size_t output;   /* of a date: the event */
  double from, to; /* NaN: the whole path; equal: an instant */
} rg_statistic;

typedef struct rg_statistics {
  size_t count;
  rg_statistic *item;
} rg_statistics;

/* What they are read against. */
typedef struct rg_readable {
  const rg_output_names *names;
  const regime_system *system; /* for its events */
  double from, to;             /* span */
} rg_readable;

/* Reads a list separated by commas. BAD_ARGUMENT, with all that is wrong in words; NO_MEMORY. Free with drop,
 * also after a failure. */
REGIME_MUST_CHECK regime_status rg_statistics_read(regime_context *context, const rg_readable *readable,
                                                   const char *text, rg_statistics *out);
void rg_statistics_drop(rg_statistics *statistics); /* takes a zeroed one */

/* NaN where the path has no such number: it ended before, or the event did not happen. */
double rg_statistic_value(const rg_statistic *statistic, const regime_path *path);

/* Its derivatives along the directions of the path, regime_path_directions of them, for an output that is
 * `place` among the derived ones; NaN where the value is. Where the end of the path moves, with the event
 * that stops it, the last value and the mean over the whole path move along. */
void rg_statistic_slopes(const rg_statistic *statistic, const regime_path *path, size_t place, double *out);

/* Whether its zero is a convention, as that of a date: changes make sense then, and ratios do not. */
static inline bool rg_statistic_is_date(const rg_statistic *s) { return s->kind == RG_DATE; }

#endif
