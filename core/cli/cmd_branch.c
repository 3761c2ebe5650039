/* cmd_branch.c — regime branch: how equilibria and cycles move with a parameter, and where they change. */
#include "base/diagnostic.h"
#include "cli/compute.h"
#include "cli/inquiry.h"
#include "cli/inquiry_figures.h"
#include "cli/say.h"
#include "cli/shelf.h"

#include <math.h>
#include <string.h>

enum { MOST_STATES = 4 };

/* --- the question: options, else what the model declares ----------------------------------------------- */

typedef struct question {
  regime_branch_question of;
  const char *variable; /* on the figure's upright axis; NULL: the first state */
  size_t values;        /* of an attractor diagram; 0: none */
  bool draws;
} question;

static double or_else(double value, double otherwise) { return isnan(value) ? otherwise : value; }

static question read_question(const rg_cli *cli, const regime_model *model) {
  const rg_options *given = &cli->options;
  const char *parameter = given->text[RG_OPTION_PARAMETER];
  const regime_figure *declared = rg_inquiry_figure(model, "branch");
  const bool same = declared && (!parameter || strcmp(parameter, declared->parameter) == 0);
  question q = {.of = {.parameter = parameter  ? parameter
                                    : declared ? declared->parameter
                                               : NULL,
                       .from = or_else(given->number[RG_OPTION_PARAMETER_FROM], same ? declared->from : NAN),
                       .to = or_else(given->number[RG_OPTION_PARAMETER_TO], same ? declared->to : NAN),
                       .second = given->text[RG_OPTION_SECOND],
                       .second_from = given->number[RG_OPTION_SECOND_FROM],
                       .second_to = given->number[RG_OPTION_SECOND_TO],
                       .cycles = rg_option_given(given, RG_OPTION_CYCLES) || (same && declared->cycles)},
                .variable = given->text[RG_OPTION_VARIABLE],
                .values = rg_inquiry_whole(cli, RG_OPTION_ATTRACTOR)};
  if (!q.variable && same) q.variable = declared->variables[0];
  q.draws = !cli->is_again && (rg_option_given(given, RG_OPTION_PLOT) ||
                               rg_option_given(given, RG_OPTION_FORMAT) || (!parameter && declared));
  return q;
}

static const rg_clash clashes[] = {
    {RG_OPTION_ATTRACTOR, RG_OPTION_CYCLES,
     "`--attractor` runs the model, and `--cycles` follows cycles without running it"},
    {RG_OPTION_ATTRACTOR, RG_OPTION_SECOND,
     "`--attractor` runs the model, and `--second` follows points without running it"},
};

static regime_status see_question(const rg_cli *cli, const question *q) {
  const bool ends = !isnan(q->of.second_from) || !isnan(q->of.second_to);
  const char *missing = NULL;
  if (!q->of.parameter)
    missing = "`regime branch` needs a parameter to move, and the model declares no diagram";
  else if (isnan(q->of.from) || isnan(q->of.to))
    missing = "`regime branch` needs to know from where to where";
  else if (q->of.second && (isnan(q->of.second_from) || isnan(q->of.second_to)))
    missing = "`--second` needs to know from where to where";
  else if (!q->of.second && ends)
    missing = "a range of a second parameter is given, and no such parameter";
  if (!missing) return rg_inquiry_refuse(cli, clashes, sizeof clashes / sizeof *clashes);
  rg_error(cli->context, (rg_place){0},
           q->of.second || ends ? "write `--second NAME --second-from VALUE --second-to VALUE`"
                                : "write `--parameter NAME --from VALUE --to VALUE`",
           "%s", missing);
  return REGIME_BAD_ARGUMENT;
}

