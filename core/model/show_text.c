/* show_text.c — the model as people read it. */
#include "model/show.h"

#include <math.h>
#include <string.h>

static void add_number(rg_text *out, double value) {
  char buffer[32];
  rg_text_add(out, "%s", rg_text_number(value, buffer));
}

static void add_about(rg_text *out, const char *unit, const char *about) {
  if (unit[0]) rg_text_add(out, " [%s]", unit);
  if (about[0]) rg_text_add(out, "  # %s", about);
}

static void show_head(const regime_model *m, rg_text *out) {
  const regime_model_info *info = &m->info;
  rg_text_add(out, "%s", info->name);
  if (info->title[0]) rg_text_add(out, ": %s", info->title);
  if (info->source[0]) rg_text_add(out, "\n%s", info->source);
  if (info->about[0]) rg_text_add(out, "\n%s", info->about);
  rg_text_add(out, "\n%s time, from ", info->time);
  add_number(out, info->from);
  rg_text_add(out, " to ");
  add_number(out, info->to);
  rg_text_add(out, "%s%s\n", info->unit[0] ? " in units of a " : "", info->unit);
}

/* --- sets ---------------------------------------------------------------------------------------------- */

static void show_set(const regime_model *m, size_t k, rg_text *out) {
  const regime_set *set = &m->sets.set[k];
  rg_text_add(out, "  %s", set->name);
  for (size_t j = 0, n = 0; j < m->sets.letters.count; j++)
    if (m->sets.letters.items[j].set == k)
      rg_text_add(out, "%s%s", n++ ? ", " : " over ", m->sets.letters.items[j].name);
  for (size_t j = 0; j < set->n_members; j++) rg_text_add(out, "%s%s", j ? " " : ": ", set->member[j]);
  rg_text_add(out, "\n");
  for (size_t j = 0; j < set->n_subsets; j++) {
    rg_text_add(out, "    %s:", set->subset[j]);
    for (size_t i = 0; i < set->subset_size[j]; i++)
      rg_text_add(out, " %s", set->member[set->subset_member[j][i]]);
    rg_text_add(out, "\n");
  }
}

/* --- parameters ---------------------------------------------------------------------------------------- */

/* The members of an entry: what stands between the brackets of its name. */
static void add_members(rg_text *out, const char *name) {
  const char *open = strchr(name, '[');
  if (open) rg_text_add(out, "%.*s", (int)strcspn(open + 1, "]"), open + 1);
}

static void show_family(const regime_model *m, const rg_family *family, rg_text *out) {
  if (family->count == 0) return;
  const regime_parameter *first = &m->parameters.entry[family->first];
  rg_text_add(out, "  %s =", family->name);
  for (size_t k = 0; k < family->count; k++) {
    rg_text_add(out, "%s ", k ? "," : "");
    add_members(out, first[k].name);
    rg_text_add(out, "%s", family->n_over ? " " : "");
    add_number(out, first[k].value);
  }
  add_about(out, first->unit, first->about);
  rg_text_add(out, "\n");
}

static void show_entries(const regime_model *m, const char *title, size_t first, size_t count, rg_text *out) {
  if (count == 0) return;
  rg_text_add(out, "\n%s\n", title);
  for (size_t k = first; k < first + count; k++) {
    const regime_parameter *entry = &m->parameters.entry[k];
    rg_text_add(out, "  %s = ", entry->name);
    add_number(out, entry->value);
    if (entry->is_path) {
      const rg_path *path = &m->paths[k - m->parameters.first_path];
      rg_text_add(out, " at first, %zu points", path->n_corners);
    }
    add_about(out, entry->unit, entry->about);
    rg_text_add(out, "\n");
  }
}

/* --- equations and what stands beside them ------------------------------------------------------------- */

static void show_equations(const regime_model *m, rg_text *out) {
  rg_text_add(out, "\nequations\n");
  for (size_t k = 0; k < m->statements.count; k++) {
    const rg_statement *s = &m->statements.items[k];
    rg_text_add(out, "  %s", s->text);
    if (s->label && s->label[0]) rg_text_add(out, "    ## %s", s->label);
    if (s->unit && s->unit[0]) rg_text_add(out, " | %s", s->unit);
    rg_text_add(out, "\n");
  }
}

/* A condition becomes true upwards; both ways only an equality is met. */
static const char *direction_text(regime_direction direction, bool is_condition) {
  if (is_condition) return direction == REGIME_DOWN ? " ends" : "";
  return direction == REGIME_UP ? ", upwards" : direction == REGIME_DOWN ? ", downwards" : "";
}

/* What is set, one a line: "v = -0.9*v", "h[US] = 0.5". */
static void show_assignments(const rg_assignments *set, rg_text *out) {
  for (size_t k = 0; k < set->count; k++) {
    const rg_assignment *a = &set->items[k];
    rg_text_add(out, "    %s", a->name.text);
    for (size_t j = 0; j < rg_members_given(a); j++)
      rg_text_add(out, "%s%s", j ? "," : "[", a->member[j].text);
    rg_text_add(out, rg_members_given(a) ? "] = " : " = ");
    if (a->expression.text)
      rg_text_add(out, "%s", a->expression.text);
    else
      add_number(out, a->number);
    rg_text_add(out, "\n");
  }
}

