/* read_values.c — values given to names: x = 1, x = { US = 1; }, x = { US = { GB = 1; }; }. */
#include "model/read.h"

#include <string.h>

typedef struct giving { /* what may be written here, and where it goes */
  bool by_member, expressions;
  rg_assignments *into;
} giving;

static const char *wanted(const giving *g) {
  if (g->expressions) return "a number, an expression in quotes or a group of members";
  return g->by_member ? "a number or a group of members" : "a number";
}

static const char *remedy(const giving *g) {
  if (g->expressions) return "write NAME = 1.0; or NAME = \"EXPRESSION\"; or NAME = { MEMBER = 1.0; };";
  if (g->by_member) return "write NAME = 1.0; or NAME = { MEMBER = 1.0; };";
  return "write NAME = 1.0; an overlay's members are chosen where it is applied, by `to`";
}

static void give(rg_reader *reader, const giving *g, rg_assignment assignment) {
  RG_APPEND(reader->arena, g->into, assignment);
}

static void give_number(rg_reader *reader, const giving *g, const config_setting_t *setting,
                        rg_assignment assignment) {
  const size_t before = rg_errors_reported(reader->context);
  rg_read_number(reader, setting, &assignment.number);
  if (rg_errors_reported(reader->context) == before) give(reader, g, assignment);
}

static void give_expression(rg_reader *reader, const giving *g, const config_setting_t *setting,
                            rg_assignment assignment) {
  rg_read_written(reader, setting, &assignment.expression);
  if (assignment.expression.text) give(reader, g, assignment);
}

/* `depth` members are chosen so far. */
static void read_value(rg_reader *reader, const giving *g, const config_setting_t *setting,
                       rg_assignment assignment, int depth) {
  if (config_setting_is_number(setting)) {
    give_number(reader, g, setting, assignment);
  } else if (g->expressions && config_setting_type(setting) == CONFIG_TYPE_STRING) {
    give_expression(reader, g, setting, assignment);
  } else if (g->by_member && depth < 2 && config_setting_is_group(setting)) {
    for (int k = 0; k < config_setting_length(setting); k++) {
      const config_setting_t *one = config_setting_get_elem(setting, (unsigned)k);
      assignment.member[depth] = rg_word_of(one);
      if (rg_check_name(reader, rg_word_of(one))) read_value(reader, g, one, assignment, depth + 1);
    }
  } else {
    rg_wrong_type(reader, setting, wanted(g), remedy(g));
  }
}

static void read_name(rg_reader *reader, const config_setting_t *setting, void *into) {
  read_value(reader, into, setting, (rg_assignment){.name = rg_word_of(setting)}, 0);
}

void rg_read_values_by_member(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_read_group(reader, setting, read_name, &(giving){.by_member = true, .into = into});
}

void rg_read_values_of_names(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_read_group(reader, setting, read_name, &(giving){.into = into});
}

void rg_read_values_at_event(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_read_group(reader, setting, read_name, &(giving){.by_member = true, .expressions = true, .into = into});
}

void rg_read_value_of(rg_reader *reader, const config_setting_t *setting, rg_word name,
                      rg_assignments *into) {
  read_value(reader, &(giving){.by_member = true, .into = into}, setting, (rg_assignment){.name = name}, 0);
}

void rg_read_members(rg_reader *reader, const config_setting_t *group, rg_word name, rg_assignments *into) {
  if (config_setting_is_group(group))
    rg_read_value_of(reader, group, name, into);
  else
    rg_wrong_type(reader, group, "a group of members", "write { MEMBER = 1.0; ... }");
}
