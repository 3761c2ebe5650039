/* spectrum.c — eigenvalues of the exact Jacobian, and how many are outside. */
#include "analysis/normal.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Closer to critical than this, against the largest eigenvalue, is critical: it is rounding. */
static const double rounding = 1e-12;

regime_status rg_spectrum_make(rg_spectrum *s, const rg_frame *frame) {
  *s = (rg_spectrum){.n = frame->n, .is_map = rg_field_is_map(frame->field)};
  s->eigen = rg_eigen_create(s->n);
  s->jacobian = calloc(s->n * frame->columns + 1, sizeof *s->jacobian);
  if (s->eigen && s->jacobian) return REGIME_OK;
  rg_spectrum_clear(s);
  return REGIME_NO_MEMORY;
}

void rg_spectrum_clear(rg_spectrum *s) {
  rg_eigen_free(s->eigen);
  free(s->jacobian);
  *s = (rg_spectrum){0};
}

static double excess(const rg_spectrum *s, size_t k) {
  return s->is_map ? hypot(s->re[k], s->im[k]) - 1.0 : s->re[k];
}

static void count(rg_spectrum *s) {
  double size = s->is_map ? 1.0 : 0.0;
  for (size_t k = 0; k < s->n; k++) size = fmax(size, hypot(s->re[k], s->im[k]));
  s->n_outside = s->n_above = s->n_below = 0;
  s->stability = INFINITY;
  for (size_t k = 0; k < s->n; k++) {
    const bool is_outside = excess(s, k) > rounding * size, is_real = s->im[k] == 0.0;
    s->n_outside += is_outside;
    s->n_above += is_outside && (!s->is_map || (is_real && s->re[k] > 0.0));
    s->n_below += is_outside && s->is_map && is_real && s->re[k] < 0.0;
    s->stability = fmin(s->stability, -excess(s, k) - rounding * size);
  }
}

int rg_spectrum_find(rg_spectrum *s, rg_frame *frame, const double *Z) {
  if (rg_frame_jacobian(frame, Z, s->jacobian)) return 1;
  double *matrix = rg_eigen_matrix(s->eigen);
  memcpy(matrix, s->jacobian, s->n * s->n * sizeof *matrix);
  for (size_t i = 0; i < s->n && s->is_map; i++) matrix[i + i * s->n] += 1.0;
  if (!rg_eigen_find(s->eigen, s->is_map ? RG_BY_MODULUS : RG_BY_REAL_PART)) return 1;
  s->re = rg_eigen_re(s->eigen);
  s->im = rg_eigen_im(s->eigen);
  count(s);
  return 0;
}

size_t rg_spectrum_real(const rg_spectrum *s, double at) {
  size_t best = SIZE_MAX;
  for (size_t k = 0; k < s->n; k++)
    if (s->im[k] == 0.0 && (best == SIZE_MAX || fabs(s->re[k] - at) < fabs(s->re[best] - at))) best = k;
  return best;
}

size_t rg_spectrum_pair(const rg_spectrum *s) {
  size_t best = SIZE_MAX;
  for (size_t k = 0; k < s->n; k++)
    if (s->im[k] > 0.0 && (best == SIZE_MAX || fabs(excess(s, k)) < fabs(excess(s, best)))) best = k;
  return best;
}
