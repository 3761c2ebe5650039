/* inline.h — definitions put in the place of their names, in an order that works.
 *
 * Afterwards every definition has a value in terms of inputs only. Auxiliaries that depend on parameters alone are
 * *constants*: they become inputs themselves, computed once at the start. Constants may go in a circle, as a
 * calibration does; such a block is solved by Newton's method. Any other circle is an error.
 */
#ifndef RG_INLINE_H
#define RG_INLINE_H

#include "model/definitions.h"
#include "model/order.h"

/* Constants that need each other. */
typedef struct rg_block {
  size_t count;
  const size_t *definition;
  const rg_node *residual; /* right side minus left side of each, in parameters, blocks before and this one */
  const rg_node *guess;    /* first guess of each, in parameters and blocks before */
} rg_block;

typedef struct rg_inlined {
  rg_needs needs;
  rg_order order;
  const bool *is_constant;           /* of each definition */
  const rg_node *value;              /* of each definition, in terms of inputs */
  size_t n_constants;
  const size_t *constant_definition; /* of constant k, input layout.constant + k */
  RG_LIST(rg_block) blocks;          /* in order */
  const rg_node *constant_value;     /* of each definition that is an explicit constant: in terms of parameters
                                      * and constants of blocks */
  const uint32_t *constant_symbol;   /* of each definition that is a constant: its input */
} rg_inlined;

struct rg_lowerer;

/* Orders and inlines all definitions. Gives constants their inputs in the layout. False after an error. */
bool rg_inline(regime_context *context, rg_definitions *definitions, rg_inlined *out);

/* Reads the first guesses (`init`) of constants that are solved for. False after an error. */
bool rg_inline_guesses(regime_context *context, rg_definitions *definitions, rg_inlined *inlined,
                       const rg_node *init);

/* An expression outside the equations in terms of inputs. */
typedef struct rg_inliner {
  const rg_definitions *definitions;
  const rg_inlined *inlined;
  rg_node_list cache;
} rg_inliner;
rg_node rg_inline_node(rg_inliner *inliner, rg_node node);

/* First values of states in terms of t, parameters, modes, paths and constants: an init may need other inits and
 * auxiliaries as they are at the start. init[k] is as lowered. False after an error: a circle. */
bool rg_inline_inits(regime_context *context, rg_definitions *definitions, const rg_inlined *inlined,
                     const rg_node *init, rg_node *out);

#endif
