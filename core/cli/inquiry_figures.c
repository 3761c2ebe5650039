/* inquiry_figures.c — figures of an analysis. Their data is one table each, in rows
 * `number,part,x,y,dx,dy,kind`: the rows of one part and number are a curve; plots/README.md says which parts
 * there are. */
#include "cli/inquiry_figures.h"
#include "base/file.h"
#include "cli/files.h"
#include "cli/inquiry.h"
#include "cli/script.h"

#include <math.h>
#include <string.h>

/* --- rows ---------------------------------------------------------------------------------------------- */

static regime_status begin(const char *name, regime_table **out) {
  const regime_status status = regime_table_create(name, 2, out);
  if (status != REGIME_OK) return status;
  regime_table_add_numbers(*out, "number", NULL, NULL);
  regime_table_add_words(*out, "part", NULL);
  regime_table_add_numbers(*out, "x", NULL, NULL);
  regime_table_add_numbers(*out, "y", NULL, NULL);
  regime_table_add_numbers(*out, "dx", NULL, NULL);
  regime_table_add_numbers(*out, "dy", NULL, NULL);
  regime_table_add_words(*out, "kind", NULL);
  return REGIME_OK;
}

typedef struct row {
  size_t number;
  const char *part;
  double x, y, dx, dy;
  const char *kind;
} row;

static void put(regime_table *table, row r) {
  const double numbers[] = {r.x, r.y, r.dx, r.dy};
  regime_table_put_number(table, 0, (double)r.number);
  regime_table_put_word(table, 1, r.part);
  for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
    regime_table_put_number(table, 2 + k, numbers[k]);
  regime_table_put_word(table, 6, r.kind);
}

static void put_point(regime_table *table, size_t number, const char *part, double x, double y,
                      const char *kind) {
  put(table, (row){number, part, x, y, NAN, NAN, kind});
}

static void put_curve(regime_table *table, size_t number, const char *part, regime_curve curve,
                      const char *kind) {
  for (size_t k = 0; k < curve.n_points; k++)
    put_point(table, number, part, curve.xy[2 * k], curve.xy[2 * k + 1], kind);
}

static const char *kind_of(bool is_stable) { return is_stable ? "stable" : "unstable"; }

/* --- a figure ------------------------------------------------------------------------------------------ */

/* Commas would end a cell of the data. */
static const char *without_commas(char *text) {
  for (char *c = text; *c; c++)
    if (*c == ',') *c = ';';
  return text;
}

static const char *plots_of(const rg_cli *cli, const char *folder) {
  return rg_arena_printf(cli->arena, "%s/plots", folder);
}

/* Writes the data, which it frees, and the script under the head, which is spent; and has it drawn. */
static regime_status finish(const rg_cli *cli, const char *plots, const char *name, regime_table *data,
                            rg_text *head, const char *script, size_t *drawn) {
  regime_status status = rg_make_folders(cli->context, plots);
  if (status == REGIME_OK) status = regime_table_status(data);
  if (status == REGIME_OK)
    status = regime_write_csv(cli->context, data, rg_arena_printf(cli->arena, "%s/%s.csv", plots, name));
  regime_table_free(data);
  if (status != REGIME_OK) {
    rg_text_drop(head);
    return status;
  }
  status = rg_script_write(cli, head, script, plots, name);
  if (status == REGIME_OK) rg_script_draw(cli, plots, name, drawn);
  return status;
}

static const regime_variable *variable_of(const regime_inquiry *inquiry, size_t output) {
  const regime_model *model = regime_inquiry_model(inquiry);
  for (size_t k = 0; k < regime_model_variables(model); k++) {
    const regime_variable *v = regime_model_variable(model, k);
    if (output >= v->output && output < v->output + v->n_outputs) return v;
  }
  return NULL;
}

/* In discrete time "Y" says "Y(-1)" as well, unless there is "Y(-2)" too. */
static const char *name_of_axis(const rg_cli *cli, const regime_inquiry *inquiry, const char *state) {
  const size_t length = strcspn(state, "(");
  size_t lags = 0;
  for (size_t k = 0; k < regime_inquiry_sides(inquiry); k++) {
    const char *other = regime_inquiry_side(inquiry, k).name;
    lags += strcspn(other, "(") == length && strncmp(other, state, length) == 0;
  }
  return lags > 1 ? state : rg_arena_text_n(cli->arena, state, length);
}

