/* equilibria.c — where a model rests, what it is called there, and how that answers to its parameters. */
#include "analysis/field.h"
#include "study/inquiry.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_WIDENINGS = 6 };

/* An answer below this is none: it is the rounding of a zero. */
static const double nothing = 1e-10;

/* --- what to ask for ----------------------------------------------------------------------------------- */

static void ask_for(regime_inquiry *inquiry, size_t parameter) {
  for (size_t k = 0; k < inquiry->n_asked; k++)
    if (inquiry->asked[k] == parameter) return;
  inquiry->asked[inquiry->n_asked++] = parameter;
}

/* Every parameter, or those by which the model distinguishes regimes. */
static regime_status choose_responses(regime_inquiry *inquiry, bool all) {
  const regime_model *model = inquiry->law.model;
  const size_t n = regime_model_parameters(model);
  inquiry->asked = malloc((n + 1) * sizeof *inquiry->asked);
  if (!inquiry->asked) return REGIME_NO_MEMORY;
  for (size_t k = 0; all && k < n; k++) {
    const regime_parameter *p = regime_model_parameter(model, k);
    if (!p->is_path && !p->is_mode) ask_for(inquiry, k);
  }
  for (size_t k = 0; k < regime_model_distinctions(model); k++) {
    const regime_distinction *d = regime_model_distinction(model, k);
    for (size_t j = 0; j < d->n_parameters; j++) ask_for(inquiry, d->parameter + j);
  }
  return REGIME_OK;
}

/* --- what was found ------------------------------------------------------------------------------------ */

size_t rg_inquiry_equilibria(const regime_inquiry *inquiry) {
  return inquiry->portrait ? inquiry->portrait->n_equilibria
         : inquiry->steady ? regime_steady_count(inquiry->steady)
                           : 0;
}

const regime_equilibrium *rg_inquiry_equilibrium(const regime_inquiry *inquiry, size_t k) {
  return inquiry->portrait ? inquiry->portrait->equilibrium[k] : regime_steady_at(inquiry->steady, k);
}

double regime_inquiry_response(const regime_inquiry *inquiry, size_t k, size_t parameter, size_t output) {
  const regime_equilibrium *e = rg_inquiry_equilibrium(inquiry, k);
  for (size_t j = 0; e->response && j < inquiry->n_asked; j++)
    if (inquiry->asked[j] == parameter) return e->response[j * inquiry->law.system->n_outputs + output];
  return NAN;
}

const char *regime_inquiry_regime(const regime_inquiry *inquiry, size_t k, size_t d, double *value) {
  const regime_distinction *distinction = regime_model_distinction(inquiry->law.model, d);
  double sum = 0.0;
  for (size_t j = 0; j < distinction->n_parameters; j++)
    sum += regime_inquiry_response(inquiry, k, distinction->parameter + j, distinction->output);
  if (value) *value = sum;
  if (!(fabs(sum) > nothing)) return "";
  return sum < 0.0 ? distinction->negative : distinction->positive;
}

/* --- lines --------------------------------------------------------------------------------------------- */

static bool is_lines(const regime_figure *figure) { return strcmp(figure->kind, "lines") == 0; }

/* At rest F_x dx + F_y dy = 0: the line on which y rests has slope dy/dx = -J_yx/J_yy. */
static double slope(const double *jacobian, size_t n, size_t of, size_t by) {
  const double own = jacobian[of + of * n];
  return own != 0.0 ? -jacobian[of + by * n] / own : NAN;
}

static regime_status draw_lines(regime_context *context, regime_inquiry *inquiry, const regime_figure *figure,
                                const double *jacobian, const double *state, regime_lines *out) {
  const size_t n = inquiry->law.system->n_states;
  const long x = rg_law_state(context, &inquiry->law, figure->x, "`x` of a figure of lines");
  const long y = rg_law_state(context, &inquiry->law, figure->y, "`y` of a figure of lines");
  if (x < 0 || y < 0) return REGIME_BAD_ARGUMENT;
  *out = (regime_lines){.figure = figure,
                        .x = state[x],
                        .y = state[y],
                        .y_slope = slope(jacobian, n, (size_t)y, (size_t)x),
                        .x_slope = slope(jacobian, n, (size_t)x, (size_t)y)};
  return REGIME_OK;
}

