/* tangents.c — directions carried through the programs of an instance. */
#include "model/tangents.h"

#include "model/instance.h"
#include "program/tangent.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* States and unknowns: as many numbers a direction. */
static size_t width_of(const regime_instance *i) {
  return i->model->definitions.n_states + i->model->inlined.unknowns.count;
}

/* --- what is held -------------------------------------------------------------------------------------- */

static double *held_row(const regime_instance *i, size_t group, size_t input) {
  return i->aim.held + (group * i->model->definitions.layout.end + input) * i->aim.lanes;
}

static double *held_in(const regime_instance *i, size_t direction, size_t input) {
  return held_row(i, direction / i->aim.lanes, input) + direction % i->aim.lanes;
}

size_t rg_input_of(const regime_model *m, size_t entry) {
  const rg_layout *l = &m->definitions.layout;
  if (entry < m->parameters.first_path) return l->parameter + entry;
  if (entry >= m->parameters.first_mode) return l->mode + (entry - m->parameters.first_mode);
  return l->piece + RG_PIECE_PARTS * (entry - m->parameters.first_path) + RG_PIECE_LEVEL;
}

void rg_aim_entry(regime_instance *i, size_t entry, bool moves) {
  rg_aim *aim = &i->aim;
  for (size_t d = 0; d < aim->n; d++)
    *held_in(i, d, rg_input_of(i->model, entry)) = moves && aim->parameter[d] == entry ? 1.0 : 0.0;
  aim->is_stale = true;
}

bool rg_aim_movable(const regime_instance *i, size_t entry) {
  const rg_parameters *p = &i->model->parameters;
  return !p->entry[entry].is_path || i->is_fixed[entry - p->first_path];
}

void rg_aim_reset(regime_instance *i) {
  rg_aim *aim = &i->aim;
  if (aim->n == 0) return;
  memset(aim->held, 0, aim->n_groups * i->model->definitions.layout.end * aim->lanes * sizeof *aim->held);
  for (size_t d = 0; d < aim->n; d++)
    if (aim->parameter[d] != REGIME_NO_PARAMETER && rg_aim_movable(i, aim->parameter[d]))
      *held_in(i, d, rg_input_of(i->model, aim->parameter[d])) = 1.0;
  aim->is_stale = true;
}

/* --- carrying ------------------------------------------------------------------------------------------ */

static void put_states(regime_instance *i, size_t lane, const double *dy) {
  const rg_definitions *d = &i->model->definitions;
  const size_t lanes = i->aim.lanes, n_unknowns = i->model->inlined.unknowns.count;
  double *to = i->aim.tangents + lane;
  for (size_t k = 0; k < d->n_rates; k++) to[(RG_FIRST_STATE + k) * lanes] = dy[k];
  for (size_t k = 0; k < d->lags.count; k++) to[(d->layout.lag + k) * lanes] = dy[d->n_rates + k];
  for (size_t k = 0; k < n_unknowns; k++) to[(d->layout.unknown + k) * lanes] = dy[d->n_states + k];
}

/* Carries one group through a machine that has run and whose slopes are found; the answers lie by lanes in
 * aim.outputs. dt and dy may be NULL: nothing. */
static int carry_group(regime_instance *i, size_t group, const rg_machine *machine, const double *dt,
                       const double *dy) {
  const rg_aim *aim = &i->aim;
  const size_t first = group * aim->lanes;
  memcpy(aim->tangents, held_row(i, group, 0),
         i->model->definitions.layout.end * aim->lanes * sizeof *aim->tangents);
  for (size_t lane = 0; lane < aim->lanes && first + lane < aim->n; lane++) {
    if (dt) aim->tangents[RG_TIME_SYMBOL * aim->lanes + lane] = dt[first + lane];
    if (dy) put_states(i, lane, dy + (first + lane) * width_of(i));
  }
  return rg_program_push(machine->program, aim->slopes, aim->lanes, aim->tangents, aim->outputs);
}

static void linearise(regime_instance *i, const rg_machine *machine) {
  rg_program_linearise(machine->program, machine->registers, i->aim.slopes);
}

/* From lanes side by side to direction after direction, `stride` apart. */
static void deliver(const rg_aim *aim, size_t group, size_t n_outputs, size_t stride, double *out) {
  const size_t first = group * aim->lanes;
  for (size_t lane = 0; lane < aim->lanes && first + lane < aim->n; lane++)
    for (size_t k = 0; k < n_outputs; k++)
      out[(first + lane) * stride + k] = aim->outputs[k * aim->lanes + lane];
}

/* --- constants ----------------------------------------------------------------------------------------- */

