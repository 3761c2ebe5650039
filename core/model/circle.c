/* circle.c — the sentences about a circle. */
#include "model/circle.h"

/* "`a` needs `b` (line 4), `b` needs `c` (line 7), `c` needs `a`" */
static const char *circle_text(rg_arena *arena, const rg_link *links, size_t n) {
  enum { SHOWN = 8 };
  const char *text = "";
  for (size_t k = 0; k < n && k < SHOWN; k++) {
    const rg_link *next = &links[(k + 1) % n];
    const char *where = k + 1 < n ? rg_arena_printf(arena, " (line %d)", next->place.line) : "";
    text = rg_arena_printf(arena, "%s%s`%s` needs `%s`%s", text, k ? ", " : "", links[k].name, next->name,
                           where);
  }
  return n > SHOWN ? rg_arena_printf(arena, "%s ... and back after %zu steps", text, n) : text;
}

void rg_report_circle(regime_context *context, rg_arena *arena, const rg_link *links, size_t n,
                      const char *remedy) {
  if (n == 1)
    rg_error(context, links[0].place, remedy, "`%s` needs itself", links[0].name);
  else
    rg_error(context, links[0].place, remedy, "a circle: %s", circle_text(arena, links, n));
}

const char *rg_link_names(rg_arena *arena, const rg_link *links, size_t count, const bool *is_in,
                          bool with_lines) {
  enum { SHOWN = 8 };
  const char *text = "";
  size_t n = 0;
  for (size_t k = 0; k < count; k++) {
    if ((is_in && !is_in[k]) || n++ >= SHOWN) continue;
    text = rg_arena_printf(arena, "%s%s`%s`", text, n > 1 ? ", " : "", links[k].name);
    if (with_lines) text = rg_arena_printf(arena, "%s (line %d)", text, links[k].place.line);
  }
  return n > SHOWN ? rg_arena_printf(arena, "%s and %zu more", text, n - SHOWN) : text;
}

void rg_report_fight(regime_context *context, rg_arena *arena, const rg_link *links, size_t count,
                     const rg_matching *m) {
  const rg_link *left = &links[m->unmatched];
  size_t n = 0;
  for (size_t k = 0; k < count; k++) n += m->columns[k];
  if (n == 0)
    rg_error(context, left->place, "write an equation that says what it is, or drop the variable",
             "this equation holds whatever `%s` is: it cancels out", left->name);
  else
    rg_error(context, left->place,
             "let one of them speak of another unknown, or give its variable an equation of its own",
             "the equations for %s fight over %s: %zu equations for %zu unknown%s",
             rg_link_names(arena, links, count, m->rows, true),
             rg_link_names(arena, links, count, m->columns, false), n + 1, n, n == 1 ? "" : "s");
}
