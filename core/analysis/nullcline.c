/* nullcline.c — marching squares (Lorensen and Cline 1987, in the plane) that follow the line.
 *
 *   1. coarse cells with corners of both signs are opened
 *   2. of an open cell every fine cell is looked at; a line through its rim opens the neighbour
 *   3. each fine cell joins the crossings of its edges in pairs; four of them by the sign in the middle
 *   4. crossings joined to one other only begin a line; what is left closes
 */
#include "analysis/nullcline.h"

#include "analysis/cells.h"
#include <math.h>

enum { COARSE = 64, FINE = 8, SIDE = COARSE * FINE, NODES = SIDE + 1, HALVINGS = 48 };
#define NOBODY SIZE_MAX

/* A crossing stands on an edge: of node k to the right (2k) or upwards (2k + 1). */
typedef struct crossing {
  double x, y;
  size_t neighbour[2]; /* crossings; NOBODY */
  bool is_jump, is_taken;
} crossing;

typedef struct survey {
  rg_arena *arena;
  const rg_window *window;
  int (*f)(void *self, double x, double y, double *value);
  void *self;
  double *value; /* at the nodes; INFINITY: not yet asked; NaN: none */
  bool *is_open; /* coarse cells */
  RG_LIST(size_t) open;
  rg_cells edges; /* number of the crossing + 1 by edge */
  RG_LIST(crossing) crossings;
} survey;

static double ask(const survey *s, double x, double y) {
  double value;
  return s->f(s->self, x, y, &value) || !isfinite(value) ? NAN : value;
}

static double node_x(const survey *s, size_t i) {
  return s->window->low[0] + (s->window->high[0] - s->window->low[0]) * (double)i / SIDE;
}
static double node_y(const survey *s, size_t j) {
  return s->window->low[1] + (s->window->high[1] - s->window->low[1]) * (double)j / SIDE;
}

static double at_node(survey *s, size_t i, size_t j) {
  double *const value = &s->value[j * NODES + i];
  if (isinf(*value)) *value = ask(s, node_x(s, i), node_y(s, j));
  return *value;
}

/* ---- coarse cells ---- */

static void open_cell(survey *s, size_t cell) {
  if (s->is_open[cell]) return;
  s->is_open[cell] = true;
  RG_APPEND(s->arena, &s->open, cell);
}

static void open_mixed(survey *s) {
  for (size_t cell = 0; cell < COARSE * COARSE; cell++) {
    const size_t i = cell % COARSE * FINE, j = cell / COARSE * FINE;
    int above = 0, below = 0;
    for (size_t corner = 0; corner < 4; corner++) {
      const double value = at_node(s, i + corner % 2 * FINE, j + corner / 2 * FINE);
      above += !(value < 0.0);
      below += !(value >= 0.0);
    }
    if (above > 0 && below > 0) open_cell(s, cell);
  }
}

/* ---- crossings ---- */

/* By halving, on the edge from a to b: slow and sure, also where f is anything but smooth. A function that
 * does not become small jumps. */
static crossing refine(const survey *s, double ax, double ay, double fa, double bx, double by, double fb) {
  const double size = fmax(fabs(fa), fabs(fb));
  double low = 0.0, high = 1.0, f_low = fa, f_high = fb;
  for (int k = 0; k < HALVINGS && !isnan(f_low + f_high); k++) {
    const double part = 0.5 * (low + high), value = ask(s, ax + part * (bx - ax), ay + part * (by - ay));
    const bool is_left = (value < 0.0) == (fa < 0.0);
    *(is_left ? &low : &high) = part;
    *(is_left ? &f_low : &f_high) = value;
  }
  const double part = fabs(f_low) < fabs(f_high) ? low : high;
  return (crossing){.x = ax + part * (bx - ax),
                    .y = ay + part * (by - ay),
                    .neighbour = {NOBODY, NOBODY},
                    .is_jump = !(fmax(fabs(f_low), fabs(f_high)) <= 1e-6 * size)};
}

/* The crossing on the edge from node (i, j) to the right or upwards; NOBODY: f has one sign, or no value. */
static size_t crossing_on(survey *s, size_t i, size_t j, bool up) {
  const double here = at_node(s, i, j), there = at_node(s, i + !up, j + up);
  if (isnan(here + there) || (here < 0.0) == (there < 0.0)) return NOBODY;
  size_t *const place = rg_cells_at(&s->edges, 2 * (j * NODES + i) + up + 1);
  if (*place == 0) {
    RG_APPEND(s->arena, &s->crossings,
              refine(s, node_x(s, i), node_y(s, j), here, node_x(s, i + !up), node_y(s, j + up), there));
    *place = s->crossings.count;
  }
  return *place - 1;
}

/* ---- fine cells ---- */

