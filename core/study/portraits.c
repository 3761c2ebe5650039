/* portraits.c — a model in the plane of two of its states, by name. */
#include "base/diagnostic.h"
#include "study/inquiry.h"

#include <stdio.h>
#include <stdlib.h>

/* --- the question -------------------------------------------------------------------------------------- */

typedef struct plane {
  size_t x, y;
  double *held; /* NULL: where the system starts */
} plane;

static regime_status find_axis(regime_context *context, const regime_inquiry *inquiry, const char *name,
                               const char *role, size_t *out) {
  const long state = rg_law_state(context, &inquiry->law, name, role);
  *out = (size_t)state;
  return state < 0 ? REGIME_BAD_ARGUMENT : REGIME_OK;
}

/* The two states there are, where none is named. */
static regime_status find_axes(regime_context *context, const regime_inquiry *inquiry,
                               const regime_portrait_question *q, plane *out) {
  const rg_place place = {.file = regime_model_about(inquiry->law.model)->file};
  const size_t n = inquiry->law.system->n_states;
  if (n < 2) {
    rg_error(context, place, "`regime steady` finds where it rests, `regime branch` how that moves",
             "`%s` has one state, and a portrait shows two", regime_model_about(inquiry->law.model)->name);
    return REGIME_BAD_ARGUMENT;
  }
  if (!q->x && !q->y && n == 2) {
    out->y = 1;
    return REGIME_OK;
  }
  if (!q->x || !q->y) {
    rg_error(context, place, "write `--x NAME --y NAME`",
             "`%s` has %zu states, and a portrait must be told which two it shows",
             regime_model_about(inquiry->law.model)->name, n);
    return REGIME_BAD_ARGUMENT;
  }
  regime_status status = find_axis(context, inquiry, q->x, "`x` of a portrait", &out->x);
  if (status == REGIME_OK) status = find_axis(context, inquiry, q->y, "`y` of a portrait", &out->y);
  if (status != REGIME_OK || out->x != out->y) return status;
  rg_error(context, place, "name two states", "a portrait cannot show `%s` against itself", q->x);
  return REGIME_BAD_ARGUMENT;
}

static regime_status hold(regime_context *context, const regime_inquiry *inquiry,
                          const regime_portrait_question *q, plane *out) {
  if (q->n_held == 0) return REGIME_OK;
  out->held = malloc((inquiry->law.system->n_states + inquiry->law.system->n_unknowns) * sizeof *out->held);
  if (!out->held) return REGIME_NO_MEMORY;
  regime_status status = inquiry->law.system->start(inquiry->law.system->self, inquiry->law.at, out->held);
  for (size_t k = 0; k < q->n_held && status == REGIME_OK; k++) {
    size_t state;
    status = find_axis(context, inquiry, q->held[k].name, "what is held", &state);
    if (status == REGIME_OK) out->held[state] = q->held[k].value;
  }
  return status;
}

/* --- drawing ------------------------------------------------------------------------------------------- */

static regime_status draw(regime_context *context, regime_inquiry *inquiry, const regime_portrait_question *q,
                          const plane *p) {
  regime_portrait_options o = regime_portrait_defaults();
  o.t = inquiry->law.at;
  o.x = p->x;
  o.y = p->y;
  o.low = inquiry->law.low;
  o.high = inquiry->law.high;
  o.held = p->held;
  o.solve_others = q->quasi;
  o.start = q->start;
  o.n_starts = q->n_starts;
  return regime_portrait_draw(context, inquiry->law.system, &o, &inquiry->portrait);
}

static regime_status find_basins(regime_context *context, regime_inquiry *inquiry,
                                 const regime_portrait_question *q, const plane *p) {
  if (q->basins == 0) return REGIME_OK;
  regime_basin_options o = regime_basin_defaults();
  o.t = inquiry->law.at;
  o.x = p->x;
  o.y = p->y;
  o.low = inquiry->law.low;
  o.high = inquiry->law.high;
  o.held = p->held;
  o.n_x = o.n_y = q->basins;
  return regime_basins_find(context, inquiry->law.system, &o, &inquiry->basins);
}

/* --- tables -------------------------------------------------------------------------------------------- */

static const char *axis_name(const regime_inquiry *inquiry, size_t state) {
  return inquiry->law.side[state].name;
}

static void add_axes(const regime_inquiry *inquiry, regime_table *table) {
  regime_table_add_numbers(table, axis_name(inquiry, inquiry->portrait->x), NULL, NULL);
  regime_table_add_numbers(table, axis_name(inquiry, inquiry->portrait->y), NULL, NULL);
}

