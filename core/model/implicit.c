/* implicit.c — the implicit function theorem for blocks of constants and of first values. */
#include "model/instance.h"
#include <math.h>
#include <stdlib.h>

bool rg_implicit_create(const rg_blocks *blocks, rg_implicit *out) {
  size_t largest = 0;
  for (size_t k = 0; k < blocks->count; k++)
    if (blocks->items[k].count > largest) largest = blocks->items[k].count;
  *out = (rg_implicit){.block = calloc(blocks->count + 1, sizeof(rg_dense *)),
                       .column = calloc(largest + 1, sizeof(double)),
                       .row = calloc(largest + 1, sizeof(double)),
                       .step = calloc(largest + 1, sizeof(double))};
  bool made = out->block && out->column && out->row && out->step;
  for (size_t k = 0; k < blocks->count && made; k++) {
    out->block[k] = rg_dense_create(blocks->items[k].count);
    made = out->block[k] != NULL;
  }
  return made;
}

void rg_implicit_free(const rg_blocks *blocks, rg_implicit *implicit) {
  for (size_t k = 0; implicit->block && k < blocks->count; k++) rg_dense_free(implicit->block[k]);
  free(implicit->block);
  free(implicit->column);
  free(implicit->row);
  free(implicit->step);
  *implicit = (rg_implicit){0};
}

bool rg_implicit_factor(const regime_instance *i, const rg_implicit *s, rg_solved_block solved) {
  const size_t n = solved.block->count, number = solved.number;
  const double *x = i->inputs + solved.block->symbol;
  double *matrix = rg_dense_matrix(s->block[number]);
  if (rg_block_jacobian(i, solved.block, solved.machines, solved.t, matrix)) return false;
  for (size_t j = 0; j < n; j++) s->column[j] = x[j] != 0.0 ? fabs(x[j]) : 1.0;
  for (size_t k = 0; k < n * n; k++) matrix[k] *= s->column[k / n];
  for (size_t r = 0; r < n; r++) {
    s->row[r] = 0.0;
    for (size_t j = 0; j < n; j++) s->row[r] = fmax(s->row[r], fabs(matrix[j * n + r]));
    if (s->row[r] == 0.0) return false;
    for (size_t j = 0; j < n; j++) matrix[j * n + r] /= s->row[r];
  }
  rg_dense_factor(s->block[number]);
  return !rg_dense_is_singular(s->block[number]);
}

void rg_implicit_solve(const rg_implicit *s, size_t number, size_t n) {
  for (size_t k = 0; k < n; k++) s->step[k] /= -s->row[k];
  rg_dense_solve(s->block[number], s->step);
  for (size_t k = 0; k < n; k++) s->step[k] *= s->column[k];
}
