/* show.c — the model printed at its stages, but for text (show_text.c) and LaTeX (show_latex.c). */
#include "model/show.h"

#include <stdlib.h>
#include <string.h>

/* --- graph: who depends on whom, variable by variable -------------------------------------------------- */

/* Whom a symbol speaks of: a variable, a path (counted after the variables), or SIZE_MAX, nobody. A rate of
 * change speaks of what changes; that of an expression `d(...)` is looked into. */
static size_t subject(const regime_model *m, uint32_t symbol, bool *reached) {
  const rg_definitions *d = &m->definitions;
  if (!rg_is_definition(symbol) && !rg_is_state(d, symbol)) return SIZE_MAX;
  size_t k = rg_is_definition(symbol) ? rg_definition_of(symbol)
             : rg_is_lag(d, symbol)   ? d->lags.items[symbol - d->layout.lag].definition
                                      : rg_state_of(d, symbol);
  while (k >= d->n_cells + d->n_paths && d->items.items[k].base != RG_NO_DEFINITION)
    k = d->items.items[k].base;
  if (k < d->n_cells) return m->equations.cell[k].variable;
  if (k < d->n_cells + d->n_paths) return m->equations.variables.count + (k - d->n_cells);
  reached[d->items.items[k].written] = true;
  return SIZE_MAX;
}

/* Which variables and paths stand in the equations of a variable. `reached` has room for a flag a node. */
static void find_uses(const regime_model *m, const rg_variable *v, bool *reached, bool *uses) {
  const rg_node size = rg_graph_size(m->graph);
  memset(reached, 0, size * sizeof *reached);
  for (size_t k = 0; k < v->family.count; k++)
    reached[m->definitions.items.items[v->family.first + k].written] = true;
  for (rg_node node = size; node-- > 0;) {
    if (!reached[node]) continue;
    for (size_t k = 0; k < rg_node_arity(m->graph, node); k++)
      reached[rg_node_operand(m->graph, node, k)] = true;
    if (rg_node_op(m->graph, node) != RG_OP_SYMBOL) continue;
    const size_t used = subject(m, rg_node_symbol(m->graph, node), reached);
    if (used != SIZE_MAX) uses[used] = true;
  }
}

static const char *shape_of(regime_kind kind) {
  return kind == REGIME_STATE ? "box" : kind == REGIME_CONSTANT ? "plaintext" : "ellipse";
}

static void show_nodes(const regime_model *m, rg_text *out) {
  for (size_t k = 0; k < m->equations.variables.count; k++)
    rg_text_add(out, "  \"%s\" [shape=%s];\n", m->variables[k].name, shape_of(m->variables[k].kind));
  for (size_t k = 0; k < m->parameters.n_paths; k++)
    rg_text_add(out, "  \"%s\" [shape=parallelogram];\n",
                m->parameters.entry[m->parameters.first_path + k].name);
}

/* Variables whose equations are solved together are drawn together. */
static void show_blocks(const regime_model *m, bool *is_in, rg_text *out) {
  const size_t n = m->equations.variables.count;
  for (size_t b = 0; b < m->simultaneous.n_blocks; b++) {
    memset(is_in, 0, n);
    for (size_t k = 0; k < m->simultaneous.block[b].n; k++) {
      const size_t definition = m->inlined.unknowns.items[m->simultaneous.equations[b].first + k];
      if (definition < m->definitions.n_cells) is_in[m->equations.cell[definition].variable] = true;
    }
    rg_text_add(out, "  subgraph cluster_%zu {\n    label=\"block of %zu\";\n", b + 1,
                m->simultaneous.block[b].n);
    for (size_t v = 0; v < n; v++)
      if (is_in[v]) rg_text_add(out, "    \"%s\";\n", m->variables[v].name);
    rg_text_add(out, "  }\n");
  }
}

static const char *subject_name(const regime_model *m, size_t k) {
  const size_t n = m->equations.variables.count;
  return k < n ? m->variables[k].name : m->parameters.entry[m->parameters.first_path + k - n].name;
}

