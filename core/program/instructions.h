/* instructions.h — what a program is made of: shared by compile.c, run.c and list.c. */
#ifndef RG_INSTRUCTIONS_H
#define RG_INSTRUCTIONS_H

#include "program/program.h"

/* An opcode is an rg_op or one of the pairs below, which are numbered after the operations. */
typedef enum rg_pair_opcode {
  RG_BEFORE_PAIRS = RG_OP_COUNT - 1,
#define PAIR(OUTER, INNER, SIDE, meaning) RG_PAIR_##OUTER##_##INNER##_##SIDE,
#include "program/opcodes.def"
  RG_OPCODE_COUNT
} rg_pair_opcode;

enum { RG_MOST_OPERANDS = 3 };

/* Equal instructions that do not need each other. The k-th writes register first + k. */
typedef struct rg_run {
  uint32_t opcode;
  uint32_t count;
  uint32_t first;
  const uint32_t *operands; /* registers, rg_opcode_arity(opcode) for each instruction */
} rg_run;

struct rg_program {
  uint32_t n_inputs, n_literals, n_registers;
  size_t n_runs, n_instructions, n_outputs;
  const double *literals;
  const rg_run *runs;
  const uint32_t *outputs; /* registers */
};

size_t rg_opcode_arity(uint32_t opcode);

#endif
