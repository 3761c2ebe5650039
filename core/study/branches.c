/* branches.c — how a model's equilibria and cycles move with a parameter, by name. */
#include "base/diagnostic.h"
#include "study/inquiry.h"

#include <stdio.h>
#include <stdlib.h>

/* --- the question -------------------------------------------------------------------------------------- */

static regime_status see_range(regime_context *context, const char *name, double from, double to) {
  if (from != to && isfinite(from) && isfinite(to)) return REGIME_OK;
  rg_error(context, (rg_place){0}, "give it somewhere to go", "`%s` cannot be moved from %g to %g", name,
           from, to);
  return REGIME_BAD_ARGUMENT;
}

static regime_status find_parameter(regime_context *context, const regime_inquiry *inquiry, const char *name,
                                    double from, double to, size_t *out) {
  const long k = rg_law_parameter(context, &inquiry->law, name);
  if (k < 0) return REGIME_BAD_ARGUMENT;
  *out = (size_t)k;
  return see_range(context, name, from, to);
}

static regime_status find_parameters(regime_context *context, regime_inquiry *inquiry,
                                     const regime_branch_question *q) {
  inquiry->second = REGIME_NO_PARAMETER;
  regime_status status = find_parameter(context, inquiry, q->parameter, q->from, q->to, &inquiry->parameter);
  if (status == REGIME_OK && q->second)
    status = find_parameter(context, inquiry, q->second, q->second_from, q->second_to, &inquiry->second);
  if (status != REGIME_OK || inquiry->parameter != inquiry->second) return status;
  rg_error(context, (rg_place){0}, "name another", "`%s` cannot be both parameters", q->second);
  return REGIME_BAD_ARGUMENT;
}

/* --- the ends ------------------------------------------------------------------------------------------ */

static regime_status move_to(regime_context *context, const regime_inquiry *inquiry, size_t parameter,
                             double value) {
  regime_system *system = inquiry->law.system;
  if (!system->set_parameter(system->self, parameter, value)) return REGIME_OK;
  rg_error(context, (rg_place){.file = regime_model_about(inquiry->law.model)->file},
           "begin where the model has values", "`%s` cannot be %g: what follows from it has no value there",
           regime_model_parameter(inquiry->law.model, parameter)->name, value);
  return REGIME_UNDEFINED;
}

static regime_status rest_at(regime_context *context, regime_inquiry *inquiry, const regime_law *law,
                             double value) {
  const regime_steady_options o = rg_inquiry_options(inquiry, law);
  const regime_status status = move_to(context, inquiry, inquiry->parameter, value);
  return status == REGIME_OK ? rg_inquiry_search(context, inquiry, &o) : status;
}

/* Nothing is followed from the other end, but it is said what there is. */
static regime_status look_at_other_end(regime_context *context, regime_inquiry *inquiry,
                                       const regime_law *law, double value) {
  regime_steady_free(inquiry->steady);
  inquiry->steady = NULL;
  const regime_status status = rest_at(context, inquiry, law, value);
  if (status == REGIME_OK) inquiry->at_other_end = regime_steady_count(inquiry->steady);
  return status;
}

/* --- following ----------------------------------------------------------------------------------------- */

/* What is followed, state after state. */
typedef struct start {
  regime_system *system;
  const size_t *state; /* numbers of its states in the model; NULL: all of them */
  double *at, *low, *high;
} start;

static size_t state_of(const start *s, size_t k) { return s->state ? s->state[k] : k; }

/* Whether nothing that stays looks at what is left out; for all is known without a pattern, something may. */
static bool is_unread(const regime_system *system, const bool *left_out) {
  bool unread = system->jacobian != NULL;
  for (size_t j = 0; unread && j < system->n_states; j++)
    for (size_t k = system->jacobian_column[j]; left_out[j] && k < system->jacobian_column[j + 1]; k++)
      unread = unread && system->jacobian_row[k] < system->n_states && left_out[system->jacobian_row[k]];
  return unread;
}