static regime_status draw_all_lines(regime_context *context, regime_inquiry *inquiry, rg_field *field,
                                    double *jacobian) {
  const size_t count = rg_inquiry_equilibria(inquiry);
  regime_lines *line = inquiry->line;
  regime_status status = REGIME_OK;
  for (size_t k = 0; k < count; k++) {
    const double *state = rg_inquiry_equilibrium(inquiry, k)->state;
    if (rg_field_residual_jacobian(field, state, jacobian)) return REGIME_UNDEFINED;
    for (size_t f = 0; f < regime_model_figures(inquiry->law.model) && status == REGIME_OK; f++) {
      const regime_figure *figure = regime_model_figure(inquiry->law.model, f);
      if (is_lines(figure)) status = draw_lines(context, inquiry, figure, jacobian, state, line++);
    }
  }
  return status;
}

static regime_status find_lines(regime_context *context, regime_inquiry *inquiry) {
  const size_t n = inquiry->law.system->n_states;
  rg_field *field = NULL;
  for (size_t f = 0; f < regime_model_figures(inquiry->law.model); f++)
    inquiry->n_figures += is_lines(regime_model_figure(inquiry->law.model, f));
  if (inquiry->n_figures == 0) return REGIME_OK;
  inquiry->line = calloc(inquiry->n_figures * rg_inquiry_equilibria(inquiry) + 1, sizeof *inquiry->line);
  double *jacobian = malloc(n * n * sizeof *jacobian);
  regime_status status = inquiry->line && jacobian ? REGIME_OK : REGIME_NO_MEMORY;
  if (status == REGIME_OK) status = rg_field_create(context, inquiry->law.system, inquiry->law.at, &field);
  if (status == REGIME_OK) status = draw_all_lines(context, inquiry, field, jacobian);
  rg_field_free(field);
  free(jacobian);
  return status;
}

size_t regime_inquiry_figures(const regime_inquiry *inquiry) { return inquiry->n_figures; }

regime_lines regime_inquiry_lines(const regime_inquiry *inquiry, size_t k, size_t figure) {
  return inquiry->line[k * inquiry->n_figures + figure];
}

/* --- tables -------------------------------------------------------------------------------------------- */

enum { FIRST_VALUE = 4 }; /* after equilibrium, type, stable, residual */

void rg_fill_equilibria(const regime_inquiry *inquiry, regime_table *table) {
  regime_table_add_numbers(table, "equilibrium", NULL, NULL);
  regime_table_add_words(table, "type", NULL);
  regime_table_add_numbers(table, "stable", NULL, "1 where it is");
  regime_table_add_numbers(table, "residual", NULL, "largest amount by which it fails to rest");
  rg_add_variables(inquiry, table);
  for (size_t k = 0; k < rg_inquiry_equilibria(inquiry); k++) {
    const regime_equilibrium *e = rg_inquiry_equilibrium(inquiry, k);
    regime_table_put_number(table, 0, (double)(k + 1));
    regime_table_put_word(table, 1, regime_rest_text(e->type));
    regime_table_put_number(table, 2, e->is_stable ? 1.0 : 0.0);
    regime_table_put_number(table, 3, e->residual);
    rg_put_variables(inquiry, table, FIRST_VALUE, e->outputs);
  }
}

void rg_fill_eigenvalues(const regime_inquiry *inquiry, regime_table *table) {
  regime_table_add_numbers(table, "equilibrium", NULL, NULL);
  rg_add_eigenvalues(table);
  for (size_t k = 0; k < rg_inquiry_equilibria(inquiry); k++)
    for (size_t j = 0; j < rg_inquiry_equilibrium(inquiry, k)->n_eigen; j++) {
      const regime_equilibrium *e = rg_inquiry_equilibrium(inquiry, k);
      regime_table_put_number(table, 0, (double)(k + 1));
      rg_put_eigenvalue(table, 1, j + 1, e->eigen_re[j], e->eigen_im[j]);
    }
}

