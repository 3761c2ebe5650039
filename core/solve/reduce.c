/* reduce.c — solve, then ask the system; and the Jacobian of what that makes. */
#include "solve/reduce.h"

#include "solve/blocks.h"
#include "solve/linear.h"
#include "solve/sundials.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Rounds in which switches and unknowns, that depend on each other, come to agree. */
enum { most_rounds = 8 };

/* The Jacobian of the whole and how it becomes the reduced one. */
typedef struct derivative {
  size_t n_whole; /* nonzeros of the whole */
  double *whole;
  size_t *column, *row;             /* pattern of the reduced */
  size_t *block_column, *block_row; /* pattern of g_z */
  SUNContext context;
  N_Vector right, left;
  rg_linear linear; /* g_z */
  double *result;   /* one column of the reduced; n_states */
} derivative;

/* Directions of the whole. */
typedef struct lifted {
  size_t n_aims;
  double *dy;    /* n_aims * (n_states + n_unknowns) */
  double *dr;    /* n_aims * the size of the largest block */
  bool factored; /* the blocks' derivatives are those of the present y */
} lifted;

struct rg_reduced {
  const regime_system *inner;
  regime_system outer;
  size_t n, n_unknowns;
  rg_block_solver **solver;
  double *y;     /* n + n_unknowns: where it was last evaluated, and the unknowns there */
  double *found; /* unknowns as last found */
  double *guess;
  double *iterate; /* where the search ended that was explained last, then what equations were off by */
  double t;
  bool is_current;  /* y holds for t and the law in force */
  bool has_begun;   /* a period or a rate was computed */
  bool is_unsolved; /* the last thing explained was a block without solution */
  size_t failed;    /* the block that has no solution */
  derivative d;
  lifted l;
};

/* --- solving ------------------------------------------------------------------------------------------- */

static double *unknowns(rg_reduced *r) { return r->y + r->n; }

static bool solve_blocks(rg_reduced *r, double t) {
  for (size_t b = 0; b < r->inner->n_blocks; b++)
    if (!rg_block_solve(r->solver[b], t, r->y, r->guess)) {
      r->failed = b;
      return false;
    }
  return true;
}

static bool solve(rg_reduced *r, double t, const double *y) {
  if (r->is_current && t == r->t && memcmp(y, r->y, r->n * sizeof *y) == 0) return true;
  memcpy(r->y, y, r->n * sizeof *y);
  memcpy(unknowns(r), r->found, r->n_unknowns * sizeof *y);
  r->t = t;
  r->l.factored = false;
  r->is_current = solve_blocks(r, t);
  if (r->is_current) memcpy(r->found, unknowns(r), r->n_unknowns * sizeof *y);
  return r->is_current;
}

/* --- the functions of the reduced system --------------------------------------------------------------- */

static regime_status start(void *self, double t, double *y) {
  rg_reduced *r = self;
  const regime_status status = r->inner->start(r->inner->self, t, y);
  r->is_current = r->has_begun = r->is_unsolved = false;
  memcpy(r->y, y, r->n * sizeof *y);
  for (size_t k = 0; k < r->n_unknowns; k++) r->guess[k] = 1.0;
  memcpy(unknowns(r), r->guess, r->n_unknowns * sizeof *y);
  if (status == REGIME_OK && r->inner->guess) r->inner->guess(r->inner->self, t, r->y, r->guess);
  memcpy(r->found, r->guess, r->n_unknowns * sizeof *y);
  return status;
}

static int rate(void *self, double t, const double *y, double *dy) {
  rg_reduced *r = self;
  r->has_begun = true;
  return !solve(r, t, y) || r->inner->rate(r->inner->self, t, r->y, dy);
}

static int next(void *self, double t, const double *y, double *left) {
  rg_reduced *r = self;
  r->has_begun = true;
  return !solve(r, t, y) || r->inner->next(r->inner->self, t, r->y, left);
}

/* The start of a map is given, not solved for. */
static bool is_given(const rg_reduced *r) { return r->inner->next && !r->has_begun; }

static int crossing(void *self, double t, const double *y, double *g) {
  rg_reduced *r = self;
  return !(is_given(r) || solve(r, t, y)) || r->inner->crossing(r->inner->self, t, r->y, g);
}