static regime_status see_variable(const rg_cli *cli, const regime_inquiry *inquiry, const question *q) {
  if (!q->variable || regime_inquiry_output(inquiry, q->variable) >= 0) return REGIME_OK;
  const size_t n = regime_inquiry_variables(inquiry);
  const char **names = RG_NEW_ARRAY(cli->arena, const char *, n);
  for (size_t k = 0; k < n; k++) names[k] = regime_inquiry_output_name(inquiry, k);
  char buffer[160];
  rg_error(cli->context, (rg_place){0},
           rg_did_you_mean(q->variable, names, n, "`regime check` shows the variables", buffer),
           "the model has no variable `%s` to draw", q->variable);
  return REGIME_BAD_ARGUMENT;
}

/* --- for people ---------------------------------------------------------------------------------------- */

/* The first states, as variables. */
static size_t choose_states(const regime_inquiry *inquiry, size_t output[MOST_STATES]) {
  const regime_model *model = regime_inquiry_model(inquiry);
  size_t count = 0;
  for (size_t k = 0; k < regime_model_variables(model); k++) {
    const regime_variable *v = regime_model_variable(model, k);
    for (size_t j = 0; v->kind == REGIME_STATE && j < v->n_outputs && count < MOST_STATES; j++)
      output[count++] = v->output + j;
  }
  return count;
}

static const char *number_or_blank(const rg_cli *cli, double value) {
  return isnan(value) ? "" : rg_arena_printf(cli->arena, "%.6g", value);
}

static const char *changes(const regime_special *s) {
  return regime_special_is_of_cycle(s) ? "cycle" : "equilibrium";
}

