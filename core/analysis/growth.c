/* growth.c — balanced paths.
 *
 *   find the scalings of the law
 *   from many starts: Newton for a state x and the weights c of the scalings, with
 *       f(x) = g o x + h,   (g, h) = (g, h) of time + sum_k c_k (g, h)_k,
 *     and x on a plane across the scalings, so that of all the points of one path one is a solution
 *   of each: eigenvalues of the flow in the coordinates that rest along it, across the scalings
 *
 * Of a map, f is next and the right side is where the scaling leads in a period.
 */
#include <regime/steady.h>

#include "analysis/alone.h"
#include "analysis/box.h"
#include "analysis/kind.h"
#include "analysis/pace.h"
#include "base/diagnostic.h"
#include "linalg/eigen.h"
#include "linalg/newton.h"
#include "linalg/svd.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { points_of_scalings = 12, few_states = 30, tries_of_many = 1, most_halvings = 6 };

static const double neutral_below = 1e-8;

struct regime_growth {
  size_t count, scalings;
  regime_balanced *balanced;
  double **memory;
  regime_growth_search search;
};

typedef struct hunt {
  regime_context *context;
  const regime_steady_options *options;
  regime_growth *growth;
  rg_field *field;
  rg_scalings scalings;
  size_t n, d, columns, n_starts;
  double *width, *reference; /* of the box; a state through which the plane across the scalings goes */
  double *across;            /* d rows of n: the scalings there, against the squares of the widths */
  double *scaling;           /* 2n: g and h with the present weights */
  double *X, *F, *along, *jacobian;
  rg_pace pace;
  double *z;         /* n + d: state and weights */
  double *equations; /* n + d: by how much they fail */
  double *start;     /* n_starts * n */
  rg_svd *gauge;     /* n * d */
  bool has_family;   /* balanced paths that are not isolated: one is shown */
} hunt;

/* --- the plane across the scalings -----------------------------------------------------------------------
 */

/* The scalings at x in widths, as columns; whether they are independent there. */
static bool find_gauge(hunt *h, const double *x) {
  double *matrix = rg_svd_matrix(h->gauge);
  for (size_t k = 0; k < h->d; k++) {
    rg_scaling_along(&h->scalings, h->scalings.basis + 2 * h->n * k, x, matrix + k * h->n);
    for (size_t i = 0; i < h->n; i++) matrix[k * h->n + i] /= h->width[i];
  }
  return rg_svd_find(h->gauge) && rg_svd_rank(h->gauge, 1e-6) == h->d;
}

/* Takes what is along v out of w, in widths. */
static void take_out(const hunt *h, const double *v, double *w) {
  double both = 0.0, own = 0.0;
  for (size_t i = 0; i < h->n; i++) {
    both += v[i] * w[i] / (h->width[i] * h->width[i]);
    own += v[i] * v[i] / (h->width[i] * h->width[i]);
  }
  for (size_t i = 0; i < h->n; i++) w[i] -= both / own * v[i];
}

static double length(const hunt *h, const double *v) {
  double sum = 0.0;
  for (size_t i = 0; i < h->n; i++) sum += v[i] * v[i] / (h->width[i] * h->width[i]);
  return sqrt(sum);
}

/* A state that nothing moves is stretched and shifted to the same effect: of scalings that lead the same way
 * at x, the first are kept. rows: d*n. */
static void thin(hunt *h, const double *x, double *rows) {
  rg_scalings *s = &h->scalings;
  const size_t n = h->n;
  size_t kept = 0;
  for (size_t k = 0; k < s->d; k++) {
    double *row = rows + kept * n;
    rg_scaling_along(s, s->basis + 2 * n * k, x, row);
    const double whole = length(h, row);
    for (size_t j = 0; j < kept; j++) take_out(h, rows + j * n, row);
    if (!(length(h, row) > 1e-6 * whole)) continue;
    memmove(s->basis + 2 * n * kept++, s->basis + 2 * n * k, 2 * n * sizeof *s->basis);
  }
  s->d = kept;
}

/* Through the first start where the scalings lead in different directions. */
static bool choose_plane(hunt *h) {
  size_t s = 0;
  while (s < h->n_starts && !find_gauge(h, h->start + s * h->n)) s++;
  if (s == h->n_starts) return false;
  memcpy(h->reference, h->start + s * h->n, h->n * sizeof *h->reference);
  for (size_t k = 0; k < h->d; k++)
    for (size_t i = 0; i < h->n; i++) h->across[k * h->n + i] = rg_svd_left(h->gauge, k)[i] / h->width[i];
  return true;
}

