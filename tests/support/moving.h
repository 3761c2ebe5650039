/* moving.h — the tangents of a system against differences of its functions.
 *
 * Directions are random and measured by what they move: one step along a direction is the size of its
 * parameter, and each state goes by a part of its own size. Differences are central and extrapolated
 * (Ridders 1982); where they do not settle, as beside a kink, nothing is compared.
 */
#ifndef RG_TESTS_MOVING_H
#define RG_TESTS_MOVING_H

#include "support/check.h"
#include <regime/system.h>

enum { MOVING_LEVELS = 8 };

static unsigned long long moving_seed;

static inline void moving_sow(void) {
  const char *given = getenv("REGIME_TEST_SEED");
  moving_seed = given ? strtoull(given, NULL, 10) : 20261120;
  print_message("seed %llu\n", moving_seed);
}

/* Between -1 and 1. */
static inline double moving_draw(void) {
  moving_seed = moving_seed * 6364136223846793005u + 1442695040888963407u;
  return (double)(moving_seed >> 11) / 4503599627370496.0 - 1.0;
}

static inline size_t moving_choose(size_t n) { return (size_t)((moving_draw() + 1.0) / 2.0 * (double)n) % n; }

/* A function of the system, to be named and differenced. */
typedef enum moving_function {
  MOVING_RATE,
  MOVING_CROSSING,
  MOVING_OBSERVE,
  MOVING_RESIDUAL, /* of block `block` */
  MOVING_START
} moving_function;

typedef struct moving {
  const regime_system *system;
  double t;
  const double *y; /* states and unknowns */
  moving_function function;
  size_t block;
  size_t compared, left_out;
} moving;

static inline size_t moving_width(const moving *m) { return m->system->n_states + m->system->n_unknowns; }

static inline size_t moving_outputs(const moving *m) {
  const regime_system *s = m->system;
  switch (m->function) {
  case MOVING_RATE:
  case MOVING_START: return s->n_states;
  case MOVING_CROSSING: return s->n_switches + s->n_events;
  case MOVING_OBSERVE: return s->n_outputs;
  default: return s->block[m->block].n;
  }
}

static inline int moving_value(const moving *m, double t, const double *y, double *out) {
  const regime_system *s = m->system;
  switch (m->function) {
  case MOVING_RATE: return s->rate ? s->rate(s->self, t, y, out) : s->next(s->self, t, y, out);
  case MOVING_CROSSING: return s->crossing(s->self, t, y, out);
  case MOVING_OBSERVE: s->observe(s->self, t, y, out); return 0;
  case MOVING_START: return s->start(s->self, t, out) != REGIME_OK;
  default: return s->residual(s->self, m->block, t, y, out);
  }
}

static inline int moving_tangent(const moving *m, const double *dt, const double *dy, double *out) {
  const regime_system *s = m->system;
  switch (m->function) {
  case MOVING_RATE: return s->rate_tangent(s->self, m->t, m->y, dt, dy, out);
  case MOVING_CROSSING: return s->crossing_tangent(s->self, m->t, m->y, dt, dy, out);
  case MOVING_OBSERVE: return s->observe_tangent(s->self, m->t, m->y, dt, dy, out);
  case MOVING_START: return s->start_tangent(s->self, m->t, out);
  default: return s->residual_tangent(s->self, m->block, m->t, m->y, dt, dy, out);
  }
}

/* The function a step s along the direction (parameter k, dt, dy). */
static inline int moving_at(const moving *m, size_t k, double step, double dt, const double *dy,
                            double *out) {
  const regime_system *s = m->system;
  const size_t n = moving_width(m);
  double *y = calloc(n + 1, sizeof *y);
  const double before = k == REGIME_NO_PARAMETER ? 0.0 : s->parameter(s->self, k);
  int undefined = k == REGIME_NO_PARAMETER ? 0 : s->set_parameter(s->self, k, before + step);
  for (size_t i = 0; i < n; i++) y[i] = m->y[i] + step * dy[i];
  if (!undefined) undefined = moving_value(m, m->t + step * dt, y, out);
  if (k != REGIME_NO_PARAMETER) assert_int_equal(s->set_parameter(s->self, k, before), 0);
  free(y);
  return undefined;
}

/* A central difference, and what rounding can do to it at least. */
typedef struct moving_level {
  double slope, noise;
} moving_level;

/* How far an entry is from its three neighbours in the table: two may agree by chance. */
static inline double moving_apart(double table[MOVING_LEVELS][MOVING_LEVELS], size_t i, size_t j) {
  const double value = table[i][j];
  return fmax(fmax(fabs(value - table[i][j - 1]), fabs(value - table[i - 1][j - 1])),
              fabs(value - table[i - 1][j]));
}

/* Extrapolates the column of central differences: the entry nearest to its neighbours. */
static inline double moving_extrapolate(const moving_level *level, double *error) {
  double table[MOVING_LEVELS][MOVING_LEVELS], best = NAN;
  *error = INFINITY;
  for (size_t i = 0; i < MOVING_LEVELS; i++) {
    double power = 4.0;
    table[i][0] = level[i].slope;
    for (size_t j = 1; j <= i; j++, power *= 4.0) {
      table[i][j] = (power * table[i][j - 1] - table[i - 1][j - 1]) / (power - 1.0);
      if (j == i) continue;
      const double apart = moving_apart(table, i, j) + level[i].noise;
      if (apart < *error) *error = apart, best = table[i][j];
    }
  }
  return best;
}