static void observe(void *self, double t, const double *y, double *out) {
  rg_reduced *r = self;
  if (!is_given(r) && !solve(r, t, y))
    for (size_t k = 0; k < r->n_unknowns; k++) unknowns(r)[k] = NAN;
  if (r->inner->observe)
    r->inner->observe(r->inner->self, t, r->y, out);
  else
    memcpy(out, y, r->n * sizeof *y);
}

static double next_date(void *self, double t) {
  const rg_reduced *r = self;
  return r->inner->next_date ? r->inner->next_date(r->inner->self, t) : INFINITY;
}

static void pass_date(void *self, double t, double *y) {
  rg_reduced *r = self;
  r->is_current = false;
  if (r->inner->pass_date) r->inner->pass_date(r->inner->self, t, y);
}

static void turn(void *self, size_t k, regime_direction direction) {
  rg_reduced *r = self;
  r->is_current = false;
  r->inner->turn(r->inner->self, k, direction);
}

static void happen(void *self, size_t k, double t, double *y) {
  rg_reduced *r = self;
  const bool is_map = r->inner->next != NULL;
  double *at = is_map ? y : r->y;
  if ((is_map || solve(r, t, y)) && r->inner->happen) r->inner->happen(r->inner->self, k, t, at);
  if (!is_map && r->is_current) memcpy(y, r->y, r->n * sizeof *y);
  r->is_current = false;
}

/* Switches are put where the unknowns are, and the unknowns follow the switches. */
static void settle(void *self, double t, const double *y) {
  rg_reduced *r = self;
  for (int round = 0; round < most_rounds && solve(r, t, y); round++) {
    r->inner->settle(r->inner->self, t, r->y);
    memcpy(r->d.result + r->n, unknowns(r), r->n_unknowns * sizeof *y);
    r->is_current = false;
    if (!solve(r, t, y) || memcmp(r->d.result + r->n, unknowns(r), r->n_unknowns * sizeof *y) == 0) return;
  }
}

static void keep_iterate(rg_reduced *r, const regime_search *search) {
  double *residual = r->iterate + r->n_unknowns;
  r->is_unsolved = true;
  memcpy(r->iterate, unknowns(r), r->n_unknowns * sizeof *r->iterate);
  for (size_t k = 0; k < r->n_unknowns; k++) residual[k] = NAN;
  for (size_t k = 0; search->residual && k < r->inner->block[r->failed].n; k++)
    residual[search->first + k] = search->residual[k];
}

static void explain(void *self, double t, const double *y, regime_context *context) {
  rg_reduced *r = self;
  if (solve(r, t, y)) {
    if (r->inner->explain) r->inner->explain(r->inner->self, t, r->y, context);
  } else {
    const regime_search search = rg_block_search(r->solver[r->failed]);
    keep_iterate(r, &search);
    if (r->inner->unsolved) r->inner->unsolved(r->inner->self, t, r->y, &search, context);
  }
}

static const char *state_name(void *self, size_t k) {
  const rg_reduced *r = self;
  return r->inner->state_name(r->inner->self, k);
}

static const char *switch_name(void *self, size_t k) {
  const rg_reduced *r = self;
  return r->inner->switch_name(r->inner->self, k);
}

static const char *parameter_name(void *self, size_t k) {
  const rg_reduced *r = self;
  return r->inner->parameter_name(r->inner->self, k);
}

static double parameter(void *self, size_t k) {
  const rg_reduced *r = self;
  return r->inner->parameter(r->inner->self, k);
}

static int set_parameter(void *self, size_t k, double value) {
  rg_reduced *r = self;
  r->is_current = false;
  return r->inner->set_parameter(r->inner->self, k, value);
}

/* --- tangents ------------------------------------------------------------------------------------------ */

static size_t n_whole(const rg_reduced *r) { return r->n + r->n_unknowns; }

static regime_status aim(void *self, size_t n_directions, const size_t *parameter) {
  rg_reduced *r = self;
  size_t largest = 0;
  for (size_t b = 0; b < r->inner->n_blocks; b++)
    if (r->inner->block[b].n > largest) largest = r->inner->block[b].n;
  free(r->l.dy);
  r->l.dy = calloc(n_directions * (n_whole(r) + largest) + 1, sizeof *r->l.dy);
  if (!r->l.dy) return REGIME_NO_MEMORY;
  r->l.dr = r->l.dy + n_directions * n_whole(r);
  r->l.n_aims = n_directions;
  return r->inner->aim(r->inner->self, n_directions, parameter);
}