/* The weights with which the scalings come nearest to the flow from x. */
static bool first_weights(hunt *h, const double *x, double *c) {
  memcpy(h->X, x, h->n * sizeof *x);
  if (rg_field_residual(h->field, h->X, h->F)) return false;
  memset(c, 0, h->d * sizeof *c);
  rg_pace_weigh(&h->pace, c);
  for (size_t i = 0; i < h->n; i++)
    h->F[i] = (h->F[i] - h->scaling[i] * x[i] - h->scaling[h->n + i]) / h->width[i];
  if (!find_gauge(h, x)) return true;
  rg_svd_solve(h->gauge, h->d, h->F, c);
  return true;
}

/* --- eigenvalues -----------------------------------------------------------------------------------------
 */

/* Across the scalings: with Q the directions at right angles to them, Q^T A Q in widths. */
static void project(hunt *h, const rg_svd *directions, double *out) {
  const size_t n = h->n, m = n - h->d;
  for (size_t b = 0; b < m; b++)
    for (size_t a = 0; a < m; a++) {
      const double *left = rg_svd_right(directions, h->d + a), *right = rg_svd_right(directions, h->d + b);
      out[a + b * m] = 0.0;
      for (size_t j = 0; j < n; j++)
        for (size_t i = 0; i < n; i++)
          out[a + b * m] += left[i] * h->jacobian[i + j * n] * right[j] * h->width[j] / h->width[i];
    }
}

/* The Jacobian in the coordinates that rest along the path: J - diag g; of a map exp(-g) o J. */
static void put_to_rest(hunt *h) {
  for (size_t j = 0; j < h->n; j++)
    for (size_t i = 0; i < h->n; i++) {
      double *a = &h->jacobian[i + j * h->n];
      if (rg_field_is_map(h->field))
        *a /= rg_pace_stretched(&h->pace, i);
      else if (i == j)
        *a -= rg_pace_stretched(&h->pace, i);
    }
}

static bool has_directions(hunt *h, rg_svd *directions) {
  double *matrix = rg_svd_matrix(directions);
  for (size_t k = 0; k < h->d; k++) {
    rg_scaling_along(&h->scalings, h->scalings.basis + 2 * h->n * k, h->z, h->along);
    for (size_t i = 0; i < h->n; i++) matrix[k + i * h->d] = h->along[i] / h->width[i];
  }
  return rg_svd_find(directions);
}

/* Zeros of a flow, ones of a map, but for rounding. */
static size_t count_neutral(size_t n, const double *re, const double *im, bool is_map) {
  const double at = is_map ? 1.0 : 0.0;
  double largest = at;
  size_t count = 0;
  for (size_t k = 0; k < n; k++) largest = fmax(largest, hypot(re[k], im[k]));
  for (size_t k = 0; k < n; k++) count += hypot(re[k] - at, im[k]) <= neutral_below * largest;
  return count;
}

static void name(hunt *h, regime_balanced *b, const rg_eigen *eigen, double *re, double *im) {
  memcpy(re, rg_eigen_re(eigen), b->n_eigen * sizeof *re);
  memcpy(im, rg_eigen_im(eigen), b->n_eigen * sizeof *im);
  const bool is_map = rg_field_is_map(h->field);
  b->n_neutral = count_neutral(b->n_eigen, re, im, is_map);
  const rg_kind kind = rg_kind_of(b->n_eigen, re, im, is_map, 1e-9, b->n_neutral);
  b->type = kind.type;
  b->is_stable = kind.is_stable;
  b->n_unstable = kind.n_unstable;
}

static regime_status find_eigenvalues(hunt *h, regime_balanced *b, double *re, double *im) {
  rg_svd *directions = rg_svd_create(h->d, h->n);
  rg_eigen *eigen = rg_eigen_create(b->n_eigen);
  const bool fits = directions && eigen;
  b->type = REGIME_NON_HYPERBOLIC;
  for (size_t k = 0; k < b->n_eigen; k++) re[k] = im[k] = NAN;
  memcpy(h->X, h->z, h->n * sizeof *h->z);
  if (fits && has_directions(h, directions) && !rg_field_jacobian(h->field, h->X, h->jacobian)) {
    rg_pace_weigh(&h->pace, h->z + h->n);
    put_to_rest(h);
    project(h, directions, rg_eigen_matrix(eigen));
    if (rg_eigen_find(eigen, rg_field_is_map(h->field) ? RG_BY_MODULUS : RG_BY_REAL_PART))
      name(h, b, eigen, re, im);
  }
  rg_svd_free(directions);
  rg_eigen_free(eigen);
  return fits ? REGIME_OK : REGIME_NO_MEMORY;
}

