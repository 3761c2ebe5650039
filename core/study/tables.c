/* tables.c — a run as tables: its variables by the sets they are over, and what happened on the way. */
#include "study/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the variables of one table have in common: the sets they are over. */
typedef struct shape {
  size_t n_over, over[2];
} shape;

static bool has_shape(const regime_variable *v, shape s) {
  return v->n_over == s.n_over && (s.n_over < 1 || v->over[0] == s.over[0]) &&
         (s.n_over < 2 || v->over[1] == s.over[1]);
}

static bool is_used(const regime_model *model, shape s) {
  for (size_t k = 0; k < regime_model_variables(model); k++)
    if (has_shape(regime_model_variable(model, k), s)) return true;
  return false;
}

static const regime_set *set_of(const regime_model *model, shape s, size_t k) {
  return regime_model_set(model, s.over[k]);
}

static size_t members(const regime_model *model, shape s, size_t k) {
  return k < s.n_over ? set_of(model, s, k)->n_members : 1;
}

/* Names that are other tables', so that a set called alike cannot have them. */
static bool is_taken(const char *name) {
  static const char *const taken[] = {"scalars",  "events", "phases", "identities",
                                      "matrices", "facts",  "fit"};
  for (size_t k = 0; k < sizeof taken / sizeof *taken; k++)
    if (strcmp(taken[k], name) == 0) return true;
  return false;
}

static bool is_set(const regime_model *model, const char *name) {
  for (size_t k = 0; k < regime_model_sets(model); k++)
    if (strcmp(regime_model_set(model, k)->name, name) == 0) return true;
  return false;
}

/* `scalars`, `country`, `country_sector`; a set called `events` gets `events_`, and a pair of sets called
 * like a third another `_`. */
static void table_name(const regime_model *model, shape s, char *name, size_t size) {
  const char *first = s.n_over > 0 ? set_of(model, s, 0)->name : "scalars";
  if (s.n_over == 2) {
    snprintf(name, size, "%s_%s", first, set_of(model, s, 1)->name);
    if (is_set(model, name)) snprintf(name, size, "%s_%s_", first, set_of(model, s, 1)->name);
  } else {
    snprintf(name, size, "%s%s", first, s.n_over == 1 && is_taken(first) ? "_" : "");
  }
}

/* Keys `time`, then the sets; the second of a pair within one set is `country_2`. */
static void add_columns(regime_table *table, const regime_model *model, shape s) {
  regime_table_add_numbers(table, "time", regime_model_about(model)->unit, "time");
  if (s.n_over > 0) regime_table_add_words(table, set_of(model, s, 0)->name, NULL);
  if (s.n_over > 1) {
    char second[256];
    const bool same = s.over[0] == s.over[1];
    snprintf(second, sizeof second, "%s%s", set_of(model, s, 1)->name, same ? "_2" : "");
    regime_table_add_words(table, second, NULL);
  }
  for (size_t k = 0; k < regime_model_variables(model); k++) {
    const regime_variable *v = regime_model_variable(model, k);
    if (has_shape(v, s)) regime_table_add_numbers(table, v->name, v->unit, v->label);
  }
}

static void put_row(regime_table *table, const regime_model *model, shape s, double time,
                    const double *values, size_t i, size_t j) {
  regime_table_put_number(table, 0, time);
  if (s.n_over > 0) regime_table_put_word(table, 1, set_of(model, s, 0)->member[i]);
  if (s.n_over > 1) regime_table_put_word(table, 2, set_of(model, s, 1)->member[j]);
  size_t column = 1 + s.n_over;
  for (size_t k = 0; k < regime_model_variables(model); k++) {
    const regime_variable *v = regime_model_variable(model, k);
    if (has_shape(v, s))
      regime_table_put_number(table, column++, values[v->output + i * members(model, s, 1) + j]);
  }
}

static regime_status make_panel(const regime_run *run, shape s, regime_table **out) {
  char name[512];
  table_name(run->model, s, name, sizeof name);
  regime_status status = regime_table_create(name, 1 + s.n_over, out);
  if (status != REGIME_OK) return status;
  add_columns(*out, run->model, s);
  for (size_t p = 0; p < regime_path_points(run->path); p++)
    for (size_t i = 0; i < members(run->model, s, 0); i++)
      for (size_t j = 0; j < members(run->model, s, 1); j++)
        put_row(*out, run->model, s, regime_path_time(run->path, p), regime_path_values(run->path, p), i, j);
  return REGIME_OK;
}

static regime_status make_events(const regime_run *run, regime_table **out) {
  const regime_status status = regime_table_create("events", 1, out);
  if (status != REGIME_OK) return status;
  regime_table_add_words(*out, "name", "event");
  regime_table_add_numbers(*out, "time", regime_model_about(run->model)->unit, "time");
  for (size_t k = 0; k < regime_run_events(run); k++) {
    regime_table_put_word(*out, 0, run->event[k].name);
    regime_table_put_number(*out, 1, run->event[k].time);
  }
  return REGIME_OK;
}

static regime_status make_last_iterate(const regime_run *run, regime_table **out) {
  const regime_status status = regime_table_create("last-iterate", 1, out);
  if (status != REGIME_OK) return status;
  regime_table_add_words(*out, "unknown", "unknown");
  regime_table_add_numbers(*out, "value", "", "value last tried");
  regime_table_add_numbers(*out, "residual", "", "what its equation is off by there");
  for (size_t k = 0; k < regime_path_unsolved(run->path); k++) {
    const regime_unsolved u = regime_path_unsolved_at(run->path, k);
    regime_table_put_word(*out, 0, u.name);
    regime_table_put_number(*out, 1, u.value);
    regime_table_put_number(*out, 2, u.residual);
  }
  return REGIME_OK;
}

