/* fit_jump.c — a search that ended against a jump of the cost: in words, what jumps. */
#include "base/diagnostic.h"
#include "study/fit_result.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* --- which fact ---------------------------------------------------------------------------------------- */

enum { WORDS = 400 };

/* "`w` of US, 1961 to 1963" */
static void name_fact(const rg_fact *fact, char out[WORDS]) {
  char when[80];
  snprintf(when, sizeof when, fact->from == fact->to ? "%g" : "%g to %g", fact->from, fact->to);
  snprintf(out, WORDS, "`%.150s`%s%.150s, %s", fact->variable, fact->member[0] ? " of " : "", fact->member,
           fact->kind == RG_FACT_EVENT ? "its date" : when);
}

/* --- which event --------------------------------------------------------------------------------------- */

typedef struct happening {
  size_t count;
  double first;
} happening;

/* Up to the last fact: what comes later does not count. */
static happening find_event(const regime_run *run, const char *name, double to) {
  happening h = {0, NAN};
  for (size_t k = 0; k < regime_run_events(run); k++) {
    const regime_event_time event = regime_run_event(run, k);
    if (event.time > to || strcmp(event.name, name) != 0) continue;
    if (h.count++ == 0) h.first = event.time;
  }
  return h;
}

static const char *times(size_t count, char room[32]) {
  if (count < 2) return count == 0 ? "not at all" : "once";
  snprintf(room, 32, "%zu times", count);
  return room;
}

/* The first of the model's events that happens more often on one side than on the other, or far earlier. */
static bool find_turning(const regime_fit *fit, const regime_run *beyond, char out[WORDS]) {
  const rg_target *t = &fit->target;
  const double far = 1e-3 * (t->path.to - t->path.from);
  char room[2][32];
  for (size_t k = 0; k < regime_model_events(t->model); k++) {
    const char *name = regime_model_event(t->model, k);
    const happening here = find_event(fit->run, name, t->path.to);
    const happening there = find_event(beyond, name, t->path.to);
    if (here.count != there.count)
      snprintf(out, WORDS, "the event `%.200s` happens here %s, there %s", name, times(here.count, room[0]),
               times(there.count, room[1]));
    else if (fabs(here.first - there.first) > far)
      snprintf(out, WORDS, "the event `%.200s` first happens here at %.6g, there at %.6g", name, here.first,
               there.first);
    else
      continue;
    return true;
  }
  return false;
}

/* A context of its own: what a path beyond the jump has to say is nobody's question. */
static bool explain_event(const regime_fit *fit, char out[WORDS]) {
  regime_context *context;
  regime_run *beyond = NULL;
  if (regime_context_create(&context) != REGIME_OK) return false;
  const bool found = rg_fit_run_at(context, &fit->target, fit->best.beyond, &beyond) == REGIME_OK &&
                     find_turning(fit, beyond, out);
  regime_run_free(beyond);
  regime_context_free(context);
  return found;
}

/* --- in words ------------------------------------------------------------------------------------------ */

void rg_fit_explain_jump(regime_context *context, const regime_fit *fit) {
  const rg_facts *facts = &fit->target.facts;
  const rg_place place = {.file = regime_model_about(fit->target.model)->file};
  char event[WORDS] = "no event turns about", fact[WORDS] = "none";
  if (!isfinite(fit->best.jump)) {
    rg_warning(
        context, place,
        "narrow the `bounds` to where the model runs through all facts, free other parameters, or give "
        "--starts more",
        "the search ended at a brink: just beside the best point no path reaches the last fact");
    return;
  }
  explain_event(fit, event);
  if (fit->best.jumping < facts->count) name_fact(&facts->fact[fit->best.jumping], fact);
  rg_warning(context, place,
             "free other parameters, take the date of the event as a fact (kind `event`), or fit under a "
             "scenario in which events have dates",
             "the search ended where the cost jumps, from %.6g here to %.6g just beside: %s; the fact that "
             "jumps farthest is %s",
             fit->best.cost, fit->best.jump, event, fact);
}
