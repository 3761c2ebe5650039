/* alone.c — the smallest closed set of states without a path. */
#include "analysis/alone.h"

#include "analysis/groups.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { looks = 16 };

static const double leaves_above = 1e-9, vanishes_below = 1e-6;

typedef struct search {
  rg_pace *pace;
  regime_context *context;
  size_t n, count;
  const double *points;
  double *z;
  bool *reads, *seen, *held, *is_done;
  size_t *stack, *size;
  bool rests;
} search;

static bool make_room(search *s) {
  s->reads = calloc(s->n * s->n + 3 * s->n + 1, sizeof *s->reads);
  s->size = calloc(2 * s->n + 1, sizeof *s->size);
  if (!s->reads || !s->size) return false;
  s->seen = s->reads + s->n * s->n;
  s->held = s->seen + s->n;
  s->is_done = s->held + s->n;
  s->stack = s->size + s->n;
  return true;
}

static void measure_sets(search *s) {
  rg_readers(s->pace->field, s->count < looks ? s->count : looks, s->points, s->pace->X, s->pace->jacobian,
             s->reads);
  for (size_t i = 0; i < s->n; i++) {
    rg_those_that_move(s->n, s->reads, i, s->stack, s->seen);
    for (size_t j = 0; j < s->n; j++) s->size[i] += s->seen[j];
  }
}

/* Where all growth is in proportion, nothing at all is a path too; that counts only where the flow leads to
 * it. */
static bool has_vanished(const search *s, const double *z) {
  for (size_t i = 0; i < s->n; i++)
    if (s->seen[i] && fabs(z[i]) < vanishes_below * fabs(s->points[i])) return true;
  return false;
}

static regime_status visit(void *self, const double *z, double moved, bool leapt, bool *goes_on) {
  search *s = self;
  (void)moved;
  s->rests = !leapt || !has_vanished(s, z);
  *goes_on = !s->rests;
  return REGIME_OK;
}

/* The set of state i, all others held. */
static regime_status look_at(search *s, size_t i, regime_growth_search *out) {
  const rg_pace_visitor visitor = {visit, s};
  s->rests = false;
  rg_those_that_move(s->n, s->reads, i, s->stack, s->seen);
  for (size_t j = 0; j < s->n; j++) s->held[j] = !s->seen[j];
  memcpy(s->z, s->points, s->n * sizeof *s->z);
  memset(s->z + s->n, 0, s->pace->d * sizeof *s->z);
  s->pace->held = s->held;
  const regime_status status =
      rg_pace_follow(s->pace, s->context, s->z, &visitor, &out->lone, &out->lone_rate);
  s->pace->held = NULL;
  for (size_t j = 0; j < s->n; j++) s->is_done[j] |= s->seen[j];
  out->has_lone = !s->rests && out->lone_rate > leaves_above;
  return status;
}

/* The state not yet looked at with the smallest set; n: there is none small enough. */
static size_t next(const search *s) {
  size_t best = s->n;
  for (size_t i = 0; i < s->n; i++)
    if (!s->is_done[i] && 2 * s->size[i] <= s->n && (best == s->n || s->size[i] < s->size[best])) best = i;
  return best;
}

regime_status rg_find_lone(rg_pace *pace, regime_context *context, size_t count, const double *points,
                           double *z, regime_growth_search *out) {
  search s = {.pace = pace, .context = context, .n = pace->n, .count = count, .points = points, .z = z};
  regime_status status = REGIME_NO_MEMORY;
  if (make_room(&s)) {
    measure_sets(&s);
    status = REGIME_OK;
    for (size_t i = next(&s);
         i < s.n && status == REGIME_OK && !out->has_lone && !regime_context_interrupted(context);
         i = next(&s))
      status = look_at(&s, i, out);
  }
  free(s.reads);
  free(s.size);
  return status;
}
