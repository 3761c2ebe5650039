/* steady.c — all equilibria in a box.
 *
 *   spread starts over the box
 *   from each: Newton; then, with what is known deflated away, Newton again as long as that finds more
 *   none: leave out what nobody looks at, and look for the rest of the others
 *   of each: eigenvalues, what it is, how it answers
 *
 * docs/method/equilibria.md has the mathematics.
 */
#include <regime/steady.h>

#include "analysis/box.h"
#include "analysis/groups.h"
#include "analysis/kind.h"
#include "analysis/rest.h"
#include "base/diagnostic.h"
#include "linalg/dense.h"
#include "linalg/eigen.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
  patience = 40,
  most_times = 16,
  most_between = 16,
  few_states = 30,
  fewest_starts = 16,
  starts_of_group = 24,
  looks = 16
};

struct regime_steady {
  size_t count;
  regime_equilibrium *equilibrium;
  double **memory; /* of each */
  regime_steady_search search;
  bool *drifts;
};

typedef struct hunt {
  regime_context *context;
  const regime_steady_options *options;
  regime_steady *steady;
  rg_field *field;
  rg_rest rest;
  size_t n, columns, n_starts, most_starts; /* more than n_starts are tried as long as there is news */
  double *X;                                /* columns: where the system starts */
  double *start;                            /* most_starts * n */
  size_t *active, *group, *stack;
  bool *reads, *seen;
  double nearest; /* the smallest residual, against what is typical, that was met without being zero */
} hunt;

/* --- the question ----------------------------------------------------------------------------------------
 */

regime_steady_options regime_steady_defaults(void) { return (regime_steady_options){.tolerance = 1e-10}; }

static regime_status make_room(hunt *h) {
  const size_t n = h->n;
  h->X = calloc(h->columns + h->most_starts * n + 1, sizeof *h->X);
  h->active = calloc(3 * n + 1, sizeof *h->active);
  h->reads = calloc(n * n + 2 * n + 1, sizeof *h->reads);
  h->steady->drifts = calloc(n + 1, sizeof *h->steady->drifts);
  if (!h->X || !h->active || !h->reads || !h->steady->drifts) return REGIME_NO_MEMORY;
  h->start = h->X + h->columns;
  h->group = h->active + n;
  h->stack = h->group + n;
  h->seen = h->reads + n * n;
  h->nearest = INFINITY;
  h->steady->search.drifts = h->steady->drifts;
  return REGIME_OK;
}

static regime_status spread(hunt *h) {
  rg_field_start(h->field, h->X);
  const regime_status status = rg_box_spread(h->field, h->options, h->most_starts, h->start, h->rest.width);
  return status == REGIME_OK ? rg_rest_weigh(&h->rest, h->n_starts, h->start) : status;
}

static regime_status prepare(hunt *h, const regime_system *system) {
  const regime_steady_options *o = h->options;
  regime_status status = rg_field_create(h->context, system, o->t, &h->field);
  if (status == REGIME_OK) status = rg_field_set_free(h->field, o->n_responses, o->response);
  if (status != REGIME_OK) return status;
  h->n = rg_field_states(h->field);
  h->columns = rg_field_columns(h->field);
  h->n_starts = rg_box_starts(o, h->n);
  h->most_starts = o->starts > 0 ? h->n_starts : most_times * h->n_starts;
  status = rg_rest_make(&h->rest, h->context, h->field, o->low, o->high, o->tolerance);
  if (status == REGIME_OK) status = make_room(h);
  return status == REGIME_OK ? spread(h) : status;
}

/* --- looking ---------------------------------------------------------------------------------------------
 */

/* Where Newton came to its end without a solution, nearest to rest of all such. */
static void note_stall(hunt *h) {
  rg_rest *r = &h->rest;
  h->steady->search.stalled++;
  if (!(r->largest < h->nearest)) return;
  h->nearest = r->largest;
  h->steady->search.worst = r->worst;
  h->steady->search.smallest = fabs(r->F[r->worst]);
}

