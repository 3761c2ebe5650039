/* block.c — row operations. */
#include "linalg/block.h"

#include <math.h>

/* to -= factor from */
static void subtract(double *restrict to, double factor, const double *restrict from, size_t count) {
  for (size_t k = 0; k < count; k++) to[k] -= factor * from[k];
}

static size_t largest(const double *matrix, size_t candidates, size_t columns, size_t k) {
  size_t best = k;
  for (size_t r = k + 1; r < candidates; r++)
    if (fabs(matrix[r * columns + k]) > fabs(matrix[best * columns + k])) best = r;
  return best;
}

static void exchange(double *restrict one, double *restrict other, size_t count) {
  for (size_t k = 0; k < count; k++) {
    const double keep = one[k];
    one[k] = other[k];
    other[k] = keep;
  }
}

bool rg_block_eliminate(double *matrix, size_t rows, size_t candidates, size_t columns, size_t pivots) {
  for (size_t k = 0; k < pivots; k++) {
    double *row = matrix + k * columns + k;
    const size_t best = largest(matrix, candidates, columns, k), width = columns - k;
    if (best != k) exchange(row, matrix + best * columns + k, width);
    if (row[0] == 0.0 || !isfinite(row[0])) return false;
    for (size_t r = k + 1; r < rows; r++) {
      double *below = matrix + r * columns + k;
      if (below[0] != 0.0) subtract(below + 1, below[0] / row[0], row + 1, width - 1);
      below[0] = 0.0;
    }
  }
  return true;
}

void rg_block_substitute(double *matrix, size_t columns, size_t pivots) {
  const size_t width = columns - pivots;
  for (size_t k = pivots; k-- > 0;) {
    double *row = matrix + k * columns + pivots;
    const double pivot = matrix[k * columns + k];
    for (size_t l = k + 1; l < pivots; l++)
      subtract(row, matrix[k * columns + l], matrix + l * columns + pivots, width);
    for (size_t c = 0; c < width; c++) row[c] /= pivot;
  }
}