/* Accounts that rest wherever the others do, and that nobody looks at, make a line of every equilibrium: no
 * branch passes through it but the one of the others. */
static regime_status leave_accounts_out(regime_inquiry *inquiry) {
  const regime_steady_search *looked = regime_steady_looked(inquiry->steady);
  const size_t n = inquiry->law.system->n_states;
  size_t stay = 0;
  if (!looked->is_line) return REGIME_OK;
  bool *left_out = calloc(n + 1, sizeof *left_out);
  if (!left_out) return REGIME_NO_MEMORY;
  for (size_t i = 0; i < n; i++) {
    left_out[i] = looked->drifts[i] || looked->moves_along[i];
    stay += !left_out[i];
  }
  regime_status status = REGIME_OK;
  if (stay > 0 && is_unread(inquiry->law.system, left_out))
    status = rg_without_create(inquiry->law.system, left_out, &inquiry->moving);
  free(left_out);
  return status;
}

/* The states that drift are left out, as they were when the equilibria were found. */
static regime_status choose_states(regime_inquiry *inquiry, start *s) {
  regime_status status = leave_accounts_out(inquiry);
  s->system = inquiry->moving ? rg_without_system(inquiry->moving) : NULL;
  if (status == REGIME_OK && !inquiry->moving) status = rg_inquiry_moving(inquiry, &s->system);
  if (inquiry->moving) s->state = rg_without_kept(inquiry->moving);
  return status;
}

static regime_status take_starts(const regime_inquiry *inquiry, start *s) {
  const size_t n = s->system->n_states, count = regime_steady_count(inquiry->steady);
  s->at = malloc((n * count + 1) * sizeof *s->at);
  s->low = malloc((n + 1) * sizeof *s->low);
  s->high = malloc((n + 1) * sizeof *s->high);
  if (!s->at || !s->low || !s->high) return REGIME_NO_MEMORY;
  for (size_t i = 0; i < n; i++) {
    s->low[i] = inquiry->law.low[state_of(s, i)];
    s->high[i] = inquiry->law.high[state_of(s, i)];
    for (size_t k = 0; k < count; k++)
      s->at[k * n + i] = regime_steady_at(inquiry->steady, k)->state[state_of(s, i)];
  }
  return REGIME_OK;
}

static regime_branch_options follow_options(const regime_inquiry *inquiry, const regime_branch_question *q,
                                            const start *s) {
  regime_branch_options o = regime_branch_defaults();
  o.t = inquiry->law.at;
  o.parameter = inquiry->parameter;
  o.from = q->from;
  o.to = q->to;
  o.n_starts = regime_steady_count(inquiry->steady);
  o.start = s->at;
  o.low = s->low;
  o.high = s->high;
  o.cycles = q->cycles;
  o.second = inquiry->second;
  o.second_from = q->second_from;
  o.second_to = q->second_to;
  return o;
}

static regime_status follow(regime_context *context, regime_inquiry *inquiry,
                            const regime_branch_question *q) {
  start s = {0};
  regime_status status = choose_states(inquiry, &s);
  if (status == REGIME_OK) status = take_starts(inquiry, &s);
  if (status == REGIME_OK) {
    const regime_branch_options o = follow_options(inquiry, q, &s);
    status = regime_branch_follow(context, s.system, &o, &inquiry->diagram);
  }
  free(s.at);
  free(s.low);
  free(s.high);
  return status;
}

/* --- tables -------------------------------------------------------------------------------------------- */

static void add_parameter(const regime_inquiry *inquiry, regime_table *table, size_t parameter) {
  const regime_parameter *p = regime_model_parameter(inquiry->law.model, parameter);
  regime_table_add_numbers(table, p->name, p->unit, p->about);
}

