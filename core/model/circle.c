/* circle.c — the sentence about a circle. */
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
