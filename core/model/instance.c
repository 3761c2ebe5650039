/* instance.c — make, set and free an instance. */
#include "model/instance.h"

#include "program/tangent.h"
#include "program/taylor.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* States lie in the inputs in two groups, unknowns in a third. */
static void put_states(const rg_definitions *d, const rg_inlined *in, double *registers, const double *y) {
  memcpy(registers + RG_FIRST_STATE, y, d->n_rates * sizeof *y);
  memcpy(registers + d->layout.lag, y + d->n_rates, d->lags.count * sizeof *y);
  memcpy(registers + d->layout.unknown, y + d->n_states, in->unknowns.count * sizeof *y);
}

int rg_machine_run(const regime_instance *instance, rg_machine *machine, double t, const double *y,
                   double *outputs) {
  const regime_model *model = instance->model;
  if (machine->law != instance->law) {
    memcpy(machine->registers, instance->inputs, model->definitions.layout.end * sizeof(double));
    machine->law = instance->law;
  }
  machine->registers[RG_TIME_SYMBOL] = t;
  if (y) put_states(&model->definitions, &model->inlined, machine->registers, y);
  return rg_program_run(machine->program, machine->registers, outputs);
}

/* --- making -------------------------------------------------------------------------------------------- */

/* Room for n numbers, all zero. A failure is kept in *failed, to be looked at once. */
static void *room(size_t n, size_t size, bool *failed) {
  void *made = calloc(n ? n : 1, size);
  if (!made) *failed = true;
  return made;
}

static void grow(size_t *most, size_t n) {
  if (n > *most) *most = n;
}

static rg_machine make_machine(const rg_program *program, rg_most *most, bool *failed) {
  rg_machine m = {.program = program,
                  .registers = room(rg_program_registers(program), sizeof(double), failed)};
  if (m.registers) rg_program_prepare(program, m.registers);
  grow(&most->outputs, rg_program_outputs(program));
  grow(&most->registers, rg_program_registers(program));
  grow(&most->taylor, rg_taylor_room(program, 0));
  grow(&most->slopes, rg_program_slopes(program));
  return m;
}

static rg_block_machines *make_blocks(const rg_block_programs *programs, size_t n, rg_most *most,
                                      bool *failed) {
  rg_block_machines *machines = room(n, sizeof *machines, failed);
  for (size_t k = 0; k < n && machines; k++) {
    machines[k].guess = make_machine(programs[k].guess, most, failed);
    machines[k].residual = make_machine(programs[k].residual, most, failed);
    machines[k].partials = make_machine(programs[k].partials, most, failed);
  }
  return machines;
}

static void make_simultaneous(regime_instance *i, rg_most *most, bool *failed) {
  const rg_programs *p = &i->model->programs;
  const size_t n = i->model->simultaneous.n_blocks;
  i->simultaneous = room(n, sizeof *i->simultaneous, failed);
  for (size_t k = 0; k < n && i->simultaneous; k++) {
    i->simultaneous[k].residual = make_machine(p->simultaneous[k].residual, most, failed);
    i->simultaneous[k].partials = make_machine(p->simultaneous[k].partials, most, failed);
  }
  i->guess = make_machine(p->guess, most, failed);
  i->first = make_machine(p->first, most, failed);
}

static void make_events(regime_instance *i, rg_most *most, bool *failed) {
  const size_t n = i->model->events.count;
  i->event = room(n, sizeof *i->event, failed);
  for (size_t k = 0; k < n && i->event; k++)
    i->event[k] = make_machine(i->model->programs.event[k], most, failed);
}

static void make_machines(regime_instance *i, bool *failed) {
  const rg_programs *p = &i->model->programs;
  rg_most *most = &i->most;
  i->constants = make_machine(p->constants, most, failed);
  i->dates = make_machine(p->dates, most, failed);
  i->init = make_machine(p->init, most, failed);
  i->rate = make_machine(p->rate, most, failed);
  i->live = make_machine(p->live, most, failed);
  i->partials = make_machine(p->partials, most, failed);
  i->crossing = make_machine(p->crossing, most, failed);
  i->sides = make_machine(p->sides, most, failed);
  i->observe = make_machine(p->observe, most, failed);
  i->block = make_blocks(p->block, i->model->blocks.count, most, failed);
  i->initial = make_blocks(p->initial, i->model->initial.blocks.count, most, failed);
  make_simultaneous(i, most, failed);
  make_events(i, most, failed);
  i->outputs = room(most->outputs, sizeof(double), failed);
}

static const char *state_name(void *self, size_t k) {
  return ((const regime_instance *)self)->model->state_names[k];
}

static const char *switch_name(void *self, size_t k) {
  const regime_model *m = ((const regime_instance *)self)->model;
  return m->switch_names[m->switches.dated.count + k];
}

static const char *unknown_name(void *self, size_t k) {
  const regime_model *m = ((const regime_instance *)self)->model;
  return m->definitions.items.items[m->inlined.unknowns.items[k]].name;
}

