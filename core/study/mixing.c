/* mixing.c — split R-hat and effective sample size. */
#include "study/mixing.h"

#include <math.h>

typedef struct halves {
  const double *x;
  size_t n_chains, n_draws, length; /* of a half */
} halves;

static size_t count(const halves *h) { return 2 * h->n_chains; }

/* Draw k of half j. An odd draw in the middle is left out. */
static double at(const halves *h, size_t j, size_t k) {
  const size_t skip = j % 2 ? h->n_draws - h->length : 0;
  return h->x[j / 2 * h->n_draws + skip + k];
}

static double mean_of(const halves *h, size_t j) {
  double sum = 0.0;
  for (size_t k = 0; k < h->length; k++) sum += at(h, j, k);
  return sum / (double)h->length;
}

/* Autocovariance of half j; with lag 0 its variance, but for the divisor. */
static double covariance(const halves *h, size_t j, size_t lag) {
  const double mean = mean_of(h, j);
  double sum = 0.0;
  for (size_t k = 0; k + lag < h->length; k++) sum += (at(h, j, k) - mean) * (at(h, j, k + lag) - mean);
  return sum / (double)h->length;
}

static double mean_covariance(const halves *h, size_t lag) {
  double sum = 0.0;
  for (size_t j = 0; j < count(h); j++) sum += covariance(h, j, lag);
  return sum / (double)count(h);
}

static double variance_between(const halves *h) {
  double mean = 0.0, sum = 0.0;
  for (size_t j = 0; j < count(h); j++) mean += mean_of(h, j) / (double)count(h);
  for (size_t j = 0; j < count(h); j++) sum += (mean_of(h, j) - mean) * (mean_of(h, j) - mean);
  return sum / (double)(count(h) - 1);
}

static double effective(const halves *h, double within, double total) {
  double sum = 0.0, last = INFINITY;
  for (size_t lag = 0; lag + 1 < h->length; lag += 2) {
    const double even = 1.0 - (within - mean_covariance(h, lag)) / total;
    const double odd = 1.0 - (within - mean_covariance(h, lag + 1)) / total;
    const double pair = fmin((lag == 0 ? 1.0 : even) + odd, last);
    if (pair <= 0.0) break;
    sum += pair;
    last = pair;
  }
  const double draws = (double)(count(h) * h->length);
  return fmin(draws / (2.0 * sum - 1.0), draws * log10(draws));
}

rg_mixing rg_mixing_of(const double *x, size_t n_chains, size_t n_draws) {
  const halves h = {x, n_chains, n_draws, n_draws / 2};
  const double n = (double)h.length, within = mean_covariance(&h, 0) * n / (n - 1.0);
  const double total = within * (n - 1.0) / n + variance_between(&h);
  if (!(within > 0.0)) return (rg_mixing){NAN, NAN};
  return (rg_mixing){sqrt(total / within), effective(&h, within, total)};
}
