/* field.c — a system held still and looked at. */
#include "analysis/field.h"

#include "analysis/differences.h"
#include "base/diagnostic.h"
#include "solve/reduce.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A parameter that was moved: what it is now, and what it was. */
typedef struct moved {
  size_t number;
  double now, first;
} moved;

struct rg_field {
  regime_context *context;
  regime_system given;
  rg_reduced *reduced;         /* NULL: no unknowns */
  const regime_system *system; /* without unknowns */
  double t;
  size_t n, k, n_outputs;
  size_t *parameter; /* the k free ones, each with its place in `moved`; then none, for time */
  size_t *place;
  moved *moved;
  size_t n_moved;
  double *start;               /* n */
  double *values;              /* nonzeros of the Jacobian */
  double *g;                   /* crossing functions */
  double *memory;              /* of the vectors below, made when the free parameters are known */
  double *trial, *outer_trial; /* n + k: points on the line along which is differentiated, one in the other */
  double *direction[4];        /* n + k: sums of directions, scaled */
  double *dense;               /* n * (n + k) */
  double *tangent, *answer;    /* (k + 1) directions: moves of states, and what the system answers */
  double *dt;                  /* k + 1 */
  double *taylor[4];           /* 4n: coefficients along one direction each */
  double *room, *outer_room;   /* of differences */
};

/* --- making ----------------------------------------------------------------------------------------------
 */

static regime_status check(regime_context *context, const regime_system *s) {
  const char *lack = !s->start                                 ? "`start`, the state at the start"
                     : s->n_states > 0 && !s->rate && !s->next ? "`rate` or `next`"
                     : s->n_switches > 0 && (!s->crossing || !s->turn)
                         ? "`crossing` or `turn`, although it has switches"
                         : NULL;
  if (!lack) return REGIME_OK;
  rg_error(context, (rg_place){0}, NULL, "the system is without %s", lack);
  return REGIME_BAD_ARGUMENT;
}

static regime_status take_system(rg_field *f, const regime_system *system) {
  f->given = *system;
  f->system = &f->given;
  if (system->n_unknowns > 0) {
    const regime_status status = rg_reduced_create(&f->given, &f->reduced);
    if (status != REGIME_OK) return status;
    f->system = rg_reduced_system(f->reduced);
  }
  f->n = f->system->n_states;
  f->n_outputs = f->system->observe ? f->system->n_outputs : f->n;
  return REGIME_OK;
}

static regime_status make(rg_field *f, const regime_system *system) {
  regime_status status = check(f->context, system);
  if (status == REGIME_OK) status = take_system(f, system);
  if (status != REGIME_OK) return status;
  const size_t nonzeros = f->system->jacobian ? f->system->jacobian_column[f->n] : 0;
  f->start = calloc(f->n + 1, sizeof *f->start);
  f->values = calloc(nonzeros + 1, sizeof *f->values);
  f->g = calloc(f->system->n_switches + f->system->n_events + 1, sizeof *f->g);
  if (!f->start || !f->values || !f->g) return REGIME_NO_MEMORY;
  status = f->system->start(f->system->self, f->t, f->start);
  return status == REGIME_OK ? rg_field_set_free(f, 0, NULL) : status;
}

regime_status rg_field_create(regime_context *context, const regime_system *system, double t,
                              rg_field **out) {
  rg_field *f = *out = calloc(1, sizeof *f);
  if (!f) return REGIME_NO_MEMORY;
  f->context = context;
  f->t = t;
  const regime_status status = make(f, system);
  if (status == REGIME_OK) return status;
  rg_field_free(f);
  *out = NULL;
  return status;
}

static void put_back(rg_field *f) {
  for (size_t k = 0; k < f->n_moved; k++)
    if (f->moved[k].now != f->moved[k].first)
      f->system->set_parameter(f->system->self, f->moved[k].number, f->moved[k].first);
}

void rg_field_free(rg_field *f) {
  if (!f) return;
  put_back(f);
  rg_reduced_free(f->reduced);
  void *rooms[] = {f->parameter, f->place, f->moved, f->start, f->values, f->g, f->memory};
  for (size_t k = 0; k < sizeof rooms / sizeof *rooms; k++) free(rooms[k]);
  free(f);
}