static void fill_branches(const regime_inquiry *inquiry, regime_table *table) {
  regime_table_add_numbers(table, "branch", NULL, NULL);
  regime_table_add_numbers(table, "point", NULL, NULL);
  add_parameter(inquiry, table, inquiry->parameter);
  regime_table_add_numbers(table, "stable", NULL, "1 where it is");
  regime_table_add_numbers(table, "unstable", NULL, "eigenvalues that are");
  rg_add_variables(inquiry, table);
  for (size_t b = 0; b < regime_diagram_branches(inquiry->diagram); b++) {
    const regime_branch *branch = regime_diagram_branch(inquiry->diagram, b);
    for (size_t k = 0; k < branch->n_points; k++) {
      const regime_branch_point *p = &branch->point[k];
      regime_table_put_number(table, 0, (double)(b + 1));
      regime_table_put_number(table, 1, (double)(k + 1));
      regime_table_put_number(table, 2, p->parameter);
      regime_table_put_number(table, 3, p->is_stable ? 1.0 : 0.0);
      regime_table_put_number(table, 4, (double)p->n_unstable);
      rg_put_variables(inquiry, table, 5, p->outputs);
    }
  }
}

static void fill_branch_eigenvalues(const regime_inquiry *inquiry, regime_table *table) {
  regime_table_add_numbers(table, "branch", NULL, NULL);
  regime_table_add_numbers(table, "point", NULL, NULL);
  add_parameter(inquiry, table, inquiry->parameter);
  rg_add_eigenvalues(table);
  for (size_t b = 0; b < regime_diagram_branches(inquiry->diagram); b++) {
    const regime_branch *branch = regime_diagram_branch(inquiry->diagram, b);
    for (size_t k = 0; k < branch->n_points; k++)
      for (size_t j = 0; j < regime_inquiry_eigenvalues(inquiry); j++) {
        const regime_branch_point *p = &branch->point[k];
        regime_table_put_number(table, 0, (double)(b + 1));
        regime_table_put_number(table, 1, (double)(k + 1));
        regime_table_put_number(table, 2, p->parameter);
        rg_put_eigenvalue(table, 3, j + 1, p->eigen_re[j], p->eigen_im[j]);
      }
  }
}

/* The second parameter has a column where it moves. */
static void fill_points(const regime_inquiry *inquiry, regime_table *table) {
  const bool two = inquiry->second != REGIME_NO_PARAMETER;
  regime_table_add_numbers(table, "point", NULL, NULL);
  regime_table_add_words(table, "type", NULL);
  regime_table_add_words(table, "of", "what changes: an equilibrium or a cycle");
  regime_table_add_numbers(table, "branch", NULL, "or family of cycles, or curve, on which it lies");
  add_parameter(inquiry, table, inquiry->parameter);
  if (two) add_parameter(inquiry, table, inquiry->second);
  regime_table_add_numbers(table, "period", regime_model_about(inquiry->law.model)->unit, "of what is born");
  regime_table_add_numbers(table, "coefficient", NULL, "of the normal form");
  regime_table_add_words(table, "criticality", NULL);
  rg_add_variables(inquiry, table);
  for (size_t k = 0; k < regime_diagram_specials(inquiry->diagram); k++) {
    const regime_special *s = regime_diagram_special(inquiry->diagram, k);
    size_t column = 5;
    regime_table_put_number(table, 0, (double)(k + 1));
    regime_table_put_word(table, 1, regime_point_text(s->type));
    regime_table_put_word(table, 2, regime_special_is_of_cycle(s) ? "cycle" : "equilibrium");
    regime_table_put_number(table, 3, (double)(s->branch + 1));
    regime_table_put_number(table, 4, s->parameter);
    if (two) regime_table_put_number(table, column++, s->second);
    regime_table_put_number(table, column++, s->period);
    regime_table_put_number(table, column++, s->coefficient);
    regime_table_put_word(table, column++, regime_criticality_text(s->criticality));
    rg_put_variables(inquiry, table, column, s->outputs);
  }
}

