/* show_latex.c — the equations as an align environment, letters and sums as in a paper.
 *
 * Set from the trees, not from the graph: a reader wants \sum_{j \ne i}, not nine terms.
 */
#include "model/builtins.h"
#include "model/show.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How tightly an expression holds together, loosest first. */
typedef enum strength {
  LOOSE,
  TRUTHS,
  COMPARISON,
  SUMS,
  OVER_INDEX,
  SIGNED,
  PRODUCTS,
  POWERS,
  ATOM
} strength;

static void set_tree(const regime_model *m, const rg_tree *tree, strength needed, rg_text *out);

/* --- names --------------------------------------------------------------------------------------------- */

static const char *const greek[] = {"alpha", "beta",  "gamma",   "delta",  "epsilon", "zeta",   "eta",
                                    "theta", "iota",  "kappa",   "lambda", "mu",      "nu",     "xi",
                                    "pi",    "rho",   "sigma",   "tau",    "upsilon", "phi",    "chi",
                                    "psi",   "omega", "Gamma",   "Delta",  "Theta",   "Lambda", "Xi",
                                    "Pi",    "Sigma", "Upsilon", "Phi",    "Psi",     "Omega"};

static bool is_greek(const char *name, size_t length) {
  for (size_t k = 0; k < sizeof greek / sizeof *greek; k++)
    if (strlen(greek[k]) == length && !strncmp(greek[k], name, length)) return true;
  return false;
}

static void set_letters(const char *name, size_t length, rg_text *out) {
  if (is_greek(name, length))
    rg_text_add(out, "\\%.*s", (int)length, name);
  else if (length == 1)
    rg_text_add(out, "%c", name[0]);
  else
    rg_text_add(out, "\\mathit{%.*s}", (int)length, name);
}

/* "phi0" is phi with the subscript 0, "wage_share" one word; what stands after the first underscore of a
 * greek or single letter is its subscript. Subscripts of the name come before the indices. */
static void set_name(const char *name, bool rate, const char *indices, rg_text *out) {
  const size_t length = strlen(name), letters = strcspn(name, "_0123456789");
  const char *rest = name + letters + (name[letters] == '_');
  const bool subscript = letters > 0 && letters < length &&
                         (letters == 1 || is_greek(name, letters) || isdigit((unsigned char)name[letters]));
  rg_text_add(out, rate ? "\\dot{" : "");
  if (subscript)
    set_letters(name, letters, out);
  else if (!strchr(name, '_'))
    set_letters(name, length, out);
  else {
    rg_text_add(out, "\\mathit{");
    for (const char *c = name; *c; c++) rg_text_add(out, *c == '_' ? "\\_" : "%c", *c);
    rg_text_add(out, "}");
  }
  rg_text_add(out, rate ? "}" : "");
  if (subscript && strlen(rest) > 1) {
    rg_text_add(out, "_{\\mathit{");
    for (const char *c = rest; *c; c++) rg_text_add(out, *c == '_' ? "\\_" : "%c", *c);
    rg_text_add(out, "}%s%s}", indices[0] ? "," : "", indices);
  } else if (subscript || indices[0])
    rg_text_add(out, "_{%s%s%s}", subscript ? rest : "", subscript && indices[0] ? "," : "", indices);
}

static void add_index(const regime_model *m, const rg_tree *index, bool first, char *room, size_t size) {
  const bool letter = rg_scope_find(&m->scope, index->name).kind == RG_IS_LETTER;
  const size_t used = strlen(room);
  snprintf(room + used, size - used, "%s%s%s%s", first ? "" : ",", letter ? "" : "\\mathrm{", index->name,
           letter ? "" : "}");
}

static void set_quantity(const regime_model *m, const rg_tree *tree, rg_text *out) {
  char indices[256] = "";
  for (size_t k = 0; k < tree->n_index; k++) add_index(m, tree->index[k], k == 0, indices, sizeof indices);
  set_name(tree->name, tree->prime, indices, out);
}

/* --- calls --------------------------------------------------------------------------------------------- */

static void set_arguments(const regime_model *m, const rg_tree *call, rg_text *out) {
  rg_text_add(out, "\\left(");
  for (size_t k = 0; k < call->n_args; k++) {
    rg_text_add(out, k ? ", " : "");
    set_tree(m, call->args[k], LOOSE, out);
  }
  rg_text_add(out, "\\right)");
}