/* Directions of the states; unknowns at rest. */
static void spread(rg_reduced *r, const double *dy) {
  for (size_t d = 0; d < r->l.n_aims; d++) {
    double *whole = r->l.dy + d * n_whole(r);
    memcpy(whole, dy + d * r->n, r->n * sizeof *dy);
    memset(whole + r->n, 0, r->n_unknowns * sizeof *dy);
  }
}

static void collect(const rg_reduced *r, double *dy) {
  for (size_t d = 0; d < r->l.n_aims; d++) memcpy(dy + d * r->n, r->l.dy + d * n_whole(r), r->n * sizeof *dy);
}

static bool factor_blocks(rg_reduced *r) {
  for (size_t b = 0; b < r->inner->n_blocks && !r->l.factored; b++)
    if (!rg_block_factor(r->solver[b], r->t, r->y)) return false;
  r->l.factored = true;
  return true;
}

/* With the unknowns of block b at rest its residuals move by dr; those of earlier blocks move as found. */
static bool lift_block(rg_reduced *r, size_t b, size_t first, const double *dt) {
  const size_t n = r->inner->block[b].n;
  if (r->inner->residual_tangent(r->inner->self, b, r->t, r->y, dt, r->l.dy, r->l.dr)) return false;
  for (size_t d = 0; d < r->l.n_aims; d++) {
    double *move = r->l.dr + d * n, *whole = r->l.dy + d * n_whole(r);
    if (!rg_block_divide(r->solver[b], move)) return false;
    for (size_t k = 0; k < n; k++) whole[r->n + first + k] = -move[k];
  }
  return true;
}

/* g_z dz = -(g_y dy + g_p dp + g_t dt) */
static bool lift(rg_reduced *r, double t, const double *y, const double *dt, const double *dy) {
  if (!solve(r, t, y) || !factor_blocks(r)) return false;
  spread(r, dy);
  bool lifts = true;
  for (size_t b = 0, first = 0; lifts && b < r->inner->n_blocks; first += r->inner->block[b++].n)
    lifts = lift_block(r, b, first, dt);
  return lifts;
}

static int start_tangent(void *self, double t, double *dy) {
  rg_reduced *r = self;
  return r->inner->start_tangent(r->inner->self, t, dy);
}

static int rate_tangent(void *self, double t, const double *y, const double *dt, const double *dy,
                        double *out) {
  rg_reduced *r = self;
  return !lift(r, t, y, dt, dy) || r->inner->rate_tangent(r->inner->self, t, r->y, dt, r->l.dy, out);
}

static int crossing_tangent(void *self, double t, const double *y, const double *dt, const double *dy,
                            double *out) {
  rg_reduced *r = self;
  return !lift(r, t, y, dt, dy) || r->inner->crossing_tangent(r->inner->self, t, r->y, dt, r->l.dy, out);
}

/* The start of a map is given, not solved for, and so is what it shows. */
static int observe_tangent(void *self, double t, const double *y, const double *dt, const double *dy,
                           double *out) {
  rg_reduced *r = self;
  const bool is_given = r->inner->next && !r->has_begun;
  if (is_given)
    spread(r, dy);
  else if (!lift(r, t, y, dt, dy))
    return 1;
  return r->inner->observe_tangent(r->inner->self, t, r->y, dt, r->l.dy, out);
}

static int date_tangent(void *self, double t, double *dt) {
  rg_reduced *r = self;
  return r->inner->date_tangent(r->inner->self, t, dt);
}

/* A date is passed with the states alone, and so are events of maps. */
static int pass_date_tangent(void *self, double t, const double *y, const double *dt, double *dy) {
  rg_reduced *r = self;
  spread(r, dy);
  const int undefined = r->inner->pass_date_tangent(r->inner->self, t, y, dt, r->l.dy);
  collect(r, dy);
  return undefined;
}

