/* options.c — a small parser driven by the table of options. */
#include "cli/options.h"
#include "base/diagnostic.h"
#include "base/names.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const rg_option_row rg_option_rows[RG_OPTION_COUNT] = {
#define OPTION(id, spelling, kind, value, text)                                                              \
  [RG_OPTION_##id] = {"--" spelling, RG_OPTION_##kind, value, text},
#include "cli/options.def"
#undef OPTION
};

typedef struct parser {
  regime_context *context;
  const char *command;
  rg_option_set allowed;
  rg_options *out;
  char *free; /* the next free byte of out->names */
  bool wrong;
} parser;

static const rg_place nowhere = {0};

#define COMPLAIN(p, remedy, ...)                                                                             \
  do {                                                                                                       \
    rg_error((p)->context, nowhere, remedy, __VA_ARGS__);                                                    \
    (p)->wrong = true;                                                                                       \
  } while (0)

static bool is_allowed(const parser *p, size_t option) { return p->allowed >> option & 1; }

static bool is_spelt(size_t option, const char *spelling, size_t length) {
  const char *own = rg_option_rows[option].spelling;
  return strncmp(own, spelling, length) == 0 && own[length] == '\0';
}

/* The option of this command that is spelt so. */
static size_t find_option(const parser *p, const char *spelling, size_t length) {
  size_t k = 0;
  while (k < RG_OPTION_COUNT && !(is_allowed(p, k) && is_spelt(k, spelling, length))) k++;
  return k;
}

static void complain_unknown(parser *p, const char *spelling, size_t length) {
  const char *candidate[RG_OPTION_COUNT];
  char name[64], help[160], remedy[160];
  size_t count = 0;
  for (size_t k = 0; k < RG_OPTION_COUNT; k++)
    if (is_allowed(p, k))
      candidate[count++] = rg_option_rows[k].spelling + 2; /* the dashes are alike in all */
  snprintf(name, sizeof name, "%.*s", (int)length, spelling);
  snprintf(help, sizeof help, "`regime %s --help` lists its options", p->command);
  const char *near = rg_nearest(name + 2, candidate, count);
  snprintf(remedy, sizeof remedy, "did you mean `--%s`?", near ? near : "");
  COMPLAIN(p, near ? remedy : help, "`regime %s` has no option `%s`", p->command, name);
}

static bool read_number(const char *text, double *out) {
  char *end;
  *out = strtod(text, &end);
  return end != text && *end == '\0' && isfinite(*out);
}

static void take_number(parser *p, size_t option, const char *value) {
  const bool positive = rg_option_rows[option].kind == RG_OPTION_POSITIVE;
  double number;
  if (!read_number(value, &number))
    COMPLAIN(p, NULL, "`%s` needs a number, and `%s` is none", rg_option_rows[option].spelling, value);
  else if (positive && !(number > 0.0))
    COMPLAIN(p, NULL, "`%s` must be above zero, not %s", rg_option_rows[option].spelling, value);
  else
    p->out->number[option] = number;
}

static void take_choice(parser *p, size_t option, const char *value) {
  const size_t length = strlen(value);
  size_t k = 0;
  for (const char *word = rg_option_rows[option].value;; k++) {
    const size_t n = strcspn(word, "|");
    if (n == length && strncmp(word, value, n) == 0) break;
    if (word[n] == '\0') {
      COMPLAIN(p, NULL, "`%s` is one of %s, not `%s`", rg_option_rows[option].spelling,
               rg_option_rows[option].value, value);
      return;
    }
    word += n + 1;
  }
  p->out->choice[option] = k;
}

static void take_whole(parser *p, size_t option, const char *value) {
  double number;
  if (read_number(value, &number) && number >= 0.0 && number <= 1e9 && number == floor(number))
    p->out->number[option] = number;
  else
    COMPLAIN(p, NULL, "`%s` needs a whole number, and `%s` is none", rg_option_rows[option].spelling, value);
}

/* The name before the `=`, kept; NULL where there is none. *rest is what follows. */
static const char *take_assigned(parser *p, const char *text, const char **rest) {
  const char *equals = strchr(text, '=');
  if (!equals || equals == text) return NULL;
  char *name = p->free;
  const size_t length = (size_t)(equals - text);
  memcpy(name, text, length);
  name[length] = '\0';
  p->free += length + 1;
  *rest = equals + 1;
  return name;
}

/* Two numbers with a sign between them. */
static bool read_two(const char *text, char sign, double out[2]) {
  char *end;
  out[0] = strtod(text, &end);
  return end != text && *end == sign && isfinite(out[0]) && read_number(end + 1, &out[1]);
}

static void take_setting(parser *p, size_t option, const char *text) {
  rg_options *out = p->out;
  const char *rest;
  double value;
  const char *name = take_assigned(p, text, &rest);
  const bool held = option == RG_OPTION_HOLD;
  if (!name || !read_number(rest, &value))
    COMPLAIN(p,
             held ? "for example `--hold d=0.1`"
                  : "for example `--set rho=0.08` or `--set involvement[SE]=0.9`",
             "`%s` needs NAME=VALUE with a number, not `%s`", rg_option_rows[option].spelling, text);
  else if (held)
    out->held[out->n_held++] = (regime_setting){name, value};
  else
    out->settings[out->n_settings++] = (regime_setting){name, value};
}

