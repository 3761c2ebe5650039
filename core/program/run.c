/* run.c — executes a program: one loop an opcode. */
#include "program/instructions.h"
#include "symbolic/functions.h"

#include <math.h>
#include <string.h>

size_t rg_program_outputs(const rg_program *program) { return program->n_outputs; }
size_t rg_program_instructions(const rg_program *program) { return program->n_instructions; }
size_t rg_program_registers(const rg_program *program) { return program->n_registers; }

void rg_program_prepare(const rg_program *program, double *registers) {
  if (program->n_literals)
    memcpy(registers + program->n_inputs, program->literals, program->n_literals * sizeof *registers);
}

/* As opcodes.def calls them. */
#define power    rg_power
#define logistic rg_logistic
#define softplus rg_softplus

/* The loop of an opcode. No result of a run is an operand in it: `restrict` tells the compiler. */
#define CASE(opcode, arity, fetch, meaning)                                                                  \
  case opcode:                                                                                               \
    for (uint32_t k = 0; k < count; k++, operand += (arity)) {                                               \
      fetch;                                                                                                 \
      results[k] = (meaning);                                                                                \
    }                                                                                                        \
    break;
#define FETCH_1 const double a = registers[operand[0]]
#define FETCH_2 FETCH_1, b = registers[operand[1]]
#define FETCH_3 FETCH_2, c = registers[operand[2]]

static void execute(const rg_run *run, double *restrict registers) {
  double *restrict results = registers + run->first;
  const uint32_t *restrict operand = run->operands;
  const uint32_t count = run->count;
  switch (run->opcode) {
#define SINGLE(OP, arity, meaning, by_a, by_b, by_c) CASE(RG_OP_##OP, arity, FETCH_##arity, meaning)
#define PAIR(OUTER, INNER, SIDE, meaning)            CASE(RG_PAIR_##OUTER##_##INNER##_##SIDE, 3, FETCH_3, meaning)
#include "program/opcodes.def"
  default: break;
  }
}

/* 0*x is 0, and NaN where x is not finite: so is the sum, with no branch in the loop. */
static int collect(const rg_program *program, const double *restrict registers, double *restrict outputs) {
  double zero = 0.0;
  for (size_t k = 0; k < program->n_outputs; k++) {
    outputs[k] = registers[program->outputs[k]];
    zero += 0.0 * outputs[k];
  }
  return zero != 0.0;
}

int rg_program_run(const rg_program *program, double *registers, double *outputs) {
  for (size_t k = 0; k < program->n_runs; k++) execute(&program->runs[k], registers);
  return collect(program, registers, outputs);
}