static void show_arrows(const regime_model *m, bool *reached, bool *uses, rg_text *out) {
  const size_t n = m->equations.variables.count, n_all = n + m->parameters.n_paths;
  for (size_t k = 0; k < n; k++) {
    memset(uses, 0, n_all);
    find_uses(m, &m->equations.variables.items[k], reached, uses);
    for (size_t j = 0; j < n_all; j++)
      if (uses[j]) rg_text_add(out, "  \"%s\" -> \"%s\";\n", subject_name(m, j), m->variables[k].name);
  }
}

void rg_show_graph(const regime_model *m, rg_text *out) {
  bool *reached = calloc(rg_graph_size(m->graph) + 1, sizeof *reached);
  bool *uses = calloc(m->equations.variables.count + m->parameters.n_paths + 1, sizeof *uses);
  rg_text_add(
      out,
      "// States are boxes, auxiliaries ellipses, paths parallelograms; an arrow goes from what is used "
      "to what uses it.\ndigraph \"%s\" {\n  rankdir=LR;\n",
      m->info.name);
  show_nodes(m, out);
  if (uses) show_blocks(m, uses, out);
  if (reached && uses)
    show_arrows(m, reached, uses, out);
  else
    out->failed = true;
  rg_text_add(out, "}\n");
  free(reached);
  free(uses);
}

/* --- scalar equations, partial derivatives, program ---------------------------------------------------- */

static void print(const regime_model *m, rg_node node, rg_text *out) {
  rg_print(m->graph, node, rg_model_symbol_name, (void *)m, out);
}

static void show_definition(const regime_model *m, const char *name, rg_node node, rg_text *out) {
  rg_text_add(out, "%s = ", name);
  print(m, node, out);
  rg_text_add(out, "\n");
}

void rg_show_expanded(const regime_model *m, rg_text *out) {
  const rg_definitions *d = &m->definitions;
  for (size_t k = 0; k < d->n_states; k++) {
    if (m->is_discrete && !m->starts.has_state[k]) continue;
    rg_text_add(out, "init ");
    show_definition(m, m->start_names[k], m->init[k], out);
  }
  for (size_t k = 0; k < d->n_cells; k++)
    show_definition(m, d->items.items[k].name, d->items.items[k].written, out);
  for (size_t k = d->n_cells + d->n_paths; k < d->items.count; k++)
    show_definition(m, d->items.items[k].name, d->items.items[k].written, out);
}

/* A rate is a function of states and auxiliaries, and these of others: the chain rule makes the Jacobian of
 * all. */
void rg_show_derivatives(const regime_model *m, rg_text *out) {
  const rg_jacobian *j = &m->jacobian;
  for (size_t k = 0; k < j->written.count; k++) {
    rg_text_add(out, "d(%s)/d(%s) = ", m->definitions.items.items[j->of.items[k]].name,
                rg_model_symbol_name((void *)m, j->by.items[k]));
    print(m, j->written.items[k], out);
    rg_text_add(out, "\n");
  }
}

void rg_show_program(const regime_model *m, rg_text *out) {
  rg_program_list(m->programs.rate, rg_model_symbol_name, (void *)m, out);
}

regime_status regime_model_print(const regime_model *model, regime_view view, char **out) {
  static void (*const views[])(const regime_model *,
                               rg_text *) = {[REGIME_VIEW_TEXT] = rg_show_text,
                                             [REGIME_VIEW_LATEX] = rg_show_latex,
                                             [REGIME_VIEW_GRAPH] = rg_show_graph,
                                             [REGIME_VIEW_EXPANDED] = rg_show_expanded,
                                             [REGIME_VIEW_DERIVATIVES] = rg_show_derivatives,
                                             [REGIME_VIEW_PROGRAM] = rg_show_program,
                                             [REGIME_VIEW_MATRIX] = rg_show_matrices};
  rg_text text = {0};
  rg_text_add(&text, "%s", "");
  views[view](model, &text);
  return rg_text_finish(&text, out);
}