static void show_events(const regime_model *m, rg_text *out) {
  if (m->events.count) rg_text_add(out, "\nevents\n");
  for (size_t k = 0; k < m->events.count; k++) {
    const regime_event *e = &m->events.event[k];
    const bool is_condition = rg_is_comparison(m->events.happening[k].when);
    rg_text_add(out, "  %s when %s%s%s%s%s\n", e->name, m->events.happening[k].written.text,
                is_condition ? "" : " crosses zero", direction_text(e->direction, is_condition),
                e->once ? ", once" : "", e->stop ? ", and ends the run" : "");
    show_assignments(&m->declared.events.items[k].set, out);
  }
}

static void show_conditions(const regime_model *m, rg_text *out) {
  const rg_conditions *c = &m->conditions;
  if (c->n_identities) rg_text_add(out, "\nidentities\n");
  for (size_t k = 0; k < c->n_identities; k++)
    rg_text_add(out, "  %s: %s = 0 within %g\n", c->identity[k].name, c->identity[k].expression,
                c->identity[k].tolerance);
  if (m->matrices.count) rg_text_add(out, "\nmatrices\n");
  for (size_t k = 0; k < m->matrices.count; k++)
    rg_text_add(out, "  %s: %s, %zu rows, %zu columns\n", m->matrices.matrix[k].name,
                m->matrices.matrix[k].kind == REGIME_FLOWS ? "flows" : "stocks", m->matrices.matrix[k].n_rows,
                m->matrices.matrix[k].n_columns);
  if (c->n_phases) rg_text_add(out, "\nphases\n");
  for (size_t k = 0; k < c->n_phases; k++)
    rg_text_add(out, "  %s: %s\n", c->phase[k], m->declared.phases.items[k].when.text);
}

static const char *without_folder(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

static void show_observations(const regime_model *m, rg_text *out) {
  if (m->observations.count) rg_text_add(out, "\nobservations\n");
  for (size_t k = 0; k < m->observations.count; k++) {
    const regime_observations *group = &m->observations.group[k];
    for (size_t f = 0; f < group->n_files; f++)
      rg_text_add(out, "%s%s", f ? ", " : "  ", without_folder(group->file[f]));
    rg_text_add(out, "\n");
    for (size_t s = 0; s < group->n_series; s++)
      rg_text_add(out, "    %s: %s\n", group->series[s].name, group->series[s].expression);
  }
}

static void show_overlays(const regime_model *m, rg_text *out) {
  if (m->declared.overlays.count) rg_text_add(out, "\noverlays\n");
  for (size_t k = 0; k < m->declared.overlays.count; k++) {
    const rg_overlay_decl *overlay = &m->declared.overlays.items[k];
    rg_text_add(out, "  %s%s%s\n", overlay->name.text, overlay->about ? ": " : "",
                rg_or_empty(overlay->about));
    show_assignments(&overlay->set, out);
  }
}

/* In the order in which it counts: overlays, values, changes. */
static void show_plan(const rg_scenario_decl *s, rg_text *out) {
  for (size_t k = 0; k < s->apply.count; k++)
    rg_text_add(out, "    %s on %s\n", s->apply.items[k].overlay.text, s->apply.items[k].to.text);
  show_assignments(&s->set, out);
  for (size_t k = 0; k < s->changes.count; k++) {
    rg_text_add(out, "    at ");
    add_number(out, s->changes.items[k].at);
    rg_text_add(out, ":\n");
    show_assignments(&s->changes.items[k].set, out);
  }
}

static void show_scenarios(const regime_model *m, rg_text *out) {
  if (m->scenarios.count) rg_text_add(out, "\nscenarios\n");
  for (size_t k = 0; k < m->scenarios.count; k++) {
    const regime_scenario *s = &m->scenarios.scenario[k];
    rg_text_add(out, "  %s%s%s%s%s%s\n", s->name, s->base[0] ? " (from " : "", s->base, s->base[0] ? ")" : "",
                s->about[0] ? ": " : "", s->about);
    show_plan(&m->declared.scenarios.items[k], out);
  }
}

void rg_show_text(const regime_model *m, rg_text *out) {
  show_head(m, out);
  if (m->sets.count) rg_text_add(out, "\nsets\n");
  for (size_t k = 0; k < m->sets.count; k++) show_set(m, k, out);
  if (m->parameters.n_families) rg_text_add(out, "\nparameters\n");
  for (size_t k = 0; k < m->parameters.n_families; k++) show_family(m, &m->parameters.family[k], out);
  show_entries(m, "paths", m->parameters.first_path, m->parameters.n_paths, out);
  show_entries(m, "modes", m->parameters.first_mode, m->parameters.n_modes, out);
  show_equations(m, out);
  show_events(m, out);
  show_conditions(m, out);
  show_observations(m, out);
  show_overlays(m, out);
  show_scenarios(m, out);
}