static void add_extremes(const regime_inquiry *inquiry, regime_table *table) {
  static const char *const kinds[] = {"min", "max", "mean"};
  char name[320];
  for (size_t i = 0; i < regime_inquiry_variables(inquiry); i++)
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
      snprintf(name, sizeof name, "%s_%s", inquiry->law.names.name[i], kinds[k]);
      regime_table_add_numbers(table, name, NULL, NULL);
    }
}

static void fill_cycles(const regime_inquiry *inquiry, regime_table *table) {
  regime_table_add_numbers(table, "cycle", NULL, NULL);
  regime_table_add_numbers(table, "point", NULL, NULL);
  add_parameter(inquiry, table, inquiry->parameter);
  regime_table_add_numbers(table, "period", regime_model_about(inquiry->law.model)->unit, NULL);
  regime_table_add_numbers(table, "stable", NULL, "1 where it is");
  regime_table_add_numbers(table, "error", NULL, "of the multiplier that is one");
  add_extremes(inquiry, table);
  for (size_t c = 0; c < regime_diagram_cycles(inquiry->diagram); c++) {
    const regime_cycles *cycles = regime_diagram_cycle(inquiry->diagram, c);
    for (size_t k = 0; k < cycles->n_points; k++) {
      const regime_cycle_point *p = &cycles->point[k];
      regime_table_put_number(table, 0, (double)(c + 1));
      regime_table_put_number(table, 1, (double)(k + 1));
      regime_table_put_number(table, 2, p->parameter);
      regime_table_put_number(table, 3, p->period);
      regime_table_put_number(table, 4, p->is_stable ? 1.0 : 0.0);
      regime_table_put_number(table, 5, p->error);
      for (size_t i = 0; i < regime_inquiry_variables(inquiry); i++) {
        regime_table_put_number(table, 6 + 3 * i, p->low[i]);
        regime_table_put_number(table, 7 + 3 * i, p->high[i]);
        regime_table_put_number(table, 8 + 3 * i, p->mean[i]);
      }
    }
  }
}

static void fill_multipliers(const regime_inquiry *inquiry, regime_table *table) {
  regime_table_add_numbers(table, "cycle", NULL, NULL);
  regime_table_add_numbers(table, "point", NULL, NULL);
  rg_add_eigenvalues(table);
  for (size_t c = 0; c < regime_diagram_cycles(inquiry->diagram); c++) {
    const regime_cycles *cycles = regime_diagram_cycle(inquiry->diagram, c);
    for (size_t k = 0; k < cycles->n_points; k++)
      for (size_t j = 0; j < regime_inquiry_eigenvalues(inquiry); j++) {
        regime_table_put_number(table, 0, (double)(c + 1));
        regime_table_put_number(table, 1, (double)(k + 1));
        rg_put_eigenvalue(table, 2, j + 1, cycles->point[k].multiplier_re[j],
                          cycles->point[k].multiplier_im[j]);
      }
  }
}

static void fill_curves(const regime_inquiry *inquiry, regime_table *table) {
  regime_table_add_numbers(table, "curve", NULL, NULL);
  regime_table_add_words(table, "type", NULL);
  regime_table_add_numbers(table, "point", NULL, NULL);
  add_parameter(inquiry, table, inquiry->parameter);
  add_parameter(inquiry, table, inquiry->second);
  rg_add_variables(inquiry, table);
  for (size_t c = 0; c < regime_diagram_curves(inquiry->diagram); c++) {
    const regime_branch *curve = regime_diagram_curve(inquiry->diagram, c);
    for (size_t k = 0; k < curve->n_points; k++) {
      const regime_branch_point *p = &curve->point[k];
      regime_table_put_number(table, 0, (double)(c + 1));
      regime_table_put_word(table, 1, regime_point_text(curve->kind));
      regime_table_put_number(table, 2, (double)(k + 1));
      regime_table_put_number(table, 3, p->parameter);
      regime_table_put_number(table, 4, p->second);
      rg_put_variables(inquiry, table, 5, p->outputs);
    }
  }
}

