/* ring.c — elimination round the ring.
 *
 * The stack holds what links x_0 to x_k so far, link k, and the conditions; its columns are
 *
 *   x_k | x_(k+1) | x_0 | y | right-hand side
 */
#include "linalg/ring.h"

#include "linalg/block.h"
#include <stdlib.h>
#include <string.h>

struct rg_ring {
  size_t n, count, extras, width; /* columns of the stack */
  double *link, *weight, *corner, *scale;
  double *stack;  /* 2n + extras rows */
  double *solved; /* n rows of the stack for each x_k, k > 0 */
  double *last;   /* [x_0 y | right-hand side] */
};

rg_ring *rg_ring_create(size_t n, size_t count, size_t extras) {
  rg_ring *ring = calloc(1, sizeof *ring);
  if (!ring) return NULL;
  const size_t width = 3 * n + extras + 1, all = n + extras;
  *ring = (rg_ring){.n = n, .count = count, .extras = extras, .width = width};
  const size_t link = count * n * all, weight = count * extras * n, solved = count * n * width;
  ring->link =
      calloc(link + weight + extras * extras + all + (2 * n + extras) * width + solved + all * (all + 1) + 1,
             sizeof *ring->link);
  if (!ring->link) {
    free(ring);
    return NULL;
  }
  ring->weight = ring->link + link;
  ring->corner = ring->weight + weight;
  ring->scale = ring->corner + extras * extras;
  ring->stack = ring->scale + all;
  ring->solved = ring->stack + (2 * n + extras) * width;
  ring->last = ring->solved + solved;
  for (size_t k = 0; k < all; k++) ring->scale[k] = 1.0;
  return ring;
}

void rg_ring_free(rg_ring *ring) {
  if (ring) free(ring->link);
  free(ring);
}

double *rg_ring_link(rg_ring *ring, size_t j) { return ring->link + j * ring->n * (ring->n + ring->extras); }
double *rg_ring_weight(rg_ring *ring, size_t j) { return ring->weight + j * ring->extras * ring->n; }
double *rg_ring_corner(rg_ring *ring) { return ring->corner; }
double *rg_ring_scale(rg_ring *ring) { return ring->scale; }

/* ---- loading ---- */

static double *row(rg_ring *ring, size_t r) { return ring->stack + r * ring->width; }

/* Link j in rows `first` and on; x_j stands in column `from`, x_(j+1) in column `to`. */
static void load_link(rg_ring *ring, size_t j, const double *b, size_t first, size_t from, size_t to) {
  const size_t n = ring->n, all = n + ring->extras;
  const double *link = rg_ring_link(ring, j), *scale = ring->scale;
  for (size_t i = 0; i < n; i++, link += all) {
    double *into = row(ring, first + i);
    memset(into, 0, ring->width * sizeof *into);
    for (size_t k = 0; k < n; k++) into[from + k] = link[k] * scale[k] / scale[i];
    for (size_t k = n; k < all; k++) into[2 * n + k] = link[k] * scale[k] / scale[i];
    into[to + i] -= 1.0;
    into[ring->width - 1] = b[j * n + i] / scale[i];
  }
}

static void add_weights(rg_ring *ring, size_t j, size_t column) {
  const double *weight = rg_ring_weight(ring, j);
  for (size_t e = 0; e < ring->extras; e++)
    for (size_t k = 0; k < ring->n; k++)
      row(ring, 2 * ring->n + e)[column + k] += weight[e * ring->n + k] * ring->scale[k];
}

static void load_conditions(rg_ring *ring, const double *d) {
  const size_t n = ring->n, extras = ring->extras;
  for (size_t e = 0; e < extras; e++) {
    double *into = row(ring, 2 * n + e);
    memset(into, 0, ring->width * sizeof *into);
    for (size_t k = 0; k < extras; k++) into[3 * n + k] = ring->corner[e * extras + k] * ring->scale[n + k];
    into[ring->width - 1] = d[e];
  }
}

/* ---- going round ---- */

/* x_k is expressed by the others; the next one takes its columns. */
static void pass(rg_ring *ring, size_t k) {
  const size_t n = ring->n, width = ring->width, bytes = width * sizeof *ring->stack;
  memcpy(ring->solved + k * n * width, ring->stack, n * bytes);
  for (size_t r = n; r < 2 * n + ring->extras; r++) {
    double *into = row(ring, r < 2 * n ? r - n : r);
    memmove(into, row(ring, r), bytes);
    memcpy(into, into + n, n * sizeof *into);
    memset(into + n, 0, n * sizeof *into);
  }
}

static bool go_round(rg_ring *ring, const double *b) {
  const size_t n = ring->n, rows = 2 * n + ring->extras;
  load_link(ring, 0, b, 0, 2 * n, 0);
  load_conditions(ring, b + ring->count * n);
  add_weights(ring, 0, 2 * n);
  for (size_t k = 1; k < ring->count; k++) {
    load_link(ring, k, b, n, 0, k + 1 < ring->count ? n : 2 * n);
    add_weights(ring, k, 0);
    if (!rg_block_eliminate(ring->stack, rows, 2 * n, ring->width, n)) return false;
    pass(ring, k);
  }
  return true;
}

/* The one link that is left, and the conditions. */
static bool close_ring(rg_ring *ring) {
  const size_t n = ring->n, all = n + ring->extras;
  for (size_t r = 0; r < all; r++)
    memcpy(ring->last + r * (all + 1), row(ring, r < n ? r : r + n) + 2 * n, (all + 1) * sizeof *ring->last);
  if (!rg_block_eliminate(ring->last, all, all, all + 1, all)) return false;
  rg_block_substitute(ring->last, all + 1, all);
  return true;
}

/* x_k from x_(k+1), x_0 and y, all still in units of scale. */
static void go_back(rg_ring *ring, size_t k, double *x, const double *y) {
  const size_t n = ring->n, width = ring->width;
  const double *next = x + (k + 1 < ring->count ? n * (k + 1) : 0);
  double *own = x + n * k;
  for (size_t i = n; i-- > 0;) {
    const double *from = ring->solved + (k * n + i) * width;
    double sum = from[width - 1];
    for (size_t c = i + 1; c < n; c++) sum -= from[c] * own[c];
    for (size_t c = 0; c < n; c++) sum -= from[n + c] * next[c] + from[2 * n + c] * x[c];
    for (size_t c = 0; c < ring->extras; c++) sum -= from[3 * n + c] * y[c];
    own[i] = sum / from[i];
  }
}

bool rg_ring_solve(rg_ring *ring, double *b) {
  const size_t n = ring->n, all = n + ring->extras;
  double *y = b + ring->count * n;
  if (!go_round(ring, b) || !close_ring(ring)) return false;
  for (size_t i = 0; i < n; i++) b[i] = ring->last[i * (all + 1) + all];
  for (size_t e = 0; e < ring->extras; e++) y[e] = ring->last[(n + e) * (all + 1) + all];
  for (size_t k = ring->count; k-- > 1;) go_back(ring, k, b, y);
  for (size_t k = 0; k < ring->count * n; k++) b[k] *= ring->scale[k % n];
  for (size_t e = 0; e < ring->extras; e++) y[e] *= ring->scale[n + e];
  return true;
}