static int happen_tangent(void *self, size_t k, double t, const double *y, const double *dt, double *dy) {
  rg_reduced *r = self;
  const bool is_map = r->inner->next != NULL;
  if (is_map)
    spread(r, dy);
  else if (!lift(r, t, y, dt, dy))
    return 1;
  const int undefined = r->inner->happen_tangent(r->inner->self, k, t, is_map ? y : r->y, dt, r->l.dy);
  collect(r, dy);
  return undefined;
}

/* --- the Jacobian: its pattern ------------------------------------------------------------------------- */

/* Which states move when the one at hand does: those its column reaches, straight or through unknowns. */
typedef struct reach {
  const rg_reduced *r;
  size_t *seen; /* by row of the whole: the column + 1 that last reached it */
  size_t *stack, n_stack;
  size_t *row, n_rows; /* states reached */
} reach;

static void visit(reach *of, size_t whole_column, size_t mark) {
  const regime_system *inner = of->r->inner;
  for (size_t k = inner->jacobian_column[whole_column]; k < inner->jacobian_column[whole_column + 1]; k++) {
    const size_t row = inner->jacobian_row[k];
    if (of->seen[row] == mark) continue;
    of->seen[row] = mark;
    if (row < of->r->n)
      of->row[of->n_rows++] = row;
    else
      of->stack[of->n_stack++] = row;
  }
}

static int ascending(const void *a, const void *b) {
  const size_t left = *(const size_t *)a, right = *(const size_t *)b;
  return (left > right) - (left < right);
}

static void reach_from(reach *of, size_t column) {
  of->n_rows = 0;
  visit(of, column, column + 1);
  while (of->n_stack > 0) visit(of, of->stack[--of->n_stack], column + 1);
  qsort(of->row, of->n_rows, sizeof *of->row, ascending);
}

static bool append(derivative *d, size_t *capacity, size_t at, const size_t *row, size_t n) {
  if (at + n > *capacity) {
    *capacity = 2 * (at + n);
    size_t *grown = realloc(d->row, *capacity * sizeof *grown);
    if (!grown) return false;
    d->row = grown;
  }
  if (n > 0) memcpy(d->row + at, row, n * sizeof *row);
  return true;
}

static bool find_pattern(rg_reduced *r) {
  const size_t n = r->n, whole = n_whole(r);
  size_t *room = calloc(3 * whole + 1, sizeof *room), capacity = n;
  reach of = {.r = r, .seen = room, .stack = room + whole, .row = room + 2 * whole};
  r->d.column = calloc(n + 1, sizeof *r->d.column);
  r->d.row = calloc(capacity + 1, sizeof *r->d.row);
  bool fits = room && r->d.column && r->d.row;
  for (size_t j = 0; fits && j < n; j++) {
    reach_from(&of, j);
    fits = append(&r->d, &capacity, r->d.column[j], of.row, of.n_rows);
    r->d.column[j + 1] = r->d.column[j] + of.n_rows;
  }
  free(room);
  return fits;
}

/* The part of the whole that is g_z. */
static bool find_block_pattern(rg_reduced *r) {
  derivative *d = &r->d;
  const regime_system *inner = r->inner;
  d->block_column = calloc(r->n_unknowns + 1, sizeof *d->block_column);
  d->block_row = calloc(d->n_whole + 1, sizeof *d->block_row);
  if (!d->block_column || !d->block_row) return false;
  size_t n = 0;
  for (size_t j = 0; j < r->n_unknowns; j++) {
    for (size_t k = inner->jacobian_column[r->n + j]; k < inner->jacobian_column[r->n + j + 1]; k++)
      if (inner->jacobian_row[k] >= r->n) d->block_row[n++] = inner->jacobian_row[k] - r->n;
    d->block_column[j + 1] = n;
  }
  return true;
}

/* --- the Jacobian: its values -------------------------------------------------------------------------- */

static bool factor(rg_reduced *r) {
  derivative *d = &r->d;
  const regime_system *inner = r->inner;
  size_t n = 0;
  for (size_t k = inner->jacobian_column[r->n]; k < d->n_whole; k++)
    if (inner->jacobian_row[k] >= r->n) d->linear.trial[n++] = d->whole[k];
  rg_linear_keep(&d->linear);
  SUNMatZero(d->linear.matrix);
  rg_linear_fill(&d->linear, d->linear.matrix);
  return SUNLinSolSetup(d->linear.solver, d->linear.matrix) == 0;
}

