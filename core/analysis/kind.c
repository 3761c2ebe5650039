/* kind.c — names for equilibria, and closed orbits told by going round. */
#include "analysis/kind.h"

#include <math.h>
#include <string.h>

/* --- names -----------------------------------------------------------------------------------------------
 */

/* How fast an eigenvalue lets things grow: beyond zero they do. */
static double growth_of(double re, double im, bool is_map) { return is_map ? log(hypot(re, im)) : re; }

typedef struct tally {
  size_t stable, unstable, on_border;
  double slow_stable, slow_unstable; /* those nearest to the border on either side lead */
  bool stable_turns, unstable_turns; /* whether these are pairs */
} tally;

static void count(tally *t, double growth, bool turns, double within) {
  if (!(fabs(growth) > within)) {
    t->on_border++;
  } else if (growth < 0.0) {
    if (t->stable++ > 0 && growth <= t->slow_stable) return;
    t->slow_stable = growth;
    t->stable_turns = turns;
  } else {
    if (t->unstable++ > 0 && growth >= t->slow_unstable) return;
    t->slow_unstable = growth;
    t->unstable_turns = turns;
  }
}

static regime_rest name(const tally *t) {
  if (t->on_border > 0) return REGIME_NON_HYPERBOLIC;
  if (t->unstable + t->stable == 0) return REGIME_NON_HYPERBOLIC;
  if (t->unstable == 0) return t->stable_turns ? REGIME_STABLE_FOCUS : REGIME_STABLE_NODE;
  if (t->stable == 0) return t->unstable_turns ? REGIME_UNSTABLE_FOCUS : REGIME_UNSTABLE_NODE;
  return t->stable_turns || t->unstable_turns ? REGIME_SADDLE_FOCUS : REGIME_SADDLE;
}

/* Whether eigenvalue k is among the `without` nearest to the border; of equals the first are. */
static bool is_left_out(size_t k, size_t n, const double *re, const double *im, bool is_map, size_t without) {
  const double distance = fabs(growth_of(re[k], im[k], is_map));
  size_t nearer = 0;
  for (size_t j = 0; j < n; j++) {
    const double other = fabs(growth_of(re[j], im[j], is_map));
    nearer += other < distance || (other == distance && j < k);
  }
  return nearer < without;
}

rg_kind rg_kind_of(size_t n, const double *re, const double *im, bool is_map, double within, size_t without) {
  double largest = 0.0;
  for (size_t k = 0; k < n; k++) largest = fmax(largest, hypot(re[k], im[k]));
  tally t = {0};
  for (size_t k = 0; k < n; k++)
    if (!is_left_out(k, n, re, im, is_map, without))
      count(&t, growth_of(re[k], im[k], is_map), im[k] != 0.0, is_map ? within : within * largest);
  return (rg_kind){.type = name(&t),
                   .is_stable = t.stable + without == n,
                   .n_unstable = t.unstable,
                   .is_pair = n == 2 && t.on_border == 2 && im[0] != 0.0};
}

/* --- going round -------------------------------------------------------------------------------------------
 */

enum { steps_a_turn = 1500, most_turns = 3, halvings = 50 };

typedef struct turn {
  rg_field *field;
  size_t columns, a, b;
  const double *X;
  double from[2]; /* where it began, seen from X */
  double *y, *next, *k[4], *trial;
} turn;

/* A step of the classical Runge-Kutta method in the two states; false: no value. */
static bool step(turn *t, double h) {
  static const double at[] = {0.0, 0.5, 0.5, 1.0}, weight[] = {1.0, 2.0, 2.0, 1.0};
  const size_t state[] = {t->a, t->b};
  memcpy(t->next, t->y, t->columns * sizeof *t->y);
  memcpy(t->trial, t->y, t->columns * sizeof *t->y);
  for (int stage = 0; stage < 4; stage++) {
    for (int i = 0; stage > 0 && i < 2; i++)
      t->trial[state[i]] = t->y[state[i]] + h * at[stage] * t->k[stage - 1][state[i]];
    if (rg_field_value(t->field, t->trial, t->k[stage])) return false;
    for (int i = 0; i < 2; i++) t->next[state[i]] += h / 6.0 * weight[stage] * t->k[stage][state[i]];
  }
  return true;
}

/* How far y is beside the ray from X on which it began, and how far along it. */
static double beside(const turn *t, const double *y) {
  return t->from[0] * (y[t->b] - t->X[t->b]) - t->from[1] * (y[t->a] - t->X[t->a]);
}
static double along(const turn *t, const double *y) {
  return t->from[0] * (y[t->a] - t->X[t->a]) + t->from[1] * (y[t->b] - t->X[t->b]);
}

/* The step from y is shortened until it ends on the ray. */
static bool land(turn *t, double h) {
  double low = 0.0, high = 1.0;
  const bool was_left = beside(t, t->y) > 0.0;
  for (int k = 0; k < halvings; k++) {
    const double middle = (low + high) / 2.0;
    if (!step(t, middle * h)) return false;
    *((beside(t, t->next) > 0.0) == was_left ? &low : &high) = middle;
  }
  return true;
}

/* Once round: how far from where it began, against its distance; infinite when it does not come back. */
static double miss(turn *t, double h) {
  bool has_left = false;
  for (int k = 0; k < most_turns * steps_a_turn; k++) {
    if (!step(t, h)) return INFINITY;
    const double before = beside(t, t->y), now = beside(t, t->next);
    if (has_left && (before > 0.0) != (now > 0.0) && along(t, t->next) > 0.0) {
      if (!land(t, h)) return INFINITY;
      return fabs(along(t, t->next) / (t->from[0] * t->from[0] + t->from[1] * t->from[1]) - 1.0);
    }
    has_left |= along(t, t->next) < 0.0;
    memcpy(t->y, t->next, t->columns * sizeof *t->y);
  }
  return INFINITY;
}

static double miss_from(turn *t, double distance, double period) {
  memcpy(t->y, t->X, t->columns * sizeof *t->y);
  t->y[t->a] += distance;
  t->from[0] = distance;
  t->from[1] = 0.0;
  return miss(t, period / steps_a_turn);
}

bool rg_is_centre(rg_field *field, const double *X, size_t a, size_t b, const double *size, double period,
                  double *room) {
  turn t = {.field = field, .columns = rg_field_columns(field), .a = a, .b = b, .X = X};
  double **const vectors[] = {&t.y, &t.next, &t.k[0], &t.k[1], &t.k[2], &t.k[3], &t.trial};
  for (size_t k = 0; k < sizeof vectors / sizeof *vectors; k++) *vectors[k] = room + k * t.columns;
  return miss_from(&t, 0.02 * size[a], period) < 1e-8 && miss_from(&t, 0.1 * size[a], period) < 1e-8;
}
