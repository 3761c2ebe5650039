/* linear.c — dense or sparse, and where each nonzero of the Jacobian goes. */
#include "solve/linear.h"

#include <stdlib.h>
#include <string.h>

/* From here on KLU is at least as fast as SUNDIALS' dense solver, whatever the density: it factorises again
 * along the pivots it has, where the dense solver searches them anew. Below, both cost nothing. */
enum { sparse_from = 20 };

static bool prefers_sparse(const regime_system *system, regime_linear wish) {
  if (!system->jacobian || system->n_states == 0) return false;
  if (wish != REGIME_LINEAR_AUTO) return wish == REGIME_LINEAR_SPARSE;
  return system->n_states >= sparse_from;
}

static regime_status make_dense(const regime_system *system, N_Vector y, SUNContext context, rg_linear *l) {
  const sunindextype n = N_VGetLength(y);
  l->matrix = SUNDenseMatrix(n, n, context);
  if (!l->matrix) return REGIME_NO_MEMORY;
  l->solver = SUNLinSol_Dense(y, l->matrix, context);
  if (!l->solver) return REGIME_NO_MEMORY;
  if (!system->jacobian) return REGIME_OK;
  for (size_t j = 0; j < system->n_states; j++)
    for (size_t k = system->jacobian_column[j]; k < system->jacobian_column[j + 1]; k++)
      l->place[k] = j * system->n_states + system->jacobian_row[k];
  return REGIME_OK;
}

/* Column j of the system's pattern with (j, j) put in where it is missing. Returns the end of the column. */
static size_t merge_column(const regime_system *system, size_t j, size_t at, rg_linear *l) {
  bool has_diagonal = false;
  for (size_t k = system->jacobian_column[j]; k < system->jacobian_column[j + 1]; k++) {
    const size_t row = system->jacobian_row[k];
    if (!has_diagonal && row > j) l->row[at++] = (sunindextype)j;
    has_diagonal = has_diagonal || row >= j;
    l->place[k] = at;
    l->row[at++] = (sunindextype)row;
  }
  if (!has_diagonal) l->row[at++] = (sunindextype)j;
  return at;
}

static regime_status make_sparse(const regime_system *system, N_Vector y, SUNContext context, rg_linear *l) {
  const size_t n = system->n_states;
  l->column = malloc((n + 1) * sizeof *l->column);
  l->row = malloc((l->n_nonzeros + n) * sizeof *l->row);
  if (!l->column || !l->row) return REGIME_NO_MEMORY;
  size_t end = 0;
  for (size_t j = 0; j < n; j++) {
    l->column[j] = (sunindextype)end;
    end = merge_column(system, j, end, l);
  }
  l->column[n] = (sunindextype)end;
  l->matrix = SUNSparseMatrix((sunindextype)n, (sunindextype)n, (sunindextype)end, CSC_MAT, context);
  if (!l->matrix) return REGIME_NO_MEMORY;
  l->solver = SUNLinSol_KLU(y, l->matrix, context);
  return l->solver ? REGIME_OK : REGIME_NO_MEMORY;
}

regime_status rg_linear_make(const regime_system *system, regime_linear wish, N_Vector y, SUNContext context,
                             rg_linear *out) {
  *out = (rg_linear){.sparse = prefers_sparse(system, wish)};
  if (system->jacobian) out->n_nonzeros = system->jacobian_column[system->n_states];
  out->nonzeros = malloc((out->n_nonzeros + 1) * sizeof *out->nonzeros);
  out->trial = malloc((out->n_nonzeros + 1) * sizeof *out->trial);
  out->place = malloc((out->n_nonzeros + 1) * sizeof *out->place);
  if (!out->nonzeros || !out->trial || !out->place) return REGIME_NO_MEMORY;
  return out->sparse ? make_sparse(system, y, context, out) : make_dense(system, y, context, out);
}

void rg_linear_drop(rg_linear *linear) {
  if (linear->solver) SUNLinSolFree(linear->solver);
  if (linear->matrix) SUNMatDestroy(linear->matrix);
  free(linear->row);
  free(linear->column);
  free(linear->place);
  free(linear->trial);
  free(linear->nonzeros);
  *linear = (rg_linear){0};
}

void rg_linear_keep(rg_linear *linear) {
  memcpy(linear->nonzeros, linear->trial, linear->n_nonzeros * sizeof *linear->trial);
  linear->filled = true;
}

/* CVODES zeroes a matrix before it asks for the Jacobian, a sparse one with its pattern. */
static double *prepare_sparse(const rg_linear *linear, SUNMatrix matrix) {
  const sunindextype n = SUNSparseMatrix_Columns(matrix), end = linear->column[n];
  memcpy(SUNSparseMatrix_IndexPointers(matrix), linear->column, (size_t)(n + 1) * sizeof *linear->column);
  memcpy(SUNSparseMatrix_IndexValues(matrix), linear->row, (size_t)end * sizeof *linear->row);
  return SUNSparseMatrix_Data(matrix);
}

void rg_linear_fill(const rg_linear *linear, SUNMatrix matrix) {
  double *data = linear->sparse ? prepare_sparse(linear, matrix) : SUNDenseMatrix_Data(matrix);
  for (size_t k = 0; k < linear->n_nonzeros; k++) data[linear->place[k]] = linear->nonzeros[k];
}
