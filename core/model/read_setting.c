/* read_setting.c — libconfig's settings as typed values with places; everything wrong with them reported. */
#include "base/names.h"
#include "model/read.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- places -------------------------------------------------------------------------------------------- */

typedef struct spot { /* hangs on every setting as its hook */
  rg_place name, value;
  const char *word;    /* its name, which outlives libconfig's; NULL: none */
  const char *written; /* the value in the text */
} spot;

static const spot *spot_of(const config_setting_t *setting) { return config_setting_get_hook(setting); }
rg_place rg_place_of(const config_setting_t *setting) { return spot_of(setting)->name; }
rg_place rg_place_value(const config_setting_t *setting) { return spot_of(setting)->value; }

static int length_of(const config_setting_t *setting) {
  return config_setting_is_aggregate(setting) ? config_setting_length(setting) : 0;
}

static const config_setting_t *child(const config_setting_t *setting, int k) {
  return config_setting_get_elem(setting, (unsigned)k);
}

static const rg_source_token *find_name(const rg_source_token *token, const char *name) {
  while (token->kind != RG_SOURCE_END && !(token->kind == RG_SOURCE_NAME && rg_source_token_is(token, name)))
    token++;
  return token;
}

static const rg_source_token *find_value(const rg_source_token *token) {
  while (token->kind == RG_SOURCE_MARK && !strchr("{[(", token->text[0])) token++;
  return token;
}

/* libconfig joins texts that follow each other. */
static const rg_source_token *after_value(const rg_source_token *token) {
  if (token->kind == RG_SOURCE_TEXT)
    while (token[1].kind == RG_SOURCE_TEXT) token++;
  return token->kind == RG_SOURCE_END ? token : token + 1;
}

/* Settings come in the order of the text, so one walk over both matches them. */
static const rg_source_token *place_setting(rg_reader *reader, config_setting_t *setting,
                                            const rg_source_token *next) {
  spot *s = RG_NEW(reader->arena, spot);
  if (setting->name) s->word = rg_arena_text(reader->arena, setting->name);
  if (setting->name) next = find_name(next, setting->name);
  s->name = rg_source_place(&reader->source, next);
  if (setting->name) next = after_value(next);
  next = find_value(next);
  s->value = rg_source_place(&reader->source, next);
  s->written = next->text;
  if (!setting->name) s->name = s->value;
  config_setting_set_hook(setting, s);
  next = after_value(next);
  for (int k = 0; k < length_of(setting); k++)
    next = place_setting(reader, config_setting_get_elem(setting, (unsigned)k), next);
  return next;
}

void rg_read_places(rg_reader *reader, config_setting_t *root) {
  spot *s = RG_NEW(reader->arena, spot);
  s->name.file = s->value.file = reader->source.lines.items[reader->source.lines.count - 1].file;
  config_setting_set_hook(root, s);
  const rg_source_token *next = reader->source.tokens.items;
  for (int k = 0; k < length_of(root); k++)
    next = place_setting(reader, config_setting_get_elem(root, (unsigned)k), next);
}

/* --- words about settings ------------------------------------------------------------------------------ */

const char *rg_label(rg_reader *reader, const config_setting_t *setting) {
  if (setting->name) return rg_arena_printf(reader->arena, "`%s`", setting->name);
  const config_setting_t *parent = setting->parent;
  while (parent && !parent->name) parent = parent->parent;
  return parent ? rg_arena_printf(reader->arena, "an entry of `%s`", parent->name) : "the file";
}

static const char *kind_of(const config_setting_t *setting) {
  switch (config_setting_type(setting)) {
  case CONFIG_TYPE_GROUP: return "a group { }";
  case CONFIG_TYPE_ARRAY: return "an array [ ]";
  case CONFIG_TYPE_LIST: return "a list ( )";
  case CONFIG_TYPE_STRING: return "a text";
  case CONFIG_TYPE_BOOL: return "true or false";
  default: return "a number";
  }
}

void rg_wrong_type(rg_reader *reader, const config_setting_t *setting, const char *wanted,
                   const char *remedy) {
  rg_error(reader->context, rg_place_value(setting), remedy, "%s must be %s, and is %s",
           rg_label(reader, setting), wanted, kind_of(setting));
}

