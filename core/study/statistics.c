/* statistics.c — what is asked for, read, found on a path, and differentiated. */
#include "study/statistics.h"
#include "base/diagnostic.h"
#include "study/mean.h"
#include <regime/sensitivity.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- reading ------------------------------------------------------------------------------------------- */

enum { MOST_ARGUMENTS = 3 };

static const struct {
  const char *name;
  rg_statistic_kind kind;
  size_t least, most; /* arguments */
  const char *example;
} functions[] = {
    {"last", RG_LAST, 1, 1, "last(u)"},
    {"at", RG_MEAN, 2, 2, "at(u, 1973)"},
    {"mean", RG_MEAN, 1, 3, "mean(u) or mean(u, 1974, 1980)"},
    {"max", RG_MAX, 1, 3, "max(u) or max(u, 1974, 1980)"},
    {"min", RG_MIN, 1, 3, "min(u) or min(u, 1974, 1980)"},
    {"date", RG_DATE, 1, 1, "date(NAME) of an event"},
};
enum { N_FUNCTIONS = sizeof functions / sizeof *functions };

typedef struct reader {
  regime_context *context;
  const rg_readable *known;
  rg_statistics *out;
  regime_status status;
} reader;

static void refuse(reader *r) {
  if (r->status == REGIME_OK) r->status = REGIME_BAD_ARGUMENT;
}

static bool is_mark(char c) { return c == '\0' || strchr(",()[]", c); }

/* A copy without the blanks beside marks, and with one for those within a name; NULL: no memory. */
static char *without_blanks(const char *text) {
  char *copy = malloc(strlen(text) + 1), *at = copy;
  for (; copy && *text; text++) {
    const size_t blanks = strspn(text, " \t\n");
    const bool within = blanks > 0 && at > copy && !is_mark(at[-1]) && !is_mark(text[blanks]);
    if (within) *at++ = ' ';
    text += blanks;
    if (*text == '\0') break;
    *at++ = *text;
  }
  if (copy) *at = '\0';
  return copy;
}

/* The first comma outside brackets, or the end. */
static char *end_of_part(char *text) {
  int depth = 0;
  for (; *text && !(*text == ',' && depth <= 0); text++)
    depth += strchr("([", *text) ? 1 : strchr(")]", *text) ? -1 : 0;
  return text;
}

/* Cuts at commas, in place; answers how many parts there are, of which `most` are kept. */
static size_t cut(char *text, char **part, size_t most) {
  size_t n = 0;
  for (char *at = text;;) {
    char *end = end_of_part(at);
    const bool last = *end == '\0';
    *end = '\0';
    if (n < most) part[n] = at;
    n++;
    if (last) return n;
    at = end + 1;
  }
}

/* "mean(u,1974,1980)" from its parts. */
static char *spell(const char *function, const char *name, char *const *argument, size_t n) {
  char *text = malloc(strlen(function) + strlen(name) + 2 * 32 + 8);
  if (!text) return NULL;
  if (!function[0]) return strcpy(text, name);
  int length = sprintf(text, "%s(%s", function, name);
  for (size_t k = 1; k < n; k++) length += snprintf(text + length, 33, ",%.31s", argument[k]);
  strcpy(text + length, ")");
  return text;
}

static void add(reader *r, rg_statistic s, const char *function, const char *name, char *const *argument,
                size_t n) {
  rg_statistic *grown = realloc(r->out->item, (r->out->count + 1) * sizeof *grown);
  if (grown) r->out->item = grown;
  s.text = grown ? spell(function, name, argument, n) : NULL;
  if (s.text)
    grown[r->out->count++] = s;
  else
    r->status = REGIME_NO_MEMORY;
}

static bool is_family(const char *output, const char *name) {
  const size_t length = strlen(name);
  return strncmp(output, name, length) == 0 && output[length] == '[';
}

static void add_outputs(reader *r, rg_statistic s, const char *function, char *const *argument, size_t n) {
  const rg_output_names *names = r->known->names;
  const long output = rg_output_find(names, argument[0]);
  char buffer[160];
  size_t members = 0;
  for (size_t k = 0; k < names->count; k++) {
    if (output >= 0 ? k != (size_t)output : !is_family(names->name[k], argument[0])) continue;
    s.output = k;
    add(r, s, function, names->name[k], argument, n);
    members++;
  }
  if (members > 0) return;
  rg_error(
      r->context, (rg_place){0},
      rg_did_you_mean(argument[0], names->name, names->count, "`regime show` lists the variables", buffer),
      "the model has no variable `%s`", argument[0]);
  refuse(r);
}

