/* differences.c — differences of sixth order with steps from coarse to fine. */
#include "analysis/differences.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { most_levels = 18, points = 3 };
static const double coarsest = 0.02, finer = 0.25;
static const double grown = 4.0; /* by so much, a change says that rounding has taken over */

typedef struct stencil {
  bool is_odd;
  int power;             /* of h it is divided by */
  double weight[points]; /* of f(h) and f(-h), f(2h) ..., f(3h) ... */
  double centre;
} stencil;

static const stencil first = {true, 1, {45.0 / 60.0, -9.0 / 60.0, 1.0 / 60.0}, 0.0};
static const stencil second = {false, 2, {270.0 / 180.0, -27.0 / 180.0, 2.0 / 180.0}, -490.0 / 180.0};

typedef struct search {
  const rg_line *line;
  const stencil *by;
  double *plus, *minus, *centre; /* f at the points */
  double *now, *last;            /* derivatives with this step, and with the one before */
  double *size;                  /* of f: rounding is in proportion to it */
  double *change;                /* how far `out` was from the one before; infinite: nothing yet; 0: done */
} search;

enum { vectors = 7 };
size_t rg_difference_room(size_t m) { return vectors * m + 1; }

static void lay_out(search *s, double *room) {
  double **const vector[vectors] = {&s->plus, &s->minus, &s->centre, &s->now, &s->last, &s->size, &s->change};
  for (size_t k = 0; k < vectors; k++) *vector[k] = room + k * s->line->m;
}

static void begin_level(search *s) {
  for (size_t i = 0; i < s->line->m; i++) {
    s->last[i] = s->now[i];
    s->now[i] = s->by->centre * s->centre[i];
    s->size[i] = fabs(s->centre[i]);
  }
}

static bool add_points(search *s, double distance, double weight) {
  const rg_line *line = s->line;
  if (line->at(line->self, distance, s->plus) || line->at(line->self, -distance, s->minus)) return false;
  for (size_t i = 0; i < line->m; i++) {
    s->now[i] += weight * (s->by->is_odd ? s->plus[i] - s->minus[i] : s->plus[i] + s->minus[i]);
    s->size[i] = fmax(s->size[i], fmax(fabs(s->plus[i]), fabs(s->minus[i])));
  }
  return true;
}

static bool difference(search *s, double h) {
  begin_level(s);
  for (int k = 0; k < points; k++)
    if (!add_points(s, (k + 1) * h, s->by->weight[k])) return false;
  for (size_t i = 0; i < s->line->m; i++) s->now[i] /= s->by->power == 1 ? h : h * h;
  return true;
}

/* Keeps what differs least from the step before, until rounding takes over: steps so short that both are
 * nothing but rounding may agree by chance. Whether all components have settled. */
static bool keep(search *s, double h, double *out) {
  bool settled = true;
  for (size_t i = 0; i < s->line->m; i++) {
    const double change = fabs(s->now[i] - s->last[i]);
    const double rounding = 4.0 * DBL_EPSILON * s->size[i] / (s->by->power == 1 ? h : h * h);
    if (change < s->change[i]) {
      s->change[i] = change;
      out[i] = s->now[i];
    }
    if (change > grown * s->change[i] || change <= fmax(rounding, 1e-14 * fabs(s->now[i])))
      s->change[i] = 0.0;
    settled &= s->change[i] == 0.0;
  }
  return settled;
}

static int differentiate(const rg_line *line, const stencil *by, double *room, double *out) {
  search s = {.line = line, .by = by};
  bool defined = false, settled = false;
  double h = coarsest * line->reach;
  lay_out(&s, room);
  for (size_t i = 0; i < line->m; i++) {
    out[i] = s.now[i] = NAN;
    s.centre[i] = 0.0;
    s.change[i] = INFINITY;
  }
  if (!by->is_odd && line->at(line->self, 0.0, s.centre)) return 1;
  for (int level = 0; level < most_levels && !settled; level++, h *= finer) {
    const bool before = defined;
    defined = difference(&s, h);
    if (before && defined) settled = keep(&s, h, out);
  }
  return !defined;
}

int rg_first_difference(const rg_line *line, double *room, double *out) {
  return differentiate(line, &first, room, out);
}

int rg_second_difference(const rg_line *line, double *room, double *out) {
  return differentiate(line, &second, room, out);
}