static void set_over_index(const regime_model *m, rg_builtin builtin, const rg_tree *call, rg_text *out) {
  rg_text_add(out, "%s_{",
              builtin == RG_BUILTIN_SUM    ? "\\sum"
              : builtin == RG_BUILTIN_PROD ? "\\prod"
              : builtin == RG_BUILTIN_MIN  ? "\\min"
              : builtin == RG_BUILTIN_MAX  ? "\\max"
                                           : "\\operatorname*{mean}");
  set_tree(m, call->args[0], LOOSE, out);
  rg_text_add(out, "} ");
  set_tree(m, call->args[1], PRODUCTS, out);
}

static void set_if(const regime_model *m, const rg_tree *call, rg_text *out) {
  rg_text_add(out, "\\begin{cases} ");
  set_tree(m, call->args[1], LOOSE, out);
  rg_text_add(out, " & \\text{if } ");
  set_tree(m, call->args[0], LOOSE, out);
  rg_text_add(out, " \\\\ ");
  set_tree(m, call->args[2], LOOSE, out);
  rg_text_add(out, " & \\text{otherwise} \\end{cases}");
}

static void set_between(const regime_model *m, const char *open, const rg_tree *tree, const char *close,
                        rg_text *out) {
  rg_text_add(out, "%s", open);
  set_tree(m, tree, LOOSE, out);
  rg_text_add(out, "%s", close);
}

/* \exp and its like exist for these; other functions are set in upright letters. */
static bool has_command(const char *name) {
  static const char *const known[] = {"exp", "log", "sin", "cos", "tan", "tanh", "min", "max"};
  for (size_t k = 0; k < sizeof known / sizeof *known; k++)
    if (!strcmp(known[k], name)) return true;
  return false;
}

static void set_function(const regime_model *m, const rg_tree *call, bool builtin, rg_text *out) {
  if (builtin && has_command(call->name))
    rg_text_add(out, "\\%s", call->name);
  else if (builtin)
    rg_text_add(out, "\\operatorname{%s}", call->name);
  else
    set_name(call->name, false, "", out);
  set_arguments(m, call, out);
}

static void set_call(const regime_model *m, const rg_tree *call, rg_text *out) {
  const rg_meaning meaning = rg_scope_find_called(&m->scope, call->name);
  const bool builtin = meaning.kind == RG_IS_BUILTIN;
  if (builtin && rg_builtin_over_index(&m->scope, (rg_builtin)meaning.number, call)) {
    set_over_index(m, (rg_builtin)meaning.number, call, out);
    return;
  }
  switch (builtin ? (rg_builtin)meaning.number : RG_BUILTIN_COUNT) {
  case RG_BUILTIN_IF: set_if(m, call, out); break;
  case RG_BUILTIN_ABS: set_between(m, "\\left|", call->args[0], "\\right|", out); break;
  case RG_BUILTIN_SQRT: set_between(m, "\\sqrt{", call->args[0], "}", out); break;
  case RG_BUILTIN_FLOOR: set_between(m, "\\left\\lfloor ", call->args[0], "\\right\\rfloor", out); break;
  default: set_function(m, call, builtin, out);
  }
}

/* A sum over an index reaches as far to the right as it can: it needs brackets as a factor. */
static strength strength_of_call(const regime_model *m, const rg_tree *call) {
  const rg_meaning meaning = rg_scope_find_called(&m->scope, call->name);
  const bool over =
      meaning.kind == RG_IS_BUILTIN && rg_builtin_over_index(&m->scope, (rg_builtin)meaning.number, call);
  return over ? OVER_INDEX : ATOM;
}

/* --- operators ----------------------------------------------------------------------------------------- */

typedef struct form {
  strength is, left, right;
  const char *between;
} form;

static const form forms[] = {
    [RG_PLUS] = {SUMS, SUMS, OVER_INDEX, " + "},
    [RG_MINUS] = {SUMS, SUMS, OVER_INDEX, " - "},
    [RG_TIMES] = {PRODUCTS, SIGNED, PRODUCTS, " \\, "},
    [RG_LESS] = {COMPARISON, SUMS, SUMS, " < "},
    [RG_LESS_EQUAL] = {COMPARISON, SUMS, SUMS, " \\le "},
    [RG_GREATER] = {COMPARISON, SUMS, SUMS, " > "},
    [RG_GREATER_EQUAL] = {COMPARISON, SUMS, SUMS, " \\ge "},
    [RG_EQUAL] = {COMPARISON, SUMS, SUMS, " = "},
    [RG_NOT_EQUAL] = {COMPARISON, SUMS, SUMS, " \\ne "},
    [RG_AND] = {TRUTHS, COMPARISON, COMPARISON, " \\land "},
    [RG_OR] = {TRUTHS, COMPARISON, COMPARISON, " \\lor "},
};

