/* oscillators.h — systems whose cycles are known, as regime_system with parameters p[0], p[1], ... */
#ifndef RG_TESTS_OSCILLATORS_H
#define RG_TESTS_OSCILLATORS_H

#include "support/check.h"
/* cmocka first */
#include <regime/system.h>

enum { MOST_STATES = 4 };

typedef struct oscillator {
  double p[4];
  double start[MOST_STATES];
  void (*law)(const double *p, const double *y, double *dy);
  void (*slopes)(const double *p, const double *y, double *j); /* column-major; NULL: differences */
  size_t n;
} oscillator;

static const size_t dense_columns[][MOST_STATES + 1] = {
    {0}, {0, 1}, {0, 2, 4}, {0, 3, 6, 9}, {0, 4, 8, 12, 16}};
static const size_t dense_rows[][MOST_STATES * MOST_STATES] = {
    {0}, {0}, {0, 1, 0, 1}, {0, 1, 2, 0, 1, 2, 0, 1, 2}, {0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3}};

static regime_status oscillator_start(void *self, double t, double *y) {
  const oscillator *o = self;
  (void)t;
  memcpy(y, o->start, o->n * sizeof *y);
  return REGIME_OK;
}

static int oscillator_rate(void *self, double t, const double *y, double *dy) {
  const oscillator *o = self;
  (void)t;
  o->law(o->p, y, dy);
  return 0;
}

static int oscillator_jacobian(void *self, double t, const double *y, double *values) {
  const oscillator *o = self;
  (void)t;
  o->slopes(o->p, y, values);
  return 0;
}

static double oscillator_parameter(void *self, size_t k) { return ((oscillator *)self)->p[k]; }

static int oscillator_set(void *self, size_t k, double value) {
  ((oscillator *)self)->p[k] = value;
  return 0;
}

static inline regime_system system_of(oscillator *o) {
  return (regime_system){.self = o,
                         .n_states = o->n,
                         .jacobian_column = o->slopes ? dense_columns[o->n] : NULL,
                         .jacobian_row = o->slopes ? dense_rows[o->n] : NULL,
                         .start = oscillator_start,
                         .rate = oscillator_rate,
                         .jacobian = o->slopes ? oscillator_jacobian : NULL,
                         .n_parameters = 4,
                         .parameter = oscillator_parameter,
                         .set_parameter = oscillator_set};
}

static inline regime_system map_of(oscillator *o) {
  regime_system system = system_of(o);
  system.rate = NULL;
  system.next = oscillator_rate;
  system.step = 1.0;
  return system;
}

/* ---- laws that several tests use ---- */

/* Hopf's normal form: a circle of radius sqrt(p0), period 2 pi, multiplier exp(-4 pi p0). */
static inline void normal_form(const double *p, const double *y, double *dy) {
  const double s = p[0] - y[0] * y[0] - y[1] * y[1];
  dy[0] = y[0] * s - y[1];
  dy[1] = y[1] * s + y[0];
}

static inline void normal_form_slopes(const double *p, const double *y, double *j) {
  const double s = p[0] - y[0] * y[0] - y[1] * y[1];
  j[0] = s - 2.0 * y[0] * y[0], j[1] = -2.0 * y[0] * y[1] + 1.0;
  j[2] = -2.0 * y[0] * y[1] - 1.0, j[3] = s - 2.0 * y[1] * y[1];
}

static inline void lorenz(const double *p, const double *y, double *dy) {
  dy[0] = 10.0 * (y[1] - y[0]);
  dy[1] = p[0] * y[0] - y[1] - y[0] * y[2];
  dy[2] = y[0] * y[1] - 8.0 / 3.0 * y[2];
}

static inline void lorenz_slopes(const double *p, const double *y, double *j) {
  j[0] = -10.0, j[1] = p[0] - y[2], j[2] = y[1];
  j[3] = 10.0, j[4] = -1.0, j[5] = y[0];
  j[6] = 0.0, j[7] = -y[0], j[8] = -8.0 / 3.0;
}

#endif
