/* law.c — opens a model for a question: scenario, settings, names, bounds. */
#include "study/law.h"
#include "base/diagnostic.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- the instance -------------------------------------------------------------------------------------- */

static regime_status copy_text(const char *text, char **out) {
  *out = malloc(strlen(text) + 1);
  if (!*out) return REGIME_NO_MEMORY;
  strcpy(*out, text);
  return REGIME_OK;
}

static regime_status make_instance(regime_context *context, const regime_law *asked, rg_law *law) {
  regime_status status = regime_instance_create(context, law->model, law->scenario, &law->instance);
  for (size_t k = 0; k < asked->n_settings && status == REGIME_OK; k++)
    status = regime_instance_set(context, law->instance, asked->settings[k].name, asked->settings[k].value);
  if (status != REGIME_OK) return status;
  law->system = regime_instance_system(law->instance);
  regime_instance_parameters(law->instance, law->parameter);
  return REGIME_OK;
}

/* --- names --------------------------------------------------------------------------------------------- */

static const char *state_name(const rg_law *law, size_t k) {
  return law->system->state_name(law->system->self, k);
}

/* The length of a state's name without the "(-1)" of the past. */
static size_t base_length(const char *name) { return strcspn(name, "("); }

long rg_law_output_of_state(const rg_law *law, size_t state) {
  const char *name = state_name(law, state);
  const size_t length = base_length(name);
  for (size_t k = 0; k < law->names.count; k++)
    if (strlen(law->names.name[k]) == length && strncmp(law->names.name[k], name, length) == 0)
      return (long)k;
  return -1;
}

/* Whether a name means a state: "Y(-1)" itself, "Y" with all its past, "y" with all its members. */
static bool means(const char *name, const char *state) {
  const size_t length = strlen(name);
  return strcmp(name, state) == 0 || (strncmp(name, state, length) == 0 && strchr("([", state[length]));
}

static bool is_known(const rg_law *law, const char *name) {
  for (size_t k = 0; k < regime_model_variables(law->model); k++)
    if (strcmp(regime_model_variable(law->model, k)->name, name) == 0) return true;
  return rg_output_find(&law->names, name) >= 0;
}

/* "v", "u" and 3 more */
static void list_states(const rg_law *law, char *buffer, size_t size) {
  enum { SHOWN = 6 };
  const size_t n = law->system->n_states;
  size_t length = 0;
  buffer[0] = '\0';
  for (size_t k = 0; k < n && k < SHOWN && length < size; k++)
    length += (size_t)snprintf(buffer + length, size - length, "%s`%s`", k ? ", " : "", state_name(law, k));
  if (n > SHOWN && length < size) snprintf(buffer + length, size - length, " and %zu more", n - SHOWN);
}

static void report_no_state(regime_context *context, const rg_law *law, const char *name, const char *role) {
  const size_t n = law->system->n_states;
  const char **names = calloc(n + 1, sizeof *names);
  char near[160], states[256], remedy[300];
  list_states(law, states, sizeof states);
  snprintf(remedy, sizeof remedy, n ? "its states are %s" : "it has no states", states);
  for (size_t k = 0; names && k < n; k++) names[k] = state_name(law, k);
  const bool known = is_known(law, name);
  rg_error(context, (rg_place){.file = regime_model_about(law->model)->file},
           known ? remedy : rg_did_you_mean(name, names, names ? n : 0, remedy, near),
           known ? "%s must be a state, and `%s` follows from the states"
                 : "%s must be a state, and there is none called `%s`",
           role, name);
  free(names);
}

long rg_law_state(regime_context *context, const rg_law *law, const char *name, const char *role) {
  for (size_t k = 0; k < law->system->n_states; k++)
    if (strcmp(state_name(law, k), name) == 0) return (long)k;
  for (size_t k = 0; k < law->system->n_states; k++) {
    const char *state = state_name(law, k);
    if (base_length(state) == strlen(name) && strncmp(state, name, strlen(name)) == 0) return (long)k;
  }
  report_no_state(context, law, name, role);
  return -1;
}

/* --- parameters ---------------------------------------------------------------------------------------- */

static bool is_movable(const regime_parameter *p) { return !p->is_path && !p->is_mode; }

/* "goal" where the parameters are goal[A], goal[B]. */
static const regime_parameter *first_member(const regime_model *model, const char *name) {
  const size_t length = strlen(name);
  for (size_t k = 0; k < regime_model_parameters(model); k++) {
    const regime_parameter *p = regime_model_parameter(model, k);
    if (strncmp(p->name, name, length) == 0 && p->name[length] == '[') return p;
  }
  return NULL;
}

static void report_no_parameter(regime_context *context, const regime_model *model, const char *name) {
  const size_t n = regime_model_parameters(model);
  const char **names = calloc(n + 1, sizeof *names);
  const regime_parameter *member = first_member(model, name);
  const rg_place place = {.file = regime_model_about(model)->file};
  char buffer[160];
  size_t count = 0;
  for (size_t k = 0; names && k < n; k++)
    if (is_movable(regime_model_parameter(model, k))) names[count++] = regime_model_parameter(model, k)->name;
  if (member) {
    snprintf(buffer, sizeof buffer, "name a member, as `%s`", member->name);
    rg_error(context, place, buffer, "`%s` is over a set, and one number is moved at a time", name);
  } else {
    rg_error(context, place,
             rg_did_you_mean(name, names, count, "`regime show` lists the parameters", buffer),
             "the model has no parameter `%s`", name);
  }
  free(names);
}