static void label_axis(const rg_cli *cli, const regime_inquiry *inquiry, rg_text *head, const char *axis,
                       const char *state) {
  const char *name = rg_arena_text_n(cli->arena, state, strcspn(state, "("));
  const long output = regime_inquiry_output(inquiry, name);
  const regime_variable *v = output >= 0 ? variable_of(inquiry, (size_t)output) : NULL;
  const bool labelled = v && v->label[0] && v->n_over == 0;
  const char *shown = name_of_axis(cli, inquiry, state);
  const char *label = !labelled                  ? shown
                      : strcmp(shown, name) == 0 ? v->label
                                                 : rg_arena_printf(cli->arena, "%s, %s", v->label, shown);
  rg_head_text(head, rg_arena_printf(cli->arena, "%slabel", axis), label);
  rg_head_text(head, rg_arena_printf(cli->arena, "%sunit", axis), v ? v->unit : "");
  rg_head_text(head, rg_arena_printf(cli->arena, "%s_name", axis), shown);
}

static const char *title_of(const regime_inquiry *inquiry, const char *kind) {
  const regime_figure *figure = rg_inquiry_figure(regime_inquiry_model(inquiry), kind);
  return figure && figure->title[0] ? figure->title
                                    : regime_model_about(regime_inquiry_model(inquiry))->title;
}

/* --- diagrams ------------------------------------------------------------------------------------------ */

/* The variable on the upright axis: the one named, else the first state. */
static size_t shown_output(const regime_inquiry *inquiry, const char *variable) {
  const regime_model *model = regime_inquiry_model(inquiry);
  if (variable) return (size_t)regime_inquiry_output(inquiry, variable);
  for (size_t k = 0; k < regime_model_variables(model); k++)
    if (regime_model_variable(model, k)->kind == REGIME_STATE) return regime_model_variable(model, k)->output;
  return 0;
}

static const regime_parameter *parameter_of(const regime_inquiry *inquiry, const char *name) {
  const regime_model *model = regime_inquiry_model(inquiry);
  size_t k = 0;
  while (strcmp(regime_model_parameter(model, k)->name, name) != 0) k++;
  return regime_model_parameter(model, k);
}

/* A parameter on an axis: `speed of adjustment, alpha` says both what it is and what it is called. */
static void label_parameter(const rg_cli *cli, const regime_inquiry *inquiry, rg_text *head, const char *axis,
                            const char *name) {
  const regime_parameter *p = parameter_of(inquiry, name);
  rg_head_text(head, rg_arena_printf(cli->arena, "%slabel", axis),
               p->about[0] ? rg_arena_printf(cli->arena, "%s, %s", p->about, name) : name);
  rg_head_text(head, rg_arena_printf(cli->arena, "%sunit", axis), p->unit);
}

static void put_stability(regime_table *table, size_t number, const char *part, double x, double y,
                          bool is_stable, const char *name) {
  put(table, (row){number, part, x, y, is_stable ? 1.0 : 0.0, NAN, name});
}

/* A homoclinic orbit is marked at the saddle it comes from and goes to. */
static bool is_on_cycles(const regime_special *s) {
  return regime_special_is_of_cycle(s) && s->type != REGIME_POINT_HOMOCLINIC;
}

static bool is_special(const regime_diagram *d, size_t branch, double parameter) {
  for (size_t k = 0; k < regime_diagram_specials(d); k++) {
    const regime_special *s = regime_diagram_special(d, k);
    if (!regime_special_is_of_cycle(s) && isnan(s->second) && s->branch == branch &&
        s->parameter == parameter)
      return true;
  }
  return false;
}

/* A point at which stability changes belongs to both sides: the line of each runs up to it. */
static void put_branches(regime_table *table, const regime_diagram *d, size_t output) {
  for (size_t b = 0; b < regime_diagram_branches(d); b++)
    for (size_t k = 0; k < regime_diagram_branch(d, b)->n_points; k++) {
      const regime_branch_point *p = &regime_diagram_branch(d, b)->point[k];
      if (k > 0 && p->is_stable != p[-1].is_stable && is_special(d, b, p->parameter))
        put_stability(table, b + 1, "branch", p->parameter, p->outputs[output], p[-1].is_stable, "");
      put_stability(table, b + 1, "branch", p->parameter, p->outputs[output], p->is_stable, "");
    }
}