bool rg_is_name(const char *text) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
  return text[0] != '\0' && !(text[0] >= '0' && text[0] <= '9') && text[strspn(text, letters)] == '\0';
}

bool rg_check_name(rg_reader *reader, rg_word word) {
  if (rg_is_name(word.text)) return true;
  rg_error(reader->context, word.place, "a name is letters, digits and `_`, and does not begin with a digit",
           "`%s` is not a name that equations can use", word.text);
  return false;
}

void rg_check_twice(rg_reader *reader, const rg_words *words, const char *meaning) {
  rg_names *met = rg_names_create(reader->arena);
  for (size_t k = 0; k < words->count; k++) {
    const rg_word *word = &words->items[k];
    if (rg_names_find(met, word->text) != RG_NO_NAME)
      rg_error(reader->context, word->place, "take one of the two away, or give it another name",
               "`%s` stands twice in %s", word->text, meaning);
    rg_names_add(met, word->text);
  }
}

/* --- scalars ------------------------------------------------------------------------------------------- */

rg_word rg_word_of(const config_setting_t *setting) {
  return (rg_word){spot_of(setting)->word, rg_place_of(setting)};
}

static const char *text_of(rg_reader *reader, const config_setting_t *setting) {
  if (config_setting_type(setting) == CONFIG_TYPE_STRING)
    return rg_arena_text(reader->arena, config_setting_get_string(setting));
  rg_wrong_type(reader, setting, "a text", "write it in quotes, \"...\"");
  return NULL;
}

void rg_read_text(rg_reader *reader, const config_setting_t *setting, void *into) {
  const char *text = text_of(reader, setting);
  if (text) *(const char **)into = text;
}

/* A text that says something, or NULL after an error. */
static const char *full_text(rg_reader *reader, const config_setting_t *setting) {
  const char *text = text_of(reader, setting);
  if (!text || text[strspn(text, " \t\n")] != '\0') return text;
  rg_error(reader->context, rg_place_value(setting), "write something between the quotes", "%s is empty",
           rg_label(reader, setting));
  return NULL;
}

void rg_read_word(rg_reader *reader, const config_setting_t *setting, void *into) {
  const char *text = full_text(reader, setting);
  if (text) *(rg_word *)into = (rg_word){text, rg_place_value(setting)};
}

void rg_read_written(rg_reader *reader, const config_setting_t *setting, void *into) {
  const char *text = full_text(reader, setting);
  const rg_place place = rg_place_value(setting);
  if (text) *(rg_written *)into = (rg_written){text, place.file, place.line};
}

void rg_read_truth(rg_reader *reader, const config_setting_t *setting, void *into) {
  if (config_setting_type(setting) == CONFIG_TYPE_BOOL)
    *(bool *)into = config_setting_get_bool(setting);
  else
    rg_wrong_type(reader, setting, "true or false", "write true or false, without quotes");
}

static const char *number_remedy(rg_reader *reader, const config_setting_t *setting) {
  const char *text = config_setting_get_string(setting);
  char *end = NULL;
  if (text) strtod(text, &end);
  if (text && end != text && *end == '\0')
    return rg_arena_printf(reader->arena, "write %s without quotes", text);
  return "write a number, such as 0.02 or 1e-9";
}

/* Read from the text: libconfig 1.5 keeps whole numbers in an int and lets them overflow in silence. */
void rg_read_number(rg_reader *reader, const config_setting_t *setting, void *into) {
  if (!config_setting_is_number(setting)) {
    rg_wrong_type(reader, setting, "a number", number_remedy(reader, setting));
    return;
  }
  const double value = strtod(spot_of(setting)->written, NULL);
  if (isfinite(value))
    *(double *)into = value;
  else
    rg_error(reader->context, rg_place_value(setting), "numbers reach to about 1e308", "%s is too large",
             rg_label(reader, setting));
}

