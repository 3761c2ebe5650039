/* fact.h — one number that was observed, the number the model gives for it, and how that answers to first
 * order.
 *
 *   mean     of an output over [from, to); its value at an instant where from == to
 *   at       its value at `from`
 *   change   its value at `to` less that at `from`
 *   growth   100 (log y(to) - log y(from))/(to - from): per cent a unit of time
 *   ratio    its mean over [from, to) to its mean over [base_from, base_to)
 *   event    when an event first happens
 */
#ifndef RG_FACT_H
#define RG_FACT_H

#include <regime/path.h>

typedef enum rg_fact_kind {
  RG_FACT_MEAN,
  RG_FACT_AT,
  RG_FACT_CHANGE,
  RG_FACT_GROWTH,
  RG_FACT_RATIO,
  RG_FACT_EVENT
} rg_fact_kind;

typedef struct rg_fact {
  const char *variable, *member; /* member "" for what has no index */
  rg_fact_kind kind;
  size_t output;             /* of the system; of kind `event`: the number of the event */
  double from, to;           /* an instant: both the same */
  double base_from, base_to; /* ratio */
  double value, sd, weight;  /* sd and weight 1 where nothing was said */
  bool has_sd;
  const char *file;
  int line;
} rg_fact;

/* The model's answer. NaN: the path does not cover the fact, its event does not happen, a growth is asked of
 * numbers that are not positive, or a ratio to zero. */
double rg_fact_model(const rg_fact *fact, const regime_path *path);

/* The derivatives of that answer along each of the path's directions: exactly those of what rg_fact_model
 * computes. derived_place[output] is the place of an output among the derived ones of the path. NaN where the
 * answer is. */
void rg_fact_slope(const rg_fact *fact, const regime_path *path, const size_t *derived_place, double *out);

/* Whether all that the fact is about lies in [from, to]. */
bool rg_fact_is_within(const rg_fact *fact, double from, double to);

/* "mean", "at", ... */
const char *rg_fact_kind_text(rg_fact_kind kind);
extern const char *const rg_fact_kinds[];
enum { RG_N_FACT_KINDS = RG_FACT_EVENT + 1 };

#endif
