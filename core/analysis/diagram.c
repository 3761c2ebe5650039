/* diagram.c — growing lists in one arena. */
#include "analysis/diagram.h"

#include "base/arena.h"
#include <string.h>

typedef RG_LIST(regime_branch_point) points;
typedef RG_LIST(regime_cycle_point) cycle_points;

/* Branches, or curves: as shown, and the list their points grow in. */
typedef struct lines {
  RG_LIST(regime_branch) shown;
  RG_LIST(points) grown;
} lines;

struct regime_diagram {
  rg_arena *arena;
  size_t n_states, n_outputs;
  RG_LIST(regime_special) specials;
  lines branches, curves;
  RG_LIST(regime_cycles) families;
  RG_LIST(cycle_points) orbits;
};

regime_status rg_diagram_create(size_t n_states, size_t n_outputs, regime_diagram **out) {
  *out = NULL;
  rg_arena *arena = rg_arena_create();
  if (!arena) return REGIME_NO_MEMORY;
  if (RG_ARENA_TRY(arena)) {
    rg_arena_free(arena);
    return REGIME_NO_MEMORY;
  }
  regime_diagram *diagram = RG_NEW(arena, regime_diagram);
  *diagram = (regime_diagram){.arena = arena, .n_states = n_states, .n_outputs = n_outputs};
  *out = diagram;
  return REGIME_OK;
}

void regime_diagram_free(regime_diagram *d) {
  if (d) rg_arena_free(d->arena);
}

static const double *kept(regime_diagram *d, const double *values, size_t n) {
  if (!values) return NULL;
  double *copy = RG_NEW_ARRAY(d->arena, double, n);
  memcpy(copy, values, n * sizeof *copy);
  return copy;
}

/* --- special points ------------------------------------------------------------------------------------ */

regime_status rg_diagram_add_special(regime_diagram *d, const regime_special *special, size_t *number) {
  if (RG_ARENA_TRY(d->arena)) return REGIME_NO_MEMORY;
  regime_special copy = *special;
  copy.state = kept(d, special->state, d->n_states);
  copy.outputs = kept(d, special->outputs, d->n_outputs);
  if (number) *number = d->specials.count;
  RG_APPEND(d->arena, &d->specials, copy);
  return REGIME_OK;
}

/* --- branches and curves ------------------------------------------------------------------------------- */

static regime_status begin_line(regime_diagram *d, lines *l, regime_point kind, long parent) {
  if (RG_ARENA_TRY(d->arena)) return REGIME_NO_MEMORY;
  const regime_branch line = {.kind = kind, .parent = parent};
  const points none = {0};
  RG_APPEND(d->arena, &l->grown, none);
  RG_APPEND(d->arena, &l->shown, line);
  return REGIME_OK;
}

static regime_status add_point(regime_diagram *d, lines *l, const regime_branch_point *point) {
  if (RG_ARENA_TRY(d->arena)) return REGIME_NO_MEMORY;
  points *grown = &l->grown.items[l->grown.count - 1];
  regime_branch *line = &l->shown.items[l->shown.count - 1];
  regime_branch_point copy = *point;
  copy.state = kept(d, point->state, d->n_states);
  copy.outputs = kept(d, point->outputs, d->n_outputs);
  copy.eigen_re = kept(d, point->eigen_re, d->n_states);
  copy.eigen_im = kept(d, point->eigen_im, d->n_states);
  RG_APPEND(d->arena, grown, copy);
  line->point = grown->items;
  line->n_points = grown->count;
  return REGIME_OK;
}

static void turn(lines *l) {
  points *grown = &l->grown.items[l->grown.count - 1];
  regime_branch *line = &l->shown.items[l->shown.count - 1];
  for (size_t k = 0; k < grown->count / 2; k++) {
    const regime_branch_point point = grown->items[k];
    grown->items[k] = grown->items[grown->count - 1 - k];
    grown->items[grown->count - 1 - k] = point;
  }
  const regime_end end = line->end[0];
  line->end[0] = line->end[1];
  line->end[1] = end;
}

regime_status rg_diagram_begin_branch(regime_diagram *d, long parent) {
  return begin_line(d, &d->branches, (regime_point)0, parent);
}

regime_status rg_diagram_add_point(regime_diagram *d, const regime_branch_point *point) {
  return add_point(d, &d->branches, point);
}

void rg_diagram_turn(regime_diagram *d) { turn(&d->branches); }
void rg_diagram_end(regime_diagram *d, regime_end end) {
  d->branches.shown.items[d->branches.shown.count - 1].end[1] = end;
}

regime_status rg_diagram_begin_curve(regime_diagram *d, regime_point kind, long parent) {
  return begin_line(d, &d->curves, kind, parent);
}

regime_status rg_diagram_add_curve_point(regime_diagram *d, const regime_branch_point *point) {
  return add_point(d, &d->curves, point);
}

void rg_diagram_turn_curve(regime_diagram *d) { turn(&d->curves); }
void rg_diagram_end_curve(regime_diagram *d, regime_end end) {
  d->curves.shown.items[d->curves.shown.count - 1].end[1] = end;
}

/* --- cycles -------------------------------------------------------------------------------------------- */

regime_status rg_diagram_begin_cycles(regime_diagram *d, long born_at) {
  if (RG_ARENA_TRY(d->arena)) return REGIME_NO_MEMORY;
  const regime_cycles family = {.born_at = born_at};
  const cycle_points none = {0};
  RG_APPEND(d->arena, &d->orbits, none);
  RG_APPEND(d->arena, &d->families, family);
  return REGIME_OK;
}

regime_status rg_diagram_add_cycle(regime_diagram *d, const regime_cycle_point *point) {
  if (RG_ARENA_TRY(d->arena)) return REGIME_NO_MEMORY;
  cycle_points *grown = &d->orbits.items[d->orbits.count - 1];
  regime_cycles *family = &d->families.items[d->families.count - 1];
  regime_cycle_point copy = *point;
  copy.multiplier_re = kept(d, point->multiplier_re, d->n_states);
  copy.multiplier_im = kept(d, point->multiplier_im, d->n_states);
  copy.low = kept(d, point->low, d->n_outputs);
  copy.high = kept(d, point->high, d->n_outputs);
  copy.mean = kept(d, point->mean, d->n_outputs);
  RG_APPEND(d->arena, grown, copy);
  family->point = grown->items;
  family->n_points = grown->count;
  return REGIME_OK;
}

void rg_diagram_end_cycles(regime_diagram *d, regime_end end) {
  d->families.items[d->families.count - 1].end = end;
}

/* --- what is there ------------------------------------------------------------------------------------- */

size_t regime_diagram_specials(const regime_diagram *d) { return d->specials.count; }
const regime_special *regime_diagram_special(const regime_diagram *d, size_t k) {
  return &d->specials.items[k];
}
size_t regime_diagram_branches(const regime_diagram *d) { return d->branches.shown.count; }
const regime_branch *regime_diagram_branch(const regime_diagram *d, size_t k) {
  return &d->branches.shown.items[k];
}
size_t regime_diagram_cycles(const regime_diagram *d) { return d->families.count; }
const regime_cycles *regime_diagram_cycle(const regime_diagram *d, size_t k) { return &d->families.items[k]; }
size_t regime_diagram_curves(const regime_diagram *d) { return d->curves.shown.count; }
const regime_branch *regime_diagram_curve(const regime_diagram *d, size_t k) {
  return &d->curves.shown.items[k];
}
