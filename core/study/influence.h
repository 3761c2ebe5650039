/* influence.h — what an inquiry into influence keeps, and its parts. */
#ifndef RG_INFLUENCE_H
#define RG_INFLUENCE_H

#include "analysis/morris.h"
#include "analysis/sobol.h"
#include "study/factors.h"
#include "study/statistics.h"

struct regime_influence {
  const regime_model *model;
  regime_influence_question question;
  regime_path_options options;
  char *scenario;
  double *parameter;
  rg_output_names names;
  rg_statistics asked;
  rg_factors factors;
  size_t n_runs, n_lost;
  /* local: [number] and [number * factors] */
  double *value, *size, *slope;
  /* drawn */
  rg_morris morris;
  rg_sobol sobol;
  double *drawn;     /* [run * numbers]: NaN where there is none */
  const char **fate; /* [run]: what became of it; NULL: it counts */
  double *end;       /* [run]: the time it was lost at */
  regime_table **table;
  size_t n_tables;
};

/* The local answer, into value, size and slope. UNDEFINED, and those of a path. */
REGIME_MUST_CHECK regime_status rg_influence_local(regime_context *context, regime_instance *instance,
                                                   regime_influence *influence);
/* Every run of the design, into drawn, fate and end. NO when interrupted; UNDEFINED when all are lost. */
REGIME_MUST_CHECK regime_status rg_influence_draw(regime_context *context, regime_influence *influence);
/* Run k: a value for each factor. */
void rg_influence_point(const regime_influence *influence, size_t k, double *out);

/* The tables. NO_MEMORY. */
REGIME_MUST_CHECK regime_status rg_influence_tables_make(regime_influence *influence);

#endif
