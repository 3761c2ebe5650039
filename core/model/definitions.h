/* definitions.h — what every named quantity is in terms of the others, on the graph.
 *
 * A definition gives one quantity by an expression: the rate of a state, the level of an auxiliary, the value
 * of a path, or a rate of change asked for on a right side. While the model is built each has a symbol of its
 * own, and expressions speak of each other by these; afterwards inline.c puts the expressions in their place,
 * so that none of these symbols is left in a program.
 *
 * The symbols that remain are the inputs of all programs, one vector:
 *
 *   t | states | parameters | modes | pieces of paths | lags | constants | unknowns | initial values |
 *   dated switches | sides
 *
 * In continuous time the states are what has a rate. In discrete time they are the *lags*: what a period
 * finds of the periods before. *Unknowns* are quantities that need each other and are solved for (inline.h);
 * *initial values* are those that do at the start, and stay as they were found there (inits.h).
 */
#ifndef RG_DEFINITIONS_H
#define RG_DEFINITIONS_H

#include "model/expand.h"
#include "model/parameters.h"
#include "symbolic/graph.h"

/* A path between two of its points: level + s*(slope + s*(curve + s*cube)), s = t - start. */
typedef enum rg_piece {
  RG_PIECE_START,
  RG_PIECE_LEVEL,
  RG_PIECE_SLOPE,
  RG_PIECE_CURVE,
  RG_PIECE_CUBE
} rg_piece;
enum { RG_PIECE_PARTS = 5 };

enum { RG_TIME_SYMBOL = 0, RG_FIRST_STATE = 1 };
/* Symbols of definitions are numbered from here, above all inputs. */
#define RG_DEFINITION_SYMBOL 0x40000000u

/* Where each group of inputs begins. */
typedef struct rg_layout {
  uint32_t parameter, mode, piece, lag, constant, unknown, initial, dated, side, end;
} rg_layout;

#define RG_NO_DEFINITION SIZE_MAX

typedef struct rg_definition {
  const char *name;              /* "Y[US]'", "profit[US]", "oil_price" */
  const rg_statement *statement; /* the equation; NULL for a path and a derived rate */
  rg_place place;
  rg_node written; /* in terms of inputs and of other definitions */
  size_t rate;     /* the definition of its rate of change, or RG_NO_DEFINITION */
  size_t base;     /* the definition whose rate of change this is by the chain rule, or RG_NO_DEFINITION */
  int order;       /* how many rates of change of an equation this is */
} rg_definition;

/* A definition as it was `depth` periods ago, 1 or more. */
typedef struct rg_lag {
  size_t definition, depth;
  size_t deeper; /* the lag one period more, or RG_NO_DEFINITION */
} rg_lag;

/* Definition k is the rate of state k, then the level of cell k, then the path k - n_cells, then what
 * rg_rate_of adds. */
typedef struct rg_definitions {
  rg_arena *arena;
  rg_graph *graph;
  const rg_equations *equations;
  bool is_discrete;
  size_t n_rates;  /* states that have a rate; none in discrete time */
  size_t n_states; /* with lags */
  size_t n_cells, n_paths;
  RG_LIST(rg_lag) lags;      /* lag k is state n_rates + k; that of one period less comes before it */
  RG_LIST(size_t) first_lag; /* of each definition that has one, else RG_NO_DEFINITION */
  size_t n_derived;          /* those after the paths whose `written` is made already */
  rg_layout layout;
  RG_LIST(rg_definition) items;
} rg_definitions;

void rg_definitions_create(rg_arena *arena, rg_graph *graph, const rg_sets *sets,
                           const rg_equations *equations, const rg_parameters *parameters,
                           const rg_declarations *declared, rg_definitions *out);

rg_node rg_cell_node(const rg_definitions *definitions, size_t cell);
rg_node rg_path_node(const rg_definitions *definitions, size_t path);

static inline bool rg_is_definition(uint32_t symbol) { return symbol >= RG_DEFINITION_SYMBOL; }
static inline size_t rg_definition_of(uint32_t symbol) { return symbol - RG_DEFINITION_SYMBOL; }
static inline bool rg_is_lag(const rg_definitions *d, uint32_t symbol) {
  return symbol >= d->layout.lag && symbol < d->layout.lag + d->lags.count;
}
static inline bool rg_is_state(const rg_definitions *d, uint32_t symbol) {
  return (symbol >= RG_FIRST_STATE && symbol < RG_FIRST_STATE + d->n_rates) || rg_is_lag(d, symbol);
}
static inline size_t rg_state_of(const rg_definitions *d, uint32_t symbol) {
  return rg_is_lag(d, symbol) ? d->n_rates + (symbol - d->layout.lag) : symbol - RG_FIRST_STATE;
}
static inline uint32_t rg_state_symbol(const rg_definitions *d, size_t state) {
  return state < d->n_rates ? RG_FIRST_STATE + (uint32_t)state
                            : d->layout.lag + (uint32_t)(state - d->n_rates);
}

/* The lag of a definition by `depth` periods, or RG_NO_DEFINITION when nothing asked for it. */
size_t rg_find_lag(const rg_definitions *definitions, size_t definition, size_t depth);

/* An expression as it was `depth` periods ago. */
rg_node rg_lag_of(rg_definitions *definitions, rg_node node, size_t depth, rg_place place);

/* All lags are known: what follows them in the layout gets its place. */
void rg_close_lags(rg_definitions *definitions);

/* The rate of change of an expression as a symbol; its definition is made by rg_derive_rates. */
rg_node rg_rate_of(rg_definitions *definitions, rg_node node, rg_place place);

/* Writes the rates of change asked for until now, by the chain rule: dx/dt = sum over s of dx/ds * s'. An
 * error when one needs itself without end. */
void rg_derive_rates(rg_definitions *definitions, regime_context *context);

#endif