/* One lane of F_x x' = -F_p p'; where F_x is singular x does not answer to first order. */
static void solve_lane(regime_instance *i, const rg_implicit *implicit, rg_solved_block solved, bool regular,
                       size_t group, size_t lane) {
  const rg_block *block = solved.block;
  for (size_t k = 0; k < block->count; k++) implicit->step[k] = i->aim.outputs[k * i->aim.lanes + lane];
  if (regular) rg_implicit_solve(implicit, solved.number, block->count);
  for (size_t k = 0; k < block->count; k++)
    held_row(i, group, block->symbol + k)[lane] = regular ? implicit->step[k] : NAN;
}

static void renew_block(regime_instance *i, const rg_implicit *implicit, rg_solved_block solved) {
  rg_machine *residual = &solved.machines->residual;
  const bool regular = rg_implicit_factor(i, implicit, solved);
  rg_machine_run(i, residual, solved.t, NULL, i->outputs);
  linearise(i, residual);
  for (size_t g = 0; g < i->aim.n_groups; g++) {
    carry_group(i, g, residual, NULL, NULL);
    for (size_t lane = 0; lane < i->aim.lanes; lane++) solve_lane(i, implicit, solved, regular, g, lane);
  }
}

static void rest(regime_instance *i, size_t first, size_t n) {
  for (size_t g = 0; g < i->aim.n_groups; g++)
    memset(held_row(i, g, first), 0, n * i->aim.lanes * sizeof *i->aim.held);
}

/* Blocks in their order, those to come still at rest; then the rest. */
static void renew_constants(regime_instance *i) {
  const rg_aim *aim = &i->aim;
  const size_t first = i->model->definitions.layout.constant, n = i->model->inlined.n_constants;
  rest(i, first, n);
  for (size_t k = 0; k < i->model->blocks.count; k++)
    renew_block(i, &aim->implicit, (rg_solved_block){&i->model->blocks.items[k], &i->block[k], k, 0.0});
  rg_machine_run(i, &i->constants, 0.0, NULL, i->outputs);
  linearise(i, &i->constants);
  for (size_t g = 0; g < aim->n_groups; g++) {
    carry_group(i, g, &i->constants, NULL, NULL);
    memcpy(held_row(i, g, first), aim->outputs, n * aim->lanes * sizeof *aim->held);
  }
  i->aim.is_stale = false;
}

/* First values that were solved for: as the start has left them. */
static void renew_initial(regime_instance *i, double t) {
  const rg_layout *l = &i->model->definitions.layout;
  const rg_blocks *blocks = &i->model->initial.blocks;
  if (i->aim.n == 0 || blocks->count == 0) return;
  if (i->aim.is_stale) renew_constants(i);
  rest(i, l->initial, l->dated - l->initial);
  for (size_t k = 0; k < blocks->count; k++)
    renew_block(i, &i->aim.initial, (rg_solved_block){&blocks->items[k], &i->initial[k], k, t});
}

/* Carries all directions through a machine that has run; answers direction after direction, `stride` apart.
 */
static int carry(regime_instance *i, const rg_machine *machine, const double *dt, const double *dy,
                 size_t stride, double *out) {
  int undefined = 0;
  if (i->aim.n == 0) return 0;
  if (i->aim.is_stale) renew_constants(i);
  linearise(i, machine);
  for (size_t g = 0; g < i->aim.n_groups; g++) {
    undefined |= carry_group(i, g, machine, dt, dy);
    deliver(&i->aim, g, rg_program_outputs(machine->program), stride, out);
  }
  return undefined;
}

/* --- the functions of the system ----------------------------------------------------------------------- */

/* A value that is open at the start does not move. */
int rg_tangent_start(void *self, double t, double *dy) {
  regime_instance *i = self;
  const size_t n = i->model->definitions.n_states;
  renew_initial(i, t);
  rg_machine_run(i, &i->init, t, NULL, i->outputs);
  return carry(i, &i->init, NULL, NULL, n, dy);
}

/* Of what a period leaves: rg_flow_next, differentiated. */
static int carry_next(regime_instance *i, const double *dt, const double *dy, double *out) {
  const rg_definitions *d = &i->model->definitions;
  const rg_aim *aim = &i->aim;
  const size_t n_values = rg_program_outputs(i->rate.program), width = width_of(i);
  const int undefined = carry(i, &i->rate, dt, dy, n_values, aim->results);
  if (aim->n == 0) return 0;
  memcpy(aim->found, dy, aim->n * width * sizeof *dy);
  for (size_t k = 0; k < aim->n; k++) {
    const double *value = aim->results + k * n_values;
    aim->found_dt[k] = dt ? dt[k] : 0.0;
    for (size_t j = 0; j < d->lags.count; j++) {
      const rg_lag *lag = &d->lags.items[j];
      if (lag->depth == 1) out[k * d->n_states + j] = *value++;
      if (lag->deeper != RG_NO_DEFINITION) out[k * d->n_states + lag->deeper] = dy[k * width + j];
    }
  }
  return undefined;
}

