/* manifold.c — manifolds of dimension one.
 *
 * Of a flow: x0 + h v is off the manifold by about |F(x0 + h v) - h lambda v| / |lambda|; h is halved until
 * that is small, and the path from there is the manifold, forwards in time for the unstable one and backwards
 * for the stable. It ends at another saddle where it passes within a ten thousandth of it (Kuznetsov 2004,
 * ch. 6: a connection). Of a map (Krauskopf and Osinga 1998): images of the segment from x0 + h v to its
 * own image tile the manifold; a point of the k-th image is found from its place on the segment, so that a
 * gap is closed by more points of the segment.
 */
#include "analysis/manifold.h"

#include <math.h>
#include <string.h>

enum { MOST_HALVINGS = 60, MOST_IMAGES = 400, MOST_POINTS = 20000, MOST_WANDERING = 1600 };
static const double off_by = 1e-9, connection = 1e-4, gap = 0.0025;

regime_curve rg_shadow(rg_arena *arena, const double *points, size_t count, size_t n, size_t x, size_t y) {
  double *xy = RG_NEW_ARRAY(arena, double, 2 * count);
  for (size_t k = 0; k < count; k++) {
    xy[2 * k] = points[k * n + x];
    xy[2 * k + 1] = points[k * n + y];
  }
  return (regime_curve){count, xy};
}

typedef struct saddle {
  rg_chase *c;
  size_t number, x, y;
  const regime_equilibrium *rest;
  const double *v; /* the eigenvector */
  double lambda;
  bool is_stable; /* which manifold */
  int side;
} saddle;

/* How far x0 + h v is off, by the widths of the box; INFINITY: no value. c->X becomes that point. */
static double error_at(const saddle *s, double h) {
  rg_chase *c = s->c;
  double sum = 0.0;
  for (size_t k = 0; k < c->n; k++) c->X[k] = s->rest->state[k] + s->side * h * s->v[k];
  if (rg_field_residual(c->field, c->X, c->Y)) return INFINITY;
  const double rate = c->is_map ? s->lambda - 1.0 : s->lambda;
  for (size_t k = 0; k < c->n; k++) {
    const double part = (c->Y[k] / rate - s->side * h * s->v[k]) / (c->high[k] - c->low[k]);
    sum += part * part;
  }
  return sqrt(sum);
}

/* The distance to start at; c->X the start. */
static double first_step(const saddle *s) {
  const rg_chase *c = s->c;
  double length = 0.0;
  for (size_t k = 0; k < c->n; k++) length += pow(s->v[k] / (c->high[k] - c->low[k]), 2.0);
  double h = 0.01 / sqrt(length);
  for (int k = 0; k < MOST_HALVINGS && error_at(s, h) > off_by && h * sqrt(length) > 1e-7; k++) h *= 0.5;
  error_at(s, h);
  return h;
}

/* ---- of a flow ---- */

/* Saddles end a manifold too: balls around them. */
static void add_saddles(rg_chase *c) {
  for (size_t k = 0; k < regime_steady_count(c->steady); k++) {
    const regime_equilibrium *e = regime_steady_at(c->steady, k);
    if (e->n_unstable == 0 || e->n_unstable == c->n) continue;
    RG_APPEND(c->arena, &c->targets, rg_target_ball(c, k, connection));
  }
  rg_flow_set_targets(c->flow, c->targets.count, c->targets.items);
}

static regime_status trace_flow(const saddle *s, rg_manifolds *out) {
  rg_chase *c = s->c;
  rg_numbers points = {0};
  regime_manifold m = {.equilibrium = s->number, .is_stable = s->is_stable, .side = s->side};
  for (size_t k = 0; k < c->n; k++) RG_APPEND(c->arena, &points, s->rest->state[k]);
  first_step(s);
  const regime_status status = rg_chase_from(c, c->X, s->is_stable ? -1 : +1, &points, &m.fate);
  size_t count = points.count / c->n;
  if (m.fate.kind == REGIME_FATE_BOUNDED && count > MOST_WANDERING) count = MOST_WANDERING;
  m.curve = rg_shadow(c->arena, points.items, count, c->n, s->x, s->y);
  RG_APPEND(c->arena, out, m);
  return status;
}

/* ---- of a map ---- */

