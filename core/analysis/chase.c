/* chase.c — leg by leg until the end of a path is known. */
#include "analysis/chase.h"

#include <math.h>
#include <string.h>

static const double spacing = 0.005, leg_length = 2.0; /* of the box */
static const double leg_periods = 200.0;
static const double at_rest = 1e-3; /* of the box: nearer is not told from an equilibrium on paper */
enum {
  RECURRENT = 200, /* points in a row in cells seen before: a width of the box */
  AT_HOME = 30,    /* points in a row in cells of one loop */
  AT_HOME_PERIODS = 150,
  REVISIT = 40, /* points between two visits of a cell that count */
  LEGS_TO_REST = 20
};

void rg_chase_begin(rg_chase *c) {
  c->X = RG_NEW_ARRAY(c->arena, double, 2 * c->n);
  c->Y = c->X + c->n;
  c->by_width = RG_NEW_ARRAY(c->arena, double, c->n * c->n);
  for (size_t k = 0; k < c->n; k++) c->by_width[k * c->n + k] = 1.0 / (c->high[k] - c->low[k]);
  c->seen = rg_cells_make(c->arena);
  c->known = rg_cells_make(c->arena);
  for (size_t k = 0; k < regime_steady_count(c->steady); k++) {
    const regime_equilibrium *e = regime_steady_at(c->steady, k);
    const bool is_source = !c->is_map && e->n_unstable == c->n;
    rg_target target;
    if ((e->is_stable || is_source) && rg_target_find(c, k, e->is_stable ? +1 : -1, &target))
      RG_APPEND(c->arena, &c->targets, target);
  }
  rg_flow_set_targets(c->flow, c->targets.count, c->targets.items);
}

typedef struct pursuit {
  rg_chase *c;
  int direction;
  rg_numbers *trace;
  size_t n_points;    /* so far */
  size_t again, home; /* points in a row in cells seen before; in cells of loop number `owner` - 1 */
  size_t patience;    /* of the first, before a loop is looked for */
  size_t owner;
  bool over;
  regime_fate fate;
} pursuit;

static void end(pursuit *p, regime_fate_kind kind, size_t number) {
  p->over = true;
  p->fate = (regime_fate){kind, number};
}

/* ---- cells ---- */

static void look_home(pursuit *p, uint64_t key) {
  const size_t owner = *rg_cells_at(&p->c->known, key);
  p->home = owner != 0 && owner == p->owner ? p->home + 1 : 0;
  p->owner = owner;
  const size_t enough = p->c->is_map ? AT_HOME_PERIODS : AT_HOME;
  if (p->direction > 0 && p->home >= enough) end(p, p->c->loops.items[owner - 1].kind, owner - 1);
}

static void look_around(pursuit *p, const double *X) {
  const uint64_t key = rg_cell_key(p->c->n, X, p->c->low, p->c->high, 100.0);
  size_t *const first = rg_cells_at(&p->c->seen, key);
  if (*first == 0) {
    *first = p->n_points;
    p->again = 0;
  } else if (p->n_points - *first > REVISIT)
    p->again++;
  if (p->c->loops.count > 0) look_home(p, key);
}

/* ---- points ---- */

/* Adds a leg to the trace; the path is at its end. */
static void show(pursuit *p, const rg_leg *leg) {
  const size_t n = p->c->n;
  for (size_t k = 1; p->trace && k < leg->n_points; k++)
    for (size_t i = 0; i < n; i++) RG_APPEND(p->c->arena, p->trace, leg->points[k * (n + 1) + i]);
  memcpy(p->c->X, leg->points + (leg->n_points - 1) * (n + 1), n * sizeof *p->c->X);
}

static void take_points(pursuit *p, const rg_leg *leg) {
  for (size_t k = 1; k < leg->n_points && !p->over; k++) {
    p->n_points++;
    look_around(p, leg->points + k * (p->c->n + 1));
  }
  show(p, leg);
}

rg_target rg_target_ball(const rg_chase *c, size_t number, double radius) {
  return (rg_target){.state = regime_steady_at(c->steady, number)->state,
                     .rows = c->by_width,
                     .level = radius * radius,
                     .number = number};
}

/* An arrival is shown all the way: on to where nothing more is to be seen. */
static regime_status come_to_rest(pursuit *p, size_t number) {
  rg_chase *c = p->c;
  const rg_target ball = rg_target_ball(c, number, at_rest);
  rg_leg leg = {.halt = RG_WENT_ON};
  regime_status status = REGIME_OK;
  end(p, REGIME_FATE_EQUILIBRIUM, number);
  if (!p->trace) return status;
  rg_flow_set_targets(c->flow, 1, &ball);
  for (int k = 0; k < LEGS_TO_REST && leg.halt == RG_WENT_ON && status == REGIME_OK; k++) {
    if (rg_target_value(&ball, c->n, c->X) < ball.level) break;
    status = rg_flow_go(c->flow, c->X, p->direction, c->is_map ? leg_periods : leg_length, spacing, &leg);
    if (status == REGIME_OK) show(p, &leg);
  }
  rg_flow_set_targets(c->flow, c->targets.count, c->targets.items);
  for (size_t i = 0; i < c->n; i++) RG_APPEND(c->arena, p->trace, ball.state[i]);
  return status;
}