static strength strength_of(const regime_model *m, const rg_tree *tree) {
  if (tree->kind == RG_TREE_CALL) return strength_of_call(m, tree);
  if (tree->kind == RG_TREE_UNARY) return tree->op == RG_NOT ? TRUTHS : SIGNED;
  if (tree->kind != RG_TREE_BINARY) return ATOM;
  if (tree->op == RG_IN) return COMPARISON;
  if (tree->op == RG_POWER) return POWERS;
  return tree->op == RG_DIVIDE ? POWERS : forms[tree->op].is;
}

static void set_binary(const regime_model *m, const rg_tree *tree, rg_text *out) {
  const rg_tree *left = tree->args[0], *right = tree->args[1];
  if (tree->op == RG_DIVIDE) {
    set_between(m, "\\frac{", left, "}", out);
    set_between(m, "{", right, "}", out);
  } else if (tree->op == RG_POWER) {
    set_tree(m, left, ATOM, out);
    set_between(m, "^{", right, "}", out);
  } else if (tree->op == RG_IN)
    rg_text_add(out, "%s \\in \\mathrm{%s}", left->name, right->name);
  else {
    const bool numbers = tree->op == RG_TIMES && right->kind == RG_TREE_NUMBER;
    set_tree(m, left, forms[tree->op].left, out);
    rg_text_add(out, "%s", numbers ? " \\cdot " : forms[tree->op].between);
    set_tree(m, right, forms[tree->op].right, out);
  }
}

static void set_unary(const regime_model *m, const rg_tree *tree, rg_text *out) {
  rg_text_add(out, "%s", tree->op == RG_NOT ? "\\lnot " : tree->op == RG_MINUS ? "-" : "");
  set_tree(m, tree->args[0], PRODUCTS, out);
}

/* 1e-05 as 10^{-5} */
static void set_number(double value, rg_text *out) {
  char buffer[32];
  rg_text_number(value, buffer);
  char *exponent = strchr(buffer, 'e');
  if (!exponent) {
    rg_text_add(out, "%s", buffer);
    return;
  }
  *exponent = '\0';
  if (strcmp(buffer, "1") != 0) rg_text_add(out, "%s \\cdot ", buffer);
  rg_text_add(out, "10^{%ld}", strtol(exponent + 1, NULL, 10));
}

static void set_bare(const regime_model *m, const rg_tree *tree, rg_text *out) {
  switch (tree->kind) {
  case RG_TREE_NUMBER: set_number(tree->number, out); break;
  case RG_TREE_NAME: set_quantity(m, tree, out); break;
  case RG_TREE_CALL: set_call(m, tree, out); break;
  case RG_TREE_UNARY: set_unary(m, tree, out); break;
  default: set_binary(m, tree, out);
  }
}

static void set_tree(const regime_model *m, const rg_tree *tree, strength needed, rg_text *out) {
  const bool brackets = strength_of(m, tree) < needed;
  rg_text_add(out, brackets ? "\\left(" : "");
  set_bare(m, tree, out);
  rg_text_add(out, brackets ? "\\right)" : "");
}

/* --- statements ---------------------------------------------------------------------------------------- */

static void set_left(const regime_model *m, const rg_statement *s, rg_text *out) {
  rg_tree left = *s->left;
  left.prime = s->kind == RG_RATE;
  if (s->kind == RG_FUNCTION)
    set_call(m, s->left, out);
  else
    set_quantity(m, &left, out);
  rg_text_add(out, s->kind == RG_INIT ? "(0)" : "");
}

void rg_show_latex(const regime_model *m, rg_text *out) {
  rg_text_add(out, "\\begin{align}\n");
  for (size_t k = 0; k < m->statements.count; k++) {
    const rg_statement *s = &m->statements.items[k];
    rg_text_add(out, "  ");
    set_left(m, s, out);
    rg_text_add(out, " &= ");
    set_tree(m, s->right, LOOSE, out);
    rg_text_add(out, "%s\n", k + 1 < m->statements.count ? " \\\\" : "");
  }
  rg_text_add(out, "\\end{align}\n");
}