/* The cycle of a family behind which a special point lies, best where stability changes; 0: none. */
static size_t cycle_after(const regime_cycles *family, double parameter) {
  size_t found = 0;
  for (size_t k = 1; k < family->n_points; k++) {
    const regime_cycle_point *p = &family->point[k];
    if ((p->parameter - parameter) * (p[-1].parameter - parameter) > 0.0) continue;
    if (!found || p->is_stable != p[-1].is_stable) found = k;
  }
  return found;
}

static double height_between(const regime_cycle_point *p, double parameter, size_t output, bool high) {
  const double a = high ? p[-1].high[output] : p[-1].low[output], b = high ? p->high[output] : p->low[output];
  const double way = p->parameter - p[-1].parameter;
  return way == 0.0 ? b : a + (b - a) * (parameter - p[-1].parameter) / way;
}

/* What happens to a family between its cycles k - 1 and k, on both sides of the change. */
static void put_specials_of(regime_table *table, const regime_diagram *d, size_t c, size_t k, size_t output,
                            bool high) {
  const regime_cycles *family = regime_diagram_cycle(d, c);
  const regime_cycle_point *p = &family->point[k];
  for (size_t j = 0; j < regime_diagram_specials(d); j++) {
    const regime_special *s = regime_diagram_special(d, j);
    if (!is_on_cycles(s) || s->branch != c || cycle_after(family, s->parameter) != k) continue;
    const double height = height_between(p, s->parameter, output, high);
    for (size_t side = 0; side < 2; side++)
      put_stability(table, c + 1, high ? "cycle_high" : "cycle_low", s->parameter, height,
                    side ? p->is_stable : p[-1].is_stable, "");
  }
}

static void put_cycles(regime_table *table, const regime_diagram *d, size_t output, bool high) {
  for (size_t c = 0; c < regime_diagram_cycles(d); c++)
    for (size_t k = 0; k < regime_diagram_cycle(d, c)->n_points; k++) {
      const regime_cycle_point *p = &regime_diagram_cycle(d, c)->point[k];
      if (k > 0) put_specials_of(table, d, c, k, output, high);
      put_stability(table, c + 1, high ? "cycle_high" : "cycle_low", p->parameter,
                    high ? p->high[output] : p->low[output], p->is_stable, "");
    }
}

/* A fold may lie a little beyond the cycles found: it is marked on the nearest. */
static double nearest_height(const regime_cycles *family, double parameter, size_t output) {
  double height = NAN, nearest = INFINITY;
  for (size_t k = 0; k < family->n_points; k++) {
    const double far = fabs(family->point[k].parameter - parameter);
    if (far >= nearest) continue;
    nearest = far;
    height = family->point[k].high[output];
  }
  return height;
}

/* A point of a family of cycles is marked on their upper extremes. */
static double height_of(const regime_diagram *d, const regime_special *s, size_t output) {
  if (!is_on_cycles(s)) return s->outputs[output];
  const regime_cycles *family = regime_diagram_cycle(d, s->branch);
  const size_t k = cycle_after(family, s->parameter);
  return k ? height_between(&family->point[k], s->parameter, output, true)
           : nearest_height(family, s->parameter, output);
}

/* "fold of cycles": a figure has no column to say of what. */
static const char *name_of(const rg_cli *cli, const regime_special *s) {
  const char *text = regime_point_text(s->type);
  return is_on_cycles(s) ? rg_arena_printf(cli->arena, "%s of cycles", text) : text;
}

static void put_specials(const rg_cli *cli, regime_table *table, const regime_diagram *d, size_t output) {
  for (size_t k = 0; k < regime_diagram_specials(d); k++) {
    const regime_special *s = regime_diagram_special(d, k);
    if (isnan(s->second))
      put_point(table, k + 1, "special", s->parameter, height_of(d, s, output), name_of(cli, s));
  }
}