static regime_system make_system(regime_instance *i) {
  const regime_model *m = i->model;
  return (regime_system){.self = i,
                         .n_states = m->definitions.n_states,
                         .n_switches = m->switches.roots.count,
                         .n_events = m->events.count,
                         .n_outputs = m->n_outputs,
                         .events = m->events.event,
                         .jacobian_column = m->jacobian.column,
                         .jacobian_row = m->jacobian.row,
                         .start = rg_law_start,
                         .n_unknowns = m->inlined.unknowns.count,
                         .n_blocks = m->simultaneous.n_blocks,
                         .block = m->simultaneous.block,
                         .rate = m->is_discrete ? NULL : rg_flow_rate,
                         .next = m->is_discrete ? rg_flow_next : NULL,
                         .step = m->step,
                         .residual = rg_flow_residual,
                         .slope = rg_flow_slope,
                         .guess = rg_flow_guess,
                         .unsolved = rg_explain_unsolved,
                         .unknown_name = unknown_name,
                         .jacobian = rg_flow_jacobian,
                         .crossing = rg_flow_crossing,
                         .observe = rg_flow_observe,
                         .next_date = rg_law_next_date,
                         .pass_date = rg_law_pass_date,
                         .turn = rg_flow_turn,
                         .happen = rg_flow_happen,
                         .settle = rg_flow_settle,
                         .n_parameters = m->parameters.count,
                         .parameter_name = rg_parameter_name,
                         .parameter = rg_parameter,
                         .set_parameter = rg_set_parameter,
                         .aim = rg_tangent_aim,
                         .start_tangent = rg_tangent_start,
                         .rate_tangent = rg_tangent_rate,
                         .residual_tangent = rg_tangent_residual,
                         .crossing_tangent = rg_tangent_crossing,
                         .observe_tangent = rg_tangent_observe,
                         .date_tangent = rg_tangent_date,
                         .pass_date_tangent = rg_tangent_pass_date,
                         .happen_tangent = rg_tangent_happen,
                         .taylor = m->inlined.unknowns.count == 0 ? rg_taylor_rate : NULL,
                         .explain = rg_explain,
                         .state_name = state_name,
                         .switch_name = switch_name};
}

static regime_instance *make(regime_context *context, const regime_model *model, const rg_plan *plan) {
  bool failed = false;
  regime_instance *i = room(1, sizeof *i, &failed);
  if (!i) return NULL;
  *i = (regime_instance){.model = model, .context = context, .plan = plan, .law = 1};
  const size_t n_entries = model->parameters.count, n_states = model->definitions.n_states;
  i->is_given = room(n_entries, sizeof *i->is_given, &failed);
  i->given = room(n_entries, sizeof *i->given, &failed);
  i->is_set = room(n_entries, sizeof *i->is_set, &failed);
  i->set = room(n_entries, sizeof *i->set, &failed);
  i->entry = room(n_entries, sizeof *i->entry, &failed);
  i->is_fixed = room(model->parameters.n_paths, sizeof *i->is_fixed, &failed);
  i->inputs = room(model->definitions.layout.end, sizeof *i->inputs, &failed);
  i->saved = room(model->definitions.layout.end, sizeof *i->saved, &failed);
  i->turning = room(model->switches.dated.count, sizeof *i->turning, &failed);
  i->work = room(model->jacobian.n_work, sizeof *i->work, &failed);
  i->dy = room(n_states, sizeof *i->dy, &failed);
  i->ahead = room(n_states + model->inlined.unknowns.count, sizeof *i->ahead, &failed);
  i->before = room(n_states + model->inlined.unknowns.count, sizeof *i->before, &failed);
  make_machines(i, &failed);
  i->system = make_system(i);
  if (!failed) return i;
  regime_instance_free(i);
  return NULL;
}

/* --- scenarios by name --------------------------------------------------------------------------------- */

static void report_scenario(regime_context *context, const regime_model *model, const char *name) {
  const size_t n = model->scenarios.count;
  const char **names = calloc(n + 1, sizeof *names);
  char buffer[160];
  if (names) names[n] = "baseline";
  for (size_t k = 0; names && k < n; k++) names[k] = model->scenarios.scenario[k].name;
  rg_error(context, (rg_place){.file = model->info.file},
           rg_did_you_mean(name, names, names ? n + 1 : 0, "`regime show` lists them", buffer),
           "unknown scenario `%s`", name);
  free(names);
}

/* False when there is no such scenario. */
static bool find_plan(regime_context *context, const regime_model *model, const char *scenario,
                      const rg_plan **out) {
  *out = NULL;
  if (!scenario || !strcmp(scenario, "baseline")) return true;
  const size_t number = rg_scenario_find(&model->scenarios, scenario);
  if (number == SIZE_MAX) {
    report_scenario(context, model, scenario);
    return false;
  }
  *out = &model->scenarios.plan[number];
  return true;
}

