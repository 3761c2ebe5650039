/* starts.c — quasi-random points through GSL. */
#include "analysis/starts.h"
#include "analysis/random.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_qrng.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { most_of_sobol = 40, most_of_halton = 1229 };

struct rg_starts {
  size_t n, n_even, count; /* dimensions; of them evenly filled; points given */
  gsl_qrng sequence;       /* none without dimensions */
  double *offset, *point;
  uint64_t state;
};

/* What gsl_qrng_alloc does; that ends the program where it has no memory, unless the whole process tells GSL
 * not to. */
static bool make_sequence(rg_starts *s) {
  gsl_qrng *q = &s->sequence;
  const unsigned n = (unsigned)s->n_even;
  q->type = n <= most_of_sobol ? gsl_qrng_sobol : gsl_qrng_reversehalton;
  q->dimension = n;
  q->state_size = q->type->state_size(n);
  q->state = malloc(q->state_size);
  return q->state && q->type->init_state(q->state, n) == GSL_SUCCESS;
}

rg_starts *rg_starts_create(size_t n, unsigned seed) {
  rg_starts *s = calloc(1, sizeof *s);
  if (!s) return NULL;
  s->n = n;
  s->n_even = n < most_of_halton ? n : most_of_halton;
  s->state = seed;
  s->offset = calloc(2 * n + 1, sizeof *s->offset);
  if (!s->offset || (n > 0 && !make_sequence(s))) {
    rg_starts_free(s);
    return NULL;
  }
  s->point = s->offset + n;
  for (size_t i = 0; i < n; i++) s->offset[i] = rg_random(&s->state);
  return s;
}

void rg_starts_free(rg_starts *s) {
  if (!s) return;
  free(s->sequence.state);
  free(s->offset);
  free(s);
}

static void next_of_unit(rg_starts *s) {
  if (s->n_even > 0) gsl_qrng_get(&s->sequence, s->point);
  for (size_t i = 0; i < s->n_even; i++) s->point[i] = fmod(s->point[i] + s->offset[i], 1.0);
  for (size_t i = s->n_even; i < s->n; i++) s->point[i] = rg_random(&s->state);
}

void rg_starts_even(rg_starts *s, double *out) {
  next_of_unit(s);
  memcpy(out, s->point, s->n * sizeof *out);
}

static double draw_in(double low, double high, double centre, double part) {
  const double from = fmin(fmax(centre, low), high), side = 2.0 * part - 1.0;
  return from + (side > 0.0 ? high - from : from - low) * side * side * side;
}

void rg_starts_next(rg_starts *s, const double *low, const double *high, const double *centre, double *out) {
  next_of_unit(s);
  for (size_t i = 0; i < s->n; i++)
    out[i] = s->count % 2 == 0 ? low[i] + (high[i] - low[i]) * s->point[i]
                               : draw_in(low[i], high[i], centre[i], s->point[i]);
  s->count++;
}
