/* starts.c — quasi-random points through GSL. */
#include "analysis/starts.h"

#include <gsl/gsl_qrng.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

enum { most_of_sobol = 40, most_of_halton = 1229 };

struct rg_starts {
  size_t n, n_even, count; /* dimensions; of them evenly filled; points given */
  gsl_qrng *sequence;
  double *offset, *point;
  uint64_t state;
};

/* The generator splitmix64 (Steele, Lea and Flood 2014); in [0, 1). */
static double pseudo_random(uint64_t *state) {
  uint64_t z = *state += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

/* GSL ends the program where it has no memory, unless it is told not to; its answer NULL is looked at here.
 */
static gsl_qrng *make_sequence(size_t n) {
  gsl_error_handler_t *before = gsl_set_error_handler_off();
  gsl_qrng *sequence =
      n == 0 ? NULL
             : gsl_qrng_alloc(n <= most_of_sobol ? gsl_qrng_sobol : gsl_qrng_reversehalton, (unsigned)n);
  gsl_set_error_handler(before);
  return sequence;
}

rg_starts *rg_starts_create(size_t n, unsigned seed) {
  rg_starts *s = calloc(1, sizeof *s);
  if (!s) return NULL;
  s->n = n;
  s->n_even = n < most_of_halton ? n : most_of_halton;
  s->state = seed;
  s->offset = calloc(2 * n + 1, sizeof *s->offset);
  s->sequence = make_sequence(s->n_even);
  if (!s->offset || (n > 0 && !s->sequence)) {
    rg_starts_free(s);
    return NULL;
  }
  s->point = s->offset + n;
  for (size_t i = 0; i < n; i++) s->offset[i] = pseudo_random(&s->state);
  return s;
}

void rg_starts_free(rg_starts *s) {
  if (!s) return;
  if (s->sequence) gsl_qrng_free(s->sequence);
  free(s->offset);
  free(s);
}

static void next_of_unit(rg_starts *s) {
  if (s->sequence) gsl_qrng_get(s->sequence, s->point);
  for (size_t i = 0; i < s->n_even; i++) s->point[i] = fmod(s->point[i] + s->offset[i], 1.0);
  for (size_t i = s->n_even; i < s->n; i++) s->point[i] = pseudo_random(&s->state);
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