/* The k-th image of the point at `part` of the segment from x0 + h v to x0 + rate h v: into X. */
static bool image(const saddle *s, double h, double rate, double part, size_t k, double *X) {
  rg_chase *c = s->c;
  const double reach = h * pow(rate, part);
  for (size_t i = 0; i < c->n; i++) X[i] = s->rest->state[i] + s->side * reach * s->v[i];
  for (size_t times = 0; times < k; times++) {
    if (rg_field_value(c->field, X, c->Y)) return false;
    memcpy(X, c->Y, c->n * sizeof *X);
    for (size_t i = 0; i < c->n; i++)
      if (!(fabs(X[i] - c->low[i]) < 3.0 * (c->high[i] - c->low[i]))) return false;
  }
  return true;
}

/* Adds the k-th image, point by point; the next part is nearer where the last was too far. False: it went
 * away. */
static bool add_image(const saddle *s, double h, double rate, size_t k, double *step, rg_numbers *points) {
  rg_chase *c = s->c;
  double part = 0.0;
  while (part < 1.0 && points->count < (size_t)MOST_POINTS * c->n) {
    const double next = fmin(1.0, part + *step);
    if (!image(s, h, rate, next, k, c->X)) return false;
    const double far = rg_flow_distance(c->flow, c->X, points->items + points->count - c->n);
    if (far > gap && *step > 1e-9) {
      *step *= 0.5;
      continue;
    }
    for (size_t i = 0; i < c->n; i++) RG_APPEND(c->arena, points, c->X[i]);
    if (far < 0.25 * gap) *step = fmin(0.1, *step * 2.0);
    part = next;
  }
  return points->count < (size_t)MOST_POINTS * c->n;
}

/* With a negative multiplier the two sides change places each period: every second image is of one. */
static regime_status trace_map(const saddle *s, rg_manifolds *out) {
  rg_chase *c = s->c;
  const size_t stride = s->lambda < 0.0 ? 2 : 1;
  const double h = first_step(s), rate = pow(fabs(s->lambda), (double)stride);
  rg_numbers points = {0};
  for (size_t i = 0; i < c->n; i++) RG_APPEND(c->arena, &points, s->rest->state[i]);
  double step = 0.1;
  bool goes_on = true;
  for (size_t k = 0; k < MOST_IMAGES && goes_on && !regime_context_interrupted(c->context); k++)
    goes_on = add_image(s, h, rate, k * stride, &step, &points);
  regime_manifold m = {.equilibrium = s->number, .side = s->side, .fate = {REGIME_FATE_UNKNOWN, SIZE_MAX}};
  m.curve = rg_shadow(c->arena, points.items, points.count / c->n, c->n, s->x, s->y);
  RG_APPEND(c->arena, out, m);
  return REGIME_OK;
}

/* ---- all of them ---- */

static regime_status trace_both(saddle *s, rg_manifolds *out) {
  regime_status status = REGIME_OK;
  for (s->side = 1; s->side >= -1 && status == REGIME_OK; s->side -= 2)
    status = s->c->is_map ? trace_map(s, out) : trace_flow(s, out);
  return status;
}

/* Eigenvalues stand in order, those that decide first: an unstable manifold of dimension one has the first,
 * a stable one the last, unless there are states that drift: they add dimensions of their own. */
static regime_status trace_of(saddle *s, rg_manifolds *out) {
  const size_t n = s->c->n, unstable = s->rest->n_unstable;
  regime_status status = REGIME_OK;
  if (unstable == 1 && s->rest->eigen_im[0] == 0.0 && n > 1) {
    s->v = s->rest->right;
    s->lambda = s->rest->eigen_re[0];
    s->is_stable = false;
    status = trace_both(s, out);
  }
  const bool is_line = unstable + 1 == n && s->rest->n_eigen == n;
  if (status != REGIME_OK || s->c->is_map || !is_line || !(s->rest->eigen_re[n - 1] < 0.0)) return status;
  s->v = s->rest->right + (n - 1) * n;
  s->lambda = s->rest->eigen_re[n - 1];
  s->is_stable = true;
  return trace_both(s, out);
}

regime_status rg_manifolds_trace(rg_chase *c, size_t x, size_t y, rg_manifolds *out) {
  const size_t n_targets = c->targets.count;
  regime_status status = REGIME_OK;
  const double before = rg_flow_set_tolerance(c->flow, 1e-10);
  if (!c->is_map) add_saddles(c);
  for (size_t k = 0; k < regime_steady_count(c->steady) && status == REGIME_OK; k++) {
    saddle s = {.c = c, .number = k, .x = x, .y = y, .rest = regime_steady_at(c->steady, k)};
    if (regime_context_interrupted(c->context)) break;
    status = trace_of(&s, out);
  }
  rg_flow_set_tolerance(c->flow, before);
  c->targets.count = n_targets;
  rg_flow_set_targets(c->flow, c->targets.count, c->targets.items);
  return status;
}
