/* scenario.c — bases, overlays, values and changes, one after the other. */
#include "model/scenario.h"

#include "base/text.h"
#include <stdlib.h>
#include <string.h>

typedef enum progress { UNSEEN, OPEN, DONE } progress;

typedef struct planner {
  const rg_assigner *assign;
  const rg_declarations *declared;
  rg_names *names, *overlays;
  progress *progress; /* by scenario */
  rg_scenarios *out;
} planner;

/* --- overlays ------------------------------------------------------------------------------------------ */

/* Whom `to` means: a set, a subset or a member. */
typedef struct audience {
  size_t set;
  const rg_subset *subset; /* NULL: all or one */
  size_t member;           /* RG_NO_MEMBER: not just one */
} audience;

static void report_audience(const planner *p, rg_word to) {
  const rg_sets *sets = p->assign->sets;
  RG_LIST(const char *) names = {0};
  char buffer[160];
  for (size_t s = 0; s < sets->count; s++) {
    RG_APPEND(p->assign->arena, &names, sets->set[s].name);
    for (size_t m = 0; m < sets->set[s].n_members; m++)
      RG_APPEND(p->assign->arena, &names, sets->set[s].member[m]);
  }
  for (size_t k = 0; k < sets->subsets.count; k++)
    RG_APPEND(p->assign->arena, &names, sets->subsets.items[k].name);
  rg_error(p->assign->context, to.place,
           rg_did_you_mean(to.text, names.items, names.count,
                           "an overlay is applied to a set, a subset or a member", buffer),
           "`%s` is neither a set nor a subset nor a member", to.text);
}

static bool find_audience(const planner *p, rg_word to, audience *out) {
  const rg_sets *sets = p->assign->sets;
  const rg_meaning meaning = rg_scope_find(p->assign->scope, to.text);
  *out = (audience){.member = RG_NO_MEMBER};
  if (meaning.kind == RG_IS_SET) {
    out->set = meaning.number;
    return true;
  }
  if (meaning.kind == RG_IS_SUBSET) {
    out->subset = &sets->subsets.items[meaning.number];
    out->set = out->subset->set;
    return true;
  }
  out->set = rg_sets_with_member(sets, to.text);
  if (out->set == RG_NO_MEMBER) {
    report_audience(p, to);
    return false;
  }
  out->member = rg_set_member(sets, out->set, to.text);
  return true;
}

static bool is_addressed(const audience *a, size_t member) {
  if (a->subset) return rg_subset_holds(a->subset, member);
  return a->member == RG_NO_MEMBER || a->member == member;
}

/* One value of an overlay, for each member addressed. */
static void lay(const planner *p, const rg_assignment *value, const rg_apply_decl *apply, const audience *to,
                rg_plan *plan) {
  rg_family room;
  const rg_family *family = rg_assign_family(p->assign, value->name, &room);
  if (!family || (family->n_over > 0 && family->count == 0)) return;
  if (family->n_over != 1 || family->over[0] != to->set) {
    rg_error(
        p->assign->context, value->name.place,
        "overlays set parameters over the set they are applied to; `set` of the scenario can set the others",
        "`%s` is not over `%s`, which the overlay `%s` is applied to", value->name.text,
        p->assign->sets->set[to->set].name, apply->overlay.text);
    return;
  }
  if (!rg_assign_allows(p->assign, value->name.place, family->name, family->first, value->number)) return;
  for (size_t m = 0; m < family->count; m++)
    if (is_addressed(to, m)) rg_assign_entry(p->assign, family->first + m, value->number, &plan->start);
}

/* Applied to nobody, an overlay sets what is over no set. */
static void lay_plainly(const planner *p, const rg_assignment *value, const rg_apply_decl *apply,
                        rg_plan *plan) {
  rg_family room;
  const rg_family *family = rg_assign_family(p->assign, value->name, &room);
  if (family && family->n_over > 0)
    rg_error(p->assign->context, apply->overlay.place,
             "say to whom: `to = \"SET\";`, a set, a subset or a member",
             "the overlay `%s` sets `%s`, which is over `%s`", apply->overlay.text, value->name.text,
             p->assign->sets->set[family->over[0]].name);
  else if (family)
    rg_assign(p->assign, value, &plan->start);
}

static void apply_overlay(const planner *p, const rg_apply_decl *apply, rg_plan *plan) {
  const uint32_t number = rg_names_find(p->overlays, apply->overlay.text);
  audience to = {0};
  if (number == RG_NO_NAME) {
    const uint32_t n = rg_names_count(p->overlays);
    const char **names = RG_NEW_ARRAY(p->assign->arena, const char *, n);
    char buffer[160];
    for (uint32_t k = 0; k < n; k++) names[k] = rg_names_text(p->overlays, k);
    rg_error(p->assign->context, apply->overlay.place,
             rg_did_you_mean(apply->overlay.text, names, n, "declare it under `overlays`", buffer),
             "unknown overlay `%s`", apply->overlay.text);
    return;
  }
  if (apply->to.text && !find_audience(p, apply->to, &to)) return;
  const rg_overlay_decl *overlay = &p->declared->overlays.items[number];
  for (size_t k = 0; k < overlay->set.count; k++) {
    if (apply->to.text)
      lay(p, &overlay->set.items[k], apply, &to, plan);
    else
      lay_plainly(p, &overlay->set.items[k], apply, plan);
  }
}

/* The names of overlays that no scenario applies are looked at too. */
static void check_overlays(const planner *p) {
  rg_family room;
  for (size_t k = 0; k < p->declared->overlays.count; k++) {
    const rg_overlay_decl *overlay = &p->declared->overlays.items[k];
    for (size_t j = 0; j < overlay->set.count; j++)
      rg_assign_family(p->assign, overlay->set.items[j].name, &room);
  }
}