/* --- free parameters ---------------------------------------------------------------------------------------
 */

static regime_status check_parameters(rg_field *f, size_t k, const size_t *parameter) {
  const regime_system *s = f->system;
  for (size_t j = 0; j < k; j++) {
    if (s->set_parameter && s->parameter && parameter[j] < s->n_parameters) continue;
    rg_error(f->context, (rg_place){0}, NULL, "the system has no parameter number %zu that can be moved",
             parameter[j]);
    return REGIME_BAD_ARGUMENT;
  }
  return REGIME_OK;
}

static size_t find_place(const rg_field *f, size_t number) {
  size_t place = 0;
  while (place < f->n_moved && f->moved[place].number != number) place++;
  return place;
}

static regime_status name_parameters(rg_field *f, size_t k, const size_t *parameter) {
  size_t *numbers = realloc(f->parameter, (k + 1) * sizeof *numbers);
  if (numbers) f->parameter = numbers;
  size_t *places = realloc(f->place, (k + 1) * sizeof *places);
  if (places) f->place = places;
  moved *all = realloc(f->moved, (f->n_moved + k + 1) * sizeof *all);
  if (all) f->moved = all;
  if (!numbers || !places || !all) return REGIME_NO_MEMORY;
  for (size_t j = 0; j < k; j++) {
    const double now = f->system->parameter(f->system->self, parameter[j]);
    f->parameter[j] = parameter[j];
    f->place[j] = find_place(f, parameter[j]);
    if (f->place[j] == f->n_moved) f->moved[f->n_moved++] = (moved){parameter[j], now, now};
  }
  f->parameter[k] = REGIME_NO_PARAMETER;
  f->k = k;
  return REGIME_OK;
}

static regime_status make_room(rg_field *f) {
  const size_t n = f->n, columns = n + f->k, directions = f->k + 1;
  const size_t inner = rg_difference_room(n > f->n_outputs ? n : f->n_outputs);
  const size_t widest = n > f->n_outputs ? n : f->n_outputs;
  free(f->memory);
  f->memory = calloc(6 * columns + n * columns + directions * (n + widest + 1) + 16 * n + 2 * inner + 1,
                     sizeof *f->memory);
  if (!f->memory) return REGIME_NO_MEMORY;
  double *at = f->memory;
  f->trial = at, at += columns;
  f->outer_trial = at, at += columns;
  for (int d = 0; d < 4; d++, at += columns) f->direction[d] = at;
  f->dense = at, at += n * columns;
  f->tangent = at, at += directions * n;
  f->answer = at, at += directions * widest;
  f->dt = at, at += directions;
  for (int d = 0; d < 4; d++, at += 4 * n) f->taylor[d] = at;
  f->room = at, at += inner;
  f->outer_room = at;
  return REGIME_OK;
}

/* One direction a parameter, and one that moves none. */
static regime_status aim(rg_field *f) {
  return f->system->aim ? f->system->aim(f->system->self, f->k + 1, f->parameter) : REGIME_OK;
}

regime_status rg_field_set_free(rg_field *f, size_t k, const size_t *parameter) {
  regime_status status = check_parameters(f, k, parameter);
  if (status == REGIME_OK) status = name_parameters(f, k, parameter);
  if (status == REGIME_OK) status = make_room(f);
  return status == REGIME_OK ? aim(f) : status;
}

/* --- reading -----------------------------------------------------------------------------------------------
 */

size_t rg_field_states(const rg_field *f) { return f->n; }
size_t rg_field_columns(const rg_field *f) { return f->n + f->k; }
size_t rg_field_outputs(const rg_field *f) { return f->n_outputs; }
bool rg_field_is_map(const rg_field *f) { return f->system->next != NULL; }
double rg_field_time(const rg_field *f) { return f->t; }
const regime_system *rg_field_system(const rg_field *f) { return f->system; }

void rg_field_start(const rg_field *f, double *X) {
  memcpy(X, f->start, f->n * sizeof *X);
  for (size_t j = 0; j < f->k; j++) X[f->n + j] = f->moved[f->place[j]].now;
}