regime_status regime_instance_create(regime_context *context, const regime_model *model, const char *scenario,
                                     regime_instance **out) {
  const rg_plan *plan;
  *out = NULL;
  if (!find_plan(context, model, scenario, &plan)) return REGIME_BAD_ARGUMENT;
  *out = make(context, model, plan);
  return *out ? REGIME_OK : REGIME_NO_MEMORY;
}

static void free_machines(rg_machine *machine, size_t n) {
  for (size_t k = 0; machine && k < n; k++) free(machine[k].registers);
}

static void free_blocks(rg_block_machines *machines, size_t n) {
  for (size_t k = 0; machines && k < n; k++) {
    free_machines(&machines[k].guess, 1);
    free_machines(&machines[k].residual, 1);
    free_machines(&machines[k].partials, 1);
  }
  free(machines);
}

void regime_instance_free(regime_instance *i) {
  if (!i) return;
  rg_aim_free(i);
  rg_series_free(i);
  rg_machine *single[] = {&i->constants, &i->dates, &i->init,    &i->rate,  &i->live, &i->partials,
                          &i->crossing,  &i->sides, &i->observe, &i->guess, &i->first};
  for (size_t k = 0; k < sizeof single / sizeof *single; k++) free_machines(single[k], 1);
  free_blocks(i->block, i->model->blocks.count);
  free_blocks(i->initial, i->model->initial.blocks.count);
  for (size_t k = 0; i->simultaneous && k < i->model->simultaneous.n_blocks; k++) {
    free_machines(&i->simultaneous[k].residual, 1);
    free_machines(&i->simultaneous[k].partials, 1);
  }
  free_machines(i->event, i->model->events.count);
  void *rooms[] = {i->event,   i->is_given, i->given, i->entry, i->is_fixed, i->inputs,
                   i->turning, i->work,     i->dy,    i->ahead, i->outputs,  i->simultaneous,
                   i->before,  i->is_set,   i->set,   i->saved};
  for (size_t k = 0; k < sizeof rooms / sizeof *rooms; k++) free(rooms[k]);
  free(i);
}

/* --- setting ------------------------------------------------------------------------------------------- */

/* "share[US, GB]" cut into its name and members, in `room`. False when it has another form. */
static bool cut(const char *text, char room[256], char **name, char *member[2]) {
  if (strlen(text) >= 256) return false;
  strcpy(room, text);
  *name = room;
  member[0] = member[1] = NULL;
  char *open = strchr(room, '[');
  if (!open) return true;
  char *end = strchr(open, ']');
  if (!end || end[1] != '\0') return false;
  *open = *end = '\0';
  member[0] = open + 1;
  char *comma = strchr(member[0], ',');
  if (!comma) return true;
  *comma = '\0';
  member[1] = comma + 1 + strspn(comma + 1, " ");
  return true;
}

static void give(regime_instance *i, const rg_settings *settings) {
  for (size_t k = 0; k < settings->count; k++) {
    i->is_given[settings->items[k].entry] = true;
    i->given[settings->items[k].entry] = settings->items[k].value;
  }
}

/* The names are looked up as a scenario's are, in an arena of the call's own. */
static regime_status set_in(regime_context *context, rg_arena *arena, regime_instance *i, const char *text,
                            double value) {
  const regime_model *m = i->model;
  rg_scope scope = m->scope;
  scope.arena = arena;
  const rg_assigner assigner = {context, arena, &scope, &m->sets, &m->parameters, true};
  rg_settings settings = {0};
  char room[256], *name, *member[2];
  if (!cut(text, room, &name, member)) {
    rg_error(context, (rg_place){0}, "write `rho`, `involvement[SE]` or `share[US,GB]`",
             "`%s` is not the name of something to set", text);
    return REGIME_BAD_ARGUMENT;
  }
  const rg_assignment assignment = {
      .name = {.text = name}, .member = {{.text = member[0]}, {.text = member[1]}}, .number = value};
  if (!rg_assign(&assigner, &assignment, &settings)) return REGIME_BAD_ARGUMENT;
  give(i, &settings);
  return REGIME_OK;
}

regime_status regime_instance_set(regime_context *context, regime_instance *instance, const char *name,
                                  double value) {
  rg_arena *arena = rg_arena_create();
  regime_status status = REGIME_NO_MEMORY;
  if (!arena) return status;
  if (RG_ARENA_TRY(arena)) {
    rg_arena_free(arena);
    return REGIME_NO_MEMORY;
  }
  status = set_in(context, arena, instance, name, value);
  rg_arena_free(arena);
  return status;
}

/* --- looking ------------------------------------------------------------------------------------------- */

void regime_instance_parameters(const regime_instance *i, double *out) {
  rg_law_entries(i, i->model->info.from, out, NULL);
}

regime_system *regime_instance_system(regime_instance *instance) { return &instance->system; }