/* The title that is declared tells of the parameter that is declared. */
static const char *title_of_diagram(const regime_inquiry *inquiry, const char *parameter) {
  const regime_model *model = regime_inquiry_model(inquiry);
  const regime_figure *declared = rg_inquiry_figure(model, "branch");
  const bool is_other = declared && strcmp(declared->parameter, parameter) != 0;
  return is_other ? regime_model_about(model)->title : title_of(inquiry, "branch");
}

static void begin_diagram(const rg_cli *cli, const regime_inquiry *inquiry, rg_text *head, const char *name,
                          const char *parameter) {
  rg_head_begin(head, "branch", name, title_of_diagram(inquiry, parameter));
  rg_text_add(head, "is_map = %d\n", regime_model_about(regime_inquiry_model(inquiry))->step > 0.0);
  label_parameter(cli, inquiry, head, "x", parameter);
}

static regime_status draw_branches(const rg_cli *cli, const regime_inquiry *inquiry,
                                   const regime_branch_question *q, size_t output, const char *plots,
                                   size_t *drawn) {
  const regime_diagram *d = regime_inquiry_diagram(inquiry);
  rg_text head = {0};
  regime_table *table;
  const regime_status status = begin("branch", &table);
  if (status != REGIME_OK) return status;
  put_branches(table, d, output);
  put_cycles(table, d, output, false);
  put_cycles(table, d, output, true);
  put_specials(cli, table, d, output);
  begin_diagram(cli, inquiry, &head, "branch", q->parameter);
  label_axis(cli, inquiry, &head, "y", regime_inquiry_output_name(inquiry, output));
  return finish(cli, plots, "branch", table, &head, "branch.gp", drawn);
}

static regime_status draw_eigenvalues(const rg_cli *cli, const regime_inquiry *inquiry,
                                      const regime_branch_question *q, const char *plots, size_t *drawn) {
  const regime_diagram *d = regime_inquiry_diagram(inquiry);
  rg_text head = {0};
  regime_table *table;
  const regime_status status = begin("eigenvalues", &table);
  if (status != REGIME_OK) return status;
  for (size_t b = 0; b < regime_diagram_branches(d); b++)
    for (size_t k = 0; k < regime_diagram_branch(d, b)->n_points; k++) {
      const regime_branch_point *p = &regime_diagram_branch(d, b)->point[k];
      for (size_t j = 0; j < regime_inquiry_eigenvalues(inquiry); j++)
        put(table, (row){b + 1, "eigenvalue", p->parameter, p->eigen_re[j], p->eigen_im[j], NAN, ""});
    }
  begin_diagram(cli, inquiry, &head, "eigenvalues", q->parameter);
  return finish(cli, plots, "eigenvalues", table, &head, "eigenvalues.gp", drawn);
}

/* Of a curve the fifth column is its kind. */
static regime_status begin_curves(regime_table **out) {
  const regime_status status = regime_table_create("curves", 2, out);
  if (status != REGIME_OK) return status;
  regime_table_add_numbers(*out, "number", NULL, NULL);
  regime_table_add_words(*out, "part", NULL);
  regime_table_add_numbers(*out, "x", NULL, NULL);
  regime_table_add_numbers(*out, "y", NULL, NULL);
  regime_table_add_words(*out, "kind", NULL);
  regime_table_add_words(*out, "none", NULL);
  regime_table_add_words(*out, "name", NULL);
  return REGIME_OK;
}

static void put_of_curve(regime_table *table, size_t number, const char *part, double x, double y,
                         const char *kind, const char *name) {
  const char *const words[] = {kind, "", name};
  regime_table_put_number(table, 0, (double)number);
  regime_table_put_word(table, 1, part);
  regime_table_put_number(table, 2, x);
  regime_table_put_number(table, 3, y);
  for (size_t k = 0; k < sizeof words / sizeof *words; k++) regime_table_put_word(table, 4 + k, words[k]);
}

