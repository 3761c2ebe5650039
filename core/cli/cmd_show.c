/* cmd_show.c — regime show: a model in one of its forms. */
#include "base/diagnostic.h"
#include "cli/matrix_at.h"
#include "cli/say.h"
#include "cli/shelf.h"

#include <stdlib.h>

static const struct {
  rg_option option;
  regime_view view;
  const char *name;
} views[] = {
    {RG_OPTION_LATEX, REGIME_VIEW_LATEX, "latex"},
    {RG_OPTION_GRAPH, REGIME_VIEW_GRAPH, "graph"},
    {RG_OPTION_DERIVATIVES, REGIME_VIEW_DERIVATIVES, "derivatives"},
    {RG_OPTION_EXPANDED, REGIME_VIEW_EXPANDED, "expanded"},
    {RG_OPTION_PROGRAM, REGIME_VIEW_PROGRAM, "program"},
    {RG_OPTION_MATRIX, REGIME_VIEW_MATRIX, "matrix"},
};

static regime_status choose_view(const rg_cli *cli, regime_view *view, const char **name) {
  size_t given = 0;
  *view = REGIME_VIEW_TEXT;
  *name = "text";
  for (size_t k = 0; k < sizeof views / sizeof *views; k++) {
    if (!rg_option_given(&cli->options, views[k].option)) continue;
    *view = views[k].view;
    *name = views[k].name;
    given++;
  }
  if (given <= 1) return REGIME_OK;
  rg_error(cli->context, (rg_place){0}, "call it once for each", "`regime show` gives one form at a time");
  return REGIME_BAD_ARGUMENT;
}

/* --at is about --matrix, --scenario and --set are about --at. */
static regime_status check_date(const rg_cli *cli, regime_view view) {
  const bool dated = rg_option_given(&cli->options, RG_OPTION_AT);
  const bool asked =
      rg_option_given(&cli->options, RG_OPTION_SCENARIO) || rg_option_given(&cli->options, RG_OPTION_SET);
  if (dated ? view == REGIME_VIEW_MATRIX : !asked) return REGIME_OK;
  rg_error(cli->context, (rg_place){0}, "write `regime show MODEL --matrix --at TIME --scenario NAME`",
           dated ? "`--at` goes with `--matrix`" : "`--scenario` and `--set` go with `--at`");
  return REGIME_BAD_ARGUMENT;
}

static regime_status print_view(rg_cli *cli, const regime_model *model, regime_view view, char **text) {
  if (rg_option_given(&cli->options, RG_OPTION_AT)) return rg_matrix_at(cli, model, text);
  return regime_model_print(model, view, text);
}

static json_t *variables(const regime_model *model) {
  static const char *const kinds[] = {"state", "auxiliary", "constant"};
  json_t *list = json_array();
  for (size_t k = 0; k < regime_model_variables(model); k++) {
    const regime_variable *v = regime_model_variable(model, k);
    json_t *over = json_array();
    for (size_t j = 0; j < v->n_over; j++)
      json_array_append_new(over, rg_json_text(regime_model_set(model, v->over[j])->name));
    json_array_append_new(list,
                          json_pack("{s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "name", rg_json_text(v->name),
                                    "kind", kinds[v->kind], "over", over, "label", rg_json_text(v->label),
                                    "unit", rg_json_text(v->unit), "equation", rg_json_text(v->equation),
                                    "low", rg_json_number(v->low), "high", rg_json_number(v->high)));
  }
  return list;
}

static json_t *parameters(const regime_model *model) {
  json_t *list = json_array();
  for (size_t k = 0; k < regime_model_parameters(model); k++) {
    const regime_parameter *p = regime_model_parameter(model, k);
    const char *kind = p->is_path ? "path" : p->is_mode ? "mode" : "parameter";
    json_array_append_new(list,
                          json_pack("{s:o, s:s, s:o, s:o, s:o, s:o, s:o}", "name", rg_json_text(p->name),
                                    "kind", kind, "value", rg_json_number(p->value), "about",
                                    rg_json_text(p->about), "unit", rg_json_text(p->unit), "low",
                                    rg_json_number(p->low), "high", rg_json_number(p->high)));
  }
  return list;
}

static json_t *scenarios(const regime_model *model) {
  json_t *list = json_array();
  for (size_t k = 0; k < regime_model_scenarios(model); k++) {
    const regime_scenario *s = regime_model_scenario(model, k);
    json_array_append_new(list, json_pack("{s:o, s:o, s:o}", "name", rg_json_text(s->name), "about",
                                          rg_json_text(s->about), "base", rg_json_text(s->base)));
  }
  return list;
}

static json_t *row_entries(const regime_matrix *m, size_t r) {
  json_t *object = json_object();
  for (size_t s = 0; s < m->n_sectors; s++)
    if (m->expression[r * m->n_sectors + s])
      json_object_set_new(object, m->sector[s], rg_json_text(m->expression[r * m->n_sectors + s]));
  return object;
}

static json_t *rows(const regime_matrix *m) {
  static const char *const kinds[] = {"financial", "real", "balance"};
  json_t *list = json_array();
  for (size_t r = 0; r < m->n_rows; r++)
    json_array_append_new(list, json_pack("{s:o, s:s, s:o}", "name", rg_json_text(m->row[r]), "kind",
                                          kinds[m->row_kind[r]], "entries", row_entries(m, r)));
  return list;
}

static json_t *matrices(const regime_model *model) {
  json_t *list = json_array();
  for (size_t k = 0; k < regime_model_matrices(model); k++) {
    const regime_matrix *m = regime_model_matrix(model, k);
    json_t *sectors = json_array();
    for (size_t s = 0; s < m->n_sectors; s++) json_array_append_new(sectors, rg_json_text(m->sector[s]));
    json_array_append_new(list, json_pack("{s:o, s:s, s:o, s:o}", "name", rg_json_text(m->name), "kind",
                                          m->kind == REGIME_FLOWS ? "flows" : "stocks", "sectors", sectors,
                                          "rows", rows(m)));
  }
  return list;
}

static json_t *document(const regime_model *model, const char *view, const char *text) {
  const regime_model_info *about = regime_model_about(model);
  return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:o}", "model", rg_json_text(about->name),
                   "title", rg_json_text(about->title), "source", rg_json_text(about->source), "variables",
                   variables(model), "parameters", parameters(model), "scenarios", scenarios(model),
                   "matrices", matrices(model), "form", view, "text", rg_json_text(text));
}

regime_status rg_cmd_show(rg_cli *cli) {
  regime_model *model = NULL;
  char *text = NULL;
  regime_view view;
  const char *name;
  regime_status status = choose_view(cli, &view, &name);
  if (status == REGIME_OK) status = check_date(cli, view);
  if (status == REGIME_OK) status = rg_shelf_load(cli, cli->options.argument, &model);
  if (status == REGIME_OK) status = print_view(cli, model, view, &text);
  if (status == REGIME_OK && rg_wants_json(cli))
    status = rg_answer(cli, document(model, name, text));
  else if (status == REGIME_OK)
    fputs(text, stdout);
  free(text);
  regime_model_free(model);
  return status;
}