static regime_status print_points(const rg_cli *cli, const regime_inquiry *inquiry, const question *q) {
  const regime_diagram *diagram = regime_inquiry_diagram(inquiry);
  size_t output[MOST_STATES];
  const size_t states = choose_states(inquiry, output);
  const bool of_both = regime_diagram_cycles(diagram) > 0;
  regime_table *table;
  const regime_status status = regime_table_create("points", 1, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_numbers(table, "no.", NULL, NULL);
  regime_table_add_words(table, "type", NULL);
  if (of_both) regime_table_add_words(table, "of", NULL);
  regime_table_add_numbers(table, q->of.parameter, NULL, NULL);
  if (q->of.second) regime_table_add_words(table, q->of.second, NULL);
  regime_table_add_words(table, "criticality", NULL);
  regime_table_add_words(table, "period", NULL);
  for (size_t i = 0; i < states; i++)
    regime_table_add_numbers(table, regime_inquiry_output_name(inquiry, output[i]), NULL, NULL);
  for (size_t k = 0; k < regime_diagram_specials(diagram); k++) {
    const regime_special *s = regime_diagram_special(diagram, k);
    size_t column = 2;
    regime_table_put_number(table, 0, (double)(k + 1));
    regime_table_put_word(table, 1, regime_point_text(s->type));
    if (of_both) regime_table_put_word(table, column++, changes(s));
    regime_table_put_number(table, column++, rg_tidy(s->parameter, 1.0));
    if (q->of.second) regime_table_put_word(table, column++, number_or_blank(cli, s->second));
    regime_table_put_word(table, column++, regime_criticality_text(s->criticality));
    regime_table_put_word(table, column++, number_or_blank(cli, s->period));
    for (size_t i = 0; i < states; i++)
      regime_table_put_number(table, column++, rg_tidy(s->outputs[output[i]], 1.0));
  }
  return rg_print_and_free(cli, "points where something changes", table);
}

static size_t count_stable(const regime_branch *branch) {
  size_t n = 0;
  for (size_t k = 0; k < branch->n_points; k++) n += branch->point[k].is_stable;
  return n;
}

static const char *origin_of(const rg_cli *cli, long special) {
  return special < 0 ? "a start" : rg_arena_printf(cli->arena, "point %ld", special + 1);
}

static regime_status print_branches(const rg_cli *cli, const regime_inquiry *inquiry, const question *q) {
  const regime_diagram *diagram = regime_inquiry_diagram(inquiry);
  regime_table *table;
  const regime_status status = regime_table_create("branches", 1, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_numbers(table, "no.", NULL, NULL);
  regime_table_add_words(table, "from", NULL);
  regime_table_add_numbers(table, "points", NULL, NULL);
  regime_table_add_numbers(table, "stable", NULL, NULL);
  regime_table_add_numbers(table, rg_arena_printf(cli->arena, "%s first", q->of.parameter), NULL, NULL);
  regime_table_add_numbers(table, "last", NULL, NULL);
  regime_table_add_words(table, "ends because", NULL);
  for (size_t k = 0; k < regime_diagram_branches(diagram); k++) {
    const regime_branch *b = regime_diagram_branch(diagram, k);
    if (b->n_points == 0) continue;
    regime_table_put_number(table, 0, (double)(k + 1));
    regime_table_put_word(table, 1, origin_of(cli, b->parent));
    regime_table_put_number(table, 2, (double)b->n_points);
    regime_table_put_number(table, 3, (double)count_stable(b));
    regime_table_put_number(table, 4, b->point[0].parameter);
    regime_table_put_number(table, 5, b->point[b->n_points - 1].parameter);
    regime_table_put_word(table, 6, regime_end_text(b->end[1]));
  }
  return rg_print_and_free(cli, "branches", table);
}

static regime_status print_cycles(const rg_cli *cli, const regime_inquiry *inquiry, const question *q) {
  const regime_diagram *diagram = regime_inquiry_diagram(inquiry);
  regime_table *table;
  const regime_status status = regime_table_create("cycles", 1, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_numbers(table, "no.", NULL, NULL);
  regime_table_add_words(table, "born at", NULL);
  regime_table_add_numbers(table, "cycles", NULL, NULL);
  regime_table_add_numbers(table, "stable", NULL, NULL);
  regime_table_add_numbers(table, rg_arena_printf(cli->arena, "last %s", q->of.parameter), NULL, NULL);
  regime_table_add_numbers(table, "last period", NULL, NULL);
  regime_table_add_words(table, "ends because", NULL);
  for (size_t k = 0; k < regime_diagram_cycles(diagram); k++) {
    const regime_cycles *c = regime_diagram_cycle(diagram, k);
    size_t stable = 0;
    if (c->n_points == 0) continue;
    for (size_t j = 0; j < c->n_points; j++) stable += c->point[j].is_stable;
    regime_table_put_number(table, 0, (double)(k + 1));
    regime_table_put_word(table, 1, origin_of(cli, c->born_at));
    regime_table_put_number(table, 2, (double)c->n_points);
    regime_table_put_number(table, 3, (double)stable);
    regime_table_put_number(table, 4, c->point[c->n_points - 1].parameter);
    regime_table_put_number(table, 5, c->point[c->n_points - 1].period);
    regime_table_put_word(table, 6, regime_end_text(c->end));
  }
  return rg_print_and_free(cli, "families of cycles", table);
}

/* A curve is followed both ways, and both ends are news. */
static const char *ends_of(const rg_cli *cli, const regime_branch *curve) {
  const char *first = regime_end_text(curve->end[0]), *last = regime_end_text(curve->end[1]);
  return curve->end[0] == curve->end[1] ? last : rg_arena_printf(cli->arena, "%s; %s", first, last);
}

static regime_status print_curves(const rg_cli *cli, const regime_inquiry *inquiry, const question *q) {
  const regime_diagram *diagram = regime_inquiry_diagram(inquiry);
  regime_table *table;
  const regime_status status = regime_table_create("curves", 1, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_numbers(table, "no.", NULL, NULL);
  regime_table_add_words(table, "of", NULL);
  regime_table_add_numbers(table, "points", NULL, NULL);
  const char *const ends[] = {"first", "last"};
  for (size_t end = 0; end < 2; end++) {
    regime_table_add_numbers(table, rg_arena_printf(cli->arena, "%s %s", ends[end], q->of.parameter), NULL,
                             NULL);
    regime_table_add_numbers(table, rg_arena_printf(cli->arena, "%s %s", ends[end], q->of.second), NULL,
                             NULL);
  }
  regime_table_add_words(table, "ends because", NULL);
  for (size_t k = 0; k < regime_diagram_curves(diagram); k++) {
    const regime_branch *c = regime_diagram_curve(diagram, k);
    if (c->n_points == 0) continue;
    const regime_branch_point *at[] = {&c->point[0], &c->point[c->n_points - 1]};
    regime_table_put_number(table, 0, (double)(k + 1));
    regime_table_put_word(table, 1, regime_point_text(c->kind));
    regime_table_put_number(table, 2, (double)c->n_points);
    for (size_t end = 0; end < 2; end++) {
      regime_table_put_number(table, 3 + 2 * end, at[end]->parameter);
      regime_table_put_number(table, 4 + 2 * end, at[end]->second);
    }
    regime_table_put_word(table, 7, ends_of(cli, c));
  }
  return rg_print_and_free(cli, "curves in both parameters", table);
}

/* What to ask next, where something is born that was not followed. */
static void print_hint(const regime_diagram *diagram, const question *q) {
  bool born = false;
  for (size_t k = 0; k < regime_diagram_specials(diagram); k++) {
    const regime_point type = regime_diagram_special(diagram, k)->type;
    born = born || type == REGIME_POINT_HOPF || type == REGIME_POINT_FLIP;
  }
  if (born && !q->of.cycles) puts("\n`--cycles` follows the cycles that are born there");
}

static regime_status print_diagram(const rg_cli *cli, const regime_inquiry *inquiry, const question *q,
                                   const char *folder, size_t drawn) {
  const regime_diagram *diagram = regime_inquiry_diagram(inquiry);
  const size_t points = regime_diagram_specials(diagram), branches = regime_diagram_branches(diagram);
  rg_inquiry_print_head(cli, inquiry,
                        rg_arena_printf(cli->arena, "%s from %g to %g, %s, %s", q->of.parameter, q->of.from,
                                        q->of.to, rg_count(cli, branches, "branch", "branches"),
                                        rg_count(cli, points, "special point", "special points")));
  regime_status status = print_points(cli, inquiry, q);
  if (status == REGIME_OK) status = print_branches(cli, inquiry, q);
  if (status == REGIME_OK) status = print_cycles(cli, inquiry, q);
  if (status == REGIME_OK && q->of.second) status = print_curves(cli, inquiry, q);
  if (points == 0) puts("\nnothing changes its kind on the way");
  if (q->of.cycles && regime_diagram_cycles(diagram) == 0) puts("\nno cycle is born on the way");
  print_hint(diagram, q);
  rg_inquiry_print_end(folder, drawn);
  return status;
}

static void print_sweep(const rg_cli *cli, const regime_inquiry *inquiry, const question *q,
                        const char *folder, size_t drawn) {
  const regime_sweep *s = regime_inquiry_sweep(inquiry);
  rg_inquiry_print_head(cli, inquiry,
                        rg_arena_printf(cli->arena, "what it comes to as %s goes from %g to %g",
                                        q->of.parameter, q->of.from, q->of.to));
  printf("%zu points at %zu values of %s", s->n_points, q->values, q->of.parameter);
  if (s->n_lost > 0) printf("; at %zu of them the path diverged or lost its values", s->n_lost);
  puts("");
  rg_inquiry_print_end(folder, drawn);
}

/* --- for programs -------------------------------------------------------------------------------------- */

static json_t *json_point(const regime_inquiry *inquiry, const regime_special *s) {
  const char *criticality = regime_criticality_text(s->criticality);
  json_t *object = json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:I}", "type", regime_point_text(s->type),
                             "of", changes(s), "parameter", rg_json_number(s->parameter), "values",
                             rg_json_variables(inquiry, s->outputs), "period", rg_json_number(s->period),
                             "criticality", criticality[0] ? json_string(criticality) : json_null(),
                             "coefficient", rg_json_number(s->coefficient), "branch", (json_int_t)s->branch);
  if (!isnan(s->second)) json_object_set_new(object, "second", rg_json_number(s->second));
  return object;
}

static json_t *json_branch(const regime_inquiry *inquiry, const regime_branch *branch) {
  json_t *points = json_array();
  for (size_t k = 0; k < branch->n_points; k++) {
    const regime_branch_point *p = &branch->point[k];
    json_t *point = json_pack("{s:o, s:o, s:b}", "parameter", rg_json_number(p->parameter), "values",
                              rg_json_variables(inquiry, p->outputs), "stable", p->is_stable);
    if (!isnan(p->second)) json_object_set_new(point, "second", rg_json_number(p->second));
    json_array_append_new(points, point);
  }
  return json_pack("{s:o, s:[s, s]}", "points", points, "ends", regime_end_text(branch->end[0]),
                   regime_end_text(branch->end[1]));
}

static json_t *json_cycle(const regime_inquiry *inquiry, const regime_cycle_point *p) {
  return json_pack("{s:o, s:o, s:b, s:o, s:o, s:o}", "parameter", rg_json_number(p->parameter), "period",
                   rg_json_number(p->period), "stable", p->is_stable, "multipliers",
                   rg_json_complex(p->multiplier_re, p->multiplier_im, regime_inquiry_eigenvalues(inquiry)),
                   "min", rg_json_variables(inquiry, p->low), "max", rg_json_variables(inquiry, p->high));
}

/* `born_at` is the value of the parameter, `point` the number of the point in `points`. */
static json_t *json_cycles(const regime_inquiry *inquiry, const regime_cycles *cycles) {
  const regime_diagram *diagram = regime_inquiry_diagram(inquiry);
  const long born = cycles->born_at;
  json_t *points = json_array();
  for (size_t k = 0; k < cycles->n_points; k++)
    json_array_append_new(points, json_cycle(inquiry, &cycles->point[k]));
  return json_pack("{s:o, s:o, s:o, s:s}", "born_at",
                   born < 0 ? json_null()
                            : rg_json_number(regime_diagram_special(diagram, (size_t)born)->parameter),
                   "point", born < 0 ? json_null() : json_integer(born), "points", points, "end",
                   regime_end_text(cycles->end));
}

static json_t *json_curve(const regime_inquiry *inquiry, const regime_branch *curve) {
  json_t *object = json_branch(inquiry, curve);
  json_object_set_new(object, "type", json_string(regime_point_text(curve->kind)));
  return object;
}

static json_t *json_diagram(const regime_inquiry *inquiry, const question *q) {
  const regime_diagram *diagram = regime_inquiry_diagram(inquiry);
  json_t *root = rg_json_inquiry(inquiry), *points = json_array(), *branches = json_array(),
         *cycles = json_array(), *curves = json_array();
  for (size_t k = 0; diagram && k < regime_diagram_specials(diagram); k++)
    json_array_append_new(points, json_point(inquiry, regime_diagram_special(diagram, k)));
  for (size_t k = 0; diagram && k < regime_diagram_branches(diagram); k++)
    json_array_append_new(branches, json_branch(inquiry, regime_diagram_branch(diagram, k)));
  for (size_t k = 0; diagram && k < regime_diagram_cycles(diagram); k++)
    json_array_append_new(cycles, json_cycles(inquiry, regime_diagram_cycle(diagram, k)));
  for (size_t k = 0; diagram && k < regime_diagram_curves(diagram); k++)
    json_array_append_new(curves, json_curve(inquiry, regime_diagram_curve(diagram, k)));
  json_object_set_new(root, "parameter", rg_json_text(q->of.parameter));
  json_object_set_new(root, "points", points);
  json_object_set_new(root, "branches", branches);
  json_object_set_new(root, "cycles", cycles);
  if (q->of.second) json_object_set_new(root, "second", rg_json_text(q->of.second));
  json_object_set_new(root, "curves", curves);
  return root;
}

static json_t *json_sweep(const regime_inquiry *inquiry, const question *q) {
  const regime_sweep *s = regime_inquiry_sweep(inquiry);
  json_t *root = rg_json_inquiry(inquiry), *points = json_array();
  for (size_t k = 0; k < s->n_points; k++)
    json_array_append_new(points, json_pack("[f, f]", s->parameter[k], s->value[k]));
  json_object_set_new(root, "parameter", rg_json_text(q->of.parameter));
  json_object_set_new(root, "attractors", points);
  json_object_set_new(root, "lost", json_integer((json_int_t)s->n_lost));
  return root;
}

/* --- the whole ----------------------------------------------------------------------------------------- */

static regime_status ask(const rg_cli *cli, const regime_model *model, const question *q,
                         regime_inquiry **out) {
  const regime_law law = rg_inquiry_law(cli);
  if (q->values == 0) return regime_inquire_branch(cli->context, model, &law, &q->of, out);
  const regime_attractor_question attractor = {q->of.parameter, q->of.from, q->of.to, q->values, q->variable};
  return regime_inquire_attractors(cli->context, model, &law, &attractor, out);
}

static regime_status answer(rg_cli *cli, const regime_inquiry *inquiry, const question *q, bool is_whole,
                            const char *folder, size_t drawn) {
  const bool sweep = regime_inquiry_sweep(inquiry) != NULL;
  if (!is_whole && !sweep && !regime_inquiry_diagram(inquiry)) return REGIME_OK; /* nothing yet: no answer */
  if (rg_wants_json(cli))
    return rg_inquiry_answer(cli, sweep ? json_sweep(inquiry, q) : json_diagram(inquiry, q), is_whole);
  if (rg_option_given(&cli->options, RG_OPTION_QUIET)) return REGIME_OK;
  if (regime_inquiry_diagram(inquiry)) return print_diagram(cli, inquiry, q, folder, drawn);
  if (sweep) print_sweep(cli, inquiry, q, folder, drawn);
  return REGIME_OK;
}

static regime_status judge(const rg_cli *cli, const regime_inquiry *inquiry, const question *q) {
  if (regime_inquiry_diagram(inquiry) || regime_inquiry_sweep(inquiry)) return REGIME_OK;
  const size_t other = regime_inquiry_at_other_end(inquiry);
  const char *remedy =
      other > 0 ? rg_arena_printf(cli->arena, "at %s = %g there %s: follow from there, `--from %g --to %g`",
                                  q->of.parameter, q->of.to,
                                  other == 1 ? "is one" : rg_arena_printf(cli->arena, "are %zu", other),
                                  q->of.to, q->of.from)
                : "`regime steady MODEL --set NAME=VALUE` tells where the search went; `--bounds` widens it";
  rg_error(cli->context, (rg_place){.file = regime_model_about(regime_inquiry_model(inquiry))->file}, remedy,
           "there is no equilibrium to follow at %s = %g", q->of.parameter, q->of.from);
  return REGIME_NO;
}

regime_status rg_cmd_branch(rg_cli *cli) {
  regime_model *model = NULL;
  regime_inquiry *inquiry = NULL;
  const char *folder = NULL;
  size_t drawn = 0;
  question q = {0};
  regime_status status = rg_shelf_load(cli, cli->options.argument, &model);
  if (status == REGIME_OK) q = read_question(cli, model);
  if (status == REGIME_OK) status = see_question(cli, &q);
  rg_catch_signals(cli->context);
  if (status == REGIME_OK) status = ask(cli, model, &q, &inquiry);
  if (status == REGIME_OK) status = see_variable(cli, inquiry, &q);
  const bool is_whole = !rg_was_interrupted();
  rg_catch_signals(
      cli->context); /* what interrupted the search has been spent: files can be interrupted too */
  if (status == REGIME_OK) folder = rg_inquiry_folder(cli, inquiry);
  if (status == REGIME_OK) status = rg_inquiry_write(cli, inquiry, is_whole, folder);
  if (status == REGIME_OK && q.draws)
    status = rg_draw_diagram(cli, inquiry, &q.of, q.variable, folder, &drawn);
  if (status == REGIME_OK) status = answer(cli, inquiry, &q, is_whole, folder, drawn);
  if (status == REGIME_OK) status = rg_inquiry_see_whole(cli, is_whole);
  if (status == REGIME_OK) status = judge(cli, inquiry, &q);
  regime_inquiry_free(inquiry);
  regime_model_free(model);
  return status;
}