static void put_curves(regime_table *table, const regime_diagram *d) {
  for (size_t c = 0; c < regime_diagram_curves(d); c++) {
    const regime_branch *curve = regime_diagram_curve(d, c);
    for (size_t k = 0; k < curve->n_points; k++)
      put_of_curve(table, c + 1, "curve", curve->point[k].parameter, curve->point[k].second,
                   regime_point_text(curve->kind), "");
  }
  for (size_t k = 0; k < regime_diagram_specials(d); k++) {
    const regime_special *s = regime_diagram_special(d, k);
    if (!isnan(s->second))
      put_of_curve(table, k + 1, "special", s->parameter, s->second, "", regime_point_text(s->type));
  }
}

static regime_status draw_curves(const rg_cli *cli, const regime_inquiry *inquiry,
                                 const regime_branch_question *q, const char *plots, size_t *drawn) {
  const regime_diagram *d = regime_inquiry_diagram(inquiry);
  rg_text head = {0};
  regime_table *table;
  if (!q->second || regime_diagram_curves(d) == 0) return REGIME_OK;
  const regime_status status = begin_curves(&table);
  if (status != REGIME_OK) return status;
  put_curves(table, d);
  begin_diagram(cli, inquiry, &head, "curves", q->parameter);
  label_parameter(cli, inquiry, &head, "y", q->second);
  rg_head_number(&head, "x_from", fmin(q->from, q->to));
  rg_head_number(&head, "x_to", fmax(q->from, q->to));
  rg_head_number(&head, "y_from", fmin(q->second_from, q->second_to));
  rg_head_number(&head, "y_to", fmax(q->second_from, q->second_to));
  return finish(cli, plots, "curves", table, &head, "curves.gp", drawn);
}