static void fill_responses(const regime_inquiry *inquiry, regime_table *table) {
  const regime_model *model = inquiry->law.model;
  regime_table_add_numbers(table, "equilibrium", NULL, NULL);
  regime_table_add_words(table, "parameter", NULL);
  regime_table_add_words(table, "variable", NULL);
  regime_table_add_numbers(table, "response", NULL,
                           "change of the variable at rest per unit of the parameter");
  for (size_t k = 0; k < rg_inquiry_equilibria(inquiry); k++)
    for (size_t j = 0; j < inquiry->n_asked; j++)
      for (size_t i = 0; i < regime_inquiry_variables(inquiry); i++) {
        regime_table_put_number(table, 0, (double)(k + 1));
        regime_table_put_word(table, 1, regime_model_parameter(model, inquiry->asked[j])->name);
        regime_table_put_word(table, 2, inquiry->law.names.name[i]);
        regime_table_put_number(table, 3, regime_inquiry_response(inquiry, k, inquiry->asked[j], i));
      }
}

static void fill_regimes(const regime_inquiry *inquiry, regime_table *table) {
  regime_table_add_numbers(table, "equilibrium", NULL, NULL);
  regime_table_add_words(table, "name", "distinction");
  regime_table_add_words(table, "response", NULL);
  regime_table_add_numbers(table, "value", NULL, "of the response");
  regime_table_add_words(table, "regime", NULL);
  for (size_t k = 0; k < rg_inquiry_equilibria(inquiry); k++)
    for (size_t d = 0; d < regime_model_distinctions(inquiry->law.model); d++) {
      const regime_distinction *distinction = regime_model_distinction(inquiry->law.model, d);
      double value;
      const char *regime = regime_inquiry_regime(inquiry, k, d, &value);
      regime_table_put_number(table, 0, (double)(k + 1));
      regime_table_put_word(table, 1, distinction->name);
      regime_table_put_word(table, 2, distinction->response);
      regime_table_put_number(table, 3, value);
      regime_table_put_word(table, 4, regime);
    }
}

static void fill_lines(const regime_inquiry *inquiry, regime_table *table) {
  static const char *const column[] = {"x", "y", "y_slope", "x_slope"};
  regime_table_add_numbers(table, "equilibrium", NULL, NULL);
  regime_table_add_words(table, "figure", NULL);
  for (size_t c = 0; c < sizeof column / sizeof *column; c++)
    regime_table_add_numbers(table, column[c], NULL, NULL);
  for (size_t k = 0; k < rg_inquiry_equilibria(inquiry); k++)
    for (size_t f = 0; f < inquiry->n_figures; f++) {
      const regime_lines lines = regime_inquiry_lines(inquiry, k, f);
      regime_table_put_number(table, 0, (double)(k + 1));
      regime_table_put_word(table, 1, lines.figure->name);
      regime_table_put_number(table, 2, lines.x);
      regime_table_put_number(table, 3, lines.y);
      regime_table_put_number(table, 4, lines.y_slope);
      regime_table_put_number(table, 5, lines.x_slope);
    }
}

static regime_status make_tables(regime_inquiry *inquiry, bool responses) {
  regime_status status = rg_inquiry_add(inquiry, "equilibria", 1, rg_fill_equilibria);
  if (status == REGIME_OK) status = rg_inquiry_add(inquiry, "eigenvalues", 2, rg_fill_eigenvalues);
  if (status == REGIME_OK && responses) status = rg_inquiry_add(inquiry, "responses", 3, fill_responses);
  if (status == REGIME_OK && regime_model_distinctions(inquiry->law.model) > 0)
    status = rg_inquiry_add(inquiry, "regimes", 3, fill_regimes);
  if (status == REGIME_OK && inquiry->n_figures > 0) status = rg_inquiry_add(inquiry, "lines", 2, fill_lines);
  return status;
}

/* --- balanced growth ----------------------------------------------------------------------------------- */

static void fill_growth(const regime_inquiry *inquiry, regime_table *table) {
  regime_table_add_numbers(table, "path", NULL, NULL);
  regime_table_add_words(table, "type", NULL);
  regime_table_add_numbers(table, "stable", NULL, "1 where it is");
  regime_table_add_numbers(table, "residual", NULL, NULL);
  rg_add_variables(inquiry, table);
  for (size_t k = 0; k < regime_growth_count(inquiry->growth); k++) {
    const regime_balanced *b = regime_growth_at(inquiry->growth, k);
    regime_table_put_number(table, 0, (double)(k + 1));
    regime_table_put_word(table, 1, regime_rest_text(b->type));
    regime_table_put_number(table, 2, b->is_stable ? 1.0 : 0.0);
    regime_table_put_number(table, 3, b->residual);
    rg_put_variables(inquiry, table, FIRST_VALUE, b->outputs);
  }
}

