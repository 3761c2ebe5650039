/* read.c — a model file into declarations: the text, libconfig's tree of it, and the table of its groups. */
#include "model/read.h"
#include "base/file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- model, span --------------------------------------------------------------------------------------- */

/* The name is part of file names. */
static void read_model_name(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_word name = {0};
  rg_read_word(reader, setting, &name);
  if (!name.text) return;
  *(rg_word *)into = name;
  for (const char *c = name.text; *c; c++) {
    const char letter[] = {*c == '-' ? '_' : *c >= '0' && *c <= '9' ? 'x' : *c, '\0'};
    if (rg_is_name(letter)) continue;
    rg_error(reader->context, name.place, "use letters, digits, `_` and `-`",
             "the name of a model is part of file names, and cannot be `%s`", name.text);
    return;
  }
}

static void read_time(rg_reader *reader, const config_setting_t *setting, void *into) {
  static const char *const choices[] = {"continuous", "discrete"};
  const size_t k = rg_read_choice(reader, setting, choices, 2, 2);
  if (k < 2) *(rg_word *)into = (rg_word){choices[k], rg_place_value(setting)};
}

static const rg_key model_key[] = {
    {"name", read_model_name, offsetof(rg_declarations, name), "name = \"goodwin\";"},
    {"time", read_time, offsetof(rg_declarations, time), "time = \"continuous\"; or \"discrete\""},
    {"title", rg_read_text, offsetof(rg_declarations, title), NULL},
    {"source", rg_read_text, offsetof(rg_declarations, source), NULL},
    {"unit", rg_read_text, offsetof(rg_declarations, unit), NULL},
    {"about", rg_read_text, offsetof(rg_declarations, about), NULL},
    {"scenario", rg_read_word, offsetof(rg_declarations, default_scenario), NULL},
};

static void read_model(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_read_keys(reader, setting, RG_KEYS("`model`", model_key), into);
}

static const rg_key span_key[] = {
    {"from", rg_read_number, offsetof(rg_declarations, from), "from = 0.0;"},
    {"to", rg_read_number, offsetof(rg_declarations, to), "to = 100.0;"},
    {"output", rg_read_positive, offsetof(rg_declarations, output), NULL},
    {"limit", rg_read_positive, offsetof(rg_declarations, limit), NULL},
};

static void read_span(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_declarations *out = into;
  out->from = out->to = NAN;
  rg_read_keys(reader, setting, RG_KEYS("`span`", span_key), out);
  out->has_span = !isnan(out->from) && !isnan(out->to);
  if (!out->has_span) out->from = out->to = 0.0; /* reported */
  if (out->has_span && out->from >= out->to)
    rg_error(reader->context, rg_place_of(config_setting_get_member(setting, "to")),
             "a run goes forward in time: write a later `to`", "`span` ends at %.15g and begins at %.15g",
             out->to, out->from);
}

/* --- equations ----------------------------------------------------------------------------------------- */

static size_t lines_in(const char *text) {
  size_t lines = 0;
  for (; *text; text++) lines += *text == '\n';
  return lines;
}

/* Texts are joined with as many line ends as lie between them in the file, so that lines stay true. */
static rg_written join_written(rg_arena *arena, rg_written first, rg_written second) {
  const size_t line = (size_t)first.line + lines_in(first.text);
  const size_t gap = (size_t)second.line > line ? (size_t)second.line - line : 1;
  const size_t length = strlen(first.text);
  char *text = rg_arena_take(arena, length + gap + strlen(second.text) + 1, 1);
  memcpy(text, first.text, length);
  memset(text + length, '\n', gap);
  strcpy(text + length + gap, second.text);
  return (rg_written){text, first.file, first.line};
}

static void read_equations(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_written *equations = into;
  if (config_setting_is_group(setting)) {
    rg_wrong_type(reader, setting, "a text or a list of texts", "write the equations in quotes, one a line");
    return;
  }
  const bool several = config_setting_is_aggregate(setting);
  for (int k = 0; k < (several ? config_setting_length(setting) : 1); k++) {
    rg_written part = {0};
    rg_read_written(reader, several ? config_setting_get_elem(setting, (unsigned)k) : setting, &part);
    if (part.text) *equations = equations->text ? join_written(reader->arena, *equations, part) : part;
  }
}

/* --- the file ------------------------------------------------------------------------------------------ */

