/* events.c — events from their declarations. */
#include "model/events.h"

typedef struct reader {
  const rg_check_input *in;
  rg_checker *checker;
  rg_arena *arena;
} reader;

static const rg_tree *parse(const reader *r, rg_written written) {
  return rg_parse_expression(r->in->context, r->arena, r->in->statements, written.text, written.file,
                             written.line);
}

/* --- when ---------------------------------------------------------------------------------------------- */

bool rg_is_comparison(const rg_tree *tree) {
  return tree->kind == RG_TREE_BINARY && tree->op >= RG_LESS && tree->op <= RG_EQUAL;
}

static void read_when(const reader *r, const rg_event_decl *declared, rg_happening *h, regime_event *event) {
  h->when = declared->when.text ? parse(r, declared->when) : NULL;
  if (!h->when) return;
  const rg_sort sort = rg_check_expression(r->checker, h->when, RG_SORT_ANY);
  if (sort != RG_SORT_TRUTH) return;
  if (!rg_is_comparison(h->when))
    rg_error(r->in->context, h->when->place,
             "write one comparison, as `a > b`, or an expression that crosses zero, as `min(a, b)`",
             "an event happens where something crosses zero, and this condition is more than one comparison");
  else if (event->direction == REGIME_BOTH && h->when->op != RG_EQUAL)
    event->direction = REGIME_UP;
}

/* a > b becomes true where a - b crosses zero upwards. */
static rg_node lower_when(rg_lowerer *l, const rg_tree *when) {
  if (!rg_is_comparison(when)) return rg_lower(l, when);
  const rg_node a = rg_lower(l, when->args[0]), b = rg_lower(l, when->args[1]);
  const bool less = when->op == RG_LESS || when->op == RG_LESS_EQUAL;
  return less ? rg_sub(l->graph, b, a) : rg_sub(l->graph, a, b);
}

/* --- what is set --------------------------------------------------------------------------------------- */

static const rg_family *find_target(const reader *r, const rg_assignment *set, rg_family *room,
                                    bool *is_mode) {
  const rg_meaning meaning = rg_scope_find(r->in->scope, set->name.text);
  char buffer[160];
  *is_mode = meaning.kind == RG_IS_MODE;
  switch (meaning.kind) {
  case RG_IS_MODE:
    *room = (rg_family){.name = set->name.text, .first = meaning.number, .count = 1};
    return room;
  case RG_IS_VARIABLE: {
    const rg_variable *v = &r->in->equations->variables.items[meaning.number];
    if (v->is_state || r->in->discrete) return &v->family;
    rg_error(r->in->context, set->name.place, "set a mode that its equation uses, or a state",
             "`%s` follows from its equation and cannot jump", v->family.name);
    return NULL;
  }
  case RG_IS_NOTHING:
    rg_error(r->in->context, set->name.place,
             rg_scope_suggest(r->in->scope, set->name.text, RG_KIND(MODE) | RG_KIND(VARIABLE),
                              "declare it under `modes`", buffer),
             "unknown name `%s`", set->name.text);
    return NULL;
  default:
    rg_error(r->in->context, set->name.place, "declare a mode, let the equations use it, and set that",
             "an event cannot set `%s`, which is %s", set->name.text, rg_meaning_text(meaning.kind));
    return NULL;
  }
}

/* The entries of the family meant by its members: all when none is named. False after an error. */
static bool find_entries(const reader *r, const rg_assignment *set, const rg_family *family, size_t *from,
                         size_t *to) {
  const size_t given = rg_members_given(set);
  size_t member[2] = {0, 0};
  *from = family->first;
  *to = family->first + family->count;
  if (given == 0 || family->count == 0) return given == 0;
  if (given != family->n_over) {
    rg_error_members(r->in->context, r->arena, family, set);
    return false;
  }
  for (size_t k = 0; k < given; k++) {
    member[k] = rg_set_member(r->in->sets, family->over[k], set->member[k].text);
    if (member[k] != RG_NO_MEMBER) continue;
    rg_error_no_member(r->in->context, r->in->sets, family->over[k], set->member[k]);
    return false;
  }
  *from += rg_family_offset(r->in->sets, family, member);
  *to = *from + 1;
  return true;
}

static void read_consequence(const reader *r, const rg_assignment *set, rg_happening *out) {
  rg_family room;
  rg_consequence c = {.place = set->name.place, .number = set->number};
  const rg_family *family = find_target(r, set, &room, &c.is_mode);
  if (set->expression.text) {
    c.tree = parse(r, set->expression);
    if (c.tree) rg_check_expression(r->checker, c.tree, RG_SORT_NUMBER);
  }
  size_t to;
  if (!family || !find_entries(r, set, family, &c.target, &to)) return;
  for (; c.target < to; c.target++) RG_APPEND(r->arena, &out->consequences, c);
}

void rg_events_read(rg_checker *checker, const rg_check_input *input, const rg_declarations *declared,
                    rg_events *out) {
  const reader r = {.in = input, .checker = checker, .arena = input->scope->arena};
  out->count = declared->events.count;
  out->event = RG_NEW_ARRAY(r.arena, regime_event, out->count);
  out->happening = RG_NEW_ARRAY(r.arena, rg_happening, out->count);
  for (size_t k = 0; k < out->count; k++) {
    const rg_event_decl *d = &declared->events.items[k];
    out->event[k] = (regime_event){d->name.text, d->direction, d->once, d->stop};
    out->happening[k].written = d->when;
    read_when(&r, d, &out->happening[k], &out->event[k]);
    for (size_t j = 0; j < d->set.count; j++) read_consequence(&r, &d->set.items[j], &out->happening[k]);
  }
}

void rg_events_lower(rg_lowerer *l, rg_events *events) {
  for (size_t k = 0; k < events->count; k++) {
    rg_happening *h = &events->happening[k];
    h->function = lower_when(l, h->when);
    for (size_t j = 0; j < h->consequences.count; j++) {
      rg_consequence *c = &h->consequences.items[j];
      c->value = c->tree ? rg_lower(l, c->tree) : rg_number(l->graph, c->number);
    }
  }
}

static void aim(regime_context *context, const rg_definitions *d, rg_consequence *c) {
  const size_t lag = rg_find_lag(d, c->target, 1);
  if (lag == RG_NO_DEFINITION)
    rg_error(context, c->place, "set what the equations look back at, or a mode that they use",
             "nothing looks back at `%s`: what the event sets would be without effect",
             d->items.items[c->target].name);
  else
    c->target = d->n_rates + lag;
}

void rg_events_aim(regime_context *context, const rg_definitions *d, rg_events *events) {
  for (size_t k = 0; k < events->count; k++)
    for (size_t j = 0; j < events->happening[k].consequences.count; j++) {
      rg_consequence *c = &events->happening[k].consequences.items[j];
      if (!c->is_mode) aim(context, d, c);
    }
}

void rg_events_inline(rg_inliner *inliner, rg_events *events) {
  for (size_t k = 0; k < events->count; k++) {
    rg_happening *h = &events->happening[k];
    h->function = rg_inline_node(inliner, h->function);
    for (size_t j = 0; j < h->consequences.count; j++)
      h->consequences.items[j].value = rg_inline_node(inliner, h->consequences.items[j].value);
  }
}