static void note(hunt *h, rg_attempt attempt, size_t which) {
  regime_steady_search *s = &h->steady->search;
  s->starts++;
  if (attempt == RG_NO_VALUE)
    s->undefined++;
  else if (attempt == RG_STALLED)
    note_stall(h);
  else if (h->rest.solution[which].is_inside)
    s->converged++;
  else
    s->outside++;
}

/* Of a line one solution is kept. */
static void look_for_line(hunt *h) {
  rg_rest *r = &h->rest;
  const size_t last = r->n_solutions - 1;
  if (!r->solution[last].is_singular) return;
  if (h->steady->search.is_line)
    rg_rest_forget_last(r);
  else
    h->steady->search.is_line = rg_rest_is_line(r, last);
}

/* Deflation has been in vain so often in a row that it is given up. */
static regime_status look_further(hunt *h, const double *start, size_t *in_vain) {
  size_t which;
  rg_attempt attempt = RG_FOUND;
  while (attempt == RG_FOUND && h->rest.n_solutions > 0 && !h->steady->search.is_line &&
         *in_vain < patience + 4 * h->rest.n_solutions) {
    attempt = rg_rest_try(&h->rest, start, true, &which);
    *in_vain = attempt == RG_FOUND ? 0 : *in_vain + 1;
    if (attempt == RG_FOUND) look_for_line(h);
  }
  return attempt == RG_NO_ROOM ? REGIME_NO_MEMORY : REGIME_OK;
}

static regime_status look_from(hunt *h, const double *start, size_t *in_vain) {
  size_t which = 0;
  const rg_attempt attempt = rg_rest_try(&h->rest, start, false, &which);
  if (attempt == RG_NO_ROOM) return REGIME_NO_MEMORY;
  note(h, attempt, which);
  if (attempt == RG_FOUND) look_for_line(h);
  return look_further(h, start, in_vain);
}

/* Between two solutions there often is a third: from the middle of all pairs of the first few. */
static regime_status look_between(hunt *h) {
  rg_rest *r = &h->rest;
  double *middle = calloc(h->n + 1, sizeof *middle);
  regime_status status = middle ? REGIME_OK : REGIME_NO_MEMORY;
  for (size_t b = 1; b < r->n_solutions && b < most_between && !h->steady->search.is_line; b++)
    for (size_t a = 0; a < b && status == REGIME_OK && !regime_context_interrupted(h->context); a++) {
      size_t in_vain = 0;
      for (size_t i = 0; i < h->n; i++) middle[i] = (r->solution[a].x[i] + r->solution[b].x[i]) / 2.0;
      status = look_from(h, middle, &in_vain);
    }
  free(middle);
  return status;
}

/* Whether one more start is worth it: the last news came late, or there may be more of the same kind. */
static bool is_worth_it(const hunt *h, size_t tried, size_t n_starts, size_t last_news) {
  if (tried >= h->most_starts || regime_context_interrupted(h->context)) return false;
  return tried < n_starts || tried < 2 * last_news || tried < last_news + 4 * h->rest.n_solutions;
}

/* Solutions of the states that rest is to look for. */
static regime_status look(hunt *h, size_t n_starts) {
  size_t in_vain = 0, last_news = 0;
  regime_status status = REGIME_OK;
  for (size_t s = 0; status == REGIME_OK && is_worth_it(h, s, n_starts, last_news); s++) {
    const size_t before = h->rest.n_solutions;
    status = look_from(h, h->start + s * h->n, &in_vain);
    if (h->rest.n_solutions > before) last_news = s + 1;
  }
  return status == REGIME_OK ? look_between(h) : status;
}

static size_t inside(const rg_rest *r) {
  size_t count = 0;
  for (size_t k = 0; k < r->n_solutions; k++) count += r->solution[k].is_inside;
  return count;
}

static void begin_count(hunt *h) {
  regime_steady_search *s = &h->steady->search;
  s->starts = s->converged = s->outside = s->stalled = s->undefined = 0;
  s->is_line = false;
  h->nearest = INFINITY;
}

static regime_status look_without(hunt *h, const bool *left_out, const double *X) {
  size_t m = 0;
  for (size_t i = 0; i < h->n; i++)
    if (!left_out[i]) h->active[m++] = i;
  begin_count(h);
  regime_status status = rg_rest_look_for(&h->rest, m, h->active, X);
  if (status == REGIME_OK) status = rg_rest_conserve(&h->rest, h->most_starts, h->start, h->start);
  h->steady->search.n_conserved = h->rest.n_conserved;
  return status == REGIME_OK ? look(h, h->n_starts) : status;
}