long rg_law_parameter(regime_context *context, const rg_law *law, const char *name) {
  for (size_t k = 0; k < regime_model_parameters(law->model); k++) {
    const regime_parameter *p = regime_model_parameter(law->model, k);
    if (strcmp(p->name, name) != 0) continue;
    if (is_movable(p)) return (long)k;
    rg_error(context, (rg_place){.file = regime_model_about(law->model)->file},
             p->is_mode ? "a mode is changed by events only; `--set` gives it another first value"
                        : "a path is a function of time; `--set` makes it a constant",
             "`%s` is a %s, and only a parameter can be moved", name, p->is_mode ? "mode" : "path");
    return -1;
  }
  report_no_parameter(context, law->model, name);
  return -1;
}

/* --- the box ------------------------------------------------------------------------------------------- */

static const regime_variable *variable_of(const rg_law *law, size_t state) {
  const long output = rg_law_output_of_state(law, state);
  for (size_t k = 0; output >= 0 && k < regime_model_variables(law->model); k++) {
    const regime_variable *v = regime_model_variable(law->model, k);
    if ((size_t)output >= v->output && (size_t)output < v->output + v->n_outputs) return v;
  }
  return NULL;
}

/* Ten times the start, or ten, on both sides of zero: far enough for what was written near one. */
static regime_side guessed_side(const char *name, double start) {
  const double reach = 10.0 * (fabs(start) > 1.0 ? fabs(start) : 1.0);
  return (regime_side){name, -reach, reach, true};
}

static regime_side side_of(const rg_law *law, size_t state, double start) {
  const regime_variable *v = variable_of(law, state);
  if (v && isfinite(v->low) && isfinite(v->high))
    return (regime_side){state_name(law, state), v->low, v->high, false};
  return guessed_side(state_name(law, state), start);
}

bool rg_law_widen(rg_law *law) {
  bool widened = false;
  for (size_t k = 0; k < law->system->n_states; k++) {
    if (!law->side[k].is_guess) continue;
    law->low[k] = law->side[k].low *= 10.0;
    law->high[k] = law->side[k].high *= 10.0;
    widened = true;
  }
  return widened;
}

static regime_status narrow(regime_context *context, rg_law *law, const regime_bound *bound) {
  bool found = false;
  if (!(bound->low < bound->high)) {
    rg_error(context, (rg_place){0}, "write the lower one first",
             "the bounds of `%s`, %g and %g, hold nothing", bound->name, bound->low, bound->high);
    return REGIME_BAD_ARGUMENT;
  }
  for (size_t k = 0; k < law->system->n_states; k++) {
    if (!means(bound->name, law->side[k].name)) continue;
    law->side[k] = (regime_side){law->side[k].name, bound->low, bound->high, false};
    found = true;
  }
  if (!found) report_no_state(context, law, bound->name, "what has bounds");
  return found ? REGIME_OK : REGIME_BAD_ARGUMENT;
}

static regime_status draw_box(regime_context *context, const regime_law *asked, rg_law *law) {
  const size_t n = law->system->n_states;
  double *start = malloc((n + law->system->n_unknowns + 1) * sizeof *start);
  law->side = calloc(n + 1, sizeof *law->side);
  law->low = calloc(n + 1, sizeof *law->low);
  law->high = calloc(n + 1, sizeof *law->high);
  regime_status status = start && law->side && law->low && law->high
                             ? law->system->start(law->system->self, law->at, start)
                             : REGIME_NO_MEMORY;
  for (size_t k = 0; k < n && status == REGIME_OK; k++)
    law->side[k] = side_of(law, k, isfinite(start[k]) ? start[k] : 0.0);
  for (size_t k = 0; k < asked->n_bounds && status == REGIME_OK; k++)
    status = narrow(context, law, &asked->bounds[k]);
  for (size_t k = 0; k < n && status == REGIME_OK; k++) {
    law->low[k] = law->side[k].low;
    law->high[k] = law->side[k].high;
  }
  free(start);
  return status;
}

/* --- the whole ----------------------------------------------------------------------------------------- */

static regime_status see_states(regime_context *context, const rg_law *law) {
  if (law->system->n_states > 0) return REGIME_OK;
  rg_error(context, (rg_place){.file = regime_model_about(law->model)->file},
           "`regime run` shows what its equations give",
           "`%s` has no states: nothing in it moves, and so nothing comes to rest",
           regime_model_about(law->model)->name);
  return REGIME_BAD_ARGUMENT;
}

regime_status rg_law_open(regime_context *context, const regime_model *model, const regime_law *asked,
                          rg_law *out) {
  const regime_model_info *about = regime_model_about(model);
  *out = (rg_law){.model = model, .at = isnan(asked->at) ? about->to : asked->at};
  out->parameter = malloc((regime_model_parameters(model) + 1) * sizeof *out->parameter);
  regime_status status = out->parameter ? REGIME_OK : REGIME_NO_MEMORY;
  if (status == REGIME_OK)
    status = copy_text(asked->scenario ? asked->scenario : about->default_scenario, &out->scenario);
  if (status == REGIME_OK) status = rg_output_names_make(model, &out->names);
  if (status == REGIME_OK) status = make_instance(context, asked, out);
  if (status == REGIME_OK) status = see_states(context, out);
  return status == REGIME_OK ? draw_box(context, asked, out) : status;
}

void rg_law_drop(rg_law *law) {
  regime_instance_free(law->instance);
  rg_output_names_drop(&law->names);
  free(law->parameter);
  free(law->scenario);
  free(law->side);
  free(law->low);
  free(law->high);
  *law = (rg_law){0};
}