static void fill_rates(const regime_inquiry *inquiry, regime_table *table) {
  regime_table_add_numbers(table, "path", NULL, NULL);
  regime_table_add_words(table, "state", NULL);
  regime_table_add_numbers(table, "growth", NULL, "rate of growth a unit of time");
  regime_table_add_numbers(table, "drift", NULL, "change in a unit of time");
  for (size_t k = 0; k < regime_growth_count(inquiry->growth); k++)
    for (size_t i = 0; i < inquiry->law.system->n_states; i++) {
      const regime_balanced *b = regime_growth_at(inquiry->growth, k);
      regime_table_put_number(table, 0, (double)(k + 1));
      regime_table_put_word(table, 1, inquiry->law.side[i].name);
      regime_table_put_number(table, 2, b->growth[i]);
      regime_table_put_number(table, 3, b->drift[i]);
    }
}

static void fill_path_eigenvalues(const regime_inquiry *inquiry, regime_table *table) {
  regime_table_add_numbers(table, "path", NULL, NULL);
  rg_add_eigenvalues(table);
  for (size_t k = 0; k < regime_growth_count(inquiry->growth); k++) {
    const regime_balanced *b = regime_growth_at(inquiry->growth, k);
    for (size_t j = 0; j < b->n_eigen; j++) {
      regime_table_put_number(table, 0, (double)(k + 1));
      rg_put_eigenvalue(table, 1, j + 1, b->eigen_re[j], b->eigen_im[j]);
    }
  }
}

static regime_status find_growth(regime_context *context, regime_inquiry *inquiry, const regime_law *law) {
  const regime_steady_options o = rg_inquiry_options(inquiry, law);
  regime_status status = regime_growth_find(context, inquiry->law.system, &o, &inquiry->growth);
  if (status == REGIME_OK) status = rg_inquiry_add(inquiry, "growth", 1, fill_growth);
  if (status == REGIME_OK) status = rg_inquiry_add(inquiry, "rates", 2, fill_rates);
  if (status == REGIME_OK) status = rg_inquiry_add(inquiry, "eigenvalues", 2, fill_path_eigenvalues);
  return status;
}

/* --- the whole ----------------------------------------------------------------------------------------- */

/* A box that was guessed is widened while equilibria are seen outside it alone. */
regime_status rg_inquiry_search(regime_context *context, regime_inquiry *inquiry,
                                const regime_steady_options *o) {
  regime_status status = regime_steady_find(context, inquiry->law.system, o, &inquiry->steady);
  for (int k = 0; k < MOST_WIDENINGS && status == REGIME_OK; k++) {
    if (regime_steady_count(inquiry->steady) > 0 || regime_steady_looked(inquiry->steady)->outside == 0)
      return status;
    if (!rg_law_widen(&inquiry->law)) return status;
    regime_steady_free(inquiry->steady);
    inquiry->steady = NULL;
    status = regime_steady_find(context, inquiry->law.system, o, &inquiry->steady);
  }
  return status;
}

static regime_status find_equilibria(regime_context *context, regime_inquiry *inquiry, const regime_law *law,
                                     bool responses) {
  regime_status status = choose_responses(inquiry, responses);
  regime_steady_options o = rg_inquiry_options(inquiry, law);
  o.n_responses = inquiry->n_asked;
  o.response = inquiry->asked;
  if (status == REGIME_OK) status = rg_inquiry_search(context, inquiry, &o);
  if (status == REGIME_OK) status = find_lines(context, inquiry);
  return status == REGIME_OK ? make_tables(inquiry, responses) : status;
}

regime_status regime_inquire_steady(regime_context *context, const regime_model *model, const regime_law *law,
                                    const regime_steady_question *question, regime_inquiry **out) {
  const regime_steady_question asked = question ? *question : (regime_steady_question){0};
  regime_status status = rg_inquiry_open(context, model, law, out);
  if (status != REGIME_OK) return status;
  status =
      asked.growth ? find_growth(context, *out, law) : find_equilibria(context, *out, law, asked.responses);
  if (status == REGIME_OK) return REGIME_OK;
  regime_inquiry_free(*out);
  *out = NULL;
  return status;
}
