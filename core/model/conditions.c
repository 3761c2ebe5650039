/* conditions.c — identities and phases from their declarations. */
#include "model/conditions.h"

static const rg_tree *read_one(rg_checker *checker, const rg_check_input *in, rg_written written,
                               rg_sort want) {
  if (!written.text) return NULL;
  const rg_tree *tree = rg_parse_expression(in->context, in->scope->arena, in->statements, written.text,
                                            written.file, written.line);
  if (tree) rg_check_expression(checker, tree, want);
  return tree;
}

void rg_conditions_read(rg_checker *checker, const rg_check_input *in, const rg_declarations *declared,
                        rg_conditions *out) {
  rg_arena *arena = in->scope->arena;
  const size_t n = declared->identities.count, m = declared->phases.count;
  *out = (rg_conditions){.n_identities = n,
                         .n_phases = m,
                         .identity = RG_NEW_ARRAY(arena, regime_identity, n),
                         .phase = RG_NEW_ARRAY(arena, const char *, m),
                         .tree = RG_NEW_ARRAY(arena, const rg_tree *, n + m),
                         .node = RG_NEW_ARRAY(arena, rg_node, n + m)};
  for (size_t k = 0; k < n; k++) {
    const rg_identity_decl *d = &declared->identities.items[k];
    out->identity[k] = (regime_identity){d->name.text, d->expression.text, d->tolerance};
    out->tree[k] = read_one(checker, in, d->expression, RG_SORT_NUMBER);
  }
  for (size_t k = 0; k < m; k++) {
    const rg_phase_decl *d = &declared->phases.items[k];
    out->phase[k] = d->name.text;
    out->tree[n + k] = read_one(checker, in, d->when, RG_SORT_TRUTH);
  }
}

void rg_conditions_lower(rg_lowerer *l, rg_conditions *c) {
  for (size_t k = 0; k < c->n_identities + c->n_phases; k++) c->node[k] = rg_lower(l, c->tree[k]);
}

void rg_conditions_inline(rg_inliner *inliner, rg_conditions *c) {
  for (size_t k = 0; k < c->n_identities + c->n_phases; k++) c->node[k] = rg_inline_node(inliner, c->node[k]);
}
