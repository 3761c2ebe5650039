/* inline.h — definitions put in the place of their names, in an order that works.
 *
 * Afterwards every definition has a value in terms of inputs only. Auxiliaries that depend on parameters
 * alone are *constants*: they become inputs themselves, computed once at the start. Constants may go in a
 * circle, as a calibration does; such a block is solved by Newton's method when a run begins.
 *
 * The members of any other circle become inputs too, *unknowns*: simultaneous.h.
 */
#ifndef RG_INLINE_H
#define RG_INLINE_H

#include "model/definitions.h"
#include "model/order.h"

typedef struct rg_inlined {
  rg_needs needs;
  rg_order order;
  const bool *is_constant; /* of each definition */
  rg_node *value;          /* of each definition, in terms of inputs */
  size_t n_constants;
  const size_t *constant_definition; /* of constant k, input layout.constant + k */
  rg_node *constant_value; /* of each explicit constant, in terms of parameters and of constants that go in
                              circles */
  const uint32_t *constant_symbol; /* of each definition that is a constant: its input */
  const size_t *unknown;           /* of each definition: input layout.unknown + this, or RG_NO_DEFINITION */
  RG_LIST(size_t) unknowns;        /* the definition of each; those of a circle are neighbours */
} rg_inlined;

/* Orders and inlines all definitions. Gives constants and unknowns their inputs in the layout. */
void rg_inline(rg_definitions *definitions, rg_inlined *out);

/* A node with the symbol of each definition replaced by value[definition]. One cache for one set of values.
 */
rg_node rg_put_values(const rg_definitions *definitions, rg_node *value, rg_node node, rg_node_list *cache);

/* An expression in terms of inputs, for what is built after inlining. */
typedef struct rg_inliner {
  const rg_definitions *definitions;
  const rg_inlined *inlined;
  rg_node_list cache;
} rg_inliner;
rg_node rg_inline_node(rg_inliner *inliner, rg_node node);

#endif