static const rg_key top_key[] = {
    {"model", read_model, 0, "model = { name = \"goodwin\"; time = \"continuous\"; };"},
    {"span", read_span, 0, NULL},
    {"sets", rg_read_sets, 0, NULL},
    {"parameters", rg_read_parameters, 0, NULL},
    {"paths", rg_read_paths, 0, NULL},
    {"modes", rg_read_modes, 0, NULL},
    {"equations", read_equations, offsetof(rg_declarations, equations), "equations = \"...\"; one a line"},
    {"events", rg_read_events, 0, NULL},
    {"overlays", rg_read_overlays, 0, NULL},
    {"scenarios", rg_read_scenarios, 0, NULL},
    {"identities", rg_read_identities, 0, NULL},
    {"matrices", rg_read_matrices, 0, NULL},
    {"phases", rg_read_phases, 0, NULL},
    {"phases_min_length", rg_read_positive, offsetof(rg_declarations, phases_min_length), NULL},
    {"variables", rg_read_variables, 0, NULL},
    {"classify", rg_read_distinctions, 0, NULL},
    {"figures", rg_read_figures, 0, NULL},
    {"observations", rg_read_observations, 0, NULL},
};

static void destroy_config(void *config) { config_destroy(config); }

/* libconfig's memory belongs to the arena, so that a jump out of it loses nothing. */
static config_t *create_config(rg_arena *arena) {
  config_t *config = RG_NEW(arena, config_t);
  config_init(config);
  rg_arena_owns(arena, destroy_config, config);
  return config;
}

/* What the syntax check let pass and libconfig does not: no such text is known. */
static void report_refusal(rg_reader *reader, const config_t *config) {
  const size_t line = (size_t)config_error_line(config), count = reader->source.lines.count;
  const rg_source_line *where = &reader->source.lines.items[line > 0 && line <= count ? line - 1 : 0];
  rg_error(reader->context, (rg_place){.file = where->file, .line = where->number, .source = where->text},
           NULL, "libconfig refuses the text here: %s", config_error_text(config));
}

static void read_settings(rg_reader *reader, rg_declarations *out) {
  config_t *config = create_config(reader->arena);
  if (config_read_string(config, reader->source.text)) {
    rg_read_places(reader, config_root_setting(config));
    rg_read_keys(reader, config_root_setting(config), RG_KEYS("a model file", top_key), out);
  } else {
    report_refusal(reader, config);
  }
  config_destroy(config); /* early; what the arena holds is an empty one */
  config_init(config);
}

static void add_file(rg_reader *reader, rg_declarations *out, const char *file) {
  for (size_t k = 0; k < out->files.count; k++)
    if (strcmp(out->files.items[k], file) == 0) return;
  RG_APPEND(reader->arena, &out->files, file);
}

static void list_files(rg_reader *reader, rg_declarations *out) {
  for (size_t k = 0; k < reader->source.files.count; k++)
    add_file(reader, out, reader->source.files.items[k]);
  for (size_t k = 0; k < reader->tables.count; k++) add_file(reader, out, reader->tables.items[k]->file);
  for (size_t k = 0; k < out->observations.count; k++)
    for (size_t f = 0; f < out->observations.items[k].files.count; f++)
      add_file(reader, out, out->observations.items[k].files.items[f].text);
}

/* Texts are kept to the byte, for a record of what the model was made from. */
static void keep_texts(rg_reader *reader, rg_declarations *out) {
  out->file_text = RG_NEW_ARRAY(reader->arena, const char *, out->files.count);
  for (size_t k = 0; k < out->files.count; k++) {
    char *text;
    const regime_status status = rg_file_read(reader->context, out->files.items[k], &text);
    if (status == REGIME_NO_MEMORY) longjmp(*rg_arena_exhausted(reader->arena), 1);
    if (status != REGIME_OK) continue;
    rg_arena_owns(reader->arena, free, text);
    out->file_text[k] = text;
  }
}

static bool is_empty(rg_reader *reader, const char *file) {
  if (reader->source.tokens.items[0].kind != RG_SOURCE_END) return false;
  rg_error(reader->context, (rg_place){.file = file}, "`regime new NAME` writes a model to begin with",
           "the file holds no settings");
  return true;
}

regime_status rg_read_model(regime_context *context, rg_arena *arena, const char *file,
                            rg_declarations *out) {
  const size_t errors = rg_errors_reported(context);
  rg_reader reader = {.context = context, .arena = arena};
  *out = (rg_declarations){.file = rg_arena_text(arena, file)};
  const regime_status status = rg_source_read(context, arena, out->file, &reader.source);
  if (status != REGIME_OK) return status;
  out->text = reader.source.text;
  if (!is_empty(&reader, out->file) && rg_check_syntax(context, arena, &reader.source))
    read_settings(&reader, out);
  list_files(&reader, out);
  if (rg_errors_reported(context) == errors) keep_texts(&reader, out);
  return rg_errors_reported(context) > errors ? REGIME_BAD_MODEL : REGIME_OK;
}