/* out[k] d/ds of output k, error[k]; false where a point has no value. */
static inline bool moving_difference(const moving *m, size_t parameter, double scale, double dt,
                                     const double *dy, double *out, double *error) {
  const size_t n = moving_outputs(m);
  moving_level *level = calloc((n + 1) * MOVING_LEVELS, sizeof *level);
  double *up = calloc(2 * n + 1, sizeof *up), *down = up + n;
  bool defined = true;
  double h = 0.02 * scale;
  for (size_t l = 0; l < MOVING_LEVELS && defined; l++, h /= 2.0) {
    defined = !moving_at(m, parameter, h, dt, dy, up) && !moving_at(m, parameter, -h, dt, dy, down);
    for (size_t k = 0; k < n; k++)
      level[k * MOVING_LEVELS + l] =
          (moving_level){(up[k] - down[k]) / (2.0 * h), 1e-14 * (1.0 + fabs(up[k])) / h};
  }
  for (size_t k = 0; k < n && defined; k++) out[k] = moving_extrapolate(level + k * MOVING_LEVELS, &error[k]);
  free(level);
  free(up);
  return defined;
}

/* One direction of one function, its tangent given. */
static inline void moving_compare(moving *m, size_t parameter, double scale, double dt, const double *dy,
                                  const double *tangent, double tolerance) {
  const size_t n = moving_outputs(m);
  double *expected = calloc(2 * n + 1, sizeof *expected), *error = expected + n;
  if (moving_difference(m, parameter, scale, dt, dy, expected, error)) {
    for (size_t k = 0; k < n; k++) {
      if (isnan(expected[k]) && !(fabs(tangent[k]) > 0.0)) continue; /* no value, or a state that is open */
      const double size = fmax(1e-2, fabs(expected[k]) * scale);
      if (!(error[k] * scale < 0.3 * tolerance * size)) {
        m->left_out++;
        continue;
      }
      m->compared++;
      if (!(fabs(tangent[k] - expected[k]) * scale <= tolerance * size))
        fail_msg("function %d, output %zu along %s: %.15g, by differences %.15g (within %g)", m->function, k,
                 parameter == REGIME_NO_PARAMETER ? "states"
                                                  : m->system->parameter_name(m->system->self, parameter),
                 tangent[k], expected[k], error[k]);
    }
  } else {
    m->left_out += n;
  }
  free(expected);
}

/* All directions of `parameter` at once, each with a random dt and dy of its own. */
static inline void moving_check(moving *m, size_t n_directions, const size_t *parameter, bool with_time,
                                double tolerance) {
  const regime_system *s = m->system;
  const size_t width = moving_width(m), n = moving_outputs(m);
  double *dy = calloc(n_directions * width + 1, sizeof *dy), *dt = calloc(n_directions, sizeof *dt);
  double *scale = calloc(n_directions, sizeof *scale), *out = calloc(n_directions * n + 1, sizeof *out);
  for (size_t d = 0; d < n_directions; d++) { /* a path moves once it is set to a constant */
    if (parameter[d] != REGIME_NO_PARAMETER)
      assert_int_equal(s->set_parameter(s->self, parameter[d], s->parameter(s->self, parameter[d])), 0);
    scale[d] = parameter[d] == REGIME_NO_PARAMETER ? 1.0 : fabs(s->parameter(s->self, parameter[d]));
    if (scale[d] == 0.0) scale[d] = 0.01;
    dt[d] = with_time ? 0.1 * moving_draw() / scale[d] : 0.0;
    for (size_t i = 0; i < width && m->function != MOVING_START; i++)
      dy[d * width + i] = moving_draw() * fmax(fabs(m->y[i]), 0.01) / scale[d];
  }
  assert_ok(s->aim(s->self, n_directions, parameter));
  if (!moving_tangent(m, with_time ? dt : NULL, dy, out))
    for (size_t d = 0; d < n_directions; d++)
      moving_compare(m, parameter[d], scale[d], dt[d], dy + d * width, out + d * n, tolerance);
  else
    m->left_out += n * n_directions;
  free(dy);
  free(dt);
  free(scale);
  free(out);
}

/* Every function of the system at (t, y), along every parameter and along states alone. */
static inline void moving_check_all(moving *m, bool with_time, double tolerance) {
  const regime_system *s = m->system;
  const size_t n = s->n_parameters + 1;
  size_t *parameter = calloc(n, sizeof *parameter);
  for (size_t k = 0; k < n; k++) parameter[k] = k < s->n_parameters ? k : REGIME_NO_PARAMETER;
  const moving_function functions[] = {MOVING_RATE, MOVING_CROSSING, MOVING_OBSERVE};
  for (size_t f = 0; f < sizeof functions / sizeof *functions; f++) {
    m->function = functions[f];
    moving_check(m, n, parameter, with_time, tolerance);
  }
  m->function = MOVING_RESIDUAL;
  for (m->block = 0; m->block < s->n_blocks; m->block++) moving_check(m, n, parameter, with_time, tolerance);
  free(parameter);
}

#endif
