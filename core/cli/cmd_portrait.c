/* cmd_portrait.c — regime portrait: a model in the plane of two of its states. */
#include "cli/compute.h"
#include "cli/inquiry.h"
#include "cli/inquiry_figures.h"
#include "cli/say.h"
#include "cli/shelf.h"

/* --- the question -------------------------------------------------------------------------------------- */

/* Axes as given, else as the model declares them; what is missing the study knows or asks for. */
static regime_portrait_question read_question(const rg_cli *cli, const regime_model *model) {
  const rg_options *given = &cli->options;
  const bool named = rg_option_given(given, RG_OPTION_X) || rg_option_given(given, RG_OPTION_Y);
  const regime_figure *declared = named ? NULL : rg_inquiry_figure(model, "portrait");
  return (regime_portrait_question){.x = declared ? declared->x : given->text[RG_OPTION_X],
                                    .y = declared ? declared->y : given->text[RG_OPTION_Y],
                                    .held = given->held,
                                    .n_held = given->n_held,
                                    .quasi = rg_option_given(given, RG_OPTION_QUASI),
                                    .start = given->starts,
                                    .n_starts = given->n_starts,
                                    .basins = rg_inquiry_whole(cli, RG_OPTION_BASINS)};
}

/* --- for people ---------------------------------------------------------------------------------------- */

static const char *state_name(const regime_inquiry *inquiry, size_t state) {
  return regime_inquiry_side(inquiry, state).name;
}