static void add_event(reader *r, rg_statistic s, char *const *argument) {
  const regime_system *system = r->known->system;
  const char **names = calloc(system->n_events + 1, sizeof *names);
  char buffer[160];
  size_t k = 0;
  for (size_t j = 0; names && j < system->n_events; j++) names[j] = system->events[j].name;
  while (k < system->n_events && strcmp(system->events[k].name, argument[0]) != 0) k++;
  s.output = k;
  if (k < system->n_events) {
    add(r, s, "date", argument[0], argument, 1);
  } else {
    rg_error(r->context, (rg_place){0},
             rg_did_you_mean(argument[0], names, names ? system->n_events : 0,
                             "`regime show` lists the events", buffer),
             "the model has no event `%s`", argument[0]);
    refuse(r);
  }
  free(names);
}

static bool read_time(reader *r, const char *text, double *out) {
  char *end;
  *out = strtod(text, &end);
  if (end != text && *end == '\0' && isfinite(*out) && strlen(text) < 32) return true;
  rg_error(r->context, (rg_place){0}, "times are numbers: mean(u, 1974, 1980)", "`%s` is no time", text);
  refuse(r);
  return false;
}

/* The window of a statistic from its arguments after the first; an instant is a window without width. */
static bool read_window(reader *r, char *const *argument, size_t n, rg_statistic *s) {
  s->from = s->to = NAN;
  if (n == 1) return true;
  if (!read_time(r, argument[1], &s->from) || !read_time(r, argument[n - 1], &s->to)) return false;
  if (s->from > s->to)
    rg_error(r->context, (rg_place){0}, "write the earlier time first",
             "the window from %g to %g holds nothing", s->from, s->to);
  else if (s->from < r->known->from || s->to > r->known->to)
    rg_error(r->context, (rg_place){0}, "choose another, or another span by `--from` and `--to`",
             "%.10g to %.10g lies outside the span, %.10g to %.10g", s->from, s->to, r->known->from,
             r->known->to);
  else
    return true;
  refuse(r);
  return false;
}

static void complain_function(reader *r, const char *name) {
  const char *names[N_FUNCTIONS];
  char buffer[160];
  for (size_t k = 0; k < N_FUNCTIONS; k++) names[k] = functions[k].name;
  rg_error(r->context, (rg_place){0},
           rg_did_you_mean(name, names, N_FUNCTIONS, "there are last, at, mean, max, min and date", buffer),
           "`%s` is nothing that is read off a path", name);
  refuse(r);
}

/* "mean(u,1974,1980)", with the bracket at `open`. */
static void read_call(reader *r, char *text, char *open) {
  char *argument[MOST_ARGUMENTS];
  const size_t length = strlen(text);
  size_t k = 0;
  if (text[length - 1] != ')') {
    rg_error(r->context, (rg_place){0}, "close it: mean(u)", "a bracket is left open in `%s`", text);
    refuse(r);
    return;
  }
  *open = text[length - 1] = '\0';
  while (k < N_FUNCTIONS && strcmp(functions[k].name, text) != 0) k++;
  if (k == N_FUNCTIONS) {
    complain_function(r, text);
    return;
  }
  const size_t n = cut(open + 1, argument, MOST_ARGUMENTS);
  rg_statistic s = {.kind = functions[k].kind};
  if (n < functions[k].least || n > functions[k].most || (n == 2 && functions[k].most == MOST_ARGUMENTS)) {
    rg_error(r->context, (rg_place){0}, functions[k].example, "`%s` is not written so", text);
    refuse(r);
  } else if (s.kind == RG_DATE) {
    add_event(r, s, argument);
  } else if (read_window(r, argument, n, &s)) {
    add_outputs(r, s, text, argument, n);
  }
}

static void read_item(reader *r, char *text) {
  char *open = strchr(text, '(');
  if (text[0] == '\0') {
    rg_error(r->context, (rg_place){0}, "for example `u, mean(u, 1974, 1980)`",
             "between two commas there is nothing");
    refuse(r);
  } else if (open) {
    read_call(r, text, open);
  } else {
    add_outputs(r, (rg_statistic){.kind = RG_LAST, .from = NAN, .to = NAN}, "", &text, 1);
  }
}