/* Adds `times` a column of the whole, states to the result and unknowns to `to_unknowns` (NULL: nowhere). */
static void add_column(rg_reduced *r, size_t column, double times, double *to_unknowns) {
  const regime_system *inner = r->inner;
  for (size_t k = inner->jacobian_column[column]; k < inner->jacobian_column[column + 1]; k++) {
    const size_t row = inner->jacobian_row[k];
    if (row < r->n)
      r->d.result[row] += times * r->d.whole[k];
    else if (to_unknowns)
      to_unknowns[row - r->n] += times * r->d.whole[k];
  }
}

/* Column j of f_y - f_z g_z^-1 g_y. */
static bool find_column(rg_reduced *r, size_t j) {
  derivative *d = &r->d;
  memset(d->result, 0, r->n * sizeof *d->result);
  N_VConst(0.0, d->right);
  add_column(r, j, 1.0, N_VGetArrayPointer(d->right));
  if (N_VMaxNorm(d->right) == 0.0) return true;
  if (SUNLinSolSolve(d->linear.solver, d->linear.matrix, d->left, d->right, 0.0) != 0) return false;
  const double *move = N_VGetArrayPointer(d->left);
  for (size_t u = 0; u < r->n_unknowns; u++)
    if (move[u] != 0.0) add_column(r, r->n + u, -move[u], NULL);
  return true;
}

static int jacobian(void *self, double t, const double *y, double *values) {
  rg_reduced *r = self;
  const derivative *d = &r->d;
  if (!solve(r, t, y) || r->inner->jacobian(r->inner->self, t, r->y, d->whole) || !factor(r)) return 1;
  for (size_t j = 0; j < r->n; j++) {
    if (!find_column(r, j)) return 1;
    for (size_t k = d->column[j]; k < d->column[j + 1]; k++) values[k] = d->result[d->row[k]];
  }
  return 0;
}

/* --- making and freeing -------------------------------------------------------------------------------- */

static regime_status make_derivative(rg_reduced *r) {
  derivative *d = &r->d;
  if (!r->inner->jacobian) return REGIME_OK;
  d->n_whole = r->inner->jacobian_column[r->n + r->n_unknowns];
  d->whole = calloc(d->n_whole + 1, sizeof *d->whole);
  d->context = rg_sundials_open();
  if (!d->whole || !d->context || !find_pattern(r) || !find_block_pattern(r)) return REGIME_NO_MEMORY;
  d->right = N_VNew_Serial((sunindextype)r->n_unknowns, d->context);
  d->left = d->right ? N_VClone(d->right) : NULL;
  if (!d->left) return REGIME_NO_MEMORY;
  const rg_pattern pattern = {r->n_unknowns, d->block_column, d->block_row};
  return rg_linear_make(pattern, REGIME_LINEAR_AUTO, d->right, d->context, &d->linear);
}

static regime_status make_solvers(rg_reduced *r) {
  regime_status status = REGIME_OK;
  size_t first = 0;
  for (size_t b = 0; status == REGIME_OK && b < r->inner->n_blocks; b++) {
    status = rg_block_solver_create(r->inner, b, first, &r->solver[b]);
    first += r->inner->block[b].n;
  }
  return status;
}