static void put_point(regime_table *table, size_t column, const double *xy) {
  regime_table_put_number(table, column, xy[0]);
  regime_table_put_number(table, column + 1, xy[1]);
}

static void fill_field(const regime_inquiry *inquiry, regime_table *table) {
  const regime_portrait *p = inquiry->portrait;
  add_axes(inquiry, table);
  regime_table_add_numbers(table, "dx", NULL, "change of the first");
  regime_table_add_numbers(table, "dy", NULL, "change of the second");
  for (size_t j = 0; j < p->arrows; j++)
    for (size_t i = 0; i < p->arrows; i++) {
      const double row[] = {p->at_x[i], p->at_y[j], p->dx[j * p->arrows + i], p->dy[j * p->arrows + i]};
      for (size_t c = 0; c < sizeof row / sizeof *row; c++) regime_table_put_number(table, c, row[c]);
    }
}

static void fill_nullclines(const regime_inquiry *inquiry, regime_table *table) {
  const regime_portrait *p = inquiry->portrait;
  regime_table_add_numbers(table, "nullcline", NULL, NULL);
  regime_table_add_words(table, "state", "whose change is zero");
  regime_table_add_numbers(table, "point", NULL, NULL);
  add_axes(inquiry, table);
  for (size_t n = 0; n < p->n_nullclines; n++)
    for (size_t k = 0; k < p->nullcline[n].curve.n_points; k++) {
      regime_table_put_number(table, 0, (double)(n + 1));
      regime_table_put_word(table, 1, axis_name(inquiry, p->nullcline[n].state));
      regime_table_put_number(table, 2, (double)(k + 1));
      put_point(table, 3, p->nullcline[n].curve.xy + 2 * k);
    }
}

/* "equilibrium 2", "cycle 1", "leaves" */
static void put_fate(regime_table *table, size_t column, regime_fate fate) {
  char text[64];
  if (fate.number == SIZE_MAX)
    snprintf(text, sizeof text, "%s", regime_fate_text(fate.kind));
  else
    snprintf(text, sizeof text, "%s %zu", regime_fate_text(fate.kind), fate.number + 1);
  regime_table_put_word(table, column, text);
}

static void fill_manifolds(const regime_inquiry *inquiry, regime_table *table) {
  const regime_portrait *p = inquiry->portrait;
  regime_table_add_numbers(table, "manifold", NULL, NULL);
  regime_table_add_words(table, "kind", "stable or unstable");
  regime_table_add_numbers(table, "equilibrium", NULL, "of which");
  regime_table_add_words(table, "end", "where its outer end goes, or comes from");
  regime_table_add_numbers(table, "point", NULL, NULL);
  add_axes(inquiry, table);
  for (size_t n = 0; n < p->n_manifolds; n++) {
    const regime_manifold *m = &p->manifold[n];
    for (size_t k = 0; k < m->curve.n_points; k++) {
      regime_table_put_number(table, 0, (double)(n + 1));
      regime_table_put_word(table, 1, m->is_stable ? "stable" : "unstable");
      regime_table_put_number(table, 2, (double)(m->equilibrium + 1));
      put_fate(table, 3, m->fate);
      regime_table_put_number(table, 4, (double)(k + 1));
      put_point(table, 5, m->curve.xy + 2 * k);
    }
  }
}

static void fill_trajectories(const regime_inquiry *inquiry, regime_table *table) {
  const regime_portrait *p = inquiry->portrait;
  regime_table_add_numbers(table, "trajectory", NULL, NULL);
  regime_table_add_words(table, "from", NULL);
  regime_table_add_words(table, "to", NULL);
  regime_table_add_numbers(table, "given", NULL, "1 where its start was");
  regime_table_add_numbers(table, "point", NULL, NULL);
  add_axes(inquiry, table);
  for (size_t n = 0; n < p->n_trajectories; n++) {
    const regime_trajectory *t = &p->trajectory[n];
    for (size_t k = 0; k < t->curve.n_points; k++) {
      regime_table_put_number(table, 0, (double)(n + 1));
      put_fate(table, 1, t->from);
      put_fate(table, 2, t->to);
      regime_table_put_number(table, 3, t->is_given ? 1.0 : 0.0);
      regime_table_put_number(table, 4, (double)(k + 1));
      put_point(table, 5, t->curve.xy + 2 * k);
    }
  }
}