/* --- going to X --------------------------------------------------------------------------------------------
 */

/* False: what follows from a parameter has no value. */
static bool move_parameters(rg_field *f, const double *X) {
  for (size_t j = 0; j < f->k; j++) {
    moved *m = &f->moved[f->place[j]];
    const double wanted = X[f->n + j];
    if (m->now == wanted) continue;
    if (!isfinite(wanted) || f->system->set_parameter(f->system->self, m->number, wanted)) return false;
    m->now = wanted;
  }
  return true;
}

static void turn_switches(rg_field *f, const double *x) {
  const regime_system *s = f->system;
  if (s->crossing(s->self, f->t, x, f->g)) return;
  for (size_t k = 0; k < s->n_switches; k++) s->turn(s->self, k, f->g[k] > 0.0 ? REGIME_UP : REGIME_DOWN);
}

static bool go_to(rg_field *f, const double *X) {
  const regime_system *s = f->system;
  if (!move_parameters(f, X)) return false;
  if (s->n_switches > 0 && s->settle)
    s->settle(s->self, f->t, X);
  else if (s->n_switches > 0)
    turn_switches(f, X);
  return true;
}

static int no_value_among(const double *v, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (!isfinite(v[i])) return 1;
  return 0;
}

/* --- value -------------------------------------------------------------------------------------------------
 */

/* With switches where they are. */
static int held_value(rg_field *f, double t, const double *X, double *F) {
  const regime_system *s = f->system;
  if (!move_parameters(f, X)) return 1;
  if (s->next ? s->next(s->self, t, X, F) : s->rate(s->self, t, X, F)) return 1;
  return no_value_among(F, f->n);
}

int rg_field_value(rg_field *f, const double *X, double *F) {
  if (f->n == 0) return 0;
  return !go_to(f, X) || held_value(f, f->t, X, F);
}

int rg_field_residual(rg_field *f, const double *X, double *F) {
  if (rg_field_value(f, X, F)) return 1;
  for (size_t i = 0; rg_field_is_map(f) && i < f->n; i++) F[i] -= X[i];
  return 0;
}

int rg_field_crossing(rg_field *f, const double *X, double *g) {
  const regime_system *s = f->system;
  if (s->n_switches + s->n_events == 0) return 0;
  return !s->crossing || !go_to(f, X) || s->crossing(s->self, f->t, X, g);
}

/* --- first derivatives -------------------------------------------------------------------------------------
 */

/* A point on a line through X. */
typedef struct ray {
  rg_field *field;
  const double *X, *direction;
  double *at; /* room for the point */
  const double *times;
} ray;

static const double *point_on(const ray *r, double s) {
  for (size_t j = 0; j < rg_field_columns(r->field); j++) r->at[j] = r->X[j] + s * r->direction[j];
  return r->at;
}

/* The s that moves something by about its own size; what is zero, or next to it, by one. */
static double reach_of(const rg_field *f, const double *X, const double *direction) {
  double most = 0.0;
  for (size_t j = 0; j < rg_field_columns(f); j++)
    most = fmax(most, fabs(direction[j]) / (fabs(X[j]) > 1e-6 ? fabs(X[j]) : 1.0));
  return most > 0.0 ? 1.0 / most : 1.0;
}

static int value_on_ray(void *self, double s, double *out) {
  const ray *r = self;
  return held_value(r->field, r->field->t, point_on(r, s), out);
}

static int column_by_difference(rg_field *f, const double *X, size_t j, double *out) {
  double *unit = f->direction[3];
  memset(unit, 0, rg_field_columns(f) * sizeof *unit);
  unit[j] = 1.0;
  ray r = {f, X, unit, f->trial, NULL};
  const rg_line line = {&r, value_on_ray, f->n, reach_of(f, X, unit)};
  return rg_first_difference(&line, f->room, out) || no_value_among(out, f->n);
}

