/* pace.c — equations of balanced paths, and the way there in the frame that moves along. */
#include "analysis/pace.h"

#include "linalg/dense.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- along a scaling -------------------------------------------------------------------------------------
 */

void rg_pace_weigh(const rg_pace *p, const double *c) {
  memcpy(p->scaling, p->scalings->particular, 2 * p->n * sizeof *p->scaling);
  for (size_t k = 0; k < p->d; k++)
    for (size_t i = 0; i < 2 * p->n; i++) p->scaling[i] += c[k] * p->scalings->basis[2 * p->n * k + i];
}

/* (exp(g) - 1)/g, and its derivative by g */
static double shift_in_period(double g) {
  return fabs(g) < 1e-5 ? 1.0 + g / 2.0 + g * g / 6.0 : expm1(g) / g;
}
static double slope_of_shift(double g) {
  return fabs(g) < 1e-4 ? 0.5 + g / 3.0 + g * g / 8.0 : (exp(g) - shift_in_period(g)) / g;
}

/* What state i would do along the scaling: its rate, or where a period leads it. */
static double led_to(const rg_pace *p, size_t i, double x) {
  const double g = p->scaling[i], shift = p->scaling[p->n + i];
  return rg_field_is_map(p->field) ? exp(g) * x + shift * shift_in_period(g) : g * x + shift;
}

double rg_pace_stretched(const rg_pace *p, size_t i) {
  return rg_field_is_map(p->field) ? exp(p->scaling[i]) : p->scaling[i];
}

/* The derivative of that by the weight of scaling k. */
static double led_by_weight(const rg_pace *p, size_t i, size_t k, double x) {
  const double *basis = p->scalings->basis + 2 * p->n * k;
  const double by_g = basis[i], by_h = basis[p->n + i], g = p->scaling[i], shift = p->scaling[p->n + i];
  if (!rg_field_is_map(p->field)) return by_g * x + by_h;
  return by_g * (exp(g) * x + shift * slope_of_shift(g)) + by_h * shift_in_period(g);
}

static bool is_held(const rg_pace *p, size_t i) { return p->held && p->held[i]; }

/* --- the equations ---------------------------------------------------------------------------------------
 */

int rg_pace_residual(void *self, const double *z, double *out) {
  rg_pace *p = self;
  memcpy(p->X, z, p->n * sizeof *z);
  if (rg_field_value(p->field, p->X, out)) return 1;
  rg_pace_weigh(p, z + p->n);
  for (size_t i = 0; i < p->n; i++) out[i] = is_held(p, i) ? 0.0 : out[i] - led_to(p, i, z[i]);
  for (size_t k = 0; k < p->d; k++) {
    double *gauge = &out[p->n + k];
    *gauge = 0.0;
    for (size_t i = 0; i < p->n; i++) *gauge += p->across[k * p->n + i] * (z[i] - p->reference[i]);
  }
  for (size_t i = 0; i < p->n + p->d; i++)
    if (!isfinite(out[i])) return 1;
  return 0;
}

int rg_pace_jacobian(void *self, const double *z, double *out) {
  rg_pace *p = self;
  const size_t n = p->n, size = n + p->d;
  memcpy(p->X, z, n * sizeof *z);
  if (rg_field_jacobian(p->field, p->X, p->jacobian)) return 1;
  rg_pace_weigh(p, z + n);
  memset(out, 0, size * size * sizeof *out);
  for (size_t j = 0; j < n; j++) {
    memcpy(out + j * size, p->jacobian + j * n, n * sizeof *out);
    out[j + j * size] -= rg_pace_stretched(p, j);
    for (size_t k = 0; k < p->d; k++) out[n + k + j * size] = p->across[k * n + j];
  }
  for (size_t k = 0; k < p->d; k++)
    for (size_t i = 0; i < n; i++) out[i + (n + k) * size] = -led_by_weight(p, i, k, z[i]);
  return 0;
}

/* --- the way there ---------------------------------------------------------------------------------------
 */

enum { most_steps = 250, most_leaps = 60, most_halvings = 6 };

static const double most_move = 0.2, first_step = 0.1, shortest = 1e-6, longest = 1e4, first_leap = 10.0,
                    moves_less = 1e-8, rests_below = 1e-12;

typedef struct way {
  rg_pace *pace;
  rg_dense *dense;
  double *F, *move, *solved, *trial, *leap, *matrix, *size;
  size_t n_moving, *moving; /* places in z: states that are not held, and weights */
  double step, moved;
} way;

static double size_of(const rg_pace *p, size_t i, double x) { return fmax(fabs(x), 1e-2 * p->width[i]); }

/* What moves: states that are not held, and weights. Each state and its equation against its size, so that
 * levels of different orders are no singular matrix; the plane's equations against their largest coefficient.
 */
static void take_part(way *w, const double *z) {
  const size_t n = w->pace->n, size = n + w->pace->d, m = w->n_moving;
  double *part = rg_dense_matrix(w->dense);
  for (size_t k = 0; k < size; k++) w->size[k] = k < n ? size_of(w->pace, k, z[k]) : 0.0;
  for (size_t j = 0; j < n; j++)
    for (size_t k = n; k < size; k++)
      w->size[k] = fmax(w->size[k], fabs(w->matrix[k + j * size]) * w->size[j]);
  for (size_t b = 0; b < m; b++)
    for (size_t a = 0; a < m; a++) {
      const size_t i = w->moving[a], j = w->moving[b];
      part[a + b * m] = w->matrix[i + j * size] * (j < n ? w->size[j] : 1.0) / w->size[i];
    }
}

