/* unit.c — units as products of powers: read, multiply, compare, write. */
#include "model/units.h"

#include "base/text.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const rg_unit dimensionless = {0};

/* --- arithmetic ---------------------------------------------------------------------------------------- */

const rg_unit *rg_unit_times(rg_arena *arena, const rg_unit *a, const rg_unit *b, double power_of_b) {
  rg_unit_power *factor = RG_NEW_ARRAY(arena, rg_unit_power, a->count + b->count);
  rg_unit *unit = RG_NEW(arena, rg_unit);
  size_t i = 0, j = 0;
  while (i < a->count || j < b->count) {
    const int order = i == a->count ? 1 : j == b->count ? -1 : strcmp(a->factor[i].word, b->factor[j].word);
    rg_unit_power next = {order <= 0 ? a->factor[i].word : b->factor[j].word, 0.0};
    if (order <= 0) next.power += a->factor[i++].power;
    if (order >= 0) next.power += power_of_b * b->factor[j++].power;
    if (next.power != 0.0) factor[unit->count++] = next;
  }
  unit->factor = factor;
  return unit;
}

bool rg_unit_equal(const rg_unit *a, const rg_unit *b) {
  if (a->count != b->count) return false;
  for (size_t k = 0; k < a->count; k++)
    if (strcmp(a->factor[k].word, b->factor[k].word) != 0 || a->factor[k].power != b->factor[k].power)
      return false;
  return true;
}

static const char *power_text(rg_arena *arena, const char *before, const char *word, double power) {
  char number[32];
  if (power == 1.0) return rg_arena_printf(arena, "%s%s", before, word);
  return rg_arena_printf(arena, "%s%s^%s", before, word, rg_text_number(power, number));
}

const char *rg_unit_text(rg_arena *arena, const rg_unit *unit) {
  const char *above = "", *below = "";
  for (size_t k = 0; k < unit->count; k++) {
    const rg_unit_power *f = &unit->factor[k];
    if (f->power > 0)
      above =
          rg_arena_printf(arena, "%s%s", above, power_text(arena, above[0] ? "*" : "", f->word, f->power));
    else
      below = rg_arena_printf(arena, "%s%s", below, power_text(arena, "/", f->word, -f->power));
  }
  return rg_arena_printf(arena, "%s%s", above[0] ? above : "1", below);
}

/* --- reading ------------------------------------------------------------------------------------------- */

static const char *const pure[] = {"1", "%", "percent", "share", "ratio", "fraction", "rate", "index"};

/* Words are compared in the singular: a year, ten years. */
static const char *singular(rg_arena *arena, const char *word) {
  const size_t length = strlen(word);
  const bool plural = length > 3 && word[length - 1] == 's' && word[length - 2] != 's';
  return rg_arena_text_n(arena, word, plural ? length - 1 : length);
}

static bool is_pure(const char *word) {
  for (size_t k = 0; k < sizeof pure / sizeof *pure; k++)
    if (!strcmp(word, pure[k])) return true;
  return false;
}

static const char *trimmed(rg_arena *arena, const char *from, size_t length) {
  while (length > 0 && isspace((unsigned char)*from)) from++, length--;
  while (length > 0 && isspace((unsigned char)from[length - 1])) length--;
  return rg_arena_text_n(arena, from, length);
}

/* "m^2"; NULL when it is nothing of the kind. A word may hold spaces: "US dollars of 1960". */
static const rg_unit *parse_factor(rg_arena *arena, const char *text, size_t length) {
  const char *caret = memchr(text, '^', length);
  const char *word = trimmed(arena, text, caret ? (size_t)(caret - text) : length);
  double power = 1.0;
  if (caret) {
    const char *exponent = trimmed(arena, caret + 1, length - (size_t)(caret + 1 - text));
    char *end;
    power = strtod(exponent, &end);
    if (end == exponent || *end) return NULL;
  }
  if (!word[0] || strpbrk(word, "=()[]{}^,;+")) return NULL;
  word = singular(arena, word);
  if (is_pure(word) || power == 0.0) return &dimensionless;
  char *end;
  strtod(word, &end);
  if (!*end) return NULL; /* a plain number other than 1 */
  rg_unit_power *factor = RG_NEW(arena, rg_unit_power);
  rg_unit *unit = RG_NEW(arena, rg_unit);
  *factor = (rg_unit_power){word, power};
  *unit = (rg_unit){1, factor};
  return unit;
}

/* The sign before the next factor: `*`, `/` or the word `per`; how long it is. */
static size_t find_sign(const char *text, size_t *length, bool *divides) {
  for (const char *c = text; *c; c++) {
    const bool per = !strncmp(c, " per ", 5);
    if (*c != '*' && *c != '/' && !per) continue;
    *length = per ? 5 : 1;
    *divides = *c != '*';
    return (size_t)(c - text);
  }
  *length = 0;
  return strlen(text);
}

const rg_unit *rg_unit_parse(rg_arena *arena, const char *text) {
  const rg_unit *unit = &dimensionless;
  bool divides = false;
  for (bool more = true; more;) {
    size_t sign;
    bool next_divides = false;
    const size_t length = find_sign(text, &sign, &next_divides);
    const rg_unit *factor = parse_factor(arena, text, length);
    if (!factor) return NULL;
    unit = rg_unit_times(arena, unit, factor, divides ? -1.0 : 1.0);
    divides = next_divides;
    more = sign > 0;
    text += length + sign;
  }
  return unit;
}

const rg_unit *rg_unit_timeless(rg_arena *arena, const rg_unit *unit) {
  static const char *const times[] = {"year", "quarter", "month", "period"};
  rg_unit_power *factor = RG_NEW_ARRAY(arena, rg_unit_power, unit->count);
  rg_unit *left = RG_NEW(arena, rg_unit);
  for (size_t k = 0; k < unit->count; k++) {
    bool is_time = false;
    for (size_t j = 0; j < sizeof times / sizeof *times; j++)
      is_time |= !strcmp(unit->factor[k].word, times[j]);
    if (!is_time) factor[left->count++] = unit->factor[k];
  }
  left->factor = factor;
  return left;
}