/* --- what nobody looks at ----------------------------------------------------------------------------------
 */

/* From the pattern; of a system without one, from what is not zero at some of the starts. */
static void find_readers(hunt *h) {
  const regime_system *s = rg_field_system(h->field);
  const size_t n = h->n;
  for (size_t j = 0; s->jacobian && j < n; j++)
    for (size_t k = s->jacobian_column[j]; k < s->jacobian_column[j + 1]; k++)
      h->reads[s->jacobian_row[k] + j * n] = true;
  for (size_t look_at = 0; !s->jacobian && look_at < looks && look_at < h->n_starts; look_at++) {
    memcpy(h->rest.X, h->start + look_at * n, n * sizeof *h->start);
    if (rg_field_jacobian(h->field, h->rest.X, h->rest.jacobian)) continue;
    for (size_t k = 0; k < n * n; k++) h->reads[k] |= h->rest.jacobian[k] != 0.0;
  }
}

/* A group of more than one state with half of all in it is the economy itself, and no account of it. */
static void keep_the_core(hunt *h, size_t groups) {
  for (size_t g = 1; g <= groups; g++) {
    size_t size = 0;
    for (size_t i = 0; i < h->n; i++) size += h->group[i] == g;
    for (size_t i = 0; size > 1 && 2 * size >= h->n && i < h->n; i++)
      if (h->group[i] == g) h->group[i] = 0;
  }
}

static bool leave_out(hunt *h, size_t groups) {
  size_t remaining = 0, more = 0;
  keep_the_core(h, groups);
  for (size_t i = 0; i < h->n; i++) more += h->group[i] > 0;
  for (size_t i = 0; i < h->n; i++) {
    h->steady->drifts[i] |= h->group[i] > 0;
    remaining += !h->steady->drifts[i];
  }
  return more > 0 && remaining > 0;
}

/* Whether a group can come to rest where the others do, at X. */
static regime_status can_rest(hunt *h, size_t number, const double *X, bool *can) {
  size_t m = 0;
  for (size_t i = 0; i < h->n; i++)
    if (h->group[i] == number) h->active[m++] = i;
  regime_status status = rg_rest_look_for(&h->rest, m, h->active, X);
  if (status == REGIME_OK) status = look(h, h->n_starts < starts_of_group ? h->n_starts : starts_of_group);
  *can = inside(&h->rest) > 0;
  return status;
}

/* Of the groups just left out, those that can rest come back. */
static regime_status take_back(hunt *h, size_t groups, bool *changed) {
  double *X = malloc((h->columns + 1) * sizeof *X);
  size_t first = 0;
  if (!X) return REGIME_NO_MEMORY;
  while (!h->rest.solution[first].is_inside) first++;
  memcpy(X, h->X, h->columns * sizeof *X);
  memcpy(X, h->rest.solution[first].x, h->n * sizeof *X);
  regime_status status = REGIME_OK;
  for (size_t g = 1; g <= groups && status == REGIME_OK; g++) {
    bool can = false;
    status = can_rest(h, g, X, &can);
    *changed |= can;
    for (size_t i = 0; can && i < h->n; i++)
      if (h->group[i] == g) h->steady->drifts[i] = false;
  }
  free(X);
  return status;
}

/* Group after group that nobody reads is left out, until the others can rest. */
static regime_status look_for_quasi_steady(hunt *h) {
  regime_status status = REGIME_OK;
  bool *drifts = h->steady->drifts;
  size_t groups = 0;
  find_readers(h);
  do {
    groups = rg_unread_groups(h->n, h->reads, drifts, h->group, h->stack, h->seen);
    if (!leave_out(h, groups)) break;
    status = look_without(h, drifts, h->X);
  } while (status == REGIME_OK && inside(&h->rest) == 0 && !regime_context_interrupted(h->context));
  bool changed = false;
  if (status == REGIME_OK && inside(&h->rest) > 0) {
    status = take_back(h, groups, &changed);
    return status == REGIME_OK ? look_without(h, drifts, h->X) : status;
  }
  memset(drifts, 0, h->n * sizeof *drifts);
  return status;
}