static regime_status print_equilibria(const rg_cli *cli, const regime_inquiry *inquiry) {
  const regime_portrait *p = regime_inquiry_portrait(inquiry);
  regime_table *table;
  const regime_status status = regime_table_create("equilibria", 1, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_numbers(table, "no.", NULL, NULL);
  regime_table_add_words(table, "type", NULL);
  regime_table_add_numbers(table, state_name(inquiry, p->x), NULL, NULL);
  regime_table_add_numbers(table, state_name(inquiry, p->y), NULL, NULL);
  for (size_t k = 0; k < p->n_equilibria; k++) {
    regime_table_put_number(table, 0, (double)(k + 1));
    regime_table_put_word(table, 1, regime_rest_text(p->equilibrium[k]->type));
    regime_table_put_number(table, 2, rg_tidy(p->equilibrium[k]->state[p->x], 1.0));
    regime_table_put_number(table, 3, rg_tidy(p->equilibrium[k]->state[p->y], 1.0));
  }
  return rg_print_and_free(cli, "equilibria", table);
}

static regime_status print_cycles(const rg_cli *cli, const regime_inquiry *inquiry) {
  const regime_portrait *p = regime_inquiry_portrait(inquiry);
  regime_table *table;
  const regime_status status = regime_table_create("cycles", 1, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_numbers(table, "no.", NULL, NULL);
  regime_table_add_words(table, "stable", NULL);
  regime_table_add_numbers(table, "period", NULL, NULL);
  for (size_t k = 0; k < p->n_cycles; k++) {
    regime_table_put_number(table, 0, (double)(k + 1));
    regime_table_put_word(table, 1, p->cycle[k].is_stable ? "yes" : "no");
    regime_table_put_number(table, 2, p->cycle[k].period);
  }
  return rg_print_and_free(cli, "cycles", table);
}

static const char *fate_of(const rg_cli *cli, regime_fate fate) {
  if (fate.number == SIZE_MAX) return regime_fate_text(fate.kind);
  return rg_arena_printf(cli->arena, "%s %zu", regime_fate_text(fate.kind), fate.number + 1);
}

static regime_status print_manifolds(const rg_cli *cli, const regime_inquiry *inquiry) {
  const regime_portrait *p = regime_inquiry_portrait(inquiry);
  regime_table *table;
  const regime_status status = regime_table_create("manifolds", 1, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_numbers(table, "of", NULL, NULL);
  regime_table_add_words(table, "manifold", NULL);
  regime_table_add_words(table, "other end", NULL);
  for (size_t k = 0; k < p->n_manifolds; k++) {
    regime_table_put_number(table, 0, (double)(p->manifold[k].equilibrium + 1));
    regime_table_put_word(table, 1, p->manifold[k].is_stable ? "stable" : "unstable");
    regime_table_put_word(table, 2, fate_of(cli, p->manifold[k].fate));
  }
  return rg_print_and_free(cli, "manifolds of saddles", table);
}

static regime_status print_basins(const rg_cli *cli, const regime_inquiry *inquiry) {
  const regime_basins *b = regime_inquiry_basins(inquiry);
  regime_table *table;
  if (!b) return REGIME_OK;
  const regime_status status = regime_table_create("basins", 1, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_numbers(table, "no.", NULL, NULL);
  regime_table_add_words(table, "attractor", NULL);
  regime_table_add_numbers(table, "share of starts", NULL, NULL);
  regime_table_add_numbers(table, state_name(inquiry, b->x), NULL, NULL);
  regime_table_add_numbers(table, state_name(inquiry, b->y), NULL, NULL);
  for (size_t k = 0; k < b->n_attractors; k++) {
    const regime_attractor *a = &b->attractor[k];
    regime_table_put_number(table, 0, (double)(k + 1));
    regime_table_put_word(table, 1, regime_fate_text(a->kind));
    regime_table_put_number(table, 2, (double)a->n_starts / (double)(b->n_x * b->n_y));
    regime_table_put_number(table, 3, a->state[b->x]);
    regime_table_put_number(table, 4, a->state[b->y]);
  }
  return rg_print_and_free(cli, "basins", table);
}

static const char *others_text(regime_others others) {
  static const char *const text[] = {
      [REGIME_OTHERS_NONE] = "",
      [REGIME_OTHERS_HELD] = "; field and nullclines with the other states held",
      [REGIME_OTHERS_SOLVED] = "; field and nullclines with the other states where they rest"};
  return text[others];
}

static regime_status print_portrait(const rg_cli *cli, const regime_inquiry *inquiry, const char *folder,
                                    size_t drawn) {
  const regime_portrait *p = regime_inquiry_portrait(inquiry);
  rg_inquiry_print_head(cli, inquiry,
                        rg_arena_printf(cli->arena, "%s and %s, %s, %s", state_name(inquiry, p->x),
                                        state_name(inquiry, p->y),
                                        rg_count(cli, p->n_equilibria, "equilibrium", "equilibria"),
                                        rg_count(cli, p->n_cycles, "cycle", "cycles")));
  printf("%s%s\n", rg_count(cli, p->n_trajectories, "trajectory", "trajectories"), others_text(p->others));
  regime_status status = print_equilibria(cli, inquiry);
  if (status == REGIME_OK) status = print_cycles(cli, inquiry);
  if (status == REGIME_OK) status = print_manifolds(cli, inquiry);
  if (status == REGIME_OK) status = print_basins(cli, inquiry);
  rg_inquiry_print_end(folder, drawn);
  return status;
}

/* --- for programs -------------------------------------------------------------------------------------- */

static json_t *json_equilibria(const regime_inquiry *inquiry) {
  const regime_portrait *p = regime_inquiry_portrait(inquiry);
  json_t *list = json_array();
  for (size_t k = 0; k < p->n_equilibria; k++) {
    const regime_equilibrium *e = p->equilibrium[k];
    json_array_append_new(list,
                          json_pack("{s:o, s:o, s:s, s:b}", "values", rg_json_variables(inquiry, e->outputs),
                                    "eigenvalues", rg_json_complex(e->eigen_re, e->eigen_im, e->n_eigen),
                                    "type", regime_rest_text(e->type), "stable", e->is_stable));
  }
  return list;
}

static json_t *json_curves(const regime_inquiry *inquiry) {
  const regime_portrait *p = regime_inquiry_portrait(inquiry);
  json_t *cycles = json_array();
  for (size_t k = 0; k < p->n_cycles; k++)
    json_array_append_new(cycles, json_pack("{s:b, s:o, s:o}", "stable", p->cycle[k].is_stable, "period",
                                            rg_json_number(p->cycle[k].period), "multiplier",
                                            rg_json_number(p->cycle[k].multiplier)));
  return cycles;
}

static json_t *json_manifolds(const rg_cli *cli, const regime_inquiry *inquiry) {
  const regime_portrait *p = regime_inquiry_portrait(inquiry);
  json_t *list = json_array();
  for (size_t k = 0; k < p->n_manifolds; k++)
    json_array_append_new(
        list, json_pack("{s:I, s:b, s:s}", "equilibrium", (json_int_t)p->manifold[k].equilibrium, "stable",
                        p->manifold[k].is_stable, "end", fate_of(cli, p->manifold[k].fate)));
  return list;
}

static json_t *json_basins(const regime_inquiry *inquiry) {
  const regime_basins *b = regime_inquiry_basins(inquiry);
  json_t *list = json_array();
  for (size_t k = 0; k < b->n_attractors; k++) {
    json_t *state = json_object();
    for (size_t i = 0; i < regime_inquiry_sides(inquiry); i++)
      json_object_set_new(state, state_name(inquiry, i), rg_json_number(b->attractor[k].state[i]));
    json_array_append_new(list,
                          json_pack("{s:s, s:f, s:o, s:o}", "kind", regime_fate_text(b->attractor[k].kind),
                                    "share", (double)b->attractor[k].n_starts / (double)(b->n_x * b->n_y),
                                    "period", rg_json_number(b->attractor[k].period), "state", state));
  }
  return list;
}

static json_t *json_portrait(const rg_cli *cli, const regime_inquiry *inquiry, const char *folder) {
  const regime_portrait *p = regime_inquiry_portrait(inquiry);
  json_t *root = rg_json_inquiry(inquiry);
  json_object_set_new(root, "x", rg_json_text(state_name(inquiry, p->x)));
  json_object_set_new(root, "y", rg_json_text(state_name(inquiry, p->y)));
  json_object_set_new(root, "equilibria", json_equilibria(inquiry));
  json_object_set_new(root, "cycles", json_curves(inquiry));
  json_object_set_new(root, "manifolds", json_manifolds(cli, inquiry));
  if (regime_inquiry_basins(inquiry)) json_object_set_new(root, "basins", json_basins(inquiry));
  json_object_set_new(root, "folder", rg_json_text(folder));
  return root;
}

/* --- the whole ----------------------------------------------------------------------------------------- */

static regime_status answer(rg_cli *cli, const regime_inquiry *inquiry, const char *folder, size_t drawn) {
  if (rg_wants_json(cli)) return rg_answer(cli, json_portrait(cli, inquiry, folder));
  if (rg_option_given(&cli->options, RG_OPTION_QUIET)) return REGIME_OK;
  return print_portrait(cli, inquiry, folder, drawn);
}

regime_status rg_cmd_portrait(rg_cli *cli) {
  regime_model *model = NULL;
  regime_inquiry *inquiry = NULL;
  const char *folder = NULL;
  size_t drawn = 0;
  const regime_law law = rg_inquiry_law(cli);
  regime_portrait_question question = {0};
  regime_status status = rg_shelf_load(cli, cli->options.argument, &model);
  if (status == REGIME_OK) question = read_question(cli, model);
  rg_catch_signals(cli->context);
  if (status == REGIME_OK) status = regime_inquire_portrait(cli->context, model, &law, &question, &inquiry);
  const bool is_whole = !rg_was_interrupted();
  rg_catch_signals(
      cli->context); /* what interrupted the search has been spent: files can be interrupted too */
  if (status == REGIME_OK) folder = rg_inquiry_folder(cli, inquiry);
  if (status == REGIME_OK) status = rg_inquiry_write(cli, inquiry, is_whole, folder);
  if (status == REGIME_OK && !cli->is_again) status = rg_draw_portrait(cli, inquiry, folder, &drawn);
  if (status == REGIME_OK) status = answer(cli, inquiry, folder, drawn);
  if (status == REGIME_OK) status = rg_inquiry_see_whole(cli, is_whole);
  regime_inquiry_free(inquiry);
  regime_model_free(model);
  return status;
}