static int columns_by_states(rg_field *f, const double *X, double *jacobian) {
  const regime_system *s = f->system;
  const size_t n = f->n;
  if (!s->jacobian) {
    for (size_t j = 0; j < n; j++)
      if (column_by_difference(f, X, j, jacobian + j * n)) return 1;
    return 0;
  }
  if (s->jacobian(s->self, f->t, X, f->values)) return 1;
  memset(jacobian, 0, n * n * sizeof *jacobian);
  for (size_t j = 0; j < n; j++)
    for (size_t k = s->jacobian_column[j]; k < s->jacobian_column[j + 1]; k++)
      jacobian[s->jacobian_row[k] + j * n] = f->values[k];
  return no_value_among(f->values, s->jacobian_column[n]);
}

/* All directions of `aim`: the states move as `tangent` says, and time for the last at rate dt. */
static int rate_tangents(rg_field *f, const double *X, double dt) {
  const regime_system *s = f->system;
  memset(f->dt, 0, f->k * sizeof *f->dt);
  f->dt[f->k] = dt;
  return s->rate_tangent(s->self, f->t, X, f->dt, f->tangent, f->answer);
}

static bool has_tangents(const rg_field *f) { return f->system->aim && f->system->rate_tangent; }

static int columns_by_parameters(rg_field *f, const double *X, double *columns) {
  if (f->k == 0) return 0;
  if (!has_tangents(f)) {
    for (size_t j = 0; j < f->k; j++)
      if (column_by_difference(f, X, f->n + j, columns + j * f->n)) return 1;
    return 0;
  }
  memset(f->tangent, 0, (f->k + 1) * f->n * sizeof *f->tangent);
  if (rate_tangents(f, X, 0.0)) return 1;
  memcpy(columns, f->answer, f->k * f->n * sizeof *columns);
  return no_value_among(columns, f->k * f->n);
}

static int held_jacobian(rg_field *f, const double *X, double *jacobian) {
  return !move_parameters(f, X) || columns_by_states(f, X, jacobian) || !move_parameters(f, X) ||
         columns_by_parameters(f, X, jacobian + f->n * f->n);
}

int rg_field_jacobian(rg_field *f, const double *X, double *jacobian) {
  if (f->n == 0) return 0;
  return !go_to(f, X) || held_jacobian(f, X, jacobian);
}

int rg_field_residual_jacobian(rg_field *f, const double *X, double *jacobian) {
  if (rg_field_jacobian(f, X, jacobian)) return 1;
  for (size_t i = 0; rg_field_is_map(f) && i < f->n; i++) jacobian[i * (f->n + 1)] -= 1.0;
  return 0;
}

static int value_in_time(void *self, double s, double *out) {
  const ray *r = self;
  return held_value(r->field, r->field->t + s, r->X, out);
}

int rg_field_by_time(rg_field *f, const double *X, double *out) {
  if (f->n == 0) return 0;
  if (!go_to(f, X)) return 1;
  if (has_tangents(f)) {
    memset(f->tangent, 0, (f->k + 1) * f->n * sizeof *f->tangent);
    if (rate_tangents(f, X, 1.0)) return 1;
    memcpy(out, f->answer + f->k * f->n, f->n * sizeof *out);
    return no_value_among(out, f->n);
  }
  ray r = {f, X, NULL, NULL, NULL};
  const rg_line line = {&r, value_in_time, f->n, 1.0};
  return rg_first_difference(&line, f->room, out) || no_value_among(out, f->n);
}

/* --- second and third derivatives --------------------------------------------------------------------------
 */

/* The largest part of a direction. */
static double length(const double *v, size_t n) {
  double sum = 0.0;
  for (size_t i = 0; i < n; i++) sum = fmax(sum, fabs(v[i]));
  return sum;
}

typedef struct factor {
  const double *direction;
  double weight; /* its sign over its length */
} factor;

static void combine(const rg_field *f, size_t count, const factor *part, double *out) {
  for (size_t j = 0; j < rg_field_columns(f); j++) {
    out[j] = 0.0;
    for (size_t k = 0; k < count; k++) out[j] += part[k].weight * part[k].direction[j];
  }
}

static bool has_taylor(const rg_field *f) { return f->system->taylor != NULL; }

static int expand(rg_field *f, const double *X, const double *direction, size_t order, double *out) {
  const regime_system *s = f->system;
  return s->taylor(s->self, f->t, X, direction, f->k, f->parameter, direction + f->n, order, out) ||
         no_value_among(out, (order + 1) * f->n);
}

