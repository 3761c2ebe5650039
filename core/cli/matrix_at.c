/* matrix_at.c — a run to a date, and the matrices there. */
#include "cli/matrix_at.h"
#include "base/diagnostic.h"
#include "base/text.h"
#include "cli/compute.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A path has to end after it begins: for the first date it is the whole one, of which the first point is
 * taken. */
static regime_run_options run_to(const rg_options *given, const regime_model_info *about) {
  const double at = given->number[RG_OPTION_AT];
  regime_run_options o = REGIME_RUN_DEFAULTS;
  o.scenario = given->text[RG_OPTION_SCENARIO];
  o.settings = given->settings;
  o.n_settings = given->n_settings;
  o.to = at == about->from ? about->to : at;
  return o;
}

/* The last point at the date or before it: after what happens there. */
static size_t point_at(const regime_path *path, double at) {
  size_t p = regime_path_points(path);
  while (p > 1 && regime_path_time(path, p - 1) > at) p--;
  return p - 1;
}

static bool gets_there(const rg_cli *cli, const regime_path *path, double at) {
  if (regime_path_points(path) > 0 && regime_path_end(path) >= at) return true;
  rg_error(cli->context, (rg_place){0}, "choose an earlier date",
           "the path does not reach %.10g: %s at %.10g", at, regime_outcome_text(regime_path_outcome(path)),
           regime_path_end(path));
  return false;
}

static regime_status print_at(const regime_run *run, size_t point, rg_text *text) {
  const regime_model *model = regime_run_model(run);
  const regime_path *path = regime_run_path(run);
  const double *entries = regime_path_values(path, point) + regime_model_matrix_output(model);
  rg_text_add(text, "scenario %s, time %.10g\n", regime_run_scenario(run), regime_path_time(path, point));
  for (size_t k = 0; k < regime_model_matrices(model); k++) {
    char *matrix;
    const regime_status status = regime_matrix_print(regime_model_matrix(model, k), entries, &matrix);
    if (status != REGIME_OK) return status;
    rg_text_add(text, "\n%s", matrix);
    free(matrix);
  }
  return REGIME_OK;
}

/* In periods, the start is given: flows are of the periods after it. */
static regime_status check_date(const rg_cli *cli, const regime_model_info *about) {
  const double at = cli->options.number[RG_OPTION_AT];
  const bool is_discrete = strcmp(about->time, "discrete") == 0;
  if (at > about->from || (at == about->from && !is_discrete)) return REGIME_OK;
  rg_error(cli->context, (rg_place){0}, "choose a later date",
           is_discrete ? "the first period of `%s` comes after %.10g, not at %.10g"
                       : "the model `%s` begins at %.10g, after %.10g",
           about->name, about->from, at);
  return REGIME_BAD_ARGUMENT;
}

static regime_status check_question(const rg_cli *cli, const regime_model *model) {
  if (regime_model_matrices(model) > 0) return check_date(cli, regime_model_about(model));
  rg_error(cli->context, (rg_place){0}, "declare them in the group `matrices` of the model",
           "the model `%s` declares no matrices", regime_model_about(model)->name);
  return REGIME_NO;
}

regime_status rg_matrix_at(rg_cli *cli, const regime_model *model, char **out) {
  const double at = cli->options.number[RG_OPTION_AT];
  regime_run *run = NULL;
  double wall_s;
  rg_text text = {0};
  *out = NULL;
  regime_status status = check_question(cli, model);
  if (status == REGIME_OK)
    status = rg_compute(cli, model, run_to(&cli->options, regime_model_about(model)), &run, &wall_s);
  if (status == REGIME_OK && !gets_there(cli, regime_run_path(run), at)) status = REGIME_NO;
  if (status == REGIME_OK) status = print_at(run, point_at(regime_run_path(run), at), &text);
  if (status == REGIME_OK)
    status = rg_text_finish(&text, out);
  else
    rg_text_drop(&text);
  regime_run_free(run);
  return status;
}