static regime_status look_everywhere(hunt *h) {
  regime_status status = look_without(h, h->steady->drifts, h->X);
  if (status != REGIME_OK || inside(&h->rest) > 0 || h->n == 0) return status;
  const regime_steady_search whole = h->steady->search;
  status = look_for_quasi_steady(h);
  if (status == REGIME_OK && inside(&h->rest) == 0) h->steady->search = whole;
  return status;
}

/* Time moves the law: more than the differences by which that is seen are wrong. */
static void look_at_time(hunt *h) {
  double *by_time = h->rest.jacobian;
  for (size_t s = 0; s < looks && s < h->n_starts; s++) {
    memcpy(h->rest.X, h->start + s * h->n, h->n * sizeof *h->start);
    if (rg_field_by_time(h->field, h->rest.X, by_time) || rg_field_value(h->field, h->rest.X, h->rest.F))
      continue;
    for (size_t i = 0; i < h->n; i++)
      h->steady->search.depends_on_time |= fabs(by_time[i]) > 1e-9 * fabs(h->rest.F[i]) + 1e-13;
  }
}

/* --- what was found ----------------------------------------------------------------------------------------
 */

typedef struct room {
  double *state, *outputs, *re, *im, *right, *left, *response;
} room;

static regime_status make_answer(hunt *h, regime_equilibrium *e, double **memory, room *at) {
  const size_t n = h->n, m = h->rest.m, outputs = rg_field_outputs(h->field), k = h->options->n_responses;
  *memory = calloc(n + 2 * m + 2 * n * m + (k + 1) * outputs + 1, sizeof **memory);
  if (!*memory) return REGIME_NO_MEMORY;
  at->state = *memory;
  at->outputs = at->state + n;
  at->re = at->outputs + outputs;
  at->im = at->re + m;
  at->right = at->im + m;
  at->left = at->right + n * m;
  at->response = at->left + n * m;
  *e = (regime_equilibrium){.state = at->state,
                            .outputs = at->outputs,
                            .eigen_re = at->re,
                            .eigen_im = at->im,
                            .n_eigen = m,
                            .right = at->right,
                            .left = at->left};
  return REGIME_OK;
}

static void measure(hunt *h, regime_equilibrium *e) {
  rg_rest *r = &h->rest;
  for (size_t k = 0; k < r->m; k++) {
    const size_t i = r->active[k];
    e->residual = fmax(e->residual, fabs(r->F[i]) / (1.0 + fabs(r->X[i])));
    e->step = fmax(e->step, fabs(r->step[k]) / (1.0 + fabs(r->X[i])));
  }
}

/* The Jacobian's part that belongs to the states looked for. */
static void take_part(const rg_rest *r, double *matrix) {
  for (size_t b = 0; b < r->m; b++)
    for (size_t a = 0; a < r->m; a++) matrix[a + b * r->m] = r->jacobian[r->active[a] + r->active[b] * r->n];
}

static void spread_vectors(const rg_rest *r, const double *from, double *to) {
  for (size_t k = 0; k < r->m; k++)
    for (size_t a = 0; a < r->m; a++) to[r->active[a] + k * r->n] = from[a + k * r->m];
}

static regime_status find_eigenvalues(hunt *h, const room *at) {
  const rg_rest *r = &h->rest;
  rg_eigen *eigen = rg_eigen_create(r->m);
  if (!eigen) return REGIME_NO_MEMORY;
  take_part(r, rg_eigen_matrix(eigen));
  for (size_t k = 0; rg_field_is_map(h->field) && k < r->m; k++)
    rg_eigen_matrix(eigen)[k * (r->m + 1)] += 1.0;
  if (rg_eigen_find(eigen, rg_field_is_map(h->field) ? RG_BY_MODULUS : RG_BY_REAL_PART)) {
    memcpy(at->re, rg_eigen_re(eigen), r->m * sizeof *at->re);
    memcpy(at->im, rg_eigen_im(eigen), r->m * sizeof *at->im);
    spread_vectors(r, rg_eigen_right(eigen), at->right);
    spread_vectors(r, rg_eigen_left(eigen), at->left);
  } else {
    for (size_t k = 0; k < 2 * r->m; k++) at->re[k] = NAN;
  }
  rg_eigen_free(eigen);
  return REGIME_OK;
}

