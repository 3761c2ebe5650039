/* tangent.c — slopes of instructions, and directions carried through them. */
#include "program/tangent.h"

#include "program/rules.h"
#include <math.h>
#include <string.h>

size_t rg_program_slopes(const rg_program *program) {
  size_t n = 0;
  for (size_t k = 0; k < program->n_runs; k++)
    n += rg_opcode_arity(program->runs[k].opcode) * program->runs[k].count;
  return n;
}

/* --- slopes -------------------------------------------------------------------------------------------- */

/* Of a pair by the chain rule: p those of the inner operation, q those of the outer. */
#define RULE_LEFT(OUTER, INNER)                                                                              \
  double p[RG_MOST_OPERANDS], q[RG_MOST_OPERANDS];                                                           \
  const double inner = rg_value_##INNER(a, b, 0.0);                                                          \
  rg_slopes_##INNER(a, b, 0.0, inner, p);                                                                    \
  rg_slopes_##OUTER(inner, c, 0.0, r, q);                                                                    \
  all[0] = q[0] * p[0], all[1] = q[0] * p[1], all[2] = q[1]
#define RULE_RIGHT(OUTER, INNER)                                                                             \
  double p[RG_MOST_OPERANDS], q[RG_MOST_OPERANDS];                                                           \
  const double inner = rg_value_##INNER(b, c, 0.0);                                                          \
  rg_slopes_##INNER(b, c, 0.0, inner, p);                                                                    \
  rg_slopes_##OUTER(a, inner, 0.0, r, q);                                                                    \
  all[0] = q[0], all[1] = q[1] * p[0], all[2] = q[1] * p[1]

/* The loop of an opcode: `rule` writes into all[], and as many as there are operands are kept. */
#define CASE(opcode, arity, fetch, rule)                                                                     \
  case opcode:                                                                                               \
    for (uint32_t k = 0; k < run->count; k++, operand += (arity), slopes += (arity)) {                       \
      fetch;                                                                                                 \
      const double r = results[k];                                                                           \
      double all[RG_MOST_OPERANDS];                                                                          \
      rule;                                                                                                  \
      for (size_t j = 0; j < (arity); j++) slopes[j] = all[j];                                               \
    }                                                                                                        \
    break;
#define FETCH_1 const double a = registers[operand[0]], b = 0.0, c = 0.0
#define FETCH_2 const double a = registers[operand[0]], b = registers[operand[1]], c = 0.0
#define FETCH_3 const double a = registers[operand[0]], b = registers[operand[1]], c = registers[operand[2]]

static void linearise(const rg_run *run, const double *restrict registers, double *restrict slopes) {
  const double *results = registers + run->first;
  const uint32_t *operand = run->operands;
  switch (run->opcode) {
#define SINGLE(OP, arity, meaning, by_a, by_b, by_c)                                                         \
  CASE(RG_OP_##OP, arity, FETCH_##arity, rg_slopes_##OP(a, b, c, r, all))
#define PAIR(OUTER, INNER, SIDE, meaning)                                                                    \
  CASE(RG_PAIR_##OUTER##_##INNER##_##SIDE, 3, FETCH_3, RULE_##SIDE(OUTER, INNER))
#include "program/opcodes.def"
  default: break;
  }
}

void rg_program_linearise(const rg_program *program, const double *registers, double *slopes) {
  for (size_t k = 0; k < program->n_runs; k++) {
    const rg_run *run = &program->runs[k];
    linearise(run, registers, slopes);
    slopes += rg_opcode_arity(run->opcode) * run->count;
  }
}

/* --- directions ---------------------------------------------------------------------------------------- */

/* Where a slope is not finite: only directions that move the operand. */
static void push_carefully(size_t arity, size_t lanes, const double *slope, const double *const row[],
                           double *restrict result) {
  for (size_t d = 0; d < lanes; d++) {
    result[d] = 0.0;
    for (size_t j = 0; j < arity; j++)
      if (row[j][d] != 0.0) result[d] += slope[j] * row[j][d];
  }
}

/* Infinite and NaN give NaN here, all else 0. */
static inline bool are_finite(size_t arity, const double *slope) {
  double zero = 0.0;
  for (size_t j = 0; j < arity; j++) zero += 0.0 * slope[j];
  return zero == 0.0;
}

/* Instructions of one run. Inlined where arity and lanes are known, so that the loops have fixed lengths. */
static inline void push_run(const rg_run *run, size_t arity, size_t lanes, const double *restrict slope,
                            double *restrict tangents) {
  double *restrict result = tangents + run->first * lanes;
  const uint32_t *operand = run->operands;
  for (uint32_t k = 0; k < run->count; k++, operand += arity, slope += arity, result += lanes) {
    const double *row[RG_MOST_OPERANDS];
    for (size_t j = 0; j < arity; j++) row[j] = tangents + operand[j] * lanes;
    if (!are_finite(arity, slope))
      push_carefully(arity, lanes, slope, row, result);
    else if (arity == 1)
      for (size_t d = 0; d < lanes; d++) result[d] = slope[0] * row[0][d];
    else if (arity == 2)
      for (size_t d = 0; d < lanes; d++) result[d] = slope[0] * row[0][d] + slope[1] * row[1][d];
    else
      for (size_t d = 0; d < lanes; d++)
        result[d] = slope[0] * row[0][d] + slope[1] * row[1][d] + slope[2] * row[2][d];
  }
}

/* The side taken has the slope 1. */
static void push_choice(const rg_run *run, size_t lanes, const double *slope, double *tangents) {
  for (uint32_t k = 0; k < run->count; k++) {
    const uint32_t taken = run->operands[3 * k + (slope[3 * k + 1] != 0.0 ? 1 : 2)];
    memcpy(tangents + (run->first + k) * lanes, tangents + taken * lanes, lanes * sizeof *tangents);
  }
}

static inline void push_runs(const rg_program *program, size_t lanes, const double *slopes,
                             double *tangents) {
  for (size_t k = 0; k < program->n_runs; k++) {
    const rg_run *run = &program->runs[k];
    const size_t arity = rg_opcode_arity(run->opcode);
    if (run->opcode == RG_OP_CHOOSE)
      push_choice(run, lanes, slopes, tangents);
    else if (arity == 1)
      push_run(run, 1, lanes, slopes, tangents);
    else if (arity == 2)
      push_run(run, 2, lanes, slopes, tangents);
    else
      push_run(run, 3, lanes, slopes, tangents);
    slopes += arity * run->count;
  }
}

static int collect(const rg_program *program, size_t lanes, const double *tangents, double *outputs) {
  double zero = 0.0;
  for (size_t k = 0; k < program->n_outputs; k++)
    for (size_t d = 0; d < lanes; d++) {
      outputs[k * lanes + d] = tangents[program->outputs[k] * lanes + d];
      zero += 0.0 * outputs[k * lanes + d];
    }
  return zero != 0.0;
}

int rg_program_push(const rg_program *program, const double *slopes, size_t lanes, double *tangents,
                    double *outputs) {
  memset(tangents + program->n_inputs * lanes, 0, program->n_literals * lanes * sizeof *tangents);
  if (lanes == RG_LANES)
    push_runs(program, RG_LANES, slopes, tangents);
  else if (lanes == 1)
    push_runs(program, 1, slopes, tangents);
  else
    push_runs(program, lanes, slopes, tangents);
  return collect(program, lanes, tangents, outputs);
}