void rg_read_positive(rg_reader *reader, const config_setting_t *setting, void *into) {
  double value = NAN;
  rg_read_number(reader, setting, &value);
  if (value > 0.0) *(double *)into = value;
  if (value <= 0.0)
    rg_error(reader->context, rg_place_value(setting), "write a number above zero", "%s must be positive",
             rg_label(reader, setting));
}

/* --- several values ------------------------------------------------------------------------------------ */

void rg_read_words(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_words *words = into;
  if (config_setting_is_group(setting)) {
    rg_wrong_type(reader, setting, "a text or an array of texts", "write [\"one\", \"two\"]");
    return;
  }
  const bool several = config_setting_is_aggregate(setting);
  for (int k = 0; k < (several ? length_of(setting) : 1); k++) {
    rg_word word = {0};
    rg_read_word(reader, several ? child(setting, k) : setting, &word);
    if (word.text) RG_APPEND(reader->arena, words, word);
  }
}

void rg_read_names(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_words words = {0}, *names = into;
  rg_read_words(reader, setting, &words);
  for (size_t k = 0; k < words.count; k++)
    if (rg_check_name(reader, words.items[k])) RG_APPEND(reader->arena, names, words.items[k]);
}

bool rg_read_pair(rg_reader *reader, const config_setting_t *setting, const char *wanted, double pair[2]) {
  const bool fits = !config_setting_is_group(setting) && length_of(setting) == 2;
  if (!fits) {
    rg_error(reader->context, rg_place_value(setting), rg_arena_printf(reader->arena, "write %s", wanted),
             "%s must be two numbers", rg_label(reader, setting));
    return false;
  }
  pair[0] = pair[1] = NAN;
  rg_read_number(reader, child(setting, 0), &pair[0]);
  rg_read_number(reader, child(setting, 1), &pair[1]);
  return !isnan(pair[0]) && !isnan(pair[1]);
}

bool rg_read_bounds(rg_reader *reader, const config_setting_t *setting, double *low, double *high) {
  double pair[2];
  if (!rg_read_pair(reader, setting, "bounds = [LOW, HIGH]", pair)) return false;
  if (pair[0] >= pair[1]) {
    rg_error(reader->context, rg_place_value(setting), "write the lower bound first",
             "the lower bound %g is not below the upper bound %g", pair[0], pair[1]);
    return false;
  }
  *low = pair[0];
  *high = pair[1];
  return true;
}

static const char *list_words(rg_arena *arena, const char *const *words, size_t count) {
  const char *text = "";
  for (size_t k = 0; k < count; k++)
    text = rg_arena_printf(arena, "%s%s`%s`", text, k == 0 ? "" : k + 1 < count ? ", " : " and ", words[k]);
  return text;
}

/* "did you mean ...?", or all that may stand here. */
static const char *suggest(rg_reader *reader, const char *text, const char *const *known, size_t count,
                           const char *may) {
  char remedy[160];
  const char *meant = rg_did_you_mean(text, known, count, NULL, remedy);
  if (meant) return rg_arena_text(reader->arena, meant);
  return rg_arena_printf(reader->arena, "%s %s", may, list_words(reader->arena, known, count));
}

size_t rg_read_choice(rg_reader *reader, const config_setting_t *setting, const char *const *choices,
                      size_t count, size_t otherwise) {
  rg_word word = {0};
  rg_read_word(reader, setting, &word);
  if (!word.text) return otherwise;
  for (size_t k = 0; k < count; k++)
    if (strcmp(word.text, choices[k]) == 0) return k;
  rg_error(reader->context, word.place, suggest(reader, word.text, choices, count, "the choice is between"),
           "%s cannot be `%s`", rg_label(reader, setting), word.text);
  return otherwise;
}

/* --- groups and lists ---------------------------------------------------------------------------------- */

static bool is_group(rg_reader *reader, const config_setting_t *setting) {
  if (config_setting_is_group(setting)) return true;
  rg_wrong_type(reader, setting, "a group", "write { NAME = VALUE; ... }");
  return false;
}

static const char *const *names_of(rg_reader *reader, rg_keys keys) {
  const char **names = RG_NEW_ARRAY(reader->arena, const char *, keys.count);
  for (size_t k = 0; k < keys.count; k++) names[k] = keys.key[k].name;
  return names;
}

