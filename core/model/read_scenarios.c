/* read_scenarios.c — events, overlays and scenarios: bundles of values, and when they come in. */
#include "model/read.h"

#include <math.h>

/* --- events -------------------------------------------------------------------------------------------- */

static void read_direction(rg_reader *reader, const config_setting_t *setting, void *into) {
  static const char *const choices[] = {"down", "both", "up"};
  static const regime_direction meaning[] = {REGIME_DOWN, REGIME_BOTH, REGIME_UP};
  *(regime_direction *)into = meaning[rg_read_choice(reader, setting, choices, 3, 1)];
}

static const rg_key event_key[] = {
    {"name", rg_read_word, offsetof(rg_event_decl, name), "name = \"turn\";"},
    {"when", rg_read_written, offsetof(rg_event_decl, when),
     "when = \"EXPRESSION\"; it happens where that crosses zero"},
    {"direction", read_direction, offsetof(rg_event_decl, direction), NULL},
    {"once", rg_read_truth, offsetof(rg_event_decl, once), NULL},
    {"stop", rg_read_truth, offsetof(rg_event_decl, stop), NULL},
    {"about", rg_read_text, offsetof(rg_event_decl, about), NULL},
    {"set", rg_read_values_at_event, offsetof(rg_event_decl, set), NULL},
};

static void read_event(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_declarations *out = into;
  rg_event_decl event = {.direction = REGIME_BOTH};
  rg_read_keys(reader, setting, RG_KEYS("an event", event_key), &event);
  if (event.name.text && event.when.text) RG_APPEND(reader->arena, &out->events, event);
}

void rg_read_events(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_read_list(reader, setting, read_event, into);
}

/* --- overlays ------------------------------------------------------------------------------------------ */

static const rg_key overlay_key[] = {
    {"about", rg_read_text, offsetof(rg_overlay_decl, about), NULL},
    {"set", rg_read_values_of_names, offsetof(rg_overlay_decl, set), "set = { NAME = 1.0; };"},
};

static void read_overlay(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_declarations *out = into;
  rg_overlay_decl overlay = {.name = rg_word_of(setting)};
  rg_read_keys(reader, setting, RG_KEYS("an overlay", overlay_key), &overlay);
  RG_APPEND(reader->arena, &out->overlays, overlay);
}

void rg_read_overlays(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_read_group(reader, setting, read_overlay, into);
}

/* --- scenarios ----------------------------------------------------------------------------------------- */

static const rg_key change_key[] = {
    {"at", rg_read_number, offsetof(rg_change_decl, at), "at = 1975.0;"},
    {"set", rg_read_values_by_member, offsetof(rg_change_decl, set), "set = { NAME = 1.0; };"},
};

static void read_change(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_scenario_decl *scenario = into;
  rg_change_decl change = {.at = NAN, .place = rg_place_of(setting)};
  rg_read_keys(reader, setting, RG_KEYS("a change", change_key), &change);
  RG_APPEND(reader->arena, &scenario->changes, change);
}

static void read_changes(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_read_list(reader, setting, read_change, into);
}

static const rg_key apply_key[] = {
    {"overlay", rg_read_word, offsetof(rg_apply_decl, overlay), "overlay = \"NAME\";"},
    {"to", rg_read_word, offsetof(rg_apply_decl, to), NULL},
};

static void read_apply(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_scenario_decl *scenario = into;
  rg_apply_decl apply = {0};
  rg_read_keys(reader, setting, RG_KEYS("an entry of `apply`", apply_key), &apply);
  if (apply.overlay.text) RG_APPEND(reader->arena, &scenario->apply, apply);
}

static void read_applies(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_read_list(reader, setting, read_apply, into);
}

static const rg_key scenario_key[] = {
    {"about", rg_read_text, offsetof(rg_scenario_decl, about), NULL},
    {"base", rg_read_word, offsetof(rg_scenario_decl, base), NULL},
    {"set", rg_read_values_by_member, offsetof(rg_scenario_decl, set), NULL},
    {"changes", read_changes, 0, NULL},
    {"apply", read_applies, 0, NULL},
};

static void read_scenario(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_declarations *out = into;
  rg_scenario_decl scenario = {.name = rg_word_of(setting)};
  rg_read_keys(reader, setting, RG_KEYS("a scenario", scenario_key), &scenario);
  RG_APPEND(reader->arena, &out->scenarios, scenario);
}

void rg_read_scenarios(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_read_group(reader, setting, read_scenario, into);
}