/* The implicit Euler step; the weights move freely, and the plane is kept to. False: no value. */
static bool find_move(way *w, const double *z, double step) {
  const size_t n = w->pace->n, size = n + w->pace->d;
  if (rg_pace_jacobian(w->pace, z, w->matrix)) return false;
  for (size_t i = 0; i < n; i++) w->matrix[i + i * size] -= 1.0 / step;
  take_part(w, z);
  for (size_t a = 0; a < w->n_moving; a++) w->solved[a] = -w->F[w->moving[a]] / w->size[w->moving[a]];
  rg_dense_factor(w->dense);
  rg_dense_solve(w->dense, w->solved);
  w->moved = 0.0;
  for (size_t a = 0; a < w->n_moving; a++) {
    const size_t i = w->moving[a];
    w->move[i] = w->solved[a] * (i < n ? w->size[i] : 1.0);
    if (i < n) w->moved = fmax(w->moved, fabs(w->solved[a]));
  }
  return isfinite(w->moved);
}

/* Makes so much of the move; F is then that of where z is. False: no value there, and z is where it was. */
static bool make(way *w, double *z, double fraction) {
  const size_t size = w->pace->n + w->pace->d;
  for (size_t i = 0; i < size; i++) w->trial[i] = z[i] + fraction * w->move[i];
  if (rg_pace_residual(w->pace, w->trial, w->F)) return false;
  memcpy(z, w->trial, size * sizeof *z);
  return true;
}

/* One step with the flow: shorter until nothing moves far, longer afterwards. False: it cannot move. */
static bool go(way *w, double *z) {
  for (; w->step > shortest; w->step /= 4.0) {
    if (!find_move(w, z, w->step)) return false;
    if (w->moved <= most_move && make(w, z, 1.0)) return true;
    if (rg_pace_residual(w->pace, z, w->F)) return false;
  }
  return false;
}

static double worst_of(const way *w, const double *z, size_t *worst) {
  double most = 0.0;
  for (size_t i = 0; i < w->pace->n; i++) {
    const double pace = fabs(w->F[i]) / size_of(w->pace, i, z[i]);
    if (!(pace > most)) continue;
    most = pace;
    *worst = i;
  }
  return most;
}

static bool rests(const way *w, const double *z) {
  size_t worst;
  return w->moved < moves_less && worst_of(w, z, &worst) < rests_below;
}

/* By the longest steps alone, which are Newton's but for directions in which nothing decides: to a point of
 * rest that the flow need not lead to. */
static bool leap(way *w, double *z) {
  if (rg_pace_residual(w->pace, z, w->F)) return false;
  for (int k = 0; k < most_leaps; k++) {
    if (!find_move(w, z, longest)) return false;
    double fraction = fmin(1.0, most_move / w->moved);
    int halvings = 0;
    while (halvings < most_halvings && !make(w, z, fraction)) halvings++, fraction /= 2.0;
    if (halvings == most_halvings) return false;
    if (rests(w, z)) return true;
  }
  return false;
}

/* F is that at z again; false: no value. */
static bool leap_from(way *w, const double *z, const rg_pace_visitor *visitor, regime_status *status,
                      bool *goes_on) {
  memcpy(w->leap, z, (w->pace->n + w->pace->d) * sizeof *z);
  if (leap(w, w->leap)) *status = visitor->visit(visitor->self, w->leap, w->moved, true, goes_on);
  return !rg_pace_residual(w->pace, z, w->F);
}

static regime_status follow(way *w, regime_context *context, double *z, const rg_pace_visitor *visitor) {
  double time = 0.0, next = first_leap;
  bool goes_on = !rg_pace_residual(w->pace, z, w->F);
  regime_status status = REGIME_OK;
  for (int k = 0; k < most_steps && goes_on && status == REGIME_OK; k++) {
    if (regime_context_interrupted(context) || !go(w, z)) return REGIME_OK;
    time += w->step;
    if (w->moved < most_move / 4.0) w->step = fmin(2.0 * w->step, longest);
    if (rests(w, z)) return visitor->visit(visitor->self, z, w->moved, false, &goes_on);
    if (time < next) continue;
    next = 3.0 * time;
    goes_on = leap_from(w, z, visitor, &status, &goes_on) && goes_on;
  }
  return status;
}

static bool make_room(way *w) {
  const size_t size = w->pace->n + w->pace->d;
  w->F = calloc(6 * size + size * size + 1, sizeof *w->F);
  w->moving = calloc(size + 1, sizeof *w->moving);
  if (!w->F || !w->moving) return false;
  w->move = w->F + size;
  w->solved = w->move + size;
  w->trial = w->solved + size;
  w->leap = w->trial + size;
  w->size = w->leap + size;
  w->matrix = w->size + size;
  for (size_t k = 0; k < size; k++)
    if (k >= w->pace->n || !is_held(w->pace, k)) w->moving[w->n_moving++] = k;
  w->dense = rg_dense_create(w->n_moving);
  return w->dense;
}

regime_status rg_pace_follow(rg_pace *pace, regime_context *context, double *z,
                             const rg_pace_visitor *visitor, size_t *worst, double *by) {
  way w = {.pace = pace, .step = first_step};
  regime_status status = REGIME_NO_MEMORY;
  if (make_room(&w)) {
    status = follow(&w, context, z, visitor);
    *by = worst_of(&w, z, worst);
  }
  rg_dense_free(w.dense);
  free(w.moving);
  free(w.F);
  return status;
}
