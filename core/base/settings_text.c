/* settings_text.c — a scanner for libconfig's grammar: it finds, and judges nothing. */
#include "base/settings_text.h"

#include <ctype.h>
#include <string.h>

typedef struct scanner {
  const char *text;
  size_t at, end;
} scanner;

static bool begins(const scanner *s, const char *with) {
  const size_t n = strlen(with);
  return s->at + n <= s->end && strncmp(s->text + s->at, with, n) == 0;
}

static void skip_to(scanner *s, const char *mark) {
  while (s->at < s->end && !begins(s, mark)) s->at++;
  s->at = s->at + strlen(mark) < s->end ? s->at + strlen(mark) : s->end;
}

/* Blanks, comments, and the lines of includes. */
static void skip_blanks(scanner *s) {
  while (s->at < s->end) {
    if (isspace((unsigned char)s->text[s->at]))
      s->at++;
    else if (begins(s, "#") || begins(s, "//") || begins(s, "@"))
      skip_to(s, "\n");
    else if (begins(s, "/*"))
      skip_to(s, "*/");
    else
      break;
  }
}

static void skip_string(scanner *s) {
  for (s->at++; s->at < s->end && s->text[s->at] != '"'; s->at++)
    if (s->text[s->at] == '\\') s->at++;
  if (s->at < s->end) s->at++;
}

static bool is_one_of(const scanner *s, const char *characters) {
  return s->at < s->end && s->text[s->at] != '\0' && strchr(characters, s->text[s->at]) != NULL;
}

/* A group, list or array with all in it. */
static void skip_brackets(scanner *s) {
  size_t depth = 0;
  do {
    skip_blanks(s);
    if (is_one_of(s, "\"")) {
      skip_string(s);
      continue;
    }
    depth += is_one_of(s, "{([");
    depth -= is_one_of(s, "})]");
    s->at++;
  } while (s->at < s->end && depth > 0);
}

static void skip_word(scanner *s) {
  while (s->at < s->end && !isspace((unsigned char)s->text[s->at]) && !is_one_of(s, "=:;,{}()[]\"#/@"))
    s->at++;
}

/* Strings in a row are one; what follows the last is not its. */
static size_t skip_strings(scanner *s) {
  size_t end = s->at;
  while (is_one_of(s, "\"")) {
    skip_string(s);
    end = s->at;
    skip_blanks(s);
  }
  return end;
}

static rg_span take_value(scanner *s) {
  const size_t from = s->at;
  if (is_one_of(s, "\"")) return (rg_span){from, skip_strings(s)};
  if (is_one_of(s, "{(["))
    skip_brackets(s);
  else
    skip_word(s);
  return (rg_span){from, s->at};
}

bool rg_setting_find(const char *text, rg_span body, const char *key, rg_span *value) {
  scanner s = {text, body.from, body.to};
  for (;;) {
    skip_blanks(&s);
    const size_t name = s.at;
    skip_word(&s);
    const size_t length = s.at - name;
    skip_blanks(&s);
    if (length == 0 || !is_one_of(&s, "=:")) return false;
    s.at++;
    skip_blanks(&s);
    *value = take_value(&s);
    if (length == strlen(key) && strncmp(text + name, key, length) == 0) return true;
    skip_blanks(&s);
    if (is_one_of(&s, ";,")) s.at++;
  }
}

bool rg_setting_body(const char *text, rg_span value, rg_span *body) {
  *body = (rg_span){value.from + 1, value.to - 1};
  return value.to > value.from + 1 && text[value.from] == '{';
}

size_t rg_setting_end(const char *text, rg_span body, rg_span value) {
  scanner s = {text, value.to, body.to};
  skip_blanks(&s);
  return is_one_of(&s, ";,") ? s.at + 1 : value.to;
}