static regime_status draw_attractors(const rg_cli *cli, const regime_inquiry *inquiry,
                                     const regime_branch_question *q, size_t output, const char *plots,
                                     size_t *drawn) {
  const regime_sweep *sweep = regime_inquiry_sweep(inquiry);
  rg_text head = {0};
  regime_table *table;
  const regime_status status = regime_table_create("attractors", 1, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_numbers(table, "parameter", NULL, NULL);
  regime_table_add_numbers(table, "value", NULL, NULL);
  for (size_t k = 0; k < sweep->n_points; k++) {
    regime_table_put_number(table, 0, sweep->parameter[k]);
    regime_table_put_number(table, 1, sweep->value[k]);
  }
  begin_diagram(cli, inquiry, &head, "attractors", q->parameter);
  label_axis(cli, inquiry, &head, "y", regime_inquiry_output_name(inquiry, output));
  return finish(cli, plots, "attractors", table, &head, "attractor.gp", drawn);
}

regime_status rg_draw_diagram(const rg_cli *cli, const regime_inquiry *inquiry,
                              const regime_branch_question *question, const char *variable,
                              const char *folder, size_t *drawn) {
  const char *plots = plots_of(cli, folder);
  const size_t output = shown_output(inquiry, variable);
  if (regime_inquiry_sweep(inquiry)) return draw_attractors(cli, inquiry, question, output, plots, drawn);
  if (!regime_inquiry_diagram(inquiry)) return REGIME_OK;
  regime_status status = draw_branches(cli, inquiry, question, output, plots, drawn);
  if (status == REGIME_OK) status = draw_eigenvalues(cli, inquiry, question, plots, drawn);
  if (status == REGIME_OK) status = draw_curves(cli, inquiry, question, plots, drawn);
  return status;
}

/* --- lines --------------------------------------------------------------------------------------------- */

/* "growth of productivity": what rests on a line. */
static const char *line_name(const rg_cli *cli, const regime_inquiry *inquiry, const char *variable) {
  const long output = regime_inquiry_output(inquiry, variable);
  const regime_variable *v = output >= 0 ? variable_of(inquiry, (size_t)output) : NULL;
  return without_commas(rg_arena_printf(cli->arena, "%s at rest", v && v->label[0] ? v->label : variable));
}

/* Both lines across a window around all crossings: an end further on each side than they are apart, and zero.
 */
static void find_window(const regime_inquiry *inquiry, size_t figure, double window[2]) {
  const size_t n = regime_steady_count(regime_inquiry_steady(inquiry));
  window[0] = window[1] = 0.0;
  for (size_t k = 0; k < n; k++) {
    const double x = regime_inquiry_lines(inquiry, k, figure).x;
    window[0] = fmin(window[0], x);
    window[1] = fmax(window[1], x);
  }
  const double air = window[1] > window[0] ? 0.6 * (window[1] - window[0]) : 1.0;
  if (window[1] > 0.0) window[1] += air;
  if (window[0] < 0.0 || window[1] == 0.0) window[0] -= air;
}

static void put_line(regime_table *table, size_t number, regime_lines l, double slope, const double window[2],
                     const char *name) {
  for (size_t k = 0; k < 2; k++)
    put_point(table, number, "line", window[k], l.y + slope * (window[k] - l.x), name);
}

static void put_crossings(const rg_cli *cli, const regime_inquiry *inquiry, size_t figure,
                          regime_table *table) {
  const regime_steady *steady = regime_inquiry_steady(inquiry);
  double window[2];
  find_window(inquiry, figure, window);
  for (size_t k = 0; k < regime_steady_count(steady); k++) {
    const regime_lines l = regime_inquiry_lines(inquiry, k, figure);
    put_line(table, 2 * k + 1, l, l.y_slope, window, line_name(cli, inquiry, l.figure->y));
    put_line(table, 2 * k + 2, l, 1.0 / l.x_slope, window, line_name(cli, inquiry, l.figure->x));
    put_stability(table, k + 1, "crossing", l.x, l.y, regime_steady_at(steady, k)->is_stable, "");
  }
}

static regime_status draw_figure_of_lines(const rg_cli *cli, const regime_inquiry *inquiry, size_t figure,
                                          const char *plots, size_t *drawn) {
  const regime_figure *f = regime_inquiry_lines(inquiry, 0, figure).figure;
  rg_text head = {0};
  regime_table *table;
  const regime_status status = begin(f->name, &table);
  if (status != REGIME_OK) return status;
  put_crossings(cli, inquiry, figure, table);
  const char *name = rg_file_name(cli, f->name);
  rg_head_begin(&head, "lines", name, f->title);
  label_axis(cli, inquiry, &head, "x", f->x);
  label_axis(cli, inquiry, &head, "y", f->y);
  return finish(cli, plots, name, table, &head, "lines.gp", drawn);
}

regime_status rg_draw_lines(const rg_cli *cli, const regime_inquiry *inquiry, const char *folder,
                            size_t *drawn) {
  regime_status status = REGIME_OK;
  if (!regime_inquiry_steady(inquiry) || regime_steady_count(regime_inquiry_steady(inquiry)) == 0)
    return REGIME_OK;
  for (size_t f = 0; f < regime_inquiry_figures(inquiry) && status == REGIME_OK; f++)
    status = draw_figure_of_lines(cli, inquiry, f, plots_of(cli, folder), drawn);
  return status;
}

/* --- portraits ----------------------------------------------------------------------------------------- */

static void put_field(regime_table *table, const regime_portrait *p) {
  for (size_t j = 0; j < p->arrows; j++)
    for (size_t i = 0; i < p->arrows; i++)
      put(table,
          (row){1, "field", p->at_x[i], p->at_y[j], p->dx[j * p->arrows + i], p->dy[j * p->arrows + i], ""});
}

/* Cells no attractor takes have the number 0. */
static void put_basins(regime_table *table, const regime_basins *b) {
  for (size_t j = 0; b && j < b->n_y; j++)
    for (size_t i = 0; i < b->n_x; i++) {
      const regime_fate fate = b->fate[j * b->n_x + i];
      put_point(table, fate.number == SIZE_MAX ? 0 : fate.number + 1, "basin", b->at_x[i], b->at_y[j],
                regime_fate_text(fate.kind));
    }
  for (size_t k = 0; b && k < b->n_attractors; k++)
    if (b->attractor[k].kind == REGIME_FATE_BOUNDED)
      put_curve(table, k + 1, "bounded", b->attractor[k].curve, "");
}

/* What does not settle is no cycle: of a map dots, as an invariant circle, of a flow a path. */
static const char *part_of_loop(const regime_portrait *p, const regime_loop *loop) {
  if (loop->kind == REGIME_FATE_CYCLE) return "cycle";
  return p->is_map ? "bounded" : "bounded_path";
}

static void put_portrait(regime_table *table, const regime_portrait *p) {
  for (size_t k = 0; k < p->n_trajectories; k++)
    put_curve(table, k + 1, p->is_map ? "orbit" : "trajectory", p->trajectory[k].curve, "");
  for (size_t k = 0; k < p->n_nullclines; k++)
    put_curve(table, k + 1, p->nullcline[k].state == p->x ? "x_nullcline" : "y_nullcline",
              p->nullcline[k].curve, "");
  for (size_t k = 0; k < p->n_manifolds; k++)
    put_curve(table, k + 1, p->manifold[k].is_stable ? "stable_manifold" : "unstable_manifold",
              p->manifold[k].curve, "");
  for (size_t k = 0; k < p->n_cycles; k++)
    put_curve(table, k + 1, part_of_loop(p, &p->cycle[k]), p->cycle[k].curve, kind_of(p->cycle[k].is_stable));
  for (size_t k = 0; k < p->n_equilibria; k++)
    put_point(table, k + 1, "equilibrium", p->equilibrium[k]->state[p->x], p->equilibrium[k]->state[p->y],
              regime_rest_text(p->equilibrium[k]->type));
}

static void set_window(rg_text *head, regime_side x, regime_side y) {
  rg_head_number(head, "x_from", x.low);
  rg_head_number(head, "x_to", x.high);
  rg_head_number(head, "y_from", y.low);
  rg_head_number(head, "y_to", y.high);
}

void rg_inquiry_remove_figures(const rg_cli *cli, const char *folder) {
  static const char *const figures[] = {"branch", "eigenvalues", "curves", "attractors", "portrait"};
  static const char *const ends[] = {"csv", "gp", "png", "svg", "pdf"};
  for (size_t f = 0; f < sizeof figures / sizeof *figures; f++)
    for (size_t e = 0; e < sizeof ends / sizeof *ends; e++)
      remove(rg_arena_printf(cli->arena, "%s/plots/%s.%s", folder, figures[f], ends[e]));
}

/* "basin of (-1, 0)": of what every start in it comes to. */
static void name_basins(const rg_cli *cli, rg_text *head, const regime_basins *b) {
  if (!b || b->n_attractors == 0) return;
  rg_text_add(head, "array basin_names[%zu] = [", b->n_attractors);
  for (size_t k = 0; k < b->n_attractors; k++) {
    const regime_attractor *a = &b->attractor[k];
    const bool rests = a->kind == REGIME_FATE_EQUILIBRIUM;
    rg_text_add(head, "%s", k ? ", " : "");
    rg_head_quoted(head,
                   rests ? rg_arena_printf(cli->arena, "basin of (%.3g, %.3g)", rg_tidy(a->state[b->x], 1.0),
                                           rg_tidy(a->state[b->y], 1.0))
                         : rg_arena_printf(cli->arena, "basin %zu: %s", k + 1, regime_fate_text(a->kind)));
  }
  rg_text_add(head, "]\n");
}

regime_status rg_draw_portrait(const rg_cli *cli, const regime_inquiry *inquiry, const char *folder,
                               size_t *drawn) {
  const regime_portrait *p = regime_inquiry_portrait(inquiry);
  const regime_side x = regime_inquiry_side(inquiry, p->x), y = regime_inquiry_side(inquiry, p->y);
  rg_text head = {0};
  regime_table *table;
  const regime_status status = begin("portrait", &table);
  if (status != REGIME_OK) return status;
  put_basins(table, regime_inquiry_basins(inquiry));
  put_field(table, p);
  put_portrait(table, p);
  rg_head_begin(&head, "portrait", "portrait", title_of(inquiry, "portrait"));
  rg_text_add(&head, "is_map = %d\n", p->is_map);
  label_axis(cli, inquiry, &head, "x", x.name);
  label_axis(cli, inquiry, &head, "y", y.name);
  set_window(&head, x, y);
  name_basins(cli, &head, regime_inquiry_basins(inquiry));
  return finish(cli, plots_of(cli, folder), "portrait", table, &head, "portrait.gp", drawn);
}

/* --- tornadoes ----------------------------------------------------------------------------------------- */

enum { MOST_TORNADOES = 8, MOST_BARS = 16 };

/* How the tables of the three kinds are drawn: columns of the effect, its interval, and what stands beside.
 */
static const struct {
  const char *table, *effect, *from, *to, *second, *label, *second_label;
} tornadoes[] = {
    [REGIME_LOCAL] = {"elasticities", "effect", NULL, NULL, NULL, "", ""},
    [REGIME_MORRIS] = {"effects", "mu_star", NULL, NULL, "sigma", "Mean size of effects",
                       "their standard deviation"},
    [REGIME_SOBOL] = {"indices", "total", "total_from", "total_to", "first",
                      "Share of the variance, with others", "alone"},
};

static double named_number(const regime_table *table, size_t line, const char *column) {
  for (size_t k = 0; column && k < regime_table_columns(table); k++)
    if (strcmp(regime_table_column_name(table, k), column) == 0) return regime_table_number(table, line, k);
  return NAN;
}

/* What rows of a number mean; "" where there are none. */
static const char *measure_in(const regime_table *rows, const char *of) {
  for (size_t k = 0; k < regime_table_rows(rows); k++)
    if (strcmp(regime_table_word(rows, k, 0), of) == 0) return regime_table_word(rows, k, 2);
  return "";
}

static void put_bars(const rg_cli *cli, const regime_influence *influence, const char *of,
                     const char *measure, regime_table *out) {
  const size_t kind = regime_influence_of(influence);
  const regime_table *rows = regime_influence_table_named(influence, tornadoes[kind].table);
  const char *const columns[] = {tornadoes[kind].effect, tornadoes[kind].from, tornadoes[kind].to,
                                 tornadoes[kind].second};
  for (size_t k = 0; k < regime_table_rows(rows) && regime_table_rows(out) < MOST_BARS; k++) {
    if (strcmp(regime_table_word(rows, k, 0), of) != 0 || isnan(named_number(rows, k, columns[0]))) continue;
    if (named_number(rows, k, columns[0]) == 0.0) continue;
    if (measure && strcmp(regime_table_word(rows, k, 2), measure) != 0) continue;
    regime_table_put_number(out, 0, (double)(regime_table_rows(out) + 1));
    regime_table_put_word(out, 1,
                          without_commas(rg_arena_printf(cli->arena, "%s", regime_table_word(rows, k, 1))));
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
      regime_table_put_number(out, 2 + c, named_number(rows, k, columns[c]));
  }
}

static regime_status draw_tornado(const rg_cli *cli, const regime_influence *influence, size_t number,
                                  const char *plots, size_t *drawn) {
  const size_t kind = regime_influence_of(influence);
  const char *of = regime_influence_output(influence, number);
  const char *measure = kind == REGIME_LOCAL ? measure_in(regime_influence_table(influence, 0), of) : NULL;
  const char *name = rg_arena_printf(cli->arena, "tornado-%zu", number + 1);
  const char *const heads[] = {"effect", "low", "high", "second"};
  rg_text head = {0};
  regime_table *table;
  const regime_status status = regime_table_create(name, 2, &table);
  if (status != REGIME_OK) return status;
  regime_table_add_numbers(table, "number", NULL, NULL);
  regime_table_add_words(table, "parameter", NULL);
  for (size_t k = 0; k < sizeof heads / sizeof *heads; k++)
    regime_table_add_numbers(table, heads[k], NULL, NULL);
  put_bars(cli, influence, of, measure, table);
  if (regime_table_rows(table) == 0) {
    regime_table_free(table);
    return REGIME_OK;
  }
  rg_head_begin(&head, "tornado", name, of);
  rg_head_text(&head, "xlabel", measure ? measure : tornadoes[kind].label);
  rg_head_text(&head, "second_label", tornadoes[kind].second_label);
  return finish(cli, plots, name, table, &head, "tornado.gp", drawn);
}

regime_status rg_draw_tornadoes(const rg_cli *cli, const regime_influence *influence, const char *folder,
                                size_t *drawn) {
  const size_t n = regime_influence_outputs(influence);
  regime_status status = REGIME_OK;
  for (size_t k = 0; k < n && k < MOST_TORNADOES && status == REGIME_OK; k++)
    status = draw_tornado(cli, influence, k, plots_of(cli, folder), drawn);
  return status;
}
