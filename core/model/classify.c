/* classify.c — which variable answers to which parameter: "du/dh". */
#include "model/classify.h"
#include "base/text.h"

#include <ctype.h>
#include <string.h>

/* One side of the fraction as written: a name and the members in its brackets. */
typedef struct quantity {
  const char *name, *member[2];
  size_t n_members;
} quantity;

static const char remedy[] = "write `du/dh`, or with members `dy[US]/dgoal[US]`";

/* --- the text ------------------------------------------------------------------------------------------ */

static const char *after_blanks(const char *at) { return at + strspn(at, " \t"); }

static bool takes(const char **at, char sign) {
  const char *here = after_blanks(*at);
  if (*here != sign) return false;
  *at = after_blanks(here + 1);
  return true;
}

/* Letters, digits and `_`; NULL where there are none. */
static const char *take_name(rg_arena *arena, const char **at) {
  const char *end = *at;
  while (isalnum((unsigned char)*end) || *end == '_') end++;
  const char *name = end > *at ? rg_arena_text_n(arena, *at, (size_t)(end - *at)) : NULL;
  *at = end;
  return name;
}

static bool take_members(rg_arena *arena, const char **at, quantity *out) {
  if (!takes(at, '[')) return true;
  do {
    if (out->n_members == 2) return false;
    out->member[out->n_members] = take_name(arena, at);
    if (!out->member[out->n_members++]) return false;
  } while (takes(at, ','));
  return takes(at, ']');
}

static bool take_quantity(rg_arena *arena, const char **at, quantity *out) {
  *out = (quantity){0};
  *at = after_blanks(*at);
  if (**at != 'd') return false;
  ++*at;
  out->name = take_name(arena, at);
  return out->name && take_members(arena, at, out);
}

static bool take_response(rg_arena *arena, const char *text, quantity *variable, quantity *parameter) {
  const char *at = text;
  return take_quantity(arena, &at, variable) && takes(&at, '/') && take_quantity(arena, &at, parameter) &&
         *after_blanks(at) == '\0';
}

/* --- its meaning --------------------------------------------------------------------------------------- */

/* Which entry of the family the members name, counted from its first. False after an error. */
static bool find_entry(const rg_classify_input *in, const rg_family *family, const quantity *q,
                       rg_place place, size_t *offset) {
  size_t member[2] = {0};
  *offset = 0;
  if (q->n_members != family->n_over) {
    rg_error(in->context, place, remedy, "`%s` has %s, and has %s here", family->name,
             rg_count_indices(family->n_over), rg_count_indices(q->n_members));
    return false;
  }
  for (size_t k = 0; k < q->n_members; k++) {
    member[k] = rg_set_member(in->sets, family->over[k], q->member[k]);
    if (member[k] != RG_NO_MEMBER) continue;
    rg_error_no_member(in->context, in->sets, family->over[k], (rg_word){q->member[k], place});
    return false;
  }
  if (q->n_members) *offset = rg_family_offset(in->sets, family, member);
  return true;
}

/* Outputs are the variables in order, member by member. */
static size_t first_output(const rg_equations *equations, size_t variable) {
  size_t output = 0;
  for (size_t k = 0; k < variable; k++) output += equations->variables.items[k].family.count;
  return output;
}

static void find_variable(const rg_classify_input *in, const quantity *q, rg_place place,
                          regime_distinction *out) {
  const rg_meaning meaning = rg_scope_find(in->scope, q->name);
  char buffer[160];
  size_t offset;
  if (meaning.kind != RG_IS_VARIABLE)
    rg_error(in->context, place,
             rg_scope_suggest(in->scope, q->name, RG_KIND(VARIABLE), "variables are what equations define",
                              buffer),
             "there is no variable `%s` to answer", q->name);
  else if (find_entry(in, &in->equations->variables.items[meaning.number].family, q, place, &offset))
    out->output = first_output(in->equations, meaning.number) + offset;
}

/* A family without members moves as a whole. */
static void find_parameters(const rg_classify_input *in, const quantity *q, rg_place place,
                            regime_distinction *out) {
  const rg_meaning meaning = rg_scope_find(in->scope, q->name);
  char buffer[160];
  size_t offset = 0;
  if (meaning.kind != RG_IS_PARAMETER) {
    rg_error(in->context, place,
             rg_scope_suggest(in->scope, q->name, RG_KIND(PARAMETER), "a response is to a parameter", buffer),
             meaning.kind == RG_IS_NOTHING ? "there is no parameter `%s` to answer to"
                                           : "`%s` is not a parameter",
             q->name);
    return;
  }
  const rg_family *family = &in->parameters->family[meaning.number];
  const bool whole = q->n_members == 0 && family->n_over > 0;
  if (!whole && !find_entry(in, family, q, place, &offset)) return;
  out->parameter = family->first + offset;
  out->n_parameters = whole ? family->count : 1;
}

static regime_distinction build(const rg_classify_input *in, const rg_distinction_decl *d) {
  const rg_place place = d->response.place;
  regime_distinction out = {.name = d->name.text,
                            .about = rg_or_empty(d->about),
                            .response = d->response.text,
                            .negative = d->negative.text,
                            .positive = d->positive.text};
  quantity variable, parameter;
  if (!take_response(in->scope->arena, d->response.text, &variable, &parameter)) {
    rg_error(in->context, place, remedy, "`%s` is not a response of a variable to a parameter",
             d->response.text);
    return out;
  }
  find_variable(in, &variable, place, &out);
  find_parameters(in, &parameter, place, &out);
  return out;
}

regime_distinction *rg_distinctions_build(const rg_classify_input *in, const rg_declarations *declared) {
  regime_distinction *out = RG_NEW_ARRAY(in->scope->arena, regime_distinction, declared->distinctions.count);
  for (size_t k = 0; k < declared->distinctions.count; k++)
    out[k] = build(in, &declared->distinctions.items[k]);
  return out;
}
