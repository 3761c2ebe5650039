/* program.h — expressions as straight-line code.
 *
 * A program computes a list of outputs from a vector of inputs without branching and without allocating. Its
 * instructions are sorted by depth and then by operation, and equal operations at equal depth form one *run*:
 * a header and a table of operands, executed by one tight loop. Nine countries' wage equations thus cost one
 * dispatch an operation, not nine. The instruction set is opcodes.def. Results agree with rg_evaluate to the
 * last bit; docs/decisions/0002-straight-line-programs.md tells what was tried.
 *
 * Memory of a run: one vector of registers,
 *   [0, n_inputs)             inputs, numbered as the graph's symbols; the caller fills them
 *   [n_inputs, ...)           literals, then temporaries
 * made by rg_program_registers and reused for every call.
 */
#ifndef RG_PROGRAM_H
#define RG_PROGRAM_H

#include "base/arena.h"
#include "base/text.h"
#include "symbolic/graph.h"

typedef struct rg_program rg_program;

/* Compiles the outputs. Symbols in them must be < n_inputs. The program lives in the arena and no longer
 * needs the graph. */
const rg_program *rg_program_compile(rg_arena *arena, const rg_graph *graph, const rg_node *outputs,
                                     size_t n_outputs, uint32_t n_inputs);

size_t rg_program_outputs(const rg_program *program);
size_t rg_program_instructions(const rg_program *program);

/* How many doubles a run needs; prepare writes the literals into them. The first n_inputs are left alone. */
size_t rg_program_registers(const rg_program *program);
void rg_program_prepare(const rg_program *program, double *registers);

/* Computes the outputs from registers[0 .. n_inputs). Returns 0 when all outputs are finite, else 1: "no
 * value here". Both sides of CHOOSE are computed and one is taken; an undefined side that is not taken does
 * no harm. */
int rg_program_run(const rg_program *program, double *registers, double *outputs);

/* The listing, one instruction a line in algebra ("r17 = r3 * r12"), runs set apart. */
void rg_program_list(const rg_program *program, rg_symbol_name *name_of, void *self, rg_text *out);

#endif