/* --- what was found --------------------------------------------------------------------------------------
 */

static bool is_known(const hunt *h) {
  for (size_t p = 0; p < h->growth->count; p++) {
    const double *x = h->growth->balanced[p].state;
    bool same = true;
    for (size_t i = 0; i < h->n && same; i++)
      same = fabs(h->z[i] - x[i]) <= 1e-7 * fmax(fabs(x[i]), 1e-3 * h->width[i]);
    if (same) return true;
  }
  return false;
}

/* In the box, and on the move: what rests is an equilibrium. */
static bool is_wanted(hunt *h) {
  bool moves = false;
  rg_pace_weigh(&h->pace, h->z + h->n);
  for (size_t i = 0; i < h->n; i++) {
    const double edge = 1e-9 * h->width[i];
    if (h->z[i] < h->options->low[i] - edge || h->z[i] > h->options->high[i] + edge) return false;
    moves |= fabs(h->scaling[i] * h->z[i]) + fabs(h->scaling[h->n + i]) > 1e-10 * h->width[i];
  }
  return moves && !is_known(h);
}

/* A period of a map is `step` units of time. */
static void take_rates(const hunt *h, double *growth, double *drift) {
  const regime_system *s = rg_field_system(h->field);
  const double period = s->next && s->step > 0.0 ? s->step : 1.0;
  double largest = 0.0;
  for (size_t i = 0; i < h->n; i++) largest = fmax(largest, fabs(h->scaling[i]));
  for (size_t i = 0; i < h->n; i++) {
    growth[i] = fabs(h->scaling[i]) > 1e-11 * largest ? h->scaling[i] / period : 0.0;
    drift[i] = fabs(h->scaling[h->n + i]) > 1e-11 * h->width[i] ? h->scaling[h->n + i] / period : 0.0;
  }
}

static regime_status grow_list(regime_growth *g) {
  regime_balanced *balanced = realloc(g->balanced, (g->count + 1) * sizeof *balanced);
  if (balanced) g->balanced = balanced;
  double **memory = realloc(g->memory, (g->count + 1) * sizeof *memory);
  if (memory) g->memory = memory;
  return balanced && memory ? REGIME_OK : REGIME_NO_MEMORY;
}

static regime_status add(hunt *h, const rg_newton_report *report) {
  const size_t n = h->n, m = n - h->d, outputs = rg_field_outputs(h->field);
  regime_growth *all = h->growth;
  double *at = calloc(3 * n + outputs + 2 * m + 1, sizeof *at);
  if (!at || grow_list(all) != REGIME_OK) {
    free(at);
    return REGIME_NO_MEMORY;
  }
  double *growth = at + n, *drift = growth + n, *shown = drift + n, *re = shown + outputs, *im = re + m;
  all->memory[all->count] = at;
  all->balanced[all->count] = (regime_balanced){.state = at,
                                                .outputs = shown,
                                                .growth = growth,
                                                .drift = drift,
                                                .eigen_re = re,
                                                .eigen_im = im,
                                                .n_eigen = m,
                                                .residual = report->residual,
                                                .step = report->step};
  memcpy(at, h->z, n * sizeof *at);
  take_rates(h, growth, drift);
  memcpy(h->X, h->z, n * sizeof *h->z);
  rg_field_observe(h->field, h->X, shown);
  return find_eigenvalues(h, &all->balanced[all->count++], re, im);
}

/* --- looking ---------------------------------------------------------------------------------------------
 */

/* Of a family of paths one is shown: the first with as many unstable directions. */
static void drop_if_of_known_family(hunt *h) {
  regime_growth *g = h->growth;
  const regime_balanced *last = &g->balanced[g->count - 1];
  bool known = false;
  for (size_t p = 0; last->n_neutral > 0 && p + 1 < g->count; p++)
    known |= g->balanced[p].n_neutral > 0 && g->balanced[p].n_unstable == last->n_unstable;
  if (known) free(g->memory[--g->count]);
}

/* Newton's method from z. */
static regime_status solve(hunt *h, rg_newton_report *report) {
  const rg_newton_problem problem = {
      .n = h->n + h->d, .self = &h->pace, .residual = rg_pace_residual, .jacobian = rg_pace_jacobian};
  return rg_newton(&problem, h->z, report);
}

