/* read_results.c — what is read off a run or an equilibrium: identities, phases, distinctions, figures. */
#include "model/read.h"

#include <math.h>
#include <string.h>

/* --- identities ---------------------------------------------------------------------------------------- */

static const rg_key identity_key[] = {
    {"name", rg_read_word, offsetof(rg_identity_decl, name), "name = \"world trade balances\";"},
    {"expr", rg_read_written, offsetof(rg_identity_decl, expression),
     "expr = \"EXPRESSION\"; what must be zero"},
    {"tolerance", rg_read_positive, offsetof(rg_identity_decl, tolerance), NULL},
};

static void read_identity(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_declarations *out = into;
  rg_identity_decl identity = {.tolerance = 1e-9};
  rg_read_keys(reader, setting, RG_KEYS("an identity", identity_key), &identity);
  if (identity.name.text && identity.expression.text) RG_APPEND(reader->arena, &out->identities, identity);
}

void rg_read_identities(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_read_list(reader, setting, read_identity, into);
}

/* --- phases -------------------------------------------------------------------------------------------- */

static const rg_key phase_key[] = {
    {"name", rg_read_word, offsetof(rg_phase_decl, name), "name = \"recession\";"},
    {"when", rg_read_written, offsetof(rg_phase_decl, when), "when = \"CONDITION\";"},
    {"about", rg_read_text, offsetof(rg_phase_decl, about), NULL},
};

static void read_phase(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_declarations *out = into;
  rg_phase_decl phase = {0};
  rg_read_keys(reader, setting, RG_KEYS("a phase", phase_key), &phase);
  if (phase.name.text && phase.when.text) RG_APPEND(reader->arena, &out->phases, phase);
}

void rg_read_phases(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_read_list(reader, setting, read_phase, into);
}

/* --- distinctions -------------------------------------------------------------------------------------- */

static const rg_key distinction_key[] = {
    {"name", rg_read_word, offsetof(rg_distinction_decl, name), "name = \"demand\";"},
    {"response", rg_read_word, offsetof(rg_distinction_decl, response),
     "response = \"du/dh\"; how a variable answers to a parameter at rest"},
    {"negative", rg_read_word, offsetof(rg_distinction_decl, negative), "negative = \"wage-led demand\";"},
    {"positive", rg_read_word, offsetof(rg_distinction_decl, positive), "positive = \"profit-led demand\";"},
    {"about", rg_read_text, offsetof(rg_distinction_decl, about), NULL},
};

static void read_distinction(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_declarations *out = into;
  rg_distinction_decl d = {0};
  rg_read_keys(reader, setting, RG_KEYS("a distinction", distinction_key), &d);
  if (d.name.text && d.response.text && d.negative.text && d.positive.text)
    RG_APPEND(reader->arena, &out->distinctions, d);
}

void rg_read_distinctions(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_read_list(reader, setting, read_distinction, into);
}

/* --- figures ------------------------------------------------------------------------------------------- */

static void read_kind(rg_reader *reader, const config_setting_t *setting, void *into) {
  static const char *const choices[] = {"time",  "panel",    "groups", "aggregates",
                                        "plane", "portrait", "lines",  "branch"};
  rg_word *kind = into;
  const size_t n = sizeof choices / sizeof *choices, k = rg_read_choice(reader, setting, choices, n, n);
  if (k < n) *kind = (rg_word){choices[k], rg_place_value(setting)};
}

static const rg_key figure_key[] = {
    {"name", rg_read_word, offsetof(rg_figure_decl, name), "name = \"growth\"; its files are called so"},
    {"kind", read_kind, offsetof(rg_figure_decl, kind), "kind = \"time\";"},
    {"title", rg_read_text, offsetof(rg_figure_decl, title), NULL},
    {"variable", rg_read_words, offsetof(rg_figure_decl, variables), NULL},
    {"variables", rg_read_words, offsetof(rg_figure_decl, variables), NULL},
    {"x", rg_read_word, offsetof(rg_figure_decl, x), NULL},
    {"y", rg_read_word, offsetof(rg_figure_decl, y), NULL},
    {"members", rg_read_words, offsetof(rg_figure_decl, members), NULL},
    {"groups", rg_read_words, offsetof(rg_figure_decl, groups), NULL},
    {"parameter", rg_read_word, offsetof(rg_figure_decl, parameter), NULL},
    {"from", rg_read_number, offsetof(rg_figure_decl, from), NULL},
    {"to", rg_read_number, offsetof(rg_figure_decl, to), NULL},
    {"cycles", rg_read_truth, offsetof(rg_figure_decl, cycles), NULL},
};

static bool is_kind(const rg_figure_decl *figure, const char *kind) {
  return strcmp(figure->kind.text, kind) == 0;
}

static bool has_range(const rg_figure_decl *figure) {
  return !isnan(figure->from) && !isnan(figure->to) && figure->from != figure->to;
}

/* What a kind of figure cannot do without. */
static void check_figure(rg_reader *reader, const config_setting_t *setting, const rg_figure_decl *figure) {
  const rg_place place = rg_place_of(setting);
  const bool plane = is_kind(figure, "plane") || is_kind(figure, "portrait") || is_kind(figure, "lines");
  if (plane && (!figure->x.text || !figure->y.text))
    rg_error(reader->context, place, "write x = \"u\"; y = \"v\";", "`%s` is a %s without `x` and `y`",
             figure->name.text, is_kind(figure, "lines") ? "figure of lines" : figure->kind.text);
  if (!plane && figure->variables.count == 0)
    rg_error(reader->context, place, "write variables = [\"u\", \"v\"];", "`%s` draws no variables",
             figure->name.text);
  if (is_kind(figure, "groups") && figure->groups.count != 2)
    rg_error(reader->context, place, "write groups = [\"SUBSET\", \"SUBSET\"];",
             "`%s` compares two groups, and names %zu", figure->name.text, figure->groups.count);
  if (is_kind(figure, "branch") && (!figure->parameter.text || !has_range(figure)))
    rg_error(reader->context, place, "write parameter = \"alpha\"; from = 0.5; to = 2.0;",
             "`%s` follows branches, and does not say along which parameter from where to where",
             figure->name.text);
}

static void read_figure(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_declarations *out = into;
  rg_figure_decl figure = {.from = NAN, .to = NAN};
  rg_read_keys(reader, setting, RG_KEYS("a figure", figure_key), &figure);
  if (!figure.name.text || !figure.kind.text) return;
  check_figure(reader, setting, &figure);
  RG_APPEND(reader->arena, &out->figures, figure);
}

void rg_read_figures(rg_reader *reader, const config_setting_t *setting, void *into) {
  rg_read_list(reader, setting, read_figure, into);
}