static void fill_orbits(const regime_inquiry *inquiry, regime_table *table) {
  const regime_portrait *p = inquiry->portrait;
  regime_table_add_numbers(table, "cycle", NULL, NULL);
  regime_table_add_numbers(table, "stable", NULL, "1 where it is");
  regime_table_add_numbers(table, "period", regime_model_about(inquiry->law.model)->unit, NULL);
  regime_table_add_numbers(table, "point", NULL, NULL);
  add_axes(inquiry, table);
  for (size_t n = 0; n < p->n_cycles; n++)
    for (size_t k = 0; k < p->cycle[n].curve.n_points; k++) {
      regime_table_put_number(table, 0, (double)(n + 1));
      regime_table_put_number(table, 1, p->cycle[n].is_stable ? 1.0 : 0.0);
      regime_table_put_number(table, 2, p->cycle[n].period);
      regime_table_put_number(table, 3, (double)(k + 1));
      put_point(table, 4, p->cycle[n].curve.xy + 2 * k);
    }
}

static void fill_basins(const regime_inquiry *inquiry, regime_table *table) {
  const regime_basins *b = inquiry->basins;
  add_axes(inquiry, table);
  regime_table_add_words(table, "fate", NULL);
  regime_table_add_numbers(table, "attractor", NULL, "0: none");
  for (size_t j = 0; j < b->n_y; j++)
    for (size_t i = 0; i < b->n_x; i++) {
      const regime_fate fate = b->fate[j * b->n_x + i];
      put_point(table, 0, (const double[]){b->at_x[i], b->at_y[j]});
      regime_table_put_word(table, 2, regime_fate_text(fate.kind));
      regime_table_put_number(table, 3, fate.number == SIZE_MAX ? 0.0 : (double)(fate.number + 1));
    }
}

static void fill_attractors(const regime_inquiry *inquiry, regime_table *table) {
  const regime_basins *b = inquiry->basins;
  regime_table_add_numbers(table, "attractor", NULL, NULL);
  regime_table_add_words(table, "kind", NULL);
  regime_table_add_numbers(table, "period", regime_model_about(inquiry->law.model)->unit, NULL);
  regime_table_add_numbers(table, "share", NULL, "of the starts that reach it");
  for (size_t i = 0; i < inquiry->law.system->n_states; i++)
    regime_table_add_numbers(table, axis_name(inquiry, i), NULL, NULL);
  for (size_t k = 0; k < b->n_attractors; k++) {
    const regime_attractor *a = &b->attractor[k];
    regime_table_put_number(table, 0, (double)(k + 1));
    regime_table_put_word(table, 1, regime_fate_text(a->kind));
    regime_table_put_number(table, 2, a->period);
    regime_table_put_number(table, 3, (double)a->n_starts / (double)(b->n_x * b->n_y));
    for (size_t i = 0; i < inquiry->law.system->n_states; i++)
      regime_table_put_number(table, 4 + i, a->state[i]);
  }
}

static regime_status make_tables(regime_inquiry *inquiry) {
  static const struct {
    const char *name;
    size_t keys;
    rg_fill *fill;
  } tables[] = {
      {"equilibria", 1, rg_fill_equilibria},
      {"eigenvalues", 2, rg_fill_eigenvalues},
      {"field", 2, fill_field},
      {"nullclines", 3, fill_nullclines},
      {"manifolds", 5, fill_manifolds},
      {"trajectories", 5, fill_trajectories},
      {"orbits", 4, fill_orbits},
      {"basins", 2, fill_basins},
      {"basin_attractors", 1, fill_attractors},
  };
  enum { OF_BASINS = 2 };
  const size_t n = sizeof tables / sizeof *tables - (inquiry->basins ? 0 : OF_BASINS);
  regime_status status = REGIME_OK;
  for (size_t k = 0; k < n && status == REGIME_OK; k++)
    status = rg_inquiry_add(inquiry, tables[k].name, tables[k].keys, tables[k].fill);
  return status;
}

/* --- the whole ----------------------------------------------------------------------------------------- */

regime_status regime_inquire_portrait(regime_context *context, const regime_model *model,
                                      const regime_law *law, const regime_portrait_question *question,
                                      regime_inquiry **out) {
  plane p = {0};
  regime_status status = rg_inquiry_open(context, model, law, out);
  if (status == REGIME_OK) status = find_axes(context, *out, question, &p);
  if (status == REGIME_OK) status = hold(context, *out, question, &p);
  if (status == REGIME_OK) status = draw(context, *out, question, &p);
  if (status == REGIME_OK) status = find_basins(context, *out, question, &p);
  if (status == REGIME_OK) status = make_tables(*out);
  free(p.held);
  if (status == REGIME_OK) return REGIME_OK;
  regime_inquiry_free(*out);
  *out = NULL;
  return status;
}