/* Radii are shares of a state's own size, or of the box. */
static regime_status look_for_centre(hunt *h, regime_equilibrium *e) {
  const rg_rest *r = &h->rest;
  double *rooms = calloc(8 * h->columns + h->n + 1, sizeof *rooms);
  if (!rooms) return REGIME_NO_MEMORY;
  double *X = rooms + 7 * h->columns, *size = X + h->columns;
  const double period = 6.283185307179586 / e->eigen_im[0];
  memcpy(X, r->X, h->columns * sizeof *X);
  for (size_t i = 0; i < h->n; i++) size[i] = fmin(r->width[i], fmax(fabs(X[i]), 1e-2 * r->width[i]));
  if (rg_is_centre(h->field, X, r->active[0], r->active[1], size, period, rooms)) e->type = REGIME_CENTRE;
  free(rooms);
  return REGIME_OK;
}

static regime_status name(hunt *h, regime_equilibrium *e) {
  const rg_rest *r = &h->rest;
  const bool is_map = rg_field_is_map(h->field);
  const size_t along = r->n_conserved + (r->is_singular && h->steady->search.is_line);
  const rg_kind kind =
      rg_kind_of(r->m, e->eigen_re, e->eigen_im, is_map, r->is_singular ? 1e-6 : 1e-10, along);
  e->type = kind.type;
  e->is_stable = kind.is_stable;
  e->n_unstable = kind.n_unstable;
  return kind.is_pair && !is_map ? look_for_centre(h, e) : REGIME_OK;
}

/* A switch nearer to zero than a billionth of what moving each state by its size does to it. */
static regime_status look_for_kink(hunt *h, regime_equilibrium *e) {
  const regime_system *s = rg_field_system(h->field);
  const size_t all = s->n_switches + s->n_events;
  if (s->n_switches == 0) return REGIME_OK;
  double *g = calloc(2 * all + h->columns + 1, sizeof *g);
  if (!g) return REGIME_NO_MEMORY;
  double *moved = g + all, *X = moved + all;
  memcpy(X, h->rest.X, h->columns * sizeof *X);
  if (!rg_field_crossing(h->field, h->rest.X, g))
    for (size_t k = 0; k < s->n_switches; k++) {
      double change = 0.0;
      for (size_t i = 0; i < h->n; i++) {
        X[i] += 1e-3 * h->rest.width[i];
        if (!rg_field_crossing(h->field, X, moved)) change += fabs(moved[k] - g[k]);
        X[i] = h->rest.X[i];
      }
      e->is_on_kink |= fabs(g[k]) <= 1e-6 * change;
    }
  free(g);
  return REGIME_OK;
}

/* --- how it answers ----------------------------------------------------------------------------------------
 */

/* dx/dp = -J^-1 F_p, then what is shown along that. */
static void answer(hunt *h, rg_dense *jacobian, size_t parameter, double *direction, double *out) {
  const rg_rest *r = &h->rest;
  double *move = r->trial;
  memset(direction, 0, h->columns * sizeof *direction);
  for (size_t a = 0; a < r->m; a++) move[a] = -r->jacobian[r->active[a] + (h->n + parameter) * h->n];
  rg_dense_solve(jacobian, move);
  for (size_t a = 0; a < r->m; a++) direction[r->active[a]] = move[a];
  direction[h->n + parameter] = 1.0;
  rg_field_observe_along(h->field, r->X, direction, out);
}

static regime_status respond(hunt *h, regime_equilibrium *e, double *out) {
  const rg_rest *r = &h->rest;
  if (h->options->n_responses == 0 || r->is_singular) return REGIME_OK;
  rg_dense *dense = rg_dense_create(r->m);
  double *direction = calloc(h->columns + 1, sizeof *direction);
  const bool fits = dense && direction;
  if (fits) {
    rg_rest_anchored_jacobian(r, rg_dense_matrix(dense));
    rg_dense_factor(dense);
    for (size_t j = 0; j < h->options->n_responses; j++)
      answer(h, dense, j, direction, out + j * rg_field_outputs(h->field));
    e->response = out;
  }
  rg_dense_free(dense);
  free(direction);
  return fits ? REGIME_OK : REGIME_NO_MEMORY;
}

