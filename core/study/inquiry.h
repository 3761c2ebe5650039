/* inquiry.h — what an inquiry keeps, and what its kinds share. */
#ifndef RG_INQUIRY_H
#define RG_INQUIRY_H

#include "analysis/without.h"
#include "study/law.h"

struct regime_inquiry {
  rg_law law;
  regime_steady *steady;
  regime_growth *growth;
  rg_without *moving; /* the system without states that drift, which have no branches; NULL: none does */
  regime_diagram *diagram;
  regime_sweep *sweep;
  regime_portrait *portrait;
  regime_basins *basins;
  size_t at_other_end;
  size_t parameter, second, state; /* numbers: of the diagram or the sweep */
  size_t *asked, n_asked;          /* parameters whose responses were asked for */
  size_t n_figures;
  regime_lines *line; /* [equilibrium * n_figures + figure] */
  regime_table **table;
  size_t n_tables;
};

/* An inquiry with its law open. *out is yours; NULL on failure. Those of rg_law_open. */
REGIME_MUST_CHECK regime_status rg_inquiry_open(regime_context *context, const regime_model *model,
                                                const regime_law *law, regime_inquiry **out);

/* What the search for equilibria is told of the law. */
regime_steady_options rg_inquiry_options(const regime_inquiry *inquiry, const regime_law *law);

/* Looks for equilibria into inquiry->steady; a box that was guessed is widened tenfold, up to a million
 * times, while there are equilibria outside it only. Those of regime_steady_find. */
REGIME_MUST_CHECK regime_status rg_inquiry_search(regime_context *context, regime_inquiry *inquiry,
                                                  const regime_steady_options *options);

/* Makes a table and hands it over; fill puts columns and rows. NO_MEMORY. */
typedef void rg_fill(const regime_inquiry *inquiry, regime_table *table);
REGIME_MUST_CHECK regime_status rg_inquiry_add(regime_inquiry *inquiry, const char *name, size_t keys,
                                               rg_fill *fill);

/* Columns for the variables, and their values; `values` has n_outputs. */
void rg_add_variables(const regime_inquiry *inquiry, regime_table *table);
void rg_put_variables(const regime_inquiry *inquiry, regime_table *table, size_t first_column,
                      const double *values);
/* Columns `number`, `re`, `im`, and as many rows, each after its keys. */
void rg_add_eigenvalues(regime_table *table);
void rg_put_eigenvalue(regime_table *table, size_t first_column, size_t number, double re, double im);

/* The tables of equilibria, which portraits have too. */
void rg_fill_equilibria(const regime_inquiry *inquiry, regime_table *table);
void rg_fill_eigenvalues(const regime_inquiry *inquiry, regime_table *table);
size_t rg_inquiry_equilibria(const regime_inquiry *inquiry);
const regime_equilibrium *rg_inquiry_equilibrium(const regime_inquiry *inquiry, size_t k);

#endif
