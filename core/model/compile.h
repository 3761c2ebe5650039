/* compile.h — the programs of a model. All share one vector of inputs (definitions.h). */
#ifndef RG_COMPILE_H
#define RG_COMPILE_H

#include "model/blocks.h"
#include "model/conditions.h"
#include "model/events.h"
#include "model/jacobian.h"
#include "model/matrices.h"
#include "model/observations.h"
#include "model/simultaneous.h"
#include "model/starts.h"
#include "program/program.h"

typedef struct rg_block_programs {
  const rg_program *guess, *residual, *partials; /* partials in the order of the pattern */
} rg_block_programs;

typedef struct rg_simultaneous_programs {
  const rg_program *residual, *partials;
} rg_simultaneous_programs;

typedef struct rg_programs {
  const rg_block_programs *block;   /* of each block of constants, in order */
  const rg_block_programs *initial; /* of each block of first values, in order */
  const rg_program *constants;      /* all constants, when blocks are solved */
  const rg_program *dates;          /* g(0) and g' of each dated switch */
  const rg_program *init;           /* first values of states */
  const rg_program *rate;           /* switches held */
  const rg_program *live;           /* rates with switches as they are at (t, y) */
  const rg_program *partials;       /* for rg_jacobian_compute */
  const rg_program *crossing;       /* functions of switches, switches held, then of events */
  const rg_program *sides;          /* functions of switches, switches as they are */
  const rg_program *observe;        /* variables, identities, phases, entries of matrices, series */
  const rg_simultaneous_programs *simultaneous; /* of each simultaneous block */
  const rg_program *guess;                      /* of all unknowns */
  const rg_program *first;        /* discrete: at the start, what `observe` is later; then events */
  const rg_program *const *event; /* what each event sets */
} rg_programs;

typedef struct rg_compile_input {
  rg_definitions *definitions;
  const rg_inlined *inlined;
  const rg_blocks *blocks, *initial; /* of constants, of first values */
  rg_switches *switches;
  const rg_jacobian *jacobian;
  const rg_events *events;
  const rg_conditions *conditions;
  const rg_simultaneous *simultaneous;
  const rg_starts *starts; /* NULL: continuous time */
  const rg_matrices *matrices;
  const rg_observations *observations;
  const rg_node *init; /* inlined, with dated switches held */
} rg_compile_input;

void rg_compile(const rg_compile_input *input, rg_programs *out);

#endif
