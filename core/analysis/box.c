/* box.c — where to look, and from where. */
#include "analysis/box.h"

#include "analysis/starts.h"
#include "base/diagnostic.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { few_states = 30, fewest_starts = 16 };

static const char *name_of(const regime_system *s, size_t i) {
  return s->state_name ? s->state_name(s->self, i) : "a state";
}

regime_status rg_box_check(regime_context *context, const regime_system *s, const regime_steady_options *o) {
  const bool has_box = s->n_states == 0 || (o->low && o->high);
  if (!has_box || !(o->tolerance > 0.0)) {
    rg_error(context, (rg_place){0}, NULL, "%s",
             has_box ? "the tolerance is not positive" : "there is no box to look in");
    return REGIME_BAD_ARGUMENT;
  }
  for (size_t i = 0; i < s->n_states; i++) {
    if (isfinite(o->low[i]) && isfinite(o->high[i]) && o->low[i] <= o->high[i]) continue;
    rg_error(context, (rg_place){0}, "bounds are finite, the lower one first",
             "%s is to be looked for between %.10g and %.10g", name_of(s, i), o->low[i], o->high[i]);
    return REGIME_BAD_ARGUMENT;
  }
  return REGIME_OK;
}

size_t rg_box_starts(const regime_steady_options *o, size_t n) {
  if (o->starts > 0) return o->starts + 1;
  double count = fmin(64.0 + 16.0 * (double)n, 1000.0);
  if (n > few_states) count *= pow((double)few_states / (double)n, 3.0);
  return 1 + (size_t)fmax(fewest_starts, count);
}

static void take_first(const rg_field *field, const regime_steady_options *o, double *X, double *start) {
  rg_field_start(field, X);
  memcpy(start, o->start ? o->start : X, rg_field_states(field) * sizeof *start);
}

regime_status rg_box_spread(const rg_field *field, const regime_steady_options *o, size_t count,
                            double *start, double *width) {
  const size_t n = rg_field_states(field);
  rg_starts *design = rg_starts_create(n, o->seed);
  double *X = calloc(rg_field_columns(field) + 1, sizeof *X);
  if (design && X) {
    take_first(field, o, X, start);
    for (size_t i = 0; i < n; i++)
      width[i] = fmax(o->high[i] - o->low[i], 1e-9 * fmax(fabs(o->high[i]), 1.0));
    for (size_t s = 1; s < count; s++) rg_starts_next(design, o->low, o->high, start, start + s * n);
  }
  const bool fits = design && X;
  rg_starts_free(design);
  free(X);
  return fits ? REGIME_OK : REGIME_NO_MEMORY;
}