static regime_status make_tables(regime_inquiry *inquiry, const regime_branch_question *q) {
  regime_status status = rg_inquiry_add(inquiry, "branches", 2, fill_branches);
  if (status == REGIME_OK) status = rg_inquiry_add(inquiry, "points", 1, fill_points);
  if (status == REGIME_OK) status = rg_inquiry_add(inquiry, "eigenvalues", 2, fill_branch_eigenvalues);
  if (status == REGIME_OK && q->cycles) status = rg_inquiry_add(inquiry, "cycles", 2, fill_cycles);
  if (status == REGIME_OK && q->cycles) status = rg_inquiry_add(inquiry, "multipliers", 3, fill_multipliers);
  if (status == REGIME_OK && q->second) status = rg_inquiry_add(inquiry, "curves", 3, fill_curves);
  return status;
}

/* --- attractors over a parameter ----------------------------------------------------------------------- */

static void fill_attractors(const regime_inquiry *inquiry, regime_table *table) {
  add_parameter(inquiry, table, inquiry->parameter);
  regime_table_add_numbers(table, inquiry->law.side[inquiry->state].name, NULL, NULL);
  for (size_t k = 0; k < inquiry->sweep->n_points; k++) {
    regime_table_put_number(table, 0, inquiry->sweep->parameter[k]);
    regime_table_put_number(table, 1, inquiry->sweep->value[k]);
  }
}

static regime_status sweep(regime_context *context, regime_inquiry *inquiry,
                           const regime_attractor_question *q) {
  const long state = q->state ? rg_law_state(context, &inquiry->law, q->state, "what is shown") : 0;
  if (state < 0) return REGIME_BAD_ARGUMENT;
  inquiry->state = (size_t)state;
  regime_sweep_options o = regime_sweep_defaults();
  o.t = inquiry->law.at;
  o.parameter = inquiry->parameter;
  o.from = q->from;
  o.to = q->to;
  o.state = inquiry->state;
  if (q->values > 0) o.n_values = q->values;
  const regime_status status = regime_attractors_sweep(context, inquiry->law.system, &o, &inquiry->sweep);
  return status == REGIME_OK ? rg_inquiry_add(inquiry, "attractors", 1, fill_attractors) : status;
}

/* --- the whole ----------------------------------------------------------------------------------------- */

static regime_status answer(regime_context *context, regime_inquiry *inquiry, const regime_law *law,
                            const regime_branch_question *q) {
  regime_status status = find_parameters(context, inquiry, q);
  if (status == REGIME_OK) status = rest_at(context, inquiry, law, q->from);
  if (status != REGIME_OK) return status;
  if (regime_steady_count(inquiry->steady) == 0) return look_at_other_end(context, inquiry, law, q->to);
  status = follow(context, inquiry, q);
  return status == REGIME_OK ? make_tables(inquiry, q) : status;
}

regime_status regime_inquire_branch(regime_context *context, const regime_model *model, const regime_law *law,
                                    const regime_branch_question *question, regime_inquiry **out) {
  regime_status status = rg_inquiry_open(context, model, law, out);
  if (status == REGIME_OK) status = answer(context, *out, law, question);
  if (status == REGIME_OK) return REGIME_OK;
  regime_inquiry_free(*out);
  *out = NULL;
  return status;
}

regime_status regime_inquire_attractors(regime_context *context, const regime_model *model,
                                        const regime_law *law, const regime_attractor_question *question,
                                        regime_inquiry **out) {
  regime_status status = rg_inquiry_open(context, model, law, out);
  if (status == REGIME_OK)
    status =
        find_parameter(context, *out, question->parameter, question->from, question->to, &(*out)->parameter);
  if (status == REGIME_OK) status = sweep(context, *out, question);
  if (status == REGIME_OK) return REGIME_OK;
  regime_inquiry_free(*out);
  *out = NULL;
  return status;
}
