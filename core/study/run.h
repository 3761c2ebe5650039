/* run.h — what a run keeps, and the steps by which it is read off the path. */
#ifndef RG_RUN_H
#define RG_RUN_H

#include "study/facts.h"
#include "study/names.h"
#include <math.h>
#include <regime/study.h>

/* A row or a column of a matrix, or its redundant equation, along the path. */
typedef struct rg_matrix_line {
  const regime_matrix *matrix;
  regime_matrix_line kind;
  size_t number; /* of the row or column */
  size_t point;  /* of the path where it is worst */
  regime_matrix_check check;
  bool is_explained; /* by a row that leaks into this column */
} rg_matrix_line;

struct regime_run {
  const regime_model *model;
  char *scenario;
  double *parameter;
  regime_path_options options;
  regime_path *path;
  rg_output_names names;
  regime_event_time *event; /* one a happening of the path */
  regime_identity_check *identity;
  rg_matrix_line *line;
  size_t n_lines;
  regime_leak *leak;
  size_t n_leaks;
  regime_phase *phase;
  size_t n_phases;
  rg_facts facts;
  regime_table **table;
  size_t n_tables;
};

/* At the start of a discrete model what looks further back than it goes has no value, which is no breach. */
static inline bool rg_is_open(const regime_run *run, size_t point, double value) {
  return isnan(value) && point == 0 && regime_model_about(run->model)->step > 0.0;
}

/* Each fills its part of the run. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_identities_check(regime_run *run);
REGIME_MUST_CHECK regime_status rg_matrices_check(regime_run *run);
REGIME_MUST_CHECK regime_status rg_phases_read(regime_run *run);
REGIME_MUST_CHECK regime_status rg_tables_make(regime_run *run);

/* The tables `facts` and `fit`: *out is yours; NULL on failure. */
REGIME_MUST_CHECK regime_status rg_facts_table(const regime_run *run, regime_table **out);
REGIME_MUST_CHECK regime_status rg_fit_table(const regime_table *facts, regime_table **out);

#endif
