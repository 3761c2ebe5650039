/* list.c — the program in print: opcodes.def with the registers put in. */
#include "program/instructions.h"

#include <ctype.h>

static const char *const meanings[RG_OPCODE_COUNT] = {
#define SINGLE(OP, arity, meaning, by_a, by_b, by_c) [RG_OP_##OP] = #meaning,
#define PAIR(OUTER, INNER, SIDE, meaning)            [RG_PAIR_##OUTER##_##INNER##_##SIDE] = #meaning,
#include "program/opcodes.def"
};

typedef struct listing {
  const rg_program *program;
  rg_symbol_name *name_of;
  void *self;
  rg_text *out;
} listing;

static void add_register(const listing *list, uint32_t number) {
  const rg_program *program = list->program;
  char text[32];
  if (number < program->n_inputs)
    rg_text_add(list->out, "%s", list->name_of(list->self, number));
  else if (number - program->n_inputs < program->n_literals)
    rg_text_add(list->out, "%s", rg_text_number(program->literals[number - program->n_inputs], text));
  else
    rg_text_add(list->out, "r%u", (unsigned)number);
}

/* The letters a, b, c that stand alone are operands; those inside `tan` are not. */
static void add_meaning(const listing *list, const char *meaning, const uint32_t *operands) {
  for (const char *p = meaning; *p;) {
    size_t word = 0;
    while (isalpha((unsigned char)p[word])) word++;
    if (word == 1)
      add_register(list, operands[*p - 'a']);
    else
      rg_text_add_n(list->out, p, word ? word : 1);
    p += word ? word : 1;
  }
}

static void add_run(const listing *list, const rg_run *run) {
  const size_t arity = rg_opcode_arity(run->opcode);
  for (uint32_t k = 0; k < run->count; k++) {
    rg_text_add(list->out, "r%u = ", (unsigned)(run->first + k));
    add_meaning(list, meanings[run->opcode], run->operands + k * arity);
    rg_text_add(list->out, "\n");
  }
  rg_text_add(list->out, "\n");
}

void rg_program_list(const rg_program *program, rg_symbol_name *name_of, void *self, rg_text *out) {
  const listing list = {program, name_of, self, out};
  for (size_t k = 0; k < program->n_runs; k++) add_run(&list, &program->runs[k]);
  for (size_t k = 0; k < program->n_outputs; k++) {
    rg_text_add(out, "output %zu = ", k);
    add_register(&list, program->outputs[k]);
    rg_text_add(out, "\n");
  }
}