static regime_status look_from(hunt *h) {
  rg_newton_report report;
  const regime_status status = solve(h, &report);
  if (status == REGIME_NO_MEMORY) return status;
  const bool solved = status == REGIME_OK && report.step <= 1e-9 && !(report.singular && h->has_family);
  if (!solved || !is_wanted(h)) return REGIME_OK;
  h->has_family |= report.singular;
  const regime_status added = add(h, &report);
  if (added == REGIME_OK) drop_if_of_known_family(h);
  return added;
}

static bool begin_at(hunt *h, const double *x) {
  memcpy(h->z, x, h->n * sizeof *x);
  return first_weights(h, x, h->z + h->n);
}

static double largest_residual(hunt *h) {
  double most = 0.0;
  if (rg_pace_residual(&h->pace, h->z, h->equations)) return INFINITY;
  for (size_t i = 0; i < h->n; i++) most = fmax(most, fabs(h->equations[i]));
  return most;
}

/* Newton's last steps, where there is no family that leaves them undecided. */
static regime_status polish(hunt *h, const double *z, rg_newton_report *report) {
  const double step = report->step;
  memcpy(h->z, z, (h->n + h->d) * sizeof *z);
  const regime_status status = solve(h, report);
  if (status == REGIME_NO_MEMORY || (status == REGIME_OK && !report->singular && report->step <= 1e-9))
    return status;
  memcpy(h->z, z, (h->n + h->d) * sizeof *z);
  *report = (rg_newton_report){.step = step, .residual = largest_residual(h)};
  return REGIME_OK;
}

/* What the flow comes to, or may have come to. What is stable is its end. */
static regime_status visit(void *self, const double *z, double moved, bool leapt, bool *goes_on) {
  hunt *h = self;
  rg_newton_report report = {.step = moved};
  (void)leapt;
  regime_status status = polish(h, z, &report);
  if (status != REGIME_OK || !is_wanted(h)) return status;
  status = add(h, &report);
  if (status == REGIME_OK) *goes_on = !h->growth->balanced[h->growth->count - 1].is_stable;
  if (status == REGIME_OK) drop_if_of_known_family(h);
  return status;
}

/* Where the system itself goes: the path that matters most, and of a large system often the only one found.
 */
static regime_status follow(hunt *h) {
  regime_growth_search *s = &h->growth->search;
  const rg_pace_visitor visitor = {visit, h};
  double *z = malloc((h->n + h->d + 1) * sizeof *z);
  regime_status status = z ? REGIME_OK : REGIME_NO_MEMORY;
  if (z && begin_at(h, h->start)) {
    memcpy(z, h->z, (h->n + h->d) * sizeof *z);
    status = rg_pace_follow(&h->pace, h->context, z, &visitor, &s->worst, &s->by);
  }
  free(z);
  return status;
}

static regime_status look_from_all(hunt *h) {
  const size_t few = h->n_starts < tries_of_many ? h->n_starts : tries_of_many;
  const size_t tries = h->n > few_states ? few : h->n_starts;
  regime_status status = follow(h);
  for (size_t s = 0; s < tries && status == REGIME_OK && !regime_context_interrupted(h->context); s++)
    if (begin_at(h, h->start + s * h->n)) status = look_from(h);
  return status;
}

static regime_status make_pace(hunt *h) {
  h->d = h->scalings.d;
  h->z = calloc(2 * (h->n + h->d) + 1, sizeof *h->z);
  h->gauge = rg_svd_create(h->n, h->d);
  h->pace = (rg_pace){.field = h->field,
                      .scalings = &h->scalings,
                      .n = h->n,
                      .d = h->d,
                      .width = h->width,
                      .across = h->across,
                      .reference = h->reference,
                      .scaling = h->scaling,
                      .X = h->X,
                      .jacobian = h->jacobian};
  if (!h->z || !h->gauge) return REGIME_NO_MEMORY;
  h->equations = h->z + h->n + h->d;
  return REGIME_OK;
}

static regime_status look(hunt *h) {
  h->growth->scalings = h->scalings.d + (h->scalings.needs_time && h->scalings.has_time);
  h->growth->search.is_held = h->scalings.needs_time && !h->scalings.has_time;
  if (h->growth->scalings == 0) return REGIME_OK;
  h->across = calloc(h->scalings.d * h->n + 1, sizeof *h->across);
  if (!h->across) return REGIME_NO_MEMORY;
  thin(h, h->start + (h->n_starts - 1) * h->n, h->across);
  const regime_status status = make_pace(h);
  if (status != REGIME_OK || !choose_plane(h)) return status;
  const regime_status looked = look_from_all(h);
  if (looked != REGIME_OK || h->growth->count > 0) return looked;
  return rg_find_lone(&h->pace, h->context, h->n_starts, h->start, h->z, &h->growth->search);
}