static void report_unknown_key(rg_reader *reader, const config_setting_t *setting, rg_keys keys) {
  rg_error(reader->context, rg_place_of(setting),
           suggest(reader, setting->name, names_of(reader, keys), keys.count, "its parts are"),
           "`%s` is not part of %s", setting->name, keys.of);
}

static const rg_key *find_key(rg_keys keys, const char *name) {
  for (size_t k = 0; k < keys.count; k++)
    if (strcmp(keys.key[k].name, name) == 0) return &keys.key[k];
  return NULL;
}

bool rg_has_key(rg_reader *reader, const config_setting_t *group, rg_keys keys, const char *name) {
  if (config_setting_get_member(group, name)) return true;
  const char *const *names = names_of(reader, keys);
  for (int k = 0; k < length_of(group); k++) {
    const char *written = child(group, k)->name;
    const char *meant = find_key(keys, written) ? NULL : rg_nearest(written, names, keys.count);
    if (meant && strcmp(meant, name) == 0) return true;
  }
  return false;
}

static const char *own_name(const config_setting_t *group) {
  const config_setting_t *name = config_setting_get_member(group, "name");
  return name && config_setting_type(name) == CONFIG_TYPE_STRING ? config_setting_get_string(name) : NULL;
}

static void report_missing_keys(rg_reader *reader, const config_setting_t *group, rg_keys keys) {
  const char *name = group->name ? NULL : own_name(group);
  const char *label = name ? rg_arena_printf(reader->arena, "`%s`", name) : rg_label(reader, group);
  for (size_t k = 0; k < keys.count; k++)
    if (keys.key[k].needed && !rg_has_key(reader, group, keys, keys.key[k].name))
      rg_error(reader->context, rg_place_of(group),
               rg_arena_printf(reader->arena, "write %s", keys.key[k].needed), "%s has no `%s`", label,
               keys.key[k].name);
}

void rg_read_keys(rg_reader *reader, const config_setting_t *group, rg_keys keys, void *into) {
  if (!is_group(reader, group)) return;
  for (int k = 0; k < length_of(group); k++) {
    const config_setting_t *setting = child(group, k);
    const rg_key *key = find_key(keys, setting->name);
    if (key)
      key->read(reader, setting, (char *)into + key->offset);
    else
      report_unknown_key(reader, setting, keys);
  }
  report_missing_keys(reader, group, keys);
}

void rg_refuse_empty(rg_reader *reader, const config_setting_t *group, const char *key) {
  const config_setting_t *setting = config_setting_get_member(group, key);
  if (setting && config_setting_is_aggregate(setting) && length_of(setting) == 0)
    rg_error(reader->context, rg_place_value(setting), "write at least one, in quotes",
             "`%s` of `%s` is empty", key, group->name);
}

void rg_read_group(rg_reader *reader, const config_setting_t *group, rg_read *read, void *into) {
  if (!is_group(reader, group)) return;
  for (int k = 0; k < length_of(group); k++)
    if (rg_check_name(reader, rg_word_of(child(group, k)))) read(reader, child(group, k), into);
}

static void add_own_name(rg_reader *reader, const config_setting_t *group, rg_words *names) {
  const char *name = own_name(group);
  if (!name) return;
  const rg_word word = {name, rg_place_value(config_setting_get_member(group, "name"))};
  RG_APPEND(reader->arena, names, word);
}

void rg_read_list(rg_reader *reader, const config_setting_t *list, rg_read *read, void *into) {
  const bool empty_array = config_setting_is_array(list) && length_of(list) == 0;
  if (!config_setting_is_list(list) && !empty_array) {
    rg_wrong_type(reader, list, "a list of groups",
                  rg_arena_printf(reader->arena, "write %s = ( { ... }, { ... } );", list->name));
    return;
  }
  rg_words names = {0};
  for (int k = 0; k < length_of(list); k++) {
    if (!is_group(reader, child(list, k))) continue;
    read(reader, child(list, k), into);
    add_own_name(reader, child(list, k), &names);
  }
  rg_check_twice(reader, &names, rg_label(reader, list));
}
