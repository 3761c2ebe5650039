/* constants.c — derived parameters: blocks by Newton's method, then the rest; and blocks of first values. */
#include "model/instance.h"

#include "base/text.h"
#include "linalg/newton.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct solving {
  regime_instance *instance;
  const rg_block *block;
  rg_block_machines *machines;
  double t;
  regime_context *context; /* NULL: failures are not said */
} solving;

/* The unknowns of a block are neighbours among the inputs. */
static double *unknowns(const solving *s) { return s->instance->inputs + s->block->symbol; }

static int run_at(const solving *s, rg_machine *machine, const double *x, double *out) {
  memcpy(unknowns(s), x, s->block->count * sizeof *x);
  s->instance->law++;
  return rg_machine_run(s->instance, machine, s->t, NULL, out);
}

static int residual(void *self, const double *x, double *f) {
  const solving *s = self;
  return run_at(s, &s->machines->residual, x, f);
}

int rg_block_jacobian(const regime_instance *i, const rg_block *block, rg_block_machines *machines, double t,
                      double *matrix) {
  const regime_block *pattern = &block->pattern;
  if (rg_machine_run(i, &machines->partials, t, NULL, i->outputs)) return 1;
  memset(matrix, 0, pattern->n * pattern->n * sizeof *matrix);
  for (size_t j = 0; j < pattern->n; j++)
    for (size_t k = pattern->column[j]; k < pattern->column[j + 1]; k++)
      matrix[pattern->row[k] + j * pattern->n] = i->outputs[k];
  return 0;
}

static int jacobian(void *self, const double *x, double *values) {
  const solving *s = self;
  memcpy(unknowns(s), x, s->block->count * sizeof *x);
  s->instance->law++;
  return rg_block_jacobian(s->instance, s->block, s->machines, s->t, values);
}

/* --- reports ------------------------------------------------------------------------------------------- */

static void report(const solving *s, regime_status status, const rg_newton_report *report, const double *x) {
  const rg_link *worst = &s->block->equation[report->worst];
  char left_over[32], value[32];
  if (!s->context) return;
  if (status == REGIME_UNDEFINED)
    rg_error(s->context, worst->place, "give its unknowns a first guess with `init x = ...`",
             "the equations around `%s` go in a circle and have no value where their solution is looked for",
             worst->name);
  else
    rg_error(s->context, worst->place,
             "give its unknowns a better first guess with `init x = ...`, or see whether a solution exists",
             "no solution of the circle of %zu equation%s around `%s`: after %d steps it is off by %s at %s",
             s->block->count, s->block->count == 1 ? "" : "s", worst->name, report->iterations,
             rg_text_number(report->residual, left_over), rg_text_number(x[report->worst], value));
}

/* One of many solutions would be an arbitrary one. */
static regime_status refuse_undetermined(const solving *s, const rg_newton_report *report) {
  const rg_link *worst = &s->block->equation[report->worst];
  if (s->context)
    rg_error(s->context, worst->place,
             "two solutions meet there, or a whole line of them: see what the equations say",
             "the equations of %s go in a circle that holds, but does not determine them: their Jacobian is "
             "singular",
             s->block->names);
  return REGIME_NO_CONVERGENCE;
}

/* --- solving ------------------------------------------------------------------------------------------- */

/* Solves from present values, or from the guess. */
static regime_status search(solving *s, bool warm, double *x, rg_newton_report *how) {
  const rg_newton_problem problem = {
      .n = s->block->count, .self = s, .residual = residual, .jacobian = jacobian};
  *how = (rg_newton_report){0};
  if (warm)
    memcpy(x, unknowns(s), s->block->count * sizeof *x);
  else if (rg_machine_run(s->instance, &s->machines->guess, s->t, NULL, x))
    return REGIME_UNDEFINED;
  return rg_newton(&problem, x, how);
}

static regime_status solve_block(solving *s, bool warm) {
  rg_newton_report how;
  double *x = calloc(s->block->count, sizeof *x);
  if (!x) return REGIME_NO_MEMORY;
  regime_status status = search(s, warm, x, &how);
  if (warm && status != REGIME_OK) status = search(s, false, x, &how);
  if (status == REGIME_OK && how.singular)
    status = refuse_undetermined(s, &how);
  else if (status == REGIME_OK)
    memcpy(unknowns(s), x, s->block->count * sizeof *x);
  else if (status != REGIME_NO_MEMORY)
    report(s, status, &how, x);
  s->instance->law++;
  free(x);
  return status;
}

static regime_status compute(regime_instance *i, bool warm, regime_context *context) {
  const regime_model *m = i->model;
  for (size_t k = 0; k < m->blocks.count; k++) {
    solving s = {i, &m->blocks.items[k], &i->block[k], 0.0, context};
    const regime_status status = solve_block(&s, warm);
    if (status != REGIME_OK) return status;
  }
  rg_machine_run(i, &i->constants, 0.0, NULL, i->outputs);
  memcpy(i->inputs + m->definitions.layout.constant, i->outputs, m->inlined.n_constants * sizeof(double));
  i->law++;
  return REGIME_OK;
}

/* Without a solution the constants have no value, and whatever uses them says so. */
regime_status rg_constants_compute(regime_instance *i, bool warm, regime_context *context) {
  const regime_status status = compute(i, warm, context);
  double *constant = i->inputs + i->model->definitions.layout.constant;
  for (size_t k = 0; status != REGIME_OK && k < i->model->inlined.n_constants; k++) constant[k] = NAN;
  i->law++;
  return status;
}

regime_status rg_initial_compute(regime_instance *i, double t) {
  const rg_blocks *blocks = &i->model->initial.blocks;
  regime_status status = REGIME_OK;
  for (size_t k = 0; k < blocks->count && status == REGIME_OK; k++) {
    solving s = {i, &blocks->items[k], &i->initial[k], t, i->context};
    status = solve_block(&s, false);
  }
  return status;
}