static int by_state(const void *a, const void *b) {
  const double left = ((const regime_balanced *)a)->state[0], right = ((const regime_balanced *)b)->state[0];
  return (left > right) - (left < right);
}

/* Whether the law has a value and a slope at x. */
static bool has_value(hunt *h, const double *x) {
  memcpy(h->X, x, h->n * sizeof *x);
  return !rg_field_value(h->field, h->X, h->F) && !rg_field_jacobian(h->field, h->X, h->jacobian);
}

/* Where a large box is mostly out of the law's domain: beside the first start, by a third of what things are
 * there, and nearer until there is a value. */
static void draw_into_domain(hunt *h, double *x) {
  const double *first = h->start, *low = h->options->low;
  if (has_value(h, x)) return;
  for (size_t i = 0; i < h->n; i++) {
    const double size = first[i] != 0.0 ? fabs(first[i]) : fmin(1.0, h->width[i]);
    x[i] = first[i] + size * 2.0 / 3.0 * ((x[i] - low[i]) / h->width[i] - 0.5);
  }
  for (int k = 0; k < most_halvings && !has_value(h, x); k++)
    for (size_t i = 0; i < h->n; i++) x[i] = (x[i] + first[i]) / 2.0;
}

/* --- the question ----------------------------------------------------------------------------------------
 */

static regime_status prepare(hunt *h, const regime_system *system) {
  regime_status status = rg_field_create(h->context, system, h->options->t, &h->field);
  if (status != REGIME_OK) return status;
  const size_t n = h->n = rg_field_states(h->field);
  h->n_starts = rg_box_starts(h->options, n);
  h->width = calloc(7 * n + n * n + h->n_starts * n + 1, sizeof *h->width);
  if (!h->width) return REGIME_NO_MEMORY;
  h->reference = h->width + n;
  h->scaling = h->reference + n;
  h->X = h->scaling + 2 * n;
  h->F = h->X + n;
  h->along = h->F + n;
  h->jacobian = h->along + n;
  h->start = h->jacobian + n * n;
  status = rg_box_spread(h->field, h->options, h->n_starts, h->start, h->width);
  for (size_t s = 1; status == REGIME_OK && s < h->n_starts; s++) draw_into_domain(h, h->start + s * n);
  return status;
}

regime_status regime_growth_find(regime_context *context, regime_system *system,
                                 const regime_steady_options *options, regime_growth **out) {
  *out = NULL;
  regime_growth *growth = calloc(1, sizeof *growth);
  hunt h = {.context = context, .options = options, .growth = growth};
  regime_status status = growth ? rg_box_check(context, system, options) : REGIME_NO_MEMORY;
  if (status == REGIME_OK) status = prepare(&h, system);
  const size_t points = h.n_starts < points_of_scalings ? h.n_starts : points_of_scalings;
  if (status == REGIME_OK) status = rg_scalings_find(h.field, points, h.start, h.width, &h.scalings);
  if (status == REGIME_OK) status = look(&h);
  if (status == REGIME_OK && growth->count > 1)
    qsort(growth->balanced, growth->count, sizeof *growth->balanced, by_state);
  if (status == REGIME_OK && regime_context_interrupted(context)) rg_interruption_granted(context);
  rg_scalings_drop(&h.scalings);
  rg_svd_free(h.gauge);
  rg_field_free(h.field);
  free(h.width);
  free(h.across);
  free(h.z);
  if (status == REGIME_OK)
    *out = growth;
  else
    regime_growth_free(growth);
  return status;
}

void regime_growth_free(regime_growth *g) {
  if (!g) return;
  for (size_t k = 0; k < g->count; k++) free(g->memory[k]);
  free(g->memory);
  free(g->balanced);
  free(g);
}

const regime_growth_search *regime_growth_looked(const regime_growth *g) { return &g->search; }
size_t regime_growth_scalings(const regime_growth *g) { return g->scalings; }
size_t regime_growth_count(const regime_growth *g) { return g->count; }
const regime_balanced *regime_growth_at(const regime_growth *g, size_t k) { return &g->balanced[k]; }