/* With switches held or, where the rates have no value so, as they are: as rg_flow_rate. */
int rg_tangent_rate(void *self, double t, const double *y, const double *dt, const double *dy, double *out) {
  regime_instance *i = self;
  rg_machine *machine = &i->rate;
  if (rg_machine_run(i, machine, t, y, i->outputs)) {
    machine = &i->live;
    if (i->model->is_discrete || rg_machine_run(i, machine, t, y, i->outputs)) return 1;
  }
  if (i->model->is_discrete) return carry_next(i, dt, dy, out);
  return carry(i, machine, dt, dy, i->model->definitions.n_states, out);
}

int rg_tangent_residual(void *self, size_t block, double t, const double *y, const double *dt,
                        const double *dy, double *out) {
  regime_instance *i = self;
  rg_machine *machine = &i->simultaneous[block].residual;
  if (rg_machine_run(i, machine, t, y, i->outputs)) return 1;
  return carry(i, machine, dt, dy, i->model->simultaneous.block[block].n, out);
}

static bool is_at_start(const regime_instance *i, double t) { return i->model->is_discrete && t <= i->start; }

/* Of what is seen at the start of a discrete model, `count` values from `first` on. What has no value has no
 * tangent. */
static void carry_first(regime_instance *i, double t, size_t first, size_t count, double *out) {
  const regime_model *m = i->model;
  const size_t n = rg_program_outputs(i->first.program), n_cells = m->definitions.n_cells;
  rg_machine_run(i, &i->first, t, NULL, i->outputs);
  carry(i, &i->first, NULL, NULL, n, i->aim.results);
  for (size_t d = 0; d < i->aim.n; d++)
    for (size_t k = first; k < first + count; k++) {
      const bool has_value = k < n_cells ? m->starts.has_cell[k] : m->starts.has_watched[k - n_cells];
      out[d * count + k - first] = has_value && isfinite(i->outputs[k]) ? i->aim.results[d * n + k] : NAN;
    }
}

int rg_tangent_crossing(void *self, double t, const double *y, const double *dt, const double *dy,
                        double *out) {
  regime_instance *i = self;
  if (is_at_start(i, t)) {
    carry_first(i, t, i->model->n_outputs, i->model->events.count, out);
    return 0;
  }
  if (rg_machine_run(i, &i->crossing, t, y, i->outputs)) return 1;
  return carry(i, &i->crossing, dt, dy, rg_program_outputs(i->crossing.program), out);
}

int rg_tangent_observe(void *self, double t, const double *y, const double *dt, const double *dy,
                       double *out) {
  regime_instance *i = self;
  const size_t n = i->model->n_outputs;
  if (is_at_start(i, t)) {
    carry_first(i, t, 0, n, out);
    return 0;
  }
  rg_machine_run(i, &i->observe, t, y, i->outputs);
  carry(i, &i->observe, dt, dy, n, out);
  for (size_t k = 0; k < i->aim.n * n; k++)
    if (!isfinite(i->outputs[k % n])) out[k] = NAN;
  return 0;
}

/* --- dates and events ---------------------------------------------------------------------------------- */

/* Whether something that does not move with parameters happens at t: a corner, a change. */
static bool is_fixed_date(const regime_instance *i, double t) {
  const regime_model *m = i->model;
  const double before = nextafter(t, -INFINITY);
  for (size_t k = 0; k < m->parameters.n_paths; k++)
    if (!i->is_fixed[k] && rg_path_next_corner(&m->paths[k], before) == t) return true;
  return i->plan && i->n_changes < i->plan->changes.count && i->plan->changes.items[i->n_changes].at == t;
}

/* How the zero of g(0) + g' t moves in a direction. */
static double date_moves(const regime_instance *i, size_t dated, const double *tangent, const double *value) {
  return -(tangent[2 * dated] + i->turning[dated] * tangent[2 * dated + 1]) / value[2 * dated + 1];
}