/* B(U, V) = (B(U + V, U + V) - B(U - V, U - V)) / 4, and B(A, A) is twice the coefficient along A. */
static int second_by_taylor(rg_field *f, const double *X, factor u, factor v, double *out) {
  for (int d = 0; d < 2; d++) {
    const factor part[] = {u, {v.direction, d == 0 ? v.weight : -v.weight}};
    combine(f, 2, part, f->direction[d]);
    if (expand(f, X, f->direction[d], 2, f->taylor[d])) return 1;
  }
  for (size_t i = 0; i < f->n; i++) out[i] = (f->taylor[0][2 * f->n + i] - f->taylor[1][2 * f->n + i]) / 2.0;
  return 0;
}

/* C(U, V, W) likewise from four directions; C(A, A, A) is six times the coefficient along A. */
static int third_by_taylor(rg_field *f, const double *X, factor u, factor v, factor w, double *out) {
  for (int d = 0; d < 4; d++) {
    const double of_v = d & 1 ? -1.0 : 1.0, of_w = d & 2 ? -1.0 : 1.0;
    const factor part[] = {u, {v.direction, of_v * v.weight}, {w.direction, of_w * w.weight}};
    combine(f, 3, part, f->direction[d]);
    if (expand(f, X, f->direction[d], 3, f->taylor[d])) return 1;
  }
  for (size_t i = 0; i < f->n; i++) {
    const size_t k = 3 * f->n + i;
    out[i] = (f->taylor[0][k] - f->taylor[1][k] - f->taylor[2][k] + f->taylor[3][k]) / 4.0;
  }
  return 0;
}

/* The Jacobian at a point of the line, times `times`. */
static int product_on_ray(void *self, double s, double *out) {
  const ray *r = self;
  rg_field *f = r->field;
  if (held_jacobian(f, point_on(r, s), f->dense)) return 1;
  memset(out, 0, f->n * sizeof *out);
  for (size_t j = 0; j < rg_field_columns(f); j++)
    for (size_t i = 0; r->times[j] != 0.0 && i < f->n; i++) out[i] += f->dense[i + j * f->n] * r->times[j];
  return 0;
}

static int differentiate_product(rg_field *f, const double *X, const double *along, const double *times,
                                 int order, double *out) {
  ray r = {f, X, along, f->outer_trial, times};
  const rg_line line = {&r, product_on_ray, f->n, reach_of(f, X, along)};
  const int failed = order == 1 ? rg_first_difference(&line, f->outer_room, out)
                                : rg_second_difference(&line, f->outer_room, out);
  return failed || no_value_among(out, f->n);
}

/* C(U, V, W) = (C(U + V, U + V, W) - C(U - V, U - V, W)) / 4, the second derivatives of J W. */
static int third_by_difference(rg_field *f, const double *X, factor u, factor v, const double *W,
                               double *out) {
  double *down = f->taylor[0];
  for (int d = 0; d < 2; d++) {
    const factor part[] = {u, {v.direction, d == 0 ? v.weight : -v.weight}};
    combine(f, 2, part, f->direction[d]);
    if (differentiate_product(f, X, f->direction[d], W, 2, d == 0 ? out : down)) return 1;
  }
  for (size_t i = 0; i < f->n; i++) out[i] = (out[i] - down[i]) / 4.0;
  return 0;
}

static void scale(double *v, size_t n, double by) {
  for (size_t i = 0; i < n; i++) v[i] *= by;
}

int rg_field_second(rg_field *f, const double *X, const double *U, const double *V, double *out) {
  const double u = length(U, rg_field_columns(f)), v = length(V, rg_field_columns(f));
  memset(out, 0, f->n * sizeof *out);
  if (u == 0.0 || v == 0.0) return 0;
  if (!go_to(f, X)) return 1;
  if (!has_taylor(f)) return differentiate_product(f, X, U, V, 1, out);
  const int failed = second_by_taylor(f, X, (factor){U, 1.0 / u}, (factor){V, 1.0 / v}, out);
  scale(out, f->n, u * v);
  return failed;
}

