/* programs.h — compiling and running what a test has written down. */
#ifndef RG_TESTS_PROGRAMS_H
#define RG_TESTS_PROGRAMS_H

#include "unit/symbolic/words.h"
/* cmocka first */
#include "program/instructions.h"

static inline const rg_program *compile(words *w, const rg_node *outputs, size_t n_outputs) {
  return rg_program_compile(w->arena, w->graph, outputs, n_outputs, rg_names_count(w->names));
}

/* The program of one expression. */
static inline const rg_program *compile_text(words *w, const char *text) {
  const rg_node node = words_node(w, text);
  return compile(w, &node, 1);
}

/* Registers ready for a run, in the arena. */
static inline double *registers_for(words *w, const rg_program *program, const double *inputs) {
  double *registers = RG_NEW_ARRAY(w->arena, double, rg_program_registers(program));
  rg_program_prepare(program, registers);
  for (uint32_t k = 0; k < program->n_inputs; k++) registers[k] = inputs[k];
  return registers;
}

static inline int run(words *w, const rg_program *program, const double *inputs, double *outputs) {
  return rg_program_run(program, registers_for(w, program, inputs), outputs);
}

/* The same number to the last bit, or no number both. */
static inline bool same_bits(double a, double b) {
  return (isnan(a) && isnan(b)) || memcmp(&a, &b, sizeof a) == 0;
}

#endif