static regime_status make_phases(const regime_run *run, regime_table **out) {
  const regime_status status = regime_table_create("phases", 1, out);
  if (status != REGIME_OK) return status;
  const char *unit = regime_model_about(run->model)->unit;
  regime_table_add_words(*out, "name", "phase");
  regime_table_add_numbers(*out, "from", unit, "first time at which it is found");
  regime_table_add_numbers(*out, "to", unit, "time at which another takes over");
  for (size_t k = 0; k < run->n_phases; k++) {
    regime_table_put_word(*out, 0, run->phase[k].name);
    regime_table_put_number(*out, 1, run->phase[k].from);
    regime_table_put_number(*out, 2, run->phase[k].to);
  }
  return REGIME_OK;
}

static regime_status make_identities(const regime_run *run, regime_table **out) {
  const regime_status status = regime_table_create("identities", 1, out);
  if (status != REGIME_OK) return status;
  regime_table_add_words(*out, "name", "identity");
  regime_table_add_numbers(*out, "worst", NULL, "largest amount by which it fails");
  regime_table_add_numbers(*out, "time", regime_model_about(run->model)->unit, "when");
  regime_table_add_numbers(*out, "tolerance", NULL, "amount allowed");
  regime_table_add_numbers(*out, "holds", NULL, "1 where it holds");
  for (size_t k = 0; k < regime_run_identities(run); k++) {
    regime_table_put_word(*out, 0, run->identity[k].name);
    regime_table_put_number(*out, 1, run->identity[k].worst);
    regime_table_put_number(*out, 2, run->identity[k].time);
    regime_table_put_number(*out, 3, regime_model_identity(run->model, k)->tolerance);
    regime_table_put_number(*out, 4, run->identity[k].holds ? 1.0 : 0.0);
  }
  return REGIME_OK;
}

static regime_status make_matrices(const regime_run *run, regime_table **out) {
  const regime_status status = regime_table_create("matrices", 3, out);
  if (status != REGIME_OK) return status;
  regime_table_add_words(*out, "matrix", NULL);
  regime_table_add_words(*out, "line", "row, column or redundant equation");
  regime_table_add_words(*out, "name", "item or sector");
  regime_table_add_numbers(*out, "worst", NULL, "sum farthest from zero");
  regime_table_add_numbers(*out, "time", regime_model_about(run->model)->unit, "when");
  regime_table_add_numbers(*out, "tolerance", NULL, "amount allowed");
  regime_table_add_numbers(*out, "holds", NULL, "1 where it holds");
  for (size_t k = 0; k < run->n_lines; k++) {
    const regime_matrix_check check = run->line[k].check;
    regime_table_put_word(*out, 0, check.matrix);
    regime_table_put_word(*out, 1, regime_matrix_line_text(check.line));
    regime_table_put_word(*out, 2, check.name);
    regime_table_put_number(*out, 3, check.worst);
    regime_table_put_number(*out, 4, check.time);
    regime_table_put_number(*out, 5, check.tolerance);
    regime_table_put_number(*out, 6, check.holds ? 1.0 : 0.0);
  }
  return REGIME_OK;
}

/* Hands a table over to the run. */
static regime_status keep(regime_run *run, regime_status status, regime_table *table) {
  if (status == REGIME_OK) status = regime_table_status(table);
  if (status == REGIME_OK)
    run->table[run->n_tables++] = table;
  else
    regime_table_free(table);
  return status;
}

static regime_status keep_panel(regime_run *run, shape s) {
  if (!is_used(run->model, s)) return REGIME_OK;
  regime_table *table = NULL;
  const regime_status status = make_panel(run, s, &table);
  return keep(run, status, table);
}

static regime_status keep_panels(regime_run *run) {
  const size_t sets = regime_model_sets(run->model);
  regime_status status = keep_panel(run, (shape){0});
  for (size_t a = 0; a < sets && status == REGIME_OK; a++) status = keep_panel(run, (shape){1, {a, 0}});
  for (size_t a = 0; a < sets; a++)
    for (size_t b = 0; b < sets && status == REGIME_OK; b++) status = keep_panel(run, (shape){2, {a, b}});
  return status;
}

static regime_status keep_matrices(regime_run *run) {
  if (run->n_lines == 0) return REGIME_OK;
  regime_table *table = NULL;
  const regime_status status = make_matrices(run, &table);
  return keep(run, status, table);
}

static regime_status keep_facts(regime_run *run) {
  if (run->facts.count == 0) return REGIME_OK;
  regime_table *facts = NULL, *fit = NULL;
  regime_status status = rg_facts_table(run, &facts);
  if ((status = keep(run, status, facts)) != REGIME_OK) return status;
  status = rg_fit_table(facts, &fit);
  return keep(run, status, fit);
}

regime_status rg_tables_make(regime_run *run) {
  const size_t sets = regime_model_sets(run->model);
  enum { OTHERS = 7 }; /* events, phases, identities, matrices, facts, fit, last-iterate */
  run->table = calloc(1 + sets + sets * sets + OTHERS, sizeof(regime_table *));
  if (!run->table) return REGIME_NO_MEMORY;
  regime_status (*const make[])(const regime_run *, regime_table **) = {make_events, make_phases,
                                                                        make_identities, make_last_iterate};
  const size_t n_made = sizeof make / sizeof *make - (regime_path_unsolved(run->path) == 0);
  regime_status status = keep_panels(run);
  for (size_t k = 0; k < n_made && status == REGIME_OK; k++) {
    regime_table *table = NULL;
    status = make[k](run, &table);
    status = keep(run, status, table);
  }
  if (status == REGIME_OK) status = keep_matrices(run);
  return status == REGIME_OK ? keep_facts(run) : status;
}