int rg_field_third(rg_field *f, const double *X, const double *U, const double *V, const double *W,
                   double *out) {
  const size_t columns = rg_field_columns(f);
  const double u = length(U, columns), v = length(V, columns), w = length(W, columns);
  const factor first = {U, 1.0 / u}, second = {V, 1.0 / v}, third = {W, 1.0 / w};
  memset(out, 0, f->n * sizeof *out);
  if (u == 0.0 || v == 0.0 || w == 0.0) return 0;
  if (!go_to(f, X)) return 1;
  const bool exact = has_taylor(f);
  const int failed = exact ? third_by_taylor(f, X, first, second, third, out)
                           : third_by_difference(f, X, first, second, W, out);
  scale(out, f->n, u * v * (exact ? w : 1.0));
  return failed;
}

/* --- what is shown -----------------------------------------------------------------------------------------
 */

/* A map shows at its start what the run begins with, and the states only after it. */
static double shown_at(const rg_field *f) { return f->system->next ? nextafter(f->t, INFINITY) : f->t; }

/* A map shows a period after it was computed. */
static void held_observe(rg_field *f, const double *X, double *out) {
  const regime_system *s = f->system;
  if (!s->observe) {
    memcpy(out, X, f->n * sizeof *out);
    return;
  }
  if (s->next) s->next(s->self, f->t, X, f->taylor[0]);
  s->observe(s->self, shown_at(f), X, out);
}

void rg_field_observe(rg_field *f, const double *X, double *out) {
  for (size_t i = 0; i < f->n_outputs; i++) out[i] = NAN;
  if (go_to(f, X)) held_observe(f, X, out);
}

static int outputs_on_ray(void *self, double s, double *out) {
  const ray *r = self;
  const double *at = point_on(r, s);
  if (!move_parameters(r->field, at)) return 1;
  held_observe(r->field, at, out);
  return 0;
}

/* The tangents are linear in their directions: the states move in the last one. */
static int observe_by_tangents(rg_field *f, const double *X, const double *direction, double *out) {
  const regime_system *s = f->system;
  const size_t m = f->n_outputs, n = f->n;
  memset(f->tangent, 0, (f->k + 1) * n * sizeof *f->tangent);
  memset(f->dt, 0, (f->k + 1) * sizeof *f->dt);
  memcpy(f->tangent + f->k * n, direction, n * sizeof *direction);
  if (s->observe_tangent(s->self, shown_at(f), X, f->dt, f->tangent, f->answer)) return 1;
  memcpy(out, f->answer + f->k * m, m * sizeof *out);
  for (size_t j = 0; j < f->k; j++)
    for (size_t i = 0; i < m; i++) out[i] += direction[n + j] * f->answer[j * m + i];
  return 0;
}

void rg_field_observe_along(rg_field *f, const double *X, const double *direction, double *out) {
  const regime_system *s = f->system;
  for (size_t i = 0; i < f->n_outputs; i++) out[i] = NAN;
  if (!go_to(f, X)) return;
  if (s->observe && s->aim && s->observe_tangent && !observe_by_tangents(f, X, direction, out)) return;
  ray r = {f, X, direction, f->trial, NULL};
  const rg_line line = {&r, outputs_on_ray, f->n_outputs, reach_of(f, X, direction)};
  if (rg_first_difference(&line, f->room, out))
    for (size_t i = 0; i < f->n_outputs; i++) out[i] = NAN;
}

/* --- following ---------------------------------------------------------------------------------------------
 */

regime_status rg_field_follow(rg_field *f, const double *X, double duration,
                              const regime_path_options *options, regime_path **out) {
  regime_path_options o = *options;
  *out = NULL;
  if (!move_parameters(f, X)) return REGIME_UNDEFINED;
  o.from = f->t;
  o.to = f->t + duration;
  o.start = X;
  const regime_status status = regime_path_compute(f->context, &f->given, &o, out);
  const regime_status again = f->system->start(f->system->self, f->t, f->taylor[0]);
  if (status != REGIME_OK || again == REGIME_OK) return status;
  regime_path_free(*out);
  *out = NULL;
  return again;
}