/* Dates that fall together and part when a direction moves them have no tangent in it. */
int rg_tangent_date(void *self, double t, double *dt) {
  regime_instance *i = self;
  const size_t n_dated = i->model->switches.dated.count;
  const double near = 1e-12 * fmax(1.0, fabs(t));
  int undefined = 0;
  rg_machine_run(i, &i->dates, t, NULL, i->outputs);
  carry(i, &i->dates, NULL, NULL, 2 * n_dated, i->aim.results);
  for (size_t d = 0; d < i->aim.n; d++) {
    bool found = is_fixed_date(i, t);
    dt[d] = 0.0;
    for (size_t k = 0; k < n_dated; k++) {
      if (!(fabs(i->turning[k] - t) <= near)) continue;
      const double moves = date_moves(i, k, i->aim.results + 2 * n_dated * d, i->outputs);
      if (!isfinite(moves) || (found && fabs(moves - dt[d]) > 1e-9 * fmax(1.0, fabs(moves)))) undefined = 1;
      dt[d] = moves;
      found = true;
    }
  }
  return undefined;
}

/* The states stay as they are; what a change does to the law, rg_law_pass_date notes. */
int rg_tangent_pass_date(void *self, double t, const double *y, const double *dt, double *dy) {
  (void)self, (void)t, (void)y, (void)dt, (void)dy;
  return 0;
}

/* As rg_flow_happen: everything is seen as it was before the event. */
int rg_tangent_happen(void *self, size_t k, double t, const double *y, const double *dt, double *dy) {
  regime_instance *i = self;
  const regime_model *m = i->model;
  const rg_aim *aim = &i->aim;
  const rg_happening *h = &m->events.happening[k];
  const size_t n = h->consequences.count;
  rg_machine_run(i, &i->event[k], t, m->is_discrete ? i->ahead : y, i->outputs);
  const int undefined = carry(i, &i->event[k], m->is_discrete ? aim->found_dt : dt,
                              m->is_discrete ? aim->found : dy, n, aim->results);
  for (size_t d = 0; d < aim->n; d++)
    for (size_t j = 0; j < n; j++) {
      const rg_consequence *c = &h->consequences.items[j];
      const double tangent = aim->results[d * n + j];
      if (c->is_mode)
        *held_in(i, d, m->definitions.layout.mode + c->target) = tangent;
      else
        dy[d * width_of(i) + c->target] = tangent;
    }
  return undefined;
}

/* --- making -------------------------------------------------------------------------------------------- */

static void *room(size_t n, size_t size, bool *failed) {
  void *made = calloc(n ? n : 1, size);
  if (!made) *failed = true;
  return made;
}

static rg_aim make_aim(const regime_instance *i, size_t n, const size_t *parameter, bool *failed) {
  rg_aim aim = {.n = n, .lanes = n < RG_LANES ? n : RG_LANES};
  aim.n_groups = (n + aim.lanes - 1) / aim.lanes;
  aim.parameter = room(n, sizeof(size_t), failed);
  if (aim.parameter) memcpy(aim.parameter, parameter, n * sizeof *parameter);
  aim.held = room(aim.n_groups * i->model->definitions.layout.end * aim.lanes, sizeof(double), failed);
  aim.slopes = room(i->most.slopes, sizeof(double), failed);
  aim.tangents = room(i->most.registers * aim.lanes, sizeof(double), failed);
  aim.outputs = room(i->most.outputs * aim.lanes, sizeof(double), failed);
  aim.results = room(i->most.outputs * n, sizeof(double), failed);
  aim.found = room(n * width_of(i), sizeof(double), failed);
  aim.found_dt = room(n, sizeof(double), failed);
  if (!rg_implicit_create(&i->model->blocks, &aim.implicit)) *failed = true;
  if (!rg_implicit_create(&i->model->initial.blocks, &aim.initial)) *failed = true;
  return aim;
}

void rg_aim_free(regime_instance *i) {
  rg_aim *aim = &i->aim;
  rg_implicit_free(&i->model->blocks, &aim->implicit);
  rg_implicit_free(&i->model->initial.blocks, &aim->initial);
  void *rooms[] = {aim->parameter, aim->held,    aim->slopes, aim->tangents,
                   aim->outputs,   aim->results, aim->found,  aim->found_dt};
  for (size_t k = 0; k < sizeof rooms / sizeof *rooms; k++) free(rooms[k]);
  *aim = (rg_aim){0};
}

regime_status rg_tangent_aim(void *self, size_t n_directions, const size_t *parameter) {
  regime_instance *i = self;
  bool failed = false;
  rg_aim_free(i);
  if (n_directions == 0) return REGIME_OK;
  i->aim = make_aim(i, n_directions, parameter, &failed);
  if (failed) {
    rg_aim_free(i);
    return REGIME_NO_MEMORY;
  }
  rg_aim_reset(i);
  return REGIME_OK;
}