regime_status rg_statistics_read(regime_context *context, const rg_readable *readable, const char *text,
                                 rg_statistics *out) {
  reader r = {context, readable, out, REGIME_OK};
  char *copy = without_blanks(text);
  *out = (rg_statistics){0};
  if (!copy) return REGIME_NO_MEMORY;
  for (char *at = copy; at && r.status != REGIME_NO_MEMORY;) {
    char *end = end_of_part(at), *next = *end ? end + 1 : NULL;
    *end = '\0';
    read_item(&r, at);
    at = next;
  }
  free(copy);
  return r.status;
}

void rg_statistics_drop(rg_statistics *statistics) {
  for (size_t k = 0; k < statistics->count; k++) free(statistics->item[k].text);
  free(statistics->item);
  *statistics = (rg_statistics){0};
}

/* --- on a path ----------------------------------------------------------------------------------------- */

static double end_of(const regime_path *path) { return regime_path_time(path, regime_path_points(path) - 1); }

/* The recorded point at which it is least or greatest, the first of equals; SIZE_MAX: none has a value. */
static size_t extreme(const rg_statistic *s, const regime_path *path) {
  const double sign = s->kind == RG_MAX ? 1.0 : -1.0;
  double best = -INFINITY;
  size_t at = SIZE_MAX;
  for (size_t k = 0; k < regime_path_points(path); k++) {
    const double t = regime_path_time(path, k), value = sign * regime_path_values(path, k)[s->output];
    if (t < s->from || t > s->to || !(value > best)) continue;
    best = value;
    at = k;
  }
  return at;
}

/* The happening that is meant, or SIZE_MAX. */
static size_t happening(const rg_statistic *s, const regime_path *path) {
  for (size_t k = 0; k < regime_path_happenings(path); k++)
    if (regime_path_happening(path, k).event == s->output) return k;
  return SIZE_MAX;
}

/* The recorded point it is the value of; SIZE_MAX: it is none, or there is none. */
static size_t point_of(const rg_statistic *s, const regime_path *path) {
  if (s->kind == RG_LAST && regime_path_points(path) > 0) return regime_path_points(path) - 1;
  return s->kind == RG_MAX || s->kind == RG_MIN ? extreme(s, path) : SIZE_MAX;
}

static double mean_on(const rg_statistic *s, const regime_path *path) {
  if (regime_path_points(path) == 0) return NAN;
  const bool whole = isnan(s->from);
  return rg_path_mean(path, s->output, whole ? regime_path_time(path, 0) : s->from,
                      whole ? end_of(path) : s->to);
}

/* A window that the path did not reach the end of has no extremes. */
static bool is_covered(const rg_statistic *s, const regime_path *path) {
  return regime_path_points(path) > 0 && !(s->to > end_of(path));
}

double rg_statistic_value(const rg_statistic *s, const regime_path *path) {
  if (s->kind == RG_DATE) {
    const size_t k = happening(s, path);
    return k == SIZE_MAX ? NAN : regime_path_happening(path, k).time;
  }
  if (s->kind == RG_MEAN) return mean_on(s, path);
  const size_t point = is_covered(s, path) ? point_of(s, path) : SIZE_MAX;
  return point == SIZE_MAX ? NAN : regime_path_values(path, point)[s->output];
}

/* --- derivatives --------------------------------------------------------------------------------------- */

static void slopes_of_mean(const rg_statistic *s, const regime_path *path, size_t place, double *out) {
  const size_t n = regime_path_directions(path), last = regime_path_points(path) - 1;
  const bool whole = isnan(s->from);
  const double from = whole ? regime_path_time(path, 0) : s->from, to = whole ? end_of(path) : s->to;
  memset(out, 0, n * sizeof *out);
  rg_path_add_mean_slope(path, s->output, place, from, to, 1.0, out);
  if (!whole || !(to > from)) return;
  const double pull = (regime_path_values(path, last)[s->output] - mean_on(s, path)) / (to - from);
  for (size_t d = 0; d < n; d++) out[d] += pull * regime_path_end_derivatives(path)[d];
}

void rg_statistic_slopes(const rg_statistic *s, const regime_path *path, size_t place, double *out) {
  const size_t n = regime_path_directions(path);
  if (isnan(rg_statistic_value(s, path)))
    for (size_t d = 0; d < n; d++) out[d] = NAN;
  else if (s->kind == RG_MEAN)
    slopes_of_mean(s, path, place, out);
  else if (s->kind == RG_DATE)
    memcpy(out, regime_path_happening_derivatives(path, happening(s, path)), n * sizeof *out);
  else
    memcpy(out, regime_path_derivatives(path, point_of(s, path)) + place * n, n * sizeof *out);
}
