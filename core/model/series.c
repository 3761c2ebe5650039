/* series.c — Taylor coefficients of rates along a line.
 *
 * What moves are states, parameters and, through these, constants: explicit ones by their program; those that
 * are solved for, F(x(s), p(s)) = 0, order by order. With the coefficients of x below k in place and that of
 * order k at 0, the k-th coefficient of F is what F_x has to make up for:
 *
 *   F_x x_k = -[F]_k                                    (Griewank and Walther 2008, sec. 15.2)
 */
#include "model/instance.h"
#include "program/taylor.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- room ---------------------------------------------------------------------------------------------- */

static bool make_room(regime_instance *i, size_t order) {
  rg_series *s = &i->series;
  if (order < s->n) return true;
  rg_series_free(i);
  const size_t n = order + 1;
  s->held = calloc(i->model->definitions.layout.end * n + 1, sizeof(double));
  s->registers = calloc(i->most.taylor * n + 1, sizeof(double));
  s->outputs = calloc(i->most.outputs * n + 1, sizeof(double));
  if (s->held && s->registers && s->outputs && rg_implicit_create(&i->model->blocks, &s->implicit)) {
    s->n = n;
    return true;
  }
  rg_series_free(i);
  return false;
}

void rg_series_free(regime_instance *i) {
  rg_series *s = &i->series;
  rg_implicit_free(&i->model->blocks, &s->implicit);
  free(s->held);
  free(s->registers);
  free(s->outputs);
  *s = (rg_series){0};
}

/* --- running ------------------------------------------------------------------------------------------- */

/* Through a program, to `order`; the coefficients are in series.outputs. */
static int run(regime_instance *i, const rg_program *program, size_t order, size_t n_held) {
  rg_series *s = &i->series;
  const size_t n = order + 1, end = i->model->definitions.layout.end;
  for (size_t k = 0; k < end; k++) memcpy(s->registers + k * n, s->held + k * n_held, n * sizeof(double));
  return rg_taylor_run(program, order, s->registers, s->outputs);
}

static void hold(regime_instance *i, size_t input, size_t n, double value, double slope) {
  double *row = i->series.held + input * n;
  memset(row, 0, n * sizeof *row);
  row[0] = value;
  if (n > 1) row[1] = slope;
}

/* --- constants ----------------------------------------------------------------------------------------- */

static int solve_block(regime_instance *i, size_t number, size_t n) {
  const rg_block *block = &i->model->blocks.items[number];
  const size_t first = i->model->inlined.constant_symbol[block->definition[0]];
  const rg_series *s = &i->series;
  if (!rg_implicit_factor(i, &s->implicit, (rg_solved_block){block, &i->block[number], number, 0.0}))
    return 1;
  for (size_t k = 1; k < n; k++) {
    if (run(i, i->block[number].residual.program, k, n)) return 1;
    for (size_t j = 0; j < block->count; j++) s->implicit.step[j] = s->outputs[j * (k + 1) + k];
    rg_implicit_solve(&s->implicit, number, block->count);
    for (size_t j = 0; j < block->count; j++) s->held[(first + j) * n + k] = s->implicit.step[j];
  }
  return 0;
}

/* Those that do not move keep their values: even one without value may be nobody's affair. */
static int move_constants(regime_instance *i, size_t n) {
  const size_t first = i->model->definitions.layout.constant, count = i->model->inlined.n_constants;
  for (size_t k = 0; k < i->model->blocks.count; k++)
    if (solve_block(i, k, n)) return 1;
  run(i, i->constants.program, n - 1, n);
  memcpy(i->series.held + first * n, i->series.outputs, count * n * sizeof(double));
  return 0;
}

/* --- the line ------------------------------------------------------------------------------------------ */

static void hold_line(regime_instance *i, double t, const double *y, const double *v, size_t n) {
  const rg_definitions *d = &i->model->definitions;
  for (size_t k = 0; k < d->layout.end; k++) hold(i, k, n, i->inputs[k], 0.0);
  hold(i, RG_TIME_SYMBOL, n, t, 0.0);
  for (size_t k = 0; k < d->n_states; k++) hold(i, rg_state_symbol(d, k), n, y[k], v[k]);
}

static void move_parameter(regime_instance *i, size_t entry, double by, size_t n) {
  if (n > 1 && rg_aim_movable(i, entry)) i->series.held[rg_input_of(i->model, entry) * n + 1] += by;
}

/* rg_flow_next, coefficient by coefficient. */
static void leave(const regime_instance *i, const double *y, const double *v, size_t n, double *out) {
  const rg_definitions *d = &i->model->definitions;
  const double *value = i->series.outputs;
  for (size_t k = 0; k < d->lags.count; k++) {
    const rg_lag *lag = &d->lags.items[k];
    for (size_t c = 0; c < n && lag->depth == 1; c++) out[c * d->n_states + k] = *value++;
    for (size_t c = 0; c < n && lag->deeper != RG_NO_DEFINITION; c++)
      out[c * d->n_states + lag->deeper] = c == 0 ? y[k] : c == 1 ? v[k] : 0.0;
  }
}

int rg_taylor_rate(void *self, double t, const double *y, const double *v, size_t n_moved,
                   const size_t *parameter, const double *dp, size_t order, double *out) {
  regime_instance *i = self;
  const size_t n = order + 1, n_states = i->model->definitions.n_states;
  if (!make_room(i, order)) return 1;
  hold_line(i, t, y, v, n);
  for (size_t k = 0; k < n_moved; k++) move_parameter(i, parameter[k], dp[k], n);
  if (n_moved > 0 && n > 1 && move_constants(i, n)) return 1;
  if (run(i, i->rate.program, order, n) && (i->model->is_discrete || run(i, i->live.program, order, n)))
    return 1;
  if (i->model->is_discrete) {
    leave(i, y, v, n, out);
    return 0;
  }
  for (size_t k = 0; k < n_states; k++)
    for (size_t c = 0; c < n; c++) out[c * n_states + k] = i->series.outputs[k * n + c];
  return 0;
}
