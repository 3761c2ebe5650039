/* cmd_check.c — regime check: everything wrong at once, else what the model is made of. */
#include "cli/say.h"
#include "cli/shelf.h"

#include <string.h>

/* A list of `count` names, each fetched by its number. */
static json_t *names(const void *of, size_t count, const char *(*name)(const void *of, size_t k)) {
  json_t *list = json_array();
  for (size_t k = 0; k < count; k++) json_array_append_new(list, rg_json_text(name(of, k)));
  return list;
}

static const char *set_name(const void *model, size_t k) { return regime_model_set(model, k)->name; }
static const char *identity_name(const void *model, size_t k) {
  return regime_model_identity(model, k)->name;
}
static const char *matrix_name(const void *model, size_t k) { return regime_model_matrix(model, k)->name; }
static const char *phase_name(const void *model, size_t k) { return regime_model_phase(model, k); }
static const char *response(const void *model, size_t k) {
  return regime_model_distinction(model, k)->response;
}
static const char *event_name(const void *system, size_t k) {
  return ((const regime_system *)system)->events[k].name;
}
static const char *scenario_name(const void *model, size_t k) {
  return k ? regime_model_scenario(model, k - 1)->name : "baseline";
}

/* "4: C, YD, T, Y" */
static json_t *block(const rg_cli *cli, const regime_model_block *of) {
  enum { SHOWN = 12 };
  const char *text = rg_arena_printf(cli->arena, "%zu:", of->n);
  for (size_t k = 0; k < of->n && k < SHOWN; k++)
    text = rg_arena_printf(cli->arena, "%s%s %s", text, k ? "," : "", of->unknown[k]);
  return rg_json_text(of->n > SHOWN ? rg_arena_printf(cli->arena, "%s, ...", text) : text);
}

static json_t *blocks(const rg_cli *cli, const regime_model *model) {
  json_t *list = json_array();
  for (size_t k = 0; k < regime_model_blocks(model); k++)
    json_array_append_new(list, block(cli, regime_model_block_at(model, k)));
  return list;
}

static size_t with_unit(const regime_model *model) {
  size_t n = 0;
  for (size_t k = 0; k < regime_model_variables(model); k++)
    n += regime_model_variable(model, k)->unit[0] != '\0';
  return n;
}

static json_t *count(size_t n) { return json_integer((json_int_t)n); }

/* The structure as one document, which both people and programs read. */
static json_t *structure(const rg_cli *cli, const regime_model *model, const regime_system *system) {
  const regime_model_info *about = regime_model_about(model);
  json_t *s = json_object();
  json_object_set_new(s, "model", rg_json_text(about->name));
  json_object_set_new(s, "valid", json_true());
  json_object_set_new(s, "title", rg_json_text(about->title));
  json_object_set_new(s, "source", rg_json_text(about->source));
  json_object_set_new(s, "file", rg_json_text(about->file));
  json_object_set_new(s, "time", rg_json_text(about->time));
  json_object_set_new(s, "span", json_pack("[f, f]", about->from, about->to));
  json_object_set_new(s, "states", count(about->n_states));
  json_object_set_new(s, "auxiliaries", count(about->n_auxiliaries));
  json_object_set_new(s, "constants", count(about->n_constants));
  json_object_set_new(s, "blocks", blocks(cli, model));
  json_object_set_new(s, "parameters", count(regime_model_parameters(model)));
  json_object_set_new(s, "with_unit", count(with_unit(model)));
  json_object_set_new(s, "switches", count(about->n_switches));
  json_object_set_new(s, "dates", count(about->n_dates));
  json_object_set_new(s, "nonzeros", count(about->n_nonzeros));
  json_object_set_new(s, "instructions", count(about->n_instructions));
  json_object_set_new(s, "sets", names(model, regime_model_sets(model), set_name));
  json_object_set_new(s, "events", names(system, system->n_events, event_name));
  json_object_set_new(s, "identities", names(model, regime_model_identities(model), identity_name));
  json_object_set_new(s, "matrices", names(model, regime_model_matrices(model), matrix_name));
  json_object_set_new(s, "phases", names(model, regime_model_phases(model), phase_name));
  json_object_set_new(s, "classified_by", names(model, regime_model_distinctions(model), response));
  json_object_set_new(s, "scenarios", names(model, regime_model_scenarios(model) + 1, scenario_name));
  json_object_set_new(s, "default_scenario", rg_json_text(about->default_scenario));
  json_object_set_new(s, "observations", rg_json_text(about->observations));
  return s;
}

static void print_value(const json_t *value) {
  if (json_is_string(value)) printf("%s", json_string_value(value));
  if (json_is_integer(value)) printf("%lld", (long long)json_integer_value(value));
  if (json_is_real(value)) printf("%g", json_real_value(value));
}

static bool says_something(const json_t *value) {
  return json_string_length(value) > 0 || json_integer_value(value) > 0 || json_array_size(value) > 0;
}

/* What programs call `with_unit` is two words for people. */
static void print_key(const rg_cli *cli, const char *key) {
  char words[26] = {0};
  for (size_t k = 0; k < sizeof words - 1 && key[k]; k++) words[k] = key[k] == '_' ? ' ' : key[k];
  printf(cli->colour ? "\x1b[2m%-25s\x1b[0m" : "%-25s", words);
}

static void print_structure(const rg_cli *cli, json_t *document) {
  const char *key;
  json_t *value, *item;
  size_t k;
  json_object_foreach(document, key, value) {
    if (!says_something(value)) continue;
    print_key(cli, key);
    print_value(value);
    const bool holds_commas = strcmp(key, "blocks") == 0;
    json_array_foreach(value, k, item) {
      if (k) fputs(holds_commas ? "; " : ", ", stdout);
      print_value(item);
    }
    putchar('\n');
  }
  puts("no error found");
}

static regime_status answer(rg_cli *cli, json_t *document) {
  if (rg_wants_json(cli)) {
    json_object_set_new(document, "diagnostics", rg_json_diagnostics(cli->context));
    return rg_answer(cli, document);
  }
  print_structure(cli, document);
  json_decref(document);
  return REGIME_OK;
}

static regime_status answer_wrong(rg_cli *cli) {
  if (!rg_wants_json(cli)) return REGIME_BAD_MODEL;
  const regime_status status =
      rg_answer(cli, json_pack("{s:o, s:b, s:o}", "model", rg_json_text(cli->options.argument), "valid", 0,
                               "diagnostics", rg_json_diagnostics(cli->context)));
  return status == REGIME_OK ? REGIME_BAD_MODEL : status;
}

regime_status rg_cmd_check(rg_cli *cli) {
  regime_model *model = NULL;
  regime_instance *instance = NULL;
  regime_status status = rg_shelf_load(cli, cli->options.argument, &model);
  if (status == REGIME_OK) status = regime_study_check(cli->context, model);
  if (status == REGIME_OK) status = regime_instance_create(cli->context, model, NULL, &instance);
  if (status == REGIME_OK) status = answer(cli, structure(cli, model, regime_instance_system(instance)));
  if (status == REGIME_BAD_MODEL) status = answer_wrong(cli);
  regime_instance_free(instance);
  regime_model_free(model);
  return status;
}
