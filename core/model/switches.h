/* switches.h — where the law of motion has kinks and jumps, and when.
 *
 * Every switch is one "is g positive?" on the graph (lower.h). What g depends on says what to do about it:
 *
 * - On parameters, modes and t in a straight line: a *dated* switch. It turns at t* = -g(0)/g', known
 *   beforehand (never, where g' is 0). From t* on, the side after it holds; the integrator stops there.
 * - On states, or on t otherwise: a *root* switch. g is a crossing function of the system.
 *
 * In what is integrated, switches are replaced by inputs that hold their side (1 or 0). Only switches that
 * rates and events depend on are treated so; others merely shape what is observed and are looked at when
 * observing.
 */
#ifndef RG_SWITCHES_H
#define RG_SWITCHES_H

#include "model/definitions.h"

typedef struct rg_switch {
  rg_node node;     /* the POSITIVE */
  rg_node function; /* g, with dated switches held */
  rg_node at_zero;  /* dated: g at t = 0 */
  rg_node slope;    /* dated: dg/dt */
  uint32_t symbol;  /* the input that holds its side */
} rg_switch;

typedef struct rg_switches {
  rg_definitions *definitions;
  RG_LIST(rg_switch) dated; /* a dated switch may depend on earlier ones */
  RG_LIST(rg_switch) roots;
  size_t dated_depth;                /* the longest such chain */
  rg_node_list of;                   /* by node: number + 1 of its switch, roots after dated; 0: none */
  rg_node_list hold_dated, hold_all; /* caches */
} rg_switches;

/* Finds the switches under the given expressions and gives them inputs in the layout. */
void rg_switches_find(rg_definitions *definitions, const rg_node *under, size_t n_under, rg_switches *out);

/* An expression with its dated switches, or with all its switches, replaced by inputs. */
rg_node rg_hold_dated(rg_switches *switches, rg_node node);
rg_node rg_hold_all(rg_switches *switches, rg_node node);

#endif