static void take_range(parser *p, const char *text) {
  const char *rest;
  double ends[2];
  const char *name = take_assigned(p, text, &rest);
  if (name && read_two(rest, ':', ends))
    p->out->bounds[p->out->n_bounds++] = (regime_bound){name, ends[0], ends[1]};
  else
    COMPLAIN(p, "for example `--bounds u=0:1`", "`--bounds` needs NAME=LO:HI with two numbers, not `%s`",
             text);
}

static void take_pair(parser *p, const char *text) {
  if (read_two(text, ',', p->out->starts + 2 * p->out->n_starts))
    p->out->n_starts++;
  else
    COMPLAIN(p, "for example `--start 0.8,0.8`", "`--start` needs X,Y with two numbers, not `%s`", text);
}

static void take_value(parser *p, size_t option, const char *value) {
  p->out->text[option] = value;
  switch (rg_option_rows[option].kind) {
  case RG_OPTION_NUMBER:
  case RG_OPTION_POSITIVE: take_number(p, option, value); break;
  case RG_OPTION_CHOICE: take_choice(p, option, value); break;
  case RG_OPTION_WHOLE: take_whole(p, option, value); break;
  case RG_OPTION_SETTING: take_setting(p, option, value); break;
  case RG_OPTION_RANGE: take_range(p, value); break;
  case RG_OPTION_PAIR: take_pair(p, value); break;
  case RG_OPTION_TEXT:
    if (value[0] == '\0')
      COMPLAIN(p, NULL, "`%s` needs a value: %s %s", rg_option_rows[option].spelling,
               rg_option_rows[option].spelling, rg_option_rows[option].value);
    break;
  case RG_OPTION_FLAG: break;
  }
}

/* Takes the option at words[0] and answers how many words it was. */
static int take_option(parser *p, int count, char **words) {
  const char *spelling = words[0];
  const size_t length = strcspn(spelling, "=");
  const size_t option = find_option(p, spelling, length);
  const char *value = spelling[length] == '=' ? spelling + length + 1 : NULL;
  if (option == RG_OPTION_COUNT) {
    complain_unknown(p, spelling, length);
    return 1;
  }
  const rg_option_row *row = &rg_option_rows[option];
  if (row->kind == RG_OPTION_FLAG) {
    if (value) COMPLAIN(p, NULL, "`%s` takes no value", row->spelling);
    take_value(p, option, "");
    return 1;
  }
  if (!value && (count < 2 || strncmp(words[1], "--", 2) == 0)) {
    COMPLAIN(p, NULL, "`%s` needs a value: %s %s", row->spelling, row->spelling, row->value);
    return 1;
  }
  take_value(p, option, value ? value : words[1]);
  return value ? 1 : 2;
}

static void take_argument(parser *p, const char *word) {
  if (p->out->argument && !p->wrong) /* it may be the value of an option that was misspelt */
    COMPLAIN(p, "a value with spaces must stand in quotes", "`%s` is one argument too many", word);
  else
    p->out->argument = word;
}

/* As much as the command line could ever hold. */
static regime_status make_room(rg_options *out, int count, char **words) {
  *out = (rg_options){0};
  for (size_t k = 0; k < RG_OPTION_COUNT; k++) out->number[k] = NAN;
  size_t bytes = 1;
  for (int k = 0; k < count; k++) bytes += strlen(words[k]) + 1;
  const size_t most = (size_t)count + 1;
  out->settings = calloc(most, sizeof *out->settings);
  out->held = calloc(most, sizeof *out->held);
  out->bounds = calloc(most, sizeof *out->bounds);
  out->starts = calloc(most, 2 * sizeof *out->starts);
  out->names = malloc(bytes);
  return out->settings && out->held && out->bounds && out->starts && out->names ? REGIME_OK
                                                                                : REGIME_NO_MEMORY;
}

/* Takes what stands at words[0] and answers how many words it was. */
static int take_word(parser *p, int count, char **words) {
  const char *word = words[0];
  if (strncmp(word, "--", 2) == 0) return take_option(p, count, words);
  if (strcmp(word, "-h") == 0)
    take_value(p, RG_OPTION_HELP, "");
  else if (word[0] == '-' && word[1] != '\0')
    COMPLAIN(p, "options are written with two dashes: `--set rho=0.08`", "unknown option `%s`", word);
  else
    take_argument(p, word);
  return 1;
}

regime_status rg_options_read(regime_context *context, const char *command, rg_option_set allowed, int count,
                              char **words, rg_options *out) {
  if (make_room(out, count, words) != REGIME_OK) return REGIME_NO_MEMORY;
  parser p = {.context = context, .command = command, .allowed = allowed, .out = out, .free = out->names};
  for (int k = 0; k < count;) k += take_word(&p, count - k, words + k);
  return p.wrong ? REGIME_BAD_ARGUMENT : REGIME_OK;
}

void rg_options_drop(rg_options *options) {
  free(options->names);
  free(options->starts);
  free(options->bounds);
  free(options->held);
  free(options->settings);
  *options = (rg_options){0};
}

bool rg_option_given(const rg_options *options, rg_option option) { return options->text[option] != NULL; }
