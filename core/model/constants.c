/* constants.c — derived parameters: blocks by Newton's method, then the rest. */
#include "model/instance.h"

#include "base/text.h"
#include "linalg/newton.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct solving {
  regime_instance *instance;
  size_t number;
  const rg_block *block;
  regime_context *context; /* NULL: failures are not said */
} solving;

/* The unknowns of a block are neighbours among the inputs. */
static double *unknowns(const solving *s) {
  return s->instance->inputs + s->instance->model->inlined.constant_symbol[s->block->definition[0]];
}

static int run_at(const solving *s, rg_machine *machine, const double *x, double *out) {
  memcpy(unknowns(s), x, s->block->count * sizeof *x);
  s->instance->law++;
  return rg_machine_run(s->instance, machine, 0.0, NULL, out);
}

static int residual(void *self, const double *x, double *f) {
  const solving *s = self;
  return run_at(s, &s->instance->block[s->number].residual, x, f);
}

static int jacobian(void *self, const double *x, double *values) {
  const solving *s = self;
  return run_at(s, &s->instance->block[s->number].jacobian, x, values);
}

/* --- reports ------------------------------------------------------------------------------------------- */

static void report(const solving *s, regime_status status, const rg_newton_report *report, const double *x) {
  const rg_definitions *d = &s->instance->model->definitions;
  const rg_definition *worst = &d->items.items[s->block->definition[report->worst]];
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
  const rg_definitions *d = &s->instance->model->definitions;
  const rg_definition *worst = &d->items.items[s->block->definition[report->worst]];
  if (s->context)
    rg_error(s->context, worst->place,
             "two solutions meet there, or a whole line of them: see what the equations say",
             "the equations around `%s` go in a circle that holds, but does not determine it: their Jacobian "
             "is singular",
             worst->name);
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
  else if (rg_machine_run(s->instance, &s->instance->block[s->number].guess, 0.0, NULL, x))
    return REGIME_UNDEFINED;
  return rg_newton(&problem, x, how);
}

static regime_status solve_block(regime_instance *i, size_t number, bool warm, regime_context *context) {
  solving s = {i, number, &i->model->blocks.items[number], context};
  rg_newton_report how;
  double *x = calloc(s.block->count, sizeof *x);
  if (!x) return REGIME_NO_MEMORY;
  regime_status status = search(&s, warm, x, &how);
  if (warm && status != REGIME_OK) status = search(&s, false, x, &how);
  if (status == REGIME_OK && how.singular)
    status = refuse_undetermined(&s, &how);
  else if (status == REGIME_OK)
    memcpy(unknowns(&s), x, s.block->count * sizeof *x);
  else if (status != REGIME_NO_MEMORY)
    report(&s, status, &how, x);
  i->law++;
  free(x);
  return status;
}

static regime_status compute(regime_instance *i, bool warm, regime_context *context) {
  const regime_model *m = i->model;
  for (size_t k = 0; k < m->blocks.count; k++) {
    const regime_status status = solve_block(i, k, warm, context);
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