/* --- the answer --------------------------------------------------------------------------------------------
 */

static regime_status describe(hunt *h, const rg_solution *solution) {
  regime_steady *s = h->steady;
  regime_equilibrium *e = &s->equilibrium[s->count];
  room at;
  regime_status status = make_answer(h, e, &s->memory[s->count], &at);
  if (status != REGIME_OK) return status;
  s->count++;
  if (!rg_rest_settle_at(&h->rest, solution)) return REGIME_OK;
  memcpy(at.state, solution->x, h->n * sizeof *at.state);
  measure(h, e);
  status = find_eigenvalues(h, &at);
  if (status == REGIME_OK) status = respond(h, e, at.response);
  if (status == REGIME_OK) status = look_for_kink(h, e);
  if (status == REGIME_OK) status = name(h, e);
  rg_field_observe(h->field, h->rest.X, at.outputs);
  return status;
}

/* In the order of their states; what differs by rounding is equal. */
static bool comes_before(const hunt *h, const rg_solution *a, const rg_solution *b) {
  for (size_t i = 0; i < h->n; i++)
    if (fabs(a->x[i] - b->x[i]) > 1e-9 * h->rest.width[i]) return a->x[i] < b->x[i];
  return false;
}

static void sort(hunt *h) {
  rg_solution *s = h->rest.solution;
  for (size_t k = 1; k < h->rest.n_solutions; k++)
    for (size_t j = k; j > 0 && comes_before(h, &s[j], &s[j - 1]); j--) {
      const rg_solution kept = s[j];
      s[j] = s[j - 1];
      s[j - 1] = kept;
    }
}

static regime_status describe_all(hunt *h) {
  regime_steady *s = h->steady;
  const size_t count = inside(&h->rest);
  s->equilibrium = calloc(count + 1, sizeof *s->equilibrium);
  s->memory = calloc(count + 1, sizeof *s->memory);
  if (!s->equilibrium || !s->memory) return REGIME_NO_MEMORY;
  sort(h);
  regime_status status = REGIME_OK;
  for (size_t k = 0; k < h->rest.n_solutions && status == REGIME_OK; k++)
    if (h->rest.solution[k].is_inside) status = describe(h, &h->rest.solution[k]);
  for (size_t i = 0; i < h->n; i++) s->search.n_drifts += s->drifts[i];
  return status;
}

regime_status regime_steady_find(regime_context *context, regime_system *system,
                                 const regime_steady_options *options, regime_steady **out) {
  *out = NULL;
  regime_status status = rg_box_check(context, system, options);
  if (status != REGIME_OK) return status;
  regime_steady *steady = calloc(1, sizeof *steady);
  hunt h = {.context = context, .options = options, .steady = steady};
  status = steady ? prepare(&h, system) : REGIME_NO_MEMORY;
  if (status == REGIME_OK) status = look_everywhere(&h);
  if (status == REGIME_OK) status = describe_all(&h);
  if (status == REGIME_OK) look_at_time(&h);
  if (status == REGIME_OK && regime_context_interrupted(context)) rg_interruption_granted(context);
  rg_rest_drop(&h.rest);
  rg_field_free(h.field);
  free(h.X);
  free(h.active);
  free(h.reads);
  if (status == REGIME_OK)
    *out = steady;
  else
    regime_steady_free(steady);
  return status;
}

void regime_steady_free(regime_steady *s) {
  if (!s) return;
  for (size_t k = 0; k < s->count; k++) free(s->memory[k]);
  free(s->memory);
  free(s->equilibrium);
  free(s->drifts);
  free(s);
}

size_t regime_steady_count(const regime_steady *s) { return s->count; }
const regime_equilibrium *regime_steady_at(const regime_steady *s, size_t k) { return &s->equilibrium[k]; }
const regime_steady_search *regime_steady_looked(const regime_steady *s) { return &s->search; }
