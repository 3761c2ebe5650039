/* sparse.c — KLU: analysed once, factored at each new set of values. */
#include "linalg/sparse.h"

#include <klu.h>
#include <stdlib.h>

struct rg_sparse {
  int n;
  int *column, *row;
  double *values;
  klu_common common;
  klu_symbolic *symbolic;
  klu_numeric *numeric;
};

static int *as_int(const size_t *from, size_t count) {
  int *to = calloc(count + 1, sizeof *to);
  if (!to) return NULL;
  for (size_t k = 0; k < count; k++) to[k] = (int)from[k];
  return to;
}

rg_sparse *rg_sparse_create(size_t n, const size_t *column, const size_t *row) {
  rg_sparse *s = calloc(1, sizeof *s);
  if (!s) return NULL;
  s->n = (int)n;
  s->column = as_int(column, n + 1);
  s->row = as_int(row, column[n]);
  s->values = calloc(column[n] + 1, sizeof *s->values);
  if (s->column && s->row && s->values && klu_defaults(&s->common)) {
    s->common.tol = 0.1; /* a pivot on the diagonal is kept when it is a tenth of the largest: little fill */
    s->symbolic = klu_analyze(s->n, s->column, s->row, &s->common);
  }
  if (s->symbolic) return s;
  rg_sparse_free(s);
  return NULL;
}

static void drop_factors(rg_sparse *s) {
  if (s->numeric) klu_free_numeric(&s->numeric, &s->common);
}

void rg_sparse_free(rg_sparse *s) {
  if (!s) return;
  drop_factors(s);
  if (s->symbolic) klu_free_symbolic(&s->symbolic, &s->common);
  free(s->column);
  free(s->row);
  free(s->values);
  free(s);
}

double *rg_sparse_values(rg_sparse *s) { return s->values; }

bool rg_sparse_factor(rg_sparse *s) {
  drop_factors(s);
  s->numeric = klu_factor(s->column, s->row, s->values, s->symbolic, &s->common);
  return s->numeric && s->common.status == KLU_OK;
}

void rg_sparse_solve(rg_sparse *s, double *b) { klu_solve(s->symbolic, s->numeric, s->n, 1, b, &s->common); }
