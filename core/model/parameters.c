/* parameters.c — parameters, paths and modes from their declarations, and assignments to them. */
#include "model/parameters.h"
#include "model/calibration.h"

#include "base/text.h"
#include <math.h>

size_t rg_parameter_place(regime_context *context, const rg_sets *sets, const rg_family *family,
                          const rg_assignment *value) {
  size_t member[2] = {0, 0};
  for (size_t k = 0; k < family->n_over; k++) {
    member[k] = rg_set_member(sets, family->over[k], value->member[k].text);
    if (member[k] != RG_NO_MEMBER) continue;
    rg_error_no_member(context, sets, family->over[k], value->member[k]);
    return RG_NO_PLACE;
  }
  return rg_family_offset(sets, family, member);
}

/* --- building ------------------------------------------------------------------------------------------ */

/* The sets a parameter is over; false, with an error, when one is none. */
static bool find_sets(regime_context *context, const rg_scope *scope, const rg_parameter_decl *declared,
                      rg_family *family) {
  for (size_t k = 0; k < declared->over.count; k++) {
    const rg_word word = declared->over.items[k];
    const rg_meaning meaning = rg_scope_find(scope, word.text);
    char buffer[160];
    if (meaning.kind != RG_IS_SET) {
      rg_error(context, word.place,
               rg_scope_suggest(scope, word.text, RG_KIND(SET), "declare it under `sets`", buffer),
               "`%s` is over `%s`, which is not a set", declared->name.text, word.text);
      family->n_over = declared->over.count; /* with no entries */
      return false;
    }
    family->over[family->n_over++] = meaning.number;
  }
  return true;
}

typedef struct builder {
  regime_context *context;
  rg_arena *arena;
  rg_scope *scope;
  const rg_sets *sets;
  RG_LIST(regime_parameter) entries;
} builder;

/* True when the value is within the bounds; else it is said, as an error or as a warning. */
static bool check_bounds(regime_context *context, rg_place place, const char *name,
                         const regime_parameter *entry, double value, bool is_error) {
  static const char *const remedy = "choose a value within the bounds, or widen them where it is declared";
  char number[32], low[32], high[32];
  if (value >= entry->low && value <= entry->high) return true;
  (is_error ? rg_error : rg_warning)(context, place, remedy,
                                     "the value %s of `%s` is outside its bounds [%s, %s]",
                                     rg_text_number(value, number), name, rg_text_number(entry->low, low),
                                     rg_text_number(entry->high, high));
  return false;
}

/* One line of `values`, with as many members as there are sets: into the entry they name. */
static void place_value(builder *b, const rg_family *family, const rg_assignment *value, bool *given) {
  const size_t offset = rg_parameter_place(b->context, b->sets, family, value);
  if (offset == RG_NO_PLACE) return;
  regime_parameter *entry = &b->entries.items[family->first + offset];
  entry->value = value->number;
  given[offset] = true;
  check_bounds(b->context, value->member[family->n_over - 1].place, entry->name, entry, value->number, false);
}

static void place_values(builder *b, const rg_parameter_decl *declared, const rg_family *family) {
  bool *given = RG_NEW_ARRAY(b->arena, bool, family->count), any_missing = false;
  for (size_t k = 0; k < declared->values.count; k++)
    place_value(b, family, &declared->values.items[k], given);
  for (size_t k = 0; k < family->count; k++) {
    given[k] = !given[k] && !declared->has_value;
    any_missing |= given[k];
  }
  if (any_missing)
    rg_error(b->context, declared->name.place, "give the missing values, or a `default`", "no value for %s",
             rg_entry_names(b->arena, b->sets, family, given));
  if (declared->has_value && family->count > 0)
    check_bounds(b->context, declared->name.place, family->name, &b->entries.items[family->first],
                 declared->value, false);
}

static void add_parameter(builder *b, const rg_parameter_decl *declared, rg_family *family) {
  *family = (rg_family){.name = declared->name.text, .first = b->entries.count};
  if (!find_sets(b->context, b->scope, declared, family)) return;
  family->count = rg_family_size(b->sets, family);
  for (size_t k = 0; k < family->count; k++)
    RG_APPEND(b->arena, &b->entries,
              ((regime_parameter){.name = rg_family_entry(b->arena, b->sets, family, k),
                                  .about = rg_or_empty(declared->about),
                                  .unit = rg_or_empty(declared->unit),
                                  .value = declared->value,
                                  .low = declared->has_bounds ? declared->low : -INFINITY,
                                  .high = declared->has_bounds ? declared->high : INFINITY,
                                  .std_error = NAN}));
  place_values(b, declared, family);
  rg_calibration_build(b->context, b->sets, declared, family, b->entries.items);
}

static void add_parameters(builder *b, const rg_declarations *declared, rg_parameters *out) {
  out->n_families = declared->parameters.count;
  out->family = RG_NEW_ARRAY(b->arena, rg_family, out->n_families);
  for (size_t k = 0; k < out->n_families; k++) {
    const rg_parameter_decl *parameter = &declared->parameters.items[k];
    rg_scope_declare(b->scope, b->context, parameter->name, RG_IS_PARAMETER, k);
    add_parameter(b, parameter, &out->family[k]);
  }
}

static void add_plain(builder *b, const char *name, const char *about, const char *unit,
                      regime_parameter as) {
  as.name = name;
  as.about = rg_or_empty(about);
  as.unit = rg_or_empty(unit);
  as.low = -INFINITY;
  as.high = INFINITY;
  as.leader = b->entries.count;
  as.std_error = NAN;
  RG_APPEND(b->arena, &b->entries, as);
}

