/* cmd_steady.c — regime steady: where a model rests, what it is called there, and how firmly it rests. */
#include "base/diagnostic.h"
#include "cli/compute.h"
#include "cli/inquiry.h"
#include "cli/inquiry_figures.h"
#include "cli/say.h"
#include "cli/shelf.h"

#include <math.h>
#include <string.h>

enum { MOST_STATES = 6, MOST_COLUMNS = 6 };

/* --- names of an equilibrium --------------------------------------------------------------------------- */

/* "wage-led demand, profit-led growth": the names that hold. */
static const char *regimes_of(const rg_cli *cli, const regime_inquiry *inquiry, size_t k) {
  const char *text = "";
  for (size_t d = 0; d < regime_model_distinctions(regime_inquiry_model(inquiry)); d++) {
    const char *name = regime_inquiry_regime(inquiry, k, d, NULL);
    if (name[0]) text = rg_arena_printf(cli->arena, "%s%s%s", text, text[0] ? ", " : "", name);
  }
  return text;
}

/* --- equilibria for people ----------------------------------------------------------------------------- */

static regime_status print_types(const rg_cli *cli, const regime_inquiry *inquiry) {
  const regime_steady *steady = regime_inquiry_steady(inquiry);
  const bool named = regime_model_distinctions(regime_inquiry_model(inquiry)) > 0;
  regime_table *table;
  const regime_status status = regime_table_create("types", 1, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_numbers(table, "no.", NULL, NULL);
  regime_table_add_words(table, "type", NULL);
  regime_table_add_words(table, "stable", NULL);
  if (named) regime_table_add_words(table, "regime", NULL);
  for (size_t k = 0; k < regime_steady_count(steady); k++) {
    const regime_equilibrium *e = regime_steady_at(steady, k);
    regime_table_put_number(table, 0, (double)(k + 1));
    regime_table_put_word(table, 1, regime_rest_text(e->type));
    regime_table_put_word(table, 2, e->is_stable ? "yes" : "no");
    if (named) regime_table_put_word(table, 3, regimes_of(cli, inquiry, k));
  }
  return rg_print_and_free(cli, "equilibria", table);
}

static regime_status print_values(const rg_cli *cli, const regime_inquiry *inquiry) {
  const regime_steady *steady = regime_inquiry_steady(inquiry);
  const size_t n = regime_steady_count(steady);
  const double **values = RG_NEW_ARRAY(cli->arena, const double *, n);
  for (size_t k = 0; k < n; k++) values[k] = regime_steady_at(steady, k)->outputs;
  return rg_inquiry_print_values(cli, inquiry, "values", values, n);
}

/* A rate of change, or of a map a factor; where there is a pair, how long a round takes. */
static void add_eigenvalue_columns(regime_table *table, bool is_map) {
  regime_table_add_numbers(table, "no.", NULL, NULL);
  regime_table_add_numbers(table, "re", NULL, NULL);
  regime_table_add_numbers(table, "im", NULL, NULL);
  if (is_map) regime_table_add_numbers(table, "modulus", NULL, NULL);
  regime_table_add_words(table, "period", NULL);
}

static void put_eigenvalue(const rg_cli *cli, regime_table *table, bool is_map, double step, size_t k,
                           double re, double im, double scale) {
  const double turn = is_map ? fabs(atan2(im, re)) / step : fabs(im);
  const bool turns = rg_tidy(im, scale) != 0.0;
  size_t column = 3;
  regime_table_put_number(table, 0, (double)(k + 1));
  regime_table_put_number(table, 1, rg_tidy(re, scale));
  regime_table_put_number(table, 2, rg_tidy(im, scale));
  if (is_map) regime_table_put_number(table, column++, hypot(re, im));
  regime_table_put_word(table, column,
                        turns ? rg_arena_printf(cli->arena, "%.6g", 2.0 * acos(-1.0) / turn) : "");
}

static double largest(const double *re, const double *im, size_t n) {
  double scale = 0.0;
  for (size_t k = 0; k < n; k++) scale = fmax(scale, hypot(re[k], im[k]));
  return scale;
}

static void put_eigenvalues(const rg_cli *cli, const regime_inquiry *inquiry, regime_table *table, size_t k,
                            const double *re, const double *im, size_t n) {
  const double step = regime_model_about(regime_inquiry_model(inquiry))->step;
  for (size_t j = 0; j < n && j < MOST_STATES; j++)
    put_eigenvalue(cli, table, step > 0.0, step, k, re[j], im[j], largest(re, im, n));
}

static regime_status print_eigenvalues(const rg_cli *cli, const regime_inquiry *inquiry) {
  const regime_steady *steady = regime_inquiry_steady(inquiry);
  regime_table *table;
  const regime_status status = regime_table_create("eigenvalues", 1, &table);
  if (status != REGIME_OK) return status;
  add_eigenvalue_columns(table, regime_model_about(regime_inquiry_model(inquiry))->step > 0.0);
  for (size_t k = 0; k < regime_steady_count(steady); k++) {
    const regime_equilibrium *e = regime_steady_at(steady, k);
    put_eigenvalues(cli, inquiry, table, k, e->eigen_re, e->eigen_im, e->n_eigen);
  }
  return rg_print_and_free(cli, "eigenvalues, those that decide first", table);
}

static regime_status print_regimes(const rg_cli *cli, const regime_inquiry *inquiry) {
  regime_table *table;
  const regime_status status = regime_table_create("regimes", 1, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_numbers(table, "no.", NULL, NULL);
  regime_table_add_words(table, "response", NULL);
  regime_table_add_numbers(table, "value", NULL, NULL);
  regime_table_add_words(table, "regime", NULL);
  for (size_t k = 0; k < regime_steady_count(regime_inquiry_steady(inquiry)); k++)
    for (size_t d = 0; d < regime_model_distinctions(regime_inquiry_model(inquiry)); d++) {
      double value;
      const char *regime = regime_inquiry_regime(inquiry, k, d, &value);
      regime_table_put_number(table, 0, (double)(k + 1));
      regime_table_put_word(table, 1, regime_model_distinction(regime_inquiry_model(inquiry), d)->response);
      regime_table_put_number(table, 2, rg_tidy(value, 1.0));
      regime_table_put_word(table, 3, regime[0] ? regime : isnan(value) ? "no value" : "neither");
    }
  return rg_print_and_free(cli, "regimes", table);
}

/* "productivity rests on p = 0.0147 + 0.503 q" as numbers: where the lines cross, and their slopes. */
static regime_status print_lines(const rg_cli *cli, const regime_inquiry *inquiry) {
  for (size_t f = 0; f < regime_inquiry_figures(inquiry); f++) {
    const regime_steady *steady = regime_inquiry_steady(inquiry);
    for (size_t k = 0; k < regime_steady_count(steady); k++) {
      const regime_lines l = regime_inquiry_lines(inquiry, k, f);
      const char *x = l.figure->x, *y = l.figure->y;
      if (k == 0) rg_print_heading(cli, l.figure->title[0] ? l.figure->title : l.figure->name);
      printf("  at %zu  %s rests on  %s = %.4g %+.4g %s\n", k + 1, y, y, l.y - l.y_slope * l.x, l.y_slope, x);
      printf("        %s rests on  %s = %.4g %+.4g %s\n", x, x, l.x - l.x_slope * l.y, l.x_slope, y);
    }
  }
  return REGIME_OK;
}

/* --- responses ----------------------------------------------------------------------------------------- */

/* States, then what the model distinguishes by. */
static size_t choose_columns(const regime_inquiry *inquiry, size_t output[MOST_COLUMNS]) {
  const regime_model *model = regime_inquiry_model(inquiry);
  size_t count = 0;
  for (int kind = REGIME_STATE; kind <= REGIME_AUXILIARY; kind++)
    for (size_t k = 0; k < regime_model_variables(model); k++) {
      const regime_variable *v = regime_model_variable(model, k);
      for (size_t j = 0; (int)v->kind == kind && j < v->n_outputs && count < MOST_COLUMNS; j++)
        output[count++] = v->output + j;
    }
  return count;
}

/* A parameter of the start moves nothing. */
static bool moves_anything(const regime_inquiry *inquiry, size_t k, size_t parameter) {
  for (size_t i = 0; i < regime_inquiry_variables(inquiry); i++)
    if (fabs(regime_inquiry_response(inquiry, k, parameter, i)) > 1e-12) return true;
  return false;
}

static regime_status print_responses_at(const rg_cli *cli, const regime_inquiry *inquiry, size_t k) {
  const regime_model *model = regime_inquiry_model(inquiry);
  size_t output[MOST_COLUMNS];
  const size_t columns = choose_columns(inquiry, output);
  regime_table *table;
  const regime_status status = regime_table_create("responses", 1, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_words(table, "parameter", NULL);
  for (size_t c = 0; c < columns; c++)
    regime_table_add_numbers(table, regime_inquiry_output_name(inquiry, output[c]), NULL, NULL);
  for (size_t p = 0; p < regime_model_parameters(model); p++) {
    if (!moves_anything(inquiry, k, p)) continue;
    regime_table_put_word(table, 0, regime_model_parameter(model, p)->name);
    for (size_t c = 0; c < columns; c++)
      regime_table_put_number(table, c + 1, rg_tidy(regime_inquiry_response(inquiry, k, p, output[c]), 1.0));
  }
  return rg_print_and_free(
      cli, rg_arena_printf(cli->arena, "responses at %zu: change at rest per unit of a parameter", k + 1),
      table);
}

static regime_status print_responses(const rg_cli *cli, const regime_inquiry *inquiry) {
  const regime_steady *steady = regime_inquiry_steady(inquiry);
  regime_status status = REGIME_OK;
  for (size_t k = 0; k < regime_steady_count(steady) && status == REGIME_OK; k++) {
    status = print_responses_at(cli, inquiry, k);
    if (!regime_steady_at(steady, k)->response)
      printf("\n%zu has no responses: its Jacobian is singular\n", k + 1);
  }
  return status;
}

/* --- how the search went ------------------------------------------------------------------------------- */

static void print_part(size_t n, const char *what) {
  if (n > 0) printf(", %zu %s", n, what);
}

static void print_drifts(const regime_inquiry *inquiry, const regime_steady_search *s) {
  if (s->n_drifts == 0) return;
  const char *gap = "";
  for (size_t k = 0; k < regime_inquiry_sides(inquiry); k++) {
    if (!s->drifts[k]) continue;
    printf("%s%s", gap, regime_inquiry_side(inquiry, k).name);
    gap = ", ";
  }
  printf(" %s for ever, and nothing looks at %s: the others rest without %s\n",
         s->n_drifts == 1 ? "moves" : "move", s->n_drifts == 1 ? "it" : "them",
         s->n_drifts == 1 ? "it" : "them");
}

static void print_search(const regime_inquiry *inquiry) {
  const regime_steady *steady = regime_inquiry_steady(inquiry);
  const regime_steady_search *s = regime_steady_looked(steady);
  printf("\n%zu starts: %zu led to an equilibrium in the box", s->starts, s->converged);
  print_part(s->outside, "to one outside");
  print_part(s->stalled, "to none");
  print_part(s->undefined, "to where the equations have no value");
  puts("");
  print_drifts(inquiry, s);
  if (s->is_line) puts("equilibria are not isolated: a whole line of them passes, and one is shown");
  if (s->depends_on_time)
    puts("the law itself moves with time: these would be points of rest if time stood still. `--growth` "
         "looks for "
         "balanced growth");
  for (size_t k = 0; k < regime_steady_count(steady); k++)
    if (regime_steady_at(steady, k)->is_on_kink)
      printf("%zu lies on a kink: its eigenvalues are those of one side\n", k + 1);
}

static regime_status print_steady(const rg_cli *cli, const regime_inquiry *inquiry, const char *folder,
                                  size_t drawn) {
  const size_t n = regime_steady_count(regime_inquiry_steady(inquiry));
  rg_inquiry_print_head(cli, inquiry, rg_count(cli, n, "equilibrium", "equilibria"));
  regime_status status = print_types(cli, inquiry);
  if (status == REGIME_OK && n > 0) status = print_values(cli, inquiry);
  if (status == REGIME_OK) status = print_eigenvalues(cli, inquiry);
  if (status == REGIME_OK) status = print_regimes(cli, inquiry);
  if (status == REGIME_OK) status = print_lines(cli, inquiry);
  if (status == REGIME_OK && rg_option_given(&cli->options, RG_OPTION_RESPONSE))
    status = print_responses(cli, inquiry);
  print_search(inquiry);
  rg_inquiry_print_end(folder, drawn);
  return status;
}

/* --- balanced growth for people ------------------------------------------------------------------------ */

static regime_status print_rates(const rg_cli *cli, const regime_inquiry *inquiry, size_t k) {
  const regime_balanced *b = regime_growth_at(regime_inquiry_growth(inquiry), k);
  regime_table *table;
  const regime_status status = regime_table_create("rates", 1, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_words(table, "state", NULL);
  regime_table_add_numbers(table, "value", NULL, NULL);
  regime_table_add_numbers(table, "rate of growth", NULL, NULL);
  regime_table_add_numbers(table, "drift", NULL, NULL);
  for (size_t i = 0; i < regime_inquiry_sides(inquiry); i++) {
    regime_table_put_word(table, 0, regime_inquiry_side(inquiry, i).name);
    regime_table_put_number(table, 1, rg_tidy(b->state[i], 1.0));
    regime_table_put_number(table, 2, rg_tidy(b->growth[i], 1.0));
    regime_table_put_number(table, 3, rg_tidy(b->drift[i], 1.0));
  }
  return rg_print_and_free(cli, rg_arena_printf(cli->arena, "path %zu: %s", k + 1, regime_rest_text(b->type)),
                           table);
}

static regime_status print_path_eigenvalues(const rg_cli *cli, const regime_inquiry *inquiry) {
  const regime_growth *growth = regime_inquiry_growth(inquiry);
  regime_table *table;
  const regime_status status = regime_table_create("eigenvalues", 1, &table);
  if (status != REGIME_OK) return status;
  add_eigenvalue_columns(table, regime_model_about(regime_inquiry_model(inquiry))->step > 0.0);
  for (size_t k = 0; k < regime_growth_count(growth); k++) {
    const regime_balanced *b = regime_growth_at(growth, k);
    put_eigenvalues(cli, inquiry, table, k, b->eigen_re, b->eigen_im, b->n_eigen);
  }
  return rg_print_and_free(cli, "eigenvalues across the path, those that decide first", table);
}

static regime_status print_growth(const rg_cli *cli, const regime_inquiry *inquiry, const char *folder) {
  const regime_growth *growth = regime_inquiry_growth(inquiry);
  const size_t n = regime_growth_count(growth);
  rg_inquiry_print_head(cli, inquiry,
                        rg_count(cli, n, "path of balanced growth", "paths of balanced growth"));
  printf("what can grow without changing the law: %s\n",
         regime_growth_scalings(growth) == 0
             ? "nothing"
             : rg_count(cli, regime_growth_scalings(growth), "scaling", "independent scalings"));
  regime_status status = REGIME_OK;
  for (size_t k = 0; k < n && status == REGIME_OK; k++) status = print_rates(cli, inquiry, k);
  if (status == REGIME_OK) status = print_path_eigenvalues(cli, inquiry);
  rg_inquiry_print_end(folder, 0);
  return status;
}

/* --- for programs -------------------------------------------------------------------------------------- */

static json_t *json_responses(const regime_inquiry *inquiry, size_t k) {
  const regime_model *model = regime_inquiry_model(inquiry);
  json_t *object = json_object();
  for (size_t p = 0; p < regime_model_parameters(model); p++) {
    const regime_parameter *parameter = regime_model_parameter(model, p);
    if (parameter->is_path || parameter->is_mode) continue;
    json_t *one = json_object();
    for (size_t i = 0; i < regime_inquiry_variables(inquiry); i++)
      json_object_set_new(one, regime_inquiry_output_name(inquiry, i),
                          rg_json_number(regime_inquiry_response(inquiry, k, p, i)));
    json_object_set_new(object, parameter->name, one);
  }
  return object;
}

static json_t *json_regimes(const regime_inquiry *inquiry, size_t k) {
  json_t *list = json_array();
  for (size_t d = 0; d < regime_model_distinctions(regime_inquiry_model(inquiry)); d++) {
    const regime_distinction *distinction = regime_model_distinction(regime_inquiry_model(inquiry), d);
    double value;
    const char *regime = regime_inquiry_regime(inquiry, k, d, &value);
    json_array_append_new(list, json_pack("{s:o, s:o, s:o, s:o}", "name", rg_json_text(distinction->name),
                                          "response", rg_json_text(distinction->response), "value",
                                          rg_json_number(value), "regime", rg_json_text(regime)));
  }
  return list;
}

static json_t *json_lines(const regime_inquiry *inquiry, size_t k) {
  json_t *list = json_array();
  for (size_t f = 0; f < regime_inquiry_figures(inquiry); f++) {
    const regime_lines l = regime_inquiry_lines(inquiry, k, f);
    json_array_append_new(list, json_pack("{s:o, s:o, s:o, s:o, s:o}", "name", rg_json_text(l.figure->name),
                                          "x", rg_json_number(l.x), "y", rg_json_number(l.y), "y_slope",
                                          rg_json_number(l.y_slope), "x_slope", rg_json_number(l.x_slope)));
  }
  return list;
}

static json_t *json_equilibrium(const rg_cli *cli, const regime_inquiry *inquiry, size_t k) {
  const regime_equilibrium *e = regime_steady_at(regime_inquiry_steady(inquiry), k);
  json_t *object = json_object();
  json_object_set_new(object, "values", rg_json_variables(inquiry, e->outputs));
  json_object_set_new(object, "residual", rg_json_number(e->residual));
  json_object_set_new(object, "eigenvalues", rg_json_complex(e->eigen_re, e->eigen_im, e->n_eigen));
  json_object_set_new(object, "type", json_string(regime_rest_text(e->type)));
  json_object_set_new(object, "stable", json_boolean(e->is_stable));
  if (regime_model_distinctions(regime_inquiry_model(inquiry)) > 0) {
    json_object_set_new(object, "regime", rg_json_text(regimes_of(cli, inquiry, k)));
    json_object_set_new(object, "regimes", json_regimes(inquiry, k));
  }
  if (regime_inquiry_figures(inquiry) > 0) json_object_set_new(object, "lines", json_lines(inquiry, k));
  if (rg_option_given(&cli->options, RG_OPTION_RESPONSE))
    json_object_set_new(object, "response", json_responses(inquiry, k));
  return object;
}

static json_t *json_search(const regime_inquiry *inquiry) {
  const regime_steady_search *s = regime_steady_looked(regime_inquiry_steady(inquiry));
  json_t *drifts = json_array();
  for (size_t k = 0; s->n_drifts > 0 && k < regime_inquiry_sides(inquiry); k++)
    if (s->drifts[k]) json_array_append_new(drifts, rg_json_text(regime_inquiry_side(inquiry, k).name));
  return json_pack("{s:I, s:I, s:I, s:I, s:I, s:b, s:b, s:o}", "starts", (json_int_t)s->starts, "converged",
                   (json_int_t)s->converged, "outside", (json_int_t)s->outside, "stalled",
                   (json_int_t)s->stalled, "undefined", (json_int_t)s->undefined, "line", s->is_line,
                   "depends_on_time", s->depends_on_time, "drifts", drifts);
}

static json_t *json_steady(const rg_cli *cli, const regime_inquiry *inquiry) {
  json_t *root = rg_json_inquiry(inquiry), *list = json_array();
  for (size_t k = 0; k < regime_steady_count(regime_inquiry_steady(inquiry)); k++)
    json_array_append_new(list, json_equilibrium(cli, inquiry, k));
  json_object_set_new(root, "equilibria", list);
  json_object_set_new(root, "search", json_search(inquiry));
  return root;
}

static json_t *json_rates(const regime_inquiry *inquiry, const double *rate) {
  json_t *object = json_object();
  for (size_t k = 0; k < regime_inquiry_sides(inquiry); k++)
    json_object_set_new(object, regime_inquiry_side(inquiry, k).name, rg_json_number(rate[k]));
  return object;
}

static json_t *json_growth(const regime_inquiry *inquiry) {
  const regime_growth *growth = regime_inquiry_growth(inquiry);
  json_t *root = rg_json_inquiry(inquiry), *list = json_array();
  for (size_t k = 0; k < regime_growth_count(growth); k++) {
    const regime_balanced *b = regime_growth_at(growth, k);
    json_array_append_new(
        list, json_pack("{s:o, s:o, s:o, s:o, s:o, s:s, s:b}", "values",
                        rg_json_variables(inquiry, b->outputs), "growth", json_rates(inquiry, b->growth),
                        "drift", json_rates(inquiry, b->drift), "residual", rg_json_number(b->residual),
                        "eigenvalues", rg_json_complex(b->eigen_re, b->eigen_im, b->n_eigen), "type",
                        regime_rest_text(b->type), "stable", b->is_stable));
  }
  json_object_set_new(root, "scalings", json_integer((json_int_t)regime_growth_scalings(growth)));
  json_object_set_new(root, "paths", list);
  return root;
}

/* --- the whole ----------------------------------------------------------------------------------------- */

static regime_status answer(rg_cli *cli, const regime_inquiry *inquiry, const char *folder, size_t drawn) {
  const bool growth = regime_inquiry_growth(inquiry) != NULL;
  if (rg_wants_json(cli)) return rg_answer(cli, growth ? json_growth(inquiry) : json_steady(cli, inquiry));
  if (rg_option_given(&cli->options, RG_OPTION_QUIET)) return REGIME_OK;
  return growth ? print_growth(cli, inquiry, folder) : print_steady(cli, inquiry, folder, drawn);
}

static regime_status judge_growth(const rg_cli *cli, const regime_inquiry *inquiry) {
  if (regime_growth_count(regime_inquiry_growth(inquiry)) > 0) return REGIME_OK;
  rg_error(
      cli->context, (rg_place){.file = regime_model_about(regime_inquiry_model(inquiry))->file},
      regime_growth_scalings(regime_inquiry_growth(inquiry)) == 0
          ? "no quantity in it can grow without changing the law: without `--growth` points of rest are found"
          : "look elsewhere with `--bounds NAME=LO:HI`",
      "no path of balanced growth was found");
  return REGIME_NO;
}

/* Which equation is never at rest, and what may help. */
static regime_status judge_steady(const rg_cli *cli, const regime_inquiry *inquiry) {
  const regime_steady *steady = regime_inquiry_steady(inquiry);
  const regime_steady_search *s = regime_steady_looked(steady);
  const rg_place place = {.file = regime_model_about(regime_inquiry_model(inquiry))->file};
  if (regime_steady_count(steady) > 0) return REGIME_OK;
  const char *remedy = "levels that grow have balanced growth instead: `--growth`; else look elsewhere: "
                       "`--bounds NAME=LO:HI`";
  if (s->outside > 0) remedy = "there are equilibria outside it: widen it with `--bounds NAME=LO:HI`";
  if (s->outside == 0 && isfinite(s->smallest) && s->worst < regime_inquiry_sides(inquiry))
    rg_error(cli->context, place, remedy,
             "no equilibrium was found in the box; nearest to rest, `%s` is still off by %.3g",
             regime_inquiry_side(inquiry, s->worst).name, s->smallest);
  else
    rg_error(cli->context, place, remedy, "no equilibrium was found in the box");
  return REGIME_NO;
}

static regime_status refuse_both(const rg_cli *cli) {
  if (!rg_option_given(&cli->options, RG_OPTION_GROWTH) ||
      !rg_option_given(&cli->options, RG_OPTION_RESPONSE))
    return REGIME_OK;
  rg_error(cli->context, (rg_place){0}, "ask for one of them",
           "`--response` is about points of rest, and `--growth` about paths without any");
  return REGIME_BAD_ARGUMENT;
}

static bool wants_figures(const rg_cli *cli) {
  return !cli->is_again &&
         (rg_option_given(&cli->options, RG_OPTION_PLOT) || rg_option_given(&cli->options, RG_OPTION_FORMAT));
}

regime_status rg_cmd_steady(rg_cli *cli) {
  regime_model *model = NULL;
  regime_inquiry *inquiry = NULL;
  const char *folder = NULL;
  size_t drawn = 0;
  const regime_law law = rg_inquiry_law(cli);
  const regime_steady_question question = {rg_option_given(&cli->options, RG_OPTION_RESPONSE),
                                           rg_option_given(&cli->options, RG_OPTION_GROWTH)};
  regime_status status = refuse_both(cli);
  if (status == REGIME_OK) status = rg_shelf_load(cli, cli->options.argument, &model);
  rg_catch_signals(cli->context);
  if (status == REGIME_OK) status = regime_inquire_steady(cli->context, model, &law, &question, &inquiry);
  const bool is_whole = !rg_was_interrupted();
  rg_catch_signals(
      cli->context); /* what interrupted the search has been spent: files can be interrupted too */
  if (status == REGIME_OK) folder = rg_inquiry_folder(cli, inquiry);
  if (status == REGIME_OK) status = rg_inquiry_write(cli, inquiry, is_whole, folder);
  if (status == REGIME_OK && wants_figures(cli)) status = rg_draw_lines(cli, inquiry, folder, &drawn);
  if (status == REGIME_OK) status = answer(cli, inquiry, folder, drawn);
  if (status == REGIME_OK) status = rg_inquiry_see_whole(cli, is_whole);
  if (status == REGIME_OK) status = question.growth ? judge_growth(cli, inquiry) : judge_steady(cli, inquiry);
  regime_inquiry_free(inquiry);
  regime_model_free(model);
  return status;
}