static void join(survey *s, size_t a, size_t b) {
  crossing *const all = s->crossings.items;
  if (a == NOBODY || b == NOBODY || all[a].is_jump || all[b].is_jump) return;
  all[a].neighbour[all[a].neighbour[0] != NOBODY] = b;
  all[b].neighbour[all[b].neighbour[0] != NOBODY] = a;
}

/* Edges: 0 below, 1 right, 2 above, 3 left. Two crossings are joined; of four, those that the sign in the
 * middle, if it is that of the lower left corner, does not keep apart. */
static void join_cell(survey *s, size_t i, size_t j) {
  const size_t edge[4] = {crossing_on(s, i, j, false), crossing_on(s, i + 1, j, true),
                          crossing_on(s, i, j + 1, false), crossing_on(s, i, j, true)};
  size_t met[4], count = 0;
  for (size_t k = 0; k < 4; k++)
    if (edge[k] != NOBODY) met[count++] = edge[k];
  if (count == 2) join(s, met[0], met[1]);
  if (count != 4) return;
  const double x = 0.5 * (node_x(s, i) + node_x(s, i + 1)), y = 0.5 * (node_y(s, j) + node_y(s, j + 1));
  const bool same = (ask(s, x, y) < 0.0) == (at_node(s, i, j) < 0.0);
  join(s, edge[0], edge[same ? 1 : 3]);
  join(s, edge[2], edge[same ? 3 : 1]);
}

/* A line through the rim of a coarse cell goes on in its neighbour. */
static void open_neighbours(survey *s, size_t ci, size_t cj) {
  for (size_t k = 0; k < FINE; k++) {
    const size_t i = ci * FINE, j = cj * FINE;
    if (ci > 0 && crossing_on(s, i, j + k, true) != NOBODY) open_cell(s, cj * COARSE + ci - 1);
    if (ci + 1 < COARSE && crossing_on(s, i + FINE, j + k, true) != NOBODY)
      open_cell(s, cj * COARSE + ci + 1);
    if (cj > 0 && crossing_on(s, i + k, j, false) != NOBODY) open_cell(s, (cj - 1) * COARSE + ci);
    if (cj + 1 < COARSE && crossing_on(s, i + k, j + FINE, false) != NOBODY)
      open_cell(s, (cj + 1) * COARSE + ci);
  }
}

static void look_into(survey *s, size_t cell) {
  const size_t ci = cell % COARSE, cj = cell / COARSE;
  for (size_t k = 0; k < FINE * FINE; k++) join_cell(s, ci * FINE + k % FINE, cj * FINE + k / FINE);
  open_neighbours(s, ci, cj);
}

/* ---- lines ---- */

static size_t next_of(const survey *s, size_t here, size_t before) {
  const size_t *neighbour = s->crossings.items[here].neighbour;
  return neighbour[0] != before ? neighbour[0] : neighbour[1];
}

/* From `first` until the line ends or closes. */
static void draw(survey *s, size_t first, rg_contours *lines) {
  RG_LIST(double) xy = {0};
  size_t before = NOBODY, here = first;
  if (s->crossings.items[first].neighbour[0] == NOBODY) return;
  do {
    crossing *const c = &s->crossings.items[here];
    const size_t next = before == NOBODY ? c->neighbour[0] : next_of(s, here, before);
    c->is_taken = true;
    RG_APPEND(s->arena, &xy, c->x);
    RG_APPEND(s->arena, &xy, c->y);
    before = here;
    here = next;
  } while (here != NOBODY && here != first);
  if (here == first) {
    RG_APPEND(s->arena, &xy, s->crossings.items[first].x);
    RG_APPEND(s->arena, &xy, s->crossings.items[first].y);
  }
  const rg_contour line = {.curve = {xy.count / 2, xy.items}, .is_closed = here == first};
  RG_APPEND(s->arena, lines, line);
}

void rg_nullclines(rg_arena *arena, const rg_window *window,
                   int (*f)(void *self, double x, double y, double *value), void *self, rg_contours *lines) {
  survey s = {.arena = arena, .window = window, .f = f, .self = self};
  s.value = RG_NEW_ARRAY(arena, double, NODES *NODES);
  s.is_open = RG_NEW_ARRAY(arena, bool, COARSE *COARSE);
  s.edges = rg_cells_make(arena);
  for (size_t k = 0; k < (size_t)NODES * NODES; k++) s.value[k] = INFINITY;
  open_mixed(&s);
  for (size_t k = 0; k < s.open.count; k++) look_into(&s, s.open.items[k]);
  for (size_t k = 0; k < s.crossings.count; k++) {
    const crossing *c = &s.crossings.items[k];
    if (!c->is_taken && c->neighbour[1] == NOBODY) draw(&s, k, lines);
  }
  for (size_t k = 0; k < s.crossings.count; k++)
    if (!s.crossings.items[k].is_taken) draw(&s, k, lines);
}