static void make_outer(rg_reduced *r) {
  r->outer = *r->inner;
  r->outer.self = r;
  r->outer.n_unknowns = r->outer.n_blocks = 0;
  if (!r->inner->observe) r->outer.n_outputs = r->n;
  r->outer.start = start;
  r->outer.rate = r->inner->rate ? rate : NULL;
  r->outer.next = r->inner->next ? next : NULL;
  r->outer.jacobian = r->inner->jacobian ? jacobian : NULL;
  r->outer.jacobian_column = r->d.column;
  r->outer.jacobian_row = r->d.row;
  r->outer.crossing = r->inner->crossing ? crossing : NULL;
  r->outer.observe = r->inner->observe ? observe : NULL;
  r->outer.next_date = next_date;
  r->outer.pass_date = pass_date;
  r->outer.turn = turn;
  r->outer.happen = happen;
  r->outer.settle = r->inner->settle ? settle : NULL;
  r->outer.explain = explain;
  r->outer.state_name = r->inner->state_name ? state_name : NULL;
  r->outer.switch_name = r->inner->switch_name ? switch_name : NULL;
  r->outer.aim = r->inner->aim ? aim : NULL;
  r->outer.start_tangent = r->inner->start_tangent ? start_tangent : NULL;
  r->outer.rate_tangent = r->inner->rate_tangent ? rate_tangent : NULL;
  r->outer.residual_tangent = NULL;
  r->outer.crossing_tangent = r->inner->crossing_tangent ? crossing_tangent : NULL;
  r->outer.observe_tangent = r->inner->observe_tangent ? observe_tangent : NULL;
  r->outer.date_tangent = r->inner->date_tangent ? date_tangent : NULL;
  r->outer.pass_date_tangent = r->inner->pass_date_tangent ? pass_date_tangent : NULL;
  r->outer.happen_tangent = r->inner->happen_tangent ? happen_tangent : NULL;
  r->outer.taylor = NULL;
  r->outer.parameter_name = r->inner->parameter_name ? parameter_name : NULL;
  r->outer.parameter = r->inner->parameter ? parameter : NULL;
  r->outer.set_parameter = r->inner->set_parameter ? set_parameter : NULL;
}

static regime_status make(rg_reduced *r) {
  r->solver = calloc(r->inner->n_blocks + 1, sizeof *r->solver);
  r->y = calloc(n_whole(r) + 1, sizeof *r->y);
  r->found = calloc(r->n_unknowns + 1, sizeof *r->found);
  r->guess = calloc(r->n_unknowns + 1, sizeof *r->guess);
  r->iterate = calloc(2 * r->n_unknowns + 1, sizeof *r->iterate);
  r->d.result = calloc(n_whole(r) + 1, sizeof *r->d.result);
  if (!r->solver || !r->y || !r->found || !r->guess || !r->iterate || !r->d.result) return REGIME_NO_MEMORY;
  regime_status status = make_solvers(r);
  if (status == REGIME_OK) status = make_derivative(r);
  if (status == REGIME_OK) make_outer(r);
  return status;
}

regime_status rg_reduced_create(const regime_system *system, rg_reduced **out) {
  rg_reduced *r = *out = calloc(1, sizeof *r);
  if (!r) return REGIME_NO_MEMORY;
  r->inner = system;
  r->n = system->n_states;
  r->n_unknowns = system->n_unknowns;
  const regime_status status = make(r);
  if (status == REGIME_OK) return status;
  rg_reduced_free(r);
  *out = NULL;
  return status;
}

static void drop_derivative(derivative *d) {
  rg_linear_drop(&d->linear);
  if (d->right) N_VDestroy(d->right);
  if (d->left) N_VDestroy(d->left);
  rg_sundials_close(d->context);
  void *rooms[] = {d->whole, d->column, d->row, d->block_column, d->block_row, d->result};
  for (size_t k = 0; k < sizeof rooms / sizeof *rooms; k++) free(rooms[k]);
}

void rg_reduced_free(rg_reduced *r) {
  if (!r) return;
  for (size_t b = 0; r->solver && b < r->inner->n_blocks; b++) rg_block_solver_free(r->solver[b]);
  drop_derivative(&r->d);
  free(r->l.dy);
  free(r->solver);
  free(r->y);
  free(r->found);
  free(r->guess);
  free(r->iterate);
  free(r);
}

/* --- looking ------------------------------------------------------------------------------------------- */

const regime_system *rg_reduced_system(const rg_reduced *r) { return &r->outer; }

bool rg_reduced_is_unsolved(const rg_reduced *r) { return r->is_unsolved; }

void rg_reduced_iterate(const rg_reduced *r, double *z, double *residual) {
  memcpy(z, r->iterate, r->n_unknowns * sizeof *z);
  memcpy(residual, r->iterate + r->n_unknowns, r->n_unknowns * sizeof *residual);
}

void rg_reduced_count(const rg_reduced *r, regime_counters *counters) {
  for (size_t b = 0; b < r->inner->n_blocks; b++) {
    const regime_counters c = rg_block_counters(r->solver[b]);
    counters->rate_calls += c.rate_calls;
    counters->jacobian_calls += c.jacobian_calls;
    counters->newton_iterations += c.newton_iterations;
    counters->newton_failures += c.newton_failures;
  }
}