void rg_parameters_build(regime_context *context, const rg_declarations *declared, rg_scope *scope,
                         const rg_sets *sets, rg_parameters *out) {
  builder b = {.context = context, .arena = scope->arena, .scope = scope, .sets = sets};
  *out = (rg_parameters){0};
  add_parameters(&b, declared, out);
  out->first_path = b.entries.count;
  out->n_paths = declared->paths.count;
  for (size_t k = 0; k < out->n_paths; k++) {
    const rg_path_decl *path = &declared->paths.items[k];
    rg_scope_declare(scope, context, path->name, RG_IS_PATH, k);
    add_plain(&b, path->name.text, path->about, path->unit, (regime_parameter){.is_path = true});
  }
  out->first_mode = b.entries.count;
  out->n_modes = declared->modes.count;
  for (size_t k = 0; k < out->n_modes; k++) {
    const rg_mode_decl *mode = &declared->modes.items[k];
    rg_scope_declare(scope, context, mode->name, RG_IS_MODE, k);
    add_plain(&b, mode->name.text, mode->about, NULL,
              (regime_parameter){.is_mode = true, .value = mode->value});
  }
  out->entry = b.entries.items;
  out->count = b.entries.count;
}

/* --- assigning ----------------------------------------------------------------------------------------- */

static void report_not_settable(const rg_assigner *a, rg_word name, rg_meaning_kind kind) {
  char buffer[160];
  if (kind == RG_IS_NOTHING)
    rg_error(a->context, name.place,
             rg_scope_suggest(a->scope, name.text, RG_KIND(PARAMETER) | RG_KIND(PATH) | RG_KIND(MODE),
                              "only parameters, paths and modes can be set", buffer),
             "unknown name `%s`", name.text);
  else if (kind == RG_IS_VARIABLE)
    rg_error(a->context, name.place, "set a parameter of its equation, or of its `init`, instead",
             "`%s` is a variable: its equation says what it is", name.text);
  else
    rg_error(a->context, name.place, "only parameters, paths and modes can be set", "`%s` is %s", name.text,
             rg_meaning_text(kind));
}

const rg_family *rg_assign_family(const rg_assigner *a, rg_word name, rg_family *room) {
  const rg_meaning meaning = rg_scope_find(a->scope, name.text);
  *room = (rg_family){.name = name.text, .count = 1};
  switch (meaning.kind) {
  case RG_IS_PARAMETER: return &a->parameters->family[meaning.number];
  case RG_IS_PATH: room->first = a->parameters->first_path + meaning.number; return room;
  case RG_IS_MODE: room->first = a->parameters->first_mode + meaning.number; return room;
  default: report_not_settable(a, name, meaning.kind); return NULL;
  }
}

bool rg_assign_allows(const rg_assigner *a, rg_place place, const char *name, size_t entry, double value) {
  return check_bounds(a->context, place, name, &a->parameters->entry[entry], value, a->within_bounds) ||
         !a->within_bounds;
}

void rg_assign_entry(const rg_assigner *a, size_t entry, double value, rg_settings *out) {
  RG_APPEND(a->arena, out, ((rg_setting){.entry = entry, .value = value}));
}

static bool assign_all(const rg_assigner *a, const rg_assignment *assignment, const rg_family *family,
                       rg_settings *out) {
  if (!rg_assign_allows(a, assignment->name.place, family->name, family->first, assignment->number))
    return false;
  for (size_t k = 0; k < family->count; k++) rg_assign_entry(a, family->first + k, assignment->number, out);
  return true;
}

void rg_error_members(regime_context *context, rg_arena *arena, const rg_family *family,
                      const rg_assignment *assignment) {
  static const char *const sets[] = {"no set", "one set", "two sets"};
  static const char *const in_file[] = {"1.0;", "{ MEMBER = 1.0; };", "{ MEMBER = { MEMBER = 1.0; }; };"};
  static const char *const in_call[] = {"", "[MEMBER]", "[MEMBER,MEMBER]"};
  const bool pair = rg_members_given(assignment) == 2;
  const rg_place place = assignment->member[pair].place;
  rg_error(context, place,
           place.file ? rg_arena_printf(arena, "write %s = %s", family->name, in_file[family->n_over])
                      : rg_arena_printf(arena, "write %s%s", family->name, in_call[family->n_over]),
           "`%s` is over %s, and here %s", family->name, sets[family->n_over],
           pair ? "are two members" : "is one member");
}

bool rg_assign(const rg_assigner *a, const rg_assignment *assignment, rg_settings *out) {
  rg_family room;
  const rg_family *family = rg_assign_family(a, assignment->name, &room);
  if (!family || family->count == 0) return false;
  const size_t n_given = rg_members_given(assignment);
  if (n_given == 0) return assign_all(a, assignment, family, out);
  if (n_given != family->n_over) {
    rg_error_members(a->context, a->arena, family, assignment);
    return false;
  }
  const size_t offset = rg_parameter_place(a->context, a->sets, family, assignment),
               entry = family->first + offset;
  if (offset == RG_NO_PLACE) return false;
  const rg_place place = assignment->member[n_given - 1].place;
  if (!rg_assign_allows(a, place, a->parameters->entry[entry].name, entry, assignment->number)) return false;
  rg_assign_entry(a, entry, assignment->number, out);
  return true;
}