static regime_status look_at_halt(pursuit *p, const rg_leg *leg) {
  switch (leg->halt) {
  case RG_ARRIVED: return come_to_rest(p, p->c->targets.items[leg->target].number);
  case RG_LEFT: end(p, REGIME_FATE_LEAVES, SIZE_MAX); break;
  case RG_DIVERGED: end(p, REGIME_FATE_DIVERGES, SIZE_MAX); break;
  case RG_NO_VALUE_HERE: end(p, REGIME_FATE_UNDEFINED, SIZE_MAX); break;
  default: break;
  }
  return REGIME_OK;
}

/* ---- loops ---- */

static regime_status look_for_loop(pursuit *p) {
  size_t found;
  bool closed;
  const regime_status status = rg_loop_close(p->c, p->direction, &found, &closed);
  if (found != SIZE_MAX)
    end(p, REGIME_FATE_CYCLE, found);
  else if (closed)
    end(p, REGIME_FATE_CLOSED, SIZE_MAX);
  rg_cells_clear(&p->c->seen);
  p->again = 0;
  p->patience *= 2;
  return status;
}

/* Undecided at the end: at rest where rest is slow, or, with more room than a plane, for ever on the move. */
static regime_status conclude(pursuit *p) {
  rg_chase *c = p->c;
  end(p, REGIME_FATE_UNKNOWN, SIZE_MAX);
  for (size_t k = 0; k < regime_steady_count(c->steady); k++)
    if (rg_flow_distance(c->flow, c->X, regime_steady_at(c->steady, k)->state) < at_rest)
      end(p, REGIME_FATE_EQUILIBRIUM, k);
  if (p->fate.kind != REGIME_FATE_UNKNOWN || p->direction < 0 || (c->n == 2 && !c->is_map)) return REGIME_OK;
  rg_leg leg;
  const regime_status status = rg_flow_go(c->flow, c->X, +1, c->is_map ? 4000.0 : 40.0, spacing, &leg);
  if (status != REGIME_OK || leg.halt != RG_WENT_ON) return status;
  double *points = RG_NEW_ARRAY(c->arena, double, leg.n_points * c->n);
  for (size_t k = 0; k < leg.n_points; k++)
    memcpy(points + k * c->n, leg.points + k * (c->n + 1), c->n * sizeof *points);
  const rg_loop loop = {.kind = REGIME_FATE_BOUNDED,
                        .period = NAN,
                        .multiplier = NAN,
                        .is_stable = true,
                        .n_points = leg.n_points,
                        .points = points};
  end(p, REGIME_FATE_BOUNDED, rg_loop_add(c, loop));
  return REGIME_OK;
}

/* ---- the chase ---- */

static regime_status go_on(pursuit *p) {
  rg_chase *c = p->c;
  rg_leg leg;
  regime_status status =
      rg_flow_go(c->flow, c->X, p->direction, c->is_map ? leg_periods : leg_length, spacing, &leg);
  if (status != REGIME_OK) return status;
  take_points(p, &leg);
  if (!p->over) status = look_at_halt(p, &leg);
  const bool recurs = c->is_map || p->again >= p->patience;
  if (status == REGIME_OK && !p->over && recurs) status = look_for_loop(p);
  return status;
}

/* Already within a neighbourhood: no boundary will be crossed. */
static const rg_target *home_of(const rg_chase *c, const double *X, int direction) {
  for (size_t k = 0; k < c->targets.count; k++) {
    const rg_target *target = &c->targets.items[k];
    if (target->direction == direction && rg_target_value(target, c->n, X) < target->level) return target;
  }
  return NULL;
}

regime_status rg_chase_from(rg_chase *c, const double *X, int direction, rg_numbers *trace,
                            regime_fate *fate) {
  pursuit p = {.c = c, .direction = direction, .trace = trace, .n_points = 1, .patience = RECURRENT};
  const size_t most = (size_t)(c->is_map ? 1000.0 * c->longest : c->longest / spacing);
  memmove(c->X, X, c->n * sizeof *X);
  rg_cells_clear(&c->seen);
  for (size_t i = 0; trace && i < c->n; i++) RG_APPEND(c->arena, trace, X[i]);
  const rg_target *home = home_of(c, X, direction);
  regime_status status = home ? come_to_rest(&p, home->number) : REGIME_OK;
  while (status == REGIME_OK && !p.over && p.n_points < most) status = go_on(&p);
  if (status == REGIME_OK && !p.over) status = conclude(&p);
  *fate = p.fate;
  return status;
}
