/* read_observations.c — which files hold observations, and what their series and members are in the model. */
#include "model/read.h"

#include <math.h>

/* --- files --------------------------------------------------------------------------------------------- */

static void add_observed_file(rg_reader *reader, rg_words *files, rg_word file) {
  const char *path = rg_beside(reader->arena, file.place.file, file.text), *reason = rg_unreadable(path);
  const rg_word found = {path, file.place};
  RG_APPEND(reader->arena, files, found);
  if (reason)
    rg_error(reader->context, file.place, "a table is looked for beside the file that names it",
             "cannot read `%s`: %s", path, reason);
}

static void read_file(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_word file = {0};
  rg_read_word(reader, setting, &file);
  if (file.text) add_observed_file(reader, into, file);
}

static void read_files(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_words words = {0};
  rg_read_words(reader, setting, &words);
  for (size_t k = 0; k < words.count; k++) add_observed_file(reader, into, words.items[k]);
}

/* --- layout and kind ----------------------------------------------------------------------------------- */

static void read_layout(rg_reader *reader, const config_setting_t *setting, void *into) {
  static const char *const choices[] = {"long", "wide", "ameco", "pwt", "worldbank", "oecd"};
  const size_t n = sizeof choices / sizeof *choices, k = rg_read_choice(reader, setting, choices, n, n);
  if (k < n) *(const char **)into = choices[k];
}

static void read_kind(rg_reader *reader, const config_setting_t *setting, void *into) {
  static const char *const choices[] = {"mean", "at", "change", "growth", "ratio", "event"};
  const size_t n = sizeof choices / sizeof *choices, k = rg_read_choice(reader, setting, choices, n, n);
  if (k < n) *(const char **)into = choices[k];
}

/* --- series -------------------------------------------------------------------------------------------- */

static const rg_key series_key[] = {
    {"name", rg_read_word, offsetof(rg_series_decl, name), "name = \"NY.GDP.MKTP.KD.ZG\";"},
    {"expr", rg_read_written, offsetof(rg_series_decl, expression), "expr = \"100*growth[i]\";"},
    {"kind", read_kind, offsetof(rg_series_decl, kind), NULL},
    {"base", rg_read_number, offsetof(rg_series_decl, base), NULL},
    {"sd", rg_read_positive, offsetof(rg_series_decl, sd), NULL},
};

static const rg_series_decl no_series = {.kind = "", .base = NAN, .sd = NAN};

static void add_series(rg_reader *reader, rg_observations_decl *group, const rg_series_decl *series) {
  if (series->name.text && series->expression.text) RG_APPEND(reader->arena, &group->series, *series);
}

static void read_one_series(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_series_decl series = no_series;
  rg_read_keys(reader, setting, RG_KEYS("a series", series_key), &series);
  add_series(reader, into, &series);
}

/* { NAME = "EXPRESSION"; }, or a list where names hold dots or more is to be said. */
static void read_series(rg_reader *reader, const config_setting_t *setting, void *into) {
  if (!config_setting_is_group(setting)) {
    rg_read_list(reader, setting, read_one_series, into);
    return;
  }
  for (int k = 0; k < config_setting_length(setting); k++) {
    const config_setting_t *one = config_setting_get_elem(setting, (unsigned)k);
    rg_series_decl series = no_series;
    series.name = rg_word_of(one);
    rg_read_written(reader, one, &series.expression);
    add_series(reader, into, &series);
  }
}

/* --- members ------------------------------------------------------------------------------------------- */

static void read_member(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_observations_decl *group = into;
  rg_word called = {0};
  rg_read_word(reader, setting, &called);
  const rg_called_decl member = {rg_word_of(setting), called.text};
  if (called.text) RG_APPEND(reader->arena, &group->members, member);
}

static void read_members(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_read_group(reader, setting, read_member, into);
}

/* --- the group ----------------------------------------------------------------------------------------- */

static const rg_key group_key[] = {
    {"file", read_file, offsetof(rg_observations_decl, files), NULL},
    {"files", read_files, offsetof(rg_observations_decl, files), NULL},
    {"layout", read_layout, offsetof(rg_observations_decl, layout), NULL},
    {"series", read_series, 0, NULL},
    {"members", read_members, 0, NULL},
    {"kind", read_kind, offsetof(rg_observations_decl, kind), NULL},
    {"base", rg_read_number, offsetof(rg_observations_decl, base), NULL},
};

static void read_group(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_declarations *out = into;
  rg_observations_decl group = {.layout = "", .kind = "", .base = NAN};
  const rg_keys keys = RG_KEYS("`observations`", group_key);
  rg_read_keys(reader, setting, keys, &group);
  if (!rg_has_key(reader, setting, keys, "file") && !rg_has_key(reader, setting, keys, "files"))
    rg_error(reader->context, rg_place_of(setting), "write file = \"facts.csv\";", "%s has no `file`",
             rg_label(reader, setting));
  RG_APPEND(reader->arena, &out->observations, group);
}

void rg_read_observations(rg_reader *reader, const config_setting_t *setting, void *into) {
  if (config_setting_is_list(setting))
    rg_read_list(reader, setting, read_group, into);
  else if (config_setting_is_group(setting))
    read_group(reader, setting, into);
  else
    rg_wrong_type(reader, setting, "a group or a list of groups",
                  "write observations = { file = \"facts.csv\"; };");
}
