/* diagrams.h — systems by hand with parameters, and diagrams to look at. */
#ifndef RG_TESTS_DIAGRAMS_H
#define RG_TESTS_DIAGRAMS_H

#include "support/check.h"
/* cmocka first */
#include <regime/branch.h>
#include <regime/context.h>

enum { MOST_PARAMETERS = 8 };

/* Right-hand side of states x and parameters p; the Jacobian by differences is the library's affair. */
typedef void law(const double *x, const double *p, double *f);
typedef void law_jacobian(const double *x, const double *p, double *J); /* row by row, J[i * n + j] */

typedef struct by_hand {
  size_t n;
  law *law;
  law_jacobian *jacobian;
  double p[MOST_PARAMETERS];
  size_t column[201], row[200 * 200];
} by_hand;

static inline regime_status by_hand_start(void *self, double t, double *y) {
  (void)t;
  for (size_t k = 0; k < ((by_hand *)self)->n; k++) y[k] = 0.0;
  return REGIME_OK;
}

static inline int by_hand_rate(void *self, double t, const double *y, double *dy) {
  by_hand *h = self;
  (void)t;
  h->law(y, h->p, dy);
  for (size_t k = 0; k < h->n; k++)
    if (!isfinite(dy[k])) return 1;
  return 0;
}

static inline int by_hand_jacobian(void *self, double t, const double *y, double *values) {
  by_hand *h = self;
  double J[h->n * h->n];
  (void)t;
  memset(J, 0, sizeof J);
  h->jacobian(y, h->p, J);
  for (size_t j = 0; j < h->n; j++)
    for (size_t i = 0; i < h->n; i++) values[j * h->n + i] = J[i * h->n + j];
  return 0;
}

static inline double by_hand_parameter(void *self, size_t k) { return ((by_hand *)self)->p[k]; }

static inline int by_hand_set(void *self, size_t k, double value) {
  ((by_hand *)self)->p[k] = value;
  return 0;
}

/* A flow, or with step > 0 a map. The jacobian may be NULL. */
static inline regime_system by_hand_system(by_hand *h, double step) {
  for (size_t j = 0; j <= h->n; j++) h->column[j] = j * h->n;
  for (size_t k = 0; k < h->n * h->n; k++) h->row[k] = k % h->n;
  regime_system s = {.self = h,
                     .n_states = h->n,
                     .n_outputs = h->n,
                     .start = by_hand_start,
                     .n_parameters = MOST_PARAMETERS,
                     .parameter = by_hand_parameter,
                     .set_parameter = by_hand_set};
  if (step > 0.0) {
    s.next = by_hand_rate;
    s.step = step;
  } else
    s.rate = by_hand_rate;
  if (h->jacobian) {
    s.jacobian_column = h->column;
    s.jacobian_row = h->row;
    s.jacobian = by_hand_jacobian;
  }
  return s;
}

/* --- looking at a diagram ------------------------------------------------------------------------------ */

static inline const regime_special *special_of(const regime_diagram *d, regime_point type, size_t which) {
  for (size_t k = 0; k < regime_diagram_specials(d); k++)
    if (regime_diagram_special(d, k)->type == type && which-- == 0) return regime_diagram_special(d, k);
  fail_msg("no %s", regime_point_text(type));
  return NULL;
}

static inline size_t count_of(const regime_diagram *d, regime_point type) {
  size_t count = 0;
  for (size_t k = 0; k < regime_diagram_specials(d); k++) count += regime_diagram_special(d, k)->type == type;
  return count;
}

static inline void show_diagram(const regime_diagram *d, size_t n) {
  for (size_t k = 0; k < regime_diagram_branches(d); k++) {
    const regime_branch *b = regime_diagram_branch(d, k);
    print_message("branch %zu: %zu points, parent %ld, %s .. %s\n", k, b->n_points, b->parent,
                  regime_end_text(b->end[0]), regime_end_text(b->end[1]));
  }
  for (size_t k = 0; k < regime_diagram_curves(d); k++) {
    const regime_branch *b = regime_diagram_curve(d, k);
    print_message("%s curve %zu: %zu points, parent %ld, %s .. %s\n", regime_point_text(b->kind), k,
                  b->n_points, b->parent, regime_end_text(b->end[0]), regime_end_text(b->end[1]));
  }
  for (size_t k = 0; k < regime_diagram_specials(d); k++) {
    const regime_special *s = regime_diagram_special(d, k);
    print_message("%-10s %.12g %.12g on %zu: c %.10g %s, period %.10g, error %.1e at",
                  regime_point_text(s->type), s->parameter, s->second, s->branch, s->coefficient,
                  regime_criticality_text(s->criticality), s->period, s->error);
    for (size_t i = 0; i < n && i < 5; i++) print_message(" %.10g", s->state[i]);
    print_message("\n");
  }
}

static inline regime_diagram *diagram_of(regime_system *s, const regime_branch_options *o) {
  regime_context *context;
  regime_diagram *d;
  assert_ok(regime_context_create(&context));
  const regime_status status = regime_branch_follow(context, s, o, &d);
  for (size_t k = 0; k < regime_diagnostic_count(context); k++)
    print_message("%s\n", regime_diagnostic_at(context, k)->message);
  regime_context_free(context);
  assert_ok(status);
  if (getenv("SHOW_DIAGRAMS")) show_diagram(d, s->n_states);
  return d;
}

#endif
