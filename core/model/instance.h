/* instance.h — one run's worth of a model: what a run changes, and nothing shared.
 *
 * The held inputs (parameters, modes, pieces of paths, constants, sides of switches) are the *law* in force.
 * They change at instants only: at the start, at a date, when a switch turns or an event happens. Each
 * program has registers of its own and copies the law into them when it has changed since its last run.
 */
#ifndef RG_INSTANCE_H
#define RG_INSTANCE_H

#include "model/model.h"
#include "model/tangents.h"

typedef struct rg_machine {
  const rg_program *program;
  double *registers;
  unsigned long law; /* the law its inputs are of */
} rg_machine;

struct rg_block_machines {
  rg_machine guess, residual, partials;
};
typedef struct rg_block_machines rg_block_machines;

/* The largest of what its programs need. */
typedef struct rg_most {
  size_t outputs, registers, slopes, taylor;
} rg_most;

struct regime_instance {
  const regime_model *model;
  regime_context *context;
  const rg_plan *plan; /* NULL: the model as written */
  regime_system system;

  bool *is_given; /* by entry: set by the caller, over the scenario ... */
  double *given;  /* ... to this */
  bool *is_set;   /* by entry: set through the bridge, over all that and over dates ... */
  double *set;    /* ... to this */
  bool is_started;
  double now; /* the last start, date or event */

  double *entry;     /* the value in force of each parameter, mode and fixed path */
  bool *is_fixed;    /* by path: set to a constant */
  size_t n_changes;  /* dated changes that have come */
  unsigned long law; /* goes up when the inputs change */
  double *inputs;    /* layout.end */
  double *turning;   /* by dated switch: when it turns; INFINITY: never */
  bool is_unsolved;  /* a change has left the constants without a solution, which is not yet said */

  rg_machine constants, dates, init, rate, live, partials, crossing, sides, observe;
  rg_block_machines *block, *initial;
  struct {
    rg_machine residual, partials;
  } * simultaneous;
  rg_machine guess, first;
  double start; /* discrete: the time of the start; what is observed there is given, not computed */
  rg_machine *event;
  double *outputs;    /* room for what any program computes */
  double *work;       /* for the Jacobian */
  double *dy, *ahead; /* n_states */
  double *saved;      /* layout.end: inputs, while a parameter is set */
  rg_most most;
  rg_aim aim;
  rg_series series;

  size_t spoiler;            /* the event that last set something to no value, or RG_NO_EVENT ... */
  double spoilt_at, *before; /* ... when, and from what */
};
#define RG_NO_EVENT SIZE_MAX

/* Runs a machine at (t, y); y NULL leaves the states alone. Returns 0, or 1 for "no value here". */
int rg_machine_run(const regime_instance *instance, rg_machine *machine, double t, const double *y,
                   double *outputs);

/* --- law.c: the start, dates, and what follows from them ----------------------------------------------- */

/* The value in force at t of every entry, and, unless NULL, which paths are constants. Returns how many dated
 * changes have come. */
size_t rg_law_entries(const regime_instance *instance, double t, double *entry, bool *is_fixed);
regime_status rg_law_start(void *self, double t, double *y);
double rg_law_next_date(void *self, double t);
void rg_law_pass_date(void *self, double t, double *y);
/* The dated switches put on their sides at t. */
void rg_law_put_dated(regime_instance *instance, double t);

/* The value in force of an entry put into the inputs, a path's at t. */
void rg_law_put_entry(regime_instance *instance, size_t entry, double t);

/* --- parameter.c: numbers moved through the bridge ------------------------------------------------------ */

const char *rg_parameter_name(void *self, size_t k);
double rg_parameter(void *self, size_t k);
int rg_set_parameter(void *self, size_t k, double value);

/* --- constants.c --------------------------------------------------------------------------------------- */

/* Computes all constants from the parameters. NO_CONVERGENCE, UNDEFINED, NO_MEMORY, said in the context
 * unless that is NULL; they then have no value. `warm` starts blocks from their present values, and only
 * where that fails from their guesses. */
regime_status rg_constants_compute(regime_instance *instance, bool warm, regime_context *context);

/* Solves the blocks of first values at t, when all else that the start needs is in the inputs. The same
 * failures, said. */
regime_status rg_initial_compute(regime_instance *instance, double t);

/* The Jacobian of a block at the values in the inputs, dense and column-major. 1: it has no value. */
int rg_block_jacobian(const regime_instance *instance, const rg_block *block, rg_block_machines *machines,
                      double t, double *matrix);

/* --- flow.c: the system between dates ------------------------------------------------------------------ */

int rg_flow_rate(void *self, double t, const double *y, double *dy);
int rg_flow_next(void *self, double t, const double *y, double *left);
int rg_flow_residual(void *self, size_t block, double t, const double *y, double *r);
int rg_flow_slope(void *self, size_t block, double t, const double *y, double *values);
void rg_flow_guess(void *self, double t, const double *y, double *z);
int rg_flow_jacobian(void *self, double t, const double *y, double *values);
int rg_flow_crossing(void *self, double t, const double *y, double *g);
void rg_flow_observe(void *self, double t, const double *y, double *out);
void rg_flow_turn(void *self, size_t k, regime_direction direction);
void rg_flow_happen(void *self, size_t k, double t, double *y);
void rg_flow_settle(void *self, double t, const double *y);

/* --- explain.c ----------------------------------------------------------------------------------------- */

void rg_explain_unsolved(void *self, double t, const double *y, const regime_search *search,
                         regime_context *context);
void rg_explain(void *self, double t, const double *y, regime_context *context);

#endif