/* --- changes ------------------------------------------------------------------------------------------- */

static void add_change(const planner *p, const rg_change_decl *change, rg_plan *plan) {
  const rg_declarations *d = p->declared;
  rg_settings settings = {0};
  char at[32], from[32], to[32];
  if (d->has_span && (change->at < d->from || change->at > d->to))
    rg_error(p->assign->context, change->place, "move the date, or widen `span`",
             "a change at %s lies outside the span from %s to %s", rg_text_number(change->at, at),
             rg_text_number(d->from, from), rg_text_number(d->to, to));
  for (size_t k = 0; k < change->set.count; k++) rg_assign(p->assign, &change->set.items[k], &settings);
  for (size_t k = 0; k < settings.count; k++)
    RG_APPEND(p->assign->arena, &plan->changes, ((rg_dated_setting){change->at, settings.items[k]}));
}

/* Ascending in time; at one date the order of writing, so that the later word counts. */
static void sort_changes(rg_dated_settings *changes) {
  for (size_t k = 1; k < changes->count; k++) {
    const rg_dated_setting moved = changes->items[k];
    size_t j = k;
    for (; j > 0 && changes->items[j - 1].at > moved.at; j--) changes->items[j] = changes->items[j - 1];
    changes->items[j] = moved;
  }
}

/* --- scenarios ----------------------------------------------------------------------------------------- */

static void plan_scenario(planner *p, size_t number);

static bool is_baseline(rg_word scenario) { return !scenario.text || !strcmp(scenario.text, "baseline"); }

/* The number of a scenario, or RG_NO_NAME after an error. */
static uint32_t find_scenario(const planner *p, rg_word word) {
  const uint32_t number = rg_names_find(p->names, word.text), n = rg_names_count(p->names);
  if (number != RG_NO_NAME) return number;
  const char **names = RG_NEW_ARRAY(p->assign->arena, const char *, n);
  char buffer[160];
  for (uint32_t k = 0; k < n; k++) names[k] = rg_names_text(p->names, k);
  rg_error(p->assign->context, word.place,
           rg_did_you_mean(word.text, names, n, "declare it under `scenarios`", buffer),
           "unknown scenario `%s`", word.text);
  return RG_NO_NAME;
}

static void inherit(planner *p, const rg_scenario_decl *s, rg_plan *plan) {
  const uint32_t base = find_scenario(p, s->base);
  if (base == RG_NO_NAME) return;
  if (p->progress[base] == OPEN) {
    const bool own = !strcmp(s->base.text, s->name.text);
    rg_error(p->assign->context, s->base.place, "one of them must start from the model as written",
             own ? "the scenario `%s` is its own base" : "the base of the scenario `%s` leads back to itself",
             s->name.text);
    return;
  }
  plan_scenario(p, base);
  const rg_plan *from = &p->out->plan[base];
  for (size_t k = 0; k < from->start.count; k++)
    RG_APPEND(p->assign->arena, &plan->start, from->start.items[k]);
  for (size_t k = 0; k < from->changes.count; k++)
    RG_APPEND(p->assign->arena, &plan->changes, from->changes.items[k]);
}

/* base, then apply, then set, then changes */
static void plan_scenario(planner *p, size_t number) {
  const rg_scenario_decl *s = &p->declared->scenarios.items[number];
  rg_plan plan = {0};
  if (p->progress[number] != UNSEEN) return;
  p->progress[number] = OPEN;
  if (!is_baseline(s->base)) inherit(p, s, &plan);
  for (size_t k = 0; k < s->apply.count; k++) apply_overlay(p, &s->apply.items[k], &plan);
  for (size_t k = 0; k < s->set.count; k++) rg_assign(p->assign, &s->set.items[k], &plan.start);
  for (size_t k = 0; k < s->changes.count; k++) add_change(p, &s->changes.items[k], &plan);
  sort_changes(&plan.changes);
  p->out->plan[number] = plan;
  p->progress[number] = DONE;
}

static void name_scenarios(planner *p) {
  for (size_t k = 0; k < p->out->count; k++) {
    const rg_scenario_decl *s = &p->declared->scenarios.items[k];
    rg_names_add(p->names, s->name.text);
    p->out->scenario[k] =
        (regime_scenario){s->name.text, s->about ? s->about : "", s->base.text ? s->base.text : ""};
    if (is_baseline(s->name))
      rg_error(p->assign->context, s->name.place, "choose another name",
               "`baseline` is the model as written, and cannot be a scenario");
  }
  for (size_t k = 0; k < p->declared->overlays.count; k++)
    rg_names_add(p->overlays, p->declared->overlays.items[k].name.text);
}

void rg_scenarios_build(const rg_assigner *assigner, const rg_declarations *declared, rg_scenarios *out) {
  rg_arena *arena = assigner->arena;
  const size_t n = declared->scenarios.count;
  planner p = {.assign = assigner,
               .declared = declared,
               .names = rg_names_create(arena),
               .overlays = rg_names_create(arena),
               .progress = RG_NEW_ARRAY(arena, progress, n),
               .out = out};
  *out = (rg_scenarios){.count = n,
                        .scenario = RG_NEW_ARRAY(arena, regime_scenario, n),
                        .plan = RG_NEW_ARRAY(arena, rg_plan, n)};
  name_scenarios(&p);
  check_overlays(&p);
  for (size_t k = 0; k < n; k++) plan_scenario(&p, k);
  if (!is_baseline(declared->default_scenario)) find_scenario(&p, declared->default_scenario);
}

size_t rg_scenario_find(const rg_scenarios *scenarios, const char *name) {
  for (size_t k = 0; k < scenarios->count; k++)
    if (!strcmp(scenarios->scenario[k].name, name)) return k;
  return SIZE_MAX;
}
